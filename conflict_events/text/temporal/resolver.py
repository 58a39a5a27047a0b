"""What each kind of time expression means, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from conflict_events.text.temporal import interval, placing, timex
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.interval import Interval
from conflict_events.text.temporal.lexicon import FIXED_HOLIDAYS
from conflict_events.text.temporal.situation import Situation

PRECISIONS = {"half": "range", "hour": "time", "minute": "time", "second": "time", "fortnight": "week"}
"""Precision of the contract for the units that it has no word for."""
DAY_KINDS = frozenset({"absolute", "weekday", "deictic", "holiday"})
"""Kinds of expressions that can name a day for another to count from."""
NEAR = 500
"""Characters over which a time of day in news still belongs to the day told before it."""
_BASE_JOINT = re.compile(r"\s+(?:the\s+)?")
_TIME_JOINT = re.compile(r"[\s,()]{0,3}(?:(?:local|[A-Z][a-z]+)\s+time)?[\s,()]{0,3}(?:on|of)?\s{0,3}(?:the\s+)?")
_THROUGHOUT = re.compile(
    r"\b(?:throughout|all(?: through)?|all of|whole of|entire|for much of|for most of)\s+(?:the\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A time expression of a text and the days it means.

    `start` and `end` are character offsets; `days` is ``None`` where the text does not fix them. `precision`,
    `extent`, `anchor` and `timex` are those of the output contract.
    """

    start: int
    end: int
    days: Interval | None
    precision: str
    extent: str
    anchor: str
    timex: str | None


@dataclass(frozen=True, slots=True)
class _Value:
    """The answer for one expression before it is joined with its place in the text."""

    days: Interval | None
    unit: str
    anchor: str
    timex: str | None


