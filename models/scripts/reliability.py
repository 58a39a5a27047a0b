"""How far the confidence of casualty figures can be trusted: share of right figures by bins of confidence.

usage: reliability.py GOLD.jsonl PREDICTIONS.jsonl

GOLD: one text a line, {"id", "text", "figures"}, as in models/data/passages_own.jsonl; PREDICTIONS: what
``conflict-events extract GOLD.jsonl`` wrote. A figure is right if a gold figure has its outcome, value and bounds,
and overlaps its quantity or victims.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path
from typing import Any

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FIELDS = ("outcome", "value", "low", "high")


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def overlap(a: dict[str, Any] | None, b: dict[str, Any] | None) -> bool:
    return bool(a and b) and min(a["end"], b["end"]) > max(a["start"], b["start"])


def judged(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[float, bool]]:
    """(confidence, right) of each figure found in one text; each gold figure proves one."""
    free = list(gold)
    out = []
    for figure in sorted(found, key=lambda f: -f["confidence"]):
        spans = (figure["span"], figure["victims"]["span"])
        match = next(
            (
                g
                for g in free
                if all(g[k] == figure[k] for k in FIELDS)
                and any(overlap(s, t) for s in spans for t in (g["quote"], g["victims"]))
            ),
            None,
        )
        if match is not None:
            free.remove(match)
        out.append((figure["confidence"], match is not None))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    args = parser.parse_args()
    predicted = {item["report"]["id"]: item["casualties"] for item in read(args.predictions)}
    rows = [row for item in read(args.gold) for row in judged(item["figures"], predicted.get(item["id"], []))]
    print("confidence   figures   share   mean   right")
    for low, high in itertools.pairwise(EDGES):
        here = [(c, ok) for c, ok in rows if low < c <= high or c == low == 0.0]
        if here:
            mean, right = (sum(column) / len(here) for column in zip(*here, strict=True))
            print(f"{low:.1f} to {high:.1f}   {len(here):7d}   {len(here) / len(rows):.3f}   {mean:.3f}  {right:.3f}")
    error = sum((c - ok) ** 2 for c, ok in rows) / max(1, len(rows))
    print(f"Brier score {error:.4f} over {len(rows)} figures")


if __name__ == "__main__":
    main()
