"""A growing archive of reports and incidents in one SQLite file."""

from conflict_events.store.archive import Archive

__all__ = ["Archive"]
