"""``conflict-events archive``: a file of reports and incidents that grows, with decisions by hand."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conflict_events.cli.link import FORMATS, TABLES, render
from conflict_events.cli.options import Failures, InputPaths, Model, Output, Processes, Published, Quiet, Settings
from conflict_events.cli.reading import Reading
from conflict_events.errors import ConflictEventsError
from conflict_events.io.output import dump_line, open_output
from conflict_events.io.summary import WIDTH

if TYPE_CHECKING:
    from conflict_events.records import Extraction, Incident
    from conflict_events.store import Archive

archive_app = typer.Typer(
    name="archive", help="Keep reports and incidents in one file that grows.", no_args_is_help=True
)

File = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive's file.")]
Told = Annotated[str, typer.Argument(help="Id of an event, or of a report for its news.")]
OneIncident = Annotated[str, typer.Argument(help="Id of an incident, or of an event or a report that tells it.")]
Incidents = Annotated[list[str], typer.Argument(help="Ids of incidents, or of events or reports that tell them.")]
Reports = Annotated[list[str], typer.Argument(help="Ids of reports.")]
Replace = Annotated[bool, typer.Option("--replace", help="Put reports in the place of those that have their ids.")]
Parted = Annotated[list[str], typer.Argument(help="Ids of events, or of reports for all that they tell of it.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", metavar="WHY", help="Why.")]
At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was decided.")]
# reports that are linked and written together
_AT_ONCE = 100


def _open(path: Path, *, create: bool = False, read_only: bool = False) -> Archive:
    from conflict_events.store import Archive

    return Archive.open(path, create=create, read_only=read_only)


def _counted(number: int) -> str:
    return f"{number} report" if number == 1 else f"{number} reports"


def _line(incident: Incident) -> str:
    days = incident.start or "no day"
    if incident.end and incident.end != incident.start:
        days += f" to {incident.end}"
    recalled = len(incident.mentioned_in)
    told = f"{_counted(len(incident.reports))}, {recalled} {'recalls' if recalled == 1 else 'recall'} it"
    return f"{incident.id}  {days}  {incident.title}  ({told})"


def _told(archive: Archive, changed: list[str]) -> None:
    for id_ in changed:
        typer.echo(_line(archive.incident(id_)))


@archive_app.command("add")
def add_command(
    path: File,
    inputs: InputPaths,
    *,
    published: Published = None,
    model: Model = "sm",
    settings: Settings = None,
    n_process: Processes = 1,
    quiet: Quiet = False,
    replace: Replace = False,
) -> None:
    """Add reports, or what 'extract' or 'link' wrote, and link them; what the archive holds already is left out.

    A hundred reports at a time are written, so that one that fails later leaves those before it in the archive.
    """
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
    )
    extractions = reading.extractions()
    with _open(path, create=True) as archive:
        before, replaced = len(archive), 0
        waiting: list[Extraction] = []
        for extraction in extractions:
            waiting.append(extraction)
            if len(waiting) == _AT_ONCE:
                replaced += _add(archive, waiting, failures, replace=replace)
        replaced += _add(archive, waiting, failures, replace=replace)
        told = f", {replaced} replaced" if replace else ""
        typer.echo(f"{_counted(len(archive) - before)} added{told}, {len(archive)} in {path}", err=True)
    failures.exit()


def _add(archive: Archive, waiting: list[Extraction], failures: Failures, *, replace: bool) -> int:
    """Add what waits all at once; where one is refused, each by itself. How many were put in the place of others."""
    known = {e.report.id: archive.extraction(e.report.id) for e in waiting if replace and e.report.id in archive}
    try:
        archive.add(waiting, replace=replace)
    except ConflictEventsError as error:
        if error.code != "CE007":
            raise
        for extraction in waiting:
            try:
                archive.add(extraction, replace=replace)
            except ConflictEventsError as refused:
                failures(refused)
    waiting.clear()
    return sum(archive.extraction(id_) != before for id_, before in known.items())


@archive_app.command("remove")
def remove_command(path: File, reports: Reports) -> None:
    """Take reports out; the incidents that they told are linked anew, and decisions stay on record."""
    with _open(path) as archive:
        before = len(archive)
        _told(archive, archive.remove(reports))
        typer.echo(f"{_counted(before - len(archive))} removed, {len(archive)} in {path}", err=True)


@archive_app.command("show")
def show_command(
    path: File,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Ids of incidents, events, reports.")
    ] = None,
    *,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Incidents of this day or later.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Incidents of this day or earlier.")
    ] = None,
    current: Annotated[bool, typer.Option("--current", help="Leave out what is only recalled.")] = False,
) -> None:
    """List incidents, one a line; with ids, their records as JSON."""
    with _open(path, read_only=True) as archive:
        if ids:
            for id_ in ids:
                sys.stdout.buffer.write(dump_line(archive.incident(id_).to_dict()))
            return
        for incident in archive.incidents(since=since, until=until, scope="current" if current else None):
            typer.echo(_line(incident))


@archive_app.command("explain")
def explain_command(path: File, a: Told, b: Told) -> None:
    """Say why two events, or two reports' news, are or are not of one incident."""
    with _open(path, read_only=True) as archive:
        found = archive.explain(a, b)
    typer.echo(f"{found.score:.3f}  {a}  {b}")
    for reason in found.reasons:
        typer.echo(f"{reason.weight:+8.2f}  {reason.feature}: {reason.value}")


