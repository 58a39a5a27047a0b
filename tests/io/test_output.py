"""Results appear whole or not at all."""

import stat
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.io.output import dump_line, open_output


def test_output_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    with open_output(target) as stream:
        stream.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) & 0o600 == 0o600


def test_failing_block_leaves_what_was_there_and_no_rest(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")

    def fail_after_writing() -> None:
        with open_output(target) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    assert target.read_bytes() == b"old"


def test_unwritable_path_is_a_coded_error(tmp_path: Path) -> None:
    with pytest.raises(ConflictEventsError, match="CE018"), open_output(tmp_path / "no" / "such" / "file"):
        pass


def test_line_of_broken_unicode_is_escaped() -> None:
    assert dump_line({"a": "ü\ud800"}) == b'{"a": "\\u00fc\\ud800"}\n'
