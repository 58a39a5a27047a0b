"""The tree as the rules of events read it: sentences from full stop to full stop, lemmas that the lexicon knows."""

from __future__ import annotations

from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.frames.forms import IRREGULAR
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.syntax import Tree

# past forms that are no nouns, whatever a tagger makes of them
PAST = frozenset(form for form in IRREGULAR if form not in {"shot", "struck", "fell", "fallen", "held", "broke"})
LONGEST = 120  # tokens; a longer stretch has lost its full stops and keeps the parser's sentences
REACH = 4  # tokens from an owner to what it owns: "the armys heavy artillery"
PIECE = 240  # tokens; no sentence is longer: what is longer is read in pieces


def with_known_lemmas(tree: Tree, ontology: Ontology) -> Tree:
    """The same tree with the lexicon's words for forms whose lemma is none of its words, and gerunds as nouns.

    After an article or a possessor "shelling" is a noun whatever the tagger says, and "the army's" its possessor.
    """
    forms, words = ontology.forms, ontology.known
    for i, word in enumerate(tree.lower):
        known = word in forms and (tree.lemma[i] not in words or (word in IRREGULAR and tree.tag[i].startswith("VB")))
        if known:
            tree.lemma[i] = forms[word]
            if tree.pos[i] in ("NOUN", "PROPN") and word in PAST and ontology.is_verb(forms[word]):
                tree.pos[i], tree.tag[i] = "VERB", "VBD"
        if (
            tree.tag[i] in ("NN", "NNS")
            and word.removesuffix("s").endswith("ing")
            and word.removesuffix("s") in ontology.rows
        ):
            tree.lemma[i] = word.removesuffix("s")
        if tree.tag[i] == "VBG" and i and word in ontology.rows and tree.tag[i - 1] in ("POS", "PRP$", "DT"):
            tree.pos[i], tree.tag[i], tree.lemma[i] = "NOUN", "NN", word
            for k in tree.children[i]:
                if tree.role[k] == "nsubj" and k < i:
                    tree.role[k] = "nmod:poss"
    _lost_apostrophes(tree, ontology)
    return tree


def _lost_apostrophes(tree: Tree, ontology: Ontology) -> None:
    """Possessors whose apostrophe was lost ("the regimes helicopter", "Assads air force") hung on what they own."""
    owners = ontology.words["force"] | ontology.words["rebel"] | ontology.words["government"]
    names = {tree.text[i] for i in range(len(tree)) if tree.pos[i] == "PROPN"}
    for i in range(len(tree) - 1):
        text, head = tree.text[i], tree.head[i]
        if not text.endswith("s") or text.endswith("ss") or tree.tag[i] not in ("NNS", "NNPS", "NNP", "JJ", "NN"):
            continue
        owner = tree.lower[i][:-1] in owners and tree.lower[i] not in owners
        if not (owner or text[:-1] in names):
            continue
        before_noun = tree.role[i] in ("compound", "amod", "nmod:poss") and i < head <= i + REACH
        beside = tree.role[i] == "nsubj" and tree.role[i + 1] == "nsubj" and tree.head[i + 1] == head
        if before_noun or beside:
            tree.role[i], tree.pos[i] = "nmod:poss", "PROPN" if text[:1].isupper() else "NOUN"
            tree.lemma[i] = tree.lower[i][:-1]
            if beside:
                tree.children[head].remove(i)
                tree.head[i] = i + 1
                tree.children[i + 1].insert(0, i)


def by_stretch(tree: Tree) -> Tree:
    """The same tree with its sentences joined where no full stop stands between them.

    A parser that loses its way cuts "a blast on Tuesday | killed three", and what belongs together would be sought
    apart. Relations between tokens stay as parsed.
    """
    joined: list[tuple[int, int]] = []
    layout = Layout.of(tree)
    for start, end in layout.bounds:
        if end - start <= LONGEST:
            joined.append((start, end))
        else:
            joined.extend((max(a, start), min(b, end)) for a, b in tree.sents if a < end and b > start)
    pieces = [(k, min(k + PIECE, b)) for a, b in joined for k in range(a, b, PIECE)]
    tree.sents = pieces
    for k, (a, b) in enumerate(pieces):
        tree.sent[a:b] = [k] * (b - a)
    return tree
