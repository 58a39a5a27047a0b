"""The part of an archive that a new report may change, clustered anew; the rest stays as it is.

Clusters only ever join along pairs that weigh more than a threshold, so that what such pairs connect can be
clustered by itself, with the same result as all together. Where more than a bounded number of episodes hang
together, those nearest to the new report are clustered anew, and incidents further off stay whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from conflict_events.graph.clustering import agglomerate
from conflict_events.graph.comparisons import shipped_weights
from conflict_events.graph.decisions import Hand, obey
from conflict_events.graph.linking import LinkConfig
from conflict_events.store.comparing import COPY_BITS, standing_out
from conflict_events.store.index import numbers

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """Where an episode stands: in which cluster of news its own and its report's are, and in which incident."""

    number: int
    report: int
    report_id: str
    position: int
    is_main: bool
    background: bool
    news: int | None
    home: int | None
    incident: str | None
    copy_group: str
    crowd: float | None

    @property
    def key(self) -> tuple[str, int]:
        """What orders episodes, whatever order their reports came in."""
        return self.report_id, self.position


@dataclass(slots=True)
class Region:
    """Episodes that are clustered together, and the pairs between them in bits."""

    nodes: dict[int, Node] = field(default_factory=dict)
    bits: dict[Pair, float] = field(default_factory=dict)


