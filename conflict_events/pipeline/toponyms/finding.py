"""Place names in a parsed text: from entities, the gazetteer and the words around a name."""

from __future__ import annotations

from collections import Counter

from conflict_events.geo.folding import fold
from conflict_events.geo.gazetteer import Gazetteer
from conflict_events.geo.ranking import FEATURE_WORDS
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.toponyms.evidence import FAIR, FITTING, HINT, NO, SAME, SURE, Judge
from conflict_events.pipeline.toponyms.extents import Extents, Mention
from conflict_events.pipeline.toponyms.names import is_acronym, is_state
from conflict_events.pipeline.toponyms.words import (
    CALENDAR,
    DIRECTIONS,
    JOINERS,
    LOCATIVES,
    PLACE_LABELS,
    SURE_LOCATIVES,
)

FUZZY_CUTOFF = 0.93
FEATURES_INSIDE = frozenset("airport base camp crossing checkpoint bridge prison hospital square refinery station "
                            "university stadium port".split())  # fmt: skip
# sites that are places even where the recogniser takes their names for an organisation's
SITES = frozenset({"airport", "airbase", "airfield"})
COMMON_DEMONYMS = frozenset({"polish", "roman", "balkan", "scot", "scots", "arctic", "caucasian", "basque"})
# where English names people and towns alike, a region of the report must speak for a doubtful name
ANGLOPHONE = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA"})


