"""``Archive``: reports and incidents in one SQLite file that grows report by report."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from conflict_events.errors import ConflictEventsError
from conflict_events.graph.decisions import parted, several, signed
from conflict_events.graph.linking import LinkConfig
from conflict_events.records import Decision, EventLink, Extraction, Incident
from conflict_events.store import rows, schema
from conflict_events.store.entering import enter
from conflict_events.store.index import LISTED, listed
from conflict_events.store.linking import ArchiveLinker
from conflict_events.store.reading import linked_of, read_extraction
from conflict_events.store.removing import Touched
from conflict_events.text.days import day_interval

if TYPE_CHECKING:
    from conflict_events.graph.build import EventGraph


class Archive:
    """Reports, events, figures, incidents, links and decisions in one SQLite file (``store.schema`` names its tables).

    Open one with ``Archive.open``. Each ``add``, ``remove``, ``split``, ``merge`` and ``relink`` is one transaction: after
    a crash the archive holds all of it or nothing. Any number of processes may read while one writes.

    A new report is compared with what lies near it in place, time and wording, and what that touches is clustered anew,
    with the comparisons and thresholds of ``EventGraph.build``. The order in which reports arrive matters for three things
    alone: an incident's id is that of the oldest that it was made of; words, toponyms and bare facts weigh what they did
    when the archive was last weighed (by itself each time that it has grown by half, up to 2,000 reports; by ``relink``
    later); and what is compared and clustered at once is bounded. That holds after decisions by hand too: what a decision
    names stays where it put it, whatever arrives, and a report that none names goes to the part that it agrees with most.
    ``relink`` gives the incidents that linking all reports at once gives.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, config: LinkConfig) -> None:
        self._connection = connection
        self.path = path
        self._linker = ArchiveLinker(connection, config)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        config: LinkConfig | None = None,
        timeout: float = 5.0,
        create: bool = True,
        read_only: bool = False,
    ) -> Self:
        """The archive in the file ``path``, which is made where there is none and ``create`` is set.

        ``timeout`` is how many seconds a change waits for another process that is writing. ``read_only`` refuses changes,
        and also reads a file that cannot be written, or stands in a folder that cannot be, as long as nobody else writes it
        meanwhile. What an older version wrote is brought up to date. An archive belongs to the thread that opened it.

        Raises ``ConflictEventsError`` CE030 where the file is no archive, CE031 where a newer version wrote it, CE032 where
        it stays locked, CE033 where it cannot be written; where it is only to be read CE001 where it cannot be, CE038 where
        it has unfinished changes beside it that cannot be, CE040 where it is to be brought up to date first; later CE037 in
        another thread, or when it is closed.

        >>> with Archive.open(":memory:") as archive:
        ...     archive.add([])
        []
        """
        target, made = Path(path), create or str(path) == ":memory:"
        connection = schema.connect(target, timeout=timeout, create=made and not read_only, read_only=read_only)
        return cls(connection, target, config or LinkConfig())

    def close(self) -> None:
        """Close the file."""
        with schema.coded(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of reports."""
        return self.count("reports")

    def count(self, table: str) -> int:
        """The number of rows of a table that ``store.schema`` names. Raises ``ValueError`` for another."""
        if table not in schema.TABLES_TO_READ:
            raise ValueError(f"give one of {', '.join(schema.TABLES_TO_READ)}")
        with schema.coded(self.path):
            return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def __contains__(self, report: object) -> bool:
        with schema.coded(self.path):
            found = self._connection.execute("SELECT 1 FROM reports WHERE id = ?", (rows.plain(str(report)),))
            return found.fetchone() is not None

    @contextmanager
    def _change(self) -> Iterator[None]:
        with schema.coded(self.path):
            try:
                with schema.transaction(self._connection):
                    self._linker.begin()
                    yield
            except BaseException:
                self._linker.forget()
                raise

    @contextmanager
    def _view(self) -> Iterator[None]:
        """One state of the archive, whatever others write meanwhile."""
        with schema.coded(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    # growing

    def add(self, extractions: Extraction | Iterable[Extraction], *, replace: bool = False) -> list[str]:
        """Add reports and link them, all in one transaction; ids of the incidents that are new or changed.

        What the archive holds already is left out. Where another extraction stands under the id of a report, that is taken
        out first if ``replace`` is set, as by ``remove``; an incident that no other report tells passes its id on to what
        the report's news are now. Else ``ConflictEventsError`` CE007 is raised, and nothing is added.
        """
        given = [extractions] if isinstance(extractions, Extraction) else several(extractions, "extractions")
        with self._change():
            fresh = self._unknown(given, replace=replace)
            known = self._numbers(e.report.id for e in fresh)
            touched = self._linker.remove(known, keep_ids=True) if known else Touched()
            entered = [(e, self._entered(e, touched)) for e in fresh]
            if self._linker.is_due():
                return self._linker.relink(self._all({e.report.id: e for e, _ in entered}))
            return self._linker.link(entered, touched)

    def remove(self, reports: Iterable[str]) -> list[str]:
        """Take reports out, in one transaction; ids of the incidents that changed, or that others came apart into.

        What only they told goes with them. The rest of each incident they told is linked anew: its greatest part keeps
        the id. Words, toponyms and bare facts weigh what they did until the archive is weighed again. Decisions that name
        events of theirs stay on record, hold for the rest, and hold again for what is ever added under those ids. Raises
        ``ConflictEventsError`` CE034 for an unknown id, and then nothing is removed.
        """
        wanted = several(reports, "ids of reports")
        with self._change():
            for report in wanted:
                if not self._numbers([report]):
                    raise ConflictEventsError("CE034", id=report, expected="a report")
            return self._linker.link([], self._linker.remove(self._numbers(wanted), keep_ids=False))

    def _numbers(self, reports: Iterable[str]) -> list[int]:
        named = listed(rows.plain(report) or "" for report in reports)
        found = self._connection.execute(f"SELECT number FROM reports WHERE id IN {LISTED} ORDER BY number", (named,))
        return [number for (number,) in found]

    def _all(self, at_hand: Mapping[str, Extraction]) -> list[Extraction]:
        """All extractions in order of their reports' ids, those at hand not read again."""
        ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM reports ORDER BY id")]
        found = (at_hand.get(id_) or read_extraction(self._connection, id_) for id_ in ids)
        return sorted((e for e in found if e is not None), key=lambda e: e.report.id)

    def _unknown(self, given: Sequence[Extraction], *, replace: bool) -> list[Extraction]:
        fresh: dict[str, Extraction] = {}
        seen: dict[str, Extraction] = {}
        for extraction in given:
            id_ = extraction.report.id
            first = seen.setdefault(id_, extraction)
            known = first if first != extraction else self._known(id_)
            if known is None or (replace and first == extraction != known):
                fresh[id_] = extraction
            elif known != extraction:
                same = known.report.text_sha256 == extraction.report.text_sha256
                told = "another reading of the same text" if same else "another text"
                held = f"the reports to add hold {told}"
                if first == extraction:
                    held = f"{self.path} holds {told}; --replace, or replace=True, puts this one in its place"
                raise ConflictEventsError("CE007", id=id_, file=held)
        return [fresh[id_] for id_ in sorted(fresh)]

    def _known(self, report: str) -> Extraction | None:
        return read_extraction(self._connection, report)

    def _entered(self, extraction: Extraction, touched: Touched) -> int:
        try:
            report = enter(self._connection, extraction)
        except sqlite3.IntegrityError as error:
            reason = f"{self.path} holds another report's event or figure under an id of this one's"
            raise ConflictEventsError("CE007", id=extraction.report.id, file=reason) from error
        if (kept := touched.kept.get(rows.plain(extraction.report.id) or "")) is not None:
            self._linker.inherit(report, kept)
        return report

    def relink(self) -> list[str]:
        """Weigh words and toponyms by all reports, and link them all anew; ids of the incidents that changed.

        The result does not depend on the order in which reports arrived, but for the ids. Decisions stay.
        """
        with self._change():
            return self._linker.relink(self._all({}))

    # deciding

    def split(self, incident: str, events: Iterable[str], *, by: str, reason: str, at: str | None = None) -> list[str]:
        """Decide that some events of an incident are an incident of their own; ids of the incidents that changed.

        ``events`` are ids of events, or of reports for all that they tell of this incident. ``at`` is when it was
        decided, where the caller says it. Raises ``ConflictEventsError`` CE034 for ids that the archive does not hold,
        CE035 where the events are none or all of the incident's.
        """
        with self._change():
            groups = parted(self._items(self._resolve(incident)), several(events, "ids of events"))
            return self._decide(Decision("split", groups, by, reason, at))

    def merge(self, incidents: Iterable[str], *, by: str, reason: str, at: str | None = None) -> list[str]:
        """Decide that incidents are one; ids of the incidents that changed.

        Raises ``ConflictEventsError`` CE034 for ids that the archive does not hold, CE035 for fewer than two incidents.
        """
        with self._change():
            resolved = list(dict.fromkeys(self._resolve(i) for i in several(incidents, "ids of incidents")))
            if len(resolved) < 2:
                raise ConflictEventsError("CE035", reason="it names fewer than two incidents")
            groups = tuple(tuple(item for item, _ in self._items(i)) for i in resolved)
            return self._decide(Decision("merge", groups, by, reason, at))

    def _decide(self, decision: Decision) -> list[str]:
        decision = signed(decision)
        row = (decision.kind, rows.dump(decision.groups), decision.by, decision.reason, decision.at)
        self._connection.execute(
            'INSERT INTO decisions (kind, "groups", "by", reason, "at") VALUES (?, ?, ?, ?, ?)', row
        )
        return self._linker.obey([item for group in decision.groups for item in group])

    def _resolve(self, id_: str) -> str:
        """The id that an incident now has, or that of the one that an event or a report's news belongs to."""
        named = rows.plain(id_)
        found = self._connection.execute(
            "SELECT id FROM incidents WHERE id = ? UNION ALL SELECT incident FROM former_ids WHERE id = ?"
            " UNION ALL SELECT incident FROM events WHERE id = ? UNION ALL SELECT main_incident FROM reports WHERE id = ?",
            (named, named, named, named),
        ).fetchall()
        row = next((r for r in found if r[0] is not None), None)
        if row is None:
            raise ConflictEventsError("CE034", id=id_, expected="an incident")
        return str(row[0])

    def _items(self, incident: str) -> list[tuple[str, str]]:
        """What an incident consists of, as (event, or report without one; report)."""
        return self._connection.execute(
            "SELECT coalesce(v.id, r.id), r.id FROM episodes e JOIN reports r ON r.number = e.report"
            " LEFT JOIN events v ON v.episode = e.number WHERE e.incident = ? ORDER BY r.id, e.position, v.in_episode",
            (incident,),
        ).fetchall()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided by hand, in order."""
        with schema.coded(self.path):
            return self._linker.decisions()

    # reading

    def incident(self, id_: str) -> Incident:
        """The incident with an id, present or former, or the one that an event or a report's news belongs to.

        Raises ``ConflictEventsError`` CE034 for an unknown id.
        """
        with self._view():
            found = self._resolve(id_)
            record = self._connection.execute("SELECT record FROM incidents WHERE id = ?", (found,)).fetchone()[0]
        incident: Incident = rows.read(Incident, record)
        return incident

    def incidents(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        box: tuple[float, float, float, float] | None = None,
        scope: str | None = None,
    ) -> Iterator[Incident]:
        """Incidents in order of their days, those without a day last.

        ``since`` and ``until`` are ISO days, months or years that the incident's days must touch, ``box`` is (west,
        south, east, north) in degrees, ``scope`` is "current" or "background". Raises ``ConflictEventsError`` CE008 for a
        day that is none.
        """
        conditions, values = ["1"], list[Any]()
        if since is not None:
            conditions.append('coalesce("end", start) >= ?')
            values.append(_days(since)[0])
        if until is not None:
            conditions.append('coalesce(start, "end") <= ?')
            values.append(_days(until)[1])
        if box is not None:
            west, south, east, north = box
            around = "longitude BETWEEN ? AND ?" if west <= east else "(longitude >= ? OR longitude <= ?)"
            conditions.append(f"latitude BETWEEN ? AND ? AND {around}")
            values.extend((south, north, west, east))
        if scope is not None:
            conditions.append("scope = ?")
            values.append(scope)
        with schema.coded(self.path):
            found = self._connection.execute(
                f"SELECT record FROM incidents WHERE {' AND '.join(conditions)} ORDER BY start IS NULL, start, id",
                values,
            ).fetchall()
        for (record,) in found:
            yield rows.read(Incident, record)

    def extraction(self, report: str) -> Extraction:
        """The extraction of a report, as it was added. Raises ``ConflictEventsError`` CE034 for an unknown id."""
        with self._view():
            found = read_extraction(self._connection, report)
        if found is None:
            raise ConflictEventsError("CE034", id=report, expected="a report")
        return found

    def explain(self, a: str, b: str) -> EventLink:
        """Why two events (or two reports' news) are or are not of one incident: every comparison with its weight.

        The score is the pair's own probability, before clusters were weighed as wholes; where a decision by hand
        holds the two together or apart, it stands first among the reasons. Raises ``ConflictEventsError`` CE034 for an
        unknown id.
        """
        with self._view():
            return self._linker.explain(a, b)

    def graph(self) -> EventGraph:
        """The whole archive as an ``EventGraph``, with the archive's incidents: for exports, tables and networks."""
        from conflict_events.graph.build import EventGraph

        with self._view():
            return EventGraph(linked_of(self._connection, self.decisions))


def _days(named: str) -> tuple[str, str]:
    """First and last day of a day, month or year."""
    found = day_interval(named)
    if found is None:
        raise ConflictEventsError("CE008", value=named)
    return found
