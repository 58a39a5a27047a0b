"""A new report compared with what the archive holds: the weights in bits that clustering rests on.

A pair's bits are stored without two parts that change as reports arrive, which are added when clusters are made:
how far the pair stands out among the texts around it, and whether the two reports are copies of one text.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from conflict_events.graph import days
from conflict_events.graph.blocking import WINDOW_DAYS
from conflict_events.graph.comparisons import Value, Weights, compare_facts, compare_published, shipped_weights
from conflict_events.graph.linking import AROUND, NEAREST, PRIOR_REPORTS, LinkConfig
from conflict_events.graph.matching import FRIENDS
from conflict_events.graph.wording import read
from conflict_events.records import LinkReason
from conflict_events.store.index import INDEXED_WORDS, LISTED, NO_DAY, Index, listed
from conflict_events.store.loading import Loader, Pair, Stored, pair_of
from conflict_events.store.rows import dump
from conflict_events.store.texts import Likeness, StoredText, compare_texts


class Comparer:
    """Compares the reports of one archive, by the counts of its last weighing."""

    def __init__(self, connection: sqlite3.Connection, loader: Loader, config: LinkConfig) -> None:
        self._connection = connection
        self._loader = loader
        self.config = config
        self._index = Index(connection)
        # what was compared in this change
        self.reasons: dict[Pair, tuple[LinkReason, ...]] = {}
        self._likeness: dict[Pair, Likeness | None] = {}

    def begin(self) -> None:
        """Start a change: what was compared in the one before is of no use."""
        self.reasons.clear()
        self._likeness.clear()

    def likeness(self, report: int, others: Collection[int]) -> list[Likeness | None]:
        """How alike the text of a report is to those of others; None where one has no words."""
        missing = [n for n in others if (min(report, n), max(report, n)) not in self._likeness]
        if missing:
            texts = self._loader.texts({report, *missing})
            self._note_likeness(report, missing, compare_texts(texts[report], [texts[n] for n in missing]))
        return [self._likeness[min(report, n), max(report, n)] for n in others]

    def _note_likeness(self, report: int, others: Iterable[int], found: Iterable[Likeness | None]) -> None:
        for other, likeness in zip(others, found, strict=True):
            self._likeness[min(report, other), max(report, other)] = likeness

    # entering

    def enter_text(
        self, report: int, words: str, title: str | None, toponyms: Iterable[int], appeared: days.Interval | None
    ) -> list[int]:
        """Enter a report's wording, and give the reports that are nearest by wording, the nearest first."""
        wording = read("", words, title)
        text = StoredText.of(wording, self._loader.counts({*wording.words, *wording.names}).bits)
        day = day_of(appeared)
        strongest = text.strongest(INDEXED_WORDS)
        scores = self._index.scores(day, strongest)
        near = sorted(scores, key=lambda n: (-scores[n], n))[: 2 * self.config.neighbours]
        texts = self._loader.texts(near)
        likeness = compare_texts(text, [texts[n] for n in near])
        self._note_likeness(report, near, likeness)
        ranked = [
            (n, round(scores[n], 6), round(found.text, 6)) for n, found in zip(near, likeness, strict=True) if found
        ]
        self._join_neighbourhoods(report, ranked)
        own = ranked[: self.config.neighbours]
        self._connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)", (report, *text.to_blobs()))
        self._connection.execute(
            "INSERT INTO surroundings VALUES (?, ?, ?, ?, ?)",
            (report, report, crowd_of(own), dump(sorted(toponyms)), dump(own)),
        )
        self._connection.executemany("INSERT OR IGNORE INTO nearby VALUES (?, ?)", [(n, report) for n, *_ in own])
        self._index.add_words(report, day, strongest)
        self._loader.keep_text(report, text)
        return [n for n, *_ in own]

    def _join_neighbourhoods(self, report: int, ranked: Sequence[tuple[int, float, float]]) -> None:
        """Put a new report among the neighbours of those to which it is nearer than one of theirs."""
        scores = {n: (score, cosine) for n, score, cosine in ranked}
        changed: list[tuple[str, float | None, int]] = []
        rows = self._connection.execute(
            f"SELECT report, neighbours FROM surroundings WHERE report IN {LISTED}", (listed(scores),)
        )
        for other, neighbours in rows.fetchall():
            near: list[tuple[int, float, float]] = json.loads(neighbours)
            score, cosine = scores[other]
            if len(near) >= self.config.neighbours and near[-1][1] >= score:
                continue
            near.append((report, score, cosine))
            near.sort(key=lambda row: (-row[1], row[0]))
            near = near[: self.config.neighbours]
            changed.append((dump(near), crowd_of(near), other))
        self._connection.executemany("UPDATE surroundings SET neighbours = ?, crowd = ? WHERE report = ?", changed)
        self._connection.executemany(
            "INSERT OR IGNORE INTO nearby VALUES (?, ?)", [(report, other) for _, _, other in changed]
        )

    def enter(self, own: Sequence[Stored], near_texts: Collection[int]) -> None:
        """Compare the episodes of a report, whose text is entered, with all that share a block or their wording."""
        for stored in own:
            self._index.add(stored.number, stored.episode)
        [news] = [s for s in own if s.episode.is_main]
        met = {s.number: self._index.near(s.episode) for s in own}
        found = {s.number: s for s in self._loader.episodes(set().union(*met.values())) if s.report != news.report}
        mains = {n for n in met[news.number] if n in found and found[n].episode.is_main}
        mains |= self._loader.mains(near_texts)
        bits = self.compare_news(news, self._loader.episodes(mains))
        self._compare_friends(news, bits)
        self.compare_recalled(
            (s, found[n])
            for s in own
            for n in sorted(met[s.number])
            if n in found and not (s.episode.is_main and found[n].episode.is_main)
        )

    # comparing

    def weights(self, one: Stored, other: Stored) -> Weights:
        """What the comparisons of two episodes weigh: where one report has no words, as fitted to the archive."""
        if not one.worded or not other.worded:
            return self._loader.bare_weights
        return shipped_weights("news" if one.episode.is_main and other.episode.is_main else "recall")

    def compare_news(self, new: Stored, others: Sequence[Stored]) -> dict[Pair, float]:
        """Store the comparisons of a report's news with other reports' news; bits by pair, without moving parts."""
        rows: list[tuple[int, int, int, float, float | None]] = []
        found: dict[Pair, float] = {}
        for other, likeness, compared in self.news_compared(new, others):
            bits, reasons = self.weights(new, other).weigh(compared)
            pair = pair_of(new, other)
            rows.append((*pair, 1, bits, likeness.text if likeness else None))
            self.reasons[pair] = reasons
            found[pair] = bits
        self._connection.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?)", rows)
        return found

    def news_compared(
        self, new: Stored, others: Sequence[Stored]
    ) -> Iterator[tuple[Stored, Likeness | None, dict[str, Value]]]:
        """The named comparisons of a report's news with other reports' news, but for those that change."""
        likenesses = self.likeness(new.report, [o.report for o in others])
        for other, likeness in zip(others, likenesses, strict=True):
            compared: dict[str, Value] = {}
            if likeness is not None:
                compared["text"] = round(likeness.text, 3)
                compared["lead"] = round(likeness.lead, 3)
                compared["lead_told"] = round(likeness.lead_told, 3)
                compared["names"] = round(likeness.names, 2)
                shared = self._shared_toponyms(new.report, other.report)
                if shared is not None:
                    compared["toponyms"] = shared
            compared.update(compare_published(new.episode, other.episode))
            compared.update(compare_facts(new.episode, other.episode))
            yield other, likeness, compared

    def compare_recalled(self, pairs: Iterable[tuple[Stored, Stored]]) -> None:
        """Store the comparisons of pairs of which one episode at least is not its report's news."""
        rows: list[tuple[int, int, float]] = []
        for one, other in pairs:
            bits, reasons = self.weights(one, other).weigh(compare_facts(one.episode, other.episode))
            pair = pair_of(one, other)
            rows.append((*pair, bits))
            self.reasons[pair] = reasons
        self._connection.executemany("INSERT OR IGNORE INTO pairs VALUES (?, ?, 0, ?, NULL)", rows)

    def compare_answered(self, one: Stored, other: Stored) -> None:
        """Store the comparison of two episodes of which reports of one incident say that it answered them."""
        compared: dict[str, Value] = {"answered": "both", **compare_facts(one.episode, other.episode)}
        bits, reasons = self.weights(one, other).weigh(compared)
        pair = pair_of(one, other)
        self._connection.execute("INSERT OR REPLACE INTO pairs VALUES (?, ?, 0, ?, NULL)", (*pair, bits))
        self.reasons[pair] = reasons

    def _shared_toponyms(self, first: int, second: int) -> float | None:
        """Rarity in bits of the two rarest towns and villages that both texts name; None where one names none."""
        a, b = self._loader.toponyms(first), self._loader.toponyms(second)
        if not a or not b:
            return None
        shared = a & b
        counts = self._loader.toponym_counts(shared)
        total = self._loader.weighed_reports + PRIOR_REPORTS
        bits = sorted((math.log2(total / (counts.get(key, 0) + 1)) for key in shared), reverse=True)
        return round(sum(bits[:2]), 2)

    def _compare_friends(self, news: Stored, bits: Mapping[Pair, float]) -> None:
        """Compare with each other what agrees with one third report: this one, or one that agrees with it."""
        agreeing = sorted((-b, pair[pair[0] == news.number]) for pair, b in bits.items() if b > 0)
        friends = sorted(n for _, n in agreeing[:FRIENDS])
        if not friends:
            return
        known = self._loader.known_pairs(friends)
        for k, i in enumerate(friends):
            others = [j for j in friends[k + 1 :] if (i, j) not in known]
            if others:
                self.compare_news(self._loader.episodes([i])[0], self._loader.episodes(others))
        further: set[int] = set()
        for friend in friends:
            rows = self._connection.execute(
                "SELECT a, b FROM (SELECT a, b, bits FROM pairs WHERE a = ? AND news UNION ALL"
                f" SELECT a, b, bits FROM pairs WHERE b = ? AND news) WHERE bits > 0 ORDER BY bits DESC LIMIT {FRIENDS}",
                (friend, friend),
            )
            members = {n for row in rows for n in row}
            if news.number in members:
                further |= members
        further -= {news.number, *(n for pair in bits for n in pair)}
        if further:
            self.compare_news(news, self._loader.episodes(further))


def day_of(appeared: days.Interval | None) -> int:
    """The day under which a report looks for neighbours, ``NO_DAY`` where it is not known to two weeks."""
    known = days.bounds(appeared)
    return known[0] if known is not None and known[1] - known[0] <= WINDOW_DAYS else NO_DAY


def crowd_of(near: Sequence[tuple[int, float, float]]) -> float | None:
    """How similar the texts are that lie around one, beyond its very nearest; None in a tiny archive."""
    around = [cosine for _, _, cosine in near[min(NEAREST, len(near) // 2) : AROUND]]
    return max(0.01, sum(around) / len(around)) if len(around) > 1 else None


def standing_out(cosine: float | None, first: float | None, second: float | None) -> float | None:
    """How far two texts' similarity exceeds that of the texts around each; None where one is not known."""
    if cosine is None or first is None or second is None:
        return None
    return round(cosine / math.sqrt(first * second), 3)
