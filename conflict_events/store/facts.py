"""What comparisons and blocks read of an episode, short enough to be read back by the hundred for each new report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from conflict_events.graph.episodes import Episode
from conflict_events.records import CasualtyFigure, Event, Place, Span, Victims
from conflict_events.store.rows import dump

Facts = Mapping[str, Any]
_NOWHERE = Span("", 0, 0)


def facts_of(episode: Episode, *, worded: bool) -> str:
    """The facts of an episode as JSON; ``worded`` says whether its report has words to compare."""
    return dump(
        {
            "when": episode.when,
            "worded": worded,
            "weekday": episode.weekday,
            "published": episode.published,
            "parties": sorted(episode.parties),
            "kinds": [[e.type, e.class_] for e in episode.events],
            "numbers": [[f.outcome, f.value] for f in episode.figures if f.value and f.status != "hypothetical"],
            "places": [_place_facts(p) for p in episode.places],
        }
    )


def episode_from(facts: Facts, *, report: str, position: int, is_main: bool, background: bool) -> Episode:
    """An episode that compares as the one that ``facts_of`` was given; its events and figures say nothing else.

    >>> nothing = {"when": None, "published": None, "parties": [], "kinds": [], "numbers": [], "places": []}
    >>> told = {**nothing, "weekday": "2"}
    >>> episode_from(told, report="a", position=0, is_main=True, background=False).weekday
    '2'
    """
    return Episode(
        report=report,
        number=position,
        is_main=is_main,
        background=background,
        events=tuple(_event(*kind) for kind in facts["kinds"]),
        figures=tuple(_figure(*number) for number in facts["numbers"]),
        when=_interval(facts["when"]),
        weekday=facts["weekday"],
        places=tuple(_place(*p[:5], tuple(p[5]), *p[6:]) for p in facts["places"]),
        parties=frozenset(facts["parties"]),
        published=_interval(facts["published"]),
    )


def _interval(value: list[str | None] | None) -> tuple[str | None, str | None] | None:
    return (value[0], value[1]) if value is not None else None


def _place_facts(place: Place) -> list[Any]:
    return [
        place.name, place.geonames_id, place.latitude, place.longitude, place.country, place.countries, place.admin1,
        place.radius_km, place.precision,
    ]  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _place(
    name: str,
    geonames_id: int | None,
    latitude: float | None,
    longitude: float | None,
    country: str | None,
    countries: tuple[str, ...],
    admin1: str | None,
    radius_km: float | None,
    precision: Any,
) -> Place:
    return Place(
        "", _NOWHERE, name, geonames_id, latitude, longitude, country, countries, admin1, None, None, radius_km,
        precision, (), "event", 0.0, (), None,
    )  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _event(type_: str, class_: str) -> Event:
    return Event("", type_, class_, _NOWHERE, (), "asserted", "current", None, (), (), (), None, None, (), 0.0)


@lru_cache(maxsize=1 << 12)
def _figure(outcome: Any, value: int) -> CasualtyFigure:
    return CasualtyFigure(
        "", _NOWHERE, _NOWHERE, outcome, value, value, value, "exact", Victims(None, "unknown", False), None, None, (),
        (), "asserted", "current", False, None, None, "unknown", (), None, None, None, None, None, 0.0,
    )  # fmt: skip
