"""Whether two tellings can be of one event: what their dates, places and sides say for and against it."""

from __future__ import annotations

from typing import Any

from conflict_events.pipeline.assembly.clusters import MUTUAL, Cluster

AGREE = 0.8
DISAGREE = {"date": -1.5, "place": -0.7}
LONG = frozenset({"year", "decade", "century", "era"})
OPPOSED = -2.5


def sides(cluster: Cluster, group: Cluster) -> float:
    """What the parties say: the same doers speak for one event, doers of one and victims of the other against it."""
    theirs, ours = _doers(cluster), _doers(group)
    hit = set().union(*(x.hit for x in cluster.recent))
    struck = set().union(*(x.hit for x in group.recent))
    if any(x.lemma in MUTUAL for x in (*cluster.recent, *group.recent)):
        return AGREE if theirs & ours else 0.0
    if theirs and ours and not theirs & ours:
        return OPPOSED
    if (theirs & struck) - ours or (ours & hit) - theirs:
        return OPPOSED
    return AGREE if theirs & ours or hit & struck else 0.0


def _doers(cluster: Cluster) -> set[str]:
    """Parties of the doers, by the words that name the act where there are any."""
    named = [x.parties for x in cluster.recent if x.role in ("event", "weapon") and x.parties]
    return set().union(*(named or [x.parties for x in cluster.recent]))


def agreement(cluster: Cluster, group: Cluster, kind: str, values: dict[str, dict[str, Any]]) -> float:
    """What the dates or places ("date", "place") of two tellings say: one alike outweighs those that differ."""
    same = same_time if kind == "date" else same_place
    theirs = {getattr(x, kind) for x in cluster.recent} - {None}
    ours = {getattr(x, kind) for x in group.recent} - {None}
    answers = [
        True if a == b else same(values[a], values[b]) for a in theirs for b in ours if a in values and b in values
    ]
    if True in answers:
        return AGREE
    return DISAGREE[kind] if False in answers else 0.0


def same_time(a: dict[str, Any], b: dict[str, Any]) -> bool | None:
    """Whether two dates can be one time; None where nothing is known.

    A weekday of no known week beside a named year or decade is news beside history.
    """
    if a.get("start") and b.get("start") and a.get("end") and b.get("end"):
        return bool(a["start"] <= b["end"] and b["start"] <= a["end"])
    precisions = {a.get("precision"), b.get("precision")}
    if "day" in precisions and not precisions.isdisjoint(LONG):
        return False
    if a.get("timex") and a["timex"] == b.get("timex"):
        return True
    return False if precisions == {"day"} and a.get("timex") and b.get("timex") else None


def same_place(a: dict[str, Any], b: dict[str, Any]) -> bool | None:
    """Whether two places are one; None where one can lie in the other."""
    if a["name"] == b["name"] or (a["geonames_id"] and a["geonames_id"] == b["geonames_id"]):
        return True
    if a["country"] and b["country"] and a["country"] != b["country"]:
        return False
    if a["precision"] == b["precision"] == "settlement":
        return False
    return None
