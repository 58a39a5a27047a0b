"""Toll rows for people: which rows say something, whom they count, what they come to, who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from conflict_events.io.phrases import Lookup, amount, clean, joined, possessive
from conflict_events.records import CasualtyFigure, Claim, Toll

OUTCOMES = {
    "killed": "Killed",
    "injured": "Injured",
    "missing": "Missing",
    "captured": "Captured",
    "displaced": "Displaced",
    "casualties": "Casualties",
}
_PART = "among them "
_KIND_WORDS = {"combatant": "combatants", "civilian": "civilians", None: "people"}


@dataclass(frozen=True, slots=True)
class Telling:
    """Claims of one toll row that say the same: the words, the sources that say it, whether it was replaced, and whether
    it counts some of those that another claim of the row counts.
    """

    words: str
    sources: str
    superseded: bool
    part: bool
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A toll row to show: "Killed", "Armenia's soldiers", "2 or 4", whether disputed, what was summed, who says so."""

    outcome: str
    label: str
    amount: str
    disputed: bool
    sum_of: str | None
    tellings: tuple[Telling, ...]


def told_rows(tolls: Iterable[Toll], lookup: Lookup) -> list[ToldRow]:
    """The rows that say something of their own, by outcome, sides before the whole.

    Claims that a side's row shows are not repeated in the whole. Where one side alone has figures and the whole comes
    to the same, the whole shrinks to what is told of no side.
    """
    rows = distinct_rows(tolls)
    found = []
    for toll in rows:
        others = [t for t in rows if t.outcome == toll.outcome]
        label, shown = toll_label(toll, lookup, others), tellings(toll, lookup, others)
        number, disputed = toll_amount(toll, lookup), toll.disputed
        sided = [t for t in others if t.side is not None]
        if toll.side is None and sided and len({_party(t) for t in sided}) == 1:
            same = any((t.low, t.high, t.best) == (toll.low, toll.high, toll.best) for t in sided)
            left = _standing(toll, _own_claims(toll, others), lookup)
            if same and len(left) == 1:
                label, number, disputed = "side not told", amount(*left[0]), False
        sum_of = ("sides" if sided else "parts") if toll.rule == "sum_of_sides" else None
        found.append(ToldRow(OUTCOMES[toll.outcome], label, number, disputed, sum_of, tuple(shown)))
    return found


def _standing(toll: Toll, claims: Iterable[Claim], lookup: Lookup) -> list[tuple[int | None, int | None, int | None]]:
    """The different numbers of some claims of a row that nobody replaced, and that count no part of another's."""
    row = {claim.figure for claim in toll.claims}
    standing = (c for c in claims if c.superseded_by is None and _part(c, lookup.figures, row) is None)
    return list(dict.fromkeys((c.low, c.high, c.value) for c in standing))


def distinct_rows(tolls: Iterable[Toll]) -> list[Toll]:
    """The rows that say something of their own, by outcome, sides before the whole.

    Rows overlap: one that comes to the same as a wider row and holds none but its claims, or all of a narrower row's
    and no more, is left out. Of two with the same claims the narrower one stays.
    """
    rows = list(tolls)
    order = list(OUTCOMES)
    kept = [t for t in rows if not any(_repeats(t, other) for other in rows if other is not t)]
    return sorted(kept, key=lambda t: (order.index(t.outcome), t.side is None))


def _repeats(row: Toll, other: Toll) -> bool:
    if row.outcome != other.outcome or (row.low, row.high, row.best) != (other.low, other.high, other.best):
        return False
    mine, theirs = {c.figure for c in row.claims}, {c.figure for c in other.claims}
    if mine == theirs:
        return _narrowness(row) < _narrowness(other)
    return mine < theirs and _party(row) == _party(other)


def _narrowness(row: Toll) -> tuple[bool, bool]:
    return row.side is not None, row.victims is not None


def _party(row: Toll) -> str | None:
    return row.side.party or row.side.name if row.side else None


def toll_amount(toll: Toll, lookup: Lookup) -> str:
    """What a toll row comes to, "2 or 4" where closed figures exclude each other."""
    if toll.disputed:
        told = sorted(_standing(toll, toll.claims, lookup), key=lambda t: (t[0] or 0, t[1] or 0, t[2] or 0))
        if 1 < len(told) <= 3:
            return " or ".join(amount(*t) for t in told)
    return amount(toll.low, toll.high, toll.best)


# nouns that can name the victims of a row after "Armenia's"
_PEOPLE = frozenset(
    "soldiers troops servicemen servicewomen fighters militants rebels insurgents gunmen policemen officers guards "
    "personnel conscripts recruits marines pilots militiamen peacekeepers civilians villagers residents protesters "
    "demonstrators workers children women men students prisoners hostages journalists medics".split()
)


