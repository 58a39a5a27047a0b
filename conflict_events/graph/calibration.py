"""Match weights fitted to a collection: how telling it is there that two episodes agree.

That two reports name one village says much where a hundred villages are told of, and little where one is; and of the pairs
in one block most tell one incident at a quiet border, and few at a front. The weights of Fellegi and Sunter are
ratios of how often a level is seen among pairs of one incident and of two; both are estimated from the collection's own
pairs by expectation maximisation (Winkler 1988), drawn towards the shipped weights, which a small collection keeps.
"""

from __future__ import annotations

import math

import numpy as np

from conflict_events.graph.comparisons import Weights
from conflict_events.graph.facts import Floats
from conflict_events.graph.weighing import LEVELS, PATTERNS, Patterns

# so many imagined pairs, of one incident and of two, stand beside the collection's own
PSEUDO_PAIRS = 50.0
_ROUNDS = 40
_SETTLED_BITS = 0.001
_BISECTIONS = 60
_STEEPEST = 32.0


def fit(shipped: Weights, patterns: Patterns, *, pseudo_pairs: float = PSEUDO_PAIRS) -> Weights:
    """The weights of the comparisons of facts as fitted to the candidate pairs' patterns, rounded to three decimals.

    Comparisons of other kinds keep their shipped weights. Pairs told by nobody change nothing:

    >>> weights = Weights(-5.0, {"sides": {"both": 2.0, "one": 0.5, "none": -3.0}}, {})
    >>> fit(weights, np.empty(0, dtype=np.int32)) == weights
    True
    """
    counts = np.bincount(patterns, minlength=PATTERNS)
    seen = np.flatnonzero(counts)
    number = counts[seen].astype(np.float64)
    codes = np.unravel_index(seen, tuple(len(levels) + 1 for levels in LEVELS.values()))
    columns = [
        _Column(np.array([shipped.levels[name].get(level, 0.0) for level in levels]), code)
        for (name, levels), code in zip(LEVELS.items(), codes, strict=True)
        if name in shipped.levels
    ]
    names = [name for name in LEVELS if name in shipped.levels]
    first_share = 1.0 / (1.0 + 2.0**-shipped.prior)
    prior = shipped.prior
    for _ in range(_ROUNDS):
        bits = prior + sum((column.of_patterns() for column in columns), np.zeros(len(seen)))
        one = number / (1.0 + np.exp2(-np.clip(bits, -60.0, 60.0)))
        share = (one.sum() + pseudo_pairs * first_share) / (number.sum() + pseudo_pairs)
        moved = [column.refit(one, number - one, pseudo_pairs) for column in columns]
        before, prior = prior, math.log2(share / (1.0 - share))
        if max(abs(prior - before), *moved, 0.0) < _SETTLED_BITS:
            break
    levels = {
        name: {level: round(float(bits), 3) for level, bits in zip(LEVELS[name], column.bits, strict=True)}
        for name, column in zip(names, columns, strict=True)
    }
    kept = {name: {**shipped.levels[name], **fitted} for name, fitted in levels.items()}
    return Weights(round(prior, 3), {**shipped.levels, **kept}, shipped.knots)


class _Column:
    """One comparison: the weights of its levels in bits, and the level of each pattern that occurs."""

    def __init__(self, bits: Floats, code: object) -> None:
        self.bits = bits
        self.code = np.asarray(code)
        self.one, self.two = believed_shares(bits)

    def of_patterns(self) -> Floats:
        weights: Floats = np.append(self.bits, 0.0)[self.code]
        return weights

    def refit(self, one: Floats, two: Floats, pseudo_pairs: float) -> float:
        """Weigh the levels anew by how many pairs of one incident and of two have them; by how many bits one moved."""
        levels = len(self.bits)
        told_one = np.bincount(self.code, one, levels + 1)[:levels]
        told_two = np.bincount(self.code, two, levels + 1)[:levels]
        share_one = (told_one + pseudo_pairs * self.one) / (told_one.sum() + pseudo_pairs)
        share_two = (told_two + pseudo_pairs * self.two) / (told_two.sum() + pseudo_pairs)
        before, self.bits = self.bits, np.log2(share_one / share_two)
        return float(np.abs(self.bits - before).max())


def believed_shares(bits: Floats) -> tuple[Floats, Floats]:
    """Shares of levels among pairs of one incident and of two whose ratios are the weights in bits.

    Of all such shares those are taken that are proportional to 2^((1 - t) w) and 2^(-t w), with the t at which both
    add up to 1. Weights of one sign have none; they are shifted until they do.

    >>> one, two = believed_shares(np.array([2.0, -2.0]))
    >>> [round(float(x), 2) for x in (*one, *two)]
    [0.8, 0.2, 0.2, 0.8]
    """
    low, high = (-_STEEPEST, _STEEPEST) if bits.min() < 0.0 < bits.max() else (0.5, 0.5)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if np.exp2((1 - middle) * bits).sum() > np.exp2(-middle * bits).sum():
            low = middle
        else:
            high = middle
    one, two = np.exp2((1 - low) * bits), np.exp2(-low * bits)
    return one / one.sum(), two / two.sum()
