"""Whose the victims of a figure are: the word that tells their side or nationality.

It stands in their noun phrase, in what complements it, or is the owner that "its" and "their" refer to; a small
linear model weighs the words that may be meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from conflict_events.pipeline.figures.lexicon import ATTACKER_NOUNS, SIDE_NOUNS, people_class, singular
from conflict_events.pipeline.figures.mentions import Mention
from conflict_events.pipeline.figures.victims import Group, complement, phrase
from conflict_events.pipeline.parties.roster import states_of_the_world
from conflict_events.pipeline.state import Found
from conflict_events.pipeline.syntax import Tree

NEARBY = 60  # tokens
# kinds of actors that speak for a state, and those that fight for it
ORGANS = frozenset({"state", "military", "police"})
FORCES = frozenset({"military", "police"})
# the state or group before these words is the side, not the body itself
BODIES = frozenset(
    "ministry government embassy parliament committee foreign defense defence interior health court president prime".split()
)
POSSESSIVES = frozenset({"its", "their", "his", "her", "our"})
OWNERS = frozenset(
    "government coalition opposition regime communist loyalist pro-government rebel rebels insurgent".split()
)
BEREAVED = OWNERS | frozenset("army military militia navy police rebels insurgents guerrillas separatists".split())


class SideWord(NamedTuple):
    """A word that may tell the victims' side: its tokens, where it stands ("noun", "modifier", "owner" …), features."""

    start: int
    end: int
    where: str
    features: list[str]


def side_words(tree: Tree, group: Group) -> Iterator[SideWord]:
    """Words that may tell whose side or nationality the victims are of."""
    m = group.mention
    seen: set[int] = set()
    noun = people_class(tree.lower[m.noun]) if m.noun is not None else "bare"
    start, end = phrase(tree, m)
    places: list[tuple[str, range]] = [("noun" if m.noun is None else "phrase", range(min(start, m.start), end))]
    a, b = complement(tree, m)
    places.append(("complement", range(a, b)))
    owned = any(tree.lower[k] in POSSESSIVES for k in range(m.start, end)) or group.trigger.sense.role == "lose"
    if owned or m.noun is None or m.form in ("definite", "the", "pronoun"):
        low = tree.sents[tree.sent[m.start]][0]
        places.append(("owner" if owned else "before", range(max(low, m.start - 25), m.start)))
    for where, tokens in places:
        proper = 0
        for k in reversed(tokens) if where in ("owner", "before") else tokens:
            if k in seen or not _may_name_side(tree, k, where, m):
                continue
            seen.add(k)
            left, right = _name(tree, k, tokens)
            seen.update(range(left, right))
            proper += 1
            yield SideWord(left, right, where, _side_features(tree, group, k, where, noun, proper))


def opposed(tree: Tree, mention: Mention, actors: Sequence[Found]) -> tuple[int, int] | None:
    """The state whose office reports soldiers as victims of another state's forces; None where that is not told.

    Soldiers of no named side are the speaker's own there: "Peru's army said two conscripts died when Chilean
    troops crossed the river" tells of Peruvians. ``actors`` are the mentions that ``conflict_actors`` found.
    """
    if mention.noun is None or people_class(tree.lower[mention.noun]) != "combatant":
        return None
    start, end = phrase(tree, mention)
    if end - start > 1 or singular(tree.lower[mention.noun]) in SIDE_NOUNS | ATTACKER_NOUNS:
        return None
    low, high = tree.sents[tree.sent[mention.start]]
    low, high = max(low, mention.start - NEARBY), min(high, mention.start + NEARBY)
    first = bisect_left(actors, low, key=lambda actor: actor.start)
    last = bisect_left(actors, high, lo=first, key=lambda actor: actor.start)
    states = {
        k: actor
        for actor in actors[first:last]
        if actor.label in ORGANS and actor.values.get("party") in states_of_the_world()
        for k in range(actor.start, actor.end)
    }
    speaker = next((states[k] for k in _subjects_above(tree, mention) if k in states), None)
    if speaker is None:
        return None
    doers = (k for k, actor in states.items() if actor.label in FORCES and tree.role[k] in ("nsubj", "obl:agent"))
    if not any(states[k].values["party"] != speaker.values["party"] for k in doers):
        return None
    names = [k for k in range(speaker.start, speaker.end) if tree.ent_type[k] in ("GPE", "NORP")]
    return _name(tree, names[0], range(speaker.start, speaker.end)) if names else None


def _subjects_above(tree: Tree, mention: Mention) -> Iterator[int]:
    """Subjects of the verbs that govern the clause of the victims, from the inside out."""
    verb = tree.clause_head(mention.head)
    for _ in range(3):
        up = tree.clause_head(tree.head[verb])
        if up == verb:
            return
        verb = up
        subject = tree.subject(verb)
        if subject is not None:
            yield subject


