"""The content words of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conflict_events.text.words import content_words


def test_content_words_keep_order_case_and_sentence_breaks() -> None:
    text = "The U.S. envoy met A. Karim in Tartus. Karim's 40 men had left!\nNobody said why, they shot."
    assert content_words(text) == "envoy met Karim Tartus . Karim 40 men left . shot"


@given(st.text(max_size=200))
def test_content_words_of_any_text_come_from_it(text: str) -> None:
    assert all(word in text for word in content_words(text).split() if word != ".")
