"""Rules that put a date on the calendar: the year of "in March", the Tuesday that "last Tuesday" is, feasts."""

from __future__ import annotations

from datetime import date

from conflict_events.text.temporal import interval
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.interval import Interval
from conflict_events.text.temporal.lexicon import EASTER_HOLIDAYS, FIXED_HOLIDAYS, NTH_WEEKDAY_HOLIDAYS
from conflict_events.text.temporal.tense import Tense

FINENESS = {"time": 0, "day": 0, "weekend": 1, "week": 1, "month": 2, "quarter": 3, "season": 3, "half": 3, "year": 4, "decade": 5, "century": 6}  # fmt: skip
MONTHS_TO_WEEKDAY = 14
"""Within so many months each day of the month falls on each weekday at least once, but for the 29th to 31st."""
ROLL_FORWARD = 7
"""Months that a month without a year may lie before the last one told; further back it is the next year's."""


def first_month(e: Expression) -> int:
    if e.month is not None:
        return e.month
    if e.unit == "season" and e.code is not None:
        return interval.SEASON_MONTHS[e.code]
    if e.code is not None and e.code[0] in "QH":
        return (int(e.code[1]) - 1) * (3 if e.code[0] == "Q" else 6) + 1
    return 1


def in_year(e: Expression, year: int) -> Interval | None:
    """The days of a calendar date in `year`."""
    if e.name is not None and e.name.startswith("nth_") and e.month is not None:
        return nth_of_month(e, year)
    if e.day is not None and e.month is not None:
        day = interval.day(year, e.month, e.day)
        return interval.week(day.start) if e.name == "week_of" and day is not None and day.start is not None else day
    if e.unit == "month" and e.month is not None:
        return interval.months(year, e.month)
    if e.unit == "season" and e.code is not None:
        return interval.season(year, e.code)
    if e.unit in ("quarter", "half") and e.code is not None:
        return interval.part_of_year(year, e.code)
    return interval.years(year)


def nth_of_month(e: Expression, year: int) -> Interval | None:
    month = interval.months(year, e.month or 1)
    if month is None or month.start is None or month.end is None or e.count is None:
        return None
    if e.name == "nth_day":
        return interval.day(year, e.month or 1, month.end.day if e.count == -1 else e.count)
    if e.name == "nth_week":
        first = month.end.day - 6 if e.count == -1 else (e.count - 1) * 7 + 1
        start, end = (
            interval.day(year, e.month or 1, first),
            interval.day(year, e.month or 1, min(first + 6, month.end.day)),
        )
        return interval.hull(start, end) if start and end else None
    weekday = 5 if e.name == "nth_weekend" else e.weekday or 0
    days = [d for n in range(month.end.day) if (d := date(year, e.month or 1, n + 1)).weekday() == weekday]
    if not -len(days) <= e.count <= len(days) or e.count == 0:
        return None
    day = days[e.count if e.count < 0 else e.count - 1]
    return interval.weekend(day) if e.name == "nth_weekend" else Interval(day, day)


def nearest_year(e: Expression, year: int, month: int | None) -> int:
    """The year in which a history that has come to a year and month puts a date without a year."""
    if month is None:
        return year
    ahead = first_month(e) - month
    return year + 1 if ahead < -ROLL_FORWARD else year


def year_of_weekday(e: Expression, year: int) -> int:
    """The year nearest to `year` in which the date falls on the weekday named with it ("Tuesday, March 17")."""
    if e.weekday is None or e.day is None or e.month is None:
        return year
    for step in (0, 1, -1, 2, -2, 3, -3):
        days = interval.day(year + step, e.month, e.day)
        if days is not None and days.start is not None and days.start.weekday() == e.weekday:
            return year + step
    return year


def year_by_tense(e: Expression, report: date, tense: Tense | None) -> int:
    """The year of "in March" or "on 5 March" in a report.

    In the past tense the last one that had begun, in the future the next that is not over, each unless the other is
    far nearer; without a tense the nearer, with some weight for the past that news tells of.
    """
    best, best_cost = report.year, float("inf")
    for year in (report.year, report.year - 1, report.year + 1):
        days = in_year(e, year)
        if days is None or days.start is None or days.end is None:
            continue
        ahead, behind = (days.start - report).days, (report - days.end).days
        weights = {"past": (8.0, 1.0), "future": (1.0, 8.0), None: (2.5, 1.0)}[tense]
        cost = ahead * weights[0] if ahead > 0 else behind * weights[1] if behind > 0 else 0.0
        if cost < best_cost:
            best, best_cost = year, cost
    return best


