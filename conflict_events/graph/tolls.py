"""What an incident's figures come to: rows per side, kind of victims and outcome, with every claim kept.

The arithmetic is the output contract's. Ranges are never averaged: a row's ``low`` and ``high`` span the
figures that still stand, ``best`` is a number that someone states or the sum of such numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from conflict_events.graph import days
from conflict_events.graph.statements import Kind, Statement, Told, gather, party_key, supersede
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
    statements = gather(counted)
    supersede(statements)
    sides: dict[str, ActorRef] = {}
    for s in statements:
        key = party_key(s.side)
        if key is not None and s.side is not None:
            sides.setdefault(key, s.side)
    fighting = frozenset(belligerents) | sides.keys()
    rows: list[Toll] = []
    for outcome in _OUTCOMES:
        of_outcome = [s for s in statements if s.figure.outcome == outcome]
        if of_outcome:
            rows.extend(_rows(outcome, of_outcome, sides, fighting))
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
    outcome: str, statements: list[Statement], sides: dict[str, ActorRef], fighting: frozenset[str]
) -> Iterable[Toll]:
    for side in (None, *sorted(sides)):
        for kind in _KINDS:
            total = _both_sides(statements, kind) if side is None else _one_side(statements, side, kind)
            own_kind = kind is None or any(s.kind == kind for s in total.members)
            if total.stands and own_kind:
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


def _one_side(statements: list[Statement], side: str, kind: Kind | None) -> _Sum:
    return _over_kinds([s for s in statements if party_key(s.side) == side], kind)


def _both_sides(statements: list[Statement], kind: Kind | None) -> _Sum:
    """The whole: what is told of it, and at least what its sides come to; attackers are a part of it."""
    whole = _over_kinds([s for s in statements if s.side is None and not _is_attackers(s)], kind)
    keys = sorted({party_key(s.side) or "" for s in statements if s.side is not None})
    parts = [p for p in (_one_side(statements, key, kind) for key in keys) if p.members]
    total = _with_sides(whole, parts)
    if kind == "civilian":
        return total
    attackers = [s for s in statements if s.side is None and _is_attackers(s)]
    apart = _resolve([s for s in attackers if not s.wholes])
    inside = [s for s in attackers if s.wholes]
    if apart.members:
        total = _plus([p for p in (total, apart) if p.members])
    return _keep(total, inside)


def _is_attackers(s: Statement) -> bool:
    return s.figure.victims.attackers


def _over_kinds(statements: list[Statement], kind: Kind | None) -> _Sum:
    """The statements of one side: one kind of victims, or all kinds, which one report may tell apart."""
    if kind == "civilian":
        statements = [s for s in statements if not _is_attackers(s)]
    if kind is not None:
        return _resolve(_with_replacements([s for s in statements if s.kind == kind], statements))
    ids = {s.id for s in statements}
    parts = [[s for s in statements if s.kind == k and not s.wholes & ids] for k in ("combatant", "civilian")]
    together = {s.told.report for s in parts[0]} & {s.told.report for s in parts[1]}
    everyone = _resolve([s for s in statements if s.kind is None]) if together else _resolve(statements)
    if not together:
        return everyone
    return _keep(_with_sides(everyone, [_resolve(p) for p in parts]), statements)


def _with_replacements(chosen: list[Statement], among: list[Statement]) -> list[Statement]:
    """The chosen statements and those that replaced them, which may leave open what the first ones told."""
    by_id = {s.id: s for s in among}
    kept = {s.id for s in chosen}
    waiting = list(chosen)
    while waiting:
        replaced_by = waiting.pop().superseded_by
        if replaced_by in by_id and replaced_by not in kept:
            kept.add(replaced_by)
            waiting.append(by_id[replaced_by])
    return [s for s in among if s.id in kept]


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
        best = whole.best if whole.best is None or low is None or whole.best >= low else low
        if best is None:
            best = total.best
        if total.disputed and whole.high is not None and total.high is not None and total.high > whole.high:
            # the whole repeats one of a side's numbers, so what disputes that number disputes the whole
            return _Sum(low, total.high, best, total.rule, True, (*whole.members, *every))
        return _Sum(low, whole.high, best, whole.rule or total.rule, whole.disputed, (*whole.members, *every))
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
    if len(parts) == 1:
        return parts[0]
    lows = [p.low for p in parts if p.low is not None]
    highs = [p.high for p in parts]
    bests = [p.best if p.best is not None else p.low for p in parts]
    named = any(p.best is not None for p in parts)
    return _Sum(
        low=sum(lows) if lows else None,
        high=None if None in highs else sum(h for h in highs if h is not None),
        best=sum(b for b in bests if b is not None) if named else None,
        rule="sum_of_sides",
        disputed=any(p.disputed for p in parts),
        members=tuple(s for p in parts for s in p.members),
    )


def _keep(total: _Sum, more: Iterable[Statement]) -> _Sum:
    """The same sum with further statements among its claims."""
    known = {s.id for s in total.members}
    extra = [s for s in more if s.id not in known and not known.add(s.id)]  # type: ignore[func-returns-value]
    return _Sum(total.low, total.high, total.best, total.rule, total.disputed, (*total.members, *extra))


def _resolve(statements: list[Statement]) -> _Sum:
    """What alternatives to each other come to: the span of those that stand, and which number to name."""
    members = tuple(statements)
    ids = {s.id for s in statements}
    standing = [s for s in statements if s.superseded_by is None and not s.wholes & ids]
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
    numbered = [s for s in standing if s.figure.value is not None]
    values = sorted({s.figure.value for s in numbered if s.figure.value is not None})
    voices = {(s.told.copy_group or s.told.report, party_key(s.claimant)) for s in numbered or standing}
    if not values:
        return None, "single" if len(voices) == 1 else "same_value"
    if disputed:
        closed = [s.figure.low for s in standing if s.closed and s.figure.low is not None]
        return min(closed), "lowest_of_disputed"
    best = values[0] if len(values) == 1 else _sharpest(numbered)
    replaced = {s.superseded_as for s in all_of_them if s.superseded_by is not None}
    if "latest" in replaced:
        return best, "latest"
    if "lower_bound_raised" in replaced:
        return best, "lower_bound_raised"
    return best, "single" if len(voices) == 1 else "same_value"


def _sharpest(numbered: list[Statement]) -> int:
    """Of figures that do not exclude each other, the most exact: the narrowest, else the highest bound."""
    closed = [s for s in numbered if s.closed]
    if closed:
        chosen = min(closed, key=lambda s: ((s.figure.high or 0) - (s.figure.low or 0), s.figure.value or 0, s.id))
    else:
        chosen = max(numbered, key=lambda s: (s.figure.value or 0, s.id))
    return chosen.figure.value or 0
