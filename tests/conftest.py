"""Fixtures shared by all tests: the vocabulary, hand-built parses, and the shipped pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

import conflict_events

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def vocab() -> Vocab:
    """The vocabulary of a blank English pipeline."""
    return spacy.blank("en").vocab


@pytest.fixture(scope="session")
def parsed(vocab: Vocab) -> Callable[..., Doc]:
    """Builds a Doc from lines "word head dep pos tag lemma" (tag and lemma may be left out).

    Heads are 0-based indices of the same sentence's words over the whole text; words are joined by blanks.
    """

    def build(lines: str, **kwargs: object) -> Doc:
        rows = [line.split() for line in lines.strip().splitlines()]
        return Doc(
            vocab,
            words=[r[0] for r in rows],
            heads=[int(r[1]) for r in rows],
            deps=[r[2] for r in rows],
            pos=[r[3] if len(r) > 3 else "X" for r in rows],
            tags=[r[4] if len(r) > 4 else "" for r in rows],
            lemmas=[r[5] if len(r) > 5 else r[0].lower() for r in rows],
            **kwargs,  # type: ignore[arg-type]
        )

    return build


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped small pipeline with all components."""
    return conflict_events.load("sm")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed reports."""
    return ROOT / "seeds"
