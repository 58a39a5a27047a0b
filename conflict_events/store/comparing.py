"""A new report compared with what the archive holds: the weights in bits that clustering rests on.

A pair's bits are stored without two parts that change as reports arrive, which are added when clusters are made:
how far the pair stands out among the texts around it, and whether the two reports are copies of one text.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from conflict_events.graph import days
from conflict_events.graph.comparisons import Value, compare_facts, compare_published, shipped_weights
from conflict_events.graph.copies import copy_score
from conflict_events.graph.episodes import Episode
from conflict_events.graph.linking import LinkConfig
from conflict_events.graph.wording import read
from conflict_events.records import LinkReason
from conflict_events.store.facts import episode_from
from conflict_events.store.index import INDEXED_WORDS, NO_DAY, Index, numbers
from conflict_events.store.rows import dump
from conflict_events.store.texts import Counts, Likeness, StoredText, compare_texts, word_number

Pair = tuple[int, int]
K = TypeVar("K")
V = TypeVar("V")

COPY_BITS = 20.0
# ranks of the neighbours by whose similarity a text's own is measured: beyond most incidents' reports
_NEAREST, _AROUND = 5, 15
# so many imagined reports stand beside the archive's own when the rarity of a toponym is weighed
_PRIOR_REPORTS = 100
# of the reports that agree with one, so many at most are compared with each other too
_FRIENDS = 12
# texts less alike than this are never copies, and their words are not read
_COPY_COSINE = 0.3
_CREDIT_BONUS = 0.02
_KEPT_EPISODES, _KEPT_TEXTS, _KEPT_WORDS = 20_000, 4_000, 200_000


class _Kept(Generic[K, V]):
    """The values used last, up to a number of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        if (value := self._values.get(key)) is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        self._values[key] = value
        if len(self._values) > self._limit:
            self._values.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """An episode as comparisons need it, with the number of its report."""

    number: int
    report: int
    episode: Episode


