"""Which episodes are one incident, over columns: candidate pairs, their match weights, and clusters of them.

First the reports' news are clustered, by facts and, where there are texts, by wording; then what reports tell
besides or only recall joins those incidents, or each other, by facts alone. Reports linked in memory and tables of
a million episodes go the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from conflict_events.graph import blocking
from conflict_events.graph.calibration import PSEUDO_PAIRS, fit
from conflict_events.graph.clustering import agglomerate_pairs
from conflict_events.graph.comparisons import shipped_weights
from conflict_events.graph.copies import CopyConfig
from conflict_events.graph.facts import NONE, Bools, FactTable, Floats, Ints, spread
from conflict_events.graph.weighing import FactComparer, pattern_bits, published_bits

# of the reports that agree with one, so many at most are compared with each other too
FRIENDS = 12
# clusters that agree as far as they were compared are looked at again: so many members of each, so many times
SAMPLED = 6
CLOSER_LOOKS = 8


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """Settings of linking; the defaults hold for all collections.

    ``unseen_bits`` is the weight of two reports' news that share no block, ``join_bits`` the mean score from
    which on two clusters are one, ``neighbours`` how many nearest texts each report is compared with,
    ``pseudo_pairs`` how many pairs the shipped weights of facts count for where a collection without texts weighs them.
    """

    unseen_bits: float = -4.0
    join_bits: float = -0.5
    recall_bits: float = 0.0
    recall_unseen_bits: float = -0.5
    neighbours: int = 20
    pseudo_pairs: float = PSEUDO_PAIRS
    copies: CopyConfig = field(default_factory=CopyConfig)


class Wording(Protocol):
    """What texts add to the facts of reports' news: more candidate pairs, and their weights."""

    has_words: Bools
    """For each episode whether its report has a text."""

    def pairs(self) -> tuple[Ints, Ints]:
        """News that are near by wording."""

    def bits(self, first: Ints, second: Ints) -> Floats:
        """Weights of the comparisons of wording, without a prior, of pairs of news that both have texts."""

    def copy_bits(self, first: Ints, second: Ints) -> Floats:
        """What a pair of news weighs for being copies of one text."""


@dataclass(frozen=True, slots=True)
class Matched:
    """For each episode the first episode of its incident, and the compared pairs with their scores in bits."""

    incident: Ints
    first: Ints
    second: Ints
    bits: Floats


