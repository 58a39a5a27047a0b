"""Constrained agglomeration: clusters that agree on average, so that one strong link cannot chain two of them.

Two clusters are joined where the mean weight of all pairs between them is positive, best pair of clusters
first. Pairs that were never compared count with a weight of their own, and pairs that may not come
together keep their whole clusters apart.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[int, int]


def agglomerate(
    size: int,
    weights: Mapping[Pair, float],
    *,
    apart: Iterable[Sequence[int]] = (),
    unseen: float = -1.0,
    at_least: float = 0.0,
) -> list[list[int]]:
    """Clusters of the items 0 to ``size`` - 1, each sorted, ordered by their first items.

    ``weights`` are match weights of compared pairs (positive: same), ``apart`` items of which no two are ever in
    one cluster, ``unseen`` the weight of a pair that was not compared. Where clusters are joined the one with fewer
    links moves, so each of e pairs moves O(log e) times; with ``unseen`` below ``at_least`` a pair is weighed anew
    about (weight - unseen) / (at_least - unseen) times beside, otherwise whenever its cluster grows.

    >>> agglomerate(4, {(0, 1): 4.0, (1, 2): 1.0, (2, 3): 4.0, (0, 2): -5.0})
    [[0, 1], [2, 3]]
    """
    clusters = _Clusters(size, weights, apart, unseen)
    for i, j in weights:
        clusters.queue(i, j)
    while clusters.heap:
        score, _, _, i, j = heapq.heappop(clusters.heap)
        if -score <= at_least:
            break
        if clusters.queued.get((i, j)) != score or clusters.are_apart(i, j):
            continue
        if score != -clusters.mean(i, j):
            clusters.queue(i, j)
            continue
        kept, moved = clusters.join(i, j)
        # a mean falls where a cluster takes in what was not compared: such a pair waits under its old score
        for other in clusters.links[kept] if unseen > at_least else moved:
            clusters.queue(kept, other)
    return sorted(sorted(m) for m in clusters.members.values())


class _Clusters:
    """Clusters under the numbers of one of their items, with the links between them and the queue of these."""

    def __init__(self, size: int, weights: Mapping[Pair, float], apart: Iterable[Sequence[int]], unseen: float) -> None:
        self.unseen = unseen
        self.members = {i: [i] for i in range(size)}
        self.first = list(range(size))
        # sum of the weights and number of the compared pairs between two clusters
        self.links: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in range(size)}
        for (i, j), weight in weights.items():
            self.links[i][j] = self.links[j][i] = (weight, 1)
        self.bars: dict[int, set[int]] = {i: set() for i in range(size)}
        for bar, items in enumerate(apart):
            for i in items:
                self.bars[i].add(bar)
        self.heap: list[tuple[float, int, int, int, int]] = []
        self.queued: dict[Pair, float] = {}

    def mean(self, a: int, b: int) -> float:
        total, count = self.links[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        return round((total + self.unseen * (pairs - count)) / pairs, 9)

    def are_apart(self, a: int, b: int) -> bool:
        return not self.bars[a].isdisjoint(self.bars[b])

    def queue(self, a: int, b: int) -> None:
        """Put a pair in the queue under its mean; what stood there for it before is passed over."""
        a, b = min(a, b), max(a, b)
        score = -self.mean(a, b)
        if self.queued.get((a, b)) != score and not self.are_apart(a, b):
            self.queued[a, b] = score
            first, second = sorted((self.first[a], self.first[b]))
            heapq.heappush(self.heap, (score, first, second, a, b))

    def join(self, a: int, b: int) -> tuple[int, list[int]]:
        """Put the cluster with fewer links into the other: the number that stays, and whose links came to it."""
        kept, gone = (a, b) if len(self.links[a]) >= len(self.links[b]) else (b, a)
        self.members[kept].extend(self.members.pop(gone))
        self.first[kept] = min(self.first[kept], self.first[gone])
        self.bars[kept] |= self.bars.pop(gone)
        moved = self.links.pop(gone)
        del moved[kept], self.links[kept][gone]
        self.queued.pop((min(a, b), max(a, b)), None)
        for other, (total, count) in moved.items():
            known_total, known_count = self.links[kept].get(other, (0.0, 0))
            self.links[kept][other] = self.links[other][kept] = (known_total + total, known_count + count)
            del self.links[other][gone]
            self.queued.pop((min(gone, other), max(gone, other)), None)
        return kept, list(moved)
