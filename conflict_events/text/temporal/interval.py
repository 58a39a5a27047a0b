"""Calendar intervals: days from a first to a last, both inclusive, and how two of them lie to each other.

Everything here is a function of values. Dates outside the years 1 to 9999 have no interval: the makers return
``None`` for them, as for days that do not exist, and never raise.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season of three months (the meteorological ones); winter runs into the next year."""

FIRST_YEAR, LAST_YEAR = date.min.year, date.max.year


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both inclusive; an open side is ``None``.

    >>> Interval.from_iso("2022-09-12", "2022-09-13").days
    2
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"interval ends on {self.end}, before its start on {self.start}")

    @classmethod
    def from_iso(cls, start: str | None, end: str | None) -> Interval:
        """The interval of two ISO dates; raises ``ValueError`` for anything else."""
        return cls(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)

    @property
    def is_closed(self) -> bool:
        return self.start is not None and self.end is not None

    @property
    def days(self) -> int | None:
        """Number of days, ``None`` where a side is open."""
        return (self.end - self.start).days + 1 if self.start is not None and self.end is not None else None

    def iso(self) -> tuple[str | None, str | None]:
        return (self.start.isoformat() if self.start else None, self.end.isoformat() if self.end else None)


def overlaps(a: Interval, b: Interval, *, slack: int = 0) -> bool:
    """Whether the two share a day, or come within `slack` days of sharing one; an open side reaches everywhere.

    >>> overlaps(Interval.from_iso("2024-02-12", "2024-02-12"), Interval.from_iso("2024-02-13", "2024-02-13"), slack=1)
    True
    """
    gap = gap_days(a, b)
    return gap <= slack


def gap_days(a: Interval, b: Interval) -> int:
    """Days from the end of the earlier to the start of the later; 0 where they share a day, 1 for neighbours."""
    gap = 0
    if a.end is not None and b.start is not None:
        gap = max(gap, (b.start - a.end).days)
    if b.end is not None and a.start is not None:
        gap = max(gap, (a.start - b.end).days)
    return gap


def contains(outer: Interval, inner: Interval) -> bool:
    """Whether every day of `inner` is a day of `outer`."""
    starts = outer.start is None or (inner.start is not None and outer.start <= inner.start)
    ends = outer.end is None or (inner.end is not None and inner.end <= outer.end)
    return starts and ends


def is_before(a: Interval, b: Interval) -> bool:
    """Whether `a` is certainly over before `b` begins."""
    return a.end is not None and b.start is not None and a.end < b.start


def intersection(a: Interval, b: Interval) -> Interval | None:
    """The days that both have, ``None`` where there are none."""
    starts = [x.start for x in (a, b) if x.start is not None]
    ends = [x.end for x in (a, b) if x.end is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    return None if start is not None and end is not None and end < start else Interval(start, end)


def hull(a: Interval, b: Interval) -> Interval:
    """The shortest interval that holds both.

    >>> hull(day(2022, 9, 12), day(2022, 9, 14)).iso()
    ('2022-09-12', '2022-09-14')
    """
    start = None if a.start is None or b.start is None else min(a.start, b.start)
    end = None if a.end is None or b.end is None else max(a.end, b.end)
    return Interval(start, end)


def day(year: int, month: int, day_of_month: int) -> Interval | None:
    """One day; ``None`` for days that the calendar does not have (31 June)."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    if not 1 <= day_of_month <= calendar.monthrange(year, month)[1]:
        return None
    only = date(year, month, day_of_month)
    return Interval(only, only)


def months(year: int, month: int, count: int = 1) -> Interval | None:
    """`count` whole months from `month` on, over the turn of the year where they reach it."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    last = year * 12 + month - 1 + count - 1
    last_year, last_month = last // 12, last % 12 + 1
    if last_year > LAST_YEAR:
        return None
    return Interval(date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]))


def years(first: int, count: int = 1) -> Interval | None:
    """`count` whole years from 1 January of `first` on."""
    if first < FIRST_YEAR or first + count - 1 > LAST_YEAR:
        return None
    return Interval(date(first, 1, 1), date(first + count - 1, 12, 31))


def century(number: int) -> Interval | None:
    """The `number`-th century as news counts it: the 20th is 1900 to 1999."""
    return years((number - 1) * 100, 100) if number > 1 else years(1, 99) if number == 1 else None


def season(year: int, code: str) -> Interval | None:
    """Spring (SP), summer, autumn or winter of `year`; the winter of a year ends in February of the next.

    >>> season(2003, "WI").iso()
    ('2003-12-01', '2004-02-29')
    """
    return months(year, SEASON_MONTHS[code], 3)


def part_of_year(year: int, code: str) -> Interval | None:
    """A quarter ("Q3") or half ("H1") of a year."""
    length = 3 if code[0] == "Q" else 6
    return months(year, (int(code[1]) - 1) * length + 1, length)


def week(of: date) -> Interval:
    """The ISO week, Monday to Sunday, that a day is in."""
    ordinal = of.toordinal() - of.weekday()
    first = date.fromordinal(max(ordinal, 1))
    return Interval(first, date.fromordinal(min(ordinal + 6, date.max.toordinal())))


def weekend(of: date) -> Interval:
    """Saturday and Sunday of the ISO week that a day is in."""
    last = week(of).end or of
    return Interval(max(date.min, last - timedelta(days=1)), last)


def shift_days(of: date, count: int) -> date | None:
    """The day `count` days away; ``None`` beyond the calendar."""
    ordinal = of.toordinal() + count
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def shift(of: date, count: int, unit: str) -> Interval | None:
    """The day, week, month, year, decade or century that lies `count` of them away from the one `of` is in.

    >>> shift(date(2024, 1, 31), 1, "month").iso()
    ('2024-02-01', '2024-02-29')
    """
    if unit in ("day", "week", "weekend"):
        moved = shift_days(of, count * (1 if unit == "day" else 7))
        if moved is None:
            return None
        return {"day": Interval(moved, moved), "week": week(moved), "weekend": weekend(moved)}[unit]
    if unit == "month":
        at = of.year * 12 + of.month - 1 + count
        return months(at // 12, at % 12 + 1)
    if unit == "quarter":
        at = of.year * 4 + (of.month - 1) // 3 + count
        return months(at // 4, at % 4 * 3 + 1, 3)
    if unit == "year":
        return years(of.year + count)
    if unit == "decade":
        return years((of.year // 10 + count) * 10, 10)
    if unit == "century":
        return century(of.year // 100 + count + 1)
    return None
