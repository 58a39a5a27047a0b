"""Threats, plans and possibilities against facts, on hand-built parses; the word in capitals is the target."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from conflict_events.pipeline.attribution.modality import is_hypothetical, is_negated
from conflict_events.pipeline.attribution.targets import Target
from conflict_events.pipeline.syntax import Tree

MODAL = """
Shells 2 nsubj NOUN NNS shell
could 2 aux AUX MD could
KILL 2 ROOT VERB VB kill
dozens 2 obj NOUN NNS dozen
"""
THREAT = """
They 1 nsubj PRON PRP
threatened 1 ROOT VERB VBD threaten
to 3 mark PART TO
KILL 1 xcomp VERB VB kill
hostages 3 obj NOUN NNS hostage
"""
CONDITION = """
If 2 mark SCONJ IN
they 2 nsubj PRON PRP
ATTACK 4 advcl VERB VBP attack
we 4 nsubj PRON PRP
leave 4 ROOT VERB VBP leave
"""
FEARED_NOUN = """
Fears 3 nsubj NOUN NNS fear
of 2 case ADP IN
ATTACKS 0 nmod NOUN NNS attack
grew 3 ROOT VERB VBD grow
"""
CARRY_OUT = """
They 1 nsubj PRON PRP
plan 1 ROOT VERB VBP plan
to 3 mark PART TO
launch 1 xcomp VERB VB launch
RAIDS 3 obj NOUN NNS raid
"""
SERIES = """
They 1 nsubj PRON PRP
planned 1 ROOT VERB VBD plan
a 3 det DET DT
series 1 obj NOUN NN series
of 5 case ADP IN
ATTACKS 3 nmod NOUN NNS attack
"""
FACT = """
Shells 1 nsubj NOUN NNS shell
KILLED 1 ROOT VERB VBD kill
dozens 1 obj NOUN NNS dozen
"""
FORCED = """
Shells 1 nsubj NOUN NNS shell
forced 1 ROOT VERB VBD force
hundreds 1 obj NOUN NNS hundred
to 4 mark PART TO
FLEE 1 xcomp VERB VB flee
"""
PROTEST = """
Crowds 1 nsubj NOUN NNS crowd
met 1 ROOT VERB VBD meet
to 3 mark PART TO
protest 1 advcl VERB VB protest
the 5 det DET DT
KILLING 3 obj NOUN NN killing
"""
CAPTIVE = """
They 1 nsubj PRON PRP
vowed 1 ROOT VERB VBD vow
to 3 mark PART TO
free 1 xcomp VERB VB free
the 6 det DET DT
KIDNAPPED 6 amod VERB VBN kidnap
nurse 3 obj NOUN NN nurse
"""
NOT_ATTACKED = """
Troops 3 nsubj NOUN NNS troop
did 3 aux AUX VBD do
not 3 advmod PART RB
ATTACK 3 ROOT VERB VB attack
"""
NO_CLASHES = """
No 1 det DET DT
CLASHES 2 nsubj NOUN NNS clash
occurred 2 ROOT VERB VBD occur
"""


def target(doc: Doc) -> tuple[Tree, Target]:
    tree = Tree(doc)
    anchor = next(i for i, word in enumerate(tree.text) if len(word) > 1 and word.isupper())
    return tree, Target(tree, "t1", False, anchor, (anchor, anchor + 1), None, "attack")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(MODAL, id="modal"),
        pytest.param(THREAT, id="threatened-to"),
        pytest.param(CONDITION, id="if"),
        pytest.param(FEARED_NOUN, id="fears-of"),
        pytest.param(CARRY_OUT, id="plan-to-launch"),
        pytest.param(SERIES, id="planned-a-series-of"),
    ],
)
def test_unreal_clause_is_hypothetical(parsed: Callable[..., Doc], lines: str) -> None:
    assert is_hypothetical(*target(parsed(lines)))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(FACT, id="past-tense"),
        pytest.param(FORCED, id="forced-to-flee-happened"),
        pytest.param(PROTEST, id="protest-presupposes-the-killing"),
        pytest.param(CAPTIVE, id="the-kidnapped-nurse-was-kidnapped"),
        pytest.param(NOT_ATTACKED, id="negation-is-no-hypothesis"),
    ],
)
def test_told_fact_is_not_hypothetical(parsed: Callable[..., Doc], lines: str) -> None:
    assert not is_hypothetical(*target(parsed(lines)))


@pytest.mark.parametrize("lines", [NOT_ATTACKED, NO_CLASHES], ids=["did-not", "no"])
def test_negated_event_is_negated(parsed: Callable[..., Doc], lines: str) -> None:
    assert is_negated(*target(parsed(lines)))


@pytest.mark.parametrize("lines", [FACT, THREAT, PROTEST], ids=["fact", "threat", "protest"])
def test_told_event_is_not_negated(parsed: Callable[..., Doc], lines: str) -> None:
    assert not is_negated(*target(parsed(lines)))
