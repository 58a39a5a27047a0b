"""The tables of an archive, its schema version, and how a file is opened.

Tables to read, by any program that reads SQLite (nested values are JSON texts, days ISO dates):

``reports``    one row a report; ``record`` is its extraction without events and figures.
``events``     one row an event, with its day, place, parties and the incident it belongs to.
``figures``    one row a casualty figure, with its event.
``incidents``  one row an incident, with bounds, place and the whole toll of killed and injured; ``record`` is the rest.
``links``      pairs of events of different reports that are one incident, with score and reasons.
``relations``  what a report says joins two of its events or figures.
``decisions``  what people decided by hand: who, why, which.
``former_ids`` ids of incidents that another one took over.
``meta``       schema version, and on how many reports the weights of words rest.

The other tables are what linking looks up: ``episodes`` and their ``pairs`` in bits, ``cells`` (episodes by place cell
and day), ``blocks`` (by party and day, and coarser), ``texts``,
``surroundings``, ``nearby`` (whose surroundings may name a report), ``postings`` and ``copy_pairs`` (wording), ``word_counts``, ``toponym_counts``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from conflict_events.errors import ConflictEventsError

# "cfev": what tells an archive from other SQLite files
APPLICATION_ID = 0x63666576
SCHEMA = 2
TABLES_TO_READ = ("reports", "events", "figures", "incidents", "links", "relations", "decisions", "former_ids")
# what brings a file of the schema before to the next one; older files pass through several
MIGRATIONS: dict[int, str] = {
    1: """
