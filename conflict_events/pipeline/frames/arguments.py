"""Who does what to whom at one word: the heads of its doers, of what is done to, and of its circumstances.

Read off the parse alone: active, passive, nominal and possessive constructions, shared subjects, relative
clauses, control, and light verbs that lend their subject to a noun ("launched an attack").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conflict_events.pipeline.syntax import Tree

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
VERBAL = frozenset({"VERB", "AUX"})
MODIFIERS = frozenset({"compound", "amod", "nmod:poss", "flat", "nummod", "dep"})
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
# verbs whose subject suffers what they say
# verbs without an object: what a parse calls their passive subject does what they say
INTRANSITIVE = frozenset(
    """clash fight skirmish protest march rally demonstrate riot withdraw retreat explode detonate surrender advance
    rampage gather""".split()
)
TOWARDS = frozenset({"on", "against", "upon"})
DASHES = frozenset({"-", "--", "–", "—"})
DATELINE = 12  # tokens from the place a report was sent from to the dash
# what a blast, an attack or a raid does to its object: "the blast wrecked a hall"
EFFECTS = frozenset(
    """kill wound injure hit destroy damage wreck derail target strike rip tear shatter shake rock maim level flatten
    displace devastate gut demolish hurt sink""".split()
)
# what those are doing whom a blast catches: "exploded as a convoy passed"
PASSING = frozenset(
    "pass drive travel ride walk move arrive leave enter go return cross patrol gather queue wait".split()
)
BLASTS = frozenset("explode detonate blast explosion bomb go bombing mine device".split())
SUFFERING = frozenset({"die", "lose", "suffer", "perish", "succumb", "sustain"})


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


def frame(tree: Tree, i: int, light: frozenset[str]) -> Frame:
    """The frame of the verb or noun ``i``; ``light`` are verbs that lend their subject to a noun."""
    if tree.pos[i] in VERBAL or (tree.tag[i].startswith("VB") and tree.role[i] not in ("compound", "amod")):
        return _verb(tree, i)
    return _noun(tree, i, light)


def with_conjuncts(tree: Tree, heads: list[int]) -> list[int]:
    """The heads and those coordinated with them, in text order."""
    found: list[int] = []
    for head in heads:
        for k in (head, *tree.having(head, "conj")):
            if k not in found and tree.pos[k] not in VERBAL:
                found.append(k)
    return sorted(found)


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


def _relative(tree: Tree, verb: int, head: int) -> int:
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


def _owner(tree: Tree, noun: int, k: int) -> int:
    """What a possessor means: for "whose" the noun that its clause describes."""
    if tree.lower[k] != "whose":
        return k
    for up in tree.ancestors(noun):
        if tree.role[up] == "acl:relcl":
            return tree.head[up]
    return k


def _dateline(tree: Tree, k: int, i: int) -> bool:
    """Whether the subject ``k`` of ``i`` is the place that a report was sent from: another one follows its dash."""
    others = [m for m in tree.children[i] if m > k and tree.role[m].startswith("nsubj")]
    return bool(others) and any(tree.text[m] in DASHES for m in range(k + 1, min(others[0], k + DATELINE)))


def _verb(tree: Tree, i: int) -> Frame:
    out = Frame(passive=tree.is_passive(i) and not (tree.role[i] == "acl" and _finite(tree, i)))
    for k in tree.children[i]:
        role = tree.role[k]
        if role.startswith("nsubj") and _dateline(tree, k, i):
            continue
        if role in ("nsubj", "nsubj:outer"):
            out.agents.append(_relative(tree, i, k))
        elif role == "nsubj:pass" and tree.lemma[i] in INTRANSITIVE and tree.child(i, "aux:pass") is None:
            out.passive = False
            out.agents.append(_relative(tree, i, k))
        elif role == "nsubj:pass":
            out.passive = True
            out.patients.append(_relative(tree, i, k))
        elif role in ("obj", "iobj") and tree.ent_type[k] not in ("DATE", "TIME"):
            out.patients.append(_relative(tree, i, k))
        elif role == "obl:agent":
            out.agents.append(k)
    out.obliques = obliques(tree, i)
    if tree.lemma[i] in SUFFERING and not out.passive:
        out.patients, out.agents = list(out.agents), []
        if not out.patients:
            shared = _inherited(tree, i, out)
            out.patients += [] if shared is None else [shared]
        out.agents += [k for case, k in out.obliques if case == "by"]
        return out
    if _undergone(tree, i, out):
        out.passive, out.patients, out.agents = True, out.agents, []
    if out.passive:
        out.agents += [k for case, k in out.obliques if case == "by" and k not in out.agents]
    if not (out.patients if out.passive else out.agents):
        shared = _inherited(tree, i, out)
        if shared is None and tree.tag[i] in ("VBD", "VBZ", "VBP") and not out.agents and not out.patients:
            shared = _before(tree, i)
        if shared is not None:
            (out.patients if out.passive else out.agents).append(shared)
    if not out.patients and not out.passive and tree.role[i] == "acl:relcl" and _described(tree, i, out):
        out.patients.append(tree.head[i])
    out.patients += _caught(tree, i)
    if tree.role[i] == "conj" and not out.patients and not out.passive:
        first = tree.head[i]
        later = tree.having(i, "obj")
        if not later and tree.pos[first] in VERBAL:
            out.patients += [k for k in tree.having(first, "obj") if k > i]
    return out


def _undergone(tree: Tree, i: int, out: Frame) -> bool:
    """Whether a past form without object is a participle read as a main verb: "two men abducted in May by herdsmen"."""
    if out.passive or not out.agents or out.patients or tree.tag[i] not in ("VBD", "VBN"):
        return False
    if tree.lemma[i] in INTRANSITIVE or tree.child(i, "aux", "obj", "ccomp", "xcomp") is not None:
        return False
    return any(
        case == "by" and tree.pos[k] in NOMINAL and tree.ent_type[k] not in ("DATE", "TIME", "PERCENT", "CARDINAL")
        for case, k in out.obliques
    )


def _described(tree: Tree, i: int, out: Frame) -> bool:
    """Whether a relative clause leaves out its object, the noun that it describes: "the children they abducted"."""
    if not out.agents or tree.head[i] in out.agents or tree.pos[tree.head[i]] not in NOMINAL:
        return False
    inside = (k for k in tree.subtree(i) if k < i)
    return all(tree.lower[k] not in ("where", "when", "why", "which", "whom", "whose") for k in inside)


def _caught(tree: Tree, i: int) -> list[int]:
    """Who was passing when it went off."""
    if tree.lemma[i] not in BLASTS:
        return []
    found = []
    for k in tree.having(i, "advcl"):
        mark = tree.child(k, "mark")
        if mark is not None and tree.lower[mark] in ("as", "while", "when") and tree.lemma[k] in PASSING:
            subject = tree.subject(k)
            if subject is not None:
                found.append(subject)
    return found


def _inherited(tree: Tree, i: int, out: Frame) -> int | None:
    """The noun that the verb ``i`` shares with the construction above it."""
    for _ in range(HOPS):
        role, head = tree.role[i], tree.head[i]
        if role in ("acl", "acl:relcl", "amod"):
            if role == "acl" and tree.tag[i] == "VBN" and _finite(tree, i):
                out.passive = False
            elif tree.role[i] == "acl" and tree.tag[i] == "VBN":
                out.passive = True
            elif tree.lemma[head] in CARRIERS or tree.lemma[head] == "accused":
                return _carrier(tree, head)
            elif role == "amod" and tree.tag[i] == "VBD":
                return _before(tree, i)
            return head
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
                return _relative(tree, head, found)
            i = head
            continue
        if role == "xcomp":
            controller = tree.child(head, "obj", "iobj")
            if controller is None:
                controller = tree.child(head, "nsubj", "nsubj:pass")
            if controller is not None:
                return _relative(tree, head, controller)
            i = head
            continue
        if role in ("advcl", "ccomp", "obl") and tree.tag[i] in ("VBG", "VB") and (tree.pos[head] in VERBAL):
            found = tree.child(head, "obj") if role == "ccomp" or tree.lemma[head] in CONTROL else None
            if found is None and tree.lemma[head] in BLAME and tree.role[head] in ("acl", "acl:relcl"):
                return tree.head[head]
            if found is None:
                found = tree.child(head, "nsubj", "nsubj:pass")
            if found is not None:
                return _relative(tree, head, found)
            i = head
            continue
        if role == "acl" and tree.pos[head] not in VERBAL:
            return head
        return None
    return None


def _before(tree: Tree, i: int) -> int | None:
    """The noun just before a finite verb that the parse left without a subject."""
    k = i - 1
    while k >= 0 and tree.pos[k] in ("ADV", "AUX") and i - k < 4:
        k -= 1
    if k < 0 or tree.sent[k] != tree.sent[i]:
        return None
    if tree.pos[k] == "CCONJ":
        verb = next((m for m in range(k - 1, max(k - GAP, -1), -1) if tree.tag[m] in ("VBD", "VBZ", "VBP")), None)
        return tree.subject(verb) if verb is not None and tree.sent[verb] == tree.sent[i] else None
    if tree.pos[k] not in NOMINAL:
        return None
    for _ in range(HOPS):
        up = tree.head[k]
        if up > k or up == k or tree.pos[up] not in NOMINAL or tree.role[k] not in ("nmod", "compound", "flat", "conj"):
            break
        k = up
    return k


def _finite(tree: Tree, i: int) -> bool:
    """Whether what is parsed as a participle after its noun is the verb of the clause: it has an object of its own."""
    if tree.lemma[i] in INTRANSITIVE and tree.child(i, "aux:pass", "obl:agent") is None:
        return True
    if tree.lemma[i] in ("shoot", "fire") and any(case in ("at", "on") for case, _ in obliques(tree, i)):
        return True
    obj = tree.child(i, "obj")
    return obj is not None and obj > i > tree.head[i] and tree.child(i, "aux:pass", "obl:agent") is None


def _carrier(tree: Tree, noun: int) -> int | None:
    """Whose plan, order or responsibility it is: the possessor, or the subject of the verb that has it."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return owner
    verb = tree.head[noun]
    if verb != noun and tree.pos[verb] in VERBAL and tree.role[noun] in ("obj", "obl", "xcomp"):
        return tree.subject(verb)
    return None


