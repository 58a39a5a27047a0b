"""Pairs of an outcome trigger and a group of people that may be its victims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from conflict_events.pipeline.assembly.sites import NOUNS as SITES
from conflict_events.pipeline.figures.ellipsis import elided
from conflict_events.pipeline.figures.features import SAYING, PairFeatures, part_mark, rows_of
from conflict_events.pipeline.figures.lexicon import people_class
from conflict_events.pipeline.figures.mentions import Mention, counted_mentions, mention_at
from conflict_events.pipeline.figures.roles import AUXILIARIES, BESIDE, roles
from conflict_events.pipeline.figures.triggers import Trigger, triggers
from conflict_events.pipeline.syntax import Tree

FARTHEST = 40
LONGEST_PASSAGE = 90
# no sentence is this long: text without punctuation is read in windows, so that time stays linear in length
WINDOW = 250
SENTENCE_ENDS = frozenset({".", "!", "?", "…", '"', "''", "”", ")", "]", "*"})
ADJACENT = frozenset({"act", "state", "undergo"})
PARENTHESES = frozenset({",", "(", ")", "-", "--", "–", "—"})
LONGEST_PARENTHESIS = 14
# verbs that take places as often as people
NOTHING: frozenset[int] = frozenset()
TAKING = frozenset({"seize", "expel", "drive", "capture", "hold"})


class Pair(NamedTuple):
    """A trigger and a group that may be its victims, with the rule that joins them ("" for none) and its features."""

    trigger: Trigger
    mention: Mention
    rule: str
    features: list[str]


def passages(tree: Tree) -> list[tuple[int, int]]:
    """Token ranges to read as one: the parser's sentences, joined where no punctuation and no line break parts them.

    A parser that was trained on edited text breaks scraped or unusual sentences in the middle.
    """
    found: list[tuple[int, int]] = []
    for start, end in tree.sents:
        if found:
            first, last = found[-1]
            k = last - 1
            whole = tree.is_space[k] or tree.lower[k] in SENTENCE_ENDS or end - first > LONGEST_PASSAGE
            if not whole:
                found[-1] = (first, end)
                continue
        found.append((start, end))
    return [(k, min(end, k + WINDOW)) for start, end in found for k in range(start, end, WINDOW)]


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
            at = inside.get(head)
            if at is None:
                if not start <= head < end:
                    continue
                mention = mention_at(tree, head, (start, end))
                if mention is None:
                    continue
                unspecified = mention.quantity.qualifier == "unspecified"
                if unspecified and (rule.endswith("including") or part_mark(tree, mention, start) == "including"):
                    continue
                # "five of them cooks": the parse hangs the count on the noun that the part is said to be
                at = next((inside[i] for i in range(mention.start, mention.end) if i in inside), None)
                if at is None:
                    at = len(mentions)
                    mentions.append(mention)
                inside[head] = at
            linked.setdefault((a, at), rule)
    for a, trigger in enumerate(found):
        for k, m in enumerate(mentions):
            if m.counted and (a, k) not in linked and _resumed(tree, m, trigger, end):
                linked[a, k] = "resumed_subject"
    for (a, k), rule in list(linked.items()):
        if rule == "resumed_subject":
            # "four others, including a driver, were hurt": the driver too
            for j, m in enumerate(mentions):
                inner = mentions[k].end < m.start < found[a].i
                if inner and (a, j) not in linked and part_mark(tree, m, mentions[k].end) == "including":
                    linked[a, j] = "resumed_subject+including"
                    for b in range(len(found)):
                        if linked.get((b, j)) == "including":
                            del linked[b, j]
    for link, rule in list(elided(tree, start, found, mentions, linked)):
        if linked.get(link, "noun_after") in BESIDE:
            linked[link] = rule
    reached = {a for (a, _), rule in linked.items() if rule == "toll_to" and found[a].sense.role == "act"}
    for link in [link for link, rule in linked.items() if link[0] in reached and rule == "participle"]:
        # "the number of soldiers killed reached five": the five, not the soldiers
        if not mentions[link[1]].counted:
            del linked[link]
    rows = rows_of(tree, mentions)
    candidates = []
    for a, trigger in enumerate(found):
        for k, m in enumerate(mentions):
            rule = linked.get((a, k), "")
            if not rule and (not m.counted or abs(m.start - trigger.i) > FARTHEST):
                continue
            if (
                _says(tree, m, rule)
                or _aside(tree, m, rule)
                or (trigger.sense.lemma in TAKING and _is_place(tree, m, rule))
            ):
                continue
            if _counted_together(tree, m, mentions, inside) or (
                not rule and tree.lower[m.start - 1] == "by" and m.start > trigger.i
            ):
                continue
            if rule.endswith("appos") and len(rows.get(k, ())) < 2 and _renames(tree, m, mentions, inside):
                continue
            candidates.append((a, k, rule))
    passed_on = _Neighbours.of(found, mentions).passed_on(found, mentions, [(a, k) for a, k, _ in candidates])
    for link in passed_on:
        linked.pop(link, None)
    left = {a for a, k in passed_on if mentions[k].start >= found[a].end}
    for a, k, rule in candidates:
        if a in left and not rule and mentions[k].end == found[a].start:
            # "seven people killed nine injured": what a parse takes for an object is not one, nor the subject a doer
            linked[a, k] = "bare_passive"
    candidates = [(a, k, linked.get((a, k), "")) for a, k, _ in candidates if (a, k) not in passed_on]
    context = PairFeatures(tree, start, end, found, mentions, linked, rows)
    return [Pair(found[a], mentions[k], rule, context.features(a, k, rule)) for a, k, rule in candidates]


def _renames(tree: Tree, m: Mention, mentions: Sequence[Mention], inside: dict[int, int]) -> bool:
    """Whether the group is another name of one person told before: "Abu Obaida, a commander"."""
    k = inside.get(tree.head[m.head])
    if k is None or m.quantity.value != 1:
        return False
    return mentions[k].quantity.value == 1 and mentions[k].start < m.start


class _Neighbours(NamedTuple):
    """Counted groups and adjoining triggers by the token at which they start or end."""

    group_at: dict[int, set[int]]
    group_to: dict[int, set[int]]
    trigger_at: dict[int, set[int]]
    trigger_to: dict[int, set[int]]

    @classmethod
    def of(cls, found: Sequence[Trigger], mentions: Sequence[Mention]) -> _Neighbours:
        tables: tuple[dict[int, set[int]], ...] = ({}, {}, {}, {})
        for k, m in enumerate(mentions):
            if m.counted:
                tables[0].setdefault(m.start, set()).add(k)
                tables[1].setdefault(m.end, set()).add(k)
        for a, t in enumerate(found):
            if t.sense.role in ADJACENT:
                tables[2].setdefault(t.start, set()).add(a)
                tables[3].setdefault(t.end, set()).add(a)
        return cls(*tables)

    def passed_on(
        self, found: Sequence[Trigger], mentions: Sequence[Mention], links: Sequence[tuple[int, int]]
    ) -> set[tuple[int, int]]:
        """Links whose group another trigger takes: headlines say "10 killed 15 injured", "Kill 50 Injure Dozens"."""
        out = set()
        for a, k in links:
            t, m = found[a], mentions[k]
            if not m.counted:
                continue
            own_before = bool(self.group_to.get(t.start, NOTHING) - {k})
            own_after = bool(self.group_at.get(t.end, NOTHING) - {k})
            ahead = bool(self.trigger_at.get(m.end, NOTHING) - {a})
            behind = bool(self.trigger_to.get(m.start, NOTHING) - {a})
            if (ahead and own_before) or (behind and own_after and not own_before):
                out.add((a, k))
        return out


def _resumed(tree: Tree, m: Mention, t: Trigger, end: int) -> bool:
    """Whether the trigger follows a parenthesis on its subject: "four others, including a driver, were hurt"."""
    if not m.end < t.i or tree.lower[m.end] not in PARENTHESES or t.sense.role not in ADJACENT:
        return False
    for k in range(m.end + 1, min(end - 1, m.end + LONGEST_PARENTHESIS)):
        if tree.lower[k] in PARENTHESES:
            following = k + 2 if tree.tag[k + 1] == "RB" and k + 2 < end else k + 1
            verbal = tree.lower[following] in AUXILIARIES or following == t.start
            if verbal:
                return k < t.i <= k + 4
    return False


def _is_place(tree: Tree, m: Mention, rule: str) -> bool:
    """Whether the group is the name of a place; where entities tell nothing, an object of taking is held to be one."""
    if m.noun is None or m.form != "name" or people_class(tree.lower[m.noun]):
        return False
    if any(tree.lower[k] in SITES for k in range(m.noun, m.end)):
        return True
    entity = tree.ent_type[m.noun]
    return entity in ("GPE", "LOC", "FAC", "ORG") or (not entity and not rule.endswith("passive_subject"))


def _counted_together(tree: Tree, m: Mention, mentions: Sequence[Mention], inside: dict[int, int]) -> bool:
    """Whether the count of another noun covers this one: "8,000 men and boys"."""
    if m.counted or m.form != "plural" or tree.role[m.head] != "conj":
        return False
    k = inside.get(tree.head[m.head])
    return k is not None and mentions[k].counted and mentions[k].quantity.value != 1


def _aside(tree: Tree, m: Mention, rule: str) -> bool:
    """Whether people are told only to say of whom something else is: "the convoy of another envoy", "among those killed"."""
    if m.form == "another" and not rule:
        return tree.role[m.head].startswith("nmod") and tree.preposition(m.head) != ""
    return m.form == "those" and not m.counted and tree.preposition(m.head) == "among"


def _says(tree: Tree, m: Mention, rule: str) -> bool:
    """Whether the name after the trigger begins a report of its own: "… were killed the agency said"."""
    return rule == "noun_after" and tree.lower[m.end : m.end + 1] != [] and tree.lower[m.end] in SAYING
