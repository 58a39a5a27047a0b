"""Which source vouches for a figure or event: every candidate described by features, the likeliest taken.

Candidates are the sources of the same sentence and those of the sentences before (a continued account) and
after (a quotation whose speaker follows). A small logistic model weighs each; below one half, the reporter
speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.pipeline.attribution.clauses import STEPS
from conflict_events.pipeline.attribution.layout import QUOTES, Layout
from conflict_events.pipeline.attribution.scope_words import LAW, MEMORY
from conflict_events.pipeline.attribution.sources import REACH, Source, within_reach
from conflict_events.pipeline.attribution.speakers import PRONOUNS, SPEAKERS, names_speaker
from conflict_events.pipeline.attribution.targets import Target
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import Linear

PHRASAL = frozenset({"object", "count", "noun"})  # constructions that report with a noun phrase
REACH_BACK = 3  # sentences before the target's own whose sources are considered
REACH_ON = 1
MOST_CANDIDATES = 24  # bounds the work in a text without full stops, as REACH does
REACH_QUOTED = 8  # stretches on in which the speaker of a running quotation is looked for


def candidates(target: Target, by_stretch: dict[int, list[Source]], layout: Layout) -> list[Source]:
    """The sources that may vouch for ``target``: of its own stretch, then of those before, nearest first, and after."""
    own = layout.stretch[target.anchor]
    found = within_reach(by_stretch.get(own, ()), target.anchor)
    for k in range(own - 1, max(-1, own - REACH_BACK - 1), -1):
        found.extend(within_reach(by_stretch.get(k, ()), target.anchor))
    last = own + REACH_ON
    if quotation := layout.quoted[target.anchor]:
        while (
            last < own + REACH_QUOTED
            and layout.quoted[layout.bounds[min(last, len(layout.bounds) - 1)][0]] == quotation
        ):
            last += 1
    for k in range(own + 1, last + 1):
        found.extend(within_reach(by_stretch.get(k, ()), target.anchor))
    anchor = target.anchor
    near = [s for s in found if abs(s.cue - anchor) <= REACH and not s.start <= anchor < s.end]
    if len(near) > MOST_CANDIDATES:
        nearest = sorted(range(len(near)), key=lambda k: abs(near[k].cue - anchor))[:MOST_CANDIDATES]
        near = [near[k] for k in sorted(nearest)]
    return near


def describe(tree: Tree, target: Target, source: Source, others: Sequence[Source], layout: Layout) -> list[str]:
    """Features of ``source`` as the one who vouches for ``target``."""
    gap = layout.stretch[source.cue] - layout.stretch[target.anchor]
    inside = covers(tree, source, target)
    where = f"gap{min(gap, 2)}" if gap else ("inside" if inside else "outside")
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
    if tree.is_negated(source.cue):
        features.append(f"{where}:cue_negated")
    if source.stance == "deny":
        features.append(f"{where}:deny")
    same = [s for s in others if s is not source and layout.stretch[s.cue] == layout.stretch[source.cue]]
    if gap == 0:
        features.extend(_within(tree, target, source, same, layout, inside=inside, after=after))
    else:
        features.extend(_across(tree, target, source, others, layout, gap))
    if layout.quoted[target.anchor]:
        q = layout.quoted[target.anchor]
        beside = _beside_quotation(tree, source, layout, q)
        features.append(f"quoted:{'speaker_beside' if beside else 'other'}:{where}")
        if beside:
            features.append("quoted:speaker_beside")
    return features


def _within(
    tree: Tree, target: Target, source: Source, same: list[Source], layout: Layout, *, inside: bool, after: bool
) -> list[str]:
    where = "inside" if inside else "outside"
    features = []
    low, high = min(source.cue, target.anchor), max(source.cue, target.anchor)
    between = [s for s in same if low < s.cue < high]
    crossed = path_roles(tree, target, source)
    frame = source.kind if inside and source.kind in PHRASAL else where
    for role in (
        "acl:relcl",
        "acl",
        "advcl",
        "appos",
        "nmod",
        "conj",
        "parataxis",
        "ccomp",
        "nsubj",
        "obl",
        "xcomp",
        "amod",
        "compound",
    ):
        if role in crossed:
            features.append(f"{frame}:via:{role}")
    features.append(f"{where}:tense:{target.tense}")
    finite = target.finite[1]
    features.append(f"{where}:finite:{finite}")
    features.append(f"{source.kind}:{'after' if after else 'before'}:{where}")
    if source.kind in ("object", "count", "infinitive"):
        features.append(f"{source.kind}:{tree.lemma[source.cue]}")
    features.extend(f"{where}:{name}" for name in _known_event(tree, target, source))
    nearest = not between
    if not after and _trails(tree, source, layout):
        features.append(f"{where}:trailing{'_nearest' if nearest else ''}")
        features.append(f"trailing:{source.kind}")
    if after and _leads(tree, source, layout):
        features.append(f"{where}:leading{'_nearest' if nearest else ''}")
    features.append(f"{source.kind}:{'after' if after else 'before'}:{'nearest' if nearest else 'farther'}")
    if inside and any(covers(tree, s, target) and s.cue != source.cue and _nested(tree, s, source) for s in same):
        features.append("inside:another_nested")
    features.append(f"{where}:between{min(len(between), 2)}")
    if not inside:
        features.append(f"outside:cue_{_relation(tree, target, source)}")
        distance = high - low
        features.append(f"outside:far{0 if distance < 6 else 1 if distance < 15 else 2}:{'a' if after else 'b'}")
        if any(tree.text[k] in (";", ".") for k in range(low, high)):
            features.append("outside:stop_between")
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


def _relation(tree: Tree, target: Target, source: Source) -> str:
    """How the cue lies to the target in the parse, where its clause does not hold it."""
    above = {link.token for link in target.way}
    if source.cue in above:
        return "above"
    i = source.cue
    for _ in range(STEPS):
        if i == target.verb or i == target.anchor:
            return "below_target"
        if tree.head[i] == i:
            break
        i = tree.head[i]
    return "apart"


def _known_event(tree: Tree, target: Target, source: Source) -> list[str]:
    """Signs between the target and the source's clause that the target is known from elsewhere."""
    found: set[str] = set()
    content = set(source.content)
    for depth, link in enumerate(target.way):
        token = link.token
        lemma = tree.lemma[token]
        if depth and (lemma in LAW or lemma in MEMORY):
            found.add("known:law" if lemma in LAW else "known:memory")
        if link.role in ("advcl", "obl", "nmod", "acl"):
            words = [tree.lower[k] for k in tree.children[token] if tree.role[k] in ("mark", "case", "advmod")]
            infinitive = any(tree.lower[k] == "to" and tree.role[k] == "mark" for k in tree.children[token])
            found.update(f"known:{w}" for w in words if w in AFTERWARDS and not (infinitive and w == "to"))
        if link.role.startswith("acl") and tree.head[token] != token:
            noun = tree.head[token]
            if any(tree.lower[k] in DEFINITE for k in tree.children[noun]):
                found.add("known:definite_noun")
        if depth == 0 and tree.pos[token] == "NOUN":
            words = [tree.lower[k] for k in tree.children[token]]
            found.add("known:the_noun" if DEFINITE.intersection(words) else "known:bare_noun")
        if token in content:
            break
    return sorted(found)


