"""Weights fitted to a collection: small ones keep the shipped weights, large ones follow their pairs."""

from __future__ import annotations

import numpy as np
import pytest

from conflict_events.graph.calibration import believed_shares, fit
from conflict_events.graph.comparisons import Weights, shipped_weights
from conflict_events.graph.weighing import LEVELS, Patterns, pattern_bits

SHIPPED = shipped_weights("recall")


def pattern(**levels: str) -> int:
    codes = [names.index(levels[f]) if f in levels else len(names) for f, names in LEVELS.items()]
    return int(np.ravel_multi_index(codes, tuple(len(names) + 1 for names in LEVELS.values())))


def patterns(*groups: tuple[int, dict[str, str]]) -> Patterns:
    return np.array([pattern(**levels) for times, levels in groups for _ in range(times)], dtype=np.int32)


SAME = {"day": "same", "place": "same", "kind": "same_type", "sides": "both"}
OTHER = {"day": "days_off", "place": "far", "kind": "other_class", "sides": "both"}


def test_pattern_weighs_what_its_levels_weigh() -> None:
    assert pattern_bits(SHIPPED)[pattern(**SAME)] == SHIPPED.weigh(SAME)[0]
    assert pattern_bits(SHIPPED)[pattern()] == SHIPPED.prior


def test_few_pairs_hardly_move_the_weights() -> None:
    fitted = fit(SHIPPED, patterns((2, SAME), (2, OTHER)))
    assert fitted.weigh(SAME)[0] == pytest.approx(SHIPPED.weigh(SAME)[0], abs=1.5)
    assert fitted.weigh(OTHER)[0] < -10


def test_level_that_all_pairs_share_says_little() -> None:
    fitted = fit(SHIPPED, patterns((3000, SAME), (30000, OTHER)))
    assert abs(fitted.of("sides", "both")) < 0.1 < SHIPPED.of("sides", "both")


def test_prior_follows_how_many_pairs_agree() -> None:
    quiet, dense = (fit(SHIPPED, patterns((1000, SAME), (others, OTHER))).prior for others in (200, 100_000))
    assert dense < SHIPPED.prior + 1 < 0 < quiet


def test_more_imagined_pairs_keep_the_shipped_weights() -> None:
    found = patterns((1000, SAME), (1000, OTHER))
    held = fit(SHIPPED, found, pseudo_pairs=1e9)
    assert held.weigh(SAME)[0] == pytest.approx(SHIPPED.weigh(SAME)[0], abs=0.05)


def test_comparisons_that_are_not_of_facts_keep_their_weights() -> None:
    fitted = fit(SHIPPED, patterns((1000, SAME), (1000, OTHER)))
    assert fitted.of("answered", "both") == SHIPPED.of("answered", "both")


@pytest.mark.parametrize("bits", [[4.0, -1.0, -9.0], [0.5, -0.5], [3.0, 2.0, -0.1]], ids=str)
def test_believed_shares_have_the_weights_as_ratios(bits: list[float]) -> None:
    one, two = believed_shares(np.array(bits))
    assert (one.sum(), two.sum()) == pytest.approx((1.0, 1.0))
    assert np.log2(one / two).tolist() == pytest.approx(bits, abs=1e-6)


def test_weights_of_unknown_levels_stay_as_they_are() -> None:
    shipped = Weights(-2.0, {"text_kind": {"odd": 1.0}}, {"text": ((0.0, 1.0),)})
    assert fit(shipped, patterns((100, SAME))).levels == shipped.levels
