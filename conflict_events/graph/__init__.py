"""The event graph: from extractions of many reports to the incidents that they tell."""

from conflict_events.graph.build import EventGraph, LinkConfig, link

__all__ = ["EventGraph", "LinkConfig", "link"]
