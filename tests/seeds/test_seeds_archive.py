"""The seeds added to an archive one report at a time, in every order: the incidents, copies and tolls of all at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from spacy.language import Language

from conflict_events import EventGraph, Report, extract
from conflict_events.records import Extraction
from conflict_events.store import Archive
from tests.seeds.test_seeds_linked import PUBLISHED


@pytest.fixture(scope="module", params=["undated", "dated"])
def extractions(request: pytest.FixtureRequest, nlp: Language, seeds: Path) -> list[Extraction]:
    reports = [Report(text=p.read_text(encoding="utf-8"), id=p.stem) for p in sorted(seeds.glob("*.txt"))]
    if request.param == "dated":
        reports = [replace(r, published=PUBLISHED[str(r.id)]) for r in reports]
    return list(extract(reports, nlp=nlp))


def test_seeds_one_by_one_in_any_order_are_the_seeds_at_once(extractions: list[Extraction]) -> None:
    whole = EventGraph.build(extractions).linked
    incidents = {i.events: i.tolls for i in whole.incidents}
    copies = [r.copy_of for r in whole.reports]
    # every tenth of all orders, so that each report comes first, last and between any two others
    for order in list(permutations(extractions))[::10]:
        with Archive.open(":memory:") as archive:
            for extraction in order:
                archive.add(extraction)
            found = archive.graph().linked
        assert {i.events: i.tolls for i in found.incidents} == incidents
        assert [r.copy_of for r in found.reports] == copies
