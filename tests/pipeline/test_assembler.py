"""Assembly: mentions merged into events, figures bound to them, relations, credits, the report's main event."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language

from conflict_events.pipeline import state
from conflict_events.pipeline.assembly.agreement import same_place, same_time
from conflict_events.pipeline.assembly.relations import credits
from conflict_events.pipeline.assembly.tolls import Told, compared
from conflict_events.records import Extraction


def read(nlp: Language, text: str) -> Extraction:
    extraction: Extraction = nlp(text)._.extraction
    return extraction


def test_a_consequence_is_a_mention_of_its_attack(nlp: Language) -> None:
    [event] = read(nlp, "A car bomb exploded in Mosul on Tuesday, killing nine policemen.").events
    assert event.type == "remote_explosive_landmine_ied"
    assert "killing" in {m.text for m in event.mentions}


def test_the_attack_told_again_is_the_same_event(nlp: Language) -> None:
    text = "Gunmen attacked a village near Kano on Monday. The attack left six farmers dead. Police blamed bandits for the attack."
    events = read(nlp, text).events
    assert len(events) == 1
    assert [m.text for m in events[0].mentions].count("attack") == 2


def test_attacks_on_other_days_are_other_events(nlp: Language) -> None:
    text = "Rebels attacked a convoy in Goma on Monday. On 3 March 2019, rebels attacked a church in Bunia, killing two nuns."
    assert len([e for e in read(nlp, text).events if e.type in ("attack", "armed_clash")]) == 2


def test_news_and_history_never_merge(nlp: Language) -> None:
    text = "An explosion killed four soldiers in Lahore on Sunday. In 2009, an explosion in Lahore killed 30 people."
    scopes = [e.scope for e in read(nlp, text).events]
    assert sorted(scopes) == ["background", "current"]


def test_a_figure_takes_cause_place_date_and_doer(nlp: Language) -> None:
    text = "Rebels fired mortars at a market in Aleppo on Friday, killing seven people."
    [figure] = read(nlp, text).casualties
    assert figure.cause == "shelling"
    assert figure.place is not None
    assert figure.place.span.text == "Aleppo"
    assert figure.date is not None
    assert figure.date.span.text == "Friday"
    assert [a.span.text for a in figure.agents] == ["Rebels"]


def test_the_places_of_events_have_the_role_event(nlp: Language) -> None:
    places = read(nlp, "A bomb killed two soldiers in Kandahar on Monday.").places
    assert [(p.span.text, p.role) for p in places] == [("Kandahar", "event")]


def test_an_answer_is_retaliation_for_what_it_answers(nlp: Language) -> None:
    text = "The army carried out airstrikes in Gaza on Friday in response to rocket attacks by Hamas militants."
    extraction = read(nlp, text)
    types = {e.id: e.type for e in extraction.events}
    assert [(types[r.from_], r.type, types[r.to]) for r in extraction.relations] == [
        ("air_drone_strike", "retaliation_for", "shelling_artillery_missile")
    ]


def test_the_main_event_is_the_news_of_the_lead(nlp: Language) -> None:
    text = "Gunmen killed four teachers in Basra on Monday. The city saw heavy fighting in 2008."
    extraction = read(nlp, text)
    main = next(e for e in extraction.events if e.id == extraction.report.main_event)
    assert main.trigger.text == "killed"


def test_a_report_without_events_has_no_main_event(nlp: Language) -> None:
    extraction = read(nlp, "The prime minister met her counterpart on Monday.")
    assert extraction.events == ()
    assert extraction.report.main_event is None


def test_claims_and_doers_are_actors_with_parties(nlp: Language) -> None:
    text = "Azerbaijani forces shelled a village on Monday, Armenia's Defence Ministry said."
    [event] = read(nlp, text).events
    assert event.status == "claimed"
    assert event.claimant is not None
    assert event.claimant.party == "ARM"
    assert [a.party for a in event.agents] == ["AZE"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Four soldiers died on Monday.\n\nAgencies", ["Agencies"]),
        ("KABUL (Reuters) - Two soldiers died.", ["Reuters"]),
        ("A guard at the border [File: Stringer/AFP]\n\nTwo soldiers died.", ["AFP"]),
        ("Two soldiers died, a source told Reuters on Monday.", []),
        ("Two soldiers died.", []),
    ],
    ids=["line of its own", "dateline", "caption", "a source is no credit", "none"],
)
def test_credits_are_the_agencies_named_as_origin(text: str, names: list[str]) -> None:
    assert [text[a:b] for a, b in credits(text)] == names


def test_credits_take_linear_time_on_hostile_text() -> None:
    assert credits("(" * 50_000 + "-" * 50_000) == []


def date(start: str | None, end: str | None, timex: str | None = None, precision: str = "day") -> dict[str, Any]:
    return {"start": start, "end": end, "timex": timex, "precision": precision}


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        (date("2024-02-13", "2024-02-13"), date("2024-02-01", "2024-02-29"), True),
        (date("2024-02-13", "2024-02-13"), date("2024-02-12", "2024-02-12"), False),
        (date(None, None, "XXXX-WXX-1"), date(None, None, "XXXX-WXX-2"), False),
        (date(None, None, "XXXX-WXX-1"), date(None, None, "XXXX-WXX-1"), True),
        (date(None, None), date("2024-02-13", "2024-02-13"), None),
    ],
    ids=["inside the month", "two days", "two weekdays", "one weekday", "nothing known"],
)
def test_two_dates_can_be_one_time(a: dict[str, Any], b: dict[str, Any], answer: bool | None) -> None:
    assert same_time(a, b) is answer


def place(name: str, country: str | None, precision: str, geonames_id: int | None = None) -> dict[str, Any]:
    return {"name": name, "country": country, "precision": precision, "geonames_id": geonames_id}


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        (place("Goma", "CD", "settlement", 1), place("Goma City", "CD", "settlement", 1), True),
        (place("Goma", "CD", "settlement", 1), place("Bunia", "CD", "settlement", 2), False),
        (place("Goma", "CD", "settlement", 1), place("Congo", "CD", "country", 3), None),
        (place("Goma", "CD", "settlement", 1), place("Kigali", "RW", "settlement", 4), False),
    ],
    ids=["one id", "two towns", "town and its country", "two countries"],
)
def test_two_places_can_be_one(a: dict[str, Any], b: dict[str, Any], answer: bool | None) -> None:
    assert same_place(a, b) is answer


def told(id_: str, low: int | None, high: int | None, **changes: Any) -> Told:
    values: dict[str, Any] = {
        "outcome": "killed",
        "kind": "combatant",
        "side": "TCD",
        "claimant": "a1",
        "party": None,
        "scope": "current",
        "place": None,
        "date": None,
        "words": frozenset({"say"}),
        "part": False,
    }
    return Told(id=id_, low=low, high=high, **{**values, **changes})


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (told("f2", 2, 2), [("f2", "f1", "contradicts")]),
        (told("f2", 6, 6, words=frozenset({"rise"})), [("f2", "f1", "updates")]),
        (told("f2", 6, None), []),
        (told("f2", 2, 2, side="SDN"), []),
        (told("f2", 2, 2, scope="background"), []),
        (told("f2", 2, 2, part=True), []),
        (told("f2", 2, 2, outcome="injured"), []),
    ],
    ids=[
        "two closed numbers",
        "a risen number",
        "an open bound",
        "another side",
        "history",
        "a part",
        "another outcome",
    ],
)
def test_figures_of_one_side_contradict_or_update(later: Told, expected: list[tuple[str, str, str]]) -> None:
    assert compared([told("f1", 4, 4), later]) == expected


@pytest.mark.parametrize(
    ("words", "claimant", "expected"),
    [
        ({"raise", "toll"}, "a1", [("f2", "f1", "updates")]),
        ({"raise", "toll"}, "a2", []),
        ({"raise", "wound"}, "a1", []),
        ({"say"}, "a1", []),
    ],
    ids=["a toll raised", "by another source", "no toll", "nothing raised"],
)
def test_tolls_of_no_side_are_updated_only_where_the_text_says_so(
    words: set[str], claimant: str, expected: list[tuple[str, str, str]]
) -> None:
    later = told("f2", 9, 9, side=None, claimant=claimant, words=frozenset(words))
    assert compared([told("f1", 4, 4, side=None), later]) == expected


def test_a_party_updates_the_toll_of_its_own_office() -> None:
    earlier = told("f1", 4, 4, party="TCD")
    later = told("f2", 9, 9, claimant="a2", party="TCD", words=frozenset({"raise"}))
    assert compared([earlier, later]) == [("f2", "f1", "updates")]


@pytest.mark.parametrize(
    ("text", "agents", "targets"),
    [
        ("Clashes between the army and the M23 group left ten dead.", ["army", "M23 group"], []),
        ("The army's shelling of the town killed nine civilians.", ["army"], ["civilians"]),
        ("Six civilians were killed, among them four children.", [], ["civilians"]),
        ("Officials tried to curb gang attacks on public buses.", ["gang"], ["public buses"]),
        ("Warplanes bombed a market in Douma.", ["Warplanes"], ["market"]),
    ],
    ids=["both sides", "gerund", "among them", "noun before noun", "aircraft"],
)
def test_doers_and_targets_are_the_local_noun_phrases(
    nlp: Language, text: str, agents: list[str], targets: list[str]
) -> None:
    event = read(nlp, text).events[0]
    assert [a.span.text for a in event.agents] == agents
    for target in targets:
        assert any(target in t.span.text for t in event.targets)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Clashes between the army and a militia killed 30 people in the hills.", []),
        ("Clashes between the army and a militia killed three nurses in the hills.", ["three nurses"]),
        ("Four drivers were killed in a convoy ambush north of the lake.", ["Four drivers", "convoy"]),
    ],
    ids=["who fell in a clash is not said", "who fell is said", "the thing before the act"],
)
def test_targets_of_an_event_are_whom_the_report_names(nlp: Language, text: str, targets: list[str]) -> None:
    found = {a.span.text for a in read(nlp, text).events[0].targets}
    assert found == set(targets)


def test_who_tells_of_an_act_is_not_its_doer(nlp: Language) -> None:
    event = read(nlp, "Turkish authorities say a suicide bomber was behind the blast that killed six clerks.").events[0]
    assert not {a.span.text for a in event.agents} & {"Turkish authorities"}


def test_mines_that_were_laid_are_apart_from_the_fighting(nlp: Language) -> None:
    text = (
        "Rebel units clashed with the army near Goma on Monday. Mines had been planted along the road, the army said."
    )
    types = [e.type for e in read(nlp, text).events]
    assert types == ["armed_clash", "remote_explosive_landmine_ied"]


def test_part_of_a_campaign_is_told_as_a_relation(nlp: Language) -> None:
    told = read(nlp, "The raid on the village was part of an offensive against the insurgents in the north.")
    types = {e.id: e.type for e in told.events}
    assert [(types[r.from_], types[r.to]) for r in told.relations if r.type == "part_of"] == [("armed_clash", "war")]


def test_the_incident_takes_up_the_event_told_before(nlp: Language) -> None:
    told = read(nlp, "Gunmen ambushed a patrol near Gao on Monday. The incident was the second this month.")
    assert [e.type for e in told.events] == ["armed_clash"]
    assert [m.text for m in told.events[0].mentions] == ["incident"]


def test_events_say_why_they_are_one(nlp: Language) -> None:
    doc = nlp("The army shelled Bria on Monday, killing four civilians. The shelling lasted an hour.")
    why = state.read(doc, state.EVENTS)[0].values["why"]
    assert why["row"].startswith("shell VERB shelling_artillery_missile")
    assert why["doers"][0] == "shell: army nsubj of shelled"
    assert why["joined killing"] == "consequence"
    assert ["same type", 1.6] in why["joined shelling"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Troops killed nine rebels in retaliation for the bombing of a barracks.", 2),
        ("Rebels detonated two bombs, which exploded near a market on Friday.", 1),
        ("Government forces repelled an attack by the rebels on the airport.", 1),
        ("The army bombarded the town while rebels fired rockets at the airport.", 2),
    ],
    ids=["what is answered is apart", "which exploded", "an attack repelled", "both fire"],
)
def test_acts_of_one_sentence_are_told_apart_or_put_together(nlp: Language, text: str, types: int) -> None:
    assert len(read(nlp, text).events) == types


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Police said a bomb killed at least six guards at a checkpoint in Gao.", "remote_explosive_landmine_ied"),
        ("A truck bomb in the town of Kidal killed nine people on Friday.", "remote_explosive_landmine_ied"),
        ("A suicide bomber crashed a car into a checkpoint, killing three officers.", "suicide_bomb"),
        ("Alliance warplanes mistakenly killed 14 workers in the hills.", "air_drone_strike"),
        ("Government shelling killed two villagers in Kello on Tuesday.", "shelling_artillery_missile"),
        ("Communal violence in the city has driven 5,000 people from their homes.", "mob_violence"),
    ],
    ids=["a bomb killed", "a bomb somewhere killed", "who carries it", "aircraft", "a noun read as a verb", "communal"],
)
def test_what_killed_gives_the_type(nlp: Language, text: str, type_: str) -> None:
    assert [e.type for e in read(nlp, text).events] == [type_]


def test_a_bomb_that_killed_nobody_is_no_attack(nlp: Language) -> None:
    told = read(nlp, "Soldiers who had found a bomb near the bridge killed three rebels later that day.")
    assert "remote_explosive_landmine_ied" not in {e.type for e in told.events}


def test_what_a_mishap_kills_is_no_violence(nlp: Language) -> None:
    assert not read(
        nlp, "A tanker loaded with petrol overturned near the mill, killing its driver and a cyclist."
    ).events


def test_one_crowd_gives_one_protest(nlp: Language) -> None:
    told = read(nlp, "Demonstrators carried signs and chanted slogans outside the ministry on Sunday.")
    assert [e.type for e in told.events] == ["peaceful_protest"]


def test_an_event_retold_by_its_denier_keeps_who_affirms_it(nlp: Language) -> None:
    text = "The army said guerrillas had killed six farmers on Sunday. The guerrillas denied the killings."
    [event] = read(nlp, text).events
    assert event.status == "denied"
    assert event.claimant is not None
    assert event.claimant.span.text.endswith("army")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Troops are preparing an assault on the town. Tanks have arrived from the coast.", "assault"),
        ("Rebels abducted nine miners in 2004.", "abducted"),
        ("The envoys, who still remember the massacre of 1987, met again in Geneva.", None),
    ],
    ids=["planned but first", "a lone sentence of the past", "recalled in passing"],
)
def test_the_main_event_of_short_texts(nlp: Language, text: str, trigger: str | None) -> None:
    told = read(nlp, text)
    main = next((e.trigger.text for e in told.events if e.id == told.report.main_event), None)
    assert main == trigger


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("KABUL — Taliban fighters ambushed an army convoy on Tuesday.", ["Taliban fighters"]),
        ("The regimes helicopter dropped a barrel bomb on the market.", ["regimes helicopter"]),
        ("Nine people were killed in the Madrid bombings of 2004.", []),
        ("Several blasts blamed on separatists killed six people in Yala.", ["separatists"]),
    ],
    ids=["dateline", "apostrophe lost", "a town says where", "blamed on"],
)
def test_doers_are_who_acts(nlp: Language, text: str, agents: list[str]) -> None:
    assert [a.span.text for a in read(nlp, text).events[0].agents] == agents


def test_who_denies_in_a_later_sentence_stands_with_the_event(nlp: Language) -> None:
    text = "Witnesses said the RSF shelled the hospital on Monday. The RSF denied it had attacked the hospital."
    [event] = read(nlp, text).events
    assert event.status == "denied"
    assert [a.name for a in event.denied_by] == ["Rapid Support Forces"]


def test_a_border_is_the_place_not_the_states_it_is_between(nlp: Language) -> None:
    [event] = read(nlp, "Two soldiers were killed along the Armenia-Azerbaijan border on Monday.").events
    assert event.place is not None
    assert event.place.span.text == "Armenia-Azerbaijan border"


def test_a_state_in_capitals_is_no_pronoun(nlp: Language) -> None:
    [event] = read(nlp, "US air strikes killed fifty militants in northern Syria on Tuesday.").events
    assert [a.party for a in event.agents] == ["USA"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Shells killed two soldiers, the defence ministry in Kampala said.", None),
        ("Shells killed two soldiers near Goma, the defence ministry in Kampala said.", "Goma"),
        ("A bomb killed two soldiers, police in Kampala said.", "Kampala"),
        ("A bomb killed two soldiers outside the ministry in Kampala.", "Kampala"),
    ],
    ids=["seat of a ministry", "seat and site", "local police", "ministry as site"],
)
def test_the_seat_of_a_ministry_that_speaks_is_no_site(nlp: Language, text: str, place: str | None) -> None:
    [figure] = nlp(text)._.extraction.casualties
    assert (figure.place and figure.place.span.text) == place
