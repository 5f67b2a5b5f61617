"""What every document for readers holds, whatever its format: a head, notes on each place, and the names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from asean_japan.export.scope import EDITED, EntityView, Scope, says_something
from asean_japan.model.basis import Basis
from asean_japan.model.entities import EntityFact
from asean_japan.model.links import HOW, Link
from asean_japan.model.outcomes import Outcome
from asean_japan.model.overlays import Code, Coding
from asean_japan.model.places import Node, Place
from asean_japan.refs import Ref, RefRange

# No space, control or other invisible character.
_SAFE = re.compile(r"(?:(?:https://|mailto:)(?![/?#])[!-~]+|#[!-~]*)")
_PHRASES = {
    "refers_to": "refers to",
    "continues": "continues",
    "follows_from": "follows from",
    "restates": "restates",
    "counterpart": "counterpart",
    "answers": "answers",
    "serves": "serves",
    "carried_out_by": "carried out {} by",
    "followed_by": "followed {} by",
}
_FIELDS = {  # The label of any other fact is its field.
    "name_ja": "Japanese name",
    "name_ja_short": "Japanese short name",
    "name_ja_formal": "Japanese formal name",
    "name_ja_in_report": "Japanese name in the report",
    "name_ja_in_use": "Japanese words in use",
    "japan_joined": "Japan joined",
    "wikidata": "Wikidata",
    "ror": "ROR",
    "isni": "ISNI",
    "iso3166_alpha3": "ISO 3166-1 alpha-3",
    "iso3166_numeric": "ISO 3166-1 numeric",
    "un_m49": "UN M49",
    "geonames": "GeoNames",
    "dac_channel": "DAC channel",
    "unts": "United Nations Treaty Series",
    "uk_treaty_series": "United Kingdom Treaty Series",
    "desta": "DESTA",
}
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
    Return whether a document may link there: only to ``https``, to ``mailto`` and to places in the document itself.

    >>> is_safe("https://www.mofa.go.jp/"), is_safe("javascript:alert(1)")
    (True, False)
    """
    return uri is not None and _SAFE.fullmatch(uri) is not None


class Item(NamedTuple):
    """
    A place, a code or a value that a note is about.

    Attributes:
        text: How it is shown.
        ref: Its address, if it is a place.
        uri: Its address on the web; None if there is none to which a document may link.
    """

    text: str
    ref: Ref | None = None
    uri: str | None = None


class Note(NamedTuple):
    """
    Something that is known of a place or of a name.

    Attributes:
        label: What sort of thing it is.
        items: What it is about; for a range, its ends.
        text: What it says of these; empty if nothing.
        basis: The basis of truth.
        source: Its source on the web.
        read: When that was read; empty without a source.
        remark: What is to be known of it; empty if there is nothing.
        language: The language of the text, if it is not that of the document.
        joint: What separates the items.
        overlay_key: The overlay whose codes the items are; None for any other note.
    """

    label: str
    items: tuple[Item, ...]
    text: str
    basis: Basis
    source: str | None = None
    language: str | None = None
    joint: str = ", "
    overlay_key: str | None = None
    read: str = ""
    remark: str = ""


class Name(NamedTuple):
    """
    An entity, as documents list it.

    Attributes:
        key: Its key.
        title: Its name.
        about: Its acronym, its kind, and whether it is only proposed, as far as these are known; may be empty.
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
    An overlay whose codes a document shows.

    Attributes:
        title: What it is called.
        lines: What it asks, where its codes come from, and what the keeper of the list wants to be said.
        key: Its key.
        book: Its code book, in Markdown; None if there is none.
    """

    title: str
    lines: tuple[str, ...]
    key: str
    book: str | None


def original(scope: Scope) -> tuple[str, str] | None:
    """Return the title of the Japanese original and the page that has it; None if these are not known, or left out."""
    edition = scope.report.edition
    if Basis.RESEARCHED not in scope.bases or edition.title_ja is None:
        return None
    return edition.title_ja, edition.source_ja or ""


def about(scope: Scope) -> tuple[str, ...]:
    """Return what a document says of itself: what it is, how it was edited, what brackets mean, which data it holds."""
    edition = scope.report.edition
    bases = ", ".join(basis.value for basis in scope.bases)
    return (
        f"{edition.issuer}, {edition.date}. {edition.status}.",
        EDITED,
        BRACKETS,
        f"Data version {edition.data_version}, license {edition.license}; bases: {bases}.",
    )


def legend(scope: Scope) -> str:
    """Return what the bases that are exported mean; each note of a document ends with the name of one."""
    return f"Each note ends with its basis: {'; '.join(_MEANINGS[basis] for basis in scope.bases)}."


def within(scope: Scope) -> tuple[Node, ...]:
    """Return the places above what is exported, from the section down."""
    return tuple(reversed(scope.tops[0].ancestors)) if scope.place else ()


def title(node: Node) -> str:
    """Return the label of a place, with its heading, or with its gist if it has none."""
    return f"{node.label} {node.heading or node.gist}"


