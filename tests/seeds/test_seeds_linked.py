"""The main job on the seeds: incidents, copies and tolls as their gold says, however the files are named or dated."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from conflict_events import Linked, Report, link
from conflict_events.records import Incident, Toll

CLASHES = ("agency-wire", "explainer-desk", "morning-daily")
RAID = ("regional-paper", "world-brief")
PUBLISHED = {
    "agency-wire": "2022-09-13",
    "morning-daily": "2022-09-13",
    "explainer-desk": "2022-09-15",
    "regional-paper": "2024-02-13",
    "world-brief": "2024-02-14",
}


@pytest.fixture(scope="module")
def reports(seeds: Path) -> list[Report]:
    return [Report(text=p.read_text(encoding="utf-8"), id=p.stem) for p in sorted(seeds.glob("*.txt"))]


@pytest.fixture(scope="module")
def gold(seeds: Path) -> list[dict[str, Any]]:
    lines = (seeds / "gold" / "incidents.json").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def undated(nlp: Language, reports: list[Report]) -> Linked:
    return link(reports, nlp=nlp).linked


@pytest.fixture(scope="module")
def dated(nlp: Language, reports: list[Report]) -> Linked:
    return link([replace(r, published=PUBLISHED[str(r.id)]) for r in reports], nlp=nlp).linked


@pytest.fixture(params=["undated", "dated"])
def linked(request: pytest.FixtureRequest) -> Linked:
    found: Linked = request.getfixturevalue(request.param)
    return found


def main_incident(linked: Linked, report: str) -> Incident:
    incident_id = next(r.main_incident for r in linked.reports if r.id == report)
    return next(i for i in linked.incidents if i.id == incident_id)


def toll(incident: Incident, party: str | None, outcome: str) -> Toll:
    rows = [t for t in incident.tolls if (t.side.party if t.side else None) == party and t.outcome == outcome]
    return min(rows, key=lambda t: t.victims is not None)


def test_reports_fall_into_two_main_incidents(linked: Linked) -> None:
    found: dict[str | None, list[str]] = {}
    for report in linked.reports:
        found.setdefault(report.main_incident, []).append(report.id)
    assert sorted(tuple(sorted(ids)) for ids in found.values()) == [CLASHES, RAID]


def test_copies_are_one_group_and_sources_count_once(linked: Linked) -> None:
    copies = {r.id: r.copy_of for r in linked.reports if r.copy_of not in (None, r.id)}
    assert copies == {"morning-daily": "agency-wire"}
    assert main_incident(linked, "agency-wire").independent_sources == 2
    assert main_incident(linked, "world-brief").independent_sources == 2


@pytest.mark.parametrize(
    ("report", "party", "outcome", "low", "high", "disputed"),
    [
        pytest.param("agency-wire", "ARM", "killed", 105, None, False, id="clashes-armenian-killed"),
        pytest.param("agency-wire", "AZE", "killed", 50, 50, False, id="clashes-azerbaijani-killed"),
        pytest.param("agency-wire", None, "killed", 155, None, False, id="clashes-all-killed"),
        pytest.param("agency-wire", None, "injured", 2, None, False, id="clashes-injured"),
        pytest.param("world-brief", "ARM", "killed", 2, 4, True, id="raid-armenian-killed"),
        pytest.param("world-brief", "ARM", "injured", 3, None, False, id="raid-armenian-injured"),
    ],
)
def test_tolls_are_those_of_the_gold(
    linked: Linked, report: str, party: str | None, outcome: str, low: int | None, high: int | None, disputed: bool
) -> None:
    row = toll(main_incident(linked, report), party, outcome)
    assert (row.low, row.high, row.disputed) == (low, high, disputed)


def test_first_armenian_toll_is_superseded_not_disputed(linked: Linked) -> None:
    row = toll(main_incident(linked, "agency-wire"), "ARM", "killed")
    old = [c for c in row.claims if c.value == 49]
    assert len(old) == 2
    assert all(c.superseded_by for c in old)
    whole = toll(main_incident(linked, "agency-wire"), None, "killed")
    assert all(c.superseded_by for c in whole.claims if c.value == 100)


def test_fire_of_monday_is_an_incident_of_its_own(linked: Linked) -> None:
    raid = main_incident(linked, "regional-paper")
    fires = [
        i
        for i in linked.incidents
        if i.id != raid.id and any(t.outcome == "injured" and t.side and t.side.party == "AZE" for t in i.tolls)
    ]
    assert len(fires) == 1
    row = toll(fires[0], "AZE", "injured")
    assert (row.low, row.high) == (1, 1)
    assert (raid.id, fires[0].id, "retaliation_for") in {(r.from_, r.to, r.type) for r in linked.relations}


def test_both_spellings_are_one_village(linked: Linked) -> None:
    extracted = {e.report.id: e for e in linked.extracts}
    for report, spelling in (("regional-paper", "Nerkin-And"), ("world-brief", "Nerkin Hand")):
        found = [p for p in extracted[report].places if p.span.text == spelling]
        assert found
        assert {p.geonames_id for p in found} == {174815}
    place = main_incident(linked, "world-brief").place
    assert place is not None
    assert place.geonames_id == 174815


def test_tovuz_is_in_azerbaijan(undated: Linked) -> None:
    extracted = {e.report.id: e for e in undated.extracts}
    [place] = [p for p in extracted["regional-paper"].places if p.span.text.startswith("Tovuz")]
    assert place.country == "AZ"


@pytest.mark.parametrize("number", [2000, 95, 20, 30])
def test_strengths_shares_and_years_are_no_casualties(undated: Linked, number: int) -> None:
    assert not [f for e in undated.extracts for f in e.casualties if number in (f.value, f.low, f.high)]


def test_background_figures_stay_out_of_current_tolls(linked: Linked) -> None:
    for report in (*CLASHES, *RAID):
        incident = main_incident(linked, report)
        scopes = {f.id: f.scope for e in linked.extracts for f in e.casualties}
        assert {scopes[c.figure] for t in incident.tolls for c in t.claims} == {"current"}


def test_expressions_resolve_by_the_publication_date(dated: Linked) -> None:
    found = {(e.report.id, d.span.text): (d.start, d.end) for e in dated.extracts for d in e.dates}
    assert found["agency-wire", "Tuesday"] == ("2022-09-13", "2022-09-13")
    assert found["regional-paper", "last September"] == ("2023-09-01", "2023-09-30")
    assert found["world-brief", "last year"] == ("2023-01-01", "2023-12-31")


def test_file_names_and_order_change_nothing(nlp: Language, reports: list[Report], undated: Linked) -> None:
    names = ["zz", "b", "q", "a1", "m"]
    renamed = [replace(r, id=n) for r, n in zip(reports, names, strict=True)]
    random.Random(7).shuffle(renamed)
    found = link(renamed, nlp=nlp).linked
    back = dict(zip(names, [str(r.id) for r in reports], strict=True))
    groups: dict[str | None, set[str]] = {}
    for report in found.reports:
        groups.setdefault(report.main_incident, set()).add(back[report.id])
    assert sorted(map(sorted, groups.values())) == [list(CLASHES), list(RAID)]
    for own, other in (("agency-wire", "zz"), ("world-brief", "m")):
        first, second = main_incident(undated, own), main_incident(found, other)
        key = lambda t: (t.side.party if t.side else "", t.victims or "", t.outcome, t.low or -1, t.high or -1)  # noqa: E731
        assert sorted(map(key, first.tolls)) == sorted(map(key, second.tolls))


def test_gold_incidents_are_the_contract_of_these_tests(gold: list[dict[str, Any]]) -> None:
    mains = [i for i in gold if i.get("main")]
    assert sorted(tuple(sorted(i["reports"])) for i in mains) == [CLASHES, RAID]
