"""Records made by hand: the linked output that the gold of seeds/ describes, so that edges need no model."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from conflict_events.records import (
    Actor,
    ActorRef,
    CasualtyFigure,
    Claim,
    DateMention,
    Event,
    EventLink,
    Extraction,
    Incident,
    Linked,
    LinkedReport,
    LinkReason,
    MadeWith,
    Place,
    PlaceCandidate,
    Published,
    Relation,
    ReportInfo,
    Span,
    Toll,
    Victims,
)

SEEDS = Path(__file__).parent.parent / "seeds"
PARTIES = {"ARM": ("Armen", "Yerevan"), "AZE": ("Azerb", "Baku")}
NAMES = {"ARM": "Armenia", "AZE": "Azerbaijan"}
MADE_WITH = MadeWith("0.0.0", "en_test-0", "test")


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SEEDS / "gold" / f"{name}.json").read_text("utf-8").splitlines()]


def span(text: str, words: str, start: int = 0) -> Span:
    """The first place of ``words`` in ``text`` from ``start`` on."""
    at = text.index(words, start)
    return Span(words, at, at + len(words))


def actor(found: Span, *, report: str = "r", name: str | None = None) -> ActorRef:
    """An actor of one of the two seed parties, or of none, by the words of its span."""
    words = name or found.text
    party = next((p for p, marks in PARTIES.items() if any(m in words for m in marks)), None)
    return ActorRef(found, f"{report}/a-{party or words}", NAMES.get(party or "", words), party, "state", party)


def place(found: Span, report: str, number: int) -> Place:
    """A place of the seeds: Nerkin Hand and Tovuz have coordinates, others do not."""
    known = {
        "Nerkin": ("Nerkin Hand", 174815, 39.04131, 46.51623, "AM", "Syunik"),
        "Tovuz": ("Tovuz", 584821, 40.99249, 45.62838, "AZ", "Tovuz"),
    }
    row = next((v for k, v in known.items() if k in found.text), None)
    name, geonames_id, latitude, longitude, country, admin1 = row or (found.text, None, None, None, None, None)
    return Place(
        id=f"{report}/p{number}", span=found, name=name, geonames_id=geonames_id, latitude=latitude, longitude=longitude,
        country=country, countries=(country,) if country else (), admin1=admin1, admin2=None,
        feature="P.PPL" if row else None, radius_km=5.0 if row else None, precision="settlement" if row else "area",
        claimed_by=(), role="event", confidence=0.9,
        alternatives=(PlaceCandidate("Nerkin Shorzha", 1, 40.1, 45.2, "AM", 0.1),) if row else (),
        reason=None if row else "names an area",
    )  # fmt: skip


def date(found: Span, report: str, number: int, *, start: str | None = None, end: str | None = None) -> DateMention:
    """A date that the text alone does not anchor, unless bounds are given."""
    anchor = "published" if start else "unanchored"
    return DateMention(f"{report}/d{number}", found, start, end or start, "within", "day", anchor, None)


def figure(text: str, gold: dict[str, Any], report: str, number: int) -> CasualtyFigure:
    """A figure of the gold as the library's record."""

    def to_span(value: dict[str, Any] | None) -> Span | None:
        return Span(value["text"], value["start"], value["end"]) if value else None

    def to_actor(value: dict[str, Any] | None) -> ActorRef | None:
        found = to_span(value)
        return actor(found, report=report) if found else None

    quote, victims, where, when = (to_span(gold.get(k)) for k in ("quote", "victims", "place", "date"))
    assert quote is not None
    assert text[quote.start : quote.end] == quote.text
    trigger = to_span(gold["trigger"]) or quote
    agent = to_actor(gold.get("agent"))
    return CasualtyFigure(
        id=f"{report}/f{number}", span=quote, trigger=trigger, outcome=gold["outcome"], value=gold["value"],
        low=gold["low"], high=gold["high"], qualifier=gold["qualifier"],
        victims=Victims(victims, gold["victim_kind"], False), side=to_actor(gold["side"]),
        claimant=to_actor(gold["claimant"]), via=tuple(a for v in gold.get("via", ()) if (a := to_actor(v))),
        denied_by=(), status=gold["status"], scope=gold["scope"], cumulative=gold["cumulative"], period=None, as_of=None,
        cause=gold["cause"], agents=(agent,) if agent else (),
        place=place(where, report, 100 + number) if where else None,
        date=date(when, report, 100 + number) if when else None,
        subset_of=None, same_as=None, event=None, confidence=0.9,
    )  # fmt: skip


