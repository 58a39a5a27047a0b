"""Doers and targets of an event mention: the local noun phrases that its frame gives, sorted by what they can be."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.pipeline.frames.abilities import able, hittable, is_instrument, weapon
from conflict_events.pipeline.frames.arguments import with_conjuncts
from conflict_events.pipeline.frames.extents import shortest
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.frames.senses import Sense
from conflict_events.pipeline.frames.sharing import SAYING, obliques
from conflict_events.pipeline.parties.nouns import KINDS
from conflict_events.pipeline.parties.roster import known_name
from conflict_events.pipeline.syntax import Tree

TOWARDS = frozenset({"on", "at", "against", "upon", "into", "toward", "towards", "onto"})
OF_TARGET = frozenset(
    """killing kidnapping abduction assassination murder massacre shooting execution beheading beating arrest
    bombing shelling bombardment capture slaughter detention hijacking destruction slaying rape torture stabbing
    deployment withdrawal evacuation seizure looting siege invasion occupation attack death wounding ambush""".split()
)
# nouns whose possessor suffers them: "his killing"
OWN_VICTIM = frozenset(
    """killing kidnapping abduction assassination murder death arrest execution slaying capture beating detention
    kidnapper captor abductor killer murderer attacker assassin""".split()
)
MUTUAL = frozenset({"armed_clash", "war", "agreement", "violent_demonstration", "mob_violence"})
# endings of words for a people or those of a belief, as they stand before an act: "Nordist attacks"
PEOPLES = ("ist", "ite", "ian", "ish", "ese", "ani", "eni", "aqi")
STATES_IN_SHORT = frozenset({"US", "U.S.", "USA", "UK", "U.K.", "UN", "U.N.", "EU", "UAE", "DRC"})


@dataclass(slots=True)
class Participants:
    """Character ranges of doers and targets, the token heads behind them, and the instrument that stands as doer."""

    agents: list[list[int]] = field(default_factory=list)
    targets: list[list[int]] = field(default_factory=list)
    agent_heads: list[int] = field(default_factory=list)
    target_heads: list[int] = field(default_factory=list)
    instrument: list[int] | None = None


def participants(
    tree: Tree, sense: Sense, ontology: Ontology, type_: str, sites: frozenset[int] = frozenset()
) -> Participants:
    """Doers and targets of one mention, pronouns among them, each once, in text order; ``sites`` are tokens of places."""
    words, f, i = ontology.words, sense.frame, sense.head
    verbal = tree.pos[i] == "VERB" or tree.tag[i].startswith("VB")
    agents: list[int] = list(f.agents)
    targets: list[int] = list(f.patients)
    mutual = type_ in MUTUAL or tree.lemma[i] == "violence"
    sides = [k for case, k in f.obliques if mutual and case.split(" ")[0] in ("between", "among")]
    if sides:
        agents = [*sides, *_second_side(tree, sides)]
    aimed = not (verbal and f.patients) or tree.lemma[i] in AIMING
    towards: set[str] = set()
    for case, head in f.obliques:
        first = case.split(" ")[0]
        if tree.ent_type[head] in ("DATE", "TIME") or (first == "into" and tree.ent_type[head] in ("GPE", "LOC")):
            continue
        if first in ("on", "at"):
            # the second "at" says where, not at whom; and so does the first where the verb has an object that it hits
            if first in towards or not aimed or (first == "at" and not _aims(tree, i)):
                continue
            towards.add(first)
        if first == "against" and mutual and tree.lemma[i] in _TWO_SIDED:
            agents.append(head)
        elif (first in TOWARDS and tree.lemma[i] not in ("agree", "sign")) or (
            first == "to" and tree.lemma[i] == "set"
        ):
            targets.append(head)
        elif first in ("with", "against") and mutual and (verbal or tree.ent_type[head] != "PERSON"):
            agents.append(head)
        elif first == "of" and not verbal and tree.lemma[i] in OF_TARGET:
            targets.append(head)
        elif first == "from" and tree.lemma[i] == "fire":
            agents.append(head)
    if mutual and verbal and tree.lemma[i] in ("fight", "battle", "engage"):
        agents += targets
        targets = []
    if not verbal:
        owned = any(case == "of" for case, _ in f.obliques)
        (targets if tree.lemma[i] in OWN_VICTIM and not owned else agents).extend(f.possessors)
        suffered = sense.row.role == "consequence"
        for k in f.modifiers:
            if suffered:
                targets += [k] if tree.lemma[k] in words["force"] | words["civilian"] else []
                continue
            if tree.lower[k].startswith("anti-") or tree.lower[max(k - 2, 0) : k] == ["anti", "-"]:
                targets += [k] if type_ in _AGAINST else []
                continue
            if tree.lemma[i] in _AIMED and tree.lemma[k] in words["property"] - _MEANS and k + 1 == i:
                targets.append(k)
                continue
            follower = tree.lemma[k + 1] if k + 1 in f.modifiers else ""
            if tree.lemma[k] in _LABELS or (follower in words["force"] and follower not in _LABELS):
                continue
            if (
                tree.lower[k].endswith("-led")
                or (_side(tree, k, sites) and not (type_ == "war" and tree.pos[k] == "ADJ"))
                or tree.lemma[k] in words["force"]
                or tree.lemma[k] in _CROWDS
            ):
                agents.append(k)
    opponents = {k for case, k in f.obliques if case.split(" ")[0] in ("with", "against")}
    if not any(able(tree, k, words) for k in agents) or (mutual and opponents.issuperset(agents)):
        agents += f.lent
    agents = [k for k in agents if not _tells(tree, k, i)]
    if tree.pos[i] == "ADJ" and tree.role[i] == "xcomp" and tree.lemma[tree.head[i]] == "leave":
        targets += tree.having(tree.head[i], "obj")
    if tree.pos[i] == "ADJ" and not verbal and tree.role[i] not in ("obj", "nsubj", "nsubj:pass", "obl", "nmod"):
        targets += tree.having(i, "nsubj")
        agents = []
    if (
        verbal
        and tree.lemma[i] in _HARM
        and agents
        and not _people(tree, targets, words)
        and all(_counted(tree, k, words) for k in agents)
    ):
        agents, targets = [], agents
    if verbal and tree.lemma[i] == "come" and type_ in ("armed_clash", "attack"):
        agents, targets = [k for case, k in f.obliques if case in ("from", "by")], agents
    if type_ == "change_to_group_activity" and tree.lemma[i] not in ("recruit", "recruitment"):
        agents, targets = agents or [k for k in targets if tree.lemma[k] in words["military_unit"]], []
    elif type_ in ("government_regains_territory", "non_state_actor_overtakes_territory"):
        targets = [k for k in targets if not _ground(tree, k, words)]
        targets += [k for case, k in f.obliques if case == "from"]
        targets += [k for m in f.patients for case, k in obliques(tree, m) if case == "from"]
    elif type_ in ("peaceful_protest", "agreement"):
        targets = [k for case, k in f.obliques if case == "against"] + [k for k in targets if k in f.modifiers]
    elif type_ in ("excessive_force_against_protesters", "protest_with_intervention") and not targets:
        a, b = tree.sents[tree.sent[i]]
        targets = [k for k in range(a, b) if tree.tag[k] == "NNS" and tree.lemma[k] in words["protester"] - _RALLIES][
            :1
        ]
    inner = set(range(sense.start, sense.end))
    if type_ == "looting_property_destruction":
        # what stands between the words of a trigger is no part of it: "set their lorries on fire"
        inner -= {k for k in f.patients if tree.lemma[k] not in sense.row.text.split()}
    out = Participants()
    weapons = words["bomb"] | words["projectile"] | words["aircraft"]
    crewed = [] if type_ == "disrupted_weapons_use" else [k for k in f.agents if tree.lemma[k] in _CREWED]
    for head in with_conjuncts(tree, agents):
        if head in inner:
            continue
        if head in crewed:
            out.agents.append(shortest(tree, head))
            out.agent_heads.append(head)
            continue
        if is_instrument(tree, head, weapons, ontology):
            if out.instrument is None:
                out.instrument = shortest(tree, head)
            continue
        if able(tree, head, words):
            out.agents.append(shortest(tree, head))
            out.agent_heads.append(head)
    for head in with_conjuncts(tree, targets):
        caught = type_ == "disrupted_weapons_use" and weapon(tree, head, ontology)
        if head in inner or head in out.agent_heads or not (caught or hittable(tree, head, ontology)):
            continue
        out.targets.append(shortest(tree, head))
        out.target_heads.append(head)
    out.agents, out.targets = _unique(out.agents), _unique(out.targets)
    return out


def way(tree: Tree, head: int, trigger: int) -> str:
    """How a noun hangs on an event word, in the parse's relations: "army nsubj of shelled"."""
    steps: list[str] = []
    k = head
    for _ in range(WAY):
        if k == trigger:
            return f"{tree.text[head]} {' of '.join(steps)} of {tree.text[trigger]}"
        if tree.head[k] == k:
            break
        steps.append(tree.role[k])
        k = tree.head[k]
    return f"{tree.text[head]} shared with {tree.text[trigger]}"


