"""Gold files as Examples: what a reader gives, the scorers score."""

import json
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.util import registry

from conflict_events import ConflictEventsError
from conflict_events.pipeline import state
from conflict_events.pipeline.corpus import make_corpus


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    text = "Two soldiers were killed in Goma on Monday, police said."
    figure = {
        "quote": {"text": "Two", "start": 0, "end": 3},
        "outcome": "killed",
        "value": 2,
        "low": 2,
        "high": 2,
        "qualifier": "exact",
        "claimant": {"text": "police", "start": 44, "end": 50},
        "status": "claimed",
        "scope": "current",
        "cumulative": False,
    }
    line = {
        "text": text,
        "figures": [figure],
        "dates": [{"start": 36, "end": 42, "value": "XXXX-WXX-1"}],
        "places": [{"start": 28, "end": 32, "latitude": -1.68, "longitude": 29.22}],
        "events": [{"trigger": {"text": "killed", "start": 18, "end": 24}, "type": "attack"}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line) + "\n")
    return path


def test_reader_is_registered_by_name(gold: Path, nlp: Language) -> None:
    [example] = registry.readers.get("conflict_events.JsonlCorpus.v1")(gold)(nlp)
    assert [f.label for f in state.read(example.reference, state.CASUALTIES)] == ["killed"]
    assert state.CASUALTIES not in example.predicted.spans


def test_pipeline_is_scored_on_gold(gold: Path, nlp: Language) -> None:
    scores = nlp.evaluate(list(make_corpus(gold)(nlp)))
    for key in ("casualties_figure_f", "conflict_dates_f", "conflict_places_f", "conflict_claimant_acc"):
        assert scores[key] == 1.0, key


def test_missing_gold_is_a_coded_error(tmp_path: Path) -> None:
    with pytest.raises(ConflictEventsError, match="CE001"):
        make_corpus(tmp_path / "nowhere.jsonl")
