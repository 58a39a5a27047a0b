"""Who does what to whom at one word: the heads of its doers, of what is done to, and of its circumstances.

Read off the parse alone: active, passive, nominal and possessive constructions, shared subjects, relative
clauses, control, and light verbs that lend their subject to a noun ("launched an attack").
"""

from __future__ import annotations

from conflict_events.pipeline.frames.sharing import (
    INTRANSITIVE,
    NOMINAL,
    RELATIVES,
    TIMES,
    VERBAL,
    Frame,
    before,
    blamed,
    finite,
    inherited,
    obliques,
    relative,
)
from conflict_events.pipeline.syntax import Tree

MODIFIERS = frozenset({"compound", "amod", "nmod:poss", "flat", "nummod", "dep"})
DURING = frozenset({"in", "during", "amid", "after", "before", "despite"})
BESIDE = 3  # tokens from one verb to the other of a pair that shares its object
# prepositions that tie whom an act hits, or who did it, to the noun for it
TIES = frozenset({"on", "against", "by", "between", "with"})
DASHES = frozenset({"-", "--", "–", "—"})
DATELINE = 12  # tokens from the place a report was sent from to the dash
# what a blast, an attack or a raid does to its object: "the blast wrecked a hall"
EFFECTS = frozenset(
    """kill wound injure hit destroy damage wreck derail target strike rip tear shatter shake rock maim level flatten
    displace devastate gut demolish hurt sink shoot""".split()
)
# what those are doing whom a blast catches: "exploded as a convoy passed"
PASSING = frozenset(
    "pass drive travel ride walk move arrive leave enter go return cross patrol gather queue wait".split()
)
BLASTS = frozenset("explode detonate blast explosion bomb go bombing mine device".split())
SUFFERERS = frozenset({"target", "victim"})  # "the post was the target of an attack"
SUFFERING = frozenset({"die", "lose", "suffer", "perish", "succumb", "sustain"})


def frame(tree: Tree, i: int, light: frozenset[str]) -> Frame:
    """The frame of the verb or noun ``i``; ``light`` are verbs that lend their subject to a noun."""
    mark = tree.child(i, "mark", "case")
    if tree.tag[i] == "VBG" and tree.lower[i] == "fighting" and mark is not None and tree.lower[mark] in DURING:
        return _noun(tree, i, light)
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
    out = Frame(passive=tree.is_passive(i) and not (tree.role[i] == "acl" and finite(tree, i)))
    for k in tree.children[i]:
        role = tree.role[k]
        if role.startswith("nsubj") and (tree.ent_type[k] in TIMES or _dateline(tree, k, i)):
            continue
        if role == "nsubj" and k > i and tree.child(i, "obj", "cop") is None and tree.lemma[i] in EFFECTS:
            out.patients.append(k)
        elif role in ("nsubj", "nsubj:outer"):
            out.agents.append(relative(tree, i, k))
        elif role == "nsubj:pass" and tree.lemma[i] in INTRANSITIVE and tree.child(i, "aux:pass") is None:
            out.passive = False
            out.agents.append(relative(tree, i, k))
        elif role == "nsubj:pass":
            out.passive = True
            out.patients.append(relative(tree, i, k))
        elif role in ("obj", "iobj") and tree.ent_type[k] not in TIMES:
            out.patients.append(relative(tree, i, k))
        elif role == "obl:agent":
            out.agents.append(k)
    out.obliques = obliques(tree, i)
    if tree.lemma[i] in SUFFERING and not out.passive:
        out.patients, out.agents = list(out.agents), []
        if not out.patients:
            shared = inherited(tree, i, out)
            out.patients += [] if shared is None else [shared]
        out.agents += [k for case, k in out.obliques if case == "by"]
        return out
    if _undergone(tree, i, out):
        out.passive, out.patients, out.agents = True, out.agents, []
    if out.passive:
        out.agents += [k for case, k in out.obliques if case == "by" and k not in out.agents]
        out.agents += [] if out.agents else _by_later(tree, i, out)
    if not (out.patients if out.passive else out.agents):
        shared = inherited(tree, i, out)
        if shared is None and tree.tag[i] in ("VBD", "VBZ", "VBP") and not out.agents and not out.passive:
            shared = before(tree, i)
        if shared is not None:
            (out.patients if out.passive else out.agents).append(shared)
    if not out.patients and not out.passive and tree.role[i] == "acl:relcl" and _described(tree, i, out):
        out.patients.append(tree.head[i])
    out.patients += _caught(tree, i)
    out.patients += [k for m in tree.having(i, "xcomp") if tree.lemma[m] == "dead" for k in tree.having(m, "obj")]
    if not out.patients and not out.passive:
        # "shot and killed a guard": two verbs side by side share what follows
        out.patients += [
            k
            for m in tree.having(i, "conj")
            if m - i <= BESIDE and tree.pos[m] in VERBAL and tree.child(m, "nsubj", "nsubj:pass") is None
            for k in tree.having(m, "obj")
        ]
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


