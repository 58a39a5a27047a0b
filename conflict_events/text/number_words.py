"""Numbers as digits or words: what value a row of words states, without the qualifiers around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {w: 10 * (n + 2) for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
TENS["fourty"] = 40
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
GROUPS = {"dozen": 12, "score": 20}
HYPHENS = frozenset("-‐‑–")
DIGITS = re.compile(r"(?:\d{1,3}(?:[,'’]\d{2,3})*[,'’\u00a0\u202f]\d{3}|\d+)(?:\.\d+)?\+?")
ABBREVIATED = re.compile(r"(\d+(?:\.\d+)?)(k|mn|bn|mln)")


def plain_number(words: Sequence[str], i: int) -> tuple[Fraction, int] | None:
    """A stated number without qualifier: its value and the word after it; None where no number starts."""
    if i >= len(words):
        return None
    word, end = words[i], i + 1
    short = ABBREVIATED.fullmatch(word)
    if short:
        return Fraction(short.group(1)) * ({"k": 1000} | SCALES)[short.group(2)], end
    if word[0].isdigit():
        if not DIGITS.fullmatch(word) or (not word.isascii() and "\u2019" not in word):
            return _hyphenated(word, end)
        value = Fraction(re.sub(r"[^\d.]", "", word)) if len(word) < 40 else None
        if value is None:
            return None
        # "200 000": a blank as the thousands separator can only be told before a group of zeros
        while end < len(words) and words[end] == "000" and value.denominator == 1 and value < 1000:
            value, end = value * 1000, end + 1
        return _scales(words, value, end)
    return _spelt(words, i)


def _scales(words: Sequence[str], value: Fraction, end: int) -> tuple[Fraction, int]:
    while end < len(words):
        k = end + 1 if words[end] in HYPHENS and end + 1 < len(words) else end
        scale = SCALES.get(words[k]) or GROUPS.get(words[k]) or (12 if words[k] == "dozens" else None)
        if scale is None:
            break
        value, end = value * scale, k + 1
    return value, end


def _hyphenated(word: str, end: int) -> tuple[Fraction, int] | None:
    """A number written as one word: "twenty-two", "four-thousand"."""
    parts = re.split(r"[-‐‑]", word)
    if not 2 <= len(parts) <= 6 or not all(parts):
        return None
    value = plain_number(parts, 0)
    return (value[0], end) if value is not None and value[1] == len(parts) else None


def _spelt(words: Sequence[str], i: int) -> tuple[Fraction, int] | None:
    n, start = len(words), i
    first = words[i]
    if "-" in first[1:]:
        whole = _hyphenated(first, i + 1)
        return _scales(words, *whole) if whole is not None else None
    if first in ("a", "an", "half", "quarter", "three"):
        fraction = _part_of_scale(words, i)
        if fraction is not None:
            return fraction
    if first == "a":
        if i + 1 >= n or not (words[i + 1] in SCALES or words[i + 1] in GROUPS):
            return None
    elif first not in UNITS and first not in TENS and first not in SCALES and first not in GROUPS:
        return None
    total = current = Fraction(0)
    seen, last = False, 10**15
    while i < n:
        word = words[i]
        if word in UNITS and (not seen or (last > 9 and UNITS[word] < last)):
            current, last = current + UNITS[word], 1 if UNITS[word] >= 10 else 0
            if current % 100 >= 20 and UNITS[word] >= 10 and last == 1 and (current - UNITS[word]) % 100:
                return None
        elif word in TENS and last > 99:
            current, last = current + TENS[word], 10
        elif word == "a" and not seen:
            current, last = Fraction(1), 0
        elif word == "hundred" and 0 < (current or Fraction(1)) < 100:
            current, last = (current or Fraction(1)) * 100, 100
        elif word in SCALES and word != "hundred":
            scale = SCALES[word]
            if total and scale >= _magnitude(total):
                break
            total, current, last = total + (current or Fraction(1)) * scale, Fraction(0), scale
        elif word in GROUPS and (seen or word == "dozen"):
            current, last, i, seen = (current or Fraction(1)) * GROUPS[word], 0, i + 1, True
            break
        elif word == "dozens" and seen:
            current, i = (current or Fraction(1)) * 12, i + 1
            break
        elif (word in HYPHENS and seen and i + 1 < n and _continues(words[i + 1], last)) or (
            word == "and" and seen and last >= 100 and i + 1 < n and (words[i + 1] in UNITS or words[i + 1] in TENS)
        ):
            pass
        elif word == "and" and words[i + 1 : i + 3] == ["a", "half"] and seen:
            return _and_a_half(words, total + current, i + 3, last)
        elif word in HYPHENS and words[i + 1 : i + 2] == ["and"] and seen:
            pass
        else:
            break
        seen, i = True, i + 1
    if not seen or i == start:
        return None
    while words[i - 1] in HYPHENS or words[i - 1] == "and":
        i -= 1
    return total + current, i


def _continues(word: str, last: int) -> bool:
    return (word in UNITS and last > 9) or word in SCALES or word in GROUPS or (word in TENS and last > 99)


def _magnitude(total: Fraction) -> int:
    """The scale of the last group of ``total``: 1000 for 5,000."""
    scale = 1
    while total and total % (scale * 1000) == 0:
        scale *= 1000
    return scale


def _and_a_half(words: Sequence[str], value: Fraction, end: int, last: int) -> tuple[Fraction, int]:
    """ "one and a half million", "a million and a half"."""
    if end < len(words) and (words[end] in SCALES or words[end] in GROUPS):
        return _scales(words, value + Fraction(1, 2), end)
    return value + Fraction(max(last, 1), 2), end


def _part_of_scale(words: Sequence[str], i: int) -> tuple[Fraction, int] | None:
    """ "half a million", "half-a-dozen", "a quarter of a million", "a half dozen"."""
    row = [(k, w) for k, w in enumerate(words[i : i + 8], i) if w not in HYPHENS]
    names = [w for _, w in row]
    for length, part in ((1, names[:1]), (2, names[:2])):
        share = {
            ("half",): Fraction(1, 2),
            ("quarter",): Fraction(1, 4),
            ("a", "half"): Fraction(1, 2),
            ("a", "quarter"): Fraction(1, 4),
            ("three", "quarters"): Fraction(3, 4),
        }.get(tuple(part))
        if share is None:
            continue
        k = length
        while names[k : k + 1] in (["of"], ["a"]) and k < length + 2:
            k += 1
        if k < len(names) and (names[k] in SCALES or names[k] in GROUPS):
            return share * (SCALES.get(names[k]) or GROUPS[names[k]]), row[k][0] + 1
    return None
