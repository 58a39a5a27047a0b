"""From time expressions to days: what each means in its text, given when the report was published.

`read_dates` is the way in. Dates are resolved in the order of the text, because many follow from the one told
before ("two days later", "the same year", and in a history every "May" and "5 June"). No clock is read: without
a publication date what depends on it stays unanchored, its TIMEX value with X for what is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from conflict_events.text.temporal import genre, interval
from conflict_events.text.temporal.absolute import order_in
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.grammar import find_expressions
from conflict_events.text.temporal.interval import Interval
from conflict_events.text.temporal.resolver import ResolvedDate, Resolver
from conflict_events.text.temporal.tense import Tense

_RANGE_JOINTS = frozenset(
    {"-", "–", "—", "~", "to", "until", "till", "through", "up to", "to the", "until the", "through the"}
)


@dataclass(frozen=True, slots=True)
class DatedText:
    """The dates of a text, how it was read, and when it says it was written (``None`` where it does not)."""

    dates: tuple[ResolvedDate, ...]
    narrative: bool
    report: Interval | None


def read_dates(
    text: str,
    *,
    published: Interval | None = None,
    narrative: bool | None = None,
    tense: Callable[[Expression], Tense | None] | None = None,
    numeric_order: str = "DMY",
    ranges: Literal["none", "days", "all"] = "days",
) -> DatedText:
    """The time expressions of `text` with the days they mean.

    `published` are the days on which the report can have appeared; where they are several, only what all of them
    agree on is resolved. `narrative` forces the reading as history or news; ``None`` lets the text decide.
    `tense` tells the tense of an expression's clause where the caller knows better than the words do (``None`` from
    it: it does not know). `numeric_order` settles 03/04/2012 where no other date of the text shows its order. `ranges` adds
    dates of precision "range" to those of their two ends: for "days" where the month is said once ("12-14 July"),
    for "all" also for "from May 2003 to 2006".

    >>> read = read_dates("Shelling resumed late on Monday.", published=Interval.from_iso("2022-09-13", "2022-09-13"))
    >>> read.dates[0].days.iso(), read.dates[0].anchor
    (('2022-09-12', '2022-09-12'), 'published')
    """
    expressions = find_expressions(text, numeric_order=order_in(text, numeric_order))
    told_as_history = genre.is_narrative(expressions) if narrative is None else narrative
    report = published if published is not None else genre.report_date(text, expressions)
    resolver = Resolver(text, expressions, report=report, narrative=told_as_history, tense=tense)
    dates = resolver.run()
    plain = [date_ for _, date_ in dates] if ranges == "none" else _with_ranges(dates, text, ranges)
    return DatedText(tuple(plain), told_as_history, report)


def _with_ranges(dates: Sequence[tuple[Expression, ResolvedDate]], text: str, ranges: str) -> list[ResolvedDate]:
    """The dates with one more, before its ends, for each range of days ("12-14 July", "between 3 and 9 May"; all: "from May 2003 to 2006")."""
    result: list[ResolvedDate] = []
    for index, (left, date_) in enumerate(dates):
        if index + 1 < len(dates):
            right, other = dates[index + 1]
            joined = left.last_day is not None or right.first_day is not None
            days = {date_.precision, other.precision} == {"day"} and _between(text, left, right)
            if joined or days or (ranges == "all" and _joins(text, left, right)):
                whole = _range(date_, other)
                if whole is not None:
                    result.append(whole)
        result.append(date_)
    return result


def _joins(text: str, left: Expression, right: Expression) -> bool:
    joint = text[left.end : right.start].strip().casefold()
    return joint in _RANGE_JOINTS or _between(text, left, right)


def _between(text: str, left: Expression, right: Expression) -> bool:
    """Whether two dates are told as ends: "between 3 and 9 May"."""
    before = text[max(0, left.start - 12) : left.start].casefold().rstrip()
    return text[left.end : right.start].strip().casefold() == "and" and before.endswith(("between", "between the"))


def _range(left: ResolvedDate, right: ResolvedDate) -> ResolvedDate | None:
    if left.days is None and right.days is None and left.precision == right.precision == "day":
        return ResolvedDate(left.start, right.end, None, "range", "within", right.anchor, None)
    if left.days is None or right.days is None:
        return None
    days = interval.hull(left.days, right.days)
    if days.start != left.days.start:
        return None
    return ResolvedDate(
        left.start, right.end, days, "range", "within", right.anchor, "/".join(d for d in days.iso() if d)
    )
