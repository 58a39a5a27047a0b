"""How surely a text uses a name of the gazetteer as a place's: by entity labels, the words around, and the parse."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from conflict_events.geo.gazetteer import Gazetteer, Match
from conflict_events.geo.ranking import FEATURE_WORDS, lies_in
from conflict_events.pipeline.syntax import Tree

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
NEVER = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
# NO; SAME: where the same name is SURE elsewhere; FITTING: also where it lies in a country of the report;
# FAIR: unless people have the name; SURE
NO, SAME, FITTING, FAIR, SURE = range(5)
# a name without entity label or locative preposition must be of a place this well known
KNOWN_POPULATION = 100_000
TOWN_POPULATION = 1_000
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
                       "club fc cup league championship award prize foundation inc corp ltd agency party mosque church "
    "cathedral temple hotel brigade brigades battalion battalions front".split())  # fmt: skip
NOT_AFTER = frozenset("mr mrs ms dr sir lord lady president minister general gen colonel col captain capt sgt lt maj major "
                      "judge sen senator rep gov governor".split())  # fmt: skip
# "Hammond police", "a Longview woman": the name of a town before those who live or govern there
PEOPLE_OF = frozenset("man woman boy girl teenager teen resident residents native police officials authorities mayor "
                      "sheriff couple family mother father firefighters hospital home area".split())  # fmt: skip
LOCAL_BODIES = frozenset("city county police mayor municipal council sheriff fire township parish district resident "
                         "residents".split())  # fmt: skip
CALENDAR = frozenset("january february march april may june july august september october november december monday tuesday "
                     "wednesday thursday friday saturday sunday christmas easter ramadan jan feb mar apr jun jul aug sep sept oct nov dec".split())  # fmt: skip
POSTAL = re.compile(r"[A-Z]{2}\Z")
POSTAL_STATES = frozenset("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
                          "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC".split())  # fmt: skip
POSSESSIVE = ("'s", "’s", "'", "’")


class Judge:
    """Weighs the uses of names in one text."""

    def __init__(self, tree: Tree, text: str, gazetteer: Gazetteer) -> None:
        self.tree, self.text, self.gazetteer = tree, text, gazetteer
        self.entity = entities(tree)
        self.cased = is_cased(tree)
        self.surnames = self._surnames()

    def _surnames(self) -> set[str]:
        """Last words of people named in full: alone, they mean the people again."""
        names = set()
        for start, end, label in set(self.entity):
            if label == "PERSON" and end - start > 1:
                names.add(self.tree.lower[end - 1])
        return names

    def slice(self, start: int, end: int) -> str:
        """Characters of tokens ``start`` to ``end`` (exclusive)."""
        return self.text[self.tree.idx[start] : self.tree.end[end - 1]]

    def is_name(self, i: int) -> bool:
        """Whether a token is written as a name."""
        word = self.tree.text[i]
        return word[:1].isupper() or (word[:1] in "'‘’" and word[1:2].isupper())

    def around(self, start: int, end: int) -> tuple[str, str]:
        """The words before and after, lower case, "" at the text's ends."""
        before = self.tree.lower[start - 1] if start else ""
        return before, self.tree.lower[end] if end < len(self.tree) else ""

    def evidence(self, start: int, end: int, name: str, matches: tuple[Match, ...]) -> int:
        """How surely the tokens name a place that ``matches`` know."""
        tree = self.tree
        before, after = self.around(start, end)
        if before == "the" and start > 1 and matches[0].entry.feature[0] in "HLT":
            before = tree.lower[start - 2]
        if after in NOT_BEFORE and self.is_name(end):
            return NO
        if all(m.kind == "abbreviation" for m in matches):
            return SURE if self._is_abbreviation(start, name, before) else NO
        if POSTAL.match(name) and name in POSTAL_STATES:
            return SURE if before == "," else NO
        if not self.cased:
            return SURE if self._uncased(start, name, matches, before) else NO
        labels = {self.entity[k][2] for k in range(start, end)}
        single = end - start == 1
        if labels & NEVER or (
            single and (tree.lower[start] in CALENDAR or tree.lower[start] in DIRECTIONS or _is_acronym(name, matches))
        ):
            return NO
        if single and tree.lower[start] in common_words():
            placed = before in SURE_LOCATIVES or after in FEATURE_WORDS
            return FAIR if labels & PLACE_LABELS and placed else NO
        if single and tree.lower[start] in self.surnames and "PERSON" in labels:
            return NO
        if self._has_container(end, matches):
            return SURE
        if "PERSON" in labels:
            return self._as_person(start, end, matches, before)
        if "ORG" in labels:
            return self._as_organisation(start, end, matches, before, after)
        if labels & PLACE_LABELS:
            return self._as_place(start, end, matches, before, after)
        return self._unlabelled(start, end, matches, before, after)

    def _as_place(self, start: int, end: int, matches: tuple[Match, ...], before: str, after: str) -> int:
        last = self.entity[end - 1]
        longer = last[2] in PLACE_LABELS and last[1] > end and self.is_name(end)
        if longer and after not in FEATURE_WORDS:
            return NO
        if is_state(matches) or before in LOCATIVES or after in FEATURE_WORDS:
            return SURE
        biggest = max(m.entry.population for m in matches)
        if biggest < KNOWN_POPULATION and (after in POSSESSIVE or self._speaks(start, end)):
            return FITTING
        return FAIR if biggest >= TOWN_POPULATION or end - start > 1 else FITTING

    def _covers(self, start: int, end: int) -> bool:
        """Whether no entity reaches out of the tokens, but for a joining word ("Yerevan and")."""
        first, last = self.entity[start], self.entity[end - 1]
        joined = last[1] == end + 1 and self.tree.lower[end] in ("and", "or", ",", "-", "'s", "’s")
        return first[0] >= start and (last[1] <= end or joined)

    def _as_person(self, start: int, end: int, matches: tuple[Match, ...], before: str) -> int:
        if not self._covers(start, end):
            return NO
        if end - start == 1:
            return FAIR if before in SURE_LOCATIVES else FITTING
        if before in LOCATIVES or before == "on":
            return SURE
        return FAIR if is_state(matches) or _population(matches) >= KNOWN_POPULATION / 20 else FITTING

    def _as_organisation(self, start: int, end: int, matches: tuple[Match, ...], before: str, after: str) -> int:
        state = is_state(matches)
        if self._covers(start, end):
            if before in SURE_LOCATIVES or state:
                return SURE
            known = _population(matches) >= KNOWN_POPULATION / (20 if end - start > 1 else 1)
            return FAIR if known or before in LOCATIVES else FITTING
        if self.entity[start][0] != start:
            return NO
        if after in POSSESSIVE or after in LOCAL_BODIES:
            return SURE if state or after in LOCAL_BODIES else FITTING
        return SAME

    def _unlabelled(self, start: int, end: int, matches: tuple[Match, ...], before: str, after: str) -> int:
        tree = self.tree
        if before in NOT_AFTER or (before == "." and start > 1 and tree.lower[start - 2] in NOT_AFTER):
            return NO
        neighbour = self._has_neighbour_name(start, end)
        if neighbour or tree.lower[end - 1] in self.surnames:
            return NO
        if not any(t in ("PROPN", "X") for t in tree.pos[start:end]) and self._starts_sentence(start):
            return NO
        if before in SURE_LOCATIVES:
            return SURE
        biggest = _population(matches)
        if before in LOCATIVES or after in FEATURE_WORDS:
            return FAIR if biggest >= KNOWN_POPULATION / 10 or end - start > 1 else FITTING
        if after in PEOPLE_OF:
            return FAIR if biggest >= TOWN_POPULATION else FITTING
        if self._starts_sentence(start) and end - start == 1:
            dateline = after in ("—", "–", "--", "-", "(") and tree.text[start].isupper()
            return FAIR if is_state(matches) or (dateline and biggest >= TOWN_POPULATION) else FITTING
        return FAIR if biggest >= KNOWN_POPULATION else FITTING if tree.pos[end - 1] == "PROPN" else NO

    def _has_container(self, end: int, matches: tuple[Match, ...]) -> bool:
        """Whether a comma and the name of a country or region follow in which a reading lies ("Jermuk, Armenia")."""
        tree = self.tree
        if end + 1 >= len(tree) or tree.lower[end] != "," or not self.is_name(end + 1):
            return False
        for stop in range(self.run_end(end + 1), end + 1, -1):
            for holder in self.gazetteer.find(self.slice(end + 1, stop)):
                if holder.kind != "demonym" and any(lies_in(m.entry, holder.entry) for m in matches):
                    return True
        return False

    def run_end(self, i: int) -> int:
        """End of the run of name words and joining words that starts at ``i``."""
        tree = self.tree
        sentence = tree.sents[tree.sent[i]][1] if tree.sents else len(tree)
        last = k = i
        limit = min(sentence, i + LONGEST_RUN)
        while k + 1 < limit:
            k += 1
            if tree.is_space[k]:
                break
            if self.is_name(k) or not self.cased or tree.text[k].isdigit():
                last = k
            elif tree.lower[k] not in JOINERS:
                break
        return last + 1

    def _speaks(self, start: int, end: int) -> bool:
        """Whether the name is the subject of a verb, as people are."""
        head = next((i for i in range(start, end) if not start <= self.tree.head[i] < end), start)
        return self.tree.role[head] == "nsubj" and self.tree.pos[self.tree.head[head]] == "VERB"

    def _is_abbreviation(self, start: int, name: str, before: str) -> bool:
        """Abbreviations of states ("Miss.", "Pa.") count after a comma or with two capitals ("N.J.")."""
        return before == "," or sum(c.isupper() for c in name) > 1 or self.entity[start][2] in PLACE_LABELS

    def _uncased(self, start: int, name: str, matches: tuple[Match, ...], before: str) -> bool:
        if self.tree.pos[start] not in ("PROPN", "NOUN", "X", "ADJ") or len(name) < 4 or name in common_words():
            return False
        known = matches[0].kind in ("name", "alternate") and matches[0].entry.population
        return (is_state(matches) and len(name) > 4) or (before in SURE_LOCATIVES and known >= KNOWN_POPULATION)

    def _has_neighbour_name(self, start: int, end: int) -> bool:
        """Whether another name word stands directly before or after, so that the name may be longer."""
        before, after = self.around(start, end)
        if start and self.is_name(start - 1) and before not in DIRECTIONS and not self._starts_sentence(start - 1):
            return True
        return end < len(self.tree) and self.is_name(end) and after not in FEATURE_WORDS and after not in LOCAL_BODIES

    def _starts_sentence(self, i: int) -> bool:
        return bool(self.tree.sents) and self.tree.sents[self.tree.sent[i]][0] == i


LONGEST_RUN = 7
JOINERS = frozenset("al el ar as ash an ad at az ez de du da do dos das di del la le les los las of the and upon on "
                    "en e y au aux ès - – ' ’ . am der den sur sous by bin".split())  # fmt: skip


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


def _population(matches: tuple[Match, ...]) -> int:
    return max((m.entry.population for m in matches if m.kind == "name"), default=0)


def _is_acronym(name: str, matches: tuple[Match, ...]) -> bool:
    """Whether a short name in capitals ("UN", "HIV") is more likely an acronym than the town of that name."""
    letters = name.replace(".", "")
    plain = letters.isupper() and letters.isalpha() and len(letters) <= 5
    return plain and not any(m.entry.precision in ("country", "region") for m in matches)


@cache
def common_words() -> frozenset[str]:
    """Names of places that English news mostly uses as common words ("police", "hall")."""
    text = (files("conflict_events") / "data" / "gazetteer_common.txt").read_text("utf-8")
    return frozenset(text.split())
