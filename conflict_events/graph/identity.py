"""Ids of incidents that stay while an archive grows: the oldest id of what comes together survives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Member = TypeVar("Member", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Identity:
    """The id of a cluster, and the ids of incidents that it took over."""

    id: str
    absorbed: tuple[str, ...] = ()


def settle(
    clusters: Sequence[Collection[Member]],
    former: Mapping[Member, str],
    *,
    age: Callable[[str], Any],
    fresh: Callable[[int, int], str],
) -> list[Identity]:
    """Ids for clusters of members, some of which were members of incidents before.

    Each earlier incident goes to the cluster that holds most of its members (the first of equals); a cluster to
    which several go keeps the id of the oldest by ``age`` and has taken over the others. ``former`` names the
    incident that a member was in; ``fresh(n, attempt)`` proposes an id for cluster n, where none goes to it, until
    one is not taken.

    >>> found = settle([["x", "y"]], {"x": "i1", "y": "i2"}, age=len, fresh=lambda n, attempt: "new")
    >>> found[0].absorbed
    ('i2',)
    """
    shares: dict[str, Counter[int]] = {}
    for n, members in enumerate(clusters):
        for member in members:
            if (incident := former.get(member)) is not None:
                shares.setdefault(incident, Counter())[n] += 1
    heirs: dict[int, list[str]] = {}
    for incident in sorted(shares, key=lambda i: (age(i), i)):
        held = shares[incident]
        heirs.setdefault(min(held, key=lambda n: (-held[n], n)), []).append(incident)
    taken = set(former.values())
    found: list[Identity] = []
    for n in range(len(clusters)):
        inherited = heirs.get(n)
        if inherited:
            found.append(Identity(inherited[0], tuple(inherited[1:])))
            continue
        attempt = 0
        while (proposed := fresh(n, attempt)) in taken:
            attempt += 1
        taken.add(proposed)
        found.append(Identity(proposed))
    return found
