"""Made-up wars with known incidents: theatres of settlements, and what happened where and when.

A theatre is a stretch of border, 300 km long and 60 km deep, with its own two sides and 150 settlements, a few of which
are fought over most. Incidents come in weeks that are busier than others. The density is how many a day a theatre
sees; a larger world has more theatres, and where the globe is full more days, so that its density stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from conflict_events.graph.facts import Bools, Floats, Ints

# incidents a day in one theatre: along 1,000 km the press tells of one in ten days
QUIET_BORDER = 0.03
LENGTH_KM, DEPTH_KM = 300.0, 60.0
SETTLEMENTS = 150
DISTRICTS = 10
USUAL_DAYS = 1460
FIRST_DAY = 737_791  # 2021-01-01
_KM_PER_DEGREE = 111.2
# theatres stand on a grid of the globe, far enough from each other
_ROWS, _COLUMNS, _ROW_DEGREES, _COLUMN_DEGREES = 45, 44, 2.0, 8.0
_EVENTS_PER_INCIDENT = 2.7

KINDS = (
    ("armed_clash", "battles"),
    ("shelling_artillery_missile", "explosions_remote_violence"),
    ("air_drone_strike", "explosions_remote_violence"),
    ("remote_explosive_landmine_ied", "explosions_remote_violence"),
    ("attack", "violence_against_civilians"),
    ("abduction_forced_disappearance", "violence_against_civilians"),
)
_KIND_SHARES = (0.34, 0.28, 0.18, 0.1, 0.08, 0.02)


@dataclass(frozen=True, slots=True)
class WorldConfig:
    """How many events reports tell of the world, about; its density as a multiple of a quiet border's; its seed."""

    events: int = 10_000
    density: float = 1.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Settlements:
    """Settlements of all theatres, ``SETTLEMENTS`` of each in a row: coordinates, district, nearest three others."""

    latitude: Floats
    longitude: Floats
    district: Ints
    near: Ints

    def __len__(self) -> int:
        return len(self.latitude)


@dataclass(frozen=True, slots=True)
class World:
    """What happened: incidents as columns, in order of theatre and day.

    ``kind`` is a position in ``KINDS``, ``killed`` and ``injured`` numbers of people, ``reports`` how many tell it.
    """

    config: WorldConfig
    theatres: int
    settlements: Settlements
    theatre: Ints
    day: Ints
    settlement: Ints
    kind: Ints
    killed: Ints
    injured: Ints
    reports: Ints

    def __len__(self) -> int:
        return len(self.day)


def make_world(config: WorldConfig) -> World:
    """The world of a configuration: the same one every time.

    >>> world = make_world(WorldConfig(events=600))
    >>> len(world) > 100, int(world.reports.min())
    (True, 1)
    """
    chance = np.random.default_rng([config.seed, 1])
    a_day = QUIET_BORDER * config.density
    told_a_day = a_day * _EVENTS_PER_INCIDENT
    theatres = min(max(1, round(config.events / (told_a_day * USUAL_DAYS))), _ROWS * _COLUMNS)
    span = max(7, round(config.events / (told_a_day * theatres)))
    settlements = _settle(theatres, chance)
    weeks = -(-span // 7)
    busy = chance.gamma(1.0, 1.0, size=(theatres, weeks))
    rate = np.repeat(busy, 7, axis=1)[:, :span] * a_day
    theatre, day = np.nonzero(np.ones((theatres, span), dtype=bool))
    number = chance.poisson(rate).ravel()
    theatre, day = np.repeat(theatre, number), np.repeat(day, number)
    share = 1.0 / (np.arange(SETTLEMENTS) + 8.0)
    hit = chance.choice(SETTLEMENTS, size=len(day), p=share / share.sum())
    kind = chance.choice(len(KINDS), size=len(day), p=_KIND_SHARES)
    severity = chance.lognormal(0.3, 1.3, size=len(day))
    killed = np.floor(severity).astype(np.int64)
    injured = np.floor(severity * chance.lognormal(0.5, 0.7, size=len(day))).astype(np.int64)
    # what kills more is told by more
    reports = 1 + chance.poisson(0.5 + 0.9 * np.log2(1.0 + killed))
    return World(
        config=config,
        theatres=theatres,
        settlements=settlements,
        theatre=theatre.astype(np.int64),
        day=day.astype(np.int64) + FIRST_DAY,
        settlement=theatre * SETTLEMENTS + hit,
        kind=kind.astype(np.int64),
        killed=killed,
        injured=injured,
        reports=reports.astype(np.int64),
    )


def _settle(theatres: int, chance: np.random.Generator) -> Settlements:
    place = np.arange(theatres)
    south = -34.0 + _ROW_DEGREES * (place % _ROWS)
    west = -179.0 + _COLUMN_DEGREES * (place // _ROWS)
    east_km = chance.uniform(0.0, LENGTH_KM, size=(theatres, SETTLEMENTS))
    north_km = chance.uniform(0.0, DEPTH_KM, size=(theatres, SETTLEMENTS))
    latitude = south[:, None] + north_km / _KM_PER_DEGREE
    longitude = west[:, None] + east_km / (_KM_PER_DEGREE * np.cos(np.radians(latitude)))
    near = np.empty((theatres, SETTLEMENTS, 3), dtype=np.int64)
    for n in range(theatres):
        apart = np.hypot(east_km[n][:, None] - east_km[n], north_km[n][:, None] - north_km[n])
        near[n] = n * SETTLEMENTS + np.argsort(apart, axis=1, kind="stable")[:, 1:4]
    district = place[:, None] * DISTRICTS + np.minimum(east_km * DISTRICTS // LENGTH_KM, DISTRICTS - 1).astype(np.int64)
    return Settlements(
        np.round(latitude.ravel(), 5), np.round(longitude.ravel(), 5), district.ravel(), near.reshape(-1, 3)
    )


def once_in(chance: np.random.Generator, share: float, size: int) -> Bools:
    """Which of so many rows something happens to that happens to a share of them."""
    return chance.random(size) < share
