"""Statements of casualties as a toll counts them.

A statement is one figure, or several that say the same (``same_as``) taken as one. This module knows
who states it, for which side and when it stood, and which wholes a report leaves to its reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from conflict_events.graph.days import Interval
from conflict_events.graph.speakers import name_speakers, party_key
from conflict_events.records import ActorRef, CasualtyFigure

Kind = Literal["combatant", "civilian"]

# "about 100" may stand for a sum of parts that lies a little above it
ABOUT_SLACK = 0.1
# a report that tells the whole beside its sides may tell it so often in other numbers
_MOST_WHOLES = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A figure together with what its report contributes: id, outlet, day of appearance, group of copies.

    ``doers`` are the parties that did it, as the figure tells or else its event.
    """

    figure: CasualtyFigure
    report: str
    source: str | None = None
    published: Interval | None = None
    copy_group: str | None = None
    doers: frozenset[str | None] = frozenset()


@dataclass(slots=True)
class Statement:
    """One statement of a number: its first figure, all figures that repeat it inside the report.

    ``voice`` is the key of its claimant, one for all the names that it has, None where the reporter states it.
    """

    told: Told
    repeats: list[Told]
    side: ActorRef | None
    claimant: ActorRef | None
    voice: str | None
    kind: Kind | None
    when: Interval | None
    attackers: bool
    wholes: set[str] = field(default_factory=set)
    superseded_by: str | None = None
    superseded_as: Literal["latest", "lower_bound_raised"] | None = None

    @property
    def figure(self) -> CasualtyFigure:
        return self.told.figure

    @property
    def id(self) -> str:
        return self.told.figure.id

    @property
    def speaker(self) -> str:
        """Who states it: the claimant, else the outlet that reports it."""
        if self.voice is not None:
            return f"claimant {self.voice}"
        return f"reporter {self.told.source or self.told.report}"

    def voice_of(self, told: Told) -> str | None:
        """The key of the claimant of one of its figures."""
        key = party_key(told.figure.claimant)
        return self.voice if key == party_key(self.claimant) else key

    @property
    def closed(self) -> bool:
        return self.figure.high is not None and self.figure.low is not None

    @property
    def open_lower_bound(self) -> bool:
        return self.figure.low is not None and self.figure.high is None

    @property
    def floor(self) -> int | None:
        """What it counts at the least, so far as it says."""
        return self.figure.low if self.figure.low is not None else self.figure.value

    @property
    def names_number(self) -> bool:
        """Whether its number is one that it counts: neither a ceiling nor a limit that the count lies beyond."""
        figure = self.figure
        if figure.value is None or figure.qualifier in ("at_most", "fewer_than"):
            return False
        return figure.low is None or figure.value >= figure.low

    @property
    def number(self) -> int | None:
        """The number that the statement comes to when it is compared or summed."""
        return self.figure.value if self.figure.value is not None else self.figure.low


def gather(told: Iterable[Told]) -> list[Statement]:
    """Statements of these figures, those that are ``same_as`` another counted once, in order of their ids."""
    figures = {t.figure.id: t for t in told}
    roots = _roots(figures)
    groups: dict[str, list[Told]] = defaultdict(list)
    for figure_id in sorted(figures, key=_natural):
        groups[roots[figure_id]].append(figures[figure_id])
    statements = [_statement(root, groups[root], roots) for root in sorted(groups, key=_natural)]
    speakers = name_speakers((s.told.report, s.claimant) for s in statements if s.claimant is not None)
    for s in statements:
        key = party_key(s.claimant)
        if key is not None:
            s.voice = speakers[s.told.report, key]
    _break_circles(statements)
    _take_sides_of_wholes(statements)
    _name_wholes(statements)
    _close_wholes(statements)
    return statements


def _roots(figures: Mapping[str, Told]) -> dict[str, str]:
    """The figure that each one repeats in the end; of figures that repeat each other, the first."""
    roots: dict[str, str] = {}
    for start in figures:
        path: dict[str, None] = {}
        here: str | None = start
        while here in figures and here not in roots and here not in path:
            assert here is not None
            path[here] = None
            here = figures[here].figure.same_as
        walked = list(path)
        if here in path:
            root = min(walked[walked.index(here) :], key=_natural)
        else:
            root = roots[here] if here in roots else walked[-1] if walked else start
        roots.update(dict.fromkeys(walked, root))
    return roots


