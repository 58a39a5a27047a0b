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
from conflict_events.graph.clustering import agglomerate_pairs
from conflict_events.graph.comparisons import shipped_weights
from conflict_events.graph.copies import CopyConfig
from conflict_events.graph.facts import NONE, Bools, FactTable, Floats, Ints
from conflict_events.graph.weighing import FactWeigher, spread

# of the reports that agree with one, so many at most are compared with each other too
_FRIENDS = 12


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


class Wording(Protocol):
    """What texts add to the facts of reports' news: more candidate pairs, and their weights."""

    def pairs(self) -> tuple[Ints, Ints]:
        """News that are near by wording."""

    def worded(self, first: Ints, second: Ints) -> Bools:
        """Whether both of a pair of news have texts to compare."""

    def bits(self, first: Ints, second: Ints) -> Floats:
        """Weights of the comparisons of wording, without a prior."""

    def copy_bits(self, first: Ints, second: Ints) -> Floats:
        """What a pair weighs for being copies of one text."""


@dataclass(frozen=True, slots=True)
class Matched:
    """For each episode the first episode of its incident, and the compared pairs with their scores in bits."""

    incident: Ints
    first: Ints
    second: Ints
    bits: Floats


class Matcher:
    """Matches the episodes of one table."""

    def __init__(self, table: FactTable, config: LinkConfig | None = None, wording: Wording | None = None) -> None:
        self.table = table
        self.config = config or LinkConfig()
        self.wording = wording
        self._by_facts = FactWeigher(table, shipped_weights("recall"))
        self._with_text = FactWeigher(table, shipped_weights("news"))
        self._found: tuple[Ints, Ints] | None = None

    def match(self, besides: Callable[[Ints], Sequence[tuple[int, int, float]]] = lambda _: ()) -> Matched:
        """Cluster all episodes.

        ``besides`` gives, from the number of each episode's unit (the incidents of the news, and each other episode
        by itself), pairs that are known to belong together, with their scores.
        """
        first, second = self.news_pairs()
        bits = self.score_news(first, second)
        more = self._friends(first, second, bits)
        first, second = np.concatenate((first, more[0])), np.concatenate((second, more[1]))
        bits = np.concatenate((bits, self.score_news(*more)))
        unit = agglomerate_pairs(
            len(self.table), first, second, bits, unseen=self.config.unseen_bits, at_least=self.config.join_bits
        )
        recalled = self._recalled(unit)
        found, answered = self._score_recalled(*recalled, unit), besides(unit)
        given = np.array([(i, j) for i, j, _ in answered], dtype=np.int64).reshape(-1, 2)
        taken = ~np.isin(self._key(*recalled), self._key(given[:, 0], given[:, 1]))
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

    def candidates(self) -> tuple[Ints, Ints]:
        """Pairs of episodes that share a block."""
        if self._found is None:
            self._found = blocking.pairs_of(self.table)
        return self._found

    def news_pairs(self) -> tuple[Ints, Ints]:
        """Candidate pairs of the reports' news: those that share a block, and nearest by wording."""
        first, second = self.candidates()
        both = self.table.is_main[first] & self.table.is_main[second]
        first, second = first[both], second[both]
        if self.wording is None:
            return first, second
        return blocking.distinct_pairs(self.table, (first, second), self.wording.pairs())

    def score_news(self, first: Ints, second: Ints) -> Floats:
        """Scores of pairs of news in bits: by facts and wording where both have texts, else by facts alone."""
        if self.wording is None:
            return self._by_facts.bits(first, second)
        worded = self.wording.worded(first, second)
        bits = np.empty(len(first))
        bits[~worded] = self._by_facts.bits(first[~worded], second[~worded])
        first_told, second_told = first[worded], second[worded]
        bits[worded] = (
            self._with_text.bits(first_told, second_told)
            + self._with_text.published(first_told, second_told)
            + self.wording.bits(first_told, second_told)
        )
        return np.round(bits + self.wording.copy_bits(first, second), 6)

    def _friends(self, first: Ints, second: Ints, bits: Floats) -> tuple[Ints, Ints]:
        """Pairs not compared yet that both agree with one third report, of those that agree with it most."""
        agreeing = bits > 0
        here, there = first[agreeing], second[agreeing]
        of, friend, score = (
            np.concatenate((here, there)),
            np.concatenate((there, here)),
            np.tile(bits[agreeing], 2),
        )
        order = np.lexsort((friend, -score, of))
        of, friend = of[order], friend[order]
        begin = np.searchsorted(of, of, side="left")
        rank = np.arange(len(of)) - begin
        left = np.minimum(np.searchsorted(of, of, side="right") - begin, _FRIENDS) - rank - 1
        at, further = spread(np.maximum(left, 0))
        found = blocking.distinct_pairs(self.table, (friend[at], friend[at + further + 1]))
        new = ~np.isin(self._key(*found), self._key(first, second))
        return found[0][new], found[1][new]

    def _key(self, first: Ints, second: Ints) -> Ints:
        return np.minimum(first, second) * len(self.table) + np.maximum(first, second)

    def _recalled(self, unit: Ints) -> tuple[Ints, Ints]:
        """Candidate pairs of which one at least is told beside the news, or recalled."""
        first, second = self.candidates()
        other = ~(self.table.is_main[first] & self.table.is_main[second])
        beside = blocking.told_beside(self.table, self.news_of(unit))
        return blocking.distinct_pairs(self.table, (first[other], second[other]), beside)

    def news_of(self, unit: Ints) -> Ints:
        """For each episode the unit of its report's news."""
        of_report = np.full(int(self.table.report.max(initial=0)) + 1, NONE, dtype=np.int64)
        of_report[self.table.report[self.table.is_main]] = unit[self.table.is_main]
        return of_report[self.table.report]

    def _score_recalled(self, first: Ints, second: Ints, unit: Ints) -> Floats:
        news, is_main = self.news_of(unit), self.table.is_main
        same = (news[first] == news[second]) & ~is_main[first] & ~is_main[second]
        bonus = shipped_weights("recall").of("news", "same")
        return np.round(self._by_facts.bits(first, second) + np.where(same, bonus, 0.0), 6)

    def _join_recalled(self, unit: Ints, first: Ints, second: Ints, bits: Floats) -> Ints:
        """Join units by the mean scores between them; the units of one report stay apart, since it tells them apart."""
        keys = self._key(unit[first], unit[second])
        order = np.argsort(keys, kind="stable")
        order = order[unit[first[order]] != unit[second[order]]]
        keys = keys[order]
        new = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.empty(0, dtype=np.int64)
        total = np.add.reduceat(bits[order], new) if len(new) else np.empty(0)
        mean = total / np.diff(np.append(new, len(keys)))
        low, high = np.divmod(keys[new], max(len(self.table), 1))
        held = np.unique(unit * (int(self.table.report.max(initial=0)) + 1) + self.table.report)
        holder, report = np.divmod(held, int(self.table.report.max(initial=0)) + 1)
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
