"""Which place a name means, by the company it keeps: named score terms over the gazetteer's candidates.

Each name of a report is scored against the other names' best candidates, a few rounds long. The terms add
up; a candidate's share is the softmax of its sum among the candidates of its name. Weights are round numbers set by
hand; a search on halves of public geoparsing corpora had told their order of size, and the scores hardly depend on more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from conflict_events.geo.distance import EARTH_RADIUS_KM, distance_km
from conflict_events.geo.gazetteer import Entry, Match

MAX_CANDIDATES = 24
MAX_ANCHORS = 30
MAX_ANCHOR_READINGS = 8
MIN_SHARE = 0.01
# so far from a town's point its quarters and suburbs may lie
TOWN_REACH_KM = 30.0
ROUNDS = 3

# words beside a name that say what it names: prefixes of GeoNames features that agree
FEATURE_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("village", "hamlet", "settlement", "town", "city", "township", "suburb", "neighborhood",
                     "neighbourhood", "port", "capital"), ("P.",)),
    **dict.fromkeys(("district", "county", "raion", "rayon", "municipality", "subdistrict", "borough", "parish"),
                    ("A.ADM2", "A.ADM3", "A.ADM1")),
    **dict.fromkeys(("province", "region", "oblast", "governorate", "state", "territory", "prefecture", "krai",
                     "republic", "emirate"), ("A.ADM1", "L.RGN", "A.ADM2")),
    **dict.fromkeys(("river", "creek", "stream"), ("H.STM",)),
    **dict.fromkeys(("lake", "reservoir"), ("H.LK", "H.RSV")),
    **dict.fromkeys(("sea", "ocean", "gulf", "strait", "bay", "channel", "canal"), ("H.",)),
    **dict.fromkeys(("mountain", "mountains", "mount", "hills", "valley", "desert", "peninsula", "island", "islands"),
                    ("T.", "L.")),
}  # fmt: skip

WATERS = frozenset("river sea ocean gulf strait bay".split())


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each score term counts; ``nearness_km`` is the distance at which nearness falls to 1/e,
    ``certainty`` the power of another reading's share with which its nearness counts."""

    population: float = 2.5
    country: float = 1.5
    region: float = 0.5
    county: float = -0.5
    capital: float = 1.0
    area: float = 0.5
    section: float = -0.25
    seat: float = -1.25
    alternate: float = -1.0
    generic: float = -1.0
    likeness: float = 8.0
    own_layer: float = 1.0
    feature: float = 2.0
    contained: float = 3.0
    same_country: float = 2.0
    same_region: float = 2.0
    nearness: float = 3.0
    nearness_km: float = 100.0
    certainty: float = 0.25


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name in a report with its readings; ``container`` is the index of the toponym said to contain it.

    ``weight`` is how much the name counts for the others: less than 1 for one that is no place of its own.
    ``inside`` says that the text says outright that the container holds it, be it a town.
    """

    name: str
    position: int
    matches: tuple[Match, ...]
    feature_word: str | None = None
    container: int | None = None
    weight: float = 1.0
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, its share among the candidates of the name, and the terms of the score."""

    entry: Entry
    kind: str
    similarity: float
    score: float
    share: float
    terms: Mapping[str, float] = field(default_factory=dict)


class _Group:
    """All mentions of one name in one sense, with the columns of its candidates."""

    def __init__(self, toponym: Toponym, weights: Weights) -> None:
        scored = [(_own_terms(m, toponym.feature_word, weights), m) for m in toponym.matches]
        scored.sort(key=lambda pair: -sum(pair[0].values()))
        self.terms = [t for t, _ in scored[:MAX_CANDIDATES]]
        self.matches = [m for _, m in scored[:MAX_CANDIDATES]]
        self.position = toponym.position
        self.inside = toponym.inside
        self.weight = toponym.weight
        entries = [m.entry for m in self.matches]
        self.countries = [e.country or "" for e in entries]
        self.regions = [(e.country, e.admin1) if e.admin1 else None for e in entries]
        self.xyz = _unit_vectors([(e.latitude, e.longitude) for e in entries])
        self.is_point = np.array([float(e.precision in ("settlement", "district", "region")) for e in entries])
        if toponym.feature_word is None:
            self._prefer_seats(weights)
        self.set_total()
        self.settle()

    def _prefer_seats(self, weights: Weights) -> None:
        """A bare name that a region shares with a town in it mostly means the town, its seat by any spelling."""
        towns = {(m.entry.country, m.entry.admin1) for m in self.matches if m.entry.feature.startswith("P.")}
        for terms, match in zip(self.terms, self.matches, strict=True):
            if match.entry.feature == "A.ADM1" and (match.entry.country, match.entry.name) in towns:
                terms["seat"] = weights.seat
                for own, town in zip(self.terms, self.matches, strict=True):
                    seat = town.entry.feature in ("P.PPLA", "P.PPLC") and town.entry.admin1 == match.entry.name
                    if seat and town.entry.country == match.entry.country:
                        own.pop("kind", None)

    def set_total(self) -> None:
        """Sum up the terms."""
        self.total = np.array([sum(t.values()) for t in self.terms])

    def settle(self) -> None:
        """Take the present sums as the shares that the other names see."""
        powers = np.exp(self.total - self.total.max())
        self.shares = powers / powers.sum()
        self.best = int(np.argmax(self.total))


