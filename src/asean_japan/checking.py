"""Whether values make a sound report: every rule, every finding, each with its path."""

from __future__ import annotations

import re
import unicodedata
from types import NoneType
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from asean_japan.model import ActionArea, Claim, Edition, Mark, Node, Pillar, Place
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from asean_japan.model import Kind, MarkStyle

FindingKind: TypeAlias = Literal[
    "type",
    "edition",
    "kind",
    "mark",
    "heading",
    "gist",
    "empty",
    "text",
    "gap",
    "duplicate",
    "orphan",
    "counterpart",
    "digest",
]

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


@attrs.frozen
class Finding:
    """
    One thing that is wrong with a report or with its data.

    >>> print(Finding("gap", "I.1.3 where number 2 belongs", "report.sections[1].children[0]"))
    I.1.3 where number 2 belongs @ report.sections[1].children[0]

    Attributes:
        kind: What sort of fault it is:
            ``type`` a value of another type than its field has;
            ``edition`` a schema version or a date that does not fit;
            ``kind`` a place of another kind than its address says;
            ``mark`` a mark that does not fit its style or its address;
            ``heading`` one that is missing, or that stands where there is none;
            ``gist`` a label of too many words;
            ``empty`` a text, or a place, that says nothing;
            ``text`` stray white space or characters that do not show;
            ``gap`` a number that is left out, or out of turn;
            ``duplicate`` an address that stands twice;
            ``orphan`` a place or a claim that stands under another place than its address says;
            ``counterpart`` a pillar without its action area, or the other way round;
            ``digest`` a bundled file that is not the one described in the manifest.
        message: What is wrong.
        path: Where, from the whole down: ``report.sections[1].children[0].gist``, or a bundled file.
    """

    kind: FindingKind
    message: str
    path: str

    def __str__(self) -> str:
        return f"{self.message} @ {self.path}"


def findings(edition: Edition, sections: Sequence[Node]) -> tuple[Finding, ...]:
    """
    Everything that keeps *sections* from being a report; ``()`` if nothing does.

    Numbering without gaps, addresses, kinds and marks that agree with it, texts where they belong, one claim for each
    number, gists of at most ten words, a pillar for each action area and the other way round.

    >>> from asean_japan import load
    >>> findings(load().edition, [])
    (Finding(kind='gap', message='sections are not 0, I, II, III, IV', path='report.sections'),)
    """
    if found := [*_wrong_types(edition, sections)]:
        return tuple(found)
    found = [*_edition_findings(edition), *_number_findings(sections, "report.sections")]
    if [str(section.ref) for section in sections] != list(_SECTIONS):
        found.append(Finding("gap", f"sections are not {', '.join(_SECTIONS)}", "report.sections"))
    for at, section in enumerate(sections):
        found += _node_findings(section, f"report.sections[{at}]")
    children = [child for section in sections for child in section.children]
    directions = {
        kind: [(child.mark, child.heading) for child in children if isinstance(child, kind)]
        for kind in (Pillar, ActionArea)
    }
    if directions[Pillar] != directions[ActionArea]:
        found.append(Finding("counterpart", "pillars and action areas differ in number or heading", "report.sections"))
    return tuple(found)


def place_findings(place: Node | Claim) -> tuple[Finding, ...]:
    """
    Everything that keeps a place from being a sound part of some report; ``()`` if nothing does.

    >>> from asean_japan import load
    >>> place_findings(load()["III.2.4"])
    ()
    """
    if found := [*_wrong_types_of_place(place, Place, "place")]:
        return tuple(found)
    return tuple(_node_findings(place, "place") if isinstance(place, Node) else _claim_findings(place, "place"))


def _wrong_types(edition: object, sections: Iterable[object]) -> Iterator[Finding]:
    """Values of another type than their field has; the rules are for the right types only."""
    if not isinstance(edition, Edition):
        yield Finding("type", f"{_named(edition)} where an Edition belongs", "report.edition")
    else:
        yield from _wrong_fields(edition, "report.edition")
    for at, section in enumerate(sections):
        yield from _wrong_types_of_place(section, Node, f"report.sections[{at}]")


def _wrong_types_of_place(place: object, kind: type[Place], path: str) -> Iterator[Finding]:
    if not isinstance(place, kind) or not isinstance(place, Node | Claim):
        yield Finding("type", f"{_named(place)} where a {kind.__name__} belongs", path)
        return
    yield from _wrong_fields(place, path)
    if isinstance(place, Node):
        if isinstance(place.mark, Mark):
            yield from _wrong_fields(place.mark, f"{path}.mark")
        for at, claim in enumerate(place.claims):
            yield from _wrong_types_of_place(claim, Claim, f"{path}.claims[{at}]")
        for at, child in enumerate(place.children):
            yield from _wrong_types_of_place(child, Node, f"{path}.children[{at}]")


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


