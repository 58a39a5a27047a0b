"""What a noun can be where violence is told: one who does it, one who is hit, or a mere means."""

from __future__ import annotations

from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

ABLE = frozenset({"PERSON", "NORP", "ORG", "GPE"})
TIME = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
# who counts people: "thousands of marchers"
COUNTS = frozenset("ten dozen score hundred thousand million number scores tens total handful".split())
# things and words that end as names of doers do
_UNABLE = frozenset(
    "fist list mist wrist twist fragment accident incident event moment element month sister cluster part".split()
)
_DOERS = frozenset(
    """defense defence group militia party movement side country nation state government regime coalition authority assailant attacker
    suspect mob gang cell wing network tribe community elements ally neighbor neighbour member republic clan raider
    other both militias ethnic opponent supporter loyalist agent alliance company organization organisation police
    organisation kidnapper hijacker sniper bomber perpetrator killer""".split()
)
_NO_TARGETS = frozenset(
    """day week month year night morning evening hour time ground way attack condition anonymity control power
    responsibility operation street risk least fire front end wake face place violence stone rock slogan arm
    patrol duty board foot motorcycle baton club truncheon strike holiday leave orders suspicion charge report casualty damage
    side midnight noon dawn dusk weekend eve anniversary retaliation response revenge self effect scale basis""".split()
)


def able(tree: Tree, head: int, words: dict[str, frozenset[str]]) -> bool:
    """Whether a noun can do violence: people, groups, states; not times, places or things."""
    if tree.lower[head].endswith("-led"):
        return True
    if tree.lemma[head] in COUNTS:
        return any(able(tree, k, words) for k in counted_below(tree, head))
    if (
        tree.ent_type[head] in TIME
        or tree.lemma[head] in _UNABLE
        or tree.pos[head] in ("NUM", "VERB", "ADV", "PUNCT", "ADP")
    ):
        return False
    if tree.ent_type[head] in ABLE or tree.pos[head] == "PRON":
        return tree.lower[head] not in ("there", "this", "that", "what", "which", "nothing")
    lemma = tree.lemma[head]
    return (
        lemma in words["force"]
        or lemma in words["civilian"]
        or lemma in words["protester"]
        or lemma in words["rebel"]
        or lemma in _DOERS
        or lemma.endswith(("er", "or", "ist", "man", "men", "ant", "ent"))
        or tree.tag[head] in ("NNP", "NNPS")
    )


def hittable(tree: Tree, head: int, ontology: Ontology) -> bool:
    """Whether a noun can be hit: anything but times, amounts, abstract results and other events."""
    if tree.ent_type[head] in ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"):
        return False
    if tree.lemma[head] in COUNTS:
        return bool(counted_below(tree, head))
    if tree.pos[head] in ("VERB", "ADV", "PUNCT", "ADP", "ADJ", "AUX", "NUM"):
        return False
    lemma = tree.lemma[head]
    weapon = any(lemma in ontology.words[name] for name in ("bomb", "projectile"))
    if lemma in _NO_TARGETS or weapon or lemma in ontology.words["gun"] or lemma in ontology.words["agreement"]:
        return False
    if tree.ent_type[head] in ABLE:
        return True
    return not (tree.pos[head] == "NOUN" and _names_event(ontology, lemma))


def is_instrument(tree: Tree, head: int, weapons: frozenset[str], ontology: Ontology) -> bool:
    lemma = tree.lemma[head]
    if lemma in weapons and lemma not in ontology.words["force"]:
        return True
    common = tree.pos[head] == "NOUN" or (tree.pos[head] == "PROPN" and not tree.ent_type[head])
    return common and _names_event(ontology, lemma) and lemma not in ontology.words["protester"]


def _names_event(ontology: Ontology, lemma: str) -> bool:
    """Whether the lexicon has the noun for an event or a weapon."""
    rows = [row for row in ontology.rows.get(lemma, ()) if "NOUN" in row.pos]
    return bool(rows) and rows[0].role in ("event", "weapon")


def weapon(tree: Tree, head: int, ontology: Ontology) -> bool:
    """Whether a noun, or what a number before it counts, is a weapon or an aircraft: "nine of the twelve drones"."""
    arms = ontology.words["weapon_store"] | ontology.words["projectile"] | ontology.words["aircraft"]
    heads = [head, *tree.having(head, "nmod", "compound")]
    return any(tree.lemma[k] in arms or tree.lemma[k] in ontology.words["bomb"] for k in heads)


def counted_below(tree: Tree, head: int) -> list[int]:
    """What a word of counting counts, through others of its kind: "tens of thousands of people"."""
    found = list(tree.having(head, "nmod"))
    for _ in range(2):
        found += [k for n in found if tree.lemma[n] in COUNTS for k in tree.having(n, "nmod") if k not in found]
    return [k for k in found if tree.lemma[k] not in COUNTS]
