"""Places: every toponym of a report with the point it names, its rivals, and in what role it is used."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from conflict_events.geo.distance import displace, distance_km, middle
from conflict_events.geo.gazetteer import Entry, Gazetteer, IndexGazetteer
from conflict_events.geo.ranking import FEATURE_WORDS, Ranked, Toponym, resolve, said_inside, weights_from
from conflict_events.pipeline import state
from conflict_events.pipeline.scoring import score_spans
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.toponyms.extents import Mention
from conflict_events.pipeline.toponyms.finding import Finder
from conflict_events.pipeline.toponyms.names import is_dateline
from conflict_events.pipeline.toponyms.roles import is_government
from conflict_events.pipeline.toponyms.words import PARTS_OF_TOWNS, PLACE_LABELS

# "Jermuk, Vayots Dzor", "Hebron (West Bank)", "Goma in North Kivu": what may stand between a place and its container
BETWEEN = re.compile(r",? ?\(?(?:in )?(?:the )?(?:\w+ern )?")
# "the Saladin district of Aleppo", "the Rimal quarter in Gaza City": what says outright that one lies in the other
INSIDE = re.compile(
    rf"(?: (?:{'|'.join(sorted({*FEATURE_WORDS, *PARTS_OF_TOWNS}))}) (?:of|in)|,? in) (?:the )?(?:\w+ern )?"
)
UNRESOLVED = "no gazetteer entry with this name"
# what puts a place beside the next: "Dovhe, just north of Izium", "a post near Gao", and how far off it then may lie
BESIDE = re.compile(
    r",?\s+(?:just |[\d.]+ ?(?:km|kilomet(?:er|re)s|miles) )?(?:to the )?(?:(?:north|south)?-?(?:east|west)? ?of|near|outside)"
    r"\s+(?:the (?:town|city|village) of )?"
)
BESIDE_KM, LONGEST_BESIDE = 80.0, 50
FAR_FETCHED = "places of this or a similar name lie in no country of the report, or far from the place told beside it"
ELSEWHERE = "no place of this name is known in the country that the text names"
HELD = "no place of this name is known there; the point is that of the place in which the text puts it"
NO_STRETCH = "a front line, not said where"
SAME_SPOT_KM = 40.0
# half-width of a front of which only the place is told
FRONT_KM = 25.0
# towns farther apart have no stretch between them that says where
FARTHEST_BETWEEN_KM = 300.0
# a part of a land lies halfway to its edge, but its point moves no farther than this from the land's own
PART_KM = 30.0
# how much a name inside an institution's counts for where the report's places lie
HINT_WEIGHT = 0.5
# how sure a point is that is only the containing place's
UNKNOWN_PART = 0.5
# share of the report's names that must lie in the country of a reading by a similar name
FITTING_SHARE = 0.05


@registry.misc("conflict_events.Gazetteer.v1")  # type: ignore[untyped-decorator]
def make_gazetteer(paths: list[str] | None = None, shipped: bool = True) -> IndexGazetteer:
    """The shipped gazetteer under the user's own indexes in ``paths``, later ones on top."""
    return IndexGazetteer([os.fspath(p) for p in paths or ()], shipped=shipped)


@Language.factory(
    "conflict_places",
    assigns=["doc.spans"],
    requires=["doc.ents", "token.tag", "token.dep", "token.head"],
    default_config={"gazetteer": {"@misc": "conflict_events.Gazetteer.v1"}, "weights": {}, "alternatives": 4},
)
def make_places(nlp: Language, name: str, gazetteer: Gazetteer, weights: dict[str, float], alternatives: int) -> Places:
    """Component that writes a record for each place name.

    ``gazetteer``: look-ups (``find``, ``similar``, ``version``); ``weights``: score terms to set otherwise, as named in
    ``conflict_events.geo.ranking.Weights``; ``alternatives``: how many other candidates a record keeps.
    """
    return Places(gazetteer, name, weights=weights, alternatives=alternatives)


