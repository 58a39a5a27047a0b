"""Which statements of casualties a later one replaces: the contract's three rules, and what a report itself tells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import accumulate

from conflict_events.graph.days import Interval, is_before
from conflict_events.graph.speakers import party_key
from conflict_events.graph.statements import Kind, Statement
from conflict_events.records import Outcome

_Bounds = tuple[int | None, int | None, int | None]


def supersede(
    statements: list[Statement], *, across_kinds: bool = False, updates: Iterable[tuple[str, str]] = ()
) -> None:
    """Mark which statements a later one replaces, by the contract's three rules.

    A later statement of the same claimant, side, kind and outcome replaces an earlier one that says
    another number, and one that counts more of a side than the earlier of all; as does one that its report tells
    to be an update (``updates``: figure ids, the newer first); where their order in time is not known, a higher
    figure replaces an open lower bound; a whole one of whose parts is replaced is replaced with it. None replaces
    itself, at once or through others. ``across_kinds`` is for the row of all kinds of victims: there a figure of no told
    kind replaces those of one kind, and is replaced by one that is higher than itself, since some of the dead cannot be
    more than all. Costs O(n log n).
    """
    buckets: dict[tuple[Outcome, str | None, str, bool, bool], list[Statement]] = defaultdict(list)
    by_id = {s.id: s for s in statements}
    _replace_as_told(by_id, updates, across_kinds=across_kinds)
    for s in statements:
        is_detail = _is_detail(s, by_id, across_kinds=across_kinds)
        key = s.figure.outcome, party_key(s.side), s.speaker, s.attackers, is_detail
        buckets[key].append(s)
    for key, group in sorted(buckets.items(), key=lambda item: repr(item[0])):
        is_detail = key[-1]
        if is_detail:
            group = [s for s in group if s.kind is not None]
        _replace_by_latest(group, across_kinds=across_kinds and not is_detail)
        _raise_lower_bounds(group, across_kinds=across_kinds and not is_detail)
    _replace_by_higher_part(statements, across_kinds=across_kinds)
    for s in statements:
        if s.superseded_by is None:
            continue
        for whole_id in sorted(s.wholes):
            whole = by_id.get(whole_id)
            if whole is None or whole.figure.outcome != s.figure.outcome or not (across_kinds or whole.kind == s.kind):
                continue
            if whole.superseded_by is None and not _replaced_by(by_id[s.superseded_by], by_id, whole):
                whole.superseded_by, whole.superseded_as = s.superseded_by, s.superseded_as


def _replace_as_told(by_id: Mapping[str, Statement], updates: Iterable[tuple[str, str]], *, across_kinds: bool) -> None:
    """A report that tells a figure as risen or corrected orders the two itself, unless their days say otherwise."""
    for newer_id, older_id in sorted(updates):
        newer, older = by_id.get(newer_id), by_id.get(older_id)
        if newer is None or older is None or older.superseded_by is not None or _replaced_by(newer, by_id, older):
            continue
        comparable = newer.figure.outcome == older.figure.outcome and party_key(newer.side) == party_key(older.side)
        if comparable and (across_kinds or newer.kind == older.kind) and newer.when == older.when:
            older.superseded_by, older.superseded_as = newer.id, "latest"


def _replaced_by(s: Statement, by_id: Mapping[str, Statement], other: Statement) -> bool:
    """Whether the other has replaced it, at once or through what replaced it."""
    while s is not other and s.superseded_by is not None:
        s = by_id[s.superseded_by]
    return s is other


def _replace_by_higher_part(statements: list[Statement], *, across_kinds: bool) -> None:
    """A claimant that counts more dead of one side than it counted of all before has raised its count of all."""
    parts: dict[tuple[Hashable, ...], list[Statement]] = defaultdict(list)

    def key(s: Statement) -> tuple[Hashable, ...]:
        return s.figure.outcome, s.speaker, s.attackers, None if across_kinds else s.kind

    for s in statements:
        if s.side is not None and s.number is not None and _start(s):
            parts[key(s)].append(s)
    for group in parts.values():
        group.sort(key=lambda s: (_start(s), s.id))
    # of each and all later ones, the highest
    highest = {k: list(accumulate(reversed(group), _higher))[::-1] for k, group in parts.items()}
    starts = {k: [_start(s) for s in group] for k, group in parts.items()}
    for s in statements:
        end = s.when[1] if s.when is not None else None
        if s.side is not None or s.superseded_by is not None or s.number is None or end is None or key(s) not in parts:
            continue
        first = bisect_right(starts[key(s)], end)
        if first < len(starts[key(s)]) and (highest[key(s)][first].floor or 0) > (s.figure.high or s.number):
            s.superseded_by, s.superseded_as = highest[key(s)][first].id, "latest"


def _higher(a: Statement, b: Statement) -> Statement:
    return max(a, b, key=lambda s: (s.floor or 0, s.id))


def _is_detail(s: Statement, by_id: Mapping[str, Statement], *, across_kinds: bool) -> bool:
    """Whether it counts some of those that another statement about the same side counts.

    All the dead are no detail of the dead and injured, nor, among the counts of one kind, the dead of that kind of all.
    """
    wholes = (by_id[w] for w in s.wholes if w in by_id and by_id[w].figure.outcome == s.figure.outcome)
    return any(party_key(w.side) == party_key(s.side) and (across_kinds or w.kind == s.kind) for w in wholes)


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
