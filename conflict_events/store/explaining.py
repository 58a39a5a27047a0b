"""Why two episodes of an archive are or are not one incident: every comparison with its weight."""

from __future__ import annotations

import sqlite3

from conflict_events.errors import ConflictEventsError
from conflict_events.graph.comparisons import compare_facts, probability, shipped_weights
from conflict_events.graph.decisions import Hand
from conflict_events.graph.linking import COPY_BITS
from conflict_events.records import EventLink, LinkReason
from conflict_events.store.comparing import Comparer, standing_out
from conflict_events.store.loading import Loader
from conflict_events.store.regions import Edge, Items, Node, Regions
from conflict_events.store.rows import plain


class Explainer:
    """Explains pairs of one archive, as they stand now."""

    def __init__(self, connection: sqlite3.Connection, loader: Loader, comparer: Comparer, regions: Regions) -> None:
        self._connection = connection
        self._loader = loader
        self._comparer = comparer
        self._regions = regions

    def explain(self, a: str, b: str, hand: Hand, items: Items) -> EventLink:
        """The pair of two events or of two reports' news. Raises ``ConflictEventsError`` CE034 for an unknown id."""
        i, j = self._episode(a), self._episode(b)
        nodes = self._regions.nodes({i, j})
        bits, reasons = self._weighed(nodes[i], nodes[j])
        named = items({i, j})
        if i != j:
            reasons = (*hand.reasons(named.get(i, ()), named.get(j, ())), *reasons)
        return EventLink(a, b, probability(bits), reasons)

    def reasons(self, a: Node, b: Node, edge: Edge) -> tuple[LinkReason, ...]:
        """The comparisons behind a pair, from this change's where it was made now."""
        known = self._comparer.reasons.get((min(a.number, b.number), max(a.number, b.number)))
        if known is None:
            return self._weighed(a, b)[1]
        if not edge.news:
            return known
        around = standing_out(edge.cosine, a.crowd, b.crowd)
        weight = round(shipped_weights("news").of("stands_out", around), 3) if around is not None else 0.0
        if weight:
            told = (*known, LinkReason("stands_out", around, weight))
            known = tuple(sorted(told, key=lambda r: (-abs(r.weight), r.feature)))
        return (*self._copy_reason(a, b), *known)

    def _copy_reason(self, a: Node, b: Node) -> tuple[LinkReason, ...]:
        if a.copy_group != b.copy_group:
            return ()
        [model] = self._connection.execute("SELECT id FROM reports WHERE number = ?", (a.copy_group,)).fetchone()
        return (LinkReason("copy", model, COPY_BITS),)

    def _weighed(self, a: Node, b: Node) -> tuple[float, tuple[LinkReason, ...]]:
        stored = {s.number: s for s in self._loader.episodes({a.number, b.number})}
        one, other = stored[a.number], stored[b.number]
        if a.is_main and b.is_main:
            [(_, likeness, compared)] = self._comparer.news_compared(one, [other])
            around = standing_out(likeness.text if likeness else None, a.crowd, b.crowd)
            if around is not None:
                compared["stands_out"] = around
            bits, reasons = self._comparer.weights(one, other).weigh(compared)
            copies = self._copy_reason(a, b)
            return bits + COPY_BITS * len(copies), (*copies, *reasons)
        compared = compare_facts(one.episode, other.episode)
        if not a.is_main and not b.is_main and a.news is not None and a.news == b.news:
            compared["news"] = "same"
        return self._comparer.weights(one, other).weigh(compared)

    def _episode(self, id_: str) -> int:
        named = plain(id_)
        row = self._connection.execute(
            "SELECT episode FROM events WHERE id = ? AND episode IS NOT NULL UNION ALL SELECT e.number FROM reports r"
            " JOIN episodes e ON e.report = r.number AND e.is_main WHERE r.id = ?",
            (named, named),
        ).fetchone()
        if row is None:
            raise ConflictEventsError("CE034", id=id_, expected="an event that happened, or a report,")
        return int(row[0])
