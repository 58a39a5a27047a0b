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
from conflict_events.graph.linking import COPY_BITS, LinkConfig
from conflict_events.graph.matching import CLOSER_LOOKS, SAMPLED
from conflict_events.store.comparing import standing_out
from conflict_events.store.index import LISTED, listed
from conflict_events.store.loading import Pair

# up to so many pairs are quicker joined one by one than as arrays
_FEW_PAIRS = 60
Items = Callable[[Collection[int]], Mapping[int, Collection[str]]]


@dataclass(frozen=True, slots=True)
class Node:
    """Where an episode stands: the cluster of its report's news, its incident, its report's copies and surroundings."""

    number: int
    report: int
    report_id: str
    position: int
    is_main: bool
    background: bool
    news: int | None
    incident: str | None
    copy_group: int
    crowd: float | None

    @property
    def key(self) -> tuple[str, int]:
        """What orders episodes, whatever order their reports came in."""
        return self.report_id, self.position


@dataclass(slots=True)
class Edge:
    """A compared pair: its bits without the parts that change, and the cosine of two reports' texts."""

    news: bool
    bits: float
    cosine: float | None


@dataclass(slots=True)
class Region:
    """Episodes that are clustered together, the pairs between them in bits, and others that were looked at."""

    nodes: dict[int, Node] = field(default_factory=dict)
    bits: dict[Pair, float] = field(default_factory=dict)
    known: dict[int, Node] = field(default_factory=dict)


def bits_now(a: Node, b: Node, edge: Edge) -> float:
    """The bits of a pair with the parts that change as reports arrive."""
    bits = edge.bits
    if edge.news:
        found = standing_out(edge.cosine, a.crowd, b.crowd)
        if found is not None:
            bits += round(shipped_weights("news").of("stands_out", found), 3)
        if a.copy_group == b.copy_group:
            bits += COPY_BITS
    elif not a.is_main and not b.is_main and a.news is not None and a.news == b.news:
        bits += round(shipped_weights("recall").of("news", "same"), 3)
    return bits


