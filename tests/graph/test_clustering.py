"""Agglomeration by mean weights."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conflict_events.graph.clustering import agglomerate


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
