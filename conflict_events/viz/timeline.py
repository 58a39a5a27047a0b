"""Incidents along time, a row each."""

from __future__ import annotations

from datetime import date

from conflict_events.io.phrases import clean, period
from conflict_events.records import Incident, Linked
from conflict_events.viz.colors import INCIDENT
from conflict_events.viz.markup import Markup, element, escape, shortened, svg

_WIDTH = 900
_LABELS = 330
_ROW = 24
_TOP = 34
_RIGHT = 24


def timeline(linked: Linked) -> Markup:
    """The dated incidents as bars from their first to their last day, earliest first; undated ones are listed below.

    Recalled incidents are grey. Time runs evenly; what is shorter than a few pixels is a dot, an end
    that nobody tells a dotted line.
    """
    dated = sorted(
        (i for i in linked.incidents if i.start or i.end), key=lambda i: (i.start or i.end or "", i.end or "", i.id)
    )
    undated = [i for i in linked.incidents if not (i.start or i.end)]
    parts: list[str] = []
    y = 20.0
    if dated:
        first = min(_day(i.start or i.end) for i in dated)
        last = max(_day(i.end or i.start) for i in dated)
        scale = _Scale(first, max(last, first + 1))
        height = _TOP + _ROW * len(dated)
        parts.extend(scale.axis(height))
        for n, found in enumerate(dated):
            parts.extend(_row(found, _TOP + _ROW * n, scale))
        y = height + 26.0
    if undated:
        parts.append(element("text", "Without a date", x=0, y=y, font_weight="bold", fill="#444"))
        for found in undated:
            y += 18
            parts.append(element("circle", cx=6, cy=y - 4, r=4, fill=INCIDENT[found.scope]))
            parts.append(element("text", escape(shortened(clean(found.title), 110)), x=16, y=y, fill="#222"))
    return svg(_WIDTH, y + 10, *parts, label=f"Timeline of {len(linked.incidents)} incidents")


def _day(day: str | None) -> int:
    return date.fromisoformat((day or "0001-01-01")[:10]).toordinal()


class _Scale:
    """Day numbers to pixels."""

    def __init__(self, first: int, last: int) -> None:
        margin = max(1, (last - first) // 40)
        self.first, self.last = max(1, first - margin), min(date.max.toordinal(), last + margin)

    def x(self, day: float) -> float:
        return _LABELS + (day - self.first) / (self.last - self.first) * (_WIDTH - _LABELS - _RIGHT)

    def axis(self, height: float) -> list[str]:
        parts: list[str] = []
        for day, label in self._ticks():
            x = self.x(day)
            parts.append(element("line", x1=x, x2=x, y1=_TOP - 8, y2=height, stroke="#e3e6ea"))
            parts.append(element("text", label, x=x, y=_TOP - 14, text_anchor="middle", fill="#666"))
        return parts

    def _ticks(self) -> list[tuple[int, str]]:
        span = self.last - self.first
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        if span > 3 * 365:
            step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if (last.year - first.year) / s <= 9), 1000)
            years = range(max(step, -(-first.year // step) * step), last.year + 1, step)
            return [(d, str(y)) for y in years if self.first <= (d := date(y, 1, 1).toordinal()) <= self.last]
        if span > 90:
            months = [(y, m) for y in range(first.year, last.year + 1) for m in range(1, 13)]
            every = -(-span // 30 // 8) or 1
            days = [date(y, m, 1) for n, (y, m) in enumerate(months) if n % every == 0]
        else:
            step = -(-span // 7) or 1
            days = [date.fromordinal(d) for d in range(self.first, self.last + 1, step)]
        form = "%b %Y" if span > 90 else "%d %b %Y"
        return [(d.toordinal(), f"{d:{form}}") for d in days if self.first <= d.toordinal() <= self.last]


def _row(found: Incident, y: float, scale: _Scale) -> list[str]:
    first = _day(found.start or found.end)
    last = _day(found.end or found.start) + 1
    left, right = scale.x(first), scale.x(last)
    color = INCIDENT[found.scope]
    middle = y + _ROW / 2
    told = f"{clean(found.title)}: {period(found.start, found.end)}"
    shapes: list[str] = []
    if found.start is None or found.end is None:
        open_end = scale.x(scale.first) if found.start is None else scale.x(scale.last)
        shapes.append(
            element("line", x1=left, x2=open_end, y1=middle, y2=middle, stroke=color, stroke_dasharray="2 4")
        )  # fmt: skip
    name = element("title", escape(told))
    if right - left < 9:
        shapes.append(element("circle", name, cx=(left + right) / 2, cy=middle, r=5, fill=color))
    else:
        shapes.append(
            element("rect", name, x=left, y=middle - 5, width=right - left, height=10, rx=4, fill=color)
        )  # fmt: skip
    label = element(
        "text", escape(shortened(clean(found.title), 50)), x=_LABELS - 14, y=middle + 4, text_anchor="end", fill="#222"
    )
    return [label, *shapes]
