"""Place names in a parsed text: from entities, the gazetteer and the words around a name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from conflict_events.geo.distance import bearing_of
from conflict_events.geo.gazetteer import Gazetteer, Match
from conflict_events.geo.ranking import FEATURE_WORDS
from conflict_events.pipeline.syntax import Tree

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LONGEST_RUN = 7
# a name without entity label or locative preposition must be of a place this well known
KNOWN_POPULATION = 100_000
WORD_POPULATION = 1_000_000
FUZZY_CUTOFF = 0.9

JOINERS = frozenset("al el ar as ash an ad at az ez de du da do dos das di del la le les los las of the and upon on "
                    "en e y - – ' ’ . am der den sur sous by bin".split())  # fmt: skip
LOCATIVES = frozenset("in at near from to into toward towards outside around across through throughout inside within "
                      "off via between along beyond above below over onto against of north south east west "
                      "northeast northwest southeast southwest".split())  # fmt: skip
SURE_LOCATIVES = frozenset("in near at outside around inside throughout across toward towards".split())
DIRECTIONS = frozenset("northern southern eastern western central northeastern northwestern southeastern southwestern "
                       "north south east west north-east north-west south-east south-west northeast northwest southeast "
                       "southwest north-eastern north-western south-eastern south-western greater upper lower downtown "
                       "upstate inner outer mid rural coastal mainland metropolitan occupied rebel-held "
                       "government-held government-controlled".split())  # fmt: skip
# a name followed by one of these is a part of another name
NOT_BEFORE = frozenset("post times herald tribune journal gazette news daily university college institute school "
                       "hospital street avenue boulevard road drive lane highway bank united city's press "
                       "club fc cup league championship award prize foundation inc corp ltd agency party".split())  # fmt: skip
NOT_AFTER = frozenset("mr mrs ms dr sir lord lady president minister general gen colonel col captain capt sgt lt maj major "
                      "judge sen senator rep gov governor".split())  # fmt: skip
UNITS = {"km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometres": 1.0,
         "mile": 1.609344, "miles": 1.609344, "mi": 1.609344}  # fmt: skip
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
        """All mentions in text order; none overlaps another."""
        found: list[Mention] = []
        i, n = 0, len(self.tree)
        while i < n:
            mention = self._at(i) if not self.tree.is_space[i] else None
            if mention is None:
                i += 1
                continue
            found.append(mention)
            i = mention.end
        voted = self._vote(found)
        return [self._around(m, voted) for m in voted]

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

    def _at(self, i: int) -> Mention | None:
        if self.cased and not self._is_name(i):
            return None
        start, end, label = self.entity[i]
        if label == "NORP" and start == i:
            found = self._demonym(i, end)
            if found:
                return found
        longest = self._run_end(i)
        for stop in range(longest, i, -1):
            if self.tree.lower[stop - 1] in JOINERS and stop - i > 1:
                continue
            name = self.slice(i, stop)
            matches = self.gazetteer.find(name)
            if not matches:
                continue
            demonyms = tuple(m for m in matches if m.kind == "demonym")
            if demonyms and (len(demonyms) == len(matches) or self._is_adjective(i, stop)):
                if self.cased or self.tree.lower[i] not in ("polish", "roman", "balkan", "scot", "turkey"):
                    return Mention(i, stop, name, label, demonyms, kind="demonym")
                return None
            places = tuple(m for m in matches if m.kind != "demonym")
            if places and self._accept(i, stop, name, places):
                return Mention(i, stop, name, self._label(i, stop), places)
        if label in PLACE_LABELS and start == i:
            return self._entity_only(i, end, label)
        return None

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
            elif self.tree.lower[k] == "," and self.tree.lower[k - 1] == "washington":
                continue
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

    def _accept(self, start: int, end: int, name: str, matches: tuple[Match, ...]) -> bool:
        """Whether the text uses a name of the gazetteer as a place's."""
        labels = {self.entity[k][2] for k in range(start, end)}
        before = self.tree.lower[start - 1] if start else ""
        after = self.tree.lower[end] if end < len(self.tree) else ""
        first, last = self.entity[start], self.entity[end - 1]
        if after in NOT_BEFORE and self._is_name(end):
            return False
        if after == "." and self.tree.text[end - 1] + "." == name:
            return True
        if all(m.kind == "abbreviation" for m in matches):
            return self._is_abbreviation(start, end, before)
        if POSTAL.match(name) and name in POSTAL_STATES:
            return before == ","
        if not self.cased:
            return self._accept_uncased(start, name, matches, before)
        if labels & PLACE_LABELS and not labels & {"PERSON", "ORG"}:
            return last[2] not in PLACE_LABELS or last[1] <= end or after in FEATURE_WORDS or after == ","
        if "PERSON" in labels:
            whole = first[0] == start and last[1] == end
            return whole and before in SURE_LOCATIVES and self.tree.lower[end - 1] not in self.surnames
        if labels & {"ORG", "EVENT"}:
            if first[0] == start and last[1] == end:
                return before in LOCATIVES or after == "," or _is_state(matches)
            return _is_state(matches) and (after in ("'s", "’s") or before == "of" or self.tree.pos[end - 1] == "PROPN" and end < last[1])
        return self._accept_unlabelled(start, end, matches, before, after)

    def _is_abbreviation(self, start: int, end: int, before: str) -> bool:
        """Abbreviations of states ("Miss.", "Pa.") count after a comma or with two capitals ("N.J.")."""
        name = self.slice(start, end)
        return before == "," or sum(c.isupper() for c in name) > 1 or self.entity[start][2] in PLACE_LABELS

    def _accept_uncased(self, start: int, name: str, matches: tuple[Match, ...], before: str) -> bool:
        if self.tree.pos[start] not in ("PROPN", "NOUN", "X", "ADJ") or len(name) < 4:
            return False
        known = matches[0].kind == "name" and matches[0].entry.population
        return _is_state(matches) and len(name) > 4 or before in SURE_LOCATIVES and known >= KNOWN_POPULATION

    def _accept_unlabelled(self, start: int, end: int, matches: tuple[Match, ...], before: str, after: str) -> bool:
        previous = start and self._is_name(start - 1) and before not in DIRECTIONS and not self._starts_sentence(start - 1)
        following = end < len(self.tree) and self._is_name(end) and after not in FEATURE_WORDS and after not in JOINERS
        if before in NOT_AFTER or (before == "." and start > 1 and self.tree.lower[start - 2] in NOT_AFTER):
            return False
        if previous or following or self.tree.lower[end - 1] in self.surnames:
            return False
        if not any(t in ("PROPN", "X") for t in self.tree.pos[start:end]):
            return False
        if before in SURE_LOCATIVES:
            return True
        biggest = max(m.entry.population for m in matches)
        if before in LOCATIVES or after in FEATURE_WORDS:
            return biggest >= KNOWN_POPULATION / 10 or end - start > 1
        if self._starts_sentence(start) and end - start == 1:
            return biggest >= WORD_POPULATION or (after in (",", "—", "-", "–") and biggest >= KNOWN_POPULATION)
        return biggest >= KNOWN_POPULATION

    def _starts_sentence(self, i: int) -> bool:
        return bool(self.tree.sents) and self.tree.sents[self.tree.sent[i]][0] == i

    def _entity_only(self, start: int, end: int, label: str) -> Mention | None:
        """An entity that the gazetteer does not know as it stands: trimmed, spelled otherwise, or unresolved."""
        while start < end and (self.tree.lower[start] in DIRECTIONS | {"the", "-"} or self.tree.lower[start] in FEATURE_WORDS):
            start += 1
        while end > start and (self.tree.lower[end - 1] in ("'s", "’s", ",", ".", "-", "'") or self.tree.is_space[end - 1]):
            end -= 1
        if start >= end or not any(self._is_name(k) for k in range(start, end)):
            return None
        name = self.slice(start, end)
        matches = self.gazetteer.find(name)
        if not matches:
            for k in range(end - 1, start, -1):
                word = self.tree.lower[k]
                part = self.gazetteer.find(self.slice(start, k))
                if part and (word in FEATURE_WORDS or word in FEATURES_INSIDE or label == "FAC"):
                    word = word if word in FEATURE_WORDS else None
                    return Mention(start, end, name, label, part, feature_word=word, kind="within" if not word else "name")
        if not matches and label != "FAC":
            matches = self.gazetteer.similar(name, cutoff=FUZZY_CUTOFF)
        if not matches and label == "LOC" and self.tree.pos[start] not in ("PROPN", "X"):
            return None
        return Mention(start, end, name, label, tuple(m for m in matches if m.kind != "demonym"))

    def _vote(self, found: list[Mention]) -> list[Mention]:
        """Bare names that the text elsewhere uses for people are left out."""
        labels: dict[str, Counter[str]] = {}
        for start, end, label in set(self.entity):
            if label:
                labels.setdefault(self.slice(start, end).casefold(), Counter())[label] += 1
        kept = []
        for m in found:
            votes = labels.get(m.name.casefold(), Counter())
            if m.kind == "name" and votes["PERSON"] > sum(votes[x] for x in PLACE_LABELS) and m.label not in PLACE_LABELS:
                continue
            kept.append(m)
        return kept

    def _around(self, m: Mention, found: list[Mention]) -> Mention:
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
    return 0.02 < upper


def _is_state(matches: tuple[Match, ...]) -> bool:
    """Whether a reading of the name is a country, a capital or a region as well known."""
    return any(
        m.kind != "generic" and (m.entry.precision == "country" or m.entry.feature == "P.PPLC" or m.entry.population > 2_000_000)
        for m in matches
    )
