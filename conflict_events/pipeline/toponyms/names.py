"""What a name and the gazetteer's readings of it tell without the sentence: states, regions in full, acronyms, common words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from conflict_events.geo.gazetteer import Match
from conflict_events.geo.ranking import FEATURE_WORDS
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.toponyms.words import PLURALS, REGION_WORDS

LONGEST_SERIES = 24
LONGEST_DATELINE = 10


def entities(tree: Tree) -> list[tuple[int, int, str]]:
    """For each token the entity that holds it: first token, end, label ("" for none)."""
    n = len(tree)
    out: list[tuple[int, int, str]] = [(i, i + 1, "") for i in range(n)]
    i = 0
    while i < n:
        label = tree.ent_type[i]
        if not label:
            i += 1
            continue
        end = i + 1
        while end < n and tree.ent_type[end] == label and not tree.ent_start[end]:
            end += 1
        for k in range(i, end):
            out[k] = (i, end, label)
        i = end
    return out


def is_cased(tree: Tree) -> bool:
    """Whether capitals tell names in this text: not where hardly any word has them."""
    words = [t for t in tree.text if t[:1].isalpha()]
    if len(words) < 8:
        return any(t[:1].isupper() for t in words)
    return sum(t[:1].isupper() for t in words) > 0.02 * len(words)


def is_state(matches: tuple[Match, ...]) -> bool:
    """Whether a reading of the name is a country, a capital or a region as well known."""
    return any(
        m.kind != "generic"
        and (m.entry.precision == "country" or m.entry.feature == "P.PPLC" or m.entry.population > 2_000_000)
        for m in matches
    )


def is_region_in_full(words: list[str], after: str, matches: tuple[Match, ...]) -> bool:
    """Whether the words, with the one after them, are the full name of a region ("Gwinnett County", "Helmand Province")."""
    full = after in REGION_WORDS or (len(words) > 1 and words[-1] in REGION_WORDS)
    return full and any(m.kind == "name" and m.entry.feature.startswith("A.ADM") for m in matches)


def is_dateline(tree: Tree, start: int, end: int) -> bool:
    """Whether a sentence begins with the name, in capitals, and a dash or colon ("BEIRUT —", "ORLANDO, Fla. (AP) --")."""
    letters = "".join(tree.text[start:end])
    if not tree.sents or tree.sents[tree.sent[start]][0] != start or not letters.isupper() or len(letters) < 3:
        return False
    for k in range(end, min(len(tree), end + LONGEST_DATELINE)):
        word = tree.text[k]
        if tree.is_space[k]:
            return False
        if word in ("—", "–", "--", "-", ":"):
            return True
        if not (word[:1].isupper() or word in (",", ".", "(", ")", "/") or word.isdigit()):
            return False
    return False


def shared_feature(tree: Tree, end: int) -> str | None:
    """What the plural after a series of names calls each of them ("Donetsk, Kherson and Luhansk regions").

    ``end`` is the end of any name of the series; None where no series and plural follow.
    """
    k, joined = end, False
    while k < min(len(tree), end + LONGEST_SERIES):
        word = tree.lower[k]
        if word in PLURALS:
            return PLURALS[word] if joined or k == end else None
        if word in (",", "and", "or", "&"):
            joined = True
        elif not tree.text[k][:1].isupper() and word not in ("-", "–", "'", "’"):
            return None
        k += 1
    return None


def population(matches: tuple[Match, ...]) -> int:
    return max((m.entry.population for m in matches if m.kind == "name"), default=0)


def is_acronym(name: str, matches: tuple[Match, ...]) -> bool:
    """Whether a short name in capitals ("UN", "HIV") is more likely an acronym than the town of that name."""
    letters = name.replace(".", "")
    plain = letters.isupper() and letters.isalpha() and len(letters) <= 5
    return plain and not any(m.entry.precision in ("country", "region") for m in matches)


def is_short_form(name: str, matches: tuple[Match, ...]) -> bool:
    """Whether a letter, an abbreviation ("Sen.") or words after "The" ("The City") only look like the name of a town."""
    bare = name.replace(".", "")
    if len(bare) < 2:
        return True
    if any(m.entry.precision in ("country", "region") or m.kind == "abbreviation" for m in matches):
        return False
    if name.endswith(".") and len(bare) < 5:
        return True
    return name[:4] in ("The ", "the ") and all(m.kind == "alternate" for m in matches)


def is_kind_of_name(words: list[str], matches: tuple[Match, ...]) -> bool:
    """Whether the words say what a place is before its name ("City of Oxford"): the name alone has all the readings."""
    said = len(words) > 2 and words[0] in FEATURE_WORDS and words[1] == "of"
    return said and all(m.kind == "alternate" and m.entry.feature.startswith("P.") for m in matches)


@cache
def common_words() -> frozenset[str]:
    """Names of places that English news mostly uses as common words ("police", "hall")."""
    text = (files("conflict_events") / "data" / "gazetteer_common.txt").read_text("utf-8")
    return frozenset(text.split())
