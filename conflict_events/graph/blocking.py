"""Candidate pairs of episodes: only those that share a block are ever compared.

Blocks are days by cells of the map, days by parties, and for wars and undated acts coarser ones; reports'
news are also paired with their nearest neighbours by wording. Every block is bounded, so that the number
of pairs grows with the number of episodes and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from conflict_events.graph import days, space
from conflict_events.graph.episodes import Episode

Pair = tuple[int, int]
WINDOW_DAYS = 14
_SPREAD_DAYS = 7
# in a block beyond this size each episode meets this many of its neighbours in canonical order
_BLOCK_LIMIT = 40


def time_groups(interval: days.Interval | None) -> list[Hashable]:
    """Stretches of time in which a report looks for others: those within two weeks share one, all share "any".

    >>> time_groups(None)
    ['any']
    """
    known = days.bounds(interval)
    if known is None or known[1] - known[0] > WINDOW_DAYS:
        return ["any"]
    window = known[0] // WINDOW_DAYS
    return ["any", window, window + 1]


def candidate_pairs(episodes: Sequence[Episode], news: Mapping[str, int] | None = None) -> set[Pair]:
    """Pairs (i < j) of episodes of different reports that share a block of day, place or parties.

    ``news`` numbers the incident that each report tells as its news; what reports of one incident tell besides
    shares a block too.
    """
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for i, episode in enumerate(episodes):
        for key in sorted(set(_keys(episode)), key=repr):
            blocks[key].append(i)
        if news is not None and episode.events and not episode.is_main:
            blocks["news", news[episode.report], episode.is_war].append(i)
    pairs: set[Pair] = set()
    for members in blocks.values():
        for n, i in enumerate(members):
            for j in members[n + 1 : n + 1 + _BLOCK_LIMIT]:
                if episodes[i].report != episodes[j].report:
                    pairs.add((i, j))
    return pairs


def _keys(episode: Episode) -> Iterator[Hashable]:
    dated = list(_days(episode))
    cells = [c for p in episode.places for c in space.cells(p)]
    parties = tuple(sorted(episode.parties))
    for day in dated:
        for cell in cells:
            yield "day and cell", day, cell
        for party in parties:
            yield "day and party", day, party
    if episode.events and not dated:
        for place in episode.places:
            if place.geonames_id is not None:
                yield "undated place", place.geonames_id, episode.events[0].class_
    known = days.bounds(episode.when)
    if known is not None and known[1] - known[0] >= _SPREAD_DAYS and len(parties) > 1 and episode.when is not None:
        for party in parties:
            yield "year and party", (episode.when[0] or "")[:4], party, episode.is_war


def _days(episode: Episode) -> Iterable[int]:
    """Days of the episode; a report's news that nobody dates happened shortly before it appeared."""
    known = days.bounds(episode.when)
    if known is None and episode.is_main and not episode.background:
        appeared = days.bounds(episode.published)
        if appeared is not None and appeared[1] - appeared[0] <= _SPREAD_DAYS:
            return range(appeared[0] - 2, appeared[1] + 1)
    if known is None or known[1] - known[0] > _SPREAD_DAYS:
        return ()
    return range(known[0] - 1, known[1] + 2) if episode.is_main else range(known[0], known[1] + 1)
