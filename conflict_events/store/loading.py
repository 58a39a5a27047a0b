"""What comparisons read from an archive, the episodes and texts used last kept at hand."""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from conflict_events.graph.comparisons import Weights, shipped_weights
from conflict_events.graph.episodes import Episode
from conflict_events.store.facts import episode_from
from conflict_events.store.index import LISTED, listed
from conflict_events.store.rows import dump
from conflict_events.store.texts import Counts, StoredText, word_number

Pair = tuple[int, int]
K = TypeVar("K")
V = TypeVar("V")

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

    def among(self, wanted: Iterable[K]) -> tuple[dict[K, V], list[K]]:
        """The values of the keys that are kept, and the other keys."""
        known = {key: self.get(key) for key in wanted}
        found = {key: value for key, value in known.items() if value is not None}
        return found, [key for key in known if key not in found]


@dataclass(frozen=True, slots=True)
class Stored:
    """An episode as comparisons need it, with its number and that of its report, and whether that has words."""

    number: int
    report: int
    episode: Episode
    worded: bool

    @property
    def key(self) -> tuple[str, int]:
        """What orders episodes, whatever order their reports came in."""
        return self.episode.report, self.episode.number


def pair_of(one: Stored, other: Stored) -> Pair:
    """The pair under which a comparison of two episodes is stored."""
    return min(one.number, other.number), max(one.number, other.number)


def dump_weights(weights: Weights) -> str:
    """Match weights as JSON."""
    return dump({"prior": weights.prior, "levels": weights.levels, "knots": weights.knots})


def read_weights(text: str) -> Weights:
    """What ``dump_weights`` gave."""
    value = json.loads(text)
    knots = {name: tuple((x, y) for x, y in points) for name, points in value["knots"].items()}
    return Weights(value["prior"], value["levels"], knots)


class Loader:
    """Reads episodes, texts and counts of one archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._weighing = -1
        self.weighed_reports = 0
        # what facts weigh where one of two reports has no words, as fitted at the last weighing
        self.bare_weights = shipped_weights("recall")
        self.forget()

    def refresh(self) -> None:
        """Forget what rests on an older weighing, which another process may have replaced."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta").fetchall())
        weighing = int(meta["weighing"])
        if weighing != self._weighing:
            self.forget()
            self.bare_weights = (
                read_weights(meta["bare_weights"]) if meta["bare_weights"] else shipped_weights("recall")
            )
        self._weighing, self.weighed_reports = weighing, int(meta["weighed_reports"])

    def forget(self) -> None:
        """Forget everything that was read."""
        self._weighing = -1
        self._episodes: _Kept[int, Stored] = _Kept(_KEPT_EPISODES)
        self._texts: _Kept[int, StoredText] = _Kept(_KEPT_TEXTS)
        self._toponyms: _Kept[int, frozenset[int]] = _Kept(_KEPT_TEXTS)
        self._words: dict[int, int] = {}

    def episodes(self, wanted: Iterable[int]) -> list[Stored]:
        """Episodes by number, in order of numbers."""
        found, missing = self._episodes.among(wanted)
        if missing:
            rows = self._connection.execute(
                "SELECT number, report, report_id, position, is_main, background, facts FROM episodes"
                f" WHERE number IN {LISTED}",
                (listed(missing),),
            )
            for number, report, id_, position, is_main, background, facts in rows:
                told = json.loads(facts)
                episode = episode_from(
                    told, report=id_, position=position, is_main=bool(is_main), background=bool(background)
                )
                found[number] = Stored(number, report, episode, told["worded"])
                self._episodes.put(number, found[number])
        return [found[number] for number in sorted(found)]

    def of_report(self, report: int) -> list[Stored]:
        """The episodes of a report, its main one first."""
        rows = self._connection.execute("SELECT number FROM episodes WHERE report = ?", (report,))
        return self.episodes(n for (n,) in rows)

    def mains(self, reports: Collection[int]) -> set[int]:
        """Numbers of the main episodes of reports."""
        rows = self._connection.execute(
            f"SELECT number FROM episodes WHERE report IN {LISTED} AND is_main", (listed(reports),)
        )
        return {n for (n,) in rows}

    def known_pairs(self, episodes: Collection[int]) -> set[Pair]:
        """Pairs among these episodes that are compared already."""
        wanted = listed(episodes)
        rows = self._connection.execute(
            f"SELECT a, b FROM pairs WHERE a IN {LISTED} AND b IN {LISTED}", (wanted, wanted)
        )
        return set(rows.fetchall())

    def texts(self, reports: Iterable[int]) -> dict[int, StoredText]:
        """The stored texts of reports by number."""
        found, missing = self._texts.among(reports)
        if missing:
            rows = self._connection.execute(
                "SELECT report, words, weights, lead_words, lead_weights, names, name_bits FROM texts"
                f" WHERE report IN {LISTED}",
                (listed(missing),),
            )
            for report, *blobs in rows:
                found[report] = StoredText.from_blobs(blobs)
                self._texts.put(report, found[report])
        return found

    def keep_text(self, report: int, text: StoredText) -> None:
        """Keep the text of a report that was written just now."""
        self._texts.put(report, text)

    def toponyms(self, report: int) -> frozenset[int]:
        """Gazetteer ids of the towns, villages and districts that a report names."""
        known = self._toponyms.get(report)
        if known is None:
            row = self._connection.execute("SELECT toponyms FROM surroundings WHERE report = ?", (report,)).fetchone()
            known = frozenset(json.loads(row[0]))
            self._toponyms.put(report, known)
        return known

    def toponym_counts(self, toponyms: Collection[int]) -> dict[int, int]:
        """In how many reports each stood at the last weighing, those in none left out."""
        if not toponyms or not self.weighed_reports:
            return {}
        rows = self._connection.execute(
            f"SELECT geonames_id, reports FROM toponym_counts WHERE geonames_id IN {LISTED}", (listed(toponyms),)
        )
        return dict(rows.fetchall())

    def counts(self, words: Iterable[str]) -> Counts:
        """In how many reports words stood at the last weighing."""
        wanted = {word_number(w) for w in words}
        if len(self._words) > _KEPT_WORDS:
            self._words.clear()
        missing = [n for n in wanted if n not in self._words]
        if missing and self.weighed_reports:
            self._words.update(dict.fromkeys(missing, 0))
            rows = self._connection.execute(
                f"SELECT word, reports FROM word_counts WHERE word IN {LISTED}", (listed(missing),)
            )
            self._words.update(rows.fetchall())
        return Counts(self.weighed_reports, self._words)
