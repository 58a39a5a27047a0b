"""Made-up worlds: the same every time, as dense as asked for, and the same as columns and as records."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from conflict_events.benchmark.linking import components, exponent, markdown, pair_scores, run_linking, sort_and_join
from conflict_events.benchmark.tables import extractions, fact_table
from conflict_events.benchmark.tellings import Noise, tell
from conflict_events.benchmark.world import QUIET_BORDER, WorldConfig, make_world
from conflict_events.graph import blocking, link
from conflict_events.graph.episodes import episodes_of
from conflict_events.graph.facts import NONE, FactTable
from conflict_events.graph.matching import Matcher
from conflict_events.graph.weighing import FactComparer

SMALL = WorldConfig(events=400, density=20.0, seed=3)


def test_world_is_the_same_every_time_and_another_with_another_seed() -> None:
    first, second, other = (tell(make_world(WorldConfig(events=300, seed=seed))) for seed in (5, 5, 6))
    assert first.place.tolist() == second.place.tolist()
    assert first.killed.tolist() == second.killed.tolist()
    assert first.place.tolist() != other.place.tolist()


@pytest.mark.parametrize("density", [1.0, 10.0])
@pytest.mark.parametrize("events", [2000, 20000])
def test_world_has_about_the_events_and_the_density_asked_for(events: int, density: float) -> None:
    world = make_world(WorldConfig(events=events, density=density))
    days = int(world.day.max() - world.day.min()) + 1
    assert len(tell(world)) == pytest.approx(events, rel=0.3)
    assert len(world) / (days * world.theatres) == pytest.approx(QUIET_BORDER * density, rel=0.3)


def test_without_noise_reports_tell_what_happened() -> None:
    told = tell(make_world(SMALL), Noise().times(0.0))
    world = told.world
    assert told.is_main.all()
    assert told.start.tolist() == told.end.tolist() == world.day[told.incident].tolist()
    assert told.place.tolist() == world.settlement[told.incident].tolist()
    assert told.killed.tolist() == world.killed[told.incident].tolist()


def test_reports_recall_only_earlier_incidents() -> None:
    told = tell(make_world(SMALL), Noise(recalling=0.5))
    news = {int(r): int(i) for r, i, main in zip(told.report, told.incident, told.is_main, strict=True) if main}
    days = told.world.day
    recalled = [
        (int(i), news[int(r)]) for r, i in zip(told.report[~told.is_main], told.incident[~told.is_main], strict=True)
    ]
    assert recalled
    assert all(days[earlier] < days[own] for earlier, own in recalled)


def test_columns_are_what_the_records_say() -> None:
    told = tell(make_world(SMALL), Noise().times(3.0))
    columns = fact_table(told)
    records = FactTable.of([episode for e in extractions(told) for episode in episodes_of(e)])
    assert len(records) == len(columns)
    for name in ("is_main", "background", "start", "end", "weekday", "published_start"):
        assert getattr(records, name).tolist() == getattr(columns, name).tolist(), name
    found = blocking.pairs_of(columns)
    assert [ends.tolist() for ends in blocking.pairs_of(records)] == [ends.tolist() for ends in found]
    assert FactComparer(records).patterns(*found).tolist() == FactComparer(columns).patterns(*found).tolist()


def test_graph_of_the_records_has_the_incidents_found_in_the_columns() -> None:
    told = tell(make_world(SMALL))
    graph = link(extractions(told))
    of_event = {event: n for n, incident in enumerate(graph.incidents) for event in incident.events}
    reports = [f"r{report:08}" for report in told.report.tolist()]
    rows = [of_event[f"{r}/e0"] for r, main in zip(reports, told.is_main, strict=True) if main]
    found = Matcher(fact_table(told)).match().incident[told.is_main]
    assert pair_scores(found, np.array(rows)).f1 == 1.0


@pytest.mark.parametrize(("density", "least"), [(1.0, 0.95), (10.0, 0.95)], ids=["quiet border", "ten times that"])
def test_linker_finds_the_incidents_of_a_border(density: float, least: float) -> None:
    found = run_linking(WorldConfig(events=10_000, density=density, seed=1))
    assert found.linker.f1 >= least
    assert found.linker.f1 > found.components.f1
    assert found.linker.f1 > found.join.f1


def test_incident_that_hundreds_tell_stays_one() -> None:
    world = make_world(WorldConfig(events=1500))
    famous = 20
    told = tell(replace(world, reports=np.where(np.arange(len(world)) == famous, 300, world.reports)))
    found = Matcher(fact_table(told)).match().incident[told.incident == famous]
    assert np.bincount(found).max() > 0.9 * len(found)


def test_events_without_day_or_place_are_joined_to_nothing_by_a_sort() -> None:
    told = tell(make_world(SMALL), Noise(day_missing=0.5, place_missing=0.4))
    labels = sort_and_join(fact_table(told))
    alone = (told.start == NONE) | (told.place == NONE)
    assert (np.bincount(labels, minlength=len(labels))[labels[alone]] == 1).all()


def test_components_join_what_pairs_lead_to() -> None:
    assert components(6, np.array([4, 0, 1]), np.array([5, 2, 2])).tolist() == [0, 0, 0, 3, 4, 4]


def test_table_tells_how_time_grows() -> None:
    runs = [run_linking(WorldConfig(events=n)) for n in (300, 3000)]
    assert exponent(runs[:1]) is None
    assert f"power of {exponent(runs):.2f}" in markdown(runs)
