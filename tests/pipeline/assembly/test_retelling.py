"""Tellings of one report put together or kept apart by how they are worded."""

from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "events"),
    [
        pytest.param(
            "A suicide bomber killed 30 people at a market in Quetta on Monday, police said. The bomber blew himself up"
            " near the gate. Two traders were among the dead. Earlier on Monday, a bomb laid beside a road killed three"
            " people in the northern town of Bannu.",
            [["Quetta", "30"], ["Bannu", "three"]],
            id="a bomb elsewhere",
        ),
        pytest.param(
            "A car bomb killed nine people in Mosul on Monday. The bomb went off near a school. A bomb had been put into"
            " a taxi, police said.",
            [["Mosul", "nine"]],
            id="the same bomb",
        ),
    ],
)
def test_a_new_bomb_in_another_town_is_another_event(nlp: Language, text: str, events: list[list[str]]) -> None:
    told = nlp(text)._.extraction
    counted = {f.event: f.span.text for f in reversed(told.casualties)}
    assert [[e.place.span.text if e.place else None, counted.get(e.id)] for e in told.events] == events


def test_what_years_of_fighting_did_is_told_of_the_fighting(nlp: Language) -> None:
    [event] = nlp("The plan would end ten years of fighting that has killed 9,000 people.")._.extraction.events
    assert [m.text for m in event.mentions] == ["killed"]
