"""Small regions are clustered as collections are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conflict_events.graph.clustering import agglomerate
from conflict_events.store.regions import _clusters

_PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]),
    st.floats(-9, 9, allow_nan=False).map(lambda x: round(x, 3)),
    max_size=30,
)


@given(_PAIRS, st.lists(st.lists(st.integers(0, 8), max_size=3, unique=True), max_size=3))
def test_few_pairs_are_joined_as_many_are(weights: dict[tuple[int, int], float], apart: list[list[int]]) -> None:
    settings = {"apart": apart, "unseen": -0.5, "at_least": 0.0}
    assert _clusters(9, weights, **settings) == agglomerate(9, weights, **settings)  # type: ignore[arg-type]
