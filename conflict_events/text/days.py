"""ISO 8601 dates as intervals of days."""

from __future__ import annotations

import calendar
import re
from datetime import datetime

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")


def day_interval(value: str) -> tuple[str, str] | None:
    """First and last day that an ISO 8601 date, month or year names; None where it is none of these.

    A time of day and its offset are dropped: the day is the one that is written.

    >>> day_interval("2022-09-13T23:30:00+04:00"), day_interval("2024-02"), day_interval("yesterday")
    (('2022-09-13', '2022-09-13'), ('2024-02-01', '2024-02-29'), None)
    """
    value = value.strip()
    if m := _MONTH.fullmatch(value):
        year, month = int(m[1]), int(m[2])
        if year < 1 or not 1 <= month <= 12:
            return None
        return f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]:02d}"
    if _YEAR.fullmatch(value) and value != "0000":
        return f"{value}-01-01", f"{value}-12-31"
    try:
        day = datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None
    return day, day
