"""The file format of a gazetteer index: sorted hashes of folded names beside columns of places.

One file holds a JSON header and little-endian arrays; it is mapped into memory and read in place, so that
opening costs a few milliseconds whatever the number of rows. A name is found by the first 48 bits of its
BLAKE2 digest: with a million names, one unknown name in 250 million is taken for another.
"""

from __future__ import annotations

import json
import mmap
import os
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from conflict_events.errors import ConflictEventsError

MAGIC = b"CEGAZ1\n\0"
KINDS = ("name", "alternate", "ascii", "demonym", "abbreviation", "metonym", "code", "generic")
_MORE = 1 << 31
_KIND_BITS = 3
COLUMNS = {
    "latitude": "<i4", "longitude": "<i4", "population": "<u4", "geonames_id": "<u4", "name_end": "<u4",
    "country": "<i2", "admin1": "<i4", "admin2": "<i4", "feature": "u1", "radius": "<u2",
}  # fmt: skip


def digest(key: str) -> tuple[int, int]:
    """The 32 bits by which a key is sorted, and 16 more that confirm it."""
    raw = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(raw[:4], "big"), int.from_bytes(raw[4:], "big")


def posting(record: int, kind: str) -> int:
    """One reading of a name: the number of a record, and in what manner the name stands for it."""
    return record << _KIND_BITS | KINDS.index(kind)


def write(
    path: str | os.PathLike[str],
    *,
    names: Mapping[str, Iterable[int]],
    skeletons: Mapping[str, Iterable[int]],
    columns: Mapping[str, Any],
    labels: Iterable[str],
    meta: Mapping[str, Any],
) -> None:
    """Write an index: ``names`` map folded keys to postings, best first; ``skeletons`` map to records.

    ``columns`` are those of ``COLUMNS`` (degrees times 100,000, population, GeoNames id or 0, record numbers
    of country and regions or -1, index into ``meta["features"]``, km) without ``name_end``.
    """
    blob, ends = bytearray(), []
    for label in labels:
        blob += label.encode("utf-8")
        ends.append(len(blob))
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    rows = sorted((*digest(key), tuple(found)) for key, found in names.items())
    more: list[int] = []
    values = []
    for _, _, found in rows:
        if len(found) == 1:
            values.append(found[0])
            continue
        values.append(_MORE | len(more))
        more.extend(found[:-1])
        more.append(_MORE | found[-1])
    arrays["hash"] = np.array([r[0] for r in rows], dtype="<u4")
    arrays["check"] = np.array([r[1] for r in rows], dtype="<u2")
    arrays["value"] = np.array(values, dtype="<u4")
    arrays["more"] = np.array(more, dtype="<u4")
    pairs = sorted((digest(key)[0], record) for key, records in skeletons.items() for record in records)
    arrays["skeleton"] = np.array([p[0] for p in pairs], dtype="<u4")
    arrays["skeleton_record"] = np.array([p[1] for p in pairs], dtype="<u4")
    arrays["name_end"] = np.array(ends, dtype="<u4")
    for name, kind in COLUMNS.items():
        if name != "name_end":
            arrays[name] = _narrow(np.asarray(columns[name], dtype=np.int64), kind)
    arrays["blob"] = np.frombuffer(bytes(blob), dtype="u1")
    layout, offset = {}, 0
    for name, array in arrays.items():
        layout[name] = [array.dtype.str, offset, len(array)]
        offset += -(-array.nbytes // 8) * 8
    header = json.dumps({**meta, "layout": layout}, ensure_ascii=False, sort_keys=True).encode("utf-8")
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % 8)
    temporary = Path(path).with_suffix(".partial")
    with temporary.open("wb") as out:
        out.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            out.write(array.tobytes() + b"\0" * (-array.nbytes % 8))
    temporary.replace(path)


def _narrow(array: np.ndarray[Any, Any], kind: str) -> np.ndarray[Any, Any]:
    """Record numbers in two bytes where they fit."""
    if kind == "<i4" and len(array) and array.min() >= -1 and array.max() < 2**15:
        kind = "<i2"
    elif kind == "<i2" and len(array) and array.max() >= 2**15:
        kind = "<i4"
    return array.astype(kind)


class Store:
    """An index opened for reading; raises ``ConflictEventsError`` CE013 where the file is none."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = str(path)
        try:
            with Path(path).open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ConflictEventsError("CE013", file=self.path, reason=f"cannot be opened ({error})") from error
        if self._map[: len(MAGIC)] != MAGIC:
            raise ConflictEventsError("CE013", file=self.path, reason="is not a gazetteer index")
        start = len(MAGIC) + 8
        size = int.from_bytes(self._map[len(MAGIC) : start], "little")
        try:
            self.meta: dict[str, Any] = json.loads(self._map[start : start + size])
            self._open_arrays(start + size)
        except (ValueError, KeyError, TypeError) as error:
            raise ConflictEventsError("CE013", file=self.path, reason=f"is damaged ({error})") from error

    def _open_arrays(self, base: int) -> None:
        view = memoryview(self._map)
        columns: dict[str, Any] = {}
        for name, (dtype, offset, count) in self.meta.pop("layout").items():
            item = np.dtype(dtype)
            part = view[base + offset : base + offset + count * item.itemsize]
            columns[name] = part.cast(item.char)
        self._hash, self._check = columns["hash"], columns["check"]
        self._value, self._more = columns["value"], columns["more"]
        self._skeleton, self._skeleton_record = columns["skeleton"], columns["skeleton_record"]
        self._blob, self._name_end = columns["blob"], columns["name_end"]
        self.columns = columns

    def __len__(self) -> int:
        return len(self._name_end)

    def postings(self, key: str) -> list[tuple[int, str]]:
        """(record, kind) of each reading of a folded key, best first; empty for an unknown name."""
        high, low = digest(key)
        hashes = self._hash
        i = bisect_left(hashes, high)
        while i < len(hashes) and hashes[i] == high:
            if self._check[i] == low:
                return [(p >> _KIND_BITS, KINDS[p & 7]) for p in self._read(self._value[i])]
            i += 1
        return []

    def _read(self, value: int) -> list[int]:
        if not value & _MORE:
            return [value]
        found: list[int] = []
        i = value & ~_MORE
        while True:
            item = self._more[i]
            found.append(item & ~_MORE)
            if item & _MORE:
                return found
            i += 1

    def alike(self, key: str, limit: int) -> list[int]:
        """Records with a name of the skeleton ``key``, at most ``limit``, in order of their numbers."""
        wanted = digest(key)[0]
        i = bisect_left(self._skeleton, wanted)
        found: list[int] = []
        while i < len(self._skeleton) and self._skeleton[i] == wanted and len(found) < limit:
            found.append(self._skeleton_record[i])
            i += 1
        return found

    def label(self, record: int) -> str:
        """The name of a record."""
        start = self._name_end[record - 1] if record else 0
        return bytes(self._blob[start : self._name_end[record]]).decode("utf-8")
