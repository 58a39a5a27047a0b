"""Markup is blanked in place: lengths and offsets never change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.text.markup import (
    has_control_characters,
    looks_like_html,
    mask_control_characters,
    mask_html,
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<p>Four <b>soldiers</b> died.</p><p>More fell.</p>", id="blocks"),
        pytest.param("<script>var dead = 5;</script>Two died.", id="script"),
        pytest.param("Two died<!-- 30 wounded --> today.", id="comment"),
        pytest.param('<a href="x">Kherson</a> &amp; Odesa', id="entity"),
        pytest.param("<p>Two <!-- died <!-- in <script> the <script> town", id="never-closed"),
        pytest.param("<STYLE>p {}</STYLE >Two died.<!-- a --> <!-- b -->", id="in-capitals"),
    ],
)
def test_mask_html_keeps_length_and_words(text: str) -> None:
    masked = mask_html(text)
    assert len(masked) == len(text)
    assert "<p" not in masked


def test_mask_html_hides_scripts_and_comments() -> None:
    assert "30" not in mask_html("Two died<!-- 30 wounded --> today.")
    assert "5" not in mask_html("<script>var dead = 5;</script>Two died.")


def test_mask_html_puts_blocks_apart() -> None:
    assert "\n\n" in mask_html("<h1>Raid</h1><p>Two died.</p>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<p>a</p>", True), ("a < b and c > d", False), ("no tags at all", False), ("<BR/>", True), ("<3 hearts>", False)],
)
def test_looks_like_html(text: str, expected: bool) -> None:
    assert looks_like_html(text) is expected


@given(st.text())
def test_masks_keep_the_length_of_any_text(text: str) -> None:
    assert len(mask_html(text)) == len(text)
    assert len(mask_control_characters(text)) == len(text)


@given(st.text(alphabet="ab\x00\x0b\x1f\n\t"))
def test_mask_control_characters_leaves_none(text: str) -> None:
    assert not has_control_characters(mask_control_characters(text))


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<style>", "<!-- a -->", "<p", "&#", "<"])
def test_masks_of_repeated_openings_end(piece: str) -> None:
    text = "<p>" + piece * 20_000
    assert len(mask_html(text)) == len(text)
