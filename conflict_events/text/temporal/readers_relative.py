"""Readers of what is counted from another day (weekdays, "the next year", "a week ago") and of times of day.

Each returns ``None`` where the words around speak against the match.
"""

from __future__ import annotations

from conflict_events.text.temporal import context_day, reading
from conflict_events.text.temporal.context import FUNCTION_WORDS
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.reading import Reading

WEEK_STARTS = frozenset({"commencing", "beginning", "starting", "ending"})
FULL_DAY = 24
SHORT_UNITS = frozenset({"second", "minute", "hour"})


def read_weekday(r: Reading) -> Expression | None:
    token = r.group("wday")[0]
    which = reading.which(r)
    if not context_day.is_weekday(r.tokens, r.first, r.match.start("wday"), alone=r.stop - r.first == 1):
        return None
    if r.group("which") and r.group("which")[-1].cls == "COMING":
        which = "future"
    stop = r.stop
    if r.tokens[stop - 1].cls == "COMMA":
        stop -= 1
    return r.make("weekday", stop=stop, weekday=int(token.value), which=which)


def read_weekday_day(r: Reading) -> Expression | None:
    """ "Tuesday the 13th": a day of the month that falls on that weekday."""
    token = (r.group("day") or r.group("day2"))[0]
    after = r.near(0)
    counts = after is not None and (after.text[0].isalpha() or after.cls == "HYPHEN")
    if counts and after is not None and (token.cls == "ORDWORD" or after.text not in FUNCTION_WORDS):
        return None  # "on Tuesday the 7th Brigade advanced"
    if not 1 <= int(token.value) <= 31:
        return None
    return r.make("absolute", day=int(token.value), weekday=r.number("wday"), which="same")


def read_weekday_week(r: Reading) -> Expression | None:
    if r.code("unit") != "week":
        return None
    return r.make("weekday", weekday=r.number("wday"), year_which=reading.which(r))


def read_dayref(r: Reading) -> Expression | None:
    before = r.near(-1)
    if before is not None and before.cls == "CAPITAL" and r.tokens[r.first].text[0].isupper():
        return None  # "USA Today"
    return r.make("deictic", unit="day", count=r.number("ref"), which="report")


def read_dayref_shift(r: Reading) -> Expression | None:
    step = r.number("side") or 0
    return r.make("deictic", unit="day", count=(r.number("ref") or 0) + step, which="report")


def read_tonight(r: Reading) -> Expression | None:
    token = r.group("ref")[0]
    if token.cls == "OVERNIGHT":
        return r.make("clock", unit="day", part="NI", name="overnight")
    return r.make("deictic", unit="day", count=0, which="report", part="NI")


def read_which_part(r: Reading) -> Expression | None:
    which = reading.which(r)
    if which == "last" and r.code("part") != "NI":
        return None
    return r.make("deictic", unit="day", which=which)


def read_which_period(r: Reading) -> Expression | None:
    unit = r.code("unit") or ""
    which = reading.which(r)
    group = r.group("which")
    if unit in SHORT_UNITS or unit == "fortnight":
        return None
    if (
        reading.article_before(r, "which")
        and len(group) == 1
        and group[0].cls == "LAST"
        and group[0].text.casefold() == "past"
    ):
        return None if unit in ("decade", "century") else r.make("span", unit=unit, count=1, which="last")
    if unit == "day" and which in ("this", "next", "last") and group[-1].cls in ("THIS", "COMING", "LAST"):
        return None
    after = r.near(0)
    if r.tokens[r.stop - 1].text.casefold() == "night" or (
        group[-1].cls == "LAST" and after is not None and after.cls == "OF"
    ):
        return None  # "the last month of the war" is a stretch of it
    mod = None
    lead = r.tokens[r.first]
    if lead.cls == "EARLIER":
        mod = str(lead.value)
    return r.make("deictic", unit=unit, which=which, mod=mod)


def read_later_in_period(r: Reading) -> Expression | None:
    unit = r.code("unit") or ""
    if unit in SHORT_UNITS or unit not in ("day", "week", "month", "year", "decade", "century"):
        return None
    if r.tokens[r.first + 1].cls != "IN":
        return None
    return r.make("deictic", unit=unit, which="same", mod=str(r.group("early2")[0].value))


def read_weekend(r: Reading) -> Expression | None:
    return r.make("deictic", unit="weekend", which="this")


def read_end_of_period(r: Reading) -> Expression | None:
    unit = r.code("unit") or ""
    if unit not in ("week", "month", "year", "decade", "century", "weekend", "day"):
        return None
    after = r.near(0)
    if after is not None and after.cls == "OF":
        return None
    return r.make("deictic", unit=unit, which="same")


def read_period_end(r: Reading) -> Expression | None:
    return r.make("deictic", unit=r.code("unit"), which="same")


def _count(r: Reading) -> int | None:
    for token in r.group("count"):
        if token.cls == "DOZEN":
            return int(token.value)
    return r.number("count")