def _sufferer(tree: Tree, k: int) -> list[int]:
    """Who is told to be what the noun ``k`` says: its subject, or that of the verb that makes it so."""
    subject = tree.child(k, "nsubj", "nsubj:outer")
    if subject is None and tree.lemma[tree.head[k]] in ("be", "become") and tree.role[k] in ("xcomp", "obj", "obl"):
        subject = tree.subject(tree.head[k])
    return [] if subject is None else [relative(tree, k, subject)]


def _by_later(tree: Tree, i: int, out: Frame) -> list[int]:
    """Doers of a passive that the parse hangs on a circumstance or a later passive: "shot and wounded by a sniper"."""
    found = [k for m in tree.having(i, "conj") if tree.is_passive(m) or tree.tag[m] == "VBN" for k in _by(tree, m)]
    return found or [k for case, m in out.obliques if case == "as" for k in _by(tree, m)]


def _by(tree: Tree, i: int) -> list[int]:
    return [k for case, k in obliques(tree, i) if case == "by" and tree.ent_type[k] not in TIMES]


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
        elif role == "acl:relcl" and tree.lemma[k] == "blame":
            out.agents += [n for case, n in obliques(tree, k) if case == "on"]
        elif role == "acl:relcl" and tree.lemma[k] in light and not tree.having(k, "nsubj:pass"):
            subject = tree.subject(k)
            if subject is not None and tree.lower[subject] not in RELATIVES:
                out.agents.append(subject)
                out.obliques += [(c, n) for c, n in obliques(tree, k) if c not in ("by", "as")]
        elif role in ("acl:relcl", "acl") and tree.lemma[k] in EFFECTS and not tree.having(k, "nsubj:pass"):
            out.patients += tree.having(k, "obj")
    out.obliques += obliques(tree, i)
    out.obliques += _following(tree, i, out)
    out.agents += [k for case, k in out.obliques if case == "by"]
    # "the abduction of two nuns by rebels": the parse hangs the doers on the victims
    out.agents += [k for case, noun in out.obliques if case == "of" and not out.agents for k in _by(tree, noun)]
    if tree.lemma[tree.head[i]] in SUFFERERS and tree.role[i] == "nmod" and tree.preposition(i) == "of":
        out.patients += _sufferer(tree, tree.head[i])
    top = i
    while tree.role[top] == "conj" and tree.pos[tree.head[top]] not in VERBAL and tree.head[top] != top:
        top = tree.head[top]
    if top != i:
        # circumstances after the row belong to its last member, modifiers before it to the first
        out.possessors += tree.having(top, "nmod:poss") if not out.possessors else []
        out.obliques += [(case, k) for case, k in obliques(tree, top) if k > i] if not out.obliques else []
    later = [k for k in tree.having(top, "conj") if k > i]
    if later and not out.obliques:
        out.obliques += obliques(tree, later[-1])
        out.agents += [k for case, k in obliques(tree, later[-1]) if case == "by"]
    out.agents += blamed(tree, top)
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
    return out


def _following(tree: Tree, i: int, out: Frame) -> list[tuple[str, int]]:
    """The phrase right after a noun, or after the day told with it, which the parse often hangs on the verb above.

    "Curb attacks on buses", "hit in strikes Friday on the town".
    """
    k = i + 1
    while k < len(tree) and tree.ent_type[k] in TIMES and tree.lower[k] not in TIES:
        k += 1
    if k >= len(tree) or tree.lower[k] not in TIES or tree.role[k] != "case":
        return []
    noun = tree.head[k]
    known = any(noun == head for _, head in out.obliques) or tree.head[noun] == i
    if known or tree.ent_type[noun] in TIMES or noun == i or tree.head[noun] not in tree.ancestors(i):
        return []
    return [(tree.lower[k], noun)]
