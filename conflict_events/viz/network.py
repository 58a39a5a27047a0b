"""The event graph in three columns: reports, the incidents they tell, the places and sides of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from conflict_events.errors import ConflictEventsError
from conflict_events.io.phrases import Lookup, clean
from conflict_events.records import Linked
from conflict_events.viz.colors import INCIDENT, KINDS
from conflict_events.viz.markup import Markup, element, escape, shortened, svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from conflict_events.graph.build import EventGraph

_COLUMNS = {"report": 0, "incident": 1, "place": 2, "actor": 2}
_FILLS = {"report": "#f2efe6", "place": KINDS["place"], "actor": KINDS["actor"]}
_RELATIONS = {"retaliation_for": "retaliation for", "part_of": "part of", "follows": "follows"}
_SWEEPS = 8

EdgeKind = Literal["news", "recalled", "at", "side", "copy", "relation"]
# colour, dashes, thickness
_STYLES: dict[EdgeKind, tuple[str, tuple[int, ...], float]] = {
    "news": ("#4a5560", (), 1.6),
    "recalled": ("#b3bac1", (3, 4), 1.0),
    "at": ("#c3c9ce", (), 1.0),
    "side": ("#d9dde1", (), 1.0),
    "copy": ("#a05a2c", (), 1.4),
    "relation": ("#a02c3c", (), 1.4),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its column (0 reports, 1 incidents, 2 places and sides), its row from the top, its words."""

    id: str
    kind: str
    label: str
    column: int
    row: float
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two boxes; ``label`` is what a relation is called."""

    source: str
    target: str
    kind: EdgeKind
    label: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes and lines of a drawing; rows are numbered from 0."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    rows: int


def layout(linked: Linked, *, background: bool = True) -> Layout:
    """Where each box stands: neighbours near each other, so that few lines cross; the same for the same input.

    ``background`` keeps the incidents that reports only recall.
    """
    lookup = Lookup(linked)
    labels: dict[str, tuple[str, str]] = {f"report:{r.id}": ("report", clean(r.id)) for r in linked.reports}
    fills: dict[str, str] = {}
    edges: list[Edge] = []
    incidents = [i for i in linked.incidents if background or i.scope == "current"]
    for found in incidents:
        name = f"incident:{found.id}"
        labels[name] = ("incident", clean(found.title))
        fills[name] = INCIDENT[found.scope]
        told: list[tuple[str, EdgeKind]] = [(r, "news") for r in found.reports]
        told += [(r, "recalled") for r in found.mentioned_in if r not in found.reports]
        edges.extend(Edge(f"report:{r}", name, kind) for r, kind in told if f"report:{r}" in labels)
        if found.place is not None:
            node = f"place:{found.place.geonames_id or found.place.name}"
            labels.setdefault(node, ("place", clean(found.place.name)))
            edges.append(Edge(name, node, "at"))
        for side in found.sides:
            node = f"actor:{side.party or side.name}"
            labels.setdefault(node, ("actor", lookup.actor(side)))
            edges.append(Edge(name, node, "side"))
    edges = list(dict.fromkeys(edges))
    rows = _order(labels, edges)
    for report in linked.reports:
        if report.copy_of:
            edges.append(Edge(f"report:{report.id}", f"report:{report.copy_of}", "copy", "copy"))
    for relation in linked.relations:
        ends = f"incident:{relation.from_}", f"incident:{relation.to}"
        if relation.type in _RELATIONS and ends[0] in labels and ends[1] in labels:
            edges.append(Edge(*ends, "relation", _RELATIONS[relation.type]))
    nodes = tuple(
        Node(
            id=id_,
            kind=kind,
            label=label,
            column=_COLUMNS[kind],
            row=rows[id_],
            fill=fills.get(id_) or _FILLS[kind],
            ink="#fff" if kind == "incident" else "#222",
        )
        for id_, (kind, label) in labels.items()
    )
    return Layout(nodes, tuple(edges), max((round(r) for r in rows.values()), default=0) + 1)


def _order(labels: dict[str, tuple[str, str]], edges: Iterable[Edge]) -> dict[str, float]:
    """Rows by the barycentre heuristic (Sugiyama): each column in turn follows the mean row of its neighbours."""
    columns: list[list[str]] = [[], [], []]
    for id_, (kind, _) in labels.items():
        columns[_COLUMNS[kind]].append(id_)
    neighbours: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        neighbours[edge.source].append(edge.target)
        neighbours[edge.target].append(edge.source)
    tallest = max(map(len, columns), default=0)
    rows: dict[str, float] = {}

    def spread(column: list[str]) -> None:
        gap = tallest / len(column) if column else 1.0
        rows.update({id_: n * gap + (gap - 1) / 2 for n, id_ in enumerate(column)})

    for column in columns:
        spread(column)
    for _ in range(_SWEEPS):
        for column in columns:
            means = {
                i: sum(rows[o] for o in neighbours[i]) / len(neighbours[i]) if neighbours[i] else rows[i]
                for i in column
            }
            column.sort(key=lambda i: (round(means[i], 6), i))
            spread(column)
    return rows


_BOX = {0: (10.0, 190.0), 1: (330.0, 330.0), 2: (780.0, 170.0)}
_ROW, _HEIGHT = 34.0, 22.0
_TOP = 30.0


def network(linked: Linked, *, background: bool = True) -> Markup:
    """The graph as SVG: solid lines to a report's news, dashed ones to what it recalls, arrows between incidents."""
    drawn = layout(linked, background=background)
    nodes = {n.id: n for n in drawn.nodes}
    parts = [
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{_STYLES["relation"][0]}"/></marker></defs>'
    ]
    for column, title in enumerate(("Reports", "Incidents", "Places and sides")):
        parts.append(element("text", title, x=_BOX[column][0], y=16, font_weight="bold", fill="#444"))
    parts.extend(_line(nodes[e.source], nodes[e.target], e) for e in drawn.edges)
    for node in drawn.nodes:
        parts.extend(_box(node))
    width = sum(_BOX[2]) + 10
    return svg(width, _TOP + drawn.rows * _ROW + 10, *parts, label=f"Graph of {len(nodes)} nodes")


