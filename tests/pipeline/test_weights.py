"""Linear models from JSON."""

from __future__ import annotations

import pytest

from conflict_events.pipeline.weights import Linear, from_json, load_models, to_json


def test_features_without_weight_count_nothing() -> None:
    model = Linear(-1.0, {"since": 2.0})
    assert model.score(["since", "never seen"]) == 1.0


def test_reasons_come_heaviest_first() -> None:
    model = Linear(0.0, {"a": 0.5, "b": -2.0, "c": 1.0})
    assert model.reasons(["a", "b", "c"], count=2) == [["b", -2.0], ["c", 1.0]]


@pytest.mark.parametrize("score", [-1e9, 0.0, 1e9])
def test_probability_stays_inside_its_bounds(score: float) -> None:
    assert 0.0 <= Linear(score, {}).probability([]) <= 1.0


def test_models_survive_json() -> None:
    models = {"scope": Linear(-0.5, {"b": 1.0, "a": -1.0})}
    assert from_json(to_json(models)) == models


def test_shipped_weights_hold_the_models_that_claims_needs() -> None:
    assert set(load_models("claims_weights.json")) == {"claimant", "scope", "scope_event", "cumulative"}
