"""Tests of the report as JSON-LD, read as plain JSON; tests/hosts has what other programs make of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias, cast, get_args

import attrs
import pytest
from hypothesis import given, settings

from asean_japan import ArgumentError, Basis, Claim, Link, Node, Report, export, from_dict, to_dict
from asean_japan.errors import DetachedNodeError
from asean_japan.export._jsonld import IDS, PREDICATES
from asean_japan.export.scope import Scope
from asean_japan.model import EntityKind
from asean_japan.testing import reports

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = Any

PLAIN = (Basis.STATED, Basis.RESTATED)
POSITION = ("schema:identifier", "schema:isPartOf", "schema:position")
CLASSES = {
    "body": "schema:Organization",
    "country": "schema:Country",
    "event": "schema:Event",
    "organization": "schema:Organization",
    "person": "schema:Person",
    "place": "schema:Place",
    "term": "schema:DefinedTerm",
}


def objects(text: str) -> dict[str, Json]:
    """Return the objects of a file by their ids; each has one."""
    graph = json.loads(text)["@graph"]
    found = {each["@id"]: each for each in graph}
    assert len(found) == len(graph)
    return found


def strings(value: Json) -> Iterator[str]:
    """Yield every text in *value*, keys included."""
    if isinstance(value, dict):
        for key, each in cast("dict[str, Json]", value).items():
            yield key
            yield from strings(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def of_type(found: dict[str, Json], name: str) -> list[Json]:
    """Return the objects of a type."""
    return [each for each in found.values() if name in (each["@type"], *each["@type"])]


def test_every_place_is_there(report: Report) -> None:
    """Each node and each claim is an object with what it says, and leads to what stands above it."""
    found = objects(export.jsonld(report))
    for node in report.walk():
        each = found[f"aj:{node.ref}"]
        assert each["@type"] == ["schema:CreativeWork", f"term:{type(node).__name__}"]
        assert each["schema:identifier"] == str(node.ref)
        assert each.get("schema:headline") == node.heading
        assert each["schema:alternativeHeadline"] == node.gist
        assert each.get("term:mark") == (node.mark and node.mark.text)
        assert each["schema:isPartOf"] == (f"aj:{node.parent.ref}" if node.parent else "aj:report")
    for claim in report.claims.values():
        each = found[f"aj:{claim.ref}"]
        assert each["schema:abstract"] == claim.text
        assert each["schema:isPartOf"] == f"aj:{claim.parent.ref}"
        assert "schema:text" not in each


def test_every_value_is_there(report: Report) -> None:
    """Each value is an object with its basis."""
    found = objects(export.jsonld(report))
    facts = [fact for entity in report.entities.values() for fact in entity.facts]
    codings = [assignment for overlay in report.overlays.values() for assignment in overlay.assignments]
    counted = {
        "term:Mention": len(report.mentions),
        "term:DatedFact": len(report.dates),
        "term:Quantity": len(report.quantities),
        "term:Link": len(report.links),
        "term:EntityFact": len(facts),
        "term:OtherForm": len(report.layers.other_forms),
        "term:Coding": len(codings),
    }
    assert min(counted.values()) > 10
    for name, count in counted.items():
        each = of_type(found, name)
        assert len(each) == count
        assert {value["term:basis"] for value in each} <= {f"term:{basis.value}" for basis in Basis}
    assert sum(each["@id"].startswith("aj:entity:") for each in found.values()) == len(report.entities)


def test_codes_lead_to_the_united_nations(report: Report) -> None:
    """A place leads to its code, and that to the address of the goal; what has no code leads nowhere."""
    found = objects(export.jsonld(report))
    code = report.overlays["sdg"]["III.2.4.3"].codes[0]
    assert f"aj:sdg:{code}" in found["aj:III.2.4.3"]["dcterms:subject"]
    concept = found[f"aj:sdg:{code}"]
    assert concept["skos:exactMatch"] == {"@id": f"http://metadata.un.org/sdg/{code}"}
    assert found[concept["skos:inScheme"]]["@type"] == "skos:ConceptScheme"
    subjects = {code for each in found.values() for code in each.get("dcterms:subject", [])}
    assert not {code for code in subjects if ":none" in code}
    assert {code for code in found if code.startswith("aj:crs:none:")}  # The coding itself says so.


def led_to(text: str) -> set[str]:
    """Return the ids that occur in a file."""
    return {value for value in strings(json.loads(text)["@graph"]) if value.startswith("aj:")}


@pytest.mark.parametrize("bases", [PLAIN, (*PLAIN, Basis.RESEARCHED), (*PLAIN, Basis.EDITORIAL), tuple(Basis)])
def test_every_id_is_described(report: Report, bases: tuple[Basis, ...]) -> None:
    """Nothing leads to an id that the file does not describe."""
    for depth in (None, 0):
        text = export.jsonld(report, bases=bases, depth=depth)
        found = objects(text)
        assert led_to(text) == set(found) - {each for each in found if each.startswith("term:")}


def test_every_statement_has_one_basis(report: Report) -> None:
    """A predicate has one basis at most; where it has none, its subject has a basis."""
    by_predicate = [predicate for some in PREDICATES.values() for predicate in some]
    assert len(by_predicate) == len(set(by_predicate))
    found = objects(export.jsonld(report))
    free = {"@id", "@type"}
    for each in found.values():
        about_the_file = each["@type"] in ("schema:Dataset", "term:Basis")
        assert about_the_file or "term:basis" in each or not set(each) - free - set(by_predicate), each
    used = {key for each in found.values() for key in each}
    assert set(by_predicate) - used == {"schema:text"}  # Of a bound report only.


@pytest.mark.parametrize("left", [PLAIN, (*PLAIN, Basis.RESEARCHED), (*PLAIN, Basis.EDITORIAL), tuple(Basis)])
def test_bases_can_be_left_out(report: Report, left: tuple[Basis, ...]) -> None:
    """What rests on a basis that is left out is not there, and the rest is as it was."""
    whole, part = objects(export.jsonld(report)), objects(export.jsonld(report, bases=left))
    gone = [basis for basis in Basis if basis not in left]
    shut = {predicate for basis in gone for predicate in PREDICATES[basis]}
    own = {"@type"}
    for name, each in part.items():
        assert not set(each) & shut
        assert each.get("term:basis") not in {f"term:{basis.value}" for basis in gone}
        other = {"term:basis", "rdfs:label", "term:tiedTo"} if name.startswith("aj:entity:") else set[str]()
        kept = {key: value for key, value in whole[name].items() if key not in shut | own | other}
        assert {key: value for key, value in each.items() if key not in own | other} == kept
    missing = {name for name in set(whole) - set(part) if not name.startswith("aj:entity:")}
    if Basis.RESEARCHED in gone:  # And with the outcomes the links to them.
        missing -= {name for name in missing if ":followed_by:" in name}
    unknown = set(whole) - set(part) - missing  # The authors; the forms of their names are gone with them.
    about = {name: whole[name].get("term:entity") or whole[name].get("term:takenFor") for name in missing}
    missing -= {name for name in missing if about[name] in unknown and whole[name]["@type"] == "term:OtherForm"}
    found = {whole[name]["term:basis"] for name in missing if whole[name].get("term:basis")}
    assert found == {f"term:{basis.value}" for basis in gone if missing}


@pytest.mark.parametrize("left", [PLAIN, (*PLAIN, Basis.RESEARCHED), (*PLAIN, Basis.EDITORIAL), tuple(Basis)])
def test_names_are_of_these_bases(report: Report, left: tuple[Basis, ...]) -> None:
    """What these bases know of an entity is there, and no more; a name that is not printed, with its basis."""
    found = objects(export.jsonld(report, bases=left))
    views = {f"aj:entity:{each.key}": Scope.of(report, bases=left).view(each) for each in report.layers.entities}
    known = {name: view for name, view in views.items() if view.is_known}
    assert {name for name in found if name.startswith("aj:entity:")} == known.keys()
    for name, view in known.items():
        each = found[name]
        assert each.get("term:kind") == view.kind
        assert each.get("term:country") == view.country
        assert each.get("term:partOf") == (f"aj:entity:{view.parent_key}" if view.parent_key else None)
        assert each.get("schema:disambiguatingDescription") == view.note
        names = [each[key] for key in ("rdfs:label", "term:officialName", "schema:name") if key in each]
        assert names[0] == view.name
        assert ("rdfs:label" in each) is ("term:basis" in each)
    ours, author = found["aj:entity:journalist-scheme"], found.get("aj:entity:oba-mie")
    assert ours["term:basis"] == ("term:editorial" if Basis.EDITORIAL in left else "term:restated")
    assert (author and author["term:basis"]) == ("term:researched" if Basis.RESEARCHED in left else None)
    coc = found["aj:entity:coc"]  # Its forms are printed, and its name is ours.
    assert (coc["schema:name"], coc.get("term:officialName")) == ("Code of Conduct (COC)", None)
    assert (coc.get("rdfs:label") == "Code of Conduct in the South China Sea") is (Basis.EDITORIAL in left)


def test_codes_that_say_nothing_are_not_subjects(report: Report) -> None:
    """That no code applies, or that nobody is named, is no subject of a place; the coding itself says so."""
    found = objects(export.jsonld(report))
    assert "term:primaryCode" in found["aj:coding:actor:III.1.1"]
    assert found["aj:coding:actor:III.1.1"]["term:code"] == ["aj:actor:unstated"]
    subjects = {code for each in found.values() for code in each.get("dcterms:subject", [])}
    assert not {code for code in subjects if ":none" in code or code == "aj:actor:unstated"}
    assert {code for code in subjects if code.startswith("aj:actor:")}


def test_official_name_is_not_a_printed_one(report: Report) -> None:
    """A name that only a source has is told apart from the names that the report prints."""
    found = objects(export.jsonld(report))
    each = found["aj:entity:unclos"]
    assert each["term:officialName"] == report.entities["unclos"].name
    assert each["schema:name"] in report.entities["unclos"].forms
    assert "term:acronym" not in each
    label = found["aj:entity:journalist-scheme"]
    assert "schema:name" not in label
    assert label["rdfs:label"] == report.entities["journalist-scheme"].name


def own(found: dict[str, Json]) -> set[str]:
    """Return the ids of the places that are exported: those with a class of ours."""
    return {each["@id"] for each in of_type(found, "schema:CreativeWork") if each["@type"] != "schema:CreativeWork"}


def test_place_is_written_alone(report: Report) -> None:
    """A place comes with what is below it and what it names; a claim alone."""
    node = report["III.2.4"]
    assert isinstance(node, Node)
    found = objects(export.jsonld(node))
    assert own(found) == {f"aj:{each.ref}" for one in node.walk() for each in (one, *one.claims)}
    shallow = objects(export.jsonld(node, depth=0))
    assert own(shallow) == {f"aj:{each.ref}" for each in (node, *node.claims)}
    claim = objects(export.jsonld(report["I.1.1.s4"]))
    assert own(claim) == {"aj:I.1.1.s4"}
    assert "aj:entity:aoip" in claim


@pytest.mark.parametrize("address", ["I", "III.2.4", "III.2.4.3.a", "I.1.1.s4", "III.2.4.3.s1"])
@pytest.mark.parametrize("bases", [PLAIN, tuple(Basis)])
def test_parts_are_whole(report: Report, address: str, bases: tuple[Basis, ...]) -> None:
    """A part says what the report is and what was done to it, and describes every id to which it leads."""
    whole = objects(export.jsonld(report, bases=bases))
    for depth in (0, None):
        text = export.jsonld(report[address], depth=depth, bases=bases)
        found = objects(text)
        for name in ("aj:report", "aj:issuer", "aj:data"):
            assert found[name] == whole[name]
        assert led_to(text) <= set(found)
        for name in {each["@id"] for each in of_type(found, "schema:CreativeWork")} - own(found):
            assert set(found[name]) <= {"@id", "@type", *POSITION, "schema:headline"}
            assert all(found[name].get(key) == whole[name].get(key) for key in (*POSITION, "schema:headline"))


def test_two_links_alike_have_two_ids(report: Report) -> None:
    """A number tells apart what would have one id."""
    layers = report.layers.detached()
    keys = [entity.key for entity in layers.entities]
    links = [(link, attrs.evolve(link, via_key=keys[at % len(keys)])) for at, link in enumerate(layers.links)]
    twice = attrs.evolve(layers, links=tuple(each for pair in links for each in pair))
    sections = tuple(report.sections.values())
    found = objects(export.jsonld(Report(edition=report.edition, sections=sections, layers=twice)))
    assert len(of_type(found, "term:Link")) == 2 * len(report.links)


def test_range_leads_to_all_of_it(report: Report) -> None:
    """A link to a range leads to each place at its top."""
    ranges = [link for link in report.links if len(link.targets) > 1]
    found = objects(export.jsonld(report))
    assert ranges
    for link in ranges:
        each = found[f"aj:link:{link.source_ref}:{link.kind}:{link.target_ref}"]
        assert each["term:target"] == [f"aj:{target.ref}" for target in link.targets]


def test_link_says_which_entity_is_meant(report: Report) -> None:
    """Means that are named together serve a proposal each by itself: the link leads to the one that is meant."""
    found = objects(export.jsonld(report))
    named = [each["term:via"] for each in of_type(found, "term:Link") if "term:via" in each]
    assert sorted(named) == sorted(f"aj:entity:{link.via_key}" for link in report.links if link.via_key) != []
    assert set(named) <= set(found)
    assert not [each for each in of_type(found, "term:Link") if "term:entity" in each]


def test_classes_are_those_of_kinds(report: Report) -> None:
    """What an entity is to schema.org depends on its kind, and every kind that has a class exists."""
    found = objects(export.jsonld(report))
    assert set(CLASSES) <= set(get_args(EntityKind))
    for entity in report.entities.values():
        assert found[f"aj:entity:{entity.key}"]["@type"] == CLASSES.get(entity.kind, "schema:Thing")


def test_words_of_a_copy_are_asked_for(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are written only if asked for, and only where there are some."""
    with pytest.raises(ArgumentError):
        export.jsonld(report, verbatim=True)
    words = property(lambda claim: "WORDS" if claim.ref.number == 1 else None)
    monkeypatch.setattr(Claim, "verbatim", words, raising=False)
    assert "WORDS" not in export.jsonld(report)
    found = objects(export.jsonld(report, verbatim=True))
    for claim in report.claims.values():
        assert found[f"aj:{claim.ref}"].get("schema:text") == ("WORDS" if claim.ref.number == 1 else None)


