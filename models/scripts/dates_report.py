"""Print the share of a specification's dates that the grammar solves: `python models/scripts/dates_report.py DATA`.

DATA is the folder with `data/dates/rec_*.jsonl`, the cases of Microsoft Recognizers-Text: a sentence, the day on which it
is said, and what each date in it means. It is written for people who speak to a calendar, so that several answers are
right for one case (the past and the future one); any of them counts. "Exactly" means the same days; "by our
conventions" also counts what news writes otherwise:

- the last day of a range belongs to it ("from 4 to 22 January" ends on the 22nd, "from May to September" in September);
- "early March", "the end of May" mean days within the whole unit.

Not counted as solved: weeks of a month from its first day ("the first week of October" is 1-7 October, not the first
Monday's week), "last September" as the one before the present year's, the coming weekend for "the weekend", what only a
previous sentence could fix ("three weeks later"), present moments ("now"), and what no news report writes.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import srsly

from conflict_events.text.temporal import Interval, ResolvedDate, read_dates

SETS = ("rec_datetime", "rec_dateperiod")
KINDS = ("date", "daterange", "datetime", "datetimerange")
WHOLE_UNITS = frozenset({"week", "month", "year", "season", "range"})
Days = tuple[str, str]


def day_after(day: str, count: int = 1) -> str:
    """The ISO day so many days after another."""
    return (date.fromisoformat(day) + timedelta(count)).isoformat()


def meanings(result: dict[str, Any], kind: str) -> set[Days]:
    """First and last day of each answer that the specification gives; its ranges end before their last day."""
    found: set[Days] = set()
    for value in (result.get("Resolution") or {}).get("values", []):
        if kind in ("date", "datetime"):
            if value.get("value", "")[:4].isdigit():
                found.add((value["value"][:10], value["value"][:10]))
        elif value.get("start") and value.get("end") and value["end"][:4].isdigit() and value["start"][:4].isdigit():
            last = value["end"][:10]
            found.add((value["start"][:10], day_after(last, -1) if kind == "daterange" else last))
    for side in ("FutureResolution", "PastResolution"):
        value = (result.get("Value") or {}).get(side) or {}
        if value.get("startDate") and value.get("endDate"):
            found |= {(value["startDate"], value["endDate"]), (value["startDate"], day_after(value["endDate"], -1))}
    return found


def cases(path: Path) -> Iterator[tuple[str, str, str, int, int, set[Days]]]:
    """Text, reference day, kind, start, end and meanings of each date of a file that has a calendar meaning."""
    for row in srsly.read_jsonl(path):
        reference = (row.get("Context") or {}).get("ReferenceDateTime")
        for result in row["Results"] if reference else ():
            kind = (result.get("TypeName") or result.get("Type") or "").split(".")[-1]
            start = result.get("Start", row["Input"].lower().find(result["Text"].lower()))
            meant = meanings(result, kind)
            if kind in KINDS and meant:
                yield row["Input"], reference[:10], kind, start, start + len(result["Text"]), meant


def as_news_writes(found: list[ResolvedDate], meant: set[Days]) -> bool:
    """Whether a date found means one of the answers by the conventions of news."""
    for date_ in found:
        first, last = date_.days.iso() if date_.days else (None, None)
        if first is None or last is None:
            continue
        for start, end in meant:
            ends = [d.days.iso()[0] for d in found if d.days and d.days.iso()[1] == last]
            if (
                date_.precision == "range"
                and first == start
                and any(e and e <= day_after(end) <= day_after(last) for e in ends)
            ):
                return True
            short = (date.fromisoformat(last) - date.fromisoformat(first)).days <= 366
            if first <= start and end <= last and date_.precision in WHOLE_UNITS and short:
                return True
    return False


def main() -> None:
    """Read the command line and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    given = parser.parse_args()
    total, exact, solved = Counter[str](), Counter[str](), Counter[str]()
    for name in SETS:
        for text, said, kind, start, end, meant in cases(given.data / "data" / "dates" / f"{name}.jsonl"):
            read = read_dates(text, published=Interval.from_iso(said, said), ranges="all", numeric_order="MDY")
            found = [d for d in read.dates if d.start < end and start < d.end]
            same = any(d.days is not None and d.days.iso() in meant for d in found)
            for key in (f"{name}, {kind}", f"{name}, all"):
                total[key] += 1
                exact[key] += same
                solved[key] += same or as_news_writes(found, meant)
    print("| set | dates | exactly | by our conventions |\n| --- | --- | --- | --- |")
    for key in sorted(total):
        print(f"| {key} | {total[key]} | {exact[key] / total[key]:.3f} | {solved[key] / total[key]:.3f} |")


if __name__ == "__main__":
    main()
