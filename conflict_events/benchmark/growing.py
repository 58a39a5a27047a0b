"""What it takes to add a report to an archive of a made-up world that already holds many."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from conflict_events.benchmark.tables import extractions
from conflict_events.benchmark.tellings import tell
from conflict_events.benchmark.world import WorldConfig, make_world
from conflict_events.records import Extraction, Record
from conflict_events.store import Archive


@dataclass(frozen=True, slots=True)
class GrowingRun(Record):
    """An archive filled and then added to: its events and reports, and what one further report took.

    Milliseconds are of the processor, on which adding runs alone, and by the clock. ``merged`` is how many
    incidents were taken over by others.
    """

    events: int
    reports: int
    megabytes: int
    fill_seconds: float
    added: int
    median_ms: float
    ninetieth_ms: float
    median_ms_by_clock: float
    merged: int


def run_growing(world: WorldConfig, *, adds: int = 500, folder: Path | None = None) -> GrowingRun:
    """Fill an archive with a world but for some reports, taken from all over it, and add these one by one.

    Raises ``ValueError`` for a world of fewer than four reports.

    >>> run_growing(WorldConfig(events=200), adds=5).added
    5
    """
    reports = list(extractions(tell(make_world(world))))
    if len(reports) < 4:
        raise ValueError(f"a world of {len(reports)} reports is too small to hold some back: ask for more events")
    chosen = set(random.Random(world.seed).sample(range(len(reports)), min(adds, len(reports) // 2)))
    held_back = [reports[n] for n in sorted(chosen)]
    random.Random(world.seed).shuffle(held_back)
    with tempfile.TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "world.archive"
        start = time.process_time()
        with Archive.open(path) as archive:
            archive.add(report for n, report in enumerate(reports) if n not in chosen)
        filled = time.process_time() - start
        del reports
        # opened anew, so that nothing is at hand
        with Archive.open(path) as archive:
            return _add(archive, held_back, filled)


def _add(archive: Archive, held_back: list[Extraction], filled: float) -> GrowingRun:
    events, held, size = archive.count("events"), len(archive), archive.path.stat().st_size
    taken: list[float] = []
    by_clock: list[float] = []
    for report in held_back:
        start, clock = time.process_time(), time.perf_counter()
        archive.add(report)
        taken.append(1e3 * (time.process_time() - start))
        by_clock.append(1e3 * (time.perf_counter() - clock))
    return GrowingRun(
        events=events,
        reports=held,
        megabytes=size >> 20,
        fill_seconds=round(filled, 1),
        added=len(taken),
        median_ms=round(median(taken), 2),
        ninetieth_ms=round(quantiles(taken, n=10)[-1], 2),
        median_ms_by_clock=round(median(by_clock), 2),
        merged=archive.count("former_ids"),
    )