SIDES = {
    "AGO": ("report", -1),
    "EARLIER": ("told", 0),
    "PREVIOUSLY": ("told", -1),
    "AFTERWARDS": ("told", 1),
    "PREV": ("told", -1),
}


def read_offset(r: Reading) -> Expression | None:
    side = r.group("side")
    unit = r.code("unit") or ""
    count = _count(r)
    if count is None:
        return None
    if side[0].cls == "FROM":
        return r.make("offset", unit=unit, count=count, which="report")
    if side[0].cls in ("BEFORE", "AFTER"):
        if context_day.takes_complement(r.tokens, r.stop):
            return None
        return r.make("offset", unit=unit, count=count * int(side[0].value), which="told")
    which, sign = SIDES[side[0].cls]
    if side[0].cls == "EARLIER":
        sign = -1 if side[0].value == "START" else 1
    return r.make("offset", unit=unit, count=count * sign, which=which)


def read_offset_ahead(r: Reading) -> Expression | None:
    """ "In two weeks": a date only where the clause speaks of the future, which is seen when it is resolved."""
    unit, after = r.code("unit") or "", r.near(0)
    if unit in SHORT_UNITS or (after is not None and after.cls in ("OF", "HYPHEN", "EARLIER")):
        return None
    return r.make("offset", unit=unit, count=_count(r), which="ahead")


def read_second_next(r: Reading) -> Expression | None:
    unit = r.code("unit") or ""
    if unit in SHORT_UNITS:
        return None
    step = 2 if r.tokens[r.stop - 1].cls == "NEXT" else -2
    return r.make("offset", unit=unit, count=step, which="report")


def read_week_of(r: Reading) -> Expression | None:
    if r.code("unit") != "week" or not any(
        t.cls == "OF" or t.text.casefold() in WEEK_STARTS for t in r.tokens[r.first : r.stop]
    ):
        return None
    month, day = r.number("month") or r.number("month2"), r.number("day") or r.number("day2")
    return r.make("absolute", year=r.number("year"), month=month, day=day, name="week_of")


def read_offset_event(r: Reading) -> Expression | None:
    side = r.group("side")[0]
    if not context_day.takes_complement(r.tokens, r.stop) or (
        side.cls == "FROM" and not context_day.is_date_word(r.tokens, r.stop)
    ):
        return None
    stop = context_day.complement_end(r.tokens, r.stop)
    step = 1 if side.cls == "FROM" else int(side.value)
    return r.make("event", stop=stop, unit=r.code("unit"), count=(_count(r) or 0) * step)


def read_period_event(r: Reading) -> Expression | None:
    side, unit = r.group("side")[0], r.code("unit") or ""
    if unit in SHORT_UNITS:
        return None
    sign = -1 if side.cls == "BEFORE" else 1
    if context_day.takes_complement(r.tokens, r.stop):
        if side.cls == "NEXT" and side.text.casefold() != "following":
            return None
        if side.cls == "NEXT" and not context_day.begins_noun_phrase(r.tokens, r.stop):
            return r.make("offset", unit=unit, count=sign, which="told")
        return r.make("event", stop=context_day.complement_end(r.tokens, r.stop), unit=unit, count=sign)
    return r.make("offset", unit=unit, count=sign, which="told")


def read_hours_later(r: Reading) -> Expression | None:
    side = r.group("side")[0]
    if r.code("unit") not in ("hour", "minute") or (side.cls == "EARLIER" and side.value == "START"):
        return None
    return r.make("clock", name="same_day")


def read_last_span(r: Reading) -> Expression | None:
    after = r.near(0)
    unit = r.code("unit") or ""
    if r.group("count")[0].cls == "ARTICLE" or (after is not None and after.cls == "OF"):
        return None
    if unit in SHORT_UNITS and (unit != "hour" or (_count(r) or 0) < FULL_DAY):
        return None
    return r.make("span", unit=unit, count=_count(r), which=str(r.group("which")[0].value))


def read_clock(r: Reading) -> Expression | None:
    if not context_day.is_clock(r.tokens, r.first, r.stop):
        return None
    return r.make("clock")


def read_military_time(r: Reading) -> Expression | None:
    token = r.group("clock")[0]
    if len(token.text) != 4 or int(token.text[:2]) > 24 or int(token.text[2:]) > 59:
        return None
    return r.make("clock", part=f"{token.text[:2]}:{token.text[2:]}")


def read_point(r: Reading) -> Expression | None:
    if not context_day.is_point_of_day(r.tokens, r.first, r.stop):
        return None
    past_midnight = r.code("part") == "24:00" and r.group("side") and r.group("side")[0].cls == "AFTER"
    return r.make("clock", part="00:00" if past_midnight else None)


def read_part(r: Reading) -> Expression | None:
    if not context_day.is_part_of_day(r.tokens, r.first, r.stop):
        return None
    return r.make("clock")
