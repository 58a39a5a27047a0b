"""Match weights of many pairs at once: the comparisons of facts over columns.

What is weighed here is what ``comparisons.compare_facts`` names for one pair, by the same weights; that function
explains, this one counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from conflict_events.geo.distance import EARTH_RADIUS_KM
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
from conflict_events.graph.facts import NONE, Bools, FactTable, Floats, Ints, PlaceTable, Profiles

# so many pairs are weighed at a time: their columns stay in the processor's cache and in little memory
_AT_A_TIME = 1 << 18
# tables of profile by profile are kept up to this many profiles; beyond, each different pair is looked at once
_TABLE_LIMIT = 2048
# sets of so many numbers are compared as columns, larger ones one by one
_FEW_NUMBERS = 3


class FactWeigher:
    """Weighs pairs of a table's episodes by what they state."""

    def __init__(self, table: FactTable, weights: Weights) -> None:
        self.table = table
        self.weights = weights
        self._kinds = _ProfilePairs(table.kinds, lambda a, b: self._of("kind", compare_kinds(a, b)))
        self._sides = _ProfilePairs(table.sides, lambda a, b: self._of("sides", compare_sides(a, b)))
        self._killed = _NumberPairs(table.killed, weights, "killed", "killed_scale")
        self._injured = _NumberPairs(table.injured, weights, "injured", None)
        self._place_levels = np.array([self._of("place", level) for level in (*space.CLOSEST_FIRST, None)])

    def _of(self, feature: str, level: str | None) -> float:
        return 0.0 if level is None else round(self.weights.of(feature, level), 3)

    def bits(self, first: Ints, second: Ints) -> Floats:
        """Score in bits of each pair (first[n], second[n]): the prior and the weights of all comparisons of facts."""
        found = np.empty(len(first))
        for begin in range(0, len(first), _AT_A_TIME):
            part = slice(begin, begin + _AT_A_TIME)
            found[part] = self._bits(first[part], second[part])
        return np.round(found, 6)

    def _bits(self, i: Ints, j: Ints) -> Floats:
        total: Floats = self.weights.prior + self._day(i, j)
        total += self._place_levels[best_relations(self.table, i, j)]
        total += self._kinds.weights(i, j)
        total += self._sides.weights(i, j)
        total += self._killed.weights(i, j)
        total += self._injured.weights(i, j)
        return total

    def _day(self, i: Ints, j: Ints) -> Floats:
        table = self.table
        start_i, end_i, start_j, end_j = table.start[i], table.end[i], table.start[j], table.end[j]
        known = (start_i != NONE) & (start_j != NONE)
        gap = np.maximum(0, np.maximum(start_j - end_i, start_i - end_j))
        length_i, length_j = end_i - start_i + 1, end_j - start_j + 1
        length = np.maximum(length_i, length_j)
        sharp = np.select([gap == 0, gap == 1, gap <= 3], [self._of("day", d) for d in ("same", "next", "days_off")],
                          self._of("day", "other"))  # fmt: skip
        found = np.where(length <= MAX_SHARP_DAYS, sharp, 0.0)
        if (wide := known & (length > MAX_SHARP_DAYS)).any():
            period = np.select(
                [gap > 0, 2 * np.minimum(length_i, length_j) < length, length <= 31],
                [self._of("day", d) for d in ("other", "within_period", "same_month")],
                self._of("day", "same_period"),
            )
            found = np.where(wide, period, found)
        if not known.all():
            day_i, day_j = table.weekday[i], table.weekday[j]
            named = (day_i != NONE) & (day_j != NONE)
            by_name = np.where(day_i == day_j, self._of("day", "same_weekday"), self._of("day", "other_weekday"))
            found = np.where(known, found, np.where(named, by_name, 0.0))
        return found

    def published(self, first: Ints, second: Ints) -> Floats:
        """Weight of how far apart two reports appeared, 0 where one does not say when it did."""
        points = self.weights.knots.get("published", ())
        if not points:
            return np.zeros(len(first))
        table = self.table
        start_i, end_i = table.published_start[first], table.published_end[first]
        start_j, end_j = table.published_start[second], table.published_end[second]
        gap = np.maximum(0, np.maximum(start_j - end_i, start_i - end_j))
        bits = np.interp(np.round(np.log2(1.0 + gap), 3), [x for x, _ in points], [y for _, y in points])
        return np.where((start_i != NONE) & (start_j != NONE), np.round(bits, 3), 0.0)


