"""The record of an incident: when and where it was, whose news it is, and how it stands."""

from __future__ import annotations

from typing import Any

import pytest

from conflict_events.graph import link
from conflict_events.records import DateMention, Event, Incident
from tests.graph.hand import actor, day, event, extraction, figure, place, weekday

VILLAGE = place("Hilltop", 39.0, 46.5, "AM")
COUNTRY = place("Armenia", 40.0, 45.0, "AM", "country")


def incident(*events: Event, **more: Any) -> Incident:
    [found] = link([extraction("r", events, main="r/e1", **more)]).incidents
    return found


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((day("2021-05-04"), day("2021-05-04")), ("2021-05-04", "2021-05-04", "day")),
        ((day("2021-05-04", "2021-05-06", precision="range"), day("2021-05-05")), ("2021-05-05", "2021-05-05", "day")),
        ((day("2021-05-01", "2021-05-31", precision="month"), None), ("2021-05-01", "2021-05-31", "month")),
        ((weekday(2), None), (None, None, None)),
        ((None, None), (None, None, None)),
    ],
    ids=["a day", "a day of a spell", "a month", "a weekday of no known week", "undated"],
)
def test_bounds_of_the_violence_are_those_told_and_none_is_invented(
    dates: tuple[DateMention | None, ...], expected: tuple[str | None, str | None, str | None]
) -> None:
    found = incident(*(event(f"r/e{n}", date=d) for n, d in enumerate(dates, 1)), published="2021-06-01")
    assert (found.start, found.end, found.date_precision) == expected


def test_battle_told_as_a_whole_over_days_is_one_incident() -> None:
    days_of_it = day("2021-05-04", "2021-05-06", precision="range")
    acts = (
        event("r/e1", place=VILLAGE, date=days_of_it),
        event("r/e2", "shelling_artillery_missile", "explosions_remote_violence", place=VILLAGE),
        event("r/e3", "air_drone_strike", "explosions_remote_violence", date=days_of_it),
    )
    found = incident(*acts)
    assert found.events == ("r/e1", "r/e2", "r/e3")
    assert (found.start, found.end) == ("2021-05-04", "2021-05-06")


def test_violence_of_which_no_end_is_told_is_ongoing() -> None:
    assert incident(event("r/e1", date=day("2021-05-04", None))).ongoing is False
    open_end = DateMention("r/d", day("2021-05-04").span, "2021-05-04", None, "throughout", "range", "explicit", None)
    found = incident(event("r/e1", date=open_end))
    assert (found.ongoing, found.start, found.end) == (True, "2021-05-04", None)


def test_place_is_the_sharpest_that_is_told_and_all_are_kept() -> None:
    found = incident(event("r/e1", place=COUNTRY), event("r/e2", place=VILLAGE))
    assert found.place is not None
    assert found.place.name == "Hilltop"
    assert [p.name for p in found.places] == ["Hilltop", "Armenia"]


def test_sides_are_those_that_fight_or_suffer() -> None:
    found = incident(
        event("r/e1", agents=(actor("ARM"),), casualties=("r/f1",)),
        figures=[figure("r/f1", 2, side="AZE", event="r/e1", by="UN")],
    )
    assert [a.party for a in found.sides] == ["ARM", "AZE"]


def test_copies_are_one_source_and_those_who_only_recall_it_are_none() -> None:
    text = (
        "Shells fell on Hilltop on Tuesday and killed four villagers, the mayor said, while the army spoke of a stray "
        "round from an exercise behind the ridge and promised to pay for three roofs, two barns and a mill."
    )
    other = (
        "A reporter who walked through Hilltop counted eleven craters and heard of four funerals on Tuesday evening."
    )
    reports = [
        extraction(r, [event(f"{r}/e1", place=VILLAGE, date=day("2021-05-04"))], text=t, main=f"{r}/e1", published=p)
        for r, t, p in (("a", text, "2021-05-04"), ("b", text, "2021-05-05"), ("c", other, "2021-05-05"))
    ]
    recalled = event("d/e2", place=VILLAGE, date=day("2021-05-04"), scope="background")
    news = event("d/e1", place=COUNTRY, date=day("2021-08-01"))
    later = extraction("d", [news, recalled], text="Talks were shot at.", main="d/e1", published="2021-08-02")
    found = link([*reports, later]).incident("a")
    assert (found.reports, found.mentioned_in, found.independent_sources) == (("a", "b", "c"), ("d",), 2)


@pytest.mark.parametrize("status", ["hypothetical", "negated"])
def test_what_did_not_happen_founds_no_incident_even_as_news(status: Any) -> None:
    assert link([extraction("r", [event("r/e1", status=status)], main="r/e1")]).incidents == ()