class Resolver(Situation):
    """Walks the expressions of one text; one method for each kind of expression."""

    def run(self) -> list[tuple[Expression, ResolvedDate]]:
        resolved = []
        for index, expression in enumerate(self.expressions):
            if expression.which == "ahead" and self.tense_of(expression) != "future":
                continue
            value = self._value(index, expression)
            resolved.append((expression, self._place(expression, value)))
            if value.days is not None and value.days.start is not None and expression.kind != "span":
                heading = self.is_heading(expression)
                self.story.add(expression, value.days.start, value.unit, value.anchor, is_heading=heading)
            if expression.kind == "weekday":
                self.last_weekday = expression
        return resolved

    def _place(self, expression: Expression, value: _Value) -> ResolvedDate:
        precision = PRECISIONS.get(value.unit, value.unit)
        if expression.part is not None and precision == "day":
            precision = "time"
        extent = "throughout" if expression.kind == "span" or _is_throughout(self.text, expression) else "within"
        return ResolvedDate(expression.start, expression.end, value.days, precision, extent, value.anchor, value.timex)

    def _value(self, index: int, expression: Expression) -> _Value:
        handler: Callable[[int, Expression], _Value] = getattr(self, f"_{expression.kind}")
        return handler(index, expression)

    def _known(
        self, days: Interval | None, unit: str, anchor: str, *, code: str | None = None, part: str | None = None
    ) -> _Value:
        if days is None or days.start is None:
            return _Value(None, unit, "unanchored", None)
        value = timex.with_time(timex.of_unit(days.start, unit, code=code), part if unit == "day" else None)
        return _Value(days, unit, anchor, value)

    def _absolute(self, index: int, e: Expression) -> _Value:
        if (e.name in ("era", "BC") and (e.year or 0) <= 0) or e.name == "BC":
            return _Value(
                None,
                "century" if e.unit == "century" else "era",
                "explicit",
                timex.before_christ(abs(e.year or 0), e.unit),
            )
        if e.unit == "decade" and e.year is not None:
            return self._known(interval.years(e.year // 10 * 10, 10), "decade", "explicit")
        if e.unit == "century" and e.year is not None:
            return self._known(interval.century(e.year), "century", "explicit")
        if e.day is not None and e.month is None and e.year is None:
            return self._day_of_month(e, e.day)
        year, anchor = self._year(index, e)
        if year is not None and e.year is None:
            year = placing.year_of_weekday(e, year)
        if year is None:
            value = None if e.unit == "year" else timex.unknown_year(e.month, e.day, code=e.code, part=e.part)
            return _Value(None, e.unit, "unanchored", value)
        days = placing.in_year(e, year)
        unit = "week" if e.name in ("week_of", "nth_week") else "weekend" if e.name == "nth_weekend" else e.unit
        return self._known(days, unit, anchor, code=e.code, part=e.part)

    def _day_of_month(self, e: Expression, number: int) -> _Value:
        """ "On the 18th", "Tuesday the 13th": of the month told, else the nearest such day by the clause's tense."""
        told = self.told("month")
        if told is not None:
            days = interval.day(told.year, told.month, number)
            if e.weekday is None or (days is not None and days.start and days.start.weekday() == e.weekday):
                return self._known(days, "day", "previous", part=e.part)
        tense = self.tense_of(e)
        days = self.from_report(lambda day: placing.nearest_day_of_month(day, number, e.weekday, tense))
        if days is None:
            return _Value(None, "day", "unanchored", f"{timex.UNKNOWN_YEAR}-XX-{number:02d}")
        return self._known(days, "day", "published", part=e.part)

    def _year(self, index: int, e: Expression) -> tuple[int | None, str]:
        """The year of a calendar date and what it was taken from."""
        if e.year is not None:
            return e.year, "explicit"
        which = e.year_which
        if which in ("same", "previous", "following"):
            if which == "same" and not self.narrative and self.told("year") is None:
                which = "this"
            else:
                told = self.told("year")
                return (
                    (told.year + {"same": 0, "previous": -1, "following": 1}[which], "previous")
                    if told
                    else (None, "unanchored")
                )
        if which in ("this", "last", "next"):
            return self.one_year(lambda day: day.year + {"this": 0, "last": -1, "next": 1}[str(which)])
        shared = self.year_of_list(index)
        if shared is not None:
            return shared, "explicit"
        if e.which is not None:
            return self._which_year(e)
        standing = self.standing(e)
        if standing is not None:
            return placing.nearest_year(e, standing.year, standing.month), "previous"
        tense = self.tense_of(e)
        return self.one_year(lambda day: placing.year_by_tense(e, day, tense))

    def _which_year(self, e: Expression) -> tuple[int | None, str]:
        """The year of "last September", "next spring", "the following May"."""
        which = str(e.which)
        if which in ("previous", "following", "same"):
            told = self.told("season")
            if told is None:
                return None, "unanchored"
            return placing.relative_year(
                e, told, {"previous": "last", "following": "next", "same": "this"}[which]
            ), "previous"
        return self.one_year(lambda day: placing.relative_year(e, day, which))

    def _weekday(self, index: int, e: Expression) -> _Value:
        weekday = e.weekday or 0
        if e.year_which is not None:
            step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(e.year_which, 0)
            days = self.from_report(lambda day: placing.day_of_week(day, step, weekday))
            anchor = "published"
        elif e.which in ("previous", "following", "same") or (e.which is None and self.is_told_day(e)):
            told = self.told("day")
            days = placing.weekday_from(told, weekday, e.which or "narrative") if told else None
            anchor = "previous"
        else:
            which = e.which or self.tense_of(e) or "past"
            days = self.from_report(lambda day: placing.weekday_from(day, weekday, which))
            anchor = "published"
        if days is None:
            return _Value(None, "day", "unanchored", timex.unknown_weekday(weekday, e.part))
        return self._known(days, "day", anchor, part=e.part)

    def _deictic(self, index: int, e: Expression) -> _Value:
        which, unit = str(e.which), e.unit
        if which == "report":
            named = self._weekday_beside(index, e)
            if named is not None:
                return named
            return self._known(
                self.from_report(lambda d: interval.shift(d, e.count or 0, "day")), "day", "published", part=e.part
            )
        step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
        if which == "same" and e.mod is not None and not self.is_told_here(e):
            which = "this"
        if which in ("previous", "following", "same"):
            told = self.told(unit)
            if told is None and which != "same":
                return self._step_from_unknown_weekday(e, step)
            return self._known(interval.shift(told, step, unit) if told else None, unit, "previous", part=e.part)
        if unit == "weekend":
            future = self.tense_of(e) == "future"
            return self._known(
                self.from_report(lambda d: placing.weekend_from(d, which, future=future)), unit, "published"
            )
        return self._known(self.from_report(lambda d: interval.shift(d, step, unit)), unit, "published", part=e.part)

    def _weekday_beside(self, index: int, e: Expression) -> _Value | None:
        """The weekday that a bracket gives for a day ("yesterday (Monday)"), which holds whoever is quoted."""
        if index + 1 >= len(self.expressions):
            return None
        following = self.expressions[index + 1]
        if following.kind != "weekday" or self.text[e.end : following.start].strip() != "(":
            return None
        return self._value(index + 1, following)

    def _step_from_unknown_weekday(self, e: Expression, step: int) -> _Value:
        """ "The previous day" after a Tuesday of an unknown week is a Monday of one."""
        if e.unit != "day" or self.last_weekday is None:
            return _Value(None, e.unit, "unanchored", None)
        weekday = (self.last_weekday.weekday or 0) + step
        return _Value(None, "day", "unanchored", timex.unknown_weekday(weekday, e.part))

    def _offset(self, index: int, e: Expression) -> _Value:
        count, unit = e.count or 0, e.unit
        if unit == "fortnight":
            count, unit = count * 2, "week"
        if unit in ("hour", "minute", "second"):
            count, unit = (int(count / 24) if unit == "hour" else 0), "day"
        if e.which in ("report", "ahead"):
            return self._known(self.from_report(lambda d: interval.shift(d, count, unit)), unit, "published")
        told = self.told(unit)
        if told is None:
            return self._step_from_unknown_weekday(e, count)
        return self._known(interval.shift(told, count, unit), unit, "previous")

    def _event(self, index: int, e: Expression) -> _Value:
        """Counted from an event: no date, unless the event is named by one ("a day after Monday's raid")."""
        unit = "week" if e.unit == "fortnight" else "day" if e.unit in ("hour", "minute", "second") else e.unit
        if index + 1 < len(self.expressions):
            following = self.expressions[index + 1]
            joined = _BASE_JOINT.fullmatch(self.text[e.end : following.start])
            if joined and following.kind in DAY_KINDS:
                base = self._value(index + 1, following)
                if base.days is not None and base.days.start is not None and base.unit == "day":
                    return self._known(interval.shift(base.days.start, e.count or 0, unit), unit, base.anchor)
        return _Value(None, unit, "unanchored", None)

    def _span(self, index: int, e: Expression) -> _Value:
        count = e.count or 1
        length, unit = (count * 2, "week") if e.unit == "fortnight" else (count, e.unit)
        if unit == "hour":
            length, unit = -(-count // 24), "day"
        back = -1 if e.which == "last" else 1

        def reach(day: date) -> Interval | None:
            far = placing.step_back(day, back * length, unit)
            return None if far is None else interval.hull(Interval(day, day), Interval(far, far))

        days = self.from_report(reach) if e.which in ("last", "next") else None
        return _Value(days, "range", "published" if days else "unanchored", timex.duration(count, e.unit))

    def _clock(self, index: int, e: Expression) -> _Value:
        beside = self._day_beside(index)
        if beside is not None:
            return self._known(beside, "day", "previous", part=e.part)
        if e.name == "overnight":
            days = self._overnight(index)
            return _Value(
                days,
                "day",
                "published" if days else "unanchored",
                timex.with_time(days.end.isoformat(), "NI") if days and days.end else None,
            )
        told = self.story.told("day")
        if told is not None and (self.narrative or e.start - told.expression.end <= NEAR):
            return self._known(Interval(told.first, told.first), "day", "previous", part=e.part)
        if self.last_weekday is not None and e.start - self.last_weekday.end <= NEAR:
            return _Value(None, "day", "unanchored", timex.unknown_weekday(self.last_weekday.weekday or 0, e.part))
        return _Value(None, "day", "unanchored", f"T{e.part}" if e.part else None)

    def _day_beside(self, index: int) -> Interval | None:
        """The day that follows a time at once ("3:40 p.m. local time (1240 GMT) on Sunday")."""
        for at in range(index + 1, min(index + 3, len(self.expressions))):
            before, following = self.expressions[at - 1], self.expressions[at]
            if not _TIME_JOINT.fullmatch(self.text[before.end : following.start][:40]):
                return None
            if following.kind in DAY_KINDS and following.unit == "day":
                return self._value(at, following).days
            if following.kind != "clock":
                return None
        return None

    def _overnight(self, index: int) -> Interval | None:
        """The two days of a night: those around the report's morning, or before the day that it goes "into"."""
        if index + 1 < len(self.expressions):
            night, following = self.expressions[index], self.expressions[index + 1]
            if following.kind in DAY_KINDS and self.text[night.end : following.start].strip() == "into":
                days = self._value(index + 1, following).days
                return placing.night_before(days.start) if days is not None and days.start is not None else None
        return self.from_report(placing.night_before)

    def _holiday(self, index: int, e: Expression) -> _Value:
        month, day = placing.holiday_month(str(e.name))
        year, anchor = self._year(index, replace(e, kind="absolute", month=month, day=day, name=None))
        if year is None:
            fixed = str(e.name) in FIXED_HOLIDAYS
            return _Value(None, "day", "unanchored", timex.unknown_year(month, day) if fixed else None)
        return self._known(placing.holiday_in(str(e.name), year), "day", anchor, part=e.part)


def _is_throughout(text: str, e: Expression) -> bool:
    return _THROUGHOUT.search(text[max(0, e.start - 24) : e.start]) is not None
