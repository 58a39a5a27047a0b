"""Place names in a parsed text: from entities, the gazetteer and the words around a name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from conflict_events.geo.distance import bearing_of
from conflict_events.geo.folding import fold
from conflict_events.geo.gazetteer import Gazetteer, Match
from conflict_events.geo.ranking import FEATURE_WORDS, lies_in
from conflict_events.pipeline.syntax import Tree

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LONGEST_RUN = 7
# a name without entity label or locative preposition must be of a place this well known
KNOWN_POPULATION = 100_000
TOWN_POPULATION = 1_000
FUZZY_CUTOFF = 0.9
# how surely a text uses a name as a place's: WEAK ones count where the same name is SURE elsewhere
NO, WEAK, FAIR, SURE = range(4)
NEVER = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
CALENDAR = frozenset("january february march april may june july august september october november december monday tuesday "
                     "wednesday thursday friday saturday sunday christmas easter ramadan".split())  # fmt: skip
COMMON_DEMONYMS = frozenset({"polish", "roman", "balkan", "scot", "scots", "arctic", "caucasian", "basque"})

JOINERS = frozenset("al el ar as ash an ad at az ez de du da do dos das di del la le les los las of the and upon on "
                    "en e y au aux ès - – ' ’ . am der den sur sous by bin".split())  # fmt: skip
LOCATIVES = frozenset("in at near from to into toward towards outside around across through throughout inside within "
                      "off via between along beyond above below over onto against of north south east west "
                      "northeast northwest southeast southwest".split())  # fmt: skip
SURE_LOCATIVES = frozenset("in near at outside around inside throughout across toward towards".split())
DIRECTIONS = frozenset("northern southern eastern western central northeastern northwestern southeastern southwestern "
                       "north south east west north-east north-west south-east south-west northeast northwest southeast "
                       "southwest north-eastern north-western south-eastern south-western greater upper lower downtown "
                       "upstate inner outer mid rural coastal mainland metropolitan metro occupied rebel-held "
                       "government-held government-controlled".split())  # fmt: skip
# a name followed by one of these is a part of another name
NOT_BEFORE = frozenset("post times herald tribune journal gazette news daily university college institute school "
                       "hospital street avenue boulevard road drive lane highway bank united city's press "
                       "club fc cup league championship award prize foundation inc corp ltd agency party".split())  # fmt: skip
NOT_AFTER = frozenset("mr mrs ms dr sir lord lady president minister general gen colonel col captain capt sgt lt maj major "
                      "judge sen senator rep gov governor".split())  # fmt: skip
UNITS = {"km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometres": 1.0,
         "mile": 1.609344, "miles": 1.609344, "mi": 1.609344}  # fmt: skip
# "Hammond police", "a Longview woman": the name of a town before those who live or govern there
PEOPLE_OF = frozenset("man woman boy girl teenager teen resident residents native police officials authorities mayor "
                      "sheriff couple family mother father firefighters hospital home area".split())  # fmt: skip
LOCAL_BODIES = frozenset("city county police mayor municipal council sheriff fire township parish district resident "
                         "residents".split())  # fmt: skip
FEATURES_INSIDE = frozenset("airport base camp crossing checkpoint bridge prison hospital square refinery station "
                            "university stadium port".split())  # fmt: skip
PLAIN_NUMBER = re.compile(r"\d{1,4}(?:\.\d+)?\Z")
POSTAL = re.compile(r"[A-Z]{2}\Z")
POSTAL_STATES = frozenset("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
                          "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One place name: tokens (end exclusive), the name as looked up, and what stands around it.

    ``away`` is (km, bearing in degrees) where the text tells a point beside the place; ``start`` is then that
    of the whole expression. ``others`` are names of an expression of two ("the X-Y border").
    """

    start: int
    end: int
    name: str
    label: str
    matches: tuple[Match, ...]
    feature_word: str | None = None
    away: tuple[float, float] | None = None
    others: tuple[str, ...] = ()
    kind: str = "name"


