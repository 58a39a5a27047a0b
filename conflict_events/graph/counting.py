"""Who is counted with whom: sides, kinds of victims, attackers and wholes, put together to one sum for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from conflict_events.graph import days
from conflict_events.graph.speakers import party_key
from conflict_events.graph.statements import Kind, Statement
from conflict_events.graph.sums import Sum, add, keep, opposed, resolve, with_parts


def sides_and_whole(
    statements: list[Statement], kind: Kind | None, fighting: frozenset[str] = frozenset()
) -> dict[tuple[str | None, Kind | None], Sum]:
    """What each side comes to and, under no side, all together; attackers are a part of the whole beside the others.

    Of the parties that are ``fighting``, each one's count of one kind is not added to another's count of the other kind.
    """
    if kind == "civilian":
        statements = [s for s in statements if not s.attackers]
    by_id = {s.id: s for s in statements}
    groups: dict[str | None, list[Statement]] = defaultdict(list)
    for s in statements:
        groups[party_key(s.side)].append(s)
    sideless = groups.pop(None, [])
    totals: dict[tuple[str | None, Kind | None], Sum] = {}
    parts: list[Sum] = []
    attackers: list[Sum] = []
    for side in sorted(key for key in groups if key is not None):
        beside = _attackers_beside(groups[side], by_id)
        taken = {s.id for s in beside}
        parts.append(_over_kinds([s for s in groups[side] if s.id not in taken], fighting))
        attackers.append(resolve(beside))
        totals[side, kind] = add([parts[-1], attackers[-1]])
    inside = [s for s in sideless if s.attackers and _inside(s, by_id)]
    loose = [s for s in sideless if s.attackers and not _inside(s, by_id)]
    attackers.append(resolve(loose))
    others = [s for s in sideless if not s.attackers]
    beside = _of_other_kind(others, [s for side in sorted(k for k in groups if k) for s in groups[side]])
    if beside and _are_opponents(beside, [s for p in parts for s in p.members], fighting):
        parts = [opposed([add(parts), resolve(beside)])]
    else:
        parts.append(resolve(beside))
    covering = _may_hold_attackers(others, attackers)
    among = _among_the_sides(others, parts) if kind is None else []
    covers = {s.id for s in (*covering, *beside, *among)}
    total = with_parts(
        _over_kinds([s for s in others if s.id not in covers], fighting), [p for p in parts if p.members]
    )
    total = keep(add([total, *attackers]), among)
    if covering:
        total = with_parts(resolve(covering), [total])
    totals[None, kind] = keep(total, inside)
    return totals


def _of_other_kind(sideless: Sequence[Statement], sided: Sequence[Statement]) -> list[Statement]:
    """Counts of one kind without a side that stand beside the sides' dead of the other kind: soldiers, and civilians.

    A report must tell both, and nobody the dead of a side without their kind: those may be among either.
    """
    kinds = {s.kind for s in sided if not s.attackers}
    telling = {s.told.report for s in sided}
    if len(kinds) != 1 or None in kinds:
        return []
    found = [s for s in sideless if s.kind is not None and s.kind not in kinds]
    return found if any(s.told.report in telling and not s.wholes for s in found) else []


def _are_opponents(some: Sequence[Statement], others: Sequence[Statement], fighting: frozenset[str]) -> bool:
    """Whether parties that fight each other tell these and those: who tells only the enemy's dead tells no part of a sum."""
    a, b = ({s.voice for s in told if s.superseded_by is None} for told in (some, others))
    return bool(a) and bool(b) and a.isdisjoint(b) and (a | b) <= fighting


def _among_the_sides(sideless: Sequence[Statement], sides: Sequence[Sum]) -> list[Statement]:
    """Counts of one kind that are lower than what the sides come to: they are no other count of everyone.

    Where the sides' dead are all of that kind, they answer the same question.
    """
    total = sum(side.low or 0 for side in sides if side.stands)
    kinds = {s.kind for side in sides for s in side.members if s.superseded_by is None}
    return [s for s in sideless if s.kind is not None and kinds - {s.kind} and (s.figure.high or s.number or 0) < total]


def _inside(s: Statement, by_id: Mapping[str, Statement]) -> bool:
    """Whether a whole counts it already; one of civilians counts no attackers."""
    return any(w in by_id and not (s.attackers and by_id[w].kind == "civilian") for w in s.wholes)


def _attackers_beside(group: Sequence[Statement], by_id: Mapping[str, Statement]) -> list[Statement]:
    """A side's dead attackers that its other figures do not count.

    Where one report tells both they are other people, and attackers are never civilians; what another report says
    of the side's dead without telling attackers apart may be the same people.
    """
    loose = [s for s in group if s.attackers and not _inside(s, by_id)]
    others = [s for s in group if not s.attackers]
    reports = {s.told.report for s in others}
    if all(s.kind == "civilian" for s in others) or any(s.told.report in reports for s in loose):
        return loose
    return []


def _may_hold_attackers(others: Sequence[Statement], attackers: Sequence[Sum]) -> list[Statement]:
    """Counts of all the dead from reports that tell no attackers apart: these may be among them."""
    telling = {s.told.report for a in attackers for s in a.members}
    return [s for s in others if s.kind is None and s.told.report not in telling] if telling else []


def _over_kinds(statements: list[Statement], fighting: frozenset[str]) -> Sum:
    """The statements of one side, of one kind or of all kinds, which one report may tell apart."""
    ids = {s.id for s in statements}
    parts = [[s for s in statements if s.kind == k and s.wholes.isdisjoint(ids)] for k in ("combatant", "civilian")]
    together = {s.told.report for s in parts[0]} & {s.told.report for s in parts[1]}
    if together:
        everyone = resolve([s for s in statements if s.kind is None])
        sums = [resolve(p) for p in parts]
        if _are_opponents(parts[0], parts[1], fighting):
            sums = [opposed(sums)]
        return keep(with_parts(everyone, sums), statements)
    some = _counted_in_all(statements)
    return keep(resolve([s for s in statements if s.id not in some]), statements)


def _counted_in_all(statements: Sequence[Statement]) -> set[str]:
    """Counts of one kind that a higher count of all does not exclude, so that they are no other answer to it.

    Such are civilians, whoever counts all; of a side's fighters, whom many call its dead, only those that the
    same source tells after its count of all.
    """
    highest: dict[str | None, Statement] = {}
    for s in statements:
        if s.kind is None and s.superseded_by is None:
            for key in (None, s.speaker):
                if key not in highest or (s.number or 0) > (highest[key].number or 0):
                    highest[key] = s
    found: set[str] = set()
    for s in statements:
        everyone = highest.get(None if s.kind == "civilian" else s.speaker)
        if s.kind is None or everyone is None or (s.figure.high or s.number or 0) >= (everyone.number or 0):
            continue
        if s.kind == "civilian" or days.is_before(everyone.when, s.when):
            found.add(s.id)
    return found
