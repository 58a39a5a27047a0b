"""The hundred written pairs of reports, "same or not", and how well linking answers them.

``python -m tests.graph.pairs develop --errors`` prints precision and recall by kind and each error of that half;
of the half that is held only scores are ever printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from conflict_events import Report, extract, link
from conflict_events.records import Extraction, Linked

Answer = Literal["same", "besides", "recalled", "other"]
HALVES = ("develop", "held")


@dataclass(frozen=True)
class Pair:
    """Two reports, whether their news is one incident, and why.

    Where it is not, "besides" says that one of them tells the other's incident besides its own news, "recalled"
    that it only recalls it.
    """

    id: str
    kind: str
    answer: Answer
    reason: str
    a: Report
    b: Report

    @property
    def is_same(self) -> bool:
        return self.answer == "same"


@dataclass
class Score:
    """Counts of pairs called the same."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0

    def __str__(self) -> str:
        right, found, wanted = self.right, self.found, self.wanted
        return (
            f"precision {self.precision:.3f} recall {self.recall:.3f} ({right} right, {found} found, {wanted} wanted)"
        )


def read(half: str) -> list[Pair]:
    """The pairs of a half, "develop" or "held"."""
    lines = (Path(__file__).parent / f"pairs_{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_pair(json.loads(line)) for line in lines]


def _pair(row: Mapping[str, object]) -> Pair:
    reports = [Report(id=f"{row['id']}-{side}", **row[side]) for side in "ab"]  # type: ignore[arg-type]
    return Pair(row["id"], row["kind"], row["answer"], row["reason"], *reports)  # type: ignore[arg-type]


def reports_of(pairs: Iterable[Pair]) -> Iterator[Report]:
    for pair in pairs:
        yield from (pair.a, pair.b)


def are_linked(linked: Linked, pair: Pair) -> bool:
    """Whether the news of both reports is one incident."""
    news = {r.id: r.main_incident for r in linked.reports}
    first, second = news[str(pair.a.id)], news[str(pair.b.id)]
    return first is not None and first == second


def share_an_incident(linked: Linked, pair: Pair) -> bool:
    """Whether some incident has both reports, told as news or recalled."""
    wanted = {str(pair.a.id), str(pair.b.id)}
    return any(wanted <= {*i.reports, *i.mentioned_in} for i in linked.incidents)


def answered(pairs: Iterable[Pair], extractions: Mapping[str, Extraction]) -> dict[str, tuple[bool, bool]]:
    """For each pair, linked by itself: whether the news is one incident, and whether any incident has both reports."""
    found = {}
    for pair in pairs:
        linked = link([extractions[str(pair.a.id)], extractions[str(pair.b.id)]]).linked
        found[pair.id] = are_linked(linked, pair), share_an_incident(linked, pair)
    return found


def answered_together(pairs: Iterable[Pair], extractions: Mapping[str, Extraction]) -> dict[str, tuple[bool, bool]]:
    """The same with all reports of all pairs linked at once."""
    linked = link(extractions.values()).linked
    return {pair.id: (are_linked(linked, pair), share_an_incident(linked, pair)) for pair in pairs}


def score(pairs: Iterable[Pair], found: Mapping[str, tuple[bool, bool]]) -> tuple[Score, dict[str, Score], Score]:
    """Scores of "same" over all pairs and by kind, and of incidents shared where the news is not the same."""
    whole, kinds, shared = Score(), defaultdict[str, Score](Score), Score()
    for pair in pairs:
        same, any_shared = found[pair.id]
        for one in (whole, kinds[pair.kind]):
            _count(one, same, pair.is_same)
        if not pair.is_same:
            _count(shared, any_shared, pair.answer != "other")
    return whole, dict(kinds), shared


def _count(one: Score, found: bool, wanted: bool) -> None:
    one.found += found
    one.wanted += wanted
    one.right += found and wanted


def report(half: str, pairs: list[Pair], extractions: Mapping[str, Extraction], *, errors: bool = False) -> str:
    """What a person reads of one half: scores, by kind, and the errors where they may be seen."""
    lines = []
    for name, answer in (("each pair alone", answered), ("all at once", answered_together)):
        found = answer(pairs, extractions)
        whole, kinds, shared = score(pairs, found)
        lines.append(f"{half}, {name}: {whole} F1 {whole.f1:.3f}; told besides or recalled: {shared}")
        lines += [f"  {kind:22} {one}" for kind, one in kinds.items()]
        for pair in pairs if errors and half != "held" else ():
            if found[pair.id][0] != pair.is_same:
                lines.append(
                    f"  {pair.id}: {pair.answer}, not {'same' if found[pair.id][0] else 'other'}. {pair.reason}"
                )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("half", choices=HALVES, nargs="?", help="only this half")
    parser.add_argument("--errors", action="store_true", help="list the errors of the develop half")
    arguments = parser.parse_args()
    for half in [arguments.half] if arguments.half else HALVES:
        pairs = read(half)
        extractions = {e.report.id: e for e in extract(reports_of(pairs))}
        sys.stdout.write(report(half, pairs, extractions, errors=arguments.errors) + "\n")


if __name__ == "__main__":
    main()
