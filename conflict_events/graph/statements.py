"""Statements of casualties as a toll counts them, and which of them a later one replaces.

A statement is one figure, or several that say the same (``same_as``) taken as one. This module knows
who states it, for which side, when it stood, and applies the contract's rules of replacement; the
arithmetic of the rows is in ``tolls``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from conflict_events.graph.days import Interval, is_before
from conflict_events.records import ActorRef, CasualtyFigure, Outcome

Kind = Literal["combatant", "civilian"]
_Bounds = tuple[int | None, int | None, int | None]

# "about 100" may stand for a sum of parts that lies a little above it
ABOUT_SLACK = 0.1
# a report that tells the whole beside its sides may tell it so often in other numbers
_MOST_WHOLES = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A figure together with what its report contributes: id, outlet, day of appearance, group of copies."""

    figure: CasualtyFigure
    report: str
    source: str | None = None
    published: Interval | None = None
    copy_group: str | None = None


@dataclass(slots=True)
class Statement:
    """One statement of a number: its first figure, all figures that repeat it inside the report."""

    told: Told
    repeats: list[Told]
    side: ActorRef | None
    claimant: ActorRef | None
    kind: Kind | None
    when: Interval | None
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
    def number(self) -> int | None:
        """The number that the statement comes to when it is compared or summed."""
        return self.figure.value if self.figure.value is not None else self.figure.low


def party_key(actor: ActorRef | None) -> str | None:
    """What makes two actors one: the party they speak or fight for, else their name."""
    if actor is None:
        return None
    return actor.party or actor.name.casefold()


def gather(told: Iterable[Told]) -> list[Statement]:
    """Statements of these figures, those that are ``same_as`` another counted once, in order of their ids."""
    figures = {t.figure.id: t for t in told}
    roots = _roots(figures)
    groups: dict[str, list[Told]] = defaultdict(list)
    for figure_id in sorted(figures, key=_natural):
        groups[roots[figure_id]].append(figures[figure_id])
    statements = [_statement(root, groups[root], roots) for root in sorted(groups, key=_natural)]
    _name_wholes(statements)
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
        kind=kinds[0] if kinds else None,
        when=when,
        wholes={roots[w] for t in group if (w := t.figure.subset_of) is not None and w in roots},
    )


def _name_wholes(statements: list[Statement]) -> None:
    """Add the wholes that a report leaves to the reader: a figure without a side beside those of both sides."""
    by_report: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in statements:
        by_report[s.told.report, s.figure.outcome].append(s)
    for group in by_report.values():
        parts: dict[str, Statement] = {}
        for s in group:
            key = party_key(s.side)
            if key and not s.figure.victims.attackers:
                best = parts.get(key)
                if best is None or (s.number or 0) > (best.number or 0):
                    parts[key] = s
        if len(parts) < 2:
            continue
        total = sum(s.number or 0 for s in parts.values())
        wholes = [s.id for s in group if s.side is None and not s.wholes and total <= _capacity(s)][:_MOST_WHOLES]
        for s in group:
            if s.side is not None:
                s.wholes.update(wholes)


def _capacity(whole: Statement) -> float:
    figure = whole.figure
    if figure.qualifier == "about" and figure.value is not None:
        return figure.value * (1 + ABOUT_SLACK)
    if figure.high is not None:
        return figure.high
    return float("inf") if figure.value is not None and figure.low is not None else -1.0


