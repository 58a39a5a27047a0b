"""Times that a report tells without a day of the calendar: "in recent weeks", "the six-day siege", "shortly afterwards".

No calendar resolves them, so that ``conflict_dates`` leaves them out. A figure may still be dated by one, and then
its date is these words without bounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conflict_events.pipeline.syntax import Tree

UNITS = frozenset("second minute hour day night week weekend fortnight month year decade century".split())
RECENT = frozenset("recent past last previous preceding same following next".split())
REPEATED = frozenset({"each", "every"})
LAGS = frozenset({"later", "earlier", "after", "afterwards", "afterward", "before"})
AFTERWARDS = frozenset("afterwards afterward thereafter later earlier recently subsequently".split())
NEARLY = frozenset("shortly soon moments immediately hours minutes days weeks months years while".split())
OPENING = frozenset({"over", "more", "less", "than", "nearly", "almost", "about", "some", "in", "as"})
PERIODS = frozenset(
    """war conflict uprising invasion occupation genocide intifada revolution siege insurgency rebellion
    deployment offensive operation campaign""".split()
)
LONGEST = 10  # tokens of one expression
BACK = 4  # tokens before a unit of time that may count it


def moments(tree: Tree, dated: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, str]]:
    """(start, end, head, kind) of the times without a day, in text order; tokens, end exclusive.

    ``dated`` are the token ranges of the resolved time expressions, which are left alone. ``kind`` is "recent",
    "length", "repeated", "lag", "afterwards", "since" or "period".
    """
    taken = [False] * len(tree)
    for start, end in dated:
        taken[start:end] = [True] * (end - start)
    found: list[tuple[int, int, int, str]] = []
    for i in range(len(tree)):
        told = None if taken[i] else _unit(tree, i) or _adverb(tree, i) or _since(tree, i) or _period(tree, i)
        if told is None:
            continue
        start, end, kind = told
        end = min(end, start + LONGEST)
        if start < end and not any(taken[start:end]):
            found.append((start, end, min(max(i, start), end - 1) if kind != "since" else end - 1, kind))
            taken[start:end] = [True] * (end - start)
    return found


def _unit(tree: Tree, i: int) -> tuple[int, int, str] | None:
    """A unit of time with what counts or places it: "four days", "the past few weeks", "each year", "10-week"."""
    word = tree.lower[i]
    count, _, unit = word.rpartition("-")
    if "old" in tree.lower[i + 1 : i + 3]:
        return None
    if count and unit.rstrip("s") in UNITS:
        return i, i + 1, "length"
    if tree.lemma[i] not in UNITS or tree.pos[i] not in ("NOUN", "PROPN"):
        return None
    low = tree.sents[tree.sent[i]][0]
    start = max(low, min(tree.noun_phrase(i)[0], i))
    start = max(start, i - BACK)
    before = tree.lower[start:i]
    while start > low and tree.lower[start - 1] in OPENING and i - start < LONGEST - 2:
        start -= 1
    if tree.lower[i + 1 : i + 2] and tree.lower[i + 1] in LAGS:
        return start, i + 2, "lag"
    if not RECENT.isdisjoint(before):
        return start, i + 1, "recent"
    if not REPEATED.isdisjoint(before):
        return start, i + 1, "repeated"
    counted = any(tree.tag[k] == "CD" or tree.lower[k] in ("several", "many", "few", "a") for k in range(start, i))
    return (start, i + 1, "length") if counted else None


def _adverb(tree: Tree, i: int) -> tuple[int, int, str] | None:
    """A word that places a sentence after another one: "shortly afterwards", "hours earlier", "recently"."""
    word = tree.lower[i]
    nearly = i > 0 and tree.lower[i - 1] in NEARLY and tree.sent[i - 1] == tree.sent[i]
    if word in AFTERWARDS and tree.pos[i] in ("ADV", "ADJ"):
        return i - 1 if nearly else i, i + 1, "afterwards"
    return (i - 1, i + 1, "lag") if word in ("after", "before") and nearly else None


def _since(tree: Tree, i: int) -> tuple[int, int, str] | None:
    """What "since" opens: "since then", "since the conflict began"."""
    if tree.lower[i] != "since" or i + 1 >= len(tree) or tree.head[i] == i:
        return None
    head = tree.head[i]
    if head < i:
        return (i, i + 2, "since") if tree.lower[i + 1] == "then" else (i, i + 1, "since")
    return i, head + 1, "since"


def _period(tree: Tree, i: int) -> tuple[int, int, str] | None:
    """A war or the like as a time: "during the siege", "in the Korean War"."""
    if tree.lemma[i] not in PERIODS or tree.pos[i] not in ("NOUN", "PROPN"):
        return None
    case = tree.preposition(i)
    if case != "during" and not (case in ("in", "after", "before") and tree.tag[i].startswith("NNP")):
        return None
    start = max(tree.noun_phrase(i)[0], i - LONGEST + 1)
    return start, i + 1, "period"


def undated(kind: str) -> dict[str, Any]:
    """The record of a time without a day: no bounds, and the span that its words tell of."""
    return {
        "start": None,
        "end": None,
        "extent": "throughout" if kind in ("length", "repeated", "since", "period") else "within",
        "precision": "era" if kind == "period" else "range",
        "anchor": "unanchored",
        "timex": None,
    }
