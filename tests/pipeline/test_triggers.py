"""Event mentions: the sense of a word by its arguments, its doers and targets, user ontologies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.frames import ontology
from conflict_events.pipeline.triggers import Triggers

FIRED_MINISTER = """
The 1 det DET DT the
president 2 nsubj NOUN NN president
fired 2 ROOT VERB VBD fire
the 4 det DET DT the
minister 2 obj NOUN NN minister
"""
FIRED_ROCKETS = """
Militants 1 nsubj NOUN NNS militant
fired 1 ROOT VERB VBD fire
rockets 1 obj NOUN NNS rocket
at 5 case ADP IN at
the 5 det DET DT the
town 1 obl NOUN NN town
"""
OPENED_FIRE = """
Gunmen 1 nsubj NOUN NNS gunman
opened 1 ROOT VERB VBD open
fire 1 obj NOUN NN fire
on 4 case ADP IN on
soldiers 1 obl NOUN NNS soldier
"""
SHELLED_PEAS = """
The 1 det DET DT the
cook 2 nsubj NOUN NN cook
shelled 2 ROOT VERB VBD shell
peas 2 obj NOUN NNS pea
"""
SHELLED_TOWN = """
The 1 det DET DT the
army 2 nsubj NOUN NN army
shelled 2 ROOT VERB VBD shell
the 4 det DET DT the
town 2 obj NOUN NN town
"""
LAUNCHED_ATTACK = """
Rebels 1 nsubj NOUN NNS rebel
launched 1 ROOT VERB VBD launch
an 3 det DET DT a
attack 1 obj NOUN NN attack
on 6 case ADP IN on
the 6 det DET DT the
barracks 3 nmod NOUN NNS barracks
"""
PASSIVE = """
Two 1 nummod NUM CD two
villagers 3 nsubj:pass NOUN NNS villager
were 3 aux:pass AUX VBD be
kidnapped 3 ROOT VERB VBN kidnap
by 5 case ADP IN by
gunmen 3 obl:agent NOUN NNS gunman
"""
PASSIVE_CLEAR = """
Two 1 nummod NUM CD two
villagers 3 nsubjpass NOUN NNS villager
were 3 auxpass AUX VBD be
kidnapped 3 ROOT VERB VBN kidnap
by 3 agent ADP IN by
gunmen 4 pobj NOUN NNS gunman
"""


def found(doc: Doc) -> list[tuple[str, str | None, list[str], list[str]]]:
    component = Triggers()
    return [
        (
            doc[f.start : f.end].text,
            f.values["type"],
            [doc.text[a:b] for a, b in f.values["agents"]],
            [doc.text[a:b] for a, b in f.values["targets"]],
        )
        for f in component.find(doc)
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(FIRED_MINISTER, [], id="a fired minister is no event"),
        pytest.param(
            FIRED_ROCKETS,
            [("fired", "shelling_artillery_missile", ["Militants"], ["town"])],
            id="fired rockets are shelling",
        ),
        pytest.param(
            OPENED_FIRE, [("opened fire", "armed_clash", ["Gunmen"], ["soldiers"])], id="opened fire on the armed"
        ),
        pytest.param(SHELLED_PEAS, [], id="shelled peas are no event"),
        pytest.param(
            SHELLED_TOWN, [("shelled", "shelling_artillery_missile", ["army"], ["town"])], id="a shelled town is one"
        ),
        pytest.param(
            LAUNCHED_ATTACK,
            [("attack", "armed_clash", ["Rebels"], ["barracks"])],
            id="a light verb lends its subject to the noun",
        ),
        pytest.param(
            PASSIVE,
            [("kidnapped", "abduction_forced_disappearance", ["gunmen"], ["Two villagers"])],
            id="passive with its doer",
        ),
        pytest.param(
            PASSIVE_CLEAR,
            [("kidnapped", "abduction_forced_disappearance", ["gunmen"], ["Two villagers"])],
            id="the same in CLEAR labels",
        ),
    ],
)
def test_triggers_take_the_sense_that_the_parse_supports(
    parsed: Callable[..., Doc], lines: str, expected: list[tuple[str, str, list[str], list[str]]]
) -> None:
    events = [f for f in found(parsed(lines)) if f[1] is not None]
    assert [e for e in events if e[0] != "rockets"] == expected


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Rebels clashed with government troops near the town on Friday.", "armed_clash"),
        ("Soldiers ambushed a convoy of insurgents.", "armed_clash"),
        ("The army recaptured the town from the rebels.", "government_regains_territory"),
        ("Militants seized control of the city on Sunday.", "non_state_actor_overtakes_territory"),
        ("Three villagers died in a chemical attack.", "chemical_weapon"),
        ("An airstrike destroyed a house in the village.", "air_drone_strike"),
        ("A suicide bombing killed nine worshippers.", "suicide_bomb"),
        ("The shelling of the town lasted for hours.", "shelling_artillery_missile"),
        ("A roadside bomb killed two soldiers.", "remote_explosive_landmine_ied"),
        ("Attackers threw a grenade into a shop.", "grenade"),
        ("Soldiers raped four women in the village.", "sexual_violence"),
        ("Gunmen massacred dozens of villagers.", "attack"),
        ("Gunmen abducted an aid worker on Monday.", "abduction_forced_disappearance"),
        ("Thousands of people protested against the government.", "peaceful_protest"),
        ("Police dispersed the protesters with tear gas.", "protest_with_intervention"),
        ("Soldiers opened fire on protesters in the capital.", "excessive_force_against_protesters"),
        ("Rioting broke out in the capital after the vote.", "violent_demonstration"),
        ("Villagers lynched a suspected thief.", "mob_violence"),
        ("The rebels and the government signed a ceasefire agreement.", "agreement"),
        ("Police arrested three suspected militants.", "arrests"),
        ("The army withdrew its troops from the province.", "change_to_group_activity"),
        ("Police defused a bomb outside the station.", "disrupted_weapons_use"),
        ("The rebels established a base in the mountains near the fighting.", "headquarters_or_base_established"),
        ("Soldiers looted shops in the town.", "looting_property_destruction"),
        ("The militia handed over the town to the army.", "non_violent_transfer_of_territory"),
        ("The army besieged the town for a month.", "other"),
        ("The civil war began in 2011.", "war"),
    ],
)
def test_every_type_is_found_in_a_plain_sentence(nlp: Language, text: str, type_: str) -> None:
    doc = nlp(text)
    assert type_ in {e.type for e in doc._.extraction.events}, doc._.extraction.events


@pytest.mark.parametrize(
    "text",
    [
        "The company fired its finance chief after the quarter's losses.",
        "Airline pilots began a strike over pay on Monday.",
        "The striker led the attack and his team won the match 3-0 in the league.",
        "He suffered a heart attack at his home.",
        "The senator is fighting corruption in her state.",
        "The two leaders exchanged gifts at the palace.",
        "The goalkeeper shot the ball over the bar in the final of the cup.",
        "The prices of shares exploded in the third quarter.",
        "An earthquake killed 40 people in the mountains.",
        "The committee blasted the plan as a waste of money.",
        "She captured the gold medal in the marathon.",
        "The bank launched a takeover bid for its rival.",
    ],
)
def test_words_of_other_worlds_are_no_events(nlp: Language, text: str) -> None:
    assert [e.trigger.text for e in nlp(text)._.extraction.events] == []


def test_a_users_file_adds_a_type_and_its_triggers(parsed: Callable[..., Doc], tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(
        json.dumps(
            {
                "types": {"piracy": {"class": "violence_against_civilians", "plover": ["ASSAULT"], "cameo": ["180"]}},
                "triggers": [["board", "VERB", "piracy", "event", "obj=ship"]],
            }
        )
    )
    lines = "Men 1 nsubj NOUN NNS man\nboarded 1 ROOT VERB VBD board\nthe 3 det DET DT\nship 1 obj NOUN NN ship"
    component = Triggers(ontology=str(path))
    assert [f.values["type"] for f in component.find(parsed(lines))] == ["piracy"]
    assert "armed_clash" in component.ontology.types
    assert Triggers().find(parsed(lines)) == []


def test_a_users_file_can_replace_the_shipped_lexicon(parsed: Callable[..., Doc], tmp_path: Path) -> None:
    path = tmp_path / "only.json"
    raw = {
        "replace": True,
        "types": {"raid": {"class": "battles"}},
        "triggers": [["shell", "VERB", "raid", "event", ""]],
    }
    path.write_text(json.dumps(raw))
    component = Triggers(ontology=str(path))
    assert [f.values["type"] for f in component.find(parsed(SHELLED_TOWN))] == ["raid"]
    assert component.find(parsed(OPENED_FIRE)) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["raid", "NOUN", "no_such_type", "event", ""], "no type 'no_such_type'"),
        (["raid", "NOUN", "armed_clash", "hero", ""], "role 'hero'"),
        ("raid", "neither an object nor a list"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: object, message: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"triggers": [row]}))
    with pytest.raises(ValueError, match=message):
        ontology.load(path)


def test_every_type_has_codes_and_a_cause() -> None:
    codes = ontology.codes()
    assert len(codes) == 26
    assert all(c["plover"] and c["cameo"] and c["cause"] and c["definition"] for c in codes.values())


def test_skipped_types_are_not_found(parsed: Callable[..., Doc]) -> None:
    assert Triggers(skip=["shelling_artillery_missile"]).find(parsed(SHELLED_TOWN)) == []


def test_mentions_are_plain_json_on_the_doc(parsed: Callable[..., Doc]) -> None:
    doc = Triggers()(parsed(OPENED_FIRE))
    [mention] = state.read(doc, state.TRIGGERS)
    assert json.loads(json.dumps(mention.values)) == mention.values
    assert mention.id == "t1"
