"""The words of English time expressions, each with the class that the grammar knows it by and its value.

A class is one name ("MONTH"); `CLASS_CODES` gives each a character, so that a text becomes a string of classes
and a rule of the grammar a regular expression over that string (see `lexer` and `grammar`).
"""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """What a word can be in a time expression: the name of its class and a value whose meaning the class fixes."""

    cls: str
    value: int | str = 0


MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_SHORT = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip

# Words that are as often something else: they count only where the rest of the expression settles it.
AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar"})

SEASONS = {"spring": "SP", "springtime": "SP", "summer": "SU", "summertime": "SU", "autumn": "FA", "winter": "WI", "wintertime": "WI"}  # fmt: skip
DAY_PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI",
    "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "dusk": "EV", "sunset": "EV", "nightfall": "EV",
    "noon": "12:00", "midday": "12:00", "noontime": "12:00", "midnight": "24:00",
}  # fmt: skip
DAY_POINTS = frozenset(
    {"dawn", "daybreak", "sunrise", "dusk", "sunset", "nightfall", "noon", "midday", "noontime", "midnight"}
)

UNITS = {
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "night": "day", "week": "week",
    "fortnight": "fortnight", "weekend": "weekend", "month": "month", "quarter": "quarter", "year": "year",
    "decade": "decade", "century": "century", "yr": "year", "hr": "hour", "min": "minute",
}  # fmt: skip
PLURAL_UNITS = {
    "seconds": "second", "minutes": "minute", "hours": "hour", "days": "day", "nights": "day", "weeks": "week",
    "fortnights": "fortnight", "weekends": "weekend", "months": "month", "quarters": "quarter", "years": "year",
    "decades": "decade", "centuries": "century", "hrs": "hour", "mins": "minute", "yrs": "year",
}  # fmt: skip

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
CARDINALS = {
    name: value
    for value, name in enumerate(
        (
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ),
        start=2,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
CARDINALS |= {
    f"{ten}-{one}": (i + 2) * 10 + CARDINALS.get(one, 1)
    for i, ten in enumerate(_TENS)
    for one in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
}
DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "noughties": 0,
}  # fmt: skip

# Holidays on one day of the calendar (month, day), and those that move with Easter (days from Easter Sunday).
FIXED_HOLIDAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "new year's": (1, 1), "new years eve": (12, 31),
    "new years day": (1, 1), "valentine's day": (2, 14), "st patrick's day": (3, 17), "st. patrick's day": (3, 17),
    "april fools' day": (4, 1), "may day": (5, 1), "halloween": (10, 31), "all saints' day": (11, 1),
    "armistice day": (11, 11), "juneteenth": (6, 19), "epiphany": (1, 6), "nowruz": (3, 21),
}  # fmt: skip
EASTER_HOLIDAYS = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7, "ash wednesday": -46,
    "pentecost": 49, "whit sunday": 49, "whit monday": 50, "ascension day": 39, "maundy thursday": -3,
}  # fmt: skip
NTH_WEEKDAY_HOLIDAYS = {"thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1)}
"""month, weekday, which one of the month."""

APPROXIMATORS = frozenset(
    {"about", "around", "some", "nearly", "almost", "over", "just", "only", "roughly", "approximately", "barely", "exactly"}
)  # fmt: skip

WORDS: dict[str, Word] = {}


def _add(cls: str, words: dict[str, int | str] | dict[str, int] | dict[str, str]) -> None:
    WORDS.update({word: Word(cls, value) for word, value in words.items()})


_add("NUMWORD", CARDINALS)
_add("NUMWORD", {"one": 1})
_add("ARTICLE", {"a": 1, "an": 1})
_add("DOZEN", {"dozen": 12, "couple": 2})
_add("ORDWORD", {name: i for i, name in enumerate(ORDINALS, start=1)})
_add("FINAL", {"final": 0})
_add("SEASON", SEASONS)
_add("FALL", {"fall": "FA"})
_add("PART", {w: c for w, c in DAY_PARTS.items() if w not in DAY_POINTS})
_add("POINT", {w: c for w, c in DAY_PARTS.items() if w in DAY_POINTS})
for _word, _unit in UNITS.items():
    _add({"day": "DAY", "year": "YEARU", "month": "MONTHU"}.get(_unit, "UNIT"), {_word: _unit})
for _word, _unit in PLURAL_UNITS.items():
    _add("UNITS", {_word: _unit})
_add("PART", {"night": "NI"})
_add("ORDWORD", {"second": 2})
_add("DECADEWORD", DECADE_WORDS)
_add("DAYREF", {"today": 0, "yesterday": -1, "tomorrow": 1})
_add("TONIGHT", {"tonight": 0})
_add("OVERNIGHT", {"overnight": 0})
_add("THE", {"the": 0})
_add("THIS", {"this": "this", "current": "this"})
_add("THAT", {"that": "same"})
_add("SAME", {"same": "same"})
_add("LAST", {"last": "last", "past": "last"})
_add("PREV", {"previous": "previous", "preceding": "previous", "prior": "previous"})
_add("NEXT", {"next": "next", "following": "following", "ensuing": "following", "subsequent": "following"})
_add("COMING", {"coming": "next", "upcoming": "next"})
_add("EARLY", {"early": "START", "late": "END", "mid": "MID"})
_add("EARLIER", {"earlier": "START", "later": "END"})
_add("LATTER", {"latter": "END", "former": "START"})
_add("EDGE", {"end": "END", "beginning": "START", "start": "START", "middle": "MID", "close": "END", "outset": "START", "rest": "END", "turn": "START"})  # fmt: skip
_add("HALF", {"half": "H"})
_add("STRETCH", {"part": "", "portion": "", "stages": ""})
_add("UNITS", {"days": "day", "weeks": "week", "months": "month"})
_add("MOST", {"most": 0, "much": 0})
_add("AGO", {"ago": -1})
_add("BEFORE", {"before": -1, "beforehand": -1})
_add("PREVIOUSLY", {"previously": -1})
_add("AFTER", {"after": 1})
_add("AFTERWARDS", {"afterwards": 1, "afterward": 1, "thereafter": 1, "hence": 1})
_add("SINCE", {"since": 0})
_add("FROM", {"from": 0, "between": 0})
_add("NOW", {"now": 0})
_add("BY", {"by": 0, "until": 0, "till": 0, "during": 0, "throughout": 0, "within": 0, "through": 0})
_add("TO", {"to": 0})
_add("IN", {"in": 0})
_add("ON", {"on": 0})
_add("AT", {"at": 0})
_add("OVER", {"over": 0})
_add("OF", {"of": 0})
_add("AND", {"and": 0, "or": 0})
_add("APPROX", {w: 0 for w in APPROXIMATORS if w != "over"})
_add("SHORTLY", {"shortly": 0, "soon": 0, "moments": 0})
_add("MORE", {"more": 0, "less": 0, "fewer": 0})
_add("THAN", {"than": 0})
_add("VAGUE", {"several": 0, "few": 0, "many": 0})
_add("ERA", {"bc": "BC", "bce": "BC", "ad": "AD", "ce": "AD", "b.c.": "BC", "a.d.": "AD", "b.c.e.": "BC"})
_add(
    "ZONE",
    dict.fromkeys(("gmt", "utc", "est", "edt", "pst", "pdt", "bst", "cet", "cest", "eet", "eest", "msk", "ist"), 0),
)
_add("OCLOCK", {"o'clock": 0, "o’clock": 0, "hrs": 0})
_add("WEEKEND", {"weekend": "weekend"})

CLASSES = tuple(
    sorted(
        {word.cls for word in WORDS.values()}
        | {
            "MONTH", "MAYBEMONTH", "WDAY", "WDAYSHORT", "DAYNUM", "NUM2", "NUM3", "YEAR", "GLUED", "BIG", "ORDNUM", "DECADE",
            "CLOCK", "ISO", "NUMERIC", "HOLIDAY", "NINE11", "MERIDIEM", "HYPHEN", "COMMA", "OPEN", "CLOSE", "POSS",
            "SLASH", "APOS", "QTR", "STOP", "BREAK", "OTHER", "CAPITAL",
        }
    )
)  # fmt: skip
CLASS_CODES: dict[str, str] = {name: chr(0x100 + i) for i, name in enumerate(CLASSES)}
"""One character a class; the letters themselves mean nothing."""
