"""Time expressions of news English: found, taken apart and resolved to days.

`read_dates` is the whole way from a text to dates; `interval` has the arithmetic of days and how two intervals
lie to each other.
"""

from conflict_events.text.temporal.grammar import find_expressions
from conflict_events.text.temporal.interval import Interval, contains, gap_days, hull, intersection, is_before, overlaps
from conflict_events.text.temporal.resolve import DatedText, read_dates
from conflict_events.text.temporal.resolver import ResolvedDate

__all__ = [
    "DatedText",
    "Interval",
    "ResolvedDate",
    "contains",
    "find_expressions",
    "gap_days",
    "hull",
    "intersection",
    "is_before",
    "overlaps",
    "read_dates",
]
