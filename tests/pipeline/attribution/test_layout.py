"""Stretches and quotations by their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.syntax import Tree

VOCAB = Vocab()


def layout(words: str) -> Layout:
    return Layout.of(Tree(Doc(VOCAB, words=words.split(" "))))


def test_stretch_ends_at_a_full_stop() -> None:
    assert layout("It burned . Nobody came .").bounds == ((0, 3), (3, 6))


def test_stretch_ends_at_a_line_break() -> None:
    doc = Doc(VOCAB, words=["Mill", "burns", "\n\n", "It", "burned"], spaces=[True, False, False, True, False])
    assert Layout.of(Tree(doc)).bounds == ((0, 3), (3, 5))


def test_stretch_goes_on_after_a_quotation_that_its_speaker_follows() -> None:
    assert layout('" It is over . " said the mayor .').bounds == ((0, 10),)


def test_quotation_covers_the_words_between_its_marks() -> None:
    assert layout('He said " it burned " twice').quoted == (0, 0, 1, 1, 1, 1, 0)


@pytest.mark.parametrize("words", ['He said " it burned', "He said “ it burned"], ids=["straight", "curly"])
def test_unclosed_mark_opens_no_quotation(words: str) -> None:
    assert not any(layout(words).quoted)


@given(st.lists(st.sampled_from(["a", ".", '"', "“", "”", "\n\n", "!"]), min_size=1, max_size=40))
def test_stretches_cover_every_token_once(words: list[str]) -> None:
    found = Layout.of(Tree(Doc(VOCAB, words=words)))
    assert [k for a, b in found.bounds for k in range(a, b)] == list(range(len(words)))
    assert all(found.around(k)[0] <= k < found.around(k)[1] for k in range(len(words)))
