"""How many: quantity expressions of news English as integers with the bounds that the words imply.

Works on lower-case words, so that a tokenizer of any kind can stand before it. A hyphen may be a word of its
own ("twenty", "-", "two") or part of one ("twenty-two").

>>> find_in("At least two dozen people and a third soldier died")[0].quantity
Quantity(value=24, low=24, high=None, qualifier='at_least')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from conflict_events.text.number_words import GROUPS, HYPHENS, SCALES, plain_number
from conflict_events.text.quantity_words import (
    AFTER,
    AMOUNT_ADJECTIVES,
    AMOUNTS,
    COLLECTIVES,
    DASHES,
    FAMILIES,
    FEW,
    LONGEST_QUALIFIER,
    NOBODY,
    ORDINAL_DIGITS,
    ORDINALS,
    PLURAL_UNIT,
    PLURALS,
    QUALIFIER_STARTS,
    QUALIFIERS,
    SHARES,
    STARTS,
    STRONG,
    UNKNOWN_AMOUNTS,
)

Form = Literal["number", "range", "vague", "article", "ordinal", "none", "another", "share"]


class Quantity(NamedTuple):
    """A number of people or things: stated value and inclusive bounds, null where the words leave them open."""

    value: int | None
    low: int | None
    high: int | None
    qualifier: str


class FoundQuantity(NamedTuple):
    """A quantity over the words ``start`` to ``end`` (exclusive); ``core`` is where its number starts."""

    start: int
    end: int
    core: int
    quantity: Quantity
    form: Form


class TextQuantity(NamedTuple):
    """A quantity over characters of a text."""

    start: int
    end: int
    quantity: Quantity
    form: Form


def qualified(value: int, qualifier: str) -> Quantity:
    """The bounds of ``value`` under a qualifier.

    >>> qualified(30, "more_than")
    Quantity(value=30, low=31, high=None, qualifier='more_than')
    """
    low, high = {
        "exact": (value, value),
        "at_least": (value, None),
        "more_than": (value + 1, None),
        "about": (None, None),
        "nearly": (None, value),
        "at_most": (None, value),
        "fewer_than": (None, max(0, value - 1)),
    }[qualifier]
    return Quantity(value, low, high, qualifier)


def at(words: Sequence[str], start: int) -> FoundQuantity | None:
    """The longest quantity expression that starts at the word ``start``; None where none does."""
    if words[start] == "another" and plain_number(words, start + 1) is not None:
        core = _core(words, start + 1)
        return _finish(words, core.start, core, None) if core is not None else None
    i, qualifier = _qualifier(words, start)
    if i > start and words[i : i + 1] == ["a"] and words[i + 1 : i + 2] and words[i + 1][:1].isdigit():
        i += 1
    if i > start:
        again, second = _qualifier(words, i)
        core = _core(words, again) if again > i else None
        if core is not None and core.form in ("number", "range", "vague"):
            if second in STRONG:
                # "sent over at least 40": the first word belongs to what stands before
                return _finish(words, start if qualifier in ("exact", "about") else i, core, second)
            return _finish(words, start, core, second if qualifier in ("exact", "about") else qualifier)
        core = _core(words, i)
        if core is not None and core.form in ("number", "range", "vague", "share") and core.core != core.end:
            return _finish(words, start, core, qualifier)
    core = _core(words, start)
    return _finish(words, start, core, None) if core is not None else None


def find(words: Sequence[str]) -> list[FoundQuantity]:
    """All quantity expressions of a row of lower-case words, left to right, none overlapping.

    Articles count ("a" soldier is one soldier); whether people are counted is for the reader of the sentence.
    """
    found, i = [], 0
    while i < len(words):
        quantity = at(words, i) if words[i][:1].isdigit() or words[i] in STARTS else None
        if quantity is None:
            i += 1
        else:
            found.append(quantity)
            i = max(quantity.end, i + 1)
    return found


WORD = re.compile(r"\d+(?:[.,'’]\d+)*\+?(?:st|nd|rd|th|k|mn|bn|mln)?\b|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]")


def find_in(text: str) -> list[TextQuantity]:
    """All quantity expressions of a plain text with their characters."""
    tokens = [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(text)]
    return [
        TextQuantity(tokens[q.start][1], tokens[q.end - 1][2], q.quantity, q.form) for q in find([t[0] for t in tokens])
    ]


def _qualifier(words: Sequence[str], i: int) -> tuple[int, str | None]:
    first = words[i] if i < len(words) else ""
    for length in range(min(LONGEST_QUALIFIER, len(words) - i - 1), 0, -1):
        if first not in QUALIFIER_STARTS:
            break
        name = QUALIFIERS.get(tuple(words[i : i + length]))
        if name is not None:
            return i + length, name
    return i, None


def _finish(words: Sequence[str], start: int, core: FoundQuantity, qualifier: str | None) -> FoundQuantity:
    end, quantity = core.end, core.quantity
    for after, name in AFTER.items():
        if qualifier is None and core.form == "number" and tuple(words[end : end + len(after)]) == after:
            nothing_counted = after != ("and", "more") or end + 2 >= len(words) or not words[end + 2][:1].isalnum()
            if nothing_counted:
                end, qualifier = end + len(after), name
                break
    if qualifier is not None and quantity.value is not None and core.form in ("number", "share"):
        quantity = qualified(quantity.value, qualifier)
    elif qualifier is None and words[end - 1].endswith("+") and quantity.value is not None:
        quantity = qualified(quantity.value, "at_least")
    if core.form == "vague" and words[end : end + 1] == ["of"]:
        end += 1
    return FoundQuantity(start, end, core.core, quantity, core.form)


def _core(words: Sequence[str], i: int) -> FoundQuantity | None:
    if i >= len(words):
        return None
    for read in (_range, _share, _none, _vague, _number, _single):
        found = read(words, i)
        if found is not None:
            return found
    return None


def _exact(value: int) -> Quantity:
    return Quantity(value, value, value, "exact")


def _vague(words: Sequence[str], i: int) -> FoundQuantity | None:
    word, n = words[i], len(words)

    def vague(end: int, low: int) -> FoundQuantity:
        return FoundQuantity(i, end, i, Quantity(None, low, None, "vague"), "vague")

    if word in PLURAL_UNIT:
        end, low = i + 1, PLURALS.get(word)
        while end + 1 < n and words[end] in ("of", "and", "upon") and words[end + 1] in PLURALS:
            scale = PLURAL_UNIT[words[end + 1]]
            low = 2 * PLURAL_UNIT[word] * scale if words[end] == "of" else PLURALS[word]
            end += 2
            break
        if low is None and word == "tens" and words[end : end + 1] == ["of"]:
            low = 20
        return vague(end, low) if low is not None else None
    j = i + 1 if word in ("a", "the", "an", "another", "any") else i
    if j < n and words[j] in AMOUNT_ADJECTIVES and j + 1 < n:
        k = j + 1
        if words[k] == "but" and k + 2 < n:
            k += 2
    else:
        k = j
    if (
        k < n
        and words[k] in AMOUNTS
        and words[k] != "many"
        and words[k + 1 : k + 2] == ["of"]
        and (k > i or words[k][-1] == "s")
    ):
        unknown = any(w in UNKNOWN_AMOUNTS for w in words[j:k])
        return None if word == "the" and k == j else vague(k + 1, 2 if unknown else AMOUNTS[words[k]])
    if word == "a" and words[i + 1 : i + 2] in (["few"], ["great"], ["good"]):
        few = words[i + 1] == "few" or words[i + 2 : i + 3] == ["many"]
        return _scaled(words, i, i + (2 if words[i + 1] == "few" else 3), 3) if few else None
    if word in ("almost", "nearly", "virtually", "practically") and words[i + 1 : i + 2] == ["all"]:
        return vague(i + 2, 2)
    if word == "all" and words[i + 1 : i + 2] == ["of"]:
        return vague(i + 1, 2)
    if word in FEW and word != "few":
        following = words[i + 1] if i + 1 < n else ""
        if word in ("some", "most") and following != "of" and (following[:1].isdigit() or following in STARTS):
            return None
        return _scaled(words, i, i + 1, FEW[word])
    return None


def _scaled(words: Sequence[str], start: int, end: int, low: int) -> FoundQuantity:
    """A vague word with what multiplies it: "several dozen", "many thousands"."""
    if end < len(words):
        scale = SCALES.get(words[end]) or GROUPS.get(words[end])
        if scale:
            low, end = low * scale, end + 1
        elif words[end] in PLURALS:
            low, end = PLURALS[words[end]], end + 1
    return FoundQuantity(start, end, start, Quantity(None, low, None, "vague"), "vague")


def _none(words: Sequence[str], i: int) -> FoundQuantity | None:
    if words[i] in NOBODY:
        return FoundQuantity(i, i + 1, i, _exact(0), "none")
    if words[i] == "no":
        if words[i + 1 : i + 2] == ["one"] and words[i + 2 : i + 3] != ["of"]:
            return FoundQuantity(i, i + 2, i, _exact(0), "none")
        if words[i + 1 : i + 2] in (["-"], ["longer"], ["doubt"]):
            return None
        return FoundQuantity(i, i + 1, i, _exact(0), "none")
    if words[i] == "not" and words[i + 1 : i + 2] in (["a"], ["one"]) and words[i + 2 : i + 3] == ["single"]:
        return FoundQuantity(i, i + 3, i, _exact(0), "none")
    if words[i] == "neither":
        return FoundQuantity(i, i + 1, i, _exact(0), "none")
    return None


def _range(words: Sequence[str], i: int) -> FoundQuantity | None:
    if words[i - 1 : i] == ["from"]:
        # "fell from 70 to 55" tells of two numbers
        return None
    start, i = i, i + 1 if words[i] == "between" else i
    first = plain_number(words, i)
    if first is None or first[1] >= len(words):
        return None
    joint = words[first[1]]
    if joint not in ("to", "or", "and", "through") and joint not in DASHES:
        return None
    if joint == "and" and words[start] != "between":
        return None
    second = plain_number(words, first[1] + 1)
    if second is None:
        return None
    low, high = first[0], second[0]
    scale = SCALES.get(words[second[1] - 1])
    if scale and low < high / scale and words[first[1] - 1] not in SCALES:
        low *= scale
    # an attributive number after the joint ("two to three-day") or a falling pair ("3-0") is no range
    whole = low.denominator == high.denominator == 1
    if (
        not whole
        or low >= high
        or high > 20 * max(low, Fraction(1))
        or (joint == "or" and high - low > max(Fraction(2), low / 2))
    ):
        return None
    quantity = Quantity(None, int(low), int(high), "range")
    return FoundQuantity(start, second[1], i, quantity, "range")


def _share(words: Sequence[str], i: int) -> FoundQuantity | None:
    """ "half of the 40", "two thirds of the 60": the part as a number, where it comes out whole."""
    j, count = i, Fraction(1)
    plain = plain_number(words, i) if words[i] not in ("a", "half") else None
    if plain is not None:
        j, count = plain[1], plain[0]
        if words[j : j + 1] and words[j] in HYPHENS:
            j += 1
    elif words[i] == "a":
        j += 1
    if j >= len(words) or words[j] not in SHARES or (plain is None and words[i] not in ("a", "half")):
        return None
    part, k = count * SHARES[words[j]], j + 1
    if words[k : k + 1] == ["of"]:
        k += 1
    elif words[j] != "half":
        return None
    if words[k : k + 1] and words[k] in ("the", "its", "their", "his", "these", "those"):
        k += 1
    elif words[k - 1] != "of":
        return None
    whole = plain_number(words, k)
    if whole is None or (part * whole[0]).denominator != 1 or part >= 1:
        return None
    return FoundQuantity(i, whole[1], i, _exact(int(part * whole[0])), "share")


def _number(words: Sequence[str], i: int) -> FoundQuantity | None:
    if words[i] in ("both",):
        return FoundQuantity(i, i + 1, i, _exact(2), "number")
    j = i + 1 if words[i] in ("a", "an") else i
    if j < len(words) and (j > i or words[i] == "family") and words[j] in FAMILIES and words[j + 1 : j + 2] == ["of"]:
        plain = plain_number(words, j + 2)
        if plain is not None and plain[0].denominator == 1:
            return FoundQuantity(j + 2, plain[1], j + 2, _exact(int(plain[0])), "number")
    if words[i] == "a" and words[i + 1 : i + 2] and words[i + 1] in COLLECTIVES:
        end = i + 3 if words[i + 2 : i + 3] == ["of"] else i + 2
        return FoundQuantity(i, end, i, _exact(COLLECTIVES[words[i + 1]]), "number")
    plain = plain_number(words, i)
    if plain is None or plain[0].denominator != 1:
        return None
    return FoundQuantity(i, plain[1], i, _exact(int(plain[0])), "number")


def _single(words: Sequence[str], i: int) -> FoundQuantity | None:
    word, one = words[i], _exact(1)
    if word in ("a", "an"):
        if words[i + 1 : i + 2] and (words[i + 1] in ORDINALS or ORDINAL_DIGITS.fullmatch(words[i + 1])):
            return FoundQuantity(i, i + 2, i + 1, one, "ordinal")
        if words[i + 1 : i + 2] == ["single"]:
            return FoundQuantity(i, i + 2, i, one, "article")
        return FoundQuantity(i, i + 1, i, one, "article")
    if word == "another":
        return FoundQuantity(i, i + 1, i, one, "another")
    if word in ORDINALS or ORDINAL_DIGITS.fullmatch(word):
        return FoundQuantity(i, i + 1, i, one, "ordinal")
    return None
