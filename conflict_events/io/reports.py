"""Reports from text files, folders, JSON Lines and standard input; bad ones become coded errors, not ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from conflict_events.errors import ConflictEventsError, warning_message
from conflict_events.records import Extraction, Report, from_dict
from conflict_events.text.days import day_interval

JSON_ENDINGS = frozenset({".jsonl", ".ndjson", ".json"})
FOLDER_ENDINGS = frozenset({".txt", ".jsonl", ".ndjson"})
# the names that news-please and trafilatura give to the same things come after ours
FIELDS = {
    "text": ("text", "maintext"),
    "id": ("id",),
    "title": ("title",),
    "published": ("published", "date_publish", "date"),
    "source": ("source", "source_domain", "hostname"),
    "url": ("url",),
}

Input = Report | Extraction | ConflictEventsError


@dataclass(frozen=True, slots=True)
class Notice:
    """What was left out of a report that was read, and where it stands."""

    code: str
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.file}, line {self.line}: {self.message}"


def read_inputs(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    stdin: BinaryIO | None = None,
    on_notice: Callable[[Notice], None] | None = None,
) -> Iterator[Input]:
    """Reports, earlier extractions and errors, in the order of ``paths`` and of the names in a folder.

    A folder gives its ``.txt``, ``.jsonl`` and ``.ndjson`` files at any depth; "-" reads JSON Lines from
    ``stdin``. ``published`` dates the reports that carry no date. ``on_notice`` is told of dates that cannot
    be understood.
    """
    for path in paths:
        for item in _read_path(path, stdin):
            if isinstance(item, Notice):
                if on_notice is not None:
                    on_notice(item)
                continue
            if published and isinstance(item, Report) and not item.published:
                item = replace(item, published=published)
            yield item


def _read_path(path: str | Path, stdin: BinaryIO | None) -> Iterator[Input | Notice]:
    if str(path) == "-":
        if stdin is not None:
            yield from _json_lines(stdin, "<stdin>")
        return
    root = Path(path)
    if not root.is_dir():
        yield from _read_file(root, root.stem)
        return
    files = sorted(
        (p for p in root.rglob("*") if p.suffix.lower() in FOLDER_ENDINGS and p.is_file()),
        key=lambda p: p.relative_to(root).as_posix(),
    )
    if not files:
        yield ConflictEventsError("CE015", file=str(root))
    for file in files:
        yield from _read_file(file, file.relative_to(root).with_suffix("").as_posix())


def _read_file(path: Path, report_id: str) -> Iterator[Input | Notice]:
    try:
        if path.suffix.lower() in JSON_ENDINGS:
            with path.open("rb") as stream:
                yield from _json_lines(stream, str(path))
        else:
            yield _text_report(path.read_bytes(), str(path), report_id)
    except OSError as error:
        yield ConflictEventsError("CE001", file=str(path), reason=error.strerror or str(error))


def _text_report(data: bytes, file: str, report_id: str) -> Input:
    try:
        # a byte-order mark of UTF-16 says how to read what follows
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return ConflictEventsError("CE002", file=file, byte=error.start)
    if not text.strip():
        return ConflictEventsError("CE006", file=file)
    return Report(text=text, id=report_id)


def _json_lines(stream: BinaryIO, file: str) -> Iterator[Input | Notice]:
    empty = True
    for number, line in enumerate(stream, start=1):
        if not line.strip() or line.strip() == b"\xef\xbb\xbf":
            continue
        empty = False
        try:
            yield from _json_items(json.loads(line.decode("utf-8-sig")), file, number)
        except UnicodeDecodeError as error:
            yield ConflictEventsError("CE003", file=file, line=number, reason=f"not UTF-8 at byte {error.start}")
        except RecursionError:
            yield ConflictEventsError("CE003", file=file, line=number, reason="nested too deeply")
        except ConflictEventsError as error:
            yield error
        except json.JSONDecodeError as error:
            reason = f"{error.msg} at character {error.pos + 1}"
            yield ConflictEventsError("CE003", file=file, line=number, reason=reason)
        except ValueError as error:
            yield ConflictEventsError("CE003", file=file, line=number, reason=str(error)[:200])
    if empty:
        yield ConflictEventsError("CE006", file=file)


def _json_items(value: Any, file: str, line: int) -> Iterator[Report | Extraction | Notice]:
    """What a line holds: a report, an extraction, or the extractions of an earlier ``link``."""
    if not isinstance(value, dict):
        raise ConflictEventsError("CE003", file=file, line=line, reason=f"it is {_json_type(value)}")
    if "schema_version" in value and isinstance(value.get("extracts"), list):
        for extract in value["extracts"]:
            yield _extraction(extract, file, line)
    elif "schema_version" in value and "report" in value:
        yield _extraction(value, file, line)
    else:
        report = report_from_json(value, file=file, line=line)
        if report.published and day_interval(report.published) is None:
            yield Notice("CE105", file, line, warning_message("CE105", value=report.published[:40]))
        yield report


def _extraction(value: Any, file: str, line: int) -> Extraction:
    try:
        return from_dict(Extraction, value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ConflictEventsError("CE014", file=file, line=line, field=field, reason=first["msg"]) from error


def report_from_json(value: dict[str, Any], *, file: str, line: int) -> Report:
    """The report that a JSON object describes, by our field names, news-please's or trafilatura's.

    Raises ``ConflictEventsError`` CE004 for a field of the wrong type and CE005 where there is no text.

    >>> report_from_json({"maintext": "Two died.", "source_domain": "example.org"}, file="a.jsonl", line=1).source
    'example.org'
    """
    found: dict[str, str | None] = {}
    for name, keys in FIELDS.items():
        key = next((k for k in keys if value.get(k) is not None), None)
        content = value[key] if key else None
        if name == "source" and isinstance(content, str) and content.startswith("http") and value.get("hostname"):
            key, content = "hostname", value["hostname"]
        if name == "published" and isinstance(content, date):
            content = content.isoformat()
        if name == "id" and isinstance(content, int) and not isinstance(content, bool):
            content = str(content)
        if content is not None and not isinstance(content, str):
            raise ConflictEventsError(
                "CE004", file=file, line=line, field=key, got=_json_type(content), expected="a string"
            )
        found[name] = content
    text = (found["text"] or "").removeprefix("\ufeff")
    if not text.strip():
        raise ConflictEventsError("CE005", file=file, line=line)
    return Report(
        text=text,
        id=found["id"] or None,
        title=found["title"],
        published=found["published"],
        source=found["source"],
        url=found["url"],
    )


def _json_type(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), "null")