WAY = 4  # relations told at most


# fighting that has an enemy rather than a victim: "their fight against the rebels"
_TWO_SIDED = frozenset("fight fighting battle clash combat struggle conflict skirmish".split())
# protests whom a word before them tells against: "anti-government rallies"
_AGAINST = frozenset({"peaceful_protest", "violent_demonstration", "protest_with_intervention"})
_RALLIES = frozenset({"protest", "demonstration", "rally"})
# acts before which the thing that they hit stands: "a convoy ambush"; and what they are done with there
_AIMED = frozenset("attack ambush bombing shelling raid siege shooting massacre assault blast explosion".split())
_MEANS = frozenset("car vehicle truck tanker home house farm village".split())
# who acts where such a noun stands before an act: "gang attacks"
_CROWDS = frozenset("gang mob militia government regime tribal clan cartel separatist extremist".split())
# aircraft and ships whose crews act: "warplanes bombed the market"
_CREWED = frozenset(
    "aircraft warplane helicopter gunship jet plane bomber warship gunboat drone artillery tank".split()
)
_NOMINAL = frozenset({"NOUN", "PROPN"})
_HARM = frozenset({"kill", "injure", "wound"})
# adjectives and nouns that colour an attack without naming its doer
_LABELS = frozenset({"terrorist", "terror", "suicide", "military", "security", "rebel-held", "bomber", "base", "post"})


