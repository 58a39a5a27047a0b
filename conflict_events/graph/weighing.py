"""Comparisons of facts of many pairs at once, over columns.

What is compared here is what ``comparisons.compare_facts`` names for one pair, and weighs the same; that function
explains, this one counts. All that is said of a pair comes to one number, its pattern: a few hundred thousand patterns
are possible, a few thousand occur, so that weights are looked up once for each pattern and not for each pair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from conflict_events.graph import space
from conflict_events.graph.comparisons import (
    LARGE_FIGURE,
    MAX_SHARP_DAYS,
    SMALL_FIGURE,
    Weights,
    compare_kinds,
    compare_numbers,
    compare_sides,
)
from conflict_events.graph.facts import AT_A_TIME, NONE, FactTable, Floats, Ints, Profiles
from conflict_events.graph.placing import best_relations

Patterns = npt.NDArray[np.int32]

# levels of the comparisons of facts; the place after the last stands for a comparison that says nothing
LEVELS: dict[str, tuple[str, ...]] = {
    "day": (
        "same", "next", "days_off", "other", "within_period", "same_month", "same_period", "same_weekday", "other_weekday",
    ),
    "place": space.CLOSEST_FIRST,
    "kind": ("same_type", "shared_type", "same_class", "other_class", "both_war", "war_and_act"),
    "sides": ("both", "one", "none"),
    "killed": ("unequal", "equal_small", "equal", "equal_large"),
    "killed_scale": ("close", "similar", "apart", "far_off"),
    "injured": ("unequal", "equal_small", "equal", "equal_large"),
}  # fmt: skip
_SIZES = tuple(len(levels) + 1 for levels in LEVELS.values())
PATTERNS = int(np.prod(_SIZES))
# tables of profile by profile are kept up to this many profiles; beyond, each different pair is looked at once
_TABLE_LIMIT = 4096
# sets of so many numbers are compared as columns, larger ones one by one
_FEW_NUMBERS = 3


class FactComparer:
    """Compares pairs of a table's episodes by what they state."""

    def __init__(self, table: FactTable) -> None:
        self.table = table
        self._kinds = _ProfilePairs(table.kinds, lambda a, b: _code("kind", compare_kinds(a, b)))
        self._sides = _SidePairs(table.sides)
        self._killed = _NumberPairs(table.killed)
        self._injured = _NumberPairs(table.injured)

    def patterns(self, first: Ints, second: Ints) -> Patterns:
        """The pattern of each pair (first[n], second[n])."""
        found = np.empty(len(first), dtype=np.int32)
        for begin in range(0, len(first), AT_A_TIME):
            part = slice(begin, begin + AT_A_TIME)
            i, j = first[part], second[part]
            killed, scale = self._killed.levels(i, j)
            injured, _ = self._injured.levels(i, j)
            codes = (
                self._day(i, j), best_relations(self.table, i, j), self._kinds.levels(i, j), self._sides.levels(i, j),
                killed, scale, injured,
            )  # fmt: skip
            found[part] = np.ravel_multi_index(codes, _SIZES)
        return found

    def _day(self, i: Ints, j: Ints) -> Ints:
        table, code = self.table, {level: n for n, level in enumerate(LEVELS["day"])}
        start_i, end_i, start_j, end_j = table.start[i], table.end[i], table.start[j], table.end[j]
        known = (start_i != NONE) & (start_j != NONE)
        gap = np.maximum(0, np.maximum(start_j - end_i, start_i - end_j))
        length_i, length_j = end_i - start_i + 1, end_j - start_j + 1
        length = np.maximum(length_i, length_j)
        found: Ints = np.array([code["same"], code["next"], code["days_off"], code["days_off"], code["other"]])[
            np.minimum(gap, 4)
        ]
        if (wide := known & (length > MAX_SHARP_DAYS)).any():
            period = np.select(
                [gap > 0, 2 * np.minimum(length_i, length_j) < length, length <= 31],
                [code["other"], code["within_period"], code["same_month"]],
                code["same_period"],
            )
            found = np.where(wide, period, found)
        if not known.all():
            day_i, day_j = table.weekday[i], table.weekday[j]
            by_name = np.where(day_i == day_j, code["same_weekday"], code["other_weekday"])
            by_name[(day_i == NONE) | (day_j == NONE)] = len(code)
            found = np.where(known, found, by_name)
        return found


