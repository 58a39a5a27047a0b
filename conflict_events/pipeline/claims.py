"""The component ``conflict_claims``: who affirms each figure and event, who denies it, and how it is told.

Reads the figures and event mentions that stand on the Doc, finds the sources of the text, and writes for each
target its claimant, relays, deniers, status, scope and whether it sums up several events.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from conflict_events.pipeline import state
from conflict_events.pipeline.attribution import choice as attribution
from conflict_events.pipeline.attribution import modality, scoping
from conflict_events.pipeline.attribution.antecedents import antecedent
from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.sources import Source, find_sources
from conflict_events.pipeline.attribution.targets import Target, find_targets
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import from_json, load_models, to_json

WEIGHTS = "claims_weights.json"


@Language.factory(
    "conflict_claims",
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={
        "claimant_threshold": 0.45,
        "background_threshold": 0.5,
        "cumulative_threshold": 0.5,
        "explain": True,
        "scorer": {"@scorers": "conflict_events.claim_scorer.v1"},
    },
)
def make_claims(
    nlp: Language,
    name: str,
    claimant_threshold: float,
    background_threshold: float,
    cumulative_threshold: float,
    explain: bool,
    scorer: Any,
) -> Claims:
    """Component that attributes figures and events to their sources.

    The thresholds are probabilities above which a source is taken, a target is background, a figure is
    cumulative; ``explain`` keeps the features that weighed most beside each answer.
    """
    return Claims(
        name,
        claimant_threshold=claimant_threshold,
        background_threshold=background_threshold,
        cumulative_threshold=cumulative_threshold,
        explain=explain,
        scorer=scorer,
    )


class Claims(Pipe):
    """Writes the group ``conflict_claims``: source phrases, and an answer for every figure and event mention."""

    def __init__(
        self,
        name: str = "conflict_claims",
        *,
        claimant_threshold: float = 0.45,
        background_threshold: float = 0.5,
        cumulative_threshold: float = 0.5,
        explain: bool = True,
        scorer: Any = None,
    ) -> None:
        self.name = name
        self.settings: dict[str, Any] = {
            "claimant_threshold": claimant_threshold,
            "background_threshold": background_threshold,
            "cumulative_threshold": cumulative_threshold,
            "explain": explain,
        }
        self.scorer = scorer
        self.models = load_models(WEIGHTS)

    def __call__(self, doc: Doc) -> Doc:
        try:
            self.set_annotations(doc, self.find(doc))
        except Exception as error:
            self.get_error_handler()(self.name, self, [doc], error)
        return doc

    def find(self, doc: Doc) -> dict[str, Any]:
        """The answers for all targets and the sources used: keys ``figures``, ``triggers``, ``sources``."""
        tree = Tree(doc)
        targets = find_targets(doc, tree)
        answers: dict[str, Any] = {"figures": {}, "triggers": {}, "sources": []}
        if not targets:
            return answers
        layout = Layout.of(tree)
        by_stretch: dict[int, list[Source]] = defaultdict(list)
        for source in find_sources(tree, layout):
            by_stretch[layout.stretch[source.cue]].append(source)
        setting = scoping.Setting.of(doc, tree, layout)
        used: dict[Source, list[list[int]]] = {}
        background: dict[tuple[int, int], list[float]] = defaultdict(list)
        for target in targets:
            features, answer = self._answer(tree, target, by_stretch, layout, setting, used)
            # figures come first: an event is as old as the figures that its own clause tells of it
            told = background[target.sent, target.finite[0]]
            answer |= (standing := self._scope(target, features, told))["values"]
            if "why" in answer:
                answer["why"] |= standing["why"]
            answers["figures" if target.is_figure else "triggers"][target.id] = answer
        answers["sources"] = sorted(used.items(), key=lambda item: (item[0].cue, item[0].start))
        return answers

    def _answer(
        self,
        tree: Tree,
        target: Target,
        by_stretch: dict[int, list[Source]],
        layout: Layout,
        setting: scoping.Setting,
        used: dict[Source, list[list[int]]],
    ) -> tuple[list[str], dict[str, Any]]:
        source, p_claim, why_claim = attribution.choose(
            tree,
            target,
            by_stretch,
            layout,
            self.models["claimant"],
            threshold=self.settings["claimant_threshold"],
        )
        hypothetical = modality.is_hypothetical(tree, target)
        deniers = modality.denials(tree, target, by_stretch, layout, source)
        negated = not target.is_figure and modality.is_negated(tree, target)
        if source is not None and (source.stance == "deny" or (negated and not hypothetical)):
            deniers, source = [source, *deniers], None
        features = scoping.describe(tree, target, setting, claimed=source is not None, hypothetical=hypothetical)
        claimant = _chars(tree, antecedent(tree, source, by_stretch, layout)) if source else None
        quoted = [tree.idx[target.span[0]], tree.end[target.span[1] - 1]]
        for s in [*([source] if source else []), *deniers]:
            used.setdefault(s, []).append(quoted)
        alleged = not target.is_figure and modality.is_alleged(tree, target)
        claimed = source is not None or alleged
        answer: dict[str, Any] = {
            "claimant": claimant,
            "via": [_chars(tree, v) for v in source.via] if source else [],
            "denied_by": [_chars(tree, antecedent(tree, d, by_stretch, layout)) for d in deniers],
            "status": _status(deniers, hypothetical=hypothetical, negated=negated, claimed=claimed),
        }
        if self.settings["explain"]:
            answer["why"] = {
                "claimant": {
                    "probability": round(p_claim, 3),
                    "source": source.kind if source else None,
                    "cue": [tree.idx[source.cue], tree.end[source.cue]] if source else None,
                    "features": self.models["claimant"].reasons(why_claim),
                },
            }
        return features, answer

    def _scope(self, target: Target, features: list[str], told: list[float]) -> dict[str, Any]:
        """Whether the target is background and sums up; ``told`` collects the clause's figures' probabilities."""
        scope = self.models["scope" if target.is_figure else "scope_event"]
        p_background = scope.probability(features)
        if target.is_figure:
            told.append(p_background)
        elif told:
            p_background = (p_background + sum(told) / len(told)) / 2
        cumulative = self.models["cumulative"]
        p_cumulative = cumulative.probability(features)
        return {
            "values": {
                "scope": "background" if p_background > self.settings["background_threshold"] else "current",
                "past": round(p_background, 3),
                "cumulative": p_cumulative > self.settings["cumulative_threshold"],
            },
            "why": {
                "scope": {"probability": round(p_background, 3), "features": scope.reasons(features)},
                "cumulative": {"probability": round(p_cumulative, 3), "features": cumulative.reasons(features)},
            },
        }

    def set_annotations(self, doc: Doc, answers: dict[str, Any]) -> None:
        """Write the answers of ``find`` onto the Doc."""
        found = []
        for n, (source, content) in enumerate(answers["sources"], 1):
            cue = doc[source.cue]
            values = {
                "cue": [cue.idx, cue.idx + len(cue)],
                "stance": "deny" if source.stance == "deny" else "affirm",
                "content": content,
            }
            found.append(state.Found(source.start, source.end, source.kind, f"c{n}", values))
        state.write(doc, state.CLAIMS, found, figures=answers["figures"], triggers=answers["triggers"])

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Settings and weights as JSON."""
        return json.dumps({"settings": self.settings, "models": to_json(self.models)}, sort_keys=True).encode("utf8")

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Claims:
        """Take settings and weights from what ``to_bytes`` gave."""
        raw = json.loads(data)
        self.settings, self.models = raw["settings"], from_json(raw["models"])
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write settings and weights to the file ``path``."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Claims:
        """Take settings and weights from a file that ``to_disk`` wrote."""
        return self.from_bytes(Path(path).read_bytes())


