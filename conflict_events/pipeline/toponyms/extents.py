"""Mentions of places, and those that say where by other places' names: beside, between, a part of, a border, a front."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from conflict_events.geo.distance import bearing_of
from conflict_events.geo.gazetteer import Gazetteer, Match
from conflict_events.geo.ranking import FEATURE_WORDS
from conflict_events.pipeline.syntax import Tree
from conflict_events.pipeline.toponyms.names import LONGEST_SERIES, shared_feature
from conflict_events.pipeline.toponyms.words import PLURALS

UNITS = {"km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometres": 1.0,
         "mile": 1.609344, "miles": 1.609344, "mi": 1.609344}  # fmt: skip
PLAIN_NUMBER = re.compile(r"\d{1,4}(?:\.\d+)?\Z")
FARTHEST_KM = 1000
BORDERS = frozenset({"border", "borders", "frontier", "boundary"})
FRONTS = (
    ("line", "of", "contact"), ("lines", "of", "contact"), ("contact", "line"), ("front", "line"), ("front", "lines"),
    ("front", "-", "line"), ("front", "-", "lines"), ("frontline",), ("frontlines",), ("ceasefire", "line"),
    ("line", "of", "separation"), ("demarcation", "line"),
)  # fmt: skip
# what may stand between a front and the place that says which one
TO_PLACE = frozenset("in near at around outside of along inside through between with the north south east west".split())
# what may stand between "between" and the first town
LEADS = frozenset("the of towns villages cities settlements hamlets both".split())
LONGEST_LEAD = 4
# words of a distance in other units, in brackets
LONGEST_BRACKET = 8
PARTS = re.compile(r"(?:north|south)?(?:east|west)?(?:north|south)?(?:ern)?\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place name: tokens (end exclusive), the name as looked up, and what stands around it.

    ``away`` is (km, bearing in degrees) where the text tells a point beside the place, the bearing None where it tells
    the distance alone; ``part`` is the bearing of the part that it names ("northern"); ``start`` is then that of the
    whole expression. ``kind`` is "name",
    "demonym", "border", "within" for a site named after a place, "front" for a front line, or "between" for
    the stretch between the next two mentions.
    """

    start: int
    end: int
    name: str
    label: str
    matches: tuple[Match, ...]
    feature_word: str | None = None
    away: tuple[float, float | None] | None = None
    part: float | None = None
    kind: str = "name"


