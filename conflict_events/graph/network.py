"""The event graph as a networkx multigraph: nodes with a ``kind``, edges with a ``type``, scalar attributes only."""

from __future__ import annotations

from typing import Any

import networkx as nx

from conflict_events.graph.space import sharpness
from conflict_events.graph.speakers import party_key
from conflict_events.records import ActorRef, Event, Linked, Place


def network_of(linked: Linked) -> nx.MultiDiGraph[str]:
    """Report, event, incident, place, actor and figure nodes of ``linked``, and the edges between them.

    Node names carry their kind ("event:a/e1"), so that ids of different kinds never meet. Places are one node
    per gazetteer entry (else per name), actors one per party (else per name). Attributes are strings, numbers and
    booleans, absent where not known, as GraphML and GEXF want them.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for report, extraction in zip(linked.reports, linked.extracts, strict=True):
        info = extraction.report
        node = f"report:{report.id}"
        _add(graph, node, "report", title=info.title, source=info.source, url=info.url, published=info.published.start)
        if report.copy_of is not None:
            graph.add_edge(node, f"report:{report.copy_of}", key="copy_of", type="copy_of")
        for event in extraction.events:
            _add_event(graph, node, event)
        for figure in extraction.casualties:
            name = f"figure:{figure.id}"
            _add(
                graph,
                name,
                "figure",
                text=figure.span.text,
                outcome=figure.outcome,
                value=figure.value,
                low=figure.low,
                high=figure.high,
            )
            graph.add_edge(node, name, key="states", type="states")
            if figure.event is not None:
                graph.add_edge(f"event:{figure.event}", name, key="counts", type="counts")
            _actor_edge(graph, name, figure.claimant, "claimed_by")
            _actor_edge(graph, name, figure.side, "side")
    for incident in linked.incidents:
        name = f"incident:{incident.id}"
        _add(
            graph,
            name,
            "incident",
            title=incident.title,
            type=incident.type,
            scope=incident.scope,
            start=incident.start,
            end=incident.end,
            confidence=incident.confidence,
        )
        for event_id in incident.events:
            graph.add_edge(f"event:{event_id}", name, key="of_incident", type="of_incident")
        _place_edge(graph, name, incident.place)
        for side in incident.sides:
            _actor_edge(graph, name, side, "side")
    _add_links(graph, linked)
    return graph


def _add_links(graph: nx.MultiDiGraph[str], linked: Linked) -> None:
    for report in linked.reports:
        if report.main_incident is not None:
            graph.add_edge(f"report:{report.id}", f"incident:{report.main_incident}", key="news", type="news")
    for link in linked.links:
        graph.add_edge(f"event:{link.a}", f"event:{link.b}", key="same", type="same", score=link.score)
    incidents = {incident.id for incident in linked.incidents}
    for relation in linked.relations:
        kind = "incident" if relation.from_ in incidents else "figure"
        graph.add_edge(f"{kind}:{relation.from_}", f"{kind}:{relation.to}", key=relation.type, type=relation.type)


def _add(graph: nx.MultiDiGraph[str], node: str, kind: str, **attributes: Any) -> None:
    graph.add_node(node, kind=kind, **{k: v for k, v in attributes.items() if v is not None})


def _add_event(graph: nx.MultiDiGraph[str], report: str, event: Event) -> None:
    name = f"event:{event.id}"
    _add(
        graph,
        name,
        "event",
        text=event.trigger.text,
        type=event.type,
        status=event.status,
        scope=event.scope,
        start=event.date.start if event.date is not None else None,
        end=event.date.end if event.date is not None else None,
    )
    graph.add_edge(report, name, key="tells", type="tells")
    _place_edge(graph, name, event.place)
    for agent in event.agents:
        _actor_edge(graph, name, agent, "agent")
    for target in event.targets:
        _actor_edge(graph, name, target, "target")


def _place_edge(graph: nx.MultiDiGraph[str], node: str, place: Place | None) -> None:
    if place is None:
        return
    name = f"place:{place.geonames_id or place.name.casefold()}"
    if name not in graph:
        _add(
            graph,
            name,
            "place",
            name=place.name,
            latitude=place.latitude,
            longitude=place.longitude,
            country=place.country,
            sharpness=sharpness(place),
        )
    graph.add_edge(node, name, key="at", type="at")


def _actor_edge(graph: nx.MultiDiGraph[str], node: str, actor: ActorRef | None, role: str) -> None:
    key = party_key(actor)
    if actor is None or key is None:
        return
    name = f"actor:{key}"
    if name not in graph:
        _add(graph, name, "actor", name=actor.name, party=actor.party, actor_kind=actor.kind, country=actor.country)
    graph.add_edge(node, name, key=role, type=role)
