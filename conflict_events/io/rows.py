"""The linked output as tables: ACLED-like and UCDP-like rows of incidents, rows of tolls, rows of claims.

``incidents`` has one row an incident in ACLED's columns. ``event_date`` is the first day of the violence,
``time_precision`` 1 for a known day, 2 for a week, 3 for a longer span, null without a date. ``geo_precision`` is 1 for a
settlement, 2 for a district, 3 for more. ``fatalities`` is the best number of the row for all sides and kinds of
victims, else its lower bound, and null (ACLED: 0) where no report gives one; ``fatalities_low`` and
``fatalities_high`` are that row's bounds. Background and denied incidents have rows too: filter by ``scope``
and ``status``.

``ucdp`` has one row for each incident with at least one death that is not denied, in columns of the UCDP
Georeferenced Event Dataset. ``type_of_violence`` is 3 where the class is violence against civilians, 2 where
no side is a state or its forces, else 1, and null without sides. ``deaths_unknown`` is what ``best`` exceeds the deaths of side a, side b
and civilians by. ``date_prec`` is 1 for a day, 2 for up to a week, 3 for up to a month, 4 for up to a year, 5
for more; ``where_prec`` 1 for a settlement, 3 for a district, 4 for a region, 5 for an area, 6 for a country.

``tolls`` has one row a toll row; rows overlap and are not to be summed. ``claims`` has one row a claim in a toll.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from conflict_events.io.phrases import Lookup, clean, country_name
from conflict_events.io.tables import Cell, ColumnType, Table
from conflict_events.records import Incident, Linked, Outcome, Toll, VictimKind

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
_ACLED_DISORDER = {
    "protests": "Demonstrations",
    "strategic_developments": "Strategic developments",
}
_TIME_PRECISION = {"time": 1, "day": 1, "weekend": 2, "week": 2}
_GEO_PRECISION = {"settlement": 1, "district": 2, "region": 3, "area": 3, "country": 3}
_WHERE_PRECISION = {"settlement": 1, "district": 3, "region": 4, "area": 5, "country": 6}

_INCIDENTS: Columns = (
    ("incident_id", "text"), ("event_date", "date"), ("end_date", "date"), ("year", "integer"),
    ("time_precision", "integer"), ("disorder_type", "text"), ("event_type", "text"), ("sub_event_type", "text"),
    ("actor1", "text"), ("actor2", "text"), ("civilian_targeting", "boolean"), ("iso2", "text"), ("country", "text"),
    ("admin1", "text"), ("admin2", "text"), ("location", "text"), ("geonames_id", "integer"), ("latitude", "number"),
    ("longitude", "number"), ("geo_precision", "integer"), ("source", "text"), ("independent_sources", "integer"),
    ("notes", "text"), ("fatalities", "integer"), ("fatalities_low", "integer"), ("fatalities_high", "integer"),
    ("fatalities_disputed", "boolean"), ("injured", "integer"), ("scope", "text"), ("status", "text"),
    ("confidence", "number"),
)  # fmt: skip
_UCDP: Columns = (
    ("id", "text"), ("year", "integer"), ("type_of_violence", "integer"), ("side_a", "text"), ("side_b", "text"),
    ("number_of_sources", "integer"), ("source_article", "text"), ("where_prec", "integer"),
    ("where_coordinates", "text"), ("adm_1", "text"), ("adm_2", "text"), ("latitude", "number"),
    ("longitude", "number"), ("country", "text"), ("date_prec", "integer"), ("date_start", "date"),
    ("date_end", "date"), ("deaths_a", "integer"), ("deaths_b", "integer"), ("deaths_civilians", "integer"),
    ("deaths_unknown", "integer"), ("best", "integer"), ("high", "integer"), ("low", "integer"),
)  # fmt: skip
_TOLLS: Columns = (
    ("incident_id", "text"), ("title", "text"), ("outcome", "text"), ("side", "text"), ("side_name", "text"),
    ("victims", "text"), ("low", "integer"), ("high", "integer"), ("best", "integer"), ("rule", "text"),
    ("disputed", "boolean"), ("claims", "integer"),
)  # fmt: skip
_CLAIMS: Columns = (
    ("incident_id", "text"), ("outcome", "text"), ("side", "text"), ("victims", "text"), ("figure", "text"),
    ("report", "text"), ("words", "text"), ("start", "integer"), ("end", "integer"), ("claimant", "text"),
    ("claimant_party", "text"), ("interest", "text"), ("value", "integer"), ("low", "integer"), ("high", "integer"),
    ("superseded_by", "text"),
)  # fmt: skip


def table(linked: Linked, name: str) -> Table:
    """The table of that name: ``incidents``, ``ucdp``, ``tolls`` or ``claims``. Raises ``KeyError`` for another."""
    columns, rows = TABLES[name]
    return Table(columns, tuple(rows(linked, Lookup(linked))))


def _incidents(linked: Linked, lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
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
            _ACLED_DISORDER.get(found.class_, "Political violence"),
            _ACLED_CLASSES.get(found.class_, _title(found.class_)),
            _title(found.type),
            *_sides(found, lookup),
            found.class_ == "violence_against_civilians" or any(t.victims == "civilian" for t in found.tolls),
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


def _ucdp(linked: Linked, lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
    for found in linked.incidents:
        whole = row_of(found.tolls, "killed")
        best = _number(whole)
        if whole is None or best is None or best < 1 or found.status in ("denied", "hypothetical", "negated"):
            continue
        place = found.place
        sides = found.sides[:2]
        deaths = [_number(row_of(found.tolls, "killed", side=s.party or s.name)) for s in sides]
        a, b = [*deaths, None, None][:2]
        civilians = _number(row_of(found.tolls, "killed", victims="civilian"))
        yield (
            found.id,
            _year(found),
            _type_of_violence(found),
            *_sides(found, lookup),
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


def _tolls(linked: Linked, lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
    for found in linked.incidents:
        for toll in found.tolls:
            yield (
                found.id,
                clean(found.title),
                toll.outcome,
                _party(toll),
                lookup.actor(toll.side) if toll.side else None,
                toll.victims,
                toll.low,
                toll.high,
                toll.best,
                toll.rule,
                toll.disputed,
                len(toll.claims),
            )


def _claims(linked: Linked, lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
    for found in linked.incidents:
        for toll in found.tolls:
            for claim in toll.claims:
                figure = lookup.figures.get(claim.figure)
                yield (
                    found.id,
                    toll.outcome,
                    _party(toll),
                    toll.victims,
                    claim.figure,
                    claim.report,
                    clean(figure.span.text) if figure else None,
                    figure.span.start if figure else None,
                    figure.span.end if figure else None,
                    clean(claim.claimant.name) if claim.claimant else None,
                    claim.claimant.party if claim.claimant else None,
                    claim.interest,
                    claim.value,
                    claim.low,
                    claim.high,
                    claim.superseded_by,
                )


TABLES: dict[str, tuple[Columns, Callable[[Linked, Lookup], Iterator[tuple[Cell, ...]]]]] = {
    "incidents": (_INCIDENTS, _incidents),
    "ucdp": (_UCDP, _ucdp),
    "tolls": (_TOLLS, _tolls),
    "claims": (_CLAIMS, _claims),
}


def row_of(
    tolls: Iterable[Toll], outcome: Outcome, *, side: str | None = None, victims: VictimKind | None = None
) -> Toll | None:
    """The toll row of an outcome for a party (null: all sides) and kind of victims (null: all).

    Where no row stands for all kinds, the only row of one kind does.
    """
    rows = [t for t in tolls if t.outcome == outcome and _party(t) == side]
    exact = next((t for t in rows if t.victims == victims), None)
    if exact is None and victims is None and len(rows) == 1:
        return rows[0]
    return exact


def _party(toll: Toll) -> str | None:
    return toll.side.party or clean(toll.side.name) if toll.side else None


def _number(toll: Toll | None) -> int | None:
    if toll is None:
        return None
    return toll.best if toll.best is not None else toll.low


def _sides(found: Incident, lookup: Lookup) -> tuple[Cell, Cell]:
    names: list[Cell] = [lookup.actor(s) for s in found.sides]
    first, second = [*names[:2], None, None][:2]
    return first, second


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _year(found: Incident) -> int | None:
    day = found.start or found.end
    return int(day[:4]) if day else None


def _type_of_violence(found: Incident) -> int | None:
    if found.class_ == "violence_against_civilians":
        return 3
    if not found.sides:
        return None
    return 1 if any(s.kind in _STATES for s in found.sides) else 2


def _date_precision(found: Incident) -> int | None:
    if found.start is None or found.end is None:
        return 5 if found.start or found.end else None
    length = (date.fromisoformat(found.end[:10]) - date.fromisoformat(found.start[:10])).days + 1
    return next((n for n, limit in ((1, 1), (2, 7), (3, 31), (4, 366)) if length <= limit), 5)
