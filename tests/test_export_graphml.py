"""Tests of the report as GraphML, read with the standard library; tests/hosts has what other programs make of it."""

from __future__ import annotations

from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given, settings

from asean_japan import ArgumentError, Basis, Claim, Node, Report, export, from_dict, to_dict
from asean_japan.errors import DetachedNodeError
from asean_japan.export.scope import EDITED, Scope
from asean_japan.model.places import detach
from asean_japan.testing import reports

Json: TypeAlias = Any

XML = "{http://graphml.graphdrawing.org/xmlns}"
PLAIN = (Basis.STATED, Basis.RESTATED)


def read(text: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the nodes and the edges of a file, as node-link data has them."""
    root = ET.fromstring(text)  # noqa: S314 - our own.
    names = {key.attrib["id"]: key.attrib["attr.name"] for key in root.iter(f"{XML}key")}

    def read_all(kind: str) -> list[dict[str, str]]:
        return [
            dict(each.attrib) | {names[data.attrib["key"]]: data.text or "" for data in each}
            for each in root.iter(f"{XML}{kind}")
        ]

    return read_all("node"), read_all("edge")


def about(text: str) -> dict[str, str]:
    """Return what a file says of its graph."""
    root = ET.fromstring(text)  # noqa: S314 - our own.
    names = {key.attrib["id"]: key.attrib["attr.name"] for key in root.iter(f"{XML}key")}
    return {names[data.attrib["key"]]: data.text or "" for data in root.iterfind(f"{XML}graph/{XML}data")}


def test_whole_graph_is_written(report: Report) -> None:
    """Nodes and edges are those of the report's graph, in its order."""
    graph = report.graph()
    assert read(export.graphml(report)) == (graph["nodes"], graph["edges"])


def test_what_is_not_known_has_no_key(report: Report) -> None:
    """No value stands for a missing one."""
    text = export.graphml(report)
    assert "></data>" not in text
    assert ">None<" not in text


def test_place_is_written_with_what_it_names(report: Report) -> None:
    """A node comes with what is below it, its names and its codes; no edge leads out of what is written."""
    item = report["III.2.4"]
    assert isinstance(item, Node)
    nodes, edges = read(export.graphml(item))
    ids = {node["id"] for node in nodes}
    places = {str(each.ref) for node in item.walk() for each in (node, *node.claims)}
    assert places < ids
    assert {each for each in ids - places if ":" not in each} == set()
    assert {f"entity:{mention.key}" for node in item.walk() for mention in node.mentions} < ids
    assert {end for edge in edges for end in (edge["source"], edge["target"])} <= ids
    shallow, _ = read(export.graphml(item, depth=0))
    assert {str(each.ref) for each in (item, *item.claims)} < {node["id"] for node in shallow} < ids
    alone, _ = read(export.graphml(report["I.1.1.s4"]))
    assert {"I.1.1.s4", "entity:aoip"} <= {node["id"] for node in alone}
    assert [node["id"] for node in alone if ":" not in node["id"]] == ["I.1.1.s4"]


def test_depth_of_a_report(report: Report) -> None:
    """Names and codes stay; deeper places do not."""
    nodes, _ = read(export.graphml(report, depth=0))
    kinds = {node["kind"] for node in nodes if ":" not in node["id"]}
    assert kinds == {"section"}
    assert sum(node["id"].startswith("entity:") for node in nodes) == len(report.entities)


def test_bases_can_be_left_out(report: Report) -> None:
    """What is ours goes without codes, answers and borrowed names; what is researched without wholes and full names."""
    _, edges = read(export.graphml(report))
    nodes, stated = read(export.graphml(report, bases=PLAIN))
    assert [
        {key: value for key, value in edge.items() if key != "reason"}
        for edge in edges
        if edge.get("basis", "stated") == "stated"
        and {edge["source"], edge["target"]} <= {node["id"] for node in nodes}
    ] == stated
    assert not any(node["kind"].startswith("code:") for node in nodes)
    assert {"id": "entity:unclos", "kind": "entity", "label": report.entities["unclos"].forms[0]} in nodes
    _, researched = read(export.graphml(report, bases=(*PLAIN, Basis.RESEARCHED)))
    assert any(edge["kind"] == "part_of" for edge in researched)
    assert not any(edge.get("basis") == "editorial" for edge in researched)


@pytest.mark.parametrize("bases", [PLAIN, (*PLAIN, Basis.RESEARCHED), (*PLAIN, Basis.EDITORIAL)])
def test_names_and_kinds_are_of_these_bases(report: Report, bases: tuple[Basis, ...]) -> None:
    """An entity that these bases do not know is not there; a name and a kind that we gave go with what is ours."""
    nodes, _ = read(export.graphml(report, bases=bases))
    found = {node["id"]: node for node in nodes if node["id"].startswith("entity:")}
    views = {f"entity:{each.key}": Scope.of(report, bases=bases).view(each) for each in report.layers.entities}
    known = {name: view for name, view in views.items() if view.is_known}
    assert found.keys() == known.keys()
    for name, view in known.items():
        assert (found[name]["label"], found[name]["kind"]) == (view.name, view.kind or "entity")
    ours = report.entities["journalist-scheme"]
    assert (found["entity:journalist-scheme"]["label"] == ours.name) is (Basis.EDITORIAL in bases)
    assert ("entity:oba-mie" in found) is (Basis.RESEARCHED in bases)


def test_graph_says_what_it_is(report: Report) -> None:
    """The graph has title, status, version, license and bases, and says that the text is edited."""
    edition = report.edition
    whole = {
        "title": edition.title,
        "issuer": edition.issuer,
        "date": "2023-02",
        "status": "Provisional Translation",
        "source": edition.source,
        "notice": EDITED,
        "data_version": edition.data_version,
        "license": edition.license,
        "bases": "stated, restated, researched, editorial",
    }
    assert about(export.graphml(report)) == whole
    plain = {name: value for name, value in whole.items() if name != "source"} | {"bases": "stated, restated"}
    assert about(export.graphml(report["I.1.1.s4"], bases=PLAIN)) == plain | {"part": "I.1.1.s4"}


def test_words_of_a_copy_are_asked_for(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are written only if asked for, and only where there are some."""
    with pytest.raises(ArgumentError):
        export.graphml(report, verbatim=True)
    words = property(lambda claim: "WORDS" if claim.ref.number == 1 else None)
    monkeypatch.setattr(Claim, "verbatim", words, raising=False)
    assert "WORDS" not in export.graphml(report)
    nodes, _ = read(export.graphml(report, verbatim=True))
    first = [str(claim.ref) for claim in report.claims.values() if claim.ref.number == 1]
    assert [node["id"] for node in nodes if node.get("verbatim") == "WORDS"] == first


def test_signs_of_xml_are_text(report: Report) -> None:
    """A text may hold what XML is made of."""
    data: Json = to_dict(report)
    data["sections"][0]["gist"] = "]]> <!-- &amp; \"'"
    nodes, _ = read(export.graphml(from_dict(data)))
    assert nodes[0]["label"] == "0. ]]> <!-- &amp; \"'"


def test_via_is_written_where_it_is(report: Report) -> None:
    """A link says which entity is meant if that is written, too."""
    layers = report.layers.detached()
    ends: Json = {"source_ref": report["0.p1"].ref, "target_ref": report["0.p2"].ref}
    link = attrs.evolve(
        layers.links[0], **ends, kind="refers_to", reason="So read.", start=None, end=None, via_key="unfccc"
    )
    sections = tuple(report.sections.values())
    linked = Report(edition=report.edition, sections=sections, layers=attrs.evolve(layers, links=(link,)))
    edge = {"source": "0.p1", "target": "0.p2", "kind": "refers_to", "basis": "stated", "reason": "So read."}
    _, edges = read(export.graphml(linked))
    assert edge | {"via_key": "entity:unfccc"} in edges
    _, edges = read(export.graphml(linked["0"]))
    assert edge in edges


def test_what_xml_cannot_write_is_replaced(report: Report) -> None:
    """A report that was never checked may hold anything, and still makes XML."""
    sections = [detach(section) for section in report.sections.values()]
    sections[0] = attrs.evolve(sections[0], gist="a\0b\x1b\ud800\ufffe\U0001f600")
    nodes, _ = read(export.graphml(Report.trusted(report.edition, tuple(sections))))
    assert nodes[0]["label"] == "0. a\ufffdb\ufffd\ufffd\ufffd\U0001f600"


def test_nothing_is_fetched(report: Report) -> None:
    """There is no document type, no schema, no stylesheet."""
    text = export.graphml(report["I"])
    assert text.count("http") == 2  # The name of the format, and where the report stands.
    for sign in ("<!", "<?xml-stylesheet", "schemaLocation", "href"):
        assert sign not in text


def test_detached_place_is_refused(report: Report) -> None:
    """A place that belongs to no report cannot be written."""
    with pytest.raises(DetachedNodeError):
        export.graphml(from_dict(to_dict(report["I.1"]), Node))


@settings(max_examples=20)
@given(reports())
def test_any_report_can_be_written(report: Report) -> None:
    """Nodes and edges are those of the graph, whatever the texts are."""
    graph = report.graph()
    assert read(export.graphml(report)) == (graph["nodes"], graph["edges"])


def test_what_is_left_out(report: Report) -> None:
    """What the page of formats says is left out is so: a label is all that there is of a place, a name or a code."""
    nodes, edges = read(export.graphml(report))
    assert {key for node in nodes for key in node} == {"id", "kind", "label"}
    keys = {"source", "target", "kind", "basis", "strength", "reason", "via_key"}
    assert {key for edge in edges for key in edge} == keys
    labels = {node["label"] for node in nodes}
    headings = {node.heading for node in report.walk() if node.heading}
    gists = {node.gist for node in report.walk()}
    for label in labels:
        ours = " ".join(gist for gist in gists if gist in label)
        assert not [heading for heading in headings if heading in label and heading not in ours]
    inherited = {
        (str(coding.ref), f"{coding.overlay_key}:{code}")
        for node in report.walk()
        for coding in node.codings
        if coding.inherited_from
        for code in coding.codes
    }
    own = {(edge["source"], edge["target"]) for edge in edges if edge["kind"] == "coded"}
    assert inherited
    assert not inherited & own
