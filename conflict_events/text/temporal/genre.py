"""What the text itself says about how to read its dates: history or news, and when the report was written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conflict_events.text.temporal import interval
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.interval import Interval
from conflict_events.text.temporal.tense import clause_tense

MIN_EXPLICIT = 4
"""Dates with their year that a text must have before it is taken for a history."""
MAX_DEICTIC_SHARE = 0.06
"""A history counts hardly any date from its own day of writing ("yesterday", "on Tuesday", "last month"): 0 to 4
in a hundred in Wikipedia's histories of wars."""

PREPOSITIONS = frozenset("on in of since by from until till before after to the and for at between".split())
_LIMITS = re.compile(r"\b(?:until|till|by|before|through|to)\s+(?:the\s+)?$", re.IGNORECASE)
_HEAD = 400


def is_narrative(expressions: Sequence[Expression]) -> bool:
    """Whether dates without a year follow the story (a history) rather than the report's date (news).

    Told by how many dates carry their own year and how few are counted from the day of writing.
    """
    explicit = sum(e.year is not None and e.unit not in ("decade", "century") for e in expressions)
    deictic = sum(_is_deictic(e) for e in expressions)
    total = explicit + deictic + sum(e.kind == "absolute" and e.year is None for e in expressions)
    return explicit >= MIN_EXPLICIT and deictic <= MAX_DEICTIC_SHARE * total


def _is_deictic(expression: Expression) -> bool:
    if expression.kind == "weekday":
        return expression.which not in ("previous", "following", "same")
    if expression.kind in ("deictic", "offset"):
        return expression.which in ("report", "last", "this", "next")
    return expression.which in ("last", "next", "this")


def report_date(text: str, expressions: Sequence[Expression]) -> Interval | None:
    """When the report was written, as far as its own text tells; ``None`` where it tells nothing.

    A full date that opens the text or its dateline is the day. Otherwise the dates with a year bound it: written
    not before the latest that is told in the past tense, not after the earliest that is told as still to come.
    """
    for expression in expressions:
        if expression.start > _HEAD:
            break
        day = _full_day(expression)
        if day is not None and (_opens(text, expression) or _is_stamp(text, expression)):
            return day
    return _bounds(text, expressions)


def _bounds(text: str, expressions: Sequence[Expression]) -> Interval | None:
    """Not before the latest day told as past, not after the earliest told as still to come; sides may stay open."""
    earliest, latest = None, None
    for e in expressions:
        days = stated_interval(e)
        if days is None or days.start is None or days.end is None:
            continue
        tense = clause_tense(text, e.start, e.end)
        if tense == "past" and not _LIMITS.search(text[max(0, e.start - 16) : e.start]):
            earliest = max(earliest or days.start, days.start)
        elif tense == "future":
            latest = min(latest or days.end, days.end)
    if earliest is None:
        return None
    return Interval(earliest, latest if latest is not None and latest >= earliest else None)


def _opens(text: str, expression: Expression) -> bool:
    """Whether only a place, an agency or a word such as "Published" stands before the date on its line."""
    line = text.rfind("\n", 0, expression.start) + 1
    before = text[line : expression.start]
    if text[:line].strip() and len(text[:line].strip()) > 200:
        return False
    words = re.findall(r"[^\W\d_]+", before)
    if len(words) > 6:
        return False
    rest = text[expression.end :].lstrip(" ")[:1]
    labelled = any(w.casefold() in ("published", "posted", "updated", "date", "dated", "issued") for w in words)
    closed = rest in ("", "\n", "\r", "-", "–", "—", "(", ":", "/", "|") or not before.strip()
    return labelled or (closed and all(w[0].isupper() for w in words))


def _is_stamp(text: str, expression: Expression) -> bool:
    """Whether a full day stands by itself, as bylines have it ("Ann Lee Friday 3 Jun 2016", "News 07-08-2013 10:15")."""
    before = re.search(r"([^\W\d_]+)[^\w,]*$", text[: expression.start])
    if before is None or before[1].casefold() in PREPOSITIONS:
        return False
    if expression.name == "numeric" or expression.part is not None:
        return True
    return expression.weekday is not None and before[1][0].isupper()


def _full_day(expression: Expression) -> Interval | None:
    if expression.kind != "absolute" or expression.day is None or expression.year is None or expression.month is None:
        return None
    return interval.day(expression.year, expression.month, expression.day)


def stated_interval(expression: Expression) -> Interval | None:
    """The days of an expression that states its year; ``None`` for all others and for times before Christ."""
    e = expression
    if e.kind != "absolute" or e.year is None or (e.name in ("era", "BC") and e.year <= 0):
        return None
    if e.unit == "day" and e.month is not None and e.day is not None:
        return interval.day(e.year, e.month, e.day)
    if e.unit == "month" and e.month is not None:
        return interval.months(e.year, e.month)
    if e.unit == "season" and e.code is not None:
        return interval.season(e.year, e.code)
    if e.unit in ("quarter", "half") and e.code is not None:
        return interval.part_of_year(e.year, e.code)
    if e.unit == "year":
        return interval.years(e.year)
    if e.unit == "decade":
        return interval.years(e.year, 10)
    if e.unit == "century":
        return None if e.name == "BC" else interval.century(e.year)
    return None
