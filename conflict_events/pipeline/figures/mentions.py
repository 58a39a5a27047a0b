"""Groups of people in a parsed sentence, counted ("some forty hill fighters") or not ("the soldiers", "Captain Ruiz").

The count is tied to its noun by a walk over the words that follow it, because that also holds where the text
lost its punctuation and the parse is wrong; the parse gives the head by which the group hangs in its sentence.
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from conflict_events.pipeline.figures.lexicon import NOMINAL, NOUN_SENSES, SENSES, people_class, singular
from conflict_events.pipeline.syntax import Tree
from conflict_events.text import numerals
from conflict_events.text.measures import MONTHS, measure_of
from conflict_events.text.number_words import TENS, UNITS
from conflict_events.text.numerals import FoundQuantity, Quantity
from conflict_events.text.quantity_words import PLURALS, SHARES

PERSON_PRONOUNS = frozenset(
    "he she him her his they them their himself herself themselves those everyone anyone everybody anybody someone somebody all us we i me".split()
)
PLURAL_PRONOUNS = frozenset("they them their themselves those everyone everybody all us we".split())
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december today yesterday tomorrow overnight tonight last this next early late morning evening "
    "afternoon night week month year".split()
)
EACH = frozenset({"each", "every", "per"})
PLURAL_WORDS = frozenset("people police personnel troops children men women policemen staff servicemen crew".split())
# "heavy losses" tell of several, by the annotation guidelines of three or more
GRAVE = frozenset(
    "heavy massive major serious significant severe large high huge great considerable substantial extensive enormous".split()
)
DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest outside inside near".split())
CONDITIONS = frozenset({"dead", "missing", "hurt", "wounded", "injured", "killed", "unhurt", "unharmed"})
UNCOUNTED = frozenset({"casualties", "losses", "toll", "fatalities", "deaths"})
COLLECTIVES = frozenset(
    "population crew garrison entourage community tribe clergy militia family populace minority".split()
)
OTHER_WORDS = frozenset("other others more additional further".split())
PARTITIVE = frozenset("of all both half many such".split())  # what may stand between a count and a determiner
LONGEST_NOUN_PHRASE = 12
AGE_BOUNDS = frozenset({"over", "under", "above", "below"})
OLDEST = 110  # years
AGED = 4  # tokens after "aged" in which a number tells an age: "aged between 20 and over 70"
YEAR = re.compile(r"(?:19|20)\d\d")


class Mention(NamedTuple):
    """A group of people: tokens ``start`` to ``end`` (exclusive) with their count, if one is told.

    ``head`` is the token by which it hangs in the sentence, ``noun`` the noun that names the people (None for a
    bare number), ``count_end`` the token after the count. ``form`` says how the group is told.
    """

    start: int
    end: int
    head: int
    noun: int | None
    count_end: int
    quantity: Quantity
    form: str

    @property
    def counted(self) -> bool:
        """Whether the text tells a quantity."""
        return self.count_end > self.start


def counted_mentions(tree: Tree, start: int, end: int) -> list[Mention]:
    """The quantities of the tokens ``start`` to ``end`` that may count people, with their nouns."""
    words = tree.lower[start:end]
    for k in range(1, len(words) - 1):
        # a hyphen between blanks parts: "LAHORE - 12 people", "Jan 3 - 12 people"
        if words[k] == "-" and tree.end[start + k - 1] < tree.idx[start + k] and _parts(tree, start + k):
            words[k] = "—"
        elif (
            YEAR.fullmatch(words[k - 1])
            and tree.text[start + k].istitle()
            and (words[k] in UNITS or words[k] in TENS or words[k] in PLURALS)
        ):
            # "4 May 2012 Nine people": a headline starts after its date
            words[k - 1] = "—"
    found = []
    for q in numerals.find(words):
        if q.end < len(words) and words[q.end] in ("-", "\u2011") and q.form == "number" and q.end + 1 < len(words):
            continue
        if measure_of(words, q) is None and not _is_whole(words, q.start):
            mention = _with_noun(tree, q, start, end)
            if mention is not None:
                found.append(mention)
    starts = {m.start for m in found}
    # a bare number right before another quantity counts nothing: "19.07.2016 2440 Over 100 civilians"
    found = [m for m in found if m.form != "bare" or m.end not in starts]
    counted = {i for m in found for i in range(m.start, m.end)}
    for i in range(start, end):
        if tree.lower[i] in GRAVE and i not in counted:
            noun = next((k for k in range(i + 1, min(end, i + 4)) if tree.lower[k] in UNCOUNTED), None)
            if noun is not None and tree.tag[noun].startswith("NN"):
                found.append(Mention(i, noun + 1, noun, noun, i + 1, Quantity(None, 3, None, "vague"), "grave"))
    return found


def _parts(tree: Tree, i: int) -> bool:
    """Whether the spaced hyphen ``i`` ends a dateline, a bullet or a heading, not the first number of a range."""
    if tree.end[i] == tree.idx[i + 1]:
        return False
    return not tree.lower[i - 1][:1].isdigit() or (i > 1 and tree.lower[i - 2] in MONTHS)


def _is_whole(words: list[str], start: int) -> bool:
    """Whether the quantity is what a share is of: "a third of the regiment's 900 men" states no 900."""
    before = words[max(0, start - 6) : start]
    return any(a in SHARES and b == "of" for a, b in itertools.pairwise(before))


def _with_noun(tree: Tree, q: FoundQuantity, offset: int, limit: int) -> Mention | None:
    first, core, after = q.start + offset, q.core + offset, q.end + offset
    noun = _noun_after(tree, after, min(limit, after + LONGEST_NOUN_PHRASE))
    form = q.form
    if noun is None:
        if form == "article" or (form == "none" and tree.lower[first] == "no" and after - first == 1):
            return None
        if form == "ordinal" and not (_determined(tree, first) and tree.lower[after : after + 1] != ["of"]):
            return None
        if form == "number" and _is_age(tree, first, after):
            return None
        if tree.lower[after - 1] in ("both", "all") and _is_age(tree, after, after + 2):
            return None
        if tree.lower[core] in ("some", "most", "many") and tree.tag[core] in ("RB", "MD"):
            return None
        head = _exit(tree, first, after, core)
        if (
            first > 0
            and form == "number"
            and tree.tag[first - 1] == "NNP"
            and first - 1 in (tree.head[core], tree.head[head])
            and not _gapped(tree, first - 1, offset)
        ):
            return None
        return Mention(first, after, head, None, after, q.quantity, "bare" if form in ("number", "range") else form)
    if form == "article" and (tree.tag[noun] == "NNS" or tree.lower[noun] in PLURAL_WORDS):
        return None
    if form == "ordinal" and tree.tag[noun] == "NNS":
        return None
    partitive = after < limit and (tree.lower[after] == "of" or tree.lower[after - 1] == "of")
    head = _exit(tree, first, noun + 1, core if partitive else noun)
    return Mention(first, noun + 1, head, noun, after, q.quantity, form)


def _gapped(tree: Tree, name: int, offset: int) -> bool:
    """Whether a name with a number repeats a clause without its verb: "Britain lost 255, Argentina 649"."""
    low = max(offset, name - LONGEST_NOUN_PHRASE)
    while name > low and tree.tag[name - 1].startswith("NNP"):
        name -= 1
    if name <= low or tree.lower[name - 1] not in (",", ";", "and", "while", "but"):
        return False
    for k in range(name - 1, low - 1, -1):
        sense = SENSES.get(tree.lower[k])
        if sense is not None and sense.role in ("lose", "act"):
            return True
    return False


def _age_end(tree: Tree, i: int, limit: int) -> int:
    """The token after an age told before its noun ("a 45-year-old woman"); 0 where none starts at ``i``."""
    word = tree.lower[i]
    if not (word[0].isdigit() or word in UNITS or word in TENS):
        return 0
    for k in range(i, min(limit, i + 6)):
        if tree.lower[k].endswith("old"):
            return k + 1 if any("year" in tree.lower[j] or "month" in tree.lower[j] for j in range(i, k + 1)) else 0
    return 0


def _determined(tree: Tree, i: int) -> bool:
    return tree.lower[i] in ("a", "another") or (i > 0 and tree.lower[i - 1] == "the")


def _is_age(tree: Tree, start: int, end: int) -> bool:
    """A number that tells how old people are: "the minister, 58, said", "a girl of six", "two men, both over 70"."""
    if {"aged", "ages"} & set(tree.lower[max(0, start - AGED) : start]):
        return True
    bounded = start > 0 and end - start == 2 and tree.lower[start] in AGE_BOUNDS
    if bounded and (tree.lower[start - 1] in ("both", "all", "each") or people_class(tree.lower[start - 1])):
        return tree.lower[end - 1] in TENS or (tree.lower[end - 1].isdigit() and int(tree.lower[end - 1]) <= OLDEST)
    return (
        start > 1
        and end < len(tree)
        and tree.lower[start - 1] == "," == tree.lower[end]
        and tree.tag[start - 2] in ("NN", "NNP")
        and end - start == 1
    ) or (
        # "a girl of six"
        start > 1
        and end - start == 1
        and tree.lower[start - 1] == "of"
        and tree.tag[start - 2] == "NN"
        and bool(people_class(tree.lower[start - 2]))
    )


def _noun_after(tree: Tree, i: int, limit: int) -> int | None:
    """The last noun of the run of noun-phrase words that starts at ``i``; None where no noun follows."""
    noun = adjective = None
    if i < limit and tree.lower[i] == "of":
        i += 1
    while i < limit:
        age_end = _age_end(tree, i, limit)
        if age_end:
            i = age_end
            continue
        if _ends_phrase(tree, i, noun, limit) or not _in_phrase(tree, i, noun, limit):
            break
        tag = tree.tag[i]
        if tag.startswith("NN"):
            noun = i
        elif tag.startswith("JJ") and (people_class(tree.lower[i]) or tree.text[i].istitle()):
            adjective = i
        i += 1
    if noun is None:
        # "a civilian", "an American": nouns that the tagger takes for adjectives
        return adjective if adjective == i - 1 else None
    sense = SENSES.get(tree.lower[noun])
    if sense is not None and sense.role in ("event", "toll") and tree.tag[noun] not in ("NN", "NNS"):
        return None
    return noun


def _ends_phrase(tree: Tree, i: int, noun: int | None, limit: int) -> bool:
    """Whether the word ``i`` cannot go on with the phrase that holds ``noun``, whatever its tag."""
    word, tag = tree.lower[i], tree.tag[i]
    following = tree.lower[i + 1] if i + 1 < len(tree) else ""
    if tree.is_space[i]:
        return "\n" in tree.text[i]
    if word in CALENDAR or word in EACH or (word == "a" and following in CALENDAR):
        return True
    if word in DIRECTIONS and (noun is not None or following == "of"):
        return True
    if word in CONDITIONS and not _noun_soon(tree, i, limit):
        return True
    return tag.startswith("NN") and (word in PLURALS or _starts_clause(tree, i, noun))


def _in_phrase(tree: Tree, i: int, noun: int | None, limit: int) -> bool:
    """Whether the word ``i`` may stand in a noun phrase whose noun so far is ``noun``."""
    word, tag = tree.lower[i], tree.tag[i]
    if tree.is_space[i] or tag.startswith("NN") or tag in ("POS", "HYPH") or word in ("-", "'s", "’s", "'"):
        return True
    if tag in ("DT", "PDT", "PRP$"):
        return noun is None and tree.lower[i - 1] in PARTITIVE
    if tag == "CD" and word not in OTHER_WORDS:
        return noun is None and tree.lower[i - 1] in ("of", "the", "its", "their")
    if tag.startswith("JJ") or word in OTHER_WORDS or tag == "AFX":
        return noun is None or _noun_soon(tree, i, limit)
    if tag in ("VBN", "VBG", "VBD", "RB") and _modifies_noun(tree, i, limit):
        return noun is None or not (word in SENSES or tree.tag[noun] == "NNS")
    return False


def _starts_clause(tree: Tree, i: int, noun: int | None) -> bool:
    """Whether the word ``i``, tagged as a noun, begins something new: a headline verb, a name after people."""
    sense = SENSES.get(tree.lower[i])
    if sense is not None and sense.role in ("act", "undergo", "lose"):
        return tree.tag[i] != "NNS" or sense.lemma not in NOUN_SENSES
    if noun is None or noun != i - 1 or not people_class(tree.lower[noun]):
        return False
    # "ten civilians activists said": without punctuation a plural is the end of its phrase
    return tree.tag[noun] == "NNS" and not noun < tree.head[noun] <= i + 2


def _noun_soon(tree: Tree, i: int, limit: int) -> bool:
    following = range(i + 1, min(limit, i + 4))
    return any(tree.tag[k].startswith("NN") and tree.head[i] == k and tree.lower[k] not in PLURALS for k in following)


def _modifies_noun(tree: Tree, i: int, limit: int) -> bool:
    head = tree.head[i]
    if i < head < limit and tree.tag[head].startswith("NN") and tree.role[i] in ("amod", "compound", "advmod"):
        return True
    if tree.tag[i] == "RB":
        return (
            i + 1 < limit
            and tree.tag[i + 1] in ("JJ", "VBN")
            and tree.head[i] == i + 1
            and _noun_soon(tree, i + 1, limit)
        )
    return tree.tag[i] == "VBG" and i < head < limit and tree.role[i] == "amod"


def _exit(tree: Tree, start: int, end: int, wanted: int) -> int:
    """The token of the range by which it hangs on the rest of the sentence, starting the climb at ``wanted``."""
    i = wanted
    for _ in range(LONGEST_NOUN_PHRASE):
        up = tree.head[i]
        if up == i or not start <= up < end:
            return i
        i = up
    return i


def mention_at(tree: Tree, head: int, bounds: tuple[int, int]) -> Mention | None:
    """The group of people that the noun or pronoun ``head`` names without counting it; None for anything else."""
    pos, tag, word = tree.pos[head], tree.tag[head], tree.lower[head]
    if pos == "PRON" or tag in ("PRP", "PRP$"):
        if word not in PERSON_PRONOUNS:
            return None
        plural = word in PLURAL_PRONOUNS
        quantity = Quantity(None, 2, None, "unspecified") if plural else Quantity(1, 1, 1, "exact")
        return Mention(head, head + 1, head, None, head, quantity, "pronoun" if word != "those" else "those")
    if word in NOMINAL and tree.child(head, "det") is not None and tag in ("VBN", "JJ", "NNS", "NN", "VBD"):
        start = tree.noun_phrase(head)[0]
        return Mention(start, head + 1, head, head, start, Quantity(None, 2, None, "unspecified"), "adjective")
    if pos not in ("NOUN", "PROPN") and not tag.startswith("NN"):
        return None
    if word in CALENDAR and tag.startswith("NNP"):
        return None
    left, right = tree.noun_phrase(head)
    left, right = max(left, bounds[0]), min(right, bounds[1])
    while left < head and (tree.tag[left] in ("IN", "TO", "CC", ",", ":", "``", "''", ".") or tree.is_space[left]):
        left += 1
    left = max(left, head - LONGEST_NOUN_PHRASE)
    if is_plural(tree, head):
        quantity = Quantity(None, 2, None, "unspecified")
        form = "definite" if tree.lower[left] in ("the", "these", "those") or tree.tag[left] == "PRP$" else "plural"
    else:
        quantity = Quantity(1, 1, 1, "exact")
        first = tree.lower[left]
        form = (
            "name"
            if tag.startswith("NNP") and first not in ("the", "this", "that")
            else "the"
            if first in ("the", "this", "that")
            else "possessed"
            if tree.tag[left] == "PRP$" or tree.child(head, "nmod:poss") is not None
            else "singular"
        )
    return Mention(left, right, head, head, left, quantity, form)


def is_plural(tree: Tree, i: int) -> bool:
    """Whether the noun ``i`` speaks of several people."""
    word = tree.lower[i]
    if tree.tag[i] in ("NNS", "NNPS") or word in PLURAL_WORDS or word in COLLECTIVES:
        return True
    return singular(word) != word and bool(people_class(word))
