"""Groups of people whose trigger is told once for several: "Peru lost 40 and Chile 52".

Each finder takes the groups that hang on a trigger and goes on to counted groups behind them that hang on none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conflict_events.pipeline.figures.features import part_mark
from conflict_events.pipeline.figures.mentions import Mention
from conflict_events.pipeline.figures.roles import BESIDE
from conflict_events.pipeline.figures.triggers import Trigger
from conflict_events.pipeline.syntax import Tree

FARTHEST = 16
JOINTS = frozenset({",", ";", ":", "and", "while", "-", "--", "–", "—"})
PLACING = frozenset("in on at near outside around inside during along between".split())
WHOLE_STARTS = frozenset({",", ";", "that", "and", '"', "“", "``", ":"})


def elided(
    tree: Tree,
    start: int,
    found: Sequence[Trigger],
    mentions: Sequence[Mention],
    linked: dict[tuple[int, int], str],
) -> Iterator[tuple[tuple[int, int], str]]:
    """Links (trigger, group) → rule that the groups told before carry over; ``linked`` holds the links by grammar."""
    owner: dict[int, int] = {}
    for (a, k), rule in linked.items():
        if rule.split("+")[0] not in BESIDE:
            owner.setdefault(k, a)
    at = {t.i for t in found}
    order = sorted((m.start, k) for k, m in enumerate(mentions) if m.counted)
    last: tuple[int, int] | None = None  # the group that hangs on a trigger, and that trigger
    whole: tuple[int, int] | None = None  # likewise, where it is what the parts are of
    for _, k in order:
        m = mentions[k]
        if k in owner:
            last = (k, owner[k])
            if _is_whole(tree, m, start):
                whole = last
            continue
        if last is None:
            continue
        before, a = last
        if whole is not None and not any(_crossed(found, whole[1], mentions[whole[0]].end, m.start)):
            yield (whole[1], k), "of_whole"
            continue
        rule = _carried(tree, found[a], mentions[before], m, at)
        if rule:
            yield (a, k), rule
            last = (k, a)


def _crossed(found: Sequence[Trigger], own: int, start: int, end: int) -> Iterator[bool]:
    for a, t in enumerate(found):
        if a != own and start <= t.i < end:
            yield True


def _is_whole(tree: Tree, m: Mention, start: int) -> bool:
    """Whether the group opens a count of its parts: "of the 20 dead, 12 were guards and eight drivers"."""
    k = m.start - 1 if tree.lower[m.start - 1 : m.start] != ["the"] else m.start - 2
    if k < start or tree.lower[k] != "of":
        return False
    return k == start or tree.lower[k - 1] in WHOLE_STARTS or tree.is_space[k - 1]


def _carried(tree: Tree, t: Trigger, whole: Mention, m: Mention, at: set[int]) -> str:
    gap = range(max(whole.end, t.i + 1 if whole.start < t.i < m.start else 0), m.start)
    if len(gap) > FARTHEST or m.start < whole.end or any(k in at for k in gap):
        return ""
    if part_mark(tree, m, max(0, m.start - 3)) in ("them_before", "them_after"):
        return "part"
    if any(tree.tag[k].startswith("VB") for k in gap) or m.noun is not None:
        return ""
    last = tree.lower[m.start - 1]
    if last in JOINTS and tree.lower[m.end : m.end + 1] != [] and tree.lower[m.end] in PLACING:
        return "distributed"
    named = tree.tag[m.start - 1].startswith("NN") and any(tree.lower[k] in JOINTS for k in gap)
    if named and t.sense.role in ("lose", "act") and whole.start > t.i:
        return "gapped"
    return ""
