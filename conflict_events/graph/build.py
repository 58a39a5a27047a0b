"""``EventGraph``: reports, their events, and the incidents that several reports tell, as one graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import networkx as nx

from conflict_events.errors import ConflictEventsError
from conflict_events.graph.comparisons import probability
from conflict_events.graph.decisions import Hand, parted, several, signed
from conflict_events.graph.episodes import Episode, episodes_of
from conflict_events.graph.growing import decided, identified, items_of
from conflict_events.graph.incidents import incident_of
from conflict_events.graph.linking import LinkConfig, Linker
from conflict_events.graph.network import network_of
from conflict_events.graph.relations import between_figures, between_incidents
from conflict_events.records import (
    SCHEMA_VERSION,
    Decision,
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
    """Incidents and what reports say of them. Make one with ``build``; it does not change: what adds or decides gives another.

    ``linked`` is the typed result, ``graph`` the same as a networkx multigraph.
    """

    def __init__(self, linked: Linked, linker: Linker | None = None) -> None:
        self.linked = linked
        self._linker = linker

    @classmethod
    def build(
        cls, extractions: Iterable[Extraction], *, config: LinkConfig | None = None, decisions: Iterable[Decision] = ()
    ) -> EventGraph:
        """The graph of these extractions, the same in every byte for any order of theirs.

        Reports are ordered by id. Extracts that are given twice count once; two different ones under one id
        raise ``ConflictEventsError`` CE007, a bare string ``TypeError``. ``decisions`` hold together and apart what people decided, the later ones
        first.

        >>> EventGraph.build([]).linked.incidents
        ()
        """
        return cls._linked_anew(_in_order(extractions), config, tuple(decisions), None)

    @classmethod
    def _linked_anew(
        cls,
        ordered: Sequence[Extraction],
        config: LinkConfig | None,
        decisions: tuple[Decision, ...],
        previous: Linked | None,
    ) -> EventGraph:
        episodes = [episode for e in ordered for episode in episodes_of(e)]
        linker = Linker(ordered, episodes, config or LinkConfig())
        clusters, links = linker.link()
        if decisions:
            clusters, links = decided(linker, clusters, links, Hand.of(decisions))
        clusters = [c for c in clusters if c.events or len(c.reports) > 1]
        by_id = {e.report.id: e for e in ordered}
        incidents = [incident_of(c, by_id, linker.copy_of) for c in clusters]
        if previous is not None:
            incidents = identified(clusters, incidents, previous)
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
            decisions=decisions,
        )
        return cls(linked, linker)

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> EventGraph:
        """The graph that ``to_dict`` wrote. Raises ``pydantic.ValidationError`` naming a field that is wrong."""
        return cls(from_dict(Linked, value))

    def to_dict(self) -> dict[str, Any]:
        """The JSON-ready form of the graph, as ``conflict-events link`` writes it."""
        return self.linked.to_dict()

    @classmethod
    def load(cls, path: str | Path) -> EventGraph:
        """The graph that ``save`` or ``conflict-events link`` wrote to a file.

        Raises ``ConflictEventsError`` CE001 where the file cannot be read, CE036 where it holds something else.
        """
        try:
            return cls.from_dict(json.loads(Path(path).read_text("utf-8")))
        except OSError as error:
            raise ConflictEventsError("CE001", file=str(path), reason=error.strerror or str(error)) from error
        except ValueError as error:
            raise ConflictEventsError("CE036", file=str(path), reason=_first_line(error)) from error

    def save(self, path: str | Path) -> None:
        """Write the graph to a file as JSON; the file appears whole or not at all.

        Raises ``ConflictEventsError`` CE018 where it cannot be written.
        """
        target = Path(path)
        part = target.with_name(f".{target.name}.part")
        try:
            part.write_text(json.dumps(self.to_dict()) + "\n", "utf-8")
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise ConflictEventsError("CE018", file=str(path), reason=error.strerror or str(error)) from error

    def add(self, extractions: Extraction | Iterable[Extraction], *, config: LinkConfig | None = None) -> EventGraph:
        """The graph with further reports, all linked anew; incidents keep their ids.

        Of incidents that come together the one whose first event has the first id keeps its id, and the others' stand in
        its ``former_ids``. Which reports are one incident does not depend on the order in which they were added. The cost
        is that of linking them all: an ``Archive`` adds one in milliseconds.

        >>> EventGraph.build([]).add([]).incidents
        ()
        """
        added = [extractions] if isinstance(extractions, Extraction) else several(extractions, "extractions")
        ordered = _in_order([*self.linked.extracts, *added])
        return self._linked_anew(ordered, config or self._config, self.linked.decisions, self.linked)

    def split(self, incident: str, events: Iterable[str], *, by: str, reason: str, at: str | None = None) -> EventGraph:
        """The graph in which some events of an incident are an incident of their own, as ``by`` decided.

        ``events`` are ids of events, or of reports for all that they tell of the incident; ``at`` is when it was decided,
        where the caller says it. Raises ``ConflictEventsError`` CE034 for unknown ids, CE035 where the events are none or
        all of the incident's.
        """
        groups = parted(self._items(incident), several(events, "ids of events"))
        return self._decide(Decision("split", groups, by, reason, at))

    def merge(self, incidents: Iterable[str], *, by: str, reason: str, at: str | None = None) -> EventGraph:
        """The graph in which incidents are one, as ``by`` decided; the arguments are those of ``split``.

        Raises ``ConflictEventsError`` CE034 for unknown ids, CE035 for fewer than two incidents.
        """
        found = list(dict.fromkeys(self._known(i).id for i in several(incidents, "ids of incidents")))
        if len(found) < 2:
            raise ConflictEventsError("CE035", reason="it names fewer than two incidents")
        groups = tuple(tuple(item for item, _ in self._items(i)) for i in found)
        return self._decide(Decision("merge", groups, by, reason, at))

    def _decide(self, decision: Decision) -> EventGraph:
        decisions = (*self.linked.decisions, signed(decision))
        return self._linked_anew(self.linked.extracts, self._config, decisions, self.linked)

    @property
    def _config(self) -> LinkConfig | None:
        return self._linker.config if self._linker is not None else None

    def _items(self, incident: str) -> list[tuple[str, str]]:
        """What an incident consists of, as (event, or report without one; report)."""
        found = self._known(incident)
        report_of = {e.id: extraction.report.id for extraction in self.linked.extracts for e in extraction.events}
        items = [(event, report_of[event]) for event in found.events]
        telling = {report for _, report in items}
        news = (r.id for r in self.linked.reports if r.main_incident == found.id and r.id not in telling)
        return [*items, *((report, report) for report in news)]

    def _known(self, id_: str) -> Incident:
        try:
            return self.incident(id_)
        except KeyError as error:
            raise ConflictEventsError("CE034", id=id_, expected="an incident") from error

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents, current ones first, in order of their days."""
        return self.linked.incidents

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """Report, event, incident, place, actor and figure nodes with typed edges."""
        return network_of(self.linked)

    def incident(self, id_: str) -> Incident:
        """The incident with an id, now or before, or the one that an event or a report's news belongs to.

        Raises ``KeyError`` for an unknown id.
        """
        news = {r.id: r.main_incident for r in self.linked.reports}
        wanted = news.get(id_) or id_
        for incident in self.linked.incidents:
            if incident.id == wanted or id_ in incident.events or id_ in incident.former_ids:
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
        hand = Hand.of(self.linked.decisions) if i != j else Hand()
        held = hand.reasons(items_of(linker.episodes[i]), items_of(linker.episodes[j]))
        return EventLink(a, b, probability(comparison.bits), (*held, *comparison.reasons))

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
    for extraction in several(extractions, "extractions"):
        if not isinstance(extraction, Extraction):
            raise ConflictEventsError("CE039", got=type(extraction).__name__, expected="an extraction")
        known = by_id.setdefault(extraction.report.id, extraction)
        if known is not extraction and known != extraction:
            raise ConflictEventsError("CE007", id=extraction.report.id, file="the extractions to link")
    return [by_id[report] for report in sorted(by_id)]


def _relink(linked: Linked) -> Linker:
    episodes = [episode for e in linked.extracts for episode in episodes_of(e)]
    linker = Linker(linked.extracts, episodes, LinkConfig())
    linker.match()
    return linker


def _first_line(error: ValueError) -> str:
    return str(error).partition("\n")[0]


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
