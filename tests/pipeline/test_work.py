"""Work grows with the length of a text, not with its square: lines of Python run, which no clock disturbs."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from spacy.language import Language

COMPONENTS = ("conflict_actors", "conflict_triggers", "conflict_assembler")
TEXTS = {
    "one incident told over and over": "Two soldiers were killed in Goma. ",
    "raids with doers, places and dates": "Rebels attacked the army base in Goma on Monday, killing 3 soldiers. ",
    "one sentence without an end": "a soldier was killed and ",
    "one word": "killed ",
    "answers to answers": "The army shelled Goma in retaliation for an attack by rebels after a clash. ",
}


def lines_run(nlp: Language, text: str) -> int:
    """Lines of Python that the components of events run for a text whose other annotations are there."""
    doc = nlp.make_doc(text)
    steps = dict(nlp.pipeline)
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    for name, step in steps.items():
        if name not in COMPONENTS:
            doc = step(doc)
            continue
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            doc = step(doc)
        finally:
            sys.settrace(before)
    return count


@pytest.mark.parametrize("sentence", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_is_twice_the_work(nlp: Language, sentence: str) -> None:
    unit = 600 // len(sentence.split())
    once, twice = lines_run(nlp, sentence * unit), lines_run(nlp, sentence * 2 * unit)
    assert twice <= 2.4 * once
