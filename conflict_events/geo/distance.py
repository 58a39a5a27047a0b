"""Distances and bearings on the globe, in kilometres and degrees."""

from __future__ import annotations

import math
from collections.abc import Sequence

# mean radius of the Earth (IUGG), km
EARTH_RADIUS_KM = 6371.0088

BEARINGS = {
    "north": 0.0, "north-northeast": 22.5, "northeast": 45.0, "east-northeast": 67.5, "east": 90.0,
    "east-southeast": 112.5, "southeast": 135.0, "south-southeast": 157.5, "south": 180.0,
    "south-southwest": 202.5, "southwest": 225.0, "west-southwest": 247.5, "west": 270.0,
    "west-northwest": 292.5, "northwest": 315.0, "north-northwest": 337.5,
}  # fmt: skip


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in degrees (haversine formula).

    >>> round(distance_km(40.18, 44.51, 40.38, 49.89))
    457
    """
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((p2 - p1) / 2) ** 2
    h += math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def displace(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point ``km`` away from a point, ``bearing`` degrees clockwise from north.

    >>> lat, lon = displace(48.0, 37.8, 40, 270)
    >>> round(lat, 2), round(lon, 2)
    (48.0, 37.26)
    """
    p, angle, turn = math.radians(lat), km / EARTH_RADIUS_KM, math.radians(bearing)
    new = math.asin(math.sin(p) * math.cos(angle) + math.cos(p) * math.sin(angle) * math.cos(turn))
    east = math.atan2(math.sin(turn) * math.sin(angle) * math.cos(p), math.cos(angle) - math.sin(p) * math.sin(new))
    return math.degrees(new), (lon + math.degrees(east) + 540) % 360 - 180


def bearing_of(word: str) -> float | None:
    """Degrees clockwise from north of a compass word ("south-east", "northwestern"); None for another word.

    >>> bearing_of("South-East"), bearing_of("northern"), bearing_of("nearby")
    (135.0, 0.0, None)
    """
    key = (
        word.casefold().replace("-", "").replace(" ", "").removesuffix("ern").removesuffix("erly").removesuffix("wards")
    )
    return _BY_WORD.get(key.removesuffix("ward"))


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of points (degrees) on the sphere: their mean as vectors; the first where they cancel out.

    >>> middle([(10.0, 179.0), (10.0, -179.0)])[1]
    180.0
    """
    x = y = z = 0.0
    for lat, lon in points:
        p, q = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(p) * math.cos(q), y + math.cos(p) * math.sin(q), z + math.sin(p)
    if math.hypot(x, y, z) < 1e-9:
        return points[0]
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


_BY_WORD = {word.replace("-", ""): degrees for word, degrees in BEARINGS.items()}
