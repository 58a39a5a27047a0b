"""The records that the library returns: small, frozen, each with the characters that say it.

Names and meanings are those of the output contract: ``to_dict`` of a record is the JSON that the
command line writes, and the JSON Schema of ``conflict-events schema`` is made from these classes.
All spans count Unicode code points of the report's text as given, 0-based, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, TypeAdapter

SCHEMA_VERSION = "1.0"

Status = Literal["asserted", "claimed", "denied", "hypothetical", "negated"]
FigureStatus = Literal["asserted", "claimed", "denied", "hypothetical"]
Scope = Literal["current", "background"]
Outcome = Literal["killed", "injured", "missing", "captured", "displaced", "casualties"]
Qualifier = Literal[
    "exact",
    "at_least",
    "more_than",
    "about",
    "nearly",
    "at_most",
    "fewer_than",
    "range",
    "vague",
    "unspecified",
]
VictimKind = Literal["combatant", "civilian", "mixed", "unknown"]
Cause = Literal[
    "armed_clash",
    "shelling",
    "air_strike",
    "bombing",
    "suicide_bombing",
    "chemical_attack",
    "shooting",
    "abduction",
    "attack",
    "mob_violence",
    "war",
    "other",
    "unknown",
]
ActorKind = Literal[
    "state",
    "military",
    "police",
    "armed_group",
    "civilian",
    "organization",
    "media",
    "person",
    "unknown",
]
PlacePrecision = Literal["settlement", "district", "region", "country", "area"]
PlaceRole = Literal["event", "mention", "metonym", "demonym"]
DatePrecision = Literal[
    "time",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "year",
    "decade",
    "century",
    "range",
    "era",
]
DateExtent = Literal["within", "throughout"]
DateAnchor = Literal["explicit", "published", "previous", "unanchored"]
PublishedBasis = Literal["given", "text", "unknown"]
Interest = Literal["own", "opponent", "third_party", "reporter"]
TollRule = Literal[
    "single",
    "same_value",
    "latest",
    "lower_bound_raised",
    "lowest_of_disputed",
    "sum_of_sides",
]


def _record_keys(cls: Any) -> tuple[tuple[str, str], ...]:
    """(attribute, JSON key) of a record class: ``class_`` is ``class``, ``from_`` is ``from``."""
    return tuple((f.name, f.name.rstrip("_")) for f in fields(cls))


_keys: Callable[[Any], tuple[tuple[str, str], ...]] = cache(_record_keys)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


class Record:
    """Base of all records: gives ``to_dict``, the plain JSON form of the record."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready dicts, lists and scalars, keys in the order of the contract."""
        return {key: _plain(getattr(self, name)) for name, key in _keys(type(self))}


@dataclass(frozen=True, slots=True)
class Span(Record):
    """Characters of a report's text: ``text == report_text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActorRef(Record):
    """An actor where an event or figure names it; ``span`` is the mention that names it."""

    span: Span
    id: str
    name: str
    party: str | None
    kind: ActorKind
    country: str | None


@dataclass(frozen=True, slots=True)
class Actor(Record):
    """One actor of a report with all its mentions.

    ``party`` is the side it speaks or fights for, the same in every report ("ARM", "rsf");
    ``country`` is ISO 3166 alpha-3.
    """

    id: str
    name: str
    party: str | None
    kind: ActorKind
    country: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlaceCandidate(Record):
    """One entry of the gazetteer that a name may mean, with its score in 0..1."""

    name: str
    geonames_id: int | None
    latitude: float
    longitude: float
    country: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Place(Record):
    """A toponym: where it lies (degrees, WGS 84), how exactly, and what else it could have meant."""

    id: str
    span: Span
    name: str
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    country: str | None
    countries: tuple[str, ...]
    admin1: str | None
    admin2: str | None
    feature: str | None
    radius_km: float | None
    precision: PlacePrecision
    claimed_by: tuple[str, ...]
    role: PlaceRole
    confidence: float
    alternatives: tuple[PlaceCandidate, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class DateMention(Record):
    """A time expression as an interval of ISO days, both inclusive; null bounds where unanchored."""

    id: str
    span: Span
    start: str | None
    end: str | None
    extent: DateExtent
    precision: DatePrecision
    anchor: DateAnchor
    timex: str | None


@dataclass(frozen=True, slots=True)
class Victims(Record):
    """Who a figure counts; ``attackers`` says that they are the attackers themselves."""

    span: Span | None
    kind: VictimKind
    attackers: bool


# more than there are people; sums of such numbers fit into 64 bits
MOST_PEOPLE = 10**10
Count = Annotated[int, Field(le=MOST_PEOPLE)]


@dataclass(frozen=True, slots=True)
class CasualtyFigure(Record):
    """One statement of how many people were killed, injured, missing, captured or displaced.

    ``value`` is the stated number, ``low`` and ``high`` the inclusive bounds the words imply, null
    where the report does not say (never 0 for "not said").
    """

    id: str
    span: Span
    trigger: Span
    outcome: Outcome
    value: Count | None
    low: Count | None
    high: Count | None
    qualifier: Qualifier
    victims: Victims
    side: ActorRef | None
    claimant: ActorRef | None
    via: tuple[ActorRef, ...]
    denied_by: tuple[ActorRef, ...]
    status: FigureStatus
    scope: Scope
    cumulative: bool
    period: DateMention | None
    as_of: DateMention | None
    cause: Cause
    agents: tuple[ActorRef, ...]
    place: Place | None
    date: DateMention | None
    subset_of: str | None
    same_as: str | None
    event: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Event(Record):
    """One thing that one report says happened; its coreferent mentions are merged.

    ``type`` is the ACLED sub-event in snake case, ``class_`` (JSON ``class``) its event type.
    """

    id: str
    type: str
    class_: Annotated[str, Field(alias="class")]
    trigger: Span
    mentions: tuple[Span, ...]
    status: Status
    scope: Scope
    claimant: ActorRef | None
    denied_by: tuple[ActorRef, ...]
    agents: tuple[ActorRef, ...]
    targets: tuple[ActorRef, ...]
    place: Place | None
    date: DateMention | None
    casualties: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation(Record):
    """A typed, directed relation between two events, figures or incidents."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    type: Literal["retaliation_for", "part_of", "follows", "updates", "contradicts", "corroborates"]


