"""Print what a gazetteer costs: `python models/scripts/gazetteer_speed.py [DUMP] [--rows N]`.

Measures, each in a process of its own: how long opening takes, how long a look-up takes (known names, unknown names,
names spelled otherwise), and how much memory is resident after them beyond an interpreter that has imported the
library. First for the shipped index, then with a user's index layered over it: one built from DUMP (a GeoNames dump
such as NL.txt, or a CSV) where given, and one built from N generated rows (a million by default). The numbers depend
on the machine and its load; nothing is asserted.
"""

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = 2000
PROBE = "--probe"
SYLLABLES = "ba da ga ka la ma na ra sa ta be de ke le me ne re se te ko lo mo no ro so to shi dar kan mir pol".split()


def resident_mb() -> float:
    """Resident memory of this process in MB: now, where the system tells it, else at its peak."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def milliseconds(calls: list[str], ask: object) -> float:
    """Mean time of a call over the names, in ms of processor time."""
    begin = time.process_time()
    for name in calls:
        ask(name)  # type: ignore[operator]
    return 1000 * (time.process_time() - begin) / len(calls)


def probe(paths: list[str]) -> None:
    """Measure one set of layers and print a table row of numbers."""
    from conflict_events.geo.gazetteer import IndexGazetteer

    before = resident_mb()
    begin = time.perf_counter()
    gazetteer = IndexGazetteer(paths)
    gazetteer.find("Goris")
    opened = 1000 * (time.perf_counter() - begin)
    chance = random.Random(1)
    stores = gazetteer._stores
    rows = [(k, r) for k in range(len(stores)) for r in chance.sample(range(len(stores[k])), SAMPLE // len(stores))]
    known = [stores[layer].label(record) for layer, record in rows]
    unknown = [name[::-1] + "x" for name in known]
    found, missed = milliseconds(known, gazetteer.find), milliseconds(unknown, gazetteer.find)
    alike = milliseconds(known[:200], gazetteer.similar)
    total = sum(len(s) for s in stores)
    print(f"{total} | {opened:.1f} | {found:.3f} | {missed:.3f} | {alike:.2f} | {resident_mb() - before:.0f}")


def generated(folder: Path, count: int) -> Path:
    """A CSV of so many places with made-up names."""
    chance = random.Random(7)
    path = folder / "generated.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["name", "alternates", "latitude", "longitude", "country", "population"])
        for _ in range(count):
            name, other = ("".join(chance.choices(SYLLABLES, k=chance.randint(3, 5))).title() for _ in range(2))
            table.writerow([name, other, f"{chance.uniform(-60, 70):.5f}", f"{chance.uniform(-180, 180):.5f}", "XX",
                            chance.randint(0, 5000)])  # fmt: skip
    return path


def main() -> None:
    """Build the indexes in a folder of their own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", type=Path, nargs="?")
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    from conflict_events.geo.importer import build

    print("| layers | places | opening, ms | look-up, ms | unknown name, ms | similar, ms | resident, MB |")
    print("|" + " --- |" * 7)
    with tempfile.TemporaryDirectory() as folder:
        layers: dict[str, list[str]] = {"shipped": []}
        sources = {given.dump.name: given.dump} if given.dump else {}
        if given.rows:
            sources[f"{given.rows} rows"] = generated(Path(folder), given.rows)
        for name, source in sources.items():
            out = Path(folder) / f"{source.stem}.gaz"
            begin = time.perf_counter()
            done = build([source], out, skip_bad_rows=True)
            size = out.stat().st_size / 1e6
            took = time.perf_counter() - begin
            print(f"{name}: {done.rows} rows written, {done.skipped} left out, {len(done.errors)} bad, {took:.0f} s, {size:.1f} MB",
                  file=sys.stderr)  # fmt: skip
            layers[f"shipped, {name}"] = [str(out)]
        for name, paths in layers.items():
            told = subprocess.run([sys.executable, __file__, PROBE, *paths], check=True, capture_output=True, text=True)
            print(f"| {name} | {told.stdout.strip()} |")


if __name__ == "__main__":
    if PROBE in sys.argv[1:2]:
        probe(sys.argv[2:])
    else:
        main()
