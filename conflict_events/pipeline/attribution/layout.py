"""The layout of a text that its marks give, without the parse: stretches between full stops, and quotations."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.pipeline.syntax import Tree

STOPS = frozenset({".", "!", "?", "…"})
QUOTES = frozenset({'"', "“", "”", "``", "''", "«", "»"})
OPENING = frozenset({"“", "«", "``"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Stretches and quotations of a text.

    A stretch runs from full stop (or line break) to full stop: a parser that lost its way in a text without
    commas may cut sentences inside it. ``stretch`` is the number of each token's stretch, ``bounds`` the tokens
    of each, end exclusive, ``quoted`` the number of the quotation that each token stands in, 0 outside.
    """

    stretch: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    quoted: tuple[int, ...]

    @classmethod
    def of(cls, tree: Tree) -> Layout:
        """Read off the words; a quotation mark that is never closed opens nothing."""
        stretch: list[int] = []
        bounds: list[tuple[int, int]] = []
        start = 0
        n = len(tree)
        for i, text in enumerate(tree.text):
            broken = tree.is_space[i] and "\n" in text
            if broken and start == i and bounds:
                # the blank line belongs to what it ends
                stretch.append(len(bounds) - 1)
                bounds[-1], start = (bounds[-1][0], i + 1), i + 1
                continue
            stretch.append(len(bounds))
            stop = text in STOPS and not (i + 1 < n and tree.text[i + 1] in QUOTES - OPENING)
            closing = text in QUOTES and i > 0 and tree.text[i - 1] in STOPS and not _goes_on(tree, i)
            if stop or broken or closing:
                bounds.append((start, i + 1))
                start = i + 1
        if start < n:
            bounds.append((start, n))
        return cls(tuple(stretch), tuple(bounds), _quotations(tree))

    def around(self, i: int) -> tuple[int, int]:
        """The tokens of the stretch that ``i`` stands in."""
        return self.bounds[self.stretch[i]]


def _goes_on(tree: Tree, i: int) -> bool:
    """Whether the sentence goes on after a closing mark: "… is over." said the mayor."""
    return i + 1 < len(tree) and tree.text[i + 1][:1].islower()


def _quotations(tree: Tree) -> tuple[int, ...]:
    numbers, opened, count = [0] * len(tree), -1, 0
    for i, text in enumerate(tree.text):
        if text not in QUOTES:
            continue
        if opened < 0 or text in OPENING:
            opened = i
        else:
            count += 1
            numbers[opened : i + 1] = [count] * (i + 1 - opened)
            opened = -1
    return tuple(numbers)