def _natural(figure_id: str) -> tuple[str, int, str]:
    report, _, local = figure_id.rpartition("/")
    digits = local.lstrip("abcdefghijklmnopqrstuvwxyz")
    return report, int(digits) if digits.isdecimal() else 0, local


def _statement(root: str, group: list[Told], roots: Mapping[str, str]) -> Statement:
    ordered = sorted(group, key=lambda t: (t.figure.id != root, t.figure.value is None, _natural(t.figure.id)))
    kinds = [t.figure.victims.kind for t in ordered if t.figure.victims.kind in ("combatant", "civilian")]
    first = ordered[0]
    as_of = next((t.figure.as_of for t in ordered if t.figure.as_of and t.figure.as_of.start), None)
    when = (as_of.start, as_of.end) if as_of else first.published
    return Statement(
        told=first,
        repeats=ordered[1:],
        side=next((t.figure.side for t in ordered if t.figure.side), None),
        claimant=next((t.figure.claimant for t in ordered if t.figure.claimant), None),
        voice=None,
        kind=kinds[0] if kinds else None,
        when=when,
        attackers=first.figure.victims.attackers,
        wholes={roots[w] for t in group if (w := t.figure.subset_of) is not None and w in roots},
    )


def _take_sides_of_wholes(statements: list[Statement]) -> None:
    """Some of a side's dead are that side's, whether or not it is said again; attackers among them need not be.

    Some of the attackers are of the attackers' side, not of that of all the dead.
    """
    by_id = {s.id: s for s in statements}
    for s in statements:
        seen = {s.id}
        wholes = s.wholes
        while s.side is None and not s.attackers and len(wholes) == 1 and seen.isdisjoint(wholes):
            [whole_id] = wholes
            if whole_id not in by_id:
                break
            s.side = by_id[whole_id].side
            seen.add(whole_id)
            wholes = by_id[whole_id].wholes if not by_id[whole_id].attackers else set()


def _name_wholes(statements: list[Statement]) -> None:
    """Add the wholes that a report leaves to the reader: a figure without a side beside those of both sides."""
    by_report: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in statements:
        by_report[s.told.report, s.figure.outcome].append(s)
    for group in by_report.values():
        parts: dict[str, Statement] = {}
        for s in group:
            key = party_key(s.side)
            if key and not s.attackers:
                best = parts.get(key)
                if best is None or (s.number or 0) > (best.number or 0):
                    parts[key] = s
        if len(parts) < 2:
            continue
        total = sum(s.number or 0 for s in parts.values())
        kinds = {None, *(s.kind for s in parts.values())} if len({s.kind for s in parts.values()}) == 1 else {None}
        whole = [s for s in group if s.side is None and not s.wholes and s.kind in kinds]
        wholes = [s.id for s in whole if total <= _capacity(s)][:_MOST_WHOLES]
        for s in group:
            if s.side is not None:
                s.wholes.update(wholes)


def _break_circles(statements: list[Statement]) -> None:
    """Of statements that are parts of each other in the end, the first is the whole."""
    by_id = {s.id: s for s in statements}
    done: set[str] = set()
    for start in statements:
        path: dict[str, list[str]] = {start.id: sorted(start.wholes)} if start.id not in done else {}
        while path:
            here = next(reversed(path))
            if not path[here]:
                done.add(here)
                path.popitem()
                continue
            whole = path[here].pop()
            if whole in path:
                by_id[whole].wholes -= path.keys()
            elif whole in by_id and whole not in done:
                path[whole] = sorted(by_id[whole].wholes)


def _close_wholes(statements: list[Statement]) -> None:
    """A part of a part is a part of the whole, and some of the attackers are attackers."""
    by_id = {s.id: s for s in statements}
    direct = {s.id: sorted(s.wholes) for s in statements}
    for s in statements:
        further = direct[s.id]
        while further and len(s.wholes) < _MOST_WHOLES:
            further = sorted({w for part in further for w in direct.get(part, ())} - s.wholes)
            s.wholes.update(further)
        s.attackers = any(by_id[w].figure.victims.attackers for w in s.wholes if w in by_id) or s.attackers


def _capacity(whole: Statement) -> float:
    figure = whole.figure
    if figure.qualifier == "about" and figure.value is not None:
        return figure.value * (1 + ABOUT_SLACK)
    if figure.high is not None:
        return figure.high
    return float("inf") if figure.value is not None and figure.low is not None else -1.0
