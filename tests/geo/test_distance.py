"""Distances, displaced points and compass words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.geo.distance import bearing_of, displace, distance_km, middle

LATITUDES = st.floats(-85, 85)
LONGITUDES = st.floats(-179, 179)


@given(LATITUDES, LONGITUDES, st.floats(0.1, 900), st.floats(0, 359))
def test_displace_lands_at_the_asked_distance(lat: float, lon: float, km: float, bearing: float) -> None:
    new = displace(lat, lon, km, bearing)
    assert distance_km(lat, lon, *new) == pytest.approx(km, rel=1e-3, abs=1e-3)
    assert -180 <= new[1] <= 180


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    assert distance_km(a, b, c, d) == pytest.approx(distance_km(c, d, a, b))
    assert 0 <= distance_km(a, b, c, d) <= 20_016


@pytest.mark.parametrize(
    ("word", "degrees"),
    [("north", 0), ("South-East", 135), ("southwestern", 225), ("westward", 270), ("westwards", 270), ("nearby", None)],
)
def test_bearing_of_reads_compass_words(word: str, degrees: float | None) -> None:
    assert bearing_of(word) == degrees


def test_middle_crosses_the_date_line() -> None:
    lat, lon = middle([(10.0, 179.0), (10.0, -179.0)])
    assert lat == pytest.approx(10.0, abs=0.01)
    assert abs(lon) == pytest.approx(180.0)
