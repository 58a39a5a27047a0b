"""Episodes: the spells of violence that one report tells apart, each a set of its events.

The incident's definition is applied here inside one report: one place or stretch of front, one set of
opponents, no told pause. Another day, another place, or the answer to an act is an episode of its own, and
what a report recalls is never part of its news. Linking then joins episodes of different reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from conflict_events.graph import days, space
from conflict_events.graph.grouping import fighting_parties, group_events, is_peaceful
from conflict_events.records import ActorRef, CasualtyFigure, DateMention, Event, Extraction, Place

# a report that tells more acts, or places, of one day leaves open which of them a number is of
_MOST_OF_ONE_DAY = 8
_FOUND_NOTHING = ("hypothetical", "negated")
_VIOLENT_DEVELOPMENTS = ("looting_property_destruction",)
_KIND_RANK: dict[str, int] = {
    kind: rank
    for rank, kind in enumerate(
        ("state", "armed_group", "organization", "military", "police", "civilian", "person", "media", "unknown")
    )
}


@dataclass(frozen=True, slots=True)
class Episode:
    """Events of one report that are one incident, with what linking compares of them.

    ``when`` bounds its dated events, ``weekday`` is the TIMEX weekday of undated ones ("2" is Tuesday), ``parties`` are
    those that fight, ``published`` the report's own interval.
    """

    report: str
    number: int
    is_main: bool
    background: bool
    events: tuple[Event, ...]
    figures: tuple[CasualtyFigure, ...]
    when: days.Interval | None
    weekday: str | None
    places: tuple[Place, ...]
    parties: frozenset[str]
    published: days.Interval | None

    @property
    def key(self) -> str:
        """What orders episodes: the report, then where it stands among the report's episodes."""
        return f"{self.report}/{self.number:04d}"

    @property
    def lead(self) -> Event | None:
        """The event that stands for the episode in links."""
        return self.events[0] if self.events else None

    @property
    def is_war(self) -> bool:
        return any(e.class_ == "war" for e in self.events)


def founds_incident(event: Event, main_event: str | None) -> bool:
    """Whether an event is told as having happened, and is violence or its report's own news."""
    if event.status in _FOUND_NOTHING:
        return False
    if event.id == main_event or event.type in _VIOLENT_DEVELOPMENTS:
        return True
    return not is_peaceful(event)


def episodes_of(extraction: Extraction) -> tuple[Episode, ...]:
    """The episodes of one report, its main one first where it has one.

    Where a report tells nothing as news, the first act that it recalls stands as its main episode, still background;
    where no event was found at all, its main episode has none, and its text alone may be found to tell another
    report's incident.
    """
    report = extraction.report
    events = [e for e in extraction.events if founds_incident(e, report.main_event)]
    main = _main_event(events, report.main_event)
    groups = group_events(main, events, extraction.relations)
    figures = _figures_of_groups(groups, extraction.casualties, main)
    published = _known(report.published.start, report.published.end)
    episodes: list[Episode] = []
    if main is None:
        loose = tuple(f for f in extraction.casualties if f.event is None and f.scope == "current")
        episodes.append(Episode(report.id, 0, True, False, (), loose, None, None, (), _parties((), loose), published))
    for group, counted in zip(groups, figures, strict=True):
        is_main = main is not None and group[0] is main
        episodes.append(
            Episode(
                report=report.id,
                number=len(episodes),
                is_main=is_main,
                background=group[0].scope == "background" and group[0].id != report.main_event,
                events=tuple(group),
                figures=tuple(counted),
                when=days_of(group),
                weekday=next((w for e in group if (w := days.weekday_of(e.date))), None),
                places=_places(group),
                parties=_parties(group, counted),
                published=published,
            )
        )
    return tuple(episodes)


def _known(start: str | None, end: str | None) -> days.Interval | None:
    return (start, end) if start or end else None


def _main_event(events: Sequence[Event], named: str | None) -> Event | None:
    """The report's main event; where none is named, the first act that it tells, else the first that it recalls."""
    for wanted in (
        (e for e in events if e.id == named),
        (e for e in events if e.scope == "current" and e.class_ != "war"),
        (e for e in events if e.class_ != "war"),
    ):
        if (chosen := next(wanted, None)) is not None:
            return chosen
    return None


def days_of(events: Iterable[Event]) -> days.Interval | None:
    """Bounds of the events' days: those told as facts where there are any, by their most precise expressions."""
    dated = [e for e in events if e.date is not None and days.of_mention(e.date) is not None]
    dated = [e for e in dated if e.status == "asserted"] or dated
    exact = [e for e in dated if e.date is not None and e.date.precision in days.DAY_PRECISION]
    return days.hull([i for e in exact or dated if (i := days.of_mention(e.date))])


