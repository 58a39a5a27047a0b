"""Fit the small logistic models of the component conflict_claims and write their weights as JSON.

usage: python train_claims.py DATA_FOLDER [--model en_conflict_sm] [--docs PARSED.spacy] [--out WEIGHTS.json]

DATA_FOLDER holds casualties/train.jsonl. Three models are fitted: which source vouches for a figure, whether a
figure is background, whether it is cumulative. Needs scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, DocBin

from conflict_events.pipeline import attribution, scoping, state
from conflict_events.pipeline.layout import Layout
from conflict_events.pipeline.sources import Source, find_sources
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.targets import Target, find_targets
from conflict_events.pipeline.weights import Linear, to_json

STRENGTH = {"claimant": 0.5, "scope": 0.3, "cumulative": 0.3}  # C of the L2 penalty, by five-fold cross-validation
RARE = 3  # features seen in fewer examples are left out
Row = tuple[list[str], bool]


def parsed(items: list[dict[str, Any]], model: str, docs: Path | None) -> Iterator[Doc]:
    """The texts' Docs, from the DocBin ``docs`` where it is given, else parsed by ``model``."""
    if docs is not None:
        yield from DocBin().from_disk(docs).get_docs(spacy.blank("en").vocab)
        return
    nlp = spacy.load(model)
    nlp.add_pipe("conflict_boundaries", first=True)
    yield from nlp.pipe(item["text"] for item in items)


def set_figures(doc: Doc, figures: list[dict[str, Any]]) -> None:
    """Put the annotated figures on the Doc in the form that conflict_casualties writes."""
    found = []
    for n, figure in enumerate(figures, 1):
        quote, trigger = figure["quote"], figure["trigger"] or figure["quote"]
        start, end = state.token_range(doc, quote["start"], quote["end"]) or (0, 1)
        values = {key: figure[key] for key in ("outcome", "value", "low", "high")}
        values["trigger"] = [trigger["start"], trigger["end"]]
        found.append(state.Found(start, end, figure["outcome"], f"f{n}", values))
    state.write(doc, state.CASUALTIES, found)


def same_source(text: str, gold: dict[str, Any] | None, tree: Tree, phrase: tuple[int, int]) -> bool:
    """Whether the tokens ``phrase`` are the annotated claimant: share characters with it, or say the same words."""
    if gold is None:
        return False
    start, end = tree.idx[phrase[0]], tree.end[phrase[1] - 1]
    if end - start > 2 * (gold["end"] - gold["start"]) + 30:
        return False
    shares = min(gold["end"], end) > max(gold["start"], start)
    return shares or gold["text"].lower().split() == text[start:end].lower().split()


def rows(items: list[dict[str, Any]], docs: Iterator[Doc]) -> dict[str, list[Row]]:
    """Training rows (features, answer) of the three models."""
    found: dict[str, list[Row]] = {"claimant": [], "scope": [], "cumulative": []}
    for item, doc in zip(items, docs, strict=True):
        set_figures(doc, item["figures"])
        tree = Tree(doc)
        layout, setting = Layout.of(tree), scoping.Setting.of(tree)
        by_stretch: dict[int, list[Source]] = defaultdict(list)
        for source in find_sources(tree, layout):
            by_stretch[layout.stretch[source.cue]].append(source)
        targets: list[Target] = find_targets(doc, tree)
        for target, figure in zip(targets, item["figures"], strict=True):
            others = attribution.candidates(target, by_stretch, layout)
            for source in others:
                features = attribution.describe(tree, target, source, others, layout)
                phrase = attribution.antecedent(tree, source, by_stretch, layout)
                found["claimant"].append((features, same_source(item["text"], figure["claimant"], tree, phrase)))
            features = scoping.describe(tree, target, setting, claimed=figure["claimant"] is not None)
            found["scope"].append((features, figure["scope"] == "background"))
            found["cumulative"].append((features, bool(figure["cumulative"])))
    return found


def fit(examples: list[Row], strength: float) -> Linear:
    """A logistic model of ``examples``, weights rounded to 3 decimals, zero weights left out."""
    counts = Counter(name for features, _ in examples for name in set(features))
    table = [{name: 1 for name in features if counts[name] >= RARE} for features, _ in examples]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(table)
    model = LogisticRegression(C=strength, max_iter=3000).fit(matrix, [answer for _, answer in examples])
    weights = {n: round(float(w), 3) for n, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)}
    return Linear(round(float(model.intercept_[0]), 3), {n: w for n, w in weights.items() if w})


def accuracy(model: Linear, examples: list[Row]) -> float:
    """Share of rows answered rightly."""
    return float(np.mean([(model.score(features) > 0) == answer for features, answer in examples]))


def main() -> None:
    """Read the arguments, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="en_conflict_sm")
    parser.add_argument("--docs", type=Path)
    default = Path(__file__).parents[2] / "conflict_events" / "data" / "claims_weights.json"
    parser.add_argument("--out", type=Path, default=default)
    args = parser.parse_args()
    lines = (args.data / "casualties" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    examples = rows(items, parsed(items, args.model, args.docs))
    models = {name: fit(found, STRENGTH[name]) for name, found in examples.items()}
    for name, model in models.items():
        print(
            f"{name}: {len(examples[name])} rows, {len(model.weights)} weights, {accuracy(model, examples[name]):.3f} on them"
        )
    out = {"made_by": "models/scripts/train_claims.py", "models": to_json(models)}
    args.out.write_text(json.dumps(out, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