class Matcher:
    """Matches the episodes of one table.

    Pairs of news that both have texts are weighed by facts and wording, as learned. Where one has none, facts alone must
    do, and their weights are fitted to the collection (``calibration``).
    """

    def __init__(self, table: FactTable, config: LinkConfig | None = None, wording: Wording | None = None) -> None:
        self.table = table
        self.config = config or LinkConfig()
        self.wording = wording
        self.comparer = FactComparer(table)
        self.candidates = blocking.pairs_of(table)
        self.patterns = self.comparer.patterns(*self.candidates)
        bare = ~self._worded(*self.candidates)
        self.bare_weights = fit(shipped_weights("recall"), self.patterns[bare], pseudo_pairs=self.config.pseudo_pairs)
        self._bare_bits = pattern_bits(self.bare_weights)

    def _worded(self, first: Ints, second: Ints) -> Bools:
        """Whether both of a pair have texts to compare."""
        if self.wording is None:
            return np.zeros(len(first), dtype=bool)
        worded: Bools = self.wording.has_words[first] & self.wording.has_words[second]
        return worded

    def match(self, besides: Callable[[Ints], Sequence[tuple[int, int, float]]] = lambda _: ()) -> Matched:
        """Cluster all episodes.

        ``besides`` gives, from the number of each episode's unit (the incidents of the news, and each other episode
        by itself), pairs that are known to belong together, with their scores.
        """
        first, second, bits = self._compared_news()
        unit = agglomerate_pairs(
            len(self.table), first, second, bits, unseen=self.config.unseen_bits, at_least=self.config.join_bits
        )
        first, second, bits, unit = self._look_closer(first, second, bits, unit)
        recalled = self._recalled(unit)
        found, answered = self._score_recalled(*recalled, unit), besides(unit)
        given = np.array([(i, j) for i, j, _ in answered], dtype=np.int64).reshape(-1, 2)
        taken = ~_among(self._key(*recalled), np.sort(self._key(given[:, 0], given[:, 1])))
        more_first = np.concatenate((recalled[0][taken], given[:, 0]))
        more_second = np.concatenate((recalled[1][taken], given[:, 1]))
        more_bits = np.concatenate((found[taken], [score for *_, score in answered]))
        incident = self._join_recalled(unit, more_first, more_second, more_bits)
        return Matched(
            incident,
            np.concatenate((first, more_first)),
            np.concatenate((second, more_second)),
            np.concatenate((bits, more_bits)),
        )

    def _compared_news(self) -> tuple[Ints, Ints, Floats]:
        """Pairs of news with their scores: candidates, and those that agree with one third report."""
        first, second = self.news_pairs()
        if self.wording is None:
            bits = self._bare_bits[self.patterns[self._both_main()]]
        else:
            bits = self.score_news(first, second)
        more = self._friends(first, second, bits)
        found = np.concatenate((bits, self.score_news(*more)))
        return np.concatenate((first, more[0])), np.concatenate((second, more[1])), found

    def _look_closer(self, first: Ints, second: Ints, bits: Floats, unit: Ints) -> tuple[Ints, Ints, Floats, Ints]:
        """Compare more pairs of clusters that stayed two only for pairs that were never compared, and join them anew.

        Blocks are bounded, so of an incident that hundreds of reports tell most pairs are not candidates.
        """
        for _ in range(CLOSER_LOOKS):
            low, high, mean, count = _between(unit, first, second, bits)
            size = np.bincount(unit, minlength=len(unit))
            unsure = (mean > self.config.join_bits) & (count < size[low] * size[high])
            if not unsure.any():
                break
            more = self._sample(unit, low[unsure], high[unsure])
            new = ~_among(self._key(*more), np.sort(self._key(first, second)))
            more = more[0][new], more[1][new]
            first, second = np.concatenate((first, more[0])), np.concatenate((second, more[1]))
            bits = np.concatenate((bits, self.score_news(*more)))
            low, high, mean, _ = _between(unit, first, second, bits)
            joined = agglomerate_pairs(
                len(unit), low, high, mean, unseen=self.config.unseen_bits, at_least=self.config.join_bits
            )[unit]
            if (joined == unit).all():
                break
            unit = joined
        return first, second, bits, unit

    def _sample(self, unit: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """Pairs of some members of each two clusters."""
        order = np.argsort(unit, kind="stable")
        begin = np.searchsorted(unit[order], np.arange(len(unit) + 1))
        size = np.diff(begin)
        few_low, few_high = np.minimum(size[low], SAMPLED), np.minimum(size[high], SAMPLED)
        at, number = spread(few_low * few_high)
        # members are taken from all over a cluster
        first = begin[low[at]] + number // few_high[at] * size[low[at]] // few_low[at]
        second = begin[high[at]] + number % few_high[at] * size[high[at]] // few_high[at]
        return blocking.distinct_pairs(self.table, (order[first], order[second]))

    def _both_main(self) -> Bools:
        first, second = self.candidates
        both: Bools = self.table.is_main[first] & self.table.is_main[second]
        return both

    def news_pairs(self) -> tuple[Ints, Ints]:
        """Candidate pairs of the reports' news: those that share a block, and nearest by wording."""
        both = self._both_main()
        first, second = self.candidates[0][both], self.candidates[1][both]
        if self.wording is None:
            return first, second
        return blocking.distinct_pairs(self.table, (first, second), self.wording.pairs())

    def score_news(self, first: Ints, second: Ints) -> Floats:
        """Scores of pairs of news in bits: by facts and wording where both have texts, else by facts alone."""
        patterns = self.comparer.patterns(first, second)
        bits = self._bare_bits[patterns]
        if self.wording is None:
            return bits
        weights, worded = shipped_weights("news"), self._worded(first, second)
        told = first[worded], second[worded]
        bits[worded] = pattern_bits(weights)[patterns[worded]]
        bits[worded] += published_bits(self.table, weights, *told) + self.wording.bits(*told)
        return np.round(bits + self.wording.copy_bits(first, second), 6)

    def _friends(self, first: Ints, second: Ints, bits: Floats) -> tuple[Ints, Ints]:
        """Pairs not compared yet that both agree with one third report, of those that agree with it most."""
        agreeing = bits > 0
        here, there = first[agreeing], second[agreeing]
        of, friend, score = np.concatenate((here, there)), np.concatenate((there, here)), np.tile(bits[agreeing], 2)
        many = np.bincount(of, minlength=1)[of] > FRIENDS if len(of) else np.zeros(0, dtype=bool)
        best = np.flatnonzero(many)
        best = best[np.lexsort((friend[best], -score[best], of[best]))]
        best = best[np.arange(len(best)) - np.searchsorted(of[best], of[best], side="left") < FRIENDS]
        chosen = np.concatenate((np.flatnonzero(~many), best))
        chosen = chosen[np.argsort(of[chosen], kind="stable")]
        of, friend = of[chosen], friend[chosen]
        left = np.searchsorted(of, of, side="right") - np.arange(len(of)) - 1
        at, further = spread(left)
        found = blocking.distinct_pairs(self.table, (friend[at], friend[at + further + 1]))
        new = ~_among(self._key(*found), self._key(first, second))
        return found[0][new], found[1][new]

    def _key(self, first: Ints, second: Ints) -> Ints:
        return np.minimum(first, second) * len(self.table) + np.maximum(first, second)

    def _recalled(self, unit: Ints) -> tuple[Ints, Ints]:
        """Candidate pairs of which one at least is told beside the news, or recalled."""
        first, second = self.candidates
        other = ~self._both_main()
        beside = blocking.told_beside(self.table, self.news_of(unit))
        return blocking.distinct_pairs(self.table, (first[other], second[other]), beside)

    def news_of(self, unit: Ints) -> Ints:
        """For each episode the unit of its report's news."""
        of_report = np.full(int(self.table.report.max(initial=0)) + 1, NONE, dtype=np.int64)
        of_report[self.table.report[self.table.is_main]] = unit[self.table.is_main]
        return of_report[self.table.report]

    def _score_recalled(self, first: Ints, second: Ints, unit: Ints) -> Floats:
        weights, patterns = shipped_weights("recall"), self.comparer.patterns(first, second)
        bits = np.where(self._worded(first, second), pattern_bits(weights)[patterns], self._bare_bits[patterns])
        news, is_main = self.news_of(unit), self.table.is_main
        same = (news[first] == news[second]) & ~is_main[first] & ~is_main[second]
        return np.round(bits + np.where(same, weights.of("news", "same"), 0.0), 6)

    def _join_recalled(self, unit: Ints, first: Ints, second: Ints, bits: Floats) -> Ints:
        """Join units by the mean scores between them; the units of one report stay apart, since it tells them apart."""
        low, high, mean, _ = _between(unit, first, second, bits)
        # only what reports with several episodes tell can be told apart
        several = np.flatnonzero((np.bincount(self.table.report, minlength=1) > 1)[self.table.report])
        reports = int(self.table.report.max(initial=0)) + 1
        holder, report = np.divmod(np.unique(unit[several] * reports + self.table.report[several]), reports)
        joined = agglomerate_pairs(
            len(self.table),
            low,
            high,
            mean,
            barred=holder,
            bar=report,
            unseen=self.config.recall_unseen_bits,
            at_least=self.config.recall_bits,
        )
        return joined[unit]


def _among(keys: Ints, known: Ints) -> Bools:
    """Which of the keys are among the known ones, which are sorted."""
    at = np.minimum(np.searchsorted(known, keys), max(len(known) - 1, 0))
    return known[at] == keys if len(known) else np.zeros(len(keys), dtype=bool)


def _between(unit: Ints, first: Ints, second: Ints, bits: Floats) -> tuple[Ints, Ints, Floats, Ints]:
    """Pairs of units that pairs lie between, the means of their scores, and how many there are."""
    low, high = np.minimum(unit[first], unit[second]), np.maximum(unit[first], unit[second])
    keys = low * len(unit) + high
    order = np.argsort(keys, kind="stable")
    order = order[low[order] != high[order]]
    keys = keys[order]
    if not len(keys):
        return keys, keys, np.empty(0), keys
    new = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    count = np.diff(np.append(new, len(keys)))
    return low[order[new]], high[order[new]], np.add.reduceat(bits[order], new) / count, count