class Comparer:
    """Compares the reports of one archive, by the counts of its last weighing."""

    def __init__(self, connection: sqlite3.Connection, config: LinkConfig) -> None:
        self._connection = connection
        self.config = config
        self.index = Index(connection)
        self._episodes: _Kept[int, Stored] = _Kept(_KEPT_EPISODES)
        self._texts: _Kept[int, StoredText] = _Kept(_KEPT_TEXTS)
        self._toponyms: _Kept[int, frozenset[int]] = _Kept(_KEPT_TEXTS)
        self._words: dict[int, int] = {}
        self._weighing = -1
        self._reports = 0
        self.reasons: dict[Pair, tuple[LinkReason, ...]] = {}

    def refresh(self) -> None:
        """Forget what rests on an older weighing, which another process may have replaced."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta").fetchall())
        weighing = int(meta.get("weighing", 0))
        if weighing != self._weighing:
            self.forget()
        self._weighing, self._reports = weighing, int(meta["weighed_reports"])
        self.reasons.clear()

    def forget(self) -> None:
        """Forget everything that was read."""
        self._episodes, self._texts = _Kept(_KEPT_EPISODES), _Kept(_KEPT_TEXTS)
        self._toponyms = _Kept(_KEPT_TEXTS)
        self._words.clear()

    # reading

    def episodes(self, wanted: Iterable[int]) -> list[Stored]:
        """Episodes by number, in order of numbers."""
        found: dict[int, Stored] = {}
        missing: list[int] = []
        for number in wanted:
            known = self._episodes.get(number)
            if known is None:
                missing.append(number)
            else:
                found[number] = known
        if missing:
            rows = self._connection.execute(
                "SELECT e.number, e.report, r.id, e.position, e.is_main, e.background, e.facts FROM episodes e"
                f" JOIN reports r ON r.number = e.report WHERE e.number IN {numbers(missing)}"
            )
            for number, report, id_, position, is_main, background, facts in rows:
                episode = episode_from(
                    facts, report=id_, position=position, is_main=bool(is_main), background=bool(background)
                )
                found[number] = Stored(number, report, episode)
                self._episodes.put(number, found[number])
        return [found[number] for number in sorted(found)]

    def texts(self, reports: Iterable[int]) -> dict[int, StoredText]:
        """The stored texts of reports by number."""
        found: dict[int, StoredText] = {}
        missing: list[int] = []
        for report in reports:
            text = self._texts.get(report)
            if text is None:
                missing.append(report)
            else:
                found[report] = text
        if missing:
            rows = self._connection.execute(
                "SELECT report, toponyms, words, weights, lead_words, lead_weights, names, name_bits FROM texts"
                f" WHERE report IN {numbers(missing)}"
            )
            for report, toponyms, *blobs in rows:
                found[report] = StoredText.from_blobs(blobs)
                self._texts.put(report, found[report])
                self._toponyms.put(report, frozenset(json.loads(toponyms)))
        return found

    def _counts(self, words: Iterable[str]) -> Counts:
        wanted = {word_number(w) for w in words}
        if len(self._words) > _KEPT_WORDS:
            self._words.clear()
        missing = [n for n in wanted if n not in self._words]
        if missing and self._reports:
            for number in missing:
                self._words[number] = 0
            self._words.update(
                self._connection.execute(f"SELECT word, reports FROM word_counts WHERE word IN {numbers(missing)}")
            )
        return Counts(self._reports, self._words)

    # wording

    def enter_text(
        self, report: int, words: str, title: str | None, toponyms: Iterable[int], appeared: days.Interval | None
    ) -> list[int]:
        """Enter a report's wording, and give the reports that are nearest by wording, the nearest first."""
        wording = read("", words, title)
        text = StoredText.of(wording, self._counts({*wording.words, *wording.names}))
        known = days.bounds(appeared)
        day = known[0] if known is not None and known[1] - known[0] <= 14 else NO_DAY
        strongest = text.strongest(INDEXED_WORDS)
        scores = self.index.scores(day, strongest)
        near = sorted(scores, key=lambda n: (-scores[n], n))[: 2 * self.config.neighbours]
        texts = self.texts(near)
        likeness = compare_texts(text, [texts[n] for n in near])
        ranked = [
            [n, round(scores[n], 6), round(found.text, 6)] for n, found in zip(near, likeness, strict=True) if found
        ]
        self._join_neighbourhoods(report, ranked)
        own = ranked[: self.config.neighbours]
        self._connection.execute(
            "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (report, day, *text.to_blobs(), dump(sorted(toponyms)), dump(own), _crowd(own)),
        )
        self.index.add_words(report, day, strongest)
        self._texts.put(report, text)
        self._toponyms.put(report, frozenset(toponyms))
        return [int(n) for n, *_ in own]

    def _join_neighbourhoods(self, report: int, ranked: Sequence[Sequence[float]]) -> None:
        """Put a new report among the neighbours of those to which it is nearer than one of theirs."""
        scores = {int(n): (score, cosine) for n, score, cosine in ranked}
        changed: list[tuple[str, float | None, int]] = []
        rows = self._connection.execute(f"SELECT report, neighbours FROM texts WHERE report IN {numbers(scores)}")
        for other, neighbours in rows:
            near: list[list[float]] = json.loads(neighbours)
            score, cosine = scores[other]
            if len(near) >= self.config.neighbours and near[-1][1] >= score:
                continue
            near.append([report, score, cosine])
            near.sort(key=lambda row: (-row[1], row[0]))
            near = near[: self.config.neighbours]
            changed.append((dump(near), _crowd(near), other))
        self._connection.executemany("UPDATE texts SET neighbours = ?, crowd = ? WHERE report = ?", changed)

    # pairs

    def compare_news(self, new: Stored, others: Collection[Stored]) -> dict[Pair, float]:
        """Store the comparisons of a report's news with other reports' news; bits by pair, without moving parts."""
        rows: list[tuple[int, int, int, float, float | None]] = []
        found: dict[Pair, float] = {}
        for other, likeness, compared in self.news_compared(new, others):
            # news of which one has no text are weighed by facts alone
            bits, reasons = shipped_weights("news" if likeness else "recall").weigh(compared)
            pair = (min(new.number, other.number), max(new.number, other.number))
            rows.append((*pair, 1, bits, likeness.text if likeness else None))
            self.reasons[pair] = reasons
            found[pair] = bits
        self._connection.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?)", rows)
        return found

    def news_compared(
        self, new: Stored, others: Collection[Stored]
    ) -> Iterable[tuple[Stored, Likeness | None, dict[str, Value]]]:
        """The named comparisons of a report's news with other reports' news, but for those that change."""
        texts = self.texts({new.report, *(o.report for o in others)})
        likenesses = compare_texts(texts[new.report], [texts[o.report] for o in others])
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
        rows: list[tuple[int, int, int, float, None]] = []
        for one, other in pairs:
            bits, reasons = shipped_weights("recall").weigh(compare_facts(one.episode, other.episode))
            pair = (min(one.number, other.number), max(one.number, other.number))
            rows.append((*pair, 0, bits, None))
            self.reasons[pair] = reasons
        self._connection.executemany("INSERT OR IGNORE INTO pairs VALUES (?, ?, ?, ?, ?)", rows)

    def compare_answered(self, one: Stored, other: Stored) -> None:
        """Store the comparison of two episodes of which reports of one incident say that it answered them."""
        compared: dict[str, Value] = {"answered": "both", **compare_facts(one.episode, other.episode)}
        bits, reasons = shipped_weights("recall").weigh(compared)
        pair = (min(one.number, other.number), max(one.number, other.number))
        self._connection.execute("INSERT OR REPLACE INTO pairs VALUES (?, ?, 0, ?, NULL)", (*pair, bits))
        self.reasons[pair] = reasons

    def _shared_toponyms(self, first: int, second: int) -> float | None:
        a, b = self._toponyms.get(first), self._toponyms.get(second)
        if not a or not b:
            return None
        total = self._reports + _PRIOR_REPORTS
        shared = a & b
        counts: Mapping[int, int] = {}
        if shared and self._reports:
            counts = dict(
                self._connection.execute(
                    f"SELECT geonames_id, reports FROM toponym_counts WHERE geonames_id IN {numbers(shared)}"
                ).fetchall()
            )
        bits = sorted((math.log2(total / (counts.get(key, 0) + 1)) for key in shared), reverse=True)
        return round(sum(bits[:2]), 2)

    def enter(self, new: Sequence[Stored], near_texts: Collection[int]) -> None:
        """Compare the episodes of a new report, whose text is entered, with all that share a block or their wording."""
        [news] = [s for s in new if s.episode.is_main]
        met = {s.number: self.index.near(s.episode) for s in new}
        found = {s.number: s for s in self.episodes(set().union(*met.values())) if s.report != news.report}
        mains = {n for n in met[news.number] if n in found and found[n].episode.is_main}
        if near_texts:
            rows = self._connection.execute(
                f"SELECT number FROM episodes WHERE is_main AND report IN {numbers(near_texts)}"
            )
            mains.update(n for (n,) in rows)
        bits = self.compare_news(news, self.episodes(mains))
        self._compare_friends(news, bits)
        self.compare_recalled(
            (s, found[n])
            for s in new
            for n in sorted(met[s.number])
            if n in found and not (s.episode.is_main and found[n].episode.is_main)
        )

    def _compare_friends(self, news: Stored, bits: Mapping[Pair, float]) -> None:
        """Compare with each other what agrees with one third report: this one, or one that agrees with it."""
        agreeing = sorted((-b, pair[pair[0] == news.number]) for pair, b in bits.items() if b > 0)
        friends = sorted(n for _, n in agreeing[:_FRIENDS])
        if not friends:
            return
        listed = numbers(friends)
        known = {
            (a, b) for a, b in self._connection.execute(f"SELECT a, b FROM pairs WHERE a IN {listed} AND b IN {listed}")
        }
        for k, i in enumerate(friends):
            others = [j for j in friends[k + 1 :] if (i, j) not in known]
            if others:
                self.compare_news(self.episodes([i])[0], self.episodes(others))
        further: set[int] = set()
        for friend in friends:
            rows = self._connection.execute(
                "SELECT a, b FROM (SELECT a, b, bits FROM pairs WHERE a = ? AND news UNION ALL"
                f" SELECT a, b, bits FROM pairs WHERE b = ? AND news) WHERE bits > 0 ORDER BY bits DESC LIMIT {_FRIENDS}",
                (friend, friend),
            )
            members = {n for row in rows for n in row}
            if news.number in members:
                further |= members
        further -= {news.number, *(n for pair in bits for n in pair)}
        if further:
            self.compare_news(news, self.episodes(further))

    # copies

    def find_copies(self, report: int, near: Collection[int], threshold: float, max_days_apart: int) -> bool:
        """Store how far the report repeats those near in wording; whether it repeats any."""
        texts = self.texts({report, *near})
        others = [n for n in near if n != report]
        likeness = compare_texts(texts[report], [texts[n] for n in others])
        alike = [n for n, found in zip(others, likeness, strict=True) if found and found.text >= _COPY_COSINE]
        if not alike:
            return False
        rows = self._connection.execute(
            "SELECT number, published_start, published_end, json_extract(record, '$.report.words'), title,"
            f" json_extract(record, '$.report.credits') FROM reports WHERE number IN {numbers([report, *alike])}"
        )
        told = {
            n: ((start, end), read("", words or "", title), {c["text"].casefold() for c in json.loads(credits)})
            for n, start, end, words, title, credits in rows
        }
        appeared, wording, credits = told.pop(report)
        stored: list[tuple[int, int, float]] = []
        for other, (other_appeared, other_wording, other_credits) in sorted(told.items()):
            apart = days.gap(appeared, other_appeared)
            if apart is not None and apart > max_days_apart:
                continue
            score = copy_score(wording, other_wording, wording.shingles, other_wording.shingles)
            if credits & other_credits:
                score += _CREDIT_BONUS
            stored.append((min(report, other), max(report, other), score - threshold))
        self._connection.executemany("INSERT OR REPLACE INTO copy_pairs VALUES (?, ?, ?)", stored)
        return any(weight > 0 for _, _, weight in stored)


def _crowd(near: Sequence[Sequence[float]]) -> float | None:
    """How similar the texts are that lie around one, beyond its very nearest; None in a tiny archive."""
    around = [row[2] for row in near[min(_NEAREST, len(near) // 2) : _AROUND]]
    return max(0.01, sum(around) / len(around)) if len(around) > 1 else None


def standing_out(cosine: float | None, around: tuple[float | None, float | None]) -> float | None:
    """How far two texts' similarity exceeds that of the texts around them; None where that is not known."""
    if cosine is None or around[0] is None or around[1] is None:
        return None
    return round(cosine / math.sqrt(around[0] * around[1]), 3)