class Finder:
    """Finds the place names of one text; ``text`` is the Doc's."""

    def __init__(self, tree: Tree, text: str, gazetteer: Gazetteer) -> None:
        self.tree, self.text, self.gazetteer = tree, text, gazetteer
        self.entity = _entity_of(tree)
        self.cased = _is_cased(tree)
        self.surnames = self._surnames()

    def find(self) -> list[Mention]:
        """All mentions in text order; none overlaps another.

        A name with little to tell it from a person's or a thing's counts where the text elsewhere uses it
        plainly as a place's.
        """
        found: list[tuple[Mention, int]] = []
        i, n = 0, len(self.tree)
        while i < n:
            mention, evidence = self._at(i) if not self.tree.is_space[i] else (None, NO)
            if mention is None:
                i += 1
                continue
            found.append((mention, evidence))
            i = mention.end
        sure = {fold(m.name) for m, evidence in found if evidence == SURE}
        people = self._people()
        kept = []
        for m, evidence in found:
            name = fold(m.name)
            if evidence == SURE or name in sure or (evidence == FAIR and name not in people):
                kept.append(self._around(m))
        return kept

    def _people(self) -> set[str]:
        """Names that are entities of people more often than of places."""
        votes: Counter[str] = Counter()
        for start, end, label in set(self.entity):
            if label:
                votes[fold(self.slice(start, end))] += (label == "PERSON") - (label in PLACE_LABELS)
        return {name for name, vote in votes.items() if vote > 0}

    def slice(self, start: int, end: int) -> str:
        """Characters of tokens ``start`` to ``end`` (exclusive)."""
        return self.text[self.tree.idx[start] : self.tree.end[end - 1]]

    def _surnames(self) -> set[str]:
        """Last words of people named in full: alone, they mean the people again."""
        names = set()
        for start, end, label in set(self.entity):
            if label == "PERSON" and end - start > 1:
                names.add(self.tree.lower[end - 1])
        return names

    def _at(self, i: int) -> tuple[Mention | None, int]:
        """The mention that starts at token ``i``, and how surely the text means a place by it."""
        if self.cased and not self._is_name(i):
            return None, NO
        start, end, label = self.entity[i]
        if label == "NORP" and start == i:
            found = self._demonym(i, end)
            if found:
                return found, SURE
        doubtful: tuple[Mention | None, int] = (None, NO)
        for stop in range(self._run_end(i), i, -1):
            if self.tree.lower[stop - 1] in JOINERS and stop - i > 1:
                continue
            name = self.slice(i, stop)
            matches = self.gazetteer.find(name)
            if not matches:
                continue
            demonyms = tuple(m for m in matches if m.kind == "demonym")
            if demonyms and (len(demonyms) == len(matches) or self._is_adjective(i, stop)):
                if self.cased or self.tree.lower[i] not in COMMON_DEMONYMS:
                    return Mention(i, stop, name, label, demonyms, kind="demonym"), SURE
                return None, NO
            places = tuple(m for m in matches if m.kind != "demonym")
            evidence = self._evidence(i, stop, name, places) if places else NO
            if evidence > doubtful[1]:
                doubtful = (Mention(i, stop, name, self._label(i, stop), places), evidence)
            if evidence >= FAIR:
                return doubtful
        if label in PLACE_LABELS and start == i and doubtful[1] < FAIR:
            whole = self._entity_only(i, end, label)
            if whole[0] is not None and (doubtful[0] is None or whole[0].end > doubtful[0].end):
                return whole
        return doubtful

    def _is_name(self, i: int) -> bool:
        word = self.tree.text[i]
        return word[:1].isupper() or (word[:1] in "'‘’" and word[1:2].isupper())

    def _run_end(self, i: int) -> int:
        """End of the run of name words and joining words that starts at ``i``."""
        sentence = self.tree.sents[self.tree.sent[i]][1] if self.tree.sents else len(self.tree)
        last = k = i
        limit = min(sentence, i + LONGEST_RUN)
        while k + 1 < limit:
            k += 1
            if self.tree.is_space[k]:
                break
            if self._is_name(k) or not self.cased or self.tree.text[k].isdigit():
                last = k
            elif self.tree.lower[k] not in JOINERS:
                break
        return last + 1

    def _label(self, start: int, end: int) -> str:
        labels = [self.entity[k][2] for k in range(start, end)]
        return next((x for x in labels if x in PLACE_LABELS), next((x for x in labels if x), ""))

    def _is_adjective(self, start: int, end: int) -> bool:
        label = self.entity[start][2]
        return label == "NORP" or (label not in PLACE_LABELS and self.tree.tag[end - 1] in ("JJ", "NNPS", "NNS"))

    def _demonym(self, i: int, end: int) -> Mention | None:
        for stop in range(end, i, -1):
            name = self.slice(i, stop)
            matches = tuple(m for m in self.gazetteer.find(name) if m.kind == "demonym")
            if matches:
                return Mention(i, stop, name, "NORP", matches, kind="demonym")
        return None

    def _evidence(self, start: int, end: int, name: str, matches: tuple[Match, ...]) -> int:
        """How surely the text uses a name of the gazetteer as a place's."""
        tree = self.tree
        before = tree.lower[start - 1] if start else ""
        after = tree.lower[end] if end < len(tree) else ""
        if after in NOT_BEFORE and self._is_name(end):
            return NO
        if all(m.kind == "abbreviation" for m in matches):
            return SURE if self._is_abbreviation(start, end, before) else NO
        if POSTAL.match(name) and name in POSTAL_STATES:
            return SURE if before == "," else NO
        if not self.cased:
            return SURE if self._accept_uncased(start, name, matches, before) else NO
        labels = {self.entity[k][2] for k in range(start, end)}
        first, last = self.entity[start], self.entity[end - 1]
        state = _is_state(matches)
        if labels & NEVER or (end - start == 1 and (tree.lower[start] in CALENDAR or _is_acronym(name, matches))):
            return NO
        if end - start == 1 and tree.lower[start] in common_words():
            placed = before in SURE_LOCATIVES or after in FEATURE_WORDS
            return FAIR if labels & PLACE_LABELS and placed else NO
        whole = first[0] == start and last[1] == end
        if self._has_container(end, matches) and "PERSON" not in labels:
            return SURE
        if labels & PLACE_LABELS and not labels & {"PERSON", "ORG"}:
            if last[2] in PLACE_LABELS and last[1] > end and after not in FEATURE_WORDS and after != ",":
                return NO
            if state or before in LOCATIVES or after in FEATURE_WORDS:
                return SURE
            biggest = max(m.entry.population for m in matches)
            if biggest < KNOWN_POPULATION and (after in ("'s", "’s") or self._speaks(start, end)):
                return WEAK
            return FAIR if biggest >= TOWN_POPULATION or end - start > 1 else WEAK
        if "PERSON" in labels:
            return FAIR if whole and before in SURE_LOCATIVES and tree.lower[end - 1] not in self.surnames else NO
        if labels & {"ORG", "EVENT"}:
            if whole:
                return (
                    SURE if before in SURE_LOCATIVES or state else FAIR if before in LOCATIVES or after == "," else WEAK
                )
            if first[0] == start and (after in ("'s", "’s") or after in LOCAL_BODIES):
                return SURE if state or after in LOCAL_BODIES else WEAK
            return WEAK if first[0] == start else NO
        if self._accept_unlabelled(start, end, matches, before, after):
            return SURE if before in SURE_LOCATIVES else FAIR
        return WEAK if tree.pos[end - 1] == "PROPN" and not self._has_neighbour_name(start, end) else NO

    def _has_container(self, end: int, matches: tuple[Match, ...]) -> bool:
        """Whether a comma and the name of a country or region follow in which a reading lies ("Jermuk, Armenia")."""
        tree = self.tree
        if end + 1 >= len(tree) or tree.lower[end] != "," or not self._is_name(end + 1):
            return False
        for stop in range(self._run_end(end + 1), end + 1, -1):
            for holder in self.gazetteer.find(self.slice(end + 1, stop)):
                if holder.kind != "demonym" and any(lies_in(m.entry, holder.entry) for m in matches):
                    return True
        return False

    def _speaks(self, start: int, end: int) -> bool:
        """Whether the name is the subject of a verb of saying, as people are."""
        head = next((i for i in range(start, end) if not start <= self.tree.head[i] < end), start)
        return self.tree.role[head] == "nsubj" and self.tree.pos[self.tree.head[head]] == "VERB"

    def _is_abbreviation(self, start: int, end: int, before: str) -> bool:
        """Abbreviations of states ("Miss.", "Pa.") count after a comma or with two capitals ("N.J.")."""
        name = self.slice(start, end)
        return before == "," or sum(c.isupper() for c in name) > 1 or self.entity[start][2] in PLACE_LABELS

    def _accept_uncased(self, start: int, name: str, matches: tuple[Match, ...], before: str) -> bool:
        if self.tree.pos[start] not in ("PROPN", "NOUN", "X", "ADJ") or len(name) < 4:
            return False
        known = matches[0].kind == "name" and matches[0].entry.population
        return (_is_state(matches) and len(name) > 4) or (before in SURE_LOCATIVES and known >= KNOWN_POPULATION)

    def _has_neighbour_name(self, start: int, end: int) -> bool:
        """Whether another name word stands directly before or after, so that the name may be longer."""
        tree = self.tree
        before = tree.lower[start - 1] if start else ""
        if start and self._is_name(start - 1) and before not in DIRECTIONS and not self._starts_sentence(start - 1):
            return True
        after = tree.lower[end] if end < len(tree) else ""
        return end < len(tree) and self._is_name(end) and after not in FEATURE_WORDS and after not in LOCAL_BODIES

    def _accept_unlabelled(self, start: int, end: int, matches: tuple[Match, ...], before: str, after: str) -> bool:
        if before in NOT_AFTER or (before == "." and start > 1 and self.tree.lower[start - 2] in NOT_AFTER):
            return False
        if self._has_neighbour_name(start, end) or self.tree.lower[end - 1] in self.surnames:
            return False
        if self._starts_sentence(start) and not any(t in ("PROPN", "X") for t in self.tree.pos[start:end]):
            return False
        if before in SURE_LOCATIVES:
            return True
        biggest = max((m.entry.population for m in matches if m.kind == "name"), default=0)
        if before in LOCATIVES or after in FEATURE_WORDS:
            return biggest >= KNOWN_POPULATION / 10 or end - start > 1
        if after in PEOPLE_OF:
            return biggest >= TOWN_POPULATION
        if self._starts_sentence(start) and end - start == 1:
            dateline = after in ("—", "–", "--", "-", "(") and self.tree.text[start].isupper()
            return _is_state(matches) or (dateline and biggest >= TOWN_POPULATION)
        return biggest >= KNOWN_POPULATION

    def _starts_sentence(self, i: int) -> bool:
        return bool(self.tree.sents) and self.tree.sents[self.tree.sent[i]][0] == i

    def _entity_only(self, start: int, end: int, label: str) -> tuple[Mention | None, int]:
        """An entity that the gazetteer does not know as it stands: trimmed, spelled otherwise, or unresolved."""
        while start < end and (
            self.tree.lower[start] in DIRECTIONS | {"the", "-"} or self.tree.lower[start] in FEATURE_WORDS
        ):
            start += 1
        while end > start and (
            self.tree.lower[end - 1] in ("'s", "’s", ",", ".", "-", "'") or self.tree.is_space[end - 1]
        ):
            end -= 1
        if start >= end or not any(self._is_name(k) for k in range(start, end)):
            return None, NO
        name = self.slice(start, end)
        matches = self.gazetteer.find(name)
        if not matches:
            for k in range(end - 1, start, -1):
                word = self.tree.lower[k]
                part = self.gazetteer.find(self.slice(start, k))
                if part and (word in FEATURE_WORDS or word in FEATURES_INSIDE or label == "FAC"):
                    word = word if word in FEATURE_WORDS else ""
                    kind = "name" if word else "within"
                    return Mention(start, end, name, label, part, feature_word=word or None, kind=kind), FAIR
        before = self.tree.lower[start - 1] if start else ""
        after = self.tree.lower[end] if end < len(self.tree) else ""
        plain = before in LOCATIVES or after in FEATURE_WORDS or before in FEATURE_WORDS
        if not matches and label != "FAC" and plain:
            matches = self.gazetteer.similar(name, cutoff=FUZZY_CUTOFF)
        matches = tuple(m for m in matches if m.kind != "demonym")
        if not matches and self.tree.pos[start] not in ("PROPN", "X"):
            return None, NO
        if not matches and any(
            self.entity[k][2] == "PERSON" or self.tree.lower[k] in self.surnames for k in range(start, end)
        ):
            return None, NO
        evidence = SURE if before in SURE_LOCATIVES or after in FEATURE_WORDS else FAIR if plain else WEAK
        if matches and evidence == WEAK and _is_state(matches):
            evidence = FAIR
        return Mention(start, end, name, label, matches), evidence

    def _around(self, m: Mention) -> Mention:
        """The mention with what the words beside it say: its feature, a distance and a direction."""
        if m.kind == "demonym":
            return m
        lower, n = self.tree.lower, len(self.tree)
        after = lower[m.end] if m.end < n else ""
        word = m.feature_word
        if after in FEATURE_WORDS and after not in ("capital", "port"):
            word = after
        elif m.start >= 2 and lower[m.start - 1] == "of" and lower[m.start - 2] in FEATURE_WORDS:
            word = lower[m.start - 2]
        elif m.start >= 1 and lower[m.start - 1] in FEATURE_WORDS and lower[m.start - 1] != "state":
            word = lower[m.start - 1]
        return self._displaced(replace(m, feature_word=word))

    def _displaced(self, m: Mention) -> Mention:
        """A distance and direction before the name: "40 km west of X", "about 10 miles (16 km) north-east of X"."""
        lower, k = self.tree.lower, m.start - 1
        if k < 2 or lower[k] not in ("of", "from"):
            return m
        k -= 1
        for width in (3, 1):
            if k - width + 1 < 0:
                continue
            bearing = bearing_of("".join(lower[k - width + 1 : k + 1]))
            if bearing is not None:
                k -= width
                break
        else:
            return m
        if k >= 0 and lower[k] in ("the", "to"):
            k -= 1
        if k >= 0 and lower[k] == ")":
            while k > 0 and lower[k] != "(":
                k -= 1
            k -= 1
        if k < 1 or lower[k] not in UNITS or not PLAIN_NUMBER.match(lower[k - 1].replace(",", "")):
            return m
        km = float(lower[k - 1].replace(",", "")) * UNITS[lower[k]]
        return replace(m, start=k - 1, away=(km, bearing)) if km <= 1000 else m


