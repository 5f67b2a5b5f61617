"""The report as a graph: places, claims, entities, outcomes and codes, and all that leads from one to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from asean_japan.errors import MissingExtraError
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.home import Home
from asean_japan.model.layers import LayerIndex
from asean_japan.model.links import Link
from asean_japan.model.overlays import Overlay

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    NetworkxGraph: TypeAlias = MultiDiGraph[str]
else:
    NetworkxGraph = object  # networkx is an extra, and may not be installed where annotations are read.


def graph(index: LayerIndex) -> dict[str, object]:
    """Return the report as node-link data, as `Report.graph` does."""
    parts = (
        _places_graph(index.home),
        _names_graph(index),
        _links_graph(index),
        *map(_codes_graph, index.layers.overlays),
    )
    nodes = [node for some, _ in parts for node in some]
    edges = [edge for _, some in parts for edge in some]
    return {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}


_Part: TypeAlias = tuple[list[dict[str, object]], list[dict[str, object]]]  # Nodes and edges.


def _vertex(name: object, kind: str, label: str) -> dict[str, object]:
    return {"id": str(name), "kind": kind, "label": label}


def _edge(source: object, target: object, kind: str, **more: object) -> dict[str, object]:
    given = {key: value for key, value in more.items() if value is not None}
    return {"source": str(source), "target": str(target), "kind": kind, **given}


def _places_graph(home: Home) -> _Part:
    nodes = home.walk()
    claims = [claim for node in nodes for claim in node.claims]
    return (
        [_vertex(node.ref, node.kind, display.title(node)) for node in nodes]
        + [_vertex(claim.ref, "claim", claim.text) for claim in claims],
        [_edge(node.parent.ref, node.ref, "contains") for node in nodes if node.parent]
        + [_edge(claim.parent.ref, claim.ref, "contains") for claim in claims],
    )


def _names_graph(index: LayerIndex) -> _Part:
    entities = index.layers.entities
    return (
        [_vertex(f"entity:{entity.key}", entity.kind, entity.name) for entity in entities],
        [
            _edge(f"entity:{each.key}", f"entity:{each.parent_key}", "part_of", basis=Basis.RESEARCHED.value)
            for each in entities
            if each.parent_key
        ]
        + [
            _edge(f"entity:{each.key}", f"entity:{tie}", "tied_to", basis=Basis.STATED.value)
            for each in entities
            for tie in each.tie_keys
        ]
        + [
            _edge(mention.ref, f"entity:{mention.key}", "mentions", basis=mention.basis.value)
            for mention in index.layers.mentions
        ],
    )


def _links_graph(index: LayerIndex) -> _Part:
    outcomes = [_vertex(f"outcome:{each.key}", "outcome", each.text) for each in index.layers.outcomes]
    return outcomes, [
        _edge(
            *(link.source_ref, target, link.kind),
            basis=link.basis.value,
            strength=link.strength,
            reason=link.reason,
            via_key=link.via_key and f"entity:{link.via_key}",
        )
        for link in index.layers.links
        for target in _targets(link)
    ]


def _targets(link: Link) -> list[str]:
    """Return the ids of the vertices to which a link leads."""
    return [f"outcome:{link.outcome_key}"] if link.outcome_key else [str(place.ref) for place in link.targets]


def _codes_graph(overlay: Overlay) -> _Part:
    pairs = [(assignment.ref, code) for assignment in overlay.assignments for code in assignment.codes]
    used = dict.fromkeys(code for _, code in pairs)
    labels = {code.code: code.label or code.code for code in overlay.codes}
    return (
        [_vertex(f"{overlay.key}:{code}", f"code:{overlay.key}", labels[code]) for code in used],
        [_edge(ref, f"{overlay.key}:{code}", "coded", basis=Basis.EDITORIAL.value) for ref, code in pairs],
    )


def networkx_graph(data: dict[str, object]) -> NetworkxGraph:
    """Return node-link data as a graph of networkx, as `Report.networkx` does."""
    try:
        import networkx as nx
    except ImportError as error:
        raise MissingExtraError("graph", "networkx") from error

    read: Callable[..., NetworkxGraph] = getattr(nx, "node_link_graph")  # noqa: B009  # Its types are not known.
    return read(data, edges="edges")
