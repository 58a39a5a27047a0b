"""Which events of one report are one episode: groups that remember what their events say, not the events.

An event joins a group that nothing tells it apart from, so that all events of a group agree with each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from conflict_events.graph import days, space
from conflict_events.records import Event, Place, Relation

# kinds that are no violence found an incident only as a report's own news
_PEACEFUL_CLASSES = ("strategic_developments",)
_PEACEFUL_TYPES = ("peaceful_protest",)
_TELLING_APART = ("retaliation_for", "part_of", "follows")
_NEVER = 99
# beside the news, an act may be one of so many that were begun last: no report goes further back to resume one
_MOST_OPEN = 64


def is_peaceful(event: Event) -> bool:
    """Whether an event is no violence."""
    return event.class_ in _PEACEFUL_CLASSES or event.type in _PEACEFUL_TYPES


def fighting_parties(event: Event) -> frozenset[str]:
    """Parties that do the event or suffer it."""
    return frozenset(a.party for a in (*event.agents, *event.targets) if a.party)


def group_events(main: Event | None, events: Sequence[Event], relations: Iterable[Relation]) -> list[list[Event]]:
    """The events in groups of one spell each, the main event's group first; costs one look at each open group.

    An event that nothing tells apart from the news is of the news.
    """
    told_apart: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        if relation.type in _TELLING_APART:
            told_apart[relation.from_].add(relation.to)
            told_apart[relation.to].add(relation.from_)
    groups = [_Group(main, is_news=True)] if main is not None else []
    group_of = {main.id: 0} if main is not None else {}
    for event in events:
        if event is main:
            continue
        barred = {group_of[other] for other in told_apart.get(event.id, ()) if other in group_of}
        first = max(0, len(groups) - _MOST_OPEN)
        open_groups = [*range(min(first, 1)), *range(first, len(groups))]
        fitting = [n for n in open_groups if n not in barred and groups[n].fits(event)]
        best = max(fitting, key=lambda n: (groups[n].ties(event), -n), default=None)
        if best is None or groups[best].ties(event) < groups[best].ties_needed(event):
            best = len(groups)
            groups.append(_Group(event))
        else:
            groups[best].add(event)
        group_of[event.id] = best
    return [g.events for g in groups]


@dataclass(slots=True)
class _Summary:
    """What a group's events say of day, place, kind and parties; days are those that all of them share."""

    start: int | None = None
    end: int | None = None
    weekdays: set[str] = field(default_factory=set)
    intervals: set[days.Interval] = field(default_factory=set)
    timexes: set[str | None] = field(default_factory=set)
    unanchored_timexes: set[str | None] = field(default_factory=set)
    placed: bool = False
    located: dict[tuple[object, ...], Place] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    unresolved_names: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    opponents: set[frozenset[str]] = field(default_factory=set)
    opponents_with: Counter[str] = field(default_factory=Counter)


class _Group:
    """Events of one spell."""

    def __init__(self, first: Event, *, is_news: bool = False) -> None:
        self.events: list[Event] = []
        self.is_news = is_news
        self.nature = _nature(first)
        self.said = _Summary()
        self.add(first)

    def add(self, event: Event) -> None:
        self.events.append(event)
        said = self.said
        said.types.add(event.type)
        parties = fighting_parties(event)
        said.parties |= parties
        if len(parties) > 1 and parties not in said.opponents:
            said.opponents.add(parties)
            said.opponents_with.update(parties)
        if event.date is not None:
            self._add_date(event)
        if event.place is not None:
            self._add_place(event.place)

    def _add_date(self, event: Event) -> None:
        mention, said = event.date, self.said
        assert mention is not None
        bounds = days.bounds((mention.start, mention.end))
        if bounds is not None:
            said.start = bounds[0] if said.start is None else max(said.start, bounds[0])
            said.end = bounds[1] if said.end is None else min(said.end, bounds[1])
        weekday = days.weekday_of(mention)
        if weekday is not None:
            said.weekdays.add(weekday)
        said.timexes.add(mention.timex)
        if mention.start is None:
            said.unanchored_timexes.add(mention.timex)
        else:
            said.intervals.add((mention.start, mention.end))

    def _add_place(self, place: Place) -> None:
        said = self.said
        said.placed = True
        said.names.add(place.name.casefold())
        if place.geonames_id is None:
            said.unresolved_names.add(place.name.casefold())
        else:
            said.numbers.add(place.geonames_id)
        # a place of which neither point nor country is known lies apart from nothing
        if place.latitude is not None or place.country is not None:
            key = (
                place.geonames_id, place.name.casefold(), place.latitude, place.longitude, place.country, place.countries,
                place.admin1, place.precision, place.radius_km,
            )  # fmt: skip
            said.located.setdefault(key, place)

    def fits(self, event: Event) -> bool:
        """Whether nothing tells the event apart from any event of the group."""
        return (
            self.nature == _nature(event)
            and not self._other_day(event)
            and not self._other_opponents(fighting_parties(event))
            and not any(space.apart(event.place, place) for place in self.said.located.values())
        )

    def _other_day(self, event: Event) -> bool:
        if event.date is None:
            return False
        bounds = days.bounds((event.date.start, event.date.end))
        if bounds is not None:
            # a gap to one of them is a gap to the latest start or to the earliest end
            after = self.said.start is not None and bounds[1] < self.said.start
            return after or (self.said.end is not None and bounds[0] > self.said.end)
        weekday = days.weekday_of(event.date)
        return weekday is not None and bool(self.said.weekdays - {weekday})

    def _other_opponents(self, parties: frozenset[str]) -> bool:
        known = self.said.opponents
        if len(parties) < 2 or any(self.said.opponents_with[p] == len(known) for p in parties):
            return False
        return any(parties.isdisjoint(opponents) for opponents in known)

    def ties(self, event: Event) -> int:
        """How strongly the event belongs: what both name counts, and belonging to the news where nothing does."""
        same_day, same_place = self._same_day(event), self._same_place(event.place)
        if event.scope == "background":
            return 2 * (same_day or same_place)
        shared = not self.said.parties.isdisjoint(fighting_parties(event))
        return 2 * same_place + same_day + shared + (event.type in self.said.types) + self.is_news

    def ties_needed(self, event: Event) -> int:
        """How strongly an event must belong to join: the news takes in what nothing tells apart.

        Besides the news, an act with a place of its own is not the one that is told without a place.
        """
        if event.scope == "background":
            return 2
        if self.is_news:
            return 0
        if event.place is not None:
            return 0 if self.said.placed else _NEVER
        return 2 if self.said.placed else 0

    def _same_day(self, event: Event) -> bool:
        mention = event.date
        if mention is None:
            return False
        if mention.start is None:
            return mention.timex is not None and mention.timex in self.said.timexes
        if (mention.start, mention.end) in self.said.intervals:
            return True
        return mention.timex is not None and mention.timex in self.said.unanchored_timexes

    def _same_place(self, place: Place | None) -> bool:
        if place is None:
            return False
        name = place.name.casefold()
        if place.geonames_id is None:
            return name in self.said.names
        return place.geonames_id in self.said.numbers or name in self.said.unresolved_names


def _nature(event: Event) -> tuple[str, bool, bool]:
    return event.scope, event.class_ == "war", is_peaceful(event)
