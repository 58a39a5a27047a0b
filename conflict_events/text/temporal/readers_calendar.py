"""Readers of calendar dates: what a match states of year, month, day, season, decade or century.

Each returns ``None`` where the words around speak against the match.
"""

from __future__ import annotations

from conflict_events.text.temporal import absolute, context, reading
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.reading import Reading


def read_day_month(r: Reading) -> Expression | None:
    day, month = r.number("day"), r.number("month")
    if day is None or month is None or not 1 <= day <= 31 or not reading.has_year_phrase(r):
        return None
    year = r.number("year")
    if year is not None and context.is_time_number(r.tokens, r.match.start("year")):
        return None  # "5 May 1700 GMT"
    wday = r.number("wday")
    return r.make("absolute", year=year, month=month, day=day, weekday=wday, year_which=reading.year_which(r))


read_day_month_year = read_day_month
read_month_day_year = read_day_month
read_stamp = read_day_month


def read_month_day(r: Reading) -> Expression | None:
    at = r.match.start("day")
    if context.counts_something(r.tokens, at, after_month=True) or context.is_attribute(r.tokens, at):
        return None  # "in May 12 people fled", "in May the first snow fell"
    return read_day_month(r)


def read_month_glued(r: Reading) -> Expression | None:
    """A page that lost its commas: "Jan 202015" is 20 January 2015."""
    day, year = divmod(r.number("glued") or 0, 10_000)
    return r.make("absolute", year=year, month=r.number("month"), day=day)


def read_left_day(r: Reading) -> Expression | None:
    day, month, other = r.number("day"), r.number("month"), r.number("day2")
    if day is None or month is None or other is None or day >= other:
        return None
    joined = r.near(0) is not None and r.tokens[r.stop].cls in ("HYPHEN", "TO")
    return r.make("absolute", month=month, day=day, last_day=other if joined else None)


def read_day_told(r: Reading) -> Expression | None:
    """ "On the 15th": a day of the month that the text is in."""
    after, day = r.near(0), r.number("day")
    if day is None or not 1 <= day <= 31:
        return None
    if after is not None and (after.text[0].isalpha() or after.cls in ("HYPHEN", "YEAR")):
        return None
    return r.make("absolute", day=day, which="same")


def read_right_day(r: Reading) -> Expression | None:
    before = r.tokens[r.first - 3 : r.first]
    day = r.number("day")
    joint = before[2].cls
    if (
        day is None
        or day <= int(before[1].value)
        or context.counts_something(r.tokens, r.first, after_month=joint != "HYPHEN")
    ):
        return None
    first = int(before[1].value) if joint in ("HYPHEN", "TO") else None
    return r.make("absolute", year=r.number("year"), month=int(before[0].value), day=day, first_day=first)


def read_right_year(r: Reading) -> Expression | None:
    first, short = r.tokens[r.first - 2], r.number("year2")
    nearby = r.near(0)
    if short is None or len(r.tokens[r.first].text) != 2 or r.tokens[r.first].start != r.tokens[r.first - 1].end:
        return None
    year = int(first.value) // 100 * 100 + short
    if year <= int(first.value) or (nearby is not None and nearby.cls == "HYPHEN"):
        return None
    if not context.is_year(r.tokens, r.first - 2, dated=False):
        return None
    return r.make("absolute", unit="year", year=year)


def read_month_year(r: Reading) -> Expression | None:
    year = r.number("year")
    if not reading.has_year_phrase(r) or (
        year is not None and not context.is_year(r.tokens, r.match.start("year"), dated=True)
    ):
        return None
    return r.make("absolute", unit="month", year=year, month=r.number("month"), year_which=reading.year_which(r))


def read_year_month(r: Reading) -> Expression | None:
    if not r.group("month")[0].text[0].islower() and r.group("month")[0].cls == "MAYBEMONTH":
        return None
    nearby = r.near(0)
    if nearby is not None and nearby.cls in ("DAYNUM", "ORDNUM", "YEAR"):
        return None
    return r.make("absolute", unit="month", year=r.number("year"), month=r.number("month"))


def read_which_month(r: Reading) -> Expression | None:
    which = reading.which(r)
    day = r.number("day")
    return r.make("absolute", unit="day" if day else "month", month=r.number("month"), day=day, which=which)


def read_month(r: Reading) -> Expression | None:
    if not context.is_bare_month(r.tokens, r.match.start("month"), modified=r.first != r.match.start("month")):
        return None
    return r.make("absolute", unit="month", month=r.number("month"))


def read_year(r: Reading) -> Expression | None:
    at = r.match.start("year")
    if not context.is_year(r.tokens, at, dated=at != r.first):
        return None
    halves = _half(r)
    return r.make("absolute", unit="half" if halves else "year", year=r.number("year"), code=halves)


def _half(r: Reading) -> str | None:
    tokens = r.group("edge")
    if any(t.cls == "HALF" for t in tokens):
        for token in tokens:
            if token.cls == "ORDWORD" and token.value in (1, 2):
                return f"H{token.value}"
            if token.cls in ("LATTER", "EARLY", "EARLIER"):
                return "H2" if token.value == "END" else "H1"
    return None


def read_decade(r: Reading) -> Expression | None:
    token = r.group("decade")[0]
    year = int(token.value)
    if token.cls == "DECADEWORD":
        if r.tokens[r.first].cls != "THE" and not r.group("early"):
            return None
        before = r.near(-1)
        if before is not None and before.text.casefold() in ("her", "his", "their", "in") and not _has_article(r):
            return None
        year = 1900 + year if year else 2000
    return r.make("absolute", unit="decade", year=year)


def _has_article(r: Reading) -> bool:
    return any(t.cls == "THE" for t in r.tokens[r.first : r.stop])


