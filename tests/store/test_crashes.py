"""Killed in the middle: what was added stays, and no incident is half written."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_events.records import Extraction, ReportWarning
from conflict_events.store import Archive
from tests.store.worlds import border

KILLS, KILLS_REMOVING = 50, 10
Work = Callable[[Path, list[Extraction], int], None]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def add_until_killed(path: Path, reports: list[Extraction], told: int) -> None:
    """In a process of its own: add the reports that the archive lacks one by one, replace some, and tell which are committed."""
    with Archive.open(path) as archive:
        for n, report in enumerate(reports):
            if report.report.id not in archive:
                archive.add(report)
                os.write(told, report.report.id.encode() + b"\n")
                if n % 3 == 0:
                    archive.add(replace(reports[n // 2], warnings=(ReportWarning("CE102", str(n)),)), replace=True)


def remove_until_killed(path: Path, reports: list[Extraction], told: int) -> None:
    """In a process of its own: remove the reports that the archive holds one by one, and tell which are gone."""
    with Archive.open(path) as archive:
        for report in reports:
            if report.report.id in archive:
                archive.remove([report.report.id])
                os.write(told, report.report.id.encode() + b"\n")


def start(path: Path, reports: list[Extraction], work: Work = add_until_killed) -> tuple[int, int]:
    """A process that adds or removes reports, as (process, what it tells)."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        status = 1
        try:
            os.close(reading)
            work(path, reports, writing)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    return process, reading


def check_whole(path: Path, committed: set[str], *, at_most_gone: int = 0) -> None:
    """Every committed report but so many is there with all its events, and every incident holds what its members say."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    held = {id_ for (id_,) in connection.execute("SELECT id FROM reports")}
    assert len(committed - held) <= at_most_gone
    assert {r for (r,) in connection.execute("SELECT DISTINCT report FROM events")} == held
    members: dict[str, set[str]] = {}
    for event, incident in connection.execute("SELECT id, incident FROM events WHERE episode IS NOT NULL"):
        members.setdefault(incident, set()).add(event)
    records = {id_: json.loads(record) for id_, record in connection.execute("SELECT id, record FROM incidents")}
    assert {id_: set(record["events"]) for id_, record in records.items()} == members
    former = connection.execute("SELECT incident FROM former_ids").fetchall()
    assert {incident for (incident,) in former} <= records.keys()
    assert {incident for (incident,) in connection.execute("SELECT incident FROM links")} <= records.keys()
    episodes = {number for (number,) in connection.execute("SELECT number FROM episodes")}
    assert {n for pair in connection.execute("SELECT a, b FROM pairs") for n in pair} <= episodes
    numbers = dict(connection.execute("SELECT id, number FROM reports"))
    copies = "SELECT id, copy_of, copy_group FROM reports JOIN surroundings ON report = number"
    for id_, model, group in connection.execute(copies):
        assert group == numbers[model or id_]
    for table in ("cells", "blocks"):
        assert {n for (n,) in connection.execute(f"SELECT episode FROM {table}")} <= episodes
    connection.close()


def test_killing_the_process_loses_no_committed_report_and_leaves_no_half_incident(tmp_path: Path) -> None:
    path, chance = tmp_path / "war.archive", random.Random(5)
    reports = border(60)
    committed: set[str] = set()
    kills = 0
    Archive.open(path).close()
    while kills < KILLS:
        process, reading = start(path, reports)
        # after a random number of commits, at a random moment of the next one
        tell = os.fdopen(reading, "rb")
        for _ in range(chance.randint(0, 2)):
            committed.update(tell.readline().decode().split())
        time.sleep(chance.random() * 0.01)
        os.kill(process, signal.SIGKILL)
        committed.update(tell.read().decode().split())
        tell.close()
        _, status = os.waitpid(process, 0)
        if os.WIFSIGNALED(status):
            kills += 1
        check_whole(path, committed)
        if len(committed) == len(reports):
            path, committed = path.with_suffix(f".{kills}"), set()
            Archive.open(path).close()
    with Archive.open(path) as archive:
        archive.add(reports, replace=True)
        assert len(archive) == len(reports)
    check_whole(path, {r.report.id for r in reports})


def test_killing_the_process_while_it_removes_takes_out_whole_reports_or_none(tmp_path: Path) -> None:
    path, chance = tmp_path / "war.archive", random.Random(7)
    reports = border(20)
    with Archive.open(path) as archive:
        archive.add(reports)
    gone: set[str] = set()
    kills = 0
    while kills < KILLS_REMOVING and len(gone) < len(reports):
        process, reading = start(path, reports, remove_until_killed)
        tell = os.fdopen(reading, "rb")
        gone.update(tell.readline().decode().split())
        time.sleep(chance.random() * 0.01)
        os.kill(process, signal.SIGKILL)
        gone.update(tell.read().decode().split())
        tell.close()
        os.waitpid(process, 0)
        kills += 1
        check_whole(path, {r.report.id for r in reports} - gone, at_most_gone=1)
