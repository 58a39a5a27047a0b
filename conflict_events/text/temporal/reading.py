"""A match of a rule of the grammar, and what readers ask of it: numbers, directions, times, modifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conflict_events.text.temporal import context_day
from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.lexer import Token


@dataclass(frozen=True, slots=True)
class Reading:
    """A match of a rule over the tokens of a text, with what readers ask of it."""

    text: str
    tokens: Sequence[Token]
    match: re.Match[str]
    numeric_order: str = "DMY"

    @property
    def first(self) -> int:
        return self.match.start()

    @property
    def stop(self) -> int:
        return self.match.end()

    def group(self, name: str) -> list[Token]:
        """The tokens of a named group; empty where the rule has no such group or it did not match."""
        if name not in self.match.re.groupindex or self.match.start(name) < 0:
            return []
        return list(self.tokens[self.match.start(name) : self.match.end(name)])

    def number(self, name: str) -> int | None:
        tokens = self.group(name)
        return int(tokens[0].value) if tokens else None

    def code(self, name: str) -> str | None:
        tokens = self.group(name)
        return str(tokens[-1].value) if tokens else None

    def near(self, offset: int) -> Token | None:
        """The token `offset` before the match (negative) or after it (0 is the next)."""
        at = self.first + offset if offset < 0 else self.stop + offset
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def make(self, kind: str, *, first: int | None = None, stop: int | None = None, **parts: object) -> Expression:
        """An expression over the whole match; time of day and modifiers are read from their groups."""
        filled: dict[str, object] = {
            "part": self._time(),
            "mod": self._modifier(),
            "code": None,
        }
        filled.update({k: v for k, v in parts.items() if v is not None or k not in filled})
        last = self.tokens[(stop or self.stop) - 1]
        end = last.end
        begin = self.tokens[self.first if first is None else first].start
        return Expression(begin, end, kind, **filled)  # type: ignore[arg-type]

    def _time(self) -> str | None:
        for name in ("clock", "clock2"):
            clock = self.group(name)
            if clock:
                return context_day.clock_value(clock)
        return self.code("part3") or self.code("part2") or self.code("part")

    def _modifier(self) -> str | None:
        early = self.group("early")
        if early:
            return str(early[0].value)
        for token in self.group("edge"):
            if token.cls in ("EDGE", "LATTER", "EARLY", "EARLIER"):
                return str(token.value)
            if token.cls == "ORDWORD":
                return "START" if token.value == 1 else "END"
            if token.cls == "FINAL":
                return "END"
        return None


def which_of(tokens: Sequence[Token]) -> str | None:
    """The direction that "last", "the next", "that same" … give: last, this, next, previous, following or same.

    "next" after an article counts from the last date told ("the next day"), without one from the report's date.
    """
    words = [t for t in tokens if t.cls != "THE"]
    if not words:
        return "same" if tokens else None
    value = str(words[-1].value)
    if value == "this" and len(words) > 1:
        value = str(words[0].value)
    return value


def article_before(reading: Reading, name: str) -> bool:
    """Whether "the" stands before a named group, inside the match."""
    at = reading.match.start(name) - 1
    return at >= reading.first and reading.tokens[at].cls == "THE"


def which(reading: Reading) -> str | None:
    """The direction that the match itself gives ("last" in "last September"), `None` without one."""
    value = which_of(reading.group("which"))
    if value == "next" and article_before(reading, "which") and reading.group("which")[-1].cls == "NEXT":
        return "following"
    return value


def year_which(reading: Reading) -> str | None:
    """The direction of the year that the match names ("that" in "May of that year")."""
    if "yearwhich" not in reading.match.re.groupindex or reading.match.start("yearwhich") < 0:
        return None
    tokens = reading.group("yearwhich")
    value = which_of(tokens)
    if value == "next" and tokens[0].cls == "THE":
        return "following"
    return value


def has_year_phrase(reading: Reading) -> bool:
    """False where "of that year" was matched without a word that says which ("May year")."""
    index = reading.match.re.groupindex
    if "yearwhich" not in index or reading.match.start("yearwhich") < 0:
        return True
    return bool(reading.group("yearwhich"))
