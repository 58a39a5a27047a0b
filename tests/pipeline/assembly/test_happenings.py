"""Place and standing of events that several mentions and figures tell of."""

from __future__ import annotations

import pytest
from spacy.language import Language

from conflict_events.pipeline.assembly.happenings import elected


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        pytest.param({}, None, id="none"),
        pytest.param({"Saada": [(0.6, 0, "p1"), (0.5, -2, "p3")], "Jizan": [(0.9, -1, "p2")]}, "p1", id="told twice"),
        pytest.param({"Saada": [(0.6, 0, "p1")], "Jizan": [(0.9, -1, "p2")]}, "p2", id="surer"),
    ],
)
def test_the_place_most_is_said_of_is_that_of_the_event(
    votes: dict[str, list[tuple[float, int, str]]], expected: str | None
) -> None:
    assert elected(votes) == expected


def test_a_toll_that_rises_now_is_news(nlp: Language) -> None:
    text = (
        "The number of people killed in Wednesday's shelling of a suburb has climbed to 22, doctors said on Friday."
        " Residents said that shells fell on a crowded square."
    )
    told = nlp(text)._.extraction
    assert told.events[0].scope == "current"
    assert told.report.main_event == told.events[0].id


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Shells killed 31 civilians in Kherson between 3 and 9 May, the monitor said.", "3 and 9 May"),
        ("From 3 to 9 May, 31 civilians were killed in Kherson.", "3 to 9 May"),
        ("Shells killed 31 civilians in Kherson on 3 May.", "3 May"),
    ],
    ids=["between", "from", "one day"],
)
def test_a_range_of_days_is_one_date(nlp: Language, text: str, date: str) -> None:
    [figure] = nlp(text)._.extraction.casualties
    assert figure.date is not None
    assert figure.date.span.text == date
