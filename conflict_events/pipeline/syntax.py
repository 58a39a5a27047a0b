"""The parse as every rule of this package reads it, whatever label scheme the pipeline was trained with.

``Tree`` holds plain lists (no spaCy objects in the hot loops). Roles are Universal Dependencies v2
relations. A parse with the labels of the English CLEAR style (en_core_web_*: nsubjpass, dobj, prep + pobj,
a copula as head, chained conjuncts) is brought into that form once, by ``ROLES`` and three rewrites, so
that a rule is written once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
from spacy import attrs as A
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc

# CLEAR label -> UD relation; labels that mean the same in both schemes are absent
ROLES = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "npadvmod": "obl:npmod",
    "quantmod": "advmod",
    "neg": "advmod",
    "prt": "compound:prt",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "nn": "compound",
    "nmod": "nmod",
    "meta": "parataxis",
    "intj": "discourse",
    "ROOT": "root",
    "": "dep",
}
CLEAR_MARKS = frozenset({"nsubjpass", "dobj", "pobj", "auxpass", "attr", "relcl", "prep"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer"})
CLAUSES = frozenset(
    {"root", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj", "csubj:pass"}
)
FARTHEST = 200  # tokens between a word and its head; what is parsed wider apart is no sentence
NOUN_PARTS = frozenset(
    {"det", "amod", "nummod", "compound", "nmod:poss", "case", "flat", "advmod", "det:predet", "goeswith", "punct"}
)


class Tree:
    """A parsed text as parallel lists, one item a token; ``head[i] == i`` at a root.

    ``role`` is the UD relation, ``lemma`` lower case, ``sent`` the index of the sentence, ``idx`` and ``end``
    character offsets. Whitespace tokens stay (indices are those of the Doc) and attach nowhere useful.
    """

    __slots__ = (
        "text", "lower", "lemma", "tag", "pos", "role", "head", "children", "sent", "sents", "idx", "end",
        "ent_type", "ent_start", "is_space", "_left", "_right",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        n = len(doc)
        columns = doc.to_array(
            [A.HEAD, A.DEP, A.TAG, A.POS, A.LEMMA, A.LOWER, A.ORTH, A.ENT_TYPE, A.ENT_IOB, A.SENT_START]
        )
        strings = doc.vocab.strings
        names: dict[int, str] = {0: ""}
        for key in np.unique(columns[:, 1:8]).tolist():
            if key and key not in names:
                names[key] = strings[key]
        heads = columns[:, 0].astype(np.int64)
        self.head: list[int] = (np.arange(n) + heads).tolist()
        labels = [names[k] for k in columns[:, 1].tolist()]
        self.tag: list[str] = [names[k] for k in columns[:, 2].tolist()]
        self.pos: list[str] = [_POS.get(k, "X") for k in columns[:, 3].tolist()]
        self.lower: list[str] = [names[k] for k in columns[:, 5].tolist()]
        self.lemma: list[str] = [
            names[k].lower() if k else low for k, low in zip(columns[:, 4].tolist(), self.lower, strict=True)
        ]
        self.text: list[str] = [names[k] for k in columns[:, 6].tolist()]
        self.ent_type: list[str] = [names[k] for k in columns[:, 7].tolist()]
        self.ent_start: list[bool] = (columns[:, 8] == 3).tolist()
        self.idx: list[int] = [t.idx for t in doc]
        self.end: list[int] = [i + len(t) for i, t in zip(self.idx, self.text, strict=True)]
        self.is_space: list[bool] = [t.isspace() for t in self.text]
        self.sents: list[tuple[int, int]] = (
            [(s.start, s.end) for s in doc.sents] if doc.has_annotation("SENT_START") else ([(0, n)] if n else [])
        )
        self.sent: list[int] = [0] * n
        for k, (a, b) in enumerate(self.sents):
            self.sent[a:b] = [k] * (b - a)
        if CLEAR_MARKS.isdisjoint(labels):
            self.role = labels
        else:
            self.role = [ROLES.get(label, label) for label in labels]
            self._from_clear(labels)
        self.role = ["root" if r == "ROOT" else r for r in self.role]
        for i, h in enumerate(self.head):
            if abs(h - i) > FARTHEST:
                self.head[i], self.role[i] = i, "root"
        self.children: list[list[int]] = [[] for _ in range(n)]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)
        self._left: list[int] = []
        self._right: list[int] = []

    def _from_clear(self, labels: list[str]) -> None:
        head, role = self.head, self.role
        kids: dict[int, list[int]] = {}
        for i, h in enumerate(head):
            if h != i:
                kids.setdefault(h, []).append(i)
        # prep + pobj: the preposition becomes the case marker of its noun
        for i, label in enumerate(labels):
            if label in ("prep", "agent") or (label == "dative" and self.pos[i] == "ADP"):
                noun = next((k for k in kids.get(i, ()) if labels[k] in ("pobj", "pcomp")), None)
                if noun is None:
                    role[i] = "obl" if self.pos[head[i]] in ("VERB", "AUX") else "nmod"
                    continue
                up = head[i] if head[i] != i else noun
                verbal = self.pos[up] in ("VERB", "AUX", "ADJ", "ADV")
                if labels[noun] == "pcomp":
                    role[noun], role[i] = ("advcl" if verbal else "acl"), "mark"
                else:
                    role[noun], role[i] = ("obl:agent" if label == "agent" else "obl" if verbal else "nmod"), "case"
                head[noun], head[i] = up, noun
                for k in kids.get(i, ()):
                    if k != noun:
                        head[k] = noun
        # copula: the predicate becomes the head, the form of "be" its cop
        for i, label in enumerate(labels):
            if label in ("attr", "acomp") and self.lemma[self.head[i]] == "be":
                be = head[i]
                head[i], role[i] = (i if head[be] == be else head[be]), role[be]
                head[be], role[be] = i, "cop"
                for k in kids.get(be, ()):
                    if k != i and head[k] == be:
                        head[k] = i
        # conjuncts hang on the first of their row
        for i, label in enumerate(labels):
            if label == "conj":
                first, steps = head[i], 0
                while role[first] == "conj" and steps < 50:
                    first, steps = head[first], steps + 1
                head[i] = first

    def __len__(self) -> int:
        return len(self.head)

    def _edges(self) -> None:
        left, right = list(range(len(self))), list(range(len(self)))
        order = sorted(range(len(self)), key=self._depth, reverse=True)
        for i in order:
            h = self.head[i]
            if h != i:
                left[h], right[h] = min(left[h], left[i]), max(right[h], right[i])
        self._left, self._right = left, right

    def _depth(self, i: int) -> int:
        depth = 0
        while self.head[i] != i and depth < 500:
            i, depth = self.head[i], depth + 1
        return depth

    def edges(self, i: int) -> tuple[int, int]:
        """First token and end (exclusive) of the subtree of ``i``."""
        if not self._left:
            self._edges()
        return self._left[i], self._right[i] + 1

    def subtree(self, i: int) -> Iterator[int]:
        """Tokens below ``i`` and ``i`` itself, parents before children."""
        stack, seen = [i], 0
        while stack and seen <= len(self):
            k = stack.pop()
            seen += 1
            yield k
            stack.extend(reversed(self.children[k]))

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads above ``i``, nearest first, within its sentence."""
        steps = 0
        while self.head[i] != i and steps < 500:
            i, steps = self.head[i], steps + 1
            yield i

    def child(self, i: int, *roles: str) -> int | None:
        """The first child of ``i`` with one of ``roles``."""
        return next((k for k in self.children[i] if self.role[k] in roles), None)

    def having(self, i: int, *roles: str) -> list[int]:
        """All children of ``i`` with one of ``roles``, in text order."""
        return [k for k in self.children[i] if self.role[k] in roles]

    def subject(self, i: int) -> int | None:
        """The subject of the verb ``i``, also when a coordinated first verb carries it."""
        for _ in range(5):
            found = self.child(i, "nsubj", "nsubj:pass", "nsubj:outer")
            if found is not None:
                return found
            if self.role[i] != "conj":
                return None
            i = self.head[i]
        return None

    def is_passive(self, i: int) -> bool:
        """Whether the verb ``i`` is passive: by its relations, or as a participle without auxiliary."""
        if self.child(i, "nsubj:pass", "aux:pass", "obl:agent") is not None:
            return True
        return self.tag[i] == "VBN" and self.role[i] in ("acl", "amod") and self.child(i, "aux") is None

    def preposition(self, i: int) -> str:
        """The case marker of the noun ``i``, lower case, several words joined by a blank; "" if none."""
        words = []
        for k in self.having(i, "case"):
            words.append(self.lower[k])
            words.extend(self.lower[m] for m in self.having(k, "fixed"))
        return " ".join(words)

    def clause_head(self, i: int) -> int:
        """The nearest token at or above ``i`` that heads a clause (``i``'s root where none does)."""
        for _ in range(500):
            base = self.role[i]
            if base in CLAUSES or (base == "conj" and self.pos[i] in ("VERB", "AUX")) or self.head[i] == i:
                return i
            i = self.head[i]
        return i

    def noun_phrase(self, i: int) -> tuple[int, int]:
        """Tokens (end exclusive) of the noun ``i`` with its determiner, adjectives, numerals and compounds.

        Prepositional and clausal modifiers stay out; a leading preposition too.
        """
        left, right = i, i + 1
        for k in self.children[i]:
            base = self.role[k]
            if k < i and base in NOUN_PARTS and base not in ("case", "punct"):
                left = min(left, self.edges(k)[0])
            elif k > i and (base == "flat" or base == "goeswith" or base.startswith("flat:")):
                right = max(right, self.edges(k)[1])
        return left, right

    def is_negated(self, i: int) -> bool:
        """Whether a "not", "no" or "never" stands directly below ``i``."""
        return any(self.lower[k] in NEGATIONS for k in self.children[i])

    def token_at(self, char: int) -> int:
        """Index of the token that covers the character ``char`` or precedes it."""
        return max(0, bisect_right(self.idx, char) - 1)


NEGATIONS = frozenset({"not", "n't", "n’t", "no", "never", "neither", "nor", "without", "nobody", "none"})
_POS = {int(code): name for name, code in POS_IDS.items()}
