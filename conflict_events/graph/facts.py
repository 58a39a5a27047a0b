"""What episodes state, as columns: a million of them are blocked and weighed as fast as arrays are sorted.

A column holds numbers, or numbers of profiles: the different kinds, sets of parties and sets of figures that
occur, which are few. ``NONE`` stands for what a report does not say.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from conflict_events.graph import days, space
from conflict_events.graph.comparisons import Kind, kind_of, numbers_of
from conflict_events.graph.episodes import Episode
from conflict_events.records import Place

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
NONE = -1
# so many pairs are compared at a time: their columns stay in the processor's cache and in little memory
AT_A_TIME = 1 << 18

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Profiles(Generic[T]):
    """One column: for each episode the number of its profile in ``known``."""

    of: Ints
    known: tuple[T, ...]

    @classmethod
    def number(cls, values: Iterable[T]) -> Profiles[T]:
        """Profiles of values in their order, numbered as they first come.

        >>> Profiles.number(["b", "a", "b"]).of.tolist()
        [0, 1, 0]
        """
        numbers: dict[T, int] = {}
        of = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)
        return cls(of, tuple(numbers))


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The different places that episodes name; coordinates in degrees, NaN where there is no point.

    ``number`` is the gazetteer's, ``name``, ``country`` and ``region`` (country with admin1) are numbers of strings,
    ``sharpness`` is ``space.sharpness``; ``lies_in[area[p], c]`` says whether place p may hold one of country c.
    """

    number: Ints
    name: Ints
    latitude: Floats
    longitude: Floats
    country: Ints
    region: Ints
    sharpness: Ints
    extent_km: Floats
    area: Ints
    lies_in: Bools

    @classmethod
    def of(cls, places: Sequence[Place]) -> PlaceTable:
        countries = Profiles.number(p.country for p in places)
        areas = Profiles.number(p.countries for p in places)
        lies_in = [[not area or c is None or c in area for c in countries.known] for area in areas.known]
        regions = Profiles.number((p.country, p.admin1) if p.admin1 else None for p in places)
        return cls(
            number=np.array([NONE if p.geonames_id is None else p.geonames_id for p in places], dtype=np.int64),
            name=Profiles.number(p.name.casefold() for p in places).of,
            latitude=np.array([np.nan if p.latitude is None else p.latitude for p in places], dtype=np.float64),
            longitude=np.array([np.nan if p.longitude is None else p.longitude for p in places], dtype=np.float64),
            country=_known(countries),
            region=_known(regions),
            sharpness=np.array([space.sharpness(p) for p in places], dtype=np.int64),
            extent_km=np.array([space.extent_km(p) for p in places], dtype=np.float64),
            area=areas.of,
            lies_in=np.array(lies_in, dtype=bool).reshape(len(areas.known), len(countries.known)),
        )

    @property
    def is_point(self) -> Bools:
        """Whether a place has a point and is no wider than a district: only such places have cells."""
        return ~np.isnan(self.latitude) & ~np.isnan(self.longitude) & (self.sharpness < space.WIDE)


def _known(column: Profiles[T]) -> Ints:
    """The column with ``NONE`` for what is not known."""
    absent = column.known.index(None) if None in column.known else NONE
    return np.where(column.of == absent, NONE, column.of)


@dataclass(frozen=True, slots=True)
class FactTable:
    """Episodes in canonical order as columns; days are day numbers (``days.ordinal``), both ends known or both ``NONE``.

    Episode n names the places ``place[first_place[n]:first_place[n + 1]]``, sharpest first.
    """

    report: Ints
    is_main: Bools
    background: Bools
    start: Ints
    end: Ints
    weekday: Ints
    published_start: Ints
    published_end: Ints
    kinds: Profiles[Kind | None]
    sides: Profiles[frozenset[str]]
    killed: Profiles[frozenset[int]]
    injured: Profiles[frozenset[int]]
    first_place: Ints
    place: Ints
    places: PlaceTable

    def __len__(self) -> int:
        return len(self.report)

    @classmethod
    def of(cls, episodes: Sequence[Episode]) -> FactTable:
        """The columns of episodes."""
        known_days = [days.bounds(e.when) or (NONE, NONE) for e in episodes]
        published = [days.bounds(e.published) or (NONE, NONE) for e in episodes]
        numbers: dict[tuple[object, ...], int] = {}
        places: list[Place] = []
        named: list[int] = []
        for episode in episodes:
            for place in episode.places:
                key = _place_key(place)
                if key not in numbers:
                    numbers[key] = len(places)
                    places.append(place)
                named.append(numbers[key])
        return cls(
            report=Profiles.number(e.report for e in episodes).of,
            is_main=np.array([e.is_main for e in episodes], dtype=bool),
            background=np.array([e.background for e in episodes], dtype=bool),
            start=np.array([d[0] for d in known_days], dtype=np.int64),
            end=np.array([d[1] for d in known_days], dtype=np.int64),
            weekday=np.array([int(e.weekday or NONE) for e in episodes], dtype=np.int64),
            published_start=np.array([d[0] for d in published], dtype=np.int64),
            published_end=np.array([d[1] for d in published], dtype=np.int64),
            kinds=Profiles.number(kind_of(e) for e in episodes),
            sides=Profiles.number(e.parties for e in episodes),
            killed=Profiles.number(numbers_of(e.figures, "killed") for e in episodes),
            injured=Profiles.number(numbers_of(e.figures, "injured") for e in episodes),
            first_place=np.cumsum([0, *(len(e.places) for e in episodes)], dtype=np.int64),
            place=np.array(named, dtype=np.int64),
            places=PlaceTable.of(places),
        )


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Rows that stand for so many each: for every one its row, and its number within the row.

    >>> [x.tolist() for x in spread(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    rows = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    before = np.cumsum(counts) - counts
    return rows, np.arange(len(rows), dtype=np.int64) - before[rows]


def _place_key(place: Place) -> tuple[object, ...]:
    """What comparisons and blocks read of a place."""
    return (
        place.geonames_id, place.name.casefold(), place.latitude, place.longitude, place.country, place.countries,
        place.admin1, place.precision, place.radius_km,
    )  # fmt: skip
