"""Sources read off hand-built parses: who speaks, at which cue, over what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.sources import Source, find_sources
from conflict_events.pipeline.syntax import Tree

CLAUSE = """
Rescuers 1 nsubj NOUN NNS rescuer
said 1 ROOT VERB VBD say
four 3 nummod NUM CD
miners 4 nsubj NOUN NNS miner
died 1 ccomp VERB VBD die
"""
ASIDE = """
Four 1 nummod NUM CD
miners 2 nsubj NOUN NNS miner
died 2 ROOT VERB VBD die
, 6 punct PUNCT ,
the 5 det DET DT
mayor 6 nsubj NOUN NN mayor
said 2 parataxis VERB VBD say
"""
ACCORDING = """
Four 1 nummod NUM CD
miners 2 nsubj NOUN NNS miner
died 2 ROOT VERB VBD die
according 6 case VERB VBG accord
to 3 fixed ADP IN
the 6 det DET DT
mayor 2 obl NOUN NN mayor
"""
RELAY = """
Sputnik 1 nsubj PROPN NNP
quoted 1 ROOT VERB VBD quote
a 3 det DET DT
medic 1 obj NOUN NN medic
as 5 mark ADP IN
saying 1 advcl VERB VBG say
four 7 nsubj NUM CD
died 5 ccomp VERB VBD die
"""
PASSIVE = """
Four 1 nummod NUM CD
miners 3 nsubj:pass NOUN NNS miner
were 3 aux:pass AUX VBD be
reported 3 ROOT VERB VBN report
killed 3 xcomp VERB VBN kill
"""
HEADLINE = """
Police 3 dep NOUN NN police
: 3 punct PUNCT :
four 3 nsubj NUM CD
dead 3 ROOT ADJ JJ
"""
WEEKDAY = """
The 1 det DET DT
mayor 3 nmod NOUN NN mayor
Friday 3 nsubj PROPN NNP
said 3 ROOT VERB VBD say
four 5 nsubj NUM CD
died 3 ccomp VERB VBD die
"""
NO_COMMAS = """
Four 1 nummod NUM CD
miners 5 nsubj NOUN NNS miner
died 5 ccomp VERB VBD die
the 4 det DET DT
ministry 2 obj NOUN NN ministry
said 5 ROOT VERB VBD say
"""
RESPONSIBILITY = """
Rebels 1 nsubj NOUN NNS rebel
claimed 1 ROOT VERB VBD claim
responsibility 1 obj NOUN NN responsibility
"""
CLEAR_LABELS = """
Rescuers 1 nsubj NOUN NNS rescuer
said 1 ROOT VERB VBD say
miners 4 nsubjpass NOUN NNS miner
were 4 auxpass AUX VBD be
killed 1 ccomp VERB VBN kill
"""


def sources(doc: Doc) -> list[Source]:
    tree = Tree(doc)
    return find_sources(tree, Layout.of(tree))


@pytest.mark.parametrize(
    ("lines", "speaker", "kind"),
    [
        pytest.param(CLAUSE, "Rescuers", "clause", id="verb-with-clause"),
        pytest.param(ASIDE, "the mayor", "aside", id="said-after-the-news"),
        pytest.param(ACCORDING, "the mayor", "according", id="according-to"),
        pytest.param(RELAY, "a medic", "quoted", id="quoted-as-saying"),
        pytest.param(HEADLINE, "Police", "colon", id="headline-colon"),
        pytest.param(WEEKDAY, "mayor", "clause", id="weekday-is-no-speaker"),
        pytest.param(NO_COMMAS, "the ministry", "clause", id="lost-comma"),
        pytest.param(CLEAR_LABELS, "Rescuers", "clause", id="labels-of-other-pipelines"),
    ],
)
def test_source_is_found_with_its_speaker(parsed: Callable[..., Doc], lines: str, speaker: str, kind: str) -> None:
    doc = parsed(lines)
    [found] = sources(doc)
    assert found.kind == kind
    assert doc[found.start : found.end].text.endswith(speaker)


def test_source_vouches_for_the_subtree_of_its_clause(parsed: Callable[..., Doc]) -> None:
    doc = parsed(CLAUSE)
    [found] = sources(doc)
    assert [doc[k].text for k in found.content] == ["died"]


def test_relay_is_kept_beside_the_source_that_vouches(parsed: Callable[..., Doc]) -> None:
    doc = parsed(RELAY)
    [found] = sources(doc)
    assert [doc[a:b].text for a, b in found.via] == ["Sputnik"]


@pytest.mark.parametrize(
    "lines",
    [pytest.param(PASSIVE, id="passive-without-agent"), pytest.param(RESPONSIBILITY, id="claimed-responsibility")],
)
def test_no_source_where_nobody_reports(parsed: Callable[..., Doc], lines: str) -> None:
    assert sources(parsed(lines)) == []
