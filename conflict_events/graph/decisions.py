"""What people decided by hand: which events are one incident and which are not, kept over every new linking.

A decision names events by their ids (and a report without events by its own id), never incidents, so that it
holds whatever incidents the next linking finds.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from conflict_events.errors import ConflictEventsError
from conflict_events.records import Decision, LinkReason

T = TypeVar("T")
Pair = tuple[int, int]


@dataclass(slots=True)
class Hand:
    """Groups of items that decisions hold together, and pairs of groups that they hold apart; later ones prevail.

    >>> hand = Hand.of([Decision("split", (("a/e1",), ("b/e1",)), by="an editor", reason="other village")])
    >>> hand.are_apart(hand.group_of["a/e1"], hand.group_of["b/e1"])
    True
    """

    group_of: dict[str, int] = field(default_factory=dict)
    items: dict[int, set[str]] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=dict)
    groups: int = 0

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Hand:
        """What all decisions together, in the order in which they were taken, come to."""
        hand = cls()
        for decision in decisions:
            hand.take(decision)
        return hand

    def take(self, decision: Decision) -> None:
        """Add a decision: its items leave the groups that they were in, and stay apart from what those were apart from."""
        made: list[int] = []
        whole = tuple(item for items in decision.groups for item in items)
        for items in decision.groups if decision.kind == "split" else (whole,):
            group = self.groups
            self.groups += 1
            partners = {p for item in items for p in self.apart.get(self.group_of.get(item, -1), ())}
            for item in items:
                self.items.get(self.group_of.get(item, -1), set()).discard(item)
                self.group_of[item] = group
            self.items[group] = set(items)
            for partner in partners:
                self._part(group, partner)
            made.append(group)
        if decision.kind == "split":
            for a, b in itertools.combinations(made, 2):
                self._part(a, b)

    def _part(self, a: int, b: int) -> None:
        self.apart.setdefault(a, set()).add(b)
        self.apart.setdefault(b, set()).add(a)

    def are_apart(self, a: int, b: int) -> bool:
        """Whether two groups may not be of one incident."""
        return b in self.apart.get(a, ())

    def beside(self, items: Iterable[str]) -> set[str]:
        """All that decisions hold together with some items, these among them."""
        groups = {g for item in items if (g := self.group_of.get(item)) is not None}
        return {item for group in groups for item in self.items[group]}

    def reasons(self, first: Iterable[str], second: Iterable[str]) -> tuple[LinkReason, ...]:
        """The decision that holds two things together or apart, as a reason; none where nobody decided."""
        a, b = self.group(first), self.group(second)
        if a is None or b is None:
            return ()
        if a == b:
            return (LinkReason("decision", "merge", 0.0),)
        return (LinkReason("decision", "split", 0.0),) if self.are_apart(a, b) else ()

    def group(self, items: Iterable[str]) -> int | None:
        """The group of what holds these items: the latest decision about any of them counts."""
        return max((g for item in items if (g := self.group_of.get(item)) is not None), default=None)


def obey(
    clusters: Sequence[Sequence[int]],
    groups: Callable[[int], int | None],
    hand: Hand,
    weight: Callable[[int, int], float],
) -> list[list[int]]:
    """The clusters as the decisions want them, each sorted, ordered by their first members.

    ``groups`` gives the group of a member. A cluster with groups that are apart is parted, members that nobody
    decided about going where their mean ``weight`` is highest; then what one group holds is put together, with all that
    it was found with, unless that would join what is apart: then only its own members move.
    """
    if not hand.group_of:
        return [list(c) for c in clusters]
    parts = [part for cluster in clusters for part in _parted(cluster, groups, hand, weight)]
    merged: list[list[int]] = []
    holder: dict[int, list[int]] = {}
    for part in parts:
        home = list(part)
        merged.append(home)
        for group in sorted(_held(home, groups)):
            other = holder.setdefault(group, home)
            if other is home:
                continue
            if any(hand.are_apart(a, b) for a in _held(home, groups) for b in _held(other, groups)):
                moving = [m for m in home if groups(m) == group]
                home[:] = [m for m in home if groups(m) != group]
                other.extend(moving)
                continue
            other.extend(home)
            home.clear()
            home = other
            holder.update(dict.fromkeys(_held(home, groups), home))
    return sorted(sorted(members) for members in merged if members)


def _held(members: Iterable[int], groups: Callable[[int], int | None]) -> set[int]:
    return {g for m in members if (g := groups(m)) is not None}


def _parted(
    cluster: Sequence[int],
    groups: Callable[[int], int | None],
    hand: Hand,
    weight: Callable[[int, int], float],
) -> list[list[int]]:
    decided: dict[int, list[int]] = {}
    free: list[int] = []
    for member in cluster:
        group = groups(member)
        if group is None:
            free.append(member)
        else:
            decided.setdefault(group, []).append(member)
    sides: list[list[int]] = []
    for group in sorted(decided):
        fitting = next((s for s in sides if not any(hand.are_apart(group, g) for g in s)), None)
        if fitting is None:
            sides.append([group])
        else:
            fitting.append(group)
    if len(sides) < 2:
        return [list(cluster)]
    parts = [[m for g in side for m in decided[g]] for side in sides]
    fixed = [list(p) for p in parts]
    for member in free:
        means = [sum(weight(member, other) for other in part) / len(part) for part in fixed]
        parts[means.index(max(means))].append(member)
    return parts


def several(given: Iterable[T], what: str) -> list[T]:
    """The items given, as a list. Raises ``TypeError`` for a bare string, whose characters nobody means.

    >>> several("a/e1", "ids of events")
    Traceback (most recent call last):
    TypeError: give several ids of events; put a single one into a list
    """
    if isinstance(given, str):
        raise TypeError(f"give several {what}; put a single one into a list")
    return list(given)


def signed(decision: Decision) -> Decision:
    """The decision. Raises ``ConflictEventsError`` CE035 where it does not name who decides."""
    if not decision.by.strip():
        raise ConflictEventsError("CE035", reason="it does not say who decides")
    return decision


def parted(members: Collection[tuple[str, str]], events: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The two groups of a split: what stays in an incident, and the events that leave it.

    ``members`` are (event, report) pairs, ``events`` ids of events, or of reports for all that they tell. Raises
    ``ConflictEventsError`` CE034 for an id that is not among the members, CE035 where none or all would leave.

    >>> parted([("a/e1", "a"), ("b/e1", "b"), ("b/e2", "b")], ["b"])
    (('a/e1',), ('b/e1', 'b/e2'))
    """
    chosen: set[str] = set()
    for wanted in events:
        found = {item for item, report in members if wanted in (item, report)}
        if not found:
            raise ConflictEventsError("CE034", id=wanted, expected="an event or report of the incident")
        chosen |= found
    if not chosen:
        raise ConflictEventsError("CE035", reason="it names no events")
    staying = tuple(item for item, _ in members if item not in chosen)
    if not staying:
        raise ConflictEventsError("CE035", reason="it would leave nothing in the incident")
    return staying, tuple(item for item, _ in members if item in chosen)
