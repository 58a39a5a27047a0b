"""Reports taken out and replaced: nothing of them stays but decisions, and what they held together is linked anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.graph import link
from conflict_events.records import Extraction
from conflict_events.store import Archive, schema
from tests.graph.test_build import seeds
from tests.graph.test_copies import WIRE
from tests.store.test_archive import in_file, raid
from tests.store.worlds import agreement, border, groups


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.open(":memory:") as opened:
        yield opened


def contents(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those of the weights of words, which stay as they were last weighed."""
    left_out = ("word_counts", "toponym_counts", "meta", "decisions")
    tables = [
        t for (t,) in in_file(archive, "SELECT name FROM sqlite_master WHERE type = 'table'") if t not in left_out
    ]
    return {str(t): in_file(archive, f"SELECT * FROM {t}") for t in tables}


def test_removing_all_leaves_nothing(archive: Archive) -> None:
    reports = seeds(dates=True)
    archive.add(reports)
    assert archive.remove([r.report.id for r in reports]) == []
    assert {table for table, held in contents(archive).items() if held} == set()


@pytest.mark.parametrize("seed", range(2))
def test_a_world_with_reports_removed_is_the_world_without_them(archive: Archive, seed: int) -> None:
    reports, chance = border(24, seed=seed), random.Random(seed)
    gone = chance.sample(reports, len(reports) // 4)
    rest = [r for r in reports if r not in gone]
    archive.add(reports[:20])
    for report in reports[20:]:
        archive.add(report)
    for report in gone:
        archive.remove([report.report.id])
    whole = groups(link(rest).linked)
    assert agreement(groups(archive.graph().linked), whole) >= 0.97
    assert {r.id for r in archive.graph().linked.reports} == {r.report.id for r in rest}
    for incident in archive.incidents():
        assert all(event in {e.id for r in rest for e in r.events} for event in incident.events)
    archive.relink()
    assert groups(archive.graph().linked) == whole


def test_what_one_report_told_besides_goes_with_it_and_the_rest_keeps_its_id(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 3)])
    kept = archive.incident("a").id
    assert archive.remove(["a"]) == [kept]
    found = archive.incident(kept)
    assert (found.events, found.reports, found.tolls[0].high) == (("b/e1",), ("b",), 3)
    assert in_file(archive, "SELECT count(*) FROM links") == [(0,)]


def test_a_copy_is_nobodys_when_its_model_goes(archive: Archive) -> None:
    archive.add([raid("a", 2, text=WIRE), raid("b", 2, text=WIRE), raid("c", 2, text=WIRE)])
    assert {r.id: r.copy_of for r in archive.graph().linked.reports} == {"a": None, "b": "a", "c": "a"}
    archive.remove(["a"])
    assert {r.id: r.copy_of for r in archive.graph().linked.reports} == {"b": None, "c": "b"}
    assert archive.incident("b").independent_sources == 1


def test_an_unknown_report_is_named_and_nothing_is_removed(archive: Archive) -> None:
    archive.add([raid("a", 2)])
    with pytest.raises(ConflictEventsError, match="CE034: 'nowhere'"):
        archive.remove(["a", "nowhere"])
    assert "a" in archive


def test_decisions_outlive_the_reports_they_name(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 2), raid("c", 2)])
    archive.split("a", ["c"], by="an editor", reason="another post")
    archive.remove(["c"])
    assert [d.groups for d in archive.decisions] == [(("a/e1", "b/e1"), ("c/e1",))]
    archive.add(raid("c", 2))
    archive.relink()
    assert archive.incident("a").id == archive.incident("b").id != archive.incident("c").id


def test_a_replaced_report_tells_what_it_tells_now_in_the_same_incident(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 2)])
    id_ = archive.incident("a").id
    assert archive.add(raid("a", 5), replace=True) == [id_]
    assert archive.extraction("a").casualties[0].value == 5
    assert archive.incident(id_).events == ("a/e1", "b/e1")
    assert archive.add(raid("a", 5), replace=True) == []


def test_a_replaced_report_passes_on_the_incident_that_it_alone_told(archive: Archive) -> None:
    archive.add([raid("b", 2)])
    archive.add([raid("a", 9, on="2023-01-05")])
    kept, other = archive.incident("a").id, archive.incident("b").id
    archive.merge([kept, other], by="an editor", reason="one")
    archive.remove(["b"])
    moved = renamed(raid("a", 9, on="2023-01-07"))
    assert archive.add(moved, replace=True) == [other]
    assert archive.incident(kept).id == other
    assert archive.incident("a").events == ("a/e7",)


