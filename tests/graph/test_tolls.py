"""How a toll adds up: each sentence of the contract's paragraph on hand-made figures."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.graph.statements import Told
from conflict_events.graph.tolls import add_up
from conflict_events.records import CasualtyFigure, Toll
from tests.graph.hand import actor, day, figure, told, work


def row(tolls: tuple[Toll, ...], outcome: str = "killed", side: str | None = None, victims: str | None = None) -> Toll:
    [found] = [
        t for t in tolls if t.outcome == outcome and t.victims == victims and (t.side.party if t.side else None) == side
    ]
    return found


def sides_of(tolls: tuple[Toll, ...], outcome: str = "killed") -> set[str | None]:
    return {t.side.party if t.side else None for t in tolls if t.outcome == outcome}


def border_clash(*, dates: bool = False) -> list[Told]:
    """Three reports: the whole and both sides' own counts, the same recast, and a raised count later."""
    first, later = ("2021-05-04", "2021-05-06") if dates else (None, None)
    return [
        told(figure("a/f1", 100, qualifier="nearly"), on=first, copy_group="a"),
        told(
            figure("a/f2", 49, qualifier="at_least", side="ARM", by="ARM", subset_of="a/f1"), on=first, copy_group="a"
        ),
        told(figure("a/f3", 50, side="AZE", by="AZE", subset_of="a/f1"), on=first, copy_group="a"),
        told(figure("b/f1", 100, qualifier="about"), on=first, copy_group="a"),
        told(figure("b/f2", 50, side="AZE", by="AZE", subset_of="b/f1"), on=first, copy_group="a"),
        told(
            figure("b/f3", 49, qualifier="at_least", side="ARM", by="ARM", subset_of="b/f1"), on=first, copy_group="a"
        ),
        told(figure("c/f1", 50, side="AZE"), on=later),
        told(figure("c/f2", 105, qualifier="at_least", side="ARM", by="ARM"), on=later),
    ]


def test_row_without_side_means_both_sides_and_overlaps_their_rows() -> None:
    tolls = add_up([told(figure("r/f1", 3, side="ARM")), told(figure("r/f2", 4, side="AZE"))])
    assert sides_of(tolls) == {None, "ARM", "AZE"}
    assert (row(tolls).low, row(tolls).high) == (7, 7)


def test_row_without_kind_means_all_kinds_and_overlaps_theirs() -> None:
    tolls = add_up([told(figure("r/f1", 3, kind="combatant")), told(figure("r/f2", 4, kind="civilian"))])
    assert row(tolls, victims="combatant").best == 3
    assert row(tolls, victims="civilian").best == 4
    assert row(tolls).best == 7


def test_statement_that_repeats_another_counts_once() -> None:
    tolls = add_up([told(figure("r/f1", 6)), told(figure("r/f2", 6, same_as="r/f1"))])
    assert (row(tolls).best, row(tolls).rule) == (6, "single")
    assert [c.figure for c in row(tolls).claims] == ["r/f1", "r/f2"]


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


def crowd(shape: str, n: int) -> list[Told]:
    def one(k: int) -> Told:
        day_ = f"2021-{1 + k % 12:02}-{1 + k // 12 % 28:02}"
        more = {
            "days": {"value": k, "on": day_},
            "one number": {"value": 7, "on": day_},
            "bounds": {"value": k, "qualifier": "at_least"},
            "sides": {"value": k, "side": f"s{k}"},
            "wholes": {"value": n + k if k % 2 else 1, "side": None if k % 2 else f"s{k % 4}", "report": "r"},
            "repeats": {"value": 7, "same_as": f"r{k - 1}/f{k}" if k else None},
        }[shape]
        value, on, report = more.pop("value"), more.pop("on", None), more.pop("report", f"r{k}")
        return told(figure(f"{report}/f{k + 1}", value, by="police", **more), on=on)  # type: ignore[arg-type]

    return [one(k) for k in range(n)]


@pytest.mark.parametrize("shape", ["days", "one number", "bounds", "sides", "wholes", "repeats"])
def test_work_grows_with_the_number_of_figures_and_no_faster(shape: str) -> None:
    few, many = crowd(shape, 150), crowd(shape, 300)
    assert work(lambda: add_up(many)) < 2.3 * work(lambda: add_up(few))


def test_casualties_feed_neither_killed_nor_injured() -> None:
    tolls = add_up([told(figure("r/f1", 30, outcome="casualties")), told(figure("r/f2", 4))])
    assert row(tolls, "killed").best == 4
    assert row(tolls, "casualties").best == 30
    assert {t.outcome for t in tolls} == {"killed", "casualties"}


