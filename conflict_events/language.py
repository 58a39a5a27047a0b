"""From reports to extractions: loading a pipeline, preparing texts, running them through."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package, raise_error
from thinc.config import ConfigValidationError

from conflict_events.errors import ConflictEventsError, warning_message
from conflict_events.extensions import extraction, install
from conflict_events.io.reports import report_from_json
from conflict_events.pipeline import state
from conflict_events.pipeline.whole import COMPONENTS
from conflict_events.records import Extraction, Report
from conflict_events.text.days import day_interval
from conflict_events.text.english import looks_english
from conflict_events.text.lines import join_wrapped_lines
from conflict_events.text.markup import (
    has_control_characters,
    looks_like_html,
    mask_control_characters,
    mask_html,
    mask_invisible_characters,
)

if TYPE_CHECKING:
    from conflict_events.graph.build import EventGraph

MODELS = {"sm": "en_conflict_sm", "trf": "en_conflict_trf"}
# one report is read up to here: about 30,000 words, some 40 times a long newspaper article
MAX_CHARACTERS = 200_000
# batches that each worker process gets before the processes are started anew
BATCHES_PER_START = 16

install()


def load(model: str = "sm", *, config: dict[str, dict[str, Any]] | None = None) -> Language:
    """A spaCy pipeline that reads conflict reports.

    ``model`` is "sm" (CPU, no torch), "trf" (needs the extra ``transformers``) or the name of any installed
    English pipeline with tagger, parser and entity recogniser. ``config`` maps component names to options
    that differ from their defaults. Raises ``ConflictEventsError`` CE009 where the model is not installed,
    CE016 where "trf" lacks spacy-transformers and CE010 for an option that a component does not have.

    >>> nlp = load()
    >>> doc = nlp("Two soldiers were killed near Kherson on Monday, the ministry said.")
    >>> [figure.value for figure in doc._.extraction.casualties]
    [2]
    """
    name = MODELS.get(model, model)
    if is_package(name) and name == MODELS["trf"] and find_spec("spacy_transformers") is None:
        raise ConflictEventsError("CE016", package="spacy-transformers", extra="transformers")
    try:
        nlp = spacy.load(name)
    except OSError as error:
        requirement = f"./models/{name}" if name in MODELS.values() else name
        raise ConflictEventsError("CE009", model=model, requirement=requirement) from error
    if "conflict_events" in nlp.pipe_names or COMPONENTS[-1] in nlp.pipe_names:
        return nlp
    options = config or {}
    unknown = set(options) - {*COMPONENTS, "conflict_boundaries"}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise ConflictEventsError("CE010", setting=names, reason=f"there is no component '{names}'")
    for component in ("conflict_boundaries", *COMPONENTS):
        try:
            nlp.add_pipe(component, first=component == "conflict_boundaries" or None, config=options.get(component, {}))
        except ConfigValidationError as error:
            wrong = error.errors[0] if error.errors else {"loc": (), "msg": str(error)}
            path = [str(part) for part in wrong["loc"]]
            setting = ".".join(path if path[:1] == [component] else [component, *path])
            raise ConflictEventsError("CE010", setting=setting, reason=_plain(str(wrong["msg"]))) from error
    return nlp


def _plain(message: str) -> str:
    """What is wrong with a setting, in words of its user.

    >>> _plain("at root: 'XX' is not typing.Literal['DMY', 'MDY']")
    "'XX' is not one of 'DMY', 'MDY'"
    """
    return re.sub(r"typing\.Literal\[(.*?)\]", r"one of \1", message.removeprefix("at root: "))


def extract(
    reports: Iterable[Report | str | dict[str, Any]],
    *,
    nlp: Language | None = None,
    n_process: int = 1,
    batch_size: int = 32,
    on_error: Callable[[ConflictEventsError], None] | None = None,
) -> Iterator[Extraction]:
    """One extraction for each report, in input order.

    A report is a ``Report``, its text, or a mapping with a ``text``. ``n_process`` processes share the work; the
    result is the same. Where the pipeline fails on a report, ``on_error`` is called and the others go on;
    without it the error is raised.

    >>> [found] = extract(["Four people were wounded."])
    >>> found.casualties[0].outcome
    'injured'
    """
    if isinstance(reports, Report | str | dict):
        raise TypeError("extract takes an iterable of reports; put a single one into a list")
    pipeline = nlp if nlp is not None else load()
    skips = pipeline.default_error_handler is not raise_error

    def fail(report: Report, error: Exception) -> None:
        coded = ConflictEventsError("CE011", id=report.id, reason=repr(error)[:300])
        if on_error is not None:
            on_error(coded)
        elif not skips:
            raise coded from error

    def one_by_one(chunk: list[tuple[Report, str | None]]) -> Iterator[Extraction]:
        for report, renamed_from in chunk:
            try:
                yield extraction(pipeline(prepare(pipeline, report, renamed_from=renamed_from)))
            except Exception as error:
                fail(report, error)

    seen: dict[str, int] = {}

    def named_reports() -> Iterator[tuple[Report, str | None]]:
        for item in reports:
            try:
                report = _as_report(item)
            except ConflictEventsError as error:
                if on_error is None:
                    raise
                on_error(error)
                continue
            yield _with_unique_id(report, seen)

    named = named_reports()
    # a chunk is what one failing report can send back to be read report by report
    size = batch_size if n_process == 1 else batch_size * n_process * BATCHES_PER_START
    while chunk := list(islice(named, size)):
        try:
            prepared = [prepare(pipeline, report, renamed_from=old) for report, old in chunk]
            docs = list(pipeline.pipe(prepared, n_process=n_process, batch_size=batch_size))
            found = [extraction(doc) for doc in docs]
        except Exception:
            found = []
        if len(found) == len(chunk):
            yield from found
        else:
            yield from one_by_one(chunk)


def prepare(nlp: Language, report: Report, *, renamed_from: str | None = None) -> Doc:
    """A tokenised Doc of the report's text, with what is known of the report set on it.

    Markup and stray characters are blanked in place, so that offsets are those of ``report.text``; an
    overlong text is cut at a blank. Each such step leaves a coded warning.
    """
    warnings: list[dict[str, str]] = []

    def warn(code: str, **context: Any) -> None:
        warnings.append({"code": code, "message": warning_message(code, **context)})

    if renamed_from is not None:
        warn("CE106", id=renamed_from)
    text = report.text.removeprefix("\ufeff")
    readable = text
    if len(readable) > MAX_CHARACTERS:
        cut = readable.rfind(" ", MAX_CHARACTERS - 1000, MAX_CHARACTERS)
        readable = readable[: cut if cut > 0 else MAX_CHARACTERS]
        warn("CE101", read=len(readable), total=len(text))
    if has_control_characters(readable):
        readable = mask_control_characters(readable)
        warn("CE104")
    readable = mask_invisible_characters(readable)
    if looks_like_html(readable):
        readable = mask_html(readable)
        warn("CE103")
    readable = join_wrapped_lines(readable)
    if not looks_english(readable):
        warn("CE102")
    published = None
    if report.published:
        published = day_interval(report.published)
        if published is None:
            warn("CE105", value=report.published[:40])
    doc = nlp.make_doc(readable)
    state.set_report(
        doc,
        {
            "id": report.id or text_id(report.text),
            "title": report.title,
            "source": report.source,
            "url": report.url,
            "published": list(published) if published else None,
            "model": f"{nlp.meta.get('lang', 'xx')}_{nlp.meta.get('name', 'pipeline')}-{nlp.meta.get('version', '0')}",
            "warnings": warnings,
            "text": None if readable == text else text,
        },
    )
    return doc


def text_id(text: str) -> str:
    """The id of a report that came without one: the first 12 hex digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _as_report(item: Report | str | dict[str, Any]) -> Report:
    if isinstance(item, Report):
        return report_from_json(item.to_dict(), file="<report>", line=1)
    if isinstance(item, str):
        return Report(text=item)
    if not isinstance(item, dict):
        raise ConflictEventsError("CE039", got=type(item).__name__, expected="a report")
    return report_from_json(item, file="<mapping>", line=1)


