"""Print places scored beside what they could reach.

usage: conflict-events evaluate DATA --only geovirus --only lgl --keep FOLDER
       python models/scripts/places_report.py DATA FOLDER

DATA is the folder with `data/places/*.jsonl`, FOLDER holds the predictions kept by `evaluate`. Found names are matched
to gold names as the benchmark's scorer does; a place is right within 161 km. The oracle takes the nearest of the
gazetteer's readings of the gold name, the baseline the one with most people. Countries (and wider lands) stand apart:
a country's point is a convention. The last two columns ask what ranking does with what it is given: of the names that
the oracle holds, the share right, over all of them and over those that were found in the text.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import srsly

from conflict_events.geo.distance import distance_km
from conflict_events.geo.gazetteer import Entry, IndexGazetteer

SETS = ("geovirus", "lgl")
NEAR_KM = 161
COLUMNS = ("set", "gold names", "share", "oracle", "most people", "end to end", "found", "right of oracle",
           "right of oracle and found")  # fmt: skip


def near(gold: dict[str, Any], latitude: float, longitude: float) -> bool:
    """Whether a point lies within 161 km of a gold name's."""
    return distance_km(gold["latitude"], gold["longitude"], latitude, longitude) <= NEAR_KM


def group(readings: list[Entry]) -> str:
    """What the gold name names, by the gazetteer's reading nearest to it."""
    land = readings and readings[0].precision in ("country", "area")
    return "countries and lands" if land else "settlements, regions"


def matched(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[dict[str, Any] | None]:
    """For each gold name the record that overlaps it most, each record once, or None."""
    used: set[int] = set()
    for g in gold:
        best, overlap = None, 0
        for j, record in enumerate(found):
            start, end = record["span"]["start"], record["span"]["end"]
            common = min(end, g["end"]) - max(start, g["start"])
            if j not in used and common >= max(overlap, 1) and end - start <= 2 * (g["end"] - g["start"]) + 30:
                best, overlap = j, common
        if best is not None:
            used.add(best)
        yield None if best is None else found[best]


def count(rows: list[dict[str, Any]], places: dict[str, list[dict[str, Any]]]) -> dict[str, Counter[str]]:
    """For all gold names with a point, and for each group of them, how many are found, reached and right."""
    gazetteer = IndexGazetteer()
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for gold, record in zip(row["places"], matched(row["places"], places.get(row["id"], [])), strict=True):
            if gold["latitude"] is None:
                continue
            readings = [m.entry for m in gazetteer.find(gold["text"])]
            readings.sort(key=lambda e: not near(gold, e.latitude, e.longitude))
            reached = bool(readings) and near(gold, readings[0].latitude, readings[0].longitude)
            biggest = max(readings, key=lambda e: e.population, default=None)
            placed = record is not None and record["latitude"] is not None
            right = placed and record is not None and near(gold, record["latitude"], record["longitude"])
            for part in ("all", group(readings)):
                counts.setdefault(part, Counter()).update(
                    gold=1, oracle=reached, placed=placed, right=right, both=right and reached, held=placed and reached,
                    people=biggest is not None and near(gold, biggest.latitude, biggest.longitude),
                )  # fmt: skip
    return counts


def main() -> None:
    """Read the command line and print one table row a set and group."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("predictions", type=Path)
    given = parser.parse_args()
    print("| " + " | ".join(COLUMNS) + " |\n|" + " --- |" * len(COLUMNS))
    for name in SETS:
        rows = list(srsly.read_jsonl(given.data / "data" / "places" / f"{name}.jsonl"))
        kept = srsly.read_jsonl(given.predictions / f"{name}.json")
        counts = count(rows, {e["report"]["id"]: e["places"] for e in kept})
        for part, c in sorted(counts.items()):
            shares = (
                c["gold"] / counts["all"]["gold"], c["oracle"] / c["gold"], c["people"] / c["gold"],
                c["right"] / c["gold"], c["right"] / max(c["placed"], 1), c["both"] / max(c["oracle"], 1),
                c["both"] / max(c["held"], 1),
            )  # fmt: skip
            print(f"| {name}, {part} | {c['gold']} | " + " | ".join(f"{s:.3f}" for s in shares) + " |")


if __name__ == "__main__":
    main()
