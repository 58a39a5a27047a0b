"""Train the match weights of ``conflict_events/data/linking.json`` on reports with known incidents.

usage: python models/linking/train.py OUT.json GOLD.jsonl=EXTRACTS.jsonl[:HALF] …

GOLD has one report a line: {"id", "incident", "role"}; EXTRACTS is what ``conflict-events extract`` wrote for it.
HALF is "a" or "b" to train on one half of the incidents only, so that the other can be used to check.
The weights of pairs of two reports' news are a logistic regression over the levels (and, between knots,
linear hats) of the named comparisons, on the candidate pairs that blocking finds; an absent comparison
weighs nothing. The section "recall" of OUT.json is kept as it stands.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from conflict_events.evaluation import half_of
from conflict_events.graph.comparisons import Value
from conflict_events.graph.episodes import episodes_of
from conflict_events.graph.linking import LinkConfig, Linker
from conflict_events.records import Extraction, from_dict

KNOTS: dict[str, tuple[float, ...]] = {
    "text": (0.0, 0.06, 0.12, 0.2, 0.3, 0.45, 0.7),
    "lead": (0.0, 0.06, 0.12, 0.2, 0.3, 0.45, 0.7),
    "lead_told": (0.1, 0.25, 0.4, 0.55, 0.7, 0.9),
    "names": (4.0, 10.0, 14.0, 18.0, 22.0),
    "stands_out": (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0),
    "toponyms": (0.0, 4.0, 7.0, 10.0, 14.0),
    "published": (0.0, 1.0, 1.585, 2.0, 3.0, 4.0, 6.0),
}
# what the weights are taken to be, in bits, before any data is seen: facts and wordings
# that agree, or that exclude each other
BELIEFS: dict[str, dict[Value, float]] = {
    "day": {
        "same": 2.0,
        "next": -1.0,
        "days_off": -4.5,
        "other": -5.0,
        "same_month": 0.5,
        "same_weekday": 0.3,
        "other_weekday": -3.0,
    },
    "place": {
        "same": 2.5,
        "front": 1.5,
        "inside": 0.7,
        "near": -1.5,
        "same_wide": 0.2,
        "inside_wide": 0.1,
        "far": -2.5,
        "elsewhere": -3.0,
    },
    "kind": {"same_type": 0.5, "shared_type": 0.3, "other_class": -1.0, "war_and_act": -1.5, "both_war": 0.5},
    "sides": {"both": 0.8, "one": 0.2, "none": -1.5},
    "killed": {"equal_large": 2.5, "equal": 1.5, "equal_small": 0.3, "unequal": -0.3},
    "killed_scale": {"close": 0.7, "similar": 0.3, "apart": -0.8, "far_off": -3.5},
    "injured": {"equal_large": 2.0, "equal": 1.0, "equal_small": 0.2, "unequal": -0.2},
    "text": {0.0: -3.0, 0.06: -1.5, 0.12: -0.3, 0.2: 0.5, 0.3: 0.7, 0.45: 0.8, 0.7: 0.8},
    "lead": {0.0: -0.8, 0.06: -0.5, 0.2: 0.4, 0.3: 0.5, 0.45: 0.7, 0.7: 0.7},
    "lead_told": {0.1: -1.0, 0.25: -0.3, 0.55: 0.6, 0.7: 0.8, 0.9: 0.8},
    "stands_out": {0.5: -2.5, 1.0: -1.5, 1.5: -0.7, 2.0: -0.2, 3.0: 0.8, 4.0: 1.2, 6.0: 1.8},
    "names": {4.0: -1.0, 10.0: -0.5, 18.0: 0.3, 22.0: 1.5},
    "published": {0.0: 1.0, 1.0: 0.8, 1.585: 0.5, 3.0: -1.0, 4.0: -2.0, 6.0: -3.0},
}
# how far the data may move a weight from its belief: variance of a Gaussian prior, in squared nats
VARIANCE = 0.2
# thinned copies of each pair, and the share of comparisons that each lacks
COPIES = 2
MISSING = 0.3


def basis(feature: str, value: Value) -> Iterable[tuple[tuple[str, Value], float]]:
    """The columns that a value fills: its level, or the two knots that it lies between."""
    if isinstance(value, str):
        yield (feature, value), 1.0
        return
    knots = KNOTS[feature]
    clipped = min(max(value, knots[0]), knots[-1])
    for left, right in itertools.pairwise(knots):
        if left <= clipped <= right:
            share = (clipped - left) / (right - left)
            yield (feature, left), 1.0 - share
            yield (feature, right), share
            return


def pairs_of(linker: Linker, incident_of: Mapping[str, str]) -> list[tuple[dict[str, Value], bool]]:
    """Comparisons of all candidate pairs of news whose incidents are known, with whether they are one."""
    rows = []
    for i, j in sorted(linker.news_pairs()):
        a, b = linker.episodes[i], linker.episodes[j]
        if a.report in incident_of and b.report in incident_of:
            same = incident_of[a.report] == incident_of[b.report]
            rows.append((linker.compared(i, j), same))
    return rows


def with_gaps(rows: list[tuple[dict[str, Value], bool]]) -> list[tuple[dict[str, Value], bool]]:
    """The rows, and copies of them from which comparisons are missing at random.

    So the weights learn to stand alone: what reports do not say must leave a score where the rest puts it.
    """
    chance = random.Random(0)
    thinned = [
        ({f: v for f, v in compared.items() if chance.random() >= MISSING}, same)
        for compared, same in rows
        for _ in range(COPIES)
    ]
    return rows + thinned


def fit(rows: list[tuple[dict[str, Value], bool]]) -> dict[str, object]:
    """The section "news" of the weights file: prior and weights in bits, rounded to three decimals.

    A logistic regression whose weights are drawn towards ``BELIEFS`` where data is scarce.
    """
    rows = with_gaps(rows)
    seen = {c for compared, _ in rows for f, v in compared.items() for c, _ in basis(f, v)}
    believed = {(f, v): bits for f, levels in BELIEFS.items() for v, bits in levels.items()}
    columns = {column: n for n, column in enumerate(sorted(seen | believed.keys(), key=repr))}
    matrix = np.zeros((len(rows), len(columns)))
    for n, (compared, _) in enumerate(rows):
        for feature, value in compared.items():
            for column, share in basis(feature, value):
                matrix[n, columns[column]] += share
    same = np.array([s for _, s in rows], dtype=float)
    start = np.array([believed.get(column, 0.0) * math.log(2) for column in columns])

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights, intercept = point[:-1], point[-1]
        scores = matrix @ weights + intercept
        moved = weights - start
        fitted = (np.logaddexp(0.0, scores) - same * scores).sum() / (1 + COPIES)
        value = fitted + (moved**2).sum() / (2 * VARIANCE)
        error = (1.0 / (1.0 + np.exp(-scores)) - same) / (1 + COPIES)
        return float(value), np.append(matrix.T @ error + moved / VARIANCE, error.sum())

    found = minimize(loss, np.append(start, 0.0), jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    bits = {column: round(float(found[n]) / math.log(2), 3) for column, n in columns.items()}
    comparisons: dict[str, dict[str, object]] = {}
    for feature in sorted({f for f, _ in columns}):
        if feature in KNOTS:
            comparisons[feature] = {"knots": [[k, bits.get((feature, k), 0.0)] for k in KNOTS[feature]]}
        else:
            comparisons[feature] = {"levels": {str(v): w for (f, v), w in bits.items() if f == feature}}
    return {"prior": round(float(found[-1]) / math.log(2), 3), "comparisons": comparisons}


def read_collection(gold: str, extracts: str) -> tuple[Linker, dict[str, str]]:
    """The linker of a collection and the incident of each of its reports that has one."""
    found = [from_dict(Extraction, json.loads(line)) for line in Path(extracts).read_text("utf-8").splitlines()]
    found.sort(key=lambda e: e.report.id)
    rows = [json.loads(line) for line in Path(gold).read_text("utf-8").splitlines()]
    known = {r["id"]: r["incident"] for r in rows if r.get("incident") and r.get("role", "report") == "report"}
    return Linker(found, [ep for e in found for ep in episodes_of(e)], LinkConfig()), known


def main(arguments: list[str]) -> None:
    out = Path(arguments[0])
    rows: list[tuple[dict[str, Value], bool]] = []
    for collection in arguments[1:]:
        gold, _, rest = collection.partition("=")
        extracts, _, half = rest.partition(":")
        linker, incident_of = read_collection(gold, extracts)
        if half:
            incident_of = {report: i for report, i in incident_of.items() if half_of(i) == half}
        rows += pairs_of(linker, incident_of)
    table = json.loads(out.read_text("utf-8"))
    table["news"] = fit(rows)
    out.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
