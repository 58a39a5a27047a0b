"""A user's own gazetteer: GeoNames dumps or CSV tables made into an index that layers over the shipped one."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from conflict_events.errors import ConflictEventsError
from conflict_events.geo.folding import fold, skeleton, without_article
from conflict_events.geo.spelling import ARABIC, is_spelling
from conflict_events.geo.store import KINDS, posting, write

DUMP_COLUMNS = 19
CSV_REQUIRED = ("name", "latitude", "longitude")
ALPHA2 = re.compile("[A-Z]{2}")
FEATURE = re.compile("[A-Z][.][A-Z0-9]*")
# GeoNames features worth an index entry: populated and administrative places, waters, areas, some spots and heights
KEPT = ("P.", "A.", "H.STM", "H.LK", "H.SEA", "H.GULF", "H.BAY", "H.STRT", "H.RSV", "L.RGN", "L.AREA", "L.CONT",
        "S.AIRP", "S.AIRB", "S.BDG", "S.MIL", "S.CMPRF", "T.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows written, rows left out by feature, country or script, errors of bad rows."""

    rows: int
    skipped: int
    errors: tuple[ConflictEventsError, ...]


@dataclass(slots=True)
class _Place:
    geonames_id: int
    name: str
    spellings: list[str]
    latitude: float
    longitude: float
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


def build(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    alternate_names: str | os.PathLike[str] | None = None,
    countries: Iterable[str] | None = None,
    features: Sequence[str] = KEPT,
    version: str | None = None,
    skip_bad_rows: bool = False,
) -> Imported:
    """Write the index ``out`` from GeoNames dumps (19 columns) or CSV files with a header; returns what was read.

    Files may be plain, ``.gz`` or ``.zip``. A CSV needs ``name, latitude, longitude`` and may give ``alternates``
    (split at ";"), ``country``, ``admin1``, ``feature``, ``population``, ``geonames_id``. ``alternate_names`` is a file of
    GeoNames' alternateNamesV2 form; ``countries`` (alpha-2) and ``features`` (prefixes such as "P.") choose rows.
    Names of regions that the dump does not hold come from the shipped gazetteer. Names are looked up by Latin letters:
    a place with no spelling in them is left out.

    Raises ``ConflictEventsError`` CE012 at the first bad row (file, line, field), or gathers these in the result where
    ``skip_bad_rows``; CE001 where a file cannot be read, CE013 where no row is left.

    >>> build(["NL.txt"], "netherlands.gaz", countries=["NL"]).rows  # doctest: +SKIP
    24000
    """
    wanted = frozenset(c.upper() for c in countries) if countries else None
    errors: list[ConflictEventsError] = []
    places: list[_Place] = []
    skipped = 0
    for path in paths:
        for place in _rows(Path(path), errors.append if skip_bad_rows else _raise):
            if (wanted and place.country not in wanted) or not place.feature.startswith(tuple(features)):
                skipped += 1
                continue
            places.append(place)
    if not places:
        raise ConflictEventsError("CE013", file=str(out), reason="no row of the input is left to write")
    if alternate_names:
        _add_alternates(Path(alternate_names), places, errors.append if skip_bad_rows else _raise)
    named = [p for p in places if _keys(p)]
    if not named:
        raise ConflictEventsError("CE013", file=str(out), reason="no row of the input has a name in Latin letters")
    try:
        _write(named, Path(out), version or Path(out).stem)
    except (OSError, ValueError) as error:
        raise ConflictEventsError("CE018", file=str(out), reason=str(error)) from error
    return Imported(len(named), skipped + len(places) - len(named), tuple(errors))


