"""Train the match weights of ``conflict_events/data/linking.json`` on reports with known incidents.

usage: python models/linking/train.py OUT.json GOLD.jsonl=EXTRACTS.jsonl …

GOLD has one report a line: {"id", "incident", "role"}; EXTRACTS is what ``conflict-events extract`` wrote for it.
The weights of pairs of two reports' news are a logistic regression over the levels (and, between knots,
linear hats) of the named comparisons, on the candidate pairs that blocking finds; an absent comparison
weighs nothing. The section "recall" of OUT.json is kept as it stands.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

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
    "published": (0.0, 1.0, 1.585, 2.0, 3.0, 4.0, 6.0),
}
STRENGTH = 0.5


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


def fit(rows: list[tuple[dict[str, Value], bool]], balance: list[float]) -> dict[str, object]:
    """The section "news" of the weights file: prior and weights in bits, rounded to three decimals."""
    columns = {
        (f, v): n
        for n, (f, v) in enumerate(sorted({c for r, _ in rows for f, v in r.items() for c, _ in basis(f, v)}, key=repr))
    }
    matrix = np.zeros((len(rows), len(columns)))
    for n, (compared, _) in enumerate(rows):
        for feature, value in compared.items():
            for column, share in basis(feature, value):
                matrix[n, columns[column]] += share
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(matrix, [same for _, same in rows], sample_weight=balance)
    bits = {column: round(float(model.coef_[0][n]) / math.log(2), 3) for column, n in columns.items()}
    comparisons: dict[str, dict[str, object]] = {}
    for feature in sorted({f for f, _ in columns}):
        if feature in KNOTS:
            comparisons[feature] = {"knots": [[k, bits.get((feature, k), 0.0)] for k in KNOTS[feature]]}
        else:
            comparisons[feature] = {"levels": {str(v): w for (f, v), w in bits.items() if f == feature}}
    return {"prior": round(float(model.intercept_[0]) / math.log(2), 3), "comparisons": comparisons}


def read_collection(gold: str, extracts: str, keep: set[str] | None = None) -> tuple[Linker, dict[str, str]]:
    """The linker of a collection and the incident of each of its reports that has one."""
    found = [from_dict(Extraction, json.loads(line)) for line in Path(extracts).read_text("utf-8").splitlines()]
    found.sort(key=lambda e: e.report.id)
    rows = [json.loads(line) for line in Path(gold).read_text("utf-8").splitlines()]
    known = {r["id"]: r["incident"] for r in rows if r.get("incident") and r.get("role", "report") == "report"}
    if keep is not None:
        known = {k: v for k, v in known.items() if v in keep}
    return Linker(found, [ep for e in found for ep in episodes_of(e)], LinkConfig()), known


def main(arguments: list[str]) -> None:
    out = Path(arguments[0])
    rows: list[tuple[dict[str, Value], bool]] = []
    for collection in arguments[1:]:
        gold, _, extracts = collection.partition("=")
        rows += pairs_of(*read_collection(gold, extracts))
    table = json.loads(out.read_text("utf-8"))
    table["news"] = fit(rows, [1.0] * len(rows))
    out.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
