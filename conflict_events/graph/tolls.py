"""What an incident's figures come to: rows per side, kind of victims and outcome, with every claim kept.

The arithmetic is the output contract's. Ranges are never averaged: a row's ``low`` and ``high`` span the
figures that still stand, ``best`` is a number that someone states or the sum of such numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from conflict_events.graph import days
from conflict_events.graph.statements import Kind, Statement, Told, gather, party_key, speaker, supersede
from conflict_events.records import ActorRef, Claim, Interest, Outcome, Toll, TollRule

_OUTCOMES: tuple[str, ...] = get_args(Outcome)
_KINDS: tuple[Kind | None, ...] = (None, "combatant", "civilian")

# a period of a month or more is longer than an incident that nobody dates, unless that is a war
_LONG_PERIOD_DAYS = 28


@dataclass(frozen=True, slots=True)
class _Sum:
    """What some statements come to, with the statements themselves."""

    low: int | None = None
    high: int | None = None
    best: int | None = None
    rule: TollRule | None = None
    disputed: bool = False
    members: tuple[Statement, ...] = ()

    @property
    def stands(self) -> bool:
        return any(s.superseded_by is None for s in self.members)


def add_up(
    told: Iterable[Told],
    *,
    interval: days.Interval | None = None,
    is_war: bool = False,
    belligerents: Iterable[str] = (),
) -> tuple[Toll, ...]:
    """The toll rows of one incident from the figures told of it, ordered by outcome, side and kind.

    ``interval`` bounds the incident's violence, ``belligerents`` are the parties that fight in it. Rows in which no
    figure stands are left out; their claims are kept in the wider rows. Rows overlap:
    a null side is both sides together, null victims all kinds. Hypothetical figures and those that sum a
    period longer than the incident are left out; denied ones stay, as claims that somebody makes.
    """
    counted = [t for t in told if t.figure.status != "hypothetical" and not _longer(t, interval, is_war)]
    of_kinds, of_all = gather(counted), gather(counted)
    supersede(of_kinds)
    supersede(of_all, across_kinds=True)
    sides: dict[str, ActorRef] = {}
    for s in of_all:
        key = party_key(s.side)
        if key is not None and s.side is not None:
            sides.setdefault(key, s.side)
    fighting = frozenset(belligerents) | sides.keys()
    rows: list[Toll] = []
    for outcome in _OUTCOMES:
        rows.extend(_rows(outcome, (of_all, of_kinds), sides, fighting))
    return tuple(rows)


def _longer(told: Told, interval: days.Interval | None, is_war: bool) -> bool:
    period = told.figure.period
    if period is None or is_war:
        return False
    lasts, incident = days.mention_length(period), days.length(interval)
    if lasts is None:
        return False
    return lasts > incident if incident is not None else lasts >= _LONG_PERIOD_DAYS


def _rows(
    outcome: str,
    told: tuple[Sequence[Statement], Sequence[Statement]],
    sides: dict[str, ActorRef],
    fighting: frozenset[str],
) -> Iterable[Toll]:
    """Rows of one outcome; ``told`` are its statements as they stand among all kinds, and each among its own."""
    totals: dict[tuple[str | None, Kind | None], _Sum] = {}
    for kind in _KINDS:
        chosen = told[0] if kind is None else [s for s in told[1] if s.kind == kind]
        totals.update(_sides_and_whole([s for s in chosen if s.figure.outcome == outcome], kind))
    for side in (None, *sorted(sides)):
        for kind in _KINDS:
            total = totals.get((side, kind))
            if total is not None and total.stands:
                yield _toll(outcome, sides.get(side or ""), kind, total, fighting)


def _toll(outcome: str, side: ActorRef | None, kind: Kind | None, total: _Sum, fighting: frozenset[str]) -> Toll:
    claims = sorted(
        ((s, told) for s in total.members for told in (s.told, *s.repeats)),
        key=lambda pair: (days.sort_key(pair[0].when), pair[1].report, _figure_order(pair[1].figure.id)),
    )
    return Toll(
        side=side,
        victims=kind,
        outcome=outcome,  # type: ignore[arg-type]
        low=total.low,
        high=total.high,
        best=total.best,
        rule=total.rule,
        disputed=total.disputed,
        claims=tuple(
            Claim(
                figure=told.figure.id,
                report=told.report,
                claimant=told.figure.claimant,
                interest=interest_of(told, s.side, fighting),
                value=told.figure.value,
                low=told.figure.low,
                high=told.figure.high,
                superseded_by=s.superseded_by,
            )
            for s, told in claims
        ),
    )


def _figure_order(figure_id: str) -> tuple[int, str]:
    local = figure_id.rpartition("/")[2]
    return len(local), local


def interest_of(told: Told, side: ActorRef | None, belligerents: frozenset[str]) -> Interest:
    """Whether the claimant counts its own dead, its opponent's, those of others, or is the reporter.

    Where no side is told, a belligerent that did the violence counts its opponent's dead, any other its own.
    """
    claimant = party_key(told.figure.claimant)
    if claimant is None:
        return "reporter"
    if claimant == party_key(side):
        return "own"
    if claimant not in belligerents:
        return "third_party"
    if side is None and claimant not in {party_key(a) for a in told.figure.agents}:
        return "own"
    return "opponent"


def _sides_and_whole(statements: list[Statement], kind: Kind | None) -> dict[tuple[str | None, Kind | None], _Sum]:
    """What each side comes to and, under no side, all together; attackers are a part of the whole beside the others."""
    if kind == "civilian":
        statements = [s for s in statements if not _is_attackers(s)]
    by_id = {s.id: s for s in statements}
    groups: dict[str | None, list[Statement]] = defaultdict(list)
    for s in statements:
        groups[party_key(s.side)].append(s)
    sideless = groups.pop(None, [])
    totals: dict[tuple[str | None, Kind | None], _Sum] = {}
    parts: list[_Sum] = []
    attackers: list[_Sum] = []
    for side in sorted(key for key in groups if key is not None):
        beside = _attackers_beside(groups[side], by_id)
        taken = {s.id for s in beside}
        parts.append(_over_kinds([s for s in groups[side] if s.id not in taken]))
        attackers.append(_resolve(beside))
        totals[side, kind] = _add([parts[-1], attackers[-1]])
    inside = [s for s in sideless if _is_attackers(s) and _inside(s, by_id)]
    loose = [s for s in sideless if _is_attackers(s) and not _inside(s, by_id)]
    attackers.append(_resolve(loose))
    others = [s for s in sideless if not _is_attackers(s)]
    covering = _may_hold_attackers(others, attackers)
    covers = {s.id for s in covering}
    total = _with_sides(_over_kinds([s for s in others if s.id not in covers]), [p for p in parts if p.members])
    total = _add([total, *attackers])
    if covering:
        total = _with_sides(_resolve(covering), [total])
    totals[None, kind] = _keep(total, inside)
    return totals


def _is_attackers(s: Statement) -> bool:
    return s.figure.victims.attackers


def _inside(s: Statement, by_id: Mapping[str, Statement]) -> bool:
    """Whether a whole counts it already; one of civilians counts no attackers."""
    return any(w in by_id and not (_is_attackers(s) and by_id[w].kind == "civilian") for w in s.wholes)


def _attackers_beside(group: Sequence[Statement], by_id: Mapping[str, Statement]) -> list[Statement]:
    """A side's dead attackers that its other figures do not count.

    Where one report tells both they are other people, and attackers are never civilians; what another report says
    of the side's dead without telling attackers apart may be the same people.
    """
    loose = [s for s in group if _is_attackers(s) and not _inside(s, by_id)]
    others = [s for s in group if not _is_attackers(s)]
    reports = {s.told.report for s in others}
    if all(s.kind == "civilian" for s in others) or any(s.told.report in reports for s in loose):
        return loose
    return []


def _may_hold_attackers(others: Sequence[Statement], attackers: Sequence[_Sum]) -> list[Statement]:
    """Counts of all the dead from reports that tell no attackers apart: these may be among them."""
    telling = {s.told.report for a in attackers for s in a.members}
    return [s for s in others if s.kind is None and s.told.report not in telling] if telling else []


def _over_kinds(statements: list[Statement]) -> _Sum:
    """The statements of one side, of one kind or of all kinds, which one report may tell apart."""
    ids = {s.id for s in statements}
    parts = [[s for s in statements if s.kind == k and s.wholes.isdisjoint(ids)] for k in ("combatant", "civilian")]
    together = {s.told.report for s in parts[0]} & {s.told.report for s in parts[1]}
    if together:
        everyone = _resolve([s for s in statements if s.kind is None])
        return _keep(_with_sides(everyone, [_resolve(p) for p in parts]), statements)
    some = _counted_in_all(statements)
    return _keep(_resolve([s for s in statements if s.id not in some]), statements)


def _counted_in_all(statements: Sequence[Statement]) -> set[str]:
    """Counts of one kind that a higher count of all does not exclude, so that they are no other answer to it.

    Such are civilians, whoever counts all; of a side's fighters, whom many call its dead, only those that the
    same source tells after its count of all.
    """
    highest: dict[str | None, Statement] = {}
    for s in statements:
        if s.kind is None and s.superseded_by is None:
            for key in (None, speaker(s)):
                if key not in highest or (s.number or 0) > (highest[key].number or 0):
                    highest[key] = s
    found: set[str] = set()
    for s in statements:
        everyone = highest.get(None if s.kind == "civilian" else speaker(s))
        if s.kind is None or everyone is None or (s.figure.high or s.number or 0) >= (everyone.number or 0):
            continue
        if s.kind == "civilian" or days.is_before(everyone.when, s.when):
            found.add(s.id)
    return found


def _with_sides(whole: _Sum, parts: list[_Sum]) -> _Sum:
    """A whole whose low end is at least the sum of its parts."""
    standing = [p for p in parts if p.stands]
    if not standing:
        return _keep(whole, [s for p in parts for s in p.members])
    total = _plus(standing)
    every = [s for p in parts for s in p.members]
    if not whole.stands:
        return _keep(total, [*whole.members, *every])
    covered = whole.low is not None and (total.low is None or whole.low >= total.low)
    fits = whole.high is None or total.low is None or whole.high >= total.low
    if covered or (fits and whole.low is None):
        low = max((n for n in (whole.low, total.low) if n is not None), default=None)
        best, rule = whole.best, whole.rule
        if best is None or (low is not None and best < low):
            fitting = total.best is not None and (low is None or total.best >= low)
            best, rule = (total.best, total.rule) if fitting else (None, None)
        if total.disputed and whole.high is not None and total.high is not None and total.high > whole.high:
            # the whole repeats one of a side's numbers, so what disputes that number disputes the whole
            return _Sum(low, total.high, best, rule, True, (*whole.members, *every))
        return _Sum(low, whole.high, best, rule, whole.disputed, (*whole.members, *every))
    excluded = whole.high is not None and total.low is not None and whole.high < total.low
    return _Sum(
        low=total.low,
        high=total.high if excluded or whole.high is None else whole.high,
        best=total.best,
        rule="sum_of_sides",
        disputed=whole.disputed or total.disputed or (excluded and total.high is not None),
        members=(*whole.members, *every),
    )


def _plus(parts: Sequence[_Sum]) -> _Sum:
    """The sum of parts that count different people: a part for which nobody states a number leaves ``best`` open."""
    if len(parts) == 1:
        return parts[0]
    lows = [p.low for p in parts if p.low is not None]
    highs = [p.high for p in parts if p.high is not None]
    bests = [p.best for p in parts if p.best is not None]
    return _Sum(
        low=sum(lows) if lows else None,
        high=sum(highs) if len(highs) == len(parts) else None,
        best=sum(bests) if len(bests) == len(parts) else None,
        rule="sum_of_sides",
        disputed=any(p.disputed for p in parts),
        members=tuple(s for p in parts for s in p.members),
    )


def _add(parts: Sequence[_Sum]) -> _Sum:
    """The sum of the parts that stand, with the claims of all."""
    standing = [p for p in parts if p.stands]
    return _keep(_plus(standing) if standing else _Sum(), [s for p in parts for s in p.members])


def _keep(total: _Sum, more: Iterable[Statement]) -> _Sum:
    """The same sum with further statements among its claims."""
    known = {s.id for s in total.members}
    extra = [s for s in more if s.id not in known and not known.add(s.id)]  # type: ignore[func-returns-value]
    return _Sum(total.low, total.high, total.best, total.rule, total.disputed, (*total.members, *extra))


def _resolve(statements: list[Statement]) -> _Sum:
    """What alternatives to each other come to: the span of those that stand, and which number to name."""
    members = tuple(statements)
    ids = {s.id for s in statements}
    standing = [s for s in statements if s.superseded_by is None and s.wholes.isdisjoint(ids)]
    if not standing:
        return _Sum(members=members)
    lows = [s.figure.low for s in standing if s.figure.low is not None]
    highs = [s.figure.high for s in standing if s.figure.high is not None]
    disputed = _exclude_each_other(standing)
    best, rule = _best(standing, statements, disputed)
    return _Sum(
        low=min(lows, default=None),
        high=None if any(s.open_lower_bound for s in standing) else max(highs, default=None),
        best=best,
        rule=rule,
        disputed=disputed,
        members=members,
    )


def _exclude_each_other(standing: list[Statement]) -> bool:
    closed = [s for s in standing if s.closed]
    if len(closed) < 2:
        return False
    return min(s.figure.high or 0 for s in closed) < max(s.figure.low or 0 for s in closed)


def _best(
    standing: list[Statement], all_of_them: list[Statement], disputed: bool
) -> tuple[int | None, TollRule | None]:
    """The number to name and the rule that chose it; no rule where values differ and none is the later one."""
    numbered = [s for s in standing if s.figure.value is not None]
    values = {s.figure.value for s in numbered}
    if not values:
        return None, None
    if disputed:
        closed = [s.figure.low for s in standing if s.closed and s.figure.low is not None]
        return min(closed), "lowest_of_disputed"
    best = numbered[0].figure.value if len(values) == 1 else _sharpest(numbered)
    replacing = {s.superseded_by: s.superseded_as for s in all_of_them if s.superseded_by is not None}
    how = {replacing[s.id] for s in numbered if s.figure.value == best and s.id in replacing}
    if "latest" in how:
        return best, "latest"
    if "lower_bound_raised" in how:
        return best, "lower_bound_raised"
    if len(values) > 1:
        return best, None
    voices = {(s.told.copy_group or s.told.report, party_key(s.claimant)) for s in numbered}
    return best, "single" if len(voices) == 1 else "same_value"


def _sharpest(numbered: list[Statement]) -> int:
    """Of figures that do not exclude each other, the most exact: the narrowest, else the highest bound."""
    closed = [s for s in numbered if s.closed]
    if closed:
        chosen = min(closed, key=lambda s: ((s.figure.high or 0) - (s.figure.low or 0), s.figure.value or 0, s.id))
    else:
        chosen = max(numbered, key=lambda s: (s.figure.value or 0, s.id))
    return chosen.figure.value or 0
