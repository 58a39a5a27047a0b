"""Places and days as linking compares them."""

from __future__ import annotations

import pytest

from conflict_events.graph import days, space
from conflict_events.graph.titles import days_in_words, title_of
from tests.graph.hand import actor, day, place

VILLAGE = place("Hilltop", 39.0, 46.5, "AM")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (VILLAGE, "same"),
        (place("Lowfield", 39.05, 46.5, "AM"), "front"),
        (place("Midfield", 39.3, 46.5, "AM"), "near"),
        (place("Northton", 41.0, 45.0, "AM"), "far"),
        (place("Easton", 39.0, 49.0, "AZ"), "elsewhere"),
        (place("Armenia", 40.0, 45.0, "AM", "country"), "inside_wide"),
        (place("Syunik", 39.2, 46.4, "AM", "region"), "inside"),
        (place("Georgia", 42.0, 43.5, "GE", "country"), "elsewhere"),
        (place("the line", None, None, None, "area"), None),
        (None, None),
    ],
    ids=lambda v: v if isinstance(v, str) else v.name if v else "none",
)
def test_relation_of_two_places(other: object, expected: str | None) -> None:
    assert space.relation(VILLAGE, other) == expected  # type: ignore[arg-type]
    assert space.relation(other, VILLAGE) == expected  # type: ignore[arg-type]


def test_near_places_share_a_cell_and_wide_ones_have_none() -> None:
    near = place("Lowfield", 39.05, 46.49, "AM")
    assert set(space.cells(VILLAGE)) & set(space.cells(near))
    assert not list(space.cells(place("Armenia", 40.0, 45.0, "AM", "country")))


def test_distinct_places_stand_sharpest_first() -> None:
    country = place("Armenia", 40.0, 45.0, "AM", "country")
    assert space.distinct([country, VILLAGE, VILLAGE]) == (VILLAGE, country)


def test_interval_with_an_unknown_end_is_before_nothing_it_may_reach() -> None:
    assert days.is_before(("2021-05-04", "2021-05-04"), ("2021-05-05", None))
    assert not days.is_before(("2021-05-04", None), ("2021-05-05", "2021-05-05"))
    assert days.gap(("2021-05-04", None), ("2021-05-05", "2021-05-05")) is None


def test_expression_without_bounds_lasts_as_long_as_its_precision() -> None:
    assert days.mention_length(day(None, precision="year")) == 365
    assert days.mention_length(day("2021-05-04", "2021-05-06", precision="range")) == 3


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (None, ""),
        (("2021-05-04", "2021-05-04"), "4 May 2021"),
        (("2021-05-30", "2021-06-02"), "30 May 2021 – 2 June 2021"),
        (("2019-01-01", "2021-12-31"), "2019–2021"),
        (("2020-09-01", "2020-11-30"), "September 2020 – November 2020"),
        (("2021-05-04", None), "since 4 May 2021"),
    ],
)
def test_days_read_as_people_say_them(interval: days.Interval | None, words: str) -> None:
    assert days_in_words(interval) == words


def test_title_leaves_out_what_is_not_known() -> None:
    assert title_of("shelling_artillery_missile", VILLAGE, (), None, None) == "Shelling in Hilltop"
    assert title_of("armed_clash", None, (actor("ARM"),), None, None) == "Armed clash"
    assert title_of("something_new", None, (), None, None) == "Something new"
