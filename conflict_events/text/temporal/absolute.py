"""Numeric dates ("13/09/2022", "2022.9.13") through dateparser, strictly: all three parts or nothing.

Order: year first where the year has four digits and leads. Otherwise a number above 12 can only be the day
("09/13/2022"); where both can be either, the order holds that the text's other dates show, else the caller's, by
default day before month, as most of the world's press writes.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

_PARTS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")


_AMBIGUOUS = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/]|\.\d)")


def order_in(text: str, default: str = "DMY") -> str:
    """The order of day and month that the text's own dates show, ``default`` where they show none or both.

    >>> order_in("on 03/04/2012, and again on 25/03/2012"), order_in("on 03/04/2012 and 03/25/2012")
    ('DMY', 'MDY')
    """
    shown = set()
    for match in _AMBIGUOUS.finditer(text):
        first, second = int(match[1]), int(match[3])
        if 12 < first <= 31 and 1 <= second <= 12:
            shown.add("DMY")
        elif 12 < second <= 31 and 1 <= first <= 12:
            shown.add("MDY")
    return shown.pop() if len(shown) == 1 else default


@lru_cache(maxsize=4096)
def parse_numeric(text: str, order: str = "DMY") -> tuple[int, int, int] | None:
    """Year, month and day of a numeric date; ``None`` where there is no such day.

    >>> parse_numeric("03/04/2012"), parse_numeric("09/13/2022"), parse_numeric("2022-09-31")
    ((2012, 4, 3), (2022, 9, 13), None)
    """
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if len(match[1]) == 4:
        order = "YMD"
    elif max(first, second) > 12:
        order = "MDY" if second > 12 >= first else "DMY"
    import dateparser

    found = dateparser.parse(
        text.replace(".", "/"),
        languages=["en"],
        settings={
            # nothing may come from the clock
            "RELATIVE_BASE": datetime(2000, 1, 1),
            "DATE_ORDER": order,
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["year", "month", "day"],
            "PARSERS": ["absolute-time"],
            "PREFER_LOCALE_DATE_ORDER": False,
        },
    )
    return (found.year, found.month, found.day) if found is not None else None
