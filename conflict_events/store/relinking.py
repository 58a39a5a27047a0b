"""A whole archive linked at once, as a collection is: the same incidents as ``EventGraph.build`` finds.

Words, toponyms and facts are weighed by all reports of the archive, and the comparisons are written down, so that
reports that come later are compared by the same weights.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from conflict_events.graph.comparisons import shipped_weights
from conflict_events.graph.copies import copy_score
from conflict_events.graph.decisions import Hand, obey
from conflict_events.graph.episodes import Episode, episodes_of
from conflict_events.graph.linking import COPY_BITS, LinkConfig, Linker
from conflict_events.graph.matching import Matched
from conflict_events.records import Extraction
from conflict_events.store.comparing import crowd_of, day_of, standing_out
from conflict_events.store.index import INDEXED_WORDS, Index
from conflict_events.store.loading import Pair, dump_weights
from conflict_events.store.regions import Items, Regions
from conflict_events.store.rows import dump, plain
from conflict_events.store.schema import DERIVED
from conflict_events.store.settling import Settler
from conflict_events.store.texts import StoredText, word_number

# two copies that batch linking grouped stay together at least by this
_LEAST_COPY_WEIGHT = 0.01


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Numbers of reports and episodes in the archive, in the linker's order."""

    reports: list[int]
    episodes: list[int]


