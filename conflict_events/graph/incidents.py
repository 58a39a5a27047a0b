"""From clusters of episodes to incidents: bounds, place, sides, status, title, and their tolls."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conflict_events.graph import days, space
from conflict_events.graph.episodes import Episode, days_of, sides_of
from conflict_events.graph.speakers import party_key
from conflict_events.graph.statements import Told
from conflict_events.graph.titles import title_of
from conflict_events.graph.tolls import add_up
from conflict_events.records import DatePrecision, Event, Extraction, Incident, Place, Scope, Status

_FINENESS: dict[str, int] = {
    name: rank
    for rank, name in enumerate(
        ("time", "day", "weekend", "week", "month", "quarter", "season", "year", "range", "decade", "century", "era")
    )
}
# a place is wide from an area on; a town, a village or a district is not
_WIDE = 2
# with these the bounds say how long the incident lasted; within a month or a year they do not
_BOUNDED = ("time", "day", "weekend", "week", "range")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Episodes of several reports that are one incident, in canonical order, and how well they agree."""

    episodes: tuple[Episode, ...]
    confidence: float

    @property
    def reports(self) -> frozenset[str]:
        """Ids of the reports that tell or recall it."""
        return frozenset(episode.report for episode in self.episodes)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(e for episode in self.episodes for e in episode.events)


def incident_id(cluster: Cluster) -> str:
    """An id that depends on the first event of the incident in order of ids, and on nothing else.

    It is the same for any order of input, and stays while reports are added whose ids come later.
    """
    first = min((event.id for event in cluster.events), default=cluster.episodes[0].report)
    return "i" + hashlib.sha256(first.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def incident_of(cluster: Cluster, extractions: Mapping[str, Extraction], copy_of: Mapping[str, str | None]) -> Incident:
    """The incident record of a cluster; ``copy_of`` names the representative of each report that is a copy."""
    events = cluster.events
    current = [e for episode in cluster.episodes if not episode.background for e in episode.events]
    telling = _reports(ep for ep in cluster.episodes if not ep.background)
    recalling = [r for r in _reports(ep for ep in cluster.episodes if ep.background) if r not in telling]
    scope: Scope = "current" if telling else "background"
    chosen = current or list(events)
    status, claimed_by, denied_by = _status(chosen, frozenset(p for ep in cluster.episodes for p in ep.parties))
    type_, class_ = _kind(cluster, chosen)
    when = days_of(chosen) or days_of(events)
    precision = _precision(chosen, when)
    places = space.distinct(e.place for e in events if e.place is not None)
    figures = [f for episode in cluster.episodes for f in episode.figures]
    sides = sides_of(events, figures)
    place = _place(cluster)
    return Incident(
        id=incident_id(cluster),
        former_ids=(),
        title=title_of(type_, place, sides, when, precision),
        type=type_,
        class_=class_,
        scope=scope,
        status=status,
        claimed_by=claimed_by,
        denied_by=denied_by,
        start=when[0] if when else None,
        end=when[1] if when else None,
        date_precision=precision,
        ongoing=any(e.date is not None and e.date.start is not None and e.date.end is None for e in chosen),
        place=place,
        places=places,
        sides=sides,
        reports=tuple(telling),
        mentioned_in=tuple(recalling),
        events=tuple(sorted(e.id for e in events)),
        independent_sources=len({copy_of.get(r) or r for r in telling or recalling}),
        tolls=add_up(
            _told(cluster, extractions, copy_of),
            interval=when if precision in _BOUNDED else None,
            is_war=class_ == "war",
            belligerents=[a.party for a in sides if a.party],
            updates=[
                (r.from_, r.to)
                for report in sorted(cluster.reports)
                for r in extractions[report].relations
                if r.type == "updates"
            ],
        ),
        confidence=cluster.confidence,
    )


def _reports(episodes: Iterable[Episode]) -> list[str]:
    return list(dict.fromkeys(ep.report for ep in episodes))


def _told(cluster: Cluster, extractions: Mapping[str, Extraction], copy_of: Mapping[str, str | None]) -> list[Told]:
    told: list[Told] = []
    for episode in cluster.episodes:
        report = extractions[episode.report].report
        agents = {e.id: e.agents for e in episode.events}
        told.extend(
            Told(
                figure=figure,
                report=report.id,
                source=report.source,
                published=episode.published,
                copy_group=copy_of.get(report.id) or report.id,
                doers=frozenset(map(party_key, figure.agents or agents.get(figure.event or "", ()))),
            )
            for figure in episode.figures
        )
    return told


def _status(events: Sequence[Event], fighting: frozenset[str]) -> tuple[Status, tuple[str, ...], tuple[str, ...]]:
    """Asserted where one report tells it as a fact, or both sides do; else denied where anyone denies it; else claimed.

    Who claims and who denies is named where the incident does not stand as a fact.
    """
    if not events or any(e.status == "asserted" for e in events):
        return "asserted", (), ()
    claimed_by = sorted({e.claimant.party for e in events if e.claimant is not None and e.claimant.party})
    denied_by = sorted({a.party for e in events for a in e.denied_by if a.party})
    if len(fighting.intersection(claimed_by)) > 1 and not denied_by:
        return "asserted", (), ()
    status: Status = "denied" if any(e.status == "denied" for e in events) else "claimed"
    return status, tuple(claimed_by), tuple(denied_by)


def _kind(cluster: Cluster, chosen: Sequence[Event]) -> tuple[str, str]:
    """The kind that most episodes' leading events have, else the commonest among all events."""
    if not chosen:
        return "other", "strategic_developments"
    leading = [ep.events[0] for ep in cluster.episodes if ep.events and (ep.is_main or not ep.background)]
    votes = Counter(e.type for e in leading or chosen)
    every = Counter(e.type for e in chosen)
    best = min(votes, key=lambda t: (-votes[t], -every[t], t))
    return best, next(e.class_ for e in (*leading, *chosen) if e.type == best)


def _precision(events: Sequence[Event], when: days.Interval | None) -> DatePrecision | None:
    if when is None:
        return None
    dated = [e.date for e in events if e.date is not None and days.of_mention(e.date) is not None]
    finest = min((d.precision for d in dated), key=lambda p: _FINENESS[p], default=None)
    if finest == "time":
        finest = "day"
    if finest == "day" and when[0] != when[1]:
        return "range"
    return finest


def _place(cluster: Cluster) -> Place | None:
    """The sharpest place that leading events name most often, else the commonest of all events.

    Where that is wide and the events name one town or village inside it, that is the place.
    """
    leading = [ep.events[0].place for ep in cluster.episodes if ep.events and ep.events[0].place is not None]
    every = [e.place for e in cluster.events if e.place is not None]
    named = [p for p in leading if p is not None] or every
    if not named:
        return None
    votes = Counter(_place_key(p) for p in named)
    chosen = min(named, key=lambda p: (space.sharpness(p), -votes[_place_key(p)], p.id))
    inside = {_place_key(p): p for p in reversed(every) if space.contains(chosen, p) and space.sharpness(p) < _WIDE}
    return next(iter(inside.values())) if len(inside) == 1 else chosen


def _place_key(place: Place) -> str:
    return str(place.geonames_id or place.name.casefold())
