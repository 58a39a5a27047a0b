"""From the inputs of a command to extractions: one pass, bad inputs reported, the model loaded only when needed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import typer

from conflict_events.cli.options import Failures, check_published, parse_settings, pipeline
from conflict_events.errors import ConflictEventsError
from conflict_events.io.reports import read_inputs
from conflict_events.records import Extraction, Report

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass
class Reading:
    """What a command reads and how.

    ``accept_extractions`` lets lines that ``extract`` wrote pass through; ``texts`` collects the reports'
    texts by their SHA-256 where ``keep_texts`` is set.
    """

    paths: list[str]
    failures: Failures
    published: str | None = None
    model: str = "sm"
    settings: list[str] | None = None
    n_process: int = 1
    quiet: bool = False
    accept_extractions: bool = False
    keep_texts: bool = False
    texts: dict[str, str] = field(default_factory=dict)

    def extractions(self) -> Iterator[Extraction]:
        """Extractions of all readable inputs; those of reports stand in input order, earlier ones before them."""
        check_published(self.published)
        parse_settings(self.settings or ())
        return self._run()

    def _run(self) -> Iterator[Extraction]:
        from conflict_events.language import extract

        seen: dict[str, Extraction] = {}
        waiting: list[Extraction] = []
        reports = self._reports(waiting)
        first = next(reports, None)
        if first is not None:
            nlp: Language = pipeline(self.model, self.settings)
            with self._progress() as bar:
                found = extract(chain([first], reports), nlp=nlp, n_process=self.n_process, on_error=self.failures)
                for extraction in found:
                    yield from self._new(waiting, seen)
                    yield from self._new([extraction], seen)
                    bar.update()
        yield from self._new(waiting, seen)

    def _reports(self, waiting: list[Extraction]) -> Iterator[Report]:
        read = read_inputs(
            self.paths,
            published=self.published,
            stdin=sys.stdin.buffer,
            on_notice=lambda notice: typer.echo(f"warning {notice}", err=True),
        )
        for item in read:
            if isinstance(item, ConflictEventsError):
                self.failures(item)
            elif isinstance(item, Report):
                if self.keep_texts:
                    text = item.text.removeprefix("\ufeff")
                    self.texts[hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()] = text
                yield item
            elif self.accept_extractions:
                waiting.append(item)
            else:
                self.failures(ConflictEventsError("CE020", id=item.report.id))

    def _new(self, found: list[Extraction], seen: dict[str, Extraction]) -> Iterator[Extraction]:
        """The extractions of ``found`` whose ids are new; the list is emptied."""
        while found:
            extraction = found.pop(0)
            known = seen.setdefault(extraction.report.id, extraction)
            if known is extraction:
                yield extraction
            elif known != extraction:
                self.failures(ConflictEventsError("CE007", id=extraction.report.id, file="two inputs differ"))

    def _progress(self) -> Any:
        from tqdm import tqdm

        hidden = self.quiet or not sys.stderr.isatty()
        return tqdm(desc="reports", unit="report", disable=hidden, file=sys.stderr)
