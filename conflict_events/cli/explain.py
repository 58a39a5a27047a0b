"""``conflict-events explain``: why each figure and event was found, and who is said to state it."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from conflict_events.cli.options import (
    Failures,
    InputPaths,
    Model,
    Published,
    Settings,
    check_published,
    pipeline,
)
from conflict_events.errors import ConflictEventsError
from conflict_events.io.output import dump_line
from conflict_events.io.phrases import amount, clean
from conflict_events.io.reports import read_inputs
from conflict_events.records import ActorRef, CasualtyFigure, DateMention, Event, Extraction, Place, Report, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WIDTH = 100
_LABEL = 12
_WHY_LABEL = 16


def explain_command(
    inputs: InputPaths,
    *,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="A figure or event id (a/f2), several times.")
    ] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--pair", metavar="A B", help="Instead: why two reports (or events) are or are not of one incident."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line instead of text.")] = False,
    published: Published = None,
    model: Model = "sm",
    settings: Settings = None,
) -> None:
    """Say for each figure and event why: the words, the rule or score, the path to side and claimant."""
    failures = Failures()
    if pair is not None:
        _explain_pair(inputs, pair, failures, published, model, settings, as_json)
    else:
        wanted = set(only or ())
        for extraction, doc in _read(inputs, failures, published, model, settings):
            for found in explanations(extraction, doc):
                if wanted and found["id"] not in wanted:
                    continue
                if as_json:
                    sys.stdout.write(dump_line(found).decode("utf-8"))
                else:
                    typer.echo("\n".join(_text(found)) + "\n")
    failures.exit()


def _read(
    inputs: list[str], failures: Failures, published: str | None, model: str, settings: list[str] | None
) -> Iterator[tuple[Extraction, Doc]]:
    from conflict_events.extensions import extraction
    from conflict_events.language import prepare

    check_published(published)
    nlp = pipeline(model, settings)
    for item in read_inputs(inputs, published=published, stdin=sys.stdin.buffer):
        if isinstance(item, ConflictEventsError):
            failures(item)
        elif isinstance(item, Report):
            doc = nlp(prepare(nlp, item))
            yield extraction(doc), doc
        else:
            failures(ConflictEventsError("CE005", file=f"extraction of '{item.report.id}'", line=1))


def explanations(extraction: Extraction, doc: Doc) -> Iterator[dict[str, Any]]:
    """For each event and each figure of a processed Doc: what was decided, and the components' own reasons."""
    from conflict_events.pipeline import state

    claims = state.attrs(doc, state.CLAIMS)
    for found, figure in zip(state.read(doc, state.CASUALTIES), extraction.casualties, strict=True):
        yield {
            "id": figure.id,
            "kind": "figure",
            "words": figure.span.text,
            "sentence": _sentence(doc, found.start),
            "decided": _of_figure(figure),
            "why": {"figure": found.values.get("why") or {}, **_of_claims(doc, claims.get("figures"), found.id)},
        }
    triggers = {(f.start, f.end): f for f in state.read(doc, state.TRIGGERS)}
    for found, event in zip(state.read(doc, state.EVENTS), extraction.events, strict=True):
        trigger = triggers.get((found.start, found.end))
        yield {
            "id": event.id,
            "kind": "event",
            "words": event.trigger.text,
            "sentence": _sentence(doc, found.start),
            "decided": _of_event(event),
            "why": {
                "trigger": _lexical(trigger.values) if trigger else {},
                **_of_claims(doc, claims.get("triggers"), trigger.id if trigger else None),
                "event": found.values.get("why") or {},
            },
        }


def _sentence(doc: Doc, token: int) -> str:
    if not doc.has_annotation("SENT_START"):
        return doc.text[:200]
    return str(doc[token].sent.text)


def _of_claims(doc: Doc, answers: Mapping[str, Any] | None, id_: str | None) -> dict[str, Any]:
    """The claims component's reasons, with the words of the reporting verb instead of their characters."""
    answer = (answers or {}).get(id_ or "") or {}
    why = dict(answer.get("why") or {})
    claimant = why.get("claimant")
    if isinstance(claimant, dict) and claimant.get("cue"):
        start, end = claimant["cue"]
        why["claimant"] = {**claimant, "cue": doc.text[start:end]}
    return why


def _lexical(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: values[k] for k in ("lemma", "role", "instrument", "confidence") if values.get(k) is not None}


def _quote(span: Span) -> str:
    return f'"{clean(span.text)}"'


def _actor(actor: ActorRef | None) -> str | None:
    return f"{clean(actor.name)}, told by {_quote(actor.span)}" if actor else None


