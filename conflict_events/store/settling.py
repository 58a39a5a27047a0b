"""Clusters written as incidents: ids that stay, records made anew, links, and where each report's news belongs."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace

from conflict_events.graph.comparisons import probability
from conflict_events.graph.episodes import Episode
from conflict_events.graph.identity import Identity, settle
from conflict_events.graph.incidents import Cluster, incident_of
from conflict_events.records import (
    CasualtyFigure,
    Event,
    Extraction,
    Incident,
    LinkReason,
    MadeWith,
    Published,
    ReportInfo,
)
from conflict_events.store.comparing import Comparer
from conflict_events.store.index import numbers
from conflict_events.store.regions import Node, Pair, Regions
from conflict_events.store.rows import dump, incident_row, insert, plain, read

_NOT_READ = MadeWith("", "", "")


class Settler:
    """Writes the clusters of one archive."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        comparer: Comparer,
        regions: Regions,
        reasons: Callable[[int, int], tuple[LinkReason, ...]],
    ) -> None:
        self._connection = connection
        self._comparer = comparer
        self._regions = regions
        self._reasons = reasons

    def settle(
        self,
        nodes: Mapping[int, Node],
        clusters: Sequence[Sequence[int]],
        dirty: Set[int],
    ) -> list[str]:
        """Write the clusters whose members changed or are among ``dirty``; ids of the incidents written.

        A cluster that nothing tells as an event, of one report, is no incident.
        """
        lone = [c for c in clusters if len({nodes[n].report for n in c}) == 1]
        told = {s.number for s in self._comparer.episodes(n for c in lone for n in c) if s.episode.events}
        kept = [c for c in clusters if len({nodes[n].report for n in c}) > 1 or any(n in told for n in c)]
        former = {n: i for c in kept for n in c if (i := nodes[n].incident) is not None}
        before: dict[str, set[int]] = {}
        for number, incident in former.items():
            before.setdefault(incident, set()).add(number)
        founded = self._founded(before)
        identities = settle(kept, former, age=lambda i: founded.get(i, 0), fresh=lambda n, _: self._fresh(kept[n]))
        written: list[str] = []
        for members, identity in zip(kept, identities, strict=True):
            if not identity.absorbed and before.get(identity.id) == set(members) and dirty.isdisjoint(members):
                continue
            self._write(members, nodes, identity, self._regions.pairs_within(members, nodes), founded.get(identity.id))
            written.append(identity.id)
        return written

    def _founded(self, incidents: Collection[str]) -> dict[str, int]:
        marks = ",".join("?" * len(incidents))
        rows = self._connection.execute(f"SELECT id, founded FROM incidents WHERE id IN ({marks})", sorted(incidents))
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
        listed = numbers(members)
        first: str | None = self._connection.execute(
            f"SELECT min(id) FROM events WHERE episode IN {listed}"
        ).fetchone()[0]
        if first is None:
            first = self._connection.execute(
                f"SELECT min(r.id) FROM episodes e JOIN reports r ON r.number = e.report WHERE e.number IN {listed}"
            ).fetchone()[0]
        return str(first)

    def _write(
        self,
        members: Sequence[int],
        nodes: Mapping[int, Node],
        identity: Identity,
        bits: Mapping[Pair, float],
        founded: int | None,
    ) -> None:
        connection = self._connection
        cluster = Cluster(tuple(self.episodes(members, nodes)), self._confidence(members, bits))
        reports, copy_of = self._reports({nodes[n].report for n in members})
        former = self._take_over(identity)
        made = replace(incident_of(cluster, reports, copy_of), id=identity.id, former_ids=former)
        if founded is None:
            found = connection.execute("SELECT coalesce(max(founded), 0) + 1 FROM incidents").fetchone()
            founded = int(found[0])
        connection.execute("DELETE FROM incidents WHERE id = ?", (identity.id,))
        insert(connection, "incidents", incident_row(made, founded))
        listed = numbers(members)
        connection.execute(f"UPDATE episodes SET incident = ? WHERE number IN {listed}", (identity.id,))
        connection.execute(
            f"UPDATE events SET incident = ? WHERE episode IN {listed} AND incident IS NOT ?",
            (identity.id, identity.id),
        )
        several = len({nodes[n].report for n in members}) > 1
        for n in members:
            if nodes[n].is_main:
                news = identity.id if several or not nodes[n].background else None
                connection.execute(
                    "UPDATE reports SET main_incident = ? WHERE number = ? AND main_incident IS NOT ?",
                    (news, nodes[n].report, news),
                )
        self._write_links(identity, members, bits, cluster, nodes)

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

    def episodes(self, members: Collection[int], nodes: Mapping[int, Node]) -> list[Episode]:
        """Whole episodes, with their events and figures, in canonical order."""
        listed = numbers(members)
        events: dict[int, list[Event]] = {}
        for number, record in self._connection.execute(
            f"SELECT episode, record FROM events WHERE episode IN {listed} ORDER BY in_episode"
        ):
            events.setdefault(number, []).append(read(Event, record))
        figures: dict[int, list[CasualtyFigure]] = {}
        for number, record in self._connection.execute(
            f"SELECT episode, record FROM figures WHERE episode IN {listed} ORDER BY in_episode"
        ):
            figures.setdefault(number, []).append(read(CasualtyFigure, record))
        whole = [
            replace(s.episode, events=tuple(events.get(s.number, ())), figures=tuple(figures.get(s.number, ())))
            for s in self._comparer.episodes(members)
        ]
        return sorted(whole, key=lambda e: (e.report, e.number))

    def _reports(self, wanted: Collection[int]) -> tuple[dict[str, Extraction], dict[str, str | None]]:
        """What an incident's record needs of its reports."""
        reports: dict[str, Extraction] = {}
        copy_of: dict[str, str | None] = {}
        rows = self._connection.execute(
            "SELECT id, title, source, url, published_start, published_end, published_basis, copy_of FROM reports"
            f" WHERE number IN {numbers(sorted(wanted))}"
        )
        for id_, title, source, url, start, end, basis, copy in rows:
            info = ReportInfo(id_, title, source, url, "", (), Published(start, end, basis), None)
            reports[id_] = Extraction("", _NOT_READ, info, (), (), (), (), (), (), ())
            copy_of[id_] = copy
        return reports, copy_of

    def _confidence(self, members: Sequence[int], bits: Mapping[Pair, float]) -> float:
        if bits:
            return round(sum(probability(b) for _, b in sorted(bits.items())) / len(bits), 3)
        row = self._connection.execute(
            f"SELECT confidence FROM events WHERE episode IN {numbers(members)} ORDER BY in_episode LIMIT 1"
        ).fetchone()
        return float(row[0]) if row is not None else 0.0

    def _write_links(
        self,
        identity: Identity,
        members: Sequence[int],
        bits: Mapping[Pair, float],
        cluster: Cluster,
        nodes: Mapping[int, Node],
    ) -> None:
        ordered = sorted(members, key=lambda n: nodes[n].key)
        lead = {n: e.lead.id for n, e in zip(ordered, cluster.episodes, strict=True) if e.lead is not None}
        wanted: dict[tuple[str, str], Pair] = {}
        for a, b in bits:
            if a in lead and b in lead:
                i, j = (a, b) if nodes[a].key < nodes[b].key else (b, a)
                wanted[plain(lead[i]) or "", plain(lead[j]) or ""] = (i, j)
        known = set(self._connection.execute("SELECT a, b FROM links WHERE incident = ?", (identity.id,)).fetchall())
        gone = [(identity.id, *pair) for pair in known if pair not in wanted]
        self._connection.executemany("DELETE FROM links WHERE incident = ? AND a = ? AND b = ?", gone)
        rows = []
        for pair, (i, j) in sorted(wanted.items()):
            if pair in known:
                continue
            score = probability(bits[min(i, j), max(i, j)])
            reasons = [r.to_dict() for r in self._reasons(i, j)]
            rows.append((*pair, identity.id, score, dump(reasons)))
        self._connection.executemany("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)", rows)


def incident_records(rows: Iterable[tuple[str]]) -> list[Incident]:
    """The incidents that JSON columns hold."""
    return [read(Incident, record) for (record,) in rows]


def reasons_of(text: str) -> tuple[LinkReason, ...]:
    """The reasons that a link's column holds."""
    return tuple(LinkReason(r["feature"], r["value"], r["weight"]) for r in json.loads(text))
