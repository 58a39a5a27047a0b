"""Who is counted with whom: parts and wholes, sides, kinds of victims, attackers among the dead."""

from __future__ import annotations

import pytest

from conflict_events.graph.tolls import add_up
from conflict_events.records import Toll
from tests.graph.hand import border_clash, figure, row, sides_of, told


def test_subset_is_not_added_to_its_whole() -> None:
    tolls = add_up([told(figure("r/f1", 12)), told(figure("r/f2", 5, kind="civilian", subset_of="r/f1"))])
    assert (row(tolls).low, row(tolls).high, row(tolls).best) == (12, 12, 12)
    assert row(tolls, victims="civilian").best == 5


def test_sides_are_not_added_to_the_whole_of_both() -> None:
    tolls = add_up(border_clash()[:3])
    assert (row(tolls).low, row(tolls).high) == (99, 100)
    assert row(tolls).best == 100


@pytest.mark.parametrize("value", [100, 99], ids=["about the sum", "the sum"])
def test_whole_of_both_sides_is_known_without_being_told(value: int) -> None:
    tolls = add_up(
        [
            told(figure("r/f1", value, qualifier="about")),
            told(figure("r/f2", 49, side="ARM")),
            told(figure("r/f3", 50, side="AZE")),
            told(figure("s/f1", 60, side="ARM"), on=None),
        ]
    )
    assert row(tolls).low is not None
    assert row(tolls).low < 150


def test_civilians_of_one_source_do_not_exclude_a_higher_count_of_all_by_another() -> None:
    tolls = add_up([told(figure("a/f1", 5, by="ministry", kind="civilian")), told(figure("b/f1", 7, by="monitor"))])
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (7, 7, False)
    assert row(tolls, victims="civilian").best == 5


def test_ministrys_fighters_and_the_monitors_civilians_are_two_answers() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 9, by="ministry", kind="combatant")),
            told(figure("b/f1", 6, by="monitor", kind="civilian")),
        ]
    )
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (6, 9, True)
    assert (row(tolls, victims="combatant").best, row(tolls, victims="civilian").best) == (9, 6)


def test_three_parties_add_up_to_the_whole() -> None:
    tolls = add_up([told(figure(f"r/f{n}", n, side=s)) for n, s in enumerate(("junta", "arakan army", "rohingya"), 2)])
    assert sides_of(tolls) == {None, "junta", "arakan army", "rohingya"}
    assert (row(tolls).low, row(tolls).best, row(tolls).rule) == (9, 9, "sum_of_sides")


def test_attackers_count_in_the_whole_and_never_among_civilians() -> None:
    tolls = add_up(
        [
            told(figure("r/f1", 8, kind="civilian")),
            told(figure("r/f2", 3, kind="combatant", attackers=True)),
        ]
    )
    assert row(tolls).best == 11
    assert row(tolls, victims="civilian").best == 8


@pytest.mark.parametrize("side", [None, "shabaab"], ids=["no side told", "their side told"])
@pytest.mark.parametrize("attacker_kind", ["combatant", "unknown", "civilian"])
def test_attackers_are_apart_from_other_dead_whatever_their_side(side: str | None, attacker_kind: str) -> None:
    tolls = add_up(
        [
            told(figure("r/f1", 20, kind="civilian", by="police")),
            told(figure("r/f2", 3, kind=attacker_kind, attackers=True, side=side, by="police")),
        ]
    )
    assert (row(tolls).low, row(tolls).high, row(tolls).best) == (23, 23, 23)
    assert row(tolls, victims="civilian").best == 20
    if side:
        assert row(tolls, side=side).best == 3


def test_attackers_of_one_report_may_be_among_all_the_dead_of_another() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 20, kind="civilian")),
            told(figure("a/f2", 3, kind="combatant", attackers=True, side="shabaab")),
            told(figure("b/f1", 23)),
        ]
    )
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (23, 23, False)


def test_attackers_are_the_fighters_of_their_side_in_other_reports() -> None:
    tolls = add_up(
        [
            told(figure("a/f1", 3, kind="combatant", attackers=True, side="shabaab")),
            told(figure("b/f1", 3, kind="combatant", side="shabaab")),
        ]
    )
    assert (row(tolls).best, row(tolls, side="shabaab").best) == (3, 3)


def test_attackers_counted_inside_the_whole_are_not_added() -> None:
    tolls = add_up(
        [told(figure("r/f1", 11)), told(figure("r/f2", 3, kind="combatant", attackers=True, subset_of="r/f1"))]
    )
    assert row(tolls).best == 11


def test_civilians_of_no_side_stand_beside_the_sides_soldiers() -> None:
    tolls = add_up(
        [
            told(figure("r/f1", 7, side="saf", kind="combatant")),
            told(figure("r/f2", 2, side="rsf", kind="combatant")),
            told(figure("r/f3", 4, kind="civilian")),
        ]
    )
    assert (row(tolls).low, row(tolls).best, row(tolls).disputed) == (13, 13, False)
    assert (row(tolls, victims="combatant").best, row(tolls, victims="civilian").best) == (9, 4)


def test_civilians_beside_the_sides_soldiers_are_updated_and_disputed_by_themselves() -> None:
    first = [told(figure("a/f1", 7, side="saf", kind="combatant")), told(figure("a/f2", 4, kind="civilian", by="UN"))]
    tolls = add_up([*first, told(figure("b/f1", 6, kind="civilian", by="ministry"))])
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (11, 13, True)