def pattern_bits(weights: Weights) -> Floats:
    """Score in bits of each pattern: the prior and the weights of all that it says."""
    total = np.full(_SIZES, weights.prior)
    for axis, bits in enumerate(_level_bits(weights)):
        total += bits.reshape([-1 if n == axis else 1 for n in range(len(_SIZES))])
    return np.round(total.ravel(), 6)


def _level_bits(weights: Weights) -> list[Floats]:
    """For each comparison the weights of its levels, and 0 for where it says nothing."""
    return [
        np.array([*(round(weights.of(feature, level), 3) for level in levels), 0.0])
        for feature, levels in LEVELS.items()
    ]


def published_bits(table: FactTable, weights: Weights, first: Ints, second: Ints) -> Floats:
    """Weight of how far apart two reports appeared, 0 where one does not say when it did."""
    points = weights.knots.get("published", ())
    if not points:
        return np.zeros(len(first))
    start_i, end_i = table.published_start[first], table.published_end[first]
    start_j, end_j = table.published_start[second], table.published_end[second]
    gap = np.maximum(0, np.maximum(start_j - end_i, start_i - end_j))
    bits = np.interp(np.round(np.log2(1.0 + gap), 3), [x for x, _ in points], [y for _, y in points])
    return np.where((start_i != NONE) & (start_j != NONE), np.round(bits, 3), 0.0)


def _code(feature: str, level: str | None) -> int:
    """Number of a level; the number after the last where there is none."""
    levels = LEVELS[feature]
    return len(levels) if level is None else levels.index(level)


class _ProfilePairs:
    """Levels of pairs of profiles, each pair that occurs compared once."""

    def __init__(self, column: Profiles[Any], compare: Callable[[Any, Any], int]) -> None:
        self.column = column
        self.compare = compare
        self.size = len(column.known)
        small = self.size <= _TABLE_LIMIT
        self.table = np.full(self.size**2, NONE, dtype=np.int8) if small else np.empty(0, dtype=np.int8)

    def levels(self, i: Ints, j: Ints) -> Ints:
        keys = self.column.of[i] * self.size + self.column.of[j]
        if not len(self.table):
            pairs, where = np.unique(keys, return_inverse=True)
            compared: Ints = self._compare(pairs)[where]
            return compared
        found = self.table[keys]
        if (new := found == NONE).any():
            pairs = np.unique(keys[new])
            self.table[pairs] = self._compare(pairs)
            found = self.table[keys]
        levels: Ints = found.astype(np.int64)
        return levels

    def _compare(self, pairs: Ints) -> Ints:
        known = self.column.known
        a, b = np.divmod(pairs, self.size)
        codes = [self.compare(known[x], known[y]) for x, y in zip(a.tolist(), b.tolist(), strict=True)]
        return np.array(codes, dtype=np.int64)


