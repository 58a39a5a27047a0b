"""What a text has told so far: the dates that later ones are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.placing import FINENESS

YEAR = FINENESS["year"]
NEAR_YEARS = 2
"""A bare year moves a history on only if it is a heading or within so many years of where the history stands: one
farther off is a glance aside ("the 1968 treaty", a source's year in brackets)."""
MOD_MONTHS = {"START": 1, "MID": 6, "END": 9}
"""Where in its year a history stands after "early 1942", "mid-1942", "late 1942"."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date already told: its first day, fineness, expression, and whether its year stands in the text."""

    order: int
    first: date
    fineness: int
    expression: Expression
    carries_year: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a history stands: a year, the month in it where that is known, and where the text said so."""

    year: int
    month: int | None
    at: int = 0


class Story:
    """The dates told so far, the last of each fineness, and where a history stands."""

    def __init__(self) -> None:
        self._last: dict[int, Told] = {}
        self._count = 0
        self.standing: Standing | None = None
        self.section: int | None = None

    def add(self, expression: Expression, first: date, unit: str, anchor: str, *, is_heading: bool) -> None:
        """Remember a date that was resolved; `is_heading` where it stands alone on its line."""
        fineness = FINENESS.get(unit, YEAR + 1)
        self._count += 1
        told = Told(self._count, first, fineness, expression, anchor in ("explicit", "previous"))
        self._last[fineness] = told
        if (anchor == "explicit" and fineness <= YEAR) or (anchor == "previous" and fineness < YEAR):
            self._move(told, is_heading=is_heading)

    def _move(self, told: Told, *, is_heading: bool) -> None:
        here, at = self.standing, told.expression.start
        if told.fineness < YEAR:
            self.standing = Standing(told.first.year, told.first.month, at)
            return
        if is_heading:
            self.section = told.first.year
        month = MOD_MONTHS.get(told.expression.mod or "")
        if here is None or is_heading:
            self.standing = Standing(told.first.year, month, at)
        elif told.first.year == here.year:
            self.standing = Standing(here.year, month or here.month, at)
        elif abs(told.first.year - here.year) <= NEAR_YEARS:
            self.standing = Standing(told.first.year, month, at)

    def told(self, unit: str) -> Told | None:
        """The last date told that is at least as fine as `unit`."""
        limit = FINENESS.get(unit, 0)
        return max((t for f, t in self._last.items() if f <= limit), key=lambda t: t.order, default=None)