class Relinker:
    """Links all of one archive; ``extractions`` are all of its reports in order of ids."""

    def __init__(self, connection: sqlite3.Connection, extractions: Sequence[Extraction], config: LinkConfig) -> None:
        self._connection = connection
        self.config = config
        self.extractions = extractions
        episodes = [episode for e in extractions for episode in episodes_of(e)]
        self.linker = Linker(extractions, episodes, config)
        self._numbers = self._numbered(episodes)
        self._strongest: list[dict[int, float]] = []

    def _numbered(self, episodes: Sequence[Episode]) -> _Numbers:
        rows = self._connection.execute("SELECT id, number FROM reports")
        reports = dict(rows.fetchall())
        rows = self._connection.execute("SELECT report_id, position, number FROM episodes")
        placed = {(report, position): number for report, position, number in rows}
        return _Numbers(
            [reports[plain(e.report.id)] for e in self.extractions],
            [placed[plain(e.report) or "", e.number] for e in episodes],
        )

    def weigh(self) -> None:
        """Replace all that linking derived from the reports, and what their words weigh."""
        connection, linker = self._connection, self.linker
        for table in DERIVED:
            connection.execute(f"DELETE FROM {table}")
        words = Counter(word_number(w) for item in linker.wordings.items for w in set(item.words))
        toponyms = Counter(key for named in linker.toponyms for key in named)
        connection.executemany("INSERT INTO word_counts VALUES (?, ?)", sorted(words.items()))
        connection.executemany("INSERT INTO toponym_counts VALUES (?, ?)", sorted(toponyms.items()))
        meta = {
            "weighed_reports": str(len(self.extractions)),
            "bare_weights": dump_weights(linker.matcher.bare_weights),
        }
        connection.executemany("UPDATE meta SET value = ? WHERE key = ?", [(v, k) for k, v in meta.items()])
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'weighing'")

    def enter(self) -> None:
        """Write the look-up tables of all reports."""
        index = Index(self._connection)
        texts: list[tuple[int | bytes, ...]] = []
        for n, item in enumerate(self.linker.wordings.items):
            text = StoredText.of(item, self.linker.wordings.rarity)
            number = self._numbers.reports[n]
            strongest = text.strongest(INDEXED_WORDS)
            self._strongest.append(dict(strongest))
            texts.append((number, *text.to_blobs()))
            index.add_words(number, day_of(self.linker.published[n]), strongest)
        self._connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)", texts)
        self._enter_surroundings()
        for number, episode in zip(self._numbers.episodes, self.linker.episodes, strict=True):
            index.add(number, episode)

    def _enter_surroundings(self) -> None:
        groups = {e.report.id: n for e, n in zip(self.extractions, self._numbers.reports, strict=True)}
        rows: list[tuple[int, int, float | None, str, str]] = []
        nearby: list[tuple[int, int]] = []
        for n, extraction in enumerate(self.extractions):
            report = extraction.report.id
            near = sorted(
                (
                    (self._numbers.reports[m], round(self._score(n, m), 6), round(self.linker.wordings.cosine(n, m), 6))
                    for m in self.linker.neighbours[n]
                ),
                key=lambda row: (-row[1], row[0]),
            )
            nearby.extend((other, self._numbers.reports[n]) for other, _, _ in near)
            group = groups[self.linker.copy_of[report] or report]
            toponyms = dump(sorted(self.linker.toponyms[n]))
            rows.append((self._numbers.reports[n], group, crowd_of(near), toponyms, dump(near)))
        self._connection.executemany("INSERT INTO surroundings VALUES (?, ?, ?, ?, ?)", rows)
        self._connection.executemany("INSERT OR IGNORE INTO nearby VALUES (?, ?)", nearby)

    def _score(self, n: int, m: int) -> float:
        own, other = self._strongest[n], self._strongest[m]
        return sum(weight * other[word] for word, weight in own.items() if word in other)

    def compare(self) -> Matched:
        """Match all episodes, and write the pairs, the clusters of news, and the copies."""
        matched = self.linker.match()
        rows = [
            self._pair_row(*row)
            for row in zip(matched.first.tolist(), matched.second.tolist(), matched.bits.tolist(), strict=True)
        ]
        self._connection.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?)", sorted(rows))
        self._write_news()
        self._write_copies()
        return matched

    def _pair_row(self, i: int, j: int, bits: float) -> tuple[int, int, bool, float, float | None]:
        """A pair as it is stored: without what changes as reports arrive."""
        linker = self.linker
        a, b = linker.episodes[i], linker.episodes[j]
        first, second = linker.text_of[a.report], linker.text_of[b.report]
        cosine: float | None = None
        if a.is_main and b.is_main:
            if linker.wordings.items[first].words and linker.wordings.items[second].words:
                cosine = linker.wordings.cosine(first, second)
                around = standing_out(cosine, linker.crowd[first], linker.crowd[second])
                if around is not None:
                    bits -= round(shipped_weights("news").of("stands_out", around), 3)
            if (linker.copy_of[a.report] or a.report) == (linker.copy_of[b.report] or b.report):
                bits -= COPY_BITS
        elif not a.is_main and not b.is_main and linker.news_of[a.report] == linker.news_of[b.report]:
            bits -= round(shipped_weights("recall").of("news", "same"), 3)
        ends = sorted((self._numbers.episodes[i], self._numbers.episodes[j]))
        return ends[0], ends[1], a.is_main and b.is_main, round(bits, 6), cosine

    def _write_news(self) -> None:
        first: dict[int, int] = {}
        rows: list[tuple[int, int]] = []
        for number, episode in zip(self._numbers.episodes, self.linker.episodes, strict=True):
            if episode.is_main:
                name = first.setdefault(self.linker.news_of[episode.report], number)
                rows.append((name, self._numbers.reports[self.linker.text_of[episode.report]]))
        self._connection.executemany("UPDATE episodes SET news = ? WHERE report = ?", rows)

    def _write_copies(self) -> None:
        linker = self.linker
        groups: dict[str, list[int]] = {}
        for n, extraction in enumerate(self.extractions):
            report = extraction.report.id
            groups.setdefault(linker.copy_of[report] or report, []).append(n)
        rows: list[tuple[int, int, float]] = []
        for group in groups.values():
            for k, n in enumerate(group):
                for m in group[k + 1 :]:
                    a, b = linker.wordings.items[n], linker.wordings.items[m]
                    weight = copy_score(a, b, a.shingles, b.shingles) - self.config.copies.threshold
                    ends = sorted((self._numbers.reports[n], self._numbers.reports[m]))
                    rows.append((ends[0], ends[1], max(weight, _LEAST_COPY_WEIGHT)))
        self._connection.executemany("INSERT INTO copy_pairs VALUES (?, ?, ?)", rows)
        self._connection.executemany(
            "UPDATE reports SET copy_of = ? WHERE number = ? AND copy_of IS NOT ?",
            [
                (plain(linker.copy_of[e.report.id]), n, plain(linker.copy_of[e.report.id]))
                for e, n in zip(self.extractions, self._numbers.reports, strict=True)
            ],
        )

    def settle(self, matched: Matched, regions: Regions, settler: Settler, hand: Hand, items: Items) -> list[str]:
        """Write the incidents, as decisions by hand want them; ids of all that were written."""
        numbers = self._numbers.episodes
        members: dict[int, list[int]] = {}
        for number, incident in zip(numbers, matched.incident.tolist(), strict=True):
            members.setdefault(incident, []).append(number)
        nodes = regions.nodes(numbers)
        clusters = list(members.values())
        if hand.group_of:
            clusters = self._obeyed(clusters, matched, hand, items(numbers))
            clusters = [sorted(c, key=lambda n: nodes[n].key) for c in clusters]
        settler.at_hand = {
            number: replace(episode, report=plain(episode.report) or "")
            for number, episode in zip(numbers, self.linker.episodes, strict=True)
        }
        try:
            return settler.settle(nodes, clusters, set(numbers))
        finally:
            settler.at_hand = {}

    def _obeyed(
        self, clusters: Sequence[Sequence[int]], matched: Matched, hand: Hand, named: Mapping[int, Collection[str]]
    ) -> list[list[int]]:
        numbers = self._numbers.episodes
        bits: dict[Pair, float] = {}
        for i, j, weight in zip(matched.first.tolist(), matched.second.tolist(), matched.bits.tolist(), strict=True):
            a, b = numbers[i], numbers[j]
            bits[min(a, b), max(a, b)] = weight
        return obey(
            clusters,
            lambda n: hand.group(named.get(n, ())),
            hand,
            lambda a, b: bits.get((min(a, b), max(a, b)), 0.0),
        )
