"""The content words of a text in their order: what linking reads of a report's wording.

An extraction keeps them beside its records, so that reports can be compared for copies and for the
incident they tell of when only their extractions are at hand.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?\n]+")
_BREAK = frozenset(".!?\n")
_TAIL = re.compile(r"['’]s$|['’]$")

STOP_WORDS = frozenset(
    """a about above across after again against all almost along already also although always among an and any
    anyone anything are around as at away back be because been before behind being below between both but by can
    cannot could day days did do does doing don done down due during each either else ever every few for former from
    further get gets getting give given go goes going gone had has have having he her here hers herself him himself
    his how however i if in including instead into is it its itself just keep last later least less like made make
    many may me meanwhile might mine more most much must my myself near nearly neither never next no nobody none nor
    not nothing now of off often on once one only onto or other others our ours ourselves out over own per perhaps
    put quite rather really s said same saw say saying says see seen she should since so some someone something still
    such t take taken than that the their theirs them themselves then there these they thing things this those though
    through thus to together told too took toward towards under until up upon us very via was way we well went were
    what whatever when where whether which while who whoever whom whose why will with within without would year years
    yesterday yet you your yours yourself today tomorrow tonight told reported according""".split()
)


def content_words(text: str) -> str:
    """The words of ``text`` that carry content, in order, blank between words, " . " between sentences.

    Case is kept, since a capital inside a sentence marks a name; possessive endings fall away. Function
    words and the verbs of saying that stand in every report are left out.

    >>> content_words("Shelling killed two of Armenia's soldiers, it said. The Lachin road is shut.")
    'Shelling killed two Armenia soldiers . Lachin road shut'
    """
    kept: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0] in _BREAK:
            if kept and kept[-1] != "." and _ends_sentence(text, match):
                kept.append(".")
            continue
        word = _TAIL.sub("", token)
        if word.lower() not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
            kept.append(word)
    if kept and kept[-1] == ".":
        kept.pop()
    return " ".join(kept)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: a line break, or a full stop before a blank and not after one letter."""
    if "\n" in match.group() or match.end() == len(text):
        return True
    before = text[max(0, match.start() - 2) : match.start()]
    initial = len(before) > 0 and before[-1].isupper() and (len(before) == 1 or not before[0].isalnum())
    return text[match.end()].isspace() and not initial
