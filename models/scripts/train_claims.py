"""Fit the small logistic models of the component conflict_claims and write their weights as JSON.

usage: python train_claims.py DATA_FOLDER [--model en_conflict_sm…] [--out WEIGHTS.json]

DATA_FOLDER holds casualties/train.jsonl and ner/gmb_ner_dataset.csv.zip; own annotations stand in models/data. Three
models are fitted: which source vouches for a figure or event, whether it is background, whether a figure is
cumulative. With several models each text is learned from as each of them parses it. Needs scikit-learn, which the
package itself does not.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from conflict_events.pipeline import state
from conflict_events.pipeline.attribution import choice as attribution
from conflict_events.pipeline.attribution import modality, scoping
from conflict_events.pipeline.attribution.antecedents import antecedent
from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.sources import Source, find_sources
from conflict_events.pipeline.attribution.targets import find_targets
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import Linear, to_json

STRENGTH = {
    "claimant": 0.3,
    "scope": 0.6,
    "scope_event": 0.4,
    "cumulative": 0.4,
}  # C of the L2 penalty, by five-fold cross-validation
# own passages and how often each counts: those of claims_own.jsonl tell of rare constructions alone, such as a dated
# past that the next sentence takes up
OWN = {"casualties_own.jsonl": 1, "passages_own.jsonl": 1, "claims_own.jsonl": 6}
RARE = 3  # features seen in fewer examples are left out
ROOT = Path(__file__).parents[1]
NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)]|'s|'|n't")
Row = tuple[list[str], bool]
# what one example says of one target: claimant (characters) or null, scope, cumulative (null for events)
Answer = dict[str, Any]


def figure_examples(items: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]], list[Answer]]]:
    """Texts with their annotated figures and the answers asked of each."""
    for item in items:
        answers = []
        for figure in item["figures"]:
            claimant = figure["claimant"]
            chars = [claimant["start"], claimant["end"]] if claimant else None
            answers.append({"claimant": chars, "scope": figure["scope"], "cumulative": bool(figure["cumulative"])})
        yield item["text"], item["figures"], answers


def join(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """A sentence of the Groningen Meaning Bank as running text, with the characters of each word."""
    text, places = "", []
    for k, word in enumerate(words):
        if text and not NO_SPACE_BEFORE.fullmatch(word) and words[k - 1] not in ("(", "$"):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def sentences(archive: Path) -> dict[str, list[str]]:
    """Words of the Groningen Meaning Bank's sentences by their names ("Sentence: 12")."""
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(archive) as packed:
        rows = csv.reader(io.TextIOWrapper(packed.open(packed.namelist()[0]), encoding="latin-1"))
        next(rows)
        words: list[str] = []
        for name, word, *_ in rows:
            if name:
                words = found.setdefault(name, [])
            if word:
                words.append(word)
    return found


def event_examples(data: Path, own: Path) -> Iterator[tuple[str, list[dict[str, Any]], list[Answer]]]:
    """Texts with event mentions of our own annotation, which names sentences and words of the data's texts."""
    bank = sentences(data / "ner" / "gmb_ner_dataset.csv.zip")
    lines = (data / "casualties" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {item["id"]: item["text"] for item in map(json.loads, lines)}
    grouped: dict[str, tuple[list[dict[str, Any]], list[Answer]]] = {}
    for mark in map(json.loads, own.read_text(encoding="utf-8").splitlines()):
        claimant = mark["claimant"]
        if "sentence" in mark:
            text, places = join(bank[mark["sentence"]])
            start, end = places[mark["word"]]
            chars = list(places[claimant]) if claimant is not None else None
        else:
            text, start, end = texts[mark["text"]], mark["start"], mark["end"]
            chars = [claimant, claimant + 1] if claimant is not None else None
        triggers, answers = grouped.setdefault(text, ([], []))
        triggers.append({"start": start, "end": end})
        answers.append({"claimant": chars, "scope": mark["scope"], "cumulative": None})
    for text, (triggers, answers) in grouped.items():
        yield text, triggers, answers


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


def set_triggers(doc: Doc, triggers: list[dict[str, Any]]) -> None:
    """Put event mentions on the Doc in the form that conflict_triggers writes."""
    found = []
    for n, trigger in enumerate(triggers, 1):
        start, end = state.token_range(doc, trigger["start"], trigger["end"]) or (0, 1)
        found.append(state.Found(start, end, "event", f"t{n}", {"type": "event"}))
    state.write(doc, state.TRIGGERS, found)


def same_source(text: str, gold: list[int] | None, tree: Tree, phrase: tuple[int, int]) -> bool:
    """Whether the tokens ``phrase`` are the annotated claimant: share characters with it, or say the same words."""
    if gold is None:
        return False
    start, end = tree.idx[phrase[0]], tree.end[phrase[1] - 1]
    shares = min(gold[1], end) > max(gold[0], start)
    return shares or text[gold[0] : gold[1]].lower().split() == text[start:end].lower().split()


def rows(doc: Doc, answers: list[Answer]) -> Iterator[tuple[str, Row]]:
    """Training rows (model, (features, answer)) of one Doc with its targets set."""
    tree = Tree(doc)
    layout = Layout.of(tree)
    setting = scoping.Setting.of(doc, tree, layout)
    by_stretch: dict[int, list[Source]] = defaultdict(list)
    for source in find_sources(tree, layout):
        by_stretch[layout.stretch[source.cue]].append(source)
    for target, answer in zip(find_targets(doc, tree), answers, strict=True):
        others = attribution.candidates(target, by_stretch, layout)
        for source in others:
            features = attribution.describe(tree, target, source, others, layout)
            phrase = antecedent(tree, source, by_stretch, layout)
            yield "claimant", (features, same_source(doc.text, answer["claimant"], tree, phrase))
        features = scoping.describe(
            tree,
            target,
            setting,
            claimed=answer["claimant"] is not None,
            hypothetical=modality.is_hypothetical(tree, target),
        )
        yield "scope" if target.is_figure else "scope_event", (features, answer["scope"] == "background")
        if answer["cumulative"] is not None:
            yield "cumulative", (features, answer["cumulative"])


def fit(examples: list[Row], strength: float) -> Linear:
    """A logistic model of ``examples``, weights rounded to 3 decimals, zero weights left out."""
    counts = Counter(name for features, _ in examples for name in set(features))
    table = [{name: 1 for name in features if counts[name] >= RARE} for features, _ in examples]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(table)
    model = LogisticRegression(C=strength, max_iter=3000).fit(matrix, [answer for _, answer in examples])
    weights = {n: round(float(w), 3) for n, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)}
    return Linear(round(float(model.intercept_[0]), 3), {n: w for n, w in weights.items() if w})


