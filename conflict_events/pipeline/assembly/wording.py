"""How a mention is worded: definite or new, another act than those before, the thing hit told once more."""

from __future__ import annotations

from conflict_events.pipeline.assembly.clusters import MUTUAL, Cluster, Mention
from conflict_events.pipeline.attribution.clauses import verb_of
from conflict_events.pipeline.figures.lexicon import people_class
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

NOUNS = frozenset({"NOUN", "PROPN"})
DEFINITES = frozenset({"the", "this", "that", "these", "those", "its", "their", "such"})
INDEFINITES = frozenset(
    {"a", "an", "another", "other", "separate", "second", "third", "several", "two", "three", "further"}
)
LAID = frozenset({"plant", "lay"})  # a mine laid has not gone off: it is no part of the attack told beside it
APART = frozenset({"also", "separately", "elsewhere", "meanwhile", "again", "later", "then", "earlier"})


ANSWERS = frozenset("retaliation response answer revenge reprisal vengeance retribution avenge retaliate".split())
# what a vehicle does that kills without anyone's will
MISHAPS = frozenset("hit crash collide overturn plunge derail capsize sink skid veer fall collapse leave slam".split())
LONGEST = 80  # words of a sentence in which a mishap is looked for
ABOVE = 4  # heads looked up for a word of answering


class Wording:
    """Answers about the words of mentions in one text."""

    def __init__(self, tree: Tree, ontology: Ontology) -> None:
        self.tree = tree
        self.ontology = ontology

    def definite(self, m: Mention) -> bool:
        tree = self.tree
        if tree.pos[m.head] not in NOUNS:
            return False
        if tree.role[m.head] in ("xcomp", "obl") and tree.lemma[tree.head[m.head]] in (
            "call",
            "describe",
            "label",
            "term",
            "dub",
        ):
            return True
        return any(tree.lower[k] in DEFINITES for k in tree.children[m.head])

    def indefinite(self, m: Mention) -> bool:
        tree = self.tree
        if self.definite(m):
            return False
        return tree.pos[m.head] in NOUNS and any(tree.lower[k] in INDEFINITES for k in tree.children[m.head])

    def apart(self, m: Mention) -> bool:
        """Whether the clause of a mention says that it tells of another act ("also", "separately", "elsewhere")."""
        verb = verb_of(self.tree, m.head)
        return any(self.tree.lower[k] in APART for k in self.tree.children[verb])

    def answered(self, m: Mention) -> bool:
        """Whether a mention tells of the act that another answers: "in retaliation for the raid", "to avenge the killing"."""
        tree, k = self.tree, m.head
        for _ in range(ABOVE):
            k = tree.head[k]
            if tree.lemma[k] in ANSWERS:
                return True
            if tree.head[k] == k or tree.pos[k] in ("VERB", "AUX"):
                break
        return False

    def opposed(self, a: Mention, b: Mention) -> bool:
        """Whether the state's forces do the one and those who fight it the other."""
        if a.lemma in MUTUAL or b.lemma in MUTUAL:
            return False
        one, two = self._camps(a), self._camps(b)
        return len(one) == 1 and len(two) == 1 and one != two

    def _camps(self, m: Mention) -> set[str]:
        words, found = self.ontology.words, set()
        for chars in m.agents:
            lemma = self.tree.lemma[self.tree.token_at(chars[1] - 1)]
            if lemma in words["rebel"]:
                found.add("rebel")
            elif lemma in words["government"] and lemma not in ("force", "forces"):
                found.add("state")
        return found

    def earlier(self, m: Mention) -> bool:
        """Whether a noun tells what came before the act of its clause: "following airstrikes", "after a raid"."""
        case = self.tree.preposition(m.head).split(" ")[0]
        return case in ("after", "following", "since") and self.tree.pos[m.head] in NOUNS and not self.definite(m)

    def laid(self, a: Cluster, b: Cluster) -> bool:
        """Whether one of two tellings is of a weapon that was only laid, the other of fighting."""
        fought = "armed_clash" in (a.type, b.type)
        return fought and (a.first.lemma in LAID) != (b.first.lemma in LAID)

    def same_object(self, cluster: Cluster, group: Cluster) -> bool:
        """Whether the thing hit is named again with an article: "a post was shelled … the post is no more"."""
        again = {k for m in group.mentions for k in self.objects(m, definite=True)}
        return bool(again) and any(not again.isdisjoint(self.objects(m)) for m in cluster.recent)

    def objects(self, m: Mention, *, definite: bool = False) -> set[str]:
        """Lemmas of the things (no people, no places by name) that a mention hits, and of what these are part of."""
        tree, out = self.tree, set()
        for chars in m.targets:
            last = tree.token_at(chars[1] - 1)
            for k in (last, *tree.having(last, "nmod")):
                if tree.tag[k] != "NN" or tree.lemma[k] in self.ontology.words["human"]:
                    continue
                if not definite or any(tree.lower[d] in DEFINITES for d in tree.children[k]):
                    out.add(tree.lemma[k])
        return out

    def mishap(self, i: int) -> bool:
        """Whether people come to harm as a vehicle or building fails: "killed when a bus left the road"."""
        tree, vehicle = self.tree, self.ontology.words["vehicle"]
        row = [i, *tree.having(i, "conj")] if tree.role[i] != "conj" else [i, tree.head[i]]
        first = row[-1] if tree.role[i] == "conj" else i
        if tree.role[first] == "advcl" and not tree.is_passive(tree.head[first]):
            cause = tree.subject(tree.head[first])
            if cause is not None and tree.lemma[cause] in vehicle and tree.lemma[tree.head[first]] in MISHAPS:
                return True
        for k in (k for verb in row for k in tree.children[verb]):
            if tree.role[k] == "advcl":
                subject = tree.subject(k)
                if subject is not None and tree.lemma[subject] in vehicle and not tree.is_passive(k):
                    return True
        a, b = tree.sents[tree.sent[i]]
        return any(
            tree.lemma[k] in MISHAPS
            and not tree.is_passive(k)
            and (s := tree.subject(k)) is not None
            and tree.lemma[s] in vehicle
            for k in range(a, min(b, a + LONGEST))
        )

    def wilful(self, chars: list[int]) -> bool:
        """Whether a doer can mean harm, or is the means of one who does: no tanker that overturns, no wave, no fall."""
        tree, words = self.tree, self.ontology.words
        able = words["force"] | words["government"] | words["rebel"] | words["crowd"] | words["human"] | words["bomb"]
        able |= words["aircraft"] | words["projectile"] | words["gun"] | words["grenade"] | words["civilian"]
        if self.lemma_in(chars, able - words["vehicle"] | words["aircraft"]):
            return True
        first, last = tree.token_at(chars[0]), tree.token_at(chars[1] - 1)
        return any(
            tree.ent_type[k] or tree.text[k][:1].isupper() or people_class(tree.lower[k]) or tree.pos[k] == "PRON"
            for k in range(first, last + 1)
        )

    def lemma_in(self, chars: list[int], words: frozenset[str]) -> bool:
        tree = self.tree
        first, last = tree.token_at(chars[0]), tree.token_at(chars[1] - 1)
        return any(tree.lemma[k] in words for k in range(first, last + 1))
