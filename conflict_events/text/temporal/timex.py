"""TIMEX3 values of dates, in ISO 8601 with the letters that TimeML adds (seasons, parts of the day, weekends)."""

from __future__ import annotations

from datetime import date

UNKNOWN_YEAR = "XXXX"


def of_unit(first: date, unit: str, *, code: str | None = None) -> str:
    """The value of the calendar unit that begins on `first`.

    >>> of_unit(date(2013, 9, 5), "week"), of_unit(date(1990, 1, 1), "decade")
    ('2013-W36', '199')
    """
    year = f"{first.year:04d}"
    if unit == "week" or unit == "weekend":
        iso = first.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if unit == "weekend" else "")
    return {
        "month": f"{year}-{first.month:02d}",
        "quarter": f"{year}-{code or f'Q{(first.month + 2) // 3}'}",
        "half": f"{year}-{code}",
        "season": f"{year}-{code}",
        "year": year,
        "decade": year[:3],
        "century": year[:2],
    }.get(unit, first.isoformat())


def with_time(value: str, part: str | None) -> str:
    """A day's value with its part of the day: ``2013-09-05TNI``, ``2013-09-05T22:30``."""
    return f"{value}T{part}" if part else value


def unknown_weekday(weekday: int, part: str | None = None) -> str:
    """A weekday of an unknown week, Monday being 0: ``XXXX-WXX-2`` is a Tuesday."""
    return with_time(f"{UNKNOWN_YEAR}-WXX-{weekday % 7 + 1}", part)


def unknown_year(month: int | None, day: int | None, *, code: str | None = None, part: str | None = None) -> str:
    """A date whose year the text does not give: ``XXXX-09-17``, ``XXXX-09``, ``XXXX-SU``."""
    if code is not None:
        return f"{UNKNOWN_YEAR}-{code}"
    value = f"{UNKNOWN_YEAR}-{month:02d}" if month else UNKNOWN_YEAR
    return with_time(f"{value}-{day:02d}", part) if day else value


def before_christ(year: int, unit: str) -> str:
    """Years, decades and centuries before Christ as TIMEX2 writes them: ``BC0499``, ``BC047``, ``BC04``."""
    width = {"decade": 3, "century": 2}.get(unit, 4)
    number = year // 10 if unit == "decade" else year - 1 if unit == "century" else year
    return f"BC{number:0{width}d}"


def duration(count: int, unit: str) -> str:
    """``P3D`` for three days, ``P2W`` for a fortnight."""
    if unit == "fortnight":
        count, unit = count * 2, "week"
    if unit in ("hour", "minute", "second"):
        return f"PT{count}{unit[0].upper()}"
    scale, letter = {"decade": (10, "Y"), "century": (100, "Y"), "weekend": (1, "WE")}.get(unit, (1, unit[0].upper()))
    return f"P{count * scale}{letter}"