def _raise(error: ConflictEventsError) -> None:
    raise error


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The text of a plain, gzipped or zipped file."""
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                members = [
                    m for m in archive.namelist() if m.endswith((".txt", ".csv", ".tsv")) and "readme" not in m.lower()
                ]
                if not members:
                    raise ConflictEventsError("CE001", file=str(path), reason="the archive holds no table")
                with archive.open(members[0]) as raw:
                    yield io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        elif path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
                yield file
        else:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield file
    except UnicodeDecodeError as error:
        raise ConflictEventsError("CE002", file=str(path), byte=error.start) from error
    except (OSError, zipfile.BadZipFile, EOFError, csv.Error) as error:
        raise ConflictEventsError("CE001", file=str(path), reason=str(error)) from error


def _rows(path: Path, report: Callable[[ConflictEventsError], None]) -> Iterator[_Place]:
    with _opened(path) as file:
        first = file.readline()
        if first.count("\t") >= DUMP_COLUMNS - 1:
            lines = _chain(first, file)
            cells = (line.rstrip("\r\n").split("\t") for line in lines)
            for number, row in enumerate(cells, start=1):
                if row == [""]:
                    continue
                place = _from_dump(row, str(path), number, report)
                if place is not None:
                    yield place
        else:
            header = next(csv.reader([first]), [])
            missing = [c for c in CSV_REQUIRED if c not in header]
            if missing:
                raise ConflictEventsError("CE012", file=str(path), line=1, field="header", value=first.strip()[:60],
                                          expected=f"a GeoNames row of 19 columns or a CSV header with '{missing[0]}'")  # fmt: skip
            for number, record in enumerate(csv.DictReader(file, fieldnames=header), start=2):
                place = _from_csv(record, str(path), number, report)
                if place is not None:
                    yield place


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


class _BadField(Exception):
    def __init__(self, field: str, value: str, expected: str) -> None:
        self.found = {"field": field, "value": value[:60], "expected": expected}
        super().__init__(field)


def _number(field: str, value: str, limit: float) -> float:
    try:
        number = float(value)
    except ValueError:
        raise _BadField(field, value, "a number") from None
    if not -limit <= number <= limit:
        raise _BadField(field, value, f"between {-limit:g} and {limit:g}")
    return number


def _whole(field: str, value: str) -> int:
    text = value.strip()
    if not text:
        return 0
    if not text.isascii() or not text.isdigit():
        raise _BadField(field, value, "a whole number")
    return min(int(text[:12]), 2**32 - 1)


def _from_dump(row: list[str], file: str, line: int, report: Callable[[ConflictEventsError], None]) -> _Place | None:
    try:
        if len(row) != DUMP_COLUMNS:
            raise _BadField("row", f"{len(row)} columns", f"a row of {DUMP_COLUMNS} tab-separated columns")
        if not row[1].strip():
            raise _BadField("name", row[1], "a name")
        return _Place(
            _whole("geonameid", row[0]), row[1].strip(), [row[2], *row[3].split(",")], _number("latitude", row[4], 90),
            _number("longitude", row[5], 180), f"{row[6]}.{row[7]}", row[8].strip().upper(), row[10].strip(), row[11].strip(),
            _whole("population", row[14]),
        )  # fmt: skip
    except _BadField as bad:
        report(ConflictEventsError("CE012", file=file, line=line, **bad.found))
        return None


def _from_csv(
    record: dict[str, Any], file: str, line: int, report: Callable[[ConflictEventsError], None]
) -> _Place | None:
    cell = {k: (v or "").strip() for k, v in record.items() if isinstance(k, str) and not isinstance(v, list)}
    try:
        if not cell["name"]:
            raise _BadField("name", "", "a name")
        country, feature = cell.get("country", "").upper(), cell.get("feature") or "P.PPL"
        if country and not ALPHA2.fullmatch(country):
            raise _BadField("country", country, "a code of two letters (ISO 3166)")
        if not FEATURE.fullmatch(feature):
            raise _BadField("feature", feature, "a GeoNames class and code such as 'P.PPL'")
        return _Place(
            _whole("geonames_id", cell.get("geonames_id", "")), cell["name"], cell.get("alternates", "").split(";"),
            _number("latitude", cell["latitude"], 90), _number("longitude", cell["longitude"], 180),
            feature, country, cell.get("admin1", ""), "",
            _whole("population", cell.get("population", "")),
        )  # fmt: skip
    except _BadField as bad:
        report(ConflictEventsError("CE012", file=file, line=line, **bad.found))
        return None


def _add_alternates(path: Path, places: list[_Place], report: Callable[[ConflictEventsError], None]) -> None:
    """Names of GeoNames' alternateNamesV2: id, place, language, name, …; links and codes are passed over."""
    by_id = {p.geonames_id: p for p in places if p.geonames_id}
    with _opened(path) as file:
        for number, line in enumerate(file, start=1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < 4 or not (cells[1].isascii() and cells[1].isdecimal()):
                if line.strip():
                    value = cells[1] if len(cells) > 1 else line.strip()
                    report(ConflictEventsError("CE012", file=str(path), line=number, field="geonameid", value=value[:60],
                                               expected="the number of a place in column 2"))  # fmt: skip
                continue
            place = by_id.get(int(cells[1]))
            if place is not None and len(cells[2]) <= 3:
                place.spellings.append(cells[3])


def _keys(place: _Place) -> dict[str, str]:
    """The folded names by which a place is found, each with its kind."""
    seen: dict[str, str] = {}
    for kind, spelling in [("name", place.name), *(("alternate", s) for s in place.spellings)]:
        key = fold(spelling)
        if key and key.isascii() and (kind == "name" or is_spelling(spelling)):
            seen.setdefault(key, kind)
            if place.country in ARABIC:
                seen.setdefault(without_article(key), "alternate")
    return seen


def _write(places: list[_Place], out: Path, version: str) -> None:
    from conflict_events.geo.gazetteer import IndexGazetteer

    shipped = IndexGazetteer()
    own = {_code(p): p.name for p in places if p.feature in ("A.ADM1", "A.ADM2")}
    codes = sorted({c for p in places for c in (_region(p, 1), _region(p, 2)) if c})
    known = {c: e.name for c in codes if (e := shipped.by_code(c)) is not None}
    names: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    bones: dict[str, set[int]] = defaultdict(set)
    for i, place in enumerate(places):
        for key, kind in _keys(place).items():
            names[key].append((-place.population, KINDS.index(kind), i))
            if len(skeleton(key)) > 2:
                bones[skeleton(key)].add(i)
    labels = [p.name for p in places]
    stubs = {c: known.get(c) or own[c] for c in codes if c in own or c in known}
    number = {c: len(labels) + k for k, c in enumerate(stubs)}
    labels += stubs.values()
    alpha2 = sorted({p.country for p in places if p.country})
    features = sorted({p.feature for p in places} | {"A.ADM1"})
    blank = [0] * len(stubs)
    write(
        out,
        names={k: [posting(i, KINDS[kind]) for _, kind, i in sorted(v)] for k, v in names.items()},
        skeletons={k: sorted(v) for k, v in bones.items()},
        labels=labels,
        columns={
            "latitude": [round(p.latitude * 1e5) for p in places] + blank,
            "longitude": [round(p.longitude * 1e5) for p in places] + blank,
            "population": [p.population for p in places] + blank,
            "geonames_id": [p.geonames_id for p in places] + blank,
            "country": [alpha2.index(p.country) if p.country else -1 for p in places] + [-1] * len(stubs),
            "admin1": [number.get(_region(p, 1), -1) for p in places] + [-1] * len(stubs),
            "admin2": [number.get(_region(p, 2), -1) for p in places] + [-1] * len(stubs),
            "feature": [features.index(p.feature) for p in places] + [features.index("A.ADM1")] * len(stubs),
            "radius": [0] * (len(places) + len(stubs)),
        },
        meta={"version": version, "features": features, "countries": alpha2, "extras": {}},
    )


def _region(place: _Place, order: int) -> str:
    """GeoNames code of the first- or second-order region of a place, "" where the row gives none."""
    if not place.country or not place.admin1 or (order == 2 and not place.admin2):
        return ""
    parts = (place.country, place.admin1, place.admin2)[: order + 1]
    return ".".join(parts)


def _code(place: _Place) -> str:
    return _region(place, 1 if place.feature == "A.ADM1" else 2)
