"""The tree as the rules of events read it: sentences from full stop to full stop, lemmas that the lexicon knows."""

from __future__ import annotations

from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.frames.forms import IRREGULAR
from conflict_events.pipeline.frames.ontology import Ontology
from conflict_events.pipeline.frames.repairs import repair
from conflict_events.pipeline.syntax import Tree

# past forms that are no nouns, whatever a tagger makes of them
PAST = frozenset(form for form in IRREGULAR if form not in {"shot", "struck", "fell", "fallen", "held", "broke"})
LONGEST = 120  # tokens; a longer stretch has lost its full stops and keeps the parser's sentences
PIECE = 240  # tokens; no sentence is longer: what is longer is read in pieces


def with_known_lemmas(tree: Tree, ontology: Ontology) -> Tree:
    """The same tree with the lexicon's words for forms whose lemma is none of its words, and mistakes put right."""
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
    return repair(tree, ontology)


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
