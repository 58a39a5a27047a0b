"""What a stretch of text is about: a linear model over its words that tells news of conflict from other writing.

Weights: ``data/topics.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from conflict_events.pipeline.weights import Linear, load_models


def score(words: Iterable[str]) -> float:
    """Log-odds that lower-case ``words`` are of a text about armed conflict; a word counts once.

    >>> score(["villagers", "fled", "border"]) > score(["players", "scored", "game"])
    True
    """
    return models()["conflict"].score(sorted(set(words)))


@cache
def models() -> dict[str, Linear]:
    """The shipped weights."""
    return load_models("topics.json")
