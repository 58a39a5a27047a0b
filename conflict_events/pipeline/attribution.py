"""Which source vouches for a figure or event: every candidate described by features, the likeliest taken.

Candidates are the sources of the same sentence and those of the sentences before (a continued account) and
after (a quotation whose speaker follows). A small logistic model weighs each; below one half, the reporter
speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conflict_events.pipeline.sources import PRONOUNS, SPEAKERS, Source, names_speaker
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.targets import Target
from conflict_events.pipeline.weights import Linear

REACH_BACK = 3  # sentences before the target's own whose sources are considered
REACH_ON = 1
QUOTES = frozenset({'"', "“", "”", "``", "''", "«", "»"})


@dataclass(frozen=True, slots=True)
class Layout:
    """What attribution needs to know of a text besides its sources: where quotations run."""

    quoted: tuple[int, ...]  # for each token the number of the quotation it stands in, 0 outside

    @classmethod
    def of(cls, tree: Tree) -> Layout:
        """Quotations by their marks; a mark that is never closed opens nothing."""
        numbers, opened, count = [0] * len(tree), -1, 0
        for i, text in enumerate(tree.text):
            if text not in QUOTES:
                continue
            if opened < 0 or text in ("“", "«", "``"):
                opened = i
            else:
                count += 1
                for k in range(opened, i + 1):
                    numbers[k] = count
                opened = -1
        return cls(tuple(numbers))


def candidates(tree: Tree, target: Target, by_sentence: dict[int, list[Source]]) -> list[Source]:
    """The sources that may vouch for ``target``, nearest sentence first."""
    own = target.sent
    found = list(by_sentence.get(own, ()))
    for k in range(own - 1, max(-1, own - REACH_BACK - 1), -1):
        found.extend(by_sentence.get(k, ()))
    for k in range(own + 1, own + REACH_ON + 1):
        found.extend(by_sentence.get(k, ()))
    return [s for s in found if not s.start <= target.anchor < s.end]


def describe(tree: Tree, target: Target, source: Source, others: Sequence[Source], layout: Layout) -> list[str]:
    """Features of ``source`` as the one who vouches for ``target``."""
    gap = tree.sent[source.cue] - target.sent
    inside = covers(tree, source, target)
    where = f"gap{gap}" if gap else ("inside" if inside else "outside")
    features = [f"at:{where}", f"{where}:{source.kind}"]
    lemma = tree.lemma[source.cue]
    after = target.anchor > source.cue
    features.append(f"{where}:{'after' if after else 'before'}")
    if source.start > source.cue:
        features.append(f"{where}:source_after_cue")
    if lemma == "say":
        features.append(f"{where}:say")
    elif gap == 0:
        features.append(f"cue:{lemma}")
    low = tree.lower[source.head]
    if low in PRONOUNS:
        features.append(f"{where}:pronoun")
    elif names_speaker(tree, source.head) or names_speaker(tree, source.end - 1):
        features.append(f"{where}:speaker")
    elif not any(tree.lemma[k] in SPEAKERS or tree.ent_type[k] for k in range(source.start, source.end)):
        features.append(f"{where}:no_speaker")
    if source.stance == "deny":
        features.append(f"{where}:deny")
    same = [s for s in others if s is not source and tree.sent[s.cue] == tree.sent[source.cue]]
    if gap == 0:
        features.extend(_within(tree, target, source, same, inside=inside, after=after))
    else:
        features.extend(_across(tree, target, source, others, gap))
    if layout.quoted[target.anchor]:
        q = layout.quoted[target.anchor]
        beside = _beside_quotation(tree, source, layout, q)
        features.append(f"quoted:{'speaker_beside' if beside else 'other'}:{where}")
    return features


def _within(tree: Tree, target: Target, source: Source, same: list[Source], *, inside: bool, after: bool) -> list[str]:
    where = "inside" if inside else "outside"
    features = []
    crossed = path_roles(tree, target, source)
    for role in ("acl:relcl", "acl", "advcl", "appos", "nmod", "conj", "parataxis", "ccomp", "nsubj", "obl", "xcomp"):
        if role in crossed:
            features.append(f"{where}:via:{role}")
    features.append(f"{where}:tense:{target.tense}")
    finite = target.finite[1]
    features.append(f"{where}:finite:{finite}")
    if inside and any(covers(tree, s, target) and s.cue != source.cue and _nested(tree, s, source) for s in same):
        features.append("inside:another_nested")
    low, high = min(source.cue, target.anchor), max(source.cue, target.anchor)
    between = [s for s in same if low < s.cue < high]
    features.append(f"{where}:between{min(len(between), 2)}")
    if not inside:
        distance = high - low
        features.append(f"outside:far{0 if distance < 6 else 1 if distance < 15 else 2}:{'a' if after else 'b'}")
        if any(tree.text[k] in (";", ".") for k in range(low, high)):
            features.append("outside:stop_between")
        if not after and source.cue + 4 >= tree.sents[target.sent][1]:
            features.append("outside:trailing")
        if not after and not source.content:
            features.append("outside:trailing_loose")
        if any(covers(tree, s, target) for s in same):
            features.append("outside:covered_by_other")
    verb = target.verb
    if not target.is_figure and tree.pos[target.anchor] in ("NOUN", "PROPN"):
        features.append(f"{where}:nominal")
    elif tree.pos[target.anchor] in ("NOUN", "PROPN"):
        features.append(f"{where}:figure_nominal")
    if any(tree.tag[k] == "CD" and len(tree.text[k]) == 4 for k in _clause(tree, verb)):
        features.append(f"{where}:year")
    if target.magnitude >= 4:
        features.append(f"{where}:huge")
    return features


def _across(tree: Tree, target: Target, source: Source, others: Sequence[Source], gap: int) -> list[str]:
    features = []
    own = [s for s in others if tree.sent[s.cue] == target.sent]
    features.append(f"gap{gap}:own_sources{min(len(own), 2)}")
    if any(covers(tree, s, target) for s in own):
        features.append("across:covered_at_home")
    features.append(f"across:tense:{target.finite[1]}")
    left, right = tree.sents[target.sent]
    first = next((tree.lower[k] for k in range(left, right) if not tree.is_space[k]), "")
    if first in ("the", "it", "they", "he", "she", "this", "these", "those", "another", "also"):
        features.append(f"across:starts_{first}")
    if any(tree.text[k] in QUOTES for k in range(left, right)):
        features.append("across:quote_in_sentence")
    if gap < 0 and source.content:
        features.append("across:source_with_clause")
    features.append("across:last_source" if source is _last(tree, others, target.sent) else "across:not_last")
    features.append("across:figure_passive" if tree.is_passive(target.verb) else "across:figure_active")
    if len(tree.sents) > 12:
        features.append(f"gap{gap}:long_text")
    return features


def _last(tree: Tree, others: Sequence[Source], sent: int) -> Source | None:
    before = [s for s in others if tree.sent[s.cue] < sent]
    return before[-1] if before else None


def covers(tree: Tree, source: Source, target: Target) -> bool:
    """Whether the target stands in a clause or phrase that the source's cue governs."""
    content = set(source.content)
    for link in target.way:
        if source.start <= link.token < source.end or link.token == source.cue:
            return False
        if link.token in content:
            return True
    return False


