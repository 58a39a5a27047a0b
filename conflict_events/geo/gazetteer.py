"""Places by name: the shipped index, a user's own indexes layered over it, and look-ups in all of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Protocol

from conflict_events.geo.folding import fold, skeleton
from conflict_events.geo.store import Store

MAX_READINGS = 64
FUZZY_BLOCK = 400
_CACHE = 20_000

# a region whose extent nobody states: typical half-widths in km, by feature
RADIUS = {"P": 5.0, "ADM1": 100.0, "ADM2": 30.0, "ADM": 15.0, "PCL": 300.0, "default": 20.0}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a gazetteer: degrees (WGS 84), ISO 3166 alpha-2 countries, GeoNames feature "P.PPL"."""

    key: tuple[int, int]
    name: str
    geonames_id: int | None
    latitude: float
    longitude: float
    country: str | None
    countries: tuple[str, ...]
    admin1: str | None
    admin2: str | None
    feature: str
    population: int
    radius_km: float
    claimed_by: tuple[str, ...]

    @property
    def precision(self) -> str:
        """How exactly the place names a point: settlement, district, region, country or area."""
        group, _, code = self.feature.partition(".")
        if group in ("P", "S"):
            return "settlement"
        if code.startswith("PCL"):
            return "country"
        if code.startswith("ADM1"):
            return "region"
        if code.startswith("ADM"):
            return "district"
        return "area"


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a name may mean; ``kind`` says how ("name", "alternate", "demonym", …), ``similarity`` 0..1."""

    entry: Entry
    kind: str
    similarity: float = 1.0


class Gazetteer(Protocol):
    """What the places component asks of a gazetteer; register another as ``conflict_events.Gazetteer.v1`` does."""

    version: str

    def find(self, name: str) -> tuple[Match, ...]:
        """Readings of a name, best first; an empty tuple for an unknown one."""

    def has(self, name: str) -> bool:
        """Whether any reading of the name is known."""

    def similar(self, name: str, *, cutoff: float = 0.8, limit: int = 8) -> tuple[Match, ...]:
        """Readings of names spelled or transliterated alike."""

    def by_code(self, code: str) -> Entry | None:
        """The country or region of a code ("AM", "AM.08"), or the border of two countries ("AM|AZ")."""


class IndexGazetteer:
    """Look-ups in index files, in layers: places of a later layer come before those of earlier ones.

    Opening maps the files and reads their headers; nothing is loaded that is not asked for.

    >>> places = IndexGazetteer()
    >>> places.find("Nerkin-And")[0].entry.geonames_id
    174815
    """

    def __init__(self, paths: Iterable[str | os.PathLike[str]] = (), *, shipped: bool = True) -> None:
        self.paths = tuple(str(p) for p in paths)
        self.shipped = shipped
        self._stores = ([_shipped()] if shipped else []) + [Store(p) for p in self.paths]
        self._found: dict[str, tuple[Match, ...]] = {}
        self._entries: dict[tuple[int, int], Entry] = {}
        self.version = "+".join(str(s.meta.get("version", "user")) for s in self._stores) or "none"

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopen, (self.paths, self.shipped)

    def has(self, name: str) -> bool:
        """Whether any reading of the name is known."""
        return bool(self.find(name))

    def find(self, name: str) -> tuple[Match, ...]:
        """Readings of ``name`` by its fold, at most 64: later layers first, then as the index ranks them."""
        key = fold(name)
        found = self._found.get(key)
        if found is None:
            found = self._find(key)
            if len(self._found) >= _CACHE:
                self._found.clear()
                self._entries.clear()
            self._found[key] = found
        return found

    def _find(self, key: str) -> tuple[Match, ...]:
        matches: dict[tuple[int, int] | int, Match] = {}
        for layer in range(len(self._stores) - 1, -1, -1):
            for record, kind in self._stores[layer].postings(key):
                entry = self.entry(layer, record)
                identity = entry.geonames_id or entry.key
                if identity not in matches:
                    matches[identity] = Match(entry, kind)
                    if len(matches) == MAX_READINGS:
                        return tuple(matches.values())
        return tuple(matches.values())

    def similar(self, name: str, *, cutoff: float = 0.8, limit: int = 8) -> tuple[Match, ...]:
        """Readings of names with the consonants of ``name``, by the likeness of their letters (0..1), best first.

        Only such names are compared, so that the cost is bounded; names of fewer than three consonants
        are too many and have none.
        """
        from rapidfuzz.distance import JaroWinkler

        key = fold(name)
        bones = skeleton(name)
        if len(bones) < 3 or len(key) < 4:
            return ()
        found: dict[tuple[int, int] | int, Match] = {}
        for layer in range(len(self._stores) - 1, -1, -1):
            for record in self._stores[layer].alike(bones, FUZZY_BLOCK):
                label = self._stores[layer].label(record)
                likeness = JaroWinkler.similarity(key, fold(label))
                if likeness < cutoff:
                    continue
                entry = self.entry(layer, record)
                found.setdefault(entry.geonames_id or entry.key, Match(entry, "alternate", round(likeness, 3)))
        ranked = sorted(found.values(), key=lambda m: (-m.similarity, -m.entry.population, m.entry.key))
        return tuple(ranked[:limit])

    def by_code(self, code: str) -> Entry | None:
        """The country of an ISO 3166 code ("AM", "ARM"), the region of a GeoNames one ("AM.08"), a border ("AM|AZ")."""
        for layer in range(len(self._stores) - 1, -1, -1):
            for record, kind in self._stores[layer].postings("\0" + code):
                if kind == "code":
                    return self.entry(layer, record)
        return None

    def entry(self, layer: int, record: int) -> Entry:
        """A record of one layer, made once."""
        key = (layer, record)
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = self._read(layer, record)
        return entry

    def _read(self, layer: int, record: int) -> Entry:
        store = self._stores[layer]
        column = store.columns
        feature = store.meta["features"][column["feature"][record]]
        extras = store.meta.get("extras", {})
        extra = extras.get(str(record), {})
        country = column["country"][record]
        code = store.meta["countries"][country] if country >= 0 else None
        admin1, admin2 = column["admin1"][record], column["admin2"][record]
        radius = float(column["radius"][record]) or _typical_radius(feature)
        # a place of a disputed region is disputed with it
        claimed = extra.get("claimed_by") or extras.get(str(admin1), {}).get("claimed_by", ())
        return Entry(
            key=(layer, record),
            name=store.label(record),
            geonames_id=column["geonames_id"][record] or None,
            latitude=column["latitude"][record] / 1e5,
            longitude=column["longitude"][record] / 1e5,
            country=code,
            countries=tuple(extra.get("countries", [code] if code else [])),
            admin1=store.label(admin1) if admin1 >= 0 else None,
            admin2=store.label(admin2) if admin2 >= 0 else None,
            feature=feature,
            population=column["population"][record],
            radius_km=radius,
            claimed_by=tuple(claimed),
        )


def _typical_radius(feature: str) -> float:
    group, _, code = feature.partition(".")
    if group == "P":
        return RADIUS["P"]
    for prefix in ("ADM1", "ADM2", "ADM", "PCL"):
        if code.startswith(prefix):
            return RADIUS[prefix]
    return RADIUS["default"]


@cache
def _shipped() -> Store:
    with as_file(files("conflict_events") / "data" / "gazetteer.bin") as path:
        return Store(path)


def _reopen(paths: tuple[str, ...], shipped: bool) -> IndexGazetteer:
    return IndexGazetteer(paths, shipped=shipped)
