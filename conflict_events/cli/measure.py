"""Commands that measure: ``evaluate`` on development sets, ``benchmark`` on own texts, ``benchmark-linking``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from conflict_events.cli.options import Failures, InputPaths, Model, Processes, Settings, pipeline
from conflict_events.errors import ConflictEventsError
from conflict_events.io.reports import read_inputs
from conflict_events.records import Report


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
    nlp = pipeline(model, settings)
    results = evaluate(data, nlp=nlp, only=only or (), n_process=n_process, keep=keep, on_error=failures)
    if as_json:
        for benchmark, scores in results:
            typer.echo(json.dumps({"set": benchmark.name, **scores}))
    else:
        typer.echo(markdown_table(results))
    failures.exit()


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
    typer.echo(json.dumps(throughput(reports, nlp=pipeline(model, settings), runs=runs).to_dict(), indent=2))
    failures.exit()


def benchmark_linking_command(
    *,
    events: Annotated[
        list[int] | None, typer.Option("--events", min=1, help="Events of a world, several times for several sizes.")
    ] = None,
    density: Annotated[
        list[float] | None, typer.Option("--density", min=0.001, help="Multiple of a quiet border's, several times.")
    ] = None,
    noise: Annotated[
        list[float] | None,
        typer.Option("--noise", min=0.0, max=4.0, help="Multiple of the usual errors, several times."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another number, another world.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a run instead of a table.")] = False,
) -> None:
    """Link made-up worlds whose incidents are known; print how well, how fast and in how much memory."""
    from conflict_events.benchmark.linking import markdown, run_all

    runs = run_all(events or [10_000, 100_000], density or [1.0, 10.0, 100.0], noises=noise or [1.0], seed=seed)
    if as_json:
        for run in runs:
            typer.echo(json.dumps(run.to_dict()))
    else:
        typer.echo(markdown(list(runs)))
