"""``doc._.extraction``: the typed records of a processed Doc, built from its span groups when asked for."""

from __future__ import annotations

import hashlib
from typing import Any

from spacy.tokens import Doc

from conflict_events.__about__ import __version__
from conflict_events.errors import warning_message
from conflict_events.pipeline import state
from conflict_events.records import (
    SCHEMA_VERSION,
    Actor,
    ActorRef,
    CasualtyFigure,
    DateMention,
    Event,
    Extraction,
    MadeWith,
    Place,
    PlaceCandidate,
    Published,
    Relation,
    ReportInfo,
    ReportWarning,
    Span,
    Victims,
)
from conflict_events.text.words import content_words


def install() -> None:
    """Register ``doc._.extraction``; an extension that another library put there is left alone."""
    if not Doc.has_extension("extraction"):
        Doc.set_extension("extraction", getter=extraction)


def extraction(doc: Doc) -> Extraction:
    """The records of ``doc``, ids prefixed with the report's own ("report/f1").

    What a component that has not run would have found is empty.
    """
    return _Builder(doc).build()


class _Builder:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.meta = state.report(doc)
        self.text: str = self.meta.get("text") or doc.text
        self.report_id: str = self.meta.get("id") or "report"
        self.actor_values: dict[str, dict[str, Any]] = {}
        self.dates: dict[str, DateMention] = {}
        self.places: dict[str, Place] = {}

    def _id(self, local: str) -> str:
        return f"{self.report_id}/{local}"

    def _maybe_id(self, local: str | None) -> str | None:
        return self._id(local) if local else None

    def _span(self, chars: list[int]) -> Span:
        start, end = chars
        return Span(self.text[start:end], start, end)

    def _actor_ref(self, value: dict[str, Any]) -> ActorRef:
        known = self.actor_values[value["id"]]
        return ActorRef(
            span=self._span(value["span"]),
            id=self._id(value["id"]),
            name=known["name"],
            party=known["party"],
            kind=known["kind"],
            country=known["country"],
        )

    def _maybe_actor(self, value: dict[str, Any] | None) -> ActorRef | None:
        return self._actor_ref(value) if value else None

    def _actor_refs(self, values: list[dict[str, Any]] | None) -> tuple[ActorRef, ...]:
        return tuple(self._actor_ref(v) for v in values or ())

    def _chars(self, found: state.Found) -> list[int]:
        return found.values.get("chars") or state.char_range(self.doc, found.start, found.end)

    def build(self) -> Extraction:
        for found in state.read(self.doc, state.DATES):
            self.dates[found.id] = self._date(found)
        for found in state.read(self.doc, state.PLACES):
            self.places[found.id] = self._place(found)
        actors = self._actors()
        figures = tuple(self._figure(f) for f in state.read(self.doc, state.CASUALTIES))
        events = tuple(self._event(f) for f in state.read(self.doc, state.EVENTS))
        assembled = state.attrs(self.doc, state.EVENTS)
        published = assembled.get("published") or self._given_date()
        return Extraction(
            schema_version=SCHEMA_VERSION,
            made_with=MadeWith(
                version=__version__,
                model=self.meta.get("model") or "unknown",
                gazetteer=state.attrs(self.doc, state.PLACES).get("gazetteer") or "none",
            ),
            report=ReportInfo(
                id=self.report_id,
                title=self.meta.get("title"),
                source=self.meta.get("source"),
                url=self.meta.get("url"),
                text_sha256=hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(),
                credits=tuple(self._span(c) for c in assembled.get("credits", ())),
                published=Published(**published),
                main_event=self._maybe_id(assembled.get("main_event")),
                words=content_words(self.doc.text),
            ),
            events=events,
            casualties=figures,
            places=tuple(self.places.values()),
            dates=tuple(self.dates.values()),
            actors=actors,
            relations=tuple(
                Relation(self._id(r["from"]), self._id(r["to"]), r["type"]) for r in assembled.get("relations", ())
            ),
            warnings=self._warnings(),
        )

    def _warnings(self) -> tuple[ReportWarning, ...]:
        found = [ReportWarning(w["code"], w["message"]) for w in self.meta.get("warnings", ())]
        if len(self.doc) and not self.doc.has_annotation("DEP"):
            found.append(ReportWarning("CE107", warning_message("CE107")))
        if any(f.values.get("beyond") for f in state.read(self.doc, state.CASUALTIES)):
            found.append(ReportWarning("CE108", warning_message("CE108")))
        return tuple(found)

    def _given_date(self) -> dict[str, Any]:
        given = state.published_interval(self.doc)
        if given:
            return {"start": given[0], "end": given[1], "basis": "given"}
        from_text = state.attrs(self.doc, state.DATES).get("published")
        return from_text or {"start": None, "end": None, "basis": "unknown"}

    def _date(self, found: state.Found) -> DateMention:
        v = found.values
        return DateMention(
            id=self._id(found.id),
            span=self._span(self._chars(found)),
            start=v["start"],
            end=v["end"],
            extent=v["extent"],
            precision=v["precision"],
            anchor=v["anchor"],
            timex=v["timex"],
        )

    def _place(self, found: state.Found) -> Place:
        v = found.values
        return Place(
            id=self._id(found.id),
            span=self._span(self._chars(found)),
            name=v["name"],
            geonames_id=v["geonames_id"],
            latitude=v["latitude"],
            longitude=v["longitude"],
            country=v["country"],
            countries=tuple(v["countries"]),
            admin1=v["admin1"],
            admin2=v["admin2"],
            feature=v["feature"],
            radius_km=v["radius_km"],
            precision=v["precision"],
            claimed_by=tuple(v["claimed_by"]),
            role=v["role"],
            confidence=v["confidence"],
            alternatives=tuple(PlaceCandidate(**a) for a in v["alternatives"]),
            reason=v["reason"],
        )

    def _actors(self) -> tuple[Actor, ...]:
        mentions: dict[str, list[Span]] = {}
        for found in state.read(self.doc, state.ACTORS):
            self.actor_values[found.id] = found.values
            mentions.setdefault(found.id, []).append(self._span(self._chars(found)))
        return tuple(
            Actor(self._id(k), v["name"], v["party"], v["kind"], v["country"], tuple(mentions[k]))
            for k, v in self.actor_values.items()
        )

    def _figure(self, found: state.Found) -> CasualtyFigure:
        v = found.values
        victims = v["victims"]
        return CasualtyFigure(
            id=self._id(found.id),
            span=self._span(self._chars(found)),
            trigger=self._span(v["trigger"]),
            outcome=v["outcome"],
            value=v["value"],
            low=v["low"],
            high=v["high"],
            qualifier=v["qualifier"],
            victims=Victims(
                span=self._span(victims["span"]) if victims["span"] else None,
                kind=victims["kind"],
                attackers=victims["attackers"],
            ),
            side=self._maybe_actor(v.get("side_actor")),
            claimant=self._maybe_actor(v.get("claimant")),
            via=self._actor_refs(v.get("via")),
            denied_by=self._actor_refs(v.get("denied_by")),
            status=v.get("status", "asserted"),
            scope=v.get("scope", "current"),
            cumulative=v.get("cumulative", False),
            period=self.dates.get(v.get("period") or ""),
            as_of=self.dates.get(v.get("as_of") or ""),
            cause=v.get("cause", "unknown"),
            agents=self._actor_refs(v.get("agents")),
            place=self.places.get(v.get("place") or ""),
            date=self.dates.get(v.get("date") or ""),
            subset_of=self._maybe_id(v.get("subset_of")),
            same_as=self._maybe_id(v.get("same_as")),
            event=self._maybe_id(v.get("event")),
            confidence=v["confidence"],
        )

    def _event(self, found: state.Found) -> Event:
        v = found.values
        return Event(
            id=self._id(found.id),
            type=v["type"],
            class_=v["class"],
            trigger=self._span(self._chars(found)),
            mentions=tuple(self._span(m) for m in v["mentions"]),
            status=v["status"],
            scope=v["scope"],
            claimant=self._maybe_actor(v.get("claimant")),
            denied_by=self._actor_refs(v.get("denied_by")),
            agents=self._actor_refs(v.get("agents")),
            targets=self._actor_refs(v.get("targets")),
            place=self.places.get(v.get("place") or ""),
            date=self.dates.get(v.get("date") or ""),
            casualties=tuple(self._id(f) for f in v["casualties"]),
            confidence=v["confidence"],
        )
