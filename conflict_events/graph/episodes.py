"""Episodes: the spells of violence that one report tells apart, each a set of its events.

The incident's definition is applied here inside one report: one place or stretch of front, one set of
opponents, no told pause. Another day, another place, or the answer to an act is an episode of its own, and
what a report recalls is never part of its news. Linking then joins episodes of different reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conflict_events.graph import days, space
from conflict_events.records import ActorRef, CasualtyFigure, DateMention, Event, Extraction, Place

_FOUND_NOTHING = ("hypothetical", "negated")
# kinds that are no violence found an incident only as a report's own news
_PEACEFUL_CLASSES = ("strategic_developments",)
_PEACEFUL_TYPES = ("peaceful_protest",)
_VIOLENT_DEVELOPMENTS = ("looting_property_destruction",)
_NEVER = 99
_DAY_PRECISION = ("time", "day")
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


def fighting_parties(event: Event) -> frozenset[str]:
    """Parties that do the event or suffer it."""
    return frozenset(a.party for a in (*event.agents, *event.targets) if a.party)


def founds_incident(event: Event, main_event: str | None) -> bool:
    """Whether an event is told as having happened, and is violence or its report's own news."""
    if event.status in _FOUND_NOTHING:
        return False
    if event.id == main_event or event.type in _VIOLENT_DEVELOPMENTS:
        return True
    return event.class_ not in _PEACEFUL_CLASSES and event.type not in _PEACEFUL_TYPES


def episodes_of(extraction: Extraction) -> tuple[Episode, ...]:
    """The episodes of one report, its main one first where it has one.

    Where a report tells nothing as news, the first act that it recalls stands as its main episode, still background;
    where no event was found at all, its main episode has none, and its text alone may be found to tell another
    report's incident.
    """
    report = extraction.report
    events = [e for e in extraction.events if founds_incident(e, report.main_event)]
    main = _main_event(events, report.main_event)
    groups = _group(main, events, extraction)
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
                weekday=next((w for e in group if (w := weekday_of(e.date))), None),
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


def _group(main: Event | None, events: Sequence[Event], extraction: Extraction) -> list[list[Event]]:
    related = {(r.from_, r.to) for r in extraction.relations if r.type in ("retaliation_for", "part_of", "follows")}
    related |= {(b, a) for a, b in related}
    groups: list[list[Event]] = [[main]] if main is not None else []
    for event in events:
        if event is main:
            continue
        fitting = [g for g in groups if all(_fit(event, other, related) for other in g)]
        scored = [(_ties(event, g, main), -n, g) for n, g in enumerate(fitting)]
        best = max(scored, key=lambda item: item[:2], default=None)
        if best is not None and best[0] >= _ties_needed(event, best[2], main):
            best[2].append(event)
        else:
            groups.append([event])
    return groups


def _ties_needed(event: Event, group: Sequence[Event], main: Event | None) -> int:
    """How strongly an event must belong to a group to join it: the news takes in what nothing tells apart.

    Besides the news, an act with a place of its own is not the one that is told without a place.
    """
    if event.scope == "background":
        return 2
    if main is not None and group[0] is main:
        return 0
    placed = any(e.place is not None for e in group)
    if event.place is not None:
        return 0 if placed else _NEVER
    return 2 if placed else 0


def _fit(event: Event, other: Event, related: set[tuple[str, str]]) -> bool:
    if event.scope != other.scope or (event.class_ == "war") != (other.class_ == "war"):
        return False
    if (event.id, other.id) in related or _peaceful(event) != _peaceful(other):
        return False
    if dates_differ(event.date, other.date) or space.apart(event.place, other.place):
        return False
    mine, theirs = fighting_parties(event), fighting_parties(other)
    return not (len(mine) > 1 and len(theirs) > 1 and not mine & theirs)


def _peaceful(event: Event) -> bool:
    return event.class_ in _PEACEFUL_CLASSES or event.type in _PEACEFUL_TYPES


def _ties(event: Event, group: Sequence[Event], main: Event | None) -> int:
    """How strongly an event belongs to a group: what both name counts, and belonging to the news where nothing does."""
    same_day = any(event.date and e.date and _same_date(event.date, e.date) for e in group)
    same_place = any(event.place and e.place and space.same(event.place, e.place) for e in group)
    same_kind = any(event.type == e.type for e in group)
    shared = any(fighting_parties(event) & fighting_parties(e) for e in group)
    if event.scope == "background":
        return 2 * (same_day or same_place)
    return 2 * same_place + same_day + shared + same_kind + (main is not None and group[0] is main)


def _same_date(a: DateMention, b: DateMention) -> bool:
    if a.start is not None and b.start is not None:
        return (a.start, a.end) == (b.start, b.end)
    return a.timex is not None and a.timex == b.timex


def dates_differ(a: DateMention | None, b: DateMention | None) -> bool:
    """Whether two time expressions of one report mean different days; unanchored ones differ by weekday.

    A day and an expression that starts or ends on it do not differ.
    """
    if a is None or b is None:
        return False
    gap = days.gap((a.start, a.end), (b.start, b.end))
    if gap is not None:
        return gap > 0
    first, second = weekday_of(a), weekday_of(b)
    return first is not None and second is not None and first != second


def weekday_of(mention: DateMention | None) -> str | None:
    """ "1" (Monday) to "7" of a day known by its weekday alone ("XXXX-WXX-2"), else None."""
    if mention is None or mention.start is not None or not mention.timex or mention.precision not in _DAY_PRECISION:
        return None
    _, found, rest = mention.timex.partition("WXX-")
    return rest[0] if found and rest[:1] in frozenset("1234567") else None


def days_of(events: Iterable[Event]) -> days.Interval | None:
    """Bounds of the events' days: those told as facts where there are any, by their most precise expressions."""
    dated = [e for e in events if e.date is not None and days.of_mention(e.date) is not None]
    dated = [e for e in dated if e.status == "asserted"] or dated
    exact = [e for e in dated if e.date is not None and e.date.precision in _DAY_PRECISION]
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

    What a figure recalls stays out of the news, also where it hangs on a current event.
    """
    of_event = {e.id: n for n, g in enumerate(groups) for e in g}
    counted: list[list[CasualtyFigure]] = [[] for _ in groups]
    group_of: dict[str, int] = {}
    for figure in figures:
        n = of_event.get(figure.event or "")
        if n is None and figure.event is None and figure.scope == "current" and main is not None:
            n = 0
            if dates_differ(figure.date, main.date) or space.apart(figure.place, main.place):
                n = None
        if n is not None and figure.scope == "background" and groups[n][0].scope == "current":
            n = None
        if figure.same_as in group_of:
            # a statement told again is the same statement, wherever it is told
            n = group_of[figure.same_as]
        if n is not None:
            group_of[figure.id] = n
            counted[n].append(figure)
    return counted
