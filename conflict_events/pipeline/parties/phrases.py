"""Phrases of one text as names: where they begin, how they are written, and whose they are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from conflict_events.pipeline.parties.nouns import INDEPENDENT
from conflict_events.pipeline.parties.roster import State
from conflict_events.pipeline.syntax import Tree
from conflict_events.text import numerals

if TYPE_CHECKING:
    from conflict_events.pipeline.parties.names import Mention

NOUNS = frozenset({"NOUN", "PROPN"})
# what is left of "at least", "more than" where the parse cut its first word off a number
BOUNDS = frozenset({"least", "most", "than", "fewer", "some", "about", "around", "nearly", "almost", "over"})
MONTHS = frozenset(
    """january february march april may june july august september october november december jan. feb. mar. apr. jun. jul.
    aug. sept. sep. oct. nov. dec. jan feb mar apr jun jul aug sept sep oct nov dec""".split()
)
# bodies that are told by where they sit: "the defence ministry in Kyiv"
SEATED = frozenset({"ministry", "government", "parliament", "presidency", "administration"})


class Phrases:
    """The phrases of a text, with the names of states and groups that a reader of it found."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.states: dict[int, tuple[State, int]] = {}  # first token of a state's name → (state, end)
        self.inside: dict[int, State] = {}  # every token of such a name
        self.groups: dict[int, Mention] = {}  # every token of a roster name → its mention

    def head_of(self, start: int, end: int) -> int:
        """The token of a range that hangs on something outside it."""
        tree = self.tree
        return next(
            (k for k in range(end - 1, start - 1, -1) if not start <= tree.head[k] < end or tree.head[k] == k), end - 1
        )

    def entity(self, i: int) -> tuple[int, int]:
        tree, label = self.tree, self.tree.ent_type[i]
        start, end = i, i + 1
        while start > 0 and tree.ent_type[start - 1] == label and not tree.ent_start[start]:
            start -= 1
        while end < len(tree) and tree.ent_type[end] == label and not tree.ent_start[end]:
            end += 1
        if tree.lower[start] in ("the", "a") and end - start > 1:
            start += 1
        while end - 1 > i and tree.pos[end - 1] in ("PART", "PUNCT"):
            end -= 1
        return start, end

    def inside_name(self, i: int) -> bool:
        """Whether a plural owner is a word of its owner's name: "the Teachers' Union"."""
        tree, head = self.tree, self.tree.head[i]
        return (
            tree.role[i] == "nmod:poss"
            and head > i
            and tree.lower[i].endswith("s")
            and i not in self.inside
            and i not in self.groups
            and (all(tree.text[k][:1].isupper() for k in (i, head)) or tree.lemma[head] in INDEPENDENT)
            and tree.pos[i] in NOUNS
            and tree.lower[i + 1] in ("'", "’")
        )

    def modifiers(self, i: int) -> tuple[str, ...]:
        return tuple(self.tree.lemma[k] for k in range(self.phrase(i)[0], i))

    @staticmethod
    def independent(kind: str, words: tuple[str, ...], party: str | None, country: str | None) -> bool:
        """Whether a body is only of a country, and does not speak for its government: a union, a church, a firm."""
        return party is not None and party == country and kind == "organization" and bool(INDEPENDENT & set(words))

    def _numeral(self, start: int, end: int) -> int:
        """The token after a quantity with which a phrase begins, or ``start``."""
        if start >= end or not self.tree.text[start][:1].isalnum():
            return start
        found = numerals.at(self.tree.lower[start:end], 0)
        if found is None or found.form not in ("number", "range", "vague"):
            return start
        return start + found.end

    def counted(self, i: int) -> bool:
        """Whether the token ``i`` is a number by its word, however it was tagged."""
        return self.tree.pos[i] != "PRON" and self._numeral(i, i + 1) > i

    def bare(self, start: int, head: int) -> int:
        """Where a phrase begins without dateline, article, quantity and age."""
        tree = self.tree
        for k in range(head - 1, start, -1):
            apart = tree.end[k - 1] < tree.idx[k] and k + 1 < len(tree) and tree.end[k] < tree.idx[k + 1]
            if tree.text[k] in (")", "]") or (apart and tree.text[k] in ("-", "--", "–", "—")):
                start = k + 1
                break
        while start < head:
            after = self._numeral(start, head + 1)
            if start < after <= head:
                start = after
            elif (
                in_date(tree, start)
                or (tree.lower[start] in BOUNDS and self._numeral(start + 1, head + 1) > start + 1)
                or tree.pos[start] in ("DET", "NUM", "PUNCT", "SPACE")
                or tree.ent_type[start] == "CARDINAL"
            ):
                start += 1
            elif tree.lower[start] in ("year", "month") and tree.lower[start + 1 : start + 3] == ["-", "old"]:
                start += 3
            elif tree.lower[start : start + 2] in (["of", "them"], ["of", "whom"]) and start + 1 < head:
                start += 2
            elif tree.lower[start] in ("year-old", "month-old"):
                start += 1
            else:
                break
        return min(start, head)

    def phrase(self, i: int) -> tuple[int, int]:
        """The noun phrase of ``i`` without its article."""
        start, end = self.tree.noun_phrase(i)
        for k in self.tree.children[i]:
            if k < i and self.tree.role[k] == "nmod:desc" and self.tree.lemma[i] == "general":
                start = min(start, self.tree.noun_phrase(k)[0])
        return self.bare(start, i), end

    def owner(self, i: int, start: int) -> tuple[str | None, str | None]:
        """Party and country that a phrase's own words give it: a state or group before the head, or "of" one."""
        tree = self.tree
        for k in range(i, start - 1, -1):
            if k in self.groups:
                return self.groups[k].party, self.groups[k].country
            if k in self.inside:
                return self.inside[k].alpha3, self.inside[k].alpha3
        for k in tree.having(i, "nmod", "appos", "nmod:poss"):
            case = tree.preposition(k)
            seated = case == "in" and tree.lemma[i] in SEATED
            if tree.role[k] == "nmod" and case not in ("of", "from", "for") and not seated:
                continue
            for m in (k, *tree.children[k], *self._chain(k)):
                if m in self.inside:
                    return self.inside[m].alpha3, self.inside[m].alpha3
                if m in self.groups:
                    return self.groups[m].party, self.groups[m].country
        return None, None

    def _chain(self, k: int) -> list[int]:
        """The nouns of the "of" phrases below ``k``: "the chief of the staff of the army of Chad"."""
        tree, found = self.tree, []
        for _ in range(3):
            below = next((m for m in tree.having(k, "nmod") if tree.preposition(m) == "of"), None)
            if below is None:
                break
            found.append(below)
            k = below
        return found

    def name(self, start: int, end: int) -> str:
        """The words of a phrase as they are written, a blank for each stretch of white space."""
        tree = self.tree
        words = [k for k in range(start, end) if not tree.is_space[k]]
        if not words:
            return ""
        gaps = [" " if tree.end[a] < tree.idx[b] else "" for a, b in pairwise(words)]
        return "".join(tree.text[k] + gap for k, gap in zip(words, [*gaps, ""], strict=True))


def in_date(tree: Tree, k: int) -> bool:
    """Whether a token that a noun phrase begins with is of a date run into it: "February 2016 government forces"."""
    if tree.text[k][:1].isupper() and tree.lower[k] in MONTHS and k + 1 < len(tree):
        return tree.text[k + 1][:1].isdecimal() or tree.ent_type[k] == "DATE"
    return len(tree.text[k]) == 4 and tree.text[k].isdecimal() and k > 0 and tree.lower[k - 1] in MONTHS
