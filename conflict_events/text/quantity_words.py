"""Words around and instead of numbers: vague amounts, qualifiers with the bounds they set, shares, ordinals."""

from __future__ import annotations

import re
from fractions import Fraction

from conflict_events.text.number_words import GROUPS, SCALES, TENS, UNITS

# lowest number that a bare plural can stand for; the annotation guidelines' table
PLURALS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000, "billions": 2 * 10**9}
PLURAL_UNIT = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 10**6}
FEW = {
    "several": 3,
    "few": 3,
    "many": 3,
    "numerous": 3,
    "countless": 3,
    "multiple": 3,
    "some": 2,
    "most": 2,
    "various": 3,
}
AMOUNTS = {
    "number": 3,
    "numbers": 3,
    "handful": 3,
    "lot": 3,
    "lots": 3,
    "series": 3,
    "string": 3,
    "multitude": 3,
    "majority": 2,
    "many": 3,
}
AMOUNT_ADJECTIVES = frozenset(
    "large small great high growing unknown unspecified undisclosed undetermined unconfirmed significant considerable "
    "untold big huge vast good record limited increasing similar good equal".split()
)
UNKNOWN_AMOUNTS = frozenset("unknown unspecified undisclosed undetermined unconfirmed".split())
COLLECTIVES = {"couple": 2, "pair": 2, "trio": 3, "quartet": 4}
FAMILIES = frozenset("family group team crew gang convoy party band patrol household squad unit delegation".split())
SHARES = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
}
SHARES.update({"fifth": Fraction(1, 5), "fifths": Fraction(1, 5), "tenth": Fraction(1, 10), "tenths": Fraction(1, 10)})
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth".split()
)
NOBODY = frozenset({"nobody", "none"})
DASHES = frozenset("-‐‑–—~")
QUALIFIERS: dict[tuple[str, ...], str] = {
    tuple(words.split()): name
    for name, several in {
        "at_least": "at least|least|no fewer than|no less than|not fewer than|not less than|a minimum of|minimum of|"
        "as few as|at least more than|at the very least|at a minimum",
        "more_than": "more than|over|above|in excess of|upwards of|upward of|exceeding|exceeded|surpassed|"
        "surpassing|surpass|surpasses|exceed|exceeds|topped|topping|tops|greater than|larger than|higher than|bigger than|well over|just over|slightly more than|far more than|well above|passed|"
        "many more than|beyond|slightly over|a little over|past",
        "about": "about|around|some|approximately|roughly|an estimated|estimated|circa|or so|more or less|"
        "an average of about|something like|in the region of|in the order of|on the order of|perhaps|"
        "an average of some|somewhere around",
        "nearly": "nearly|almost|close to|approaching|as near as|virtually|just short of|nearing",
        "at_most": "up to|as many as|as much as|as high as|at most|no more than|not more than|a maximum of|maximum of|"
        "at the most|anything up to",
        "fewer_than": "fewer than|less than|under|below|just under|short of|slightly less than|slightly under",
        "exact": "exactly|precisely|a total of|a combined|a further|an additional|a record|a confirmed|an average of|"
        "a combined total of",
    }.items()
    for words in several.split("|")
}
STRONG = frozenset({"at_least", "at_most", "more_than", "fewer_than"})
AFTER = {
    ("or", "more"): "at_least",
    ("and", "more"): "at_least",
    ("or", "so"): "about",
    ("or", "fewer"): "at_most",
    ("or", "less"): "at_most",
    ("plus",): "at_least",
    ("+",): "at_least",
}
LONGEST_QUALIFIER = max(len(k) for k in QUALIFIERS)
ORDINAL_DIGITS = re.compile(r"\d+(?:st|nd|rd|th)")
QUALIFIER_STARTS = frozenset(k[0] for k in QUALIFIERS)
STARTS = (
    frozenset(UNITS)
    | TENS.keys()
    | SCALES.keys()
    | GROUPS.keys()
    | PLURAL_UNIT.keys()
    | (FEW.keys() - {"few"})
    | ORDINALS
    | NOBODY
    | QUALIFIER_STARTS
    | AMOUNT_ADJECTIVES
    | {
        "a",
        "an",
        "another",
        "no",
        "half",
        "quarter",
        "both",
        "between",
        "from",
        "not",
        "neither",
        "family",
        "numbers",
        "lots",
        "any",
        "all",
        "practically",
    }
    | {f"{t}-{u}" for t in TENS for u in list(UNITS)[1:10]}
    | {f"{u}-{s}" for u in UNITS for s in SCALES}
)
