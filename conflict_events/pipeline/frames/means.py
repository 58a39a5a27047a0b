"""By what means an act of untold kind was done: the aircraft, gun or bomb that does it or that it is done with."""

from __future__ import annotations

from conflict_events.pipeline.frames.arguments import with_conjuncts
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.frames.sharing import Frame
from conflict_events.pipeline.syntax import Tree

WITH = frozenset({"with", "using", "by", "in", "from", "through"})
# class of words → the type of an act done by it, the surer first
TYPES = (
    ("suicide", "suicide_bomb"),
    ("chemical", "chemical_weapon"),
    ("aircraft", "air_drone_strike"),
    ("shelling_tool", "shelling_artillery_missile"),
    ("grenade", "grenade"),
)
NAMING = frozenset({"compound", "amod", "flat"})


def weapon_type(tree: Tree, frame: Frame, ontology: Ontology) -> str | None:
    """The type that the doers or the means of a verb give it; None where they say nothing of it.

    "Jets attacked the town", "the air force hit a depot", "attacked the town with mortars".
    """
    doers = [] if frame.passive else with_conjuncts(tree, frame.agents)
    means = [h for case, h in frame.obliques if case.split(" ")[0] in WITH and (case != "in" or _thing(tree, h))]
    for name, type_ in TYPES:
        words = ontology.words[name]
        for head in (*doers, *with_conjuncts(tree, means)):
            said = [head, *tree.having(head, *NAMING)]
            if any(tree.lemma[k] in words for k in said) and tree.ent_type[head] not in ("GPE", "LOC", "FAC"):
                return type_
    return None


def _thing(tree: Tree, head: int) -> bool:
    """Whether what is told with "in" is a means: a strike, a barrage, not a place."""
    return tree.lemma[head] in ("strike", "raid", "barrage", "attack", "salvo", "bombardment", "sortie")