def extraction(
    text: str,
    *,
    report: str = "r",
    figures: tuple[CasualtyFigure, ...] = (),
    events: tuple[Event, ...] = (),
    places: tuple[Place, ...] = (),
    dates: tuple[DateMention, ...] = (),
    actors: tuple[Actor, ...] = (),
    title: str | None = None,
) -> Extraction:
    """An extraction of ``text`` with the given records."""
    return Extraction(
        schema_version="1.0", made_with=MADE_WITH,
        report=ReportInfo(
            id=report, title=title, source=None, url=None, text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            credits=(), published=Published(None, None, "unknown"), main_event=events[0].id if events else None,
        ),
        events=events, casualties=figures, places=places, dates=dates, actors=actors, relations=(), warnings=(),
    )  # fmt: skip


def event(
    found: Span, report: str, number: int, *, type_: str = "armed_clash", class_: str = "battles", **values: Any
) -> Event:
    """An asserted, current event; ``values`` override single fields."""
    fields: dict[str, Any] = {
        "id": f"{report}/e{number}", "type": type_, "class_": class_, "trigger": found, "mentions": (),
        "status": "asserted", "scope": "current", "claimant": None, "denied_by": (), "agents": (), "targets": (),
        "place": None, "date": None, "casualties": (), "confidence": 0.8,
    }  # fmt: skip
    return Event(**{**fields, **values})


def incident(id_: str, **values: Any) -> Incident:
    """An asserted, current clash without place, date or toll; ``values`` override single fields."""
    fields: dict[str, Any] = {
        "id": id_, "former_ids": (), "title": "Clash", "type": "armed_clash", "class_": "battles", "scope": "current",
        "status": "asserted", "claimed_by": (), "denied_by": (), "start": None, "end": None, "date_precision": None,
        "ongoing": False, "place": None, "places": (), "sides": (), "reports": (), "mentioned_in": (), "events": (),
        "independent_sources": 1, "tolls": (), "confidence": 0.8,
    }  # fmt: skip
    return Incident(**{**fields, **values})


def linked(
    extracts: tuple[Extraction, ...],
    incidents: tuple[Incident, ...],
    *,
    reports: tuple[LinkedReport, ...] | None = None,
    links: tuple[EventLink, ...] = (),
    relations: tuple[Relation, ...] = (),
) -> Linked:
    """A linked output; reports without a main incident unless given."""
    told = reports or tuple(LinkedReport(e.report.id, None, None) for e in extracts)
    return Linked("1.0", MADE_WITH, extracts, told, incidents, links, relations)


@cache
def seed_texts() -> dict[str, str]:
    """Report id → text of the five seeds."""
    return {path.stem: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}


@cache
def seeds_linked(*, dated: bool = False) -> Linked:
    """What the gold of seeds/ says that ``link`` comes to, with or without publication dates."""
    texts = seed_texts()
    figures = {
        row["id"]: tuple(figure(texts[row["id"]], f, row["id"], n) for n, f in enumerate(row["figures"], 1))
        for row in _lines("casualties")
    }
    events = {row["id"]: tuple(_events(row, texts[row["id"]])) for row in _lines("events")}
    extracts = tuple(
        extraction(
            texts[name], report=name, figures=figures[name], events=events[name],
            places=tuple(f.place for f in figures[name] if f.place), dates=tuple(f.date for f in figures[name] if f.date),
            actors=tuple({f.side.id: Actor(f.side.id, f.side.name, f.side.party, "state", f.side.country, (f.side.span,))
                          for f in figures[name] if f.side}.values()),
        )
        for name in texts
    )  # fmt: skip
    gold = _lines("incidents")
    incidents = tuple(_incident(row, figures, events, dated) for row in gold)
    mains = {report: row["id"] for row in gold if row["main"] for report in row["reports"]}
    return linked(
        extracts,
        incidents,
        reports=tuple(
            LinkedReport(name, mains.get(name), "agency-wire" if name == "morning-daily" else None) for name in texts
        ),
        links=(
            EventLink(
                events["regional-paper"][0].id,
                events["world-brief"][0].id,
                0.97,
                (LinkReason("place", 0.0, 4.2), LinkReason("type", "same", 0.4)),
            ),
        ),
        relations=(
            *(Relation(row["id"], r["to"], r["type"]) for row in gold for r in row["relations"]),
            Relation("regional-paper/f1", "regional-paper/f4", "contradicts"),
            Relation("explainer-desk/f7", "agency-wire/f2", "updates"),
        ),
    )