class Places(Pipe):
    """Finds toponyms, resolves them together, and writes the span group ``conflict_places``."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        name: str = "conflict_places",
        *,
        weights: dict[str, float] | None = None,
        alternatives: int = 4,
    ) -> None:
        self.name = name
        self.gazetteer = gazetteer
        self.weights = weights_from(weights or {})
        self.alternatives = alternatives

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[state.Found]:
        """The records of a Doc in text order; the Doc stays as it is."""
        if not len(doc):
            return []
        tree, text = Tree(doc), doc.text
        finder = Finder(tree, text, self.gazetteer)
        mentions = finder.find()
        toponyms = self._toponyms(text, tree, mentions)
        hints = [Toponym(m.name, tree.idx[m.start], m.matches, weight=HINT_WEIGHT) for m in finder.hints]
        ranked = resolve([*toponyms, *hints], self.weights)[: len(mentions)]
        roles = [_role(tree, m, readings) for m, readings in zip(mentions, ranked, strict=True)]
        found: list[state.Found] = []
        for i, (mention, role) in enumerate(zip(mentions, roles, strict=True)):
            if mention.kind == "between":
                ends = [r[0] for r in ranked[i + 1 : i + 3] if r]
                settled = len(ends) == 2 and "metonym" not in roles[i + 1 : i + 3]
                values = _between(text[tree.idx[mention.start] : tree.end[mention.end - 1]], ends) if settled else None
            else:
                readings = self._fitting(ranked[i])
                if i + 1 < len(mentions) and ranked[i + 1] and _told_beside(text, tree, mention, mentions[i + 1]):
                    readings = near_to(readings, ranked[i + 1][0].entry)
                values = self._values(mention, readings, role)
                if toponyms[i].inside and ranked[i + 1]:
                    values = self._inside(values, mention, ranked[i], ranked[i + 1], role)
            if values:
                found.append(state.Found(mention.start, mention.end, role, f"p{len(found) + 1}", values))
        return found

    def _fitting(self, readings: list[Ranked]) -> list[Ranked]:
        """The readings less those by a similar name in a country that the report hardly names."""
        least = FITTING_SHARE * self.weights.same_country
        return [r for r in readings if r.similarity == 1 or r.terms.get("same_country", 0.0) >= least]

    def set_annotations(self, doc: Doc, found: Iterable[state.Found]) -> None:
        """Write the records to the Doc's span group."""
        state.write(doc, state.PLACES, found, gazetteer=self.gazetteer.version)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Precision, recall and F1 of the spans of toponyms; roles are left out."""
        return score_spans(examples, state.PLACES, labels=False)

    def _toponyms(self, text: str, tree: Tree, mentions: Sequence[Mention]) -> list[Toponym]:
        out = []
        for i, m in enumerate(mentions):
            container, inside = None, False
            last = mentions[i - 1] if i else None
            if last and m.feature_word and last.kind == "name" and tree.lower[last.end : m.start] in (["'s"], ["’s"]):
                container = i - 1
            if i + 1 < len(mentions) and m.kind != "demonym" and mentions[i + 1].kind == "name":
                nearby = tree.idx[mentions[i + 1].start] - tree.end[m.end - 1]
                between = text[tree.end[m.end - 1] : tree.idx[mentions[i + 1].start]] if nearby < 30 else "-"
                inside = INSIDE.fullmatch(between) is not None
                if inside or (between.strip() and BETWEEN.fullmatch(between)):
                    container = i + 1
            out.append(Toponym(m.name, tree.idx[m.start], m.matches, m.feature_word, container, inside=inside))
        return out

    def _inside(
        self, values: dict[str, Any], mention: Mention, readings: list[Ranked], holder: list[Ranked], role: str
    ) -> dict[str, Any]:
        """The values of a place that the text puts inside another: where none of its readings lies, the other's point."""
        land = holder[0].entry
        if land.precision == "country":
            if not readings or _lies_in_country(readings, land):
                return values
            return {**_NOWHERE, "name": mention.name, "role": role, "confidence": 0.3, "reason": ELSEWHERE}
        near = [r for r in readings if said_inside(r.entry, land)]
        if readings and near and near[0] is readings[0]:
            return values
        if near:
            return self._values(mention, near, role)
        around = self._values(replace(mention, part=None, away=None, kind="name"), holder, role)
        trust = min(around["confidence"], UNKNOWN_PART)
        return {
            **around, "name": mention.name, "geonames_id": None, "feature": None, "confidence": trust,
            "alternatives": [], "reason": HELD,
        }  # fmt: skip

    def _values(self, mention: Mention, readings: list[Ranked], role: str) -> dict[str, Any]:
        if not readings:
            reason = NO_STRETCH if mention.kind == "front" else FAR_FETCHED if mention.matches else UNRESOLVED
            return {**_NOWHERE, "name": mention.name, "role": role, "confidence": 0.3, "reason": reason}
        best = readings[0]
        entry = best.entry
        lat, lon, radius = entry.latitude, entry.longitude, entry.radius_km
        part = mention.part is not None and entry.precision in ("country", "region", "area")
        if mention.away:
            km, bearing = mention.away
            if bearing is not None:
                lat, lon = displace(lat, lon, km, bearing)
                km = max(2.0, 0.2 * km)
            radius = km + min(radius, 20.0)
        elif mention.part is not None and part:
            shift = min(radius / 2, PART_KM)
            lat, lon = displace(lat, lon, shift, mention.part)
            radius -= shift
        elif mention.kind == "within":
            radius = max(radius, 15.0)
        elif mention.kind == "front":
            radius = max(radius, FRONT_KM)
        trust = 0.98 if mention.label in PLACE_LABELS or mention.kind == "demonym" else 0.85
        return {
            "name": entry.name,
            "geonames_id": entry.geonames_id,
            "latitude": round(lat, 5),
            "longitude": round(lon, 5),
            "country": entry.country,
            "countries": list(entry.countries),
            "admin1": entry.admin1,
            "admin2": entry.admin2,
            "feature": entry.feature,
            "radius_km": round(radius, 1),
            "precision": "area" if part or mention.kind == "front" else entry.precision,
            "claimed_by": list(entry.claimed_by),
            "role": role,
            "confidence": round(_share_here(readings) * trust, 3),
            "alternatives": [_candidate(r.entry, r.share) for r in readings[1 : 1 + self.alternatives]],
            "reason": None,
        }