CREATE INDEX links_by_b ON links (b);
CREATE TABLE nearby (
    neighbour INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (neighbour, report)
) WITHOUT ROWID;
INSERT INTO nearby SELECT DISTINCT json_extract(value, '$[0]'), report FROM surroundings, json_each(neighbours)
""",
}

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT, source TEXT, url TEXT,
    published_start TEXT, published_end TEXT, published_basis TEXT NOT NULL,
    main_event TEXT, main_incident TEXT, copy_of TEXT,
    record TEXT NOT NULL
);
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL, position INTEGER NOT NULL, episode INTEGER, in_episode INTEGER, incident TEXT,
    type TEXT NOT NULL, class TEXT NOT NULL, status TEXT NOT NULL, scope TEXT NOT NULL,
    start TEXT, "end" TEXT, date_precision TEXT,
    place TEXT, geonames_id INTEGER, latitude REAL, longitude REAL, country TEXT, place_precision TEXT,
    agents TEXT NOT NULL, targets TEXT NOT NULL, claimant TEXT, words TEXT, confidence REAL NOT NULL,
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX events_by_episode ON events (episode);
CREATE INDEX events_by_report ON events (report);
CREATE TABLE figures (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL, position INTEGER NOT NULL, event TEXT, episode INTEGER, in_episode INTEGER,
    outcome TEXT NOT NULL, value INTEGER, low INTEGER, high INTEGER, qualifier TEXT NOT NULL,
    victims TEXT NOT NULL, attackers INTEGER NOT NULL, side TEXT, claimant TEXT, status TEXT NOT NULL, scope TEXT NOT NULL,
    words TEXT, confidence REAL NOT NULL,
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX figures_by_episode ON figures (episode);
CREATE INDEX figures_by_report ON figures (report);
CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    founded INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL, type TEXT NOT NULL, class TEXT NOT NULL, scope TEXT NOT NULL, status TEXT NOT NULL,
    start TEXT, "end" TEXT, date_precision TEXT, ongoing INTEGER NOT NULL,
    place TEXT, geonames_id INTEGER, latitude REAL, longitude REAL, country TEXT, place_precision TEXT,
    reports INTEGER NOT NULL, independent_sources INTEGER NOT NULL,
    killed_low INTEGER, killed_high INTEGER, killed_best INTEGER,
    injured_low INTEGER, injured_high INTEGER, injured_best INTEGER,
    confidence REAL NOT NULL, former_ids TEXT NOT NULL,
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX incidents_by_day ON incidents (start);
CREATE TABLE links (
    a TEXT NOT NULL, b TEXT NOT NULL, incident TEXT NOT NULL, score REAL NOT NULL, reasons TEXT NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX links_by_incident ON links (incident);
CREATE INDEX links_by_b ON links (b);
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, "groups" TEXT NOT NULL, "by" TEXT NOT NULL, reason TEXT NOT NULL, "at" TEXT
);
CREATE TABLE relations (
    report TEXT NOT NULL, "from" TEXT NOT NULL, "to" TEXT NOT NULL, type TEXT NOT NULL,
    PRIMARY KEY (report, "from", "to", type)
) WITHOUT ROWID;
CREATE TABLE former_ids (id TEXT PRIMARY KEY, incident TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX former_ids_by_incident ON former_ids (incident);

CREATE TABLE episodes (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL, report_id TEXT NOT NULL, position INTEGER NOT NULL,
    is_main INTEGER NOT NULL, background INTEGER NOT NULL, news INTEGER, incident TEXT, facts TEXT NOT NULL
);
CREATE INDEX episodes_by_report ON episodes (report);
CREATE INDEX episodes_by_incident ON episodes (incident);
CREATE INDEX episodes_by_news ON episodes (news, is_main);
CREATE TABLE pairs (
    a INTEGER NOT NULL, b INTEGER NOT NULL, news INTEGER NOT NULL, bits REAL NOT NULL, cosine REAL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX pairs_by_b ON pairs (b, a, news, bits, cosine);
CREATE TABLE cells (
    cell_row INTEGER NOT NULL, cell_column INTEGER NOT NULL, day INTEGER NOT NULL, episode INTEGER NOT NULL,
    PRIMARY KEY (cell_row, cell_column, day, episode)
) WITHOUT ROWID;
CREATE TABLE blocks (
    key TEXT NOT NULL, day INTEGER NOT NULL, episode INTEGER NOT NULL, PRIMARY KEY (key, day, episode)
) WITHOUT ROWID;
CREATE TABLE surroundings (
    report INTEGER PRIMARY KEY, copy_group INTEGER NOT NULL, crowd REAL, toponyms TEXT NOT NULL, neighbours TEXT NOT NULL
);
CREATE TABLE nearby (
    neighbour INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (neighbour, report)
) WITHOUT ROWID;
CREATE TABLE texts (
    report INTEGER PRIMARY KEY,
    words BLOB NOT NULL, weights BLOB NOT NULL, lead_words BLOB NOT NULL, lead_weights BLOB NOT NULL,
    names BLOB NOT NULL, name_bits BLOB NOT NULL
);
CREATE TABLE postings (
    word INTEGER NOT NULL, day INTEGER NOT NULL, report INTEGER NOT NULL, weight REAL NOT NULL,
    PRIMARY KEY (word, day, report)
) WITHOUT ROWID;
CREATE TABLE copy_pairs (
    a INTEGER NOT NULL, b INTEGER NOT NULL, weight REAL NOT NULL, PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX copy_pairs_by_b ON copy_pairs (b);
CREATE TABLE word_counts (word INTEGER PRIMARY KEY, reports INTEGER NOT NULL);
CREATE TABLE toponym_counts (geonames_id INTEGER PRIMARY KEY, reports INTEGER NOT NULL);
"""
# tables that linking derives from the reports alone, and can make anew
DERIVED = (
    "pairs",
    "cells",
    "blocks",
    "texts",
    "surroundings",
    "nearby",
    "postings",
    "copy_pairs",
    "word_counts",
    "toponym_counts",
    "links",
)

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def connect(path: Path, *, timeout: float, create: bool, read_only: bool = False) -> sqlite3.Connection:
    """A connection to the archive at ``path``, made where there is none and ``create`` allows it.

    Raises ``ConflictEventsError`` CE030 where the file is no archive, CE031 where a newer version wrote it, CE032
    where another process holds it for longer than ``timeout`` seconds, CE033 where it cannot be written; with
    ``read_only`` CE001 where it cannot be read, CE038 where changes wait beside a file whose folder cannot be written, and
    CE040 where an older version wrote it, since bringing it up to date changes it.
    """
    if not path.exists() and not create:
        raise ConflictEventsError("CE030", file=str(path), reason="there is no such file")
    if path.is_dir():
        raise ConflictEventsError("CE030", file=str(path), reason="it is a folder")
    if not path.parent.is_dir():
        raise ConflictEventsError("CE033", file=str(path), reason=f"there is no folder {path.parent}")
    if not read_only:
        return _opened(path, timeout=timeout, create=create)
    if not os.access(path, os.R_OK):
        raise ConflictEventsError("CE001", file=str(path), reason=os.strerror(errno.EACCES))
    wal = path.with_name(f"{path.name}-wal")
    waiting = wal.exists() and wal.stat().st_size > 0
    # SQLite writes beside a file that it reads, unless it is told that nobody changes that
    if not waiting and not os.access(path, os.W_OK):
        return _opened(path, timeout=timeout, create=False, read_only=True, immutable=True)
    try:
        return _opened(path, timeout=timeout, create=False, read_only=True)
    except ConflictEventsError as error:
        if error.code != "CE033":
            raise
        if waiting:
            raise ConflictEventsError("CE038", file=str(path), wal=str(wal)) from error
        return _opened(path, timeout=timeout, create=False, read_only=True, immutable=True)


