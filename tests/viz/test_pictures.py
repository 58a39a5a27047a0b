"""Map, timeline and graph: objects that are returned, deterministic, without overlaps that hide."""

import builtins
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.viz import draw_graph, map_, network, timeline
from conflict_events.viz.network import layout
from tests.handmade import extraction, incident, linked, place, seeds_linked, span

SVG = "{http://www.w3.org/2000/svg}"


def texts(markup: str) -> list[str]:
    root = ElementTree.fromstring(markup)
    return [t.text or "" for t in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("picture", [map_, timeline, network])
def test_picture_is_well_formed_and_the_same_each_time(picture: Any) -> None:
    drawn = picture(seeds_linked(dated=True)).html
    ElementTree.fromstring(drawn)
    assert drawn == picture(seeds_linked(dated=True)).html


@pytest.mark.parametrize("picture", [map_, timeline, network])
def test_picture_of_nothing_is_a_picture(picture: Any) -> None:
    ElementTree.fromstring(picture(linked((), ())).html)


@pytest.mark.parametrize("picture", [map_, timeline, network])
def test_untrusted_names_are_escaped(picture: Any) -> None:
    where = replace(place(span("in Nerkin Hand", "Nerkin Hand"), "r", 1), name="<script>")
    hostile = incident("i", title="<script>", place=where, reports=("<script>",), start="2020-01-01", end="2020-01-01")
    assert "<script" not in picture(linked((extraction("x", report="<script>"),), (hostile,))).html


def test_map_names_places_of_incidents_and_towns_around() -> None:
    shown = texts(map_(seeds_linked()).html)
    assert {"Nerkin Hand", "Tovuz", "100 km"} <= set(shown)
    assert "Yerevan" in shown


def test_map_joins_incidents_of_one_place() -> None:
    where = place(span("in Nerkin Hand", "Nerkin Hand"), "r", 1)
    found = linked((), (incident("a", place=where), incident("b", place=where)))
    assert "Nerkin Hand (2)" in texts(map_(found).html)


def test_map_shows_how_far_an_area_reaches() -> None:
    where = replace(place(span("in Tovuz", "Tovuz"), "r", 1), precision="district", radius_km=30.0)
    assert "stroke-dasharray" in map_(linked((), (incident("a", place=where),))).html


def test_map_names_wide_places_below_instead_of_growing_to_hold_them() -> None:
    town = place(span("in Nerkin Hand", "Nerkin Hand"), "r", 1)
    continent = replace(
        town, name="Europe", geonames_id=6255148, latitude=48.7, longitude=9.1, precision="area", radius_km=2500.0
    )
    drawn = map_(linked((), (incident("a", place=town), incident("b", place=continent)))).html
    assert "Too wide for a point: Europe" in texts(drawn)
    assert "Berlin" not in texts(drawn)
    assert "Europe" in texts(map_(linked((), (incident("b", place=continent),))).html)


@pytest.mark.parametrize("longitude", [179.9, -179.9], ids=["east", "west"])
def test_map_crosses_the_antimeridian(longitude: float) -> None:
    where = [replace(place(span("in Tovuz", "Tovuz"), "r", n), longitude=x) for n, x in ((1, 178.0), (2, longitude))]
    drawn = map_(linked((), (incident("a", place=where[0]), incident("b", place=where[1])))).html
    centres = [float(c.get("cx", 0)) for c in ElementTree.fromstring(drawn).iter(f"{SVG}circle") if c.get("r") == "7"]
    assert len(centres) == 2
    assert abs(centres[0] - centres[1]) < 500


def test_timeline_lists_undated_incidents_apart() -> None:
    shown = texts(timeline(seeds_linked()).html)
    assert shown.index("Without a date") < shown.index("Raid on a combat post near Nerkin Hand")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2024-02-13", "2024-02-13", id="one-day"),
        pytest.param("2024-02-12", "2024-02-20", id="days"),
        pytest.param("2023-10-01", "2024-02-20", id="months"),
        pytest.param("1300-01-01", "2024-02-20", id="centuries"),
        pytest.param("0001-01-01", "9999-12-31", id="all-time"),
        pytest.param(None, "1994-12-31", id="open-start"),
        pytest.param("1994-12-31", None, id="open-end"),
    ],
)
def test_timeline_fits_any_span(start: str | None, end: str | None) -> None:
    ElementTree.fromstring(timeline(linked((), (incident("a", start=start, end=end),))).html)


def test_graph_has_reports_incidents_and_what_joins_them() -> None:
    drawn = layout(seeds_linked())
    kinds = Counter(n.kind for n in drawn.nodes)
    assert kinds == {"report": 5, "incident": 10, "actor": 2, "place": 2}
    edges = {(e.source, e.target, e.kind) for e in drawn.edges}
    assert ("report:morning-daily", "report:agency-wire", "copy") in edges
    assert (
        "incident:2024-02-13-nerkin-hand-raid",
        "incident:2024-02-12-fire-on-serviceman",
        "relation",
    ) in edges


def test_graph_boxes_of_a_column_do_not_overlap() -> None:
    drawn = layout(seeds_linked())
    for column in (0, 1, 2):
        rows = sorted(n.row for n in drawn.nodes if n.column == column)
        assert all(b - a >= 0.999 for a, b in pairwise(rows))


def test_graph_without_background_leaves_recalled_incidents_out() -> None:
    assert sum(n.kind == "incident" for n in layout(seeds_linked(), background=False).nodes) == 4


def test_draw_graph_returns_a_figure_and_shows_nothing() -> None:
    pytest.importorskip("matplotlib")
    pyplot_loaded = "matplotlib.pyplot" in sys.modules
    figure = draw_graph(seeds_linked())
    figure.draw_without_rendering()
    assert {t.get_text() for t in figure.axes[0].texts} >= {"agency-wire", "copy", "retaliation for"}
    assert ("matplotlib.pyplot" in sys.modules) == pyplot_loaded


def test_draw_graph_takes_names_as_they_are() -> None:
    pytest.importorskip("matplotlib")
    found = linked((extraction("x", report="$a^b$ \\frac{"),), ())
    draw_graph(found).draw_without_rendering()


def test_draw_graph_without_matplotlib_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_matplotlib(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_matplotlib)
    with pytest.raises(ConflictEventsError, match=r"CE016.*conflict-events\[viz\]"):
        draw_graph(seeds_linked())