def read_century(r: Reading) -> Expression | None:
    if r.code("unit") != "century":
        return None
    number = r.number("ordinal") or 0
    era = r.code("era")
    if not 1 <= number <= 30:
        return None
    return r.make("absolute", unit="century", year=number, name=era if era == "BC" else None, mod=_inner_early(r))


def read_season_year(r: Reading) -> Expression | None:
    year = r.number("year")
    if not reading.has_year_phrase(r) or (
        year is not None and not context.is_year(r.tokens, r.match.start("year"), dated=True)
    ):
        return None
    return r.make(
        "absolute",
        unit="season",
        year=year,
        code=r.code("season"),
        year_which=reading.year_which(r),
        mod=_inner_early(r),
    )


def _inner_early(r: Reading) -> str | None:
    for token in r.tokens[r.first : r.stop]:
        if token.cls == "EARLY":
            return str(token.value)
    return None


def read_which_season(r: Reading) -> Expression | None:
    return r.make("absolute", unit="season", code=r.code("season"), which=reading.which(r))


def read_season(r: Reading) -> Expression | None:
    if not context.is_bare_season(r.tokens, r.first, r.match.start("season")):
        return None
    at = r.match.start("season")
    noun_follows = r.tokens[r.first].cls == "THE" and at == r.first + 1 and context.is_attributive(r.tokens, at)
    return r.make(
        "absolute", first=at if noun_follows else None, unit="season", code=r.code("season"), mod=_inner_early(r)
    )


def _ordinal(r: Reading) -> int:
    token = r.group("ordinal")[0]
    return int(token.value) if token.cls in ("ORDWORD", "ORDNUM") else -1


def read_quarter(r: Reading) -> Expression | None:
    unit, number = r.group("unit")[0], _ordinal(r)
    if unit.value not in ("quarter", "H") or not reading.has_year_phrase(r):
        return None
    limit = 4 if unit.value == "quarter" else 2
    number = limit if number == -1 else number
    if not 1 <= number <= limit:
        return None
    code = f"{'Q' if limit == 4 else 'H'}{number}"
    which = reading.year_which(r)
    return r.make(
        "absolute", unit="quarter" if limit == 4 else "half", year=r.number("year"), code=code, year_which=which
    )


def read_short_quarter(r: Reading) -> Expression | None:
    """ "Q3 2022", "2022 Q3"."""
    quarter = r.number("quarter") or r.number("quarter2")
    return r.make("absolute", unit="quarter", year=r.number("year") or r.number("year2"), code=f"Q{quarter}")


def read_bare_quarter(r: Reading) -> Expression | None:
    number = _ordinal(r)
    after = r.near(0)
    if r.code("unit") != "quarter" or not 1 <= number <= 4 or (after is not None and after.cls == "OF"):
        return None
    return r.make("absolute", unit="quarter", code=f"Q{number}")


def read_part_of_month(r: Reading) -> Expression | None:
    unit, number = r.group("unit")[0], _ordinal(r)
    year = r.number("year")
    if unit.value not in ("week", "day", "weekend") and unit.cls != "WDAY":
        return None
    if year is not None and not context.is_year(r.tokens, r.match.start("year"), dated=True):
        return None
    weekday = int(unit.value) if unit.cls == "WDAY" else None
    name = "nth_weekday" if weekday is not None else f"nth_{unit.value}"
    return r.make("absolute", unit="day", year=year, month=r.number("month"), weekday=weekday, count=number, name=name)


def read_part_of_year(r: Reading) -> Expression | None:
    """ "The first week of 2015" is that of its January, "the last days" are those of its December."""
    number, unit = _ordinal(r), r.group("unit")[0].value
    if unit not in ("week", "day", "weekend") or number not in (1, -1):
        return None
    if not context.is_year(r.tokens, r.match.start("year"), dated=True):
        return None
    month = 1 if number == 1 else 12
    return r.make("absolute", unit="day", year=r.number("year"), month=month, count=number, name=f"nth_{unit}")


def read_era(r: Reading) -> Expression | None:
    number = r.number("number") or 0
    unit = "decade" if r.group("number")[0].cls == "DECADE" else "year"
    if r.code("era") == "BC":
        number = -number
    elif r.tokens[r.stop - 1].text.islower():
        return None
    return r.make("absolute", unit=unit, year=number, name="era")


def read_era_before(r: Reading) -> Expression | None:
    if r.code("era") != "AD" or not r.tokens[r.first].text.isupper():
        return None
    return r.make("absolute", unit="year", year=r.number("number"), name="era")


def read_iso(r: Reading) -> Expression | None:
    text = r.group("iso")[0].text
    parts = absolute.parse_numeric(text[:10])
    if parts is None:
        return None
    time = f"{text[11:16]}" if len(text) > 15 else None
    return r.make("absolute", year=parts[0], month=parts[1], day=parts[2], part=time)


def read_numeric(r: Reading) -> Expression | None:
    parts = absolute.parse_numeric(r.group("numeric")[0].text, r.numeric_order)
    if parts is None:
        return None
    return r.make("absolute", year=parts[0], month=parts[1], day=parts[2], weekday=r.number("wday"), name="numeric")


def read_nine11(r: Reading) -> Expression | None:
    return r.make("absolute", year=2001, month=9, day=11)


def read_holiday(r: Reading) -> Expression | None:
    name = str(r.group("holiday")[0].value)
    year = r.number("year")
    if year is not None and not context.is_year(r.tokens, r.match.start("year"), dated=True):
        return r.make("holiday", stop=r.match.end("holiday"), name=name, which=reading.which(r))
    return r.make("holiday", name=name, year=year, which=reading.which(r))
