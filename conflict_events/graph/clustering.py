"""Constrained agglomeration: clusters that agree on average, so that one strong link cannot chain two of them.

Two clusters are joined where the mean weight of all pairs between them is positive, best pair of clusters
first. Pairs that were never compared count with a weight of their own, and pairs that may not come
together keep their whole clusters apart.

A mean over two clusters never exceeds the better of the means over their parts, so two clusters that prefer each
other to all others are joined sooner or later whatever else is joined before (Bruynooghe 1978; Murtagh 1983). All
such pairs are therefore joined at once, round by round; where rounds join little, a queue goes on one by one.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pair = tuple[int, int]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# a round must join one pair of so many that could be, else the queue is quicker
_WORTH_A_ROUND = 50
_DECIMALS = 9


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
    one cluster, ``unseen`` the weight of a pair that was not compared.

    >>> agglomerate(4, {(0, 1): 4.0, (1, 2): 1.0, (2, 3): 4.0, (0, 2): -5.0})
    [[0, 1], [2, 3]]
    """
    pairs = np.array(list(weights), dtype=np.int64).reshape(-1, 2)
    bits = np.fromiter(weights.values(), dtype=np.float64, count=len(weights))
    barred = [(item, bar) for bar, items in enumerate(apart) for item in items]
    bars = np.array(barred, dtype=np.int64).reshape(-1, 2)
    labels = agglomerate_pairs(
        size, pairs[:, 0], pairs[:, 1], bits, barred=bars[:, 0], bar=bars[:, 1], unseen=unseen, at_least=at_least
    )
    members: dict[int, list[int]] = {}
    for item, label in enumerate(labels.tolist()):
        members.setdefault(label, []).append(item)
    return list(members.values())


def agglomerate_pairs(
    size: int,
    first: Ints,
    second: Ints,
    weights: Floats,
    *,
    barred: Ints | None = None,
    bar: Ints | None = None,
    unseen: float = -1.0,
    at_least: float = 0.0,
) -> Ints:
    """For each of ``size`` items the first item of its cluster, from compared pairs given as arrays, each pair once.

    ``barred`` and ``bar`` list items and what bars them: no two items under one bar are ever in one cluster. Each
    round costs a sort of the pairs that may still be joined; those that the queue is left with move
    O(log pairs) times each, and with ``unseen`` below ``at_least`` one is weighed anew about
    (weight - unseen) / (at_least - unseen) times beside, otherwise whenever its cluster grows.

    >>> pairs = np.array([0, 1]), np.array([1, 2])
    >>> agglomerate_pairs(4, *pairs, np.array([3.0, -1.0])).tolist()
    [0, 0, 2, 3]
    """
    none = np.empty(0, dtype=np.int64)
    labels = np.arange(size, dtype=np.int64)
    sizes = np.ones(size, dtype=np.int64)
    bars = _Bars(none if barred is None else barred, none if bar is None else bar)
    edges = _Edges(
        np.minimum(first, second),
        np.maximum(first, second),
        weights,
        np.ones(len(weights)),
        np.zeros(len(weights), bool),
    )
    if unseen <= at_least:
        # of pairs with one mean the one with the first items is joined first
        edges = edges.take(np.argsort(edges.low * size + edges.high, kind="stable"))
        edges, labels = _rounds(edges, labels, sizes, bars, unseen, at_least)
    if len(edges.low):
        labels = _queue(edges, labels, sizes, bars, unseen, at_least)
    return labels


@dataclass(slots=True)
class _Edges:
    """Pairs of clusters (``low`` < ``high``), the sum and number of their compared pairs, and whether they are barred."""

    low: Ints
    high: Ints
    total: Floats
    count: Floats
    apart: Bools

    def mean(self, sizes: Ints, unseen: float) -> Floats:
        pairs = (sizes[self.low] * sizes[self.high]).astype(np.float64)
        mean = np.round((self.total + unseen * (pairs - self.count)) / pairs, _DECIMALS)
        mean[self.apart] = -np.inf
        return mean

    def take(self, chosen: Bools | Ints) -> _Edges:
        return _Edges(self.low[chosen], self.high[chosen], self.total[chosen], self.count[chosen], self.apart[chosen])

    def relabelled(self, names: Ints) -> _Edges:
        """The pairs under the clusters' new names, pairs of one cluster left out and equal pairs added up."""
        low, high = names[self.low], names[self.high]
        low, high = np.minimum(low, high), np.maximum(low, high)
        order = np.argsort(low * len(names) + high, kind="stable")
        order = order[low[order] != high[order]]
        low, high = low[order], high[order]
        if not len(low):
            return self.take(order)
        new = np.flatnonzero(np.append(True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])))
        return _Edges(
            low[new],
            high[new],
            np.add.reduceat(self.total[order], new),
            np.add.reduceat(self.count[order], new),
            np.logical_or.reduceat(self.apart[order], new),
        )


