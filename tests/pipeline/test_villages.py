"""Places of recent conflicts in whole sentences: the right village under all its names, and who claims it.

Coordinates and their sources stand in ``villages.csv`` beside this file; the sentences were written for it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from spacy.language import Language

from conflict_events.geo.distance import distance_km
from conflict_events.pipeline import state

NEAR_KM = 10.0
# a town and the region of its name have points of their own
ALIKE_KM = 2.0


@dataclass(frozen=True)
class Village:
    names: tuple[str, ...]
    country: str
    latitude: float
    longitude: float
    claimed_by: frozenset[str]
    sentence: str


def _villages() -> list[Village]:
    with Path(__file__).with_name("villages.csv").open(encoding="utf-8", newline="") as file:
        return [
            Village(
                tuple(r["names"].split(";")), r["country"], float(r["latitude"]), float(r["longitude"]),
                frozenset(filter(None, r["claimed_by"].split(";"))), r["sentence"],
            )
            for r in csv.DictReader(file)
        ]  # fmt: skip


VILLAGES = _villages()


def test_villages_are_sixty_and_name_their_source() -> None:
    with Path(__file__).with_name("villages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 60
    assert all(r["source"].startswith(("GeoNames ", "Wikipedia, ")) for r in rows)


@pytest.mark.parametrize("village", VILLAGES, ids=[v.names[0] for v in VILLAGES])
def test_villages_resolve_alike_under_all_their_names(nlp: Language, village: Village) -> None:
    answers: list[tuple[float, float]] = []
    for name in village.names:
        text = village.sentence.format(name)
        doc = nlp(text)
        at = text.index(name)
        found = []
        for f in state.read(doc, state.PLACES):
            start, end = state.char_range(doc, f.start, f.end)
            if start < at + len(name) and end > at:
                found.append(f.values)
        assert found, f"{name}: not recognised"
        place = found[-1]
        assert place["country"] == village.country, f"{name}: {place['name']}, {place['country']} {place['reason']}"
        far = distance_km(place["latitude"], place["longitude"], village.latitude, village.longitude)
        assert far < NEAR_KM, f"{name}: {place['name']} is {far:.0f} km off"
        assert set(place["claimed_by"]) == village.claimed_by, name
        answers.append((place["latitude"], place["longitude"]))
    assert all(distance_km(*answers[0], *other) < ALIKE_KM for other in answers), answers
