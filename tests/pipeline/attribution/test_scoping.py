"""News against history, single events against sums, by the shipped model on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from conflict_events.pipeline import state
from conflict_events.pipeline.attribution.clauses import clause_tokens, event_tokens
from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.scoping import Setting
from conflict_events.pipeline.attribution.targets import gone_on
from conflict_events.pipeline.syntax import Tree
from tests.pipeline.attribution.claimed import ask_event, ask_figure


@pytest.mark.parametrize(
    ("text", "quantity", "value"),
    [
        pytest.param("Six soldiers were killed on Sunday when a bomb hit their truck.", "Six", 6, id="weekday"),
        pytest.param("A bomb has killed six soldiers near the airport.", "six", 6, id="present-perfect"),
        pytest.param("The governor said the blast killed six people.", "six", 6, id="claimed-today"),
        pytest.param("Elsewhere, gunmen killed six farmers in the valley.", "six", 6, id="elsewhere"),
    ],
)
def test_news_is_current(text: str, quantity: str, value: int) -> None:
    assert ask_figure(text, quantity, "killed", value=value)["scope"] == "current"


@pytest.mark.parametrize(
    ("text", "quantity", "value"),
    [
        pytest.param("The war killed about 40,000 people between 1975 and 1981.", "about 40,000", 40000, id="war"),
        pytest.param("In 2003, a bomb killed six soldiers at the same gate.", "six", 6, id="year"),
        pytest.param("The trial opened for the 1998 attack that killed six people.", "six", 6, id="relative-clause"),
        pytest.param("More than 9,000 people have been killed since 2011.", "More than 9,000", 9000, id="since"),
        pytest.param(
            "Hundreds marked the anniversary of the attack that killed six pupils.", "six", 6, id="anniversary"
        ),
    ],
)
def test_history_is_background(text: str, quantity: str, value: int) -> None:
    assert ask_figure(text, quantity, "killed", value=value)["scope"] == "background"


def test_sentence_that_takes_up_a_dated_past_is_background() -> None:
    text = (
        "Talks resumed on Monday. The worst spell of all came in early March 2009. The fighting killed dozens. "
        "In 2014 a truce was signed."
    )
    assert ask_figure(text, "dozens", "killed", published="2020-05-06")["scope"] == "background"


@pytest.mark.parametrize(
    ("text", "trigger", "scope"),
    [
        ("Rebels attacked a checkpoint on Sunday.", "attacked", "current"),
        ("The country is still recovering from the civil war of the 1990s.", "war", "background"),
    ],
    ids=["attack-on-sunday", "war-of-the-nineties"],
)
def test_event_has_a_scope_of_its_own(text: str, trigger: str, scope: str) -> None:
    assert ask_event(text, trigger)["scope"] == scope


@pytest.mark.parametrize(
    ("text", "quantity", "value", "cumulative"),
    [
        ("Separate attacks across the north killed 60 people.", "60", 60, True),
        ("More than 9,000 people have been killed in the war since 2011.", "More than 9,000", 9000, True),
        ("A roadside bomb killed six soldiers.", "six", 6, False),
    ],
    ids=["several-attacks", "since", "one-bomb"],
)
def test_sum_of_several_events_is_cumulative(text: str, quantity: str, value: int, cumulative: bool) -> None:
    assert ask_figure(text, quantity, "killed", value=value)["cumulative"] is cumulative


def dated(vocab: Vocab, published: str | None) -> tuple[Tree, Setting]:
    doc = Doc(vocab, words=["In", "2003", "it", "burned", ".", "Nobody", "came", "."])
    values = {"start": "2003-01-01", "end": "2003-12-31"}
    state.write(doc, state.DATES, [state.Found(1, 2, "date", "d1", values)])
    state.set_report(doc, {"published": published})
    tree = Tree(doc)
    return tree, Setting.of(doc, tree, Layout.of(tree))


def test_lag_is_counted_from_the_publication(vocab: Vocab) -> None:
    _, setting = dated(vocab, "2010-06-01")
    assert setting.today == date(2010, 6, 1)
    assert setting.lag(range(4)) == "years"
    assert setting.lag(range(5, 8)) is None


def test_lag_is_unknown_where_nothing_dates_the_report(vocab: Vocab) -> None:
    _, setting = dated(vocab, None)
    assert setting.lag(range(4)) is None


def test_event_tokens_reach_over_when_and_participles(vocab: Vocab) -> None:
    doc = Doc(
        vocab,
        words=["Six", "died", "when", "shells", "fell", "Sunday", ",", "killing", "two"],
        heads=[1, 1, 4, 4, 1, 4, 7, 1, 7],
        deps=["nsubj", "ROOT", "mark", "nsubj", "advcl", "obl", "punct", "advcl", "obj"],
        pos=["NUM", "VERB", "SCONJ", "NOUN", "VERB", "PROPN", "PUNCT", "VERB", "NUM"],
        tags=["CD", "VBD", "WRB", "NNS", "VBD", "NNP", ",", "VBG", "CD"],
    )
    tree = Tree(doc)
    assert 5 not in clause_tokens(tree, 1)
    assert {1, 4, 5} <= set(event_tokens(tree, 7))


@pytest.mark.parametrize(
    ("words", "role", "verb", "expected"),
    [
        ("towns cut off by fighting between clans", "advcl", "VBN", True),
        ("towns cut off by firing at roads", "advcl", "VBN", False),
        ("many years now of fighting in hills", "acl", "NNS", True),
    ],
    ids=["what went on", "what was done to roads", "of what went on"],
)
def test_gerunds_that_name_what_went_on(vocab: Vocab, words: str, role: str, verb: str, expected: bool) -> None:
    doc = Doc(
        vocab,
        words=words.split(),
        heads=[1, 1, 1, 4, 1, 6, 4],
        deps=["nsubj:pass", "ROOT", "advmod", "mark", role, "case", "obl"],
        pos=["NOUN", "VERB" if verb == "VBN" else "NOUN", "ADV", "SCONJ", "VERB", "ADP", "NOUN"],
        tags=["NNS", verb, "RP", "IN", "VBG", "IN", "NNS"],
    )
    assert gone_on(Tree(doc), 4) is expected
