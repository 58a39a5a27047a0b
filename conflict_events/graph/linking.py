"""Linking reports: which of their episodes tell one incident, and why.

The episodes are matched over columns (``matching``), with what the texts add; a pair is explained by its named
comparisons, whose weights are the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from conflict_events.graph import blocking
from conflict_events.graph.comparisons import (
    Value,
    Weights,
    compare_facts,
    compare_published,
    compare_wording,
    probability,
    shipped_weights,
)
from conflict_events.graph.copies import copy_groups, representative
from conflict_events.graph.episodes import Episode
from conflict_events.graph.facts import Bools, FactTable, Floats, Ints
from conflict_events.graph.incidents import Cluster
from conflict_events.graph.matching import LinkConfig, Matched, Matcher
from conflict_events.graph.wording import Wordings, read
from conflict_events.records import EventLink, Extraction, LinkReason

__all__ = ["Comparison", "LinkConfig", "Linker"]

Pair = tuple[int, int]
# bits by which a copy tells its model's incident, whatever else differs
COPY_BITS = 20.0
# so many imagined reports stand beside the collection's own when the rarity of a toponym is weighed
PRIOR_REPORTS = 100
# ranks of the neighbours by whose similarity a text's own is measured: beyond most incidents' reports
NEAREST, AROUND = 5, 15


def toponyms_of(extraction: Extraction) -> frozenset[int]:
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
        self.toponyms = [toponyms_of(e) for e in extractions]
        self._tellers = Counter(key for keys in self.toponyms for key in keys)
        self.crowd = [self._crowd(n) for n in range(len(extractions))]
        self.news_of: dict[str, int] = {}
        self.answered: dict[Pair, Comparison] = {}
        self.copy_of = self._copies()
        self.matcher = Matcher(FactTable.of(episodes), config, _Texts(self))

    def _crowd(self, n: int) -> float | None:
        """How similar the texts are that lie around text n, beyond its very nearest; None in a tiny collection."""
        near = self.neighbours[n]
        around = [self.wordings.cosine(n, other) for other in near[min(NEAREST, len(near) // 2) : AROUND]]
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

    def wording(self, i: int, j: int) -> dict[str, Value]:
        """The named comparisons of the texts of episodes i and j; none where one has no words."""
        first, second = self.text_of[self.episodes[i].report], self.text_of[self.episodes[j].report]
        if not self._has_words(first) or not self._has_words(second):
            return {}
        compared = compare_wording(self.wordings, first, second)
        around = self.crowd[first], self.crowd[second]
        if around[0] is not None and around[1] is not None:
            similarity = self.wordings.cosine(first, second)
            compared["stands_out"] = round(similarity / math.sqrt(around[0] * around[1]), 3)
        shared = self._shared_toponyms(first, second)
        if shared is not None:
            compared["toponyms"] = shared
        return compared

    def compared(self, i: int, j: int) -> dict[str, Value]:
        """The named comparisons of episodes i and j, by wording too where both are their reports' news."""
        a, b = self.episodes[i], self.episodes[j]
        if a.is_main and b.is_main:
            return {**self.wording(i, j), **compare_published(a, b), **compare_facts(a, b)}
        compared = compare_facts(a, b)
        if not a.is_main and not b.is_main and self.news_of.get(a.report, -1) == self.news_of.get(b.report, -2):
            compared["news"] = "same"
        return compared

    def _has_words(self, text: int) -> bool:
        return bool(self.wordings.items[text].words)

    def _shared_toponyms(self, first: int, second: int) -> float | None:
        """Rarity in bits of the two rarest towns and villages that both texts name; None where one names none."""
        a, b = self.toponyms[first], self.toponyms[second]
        if not a or not b:
            return None
        total = len(self.extractions) + PRIOR_REPORTS
        bits = sorted((math.log2(total / (self._tellers[key] + 1)) for key in a & b), reverse=True)
        return round(sum(bits[:2]), 2)

    def compare(self, i: int, j: int) -> Comparison:
        """Score of episodes i and j; symmetric. News of which one has no text are weighed by facts alone."""
        a, b = self.episodes[i], self.episodes[j]
        both_news = a.is_main and b.is_main
        bits, reasons = self._weights(i, j).weigh(self.compared(i, j))
        if both_news and self._copies_of_one(a.report, b.report):
            bits += COPY_BITS
            reasons = (LinkReason("copy", self.copy_of[a.report] or a.report, COPY_BITS), *reasons)
        return Comparison(bits, reasons)

    def _weights(self, i: int, j: int) -> Weights:
        a, b = self.episodes[i], self.episodes[j]
        if not self._has_words(self.text_of[a.report]) or not self._has_words(self.text_of[b.report]):
            return self.matcher.bare_weights
        return shipped_weights("news" if a.is_main and b.is_main else "recall")

    def _copies_of_one(self, a: str, b: str) -> bool:
        return (self.copy_of[a] or a) == (self.copy_of[b] or b)

    def match(self) -> Matched:
        """Which episodes are one incident, with all pairs that were compared."""
        return self.matcher.match(self._answered)

    def link(self) -> tuple[list[Cluster], list[EventLink]]:
        """Clusters of episodes in canonical order, and the links between their events."""
        matched = self.match()
        members: dict[int, list[int]] = {}
        for n, incident in enumerate(matched.incident.tolist()):
            members.setdefault(incident, []).append(n)
        links, inside = self._links(matched)
        clusters = [
            Cluster(tuple(self.episodes[n] for n in group), self._confidence(group, inside.get(incident, [])))
            for incident, group in members.items()
        ]
        return clusters, sorted(links, key=lambda link: (link.a, link.b))

    def _links(self, matched: Matched) -> tuple[list[EventLink], dict[int, list[float]]]:
        """Links between episodes of one incident with their reasons, and the scores of all its pairs."""
        together = matched.incident[matched.first] == matched.incident[matched.second]
        inside: dict[int, list[float]] = {}
        links: list[EventLink] = []
        pairs = zip(matched.first[together].tolist(), matched.second[together].tolist(), strict=True)
        for i, j in sorted(pairs):
            comparison = self.answered.get((i, j)) or self.compare(i, j)
            score = probability(comparison.bits)
            inside.setdefault(int(matched.incident[i]), []).append(score)
            a, b = self.episodes[i].lead, self.episodes[j].lead
            if a is not None and b is not None:
                links.append(EventLink(a.id, b.id, score, comparison.reasons))
        return links, inside

    def _confidence(self, group: Sequence[int], scores: Sequence[float]) -> float:
        if scores:
            return round(sum(scores) / len(scores), 3)
        lead = self.episodes[group[0]].lead
        return lead.confidence if lead is not None else 0.0

    def news_pairs(self) -> set[Pair]:
        """Candidate pairs of main episodes: nearest by wording, and those that share a block."""
        first, second = self.matcher.news_pairs()
        return set(zip(first.tolist(), second.tolist(), strict=True))

    def _answered(self, unit: Ints) -> list[tuple[int, int, float]]:
        """Episodes of which two reports of one incident say that it answered them, with their scores."""
        news = self.matcher.news_of(unit)
        self.news_of = {e.report: int(news[n]) for n, e in enumerate(self.episodes) if e.is_main}
        self.answered = dict(self._answers(unit))
        return [(i, j, comparison.bits) for (i, j), comparison in self.answered.items()]

    def _answers(self, unit: Ints) -> Iterator[tuple[Pair, Comparison]]:
        episode_of = {e.id: n for n, episode in enumerate(self.episodes) for e in episode.events}
        ties: dict[tuple[int, str], list[int]] = {}
        for extraction in self.extractions:
            for relation in extraction.relations:
                a, b = episode_of.get(relation.from_), episode_of.get(relation.to)
                if relation.type != "retaliation_for" or a is None or b is None:
                    continue
                if not self.episodes[b].is_main:
                    ties.setdefault((int(unit[a]), relation.type), []).append(b)
        for told in ties.values():
            first = told[0]
            for other in told[1:]:
                if self.episodes[first].report == self.episodes[other].report:
                    continue
                bits, reasons = self._weights(first, other).weigh({"answered": "both", **self.compared(first, other)})
                yield (min(first, other), max(first, other)), Comparison(bits, reasons)


