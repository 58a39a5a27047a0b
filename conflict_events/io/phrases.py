"""English for people: what dates, amounts, places and toll rows are called in the summary and on the page."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from conflict_events.records import ActorRef, CasualtyFigure, Claim, DateMention, Event, Incident, Linked, Place, Toll

OUTCOMES = {
    "killed": "Killed",
    "injured": "Injured",
    "missing": "Missing",
    "captured": "Captured",
    "displaced": "Displaced",
    "casualties": "Casualties",
}
# types whose names are lists of kinds, not words
_TYPES = {
    "air_drone_strike": "air or drone strike",
    "shelling_artillery_missile": "shelling, artillery or missile fire",
    "remote_explosive_landmine_ied": "remote explosive, landmine or IED",
    "abduction_forced_disappearance": "abduction or forced disappearance",
    "headquarters_or_base_established": "headquarters or base established",
    "looting_property_destruction": "looting or destruction of property",
    "non_violent_transfer_of_territory": "non-violent transfer of territory",
    "non_state_actor_overtakes_territory": "non-state actor overtakes territory",
}
_KIND_WORDS = {"combatant": "combatants", "civilian": "civilians", None: "people"}


def clean(text: str) -> str:
    """``text`` on one line, without control and formatting characters that could steer a terminal or a page.

    >>> clean("two\\x1b[31m dead\\nhere")
    'two[31m dead here'
    """
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))


def amount(low: int | None, high: int | None, best: int | None) -> str:
    """Bounds and best number in words.

    >>> [amount(50, 50, 50), amount(105, None, 105), amount(6601, None, 6600), amount(None, 100, 100)]
    ['50', 'at least 105', 'more than 6,600', 'up to 100']
    >>> [amount(2, 4, 2), amount(None, None, 30000), amount(None, None, None)]
    ['2 to 4', 'about 30,000', 'number not told']
    """
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"more than {best:,}" if best is not None and best < low else f"at least {low:,}"
    if high is not None:
        return f"fewer than {best:,}" if best is not None and best > high else f"up to {high:,}"
    return f"about {best:,}" if best is not None else "number not told"


def toll_amount(toll: Toll) -> str:
    """What a toll row comes to, "2 or 4" where closed figures exclude each other."""
    if toll.disputed:
        standing = [c for c in toll.claims if c.superseded_by is None]
        told = sorted({(c.low, c.high, c.value) for c in standing}, key=lambda t: (t[0] or 0, t[1] or 0, t[2] or 0))
        if 1 < len(told) <= 3:
            return " or ".join(amount(*t) for t in told)
    return amount(toll.low, toll.high, toll.best)


def period(start: str | None, end: str | None, *, weekday: bool = True) -> str:
    """Inclusive ISO days in words; whole months and years by their names, "" where both are null.

    >>> [period("2022-09-13", "2022-09-13"), period("2016-04-01", "2016-04-30"), period("2020-01-01", "2020-12-31")]
    ['Tuesday 13 September 2022', 'April 2016', '2020']
    >>> [period("1991-01-01", "1994-12-31"), period(None, "1994-12-31"), period("2022-09-12", "2022-09-14")]
    ['1991 to 1994', 'until 1994', '12 to 14 September 2022']
    """
    first = date.fromisoformat(start[:10]) if start else None
    last = date.fromisoformat(end[:10]) if end else None
    if first and last:
        return _between(first, last, weekday)
    if first:
        year_begins = (first.month, first.day) == (1, 1)
        return f"since {first.year if year_begins else _day(first)}"
    if last:
        year_ends = (last.month, last.day) == (12, 31)
        return f"until {last.year if year_ends else _day(last)}"
    return ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _between(first: date, last: date, weekday: bool) -> str:
    if first == last:
        return f"{first:%A} {_day(first)}" if weekday else _day(first)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B} {first.year}"
        return f"{first:%B} {first.year} to {last:%B} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    return f"{_day(first)} to {_day(last)}"


@cache
def _countries() -> dict[str, str]:
    """ISO 3166 alpha-2 and alpha-3 codes to English short names."""
    rows = (files("conflict_events") / "data" / "iso3166.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names: dict[str, str] = {}
    for row in rows:
        alpha2, alpha3, name = row.split("\t")[:3]
        names[alpha2] = names[alpha3] = name
    return names


def type_name(type_: str) -> str:
    """An event type in words.

    >>> [type_name("armed_clash"), type_name("air_drone_strike")]
    ['armed clash', 'air or drone strike']
    """
    return _TYPES.get(type_, clean(type_).replace("_", " "))


def country_name(code: str) -> str:
    """The English name of an ISO 3166 code, the code itself where it is none.

    >>> [country_name("AM"), country_name("AZE"), country_name("rsf")]
    ['Armenia', 'Azerbaijan', 'rsf']
    """
    return _countries().get(code, code)


def place_name(place: Place) -> str:
    """A place with its region and country, as far as they add something."""
    parts = [clean(place.name)]
    for part in (place.admin1, country_name(place.country) if place.country else None):
        if part and part not in parts:
            parts.append(clean(part))
    return ", ".join(parts)


def joined(names: Iterable[str], *, last: str = "and") -> str:
    """Names as a list in prose.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    listed = list(names)
    return f" {last} ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)


