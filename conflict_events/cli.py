"""The command line: ``conflict-events extract | link | evaluate | schema | info | gazetteer | explain | benchmark``.

Only results go to standard output; progress and errors go to standard error. The exit status is 1 when any
input failed and 2 for wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from conflict_events.__about__ import __version__
from conflict_events.errors import ConflictEventsError
from conflict_events.io.output import dump_line, open_output
from conflict_events.io.reports import read_inputs
from conflict_events.records import Extraction, Linked, Report, json_schema

app = typer.Typer(
    name="conflict-events",
    help="Read news reports of armed conflict and say, with evidence, what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

InputPaths = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Text files, folders of them, JSON Lines, or '-' for standard input."),
]
Published = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="Date (ISO 8601) of reports that carry none.")
]
Model = Annotated[str, typer.Option("--model", help="sm, trf, or the name of an installed spaCy pipeline.")]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="component.option=value, several times.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of standard output.")]
Processes = Annotated[int, typer.Option("--n-process", min=1, help="Processes that share the work.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]


class Failures:
    """Prints each coded error to standard error and remembers that there was one."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: ConflictEventsError) -> None:
        self.count += 1
        typer.echo(f"error {error}", err=True)

    def exit(self) -> None:
        if self.count:
            raise typer.Exit(1)


def parse_settings(settings: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Component configuration from ``component.option=value``; values are JSON where they parse as JSON.

    Raises ``ConflictEventsError`` CE010 for a setting of another form.

    >>> parse_settings(["conflict_dates.narrative=off", "conflict_places.max_alternatives=3"])
    {'conflict_dates': {'narrative': 'off'}, 'conflict_places': {'max_alternatives': 3}}
    """
    config: dict[str, dict[str, Any]] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        component, dot, option = key.partition(".")
        if not (equals and dot and component and option):
            raise ConflictEventsError("CE010", setting=setting, reason="is not component.option=value")
        try:
            parsed = json.loads(value)
        except ValueError:
            parsed = value
        config.setdefault(component, {})[option] = parsed
    return config


def _pipeline(model: str, settings: list[str] | None) -> Any:
    from conflict_events.language import load

    return load(model, config=parse_settings(settings or ()))


def _check_published(published: str | None) -> None:
    from conflict_events.text.days import day_interval

    if published is not None and day_interval(published) is None:
        raise ConflictEventsError("CE008", value=published)


def _extractions(
    paths: list[str],
    *,
    published: str | None,
    model: str,
    settings: list[str] | None,
    n_process: int,
    quiet: bool,
    failures: Failures,
    keep_extractions: bool,
) -> Iterator[Extraction]:
    """Extractions of all readable inputs, in input order; earlier extractions pass through."""
    from tqdm import tqdm

    from conflict_events.language import extract

    _check_published(published)
    inputs = read_inputs(paths, published=published, stdin=sys.stdin.buffer)
    passed: list[tuple[int, Extraction]] = []
    count = 0

    def reports() -> Iterator[Report]:
        nonlocal count
        for item in inputs:
            if isinstance(item, ConflictEventsError):
                failures(item)
            elif isinstance(item, Extraction):
                if keep_extractions:
                    passed.append((count, item))
                    count += 1
                else:
                    failures(ConflictEventsError("CE005", file="an extraction", line=1))
            else:
                count += 1
                yield item

    nlp = _pipeline(model, settings)
    bar = tqdm(desc="reports", unit="report", disable=quiet or not sys.stderr.isatty(), file=sys.stderr)
    position = 0
    with bar:
        for found in extract(reports(), nlp=nlp, n_process=n_process, on_error=failures):
            while passed and passed[0][0] <= position:
                yield passed.pop(0)[1]
                position += 1
            yield found
            position += 1
            bar.update()
        for _, item in passed:
            yield item


@app.command("extract")
def extract_command(
    inputs: InputPaths,
    *,
    published: Published = None,
    model: Model = "sm",
    settings: Settings = None,
    output: Output = None,
    n_process: Processes = 1,
    quiet: Quiet = False,
) -> None:
    """Write one JSON object a line for each report: its events, casualty figures, places, dates, actors."""
    failures = Failures()
    found = _extractions(
        inputs,
        published=published,
        model=model,
        settings=settings,
        n_process=n_process,
        quiet=quiet,
        failures=failures,
        keep_extractions=False,
    )
    with open_output(output) as stream:
        for extraction in found:
            stream.write(dump_line(extraction.to_dict()))
    failures.exit()


@app.command("evaluate")
def evaluate_command(
    data: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with data/ (gold) and eval/ (scorers).")],
    *,
    only: Annotated[list[str] | None, typer.Option("--only", help="Name of a set, several times.")] = None,
    model: Model = "sm",
    settings: Settings = None,
    n_process: Processes = 1,
    keep: Annotated[Path | None, typer.Option("--keep", help="Folder in which the predictions stay.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a set instead of a table.")] = False,
) -> None:
    """Score the pipeline on the development sets and print the table of the README."""
    from conflict_events.evaluation import evaluate, markdown_table

    failures = Failures()
    nlp = _pipeline(model, settings)
    results = evaluate(data, nlp=nlp, only=only or (), n_process=n_process, keep=keep, on_error=failures)
    if as_json:
        for benchmark, scores in results:
            typer.echo(json.dumps({"set": benchmark.name, **scores}))
    else:
        typer.echo(markdown_table(results))
    failures.exit()


@app.command("benchmark")
def benchmark_command(
    inputs: InputPaths,
    *,
    model: Model = "sm",
    settings: Settings = None,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Counted runs, after one to warm up.")] = 5,
) -> None:
    """Print what the components cost beside the bare language model on the same texts."""
    from conflict_events.benchmark import throughput

    failures = Failures()
    reports = []
    for item in read_inputs(inputs, stdin=sys.stdin.buffer):
        if isinstance(item, ConflictEventsError):
            failures(item)
        elif isinstance(item, Report):
            reports.append(item)
    typer.echo(json.dumps(throughput(reports, nlp=_pipeline(model, settings), runs=runs).to_dict(), indent=2))
    failures.exit()


@app.command("schema")
def schema_command(
    *,
    ontology: Annotated[bool, typer.Option("--ontology", help="The event types with PLOVER and CAMEO codes.")] = False,
    record: Annotated[str, typer.Option("--record", help="extraction or linked.")] = "extraction",
) -> None:
    """Print the JSON Schema of the output, or the event ontology."""
    if ontology:
        from conflict_events.pipeline.ontology import ontology_table

        result: Any = ontology_table()
    else:
        records = {"extraction": Extraction, "linked": Linked}
        if record not in records:
            raise typer.BadParameter("give extraction or linked", param_hint="--record")
        result = json_schema(records[record])
    typer.echo(json.dumps(result, indent=2, ensure_ascii=False))


@app.command("info")
def info_command(*, model: Model = "sm") -> None:
    """Print the versions and the configuration that a run would use."""
    from importlib.metadata import version

    nlp = _pipeline(model, None)
    typer.echo(
        json.dumps(
            {
                "conflict_events": __version__,
                "spacy": version("spacy"),
                "model": f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}",
                "components": {
                    name: nlp.get_pipe_config(name) for name in nlp.pipe_names if name.startswith("conflict_")
                },
            },
            indent=2,
            default=str,
        )
    )


def main() -> None:
    """Run the command line; coded errors become one line on standard error and exit status 2."""
    try:
        app()
    except ConflictEventsError as error:
        typer.echo(f"error {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
