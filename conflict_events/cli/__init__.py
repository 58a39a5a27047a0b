"""The command line, ``conflict-events COMMAND``; each module here holds one command or a few that go together.

Only results go to standard output; progress and errors go to standard error. The exit status is 1 when any
input failed and 2 for wrong usage.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from conflict_events.__about__ import __version__
from conflict_events.cli.archive import archive_app
from conflict_events.cli.explain import explain_command
from conflict_events.cli.extract import extract_command
from conflict_events.cli.gazetteer import gazetteer_app
from conflict_events.cli.inspect import info_command, schema_command
from conflict_events.cli.link import link_command
from conflict_events.cli.measure import benchmark_command, benchmark_linking_command, evaluate_command
from conflict_events.errors import ConflictEventsError

__all__ = ["app", "main"]

# errors of how the command was called; all others are of what it was given to read
_USAGE = frozenset({"CE008", "CE009", "CE010", "CE016", "CE017", "CE018"})

app = typer.Typer(
    name="conflict-events",
    help="Read news reports of armed conflict and say, with evidence, what happened.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Read news reports of armed conflict and say, with evidence, what happened."""


app.command("extract")(extract_command)
app.command("link")(link_command)
app.command("explain")(explain_command)
app.add_typer(archive_app)
app.add_typer(gazetteer_app)
app.command("evaluate")(evaluate_command)
app.command("benchmark")(benchmark_command)
app.command("benchmark-linking")(benchmark_linking_command)
app.command("schema")(schema_command)
app.command("info")(info_command)


def main() -> None:
    """Run the command line; a coded error becomes one line on standard error and exit status 2 (usage) or 1."""
    try:
        app(prog_name="conflict-events")
    except ConflictEventsError as error:
        typer.echo(f"error {error}", err=True)
        sys.exit(2 if error.code in _USAGE else 1)
    except BrokenPipeError:
        # the reader went away; without this the interpreter complains again when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
