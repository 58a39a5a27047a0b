"""Intervals of days as linking compares them: both ends inclusive ISO dates, either end may be unknown."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from conflict_events.records import DateMention

Interval = tuple[str | None, str | None]

DAY_PRECISION = ("time", "day")
# of Friday and Sunday the Friday is taken for the earlier one, of Sunday and Friday the Sunday
_WEEKDAYS_BACK = 3
# how long an undated expression of a precision lasts at least, in days
NOMINAL_DAYS = {
    "time": 1,
    "day": 1,
    "weekend": 2,
    "week": 7,
    "month": 28,
    "quarter": 90,
    "season": 90,
    "year": 365,
    "decade": 3652,
    "century": 36524,
    "era": 3652,
}


@lru_cache(maxsize=65536)
def ordinal(day: str) -> int:
    """Day number of an ISO date, 1 for 0001-01-01."""
    return date.fromisoformat(day[:10]).toordinal()


def bounds(interval: Interval | None) -> tuple[int, int] | None:
    """First and last day number of an interval whose both ends are known, else None.

    >>> bounds(("2022-09-13", "2022-09-14"))
    (738411, 738412)
    """
    if interval is None or interval[0] is None or interval[1] is None:
        return None
    return ordinal(interval[0]), ordinal(interval[1])


def of_mention(mention: DateMention | None) -> Interval | None:
    """The interval of a time expression; None where it is not anchored to the calendar."""
    if mention is None or (mention.start is None and mention.end is None):
        return None
    return mention.start, mention.end


def is_before(first: Interval | None, second: Interval | None) -> bool:
    """Whether the first interval ends before the second begins; False where that is not known."""
    if first is None or second is None or first[1] is None or second[0] is None:
        return False
    return first[1] < second[0]


def sort_key(interval: Interval | None) -> tuple[str, str]:
    """What orders intervals by their ends, those without known ends last."""
    start, end = interval if interval is not None else (None, None)
    return start or "~", end or "~"


def gap(first: Interval | None, second: Interval | None) -> int | None:
    """Days between two intervals, 0 where they touch or overlap, None where an end is unknown.

    >>> gap(("2022-09-13", "2022-09-13"), ("2022-09-15", "2022-09-20"))
    2
    """
    a, b = bounds(first), bounds(second)
    if a is None or b is None:
        return None
    return max(0, b[0] - a[1], a[0] - b[1])


def length(interval: Interval | None) -> int | None:
    """Number of days of an interval, None where an end is unknown."""
    found = bounds(interval)
    return None if found is None else found[1] - found[0] + 1


def mention_length(mention: DateMention) -> int | None:
    """Days that a time expression lasts: by its bounds, else at least as long as its precision says."""
    known = length((mention.start, mention.end))
    return known if known is not None else NOMINAL_DAYS.get(mention.precision)


def hull(intervals: list[Interval]) -> Interval | None:
    """The smallest interval that holds all; an end is unknown where no interval knows it."""
    starts = [i[0] for i in intervals if i[0]]
    ends = [i[1] for i in intervals if i[1]]
    if not starts and not ends:
        return None
    return min(starts, default=None), max(ends, default=None)


def differ(a: DateMention | None, b: DateMention | None) -> bool:
    """Whether two time expressions of one report mean different days; unanchored ones differ by weekday.

    A day and an expression that starts or ends on it do not differ.
    """
    if a is None or b is None:
        return False
    between = gap((a.start, a.end), (b.start, b.end))
    if between is not None:
        return between > 0
    first, second = weekday_of(a), weekday_of(b)
    return first is not None and second is not None and first != second


def is_weekday_before(first: str, second: str) -> bool:
    """Whether of two weekdays ("1" is Monday) of one report the first is the earlier: by up to three days.

    >>> is_weekday_before("1", "2"), is_weekday_before("7", "1"), is_weekday_before("2", "1")
    (True, True, False)
    """
    return 0 < (int(second) - int(first)) % 7 <= _WEEKDAYS_BACK


def weekday_of(mention: DateMention | None) -> str | None:
    """ "1" (Monday) to "7" of a day known by its weekday alone ("XXXX-WXX-2"), else None."""
    if mention is None or mention.start is not None or not mention.timex or mention.precision not in DAY_PRECISION:
        return None
    _, found, rest = mention.timex.partition("WXX-")
    return rest[0] if found and rest[:1] in frozenset("1234567") else None