def owner(tree: Tree, group: Group) -> tuple[int, int] | None:
    """The name that "its" or "their" in the victims' phrase refers to, in the subject of the clause that tells of them.

    "Commanders in Maputo admit that six of their scouts perished": Maputo.
    """
    mention = group.mention
    told = any(tree.lower[k] in ("its", "their") for k in range(mention.start, mention.end))
    losses = group.trigger.i if mention.noun is None and group.rule == "toll_to" else None
    if losses is not None:
        # "put its losses at 40", "put the army's losses at 40"
        whose = tree.child(losses, "nmod:poss")
        if whose is None:
            return None
        if tree.lower[whose] not in ("its", "their"):
            return tree.noun_phrase(whose)[0] + (tree.lower[tree.noun_phrase(whose)[0]] == "the"), whose + 1
        told = True
    if not told:
        return None
    verb = tree.clause_head(mention.head)
    for _ in range(4):
        subject = tree.subject(verb)
        if subject is not None and not mention.start <= subject < mention.end and tree.pos[subject] != "PRON":
            left, right = tree.edges(subject)
            for k in range(left, min(right, mention.start, left + NEARBY)):
                capital = (
                    tree.text[k][:1].isupper() and tree.tag[k][:3] in ("NNP", "JJ") and tree.lower[k] not in BODIES
                )
                if capital and not people_class(tree.lower[k]):
                    return _name(tree, k, range(left, right))
            if losses is not None and tree.lower[subject] in BEREAVED:
                # "the army put its losses at 40"
                return subject, subject + 1
        if tree.head[verb] == verb:
            return None
        verb = tree.clause_head(tree.head[verb])
    return None


def _may_name_side(tree: Tree, k: int, where: str, m: Mention) -> bool:
    word, tag = tree.lower[k], tree.tag[k]
    if tag.startswith("NNP") or (tag.startswith("JJ") and tree.text[k][:1].isupper()):
        return not tree.is_space[k]
    if word in OWNERS or singular(word) in SIDE_NOUNS or word.startswith(("pro-", "anti-")):
        return True
    return (
        where in ("phrase", "noun")
        and tree.text[k][:1].isupper()
        and word not in POSSESSIVES
        and tag[:2] in ("NN", "JJ", "VB", "FW")
    )


def _name(tree: Tree, k: int, tokens: range) -> tuple[int, int]:
    """The name that the token ``k`` is part of: "al-Qaida", "Ivory Coast", "South Korean"."""
    left, right = k, k + 1
    if not tree.text[k][:1].isupper() and not tree.tag[k].startswith("NNP"):
        return left, right
    while left - 1 in tokens and (_touches(tree, left - 1, left) or _goes_on(tree, left - 1, left)):
        left -= 1
    while right in tokens and (_touches(tree, right - 1, right) or _goes_on(tree, right - 1, right)):
        right += 1
    return left, right


def _touches(tree: Tree, i: int, j: int) -> bool:
    """Whether a hyphen ties two tokens into one word."""
    return tree.end[i] == tree.idx[j] and "-" in (tree.lower[i], tree.lower[j])


def _goes_on(tree: Tree, i: int, j: int) -> bool:
    """Whether a name of the token ``i`` goes on in ``j``: both capitalised, neither a noun for people."""
    return (
        tree.tag[i][:3] in ("NNP", "JJ")
        and tree.tag[j][:3] in ("NNP", "JJ")
        and tree.text[i][:1].isupper()
        and tree.text[j][:1].isupper()
        and not people_class(tree.lower[i])
        and not people_class(tree.lower[j])
        and tree.lower[j] not in BODIES
    )


def _side_features(tree: Tree, group: Group, k: int, where: str, noun: str, rank: int) -> list[str]:
    m, word = group.mention, tree.lower[k]
    text = tree.text[k]
    here = "head" if k == m.noun else where
    shape = "upper" if text.isupper() else "title" if text[:1].isupper() else "lower"
    form = m.form if m.form in ("name", "pronoun", "the", "definite") else "count" if m.noun is not None else "bare"
    tag = tree.tag[k]
    following = tree.tag[k + 1][:2] if k + 1 < len(tree) else ""
    out = [
        f"where={here}&tag={tag}",
        f"where={here}&shape={shape}&noun={noun}",
        f"where={here}&form={form}&tag={tag[:2]}",
        f"where={here}&form={form}&noun={noun}&rank={min(rank, 3)}",
        f"word={word}",
        f"word={word}&where={here}",
        f"suffix={word[-2:]}&shape={shape}",
        f"suffix={word[-3:]}&shape={shape}&where={here}",
        f"where={here}&class={people_class(word)}",
        f"where={here}&next={following}&form={form}",
        f"where={here}&lemma={group.trigger.sense.lemma}",
        f"where={here}&role={tree.role[k]}",
        f"where={here}&entity={tree.ent_type[k]}",
        f"where={here}&entity={tree.ent_type[k]}&form={form}&rank={min(rank, 3)}",
        f"where={here}&entity={tree.ent_type[k]}&noun={noun}",
    ]
    if here == "complement" and m.noun is not None:
        out.append(f"complement_of={singular(tree.lower[m.noun])}&entity={tree.ent_type[k]}")
    if k + 1 < len(tree) and tree.lower[k + 1] in ("'s", "’s"):
        out.append(f"where={here}&owns")
    if k + 1 < len(tree):
        out.append(f"where={here}&following={people_class(tree.lower[k + 1])}")
    if where in ("owner", "before"):
        verb = tree.clause_head(m.head)
        up = tree.head[verb]
        out.append(f"where={where}&subject={any(tree.role[j].startswith('nsubj') for j in (k, tree.head[k]))}")
        out.append(f"where={where}&governs={tree.head[k] in (verb, up) or tree.head[tree.head[k]] in (verb, up)}")
    if m.noun is not None and people_class(tree.lower[m.noun]) == "":
        out.append(f"where={here}&othernoun&tag={tag}")
    return out
