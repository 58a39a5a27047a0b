"""What a small parser gets wrong around words of violence, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.frames import ontology
from conflict_events.pipeline.frames.repairs import repair
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.triggers import Triggers

PARTICIPLE = """
Northern 1 amod ADJ JJ northern
troops 1 ROOT NOUN NNS troop
shelled 3 amod VERB VBN shell
trenches 1 conj NOUN NNS trench
along 6 case ADP IN along
the 6 det DET DT the
ridge 1 obl NOUN NN ridge
"""
CONTROLLED = """
The 4 det DET DT the
rebel 4 compound NOUN NN rebel
held 4 amod VERB VBN hold
old 4 amod ADJ JJ old
quarter 4 ROOT NOUN NN quarter
"""
RUN_INTO_PLACE = """
Students 0 ROOT NOUN NNS student
in 4 case ADP IN in
Velmora 4 compound PROPN NNP Velmora
hurled 4 amod VERB VBN hurl
rocks 0 nmod NOUN NNS rock
"""
GERUND = """
Two 1 nummod NUM CD two
guards 3 nsubj:pass NOUN NNS guard
were 3 aux:pass AUX VBD be
killed 3 ROOT VERB VBN kill
in 5 mark SCONJ IN in
shelling 3 advcl VERB VBG shell
"""
SUBJECT = """
Rebel 2 nsubj NOUN NN rebel
shelling 0 acl VERB VBG shell
killed 2 ROOT VERB VBD kill
farmers 2 obj NOUN NNS farmer
"""
BY_HERDERS = """
Two 1 nummod NUM CD two
teachers 2 nsubj NOUN NNS teacher
kidnapped 2 ROOT VERB VBD kidnap
by 4 case ADP IN by
herders 2 obl NOUN NNS herder
"""


def test_a_main_verb_read_as_participle_gets_subject_and_object(parsed: Callable[..., Doc]) -> None:
    tree = repair(Tree(parsed(PARTICIPLE)), ontology.shipped())
    assert (tree.role[2], tree.subject(2), tree.child(2, "obj")) == ("root", 1, 3)
    assert tree.head[6] == 2


def test_a_participle_that_describes_stays_one(parsed: Callable[..., Doc]) -> None:
    tree = repair(Tree(parsed(CONTROLLED)), ontology.shipped())
    assert (tree.role[2], tree.head[2]) == ("amod", 4)


def test_a_place_run_into_the_object_hangs_on_the_noun_before_it(parsed: Callable[..., Doc]) -> None:
    tree = repair(Tree(parsed(RUN_INTO_PLACE)), ontology.shipped())
    assert (tree.subject(3), tree.head[2], tree.preposition(2)) == (0, 0, "in")


def test_a_gerund_behind_a_preposition_is_a_noun(parsed: Callable[..., Doc]) -> None:
    tree = repair(Tree(parsed(GERUND)), ontology.shipped())
    assert (tree.pos[5], tree.role[5], tree.preposition(5)) == ("NOUN", "obl", "in")


def test_who_does_it_stands_behind_by_though_the_verb_looks_active(parsed: Callable[..., Doc]) -> None:
    doc = parsed(BY_HERDERS)
    [found] = Triggers().find(doc)
    assert [doc.text[a:b] for a, b in found.values["agents"]] == ["herders"]
    assert [doc.text[a:b] for a, b in found.values["targets"]] == ["Two teachers"]


@pytest.mark.parametrize(
    ("label", "name", "agents"),
    [
        pytest.param("ORG", "Dorashka", [], id="a lone unknown name is a place"),
        pytest.param("ORG", "PKK", ["PKK"], id="an abbreviation is a body"),
        pytest.param("NORP", "Maoist", ["Maoist"], id="a people or a creed"),
        pytest.param("GPE", "US", ["US"], id="a state in short"),
    ],
)
def test_a_name_before_an_act_is_its_doer_only_where_it_can_be(
    parsed: Callable[..., Doc], label: str, name: str, agents: list[str]
) -> None:
    doc = parsed(
        f"The 2 det DET DT the\n{name} 2 compound PROPN NNP {name}\nattack 3 nsubj NOUN NN attack\n"
        "killed 3 ROOT VERB VBD kill\nvillagers 3 obj NOUN NNS villager\n"
    )
    doc.set_ents([doc.char_span(4, 4 + len(name), label=label)])
    state.write(doc, state.PLACES, [])
    first = Triggers().find(doc)[0]
    assert [doc.text[a:b] for a, b in first.values["agents"]] == agents


def test_a_gerund_between_its_doer_and_what_it_did_is_the_subject(parsed: Callable[..., Doc]) -> None:
    tree = repair(Tree(parsed(SUBJECT)), ontology.shipped())
    assert (tree.pos[1], tree.subject(2), tree.head[0]) == ("NOUN", 1, 1)