def _status(deniers: list[Source], *, hypothetical: bool, negated: bool, claimed: bool) -> str:
    if deniers:
        return "denied"
    if hypothetical:
        return "hypothetical"
    if negated:
        return "negated"
    return "claimed" if claimed else "asserted"


def _chars(tree: Tree, tokens: tuple[int, int]) -> list[int]:
    return [tree.idx[tokens[0]], tree.end[tokens[1] - 1]]


def score(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Shares of figures whose claimant, status, scope and cumulation are as in the reference Docs.

    Keys ``conflict_claimant_acc``, ``conflict_status_acc``, ``conflict_scope_acc``, ``conflict_cumulative_acc``,
    null where the references hold no answers. Figures are paired by the characters of their quantity.
    """
    right: dict[str, int] = dict.fromkeys(("claimant", "status", "scope", "cumulative"), 0)
    total = 0
    for example in examples:
        gold, found = _by_place(example.reference), _by_place(example.predicted)
        for place in gold.keys() & found.keys():
            total += 1
            for key in right:
                right[key] += gold[place].get(key) == found[place].get(key)
    return {f"conflict_{key}_acc": n / total if total else None for key, n in right.items()}


def _by_place(doc: Doc) -> dict[tuple[int, int], dict[str, Any]]:
    answers = state.attrs(doc, state.CLAIMS).get("figures") or {}
    places = {}
    for item in state.read(doc, state.CASUALTIES):
        if item.id in answers:
            start, end = state.char_range(doc, item.start, item.end)
            places[start, end] = answers[item.id]
    return places


def make_claim_scorer() -> Any:
    """The scorer registered as ``conflict_events.claim_scorer.v1``."""
    return score


registry.scorers("conflict_events.claim_scorer.v1", func=make_claim_scorer)
