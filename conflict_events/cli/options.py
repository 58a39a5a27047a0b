"""Arguments that several commands share, and the small checks behind them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from conflict_events.errors import ConflictEventsError

if TYPE_CHECKING:
    from spacy.language import Language

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
        """End with exit status 1 where anything failed."""
        if self.count:
            raise typer.Exit(1)


def parse_settings(settings: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Component configuration from ``component.option=value``; values are JSON where they parse as JSON.

    An option of an option is written with a further dot. Raises ``ConflictEventsError`` CE010 for a setting of another form.

    >>> parse_settings(["conflict_dates.narrative=off", "conflict_places.max_alternatives=3"])
    {'conflict_dates': {'narrative': 'off'}, 'conflict_places': {'max_alternatives': 3}}
    >>> parse_settings(['conflict_places.gazetteer.paths=["mine.gaz"]'])
    {'conflict_places': {'gazetteer': {'paths': ['mine.gaz']}}}
    """
    config: dict[str, dict[str, Any]] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        *path, option = key.split(".")
        if not (equals and path and option and all(path)):
            raise ConflictEventsError("CE010", setting=setting, reason="is not component.option=value")
        try:
            parsed = json.loads(value)
        except ValueError:
            parsed = value
        here = config
        for name in path:
            here = here.setdefault(name, {})
            if not isinstance(here, dict):
                raise ConflictEventsError(
                    "CE010", setting=setting, reason=f"sets an option of '{name}', which has a value"
                )
        here[option] = parsed
    return config


def pipeline(model: str, settings: list[str] | None) -> Language:
    """The pipeline that the options ask for."""
    from conflict_events.language import load

    return load(model, config=parse_settings(settings or ()))


def check_published(published: str | None) -> None:
    """Raise ``ConflictEventsError`` CE008 for a date that is none."""
    from conflict_events.text.days import day_interval

    if published is not None and day_interval(published) is None:
        raise ConflictEventsError("CE008", value=published)