def _with_unique_id(report: Report, seen: dict[str, int]) -> tuple[Report, str | None]:
    """The report with an id that no earlier one has, and the id it came with where that was taken.

    ``seen`` counts how often each id has stood.
    """
    base = report.id or text_id(report.text)
    unique = base
    while unique in seen:
        seen[base] += 1
        unique = f"{base}~{seen[base]}"
    seen[unique] = 1
    return replace(report, id=unique), (base if unique != base else None)


def link(
    items: Iterable[Report | Extraction | str | dict[str, Any]],
    *,
    nlp: Language | None = None,
    n_process: int = 1,
    on_error: Callable[[ConflictEventsError], None] | None = None,
) -> EventGraph:
    """The event graph of reports, earlier extractions, or both; what is a report is extracted first.

    The graph does not depend on the order of ``items``. Reports need no dates.

    >>> graph = link(["Two soldiers were killed near Kherson.", "Near Kherson, two soldiers died in shelling."])
    >>> len(graph.linked.extracts)
    2
    """
    from conflict_events.graph.build import EventGraph

    if isinstance(items, Report | Extraction | str | dict):
        raise TypeError("link takes an iterable of reports; put a single one into a list")
    extractions: list[Extraction] = []
    reports: list[Report | str | dict[str, Any]] = []
    for item in items:
        if isinstance(item, Extraction):
            extractions.append(item)
        else:
            reports.append(item)
    if reports:
        extractions.extend(extract(reports, nlp=nlp, n_process=n_process, on_error=on_error))
    return EventGraph.build(extractions)
