"""What was found in a text, as spans with labels to draw: figures, events, places, dates, actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from conflict_events.io.phrases import amount, type_name
from conflict_events.records import CasualtyFigure, Event, Extraction, Span

Kind = Literal["figure", "event", "place", "date", "actor"]
KINDS: tuple[Kind, ...] = ("figure", "event", "place", "date", "actor")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with what it is; ``id`` is the record's, ``note`` a sentence about it."""

    start: int
    end: int
    kind: Kind
    label: str
    id: str
    note: str


def marks(extraction: Extraction, kinds: Iterable[Kind] = KINDS) -> list[Mark]:
    """All marks of the kinds wanted, by start, longer ones first."""
    wanted = frozenset(kinds)
    found = [m for m in _marks(extraction) if m.kind in wanted and m.end > m.start]
    return sorted(found, key=lambda m: (m.start, -m.end, m.kind, m.id))


def _marks(extraction: Extraction) -> Iterator[Mark]:
    for figure in extraction.casualties:
        yield _mark(figure.span, "figure", _figure_label(figure), figure.id, _figure_note(figure))
    for event in extraction.events:
        label = type_name(event.type)
        for span in dict.fromkeys((event.trigger, *event.mentions)):
            yield _mark(span, "event", label, event.id, _event_note(event))
    for place in extraction.places:
        if place.role in ("event", "mention"):
            known = place.latitude is not None and place.longitude is not None
            point = f" at {place.latitude:.3f}, {place.longitude:.3f}" if known else f": {place.reason or 'unresolved'}"
            yield _mark(place.span, "place", "place", place.id, f"{place.name}{point} ({place.role})")
    for date in extraction.dates:
        days = f"{date.start or '?'} to {date.end or '?'}" if date.start or date.end else "no calendar day"
        yield _mark(date.span, "date", "date", date.id, f"{days} ({date.anchor})")
    for actor in extraction.actors:
        for span in actor.mentions:
            party = f", party {actor.party}" if actor.party else ""
            yield _mark(span, "actor", actor.party or actor.kind, actor.id, f"{actor.name} ({actor.kind}{party})")


def _mark(span: Span, kind: Kind, label: str, id_: str, note: str) -> Mark:
    return Mark(span.start, span.end, kind, label, id_, note)


def _figure_label(figure: CasualtyFigure) -> str:
    side = f" {figure.side.party or figure.side.name}" if figure.side else ""
    return f"{figure.outcome}{side}"


def _figure_note(figure: CasualtyFigure) -> str:
    parts = [f"{amount(figure.low, figure.high, figure.value)} {figure.outcome}"]
    if figure.side:
        parts.append(f"on the side of {figure.side.name}")
    if figure.claimant:
        parts.append(f"says {figure.claimant.name}")
    if figure.denied_by:
        parts.append("denied by " + ", ".join(a.name for a in figure.denied_by))
    if figure.scope == "background":
        parts.append("background")
    return ", ".join(parts)


def _event_note(event: Event) -> str:
    parts = [type_name(event.type), event.status, event.scope]
    if event.claimant:
        parts.append(f"says {event.claimant.name}")
    return ", ".join(parts)


def cut_points(text: str, found: Iterable[Mark]) -> list[int]:
    """Ends of the stretches between which the marks that cover a character do not change."""
    points = {0, len(text)}
    for mark in found:
        points.update((min(mark.start, len(text)), min(mark.end, len(text))))
    return sorted(points)


def stretches(text: str, found: list[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """(start, end, marks that cover it) over the whole text, in order; ``found`` as ``marks`` gives them."""
    open_marks: list[Mark] = []
    waiting = iter(found)
    following = next(waiting, None)
    for start, end in pairwise(cut_points(text, found)):
        open_marks = [m for m in open_marks if m.end > start]
        while following is not None and following.start <= start:
            if following.end > start:
                open_marks.append(following)
            following = next(waiting, None)
        yield start, end, list(open_marks)