def _entity_of(tree: Tree) -> list[tuple[int, int, str]]:
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


def _is_cased(tree: Tree) -> bool:
    """Whether capitals tell names in this text: not where hardly any or nearly all words have them."""
    words = [t for t in tree.text if t[:1].isalpha()]
    if len(words) < 8:
        return any(t[:1].isupper() for t in words)
    upper = sum(t[:1].isupper() for t in words) / len(words)
    return upper > 0.02


def _is_state(matches: tuple[Match, ...]) -> bool:
    """Whether a reading of the name is a country, a capital or a region as well known."""
    return any(
        m.kind != "generic"
        and (m.entry.precision == "country" or m.entry.feature == "P.PPLC" or m.entry.population > 2_000_000)
        for m in matches
    )


def _is_acronym(name: str, matches: tuple[Match, ...]) -> bool:
    """Whether a short name in capitals ("UN", "HIV") is more likely an acronym than the town of that name."""
    return (
        name.isupper()
        and name.isalpha()
        and len(name) <= 5
        and not any(m.entry.precision in ("country", "region") for m in matches)
    )


@cache
def common_words() -> frozenset[str]:
    """Names of places that English news mostly uses as common words ("police", "hall")."""
    text = (files("conflict_events") / "data" / "gazetteer_common.txt").read_text("utf-8")
    return frozenset(text.split())
