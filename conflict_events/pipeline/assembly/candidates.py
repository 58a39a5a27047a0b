"""What the binding of places, dates and doers works on: a word of the report, and the mentions that may belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that may be bound: its id, tokens (end exclusive), head, sentence and values."""

    id: str
    start: int
    end: int
    head: int
    sent: int
    values: dict[str, Any]


@dataclass(slots=True)
class Anchor:
    """The word to bind for, and what is known around it (token heads and ranges)."""

    head: int
    avoid: list[tuple[int, int]]
    kin: list[int]
    scope: str = "current"
    type: str = ""
    bound: frozenset[str] = frozenset()  # ids that other mentions of the same event were bound to
    told: dict[int, str] = field(default_factory=dict)  # head of a doer or victim told by the parse → as what
    words: frozenset[int] = frozenset()  # heads of the words of the same event, in any sentence
