"""Rows on their way into a gazetteer index: countries, regions, settlements and areas with the names they go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conflict_events.geo.distance import distance_km, middle
from conflict_events.geo.folding import fold, skeleton, without_article
from conflict_events.geo.spelling import ARABIC, is_spelling
from conflict_events.geo.store import KINDS, posting, write

GENERIC = frozenset(
    "oblast oblast' region province district governorate state republic krai county prefecture department "
    "municipality rayon raion parish division municipio commune canton regency voivodeship emirate wilaya okrug "
    "autonomous departamento provincia distrito sahari city kreis landkreis borough".split()
)
LONGEST_NAME = 60


@dataclass
class Row:
    """A place on its way into the index."""

    name: str
    latitude: float
    longitude: float
    country: int = -1
    admin1: int = -1
    admin2: int = -1
    feature: str = "P.PPL"
    population: int = 0
    geonames_id: int = 0
    radius: float = 0.0
    names: dict[str, str] = field(default_factory=dict)


class Builder:
    """Collects rows and the names they go by, then writes the index."""

    def __init__(self, region_points: Mapping[str, tuple[float, float]]) -> None:
        self.rows: list[Row] = []
        self.codes: dict[str, int] = {}
        self.extras: dict[int, dict[str, Any]] = defaultdict(dict)
        self._by_name: dict[tuple[str, str], list[int]] | None = None
        self._iso_codes: list[str] = []
        self._points = dict(region_points)

    def add(self, row: Row, *codes: str) -> int:
        """Number of the row; ``codes`` (ISO 3166, GeoNames "AM.08") find it too."""
        self.rows.append(row)
        number = len(self.rows) - 1
        for code in codes:
            self.codes[code] = number
        return number

    def name(self, number: int, name: str, kind: str) -> None:
        """Let a row go by ``name``; the first kind given for a name stays."""
        key = fold(name)
        if key and len(key) <= LONGEST_NAME and key.isascii():
            self.rows[number].names.setdefault(key, kind)

    def targets(self, spec: str) -> list[int]:
        """Rows that a table's target means: "AM", "AM/Syunik", "Kapan@AM", or the name of an area."""
        if "@" in spec:
            name, _, code = spec.rpartition("@")
            return [self._city(fold(name), code, spec)]
        if "/" in spec and len(spec.split("/")[0]) == 2:
            code, _, name = spec.partition("/")
            return [self._region(fold(name), code, spec)]
        if spec in self.codes:
            return [self.codes[spec]]
        found = [i for i, r in enumerate(self.rows) if fold(r.name) == fold(spec) and not r.feature.startswith("P.")]
        if not found:
            raise SystemExit(f"unknown place {spec!r} in a table")
        return found[-1:]

    def _city(self, key: str, code: str, spec: str) -> int:
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for i, row in enumerate(self.rows):
                if row.feature.startswith("P.") and row.country >= 0:
                    for name in row.names:
                        self._by_name[name, self._iso(row)].append(i)
        found = self._by_name.get((key, code), [])
        if not found:
            raise SystemExit(f"unknown city {spec!r} in a table")
        named = [i for i in found if fold(self.rows[i].name) == key] or found
        return max(named, key=lambda i: (self.rows[i].population, -i))

    def _iso(self, row: Row) -> str:
        return self._iso_codes[row.country]

    def _region(self, key: str, code: str, spec: str) -> int:
        found = [
            i
            for c, i in self.codes.items()
            if c.startswith(code + ".") and c.count(".") == 1 and key in self.rows[i].names
        ]
        if not found:
            found = [
                i for c, i in self.codes.items()
                if c.startswith(code + ".") and c.count(".") == 1 and fold(self.rows[i].name).startswith(key)
            ]  # fmt: skip
        if not found:
            raise SystemExit(f"unknown region {spec!r} in a table")
        return found[0]

    def countries(self, listed: dict[str, dict[str, Any]], points: dict[str, tuple[float, float]]) -> None:
        """Countries come first: their row numbers are what the column ``country`` holds."""
        self._iso_codes = list(listed)
        for code, c in listed.items():
            lat, lon = points.get(code, (0.0, 0.0))
            area = float(c["areakm2"] or 1)
            number = self.add(
                Row(c["name"], lat, lon, len(self.rows), feature="A.PCLI", population=int(c["population"] or 0),
                    geonames_id=int(c["geonameid"]), radius=(area / 3.1416) ** 0.5),
                code, c["iso3"],
            )  # fmt: skip
            self.name(number, c["name"], "name")

    def region(self, code: str, name: str, ascii_name: str, geonames_id: int, points: list[tuple[float, float]],
               population: int) -> None:  # fmt: skip
        """A first- or second-order region, its point the middle of half-degree cells that hold a town of it.

        A second-order region with no known town has the point and the extent of the region above it.
        """
        parts = code.split(".")
        order = len(parts) - 1
        parent = self.codes.get(".".join(parts[:order]))
        if parent is None or (not points and order == 1):
            return
        holder = self.rows[parent]
        spread = 0.0
        if not points:
            points, spread = [(holder.latitude, holder.longitude)], holder.radius
        cells = sorted({(round(a * 2), round(b * 2)): (a, b) for a, b in sorted(points)}.values())
        lat, lon = self._points.get(code) or middle(cells)
        reach = sorted(distance_km(lat, lon, *p) for p in points)[int(0.9 * (len(points) - 1))]
        row = Row(name, lat, lon, self.codes[parts[0]], feature=f"A.ADM{order}", population=population,
                  geonames_id=geonames_id, radius=max(reach, spread, 60.0 if order == 1 and len(points) < 5 else 15.0))  # fmt: skip
        number = self.add(row, code)
        row.admin1 = number if order == 1 else self.codes.get(".".join(parts[:2]), -1)
        row.admin2 = number if order == 2 else -1
        for spelling, kind in ((name, "name"), (ascii_name, "ascii")):
            self.name(number, spelling, kind)
            words = fold(spelling).split()
            if len(words) > 2 and words[0] in GENERIC and words[1] in ("of", "de", "di", "da", "do"):
                words = [words[0], *words[2:]]  # "Province of Pangasinan"
            bare = [w for w in words if w not in GENERIC]
            if bare and len(bare) < len(words) and "of" not in words:
                self.name(number, " ".join(bare), "alternate" if order == 1 else "generic")

    def city(self, row: Row, alternates: Iterable[str]) -> int:
        """A settlement with the spellings of it that an English text may use."""
        number = self.add(row)
        self.name(number, row.name, "name")
        for other in alternates:
            if is_spelling(other):
                self.name(number, other, "alternate")
        if row.country >= 0 and self._iso(row) in ARABIC:
            for key in list(row.names):
                self.name(number, without_article(key), "alternate")
        return number

    def area(self, row: dict[str, str]) -> None:
        """An area with no border of its own: the middle of its members, reaching to the farthest of them."""
        members = [i for spec in cell_items(row["members"]) for i in self.targets(spec)]
        points = [(self.rows[i].latitude, self.rows[i].longitude) for i in members]
        lat, lon = middle(points)
        reach = max(
            distance_km(lat, lon, r.latitude, r.longitude) + 0.7 * r.radius for r in (self.rows[i] for i in members)
        )
        known = cell_items(row["countries"]) or sorted(
            {self._iso(self.rows[i]) for i in members if self.rows[i].country >= 0}
        )
        home = self.codes[known[0]] if len(known) == 1 else -1
        number = self.add(
            Row(row["name"], lat, lon, home, feature=row["feature"], radius=max(reach, 10.0),
                population=max(1000, sum(self.rows[i].population for i in members)) if row["feature"][0] != "H" else 0)
        )  # fmt: skip
        self.name(number, row["name"], "name")
        for other in cell_items(row["alternates"]):
            self.name(number, other, "alternate")
        self.extras[number]["countries"] = known
        claimed = cell_items(row["claimed_by"])
        if claimed:
            self.extras[number]["claimed_by"] = claimed
        for member in members if len(claimed) > 1 else ():
            if self.rows[member].feature.startswith("P."):
                self.extras[member].setdefault("claimed_by", claimed)

    def save(self, path: Path, version: str) -> None:
        """Write the index; of several readings of a name the ones with more people come first."""
        found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        bones: dict[str, set[int]] = defaultdict(set)
        for i, row in enumerate(self.rows):
            for key, kind in row.names.items():
                found[key].append((-row.population, KINDS.index(kind), i))
                if kind in ("name", "ascii", "alternate") and len(skeleton(key)) > 2:
                    bones[skeleton(key)].add(i)
        names = {k: [posting(i, KINDS[kind]) for _, kind, i in sorted(v)] for k, v in found.items()}
        for code, number in self.codes.items():
            names["\0" + code] = [posting(number, "code")]
        features = sorted({r.feature for r in self.rows})
        index = {f: i for i, f in enumerate(features)}
        write(
            path,
            names=names,
            skeletons={k: sorted(v) for k, v in bones.items()},
            labels=[r.name for r in self.rows],
            columns={
                "latitude": [round(r.latitude * 1e5) for r in self.rows],
                "longitude": [round(r.longitude * 1e5) for r in self.rows],
                "population": [r.population for r in self.rows],
                "geonames_id": [r.geonames_id for r in self.rows],
                "country": [r.country for r in self.rows],
                "admin1": [r.admin1 for r in self.rows],
                "admin2": [r.admin2 for r in self.rows],
                "feature": [index[r.feature] for r in self.rows],
                "radius": [min(65535, round(r.radius)) for r in self.rows],
            },
            meta={
                "version": version,
                "features": features,
                "countries": self._iso_codes,
                "extras": {str(k): v for k, v in sorted(self.extras.items())},
            },
        )


def cell_items(cell: str) -> list[str]:
    """The items of a table cell, split at ";"."""
    return [part.strip() for part in cell.split(";") if part.strip()]
