"""Incidents as GeoJSON (RFC 7946): points in longitude, latitude; what has no coordinates keeps a null geometry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conflict_events.io.phrases import clean
from conflict_events.records import Incident, Linked

Point = tuple[float, float]


def feature_collection(linked: Linked) -> dict[str, Any]:
    """One feature an incident, with its tolls as properties, and the bounding box of all points.

    ``radius_km`` and ``place_precision`` say how far the point can be trusted. Empty where nothing was linked:

    >>> from conflict_events.records import Linked, MadeWith
    >>> feature_collection(Linked("1.0", MadeWith("0", "m", "g"), (), (), (), (), ()))
    {'type': 'FeatureCollection', 'features': []}
    """
    features = [_feature(incident) for incident in linked.incidents]
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    box = bounding_box([point for i in linked.incidents if (point := _point(i)) is not None])
    if box is not None:
        collection["bbox"] = list(box)
    return {**collection, "features": features}


def bounding_box(points: Sequence[Point]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of (longitude, latitude) points; west is greater than east across the antimeridian.

    >>> bounding_box([(179.0, -17.0), (-179.0, -16.0)])
    (179.0, -17.0, -179.0, -16.0)
    """
    if not points:
        return None
    latitudes = [latitude for _, latitude in points]
    around = sorted({longitude for longitude, _ in points})
    # the box leaves out the widest empty stretch between neighbouring longitudes, taken around the globe
    gaps = [(b - a, n) for n, (a, b) in enumerate(zip(around, [*around[1:], around[0] + 360.0], strict=True))]
    _, widest = max(gaps, key=lambda g: (g[0], g[1]))
    west, east = around[(widest + 1) % len(around)], around[widest]
    return west, min(latitudes), east, max(latitudes)


def _point(incident: Incident) -> Point | None:
    place = incident.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.longitude, place.latitude


def _feature(incident: Incident) -> dict[str, Any]:
    point, place = _point(incident), incident.place
    tolls = [
        {
            "side": t.side.party or clean(t.side.name) if t.side else None,
            "victims": t.victims,
            "outcome": t.outcome,
            "low": t.low,
            "high": t.high,
            "best": t.best,
            "disputed": t.disputed,
        }
        for t in incident.tolls
    ]
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {
            "title": clean(incident.title),
            "type": incident.type,
            "class": incident.class_,
            "scope": incident.scope,
            "status": incident.status,
            "start": incident.start,
            "end": incident.end,
            "date_precision": incident.date_precision,
            "place": clean(place.name) if place else None,
            "place_precision": place.precision if place else None,
            "radius_km": place.radius_km if place else None,
            "country": place.country if place else None,
            "geonames_id": place.geonames_id if place else None,
            "sides": [s.party or clean(s.name) for s in incident.sides],
            "reports": [clean(r) for r in incident.reports],
            "mentioned_in": [clean(r) for r in incident.mentioned_in],
            "independent_sources": incident.independent_sources,
            "tolls": tolls,
            "confidence": incident.confidence,
        },
    }
