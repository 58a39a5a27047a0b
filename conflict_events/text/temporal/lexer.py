"""Cuts a text into tokens and gives each the class that the grammar of time expressions knows it by."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from conflict_events.text.temporal.lexicon import (
    AMBIGUOUS_MONTHS,
    CLASS_CODES,
    EASTER_HOLIDAYS,
    FIXED_HOLIDAYS,
    MONTH_NAMES,
    MONTH_SHORT,
    NTH_WEEKDAY_HOLIDAYS,
    WEEKDAY_NAMES,
    WEEKDAY_SHORT,
    WORDS,
    Word,
)

FIRST_YEAR, LAST_YEAR = 1000, 2199
"""Four digits without more context are a year only in this range."""


class Token(NamedTuple):
    """A piece of the text, its class and the value that the class gives it."""

    start: int
    end: int
    text: str
    cls: str
    value: int | str


def _holiday_pattern() -> str:
    names = sorted({*FIXED_HOLIDAYS, *EASTER_HOLIDAYS, *NTH_WEEKDAY_HOLIDAYS}, key=lambda n: -len(n))
    parts = [re.escape(n).replace("'", "['’]").replace(r"\ ", r"[ \t\n]") for n in names]
    return r"\b(?:" + "|".join(parts) + r")(?![\w-])"


_TOKEN = re.compile(
    rf"""
    (?P<holiday>{_holiday_pattern()})
  | (?P<iso>(?<![\d/.-])\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d/-]))
  | (?P<nine11>(?<![\d/])9/11(?![\d/]))
  | (?P<numeric>(?<![\d/.-])(?:\d{{1,2}}([/.-])\d{{1,2}}\5\d{{4}}|\d{{1,2}}([/-])\d{{1,2}}\6\d\d|\d{{4}}([/.])\d{{1,2}}\7\d{{1,2}})(?![\d/]|\.\d))
  | (?P<clock>(?<![\d:.])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])|(?<![\d:.])(?:0?\d|1[0-2])\.[0-5]\d(?=[ ]?[ap]\.?m\b))
  | (?P<decade>(?<![\w$£€])(?:1\d|20)\d0['’]?s\b|(?<![\w])['’]\d0s\b)
  | (?P<quarter>\b[qQ][1-4]\b)
  | (?P<ordnum>\b\d{{1,2}}(?:st|nd|rd|th)\b)
  | (?P<abbreviation>\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thurs?|thu|fri|sat)\.)
  | (?P<currency>[$£€¥₽₴][ ]?\d[\d,.]*)
  | (?P<number>\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)*)
  | (?P<meridiem>(?<=[\d ])[ap](?:\.[ ]?m\.|m\b))
  | (?P<era>\b(?:B\.C\.(?:E\.)?|A\.D\.))
  | (?P<word>[^\W\d_]+(?:['’]clock)?)
  | (?P<break>\n[ \t\r]*\n\s*)
  | (?P<other>[^\w\s]|_)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CHARS = {
    "-": "HYPHEN", "–": "HYPHEN", "—": "HYPHEN", "−": "HYPHEN", "~": "HYPHEN", ",": "COMMA", "(": "OPEN", "[": "OPEN",
    ")": "CLOSE", "]": "CLOSE", "/": "SLASH", "'": "APOS", "’": "APOS", ".": "STOP", ";": "STOP", ":": "STOP", "!": "STOP", "?": "STOP",
}  # fmt: skip
_GLUED = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])(?:19|20)[0-9]{2}")
_MONTHS = {name: i for i, name in enumerate(MONTH_NAMES, start=1)}
_WEEKDAYS = {name: i for i, name in enumerate(WEEKDAY_NAMES)}
_COMPOUNDS = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)", re.IGNORECASE)


