"""Pairs of an outcome trigger and a group of people, as features for the model that accepts or refuses them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from conflict_events.pipeline.casualties_lexicon import SENSES, people_class
from conflict_events.pipeline.casualties_mentions import CALENDAR, Mention, counted_mentions, mention_at
from conflict_events.pipeline.casualties_roles import Trigger, roles, triggers
from conflict_events.pipeline.syntax import Tree

FARTHEST = 40
LONGEST_PATH = 6
AUXILIARIES = frozenset("was were been be is are being has have had got get gets".split())
UNCERTAIN_NOUNS = frozenset({"attack", "blast"})


class Pair(NamedTuple):
    """A trigger and a group that may be its victims, with the rule that joins them ("" for none) and its features."""

    trigger: Trigger
    mention: Mention
    rule: str
    features: list[str]


def pairs_of(tree: Tree, start: int, end: int) -> list[Pair]:
    """All candidate pairs of the sentence ``start`` to ``end``; empty where it states no outcome."""
    found = triggers(tree, start, end)
    if not found:
        return []
    mentions = counted_mentions(tree, start, end)
    inside: dict[int, int] = {}
    for k, m in enumerate(mentions):
        for i in range(m.start, m.end):
            inside.setdefault(i, k)
    linked: dict[tuple[int, int], str] = {}
    for a, trigger in enumerate(found):
        for head, rule in roles(tree, trigger):
            k = inside.get(head)
            if k is None:
                if not start <= head < end:
                    continue
                mention = mention_at(tree, head, (start, end))
                if mention is None:
                    continue
                k = len(mentions)
                mentions.append(mention)
                inside[head] = k
            linked.setdefault((a, k), rule)
    candidates = []
    for a, trigger in enumerate(found):
        for k, m in enumerate(mentions):
            rule = linked.get((a, k), "")
            if not rule and (not m.counted or abs(m.start - trigger.i) > FARTHEST):
                continue
            candidates.append((a, k, rule))
    context = _Context(tree, start, end, found, mentions, linked)
    return [Pair(found[a], mentions[k], rule, context.features(a, k, rule)) for a, k, rule in candidates]


class _Context:
    """What the features of one sentence share."""

    def __init__(
        self,
        tree: Tree,
        start: int,
        end: int,
        found: Sequence[Trigger],
        mentions: Sequence[Mention],
        linked: dict[tuple[int, int], str],
    ) -> None:
        self.tree, self.start, self.end = tree, start, end
        self.found, self.mentions, self.linked = found, mentions, linked
        self.trigger_at = {t.i for t in found}
        self.mention_starts = {m.start for m in mentions if m.counted and m.form != "article"}
        self.of_trigger: dict[int, list[str]] = {}
        self.of_mention: dict[int, list[tuple[int, str]]] = {}
        for (a, k), rule in linked.items():
            if mentions[k].counted:
                self.of_trigger.setdefault(a, []).append(rule)
            self.of_mention.setdefault(k, []).append((a, rule))

    def features(self, a: int, k: int, rule: str) -> list[str]:
        tree, t, m = self.tree, self.found[a], self.mentions[k]
        sense, i = t.sense, t.i
        noun = people_class(tree.lower[m.noun]) if m.noun is not None else "bare"
        noun = noun or ("name" if m.form == "name" else "demonym" if m.noun is not None and tree.tag[m.noun] in ("NNPS", "NNP") else "thing")
        people = "thing" if noun == "thing" else "bare" if noun == "bare" else "people"
        main = rule.split("+")[0]
        kind = f"{sense.role}:{sense.outcome}"
        out = [
            f"kind={kind}",
            f"lemma={sense.lemma}",
            f"form={m.form}",
            f"noun={noun}",
            f"rule={rule}",
            f"rule={rule}&people={people}",
            f"rule={main}&form={m.form}",
            f"rule={main}&lemma={sense.lemma}",
            f"role={sense.role}&form={m.form}&people={people}",
            f"lemma={sense.lemma}&people={people}",
            f"tag={tree.tag[i]}&rule={main}",
        ]
        if m.noun is not None and noun == "thing":
            out.append(f"thing={tree.lower[m.noun]}")
        path = self._path(i, m.head)
        out += [f"path={path}", f"role={sense.role}&path={path}&people={people}"]
        out += self._linear(t, m, people, sense.role)
        others = [r for b, r in self.of_mention.get(k, []) if b != a]
        same = [r for b, r in self.of_mention.get(k, []) if b != a and self.found[b].sense.outcome == sense.outcome]
        out.append(f"linked={bool(rule)}&others={len(others) > 0}&same={len(same) > 0}")
        filled = [r for r in self.of_trigger.get(a, []) if r != "self"]
        out.append(f"linked={bool(rule)}&filled={len(filled) > 0}&form={m.form}&people={people}")
        if m.quantity.value == 0:
            out.append(f"none&rule={main}&role={sense.role}")
        return out

    def _path(self, i: int, j: int) -> str:
        """Relations up from the trigger and down to the group."""
        tree = self.tree
        if i == j:
            return "="
        up: dict[int, int] = {i: 0}
        chain = [i]
        while tree.head[chain[-1]] != chain[-1] and len(chain) <= LONGEST_PATH:
            up[tree.head[chain[-1]]] = len(chain)
            chain.append(tree.head[chain[-1]])
        down = []
        k = j
        while k not in up:
            down.append(_short(tree.role[k]))
            if tree.head[k] == k or len(down) > LONGEST_PATH:
                return "far"
            k = tree.head[k]
        ups = [_short(tree.role[c]) for c in chain[: up[k]]]
        if len(ups) + len(down) > LONGEST_PATH:
            return "far"
        return "^".join(ups) + "|" + ">".join(reversed(down))

    def _linear(self, t: Trigger, m: Mention, people: str, role: str) -> list[str]:
        tree = self.tree
        before = m.end <= t.start
        low, high = (m.end, t.start) if before else (t.end, m.start)
        inside = not before and m.start < t.end
        side = "in" if inside else "before" if before else "after"
        between = list(range(low, max(low, high)))
        gap = len(between)
        bucket = gap if gap <= 3 else 5 if gap <= 6 else 10 if gap <= 12 else 20 if gap <= 20 else 40
        crossed = sum(k in self.trigger_at for k in between)
        counted = sum(k in self.mention_starts for k in between)
        verbs = sum(tree.tag[k].startswith("VB") and tree.lower[k] not in AUXILIARIES and k not in self.trigger_at for k in between)
        commas = sum(tree.lower[k] in (",", ";", ":", "--") for k in between)
        out = [
            f"side={side}&gap={bucket}&role={role}",
            f"side={side}&crossed={min(crossed, 2)}&counted={min(counted, 2)}&role={role}",
            f"side={side}&verbs={min(verbs, 2)}&people={people}&role={role}",
            f"side={side}&commas={min(commas, 2)}&crossed={min(crossed, 1)}",
        ]
        if gap <= 4:
            words = " ".join(_coarse(tree, k) for k in between)
            out.append(f"side={side}&between={words}&role={role}&people={people}")
        prev = tree.lower[m.start - 1] if m.start > self.start else "<s>"
        after = m.end if m.end < self.end else None
        following = "</s>" if after is None else "TRIGGER" if after in self.trigger_at else _coarse(tree, after)
        out += [
            f"side={side}&prev={_coarse(tree, m.start - 1) if m.start > self.start else '<s>'}&role={role}",
            f"prev={prev if prev in CLOSED else '*'}&side={side}&people={people}",
            f"side={side}&next={following}&people={people}",
        ]
        if not before and not inside and not crossed and not counted:
            out.append(f"first_after&people={people}&role={role}&verbs={min(verbs, 1)}")
        if before and not crossed and not counted:
            out.append(f"last_before&people={people}&role={role}&verbs={min(verbs, 1)}")
        if t.i + 1 < self.end and tree.lower[t.i - 1] in AUXILIARIES:
            out.append(f"aux&side={side}&role={role}")
        if tree.lower[t.end : t.end + 1] == ["by"]:
            out.append(f"by&side={side}")
        return out


CLOSED = frozenset(
    "by with of to at in on from for against including among between that and or , as than after including were was left "
    "killed wounded injured other about over ( \" : ; - about including plus like".split()
)


def _short(role: str) -> str:
    return role


def _coarse(tree: Tree, k: int) -> str:
    word = tree.lower[k]
    if word in CLOSED or word in AUXILIARIES:
        return word
    if word in SENSES:
        return f"T:{SENSES[word].role}"
    if word in CALENDAR:
        return "CAL"
    tag = tree.tag[k]
    if tree.is_space[k]:
        return "_"
    return tag[:2]
