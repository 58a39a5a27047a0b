"""Scores of span groups against reference Docs, in the shape that ``nlp.evaluate`` expects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.training import Example


def score_spans(examples: Iterable[Example], key: str, *, labels: bool = True) -> dict[str, Any]:
    """Precision, recall and F1 of the spans of group ``key`` (same characters and, if ``labels``, the same label).

    Keys are ``<key>_p``, ``<key>_r``, ``<key>_f``.

    Values are None where no reference Doc holds the group.
    """
    hits = gold = found = 0
    annotated = False
    for example in examples:
        if key not in example.reference.spans:
            continue
        annotated = True
        wanted = {(s.start_char, s.end_char, s.label_ if labels else "") for s in example.reference.spans[key]}
        predicted = example.predicted.spans.get(key, ())
        given = {(s.start_char, s.end_char, s.label_ if labels else "") for s in predicted}
        hits, gold, found = hits + len(wanted & given), gold + len(wanted), found + len(given)
    if not annotated:
        return {f"{key}_{k}": None for k in "prf"}
    p, r = hits / found if found else 0.0, hits / gold if gold else 0.0
    return {f"{key}_p": p, f"{key}_r": r, f"{key}_f": 2 * p * r / (p + r) if p + r else 0.0}
