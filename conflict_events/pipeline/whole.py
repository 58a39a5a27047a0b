"""The factory ``conflict_events``: all components as one, for a pipeline of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example

COMPONENTS = (
    "conflict_dates",
    "conflict_places",
    "conflict_actors",
    "conflict_casualties",
    "conflict_triggers",
    "conflict_claims",
    "conflict_assembler",
)


@Language.factory("conflict_events", default_config={"components": {}})
def make_whole(nlp: Language, name: str, components: dict[str, dict[str, Any]]) -> WholePipe:
    """All components in their order, to be added after a tagger, a parser and an entity recogniser.

    ``components`` maps a component's factory name to configuration that differs from its defaults.
    """
    steps = [(step, nlp.create_pipe(step, name=step, config=components.get(step, {}))) for step in COMPONENTS]
    return WholePipe(name, steps)


class WholePipe(Pipe):
    """Runs the single components one after another; serialises and scores as they do."""

    def __init__(self, name: str, steps: list[tuple[str, Any]]) -> None:
        self.name = name
        self.steps = steps

    def __call__(self, doc: Doc) -> Doc:
        for _, step in self.steps:
            doc = step(doc)
        return doc

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        examples = list(examples)
        scores: dict[str, Any] = {}
        for _, step in self.steps:
            if hasattr(step, "score"):
                scores.update(step.score(examples, **kwargs))
        return scores

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        import srsly

        parts = {name: step.to_bytes(exclude=exclude) for name, step in self.steps if hasattr(step, "to_bytes")}
        data: bytes = srsly.msgpack_dumps(parts)
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> WholePipe:
        import srsly

        parts = srsly.msgpack_loads(data)
        for name, step in self.steps:
            if name in parts:
                step.from_bytes(parts[name], exclude=exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, step in self.steps:
            if hasattr(step, "to_disk"):
                step.to_disk(folder / name, exclude=exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> WholePipe:
        for name, step in self.steps:
            if hasattr(step, "from_disk") and (Path(path) / name).exists():
                step.from_disk(Path(path) / name, exclude=exclude)
        return self
