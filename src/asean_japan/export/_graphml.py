"""The report as a graph in GraphML, which networkx, igraph, Gephi and yEd read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from asean_japan.export.scope import ALL, EDITED, EntityView, Scope
from asean_japan.export.xml import xml_text
from asean_japan.model.basis import Basis
from asean_japan.model.home import Home
from asean_japan.model.places import Claim, Place
from asean_japan.questions.graph import graph

_GRAPH_KEYS = ("title", "issuer", "date", "status", "source", "part", "notice", "data_version", "license", "bases")
_NODE_KEYS = ("kind", "label", "verbatim")
_EDGE_KEYS = ("kind", "basis", "strength", "reason", "via_key")


def graphml(
    report_or_place: Home | Place,
    /,
    *,
    depth: int | None = None,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
) -> str:
    """
    Write `Report.graph` as GraphML.

    >>> from asean_japan import export
    >>> from asean_japan import load
    >>> text = export.graphml(load())
    >>> text.count("<node "), text.count("<edge ")
    (765, 2702)

    The graph says what it is made of: title, status, license, bases, and that the text is edited. Vertices have the ids
    of `Report.graph`, a ``kind`` and a ``label``, edges a ``kind``; what is not known has no key. The kind of an entity
    is our judgment: without what is editorial, it is ``entity``.

    An edge is written if both of its ends are. A place is written with what it names and with its codes, but without
    the places elsewhere in the report to which it is linked.

    Args:
        report_or_place: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out, and with them the edges
            that rest on them.
        verbatim: Whether to include the report's own words; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place belongs to no report.
    """
    scope = Scope.of(report_or_place, depth=depth, bases=bases, verbatim=verbatim)
    return "".join(f"{line}\n" for line in _lines(scope))


def _lines(scope: Scope) -> Iterator[str]:
    nodes, edges = _parts(scope)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for domain, names in (("graph", _GRAPH_KEYS), ("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name in names:
            yield f' <key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="string"/>'
    yield f' <graph edgedefault="directed">{_data("graph", _GRAPH_KEYS, _about(scope))}'
    for node in nodes:
        yield f'  <node id="{xml_text(node["id"])}">{_data("node", _NODE_KEYS, node)}</node>'
    for edge in edges:
        ends = f'source="{xml_text(edge["source"])}" target="{xml_text(edge["target"])}"'
        yield f"  <edge {ends}>{_data('edge', _EDGE_KEYS, edge)}</edge>"
    yield " </graph>"
    yield "</graphml>"


def _about(scope: Scope) -> dict[str, str]:
    """Return what the graph says of itself."""
    edition = scope.report.edition
    return {
        "title": edition.title,
        "issuer": edition.issuer,
        "date": edition.date,
        "status": edition.status,
        **({"source": edition.source} if Basis.RESEARCHED in scope.bases else {}),
        **({"part": str(scope.place.ref)} if scope.place else {}),
        "notice": EDITED,
        "data_version": edition.data_version,
        "license": edition.license,
        "bases": ", ".join(basis.value for basis in scope.bases),
    }


def _data(domain: str, names: Iterable[str], values: Mapping[str, str]) -> str:
    return "".join(f'<data key="{domain}-{name}">{xml_text(values[name])}</data>' for name in names if name in values)


def _parts(scope: Scope) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the vertices and edges of the report's graph that are in *scope*."""
    data = cast("dict[str, list[dict[str, str]]]", graph(scope.report.layer_index()))
    edges = [edge for edge in data["edges"] if _basis(edge) in scope.bases]
    if Basis.EDITORIAL not in scope.bases:  # Reasons are in our words, even where they are doubts about a stated link.
        edges = [_without(edge, "reason") for edge in edges]
    claims = [claim for node in scope.nodes for claim in scope.claims(node)]
    written = {str(claim.ref) for claim in claims}
    if not isinstance(scope.place, Claim):
        written |= {str(node.ref) for node in scope.nodes}
    places = {str(place.ref) for node in scope.report.walk() for place in (node, *node.claims)}
    if scope.place is None:
        written |= {node["id"] for node in data["nodes"]} - places
    else:
        written |= {edge["target"] for edge in edges if edge["source"] in written} - places
    if Basis.EDITORIAL not in scope.bases:
        written -= {node["id"] for node in data["nodes"] if node["kind"].startswith("code:")}
    if Basis.RESEARCHED not in scope.bases:
        written -= {node["id"] for node in data["nodes"] if node["kind"] == "outcome"}
    views = {f"entity:{entity.key}": scope.view(entity) for entity in scope.report.layers.entities}
    written -= {name for name, view in views.items() if not view.is_known}
    words = {str(claim.ref): text for claim in claims if (text := scope.words(claim))}
    nodes = [_vertex(node, views, words) for node in data["nodes"] if node["id"] in written]
    within = [edge for edge in edges if edge["source"] in written and edge["target"] in written]
    return nodes, [edge if edge.get("via_key") in written else _without(edge, "via_key") for edge in within]


def _vertex(node: dict[str, str], views: Mapping[str, EntityView], words: Mapping[str, str]) -> dict[str, str]:
    """Return a vertex as the bases know it, with the report's own words if they are asked for."""
    name = node["id"]
    if name in views:
        return {**node, "kind": views[name].kind or "entity", "label": views[name].name}
    return {**node, "verbatim": words[name]} if name in words else node


def _without(edge: Mapping[str, str], left_out: str) -> dict[str, str]:
    return {key: value for key, value in edge.items() if key != left_out}


def _basis(edge: Mapping[str, str]) -> Basis:
    """Return the basis of an edge; that a place contains another is stated, which no such edge repeats."""
    return Basis(edge.get("basis", "stated"))
