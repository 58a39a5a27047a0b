"""Who the victims of a figure are: combatants or civilians, and the word that tells whose side they are of.

Both are read off the noun phrase that names them, what complements it, and for a bare number ("wounding seven")
off the group told before it; small linear models weigh these clues.
"""

from __future__ import annotations

from typing import NamedTuple

from conflict_events.pipeline.figures.lexicon import ATTACKER_NOUNS, people_class, singular
from conflict_events.pipeline.figures.mentions import Mention
from conflict_events.pipeline.figures.roles import INCLUDING
from conflict_events.pipeline.figures.triggers import Trigger
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import Linear

KINDS = ("combatant", "civilian", "mixed", "unknown")
SUSPICION = frozenset("suspected alleged purported accused would-be".split())
FARTHEST_COMPLEMENT = 8
EVENTS = frozenset(
    "casualties casualty losses loss deaths death lives life injuries injury fatalities fatality wounds killings".split()
)


class Group(NamedTuple):
    """A group of victims with its place in the text and the group told before it in the same passage."""

    trigger: Trigger
    mention: Mention
    rule: str
    before: Group | None
    kind: str = ""


def phrase(tree: Tree, mention: Mention) -> tuple[int, int]:
    """Tokens of the victims' noun with its modifiers, without count, determiner and "other"."""
    start = mention.count_end
    while start < mention.end - 1 and (
        tree.tag[start] in ("DT", "PRP$", "IN", "PDT", "CD", "HYPH", ",")
        or tree.lower[start] in ("other", "more", "of", "additional")
        or tree.is_space[start]
    ):
        start += 1
    age = next((k for k in range(start, mention.end - 1) if tree.lower[k].endswith("old")), None)
    return (age + 1 if age is not None else start), mention.end


def complement(tree: Tree, mention: Mention) -> tuple[int, int]:
    """Tokens of what complements the victims' noun: "of the Islamic Jihad", "from Georgia", an apposition."""
    head = mention.noun if mention.noun is not None else mention.head
    for k in tree.children[head]:
        if k <= head:
            continue
        role = tree.role[k]
        if (
            role.startswith("nmod") and tree.preposition(k) in ("of", "from", "in", "with", "for", "among")
        ) or role == "appos":
            left, right = tree.edges(k)
            return max(left, head + 1), min(right, head + 1 + FARTHEST_COMPLEMENT)
    after = mention.end
    if after < len(tree) and tree.lower[after] in ("of", "from"):
        return after + 1, min(len(tree), after + FARTHEST_COMPLEMENT)
    return after, after


def kind_features(tree: Tree, group: Group) -> list[str]:
    """Clues to the kind of victims."""
    m, t = group.mention, group.trigger
    outcome = t.sense.outcome
    start, _end = phrase(tree, m)
    out = [f"form={m.form}", f"outcome={outcome}"]
    main = ""
    named = named_people(tree, group) if m.noun is None or m.noun == t.i else None
    noun = named[1] - 1 if named is not None else m.noun
    if noun is not None and m.form != "pronoun":
        word = singular(tree.lower[noun])
        main = people_class(word)
        out += [f"noun={word}", f"class={main or 'other'}", f"class={main or 'other'}&form={m.form}"]
    if m.noun is not None:
        for k in range(start, m.noun):
            out.append(f"mod={tree.lower[k]}")
            if people_class(tree.lower[k]):
                out.append(f"modclass={people_class(tree.lower[k])}")
            if tree.lower[k] in SUSPICION:
                out.append("suspected")
        if tree.tag[m.noun].startswith("NNP"):
            out.append("proper")
        if tree.tag[m.noun].startswith("JJ"):
            # "three Peruvian and one Chilean geologists": the noun comes once, at the end of the row
            following = (people_class(tree.lower[k]) for k in range(m.end, min(len(tree), m.end + 7)))
            shared = next((c for c in following if c), "")
            out.append(f"shared={shared}")
    a, b = complement(tree, m)
    classes = {people_class(tree.lower[k]) for k in range(a, b)} - {""}
    out += [f"complement={c}" for c in sorted(classes)]
    out += [f"complement:{tree.lower[k]}" for k in range(a, b) if tree.tag[k][:2] in ("NN", "JJ")]
    if main in ("", "unknown"):
        out += [f"other&complement={c}" for c in sorted(classes)]
        before = group.before
        if before is not None:
            form = (
                "bare"
                if m.noun is None
                else tree.lower[m.noun]
                if tree.lower[m.noun] in ("others", "other", "people")
                else "noun"
            )
            out.append(f"before={before.kind}&form={form}&pronoun={m.form == 'pronoun'}")
        elif m.noun is None:
            out.append("nothing_before")
    heads = {m.head, m.noun}
    for h in heads:
        if h is None:
            continue
        for k in tree.children[h]:
            if tree.role[k] == "conj" and m.quantity.value is None:
                out.append(f"conj={people_class(tree.lower[k]) or 'other'}")
                out.append(f"conj={people_class(tree.lower[k]) or 'other'}&class={main}")
            if tree.preposition(k) in INCLUDING and tree.role[k] != "obl:agent":
                out.append(f"including={people_class(tree.lower[k]) or 'other'}")
    if group.rule.endswith("including"):
        out.append("part")
    for k in range(m.end, min(len(tree), m.end + 8)):
        if tree.lower[k] in INCLUDING:
            ahead = {people_class(tree.lower[j]) for j in range(k + 1, min(len(tree), k + 7))} - {""}
            out += [f"ahead={c}&class={main}" for c in sorted(ahead)]
            break
        if tree.lower[k] in ("mostly", "mainly", "most", "many", "some", "all"):
            ahead = {people_class(tree.lower[j]) for j in range(k + 1, min(len(tree), k + 5))} - {""}
            out += [f"mostly={c}" for c in sorted(ahead)]
    if m.form == "name":
        out += [f"title={tree.lower[k]}" for k in range(m.start, m.end) if k != m.noun]
        out += [
            f"titleclass={people_class(tree.lower[k])}" for k in range(m.start, m.end) if people_class(tree.lower[k])
        ]
    out.append(f"lemma={t.sense.lemma}&class={main}")
    return out


