"""The cause of a casualty figure: what its event is, or what the words around it say."""

from __future__ import annotations

from conflict_events.pipeline.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

GUNS = frozenset("shoot shot shooting gunman gunmen gunfire gun bullet behead execute execution assassinate assassination sniper".split())


def cause(tree: Tree, head: int, event_type: str | None, lemmas: set[str], ontology: Ontology) -> str:
    """The cause of a figure whose outcome stands at ``head``, given its event's type and its event's words."""
    a, b = tree.sents[tree.sent[head]]
    around = set(tree.lemma[a:b])
    if event_type is None:
        if not around.isdisjoint(ontology.words["disaster"]):
            return "other"
        return "unknown"
    if event_type == "attack":
        if not GUNS.isdisjoint(lemmas | around):
            return "shooting"
        return "attack"
    return ontology.cause_of(event_type)
