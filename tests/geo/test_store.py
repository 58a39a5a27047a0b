"""The index file: damaged files are told apart from indexes."""

from __future__ import annotations

from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.geo.store import MAGIC, Store


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", MAGIC, MAGIC + (9).to_bytes(8, "little") + b"not json ", MAGIC + (2).to_bytes(8, "little") + b"{}"],
    ids=["empty", "text", "no header", "broken header", "no arrays"],
)
def test_store_refuses_what_is_no_index(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.gaz"
    path.write_bytes(content)
    with pytest.raises(ConflictEventsError, match=r"CE013: gazetteer .*broken\.gaz"):
        Store(path)


def test_store_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConflictEventsError, match="CE013"):
        Store(tmp_path / "none.gaz")
