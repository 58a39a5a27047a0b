"""Mentions of events and the clusters that they are put into, as the assembler handles them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from conflict_events.pipeline.assembly.candidates import Anchor

# words for fighting of both sides, in which doers and victims change places
MUTUAL = frozenset(
    """clash fighting fight battle skirmish firefight gunbattle shootout hostility war conflict combat exchange""".split()
)
REMEMBERED = 24  # mentions by which a much-told event is compared and described
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
    joined: str | list[tuple[str, float]] = ""  # why it is of its event: a word, or what was weighed
    place_sure: float = 0.0
    date_sure: float = 0.0
    past: float = 0.0  # how likely its scope is background
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

    def join(self, m: Mention, why: str | list[tuple[str, float]]) -> None:
        """Take in a further mention, with the reason."""
        m.joined = m.joined or why
        self.mentions.append(m)

    @property
    def recent(self) -> list[Mention]:
        """The mentions to compare the event by: all, or the first and the latest of a great many."""
        told = self.mentions
        return told if len(told) <= REMEMBERED else [told[0], *told[1 - REMEMBERED :]]


def planned(status: str) -> bool:
    """Whether an event of this status did not happen (yet)."""
    return status in ("hypothetical", "negated")


class ClusterIndex:
    """Events of a report by token and sentence, so that what looks for one does not walk through all."""

    def __init__(self, clusters: list[Cluster], head_of: Callable[[list[int]], int]) -> None:
        self.clusters = clusters
        self.at: dict[int, int] = {}  # token of a mention → event
        self.parts: dict[int, tuple[int, str]] = {}  # head of a doer or victim → event, "agent" or "target"
        self._by_sentence: dict[tuple[int, str], list[tuple[int, int]]] = {}
        self._kin: dict[tuple[int, int], list[Mention]] = {}
        for n, cluster in enumerate(clusters):
            for m in cluster.mentions:
                for k in (*range(m.start, m.end), m.head):
                    self.at.setdefault(k, n)
                self._by_sentence.setdefault((m.sent, m.scope), []).append((m.head, n))
                self._kin.setdefault((n, m.sent), []).append(m)
                for label, ranges in (("agent", m.agents), ("target", m.targets)):
                    for chars in ranges:
                        self.parts.setdefault(head_of(chars), (n, label))
        self._bound = [frozenset(x for m in c.mentions for x in (m.place, m.date) if x) for c in clusters]
        self._words = [frozenset(m.lemma for m in c.mentions) for c in clusters]

    def event_of(self, head: int, sent: int, scope: str, reach: int) -> int | None:
        """The event with a mention at ``head``; else the nearest of like scope in its sentence or ``reach`` before."""
        if head in self.at:
            return self.at[head]
        for k in range(sent, max(-1, sent - reach - 1), -1):
            found = self._by_sentence.get((k, scope))
            if found:
                return min(found, key=lambda x: (abs(x[0] - head), x[1]))[1]
        return None

    def kin(self, n: int | None, sent: int) -> list[Mention]:
        """The mentions of event ``n`` in one sentence."""
        return [] if n is None else self._kin.get((n, sent), [])

    def bound(self, n: int | None) -> frozenset[str]:
        """Places and dates that mentions of event ``n`` were bound to."""
        return frozenset() if n is None else self._bound[n]

    def words(self, n: int) -> frozenset[str]:
        """Lemmas of the mentions of event ``n``."""
        return self._words[n]

    def told_as(self, n: int | None, head: int) -> str | None:
        """How the head of a phrase takes part in an event, seen from event ``n``: "own agent", "other target", …"""
        if head not in self.parts:
            return None
        k, label = self.parts[head]
        return f"{'own' if k == n else 'other'} {label}"
