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
OWN = frozenset({"their", "his", "her", "the"})
WAR_DISTANCE = 60
FREEING = frozenset({"free", "release", "rescue", "exchange", "swap", "escape"})
HARMED = frozenset(
    "wounds injuries burns burning breathing shock smoke inhalation fractures poisoning shrapnel gas asphyxiation suffocation exposure bullet gunshot".split()
)
SHELTER = frozenset("roof roofs shelter home homes".split())
# verbs that state an outcome only with such a word right behind
PARTICLES = {"mow": frozenset({"down"}), "wipe": frozenset({"out"}), "round": frozenset({"up"})}
CUTTING = frozenset("slit slits slitting cut cuts cutting".split())
COSTING = frozenset({"cost", "costs", "costing"})
LEAVING = frozenset("leave leaves left leaving abandon abandoned abandoning quit".split())
HOMES = frozenset("homes houses villages".split())
SENDING = frozenset(
    "taken took rushed sent brought carried transported transferred admitted flown airlifted put".split()
)
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
    if lemma == "burn" and sense.role == "people":
        return sense if tree.tag[i] in ("NN", "NNS") else None
    if lemma == "fall":
        return sense if _falls_in_war(tree, i) else None
    if lemma in PARTICLES:
        return sense if not PARTICLES[lemma].isdisjoint(lower[i + 1 : i + 4]) else None
    if lemma in ("crush", "trample", "burn", "blind"):
        return sense if _suffered(tree, i) else None
    if lemma == "let":
        return sense if "go" in lower[i + 1 : i + 6] and _of_captives(tree, i) else None
    if lemma == "escape":
        near = lower[i + 1 : i + 6]
        if not WAR_WORDS.isdisjoint(near) or "violence" in near:
            return Sense("escape", "displaced", "undergo")
    if lemma == "loss" and lower[i] == "loss" and lower[i + 1 : i + 2] == ["of"] and not _of_things(lower, i):
        return Sense("loss", "killed", "event")
    if lemma == "surrender":
        return sense if _people_subject(tree, i) else None
    if lemma == "lose" and not LIMBS.isdisjoint(lower[i + 1 : i + 5]):
        return WOUNDING
    return sense


def sense_of_phrase(tree: Tree, i: int) -> Sense | None:
    """What a word says that states an outcome only within a fixed phrase: "without a roof", "at a cost of three"."""
    word, lower = tree.lower[i], tree.lower
    if word in SHELTER and "without" in lower[max(0, i - 2) : i]:
        return ROOFLESS
    if (
        word == "cost"
        and not tree.tag[i].startswith("VB")
        and lower[i + 1 : i + 2] == ["of"]
        and lower[i - 1 : i] in (["a"], ["the"])
    ):
        return COST
    if word in LEAVING and not HOMES.isdisjoint(lower[i + 1 : i + 4]) and OWN.intersection(lower[i + 1 : i + 3]):
        return Sense("leave", "displaced", "undergo")
    if word in ("hospital", "hospitals") and lower[i - 1] in ("to", "in", "the", "a", "local", "area"):
        return Sense("hospital", "injured", "state") if _sent(lower, i) else None
    if word == "cut" and lower[i + 1 : i + 2] == ["down"] and tree.tag[i] in ("VBN", "VBD"):
        return Sense("cut", "killed", "act") if _people_subject(tree, i) else None
    if word in ("throat", "throats") and not CUTTING.isdisjoint(lower[max(0, i - 4) : i + 2]):
        return Sense("throat", "killed", "life")
    if word in COSTING:
        return Sense("cost", "killed", "lose") if tree.tag[i].startswith("VB") and _costs_people(tree, i) else None
    if word == "difficulties" and lower[i - 1 : i] == ["breathing"]:
        return Sense("difficulty", "injured", "people")
    return None


def _suffered(tree: Tree, i: int) -> bool:
    """Whether the participle ``i`` tells what happened to people, and not how something looks."""
    if tree.tag[i] not in ("VBN", "VBD") or tree.role[i] == "amod":
        return False
    return _people_subject(tree, i)


def _people_subject(tree: Tree, i: int) -> bool:
    subject = tree.subject(i)
    if subject is None and tree.role[i].startswith("acl") and tree.head[i] != i:
        subject = tree.head[i]
    if subject is None:
        return False
    if tree.lower[subject] in ("who", "they", "he", "she"):
        return True
    return bool(people_class(tree.lower[subject])) or _counts(tree, subject)


def _costs_people(tree: Tree, i: int) -> bool:
    """Whether what the verb costs somebody are people: "the hill cost them ninety men"."""
    return any(people_class(tree.lower[k]) and tree.lower[k] not in ("life", "lives") for k in tree.having(i, "obj"))


def _of_things(lower: list[str], i: int) -> bool:
    return not any(people_class(w) for w in lower[i + 2 : i + 7]) or not {"life", "lives"}.isdisjoint(lower[i : i + 6])


def _sent(lower: list[str], i: int) -> bool:
    return not SENDING.isdisjoint(lower[max(0, i - 8) : i])


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
