"""Times without a day of the calendar: which phrases are such, and that a figure may be dated by one."""

from __future__ import annotations

import pytest
from spacy.language import Language

from conflict_events.pipeline.assembly.moments import moments
from conflict_events.pipeline.syntax import Tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Raids killed nine herders in recent weeks.", [("in recent weeks", "recent")], id="recent"),
        pytest.param("Four days of fighting killed 90 people.", [("Four days", "length")], id="length"),
        pytest.param("Bandits kill dozens of drivers each year.", [("each year", "repeated")], id="repeated"),
        pytest.param("Two hours later a mine killed a shepherd.", [("Two hours later", "lag")], id="lag"),
        pytest.param("Shortly afterwards a mine exploded.", [("Shortly afterwards", "afterwards")], id="afterwards"),
        pytest.param("The 40-year-old driver was hurt.", [], id="an age"),
        pytest.param("The parliament met in the capital.", [], id="no time"),
    ],
)
def test_moments_are_the_times_without_a_day(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    doc = nlp(text)
    assert [(doc[a:b].text, kind) for a, b, _, kind in moments(Tree(doc), [])] == expected


def test_moments_leave_dates_alone(nlp: Language) -> None:
    doc = nlp("Raids killed nine herders in recent weeks.")
    assert moments(Tree(doc), [(4, 7)]) == []


def test_a_time_without_a_day_has_no_bounds(nlp: Language) -> None:
    extraction = nlp("Raids by bandits have killed 19 herders near Maradi in recent weeks.")._.extraction
    [figure] = extraction.casualties
    assert figure.date is not None
    assert (figure.date.span.text, figure.date.start, figure.date.anchor) == ("in recent weeks", None, "unanchored")
    assert figure.date in extraction.dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param(
            "The army said on Monday that 30 herders had been killed in Tahoua by unknown gunmen last Friday.",
            "last Friday",
            id="a bare date behind the doers",
        ),
        pytest.param(
            "The governor told reporters on Monday that gunmen had killed nine herders on Friday.",
            "Friday",
            id="a date in what is said",
        ),
        pytest.param("Nine herders were killed on Friday, the governor said Monday.", "Friday", id="said afterwards"),
    ],
)
def test_a_figure_is_dated_by_its_own_clause_not_by_when_it_was_told(nlp: Language, text: str, date: str) -> None:
    [figure] = nlp(text)._.extraction.casualties
    assert figure.date is not None
    assert figure.date.span.text == date
