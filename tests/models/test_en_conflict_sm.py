"""The shipped model: it loads by name, speaks the labels the rules read, parses plain news prose and stays small."""

from importlib.metadata import distribution
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

en_conflict_sm = pytest.importorskip("en_conflict_sm")

SIZE_LIMIT = 20_000_000
ENTITY_LABELS = {
    "PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "DATE", "TIME", "EVENT", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY",
}  # fmt: skip
RELATIONS = {
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "nmod",
    "nmod:poss",
    "nummod",
    "acl:relcl",
    "aux:pass",
    "ccomp",
    "conj",
}


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load("en_conflict_sm")


def child(doc: Doc, word: str, relation: str) -> list[str]:
    head = next(token for token in doc if token.text == word)
    return [token.text for token in head.children if token.dep_ == relation]


def test_model_loads_by_its_own_function() -> None:
    nlp = en_conflict_sm.load(exclude=["ner"])
    assert nlp.meta["lang"] == "en"
    assert "ner" not in nlp.pipe_names


def test_model_version_is_that_of_its_distribution() -> None:
    assert en_conflict_sm.__version__ == distribution("en_conflict_sm").version == en_conflict_sm.load().meta["version"]


def test_model_is_found_among_spacys_models() -> None:
    points = distribution("en_conflict_sm").entry_points.select(group="spacy_models")
    assert [point.name for point in points] == ["en_conflict_sm"]


def test_model_pipeline_is_plain_spacy_behind_its_paragraphs(model: Language) -> None:
    assert model.pipe_names == ["paragraphs_sm", "tok2vec", "tagger", "morphologizer", "lemmatizer", "parser", "ner"]


def test_model_labels_are_those_the_components_read(model: Language) -> None:
    assert set(model.get_pipe("ner").labels) == ENTITY_LABELS
    assert set(model.get_pipe("parser").labels) >= RELATIONS
    assert set(model.get_pipe("tagger").labels) >= {"NN", "NNS", "NNP", "VBD", "VBN", "CD", "PRP$", "POS", "_SP"}


def test_model_config_names_no_training_paths(model: Language) -> None:
    assert not any(model.config["paths"].values())


def test_package_is_smaller_than_its_limit() -> None:
    folder = Path(en_conflict_sm.__file__).parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < SIZE_LIMIT


@pytest.mark.parametrize(
    ("text", "head", "relation", "dependents"),
    [
        pytest.param("Gunmen killed six farmers near the village.", "killed", "nsubj", ["Gunmen"], id="subject"),
        pytest.param("Gunmen killed six farmers near the village.", "killed", "obj", ["farmers"], id="object"),
        pytest.param("Gunmen killed six farmers near the village.", "farmers", "nummod", ["six"], id="number"),
        pytest.param(
            "Two soldiers were wounded by a mortar shell.", "wounded", "nsubj:pass", ["soldiers"], id="passive subject"
        ),
        pytest.param("Two soldiers were wounded by a mortar shell.", "wounded", "obl:agent", ["shell"], id="agent"),
        pytest.param("The army lost its four soldiers.", "soldiers", "nmod:poss", ["its"], id="possessive"),
        pytest.param("The minister said rebels shelled the town.", "said", "ccomp", ["shelled"], id="reported clause"),
        pytest.param("Gunmen killed six farmers and a teacher.", "farmers", "conj", ["teacher"], id="coordination"),
    ],
)
def test_model_parses_plain_news_sentences(
    model: Language, text: str, head: str, relation: str, dependents: list[str]
) -> None:
    assert child(model(text), head, relation) == dependents


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        pytest.param("Police in Nigeria arrested three men on Tuesday.", "Nigeria", "GPE", id="country"),
        pytest.param("Police in Nigeria arrested three men on Tuesday.", "Tuesday", "DATE", id="weekday"),
        pytest.param("Police in Nigeria arrested three men on Tuesday.", "three", "CARDINAL", id="number"),
        pytest.param("Hamas fired rockets at the Israeli border.", "Hamas", "ORG", id="armed group"),
        pytest.param("Hamas fired rockets at the Israeli border.", "Israeli", "NORP", id="nationality"),
        pytest.param(
            "President Hamid Karzai condemned the attack.", "Hamid Karzai", "PERSON", id="person without title"
        ),
    ],
)
def test_model_names_entities_in_plain_news_sentences(model: Language, text: str, name: str, label: str) -> None:
    assert (name, label) in {(ent.text, ent.label_) for ent in model(text).ents}


def test_model_splits_sentences_of_running_text(model: Language) -> None:
    doc = model("Shells hit the market at noon. Nine people died. A hospital took in the wounded, doctors said.")
    assert [sent.text.split()[0] for sent in doc.sents] == ["Shells", "Nine", "A"]


def test_model_lemmatizes_inflected_words(model: Language) -> None:
    doc = model("The bodies of two women were found.")
    assert [token.lemma_ for token in doc if token.text in {"bodies", "women", "were", "found"}] == [
        "body",
        "woman",
        "be",
        "find",
    ]


def test_model_morphology_tells_tense_and_number(model: Language) -> None:
    doc = model("Rebels attacked a bus.")
    assert doc[0].morph.get("Number") == ["Plur"]
    assert doc[1].morph.get("Tense") == ["Past"]


def test_model_output_survives_a_docbin(model: Language) -> None:
    doc = model("Two soldiers were wounded in Mosul.")
    (copy,) = DocBin(docs=[doc]).get_docs(model.vocab)
    assert [(t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in copy] == [
        (t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in doc
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "…" * 50], ids=["empty", "blank", "breaks", "mark", "ellipses"])
def test_model_takes_texts_without_words(model: Language, text: str) -> None:
    assert model(text).text == text


def test_a_blank_line_starts_a_sentence(model: Language) -> None:
    doc = model("Rain over the hills\n\nTwo shepherds were found alive\non Monday.")
    assert [sent.text.split()[0] for sent in doc.sents] == ["Rain", "Two"]
