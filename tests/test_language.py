"""Extraction: every value has its characters, and nothing depends on how the pipeline was run."""

import datetime
import json
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from conflict_events import ConflictEventsError, Report, extract, load
from conflict_events.extensions import extraction
from conflict_events.language import MAX_CHARACTERS, link, prepare
from conflict_events.records import Extraction, from_dict
from tests.texts import REPORTS, noisy_reports


def spans(value: Any) -> list[dict[str, Any]]:
    """All spans anywhere in a JSON value."""
    if isinstance(value, dict):
        if set(value) == {"text", "start", "end"}:
            return [value]
        return [s for v in value.values() for s in spans(v)]
    if isinstance(value, list):
        return [s for v in value for s in spans(v)]
    return []


def dumps(extractions: list[Extraction]) -> list[str]:
    return [json.dumps(e.to_dict(), ensure_ascii=False) for e in extractions]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=noisy_reports())
def test_every_span_is_its_text(nlp: Language, text: str) -> None:
    [found] = extract([Report(text=text, id="r")], nlp=nlp)
    given_text = text.removeprefix("\ufeff")
    for span in spans(found.to_dict()):
        assert given_text[span["start"] : span["end"]] == span["text"]
        assert span["text"]


def test_ids_are_unique_and_references_resolve(nlp: Language) -> None:
    for found in extract(REPORTS, nlp=nlp):
        ids = [r.id for r in (*found.events, *found.casualties, *found.places, *found.dates, *found.actors)]
        assert len(ids) == len(set(ids))
        known = set(ids)
        for figure in found.casualties:
            assert {figure.event, figure.subset_of, figure.same_as} <= known | {None}
        for event in found.events:
            assert set(event.casualties) <= known
        for relation in found.relations:
            assert {relation.from_, relation.to} <= known
        assert found.report.main_event in known | {None}


def test_two_runs_give_the_same_bytes(nlp: Language) -> None:
    assert dumps(list(extract(REPORTS, nlp=nlp))) == dumps(list(extract(REPORTS, nlp=nlp)))


def test_two_processes_give_the_same_bytes(nlp: Language) -> None:
    assert dumps(list(extract(REPORTS, nlp=nlp, n_process=2, batch_size=2))) == dumps(list(extract(REPORTS, nlp=nlp)))


def test_batch_size_changes_nothing(nlp: Language) -> None:
    assert dumps(list(extract(REPORTS, nlp=nlp, batch_size=1))) == dumps(list(extract(REPORTS, nlp=nlp, batch_size=50)))


def test_records_survive_doc_bin(nlp: Language) -> None:
    docs = [nlp(prepare(nlp, Report(text=text, id=f"r{i}"))) for i, text in enumerate(REPORTS)]
    restored = DocBin(store_user_data=True, docs=docs).to_bytes()
    again = list(DocBin().from_bytes(restored).get_docs(nlp.vocab))
    assert dumps([extraction(d) for d in again]) == dumps([extraction(d) for d in docs])


