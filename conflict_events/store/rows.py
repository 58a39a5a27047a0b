"""Records as rows of an archive and back; text that no database holds (lone surrogates) is escaped in plain columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from conflict_events.records import (
    ActorRef,
    CasualtyFigure,
    DateMention,
    Event,
    Extraction,
    Incident,
    Place,
    Toll,
    from_dict,
)


def plain(text: str | None) -> str | None:
    """The text as a column holds it.

    >>> plain("a\\ud800")
    'a\\\\ud800'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8") if text is not None else None


def dump(value: Any) -> str:
    """Compact JSON; characters beyond ASCII as they are where the text is valid Unicode."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if text.isascii() or _is_valid(text) else json.dumps(value, separators=(",", ":"))


def _is_valid(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> int:
    """Insert one row by column names; gives its row id."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    done = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
    return done.lastrowid or 0


def _party(actor: ActorRef | None) -> str | None:
    return plain(actor.party or actor.name) if actor is not None else None


def _parties(actors: Iterable[ActorRef]) -> str:
    return dump([_party(a) for a in actors])


def _where(place: Place | None) -> dict[str, Any]:
    return {
        "place": plain(place.name) if place else None,
        "geonames_id": place.geonames_id if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "country": place.country if place else None,
        "place_precision": place.precision if place else None,
    }


def report_row(extraction: Extraction) -> dict[str, Any]:
    """Columns of ``reports``; incident and copies are filled in by linking."""
    report = extraction.report
    record = replace(extraction, events=(), casualties=()).to_dict()
    del record["events"], record["casualties"]
    return {
        "id": plain(report.id),
        "title": plain(report.title),
        "source": plain(report.source),
        "url": plain(report.url),
        "published_start": report.published.start,
        "published_end": report.published.end,
        "published_basis": report.published.basis,
        "main_event": plain(report.main_event),
        "record": dump(record),
    }


def event_row(event: Event, report: str, position: int) -> dict[str, Any]:
    """Columns of ``events``."""
    date: DateMention | None = event.date
    return {
        "id": plain(event.id),
        "report": plain(report),
        "position": position,
        "type": event.type,
        "class": event.class_,
        "status": event.status,
        "scope": event.scope,
        "start": date.start if date else None,
        "end": date.end if date else None,
        "date_precision": date.precision if date else None,
        **_where(event.place),
        "agents": _parties(event.agents),
        "targets": _parties(event.targets),
        "claimant": _party(event.claimant),
        "words": plain(event.trigger.text),
        "confidence": event.confidence,
        "record": dump(event.to_dict()),
    }


def figure_row(figure: CasualtyFigure, report: str, position: int) -> dict[str, Any]:
    """Columns of ``figures``."""
    return {
        "id": plain(figure.id),
        "report": plain(report),
        "position": position,
        "event": plain(figure.event),
        "outcome": figure.outcome,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "victims": figure.victims.kind,
        "attackers": figure.victims.attackers,
        "side": _party(figure.side),
        "claimant": _party(figure.claimant),
        "status": figure.status,
        "scope": figure.scope,
        "words": plain(figure.span.text),
        "confidence": figure.confidence,
        "record": dump(figure.to_dict()),
    }


def incident_row(incident: Incident, founded: int) -> dict[str, Any]:
    """Columns of ``incidents``; ``founded`` numbers incidents in the order in which the archive first held them."""
    killed, injured = _whole(incident.tolls, "killed"), _whole(incident.tolls, "injured")
    return {
        "id": incident.id,
        "founded": founded,
        "title": plain(incident.title),
        "type": incident.type,
        "class": incident.class_,
        "scope": incident.scope,
        "status": incident.status,
        "start": incident.start,
        "end": incident.end,
        "date_precision": incident.date_precision,
        "ongoing": incident.ongoing,
        **_where(incident.place),
        "reports": len(incident.reports),
        "independent_sources": incident.independent_sources,
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "killed_best": killed.best if killed else None,
        "injured_low": injured.low if injured else None,
        "injured_high": injured.high if injured else None,
        "injured_best": injured.best if injured else None,
        "confidence": incident.confidence,
        "former_ids": dump(list(incident.former_ids)),
        "record": dump(incident.to_dict()),
    }


def _whole(tolls: Iterable[Toll], outcome: str) -> Toll | None:
    return next((t for t in tolls if t.outcome == outcome and t.side is None and t.victims is None), None)


def read(cls: type[Any], text: str) -> Any:
    """The record of a class that a JSON column holds."""
    return from_dict(cls, json.loads(text))


def extraction_of(record: str, events: Iterable[str], figures: Iterable[str]) -> Extraction:
    """The extraction of a report from its own record and those of its events and figures."""
    value = json.loads(record)
    value["events"] = [json.loads(e) for e in events]
    value["casualties"] = [json.loads(f) for f in figures]
    return from_dict(Extraction, value)
