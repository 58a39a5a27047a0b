"""Where the components keep what they find: span groups on the Doc, with plain JSON in their attrs.

Each component owns one group. Its spans carry an ``id_`` ("d1", "f3"), and ``attrs["records"][id_]``
holds the values. That form survives ``to_bytes``, ``DocBin``, ``n_process`` and pickling. Character ranges
inside values are ``[start, end]`` lists of code points of ``doc.text``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

REPORT = "conflict_report"
DATES = "conflict_dates"
PLACES = "conflict_places"
ACTORS = "conflict_actors"
CASUALTIES = "conflict_casualties"
TRIGGERS = "conflict_triggers"
CLAIMS = "conflict_claims"
EVENTS = "conflict_events"
GROUPS = (REPORT, DATES, PLACES, ACTORS, CASUALTIES, TRIGGERS, CLAIMS, EVENTS)

CharRange = list[int]


class Found(NamedTuple):
    """One thing that a component found: token range (end exclusive), label, id and JSON values."""

    start: int
    end: int
    label: str
    id: str
    values: dict[str, Any]


def write(doc: Doc, key: str, found: Iterable[Found], **attrs: Any) -> None:
    """Replace the group ``key`` by ``found``; ``attrs`` are further JSON values kept beside the records.

    Several spans may share one id (the mentions of one actor); the first one's values are kept.
    """
    spans: list[Span] = []
    records: dict[str, dict[str, Any]] = {}
    for item in found:
        spans.append(Span(doc, item.start, item.end, label=item.label, span_id=item.id))
        records.setdefault(item.id, item.values)
    doc.spans[key] = SpanGroup(doc, name=key, spans=spans, attrs={**attrs, "records": records})


def read(doc: Doc, key: str) -> list[Found]:
    """What stands in the group ``key``, in document order; empty where its component has not run.

    Values are those stored on the Doc: a component that changes them does so through ``update``.
    """
    if key not in doc.spans:
        return []
    group = doc.spans[key]
    records = group.attrs.get("records", {})
    return [Found(s.start, s.end, s.label_, s.id_, records.get(s.id_, {})) for s in group]


def attrs(doc: Doc, key: str) -> dict[str, Any]:
    """The attributes of the group ``key`` other than its records."""
    if key not in doc.spans:
        return {}
    return {k: v for k, v in doc.spans[key].attrs.items() if k != "records"}


def update(doc: Doc, key: str, changes: dict[str, dict[str, Any]]) -> None:
    """Merge ``changes`` (id → values) into the records of the group ``key``."""
    if key not in doc.spans:
        return
    group = doc.spans[key]
    records = dict(group.attrs.get("records", {}))
    for id_, values in changes.items():
        records[id_] = {**records.get(id_, {}), **values}
    group.attrs = {**group.attrs, "records": records}


def set_report(doc: Doc, values: dict[str, Any]) -> None:
    """Say what is known of the report before the pipeline runs: id, title, source, url, published, warnings.

    ``published`` is an ISO day ("2022-09-13") or an interval [start, end] of such days, or null.
    """
    doc.spans[REPORT] = SpanGroup(doc, name=REPORT, spans=[], attrs=dict(values))


def report(doc: Doc) -> dict[str, Any]:
    """What ``set_report`` put there; empty for a Doc made by a plain ``nlp(text)``."""
    return dict(doc.spans[REPORT].attrs) if REPORT in doc.spans else {}


def published_interval(doc: Doc) -> tuple[str, str] | None:
    """First and last ISO day on which the report can have appeared, as given with it; None if unknown."""
    value = report(doc).get("published")
    if not value:
        return None
    if isinstance(value, str):
        return value, value
    return value[0], value[1]


def token_range(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Tokens covering the characters ``start`` to ``end``; None where they touch no token."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else None


def char_range(doc: Doc, start: int, end: int) -> CharRange:
    """Characters of the tokens ``start`` to ``end`` (end exclusive)."""
    last = doc[end - 1]
    return [doc[start].idx, last.idx + len(last)]
