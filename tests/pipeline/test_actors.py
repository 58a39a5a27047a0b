"""Actors: states, forces and groups by name, definite nouns and pronouns by what stands before them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.actors import Actors, open_gazetteer
from conflict_events.pipeline.parties.nouns import kind_of
from conflict_events.pipeline.parties.resolution import ActorIndex
from conflict_events.pipeline.parties.roster import Roster, split_alias
from conflict_events.pipeline.syntax import Tree

MINISTRY = """
Georgia 3 nmod:poss PROPN NNP georgia
's 0 case PART POS 's
Defence 3 compound PROPN NNP defence
Ministry 4 nsubj PROPN NNP ministry
spoke 4 ROOT VERB VBD speak
. 4 punct PUNCT . .
The 7 det DET DT the
ministry 8 nsubj NOUN NN ministry
denied 8 ROOT VERB VBD deny
losses 8 obj NOUN NNS loss
. 8 punct PUNCT . .
"""
GROUP = """
The 3 det DET DT the
Rapid 3 compound PROPN NNP rapid
Support 3 compound PROPN NNP support
Forces 4 nsubj PROPN NNPS forces
fought 4 ROOT VERB VBD fight
Sudanese 6 amod ADJ JJ sudanese
troops 4 obj NOUN NNS troops
. 4 punct PUNCT . .
"""
PRONOUN = """
Chad 1 nsubj PROPN NNP chad
said 1 ROOT VERB VBD say
it 4 nsubj PRON PRP it
had 4 aux AUX VBD have
lost 1 ccomp VERB VBN lose
nine 4 obj NUM CD nine
. 1 punct PUNCT . .
"""


@pytest.fixture(scope="module")
def component() -> Actors:
    return Actors()


def actors(component: Actors, doc: Doc) -> list[tuple[str, str | None, str, str]]:
    return [(doc[f.start : f.end].text, f.values["party"], f.values["kind"], f.id) for f in component.find(doc)]


def test_a_ministry_speaks_for_its_state_and_keeps_its_id(component: Actors, parsed: Callable[..., Doc]) -> None:
    assert actors(component, parsed(MINISTRY)) == [
        ("Georgia 's Defence Ministry", "GEO", "state", "a1"),
        ("ministry", "GEO", "state", "a1"),
    ]


def test_a_group_and_an_army_have_their_parties(component: Actors, parsed: Callable[..., Doc]) -> None:
    assert actors(component, parsed(GROUP)) == [
        ("Rapid Support Forces", "rsf", "armed_group", "a1"),
        ("Sudanese troops", "SDN", "military", "a2"),
    ]


def test_a_pronoun_means_the_subject_that_speaks(component: Actors, parsed: Callable[..., Doc]) -> None:
    doc = component(parsed(PRONOUN))
    index = ActorIndex(doc, Tree(doc), component.roster)
    start = doc.text.index("it")
    ref = index.ref([start, start + 2])
    assert ref is not None
    assert doc.text[slice(*ref["span"])] == "Chad"
    assert index.party(ref) == "TCD"


def test_a_new_phrase_is_an_actor_by_its_head_noun(component: Actors, parsed: Callable[..., Doc]) -> None:
    doc = component(
        parsed("A 2 det DET DT\npolice 2 compound NOUN NN\nofficial 3 nsubj NOUN NN\nspoke 3 ROOT VERB VBD speak")
    )
    index = ActorIndex(doc, Tree(doc), component.roster)
    ref = index.ref([0, len("A police official")])
    assert ref is not None
    assert index.kind(ref) == "police"
    assert index.party(ref) is None


@pytest.mark.parametrize(
    ("head", "modifiers", "kind"),
    [
        ("soldier", (), "military"),
        ("official", ("police",), "police"),
        ("spokesman", ("army",), "military"),
        ("official", ("hospital",), "organization"),
        ("guard", ("border",), "military"),
        ("group", ("rights",), "organization"),
        ("group", (), "armed_group"),
        ("witness", (), "civilian"),
        ("pancake", (), "unknown"),
    ],
)
def test_the_head_noun_tells_the_kind(head: str, modifiers: tuple[str, ...], kind: str) -> None:
    assert kind_of(head, modifiers) == kind


@pytest.mark.parametrize(
    ("name", "alpha3", "how"),
    [
        ("Armenia", "ARM", "name"),
        ("Armenian", "ARM", "demonym"),
        ("Armenians", "ARM", "demonym"),
        ("Yerevan", "ARM", "capital"),
        ("Kremlin", "RUS", "capital"),
        ("U.S.", "USA", "name"),
    ],
)
def test_a_state_is_known_by_name_demonym_and_capital(name: str, alpha3: str, how: str) -> None:
    found = Roster(open_gazetteer("shipped")).state(name)
    assert found is not None
    assert (found.alpha3, found.how) == (alpha3, how)


def test_without_a_gazetteer_there_are_no_states(parsed: Callable[..., Doc]) -> None:
    found = Actors(gazetteer=None).find(parsed(GROUP))
    assert {f.values["party"] for f in found} == {"rsf", None}


def test_aliases_are_known_however_a_tokenizer_cuts_hyphens() -> None:
    assert ("al", "-", "Nusra", "Front") in split_alias("al-Nusra Front")
    assert split_alias("Lord's Resistance Army") == [("Lord", "'s", "Resistance", "Army")]


@pytest.mark.parametrize(
    ("text", "mention", "party"),
    [
        ("Moscow urged both sides to show restraint.", "Moscow", "RUS"),
        ("The Houthis said they fired on the ship.", "Houthis", "houthis"),
        ("Ukraine's Foreign Ministry rejected the claim.", "Ukraine's Foreign Ministry", "UKR"),
    ],
)
def test_governments_and_groups_in_plain_sentences(nlp: Language, text: str, mention: str, party: str) -> None:
    found = {m.text: a.party for a in nlp(text)._.extraction.actors for m in a.mentions}
    assert found[mention] == party


def test_mentions_of_one_actor_share_its_values_on_the_doc(component: Actors, parsed: Callable[..., Doc]) -> None:
    doc = component(parsed(MINISTRY))
    first, second = state.read(doc, state.ACTORS)
    assert first.values == second.values