def test_text_is_fit_for_a_page(report: Report) -> None:
    """It can stand in a script element of HTML, and is the same JSON."""
    data: Json = to_dict(report)
    data["edition"]["language"] = "no language"  # Which is no tag, and is not given as one.
    data["sections"][0]["gist"] = "</script><!-- & -->"
    data["layers"]["overlays"][0]["codes"][0]["uri"] = "javascript:alert(1)"
    text = export.jsonld(from_dict(data))
    assert not set("<>&\u2028\u2029") & set(text)
    assert objects(text)["aj:0"]["schema:alternativeHeadline"] == "</script><!-- & -->"
    assert json.loads(text)["@context"].get("schema:headline") is None
    code = data["layers"]["overlays"][0]["codes"][0]["code"]
    assert objects(text)[f"aj:act:{code}"]["skos:exactMatch"] == "javascript:alert(1)"  # A text, no address.


def test_nothing_is_fetched(report: Report) -> None:
    """The context stands in the file, and holds no address of another one."""
    context = json.loads(export.jsonld(report))["@context"]
    assert context["aj"] == IDS
    assert isinstance(context, dict)
    assert "@import" not in set(strings(context))


def test_detached_place_is_refused(report: Report) -> None:
    """A place that belongs to no report cannot be written."""
    with pytest.raises(DetachedNodeError):
        export.jsonld(from_dict(to_dict(report["I.1"]), Node))


