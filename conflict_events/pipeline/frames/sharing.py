"""What a word shares with the construction above it: the subject of another verb, whoever is blamed for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.pipeline.parties.nouns import KINDS
from conflict_events.pipeline.syntax import Tree

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
HOPS = 6
GAP = 12  # tokens back to the first of two verbs that share a subject
# verbs whose object does what their infinitive or gerund says: "ordered troops to fire", "accused X of attacking"
CONTROL = frozenset(
    """order force urge ask tell help allow accuse suspect charge command instruct send let make permit blame
    encourage persuade require convict authorize see watch stop prevent direct lead enable""".split()
)
# nouns that carry an infinitive without doing anything: "a plan to strike", "no intention of attacking"
CARRIERS = frozenset(
    """plan plot conspiracy intention attempt effort bid decision order threat right move operation mission
    responsibility campaign offensive intent ability desire readiness vow pledge possibility""".split()
)
BLAME = frozenset({"accuse", "blame", "suspect", "charge"})
# verbs without an object: what a parse calls their passive subject does what they say
INTRANSITIVE = frozenset(
    """clash fight skirmish protest march rally demonstrate riot withdraw retreat explode detonate surrender advance
    rampage gather mutiny""".split()
)
# verbs that no one is the object of: what a parse makes of "he said gunmen shot dead two men"
SAYING = frozenset({"say", "add", "believe", "claim", "announce", "confirm", "state", "note", "allege"})
TIMES = frozenset({"DATE", "TIME"})
WHEN = frozenset({"after", "before", "while", "when", "since"})
# what is told of those to whom it is done wherever no object follows: "the man killed near the lake"
HARM = frozenset("kill wound injure kidnap abduct arrest detain capture execute".split())
HELD = frozenset({"hostage", "captive", "prisoner"})


@dataclass(slots=True)
class Frame:
    """Token indices of the heads around one word; ``obliques`` are (preposition, head)."""

    agents: list[int] = field(default_factory=list)
    patients: list[int] = field(default_factory=list)
    obliques: list[tuple[str, int]] = field(default_factory=list)
    modifiers: list[int] = field(default_factory=list)
    possessors: list[int] = field(default_factory=list)
    lent: list[int] = field(default_factory=list)  # subjects of light verbs, doers where the noun has none of its own
    governor: int | None = None
    passive: bool = False

    def passive_alone(self, tree: Tree, i: int) -> bool:
        """Whether ``i`` is a participle that suffers what it says, without auxiliary: "if attacked"."""
        alone = tree.tag[i] == "VBN" and tree.child(i, "obj", "aux", "ccomp", "xcomp") is None
        return alone and tree.lemma[i] not in INTRANSITIVE

    def heads(self) -> list[int]:
        """All argument heads, whatever their role."""
        return [
            *self.agents,
            *self.patients,
            *(h for _, h in self.obliques),
            *self.modifiers,
            *self.possessors,
            *self.lent,
        ]


def obliques(tree: Tree, i: int) -> list[tuple[str, int]]:
    """(preposition, head) of the prepositional phrases that hang on ``i``, in text order."""
    found = []
    for k in tree.children[i]:
        role = tree.role[k]
        if role in ("obl", "nmod", "obl:agent") or (role in ("acl", "advcl") and tree.pos[k] not in VERBAL):
            case = tree.preposition(k)
            if case:
                found.append((case, k))
        elif role == "advmod" and tree.lower[k] == "there":
            found.append(("in", k))
    return found


def relative(tree: Tree, verb: int, head: int) -> int:
    """The noun that a relative pronoun stands for."""
    if tree.lower[head] in RELATIVES:
        i = verb
        for _ in range(HOPS):
            if tree.role[i] in ("acl:relcl", "acl"):
                return tree.head[i]
            if tree.role[i] not in ("conj", "xcomp", "ccomp"):
                break
            i = tree.head[i]
    return head


def inherited(tree: Tree, i: int, out: Frame) -> int | None:
    """The noun that the verb ``i`` shares with the construction above it."""
    for _ in range(HOPS):
        role, head = tree.role[i], tree.head[i]
        mark = tree.child(i, "mark") if role == "acl" and tree.tag[i] == "VBG" else None
        if mark is not None and tree.lower[mark] in WHEN and tree.pos[tree.head[head]] in VERBAL:
            # "troops shot ten men after entering the town": hung on the men, done by the troops
            found = tree.subject(tree.head[head])
            return None if found is None else relative(tree, tree.head[head], found)
        if role in ("acl", "acl:relcl", "amod"):
            if role == "acl" and tree.tag[i] == "VBN" and finite(tree, i):
                out.passive = False
            elif role == "acl" and (tree.tag[i] == "VBN" or (tree.tag[i] == "VBD" and _suffered(tree, i))):
                out.passive = True
            elif tree.lemma[head] in CARRIERS or tree.lemma[head] == "accused":
                return carrier(tree, head)
            elif role == "amod" and tree.tag[i] != "VBG" and head == i + 1 and (not i or tree.pos[i - 1] != "CCONJ"):
                out.passive = True
            elif role == "amod" and tree.tag[i] == "VBD":
                return before(tree, i)
            if role == "acl" and not out.passive and tree.tag[i] in ("VBN", "VBD"):
                return whole(tree, head)
            return described(tree, i, head)
        if role == "conj":
            if tree.pos[head] not in VERBAL:
                return None
            passive = tree.is_passive(head)
            if passive and not out.passive and tree.tag[i] == "VBN":
                out.passive = True
            found = tree.child(head, "nsubj", "nsubj:pass", "nsubj:outer")
            if found is not None:
                if passive and (tree.tag[i] == "VBN" or (tree.tag[i] == "VBD" and not out.patients)):
                    out.passive = True
                return relative(tree, head, found)
            i = head
            continue
        if role == "xcomp":
            controller = tree.child(head, "obj", "iobj")
            if controller is None:
                controller = tree.child(head, "nsubj", "nsubj:pass")
            if controller is not None:
                return relative(tree, head, controller)
            i = head
            continue
        bare = tree.tag[i] in ("VBG", "VB") or (
            role == "advcl" and tree.child(i, "mark") is not None and out.passive_alone(tree, i)
        )
        if role in ("advcl", "ccomp", "obl") and bare and tree.pos[head] in VERBAL:
            if tree.tag[i] == "VBN":
                out.passive = True
            found = tree.child(head, "obj") if role == "ccomp" or tree.lemma[head] in CONTROL else None
            if found is None and tree.lemma[head] in BLAME and tree.role[head] in ("acl", "acl:relcl"):
                return tree.head[head]
            if found is None:
                found = tree.child(head, "nsubj", "nsubj:pass")
            if found is not None:
                return relative(tree, head, found)
            i = head
            continue
        if (
            role == "parataxis"
            and "," in tree.text[max(i - 2, 0) : i]
            and (told := tree.child(head, "ccomp")) is not None
        ):
            # "he said the men came, then left": what follows the comma goes on with what was said
            return tree.subject(told) if told < i else None
        if role == "acl" and tree.pos[head] not in VERBAL:
            return head
        return None
    return None


def before(tree: Tree, i: int) -> int | None:
    """The noun just before a finite verb that the parse left without a subject."""
    k = i - 1
    while k >= 0 and (tree.pos[k] in ("ADV", "AUX") or tree.ent_type[k] in TIMES) and i - k < 4:
        k -= 1
    if k < 0 or tree.sent[k] != tree.sent[i]:
        return None
    if tree.pos[k] == "CCONJ":
        verb = next((m for m in range(k - 1, max(k - GAP, -1), -1) if tree.tag[m] in ("VBD", "VBZ", "VBP")), None)
        return tree.subject(verb) if verb is not None and tree.sent[verb] == tree.sent[i] else None
    return whole(tree, k) if tree.pos[k] in NOMINAL else None


def whole(tree: Tree, k: int) -> int:
    """The head of the whole phrase that the noun ``k`` ends: "gunmen" for the group of "gunmen of the group"."""
    for _ in range(HOPS):
        up, role = tree.head[k], tree.role[k]
        if up >= k or tree.pos[up] not in NOMINAL or role not in ("nmod", "compound", "flat", "conj"):
            break
        if role == "conj" and tree.child(k, "cc") is None:
            break
        k = up
    return k


def described(tree: Tree, i: int, head: int) -> int:
    """Whom a participle describes: people named just before it rather than a thing that its parse hangs it on."""
    k = i - 1
    near = k > head and tree.pos[k] in NOMINAL and tree.role[k] in ("nmod", "conj", "appos")
    if not near or not _someone(tree, k) or _someone(tree, head):
        return head
    return tree.head[k] if tree.role[k] == "conj" and tree.head[k] > head else k


def _someone(tree: Tree, k: int) -> bool:
    return tree.ent_type[k] in ("PERSON", "NORP") or tree.lemma[k] in KINDS


def _suffered(tree: Tree, i: int) -> bool:
    return tree.lemma[i] in HARM and tree.child(i, "obj") is None


def finite(tree: Tree, i: int) -> bool:
    """Whether what is parsed as a participle after its noun is the verb of the clause: it has an object of its own."""
    if tree.lemma[i] in INTRANSITIVE and tree.child(i, "aux:pass", "obl:agent") is None:
        return True
    top = whole(tree, tree.head[i])
    if (
        tree.role[top] == "obj"
        and tree.lemma[tree.head[top]] in SAYING
        and tree.child(i, "aux:pass", "obl:agent") is None
    ):
        return True
    if tree.lemma[i] in ("shoot", "fire") and any(case in ("at", "on") for case, _ in obliques(tree, i)):
        return True
    obj = tree.child(i, "obj")
    return (
        obj is not None
        and tree.lemma[obj] not in HELD
        and obj > i > tree.head[i]
        and tree.child(i, "aux:pass", "obl:agent") is None
    )


def carrier(tree: Tree, noun: int) -> int | None:
    """Whose plan, order or responsibility it is: the possessor, or the subject of the verb that has it."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return owner
    verb = tree.head[noun]
    if verb != noun and tree.pos[verb] in VERBAL and tree.role[noun] in ("obj", "obl", "xcomp"):
        return tree.subject(verb)
    return None


