"""Commands that describe the library: ``schema`` and ``info``."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from conflict_events.__about__ import __version__
from conflict_events.cli.options import Model, pipeline
from conflict_events.records import Extraction, Linked, json_schema


def schema_command(
    *,
    ontology: Annotated[bool, typer.Option("--ontology", help="The event types with PLOVER and CAMEO codes.")] = False,
    record: Annotated[str, typer.Option("--record", help="extraction or linked.")] = "extraction",
) -> None:
    """Print the JSON Schema of the output, or the event ontology."""
    if ontology:
        from conflict_events.pipeline.frames.ontology import codes

        result: Any = codes()
    else:
        records = {"extraction": Extraction, "linked": Linked}
        if record not in records:
            raise typer.BadParameter("give extraction or linked", param_hint="--record")
        result = json_schema(records[record])
    typer.echo(json.dumps(result, indent=2, ensure_ascii=False))


def info_command(*, model: Model = "sm") -> None:
    """Print the versions and the configuration that a run would use."""
    from importlib.metadata import version

    from conflict_events.geo.gazetteer import IndexGazetteer

    nlp = pipeline(model, None)
    components = {name: nlp.get_pipe_config(name) for name in nlp.pipe_names if name.startswith("conflict_")}
    found = {
        "conflict_events": __version__,
        "spacy": version("spacy"),
        "model": f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}",
        "gazetteer": IndexGazetteer().version,
        "components": components,
    }
    typer.echo(json.dumps(found, indent=2, default=str))