def notes(scope: Scope, node: Node) -> Iterator[Note]:
    """Yield a note for each link of a place, for each stated link that is open to doubt, and for each overlay."""
    links = scope.links(node)
    yield from (_linked(scope, node, link) for link in links)
    if Basis.EDITORIAL in scope.bases:
        stated = (link for link in links if link.basis is not Basis.EDITORIAL and link.reason)
        yield from dict.fromkeys(map(_reading, stated))
    for coding in scope.codings(node):
        if applied := _applied(scope, coding):
            key = coding.overlay_key
            label, codes = scope.report.overlays[key].title, tuple(map(_code, applied))
            yield Note(label, codes, coding.reason or "", coding.basis, overlay_key=key)


def _linked(scope: Scope, node: Node, link: Link) -> Note:
    """Return how a link leads, and where; and why, if the link is our judgment."""
    begin = f"sentence {link.source_ref.number}" if link.source_ref != node.ref else None
    strength = HOW[link.strength] if link.strength else None
    via = scope.view(link.via) if link.via else None
    by = f"by {via.name}" if via and via.is_known else None
    phrase = _PHRASES[link.kind]
    phrase = phrase.format(strength) if "{}" in phrase else " ".join(filter(None, (phrase, strength)))
    label = " ".join(filter(None, (begin, phrase, by, _pointing(link))))
    target = link.target_ref
    text = link.reason if link.reason and link.basis is Basis.EDITORIAL else ""
    if link.outcome:
        return Note(f"{label[0].upper()}{label[1:]}", (_outcome(link.outcome),), text, link.basis, link.outcome.source)
    ends = (target.first, target.last) if isinstance(target, RefRange) else filter(None, (target,))
    items = tuple(_place(scope.report[end]) for end in ends)
    return Note(f"{label[0].upper()}{label[1:]}", items, text, link.basis, joint=" to ")


def _outcome(outcome: Outcome) -> Item:
    return Item(f"{outcome.date}: {outcome.text.rstrip('.')}")


def _pointing(link: Link) -> str | None:
    return f"(“{link.text}”)" if link.text else None


def _reading(link: Link) -> Note:
    """Return why a stated link is read as it is, in our words."""
    label = " ".join(filter(None, ("Our reading", _pointing(link))))
    return Note(label, (), link.reason or "", Basis.EDITORIAL)


def _place(place: Place) -> Item:
    node = place.node
    return Item(f"{place.cite()}: {node.gist}", place.ref)


def _applied(scope: Scope, coding: Coding) -> list[Code]:
    """Return its codes, without those that only say that no code applies, which are for tables."""
    codes = map(scope.report.overlays[coding.overlay_key].code, coding.codes)
    return list(filter(says_something, codes))


def _code(code: Code) -> Item:
    """Return a code, by its label if it has one; an address to which no document may link is shown as text."""
    named = code.label and code.label.casefold() != code.code.casefold()
    link = code.uri if is_safe(code.uri) else None
    signs = ", ".join(filter(None, (code.code if named else None, None if link else code.uri)))
    return Item(f"{code.label or code.code} ({signs})" if signs else code.label or code.code, uri=link)


def names(scope: Scope) -> Iterator[Name]:
    """Yield the entities of a whole report, or those that are named in a part of it, in their order."""
    places: dict[str, dict[Ref, None]] = {}
    for node in scope.nodes:
        for mention in scope.mentions(node):
            places.setdefault(mention.key, {})[mention.ref] = None
    for entity in scope.report.entities.values():
        view = scope.view(entity)
        if entity.key in places or (scope.place is None and view.is_known):
            yield _named(scope, view, tuple(places.get(entity.key, ())))


def _named(scope: Scope, view: EntityView, refs: tuple[Ref, ...]) -> Name:
    proposed = "proposed by the report" if view.entity.proposed else None
    known = [_fact(fact) for fact in scope.facts(view.entity)]
    if view.note:
        known.append(Note("Note", (), view.note, Basis.EDITORIAL))
    described = ", ".join(filter(None, (view.acronym, view.kind, proposed)))
    return Name(view.entity.key, view.name, described, refs, tuple(known))


def _fact(fact: EntityFact) -> Note:
    label = _FIELDS.get(fact.field, fact.field.replace("_", " ").capitalize())
    is_link = fact.field == "official_site" and is_safe(fact.value)
    return Note(
        label,
        (Item(fact.value, uri=fact.value),) if is_link else (),
        "" if is_link else fact.value,
        fact.basis,
        fact.source,
        language="ja" if fact.field.startswith("name_ja") else None,
        read=fact.read,
        remark=fact.note or "",
    )


def code_lists(scope: Scope) -> Iterator[CodeList]:
    """Yield the overlays whose codes are shown, in their order."""
    used = {coding.overlay_key for node in scope.nodes for coding in scope.codings(node) if _applied(scope, coding)}
    for key, overlay in scope.report.overlays.items():
        if key in used:
            source = f"Source: {overlay.source}" if overlay.source else None
            given = f"Credits: {overlay.credits}" if overlay.credits else None
            lines = tuple(filter(None, (overlay.description, source, given)))
            yield CodeList(overlay.title, lines, key, overlay.book)