_NOWHERE: dict[str, Any] = {
    "name": "", "geonames_id": None, "latitude": None, "longitude": None, "country": None, "countries": [], "admin1": None,
    "admin2": None, "feature": None, "radius_km": None, "precision": "area", "claimed_by": [], "role": "mention",
    "confidence": 0.0, "alternatives": [], "reason": None,
}  # fmt: skip


def _between(text: str, ends: list[Ranked]) -> dict[str, Any] | None:
    """The stretch between two towns: its middle, reaching to both; None where they are no towns or far apart."""
    one, other = (r.entry for r in ends)
    if one.precision != "settlement" or other.precision != "settlement" or one.key == other.key:
        return None
    km = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    if km > FARTHEST_BETWEEN_KM:
        return None
    lat, lon = middle([(one.latitude, one.longitude), (other.latitude, other.longitude)])
    countries = sorted({c for e in (one, other) for c in e.countries})
    return {
        **_NOWHERE,
        "name": text,
        "latitude": round(lat, 5),
        "longitude": round(lon, 5),
        "country": countries[0] if len(countries) == 1 else None,
        "countries": countries,
        "admin1": one.admin1 if one.admin1 == other.admin1 else None,
        "radius_km": round(max(2.0, km / 2), 1),
        "claimed_by": list(one.claimed_by) if one.claimed_by == other.claimed_by else [],
        "confidence": round(min(r.share for r in ends), 3),
    }


def _told_beside(text: str, tree: Tree, mention: Mention, other: Mention) -> bool:
    """Whether the text says of a place that it lies by the next one: "Dovhe, north of Izium"."""
    start, end = tree.end[mention.end - 1], tree.idx[other.start]
    return (
        other.kind == "name" and start < end < start + LONGEST_BESIDE and BESIDE.fullmatch(text[start:end]) is not None
    )


def near_to(readings: list[Ranked], other: Entry) -> list[Ranked]:
    """The readings less those by a similar name that lie far from the place beside which the text puts them."""
    far = BESIDE_KM + other.radius_km
    return [
        r
        for r in readings
        if r.similarity == 1 or distance_km(r.entry.latitude, r.entry.longitude, other.latitude, other.longitude) <= far
    ]


def _lies_in_country(readings: list[Ranked], land: Entry) -> bool:
    """Whether a reading lies in the country, or the best one by its edge."""
    best = readings[0].entry
    if distance_km(best.latitude, best.longitude, land.latitude, land.longitude) <= 2 * land.radius_km:
        return True
    return any(r.entry.country == land.country for r in readings)


def _share_here(readings: list[Ranked]) -> float:
    """The share of all readings that come to the same spot: a city, its municipality, its region."""
    best = readings[0].entry
    same = [
        r.share
        for r in readings[1:]
        if r.entry.country == best.country
        and distance_km(best.latitude, best.longitude, r.entry.latitude, r.entry.longitude)
        <= max(SAME_SPOT_KM, best.radius_km)
    ]
    return min(1.0, readings[0].share + sum(same))


def _candidate(entry: Entry, share: float) -> dict[str, Any]:
    return {
        "name": entry.name,
        "geonames_id": entry.geonames_id,
        "latitude": round(entry.latitude, 5),
        "longitude": round(entry.longitude, 5),
        "country": entry.country,
        "score": share,
    }


def _role(tree: Tree, mention: Mention, readings: list[Ranked]) -> str:
    """Demonym, metonym (a state or capital that speaks or decides), or mention; events are told later."""
    if mention.kind == "demonym":
        return "demonym"
    if not readings:
        return "mention"
    if readings[0].kind == "metonym":
        return "metonym"
    entry = readings[0].entry
    capital = entry.feature == "P.PPLC"
    if (
        not (entry.precision == "country" or capital)
        or mention.away
        or mention.part is not None
        or mention.kind == "front"
        or is_dateline(tree, mention.start, mention.end)
    ):
        return "mention"
    return "metonym" if is_government(tree, mention.start, mention.end, capital=capital) else "mention"
