"""ISO 8601 dates as intervals of days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.text.days import day_interval


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2022-09-13", ("2022-09-13", "2022-09-13"), id="day"),
        pytest.param("2022-09-13T23:59:00Z", ("2022-09-13", "2022-09-13"), id="time"),
        pytest.param("2022-09-13 08:00:00", ("2022-09-13", "2022-09-13"), id="news-please"),
        pytest.param("2024-02", ("2024-02-01", "2024-02-29"), id="month"),
        pytest.param("1994", ("1994-01-01", "1994-12-31"), id="year"),
        pytest.param("13.09.2022", None, id="not-iso"),
        pytest.param("2022-13-01", None, id="no-such-month"),
        pytest.param("0000", None, id="no-such-year"),
        pytest.param("", None, id="empty"),
    ],
)
def test_day_interval(value: str, expected: tuple[str, str] | None) -> None:
    assert day_interval(value) == expected


@given(st.text(max_size=12))
def test_day_interval_never_raises(value: str) -> None:
    found = day_interval(value)
    assert found is None or found[0] <= found[1]
