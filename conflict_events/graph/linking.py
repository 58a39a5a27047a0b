"""Linking proper: which episodes of different reports tell one incident.

First the reports' news are clustered, by wording and facts; then what reports tell besides or only recall
joins those incidents, or each other, by facts alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from conflict_events.graph import blocking
from conflict_events.graph.clustering import agglomerate
from conflict_events.graph.comparisons import Value, Weights, compare_facts, compare_news, probability, shipped_weights
from conflict_events.graph.copies import CopyConfig, copy_groups, representative
from conflict_events.graph.episodes import Episode
from conflict_events.graph.incidents import Cluster
from conflict_events.graph.wording import Wordings, read
from conflict_events.records import EventLink, Extraction, LinkReason

Pair = tuple[int, int]
# bits by which a copy tells its model's incident, whatever else differs
_COPY_BITS = 20.0
# of the reports that agree with one, so many at most are compared with each other too
_FRIENDS = 12
# so many imagined reports stand beside the collection's own when the rarity of a toponym is weighed
_PRIOR_REPORTS = 100
# ranks of the neighbours by whose similarity a text's own is measured: beyond most incidents' reports
_NEAREST, _AROUND = 5, 15


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """Settings of linking; the defaults hold for all collections.

    ``unseen_bits`` is the weight of two reports' news that share no block, ``join_bits`` the mean score from
    which on two clusters are one, ``neighbours`` how many nearest texts each report is compared with.
    """

    unseen_bits: float = -4.0
    join_bits: float = -0.5
    recall_bits: float = 0.0
    recall_unseen_bits: float = -0.5
    neighbours: int = 20
    copies: CopyConfig = field(default_factory=CopyConfig)


def _toponyms(extraction: Extraction) -> frozenset[int]:
    """Gazetteer ids of the towns, villages and districts that a report names as places."""
    return frozenset(
        place.geonames_id
        for place in extraction.places
        if place.geonames_id is not None
        and place.precision in ("settlement", "district")
        and place.role in ("event", "mention")
    )


@dataclass(slots=True)
class Comparison:
    """Score of one pair of episodes in bits, with its reasons."""

    bits: float
    reasons: tuple[LinkReason, ...]


class Linker:
    """The comparisons of one collection of reports, which must come in canonical order with unique ids."""

    def __init__(self, extractions: Sequence[Extraction], episodes: Sequence[Episode], config: LinkConfig) -> None:
        self.config = config
        self.extractions = extractions
        self.episodes = episodes
        self.text_of = {e.report.id: n for n, e in enumerate(extractions)}
        self.published = [(e.report.published.start, e.report.published.end) for e in extractions]
        self.wordings = Wordings(read(e.report.id, e.report.words or "", e.report.title) for e in extractions)
        groups = [blocking.time_groups(p) for p in self.published]
        self.neighbours = self.wordings.neighbours(groups, config.neighbours)
        self.toponyms = [_toponyms(e) for e in extractions]
        self._tellers = Counter(key for keys in self.toponyms for key in keys)
        self.crowd = [self._crowd(n) for n in range(len(extractions))]
        self.news_of: dict[str, int] = {}
        self.copy_of = self._copies()

    def _crowd(self, n: int) -> float | None:
        """How similar the texts are that lie around text n, beyond its very nearest; None in a tiny collection."""
        near = self.neighbours[n]
        around = [self.wordings.cosine(n, other) for other in near[min(_NEAREST, len(near) // 2) : _AROUND]]
        return max(0.01, sum(around) / len(around)) if len(around) > 1 else None

    def _copies(self) -> dict[str, str | None]:
        credits = [frozenset(c.text.casefold() for c in e.report.credits) for e in self.extractions]
        groups = copy_groups(self.wordings, self.published, self.neighbours, credits, self.config.copies)
        copy_of: dict[str, str | None] = {e.report.id: None for e in self.extractions}
        for group in groups:
            ids = [self.extractions[n].report.id for n in group]
            first = representative(
                (self.extractions[n].report.id, self._first_day(n), len(self.wordings.items[n].words)) for n in group
            )
            copy_of.update({report: first for report in ids if report != first})
        return copy_of

    def _first_day(self, n: int) -> str | None:
        published = self.extractions[n].report.published
        return published.start if published.basis != "unknown" else None

    def compared(self, i: int, j: int) -> dict[str, Value]:
        """The named comparisons of episodes i and j, by wording too where both are their reports' news."""
        a, b = self.episodes[i], self.episodes[j]
        if a.is_main and b.is_main:
            first, second = self.text_of[a.report], self.text_of[b.report]
            compared = compare_news(a, b, self.wordings, first, second)
            around = self.crowd[first], self.crowd[second]
            if around[0] is not None and around[1] is not None and "text" in compared:
                similarity = self.wordings.cosine(first, second)
                compared["stands_out"] = round(similarity / math.sqrt(around[0] * around[1]), 3)
            shared = self._shared_toponyms(first, second)
            if shared is not None:
                compared["toponyms"] = shared
            return compared
        compared = compare_facts(a, b)
        if not a.is_main and not b.is_main and self.news_of.get(a.report, -1) == self.news_of.get(b.report, -2):
            compared["news"] = "same"
        return compared

    def _shared_toponyms(self, first: int, second: int) -> float | None:
        """Rarity in bits of the two rarest towns and villages that both texts name; None where one names none."""
        a, b = self.toponyms[first], self.toponyms[second]
        if not a or not b:
            return None
        total = len(self.extractions) + _PRIOR_REPORTS
        bits = sorted((math.log2(total / (self._tellers[key] + 1)) for key in a & b), reverse=True)
        return round(sum(bits[:2]), 2)

    def compare(self, i: int, j: int) -> Comparison:
        """Score of episodes i and j; symmetric."""
        a, b = self.episodes[i], self.episodes[j]
        both_news = a.is_main and b.is_main
        weights: Weights = shipped_weights("news" if both_news else "recall")
        bits, reasons = weights.weigh(self.compared(i, j))
        if both_news and self._copies_of_one(a.report, b.report):
            bits += _COPY_BITS
            reasons = (LinkReason("copy", self.copy_of[a.report] or a.report, _COPY_BITS), *reasons)
        return Comparison(bits, reasons)

    def _copies_of_one(self, a: str, b: str) -> bool:
        return (self.copy_of[a] or a) == (self.copy_of[b] or b)

    def link(self) -> tuple[list[Cluster], list[EventLink]]:
        """Clusters of episodes in canonical order, and the links between their events."""
        compared = self.compare_news_pairs()
        mains = [n for n, e in enumerate(self.episodes) if e.is_main]
        groups = self._cluster_news(mains, compared)
        groups, more = self._add_recalled(groups, compared)
        compared.update(more)
        unit = {n: k for k, g in enumerate(groups) for n in g}
        inside: dict[int, list[float]] = {}
        links: list[EventLink] = []
        for (i, j), comparison in sorted(compared.items()):
            if unit[i] != unit[j]:
                continue
            score = probability(comparison.bits)
            inside.setdefault(unit[i], []).append(score)
            a, b = self.episodes[i].lead, self.episodes[j].lead
            if a is not None and b is not None:
                links.append(EventLink(a.id, b.id, score, comparison.reasons))
        clusters = [
            Cluster(tuple(self.episodes[n] for n in group), self._confidence(group, inside.get(k, [])))
            for k, group in enumerate(groups)
        ]
        return clusters, sorted(links, key=lambda link: (link.a, link.b))

    def _confidence(self, group: Sequence[int], scores: Sequence[float]) -> float:
        if scores:
            return round(sum(scores) / len(scores), 3)
        lead = self.episodes[group[0]].lead
        return lead.confidence if lead is not None else 0.0

    def compare_news_pairs(self) -> dict[Pair, Comparison]:
        """Comparisons of all candidate pairs of news, and of pairs that both agree with one third report."""
        compared = {pair: self.compare(*pair) for pair in sorted(self.news_pairs())}
        agreeing: dict[int, list[tuple[float, int]]] = {}
        for (i, j), comparison in compared.items():
            if comparison.bits > 0:
                agreeing.setdefault(i, []).append((-comparison.bits, j))
                agreeing.setdefault(j, []).append((-comparison.bits, i))
        for _, found in sorted(agreeing.items()):
            friends = sorted(n for _, n in sorted(found)[:_FRIENDS])
            for k, i in enumerate(friends):
                for j in friends[k + 1 :]:
                    if (i, j) not in compared:
                        compared[i, j] = self.compare(i, j)
        return compared

    def news_pairs(self) -> set[Pair]:
        """Candidate pairs of main episodes: nearest by wording, and those that share a block."""
        main_of = {e.report: n for n, e in enumerate(self.episodes) if e.is_main}
        mains = [main_of.get(e.report.id) for e in self.extractions]
        pairs: set[Pair] = set()
        for text, near in enumerate(self.neighbours):
            for other in near:
                i, j = mains[text], mains[other]
                if i is not None and j is not None:
                    pairs.add((min(i, j), max(i, j)))
        ordered = sorted(main_of.values())
        for i, j in blocking.candidate_pairs([self.episodes[n] for n in ordered]):
            pairs.add((ordered[i], ordered[j]))
        return pairs

    def _cluster_news(self, mains: Sequence[int], compared: dict[Pair, Comparison]) -> list[list[int]]:
        place = {n: k for k, n in enumerate(mains)}
        weights = {(place[i], place[j]): c.bits for (i, j), c in compared.items()}
        found = agglomerate(len(mains), weights, unseen=self.config.unseen_bits, at_least=self.config.join_bits)
        return [[mains[k] for k in group] for group in found]

    def _add_recalled(
        self, groups: list[list[int]], compared: dict[Pair, Comparison]
    ) -> tuple[list[list[int]], dict[Pair, Comparison]]:
        """Join what is told besides or recalled, to the incidents of the news and to each other."""
        units = [*groups, *([n] for n, e in enumerate(self.episodes) if not e.is_main)]
        unit = {n: k for k, members in enumerate(units) for n in members}
        self.news_of = {e.report: unit[n] for n, e in enumerate(self.episodes) if e.is_main}
        more: dict[Pair, Comparison] = {}
        for pair in blocking.candidate_pairs(self.episodes, self.news_of):
            if pair not in compared and not (self.episodes[pair[0]].is_main and self.episodes[pair[1]].is_main):
                more[pair] = self.compare(*pair)
        for pair, comparison in self._answered(unit):
            more[pair] = comparison
        means: dict[Pair, list[float]] = {}
        for (i, j), comparison in sorted(more.items()):
            a, b = sorted((unit[i], unit[j]))
            if a != b:
                means.setdefault((a, b), []).append(comparison.bits)
        weights = {pair: sum(bits) / len(bits) for pair, bits in means.items()}
        found = agglomerate(
            len(units),
            weights,
            apart=self._told_apart(units),
            unseen=self.config.recall_unseen_bits,
            at_least=self.config.recall_bits,
        )
        return sorted(sorted(n for k in group for n in units[k]) for group in found), more

    def _told_apart(self, units: Sequence[Sequence[int]]) -> list[list[int]]:
        """For each report the units that hold its episodes: they stay apart, since the report itself tells them apart."""
        holders: dict[str, list[int]] = {}
        for k, members in enumerate(units):
            for report in sorted({self.episodes[n].report for n in members}):
                holders.setdefault(report, []).append(k)
        return list(holders.values())

    def _answered(self, unit: dict[int, int]) -> Iterator[tuple[Pair, Comparison]]:
        """Episodes of which two reports of one incident say that it answered or followed them."""
        episode_of = {e.id: n for n, episode in enumerate(self.episodes) for e in episode.events}
        ties: dict[tuple[int, str], list[int]] = {}
        for extraction in self.extractions:
            for relation in extraction.relations:
                a, b = episode_of.get(relation.from_), episode_of.get(relation.to)
                if relation.type != "retaliation_for" or a is None or b is None:
                    continue
                if not self.episodes[b].is_main:
                    ties.setdefault((unit[a], relation.type), []).append(b)
        for told in ties.values():
            first = told[0]
            for other in told[1:]:
                if self.episodes[first].report == self.episodes[other].report:
                    continue
                weights = shipped_weights("recall")
                bits, reasons = weights.weigh({"answered": "both", **self.compared(first, other)})
                yield (min(first, other), max(first, other)), Comparison(bits, reasons)
