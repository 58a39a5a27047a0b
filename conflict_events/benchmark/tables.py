"""Tellings of a made-up world as the columns that linking reads, and as the records that extraction would give.

Both are made from the same rows; columns alone are enough where a million records would fill the memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from typing import TypeVar

import numpy as np

from conflict_events.benchmark.tellings import PlaceCode, Tellings
from conflict_events.benchmark.world import DISTRICTS, KINDS, SETTLEMENTS, World
from conflict_events.graph.comparisons import Kind
from conflict_events.graph.facts import NONE, FactTable, Floats, Ints, PlaceTable, Profiles
from conflict_events.records import (
    SCHEMA_VERSION,
    ActorRef,
    CasualtyFigure,
    DateMention,
    Event,
    Extraction,
    MadeWith,
    Outcome,
    Place,
    PlacePrecision,
    Published,
    ReportInfo,
    Span,
    Victims,
)

T = TypeVar("T", bound=Hashable)
_NOWHERE = Span("", 0, 0)
_DISTRICT_KM, _PROVINCE_KM = 20.0, 160.0
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
_SPELT = str.maketrans({"a": "e", "e": "i", "i": "y", "o": "u", "u": "w"})


def fact_table(told: Tellings) -> FactTable:
    """The columns of tellings, without records in between."""
    named = told.place != NONE
    used, place = np.unique(told.place[named], return_inverse=True)
    theatre = told.world.theatre[told.incident]
    return FactTable(
        report=told.report,
        is_main=told.is_main,
        background=~told.is_main,
        start=told.start,
        end=told.end,
        weekday=np.full(len(told), NONE, dtype=np.int64),
        published_start=told.published,
        published_end=told.published,
        kinds=_profiles(told.kind * 100 + told.beside + 1, lambda key: _kind(key // 100, key % 100 - 1)),
        sides=_profiles(theatre * 8 + told.sides, lambda key: frozenset(_parties(key // 8, key % 8))),
        killed=_profiles(told.killed * 10**6 + told.part, lambda key: frozenset({key // 10**6, key % 10**6} - {0})),
        injured=_profiles(told.injured, lambda key: frozenset({key} - {0})),
        first_place=np.append(0, np.cumsum(named)),
        place=place,
        places=_PlaceMaker(told.world).table(used),
    )


def _profiles(keys: Ints, of: Callable[[int], T]) -> Profiles[T]:
    known, number = np.unique(keys, return_inverse=True)
    return Profiles(number, tuple(of(key) for key in known.tolist()))


def _kind(kind: int, beside: int) -> Kind:
    told = [KINDS[kind], *([KINDS[beside]] if beside != NONE else [])]
    return Kind(*KINDS[kind], False, frozenset(t for t, _ in told), frozenset(c for _, c in told))


def _parties(theatre: int, sides: int) -> list[str]:
    return [f"{letter}{theatre}" for bit, letter in ((1, "A"), (2, "B"), (4, "militia")) if sides & bit]


class _PlaceMaker:
    """The places of a world under their numbers (``PlaceCode``)."""

    def __init__(self, world: World) -> None:
        self.world = world
        code = PlaceCode(world)
        # kind 0 a settlement, 1 another spelling, 2 a district, 3 a province, 4 a namesake
        self.begins = np.array([0, code.spellings, code.districts, code.provinces, code.namesakes], dtype=np.int64)
        settlements = world.settlements
        province = np.arange(len(settlements)) // SETTLEMENTS
        # for latitude and longitude the middles of districts and of provinces
        self._middles = [
            (
                _mean(column, settlements.district, world.theatres * DISTRICTS),
                _mean(column, province, world.theatres),
            )
            for column in (settlements.latitude, settlements.longitude)
        ]

    def table(self, used: Ints) -> PlaceTable:
        kind = np.searchsorted(self.begins, used, side="right") - 1
        number = used - self.begins[kind]
        theatre, latitude, longitude = self._where(kind, number)
        return PlaceTable(
            number=np.where(kind == 1, NONE, used + 1),
            name=np.where(kind == 4, number, used),
            latitude=np.where(kind == 1, np.nan, latitude),
            longitude=np.where(kind == 1, np.nan, longitude),
            country=theatre,
            region=theatre,
            sharpness=np.array([0, 0, 1, 3, 0])[kind],
            extent_km=np.array([5.0, 5.0, _DISTRICT_KM, _PROVINCE_KM, 5.0])[kind],
            area=np.zeros(len(used), dtype=np.int64),
            lies_in=np.ones((1, self.world.theatres), dtype=bool),
        )

    def _where(self, kind: Ints, number: Ints) -> tuple[Ints, Floats, Floats]:
        """Theatres and coordinates: those of the settlement, the district's or the province's middle."""
        settlements = self.world.settlements
        theatre = np.select([kind == 2, kind == 3], [number // DISTRICTS, number], number // SETTLEMENTS)
        latitude, longitude = (
            np.select(
                [kind == 2, kind == 3],
                [middles[np.minimum(number, len(middles) - 1)] for middles in of_column],
                column[np.minimum(number, len(settlements) - 1)],
            )
            for column, of_column in zip((settlements.latitude, settlements.longitude), self._middles, strict=True)
        )
        return theatre, latitude, np.where(kind == 4, longitude + 4.0, longitude)

    def record(self, place: int) -> Place:
        row = self.table(np.array([place]))
        kind = int(np.searchsorted(self.begins, place, side="right")) - 1
        theatre, has_point = int(row.country[0]), kind != 1
        precision: PlacePrecision = ("settlement", "settlement", "district", "region", "settlement")[kind]
        return Place(
            id="p",
            span=_NOWHERE,
            name=_name(place if kind in (0, 2, 3) else place - int(self.begins[kind]), kind),
            geonames_id=place + 1 if has_point else None,
            latitude=float(row.latitude[0]) if has_point else None,
            longitude=float(row.longitude[0]) if has_point else None,
            country=f"{theatre:02}",
            countries=(),
            admin1=str(theatre),
            admin2=None,
            feature=None,
            radius_km=float(row.extent_km[0]),
            precision=precision,
            claimed_by=(),
            role="event",
            confidence=0.9,
            alternatives=(),
            reason=None,
        )


def _mean(values: Floats, group: Ints, groups: int) -> Floats:
    mean: Floats = np.round(np.bincount(group, values, groups) / np.maximum(np.bincount(group, minlength=groups), 1), 5)
    return mean


def _name(number: int, kind: int) -> str:
    """A name of syllables, one for each number; in another spelling for kind 1."""
    syllables: list[str] = []
    left = number
    while left or len(syllables) < 3:
        left, syllable = divmod(left, len(_SYLLABLES))
        syllables.append(_SYLLABLES[syllable])
    name = "".join(syllables)
    return (name.translate(_SPELT) if kind == 1 else name).capitalize()


def extractions(told: Tellings) -> Iterator[Extraction]:
    """What extraction would give for each report, in order of their ids."""
    if not len(told):
        return
    places = _PlaceMaker(told.world)
    ends = np.append(np.flatnonzero(np.diff(told.report)) + 1, len(told))
    begin = 0
    for end in ends.tolist():
        yield _extraction(told, range(begin, end), places)
        begin = end


def _extraction(told: Tellings, rows: range, places: _PlaceMaker) -> Extraction:
    report = f"r{int(told.report[rows[0]]):08}"
    events: list[Event] = []
    figures: list[CasualtyFigure] = []
    for n, row in enumerate(rows):
        kinds = [int(told.kind[row]), *([int(told.beside[row])] if told.beside[row] != NONE else [])]
        first = f"{report}/e{n}"
        for k, kind in enumerate(kinds):
            events.append(_event(told, row, f"{first}{'b' * k}", kind, places))
        numbers = (("killed", told.killed), ("killed", told.part), ("injured", told.injured))
        for f, (outcome, column) in enumerate(numbers):
            if column[row]:
                figures.append(_figure(f"{report}/f{n}{f}", int(column[row]), outcome, events[-len(kinds)]))  # type: ignore[arg-type]
    appeared = _iso(int(told.published[rows[0]]))
    return Extraction(
        schema_version=SCHEMA_VERSION,
        made_with=MadeWith("0", "made up", "made up"),
        report=ReportInfo(
            id=report,
            title=None,
            source=None,
            url=None,
            text_sha256=hashlib.sha256(report.encode()).hexdigest(),
            credits=(),
            published=Published(appeared, appeared, "given" if appeared else "unknown"),
            main_event=f"{report}/e0",
        ),
        events=tuple(events),
        casualties=tuple(figures),
        places=tuple(e.place for e in events if e.place is not None),
        dates=tuple(e.date for e in events if e.date is not None),
        actors=(),
        relations=(),
        warnings=(),
    )


def _iso(day: int) -> str | None:
    return None if day == NONE else date.fromordinal(day).isoformat()


def _event(told: Tellings, row: int, id_: str, kind: int, places: _PlaceMaker) -> Event:
    theatre = int(told.world.theatre[told.incident[row]])
    fighting = [ActorRef(_NOWHERE, party, party, party, "armed_group", None) for party in
                _parties(theatre, int(told.sides[row]))]  # fmt: skip
    start, end = _iso(int(told.start[row])), _iso(int(told.end[row]))
    mention = None
    if start is not None:
        length = int(told.end[row] - told.start[row]) + 1
        precision = "day" if length == 1 else "range" if length < 28 else "month"
        mention = DateMention("d", _NOWHERE, start, end, "within", precision, "explicit", None)  # type: ignore[arg-type]
    return Event(
        id=id_,
        type=KINDS[kind][0],
        class_=KINDS[kind][1],
        trigger=_NOWHERE,
        mentions=(),
        status="asserted",
        scope="current" if told.is_main[row] else "background",
        claimant=None,
        denied_by=(),
        agents=tuple(fighting[:1]),
        targets=tuple(fighting[1:]),
        place=places.record(int(told.place[row])) if told.place[row] != NONE else None,
        date=mention,
        casualties=(),
        confidence=0.9,
    )


def _figure(id_: str, value: int, outcome: Outcome, event: Event) -> CasualtyFigure:
    return CasualtyFigure(
        id=id_,
        span=_NOWHERE,
        trigger=_NOWHERE,
        outcome=outcome,
        value=value,
        low=value,
        high=value,
        qualifier="exact",
        victims=Victims(None, "unknown", False),
        side=None,
        claimant=None,
        via=(),
        denied_by=(),
        status="asserted",
        scope=event.scope,
        cumulative=False,
        period=None,
        as_of=None,
        cause="unknown",
        agents=(),
        place=None,
        date=None,
        subset_of=None,
        same_as=None,
        event=event.id,
        confidence=0.9,
    )
