"""The archive read back as records: extractions, and the whole as what ``link`` returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from conflict_events.graph.build import incident_order, made_with
from conflict_events.graph.episodes import episodes_of
from conflict_events.graph.incidents import Cluster
from conflict_events.graph.relations import between_figures, between_incidents
from conflict_events.records import (
    SCHEMA_VERSION,
    Decision,
    EventLink,
    Extraction,
    Incident,
    Linked,
    LinkedReport,
)
from conflict_events.store.rows import extraction_of, plain, read
from conflict_events.store.settling import reasons_of


def read_extraction(connection: sqlite3.Connection, report: str) -> Extraction | None:
    """The extraction of a report, None for an unknown one."""
    id_ = plain(report)
    row = connection.execute("SELECT record FROM reports WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return None
    events = connection.execute("SELECT record FROM events WHERE report = ? ORDER BY position", (id_,))
    figures = connection.execute("SELECT record FROM figures WHERE report = ? ORDER BY position", (id_,))
    return extraction_of(row[0], (r for (r,) in events), (r for (r,) in figures))


def linked_of(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> Linked:
    """Everything the archive holds, in the order in which ``link`` returns it."""
    events: dict[str, list[str]] = {}
    for report, record in connection.execute("SELECT report, record FROM events ORDER BY report, position"):
        events.setdefault(report, []).append(record)
    figures: dict[str, list[str]] = {}
    for report, record in connection.execute("SELECT report, record FROM figures ORDER BY report, position"):
        figures.setdefault(report, []).append(record)
    reports = connection.execute("SELECT id, record, main_incident, copy_of FROM reports ORDER BY id").fetchall()
    extracts = [extraction_of(record, events.get(id_, ()), figures.get(id_, ())) for id_, record, _, _ in reports]
    told = tuple(LinkedReport(e.report.id, row[2], row[3]) for e, row in zip(extracts, reports, strict=True))
    incidents: list[Incident] = [
        read(Incident, record) for (record,) in connection.execute("SELECT record FROM incidents ORDER BY id")
    ]
    clusters = _clusters(connection, incidents, extracts)
    sources = {r.id: r.copy_of or r.id for r in told}
    return Linked(
        schema_version=SCHEMA_VERSION,
        made_with=made_with(extracts),
        extracts=tuple(extracts),
        reports=told,
        incidents=tuple(sorted(incidents, key=incident_order)),
        links=tuple(
            EventLink(a, b, score, reasons_of(reasons))
            for a, b, score, reasons in connection.execute("SELECT a, b, score, reasons FROM links ORDER BY a, b")
        ),
        relations=(
            *between_incidents(clusters, incidents, extracts),
            *between_figures(incidents, sources, extracts),
        ),
        decisions=tuple(decisions),
    )


def _clusters(
    connection: sqlite3.Connection, incidents: Sequence[Incident], extracts: Sequence[Extraction]
) -> list[Cluster]:
    episodes = {(e.report, e.number): e for extraction in extracts for e in episodes_of(extraction)}
    members: dict[str, list[tuple[str, int]]] = {}
    for incident, report, position in connection.execute(
        "SELECT e.incident, r.id, e.position FROM episodes e JOIN reports r ON r.number = e.report"
        " WHERE e.incident IS NOT NULL ORDER BY r.id, e.position"
    ):
        members.setdefault(incident, []).append((report, position))
    return [Cluster(tuple(episodes[key] for key in members[i.id]), i.confidence) for i in incidents]
