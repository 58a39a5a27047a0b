"""The dates component: what it writes to the Doc, its configuration, and tense from the parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from conflict_events.pipeline import state
from conflict_events.pipeline.dates import Dates, make_date_scorer


@pytest.fixture
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("conflict_dates")
    return nlp


def read(nlp: Language, text: str, published: str | None = None) -> Doc:
    doc = nlp.make_doc(text)
    if published is not None:
        state.set_report(doc, {"published": published})
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def values(doc: Doc) -> dict[str, tuple[str | None, str | None]]:
    return {
        doc.text[slice(*f.values["chars"])]: (f.values["start"], f.values["end"]) for f in state.read(doc, state.DATES)
    }


def test_dates_writes_exact_characters_also_inside_tokens(blank: Language) -> None:
    doc = read(blank, "The 1990-94 war and the mid-2016 truce.")
    assert list(values(doc)) == ["1990", "94", "mid-2016"]


def test_dates_uses_the_published_day(blank: Language) -> None:
    doc = read(blank, "It began late on Monday.", "2022-09-13")
    assert values(doc) == {"late on Monday": ("2022-09-12", "2022-09-12")}


def test_dates_reports_the_date_that_the_text_tells(blank: Language) -> None:
    doc = read(blank, "Thu Sep 5 2013\nA convoy was hit.")
    assert state.attrs(doc, state.DATES)["published"] == {"start": "2013-09-05", "end": "2013-09-05", "basis": "text"}


def test_dates_keeps_silent_on_a_report_date_that_was_given(blank: Language) -> None:
    doc = read(blank, "Thu Sep 5 2013\nA convoy was hit.", "2013-09-06")
    assert "published" not in state.attrs(doc, state.DATES)


@pytest.mark.parametrize(
    ("config", "text", "published", "expected"),
    [
        pytest.param(
            {"genre": "news"},
            "In 2001, 2002, 2003 and 2004 it was calm. On 5 June it ended.",
            "2010-07-01",
            "2010-06-05",
            id="news",
        ),
        pytest.param(
            {"genre": "history"}, "In 2001 it was calm. On 5 June it ended.", "2010-07-01", "2001-06-05", id="history"
        ),
        pytest.param({"numeric_order": "MDY"}, "Filed 03/04/2012.", None, "2012-03-04", id="month first"),
    ],
)
def test_dates_configuration_changes_the_reading(
    config: dict[str, str], text: str, published: str | None, expected: str
) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("conflict_dates", config=config)
    assert (expected, expected) in values(read(nlp, text, published)).values()


@pytest.mark.parametrize(
    ("auxiliary", "verb", "tag", "expected"),
    [("will", "vote", "VB", "2022-09-16"), ("had", "voted", "VBN", "2022-09-09")],
    ids=["future", "past"],
)
def test_dates_takes_the_tense_from_the_parse(
    parsed: Callable[..., Doc], auxiliary: str, verb: str, tag: str, expected: str
) -> None:
    doc = parsed(
        f"""
        Deputies 2 nsubj NOUN NNS deputy
        {auxiliary} 2 aux AUX MD {auxiliary}
        {verb} 2 root VERB {tag} vote
        on 4 case ADP IN on
        Friday 2 obl PROPN NNP Friday
        """
    )
    state.set_report(doc, {"published": "2022-09-13"})
    assert values(Dates()(doc)) == {"Friday": (expected, expected)}


def test_dates_survive_docbin(blank: Language) -> None:
    doc = read(blank, "It began late on Monday.", "2022-09-13")
    again = next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(blank.vocab)))
    assert state.read(again, state.DATES) == state.read(doc, state.DATES)


def test_dates_survive_saving_the_pipeline(blank: Language, tmp_path: object) -> None:
    blank.to_disk(tmp_path)  # type: ignore[arg-type]
    again = spacy.load(tmp_path)  # type: ignore[arg-type]
    assert again.config["components"]["conflict_dates"] == blank.config["components"]["conflict_dates"]
    assert values(again("In May 2003 it began.")) == {"May 2003": ("2003-05-01", "2003-05-31")}


def test_dates_of_several_processes_are_those_of_one(blank: Language) -> None:
    texts = ["In May 2003 it began.", "Nothing here.", "On 4 March 2019 it ended."]
    assert [values(d) for d in blank.pipe(texts, n_process=2)] == [values(blank(t)) for t in texts]


def test_date_scorer_compares_spans(blank: Language) -> None:
    from spacy.training import Example

    predicted, reference = read(blank, "In May 2003 it began."), read(blank, "In May 2003 it began.")
    assert make_date_scorer()([Example(predicted, reference)])["conflict_dates_f"] == 1.0


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "no time at all", "1" * 5000])
def test_dates_takes_any_text(blank: Language, text: str) -> None:
    assert values(read(blank, text)) == {}
