"""A graph that grows: clusters as decisions by hand want them, and incidents that keep their ids."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from conflict_events.graph.decisions import Hand, obey
from conflict_events.graph.episodes import Episode
from conflict_events.graph.identity import settle
from conflict_events.graph.incidents import Cluster
from conflict_events.graph.linking import Linker
from conflict_events.records import EventLink, Incident, Linked


def items_of(episode: Episode) -> tuple[str, ...]:
    """The ids by which decisions name an episode: its events, else its report."""
    return tuple(e.id for e in episode.events) or (episode.report,)


def decided(
    linker: Linker, clusters: Sequence[Cluster], links: Sequence[EventLink], hand: Hand
) -> tuple[list[Cluster], list[EventLink]]:
    """The clusters as decisions want them, and the links that are inside one still."""
    number = {episode.key: n for n, episode in enumerate(linker.episodes)}
    members = [[number[e.key] for e in cluster.episodes] for cluster in clusters]
    confidence = {tuple(m): cluster.confidence for m, cluster in zip(members, clusters, strict=True)}
    found = obey(
        members,
        lambda n: hand.group(items_of(linker.episodes[n])),
        hand,
        lambda i, j: linker.compare(min(i, j), max(i, j)).bits,
    )
    place = {e.id: k for k, group in enumerate(found) for n in group for e in linker.episodes[n].events}
    kept = [link for link in links if place[link.a] == place[link.b]]
    scores: dict[int, list[float]] = {}
    for link in kept:
        scores.setdefault(place[link.a], []).append(link.score)
    made: list[Cluster] = []
    for k, group in enumerate(found):
        known = confidence.get(tuple(group))
        inside = scores.get(k)
        lead = linker.episodes[group[0]].lead
        if known is None and inside:
            known = round(sum(inside) / len(inside), 3)
        if known is None:
            known = lead.confidence if lead is not None else 0.0
        made.append(Cluster(tuple(linker.episodes[n] for n in group), known))
    return made, kept


def identified(clusters: Sequence[Cluster], incidents: Sequence[Incident], previous: Linked) -> list[Incident]:
    """The incidents under the ids that a graph gave them before, with the ids of those that they took over."""
    before = {incident.id: incident for incident in previous.incidents}
    former = {event: incident.id for incident in previous.incidents for event in incident.events}
    former.update({r.id: r.main_incident for r in previous.reports if r.main_incident is not None})
    taken = {former_id for incident in previous.incidents for former_id in incident.former_ids}

    def fresh(n: int, attempt: int) -> str:
        proposed = incidents[n].id
        while attempt or proposed in taken:
            proposed = "i" + hashlib.sha256(f"{proposed}#".encode()).hexdigest()[:12]
            attempt = max(0, attempt - 1)
        return proposed

    members = [[item for episode in cluster.episodes for item in items_of(episode)] for cluster in clusters]
    found = settle(members, former, age=lambda i: before[i].events[:1] or (i,), fresh=fresh)
    made: list[Incident] = []
    for incident, identity in zip(incidents, found, strict=True):
        ids = {*identity.absorbed}
        for known in (identity.id, *identity.absorbed):
            if known in before:
                ids.update(before[known].former_ids)
        made.append(replace(incident, id=identity.id, former_ids=tuple(sorted(ids))))
    return made