def _opened(
    path: Path, *, timeout: float, create: bool, read_only: bool = False, immutable: bool = False
) -> sqlite3.Connection:
    name = f"{path.absolute().as_uri()}?immutable=1" if immutable else str(path)
    with coded(path):
        connection = sqlite3.connect(name, timeout=timeout, isolation_level=None, uri=immutable)
        try:
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            _prepare(connection, path, create=create, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, read_only: bool) -> None:
    if _is_empty(connection):
        if not create:
            raise ConflictEventsError("CE030", file=str(path), reason="it is empty")
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            # another process may have made it since
            if _is_empty(connection):
                _create(connection)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ConflictEventsError("CE030", file=str(path), reason="it is another SQLite database")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise ConflictEventsError("CE031", file=str(path), found=version, known=SCHEMA)
    if version < SCHEMA:
        if read_only:
            raise ConflictEventsError("CE040", file=str(path), found=version, known=SCHEMA)
        _migrate(connection, path)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -131072")
    connection.execute("PRAGMA wal_autocheckpoint = 8000")
    connection.execute("PRAGMA temp_store = MEMORY")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]) == 0


def _create(connection: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(
        "INSERT INTO meta VALUES ('schema_version', ?), ('weighed_reports', '0'), ('weighing', '0'), ('bare_weights', '')",
        (str(SCHEMA),),
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        while version < SCHEMA:
            if version not in MIGRATIONS:
                raise ConflictEventsError("CE030", file=str(path), reason=f"no version ever wrote schema {version}")
            for statement in MIGRATIONS[version].split(";"):
                connection.execute(statement)
            version += 1
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(version),))
        connection.execute(f"PRAGMA user_version = {version}")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A block that is written whole when it ends well, and not at all otherwise."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def coded(path: Path) -> Iterator[None]:
    """What SQLite raises, as errors with a code and a next step."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise ConflictEventsError("CE032", file=str(path)) from error
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise ConflictEventsError("CE030", file=str(path), reason=str(error)) from error
        if code in (
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_PERM,
        ):
            raise ConflictEventsError("CE033", file=str(path), reason=str(error)) from error
        if isinstance(error, sqlite3.ProgrammingError):
            raise ConflictEventsError("CE037", file=str(path), reason=str(error).rstrip(".")) from error
        raise
