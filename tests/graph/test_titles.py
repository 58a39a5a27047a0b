"""Titles of incidents, and intervals of days in words."""

from __future__ import annotations

import pytest

from conflict_events.graph.days import Interval
from conflict_events.graph.titles import days_in_words, title_of
from conflict_events.records import ActorRef, Place
from tests.graph.hand import actor, place

VILLAGE = place("Hilltop", 39.0, 46.5, "AM")
DISTRICT = place("Kulp", 38.5, 41.0, "TR", "district")
COUNTRY = place("Armenia", 40.0, 45.0, "AM", "country")
SIDES = (actor("ARM", name="Armenia"), actor("AZE", name="Azerbaijan"))
DAY = ("2021-05-04", "2021-05-04")


@pytest.mark.parametrize(
    ("kind", "where", "sides", "when", "expected"),
    [
        ("armed_clash", VILLAGE, SIDES, DAY, "Armed clash near Hilltop, 4 May 2021"),
        ("suicide_bomb", VILLAGE, (), DAY, "Suicide bombing in Hilltop, 4 May 2021"),
        ("armed_clash", DISTRICT, SIDES, None, "Armed clash in Kulp"),
        ("armed_clash", COUNTRY, SIDES, None, "Armed clash between Armenia and Azerbaijan"),
        ("attack", COUNTRY, SIDES[:1], None, "Attack in Armenia"),
        ("other", None, (), None, "Other"),
    ],
    ids=["village", "no clash", "district", "two sides", "a wide place", "nothing known"],
)
def test_title_names_what_is_known(
    kind: str, where: Place | None, sides: tuple[ActorRef, ...], when: Interval | None, expected: str
) -> None:
    assert title_of(kind, where, sides, when, "day") == expected


@pytest.mark.parametrize(
    ("interval", "precision", "expected"),
    [
        (None, None, ""),
        (DAY, "day", "4 May 2021"),
        (("2021-05-04", "2021-05-06"), "range", "4–6 May 2021"),
        (("2021-05-01", "2021-05-31"), "month", "May 2021"),
        (("2021-05-01", "2021-05-31"), "range", "1–31 May 2021"),
        (("2021-01-01", "2021-12-31"), "year", "2021"),
        (("1990-01-01", "1999-12-31"), "decade", "1990–1999"),
        (("2020-09-27", "2020-11-10"), "range", "27 September 2020 – 10 November 2020"),
        (("2022-12-01", "2023-02-28"), "season", "December 2022 – February 2023"),
        (("2021-05-04", None), None, "since 4 May 2021"),
        ((None, "2021-05-04"), None, "until 4 May 2021"),
    ],
)
def test_days_read_as_a_person_says_them(interval: Interval | None, precision: str | None, expected: str) -> None:
    assert days_in_words(interval, precision) == expected
