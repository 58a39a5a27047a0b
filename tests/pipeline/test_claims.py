"""Who affirms a figure or an event, who denies it, and how it is told, by the shipped model on sentences of our own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from conflict_events.pipeline import state
from conflict_events.pipeline.claims import Claims, score
from tests.pipeline.attribution.claimed import ask_event, ask_figure, claims, parse


@pytest.mark.parametrize(
    ("text", "quantity", "claimant"),
    [
        pytest.param("The ministry said six soldiers were killed on the ridge.", "six", "The ministry", id="said"),
        pytest.param("Six soldiers were killed on the ridge, the ministry said.", "Six", "the ministry", id="aside"),
        pytest.param("According to the governor, six people were killed.", "six", "the governor", id="according-to"),
        pytest.param("Six people were killed, according to the governor.", "Six", "the governor", id="trailing-source"),
        pytest.param("Ruritania announced that it had lost six killed.", "six", "Ruritania", id="ellipsis"),
        pytest.param(
            "The army says rebels attacked a convoy, wounding eight and killed six drivers.",
            "six",
            "The army",
            id="coordinated-clause",
        ),
        pytest.param(
            "The mayor was unhurt. He said six guards were killed.", "six", "The mayor", id="pronoun-takes-its-name"
        ),
        pytest.param("Police: six killed in market blast", "six", "Police", id="headline-colon"),
        pytest.param('"Six of us were killed," a villager said.', "Six", "a villager", id="quotation"),
    ],
)
def test_claimant_is_the_source_of_the_clause(text: str, quantity: str, claimant: str) -> None:
    answer = ask_figure(text, quantity, "lost" if "lost" in text else "killed", value=6)
    assert answer["claimant"] == claimant
    assert answer["status"] == "claimed"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Six soldiers were killed on the ridge on Sunday.", id="plain-report"),
        pytest.param("Police arrested a man suspected in the 2004 bombing that killed six people.", id="known-event"),
        pytest.param("The group claimed responsibility for a blast that killed six people.", id="responsibility"),
    ],
)
def test_reporter_speaks_where_no_source_vouches(text: str) -> None:
    answer = ask_figure(text, "six" if "six" in text else "Six", "killed", value=6)
    assert answer["claimant"] is None
    assert answer["status"] == "asserted"


def test_relay_stands_beside_the_innermost_source() -> None:
    text = "The agency quoted a hospital official as saying six people were killed."
    answer = ask_figure(text, "six", "killed", value=6)
    assert answer["claimant"] == "a hospital official"
    assert answer["via"] == ["The agency"]


def test_denial_keeps_who_affirms_and_who_denies() -> None:
    text = "The rebels say they have killed six soldiers, a claim denied by the army."
    answer = ask_figure(text, "six", "killed", value=6)
    assert answer["status"] == "denied"
    assert answer["claimant"] == "The rebels"
    assert answer["denied_by"] == ["the army"]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels said they had shot six soldiers, a figure the ministry called nonsense.",
        "The rebels said they had shot six soldiers, a number the ministry described as grossly exaggerated.",
        "The rebels said they had shot six soldiers. The ministry called the claim a lie.",
    ],
    ids=["called", "described as", "next sentence"],
)
def test_who_calls_a_figure_false_denies_it(text: str) -> None:
    answer = ask_figure(text, "six", "shot", value=6)
    assert answer["status"] == "denied"
    assert answer["denied_by"][0].lower() == "the ministry"


def test_who_calls_a_killing_a_crime_denies_nothing() -> None:
    text = "The rebels said six soldiers were shot, an act the ministry called a crime."
    answer = ask_figure(text, "six", "shot", value=6)
    assert answer["status"] == "claimed"


def test_denial_in_the_next_sentence_counts() -> None:
    text = "The rebels said they killed six soldiers. The army rejected the claim."
    answer = ask_figure(text, "six", "killed", value=6)
    assert (answer["status"], answer["denied_by"]) == ("denied", ["The army"])


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The general threatened to attack the port.", "attack"),
        ("Officials fear an attack on the port.", "attack"),
        ("If they attack the port, the talks will end.", "attack"),
    ],
    ids=["threat", "fear", "condition"],
)
def test_event_that_has_not_happened_is_hypothetical(text: str, trigger: str) -> None:
    assert ask_event(text, trigger)["status"] == "hypothetical"


def test_event_that_did_not_happen_is_negated() -> None:
    assert ask_event("The troops did not attack the port.", "attack")["status"] == "negated"


def test_event_that_a_source_says_did_not_happen_is_denied() -> None:
    answer = ask_event("The ministry denied that its troops attacked the port.", "attacked")
    assert (answer["status"], answer["denied_by"]) == ("denied", ["The ministry"])


def test_figure_is_never_negated() -> None:
    answer = ask_figure("No one was killed in the blast.", "No one", "killed", value=0)
    assert answer["status"] == "asserted"


def test_sources_used_are_kept_with_cue_and_stance() -> None:
    doc = parse("The ministry said six soldiers were killed.")
    values = {"trigger": [36, 42], "outcome": "killed", "value": 6, "low": 6, "high": 6}
    state.write(doc, state.CASUALTIES, [state.Found(3, 4, "killed", "f1", values)])
    claims()(doc)
    [source] = state.read(doc, state.CLAIMS)
    assert doc[source.start : source.end].text == "The ministry"
    assert doc.text[slice(*source.values["cue"])] == "said"
    assert source.values["stance"] == "affirm"


def test_answer_explains_itself_by_named_features() -> None:
    answer = ask_figure("The ministry said six soldiers were killed.", "six", "killed", value=6)
    assert answer["why"]["claimant"]["source"] == "clause"
    assert 0.5 < answer["why"]["claimant"]["probability"] <= 1.0


def test_explanations_can_be_switched_off() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("conflict_claims", config={"explain": False})
    doc = nlp.make_doc("Six soldiers were killed")
    values = {"trigger": [18, 24], "outcome": "killed", "value": 6, "low": 6, "high": 6}
    state.write(doc, state.CASUALTIES, [state.Found(0, 1, "killed", "f1", values)])
    assert "why" not in state.attrs(component(doc), state.CLAIMS)["figures"]["f1"]


def test_component_without_figures_leaves_an_empty_group() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("conflict_claims")
    doc = nlp("")
    assert state.attrs(doc, state.CLAIMS) == {"figures": {}, "triggers": {}}


def test_settings_and_weights_survive_bytes() -> None:
    one = Claims(claimant_threshold=0.7)
    other = Claims().from_bytes(one.to_bytes())
    assert other.settings == one.settings
    assert other.models == one.models


def test_scorer_counts_figures_that_agree(vocab: Vocab) -> None:
    def answered(claimant: list[int] | None) -> Doc:
        doc = Doc(vocab, words=["Police", "say", "six", "died"])
        state.write(doc, state.CASUALTIES, [state.Found(2, 3, "killed", "f1", {})])
        answer = {"claimant": claimant, "status": "claimed", "scope": "current", "cumulative": False}
        state.write(doc, state.CLAIMS, [], figures={"f1": answer}, triggers={})
        return doc

    scores = score([Example(answered(None), answered([0, 6]))])
    assert scores["conflict_claimant_acc"] == 0.0
    assert scores["conflict_scope_acc"] == 1.0


def test_scorer_says_nothing_without_gold(vocab: Vocab) -> None:
    doc = Doc(vocab, words=["Nothing", "here"])
    assert score([Example(doc, doc.copy())])["conflict_scope_acc"] is None


def test_event_denied_in_the_next_sentence_leaves_its_dead_standing(nlp: Language) -> None:
    text = (
        "A shell hit a clinic in Wau, killing 12 patients, doctors said. The militia denied it had attacked the clinic."
    )
    extraction = nlp(text)._.extraction
    [event], [figure] = extraction.events, extraction.casualties
    assert [a.span.text.lower() for a in event.denied_by] in (["the militia"], ["militia"])
    assert (event.status, figure.status) == ("denied", "claimed")
