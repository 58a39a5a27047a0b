"""Named comparisons of two episodes, and the match weights that make a score of them.

Each comparison looks at one kind of evidence and gives a value, or nothing where the reports do not say:
missing evidence weighs nothing. Weights are in bits (log2 of how much likelier the value is where both tell
of one incident) and stand in ``data/linking.json``; their sum with the prior is the score in bits.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeVar

from conflict_events.graph import days, space
from conflict_events.graph.episodes import Episode
from conflict_events.graph.speakers import party_key
from conflict_events.graph.wording import Wordings
from conflict_events.records import CasualtyFigure, LinkReason

Value = str | float
T = TypeVar("T", bound=Hashable)
MAX_SHARP_DAYS = 7
SMALL_FIGURE, LARGE_FIGURE = 3, 20


@dataclass(frozen=True, slots=True)
class Weights:
    """Match weights of one kind of pair: prior, and per comparison weights of levels or of knots between them."""

    prior: float
    levels: Mapping[str, Mapping[str, float]]
    knots: Mapping[str, tuple[tuple[float, float], ...]]

    def of(self, feature: str, value: Value) -> float:
        """The weight of a comparison's value in bits, linear between knots; 0 for what was never weighed."""
        if isinstance(value, str):
            return self.levels.get(feature, {}).get(value, 0.0)
        points = self.knots.get(feature, ())
        if not points:
            return 0.0
        if value <= points[0][0]:
            return points[0][1]
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            if value <= x1:
                return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        return points[-1][1]

    def weigh(self, compared: Mapping[str, Value]) -> tuple[float, tuple[LinkReason, ...]]:
        """Score in bits, and the comparisons behind it, the weightiest first."""
        reasons = [LinkReason(f, v, round(self.of(f, v), 3)) for f, v in compared.items()]
        total = self.prior + sum(r.weight for r in reasons)
        told = tuple(sorted((r for r in reasons if r.weight), key=lambda r: (-abs(r.weight), r.feature)))
        return round(total, 6), told


@cache
def shipped_weights(kind: str) -> Weights:
    """The weights for pairs of two reports' news ("news") or pairs in which one is only recalled ("recall")."""
    table: dict[str, Any] = json.loads(files("conflict_events.data").joinpath("linking.json").read_text("utf-8"))[kind]
    comparisons = table["comparisons"]
    return Weights(
        prior=table["prior"],
        levels={k: v["levels"] for k, v in comparisons.items() if "levels" in v},
        knots={k: tuple(map(tuple, v["knots"])) for k, v in comparisons.items() if "knots" in v},
    )


def compare_wording(wordings: Wordings, i: int, j: int) -> dict[str, Value]:
    """Comparisons of how two texts (i and j of ``wordings``) are worded."""
    return {
        "text": round(wordings.cosine(i, j), 3),
        "lead": round(wordings.lead_cosine(i, j), 3),
        "lead_told": round(wordings.lead_in_text(i, j), 3),
        "names": round(-sum(bits for bits, _ in wordings.rarest_names(i, j, 3)), 2),
    }


def compare_published(a: Episode, b: Episode) -> dict[str, Value]:
    """How far apart two reports appeared, as log2 of days and one; nothing where one does not say when it did."""
    appeared = days.gap(a.published, b.published)
    return {} if appeared is None else {"published": round(math.log2(1 + appeared), 3)}


