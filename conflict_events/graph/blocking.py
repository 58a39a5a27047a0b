"""Candidate pairs of episodes: only those that share a block are ever compared.

Blocks are days by cells of the map; days by parties, for what is told without a point on the map; and for wars and
undated acts coarser ones. Reports' news are also paired with their nearest neighbours by wording. Every block is
bounded, so that the number of pairs grows with the number of episodes and not with its square.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from conflict_events.graph import days
from conflict_events.graph.episodes import Episode
from conflict_events.graph.facts import NONE, Bools, FactTable, Floats, Ints, Profiles, spread

Pair = tuple[int, int]
WINDOW_DAYS = 14
SPREAD_DAYS = 7
# in a block beyond this size each episode meets this many of its neighbours in canonical order
_BLOCK_LIMIT = 40
# degrees between the lines of the grid; places closer than that lie in one cell or in two that touch
CELL_DEGREES = 0.5
_ROWS, _COLUMNS = int(180 / CELL_DEGREES) + 3, int(360 / CELL_DEGREES) + 3


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


def day_ranges(table: FactTable) -> tuple[Ints, Ints]:
    """First and last day on which each episode is looked for, both ``NONE`` where on no day.

    News are looked for a day earlier and later than told, and where nobody dates them shortly before they appeared.
    """
    dated = (table.start != NONE) & (table.end - table.start <= SPREAD_DAYS)
    wider = table.is_main.astype(np.int64)
    appeared = (table.published_start != NONE) & (table.published_end - table.published_start <= SPREAD_DAYS)
    appeared &= (table.start == NONE) & table.is_main & ~table.background
    first = np.select([dated, appeared], [table.start - wider, table.published_start - 2], NONE)
    last = np.select([dated, appeared], [table.end + wider, table.published_end], NONE)
    return first, last


def candidate_pairs(episodes: Sequence[Episode]) -> set[Pair]:
    """Pairs (i < j) of episodes of different reports that share a block of day, place or parties."""
    first, second = pairs_of(FactTable.of(episodes))
    return set(zip(first.tolist(), second.tolist(), strict=True))


def pairs_of(table: FactTable) -> tuple[Ints, Ints]:
    """Candidate pairs (first[n] < second[n]) of a table's episodes, each once, in order."""
    first_day, last_day = day_ranges(table)
    return distinct_pairs(
        table,
        _near(table, first_day, last_day),
        _without_point(table, first_day, last_day),
        _undated(table, first_day),
        _long(table),
    )


def told_beside(table: FactTable, news: Ints) -> tuple[Ints, Ints]:
    """Pairs of episodes that reports of one incident tell beside their news; ``news`` numbers each one's incident."""
    rows = np.flatnonzero(~table.is_main & _has_events(table))
    return distinct_pairs(table, _within_blocks(news[rows] * 2 + _is_war(table)[rows], rows))


