"""Places as linking compares them: the same, near, one inside the other, or apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflict_events.geo.distance import distance_km
from conflict_events.records import Place

# two places this close, beyond what their own extents allow, may be one stretch of front
SAME_FRONT_KM = 15.0
NEAR_KM = 40.0
_WIDE = ("region", "country", "area")
SHARPNESS = {"settlement": 0, "district": 1, "area": 2, "region": 3, "country": 4}
# from this sharpness on a place is wide: it has no point of its own
WIDE = 2
# relations of two places, the one that ties them most first
CLOSEST_FIRST = ("same", "front", "inside", "same_wide", "near_wide", "inside_wide", "near", "far", "elsewhere")
_EXTENT_KM = {"settlement": 5.0, "district": 25.0, "area": 100.0, "region": 100.0, "country": 500.0}


def sharpness(place: Place) -> int:
    """0 for a settlement up to 4 for a country."""
    return SHARPNESS[place.precision]


def same(a: Place, b: Place) -> bool:
    """Whether two records mean one place: one gazetteer entry, else one name."""
    if a.geonames_id is not None and b.geonames_id is not None:
        return a.geonames_id == b.geonames_id
    return a.name.casefold() == b.name.casefold()


def distance(a: Place, b: Place) -> float | None:
    """Kilometres between the points of two places, None where one has no point."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    return distance_km(a.latitude, a.longitude, b.latitude, b.longitude)


def contains(outer: Place, inner: Place) -> bool:
    """Whether a wide place (country, region, area) holds the other by its codes or its extent."""
    if outer.precision not in _WIDE:
        return False
    if outer.precision == "country":
        return outer.country is not None and outer.country == inner.country
    if outer.precision == "region" and outer.admin1 and inner.admin1:
        return (outer.country, outer.admin1) == (inner.country, inner.admin1)
    if outer.countries and inner.country is not None and inner.country not in outer.countries:
        return False
    km = distance(outer, inner)
    return km is not None and km <= (outer.radius_km or _EXTENT_KM[outer.precision])


def extent_km(place: Place) -> float:
    """How far from its point a place reaches, at most 100 km for one that is not wide."""
    if place.radius_km is not None:
        return place.radius_km
    return _EXTENT_KM[place.precision]


def relation(a: Place | None, b: Place | None) -> str | None:
    """ "same", "front" (one stretch), "inside", "near", "far" or "elsewhere" (another country); None where not known.

    "far" places lie in one country, or their countries are not known.
    """
    if a is None or b is None:
        return None
    if same(a, b):
        return "same" if sharpness(a) < 2 else "same_wide"
    if contains(a, b) or contains(b, a):
        return "inside" if max(sharpness(a), sharpness(b)) == SHARPNESS["region"] else "inside_wide"
    km = distance(a, b)
    if km is None:
        return "elsewhere" if a.country and b.country and a.country != b.country else None
    if a.precision in _WIDE or b.precision in _WIDE:
        if "country" in (a.precision, b.precision) and a.country and b.country:
            return "elsewhere" if a.country != b.country else "inside_wide"
        reach = extent_km(a) + extent_km(b)
        if km <= reach:
            return "near_wide"
        return "elsewhere" if a.country != b.country else "far"
    if km <= SAME_FRONT_KM:
        return "front"
    if km <= NEAR_KM:
        return "near"
    return "elsewhere" if a.country != b.country else "far"


def apart(a: Place | None, b: Place | None) -> bool:
    """Whether two places are told apart: neither the same, nor one stretch, nor one inside the other."""
    return relation(a, b) in ("far", "elsewhere")


def best_relation(first: Iterable[Place], second: Iterable[Place]) -> str | None:
    """The closest relation between a place of the one and a place of the other; None where none is known."""
    others = list(second)
    if not others:
        return None
    found = {r for a in first for b in others if (r := relation(a, b)) is not None}
    return next((r for r in CLOSEST_FIRST if r in found), None)


def distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places without repetitions, sharpest first, in their order otherwise."""
    kept: list[Place] = []
    numbers: set[int] = set()
    names: set[str] = set()
    unresolved: set[str] = set()
    for place in places:
        name, number = place.name.casefold(), place.geonames_id
        if name in (names if number is None else unresolved) or number in numbers:
            continue
        kept.append(place)
        names.add(name)
        if number is None:
            unresolved.add(name)
        else:
            numbers.add(number)
    return tuple(sorted(kept, key=sharpness))


def cells(place: Place, size: float = 0.5) -> Iterator[tuple[int, int]]:
    """Cells of a grid of ``size`` degrees under which places closer than that share at least one."""
    if place.latitude is None or place.longitude is None or place.precision in _WIDE:
        return
    row, column = int(place.latitude // size), int(place.longitude // size)
    for r in (row, row + 1):
        for c in (column, column + 1):
            yield r, c
