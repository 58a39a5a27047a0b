"""Whether a word of violence stands in a world of its own: a game, a film, sport, the animal kingdom."""

from __future__ import annotations

from conflict_events.pipeline.frames import topics
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.frames.sharing import Frame
from conflict_events.pipeline.parties.roster import known_name
from conflict_events.pipeline.syntax import Tree

STEPS = 8
TOLD_IN = frozenset({"nsubj", "nsubj:pass", "obl", "nmod"})
OTHER_TOPIC = -2.2  # log-odds below which a sentence is about something else
BESIDE = 4  # sentences before and after whose words of arms keep one among them
# nouns of violence that other news borrows: "an offensive against waste", "the explosion of a star"
BORROWED = frozenset("offensive explosion blast shot invasion battle fight campaign assault shooting".split())
PASTIMES = 3  # words of sport or trade in one sentence that make it one of sport or trade


class Domains:
    """Tells for a place in one text whether the words around it speak of something else than armed conflict."""

    def __init__(self, tree: Tree, ontology: Ontology) -> None:
        self.tree = tree
        words = ontology.words
        none: frozenset[str] = frozenset()
        self.fiction = words.get("fiction", none)
        self.creature = words.get("creature", none)
        self.elsewhere = words.get("elsewhere", none)
        self.pastime = words.get("sport", none)
        self.hard = words.get("hard", none)
        self.sides = frozenset().union(*(words.get(k, none) for k in ("force", "rebel", "protester", "government")))
        self.marks: list[list[int]] = [[] for _ in tree.sents]
        self.other: list[bool] = []
        for i, lemma in enumerate(tree.lemma):
            # "the Bombers", "the Raiders": a team, not arms
            hard = (lemma in self.hard or tree.lower[i] in self.hard) and tree.tag[i] != "NNPS"
            if hard or (tree.text[i].isupper() and known_name((tree.text[i],))):
                self.marks[tree.sent[i]].append(i)
        for a, b in tree.sents:
            lemmas = set(tree.lemma[a:b])
            self.other.append(
                not lemmas.isdisjoint(self.elsewhere)
                or not lemmas.isdisjoint(self.creature)
                or len(lemmas & self.pastime) >= PASTIMES
            )

    def elsewhere_at(self, i: int, start: int, end: int, frame: Frame, *, own: bool = False) -> bool:
        """Whether the mention at ``i`` (tokens ``start`` to ``end``) is none of armed conflict; ``own``: of a user's type."""
        if self._told_of(i) or (self._opened_by_fiction(i) and self.tree.lemma[i] not in self.hard):
            return True
        if not own and self._other_topic(start, end, frame):
            return True
        armed = any(not start <= k < end for k in self.marks[self.tree.sent[i]])
        return self.other[self.tree.sent[i]] and not armed

    def _other_topic(self, start: int, end: int, frame: Frame) -> bool:
        """Whether the words around are those of other news, and neither they nor who takes part say that it is armed."""
        tree, k = self.tree, self.tree.sent[start]
        if (
            end - start > 1
            or tree.lemma[start] in self.hard - BORROWED
            or (tree.lemma[start] not in BORROWED and tree.pos[start] != "VERB")
        ):
            return False
        beside = range(max(0, k - BESIDE), min(len(self.marks), k + BESIDE + 1))
        if any(not start <= m < end for j in beside for m in self.marks[j]):
            return False
        for head in frame.heads():
            lemma = tree.lemma[head]
            if lemma in self.sides or lemma in self.hard or tree.ent_type[head] in ("NORP", "GPE"):
                return False
            if known_name((tree.text[head],)):
                return False
        a, b = tree.sents[k]
        around = (tree.lower[i] for i in range(a, b) if not start <= i < end)
        return topics.score(around) < OTHER_TOPIC

    def _told_of(self, i: int) -> bool:
        """Whether a film, book or game tells it: what governs the word has one for its subject, or is one."""
        tree, k = self.tree, i
        for step in range(STEPS):
            if step and tree.lemma[k] in self.fiction and tree.pos[k] == "NOUN":
                return tree.role[k] != "compound" and not self._place(i, k)
            if tree.pos[k] in ("VERB", "AUX") or tree.head[k] == k:
                for child in tree.children[k]:
                    role = tree.role[child]
                    told = role in TOLD_IN and tree.lemma[child] in self.fiction
                    if told and (step or role == "nsubj"):
                        return True
            if tree.head[k] == k:
                return False
            k = tree.head[k]
        return False

    def _opened_by_fiction(self, i: int) -> bool:
        """Whether the first noun of the sentence is a film, book or game, and its main clause holds the word."""
        tree = self.tree
        a, b = tree.sents[tree.sent[i]]
        first = next((k for k in range(a, b) if tree.pos[k] in ("NOUN", "PROPN")), i)
        if first >= i or tree.lemma[first] not in self.fiction:
            return False
        if first + 1 < b and tree.pos[first + 1] in ("NOUN", "PROPN") and tree.role[first + 1] != "root":
            return False
        k = i
        for _ in range(STEPS):
            if tree.role[k] == "advcl":
                return False
            if tree.head[k] == k:
                break
            k = tree.head[k]
        return True

    def _place(self, i: int, k: int) -> bool:
        """Whether the word hangs on the fiction by being its time or place: "a film screened after the attack"."""
        return any(self.tree.role[m] in ("advcl", "obl") for m in (i, self.tree.head[i]) if m != k)
