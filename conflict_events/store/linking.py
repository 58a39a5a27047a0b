"""Linking inside an archive: a new report is compared with what lies near it, and what that touches is clustered anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence, Set

from conflict_events.graph import days
from conflict_events.graph.decisions import Hand
from conflict_events.graph.linking import LinkConfig, toponyms_of
from conflict_events.records import Decision, EventLink, Extraction
from conflict_events.store.comparing import Comparer
from conflict_events.store.copying import Copier
from conflict_events.store.explaining import Explainer
from conflict_events.store.index import LISTED, listed
from conflict_events.store.loading import Loader, Stored, pair_of
from conflict_events.store.regions import Regions
from conflict_events.store.relinking import Relinker
from conflict_events.store.removing import Remover, Touched
from conflict_events.store.settling import Settler

# words are weighed anew whenever the archive has grown by half, until it holds so many reports
_WEIGHED_UNTIL = 2000
_GROWTH = 1.5
# so many episodes at most are clustered anew for one report
_REGION = 300
# what reports of one incident tell besides meets so many others in canonical order
_BESIDES = 40


class ArchiveLinker:
    """The linking of one archive; its callers hold the transaction."""

    def __init__(self, connection: sqlite3.Connection, config: LinkConfig) -> None:
        self._connection = connection
        self.config = config
        self._loader = Loader(connection)
        self._comparer = Comparer(connection, self._loader, config)
        self._copier = Copier(connection, self._comparer, config.copies)
        self._regions = Regions(connection, config, limit=_REGION)
        self._explainer = Explainer(connection, self._loader, self._comparer, self._regions)
        self._settler = Settler(connection, self._loader, self._regions, self._explainer.reasons)
        self._remover = Remover(connection, self._loader, self._settler)
        self._decided: dict[int, Decision] = {}
        self._known_hand = Hand()

    def begin(self) -> None:
        """Start a change, and take notice of what other processes have written."""
        self._loader.refresh()
        self._comparer.begin()

    def forget(self) -> None:
        """Forget what was read: a change failed."""
        self._loader.forget()
        self._comparer.begin()
        self._decided, self._known_hand = {}, Hand()

    def decisions(self) -> tuple[Decision, ...]:
        """What was decided by hand, in order."""
        # decisions are never changed or taken back, so that only later ones are to be read
        rows = self._connection.execute(
            'SELECT number, kind, "groups", "by", reason, "at" FROM decisions WHERE number > ? ORDER BY number',
            (next(reversed(self._decided), 0),),
        )
        for number, kind, groups, by, reason, at in rows:
            decision = Decision(kind, tuple(tuple(group) for group in json.loads(groups)), by, reason, at)
            self._decided[number] = decision
            self._known_hand.take(decision)
        return tuple(self._decided.values())

    def _hand(self) -> Hand:
        """What all decisions come to."""
        self.decisions()
        return self._known_hand

    # growing

    def remove(self, reports: Collection[int], *, keep_ids: bool) -> Touched:
        """Remove reports by number; what is to be clustered anew for that, with ``link``."""
        touched = self._remover.remove(reports, keep_ids=keep_ids)
        # numbers may be given anew: what any process read of them holds no longer
        self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'weighing'")
        self.begin()
        return touched

    def inherit(self, report: int, incident: str) -> None:
        """Put a report's news into an incident that is kept for them."""
        news = "SELECT number FROM episodes WHERE report = ? AND is_main"
        for statement in (
            f"UPDATE events SET incident = ? WHERE episode IN ({news})",
            f"UPDATE episodes SET incident = ? WHERE number IN ({news})",
            "UPDATE reports SET main_incident = ? WHERE number = ?",
        ):
            self._connection.execute(statement, (incident, report))

    def is_due(self) -> bool:
        """Whether the archive has grown so far that all is to be linked anew."""
        due = self._loader.weighed_reports * _GROWTH
        if due > _WEIGHED_UNTIL:
            return False
        total = self._connection.execute("SELECT count(*) FROM reports").fetchone()[0]
        return bool(total) and total >= due

    def link(self, entered: Sequence[tuple[Extraction, int]], touched: Touched) -> list[str]:
        """Link reports that were written with their episodes; ids of the incidents that are new or changed.

        ``touched`` is what the removal of others left to be clustered anew.
        """
        copied = set(touched.copies)
        episodes: list[Stored] = []
        for extraction, number in entered:
            report = extraction.report
            appeared = (report.published.start, report.published.end)
            own, repeats = self._enter(number, report.words or "", report.title, toponyms_of(extraction), appeared)
            episodes.extend(own)
            if repeats:
                copied.add(number)
        dirty = {s.number for s in episodes} | touched.episodes
        return self._cluster(dirty, {s.number for s in episodes if s.episode.is_main} | touched.news, copied)

    def _enter(
        self, report: int, words: str, title: str | None, toponyms: Collection[int], appeared: days.Interval
    ) -> tuple[list[Stored], bool]:
        """Compare a report with what is entered already; its episodes, and whether it repeats another's text."""
        near = self._comparer.enter_text(report, words, title, toponyms, appeared)
        own = self._loader.of_report(report)
        self._comparer.enter(own, near)
        return own, self._copier.find(report, near)

    def _cluster(self, dirty: Set[int], news: Set[int], copied: Collection[int]) -> list[str]:
        regrouped = self._copier.regroup(copied)
        dirty |= regrouped.keys()
        pending = news | {n for n, is_main in regrouped.items() if is_main}
        changed: set[int] = set()
        while pending:
            seen, moved = self._regions.cluster_news([min(pending)], self._compare_pairs)
            pending -= seen
            changed |= moved
        self._compare_besides(changed)
        hand = self._hand()
        written: set[str] = set()
        pending = dirty | changed
        while pending:
            nodes, clusters = self._regions.cluster_recalled({min(pending)}, hand, self._items)
            pending -= nodes.keys()
            written.update(self._settler.settle(nodes, clusters, dirty))
        return sorted(written)

    def _compare_pairs(self, pairs: Collection[tuple[int, int]]) -> None:
        stored = {s.number: s for s in self._loader.episodes({n for pair in pairs for n in pair})}
        for a, b in pairs:
            if stored[a].report != stored[b].report:
                self._comparer.compare_news(stored[a], [stored[b]])

    def _items(self, episodes: Collection[int]) -> dict[int, list[str]]:
        """By what ids decisions name episodes."""
        rows = self._connection.execute(
            "SELECT e.number, coalesce(v.id, e.report_id) FROM episodes e"
            f" LEFT JOIN events v ON v.episode = e.number WHERE e.number IN {LISTED}",
            (listed(episodes),),
        )
        found: dict[int, list[str]] = {}
        for number, item in rows:
            found.setdefault(number, []).append(item)
        return found

    # what reports of one incident tell besides

    def _compare_besides(self, news: Collection[int]) -> None:
        """Compare what reports whose news came together tell besides, and what both say that their news answered."""
        rows = self._connection.execute(
            "SELECT news, number FROM episodes WHERE NOT is_main"
            f" AND news IN (SELECT news FROM episodes WHERE number IN {LISTED})",
            (listed(news),),
        ).fetchall()
        stored = {s.number: s for s in self._loader.episodes(n for _, n in rows)}
        groups: dict[int, list[Stored]] = {}
        for group, number in rows:
            if stored[number].episode.events:
                groups.setdefault(group, []).append(stored[number])
        for group, members in groups.items():
            if len({s.report for s in members}) < 2:
                continue
            members.sort(key=lambda s: s.key)
            known = self._loader.known_pairs([s.number for s in members])
            self._comparer.compare_recalled(
                (one, other)
                for k, one in enumerate(members)
                for other in members[k + 1 : k + 1 + _BESIDES]
                if one.report != other.report
                and one.episode.is_war == other.episode.is_war
                and pair_of(one, other) not in known
            )
            self._compare_answered(group)

    def _compare_answered(self, news: int) -> None:
        rows = self._connection.execute(
            "SELECT DISTINCT b.episode FROM episodes m JOIN relations t ON t.report = m.report_id"
            " AND t.type = 'retaliation_for' JOIN events a ON a.id = t.\"from\" AND a.episode = m.number"
            ' JOIN events b ON b.id = t."to" JOIN episodes e ON e.number = b.episode AND NOT e.is_main'
            " WHERE m.news = ? AND m.is_main",
            (news,),
        )
        members = sorted(self._loader.episodes(n for (n,) in rows.fetchall()), key=lambda s: s.key)
        for other in members[1:]:
            if other.report != members[0].report:
                self._comparer.compare_answered(members[0], other)

    # linking anew

    def relink(self, extractions: Sequence[Extraction]) -> list[str]:
        """Weigh words and facts by all reports, and link them all anew; ``extractions`` are all of the archive's."""
        self.begin()
        relinker = Relinker(self._connection, extractions, self.config)
        relinker.weigh()
        self._loader.refresh()
        relinker.enter()
        matched = relinker.compare()
        hand = self._hand()
        return sorted(relinker.settle(matched, self._regions, self._settler, hand, self._items))

    # deciding and explaining

    def obey(self, items: Collection[str]) -> list[str]:
        """Cluster anew what a decision names; ids of the incidents that changed."""
        nodes, clusters = self._regions.cluster_recalled(self._regions.episodes_named(items), self._hand(), self._items)
        return sorted(self._settler.settle(nodes, clusters, set()))

    def explain(self, a: str, b: str) -> EventLink:
        """Why two events or reports' news are or are not of one incident."""
        self.begin()
        return self._explainer.explain(a, b, self._hand(), self._items)
