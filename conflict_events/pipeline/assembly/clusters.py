"""Mentions of events and the clusters that they are put into, as the assembler handles them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from conflict_events.pipeline.assembly.binding import Anchor

# words for fighting of both sides, in which doers and victims change places
MUTUAL = frozenset(
    """clash fighting fight battle skirmish firefight gunbattle shootout hostility war conflict combat exchange""".split()
)
VIOLENT = frozenset({"battles", "explosions_remote_violence", "violence_against_civilians"})


@dataclass(slots=True)
class Mention:
    """One trigger of the report as the assembler sees it."""

    id: str
    start: int
    end: int
    head: int
    type: str | None
    role: str
    lemma: str
    sent: int
    agents: list[list[int]]
    targets: list[list[int]]
    status: str
    scope: str
    claimant: list[int] | None
    denied_by: list[list[int]]
    values: dict[str, Any]
    place: str | None = None
    date: str | None = None
    place_sure: float = 0.0
    date_sure: float = 0.0
    anchor: Anchor = field(default_factory=lambda: Anchor(0, [], []))
    parties: set[str] = field(default_factory=set)  # of its doers
    hit: set[str] = field(default_factory=set)  # parties of those it hit


@dataclass(slots=True)
class Cluster:
    """Mentions of one event; the first is the one that names it best."""

    type: str
    mentions: list[Mention]

    @property
    def first(self) -> Mention:
        return self.mentions[0]


def planned(status: str) -> bool:
    """Whether an event of this status did not happen (yet)."""
    return status in ("hypothetical", "negated")