def _wrong_fields(value: Node | Claim | Mark | Edition, path: str) -> Iterator[Finding]:
    for field in attrs.fields(type(value)):
        held: object = getattr(value, field.name)
        wanted = (str, NoneType) if (type(value), field.name) == (Mark, "text") else _TYPES.get(field.name, (str,))
        if not isinstance(held, wanted):
            belongs = " or ".join(kind.__name__ for kind in wanted)
            yield Finding("type", f"{_named(held)} where {belongs} belongs", f"{path}.{field.name}")


def _named(value: object) -> str:
    return type(value).__name__


def _edition_findings(edition: Edition) -> Iterator[Finding]:
    if edition.schema_version != SCHEMA_VERSION:
        known = f"schema version {edition.schema_version}; this package knows {SCHEMA_VERSION}"
        yield Finding("edition", known, "report.edition.schema_version")
    if not _YEAR_AND_MONTH.fullmatch(edition.date):
        yield Finding("edition", f"not a year and month: {edition.date!r}", "report.edition.date")
    for name in ("data_version", "title", "issuer", "status", "language", "source", "licence"):
        yield from _text_findings(getattr(edition, name), f"report.edition.{name}")


def _node_findings(node: Node, path: str) -> Iterator[Finding]:
    if node.kind != _kind(node.ref):
        yield Finding("kind", f"{node.kind} where {_kind(node.ref) or 'nothing'} belongs", path)
    yield from _mark_findings(node, path)
    if node.kind in _HEADED:
        yield from _text_findings(node.heading or "", f"{path}.heading")
    elif node.heading is not None:
        yield Finding("heading", f"a {node.kind} has no heading", f"{path}.heading")
    yield from _text_findings(node.gist, f"{path}.gist")
    if len(node.gist.split()) > _LONGEST_GIST:
        yield Finding("gist", f"more than {_LONGEST_GIST} words", f"{path}.gist")
    if not (node.heading or node.claims):
        yield Finding("empty", "neither heading nor claim", path)
    yield from _number_findings([*node.claims, *node.children], path, node.ref)
    for at, claim in enumerate(node.claims):
        yield from _claim_findings(claim, f"{path}.claims[{at}]")
    for at, child in enumerate(node.children):
        yield from _node_findings(child, f"{path}.children[{at}]")


def _claim_findings(claim: Claim, path: str) -> Iterator[Finding]:
    if claim.ref.level != "claim":
        yield Finding("kind", f"{claim.ref} is no address of a claim", f"{path}.ref")
    yield from _text_findings(claim.text, f"{path}.text")


def _kind(ref: Ref) -> Kind | None:
    """What stands at an address of the report."""
    if ref.level == "section":
        return "section"
    if ref.level == "paragraph":
        return "paragraph"
    kinds = _KINDS.get(str(ref.section), ())
    return kinds[ref.depth - 2] if ref.depth - 2 < len(kinds) and ref.level != "claim" else None


def _mark_findings(node: Node, path: str) -> Iterator[Finding]:
    if node.mark is None or node.kind == "paragraph":
        if (node.mark is None) != (node.kind == "paragraph"):
            yield Finding("mark", "a mark for a numbered place, and none for a paragraph", f"{path}.mark")
        return
    style = _STYLES.get(node.kind) or ("roman" if node.ref.number else "arabic")
    if (node.mark.text, node.mark.value, node.mark.style) != (_printed(node.ref, style), node.ref.number, style):
        yield Finding("mark", f"does not agree with {node.ref}", f"{path}.mark")


def _printed(ref: Ref, style: MarkStyle) -> str | None:
    """The mark of *ref* as the report prints it."""
    if style == "bullet":
        return None
    if style == "circled":
        return ref.cite().rpartition("-")[2]
    name = ref.parts[-1]
    return f"({name})" if style == "letter" else f"{name}."


def _number_findings(places: Iterable[Claim | Node], path: str, above: Ref | None = None) -> Iterator[Finding]:
    """Claims, paragraphs and numbered places are each counted from 1 (sections from 0), without a gap."""
    steps = above.steps if above else ()
    following = {CLAIM: 1, PARAGRAPH: 1, PLACE: 1 if above else 0}
    met: set[Ref] = set()
    for place in places:
        ref = place.ref
        rank, number = ref.steps[-1]
        if ref.steps[:-1] != steps:
            yield Finding("orphan", f"{ref} does not belong under {above or 'the report'}", path)
            continue
        if ref in met:
            yield Finding("duplicate", f"{ref} stands twice", path)
            continue
        met.add(ref)
        if number != following[rank]:
            yield Finding("gap", f"{ref} where number {following[rank]} belongs", path)
        following[rank] = number + 1


def _text_findings(text: str, path: str) -> Iterator[Finding]:
    if not text:
        yield Finding("empty", "empty", path)
    if text != " ".join(text.split()) or not text.isprintable() or not unicodedata.is_normalized("NFC", text):
        yield Finding("text", "stray white space or characters that do not show", path)
