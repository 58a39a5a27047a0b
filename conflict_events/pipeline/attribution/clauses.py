"""Clauses as the rules of attribution and scope read them: tense, mood, and the way up to the main clause.

Everything here takes a ``Tree`` and token indices and gives back plain words and numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from conflict_events.pipeline.syntax import Tree

MODALS = frozenset({"could", "would", "may", "might", "should", "can", "must", "shall", "ca", "'d"})
FUTURE = frozenset({"will", "'ll", "’ll", "wo"})
VERBAL = frozenset({"VERB", "AUX"})
LONGEST_CLAUSE = 200  # tokens of a clause that are looked at
STEPS = 40  # heads followed upwards at most; sentences of news are shallower


class Link(NamedTuple):
    """One step of the way up: a token and its relation to the token above it."""

    token: int
    role: str


def way_up(tree: Tree, i: int) -> list[Link]:
    """The token ``i`` and all its heads, nearest first, each with its own relation; ends at the root."""
    way = [Link(i, tree.role[i])]
    while tree.head[i] != i and len(way) < STEPS:
        i = tree.head[i]
        way.append(Link(i, tree.role[i]))
    return way


def is_verbal(tree: Tree, i: int) -> bool:
    """Whether ``i`` heads a clause by its own form: a verb, or a predicate with copula or auxiliary."""
    if tree.pos[i] in VERBAL or tree.tag[i].startswith("VB"):
        return True
    return any(tree.role[k] in ("cop", "aux", "aux:pass") for k in tree.children[i])


def verb_of(tree: Tree, i: int) -> int:
    """The verb (or predicate with copula) that governs ``i``: itself, or the nearest above it; else the root."""
    for link in way_up(tree, i):
        last = link.token
        if is_verbal(tree, last) and tree.role[last] not in ("aux", "aux:pass", "cop", "amod", "compound"):
            return last
    return last


def tense(tree: Tree, verb: int) -> str:
    """One word for tense and mood of the clause of ``verb``.

    ``past present perfect pluperfect modal future infinitive gerund participle none``; a participle without
    auxiliary that is coordinated takes the tense of the first of its row.
    """
    for _ in range(4):
        found = _own_tense(tree, verb)
        if found not in ("participle", "infinitive", "gerund") or tree.role[verb] != "conj":
            return found
        verb = tree.head[verb]
    return found


def _own_tense(tree: Tree, verb: int) -> str:
    finite = ""
    for k in tree.children[verb]:
        if tree.role[k] not in ("aux", "aux:pass", "cop"):
            continue
        low, tag = tree.lower[k], tree.tag[k]
        if low in FUTURE:
            return "future"
        if tag == "MD" or low in MODALS:
            return "modal"
        if tree.lemma[k] == "have" or low in ("has", "have", "had", "'ve", "’ve"):
            return "pluperfect" if low == "had" else "perfect"
        if low in ("was", "were", "did"):
            finite = finite or "past"
        elif low in ("is", "are", "am", "do", "does", "'s", "'re", "’s", "’re"):
            finite = finite or "present"
        elif low == "to":
            return "infinitive"
    if finite:
        return finite
    if any(tree.role[k] == "mark" and tree.lower[k] == "to" for k in tree.children[verb]):
        return "infinitive"
    return _BY_TAG.get(tree.tag[verb], "none")


_BY_TAG = {
    "VBD": "past",
    "VBZ": "present",
    "VBP": "present",
    "VB": "infinitive",
    "VBG": "gerund",
    "VBN": "participle",
    "MD": "modal",
}


def finite_above(tree: Tree, verb: int) -> tuple[int, str]:
    """The nearest clause at or above ``verb`` whose tense is finite, and that tense."""
    for link in way_up(tree, verb):
        if is_verbal(tree, link.token):
            found = tense(tree, link.token)
            if found not in ("participle", "gerund", "infinitive", "none"):
                return link.token, found
            verb = link.token
    return verb, "none"


def marks(tree: Tree, verb: int) -> list[str]:
    """The subordinating words of the clause of ``verb``, lower case ("if", "after", "that")."""
    return [tree.lower[k] for k in tree.children[verb] if tree.role[k] == "mark"]


def event_tokens(tree: Tree, verb: int) -> list[int]:
    """The tokens that tell of the event of ``verb``: its clause, the clause that a participle or second verb belongs
    to, what "when" and "as" add, and the noun that a relative clause is about.
    """
    for _ in range(6):
        role, mood = tree.role[verb], tense(tree, verb)
        joined = role == "conj" or (role == "xcomp" and mood != "infinitive")
        if not joined and not (role == "advcl" and mood == "gerund" and not _marked(tree, verb)):
            break
        verb = tree.head[verb]
    found = clause_tokens(tree, verb)
    for k in tree.children[verb]:
        if tree.role[k] == "advcl" and _marked(tree, k) & {"when", "as", "while", ""}:
            found.extend(clause_tokens(tree, k))
    if tree.role[verb].startswith("acl") and tree.head[verb] != verb:
        noun = tree.head[verb]
        for k in tree.children[noun]:
            if tree.role[k] in ("nmod", "nmod:poss", "amod", "compound", "nummod", "det", "nmod:tmod", "nmod:npmod"):
                found.extend(clause_tokens(tree, k))
    return sorted(set(found))


def _marked(tree: Tree, verb: int) -> set[str]:
    return {tree.lower[k] for k in tree.children[verb] if tree.role[k] in ("mark", "advmod") and k < verb}


def clause_tokens(tree: Tree, verb: int) -> list[int]:
    """The tokens of the clause of ``verb``, without the clauses below it, in text order."""
    found: list[int] = []
    stack = [verb]
    while stack and len(found) < LONGEST_CLAUSE:
        k = stack.pop()
        found.append(k)
        stack.extend(
            m for m in _near(tree, k) if tree.role[m] not in ("ccomp", "advcl", "acl:relcl", "parataxis", "csubj")
        )
    return sorted(found)


def _near(tree: Tree, i: int) -> list[int]:
    """The children of ``i``; of thousands, as a text without full stops may have, those that stand nearest."""
    children = tree.children[i]
    if len(children) <= LONGEST_CLAUSE:
        return children
    k = bisect_left(children, i)
    return children[max(0, k - LONGEST_CLAUSE // 2) : k + LONGEST_CLAUSE // 2]
