"""Print places scored beside what they could reach: `python models/scripts/places_report.py DATA [--model sm]`.

DATA is the folder with `data/places/*.jsonl`. Found names are matched to gold names as the benchmark's scorer does; a
place is right within 161 km. The oracle takes the nearest of the gazetteer's readings of the gold name, the baseline
the one with most people. Countries (and wider lands) stand apart: a country's point is a convention.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import srsly

import conflict_events
from conflict_events.geo.distance import distance_km
from conflict_events.geo.gazetteer import Entry, IndexGazetteer
from conflict_events.pipeline import state

SETS = ("geovirus", "lgl")
NEAR_KM = 161
COLUMNS = ("set", "gold names", "share", "oracle", "most people", "end to end", "found", "right where oracle is")


def near(gold: dict[str, Any], entry: Entry) -> bool:
    """Whether an entry lies within 161 km of a gold name's point."""
    return distance_km(gold["latitude"], gold["longitude"], entry.latitude, entry.longitude) <= NEAR_KM


def group(readings: list[Entry]) -> str:
    """What the gold name names, by the gazetteer's reading nearest to it."""
    return (
        "countries and lands" if readings and readings[0].precision in ("country", "area") else "settlements, regions"
    )


def matched(
    gold: list[dict[str, Any]], found: list[tuple[int, int, dict[str, Any]]]
) -> Iterator[dict[str, Any] | None]:
    """For each gold name the record that overlaps it most, each record once, or None."""
    used: set[int] = set()
    for g in gold:
        best, overlap = None, 0
        for j, (start, end, _) in enumerate(found):
            common = min(end, g["end"]) - max(start, g["start"])
            if j not in used and common >= max(overlap, 1) and end - start <= 2 * (g["end"] - g["start"]) + 30:
                best, overlap = j, common
        if best is None:
            yield None
            continue
        used.add(best)
        yield found[best][2]


def main() -> None:
    """Read the command line, run the pipeline over each set and print one table row a set and group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="sm")
    given = parser.parse_args()
    nlp = conflict_events.load(given.model)
    later = nlp.pipe_names[nlp.pipe_names.index("conflict_places") + 1 :]
    gazetteer = IndexGazetteer()
    print("| " + " | ".join(COLUMNS) + " |\n|" + " --- |" * len(COLUMNS))
    for name in SETS:
        rows = list(srsly.read_jsonl(given.data / "data" / "places" / f"{name}.jsonl"))
        counts: dict[str, Counter[str]] = {}
        with nlp.select_pipes(disable=later):
            docs = nlp.pipe(r["text"] for r in rows)
            for row, doc in zip(rows, docs, strict=True):
                spans = [(state.char_range(doc, f.start, f.end), f.values) for f in state.read(doc, state.PLACES)]
                found = [(start, end, values) for (start, end), values in spans]
                for gold, record in zip(row["places"], matched(row["places"], found), strict=True):
                    if gold["latitude"] is None:
                        continue
                    readings = [m.entry for m in gazetteer.find(gold["text"])]
                    oracle = sorted(readings, key=lambda e: not near(gold, e))
                    placed = record is not None and record["latitude"] is not None
                    right = placed and record is not None and (
                        distance_km(gold["latitude"], gold["longitude"], record["latitude"], record["longitude"]) <= NEAR_KM
                    )  # fmt: skip
                    reached = bool(oracle) and near(gold, oracle[0])
                    biggest = max(readings, key=lambda e: e.population, default=None)
                    for part in ("all", group(oracle)):
                        c = counts.setdefault(part, Counter())
                        c["gold"] += 1
                        c["oracle"] += reached
                        c["people"] += biggest is not None and near(gold, biggest)
                        c["placed"] += placed
                        c["right"] += right
                        c["both"] += right and reached
        for part in sorted(counts):
            c = counts[part]
            shares = (
                c["gold"] / counts["all"]["gold"], c["oracle"] / c["gold"], c["people"] / c["gold"],
                c["right"] / c["gold"], c["right"] / max(c["placed"], 1), c["both"] / max(c["oracle"], 1),
            )  # fmt: skip
            print(f"| {name}, {part} | {c['gold']} | " + " | ".join(f"{s:.3f}" for s in shares) + " |")


if __name__ == "__main__":
    main()