def renamed(told: Extraction) -> Extraction:
    """The report with another id for its event."""
    [only], report = told.events, replace(told.report, main_event="a/e7")
    return replace(told, report=report, events=(replace(only, id="a/e7"),), casualties=())


def test_a_report_replaced_by_another_story_leaves_the_incident_to_the_rest(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 2)])
    id_ = archive.incident("a").id
    archive.add(raid("a", 2, on="2023-01-05"), replace=True)
    assert archive.incident("b").id == id_ != archive.incident("a").id


def test_a_refused_replacement_changes_nothing(archive: Archive) -> None:
    archive.add([raid("a", 2), raid("b", 2)])
    before = contents(archive)
    stolen = replace(raid("a", 3), events=(replace(raid("a", 3).events[0], id="b/e1"),))
    with pytest.raises(ConflictEventsError, match="CE007: report 'a'"):
        archive.add(stolen, replace=True)
    assert contents(archive) == before


def test_two_readings_of_one_report_at_once_are_refused_even_to_replace(archive: Archive) -> None:
    with pytest.raises(ConflictEventsError, match="CE007"):
        archive.add([raid("a", 2), raid("a", 3)], replace=True)


def test_another_process_forgets_what_was_removed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "war.archive"
    with Archive.open(path) as one, Archive.open(path) as other:
        one.add([raid("a", 2), raid("b", 2)])
        assert other.explain("a", "b").score > 0.5
        one.remove(["b"])
        one.add(raid("c", 2, on="2023-01-05"))
        assert other.explain("a", "c") == one.explain("a", "c")
        assert other.explain("a", "c").score < 0.5


def test_every_table_that_names_reports_is_known_to_removal(archive: Archive) -> None:
    assert set(contents(archive)) | {"decisions"} == {
        *schema.TABLES_TO_READ,
        *(t for t in schema.DERIVED if not t.endswith("_counts")),
        "episodes",
    }


@pytest.mark.parametrize("again", ["replaced", "removed and added"])
def test_copies_of_a_report_that_comes_again_are_its_copies(archive: Archive, again: str) -> None:
    archive.add([raid(x, 2, text=WIRE) for x in "abc"])
    if again == "removed and added":
        archive.remove(["a"])
    archive.add(raid("a", 3, text=WIRE), replace=True)
    assert {r.id: r.copy_of for r in archive.graph().linked.reports} == {"a": None, "b": "a", "c": "a"}
    told = archive.explain("b", "c").reasons[0]
    assert (told.feature, told.value) == ("copy", "a")
    found = in_file(archive, "SELECT DISTINCT id FROM surroundings JOIN reports ON number = copy_group")
    assert found == [("a",)]


@pytest.mark.parametrize("again", ["replaced", "removed and added"])
def test_a_merge_by_hand_holds_for_a_report_that_comes_again(archive: Archive, again: str) -> None:
    archive.add([raid("b", 2), raid("a", 9, on="2023-01-05"), raid("c", 4, on="2022-01-05")])
    archive.merge(["a", "b"], by="an editor", reason="one operation")
    if again == "removed and added":
        archive.remove(["a"])
    archive.add(raid("a", 8, on="2023-01-06"), replace=True)
    assert archive.incident("a").events == archive.incident("b").events == ("a/e1", "b/e1")
    assert archive.incident("c").events == ("c/e1",)


def test_a_merge_by_hand_holds_for_a_report_that_comes_again_with_one_beside_it(archive: Archive) -> None:
    archive.add([raid("a", 9, on="2023-01-05"), raid("b", 2)])
    archive.merge(["a", "b"], by="an editor", reason="one operation")
    archive.remove(["a"])
    archive.add([raid("Z", 9, on="2023-01-05"), raid("a", 9, on="2023-01-05")])
    assert archive.incident("a").id == archive.incident("b").id == archive.incident("Z").id


@pytest.mark.parametrize("order", [1, -1], ids=["known first", "known last"])
def test_two_readings_of_one_report_are_refused_whichever_is_known(archive: Archive, order: int) -> None:
    archive.add(raid("a", 2))
    with pytest.raises(ConflictEventsError, match="CE007"):
        archive.add([raid("a", 2), raid("a", 3)][::order], replace=True)
    assert archive.extraction("a") == raid("a", 2)