class Regions:
    """Finds and clusters regions of one archive."""

    def __init__(self, connection: sqlite3.Connection, config: LinkConfig, *, limit: int) -> None:
        self._connection = connection
        self.config = config
        self.limit = limit

    def cluster_news(
        self, start: Collection[int], compare: Callable[[Collection[Pair]], None]
    ) -> tuple[set[int], set[int]]:
        """Cluster the news around some main episodes: those looked at, and those whose cluster changed.

        ``compare`` stores the comparisons of further pairs, where clusters stay two only for pairs never compared.
        """
        region = self._grow(start, news=True)
        ordered = sorted(region.nodes.values(), key=lambda n: n.key)
        place = {n.number: k for k, n in enumerate(ordered)}
        weights = {_pair(place[a], place[b]): w for (a, b), w in region.bits.items()}
        found = _clusters(len(ordered), weights, unseen=self.config.unseen_bits, at_least=self.config.join_bits)
        found = self._look_closer(found, ordered, weights, region, compare)
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
                moved = [ordered[k].report for k in cluster if ordered[k].news != name]
                self._connection.execute(
                    f"UPDATE episodes SET news = ? WHERE report IN {LISTED}", (name, listed(moved))
                )
        return set(region.nodes), changed

    def _look_closer(
        self,
        clusters: list[list[int]],
        ordered: Sequence[Node],
        weights: dict[Pair, float],
        region: Region,
        compare: Callable[[Collection[Pair]], None],
    ) -> list[list[int]]:
        """Compare some members of clusters that agree as far as they were compared, and join them anew."""
        for _ in range(CLOSER_LOOKS):
            unsure = [
                (a, b)
                for (a, b), between in _between(clusters, weights).items()
                if sum(between) / len(between) > self.config.join_bits
                and len(between) < len(clusters[a]) * len(clusters[b])
            ]
            if not unsure:
                break
            wanted = {_pair(i, j) for a, b in unsure for i, j in _sample(clusters[a], clusters[b])} - weights.keys()
            compare([(ordered[i].number, ordered[j].number) for i, j in wanted])
            edges = self.edges_within(region.nodes)
            for i, j in wanted:
                a, b = ordered[i], ordered[j]
                edge = edges.get(_pair(a.number, b.number))
                if edge is not None:
                    weights[i, j] = bits_now(a, b, edge)
            means = {pair: sum(bits) / len(bits) for pair, bits in _between(clusters, weights).items()}
            joined = _clusters(len(clusters), means, unseen=self.config.unseen_bits, at_least=self.config.join_bits)
            if len(joined) == len(clusters):
                break
            clusters = [sorted(n for k in group for n in clusters[k]) for group in joined]
        return clusters

    def _grow(self, start: Collection[int], *, news: bool) -> Region:
        region = Region()
        at_least = self.config.join_bits if news else self.config.recall_bits
        frontier = set(start)
        edges: dict[Pair, Edge] = {}
        while frontier:
            added = self._with_companions(frontier, region, news=news)
            if region.nodes and len(region.nodes) + len(added) > self.limit:
                break
            region.nodes.update(added)
            found = self._edges(added, news=news)
            edges.update(found)
            self._look_at({n for pair in found for n in pair}, region)
            frontier = {
                n
                for (a, b), edge in found.items()
                if bits_now(region.known[a], region.known[b], edge) > at_least
                for n in (a, b)
                if n not in region.nodes
            }
        for (a, b), edge in edges.items():
            if a in region.nodes and b in region.nodes:
                region.bits[a, b] = bits_now(region.nodes[a], region.nodes[b], edge)
        return region

    def _with_companions(self, wanted: Collection[int], region: Region, *, news: bool) -> dict[int, Node]:
        """The episodes, with all others of the clusters of news, and unless ``news`` of the incidents, that they are in."""
        nodes: dict[int, Node] = {}
        more = set(wanted)
        while more:
            self._look_at(more, region)
            added = {n: region.known[n] for n in more}
            nodes.update(added)
            groups = {n.news for n in added.values() if n.is_main and n.news is not None}
            found: set[int] = set()
            if groups:
                found |= self._numbers(f"SELECT number FROM episodes WHERE news IN {LISTED} AND is_main", groups)
            if not news:
                incidents = {n.incident for n in added.values() if n.incident is not None}
                if incidents:
                    found |= self._numbers(f"SELECT number FROM episodes WHERE incident IN {LISTED}", incidents)
            more = {n for n in found if n not in nodes and n not in region.nodes}
        return nodes

    def _numbers(self, query: str, values: Iterable[int | str]) -> set[int]:
        return {n for (n,) in self._connection.execute(query, (listed(values),))}

    def episodes_named(self, items: Collection[str]) -> set[int]:
        """The episodes of some events, and those of the news of some reports."""
        wanted = listed(items)
        rows = self._connection.execute(
            f"SELECT episode FROM events WHERE id IN {LISTED} AND episode IS NOT NULL UNION SELECT e.number"
            f" FROM reports r JOIN episodes e ON e.report = r.number AND e.is_main WHERE r.id IN {LISTED}",
            (wanted, wanted),
        )
        return {n for (n,) in rows}

    def _look_at(self, wanted: Iterable[int], region: Region) -> None:
        missing = [n for n in wanted if n not in region.known]
        if missing:
            region.known.update(self.nodes(missing))

    def nodes(self, wanted: Iterable[int]) -> dict[int, Node]:
        """Where episodes stand, by number."""
        rows = self._connection.execute(
            "SELECT e.number, e.report, e.report_id, e.position, e.is_main, e.background, e.news, e.incident,"
            " s.copy_group, s.crowd FROM episodes e JOIN surroundings s ON s.report = e.report"
            f" WHERE e.number IN {LISTED}",
            (listed(wanted),),
        )
        return {row[0]: Node(*row) for row in rows}

    def _edges(self, wanted: Collection[int], *, news: bool) -> dict[Pair, Edge]:
        found = listed(wanted)
        rows = self._connection.execute(
            f"SELECT a, b, bits, cosine FROM pairs WHERE a IN {LISTED} AND news = ?"
            f" UNION ALL SELECT a, b, bits, cosine FROM pairs WHERE b IN {LISTED} AND news = ?",
            (found, news, found, news),
        )
        return {(a, b): Edge(news, bits, cosine) for a, b, bits, cosine in rows}

    def edges_within(self, members: Collection[int]) -> dict[Pair, Edge]:
        """All compared pairs of these episodes."""
        wanted = listed(members)
        rows = self._connection.execute(
            f"SELECT a, b, news, bits, cosine FROM pairs WHERE a IN {LISTED} AND b IN {LISTED}", (wanted, wanted)
        )
        return {(a, b): Edge(bool(news), bits, cosine) for a, b, news, bits, cosine in rows}

    def cluster_recalled(
        self, start: Collection[int], hand: Hand, items: Items
    ) -> tuple[dict[int, Node], list[list[int]]]:
        """Cluster all episodes around some, news staying with news: episodes, and clusters in canonical order.

        ``items`` gives the ids by which decisions name episodes. What decisions hold together with any of them is
        clustered with them, however far off it lies.
        """
        region = self._grow(start, news=False)
        while hand.group_of:
            named = hand.beside(item for ids in items(region.nodes).values() for item in ids)
            beside = self.episodes_named(named) - region.nodes.keys() - set(start)
            if not beside:
                break
            start = {*start, *beside}
            region = self._grow(start, news=False)
        ordered = sorted(region.nodes.values(), key=lambda n: n.key)
        by_unit: dict[tuple[bool, int | None], list[int]] = {}
        for node in ordered:
            by_unit.setdefault((node.is_main, node.news if node.is_main else node.number), []).append(node.number)
        units = list(by_unit.values())
        unit = {number: k for k, members in enumerate(units) for number in members}
        bits: dict[Pair, list[float]] = {}
        for (a, b), weight in region.bits.items():
            if unit[a] != unit[b]:
                bits.setdefault(_pair(unit[a], unit[b]), []).append(weight)
        holders: dict[int, list[int]] = {}
        for k, members in enumerate(units):
            for report in sorted({region.nodes[n].report for n in members}):
                holders.setdefault(report, []).append(k)
        found = _clusters(
            len(units),
            {pair: sum(values) / len(values) for pair, values in bits.items()},
            # episodes of one report stay apart, since the report itself tells them apart
            apart=list(holders.values()),
            unseen=self.config.recall_unseen_bits,
            at_least=self.config.recall_bits,
        )
        clusters = [[n for k in group for n in units[k]] for group in found]
        if hand.group_of:
            clusters = self._obeyed(clusters, region, hand, items(region.nodes))
        return region.nodes, [sorted(c, key=lambda n: region.nodes[n].key) for c in clusters]

    def _obeyed(
        self, clusters: Sequence[Sequence[int]], region: Region, hand: Hand, named: Mapping[int, Collection[str]]
    ) -> list[list[int]]:
        # the region holds no pairs of news, which go by clusters until a decision parts them
        edges = self.edges_within(region.nodes)
        bits = {(a, b): bits_now(region.nodes[a], region.nodes[b], edge) for (a, b), edge in edges.items()}
        return obey(clusters, lambda n: hand.group(named.get(n, ())), hand, lambda a, b: bits.get(_pair(a, b), 0.0))


