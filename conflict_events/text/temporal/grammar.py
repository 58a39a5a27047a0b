"""The grammar of time expressions: which stretches of a text are one, and what each states.

Rules are regular expressions over classes of words (see `lexicon`), so "the end of September 1940" and "the
beginning of May 1999" are one string to them. Each has a reader that turns a match into an `Expression` or turns
it down. At a place where several rules match, the longest that its reader accepts wins. Fixed durations alone
("for two days", "30 years") and repeated times ("every Friday") are no dates and are not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from conflict_events.text.temporal import readers_calendar, readers_relative
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.lexer import Token, lex
from conflict_events.text.temporal.lexicon import CLASS_CODES
from conflict_events.text.temporal.reading import Reading

MACROS = {
    "ANYMONTH": "(?P<month>MONTH | MAYBEMONTH)",
    "ANYWDAY": "(?P<wday>WDAY | WDAYSHORT)",
    "WDAYLEAD": "(?: ANYWDAY (?: (?P<part3> PART ) )? (?: COMMA )? )?",
    "WHICH": "(?P<which>(?: THIS | THAT | SAME | LAST | PREV | NEXT | COMING ){1,2})",
    # "of that year", "last year"
    "SOMEYEAR": "(?: OF )?(?P<yearwhich>(?: THE )?(?: THIS | THAT | SAME | LAST | PREV | NEXT | COMING ){0,2}) YEARU",
    # "early", "mid-", "late in", "the end of", "the first half of", "most of the rest of"
    "PRE": (
        "(?: (?P<early>EARLY) (?: HYPHEN | (?: IN | ON | OF ) (?: THE )? )?"
        " | (?P<edge> (?: MOST OF )? (?: THE )? (?: EARLY | ORDWORD | LATTER | FINAL | EARLIER | LAST )?"
        " (?: HALF | STRETCH | EDGE ) OF (?: THE )? ) )"
    ),
    "TIME": "(?P<clock> CLOCK (?: MERIDIEM | OCLOCK )? | DAYNUM MERIDIEM | DAYNUM OCLOCK ) (?: (?: OPEN )? ZONE (?: CLOSE )? )?",
    # what may stand before a day: "early on", "the night of", "10:30 p.m.,"
    "PREDAY": (
        "(?: (?: THE )? EARLY UNITS (?: OF | ON ) )?"
        "(?: (?: THE )? (?P<early>EARLY) (?: HYPHEN | (?: ON | IN ) (?: THE )? )? )?"
        " (?: (?: THE )? (?: EARLY (?: HYPHEN )? )? (?P<part>PART | POINT) (?: OF | ON | (?= WDAY | DAYREF ) ) )?"
        " (?: TIME (?: COMMA )? )?"
    ),
    "POSTDAY": (
        "(?: (?: EARLY (?: HYPHEN )? )? (?P<part2> PART | POINT ) | (?P<clock2> CLOCK (?: MERIDIEM )? | DAYNUM MERIDIEM ) (?: ZONE )? )?"
    ),
    "QUANTITY": "(?P<count> (?: ARTICLE )? DOZEN (?: OF )? | ARTICLE | NUMWORD | DAYNUM | NUM2 | NUM3 )",
    "ANYUNIT": "(?P<unit> UNITS | UNIT | DAY | YEARU | MONTHU | WEEKEND )",
    "PERIOD": "(?P<unit> UNIT | DAY | YEARU | MONTHU | WEEKEND )",
    "ABOUT": "(?: APPROX | OVER | MORE THAN ){0,2}",
    "ANYSEASON": "(?P<season> SEASON | FALL )",
}

RULES: dict[str, str] = {
    # 12 September (2022), Tuesday the 13th of September, the night of 5 May
    "day_month": "PREDAY WDAYLEAD (?: THE (?= ORDNUM | ORDWORD ) )?"
    " (?P<day> DAYNUM | ORDNUM | ORDWORD (?= OF ) ) (?: OF )? ANYMONTH (?: POSTDAY )",
    "day_month_year": "PREDAY WDAYLEAD (?: THE (?= ORDNUM | ORDWORD ) )?"
    " (?P<day> DAYNUM | ORDNUM | ORDWORD (?= OF ) ) (?: OF | HYPHEN | SLASH )? ANYMONTH"
    " (?: (?: COMMA | OF | HYPHEN | SLASH )? (?P<year> YEAR ) | SOMEYEAR ) POSTDAY",
    # September 12(, 2022), Thu Sep 5 10:30:00 UTC 2013
    "month_day": "PREDAY WDAYLEAD ANYMONTH (?: THE )? (?P<day> DAYNUM | ORDNUM | ORDWORD ) POSTDAY (?: (?<= MERIDIEM ) ZONE )?",
    "month_day_year": "PREDAY WDAYLEAD ANYMONTH (?: THE )? (?P<day> DAYNUM | ORDNUM | ORDWORD )"
    " (?: (?: COMMA )? (?P<year> YEAR ) | (?: COMMA )? SOMEYEAR ) POSTDAY",
    "month_glued": "ANYMONTH (?P<glued> GLUED )",
    "stamp": "ANYWDAY (?: COMMA )? ANYMONTH (?P<day> DAYNUM ) TIME (?: ZONE )? (?P<year> YEAR )",
    # the other end of a range or list whose month or year is said once: 12-14 July, May 6 and 7, 1995-96
    "left_day": "(?: THE (?= ORDNUM ) )? (?P<day> DAYNUM | ORDNUM )"
    " (?= (?: (?: HYPHEN | TO | AND | COMMA ) (?: THE )? (?: DAYNUM | ORDNUM ) ){0,4}?"
    " (?: HYPHEN | TO | AND | COMMA | BY ) (?: THE )? (?P<day2> DAYNUM | ORDNUM ) (?: OF )? ANYMONTH )",
    "day_told": "(?<= CUE ) THE (?P<day> ORDNUM )",
    "right_day": "(?<= SEPARATED_DAY ) (?P<day> DAYNUM | ORDNUM ) (?: (?: COMMA )? (?P<year> YEAR ) )?",
    "right_year": "(?<= YEAR HYPHEN ) (?P<year2> DAYNUM | NUM2 )",
    "month_year": "(?: PRE )? ANYMONTH (?: COMMA | OF )? (?: (?P<year> YEAR ) | SOMEYEAR )",
    "which_month": "(?: PRE )? (?: THE )? WHICH ANYMONTH (?: (?P<day> DAYNUM | ORDNUM ) )?",
    "month": "(?: PRE )? ANYMONTH",
    "year_month": "(?P<year> YEAR ) ANYMONTH",
    "year": "(?: PRE )? (?: (?: THE )? YEARU (?: OF )? )? (?P<year> YEAR )",
    "decade": "(?: (?: THE )? (?P<early> EARLY ) (?: HYPHEN | (?: IN | OF ) (?: THE )? )? | (?P<edge> (?: THE )?"
    " (?: EARLY | LATTER | ORDWORD )? (?: HALF | STRETCH | EDGE ) OF (?: THE )? ) | THE )? (?P<decade> DECADE | DECADEWORD )",
    "century": "(?: PRE )? (?: THE )? (?: EARLY (?: HYPHEN )? )? (?P<ordinal> ORDNUM | ORDWORD ) (?: HYPHEN )? (?P<unit> UNIT ) (?: (?P<era> ERA ) )?",
    "season_year": "(?: PRE )? (?: THE )? (?: EARLY (?: HYPHEN )? )? ANYSEASON (?: OF | IN | COMMA )? (?: (?P<year> YEAR ) | OF SOMEYEAR )"
    " (?: HYPHEN (?: DAYNUM | NUM2 | YEAR ) )?",
    "which_season": "(?: PRE )? (?: THE )? WHICH ANYSEASON",
    "season": "(?: PRE )? (?: THE )? (?: EARLY (?: HYPHEN )? )? ANYSEASON",
    "quarter": "(?: THE )? (?P<ordinal> ORDWORD | ORDNUM | FINAL | LAST ) (?P<unit> UNIT | HALF ) (?: OF )? (?: (?P<year> YEAR ) | (?: THE )? SOMEYEAR )",
    "short_quarter": "(?: (?P<quarter> QTR ) (?: COMMA | OF | HYPHEN )? (?P<year> YEAR ) | (?P<year2> YEAR ) (?: HYPHEN )? (?P<quarter2> QTR ) )",
    "bare_quarter": "THE (?P<ordinal> ORDWORD ) (?: HYPHEN )? (?P<unit> UNIT )",
    "part_of_month": "(?: THE )? (?P<ordinal> ORDWORD | ORDNUM | FINAL | LAST ) (?P<unit> UNIT | DAY | WEEKEND | WDAY ) (?: OF | IN ) ANYMONTH"
    " (?: (?: COMMA | OF )? (?P<year> YEAR ) )?",
    "part_of_year": "(?: THE )? (?P<ordinal> ORDWORD | ORDNUM | FINAL | LAST ) (?P<unit> UNIT | DAY | WEEKEND ) (?: OF | IN ) (?: THE YEARU )? (?P<year> YEAR )",
    "era": "(?: PRE )? (?: APPROX )? (?: ANYMONTH | (?: THE )? ANYSEASON OF )? (?: THE )? (?P<number> YEAR | NUM3 | NUM2 | DAYNUM | DECADE ) (?: POSS )? (?P<era> ERA )",
    "era_before": "(?P<era> ERA ) (?P<number> YEAR | NUM3 | NUM2 | DAYNUM )",
    "iso": "(?P<iso> ISO )",
    "numeric": "WDAYLEAD (?P<numeric> NUMERIC )",
    "nine11": "(?P<nine11> NINE11 )",
    "holiday": "(?: (?: THE )? WHICH )? (?P<holiday> HOLIDAY ) (?: PART )? (?: (?: COMMA | OF | IN )? (?P<year> YEAR ) )?",
    "weekday": "PREDAY (?: (?: THE )? WHICH )? ANYWDAY (?: COMMA )? POSTDAY",
    "weekday_day": "PREDAY ANYWDAY (?: COMMA )? (?: THE (?P<day> ORDNUM | ORDWORD ) | (?P<day2> ORDNUM ) ) POSTDAY",
    "weekday_week": "PREDAY ANYWDAY (?: POSTDAY ) (?: OF )? (?: THE )? WHICH (?P<unit> UNIT )",
    "dayref": "PREDAY (?P<ref> DAYREF ) POSTDAY",
    "dayref_shift": "THE DAY (?P<side> BEFORE | AFTER ) (?P<ref> DAYREF )",
    "tonight": "(?: EARLY | EARLIER )? (?P<ref> TONIGHT | OVERNIGHT )",
    "which_part": "(?: PRE | EARLIER )? (?: THE )? WHICH (?: EARLY )? (?P<part> PART )",
    "which_period": "(?: PRE | EARLIER (?: IN )? )? (?: THE )? WHICH PERIOD",
    "later_in_period": "(?P<early2> EARLIER | EARLY ) (?: IN )? THE PERIOD",
    "weekend": "(?: PRE )? THE (?P<unit> WEEKEND )",
    "end_of_period": "(?P<edge> (?: MOST OF )? (?: THE )? (?: EARLY | LATTER | ORDWORD | FINAL )? (?: HALF | STRETCH | EDGE ) OF ) (?: THE )? PERIOD",
    "period_end": "(?: THE )? (?P<unit> MONTHU | YEARU ) (?: APOS POSS | HYPHEN ) (?P<edge> EDGE )",
    "offset": "ABOUT QUANTITY (?: MORE )? ANYUNIT (?P<side> AGO | EARLIER | PREVIOUSLY | AFTERWARDS | BEFORE | AFTER | FROM NOW | PREV )",
    "offset_event": "ABOUT QUANTITY ANYUNIT (?P<side> AFTER | BEFORE | FROM )",
    "hours_later": "(?P<unit> UNITS ) (?P<side> EARLIER | AFTERWARDS )",
    "period_event": "THE (?: VERY )? PERIOD (?P<side> AFTER | BEFORE | NEXT )",
    "last_span": "(?: THE )? (?P<which> LAST | PREV | COMING | NEXT ) QUANTITY (?P<unit> UNITS )",
    "offset_ahead": "(?<= IN ) QUANTITY ANYUNIT",
    "second_next": "THE PERIOD (?: AFTER NEXT | BEFORE LAST )",
    "week_of": "(?: THE )? (?P<unit> UNIT ) (?: OF | OTHER | EDGE ) (?: ON )? (?: THE )?"
    " (?: ANYMONTH (?P<day> DAYNUM | ORDNUM ) | (?P<day2> DAYNUM | ORDNUM ) (?: OF )? (?P<month2> MONTH | MAYBEMONTH ) )"
    " (?: (?: COMMA )? (?P<year> YEAR ) )?",
    "clock": "TIME",
    "military_time": "(?P<clock> NUM3 | YEAR ) ZONE",
    "point": "(?: (?: (?: ARTICLE | APPROX | SHORTLY | QUANTITY ) (?: UNITS | UNIT )? | UNITS ) (?P<side> BEFORE | AFTER ) | APPROX )? (?P<part> POINT )",
    "part": "(?: (?: EARLY IN )? (?: THE | NUMWORD ) )? (?: EARLY (?: HYPHEN )? )? (?P<part> PART )",
}

CORES = (
    "MONTH MAYBEMONTH WDAY WDAYSHORT YEAR DECADE DECADEWORD SEASON FALL ISO NUMERIC NINE11 HOLIDAY DAYREF TONIGHT OVERNIGHT"
    " PART POINT UNIT UNITS DAY MONTHU YEARU WEEKEND ERA CLOCK MERIDIEM OCLOCK ORDNUM QTR"
).split()
"""Every expression holds a word of one of these classes."""


def _compile(pattern: str) -> re.Pattern[str]:
    """A rule as a regular expression over class characters; macros may use macros one level down."""
    for _ in range(2):
        pattern = re.sub(r"\b[A-Z]+\b", lambda m: MACROS.get(m[0], m[0]), pattern)
    days = f"[{CLASS_CODES['DAYNUM']}{CLASS_CODES['ORDNUM']}]"
    months = f"[{CLASS_CODES['MONTH']}{CLASS_CODES['MAYBEMONTH']}]"
    joints = "[" + "".join(CLASS_CODES[name] for name in ("HYPHEN", "TO", "AND", "COMMA")) + "]"
    cues = "[" + "".join(CLASS_CODES[name] for name in ("ON", "BY", "SINCE", "FROM", "TO")) + "]"
    pattern = pattern.replace("CUE", cues).replace("SEPARATED_DAY", f"{months}{days}{joints}")
    pattern = re.sub(r"\b[A-Z]+[A-Z0-9]*\b", lambda m: CLASS_CODES.get(m[0], m[0]), pattern)
    return re.compile(pattern.replace(" ", ""))


_READERS = {**vars(readers_calendar), **vars(readers_relative)}
_COMPILED = [(_compile(pattern), _READERS[f"read_{name}"]) for name, pattern in RULES.items()]
_CORE = "[" + "".join(CLASS_CODES[name] for name in CORES) + "]"
_NOT_INSIDE = "".join(CLASS_CODES[name] for name in ("OTHER", "CAPITAL", "BREAK", "STOP", "BIG", "CLOSE"))
# A core within eight tokens with nothing between that no rule has inside: only there are the rules tried.
_START = re.compile(
    f"(?:(?=[{CLASS_CODES['DAYNUM']}{CLASS_CODES['NUM2']}{CLASS_CODES['ORDNUM']}])|[^{_NOT_INSIDE}]{{0,8}}?{_CORE})"
)


def find_expressions(text: str, *, numeric_order: str = "DMY") -> list[Expression]:
    """The time expressions of `text`, in order, none overlapping another, taken apart but not resolved.

    `numeric_order` ("DMY" or "MDY") settles which number of 03/04/2012 is the month.

    >>> [text[e.start:e.end] for text in ["It began late on Monday."] for e in find_expressions(text)]
    ['late on Monday']
    """
    tokens, classes = lex(text)
    found: list[Expression] = []
    at = 0
    while at < len(tokens):
        match = _START.match(classes, at)
        if match is None:
            at += 1
            continue
        best, stop = _longest(text, tokens, classes, at, numeric_order)
        if best is not None:
            found.append(best)
        at = stop
    return found


def _longest(
    text: str, tokens: Sequence[Token], classes: str, at: int, numeric_order: str
) -> tuple[Expression | None, int]:
    matches = []
    for order, (pattern, reader) in enumerate(_COMPILED):
        match = pattern.match(classes, at)
        if match is not None and match.end() > at:
            matches.append((-match.end(), order, match, reader))
    for end, _, match, reader in sorted(matches, key=lambda m: m[:2]):
        expression = reader(Reading(text, tokens, match, numeric_order))
        if expression is not None:
            return expression, -end
    return None, at + 1
