"""Where and when: the place and the date that belong to one word of a report (an event, a casualty figure).

Every place and date of the sentence, and of the sentences before it, is a candidate; a linear model over how the
parse joins the two weighs them against the answer that the report does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conflict_events.pipeline.syntax import Tree

LOCATIVE = frozenset("in at near on outside inside across around along between throughout off within over into".split())
BACK = 3  # sentences before the word's own in which candidates stand


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place or date mention: its id, tokens, head and values."""

    id: str
    start: int
    end: int
    head: int
    sent: int
    values: dict[str, Any]


class Binder:
    """Chooses among candidates of one kind ("place" or "date")."""

    def __init__(self, tree: Tree, candidates: list[Candidate], kind: str) -> None:
        self.tree = tree
        self.kind = kind
        self.values = {c.id: c.values for c in candidates}
        self.by_sentence: dict[int, list[Candidate]] = {}
        for c in candidates:
            self.by_sentence.setdefault(c.sent, []).append(c)

    def choose(self, i: int, avoid: list[tuple[int, int]] | None = None, back: int = BACK) -> str | None:
        """Id of the place or date of the word ``i``; None where the report does not say.

        ``avoid``: token ranges (claimants, doers) whose places are not where it happened.
        """
        best, best_score = None, 0.0
        sent = self.tree.sent[i]
        for k in range(sent, max(-1, sent - 1 - back), -1):
            for c in self.by_sentence.get(k, ()):
                score = self.score(c, i, avoid or [])
                if score > best_score:
                    best, best_score = c.id, score
        return best

    def score(self, c: Candidate, i: int, avoid: list[tuple[int, int]]) -> float:
        tree = self.tree
        score = 0.0
        distance = tree.sent[i] - c.sent
        if distance:
            return -1.0
        if any(a <= c.head < b for a, b in avoid):
            score -= 3
        path = joins(tree, i, c.head)
        score += {"below": 3.0, "sister": 2.0, "above": 1.0, "far": 0.5}[path]
        if self.kind == "place":
            case = tree.preposition(c.head).split(" ")[0]
            if case in LOCATIVE:
                score += 1.0
            elif tree.role[c.head] in ("nsubj", "nmod:poss", "obj"):
                score -= 2.0
        score -= 0.02 * abs(c.head - i)
        return score


def joins(tree: Tree, i: int, j: int) -> str:
    """How the parse joins the word ``i`` with the word ``j``: j below i, beside it in its clause, above, or far."""
    steps, k = 0, j
    while k != i and tree.head[k] != k and steps < 12:
        k = tree.head[k]
        steps += 1
    if k == i:
        return "below"
    up = i
    for rank in range(3):
        if tree.head[up] == up:
            break
        up = tree.head[up]
        k, steps = j, 0
        while k != up and tree.head[k] != k and steps < 8:
            k = tree.head[k]
            steps += 1
        if k == up:
            return "sister" if rank == 0 else "above"
    return "far"
