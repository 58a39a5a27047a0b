"""What a number measures when it counts no people: money, an age, a date, a distance, a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from conflict_events.text.number_words import HYPHENS
from conflict_events.text.numerals import FoundQuantity
from conflict_events.text.quantity_words import ORDINAL_DIGITS

Measure = Literal[
    "money", "percent", "age", "date", "time", "distance", "size", "troops", "weapons", "rank", "score", "compound"
]

MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)
MONEY = frozenset(
    "dollars dollar euros euro pounds rupees rubles roubles drams manat lira yuan yen francs shekels cents usd".split()
)
CURRENCY = frozenset("$ € £ ¥ us$ eur usd gbp rs".split())
DISTANCE = frozenset(
    "kilometers kilometres kilometer kilometre km kms miles mile meters metres meter metre m feet foot yards yard "
    "centimeters centimetres inches inch nautical".split()
)
SIZE = frozenset(
    "hectares acres tons tonnes ton kilograms kilos kg kilogram grams liters litres barrels pounds kilowatts megawatts degrees square".split()
)
TIME = frozenset(
    "years year months month weeks week days day hours hour minutes minute seconds decades decade centuries century "
    "o'clock am pm a.m. p.m. times nights night weekend weekends gmt utc local".split()
)
WEAPONS = frozenset(
    "rockets rocket missiles missile shells tanks tank vehicles vehicle aircraft planes helicopters drones guns rifles "
    "bombs bomb mortars grenades warheads bullets rounds mines boats ships trucks cars buses houses homes buildings "
    "villages towns cities countries nations sites positions attacks strikes airstrikes explosions blasts raids sorties "
    "operations incidents districts provinces shops weapons pieces points seats votes tents percent".split()
)


def measure_of(words: Sequence[str], found: FoundQuantity) -> Measure | None:
    """What a quantity measures if it counts no people: money, an age, a date, a distance …; None if it may.

    >>> from conflict_events.text.numerals import find
    >>> words = "about 40 kilometers from the capital".split()
    >>> measure_of(words, find(words)[0])
    'distance'
    """
    before = words[found.core - 1] if found.core else ""
    first = words[found.start - 1] if found.start else ""
    after = words[found.end] if found.end < len(words) else ""
    second = words[found.end + 1] if found.end + 1 < len(words) else ""
    if before in CURRENCY or first in CURRENCY or after in MONEY or after in CURRENCY:
        return "money"
    if after in ("%", "percent", "pct", "percentage") or (after == "per" and second in ("cent", "thousand", "million")):
        return "percent"
    if found.form in ("article", "another", "none", "vague") and not (after in TIME or after in DISTANCE):
        return None
    if after in HYPHENS and second[:1].isalpha():
        return (
            "age"
            if second in ("year", "month")
            else "time"
            if second in TIME
            else "troops"
            if second == "strong"
            else "compound"
        )
    if "-" in after and after.startswith("-"):
        return "compound"
    if after in ("years", "year", "months") and second in ("old", "of"):
        return "age" if second == "old" or words[found.end + 2 : found.end + 3] == ["age"] else "time"
    if before in ("aged", "age") or first in ("aged", "age"):
        return "age"
    if after in DISTANCE:
        return "distance"
    if after in TIME:
        return "time"
    if after in SIZE:
        return "size"
    if after in WEAPONS:
        return "weapons"
    word = words[found.core] if found.core < len(words) else ""
    if _is_date(word, before, after, second, found):
        return "date"
    if before in (
        "number",
        "no.",
        "resolution",
        "article",
        "chapter",
        "page",
        "phase",
        "channel",
        "route",
        "highway",
        "#",
        "no",
        "group",
    ):
        return "rank"
    if before in HYPHENS and found.form == "number" and found.core >= 2 and words[found.core - 2].isalpha():
        return "compound"
    pair = found.core >= 2 and words[found.core - 2][:1].isdigit()
    if before in HYPHENS and pair and word[:1].isdigit():
        return "score"
    if (before in ("/", ":") and pair) or (after in ("/", ":") and second[:1].isdigit()):
        return "score"
    return None


def _is_date(word: str, before: str, after: str, second: str, found: FoundQuantity) -> bool:
    if found.form not in ("number", "ordinal"):
        return False
    value = found.quantity.value or 0
    digits = word.isdigit() or bool(ORDINAL_DIGITS.fullmatch(word))
    if before in MONTHS and (before not in ("may", "march") or digits) and value < 2100 and digits:
        return True
    if digits and value <= 31 and (after in MONTHS or (after == "of" and second in MONTHS)):
        return True
    if found.core == found.start and word.isdigit() and len(word) == 4 and 1000 <= value < 2100:
        if before in (
            "in",
            "since",
            "until",
            "of",
            "by",
            "from",
            "the",
            "during",
            "before",
            "after",
            "late",
            "early",
            ",",
            "mid",
            "to",
        ):
            return not (before in ("of", "the", "by", "after") and value < 1900)
        return 1900 <= value < 2100
    return False