def _between(clusters: Sequence[Sequence[int]], weights: Mapping[Pair, float]) -> dict[Pair, list[float]]:
    """The weights of the pairs that lie between each two clusters."""
    cluster_of = {n: k for k, members in enumerate(clusters) for n in members}
    found: dict[Pair, list[float]] = {}
    for (i, j), weight in weights.items():
        if cluster_of[i] != cluster_of[j]:
            found.setdefault(_pair(cluster_of[i], cluster_of[j]), []).append(weight)
    return found


def _sample(one: Sequence[int], other: Sequence[int]) -> list[Pair]:
    """Pairs of some members from all over two clusters."""
    few, many = min(len(one), SAMPLED), min(len(other), SAMPLED)
    return [(one[k * len(one) // few], other[m * len(other) // many]) for k in range(few) for m in range(many)]


def _clusters(
    size: int,
    weights: Mapping[Pair, float],
    *,
    apart: Iterable[Sequence[int]] = (),
    unseen: float,
    at_least: float,
) -> list[list[int]]:
    if not any(weight > at_least for weight in weights.values()):
        return [[n] for n in range(size)]
    if len(weights) <= _FEW_PAIRS and unseen <= at_least:
        return _join_few(size, weights, apart, unseen, at_least)
    return agglomerate(size, weights, apart=apart, unseen=unseen, at_least=at_least)


def _join_few(
    size: int, weights: Mapping[Pair, float], apart: Iterable[Sequence[int]], unseen: float, at_least: float
) -> list[list[int]]:
    """What ``agglomerate`` finds, the best pair of clusters looked for among all each time."""
    clusters = {n: [n] for n in range(size)}
    bars: dict[int, set[int]] = {n: set() for n in clusters}
    for bar, items in enumerate(apart):
        for item in items:
            bars[item].add(bar)
    links = {pair: (weight, 1) for pair, weight in weights.items()}

    def mean(pair: Pair) -> float:
        total, count = links[pair]
        pairs = len(clusters[pair[0]]) * len(clusters[pair[1]])
        return round((total + unseen * (pairs - count)) / pairs, 9)

    while links := {p: link for p, link in links.items() if bars[p[0]].isdisjoint(bars[p[1]])}:
        best = min(links, key=lambda p: (-mean(p), p))
        if mean(best) <= at_least:
            break
        kept, gone = best
        clusters[kept] += clusters.pop(gone)
        bars[kept] |= bars.pop(gone)
        joined: dict[Pair, tuple[float, int]] = {}
        for (a, b), (total, count) in links.items():
            if (a, b) != best:
                pair = _pair(kept if a == gone else a, kept if b == gone else b)
                known = joined.get(pair, (0.0, 0))
                joined[pair] = (known[0] + total, known[1] + count)
        links = joined
    return sorted(sorted(members) for members in clusters.values())


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)
