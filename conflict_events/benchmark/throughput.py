"""What the components cost beside the language model alone, on the same texts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language

from conflict_events.language import prepare
from conflict_events.records import Record, Report


@dataclass(frozen=True, slots=True)
class Throughput(Record):
    """Tokens a second of the bare model and of the whole pipeline (medians), and their cost ratio.

    ``component_share`` is what the components add, as a multiple of the model's own time: 0.5 means that
    extraction takes one and a half times as long as the bare pipeline. ``slowest`` gives the components'
    own shares.
    """

    tokens: int
    runs: int
    model_tokens_per_second: int
    pipeline_tokens_per_second: int
    component_share: float
    slowest: dict[str, float]


def throughput(reports: Iterable[Report], *, nlp: Language, runs: int = 5) -> Throughput:
    """Time the bare model and then each component over the same texts, ``runs`` times in turn.

    The model and the components are timed inside one run, so a machine that changes speed changes both.
    """
    texts = list(reports)
    components = [name for name in nlp.pipe_names if name.startswith("conflict_")]
    model = [name for name in nlp.pipe_names if name not in components]
    tokens = 0
    bare: list[float] = []
    added: dict[str, list[float]] = {name: [] for name in components}
    for _ in range(runs + 1):
        started = time.perf_counter()
        with nlp.select_pipes(enable=[*model, *(c for c in components if c == "conflict_boundaries")]):
            docs = list(nlp.pipe(prepare(nlp, report) for report in texts))
        bare.append(time.perf_counter() - started)
        tokens = sum(len(doc) for doc in docs)
        for name in components:
            if name == "conflict_boundaries":
                continue
            step = nlp.get_pipe(name)
            started = time.perf_counter()
            docs = [step(doc) for doc in docs]
            added[name].append(time.perf_counter() - started)
    # the first run warms caches up
    base = statistics.median(bare[1:])
    cost = {name: statistics.median(times[1:]) for name, times in added.items() if times}
    total = sum(cost.values())
    return Throughput(
        tokens=tokens,
        runs=runs,
        model_tokens_per_second=round(tokens / base),
        pipeline_tokens_per_second=round(tokens / (base + total)),
        component_share=round(total / base, 3),
        slowest={k: round(v / base, 3) for k, v in sorted(cost.items(), key=lambda kv: -kv[1])},
    )
