"""Small linear models whose weights ship as JSON: named features in, a probability out."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model over named features that are present or absent."""

    bias: float
    weights: dict[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Log-odds of "yes"; a feature without weight counts nothing."""
        known = self.weights
        return self.bias + math.fsum(known[f] for f in features if f in known)

    def probability(self, features: Iterable[str]) -> float:
        """Probability of "yes".

        >>> Linear(0.0, {"since": 2.0}).probability(["since", "unknown"]) > 0.88
        True
        """
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))

    def reasons(self, features: Iterable[str], count: int = 4) -> list[list[Any]]:
        """The features that weigh most, as [name, weight], heaviest first."""
        weighed = {f: self.weights[f] for f in features if f in self.weights}
        return [[f, round(w, 2)] for f, w in sorted(weighed.items(), key=lambda x: (-abs(x[1]), x[0]))[:count]]


def load_models(name: str) -> dict[str, Linear]:
    """The models of the package's data file ``name``, by their names."""
    raw = json.loads(files("conflict_events.data").joinpath(name).read_text(encoding="utf-8"))
    return from_json(raw["models"])


def from_json(models: dict[str, Any]) -> dict[str, Linear]:
    """Models from their JSON form, name → {bias, weights}."""
    return {k: Linear(float(m["bias"]), {f: float(w) for f, w in m["weights"].items()}) for k, m in models.items()}


def to_json(models: dict[str, Linear]) -> dict[str, Any]:
    """The JSON form of models."""
    return {k: {"bias": m.bias, "weights": dict(sorted(m.weights.items()))} for k, m in models.items()}