def fit_adapted(general: list[Row], special: list[Row], strength: float) -> Linear:
    """A model for the rows ``special`` that also learns from ``general``, each feature with a weight of its own for both.

    Daumé III (2007), "Frustratingly easy domain adaptation": special rows carry each feature twice; the two
    weights of a feature are then added up.
    """
    mark = "special:"
    doubled = [(features + [mark + f for f in features], answer) for features, answer in special]
    model = fit(general + doubled, strength)
    weights: dict[str, float] = defaultdict(float)
    for name, weight in model.weights.items():
        weights[name.removeprefix(mark)] += weight
    return Linear(model.bias, {n: round(w, 3) for n, w in weights.items() if round(w, 3)})


def accuracy(model: Linear, examples: list[Row]) -> float:
    """Share of rows answered rightly."""
    return float(np.mean([(model.score(features) > 0) == answer for features, answer in examples]))


def read_own(path: Path) -> list[dict[str, Any]]:
    """The training part of our own passages, those whose figures are annotated with claimant and scope."""
    items = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    usable = [item for item in items if item.get("split") != "holdout"]
    return [item for item in usable if all("claimant" in f and "scope" in f for f in item["figures"])]


def main() -> None:
    """Read the arguments, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", nargs="+", default=["en_conflict_sm"])
    default = ROOT.parent / "conflict_events" / "data" / "claims_weights.json"
    parser.add_argument("--out", type=Path, default=default)
    args = parser.parse_args()
    lines = (args.data / "casualties" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    for name, times in OWN.items():
        items += read_own(ROOT / "data" / name) * times
    examples: dict[str, list[Row]] = {name: [] for name in STRENGTH}
    event_items = list(event_examples(args.data, ROOT / "data" / "events_own.jsonl"))
    for model in args.model:
        nlp = spacy.load(model)
        nlp.add_pipe("conflict_boundaries", first=True)
        nlp.add_pipe("conflict_dates")
        for found, put in ((figure_examples(items), set_figures), (event_items, set_triggers)):
            for text, marks, answers in found:
                doc = nlp(text)
                put(doc, marks)
                for name, row in rows(doc, answers):
                    examples[name].append(row)
    figures, events = examples["scope"], examples["scope_event"]
    examples["scope"] = figures + events
    # the penalty weighs against the number of rows, and every view of a text brings its own
    strength = {name: value / len(args.model) for name, value in STRENGTH.items()}
    models = {name: fit(table, strength[name]) for name, table in examples.items()}
    models["scope_event"] = fit_adapted(figures, events, strength["scope_event"])
    for name, model in models.items():
        share = accuracy(model, examples[name])
        print(f"{name}: {len(examples[name])} rows, {len(model.weights)} weights, {share:.3f} on them")
    out = {"made_by": "models/scripts/train_claims.py", "models": to_json(models)}
    args.out.write_text(json.dumps(out, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
