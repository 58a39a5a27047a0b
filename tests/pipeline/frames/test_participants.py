"""Who does it and who is hit, in constructions that parsers hang in different ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Span

from conflict_events.pipeline import state
from conflict_events.pipeline.triggers import Triggers

PAIR = """
A 1 det DET DT a
warden 3 nsubj:pass NOUN NN warden
was 3 aux:pass AUX VBD be
stabbed 3 ROOT VERB VBN stab
and 5 cc CCONJ CC and
killed 3 conj VERB VBN kill
by 7 case ADP IN by
raiders 5 obl:agent NOUN NNS raider
"""
SHARED_OBJECT = """
Raiders 1 nsubj NOUN NNS raider
stabbed 1 ROOT VERB VBD stab
and 3 cc CCONJ CC and
killed 1 conj VERB VBD kill
a 5 det DET DT a
warden 3 obj NOUN NN warden
"""
ON_VICTIMS = """
The 1 det DET DT the
abduction 6 nsubj NOUN NN abduction
of 3 case ADP IN of
nuns 1 nmod NOUN NNS nun
by 5 case ADP IN by
raiders 3 nmod NOUN NNS raider
shocked 6 ROOT VERB VBD shock
"""
OWNED = """
Raiders 2 nmod:poss NOUN NNS raider
' 0 case PART POS '
killing 5 nsubj NOUN NN killing
of 4 case ADP IN of
nuns 2 nmod NOUN NNS nun
shocked 5 ROOT VERB VBD shock
"""
HUNG_ABOVE = """
Police 1 nsubj NOUN NNS police
curbed 1 ROOT VERB VBD curb
attacks 1 obj NOUN NNS attack
Friday 1 obl PROPN NNP Friday
on 5 case ADP IN on
ferries 1 obl NOUN NNS ferry
"""
ON_A_DAY = """
On 1 case ADP IN on
Monday 3 obl PROPN NNP Monday
raiders 3 nsubj NOUN NNS raider
fired 3 ROOT VERB VBD fire
on 5 case ADP IN on
soldiers 3 obl NOUN NNS soldier
"""
SAID = """
Officials 1 nsubj NOUN NNS official
say 1 ROOT VERB VBP say
raiders 1 obj NOUN NNS raider
killed 2 acl VERB VBN kill
nuns 3 obj NOUN NNS nun
"""
AGAINST = """
The 1 det DET DT the
army 2 nsubj NOUN NN army
continued 2 ROOT VERB VBD continue
its 4 nmod:poss PRON PRP$ its
fight 2 obj NOUN NN fight
against 6 case ADP IN against
rebels 4 nmod NOUN NNS rebel
"""
SEIZED_THERE = """
Mourners 1 nsubj NOUN NNS mourner
buried 1 ROOT VERB VBD bury
nurses 1 obj NOUN NNS nurse
kidnapped 2 acl VERB VBD kidnap
near 6 case ADP IN near
the 6 det DET DT the
lake 3 obl NOUN NN lake
"""
AFTER = """
Raiders 1 nsubj NOUN NNS raider
robbed 1 ROOT VERB VBD rob
nurses 1 obj NOUN NNS nurse
after 4 mark SCONJ IN after
kidnapping 2 acl VERB VBG kidnap
guards 4 obj NOUN NNS guard
"""


def sides(doc: Doc, word: str, days: list[int]) -> tuple[list[str], list[str]]:
    """Doers and targets of the mention that ``word`` heads; ``days`` are tokens that tell a date."""
    doc.set_ents([Span(doc, k, k + 1, label="DATE") for k in days], default="unmodified")
    told = state.read(Triggers()(doc), state.TRIGGERS)
    [values] = [f.values for f in told if doc[f.values["head"]].text == word]
    return tuple([doc.text[a:b] for a, b in values[role]] for role in ("agents", "targets"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("lines", "word", "days", "expected"),
    [
        (PAIR, "stabbed", [], (["raiders"], ["warden"])),
        (SHARED_OBJECT, "stabbed", [], (["Raiders"], ["warden"])),
        (ON_VICTIMS, "abduction", [], (["raiders"], ["nuns"])),
        (OWNED, "killing", [], (["Raiders"], ["nuns"])),
        (HUNG_ABOVE, "attacks", [3], ([], ["ferries"])),
        (ON_A_DAY, "fired", [1], (["raiders"], ["soldiers"])),
        (SAID, "killed", [], (["raiders"], ["nuns"])),
        (SEIZED_THERE, "kidnapped", [], ([], ["nurses"])),
        (AFTER, "kidnapping", [], (["Raiders"], ["guards"])),
        (AGAINST, "fight", [], (["its", "rebels"], [])),
    ],
    ids=[
        "one doer of two passives",
        "one object of two verbs",
        "by-phrase on the victims",
        "the owner of a killing",
        "hung on the verb above, after a day",
        "on a day, on people",
        "a clause taken for the object of say",
        "a past form that tells of victims",
        "a clause of time hung on the object",
        "both sides of a fight",
    ],
)
def test_doers_and_targets_whatever_they_are_hung_on(
    parsed: Callable[..., Doc], lines: str, word: str, days: list[int], expected: tuple[list[str], list[str]]
) -> None:
    assert sides(parsed(lines), word, days) == expected