def kind_of(models: dict[str, Linear], features: list[str]) -> str:
    """The likeliest kind by the models ``kind:combatant`` …."""
    return max(KINDS, key=lambda kind: (models[f"kind:{kind}"].score(features), -KINDS.index(kind)))


def is_attacker(tree: Tree, mention: Mention) -> bool:
    """Whether the victims are named as the attackers themselves."""
    return mention.noun is not None and singular(tree.lower[mention.noun]) in ATTACKER_NOUNS


def named_people(tree: Tree, group: Group) -> tuple[int, int] | None:
    """Tokens that name the victims: the phrase itself, or for "casualties" and "lives" what says whose they are."""
    m, start, end = group.mention, *phrase(tree, group.mention)
    if m.noun is None:
        if m.form in ("pronoun", "those"):
            return start, end
        part = _said_of_part(tree, m)
        return (part, part + 1) if part is not None else None
    if m.noun != group.trigger.i:
        return start, end
    for k in tree.children[m.noun]:
        if tree.role[k].startswith("nmod") and k > m.noun and tree.preposition(k) in ("of", "among", "to", "on"):
            left, right = tree.noun_phrase(k)
            while left < k and tree.tag[left] in ("DT", "PRP$", "IN"):
                left += 1
            return left, right
    verb = tree.head[m.noun]
    for k in tree.children[verb]:
        # "inflicted heavy losses on the garrison"
        if k > m.noun and tree.role[k].startswith("obl") and tree.preposition(k) in ("on", "upon", "among"):
            left, right = tree.noun_phrase(k)
            while left < k and tree.tag[left] in ("DT", "PRP$", "IN"):
                left += 1
            if people_class(tree.lower[k]) or (tree.text[k][:1].isupper() and tree.ent_type[k] != "DATE"):
                return left, right
    if people_class(tree.lower[m.noun]) and tree.lower[m.noun] not in EVENTS:
        return start, end
    words = [k for k in range(start, m.noun) if people_class(tree.lower[k]) or (tree.text[k][:1].isupper() and k > 0)]
    return (words[0], words[-1] + 1) if words else None


def _said_of_part(tree: Tree, m: Mention) -> int | None:
    """The noun that a part is said to be: "nine of them nurses", "of whom three were drivers", "five were clerks"."""
    if tree.lower[m.end : m.end + 2] in (["of", "them"], ["of", "whom"]):
        start = m.end + 2
    elif tree.lower[m.end - 1 : m.end + 1] in (["of", "them"], ["of", "whom"]):
        start = m.end + 1
    elif tree.lower[max(0, m.start - 2) : m.start] in (["of", "them"], ["of", "whom"]):
        start = m.end
    else:
        if tree.lower[m.end : m.end + 1] not in (["were"], ["was"], ["are"], ["is"]):
            return None
        start = m.end + 1
    return next((k for k in range(start, min(len(tree), start + 4)) if people_class(tree.lower[k])), None)
