"""``EventGraph``: reports, their events, and the incidents that several reports tell, as one graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import networkx as nx

from conflict_events.errors import ConflictEventsError
from conflict_events.graph.comparisons import probability
from conflict_events.graph.episodes import Episode, episodes_of
from conflict_events.graph.incidents import incident_of
from conflict_events.graph.linking import LinkConfig, Linker
from conflict_events.graph.network import network_of
from conflict_events.graph.relations import between_figures, between_incidents
from conflict_events.records import (
    SCHEMA_VERSION,
    EventLink,
    Extraction,
    Incident,
    Linked,
    LinkedReport,
    MadeWith,
    from_dict,
)

__all__ = ["EventGraph", "LinkConfig", "link"]


class EventGraph:
    """Incidents and what reports say of them. Make one with ``build``; it does not change afterwards.

    ``linked`` is the typed result, ``graph`` the same as a networkx multigraph.
    """

    def __init__(self, linked: Linked, linker: Linker | None = None) -> None:
        self.linked = linked
        self._linker = linker

    @classmethod
    def build(cls, extractions: Iterable[Extraction], *, config: LinkConfig | None = None) -> EventGraph:
        """The graph of these extractions, the same in every byte for any order of theirs.

        Reports are ordered by id. Extracts that are given twice count once; two different ones under one id
        raise ``ConflictEventsError`` CE007.

        >>> EventGraph.build([]).linked.incidents
        ()
        """
        ordered = _in_order(extractions)
        episodes = [episode for e in ordered for episode in episodes_of(e)]
        linker = Linker(ordered, episodes, config or LinkConfig())
        clusters, links = linker.link()
        clusters = [c for c in clusters if c.events or len(c.reports) > 1]
        by_id = {e.report.id: e for e in ordered}
        incidents = [incident_of(c, by_id, linker.copy_of) for c in clusters]
        sources = {report: linker.copy_of[report] or report for report in by_id}
        relations = [
            *between_incidents(clusters, incidents, ordered),
            *between_figures(incidents, sources, ordered),
        ]
        news = {
            episode.report: incident.id
            for cluster, incident in zip(clusters, incidents, strict=True)
            for episode in cluster.episodes
            if episode.is_main and (not episode.background or len(cluster.reports) > 1)
        }
        linked = Linked(
            schema_version=SCHEMA_VERSION,
            made_with=made_with(ordered),
            extracts=tuple(ordered),
            reports=tuple(LinkedReport(r, news.get(r), linker.copy_of[r]) for r in by_id),
            incidents=tuple(sorted(incidents, key=incident_order)),
            links=tuple(links),
            relations=tuple(relations),
        )
        return cls(linked, linker)

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> EventGraph:
        """The graph that ``to_dict`` wrote. Raises ``pydantic.ValidationError`` naming a field that is wrong."""
        return cls(from_dict(Linked, value))

    def to_dict(self) -> dict[str, Any]:
        """The JSON-ready form of the graph, as ``conflict-events link`` writes it."""
        return self.linked.to_dict()

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents, current ones first, in order of their days."""
        return self.linked.incidents

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """Report, event, incident, place, actor and figure nodes with typed edges."""
        return network_of(self.linked)

    def incident(self, id_: str) -> Incident:
        """The incident with an id, or the one that an event or a report's news belongs to. Raises ``KeyError``."""
        news = {r.id: r.main_incident for r in self.linked.reports}
        wanted = news.get(id_) or id_
        for incident in self.linked.incidents:
            if incident.id == wanted or id_ in incident.events:
                return incident
        raise KeyError(id_)

    def explain(self, a: str, b: str) -> EventLink:
        """Why two events (or two reports' news) are or are not of one incident: every comparison with its weight.

        ``a`` and ``b`` are event ids or report ids; the score is the pair's own probability, before the clusters
        were weighed as wholes. Raises ``KeyError`` for an id that the graph does not hold.

        >>> graph = EventGraph.build([])
        >>> graph.explain("a", "b")
        Traceback (most recent call last):
        KeyError: 'a'
        """
        linker = self._linker or _relink(self.linked)
        i, j = self._episode(a, linker.episodes), self._episode(b, linker.episodes)
        comparison = linker.compare(min(i, j), max(i, j))
        return EventLink(a, b, probability(comparison.bits), comparison.reasons)

    @staticmethod
    def _episode(id_: str, episodes: Sequence[Episode]) -> int:
        for n, episode in enumerate(episodes):
            if any(e.id == id_ for e in episode.events) or (episode.is_main and episode.report == id_):
                return n
        raise KeyError(id_)


def link(extractions: Iterable[Extraction], *, config: LinkConfig | None = None) -> EventGraph:
    """The event graph of extractions: ``EventGraph.build`` under the name of what it does."""
    return EventGraph.build(extractions, config=config)


def _in_order(extractions: Iterable[Extraction]) -> list[Extraction]:
    by_id: dict[str, Extraction] = {}
    for extraction in extractions:
        known = by_id.setdefault(extraction.report.id, extraction)
        if known is not extraction and known != extraction:
            raise ConflictEventsError("CE007", id=extraction.report.id, file="the extractions to link")
    return [by_id[report] for report in sorted(by_id)]


def _relink(linked: Linked) -> Linker:
    episodes = [episode for e in linked.extracts for episode in episodes_of(e)]
    linker = Linker(linked.extracts, episodes, LinkConfig())
    linker.link()
    return linker


def made_with(extractions: Sequence[Extraction]) -> MadeWith:
    """What made the extractions; several values, where extracts of several makings were linked, are joined."""

    def joined(values: Iterable[str]) -> str:
        return "+".join(sorted(set(values))) or "none"

    return MadeWith(
        version=joined(e.made_with.version for e in extractions),
        model=joined(e.made_with.model for e in extractions),
        gazetteer=joined(e.made_with.gazetteer for e in extractions),
    )


def incident_order(incident: Incident) -> tuple[bool, bool, str, str]:
    """What orders incidents: current ones first, then by their days."""
    return incident.scope != "current", incident.start is None, incident.start or "", incident.id
