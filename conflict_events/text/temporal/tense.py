"""The tense of the clause around a time expression, from its words alone: told as past, or still to come?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Tense = Literal["past", "future"]

FUTURE = frozenset(
    "will shall won wont due scheduled slated planned plan plans planning upcoming intends intend ll".split()
)
# Participles that speak of the future only before "to".
FUTURE_BEFORE_TO = frozenset(
    "going set expected ready poised supposed likely about scheduled due agreed is are".split()
)
# Infinitives that stand for what is to come ("talks to be held on Friday").
AHEAD = frozenset("be meet take begin start hold visit discuss travel vote convene resume open return".split())
FINITE = frozenset("was were had did ago".split())
PAST = frozenset(
    "began left shot took fell broke hit died came went saw met struck fought fled held lost sent"
    " shook grew drove threw blew caught brought".split()
)
NOT_PAST = frozenset("need needed indeed speed red hundred armed united wounded injured detained".split())

_SET_FOR = re.compile(
    r"\b(?:set|due|scheduled|slated|planned|called)\b[^.;:\n]{0,60}\b(?:for|to)\s+(?:the\s+)?$", re.IGNORECASE
)
_CLAUSE_ENDS = re.compile(
    r"[.!?;:](?=\s|$)|\n|[\"“”]|,? (?:and|but|while|although|as|after|who|which|where) ", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+")
_REACH = 160


def clause_tense(text: str, start: int, end: int) -> Tense | None:
    """What the words of the clause that holds the characters `start` to `end` say of its time; ``None`` without a sign.

    Verbs of saying do not count: what is said may be past or to come.

    >>> clause_tense("The council will meet on Friday.", 25, 31), clause_tense("They met on Friday.", 12, 18)
    ('future', 'past')
    """
    left = text[max(0, start - _REACH) : start]
    right = text[end : end + _REACH]
    if _SET_FOR.search(left[-80:]):
        return "future"
    last_edge = max((edge.end() for edge in _CLAUSE_ENDS.finditer(left)), default=0)
    edge_right = _CLAUSE_ENDS.search(right)
    clause_left = left[last_edge:]
    clause_right = right[: edge_right.start()] if edge_right else right
    nearest: dict[Tense, int] = {}
    for sign, at in _signs(clause_left):
        nearest[sign] = len(clause_left) - at
    for sign, at in _signs(clause_right):
        nearest[sign] = min(at, nearest.get(sign, at))
    return min(nearest, key=lambda sign: nearest[sign], default=None)


def _signs(clause: str) -> Iterator[tuple[Tense, int]]:
    """The words of a clause that tell its time, with where they stand."""
    before, ahead = "", False
    for match in _WORD.finditer(clause.lower()):
        word = match[0]
        if word in FUTURE or (word == "to" and before in FUTURE_BEFORE_TO) or (before == "to" and word in AHEAD):
            ahead = True
            yield "future", match.start()
        # after "will" or "is to" a form like "held" or "closed" is a participle ("will be held", "will hold closed talks")
        elif word in FINITE or (not ahead and _may_be_past(word)):
            yield "past", match.start()
        before = word


def _may_be_past(word: str) -> bool:
    return word in PAST or (word.endswith("ed") and len(word) > 4 and word not in NOT_PAST)
