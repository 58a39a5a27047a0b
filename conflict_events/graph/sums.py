"""Sums of statements of casualties: what alternatives to each other, and counts of different people, come to.

Ranges are never averaged: the ends of a sum span the statements that still stand, its best number is one that
somebody states or the sum of such numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conflict_events.graph.speakers import party_key
from conflict_events.graph.statements import Statement
from conflict_events.records import TollRule


@dataclass(frozen=True, slots=True)
class Sum:
    """What some statements come to, with the statements themselves."""

    low: int | None = None
    high: int | None = None
    best: int | None = None
    rule: TollRule | None = None
    disputed: bool = False
    members: tuple[Statement, ...] = ()

    @property
    def stands(self) -> bool:
        return bool(self.standing)

    @property
    def standing(self) -> set[str]:
        """The ids of the statements that no later one replaces."""
        return {s.id for s in self.members if s.superseded_by is None}


def resolve(statements: list[Statement]) -> Sum:
    """What alternatives to each other come to: the span of those that stand, and which number to name."""
    members = tuple(statements)
    ids = {s.id for s in statements}
    standing = [s for s in statements if s.superseded_by is None and s.wholes.isdisjoint(ids)]
    if not standing:
        return Sum(members=members)
    lows = [s.figure.low for s in standing if s.figure.low is not None]
    highs = [s.figure.high for s in standing if s.figure.high is not None]
    disputed = _exclude_each_other(standing)
    best, rule = _best(standing, statements, disputed)
    return Sum(
        low=min(lows, default=None),
        high=None if any(s.open_lower_bound for s in standing) else max(highs, default=None),
        best=best,
        rule=rule,
        disputed=disputed,
        members=members,
    )


def with_parts(whole: Sum, parts: list[Sum]) -> Sum:
    """A whole whose low end is at least the sum of its parts."""
    standing = [p for p in parts if p.stands]
    if not standing:
        return keep(whole, [s for p in parts for s in p.members])
    total = plus(standing)
    every = [s for p in parts for s in p.members]
    if not whole.stands:
        return keep(total, [*whole.members, *every])
    covered = whole.low is not None and (total.low is None or whole.low >= total.low)
    fits = whole.high is None or total.low is None or whole.high >= total.low
    if covered or (fits and whole.low is None):
        low = max((n for n in (whole.low, total.low) if n is not None), default=None)
        best, rule = whole.best, whole.rule
        if best is None or (low is not None and best < low):
            fitting = (
                total.best is not None and (low is None or total.best >= low) and not _exceeds(total.best, whole.high)
            )
            best, rule = (total.best, total.rule) if fitting else (None, None)
        if total.disputed and whole.high is not None and total.high is not None and total.high > whole.high:
            # the whole repeats one of a side's numbers, so what disputes that number disputes the whole
            return Sum(low, total.high, best, rule, True, (*whole.members, *every))
        return Sum(low, whole.high, best, rule, whole.disputed, (*whole.members, *every))
    excluded = whole.high is not None and total.low is not None and whole.high < total.low
    # beyond the dead of one side alone an open count of all may hold others
    alone = len(standing) == 1 and whole.low is not None and not excluded
    high = whole.high if alone else total.high if excluded or whole.high is None else whole.high
    unnamed = alone or _exceeds(total.best, high)
    return Sum(
        low=total.low,
        high=high,
        best=None if unnamed else total.best,
        rule=None if unnamed else "sum_of_sides",
        disputed=whole.disputed or total.disputed or (excluded and total.high is not None),
        members=(*whole.members, *every),
    )


def _exceeds(best: int | None, high: int | None) -> bool:
    return best is not None and high is not None and best > high


def at_least(whole: Sum, parts: Sequence[Sum]) -> Sum:
    """A whole whose low end is that of each part that nobody disputes, where the whole may be so many."""
    lows = [p.low for p in parts if p.stands and not p.disputed and p.low is not None]
    low = max((n for n in lows if whole.high is None or n <= whole.high), default=None)
    if whole.disputed or low is None or (whole.low is not None and whole.low >= low):
        return whole
    fits = whole.best is None or whole.best >= low
    best, rule = (whole.best, whole.rule) if fits else (None, None)
    return Sum(low, whole.high, best, rule, whole.disputed, whole.members)


def opposed(parts: Sequence[Sum]) -> Sum:
    """What opponents tell of different kinds of victims: nobody tells their sum, and the highest count is the least."""
    lows = [p.low for p in parts if p.low is not None]
    members = tuple(s for p in parts for s in p.members)
    return Sum(low=max(lows, default=None), disputed=any(p.disputed for p in parts), members=members)


def plus(parts: Sequence[Sum]) -> Sum:
    """The sum of parts that count different people: a part for which nobody states a number leaves ``best`` open."""
    if len(parts) == 1:
        return parts[0]
    lows = [p.low for p in parts if p.low is not None]
    highs = [p.high for p in parts if p.high is not None]
    bests = [p.best for p in parts if p.best is not None]
    return Sum(
        low=sum(lows) if lows else None,
        high=sum(highs) if len(highs) == len(parts) else None,
        best=sum(bests) if len(bests) == len(parts) else None,
        rule="sum_of_sides",
        disputed=any(p.disputed for p in parts),
        members=tuple(s for p in parts for s in p.members),
    )


def add(parts: Sequence[Sum]) -> Sum:
    """The sum of the parts that stand, with the claims of all."""
    standing = [p for p in parts if p.stands]
    return keep(plus(standing) if standing else Sum(), [s for p in parts for s in p.members])


def keep(total: Sum, more: Iterable[Statement]) -> Sum:
    """The same sum with further statements among its claims."""
    known = {s.id for s in total.members}
    extra = [s for s in more if s.id not in known and not known.add(s.id)]  # type: ignore[func-returns-value]
    return Sum(total.low, total.high, total.best, total.rule, total.disputed, (*total.members, *extra))


def _exclude_each_other(standing: list[Statement]) -> bool:
    closed = [s for s in standing if s.closed]
    if len(closed) < 2:
        return False
    return min(s.figure.high or 0 for s in closed) < max(s.figure.low or 0 for s in closed)


def _best(
    standing: list[Statement], all_of_them: list[Statement], disputed: bool
) -> tuple[int | None, TollRule | None]:
    """The number to name and the rule that chose it; no rule where values differ and none is the later one."""
    numbered = [s for s in standing if s.names_number]
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
