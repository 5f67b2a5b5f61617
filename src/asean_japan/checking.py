"""Whether values make a sound report: every rule, every misfit, each with its path."""

from __future__ import annotations

import re
import unicodedata
from types import NoneType
from typing import TYPE_CHECKING

import attrs

from asean_japan.model import ActionArea, Claim, Edition, Mark, Node, Pillar
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from asean_japan.model import Kind, MarkStyle

SCHEMA_VERSION = 1

_YEAR_AND_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_SECTIONS = ("0", "I", "II", "III", "IV")
_LONGEST_GIST = 10

# For each section, what its numbered places are from the second step of the address on.
_KINDS: dict[str, tuple[Kind, ...]] = {
    "I": ("challenge_area", "challenge"),
    "II": ("pillar",),
    "III": ("action_area", "action_item", "action", "measure", "sub_measure"),
}
_STYLES: dict[Kind, MarkStyle] = {
    "challenge_area": "arabic",
    "challenge": "circled",
    "pillar": "arabic",
    "action_area": "arabic",
    "action_item": "circled",
    "action": "bullet",
    "measure": "letter",
    "sub_measure": "roman",
}
_HEADED = {"section", "pillar", "action_area"}


def misfits(edition: Edition, sections: Sequence[Node]) -> tuple[str, ...]:
    """
    Everything that keeps *sections* from being a report, each as "what @ path"; ``()`` if nothing does.

    Numbering without gaps, addresses, kinds and marks that agree with it, texts where they belong, one claim for each
    number, gists of at most ten words, a pillar for each action area and the other way round.
    """
    if found := [*_type_misfits(edition, sections)]:
        return tuple(found)
    found = [*_edition_misfits(edition), *_number_misfits(sections, "report.sections")]
    if [str(section.ref) for section in sections] != list(_SECTIONS):
        found.append(f"sections are not {', '.join(_SECTIONS)} @ report.sections")
    for at, section in enumerate(sections):
        found += _node_misfits(section, f"report.sections[{at}]")
    children = [child for section in sections for child in section.children]
    directions = {
        kind: [(child.mark, child.heading) for child in children if isinstance(child, kind)]
        for kind in (Pillar, ActionArea)
    }
    if directions[Pillar] != directions[ActionArea]:
        found.append("pillars and action areas differ in number or heading @ report.sections")
    return tuple(found)


def _type_misfits(edition: object, sections: Iterable[object]) -> Iterator[str]:
    """Values of another type than their field has; the rules are for the right types only."""
    if not isinstance(edition, Edition):
        yield f"{_named(edition)} where an Edition belongs @ report.edition"
    else:
        yield from _field_misfits(edition, "report.edition")
    for at, section in enumerate(sections):
        yield from _place_misfits(section, Node, f"report.sections[{at}]")


def _place_misfits(place: object, kind: type[Node | Claim], path: str) -> Iterator[str]:
    if not isinstance(place, kind):
        yield f"{_named(place)} where a {kind.__name__} belongs @ {path}"
        return
    yield from _field_misfits(place, path)
    if isinstance(place, Node):
        if isinstance(place.mark, Mark):
            yield from _field_misfits(place.mark, f"{path}.mark")
        for at, claim in enumerate(place.claims):
            yield from _place_misfits(claim, Claim, f"{path}.claims[{at}]")
        for at, child in enumerate(place.children):
            yield from _place_misfits(child, Node, f"{path}.children[{at}]")


# What a field may hold, by its name; what tuples hold is looked at one by one.
_TYPES: dict[str, tuple[type, ...]] = {
    "ref": (Ref,),
    "mark": (Mark, NoneType),
    "heading": (str, NoneType),
    "claims": (tuple,),
    "children": (tuple,),
    "value": (int,),
    "schema_version": (int,),
}


def _field_misfits(value: Node | Claim | Mark | Edition, path: str) -> Iterator[str]:
    for field in attrs.fields(type(value)):
        held: object = getattr(value, field.name)
        wanted = (str, NoneType) if (type(value), field.name) == (Mark, "text") else _TYPES.get(field.name, (str,))
        if not isinstance(held, wanted):
            yield f"{_named(held)} where {' or '.join(kind.__name__ for kind in wanted)} belongs @ {path}.{field.name}"


