"""Scores of the pipeline on the development sets, by the scorers that stand beside those sets."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from spacy.language import Language

from conflict_events.errors import ConflictEventsError
from conflict_events.io.output import dump_line
from conflict_events.io.reports import read_inputs
from conflict_events.language import extract, link
from conflict_events.records import Report


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A gold file, the scorer that reads it and the scores to show, all below one data folder.

    ``half`` scores only the incidents of one half; the reports of the other are linked with them and not scored.
    ``rows`` scores only these lines of the gold, counted from 0.
    """

    name: str
    gold: str
    scorer: str
    scores: tuple[str, ...]
    linked: bool = False
    half: Literal["a", "b"] | None = None
    rows: tuple[range, ...] = ()


BENCHMARKS = (
    Benchmark(
        "casualties",
        "data/casualties/dev.jsonl",
        "eval/casualties.py",
        (
            "detection", "figure", "record", "claimant", "status", "scope", "cumulative", "victim_kind", "side",
            "cause", "place", "date", "agent", "sure_share", "sure_right",
        ),
    ),
    Benchmark(
        "events",
        "data/events/dev.jsonl",
        "eval/events.py",
        ("detection_p", "detection_r", "detection", "class_f", "type_f", "agents", "targets", "status", "scope", "main"),
    ),
    # lines whose texts were kept from the error lists while these parts were developed
    Benchmark(
        "casualties_b", "data/casualties/dev.jsonl", "eval/casualties.py", ("detection", "figure", "record"),
        rows=(range(1, 500, 2),),
    ),
    Benchmark(
        "events_b",
        "data/events/dev.jsonl",
        "eval/events.py",
        ("detection", "class_f", "type_f", "agents", "targets", "status", "scope", "main"),
        rows=(range(100, 180), range(185, 200)),
    ),
    Benchmark(
        "dates", "data/dates/wikiwars_train.jsonl", "eval/dates.py", ("strict_f", "relaxed_f", "value_f", "value_accuracy")
    ),
    Benchmark(
        "geovirus",
        "data/places/geovirus.jsonl",
        "eval/places.py",
        ("recognition_p", "recognition_r", "recognition_f", "end_to_end_acc161", "found_acc161", "median_km"),
    ),
    Benchmark(
        "lgl",
        "data/places/lgl.jsonl",
        "eval/places.py",
        ("recognition_p", "recognition_r", "recognition_f", "end_to_end_acc161", "found_acc161", "median_km"),
    ),
    Benchmark(
        "fakes", "data/linking/fakes_dev.jsonl", "eval/linking.py", ("b3_f", "pair_f", "copy_p", "copy_r"), linked=True
    ),
    # the weights of linking were fitted on half "a" of these incidents
    Benchmark("fakes_b", "data/linking/fakes_dev.jsonl", "eval/linking.py", ("b3_f", "pair_f"), linked=True, half="b"),
    Benchmark("gvc", "data/linking/gvc_dev.jsonl", "eval/linking.py", ("b3_f", "pair_f"), linked=True),
)  # fmt: skip


def half_of(incident: str) -> Literal["a", "b"]:
    """The half of a collection that an incident belongs to, by its id: one is trained on, the other kept for checking.

    >>> [half_of(n) for n in "1234"]
    ['b', 'a', 'b', 'a']
    """
    return "b" if int(hashlib.md5(incident.encode(), usedforsecurity=False).hexdigest(), 16) % 2 else "a"


def evaluate(
    data: str | Path,
    *,
    nlp: Language,
    only: Iterable[str] = (),
    n_process: int = 1,
    keep: str | Path | None = None,
    on_error: Callable[[ConflictEventsError], None] | None = None,
) -> Iterator[tuple[Benchmark, dict[str, Any]]]:
    """Each benchmark below the folder ``data`` with the scores that its own scorer prints.

    ``only`` names benchmarks; ``keep`` is a folder in which the predictions stay. Raises
    ``ConflictEventsError`` CE001 where a gold file or a scorer is not there.
    """
    root = Path(data)
    chosen = [b for b in BENCHMARKS if not only or b.name in set(only)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(keep) if keep else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        predicted: dict[str, Path] = {}
        for benchmark in chosen:
            gold, scorer = root / benchmark.gold, root / benchmark.scorer
            for path in (gold, scorer):
                if not path.is_file():
                    raise ConflictEventsError("CE001", file=str(path), reason="no such file")
            predictions = predicted.get(benchmark.gold)
            if predictions is None:
                predictions = predicted[benchmark.gold] = folder / f"{benchmark.name}.json"
                found = extract(_reports(gold), nlp=nlp, n_process=n_process, on_error=on_error)
                with predictions.open("wb") as stream:
                    if benchmark.linked:
                        stream.write(dump_line(link(found).linked.to_dict()))
                    else:
                        stream.writelines(dump_line(e.to_dict()) for e in found)
            if benchmark.rows:
                gold = _write_rows(gold, benchmark.rows, Path(temporary) / f"{benchmark.name}.gold.jsonl")
            if benchmark.half is not None:
                gold = _write_half(gold, benchmark.half, Path(temporary) / f"{benchmark.name}.gold.jsonl")
            run = subprocess.run(
                [sys.executable, str(scorer), str(gold), str(predictions)], capture_output=True, text=True, check=True
            )
            yield benchmark, json.loads(run.stdout.strip().splitlines()[-1])


def _write_rows(gold: Path, rows: tuple[range, ...], out: Path) -> Path:
    """The lines of the gold that ``rows`` name."""
    lines = gold.read_bytes().splitlines(keepends=True)
    out.write_bytes(b"".join(line for n, line in enumerate(lines) if any(n in r for r in rows)))
    return out


def _write_half(gold: Path, half: Literal["a", "b"], out: Path) -> Path:
    """The gold with the incidents of one half; reports of the other have none, so that they are not scored."""
    with out.open("wb") as stream:
        for line in gold.read_text("utf-8").splitlines():
            row = json.loads(line)
            incident = row.get("incident")
            stream.write(dump_line({**row, "incident": incident if incident and half_of(incident) == half else None}))
    return out


def _reports(gold: Path) -> Iterator[Report]:
    for item in read_inputs([gold]):
        if isinstance(item, Report):
            yield item


def markdown_table(results: Iterable[tuple[Benchmark, dict[str, Any]]]) -> str:
    """The results as a Markdown table, a row a benchmark.

    >>> print(markdown_table([(BENCHMARKS[4], {"strict_f": 0.9617, "relaxed_f": 0.977})]))
    | set | gold | scores |
    | --- | --- | --- |
    | dates | `data/dates/wikiwars_train.jsonl` | strict_f 0.962 · relaxed_f 0.977 |
    """
    rows = ["| set | gold | scores |", "| --- | --- | --- |"]
    for benchmark, scores in results:
        cells = [f"{name} {_rounded(scores[name])}" for name in benchmark.scores if name in scores]
        rows.append(f"| {benchmark.name} | `{benchmark.gold}` | {' · '.join(cells)} |")
    return "\n".join(rows)


def _rounded(score: float) -> str:
    return f"{score:.3f}" if score <= 1 else f"{score:.0f}"