def test_civilians_of_no_side_may_be_among_a_sides_dead_of_no_told_kind() -> None:
    tolls = add_up([told(figure("r/f1", 7, side="saf")), told(figure("r/f2", 4, kind="civilian"))])
    assert (row(tolls).low, row(tolls).best) == (7, 7)


def test_many_civilians_are_no_whole_of_the_soldiers_of_both_sides() -> None:
    tolls = add_up(
        [
            told(figure("r/f1", 3, side="saf", kind="combatant")),
            told(figure("r/f2", 4, side="rsf", kind="combatant")),
            told(figure("r/f3", 20, kind="civilian")),
        ]
    )
    assert (row(tolls).low, row(tolls).high, row(tolls).best) == (27, 27, 27)


def test_some_of_a_sides_dead_are_that_sides_without_being_said() -> None:
    tolls = add_up([told(figure("r/f1", 20, side="PSE")), told(figure("r/f2", 9, kind="civilian", subset_of="r/f1"))])
    assert row(tolls, side="PSE", victims="civilian").best == 9
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (20, 20, False)


def test_attackers_among_a_sides_dead_need_not_be_of_that_side() -> None:
    dead, bomber = figure("r/f1", 20, side="COL"), figure("r/f2", 1, attackers=True, subset_of="r/f1")
    assert row(add_up([told(dead), told(bomber)])).best == 20
    assert [c.figure for c in row(add_up([told(dead), told(bomber)]), side="COL").claims] == ["r/f1"]


def test_a_lower_count_of_one_kind_does_not_dispute_what_the_sides_come_to() -> None:
    sides = [told(figure("r/f1", 20, side="PSE", by="health")), told(figure("r/f2", 2, side="ISR", by="health"))]
    tolls = add_up([*sides, told(figure("r/f3", 3, kind="combatant", by="army"))])
    assert (row(tolls).low, row(tolls).high, row(tolls).disputed) == (22, 22, False)
    assert {c.figure for c in row(tolls).claims} == {"r/f1", "r/f2", "r/f3"}


def opponents(*, speakers: tuple[str | None, str | None] = ("AZE", "ARM")) -> Toll:
    figures = [
        figure("r/f1", 15, qualifier="at_least", side="ARM", kind="combatant", by=speakers[0]),
        figure("r/f2", 2, kind="civilian", by=speakers[1]),
    ]
    return row(add_up([told(f) for f in figures], belligerents=("ARM", "AZE")))


def test_kinds_that_opponents_count_are_not_added() -> None:
    found = opponents()
    assert (found.low, found.high, found.best, found.rule) == (15, None, None, None)
    assert [c.figure for c in found.claims] == ["r/f1", "r/f2"]


@pytest.mark.parametrize("speakers", [("AZE", "AZE"), (None, None), ("AZE", None), ("AZE", "monitor")])
def test_kinds_that_no_opponents_count_are_added(speakers: tuple[str | None, str | None]) -> None:
    assert (opponents(speakers=speakers).low, opponents(speakers=speakers).best) == (17, 17)


def test_both_sides_own_dead_are_added() -> None:
    tolls = add_up(
        [told(figure("r/f1", 49, side="ARM", by="ARM")), told(figure("r/f2", 50, side="AZE", by="AZE"))],
        belligerents=("ARM", "AZE"),
    )
    assert (row(tolls).best, row(tolls).rule) == (99, "sum_of_sides")


def test_a_lower_count_of_the_kind_that_all_sides_count_disputes_them() -> None:
    tolls = add_up(
        [told(figure("a/f1", 4, side="ARM", kind="combatant", by="ARM")), told(figure("b/f1", 2, kind="combatant"))]
    )
    assert row(tolls).disputed
    assert row(tolls, victims="combatant").disputed


@pytest.mark.parametrize("side", [None, "shabaab"])
def test_some_of_the_attackers_are_no_other_count_of_everyone(side: str | None) -> None:
    figures = [
        told(figure("r/f1", 12)),
        told(figure("r/f2", 3, attackers=True, side=side, subset_of="r/f1")),
        told(figure("r/f3", 1, kind="combatant", subset_of="r/f2")),
    ]
    found = row(add_up(figures))
    assert (found.low, found.high, found.best, found.disputed) == (12, 12, 12, False)
    assert {c.figure for c in found.claims} == {"r/f1", "r/f2", "r/f3"}


def test_some_of_the_attackers_are_not_added_to_them() -> None:
    attackers = [
        told(figure("r/f1", 2, attackers=True)),
        told(figure("r/f2", 1, kind="combatant", subset_of="r/f1")),
    ]
    assert (row(add_up(attackers)).low, row(add_up(attackers)).best) == (2, 2)


def test_some_of_the_attackers_need_not_be_of_the_side_of_all_the_dead() -> None:
    dead = [
        told(figure("r/f1", 12, side="COL")),
        told(figure("r/f2", 3, attackers=True, subset_of="r/f1")),
        told(figure("r/f3", 1, kind="combatant", subset_of="r/f2")),
    ]
    assert [c.figure for c in row(add_up(dead), side="COL").claims] == ["r/f1"]


def test_of_figures_that_are_parts_of_each_other_the_first_is_the_whole() -> None:
    circle = [told(figure("r/f1", 12, subset_of="r/f2")), told(figure("r/f2", 9, subset_of="r/f1"))]
    assert (row(add_up(circle)).low, row(add_up(circle)).high) == (12, 12)