def lex(text: str) -> tuple[list[Token], str]:
    """The tokens of `text` and, aligned with them, the string of their class characters.

    Whitespace gives no token, except that a blank line gives one of class BREAK.
    """
    tokens: list[Token] = []
    compound = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        word = match[0]
        cls, value = _classify(kind, word)
        tokens.append(Token(match.start(), match.end(), word, cls, value))
        if compound and cls in ("NUMWORD", "ORDWORD"):
            _join_compound(tokens)
        compound = (cls == "NUMWORD" and compound_start(word)) or (compound and cls == "HYPHEN")
    return tokens, "".join([CLASS_CODES[token.cls] for token in tokens])


def compound_start(word: str) -> bool:
    """Whether a number word can begin a compound such as "twenty-three"."""
    return len(word) in (5, 6, 7) and _COMPOUNDS.fullmatch(word) is not None


def _join_compound(tokens: list[Token]) -> None:
    """Make one token of "twenty - three" at the end of the list."""
    if len(tokens) < 3 or tokens[-2].cls != "HYPHEN" or tokens[-3].end != tokens[-2].start:
        return
    known = WORDS.get(f"{tokens[-3].text}-{tokens[-1].text}".casefold())
    if known is None:
        return
    first, last = tokens[-3], tokens[-1]
    tokens[-3:] = [Token(first.start, last.end, f"{first.text}-{last.text}", known.cls, known.value)]


def _word(text: str) -> Word:
    lower = text.casefold()
    known = WORDS.get(lower)
    if known is not None:
        return known
    month = _MONTHS.get(lower) or MONTH_SHORT.get(lower)
    if month is not None and (text[0].isupper() or lower not in AMBIGUOUS_MONTHS):
        return Word("MAYBEMONTH" if lower in AMBIGUOUS_MONTHS else "MONTH", month)
    if lower in _WEEKDAYS:
        return Word("WDAY", _WEEKDAYS[lower])
    if lower in WEEKDAY_SHORT and text[0].isupper():
        return Word("WDAYSHORT", WEEKDAY_SHORT[lower])
    if lower == "s":
        return Word("POSS")
    return Word("CAPITAL") if text[0].isupper() else Word("OTHER")


def _number(text: str) -> Word:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        return Word("GLUED", int(text)) if _GLUED.fullmatch(text) else Word("BIG")
    value = int(text)
    if len(text) == 4:
        return Word("YEAR", value) if FIRST_YEAR <= value <= LAST_YEAR else Word("NUM3", value)
    if len(text) == 3:
        return Word("NUM3", value)
    return Word("DAYNUM" if 1 <= value <= 31 else "NUM2", value)


def _decade(text: str) -> Word:
    digits = "".join(c for c in text if c.isdigit())
    value = int(digits)
    return Word("DECADE", value if len(digits) == 4 else (1900 + value if value >= 20 else 2000 + value))


@lru_cache(maxsize=32768)
def _classify(kind: str, text: str) -> Word:
    """The class of a piece of text; news repeats its words, so most come from the cache."""
    return _CLASSIFIERS[kind](text)


_CLASSIFIERS: dict[str, Callable[[str], Word]] = {
    "holiday": lambda text: Word("HOLIDAY", " ".join(text.replace("’", "'").casefold().split())),
    "iso": lambda text: Word("ISO", text),
    "nine11": lambda text: Word("NINE11", text),
    "numeric": lambda text: Word("NUMERIC", text),
    "clock": lambda text: Word("CLOCK", text.replace(".", ":")),
    "decade": _decade,
    "ordnum": lambda text: Word("ORDNUM", int(text[:-2])) if text.isascii() else Word("OTHER"),
    "quarter": lambda text: Word("QTR", int(text[1])),
    "currency": lambda text: Word("BIG"),
    "number": _number,
    "meridiem": lambda text: Word("MERIDIEM", text[0].casefold()),
    "era": lambda text: Word("ERA", "BC" if text[0] in "bB" else "AD"),
    "abbreviation": lambda text: _word(text[:-1]),
    "word": _word,
    "break": lambda text: Word("BREAK"),
    "other": lambda text: Word(_CHARS.get(text, "OTHER")),
}
