"""``conflict-events extract``: one JSON object a line for each report."""

from __future__ import annotations

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
from conflict_events.io.output import dump_line, open_output


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
    reading = Reading(
        inputs, failures, published=published, model=model, settings=settings, n_process=n_process, quiet=quiet
    )
    with open_output(output) as stream:
        for extraction in reading.extractions():
            stream.write(dump_line(extraction.to_dict()))
    failures.exit()
