"""Mark numbers and dates by rule, the same way over every NER source: no source says all of them."""

import re
from collections.abc import Sequence

Span = tuple[int, int, str]

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_LARGE = "hundred thousand million billion trillion dozen"
_CROWDS = "dozens hundreds thousands millions billions scores"
CARDINAL_WORDS = frozenset(f"{_SMALL} {_TENS} {_LARGE}".split()) - {"dozen"}
SCALES = frozenset(_LARGE.split())
CROWDS = frozenset(_CROWDS.split())
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split()
)
MONTHS = frozenset(
    "January February March April May June July August September October November December "
    "Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. Nov. Dec. Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec".split()
)
WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
DAY_UNITS = frozenset("day days week weeks month months year years decade decades century centuries weekend".split())
HOUR_UNITS = frozenset("hour hours minute minutes second seconds".split())
DAY_PARTS = frozenset("morning afternoon evening night midnight noon".split())
TIME_MARKS = HOUR_UNITS | DAY_PARTS | {"a.m.", "p.m.", "am", "pm", "GMT", "UTC", "tonight", "o'clock"}
_RELATIVE = frozenset("last next this past previous coming following".split())
_MEASURES = frozenset(
    "kilometers kilometer kilometres kilometre km miles mile meters meter metres metre feet foot inches acres "
    "hectares tons ton tonnes kilograms kilogram kg grams pounds liters litres barrels gallons degrees".split()
)
_MONEY = frozenset("dollar dollars euro euros cents pounds yen rupees rubles yuan".split())
_SYMBOLS = frozenset("$ US$ C$ A$ £ € ¥".split())
_APPROX = (
    ("at", "least"),
    ("at", "most"),
    ("more", "than"),
    ("less", "than"),
    ("fewer", "than"),
    ("up", "to"),
    ("as", "many", "as"),
    ("about",),
    ("nearly",),
    ("almost",),
    ("around",),
    ("over",),
    ("some",),
    ("roughly",),
    ("approximately",),
)
_YEAR_BEFORE = frozenset("in since of by from until before after during early late mid between to ( and".split())

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?\Z")
_HYPHENATED = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-[a-z]+\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_DECADE = re.compile(r"(?:(?:1[5-9]|20)\d0s|'?\d0s)\Z")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\Z")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_DAY = re.compile(r"(?:[0-3]?\d)(?:st|nd|rd|th)?\Z")


def is_number(word: str) -> bool:
    """Say whether a word is a cardinal, in digits or letters ("forty-nine", "1,200")."""
    low = word.lower()
    return bool(_DIGITS.match(low)) or low in CARDINAL_WORDS or bool(_HYPHENATED.match(low)) or low == "dozen"


def date_spans(words: Sequence[str]) -> list[Span]:
    """Return DATE and TIME spans found by rule."""
    spans, i = [], 0
    while i < len(words):
        stop = _date_at(words, i)
        if stop > i:
            label = "TIME" if any(w in TIME_MARKS or _CLOCK.match(w) for w in words[i:stop]) else "DATE"
            spans.append((i, stop, label))
            i = stop
        else:
            i += 1
    return spans


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _date_at(words: Sequence[str], i: int) -> int:
    word, low, after = words[i], words[i].lower(), _at(words, i + 1)
    if word in WEEKDAYS or low in {"yesterday", "today", "tomorrow", "tonight"}:
        return _weekday_end(words, i)
    if word in MONTHS and (
        word not in {"May", "March"}
        or _DAY.match(after)
        or _YEAR.match(after)
        or _at(words, i - 1).lower() in {"in", "since", "last", "next", "of", "late", "early", "until", "by"}
    ):
        return _month_end(words, i)
    if _DAY.match(word) and after in MONTHS:
        return _month_end(words, i + 1)
    if _DECADE.match(word):
        return i + 1
    if _YEAR.match(word) and (_at(words, i - 1).lower() in _YEAR_BEFORE or not i):
        return i + 1
    if low in _RELATIVE:
        j = i + 1
        while is_number(_at(words, j)) or _at(words, j).lower() in {"few", "several"}:
            j += 1
        unit = _at(words, j)
        if unit.lower() in DAY_UNITS | HOUR_UNITS | {"summer", "winter", "spring", "fall"} or unit in DAY_PARTS - {
            "noon"
        }:
            return j + 1
        if unit in WEEKDAYS:
            return _weekday_end(words, j)
        if unit in MONTHS:
            return _month_end(words, j)
        return i
    if is_number(word) or low in {"several", "few", "a", "an"}:
        return _span_of_time_end(words, i)
    return i