class _ProfilePairs:
    """Weights of pairs of profiles, each pair that occurs weighed once."""

    def __init__(self, column: Profiles[Any], weigh: Callable[[Any, Any], float]) -> None:
        self.column = column
        self.weigh = weigh
        self.size = len(column.known)
        small = self.size <= _TABLE_LIMIT
        self.table = np.full(self.size**2, np.nan) if small else np.empty(0)

    def weights(self, i: Ints, j: Ints) -> Floats:
        keys = self.column.of[i] * self.size + self.column.of[j]
        if not len(self.table):
            pairs, where = np.unique(keys, return_inverse=True)
            weighed: Floats = self._weigh(pairs)[where]
            return weighed
        found: Floats = self.table[keys]
        if (new := np.isnan(found)).any():
            pairs = np.unique(keys[new])
            self.table[pairs] = self._weigh(pairs)
            found = self.table[keys]
        return found

    def _weigh(self, pairs: Ints) -> Floats:
        known = self.column.known
        a, b = np.divmod(pairs, self.size)
        return np.array(
            [self.weigh(known[x], known[y]) for x, y in zip(a.tolist(), b.tolist(), strict=True)], dtype=float
        )


class _NumberPairs:
    """Weights of pairs of sets of numbers."""

    def __init__(self, column: Profiles[frozenset[int]], weights: Weights, equal: str, scale: str | None) -> None:
        def of(feature: str | None, level: str) -> float:
            return 0.0 if feature is None else round(weights.of(feature, level), 3)

        def weigh(a: frozenset[int], b: frozenset[int]) -> float:
            return sum(of(feature, level) for feature, level in compare_numbers(a, b, equal, scale).items())

        self.column = column
        self.large = _ProfilePairs(column, weigh) if any(len(s) > _FEW_NUMBERS for s in column.known) else None
        self.few = np.array([len(s) <= _FEW_NUMBERS for s in column.known], dtype=bool)
        width = max((len(s) for s in column.known if len(s) <= _FEW_NUMBERS), default=0)
        rows = [sorted(s, reverse=True) if len(s) <= _FEW_NUMBERS else [] for s in column.known]
        # numbers of one profile stand in a row, the largest first, 0 after the last
        self.numbers = np.array([row + [0] * (width - len(row)) for row in rows], dtype=np.int64).reshape(
            len(rows), width
        )
        self.equal = np.array([of(equal, level) for level in ("unequal", "equal_small", "equal", "equal_large")])
        self.scale = np.array([of(scale, level) for level in ("close", "similar", "apart", "far_off")])

    def weights(self, i: Ints, j: Ints) -> Floats:
        found = np.zeros(len(i))
        a, b = self.column.of[i], self.column.of[j]
        if self.numbers.shape[1]:
            told = np.flatnonzero((self.numbers[a, 0] > 0) & (self.numbers[b, 0] > 0))
            found[told] = self._columns(self.numbers[a[told]], self.numbers[b[told]])
        if self.large is not None:
            many = np.flatnonzero(~(self.few[a] & self.few[b]))
            found[many] = self.large.weights(i[many], j[many])
        return found

    def _columns(self, a: Ints, b: Ints) -> Floats:
        shared = np.zeros(len(a), dtype=np.int64)
        for x in a.T:
            for y in b.T:
                np.maximum(shared, np.where(x == y, x, 0), out=shared)
        level = (shared > 0).astype(np.int64) + (shared >= SMALL_FIGURE) + (shared >= LARGE_FIGURE)
        low, high = np.minimum(a[:, 0], b[:, 0]), np.maximum(a[:, 0], b[:, 0])
        close = (high - low <= 1) | (high <= 1.25 * low)
        apart = np.where(close, 0, 1 + (high > 2 * low) + (high > 4 * low))
        found: Floats = self.equal[level] + self.scale[apart]
        return found


