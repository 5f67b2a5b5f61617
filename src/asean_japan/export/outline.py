"""What documents for readers hold, whatever their format: a head, what is known of each place, and the names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from asean_japan.export.scope import EDITED, EntityView, says_something
from asean_japan.model.basis import Basis
from asean_japan.model.places import Node
from asean_japan.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.export.scope import Scope
    from asean_japan.model.entities import Entity, EntityFact
    from asean_japan.model.links import Link
    from asean_japan.model.overlays import Code, Coding
    from asean_japan.model.places import Place

_SAFE = re.compile(
    r"(?:(?:https://|mailto:)(?![/?#])[!-~]+|#[!-~]*)"
)  # No space, control or other invisible character.
_PHRASES = {
    "refers_to": "refers to",
    "continues": "continues",
    "follows_from": "follows from",
    "restates": "restates",
    "counterpart": "counterpart",
    "answers": "answers",
    "serves": "serves",
}
_STRENGTHS = {"direct": "directly", "partial": "in part"}
_FIELDS = {"name_ja": "Japanese name"}  # Of the other facts the key is the label.
BRACKETS = (
    "Words in [square brackets] are not in their sentence: "
    "they are borrowed from elsewhere in the report, so that the sentence can be understood alone."
)
_MEANINGS = {
    Basis.STATED: "stated, the report says it",
    Basis.RESTATED: "restated, the report says it, in words of the package",
    Basis.RESEARCHED: "researched, it is known from elsewhere, with the source",
    Basis.EDITORIAL: "editorial, the package judges it, with the reason",
}


def is_safe(uri: str | None) -> bool:
    """
    Whether a document may link there: ``https``, ``mailto`` and places in the document itself, and nothing else.

    >>> is_safe("https://www.mofa.go.jp/"), is_safe("javascript:alert(1)")
    (True, False)
    """
    return uri is not None and _SAFE.fullmatch(uri) is not None


class Item(NamedTuple):
    """
    A place, a code or a value that a note speaks of.

    Attributes:
        text: How it is shown.
        ref: Its address, if it is a place.
        uri: Where it is on the web; only what a document may link to.
    """

    text: str
    ref: Ref | None = None
    uri: str | None = None


class Note(NamedTuple):
    """
    Something that is known of a place or of a name.

    Attributes:
        label: What sort of thing it is.
        items: What it speaks of; the ends, for a range.
        text: What there is to say of these; empty if nothing.
        basis: The basis of truth.
        source: Where it is said, on the web.
        language: The language of the text, if it is not that of the document.
        joint: What stands between the items.
    """

    label: str
    items: tuple[Item, ...]
    text: str
    basis: Basis
    source: str | None = None
    language: str | None = None
    joint: str = ", "


class Name(NamedTuple):
    """
    An entity, as documents list it.

    Attributes:
        key: Its key.
        title: Its name.
        about: Its acronym, its kind, and whether it is only proposed, as far as the bases know; may be empty.
        refs: Where it is named.
        notes: What is known of it.
    """

    key: str
    title: str
    about: str
    refs: tuple[Ref, ...]
    notes: tuple[Note, ...]


class CodeList(NamedTuple):
    """
    An overlay of which a document shows codes.

    Attributes:
        title: What it is called.
        lines: What it asks, where its codes come from, and what the keeper of the list wants to be said.
    """

    title: str
    lines: tuple[str, ...]


def about(scope: Scope) -> tuple[str, ...]:
    """What a document says of itself: what it is, what was done to it, what brackets mean, and which data it holds."""
    edition = scope.report.edition
    kept = [basis.value for basis in scope.bases]
    return (
        f"{edition.issuer}, {edition.date}. {edition.status}.",
        EDITED,
        BRACKETS,
        f"Data version {edition.data_version}, license {edition.license}; bases: {', '.join(kept)}.",
    )


def marks(scope: Scope) -> str:
    """What the words mean with which each note of a document ends: those of the bases that are exported."""
    return f"Each note ends with its basis: {'; '.join(_MEANINGS[basis] for basis in scope.bases)}."


def within(scope: Scope) -> tuple[Node, ...]:
    """The places above what is exported, from the section down."""
    return tuple(reversed(scope.tops[0].ancestors)) if scope.place else ()


def title(node: Node) -> str:
    """The label of a place, and its heading, or its gist if it has none."""
    return f"{node.label} {node.heading or node.gist}"


def notes(scope: Scope, node: Node) -> Iterator[Note]:
    """What is known of a place: its links, our readings of stated ones, and its codes, a note for each overlay."""
    links = scope.links(node)
    yield from (_linked(scope, node, link) for link in links)
    if Basis.EDITORIAL in scope.bases:
        stated = (link for link in links if link.basis is not Basis.EDITORIAL and link.reason)
        yield from dict.fromkeys(map(_reading, stated))
    for coding in scope.codings(node):
        if applied := _applied(scope, coding):
            label = scope.report.overlays[coding.overlay_key].title
            yield Note(label, tuple(map(_code, applied)), coding.reason or "", coding.basis)


def _linked(scope: Scope, node: Node, link: Link) -> Note:
    """What a link says: how it leads, and where; why, only if the link is our judgement."""
    begin = f"sentence {link.source_ref.number}" if link.source_ref != node.ref else None
    strength = _STRENGTHS[link.strength] if link.strength else None
    means = link.via if link.via and EntityView(link.via, scope.bases).is_known else None
    by = f"by {EntityView(means, scope.bases).name}" if means else None
    label = " ".join(filter(None, (begin, _PHRASES[link.kind], strength, by, _pointing(link))))
    target = link.target_ref
    ends = (target,) if isinstance(target, Ref) else (target.first, target.last)
    text = link.reason if link.reason and link.basis is Basis.EDITORIAL else ""
    items = tuple(_place(scope.report[end]) for end in ends)
    return Note(f"{label[0].upper()}{label[1:]}", items, text, link.basis, joint=" to ")


def _pointing(link: Link) -> str | None:
    return f"(“{link.text}”)" if link.text else None


def _reading(link: Link) -> Note:
    """Why a stated link is read as it is: our words."""
    label = " ".join(filter(None, ("Our reading", _pointing(link))))
    return Note(label, (), link.reason or "", Basis.EDITORIAL)


def _place(place: Place) -> Item:
    node = place.node
    return Item(f"{place.cite()}: {node.gist}", place.ref)


def _applied(scope: Scope, coding: Coding) -> list[Code]:
    """Its codes, without those by which a code book says that it has no code for a place: these are for tables."""
    codes = map(scope.report.overlays[coding.overlay_key].code, coding.codes)
    return list(filter(says_something, codes))


def _code(code: Code) -> Item:
    """A code, by its label if it has one; an address to which no document links is shown."""
    named = code.label and code.label.casefold() != code.code.casefold()
    link = code.uri if is_safe(code.uri) else None
    signs = ", ".join(filter(None, (code.code if named else None, None if link else code.uri)))
    return Item(f"{code.label or code.code} ({signs})" if signs else code.label or code.code, uri=link)


def names(scope: Scope) -> Iterator[Name]:
    """The entities of a whole report, or those that are named in a part of it, in their order."""
    places: dict[str, dict[Ref, None]] = {}
    for node in scope.nodes:
        for mention in scope.mentions(node):
            places.setdefault(mention.key, {})[mention.ref] = None
    for entity in scope.report.entities.values():
        if entity.key in places or (scope.place is None and EntityView(entity, scope.bases).is_known):
            yield _named(scope, entity, tuple(places.get(entity.key, ())))


def _named(scope: Scope, entity: Entity, refs: tuple[Ref, ...]) -> Name:
    proposed = "proposed by the report" if entity.proposed else None
    own = [_fact(fact) for fact in scope.facts(entity)]
    if entity.note and Basis.EDITORIAL in scope.bases:
        own.append(Note("Note", (), entity.note, Basis.EDITORIAL))
    described = (EntityView(entity, scope.bases).acronym, EntityView(entity, scope.bases).kind, proposed)
    return Name(entity.key, EntityView(entity, scope.bases).name, ", ".join(filter(None, described)), refs, tuple(own))


def _fact(fact: EntityFact) -> Note:
    label = _FIELDS.get(fact.field, fact.field.replace("_", " ").capitalize())
    if fact.field == "official_site" and is_safe(fact.value):
        return Note(label, (Item(fact.value, uri=fact.value),), "", fact.basis, fact.source)
    return Note(label, (), fact.value, fact.basis, fact.source, "ja" if fact.field == "name_ja" else None)


def code_lists(scope: Scope) -> Iterator[CodeList]:
    """The overlays of which codes are shown, in their order."""
    used = {coding.overlay_key for node in scope.nodes for coding in scope.codings(node) if _applied(scope, coding)}
    for key, overlay in scope.report.overlays.items():
        if key in used:
            source = f"Source: {overlay.source}" if overlay.source else None
            given = f"Credits: {overlay.credits}" if overlay.credits else None
            yield CodeList(overlay.title, tuple(filter(None, (overlay.description, source, given))))