def _weekday_end(words: Sequence[str], i: int) -> int:
    j = i + 1
    if _at(words, j).lower() in DAY_PARTS:
        return j + 1
    if _at(words, j) == "," and _at(words, j + 1) in MONTHS and _DAY.match(_at(words, j + 2)):
        return _month_end(words, j + 1)
    if _at(words, j) in MONTHS and _DAY.match(_at(words, j + 1)):
        return _month_end(words, j)
    if _DAY.match(_at(words, j)) and _at(words, j + 1) in MONTHS:
        return _month_end(words, j + 1)
    return j


def _month_end(words: Sequence[str], i: int) -> int:
    j = i + 1
    if _DAY.match(_at(words, j)):
        j += 1
    if _YEAR.match(_at(words, j)):
        return j + 1
    if _at(words, j) in {",", "of"} and _YEAR.match(_at(words, j + 1)):
        return j + 2
    return j


def _span_of_time_end(words: Sequence[str], i: int) -> int:
    j = i
    while is_number(_at(words, j)) or _at(words, j).lower() in {"few", "several", "half", "a", "an"} | SCALES:
        j += 1
    follow = _at(words, j).lower()
    if _at(words, j) in {"a.m.", "p.m.", "GMT", "UTC", "am", "pm"}:
        return j + 1
    if follow in DAY_UNITS | HOUR_UNITS and j > i:
        tail = _at(words, j + 1).lower()
        if words[i].lower() in {"a", "an"} and tail not in {"ago", "earlier", "later", "before"}:
            return i
        return j + 2 if tail in {"ago", "earlier", "later", "old"} else j + 1
    return j if j == i + 1 and _CLOCK.match(words[i]) else i


def number_spans(words: Sequence[str], taken: Sequence[bool]) -> list[Span]:
    """Return CARDINAL, ORDINAL, MONEY, PERCENT and QUANTITY spans among the words that are not `taken`."""
    spans, i = [], 0
    while i < len(words):
        if taken[i]:
            i += 1
            continue
        low = words[i].lower()
        if (low in ORDINALS and low != "second") or _ORDINAL.match(low):
            spans.append((i, i + 1, "ORDINAL"))
            i += 1
        elif words[i] in _SYMBOLS and is_number(_at(words, i + 1)):
            stop = _number_end(words, i + 1, taken)
            spans.append((i, stop, "MONEY"))
            i = stop
        elif is_number(words[i]) or low in CROWDS:
            stop = _number_end(words, i, taken)
            spans.append(_measure(words, _approximate_start(words, i, taken), i, stop))
            i = spans[-1][1]
        else:
            i += 1
    return spans


def _number_end(words: Sequence[str], i: int, taken: Sequence[bool]) -> int:
    j = i + 1
    while j < len(words) and not taken[j]:
        low = words[j].lower()
        joined = (
            low in {"-", "to", "and", "or"}
            and is_number(_at(words, j + 1))
            and words[j - 1].isdigit()
            and low in {"-", "to"}
        )
        if not ((is_number(low) and not _DIGITS.match(low)) or low in SCALES or joined):
            break
        j += 2 if joined else 1
    return j


def _approximate_start(words: Sequence[str], i: int, taken: Sequence[bool]) -> int:
    for phrase in _APPROX:
        start = i - len(phrase)
        if start >= 0 and not any(taken[start:i]) and tuple(w.lower() for w in words[start:i]) == phrase:
            return start
    return i


def _measure(words: Sequence[str], start: int, first: int, stop: int) -> Span:
    follow = _at(words, stop).lower()
    if follow in {"%", "percent"}:
        return start, stop + 1, "PERCENT"
    if follow in _MONEY:
        return start, stop + 1, "MONEY"
    if follow in _MEASURES:
        return start, stop + 1, "QUANTITY"
    return start, stop, "CARDINAL"
