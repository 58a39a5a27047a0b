"""Places: every toponym of a report with the point it names, its rivals, and in what role it is used."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.util import registry

from conflict_events.geo.distance import displace, distance_km
from conflict_events.geo.gazetteer import Entry, Gazetteer, IndexGazetteer
from conflict_events.geo.ranking import Ranked, Toponym, resolve, weights_from
from conflict_events.pipeline import state
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.toponym_evidence import PLACE_LABELS
from conflict_events.pipeline.toponyms import Finder, Mention

# "Jermuk, Vayots Dzor", "Hebron (West Bank)", "Goma in North Kivu": what may stand between a place and its container
BETWEEN = re.compile(r",? ?\(?(?:in )?(?:the )?(?:\w+ern )?")
# what a land, not its government, is the subject of
OF_LANDS = frozenset("lie border sit stretch extend remain see witness experience suffer become".split())
INSTITUTIONS = frozenset(
    """
ministry minister government president premier chancellor parliament congress senate cabinet army military navy force forces
troop troops soldier police service agency authority leader leadership official spokesman spokeswoman ambassador envoy
embassy side delegation regime junta state secretary commander general airforce guard command administration king emir
""".split()
)
UNRESOLVED = "no gazetteer entry with this name"
SAME_SPOT_KM = 40.0


@registry.misc("conflict_events.Gazetteer.v1")  # type: ignore[untyped-decorator]
def make_gazetteer(paths: list[str] | None = None, shipped: bool = True) -> IndexGazetteer:
    """The shipped gazetteer under the user's own indexes in ``paths``, later ones on top."""
    return IndexGazetteer([os.fspath(p) for p in paths or ()], shipped=shipped)


@Language.factory(
    "conflict_places",
    assigns=["doc.spans"],
    requires=["doc.ents", "token.tag", "token.dep", "token.head"],
    default_config={"gazetteer": {"@misc": "conflict_events.Gazetteer.v1"}, "weights": {}, "alternatives": 4},
)
def make_places(nlp: Language, name: str, gazetteer: Gazetteer, weights: dict[str, float], alternatives: int) -> Places:
    """Component that writes a record for each place name.

    ``gazetteer``: look-ups (``find``, ``similar``, ``version``); ``weights``: score terms to set otherwise, as named in
    ``conflict_events.geo.ranking.Weights``; ``alternatives``: how many other candidates a record keeps.
    """
    return Places(gazetteer, name, weights=weights, alternatives=alternatives)


class Places(Pipe):
    """Finds toponyms, resolves them together, and writes the span group ``conflict_places``."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        name: str = "conflict_places",
        *,
        weights: dict[str, float] | None = None,
        alternatives: int = 4,
    ) -> None:
        self.name = name
        self.gazetteer = gazetteer
        self.weights = weights_from(weights or {})
        self.alternatives = alternatives

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[state.Found]:
        """The records of a Doc in text order; the Doc stays as it is."""
        if not len(doc):
            return []
        tree = Tree(doc)
        mentions = Finder(tree, doc.text, self.gazetteer).find()
        ranked = resolve(self._toponyms(doc, tree, mentions), self.weights)
        found = []
        for number, (mention, readings) in enumerate(zip(mentions, ranked, strict=True), start=1):
            role = _role(tree, mention, readings)
            values = self._values(mention, readings, role)
            found.append(state.Found(mention.start, mention.end, role, f"p{number}", values))
        return found

    def set_annotations(self, doc: Doc, found: Iterable[state.Found]) -> None:
        """Write the records to the Doc's span group."""
        state.write(doc, state.PLACES, found, gazetteer=self.gazetteer.version)

    def _toponyms(self, doc: Doc, tree: Tree, mentions: Sequence[Mention]) -> list[Toponym]:
        out = []
        for i, m in enumerate(mentions):
            container = None
            last = mentions[i - 1] if i else None
            if last and m.feature_word and last.kind == "name" and tree.lower[last.end : m.start] in (["'s"], ["’s"]):
                container = i - 1
            if i + 1 < len(mentions) and m.kind != "demonym" and mentions[i + 1].kind == "name":
                nearby = tree.idx[mentions[i + 1].start] - tree.end[m.end - 1]
                between = doc.text[tree.end[m.end - 1] : tree.idx[mentions[i + 1].start]] if nearby < 30 else "-"
                if between.strip() and BETWEEN.fullmatch(between):
                    container = i + 1
            out.append(Toponym(m.name, tree.idx[m.start], m.matches, m.feature_word, container))
        return out

    def _values(self, mention: Mention, readings: list[Ranked], role: str) -> dict[str, Any]:
        if readings and readings[0].similarity < 1 and "same_country" not in readings[0].terms:
            readings = []
        if not readings:
            return {**_NOWHERE, "name": mention.name, "role": role, "confidence": 0.3, "reason": UNRESOLVED}
        best = readings[0]
        entry = best.entry
        lat, lon, radius = entry.latitude, entry.longitude, entry.radius_km
        if mention.away:
            lat, lon = displace(lat, lon, *mention.away)
            radius = max(2.0, 0.2 * mention.away[0]) + min(radius, 20.0)
        elif mention.kind == "within":
            radius = max(radius, 15.0)
        trust = 0.98 if mention.label in PLACE_LABELS or mention.kind == "demonym" else 0.85
        return {
            "name": entry.name,
            "geonames_id": entry.geonames_id,
            "latitude": round(lat, 5),
            "longitude": round(lon, 5),
            "country": entry.country,
            "countries": list(entry.countries),
            "admin1": entry.admin1,
            "admin2": entry.admin2,
            "feature": entry.feature,
            "radius_km": round(radius, 1),
            "precision": entry.precision,
            "claimed_by": list(entry.claimed_by),
            "role": role,
            "confidence": round(_share_here(readings) * trust, 3),
            "alternatives": [_candidate(r.entry, r.share) for r in readings[1 : 1 + self.alternatives]],
            "reason": None,
        }


