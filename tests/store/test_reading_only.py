"""An archive that is only read: what changes it is refused, and a folder that cannot be written is no hindrance."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.store import Archive
from tests.store.test_archive import raid

NOBODY = 65534
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def path() -> Iterator[Path]:
    """An archive of one report, in a folder that other users may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    with Archive.open(folder / "war.archive") as archive:
        archive.add(raid("a", 2))
    yield folder / "war.archive"
    folder.chmod(0o755)
    shutil.rmtree(folder)


def told_without_rights(path: Path, ask: Callable[[], str]) -> str:
    """What a process says that may write neither the archive nor its folder."""
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)
    return as_nobody(ask)


def as_nobody(ask: Callable[[], str]) -> str:
    """What a process says that has no rights but those of everybody."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            try:
                told = ask()
            except ConflictEventsError as error:
                told = str(error)
            os.write(writing, told.encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told_there:
        found = told_there.read().decode()
    os.waitpid(child, 0)
    return found


@needs_fork
def test_an_archive_in_a_folder_without_the_right_to_write_is_read(path: Path) -> None:
    def ask() -> str:
        with Archive.open(path, read_only=True) as archive:
            return f"{archive.incident('a').events} {archive.explain('a', 'a').a} {len(archive.graph().linked.reports)}"

    assert told_without_rights(path, ask) == "('a/e1',) a 1"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@needs_fork
def test_opening_it_to_write_is_refused_by_code(path: Path) -> None:
    def ask() -> str:
        with Archive.open(path) as archive:
            return str(archive.add(raid("b", 2)))

    assert told_without_rights(path, ask).startswith("CE033")


@needs_fork
def test_changes_that_wait_beside_a_file_without_rights_are_named(path: Path) -> None:
    writer = Archive.open(path)
    writer.add(raid("b", 2))
    left = path.with_name("left.archive")
    shutil.copyfile(path, left)
    shutil.copyfile(f"{path}-wal", f"{left}-wal")

    def ask() -> str:
        with Archive.open(left, read_only=True) as archive:
            return str(len(archive))

    found = told_without_rights(left, ask)
    path.parent.chmod(0o755)
    writer.close()
    assert found.startswith("CE038")
    assert f"{left}-wal" in found


def test_an_archive_opened_to_read_refuses_changes_and_sees_those_of_others(path: Path) -> None:
    with Archive.open(path, read_only=True) as reader, Archive.open(path) as writer:
        with pytest.raises(ConflictEventsError, match="CE033"):
            reader.add(raid("b", 2))
        writer.add(raid("b", 2))
        assert reader.incident("a").events == ("a/e1", "b/e1")


def test_what_is_no_archive_is_not_made_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConflictEventsError, match="CE030"):
        Archive.open(tmp_path / "none", read_only=True)
    assert list(tmp_path.iterdir()) == []


@needs_fork
def test_a_file_without_the_right_to_write_is_read_and_nothing_is_left_beside_it(path: Path) -> None:
    path.parent.chmod(0o777)
    path.chmod(0o444)
    assert as_nobody(lambda: reports_in(path)) == "1"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@needs_fork
def test_a_file_without_the_right_to_read_is_named(path: Path) -> None:
    path.chmod(0o000)
    assert as_nobody(lambda: reports_in(path)).startswith("CE001")


def reports_in(path: Path) -> str:
    with Archive.open(path, read_only=True) as archive:
        return str(len(archive))
