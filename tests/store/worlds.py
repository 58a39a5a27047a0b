"""Small made-up worlds for the archive: a stretch of border, told by reports that disagree a little."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations

from conflict_events.records import Extraction, Linked
from tests.graph.hand import actor, day, event, extraction, figure, place

_SIDES = {"agents": (actor("ARM"),), "targets": (actor("AZE"),)}
_VILLAGES = [place(f"Village {n}", 39.0 + 0.7 * n, 46.0, "AM") for n in range(6)]
_WORDS = (
    "ridge bridge convoy school orchard depot mortar howitzer drone ambulance quarry reservoir chapel tractor bunker "
    "checkpoint granary shepherd vineyard barracks culvert antenna hangar sawmill weir kiln ferry stable pylon dairy"
).split()


def border(incidents: int, *, seed: int = 0) -> list[Extraction]:
    """Reports of incidents on different days and places, one to four of each, the first ones recalled by later ones."""
    chance = random.Random(seed)
    found: list[Extraction] = []
    past: list[tuple[str, object]] = []
    for n in range(incidents):
        village, told_day = _VILLAGES[n % len(_VILLAGES)], f"2024-{1 + n % 12:02d}-{1 + 3 * (n % 9):02d}"
        words = chance.sample(_WORDS, 12)
        kind = chance.choice((("armed_clash", "battles"), ("shelling_artillery_missile", "explosions_remote_violence")))
        for r in range(chance.randint(1, 4)):
            id_ = f"{chance.randrange(16**6):06x}"
            own = [*chance.sample(words, 9), *chance.sample(_WORDS, 3)]
            chance.shuffle(own)
            events = [event(f"{id_}/e1", *kind, place=village, date=day(told_day), **_SIDES)]
            if past and r == 0:
                recalled_day, recalled_place = chance.choice(past)
                events.append(
                    event(f"{id_}/e2", "attack", "violence_against_civilians", scope="background",
                          place=recalled_place, date=day(recalled_day), **_SIDES)
                )  # fmt: skip
            found.append(
                extraction(
                    id_,
                    events,
                    [figure(f"{id_}/f1", 3 + n + chance.randint(0, 1), event=f"{id_}/e1", by="ARM")],
                    text=" ".join(own).capitalize() + ".",
                    main=f"{id_}/e1",
                    published=told_day,
                    source=f"outlet {r}",
                )
            )
        past.append((told_day, village))
    return found


def groups(linked: Linked) -> set[frozenset[str]]:
    """The incidents of a linked collection as sets of events."""
    return {frozenset(incident.events) for incident in linked.incidents}


def agreement(found: Iterable[frozenset[str]], wanted: Iterable[frozenset[str]]) -> float:
    """F1 of the pairs of events that two clusterings put together."""
    a, b = ({p for group in groups_ for p in combinations(sorted(group), 2)} for groups_ in (found, wanted))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0
