"""How the figures of one report hang together: parts of a whole, and one figure stated again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from conflict_events.pipeline.figures.features import part_mark
from conflict_events.pipeline.figures.lexicon import SENSES
from conflict_events.pipeline.figures.mentions import Mention
from conflict_events.pipeline.syntax import Tree

if TYPE_CHECKING:
    from conflict_events.pipeline.casualties import Figure

THEM = frozenset({"them_after", "them_before"})
PARTS = THEM | {"including"}
SENTENCES_BACK = 2  # in which the whole of "them" and "the dead" is told
# a figure this large is hardly stated twice by chance in one report
TELLING_VALUE = 10
SHARED_WORDS = 0.2
# figures and tokens looked at, so that time stays linear in the length of any text
FARTHEST = 30
LONGEST_SENTENCE = 150


def whole_of(tree: Tree, figures: Sequence[Figure]) -> dict[int, int]:
    """Index of each figure that is part of another of its sentence → index of the whole ("22 people, including …")."""
    wholes: dict[int, int] = {}
    nearby: Sequence[int]
    for n, f in enumerate(figures):
        m = f.group.mention
        if f.pair.rule.endswith("among"):
            nearby = range(n + 1, min(len(figures), n + 3))
        elif n - 1 in wholes and _goes_on(tree, figures[n - 1].group.mention.end, m.start):
            # "among them two nurses and a priest": the row goes on
            wholes[n] = wholes[n - 1]
            continue
        elif f.pair.rule.endswith(("including", "of_whole")) or part_mark(tree, m, max(0, m.start - 3)) in PARTS:
            nearby = range(n - 1, max(-1, n - FARTHEST), -1)
        elif n and _opens(tree, figures[n - 1].group.mention) and figures[n - 1].outcome == f.outcome:
            # "of the 14 killed, five were civilians"
            nearby = [n - 1]
        elif (described := _apposed(tree, m.noun)) is not None:
            nearby = [k for k in range(n - 1, max(-1, n - FARTHEST), -1) if figures[k].group.mention.noun == described]
        else:
            nearby = ()
        for k in nearby:
            other = figures[k]
            if tree.sent[other.group.mention.start] != tree.sent[m.start]:
                break
            if other.outcome == f.outcome and k not in wholes and _larger(other, f):
                wholes[n] = k
                break
        if n not in wholes and _of_told(tree, f):
            earlier = _told_before(tree, figures, n, wholes)
            if earlier is not None:
                wholes[n] = earlier
    return wholes


def _of_told(tree: Tree, f: Figure) -> bool:
    """Whether the figure is part of a whole that an earlier sentence may tell: "three were among the dead", "of them"."""
    m = f.group.mention
    i = f.trigger.i
    those = tree.role[i].startswith("acl") and tree.lower[tree.head[i]] == "those"
    among = tree.preposition(tree.head[i] if those else i) == "among" and (those or f.trigger.sense.role == "state")
    return among or part_mark(tree, m, max(0, m.start - 3)) in THEM


def _told_before(tree: Tree, figures: Sequence[Figure], n: int, wholes: dict[int, int]) -> int | None:
    """Index of the nearest larger counted figure of one outcome in the sentences right before."""
    f, here = figures[n], tree.sent[figures[n].group.mention.start]
    for k in range(n - 1, max(-1, n - FARTHEST), -1):
        other = figures[k]
        if here - tree.sent[other.group.mention.start] > SENTENCES_BACK:
            return None
        part = f.group.mention
        counted = other.group.mention.quantity.value is not None and (
            part.quantity.value is not None or (part.form == "plural" and tree.preposition(f.trigger.i) == "among")
        )
        if counted and other.outcome == f.outcome and k not in wholes and _larger(other, f):
            return k
    return None


def _opens(tree: Tree, m: Mention) -> bool:
    """Whether the group is what others are told to be of: "Of the 14 killed", "; of these 20"."""
    k = m.start - 1
    while k >= 0 and tree.lower[k] in ("the", "those", "these"):
        k -= 1
    if k < 0 or tree.lower[k] != "of":
        return False
    return k == tree.sents[tree.sent[m.start]][0] or tree.lower[k - 1] in (",", ";", "that", "and", ":")


def _apposed(tree: Tree, noun: int | None) -> int | None:
    """The noun that ``noun`` describes from behind, alone or in a row: "two people, a woman and her son"."""
    if noun is not None and tree.role[noun] == "conj":
        noun = tree.head[noun]
    return tree.head[noun] if noun is not None and tree.role[noun] == "appos" else None


def _goes_on(tree: Tree, end: int, start: int) -> bool:
    return 0 < start - end <= 2 and all(tree.lower[k] in (",", "and") for k in range(end, start))


def _larger(whole: Figure, part: Figure) -> bool:
    high = whole.group.mention.quantity.value
    low = part.group.mention.quantity.value
    return high is None or low is None or high > low


def same_figures(tree: Tree, figures: Sequence[Figure], values: Sequence[dict[str, Any]]) -> dict[int, int]:
    """Index of each figure that states an earlier one again → index of the first statement.

    Two statements are held to be one if outcome, bounds and kind of victims agree, and the number is telling or
    their sentences share words.
    """
    same: dict[int, int] = {}
    words: dict[int, frozenset[str]] = {}
    first: dict[tuple[Any, ...], list[int]] = {}
    for n, (f, v) in enumerate(zip(figures, values, strict=True)):
        if v["value"] == 0 or f.group.mention.form in ("pronoun", "another", "ordinal", "those"):
            continue
        sentence = tree.sent[f.group.mention.start]
        key = (v["outcome"], v["value"], v["low"] if v["value"] is None else None)
        for k in first.get(key, [])[-FARTHEST:]:
            if tree.sent[figures[k].group.mention.start] == sentence or not _agree(tree, figures[k], f, values[k], v):
                continue
            telling = v["value"] is not None and v["value"] >= TELLING_VALUE
            if telling or _overlap(tree, tree.sent[figures[k].group.mention.start], sentence, words) >= SHARED_WORDS:
                same[n] = k
                break
        else:
            first.setdefault(key, []).append(n)
    return same


def inherit(values: Sequence[dict[str, Any]], same: dict[int, int]) -> None:
    """Let a repeated figure that leaves kind or side open take them from its first statement."""
    for n, first in sorted(same.items()):
        value, known = values[n], values[first]
        if value["victims"]["kind"] == "unknown":
            value["victims"] = {**value["victims"], "kind": known["victims"]["kind"]}
        if value["side"] is None:
            value["side"] = known["side"]


def _agree(tree: Tree, a: Figure, b: Figure, x: dict[str, Any], y: dict[str, Any]) -> bool:
    kinds = {x["victims"]["kind"], y["victims"]["kind"]} - {"unknown"}
    if len(kinds) > 1:
        return False
    if a.group.mention.form == "article" and b.group.mention.form == "article":
        if a.group.mention.noun is None or b.group.mention.noun is None:
            return False
        if tree.lemma[a.group.mention.noun] != tree.lemma[b.group.mention.noun]:
            return False
    return _side_text(tree, x) == _side_text(tree, y) or x["side"] is None or y["side"] is None


def _side_text(tree: Tree, value: dict[str, Any]) -> str:
    if value["side"] is None:
        return ""
    start = tree.token_at(value["side"][0])
    return tree.lemma[start].rstrip("s")


def _overlap(tree: Tree, a: int, b: int, words: dict[int, frozenset[str]]) -> float:
    for s in (a, b):
        if s not in words:
            low, high = tree.sents[s]
            high = min(high, low + LONGEST_SENTENCE)
            words[s] = frozenset(
                tree.lemma[k]
                for k in range(low, high)
                if tree.tag[k][:2] in ("NN", "CD", "JJ") and tree.lower[k] not in SENSES
            )
    return len(words[a] & words[b]) / max(1, min(len(words[a]), len(words[b])))
