"""What claims, scope and status are asked of: every casualty figure and every event mention of a text."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.attribution.clauses import Link, finite_above, tense, verb_of, way_up
from conflict_events.pipeline.syntax import Tree


@dataclass(frozen=True)
class Target:
    """A figure or an event mention where the text states it.

    ``anchor`` is the token that states the outcome or event, ``span`` the tokens of the quantity (or of the
    trigger), ``size`` the number stated or its lower bound, None where none is told.
    """

    tree: Tree
    id: str
    is_figure: bool
    anchor: int
    span: tuple[int, int]
    size: int | None
    label: str
    generic: bool = False

    @cached_property
    def way(self) -> list[Link]:
        """The anchor and its heads up to the root."""
        return way_up(self.tree, self.anchor)

    @cached_property
    def covered(self) -> dict[int, bool]:
        """Cue of a source → whether its clause holds the target, for those asked about so far."""
        return {}

    @cached_property
    def verb(self) -> int:
        """The verb that governs the anchor, or the anchor itself."""
        return verb_of(self.tree, self.anchor)

    @cached_property
    def tense(self) -> str:
        """Tense of the clause that states it."""
        return tense(self.tree, self.verb)

    @cached_property
    def finite(self) -> tuple[int, str]:
        """The nearest finite clause at or above it, and its tense."""
        return finite_above(self.tree, self.verb)

    @property
    def sent(self) -> int:
        """Index of its sentence."""
        return self.tree.sent[self.anchor]

    @property
    def magnitude(self) -> int:
        """Number of decimal digits of ``size``; 0 where none is told."""
        return 0 if not self.size else int(math.log10(self.size)) + 1


def find_targets(doc: Doc, tree: Tree) -> list[Target]:
    """All figures, then all event mentions, that stand in the span groups of ``doc``."""
    found = []
    for item in state.read(doc, state.CASUALTIES):
        values = item.values
        trigger = state.token_range(doc, *values["trigger"])
        head = head_of(tree, item.start, item.end)
        anchor = head if trigger is None else head_of(tree, *trigger)
        if tree.sent[anchor] != tree.sent[head]:
            anchor = head
        size = values.get("value")
        if size is None:
            size = values.get("low") or values.get("high")
        found.append(Target(tree, item.id, True, anchor, (item.start, item.end), size, values["outcome"]))
    for item in state.read(doc, state.TRIGGERS):
        anchor = head_of(tree, item.start, item.end)
        if gone_on(tree, anchor):
            _as_noun(tree, anchor)
        generic = bool(item.values.get("generic"))
        label = str(item.values.get("type") or item.label)
        found.append(Target(tree, item.id, False, anchor, (item.start, item.end), None, label, generic))
    return found


def head_of(tree: Tree, start: int, end: int) -> int:
    """The first token of the range whose head lies outside it."""
    for i in range(start, end):
        if not start <= tree.head[i] < end or tree.head[i] == i:
            return i
    return start


def gone_on(tree: Tree, i: int) -> bool:
    """Whether a gerund behind a preposition names what went on, not what its clause's subject did.

    "years of fighting that …", "cut off by shelling near the road"; not "accused of fighting", "by shelling the road".
    """
    if tree.tag[i] != "VBG" or tree.pos[i] != "VERB" or i == 0 or tree.head[i - 1] != i:
        return False
    case = tree.lower[i - 1]
    behind_noun = tree.role[i] == "acl" and case == "of" and tree.pos[tree.head[i]] == "NOUN"
    behind_verb = tree.role[i] == "advcl" and case in WHILE and (case != "by" or tree.is_passive(tree.head[i]))
    if not (behind_noun or behind_verb):
        return False
    return all(
        tree.role[k] in LOOSE and tree.preposition(k).split(" ")[0] not in AIMED for k in tree.children[i] if k > i
    )


# prepositions behind which a gerund without an object names what went on; those of who is fought or fired at
WHILE = frozenset("by in during amid from".split())
AIMED = frozenset("at on for alongside against into".split())
LOOSE = frozenset("obl conj cc punct acl:relcl obl:unmarked".split())


def _as_noun(tree: Tree, i: int) -> None:
    tree.pos[i], tree.tag[i] = "NOUN", "NN"
    tree.role[i - 1] = "case"
    tree.role[i] = "nmod" if tree.role[i] == "acl" else "obl"
    for k in tree.children[i]:
        if tree.role[k] == "obl":
            tree.role[k] = "nmod"
