"""A cheap test whether a text is English at all, by its commonest words."""

from __future__ import annotations

import re

# the 40 commonest words of English news; few of them are words of other languages in Latin script
COMMON = frozenset(
    """the of and to in that for on with was were is are be by at from as it has have had he his they their said this
    which after an not but who been or its more than people killed""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
SAMPLE_CHARACTERS = 20_000
MIN_WORDS = 12
MIN_SHARE = 0.12


def looks_english(text: str) -> bool:
    """Whether common English words make up enough of ``text``; texts under 12 words pass.

    >>> looks_english("Two soldiers were killed on Tuesday in the north of the country, the ministry said in a statement.")
    True
    >>> looks_english("Deux soldats ont été tués mardi dans le nord du pays, a annoncé le ministère dans un communiqué.")
    False
    """
    words = _WORD.findall(text[:SAMPLE_CHARACTERS].lower())
    if len(words) < MIN_WORDS:
        letters = [c for c in text[:SAMPLE_CHARACTERS] if c.isalpha()]
        return not letters or sum(c < "ɐ" for c in letters) >= len(letters) / 2
    return sum(w in COMMON for w in words) >= MIN_SHARE * len(words)