class Extents:
    """Adds to the mentions of one text what they say of points and stretches beside them."""

    def __init__(self, tree: Tree, text: str, gazetteer: Gazetteer) -> None:
        self.tree, self.text, self.gazetteer = tree, text, gazetteer

    def around(self, m: Mention) -> Mention:
        """The mention with what the words beside it say: its feature, a distance, a direction, a part."""
        if m.kind == "demonym":
            return m
        lower, n = self.tree.lower, len(self.tree)
        after = lower[m.end] if m.end < n else ""
        word = m.feature_word
        several = shared_feature(self.tree, m.end) or self._announced(m.start)
        if after in FEATURE_WORDS and after not in ("capital", "port"):
            word = after
        elif several:
            word = several
        elif m.start >= 2 and lower[m.start - 1] == "of" and lower[m.start - 2] in FEATURE_WORDS:
            word = lower[m.start - 2]
        elif m.start >= 1 and lower[m.start - 1] in FEATURE_WORDS and lower[m.start - 1] != "state":
            word = lower[m.start - 1]
        matches = self._waters(m, word) if word else m.matches
        return self._part(self._displaced(replace(m, feature_word=word, matches=matches)))

    def _waters(self, m: Mention, word: str) -> tuple[Match, ...]:
        """The readings with those of waters that go by the name and the word for them ("the Dnipro river")."""
        if not FEATURE_WORDS[word][0].startswith("H"):
            return m.matches
        known = {x.entry.key for x in m.matches}
        waters = (x for x in self.gazetteer.find(f"{m.name} {word}") if x.entry.feature.startswith("H"))
        return (*m.matches, *(x for x in waters if x.entry.key not in known))

    def _announced(self, start: int) -> str | None:
        """What the plural before a series of names calls each of them ("the provinces of Idlib and Hama")."""
        lower, k = self.tree.lower, start - 1
        while k > 1 and start - k < LONGEST_SERIES:
            if lower[k] == "of" and lower[k - 1] in PLURALS:
                return PLURALS[lower[k - 1]]
            if lower[k] not in (",", "and", "or", "the", "-") and not self.tree.text[k][:1].isupper():
                return None
            k -= 1
        return None

    def _displaced(self, m: Mention) -> Mention:
        """A distance before the name, with its direction or without: "40 km west of X", "10 miles (16 km) from X"."""
        lower, k = self.tree.lower, m.start - 1
        if k > 4 and lower[k] == "of" and lower[k - 1] in FEATURE_WORDS:
            k -= 2  # "of the town of"
        if k > 2 and lower[k] == "the":
            k -= 1
        if k < 2 or lower[k] not in ("of", "from", "outside"):
            return m
        if lower[k] != "of":
            km = self._distance(k - 2 if lower[k - 1] == "away" else k - 1)
            there = m.end < len(lower) and lower[m.end] == "to"  # "the 30 km from X to Y"
            if km is not None:
                return m if there else replace(m, away=(km[0], None))
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
        inside = k >= 1 and lower[k] == "the" and lower[k - 1] in ("in", "from", "across", "throughout", "over")
        if inside:
            return replace(m, start=k + 1, part=bearing)
        while k >= 0 and lower[k] in ("the", "to"):
            k -= 1
        km = self._distance(k)
        return replace(m, start=km[1], away=(km[0], bearing)) if km is not None else m

    def _distance(self, k: int) -> tuple[float, int] | None:
        """The kilometres that end at token ``k`` ("10 miles (16 km)") with their first token; None for no distance."""
        lower = self.tree.lower
        if k >= 0 and lower[k] == ")":
            k = next((j for j in range(k, max(k - LONGEST_BRACKET, 0), -1) if lower[j] == "("), 0) - 1
        if k < 1 or lower[k] not in UNITS or not PLAIN_NUMBER.match(lower[k - 1].replace(",", "")):
            return None
        km = float(lower[k - 1].replace(",", "")) * UNITS[lower[k]]
        return (km, k - 1) if km <= FARTHEST_KM else None

    def _part(self, m: Mention) -> Mention:
        """A direction right before the name: a place of that name ("northern Cyprus"), else the part of a land."""
        land = m.matches[0].entry if m.matches else None
        if m.away or m.part is not None or (land and land.feature == "L.CONT"):
            return m
        lower = self.tree.lower
        for width in (3, 1):
            k = m.start - width
            word = "".join(lower[max(k, 0) : m.start]).replace("-", "")
            bearing = bearing_of(word) if k >= 0 and word and PARTS.match(word) else None
            if bearing is None:
                continue
            tree = self.tree
            if k and lower[k - 1] == "the" and m.feature_word and m.end < len(tree) and lower[m.end] == m.feature_word:
                return m  # "the northwestern Tovuz district" lies there, it is no part
            whole = self.text[tree.idx[k] : tree.end[m.end - 1]]
            known = tuple(x for x in self.gazetteer.find(whole) if x.entry.feature[0] in "AL" and x.kind != "demonym")
            if known and land and land.precision in ("country", "area"):
                return replace(m, start=k, name=whole, matches=known)
            return replace(m, start=k, part=bearing)
        return m

    def stretches(self, mentions: list[Mention]) -> list[Mention]:
        """The mentions with borders, fronts and stretches between two of them, each before the names that say it."""
        out: list[Mention] = []
        fronts = self._fronts(mentions)
        for k, m in enumerate(mentions):
            while fronts and fronts[0].start <= m.start:
                out.append(fronts.pop(0))
            if k + 1 < len(mentions):
                between = self._border_of(m, mentions[k + 1])
                if between is None:
                    between = self._between(m, mentions[k + 1])
                if between is not None:
                    out.append(between)
            out.append(m)
        return out + fronts

    def _border_of(self, m: Mention, other: Mention) -> Mention | None:
        """ "the X-Y border", "the border between X and Y"."""
        lower, n = self.tree.lower, len(self.tree)
        gap = lower[m.end : other.start]
        start, end = m.start, other.end
        joined = len(gap) <= 1 and all(g in ("-", "–", "/") for g in gap)
        after = joined and end < n and lower[end] in BORDERS
        before = gap in (["and"], ["and", "the"]) and start >= 2 and lower[start - 1] == "between"
        if after:
            end += 1
        elif before and lower[start - 2] in BORDERS:
            start -= 2
        if not after and start == m.start:
            return None
        matches = self._border(m, other)
        return Mention(start, end, matches[0].entry.name, "LOC", matches, kind="border") if matches else None

    def _between(self, m: Mention, other: Mention) -> Mention | None:
        """ "between (the towns of) X and Y" of two names that may be towns; whether they are is told by their readings."""
        lower, k = self.tree.lower, m.start - 1
        if lower[m.end : other.start] not in (["and"], ["and", "the"]) or "demonym" in (m.kind, other.kind):
            return None
        while k > 0 and m.start - k <= LONGEST_LEAD and lower[k] in LEADS:
            k -= 1
        return Mention(k, other.end, "", "LOC", (), kind="between") if k >= 0 and lower[k] == "between" else None

    def _border(self, one: Mention, other: Mention) -> tuple[Match, ...]:
        for a in one.matches[:2]:
            for b in other.matches[:2]:
                if a.entry.precision == b.entry.precision == "country" and a.entry.country and b.entry.country:
                    pair = "|".join(sorted((a.entry.country, b.entry.country)))
                    entry = self.gazetteer.by_code(pair)
                    if entry is not None:
                        return (Match(entry, "name"),)
        return ()

    def _fronts(self, mentions: list[Mention]) -> list[Mention]:
        """Front lines, each with the readings of the place that says which one; none where no place does."""
        tree, n = self.tree, len(self.tree)
        starts = {m.start: k for k, m in enumerate(mentions)}
        ends = {m.end: k for k, m in enumerate(mentions)}
        out: list[Mention] = []
        for i in range(n):
            words = next((f for f in FRONTS if tree.lower[i] == f[0] and tuple(tree.lower[i : i + len(f)]) == f), None)
            if words is None or (out and i < out[-1].end):
                continue
            end = i + len(words)
            if end < n and self._modifies(end):
                continue
            named: Mention | None = None
            matches: tuple[Match, ...] = ()
            if i in ends:
                named, other = mentions[ends[i]], mentions[ends[i] - 1] if ends[i] else None
                if other and tree.lower[other.end : named.start] in (["-"], ["–"]):
                    matches = self._border(other, named)
            k = end
            while named is None and k < min(n, end + 6):
                if k in starts:
                    named = mentions[starts[k]]
                    if tree.lower[k - 1] == "between" and starts[k] + 1 < len(mentions):
                        matches = self._border(named, mentions[starts[k] + 1])
                elif (
                    tree.lower[k] in TO_PLACE or tree.lower[k] in FEATURE_WORDS or bearing_of(tree.lower[k]) is not None
                ):
                    k += 1
                else:
                    break
            told = self.text[tree.idx[i] : tree.end[end - 1]]
            if matches:
                out.append(Mention(i, end, matches[0].entry.name, "LOC", matches, kind="front"))
            elif named is not None:
                out.append(
                    Mention(i, end, named.name, "LOC", named.matches, named.feature_word, part=named.part, kind="front")
                )
            else:
                out.append(Mention(i, end, told, "LOC", (), kind="front"))
        return out

    def _modifies(self, end: int) -> bool:
        """Whether the words before ``end`` belong to a noun after them ("frontline troops")."""
        tree = self.tree
        inside = tree.head[end - 1] >= end and tree.role[end - 1] in ("compound", "amod", "nmod")
        return (inside and bearing_of(tree.lower[end]) is None) or tree.text[end] == "-"
