"""The report as a graph in GraphML, which networkx, igraph, Gephi and yEd read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from asean_japan import display
from asean_japan.export.scope import ALL, EDITED, Scope, is_known, kind_of, name_of
from asean_japan.model import Basis, Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from asean_japan.model import Place
    from asean_japan.report import Report

_GRAPH_KEYS = ("title", "issuer", "date", "status", "source", "part", "notice", "data_version", "licence", "layers")
_NODE_KEYS = ("kind", "label", "verbatim")
_EDGE_KEYS = ("kind", "basis", "strength", "reason", "via")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no way to write these.


def graphml(
    report_or_place: Report | Place,
    /,
    *,
    depth: int | None = None,
    layers: Iterable[Basis] = ALL,
    verbatim: bool = False,
) -> str:
    """
    Write `Report.graph` as GraphML.

    >>> from asean_japan import export, load
    >>> text = export.graphml(load())
    >>> text.count("<node "), text.count("<edge ")
    (708, 2376)

    The graph says what it is made of: title, status, licence, layers and that the text is edited. Vertices have the ids
    of `Report.graph`, a ``kind`` and a ``label``, edges a ``kind``; what is not known has no key. Which kind of thing
    an entity is, is our judgement: without it, its kind is ``entity``.

    An edge is written if both of its ends are. A place is written with what it names and with its codes, and without
    the places to which it is linked elsewhere in the report.

    Args:
        report_or_place: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        layers: The layers of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out, and with them the edges
            that rest on them.
        verbatim: Whether to give the report's own words, too; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place stands in no report.
    """
    scope = Scope.of(report_or_place, depth=depth, layers=layers, verbatim=verbatim)
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
        yield f'  <node id="{_escaped(node["id"])}">{_data("node", _NODE_KEYS, node)}</node>'
    for edge in edges:
        ends = f'source="{_escaped(edge["source"])}" target="{_escaped(edge["target"])}"'
        yield f"  <edge {ends}>{_data('edge', _EDGE_KEYS, edge)}</edge>"
    yield " </graph>"
    yield "</graphml>"


def _about(scope: Scope) -> dict[str, str]:
    """What the graph is made of."""
    edition = scope.report.edition
    return {
        "title": edition.title,
        "issuer": edition.issuer,
        "date": edition.date,
        "status": edition.status,
        **({"source": edition.source} if Basis.RESEARCHED in scope.layers else {}),
        **({"part": str(scope.place.ref)} if scope.place else {}),
        "notice": EDITED,
        "data_version": edition.data_version,
        "licence": edition.licence,
        "layers": ", ".join(basis.value for basis in scope.layers),
    }


def _escaped(text: str) -> str:
    return display.escaped(_NO_XML.sub("\ufffd", text))


def _data(domain: str, names: Iterable[str], values: Mapping[str, str]) -> str:
    return "".join(f'<data key="{domain}-{name}">{_escaped(values[name])}</data>' for name in names if name in values)


def _parts(scope: Scope) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The vertices and edges of the report's graph that are in *scope*."""
    graph = cast("dict[str, list[dict[str, str]]]", scope.report.graph())
    edges = [edge for edge in graph["edges"] if _basis(edge) in scope.layers]
    if Basis.EDITORIAL not in scope.layers:  # Reasons are in our words, also where they are doubts about a stated link.
        edges = [_without(edge, "reason") for edge in edges]
    claims = [claim for node in scope.nodes for claim in scope.claims(node)]
    written = {str(claim.ref) for claim in claims}
    if not isinstance(scope.place, Claim):
        written |= {str(node.ref) for node in scope.nodes}
    places = {str(each.ref) for node in scope.report.walk() for each in (node, *node.claims)}
    codes = {node["id"] for node in graph["nodes"] if node["kind"].startswith("code:")}
    if scope.place is None:
        written |= {node["id"] for node in graph["nodes"]} - places
    else:
        written |= {edge["target"] for edge in edges if edge["source"] in written} - places
    if Basis.EDITORIAL not in scope.layers:
        written -= codes
    entities: dict[str, dict[str, str]] = {}
    for entity in scope.report.layers.entities:
        if is_known(entity, scope.layers):
            kind = kind_of(entity, scope.layers) or "entity"
            entities[f"entity:{entity.key}"] = {"kind": kind, "label": name_of(entity, scope.layers)}
        else:
            written.discard(f"entity:{entity.key}")
    words = {str(claim.ref): text for claim in claims if (text := scope.words(claim))}
    nodes = [
        node | entities.get(node["id"], {}) | ({"verbatim": words[node["id"]]} if node["id"] in words else {})
        for node in graph["nodes"]
        if node["id"] in written
    ]
    within = [edge for edge in edges if edge["source"] in written and edge["target"] in written]
    return nodes, [_without(edge, "via") if edge.get("via") not in written else edge for edge in within]


def _without(edge: Mapping[str, str], left_out: str) -> dict[str, str]:
    return {key: value for key, value in edge.items() if key != left_out}


def _basis(edge: Mapping[str, str]) -> Basis:
    """What an edge rests on; that a place contains another is stated, and is not said of each."""
    return Basis(edge.get("basis", "stated"))