class _Bars:
    """What keeps clusters apart: rows of a cluster and one of its bars."""

    def __init__(self, holder: Ints, bar: Ints) -> None:
        telling = np.bincount(bar)[bar] > 1
        self.holder, self.bar = holder[telling], bar[telling]

    def crossed(self, low: Ints, high: Ints, size: int) -> Bools:
        """For disjoint pairs of clusters whether the two share a bar."""
        crossed = np.zeros(len(low), dtype=bool)
        if not len(self.holder) or not len(low):
            return crossed
        pair_of = np.full(size, -1, dtype=np.int64)
        pair_of[low] = pair_of[high] = np.arange(len(low))
        pair = pair_of[self.holder]
        held = pair >= 0
        pair, bar = pair[held], self.bar[held]
        order = np.lexsort((bar, pair))
        pair, bar = pair[order], bar[order]
        crossed[pair[1:][(pair[1:] == pair[:-1]) & (bar[1:] == bar[:-1])]] = True
        return crossed

    def rename(self, names: Ints) -> None:
        self.holder = names[self.holder]


def _rounds(
    edges: _Edges, labels: Ints, sizes: Ints, bars: _Bars, unseen: float, at_least: float
) -> tuple[_Edges, Ints]:
    """Join all pairs that prefer each other, again and again: the pairs left over, and the labels."""
    while True:
        mean = edges.mean(sizes, unseen)
        live = np.flatnonzero(mean > at_least)
        if not len(live):
            return edges.take(live), labels
        # a cluster that nothing would join now will never be joined
        wanted = np.zeros(len(labels), dtype=bool)
        wanted[edges.low[live]] = wanted[edges.high[live]] = True
        chosen = live[_mutual(edges.low[live], edges.high[live], mean[live], len(labels))]
        low, high = edges.low[chosen], edges.high[chosen]
        crossed = bars.crossed(low, high, len(labels))
        edges.apart[chosen[crossed]] = True
        low, high = low[~crossed], high[~crossed]
        names = np.arange(len(labels), dtype=np.int64)
        names[high] = low
        sizes[low] += sizes[high]
        labels = names[labels]
        bars.rename(names)
        edges = edges.take(wanted[edges.low] & wanted[edges.high]).relabelled(names)
        if len(chosen) * _WORTH_A_ROUND < len(live):
            return edges, labels


def _mutual(low: Ints, high: Ints, mean: Floats, size: int) -> Ints:
    """Positions of the pairs that are the best of both their clusters; of equal ones the first is the best."""
    order = np.argsort(-mean, kind="stable")
    rank = np.arange(len(order))
    best = np.empty(size, dtype=np.int64)
    # the last of several assignments to one place holds: here that of the best pair
    best[np.column_stack((low[order], high[order])).ravel()[::-1]] = np.repeat(rank, 2)[::-1]
    found: Ints = order[(best[low[order]] == rank) & (best[high[order]] == rank)]
    return found


def _queue(edges: _Edges, labels: Ints, sizes: Ints, bars: _Bars, unseen: float, at_least: float) -> Ints:
    """Join the best pair of all, one after another."""
    clusters = _Clusters(edges, sizes, bars, unseen)
    for i, j in zip(edges.low.tolist(), edges.high.tolist(), strict=True):
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
    names = np.arange(len(labels), dtype=np.int64)
    for kept, members in clusters.members.items():
        names[members] = clusters.first[kept]
    return names[labels]


class _Clusters:
    """Clusters under the numbers of one of their items, with the links between them and the queue of these."""

    def __init__(self, edges: _Edges, sizes: Ints, bars: _Bars, unseen: float) -> None:
        self.unseen = unseen
        named = np.unique(np.concatenate((edges.low, edges.high)))
        self.members = {i: [i] for i in named.tolist()}
        self.first = {i: i for i in self.members}
        self.sizes = dict(zip(self.members, sizes[named].tolist(), strict=True))
        # sum of the weights and number of the compared pairs between two clusters
        self.links: dict[int, dict[int, tuple[float, float]]] = {i: {} for i in self.members}
        rows = (edges.low, edges.high, edges.total, edges.count, edges.apart)
        for i, j, total, count, apart in zip(*(column.tolist() for column in rows), strict=True):
            self.links[i][j] = self.links[j][i] = (-np.inf if apart else total, count)
        self.bars: dict[int, set[int]] = {i: set() for i in self.members}
        for holder, bar in zip(bars.holder.tolist(), bars.bar.tolist(), strict=True):
            if holder in self.bars:
                self.bars[holder].add(bar)
        self.heap: list[tuple[float, int, int, int, int]] = []
        self.queued: dict[Pair, float] = {}

    def mean(self, a: int, b: int) -> float:
        total, count = self.links[a][b]
        pairs = self.sizes[a] * self.sizes[b]
        mean: float = round((total + self.unseen * (pairs - count)) / pairs, _DECIMALS)
        return mean

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
        self.sizes[kept] += self.sizes[gone]
        self.bars[kept] |= self.bars.pop(gone)
        moved = self.links.pop(gone)
        del moved[kept], self.links[kept][gone]
        self.queued.pop((min(a, b), max(a, b)), None)
        for other, (total, count) in moved.items():
            known_total, known_count = self.links[kept].get(other, (0.0, 0.0))
            self.links[kept][other] = self.links[other][kept] = (known_total + total, known_count + count)
            del self.links[other][gone]
            self.queued.pop((min(gone, other), max(gone, other)), None)
        return kept, list(moved)
