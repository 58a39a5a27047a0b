"""What a pronoun or a bare "the ministry" at a reporting verb stands for."""

from __future__ import annotations

from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.sources import Source, within_reach
from conflict_events.pipeline.attribution.speakers import PRONOUNS, names_speaker, phrase
from conflict_events.pipeline.syntax import Tree

REACH_TOKENS = 150  # and how many tokens of a stretch
REACH_NAME = 6  # stretches back in which a pronoun's antecedent is looked for
_HUMAN = frozenset(
    """official spokesman spokeswoman spokesperson minister president commander general governor chief director head
    doctor witness resident source officer leader mayor lawmaker expert analyst soldier he she""".split()
)


def antecedent(tree: Tree, source: Source, by_stretch: dict[int, list[Source]], layout: Layout) -> tuple[int, int]:
    """The phrase of ``source``; for a pronoun that of the nearest subject or earlier source it can stand for."""
    low = tree.lower[source.head]
    if low not in PRONOUNS or low in ("we", "i"):
        return source.start, source.end
    here = layout.stretch[source.head]
    subject = _subject_in(tree, low, layout.bounds[here][0], source.head)
    if subject is not None:
        return subject
    for stretch in range(here, max(-1, here - REACH_NAME - 1), -1):
        for earlier in reversed(within_reach(by_stretch.get(stretch, ()), source.head)):
            if earlier.end <= source.head and earlier.stance != "deny" and _stands_for(tree, low, earlier.head):
                return _named_before(tree, earlier, by_stretch, layout)
        if here - 2 <= stretch < here:
            subject = _subject_in(tree, low, *layout.bounds[stretch])
            if subject is not None:
                return subject
    return source.start, source.end


def _subject_in(tree: Tree, pronoun: str, left: int, right: int) -> tuple[int, int] | None:
    """The phrase of the first subject among the tokens ``left`` to ``right`` that ``pronoun`` can stand for."""
    for k in range(max(left, right - REACH_TOKENS), right):
        if tree.role[k] in ("nsubj", "nsubj:pass") and _stands_for(tree, pronoun, k) and not _inside(tree, right, k):
            return phrase(tree, k)
    return None


def _named_before(tree: Tree, source: Source, by_stretch: dict[int, list[Source]], layout: Layout) -> tuple[int, int]:
    """The fuller phrase that a bare "the ministry" or "the source" takes up, where an earlier source has that noun."""
    own = (source.start, source.end)
    if source.end - source.start != 2 or tree.lower[source.start] != "the" or tree.pos[source.head] == "PROPN":
        return own
    noun, here = tree.lemma[source.head], layout.stretch[source.head]
    for stretch in range(here, max(-1, here - REACH_NAME - 1), -1):
        for earlier in reversed(within_reach(by_stretch.get(stretch, ()), source.head)):
            longer = earlier.end - earlier.start > 2 and earlier.end <= source.start
            if longer and noun in (tree.lemma[earlier.head], tree.lemma[earlier.end - 1]):
                return earlier.start, earlier.end
    return own


def _stands_for(tree: Tree, pronoun: str, noun: int) -> bool:
    """Whether ``pronoun`` agrees with ``noun`` in number and in being a person."""
    if tree.lower[noun] in PRONOUNS or tree.pos[noun] not in ("NOUN", "PROPN", "ADJ"):
        return False
    plural = tree.tag[noun] in ("NNS", "NNPS") or tree.lower[noun] in ("police", "authorities", "troops", "forces")
    plural = plural or any(tree.role[k] == "conj" for k in tree.children[noun])
    person = tree.ent_type[noun] == "PERSON" or tree.lemma[noun] in _HUMAN
    if pronoun in ("he", "she", "his", "her"):
        return person and not plural
    if pronoun in ("they", "their"):
        return plural
    return not person and not plural and (names_speaker(tree, noun) or tree.tag[noun] == "NNP")


def _inside(tree: Tree, i: int, noun: int) -> bool:
    """Whether ``i`` stands in the subtree of ``noun``, as a relative clause about it does."""
    left, right = tree.edges(noun)
    return left <= i < right
