"""How much of a phrase names a doer or target: its noun phrase without article, bound, date and leading preposition."""

from __future__ import annotations

from conflict_events.pipeline.frames.abilities import COUNTS, counted_below
from conflict_events.pipeline.parties.phrases import in_date
from conflict_events.pipeline.syntax import Tree

BOUNDS = frozenset({"at", "least", "most", "more", "than", "up", "to", "about", "around", "nearly", "almost", "over"})
QUESTIONS = frozenset({"how", "why", "when", "where", "what", "which", "that"})
SKIPPED_DETERMINERS = frozenset({"the", "a", "an"})
CASES = frozenset({"case", "cc", "mark", "advmod"})


def shortest(tree: Tree, head: int) -> list[int]:
    """Characters of the shortest phrase that names the head: its noun phrase without article and leading number."""
    left, right = tree.noun_phrase(head)
    while left < head and (tree.ent_type[left] in ("DATE", "TIME") or in_date(tree, left)):
        left += 1
    while left < head and (
        tree.pos[left] in ("ADP", "SCONJ")
        or tree.lower[left] in QUESTIONS
        or (tree.role[left] in CASES and tree.head[left] == head)
    ):
        left += 1
    while left < head and (tree.lower[left] in SKIPPED_DETERMINERS or tree.pos[left] in ("PUNCT", "SPACE")):
        left += 1
    while left < head and tree.lower[left] in BOUNDS:
        left += 1
    left = _after_date(tree, left, head)
    if (
        left == head
        and head > 0
        and tree.head[head - 1] == tree.head[head]
        and tree.ent_type[head - 1] in ("NORP", "GPE")
    ):
        left -= 1
    if (
        tree.lemma[head] in COUNTS
        or tree.pos[head] == "NUM"
        or tree.lemma[head] in ("group", "member", "lot", "unit", "element")
    ):
        for k in [*tree.having(head, "nmod"), *(counted_below(tree, head) if tree.lemma[head] in COUNTS else [])]:
            if tree.preposition(k) == "of" and k > head:
                right = max(right, tree.noun_phrase(k)[1])
    while right - 1 > head and tree.pos[right - 1] in ("PUNCT", "SPACE", "PART"):
        right -= 1
    return [tree.idx[left], tree.end[right - 1]]


def _after_date(tree: Tree, left: int, head: int) -> int:
    """The token after a date that a phrase took in at its front: "Oct. 7, 2023, rebel-led gunmen"."""
    commas = [k for k in range(left, head) if tree.text[k] == ","]
    for k in reversed(commas):
        before = range(left, k)
        if any(
            tree.ent_type[m] in ("DATE", "TIME") or (len(tree.text[m]) == 4 and tree.text[m].isdecimal())
            for m in before
        ):
            return k + 1
    return left