def relative_year(e: Expression, base: date, which: str) -> int:
    """The year of "last September": the last one that is over; of "next spring": the first that has not begun."""
    here = in_year(e, base.year)
    if here is None or here.start is None or here.end is None:
        return base.year
    if which == "last":
        if here.end < base:
            return base.year
        before = in_year(e, base.year - 1)
        over = before is not None and before.end is not None and before.end < base
        return base.year - 1 if over else base.year - 2
    if which == "next":
        return base.year if here.start > base else base.year + 1
    return base.year


def nearest_day_of_month(report: date, number: int, weekday: int | None, tense: Tense | None) -> Interval | None:
    """The nearest day with this number, on this weekday where one is told: before the report, ahead in the future tense."""
    step = 1 if tense == "future" else -1
    for months in range(MONTHS_TO_WEEKDAY if weekday is not None else 3):
        at = report.year * 12 + report.month - 1 + step * months
        days = interval.day(at // 12, at % 12 + 1, number)
        if days is None or days.start is None or (days.start - report).days * step < 0:
            continue
        if weekday is None or days.start.weekday() == weekday:
            return days
    return None


def day_of_week(report: date, step: int, weekday: int) -> Interval | None:
    week = interval.shift(report, step, "week")
    moved = interval.shift_days(week.start, weekday) if week is not None and week.start is not None else None
    return Interval(moved, moved) if moved else None


def weekday_from(base: date, weekday: int, which: str) -> Interval | None:
    """The weekday that a direction points to from a day.

    Past: the last one, the day itself included. Last: the last one before the day. Future: the first from the
    day on. This: that of the same week. Next: that of the week after (from Monday on, as the press counts).
    """
    back = (base.weekday() - weekday) % 7
    ahead = (weekday - base.weekday()) % 7
    step = {
        "past": -back,
        "last": -(back or 7),
        "previous": -(back or 7),
        "future": ahead,
        "narrative": ahead,
        "following": ahead or 7,
        "next": 7 - base.weekday() + weekday,
    }.get(which, weekday - base.weekday())
    day = interval.shift_days(base, step)
    return Interval(day, day) if day else None


def weekend_from(report: date, which: str, *, future: bool) -> Interval | None:
    this = interval.weekend(report)
    started = this.start is not None and this.start <= report
    if which == "next" or which == "last":
        step = 1 if which == "next" else -1
        if which == "last" and started and this.end == report:
            step = -1
    else:
        step = 0 if started or future else -1
    return interval.shift(report, step, "weekend")


def step_back(day: date, count: int, unit: str) -> date | None:
    """The same day `count` units away, as far as the calendar has it."""
    if unit in ("day", "week"):
        return interval.shift_days(day, count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit, 0)
    at = day.year * 12 + day.month - 1 + months
    month = interval.months(at // 12, at % 12 + 1)
    if month is None or month.start is None or month.end is None:
        return None
    return month.start.replace(day=min(day.day, month.end.day))


def night_before(day: date) -> Interval | None:
    before = interval.shift_days(day, -1)
    return Interval(before, day) if before else None


def holiday_month(name: str) -> tuple[int, int]:
    if name in FIXED_HOLIDAYS:
        return FIXED_HOLIDAYS[name]
    if name in NTH_WEEKDAY_HOLIDAYS:
        return NTH_WEEKDAY_HOLIDAYS[name][0], 15
    return 4, 10


def holiday_in(name: str, year: int) -> Interval | None:
    if name in FIXED_HOLIDAYS:
        return interval.day(year, *FIXED_HOLIDAYS[name])
    if name in EASTER_HOLIDAYS:
        if not 1583 <= year <= 4099:
            return None
        day = interval.shift_days(easter(year), EASTER_HOLIDAYS[name])
        return Interval(day, day) if day else None
    month, weekday, nth = NTH_WEEKDAY_HOLIDAYS[name]
    return nth_of_month(Expression(0, 0, "absolute", month=month, weekday=weekday, count=nth, name="nth_weekday"), year)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm in Meeus, Astronomical Algorithms, ch. 8).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741
    m = (a + 11 * h + 22 * l) // 451
    month, day_before = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day_before + 1)
