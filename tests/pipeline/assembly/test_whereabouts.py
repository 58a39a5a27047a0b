"""Where an event was: what speaks for one place among several, and which of them a figure is given."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from conflict_events.pipeline.assembly import whereabouts
from conflict_events.pipeline.assembly.candidates import Candidate
from conflict_events.pipeline.syntax import Tree


def candidate(i: int, precision: str, country: str = "SY") -> Candidate:
    return Candidate(f"p{i}", i, i + 1, i, 0, {"precision": precision, "role": "mention", "country": country})


def parsed() -> Tree:
    words = ["Officials", "in", "Sura", "say", "shells", "fell", "on", "Halba", "in", "Akkar"]
    heads = [3, 2, 0, 3, 5, 3, 7, 5, 9, 7]
    deps = ["nsubj", "case", "nmod", "ROOT", "nsubj", "ccomp", "case", "obl", "case", "nmod"]
    pos = ["NOUN", "ADP", "PROPN", "VERB", "NOUN", "VERB", "ADP", "PROPN", "ADP", "PROPN"]
    lemmas = ["official", "in", "Sura", "say", "shell", "fall", "on", "Halba", "in", "Akkar"]
    return Tree(Doc(English().vocab, words=words, heads=heads, deps=deps, pos=pos, lemmas=lemmas))


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (2, {"under:speaker|away:0"}),
        (7, {"under:own|away:0", "then:in|1", "holds one beside:False|away:0"}),
        (9, {"under:own|away:0", "from:in|-1", "finer beside:True|3|away:0", "holds one beside:True|away:0"}),
    ],
    ids=["of who speaks", "the finer", "the coarser"],
)
def test_a_place_is_described_by_what_it_hangs_on_and_what_stands_beside(token: int, expected: set[str]) -> None:
    places = {2: candidate(2, "settlement", "LB"), 7: candidate(7, "settlement"), 9: candidate(9, "region")}
    found = whereabouts.features(parsed(), places[token], list(places.values()), head=5, events={5}, own={5}, told={})
    assert expected <= set(found)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("Nine soldiers from Basra were killed in a raid in Kirkuk.", "Kirkuk", id="not the victims' home"),
        pytest.param("A bomb in Kano killed nine traders, officials in Abuja said.", "Kano", id="not the speakers'"),
    ],
)
def test_a_figure_is_given_the_place_of_its_event(nlp: Language, text: str, place: str) -> None:
    (figure,) = nlp(text)._.extraction.casualties
    assert figure.place is not None
    assert figure.place.span.text == place
