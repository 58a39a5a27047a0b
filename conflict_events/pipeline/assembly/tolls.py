"""Figures of one report set side by side: which of them contradict each other, and which replace earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from conflict_events.pipeline.assembly.agreement import same_place, same_time

RISEN = frozenset("rise raise increase climb grow jump reach update revise later since".split())
TOLLS = frozenset("toll number count total figure estimate tally".split())
WINDOW = 40  # figures before one that it is compared with; a longer report has tables, not stories


@dataclass(frozen=True, slots=True)
class Told:
    """One figure: its bounds, who was hit, who says so, where and when, and the words around it."""

    id: str
    outcome: str
    low: int | None
    high: int | None
    kind: str
    side: str | None
    claimant: str | None
    party: str | None
    scope: str
    place: dict[str, Any] | None
    date: dict[str, Any] | None
    words: frozenset[str]
    part: bool


def compared(figures: Sequence[Told]) -> list[tuple[str, str, str]]:
    """(from, to, type) of current figures of one outcome and side that cannot both be the whole.

    ``updates`` where the same source, or one of its party, tells a higher figure as risen; ``contradicts`` where closed
    bounds exclude each other and a side is told. Figures told of other places or times, and parts of a whole, are not compared.
    """
    found = []
    for n, later in enumerate(figures):
        for earlier in figures[max(0, n - WINDOW) : n]:
            if not _alike(earlier, later):
                continue
            risen = not RISEN.isdisjoint(later.words)
            higher = later.low is not None and earlier.low is not None and later.low > earlier.low
            same = earlier.claimant == later.claimant or (earlier.party is not None and earlier.party == later.party)
            sided = earlier.side is not None
            if higher and same and risen and (sided or not TOLLS.isdisjoint(later.words)):
                found.append((later.id, earlier.id, "updates"))
            elif sided and _exclude(earlier, later):
                found.append((later.id, earlier.id, "contradicts"))
    return found


def _alike(a: Told, b: Told) -> bool:
    if a.outcome != b.outcome or a.side != b.side or a.part or b.part:
        return False
    if a.scope != "current" or b.scope != "current" or a.kind != b.kind:
        return False
    if a.date and b.date and same_time(a.date, b.date) is False:
        return False
    return not (a.place and b.place and same_place(a.place, b.place) is False)


def _exclude(a: Told, b: Told) -> bool:
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return False
    return a.high < b.low or b.high < a.low
