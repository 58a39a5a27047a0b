"""``conflict-events gazetteer``: build an index from GeoNames dumps, look names up in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from conflict_events.cli.options import Failures
from conflict_events.geo.gazetteer import IndexGazetteer, Match

gazetteer_app = typer.Typer(name="gazetteer", help="Build and ask gazetteers.", no_args_is_help=True)


@gazetteer_app.command("build")
def build_command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Index file to write.")],
    *,
    geonames: Annotated[
        list[Path], typer.Option("--geonames", help="A GeoNames dump or a CSV table (plain, .gz, .zip), several times.")
    ],
    alternate_names: Annotated[
        Path | None, typer.Option("--alternate-names", help="A file in the form of GeoNames' alternateNamesV2.")
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="CODE", help="Only this country (ISO 3166 alpha-2).")
    ] = None,
    skip_bad_rows: Annotated[bool, typer.Option("--skip-bad-rows", help="Name bad rows and go on.")] = False,
) -> None:
    """Make an index of GeoNames dumps; use it with --set 'conflict_places.gazetteer.paths=["OUT"]'."""
    from conflict_events.geo.importer import build

    made = build(geonames, out, alternate_names=alternate_names, countries=country or None, skip_bad_rows=skip_bad_rows)
    for error in made.errors:
        typer.echo(f"skipped {error}", err=True)
    typer.echo(json.dumps({"index": str(out), "rows": made.rows, "left_out": made.skipped, "bad": len(made.errors)}))


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
