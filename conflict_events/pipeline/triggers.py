"""The component ``conflict_triggers``: words that name events of the ontology, with their doers and targets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example

from conflict_events.pipeline import state
from conflict_events.pipeline.frames import ontology as ontologies
from conflict_events.pipeline.frames.means import weapon_type
from conflict_events.pipeline.frames.participants import Participants, participants, way
from conflict_events.pipeline.frames.senses import Reader, Sense
from conflict_events.pipeline.frames.stretches import by_stretch, with_known_lemmas
from conflict_events.pipeline.syntax import Tree

CONFIDENCE = {"event": 0.8, "weapon": 0.7, "consequence": 0.6, "generic": 0.5, "weak": 0.4}
# types that the weapon told with the verb makes more exact
WEAPON_DECIDES = frozenset({"attack", "remote_explosive_landmine_ied"})
_SITES = frozenset("headquarters base compound station prison airport camp jail convoy armory armoury".split())


@Language.factory("conflict_triggers", assigns=["doc.spans"], default_config={"ontology": None, "skip": []})
def make_triggers(nlp: Language, name: str, ontology: str | None, skip: list[str]) -> Triggers:
    """Component that finds event mentions and writes them to the group ``conflict_triggers``.

    ``ontology``: path of a JSON file that adds to the shipped types and lexicon or replaces them;
    ``skip``: types that are not to be found.
    """
    return Triggers(name, ontology=ontology, skip=skip)


class Triggers(Pipe):
    """Finds mentions of events; merging them is the assembler's."""

    def __init__(
        self, name: str = "conflict_triggers", *, ontology: str | None = None, skip: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.path = ontology
        self.skip = frozenset(skip)
        self.ontology = ontologies.load(ontology)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[state.Found]:
        """The event mentions of ``doc`` in text order."""
        tree = with_known_lemmas(by_stretch(Tree(doc)), self.ontology)
        reader = Reader(tree, self.ontology)
        sites = frozenset(
            k for f in state.read(doc, state.PLACES) if f.values.get("role") == "mention" for k in range(f.start, f.end)
        )
        found: list[state.Found] = []
        for sense in reader.senses():
            values = self._values(tree, sense, sites)
            if values is not None and values["type"] not in self.skip:
                found.append(state.Found(sense.start, sense.end, values["type"] or "", f"t{len(found) + 1}", values))
        return found

    def set_annotations(self, doc: Doc, found: list[state.Found]) -> None:
        """Write the mentions to the Doc."""
        state.write(doc, state.TRIGGERS, found)

    def _values(self, tree: Tree, sense: Sense, sites: frozenset[int]) -> dict[str, Any] | None:
        row = sense.row
        type_ = self._decided(tree, sense)
        who = participants(tree, sense, self.ontology, type_ or "attack", sites)
        return {
            "type": type_,
            "class": self.ontology.class_of(type_) if type_ in self.ontology.types else None,
            "confidence": CONFIDENCE[row.role],
            "lemma": tree.lemma[sense.head],
            "head": sense.head,
            "role": row.role,
            "agents": who.agents,
            "targets": who.targets,
            "instrument": who.instrument,
            "row": row.text,
            "frame": "passive" if sense.frame.passive else "verb" if tree.pos[sense.head] == "VERB" else "noun",
            "doers": [way(tree, h, sense.head) for h in who.agent_heads],
            "hit": [way(tree, h, sense.head) for h in who.target_heads],
            "generic": row.role == "generic",
            "consequence": row.role == "consequence",
        }

    def _decided(self, tree: Tree, sense: Sense) -> str | None:
        """The type of the mention; for a violent act of untold kind by whom it hits, None for mere consequences."""
        row = sense.row
        if row.type == "TARGET":
            who = participants(tree, sense, self.ontology, "attack")
            by = weapon_type(tree, sense.frame, self.ontology)
            return by or ("armed_clash" if self._armed(tree, who) else "attack")
        if row.type in WEAPON_DECIDES:
            return weapon_type(tree, sense.frame, self.ontology) or row.type
        return row.type if row.type in self.ontology.types else None

    def _armed(self, tree: Tree, who: Participants) -> bool:
        """Whether those hit are armed, or sites of the state that armed groups attack."""
        words = self.ontology.words
        if any(tree.lemma[h] in words["crowd"] for h in who.agent_heads):
            return False
        rebels = any(tree.lemma[h] in words["rebel"] or tree.lower[h] in words["rebel"] for h in who.agent_heads)
        for head in who.target_heads:
            if tree.lemma[head] in words["armed_target"] or tree.lower[head] in words["armed_target"]:
                return True
            if tree.ent_type[head] == "ORG" and tree.lemma[head] not in words["civilian"] and rebels:
                return True
            near = {tree.lemma[k] for k in tree.children[head]}
            if not near.isdisjoint(words["armed_target"]):
                return True
            if rebels and (tree.lemma[head] in _SITES or not near.isdisjoint(("government", "state", "security"))):
                return True
        return False

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        from conflict_events.pipeline.scoring import score_spans

        return score_spans(examples, state.TRIGGERS)