# verbs that send something at somebody
AIMING = frozenset("fire shoot throw hurl launch lob toss aim open drop direct swing rain use".split())


def _tells(tree: Tree, k: int, i: int) -> bool:
    """Whether a noun is the subject of a verb of saying above the word ``i``: who tells of an act is not its doer."""
    verb, below = tree.head[k], i
    if tree.role[k] != "nsubj" or tree.lemma[verb] not in SAYING:
        return False
    for up in tree.ancestors(i):
        if up == verb:
            return tree.role[below] == "ccomp" and tree.child(below, "nsubj", "nsubj:pass") is not None
        below = up
    return False


def _aims(tree: Tree, i: int) -> bool:
    up = tree.head[i]
    return (
        tree.lemma[i] in AIMING
        or tree.lemma[up] in AIMING
        or tree.lemma[i] in ("shot", "shooting", "rocket", "missile", "round")
    )


def _side(tree: Tree, k: int, sites: frozenset[int]) -> bool:
    """Whether a name before an act says who did it: a people, a body, an abbreviated state; a town says where."""
    label = tree.ent_type[k]
    if tree.text[k] in STATES_IN_SHORT:
        return True
    if k in sites and label != "NORP":
        return False
    if label == "ORG" and not _body(tree, k):
        return False
    if label == "GPE" and tree.pos[k] == "PROPN" and tree.tag[k].startswith("NN"):
        return "." in tree.text[k] or (tree.text[k].isupper() and len(tree.text[k]) < 4)
    return label in ("NORP", "GPE", "ORG")


def _body(tree: Tree, k: int) -> bool:
    """Whether the name at ``k`` is told to be a body: by an abbreviation, a noun for one in it, or the table of actors.

    A lone unknown name before an act is more often a place than whoever did it: "the Dorashka raid".
    """
    start = end = k
    while start > 0 and tree.ent_type[start - 1] == "ORG" and not tree.ent_start[start]:
        start -= 1
    while end + 1 < len(tree) and tree.ent_type[end + 1] == "ORG" and not tree.ent_start[end + 1]:
        end += 1
    word = tree.text[k]
    if end > start or word.isupper() or "-" in word or tree.lower[k].removesuffix("s").endswith(PEOPLES):
        return True
    return tree.lemma[k] in KINDS or known_name((word,))


def _second_side(tree: Tree, sides: list[int]) -> list[int]:
    """The noun after "between X and", where the parse made it the subject of what follows."""
    first = max(sides)
    if len(sides) > 1 or any(k > first and tree.pos[k] in _NOMINAL for k in tree.having(first, "conj")):
        return []
    end = tree.noun_phrase(first)[1]
    if tree.lower[end : end + 1] != ["and"] or end + 1 >= len(tree) or tree.sent[end + 1] != tree.sent[first]:
        return []
    k = end + 1
    while tree.role[k] in ("det", "compound", "amod", "flat", "nummod", "nmod:poss") and tree.head[k] > k:
        k = tree.head[k]
    return [k] if tree.pos[k] in _NOMINAL else []


def _counted(tree: Tree, head: int, words: dict[str, frozenset[str]]) -> bool:
    """Whether a noun counts victims as headlines do: "nine persons killed"."""
    numbered = any(tree.role[k] == "nummod" for k in tree.children[head])
    return (numbered and tree.lemma[head] in words["civilian"]) or tree.pos[head] == "NUM"


def _people(tree: Tree, heads: list[int], words: dict[str, frozenset[str]]) -> bool:
    return any(
        tree.lemma[k] in words["civilian"] or tree.lemma[k] in words["force"] or tree.pos[k] == "PROPN" for k in heads
    )


def _ground(tree: Tree, head: int, words: dict[str, frozenset[str]]) -> bool:
    return (
        tree.lemma[head] in words["territory"]
        or tree.ent_type[head] in ("GPE", "LOC", "FAC")
        or tree.lemma[head] in _AREAS
    )


_AREAS = frozenset({"swathe", "swath", "part", "area", "stretch", "square", "kilometer", "district", "half", "most"})


def _unique(ranges: list[list[int]]) -> list[list[int]]:
    return [list(r) for r in dict.fromkeys(map(tuple, ranges))]