_NOWHERE: dict[str, Any] = {
    "name": "", "geonames_id": None, "latitude": None, "longitude": None, "country": None, "countries": [], "admin1": None,
    "admin2": None, "feature": None, "radius_km": None, "precision": "area", "claimed_by": [], "role": "mention",
    "confidence": 0.0, "alternatives": [], "reason": None,
}  # fmt: skip


def _share_here(readings: list[Ranked]) -> float:
    """The share of all readings that come to the same spot: a city, its municipality, its region."""
    best = readings[0].entry
    same = [
        r.share
        for r in readings[1:]
        if r.entry.country == best.country
        and distance_km(best.latitude, best.longitude, r.entry.latitude, r.entry.longitude)
        <= max(SAME_SPOT_KM, best.radius_km)
    ]
    return min(1.0, readings[0].share + sum(same))


def _candidate(entry: Entry, share: float) -> dict[str, Any]:
    return {
        "name": entry.name,
        "geonames_id": entry.geonames_id,
        "latitude": round(entry.latitude, 5),
        "longitude": round(entry.longitude, 5),
        "country": entry.country,
        "score": share,
    }


def _role(tree: Tree, mention: Mention, readings: list[Ranked]) -> str:
    """Demonym, metonym (a state or capital that speaks or decides), or mention; events are told later."""
    if mention.kind == "demonym":
        return "demonym"
    if not readings:
        return "mention"
    if readings[0].kind == "metonym":
        return "metonym"
    entry = readings[0].entry
    if not (entry.precision == "country" or entry.feature == "P.PPLC") or mention.away:
        return "mention"
    inside = range(mention.start, mention.end)
    head = next((i for i in inside if tree.head[i] not in inside), mention.start)
    if tree.role[head] == "conj":
        head = tree.head[head]
    return "metonym" if _acts(tree, head) or _owns_institution(tree, head, mention.end) else "mention"


def _acts(tree: Tree, name: int) -> bool:
    """Whether the name is the doer of a verb that lands do not do."""
    verb = tree.head[name]
    if tree.role[name] == "nsubj" and tree.pos[verb] == "VERB":
        return tree.lemma[verb] not in OF_LANDS
    by = tree.role[name] == "obl:agent" or (tree.role[name] == "obl" and tree.preposition(name) == "by")
    return by and tree.pos[verb] == "VERB"


def _owns_institution(tree: Tree, name: int, end: int) -> bool:
    """Whether the name stands in the genitive before an office or body of a state ("Armenia's Defence Ministry")."""
    if tree.role[name] != "nmod:poss":
        return False
    owned = range(end, min(max(tree.head[name] + 3, end), end + 8, len(tree)))
    return any(tree.lemma[i] in INSTITUTIONS or tree.lower[i] in INSTITUTIONS for i in owned)
