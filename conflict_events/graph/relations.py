"""Relations between incidents, and between the figures that one incident's toll holds."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from conflict_events.graph import days, space
from conflict_events.graph.episodes import Episode
from conflict_events.graph.incidents import Cluster
from conflict_events.graph.speakers import party_key
from conflict_events.records import Claim, Extraction, Incident, Relation, Toll

_BETWEEN_INCIDENTS = ("retaliation_for", "part_of", "follows")


def between_incidents(
    clusters: Sequence[Cluster], incidents: Sequence[Incident], extractions: Iterable[Extraction]
) -> list[Relation]:
    """What reports say joins two incidents, and which current one follows another of the same sides in one report.

    Incidents that a report tells one after the other, on different days, follow each other where no closer relation is
    told and they are of one conflict: both have the same two parties, or one party at places not told apart.
    """
    incident_of = {event_id: incident.id for incident in incidents for event_id in incident.events}
    told: set[tuple[str, str, str]] = set()
    for extraction in extractions:
        for relation in extraction.relations:
            a, b = incident_of.get(relation.from_), incident_of.get(relation.to)
            if relation.type in _BETWEEN_INCIDENTS and a is not None and b is not None and a != b:
                told.add((a, b, relation.type))
    joined = {frozenset((a, b)) for a, b, _ in told}
    for a, b in _successions(clusters, incidents):
        if frozenset((a, b)) not in joined:
            told.add((a, b, "follows"))
    return [Relation(a, b, kind) for a, b, kind in sorted(told)]  # type: ignore[arg-type]


def _successions(clusters: Sequence[Cluster], incidents: Sequence[Incident]) -> set[tuple[str, str]]:
    current: dict[str, list[tuple[Episode, str]]] = {}
    for cluster, incident in zip(clusters, incidents, strict=True):
        for episode in cluster.episodes:
            if episode.events and not episode.background:
                current.setdefault(episode.report, []).append((episode, incident.id))
    found: set[tuple[str, str]] = set()
    for told in current.values():
        main = next(((e, i) for e, i in told if e.is_main), None)
        if main is None:
            continue
        news, news_id = main
        for episode, incident_id in told:
            if incident_id == news_id or not _of_one_conflict(episode, news):
                continue
            if days.is_before(episode.when, news.when):
                found.add((news_id, incident_id))
            elif days.is_before(news.when, episode.when):
                found.add((incident_id, news_id))
    return found


def _of_one_conflict(a: Episode, b: Episode) -> bool:
    shared = len(a.parties & b.parties)
    return shared > 1 or (
        shared == 1 and space.best_relation(a.places, b.places) in ("same", "front", "inside", "near")
    )


def between_figures(
    incidents: Iterable[Incident], sources: Mapping[str, str], extractions: Iterable[Extraction]
) -> list[Relation]:
    """``updates`` from a figure to the one that it replaces, ``contradicts`` and ``corroborates`` within toll rows.

    Closed figures of one row that exclude each other contradict; equal ones corroborate where neither speaker
    nor text is the same (``sources`` maps a report to its group of copies). Of many equal figures the first
    stands for all, so that the number of relations stays linear.
    """
    told: set[tuple[str, str, str]] = set()
    whole_of: dict[str, str | None] = {}
    for extraction in extractions:
        roots = {f.id: f.same_as or f.id for f in extraction.casualties}
        wholes = {roots[f.id]: f.subset_of for f in extraction.casualties if f.subset_of is not None}
        whole_of.update((f.id, wholes.get(roots[f.id])) for f in extraction.casualties)
        for relation in extraction.relations:
            if relation.type in ("updates", "contradicts"):
                pair = (relation.from_, relation.to)
                first, second = sorted(pair) if relation.type == "contradicts" else pair
                told.add((first, second, relation.type))
    for incident in incidents:
        for toll in incident.tolls:
            for claim in toll.claims:
                if claim.superseded_by is not None:
                    told.add((claim.superseded_by, claim.figure, "updates"))
            if not _mixes_wholes_and_parts(toll, incident.tolls):
                told.update(_within_row(toll, sources, whole_of))
    return [Relation(a, b, kind) for a, b, kind in sorted(told) if a in whole_of and b in whole_of]  # type: ignore[arg-type]


def _mixes_wholes_and_parts(toll: Toll, tolls: Sequence[Toll]) -> bool:
    """A row that sums narrower rows: its claims count different people and say nothing of each other."""
    return toll.rule == "sum_of_sides" or any(
        t is not toll
        and t.outcome == toll.outcome
        and (toll.side is None or party_key(t.side) == party_key(toll.side))
        and (toll.victims is None or t.victims == toll.victims)
        for t in tolls
    )


def _within_row(
    toll: Toll, sources: Mapping[str, str], whole_of: Mapping[str, str | None]
) -> set[tuple[str, str, str]]:
    """Relations of a row's whole numbers; what counts some of another's people answers another question."""
    found: set[tuple[str, str, str]] = set()
    first_of: dict[int, Claim] = {}
    told: set[tuple[str, int]] = set()
    in_row = {claim.figure for claim in toll.claims}
    for claim in toll.claims:
        if claim.superseded_by is not None or claim.low is None or claim.low != claim.high:
            continue
        if whole_of.get(claim.figure) in in_row:
            continue
        if (claim.report, claim.low) in told:
            continue
        told.add((claim.report, claim.low))
        first = first_of.setdefault(claim.low, claim)
        if first is not claim and _independent(first, claim, sources):
            found.add((claim.figure, first.figure, "corroborates"))
    representatives = [first_of[value] for value in sorted(first_of)]
    for lower, higher in itertools.pairwise(representatives):
        a, b = sorted((lower.figure, higher.figure))
        found.add((a, b, "contradicts"))
    return found


def _independent(a: Claim, b: Claim, sources: Mapping[str, str]) -> bool:
    if sources.get(a.report, a.report) == sources.get(b.report, b.report):
        return False
    speakers = party_key(a.claimant), party_key(b.claimant)
    return speakers[0] is None or speakers[0] != speakers[1]
