"""Reading inputs: every bad one is a coded error that names its place, and the neighbours stay whole."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.io.reports import read_inputs, report_from_json
from conflict_events.records import MOST_PEOPLE, Report
from tests.graph.hand import extraction, figure

GOOD = {"id": "good", "text": "Two soldiers were killed."}


def errors(items: list[object]) -> list[str]:
    return [i.code for i in items if isinstance(i, ConflictEventsError)]


def reports(items: list[object]) -> list[Report]:
    return [i for i in items if isinstance(i, Report)]


def test_folder_gives_ids_relative_to_it_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Two died.")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("Three died.")
    (tmp_path / "gold.json").write_text("[]")
    (tmp_path / "README.md").write_text("not a report")
    assert [r.id for r in reports(list(read_inputs([tmp_path])))] == ["b", "sub/a"]


def test_byte_order_mark_is_removed_and_newlines_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfTwo died.\r\nThree fell.\r\n")
    [report] = reports(list(read_inputs([tmp_path])))
    assert report.text == "Two died.\r\nThree fell.\r\n"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("a.txt", b"", "CE006", id="empty-text"),
        pytest.param("a.txt", b" \n ", "CE006", id="blank-text"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n\x00\xff", "CE002", id="binary"),
        pytest.param("a.jsonl", b"", "CE006", id="empty-jsonl"),
        pytest.param("a.jsonl", b"{not json}", "CE003", id="no-json"),
        pytest.param("a.jsonl", b"[1, 2]", "CE003", id="no-object"),
        pytest.param("a.jsonl", b'{"text": 5}', "CE004", id="wrong-type"),
        pytest.param("a.jsonl", b'{"text": "x", "published": ["2020"]}', "CE004", id="wrong-type-of-date"),
        pytest.param("a.jsonl", b'{"title": "x"}', "CE005", id="no-text"),
        pytest.param("a.jsonl", b'{"text": "\xff"}', "CE003", id="no-utf8"),
        pytest.param("a.jsonl", b"[" * 100_000, "CE003", id="deeply-nested"),
        pytest.param("a.jsonl", b'{"schema_version": "1.0", "report": 5}', "CE014", id="broken-extraction"),
        pytest.param("a.jsonl", b'{"schema_version": "1.0", "extracts": [null]}', "CE014", id="broken-linked-output"),
    ],
)
def test_bad_input_is_a_coded_error(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.jsonl").write_text(json.dumps(GOOD))
    items = list(read_inputs([tmp_path]))
    assert errors(items) == [code]
    assert [r.id for r in reports(items)] == ["good"]


def test_error_names_file_line_field_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + json.dumps({"text": ["x"]}) + "\n" + json.dumps({**GOOD, "id": "next"}))
    first, error, last = list(read_inputs([path]))
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert f"{path}, line 2: field 'text' is a list, not a string. Mend the field" in str(error)


def test_missing_path_is_a_coded_error(tmp_path: Path) -> None:
    assert errors(list(read_inputs([tmp_path / "nowhere.txt"]))) == ["CE001"]


def test_folder_without_inputs_is_a_coded_error(tmp_path: Path) -> None:
    assert errors(list(read_inputs([tmp_path]))) == ["CE015"]


def test_standard_input_is_json_lines() -> None:
    stream = io.BytesIO((json.dumps(GOOD) + "\n\n" + json.dumps({"text": "Three fled."})).encode())
    assert [r.text for r in reports(list(read_inputs(["-"], stdin=stream)))] == [GOOD["text"], "Three fled."]


def test_published_dates_only_reports_without_a_date(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({**GOOD, "published": "2020-01-02"}) + "\n" + json.dumps({"text": "Three fled."}))
    assert [r.published for r in reports(list(read_inputs([path], published="2024-02-13")))] == [
        "2020-01-02",
        "2024-02-13",
    ]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(
            {"maintext": "Two died.", "date_publish": "2022-09-13 08:00:00", "source_domain": "example.org"},
            id="news-please",
        ),
        pytest.param(
            {
                "text": "Two died.",
                "date": "2022-09-13 08:00:00",
                "hostname": "example.org",
                "source": "https://example.org/a",
            },
            id="trafilatura",
        ),
    ],
)
def test_field_names_of_scrapers_are_understood(value: dict[str, str]) -> None:
    report = report_from_json(value, file="x", line=1)
    assert (report.text, report.published, report.source) == ("Two died.", "2022-09-13 08:00:00", "example.org")


def test_numeric_id_becomes_a_string() -> None:
    assert report_from_json({"text": "x", "id": 7}, file="x", line=1).id == "7"


def test_date_that_cannot_be_understood_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + json.dumps({**GOOD, "id": "next", "published": "12/06/2024"}))
    notices: list[str] = []
    items = list(read_inputs([path], on_notice=lambda notice: notices.append(str(notice))))
    assert [r.id for r in reports(items)] == ["good", "next"]
    [notice] = notices
    assert notice.startswith(f"CE105: {path}, line 2: 'published' could not be understood (12/06/2024)")
    assert "ISO 8601" in notice


def test_broken_json_names_one_line_and_a_character_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + '{"text": \n')
    _, error = list(read_inputs([path]))
    assert f"{path}, line 2: is not a JSON object: Expecting value at character 11" in str(error)


@pytest.mark.parametrize("field", ["value", "low", "high"])
def test_an_extraction_with_a_number_beyond_all_people_is_refused(tmp_path: Path, field: str) -> None:
    told = extraction("r", figures=[replace(figure("r/f1", 3), **{field: MOST_PEOPLE + 1})])
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(told.to_dict()))
    [failure] = read_inputs([path])
    assert isinstance(failure, ConflictEventsError)
    assert (failure.code, failure.context["field"]) == ("CE014", f"casualties.0.{field}")
