"""``conflict-events gazetteer``: build an index from GeoNames dumps, look names up in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from conflict_events.cli.options import Failures
from conflict_events.geo.gazetteer import IndexGazetteer, Match

gazetteer_app = typer.Typer(name="gazetteer", help="Build and ask gazetteers.", no_args_is_help=True)


@gazetteer_app.command("lookup")
def lookup_command(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Place names, in any spelling.")],
    *,
    index: Annotated[
        list[Path] | None, typer.Option("--index", help="An index of your own, layered over the shipped one.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Readings of each name.")] = 5,
) -> None:
    """Print what each name may mean, best first, one JSON object a line; names spelled alike where it is unknown."""
    gazetteer = IndexGazetteer(index or ())
    failures = Failures()
    for name in names:
        matches = gazetteer.find(name)[:limit] or gazetteer.similar(name, limit=limit)
        failures.count += not matches
        for match in matches:
            typer.echo(json.dumps({"query": name, **_to_dict(match)}, ensure_ascii=False))
        if not matches:
            typer.echo(f"no place called {name!r}", err=True)
    failures.exit()


def _to_dict(match: Match) -> dict[str, object]:
    entry = match.entry
    return {
        "name": entry.name,
        "match": match.kind,
        "similarity": match.similarity,
        "geonames_id": entry.geonames_id,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "country": entry.country,
        "admin1": entry.admin1,
        "admin2": entry.admin2,
        "feature": entry.feature,
        "population": entry.population,
    }