class Finder:
    """Finds the place names of one text; ``text`` is the Doc's."""

    def __init__(self, tree: Tree, text: str, gazetteer: Gazetteer) -> None:
        self.tree, self.gazetteer = tree, gazetteer
        self.judge = Judge(tree, text, gazetteer)
        self.extents = Extents(tree, text, gazetteer)
        self.entity, self.cased = self.judge.entity, self.judge.cased
        self.slice = self.judge.slice
        self.hints: list[Mention] = []
        """Names inside names of institutions, in text order; filled by ``find``."""

    def find(self) -> list[Mention]:
        """All mentions in text order; a border, a front or a stretch between two of them is one more, before them.

        A name with little to tell it from a person's or a thing's counts where the text elsewhere uses it plainly
        as a place's, or where it lies in a country of the report.
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
        said = [m.matches[0].entry for m, e in found if e == SURE and m.matches]
        countries = {e.country for e in said} - ANGLOPHONE - {None}
        regions = {(e.country, e.admin1) for e in said if e.feature == "A.ADM1"}
        kept = []
        for m, evidence in found:
            name = fold(m.name)
            fits = evidence in (FITTING, FAIR) and any(
                x.entry.country in countries or (x.entry.country, x.entry.admin1) in regions
                for x in m.matches
                if x.kind != "generic"
            )
            if (
                evidence == SURE
                or (name in sure and evidence > HINT)
                or fits
                or (evidence == FAIR and name not in people)
            ):
                kept.append(self.extents.around(m))
            elif evidence in (HINT, SAME) and m.matches and name not in people:
                self.hints.append(m)
        return self.extents.stretches(kept)

    def _people(self) -> set[str]:
        """Names that are entities of people more often than of places."""
        votes: Counter[str] = Counter()
        for start, end, label in set(self.entity):
            if label:
                votes[fold(self.slice(start, end))] += (label == "PERSON") - (label in PLACE_LABELS)
        return {name for name, vote in votes.items() if vote > 0}

    def _at(self, i: int) -> tuple[Mention | None, int]:
        """The mention that starts at token ``i``, and how surely the text means a place by it."""
        if self.cased and not (self.judge.is_name(i) or self.judge.is_article(i)):
            return None, NO
        start, end, label = self.entity[i]
        if label == "NORP" and start == i and not self._longer_name(i, end):
            found = self._demonym(i, end)
            if found:
                return found, SURE
        doubtful: tuple[Mention | None, int] = (None, NO)
        carried = False
        for stop in range(self.judge.run_end(i), i, -1):
            if stop - i > 1 and self.tree.text[stop - 1] in JOINERS:
                continue
            name = self.slice(i, stop)
            matches = self.gazetteer.find(name)
            if self.judge.goes_on(stop, matches):
                carried = True
                continue
            if not matches:
                continue
            demonyms = tuple(m for m in matches if m.kind == "demonym")
            if demonyms and (len(demonyms) == len(matches) or self._is_adjective(i, stop)):
                if self.cased or self.tree.lower[i] not in COMMON_DEMONYMS:
                    return Mention(i, stop, name, label, demonyms, kind="demonym"), SURE
                return None, NO
            places = tuple(m for m in matches if m.kind != "demonym")
            evidence = self.judge.evidence(i, stop, name, places) if places else NO
            if evidence > doubtful[1]:
                doubtful = (Mention(i, stop, name, self._label(i, stop), places), evidence)
            if evidence >= FAIR:
                return doubtful
        site = label == "ORG" and self.tree.lower[end - 1] in SITES
        if (label in PLACE_LABELS or site) and start == i and doubtful[1] < FAIR:
            whole = self._entity_only(i, end, label)
            if whole[0] is not None and (doubtful[0] is None or whole[0].end > doubtful[0].end):
                return whole
        if carried and doubtful[0] is None and i and self.tree.lower[i - 1] in SURE_LOCATIVES:
            return self._carried(i), FAIR
        return doubtful

    def _carried(self, i: int) -> Mention:
        """A name that no gazetteer knows, of which an article tells that it is longer ("in Wadi al-Zahab District")."""
        stop = self.judge.run_end(i)
        while stop - 1 > i and self.tree.lower[stop - 1] in FEATURE_WORDS.keys() | JOINERS:
            stop -= 1
        return Mention(i, stop, self.slice(i, stop), "", ())

    def _longer_name(self, i: int, end: int) -> bool:
        """Whether a name of a state or area begins with what the entity takes for a nationality ("Czech Republic")."""
        names = (self.gazetteer.find(self.slice(i, stop)) for stop in range(self.judge.run_end(i), end, -1))
        return any(m.entry.precision in ("country", "area") and m.kind != "demonym" for found in names for m in found)

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

    def _entity_only(self, start: int, end: int, label: str) -> tuple[Mention | None, int]:
        """An entity that the gazetteer does not know as it stands: trimmed, spelled otherwise, or unresolved."""
        first = start
        while start < end and (
            self.tree.lower[start] in DIRECTIONS | {"the", "of", "-"} or self.tree.lower[start] in FEATURE_WORDS
        ):
            start += 1
        while end > start and (
            self.tree.lower[end - 1] in ("'s", "’s", ",", ".", "-", "'") or self.tree.is_space[end - 1]
        ):
            end -= 1
        if start >= end or not any(self.judge.is_name(k) for k in range(start, end)):
            return None, NO
        name = self.slice(start, end)
        matches = self.gazetteer.find(name)
        # a known name has its own turn, with what stands before it
        if matches and (is_acronym(name, matches) or (start > first and self.tree.lower[start - 1] == "of")):
            return None, NO
        if not matches and end - start == 1 and name.endswith("s"):
            matches = tuple(m for m in self.gazetteer.find(name[:-1]) if is_state((m,)) and m.kind != "demonym")
            if matches:
                return Mention(start, end, name[:-1], label, matches), FAIR
        if not matches:
            for k in range(end - 1, start, -1):
                word = self.tree.lower[k]
                part = self.gazetteer.find(self.slice(start, k))
                if self.judge.goes_on(k, part):
                    continue
                if word not in FEATURE_WORDS:
                    part = tuple(m for m in part if m.kind not in ("generic", "demonym"))  # "Falls Road"
                site = not FEATURES_INSIDE.isdisjoint(self.tree.lower[k:end])
                if part and (word in FEATURE_WORDS or site or label == "FAC"):
                    word = word if word in FEATURE_WORDS else ""
                    kind = "name" if word else "within"
                    return Mention(start, end, name, label, part, feature_word=word or None, kind=kind), FAIR
        before = self.tree.lower[start - 1] if start else ""
        after = self.tree.lower[end] if end < len(self.tree) else ""
        plain = before in LOCATIVES or after in FEATURE_WORDS or before in FEATURE_WORDS
        if not matches and label != "FAC" and plain:
            matches = self.gazetteer.similar(name, cutoff=FUZZY_CUTOFF)
        matches = tuple(m for m in matches if m.kind != "demonym")
        if not matches and (self.tree.pos[start] not in ("PROPN", "X") or self.tree.lower[start] in CALENDAR):
            return None, NO
        if not matches and any(
            self.entity[k][2] == "PERSON" or self.tree.lower[k] in self.judge.surnames for k in range(start, end)
        ):
            return None, NO
        evidence = SURE if before in SURE_LOCATIVES or after in FEATURE_WORDS else FAIR if plain else SAME
        if not matches and evidence == FAIR:
            evidence = FAIR if before in FEATURE_WORDS else SAME
        if matches and evidence == SAME:
            evidence = FAIR if is_state(matches) or end - start > 1 else FITTING
        return Mention(start, end, name, label, matches), evidence
