"""What figures that answer one question come to: the span of those that stand, disputes, and the number to name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conflict_events.graph.tolls import add_up
from conflict_events.records import CasualtyFigure
from tests.graph.hand import figure, row, told


def test_closed_figures_that_exclude_each_other_are_disputed_also_from_one_party() -> None:
    tolls = add_up(
        [
            told(figure("r/f1", 4, side="ARM", by="ARM")),
            told(figure("r/f2", 2, side="ARM", by="ARM")),
            told(figure("s/f1", 2, side="ARM")),
        ]
    )
    found = row(tolls, side="ARM")
    assert (found.low, found.high, found.best) == (2, 4, 2)
    assert (found.disputed, found.rule) == (True, "lowest_of_disputed")


def test_open_bound_and_closed_figure_are_not_disputed() -> None:
    tolls = add_up([told(figure("r/f1", 8, qualifier="at_least", by="A")), told(figure("s/f1", 6, by="B"))])
    assert not row(tolls).disputed


def test_low_and_high_span_the_standing_figures() -> None:
    tolls = add_up([told(figure("a/f1", 7, by="A")), told(figure("b/f1", 9, by="B")), told(figure("c/f1", 12, by="C"))])
    assert (row(tolls).low, row(tolls).high) == (7, 12)


def test_whole_is_at_least_the_sum_of_the_sides() -> None:
    tolls = add_up([told(figure("a/f1", 10)), told(figure("b/f1", 8, side="ARM")), told(figure("c/f1", 7, side="AZE"))])
    assert row(tolls).low == 15


def test_side_that_is_disputed_disputes_the_whole_that_repeats_it() -> None:
    tolls = add_up([told(figure("a/f1", 2)), told(figure("a/f2", 4, side="ARM")), told(figure("b/f1", 2, side="ARM"))])
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (2, 4, True)


def test_best_is_null_where_nobody_states_a_number() -> None:
    tolls = add_up([told(figure("r/f1", None, qualifier="vague", outcome="injured"))])
    found = row(tolls, "injured")
    assert (found.low, found.high, found.best) == (3, None, None)


def test_unspecified_number_of_injured_is_at_least_two() -> None:
    found = row(add_up([told(figure("r/f1", None, qualifier="unspecified", outcome="injured"))]), "injured")
    assert (found.low, found.best) == (2, None)


def test_sum_with_an_unnumbered_part_names_no_number() -> None:
    tolls = add_up([told(figure("r/f1", None, qualifier="vague", side="rsf")), told(figure("r/f2", 7, side="saf"))])
    assert (row(tolls).low, row(tolls).high, row(tolls).best) == (10, None, None)


@pytest.mark.parametrize(
    ("figures", "best", "rule"),
    [
        ([figure("a/f1", 50, qualifier="nearly"), figure("b/f1", 30)], 30, None),
        ([figure("a/f1", None, qualifier="vague"), figure("b/f1", None, qualifier="vague")], None, None),
        ([figure("a/f1", None, qualifier="vague")], None, None),
        ([figure("a/f1", 30), figure("b/f1", 30)], 30, "same_value"),
        ([figure("a/f1", 30), figure("b/f1", None, qualifier="vague")], 30, "single"),
    ],
    ids=["differing", "no number twice", "no number", "the same", "one number"],
)
def test_rule_is_told_only_where_one_applies(figures: list[CasualtyFigure], best: int | None, rule: str | None) -> None:
    found = row(add_up([told(f) for f in figures]))
    assert (found.best, found.rule) == (best, rule)


def test_whole_without_a_number_takes_no_sum_below_its_own_bound() -> None:
    whole = figure("r/f1", None, low=24, qualifier="vague")
    tolls = add_up([told(whole), told(figure("r/f2", 4, side="rsf")), told(figure("r/f3", 6, side="saf"))])
    assert (row(tolls).low, row(tolls).best, row(tolls).rule) == (24, None, None)


def test_copies_do_not_confirm_a_figure() -> None:
    repeated = [told(figure("a/f1", 6), copy_group="a"), told(figure("b/f1", 6), copy_group="a")]
    assert row(add_up(repeated)).rule == "single"
    independent = [told(figure("a/f1", 6)), told(figure("b/f1", 6))]
    assert row(add_up(independent)).rule == "same_value"


def test_open_count_of_all_beside_one_side_s_dead_stays_open() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 11, side="ARM", kind="combatant", by="AZE")),
            told(figure("b/f1", 7, qualifier="at_least", by="mayor")),
            told(figure("b/f2", 2, kind="civilian", by="mayor", subset_of="b/f1")),
        ]
    )
    found = row(tolls)
    assert (found.low, found.high, found.best, found.rule) == (11, None, None, None)


def test_whole_is_at_least_its_undisputed_part_of_one_kind() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 22, qualifier="at_least", by="army")),
            told(figure("b/f1", 30, kind="civilian", by="medics")),
        ]
    )
    assert (row(tolls).low, row(tolls).high, row(tolls).best) == (30, None, 30)


@pytest.mark.parametrize(
    ("qualifier", "value", "low", "high"),
    [("more_than", 11, 12, None), ("at_most", None, None, 40), ("fewer_than", None, None, 39)],
)
def test_limit_is_no_number_of_the_dead(qualifier: Any, value: int | None, low: int | None, high: int | None) -> None:
    limit = replace(figure("r/f1", value or 40), qualifier=qualifier, low=low, high=high)
    found = row(add_up([told(limit)]))
    assert (found.low, found.high, found.best, found.rule) == (low, high, None, None)
    assert found.claims[0].value == limit.value


def test_a_sum_names_no_number_above_what_its_whole_allows() -> None:
    sides = [
        told(figure("a/f1", 9, low=3, high=12, qualifier="about", side="rsf")),
        told(figure("b/f1", None, low=2, high=6, qualifier="about")),
    ]
    found = row(add_up(sides))
    assert (found.low, found.high, found.best, found.rule) == (3, 6, None, None)