def resolve(toponyms: Sequence[Toponym], weights: Weights | None = None) -> list[list[Ranked]]:
    """Ranked candidates of each toponym, best first, an empty list where the gazetteer knows none.

    One sense per report: equal names with equal hints are decided together.
    """
    w = weights or Weights()
    groups: dict[Any, _Group] = {}
    keys = []
    for t in toponyms:
        inside = toponyms[t.container].name if t.container is not None else None
        key = (t.name.casefold(), t.feature_word, inside)
        keys.append(key)
        if key in groups:
            groups[key].weight += 0.5 * t.weight
        elif t.matches:
            groups[key] = _Group(t, w)
    _share_senses(toponyms, keys, groups)
    groups = dict(sorted(groups.items(), key=lambda item: item[1].position))
    holders = {k: keys[t.container] for t, k in zip(toponyms, keys, strict=True) if t.container is not None}
    held: dict[Any, Any] = {}
    for inner, holder in holders.items():
        if inner in groups:
            held.setdefault(holder, inner)
    for _ in range(ROUNDS if len(groups) > 1 else 1):
        context = _Context(groups, w)
        for place, (key, group) in enumerate(groups.items()):
            _score(place, group, groups.get(holders.get(key)), groups.get(held.get(key)), context, w)
        for group in groups.values():
            group.settle()
    ranked = {k: _ranked(g) for k, g in groups.items()}
    return [ranked.get(k, []) for k in keys]


def _share_senses(toponyms: Sequence[Toponym], keys: Sequence[Any], groups: dict[Any, _Group]) -> None:
    """A bare name takes over the hints that the report gives elsewhere with the same name."""
    hinted: dict[str, Any] = {}
    for key in keys:
        if key[2] is not None and key in groups:
            hinted.setdefault(key[0], key)
    for i, key in enumerate(keys):
        if key[1] is None and key[2] is None and key[0] in hinted:
            keys[i] = hinted[key[0]]  # type: ignore[index]
    used = set(keys)
    for key in [k for k in groups if k not in used]:
        del groups[key]


class _Context:
    """What the candidates of a report's names say together, each by its present share."""

    def __init__(self, groups: Mapping[Any, _Group], w: Weights) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.regions: dict[Any, float] = defaultdict(float)
        self.total = 0.0
        self.keys, positions, vectors, weights = [], [], [], []
        for key, g in groups.items():
            self.total += g.weight
            for i, share in enumerate(g.shares.tolist()):
                if share > MIN_SHARE:
                    self.countries[g.countries[i]] += g.weight * share
                    self.regions[g.regions[i]] += g.weight * share
            self.keys.append(key)
            positions.append(g.position)
            vectors.append(g.xyz[:MAX_ANCHOR_READINGS])
            weights.append((min(1.0, g.weight) * g.shares**w.certainty * g.is_point)[:MAX_ANCHOR_READINGS])
        self.positions = positions
        self.vectors, self.weights = vectors, weights

    def nearness(self, place: int, group: _Group, w: Weights) -> np.ndarray[Any, Any]:
        """Per candidate of the ``place``-th name, how near (0..1) the three nearest of the names around it lie."""
        own = self.keys[place][0]
        window = range(max(0, place - MAX_ANCHORS), min(len(self.keys), place + MAX_ANCHORS + 1))
        names = sorted(
            (i for i in window if self.keys[i][0] != own), key=lambda i: abs(self.positions[i] - group.position)
        )[:MAX_ANCHORS]
        if not names:
            return np.zeros(len(group.matches))
        vectors = np.concatenate([self.vectors[i] for i in names])
        weights = np.concatenate([self.weights[i] for i in names])
        starts = np.cumsum([0] + [len(self.vectors[i]) for i in names[:-1]])
        cosines = np.clip(group.xyz @ vectors.T, -1.0, 1.0)
        near = np.exp(-np.arccos(cosines) * EARTH_RADIUS_KM / w.nearness_km) * weights
        best = np.sort(np.maximum.reduceat(near, starts, axis=1), axis=1)
        nearest: np.ndarray[Any, Any] = best[:, -3:].sum(axis=1) / 3
        return nearest


