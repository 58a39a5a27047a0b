"""Who tells of an outcome and is no victim of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_events.pipeline.attribution.layout import Layout
from conflict_events.pipeline.attribution.sources import find_sources
from conflict_events.pipeline.figures.mentions import Mention
from conflict_events.pipeline.syntax import Tree

if TYPE_CHECKING:
    from conflict_events.pipeline.casualties import Figure

LONGEST_SPEAKER = 14  # tokens of the longest phrase of a speaker with his verb


def without_speakers(tree: Tree, figures: list[Figure]) -> list[Figure]:
    """The figures less those that count the one who speaks: "…, killing eight, the mayor, Ana Ruiz, said".

    A parser takes such a speaker for one more victim. Who speaks of an outcome told outside his own phrase
    is not its victim.
    """
    single = [f for f in figures if f.group.mention.quantity.value == 1]
    if not single:
        return figures
    speaking: list[tuple[int, int]] = []
    for source in find_sources(tree, Layout.of(tree)):
        start, end = min(source.start, source.cue), max(source.end, source.cue + 1)
        if source.stance == "affirm" and end - start <= LONGEST_SPEAKER:
            speaking.append((start, end))
    spoken = {i for start, end in speaking for i in range(start, end)}
    speakers = {
        id(f)
        for f in single
        if f.trigger.i not in spoken and not spoken.isdisjoint(range(*_mentioned(f.group.mention)))
    }
    return [f for f in figures if id(f) not in speakers]


def _mentioned(mention: Mention) -> tuple[int, int]:
    return mention.start, max(mention.end, mention.start + 1)