def path_roles(tree: Tree, target: Target, source: Source) -> set[str]:
    """Relations crossed on the way up from the target to the source's content (or to the root)."""
    content = set(source.content)
    crossed = set()
    for link in target.way:
        if link.token in content:
            break
        crossed.add(link.role)
    return crossed


def _nested(tree: Tree, inner: Source, outer: Source) -> bool:
    """Whether the cue of ``inner`` stands in what ``outer`` vouches for."""
    i = inner.cue
    for _ in range(40):
        if i in outer.content:
            return True
        if tree.head[i] == i:
            return False
        i = tree.head[i]
    return False


def _clause(tree: Tree, verb: int) -> list[int]:
    """The tokens of the clause of ``verb``: its subtree, without the clauses below it."""
    found, stack = [], [verb]
    while stack:
        k = stack.pop()
        found.append(k)
        stack.extend(
            m for m in tree.children[k] if tree.role[m] not in ("ccomp", "advcl", "acl:relcl", "parataxis", "conj")
        )
    return found


def _beside_quotation(tree: Tree, source: Source, layout: Layout, quotation: int) -> bool:
    """Whether the cue stands right after or before the quotation."""
    for step in range(1, 8):
        for k in (source.cue - step, source.cue + step):
            if 0 <= k < len(tree) and layout.quoted[k] == quotation:
                return True
    return False


def choose(
    tree: Tree,
    target: Target,
    by_sentence: dict[int, list[Source]],
    layout: Layout,
    model: Linear,
    *,
    threshold: float,
) -> tuple[Source | None, float, list[str]]:
    """The likeliest source of ``target`` (None: the reporter), its probability and its features."""
    best: tuple[Source | None, float, list[str]] = (None, 0.0, [])
    others = candidates(tree, target, by_sentence)
    for source in others:
        features = describe(tree, target, source, others, layout)
        p = model.probability(features)
        if p > best[1] + 1e-9:
            best = (source, p, features)
    return best if best[1] >= threshold else (None, best[1], best[2])
