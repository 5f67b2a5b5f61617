"""
The report as JSON-LD: a schema.org Report, and SKOS for the codes that are laid over it.

The context is in the file, so that nothing is fetched to read it. What identifies a place, a name or a code is a URN of
its own, made of a fixed prefix and the id that `Report.graph` uses.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias
from urllib.parse import quote

from asean_japan.export.scope import ALL, EDITED, EntityView, Scope, says_something
from asean_japan.model.basis import Basis
from asean_japan.model.entities import Entity, EntityFact
from asean_japan.model.facts import DatedFact, Mention, Quantity
from asean_japan.model.forms import OtherForm
from asean_japan.model.home import Home
from asean_japan.model.links import Link
from asean_japan.model.outcomes import Outcome
from asean_japan.model.overlays import Coding, Overlay
from asean_japan.model.places import Claim, Node, Place

_Object: TypeAlias = dict[str, object]

# They never change, nor does what a term of ours or an id means.
IDS = "urn:uuid:9a0c1933-a055-4e27-9739-e6b54a527cd9#"
TERMS = "urn:uuid:d81baa09-3a39-4930-a656-74e4c12d4214#"

_REFERENCES = (
    "schema:about",
    "schema:author",
    "schema:isPartOf",
    "schema:mentions",
    "dcterms:subject",
    "skos:inScheme",
    "term:basis",
    "term:code",
    "term:entity",
    "term:partOf",
    "term:place",
    "term:predicate",
    "term:primaryCode",
    "term:source",
    "term:takenFor",
    "term:target",
    "term:tiedTo",
    "term:via",
)
_AS_PRINTED = ("schema:alternateName", "schema:headline", "schema:name", "schema:text", "term:acronym")
_ENGLISH = (  # What this package says in its own words.
    "schema:abstract",
    "schema:alternativeHeadline",
    "schema:description",
    "schema:disambiguatingDescription",
    "dcterms:description",
    "dcterms:rights",
    "dcterms:source",
    "dcterms:title",
    "skos:definition",
    "skos:prefLabel",
    "term:counts",
    "term:event",
    "term:reason",
    "rdfs:comment",
    "rdfs:label",
)
_CONTEXT: _Object = {
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "aj": IDS,
    "term": TERMS,
    **{name: {"@type": "@id"} for name in _REFERENCES},
    **{name: {"@language": "en"} for name in _ENGLISH},
    "schema:datePublished": {"@type": "http://www.w3.org/2001/XMLSchema#gYearMonth"},
    **{name: {"@type": "http://id.loc.gov/datatypes/edtf/EDTF"} for name in ("term:edtf", "term:read")},
}

# The basis of truth of a statement, by its predicate; the basis of any other statement is that of its subject.
PREDICATES: dict[Basis, tuple[str, ...]] = {
    Basis.STATED: (
        "schema:identifier",
        "schema:isPartOf",
        "schema:position",
        "schema:headline",
        "schema:text",
        "schema:author",
        "schema:datePublished",
        "schema:creativeWorkStatus",
        "schema:inLanguage",
        "schema:name",
        "schema:alternateName",
        "schema:mentions",
        "term:acronym",
        "term:mark",
        "term:proposed",
        "term:tiedTo",
    ),
    Basis.RESTATED: ("schema:abstract", "schema:alternativeHeadline", "term:counts", "term:event", "term:gistJa"),
    Basis.RESEARCHED: (
        *("schema:url", "term:country", "term:nameJa", "term:officialName", "term:partOf", "term:sourceJa"),
        "term:titleJa",
    ),
    Basis.EDITORIAL: ("dcterms:subject", "schema:disambiguatingDescription", "term:book", "term:kind", "term:reason"),
}
_MEANINGS = {
    Basis.STATED: "The report says it.",
    Basis.RESTATED: "This package's own words for what the report says.",
    Basis.RESEARCHED: "Known from elsewhere.",
    Basis.EDITORIAL: "The judgment of this package.",
}
_CLASSES: dict[str | None, str] = {
    "body": "schema:Organization",
    "country": "schema:Country",
    "event": "schema:Event",
    "organization": "schema:Organization",
    "person": "schema:Person",
    "place": "schema:Place",
    "term": "schema:DefinedTerm",
}
_LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_IN_HTML = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def jsonld(
    report_or_place: Home | Place,
    /,
    *,
    depth: int | None = None,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
) -> str:
    """
    Write a report or a place as JSON-LD.

    >>> import json
    >>> from asean_japan import export
    >>> from asean_japan import load
    >>> data = json.loads(export.jsonld(load()["III.2.4"], depth=0))
    >>> [each["schema:alternativeHeadline"] for each in data["@graph"] if each["@id"] == "aj:III.2.4"]
    ['Sustainable and resilient society']

    One flat list of objects: the report, its places and claims, what is named, and every mention, date, quantity, link,
    code and researched fact as an object of its own with its ``term:basis``. A list of predicates gives the basis of
    the other statements. Every id that occurs is described; of a place that is not exported, only its position in the
    report and its printed heading are, and it has no class of ours. The text can be put into a ``script`` element of a
    page as it is.

    Args:
        report_or_place: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
        verbatim: Whether to include the report's own words; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place belongs to no report.
    """
    scope = Scope.of(report_or_place, depth=depth, bases=bases, verbatim=verbatim)
    language = scope.report.edition.language
    printed = {name: {"@language": language} for name in _AS_PRINTED if _LANGUAGE.fullmatch(language)}
    data = {"@context": _CONTEXT | printed, "@graph": _named(_objects(scope))}
    return json.dumps(data, ensure_ascii=False, indent=1).translate(_IN_HTML) + "\n"


def _named(objects: Iterable[_Object]) -> list[_Object]:
    """Return the objects, with a number after an id that occurred before, and without what is not known."""
    met: Counter[object] = Counter()
    found: list[_Object] = []
    for each in objects:
        name = each["@id"]
        met[name] += 1
        again = {"@id": f"{name}:{met[name]}"} if met[name] > 1 else {}
        found.append({key: value for key, value in (each | again).items() if value not in (None, [])})
    return found


def _objects(scope: Scope) -> Iterator[_Object]:
    links = [link for node in scope.nodes for link in scope.links(node)]
    yield from (_basis_object(basis) for basis in Basis if basis in scope.bases)
    yield from _report_objects(scope)
    yield from _place_objects(scope)
    yield from (_stub(place) for place in _elsewhere(scope, links))
    yield from _name_objects(scope, links)
    for place in (scope.place,) if isinstance(scope.place, Claim) else scope.nodes:
        yield from (_date_object(fact) for fact in place.dates if fact.basis in scope.bases)
        yield from (_quantity_object(fact) for fact in place.quantities if fact.basis in scope.bases)
    yield from map(_outcome_object, scope.outcomes())
    yield from (_link_object(scope, link) for link in links)
    yield from _code_objects(scope)


def _place_objects(scope: Scope) -> Iterator[_Object]:
    for node in scope.nodes:
        if not isinstance(scope.place, Claim):
            yield _node_object(scope, node)
        yield from (_claim_object(scope, claim) for claim in scope.claims(node))


def _elsewhere(scope: Scope, links: Iterable[Link]) -> list[Place]:
    """Return the places outside to which those that are exported lead, and the places above them, in reading order."""
    written = {claim.ref for node in scope.nodes for claim in scope.claims(node)}
    if not isinstance(scope.place, Claim):
        written |= {node.ref for node in scope.nodes}
    ends = [place for link in links for place in (link.source, *link.targets)]
    found = {each.ref: each for place in (*scope.tops, *ends) for each in (place, *place.ancestors)}
    return sorted((each for ref, each in found.items() if ref not in written), key=lambda each: each.ref)


def _name_objects(scope: Scope, links: Iterable[Link]) -> Iterator[_Object]:
    mentions = [mention for node in scope.nodes for mention in scope.mentions(node)]
    named = {mention.key for mention in mentions}
    if scope.place is None:
        named = set(scope.report.entities)
    wanted = _with_relations(scope, named | {link.via_key for link in links if link.via_key})
    for entity in scope.report.layers.entities:
        if entity.key in wanted:
            yield _entity_object(scope, entity)
            if entity.key in named:
                yield from (_fact_object(entity, fact) for fact in scope.facts(entity))
                yield from (_form_object(form) for form in scope.other_forms(entity))
    yield from map(_mention_object, mentions)


def _with_relations(scope: Scope, keys: set[str]) -> set[str]:
    """Return those of *keys* that these bases know of, with what they are a part of or tied to, and so on."""
    waiting, found = [*keys], set[str]()
    while waiting:
        view = scope.view(scope.report.entities[waiting.pop()])
        if view.is_known and view.entity.key not in found:
            found.add(view.entity.key)
            waiting += view.entity.tie_keys
            waiting += [view.parent_key] if view.parent_key else []
    return found


def _code_objects(scope: Scope) -> Iterator[_Object]:
    codings = [coding for node in scope.nodes for coding in scope.codings(node)]
    yield from map(_coding_object, codings)
    for overlay in scope.report.layers.overlays:
        used = {code for coding in codings if coding.overlay_key == overlay.key for code in coding.codes}
        if used:
            yield from _scheme_objects(overlay, used)


def _id(*parts: object) -> str:
    return f"aj:{quote(':'.join(map(str, parts)), safe=':.-+')}"


def _basis(basis: Basis) -> str:
    return f"term:{basis.value}"


def _web(text: str | None) -> object:
    """Return an address on the web as a reference, and any other text as it is."""
    return {"@id": text} if text and _WEB.fullmatch(text) else text


def _basis_object(basis: Basis) -> _Object:
    return {
        "@id": _basis(basis),
        "@type": "term:Basis",
        "rdfs:comment": _MEANINGS[basis],
        "term:predicate": list(PREDICATES[basis]),
    }


def _japanese(text: str | None) -> object:
    """Return a text in Japanese, with its language."""
    return text and {"@value": text, "@language": "ja"}


def _report_objects(scope: Scope) -> Iterator[_Object]:
    edition, researched = scope.report.edition, Basis.RESEARCHED in scope.bases
    yield {
        "@id": "aj:report",
        "@type": "schema:Report",
        "schema:headline": edition.title,
        "schema:author": "aj:issuer",
        "schema:datePublished": edition.date,
        "schema:creativeWorkStatus": edition.status,
        "schema:inLanguage": edition.language,
        "schema:url": _web(edition.source) if researched else None,
        "term:titleJa": _japanese(edition.title_ja) if researched else None,
        "term:sourceJa": _web(edition.source_ja) if researched else None,
    }
    yield {"@id": "aj:issuer", "@type": "schema:Organization", "schema:name": edition.issuer}
    yield {
        "@id": "aj:data",
        "@type": "schema:Dataset",
        "schema:about": "aj:report",
        "schema:version": edition.data_version,
        "schema:license": edition.license,
        "schema:description": EDITED,
    }


def _node_object(scope: Scope, node: Node) -> _Object:
    stated = [each for each in scope.mentions(node) if each.ref == node.ref]
    return {
        "@id": _id(node.ref),
        "@type": ["schema:CreativeWork", f"term:{type(node).__name__}"],
        **_place(node, stated),
        "term:mark": node.mark and node.mark.text,
        "schema:headline": node.heading,
        "schema:alternativeHeadline": node.gist,
        "term:gistJa": _japanese(node.gist_ja),
        "dcterms:subject": [
            _id(coding.overlay_key, code)
            for coding in scope.codings(node)
            for code in coding.codes
            if says_something(scope.report.overlays[coding.overlay_key].code(code))
        ],
    }


def _claim_object(scope: Scope, claim: Claim) -> _Object:
    return {
        "@id": _id(claim.ref),
        "@type": ["schema:CreativeWork", "term:Claim"],
        **_place(claim, claim.mentions),
        "schema:abstract": claim.text,
        "schema:text": scope.words(claim),
    }


def _place(place: Place, mentions: Iterable[Mention]) -> _Object:
    """Return what a node and a claim have in common; what is named only in borrowed words is not mentioned here."""
    stated = (_id("entity", each.key) for each in mentions if each.basis is Basis.STATED)
    return _position(place) | {"schema:mentions": list(dict.fromkeys(stated))}


def _position(place: Place) -> _Object:
    """Return where in the report a place is."""
    above = place.ref.parent
    return {
        "schema:identifier": str(place.ref),
        "schema:isPartOf": _id(above) if above else "aj:report",
        "schema:position": place.ref.number,
    }


def _stub(place: Place) -> _Object:
    """Return a place that is pointed to, but not exported."""
    heading = place.heading if isinstance(place, Node) else None
    return {"@id": _id(place.ref), "@type": "schema:CreativeWork", **_position(place), "schema:headline": heading}


def _entity_object(scope: Scope, entity: Entity) -> _Object:
    view, as_stated = scope.view(entity), EntityView(entity=entity, bases=(Basis.STATED,))
    printed = as_stated.name if entity.forms else None
    ties = (key for key in entity.tie_keys if scope.view(scope.report.entities[key]).is_known)
    return {
        "@id": _id("entity", entity.key),
        "@type": _CLASSES.get(view.kind, "schema:Thing"),
        "schema:name": printed,
        "schema:alternateName": list(entity.forms),
        "term:acronym": as_stated.acronym,
        **_unprinted_name(view, printed),
        "term:kind": view.kind,
        "term:nameJa": _japanese(view.name_ja),
        "term:country": view.country,
        "term:partOf": _id("entity", view.parent_key) if view.parent_key else None,
        "term:tiedTo": [_id("entity", key) for key in ties],
        "term:proposed": entity.proposed,
        "schema:disambiguatingDescription": view.note,
    }


def _unprinted_name(view: EntityView, printed: str | None) -> _Object:
    """Return a name that is not printed, with its basis: official, ours, or what the first place calls it."""
    if view.name == printed:
        return {}
    if printed and view.basis_of_name is Basis.RESEARCHED:
        return {"term:officialName": view.name}
    basis = view.basis_of_name if view.name == view.entity.name else Basis.RESTATED
    return {"term:basis": _basis(basis), "rdfs:label": view.name}


def _fact_object(entity: Entity, fact: EntityFact) -> _Object:
    return {
        "@id": _id("fact", entity.key, fact.field),
        "@type": "term:EntityFact",
        "term:basis": _basis(fact.basis),
        "term:entity": _id("entity", entity.key),
        "term:field": fact.field,
        "schema:value": fact.value,
        "schema:citation": _web(fact.source),
        "term:read": fact.read,
        "schema:description": fact.note,
    }


def _form_object(form: OtherForm) -> _Object:
    return {
        "@id": _id("form", form.key or form.confused_key, form.form),
        "@type": "term:OtherForm",
        "term:basis": _basis(form.basis),
        "term:entity": _id("entity", form.key) if form.key else None,
        "term:takenFor": _id("entity", form.confused_key) if form.confused_key else None,
        "schema:value": form.form,
        "schema:inLanguage": form.language,
        "term:safe": form.safe,
        "schema:description": form.meaning,
        "schema:citation": _web(form.source),
    }


def _mention_object(mention: Mention) -> _Object:
    return {
        "@id": _id("mention", mention.ref, mention.start, mention.key),
        "@type": "term:Mention",
        "term:basis": _basis(mention.basis),
        "term:place": _id(mention.ref),
        "term:entity": _id("entity", mention.key),
        "term:start": mention.start,
        "term:end": mention.end,
    }


def _date_object(fact: DatedFact) -> _Object:
    return {
        "@id": _id("date", fact.ref, fact.start),
        "@type": "term:DatedFact",
        "term:basis": _basis(fact.basis),
        "term:place": _id(fact.ref),
        "term:start": fact.start,
        "term:end": fact.end,
        "term:edtf": fact.edtf,
        "term:event": fact.event,
    }


def _quantity_object(fact: Quantity) -> _Object:
    least, most = fact.value if isinstance(fact.value, tuple) else (None, None)
    return {
        "@id": _id("quantity", fact.ref, fact.start),
        "@type": ["schema:QuantitativeValue", "term:Quantity"],
        "term:basis": _basis(fact.basis),
        "term:place": _id(fact.ref),
        "term:start": fact.start,
        "term:end": fact.end,
        "schema:value": fact.value if least is None else None,
        "schema:minValue": least,
        "schema:maxValue": most,
        "schema:unitText": fact.unit,
        "term:counts": fact.counts,
    }


def _outcome_object(outcome: Outcome) -> _Object:
    return {
        "@id": _id("outcome", outcome.key),
        "@type": ["schema:Event", "term:Outcome"],
        "term:basis": _basis(outcome.basis),
        "schema:description": outcome.text,
        "term:edtf": outcome.date,
        "term:outcomeKind": outcome.kind,
        "schema:citation": _web(outcome.source),
        "schema:publisher": outcome.publisher,
        "term:read": outcome.read,
    }


def _link_object(scope: Scope, link: Link) -> _Object:
    via = scope.view(link.via) if link.via else None
    return {
        "@id": _id("link", link.source_ref, link.kind, link.target_ref or link.outcome_key),
        "@type": "term:Link",
        "term:basis": _basis(link.basis),
        "term:linkKind": link.kind,
        "term:source": _id(link.source_ref),
        "term:target": [
            *(_id(target.ref) for target in link.targets),
            *([_id("outcome", link.outcome_key)] if link.outcome_key else []),
        ],
        "term:strength": link.strength,
        "term:reason": link.reason if Basis.EDITORIAL in scope.bases else None,
        "term:start": link.start,
        "term:end": link.end,
        "term:via": _id("entity", via.entity.key) if via and via.is_known else None,
    }


def _coding_object(coding: Coding) -> _Object:
    return {
        "@id": _id("coding", coding.overlay_key, coding.ref),
        "@type": "term:Coding",
        "term:basis": _basis(coding.basis),
        "term:place": _id(coding.ref),
        "term:primaryCode": _id(coding.overlay_key, coding.codes[0]),
        "term:code": [_id(coding.overlay_key, code) for code in coding.codes],
        "term:reason": coding.reason,
    }


def _scheme_objects(overlay: Overlay, used: set[str]) -> Iterator[_Object]:
    """Yield the scheme of an overlay, and those of its codes that are used."""
    scheme, basis = _id("overlay", overlay.key), _basis(overlay.basis)
    yield {
        "@id": scheme,
        "@type": "skos:ConceptScheme",
        "term:basis": basis,
        "dcterms:title": overlay.title,
        "dcterms:description": overlay.description,
        "dcterms:source": overlay.source,
        "dcterms:rights": overlay.credits,
        "term:book": overlay.book,
    }
    for code in overlay.codes:
        if code.code in used:
            yield {
                "@id": _id(overlay.key, code.code),
                "@type": "skos:Concept",
                "term:basis": basis,
                "skos:inScheme": scheme,
                "skos:notation": code.code,
                "skos:prefLabel": code.label,
                "skos:definition": code.definition,
                "skos:exactMatch": _web(code.uri),
            }
