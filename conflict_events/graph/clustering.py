"""Constrained agglomeration: clusters that agree on average, so that one strong link cannot chain two of them.

Two clusters are joined where the mean weight of all pairs between them is positive, best pair of clusters
first. Pairs that were never compared count with a weight of their own, and pairs that may not come
together keep their whole clusters apart.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]


def agglomerate(
    size: int,
    weights: Mapping[Pair, float],
    *,
    apart: Iterable[Pair] = (),
    unseen: float = -1.0,
    at_least: float = 0.0,
) -> list[list[int]]:
    """Clusters of the items 0 to ``size`` - 1, each sorted, ordered by their first items.

    ``weights`` are match weights of compared pairs (positive: same), ``apart`` pairs that are never in one
    cluster, ``unseen`` the weight of a pair that was not compared. Costs O(e log e) in the number of pairs.

    >>> agglomerate(4, {(0, 1): 4.0, (1, 2): 1.0, (2, 3): 4.0, (0, 2): -5.0})
    [[0, 1], [2, 3]]
    """
    members: dict[int, list[int]] = {i: [i] for i in range(size)}
    sums: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in range(size)}
    barred: dict[int, set[int]] = {i: set() for i in range(size)}
    for (i, j), weight in weights.items():
        sums[i][j] = sums[j][i] = (weight, 1)
    for i, j in apart:
        barred[i].add(j)
        barred[j].add(i)

    def mean(a: int, b: int) -> float:
        total, count = sums[a][b]
        pairs = len(members[a]) * len(members[b])
        return round((total + unseen * (pairs - count)) / pairs, 9)

    heap = [(-mean(i, j), i, j) for i in sums for j in sums[i] if i < j and j not in barred[i]]
    heapq.heapify(heap)
    while heap:
        score, a, b = heapq.heappop(heap)
        if -score <= at_least:
            break
        if a not in members or b not in members or b in barred[a] or -score != mean(a, b):
            continue
        _join(a, b, members, sums, barred)
        for c in sums[a]:
            if c not in barred[a]:
                first, second = min(a, c), max(a, c)
                heapq.heappush(heap, (-mean(first, second), first, second))
    return sorted(sorted(m) for m in members.values())


def _join(
    a: int,
    b: int,
    members: dict[int, list[int]],
    sums: dict[int, dict[int, tuple[float, int]]],
    barred: dict[int, set[int]],
) -> None:
    """Put cluster b into cluster a, which keeps the smaller number and takes over b's links and bars."""
    members[a].extend(members.pop(b))
    of_b = sums.pop(b)
    of_b.pop(a, None)
    sums[a].pop(b, None)
    for c, (total, count) in of_b.items():
        known_total, known_count = sums[a].get(c, (0.0, 0))
        sums[a][c] = sums[c][a] = (known_total + total, known_count + count)
        del sums[c][b]
    for c in barred.pop(b):
        barred[c].discard(b)
        barred[c].add(a)
        barred[a].add(c)
