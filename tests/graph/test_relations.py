"""What joins incidents, and what joins the figures of one toll."""

from __future__ import annotations

from typing import Any

import pytest

from conflict_events.graph import EventGraph, link
from conflict_events.records import Event, Relation
from tests.graph.hand import actor, day, event, extraction, figure, place, weekday

ARM, AZE = actor("ARM"), actor("AZE")
VILLAGE = place("Hilltop", 39.0, 46.5, "AM")
FAR_TOWN = place("Rivertown", 41.0, 45.6, "AZ")
RAID = event("r/e1", place=VILLAGE, date=day("2021-05-04"), agents=(AZE,), targets=(ARM,))


def joined(graph: EventGraph) -> set[tuple[str, str, str]]:
    """The relations between incidents, each named by its first event."""
    first = {i.id: i.events[0].removeprefix("r/") for i in graph.incidents}
    return {(first[r.from_], first[r.to], r.type) for r in graph.linked.relations if r.from_ in first}


def told(*others: Event, relations: tuple[Relation, ...] = ()) -> EventGraph:
    return link([extraction("r", [RAID, *others], main="r/e1", relations=relations)])


@pytest.mark.parametrize("kind", ["retaliation_for", "part_of", "follows"])
def test_relation_that_a_report_tells_joins_the_incidents(kind: Any) -> None:
    fire = event("r/e2", place=VILLAGE, date=day("2021-05-03"), agents=(ARM,), targets=(AZE,))
    assert joined(told(fire, relations=(Relation("r/e1", "r/e2", kind),))) == {("e1", "e2", kind)}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (event("r/e2", date=day("2021-05-02"), agents=(ARM,), targets=(AZE,)), {("e1", "e2", "follows")}),
        (event("r/e2", date=day("2021-05-06"), agents=(ARM,), targets=(AZE,)), {("e2", "e1", "follows")}),
        (event("r/e2", date=day("2021-05-02"), place=VILLAGE, agents=(ARM,)), {("e1", "e2", "follows")}),
        (event("r/e2", date=day("2021-05-02"), place=FAR_TOWN, agents=(ARM,)), set()),
        (event("r/e2", date=day("2021-05-04"), place=FAR_TOWN, agents=(ARM,), targets=(AZE,)), set()),
        (event("r/e2", date=day("2021-05-02"), agents=(actor("rsf"),), targets=(actor("saf"),)), set()),
    ],
    ids=["earlier", "later", "one side at the place", "one side elsewhere", "the same day", "another conflict"],
)
def test_acts_of_one_conflict_on_different_days_follow_each_other(
    other: Event, expected: set[tuple[str, str, str]]
) -> None:
    assert joined(told(other)) == expected


def test_weekdays_without_dates_order_nothing_by_themselves() -> None:
    monday = event("r/e2", date=weekday(1), agents=(ARM,), targets=(AZE,))
    tuesday = event("r/e1", date=weekday(2), agents=(ARM,), targets=(AZE,))
    graph = link([extraction("r", [tuesday, monday], main="r/e1")])
    assert len(graph.incidents) == 2
    assert joined(graph) == set()


def test_answer_that_a_report_tells_is_not_called_a_mere_successor() -> None:
    fire = event("r/e2", date=day("2021-05-03"), agents=(ARM,), targets=(AZE,))
    found = joined(told(fire, relations=(Relation("r/e1", "r/e2", "retaliation_for"),)))
    assert found == {("e1", "e2", "retaliation_for")}


def test_act_that_is_only_recalled_is_followed_by_nothing() -> None:
    recalled = event("r/e2", date=day("2021-03-02"), agents=(ARM,), targets=(AZE,), scope="background")
    assert joined(told(recalled)) == set()


def figures_joined(*values: int, claimants: tuple[str | None, ...] = (None, None)) -> set[tuple[str, str, str]]:
    reports = [
        extraction(
            f"r{n}",
            [event(f"r{n}/e1", place=VILLAGE, date=day("2021-05-04"))],
            [figure(f"r{n}/f1", value, by=by, event=f"r{n}/e1")],
            text=f"The village of Hilltop was shelled on Tuesday, teller number {n} of {'xyz'[n] * 9} said of that day.",
            main=f"r{n}/e1",
            published="2021-05-05",
        )
        for n, (value, by) in enumerate(zip(values, claimants, strict=True))
    ]
    return {(r.from_, r.to, r.type) for r in link(reports).linked.relations}


def test_equal_figures_of_independent_speakers_corroborate() -> None:
    assert figures_joined(4, 4) == {("r1/f1", "r0/f1", "corroborates")}
    assert figures_joined(4, 4, claimants=("police", "police")) == set()


def test_closed_figures_that_differ_contradict() -> None:
    assert figures_joined(4, 9) == {("r0/f1", "r1/f1", "contradicts")}


def test_figure_and_its_part_do_not_contradict() -> None:
    told_of = event("r/e1", place=VILLAGE, date=day("2021-05-04"))
    whole = figure("r/f1", 30, kind="civilian", event="r/e1")
    part = figure("r/f2", 6, kind="civilian", event="r/e1", subset_of="r/f1")
    assert link([extraction("r", [told_of], [whole, part], main="r/e1")]).linked.relations == ()
