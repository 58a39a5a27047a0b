"""Sentences as the rules of events count them: from full stop to full stop, whatever the parser cut inside."""

from __future__ import annotations

from conflict_events.pipeline.layout import Layout
from conflict_events.pipeline.syntax import Tree

LONGEST = 120  # tokens; a longer stretch has lost its full stops and keeps the parser's sentences


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
    tree.sents = joined
    for k, (a, b) in enumerate(joined):
        tree.sent[a:b] = [k] * (b - a)
    return tree