def _blamed(tree: Tree, i: int) -> list[int]:
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
        subject = tree.subject(head) or tree.child(head, "nsubj")
        return [subject] if subject is not None else []
    return []


def _noun(tree: Tree, i: int, light: frozenset[str]) -> Frame:
    out = Frame()
    for k in tree.children[i]:
        role = tree.role[k]
        if role == "nmod:poss":
            out.possessors.append(_owner(tree, i, k))
        elif role in MODIFIERS and k < i:
            out.modifiers.append(k)
            out.modifiers.extend(m for m in tree.children[k] if tree.role[m] in MODIFIERS or tree.role[m] == "conj")
        elif role == "acl" and tree.tag[k] == "VBN":
            given = "on" if tree.lower[k] == "blamed" else "by"
            out.agents += [n for case, n in obliques(tree, k) if case == given]
            if given == "on":
                continue
            out.obliques += [(c, n) for c, n in obliques(tree, k) if c not in ("by", "as")]
        elif role == "acl:relcl" and tree.lemma[k] in light and not tree.having(k, "nsubj:pass"):
            subject = tree.subject(k)
            if subject is not None and tree.lower[subject] not in RELATIVES:
                out.agents.append(subject)
                out.obliques += [(c, n) for c, n in obliques(tree, k) if c not in ("by", "as")]
        elif role in ("acl:relcl", "acl") and tree.lemma[k] in ("target", "hit", "strike", "kill", "wound", "injure"):
            out.patients += tree.having(k, "obj")
    out.obliques += obliques(tree, i)
    out.agents += [k for case, k in out.obliques if case == "by"]
    top = i
    while tree.role[top] == "conj" and tree.pos[tree.head[top]] not in VERBAL and tree.head[top] != top:
        top = tree.head[top]
    if top != i:
        # circumstances after the row belong to its last member, modifiers before it to the first
        out.possessors += tree.having(top, "nmod:poss") if not out.possessors else []
    later = [k for k in tree.having(top, "conj") if k > i]
    if later and not out.obliques:
        out.obliques += obliques(tree, later[-1])
        out.agents += [k for case, k in obliques(tree, later[-1]) if case == "by"]
    out.agents += _blamed(tree, top)
    if not out.agents and tree.head[top] != top and tree.pos[tree.head[top]] in VERBAL and tree.role[top] == "obj":
        # "answered a raid by rebels": the phrase often hangs on the verb
        for case, k in obliques(tree, tree.head[top]):
            by = tree.child(k, "case")
            if case == "by" and by is not None and i < by <= i + 2 and not tree.is_passive(tree.head[top]):
                out.agents.append(k)
    role, verb = tree.role[top], tree.head[top]
    if verb == top or tree.pos[verb] not in VERBAL:
        return out
    out.governor = verb
    if role in ("obj", "nsubj:pass", "obl", "xcomp", "ccomp") and tree.lemma[verb] in light:
        above = _verb(tree, verb)
        if role != "obl" or tree.preposition(top) in ("in", "out", "on", "with"):
            out.lent += [k for k in above.agents if k != top]
        out.obliques += [(c, k) for c, k in above.obliques if k != top and c != "by"]
    elif role in ("nsubj", "nsubj:pass", "obj", "obl"):
        above = _verb(tree, verb)
        out.obliques += [(c, k) for c, k in above.obliques if k != top and c in ("in", "near", "at", "outside")]
        if role == "nsubj" and tree.lemma[verb] in EFFECTS:
            out.patients += [k for k in tree.having(verb, "obj") if k not in out.patients]
        out.patients += _caught(tree, verb) if tree.lemma[verb] in BLASTS else []
        if role == "obj":
            # "curb attacks on buses": the phrase often hangs on the verb
            out.obliques += [(c, k) for c, k in above.obliques if c in TOWARDS and tree.lower[i + 1 : i + 2] == [c]]
    return out
