"""What dates, amounts, places and parties are called."""

from dataclasses import replace

import pytest

from conflict_events.io.phrases import Lookup, amount, clean, joined, period, place_name, possessive
from conflict_events.records import ActorRef, Span
from tests.handmade import place, seeds_linked, span


@pytest.mark.parametrize(
    ("low", "high", "best", "words"),
    [
        pytest.param(3, None, None, "at least 3", id="several"),
        pytest.param(1000, 1000, 1000, "1,000", id="thousands"),
        pytest.param(301, None, 300, "more than 300", id="more-than"),
        pytest.param(None, 49, 50, "fewer than 50", id="fewer-than"),
        pytest.param(0, 0, 0, "0", id="nobody"),
        pytest.param(None, None, None, "number not told", id="unknown"),
    ],
)
def test_amount_says_what_bounds_allow(low: int | None, high: int | None, best: int | None, words: str) -> None:
    assert amount(low, high, best) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        pytest.param("2024-02-12", "2024-02-13", "12 to 13 February 2024", id="two-days"),
        pytest.param("2020-09-01", "2020-11-30", "September 2020 to November 2020", id="months"),
        pytest.param("2020-09-27", "2020-11-10", "27 September 2020 to 10 November 2020", id="days-of-two-months"),
        pytest.param("2020-01-01", None, "since 2020", id="since-a-year"),
        pytest.param(None, "2024-02-13", "until 13 February 2024", id="until-a-day"),
        pytest.param(None, None, "", id="unknown"),
    ],
)
def test_period_names_whole_months_and_open_ends(start: str | None, end: str | None, words: str) -> None:
    assert period(start, end) == words


def test_clean_takes_out_what_steers_a_terminal() -> None:
    assert clean("a\x1b]0;title\x07\u202eb\nc\ud800") == "a]0;titleb c"


def test_joined_of_none_is_empty() -> None:
    assert joined([]) == ""


def test_possessive_of_a_name_in_s() -> None:
    assert possessive("the Houthis") == "the Houthis'"


def test_place_name_does_not_repeat_its_region() -> None:
    found = replace(place(span("near Tovuz", "Tovuz"), "r", 1), admin1="Tovuz")
    assert place_name(found) == "Tovuz, Azerbaijan"


def test_claimant_is_named_with_its_party_where_the_name_leaves_it_out() -> None:
    lookup = Lookup(seeds_linked())
    ministry = ActorRef(Span("ministry", 0, 8), "r/a1", "Defence Ministry", "ARM", "state", "ARM")
    assert lookup.claimant(ministry) == "Defence Ministry (Armenia)"
    assert lookup.claimant(replace(ministry, name="Armenian army")) == "Armenian army"


def test_undated_incident_is_dated_by_the_words_of_its_reports() -> None:
    found = seeds_linked()
    assert Lookup(found).dates_told(found.incidents[0]) == ["Tuesday", "Recently"]
