"""Relations of places of many pairs at once: ``space.relation`` and ``space.best_relation`` over columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from conflict_events.geo.distance import EARTH_RADIUS_KM
from conflict_events.graph import space
from conflict_events.graph.facts import AT_A_TIME, NONE, Bools, FactTable, Floats, Ints, PlaceTable, spread


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


def _portions(counts: Ints) -> Iterator[slice]:
    """Slices of rows whose counts come to about what is weighed at a time."""
    total = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        before = int(total[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, before + AT_A_TIME, side="right")))
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
