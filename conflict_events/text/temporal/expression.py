"""What the grammar reads from a text before any date is known: a time expression taken apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression with the parts that it states; what it leaves open is ``None``.

    `kind` says how it is to be resolved:

    - ``absolute``: a calendar date, perhaps without its year ("5 May", "summer 2004", "the 1990s")
    - ``weekday``: "Tuesday", "last Tuesday night"
    - ``deictic``: counted from the report's date or from the last date told ("yesterday", "next week", "the same day")
    - ``offset``: `count` units away ("two days later", "a week ago")
    - ``event``: counted from an event ("two days after the raid"): it has no date of its own
    - ``span``: the last or next `count` units ("the past three days")
    - ``clock``: a time of some day ("10 p.m.", "at dawn", "minutes after midnight")
    - ``holiday``: "Christmas Eve 2007"

    `first_day` and `last_day` stand on one end of a range of days whose month is said once ("12-14 July"): the day
    of the other end.
    """

    start: int
    end: int
    kind: str
    unit: str = "day"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    code: str | None = None
    part: str | None = None
    mod: str | None = None
    which: str | None = None
    year_which: str | None = None
    count: int | None = None
    name: str | None = None
    first_day: int | None = None
    last_day: int | None = None
