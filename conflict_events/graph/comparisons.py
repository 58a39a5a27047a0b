"""Named comparisons of two episodes, and the match weights that make a score of them.

Each comparison looks at one kind of evidence and gives a value, or nothing where the reports do not say:
missing evidence weighs nothing. Weights are in bits (log2 of how much likelier the value is where both tell
of one incident) and stand in ``data/linking.json``; their sum with the prior is the score in bits.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from conflict_events.graph import days, space
from conflict_events.graph.episodes import Episode
from conflict_events.graph.wording import Wordings
from conflict_events.records import CasualtyFigure, LinkReason

Value = str | float
MAX_SHARP_DAYS = 7
_SMALL_FIGURE, _LARGE_FIGURE = 3, 20


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


def compare_news(a: Episode, b: Episode, wordings: Wordings, i: int, j: int) -> dict[str, Value]:
    """Comparisons of two reports' news: their wording (texts i and j of ``wordings``) and what they state."""
    compared: dict[str, Value] = {}
    if wordings.items[i].words and wordings.items[j].words:
        compared["text"] = round(wordings.cosine(i, j), 3)
        compared["lead"] = round(wordings.lead_cosine(i, j), 3)
        compared["lead_told"] = round(wordings.lead_in_text(i, j), 3)
        compared["names"] = round(-sum(bits for bits, _ in wordings.rarest_names(i, j, 3)), 2)
    appeared = days.gap(a.published, b.published)
    if appeared is not None:
        compared["published"] = round(math.log2(1 + appeared), 3)
    compared.update(compare_facts(a, b))
    return compared


def compare_facts(a: Episode, b: Episode) -> dict[str, Value]:
    """Comparisons of what two episodes state: day, place, kind, sides and numbers."""
    found: dict[str, Value | None] = {
        "day": _day(a, b),
        "place": space.best_relation(a.places, b.places),
        "kind": _kind(a, b),
        "sides": _sides(a.parties, b.parties),
        "killed": _equal_figure(a.figures, b.figures, "killed"),
        "killed_scale": _scale(a.figures, b.figures, "killed"),
        "injured": _equal_figure(a.figures, b.figures, "injured"),
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


def _kind(a: Episode, b: Episode) -> str | None:
    if a.lead is None or b.lead is None:
        return None
    if a.is_war != b.is_war:
        return "war_and_act"
    if a.is_war:
        return "both_war"
    types_a, types_b = {e.type for e in a.events}, {e.type for e in b.events}
    if a.lead.type == b.lead.type:
        return "same_type"
    if types_a & types_b:
        return "shared_type"
    if {e.class_ for e in a.events} & {e.class_ for e in b.events}:
        return "same_class"
    return "other_class"


def _sides(a: frozenset[str], b: frozenset[str]) -> str | None:
    if not a or not b:
        return None
    if len(a & b) > 1:
        return "both"
    return "one" if a & b else "none"


def _equal_figure(a: tuple[CasualtyFigure, ...], b: tuple[CasualtyFigure, ...], outcome: str) -> str | None:
    """Whether both state one number; a small one proves little. None where either states none."""
    first, second = _numbers(a, outcome), _numbers(b, outcome)
    if not first or not second:
        return None
    largest = max(first & second, default=0)
    if not largest:
        return "unequal"
    return "equal_small" if largest < _SMALL_FIGURE else "equal" if largest < _LARGE_FIGURE else "equal_large"


def _scale(a: tuple[CasualtyFigure, ...], b: tuple[CasualtyFigure, ...], outcome: str) -> str | None:
    """How far the largest numbers of the two lie apart; counts rise and sides differ, but rarely by much."""
    first, second = _numbers(a, outcome), _numbers(b, outcome)
    if not first or not second:
        return None
    low, high = sorted((max(first), max(second)))
    if high - low <= 1 or high <= 1.25 * low:
        return "close"
    return "similar" if high <= 2 * low else "apart" if high <= 4 * low else "far_off"


def _numbers(figures: tuple[CasualtyFigure, ...], outcome: str) -> set[int]:
    told = (f for f in figures if f.outcome == outcome and f.status != "hypothetical")
    return {f.value for f in told if f.value}


def probability(bits: float) -> float:
    """The probability that a score in bits stands for, rounded to three decimals.

    >>> probability(0.0), probability(3.0)
    (0.5, 0.889)
    """
    odds = math.exp2(max(-60.0, min(60.0, bits)))
    return round(odds / (1.0 + odds), 3)