def _y(node: Node) -> float:
    return _TOP + node.row * _ROW + _ROW / 2


def _box(node: Node) -> list[str]:
    x, width = _BOX[node.column]
    y = _y(node)
    shape = element(
        "rect", element("title", escape(node.label)), x=x, y=y - _HEIGHT / 2, width=width, height=_HEIGHT,
        rx=10 if node.kind == "place" else 3, fill=node.fill, stroke="#b9b9b9" if node.kind == "report" else None,
    )  # fmt: skip
    words = shortened(node.label, int(width / 6.6))
    return [shape, element("text", escape(words), x=x + 8, y=y + 4, fill=node.ink)]


@dataclass(frozen=True, slots=True)
class _Curve:
    """A cubic Bézier curve by its four points, and where its label goes."""

    points: tuple[tuple[float, float], ...]
    label: tuple[float, float]


def _curve(a: Node, b: Node) -> _Curve:
    """From box to box: across to the next column, or as a bow at the right of their own."""
    y1, y2 = _y(a), _y(b)
    x1 = sum(_BOX[a.column])
    if a.column == b.column:
        reach = x1 + 24 + min(40.0, abs(y2 - y1) / 4)
        return _Curve(((x1, y1), (reach, y1), (reach, y2), (x1, y2)), (x1 + 0.75 * (reach - x1) + 2, (y1 + y2) / 2))
    x2 = _BOX[b.column][0]
    middle = (x1 + x2) / 2
    return _Curve(((x1, y1), (middle, y1), (middle, y2), (x2, y2)), (middle, (y1 + y2) / 2))


def _line(a: Node, b: Node, edge: Edge) -> str:
    curve = _curve(a, b)
    color, dashes, thickness = _STYLES[edge.kind]
    (x, y), *rest = curve.points
    path = f"M{x:.1f} {y:.1f} C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in rest)
    line = element(
        "path", d=path, fill="none", stroke=color, stroke_width=thickness,
        stroke_dasharray=" ".join(map(str, dashes)) or None,
        marker_end="url(#tip)" if edge.kind == "relation" else None,
    )  # fmt: skip
    if not edge.label:
        return line
    x, y = curve.label
    return line + element(
        "text", escape(edge.label), x=x, y=y + 4, fill=color, font_size=11, paint_order="stroke", stroke="#fff",
        stroke_width=4,
    )  # fmt: skip


def draw_graph(graph: EventGraph | Linked, *, background: bool = True) -> Figure:
    """The same drawing as a matplotlib figure, which is returned, neither shown nor saved.

    Raises ``ConflictEventsError`` CE016 without the extra ``viz``.
    """
    try:
        from matplotlib.figure import Figure
        from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
        from matplotlib.path import Path
    except ImportError as error:
        raise ConflictEventsError("CE016", package="matplotlib", extra="viz") from error
    drawn = layout(graph if isinstance(graph, Linked) else graph.linked, background=background)
    nodes = {n.id: n for n in drawn.nodes}
    width, height = sum(_BOX[2]) + 10, _TOP + drawn.rows * _ROW + 10
    figure = Figure(figsize=(width / 80, height / 80))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    for column, title in enumerate(("Reports", "Incidents", "Places and sides")):
        axes.text(_BOX[column][0], 16, title, fontsize=10, fontweight="bold", color="#444")
    for edge in drawn.edges:
        curve = _curve(nodes[edge.source], nodes[edge.target])
        color, dashes, thickness = _STYLES[edge.kind]
        axes.add_patch(
            FancyArrowPatch(
                path=Path(curve.points, [Path.MOVETO, *[Path.CURVE4] * 3]), color=color, linewidth=thickness,
                arrowstyle="-|>" if edge.kind == "relation" else "-", mutation_scale=9, shrinkA=0, shrinkB=0,
                linestyle=(0, dashes) if dashes else "-",
            )
        )  # fmt: skip
        if edge.label:
            name = axes.text(*curve.label, edge.label, fontsize=7.5, color=color, va="center")
            name.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    for node in drawn.nodes:
        x, box_width = _BOX[node.column]
        box = FancyBboxPatch(
            (x + 3, _y(node) - _HEIGHT / 2 + 3), box_width - 6, _HEIGHT - 6, boxstyle="round,pad=3",
            facecolor=node.fill, edgecolor="#b9b9b9" if node.kind == "report" else "none",
        )  # fmt: skip
        axes.add_patch(box)
        # a name may hold "$", which matplotlib would read as mathematics
        words = shortened(node.label, int(box_width / 6.2)).replace("$", r"\$")
        axes.text(x + 8, _y(node), words, fontsize=8.5, color=node.ink, va="center")
    return figure
