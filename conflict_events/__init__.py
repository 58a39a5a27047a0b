"""conflict_events reads news reports of armed conflict and says, with evidence, what happened.

>>> import conflict_events
>>> [found] = conflict_events.extract(["Two soldiers were killed near Kherson, the ministry said."])
>>> found.casualties[0].span.text
'Two'
"""

from typing import TYPE_CHECKING, Any

from conflict_events.__about__ import __version__
from conflict_events.errors import ConflictEventsError
from conflict_events.language import extract, link, load
from conflict_events.records import CasualtyFigure, Event, Extraction, Incident, Linked, Report, Toll

if TYPE_CHECKING:
    from conflict_events.graph.build import EventGraph
    from conflict_events.store import Archive

__all__ = [
    "Archive",
    "CasualtyFigure",
    "ConflictEventsError",
    "Event",
    "EventGraph",
    "Extraction",
    "Incident",
    "Linked",
    "Report",
    "Toll",
    "__version__",
    "extract",
    "link",
    "load",
]


def __getattr__(name: str) -> Any:
    # networkx is loaded when a graph is asked for, so that importing the package costs what spaCy costs
    if name == "EventGraph":
        from conflict_events.graph.build import EventGraph

        return EventGraph
    if name == "Archive":
        from conflict_events.store import Archive

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
