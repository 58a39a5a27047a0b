"""Clusters written as incidents: ids that stay, records made anew, links, and where each report's news belongs."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from conflict_events.graph.comparisons import probability
from conflict_events.graph.episodes import Episode
from conflict_events.graph.identity import Identity, settle
from conflict_events.graph.incidents import Cluster, incident_of
from conflict_events.records import (
    CasualtyFigure,
    Event,
    Extraction,
    LinkReason,
    MadeWith,
    Published,
    Relation,
    ReportInfo,
)
from conflict_events.store.index import LISTED, listed
from conflict_events.store.loading import Loader, Pair
from conflict_events.store.regions import Edge, Node, Regions, bits_now
from conflict_events.store.rows import dump, incident_row, insert, plain, read

_NOT_READ = MadeWith("", "", "")


class Settler:
    """Writes the clusters of one archive."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        loader: Loader,
        regions: Regions,
        reasons: Callable[[Node, Node, Edge], tuple[LinkReason, ...]],
    ) -> None:
        self._connection = connection
        self._loader = loader
        self._regions = regions
        self._reasons = reasons
        # whole episodes that need not be read
        self.at_hand: Mapping[int, Episode] = {}

    def settle(
        self,
        nodes: Mapping[int, Node],
        clusters: Sequence[Sequence[int]],
        dirty: Set[int],
    ) -> list[str]:
        """Write the clusters whose members changed or are among ``dirty``; ids of the incidents that are other now.

        A cluster that nothing tells as an event, of one report, is no incident.
        """
        lone = [c for c in clusters if len({nodes[n].report for n in c}) == 1]
        told = {s.number for s in self._loader.episodes(n for c in lone for n in c) if s.episode.events}
        silent = {tuple(c) for c in lone if not any(n in told for n in c)}
        kept = [c for c in clusters if tuple(c) not in silent]
        self.release([n for c in silent for n in c if nodes[n].incident is not None])
        former = {n: i for c in kept for n in c if (i := nodes[n].incident) is not None}
        before: dict[str, set[int]] = {}
        for number in (n for c in clusters for n in c):
            if (incident := nodes[number].incident) is not None:
                before.setdefault(incident, set()).add(number)
        founded = self._founded(before)
        identities = settle(kept, former, age=lambda i: founded.get(i, 0), fresh=lambda n, _: self._fresh(kept[n]))
        written: list[str] = []
        for members, identity in zip(kept, identities, strict=True):
            if not identity.absorbed and before.get(identity.id) == set(members) and dirty.isdisjoint(members):
                continue
            if self._write(members, nodes, identity, founded.get(identity.id)):
                written.append(identity.id)
        return written

    def release(self, episodes: Collection[int], kept: Collection[str] = ()) -> None:
        """Take episodes out of their incidents, and remove those that nobody tells any more, unless they are to be kept."""
        if not episodes:
            return
        connection, wanted = self._connection, (listed(episodes),)
        rows = connection.execute(f"SELECT DISTINCT incident FROM episodes WHERE number IN {LISTED}", wanted)
        incidents = [incident for (incident,) in rows.fetchall() if incident is not None and incident not in kept]
        connection.execute(f"UPDATE episodes SET incident = NULL WHERE number IN {LISTED}", wanted)
        connection.execute(
            f"UPDATE reports SET main_incident = NULL WHERE number IN (SELECT report FROM episodes WHERE number IN {LISTED}"
            " AND is_main)",
            wanted,
        )
        for incident in incidents:
            if connection.execute("SELECT 1 FROM episodes WHERE incident = ?", (incident,)).fetchone() is None:
                for table in ("links", "former_ids"):
                    connection.execute(f"DELETE FROM {table} WHERE incident = ?", (incident,))
                connection.execute("DELETE FROM incidents WHERE id = ?", (incident,))

    def _founded(self, incidents: Collection[str]) -> dict[str, int]:
        rows = self._connection.execute(f"SELECT id, founded FROM incidents WHERE id IN {LISTED}", (listed(incidents),))
        return dict(rows.fetchall())

    def _fresh(self, members: Sequence[int]) -> str:
        """An id from the first event of the cluster, which no incident of the archive ever had."""
        first = self._first_item(members)
        attempt = 0
        while True:
            told = first if not attempt else f"{first}#{attempt}"
            proposed = "i" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]
            taken = self._connection.execute(
                "SELECT 1 FROM incidents WHERE id = ? UNION ALL SELECT 1 FROM former_ids WHERE id = ?",
                (proposed, proposed),
            ).fetchone()
            if taken is None:
                return proposed
            attempt += 1

    def _first_item(self, members: Sequence[int]) -> str:
        found = (listed(members),)
        first: str | None = self._connection.execute(
            f"SELECT min(id) FROM events WHERE episode IN {LISTED}", found
        ).fetchone()[0]
        if first is None:
            first = self._connection.execute(
                f"SELECT min(report_id) FROM episodes WHERE number IN {LISTED}", found
            ).fetchone()[0]
        return str(first)

    def _write(
        self,
        members: Sequence[int],
        nodes: Mapping[int, Node],
        identity: Identity,
        founded: int | None,
    ) -> bool:
        """Write a cluster as an incident; whether that changes anything of it."""
        connection = self._connection
        edges = self._regions.edges_within(members)
        bits = {(a, b): bits_now(nodes[a], nodes[b], edge) for (a, b), edge in edges.items()}
        cluster = Cluster(self.episodes(members), self._confidence(members, bits))
        reports, copy_of = self._reports({nodes[n].report for n in members})
        former = self._take_over(identity)
        made = replace(incident_of(cluster, reports, copy_of), id=identity.id, former_ids=former)
        if founded is None:
            found = connection.execute("SELECT coalesce(max(founded), 0) + 1 FROM incidents").fetchone()
            founded = int(found[0])
        row = incident_row(made, founded)
        before = connection.execute("SELECT record FROM incidents WHERE id = ?", (identity.id,)).fetchone()
        is_new = before is None or before[0] != row["record"]
        if is_new:
            connection.execute("DELETE FROM incidents WHERE id = ?", (identity.id,))
            insert(connection, "incidents", row)
        moved = [n for n in members if nodes[n].incident != identity.id]
        if moved:
            there = (identity.id, listed(moved))
            connection.execute(f"UPDATE episodes SET incident = ? WHERE number IN {LISTED}", there)
            connection.execute(f"UPDATE events SET incident = ? WHERE episode IN {LISTED}", there)
        several = len({nodes[n].report for n in members}) > 1
        for n in members:
            if nodes[n].is_main and (nodes[n].background or n in moved):
                news = identity.id if several or not nodes[n].background else None
                connection.execute(
                    "UPDATE reports SET main_incident = ? WHERE number = ? AND main_incident IS NOT ?",
                    (news, nodes[n].report, news),
                )
        self._write_links(identity.id, edges, bits, dict(zip(members, cluster.episodes, strict=True)), nodes)
        return is_new

    def _take_over(self, identity: Identity) -> tuple[str, ...]:
        """Note which incidents one took over, remove them, and give all ids that now lead to it."""
        connection = self._connection
        for absorbed in identity.absorbed:
            connection.execute("UPDATE former_ids SET incident = ? WHERE incident = ?", (identity.id, absorbed))
            connection.execute("INSERT OR REPLACE INTO former_ids VALUES (?, ?)", (absorbed, identity.id))
            connection.execute("DELETE FROM incidents WHERE id = ?", (absorbed,))
            connection.execute("DELETE FROM links WHERE incident = ?", (absorbed,))
        rows = connection.execute("SELECT id FROM former_ids WHERE incident = ? ORDER BY id", (identity.id,))
        return tuple(id_ for (id_,) in rows)

    def episodes(self, members: Sequence[int]) -> tuple[Episode, ...]:
        """Whole episodes, with their events and figures."""
        if self.at_hand:
            return tuple(self.at_hand[n] for n in members)
        wanted = (listed(members),)
        events: dict[int, list[Event]] = {}
        for number, record in self._connection.execute(
            f"SELECT episode, record FROM events WHERE episode IN {LISTED} ORDER BY in_episode", wanted
        ):
            events.setdefault(number, []).append(read(Event, record))
        figures: dict[int, list[CasualtyFigure]] = {}
        for number, record in self._connection.execute(
            f"SELECT episode, record FROM figures WHERE episode IN {LISTED} ORDER BY in_episode", wanted
        ):
            figures.setdefault(number, []).append(read(CasualtyFigure, record))
        stored = {s.number: s.episode for s in self._loader.episodes(members)}
        return tuple(
            replace(stored[n], events=tuple(events.get(n, ())), figures=tuple(figures.get(n, ()))) for n in members
        )

    def _reports(self, wanted: Collection[int]) -> tuple[dict[str, Extraction], dict[str, str | None]]:
        """What an incident's record needs of its reports."""
        reports: dict[str, Extraction] = {}
        copy_of: dict[str, str | None] = {}
        rows = self._connection.execute(
            "SELECT id, title, source, url, published_start, published_end, published_basis, copy_of FROM reports"
            f" WHERE number IN {LISTED}",
            (listed(wanted),),
        )
        for id_, title, source, url, start, end, basis, copy in rows.fetchall():
            info = ReportInfo(id_, title, source, url, "", (), Published(start, end, basis), None)
            reports[id_] = Extraction("", _NOT_READ, info, (), (), (), (), (), (), ())
            copy_of[id_] = copy
        told: dict[str, list[Relation]] = {}
        for id_, *relation in self._connection.execute(
            f'SELECT report, "from", "to", type FROM relations WHERE report IN {LISTED}', (listed(reports),)
        ):
            told.setdefault(id_, []).append(Relation(*relation))
        for id_, relations in told.items():
            reports[id_] = replace(reports[id_], relations=tuple(relations))
        return reports, copy_of

    def _confidence(self, members: Sequence[int], bits: Mapping[Pair, float]) -> float:
        if bits:
            return round(sum(probability(b) for _, b in sorted(bits.items())) / len(bits), 3)
        row = self._connection.execute(
            f"SELECT confidence FROM events WHERE episode IN {LISTED} ORDER BY in_episode LIMIT 1", (listed(members),)
        ).fetchone()
        return float(row[0]) if row is not None else 0.0

    def _write_links(
        self,
        incident: str,
        edges: Mapping[Pair, Edge],
        bits: Mapping[Pair, float],
        episodes: Mapping[int, Episode],
        nodes: Mapping[int, Node],
    ) -> None:
        wanted: dict[tuple[str | None, str | None], Pair] = {}
        for a, b in edges:
            i, j = (a, b) if nodes[a].key < nodes[b].key else (b, a)
            first, second = episodes[i].lead, episodes[j].lead
            if first is not None and second is not None:
                wanted[plain(first.id), plain(second.id)] = (a, b)
        known = set(self._connection.execute("SELECT a, b FROM links WHERE incident = ?", (incident,)).fetchall())
        gone = [(incident, *ends) for ends in known if ends not in wanted]
        self._connection.executemany("DELETE FROM links WHERE incident = ? AND a = ? AND b = ?", gone)
        rows = [
            (*ends, incident, probability(bits[a, b]), dump(self._told_reasons(nodes[a], nodes[b], edges[a, b])))
            for ends, (a, b) in wanted.items()
            if ends not in known
        ]
        self._connection.executemany("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)", rows)

    def _told_reasons(self, a: Node, b: Node, edge: Edge) -> list[dict[str, Any]]:
        return [reason.to_dict() for reason in self._reasons(a, b, edge)]


def reasons_of(text: str) -> tuple[LinkReason, ...]:
    """The reasons that a link's column holds."""
    return tuple(LinkReason(r["feature"], r["value"], r["weight"]) for r in json.loads(text))