@settings(max_examples=20)
@given(reports())
def test_any_report_can_be_written(report: Report) -> None:
    """Whatever the layers hold, every value is there, and the same report gives the same text."""
    text = export.jsonld(report)
    found = objects(text)
    assert len(of_type(found, "term:Link")) == len(report.links)
    assert len(of_type(found, "term:Mention")) == len(report.mentions)
    assert export.jsonld(from_dict(to_dict(report))) == text


def test_links_are_values(report: Report) -> None:
    """A reason of ours is left out with what is editorial, and so are the links that rest on it."""
    found = objects(export.jsonld(report, bases=PLAIN))
    stated: list[Link] = [link for link in report.links if link.basis is Basis.STATED]
    assert len(of_type(found, "term:Link")) == len(stated)
    assert any(link.reason for link in stated)
    assert not any("term:reason" in each for each in found.values())


def test_what_is_left_out(report: Report) -> None:
    """What the page of formats says is left out is so: of codes, all but those that places have themselves."""
    found = objects(export.jsonld(report))
    used = {
        f"aj:{key}:{code}" for key, each in report.overlays.items() for own in each.assignments for code in own.codes
    }
    assert {each["@id"] for each in of_type(found, "skos:Concept")} == used
    assert len(used) < sum(len(each.codes) for each in report.overlays.values())
    inherited = [coding for node in report.walk() for coding in node.codings if coding.inherited_from]
    assert inherited
    assert not [each for each in inherited if f"aj:coding:{each.overlay_key}:{each.ref}" in found]
    said = {each for value in found.values() for each in strings(value)}
    assert (
        not {word for entity in report.entities.values() for word in entity.demonyms if word not in entity.forms} & said
    )
