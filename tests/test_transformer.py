"""The whole pipeline over the transformer model, where it is installed."""

from pathlib import Path

import pytest
from spacy.language import Language

import conflict_events
from conflict_events.io.reports import read_inputs
from tests.texts import REPORTS

pytest.importorskip("spacy_transformers")
pytest.importorskip("en_conflict_trf")


@pytest.fixture(scope="module")
def trf() -> Language:
    return conflict_events.load("trf")


def test_records_carry_the_characters_that_say_them(trf: Language) -> None:
    for text, found in zip(REPORTS, conflict_events.extract(REPORTS, nlp=trf), strict=True):
        for figure in found.casualties:
            assert text[figure.span.start : figure.span.end] == figure.span.text
        for place in found.places:
            assert text[place.span.start : place.span.end] == place.span.text


def test_extraction_names_its_model(trf: Language) -> None:
    [found] = conflict_events.extract(["Two soldiers were killed near Kherson on Monday."], nlp=trf)
    assert "conflict_trf" in found.made_with.model
    assert [(f.value, f.outcome) for f in found.casualties] == [(2, "killed")]


def test_the_seeds_tell_the_same_two_main_incidents(trf: Language, seeds: Path) -> None:
    linked = conflict_events.link(read_inputs([seeds]), nlp=trf).linked
    main: dict[str | None, set[str]] = {}
    for report in linked.reports:
        main.setdefault(report.main_incident, set()).add(report.id)
    wires, papers = {"agency-wire", "morning-daily", "explainer-desk"}, {"regional-paper", "world-brief"}
    assert sorted(main.values(), key=len) == [papers, wires]
