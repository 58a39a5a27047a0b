"""What a new report is compared with: episodes near in place and time, and reports near in wording.

The same blocks as ``graph.blocking`` keeps for a collection, as tables: an episode stands under each day of its
violence and the half-degree cell of each place, and is looked for in the nine cells around. Episodes without a
sharp place are met by party and day. Every look-up is bounded.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from conflict_events.graph import days, space
from conflict_events.graph.blocking import SPREAD_DAYS, WINDOW_DAYS
from conflict_events.graph.episodes import Episode

# so many episodes at most are met in one look-up
_BLOCK_LIMIT = 80
# words that more reports than these of a stretch of time hold find no neighbours there
_POSTING_LIMIT = 200
INDEXED_WORDS = 30
NO_DAY = 0


# what stands behind IN for a list given by ``listed``, so that a statement is the same for any list
LISTED = "(SELECT value FROM json_each(?))"


def listed(values: Iterable[int | str]) -> str:
    """A list as a parameter of a statement that says ``IN LISTED``."""
    return json.dumps(list(values), separators=(",", ":"))


class Index:
    """The look-up tables of an archive, through an open connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, number: int, episode: Episode) -> None:
        """Enter an episode under its blocks."""
        cells, blocks = _rows(number, episode)
        self._connection.executemany("INSERT OR IGNORE INTO cells VALUES (?, ?, ?, ?)", cells)
        self._connection.executemany("INSERT OR IGNORE INTO blocks VALUES (?, ?, ?)", blocks)

    def remove(self, number: int, episode: Episode) -> None:
        """Take an episode out of its blocks."""
        cells, blocks = _rows(number, episode)
        self._connection.executemany(
            "DELETE FROM cells WHERE cell_row = ? AND cell_column = ? AND day = ? AND episode = ?", cells
        )
        self._connection.executemany("DELETE FROM blocks WHERE key = ? AND day = ? AND episode = ?", blocks)

    def near(self, episode: Episode) -> set[int]:
        """Numbers of the episodes that share a block with this one, of any report."""
        found: set[int] = set()
        span = _days(episode)
        if span:
            for row, column in sorted(set(_cells(episode))):
                met = self._connection.execute(
                    "SELECT DISTINCT episode FROM cells WHERE cell_row IN (?, ?, ?) AND cell_column IN (?, ?, ?)"
                    f" AND day BETWEEN ? AND ? LIMIT {_BLOCK_LIMIT}",
                    (row - 1, row, row + 1, column - 1, column, column + 1, span[0], span[-1]),
                )
                found.update(n for (n,) in met)
        for key, lasting in _keys_to_meet(episode, span):
            met = self._connection.execute(
                "SELECT DISTINCT episode FROM blocks WHERE key = ? AND day BETWEEN ? AND ?"
                f" ORDER BY day DESC, episode DESC LIMIT {_BLOCK_LIMIT}",
                (key, lasting[0], lasting[-1]),
            )
            found.update(n for (n,) in met)
        return found

    def add_words(self, report: int, day: int, strongest: Sequence[tuple[int, float]]) -> None:
        """Enter a report under its strongest words; ``day`` is that of its appearance, 0 where it is not known."""
        self._connection.executemany(
            "INSERT INTO postings VALUES (?, ?, ?, ?)", [(word, day, report, weight) for word, weight in strongest]
        )

    def remove_words(self, report: int, day: int, words: Iterable[int]) -> None:
        """Take a report out from under the words that it was entered under."""
        self._connection.executemany(
            "DELETE FROM postings WHERE word = ? AND day = ? AND report = ?", [(word, day, report) for word in words]
        )

    def scores(self, day: int, strongest: Sequence[tuple[int, float]]) -> dict[int, float]:
        """Reports that share strong words, with the sum of the products of their weights.

        A word that too many reports hold counts among those of the same weeks; where it is too common there as
        well it counts nowhere.
        """
        found: dict[int, float] = {}
        window = day // WINDOW_DAYS * WINDOW_DAYS
        for word, weight in strongest:
            met = self._connection.execute(
                f"SELECT report, weight FROM postings WHERE word = ? LIMIT {_POSTING_LIMIT + 1}", (word,)
            ).fetchall()
            if len(met) > _POSTING_LIMIT:
                if day == NO_DAY:
                    continue
                met = self._connection.execute(
                    "SELECT report, weight FROM postings WHERE word = ? AND day BETWEEN ? AND ?"
                    f" LIMIT {_POSTING_LIMIT + 1}",
                    (word, window - WINDOW_DAYS, window + 2 * WINDOW_DAYS - 1),
                ).fetchall()
                if len(met) > _POSTING_LIMIT:
                    continue
            for report, other in met:
                found[report] = found.get(report, 0.0) + weight * other
        return found


def _rows(number: int, episode: Episode) -> tuple[list[tuple[int, int, int, int]], list[tuple[str, int, int]]]:
    """The rows of ``cells`` and of ``blocks`` under which an episode stands."""
    span = _days(episode)
    cells = {(row, column, day, number) for row, column in _cells(episode) for day in span}
    blocks = {(key, day, number) for key, lasting in _own_keys(episode, span) for day in lasting}
    return sorted(cells), sorted(blocks)


def _cells(episode: Episode) -> Iterator[tuple[int, int]]:
    for place in episode.places:
        # the first of the four cells under which ``space.cells`` lets neighbours meet
        cell = next(space.cells(place), None)
        if cell is not None:
            yield cell


def _own_keys(episode: Episode, span: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    placed = next(_cells(episode), None) is not None
    if span:
        for party in sorted(episode.parties):
            yield f"party {party} {'placed' if placed else 'unplaced'}", span
    yield from _coarse_keys(episode, span)


def _keys_to_meet(episode: Episode, span: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    """Of two episodes with sharp places the cells decide whether they meet; only others meet by party."""
    placed = next(_cells(episode), None) is not None
    if span:
        for party in sorted(episode.parties):
            yield f"party {party} unplaced", span
            if not placed:
                yield f"party {party} placed", span
    yield from _coarse_keys(episode, span)


def _coarse_keys(episode: Episode, span: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    timeless = (NO_DAY,)
    if episode.events and not span:
        for place in episode.places:
            if place.geonames_id is not None:
                yield f"undated {place.geonames_id} {episode.events[0].class_}", timeless
    known = days.bounds(episode.when)
    if known is not None and known[1] - known[0] >= SPREAD_DAYS and len(episode.parties) > 1 and episode.when:
        for party in sorted(episode.parties):
            yield f"year {(episode.when[0] or '')[:4]} {party} {'war' if episode.is_war else 'act'}", timeless


def _days(episode: Episode) -> range:
    """Days of an episode; a report's news that nobody dates happened shortly before it appeared."""
    known = days.bounds(episode.when)
    if known is None and episode.is_main and not episode.background:
        appeared = days.bounds(episode.published)
        if appeared is not None and appeared[1] - appeared[0] <= SPREAD_DAYS:
            return range(appeared[0] - 2, appeared[1] + 1)
    if known is None or known[1] - known[0] > SPREAD_DAYS:
        return range(0)
    return range(known[0] - 1, known[1] + 2) if episode.is_main else range(known[0], known[1] + 1)
