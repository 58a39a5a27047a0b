"""Where an expression stands: the report's possible days, what was told before it, the sentence, heading and tense."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from conflict_events.text.temporal.expression import Expression
from conflict_events.text.temporal.interval import Interval
from conflict_events.text.temporal.placing import FINENESS
from conflict_events.text.temporal.story import Standing, Story
from conflict_events.text.temporal.tense import Tense, clause_tense

HEADING_LENGTH = 80
"""Characters that a line has at most if it is a heading."""
_JOINT = re.compile(r"\s*(?:[-–—,/]|to|and|or|until|till|through|,\s*and)?\s*(?:the\s+)?(?:[-–—]\s*)?", re.IGNORECASE)


# counts are bounded: a full stop before a page of blanks must not be weighed against every one of them
SENTENCE_END = re.compile(r"[.!?](?=[\"”’)]{0,3}\s{1,20}[\"“‘(]{0,3}[A-Z])|\n[ \t\r]{0,40}\n")


class Situation:
    """A text with its expressions, and what those before the one at hand have told."""

    def __init__(
        self,
        text: str,
        expressions: Sequence[Expression],
        *,
        report: Interval | None,
        narrative: bool,
        tense: Callable[[Expression], Tense | None] | None,
    ) -> None:
        self.text = text
        self.expressions = expressions
        self.narrative = narrative
        self.tense = tense
        known = report if report is not None and report.is_closed else None
        self.reports: list[date] = sorted({d for d in (known.start, known.end) if d}) if known else []
        self.story = Story()
        self.last_weekday: Expression | None = None
        self.sentence_ends = [m.end() for m in SENTENCE_END.finditer(text)]

    def from_report(self, answer: Callable[[date], Interval | None]) -> Interval | None:
        """What all possible days of the report agree on."""
        answers = [answer(day) for day in self.reports]
        return answers[0] if answers and all(a == answers[0] for a in answers) else None

    def told(self, unit: str) -> date | None:
        """First day of the last date told that is at least as fine as `unit`."""
        told = self.story.told(unit)
        return told.first if told is not None else None

    def is_heading(self, e: Expression) -> bool:
        """Whether the expression stands in a short line that is no sentence ("1938", "The army rearms (2008)")."""
        begin = self.text.rfind("\n", max(0, e.start - HEADING_LENGTH), e.start) + 1
        if begin == 0 and e.start > HEADING_LENGTH:
            return False
        end = self.text.find("\n", e.end, e.end + HEADING_LENGTH)
        return (
            end >= 0
            and end - begin <= HEADING_LENGTH
            and self.text[begin:end].rstrip()[-1:] not in (".", "!", "?", ",")
        )

    def tense_of(self, expression: Expression) -> Tense | None:
        known = self.tense(expression) if self.tense is not None else None
        return clause_tense(self.text, expression.start, expression.end) if known is None else known

    def sentence(self, at: int) -> int:
        return bisect_right(self.sentence_ends, at)

    def same_line(self, a: int, b: int) -> bool:
        return "\n" not in self.text[a:b]

    def one_year(self, answer: Callable[[date], int]) -> tuple[int | None, str]:
        years = {answer(day) for day in self.reports}
        return (years.pop(), "published") if len(years) == 1 else (None, "unanchored")

    def year_of_list(self, index: int) -> int | None:
        """The year that a list or range gives once, at its end ("5 May and 7 June 1950")."""
        first = self.expressions[index]
        near = self.expressions[index : index + 6]
        for previous, following in pairwise(near):
            between = self.text[previous.end : following.start]
            if (
                len(between) > 24
                or not _JOINT.fullmatch(between)
                or (following.month is None and following.code is None)
            ):
                return None
            if (
                following.year is not None
                and following.kind == "absolute"
                and following.unit in ("day", "month", "season")
            ):
                over_new_year = (first.month or 0) > (following.month or 12)
                return following.year - over_new_year
        return None

    def standing(self, e: Expression) -> Standing | None:
        """Where the text stands, for a date without a year: in news, only what its own sentence has told."""
        if self.narrative:
            standing, section = self.story.standing, self.story.section
            beside = section is not None and standing is not None and abs(section - standing.year) == 1
            if beside and section is not None and standing is not None and not self.same_line(standing.at, e.start):
                return Standing(section, None)
            return standing
        told = self.story.told("year")
        if told is None or not told.carries_year or self.sentence(told.expression.start) != self.sentence(e.start):
            return None
        return Standing(told.first.year, told.first.month if told.fineness < FINENESS["year"] else None)

    def is_told_day(self, e: Expression) -> bool:
        """Whether a history tells a day before the weekday `e` in the same paragraph, for it to be counted from."""
        told = self.story.told("day") if self.narrative else None
        return told is not None and self.same_line(told.expression.end, e.start)

    def is_told_here(self, e: Expression) -> bool:
        """Whether "the end of the year" means the year told rather than the report's."""
        if self.narrative or not self.reports:
            return True
        told = self.story.told(e.unit)
        return told is not None and told.carries_year and self.sentence(told.expression.start) == self.sentence(e.start)
