"""Train the small linear models of the component conflict_casualties.

usage: train_casualties.py ANNOTATED.jsonl… [--model en_conflict_sm…] [--out conflict_events/data/casualties.json]

ANNOTATED holds one text a line, {"id", "text", "figures": [...]}: quote, victims, side and trigger as
{"text", "start", "end"}, outcome, value, low, high, victim_kind. With several models each text is learned from as each
of them parses it, so that the weights hang on no one parser's habits. Cross-validated accuracy is printed; the confidence model is fitted on predictions for texts that the acceptance model did not see.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

import conflict_events.pipeline.boundaries  # noqa: F401  (registers the factory)
from conflict_events.pipeline.figures.contexts import FREEING
from conflict_events.pipeline.figures.pairs import Pair, pairs_of, passages
from conflict_events.pipeline.figures.sides import side_words
from conflict_events.pipeline.figures.victims import KINDS, Group, kind_features
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.weights import Linear, to_json

SEED = 0
FOLDS = 5
LEAST = 3
ACCEPT = 0.5  # as in the component


def chars(span: dict[str, Any] | None) -> tuple[int, int] | None:
    return (span["start"], span["end"]) if span else None


def overlaps(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is not None and b is not None and min(a[1], b[1]) > max(a[0], b[0])


def gold_of(tree: Tree, pair: Pair, figures: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The annotated figure that the pair finds: trigger and quantity (or victims, where none is told) overlap."""
    m, t = pair.mention, pair.trigger
    whole = (tree.idx[m.start], tree.end[m.end - 1])
    count = (tree.idx[m.start], tree.end[m.count_end - 1]) if m.counted else whole
    said = (tree.idx[t.start], tree.end[t.end - 1])
    for f in figures:
        if f["outcome"] != t.sense.outcome and "casualties" not in (f["outcome"], t.sense.outcome):
            continue
        # one figure of freed captives has two words that state it: "freed a nurse held hostage"
        if f["trigger"] and t.sense.lemma not in FREEING and not overlaps(said, chars(f["trigger"])):
            continue
        if overlaps(whole if f["qualifier"] == "unspecified" else count, chars(f["quote"])):
            return f
    return None


def fit(rows: list[list[str]], labels: np.ndarray, strength: float) -> Linear:
    """Logistic regression over features seen at least ``LEAST`` times."""
    counts: dict[str, int] = {}
    for row in rows:
        for f in set(row):
            counts[f] = counts.get(f, 0) + 1
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([{f: 1 for f in row if counts[f] >= LEAST} for row in rows])
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    model = LogisticRegression(C=strength, max_iter=500, solver="liblinear", random_state=SEED).fit(x, labels)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return Linear(round(float(model.intercept_[0]), 4), {f: round(float(w), 3) for f, w in named if abs(w) >= 0.02})


def cross_validated(rows: list[list[str]], labels: np.ndarray, texts: np.ndarray, strength: float) -> np.ndarray:
    """Probability of each row by a model that did not see its text."""
    out = np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(rows, labels, texts):
        model = fit([rows[i] for i in train], labels[train], strength)
        out[test] = [model.probability(rows[i]) for i in test]
    return out


