"""Groups of copies: reports that repeat one text, whole or recast in its order.

A copy shares runs of words with its model. A rewrite recasts the sentences but follows the order in which
the model tells its facts, so that the longest common subsequence of content words stays long; reports
written independently share the words, but neither the runs nor the order. Words are also compared sorted
within their sentences, since turning a sentence round is what a rewrite does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from conflict_events.graph import days
from conflict_events.graph.clustering import agglomerate
from conflict_events.graph.wording import Wording, Wordings

# what a report's text repeats from reports of other days is the outlet's standing matter
_STANDING_MATTER_DAYS = 5
_SHORTEST = 12
# share of a copy score that runs of words make up; the rest is words in the same order
_RUNS_WEIGHT = 0.3
# runs of words that this many texts hold find no candidates
_POSTING_LIMIT = 50
CREDIT_BONUS = 0.02
# beyond so many words the order of the rest is not compared: about ten long articles
_MOST_WORDS = 5000


@dataclass(frozen=True, slots=True)
class CopyConfig:
    """When two reports count as copies: the score from which on, and how far apart they may appear."""

    threshold: float = 0.87
    max_days_apart: int = 3


def copy_groups(
    wordings: Wordings,
    published: Sequence[days.Interval | None],
    neighbours: Sequence[Sequence[int]],
    credits: Sequence[frozenset[str]],
    config: CopyConfig,
) -> list[list[int]]:
    """Groups of two and more reports that repeat one text, each sorted, ordered by first member.

    Items are positions in ``wordings``; ``neighbours`` are the nearest texts of each, ``credits`` the agencies
    that each names as its origin.
    """
    standing = _standing_matter(wordings.items, published)
    own_runs = [item.shingles - standing for item in wordings.items]
    weights: dict[tuple[int, int], float] = {}
    for i, j in sorted(_candidates(own_runs, neighbours)):
        apart = days.gap(published[i], published[j])
        if apart is not None and apart > config.max_days_apart:
            continue
        score = copy_score(wordings.items[i], wordings.items[j], own_runs[i], own_runs[j])
        if credits[i] & credits[j]:
            score += CREDIT_BONUS
        weights[i, j] = score - config.threshold
    groups = agglomerate(len(wordings.items), weights, unseen=-config.threshold)
    return [g for g in groups if len(g) > 1]


def _candidates(own_runs: Sequence[frozenset[int]], neighbours: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    pairs = {(min(i, j), max(i, j)) for i, near in enumerate(neighbours) for j in near}
    holders: dict[int, list[int]] = defaultdict(list)
    for i, runs in enumerate(own_runs):
        for run in runs:
            holders[run].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for posting in holders.values():
        if 1 < len(posting) <= _POSTING_LIMIT:
            shared.update((i, j) for n, i in enumerate(posting) for j in posting[n + 1 :])
    pairs.update(pair for pair, count in shared.items() if count >= 3)
    return pairs


def _standing_matter(items: Sequence[Wording], published: Sequence[days.Interval | None]) -> frozenset[int]:
    """Runs of words that stand in reports more than a few days apart: boilerplate, standing background."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for item, interval in zip(items, published, strict=True):
        known = days.bounds(interval)
        if known is None:
            continue
        for run in item.shingles:
            first[run] = min(first.get(run, known[1]), known[1])
            last[run] = max(last.get(run, known[0]), known[0])
    return frozenset(run for run, day in first.items() if last[run] - day > _STANDING_MATTER_DAYS)


def copy_score(a: Wording, b: Wording, runs_a: frozenset[int], runs_b: frozenset[int]) -> float:
    """How much of the shorter text the longer repeats in its order, 0 to 1.3; about 0.2 where they are independent.

    What is too short to tell a copy from another report is one only where every word is the same.
    """
    if a.words == b.words and a.words:
        return 1.0 + _RUNS_WEIGHT
    shorter = min(len(a.words), len(b.words), _MOST_WORDS)
    if shorter < _SHORTEST:
        return 0.0
    runs = len(runs_a & runs_b) / max(10, min(len(runs_a), len(runs_b)))
    in_order = max(
        LCSseq.similarity(x[:_MOST_WORDS], y[:_MOST_WORDS]) for x, y in ((a.words, b.words), (a.recast, b.recast))
    )
    return round(in_order / shorter + _RUNS_WEIGHT * runs, 6)


def representative(group: Iterable[tuple[str, str | None, int]]) -> str:
    """The id that stands for a group of copies, from (id, first day of appearance or None, number of words).

    It is the earliest published, where days are known; else the fullest; else the first id. That names a
    representative, and claims no direction of copying.

    >>> representative([("b", "2024-02-14", 90), ("a", "2024-02-13", 40), ("c", None, 200)])
    'a'
    """
    return min(group, key=lambda g: (g[1] or "9999", -g[2], g[0]))[0]
