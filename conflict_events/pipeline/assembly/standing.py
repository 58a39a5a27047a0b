"""How an event stands in its report when several words tell of it: told, claimed, denied, planned; news or history."""

from __future__ import annotations

from conflict_events.pipeline.assembly.clusters import Cluster, Mention
from conflict_events.pipeline.attribution.clauses import is_verbal
from conflict_events.pipeline.syntax import Tree

NOUNS = frozenset({"NOUN", "PROPN"})
# whoever stops, survives, probes or recalls an event takes it for a fact
TAKING_FOR_FACT = frozenset(
    """end stop halt curb quell suppress survive contain investigate probe condemn avenge mourn mark recall follow
    inflame escape flee denounce commemorate deplore criticize welcome resume continue suspend cut discuss reduce
    object respond react""".split()
)
FACT_NOUNS = frozenset(
    """inquiry investigation probe wake survivor victim anniversary year month day week lull aftermath end site scene
    role part involvement responsibility series wave spate memory condemnation detail cycle outbreak escalation surge
    rise increase""".split()
)
OPEN_NOUNS = frozenset(
    """threat fear possibility plan risk danger warning prospect call intention attempt likelihood case target wave
    preparation idea talk chance concern worry""".split()
)
OPEN_WORDS = frozenset("possible potential future planned threatened imminent alleged further new likely any".split())


def presupposed(tree: Tree, i: int) -> bool:
    """Whether the noun ``i`` stands where an event is taken for granted, whatever the clause above it leaves open."""
    if tree.pos[i] not in NOUNS:
        return False
    if any(tree.lower[k] in OPEN_WORDS for k in tree.children[i]):
        return False
    top = i
    while tree.role[top] in ("conj", "compound") and tree.head[top] != top:
        top = tree.head[top]
    governor = tree.head[top]
    if governor == top or tree.role[top] not in ("obj", "nmod", "obl", "nsubj:pass"):
        return False
    if tree.lemma[governor] in OPEN_NOUNS:
        return False
    if is_verbal(tree, governor):
        return tree.lemma[governor] in TAKING_FOR_FACT
    return tree.lemma[governor] in FACT_NOUNS


def standing(cluster: Cluster) -> Mention:
    """The mention whose claim the event has: the first that a source vouches for, else the one that names it best."""
    told = [m for m in cluster.mentions if m.status in ("claimed", "denied") and m.claimant]
    first = cluster.first
    if first.status in ("asserted", "claimed") and first.status == "asserted" and told:
        return min(told, key=lambda m: m.start)
    return first


def in_main_clause(tree: Tree, i: int) -> bool:
    """Whether ``i`` is the main verb of its sentence, or an argument of it."""
    k = i
    for _ in range(4):
        if tree.head[k] == k:
            return True
        if (
            tree.role[k].partition(":")[0] not in ("obj", "nsubj", "obl", "compound", "conj", "amod")
            and tree.role[k] != "root"
        ):
            return False
        k = tree.head[k]
    return False
