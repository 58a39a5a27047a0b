"""Reports taken out of an archive, with all that was derived from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from conflict_events.store.comparing import crowd_of, day_of
from conflict_events.store.index import INDEXED_WORDS, LISTED, Index, listed
from conflict_events.store.loading import Loader
from conflict_events.store.rows import dump
from conflict_events.store.settling import Settler


@dataclass(frozen=True, slots=True)
class Touched:
    """What is left to be clustered anew where reports went: episodes of their incidents, news they were clustered with, and
    reports that they repeated. ``kept`` are incidents that nobody else tells, by the ids of the reports whose news they were.
    """

    episodes: frozenset[int] = frozenset()
    news: frozenset[int] = frozenset()
    copies: frozenset[int] = frozenset()
    kept: dict[str, str] = field(default_factory=dict)


class Remover:
    """Removes reports from one archive; what it leaves is to be clustered anew."""

    def __init__(self, connection: sqlite3.Connection, loader: Loader, settler: Settler) -> None:
        self._connection = connection
        self._loader = loader
        self._settler = settler
        self._index = Index(connection)

    def remove(self, reports: Collection[int], *, keep_ids: bool) -> Touched:
        """Remove reports by number.

        With ``keep_ids`` an incident that only they tell as news stays, without members, for what replaces them; else
        it goes with them.
        """
        gone, rest = listed(reports), f"SELECT %s FROM episodes WHERE report NOT IN {LISTED} AND"
        incidents = f"(SELECT incident FROM episodes WHERE report IN {LISTED})"
        news = f"(SELECT news FROM episodes WHERE report IN {LISTED} AND is_main)"
        episodes = self._column(f"{rest % 'number'} incident IN {incidents}", gone, gone)
        beside = self._column(f"{rest % 'number'} is_main AND news IN {news}", gone, gone)
        copies = self._column(
            f"SELECT a FROM copy_pairs WHERE b IN {LISTED} UNION SELECT b FROM copy_pairs WHERE a IN {LISTED}",
            gone,
            gone,
        )
        kept: dict[str, str] = {}
        if keep_ids:
            shared = self._column(f"{rest % 'incident'} incident IN {incidents}", gone, gone)
            told = self._connection.execute(
                f"SELECT report_id, incident FROM episodes WHERE report IN {LISTED} AND is_main AND incident IS NOT NULL",
                (gone,),
            )
            kept = {report: incident for report, incident in told if incident not in shared}
        self._settler.release(
            self._column(f"SELECT number FROM episodes WHERE report IN {LISTED}", gone), set(kept.values())
        )
        self._unlist(reports)
        self._delete(gone)
        self._leave_neighbourhoods(reports)
        return Touched(frozenset(episodes), frozenset(beside), frozenset(copies - set(reports)), kept)

    def _column(self, query: str, *values: str) -> set[Any]:
        return {value for (value,) in self._connection.execute(query, values)}

    def _unlist(self, reports: Collection[int]) -> None:
        """Take reports out of the look-up tables, under the keys that they were entered under."""
        for report in reports:
            for stored in self._loader.of_report(report):
                self._index.remove(stored.number, stored.episode)
        rows = self._connection.execute(
            f"SELECT number, published_start, published_end FROM reports WHERE number IN {LISTED}", (listed(reports),)
        )
        texts = self._loader.texts(reports)
        for number, *appeared in rows.fetchall():
            if number in texts:
                words = [word for word, _ in texts[number].strongest(INDEXED_WORDS)]
                self._index.remove_words(number, day_of((appeared[0], appeared[1])), words)

    def _delete(self, gone: str) -> None:
        """Delete all rows of reports, but for what stands in the look-up tables."""
        ids = f"(SELECT id FROM reports WHERE number IN {LISTED})"
        numbers = f"(SELECT number FROM episodes WHERE report IN {LISTED})"
        told = f"(SELECT id FROM events WHERE report IN {ids})"
        for statement in (
            f"DELETE FROM links WHERE a IN {told}",
            f"DELETE FROM links WHERE b IN {told}",
            f"DELETE FROM pairs WHERE a IN {numbers}",
            f"DELETE FROM pairs WHERE b IN {numbers}",
            *(f"DELETE FROM {table} WHERE report IN {ids}" for table in ("relations", "figures", "events")),
            f"DELETE FROM copy_pairs WHERE a IN {LISTED}",
            f"DELETE FROM copy_pairs WHERE b IN {LISTED}",
            *(f"DELETE FROM {table} WHERE report IN {LISTED}" for table in ("texts", "surroundings", "episodes")),
            f"DELETE FROM reports WHERE number IN {LISTED}",
        ):
            self._connection.execute(statement, (gone,))

    def _leave_neighbourhoods(self, reports: Collection[int]) -> None:
        """Take reports out of the neighbours of those they were near to."""
        for report in reports:
            rows = self._connection.execute(
                "SELECT s.report, neighbours FROM nearby n JOIN surroundings s ON s.report = n.report WHERE n.neighbour = ?",
                (report,),
            )
            for other, neighbours in rows.fetchall():
                near = [row for row in json.loads(neighbours) if row[0] != report]
                self._connection.execute(
                    "UPDATE surroundings SET neighbours = ?, crowd = ? WHERE report = ?",
                    (dump(near), crowd_of(near), other),
                )
            self._connection.execute("DELETE FROM nearby WHERE neighbour = ?", (report,))
