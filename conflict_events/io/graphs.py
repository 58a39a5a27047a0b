"""The event graph in the formats of graph tools: GraphML, GEXF (Gephi), node-link JSON (d3, networkx)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import tostring

if TYPE_CHECKING:
    import networkx as nx

Scalar = str | int | float | bool

# what XML 1.0 cannot hold, not even escaped
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# attributes that GEXF gives a meaning of its own
_GEXF_NODES = {"start": "date_start", "end": "date_end"}
_GEXF_EDGES = {"type": "relation"}
_LABELS = ("title", "name", "text")


def graphml(graph: nx.Graph[str]) -> bytes:
    """The graph as GraphML; attributes are scalars, unknown ones absent.

    >>> import networkx as nx
    >>> b"graphml" in graphml(nx.MultiDiGraph([("a", "b")]))
    True
    """
    import networkx as nx

    lines = nx.generate_graphml(_plain(graph))
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n").encode("utf-8")


def gexf(graph: nx.Graph[str]) -> bytes:
    """The graph as GEXF 1.2 with labels; ``type`` of edges is ``relation`` there, days are ``date_start``, ``date_end``.

    No time of writing is kept, so that the same graph gives the same bytes.
    """
    from networkx.readwrite.gexf import GEXFWriter

    renamed = _plain(graph, node_names=_GEXF_NODES, edge_names=_GEXF_EDGES, labels=True)
    writer = GEXFWriter(version="1.2draft", prettyprint=True)
    writer.add_graph(renamed)
    meta = writer.xml.find("meta")
    if meta is not None:
        meta.attrib.pop("lastmodifieddate", None)
    writer.indent(writer.xml)
    body: str = tostring(writer.xml, encoding="unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{body}\n".encode()


def node_link(graph: nx.Graph[str]) -> bytes:
    """The graph as networkx's node-link JSON: ``nodes`` with ``id``, ``edges`` with ``source`` and ``target``."""
    import networkx as nx

    data = nx.node_link_data(_plain(graph), edges="edges")
    return (json.dumps(data, ensure_ascii=False) + "\n").encode("utf-8")


def _plain(
    graph: nx.Graph[str],
    *,
    node_names: Mapping[str, str] | None = None,
    edge_names: Mapping[str, str] | None = None,
    labels: bool = False,
) -> nx.Graph[str]:
    """A copy whose names and attributes any of the formats can hold."""
    import networkx as nx

    names: dict[str, str] = {}
    taken: set[str] = set()
    for node in graph:
        name = _text(str(node))
        while name in taken:
            name += "_"
        taken.add(name)
        names[node] = name
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, values in graph.nodes(data=True):
        attributes = _attributes(values, node_names or {})
        if labels:
            attributes["label"] = next((_text(str(values[k])) for k in _LABELS if values.get(k)), names[node])
        plain.add_node(names[node], **attributes)
    for a, b, values in graph.edges(data=True):
        attributes = _attributes(values, edge_names or {})
        if labels and values.get("type"):
            attributes["label"] = _text(str(values["type"]))
        plain.add_edge(names[a], names[b], **attributes)
    return plain


def _attributes(values: Mapping[str, Any], renames: Mapping[str, str]) -> dict[str, Scalar]:
    return {renames.get(k, k): _scalar(v) for k, v in values.items() if v is not None}


def _scalar(value: Any) -> Scalar:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple | set | frozenset):
        listed = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return _text("; ".join(listed))
    return _text(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))


def _text(value: str) -> str:
    return _NOT_XML.sub("\ufffd", value)
