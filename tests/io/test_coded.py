"""ACLED-like and UCDP-like rows: each of the documented rules on incidents of a few events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conflict_events.graph import link
from conflict_events.io.rows import table
from conflict_events.records import CasualtyFigure, Event
from tests.graph.hand import actor, day, event, extraction, figure, place

VILLAGE = place("Hilltop", 39.0, 46.5, "AM")
ARMY, REBELS, POLICE = actor("SDN", kind="military"), actor("rsf", kind="armed_group"), actor("SDN", kind="police")
VIOLENCE = {"type_": "attack", "class_": "violence_against_civilians"}


def killed(number: int, **more: Any) -> CasualtyFigure:
    return figure(f"r/f{number}{len(str(more))}", number, event="r/e1", **more)


def row(name: str, news: Event, *figures: CasualtyFigure, others: tuple[Event, ...] = ()) -> dict[str, Any]:
    linked = link([extraction("r", [news, *others], figures, main="r/e1")]).linked
    found = table(linked, name).to_dicts()
    return dict(found[0]) if found else {}


@pytest.mark.parametrize(
    ("type_", "class_", "expected"),
    [
        ("armed_clash", "battles", ("Political violence", "Battles", "Armed clash")),
        (
            "air_drone_strike",
            "explosions_remote_violence",
            ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
        ),
        ("peaceful_protest", "protests", ("Demonstrations", "Protests", "Peaceful protest")),
        (
            "excessive_force_against_protesters",
            "protests",
            ("Political violence; Demonstrations", "Protests", "Excessive force against protesters"),
        ),
        ("violent_demonstration", "riots", ("Demonstrations", "Riots", "Violent demonstration")),
        ("mob_violence", "riots", ("Political violence", "Riots", "Mob violence")),
        ("agreement", "strategic_developments", ("Strategic developments", "Strategic developments", "Agreement")),
        ("war", "war", ("Political violence", "War", "War")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_acled_types_are_the_codebooks_words(type_: str, class_: str, expected: tuple[str, str, str]) -> None:
    found = row("incidents", event("r/e1", type_, class_))
    assert (found["disorder_type"], found["event_type"], found["sub_event_type"]) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (day("2021-05-04"), ("2021-05-04", "2021-05-04", 1)),
        (day("2021-05-03", "2021-05-09", precision="week"), ("2021-05-03", "2021-05-09", 2)),
        (day("2021-05-04", "2021-05-06", precision="range"), ("2021-05-04", "2021-05-06", 3)),
        (day("2021-05-01", "2021-05-31", precision="month"), ("2021-05-01", "2021-05-31", 3)),
        (None, (None, None, None)),
    ],
)
def test_battle_of_several_days_is_one_row(date: Any, expected: tuple[Any, ...]) -> None:
    found = row("incidents", event("r/e1", date=date))
    assert (found["event_date"], found["end_date"], found["time_precision"]) == expected


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        (event("r/e1", agents=(REBELS,), targets=(ARMY,)), ("rsf", "Sudan")),
        (event("r/e1", agents=(ARMY,), targets=(REBELS,)), ("Sudan", "rsf")),
        (event("r/e1", agents=(ARMY,)), ("Sudan", None)),
        (event("r/e1", agents=(REBELS,), **VIOLENCE), ("rsf", "Civilians")),
        (event("r/e1", targets=(ARMY,), **VIOLENCE), (None, "Civilians (Sudan)")),
        (event("r/e1", **VIOLENCE), (None, "Civilians")),
        (event("r/e1"), (None, None)),
    ],
    ids=["doer first", "the other doer", "one side", "one-sided", "victims' side alone", "nobody named", "no sides"],
)
def test_acled_actors_are_who_did_it_and_whom(news: Event, expected: tuple[str | None, str | None]) -> None:
    found = row("incidents", news)
    assert (found["actor1"], found["actor2"]) == expected


def test_fatalities_of_a_dispute_are_the_lowest_and_its_bounds_are_kept() -> None:
    found = row("incidents", event("r/e1"), killed(4, by="A"), killed(9, by="B"))
    assert [found[f"fatalities{end}"] for end in ("", "_low", "_high", "_disputed")] == [4, 4, 9, True]


def test_ceiling_is_no_number_of_fatalities() -> None:
    up_to = replace(figure("r/f1", 40, event="r/e1"), qualifier="at_most", low=None)
    found = row("incidents", event("r/e1"), up_to)
    assert [found[f"fatalities{end}"] for end in ("", "_low", "_high")] == [None, None, 40]


def test_fatalities_that_nobody_numbers_are_the_lower_bound_and_untold_ones_null() -> None:
    assert row("incidents", event("r/e1"), figure("r/f1", None, qualifier="vague", event="r/e1"))["fatalities"] == 3
    assert row("incidents", event("r/e1"))["fatalities"] is None


def test_civilians_are_targeted_where_the_class_or_the_toll_says_so() -> None:
    assert row("incidents", event("r/e1", **VIOLENCE))["civilian_targeting"]
    assert row("incidents", event("r/e1"), killed(4, kind="civilian"))["civilian_targeting"]
    assert not row("incidents", event("r/e1"), killed(4))["civilian_targeting"]


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        (event("r/e1", agents=(REBELS,), targets=(ARMY,)), (1, "Sudan", "rsf")),
        (event("r/e1", agents=(REBELS,), targets=(actor("slm", kind="armed_group"),)), (2, "rsf", "slm")),
        (event("r/e1", agents=(POLICE,), **VIOLENCE), (3, "Sudan", "Civilians")),
        (event("r/e1"), (None, None, None)),
    ],
    ids=["state-based", "non-state", "one-sided", "no sides"],
)
def test_ucdp_type_of_violence_and_sides(news: Event, expected: tuple[Any, ...]) -> None:
    found = row("ucdp", news, killed(5))
    assert (found["type_of_violence"], found["side_a"], found["side_b"]) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([killed(7, side="SDN"), killed(4, side="rsf")], (7, 4, None, 0, 11)),
        ([killed(7, side="SDN", kind="combatant"), killed(4, kind="civilian")], (7, None, 4, 0, 11)),
        ([killed(7, side="SDN"), killed(2, side="SDN", kind="civilian")], (5, None, 2, 0, 7)),
        ([killed(20), killed(4, side="rsf")], (None, 4, None, 16, 20)),
        ([killed(5)], (None, None, None, 5, 5)),
    ],
    ids=["both sides", "fighters and civilians", "a side's civilians are none of its fighters", "the rest", "nobody's"],
)
def test_ucdp_deaths_add_up_to_the_best_number(figures: list[CasualtyFigure], expected: tuple[int | None, ...]) -> None:
    found = row("ucdp", event("r/e1", agents=(ARMY,), targets=(REBELS,)), *figures)
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best")
    assert tuple(found[name] for name in names) == expected
    assert sum(found[name] or 0 for name in names[:-1]) == found["best"]


@pytest.mark.parametrize(
    "news",
    [event("r/e1", status="denied", denied_by=(actor("A"),)), event("r/e1", "war", "war")],
    ids=["denied", "a whole war"],
)
def test_ucdp_has_no_row_for_what_is_denied_or_no_single_event(news: Event) -> None:
    assert row("ucdp", news, killed(5)) == {}


def test_ucdp_has_no_row_without_a_death() -> None:
    assert row("ucdp", event("r/e1"), figure("r/f1", 0, event="r/e1")) == {}
    assert row("ucdp", event("r/e1"), killed(5, outcome="injured")) == {}


@pytest.mark.parametrize(
    ("where", "acled", "ucdp"),
    [("settlement", 1, 1), ("district", 2, 3), ("region", 3, 4), ("area", 3, 5), ("country", 3, 6)],
)
def test_places_are_as_precise_as_told(where: str, acled: int, ucdp: int) -> None:
    news = event("r/e1", place=place("Hilltop", 39.0, 46.5, "AM", where))
    assert row("incidents", news)["geo_precision"] == acled
    assert row("ucdp", news, killed(2))["where_prec"] == ucdp
