"""How well and how fast the linker finds the incidents of made-up worlds, beside two plain ways to do it.

The plain ways are connected components over the linker's own scores, and a sort that joins what is told of one day and
one place. Quality is over pairs of events, seconds are of the processor, on which linking runs
alone, memory is the process's peak so far.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from conflict_events.benchmark.tables import fact_table
from conflict_events.benchmark.tellings import Noise, tell
from conflict_events.benchmark.world import WorldConfig, make_world
from conflict_events.graph.facts import FactTable, Ints
from conflict_events.graph.matching import LinkConfig, Matcher
from conflict_events.records import Record


@dataclass(frozen=True, slots=True)
class PairScores(Record):
    """Precision, recall and F1 over pairs of events of one incident, 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class LinkingRun(Record):
    """One world linked: its size, density and noise (multiples), what it took, and how well each way did."""

    events: int
    density: float
    noise: float
    candidates: int
    seconds: float
    join_seconds: float
    megabytes: int
    linker: PairScores
    components: PairScores
    join: PairScores

    @property
    def microseconds(self) -> float:
        """Time an event took, in microseconds."""
        return 1e6 * self.seconds / max(self.events, 1)


def run_linking(world: WorldConfig, *, noise: float = 1.0, config: LinkConfig | None = None) -> LinkingRun:
    """Make a world, link what is told of it, and score that.

    >>> found = run_linking(WorldConfig(events=500))
    >>> found.linker.f1 > 0.9, found.events > 300
    (True, True)
    """
    told = tell(make_world(world), Noise().times(noise))
    table = fact_table(told)
    started = time.process_time()
    matched = Matcher(table, config).match()
    seconds = time.process_time() - started
    started = time.process_time()
    joined = sort_and_join(table)
    join_seconds = time.process_time() - started
    agreeing = matched.bits > 0
    chained = components(len(table), matched.first[agreeing], matched.second[agreeing])
    return LinkingRun(
        events=len(table),
        density=world.density,
        noise=noise,
        candidates=len(matched.first),
        seconds=round(seconds, 4),
        join_seconds=round(join_seconds, 4),
        megabytes=peak_megabytes(),
        linker=pair_scores(told.incident, matched.incident),
        components=pair_scores(told.incident, chained),
        join=pair_scores(told.incident, joined),
    )


def run_all(
    sizes: Sequence[int], densities: Iterable[float], *, noises: Sequence[float] = (1.0,), seed: int = 0
) -> Iterator[LinkingRun]:
    """Runs of the smallest size at each density and noise, then of the other sizes at the first, smallest first."""
    ordered = sorted(sizes)
    first_density, first_noise = None, None
    for noise in noises:
        for density in densities:
            first_density, first_noise = first_density or density, first_noise or noise
            yield run_linking(WorldConfig(ordered[0], density, seed), noise=noise)
    for size in ordered[1:]:
        yield run_linking(WorldConfig(size, first_density or 1.0, seed), noise=first_noise or 1.0)


def exponent(runs: Iterable[LinkingRun]) -> float | None:
    """The power of the number of events by which time grows, fitted over runs of one density and noise.

    None where these have fewer than two sizes.
    """
    groups: dict[tuple[float, float], list[LinkingRun]] = {}
    for run in runs:
        groups.setdefault((run.density, run.noise), []).append(run)
    largest = max(groups.values(), key=lambda group: len({r.events for r in group}), default=[])
    if len({r.events for r in largest}) < 2:
        return None
    slope, _ = np.polyfit(np.log([r.events for r in largest]), np.log([r.seconds for r in largest]), 1)
    return round(float(slope), 3)


def pair_scores(truth: Ints, found: Ints) -> PairScores:
    """Scores of a clustering against the true one, from the label of each item.

    >>> pair_scores(np.array([0, 0, 0]), np.array([0, 0, 2])).recall
    0.3333
    """
    told, joined = _pairs(truth), _pairs(found)
    both = _pairs(truth * (int(found.max(initial=0)) + 1) + found)
    precision = both / joined if joined else 1.0
    recall = both / told if told else 1.0
    f1 = 2 * both / (told + joined) if told + joined else 1.0
    return PairScores(round(precision, 4), round(recall, 4), round(f1, 4))


def _pairs(labels: Ints) -> int:
    sizes = np.unique(labels, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def components(size: int, first: Ints, second: Ints) -> Ints:
    """For each of ``size`` items the smallest item that pairs lead to.

    >>> components(4, np.array([1, 2]), np.array([2, 3])).tolist()
    [0, 1, 1, 1]
    """
    labels = np.arange(size, dtype=np.int64)
    while True:
        low, high = np.minimum(labels[first], labels[second]), np.maximum(labels[first], labels[second])
        moving = low != high
        if not moving.any():
            return labels
        np.minimum.at(labels, high[moving], low[moving])
        while (labels != labels[labels]).any():
            labels = labels[labels]


def sort_and_join(table: FactTable) -> Ints:
    """Joins what is told of one first day and one first place, by a sort: for each event the first of its group.

    What is told without a day or place stays alone. It is the least that any linking must do.
    """
    named = np.diff(table.first_place) > 0
    keyed = np.flatnonzero(named & (table.start >= 0))
    keys = table.start[keyed] * (len(table.places.number) + 1) + table.place[table.first_place[keyed]]
    order = np.lexsort((keyed, keys))
    keys, rows = keys[order], keyed[order]
    labels = np.arange(len(table), dtype=np.int64)
    if len(rows):
        new = np.append(True, keys[1:] != keys[:-1])
        labels[rows] = rows[np.flatnonzero(new)][np.cumsum(new) - 1]
    return labels


def peak_megabytes() -> int:
    """The most memory that this process has held, in MB."""
    # ru_maxrss is in kilobytes, on macOS in bytes
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def markdown(runs: Sequence[LinkingRun]) -> str:
    """The runs as a table, and how time grows with the number of events."""
    lines = [
        "| events | density | noise | F1 linker | F1 components | F1 sort | pairs an event | s | µs an event | MB | times a sort |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        cells = (
            f"{run.events:,}",
            f"{run.density:g}",
            f"{run.noise:g}",
            f"{run.linker.f1:.3f} ({run.linker.precision:.3f} / {run.linker.recall:.3f})",
            f"{run.components.f1:.3f} ({run.components.precision:.3f} / {run.components.recall:.3f})",
            f"{run.join.f1:.3f}",
            f"{run.candidates / max(run.events, 1):.1f}",
            f"{run.seconds:.2f}",
            f"{run.microseconds:.1f}",
            str(run.megabytes),
            f"{run.seconds / max(run.join_seconds, 1e-9):.0f}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    power = exponent(runs)
    if power is not None:
        lines.append(f"\nTime grows with the number of events to the power of {power:.2f}.")
    return "\n".join(lines)
