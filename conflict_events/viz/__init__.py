"""Pictures of results. Every function returns an object; nothing is shown, written or fetched.

``render`` underlines in a text what was found in it, ``timeline`` and ``map_`` give SVG, ``page`` an HTML document;
all four show themselves in a notebook. ``draw_graph`` gives a matplotlib figure (extra ``viz``).
"""

from conflict_events.viz.map import map_
from conflict_events.viz.markup import Markup
from conflict_events.viz.network import draw_graph, network
from conflict_events.viz.page import page
from conflict_events.viz.text import render
from conflict_events.viz.timeline import timeline

__all__ = ["Markup", "draw_graph", "map_", "network", "page", "render", "timeline"]
