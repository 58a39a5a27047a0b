"""What the words around a candidate say for or against its being a time: years and counts, modals and months."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_events.text.temporal.lexer import Token

# Nouns that a bare number before them counts; most plurals end in "s" and are told by that.
COUNTED = frozenset(
    "people men women children troops police dead wounded killed injured missing personnel civilians others crew"
    " km kilometers kilometres kg mm cm m miles mi meters metres feet ft tons tonnes t lb hours local percent per million"
    " billion thousand dollars euros rubles pounds lira acres hectares barrels strong kw mw mph hz".split()
)
# Words after which four digits are a name or a measure, no year.
NUMBERED = frozenset(
    "no number resolution flight route highway room unit operation directive order article section chapter battalion"
    " brigade regiment division force model boeing airbus page case bill law decree act kilometer mile hill road line"
    " population total figure channel company".split()
)
COUNT_VERBS = frozenset(
    "killed kill killing kills wounded injured wounding injuring captured least estimated than".split()
)
YEAR_PREPOSITIONS = frozenset({"IN", "SINCE", "BY", "THE", "EARLY", "POSS", "HYPHEN", "OPEN"})
FUNCTION_WORDS = frozenset(
    "a an the and or but as at by for from in into of on to with when while where who which that it he she they we was were"
    " is are had has have did would could will may might should because after before until since during if then there".split()
)
MONTH_CUES = frozenset({"IN", "OF", "BY", "SINCE", "FROM", "TO", "AND", "HYPHEN", "OPEN", "EARLY", "LAST", "NEXT", "THIS", "COMMA", "BEFORE", "AFTER", "OVER", "PREV", "SLASH"})  # fmt: skip
POINT_CUES = frozenset({"AT", "BEFORE", "AFTER", "BY", "SINCE", "FROM", "TO", "OVER"})
NEWSPAPER_WORDS = frozenset("times telegraph mirror express herald post mail sun star morning school mass".split())
COLOURED_DAYS = frozenset("bloody black super man palm holy".split())
SEASON_NAMES = frozenset("olympics games palace paralympics school".split())
TITLES = frozenset("mr mrs ms dr gen lt col maj sgt st prof sen rep gov".split())
SETS = frozenset("every each most".split())
CLAUSE_WORDS = frozenset("when while where which who that but although though said says".split())
NO_COMPLEMENT = frozenset("was were had did and but when for with".split())
POSSESSIVES = frozenset("its his her their our my your".split())
LONGEST_COMPLEMENT = 16
"""Tokens after "two days after" that can still belong to it."""


def _at(tokens: Sequence[Token], index: int) -> Token | None:
    return tokens[index] if 0 <= index < len(tokens) else None


def _lower(token: Token | None) -> str:
    return token.text.casefold() if token is not None else ""


def _is_plain_word(token: Token | None) -> bool:
    return token is not None and token.cls in ("OTHER", "UNITS", "HALF") and token.text[:1].isalpha()


def counts_something(tokens: Sequence[Token], at: int, *, after_month: bool = False) -> bool:
    """Whether the number at `at` counts the word after it ("12 people", "1,500 soldiers", "2000 troops")."""
    after = _at(tokens, at + 1)
    word = _lower(after)
    if after is None or not _is_plain_word(after) or word in FUNCTION_WORDS or after.text[0].isupper():
        return after is not None and after.text == "%"
    if word in COUNTED:
        return True
    if after_month:
        before = _at(tokens, at - 2)
        return before is not None and before.cls in ("IN", "SINCE", "DAYNUM", "ORDNUM")
    return word.endswith("s") and not word.endswith("ss")


def is_attribute(tokens: Sequence[Token], at: int) -> bool:
    """Whether the ordinal in words at `at` belongs to the noun after it ("the first snow")."""
    after = _at(tokens, at + 1)
    return tokens[at].cls == "ORDWORD" and _is_plain_word(after) and _lower(after) not in FUNCTION_WORDS


def is_time_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows makes the digits at `at` a time of day or a share ("1700 GMT", "1500 percent")."""
    after = _at(tokens, at + 1)
    return (after is not None and after.cls in ("MERIDIEM", "ZONE", "OCLOCK")) or _lower(after) in ("%", "percent", "°")


