"""Scores by halves of a set: which incidents are scored, and that all of its reports are linked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from conflict_events import evaluation
from conflict_events.evaluation import BENCHMARKS, Benchmark, evaluate, half_of

COUNTING_SCORER = """
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
linked = json.load(open(sys.argv[2], encoding="utf-8"))
print(json.dumps({"scored": [r["incident"] for r in rows if r["incident"]], "linked": len(linked["reports"])}))
"""


def test_half_that_weights_were_fitted_on_is_told_from_the_other() -> None:
    halves = [half_of(f"incident {n}") for n in range(200)]
    assert 70 < halves.count("a") < 130
    assert {b.half for b in BENCHMARKS if "fakes" in b.gold} == {None, "b"}


def test_half_of_a_set_is_scored_and_all_of_it_is_linked(
    tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"id": f"r{n}", "text": "Two soldiers were killed near the bridge on Friday.", "incident": str(n)}
        for n in range(1, 5)
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    (tmp_path / "scorer.py").write_text(COUNTING_SCORER, "utf-8")
    sets = (
        Benchmark("all", "gold.jsonl", "scorer.py", (), linked=True),
        Benchmark("half", "gold.jsonl", "scorer.py", (), linked=True, half="b"),
    )
    monkeypatch.setattr(evaluation, "BENCHMARKS", sets)
    scores = {benchmark.name: found for benchmark, found in evaluate(tmp_path, nlp=nlp)}
    assert scores["all"] == {"scored": ["1", "2", "3", "4"], "linked": 4}
    assert scores["half"] == {"scored": ["1", "3"], "linked": 4}
