"""Rows of incidents in the columns of two event data sets: ACLED-like and UCDP-like, by these rules.

Both have one row an incident: a battle of three days is one row, where ACLED has one a day. Whoever the incident's
events name more often as doing it than as suffering it comes first; of equals the first in order of party. Null
is what no report tells.

``incidents`` has ACLED's columns. ``event_date`` is the first day of the violence, ``time_precision`` 1 for a known day,
2 for a week, 3 for a longer span. ``event_type``, ``sub_event_type`` and ``disorder_type`` are the codebook's words; a
whole war, which ACLED does not code, is "War". ``actor2`` is "Civilians" where the class is violence against
civilians and no second side is told, with the side in brackets where only theirs is; ``civilian_targeting`` is true for that class, and where a toll counts civilians.
``geo_precision`` is 1 for a settlement, 2 for a district, 3 for more. ``fatalities`` is the best number of the row for
all sides and kinds of victims (of disputed numbers the lowest, as ACLED does), else its lower bound, and null where ACLED
has 0; ``fatalities_low`` and ``fatalities_high`` are that row's bounds. Background and denied incidents have rows too:
filter by ``scope`` and ``status``.

``ucdp`` has the columns of the UCDP Georeferenced Event Dataset, with one row for each incident with at least one death
that is not denied; a whole war is no event and has none. ``type_of_violence`` is 3 where the class is violence against
civilians, 2 where no side is a state or its forces, else 1, and null without sides; for 1 a state is ``side_a``, for 3
``side_b`` is "Civilians". ``deaths_a`` and ``deaths_b`` are the fighters of a side, or where their number is not told all its dead
less its civilians; ``deaths_civilians`` are the civilians of all sides, ``deaths_unknown`` what ``best`` exceeds the three by:
the four add up to ``best`` unless reports dispute the sides' numbers. ``high`` is null where only a lower bound is told.
``date_prec`` is 1 for a day, 2 for up to a week, 3 for up to a month, 4 for up to a year, 5 for more; ``where_prec`` 1 for a
settlement, 3 for a district, 4 for a region, 5 for an area, 6 for a country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from conflict_events.io.phrases import Lookup, clean, country_name
from conflict_events.io.tables import Cell, ColumnType
from conflict_events.records import ActorRef, Incident, Linked, Outcome, Toll, VictimKind

Columns = tuple[tuple[str, ColumnType], ...]

_SEPARATOR = "; "
_STATES = frozenset({"state", "military", "police"})
_ACLED_CLASSES = {
    "battles": "Battles",
    "explosions_remote_violence": "Explosions/Remote violence",
    "violence_against_civilians": "Violence against civilians",
    "protests": "Protests",
    "riots": "Riots",
    "strategic_developments": "Strategic developments",
}
_ACLED_TYPES = {
    "non_state_actor_overtakes_territory": "Non-state actor overtakes territory",
    "air_drone_strike": "Air/drone strike",
    "shelling_artillery_missile": "Shelling/artillery/missile attack",
    "remote_explosive_landmine_ied": "Remote explosive/landmine/IED",
    "abduction_forced_disappearance": "Abduction/forced disappearance",
    "change_to_group_activity": "Change to group/activity",
    "looting_property_destruction": "Looting/property destruction",
    "non_violent_transfer_of_territory": "Non-violent transfer of territory",
}
_DEMONSTRATIONS = frozenset({"peaceful_protest", "protest_with_intervention", "violent_demonstration"})
_CIVILIANS = "Civilians"
_ONE_SIDED = "violence_against_civilians"
_TIME_PRECISION = {"time": 1, "day": 1, "weekend": 2, "week": 2}
_GEO_PRECISION = {"settlement": 1, "district": 2, "region": 3, "area": 3, "country": 3}
_WHERE_PRECISION = {"settlement": 1, "district": 3, "region": 4, "area": 5, "country": 6}

INCIDENTS: Columns = (
    ("incident_id", "text"), ("event_date", "date"), ("end_date", "date"), ("year", "integer"),
    ("time_precision", "integer"), ("disorder_type", "text"), ("event_type", "text"), ("sub_event_type", "text"),
    ("actor1", "text"), ("actor2", "text"), ("civilian_targeting", "boolean"), ("iso2", "text"), ("country", "text"),
    ("admin1", "text"), ("admin2", "text"), ("location", "text"), ("geonames_id", "integer"), ("latitude", "number"),
    ("longitude", "number"), ("geo_precision", "integer"), ("source", "text"), ("independent_sources", "integer"),
    ("notes", "text"), ("fatalities", "integer"), ("fatalities_low", "integer"), ("fatalities_high", "integer"),
    ("fatalities_disputed", "boolean"), ("injured", "integer"), ("scope", "text"), ("status", "text"),
    ("confidence", "number"),
)  # fmt: skip
UCDP: Columns = (
    ("id", "text"), ("year", "integer"), ("type_of_violence", "integer"), ("side_a", "text"), ("side_b", "text"),
    ("number_of_sources", "integer"), ("source_article", "text"), ("where_prec", "integer"),
    ("where_coordinates", "text"), ("adm_1", "text"), ("adm_2", "text"), ("latitude", "number"),
    ("longitude", "number"), ("country", "text"), ("date_prec", "integer"), ("date_start", "date"),
    ("date_end", "date"), ("deaths_a", "integer"), ("deaths_b", "integer"), ("deaths_civilians", "integer"),
    ("deaths_unknown", "integer"), ("best", "integer"), ("high", "integer"), ("low", "integer"),
)  # fmt: skip


def incident_rows(linked: Linked, lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
    for found in linked.incidents:
        place = found.place
        killed = row_of(found.tolls, "killed")
        injured = row_of(found.tolls, "injured")
        yield (
            found.id,
            found.start,
            found.end,
            _year(found),
            _TIME_PRECISION.get(found.date_precision or "", 3) if found.start or found.end else None,
            _disorder(found),
            _ACLED_CLASSES.get(found.class_, _title(found.class_)),
            _ACLED_TYPES.get(found.type, _title(found.type)),
            *_named_sides(found, lookup)[1],
            found.class_ == _ONE_SIDED or any(t.victims == "civilian" for t in found.tolls),
            place.country if place else None,
            country_name(place.country) if place and place.country else None,
            place.admin1 if place else None,
            place.admin2 if place else None,
            clean(place.name) if place else None,
            place.geonames_id if place else None,
            place.latitude if place else None,
            place.longitude if place else None,
            _GEO_PRECISION[place.precision] if place else None,
            _SEPARATOR.join(map(clean, found.reports or found.mentioned_in)),
            found.independent_sources,
            clean(found.title),
            _number(killed),
            killed.low if killed else None,
            killed.high if killed else None,
            killed.disputed if killed else None,
            _number(injured),
            found.scope,
            found.status,
            found.confidence,
        )


def ucdp_rows(linked: Linked, lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
    for found in linked.incidents:
        whole = row_of(found.tolls, "killed")
        best = _number(whole)
        untold = found.status in ("denied", "hypothetical", "negated")
        if whole is None or best is None or best < 1 or untold or found.class_ == "war":
            continue
        place = found.place
        kind = _type_of_violence(found)
        sides, names = _named_sides(found, lookup, state_first=kind == 1)
        a, b = [*(_fighters_killed(found, side) for side in sides), None, None][:2]
        civilians = _number(_row(found.tolls, "killed", None, "civilian"))
        yield (
            found.id,
            _year(found),
            kind,
            *names,
            found.independent_sources,
            _SEPARATOR.join(map(clean, found.reports or found.mentioned_in)),
            _WHERE_PRECISION[place.precision] if place else None,
            clean(place.name) if place else None,
            place.admin1 if place else None,
            place.admin2 if place else None,
            place.latitude if place else None,
            place.longitude if place else None,
            country_name(place.country) if place and place.country else None,
            _date_precision(found),
            found.start,
            found.end,
            a,
            b,
            civilians,
            max(0, best - sum(n or 0 for n in (a, b, civilians))),
            best,
            whole.high,
            whole.low,
        )


def row_of(
    tolls: Iterable[Toll], outcome: Outcome, *, side: str | None = None, victims: VictimKind | None = None
) -> Toll | None:
    """The toll row of an outcome for a party (null: all sides) and kind of victims (null: all).

    Where no row stands for all kinds, the only row of one kind does.
    """
    rows = [t for t in tolls if t.outcome == outcome and party_of(t) == side]
    exact = next((t for t in rows if t.victims == victims), None)
    if exact is None and victims is None and len(rows) == 1:
        return rows[0]
    return exact


def party_of(toll: Toll) -> str | None:
    return toll.side.party or clean(toll.side.name) if toll.side else None


def _number(toll: Toll | None) -> int | None:
    if toll is None:
        return None
    return toll.best if toll.best is not None else toll.low


def _row(tolls: Iterable[Toll], outcome: Outcome, side: str | None, victims: VictimKind | None) -> Toll | None:
    return next((t for t in tolls if (t.outcome, party_of(t), t.victims) == (outcome, side, victims)), None)


def _fighters_killed(found: Incident, side: ActorRef) -> int | None:
    """A side's dead fighters: as told, else all its dead less its civilians."""
    party = side.party or clean(side.name)
    fighters, everyone, civilians = (
        _number(_row(found.tolls, "killed", party, victims)) for victims in ("combatant", None, "civilian")
    )
    if fighters is not None or everyone is None:
        return fighters
    return max(0, everyone - (civilians or 0))


