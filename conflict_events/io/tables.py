"""Tables as CSV and Parquet; the same columns with the same types, whatever the rows hold."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from conflict_events.errors import ConflictEventsError

ColumnType = Literal["text", "integer", "number", "boolean", "date"]
Cell = str | int | float | bool | None

# a spreadsheet takes a cell that begins so for a formula, also behind blanks and in full-width forms
_FORMULA = re.compile("^\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Columns, as (name, type), and rows of cells; null cells are what nobody told. Dates are ISO days."""

    columns: tuple[tuple[str, ColumnType], ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_dicts(self) -> list[dict[str, Cell]]:
        """The rows by column name, as ``pandas.DataFrame`` takes them."""
        names = [name for name, _ in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def select(self, *names: str) -> Table:
        """The columns of these names, in this order. Raises ``KeyError`` for an unknown one.

        >>> Table((("a", "integer"), ("b", "integer")), ((1, 2),)).select("b").rows
        ((2,),)
        """
        places = {name: n for n, (name, _) in enumerate(self.columns)}
        chosen = [places[name] for name in names]
        return Table(tuple(self.columns[n] for n in chosen), tuple(tuple(row[n] for n in chosen) for row in self.rows))

    def __repr__(self) -> str:
        return f"Table({len(self.rows)} rows of {', '.join(name for name, _ in self.columns)})"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name, _ in self.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{'' if c is None else html.escape(str(c))}</td>" for c in row) + "</tr>"
            for row in self.rows
        )
        return f"<table><tr>{head}</tr>{rows}</table>"


def to_csv(table: Table) -> bytes:
    """The table as CSV (RFC 4180, UTF-8, line feeds), null cells empty.

    A text that a spreadsheet would run as a formula is written behind an apostrophe.

    >>> to_csv(Table((("title", "text"), ("killed", "integer")), (("=1+1", 2),)))
    b"title,killed\\n'=1+1,2\\n"
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([name for name, _ in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return stream.getvalue().encode("utf-8", "replace")


def _csv_cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        text = cell.replace("\r\n", "\n").replace("\r", "\n")
        return "'" + text if _FORMULA.match(text) else text
    return cell


def to_parquet(table: Table) -> bytes:
    """The table as a Parquet file. Raises ``ConflictEventsError`` CE016 without the extra ``tables``."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ConflictEventsError("CE016", package="pyarrow", extra="tables") from error
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    arrays = [
        pa.array(_arrow_cells([row[n] for row in table.rows], kind), type=types[kind])
        for n, (_, kind) in enumerate(table.columns)
    ]
    stream = io.BytesIO()
    pq.write_table(pa.table(arrays, names=[name for name, _ in table.columns]), stream)
    return stream.getvalue()


def _arrow_cells(cells: Sequence[Cell], kind: ColumnType) -> list[Any]:
    if kind == "date":
        return [date.fromisoformat(str(c)[:10]) if c is not None else None for c in cells]
    if kind == "text":
        return [c.encode("utf-8", "replace").decode("utf-8") if isinstance(c, str) else c for c in cells]
    return list(cells)
