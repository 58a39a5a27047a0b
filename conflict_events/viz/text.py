"""A report's text with what was found in it: by displaCy for notebooks, as plain marks for the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from conflict_events.errors import ConflictEventsError
from conflict_events.records import Extraction
from conflict_events.viz.colors import KINDS as COLORS
from conflict_events.viz.markup import Markup, element, escape
from conflict_events.viz.spans import KINDS, Kind, Mark, cut_points, marks, stretches

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARAGRAPH = re.compile(r"\n\s*\n")
_WORD = re.compile(r"\S+")


def render(found: Doc | Extraction, text: str | None = None, *, kinds: Iterable[Kind] = KINDS) -> Markup:
    """The text with figures, events, places, dates and actors underlined, by displaCy's "span" style.

    ``found`` is a Doc of the pipeline, or an extraction with its report's ``text``. Overlapping spans stand below each
    other. Raises ``ConflictEventsError`` CE019 for an extraction without its text.
    """
    from spacy.displacy.render import SpanRenderer

    extraction, text = _text_of(found, text)
    listed = marks(extraction, kinds)
    colors = {escape(m.label): COLORS[m.kind] for m in listed}
    renderer = SpanRenderer(options={"colors": colors})
    paragraphs = _paragraphs(text)
    parts: list[str] = []
    first = 0
    for start, end in paragraphs:
        while first < len(listed) and listed[first].end <= start and listed[first].start < start:
            first += 1
        inside = [m for m in listed[first:] if m.start < end and m.end > start] if first < len(listed) else []
        parts.append(renderer.render([_displacy_input(text, start, end, inside)]))
    return Markup(f'<div class="conflict-events" dir="auto">{_legend(kinds)}{"".join(parts)}</div>')


def _text_of(found: Doc | Extraction, text: str | None) -> tuple[Extraction, str]:
    if isinstance(found, Extraction):
        if text is None:
            raise ConflictEventsError("CE019")
        return found, text
    from conflict_events.extensions import extraction
    from conflict_events.pipeline import state

    return extraction(found), state.report(found).get("text") or found.text


def _paragraphs(text: str) -> list[tuple[int, int]]:
    breaks = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return [(s, e) for s, e in zip(starts, ends, strict=True) if text[s:e].strip()]


def _displacy_input(text: str, start: int, end: int, inside: list[Mark]) -> dict[str, Any]:
    """Tokens and spans of one paragraph; tokens end at blanks and where a span begins or ends."""
    points = {p for p in cut_points(text, inside) if start < p < end}
    for word in _WORD.finditer(text, start, end):
        points.update((word.start(), word.end()))
    pieces = [(a, b) for a, b in pairwise(sorted({start, end, *points})) if text[a:b].strip()]
    first_at = {a: n for n, (a, _) in enumerate(pieces)}
    last_at = {b: n for n, (_, b) in enumerate(pieces)}
    spans = []
    for mark in {(m.start, m.end, m.label): m for m in inside}.values():
        a = first_at.get(max(mark.start, start))
        b = last_at.get(min(mark.end, end))
        if a is not None and b is not None and a <= b:
            spans.append({"start_token": a, "end_token": b + 1, "label": escape(mark.label)})
    return {"tokens": [text[a:b] for a, b in pieces], "spans": spans}


def _legend(kinds: Iterable[Kind]) -> str:
    swatches = "".join(
        element(
            "span",
            escape(kind),
            style=f"background: {COLORS[kind]}; border-radius: 3px; padding: 1px 6px; margin-right: 6px; color: #000",
        )
        for kind in kinds
    )
    return element("div", swatches, style="font-size: 0.75em; margin-bottom: 0.5em")


def marked_text(text: str, extraction: Extraction, *, anchors: Mapping[str, str]) -> str:
    """HTML paragraphs of the text in which every span is a ``<mark>`` with its kinds as classes.

    A span's first stretch carries the element id that ``anchors`` gives its record, so that others can link to it.
    """
    listed = marks(extraction)
    parts: list[str] = []
    used: set[str] = set()
    for start, end, covering in stretches(text, listed):
        words = escape(text[start:end])
        if not covering:
            words = _PARAGRAPH.sub("</p><p>", words)
        elif words.strip():
            fresh = [anchors[m.id] for m in covering if m.id in anchors and anchors[m.id] not in used]
            used.update(fresh)
            kinds = sorted({m.kind for m in covering}, key=KINDS.index)
            note = "\n".join(dict.fromkeys(f"{m.kind}: {m.note}" for m in covering))
            words = element("mark", words, class_=" ".join(kinds), id=fresh[0] if fresh else None, title=note)
            words = "".join(element("a", id=anchor) for anchor in fresh[1:]) + words
        parts.append(words)
    return f'<div class="text" dir="auto"><p>{"".join(parts)}</p></div>'