def _place(place: Place | None) -> str | None:
    return f"{clean(place.name)}, told by {_quote(place.span)}" if place else None


def _date(mention: DateMention | None) -> str | None:
    if mention is None:
        return None
    days = f"{mention.start or '?'} to {mention.end or '?'}" if mention.start or mention.end else "no calendar day"
    return f"{days}, told by {_quote(mention.span)} ({mention.anchor})"


def _of_event(event: Event) -> dict[str, str]:
    return _known(
        {
            "type": event.type,
            "status": event.status,
            "scope": event.scope,
            "agents": "; ".join(filter(None, map(_actor, event.agents))),
            "targets": "; ".join(filter(None, map(_actor, event.targets))),
            "claimant": _actor(event.claimant),
            "denied by": "; ".join(filter(None, map(_actor, event.denied_by))),
            "place": _place(event.place),
            "date": _date(event.date),
            "mentions": ", ".join(map(_quote, event.mentions)),
        }
    )


def _of_figure(figure: CasualtyFigure) -> dict[str, str]:
    return _known(
        {
            "counts": f"{amount(figure.low, figure.high, figure.value)} {figure.outcome}, by {_quote(figure.trigger)}",
            "qualifier": figure.qualifier,
            "victims": f"{_quote(figure.victims.span)}, {figure.victims.kind}" if figure.victims.span else None,
            "side": _actor(figure.side),
            "claimant": _actor(figure.claimant),
            "denied by": "; ".join(filter(None, map(_actor, figure.denied_by))),
            "status": figure.status,
            "scope": f"{figure.scope}, cumulative" if figure.cumulative else figure.scope,
            "cause": figure.cause,
            "place": _place(figure.place),
            "date": _date(figure.date),
            "part of": figure.subset_of,
            "same as": figure.same_as,
            "event": figure.event,
        }
    )


def _known(values: Mapping[str, str | None]) -> dict[str, str]:
    return {k: v for k, v in values.items() if v}


def _text(found: Mapping[str, Any]) -> Iterator[str]:
    yield f'{found["id"]}  {found["kind"]} "{clean(found["words"])}"'
    yield from textwrap.wrap(
        clean(found["sentence"]), _WIDTH, initial_indent="   | ", subsequent_indent="   | ", max_lines=4
    )
    for name, value in found["decided"].items():
        yield from _field(name, value)
    for name, reasons in found["why"].items():
        if reasons:
            yield from _field(f"why {name}", "; ".join(_reasons(reasons)), label=_WHY_LABEL)


def _field(name: str, value: str, *, label: int = _LABEL) -> Iterable[str]:
    start = "   " + name.ljust(label)
    return textwrap.wrap(value, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start)) or [start.rstrip()]


def _reasons(why: Mapping[str, Any]) -> Iterator[str]:
    """A component's reasons in a row: "rule passive_subject", and weights as "depth1 -0.59"."""
    for name, value in why.items():
        if value is None or value == [] or value == {}:
            continue
        if isinstance(value, list) and all(isinstance(v, list) and len(v) == 2 for v in value):
            yield f"{name}: " + ", ".join(f"{feature} {weight:+.2f}" for feature, weight in value if _is_number(weight))
        elif isinstance(value, dict):
            yield f"{name}: " + ", ".join(_reasons(value))
        else:
            yield f"{name} {value if isinstance(value, str) else json.dumps(value)}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _explain_pair(
    inputs: list[str],
    pair: tuple[str, str],
    failures: Failures,
    published: str | None,
    model: str,
    settings: list[str] | None,
    as_json: bool,
) -> None:
    from conflict_events.cli.reading import Reading
    from conflict_events.graph.build import EventGraph

    reading = Reading(inputs, failures, published=published, model=model, settings=settings, accept_extractions=True)
    graph = EventGraph.build(reading.extractions())
    try:
        link = graph.explain(*pair)
        same = graph.incident(pair[0]).id == graph.incident(pair[1]).id
    except KeyError as error:
        raise typer.BadParameter(
            f"no report with an incident, and no event, is called {error}", param_hint="--pair"
        ) from error
    if as_json:
        typer.echo(json.dumps(link.to_dict(), ensure_ascii=False))
        return
    verdict = "one incident" if same else "different incidents"
    typer.echo(f"{clean(link.a)} and {clean(link.b)}: {verdict}; on their own alike with probability {link.score}")
    for reason in link.reasons:
        typer.echo(f"   {reason.weight:+7.2f} bits  {reason.feature}: {reason.value}")
