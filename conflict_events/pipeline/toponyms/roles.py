"""In what role a text uses the name of a state or capital: as a place, or for the government there."""

from __future__ import annotations

from conflict_events.pipeline.syntax import Tree

# what a land, not its government, is the subject of
OF_LANDS = frozenset("lie border sit stretch extend remain see witness experience suffer become".split())
INSTITUTIONS = frozenset(
    """
ministry minister government president premier chancellor parliament congress senate cabinet army military navy force forces
troop troops soldier police service agency authority leader leadership official spokesman spokeswoman ambassador envoy
embassy side delegation regime junta state secretary commander general airforce guard command administration king emir
""".split()
)
# what governments give and say: "support from Yerevan", "Moscow's offer"
OF_GOVERNMENTS = frozenset(
    """
support backing aid help assistance weapon arm ammunition funding money statement reaction response condemnation denial
comment word silence approval permission promise pledge order instruction guarantee assurance recognition demand threat
warning claim accusation criticism proposal offer request refusal decision position policy ally stance rhetoric
""".split()
)
# what governments have with one another: "talks between Moscow and Kyiv"
DEALINGS = frozenset(
    """
talk negotiation relation tie tension agreement deal truce ceasefire accord pact treaty dialogue contact dispute
standoff cooperation alliance summit meeting rivalry friction peace normalisation normalization consultation understanding
""".split()
)
FIGHTS = frozenset("war conflict fighting hostility clash confrontation battle".split())
# verbs whose object is somebody who can act
ADDRESSES = frozenset(
    """
accuse blame urge tell warn ask press pressure condemn criticise criticize thank sanction denounce invite notify inform
persuade convince oblige allow help back assure remind fault
""".split()
)
# past forms, for parses without good lemmas
ADDRESSED = frozenset(f"{verb.removesuffix('e')}ed" for verb in ADDRESSES) | {"told"}
APPEALS = frozenset({("call", "on"), ("call", "upon"), ("appeal", "to"), ("pressure", "on"), ("sanction", "on"),
                     ("sanction", "against"), ("talk", "with"), ("negotiate", "with"), ("side", "with")})  # fmt: skip
# "Moscow-backed"
SPONSORED = frozenset("backed led brokered mediated supplied funded supported sponsored allied trained aligned".split())


def is_government(tree: Tree, start: int, end: int, *, capital: bool) -> bool:
    """Whether the name of a country or ``capital`` at tokens ``start`` to ``end`` stands for its government."""
    head = next((i for i in range(start, end) if not start <= tree.head[i] < end), start)
    if tree.role[head] == "conj":
        head = tree.head[head]
    return (
        _acts(tree, head)
        or _owns_institution(tree, head, end)
        or _is_addressed(tree, head)
        or _gives(tree, head, start, end)
        or _deals(tree, head, start, capital=capital)
        or (tree.lower[end : end + 1] == ["-"] and end + 1 < len(tree) and tree.lower[end + 1] in SPONSORED)
    )


def _acts(tree: Tree, name: int) -> bool:
    """Whether the name is the doer of a verb that lands do not do."""
    verb = tree.head[name]
    if tree.role[name] == "nsubj" and tree.pos[verb] == "VERB":
        return tree.lemma[verb] not in OF_LANDS
    by = tree.role[name] == "obl:agent" or (tree.role[name] == "obl" and tree.preposition(name) == "by")
    return by and tree.pos[verb] == "VERB"


def _owns_institution(tree: Tree, name: int, end: int) -> bool:
    """Whether the name stands in the genitive before an office or body of a state ("Armenia's Defence Ministry")."""
    if tree.role[name] != "nmod:poss":
        return False
    owned = range(end, min(max(tree.head[name] + 3, end), end + 8, len(tree)))
    return any(tree.lemma[i] in INSTITUTIONS or tree.lower[i] in INSTITUTIONS for i in owned)


def _is_addressed(tree: Tree, name: int) -> bool:
    """Whether somebody tells, blames or appeals to the name ("accused Baku of", "called on Kyiv to")."""
    above, case = tree.head[name], tree.preposition(name)
    if tree.role[name] in ("obj", "iobj", "nsubj:pass") and not case:
        return tree.lemma[above] in ADDRESSES or tree.lower[above] in ADDRESSED
    return (tree.lemma[above], case) in APPEALS


def _gives(tree: Tree, name: int, start: int, end: int) -> bool:
    """Whether what governments give or say comes from the name; by the words alone, parses differ here."""
    if start >= 2 and tree.lower[start - 1] == "from":
        return tree.lemma[start - 2] in OF_GOVERNMENTS
    return tree.role[name] == "nmod:poss" and tree.lemma[tree.head[name]] in OF_GOVERNMENTS


def _deals(tree: Tree, name: int, start: int, *, capital: bool) -> bool:
    """Whether the name is one of the parties to talks or ties; a capital also to a war."""
    kinds = DEALINGS | FIGHTS if capital else DEALINGS
    if tree.preposition(name) not in ("between", "with", "from"):
        return False
    what = tree.lemma[tree.head[name]]
    near = {tree.lemma[i] for i in range(max(0, start - 3), start)} if tree.preposition(name) == "between" else set()
    return what in kinds or bool(near & kinds)
