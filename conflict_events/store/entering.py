"""A report written to an archive with its events and figures, before it is linked."""

from __future__ import annotations

import sqlite3

from conflict_events.graph.episodes import Episode, episodes_of
from conflict_events.graph.wording import read
from conflict_events.records import Extraction
from conflict_events.store.facts import facts_of
from conflict_events.store.rows import event_row, figure_row, insert, plain, report_row


def enter(connection: sqlite3.Connection, extraction: Extraction) -> int:
    """Write a report with its events and figures, each under its episode; the report's number.

    Raises ``sqlite3.IntegrityError`` where one of its ids is taken.
    """
    id_ = extraction.report.id
    report = insert(connection, "reports", report_row(extraction))
    placed: dict[str, tuple[int | None, int | None]] = {}
    worded = bool(read(id_, extraction.report.words or "", extraction.report.title).words)
    for episode in episodes_of(extraction):
        number = _enter_episode(connection, report, episode, worded=worded)
        placed.update({e.id: (number, n) for n, e in enumerate(episode.events)})
        placed.update({f.id: (number, n) for n, f in enumerate(episode.figures)})
    for position, event in enumerate(extraction.events):
        in_number, n = placed.get(event.id, (None, None))
        insert(connection, "events", {**event_row(event, id_, position), "episode": in_number, "in_episode": n})
    for position, figure in enumerate(extraction.casualties):
        in_number, n = placed.get(figure.id, (None, None))
        insert(connection, "figures", {**figure_row(figure, id_, position), "episode": in_number, "in_episode": n})
    told = {(plain(id_), plain(r.from_), plain(r.to), r.type) for r in extraction.relations}
    connection.executemany("INSERT INTO relations VALUES (?, ?, ?, ?)", sorted(told))
    return report


def _enter_episode(connection: sqlite3.Connection, report: int, episode: Episode, *, worded: bool) -> int:
    return insert(
        connection,
        "episodes",
        {
            "report": report,
            "report_id": plain(episode.report),
            "position": episode.number,
            "is_main": episode.is_main,
            "background": episode.background,
            "facts": facts_of(episode, worded=worded),
        },
    )
