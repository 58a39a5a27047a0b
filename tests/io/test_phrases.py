"""What dates, amounts and toll rows are called."""

from dataclasses import replace

import pytest

from conflict_events.io.phrases import (
    Lookup,
    amount,
    clean,
    distinct_rows,
    joined,
    own_claims,
    period,
    place_name,
    possessive,
    tellings,
    toll_amount,
    toll_label,
)
from conflict_events.records import ActorRef, Claim, Span, Toll
from tests.handmade import actor, extraction, figure, incident, linked, place, seeds_linked, span

TEXT = "Armenia said two soldiers died. Later it said four soldiers died."


def gold(quote: str, start: int, **values: object) -> dict[str, object]:
    return {
        "quote": {"text": quote, "start": start, "end": start + len(quote)}, "trigger": None, "outcome": "killed",
        "value": 2, "low": 2, "high": 2, "qualifier": "exact", "victims": None, "victim_kind": "combatant", "side": None,
        "claimant": None, "status": "asserted", "scope": "current", "cumulative": False, "cause": "unknown", **values,
    }  # fmt: skip


def claim(number: int, *, superseded_by: str | None = None, claimant: ActorRef | None = None, n: int = 2) -> Claim:
    return Claim(f"r/f{number}", "r", claimant, "own", n, n, n, superseded_by)


def toll(*claims: Claim, **values: object) -> Toll:
    fields: dict[str, object] = {
        "side": None, "victims": None, "outcome": "killed", "low": 2, "high": 2, "best": 2, "rule": "single",
        "disputed": False, "claims": claims,
    }  # fmt: skip
    return Toll(**{**fields, **values})  # type: ignore[arg-type]


@pytest.fixture
def lookup() -> Lookup:
    figures = (
        figure(TEXT, gold("two", 13, victims={"text": "soldiers", "start": 17, "end": 25}), "r", 1),
        figure(TEXT, gold("four", 46, value=4, low=4, high=4), "r", 2),
    )
    return Lookup(linked((extraction(TEXT, figures=figures),), (incident("i"),)))


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


def test_toll_amount_of_a_dispute_names_the_alternatives() -> None:
    row = toll(claim(1), claim(2, n=4), low=2, high=4, disputed=True)
    assert toll_amount(row) == "2 or 4"


def test_toll_amount_of_a_dispute_leaves_out_replaced_figures() -> None:
    row = toll(claim(1), claim(2, n=4), claim(3, n=1, superseded_by="r/f1"), low=2, high=4, disputed=True)
    assert toll_amount(row) == "2 or 4"


def test_toll_label_says_side_and_victims(lookup: Lookup) -> None:
    side = actor(span(TEXT, "Armenia"))
    sided = toll(claim(1), side=side, victims="combatant")
    whole = toll(claim(1), victims="combatant")
    assert toll_label(sided, lookup, [sided, whole]) == "Armenia's soldiers"
    assert toll_label(whole, lookup, [sided, whole]) == "all sides"
    assert toll_label(whole, lookup, [whole]) == "soldiers"


def test_toll_label_without_victims_names_the_side_or_people(lookup: Lookup) -> None:
    side = ActorRef(Span("rebels", 0, 6), "r/a1", "the rebels", None, "armed_group", None)
    assert toll_label(toll(claim(2), side=side), lookup, []) == "the rebels' side"
    assert toll_label(toll(claim(2)), lookup, []) == "people"


def test_tellings_join_those_who_say_the_same_and_put_replaced_ones_first(lookup: Lookup) -> None:
    armenia = actor(span(TEXT, "Armenia"))
    told = tellings(toll(claim(2, n=4), claim(1, superseded_by="r/f2", claimant=armenia)), lookup)
    assert [(t.words, t.sources, t.superseded) for t in told] == [("two", "Armenia in r", True), ("four", "r", False)]


def test_claimant_is_named_with_its_party_where_the_name_leaves_it_out(lookup: Lookup) -> None:
    ministry = ActorRef(Span("ministry", 0, 8), "r/a1", "Defence Ministry", "ARM", "state", "ARM")
    assert lookup.claimant(ministry) == "Defence Ministry (Armenia)"
    assert lookup.claimant(replace(ministry, name="Armenian army")) == "Armenian army"


def test_distinct_rows_drop_what_a_narrower_row_says(lookup: Lookup) -> None:
    side = actor(span(TEXT, "Armenia"))
    narrow = toll(claim(1), side=side, victims="combatant")
    rows = (toll(claim(1)), toll(claim(1), victims="combatant"), toll(claim(1), side=side), narrow)
    assert distinct_rows(rows) == [narrow]


def test_distinct_rows_keep_a_whole_with_claims_of_its_own() -> None:
    side = actor(span(TEXT, "Armenia"))
    rows = [toll(claim(1), side=side), toll(claim(1), claim(2, n=4), low=4, high=4, best=4)]
    assert distinct_rows(rows) == rows
    assert [c.figure for c in own_claims(rows[1], rows).claims] == ["r/f2"]


def test_undated_incident_is_dated_by_the_words_of_its_reports() -> None:
    found = seeds_linked()
    assert Lookup(found).dates_told(found.incidents[0]) == ["Tuesday", "Recently"]
