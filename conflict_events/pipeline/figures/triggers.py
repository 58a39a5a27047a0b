"""Outcome triggers: the words of a sentence that state what happened to people."""

from __future__ import annotations

from typing import NamedTuple

from conflict_events.pipeline.figures.contexts import LEAVING, SHELTER, sense_here, sense_of_phrase
from conflict_events.pipeline.figures.lexicon import NOMINAL, NOUN_SENSES, SENSES, Sense
from conflict_events.pipeline.syntax import Tree

TAKEN = frozenset("taken took take takes taking held holding".split())
# exchanged prisoners are captives too
HANDED = TAKEN | frozenset("exchanged exchange swapped freed released handed returned".split())
# words that may state an outcome within a phrase
PHRASAL = (
    SHELTER
    | LEAVING
    | {"cost", "costs", "costing", "cut", "throat", "throats", "difficulties", "hospital", "hospitals"}
)
# done "to death": to others, and by oneself
DEADLY = frozenset(
    """batter beat bludgeon burn club crush cut gas hack kick knife lynch maul pelt put scald shoot spear stab stone
    strangle torture trample whip""".split()
)
PINING = frozenset("bleed choke freeze starve".split())
FARTHEST_VERB = 8
SHOT_DEAD = frozenset("dead down and killed".split())
SHOT_ELSEWHERE = frozenset("dead down at into out back and up from killed to through off".split())


class Trigger(NamedTuple):
    """A word that states an outcome: its token, the tokens that say it, and its sense."""

    i: int
    start: int
    end: int
    sense: Sense


def triggers(tree: Tree, start: int, end: int) -> list[Trigger]:
    """Outcome triggers among the tokens ``start`` to ``end``, in text order."""
    found: list[Trigger] = []
    lower, tag = tree.lower, tree.tag
    for i in range(start, end):
        sense = SENSES.get(lower[i])
        if lower[i] == "death" and i > start and lower[i - 1] == "to" and (verb := _done_to_death(tree, i, start)):
            if found and found[-1].i == verb.i:
                found.pop()
            found.append(verb)
            continue
        if sense is None:
            phrase = sense_of_phrase(tree, i) if lower[i] in PHRASAL else None
            if phrase is not None:
                found.append(Trigger(i, i, i + 1, phrase))
            continue
        if (tag[i] in ("NN", "NNS", "NNP", "NNPS") and lower[i] in NOUN_SENSES and sense.role != "state") or (
            sense.role == "act"
            and tag[i] in ("VBG", "NN")
            and lower[i] in NOUN_SENSES
            and lower[i + 1 : i + 2] == ["of"]
        ):
            sense = NOUN_SENSES[lower[i]]
        here = sense_here(tree, i, sense)
        if here is None:
            continue
        sense = here
        first, last = i, i + 1
        if sense.lemma == "gun" and lower[i + 1 : i + 2] != ["down"]:
            continue
        if sense.lemma == "shoot" and (
            tag[i] not in ("VBD", "VBN")
            or (
                not (SHOT_DEAD if tree.is_passive(i) else SHOT_ELSEWHERE).isdisjoint(lower[i + 1 : i + 3])
                and lower[i + 1 : i + 3] not in (["at", "close"], ["at", "point"])
            )
        ):
            continue
        if sense.lemma == "drive" and {"from", "out"}.isdisjoint(lower[i : i + 10]):
            continue
        if sense.lemma == "dead" and i > start and lower[i - 1] in ("shot", "gunned"):
            first = i - 1
        if sense.lemma == "wound" and sense.role == "act" and i > start and lower[i - 1] in ("mortally", "fatally"):
            first, sense = i - 1, Sense("wound", "killed", "act")
        if (
            lower[i] in NOMINAL
            and i - 2 >= start
            and lower[i - 2 : i] == ["number", "of"]
            and tag[i + 1 : i + 2] != ["NNS"]
        ):
            found.append(Trigger(i - 2, i, i + 1, Sense(lower[i], NOMINAL[lower[i]], "toll")))
            continue
        if sense.role == "toll" and i > start and lower[i - 1] == "death":
            if found and found[-1].i == i - 1:
                found.pop()
            first = i - 1
        if sense.role == "life" and tag[i] == "NN" and not _loses(tree, i):
            continue
        if sense.lemma == "prisoner" and HANDED.isdisjoint(lower[max(start, i - 5) : i]):
            continue
        if sense.lemma in ("hostage", "prisoner") and i > start and lower[i - 1] in TAKEN:
            first = i - 1
        found.append(Trigger(i, first, last, sense))
    return found


def _done_to_death(tree: Tree, i: int, start: int) -> Trigger | None:
    """The verb that "to death" completes: "hacked 13 peasants to death"; None where nobody dies of it ("sentenced")."""
    for k in range(i - 2, max(start, i - FARTHEST_VERB) - 1, -1):
        verb = tree.lemma[k]
        if tree.tag[k].startswith("VB") and (verb in DEADLY or verb in PINING):
            sense = Sense(verb, "killed", "undergo" if verb in PINING else "act")
            return Trigger(k, k, i + 1 if i - k == 2 else k + 1, sense)
    return None


def _loses(tree: Tree, i: int) -> bool:
    return tree.lemma[tree.head[i]] in ("lose", "claim", "cost", "take")
