"""What the words around a candidate say for or against its being a date: years and counts, modals and months."""

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
SEASON_NAMES = frozenset("olympics games palace paralympics school".split())
SETS = frozenset("every each most".split())
POSSESSIVES = frozenset("its his her their our my your".split())


def token_at(tokens: Sequence[Token], index: int) -> Token | None:
    """The token at `index`, ``None`` beyond either end."""
    return tokens[index] if 0 <= index < len(tokens) else None


def lowered(token: Token | None) -> str:
    """The word of a token in lower case, empty for none."""
    return token.text.casefold() if token is not None else ""


def is_plain_word(token: Token | None) -> bool:
    """Whether the token is a word that no rule of the grammar knows."""
    return token is not None and token.cls in ("OTHER", "UNITS", "HALF") and token.text[:1].isalpha()


def counts_something(tokens: Sequence[Token], at: int, *, after_month: bool = False) -> bool:
    """Whether the number at `at` counts the word after it ("12 people", "1,500 soldiers", "2000 troops")."""
    after = token_at(tokens, at + 1)
    word = lowered(after)
    if after is None or not is_plain_word(after) or word in FUNCTION_WORDS or after.text[0].isupper():
        return after is not None and after.text == "%"
    if word in COUNTED:
        return True
    if after_month:
        before = token_at(tokens, at - 2)
        return before is not None and before.cls in ("IN", "SINCE", "DAYNUM", "ORDNUM")
    return word.endswith("s") and not word.endswith("ss")


def is_attribute(tokens: Sequence[Token], at: int) -> bool:
    """Whether the ordinal in words at `at` belongs to the noun after it ("the first snow")."""
    after = token_at(tokens, at + 1)
    return tokens[at].cls == "ORDWORD" and is_plain_word(after) and lowered(after) not in FUNCTION_WORDS


def is_time_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows makes the digits a time of day, a share or an address ("1700 GMT", "1500 percent", "1500 block")."""
    after = token_at(tokens, at + 1)
    return (after is not None and after.cls in ("MERIDIEM", "ZONE", "OCLOCK")) or lowered(after) in (
        "%",
        "percent",
        "°",
        "block",
    )


def is_year(tokens: Sequence[Token], at: int, *, dated: bool) -> bool:
    """Whether the four digits at `at` are a year; `dated` says that a month, season or "the end of" is with them."""
    before, after = token_at(tokens, at - 1), token_at(tokens, at + 1)
    if is_time_number(tokens, at):
        return False
    if before is not None and before.text in ("$", "£", "€", "#", "+", "°", "*", "@"):
        return False
    if _is_glued(tokens, at):
        return False
    cue = before.cls if before is not None else "BREAK"
    if lowered(after) in COUNTED and not (dated and cue in ("OF", "COMMA", "DAYNUM")):
        return cue == "THE" and lowered(after) not in ("km", "miles", "meters", "metres")
    if dated:
        return not (
            counts_something(tokens, at)
            and cue
            not in ("EARLY", "MONTH", "MAYBEMONTH", "OF", "SEASON", "HOLIDAY", "YEARU", "HYPHEN", "THE", "COMMA")
        )
    if cue == "STOP" and lowered(token_at(tokens, at - 2)) in ("no", "nos", "art", "p", "pp"):
        return False
    if lowered(before) in NUMBERED or lowered(before) in COUNT_VERBS:
        return False
    if cue in ("APPROX", "OVER", "THAN"):
        second = token_at(tokens, at - 2)
        return second is not None and second.cls in YEAR_PREPOSITIONS and not counts_something(tokens, at)
    if cue in ("CAPITAL",) and before is not None and len(before.text) <= 3 and before.text.isupper():
        return False
    if counts_something(tokens, at):
        return lowered(before) in POSSESSIVES or (cue in YEAR_PREPOSITIONS and cue not in ("BY", "HYPHEN", "OPEN"))
    return True


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Part of a code such as "T-1953", "1234/5", "A2000" or "1953.4"."""
    token, before, after = tokens[at], token_at(tokens, at - 1), token_at(tokens, at + 1)
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
            second = token_at(tokens, at - 2)
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
            hyphen, number = token_at(tokens, k + step), token_at(tokens, k + 2 * step)
            if hyphen is None or number is None or hyphen.cls != "HYPHEN" or not number.text.isdigit():
                break
            if abs(number.start - tokens[k].start) > 6:
                break
            count, k = count + 1, k + 2 * step
    return count


def is_bare_month(tokens: Sequence[Token], at: int, *, modified: bool) -> bool:
    """Whether a month's name without day or year is one, rather than a modal ("may"), a march or a first name."""
    token, before, after = tokens[at], token_at(tokens, at - 1), token_at(tokens, at + 1)
    if modified:
        return True
    cue = before.cls if before is not None else "BREAK"
    if after is not None and after.cls == "HYPHEN" and after.start == token.end:
        second = token_at(tokens, at + 2)
        if second is not None and second.cls not in ("MONTH", "MAYBEMONTH", "YEAR"):
            return cue in ("IN", "SINCE", "BY")
    if token.cls == "MAYBEMONTH":
        if cue == "TO" and after is not None and after.cls == "OTHER" and lowered(after) not in FUNCTION_WORDS:
            return False
        if cue in ("ARTICLE", "THE", "POSS"):
            return is_plain_word(after) and lowered(after) not in FUNCTION_WORDS
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
    after = token_at(tokens, at + 1)
    if after is None or lowered(after) in FUNCTION_WORDS:
        return False
    return is_plain_word(after) or (after.cls == "CAPITAL" and tokens[at].text[0].isupper())


def is_bare_season(tokens: Sequence[Token], first: int, at: int) -> bool:
    token, before, after = tokens[at], token_at(tokens, first - 1), token_at(tokens, at + 1)
    word = token.text.casefold()
    cue = before.cls if before is not None else "BREAK"
    inner = tokens[first:at]
    has_article = any(t.cls == "THE" for t in inner)
    if word == "spring" and (
        cue in ("TO", "NUMWORD")
        or (cue == "ARTICLE" and not is_attributive(tokens, at))
        or lowered(after) in ("up", "from", "into", "water", "back")
        or (token.text[0].isupper() and cue not in ("BREAK", "IN", "OF", "BY", "STOP", "SINCE"))
    ):
        return False
    if lowered(before) in SETS or (
        token.text[0].isupper()
        and ((cue == "CAPITAL" and not is_attributive(tokens, at)) or lowered(after) in SEASON_NAMES)
    ):
        return False
    if token.cls == "FALL":
        if after is not None and after.cls == "OF":
            return False
        if any(t.cls == "EARLY" for t in inner):
            return True
        return (cue in ("IN", "BY", "SINCE") and (has_article or cue == "IN")) or (has_article and cue in ("OVER",))
    return not (after is not None and after.start == token.end and after.cls == "HYPHEN")
