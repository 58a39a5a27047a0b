"""The text with its spans: nothing lost, nothing run, overlaps kept."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from conflict_events.errors import ConflictEventsError
from conflict_events.records import Actor
from conflict_events.viz.spans import Mark, marks, stretches
from conflict_events.viz.text import marked_text, render
from tests.handmade import event, extraction, seed_texts, seeds_linked, span

HOSTILE = 'Raid <script>alert("x")</script> on\n\na <b>post</b> & more'


def words(markup: str) -> str:
    """What a reader sees of some markup."""
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


def test_render_of_an_extraction_needs_its_text() -> None:
    with pytest.raises(ConflictEventsError, match="CE019"):
        render(seeds_linked().extracts[0])


def test_render_labels_figures_with_outcome_and_side() -> None:
    found = next(e for e in seeds_linked().extracts if e.report.id == "regional-paper")
    shown = words(render(found, seed_texts()["regional-paper"]).html)
    assert "killed ARM" in " ".join(shown.split())


def test_render_of_a_doc_shows_what_the_pipeline_found(nlp: Language) -> None:
    shown = render(nlp("Two soldiers were killed near Kherson."), kinds=("figure",)).html
    assert "#f6b48f" in shown
    assert "killed" in words(shown)


def test_render_escapes_the_text_and_the_labels() -> None:
    found = extraction(HOSTILE, events=(event(span(HOSTILE, "<b>post</b>"), "r", 1, type_="<img>"),))
    shown = render(found, HOSTILE).html
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "<img" not in shown


def test_marked_text_escapes_and_keeps_paragraphs() -> None:
    found = extraction(HOSTILE, events=(event(span(HOSTILE, "<b>post</b>"), "r", 1),))
    shown = marked_text(HOSTILE, found, anchors={"r/e1": "e1"})
    assert "<script" not in shown
    assert "on</p><p>a " in shown
    assert (
        '<mark class="event" id="e1" title="event: armed clash, asserted, current">&lt;b&gt;post&lt;/b&gt;</mark>'
        in shown
    )


def test_marked_text_gives_each_anchor_once_also_where_spans_overlap() -> None:
    text = "the revenge operation"
    whole, part = span(text, text), span(text, "revenge")
    found = extraction(text, events=(event(whole, "r", 1), event(part, "r", 2)))
    shown = marked_text(text, found, anchors={"r/e1": "one", "r/e2": "two"})
    assert shown.count('id="one"') == shown.count('id="two"') == 1


def test_actors_are_marked_at_every_mention() -> None:
    text = "Armenia said that it, Armenia, fired."
    both = (span(text, "Armenia"), span(text, "Armenia", 5))
    found = extraction(text, actors=(Actor("r/a1", "Armenia", "ARM", "state", "ARM", both),))
    assert [(m.start, m.label) for m in marks(found)] == [(0, "ARM"), (22, "ARM")]


@settings(max_examples=50, deadline=None)
@given(
    text=st.text(min_size=1, max_size=40),
    cuts=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_stretches_cover_the_text_once_with_the_right_marks(text: str, cuts: list[tuple[int, int]]) -> None:
    ends = [(min(a, len(text)), min(b, len(text))) for a, b in cuts]
    found = sorted(
        (Mark(min(e), max(e), "event", "x", str(n), "") for n, e in enumerate(ends) if e[0] != e[1]),
        key=lambda m: (m.start, -m.end),
    )
    pieces = list(stretches(text, found))
    assert "".join(text[a:b] for a, b, _ in pieces) == text
    for a, b, covering in pieces:
        assert covering == [m for m in found if m.start <= a and b <= m.end]


@settings(max_examples=50, deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40))
def test_render_shows_every_word_in_order(text: str) -> None:
    assert words(render(extraction(text), text, kinds=()).html).split() == text.split()


def test_render_shows_the_words_of_overlapping_spans_once() -> None:
    text = "the revenge operation began"
    found = extraction(
        text, events=(event(span(text, "revenge operation"), "r", 1), event(span(text, "operation"), "r", 2))
    )
    shown = words(render(found, text, kinds=("event",)).html).replace("armed clash", "").split()
    assert shown == ["event", *text.split()]
