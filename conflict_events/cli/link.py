"""``conflict-events link``: reports to incidents, in the format that a reader or a program wants."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from conflict_events.cli.options import (
    Failures,
    InputPaths,
    Model,
    Output,
    Processes,
    Published,
    Quiet,
    Settings,
)
from conflict_events.cli.reading import Reading
from conflict_events.io import graphs, rows, tables
from conflict_events.io.geojson import feature_collection
from conflict_events.io.output import dump_line, open_output
from conflict_events.io.summary import WIDTH, summary

if TYPE_CHECKING:
    from conflict_events.graph.build import EventGraph

FORMATS = ("json", "summary", "graphml", "gexf", "node-link", "geojson", "csv", "parquet", "html")
TABLES = ("incidents", "ucdp", "tolls", "claims")


def link_command(
    inputs: InputPaths,
    *,
    format_: Annotated[str, typer.Option("--format", help=", ".join(FORMATS) + ".")] = "json",
    table: Annotated[str, typer.Option("--table", help=f"Rows of csv and parquet: {', '.join(TABLES)}.")] = "incidents",
    published: Published = None,
    model: Model = "sm",
    settings: Settings = None,
    output: Output = None,
    n_process: Processes = 1,
    quiet: Quiet = False,
) -> None:
    """Join what the reports tell of the same incident; INPUT may also be what 'extract' or 'link' wrote."""
    if format_ not in FORMATS:
        raise typer.BadParameter(f"give one of {', '.join(FORMATS)}", param_hint="--format")
    if table not in TABLES:
        raise typer.BadParameter(f"give one of {', '.join(TABLES)}", param_hint="--table")
    if format_ == "parquet" and output is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is binary: name a file with --output", param_hint="--format")
    failures = Failures()
    reading = Reading(
        inputs,
        failures,
        published=published,
        model=model,
        settings=settings,
        n_process=n_process,
        quiet=quiet,
        accept_extractions=True,
        keep_texts=format_ == "html",
    )
    from conflict_events.graph.build import EventGraph

    graph = EventGraph.build(reading.extractions())
    to_terminal = output is None and sys.stdout.isatty()
    rendered = render(
        graph,
        format_,
        table=table,
        texts=reading.texts,
        width=min(WIDTH, shutil.get_terminal_size().columns) if to_terminal else WIDTH,
        color=to_terminal and "NO_COLOR" not in os.environ,
    )
    with open_output(output) as stream:
        stream.write(rendered)
    failures.exit()


def render(
    graph: EventGraph,
    format_: str,
    *,
    table: str = "incidents",
    texts: Mapping[str, str] | None = None,
    width: int = WIDTH,
    color: bool = False,
) -> bytes:
    """The graph in one of ``FORMATS``; ``texts`` are the reports' texts by SHA-256, for the page."""
    linked = graph.linked
    match format_:
        case "json":
            return dump_line(linked.to_dict())
        case "summary":
            return summary(linked, width=width, color=color).encode("utf-8")
        case "graphml" | "gexf" | "node-link":
            writers = {"graphml": graphs.graphml, "gexf": graphs.gexf, "node-link": graphs.node_link}
            return writers[format_](graph.graph)
        case "geojson":
            return dump_line(feature_collection(linked))
        case "csv" | "parquet":
            chosen = rows.table(linked, table)
            return tables.to_csv(chosen) if format_ == "csv" else tables.to_parquet(chosen)
        case _:
            from conflict_events.viz.page import page

            known = texts or {}
            by_report = {e.report.id: known[s] for e in linked.extracts if (s := e.report.text_sha256) in known}
            return page(linked, texts=by_report).html.encode("utf-8")