def _score(
    place: int, group: _Group, holder: _Group | None, inner: _Group | None, context: _Context, w: Weights
) -> None:
    closeness = group.is_point * context.nearness(place, group, w)
    own_country: dict[str, float] = defaultdict(float)
    own_region: dict[Any, float] = defaultdict(float)
    for i, share in enumerate(group.shares.tolist()):
        if share > MIN_SHARE:
            own_country[group.countries[i]] += group.weight * share
            own_region[group.regions[i]] += group.weight * share
    others = context.total - group.weight
    for i, terms in enumerate(group.terms):
        country, region = group.countries[i], group.regions[i]
        entry = group.matches[i].entry
        if others > 0:
            said = context.countries[country] - own_country[country] if country else 0.0
            terms["same_country"] = w.same_country * said / others
            said = context.regions[region] - own_region[region] if region else 0.0
            terms["same_region"] = w.same_region * said / others
        terms["nearness"] = w.nearness * float(closeness[i])
        if holder:
            terms["contained"] = w.contained * _inside(entry, holder, said=group.inside)
        elif inner:
            fits = any(lies_in(m.entry, entry) for m in inner.matches)
            terms["contained"] = w.contained if fits else 0.0
    group.set_total()


def _inside(entry: Entry, holder: _Group, *, said: bool) -> float:
    """1 where the entry lies in the holder's best candidate, a half where in another of its candidates."""
    holds = said_inside if said else lies_in
    if holds(entry, holder.matches[holder.best].entry):
        return 1.0
    return 0.5 if any(holds(entry, m.entry) for m in holder.matches) else 0.0


def lies_in(entry: Entry, region: Entry) -> bool:
    """Whether a place lies in a country or region, by the gazetteer's own assignment."""
    if entry.key == region.key or (region.country and region.country != entry.country):
        return False
    code = region.feature.partition(".")[2]
    if code.startswith("PCL"):
        return entry.country == region.country
    if code == "ADM1":
        return entry.admin1 == region.name
    if code == "ADM2":
        return entry.admin2 == region.name and entry.admin1 == region.admin1
    return False


def said_inside(entry: Entry, holder: Entry) -> bool:
    """Whether a place can lie where the text puts it: in a country or region, or within reach of a town."""
    if lies_in(entry, holder):
        return True
    if entry.key == holder.key or entry.country != holder.country or holder.precision == "country":
        return False
    reach = max(TOWN_REACH_KM, holder.radius_km)
    return distance_km(entry.latitude, entry.longitude, holder.latitude, holder.longitude) <= reach


def _own_terms(match: Match, feature_word: str | None, w: Weights) -> dict[str, float]:
    """The terms that a candidate has without any context."""
    entry = match.entry
    code = entry.feature.partition(".")[2]
    terms = {"population": w.population * math.log10(1 + entry.population) / 7}
    if code.startswith("PCL"):
        terms["level"] = w.country
    elif code == "ADM1":
        terms["level"] = w.region
    elif code.startswith("ADM"):
        terms["level"] = w.county
    elif code == "PPLC":
        terms["level"] = w.capital
    elif code == "PPLX":
        terms["level"] = w.section
    elif entry.feature[0] in "LHT":
        terms["level"] = w.area
    if match.kind == "alternate":
        terms["kind"] = w.alternate
    elif match.kind == "generic":
        terms["kind"] = w.generic
    if entry.key[0]:
        terms["own_layer"] = w.own_layer
    if match.similarity < 1:
        terms["likeness"] = w.likeness * (match.similarity - 1)
    agreeing = FEATURE_WORDS.get(feature_word or _water_in(match) or "")
    if agreeing:
        terms["feature"] = w.feature if entry.feature.startswith(agreeing) else -w.feature
    return terms


def _water_in(match: Match) -> str | None:
    """The word for a water with which an entry's own name ends or begins ("Red Sea", "Lake Chad")."""
    words = match.entry.name.casefold().split()
    if len(words) < 2:
        return None
    return next((w for w in (words[-1], words[0]) if w in WATERS), None)


def _ranked(group: _Group) -> list[Ranked]:
    order = sorted(
        range(len(group.matches)), key=lambda i: (-round(float(group.total[i]), 6), group.matches[i].entry.key)
    )
    return [
        Ranked(
            group.matches[i].entry,
            group.matches[i].kind,
            group.matches[i].similarity,
            round(float(group.total[i]), 3),
            round(float(group.shares[i]), 3),
            {k: round(v, 3) for k, v in group.terms[i].items() if round(v, 3)},
        )
        for i in order
    ]


def _unit_vectors(points: Sequence[tuple[float, float]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    radians = np.radians(np.array(points, dtype=np.float64).reshape(-1, 2))
    lat, lon = radians[:, 0], radians[:, 1]
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def weights_from(settings: Mapping[str, float]) -> Weights:
    """Weights with the given ones replaced; raises ``ValueError`` naming a key that is none.

    >>> weights_from({"nearness": 0.0}).nearness
    0.0
    """
    known = {f.name for f in fields(Weights)}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ValueError(f"unknown weight {unknown[0]!r}; known are {', '.join(sorted(known))}")
    return Weights(**{k: float(v) for k, v in settings.items()})