@dataclass(frozen=True, slots=True)
class ReportWarning(Record):
    """Something that a reader of the output should know; ``code`` is listed in the errors registry."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class MadeWith(Record):
    """The versions that made an output: library, language model, gazetteer."""

    version: str
    model: str
    gazetteer: str


@dataclass(frozen=True, slots=True)
class Published(Record):
    """When the report appeared, as an interval of ISO days; ``basis`` says how that is known."""

    start: str | None
    end: str | None
    basis: PublishedBasis


@dataclass(frozen=True, slots=True)
class ReportInfo(Record):
    """What is known of the report itself; ``credits`` are the agencies it names as its origin.

    ``words`` are its content words in order (``text.words.content_words``), by which linking compares reports.
    """

    id: str
    title: str | None
    source: str | None
    url: str | None
    text_sha256: str
    credits: tuple[Span, ...]
    published: Published
    main_event: str | None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction(Record):
    """Everything read from one report: one line of ``conflict-events extract``."""

    schema_version: str
    made_with: MadeWith
    report: ReportInfo
    events: tuple[Event, ...]
    casualties: tuple[CasualtyFigure, ...]
    places: tuple[Place, ...]
    dates: tuple[DateMention, ...]
    actors: tuple[Actor, ...]
    relations: tuple[Relation, ...]
    warnings: tuple[ReportWarning, ...]


@dataclass(frozen=True, slots=True)
class Report(Record):
    """One news text to read; ``published`` is an ISO 8601 date or null, never the clock's."""

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """One figure in a toll: who states it, with what interest, and which later figure replaced it."""

    figure: str
    report: str
    claimant: ActorRef | None
    interest: Interest
    value: int | None
    low: int | None
    high: int | None
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class Toll(Record):
    """What an incident's figures come to for one side, kind of victims and outcome.

    Null ``side`` is both sides together, null ``victims`` all kinds; rows overlap and are never summed.
    """

    side: ActorRef | None
    victims: Literal["combatant", "civilian"] | None
    outcome: Outcome
    low: int | None
    high: int | None
    best: int | None
    rule: TollRule | None
    disputed: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class LinkReason(Record):
    """One comparison behind a link: the feature, what it found, its match weight in bits."""

    feature: str
    value: str | float | None
    weight: float


@dataclass(frozen=True, slots=True)
class EventLink(Record):
    """Two events of different reports held to be of one incident, with score and reasons."""

    a: str
    b: str
    score: float
    reasons: tuple[LinkReason, ...]


@dataclass(frozen=True, slots=True)
class LinkedReport(Record):
    """A report in the graph: its main incident and, for a copy, the representative of its group."""

    id: str
    main_incident: str | None
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Incident(Record):
    """One continuous spell of violence in the world, as events of several reports describe it."""

    id: str
    former_ids: tuple[str, ...]
    title: str
    type: str
    class_: Annotated[str, Field(alias="class")]
    scope: Scope
    status: Status
    claimed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    start: str | None
    end: str | None
    date_precision: DatePrecision | None
    ongoing: bool
    place: Place | None
    places: tuple[Place, ...]
    sides: tuple[ActorRef, ...]
    reports: tuple[str, ...]
    mentioned_in: tuple[str, ...]
    events: tuple[str, ...]
    independent_sources: int
    tolls: tuple[Toll, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """What a person decided on linking: groups of events that are one incident each ("split"), or one together ("merge").

    A report without events stands in a group by its own id. ``at`` is the day or time that the person gave, never
    the clock's.
    """

    kind: Literal["split", "merge"]
    groups: tuple[tuple[str, ...], ...]
    by: str
    reason: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Linked(Record):
    """The output of ``conflict-events link``: extractions, incidents, links and relations.

    ``decisions`` are those made by hand; the JSON form has the key only where there are any.
    """

    schema_version: str
    made_with: MadeWith
    extracts: tuple[Extraction, ...]
    reports: tuple[LinkedReport, ...]
    incidents: tuple[Incident, ...]
    links: tuple[EventLink, ...]
    relations: tuple[Relation, ...]
    decisions: tuple[Decision, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready dicts, lists and scalars, keys in the order of the contract."""
        plain = {key: _plain(getattr(self, name)) for name, key in _keys(type(self))}
        if not self.decisions:
            del plain["decisions"]
        return plain


R = TypeVar("R", bound=Record)


_adapter: Callable[[Any], Any] = cache(TypeAdapter)


def from_dict(cls: type[R], value: Any) -> R:
    """The record of class ``cls`` that ``value`` (what ``to_dict`` gave) stands for.

    Unknown keys are ignored. Raises ``pydantic.ValidationError`` naming the field that is wrong.
    """
    record: R = _adapter(cls).validate_python(value)
    return record


def json_schema(cls: type[Record]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a record class, by the names of the contract."""
    schema: dict[str, Any] = _adapter(cls).json_schema(by_alias=True)
    return schema