AFTERWARDS = frozenset("after since following before for in over about into from when where of to".split())
DEFINITE = frozenset("the this that these those".split())


def _across(
    tree: Tree, target: Target, source: Source, others: Sequence[Source], layout: Layout, gap: int
) -> list[str]:
    features = []
    here = layout.stretch[target.anchor]
    own = [s for s in others if layout.stretch[s.cue] == here]
    features.append(f"gap{min(gap, 2)}:own_sources{min(len(own), 2)}")
    if any(covers(tree, s, target) for s in own):
        features.append("across:covered_at_home")
    features.append(f"across:tense:{target.finite[1]}")
    left, right = layout.bounds[here]
    first = next((tree.lower[k] for k in range(left, right) if not tree.is_space[k]), "")
    if first in ("the", "it", "they", "he", "she", "this", "these", "those", "another", "also"):
        features.append(f"across:starts_{first}")
    if any(tree.text[k] in QUOTES for k in range(left, right)):
        features.append("across:quote_in_sentence")
    if gap < 0 and source.content:
        features.append("across:source_with_clause")
    features.append("across:last_source" if source is _last(others, layout, here) else "across:not_last")
    features.append("across:figure_passive" if tree.is_passive(target.verb) else "across:figure_active")
    if len(layout.bounds) > 12:
        features.append(f"gap{min(gap, 2)}:long_text")
    return features


def _last(others: Sequence[Source], layout: Layout, here: int) -> Source | None:
    before = [s for s in others if layout.stretch[s.cue] < here]
    return max(before, key=lambda s: s.cue) if before else None


def _trails(tree: Tree, source: Source, layout: Layout) -> bool:
    """Whether nothing but a date, a listener or the speaker follows the cue: "…, the ministry said on Friday."."""
    right = layout.around(source.cue)[1]
    last = max(source.cue, source.end - 1) if source.start > source.cue else source.cue
    rest = [k for k in range(last + 1, min(right, last + 30)) if tree.pos[k] not in ("PUNCT", "SPACE")]
    return len(rest) <= 8 and not any(tree.pos[k] == "VERB" for k in rest)


def _leads(tree: Tree, source: Source, layout: Layout) -> bool:
    """Whether the cue stands near the beginning of its stretch."""
    left = layout.around(source.cue)[0]
    return source.start - left <= 3 or source.cue - left <= 6


def covers(tree: Tree, source: Source, target: Target) -> bool:
    """Whether the target stands in a clause or phrase that the source's cue governs."""
    known = target.covered.get(source.cue)
    if known is None:
        known = target.covered[source.cue] = _covers(source, target)
    return known


def _covers(source: Source, target: Target) -> bool:
    for link in target.way:
        if source.start <= link.token < source.end or link.token == source.cue:
            return False
        if link.token in source.content:
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
    by_stretch: dict[int, list[Source]],
    layout: Layout,
    model: Linear,
    *,
    threshold: float,
) -> tuple[Source | None, float, list[str]]:
    """The likeliest source of ``target`` (None: the reporter), its probability and its features."""
    best: tuple[Source | None, float, list[str]] = (None, 0.0, [])
    others = candidates(target, by_stretch, layout)
    for source in others:
        features = describe(tree, target, source, others, layout)
        p = model.probability(features)
        if p > best[1] + 1e-9:
            best = (source, p, features)
    return best if best[1] >= threshold else (None, best[1], best[2])
