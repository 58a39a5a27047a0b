"""News of other worlds (sport, trade, arts, accidents, nature) gives no events; conflict beside such words does."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

HERE = Path(__file__).parent
TEXTS = [
    line
    for name in ("nonconflict.txt", "nonconflict_more.txt", "nonconflict_third.txt")
    for line in (HERE / name).read_text("utf-8").splitlines()
]
ALLOWED = 0.03


def test_texts_of_other_worlds_give_hardly_any_event(nlp: Language) -> None:
    wrong = [doc.text for doc in nlp.pipe(TEXTS) if doc._.extraction.events]
    assert len(wrong) < ALLOWED * len(TEXTS), wrong


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a football stadium in Kano on Sunday, killing three players.",
        "A bomb exploded outside a cinema in Peshawar that was showing a film about the war.",
        "The match was abandoned after a suicide bomber blew himself up near the stadium.",
        "Soldiers shot dead a novelist at a checkpoint in Aleppo.",
        "Rebels killed a hunter and his dog in the forest near Beni.",
        "Nine passengers were killed when gunmen fired on a bus near Quetta.",
        "The choir was attacked by gunmen after it had sung in the square.",
        "The rebels invaded the market square at noon and fired at the shoppers.",
    ],
    ids=["stadium", "cinema", "match", "novelist", "hunter", "bus", "choir", "square"],
)
def test_conflict_beside_words_of_other_worlds_is_found(nlp: Language, text: str) -> None:
    assert nlp(text)._.extraction.events
