"""Train the linear models that bind place, date, doer and cause to casualty figures.

usage: train_binding.py DATA.jsonl [--model NAME…] [--out FOLDER] [--folds N]

DATA: one JSON a line with "text" and "figures" (quote, trigger, victims, side, place, date, agent, cause …, each
with start and end). The gold figures stand in for ``conflict_casualties``; everything else is the pipeline's own.
The training part of passages_own.jsonl is learned from too. Writes ``binding.json`` and ``causes.json`` to FOLDER and
prints cross-validated accuracy. With several models each text is learned from as each of them parses it.

What the events of a report are bound to is a clue for its figures, and the models that bind them are the ones trained
here. So they are fitted twice: first without that clue, then with it as models that did not see the text give it; the
clue would be trusted too much where it comes from weights, shipped ones too, that were fitted to the same figures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from conflict_events.pipeline import state
from conflict_events.pipeline.actors import open_gazetteer
from conflict_events.pipeline.assembly.binding import ONE_OF, THRESHOLDS, models
from conflict_events.pipeline.assembly.building import NEAR_FIGURE, Assembly
from conflict_events.pipeline.frames import ontology
from conflict_events.pipeline.parties.roster import Roster
from conflict_events.pipeline.weights import from_json

BEFORE = ("conflict_dates", "conflict_places", "conflict_actors")
AFTER = ("conflict_triggers", "conflict_claims")
KINDS = {"place": "scenes", "date": "times", "agent": "doers"}
# C of the L2 penalty, by cross-validation; shared by the views of a text, one a model
STRENGTH = {"place": 0.4, "date": 0.3, "agent": 0.3, "cause": 0.1}
ROUNDS = 300
OWN = Path(__file__).parents[1] / "data" / "passages_own.jsonl"  # learned from beside DATA, never measured on
MIN_COUNT = 3
PARTS = 4  # of the texts, for models that did not see a text
BOUND = ("bound", "another bound")  # features of what the figure's event is bound to
MIN_WEIGHT = 0.01


def chars(value):
    return [value["start"], value["end"]] if value else None


def with_gold_figures(doc, figures):
    found = []
    for n, g in enumerate(sorted(figures, key=lambda g: g["quote"]["start"])):
        start, end = state.token_range(doc, *chars(g["quote"]))
        values = {
            "trigger": chars(g["trigger"]) or chars(g["quote"]),
            "outcome": g["outcome"],
            "value": g["value"],
            "low": g["low"],
            "high": g["high"],
            "qualifier": g["qualifier"],
            "victims": {"span": chars(g["victims"]), "kind": g["victim_kind"], "attackers": False},
            "side": chars(g["side"]),
            "subset_of": None,
            "same_as": None,
            "confidence": 0.9,
            "chars": chars(g["quote"]),
        }
        found.append(state.Found(start, end, g["outcome"], f"f{n + 1}", values))
    state.write(doc, state.CASUALTIES, found)


def same(text, gold, span):
    overlap = min(gold[1], span[1]) > max(gold[0], span[0])
    return overlap or text[slice(*gold)].lower().split() == text[slice(*span)].lower().split()


def prepared(nlp, items):
    """The texts read up to the claims, with their gold figures: (item, Doc) of each."""
    before = [nlp.create_pipe(name) for name in BEFORE]
    after = [nlp.create_pipe(name) for name in AFTER]
    for item, doc in zip(items, nlp.pipe([i["text"] for i in items]), strict=True):
        for step in before:
            doc = step(doc)
        with_gold_figures(doc, item["figures"])
        for step in after:
            doc = step(doc)
        yield item, doc


def part_of(item, parts):
    return sum(map(ord, item["id"])) % parts


def all_rows(texts, views):
    """(item, row) of each figure; ``views`` of a text each. Events are bound by models that did not see the text."""
    shipped, roster = ontology.shipped(), Roster(open_gazetteer("shipped"))
    first = [(item, list(rows_of(item, doc, shipped, roster))) for item, doc in texts]
    out = []
    for k in range(PARTS):
        seen = [without_bound(row) for item, rows in first if part_of(item, PARTS) != k for row in rows]
        models().update(from_json({kind: train_kind(seen, kind, views) for kind in KINDS}))
        out += [
            (item, row)
            for item, doc in texts
            if part_of(item, PARTS) == k
            for row in rows_of(item, doc, shipped, roster)
        ]
    return out


def without_bound(row):
    kept = dict(row)
    for kind in KINDS:
        found = [([f for f in features if not f.startswith(BOUND)], right) for features, right in row[kind][0]]
        kept[kind] = (found, row[kind][1])
    return kept


def rows_of(item, doc, shipped, roster):
    """One row a figure: features of its candidates with right or wrong, by kind, and features and name of its cause."""
    assembly = Assembly(doc, shipped, roster)
    index = assembly.index(assembly.clusters())
    golds = sorted(item["figures"], key=lambda g: g["quote"]["start"])
    for figure, gold in zip(assembly.figures, golds, strict=True):
        head = assembly.outcome_head(figure)
        scope = assembly.claimed_figures.get(figure.id, {}).get("scope", "current")
        n = index.event_of(head, assembly.tree.sent[head], scope, NEAR_FIGURE)
        anchor = assembly.anchor_of(figure, n, index)
        row = {"cause": (assembly.cause_features(figure, n, index), gold["cause"])}
        for kind, attribute in KINDS.items():
            binder, want = getattr(assembly, attribute), chars(gold[kind])
            found = binder.possible(head)
            row[kind] = (
                [
                    (
                        binder.features(c, anchor, found),
                        bool(want) and same(doc.text, want, state.char_range(doc, c.start, c.end)),
                    )
                    for c in found
                ],
                want is not None,
            )
        yield row


def fit(samples, labels, penalty):
    counts = Counter(f for s in samples for f in set(s))
    kept = [dict.fromkeys((f for f in s if counts[f] >= MIN_COUNT), 1) for s in samples]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(kept)
    model = LogisticRegression(C=penalty, max_iter=400)
    model.fit(matrix, labels)
    return vectorizer, model


def linear(vectorizer, weights, bias):
    names = vectorizer.get_feature_names_out()
    return {
        "bias": round(float(bias), 3),
        "weights": {str(n): round(float(w), 3) for n, w in zip(names, weights, strict=True) if abs(w) >= MIN_WEIGHT},
    }


def rank(lists, strength):
    """Conditional logit over lists of (features, right): one candidate of each list, or none of them, is the answer."""
    counts = Counter(f for items in lists for s, _ in items for f in set(s))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [dict.fromkeys((f for f in s if counts[f] >= MIN_COUNT), 1) for items in lists for s, _ in items]
    )
    group = np.repeat(np.arange(len(lists)), [len(items) for items in lists])
    right = np.array([float(y) for items in lists for _, y in items])
    told = np.bincount(group, right, len(lists)) > 0

    def loss(parameters):
        weights, bias = parameters[:-1], parameters[-1]
        odds = np.exp(np.clip(matrix @ weights + bias, -30, 30))
        whole = 1 + np.bincount(group, odds, len(lists))
        hit = np.where(told, np.bincount(group, odds * right, len(lists)), 1)
        slope = odds / whole[group] - np.where(told[group], odds * right / hit[group], 0)
        value = -np.log(hit / whole).sum() + weights @ weights / (2 * strength)
        return value, np.append(matrix.T @ slope + weights / strength, slope.sum())

    start = np.zeros(matrix.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return linear(vectorizer, found[:-1], found[-1])


def train_kind(rows, kind, views):
    if kind in ONE_OF:
        return rank([row[kind][0] for row in rows], STRENGTH[kind] / views)
    samples = [s for row in rows for s, _ in row[kind][0]]
    vectorizer, model = fit(samples, [y for row in rows for _, y in row[kind][0]], STRENGTH[kind] / views)
    return linear(vectorizer, model.coef_[0], model.intercept_[0])


def train_cause(rows, views):
    vectorizer, model = fit(
        [row["cause"][0] for row in rows], [row["cause"][1] for row in rows], STRENGTH["cause"] / views
    )
    return {
        str(c): linear(vectorizer, w, b) for c, w, b in zip(model.classes_, model.coef_, model.intercept_, strict=True)
    }


def score(model, features):
    return model["bias"] + sum(model["weights"].get(f, 0.0) for f in features)


def accuracy(models, rows, kind, threshold):
    right = 0
    for row in rows:
        candidates, wanted = row[kind]
        odds = [(np.exp(score(models, f)), y) for f, y in candidates]
        best = max(odds, key=lambda x: x[0], default=(0.0, False))
        whole = 1 + (sum(x for x, _ in odds) if kind in ONE_OF else best[0])
        chosen = best[0] / whole >= threshold
        right += best[1] if chosen else not wanted
    return right / len(rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", nargs="+", default=["en_conflict_sm"])
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--folds", type=int, default=4)
    args = parser.parse_args()
    items = [json.loads(line) for line in args.data.open(encoding="utf8")]
    own = [json.loads(line) for line in OWN.open(encoding="utf8")]
    own = [{**item, "own": True} for item in own if item["split"] == "train"]
    texts, views = [], len(args.model)
    for name in args.model:
        nlp = spacy.load(name)
        nlp.add_pipe("conflict_boundaries", first=True)
        texts += prepared(nlp, items + own)
    rows = all_rows(texts, views)
    fold = np.array([part_of(item, max(args.folds, 1)) for item, _ in rows if "own" not in item])
    values = [row for item, row in rows if "own" not in item]
    own_rows = [row for item, row in rows if "own" in item]
    if args.folds > 1:
        parts = [
            (
                [r for r, f in zip(values, fold, strict=True) if f != k] + own_rows,
                [r for r, f in zip(values, fold, strict=True) if f == k],
            )
            for k in range(args.folds)
        ]
        for kind in KINDS:
            fitted = [train_kind(train, kind, views) for train, _ in parts]
            for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
                mean = np.mean([accuracy(m, test, kind, threshold) for m, (_, test) in zip(fitted, parts, strict=True)])
                print(kind, threshold, round(float(mean), 4), "shipped" if threshold == THRESHOLDS[kind] else "")
        right = total = 0
        for train, test in parts:
            fitted = train_cause(train, views)
            for row in test:
                best = max(sorted(fitted), key=lambda c: score(fitted[c], row["cause"][0]))
                right, total = right + (best == row["cause"][1]), total + 1
        print("cause", round(right / total, 4))
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        values += own_rows
        binding = {kind: train_kind(values, kind, views) for kind in KINDS}
        args.out.joinpath("binding.json").write_text(
            json.dumps({"models": binding}, indent=0, sort_keys=True) + "\n", encoding="utf8"
        )
        args.out.joinpath("causes.json").write_text(
            json.dumps({"models": train_cause(values, views)}, indent=0, sort_keys=True) + "\n", encoding="utf8"
        )


if __name__ == "__main__":
    main()