def best_relations(table: FactTable, i: Ints, j: Ints) -> Ints:
    """For each pair of episodes the closest relation of their places, as position in ``space.CLOSEST_FIRST``.

    Where nothing is known of the places of one it is the length of that list.
    """
    found = np.full(len(i), len(space.CLOSEST_FIRST), dtype=np.int64)
    first_i, first_j = table.first_place[i], table.first_place[j]
    many_i, many_j = table.first_place[i + 1] - first_i, table.first_place[j + 1] - first_j
    product = many_i * many_j
    one = np.flatnonzero(product == 1)
    found[one] = relations(table.places, table.place[first_i[one]], table.place[first_j[one]])
    several = np.flatnonzero(product > 1)
    for part in _portions(product[several]):
        rows = several[part]
        owner, at = spread(product[rows])
        rows = rows[owner]
        a = table.place[first_i[rows] + at // many_j[rows]]
        b = table.place[first_j[rows] + at % many_j[rows]]
        np.minimum.at(found, rows, relations(table.places, a, b))
    return found


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Rows that stand for so many each: for every one its row, and its number within the row.

    >>> [x.tolist() for x in spread(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    rows = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    before = np.cumsum(counts) - counts
    return rows, np.arange(len(rows), dtype=np.int64) - before[rows]


def _portions(counts: Ints) -> Iterator[slice]:
    """Slices of rows whose counts come to about what is weighed at a time."""
    total = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        before = int(total[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, before + _AT_A_TIME, side="right")))
        yield slice(begin, end)
        begin = end


def relations(places: PlaceTable, a: Ints, b: Ints) -> Ints:
    """``space.relation`` of pairs of places, as position in ``space.CLOSEST_FIRST``, its length where it is None."""
    code = {level: n for n, level in enumerate(space.CLOSEST_FIRST)}
    number_a, number_b = places.number[a], places.number[b]
    same = np.where((number_a != NONE) & (number_b != NONE), number_a == number_b, places.name[a] == places.name[b])
    km = distances_km(places, a, b)
    country_a, country_b = places.country[a], places.country[b]
    abroad = (country_a != NONE) & (country_b != NONE) & (country_a != country_b)
    found = np.select(
        [same, np.isnan(km) & abroad, np.isnan(km), km <= space.SAME_FRONT_KM, km <= space.NEAR_KM, country_a != country_b],
        [code["same"], code["elsewhere"], len(code), code["front"], code["near"], code["elsewhere"]],
        code["far"],
    )  # fmt: skip
    sharpness_a, sharpness_b = places.sharpness[a], places.sharpness[b]
    widest = np.maximum(sharpness_a, sharpness_b)
    wide = np.flatnonzero(widest >= space.WIDE)
    if len(wide):
        found[wide] = _wide_relations(places, a[wide], b[wide], _Pair(same[wide], km[wide], abroad[wide], widest[wide]))
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """What is known of pairs of places in which one is wide."""

    same: Bools
    km: Floats
    abroad: Bools
    widest: Ints


def _wide_relations(places: PlaceTable, a: Ints, b: Ints, pair: _Pair) -> Ints:
    code = {level: n for n, level in enumerate(space.CLOSEST_FIRST)}
    country, region = space.SHARPNESS["country"], space.SHARPNESS["region"]
    inside = _contains(places, a, b, pair.km) | _contains(places, b, a, pair.km)
    inside_level = np.where(pair.widest == region, code["inside"], code["inside_wide"])
    far_off = np.where(places.country[a] != places.country[b], code["elsewhere"], code["far"])
    in_reach = pair.km <= places.extent_km[a] + places.extent_km[b]
    both_known = (places.country[a] != NONE) & (places.country[b] != NONE)
    return np.select(
        [
            pair.same & (places.sharpness[a] < space.WIDE),
            pair.same,
            inside,
            np.isnan(pair.km) & pair.abroad,
            np.isnan(pair.km),
            (pair.widest == country) & both_known & pair.abroad,
            (pair.widest == country) & both_known,
            in_reach,
        ],
        [
            code["same"], code["same_wide"], inside_level, code["elsewhere"], len(code), code["elsewhere"],
            code["inside_wide"], code["near_wide"],
        ],
        far_off,
    )  # fmt: skip


def _contains(places: PlaceTable, outer: Ints, inner: Ints, km: Floats) -> Bools:
    """``space.contains`` of pairs."""
    sharpness = places.sharpness[outer]
    country = places.country[outer]
    same_country = (country != NONE) & (country == places.country[inner])
    by_code = (places.region[outer] != NONE) & (places.region[inner] != NONE)
    same_region = places.region[outer] == places.region[inner]
    in_extent = places.lies_in[places.area[outer], places.country[inner]] | (places.country[inner] == NONE)
    in_extent &= km <= places.extent_km[outer]
    return np.select(
        [sharpness < space.WIDE, sharpness == space.SHARPNESS["country"],
         (sharpness == space.SHARPNESS["region"]) & by_code],
        [np.zeros(len(outer), dtype=bool), same_country, same_region],
        in_extent,
    )  # fmt: skip


def distances_km(places: PlaceTable, a: Ints, b: Ints) -> Floats:
    """``geo.distance.distance_km`` of pairs of places; NaN where one has no point."""
    lat_a, lat_b = np.radians(places.latitude[a]), np.radians(places.latitude[b])
    between = np.radians(places.longitude[b] - places.longitude[a])
    h = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(between / 2) ** 2
    km: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    return km
