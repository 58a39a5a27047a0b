"""Each kind of outcome word and the grammatical places in which it names its victims: the object of "killed" …"""

from __future__ import annotations

from collections.abc import Iterator

from conflict_events.pipeline.figures.lexicon import NOMINAL, SENSES, WAR_WORDS
from conflict_events.pipeline.figures.triggers import Trigger
from conflict_events.pipeline.syntax import SUBJECTS, Tree

WAR_DISTANCE = 60
SETTING = frozenset({"put", "set", "estimate", "place", "give", "fix"})  # "put its losses at 40"
COUNTING = frozenset({"number", "total", "count", "tally", "toll"})
TOLL_PREPOSITIONS = frozenset({"to", "at", "of", "above", "past", "over", "from"})


def _of(tree: Tree, i: int, *prepositions: str) -> Iterator[int]:
    for k in tree.children[i]:
        if tree.role[k].startswith(("nmod", "obl")) and tree.preposition(k) in (prepositions or ("of",)):
            yield k


def _antecedent(tree: Tree, verb: int) -> int | None:
    """The noun that a relative or participial clause modifies."""
    role, up = tree.role[verb], tree.head[verb]
    if role.startswith("acl") and up != verb:
        return up
    if role == "conj" and tree.role[up].startswith("acl") and tree.head[up] != up and _own_subject(tree, verb) is None:
        return tree.head[up]
    return None


def _number_of(tree: Tree, noun: int) -> int | None:
    """The word "number" or "total" that counts ``noun``: "the number of soldiers killed"."""
    up = tree.head[noun]
    return up if tree.lower[up] in COUNTING and tree.preposition(noun) == "of" else None


def _reached(tree: Tree, number: int) -> Iterator[int]:
    """What a number comes to: "has reached five", "rose to 12", "brings to 30 the number"."""
    verb = tree.head[number]
    if tree.role[number] == "appos" and tree.pos[verb] == "NUM":
        yield verb
        return
    if tree.role[number] in SUBJECTS and (tree.child(verb, "cop") is not None or tree.pos[verb] == "NUM"):
        yield verb
    for k in tree.children[verb]:
        if k != number and (tree.role[k] == "obj" or tree.preposition(k) in TOLL_PREPOSITIONS - {"from"}):
            yield k


def _own_subject(tree: Tree, verb: int) -> int | None:
    return tree.child(verb, "nsubj", "nsubj:pass", "nsubj:outer")


def _resolved(tree: Tree, subject: int, verb: int) -> int | None:
    """The subject itself, or the noun that a relative pronoun stands for."""
    if tree.lower[subject] in ("who", "that", "which", "whom"):
        clause = verb
        for _ in range(4):
            if tree.role[clause].startswith("acl"):
                return tree.head[clause]
            if tree.role[clause] not in ("conj", "xcomp", "ccomp"):
                return None
            clause = tree.head[clause]
        return None
    return subject


def victims_of(tree: Tree, trigger: Trigger) -> Iterator[tuple[int, str]]:
    """Heads of the phrases that the grammar of the outcome word itself makes its victims, each with its rule."""
    i, role = trigger.i, trigger.sense.role
    first = tree.head[i]
    if role in ("act", "state") and tree.role[i] == "conj" and tree.role[first] in ("xcomp", "ccomp"):
        # "left dozens dead or injured"
        for k in tree.having(tree.head[first], "obj"):
            yield k, "left_state"
    if role == "act":
        yield from _act(tree, i)
    elif role == "undergo":
        yield from _undergo(tree, i)
    elif role == "lose":
        for k in tree.having(i, "obj"):
            yield k, "lost"
        subject = tree.subject(i)
        if subject is not None and tree.is_passive(i):
            yield subject, "passive_subject"
    elif role == "event":
        yield from _event(tree, i)
    elif role == "life":
        yield from _life(tree, i)
    elif role == "toll":
        yield from _toll(tree, i)
    elif role == "agent":
        for k in tree.having(i, "nmod:poss"):
            yield k, "agent_possessor"
    elif role == "people":
        yield from _people(tree, i)
    elif role == "state":
        yield from _state(tree, i)