@archive_app.command("split")
def split_command(path: File, incident: OneIncident, events: Parted, *, by: By, reason: Reason, at: At = None) -> None:
    """Decide that EVENTS (or all that reports of these ids tell) are an incident of their own."""
    with _open(path) as archive:
        _told(archive, archive.split(incident, events, by=by, reason=reason, at=at))


@archive_app.command("merge")
def merge_command(path: File, incidents: Incidents, *, by: By, reason: Reason, at: At = None) -> None:
    """Decide that incidents are one."""
    with _open(path) as archive:
        _told(archive, archive.merge(incidents, by=by, reason=reason, at=at))


@archive_app.command("relink")
def relink_command(path: File) -> None:
    """Weigh words by all reports and link all anew; decisions stay."""
    with _open(path) as archive:
        _told(archive, archive.relink())


@archive_app.command("benchmark")
def benchmark_archive_command(
    *,
    events: Annotated[int, typer.Option("--events", min=100, help="Events that the archive holds, about.")] = 100_000,
    density: Annotated[float, typer.Option("--density", min=0.001, help="Multiple of a quiet border's.")] = 1.0,
    adds: Annotated[int, typer.Option("--adds", min=2, help="Reports that are added and timed.")] = 500,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another number, another world.")] = 0,
) -> None:
    """Fill an archive with a made-up world, add reports one by one, and print what one takes."""
    from conflict_events.benchmark.growing import run_growing
    from conflict_events.benchmark.world import WorldConfig

    found = run_growing(WorldConfig(events=events, density=density, seed=seed), adds=adds)
    typer.echo(json.dumps(found.to_dict(), indent=2))


@archive_app.command("export")
def export_command(
    path: File,
    *,
    format_: Annotated[str, typer.Option("--format", help=", ".join(FORMATS) + ".")] = "json",
    table: Annotated[str, typer.Option("--table", help=f"Rows of csv and parquet: {', '.join(TABLES)}.")] = "incidents",
    output: Output = None,
) -> None:
    """Write the whole archive in a format of 'link'."""
    if format_ not in FORMATS:
        raise typer.BadParameter(f"give one of {', '.join(FORMATS)}", param_hint="--format")
    if table not in TABLES:
        raise typer.BadParameter(f"give one of {', '.join(TABLES)}", param_hint="--table")
    with _open(path, read_only=True) as archive:
        graph = archive.graph()
    width = min(WIDTH, shutil.get_terminal_size().columns) if output is None and sys.stdout.isatty() else WIDTH
    with open_output(output) as stream:
        stream.write(render(graph, format_, table=table, width=width))
