"""What documents for readers hold, whatever their format: a head, what is known of each place, and the names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from asean_japan.export.scope import EDITED, acronym_of, name_of
from asean_japan.model import Basis
from asean_japan.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.crossref import Link
    from asean_japan.entities import Entity
    from asean_japan.export.scope import Scope
    from asean_japan.model import Node

_SAFE = re.compile(
    r"(?:(?:https://|mailto:)(?![/?#])[!-~]+|#[!-~]*)"
)  # No space, control or other invisible character.
_PHRASES = {
    "refers_to": "Refers to",
    "continues": "Continues",
    "follows_from": "Follows from",
    "restates": "Restates",
    "counterpart": "Counterpart",
    "answers": "Answers",
    "serves": "Serves",
}


def is_safe(uri: str | None) -> bool:
    """
    Whether a document may link there: ``https``, ``mailto`` and places in the document itself, and nothing else.

    >>> is_safe("https://www.mofa.go.jp/"), is_safe("javascript:alert(1)")
    (True, False)
    """
    return uri is not None and _SAFE.fullmatch(uri) is not None


class Note(NamedTuple):
    """
    Something that is known of a place or of a name.

    Attributes:
        label: What sort of thing it is.
        refs: The places that it speaks of; the ends, for a range.
        text: What there is to say.
        uri: Where it is said, or what it means, on the web.
        basis: The layer of truth.
        language: The language of the text, if it is not that of the document.
    """

    label: str
    refs: tuple[Ref, ...]
    text: str
    uri: str | None
    basis: Basis
    language: str | None = None


class Name(NamedTuple):
    """
    An entity, as documents list it.

    Attributes:
        key: Its key.
        title: Its name.
        about: Its acronym, if it has one, and its kind.
        refs: Where it is named.
        notes: What is known of it.
    """

    key: str
    title: str
    about: str
    refs: tuple[Ref, ...]
    notes: tuple[Note, ...]


def about(scope: Scope) -> tuple[str, ...]:
    """What a document says of itself below its title: what it is, what was done to it, and which data it holds."""
    edition = scope.report.edition
    kept = [basis.value for basis in scope.layers]
    return (
        f"{edition.issuer}, {edition.date}. {edition.status}.",
        EDITED,
        f"Data version {edition.data_version}, licence {edition.licence}; layers: {', '.join(kept)}.",
    )


def within(scope: Scope) -> tuple[Node, ...]:
    """The places above what is exported, from the section down."""
    return tuple(reversed(scope.tops[0].ancestors)) if scope.place else ()


def title(node: Node) -> str:
    """The label of a place, and its heading, or its gist if it has none."""
    return f"{node.label} {node.heading or node.gist}"


def notes(scope: Scope, node: Node) -> Iterator[Note]:
    """What is known of a place: its links, then its codes."""
    yield from (_linked(link, judged=Basis.EDITORIAL in scope.layers) for link in scope.links(node))
    overlays = scope.report.overlays
    for coding in scope.codes(node):
        overlay = overlays[coding.overlay]
        for name in coding.codes:
            code = overlay.code(name)
            text = f"{name} {code.label}" if code.label and code.label != name else name
            yield Note(overlay.title, (), f"{text}: {coding.reason}", code.uri, coding.basis)


def _linked(link: Link, *, judged: bool) -> Note:
    refs = (link.target_ref,) if isinstance(link.target_ref, Ref) else (link.target_ref.first, link.target_ref.last)
    pointing = f"“{link.text}”" if link.text else None
    means = f"by {link.means.name}" if link.means else None
    said = ", ".join(filter(None, (link.strength, pointing, means)))
    text = ": ".join(filter(None, (said, link.reason if judged else None)))
    return Note(f"{link.source_ref.cite()} {_PHRASES[link.kind].lower()}", refs, text, None, link.basis)


def names(scope: Scope) -> Iterator[Name]:
    """The entities of a whole report, or those that are named in a part of it, in their order."""
    places: dict[str, dict[Ref, None]] = {}
    for node in scope.nodes:
        for mention in scope.mentions(node):
            places.setdefault(mention.key, {})[mention.ref] = None
    for entity in scope.report.entities.values():
        if scope.place is None or entity.key in places:
            yield _named(scope, entity, tuple(places.get(entity.key, ())))


def _named(scope: Scope, entity: Entity, refs: tuple[Ref, ...]) -> Name:
    acronym = acronym_of(entity, scope.layers)
    proposed = "proposed by the report" if entity.proposed else None
    own = [
        Note(fact.field.replace("_", " "), (), fact.value, fact.source, fact.basis, _language(fact.field))
        for fact in scope.facts(entity)
    ]
    if entity.note and Basis.EDITORIAL in scope.layers:
        own.append(Note("note", (), entity.note, None, Basis.EDITORIAL))
    described = ", ".join(filter(None, (acronym, entity.kind, proposed)))
    return Name(entity.key, name_of(entity, scope.layers), described, refs, tuple(own))


def _language(field: str) -> str | None:
    return "ja" if field == "name_ja" else None
