"""The component ``conflict_assembler``: binds what the others found into events, and figures to their events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example

from conflict_events.pipeline import state
from conflict_events.pipeline.actors import open_gazetteer
from conflict_events.pipeline.assembly.building import Assembly
from conflict_events.pipeline.frames import ontology as ontologies
from conflict_events.pipeline.parties.roster import Roster
from conflict_events.pipeline.scoring import score_spans


@Language.factory(
    "conflict_assembler", assigns=["doc.spans"], default_config={"ontology": None, "gazetteer": "shipped"}
)
def make_assembler(nlp: Language, name: str, ontology: str | None, gazetteer: str | None) -> Assembler:
    """Component that writes the group ``conflict_events`` and completes the casualty figures.

    ``ontology``: the file given to ``conflict_triggers``, if one was; ``gazetteer`` as for ``conflict_actors``.
    """
    return Assembler(name, ontology=ontology, gazetteer=gazetteer)


class Assembler(Pipe):
    """Merges mentions into events, binds doers, places, dates and claims to them, and figures to events."""

    def __init__(
        self, name: str = "conflict_assembler", *, ontology: str | None = None, gazetteer: str | None = "shipped"
    ) -> None:
        self.name = name
        self.ontology = ontologies.load(ontology)
        self.roster = Roster(open_gazetteer(gazetteer))

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, Assembly(doc, self.ontology, self.roster))
        return doc

    def set_annotations(self, doc: Doc, assembly: Assembly) -> None:
        """Write events, completed figures, place roles and the actors that came to light."""
        result = assembly.build()
        state.write(doc, state.EVENTS, result.events, **result.attrs)
        state.update(doc, state.CASUALTIES, result.figures)
        state.update(doc, state.PLACES, result.places)
        if result.described:
            places = sorted([*state.read(doc, state.PLACES), *result.described], key=lambda f: (f.start, f.end))
            state.write(doc, state.PLACES, places, **state.attrs(doc, state.PLACES))
        if result.undated:
            dates = sorted([*state.read(doc, state.DATES), *result.undated], key=lambda f: (f.start, f.end))
            state.write(doc, state.DATES, dates, **state.attrs(doc, state.DATES))
        if state.ACTORS not in doc.spans or assembly.actors.changed:
            state.write(doc, state.ACTORS, assembly.actors.found(), **state.attrs(doc, state.ACTORS))

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        return score_spans(examples, state.EVENTS)
