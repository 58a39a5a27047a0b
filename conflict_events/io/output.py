"""Writing results: whole files or nothing, bytes that depend on the input alone."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from conflict_events.errors import ConflictEventsError


def dump_line(value: Any) -> bytes:
    """``value`` as one line of JSON, UTF-8; escapes all but ASCII where the text is not valid Unicode.

    >>> dump_line({"name": "Şuşa"}).decode("utf-8")
    '{"name": "Şuşa"}\\n'
    """
    try:
        return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(value) + "\n").encode("ascii")


@contextlib.contextmanager
def open_output(path: str | Path | None) -> Iterator[BinaryIO]:
    """A binary stream to ``path``, which appears only when the block ends well; standard output for None.

    Raises ``ConflictEventsError`` CE018 where the path cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path).resolve()
    if target.exists() and not target.is_file() and not target.is_dir():
        # a device or pipe is written to, never replaced
        with target.open("wb") as stream:
            yield stream
        return
    try:
        if target.is_dir():
            raise IsADirectoryError("it is a folder")
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise ConflictEventsError("CE018", file=str(path), reason=error.strerror or str(error)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
