"""Casualty figures: how many people were killed, injured, missing, captured or displaced, and who they were.

Candidates are pairs of an outcome trigger and a group of people of one sentence; a small linear model over the
grammar between them accepts or refuses them (``casualties_pairs``). Who says so is for the claims component.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from conflict_events.pipeline import state, weights
from conflict_events.pipeline.figures.mentions import Mention
from conflict_events.pipeline.figures.pairs import Pair, pairs_of, passages
from conflict_events.pipeline.figures.relations import inherit, same_figures, whole_of
from conflict_events.pipeline.figures.sides import opposed, owner, side_words
from conflict_events.pipeline.figures.telling import without_speakers
from conflict_events.pipeline.figures.triggers import Trigger
from conflict_events.pipeline.figures.victims import (
    Group,
    is_attacker,
    kind_features,
    kind_of,
    named_people,
)
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import Linear
from conflict_events.records import MOST_PEOPLE

WEIGHTS = "casualties.json"
HARM = frozenset({"killed", "injured", "captured"})
# "the bodies of two drivers kidnapped in May": rules by which a group may suffer two things, one told of the other
NAMING = frozenset({"people_of", "nominal_of"})
QUALIFYING = frozenset({"participle", "participle_undergoer", "relative_passive", "relative_undergoer"})
# farthest and allowed words between coordinated triggers over the same victims: "killed and / or wounded"
NEAR = 4
ROW_WORDS = frozenset({"and", "or", "/", ",", "&", "either", "were", "otherwise"})
# roles of outcome words that may stand in one row: "killed or missing", "the killing and wounding of"
ALIKE = ({"act", "state"}, {"act", "event"})
STEPS = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)


class Figure(NamedTuple):
    """An accepted figure: its group of victims, its outcome, the pair behind it and the probability of the pair."""

    group: Group
    trigger: Trigger
    outcome: str
    pair: Pair
    score: float
    negated: bool


@Language.factory(
    "conflict_casualties",
    assigns=["doc.spans"],
    requires=["token.dep", "token.tag", "token.pos"],
    default_config={"accept": 0.5, "scorer": {"@scorers": "conflict_events.casualty_scorer.v1"}},
)
def make_casualties(nlp: Language, name: str, accept: float, scorer: Callable[..., Any] | None) -> Casualties:
    """Component that finds casualty figures.

    ``accept`` is the probability above which a candidate becomes a figure: raise it for precision, lower it
    for recall.
    """
    return Casualties(name, accept=accept, scorer=scorer)


class Casualties(Pipe):
    """Writes the group ``conflict_casualties``; see ``pipeline/state.py`` for its values."""

    def __init__(
        self, name: str = "conflict_casualties", *, accept: float = 0.5, scorer: Callable[..., Any] | None = None
    ) -> None:
        self.name = name
        self.accept = accept
        self.scorer = scorer
        self.models: dict[str, Linear] = weights.load_models(WEIGHTS)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict_one(doc))
        return doc

    def predict_one(self, doc: Doc) -> list[state.Found]:
        """The figures of one Doc, in text order."""
        if not doc.has_annotation("DEP"):
            return []
        tree = Tree(doc)
        figures = sorted(self._figures(tree), key=lambda f: (f.group.mention.start, f.trigger.i, f.outcome))
        figures = without_speakers(tree, figures)
        ids = {id(f): f"f{n}" for n, f in enumerate(figures, 1)}
        wholes = whole_of(tree, figures)
        actors = state.read(doc, state.ACTORS)
        values = [self._values(tree, f, actors) for f in figures]
        same = same_figures(tree, figures, values)
        inherit(values, same)
        found = []
        for n, (f, value) in enumerate(zip(figures, values, strict=True)):
            value["subset_of"] = ids[id(figures[wholes[n]])] if n in wholes else None
            value["same_as"] = ids[id(figures[same[n]])] if n in same else None
            start, end = quote(f.group.mention)
            found.append(state.Found(start, end, f.outcome, ids[id(f)], value))
        return found

    def set_annotations(self, doc: Doc, found: Iterable[state.Found]) -> None:
        """Write the figures to the Doc."""
        state.write(doc, state.CASUALTIES, found)

    def _figures(self, tree: Tree) -> Iterator[Figure]:
        before: Group | None = None
        for start, end in passages(tree):
            pairs = pairs_of(tree, start, end)
            if not pairs:
                continue
            scored = [(self.models["accept"].probability(p.features), p) for p in pairs]
            for figure in decode(tree, scored, self.accept):
                before = before if before is not None and start <= before.mention.start < end else None
                group = figure.group._replace(before=before)
                group = group._replace(kind=kind_of(self.models, kind_features(tree, group)))
                before = group
                yield figure._replace(group=group)

    def _values(self, tree: Tree, f: Figure, actors: Sequence[state.Found]) -> dict[str, Any]:
        m, q = f.group.mention, f.group.mention.quantity
        named = named_people(tree, f.group)
        victims = [tree.idx[named[0]], tree.end[named[1] - 1]] if named is not None else None
        if f.negated:
            value, low, high, qualifier = 0, 0, 0, "exact"
        else:
            value, low, high, qualifier = q.value, q.low, q.high, q.qualifier  # type: ignore[assignment]
        beyond = max(value or 0, low or 0, high or 0) > MOST_PEOPLE
        if beyond:
            value, low, high, qualifier = None, None, None, "unspecified"  # type: ignore[assignment]
        right = self.models["right"].probability(right_features(f))
        return {
            "trigger": [tree.idx[f.trigger.start], tree.end[f.trigger.end - 1]],
            "outcome": f.outcome,
            "value": value,
            "low": low,
            "high": high,
            "qualifier": qualifier,
            "beyond": beyond,
            "victims": {"span": victims, "kind": f.group.kind, "attackers": is_attacker(tree, m)},
            "side": self._side(tree, f.group, actors),
            "subset_of": None,
            "same_as": None,
            "confidence": round(right, 3),
            "why": {
                "rule": f.pair.rule or "nearby",
                "trigger": f.trigger.sense.lemma,
                "role": f.trigger.sense.role,
                "quantity": m.form,
                "score": round(f.score, 3),
                "reasons": self.models["accept"].reasons(f.pair.features),
            },
        }

    def _side(self, tree: Tree, group: Group, actors: Sequence[state.Found]) -> list[int] | None:
        best, chosen, where = 0.0, None, ""
        for word in side_words(tree, group):
            score = self.models["side"].score(word.features)
            if score > best:
                best, chosen, where = score, (word.start, word.end), word.where
        if where not in ("phrase", "noun", "complement"):
            chosen = owner(tree, group) or chosen or opposed(tree, group.mention, actors)
        if chosen is not None:
            return [tree.idx[chosen[0]], tree.end[chosen[1] - 1]]
        if group.mention.noun is None and group.before is not None:
            return self._side(tree, group.before._replace(before=None), actors)
        return None

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Configuration and weights as bytes."""
        return json.dumps(self._serial(), sort_keys=True).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Casualties:
        """Take configuration and weights from ``to_bytes``."""
        return self._restore(json.loads(data))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write configuration and weights to the folder ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        folder.joinpath(WEIGHTS).write_text(json.dumps(self._serial(), sort_keys=True), encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Casualties:
        """Take configuration and weights from the folder ``path``."""
        return self._restore(json.loads(Path(path).joinpath(WEIGHTS).read_text(encoding="utf-8")))

    def _serial(self) -> dict[str, Any]:
        return {"accept": self.accept, "models": weights.to_json(self.models)}

    def _restore(self, data: dict[str, Any]) -> Casualties:
        self.accept = float(data["accept"])
        self.models = weights.from_json(data["models"])
        return self


def quote(mention: Mention) -> tuple[int, int]:
    """Tokens of the quantity, or of the whole phrase where no quantity is expressed."""
    return (mention.start, mention.count_end) if mention.counted else (mention.start, mention.end)


def decode(tree: Tree, scored: list[tuple[float, Pair]], accept: float) -> Iterator[Figure]:
    """The figures of one sentence from its scored pairs: each group counts once for each outcome."""
    best: dict[tuple[int, int], dict[str, tuple[float, Pair]]] = {}
    for score, pair in scored:
        if score < accept:
            continue
        outcomes = best.setdefault((pair.mention.start, pair.mention.end), {})
        outcome = pair.trigger.sense.outcome
        if outcome not in outcomes or score > outcomes[outcome][0]:
            outcomes[outcome] = (score, pair)
    every = {p.trigger.i: p.trigger for _, p in scored}
    owners: dict[int, set[int]] = {}
    for outcomes in best.values():
        for _, p in outcomes.values():
            owners.setdefault(p.trigger.i, set()).add(p.mention.start)
    for span in sorted(best):
        yield from _outcomes(tree, best[span], every, owners)


def _outcomes(
    tree: Tree, outcomes: dict[str, tuple[float, Pair]], every: dict[int, Trigger], owners: dict[int, set[int]]
) -> Iterator[Figure]:
    """The figures of one group of people: one, unless it suffered two things told apart."""
    harm = {o: item for o, item in outcomes.items() if o in HARM}
    if harm:
        score, pair = max(harm.values(), key=lambda item: item[0])
        m = pair.mention
        row = _row(tree, pair.trigger, every)
        after = m.start > pair.trigger.i
        others = [
            t
            for t in row
            if t.i != pair.trigger.i and (not owners.get(t.i) or any((o > t.i) == after for o in owners[t.i]))
        ]
        if others and not row[0].i < m.start < row[-1].i:
            said = pair.trigger._replace(start=row[0].start, end=row[-1].end)
            yield _figure(tree, pair, "casualties", score, said)
            harm = {}
        elif len(harm) > 1:
            triggers = sorted(p.trigger.i for _, p in harm.values())
            rules = {p.rule.partition("+")[0] for _, p in harm.values()}
            twofold = not rules.isdisjoint(NAMING) and not rules.isdisjoint(QUALIFYING)
            if triggers[0] < m.start < triggers[-1] and not twofold:
                harm = {pair.trigger.sense.outcome: (score, pair)}
    rest = {o: item for o, item in outcomes.items() if o not in HARM and not (o == "casualties" and len(outcomes) > 1)}
    for outcome, (score, pair) in {**harm, **rest}.items():
        yield _figure(tree, pair, outcome, score, pair.trigger)


def _row(tree: Tree, trigger: Trigger, every: dict[int, Trigger]) -> list[Trigger]:
    """Triggers of different harms in one row with ``trigger``: "killed and wounded", "killed, injured or captured"."""
    row = [trigger]
    for step in (-1, 1):
        i = trigger.i
        for k in range(1, NEAR + 1):
            word = tree.lower[i + step * k] if 0 <= i + step * k < len(tree) else ""
            other = every.get(i + step * k)
            alike = other is not None and (
                other.sense.role == trigger.sense.role or {other.sense.role, trigger.sense.role} in ALIKE
            )
            if other is not None and other.sense.outcome in HARM and alike:
                row.append(other)
            elif word not in ROW_WORDS:
                break
    row.sort(key=lambda t: t.i)
    return row if len({t.sense.outcome for t in row}) > 1 else [trigger]


def _figure(tree: Tree, pair: Pair, outcome: str, score: float, trigger: Trigger) -> Figure:
    negated = (
        pair.mention.form not in ("none",)
        and pair.mention.quantity.value is not None
        and not pair.mention.counted
        and tree.is_negated(pair.trigger.i)
    )
    return Figure(Group(pair.trigger, pair.mention, pair.rule, None), trigger, outcome, pair, score, negated)


def right_features(f: Figure) -> list[str]:
    """Clues to whether a figure is right in outcome, value and bounds: how sure the model is, and of what form."""
    m = f.pair.mention
    rule = f.pair.rule.split("+")
    return [f"score>{s}" for s in STEPS if f.score > s] + [
        f"form={m.form}",
        f"qualifier={m.quantity.qualifier}",
        f"outcome={f.outcome}",
        f"rule={rule[0]}",
        f"way={rule[-1] if len(rule) > 1 else 'direct'}",
        f"role={f.trigger.sense.role}",
        f"noun={m.noun is not None}",
    ]


def casualty_score(examples: Iterable[Example], **cfg: Any) -> dict[str, float]:
    """Precision, recall and F1 of figures against the reference Docs' group: same outcome and overlapping words.

    ``casualties_figure_f`` asks for the right value and bounds too.
    """
    gold_count = found_count = matched = right = 0
    for example in examples:
        if state.CASUALTIES not in example.reference.spans:
            continue
        gold, found = state.read(example.reference, state.CASUALTIES), state.read(example.predicted, state.CASUALTIES)
        gold_count, found_count = gold_count + len(gold), found_count + len(found)
        free = list(found)
        for g in gold:
            match = next((f for f in free if f.label == g.label and f.start < g.end and g.start < f.end), None)
            if match is not None:
                free.remove(match)
                matched += 1
                right += all(match.values.get(k) == g.values.get(k) for k in ("value", "low", "high"))
    scores = {}
    for key, n in (("casualties", matched), ("casualties_figure", right)):
        p, r = n / max(found_count, 1), n / max(gold_count, 1)
        scores.update({f"{key}_p": p, f"{key}_r": r, f"{key}_f": 2 * p * r / max(p + r, 1e-9)})
    return scores


def make_casualty_scorer() -> Callable[..., dict[str, float]]:
    """The scorer of the component."""
    return casualty_score


registry.scorers("conflict_events.casualty_scorer.v1", func=make_casualty_scorer)


__all__ = ["Casualties", "casualty_score", "make_casualties", "make_casualty_scorer"]
