"""The tense of the clause around a time expression, from its words alone: told as past, or still to come?"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "future"]

_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|wo(?=n['’]t)|due|scheduled|slated|planned|plans?|planning|upcoming|going to|set to|"
    r"expected to|intends?|to (?:be held|meet|take place|begin|start|hold|visit|discuss|travel|vote|convene))\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|has been|have been|ago|began|left|shot|took|fell|broke|hit|died|came|went|saw|met|"
    r"struck|fought|fled|held|lost|sent|(?!need|indeed|speed|embed)\w{2,}ed)\b",
    re.IGNORECASE,
)
_SET_FOR = re.compile(
    r"\b(?:set|due|scheduled|slated|planned|called)\b[^.;:\n]{0,60}\b(?:for|to)\s+(?:the\s+)?$", re.IGNORECASE
)
_CLAUSE_ENDS = re.compile(r"[.!?;:](?=\s|$)|\n|[\"“”]|,? (?:and|but|while|although|as|after|who|which|where) ")
_REACH = 160


def clause_tense(text: str, start: int, end: int) -> Tense | None:
    """What the words of the clause that holds the characters `start` to `end` say of its time; ``None`` without a sign.

    Verbs of saying do not count: what is said may be past or to come.

    >>> clause_tense("The council will meet on Friday.", 25, 31), clause_tense("They met on Friday.", 12, 18)
    ('future', 'past')
    """
    left = text[max(0, start - _REACH) : start]
    right = text[end : end + _REACH]
    if _SET_FOR.search(left):
        return "future"
    last_edge = max((edge.end() for edge in _CLAUSE_ENDS.finditer(left)), default=0)
    clause_left = left[last_edge:]
    edge_right = _CLAUSE_ENDS.search(right)
    clause_right = right[: edge_right.start()] if edge_right else right
    nearest: dict[Tense, int] = {}
    signs: tuple[tuple[Tense, re.Pattern[str]], ...] = (("future", _FUTURE), ("past", _PAST))
    for tense, sign in signs:
        before = [len(clause_left) - m.start() for m in sign.finditer(clause_left)]
        after = [m.start() for m in sign.finditer(clause_right)]
        if before or after:
            nearest[tense] = min(before + after)
    return min(nearest, key=lambda tense: nearest[tense], default=None)
