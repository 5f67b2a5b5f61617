"""Tests of the GraphML in the hands of networkx and igraph."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import networkx as nx
import pytest

from asean_japan import Basis, Node, Report, export, load

if TYPE_CHECKING:
    from collections.abc import Callable

igraph: Any = importlib.import_module("igraph")  # It has no types.

REPORT = load()
ITEM = REPORT["III.2.4"]
assert isinstance(ITEM, Node)
TEXTS = {
    "the report": export.graphml(REPORT),
    "stated and restated": export.graphml(REPORT, bases=(Basis.STATED, Basis.RESTATED)),
    "sections": export.graphml(REPORT, depth=0),
    "a place": export.graphml(ITEM),
    "a claim": export.graphml(ITEM.claims[0]),
}


def edges(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, int, list[tuple[str, str]]]]:
    """Return the edges with all that they have, sorted."""
    return sorted(
        (one, other, key, sorted(data.items())) for one, other, key, data in graph.edges(keys=True, data=True)
    )


def read(text: str) -> nx.MultiDiGraph[str]:
    """Read GraphML with networkx; two edges alike make a graph that may have more."""
    parse = cast("Callable[..., nx.MultiDiGraph[str]]", nx.parse_graphml)
    return parse(text, force_multigraph=True)


def test_networkx_reads_it_back_equal() -> None:
    """Nodes and edges are those of `Report.networkx`; networkx adds keys of its own to the graph itself."""
    found, expected = read(TEXTS["the report"]), REPORT.networkx()
    assert list(found.nodes(data=True)) == list(expected.nodes(data=True))
    assert edges(found) == edges(expected)
    assert len(edges(found)) > 2000


@pytest.mark.parametrize("name", TEXTS)
def test_networkx_invents_no_node(name: str) -> None:
    """Every end of an edge is described: one that is not would be made up, with nothing known of it."""
    found = read(TEXTS[name])
    assert all(data.get("kind") for _, data in found.nodes(data=True))
    assert found.is_directed()


def test_networkx_would_make_up_what_is_missing() -> None:
    """The control: without its description, a node has no kind."""
    text = "".join(line for line in TEXTS["the report"].splitlines() if '<node id="III.2.4">' not in line)
    assert "kind" not in read(text).nodes["III.2.4"]


@pytest.mark.parametrize("name", TEXTS)
def test_igraph_reads_it(name: str, tmp_path: Path) -> None:
    """Nodes, edges and what is known of them are the same as in networkx."""
    path = tmp_path / "report.graphml"
    path.write_text(TEXTS[name], encoding="utf-8")
    found = igraph.Graph.Read_GraphML(str(path))
    expected = read(TEXTS[name])
    assert found.is_directed()
    assert [known(vertex.attributes()) for vertex in found.vs] == [
        {"id": name} | data for name, data in expected.nodes(data=True)
    ]
    names = [vertex["id"] for vertex in found.vs]
    arcs = [(names[edge.source], names[edge.target], sorted(known(edge.attributes()).items())) for edge in found.es]
    assert sorted(arcs) == sorted((one, other, data) for one, other, _, data in edges(expected))


@pytest.mark.parametrize("name", TEXTS)
def test_both_know_what_the_graph_is(name: str, tmp_path: Path) -> None:
    """The graph has a title, a status, a notice, a license and its bases in both."""
    path = tmp_path / "report.graphml"
    path.write_text(TEXTS[name], encoding="utf-8")
    found, graph = igraph.Graph.Read_GraphML(str(path)), read(TEXTS[name]).graph
    for key in ("title", "issuer", "date", "status", "notice", "data_version", "license", "bases"):
        assert found[key] == graph[key] != ""
    assert graph["status"] == "Provisional Translation"
    assert graph.get("part") == {"a place": "III.2.4", "a claim": "III.2.4.s1"}.get(name)


def known(attributes: dict[str, object]) -> dict[str, object]:
    """Leave out what igraph has as an empty text where the file has no key."""
    return {name: value for name, value in attributes.items() if value != ""}


def test_answers_can_be_followed() -> None:
    """A path of the graph leads from a proposal to the challenge that it answers."""
    graph = read(TEXTS["the report"])
    link = next(link for link in REPORT.links if link.kind == "answers")
    assert graph.has_edge(str(link.source_ref), str(link.target_ref))
    tree = nx.DiGraph((one, other) for one, other, _, data in edges(graph) if ("kind", "contains") in data)
    area = REPORT["III.2"]
    assert isinstance(area, Node)
    below = {str(each.ref) for node in area.walk() for each in (node, *node.claims)} - {"III.2"}
    assert cast("Any", nx).descendants(tree, "III.2") == below


def test_report_is_the_bundled_one() -> None:
    """What was written is what is asked above."""
    assert isinstance(REPORT, Report)
    assert export.graphml(REPORT) == TEXTS["the report"]