@pytest.mark.parametrize(
    ("period", "stays_out"),
    [
        (day("2021-01-01", "2021-05-04", precision="range"), True),
        (day(None, precision="year"), True),
        (day("2021-05-04"), False),
        (None, False),
    ],
    ids=["since January", "a year, undated", "its own day", "none"],
)
def test_figure_of_a_period_longer_than_the_incident_stays_out(period: object, stays_out: bool) -> None:
    summed = figure("r/f2", 300, cumulative=True, period=period)
    tolls = add_up([told(figure("r/f1", 4)), told(summed)], interval=("2021-05-04", "2021-05-04"))
    assert ("r/f2" in {c.figure for c in row(tolls).claims}) is not stays_out


def test_cumulative_alone_excludes_nothing() -> None:
    assert row(add_up([told(figure("r/f1", 9, cumulative=True))])).best == 9


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
@pytest.mark.parametrize("attacker_kind", ["combatant", "unknown"])
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


def test_every_claim_is_kept_with_what_replaced_it() -> None:
    figures = border_clash()
    claims = {c.figure for c in row(add_up(figures)).claims}
    assert claims == {t.figure.id for t in figures}


@pytest.mark.parametrize(
    ("by", "side", "expected"),
    [
        ("ARM", "ARM", "own"),
        ("AZE", "ARM", "opponent"),
        ("RUS", "ARM", "third_party"),
        (None, "ARM", "reporter"),
        ("ARM", None, "own"),
    ],
)
def test_interest_says_whose_dead_the_claimant_counts(by: str | None, side: str | None, expected: str) -> None:
    tolls = add_up([told(figure("r/f1", 4, side=side, by=by))], belligerents=["ARM", "AZE"])
    assert row(tolls, side=side).claims[0].interest == expected


def test_belligerent_that_did_it_counts_its_opponents_dead() -> None:
    counted = figure("r/f1", 4, by="AZE", agents=(actor("AZE"),))
    assert row(add_up([told(counted)], belligerents=["ARM", "AZE"])).claims[0].interest == "opponent"


def test_copies_do_not_confirm_a_figure() -> None:
    repeated = [told(figure("a/f1", 6), copy_group="a"), told(figure("b/f1", 6), copy_group="a")]
    assert row(add_up(repeated)).rule == "single"
    independent = [told(figure("a/f1", 6)), told(figure("b/f1", 6))]
    assert row(add_up(independent)).rule == "same_value"


def test_hypothetical_figures_are_no_claims() -> None:
    assert add_up([told(figure("r/f1", 500, status="hypothetical"))]) == ()


def test_rows_do_not_depend_on_the_order_of_figures() -> None:
    figures = border_clash()
    assert add_up(figures) == add_up(figures[::-1])


def test_days_of_which_an_end_is_unknown_order_nothing() -> None:
    since = told(figure("a/f1", 9, by="A", as_of=day("2021-05-04", None)))
    until = replace(since, figure=figure("b/f1", 7, by="A"), report="b", published=(None, "2021-05-04"))
    known = told(figure("c/f1", 8, by="A"), on="2021-05-04")
    assert row(add_up([since, until, known])).disputed


statements = st.builds(
    lambda n, value, qualifier, side, by, kind, outcome, on, attackers: told(
        figure(
            f"r{n % 4}/f{n}",
            None if qualifier == "vague" else value,
            qualifier=qualifier,
            side=side,
            by=by,
            kind=kind,
            outcome=outcome,
            attackers=attackers,
        ),
        on=f"2021-05-0{on}" if on else None,
    ),
    st.integers(0, 10_000),
    st.integers(0, 300),
    st.sampled_from(["exact", "at_least", "more_than", "about", "nearly", "vague"]),
    st.sampled_from([None, "rsf", "saf"]),
    st.sampled_from([None, "rsf", "saf", "monitor"]),
    st.sampled_from(["unknown", "combatant", "civilian"]),
    st.sampled_from(["killed", "injured"]),
    st.integers(0, 4),
    st.booleans(),
)


@given(st.lists(statements, max_size=12, unique_by=lambda t: t.figure.id), st.randoms(use_true_random=False))
def test_any_figures_add_up_to_rows_that_hold_the_rules(figures: list[Told], chance: Random) -> None:
    tolls = add_up(figures)
    shuffled = list(figures)
    chance.shuffle(shuffled)
    assert add_up(shuffled) == tolls
    assert {c.figure for t in tolls for c in t.claims} == {t.figure.id for t in figures}
    for toll in tolls:
        assert toll.low is None or toll.high is None or toll.low <= toll.high
        standing = [c for c in toll.claims if c.superseded_by is None]
        assert standing, "something always stands"
    for outcome in ("killed", "injured"):
        sides = [t.low or 0 for t in tolls if t.outcome == outcome and t.side is not None and t.victims is None]
        if sides:
            assert (row(tolls, outcome).low or 0) >= sum(sides)
