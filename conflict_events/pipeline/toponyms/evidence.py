"""How surely a text uses a name of the gazetteer as a place's: by entity labels, the words around, and the parse."""

from __future__ import annotations

from conflict_events.geo.gazetteer import Gazetteer, Match
from conflict_events.geo.ranking import FEATURE_WORDS, lies_in
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.toponyms.names import (
    common_words,
    entities,
    is_acronym,
    is_cased,
    is_dateline,
    is_kind_of_name,
    is_region_in_full,
    is_short_form,
    is_state,
    population,
    shared_feature,
)
from conflict_events.pipeline.toponyms.words import (
    ARTICLES,
    CALENDAR,
    DIRECTIONS,
    JOINERS,
    LOCAL_BODIES,
    LOCATIVES,
    NEVER,
    NOT_AFTER,
    NOT_BEFORE,
    PARTIES,
    PEOPLE_OF,
    PLACE_LABELS,
    POSSESSIVE,
    POSTAL,
    POSTAL_STATES,
    STATE_BODIES,
    SURE_LOCATIVES,
)

# NO; HINT: never a place of its own, but it tells where the report is at home ("the Georgia Educators' Union");
# SAME: where the same name is SURE elsewhere; FITTING: also where it lies in a country of the report;
# FAIR: unless people have the name; SURE
NO, HINT, SAME, FITTING, FAIR, SURE = range(6)
# a name without entity label or locative preposition must be of a place this well known
KNOWN_POPULATION = 100_000
TOWN_POPULATION = 1_000
LONGEST_RUN = 7


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

    def is_article(self, i: int) -> bool:
        """Whether a small Arabic article starts a name here ("al-Qaim")."""
        tree = self.tree
        return (
            tree.lower[i] in ARTICLES
            and i + 2 < len(tree)
            and tree.text[i + 1] in ("-", "–")
            and self.is_name(i + 2)
            and tree.end[i] == tree.idx[i + 1]
        )

    def goes_on(self, end: int, matches: tuple[Match, ...]) -> bool:
        """Whether an article carries the name that ends here on ("Tal al-Hawa"), so that it is not of those places.

        Not where the recogniser ends it too, nor after the name of a city ("Aleppo al-Jadida" is a part of it).
        """
        ended = self.entity[end - 1][2] in PLACE_LABELS and self.entity[end - 1][1] == end
        carried = end < len(self.tree) and self.is_article(end) and not ended
        return carried and population(matches) < KNOWN_POPULATION

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
        if any(m.kind == "abbreviation" for m in matches) and (name.endswith(".") or len(matches) == 1):
            return SURE if self._is_abbreviation(start, name, before) else NO
        if is_region_in_full(tree.lower[start:end], after, matches) or self._is_seat_of_politician(start):
            return SURE
        if after in NOT_BEFORE and self.is_name(end):
            return self._as_part(start, matches)
        after = shared_feature(tree, end) or after
        if self.cased and is_dateline(tree, start, end):
            return SURE if population(matches) or is_state(matches) else FAIR
        if POSTAL.match(name) and name in POSTAL_STATES:
            return SURE if before == "," else NO
        if not self.cased:
            return SURE if self._uncased(start, name, matches, before) else NO
        labels = {self.entity[k][2] for k in range(start, end)}
        single = end - start == 1
        if labels & NEVER or (
            single and (tree.lower[start] in CALENDAR or tree.lower[start] in DIRECTIONS or is_acronym(name, matches))
        ):
            return NO
        if is_short_form(name, matches) or is_kind_of_name(tree.lower[start:end], matches):
            return NO
        if single and tree.lower[start] in self.surnames and before not in SURE_LOCATIVES and not is_state(matches):
            return SAME if labels & PLACE_LABELS else NO
        if single and tree.lower[start] in common_words():
            placed = before in SURE_LOCATIVES or after in FEATURE_WORDS
            return FAIR if labels & PLACE_LABELS and placed and self.entity[start][1] <= end else NO
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
        return FAIR if is_state(matches) or population(matches) >= KNOWN_POPULATION / 20 else FITTING

    def _as_part(self, start: int, matches: tuple[Match, ...]) -> int:
        """A name inside the name of an institution tells where the report is at home, if any people live there."""
        named = any(m.kind == "name" and m.entry.population >= TOWN_POPULATION for m in matches)
        return HINT if self.cased and self.entity[start][2] not in NEVER and (named or is_state(matches)) else NO

    def _is_seat_of_politician(self, start: int) -> bool:
        """ "D-Conn.", "R-Marshall": the party of a member of an American parliament, then where he is elected."""
        tree = self.tree
        return (
            start > 1
            and tree.text[start - 1] in ("-", "–")
            and tree.text[start - 2] in PARTIES
            and tree.end[start - 2] == tree.idx[start - 1]
            and tree.end[start - 1] == tree.idx[start]
        )

    def _as_organisation(self, start: int, end: int, matches: tuple[Match, ...], before: str, after: str) -> int:
        state = is_state(matches)
        if self._covers(start, end):
            if before in SURE_LOCATIVES or state:
                return SURE
            known = population(matches) >= KNOWN_POPULATION / (20 if end - start > 1 else 1)
            return FAIR if known or before in LOCATIVES else FITTING
        if self.entity[start][0] != start:
            return self._as_part(start, matches)
        if after in POSSESSIVE or after in LOCAL_BODIES:
            return SURE if state or after in LOCAL_BODIES else FITTING
        if any(m.entry.precision == "country" and m.kind != "generic" for m in matches):
            return SURE
        region = any(m.kind == "name" and m.entry.feature == "A.ADM1" for m in matches)
        return SURE if region and not STATE_BODIES.isdisjoint(self.tree.lower[end : end + 3]) else SAME

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
        biggest = population(matches)
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
        last = k = i
        limit = min(len(tree), i + LONGEST_RUN)
        while k + 1 < limit:
            k += 1
            # a boundary that the parser sees inside a name ("Nerkin And") has no punctuation
            apart = self._starts_sentence(k) and not tree.text[k - 1].isalpha()
            if tree.is_space[k] or apart:
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