def is_year(tokens: Sequence[Token], at: int, *, dated: bool) -> bool:
    """Whether the four digits at `at` are a year; `dated` says that a month, season or "the end of" is with them."""
    before, after = _at(tokens, at - 1), _at(tokens, at + 1)
    if is_time_number(tokens, at):
        return False
    if before is not None and before.text in ("$", "£", "€", "#", "+", "°", "*", "@"):
        return False
    if _is_glued(tokens, at):
        return False
    cue = before.cls if before is not None else "BREAK"
    if _lower(after) in COUNTED and not (dated and cue in ("OF", "COMMA", "DAYNUM")):
        return cue == "THE" and _lower(after) not in ("km", "miles", "meters", "metres")
    if dated:
        return not (
            counts_something(tokens, at)
            and cue not in ("EARLY", "MONTH", "MAYBEMONTH", "OF", "SEASON", "YEARU", "HYPHEN", "THE", "COMMA")
        )
    if cue == "STOP" and _lower(_at(tokens, at - 2)) in ("no", "nos", "art", "p", "pp"):
        return False
    if _lower(before) in NUMBERED or _lower(before) in COUNT_VERBS:
        return False
    if cue in ("APPROX", "OVER", "THAN"):
        second = _at(tokens, at - 2)
        if second is None or second.cls not in YEAR_PREPOSITIONS or counts_something(tokens, at):
            return cue == "OVER" and False
        return True
    if cue in ("CAPITAL",) and before is not None and len(before.text) <= 3 and before.text.isupper():
        return False
    if counts_something(tokens, at):
        return _lower(before) in POSSESSIVES or (cue in YEAR_PREPOSITIONS and cue not in ("BY", "HYPHEN", "OPEN"))
    return True


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Part of a code such as "T-1953", "1234/5", "A2000" or "1953.4"."""
    token, before, after = tokens[at], _at(tokens, at - 1), _at(tokens, at + 1)
    if _parts_of_number(tokens, at) > 2:
        return True
    if before is not None and before.end == token.start:
        if before.cls in ("SLASH", "OTHER", "CAPITAL") and before.text not in (
            "(",
            '"',
            "“",
            "'",
            "‘",
            "—",
            "–",
            "[",
            "'",
        ):
            return True
        if before.cls == "HYPHEN":
            second = _at(tokens, at - 2)
            if (
                second is not None
                and second.end == before.start
                and second.cls in ("CAPITAL", "NUM2", "NUM3", "DAYNUM", "BIG")
            ):
                return len(second.text) < 4 or second.text.isupper()
    return (
        after is not None
        and after.start == token.end
        and after.cls in ("SLASH", "CAPITAL", "OTHER")
        and after.text[0] in "/_=&abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )


def _parts_of_number(tokens: Sequence[Token], at: int) -> int:
    """How many numbers hyphens tie to the one at `at`, itself included ("138-2010-2015" has three)."""
    count = 1
    for step in (-1, 1):
        k = at
        while count < 4:
            hyphen, number = _at(tokens, k + step), _at(tokens, k + 2 * step)
            if hyphen is None or number is None or hyphen.cls != "HYPHEN" or not number.text.isdigit():
                break
            if abs(number.start - tokens[k].start) > 6:
                break
            count, k = count + 1, k + 2 * step
    return count


def is_month(token: Token, *, beside_number: bool) -> bool:
    return beside_number or token.cls == "MONTH"


def is_bare_month(tokens: Sequence[Token], at: int, *, modified: bool) -> bool:
    """Whether a month's name without day or year is one, rather than a modal ("may"), a march or a first name."""
    token, before, after = tokens[at], _at(tokens, at - 1), _at(tokens, at + 1)
    if modified:
        return True
    cue = before.cls if before is not None else "BREAK"
    if after is not None and after.cls == "HYPHEN" and after.start == token.end:
        second = _at(tokens, at + 2)
        if second is not None and second.cls not in ("MONTH", "MAYBEMONTH", "YEAR"):
            return cue in ("IN", "SINCE", "BY")
    if token.cls == "MAYBEMONTH":
        if cue == "TO" and after is not None and after.cls == "OTHER" and _lower(after) not in FUNCTION_WORDS:
            return False
        if cue in ("ARTICLE", "THE", "POSS"):
            return _is_plain_word(after) and _lower(after) not in FUNCTION_WORDS
        return cue in MONTH_CUES and not (
            after is not None and after.cls == "CAPITAL" and cue in ("COMMA", "AND", "OPEN")
        )
    if (
        len(token.text) <= 4
        and not token.text.endswith(".")
        and token.text.casefold() not in ("may", "june", "july", "sept")
    ):
        return cue in MONTH_CUES
    if token.text.casefold() in ("april", "june", "august"):
        is_name = after is not None and after.cls == "CAPITAL" and cue not in MONTH_CUES
        return (token.text[0].isupper() or cue in MONTH_CUES) and not is_name and cue != "CAPITAL"
    return True


def is_attributive(tokens: Sequence[Token], at: int) -> bool:
    """Whether the season or month at `at` stands before its noun ("the summer offensive", "the Winter Offensive")."""
    after = _at(tokens, at + 1)
    if after is None or _lower(after) in FUNCTION_WORDS:
        return False
    return _is_plain_word(after) or (after.cls == "CAPITAL" and tokens[at].text[0].isupper())


