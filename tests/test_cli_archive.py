"""The command ``archive``: reports added in steps, decisions by hand, and the whole in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conflict_events.cli import app
from conflict_events.cli.link import FORMATS
from conflict_events.store import Archive
from tests.graph.test_build import seeds

runner = CliRunner()


def run(*arguments: object) -> Result:
    return runner.invoke(app, ["archive", *map(str, arguments)])


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The seeds as ``extract`` would write them."""
    path = tmp_path / "seeds.jsonl"
    path.write_text("".join(json.dumps(e.to_dict()) + "\n" for e in seeds(dates=True)))
    return path


@pytest.fixture
def path(tmp_path: Path, lines: Path) -> Path:
    archive = tmp_path / "war.archive"
    assert run("add", archive, lines, "--quiet").exit_code == 0
    return archive


def test_add_says_how_many_are_new_and_leaves_out_what_is_known(path: Path, lines: Path) -> None:
    again = run("add", path, lines, "--quiet")
    assert again.exit_code == 0
    assert "0 reports added, 5 in" in again.stderr


def test_add_counts_what_it_replaces_apart(path: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text("".join(json.dumps(e.to_dict()) + "\n" for e in (seeds(dates=False)[0], seeds(dates=True)[1])))
    found = run("add", path, more, "--replace", "--quiet")
    assert found.exit_code == 0
    assert "0 reports added, 1 replaced, 5 in" in found.stderr


def test_add_names_what_stands_under_a_known_id_and_keeps_the_rest(path: Path, tmp_path: Path) -> None:
    changed = seeds(dates=False)[0].to_dict()
    other = json.loads(
        json.dumps(seeds(dates=True)[4].to_dict()).replace('"e/', '"x/').replace('"id": "e"', '"id": "x"')
    )
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps(changed) + "\n" + json.dumps(other) + "\n")
    found = run("add", path, more, "--quiet")
    assert found.exit_code == 1
    assert "CE007" in found.stderr
    with Archive.open(path) as archive:
        assert "x" in archive


def test_show_lists_incidents_and_gives_records(path: Path) -> None:
    listed = run("show", path, "--current", "--since", "2024-02-13").stdout.splitlines()
    assert len(listed) == 1
    assert "Nerkin Hand, 13 February 2024" in listed[0]
    record = json.loads(run("show", path, "d").stdout)
    assert record["reports"] == ["d", "e"]


def test_split_and_merge_keep_who_and_why(path: Path) -> None:
    assert run("split", path, "d", "e", "--by", "an editor", "--reason", "another post").exit_code == 0
    with Archive.open(path) as archive:
        assert archive.incident("d").id != archive.incident("e").id
    assert run("relink", path).exit_code == 0
    assert "decision: split" in run("explain", path, "d", "e").stdout
    assert (
        run("merge", path, "d", "e", "--by", "an editor", "--reason", "the same post", "--at", "2024-03-01").exit_code
        == 0
    )
    with Archive.open(path) as archive:
        assert archive.incident("d").id == archive.incident("e").id
        assert [(d.kind, d.by, d.reason, d.at) for d in archive.decisions] == [
            ("split", "an editor", "another post", None),
            ("merge", "an editor", "the same post", "2024-03-01"),
        ]


@pytest.mark.parametrize("format_", FORMATS)
def test_export_writes_every_format(path: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / "out"
    assert run("export", path, "--format", format_, "--output", out).exit_code == 0
    assert out.stat().st_size > 100


def test_a_wrong_date_makes_no_archive(tmp_path: Path, lines: Path) -> None:
    found = run("add", tmp_path / "new.archive", lines, "--published", "soon")
    assert found.exit_code != 0
    assert "CE008" in str(found.exception)
    assert not (tmp_path / "new.archive").exists()


def test_a_missing_archive_is_not_made_by_asking(tmp_path: Path) -> None:
    found = run("show", tmp_path / "none")
    assert found.exit_code != 0
    assert "CE030" in str(found.exception)
    assert not (tmp_path / "none").exists()


def test_remove_takes_reports_out_and_says_what_changed(path: Path) -> None:
    found = run("remove", path, "e")
    assert found.exit_code == 0
    assert "1 report removed, 4 in" in found.stderr
    assert "(1 report, " in found.stdout
    with Archive.open(path) as archive:
        assert archive.incident("d").reports == ("d",)
    assert "CE034" in str(run("remove", path, "e").exception)


def test_add_replaces_where_it_is_told_to(path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    again.write_text(json.dumps(seeds(dates=False)[0].to_dict()) + "\n")
    assert run("add", path, again, "--quiet", "--replace").exit_code == 0
    with Archive.open(path) as archive:
        assert archive.extraction("a") == seeds(dates=False)[0]
        assert len(archive) == 5


def test_refused_report_is_told_how_to_replace_the_one_that_is_there(path: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps(seeds(dates=False)[0].to_dict()) + "\n")
    assert "--replace" in run("add", path, more, "--quiet").stderr


def test_decision_of_nobody_is_refused(path: Path) -> None:
    found = run("merge", path, "a", "e", "--by", " ", "--reason", "one raid")
    assert str(found.exception).startswith("CE035: the decision cannot be kept: it does not say who decides")


def test_archive_in_a_folder_that_does_not_exist_says_so(tmp_path: Path, lines: Path) -> None:
    found = run("add", tmp_path / "none" / "war.archive", lines, "--quiet")
    assert f"there is no folder {tmp_path / 'none'}. Make the folder" in str(found.exception)
