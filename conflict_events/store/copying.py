"""Copies inside an archive: reports that repeat one text, found among those nearest by wording.

The scores and groups are those of ``graph.copies``, but that an outlet's standing matter counts like other words: which
runs of words are standing matter shows only when all texts are read together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence

from conflict_events.graph import days
from conflict_events.graph.clustering import agglomerate
from conflict_events.graph.copies import CREDIT_BONUS, CopyConfig, copy_score, representative
from conflict_events.graph.wording import read
from conflict_events.store.comparing import Comparer
from conflict_events.store.index import LISTED, listed
from conflict_events.store.loading import Pair

# with a smaller share of common words, or less alike, no copy reaches the threshold, and the texts are not read
_COMMON_WORDS, _ALIKE = 0.45, 0.4


class Copier:
    """Finds and names the copies of one archive."""

    def __init__(self, connection: sqlite3.Connection, comparer: Comparer, config: CopyConfig) -> None:
        self._connection = connection
        self._comparer = comparer
        self.config = config

    def find(self, report: int, near: Sequence[int]) -> bool:
        """Store how far a report repeats those near it in wording; whether it repeats any."""
        likeness = self._comparer.likeness(report, near)
        alike = [
            n
            for n, found in zip(near, likeness, strict=True)
            if found and found.shared >= _COMMON_WORDS and found.text >= _ALIKE
        ]
        if not alike:
            return False
        rows = self._connection.execute(
            "SELECT number, published_start, published_end, json_extract(record, '$.report.words'), title,"
            f" json_extract(record, '$.report.credits') FROM reports WHERE number IN {LISTED}",
            (listed([report, *alike]),),
        )
        told = {
            n: ((start, end), read("", words or "", title), {c["text"].casefold() for c in json.loads(credits)})
            for n, start, end, words, title, credits in rows
        }
        appeared, wording, credits = told.pop(report)
        stored: list[tuple[int, int, float]] = []
        for other, (other_appeared, other_wording, other_credits) in sorted(told.items()):
            apart = days.gap(appeared, other_appeared)
            if apart is not None and apart > self.config.max_days_apart:
                continue
            score = copy_score(wording, other_wording, wording.shingles, other_wording.shingles)
            if credits & other_credits:
                score += CREDIT_BONUS
            stored.append((min(report, other), max(report, other), score - self.config.threshold))
        self._connection.executemany("INSERT OR REPLACE INTO copy_pairs VALUES (?, ?, ?)", stored)
        return any(weight > 0 for _, _, weight in stored)

    def regroup(self, reports: Collection[int]) -> dict[int, bool]:
        """Group anew what repeats some reports; episodes of reports whose group changed, and whether each is main."""
        pending = set(reports)
        changed: set[int] = set()
        while pending:
            members, weights = self._region(min(pending))
            pending -= set(members)
            changed |= self._name(members, weights)
        if not changed:
            return {}
        rows = self._connection.execute(
            f"SELECT number, is_main FROM episodes WHERE report IN {LISTED}", (listed(changed),)
        )
        return {number: bool(is_main) for number, is_main in rows}

    def _region(self, start: int) -> tuple[list[int], dict[Pair, float]]:
        """The reports that chains of copies join to one, and the scores between them above the threshold."""
        found, frontier = {start}, [start]
        weights: dict[Pair, float] = {}
        while frontier:
            wanted = listed(frontier)
            rows = self._connection.execute(
                f"SELECT a, b, weight FROM copy_pairs WHERE a IN {LISTED} UNION ALL"
                f" SELECT a, b, weight FROM copy_pairs WHERE b IN {LISTED}",
                (wanted, wanted),
            )
            weights.update({(a, b): weight for a, b, weight in rows})
            frontier = sorted({n for pair, w in weights.items() if w > 0 for n in pair if n not in found})
            found.update(frontier)
        return sorted(found), {p: w for p, w in weights.items() if p[0] in found and p[1] in found}

    def _name(self, members: Sequence[int], weights: dict[Pair, float]) -> set[int]:
        """Write which report stands for each group of copies; the reports of groups that changed."""
        rows = self._connection.execute(
            "SELECT number, id, published_start, published_basis, copy_of, copy_group, title,"
            " json_extract(record, '$.report.words') FROM reports JOIN surroundings ON report = number"
            f" WHERE number IN {LISTED} ORDER BY id",
            (listed(members),),
        ).fetchall()
        place = {row[0]: k for k, row in enumerate(rows)}
        found = agglomerate(
            len(rows),
            {(min(place[a], place[b]), max(place[a], place[b])): w for (a, b), w in weights.items()},
            unseen=-self.config.threshold,
        )
        changed: set[int] = set()
        for group in found:
            told = [rows[k] for k in group]
            first = told[0][1]
            if len(told) > 1:
                first = representative(
                    (id_, start if basis != "unknown" else None, len(read(id_, words or "", title).words))
                    for _, id_, start, basis, _, _, title, words in told
                )
            [first_number] = [row[0] for row in told if row[1] == first]
            for number, id_, _, _, copy_of, copy_group, _, _ in told:
                model = first if id_ != first else None
                # who replaces a report has its id, and another number
                if model != copy_of or copy_group != first_number:
                    self._connection.execute("UPDATE reports SET copy_of = ? WHERE number = ?", (model, number))
                    # what stands beside a report in its group changes with it
                    changed.update(row[0] for row in told)
            if not changed.isdisjoint(row[0] for row in told):
                self._connection.execute(
                    f"UPDATE surroundings SET copy_group = ? WHERE report IN {LISTED}",
                    (first_number, listed(row[0] for row in told)),
                )
        return changed
