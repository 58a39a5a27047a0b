"""Places without a name: which phrases are such, and that a figure may have one."""

from __future__ import annotations

import pytest
from spacy.language import Language

from conflict_events.pipeline.assembly.sites import sites
from conflict_events.pipeline.syntax import Tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A bomb exploded in the capital.", ["the capital"], id="the capital"),
        pytest.param("Rebels attacked a crowded market.", ["a crowded market"], id="a kind of building"),
        pytest.param(
            "Two guards died in the south of the country.", ["the south of the country"], id="part of a whole"
        ),
        pytest.param("The parliament met on Monday.", [], id="no place"),
        pytest.param("The government declared a state of emergency.", [], id="a state that is none"),
    ],
)
def test_sites_are_the_phrases_of_places(nlp: Language, text: str, expected: list[str]) -> None:
    doc = nlp(text)
    assert [doc[a:b].text for a, b, _, _ in sites(Tree(doc), [])] == expected


def test_sites_leave_names_alone(nlp: Language) -> None:
    doc = nlp("Shells fell on the city of Goma.")
    assert sites(Tree(doc), [(6, 7)]) == [(3, 5, 4, "region")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("A bomb killed two soldiers in the capital on Monday.", "the capital", id="unnamed capital"),
        pytest.param("A bomb killed two soldiers in Maiduguri on Monday.", "Maiduguri", id="named town"),
    ],
)
def test_a_figure_has_the_place_that_the_text_tells(nlp: Language, text: str, place: str) -> None:
    extraction = nlp(text)._.extraction
    [figure] = extraction.casualties
    assert figure.place is not None
    assert figure.place.span.text == place
    assert figure.place in extraction.places


def test_a_place_without_a_name_is_given_no_point(nlp: Language) -> None:
    [figure] = nlp("Mortars killed nine people in the capital.")._.extraction.casualties
    assert figure.place is not None
    assert (figure.place.latitude, figure.place.geonames_id) == (None, None)
    assert figure.place.reason == "described, not named"
