"""The gold of the seed reports agrees with their texts and with itself."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PER_REPORT = ("casualties", "events", "places", "dates", "dates-published", "linking")
CLASHES, RAID, FIRE = (
    "2022-09-13-armenia-azerbaijan-border-clashes",
    "2024-02-13-nerkin-hand-raid",
    "2024-02-12-fire-on-serviceman",
)


def read_gold(name: str) -> list[dict[str, Any]]:
    lines = (SEEDS / "gold" / f"{name}.json").read_text(encoding="utf8").splitlines()
    return [json.loads(line) for line in lines]


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every {"text", "start", "end"} anywhere inside a gold record."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf8") for path in SEEDS.glob("*.txt")}


@pytest.fixture(scope="module")
def incidents() -> dict[str, dict[str, Any]]:
    return {incident["id"]: incident for incident in read_gold("incidents")}


def test_seeds_folder_holds_five_inputs() -> None:
    inputs = [path for path in SEEDS.rglob("*") if path.suffix in {".txt", ".jsonl"}]
    assert len(inputs) == 5
    assert {path.parent for path in inputs} == {SEEDS}


@pytest.mark.parametrize("name", PER_REPORT)
def test_gold_has_one_line_per_report_with_its_text(name: str, texts: dict[str, str]) -> None:
    rows = read_gold(name)
    assert {row["id"]: row["text"] for row in rows} == texts
    assert len(rows) == len(texts)


@pytest.mark.parametrize("name", PER_REPORT)
def test_gold_spans_equal_their_text(name: str) -> None:
    for row in read_gold(name):
        found = list(spans({key: value for key, value in row.items() if key != "text"}))
        assert found or name == "linking"
        for span in found:
            assert row["text"][span["start"] : span["end"]] == span["text"], (row["id"], span)


def test_gold_counts_hold_still() -> None:
    figures = {row["id"]: len(row["figures"]) for row in read_gold("casualties")}
    assert figures == {
        "agency-wire": 5,
        "morning-daily": 3,
        "explainer-desk": 7,
        "regional-paper": 5,
        "world-brief": 9,
    }
    assert sum(len(row["events"]) for row in read_gold("events")) == 48


def test_gold_figures_have_bounds_that_fit_their_value() -> None:
    for row in read_gold("casualties"):
        for figure in row["figures"]:
            low, high, value = figure["low"], figure["high"], figure["value"]
            assert low is None or high is None or low <= high
            if figure["qualifier"] == "exact":
                assert low == high == value
            if figure["qualifier"] in {"vague", "unspecified"}:
                assert value is None
                assert high is None
            assert (figure["claimant"] is None) == (figure["status"] == "asserted")


def test_gold_figures_refer_to_other_figures_of_their_report() -> None:
    for row in read_gold("casualties"):
        for index, figure in enumerate(row["figures"]):
            for reference in (figure.get("subset_of"), figure.get("same_as")):
                assert reference is None or (0 <= reference < len(row["figures"]) and reference != index)


def test_gold_figures_are_distinct_statements() -> None:
    for row in read_gold("casualties"):
        quotes = Counter((figure["quote"]["start"], figure["outcome"]) for figure in row["figures"])
        assert max(quotes.values()) == 1


@pytest.mark.parametrize(
    "number", ["2,000", "95 percent", "20 percent", "30 years"], ids=["troops", "population", "territory", "duration"]
)
def test_gold_leaves_numbers_that_count_no_casualties(number: str) -> None:
    rows = read_gold("casualties")
    assert any(number in row["text"] for row in rows)
    for row in rows:
        assert not any(number in figure["quote"]["text"] for figure in row["figures"])


def test_gold_events_have_a_current_main_and_triggers_of_their_own() -> None:
    for row in read_gold("events"):
        assert row["events"][row["main"]]["scope"] == "current"
        marks = [e["trigger"] for e in row["events"]] + [m for e in row["events"] for m in e["mentions"]]
        offsets = Counter(mark["start"] for mark in marks)
        assert max(offsets.values()) == 1, (row["id"], offsets.most_common(1))


def test_gold_events_denied_name_who_denies() -> None:
    for row in read_gold("events"):
        for event in row["events"]:
            assert (event["status"] == "denied") == bool(event.get("denied_by")), event["trigger"]


def test_gold_dates_differ_only_in_what_publication_dates_add() -> None:
    for bare, dated in zip(read_gold("dates"), read_gold("dates-published"), strict=True):
        assert bare["published"] is None
        assert dated["published"]
        for a, b in zip(bare["dates"], dated["dates"], strict=True):
            assert (a["start"], a["end"]) == (b["start"], b["end"])
            assert a["value"] in (None, b["value"])


def test_gold_spellings_of_nerkin_hand_are_one_place() -> None:
    found = {
        (place["geonames_id"], place["latitude"], place["longitude"])
        for row in read_gold("places")
        for place in row["places"]
        if place["text"].startswith("Nerkin")
    }
    assert found == {(174815, 39.04131, 46.51623)}


def test_gold_incidents_agree_with_linking(incidents: dict[str, dict[str, Any]]) -> None:
    rows = read_gold("linking")
    main = defaultdict(set)
    for row in rows:
        main[row["incident"]].add(row["id"])
    assert set(main) == {key for key, incident in incidents.items() if incident["main"]} == {CLASHES, RAID}
    for key, reports in main.items():
        assert set(incidents[key]["reports"]) == reports
        copies = Counter(row["copy_group"] for row in rows if row["id"] in reports and row["copy_group"])
        sources = len(reports) - sum(count - 1 for count in copies.values())
        assert incidents[key]["independent_sources"] == sources == 2


def test_gold_claims_repeat_their_figures(incidents: dict[str, dict[str, Any]]) -> None:
    figures = {row["id"]: row["figures"] for row in read_gold("casualties")}
    claimed = []
    for incident in incidents.values():
        for toll in incident["tolls"]:
            for claim in toll["claims"]:
                figure = figures[claim["report"]][claim["figure"]]
                claimed.append((claim["report"], claim["figure"]))
                assert claim["report"] in incident["reports"] + incident["mentioned_in"]
                assert figure["outcome"] == toll["outcome"]
                assert [figure[k] for k in ("quote", "value", "low", "high")] == [
                    claim[k] for k in ("quote", "value", "low", "high")
                ]
                assert (figure["scope"] == "background") == (incident["scope"] == "background")
    assert sorted(claimed) == sorted((key, i) for key, rows in figures.items() for i in range(len(rows)))


@pytest.mark.parametrize(
    ("incident", "side", "outcome", "expected"),
    [
        pytest.param(CLASHES, "ARM", "killed", (105, None, 105, False), id="raised lower bound"),
        pytest.param(CLASHES, "AZE", "killed", (50, 50, 50, False), id="same value in three reports"),
        pytest.param(CLASHES, None, "killed", (155, None, 155, False), id="sum of both sides"),
        pytest.param(CLASHES, None, "injured", (2, None, None, False), id="unspecified number"),
        pytest.param(RAID, "ARM", "killed", (2, 4, 2, True), id="two against four"),
        pytest.param(RAID, "ARM", "injured", (3, None, None, False), id="several"),
        pytest.param(FIRE, "AZE", "injured", (1, 1, 1, False), id="one serviceman"),
    ],
)
def test_gold_toll_rows_say(
    incidents: dict[str, dict[str, Any]], incident: str, side: str | None, outcome: str, expected: tuple[Any, ...]
) -> None:
    (toll,) = [t for t in incidents[incident]["tolls"] if (t["side"], t["outcome"]) == (side, outcome)]
    assert (toll["low"], toll["high"], toll["best"], toll["disputed"]) == expected


def test_gold_relations_join_known_incidents(incidents: dict[str, dict[str, Any]]) -> None:
    relations = [(key, r["type"], r["to"]) for key, incident in incidents.items() for r in incident["relations"]]
    assert relations == [(RAID, "retaliation_for", FIRE)]
    assert FIRE in incidents
