"""What reports tell of a made-up world: one row an event, with the errors that reports and their readers make.

The shares of errors stand in ``Noise``. They are those of careful desks: where the library itself reads the development
sets, a day is missing or wrong in one pair of reports of one incident out of two, a place in one out of three, and
texts make up for it. There are no texts here; facts alone must do.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from conflict_events.benchmark.world import KINDS, SETTLEMENTS, World, once_in
from conflict_events.graph.facts import NONE, Bools, Ints

# so many days back what a report recalls may lie
_RECALLED_WITHIN = 60


@dataclass(frozen=True, slots=True)
class Noise:
    """Shares of told events that something is wrong with, or missing from; they exclude each other within a group.

    Days: told a day late or early (a night has two), as an interval of two or three days, as a month, not at
    all, or wrong by up to a month. Places: a neighbouring settlement, a spelling that no gazetteer knows and so no
    point, the district, the province, nothing, or a namesake elsewhere. Kinds: another of the class, another class; a
    second event of another kind beside. Sides: one of two, none, or a third name for one. Figures: none told, an
    early and lower count, a higher one; a part told beside the whole.
    """

    day_late: float = 0.03
    day_early: float = 0.015
    day_interval: float = 0.015
    day_month: float = 0.005
    day_missing: float = 0.01
    day_wrong: float = 0.0025
    place_near: float = 0.035
    place_spelt: float = 0.02
    place_district: float = 0.025
    place_province: float = 0.0075
    place_missing: float = 0.0075
    place_namesake: float = 0.0025
    kind_of_class: float = 0.06
    kind_other: float = 0.04
    kind_beside: float = 0.075
    sides_one: float = 0.125
    sides_none: float = 0.06
    sides_renamed: float = 0.015
    figure_missing: float = 0.075
    figure_lower: float = 0.125
    figure_higher: float = 0.05
    figure_part: float = 0.075
    published_missing: float = 0.015
    recalling: float = 0.075

    def times(self, factor: float) -> Noise:
        """The same errors, so many times as often."""
        return Noise(**{f.name: getattr(self, f.name) * factor for f in fields(self)})


@dataclass(frozen=True, slots=True)
class Tellings:
    """Events as reports tell them, one a row, in order of reports; the news of a report stand before what it recalls.

    ``incident`` is the truth. ``start`` and ``end`` are day numbers, ``place`` a number in the order of
    ``PlaceCode``, ``sides`` bits: 1 and 2 for the two, 4 for a third name; ``beside`` is the kind of a second event;
    ``killed``, ``part`` and ``injured`` are numbers of people; ``NONE`` (for numbers 0) is what is not told.
    """

    world: World
    incident: Ints
    report: Ints
    is_main: Bools
    start: Ints
    end: Ints
    published: Ints
    place: Ints
    kind: Ints
    beside: Ints
    sides: Ints
    killed: Ints
    part: Ints
    injured: Ints

    def __len__(self) -> int:
        return len(self.incident)


class PlaceCode:
    """Where numbers of told places begin: settlements, other spellings, districts, provinces, namesakes."""

    def __init__(self, world: World) -> None:
        self.settlements = len(world.settlements)
        self.spellings = self.settlements
        self.districts = self.spellings + self.settlements
        self.provinces = self.districts + int(world.settlements.district.max()) + 1
        self.namesakes = self.provinces + world.theatres
        self.size = self.namesakes + self.settlements


def tell(world: World, noise: Noise | None = None) -> Tellings:
    """What reports tell of a world: the same every time for one world and noise."""
    noise = noise or Noise()
    chance = np.random.default_rng([world.config.seed, 2])
    incident = np.repeat(np.arange(len(world)), world.reports)
    published = world.day[incident] + np.minimum(chance.geometric(0.6, size=len(incident)) - 1, 10)
    # reports come in as they appear, those of one day from anywhere
    arrival = np.lexsort((chance.random(len(incident)), published))
    report = np.empty(len(incident), dtype=np.int64)
    report[arrival] = np.arange(len(incident))
    recalled, recalling = _recalled(world, incident, noise, chance)
    rows = np.concatenate((np.arange(len(incident)), recalling))
    told = np.concatenate((incident, recalled))
    is_main = np.arange(len(rows)) < len(incident)
    order = np.lexsort((~is_main, report[rows]))
    rows, told, is_main = rows[order], told[order], is_main[order]
    start, end = _days(world.day[told], noise, chance)
    missing = once_in(chance, noise.published_missing, len(incident))
    killed, part, injured = _figures(world, told, noise, chance)
    kind, beside = _kinds(world.kind[told], noise, chance)
    return Tellings(
        world=world,
        incident=told,
        report=report[rows],
        is_main=is_main,
        start=start,
        end=end,
        published=np.where(missing, NONE, published)[rows],
        place=_places(world, told, noise, chance),
        kind=kind,
        beside=np.where(is_main, beside, NONE),
        sides=_sides(len(told), noise, chance),
        killed=killed,
        part=part,
        injured=injured,
    )


def _recalled(world: World, incident: Ints, noise: Noise, chance: np.random.Generator) -> tuple[Ints, Ints]:
    """Incidents that reports recall, and the rows of the news that recall them: earlier ones of the theatre."""
    rows = np.flatnonzero(once_in(chance, noise.recalling, len(incident)))
    own = incident[rows]
    back = chance.integers(1, _RECALLED_WITHIN + 1, size=len(rows))
    # incidents stand in order of theatre and day: the last one before a day of the theatre is found by its key
    keys = world.theatre * 10**7 + world.day
    found = np.searchsorted(keys, keys[own] - back, side="right") - 1
    kept = found >= 0
    kept[kept] &= world.theatre[found[kept]] == world.theatre[own[kept]]
    kept[kept] &= world.day[own[kept]] - world.day[found[kept]] <= _RECALLED_WITHIN
    kept[kept] &= world.day[own[kept]] > world.day[found[kept]]
    return found[kept], rows[kept]


def _one_of(chance: np.random.Generator, size: int, *shares: float) -> Ints:
    """For each row which of several things happens to it: 0 for none, else its place among the shares."""
    return np.searchsorted(np.cumsum((1.0 - sum(shares), *shares)), chance.random(size), side="right").clip(
        0, len(shares)
    )


def _days(day: Ints, noise: Noise, chance: np.random.Generator) -> tuple[Ints, Ints]:
    size = len(day)
    what = _one_of(
        chance, size, noise.day_late, noise.day_early, noise.day_interval, noise.day_month, noise.day_missing, noise.day_wrong
    )  # fmt: skip
    start = day + np.select([what == 1, what == 2], [1, -1], 0)
    wrong = chance.integers(2, 31, size=size) * chance.choice([-1, 1], size=size)
    start = np.where(what == 6, day + wrong, start)
    end = start.copy()
    before, after = chance.integers(0, 2, size=size), chance.integers(0, 2, size=size)
    spread = what == 3
    start[spread] -= before[spread]
    end[spread] += np.maximum(after, 1 - before)[spread]
    month = (day - 719163).astype("datetime64[D]").astype("datetime64[M]")
    first = month.astype("datetime64[D]").astype(np.int64) + 719163
    last = (month + 1).astype("datetime64[D]").astype(np.int64) + 719162
    start, end = np.where(what == 4, first, start), np.where(what == 4, last, end)
    return np.where(what == 5, NONE, start), np.where(what == 5, NONE, end)


def _places(world: World, told: Ints, noise: Noise, chance: np.random.Generator) -> Ints:
    size, code, own = len(told), PlaceCode(world), world.settlement[told]
    what = _one_of(
        chance, size, noise.place_near, noise.place_spelt, noise.place_district, noise.place_province, noise.place_missing,
        noise.place_namesake,
    )  # fmt: skip
    near = world.settlements.near[own, chance.integers(0, 3, size=size)]
    return np.select(
        [what == 1, what == 2, what == 3, what == 4, what == 5, what == 6],
        [near, code.spellings + own, code.districts + world.settlements.district[own],
         code.provinces + own // SETTLEMENTS, NONE, code.namesakes + own],
        own,
    )  # fmt: skip


def _kinds(kind: Ints, noise: Noise, chance: np.random.Generator) -> tuple[Ints, Ints]:
    size = len(kind)
    classes = np.unique([class_ for _, class_ in KINDS], return_inverse=True)[1]
    what = _one_of(chance, size, noise.kind_of_class, noise.kind_other)
    other = (kind + chance.integers(1, len(KINDS), size=size)) % len(KINDS)
    akin = np.array([np.flatnonzero((classes == c) & (np.arange(len(KINDS)) != n)).tolist()[:1] or [n]
                     for n, c in enumerate(classes)])[:, 0]  # fmt: skip
    told = np.select([what == 1, what == 2], [akin[kind], other], kind)
    beside = (told + chance.integers(1, len(KINDS), size=size)) % len(KINDS)
    return told, np.where(once_in(chance, noise.kind_beside, size), beside, NONE)


def _sides(size: int, noise: Noise, chance: np.random.Generator) -> Ints:
    what = _one_of(chance, size, noise.sides_one, noise.sides_none, noise.sides_renamed)
    one = chance.integers(1, 3, size=size)
    return np.select([what == 1, what == 2, what == 3], [one, 0, one + 4], 3)


def _figures(world: World, told: Ints, noise: Noise, chance: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    found = []
    for true in (world.killed[told], world.injured[told]):
        size = len(true)
        what = _one_of(chance, size, noise.figure_missing, noise.figure_lower, noise.figure_higher)
        lower = np.floor(true * chance.uniform(0.4, 1.0, size=size)).astype(np.int64)
        higher = np.ceil(true * chance.uniform(1.0, 1.6, size=size)).astype(np.int64)
        found.append(np.select([what == 1, what == 2, what == 3], [0, lower, higher], true))
    killed, injured = found
    part = np.floor(killed * chance.uniform(0.2, 0.8, size=len(killed))).astype(np.int64)
    return killed, np.where(once_in(chance, noise.figure_part, len(killed)), part, 0), injured
