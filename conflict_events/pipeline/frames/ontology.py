"""The ontology: event types with their codes, and the lexicon of words that name events, as plain data.

Types are the ACLED sub-events of the contract. The lexicon is a table: a trigger (one word, words in a
row, or a verb with the word that hangs on it: "open+fire"), its parts of speech, its type, its role, and the
conditions under which the row holds. The first row of a word whose conditions hold wins. A user's own file
of the same shapes adds to both or replaces them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import srsly

from conflict_events.pipeline.frames.forms import forms_of

ROLES = frozenset({"event", "weapon", "consequence", "generic", "weak"})
# types that a row may name beside those of the ontology: decided where the mention stands
DEFERRED = frozenset({"none", "TARGET", "KILL", "DESTROY"})
COLUMNS = ("trigger", "pos", "type", "role", "when", "source")


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its ACLED class, PLOVER and CAMEO codes, and the cause it gives to casualty figures."""

    name: str
    class_: str
    plover: tuple[str, ...]
    cameo: tuple[str, ...]
    cause: str
    definition: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a row: ``key`` with the words, classes (@force) or entity labels (#GPE) it asks for."""

    key: str
    words: frozenset[str]
    labels: frozenset[str]
    anything: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the lexicon. ``words`` in a row, or ``partner`` that hangs on the first word."""

    words: tuple[str, ...]
    partner: str | None
    pos: frozenset[str]
    type: str
    role: str
    conditions: tuple[Condition, ...]
    text: str = ""  # the row as the table has it


@dataclass(slots=True)
class Ontology:
    """Types, classes of words and the lexicon's rows by their head word."""

    types: dict[str, EventType]
    words: dict[str, frozenset[str]]
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()  # all words of rows and classes
    forms: dict[str, str] = field(default_factory=dict)  # inflected form → the lexicon's word

    def class_of(self, type_: str) -> str:
        """The ACLED event type of a sub-event."""
        return self.types[type_].class_

    def is_verb(self, word: str) -> bool:
        """Whether the lexicon has the word as a verb."""
        return any("VERB" in row.pos for row in self.rows.get(word, ()))

    def cause_of(self, type_: str) -> str:
        """The cause that a casualty figure of such an event has."""
        return self.types[type_].cause


@cache
def shipped() -> Ontology:
    """The ontology that comes with the package.

    >>> shipped().class_of("air_drone_strike")
    'explosions_remote_violence'
    """
    data = files("conflict_events") / "data"
    raw = srsly.json_loads((data / "ontology.json").read_text(encoding="utf-8"))
    return build(raw, _table((data / "triggers.tsv").read_text(encoding="utf-8")))


def load(path: str | os.PathLike[str] | None = None) -> Ontology:
    """The shipped ontology, with a user's JSON file laid over it where ``path`` names one.

    The file may hold "types", "words" and "triggers" (rows as lists or objects with the table's columns); its
    rows come before the shipped ones. With ``"replace": true`` the shipped types and rows are left out.
    Raises ``ValueError`` where a row or type is not as it should be.
    """
    if path is None:
        return shipped()
    raw = srsly.json_loads(Path(path).read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{path}: an ontology is a JSON object with 'types', 'words' and 'triggers'")
    rows = [_as_row(r) for r in raw.get("triggers", ())]
    data = files("conflict_events") / "data"
    base = srsly.json_loads((data / "ontology.json").read_text(encoding="utf-8"))
    types = raw.get("types", {}) if raw.get("replace") else {**base["types"], **raw.get("types", {})}
    words = {**base["words"], **raw.get("words", {})}
    if not raw.get("replace"):
        rows += _table((data / "triggers.tsv").read_text(encoding="utf-8"))
    return build({"types": types, "words": words}, rows)


def build(raw: dict[str, Any], table: Iterable[dict[str, str]]) -> Ontology:
    """An ontology from its parts; raises ``ValueError`` for rows with unknown types or roles."""
    types = {
        name: EventType(
            name,
            value["class"],
            tuple(value.get("plover", ())),
            tuple(value.get("cameo", ())),
            value.get("cause", "other"),
            value.get("definition", ""),
        )
        for name, value in raw["types"].items()
    }
    ontology = Ontology(types, {k: frozenset(v) for k, v in raw["words"].items()})
    rows: dict[str, list[Row]] = {}
    for item in table:
        row = _row(item, ontology)
        rows.setdefault(row.words[0], []).append(row)
    ontology.rows = {k: tuple(_longest_first(v)) for k, v in rows.items()}
    ontology.known = frozenset(rows).union(*ontology.words.values())
    ontology.forms = forms_of(ontology.known)
    return ontology


def codes(ontology: Ontology | None = None) -> dict[str, dict[str, Any]]:
    """Class, PLOVER and CAMEO codes, cause and definition by type: what ``schema --ontology`` prints.

    >>> codes()["suicide_bomb"]["cameo"]
    ['1831']
    """
    return {
        t.name: {
            "class": t.class_,
            "plover": list(t.plover),
            "cameo": list(t.cameo),
            "cause": t.cause,
            "definition": t.definition,
        }
        for t in (ontology or shipped()).types.values()
    }


def _longest_first(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda r: -(len(r.words) + (r.partner is not None)))


def _table(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"), strict=False)) for line in lines[1:]]


def _as_row(value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {str(k): str(v) for k, v in value.items()}
    if isinstance(value, list):
        return dict(zip(COLUMNS, map(str, value), strict=False))
    raise ValueError(f"trigger {value!r} is neither an object nor a list of columns")


def _row(item: dict[str, str], ontology: Ontology) -> Row:
    trigger, type_, role = item.get("trigger", ""), item.get("type", ""), item.get("role") or "event"
    if not trigger or (type_ not in ontology.types and type_ not in DEFERRED):
        raise ValueError(f"trigger {trigger!r}: there is no type {type_!r}")
    if role not in ROLES:
        raise ValueError(f"trigger {trigger!r}: role {role!r} is none of {', '.join(sorted(ROLES))}")
    first, plus, partner = trigger.lower().partition("+")
    return Row(
        words=tuple(first.split()),
        partner=partner if plus else None,
        pos=frozenset(item.get("pos", "NOUN,VERB").split(",")),
        type=type_,
        role=role,
        conditions=tuple(_condition(c, ontology) for c in item.get("when", "").split()),
        text=" ".join(filter(None, (trigger, item.get("pos", ""), type_, role, item.get("when", "")))),
    )


def _condition(text: str, ontology: Ontology) -> Condition:
    negated = text.startswith("!")
    key, _, values = text.lstrip("!").partition("=")
    words: set[str] = set()
    labels: set[str] = set()
    marker = ""
    for value in values.split(","):
        marker = value[0] if value[:1] in ("@", "#") else ("#" if marker == "#" else "")
        name = value.lstrip("@#")
        if marker == "@":
            words |= ontology.words[name]
            marker = ""
        elif marker == "#":
            labels.add(name)
        elif value != "*" and value:
            words.add(value)
    return Condition(key, frozenset(words), frozenset(labels), values == "*", negated)
