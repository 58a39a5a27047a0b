"""Runs the shipped parser over a sentence, sets one figure or event by hand, and asks conflict_claims about it."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.claims import Claims


@cache
def pipeline() -> Language:
    """The shipped model with dates, and none of the components that find figures and events."""
    nlp = spacy.load("en_conflict_sm")
    nlp.add_pipe("conflict_boundaries", first=True)
    nlp.add_pipe("conflict_dates")
    return nlp


@cache
def claims() -> Claims:
    """The component with its shipped weights."""
    return Claims()


def parse(text: str, published: str | None = None) -> Doc:
    """The text parsed and dated, with no figures or events yet."""
    doc = pipeline().make_doc(text)
    state.set_report(doc, {"id": "r", "published": published})
    return pipeline()(doc)


def ask_figure(
    text: str, quantity: str, trigger: str, *, value: int | None = None, published: str | None = None
) -> dict[str, Any]:
    """The answer for the figure that ``quantity`` and ``trigger`` quote, character ranges read as words."""
    doc = parse(text, published)
    start, end = _tokens(doc, quantity)
    at = text.index(trigger)
    values = {"trigger": [at, at + len(trigger)], "outcome": "killed", "value": value, "low": value, "high": value}
    state.write(doc, state.CASUALTIES, [state.Found(start, end, "killed", "f1", values)])
    claims()(doc)
    return _read(doc, "figures", "f1")


def ask_event(text: str, trigger: str) -> dict[str, Any]:
    """The answer for the event mention that ``trigger`` quotes."""
    doc = parse(text)
    start, end = _tokens(doc, trigger)
    state.write(doc, state.TRIGGERS, [state.Found(start, end, "attack", "t1", {"type": "attack"})])
    claims()(doc)
    return _read(doc, "triggers", "t1")


def _tokens(doc: Doc, quote: str) -> tuple[int, int]:
    at = doc.text.index(quote)
    found = state.token_range(doc, at, at + len(quote))
    assert found is not None
    return found


def _read(doc: Doc, group: str, id_: str) -> dict[str, Any]:
    answer = dict(state.attrs(doc, state.CLAIMS)[group][id_])
    answer["claimant"] = _words(doc, answer["claimant"])
    answer["via"] = [_words(doc, v) for v in answer["via"]]
    answer["denied_by"] = [_words(doc, v) for v in answer["denied_by"]]
    return answer


def _words(doc: Doc, chars: list[int] | None) -> str | None:
    return doc.text[slice(*chars)] if chars else None
