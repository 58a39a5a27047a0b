"""Words that date and place what is told: days, spans of time, war, law, memory, and the features they make."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conflict_events.pipeline.attribution.targets import Target
from conflict_events.pipeline.syntax import Tree

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec""".split()
)
NEAR = frozenset(
    "today yesterday overnight tonight hours minutes earlier morning afternoon evening night dawn noon".split()
)
SPANS = frozenset("year years decade decades month months week weeks century days".split())
WAR = frozenset(
    """war conflict insurgency genocide uprising rebellion revolution invasion occupation campaign crackdown unrest
    struggle regime rule era wave spate series""".split()
)
LAW = frozenset(
    """accuse charge convict sentence try trial court prosecutor judge jail arrest suspect blame wanted indict extradite
    plead guilty acquit execute prison custody murder crime tribunal investigate investigation inquiry probe lawsuit
    suspect detain hunt search""".split()
)
MEMORY = frozenset(
    """mourn funeral bury anniversary commemorate memorial remember honor honour mark victim relative family protest
    condemn condolence avenge revenge retaliation response""".split()
)
EARLIER = frozenset(
    "previous previously earlier former recent recently last since ago then later past already so-called".split()
)
LINKERS = frozenset("also meanwhile elsewhere separately another other second third latest".split())
SUPERLATIVES = frozenset("first worst deadliest bloodiest biggest largest heaviest latest highest fiercest".split())
DECADE = re.compile(r"(?:(?:1[6-9]|20)\d0|['’]?\d0)s$|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies$")
YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")
_BEFORE_SPAN = frozenset(
    "last this past recent each every next two three four five six ten the a an few several".split()
)
HAPPENINGS = frozenset(
    """attack bombing blast explosion strike raid clash incident violence fighting shooting assault ambush battle operation
    killing bomb shelling airstrike attacker bomber offensive kidnapping massacre siege protest riot""".split()
)
_CASES = frozenset("in of after for during from by with over to since following amid before against".split())


def word_features(tree: Tree, tokens: Sequence[int], where: str, found: set[str], year: str | None) -> None:
    compared = False
    for k in tokens:
        low, lemma = tree.lower[k], tree.lemma[k]
        compared = compared or low in SUPERLATIVES
        if compared and low == "since":
            # "the first attack since last year": the date dates the comparison, not the event
            found.add(f"{where}:compared")
            break
        before = tree.lower[k - 1] if k else ""
        if low in WEEKDAYS:
            found.add(f"{where}:weekday")
            if before == "last":
                found.add(f"{where}:last_weekday")
        elif low in NEAR:
            found.add(f"{where}:{low}")
        elif low in SPANS:
            found.add(f"{where}:{before if before in _BEFORE_SPAN else 'x'}_{low}")
            found.add(f"{where}:span")
        elif YEAR.match(tree.text[k]):
            same = year is not None and tree.text[k] == year
            found.add(f"{where}:{'own_year' if same else 'year'}")
            if before == "in":
                found.add(f"{where}:in_year")
        elif low in MONTHS and tree.text[k][:1].isupper() and (low != "may" or tree.pos[k] == "PROPN"):
            follows = tree.text[k + 1] if k + 1 < len(tree) else ""
            found.add(f"{where}:month_day" if follows.strip(",").isdigit() and len(follows) < 3 else f"{where}:month")
            if before in ("in", "since", "last", "of"):
                found.add(f"{where}:{before}_month")
        elif lemma in WAR:
            found.add(f"{where}:war")
            found.add(f"{where}:{lemma}")
        elif lemma in LAW:
            found.add(f"{where}:law")
        elif lemma in MEMORY:
            found.add(f"{where}:memory")
        elif low in EARLIER or low in LINKERS:
            found.add(f"{where}:{low}")
        elif low in ("the", "this", "that", "these") and k + 1 < len(tree) and tree.lemma[k + 1] in HAPPENINGS:
            found.add(f"{where}:{low}_{'attack' if tree.lower[k + 1] == tree.lemma[k + 1] else 'attacks'}")
        elif lemma in HAPPENINGS and low != lemma and tree.pos[k] == "NOUN":
            found.add(f"{where}:plural_happening")
        elif lemma in (
            "two",
            "three",
            "several",
            "separate",
            "series",
            "different",
            "various",
            "twin",
            "multiple",
            "across",
        ):
            found.add(f"{where}:several_{lemma}")
        elif lemma in ("total", "toll", "number", "least", "overall", "far"):
            found.add(f"{where}:{lemma}")


def names_day(tree: Tree, k: int) -> bool:
    low = tree.lower[k]
    month = low in MONTHS and tree.text[k][:1].isupper() and tree.pos[k] == "PROPN"
    return low in WEEKDAYS or month or YEAR.match(tree.text[k]) is not None or low in ("today", "yesterday")


def quantity_features(tree: Tree, target: Target, found: set[str]) -> None:
    start, end = target.span
    for k in range(max(0, start - 2), start):
        if tree.lower[k] in ("the", "those", "these", "all", "another", "other", "its", "his", "their"):
            found.add(f"before:{tree.lower[k]}")
    for k in range(start, end):
        if tree.lower[k] in (
            "more",
            "least",
            "about",
            "nearly",
            "some",
            "a",
            "an",
            "one",
            "the",
            "another",
            "thousands",
            "hundreds",
            "dozens",
            "several",
            "million",
        ):
            found.add(f"quantity:{tree.lower[k]}")
    if all(tree.pos[k] == "PROPN" or tree.lower[k] in ("mr.", "ms.", "mrs.", "the") for k in range(start, end)):
        found.add("quantity:name")
    follow = tree.lower[end] if end < len(tree) else ""
    if follow in ("more", "others", "other", "people", "of"):
        found.add(f"follow:{follow}")


def noun_features(tree: Tree, anchor: int, found: set[str]) -> None:
    for k in tree.children[anchor]:
        low = tree.lower[k]
        if tree.role[k] in ("det", "nmod:poss", "amod", "compound"):
            if low in (
                "the",
                "a",
                "an",
                "this",
                "that",
                "these",
                "those",
                "recent",
                "last",
                "previous",
                "another",
                "such",
            ):
                found.add(f"noun:{low}")
            elif tree.role[k] == "nmod:poss":
                found.add("noun:pronoun_possessive" if tree.tag[k] == "PRP$" else "noun:possessive")
            elif tree.ent_type[k] == "DATE" or low in WEEKDAYS:
                found.add("noun:dated")
        elif tree.role[k].startswith("nmod") and (DECADE.match(low) or YEAR.match(low)):
            # "the war of the 1990s", "the uprising of 1956"
            found.add("noun:of_year")
    if not any(tree.role[k] == "det" for k in tree.children[anchor]):
        found.add("noun:bare_plural" if tree.tag[anchor] == "NNS" else "noun:bare")
    case = tree.preposition(anchor)
    if case:
        found.add(f"noun:{case}" if case in _CASES else "noun:other_case")
    found.add(f"noun_role:{tree.role[anchor]}")
    if tree.tag[anchor] == "NNS":
        found.add("noun:plural")
