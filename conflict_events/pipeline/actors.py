"""The component ``conflict_actors``: states, forces, groups, organisations, media and persons, each with its mentions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example

from conflict_events.geo.gazetteer import Gazetteer
from conflict_events.pipeline import state
from conflict_events.pipeline.parties.mentions import Finder
from conflict_events.pipeline.parties.roster import Roster
from conflict_events.pipeline.scoring import score_spans
from conflict_events.pipeline.syntax import Tree


@Language.factory("conflict_actors", assigns=["doc.spans"], default_config={"gazetteer": "shipped"})
def make_actors(nlp: Language, name: str, gazetteer: str | None) -> Actors:
    """Component that finds actors and writes their mentions to the group ``conflict_actors``.

    ``gazetteer``: "shipped" for the index that comes with the package, the path of an index file laid over it,
    or null to do without names of states.
    """
    return Actors(name, gazetteer=gazetteer)


class Actors(Pipe):
    """Finds mentions of actors; which of them are one actor is told by a key within the report."""

    def __init__(self, name: str = "conflict_actors", *, gazetteer: str | None = "shipped") -> None:
        self.name = name
        self.roster = Roster(open_gazetteer(gazetteer))

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[state.Found]:
        """The mentions of ``doc`` in text order; mentions of one actor share its id and values."""
        metonyms = {f.start: f.values.get("role") == "metonym" for f in state.read(doc, state.PLACES)}
        ids: dict[str, str] = {}
        values: dict[str, dict[str, Any]] = {}
        found = []
        for mention in Finder(Tree(doc), self.roster, metonyms).find():
            id_ = ids.setdefault(mention.key, f"a{len(ids) + 1}")
            known = values.setdefault(
                id_,
                {
                    "name": mention.name,
                    "party": mention.party,
                    "kind": mention.kind,
                    "country": mention.country,
                    "key": mention.key,
                },
            )
            if known["party"] is None and mention.party is not None:
                known["party"], known["country"] = mention.party, mention.country
            found.append(state.Found(mention.start, mention.end, mention.kind, id_, known))
        return found

    def set_annotations(self, doc: Doc, found: list[state.Found]) -> None:
        """Write the mentions to the Doc."""
        state.write(doc, state.ACTORS, found)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        return score_spans(examples, state.ACTORS)


def open_gazetteer(name: str | None) -> Gazetteer | None:
    """The gazetteer that a configuration names: "shipped", a path laid over it, or None."""
    if name is None:
        return None
    from conflict_events.geo.gazetteer import IndexGazetteer

    return IndexGazetteer() if name == "shipped" else IndexGazetteer([name])