def _places(group: Sequence[Event]) -> tuple[Place, ...]:
    return space.distinct(e.place for e in group if e.place is not None)


def _parties(group: Sequence[Event], figures: Sequence[CasualtyFigure]) -> frozenset[str]:
    named = frozenset(p for e in group for p in fighting_parties(e))
    return named | {f.side.party for f in figures if f.side is not None and f.side.party}


def sides_of(events: Sequence[Event], figures: Sequence[CasualtyFigure]) -> tuple[ActorRef, ...]:
    """One actor for each party that fights or suffers, in order of party: a state itself before its forces."""
    fighting = [a for e in events for a in (*e.agents, *e.targets)] + [f.side for f in figures if f.side is not None]
    parties = {a.party for a in fighting if a.party}
    speaking = [e.claimant for e in events if e.claimant is not None]
    speaking += [f.claimant for f in figures if f.claimant is not None]
    best: dict[str, ActorRef] = {}
    for actor in (*fighting, *speaking):
        if actor.party not in parties or actor.party is None:
            continue
        known = best.get(actor.party)
        if known is None or _KIND_RANK[actor.kind] < _KIND_RANK[known.kind]:
            best[actor.party] = actor
    return tuple(best[party] for party in sorted(best))


def _figures_of_groups(
    groups: Sequence[Sequence[Event]], figures: Sequence[CasualtyFigure], main: Event | None
) -> list[list[CasualtyFigure]]:
    """The figures that each group's toll may count: those of its events; for the news, current ones of no event too.

    What a figure recalls stays out of the news, also where it hangs on a current event. A figure with an earlier day
    of its own counts the victims of that day: for the one group that tells it, else for none.
    """
    of_event = {e.id: n for n, g in enumerate(groups) for e in g}
    counted: list[list[CasualtyFigure]] = [[] for _ in groups]
    group_of: dict[str, int] = {}
    told = _ToldDays(groups)
    for figure in figures:
        n = of_event.get(figure.event or "")
        if n is None and figure.event is None and figure.scope == "current" and main is not None:
            n = 0
            if days.differ(figure.date, main.date) or space.apart(figure.place, main.place):
                n = None
        if n is not None and figure.scope == "background" and groups[n][0].scope == "current":
            n = None
        if n is not None and told.is_before(figure, n):
            n = told.group_of(figure)
        if figure.same_as in group_of:
            # a statement told again is the same statement, wherever it is told
            n = group_of[figure.same_as]
        if n is not None:
            group_of[figure.id] = n
            counted[n].append(figure)
    return counted


class _ToldDays:
    """Which days the groups of one report tell, as their figures' own days are held against them."""

    def __init__(self, groups: Sequence[Sequence[Event]]) -> None:
        self._scopes = [g[0].scope for g in groups]
        self._places = [_places(g)[:_MOST_OF_ONE_DAY] for g in groups]
        self._first: list[days.Interval | None] = []
        self._weekdays: list[set[str]] = []
        self._tellers: dict[Hashable, set[int]] = defaultdict(set)
        for n, group in enumerate(groups):
            dates = [e.date for e in group if e.date is not None]
            starts = [d.start for d in dates]
            known = [start for start in starts if start is not None]
            first = min(known) if known and len(known) == len(starts) else None
            self._first.append((first, first))
            weekdays = [days.weekday_of(d) for d in dates]
            self._weekdays.append({w for w in weekdays if w} if all(weekdays) else set())
            for date in dates:
                self._tellers[_day_key(date)].add(n)

    def is_before(self, figure: CasualtyFigure, n: int) -> bool:
        """Whether its day lies before all days of a group; who dies of wounds on a later day is of the group."""
        if figure.date is None:
            return False
        if figure.date.end is not None:
            return days.is_before((figure.date.start, figure.date.end), self._first[n])
        weekday = days.weekday_of(figure.date)
        others = self._weekdays[n]
        return weekday is not None and bool(others) and all(days.is_weekday_before(weekday, o) for o in others)

    def group_of(self, figure: CasualtyFigure) -> int | None:
        """The only group of the figure's scope that tells its day, unless at a place apart from its own."""
        telling = self._tellers[_day_key(figure.date)] if figure.date is not None else set()
        if len(telling) > _MOST_OF_ONE_DAY:
            return None
        fitting = [n for n in telling if self._scopes[n] == figure.scope]
        fitting = [n for n in fitting if not any(space.apart(figure.place, p) for p in self._places[n])]
        return fitting[0] if len(fitting) == 1 else None


def _day_key(date: DateMention) -> Hashable:
    """What two expressions of one time share: their bounds, or the weekday; nothing where neither is known."""
    if date.start is not None or date.end is not None:
        return date.start, date.end
    return days.weekday_of(date) or date.id