def _named(value: object) -> str:
    return type(value).__name__


def _edition_misfits(edition: Edition) -> Iterator[str]:
    if edition.schema_version != SCHEMA_VERSION:
        known = f"schema version {edition.schema_version}; this package knows {SCHEMA_VERSION}"
        yield f"{known} @ report.edition.schema_version"
    if not _YEAR_AND_MONTH.fullmatch(edition.date):
        yield f"not a year and month: {edition.date!r} @ report.edition.date"
    for name in ("data_version", "title", "issuer", "status", "language", "source", "licence"):
        yield from _text_misfits(getattr(edition, name), f"report.edition.{name}")


def _node_misfits(node: Node, path: str) -> Iterator[str]:
    if node.kind != _kind(node.ref):
        yield f"{node.kind} where {_kind(node.ref) or 'nothing'} belongs @ {path}"
    yield from _mark_misfits(node, path)
    if node.kind in _HEADED:
        yield from _text_misfits(node.heading or "", f"{path}.heading")
    elif node.heading is not None:
        yield f"a {node.kind} has no heading @ {path}.heading"
    yield from _text_misfits(node.gist, f"{path}.gist")
    if len(node.gist.split()) > _LONGEST_GIST:
        yield f"more than {_LONGEST_GIST} words @ {path}.gist"
    if not (node.heading or node.claims):
        yield f"neither heading nor claim @ {path}"
    yield from _number_misfits([*node.claims, *node.children], path, node.ref)
    for at, claim in enumerate(node.claims):
        if claim.ref.level != "claim":
            yield f"{claim.ref} is no address of a claim @ {path}.claims[{at}].ref"
        yield from _text_misfits(claim.text, f"{path}.claims[{at}].text")
    for at, child in enumerate(node.children):
        yield from _node_misfits(child, f"{path}.children[{at}]")


def _kind(ref: Ref) -> Kind | None:
    """What stands at an address of the report."""
    if ref.level == "section":
        return "section"
    if ref.level == "paragraph":
        return "paragraph"
    kinds = _KINDS.get(str(ref.section), ())
    return kinds[ref.depth - 2] if ref.depth - 2 < len(kinds) and ref.level != "claim" else None


def _mark_misfits(node: Node, path: str) -> Iterator[str]:
    if node.mark is None or node.kind == "paragraph":
        if (node.mark is None) != (node.kind == "paragraph"):
            yield f"a mark for a numbered place, and none for a paragraph @ {path}.mark"
        return
    style = _STYLES.get(node.kind) or ("roman" if node.ref.number else "arabic")
    if (node.mark.text, node.mark.value, node.mark.style) != (_printed(node.ref, style), node.ref.number, style):
        yield f"does not agree with {node.ref} @ {path}.mark"


def _printed(ref: Ref, style: MarkStyle) -> str | None:
    """The mark of *ref* as the report prints it."""
    if style == "bullet":
        return None
    if style == "circled":
        return ref.cite().rpartition("-")[2]
    name = ref.parts[-1]
    return f"({name})" if style == "letter" else f"{name}."


def _number_misfits(places: Iterable[Claim | Node], path: str, above: Ref | None = None) -> Iterator[str]:
    """Claims, paragraphs and numbered places are each counted from 1 (sections from 0), without a gap."""
    steps = above.steps if above else ()
    counts = {CLAIM: 0, PARAGRAPH: 0, PLACE: 0 if above else -1}
    for place in places:
        rank, number = place.ref.steps[-1]
        counts[rank] += 1
        if place.ref.steps[:-1] != steps or number != counts[rank]:
            yield f"{place.ref} is not what follows here @ {path}"


def _text_misfits(text: str, path: str) -> Iterator[str]:
    if not text:
        yield f"empty @ {path}"
    if text != " ".join(text.split()) or not text.isprintable() or not unicodedata.is_normalized("NFC", text):
        yield f"stray white space or characters that do not show @ {path}"