def test_records_survive_bytes_and_copies(nlp: Language) -> None:
    doc = nlp(prepare(nlp, Report(text=REPORTS[0], id="r")))
    assert extraction(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == extraction(doc)
    assert extraction(doc.copy()) == extraction(doc)


def test_pipeline_survives_disk(nlp: Language, tmp_path: Any) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert dumps(list(extract(REPORTS, nlp=again))) == dumps(list(extract(REPORTS, nlp=nlp)))


def test_whole_as_one_component_gives_the_same_records(nlp: Language) -> None:
    own = load("sm")
    for name in [n for n in own.pipe_names if n.startswith("conflict_") and n != "conflict_boundaries"]:
        own.remove_pipe(name)
    own.add_pipe("conflict_events")
    assert dumps(list(extract(REPORTS, nlp=own))) == dumps(list(extract(REPORTS, nlp=nlp)))


def test_plain_call_has_an_extraction(nlp: Language) -> None:
    found = nlp("Two soldiers were killed near Kherson on Monday.")._.extraction
    assert [f.value for f in found.casualties] == [2]
    assert found.report.published.basis == "unknown"


def test_extraction_json_reads_back(nlp: Language) -> None:
    for found in extract(REPORTS, nlp=nlp):
        assert from_dict(Extraction, json.loads(json.dumps(found.to_dict()))) == found


def test_duplicate_ids_are_told_apart_with_a_warning(nlp: Language) -> None:
    first, second = extract([Report(text="Two died.", id="a"), Report(text="Three died.", id="a")], nlp=nlp)
    assert (first.report.id, second.report.id) == ("a", "a~2")
    assert [w.code for w in second.warnings] == ["CE106"]


def test_reports_without_id_are_named_by_their_text(nlp: Language) -> None:
    [one] = extract(["Two died."], nlp=nlp)
    [_, again] = extract(["Something else.", "Two died."], nlp=nlp)
    assert one.report.id == again.report.id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("<p>Two soldiers were <b>killed</b> in Goma.</p>", "CE103", id="html"),
        pytest.param(
            "Deux soldats ont été tués mardi dans le nord du pays, a annoncé le ministère de la Défense.",
            "CE102",
            id="french",
        ),
        pytest.param("Two soldiers\x00 were killed in Goma.", "CE104", id="control-characters"),
        pytest.param("Two \ud800 soldiers were killed in Goma.", "CE104", id="lone-surrogate"),
    ],
)
def test_strange_text_is_read_with_a_warning(nlp: Language, text: str, code: str) -> None:
    [found] = extract([text], nlp=nlp)
    assert code in [w.code for w in found.warnings]


def test_figures_are_found_inside_markup(nlp: Language) -> None:
    text = "<p>At least <b>12</b> soldiers were killed in Goma.</p>"
    [found] = extract([text], nlp=nlp)
    [figure] = found.casualties
    assert figure.low == 12
    assert text[figure.span.start : figure.span.end] == figure.span.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\t ", id="blank"),
        pytest.param("🙂" * 500, id="emoji"),
        pytest.param("قتل شخصان في قصف على المدينة يوم الاثنين", id="right-to-left"),
        pytest.param("a" * 50_000, id="one-word"),
        pytest.param("12 " * 5_000, id="numbers"),
        pytest.param("((((" * 2_000, id="brackets"),
        pytest.param("killed " * 3_000, id="triggers"),
        pytest.param("at least " * 3_000, id="qualifiers"),
        pytest.param("said said said said", id="cues"),
        pytest.param("Two died." + " " * 100_000 + "X", id="page-of-blanks"),
        pytest.param("<p>Two died." + "<!--" * 20_000, id="comments-never-closed"),
        pytest.param("Fighting near Goma ² and ① went on; ٣ soldiers died.", id="other-digits"),
        pytest.param("At least 12 people were killed and 00--dozens- wounded in Mosul.", id="hyphens-in-numbers"),
        pytest.param("If the rebels attack again, doze0000\tns could die, the governor warned.", id="tab-in-a-word"),
        pytest.param("Two soldiers were killed in Goma.\r\n\r\nThree fell.\r", id="crlf"),
    ],
)
def test_hostile_text_never_breaks_extraction(nlp: Language, text: str) -> None:
    [found] = extract([text], nlp=nlp)
    assert found.report.text_sha256


