"""Records made by hand, with as little said as a test needs."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import conflict_events
from conflict_events.graph.statements import Told
from conflict_events.records import (
    Actor,
    ActorRef,
    CasualtyFigure,
    DateMention,
    Event,
    Extraction,
    MadeWith,
    Place,
    Published,
    Relation,
    ReportInfo,
    Span,
    Toll,
    Victims,
)
from conflict_events.text.words import content_words

PACKAGE = str(Path(conflict_events.__file__).parent)
NOWHERE = Span("", 0, 0)


def work(run: Callable[[], object]) -> int:
    """How many lines of the library a call runs, loops counted as often as they turn: the same on any machine."""
    count = 0

    def trace(frame: Any, event: str, _: object) -> Any:
        nonlocal count
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def actor(party: str, *, name: str | None = None, kind: Any = "state") -> ActorRef:
    return ActorRef(NOWHERE, f"r/{party}", name or party, party, kind, None)


def day(start: str | None, end: str | None = None, *, precision: Any = "day", timex: str | None = None) -> DateMention:
    last = end if end is not None else start
    return DateMention("r/d", NOWHERE, start, last, "within", precision, "explicit", timex)


def weekday(number: int) -> DateMention:
    return DateMention("r/d", NOWHERE, None, None, "within", "day", "unanchored", f"XXXX-WXX-{number}")


def place(
    name: str,
    latitude: float | None,
    longitude: float | None,
    country: str | None = None,
    precision: Any = "settlement",
) -> Place:
    number = int(hashlib.sha256(name.encode()).hexdigest()[:6], 16)
    return Place(
        "r/p", NOWHERE, name, number, latitude, longitude, country, (), None, None, None, None, precision, (),
        "event", 0.9, (), None,
    )  # fmt: skip


def bounds(value: int | None, qualifier: str) -> tuple[int | None, int | None]:
    number = value or 0
    return {
        "exact": (value, value),
        "at_least": (value, None),
        "more_than": (number + 1, None),
        "about": (None, None),
        "nearly": (None, value),
        "vague": (3, None),
        "unspecified": (2, None),
    }[qualifier]


def figure(
    id_: str,
    value: int | None,
    *,
    outcome: Any = "killed",
    qualifier: Any = "exact",
    side: str | None = None,
    by: str | None = None,
    kind: Any = "unknown",
    attackers: bool = False,
    **more: Any,
) -> CasualtyFigure:
    low, high = bounds(value, qualifier)
    made = CasualtyFigure(
        id=id_,
        span=NOWHERE,
        trigger=NOWHERE,
        outcome=outcome,
        value=value,
        low=low,
        high=high,
        qualifier=qualifier,
        victims=Victims(None, kind, attackers),
        side=actor(side) if side else None,
        claimant=actor(by) if by else None,
        via=(),
        denied_by=(),
        status="claimed" if by else "asserted",
        scope="current",
        cumulative=False,
        period=None,
        as_of=None,
        cause="unknown",
        agents=(),
        place=None,
        date=None,
        subset_of=None,
        same_as=None,
        event=None,
        confidence=0.9,
    )
    return replace(made, **more)


def told(
    figure_: CasualtyFigure, *, on: str | None = None, source: str | None = None, copy_group: str | None = None
) -> Told:
    report = figure_.id.rpartition("/")[0]
    return Told(figure_, report, source, (on, on) if on else None, copy_group or report)


def row(tolls: Sequence[Toll], outcome: str = "killed", side: str | None = None, victims: str | None = None) -> Toll:
    [found] = [
        t for t in tolls if t.outcome == outcome and t.victims == victims and (t.side.party if t.side else None) == side
    ]
    return found


def sides_of(tolls: Sequence[Toll], outcome: str = "killed") -> set[str | None]:
    return {t.side.party if t.side else None for t in tolls if t.outcome == outcome}


def border_clash(*, dates: bool = False) -> list[Told]:
    """Three reports: the whole and both sides' own counts, the same recast, and a raised count later."""
    first, later = ("2021-05-04", "2021-05-06") if dates else (None, None)
    return [
        told(figure("a/f1", 100, qualifier="nearly"), on=first, copy_group="a"),
        told(
            figure("a/f2", 49, qualifier="at_least", side="ARM", by="ARM", subset_of="a/f1"), on=first, copy_group="a"
        ),
        told(figure("a/f3", 50, side="AZE", by="AZE", subset_of="a/f1"), on=first, copy_group="a"),
        told(figure("b/f1", 100, qualifier="about"), on=first, copy_group="a"),
        told(figure("b/f2", 50, side="AZE", by="AZE", subset_of="b/f1"), on=first, copy_group="a"),
        told(
            figure("b/f3", 49, qualifier="at_least", side="ARM", by="ARM", subset_of="b/f1"), on=first, copy_group="a"
        ),
        told(figure("c/f1", 50, side="AZE"), on=later),
        told(figure("c/f2", 105, qualifier="at_least", side="ARM", by="ARM"), on=later),
    ]


def event(id_: str, type_: str = "armed_clash", class_: str = "battles", **more: Any) -> Event:
    made = Event(
        id=id_,
        type=type_,
        class_=class_,
        trigger=NOWHERE,
        mentions=(),
        status="asserted",
        scope="current",
        claimant=None,
        denied_by=(),
        agents=(),
        targets=(),
        place=None,
        date=None,
        casualties=(),
        confidence=0.9,
    )
    return replace(made, **more)


def extraction(
    id_: str,
    events: Sequence[Event] = (),
    figures: Sequence[CasualtyFigure] = (),
    *,
    text: str = "",
    main: str | None = None,
    published: str | None = None,
    relations: Sequence[Relation] = (),
    source: str | None = None,
    actors: Sequence[Actor] = (),
) -> Extraction:
    return Extraction(
        schema_version="1.0",
        made_with=MadeWith("0", "hand", "none"),
        report=ReportInfo(
            id=id_,
            title=None,
            source=source,
            url=None,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            credits=(),
            published=Published(published, published, "given" if published else "unknown"),
            main_event=main,
            words=content_words(text),
        ),
        events=tuple(events),
        casualties=tuple(figures),
        places=(),
        dates=(),
        actors=tuple(actors),
        relations=tuple(relations),
        warnings=(),
    )