def is_bare_season(tokens: Sequence[Token], first: int, at: int) -> bool:
    token, before, after = tokens[at], _at(tokens, first - 1), _at(tokens, at + 1)
    word = token.text.casefold()
    cue = before.cls if before is not None else "BREAK"
    inner = tokens[first:at]
    has_article = any(t.cls == "THE" for t in inner)
    if word == "spring" and (
        cue in ("TO", "NUMWORD")
        or (cue == "ARTICLE" and not is_attributive(tokens, at))
        or _lower(after) in ("up", "from", "into", "water", "back")
        or (token.text[0].isupper() and cue not in ("BREAK", "IN", "OF", "BY", "STOP", "SINCE"))
    ):
        return False
    if _lower(before) in SETS or (
        token.text[0].isupper()
        and ((cue == "CAPITAL" and not is_attributive(tokens, at)) or _lower(after) in SEASON_NAMES)
    ):
        return False
    if token.cls == "FALL":
        if after is not None and after.cls == "OF":
            return False
        if any(t.cls == "EARLY" for t in inner):
            return True
        return (cue in ("IN", "BY", "SINCE") and (has_article or cue == "IN")) or (has_article and cue in ("OVER",))
    return not (after is not None and after.start == token.end and after.cls == "HYPHEN")


def is_weekday(tokens: Sequence[Token], first: int, at: int, *, alone: bool) -> bool:
    token, before, after = tokens[at], _at(tokens, first - 1), _at(tokens, at + 1)
    if token.cls == "WDAYSHORT" and not token.text.endswith("."):
        cue = before.cls if before is not None else "BREAK"
        if cue not in ("ON", "LAST", "NEXT", "BREAK", "OPEN", "BY", "SINCE", "EARLY") or (
            token.text in ("Sun", "Sat", "Mon", "Wed") and cue in ("BREAK", "OPEN")
        ):
            return False
    if token.cls == "WDAYSHORT" and token.text.casefold() in ("sat.", "sun.", "mon.") and alone:
        cue = before.cls if before is not None else "BREAK"
        return cue in ("ON", "LAST", "NEXT", "EARLY", "BY", "SINCE")
    if not token.text[0].isupper() and _lower(before) in FUNCTION_WORDS - {
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
    if alone and (_lower(before) in COLOURED_DAYS or _lower(before) in SETS):
        return False
    return not (alone and after is not None and after.cls == "CAPITAL" and _lower(after) in NEWSPAPER_WORDS)


def is_clock(tokens: Sequence[Token], first: int, stop: int) -> bool:
    span = tokens[first:stop]
    if any(t.cls in ("MERIDIEM", "ZONE", "OCLOCK") for t in span):
        return True
    before, after = _at(tokens, first - 1), _at(tokens, stop)
    if _lower(after) in ("hours", "hrs", "local", "moscow", "kyiv", "kiev"):
        return True
    return (
        before is not None
        and before.cls in ("AT", "APPROX", "BY", "SINCE", "FROM", "BEFORE", "AFTER", "OPEN")
        and _lower(after) not in COUNTED
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
    before = _at(tokens, first - 1)
    if tokens[stop - 1].text[0].isupper() and stop - first == 1 and before is not None and before.cls == "CAPITAL":
        return False
    return stop - first > 1 or (before is not None and before.cls in POINT_CUES)


def is_part_of_day(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "in the morning", "one afternoon"; a bare "night" or "morning" says no day."""
    before, after = _at(tokens, first - 1), _at(tokens, stop)
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
    token = _at(tokens, at)
    if token is None or token.cls in ("STOP", "COMMA", "BREAK", "CLOSE", "HYPHEN", "AND", "IN", "ON", "AT"):
        return False
    return token.text[0].isalnum() and token.text.casefold() not in NO_COMPLEMENT


def begins_noun_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether an article, a possessive or a name stands at `at`."""
    token = _at(tokens, at)
    return token is not None and (token.cls in ("THE", "ARTICLE", "CAPITAL") or _lower(token) in POSSESSIVES)


DATE_WORDS = frozenset({"MONTH", "WDAY", "YEAR", "DAYREF", "HOLIDAY", "ISO", "NUMERIC", "LAST", "NEXT"})


def is_date_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether a date begins at `at`, after an article or not."""
    if at < len(tokens) and tokens[at].cls == "THE":
        at += 1
    token = _at(tokens, at)
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
    before = _at(tokens, at - 1)
    if before is None or before.end != tokens[at].start:
        return False
    return (len(before.text) == 1 and before.text.isupper()) or before.text.casefold() in TITLES
