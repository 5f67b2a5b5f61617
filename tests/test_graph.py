"""Tests of the whole as a graph."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import attrs
import pytest
from builders import REPORT, report_with
from hypothesis import example, given, settings

from asean_japan import Overlay, Report
from asean_japan.testing import reports

BARE = report_with()
IN_ANY_REPORT = settings(max_examples=30)
EDITORIAL = {"answers", "serves", "carried_out_by", "followed_by"}


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
@example(BARE)
def test_graph(report: Report) -> None:
    """Each place, entity, outcome and used code is one node, and every edge leads from one of them to another."""
    graph: Any = report.graph()
    ids = [node["id"] for node in graph["nodes"]]
    assert len(set(ids)) == len(ids)
    assert {end for edge in graph["edges"] for end in (edge["source"], edge["target"])} <= set(ids)
    used = {(key, code) for key, each in report.overlays.items() for row in each.assignments for code in row.codes}
    assert set(ids) == {
        *(str(node.ref) for node in report.walk()),
        *map(str, report.claims),
        *(f"entity:{key}" for key in report.entities),
        *(f"outcome:{each.key}" for each in report.outcomes),
        *(f"{key}:{code}" for key, code in used),
    }
    kinds = Counter(edge["kind"] for edge in graph["edges"])
    expected = Counter[str](link.kind for link in report.links for _ in link.targets or [link.outcome])
    expected["contains"] = len(report.walk()) - len(report.sections) + len(report.claims)
    expected["part_of"] = sum(each.parent_key is not None for each in report.layers.entities)
    expected["tied_to"] = sum(len(each.tie_keys) for each in report.layers.entities)
    expected["mentions"] = len(report.mentions)
    expected["coded"] = sum(len(row.codes) for each in report.overlays.values() for row in each.assignments)
    assert kinds == +expected
    assert json.loads(json.dumps(graph)) == graph
    assert graph == report.graph()
    assert graph is not report.graph()


def test_graph_says_what_is_ours() -> None:
    """Edges say on what they rest; what contains what needs no mark."""
    graph: Any = REPORT.graph()
    bases = {(edge["kind"], edge.get("basis")) for edge in graph["edges"]}
    assert {basis for kind, basis in bases if kind in {*EDITORIAL, "coded"}} == {"editorial"}
    assert {basis for kind, basis in bases if kind in {"refers_to", "counterpart", "continues"}} == {"stated"}
    assert {basis for kind, basis in bases if kind == "mentions"} == {"stated", "editorial"}
    assert {basis for kind, basis in bases if kind == "part_of"} == {"researched"}
    assert {basis for kind, basis in bases if kind == "tied_to"} == {"stated"}
    assert {kind for kind, basis in bases if basis is None} == {"contains"}
    assert {edge["kind"]: edge["strength"] for edge in graph["edges"] if "strength" in edge}.keys() == EDITORIAL
    assert all(node["label"] and node["kind"] for node in graph["nodes"])


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_graph_has_what_links_say(report: Report) -> None:
    """The edges of the links say all that the links do, in their order, and nothing else."""
    graph: Any = report.graph()
    kinds = {"contains", "part_of", "tied_to", "mentions", "coded"}
    expected = [
        {
            "source": str(link.source_ref),
            "target": target,
            "kind": link.kind,
            "basis": link.basis.value,
            **({} if link.strength is None else {"strength": link.strength}),
            **({} if link.reason is None else {"reason": link.reason}),
            **({} if link.via is None else {"via_key": f"entity:{link.via.key}"}),
        }
        for link in report.links
        for target in [str(place.ref) for place in link.targets] or [f"outcome:{link.outcome_key}"]
    ]
    assert [edge for edge in graph["edges"] if edge["kind"] not in kinds] == expected


def test_ties_of_the_graph() -> None:
    """A tie of an entity is an edge from it."""
    graph: Any = REPORT.graph()
    tied = [(edge["source"], edge["target"]) for edge in graph["edges"] if edge["kind"] == "tied_to"]
    assert tied == [(f"entity:{each.key}", f"entity:{tie}") for each in REPORT.layers.entities for tie in each.tie_keys]
    assert ("entity:unclos", "entity:united-nations") in tied


def test_graph_keeps_codes_apart() -> None:
    """Codes of several overlays that look alike are several nodes; one without a label shows itself."""
    one = Overlay(key="a", title="A", codes={"1": None}, assignments={"I.1.1": "1"})
    report = BARE.with_overlay(one).with_overlay(attrs.evolve(one, key="b"))
    nodes: Any = report.graph()["nodes"]
    assert nodes[-2:] == [
        {"id": "a:1", "kind": "code:a", "label": "1"},
        {"id": "b:1", "kind": "code:b", "label": "1"},
    ]


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_networkx(report: Report) -> None:
    """The graph of networkx has the same nodes and edges, and gives the same data again."""
    nx: Any = pytest.importorskip("networkx")
    graph: Any = report.graph()
    built: Any = report.networkx()
    assert built.is_directed()
    assert built.is_multigraph()
    assert list(built.nodes) == [node["id"] for node in graph["nodes"]]
    again = nx.node_link_data(built, edges="edges")
    assert again["nodes"] == [
        {**{key: value for key, value in node.items() if key != "id"}, "id": node["id"]} for node in graph["nodes"]
    ]
    edges = [{key: value for key, value in edge.items() if key != "key"} for edge in again["edges"]]
    assert Counter(json.dumps(edge, sort_keys=True) for edge in edges) == Counter(
        json.dumps(edge, sort_keys=True) for edge in graph["edges"]
    )
