"""The reader ``conflict_events.JsonlCorpus.v1``: gold records as Examples, for ``nlp.evaluate`` and spaCy configs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from conflict_events.errors import ConflictEventsError
from conflict_events.pipeline import state
from conflict_events.pipeline.state import Found

FIGURE_FIELDS = ("outcome", "value", "low", "high", "qualifier")


def make_corpus(path: str | Path) -> Callable[[Language], Iterator[Example]]:
    """A reader of the JSON Lines file ``path``; each line is an object with ``text`` and some of these lists.

    ``figures`` (``quote``, ``outcome``, bounds, ``claimant``, ``status``, ``scope``, ``cumulative``), ``dates`` and
    ``places`` (``start``, ``end``), ``events`` (``trigger``, ``type``); character offsets as everywhere. Raises
    ``ConflictEventsError`` CE001 where the file is not there.
    """
    if not Path(path).is_file():
        raise ConflictEventsError("CE001", file=str(path), reason="no such file")

    def read(nlp: Language) -> Iterator[Example]:
        for line in srsly.read_jsonl(path):
            reference = nlp.make_doc(line["text"])
            annotate(reference, line)
            yield Example(nlp.make_doc(line["text"]), reference)

    return read


def annotate(doc: Doc, gold: dict[str, Any]) -> None:
    """Write the gold lists of one text to the span groups of ``doc``; lists that are absent leave no group."""
    if "figures" in gold:
        figures = gold["figures"]
        values = [{k: f[k] for k in FIGURE_FIELDS} for f in figures]
        state.write(doc, state.CASUALTIES, _found(doc, [f["quote"] for f in figures], "f", values, "outcome"))
        if all("status" in f for f in figures):
            state.write(doc, state.CLAIMS, [], figures={f"f{i}": _claim(f) for i, f in enumerate(figures, 1)})
    if "dates" in gold:
        dates = gold["dates"]
        state.write(doc, state.DATES, _found(doc, dates, "d", [{"timex": d.get("value")} for d in dates]))
    if "places" in gold:
        places = gold["places"]
        points = [{"latitude": p.get("latitude"), "longitude": p.get("longitude")} for p in places]
        state.write(doc, state.PLACES, _found(doc, places, "p", points))
    if "events" in gold:
        events = gold["events"]
        values = [{"type": e["type"]} for e in events]
        state.write(doc, state.EVENTS, _found(doc, [e["trigger"] for e in events], "e", values, "type"))


def _found(
    doc: Doc, spans: list[dict[str, Any]], letter: str, values: list[dict[str, Any]], label: str | None = None
) -> Iterable[Found]:
    for i, (span, value) in enumerate(zip(spans, values, strict=True), 1):
        tokens = state.token_range(doc, span["start"], span["end"])
        if tokens is not None:
            yield Found(*tokens, str(value[label]) if label else "", f"{letter}{i}", value)


def _claim(figure: dict[str, Any]) -> dict[str, Any]:
    claimant = figure.get("claimant")
    return {
        "claimant": [claimant["start"], claimant["end"]] if claimant else None,
        "status": figure["status"],
        "scope": figure["scope"],
        "cumulative": figure["cumulative"],
    }
