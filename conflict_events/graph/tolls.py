"""What an incident's figures come to: rows per side, kind of victims and outcome, with every claim kept.

The arithmetic is the output contract's. Ranges are never averaged: a row's ``low`` and ``high`` span the
figures that still stand, ``best`` is a number that someone states or the sum of such numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from conflict_events.graph import days
from conflict_events.graph.counting import sides_and_whole
from conflict_events.graph.speakers import party_key
from conflict_events.graph.statements import Kind, Statement, Told, gather
from conflict_events.graph.sums import Sum, at_least
from conflict_events.graph.superseding import supersede
from conflict_events.records import ActorRef, Claim, Interest, Outcome, Toll

_OUTCOMES: tuple[str, ...] = get_args(Outcome)
_KINDS: tuple[Kind | None, ...] = (None, "combatant", "civilian")

# a period of a month or more is longer than an incident that nobody dates, unless that is a war
_LONG_PERIOD_DAYS = 28


def add_up(
    told: Iterable[Told],
    *,
    interval: days.Interval | None = None,
    is_war: bool = False,
    belligerents: Iterable[str] = (),
    updates: Iterable[tuple[str, str]] = (),
) -> tuple[Toll, ...]:
    """The toll rows of one incident from the figures told of it, ordered by outcome, side and kind.

    ``interval`` bounds the incident's violence, ``belligerents`` are the parties that fight in it, ``updates`` the
    figures (newer, older) that a report itself tells as risen or corrected. Rows in which no figure stands are left
    out; their claims are kept in the wider rows. Rows overlap: a null side is both sides together, null victims all
    kinds. Hypothetical figures and those that sum a period longer than the incident are left out. Denied ones stay, as
    claims that somebody makes, but for those that only their denier speaks of.
    """
    counted = [t for t in told if _is_stated(t) and not _longer(t, interval, is_war)]
    of_kinds, of_all = gather(counted), gather(counted)
    told_newer = list(updates)
    supersede(of_kinds, updates=told_newer)
    supersede(of_all, across_kinds=True, updates=told_newer)
    sides: dict[str, ActorRef] = {}
    for s in of_all:
        key = party_key(s.side)
        if key is not None and s.side is not None:
            sides.setdefault(key, s.side)
    fighting = frozenset(belligerents) | sides.keys()
    rows: list[Toll] = []
    told_outcomes = {t.figure.outcome for t in counted}
    for outcome in (o for o in _OUTCOMES if o in told_outcomes):
        rows.extend(_rows(outcome, (of_all, of_kinds), sides, fighting))
    return tuple(rows)


def _is_stated(told: Told) -> bool:
    """Whether somebody states the figure: "the rebels denied killing civilians" alone states nothing."""
    figure = told.figure
    if figure.status == "denied" and figure.claimant is not None:
        return figure.claimant.id not in {denier.id for denier in figure.denied_by}
    return figure.status != "hypothetical"


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
    totals: dict[tuple[str | None, Kind | None], Sum] = {}
    for kind in _KINDS:
        chosen = told[0] if kind is None else [s for s in told[1] if s.kind == kind]
        totals.update(sides_and_whole([s for s in chosen if s.figure.outcome == outcome], kind, fighting))
    standing = {s.id for s in told[0] if s.superseded_by is None}
    for side in (None, *sorted(sides)):
        for kind in _KINDS:
            total = totals.get((side, kind))
            if total is not None and side is None and kind is None:
                parts = [t for k in _KINDS if k is not None and (t := totals.get((None, k))) is not None]
                total = at_least(total, [p for p in parts if p.standing <= standing])
            if total is not None and total.stands:
                yield _toll(outcome, sides.get(side or ""), kind, total, fighting)


def _toll(outcome: str, side: ActorRef | None, kind: Kind | None, total: Sum, fighting: frozenset[str]) -> Toll:
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
                interest=interest_of(told, s.side, fighting, claimant=s.voice_of(told)),
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


def interest_of(told: Told, side: ActorRef | None, belligerents: frozenset[str], *, claimant: str | None) -> Interest:
    """Whether the claimant counts its own dead, its opponent's, those of others, or is the reporter.

    ``claimant`` is the speaker's key. Where no side is told, a belligerent that did the violence counts its
    opponent's dead, any other its own.
    """
    if claimant is None:
        return "reporter"
    if claimant == party_key(side):
        return "own"
    if claimant not in belligerents:
        return "third_party"
    did_it = claimant in {party_key(a) for a in told.figure.agents} or told.doers == {claimant}
    if side is None and not did_it:
        return "own"
    return "opponent"