def supersede(statements: list[Statement], *, across_kinds: bool = False) -> None:
    """Mark which statements a later one replaces, by the contract's three rules.

    A later statement of the same claimant, side, kind and outcome replaces an earlier one that says
    another number; where their order in time is not known, a higher figure replaces an open lower
    bound; a whole one of whose parts is replaced is replaced with it. ``across_kinds`` is for the row of all
    kinds of victims: there a figure of no told kind replaces those of one kind, and is replaced by one that
    is higher than itself, since some of the dead cannot be more than all. Costs O(n log n).
    """
    buckets: dict[tuple[Outcome, str | None, str, bool, bool], list[Statement]] = defaultdict(list)
    by_id = {s.id: s for s in statements}
    for s in statements:
        key = s.figure.outcome, party_key(s.side), speaker(s), s.figure.victims.attackers, _is_detail(s, by_id)
        buckets[key].append(s)
    for key, group in sorted(buckets.items(), key=lambda item: repr(item[0])):
        is_detail = key[-1]
        if is_detail:
            group = [s for s in group if s.kind is not None]
        _replace_by_latest(group, across_kinds=across_kinds and not is_detail)
        _raise_lower_bounds(group, across_kinds=across_kinds and not is_detail)
    for s in statements:
        if s.superseded_by is None:
            continue
        for whole_id in sorted(s.wholes):
            whole = by_id.get(whole_id)
            if whole is None or not (across_kinds or whole.kind == s.kind):
                continue
            if whole.superseded_by is None and whole.id != s.superseded_by:
                whole.superseded_by, whole.superseded_as = s.superseded_by, s.superseded_as


def speaker(s: Statement) -> str:
    """Who states it: the claimant's party, else the outlet that reports it."""
    key = party_key(s.claimant)
    return f"claimant {key}" if key else f"reporter {s.told.source or s.told.report}"


def _is_detail(s: Statement, by_id: Mapping[str, Statement]) -> bool:
    """Whether it counts some of those that another statement about the same side counts."""
    return any(w in by_id and party_key(by_id[w].side) == party_key(s.side) for w in s.wholes)


def _replace_by_latest(group: list[Statement], *, across_kinds: bool) -> None:
    # of each kind, the latest statement of each number, the latest first: what replaces stands near the front
    latest: dict[Kind | None, dict[_Bounds, Statement]] = defaultdict(dict)
    for g in sorted(group, key=lambda g: (_start(g), g.id), reverse=True):
        if g.number is not None:
            latest[g.kind].setdefault(_bounds(g), g)
    for s in group:
        end = s.when[1] if s.when is not None else None
        if end is None:
            continue
        found: list[Statement] = []
        for kind in _kinds_to_compare(s, across_kinds):
            for g in latest[kind].values():
                if _start(g) <= end:
                    break
                if _bounds(g) != _bounds(s) and not _related(s, g):
                    if _may_replace(s, g):
                        found.append(g)
                    break
        if found:
            later = max(found, key=lambda g: (_start(g), g.id))
            s.superseded_by, s.superseded_as = later.id, "latest"


def _raise_lower_bounds(group: list[Statement], *, across_kinds: bool) -> None:
    # a bound is raised by a figure that no later one replaced, so that in the end one of them stands
    standing = sorted((s for s in group if s.superseded_by is None), key=lambda s: (-(s.floor or 0), s.id))
    highest: dict[Kind | None, dict[Interval | None, Statement]] = defaultdict(dict)
    for g in standing:
        highest[g.kind].setdefault(g.when, g)
    for s in standing:
        if not s.open_lower_bound:
            continue
        raising = [
            g
            for kind in _kinds_to_compare(s, across_kinds)
            for g in highest[kind].values()
            if (g.floor or 0) > (s.figure.low or 0) and not is_before(g.when, s.when) and not _related(s, g)
        ]
        if raising:
            higher = min(raising, key=lambda g: (-(g.floor or 0), g.id))
            s.superseded_by, s.superseded_as = higher.id, "lower_bound_raised"


def _kinds_to_compare(s: Statement, across_kinds: bool) -> tuple[Kind | None, ...]:
    if not across_kinds:
        return (s.kind,)
    return (None, "combatant", "civilian") if s.kind is None else (s.kind, None)


def _may_replace(s: Statement, later: Statement) -> bool:
    """Whether a count of one kind is more than the count of all before it; other kinds are told by the caller."""
    return later.kind == s.kind or later.kind is None or (later.floor or 0) > (s.number or 0)


def _related(s: Statement, other: Statement) -> bool:
    return other.id in s.wholes or s.id in other.wholes


def _start(s: Statement) -> str:
    return (s.when[0] if s.when is not None else None) or ""


def _bounds(s: Statement) -> _Bounds:
    return s.figure.value, s.figure.low, s.figure.high
