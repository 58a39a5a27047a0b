"""The benchmark of growing archives adds what it holds back, and tells what one report takes."""

import pytest

from conflict_events.benchmark.growing import run_growing
from conflict_events.benchmark.world import WorldConfig


def test_every_report_held_back_is_added_and_timed() -> None:
    found = run_growing(WorldConfig(events=150), adds=10)
    assert found.added == 10
    assert found.reports > 100
    assert 0 < found.median_ms <= found.ninetieth_ms


def test_a_world_too_small_to_hold_reports_back_is_refused() -> None:
    with pytest.raises(ValueError, match="0 reports is too small"):
        run_growing(WorldConfig(events=1), adds=2)
