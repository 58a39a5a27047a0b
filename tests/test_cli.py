"""The command line: results on standard output, errors on standard error, files whole or not at all."""

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from conflict_events.cli import app
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
    import sys

    from conflict_events.cli import main

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
