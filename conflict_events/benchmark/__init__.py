"""Measuring: what extraction costs beside the language model, and how well and how fast made-up worlds are linked."""

from conflict_events.benchmark.throughput import Throughput, throughput

__all__ = ["Throughput", "throughput"]
