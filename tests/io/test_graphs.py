"""GraphML, GEXF and node-link JSON: what networkx reads back is what was written."""

import io
import json

import networkx as nx
import pytest

from conflict_events.graph.network import network_of
from conflict_events.io.graphs import gexf, graphml, node_link
from tests.handmade import seeds_linked


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return network_of(seeds_linked(dated=True))


def test_graphml_reads_back(graph: nx.MultiDiGraph) -> None:
    read = nx.read_graphml(io.BytesIO(graphml(graph)), force_multigraph=True)
    assert set(read) == set(graph)
    assert read.number_of_edges() == graph.number_of_edges()
    assert dict(read.nodes["report:agency-wire"]) == dict(graph.nodes["report:agency-wire"])


def test_gexf_reads_back_with_labels_and_edge_kinds(graph: nx.MultiDiGraph) -> None:
    read = nx.read_gexf(io.BytesIO(gexf(graph)))
    assert set(read) == set(graph)
    raid = read.nodes["incident:2024-02-13-nerkin-hand-raid"]
    assert raid["label"] == "Raid on a combat post near Nerkin Hand"
    assert raid["date_start"] == "2024-02-13"
    assert {d["relation"] for _, _, d in read.edges(data=True)} >= {"news", "copy_of", "retaliation_for"}


def test_gexf_holds_no_time_of_writing(graph: nx.MultiDiGraph) -> None:
    assert b"lastmodified" not in gexf(graph)


def test_node_link_reads_back(graph: nx.MultiDiGraph) -> None:
    read = nx.node_link_graph(json.loads(node_link(graph)), edges="edges")
    assert {n: dict(d) for n, d in read.nodes(data=True)} == {n: dict(d) for n, d in graph.nodes(data=True)}


@pytest.mark.parametrize("writer", [graphml, gexf, node_link], ids=["graphml", "gexf", "node-link"])
def test_untrusted_text_is_held_by_every_format(writer: object) -> None:
    hostile = nx.MultiDiGraph()
    hostile.add_node("a\x00", title="<script>&\x0b\ud800\u202e", tags=["x", "y"], none=None, extra={"k": 1})
    hostile.add_node("a\ufffd", title="other")
    hostile.add_edge("a\x00", "a\ufffd", type="same\x1b")
    data = writer(hostile).decode("utf-8")  # type: ignore[operator]
    assert "\x00" not in data
    if writer is not node_link:
        assert "<script>" not in data
        reader = nx.read_graphml if writer is graphml else nx.read_gexf
        assert reader(io.BytesIO(data.encode())).number_of_nodes() == 2