class _Texts:
    """The wording of a linker's reports, as matching asks for it."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        reports = [e.report for e in linker.episodes]
        text = np.array([linker.text_of[report] for report in reports], dtype=np.int64)
        has_words = np.array([bool(item.words) for item in linker.wordings.items], dtype=bool)
        self.has_words: Bools = has_words[text]
        groups: dict[str, int] = {}
        models = [groups.setdefault(linker.copy_of[r] or r, len(groups)) for r in reports]
        self.model = np.array(models, dtype=np.int64)
        self.weights = shipped_weights("news")

    def pairs(self) -> tuple[Ints, Ints]:
        main_of = {e.report: n for n, e in enumerate(self.linker.episodes) if e.is_main}
        mains = [main_of.get(e.report.id) for e in self.linker.extractions]
        near = [
            (i, j)
            for text, found in enumerate(self.linker.neighbours)
            for other in found
            if (i := mains[text]) is not None and (j := mains[other]) is not None
        ]
        ends = np.array(near, dtype=np.int64).reshape(-1, 2)
        return ends[:, 0], ends[:, 1]

    def bits(self, first: Ints, second: Ints) -> Floats:
        compared = (self.linker.wording(i, j) for i, j in zip(first.tolist(), second.tolist(), strict=True))
        weights = (sum(round(self.weights.of(f, v), 3) for f, v in found.items()) for found in compared)
        return np.fromiter(weights, dtype=np.float64, count=len(first))

    def copy_bits(self, first: Ints, second: Ints) -> Floats:
        return np.where(self.model[first] == self.model[second], COPY_BITS, 0.0)
