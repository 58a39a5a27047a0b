"""Files that are no archive, newer than this version, locked or full: each an error with a code, and nothing lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.store import Archive, schema
from tests.store.worlds import border


def code_of(path: Path, **options: object) -> str:
    with pytest.raises(ConflictEventsError) as raised:
        Archive.open(path, **options).close()  # type: ignore[arg-type]
    return raised.value.code


@pytest.mark.parametrize("content", [b"no database at all, " * 40, b"SQLite format 3\x00" + b"\x07" * 2000])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert code_of(path) == "CE030"
    assert path.read_bytes() == content


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE reports (id TEXT)")
    connection.close()
    before = path.read_bytes()
    assert code_of(path) == "CE030"
    assert path.read_bytes() == before


def test_a_file_that_must_exist_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.archive"
    assert code_of(path, create=False) == "CE030"
    assert not path.exists()


def test_an_empty_file_is_no_archive_where_one_must_exist_and_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "new.archive"
    path.touch()
    assert code_of(path, create=False) == "CE030"
    assert path.read_bytes() == b""
    Archive.open(path).close()
    Archive.open(path, create=False).close()


def test_a_folder_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConflictEventsError, match=r"CE030: .* it is a folder"):
        Archive.open(tmp_path)
    with pytest.raises(ConflictEventsError, match=r"CE033: .* there is no folder .*none"):
        Archive.open(tmp_path / "none" / "new.archive")


def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    Archive.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA + 1}")
    connection.close()
    assert code_of(path) == "CE031"


def test_an_older_archive_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "war.archive"
    with Archive.open(path) as archive:
        archive.add(border(2))
        held = len(archive)
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    monkeypatch.setitem(schema.MIGRATIONS, schema.SCHEMA - 1, "ALTER TABLE reports ADD COLUMN language TEXT")
    with Archive.open(path) as archive:
        assert len(archive) == held
        assert archive._connection.execute("SELECT language FROM reports").fetchone() == (None,)
        assert archive._connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA,)


def test_a_failed_migration_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "war.archive"
    Archive.open(path).close()
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    monkeypatch.setitem(schema.MIGRATIONS, schema.SCHEMA - 1, "CREATE TABLE more (a); SELECT nonsense FROM nowhere")
    with pytest.raises(sqlite3.OperationalError):
        Archive.open(path)
    monkeypatch.undo()
    with Archive.open(path) as archive:
        assert archive._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchone() is None


def test_an_archive_that_another_process_writes_to_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    with Archive.open(path, timeout=0.05) as archive:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ConflictEventsError) as raised:
            archive.add(border(1))
        assert raised.value.code == "CE032"
        other.execute("ROLLBACK")
        other.close()
        archive.add(border(1))


def test_a_full_disk_is_named_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    first, *others = border(12)
    with Archive.open(path) as archive:
        archive.add(first)
        pages = archive._connection.execute("PRAGMA page_count").fetchone()[0]
        archive._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(ConflictEventsError) as raised:
            archive.add(others)
        assert raised.value.code == "CE033"
        assert len(archive) == 1
        archive._connection.execute("PRAGMA max_page_count = 1000000")
        archive.add(others)
        assert len(archive) == 1 + len(others)


def test_the_file_is_in_wal_mode_with_its_own_mark(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    Archive.open(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == (str(schema.SCHEMA),)
    connection.close()


def test_an_archive_of_the_first_schema_is_brought_up_to_date_and_loses_reports_as_any(tmp_path: Path) -> None:
    path, reports = tmp_path / "war.archive", border(12)
    with Archive.open(path) as archive:
        archive.add(reports)
        wanted = sorted(archive._connection.execute("SELECT * FROM nearby").fetchall())
        archive._connection.executescript("DROP INDEX links_by_b; DROP TABLE nearby; PRAGMA user_version = 1")
    assert code_of(path, read_only=True) == "CE040"
    with Archive.open(path) as archive:
        assert sorted(archive._connection.execute("SELECT * FROM nearby").fetchall()) == wanted
        gone = reports[0].report.id
        number = archive._numbers([gone])[0]
        archive.remove([gone])
        held = archive._connection.execute("SELECT neighbours FROM surroundings").fetchall()
        assert all(f"[{number}," not in neighbours for (neighbours,) in held)


def test_an_archive_that_is_only_read_is_not_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    Archive.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    before = path.read_bytes()
    assert code_of(path, read_only=True) == "CE040"
    assert path.read_bytes() == before
