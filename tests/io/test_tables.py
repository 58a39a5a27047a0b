"""CSV and Parquet, and the rows of incidents, tolls and claims."""

import builtins
import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.io.rows import TABLES, table
from conflict_events.io.tables import Table, to_csv, to_parquet
from tests.handmade import seeds_linked


@pytest.fixture(scope="module")
def rows() -> Callable[[str], dict[str, dict[str, Any]]]:
    def read(name: str) -> dict[str, dict[str, Any]]:
        found = table(seeds_linked(dated=True), name).to_dicts()
        return {str(row.get("incident_id") or row.get("id")): row for row in found}

    return read


def test_incident_row_follows_acled(rows: Callable[[str], dict[str, dict[str, Any]]]) -> None:
    raid = rows("incidents")["2024-02-13-nerkin-hand-raid"]
    assert (raid["event_date"], raid["time_precision"], raid["year"]) == ("2024-02-13", 1, 2024)
    assert (raid["event_type"], raid["sub_event_type"]) == ("Battles", "Armed clash")
    assert (raid["actor1"], raid["actor2"]) == ("Armenia", "Azerbaijan")
    assert (raid["location"], raid["country"], raid["geo_precision"]) == ("Nerkin Hand", "Armenia", 1)
    assert raid["source"] == "regional-paper; world-brief"


def test_fatalities_are_the_best_number_and_null_where_nobody_tells(
    rows: Callable[[str], dict[str, dict[str, Any]]],
) -> None:
    found = rows("incidents")
    clashes = found["2022-09-13-armenia-azerbaijan-border-clashes"]
    assert (clashes["fatalities"], clashes["fatalities_low"], clashes["fatalities_high"]) == (155, 155, None)
    assert found["2021-border-skirmishes"]["fatalities"] is None


def test_ucdp_rows_have_a_death_and_split_it_by_side(rows: Callable[[str], dict[str, dict[str, Any]]]) -> None:
    found = rows("ucdp")
    clashes = found["2022-09-13-armenia-azerbaijan-border-clashes"]
    assert (clashes["deaths_a"], clashes["deaths_b"], clashes["deaths_unknown"], clashes["best"]) == (105, 50, 0, 155)
    assert clashes["type_of_violence"] == 1
    assert "2021-border-skirmishes" not in found


def test_claims_hold_the_words_and_where_they_stand(rows: Callable[[str], dict[str, dict[str, Any]]]) -> None:
    found = [r for r in table(seeds_linked(), "claims").to_dicts() if r["figure"] == "explainer-desk/f7"]
    assert [(r["words"], r["start"], r["claimant_party"], r["value"]) for r in found] == [
        ("at least 105", 2754, "ARM", 105)
    ]


def test_tolls_have_one_row_each() -> None:
    linked = seeds_linked()
    assert len(table(linked, "tolls").rows) == sum(len(i.tolls) for i in linked.incidents)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_row_has_all_columns(name: str) -> None:
    found = table(seeds_linked(), name)
    assert found.rows
    assert {len(row) for row in found.rows} == {len(found.columns)}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =x", "\t=x", "＝1", "\n@x"])
def test_csv_disarms_what_a_spreadsheet_would_run(text: str) -> None:
    data = to_csv(Table((("title", "text"),), ((text,),))).decode()
    [_, [cell]] = csv.reader(io.StringIO(data, newline=""))
    assert cell == "'" + text


def test_csv_leaves_numbers_and_plain_texts_alone() -> None:
    found = Table(
        (("a", "number"), ("b", "text"), ("c", "boolean"), ("d", "integer")), ((-1.5, 'x, "y"\nz', True, None),)
    )
    assert to_csv(found) == b'a,b,c,d\n-1.5,"x, ""y""\nz",true,\n'


def test_csv_survives_broken_unicode() -> None:
    assert to_csv(Table((("a", "text"),), (("x\ud800",),))) == b"a\nx?\n"


def test_table_shows_itself_escaped_in_notebooks() -> None:
    found = Table((("a", "text"), ("b", "integer")), (("<b>", None),))
    assert found._repr_html_() == "<table><tr><th>a</th><th>b</th></tr><tr><td>&lt;b&gt;</td><td></td></tr></table>"


def test_parquet_reads_back_with_types_of_columns() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    read = parquet.read_table(io.BytesIO(to_parquet(table(seeds_linked(dated=True), "incidents"))))
    rows = {row["incident_id"]: row for row in read.to_pylist()}
    assert rows["2024-02-13-nerkin-hand-raid"]["event_date"] == date(2024, 2, 13)
    assert rows["2024-02-13-nerkin-hand-raid"]["latitude"] == 39.04131
    assert str(read.schema.field("fatalities_high").type) == "int64"


def test_parquet_without_its_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pyarrow(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pyarrow)
    with pytest.raises(ConflictEventsError, match=r"CE016.*conflict-events\[tables\]"):
        to_parquet(Table((("a", "text"),), ()))
