"""Linking inside an archive: a new report is compared with what lies near it, and what that touches is clustered anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from conflict_events.errors import ConflictEventsError
from conflict_events.graph import days
from conflict_events.graph.clustering import agglomerate
from conflict_events.graph.comparisons import compare_facts, probability, shipped_weights
from conflict_events.graph.copies import representative
from conflict_events.graph.decisions import Hand
from conflict_events.graph.episodes import Episode
from conflict_events.graph.linking import LinkConfig
from conflict_events.graph.wording import read as read_wording
from conflict_events.records import Decision, EventLink, Extraction, LinkReason
from conflict_events.store.comparing import COPY_BITS, Comparer, Stored, standing_out
from conflict_events.store.facts import facts_of
from conflict_events.store.index import numbers
from conflict_events.store.regions import Pair, Regions
from conflict_events.store.rows import insert, plain
from conflict_events.store.schema import DERIVED
from conflict_events.store.settling import Settler
from conflict_events.store.texts import word_number

# words are weighed anew whenever the archive has grown by half, until it holds so many reports
_WEIGHED_UNTIL = 2000
_GROWTH = 1.5
# so many episodes at most are clustered anew for one report
_REGION = 300


class ArchiveLinker:
    """The linking of one archive; its callers hold the transaction."""

    def __init__(self, connection: sqlite3.Connection, config: LinkConfig) -> None:
        self._connection = connection
        self.config = config
        self._comparer = Comparer(connection, config)
        self._regions = Regions(connection, config, limit=_REGION)
        self._settler = Settler(connection, self._comparer, self._regions, self._why)

    def begin(self) -> None:
        """Take notice of what other processes have written."""
        self._comparer.refresh()

    def forget(self) -> None:
        """Forget what was read: a transaction failed."""
        self._comparer.forget()

    def decisions(self) -> tuple[Decision, ...]:
        """What was decided by hand, in order."""
        rows = self._connection.execute('SELECT kind, "groups", "by", reason, "at" FROM decisions ORDER BY number')
        return tuple(
            Decision(kind, tuple(tuple(group) for group in json.loads(groups)), by, reason, at)
            for kind, groups, by, reason, at in rows
        )

    # growing

    def enter_episode(self, report: int, episode: Episode) -> int:
        """Write an episode of a report; its number."""
        return insert(
            self._connection,
            "episodes",
            {
                "report": report,
                "position": episode.number,
                "is_main": episode.is_main,
                "background": episode.background,
                "facts": facts_of(episode),
            },
        )

    def link(self, entered: Sequence[tuple[Extraction, int]]) -> list[str]:
        """Link reports that were written with their episodes; ids of the incidents that are new or changed."""
        if not entered:
            return []
        total = self._connection.execute("SELECT count(*) FROM reports").fetchone()[0]
        weighed = int(self._connection.execute("SELECT value FROM meta WHERE key = 'weighed_reports'").fetchone()[0])
        toponyms = [(number, toponyms_of(extraction)) for extraction, number in entered]
        if min(total, _WEIGHED_UNTIL) >= max(1, weighed) * _GROWTH or not weighed:
            return self.relink(dict(toponyms))
        copied: list[int] = []
        episodes: list[Stored] = []
        for (extraction, number), (_, named) in zip(entered, toponyms, strict=True):
            report = extraction.report
            appeared = (report.published.start, report.published.end)
            new, is_copy = self._enter(number, report.words or "", report.title, named, appeared)
            episodes.extend(new)
            if is_copy:
                copied.append(number)
        return self._cluster(episodes, copied)

    def _enter(
        self, report: int, words: str, title: str | None, toponyms: Collection[int], appeared: days.Interval
    ) -> tuple[list[Stored], bool]:
        """Compare a report with what is entered already; its episodes, and whether it copies or is copied."""
        comparer = self._comparer
        near = comparer.enter_text(report, words, title, toponyms, appeared)
        own = comparer.episodes(
            n for (n,) in self._connection.execute("SELECT number FROM episodes WHERE report = ?", (report,))
        )
        for stored in own:
            comparer.index.add(stored.number, stored.episode)
        comparer.enter(own, near)
        copies = self.config.copies
        return own, comparer.find_copies(report, near, copies.threshold, copies.max_days_apart)

    def _cluster(self, new: Sequence[Stored], copied: Collection[int], *, bounded: bool = True) -> list[str]:
        dirty = {s.number for s in new} | self._regroup_copies(copied)
        pending = {s.number for s in new if s.episode.is_main} | self._mains_of(dirty)
        changed: set[int] = set()
        while pending:
            seen, moved = self._regions.cluster_news([min(pending)], bounded=bounded)
            pending -= seen
            changed |= moved
        self._compare_besides(changed)
        written: list[str] = []
        pending = dirty | changed
        hand = Hand.of(self.decisions())
        while pending:
            nodes, clusters = self._regions.cluster_recalled(
                [min(pending)], hand, self._items if hand.group_of else None, bounded=bounded
            )
            pending -= nodes.keys()
            written += self._settler.settle(nodes, clusters, dirty)
        return sorted(set(written))

    def _mains_of(self, episodes: Collection[int]) -> set[int]:
        rows = self._connection.execute(
            "SELECT m.number FROM episodes m WHERE m.is_main AND m.report IN"
            f" (SELECT report FROM episodes WHERE number IN {numbers(episodes)})"
        )
        return {n for (n,) in rows}

    def _items(self, episodes: Collection[int]) -> dict[int, list[str]]:
        """By what ids decisions name episodes."""
        rows = self._connection.execute(
            "SELECT e.number, coalesce(v.id, r.id) FROM episodes e JOIN reports r ON r.number = e.report"
            f" LEFT JOIN events v ON v.episode = e.number WHERE e.number IN {numbers(episodes)}"
        )
        found: dict[int, list[str]] = {}
        for number, item in rows:
            found.setdefault(number, []).append(item)
        return found

    # what reports of one incident tell besides

    def _compare_besides(self, news: Collection[int]) -> None:
        """Compare what reports whose news came together tell besides, and what both say that their news answered."""
        if not news:
            return
        groups: dict[int, list[Stored]] = {}
        rows = self._connection.execute(
            "SELECT m.news, e.number FROM episodes m JOIN episodes e ON e.report = m.report AND NOT e.is_main"
            f" WHERE m.news IN (SELECT news FROM episodes WHERE number IN {numbers(news)})"
        ).fetchall()
        stored = {s.number: s for s in self._comparer.episodes(n for _, n in rows)}
        for group, number in rows:
            if stored[number].episode.events:
                groups.setdefault(group, []).append(stored[number])
        for members in groups.values():
            members.sort(key=lambda s: (s.episode.report, s.episode.number))
            if len({s.report for s in members}) < 2:
                continue
            listed = numbers(s.number for s in members)
            known = set(self._connection.execute(f"SELECT a, b FROM pairs WHERE a IN {listed} AND b IN {listed}"))
            self._comparer.compare_recalled(
                (one, other)
                for k, one in enumerate(members)
                for other in members[k + 1 : k + 41]
                if one.report != other.report
                and one.episode.is_war == other.episode.is_war
                and (min(one.number, other.number), max(one.number, other.number)) not in known
            )
        self._compare_answered(news)

    def _compare_answered(self, news: Collection[int]) -> None:
        rows = self._connection.execute(
            "SELECT m.news, b.episode FROM episodes m JOIN reports r ON r.number = m.report"
            " JOIN relations t ON t.report = r.id AND t.type = 'retaliation_for'"
            ' JOIN events a ON a.id = t."from" AND a.episode = m.number'
            ' JOIN events b ON b.id = t."to" JOIN episodes e ON e.number = b.episode AND NOT e.is_main'
            f" WHERE m.news IN (SELECT news FROM episodes WHERE number IN {numbers(news)})"
        ).fetchall()
        stored = {s.number: s for s in self._comparer.episodes({n for _, n in rows})}
        groups: dict[int, list[Stored]] = {}
        for group, number in rows:
            groups.setdefault(group, []).append(stored[number])
        for members in groups.values():
            members.sort(key=lambda s: (s.episode.report, s.episode.number))
            first = members[0]
            for other in members[1:]:
                if other.report != first.report:
                    self._comparer.compare_answered(first, other)

    # copies

    def _regroup_copies(self, reports: Collection[int]) -> set[int]:
        """Group anew what copies are near some reports; the main episodes of reports whose group changed."""
        pending = set(reports)
        changed: set[int] = set()
        while pending:
            members, weights = self._copy_region(min(pending))
            pending -= set(members)
            changed |= self._name_copies(members, weights)
        if not changed:
            return set()
        rows = self._connection.execute(f"SELECT number FROM episodes WHERE report IN {numbers(changed)}")
        return {n for (n,) in rows}

    def _copy_region(self, start: int) -> tuple[list[int], dict[Pair, float]]:
        found, frontier = {start}, [start]
        weights: dict[Pair, float] = {}
        while frontier:
            listed = numbers(frontier)
            rows = self._connection.execute(
                f"SELECT a, b, weight FROM copy_pairs WHERE a IN {listed} UNION ALL"
                f" SELECT a, b, weight FROM copy_pairs WHERE b IN {listed}"
            )
            weights.update({(a, b): weight for a, b, weight in rows})
            frontier = [n for pair, w in weights.items() if w > 0 for n in pair if n not in found]
            found.update(frontier)
        return sorted(found), {p: w for p, w in weights.items() if p[0] in found and p[1] in found}

    def _name_copies(self, members: Sequence[int], weights: dict[Pair, float]) -> set[int]:
        rows = self._connection.execute(
            "SELECT number, id, published_start, published_basis, copy_of, title,"
            f" json_extract(record, '$.report.words') FROM reports WHERE number IN {numbers(members)} ORDER BY id"
        ).fetchall()
        place = {row[0]: k for k, row in enumerate(rows)}
        found = agglomerate(
            len(rows),
            {(min(place[a], place[b]), max(place[a], place[b])): w for (a, b), w in weights.items()},
            unseen=-self.config.copies.threshold,
        )
        changed: set[int] = set()
        for group in found:
            told = [rows[k] for k in group]
            first = told[0][1]
            if len(told) > 1:
                first = representative(
                    (id_, start if basis != "unknown" else None, len(read_wording(id_, words or "", title).words))
                    for _, id_, start, basis, _, title, words in told
                )
            for number, id_, _, _, copy_of, _, _ in told:
                model = first if id_ != first else None
                if model != copy_of:
                    self._connection.execute("UPDATE reports SET copy_of = ? WHERE number = ?", (model, number))
                    # who stands beside a report in its group changes with it
                    changed.update(row[0] for row in told)
        return changed

    # linking anew

    def relink(self, toponyms: dict[int, frozenset[int]] | None = None) -> list[str]:
        """Weigh words by all reports and link everything anew; ``toponyms`` are those of reports not yet entered."""
        connection = self._connection
        named = {n: frozenset(json.loads(t)) for n, t in connection.execute("SELECT report, toponyms FROM texts")}
        named.update(toponyms or {})
        for table in DERIVED:
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM texts")
        connection.execute("UPDATE episodes SET news = NULL")
        self._weigh(named.values())
        self._comparer.refresh()
        numbered = connection.execute("SELECT number FROM reports ORDER BY id").fetchall()
        episodes: list[Stored] = []
        copied: list[int] = []
        for (number,) in numbered:
            words, title, start, end = connection.execute(
                "SELECT json_extract(record, '$.report.words'), title, published_start, published_end FROM reports"
                " WHERE number = ?",
                (number,),
            ).fetchone()
            new, is_copy = self._enter(number, words or "", title, named.get(number, frozenset()), (start, end))
            episodes.extend(new)
            if is_copy:
                copied.append(number)
        connection.execute("UPDATE reports SET copy_of = NULL WHERE copy_of IS NOT NULL")
        return self._cluster(episodes, copied, bounded=False)

    def _weigh(self, toponyms: Iterable[Collection[int]]) -> None:
        counts: dict[int, int] = {}
        reports = 0
        rows = self._connection.execute("SELECT title, json_extract(record, '$.report.words') FROM reports")
        for title, words in rows:
            reports += 1
            for word in set(read_wording("", words or "", title).words):
                number = word_number(word)
                counts[number] = counts.get(number, 0) + 1
        named: dict[int, int] = {}
        for found in toponyms:
            for key in found:
                named[key] = named.get(key, 0) + 1
        self._connection.executemany("INSERT INTO word_counts VALUES (?, ?)", sorted(counts.items()))
        self._connection.executemany("INSERT INTO toponym_counts VALUES (?, ?)", sorted(named.items()))
        self._connection.execute("UPDATE meta SET value = ? WHERE key = 'weighed_reports'", (str(reports),))
        self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'weighing'")

    # deciding and explaining

    def obey(self, items: Sequence[str]) -> list[str]:
        """Cluster anew what a decision names; ids of the incidents that changed."""
        marks = ",".join("?" * len(items))
        rows = self._connection.execute(
            f"SELECT episode FROM events WHERE id IN ({marks}) AND episode IS NOT NULL UNION SELECT e.number"
            f" FROM episodes e JOIN reports r ON r.number = e.report WHERE e.is_main AND r.id IN ({marks})",
            (*items, *items),
        )
        named = {n for (n,) in rows}
        hand = Hand.of(self.decisions())
        nodes, clusters = self._regions.cluster_recalled(sorted(named), hand, self._items)
        return sorted(self._settler.settle(nodes, clusters, set()))

    def explain(self, a: str, b: str) -> EventLink:
        """Why two events or reports' news are or are not of one incident."""
        first, second = self._episode(a), self._episode(b)
        bits, reasons = self._compare(first, second)
        hand = Hand.of(self.decisions())
        items = self._items({first, second})
        groups = [hand.group(items.get(n, ())) for n in (first, second)]
        if groups[0] is not None and groups[1] is not None and first != second:
            if groups[0] == groups[1]:
                reasons = (LinkReason("decision", "merge", 0.0), *reasons)
            elif hand.are_apart(groups[0], groups[1]):
                reasons = (LinkReason("decision", "split", 0.0), *reasons)
        return EventLink(a, b, probability(bits), reasons)

    def _episode(self, id_: str) -> int:
        row = self._connection.execute(
            "SELECT episode FROM events WHERE id = ? AND episode IS NOT NULL UNION ALL SELECT e.number FROM episodes e"
            " JOIN reports r ON r.number = e.report WHERE e.is_main AND r.id = ?",
            (plain(id_), plain(id_)),
        ).fetchone()
        if row is None:
            raise ConflictEventsError("CE034", id=id_, expected="an event that happened, or a report,")
        return int(row[0])

    def _why(self, i: int, j: int) -> tuple[LinkReason, ...]:
        return self._compare(i, j)[1]

    def _compare(self, i: int, j: int) -> tuple[float, tuple[LinkReason, ...]]:
        """Score of two episodes in bits as it now stands, with every comparison behind it."""
        nodes = self._regions.nodes({i, j})
        stored = {s.number: s for s in self._comparer.episodes({i, j})}
        a, b = stored[i], stored[j]
        if a.episode.is_main and b.episode.is_main:
            [(_, likeness, compared)] = self._comparer.news_compared(a, [b])
            around = standing_out(likeness.text if likeness else None, (nodes[i].crowd, nodes[j].crowd))
            if around is not None:
                compared["stands_out"] = around
            bits, reasons = shipped_weights("news" if likeness else "recall").weigh(compared)
            if nodes[i].copy_group == nodes[j].copy_group:
                bits += COPY_BITS
                reasons = (LinkReason("copy", nodes[i].copy_group, COPY_BITS), *reasons)
            return bits, reasons
        compared = compare_facts(a.episode, b.episode)
        if not a.episode.is_main and not b.episode.is_main:
            home = nodes[i].home
            if home is not None and home == nodes[j].home:
                compared["news"] = "same"
        return shipped_weights("recall").weigh(compared)


def toponyms_of(extraction: Extraction) -> frozenset[int]:
    """Gazetteer ids of the towns, villages and districts that a report names as places."""
    return frozenset(
        place.geonames_id
        for place in extraction.places
        if place.geonames_id is not None
        and place.precision in ("settlement", "district")
        and place.role in ("event", "mention")
    )