class Regions:
    """Finds and clusters regions of one archive."""

    def __init__(self, connection: sqlite3.Connection, config: LinkConfig, *, limit: int) -> None:
        self._connection = connection
        self.config = config
        self.limit = limit

    # the news

    def cluster_news(self, start: Collection[int], *, bounded: bool = True) -> tuple[set[int], set[int]]:
        """Cluster the news around some main episodes: those looked at, and those whose cluster changed."""
        region = self._grow(start, news=True, bounded=bounded)
        ordered = sorted(region.nodes.values(), key=lambda n: n.key)
        place = {n.number: k for k, n in enumerate(ordered)}
        weights = {_pair(place[a], place[b]): w for (a, b), w in region.bits.items()}
        found = agglomerate(
            len(ordered),
            weights,
            unseen=self.config.unseen_bits,
            at_least=self.config.join_bits,
        )
        before: dict[int | None, set[int]] = {}
        for node in ordered:
            before.setdefault(node.news, set()).add(node.number)
        changed: set[int] = set()
        for cluster in found:
            members = {ordered[k].number for k in cluster}
            # a cluster of news goes by the number of its first episode
            name = ordered[cluster[0]].number
            if before.get(name) != members:
                changed |= members
                self._connection.execute(
                    f"UPDATE episodes SET news = ? WHERE number IN {numbers(sorted(members))}", (name,)
                )
        return set(region.nodes), changed

    def _grow(self, start: Collection[int], *, news: bool, bounded: bool) -> Region:
        region = Region()
        at_least = self.config.join_bits if news else self.config.recall_bits
        frontier = set(start)
        fetched: dict[Pair, tuple[float, float | None]] = {}
        outside: dict[int, Node] = {}
        while frontier:
            added = self._with_companions(frontier, news=news)
            added = {n: node for n, node in added.items() if n not in region.nodes}
            if bounded and region.nodes and len(region.nodes) + len(added) > self.limit:
                break
            region.nodes.update(added)
            edges = self._edges(added, news=news)
            fetched.update(edges)
            missing = {n for pair in edges for n in pair if n not in region.nodes and n not in outside}
            outside.update(self.nodes(missing))
            known = {**outside, **region.nodes}
            frontier = {
                n
                for pair, (bits, cosine) in edges.items()
                if self._moved(known[pair[0]], known[pair[1]], bits, cosine, news=news) > at_least
                for n in pair
                if n not in region.nodes
            }
        for pair, (bits, cosine) in fetched.items():
            a, b = region.nodes.get(pair[0]), region.nodes.get(pair[1])
            if a is not None and b is not None:
                region.bits[pair] = self._moved(a, b, bits, cosine, news=news)
        return region

    def _with_companions(self, wanted: Collection[int], *, news: bool) -> dict[int, Node]:
        """The episodes, with all others of the clusters of news, and unless ``news`` of the incidents, that they are in."""
        nodes: dict[int, Node] = {}
        more = set(wanted)
        while more:
            added = self.nodes(more)
            nodes.update(added)
            groups = {n.news for n in added.values() if n.news is not None}
            found = {
                n for (n,) in self._connection.execute(f"SELECT number FROM episodes WHERE news IN {numbers(groups)}")
            }
            if not news:
                incidents = sorted({n.incident for n in added.values() if n.incident is not None})
                marks = ",".join("?" * len(incidents))
                found.update(
                    n
                    for (n,) in self._connection.execute(
                        f"SELECT number FROM episodes WHERE incident IN ({marks})", incidents
                    )
                )
            more = found - nodes.keys()
        return nodes

    def nodes(self, wanted: Iterable[int]) -> dict[int, Node]:
        """Where episodes stand, by number."""
        listed = sorted(wanted)
        if not listed:
            return {}
        rows = self._connection.execute(
            "SELECT e.number, e.report, r.id, e.position, e.is_main, e.background, e.news, m.news, e.incident,"
            " coalesce(r.copy_of, r.id), t.crowd FROM episodes e JOIN reports r ON r.number = e.report"
            " JOIN episodes m ON m.report = e.report AND m.is_main LEFT JOIN texts t ON t.report = e.report"
            f" WHERE e.number IN {numbers(listed)}"
        )
        found = (
            Node(number, report, id_, position, bool(main), bool(background), *rest)
            for number, report, id_, position, main, background, *rest in rows
        )
        return {node.number: node for node in found}

    def _edges(self, wanted: Collection[int], *, news: bool) -> dict[Pair, tuple[float, float | None]]:
        if not wanted:
            return {}
        listed = numbers(wanted)
        rows = self._connection.execute(
            f"SELECT a, b, bits, cosine FROM pairs WHERE a IN {listed} AND news = ?"
            f" UNION ALL SELECT a, b, bits, cosine FROM pairs WHERE b IN {listed} AND news = ?",
            (news, news),
        )
        return {(a, b): (bits, cosine) for a, b, bits, cosine in rows}

    def pairs_within(self, members: Collection[int], nodes: Mapping[int, Node]) -> dict[Pair, float]:
        """All compared pairs of these episodes, in bits as they now stand."""
        listed = numbers(members)
        rows = self._connection.execute(
            f"SELECT a, b, news, bits, cosine FROM pairs WHERE a IN {listed} AND b IN {listed}"
        )
        return {
            (a, b): self._moved(nodes[a], nodes[b], bits, cosine, news=bool(news)) for a, b, news, bits, cosine in rows
        }

    @staticmethod
    def _moved(a: Node, b: Node, bits: float, cosine: float | None, *, news: bool) -> float:
        """The bits of a pair with the parts that change as reports arrive."""
        if news:
            found = standing_out(cosine, (a.crowd, b.crowd))
            if found is not None:
                bits += round(shipped_weights("news").of("stands_out", found), 3)
            if a.copy_group == b.copy_group:
                bits += COPY_BITS
        elif not a.is_main and not b.is_main and a.home is not None and a.home == b.home:
            bits += round(shipped_weights("recall").of("news", "same"), 3)
        return bits

    # what is told besides and recalled

    def cluster_recalled(
        self,
        start: Collection[int],
        hand: Hand,
        items: Callable[[Collection[int]], Mapping[int, Collection[str]]] | None,
        *,
        bounded: bool = True,
    ) -> tuple[dict[int, Node], list[list[int]]]:
        """Cluster all episodes around some, news staying with news: episodes, and clusters in canonical order."""
        region = self._grow(start, news=False, bounded=bounded)
        ordered = sorted(region.nodes.values(), key=lambda n: n.key)
        units: dict[tuple[str, int], list[int]] = {}
        for node in ordered:
            units.setdefault(("news", node.news) if node.news is not None else ("alone", node.number), []).append(
                node.number
            )
        listed = list(units.values())
        unit = {number: k for k, members in enumerate(listed) for number in members}
        sums: dict[Pair, list[float]] = {}
        for (a, b), bits in region.bits.items():
            i, j = _pair(unit[a], unit[b])
            if i != j:
                sums.setdefault((i, j), []).append(bits)
        holders: dict[int, list[int]] = {}
        for k, members in enumerate(listed):
            for report in sorted({region.nodes[n].report for n in members}):
                holders.setdefault(report, []).append(k)
        found = agglomerate(
            len(listed),
            {pair: sum(values) / len(values) for pair, values in sums.items()},
            apart=list(holders.values()),
            unseen=self.config.recall_unseen_bits,
            at_least=self.config.recall_bits,
        )
        clusters = [[n for k in group for n in listed[k]] for group in found]
        clusters = self._obeyed(clusters, region, hand, items)
        return region.nodes, [sorted(c, key=lambda n: region.nodes[n].key) for c in clusters]

    @staticmethod
    def _obeyed(
        clusters: Sequence[Sequence[int]],
        region: Region,
        hand: Hand,
        items: Callable[[Collection[int]], Mapping[int, Collection[str]]] | None,
    ) -> list[list[int]]:
        if items is None or not hand.group_of:
            return [list(c) for c in clusters]
        named = items(region.nodes)

        def weight(a: int, b: int) -> float:
            return region.bits.get(_pair(a, b), 0.0)

        return obey(clusters, lambda n: hand.group(named.get(n, ())), hand, weight)


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)
