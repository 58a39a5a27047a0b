"""Output files appear whole or not at all, and nothing but files is replaced."""

import os
import stat
import threading
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.io.output import dump_line, open_output


def test_file_appears_when_the_block_ends_well(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    with open_output(target) as stream:
        stream.write(b"{}")
        assert not target.exists()
    assert target.read_bytes() == b"{}"


def test_failed_block_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")

    def fail() -> None:
        with open_output(target) as stream:
            stream.write(b"half")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    assert target.read_bytes() == b"old"


def test_link_is_followed_and_mode_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "out.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    with open_output(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with open_output(pipe) as stream:
        stream.write(b"line\n")
    reader.join(timeout=10)
    assert read == [b"line\n"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", [".", "no-such-folder/out.json"])
def test_unwritable_target_is_a_coded_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConflictEventsError, match="CE018"), open_output(tmp_path / name):
        pass


def test_dump_line_escapes_what_is_no_unicode() -> None:
    assert dump_line({"text": "Şuşa"}) == '{"text": "Şuşa"}\n'.encode()
    assert dump_line({"text": "\ud800"}) == b'{"text": "\\ud800"}\n'
