"""Records: the JSON of the contract, there and back."""

import dataclasses

import pytest
from pydantic import ValidationError

from conflict_events import records
from conflict_events.records import Claim, Event, Extraction, Linked, Relation, Span, Toll, from_dict, json_schema


def test_to_dict_writes_reserved_names_without_underscore() -> None:
    assert Relation("e2", "e1", "retaliation_for").to_dict() == {"from": "e2", "to": "e1", "type": "retaliation_for"}


def test_to_dict_of_nested_records_is_plain_json() -> None:
    claim = Claim("r/f1", "r", None, "reporter", 4, 4, 4, None)
    toll = Toll(None, None, "killed", 4, 4, 4, "single", False, (claim,))
    assert toll.to_dict()["claims"] == [claim.to_dict()]


def test_from_dict_restores_the_record() -> None:
    relation = Relation("f2", "f1", "updates")
    assert from_dict(Relation, relation.to_dict()) == relation


def test_from_dict_ignores_unknown_keys() -> None:
    assert from_dict(Span, {"text": "a", "start": 0, "end": 1, "colour": "red"}) == Span("a", 0, 1)


@pytest.mark.parametrize("wrong", [{"text": "a", "start": "x", "end": 1}, {"text": "a"}, "a", None])
def test_from_dict_names_what_is_wrong(wrong: object) -> None:
    with pytest.raises(ValidationError):
        from_dict(Span, wrong)


def test_records_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Span("a", 0, 1).start = 3  # type: ignore[misc]


@pytest.mark.parametrize("cls", [Extraction, Linked])
def test_json_schema_names_fields_as_the_output_does(cls: type[records.Record]) -> None:
    schema = json_schema(cls)
    assert set(schema["required"]) >= {"schema_version", "made_with"}
    event = schema["$defs"]["Event"]["properties"]
    assert "class" in event
    assert "class_" not in event
    assert [f.name.rstrip("_") for f in dataclasses.fields(Event)] == list(event)
