"""The linked output as tables: coded rows of incidents (see ``coded``), rows of tolls, rows of claims.

``tolls`` has one row a toll row; rows overlap and are not to be summed. ``claims`` has one row a claim in a toll.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conflict_events.io.coded import INCIDENTS, UCDP, Columns, incident_rows, party_of, ucdp_rows
from conflict_events.io.phrases import Lookup, clean
from conflict_events.io.tables import Cell, Table
from conflict_events.records import Linked

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


def _tolls(linked: Linked, lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
    for found in linked.incidents:
        for toll in found.tolls:
            yield (
                found.id,
                clean(found.title),
                toll.outcome,
                party_of(toll),
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
                    party_of(toll),
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
    "incidents": (INCIDENTS, incident_rows),
    "ucdp": (UCDP, ucdp_rows),
    "tolls": (_TOLLS, _tolls),
    "claims": (_CLAIMS, _claims),
}