def blamed(tree: Tree, i: int) -> list[int]:
    """Doers told by who claims or is given the blame: "claimed responsibility for", "blamed X for", "blamed on X"."""
    head, role = tree.head[i], tree.role[i]
    if head == i:
        return []
    if tree.lemma[head] in ("responsibility", "credit", "blame") and role == "nmod":
        verb = tree.head[head]
        subject = tree.subject(verb) if tree.pos[verb] in VERBAL else None
        if subject is not None and tree.lemma[verb] in ("claim", "take", "accept", "admit", "bear"):
            return [subject]
    if tree.lemma[head] in BLAME:
        if role in ("obl", "nmod") and tree.preposition(i) in ("for", "of", "over", "with", "in"):
            found = tree.child(head, "obj", "nsubj:pass")
            if found is not None:
                return [found]
            return [tree.head[head]] if tree.role[head] in ("acl", "amod") else []
        if role in ("obj", "nsubj:pass"):
            return [k for case, k in obliques(tree, head) if case == "on"]
    if role == "obl" and tree.lemma[head] == "responsibility":
        subject = tree.subject(tree.head[head])
        return [subject] if subject is not None else []
    if role in ("obl", "nmod") and tree.lemma[head] == "claim":
        claimed = tree.child(head, "obj")
        subject = tree.subject(head)
        if claimed is not None and tree.lemma[claimed] == "responsibility":
            return [subject] if subject is not None else []
    if tree.lemma[head] == "responsible" and role in ("obl", "nmod"):
        subject = tree.child(head, "nsubj")
        return [subject] if subject is not None else []
    if tree.preposition(i) == "behind":
        subject = tree.child(i, "nsubj") or tree.subject(head) or tree.child(head, "nsubj")
        return [subject] if subject is not None else []
    return []
