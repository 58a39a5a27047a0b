"""Readable titles of incidents, from their kind, place or sides, and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from conflict_events.graph import days
from conflict_events.records import ActorRef, Place

_NAMES = {
    "armed_clash": "Armed clash",
    "government_regains_territory": "Government regains territory",
    "non_state_actor_overtakes_territory": "Armed group takes territory",
    "chemical_weapon": "Chemical attack",
    "air_drone_strike": "Air or drone strike",
    "suicide_bomb": "Suicide bombing",
    "shelling_artillery_missile": "Shelling",
    "remote_explosive_landmine_ied": "Bombing",
    "grenade": "Grenade attack",
    "sexual_violence": "Sexual violence",
    "attack": "Attack",
    "abduction_forced_disappearance": "Abduction",
    "peaceful_protest": "Protest",
    "protest_with_intervention": "Protest with intervention",
    "excessive_force_against_protesters": "Force against protesters",
    "violent_demonstration": "Violent demonstration",
    "mob_violence": "Mob violence",
    "agreement": "Agreement",
    "arrests": "Arrests",
    "change_to_group_activity": "Change to group activity",
    "disrupted_weapons_use": "Disrupted weapons use",
    "headquarters_or_base_established": "Base established",
    "looting_property_destruction": "Looting or destruction",
    "non_violent_transfer_of_territory": "Transfer of territory",
    "war": "War",
}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_WIDE = ("country", "region", "area")
_LONG_DAYS = 45


def title_of(
    type_: str,
    place: Place | None,
    sides: Sequence[ActorRef],
    when: days.Interval | None,
    precision: str | None,
) -> str:
    """A title such as "Armed clash near Nerkin Hand, 13 February 2024"; what is not known is left out.

    Without a sharp place the sides are named where there are two ("Armed clash between Armenia and Azerbaijan").
    """
    what = _NAMES.get(type_, type_.replace("_", " ").capitalize())
    where = ""
    if place is not None and place.precision not in _WIDE:
        near = "near" if place.precision == "settlement" and type_ == "armed_clash" else "in"
        where = f" {near} {place.name}"
    elif len(sides) == 2:
        where = f" between {sides[0].name} and {sides[1].name}"
    elif place is not None:
        where = f" in {place.name}"
    told = days_in_words(when, precision)
    return f"{what}{where}, {told}" if told else what + where


def days_in_words(when: days.Interval | None, precision: str | None = None) -> str:
    """An interval of days as a reader says it: a day, days of a month, a month, a year, or both ends.

    >>> days_in_words(("2024-02-13", "2024-02-13")), days_in_words(("2022-09-12", "2022-09-13"))
    ('13 February 2024', '12–13 September 2022')
    >>> days_in_words(("2016-04-01", "2016-04-30")), days_in_words(("2020-01-01", "2020-12-31"))
    ('April 2016', '2020')
    """
    if when is None:
        return ""
    if when[0] is None or when[1] is None:
        return f"since {_day(when[0])}" if when[0] else f"until {_day(when[1] or '')}"
    start, end = date.fromisoformat(when[0][:10]), date.fromisoformat(when[1][:10])
    if start == end:
        return _day(when[0])
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    month_whole = start.day == 1 and days.ordinal(when[1]) - days.ordinal(when[0]) >= 27
    if (start.year, start.month) == (end.year, end.month):
        if month_whole and precision not in ("range", "day"):
            return f"{_MONTHS[start.month - 1]} {start.year}"
        return f"{start.day}–{end.day} {_MONTHS[end.month - 1]} {end.year}"
    if (end - start).days > _LONG_DAYS:
        return f"{_MONTHS[start.month - 1]} {start.year} – {_MONTHS[end.month - 1]} {end.year}"
    return f"{_day(when[0])} – {_day(when[1])}"


def _day(iso: str) -> str:
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
