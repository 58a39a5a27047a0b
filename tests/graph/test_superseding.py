"""Which figures a later one replaces: the contract's three rules, and what a report tells of its own figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conflict_events.graph.tolls import add_up
from conflict_events.records import CasualtyFigure
from tests.graph.hand import actor, border_clash, day, figure, row, told


def test_later_figure_of_same_claimant_replaces_the_earlier() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 20, side="ARM", by="ARM"), on="2021-05-04"),
            told(figure("b/f1", 17, side="ARM", by="ARM"), on="2021-05-06"),
        ]
    )
    found = row(tolls, side="ARM")
    assert (found.low, found.high, found.best, found.rule) == (17, 17, 17, "latest")
    assert [c.superseded_by for c in found.claims] == ["b/f1", None]


@pytest.mark.parametrize(
    "other",
    [
        figure("b/f1", 17, side="ARM", by="AZE"),
        figure("b/f1", 17, side="AZE", by="ARM"),
        figure("b/f1", 17, side="ARM", by="ARM", outcome="injured"),
        figure("b/f1", 17, side="ARM", by="ARM", kind="civilian"),
    ],
    ids=["other claimant", "other side", "other outcome", "other kind"],
)
def test_later_figure_of_another_kind_replaces_nothing(other: object) -> None:
    earlier = figure("a/f1", 20, side="ARM", by="ARM", kind="combatant")
    tolls = add_up([told(earlier, on="2021-05-04"), told(other, on="2021-05-06")])  # type: ignore[arg-type]
    assert not any(c.superseded_by for t in tolls for c in t.claims)


@pytest.mark.parametrize("dates", [True, False], ids=["later", "raising"])
def test_count_of_all_replaces_one_of_a_kind_among_all_kinds_only(dates: bool) -> None:
    tolls = add_up(
        [
            told(
                figure("a/f1", 5, by="police", kind="civilian", qualifier="exact" if dates else "at_least"),
                on="2021-05-04" if dates else None,
            ),
            told(figure("b/f1", 20, by="police"), on="2021-05-06" if dates else None),
        ]
    )
    civilians = row(tolls, victims="civilian")
    assert (civilians.low, civilians.high, civilians.best) == (5, 5 if dates else None, 5)
    assert [(c.figure, c.superseded_by) for c in civilians.claims] == [("a/f1", None)]
    everyone = row(tolls)
    assert (everyone.low, everyone.high, everyone.best) == (20, 20, 20)
    assert [(c.figure, c.superseded_by) for c in everyone.claims] == [("a/f1", "b/f1"), ("b/f1", None)]


@pytest.mark.parametrize("kind", ["civilian", "combatant"])
@pytest.mark.parametrize(("later", "best"), [(5, 20), (25, 25)], ids=["fewer", "more than all before"])
def test_later_count_of_one_kind_replaces_only_a_count_of_all_below_it(kind: str, later: int, best: int) -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 20, by="police"), on="2021-05-04"),
            told(figure("b/f1", later, by="police", kind=kind), on="2021-05-06"),
        ]
    )
    assert (row(tolls).best, row(tolls).disputed) == (best, False)
    assert row(tolls, victims=kind).best == later


def test_figure_replaces_by_the_day_it_stood_before_the_day_of_its_report() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 20, by="MON", as_of=day("2021-05-09")), on="2021-05-10"),
            told(figure("b/f1", 17, by="MON", as_of=day("2021-05-05")), on="2021-05-10"),
        ]
    )
    assert row(tolls).best == 20


def test_without_dates_an_open_lower_bound_is_replaced_by_a_higher_figure() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 49, qualifier="at_least", side="ARM", by="ARM")),
            told(figure("b/f1", 105, qualifier="at_least", side="ARM", by="ARM")),
        ]
    )
    found = row(tolls, side="ARM")
    assert (found.low, found.high, found.best, found.rule) == (105, None, 105, "lower_bound_raised")


def test_without_dates_a_closed_figure_is_not_replaced() -> None:
    tolls = add_up([told(figure("a/f1", 49, by="ARM")), told(figure("b/f1", 105, by="ARM"))])
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (49, 105, True)


@pytest.mark.parametrize("value", [30, 49], ids=["lower", "the same"])
def test_without_dates_an_open_lower_bound_stands_beside_a_figure_that_is_no_higher(value: int) -> None:
    tolls = add_up(
        [told(figure("a/f1", 49, qualifier="at_least", by="ARM")), told(figure("b/f1", value, by="ARM"))],
    )
    assert not any(c.superseded_by for c in row(tolls).claims)


def test_higher_figure_of_an_earlier_report_raises_no_later_lower_bound() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 105, by="ARM"), on="2021-05-04"),
            told(figure("b/f1", 49, qualifier="at_least", by="ARM"), on="2021-05-06"),
        ]
    )
    assert [c.superseded_by for c in row(tolls).claims] == ["b/f1", None]


@pytest.mark.parametrize("dates", [False, True], ids=["undated", "dated"])
def test_whole_whose_part_is_replaced_is_replaced_and_not_disputed(dates: bool) -> None:
    tolls = add_up(border_clash(dates=dates))
    whole = row(tolls)
    assert (whole.low, whole.high, whole.best, whole.rule) == (155, None, 155, "sum_of_sides")
    assert not whole.disputed
    replaced = {c.figure: c.superseded_by for c in whole.claims if c.value == 100}
    assert replaced == {"a/f1": "c/f2", "b/f1": "c/f2"}
    armenian = row(tolls, side="ARM")
    assert (armenian.low, armenian.rule) == (105, "latest" if dates else "lower_bound_raised")
    azerbaijani = row(tolls, side="AZE")
    assert (azerbaijani.best, azerbaijani.rule) == (50, "same_value")


def test_days_of_which_an_end_is_unknown_order_nothing() -> None:
    since = told(figure("a/f1", 9, by="A", as_of=day("2021-05-04", None)))
    until = replace(since, figure=figure("b/f1", 7, by="A"), report="b", published=(None, "2021-05-04"))
    known = told(figure("c/f1", 8, by="A"), on="2021-05-04")
    assert row(add_up([since, until, known])).disputed


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Gaza's health ministry", "ministry"),
        ("health ministry", "Gaza's health ministry"),
        ("Hospital spokesman", "Lady Reading Hospital"),
    ],
)
def test_later_figure_of_a_claimant_under_another_name_is_an_update(first: str, later: str) -> None:
    earlier = replace(figure("a/f1", 12), claimant=actor("", name=first))
    raised = replace(figure("b/f1", 31), claimant=actor("", name=later))
    found = row(add_up([told(nameless(earlier), on="2021-05-04"), told(nameless(raised), on="2021-05-05")]))
    assert (found.best, found.rule, found.disputed) == (31, "latest", False)
    assert [c.superseded_by for c in found.claims] == ["b/f1", None]


def nameless(figure_: CasualtyFigure) -> CasualtyFigure:
    """The figure with its claimant's party taken away, as where a text names a body of nobody's side."""
    assert figure_.claimant is not None
    return replace(figure_, claimant=replace(figure_.claimant, party=None))


def test_figure_that_its_own_report_tells_as_risen_replaces_the_lower() -> None:
    figures = [told(figure("r/f1", 12, by="police")), told(figure("r/f2", 31, by="police"))]
    assert row(add_up(figures)).disputed
    found = row(add_up(figures, updates=[("r/f2", "r/f1")]))
    assert (found.low, found.high, found.best, found.rule) == (31, 31, 31, "latest")


def test_figures_told_to_replace_each_other_leave_one_standing() -> None:
    figures = [told(figure(f"r/f{n}", n, by="police")) for n in (1, 2, 3)]
    found = row(add_up(figures, updates=[("r/f1", "r/f2"), ("r/f2", "r/f3"), ("r/f3", "r/f1")]))
    assert [c.figure for c in found.claims if c.superseded_by is None] != []


def test_update_of_other_victims_replaces_nothing() -> None:
    figures = [told(figure("r/f1", 12, side="saf")), told(figure("r/f2", 31, side="rsf"))]
    assert not any(c.superseded_by for t in add_up(figures, updates=[("r/f2", "r/f1")]) for c in t.claims)


def test_later_count_of_one_side_above_the_count_of_all_before_replaces_it() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 31, by="ministry"), on="2021-05-04"),
            told(figure("b/f1", 33, by="ministry", side="PSE"), on="2021-05-05"),
        ]
    )
    whole = row(tolls)
    assert (whole.low, whole.high, whole.best, whole.disputed) == (33, 33, 33, False)
    assert [c.superseded_by for c in whole.claims] == ["b/f1", None]


@pytest.mark.parametrize(
    ("number", "by", "on"),
    [(20, "ministry", "2021-05-05"), (33, "army", "2021-05-05"), (33, "ministry", "2021-05-04")],
    ids=["a part of all", "another claimant", "the same day"],
)
def test_count_of_one_side_otherwise_replaces_no_count_of_all(number: int, by: str, on: str) -> None:
    later = told(figure("b/f1", number, by=by, side="PSE"), on=on)
    tolls = add_up([told(figure("a/f1", 31, by="ministry"), on="2021-05-04"), later])
    assert not any(c.superseded_by for c in row(tolls).claims)


def test_what_replaced_a_part_does_not_replace_the_whole_that_replaced_it() -> None:
    figures = [
        told(figure("a/f1", 12, by="monitor")),
        told(figure("a/f2", 10, qualifier="at_least", by="monitor")),
        told(figure("a/f3", 4, by="monitor", subset_of="a/f1")),
    ]
    found = row(add_up(figures, updates=[("a/f2", "a/f3")]))
    assert (found.low, found.high, found.best) == (12, 12, 12)
    assert {c.figure: c.superseded_by for c in found.claims} == {"a/f1": None, "a/f2": "a/f1", "a/f3": "a/f2"}


def test_all_the_civilians_of_a_count_of_everyone_are_updated_by_a_later_count_of_civilians() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 20, by="health"), on="2021-05-04"),
            told(figure("a/f2", 9, kind="civilian", by="health", subset_of="a/f1"), on="2021-05-04"),
            told(figure("b/f1", 12, kind="civilian", by="health"), on="2021-05-05"),
        ]
    )
    civilians = row(tolls, victims="civilian")
    assert (civilians.low, civilians.high, civilians.best, civilians.rule) == (12, 12, 12, "latest")
    assert (row(tolls).low, row(tolls).high, row(tolls).best) == (20, 20, 20)


def test_an_update_of_the_killed_replaces_no_count_of_killed_and_injured_together() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 30, outcome="casualties", by="police"), on="2021-05-04"),
            told(figure("a/f2", 10, by="police", subset_of="a/f1"), on="2021-05-04"),
            told(figure("b/f1", 12, by="police"), on="2021-05-05"),
        ]
    )
    assert (row(tolls).best, row(tolls, "casualties").best) == (12, 30)
