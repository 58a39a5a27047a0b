"""Columns and records say the same: blocks, match weights, relations of places."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events.graph import blocking, days, space
from conflict_events.graph.comparisons import compare_facts, shipped_weights
from conflict_events.graph.episodes import Episode, episodes_of
from conflict_events.graph.facts import NONE, FactTable, PlaceTable
from conflict_events.graph.linking import Linker
from conflict_events.graph.matching import LinkConfig, Matcher
from conflict_events.graph.placing import relations
from conflict_events.graph.weighing import FactComparer, pattern_bits
from conflict_events.records import CasualtyFigure, DateMention, Event, Extraction, Place
from tests.graph.hand import actor, day, event, extraction, figure, place, weekday

FIRST_DAY = datetime.date(2021, 5, 1)
KINDS = [
    ("armed_clash", "battles"),
    ("air_drone_strike", "explosions_remote_violence"),
    ("grenade", "explosions_remote_violence"),
    ("war", "war"),
]
WIDE = [
    replace(place("Eastern province", 33.5, 36.3, "SY", "region"), admin1="08"),
    place("Syria", 35.0, 38.0, "SY", "country"),
    replace(place("the border", 34.0, 36.0, None, "area"), countries=("SY", "LB"), radius_km=80.0),
    replace(place("the Levant", None, None, None, "area"), geonames_id=None),
]
POINTS = [
    place("Hilltop", 33.5, 36.3, "SY"),
    replace(place("Lowfield", 33.6, 36.3, "SY"), admin1="08"),
    place("Farside", 34.2, 36.1, "LB"),
    replace(place("Hill Top", None, None, "SY"), geonames_id=None),
    replace(place("Hilltop district", 33.4, 36.2, "SY", "district"), admin1="08", radius_km=20.0),
    place("Overseas", 60.0, 10.0, "NO"),
]


def days_told() -> st.SearchStrategy[DateMention | None]:
    def between(first: int, more: int) -> DateMention:
        start = FIRST_DAY + datetime.timedelta(first)
        return day(start.isoformat(), (start + datetime.timedelta(more)).isoformat())

    spans = st.builds(between, st.integers(0, 8), st.sampled_from([0, 0, 0, 1, 6, 8, 30, 364]))
    return st.one_of(st.none(), spans, st.builds(weekday, st.integers(1, 3)))


@st.composite
def reports_of_one_event(draw: st.DrawFn) -> list[Episode]:
    made: list[Episode] = []
    for n in range(draw(st.integers(2, 7))):
        report = f"r{n}"
        told: list[Event] = []
        figures: list[CasualtyFigure] = []
        for k in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(KINDS))
            fighting = draw(st.lists(st.sampled_from(["SYR", "ISR", "opp"]), max_size=3, unique=True))
            told.append(
                event(f"{report}/e{k}", *kind, scope=draw(st.sampled_from(["current", "background"])),
                      date=draw(days_told()), place=draw(st.sampled_from([None, *POINTS, *WIDE])),
                      agents=tuple(actor(p) for p in fighting))
            )  # fmt: skip
            for f, value in enumerate(draw(st.lists(st.integers(1, 60), max_size=4))):
                outcome = draw(st.sampled_from(["killed", "injured"]))
                figures.append(figure(f"{report}/f{k}{f}", value, outcome=outcome, event=f"{report}/e{k}"))
        published = draw(st.sampled_from([None, "2021-05-03", "2021-05-06"]))
        made.extend(episodes_of(extraction(report, told, figures, main=f"{report}/e0", published=published)))
    return made


@settings(max_examples=150, deadline=None)
@given(reports_of_one_event(), st.sampled_from(["news", "recall"]))
def test_columns_weigh_every_pair_as_the_named_comparisons_do(episodes: list[Episode], section: str) -> None:
    weights = shipped_weights(section)
    pairs = [(i, j) for i in range(len(episodes)) for j in range(len(episodes)) if i != j]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found = pattern_bits(weights)[FactComparer(FactTable.of(episodes)).patterns(first, second)]
    told = [weights.weigh(compare_facts(episodes[i], episodes[j]))[0] for i, j in pairs]
    assert found.tolist() == pytest.approx(told, abs=1e-9)


def block_keys(episode: Episode) -> Iterator[Hashable]:
    """Keys of the blocks of one episode: those of different reports that share one are candidates.

    Of two that share no more than a day and a party, one must be without a point on the map. This is the
    definition, one episode at a time, of what ``blocking.pairs_of`` finds in a table, block limits aside.
    """
    dated = range(*day_range(episode))
    cells = {cell for place in episode.places for cell in space.cells(place, blocking.CELL_DEGREES)}
    for date in dated:
        for cell in sorted(cells):
            yield "day and cell", date, *cell
        for party in sorted(episode.parties):
            yield "day and party", date, party
    if episode.events and not dated:
        for place in episode.places:
            if place.geonames_id is not None:
                yield "undated place", place.geonames_id, episode.events[0].class_
    known = days.bounds(episode.when)
    if known is not None and known[1] - known[0] >= blocking.SPREAD_DAYS and len(episode.parties) > 1:
        for party in sorted(episode.parties):
            yield "year and party", blocking._year(np.array([known[0]]))[0], party, episode.is_war


def day_range(episode: Episode) -> tuple[int, int]:
    table = FactTable.of([episode])
    first, last = blocking.day_ranges(table)
    return (int(first[0]), int(last[0]) + 1) if first[0] != NONE else (0, 0)


@settings(max_examples=150, deadline=None)
@given(reports_of_one_event())
def test_columns_find_the_pairs_that_share_a_block_key(episodes: list[Episode]) -> None:
    def are_candidates(a: Episode, b: Episode) -> bool:
        shared = set(block_keys(a)) & set(block_keys(b))
        placed = all(any(True for p in e.places for _ in space.cells(p)) for e in (a, b))
        kinds = {str(key[0]) for key in shared if isinstance(key, tuple)}
        return a.report != b.report and bool(kinds - {"day and party"} if placed else kinds)

    told = {
        (i, j) for i, a in enumerate(episodes) for j, b in enumerate(episodes) if i < j and are_candidates(a, b)
    }  # fmt: skip
    assert blocking.candidate_pairs(episodes) == told


@pytest.mark.parametrize("a", [*POINTS, *WIDE], ids=lambda p: p.name)
@pytest.mark.parametrize("b", [*POINTS, *WIDE], ids=lambda p: p.name)
def test_columns_relate_places_as_records_do(a: Place, b: Place) -> None:
    found = int(relations(PlaceTable.of([a, b]), np.array([0]), np.array([1]))[0])
    assert [*space.CLOSEST_FIRST, None][found] == space.relation(a, b)


def test_table_without_episodes_has_no_incidents() -> None:
    assert Matcher(FactTable.of([])).match().incident.tolist() == []


def told_with_text(report: str, strike: int, *, words: str, toll: int) -> Extraction:
    first = f"{report}/e1"
    strikes = [
        event(first, "air_drone_strike", "explosions_remote_violence", place=POINTS[strike], date=day(f"2021-05-0{strike + 1}")),
        event(f"{report}/e2", scope="background", place=POINTS[2], date=day("2021-04-02")),
    ]  # fmt: skip
    figures = [figure(f"{report}/f1", toll, event=first)]
    return extraction(report, strikes, figures, text=words, main=first, published=f"2021-05-0{strike + 2}")


def test_explained_score_of_every_compared_pair_is_the_one_it_was_clustered_by() -> None:
    told = [
        told_with_text(
            "a", 0, words="Warplanes hit the mill of Hilltop and killed nine workers, a monitor said.", toll=9
        ),
        told_with_text(
            "b", 0, words="Nine workers died when warplanes hit a mill in Hilltop, a monitor counted.", toll=9
        ),
        told_with_text("c", 0, words="", toll=7),
        told_with_text(
            "d", 1, words="Shells fell on the market of Lowfield; two traders were killed, doctors said.", toll=2
        ),
        told_with_text("e", 1, words="", toll=2),
        told_with_text("f", 1, words="", toll=40),
    ]
    linker = Linker(told, [episode for e in told for episode in episodes_of(e)], LinkConfig())
    found = linker.matcher.match()
    assert len(found.first) > 12
    pairs = zip(found.first.tolist(), found.second.tolist(), strict=True)
    linker.link()
    explained = [linker.compare(i, j).bits for i, j in pairs]
    assert found.bits.tolist() == pytest.approx(explained, abs=1e-6)


def test_reports_without_texts_are_weighed_by_facts_fitted_to_the_collection() -> None:
    told = [told_with_text(f"r{n:02}", n % 2, words="", toll=5 + n % 2) for n in range(40)]
    linker = Linker(told, [episode for e in told for episode in episodes_of(e)], LinkConfig())
    reasons = {r.feature: r.weight for r in linker.compare(0, 4).reasons}
    assert reasons["place"] == linker.matcher.bare_weights.of("place", "same")
    assert reasons["place"] != shipped_weights("recall").of("place", "same")
