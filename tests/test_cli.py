"""The command line: results on standard output, errors on standard error, files whole or not at all."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from typer.testing import CliRunner

from conflict_events.cli import app, main
from conflict_events.cli.link import FORMATS, TABLES
from conflict_events.records import Extraction, Linked, json_schema

runner = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Two soldiers were killed near Kherson on Monday, the ministry said.")
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"id": "b1", "text": "Three people were wounded in Goma.", "published": "2024-02-13"})
        + "\n"
        + json.dumps({"id": "b2", "text": 7})
        + "\n"
    )
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\x00")
    return tmp_path


def test_extract_writes_good_reports_and_names_bad_ones(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder), "--quiet"])
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["report"]["id"] for line in lines] == ["a", "b1"]
    assert "CE004" in result.stderr
    assert "CE002" in result.stderr


def test_extract_output_follows_its_schema(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder / "a.txt"), "--quiet"])
    assert result.exit_code == 0
    jsonschema.validate(json.loads(result.stdout), json_schema(Extraction))


def test_link_reads_what_extract_wrote(folder: Path) -> None:
    extracted = folder / "extracted.jsonl"
    assert runner.invoke(app, ["extract", str(folder / "a.txt"), "-o", str(extracted), "-q"]).exit_code == 0
    from_extractions = runner.invoke(app, ["link", str(extracted), "-q"])
    from_texts = runner.invoke(app, ["link", str(folder / "a.txt"), "-q"])
    assert from_extractions.exit_code == 0
    assert from_extractions.stdout == from_texts.stdout
    jsonschema.validate(json.loads(from_texts.stdout), json_schema(Linked))


def test_published_dates_undated_reports(folder: Path) -> None:
    result = runner.invoke(app, ["extract", str(folder / "a.txt"), "--published", "2024-02-14", "-q"])
    found = json.loads(result.stdout)
    assert found["report"]["published"] == {"start": "2024-02-14", "end": "2024-02-14", "basis": "given"}
    assert found["dates"][0]["start"] == "2024-02-12"


def test_failed_output_leaves_no_file(folder: Path) -> None:
    target = folder / "no-such-folder" / "out.jsonl"
    result = runner.invoke(app, ["extract", str(folder / "a.txt"), "-o", str(target)])
    assert result.exit_code != 0
    assert not target.parent.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["extract"], id="no-input"),
        pytest.param(["extract", "x.txt", "--set", "nonsense"], id="bad-setting"),
        pytest.param(["extract", "x.txt", "--published", "soon"], id="bad-date"),
        pytest.param(["link", "x.txt", "--format", "painting"], id="bad-format"),
        pytest.param(["fly"], id="no-such-command"),
    ],
)
def test_wrong_usage_is_exit_status_two(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["conflict-events", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2


def test_schema_prints_json_schema() -> None:
    result = runner.invoke(app, ["schema"])
    assert json.loads(result.stdout) == json_schema(Extraction)


def test_schema_prints_the_ontology() -> None:
    table = json.loads(runner.invoke(app, ["schema", "--ontology"]).stdout)
    assert "armed_clash" in json.dumps(table)


def test_info_names_versions_and_configuration() -> None:
    found = json.loads(runner.invoke(app, ["info"]).stdout)
    assert found["model"].startswith("en_conflict_sm")
    assert "conflict_dates" in found["components"]


FORMATS_READ = {
    "json": lambda data: json.loads(data)["incidents"],
    "summary": lambda data: data.decode().splitlines(),
    "graphml": lambda data: ElementTree.fromstring(data),
    "gexf": lambda data: ElementTree.fromstring(data),
    "node-link": lambda data: json.loads(data)["nodes"],
    "geojson": lambda data: json.loads(data)["features"],
    "csv": lambda data: data.decode().splitlines()[1:],
    "parquet": lambda data: data[:4] == b"PAR1",
    "html": lambda data: data.startswith(b"<!DOCTYPE html>") and data.endswith(b"</html>\n"),
}


@pytest.fixture
def extracted(folder: Path) -> Path:
    """What ``extract`` wrote of a good report: reading it needs no model."""
    target = folder / "extracted.jsonl"
    assert runner.invoke(app, ["extract", str(folder / "a.txt"), "-o", str(target), "-q"]).exit_code == 0
    return target


@pytest.mark.parametrize("format_", FORMATS)
def test_link_writes_each_format_whole_and_the_same_each_time(extracted: Path, format_: str) -> None:
    targets = [extracted.parent / f"{n}.out" for n in (1, 2)]
    for target in targets:
        result = runner.invoke(app, ["link", str(extracted), "--format", format_, "-o", str(target), "-q"])
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
    first, second = (t.read_bytes() for t in targets)
    assert first == second
    assert FORMATS_READ[format_](first)


def test_link_of_texts_shows_them_on_the_page(folder: Path) -> None:
    result = runner.invoke(app, ["link", str(folder / "a.txt"), "--format", "html", "-q"])
    assert result.exit_code == 0
    assert '<details open=""><summary>a</summary><div class="text"' in result.stdout


@pytest.mark.parametrize("table", TABLES)
def test_link_writes_each_table(extracted: Path, table: str) -> None:
    result = runner.invoke(app, ["link", str(extracted), "--format", "csv", "--table", table])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()[0].split(",")) > 5


def test_link_of_extractions_loads_no_model(extracted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conflict_events.cli.reading.pipeline", None)
    assert runner.invoke(app, ["link", str(extracted)]).exit_code == 0


def test_link_reads_what_link_wrote(extracted: Path) -> None:
    linked = extracted.parent / "linked.json"
    assert runner.invoke(app, ["link", str(extracted), "-o", str(linked)]).exit_code == 0
    again = runner.invoke(app, ["link", str(linked)])
    assert again.exit_code == 0
    assert again.stdout.encode() == linked.read_bytes()


def test_link_names_two_inputs_of_one_id_and_keeps_the_first(extracted: Path) -> None:
    other = extracted.parent / "other.jsonl"
    other.write_text(extracted.read_text().replace('"outcome": "killed"', '"outcome": "injured"'))
    result = runner.invoke(app, ["link", str(extracted), str(extracted), str(other)])
    assert result.exit_code == 1
    assert result.stderr.count("CE007") == 1
    assert [f["outcome"] for f in json.loads(result.stdout)["extracts"][0]["casualties"]] == ["killed"]


def test_link_writes_what_could_be_read_beside_bad_inputs(folder: Path) -> None:
    result = runner.invoke(app, ["link", str(folder), "-q"])
    assert result.exit_code == 1
    assert [r["id"] for r in json.loads(result.stdout)["reports"]] == ["a", "b1"]


def test_link_reads_standard_input(folder: Path) -> None:
    line = json.dumps({"id": "x", "text": "Two soldiers were killed near Kherson."})
    result = runner.invoke(app, ["link", "-", "-q"], input=line + "\n")
    assert [r["id"] for r in json.loads(result.stdout)["reports"]] == ["x"]


def test_extract_refuses_extractions_with_a_code(extracted: Path) -> None:
    result = runner.invoke(app, ["extract", str(extracted)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "CE0" in result.stderr


def test_failing_command_leaves_the_old_output(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "out.json"
    target.write_text("old")
    monkeypatch.setattr("conflict_events.cli.link.render", None)
    assert runner.invoke(app, ["link", str(folder / "a.txt"), "-o", str(target)]).exit_code == 1
    assert target.read_text() == "old"
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "b.jsonl", "c.txt", "out.json"]


def test_explain_gives_reasons_for_every_figure(folder: Path) -> None:
    result = runner.invoke(app, ["explain", str(folder / "a.txt"), "--json"])
    found = [json.loads(line) for line in result.stdout.splitlines()]
    [figure] = [f for f in found if f["kind"] == "figure"]
    assert (figure["id"], figure["words"]) == ("a/f1", "Two")
    assert figure["sentence"].startswith("Two soldiers were killed")
    assert figure["why"]["figure"]["rule"]
    assert 0 <= figure["why"]["claimant"]["probability"] <= 1


def test_explain_in_words_fits_the_terminal_and_can_be_narrowed(folder: Path) -> None:
    result = runner.invoke(app, ["explain", str(folder / "a.txt"), "--only", "a/f1"])
    assert result.exit_code == 0
    assert result.stdout.startswith('a/f1  figure "Two"\n   | Two soldiers were killed')
    assert "why figure" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_explain_pair_says_what_speaks_for_and_against(folder: Path) -> None:
    reports = folder / "pair.jsonl"
    reports.write_text(
        json.dumps({"id": "x", "text": "Two soldiers were killed in shelling near Kherson on Monday."})
        + "\n"
        + json.dumps({"id": "y", "text": "Shelling killed two soldiers near Kherson on Monday."})
    )
    result = runner.invoke(app, ["explain", str(reports), "--pair", "x", "y"])
    assert result.exit_code == 0, result.output
    assert " bits  " in result.stdout


def test_explain_pair_of_unknown_ids_is_wrong_usage(folder: Path) -> None:
    assert runner.invoke(app, ["explain", str(folder / "a.txt"), "--pair", "x", "y"]).exit_code == 2


GEONAMES = "901 Oldbridge Oldbridge Puente_Viejo 10.5 20.25 P PPL TD - 01 - - - 1200 - 300 Africa/Ndjamena 2024-01-01"
GEONAMES = GEONAMES.replace(" ", "\t").replace("-\t", "\t").replace("_", " ")


def test_gazetteer_built_from_a_dump_answers_look_ups(tmp_path: Path) -> None:
    dump, index = tmp_path / "TD.txt", tmp_path / "td.gaz"
    dump.write_text(GEONAMES + "\n", encoding="utf-8")
    built = runner.invoke(app, ["gazetteer", "build", str(index), "--geonames", str(dump)])
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["rows"] == 1
    found = runner.invoke(app, ["gazetteer", "lookup", "Puente Viejo", "--index", str(index)])
    first = json.loads(found.stdout.splitlines()[0])
    assert (first["geonames_id"], first["latitude"], first["longitude"]) == (901, 10.5, 20.25)
    report = tmp_path / "report.txt"
    report.write_text("Two soldiers were killed in Puente Viejo on Monday.")
    setting = f"conflict_places.gazetteer.paths={json.dumps([str(index)])}"
    extracted = runner.invoke(app, ["extract", str(report), "--set", setting, "-q"])
    assert 901 in [place["geonames_id"] for place in json.loads(extracted.stdout)["places"]], extracted.stderr


def test_gazetteer_build_names_bad_rows_and_skips_them_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump, index = tmp_path / "TD.txt", tmp_path / "td.gaz"
    dump.write_text(GEONAMES.replace("10.5", "north") + "\n" + GEONAMES + "\n", encoding="utf-8")
    command = ["gazetteer", "build", str(index), "--geonames", str(dump)]
    monkeypatch.setattr("sys.argv", ["conflict-events", *command])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 1
    assert not index.exists()
    skipped = runner.invoke(app, [*command, "--skip-bad-rows"])
    assert skipped.exit_code == 0
    assert f"CE012: gazetteer file {dump}, line 1: latitude 'north'" in skipped.stderr


def test_gazetteer_look_up_of_an_unknown_name_fails_quietly() -> None:
    result = runner.invoke(app, ["gazetteer", "lookup", "Qqqxzzw"])
    assert (result.exit_code, result.stdout) == (1, "")


def test_module_runs_as_the_command(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "conflict_events", "extract", str(folder / "c.txt"), str(folder / "none")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (1, "")
    assert [line.split(":")[0] for line in run.stderr.splitlines()] == ["error CE002", "error CE001"]


def test_benchmark_of_linking_prints_a_row_for_each_world() -> None:
    asked = ["benchmark-linking", "--events", "300", "--events", "900", "--density", "1", "--density", "10"]
    table = runner.invoke(app, asked)
    assert table.exit_code == 0
    assert sum(line.startswith("| ") and "F1" not in line for line in table.stdout.splitlines()) == 3
    assert "to the power of" in table.stdout
    rows = [json.loads(line) for line in runner.invoke(app, [*asked, "--json"]).stdout.splitlines()]
    assert [row["density"] for row in rows] == [1.0, 10.0, 1.0]
    assert all(row["linker"]["f1"] > 0.8 for row in rows)