def possessive(name: str) -> str:
    """The genitive of a name: "Armenia's", "the Houthis'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


class Lookup:
    """The figures, events and parties of a linked output by their ids."""

    def __init__(self, linked: Linked) -> None:
        self.figures: dict[str, CasualtyFigure] = {f.id: f for e in linked.extracts for f in e.casualties}
        self.events: dict[str, Event] = {v.id: v for e in linked.extracts for v in e.events}
        self.incidents: dict[str, Incident] = {i.id: i for i in linked.incidents}
        self._parties: dict[str, str] = {}
        for found in linked.incidents:
            for side in found.sides:
                if side.party:
                    self._parties.setdefault(side.party, clean(side.name))

    def party(self, code: str) -> str:
        """The name of a party: a country's, else what the sides of the incidents call it."""
        name = country_name(code)
        return name if name != code else self._parties.get(code, code)

    def actor(self, actor: ActorRef) -> str:
        """A side's name: its party's where that is a country, else its own."""
        name = country_name(actor.party) if actor.party else actor.party
        return name if name and name != actor.party else clean(actor.name)

    def claimant(self, actor: ActorRef) -> str:
        """A source by its own name, with its party where the name leaves that out: "Ministry (Armenia)"."""
        name = clean(actor.name)
        party = self.party(actor.party) if actor.party else name
        stem = party[:5].casefold()
        return name if stem in name.casefold() or party == actor.party else f"{name} ({party})"

    def dates_told(self, incident: Incident) -> list[str]:
        """The words by which the incident's reports date it, where none of them gives the day."""
        told: list[DateMention] = [e.date for i in incident.events if (e := self.events.get(i)) and e.date]
        words: dict[str, str] = {}
        for mention in told:
            text = clean(mention.span.text)
            words.setdefault(text.casefold(), text)
        return list(words.values())


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
    words = _victim_words(toll, lookup.figures)
    kind = _KIND_WORDS[toll.victims]
    if toll.side is None:
        sided = {t.side.party or t.side.name for t in others if t.side is not None}
        if not sided:
            return words or kind
        together = "both sides" if len(sided) == 2 else "all sides"
        return together if all(t.victims == toll.victims for t in others) else f"{kind}, {together}"
    name = lookup.actor(toll.side)
    if toll.victims is None:
        return f"{possessive(name)} side"
    return f"{possessive(name)} {words or ('forces' if toll.victims == 'combatant' else kind)}"


def _victim_words(toll: Toll, figures: Mapping[str, CasualtyFigure]) -> str | None:
    """What most of the row's claims call the victims ("soldiers"), if that is a plain noun for people."""
    told: Counter[str] = Counter()
    for claim in toll.claims:
        found = figures.get(claim.figure)
        if found is not None and found.victims.span is not None:
            word = clean(found.victims.span.text).split(" ")[-1].lower()
            if word in _PEOPLE and (toll.victims is None or found.victims.kind == toll.victims):
                told[word] += 1
    return told.most_common(1)[0][0] if told else None


@dataclass(frozen=True, slots=True)
class Telling:
    """Claims of one toll row that say the same: the words, the sources that say it, whether it was replaced."""

    words: str
    sources: str
    superseded: bool
    figures: tuple[str, ...]


def tellings(toll: Toll, lookup: Lookup) -> list[Telling]:
    """The row's claims, those of the same numbers in one, replaced ones first."""
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in toll.claims:
        key = (claim.value, claim.low, claim.high, claim.superseded_by is not None)
        groups.setdefault(key, []).append(claim)
    found = [
        Telling(
            words=_words(claims[0], lookup.figures),
            sources=_sources(claims, lookup),
            superseded=claims[0].superseded_by is not None,
            figures=tuple(c.figure for c in claims),
        )
        for claims in groups.values()
    ]
    return sorted(found, key=lambda t: not t.superseded)


def _words(claim: Claim, figures: Mapping[str, CasualtyFigure]) -> str:
    found = figures.get(claim.figure)
    words = clean(found.span.text) if found else amount(claim.low, claim.high, claim.value)
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


def own_claims(toll: Toll, others: Iterable[Toll]) -> Toll:
    """The row without the claims that a side's own row of the same outcome shows; sided rows as they are."""
    if toll.side is not None:
        return toll
    shown = {c.figure for t in others if t.side is not None and t.outcome == toll.outcome for c in t.claims}
    return replace(toll, claims=tuple(c for c in toll.claims if c.figure not in shown))
