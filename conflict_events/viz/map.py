"""Incidents on a plain map: a graticule, the larger towns around for orientation, no tiles and no network."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from math import ceil, cos, radians

import numpy as np

from conflict_events.geo.store import Store
from conflict_events.io.geojson import bounding_box
from conflict_events.io.phrases import clean, period
from conflict_events.records import Incident, Linked, Place
from conflict_events.viz.colors import INCIDENT
from conflict_events.viz.markup import Markup, element, escape, shortened, svg

_WIDTH, _MAX_HEIGHT, _MIN_HEIGHT = 900.0, 520.0, 220.0
# the window is at least so wide and high, so that one point still shows where in the world it is
_LEAST_DEGREES = 4.0
_TOWNS = 14
# places that reach farther than this do not set the map's bounds
_WIDE_KM = 150.0
_KM_PER_DEGREE = 111.2
_LETTER = 6.2


def map_(linked: Linked) -> Markup:
    """Incidents that have coordinates, by place; recalled ones are grey. Says so where there are none.

    A dashed circle shows how far a district or region reaches; countries and other wide places are named below,
    unless there is nothing else.
    """
    by_point: dict[tuple[float, float], list[Incident]] = defaultdict(list)
    for found in linked.incidents:
        place = found.place
        if place is not None and place.latitude is not None and place.longitude is not None:
            by_point[place.longitude, place.latitude].append(found)
    if not by_point:
        words = element("text", "No incident has coordinates.", x=0, y=24, fill="#444")
        return svg(_WIDTH, 40, words, label="Map without incidents")
    sharp = {point: found for point, found in by_point.items() if not _is_wide(found[0].place)}
    window = _Window.around(list(sharp or by_point))
    wide = {point: found for point, found in by_point.items() if point not in sharp} if sharp else {}
    taken: list[_Box] = [window.scale_box()]
    markers, labels = _markers(sharp or by_point, window, taken)
    parts = [*window.frame(), *_towns(window, taken), *markers, *labels, *window.scale_bar()]
    height = window.height
    if wide:
        height += 22
        names = ", ".join(_name(found[0].place, len(found)) for _, found in sorted(wide.items()))
        words = shortened(f"Too wide for a point: {names}", 130)
        parts.append(element("text", escape(words), x=0, y=height - 5, fill="#444"))
    return svg(_WIDTH, height, *parts, label=f"Map of {len(by_point)} places of incidents")


def _is_wide(place: Place | None) -> bool:
    """Whether a place is too large to be one point among towns."""
    return place is not None and (place.precision == "country" or (place.radius_km or 0.0) > _WIDE_KM)


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of the world that is drawn; longitudes run from ``west`` on, beyond 180 where it crosses that line."""

    west: float
    south: float
    east: float
    north: float
    height: float
    scale: float
    shrink: float

    @classmethod
    def around(cls, points: list[tuple[float, float]]) -> _Window:
        box = bounding_box(points)
        assert box is not None
        west, south, east, north = box
        east = east + 360 if east < west else east
        shrink = max(0.15, cos(radians((south + north) / 2)))
        pad_x = max(0.15 * (east - west), (_LEAST_DEGREES / shrink - (east - west)) / 2, 1.0)
        pad_y = max(0.15 * (north - south), (_LEAST_DEGREES / 2 - (north - south)) / 2, 0.6)
        west, east = west - pad_x, east + pad_x
        south, north = max(-90.0, south - pad_y), min(90.0, north + pad_y)
        scale = _WIDTH / ((east - west) * shrink)
        height = (north - south) * scale
        if height > _MAX_HEIGHT:
            scale *= _MAX_HEIGHT / height
            wider = (_WIDTH / scale / shrink - (east - west)) / 2
            west, east, height = west - wider, east + wider, _MAX_HEIGHT
        elif height < _MIN_HEIGHT:
            taller = (_MIN_HEIGHT - height) / scale / 2
            south, north, height = south - taller, north + taller, _MIN_HEIGHT
        return cls(west, south, east, north, height, scale, shrink)

    def x(self, longitude: float) -> float:
        return ((longitude - self.west) % 360) * self.shrink * self.scale

    def y(self, latitude: float) -> float:
        return (self.north - latitude) * self.scale

    def frame(self) -> list[str]:
        """Background and graticule with degrees."""
        parts = [element("rect", x=0, y=0, width=_WIDTH, height=self.height, fill="#f4f6f3", stroke="#c9cfd6")]
        span = self.east - self.west
        step = next((s for s in (0.5, 1, 2, 5, 10, 20, 30) if span / s <= 9), 45)
        for n in range(ceil(self.west / step), ceil(self.east / step)):
            x = self.x(n * step)
            shown = (n * step + 180) % 360 - 180
            parts.append(element("line", x1=x, x2=x, y1=0, y2=self.height, stroke="#dde2e0"))
            parts.append(_small(_degrees(shown, "E", "W"), x + 3, self.height - 5))
        for n in range(ceil(self.south / step), ceil(self.north / step)):
            y = self.y(n * step)
            parts.append(element("line", x1=0, x2=_WIDTH, y1=y, y2=y, stroke="#dde2e0"))
            parts.append(_small(_degrees(n * step, "N", "S"), 4, y - 3))
        return parts

    def scale_box(self) -> _Box:
        """Where the scale bar stands."""
        return _Box(_WIDTH - 190, self.height - 46, _WIDTH, self.height)

    def scale_bar(self) -> list[str]:
        """A bar of round length at the lower right."""
        per_km = self.scale / _KM_PER_DEGREE
        km = next((k for k in (1000, 500, 200, 100, 50, 20, 10, 5, 2) if k * per_km <= 160), 1)
        left, y = _WIDTH - 20 - km * per_km, self.height - 24
        path = f"M{left:.1f} {y - 5:.1f} v5 h{km * per_km:.1f} v-5"
        label = element("text", f"{km} km", x=left + km * per_km / 2, y=y - 8, text_anchor="middle", fill="#444")
        return [element("path", d=path, fill="none", stroke="#444"), label]


