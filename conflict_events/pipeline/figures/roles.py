"""Where the victims of an outcome trigger stand: active object, passive subject, "the killing of" …

``roles`` gives heads of noun phrases with the name of the rule that found them: what the outcome word governs
(``constructions``), what hangs on those phrases, and what stands beside it. Rules know no wording, only the
role of the trigger and Universal Dependencies relations.
"""

from __future__ import annotations

from collections.abc import Iterator

from conflict_events.pipeline.figures.constructions import victims_of
from conflict_events.pipeline.figures.triggers import Trigger
from conflict_events.pipeline.syntax import Tree

AUXILIARIES = frozenset("was were been be is are being has have had got get gets".split())
HAVING = frozenset({"has", "have", "had", "having"})
BEING = AUXILIARIES - HAVING
BESIDE = frozenset({"noun_before", "noun_before_auxiliary", "noun_after"})
INCLUDING = frozenset({"including", "include", "included", "includes", "among"})


def roles(tree: Tree, trigger: Trigger) -> list[tuple[int, str]]:
    """Heads of the phrases that name the trigger's victims, each with the rule that says so, best first."""
    direct = list(victims_of(tree, trigger))
    found: dict[int, str] = {}
    for head, rule in direct:
        found.setdefault(head, rule)
    for head, rule in direct:
        for other, how in _expanded(tree, head):
            found.setdefault(other, f"{rule}+{how}")
    for k in tree.children[trigger.i]:
        if tree.preposition(k) in INCLUDING:
            found.setdefault(k, "including")
            for c in tree.having(k, "conj"):
                found.setdefault(c, "including")
    if trigger.sense.role in ("act", "undergo", "state") or trigger.sense.lemma in ("hostage", "captive", "prisoner"):
        told_after = any(head > trigger.i for head in found)
        for head, rule in _beside(tree, trigger):
            if rule != "noun_after" or not told_after:
                found.setdefault(head, rule)
    return list(found.items())


def _beside(tree: Tree, trigger: Trigger) -> Iterator[tuple[int, str]]:
    """The nouns right before and after the trigger, for passages where the parse is of no help."""
    low, high = max(0, trigger.start - 12), min(len(tree), trigger.end + 8)
    k = trigger.start - 1
    while k >= low and (tree.lower[k] in AUXILIARIES or tree.tag[k] == "RB"):
        k -= 1
    if k >= low and (tree.tag[k].startswith("NN") or (tree.tag[k] in ("PRP", "DT") and tree.pos[k] == "PRON")):
        for _ in range(6 if tree.lower[trigger.start - 1] in AUXILIARIES else 0):
            # the noun phrase that the noun ends: "a bodyguard of the minister was killed"
            if tree.role[k].startswith(("nmod", "compound", "flat", "nummod")) and low <= tree.head[k] < trigger.start:
                k = tree.head[k]
        if tree.lower[k] in ("them", "whom") and tree.lower[k - 1 : k] == ["of"]:
            # "a third of them dead": the part, not the whole
            k = -1
        agent = (
            k >= 0
            and tree.head[k] == trigger.i
            and tree.role[k] == "nsubj"
            and tree.child(trigger.i, "obj") is not None
        )
        skipped = tree.lower[max(low, k + 1) : trigger.start]
        acting = trigger.sense.role == "act" or trigger.end - trigger.start > 1
        active = acting and any(w in HAVING for w in skipped) and not any(w in BEING for w in skipped)
        if k >= 0 and not agent and not active:
            yield k, "noun_before_auxiliary" if tree.lower[trigger.start - 1] in AUXILIARIES else "noun_before"
    k, noun = trigger.end, None
    while k < high:
        tag = tree.tag[k]
        if tag.startswith("NN") or tag == "PRP":
            noun = k
        elif noun is not None or not (tag in ("DT", "PRP$", "JJ", "VBN", "HYPH", "POS", "JJS") or tree.is_space[k]):
            break
        k += 1
    if noun is not None and (trigger.sense.role == "act" or trigger.end - trigger.start > 1):
        yield noun, "noun_after"


def _expanded(tree: Tree, head: int) -> Iterator[tuple[int, str]]:
    stack = [(head, "")]
    seen = 0
    while stack and seen < 40:
        i, how = stack.pop()
        subject = tree.subject(i) if tree.preposition(i) == "among" else None
        if subject is not None:
            # "eleven surgeons were among the scores who perished"
            yield subject, "among"
        for k in tree.children[i]:
            role = tree.role[k]
            if role == "conj" and tree.pos[k] not in ("VERB", "AUX"):
                name = how or "conj"
            elif role == "appos":
                name = "appos"
            elif role.startswith(("nmod", "obl", "acl")) and tree.preposition(k) in INCLUDING:
                name = "including"
            elif role.startswith(("nmod", "obl")) and tree.preposition(k) in (
                "along with",
                "as well as",
                "together with",
                "with",
                "in addition to",
            ):
                name = "with"
            else:
                continue
            seen += 1
            yield k, name
            stack.append((k, name))