def train(items: list[dict[str, Any]], docs: list[Doc], log: Any = print, *, views: int = 1) -> dict[str, Linear]:
    """The models; ``items`` and ``docs`` hold all texts once for each of the ``views``, one view after the other."""
    from conflict_events.pipeline.casualties import decode, right_features

    trees = [Tree(d) for d in docs]
    pairs: list[tuple[int, tuple[int, int], Pair, dict[str, Any] | None]] = []
    for n, (item, tree) in enumerate(zip(items, trees, strict=True)):
        for bounds in passages(tree):
            pairs += [(n, bounds, p, gold_of(tree, p, item["figures"])) for p in pairs_of(tree, *bounds)]
    rows = [p.features for _, _, p, _ in pairs]
    labels = np.array([g is not None for *_, g in pairs])
    texts = np.array([n for n, *_ in pairs])
    once = len(items) // views
    models = {"accept": fit(rows, labels, 0.5 / views)}
    scores = cross_validated(rows, labels, texts % once, 0.5 / views)
    hits = int(((scores > 0.5) & labels).sum())
    log(f"accept: {len(rows)} pairs, P {hits / max(1, (scores > 0.5).sum()):.3f} R {hits / labels.sum():.3f}")

    # decoded with unseen scores: is the figure right, of what kind, of which side
    right_rows, right_labels, right_texts = [], [], []
    kind_rows, kind_gold, kind_texts = [], [], []
    side_rows, side_labels, side_texts = [], [], []
    by_sentence: dict[tuple[int, int], list[int]] = {}
    for k, (n, bounds, _, _) in enumerate(pairs):
        by_sentence.setdefault((n, bounds[0]), []).append(k)
    for (n, _), members in by_sentence.items():
        tree = trees[n]
        gold_by_pair = {id(pairs[k][2]): pairs[k][3] for k in members}
        before: Group | None = None
        for figure in decode(tree, [(float(scores[k]), pairs[k][2]) for k in members], ACCEPT):
            gold = gold_by_pair[id(figure.pair)]
            q = figure.pair.mention.quantity
            value = (0, 0, 0) if figure.negated else (q.value, q.low, q.high)
            ok = (
                gold is not None
                and gold["outcome"] == figure.outcome
                and value == (gold["value"], gold["low"], gold["high"])
            )
            right_rows.append(right_features(figure))
            right_labels.append(ok)
            right_texts.append(n)
        taken: set[int] = set()
        for k in members:
            gold = pairs[k][3]
            if gold is None or id(gold) in taken:
                continue
            taken.add(id(gold))
            pair = pairs[k][2]
            group = Group(pair.trigger, pair.mention, pair.rule, before, gold["victim_kind"])
            kind_rows.append(kind_features(tree, group))
            kind_gold.append(gold["victim_kind"])
            kind_texts.append(n)
            side = chars(gold["side"])
            text = items[n]["text"]
            for word in side_words(tree, group):
                found = (tree.idx[word.start], tree.end[word.end - 1])
                same = side is not None and text[found[0] : found[1]].lower() == text[side[0] : side[1]].lower()
                side_rows.append(word.features)
                side_labels.append(overlaps(found, side) or same)
                side_texts.append(n)
            before = group
    models["right"] = fit(right_rows, np.array(right_labels), 0.3 / views)
    sure = cross_validated(right_rows, np.array(right_labels), np.array(right_texts) % once, 0.3 / views)
    picked = sure > 0.9
    log(
        f"right: {np.mean(right_labels):.3f} of {len(right_rows)}; above 0.9 {picked.mean():.3f}, right {np.array(right_labels)[picked].mean():.3f}"
    )
    kinds = np.array(kind_gold)
    unseen = {f"kind:{k}": cross_validated(kind_rows, kinds == k, np.array(kind_texts) % once, 1.0) for k in KINDS}
    guess = [max(KINDS, key=lambda k: unseen[f"kind:{k}"][i]) for i in range(len(kinds))]
    log(f"kind: {np.mean(np.array(guess) == kinds):.3f}")
    for k in KINDS:
        models[f"kind:{k}"] = fit(kind_rows, kinds == k, 1.0)
    marks = np.array(side_labels)
    sides = cross_validated(side_rows, marks, np.array(side_texts) % once, 1.0)
    log(f"side words: P {marks[sides > 0.5].mean():.3f} R {(sides > 0.5)[marks].mean():.3f}")
    models["side"] = fit(side_rows, marks, 1.0)
    return models


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--model", nargs="+", default=["en_conflict_sm"])
    parser.add_argument("--out", type=Path, default=Path("conflict_events/data/casualties.json"))
    args = parser.parse_args()
    items = [json.loads(line) for path in args.annotated for line in path.read_text(encoding="utf-8").splitlines()]
    items = [item for item in items if item.get("split") != "holdout"]
    docs: list[Doc] = []
    names = []
    for name in args.model:
        nlp = spacy.load(name)
        if "conflict_boundaries" not in nlp.pipe_names:
            nlp.add_pipe("conflict_boundaries", first=True)
        docs += nlp.pipe(item["text"] for item in items)
        names.append(f"{nlp.meta['name']}-{nlp.meta['version']}")
    models = train(items * len(names), docs, views=len(names))
    made = {"date": datetime.now(UTC).date().isoformat(), "model": ", ".join(names)}
    text = json.dumps({**made, "models": to_json(models)}, indent=0, sort_keys=True)
    args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
