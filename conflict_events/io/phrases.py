"""English for people: what dates, amounts, places and parties are called in the summary and on the page."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from conflict_events.records import ActorRef, CasualtyFigure, DateMention, Event, Incident, Linked, Place

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
        names: dict[str, Counter[str]] = {}
        for extraction in linked.extracts:
            for actor in extraction.actors:
                if actor.party:
                    names.setdefault(actor.party, Counter())[clean(actor.name)] += 1
        self._parties = {party: min(told, key=lambda n: (-told[n], n)) for party, told in names.items()}

    def party(self, code: str) -> str:
        """The name of a party: a country's, else the one by which most reports name it."""
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
