"""Intervals of days and how two of them lie to each other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.text.temporal import Interval, contains, gap_days, hull, intersection, is_before, overlaps
from conflict_events.text.temporal import interval as days
from conflict_events.text.temporal.placing import easter


def iv(start: str | None, end: str | None) -> Interval:
    return Interval.from_iso(start, end)


DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    a, b = draw(DATES), draw(DATES)
    return Interval(min(a, b), max(a, b))


def test_interval_refuses_an_end_before_its_start() -> None:
    with pytest.raises(ValueError, match="before its start"):
        iv("2024-02-13", "2024-02-12")


@pytest.mark.parametrize(
    ("a", "b", "gap"),
    [
        pytest.param(iv("2024-02-13", "2024-02-13"), iv("2024-02-13", "2024-02-20"), 0, id="shared day"),
        pytest.param(iv("2024-02-12", "2024-02-12"), iv("2024-02-13", "2024-02-13"), 1, id="neighbours"),
        pytest.param(iv("2024-03-01", "2024-03-02"), iv("2024-02-01", "2024-02-27"), 3, id="over a leap day"),
        pytest.param(iv("2024-01-01", None), iv("2030-01-01", "2030-01-01"), 0, id="open end reaches everything later"),
        pytest.param(iv("2024-01-03", None), iv("2024-01-01", "2024-01-01"), 2, id="open end, other before it"),
    ],
)
def test_gap_days_counts_from_end_to_start(a: Interval, b: Interval, gap: int) -> None:
    assert gap_days(a, b) == gap_days(b, a) == gap
    assert overlaps(a, b) == (gap == 0)
    assert overlaps(a, b, slack=gap)


@given(intervals(), intervals())
def test_relations_of_two_intervals_agree(a: Interval, b: Interval) -> None:
    both = intersection(a, b)
    assert (both is not None) == overlaps(a, b)
    assert contains(hull(a, b), a)
    assert contains(hull(a, b), b)
    if both is not None:
        assert contains(a, both)
        assert not is_before(a, b)


@pytest.mark.parametrize(
    ("made", "start", "end"),
    [
        pytest.param(days.months(2024, 2), "2024-02-01", "2024-02-29", id="leap February"),
        pytest.param(days.season(2003, "WI"), "2003-12-01", "2004-02-29", id="winter runs into the next year"),
        pytest.param(days.part_of_year(2008, "H2"), "2008-07-01", "2008-12-31", id="second half"),
        pytest.param(days.part_of_year(2008, "Q3"), "2008-07-01", "2008-09-30", id="third quarter"),
        pytest.param(days.century(20), "1900-01-01", "1999-12-31", id="century"),
        pytest.param(days.week(date(2024, 2, 14)), "2024-02-12", "2024-02-18", id="week from Monday"),
        pytest.param(days.weekend(date(2024, 2, 14)), "2024-02-17", "2024-02-18", id="weekend"),
        pytest.param(
            days.shift(date(2024, 1, 31), 1, "month"), "2024-02-01", "2024-02-29", id="month after 31 January"
        ),
        pytest.param(days.shift(date(2024, 1, 31), -1, "year"), "2023-01-01", "2023-12-31", id="year before"),
    ],
)
def test_calendar_units_have_their_days(made: Interval, start: str, end: str) -> None:
    assert made.iso() == (start, end)


@pytest.mark.parametrize(
    "made",
    [
        days.day(2023, 2, 29),
        days.day(2023, 13, 1),
        days.day(0, 1, 1),
        days.months(10000, 1),
        days.years(-3),
        days.century(0),
    ],
    ids=["29 February", "month 13", "year 0", "year 10000", "negative year", "century 0"],
)
def test_days_beyond_the_calendar_are_none(made: Interval | None) -> None:
    assert made is None


@given(
    DATES,
    st.integers(-(10**7), 10**7),
    st.sampled_from(["day", "week", "month", "quarter", "year", "decade", "century", "weekend"]),
)
def test_shift_never_raises(of: date, count: int, unit: str) -> None:
    moved = days.shift(of, count, unit)
    assert moved is None or (moved.days or 0) >= 1


@pytest.mark.parametrize(
    ("year", "day"), [(1818, "1818-03-22"), (2000, "2000-04-23"), (2016, "2016-03-27"), (2038, "2038-04-25")]
)
def test_easter_falls_on_its_day(year: int, day: str) -> None:
    assert easter(year).isoformat() == day
