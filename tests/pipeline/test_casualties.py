"""Casualty figures: who is counted by which trigger, how many, of what kind and side."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from conflict_events.pipeline import state
from conflict_events.pipeline.casualties import Casualties, casualty_score
from conflict_events.pipeline.figures.lexicon import noun_class, people_class
from conflict_events.pipeline.figures.mentions import counted_mentions
from conflict_events.pipeline.figures.pairs import pairs_of, passages
from conflict_events.pipeline.figures.roles import roles
from conflict_events.pipeline.figures.triggers import triggers
from conflict_events.pipeline.syntax import Tree

Parsed = Callable[..., Doc]

ACTIVE = """
Rebels 1 nsubj NOUN NNS
killed 1 root VERB VBD
two 3 nummod NUM CD
soldiers 1 obj NOUN NNS
and 5 cc CCONJ CC
wounded 1 conj VERB VBD
five 5 obj NUM CD
. 1 punct PUNCT .
"""
ACTIVE_CLEAR = """
Rebels 1 nsubj NOUN NNS
killed 1 ROOT VERB VBD
two 3 nummod NUM CD
soldiers 1 dobj NOUN NNS
and 1 cc CCONJ CC
wounded 1 conj VERB VBD
five 5 dobj NUM CD
. 1 punct PUNCT .
"""
PASSIVE = """
Three 1 nummod NUM CD
farmers 3 nsubj:pass NOUN NNS
were 3 aux:pass AUX VBD
killed 3 root VERB VBN
by 5 case ADP IN
shelling 3 obl NOUN NN
. 3 punct PUNCT .
"""
PASSIVE_CLEAR = """
Three 1 nummod NUM CD
farmers 3 nsubjpass NOUN NNS
were 3 auxpass AUX VBD
killed 3 ROOT VERB VBN
by 3 agent ADP IN
shelling 4 pobj NOUN NN
. 3 punct PUNCT .
"""
NOMINAL = """
The 1 det DET DT
deaths 6 nsubj NOUN NNS
of 4 case ADP IN
nine 4 nummod NUM CD
miners 1 nmod NOUN NNS
have 6 aux AUX VBP
shocked 6 root VERB VBN
Goma 6 obj PROPN NNP
. 6 punct PUNCT .
"""
PARTITIVE = """
Chad 1 nsubj PROPN NNP
lost 1 root VERB VBD
at 3 case ADP IN
least 4 nmod ADJ JJS
four 1 obj NUM CD
of 7 case ADP IN
its 7 nmod:poss PRON PRP$
soldiers 4 nmod NOUN NNS
. 1 punct PUNCT .
"""


def linked(doc: Doc) -> set[tuple[str, str, str]]:
    """(trigger, head of the victims, rule) of every pair that a rule joins."""
    tree = Tree(doc)
    return {
        (doc[t.i].text, doc[head].text, rule)
        for t in triggers(tree, 0, len(doc))
        for head, rule in roles(tree, t)
        if rule not in ("noun_before", "noun_after", "noun_before_auxiliary", "self")
    }


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        pytest.param(ACTIVE, {("killed", "soldiers", "object"), ("wounded", "five", "object")}, id="active, UD"),
        pytest.param(
            ACTIVE_CLEAR, {("killed", "soldiers", "object"), ("wounded", "five", "object")}, id="active, CLEAR"
        ),
        pytest.param(PASSIVE, {("killed", "farmers", "passive_subject")}, id="passive, UD"),
        pytest.param(PASSIVE_CLEAR, {("killed", "farmers", "passive_subject")}, id="passive, CLEAR"),
        pytest.param(NOMINAL, {("deaths", "miners", "nominal_of")}, id="nominal"),
        pytest.param(PARTITIVE, {("lost", "four", "lost")}, id="possession"),
    ],
)
def test_roles_find_the_victims_in_either_label_scheme(
    parsed: Parsed, parse: str, expected: set[tuple[str, str, str]]
) -> None:
    assert linked(parsed(parse)) == expected


def test_mention_of_a_partitive_holds_count_and_noun(parsed: Parsed) -> None:
    doc = parsed(PARTITIVE)
    (mention,) = counted_mentions(Tree(doc), 0, len(doc))
    assert doc[mention.start : mention.count_end].text == "at least four"
    assert mention.noun == 7
    assert mention.head == 4
    assert (mention.quantity.value, mention.quantity.low, mention.quantity.high) == (4, 4, None)


def test_pairs_need_a_trigger(parsed: Parsed) -> None:
    doc = parsed("Two 1 nummod NUM CD\nenvoys 2 nsubj NOUN NNS\nspoke 2 root VERB VBD\n. 2 punct PUNCT .")
    assert pairs_of(Tree(doc), 0, len(doc)) == []


def test_passages_join_sentences_that_no_punctuation_parts(parsed: Parsed) -> None:
    doc = parsed(
        "Officials 1 nsubj NOUN NNS\nsay 1 root VERB VBP\none 4 nummod NUM CD\nMarine 4 root PROPN NNP\n. 4 punct PUNCT .\n"
        "He 6 nsubj PRON PRP\nslept 6 root VERB VBD",
        sent_starts=[True, False, True, False, False, True, False],
    )
    assert passages(Tree(doc)) == [(0, 5), (5, 7)]


def test_classes_of_nouns() -> None:
    assert people_class("policemen") == "combatant"
    assert people_class("schoolchildren") == "civilian"
    assert people_class("others") == "unknown"
    assert noun_class("convoy", "") == "thing"
    assert noun_class("Ugandans", "") == "demonym"


def test_component_without_a_parse_finds_nothing(vocab: Any) -> None:
    doc = Casualties()(Doc(vocab, words=["Two", "soldiers", "died"]))
    assert state.read(doc, state.CASUALTIES) == []


def test_component_restores_itself_from_disk_and_bytes(tmp_path: Any, parsed: Parsed) -> None:
    first = Casualties(accept=0.3)
    first.to_disk(tmp_path / "casualties")
    for again in (Casualties().from_disk(tmp_path / "casualties"), Casualties().from_bytes(first.to_bytes())):
        assert again.accept == 0.3
        assert again.predict_one(parsed(ACTIVE)) == first.predict_one(parsed(ACTIVE))


def test_acceptance_is_configuration(parsed: Parsed) -> None:
    blank = spacy.blank("en")
    component = blank.add_pipe("conflict_casualties", config={"accept": 0.9999})
    assert component.accept == 0.9999
    assert len(Casualties(accept=0.9999).predict_one(parsed(NOMINAL))) <= len(
        Casualties(accept=0.1).predict_one(parsed(NOMINAL))
    )


def test_scorer_counts_matches_and_right_figures(parsed: Parsed) -> None:
    gold, found = parsed(ACTIVE), parsed(ACTIVE)
    two = {"value": 2, "low": 2, "high": 2}
    state.write(
        gold, state.CASUALTIES, [state.Found(2, 3, "killed", "f1", two), state.Found(6, 7, "injured", "f2", two)]
    )
    state.write(
        found, state.CASUALTIES, [state.Found(2, 3, "killed", "f1", two), state.Found(6, 7, "killed", "f2", two)]
    )
    scores = casualty_score([Example(found, gold)])
    assert scores["casualties_p"] == scores["casualties_r"] == scores["casualties_figure_f"] == pytest.approx(0.5)


def figures(nlp: Language, text: str) -> list[tuple[str, str, int | None, int | None, int | None]]:
    """(words, outcome, value, low, high) of each figure of ``text``."""
    doc = nlp(text)
    return [
        (doc[f.start : f.end].text, f.label, f.values["value"], f.values["low"], f.values["high"])
        for f in state.read(doc, state.CASUALTIES)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Rebels killed two soldiers and wounded five.",
            [("two", "killed", 2, 2, 2), ("five", "injured", 5, 5, 5)],
            id="active, coordination",
        ),
        pytest.param(
            "3 May 2014 Dozens of farmers were killed.",
            [("Dozens of", "killed", None, 24, None)],
            id="headline after its date",
        ),
        pytest.param(
            "5 May 2014 Seven people killed 9 injured in blast.",
            [("Seven", "killed", 7, 7, 7), ("9", "injured", 9, 9, 9)],
            id="headline without a comma",
        ),
        pytest.param(
            "The raid ended in the killing or wounding of several guards.",
            [("several", "casualties", None, 3, None)],
            id="nouns in a row",
        ),
        pytest.param(
            "Nine drivers died and six others, including a Swedish nurse, were hurt.",
            [("Nine", "killed", 9, 9, 9), ("six", "injured", 6, 6, 6), ("a", "injured", 1, 1, 1)],
            id="part in a parenthesis before the verb",
        ),
        pytest.param(
            "At least two dozen people were wounded by the blast.",
            [("At least two dozen", "injured", 24, 24, None)],
            id="passive",
        ),
        pytest.param(
            "Thirty-one soldiers and four civilians were killed in the raid.",
            [("Thirty-one", "killed", 31, 31, 31), ("four", "killed", 4, 4, 4)],
            id="two kinds, two figures",
        ),
        pytest.param("The killing of three teachers shocked the town.", [("three", "killed", 3, 3, 3)], id="nominal"),
        pytest.param(
            "The siege claimed the lives of some 40 people.", [("some 40", "killed", 40, None, None)], id="light verb"
        ),
        pytest.param("The strike left 12 people dead.", [("12", "killed", 12, 12, 12)], id="resultative"),
        pytest.param(
            "Eritrea said it had lost 40 of its soldiers in the fighting.",
            [("40", "killed", 40, 40, 40)],
            id="possession",
        ),
        pytest.param("The army said it had lost 31 in the battle.", [("31", "killed", 31, 31, 31)], id="ellipsis"),
        pytest.param(
            "3 dead, 5 hurt in market blast", [("3", "killed", 3, 3, 3), ("5", "injured", 5, 5, 5)], id="headline"
        ),
        pytest.param("The death toll rose to 57 on Friday.", [("57", "killed", 57, 57, 57)], id="death toll"),
        pytest.param("Gunmen who killed two guards fled.", [("two", "killed", 2, 2, 2)], id="relative clause, active"),
        pytest.param(
            "The bomb killed or wounded 28 recruits.", [("28", "casualties", 28, 28, 28)], id="killed or wounded"
        ),
        pytest.param("No one was hurt in the explosion.", [("No one", "injured", 0, 0, 0)], id="nobody"),
        pytest.param("Soldiers were killed in the ambush.", [("Soldiers", "killed", None, 2, None)], id="no quantity"),
        pytest.param(
            "Militants kidnapped 17 students near the school.", [("17", "captured", 17, 17, 17)], id="kidnapped"
        ),
        pytest.param(
            "The fighting has displaced more than 70,000 people.",
            [("more than 70,000", "displaced", 70000, 70001, None)],
            id="displaced",
        ),
        pytest.param("Nine miners are missing after the attack.", [("Nine", "missing", 9, 9, 9)], id="missing"),
        pytest.param(
            "Peru lost 40 soldiers and Chile 52 in the war.",
            [("40", "killed", 40, 40, 40), ("52", "killed", 52, 52, 52)],
            id="verb told once for two sides",
        ),
        pytest.param(
            "Of the 20 dead, 12 were guards and eight drivers.",
            [("20", "killed", 20, 20, 20), ("12", "killed", 12, 12, 12), ("eight", "killed", 8, 8, 8)],
            id="parts of the dead",
        ),
        pytest.param(
            "The brigade suffered 800 casualties, 250 of them dead.",
            [("800", "casualties", 800, 800, 800), ("250", "killed", 250, 250, 250)],
            id="the dead among casualties",
        ),
        pytest.param("A conscript lost an eye in the blast.", [("A", "injured", 1, 1, 1)], id="lost an eye"),
        pytest.param("Nine of the hostages escaped on Monday.", [("Nine", "captured", 9, 9, 9)], id="escaped captives"),
        pytest.param(
            "Doctors treated 15 people for gunshot wounds.", [("15", "injured", 15, 15, 15)], id="treated for wounds"
        ),
        pytest.param("Six constables were hit by bricks.", [("Six", "injured", 6, 6, 6)], id="hit by bricks"),
        pytest.param("The hill was taken at a cost of 45 men.", [("45", "killed", 45, 45, 45)], id="at a cost of"),
        pytest.param(
            "The storm left about 700 without shelter.",
            [("about 700", "displaced", 700, None, None)],
            id="without shelter",
        ),
        pytest.param(
            "The shelling left dozens dead or wounded.",
            [("dozens", "casualties", None, 24, None)],
            id="dead or wounded",
        ),
        pytest.param("Bandits hacked nine farmers to death.", [("nine", "killed", 9, 9, 9)], id="done to death"),
        pytest.param("Four porters were shot at close range.", [("Four", "casualties", 4, 4, 4)], id="shot from near"),
        pytest.param("Two scouts were lost in the battle.", [("Two", "killed", 2, 2, 2)], id="were lost"),
        pytest.param("Rebels slit the throats of six shepherds.", [("six", "killed", 6, 6, 6)], id="throats"),
        pytest.param(
            "With that the number of guards killed has reached five.",
            [("five", "killed", 5, 5, 5)],
            id="number of killed",
        ),
        pytest.param(
            "KIGALI, May 3 - Three soldiers died on Monday.", [("Three", "killed", 3, 3, 3)], id="after a dateline"
        ),
        pytest.param("The Chadian army put its dead at 12.", [("12", "killed", 12, 12, 12)], id="put its dead at"),
        pytest.param("Gunmen rounded up 30 villagers.", [("30", "captured", 30, 30, 30)], id="rounded up"),
    ],
)
def test_constructions_give_their_figures(nlp: Language, text: str, expected: list[tuple[object, ...]]) -> None:
    assert figures(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("About 2,000 peacekeepers are stationed along the border.", id="troop strength"),
        pytest.param("The general, 58, spoke to reporters in March 2021.", id="age and date"),
        pytest.param("The ministry spent 40 million dollars on 300 vehicles.", id="money and vehicles"),
        pytest.param("Some 95 percent of the people voted for independence.", id="share"),
        pytest.param("The rocket flew 70 kilometres and fell into the sea.", id="distance"),
        pytest.param("The army captured 15 villages and two bridges.", id="captured places"),
        pytest.param("The army captured Karameh District on Sunday.", id="captured district"),
        pytest.param("The home side won 3-1 in front of 20,000 fans.", id="sport"),
        pytest.param("The Rovers lost 4-1 in front of 30,000 people.", id="a match lost"),
        pytest.param("Kidnappers of the envoy released a video.", id="a video released"),
        pytest.param("Talks between the two presidents lasted four hours.", id="time"),
        pytest.param("The bank put its losses at 40 million francs.", id="losses of money"),
        pytest.param("The judge sentenced three men to death.", id="a death sentence"),
        pytest.param("The champion wiped out a lead of 12 points.", id="wiped out a lead"),
        pytest.param("Guards let nine tourists go into the palace.", id="let go in"),
        pytest.param("The mayor left his home at six.", id="left his home"),
    ],
)
def test_other_numbers_are_no_figures(nlp: Language, text: str) -> None:
    assert figures(nlp, text) == []


@pytest.mark.parametrize(
    ("text", "kind", "side"),
    [
        pytest.param("Two Malian soldiers were killed.", "combatant", "Malian", id="side by its adjective"),
        pytest.param("Three children were killed.", "civilian", None, id="children"),
        pytest.param("Four people were killed.", "unknown", None, id="people"),
        pytest.param("The Chad army said five of its soldiers were killed.", "combatant", "Chad", id="its soldiers"),
        pytest.param("Six insurgents were killed.", "combatant", "insurgents", id="side by the noun"),
    ],
)
def test_victims_have_a_kind_and_a_side(nlp: Language, text: str, kind: str, side: str | None) -> None:
    doc = nlp(text)
    (figure,) = state.read(doc, state.CASUALTIES)
    chars = figure.values["side"]
    assert figure.values["victims"]["kind"] == kind
    assert (doc.text[chars[0] : chars[1]] if chars else None) == side


@pytest.mark.parametrize(
    ("text", "wholes", "kind"),
    [
        pytest.param("Shells killed 24 people, including two nurses.", [None, "f1"], "civilian", id="including"),
        pytest.param("Eleven people, four of them children, were killed.", [None, "f1"], "civilian", id="of them"),
        pytest.param("Shells killed 24 people, among them two guards.", [None, "f1"], "combatant", id="among them"),
        pytest.param(
            "Of the 14 people killed, five were civilians.", [None, "f1"], "civilian", id="of the killed, some were"
        ),
        pytest.param(
            "Six villagers and two soldiers were killed.", [None, None], "combatant", id="two groups, no part"
        ),
    ],
)
def test_parts_point_to_their_whole(nlp: Language, text: str, wholes: list[str | None], kind: str) -> None:
    found = state.read(nlp(text), state.CASUALTIES)
    assert [f.values["subset_of"] for f in found] == wholes
    assert found[-1].values["victims"]["kind"] == kind


def test_repeated_statement_points_to_the_first(nlp: Language) -> None:
    text = "A mine killed 14 miners near Goma.\n\nThe 14 miners were killed on their way to work, police said."
    found = state.read(nlp(text), state.CASUALTIES)
    assert [f.values["same_as"] for f in found] == [None, "f1"]


def test_every_value_has_its_evidence_and_its_reason(nlp: Language) -> None:
    text = "Kyiv said 12 of its soldiers were killed. Some 40 villagers fled 😀 the shelling; no one was hurt."
    doc = nlp(text)
    for f in state.read(doc, state.CASUALTIES):
        v = f.values
        json.dumps(v)
        for start, end in filter(None, (v["trigger"], v["victims"]["span"], v["side"])):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
        assert 0 <= v["confidence"] <= 1
        assert v["why"]["rule"]
        assert v["why"]["reasons"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Peru's defence ministry said two conscripts were killed when Chilean troops shelled a post.", "Peru"),
        ("Peru's defence ministry said two conscripts were killed when gunmen raided a post.", None),
        ("Turkish officials say Kurdish rebels killed two soldiers.", None),
    ],
    ids=["other-state", "nobody's", "no-state"],
)
def test_soldiers_of_no_side_are_the_speakers_against_another_state(nlp: Language, text: str, side: str | None) -> None:
    found = state.read(nlp(text), state.CASUALTIES)[0].values["side"]
    assert (text[slice(*found)] if found else None) == side


def test_one_endless_sentence_is_read_in_linear_time(vocab: Any) -> None:
    n = 4000
    words = ["Shells", "killed", "two", "soldiers", "and"] * n
    heads = [i + d for i in range(0, 5 * n, 5) for d in (1, 1, 3, 1, 1)]
    tags = ["NNS", "VBD", "CD", "NNS", "CC"] * n
    doc = Doc(
        vocab,
        words=words,
        heads=heads,
        deps=["nsubj", "ROOT", "nummod", "obj", "cc"] * n,
        tags=tags,
        pos=["NOUN", "VERB", "NUM", "NOUN", "CCONJ"] * n,
        sent_starts=[True] + [False] * (5 * n - 1),
    )
    started = time.process_time()
    found = Casualties().predict_one(doc)
    assert len(found) == n
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "text",
    [
        "Rockets struck Zaliv on Friday, wounding six people, the mayor, Ana Ruiz, said.",
        "An explosion in Herat killed six people, a provincial official, Karim Noori, said.",
    ],
    ids=["office-and-name", "indefinite-office"],
)
def test_speaker_behind_the_sentence_is_no_victim(nlp: Language, text: str) -> None:
    assert [f.value for f in nlp(text)._.extraction.casualties] == [6]


def test_people_described_behind_their_number_are_parts_of_it(nlp: Language) -> None:
    whole, *parts = nlp(
        "Two more people, a teacher and her son, died in the shelling of Tasna."
    )._.extraction.casualties
    assert whole.value == 2
    assert {p.subset_of for p in parts} <= {whole.id}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A gunman killed two men, both over 70, in the village.", [(2, "killed")], id="of both"),
        pytest.param("The blast killed a woman over 70 and hurt a boy.", [(1, "killed"), (1, "injured")], id="of one"),
        pytest.param("The blast killed over 70 people.", [(70, "killed")], id="a count"),
        pytest.param("The rebels said they had shot dead six guards.", [(6, "killed")], id="doers are no victims"),
    ],
)
def test_ages_and_doers_are_not_counted(nlp: Language, text: str, expected: list[tuple[int, str]]) -> None:
    assert [(f.value, f.outcome) for f in nlp(text)._.extraction.casualties] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Soldiers raided the camp, killing 33 people. Twenty gunmen were among the dead.", id="the dead"),
        pytest.param("The shelling killed 33 people. Among the dead were 20 children.", id="among the dead"),
    ],
)
def test_parts_find_their_whole_in_the_sentence_before(nlp: Language, text: str) -> None:
    whole, part = nlp(text)._.extraction.casualties
    assert (part.value, part.subset_of) == (20, whole.id)


def test_losses_are_of_the_army_that_counts_its_own(nlp: Language) -> None:
    [figure] = nlp(
        "The two sides fought around Shusha on Friday. The army put its losses at 40."
    )._.extraction.casualties
    assert figure.side is not None
    assert figure.side.span.text == "army"


def test_bodies_of_the_kidnapped_are_two_figures(nlp: Language) -> None:
    text = "Police found the bodies of four traders kidnapped by gunmen in Zaria."
    assert sorted((f.value, f.outcome) for f in nlp(text)._.extraction.casualties) == [(4, "captured"), (4, "killed")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Gunmen wounded 39 people near the house of another lawyer.", id="another"),
        pytest.param("The fire wounded 39 people, aged between 20 and over 70.", id="ages"),
    ],
)
def test_people_and_numbers_told_beside_the_victims_are_not_counted(nlp: Language, text: str) -> None:
    assert [f.value for f in nlp(text)._.extraction.casualties] == [39]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("A raid killed 33 people. Nine nurses were among those killed.", ["Nine"], id="those killed"),
        pytest.param(
            "A raid killed 33 people. Drummers and police officers were among the dead.",
            ["Drummers", "police officers"],
            id="uncounted",
        ),
    ],
)
def test_those_told_to_be_among_the_dead_are_part_of_the_toll(nlp: Language, text: str, parts: list[str]) -> None:
    whole, *others = nlp(text)._.extraction.casualties
    assert [(f.span.text, f.subset_of) for f in others] == [(part, whole.id) for part in parts]