def compare_facts(a: Episode, b: Episode) -> dict[str, Value]:
    """Comparisons of what two episodes state: day, place, kind, sides and numbers."""
    found: dict[str, Value | None] = {
        "day": _day(a, b),
        "place": space.best_relation(a.places, b.places),
        "kind": compare_kinds(kind_of(a), kind_of(b)),
        "sides": compare_sides(a.parties, b.parties),
        **compare_numbers(numbers_of(a.figures, "killed"), numbers_of(b.figures, "killed"), "killed", "killed_scale"),
        **compare_numbers(numbers_of(a.figures, "injured"), numbers_of(b.figures, "injured"), "injured"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _day(a: Episode, b: Episode) -> str | None:
    gap = days.gap(a.when, b.when)
    if gap is None:
        if a.weekday is not None and b.weekday is not None:
            return "same_weekday" if a.weekday == b.weekday else "other_weekday"
        return None
    length = max(days.length(a.when) or 0, days.length(b.when) or 0)
    if length <= MAX_SHARP_DAYS:
        return "same" if gap == 0 else "next" if gap == 1 else "days_off" if gap <= 3 else "other"
    if gap > 0:
        return "other"
    shorter = min(days.length(a.when) or 0, days.length(b.when) or 0)
    if 2 * shorter < length:
        return "within_period"
    return "same_month" if length <= 31 else "same_period"


class Kind(NamedTuple):
    """What kind of act an episode is: types and classes of its first event and of all of them."""

    type: str
    class_: str
    is_war: bool
    types: frozenset[str]
    classes: frozenset[str]


def kind_of(episode: Episode) -> Kind | None:
    """The kind of an episode; None for one without events."""
    lead = episode.lead
    if lead is None:
        return None
    types, classes = frozenset(e.type for e in episode.events), frozenset(e.class_ for e in episode.events)
    return Kind(lead.type, lead.class_, episode.is_war, types, classes)


def compare_kinds(a: Kind | None, b: Kind | None) -> str | None:
    """How alike two kinds of act are; None where there is no event on one side."""
    if a is None or b is None:
        return None
    if a.is_war != b.is_war:
        return "war_and_act"
    if a.is_war:
        return "both_war"
    if a.type == b.type:
        return "same_type"
    if a.types & b.types:
        return "shared_type"
    return "same_class" if a.classes & b.classes else "other_class"


def compare_sides(a: frozenset[T], b: frozenset[T]) -> str | None:
    """Whether two or one of the fighting parties are named by both; None where one names none."""
    if not a or not b:
        return None
    if len(a & b) > 1:
        return "both"
    return "one" if a & b else "none"


def compare_numbers(a: frozenset[int], b: frozenset[int], equal: str, scale: str | None = None) -> dict[str, str]:
    """Whether both state one number (under ``equal``), and how far the largest lie apart (under ``scale``).

    A small number proves little. Counts rise and sides differ, but rarely by much.

    >>> compare_numbers(frozenset({4, 48}), frozenset({50}), "killed", "killed_scale")
    {'killed': 'unequal', 'killed_scale': 'close'}
    """
    if not a or not b:
        return {}
    largest = max(a & b, default=0)
    if not largest:
        level = "unequal"
    else:
        level = "equal_small" if largest < SMALL_FIGURE else "equal" if largest < LARGE_FIGURE else "equal_large"
    if scale is None:
        return {equal: level}
    low, high = sorted((max(a), max(b)))
    if high - low <= 1 or high <= 1.25 * low:
        return {equal: level, scale: "close"}
    return {equal: level, scale: "similar" if high <= 2 * low else "apart" if high <= 4 * low else "far_off"}


def numbers_of(figures: Iterable[CasualtyFigure], outcome: str) -> frozenset[int]:
    """The numbers of people above 0 that figures state for an outcome.

    What somebody says that it did itself counts its enemy's dead, whom other reports do not tell with the victims: it
    is left out where another number is told.
    """
    told = [f for f in figures if f.outcome == outcome and f.status != "hypothetical" and f.value]
    others = [f for f in told if not _is_own_deed(f)]
    return frozenset(f.value for f in others or told if f.value)


def _is_own_deed(figure: CasualtyFigure) -> bool:
    claimant = party_key(figure.claimant)
    return claimant is not None and claimant in map(party_key, figure.agents)


def probability(bits: float) -> float:
    """The probability that a score in bits stands for, rounded to three decimals.

    >>> probability(0.0), probability(3.0)
    (0.5, 0.889)
    """
    odds = math.exp2(max(-60.0, min(60.0, bits)))
    return round(odds / (1.0 + odds), 3)