def toll_label(toll: Toll, lookup: Lookup, others: Sequence[Toll]) -> str:
    """Whom a toll row counts: "Armenia's soldiers", "civilians", "both sides".

    ``others`` are the incident's rows of the same outcome, this one among them.
    """
    narrower = any(
        t.victims is not None and t.outcome == toll.outcome and (t.side is None) == (toll.side is None) for t in others
    )
    # beside a row of children, the row of all people is not called "children"
    words = None if toll.victims is None and narrower else _victim_words(toll, lookup.figures)
    kind = _KIND_WORDS[toll.victims]
    if toll.side is None:
        sided = {t.side.party or t.side.name for t in others if t.side is not None}
        if not sided:
            return words or kind
        together = "both sides" if len(sided) == 2 else "all sides"
        return together if all(t.victims == toll.victims for t in others) else f"{kind}, {together}"
    name = lookup.actor(toll.side)
    last = name.split(" ")[-1].lower()
    if last in _PEOPLE:
        # a side that is named by its people only: "rebels", "at least 62 militants"
        return last if any(c.isdigit() for c in name) else name
    if toll.victims is None:
        return f"{possessive(name)} side"
    return f"{possessive(name)} {words or ('forces' if toll.victims == 'combatant' else kind)}"


def _victim_words(toll: Toll, figures: Mapping[str, CasualtyFigure]) -> str | None:
    """What most of the row's claims call the victims ("soldiers"), if that is a plain noun for people."""
    told: Counter[str] = Counter()
    row = {claim.figure for claim in toll.claims}
    for claim in toll.claims:
        found = figures.get(claim.figure)
        if found is not None and found.victims.span is not None and found.subset_of not in row:
            word = clean(found.victims.span.text).split(" ")[-1].lower()
            if word in _PEOPLE and (toll.victims is None or found.victims.kind == toll.victims):
                told[word] += 1
    return told.most_common(1)[0][0] if told else None


def tellings(toll: Toll, lookup: Lookup, others: Sequence[Toll] = ()) -> list[Telling]:
    """The row's claims that the rows ``others`` do not show, those of the same numbers in one, replaced ones first."""
    row = {claim.figure for claim in toll.claims}
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in _own_claims(toll, others):
        key = (claim.value, claim.low, claim.high, claim.superseded_by is not None, _part(claim, lookup.figures, row))
        groups.setdefault(key, []).append(claim)
    found = [
        Telling(
            words=_words(claims[0], lookup.figures, row),
            sources=_sources(claims, lookup),
            superseded=claims[0].superseded_by is not None,
            part=_part(claims[0], lookup.figures, row) is not None,
            figures=tuple(c.figure for c in claims),
        )
        for claims in groups.values()
    ]
    return sorted(found, key=lambda t: (not t.superseded, t.part))


def _part(claim: Claim, figures: Mapping[str, CasualtyFigure], row: Set[str]) -> str | None:
    """What the claim calls the victims, where it counts only some of those that another claim of the row counts."""
    found = figures.get(claim.figure)
    if found is None or found.subset_of not in row:
        return None
    return clean(found.victims.span.text) if found.victims.span is not None else ""


def _words(claim: Claim, figures: Mapping[str, CasualtyFigure], row: Set[str]) -> str:
    found = figures.get(claim.figure)
    words = clean(found.span.text) if found else amount(claim.low, claim.high, claim.value)
    part = _part(claim, figures, row)
    if part is not None:
        return f"{_PART}{words} {part}" if part and part not in words else f"{_PART}{words}"
    return words[:1].lower() + words[1:] if words[:1].isupper() and words[1:2].islower() else words


def _sources(claims: Sequence[Claim], lookup: Lookup) -> str:
    """Who says it and where: "Armenia in agency-wire and morning-daily; explainer-desk"."""
    reports: dict[str, list[str]] = {}
    for claim in claims:
        found = lookup.figures.get(claim.figure)
        who = lookup.claimant(claim.claimant) if claim.claimant else ""
        if who and found and found.via:
            who += f" (relayed by {joined(lookup.claimant(a) for a in found.via)})"
        if found and found.denied_by:
            who = f"{who or 'told'}, denied by {joined(dict.fromkeys(clean(a.name) for a in found.denied_by))},"
        told = reports.setdefault(who, [])
        if claim.report not in told:
            told.append(claim.report)
    return "; ".join(
        f"{who} in {joined(map(clean, r))}" if who else joined(map(clean, r)) for who, r in reports.items()
    )


def _own_claims(toll: Toll, others: Iterable[Toll]) -> tuple[Claim, ...]:
    """The claims that no side's own row of the same outcome shows; all claims of a side's row."""
    if toll.side is not None:
        return toll.claims
    shown = {c.figure for t in others if t.side is not None and t.outcome == toll.outcome for c in t.claims}
    return tuple(c for c in toll.claims if c.figure not in shown)
