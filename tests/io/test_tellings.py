"""Which toll rows are shown, what they are called, and who says so."""

from dataclasses import replace

import pytest

from conflict_events.io.phrases import Lookup
from conflict_events.io.tellings import distinct_rows, tellings, told_rows, toll_amount, toll_label
from conflict_events.records import ActorRef, Claim, Span, Toll
from tests.handmade import actor, extraction, figure, incident, linked, span

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


def test_toll_amount_of_a_dispute_names_the_alternatives(lookup: Lookup) -> None:
    row = toll(claim(1), claim(2, n=4), low=2, high=4, disputed=True)
    assert toll_amount(row, lookup) == "2 or 4"


def test_toll_amount_of_a_dispute_leaves_out_replaced_figures(lookup: Lookup) -> None:
    row = toll(claim(1), claim(2, n=4), claim(3, n=1, superseded_by="r/f1"), low=2, high=4, disputed=True)
    assert toll_amount(row, lookup) == "2 or 4"


def test_toll_label_says_side_and_victims(lookup: Lookup) -> None:
    side = actor(span(TEXT, "Armenia"))
    sided = toll(claim(1), side=side, victims="combatant")
    whole = toll(claim(1), victims="combatant")
    assert toll_label(sided, lookup, [sided, whole]) == "Armenia's soldiers"
    assert toll_label(whole, lookup, [sided, whole]) == "all sides"
    assert toll_label(whole, lookup, [whole]) == "soldiers"


def test_toll_label_without_victims_names_the_side_or_people(lookup: Lookup) -> None:
    side = ActorRef(Span("Houthis", 0, 7), "r/a1", "the Houthis", None, "armed_group", None)
    assert toll_label(toll(claim(2), side=side), lookup, []) == "the Houthis' side"
    assert toll_label(toll(claim(2)), lookup, []) == "people"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        pytest.param("the rebels", "the rebels", id="people"),
        pytest.param("at least 62 militants", "militants", id="counted-people"),
    ],
)
def test_toll_label_of_a_side_named_by_its_people_is_that_name(lookup: Lookup, name: str, label: str) -> None:
    side = ActorRef(Span(name, 0, len(name)), "r/a1", name, None, "armed_group", None)
    assert toll_label(toll(claim(1), side=side, victims="combatant"), lookup, []) == label


def test_tellings_join_those_who_say_the_same_and_put_replaced_ones_first(lookup: Lookup) -> None:
    armenia = actor(span(TEXT, "Armenia"))
    told = tellings(toll(claim(2, n=4), claim(1, superseded_by="r/f2", claimant=armenia)), lookup)
    assert [(t.words, t.sources, t.superseded) for t in told] == [("two", "Armenia in r", True), ("four", "r", False)]


def test_distinct_rows_drop_what_a_narrower_row_says(lookup: Lookup) -> None:
    side = actor(span(TEXT, "Armenia"))
    narrow = toll(claim(1), side=side, victims="combatant")
    rows = (toll(claim(1)), toll(claim(1), victims="combatant"), toll(claim(1), side=side), narrow)
    assert distinct_rows(rows) == [narrow]


def test_distinct_rows_keep_a_whole_with_claims_of_its_own() -> None:
    side = actor(span(TEXT, "Armenia"))
    rows = [toll(claim(1), side=side), toll(claim(1), claim(2, n=4), low=4, high=4, best=4)]
    assert distinct_rows(rows) == rows


def test_told_rows_show_a_claim_once_and_the_whole_beside_its_side(lookup: Lookup) -> None:
    side = actor(span(TEXT, "Armenia"))
    rows = [toll(claim(1), side=side), toll(claim(1), claim(2, n=4), low=4, high=4, best=4)]
    shown = [(r.label, r.amount, [t.words for t in r.tellings]) for r in told_rows(rows, lookup)]
    assert shown == [("Armenia's side", "2", ["two"]), ("all sides", "4", ["four"])]


def test_told_rows_name_what_is_told_of_no_side_where_one_side_is_the_whole(lookup: Lookup) -> None:
    side = actor(span(TEXT, "Armenia"))
    disputed = {"low": 2, "high": 4, "best": 2, "disputed": True}
    rows = [toll(claim(1), claim(3, n=4), side=side, **disputed), toll(claim(1), claim(2), claim(3, n=4), **disputed)]
    shown = [(r.label, r.amount, r.disputed) for r in told_rows(rows, lookup)]
    assert shown == [("Armenia's side", "2 or 4", True), ("side not told", "2", False)]


def test_some_of_those_that_a_row_counts_stand_behind_the_count_and_do_not_name_the_row() -> None:
    text = "Police said ten people died, five children among them."
    figures = (
        figure(text, gold("ten", 12, value=10, low=10, high=10), "r", 1),
        figure(
            text, gold("five", 29, value=5, low=5, high=5, victims={"text": "children", "start": 34, "end": 42}), "r", 2
        ),
    )
    figures = (figures[0], replace(figures[1], subset_of="r/f1"))
    lookup = Lookup(linked((extraction(text, figures=figures),), (incident("i"),)))
    row = toll(claim(1, n=10), claim(2, n=5), low=10, high=10, best=10)
    assert [t.words for t in tellings(row, lookup)] == ["ten", "among them five children"]
    assert toll_label(row, lookup, [row]) == "people"


def test_toll_amount_of_a_dispute_leaves_out_parts() -> None:
    figures = (
        figure(TEXT, gold("two", 13), "r", 1),
        figure(TEXT, gold("four", 46, value=4, low=4, high=4), "r", 2),
        replace(figure(TEXT, gold("soldiers", 17, value=1, low=1, high=1), "r", 3), subset_of="r/f2"),
    )
    lookup = Lookup(linked((extraction(TEXT, figures=figures),), (incident("i"),)))
    row = toll(claim(1), claim(2, n=4), claim(3, n=1), low=2, high=4, disputed=True)
    assert toll_amount(row, lookup) == "2 or 4"
    assert [(t.words, t.part) for t in tellings(row, lookup)][-1] == ("among them soldiers", True)