def _act(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    if (
        tree.lower[i] in NOMINAL
        and (tree.child(i, "det", "nmod:poss", "nummod") is not None)
        and tree.role[i] not in ("root", "acl")
    ):
        yield i, "named_by_state"
        return
    passive = tree.is_passive(i)
    up = tree.head[i]
    if tree.role[i] == "amod" and up != i:
        if "," not in tree.lower[min(i, up) : max(i, up)]:
            yield up, "attributive"
        return
    subject = tree.subject(i)
    if passive and subject is not None:
        noun = _resolved(tree, subject, i)
        if noun is not None:
            own = _own_subject(tree, i) is not None
            yield noun, ("passive_subject" if own else "inherited_passive") if noun == subject else "relative_passive"
    for k in tree.having(i, "obj", "iobj"):
        noun = _resolved(tree, k, i)
        if noun is not None:
            yield noun, "object"
    noun = _antecedent(tree, i)
    if noun is not None and tree.tag[i] in ("VBN", "VBD") and subject is None and tree.child(i, "obj") is None:
        number = _number_of(tree, noun)
        for k in _reached(tree, number) if number is not None else ():
            yield k, "toll_to"
        yield noun, "participle"
    if tree.lemma[i] == "let":
        for k in tree.having(i, "ccomp", "xcomp"):
            yield from ((m, "object") for m in tree.having(k, "nsubj"))
    if not passive and tree.tag[i] in ("VBN", "VBD") and tree.child(i, "obj") is None and subject is not None:
        noun = _resolved(tree, subject, i)
        if noun is not None:
            yield noun, "bare_passive" if _own_subject(tree, i) is not None else "inherited_subject"
    if tree.role[i] in ("xcomp", "ccomp") and up != i:
        for k in tree.having(up, "obj"):
            yield k, "left_state"
    if tree.role[i] == "conj" and up != i and tree.child(i, "obj") is None:
        for k in tree.having(up, "obj"):
            if k > i:
                yield k, "shared_object"
    for k in tree.children[i]:
        # "shot and killed a nun", "killing and injuring 12": the parse hangs the object on either verb
        if tree.role[k] == "conj" and tree.child(i, "obj") is None and tree.lower[k] in SENSES:
            for m in tree.having(k, "obj"):
                yield m, "shared_object"
    if tree.tag[i].startswith("NN") or tree.lower[i].endswith("ing"):
        for k in _of(tree, i):
            yield k, "nominal_of"


def _undergo(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    subject = tree.subject(i)
    if subject is not None:
        noun = _resolved(tree, subject, i)
        if noun is not None:
            yield noun, "undergoer" if noun == subject else "relative_undergoer"
    noun = _antecedent(tree, i)
    if noun is not None and subject is None:
        yield noun, "participle_undergoer"
    up = tree.head[i]
    purpose = tree.role[i] == "advcl" and subject is None and tree.lower[i - 1 : i] == ["to"]
    if (tree.role[i] in ("xcomp", "ccomp") or purpose) and up != i:
        # "led hundreds to flee", which a parse may take for a purpose
        for k in tree.having(up, "obj"):
            yield k, "caused"
        if subject is None and tree.subject(up) is not None:
            yield tree.subject(up) or up, "controlled"
    if tree.role[i] == "amod" and up != i:
        yield up, "attributive"


def _event(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    for k in _of(tree, i, "of", "to", "among", "on"):
        yield k, "nominal_of"
    for k in tree.having(i, "nmod:poss"):
        yield k, "possessor"
    for k in tree.having(i, "obj"):
        yield k, "object"
    for k in tree.having(i, "amod", "compound"):
        yield k, "modifier"
    yield i, "self"


def _life(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    for k in _of(tree, i):
        yield k, "lives_of"
    verb = tree.head[i]
    if tree.child(i, "nmod:poss") is not None and verb != i:
        subject = tree.subject(verb)
        if subject is not None:
            noun = _resolved(tree, subject, verb)
            if noun is not None:
                yield noun, "lost_lives"
        noun = _antecedent(tree, verb)
        if noun is not None:
            yield noun, "lost_lives"
    yield i, "self"


def _toll(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    for k in tree.children[i]:
        if tree.role[k].startswith(("nmod", "obl", "appos", "nummod")) and tree.preposition(k) in ("of", "at", ""):
            yield k, "toll_of"
    verb = tree.head[i]
    if verb == i:
        return
    if tree.role[i] in SUBJECTS and tree.child(verb, "cop") is not None:
        yield verb, "toll_is"
    for k in tree.children[verb]:
        role, preposition = tree.role[k], tree.preposition(k)
        reached = role == "obj" or (
            (role.startswith("obl") or role in ("xcomp", "advcl")) and preposition in TOLL_PREPOSITIONS
        )
        if k != i and reached:
            yield k, "toll_to" if preposition != "from" else "toll_from"
    yield i, "self"


def _people(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    yield i, "self"
    for k in _of(tree, i, "of", "to", "among", "on", "in"):
        yield k, "people_of" if tree.preposition(k) == "of" else "people_among"
    for k in tree.having(i, "nmod:poss"):
        yield k, "possessor"
    for k in tree.having(i, "compound", "amod"):
        yield k, "modifier"
    up = tree.head[i]
    if tree.lemma[up] in SETTING and tree.role[i] in ("obj", "nsubj:pass") and _in_war(tree, i):
        yield from ((k, "toll_to") for k in tree.children[up] if tree.preposition(k) == "at")
    if tree.child(i, "cop") is not None:
        subject = tree.subject(i)
        if subject is not None:
            yield subject, "predicate"
    if tree.role[i] in ("obj", "xcomp", "obl", "iobj") and up != i:
        # "took them hostage", "inflicted losses on the rebels", "one person sustained injuries"
        for k in tree.having(up, "obj"):
            if k != i:
                yield k, "left_state"
        subject = tree.subject(up)
        if subject is not None:
            noun = _resolved(tree, subject, up)
            if noun is not None:
                yield noun, "sufferer" if not tree.is_passive(up) else "passive_subject"
        for k in _of(tree, up, "on", "to", "among"):
            if k != i:
                yield k, "inflicted_on"
    if tree.role[i] in ("compound", "amod") and up != i:
        yield up, "attributive"
    for k in tree.having(i, "appos"):
        yield k, "appos"


def _in_war(tree: Tree, i: int) -> bool:
    """Whether war is spoken of around the word ``i``: a bank too puts its losses at some number."""
    near = range(max(0, i - WAR_DISTANCE), min(len(tree), i + WAR_DISTANCE))
    return any(tree.lower[k] in WAR_WORDS for k in near if k != i)


def _state(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    up = tree.head[i]
    role = tree.role[i]
    if tree.lemma[up] in SETTING and role in ("obj", "nsubj:pass"):
        yield from ((k, "toll_to") for k in tree.children[up] if tree.preposition(k) == "at")
    if tree.child(i, "det") is not None and role != "amod":
        yield i, "named_by_state"
    if role == "amod" and up != i:
        yield up, "attributive"
    subject = tree.subject(i)
    if subject is not None:
        noun = _resolved(tree, subject, i)
        if noun is not None:
            yield noun, "state_of"
    if role in ("xcomp", "obj", "ccomp", "advmod", "obl", "advcl", "conj") and up != i:
        for k in tree.having(up, "obj"):
            if k != i:
                yield k, "left_state"
        verb_subject = tree.subject(up)
        if verb_subject is not None and (tree.is_passive(up) or tree.lemma[up] in ("remain", "go", "lie", "drop")):
            noun = _resolved(tree, verb_subject, up)
            if noun is not None:
                yield noun, "found_state"
    if role.startswith("acl") and up != i and subject is None:
        yield up, "participle"
    for k in tree.having(i, "nummod", "nsubj", "obl:npmod", "compound", "dep"):
        yield k, "counted_state"
    if role in ("nmod", "obl") and tree.preposition(i) == "among":
        predicate_subject = tree.subject(up)
        if predicate_subject is not None:
            yield predicate_subject, "among_state"
        elif tree.role[i] == "nmod":
            yield up, "among_state"
