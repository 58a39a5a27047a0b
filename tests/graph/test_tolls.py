"""The rows of a toll: what they hold and leave out, whose claims they keep, and what holds for any figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.graph.statements import Told
from conflict_events.graph.tolls import add_up
from tests.graph.hand import actor, border_clash, day, figure, row, sides_of, told, work


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


def test_what_only_its_denier_speaks_of_is_no_statement() -> None:
    vague = replace(figure("r/f2", 2, by="rsf"), status="denied")
    only_denied = replace(vague, denied_by=(actor("rsf"),))
    assert row(add_up([told(figure("r/f1", 100)), told(only_denied)])).best == 100
    assert row(add_up([told(figure("r/f1", 100)), told(vague)])).disputed


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


def test_only_doer_of_the_event_counts_its_opponents_dead() -> None:
    def interest(*doers: str) -> str:
        counted = replace(told(figure("r/f1", 4, by="AZE")), doers=frozenset(doers))
        return row(add_up([counted], belligerents=["ARM", "AZE"])).claims[0].interest

    assert interest("AZE") == "opponent"
    assert interest("ARM") == "own"
    assert interest("ARM", "AZE") == "own"


def test_hypothetical_figures_are_no_claims() -> None:
    assert add_up([told(figure("r/f1", 500, status="hypothetical"))]) == ()


def test_rows_do_not_depend_on_the_order_of_figures() -> None:
    figures = border_clash()
    assert add_up(figures) == add_up(figures[::-1])


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


def ends(figure_id: str | None, replaced_by: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    while figure_id is not None and figure_id not in seen:
        seen.add(figure_id)
        figure_id = replaced_by.get(figure_id)
    return figure_id is None


# drawing is slow on a busy machine, and says nothing of the code
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(statements, max_size=12, unique_by=lambda t: t.figure.id),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=6),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=6),
    st.randoms(use_true_random=False),
)
def test_any_figures_add_up_to_rows_that_hold_the_rules(
    figures: list[Told], parts: list[tuple[int, int]], newer: list[tuple[int, int]], chance: Random
) -> None:
    ids = [t.figure.id for t in figures]
    for part, whole in parts:
        if max(part, whole) < len(ids):
            told_there = figures[part]
            figures[part] = replace(told_there, figure=replace(told_there.figure, subset_of=ids[whole]))
    updates = [(ids[a], ids[b]) for a, b in newer if max(a, b) < len(ids)]
    tolls = add_up(figures, updates=updates)
    shuffled = list(figures)
    chance.shuffle(shuffled)
    assert add_up(shuffled, updates=updates[::-1]) == tolls
    assert {c.figure for t in tolls for c in t.claims} == {t.figure.id for t in figures}
    for toll in tolls:
        assert toll.low is None or toll.high is None or toll.low <= toll.high
        standing = [c for c in toll.claims if c.superseded_by is None]
        assert standing, "something always stands"
        replaced_by = {c.figure: c.superseded_by for c in toll.claims}
        for figure_id in replaced_by:
            assert ends(figure_id, replaced_by), "nothing is replaced by itself"
    for outcome in ("killed", "injured"):
        sides = [t.low or 0 for t in tolls if t.outcome == outcome and t.side is not None and t.victims is None]
        if sides:
            assert (row(tolls, outcome).low or 0) >= sum(sides)
