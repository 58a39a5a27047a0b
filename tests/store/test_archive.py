"""The archive: what is added comes back, incidents merge and keep their ids, decisions by hand hold."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.graph import EventGraph, link
from conflict_events.records import Extraction
from conflict_events.store import Archive
from tests.graph.hand import actor, day, event, extraction, figure, place
from tests.graph.test_build import seeds
from tests.store.worlds import agreement, border, groups

POST = place("Nerkin Hand", 39.04131, 46.51623, "AM")
SIDES = {"agents": (actor("ARM"),), "targets": (actor("AZE"),)}


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.open(":memory:") as opened:
        yield opened


def raid(id_: str, killed: int, *, on: str = "2024-02-13", where: object = POST, text: str = "") -> Extraction:
    told = event(f"{id_}/e1", place=where, date=day(on), **SIDES)
    count = figure(f"{id_}/f1", killed, side="ARM", kind="combatant", event=f"{id_}/e1")
    return extraction(id_, [told], [count], text=text, main=f"{id_}/e1", published=on)


def in_file(archive: Archive, query: str) -> list[tuple[object, ...]]:
    return archive._connection.execute(query).fetchall()


@pytest.mark.parametrize("dates", [True, False], ids=["dated", "undated"])
@pytest.mark.parametrize("order", range(3))
def test_seeds_one_by_one_are_the_incidents_of_all_at_once(archive: Archive, dates: bool, order: int) -> None:
    reports = seeds(dates=dates)
    random.Random(order).shuffle(reports)
    for report in reports:
        archive.add(report)
    found, whole = archive.graph().linked, link(reports).linked
    assert groups(found) == groups(whole)
    assert [r.copy_of for r in found.reports] == [r.copy_of for r in whole.reports]
    assert {(x.a, x.b) for x in found.links} == {(x.a, x.b) for x in whole.links}
    assert {i.events: i.tolls for i in found.incidents} == {i.events: i.tolls for i in whole.incidents}


@pytest.mark.parametrize("seed", range(3))
def test_a_world_added_in_any_order_is_the_world_linked_at_once(archive: Archive, seed: int) -> None:
    reports = border(24, seed=seed)
    whole = groups(link(reports).linked)
    random.Random(seed).shuffle(reports)
    for report in reports:
        archive.add(report)
    assert agreement(groups(archive.graph().linked), whole) >= 0.97
    archive.relink()
    assert groups(archive.graph().linked) == whole


def test_many_reports_at_once_are_linked_as_a_collection_is(archive: Archive) -> None:
    reports = border(20)
    archive.add(reports)
    found, whole = archive.graph().linked, link(reports).linked
    assert groups(found) == groups(whole)
    assert found.links == whole.links
    assert found.relations == tuple(type(r)(*_renamed(r.from_, r.to, whole, found), r.type) for r in whole.relations)


def _renamed(a: str, b: str, whole: object, found: object) -> tuple[str, str]:
    names = {frozenset(i.events): i.id for i in found.incidents}  # type: ignore[attr-defined]
    ids = {i.id: names[frozenset(i.events)] for i in whole.incidents}  # type: ignore[attr-defined]
    return ids.get(a, a), ids.get(b, b)


def test_extractions_come_back_as_they_were_added(archive: Archive) -> None:
    reports = seeds(dates=True)
    archive.add(reports)
    assert [archive.extraction(r.report.id) for r in reports] == reports


def test_adding_again_changes_nothing_and_another_extraction_is_refused(archive: Archive) -> None:
    report = raid("a", 2)
    archive.add(report)
    assert archive.add([report, report]) == []
    with pytest.raises(ConflictEventsError, match=r"CE007: report 'a'.*another reading of the same text"):
        archive.add([raid("b", 1), raid("a", 3)])
    assert "b" not in archive
    assert len(archive) == 1


def test_an_incident_keeps_its_id_when_a_report_joins_whose_id_sorts_first(archive: Archive) -> None:
    [id_] = archive.add(raid("m", 2))
    assert archive.add(raid("a", 2)) == [id_]
    assert archive.incident(id_).events == ("a/e1", "m/e1")
    assert archive.incident("a").id == id_


def test_merged_incidents_keep_the_oldest_id_and_name_the_other(archive: Archive) -> None:
    [first] = archive.add(raid("b", 2))
    [second] = archive.add(raid("a", 9, on="2023-01-05", where=place("Tovuz", 40.99249, 45.62838, "AZ")))
    assert archive.merge([second, first], by="an editor", reason="one operation") == [first]
    merged = archive.incident(second)
    assert (merged.id, merged.former_ids, merged.events) == (first, (second,), ("a/e1", "b/e1"))
    assert in_file(archive, "SELECT count(*) FROM incidents") == [(1,)]


def test_split_events_stay_apart_whatever_arrives_and_however_often_all_is_linked(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 2), raid("c", 2)])
    whole = archive.incident("a").id
    archive.split(whole, ["c"], by="an editor", reason="another post of that name", at="2024-03-01")
    archive.add(raid("d", 2))
    archive.relink()
    assert archive.incident("a").id == archive.incident("b").id == whole
    assert archive.incident("c").id != whole
    assert [(d.kind, d.by, d.at) for d in archive.decisions] == [("split", "an editor", "2024-03-01")]
    assert archive.explain("a", "c").reasons[0].feature == "decision"


def test_after_a_split_the_order_of_arrival_changes_no_incident() -> None:
    later = [raid(id_, killed) for id_, killed in (("d", 2), ("e", 7), ("f", 7), ("g", 3))]
    found: list[set[frozenset[str]]] = []
    for order in (later, later[::-1]):
        with Archive.open(":memory:") as other:
            other.add([raid("a", 2), raid("b", 2), raid("c", 7)])
            other.split("a", ["c"], by="an editor", reason="another post of that name")
            for report in order:
                other.add(report)
            found.append(groups(other.graph().linked))
            other.relink()
            found.append(groups(other.graph().linked))
    assert found[0] == found[1] == found[2] == found[3]


def test_a_later_decision_prevails(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 2)])
    archive.split("a", ["b/e1"], by="an editor", reason="other village")
    archive.merge(["a", "b"], by="the same", reason="it was the same after all")
    archive.relink()
    assert archive.incident("a").id == archive.incident("b").id


@pytest.mark.parametrize(
    ("events", "code"), [([], "CE035"), (["a/e1", "b/e1"], "CE035"), (["x"], "CE034")], ids=["none", "all", "unknown"]
)
def test_a_split_that_parts_nothing_is_refused(archive: Archive, events: list[str], code: str) -> None:
    archive.add([raid("a", 2), raid("b", 2)])
    with pytest.raises(ConflictEventsError, match=code):
        archive.split("a", events, by="an editor", reason="")
    assert archive.decisions == ()


def test_unknown_ids_are_named(archive: Archive) -> None:
    for ask in (archive.incident, archive.extraction, lambda id_: archive.explain(id_, id_)):
        with pytest.raises(ConflictEventsError, match="CE034: 'nowhere'"):
            ask("nowhere")


def test_explain_gives_the_reasons_of_the_graph(archive: Archive) -> None:
    reports = seeds(dates=True)
    archive.add(reports)
    whole = EventGraph.build(reports)
    for a, b in (("a", "b"), ("d", "e"), ("a", "e"), ("d/e2", "e/e2")):
        assert archive.explain(a, b) == whole.explain(a, b)


def test_incidents_are_found_by_day_and_place(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 4, on="2024-06-01", where=place("Tovuz", 40.99249, 45.62838, "AZ"))])
    found = lambda **by: [i.events for i in archive.incidents(**by)]  # noqa: E731
    assert found() == [("a/e1",), ("b/e1",)]
    assert found(since="2024-03-01") == [("b/e1",)]
    assert found(until="2024-02-13") == [("a/e1",)]
    assert found(since="2024-06", until="2024-06") == found(since="2024-06-01T12:00") == [("b/e1",)]
    assert found(since="2024", until="2024-02") == [("a/e1",)]
    assert found(box=(46.0, 39.0, 47.0, 40.0)) == [("a/e1",)]
    assert found(scope="background") == []


@pytest.mark.parametrize("bound", ["since", "until"])
def test_a_bound_that_is_no_day_is_refused(archive: Archive, bound: str) -> None:
    with pytest.raises(ConflictEventsError, match="CE008: 'last week'"):
        next(archive.incidents(**{bound: "last week"}))  # type: ignore[arg-type]


def test_tables_are_plain_to_other_programs(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "war.archive"
    with Archive.open(path) as archive:
        archive.add([raid("a", 2), raid("b", 2)])
    connection = sqlite3.connect(path)
    incidents = pandas.read_sql("SELECT * FROM incidents", connection)
    assert list(incidents["killed_best"]) == [2]
    assert list(incidents["start"]) == ["2024-02-13"]
    joined = pandas.read_sql("SELECT e.id, i.title FROM events e JOIN incidents i ON i.id = e.incident", connection)
    assert len(joined) == 2
    assert json.loads(incidents["record"][0])["reports"] == ["a", "b"]
    connection.close()


def test_other_processes_read_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    with Archive.open(path) as writer, Archive.open(path) as reader:
        writer.add(raid("a", 2))
        assert [i.events for i in reader.incidents()] == [("a/e1",)]
        writer.relink()
        reader.add(raid("b", 2))
        assert writer.incident("a").events == ("a/e1", "b/e1")


def test_texts_with_broken_characters_are_kept(archive: Archive) -> None:
    told = raid("a\ud800", 2)
    told = replace(told, report=replace(told.report, title="Post \ud800 hit", words="Post \ud800 hit"))
    archive.add(told)
    assert archive.extraction("a\ud800") == told
    assert archive.add(raid("b", 2)) == [archive.incident("b").id]


def test_an_event_id_of_another_report_is_refused_by_name(archive: Archive) -> None:
    archive.add(raid("a", 2))
    other = raid("b", 2)
    stolen = replace(other, events=(replace(other.events[0], id="a/e1"),))
    with pytest.raises(ConflictEventsError, match="CE007: report 'b'"):
        archive.add(stolen)
    assert len(archive) == 1


def test_one_more_report_joins_an_incident_that_a_hundred_tell(archive: Archive) -> None:
    archive.add([raid(f"r{n:03}", 2) for n in range(120)])
    archive.add(raid("z", 2))
    assert len(archive.incident("z").reports) == 121


def test_a_bare_string_is_refused_where_several_are_asked_for(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 2)])
    told = {"by": "an editor", "reason": ""}
    for ask in (
        lambda: archive.add("a"),  # type: ignore[arg-type]
        lambda: archive.remove("a"),
        lambda: archive.split("a", "b", **told),
        lambda: archive.merge("ab", **told),
    ):
        with pytest.raises(TypeError, match="put a single one into a list"):
            ask()
    assert len(archive) == 2


def test_another_thread_and_a_closed_archive_are_refused_by_code(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path / "war.archive")
    with ThreadPoolExecutor(1) as threads, pytest.raises(ConflictEventsError, match=r"CE037: .*thread"):
        threads.submit(lambda: list(archive.incidents())).result()
    archive.close()
    for ask in (
        lambda: archive.add([]),
        lambda: len(archive),
        lambda: archive.incident("a"),
        lambda: archive.decisions,
    ):
        with pytest.raises(ConflictEventsError, match=r"CE037: .*closed"):
            ask()


def relink_and_fail(archive: Archive) -> None:
    with archive._change():
        archive._linker.relink(archive._all({}))
        raise RuntimeError


def test_weights_of_a_change_that_failed_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    with Archive.open(path) as one, Archive.open(path) as other:
        one.add(border(20))
        with pytest.raises(RuntimeError):
            relink_and_fail(one)
        other.add(border(30, seed=1))
        other.relink()
        one.explain(*sorted(r.id for r in one.graph().linked.reports)[:2])
        assert one._linker._loader.bare_weights == other._linker._loader.bare_weights


def test_decisions_are_read_once_and_those_of_others_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "war.archive"
    with Archive.open(path) as one, Archive.open(path) as other:
        one.add([raid("a", 2), raid("b", 2), raid("c", 2)])
        one.split("a", ["c"], by="an editor", reason="another post")
        assert one.decisions == other.decisions
        other.merge(["a", "c"], by="an editor", reason="the same after all")
        assert [d.kind for d in one.decisions] == ["split", "merge"]
        known = one.decisions
        assert all(mine is again for mine, again in zip(known, one.decisions, strict=True))
