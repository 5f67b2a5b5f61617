"""The report as a graph in GraphML, which networkx, igraph, Gephi and yEd read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from asean_japan.export.scope import ALL, EDITED, EntityView, Scope
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.places import Claim
from asean_japan.questions.graph import graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from asean_japan.model.home import Home
    from asean_japan.model.places import Place

_GRAPH_KEYS = ("title", "issuer", "date", "status", "source", "part", "notice", "data_version", "license", "bases")
_NODE_KEYS = ("kind", "label", "verbatim")
_EDGE_KEYS = ("kind", "basis", "strength", "reason", "via")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no way to write these.


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
    (708, 2376)

    The graph says what it is made of: title, status, license, bases and that the text is edited. Vertices have the ids
    of `Report.graph`, a ``kind`` and a ``label``, edges a ``kind``; what is not known has no key. Which kind of thing
    an entity is, is our judgement: without it, its kind is ``entity``.

    An edge is written if both of its ends are. A place is written with what it names and with its codes, and without
    the places to which it is linked elsewhere in the report.

    Args:
        report_or_place: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out, and with them the edges
            that rest on them.
        verbatim: Whether to give the report's own words, too; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place stands in no report.
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
        **({"source": edition.source} if Basis.RESEARCHED in scope.bases else {}),
        **({"part": str(scope.place.ref)} if scope.place else {}),
        "notice": EDITED,
        "data_version": edition.data_version,
        "license": edition.license,
        "bases": ", ".join(basis.value for basis in scope.bases),
    }


def _escaped(text: str) -> str:
    return display.escaped(_NO_XML.sub("\ufffd", text))


def _data(domain: str, names: Iterable[str], values: Mapping[str, str]) -> str:
    return "".join(f'<data key="{domain}-{name}">{_escaped(values[name])}</data>' for name in names if name in values)


def _parts(scope: Scope) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The vertices and edges of the report's graph that are in *scope*."""
    data = cast("dict[str, list[dict[str, str]]]", graph(scope.report.layer_index()))
    edges = [edge for edge in data["edges"] if _basis(edge) in scope.bases]
    if Basis.EDITORIAL not in scope.bases:  # Reasons are in our words, also where they are doubts about a stated link.
        edges = [_without(edge, "reason") for edge in edges]
    claims = [claim for node in scope.nodes for claim in scope.claims(node)]
    written = {str(claim.ref) for claim in claims}
    if not isinstance(scope.place, Claim):
        written |= {str(node.ref) for node in scope.nodes}
    places = {str(each.ref) for node in scope.report.walk() for each in (node, *node.claims)}
    codes = {node["id"] for node in data["nodes"] if node["kind"].startswith("code:")}
    if scope.place is None:
        written |= {node["id"] for node in data["nodes"]} - places
    else:
        written |= {edge["target"] for edge in edges if edge["source"] in written} - places
    if Basis.EDITORIAL not in scope.bases:
        written -= codes
    entities: dict[str, dict[str, str]] = {}
    for entity in scope.report.layers.entities:
        if EntityView(entity, scope.bases).is_known:
            kind = EntityView(entity, scope.bases).kind or "entity"
            entities[f"entity:{entity.key}"] = {"kind": kind, "label": EntityView(entity, scope.bases).name}
        else:
            written.discard(f"entity:{entity.key}")
    words = {str(claim.ref): text for claim in claims if (text := scope.words(claim))}
    nodes = [
        node | entities.get(node["id"], {}) | ({"verbatim": words[node["id"]]} if node["id"] in words else {})
        for node in data["nodes"]
        if node["id"] in written
    ]
    within = [edge for edge in edges if edge["source"] in written and edge["target"] in written]
    return nodes, [_without(edge, "via") if edge.get("via") not in written else edge for edge in within]


def _without(edge: Mapping[str, str], left_out: str) -> dict[str, str]:
    return {key: value for key, value in edge.items() if key != left_out}


def _basis(edge: Mapping[str, str]) -> Basis:
    """What an edge rests on; that a place contains another is stated, and is not said of each."""
    return Basis(edge.get("basis", "stated"))
