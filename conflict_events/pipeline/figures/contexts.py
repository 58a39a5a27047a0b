"""Words that state an outcome only in the right company: "freed" of captives, "hit" by stones, "lost" an eye.

Each check looks at a few words around the trigger, so that it costs the same wherever it stands.
"""

from __future__ import annotations

from conflict_events.pipeline.figures.lexicon import (
    CAPTIVES,
    LIMBS,
    MISSILES,
    NOMINAL,
    PRISONERS,
    SENSES,
    WAR_WORDS,
    Sense,
    people_class,
)
from conflict_events.pipeline.syntax import Tree

CAPTIVITY = 80
WAR_DISTANCE = 60
FREEING = frozenset({"free", "release", "rescue", "exchange", "swap", "escape"})
HARMED = frozenset(
    "wounds injuries burns burning breathing shock smoke inhalation fractures poisoning shrapnel".split()
)
SHELTER = frozenset("roof roofs shelter home homes".split())
WOUNDING = Sense("lose", "injured", "undergo")
ROOFLESS = Sense("roofless", "displaced", "state")
COST = Sense("cost", "killed", "toll")
OWN_MEASURE = frozenset(
    {"percent", "per", "%", "points", "point", "cents", "below", "to", "by", "from", "short", "off"}
)


def sense_here(tree: Tree, i: int, sense: Sense) -> Sense | None:
    """What the trigger word ``i`` says in its place; None where it says nothing of people."""
    lower, lemma = tree.lower, sense.lemma
    if lemma in FREEING:
        return sense if _of_captives(tree, i) else None
    if lemma in ("hit", "strike"):
        return sense if tree.tag[i] in ("VBN", "VBD") and _by_missiles(lower, i) else None
    if lemma == "sweep":
        return sense if lower[i + 1 : i + 2] == ["away"] else None
    if lemma == "treat":
        return sense if _for_harm(lower, i) else None
    if lemma == "burn":
        return sense if tree.tag[i] in ("NN", "NNS") else None
    if lemma == "fall":
        return sense if _falls_in_war(tree, i) else None
    if lemma == "lose" and not LIMBS.isdisjoint(lower[i + 1 : i + 5]):
        return WOUNDING
    return sense


def sense_of_phrase(tree: Tree, i: int) -> Sense | None:
    """What a word says that states an outcome only within a fixed phrase: "without a roof", "at a cost of three"."""
    word, lower = tree.lower[i], tree.lower
    if word in SHELTER and "without" in lower[max(0, i - 2) : i]:
        return ROOFLESS
    if word == "cost" and lower[i + 1 : i + 2] == ["of"] and lower[i - 1 : i] in (["a"], ["the"]):
        return COST
    if word == "difficulties" and lower[i - 1 : i] == ["breathing"]:
        return Sense("difficulty", "injured", "people")
    return None


def _of_captives(tree: Tree, i: int) -> bool:
    near = tree.lower[max(0, i - CAPTIVITY) : i + 12]
    if tree.lower[i].startswith(("exchang", "swap")):
        return not PRISONERS.isdisjoint(near[-11:])
    return not CAPTIVES.isdisjoint(near)


def _by_missiles(lower: list[str], i: int) -> bool:
    after = lower[i + 1 : i + 6]
    if after[:1] == ["by"]:
        return not MISSILES.isdisjoint(after)
    return after[:1] == ["in"] and not LIMBS.isdisjoint(after)


def _for_harm(lower: list[str], i: int) -> bool:
    after = lower[i + 1 : i + 10]
    if "for" not in after:
        return False
    k = after.index("for")
    return not HARMED.isdisjoint(after[k + 1 :])


def _falls_in_war(tree: Tree, i: int) -> bool:
    """Whether people fall, and in a fight: "Thirty guards fell in the siege"."""
    if tree.tag[i] not in ("VBD", "VBN") or (tree.lower[i + 1 : i + 2] and tree.lower[i + 1] in OWN_MEASURE):
        return False
    subject = tree.subject(i)
    if subject is None or not (
        tree.tag[subject] == "CD" or people_class(tree.lower[subject]) or _counts(tree, subject)
    ):
        return False
    near = tree.lower[max(0, i - WAR_DISTANCE) : i + WAR_DISTANCE]
    return not WAR_WORDS.isdisjoint(near)


def _counts(tree: Tree, i: int) -> bool:
    return tree.lower[i] in SENSES or tree.lower[i] in NOMINAL or tree.pos[i] == "NUM"
