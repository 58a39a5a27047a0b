"""Actors: states, forces and groups by name, definite nouns and pronouns by what stands before them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

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


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Robert Wagner, a police officer, was shot on Monday.", "wagner"),
        ("The Detroit Tigers beat the visitors by two runs.", "ltte"),
        ("The president promised amnesty. Amnesty for the rebels was voted down.", "amnesty"),
        ("Officials hope to mend fences. MEND THE ROADS, voters told them.", "mend"),
    ],
    ids=["surname", "team", "common-word", "capitals"],
)
def test_alias_that_means_something_else_names_no_actor(nlp: Language, text: str, party: str) -> None:
    assert party not in {f.values["party"] for f in state.read(nlp(text), state.ACTORS)}


def test_ambiguous_alias_is_the_actor_beside_its_full_name(nlp: Language) -> None:
    doc = nlp("The Wagner Group lost two fighters. Troops of Wagner left the town.")
    named = [doc[f.start : f.end].text for f in state.read(doc, state.ACTORS) if f.values["party"] == "wagner"]
    assert "Wagner" in " ".join(named[1:])


TITLE = """
Kenya 3 nmod:poss PROPN NNP kenya
's 0 case PART POS 's
health 3 compound NOUN NN health
minister 4 nmod:desc NOUN NN minister
Peter 6 nsubj PROPN NNP peter
Otieno 4 flat PROPN NNP otieno
spoke 6 ROOT VERB VBD speak
. 6 punct PUNCT . .
Otieno 9 nsubj PROPN NNP otieno
left 9 ROOT VERB VBD leave
. 9 punct PUNCT . .
"""


def persons(doc: Doc, *ranges: tuple[int, int]) -> Doc:
    doc.ents = [Span(doc, a, b, "PERSON") for a, b in ranges]
    return doc


def test_a_person_and_the_office_beside_the_name_are_one_actor_of_its_party(
    component: Actors, parsed: Callable[..., Doc]
) -> None:
    found = component.find(persons(parsed(TITLE), (4, 6), (8, 9)))
    assert {f.id for f in found} == {"a1"}
    assert (found[0].values["name"], found[0].values["party"]) == ("Peter Otieno", "KEN")


@pytest.mark.parametrize(
    ("text", "mention", "party", "kind"),
    [
        ("Kenya's General Staff said it lost three soldiers.", "Kenya's General Staff", "KEN", "military"),
        ("Peru's prosecutor general said two men were shot.", "Peru's prosecutor general", "PER", "state"),
        ("The general staff of Chad said rebels killed two soldiers.", "general staff", "TCD", "military"),
        ("The Kenya Teachers' Union said two teachers were killed.", "Kenya Teachers' Union", None, "organization"),
        ("The Peruvian power company said a driver was killed.", "Peruvian power company", None, "organization"),
        ("Colonel Amir Hassan, spokesman of the Chadian army, said six rebels died.", "Amir Hassan", "TCD", "person"),
    ],
    ids=["general staff", "prosecutor general", "of-phrase", "union", "company", "unrecognised name"],
)
def test_organs_speak_for_their_state_and_bodies_of_its_people_do_not(
    nlp: Language, text: str, mention: str, party: str | None, kind: str
) -> None:
    found = {m.text: a for a in nlp(text)._.extraction.actors for m in a.mentions}
    assert mention in found, found
    actor = found[mention]
    assert (actor.name, actor.party, actor.kind) == (mention, party, kind)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rebels crossed the border and wounded at least 30 people in the city.", {"Rebels", "people"}),
        ("Twelve constables, five of them officers, were killed in a raid.", {"constables", "officers"}),
        ("LIMA (AFP) - Maoist guerrillas killed five farmers.", {"AFP", "guerrillas", "farmers"}),
        ("The town's 61-year-old mayor was shot dead.", {"town's 61-year-old mayor"}),
    ],
    ids=["sites", "numerals", "dateline", "age"],
)
def test_sites_numbers_and_datelines_name_no_actor(nlp: Language, text: str, names: set[str]) -> None:
    found = {a.name for a in nlp(text)._.extraction.actors}
    assert all(any(f.endswith(n) for n in names) for f in found), found
    assert not any(ch.isdigit() for f in found for ch in f.replace("61-year-old", ""))


def test_names_are_written_as_in_the_text(nlp: Language) -> None:
    found = nlp("Amir Musa said three were hurt at Al-Noor hospital, and musa said two had died.")._.extraction.actors
    names = {a.name for a in found}
    assert "Amir Musa" in names
    assert not any(" - " in n or " '" in n or n == "musa" for n in names)