def test_overlong_text_says_what_was_read(nlp: Language) -> None:
    [found] = extract(["word " * (MAX_CHARACTERS // 4)], nlp=nlp)
    [warning] = [w for w in found.warnings if w.code == "CE101"]
    assert "of 250000 characters were read" in warning.message


def test_failing_report_leaves_its_neighbours_whole() -> None:
    nlp = spacy.blank("en")

    @Language.component("test_refuses_bad_reports")
    def refuse(doc: Doc) -> Doc:
        if doc.text.startswith("bad"):
            raise ValueError("bad text")
        return doc

    nlp.add_pipe("test_refuses_bad_reports")
    errors: list[ConflictEventsError] = []
    reports = [Report(text=t, id=t) for t in ("one", "bad", "two", "bad two")]
    found = list(extract(reports, nlp=nlp, on_error=errors.append))
    assert [f.report.id for f in found] == ["one", "two"]
    assert [(e.code, e.context["id"]) for e in errors] == [("CE011", "bad"), ("CE011", "bad two")]
    with pytest.raises(ValueError, match="bad text"):
        list(extract(reports, nlp=nlp))


def test_missing_model_names_the_command() -> None:
    with pytest.raises(ConflictEventsError, match="pip install no_such_model"):
        load("no_such_model")


def test_transformer_pipeline_without_its_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conflict_events.language.is_package", lambda name: True)
    monkeypatch.setattr("conflict_events.language.find_spec", lambda name: None)
    with pytest.raises(ConflictEventsError, match=r"CE016.*conflict-events\[transformers\]"):
        load("trf")


def test_unknown_component_in_the_configuration_is_named() -> None:
    with pytest.raises(ConflictEventsError, match="conflict_dreams"):
        load("sm", config={"conflict_dreams": {"x": 1}})


@pytest.mark.parametrize(
    "config",
    [
        pytest.param({"conflict_dates": {"mood": "good"}}, id="no-such-option"),
        pytest.param({"conflict_casualties": {"accept": "often"}}, id="wrong-type"),
    ],
)
def test_wrong_configuration_is_a_coded_error(config: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(ConflictEventsError, match="CE010"):
        load("sm", config=config)


def test_wrong_configuration_names_the_setting_once_and_what_it_may_be() -> None:
    with pytest.raises(ConflictEventsError) as raised:
        load("sm", config={"conflict_dates": {"numeric_order": "YDM"}})
    assert "--set conflict_dates.numeric_order: 'YDM' is not one of 'DMY', 'MDY'" in str(raised.value)


def test_what_is_no_report_is_a_coded_error() -> None:
    with pytest.raises(ConflictEventsError, match="CE039"):
        link([None])  # type: ignore[list-item]


def test_words_for_linking_are_those_that_were_read(nlp: Language) -> None:
    [found] = extract(["<div class='banner'>Two soldiers died in <b>Goma</b>.</div>"], nlp=nlp)
    assert found.report.words == "Two soldiers died Goma"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\u200bTwenty soldiers were killed in Goma on Monday.", id="zero-width"),
        pytest.param("\u202eTwenty soldiers were killed in Goma\u202c on Monday.", id="direction-marks"),
        pytest.param("Twenty soldiers were killed\nin Goma on Monday.", id="wrapped"),
        pytest.param("Twenty soldiers were killed\r\nin Goma on Monday.", id="wrapped-crlf"),
        pytest.param("<p>Twenty soldiers were <i>killed</i> in Goma on Monday.</p>", id="markup"),
    ],
)
def test_layout_and_invisible_characters_change_no_value(nlp: Language, text: str) -> None:
    [found] = extract([text], nlp=nlp)
    [figure] = found.casualties
    assert (figure.value, figure.outcome) == (20, "killed")
    assert figure.place is not None
    assert figure.place.span.text == "Goma"


def test_a_number_beyond_all_people_is_read_as_none_and_told_by_a_warning(nlp: Language) -> None:
    [found] = extract(["At least 77777777777777777777 people were killed in Goma on Monday."], nlp=nlp)
    [figure] = found.casualties
    assert (figure.outcome, figure.value, figure.low, figure.high) == ("killed", None, None, None)
    assert [w.code for w in found.warnings] == ["CE108"]


def test_unparsed_text_is_told_by_a_warning() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("conflict_events")
    [found] = extract(["Two soldiers were killed."], nlp=nlp)
    assert [w.code for w in found.warnings] == ["CE107"]


def test_single_report_instead_of_an_iterable_is_refused(nlp: Language) -> None:
    with pytest.raises(TypeError, match="iterable of reports"):
        list(extract(Report(text="Two died."), nlp=nlp))  # type: ignore[arg-type]


def test_date_object_is_a_publication_date(nlp: Language) -> None:
    [found] = extract([{"text": "Two died.", "published": datetime.date(2024, 2, 13)}], nlp=nlp)
    assert found.report.published.start == "2024-02-13"


def test_report_with_a_wrong_type_is_a_coded_error(nlp: Language) -> None:
    with pytest.raises(ConflictEventsError, match="CE004"):
        list(extract([Report(text=5)], nlp=nlp))  # type: ignore[arg-type]
