"""Agglomeration by mean weights."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.graph.clustering import agglomerate
from tests.graph.hand import work


def test_weak_link_does_not_chain_two_clusters() -> None:
    weights = {(0, 1): 6.0, (0, 2): 6.0, (1, 2): 6.0, (3, 4): 6.0, (2, 3): 2.0}
    assert agglomerate(5, weights) == [[0, 1, 2], [3, 4]]


def test_agreeing_links_join_two_clusters() -> None:
    weights = {(0, 1): 6.0, (2, 3): 6.0, (0, 2): 2.0, (0, 3): 2.0, (1, 2): 2.0, (1, 3): -1.0}
    assert agglomerate(4, weights) == [[0, 1, 2, 3]]


def test_pairs_kept_apart_keep_their_clusters_apart() -> None:
    weights = {(0, 1): 6.0, (1, 2): 5.0, (0, 2): 5.0}
    assert agglomerate(3, weights, apart=[(0, 2)]) == [[0, 1], [2]]


def test_bar_is_inherited_by_the_cluster() -> None:
    weights = {(0, 1): 9.0, (0, 2): 8.0, (1, 2): 8.0, (2, 3): 7.0}
    assert agglomerate(4, weights, apart=[(0, 3)], unseen=0.0) == [[0, 1, 2], [3]]


def test_pairs_never_compared_weigh_against_joining() -> None:
    chain = {(0, 1): 3.0, (1, 2): 3.0, (2, 3): 3.0}
    assert agglomerate(4, chain, unseen=-4.0) == [[0, 1], [2, 3]]
    assert agglomerate(4, chain, unseen=0.0) == [[0, 1, 2, 3]]


def around_hubs(n: int) -> dict[tuple[int, int], float]:
    """Two hubs that agree with each other, each with half of the others around it."""
    return {(0, 1): 9.0} | {(k % 2, k): 8.0 - k / (10 * n) for k in range(2, n)}


def in_a_row(n: int) -> dict[tuple[int, int], float]:
    return {(k, k + 1): 5.0 + (k * 37 % 101) / 100 for k in range(n - 1)}


def core_with_a_fringe(n: int) -> dict[tuple[int, int], float]:
    """So many items that all agree that their links are as many as those of one of them to others."""
    core = math.isqrt(2 * n)
    links = {(i, j): 9.0 for i in range(core) for j in range(i + 1, core)}
    return links | {(0, k): 1.0 for k in range(core, n)}


@pytest.mark.parametrize("shape", [around_hubs, in_a_row, core_with_a_fringe], ids=["hubs", "chain", "core"])
@pytest.mark.parametrize(("unseen", "at_least"), [(-4.0, -0.5), (-0.5, 0.0)], ids=["news", "recalled"])
def test_work_grows_with_the_number_of_links_and_hardly_faster(
    shape: Callable[[int], dict[tuple[int, int], float]], unseen: float, at_least: float
) -> None:
    few, many = (
        work(lambda n=n: agglomerate(n, shape(n), unseen=unseen, at_least=at_least))  # type: ignore[misc]
        for n in (400, 800)
    )
    assert many < 2.4 * few


def test_items_of_one_report_stay_apart_without_naming_their_pairs() -> None:
    weights = {(i, j): 5.0 for i in range(4) for j in range(i + 1, 4)}
    assert [len(group) for group in agglomerate(4, weights, apart=[(0, 1, 2)])] == [2, 1, 1]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]), st.floats(-5, 5), max_size=28
    ),
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]), max_size=5),
)
def test_every_item_is_in_one_cluster_and_bars_hold(
    weights: dict[tuple[int, int], float], apart: set[tuple[int, int]]
) -> None:
    found = agglomerate(8, weights, apart=apart)
    assert sorted(n for group in found for n in group) == list(range(8))
    assert not any(i in group and j in group for group in found for i, j in apart)