def _events(row: dict[str, Any], text: str) -> list[Event]:
    found: list[Event] = []
    for number, gold in enumerate(row["events"], 1):
        trigger = Span(gold["trigger"]["text"], gold["trigger"]["start"], gold["trigger"]["end"])
        where, when = gold["place"], gold["date"]
        found.append(
            event(
                trigger,
                row["id"],
                number,
                type_=gold["type"],
                status=gold["status"],
                scope=gold["scope"],
                mentions=tuple(Span(m["text"], m["start"], m["end"]) for m in gold["mentions"]),
                place=place(Span(where["text"], where["start"], where["end"]), row["id"], number) if where else None,
                date=date(Span(when["text"], when["start"], when["end"]), row["id"], number) if when else None,
            )
        )
    return found


def _incident(
    row: dict[str, Any],
    figures: dict[str, tuple[CasualtyFigure, ...]],
    events: dict[str, tuple[Event, ...]],
    dated: bool,
) -> Incident:
    told = tuple(row["reports"])
    own = [e for name in told for e in events[name] if e.status in ("asserted", "claimed", "denied")]
    main = tuple(e for e in own if e.scope == "current" and e.id.endswith("/e1")) if row["main"] else ()
    where = next((e.place for e in own if e.place and row["place"] and e.place.name == row["place"]["name"]), None)
    current = row["scope"] == "current"
    anchor = Span("x", 0, 1)
    return incident(
        row["id"], title=row["title"], type=row["type"], scope=row["scope"], status=row["status"],
        class_="war" if row["type"] == "war" else "battles",
        claimed_by=tuple(row["claimed_by"]), denied_by=tuple(row["denied_by"]),
        start=_day(row["start"], False) if dated or not current else None,
        end=_day(row["end"], True) if dated or not current else None,
        date_precision="day" if current else {4: "year", 7: "month"}.get(len(row["end"] or "")),
        place=where, places=(where,) if where else (),
        sides=tuple(ActorRef(anchor, f"seeds/{s}", NAMES[s], s, "state", s) for s in row["sides"]),
        reports=told, mentioned_in=tuple(row["mentioned_in"]), events=tuple(e.id for e in main),
        independent_sources=row["independent_sources"] or 1,
        tolls=tuple(_toll(t, figures) for t in row["tolls"]),
    )  # fmt: skip


def _day(value: str | None, end: bool) -> str | None:
    if value is None:
        return None
    filling = {4: "-12-31" if end else "-01-01", 7: "-30" if end else "-01"}
    return value + filling.get(len(value), "")


def _toll(row: dict[str, Any], figures: dict[str, tuple[CasualtyFigure, ...]]) -> Toll:
    claims = [(figures[c["report"]][c["figure"]], c) for c in row["claims"]]
    standing = next((f.id for f, c in reversed(claims) if not c["superseded"]), None)
    side = next((f.side for f, _ in claims if f.side), None) if row["side"] else None
    return Toll(
        side=side, victims=row["victims"], outcome=row["outcome"], low=row["low"], high=row["high"], best=row["best"],
        rule=row["rule"], disputed=row["disputed"],
        claims=tuple(
            Claim(
                f.id, c["report"], f.claimant, c["interest"], c["value"], c["low"], c["high"],
                (standing or "explainer-desk/f7") if c["superseded"] else None,
            )
            for f, c in claims
        ),
    )  # fmt: skip