def distinct_pairs(table: FactTable, *found: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Pairs of different reports, each once with its first episode first, in order."""
    size = max(len(table), 1)
    keys = []
    for first, second in found:
        kept = table.report[first] != table.report[second]
        first, second = first[kept], second[kept]
        keys.append(np.minimum(first, second) * size + np.maximum(first, second))
    joined = np.sort(np.concatenate(keys))
    if len(joined):
        joined = joined[np.append(True, joined[1:] != joined[:-1])]
    first, second = np.divmod(joined, size)
    return first, second


def _near(table: FactTable, first_day: Ints, last_day: Ints) -> tuple[Ints, Ints]:
    """Pairs with a common day and a point each in one cell or in two that touch."""
    rows, named = spread(np.diff(table.first_place))
    place = table.place[table.first_place[rows] + named]
    kept = table.places.is_point[place] & (first_day[rows] != NONE)
    rows, place = rows[kept], place[kept]
    if not len(rows):
        return rows, rows
    row = _line(table.places.latitude[place] + 90.0, _ROWS)
    column = _line(table.places.longitude[place] + 180.0, _COLUMNS)
    keys = ((first_day[rows] - first_day[rows].min()) * _ROWS + row) * _COLUMNS + column
    order = np.lexsort((rows, keys))
    keys, rows = keys[order], rows[order]
    days_more = last_day[rows] - first_day[rows]
    here = np.arange(len(keys))
    found = [_spread_pairs(rows, here, here + 1, np.searchsorted(keys, keys + 1, side="right"))]
    found.append(_spread_pairs(rows, here, *_around(keys, keys + _COLUMNS)))
    for day in range(1, int(days_more.max()) + 1):
        later = np.flatnonzero(days_more >= day)
        for step in (-1, 0, 1):
            middle = keys[later] + (day * _ROWS + step) * _COLUMNS
            found.append(_spread_pairs(rows, later, *_around(keys, middle)))
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


def _line(degrees: Floats, lines: int) -> Ints:
    """Number of a grid line; there is an empty one before the first and after the last."""
    return np.clip(np.floor(degrees / CELL_DEGREES).astype(np.int64) + 1, 1, lines - 2)


def _around(keys: Ints, middle: Ints) -> tuple[Ints, Ints]:
    return np.searchsorted(keys, middle - 1, side="left"), np.searchsorted(keys, middle + 1, side="right")


def _spread_pairs(rows: Ints, at: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Pairs of the episodes of entries ``at`` with those of the entries from ``begin`` on, up to the block limit."""
    owner, further = spread(np.clip(end - begin, 0, _BLOCK_LIMIT))
    return rows[at[owner]], rows[begin[owner] + further]


def _without_point(table: FactTable, first_day: Ints, last_day: Ints) -> tuple[Ints, Ints]:
    """Pairs with a common day and party of which one has no point on the map."""
    has_point = np.zeros(len(table), dtype=bool)
    owner, _ = spread(np.diff(table.first_place))
    has_point[owner[table.places.is_point[table.place]]] = True
    dated = np.flatnonzero(first_day != NONE)
    rows, party, parties = _by_party(table, dated)
    if not len(rows):
        return rows, rows
    keys = (first_day[rows] - first_day[rows].min()) * parties + party
    order = np.lexsort((rows, keys))
    keys, rows = keys[order], rows[order]
    seeking = np.flatnonzero(~has_point[rows])
    longest = int((last_day - first_day)[dated].max())
    found = [(rows[:0], rows[:0])]
    for day in range(-longest, longest + 1):
        at = seeking[last_day[rows[seeking]] - first_day[rows[seeking]] >= day]
        wanted = keys[at] + day * parties
        begin, end = np.searchsorted(keys, wanted, side="left"), np.searchsorted(keys, wanted, side="right")
        first, second = _spread_pairs(rows, at, begin, end)
        common = last_day[second] >= first_day[first]
        found.append((first[common], second[common]))
    return np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found])


def _undated(table: FactTable, first_day: Ints) -> tuple[Ints, Ints]:
    """Pairs of acts without a day, of one class, at one place of the gazetteer."""
    rows, named = spread(np.where((first_day == NONE) & _has_events(table), np.diff(table.first_place), 0))
    place = table.place[table.first_place[rows] + named]
    known = table.places.number[place] != NONE
    rows, place = rows[known], place[known]
    classes = Profiles.number("" if kind is None else kind.class_ for kind in table.kinds.known)
    keys = table.places.number[place] * max(len(classes.known), 1) + classes.of[table.kinds.of[rows]]
    return _within_blocks(keys, rows)


def _long(table: FactTable) -> tuple[Ints, Ints]:
    """Pairs of wars, or of acts, of a week and more that begin in one year and share a party."""
    long = (table.start != NONE) & (table.end - table.start >= SPREAD_DAYS)
    several = np.array([len(s) > 1 for s in table.sides.known], dtype=bool)[table.sides.of] & long
    rows, party, parties = _by_party(table, np.flatnonzero(several))
    keys = (_year(table.start[rows]) * parties + party) * 2 + _is_war(table)[rows]
    return _within_blocks(keys, rows)


def _by_party(table: FactTable, chosen: Ints) -> tuple[Ints, Ints, int]:
    """Each of the chosen episodes once for each party that fights in it, the party's number, and how many there are."""
    numbers: dict[str, int] = {}
    listed = [[numbers.setdefault(party, len(numbers)) for party in s] for s in table.sides.known]
    begin = np.cumsum([0, *(len(s) for s in listed)], dtype=np.int64)
    flat = np.array([n for s in listed for n in s], dtype=np.int64)
    side = table.sides.of[chosen]
    owner, named = spread(begin[side + 1] - begin[side])
    return chosen[owner], flat[begin[side[owner]] + named], max(len(numbers), 1)


def _within_blocks(keys: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Pairs of the rows under one key, each with those that follow it, up to the block limit."""
    order = np.lexsort((rows, keys))
    keys, rows = keys[order], rows[order]
    here = np.arange(len(keys))
    return _spread_pairs(rows, here, here + 1, np.searchsorted(keys, keys, side="right"))


def _year(day: Ints) -> Ints:
    """Calendar years of day numbers."""
    # numpy counts days from 1970-01-01, which is day 719163
    return (day - 719163).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def _has_events(table: FactTable) -> Bools:
    return np.array([kind is not None for kind in table.kinds.known], dtype=bool)[table.kinds.of]


def _is_war(table: FactTable) -> Bools:
    return np.array([kind is not None and kind.is_war for kind in table.kinds.known], dtype=bool)[table.kinds.of]
