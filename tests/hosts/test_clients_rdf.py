"""Tests of the JSON-LD in the hands of rdflib and pyshacl, with no network."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any, TypeAlias, cast

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from asean_japan import Basis, Report, export, load

Json: TypeAlias = Any

AJ = Namespace("urn:uuid:9a0c1933-a055-4e27-9739-e6b54a527cd9#")
TERM = Namespace("urn:uuid:d81baa09-3a39-4930-a656-74e4c12d4214#")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Of rdflib, in its own parser and in pyshacl.

SHAPES = Path(__file__).with_name("shapes.ttl")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be fetched."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def report() -> Report:
    """Return the bundled report."""
    return load()


@pytest.fixture(scope="module")
def graph(report: Report) -> Graph:
    """Return what rdflib reads in the whole report."""
    return parsed(export.jsonld(report))


def parsed(text: str) -> Graph:
    """Read JSON-LD."""
    return Graph().parse(data=text, format="json-ld")


def misfits(graph: Graph) -> set[str]:
    """Return the shapes that *graph* does not fit, by the paths of their properties."""
    fits, results, _ = cast("Any", pyshacl).validate(graph, shacl_graph=str(SHAPES), shacl_graph_format="turtle")
    found = {
        str(path).rpartition("#")[2].rpartition("/")[2]
        for path in cast("Graph", results).objects(None, URIRef("http://www.w3.org/ns/shacl#resultPath"))
    }
    assert fits is not bool(found)
    return found


def test_a_connection_is_seen() -> None:
    """The control: a remote context, which the export never has, would be fetched."""
    with pytest.raises(AssertionError, match="a connection was tried"):
        parsed('{"@context": "http://127.0.0.1:9/context.jsonld", "name": "x"}')


def test_triples_are_those_of_the_model(graph: Graph, report: Report) -> None:
    """Each kind of statement is there as often as the model has it."""
    nodes, claims = report.walk(), report.claims.values()
    named = {(mention.ref, mention.key) for mention in report.mentions if mention.basis is Basis.STATED}
    assignments = [(overlay, each) for overlay in report.overlays.values() for each in overlay.assignments]
    codes = [(overlay, each.ref, code) for overlay, each in assignments for code in each.codes]
    used = {(overlay.key, code): overlay.code(code) for overlay, _, code in codes}
    counted: dict[tuple[URIRef, URIRef | None], int] = {
        (SCHEMA.identifier, None): len(nodes) + len(claims),
        (SCHEMA.isPartOf, None): len(nodes) + len(claims),
        (SCHEMA.isPartOf, AJ.report): len(report.sections),
        (SCHEMA.abstract, None): len(claims),
        (SCHEMA.alternativeHeadline, None): len(nodes),
        (SCHEMA.headline, None): 1 + sum(node.heading is not None for node in nodes),
        (SCHEMA.mentions, None): len(named),
        (SCHEMA.alternateName, None): sum(len(entity.forms) for entity in report.entities.values()),
        (DCTERMS.subject, None): sum(
            code != "unstated" and not overlay.code(code).is_none for overlay, _, code in codes
        ),
        (TERM.code, None): len(codes),
        (TERM.target, None): sum(len(link.targets) or 1 for link in report.links),
        (TERM.edtf, None): len(report.dates) + len(report.outcomes),
        (TERM.counts, None): len(report.quantities),
        (SCHEMA.citation, None): sum(len(entity.facts) for entity in report.entities.values())
        + len(report.outcomes)
        + len(report.layers.other_forms),
        (SKOS.notation, None): len(used),
        (SKOS.exactMatch, None): sum(code.uri is not None for code in used.values()),
        (RDF.type, TERM.Mention): len(report.mentions),
        (RDF.type, TERM.Link): len(report.links),
        (RDF.type, TERM.Outcome): len(report.outcomes),
        (RDF.type, TERM.OtherForm): len(report.layers.other_forms),
        (RDF.type, TERM.Coding): len(assignments),
        (RDF.type, SKOS.ConceptScheme): len(report.overlays),
    }
    found = {asked: len([*graph.triples((None, asked[0], asked[1]))]) for asked in counted}
    assert found == counted
    assert min(counted.values()) > 0


def test_statements_are_those_of_the_model(graph: Graph, report: Report) -> None:
    """The words are the claims, in English, and the ids are the addresses."""
    restated = {(AJ[str(claim.ref)], Literal(claim.text, lang="en")) for claim in report.claims.values()}
    assert set(graph.subject_objects(SCHEMA.abstract)) == restated
    above = {(AJ[str(node.ref)], AJ[str(node.parent.ref)]) for node in report.walk() if node.parent}
    assert above < set(graph.subject_objects(SCHEMA.isPartOf))


def test_goals_join_with_those_of_the_united_nations(graph: Graph, report: Report) -> None:
    """A query that knows only the address of a goal finds the places that have it."""
    query = """
    SELECT ?place WHERE {
      ?code skos:exactMatch <http://metadata.un.org/sdg/13> .
      ?at dcterms:subject ?code ; schema:identifier ?place .
    }
    """
    spaces = {"skos": SKOS, "dcterms": DCTERMS, "schema": SCHEMA}
    found = {str(cast("tuple[object]", row)[0]) for row in graph.query(query, initNs=spaces)}
    assert found == {str(node.ref) for node in report.overlays["sdg"].coded("13", inherited=False)}


def test_turtle_and_back(report: Report) -> None:
    """What was read can be written in another form and read again without loss."""
    graph = parsed(export.jsonld(report["III.2.4"]))
    assert isomorphic(graph, Graph().parse(data=graph.serialize(format="turtle"), format="turtle"))


def test_whole_report_fits_the_shapes(graph: Graph) -> None:
    """Nothing is missing, and nothing is of another kind than it should be."""
    assert misfits(graph) == set()


def test_stated_bases_fit_the_shapes(report: Report) -> None:
    """Nor is it, when what is researched and ours is left out."""
    assert misfits(parsed(export.jsonld(report, bases=(Basis.STATED, Basis.RESTATED)))) == set()


@pytest.mark.parametrize("address", ["I", "II.1", "III.2.4", "III.2.4.3.a", "I.1.1.s4", "III.2.4.3.s1", "0.p1.s1"])
@pytest.mark.parametrize("bases", [(Basis.STATED, Basis.RESTATED), tuple(Basis)])
def test_parts_fit_the_shapes(report: Report, address: str, bases: tuple[Basis, ...]) -> None:
    """Nor is it in a part, as deep as it goes or not, or in a claim alone."""
    for depth in (0, None):
        graph = parsed(export.jsonld(report[address], depth=depth, bases=bases))
        assert misfits(graph) == set()
        assert (AJ.report, RDF.type, SCHEMA.Report) in graph
        assert (AJ.data, SCHEMA.about, AJ.report) in graph
        ids = {each for each in graph.objects() if isinstance(each, URIRef) and each.startswith(AJ)}
        assert ids <= set(graph.subjects())


def test_part_without_what_is_above_does_not_fit(report: Report) -> None:
    """The control: without the places that are only pointed to, a part is not whole."""
    data: Json = json.loads(export.jsonld(report["III.2.4"]))
    data["@graph"] = [each for each in data["@graph"] if each["@type"] != "schema:CreativeWork"]
    assert misfits(parsed(json.dumps(data))) >= {"isPartOf", "target"}


@pytest.mark.parametrize(
    ("name", "key", "value", "path"),
    [
        ("aj:report", "schema:datePublished", None, "datePublished"),
        ("aj:III.2.4", "schema:isPartOf", "aj:III.9", "isPartOf"),
        ("aj:III.2.4", "schema:identifier", ["III.2.4", "III.2.5"], "identifier"),
        ("aj:III.2.4.3", "dcterms:subject", ["aj:sdg:18"], "subject"),
        ("aj:I.1.1.s4", "schema:abstract", None, "abstract"),
        ("aj:II.1", "schema:headline", None, "headline"),
        ("aj:coding:sdg:III.2.4.3", "term:basis", "term:stated", "basis"),
        ("aj:coding:sdg:III.2.4.3", "term:reason", None, "reason"),
        ("aj:sdg:13", "skos:inScheme", "aj:III", "inScheme"),
        ("aj:fact:asean:established", "schema:citation", None, "citation"),
        ("aj:link:IV.p2.s1:serves:III.1.4.2", "term:via", "aj:III", "via"),
    ],
)
def test_planted_fault_is_found(report: Report, name: str, key: str, value: Json, path: str) -> None:
    """What is broken on purpose does not fit, and is named."""
    data: Json = json.loads(export.jsonld(report))
    broken = next(each for each in data["@graph"] if each["@id"] == name)
    broken[key] = value
    assert path in misfits(parsed(json.dumps(data)))
