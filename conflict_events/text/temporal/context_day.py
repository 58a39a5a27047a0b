"""What the words around a candidate say for or against its being a day, a time of day or a date told by an event."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.text.temporal.context import COUNTED, FUNCTION_WORDS, POSSESSIVES, SETS, lowered, token_at
from conflict_events.text.temporal.lexer import Token

POINT_CUES = frozenset({"AT", "BEFORE", "AFTER", "BY", "SINCE", "FROM", "TO", "OVER"})
NEWSPAPER_WORDS = frozenset("times telegraph mirror express herald post mail sun star morning school mass".split())
COLOURED_DAYS = frozenset("bloody black super man palm holy".split())
TITLES = frozenset("mr mrs ms dr gen lt col maj sgt st prof sen rep gov".split())
CLAUSE_WORDS = frozenset("when while where which who that but although though said says".split())
NO_COMPLEMENT = frozenset("was were had did and but when for with".split())
DATE_WORDS = frozenset({"MONTH", "MAYBEMONTH", "WDAY", "YEAR", "DAYREF", "HOLIDAY", "ISO", "NUMERIC", "LAST", "NEXT"})
LONGEST_COMPLEMENT = 16
"""Tokens after "two days after" that can still belong to it."""


def is_weekday(tokens: Sequence[Token], first: int, at: int, *, alone: bool) -> bool:
    token, before, after = tokens[at], token_at(tokens, first - 1), token_at(tokens, at + 1)
    if token.cls == "WDAYSHORT" and not token.text.endswith("."):
        cue = before.cls if before is not None else "BREAK"
        if cue not in ("ON", "LAST", "NEXT", "BREAK", "OPEN", "BY", "SINCE", "EARLY") or (
            token.text in ("Sun", "Sat", "Mon", "Wed") and cue in ("BREAK", "OPEN")
        ):
            return False
    if token.cls == "WDAYSHORT" and token.text.casefold() in ("sat.", "sun.", "mon.") and alone:
        cue = before.cls if before is not None else "BREAK"
        return cue in ("ON", "LAST", "NEXT", "EARLY", "BY", "SINCE")
    if not token.text[0].isupper() and lowered(before) in FUNCTION_WORDS - {
        "on",
        "last",
        "next",
        "this",
        "by",
        "since",
        "until",
        "from",
        "the",
        "of",
    }:
        return False
    if alone and (lowered(before) in COLOURED_DAYS or lowered(before) in SETS):
        return False
    return not (alone and after is not None and after.cls == "CAPITAL" and lowered(after) in NEWSPAPER_WORDS)


def is_clock(tokens: Sequence[Token], first: int, stop: int) -> bool:
    span = tokens[first:stop]
    if any(t.cls in ("MERIDIEM", "ZONE", "OCLOCK") for t in span):
        return True
    before, after = token_at(tokens, first - 1), token_at(tokens, stop)
    if lowered(after) in ("hours", "hrs", "local", "moscow", "kyiv", "kiev"):
        return True
    return (
        before is not None
        and before.cls in ("AT", "APPROX", "BY", "SINCE", "FROM", "BEFORE", "AFTER", "OPEN")
        and lowered(after) not in COUNTED
    )


def clock_value(tokens: Sequence[Token]) -> str:
    """ISO time of a clock expression: "10:30 p.m." is "22:30"."""
    text = tokens[0].text.replace(".", ":")
    hours, _, rest = text.partition(":")
    hour = int(hours)
    for token in tokens[1:]:
        if token.cls == "MERIDIEM" and hour <= 12:
            hour = hour % 12 + (12 if token.value == "p" else 0)
    return f"{hour:02d}:{rest[:2] or '00'}"


def is_point_of_day(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "at dawn", "minutes after midnight"; not "Golden Dawn" or "a midnight raid"."""
    before = token_at(tokens, first - 1)
    if tokens[stop - 1].text[0].isupper() and stop - first == 1 and before is not None and before.cls == "CAPITAL":
        return False
    return stop - first > 1 or (before is not None and before.cls in POINT_CUES)


def is_part_of_day(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "in the morning", "one afternoon"; a bare "night" or "morning" says no day."""
    before, after = token_at(tokens, first - 1), token_at(tokens, stop)
    if stop - first < 2 or (after is not None and after.cls in ("OF", "BEFORE", "AFTER", "HYPHEN")):
        return False
    lead = tokens[first]
    if lead.cls == "THE":
        return before is not None and before.cls in ("IN", "BY", "OVER")
    if lead.cls == "NUMWORD":
        return lead.value == 1 and tokens[stop - 1].text.casefold() != "night"
    return before is not None and before.cls in ("IN", "BY", "ON", "SINCE")


def takes_complement(tokens: Sequence[Token], at: int) -> bool:
    """Whether "two days after" goes on at `at` with what it is after."""
    token = token_at(tokens, at)
    if token is None or token.cls in ("STOP", "COMMA", "BREAK", "CLOSE", "HYPHEN", "AND", "IN", "ON", "AT"):
        return False
    return token.text[0].isalnum() and token.text.casefold() not in NO_COMPLEMENT


def begins_noun_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether an article, a possessive or a name stands at `at`."""
    token = token_at(tokens, at)
    return token is not None and (token.cls in ("THE", "ARTICLE", "CAPITAL") or lowered(token) in POSSESSIVES)


def is_date_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a date begins at `at`, after an article or not."""
    if at < len(tokens) and tokens[at].cls == "THE":
        at += 1
    token = token_at(tokens, at)
    return token is not None and (token.cls in DATE_WORDS or (token.cls == "DAYNUM" and is_date_word(tokens, at + 1)))


def complement_end(tokens: Sequence[Token], at: int) -> int:
    """Token after the phrase that begins at `at`: up to the next punctuation or clause word."""
    end = at
    while end < len(tokens) and end - at < LONGEST_COMPLEMENT:
        token = tokens[end]
        if token.cls == "STOP" and _is_initial(tokens, end):
            end += 1
            continue
        if token.cls in ("STOP", "COMMA", "BREAK", "OPEN", "CLOSE") or is_date_word(tokens, end):
            break
        if end > at and token.text.casefold() in CLAUSE_WORDS:
            break
        if token.cls == "AND" or token.text in ('"', "”", "“", ";"):
            break
        end += 1
    while end > at and tokens[end - 1].cls in ("IN", "ON", "OF", "BY", "AT", "THE", "SINCE", "FROM", "AND", "OVER"):
        end -= 1
    return end


def _is_initial(tokens: Sequence[Token], at: int) -> bool:
    """The stop inside or after an abbreviation such as "U.N."."""
    before = token_at(tokens, at - 1)
    if before is None or before.end != tokens[at].start:
        return False
    return (len(before.text) == 1 and before.text.isupper()) or before.text.casefold() in TITLES
