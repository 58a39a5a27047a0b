"""Which sense a word has where it stands: the rows of the lexicon tried in order against the parse around it."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.pipeline.figures.lexicon import people_class
from conflict_events.pipeline.frames.abilities import able, weapon
from conflict_events.pipeline.frames.arguments import frame, with_conjuncts
from conflict_events.pipeline.frames.domains import Domains
from conflict_events.pipeline.frames.ontology import DEFERRED, Condition, Ontology, Row, shipped
from conflict_events.pipeline.frames.sharing import Frame
from conflict_events.pipeline.syntax import Tree

NOUNS = frozenset({"NOUN", "PROPN"})
SURE_LENGTH = 5  # letters; a longer word with one part of speech in the lexicon is taken whatever the tagger says
GAP = 4  # tokens between a verb and the word that hangs on it: "laid down all their weapons"
TOWARDS = frozenset({"on", "at", "against", "upon", "into", "toward", "towards", "onto"})
GROUP_NOUNS = frozenset(
    """number group member dozen hundred thousand lot series wave score some one many most all kilogram kilo kilogramme ton
    tonne pound quantity amount stash haul crate cache pair ten""".split()
)
# nouns that say of whom by the word before them: "a militia leader", "rebel groups"
OF_A_KIND = frozenset(
    "group leader movement faction organization organisation network member commander chief element man woman".split()
)
SHUNNED = frozenset("renounce abandon reject denounce forswear prevent avoid foment incite condone justify".split())


@dataclass(frozen=True, slots=True)
class Sense:
    """A word of the lexicon in one place: its row, and the tokens (end exclusive) that make up the mention."""

    head: int
    start: int
    end: int
    row: Row
    frame: Frame


# types of harm that somebody does
VIOLENT = frozenset(
    {"TARGET", "war"}
    | {
        name
        for name, type_ in shipped().types.items()
        if type_.class_ in ("battles", "explosions_remote_violence", "violence_against_civilians")
    }
)
# types whose usual surroundings are known; a user's own can be told of anywhere
KNOWN = frozenset({*shipped().types, *DEFERRED})


class Reader:
    """Finds senses in one text; what it needs to know of whole sentences is gathered once."""

    def __init__(self, tree: Tree, ontology: Ontology) -> None:
        self.tree = tree
        self.ontology = ontology
        self.light = ontology.words.get("light", frozenset())
        self.domains = Domains(tree, ontology)
        violence = ontology.words.get("violence", frozenset())
        self.marks: list[set[int]] = [set() for _ in tree.sents]
        self.lemmas: list[set[str] | None] = [None] * len(tree.sents)
        for i, lemma in enumerate(tree.lemma):
            if lemma in violence and tree.sent[i] < len(self.marks):
                self.marks[tree.sent[i]].add(i)

    def senses(self) -> list[Sense]:
        """All mentions in text order; a word inside a longer mention is none of its own."""
        tree, rows = self.tree, self.ontology.rows
        found: list[Sense] = []
        for i in range(len(tree)):
            entries = rows.get(tree.lemma[i]) or rows.get(tree.lower[i])
            if entries:
                sense = self._at(i, entries)
                if sense is not None:
                    found.append(sense)
        return _without_inner(found)

    def _at(self, i: int, entries: tuple[Row, ...]) -> Sense | None:
        kind = self._kind(i)
        only = {p for row in entries for p in row.pos}
        plain = self.tree.lower[i] in (self.tree.lemma[i], self.tree.lemma[i] + "s")
        if len(only) == 1 and len(self.tree.text[i]) > SURE_LENGTH and plain:
            kind = next(iter(only))
        around: Frame | None = None
        for row in entries:
            reach = self._reach(i, row)
            if reach is None:
                continue
            head, start, end = reach
            if (self._kind(head) if head != i else kind) not in row.pos:
                continue
            if around is None or head != i:
                around = frame(self.tree, head, self.light)
            if all(self._holds(c, head, start, end, around) for c in row.conditions):
                protest = row.type == "peaceful_protest" and self.tree.lemma[head] in ("protest", "protester")
                if row.type == "none" and row.role != "generic":
                    return None
                if self._harmless(head, start, end, row, around):
                    return None
                if not protest and self.domains.elsewhere_at(head, start, end, around, own=row.type not in KNOWN):
                    return None
                return Sense(head, start, end, row, around)
        return None

    def _kind(self, i: int) -> str:
        pos = self.tree.pos[i]
        if pos == "PROPN":
            return "NOUN"
        if pos == "ADJ" and self.tree.tag[i] in ("VBN", "VBG", "VBD"):
            return "VERB"
        return "VERB" if pos == "AUX" else pos

    def _reach(self, i: int, row: Row) -> tuple[int, int, int] | None:
        """Head and token range of the row's words at ``i``; None where they do not stand there."""
        tree, n = self.tree, len(row.words)
        if n > 1:
            if i + n > len(tree) or any(
                tree.lemma[i + k] != w and tree.lower[i + k] != w for k, w in enumerate(row.words)
            ):
                return None
            inside = range(i, i + n)
            head = next((k for k in reversed(inside) if tree.head[k] not in inside or tree.head[k] == k), i + n - 1)
            return head, i, i + n
        if row.partner is None:
            return i, i, i + 1
        for k in tree.children[i]:
            if row.partner in (tree.lemma[k], tree.lower[k]):
                if tree.role[k] in ("conj", "advcl", "ccomp", "nsubj"):
                    continue
                low, high = min(i, k), max(i, k)
                return (i, low, high + 1) if high - low <= GAP else (i, i, i + 1)
        # a verb that shares a row with another loses its particle in many parses: accept one that follows at once
        if i + 1 < len(tree) and row.partner in (tree.lemma[i + 1], tree.lower[i + 1]):
            return i, i, i + 2
        return None

    def sentence(self, k: int) -> set[str]:
        """Lemmas and words of sentence ``k``."""
        known = self.lemmas[k]
        if known is None:
            a, b = self.tree.sents[k]
            known = self.lemmas[k] = {*self.tree.lemma[a:b], *self.tree.lower[a:b]}
        return known

    def _is(self, c: Condition, heads: list[int]) -> bool:
        if c.anything:
            return bool(heads)
        tree = self.tree
        for h in heads:
            if tree.lemma[h] in c.words or tree.lower[h] in c.words or tree.ent_type[h] in c.labels:
                return True
            counts = tree.lemma[h] in GROUP_NOUNS or tree.pos[h] in ("NUM", "DET")
            if counts and any(tree.lemma[k] in c.words for k in tree.having(h, "nmod", "conj")):
                return True
            if tree.lemma[h] in OF_A_KIND and any(tree.lemma[k] in c.words for k in tree.having(h, "compound", "amod")):
                return True
        return False

    def _holds(self, c: Condition, i: int, start: int, end: int, f: Frame) -> bool:
        return self._test(c, i, start, end, f) != c.negated

    def _test(self, c: Condition, i: int, start: int, end: int, f: Frame) -> bool:
        tree, key = self.tree, c.key
        if key == "obj":
            return self._is(c, with_conjuncts(tree, f.patients))
        if key == "subj":
            return self._is(c, with_conjuncts(tree, [*f.agents, *f.possessors]))
        if key == "target":
            towards = [h for case, h in f.obliques if case.split(" ")[0] in TOWARDS]
            return self._is(c, with_conjuncts(tree, [*f.patients, *towards]))
        if key == "arg":
            return self._is(c, with_conjuncts(tree, f.heads()))
        if key == "mod":
            return self._is(c, [*f.modifiers, *f.possessors, *range(max(start - 1, 0), start)])
        if key == "prep":
            return any(case.split(" ")[0] in c.words for case, _ in f.obliques)
        if key == "near":
            lemmas = self.sentence(tree.sent[i])
            inside = {*tree.lemma[start:end], *tree.lower[start:end]}
            return not c.words.isdisjoint(lemmas - inside)
        if key == "soft":
            return self.violent(i, start, end)
        if key == "plain":
            return self.violent(i, start, end) or not self._elsewhere(i)
        if key == "date":
            return tree.ent_type[i] in ("DATE", "TIME")
        if key == "mod-of":
            return tree.role[i] in ("compound", "amod", "nmod:poss") and tree.head[i] > i
        if key == "before-noun":
            return end < len(tree) and tree.pos[end] in NOUNS
        if key == "of":
            return tree.role[i] == "nmod" and tree.lemma[tree.head[i]] in c.words
        if key == "case":
            return start > 0 and tree.lower[start - 1] in c.words
        if key == "tag":
            return tree.tag[i] in c.words
        if key == "amod":
            return tree.role[i] == "amod"
        if key == "xcomp":
            return tree.child(i, "xcomp") is not None and not f.patients
        if key in ("number", "plural"):
            return tree.tag[i] in ("NNS", "NNPS")
        if key == "lasting":
            return self._lasting(i)
        if key == "abstract":
            return self._abstract(i, f)
        return False

    def violent(self, i: int, start: int, end: int) -> bool:
        """Whether the sentence of ``i``, or one beside it, speaks of violence in other words."""
        k = self.tree.sent[i]
        if any(m < start or m >= end for m in self.marks[k]):
            return True
        return any(self.marks[j] for j in (k - 1, k + 1) if 0 <= j < len(self.marks))

    def _harmless(self, i: int, start: int, end: int, row: Row, f: Frame) -> bool:
        """Whether a verb of violence has a subject that can do none, and nothing around speaks of violence.

        "Hail bombarded the plain", "the choir invaded the square": neither people who fight nor arms.
        """
        tree = self.tree
        if tree.pos[i] != "VERB" or row.role != "event" or row.type not in VIOLENT or f.passive or not f.agents:
            return False
        words = self.ontology.words
        return not self.violent(i, start, end) and not any(
            able(tree, k, words) or weapon(tree, k, self.ontology) or tree.lemma[k] in words["shelling_tool"]
            for k in f.agents
        )

    def _elsewhere(self, i: int) -> bool:
        """Whether the text around speaks of sport, business or art."""
        k = self.tree.sent[i]
        other = self.ontology.words["elsewhere"]
        around = range(max(0, k - 2), min(len(self.lemmas), k + 3))
        return any(not other.isdisjoint(self.sentence(j)) for j in around)

    def _lasting(self, i: int) -> bool:
        """Whether the fighting is told as lasting months or years, or as costing people by the thousand."""
        tree = self.tree
        a, b = tree.sents[tree.sent[i]]
        for k in range(a, b):
            word = tree.lower[k]
            if word in ("years", "decades", "months") and k > a:
                before = tree.lower[max(a, k - 4) : k]
                if any(w in ("of", "for", "over", "than", "in", "past", "during") for w in before):
                    return True
            elif (
                (word == "year" and tree.lower[k + 1 : k + 2] == ["of"])
                or (word == "since" and any(t.isdecimal() and len(t) == 4 for t in tree.text[k + 1 : k + 4]))
                or (word == "thousands" and self._of_people(k, b))
            ):
                return True
        return False

    def _of_people(self, k: int, end: int) -> bool:
        """Whether a number word counts people: nothing named after it, or a noun for people ("thousands of men")."""
        words = self.tree.lower[k + 1 : min(end, k + 5)]
        return words[:1] != ["of"] or any(people_class(word) for word in words[1:])

    def _abstract(self, i: int, f: Frame) -> bool:
        """Whether the noun is spoken of in general: nothing says that, where, by whom or on whom it happens."""
        tree = self.tree
        verb = f.governor
        if verb is not None and tree.lemma[verb] in SHUNNED:
            return True
        top = tree.head[i] if tree.role[i] == "nsubj" else i
        return tree.child(top, "cop") is not None and not f.obliques


def _without_inner(found: list[Sense]) -> list[Sense]:
    kept: list[Sense] = []
    for sense in sorted(found, key=lambda s: (s.start, -(s.end - s.start))):
        if kept and sense.start < kept[-1].end:
            continue
        kept.append(sense)
    return kept
