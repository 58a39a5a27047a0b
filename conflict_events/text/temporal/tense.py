"""The tense of the clause around a time expression, from its words alone: told as past, or still to come?"""

from __future__ import annotations

import re

_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|wo(?=n['’]t)|due|scheduled|slated|planned|plans?|planning|upcoming|going to|set to|"
    r"expected to|intends?|to (?:be held|meet|take place|begin|start|hold|visit|discuss|travel|vote|convene))\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|has been|have been|ago|began|left|shot|said|told|took|fell|broke|hit|died|came|went|saw|"
    r"struck|fought|fled|held|lost|sent|\w{2,}ed)\b",
    re.IGNORECASE,
)
_SET_FOR = re.compile(
    r"\b(?:set|due|scheduled|slated|planned|called)\b[^.;:\n]{0,60}\b(?:for|to)\s+(?:the\s+)?$", re.IGNORECASE
)
_CLAUSE_ENDS = re.compile(r"[.!?;:](?=\s|$)|\n|[\"“”]|,? (?:and|but|while|although|as|after|who|which|where) ")
_REACH = 160


def is_future(text: str, start: int, end: int) -> bool:
    """Whether the clause that holds the characters `start` to `end` speaks of what is to come.

    Without any sign the answer is no: news tells what happened.

    >>> is_future("The council will meet on Friday.", 25, 31), is_future("They met on Friday.", 12, 18)
    (True, False)
    """
    left = text[max(0, start - _REACH) : start]
    right = text[end : end + _REACH]
    if _SET_FOR.search(left):
        return True
    last_edge = max((edge.end() for edge in _CLAUSE_ENDS.finditer(left)), default=0)
    clause_left = left[last_edge:]
    edge_right = _CLAUSE_ENDS.search(right)
    clause_right = right[: edge_right.start()] if edge_right else right
    future = [start - len(clause_left) + m.start() for m in _FUTURE.finditer(clause_left)]
    future += [end + m.start() for m in _FUTURE.finditer(clause_right)]
    if not future:
        return False
    past = [start - len(clause_left) + m.start() for m in _PAST.finditer(clause_left)]
    past += [end + m.start() for m in _PAST.finditer(clause_right)]
    return min(_distance(at, start, end) for at in future) <= min(
        (_distance(at, start, end) for at in past), default=_REACH * 2
    )


def _distance(at: int, start: int, end: int) -> int:
    return start - at if at < start else at - end