def _doers(found: Incident, lookup: Lookup) -> Counter[str]:
    """For each party how many more of the incident's events it does than it suffers."""
    done: Counter[str] = Counter()
    for event in (lookup.events.get(id_) for id_ in found.events):
        if event is not None:
            done.update(a.party for a in event.agents if a.party)
            done.subtract(a.party for a in event.targets if a.party)
    return done


def _named_sides(found: Incident, lookup: Lookup, *, state_first: bool = False) -> tuple[list[ActorRef], list[Cell]]:
    """The first two sides in their order, and both columns of names; of one-sided violence the second are civilians."""
    done = _doers(found, lookup)
    sides = sorted(found.sides, key=lambda s: (state_first and s.kind not in _STATES, -done[s.party or ""]))[:2]
    names: list[Cell] = [lookup.actor(side) for side in sides]
    if found.class_ == _ONE_SIDED and len(sides) < 2:
        if sides and done[sides[0].party or ""] <= 0:
            return [], [None, f"{_CIVILIANS} ({names[0]})"]
        return sides, [*(names or [None]), _CIVILIANS]
    return sides, [*names, None, None][:2]


def _disorder(found: Incident) -> str:
    if found.type in _DEMONSTRATIONS:
        return "Demonstrations"
    if found.type == "excessive_force_against_protesters":
        return "Political violence; Demonstrations"
    return "Strategic developments" if found.class_ == "strategic_developments" else "Political violence"


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _year(found: Incident) -> int | None:
    day = found.start or found.end
    return int(day[:4]) if day else None


def _type_of_violence(found: Incident) -> int | None:
    if found.class_ == _ONE_SIDED:
        return 3
    if not found.sides:
        return None
    return 1 if any(s.kind in _STATES for s in found.sides) else 2


def _date_precision(found: Incident) -> int | None:
    if found.start is None or found.end is None:
        return 5 if found.start or found.end else None
    length = (date.fromisoformat(found.end[:10]) - date.fromisoformat(found.start[:10])).days + 1
    return next((n for n, limit in ((1, 1), (2, 7), (3, 31), (4, 366)) if length <= limit), 5)