def _small(text: str, x: float, y: float) -> str:
    return element("text", text, x=x, y=y, font_size=10, fill="#9aa3a0")


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value > 0 else negative if value < 0 else ''}"


def _markers(
    by_point: dict[tuple[float, float], list[Incident]], window: _Window, taken: list[_Box]
) -> tuple[list[str], list[str]]:
    markers: list[str] = []
    labels: list[str] = []
    order = sorted(by_point.items(), key=lambda kv: (all(i.scope != "current" for i in kv[1]), kv[0]))
    for (longitude, latitude), _ in order:
        x, y = window.x(longitude), window.y(latitude)
        taken.append(_Box(x - 8, y - 8, x + 8, y + 8))
    for (longitude, latitude), incidents in order:
        x, y = window.x(longitude), window.y(latitude)
        current = any(i.scope == "current" for i in incidents)
        color = INCIDENT["current" if current else "background"]
        told = "\n".join(": ".join(filter(None, (clean(i.title), period(i.start, i.end)))) for i in incidents)
        place = incidents[0].place
        if place is not None and place.precision != "settlement" and place.radius_km:
            radius = place.radius_km / _KM_PER_DEGREE * window.scale
            dashes = {"fill": color, "fill_opacity": 0.06, "stroke": color, "stroke_dasharray": "4 4"}
            markers.append(element("circle", cx=x, cy=y, r=radius, **dashes))
        dot = element("title", escape(told))
        markers.append(element("circle", dot, cx=x, cy=y, r=7 if current else 5, fill=color, stroke="#fff"))
        name = _name(place, len(incidents))
        spot = _free_spot(x, y, len(name) * (_LETTER + 0.8), window, taken, reach=3)
        if spot is None:
            continue
        middle = (spot.top + spot.bottom) / 2
        if abs(middle - y) > 20:
            near = spot.left if spot.left > x else spot.right
            labels.append(element("line", x1=x, y1=y, x2=near, y2=middle, stroke=color, stroke_width=0.7))
        weight = "bold" if current else "normal"
        labels.append(_label(name, spot, fill=color, font_weight=weight))
    return markers, labels


def _name(place: Place | None, count: int) -> str:
    name = shortened(clean(place.name), 40) if place else ""
    return f"{name} ({count})" if count > 1 else name


def _label(name: str, spot: _Box, **attributes: object) -> str:
    return element(
        "text", escape(name), x=spot.left, y=spot.bottom - 3, paint_order="stroke", stroke="#f4f6f3", stroke_width=3,
        **attributes,
    )  # fmt: skip


def _free_spot(x: float, y: float, width: float, window: _Window, taken: list[_Box], *, reach: int = 0) -> _Box | None:
    """A place for a label that covers nothing yet, taken from now on: beside, above or below a point, or, within
    ``reach`` rows of text, farther off.
    """
    spots = [(x + 10, y - 7), (x - 10 - width, y - 7), (x - width / 2, y - 25), (x - width / 2, y + 11)]
    for row in range(1, reach + 1):
        for side in (-1, 1):
            offset = y - 7 + side * row * 18
            spots += [(x + 14 + 8 * row, offset), (x - 14 - 8 * row - width, offset)]
    for left, top in spots:
        box = _Box(left, top, left + width, top + 14)
        inside = box.left >= 2 and box.right <= _WIDTH - 2 and box.top >= 2 and box.bottom <= window.height - 18
        if inside and not any(box.meets(other) for other in taken):
            taken.append(box)
            return box
    return None


def _towns(window: _Window, taken: list[_Box]) -> list[str]:
    """The largest towns of the gazetteer in the window, as many as have room."""
    parts: list[str] = []
    for name, longitude, latitude in _largest_towns(window):
        x, y = window.x(longitude), window.y(latitude)
        dot = _Box(x - 2, y - 2, x + 2, y + 2)
        if any(dot.meets(other) for other in taken):
            continue
        spot = _free_spot(x - 4, y, len(name) * _LETTER, window, taken)
        if spot is None:
            continue
        parts.append(element("circle", cx=x, cy=y, r=2, fill="#9aa3a0"))
        parts.append(_label(name, spot, fill="#7c8683", font_size=11))
        if len(parts) >= 2 * _TOWNS:
            break
    return parts


def _largest_towns(window: _Window) -> list[tuple[str, float, float]]:
    store, longitude, latitude, population = _settlements()
    across = (longitude - window.west) % 360
    inside = (across < window.east - window.west) & (latitude > window.south) & (latitude < window.north)
    found = np.flatnonzero(inside)
    largest = found[np.argsort(-population[found], kind="stable")][: 4 * _TOWNS]
    return [(store.label(int(n)), float(longitude[n]), float(latitude[n])) for n in largest]


@cache
def _settlements() -> tuple[Store, np.ndarray, np.ndarray, np.ndarray]:
    """The shipped gazetteer with degrees of its settlements; other places, and parts of towns, are moved out of sight."""
    with as_file(files("conflict_events") / "data" / "gazetteer.bin") as path:
        store = Store(path)
    columns = store.columns
    settled = np.array([name.startswith("P.") and name != "P.PPLX" for name in store.meta["features"]])[
        np.asarray(columns["feature"])
    ]
    latitude = np.where(settled, np.asarray(columns["latitude"]) / 1e5, 999.0)
    return store, np.asarray(columns["longitude"]) / 1e5, latitude, np.asarray(columns["population"]).astype(np.int64)
