"""GeoJSON by RFC 7946."""

import json

import pytest

from conflict_events.io.geojson import bounding_box, feature_collection
from tests.handmade import seeds_linked


def test_points_are_longitude_then_latitude() -> None:
    features = {f["id"]: f for f in feature_collection(seeds_linked())["features"]}
    assert features["2024-02-13-nerkin-hand-raid"]["geometry"] == {"type": "Point", "coordinates": [46.51623, 39.04131]}


def test_incident_without_coordinates_keeps_a_null_geometry() -> None:
    features = {f["id"]: f for f in feature_collection(seeds_linked())["features"]}
    clashes = features["2022-09-13-armenia-azerbaijan-border-clashes"]
    assert clashes["geometry"] is None
    assert clashes["properties"]["tolls"][0] == {
        "side": "ARM", "victims": "combatant", "outcome": "killed", "low": 105, "high": None, "best": 105, "disputed": False,
    }  # fmt: skip


def test_collection_is_json_with_the_box_of_all_points() -> None:
    collection = json.loads(json.dumps(feature_collection(seeds_linked())))
    assert collection["bbox"] == [45.62838, 39.04131, 46.51623, 40.99249]
    assert len(collection["features"]) == 10


@pytest.mark.parametrize(
    ("points", "box"),
    [
        pytest.param([], None, id="no-points"),
        pytest.param([(30.0, 50.0)], (30.0, 50.0, 30.0, 50.0), id="one-point"),
        pytest.param([(-10.0, 5.0), (30.0, -5.0)], (-10.0, -5.0, 30.0, 5.0), id="greenwich"),
        pytest.param([(170.0, 1.0), (-170.0, 2.0), (-175.0, 0.0)], (170.0, 0.0, -170.0, 2.0), id="antimeridian"),
    ],
)
def test_bounding_box_is_the_narrowest(points: list[tuple[float, float]], box: tuple[float, ...] | None) -> None:
    assert bounding_box(points) == box
