"""Graphs that grow: ids stay, decisions by hand hold over every linking, files bring them back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.graph import EventGraph
from conflict_events.graph.decisions import Hand, obey
from conflict_events.graph.identity import settle
from conflict_events.language import link as link_reports
from conflict_events.records import Decision
from tests.graph.test_build import seeds
from tests.store.worlds import border, groups


@pytest.mark.parametrize("seed", range(3))
def test_reports_added_in_any_order_are_the_incidents_of_all_at_once(seed: int) -> None:
    reports = border(10, seed=seed)
    whole = EventGraph.build(reports)
    random.Random(seed).shuffle(reports)
    graph = EventGraph.build(reports[:4]).add(reports[4:9]).add(reports[9:])
    assert groups(graph.linked) == groups(whole.linked)
    assert graph.linked.links == whole.linked.links


def test_an_incident_keeps_its_id_when_a_report_comes_whose_id_is_first() -> None:
    reports = {e.report.id: e for e in seeds(dates=True)}
    first = EventGraph.build([reports["e"]])
    known = first.incident("e").id
    grown = first.add(reports["d"])
    assert grown.incident("d").id == known
    assert grown.linked.reports[0].main_incident == known
    assert EventGraph.build([reports["d"], reports["e"]]).incident("d").id != known


def test_one_of_joined_incidents_keeps_its_id_and_the_other_is_found_by_its_former_one() -> None:
    graph = EventGraph.build(seeds(dates=True))
    first, second = graph.incident("a").id, graph.incident("d").id
    merged = graph.merge([second, first], by="an editor", reason="one campaign")
    assert merged.incident(second).id == merged.incident(first).id == first
    assert merged.incident(first).former_ids == (second,)
    assert graph.incident(second).id == second


def test_split_events_stay_apart_when_reports_are_added() -> None:
    reports = seeds(dates=True)
    graph = EventGraph.build(reports[:4]).add(reports[4])
    parted = graph.split("d", ["e/e1"], by="an editor", reason="another post", at="2024-02-20")
    assert parted.incident("d/e1").id == graph.incident("d").id != parted.incident("e/e1").id
    grown = parted.add(border(3))
    assert grown.incident("d/e1").id != grown.incident("e/e1").id
    assert grown.linked.decisions[0].by == "an editor"
    assert grown.explain("d/e1", "e/e1").reasons[0].feature == "decision"


def test_a_graph_comes_back_from_its_file_with_its_decisions(tmp_path: Path) -> None:
    graph = EventGraph.build(seeds(dates=True)).split("d", ["e"], by="an editor", reason="another post")
    graph.save(tmp_path / "graph.json")
    again = EventGraph.load(tmp_path / "graph.json")
    assert again.linked == graph.linked
    assert groups(again.add([]).linked) == groups(graph.linked)


@pytest.mark.parametrize(("content", "code"), [("{}", "CE036"), ("not JSON", "CE036"), (None, "CE001")])
def test_a_file_that_is_no_graph_is_named(tmp_path: Path, content: str | None, code: str) -> None:
    path = tmp_path / "graph.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConflictEventsError, match=code):
        EventGraph.load(path)


def test_a_graph_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConflictEventsError, match="CE018"):
        EventGraph.build([]).save(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_unknown_incidents_are_named() -> None:
    graph = EventGraph.build(seeds(dates=True))
    with pytest.raises(ConflictEventsError, match="CE034"):
        graph.merge(["a", "nowhere"], by="an editor", reason="")
    with pytest.raises(ConflictEventsError, match="CE035"):
        graph.merge(["a", "b"], by="an editor", reason="they are one already")


def test_ids_go_where_most_of_an_incident_went() -> None:
    former = dict.fromkeys("abc", "old") | {"d": "young"}
    found = settle(
        [["a"], ["b", "c", "d"]], former, age={"old": 1, "young": 2}.__getitem__, fresh=lambda n, _: f"new {n}"
    )
    assert [(f.id, f.absorbed) for f in found] == [("new 0", ()), ("old", ("young",))]


def test_members_nobody_decided_about_go_where_they_weigh_most() -> None:
    hand = Hand.of([Decision("split", (("a",), ("b",)), by="x", reason="")])
    groups_ = {0: hand.group_of["a"], 1: hand.group_of["b"]}
    weights = {(0, 2): -1.0, (1, 2): 3.0}
    assert obey([[0, 1, 2]], groups_.get, hand, lambda i, j: weights[min(i, j), max(i, j)]) == [[0], [1, 2]]


def test_what_was_split_stays_split_when_one_part_is_merged_with_a_third() -> None:
    hand = Hand.of(
        [
            Decision("split", (("a",), ("b",)), by="x", reason=""),
            Decision("merge", (("a",), ("c",)), by="x", reason=""),
        ]
    )
    groups_ = {n: hand.group_of[item] for n, item in enumerate("abc")}
    assert obey([[0, 1], [2]], groups_.get, hand, lambda i, j: 0.0) == [[0, 2], [1]]


def test_a_bare_string_is_no_collection_of_extractions() -> None:
    with pytest.raises(TypeError, match="put a single one into a list"):
        EventGraph.build("abc")  # type: ignore[arg-type]


def test_a_bare_string_is_refused_where_several_are_asked_for() -> None:
    graph = EventGraph.build(seeds(dates=True))
    told = {"by": "an editor", "reason": ""}
    for ask in (
        lambda: graph.add("d"),  # type: ignore[arg-type]
        lambda: graph.split("d", "e", **told),
        lambda: graph.merge("de", **told),
        lambda: link_reports("Two soldiers were killed."),
    ):
        with pytest.raises(TypeError, match="put a single one into a list"):
            ask()


def test_a_merge_joins_nothing_that_a_split_parted() -> None:
    hand = Hand.of(
        [
            Decision("split", (("a",), ("b",)), by="an editor", reason=""),
            Decision("merge", (("e",), ("f",)), by="an editor", reason=""),
        ]
    )
    names = "abefx"
    found = obey([[0, 2, 4], [1, 3]], lambda n: hand.group_of.get(names[n]), hand, lambda a, b: 0.0)
    assert [[names[n] for n in members] for members in found] == [["a", "e", "f", "x"], ["b"]]


def test_what_one_decision_holds_is_put_together_with_what_it_was_found_with() -> None:
    hand = Hand.of([Decision("merge", (("a",), ("b",), ("c",)), by="an editor", reason="")])
    found = obey([[0, 3], [1, 4], [2], [5]], lambda n: hand.group_of.get("abcdef"[n]), hand, lambda a, b: 0.0)
    assert found == [[0, 1, 2, 3, 4], [5]]
    assert hand.beside(["a"]) == {"a", "b", "c"}
