"""What every component promises: a registered name, configuration, serialisation, no surprises in a pipeline."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from conflict_events.extensions import extraction
from conflict_events.pipeline import state
from conflict_events.pipeline.whole import COMPONENTS
from tests.texts import REPORTS

FACTORIES = ("conflict_boundaries", *COMPONENTS, "conflict_events")


def test_factory_names_are_a_snapshot() -> None:
    registered = {e.name for e in entry_points(group="spacy_factories") if e.value.startswith("conflict_events.")}
    assert registered == {
        "conflict_boundaries",
        "conflict_dates",
        "conflict_places",
        "conflict_actors",
        "conflict_casualties",
        "conflict_triggers",
        "conflict_claims",
        "conflict_assembler",
        "conflict_events",
    }


def test_group_names_are_a_snapshot() -> None:
    assert state.GROUPS == (
        "conflict_report",
        "conflict_dates",
        "conflict_places",
        "conflict_actors",
        "conflict_casualties",
        "conflict_triggers",
        "conflict_claims",
        "conflict_events",
    )


@pytest.mark.parametrize("name", FACTORIES)
def test_component_stands_alone_in_a_blank_pipeline(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    found = extraction(nlp("At least two soldiers were killed near Goma on Monday, officials said."))
    assert found.report.id == "report"


@pytest.mark.parametrize("name", FACTORIES)
def test_component_reads_an_empty_text(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    assert len(nlp("")) == 0


@pytest.mark.parametrize("name", FACTORIES)
def test_component_goes_to_disk_and_back(name: str, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.config["components"][name] == nlp.config["components"][name]
    assert extraction(again(REPORTS[0])) == extraction(nlp(REPORTS[0]))


@pytest.mark.parametrize("name", FACTORIES)
def test_component_goes_to_bytes_and_back(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    again = spacy.blank("en")
    again.add_pipe(name)
    again.from_bytes(nlp.to_bytes())
    assert extraction(again(REPORTS[0])) == extraction(nlp(REPORTS[0]))


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_keeps_only_plain_json_on_the_doc(nlp: Language, name: str) -> None:
    doc = nlp(REPORTS[0])
    for key in state.GROUPS:
        if key in doc.spans:
            assert_plain(doc.spans[key].attrs)


def assert_plain(value: object) -> None:
    if isinstance(value, dict):
        assert all(isinstance(k, str) for k in value)
        for v in value.values():
            assert_plain(v)
    elif isinstance(value, list):
        for v in value:
            assert_plain(v)
    else:
        assert value is None or type(value) in (str, int, float, bool)


def test_docs_are_pickled_whole(nlp: Language) -> None:
    doc = nlp(REPORTS[1])
    assert extraction(pickle.loads(pickle.dumps(doc))) == extraction(doc)


def test_analyze_pipes_finds_no_problem(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert not any(analysis["problems"][name] for name in nlp.pipe_names)


def test_scores_of_an_unannotated_example_are_no_error(nlp: Language) -> None:
    doc = nlp.make_doc(REPORTS[0])
    assert isinstance(nlp.evaluate([Example(doc, nlp.make_doc(REPORTS[0]))]), dict)


CLEAR_PARSE = """
Armenia 1 nsubj PROPN NNP Armenia
said 1 ROOT VERB VBD say
at 3 advmod ADP IN at
least 4 advmod ADJ JJS least
49 9 nsubjpass NUM CD 49
of 4 prep ADP IN of
its 7 poss PRON PRP$ its
soldiers 5 pobj NOUN NNS soldier
were 9 auxpass AUX VBD be
killed 1 ccomp VERB VBN kill
near 9 prep ADP IN near
Goris 10 pobj PROPN NNP Goris
on 9 prep ADP IN on
Tuesday 12 pobj PROPN NNP Tuesday
. 1 punct PUNCT . .
"""


def test_components_run_on_the_labels_of_other_pipelines(parsed: Callable[..., Doc]) -> None:
    doc = parsed(CLEAR_PARSE)
    doc.set_ents([doc.char_span(0, 7, label="GPE")])
    host = spacy.blank("en")
    for name in COMPONENTS:
        doc = host.create_pipe(name)(doc)
    [figure] = extraction(doc).casualties
    assert (figure.outcome, figure.value, figure.low, figure.high) == ("killed", 49, 49, None)
    assert figure.claimant is not None
    assert figure.claimant.party == "ARM"
    assert figure.status == "claimed"