class _SetPairs:
    """Pairs of sets of numbers above 0; small ones are compared as columns, pairs with a large one by themselves."""

    def __init__(self, of: Ints, known: Sequence[frozenset[int]], compare: Callable[[Any, Any], int]) -> None:
        few = [len(s) <= _FEW_NUMBERS for s in known]
        self.of = of
        self.few = np.array(few, dtype=bool)
        self.large = None if all(few) else _ProfilePairs(Profiles(of, tuple(known)), compare)
        width = max((len(s) for s, is_few in zip(known, few, strict=True) if is_few), default=0)
        rows = [sorted(s, reverse=True) if is_few else [] for s, is_few in zip(known, few, strict=True)]
        # numbers of one set stand in a row, the largest first, 0 after the last
        self.numbers = np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64).reshape(
            len(rows), width
        )

    def columns(self, i: Ints, j: Ints) -> tuple[Ints, Ints, Ints]:
        """Which pairs have numbers on both sides, no set being large, and those of the first and of the second."""
        a, b = self.of[i], self.of[j]
        if not self.numbers.shape[1]:
            none = np.empty(0, dtype=np.int64)
            return none, self.numbers[none], self.numbers[none]
        told = np.flatnonzero((self.numbers[a, 0] > 0) & (self.numbers[b, 0] > 0))
        return told, self.numbers[a[told]], self.numbers[b[told]]

    def others(self, i: Ints, j: Ints) -> tuple[Ints, Ints]:
        """Which pairs have a large set, and how these compare."""
        if self.large is None:
            none = np.empty(0, dtype=np.int64)
            return none, none
        many = np.flatnonzero(~(self.few[self.of[i]] & self.few[self.of[j]]))
        return many, self.large.levels(i[many], j[many])


class _SidePairs:
    """Levels of pairs of sets of parties."""

    def __init__(self, column: Profiles[frozenset[str]]) -> None:
        numbers: dict[str, int] = {}
        known = [frozenset(numbers.setdefault(p, len(numbers) + 1) for p in sorted(s)) for s in column.known]
        self.sets = _SetPairs(column.of, known, lambda a, b: _code("sides", compare_sides(a, b)))

    def levels(self, i: Ints, j: Ints) -> Ints:
        found = np.full(len(i), len(LEVELS["sides"]), dtype=np.int64)
        told, a, b = self.sets.columns(i, j)
        shared = np.zeros(len(told), dtype=np.int64)
        for x in a.T:
            for y in b.T:
                shared += (x == y) & (x > 0)
        found[told] = np.array([_code("sides", level) for level in ("none", "one", "both")])[np.minimum(shared, 2)]
        many, compared = self.sets.others(i, j)
        found[many] = compared
        return found


class _NumberPairs:
    """Levels of pairs of sets of figures: whether one is shared, and how far the largest lie apart."""

    def __init__(self, column: Profiles[frozenset[int]]) -> None:
        self.sets = _SetPairs(column.of, column.known, _compare_sets)

    def levels(self, i: Ints, j: Ints) -> tuple[Ints, Ints]:
        equal = np.full(len(i), len(LEVELS["killed"]), dtype=np.int64)
        scale = np.full(len(i), len(LEVELS["killed_scale"]), dtype=np.int64)
        told, a, b = self.sets.columns(i, j)
        equal[told], scale[told] = _columns(a, b)
        many, compared = self.sets.others(i, j)
        equal[many], scale[many] = np.divmod(compared, len(LEVELS["killed_scale"]) + 1)
        return equal, scale


def _compare_sets(a: frozenset[int], b: frozenset[int]) -> int:
    found = compare_numbers(a, b, "killed", "killed_scale")
    equal, scale = _code("killed", found.get("killed")), _code("killed_scale", found.get("killed_scale"))
    return equal * (len(LEVELS["killed_scale"]) + 1) + scale


def _columns(a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """``comparisons.compare_numbers`` of rows of numbers."""
    if not len(a):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    shared = np.zeros(len(a), dtype=np.int64)
    for x in a.T:
        for y in b.T:
            np.maximum(shared, np.where(x == y, x, 0), out=shared)
    equal = (shared > 0).astype(np.int64) + (shared >= SMALL_FIGURE) + (shared >= LARGE_FIGURE)
    low, high = np.minimum(a[:, 0], b[:, 0]), np.maximum(a[:, 0], b[:, 0])
    close = (high - low <= 1) | (high <= 1.25 * low)
    return equal, np.where(close, 0, 1 + (high > 2 * low) + (high > 4 * low))
