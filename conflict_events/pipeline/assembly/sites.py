"""Places that a report describes without naming them: "the capital", "the country's south", "a market".

They are no toponyms: the gazetteer knows none of them. A figure or event may still have happened there, and what
is known of such a site is what is known of the named place that it is told to lie in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conflict_events.pipeline.syntax import Tree

REGIONS = frozenset(
    """area belt capital city coast country countryside county district enclave frontier border governorate hamlet
    island locality neighborhood neighbourhood province quarter region settlement state suburb territory town valley
    village zone mountain hill desert river lake sea jungle forest ghetto stronghold axis axes""".split()
)
BUILT = frozenset(
    """airport airfield airbase avenue bank barracks base bazaar bridge building bunker cafe camp cemetery center
    centre checkpoint church clinic college compound court courthouse crossing crossroads dam embassy facility factory
    farm field gate garrison headquarters highway hospital hotel house intersection junction mall market marketplace
    mine monastery mosque motorway nightclub office oilfield outpost palace park pipeline plant plaza port post prison
    jail quarters railway refinery restaurant road roundabout route school seminary shelter shop shrine site square
    stadium station street supermarket synagogue temple terminal theater theatre tower tunnel university
    warehouse""".split()
)
PARTS = frozenset(
    """north south east west northeast northwest southeast southwest part outskirts edge heart side corner
    interior""".split()
)
NOUNS = REGIONS | BUILT | PARTS
# "a state of emergency" is nowhere
NO_COMPLEMENT = frozenset({"emergency", "siege", "war", "alert", "affairs"})
PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 12  # tokens of a description
DESCRIBED = "described, not named"


def sites(tree: Tree, named: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, str]]:
    """(start, end, head, kind) of the described places of a text in text order; tokens, end exclusive.

    ``named`` are the token ranges of the place names: a phrase that holds one is left to it. ``kind`` is
    "region", "built", "part", or "name" for an entity that the gazetteer does not know.
    """
    taken = [False] * len(tree)
    for start, end in named:
        taken[start:end] = [True] * (end - start)
    found: list[tuple[int, int, int, str]] = []
    for i in range(len(tree)):
        kind = _kind(tree, i)
        if not kind or taken[i]:
            continue
        if any(tree.lemma[k] in NO_COMPLEMENT for k in tree.children[i]):
            continue
        start, end = tree.noun_phrase(i)
        end = max(end, _complement(tree, i, taken))
        if end - start > LONGEST:
            start = max(start, i - LONGEST // 2)
            end = min(end, i + LONGEST // 2)
        if any(taken[start:end]):
            continue
        found.append((start, end, i, kind))
        taken[start:end] = [True] * (end - start)
    return found


def _kind(tree: Tree, i: int) -> str:
    if tree.pos[i] not in ("NOUN", "PROPN", "ADJ") or tree.role[i] in ("compound", "amod", "flat", "nmod:poss"):
        return ""
    lemma = tree.lemma[i] if tree.lemma[i] in NOUNS else tree.lower[i]
    if lemma in PARTS:
        return "part" if tree.pos[i] != "ADJ" and (tree.children[i] or tree.ent_type[i]) else ""
    if lemma in REGIONS and tree.pos[i] != "ADJ":
        return "region"
    if lemma in BUILT and tree.pos[i] != "ADJ":
        return "built"
    if tree.ent_type[i] in PLACE_ENTITIES and tree.pos[i] == "PROPN":
        return "name"
    return ""


def _complement(tree: Tree, i: int, taken: list[bool]) -> int:
    """Token after what a part or a kind of place is of: "south of the country", "the village of X"."""
    for k in tree.children[i]:
        if k > i and tree.role[k].partition(":")[0] == "nmod" and tree.preposition(k) == "of":
            start, end = tree.noun_phrase(k)
            near = start - i <= 3 and (tree.pos[k] == "PROPN" or _kind(tree, k) != "")
            return end if near and not any(taken[start:end]) else i + 1
    return i + 1


def described(text: str, near: dict[str, Any] | None) -> dict[str, Any]:
    """The record of a described place: its words as name, and land and point of the named place ``near`` it, if any."""
    known = near or {}
    return {
        "name": text,
        "geonames_id": None,
        "latitude": None,
        "longitude": None,
        "country": known.get("country"),
        "countries": list(known.get("countries", ())),
        "admin1": None,
        "admin2": None,
        "feature": None,
        "radius_km": None,
        "precision": "area",
        "claimed_by": [],
        "role": "event",
        "confidence": 0.3,
        "alternatives": [],
        "reason": DESCRIBED,
    }
