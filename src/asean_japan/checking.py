"""
Whether values make a sound report: their types, then the rules, with all that is wrong and where.

What a file was read into has the right types already, so only the rules are asked of it.
"""

from __future__ import annotations

import functools
import re
import types
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Union, get_args, get_origin, get_type_hints

import attrs

from asean_japan.arguments import is_tuple
from asean_japan.folding import comparable, normalized, without_joiners
from asean_japan.model.basis import Basis
from asean_japan.model.display import fields_of
from asean_japan.model.edition import SCHEMA_VERSION, Edition
from asean_japan.model.entities import Entity, EntityKind
from asean_japan.model.facts import Spanned, is_date
from asean_japan.model.findings import Finding, FindingKind
from asean_japan.model.forms import OtherForm
from asean_japan.model.kinds import KINDS, ActionArea, Pillar
from asean_japan.model.layers import Layers
from asean_japan.model.links import EDITORIAL_KINDS, Link, LinkKind, Strength
from asean_japan.model.outcomes import Outcome, OutcomeKind
from asean_japan.model.overlays import Assignment, Code, Overlay
from asean_japan.model.places import Claim, Kind, MarkStyle, Node, Place, walk
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Ref, RefRange

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

LONGEST_NUMBER = 18  # Characters; programs in other languages have to read it, too.
_LEAST_AMOUNT: int = 1 - 10 ** (LONGEST_NUMBER - 1)
_LARGEST_AMOUNT: int = 10**LONGEST_NUMBER - 1

_YEAR_AND_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_SECTIONS = ("0", "I", "II", "III", "IV")
_LONGEST_GIST = 10
_LONGEST_GIST_JA = 40

# For each section, the kinds of its numbered places, from the second step of the address on.
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


def _finding(kind: FindingKind, message: str, path: str) -> Finding:
    return Finding(kind=kind, message=message, path=path)


def findings(edition: Edition, sections: Sequence[Node], layers: Layers | None = None) -> tuple[Finding, ...]:
    """
    Return everything that keeps *sections* from being a report; ``()`` if nothing does.

    Values of another type come first and alone; the rules are for the right types only. These ask for numbering without
    gaps, addresses, kinds and marks that agree with it, texts where they belong, one claim for each number, gists of at
    most ten words, and a pillar for each action area and the other way round; and for layers of which every address,
    key, span and code leads where it says.

    >>> from asean_japan import load
    >>> findings(load().edition, [])
    (Finding(kind='gap', message='sections are not 0, I, II, III, IV', path='report.sections'),)
    """
    wrong = [*_wrong(edition, _expected(Edition), "report.edition")]
    for at, section in enumerate(sections):
        wrong += _wrong(section, _expected(Node), f"report.sections[{at}]")
    wrong += _wrong(layers, _expected(Layers | None), "report.layers")
    return tuple(wrong) or rule_findings(edition, sections, layers)


def rule_findings(edition: Edition, sections: Sequence[Node], layers: Layers | None = None) -> tuple[Finding, ...]:
    """
    Return what `findings` does for values that have the right types, as those that a file was read into.

    >>> from asean_japan import load
    >>> rule_findings(load().edition, tuple(load().sections.values()))
    ()
    """
    found = [*_edition_findings(edition), *_number_findings(sections, "report.sections")]
    if [str(section.ref) for section in sections] != list(_SECTIONS):
        found.append(_finding("gap", f"sections are not {', '.join(_SECTIONS)}", "report.sections"))
    for at, section in enumerate(sections):
        found += _node_findings(section, f"report.sections[{at}]")
    children = [child for section in sections for child in section.children]
    directions = {
        kind: [(child.mark, child.heading) for child in children if isinstance(child, kind)]
        for kind in (Pillar, ActionArea)
    }
    if directions[Pillar] != directions[ActionArea]:
        found.append(_finding("counterpart", "pillars and action areas differ in number or heading", "report.sections"))
    if layers is not None:
        found += _layer_findings(layers, _texts(sections))
    return tuple(found)


def place_findings(place: Place) -> tuple[Finding, ...]:
    """
    Return everything that keeps a place from being a sound part of some report; ``()`` if nothing does.

    >>> from asean_japan import load
    >>> place_findings(load()["III.2.4"])
    ()
    """
    return tuple(_wrong(place, _expected(Place), "place")) or place_rule_findings(place)


def place_rule_findings(place: Place) -> tuple[Finding, ...]:
    """
    Return what `place_findings` does for a place whose fields have the right types.

    >>> from asean_japan import load
    >>> place_rule_findings(load()["III.2.4"])
    ()
    """
    if isinstance(place, Claim):
        return tuple(_claim_findings(place, "place"))
    return tuple(_node_findings(place.node, "place"))


def overlay_findings(overlay: Overlay, sections: Sequence[Node] | None = None) -> tuple[Finding, ...]:
    """
    Return everything that keeps an overlay from being added to the report of *sections*; ``()`` if nothing does.

    Without sections, its places are not looked up.

    >>> from asean_japan import load
    >>> overlay_findings(load().overlays["sdg"])
    ()
    """
    return tuple(_wrong(overlay, _expected(Overlay), "overlay")) or overlay_rule_findings(overlay, sections)


def overlay_rule_findings(overlay: Overlay, sections: Sequence[Node] | None = None) -> tuple[Finding, ...]:
    """
    Return what `overlay_findings` does for an overlay whose fields have the right types.

    >>> from asean_japan import load
    >>> overlay_rule_findings(load().overlays["sdg"])
    ()
    """
    texts = None if sections is None else _texts(sections)
    return (*_text_fields(overlay, "overlay"), *_overlay_findings(overlay, texts, "overlay"))


def value_rule_findings(value: object) -> tuple[Finding, ...]:
    """
    Return everything that is wrong with the texts of a value of a layer, by itself; ``()`` if nothing is.

    >>> from asean_japan.model import EntityFact
    >>> fact = EntityFact(field="established", value="", source="a page", read="2026-11")
    >>> [str(finding) for finding in value_rule_findings(fact)]
    ['empty @ value.value']
    """
    return tuple(_text_fields(value, "value"))


# Types.


def type_name(kind: type) -> str:
    """
    Return what a message calls a type.

    >>> type_name(type(None)), type_name(str)
    ('None', 'str')
    """
    return "None" if kind is types.NoneType else kind.__name__


class _Expected(NamedTuple):
    """
    What an annotation says of a value.

    Attributes:
        kinds: The classes of which it can be.
        element: What the annotation of a tuple of any length says of each element; else None.
    """

    kinds: tuple[type, ...]
    element: _Expected | None


def _wrong(value: object, expected: _Expected, path: str) -> Iterator[Finding]:
    """Yield what of a value, at any depth, is of another type than expected."""
    kinds = expected.kinds
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        names = " or ".join(map(type_name, kinds))
        yield _finding("type", f"{type_name(type(value))} where {names} belongs", path)
    elif is_tuple(value):
        if expected.element:
            for at, each in enumerate(value):
                yield from _wrong(each, expected.element, f"{path}[{at}]")
    elif attrs.has(type(value)) and not isinstance(value, Ref | RefRange):
        kind: type = type(value)
        for name, field in _fields(kind).items():
            yield from _wrong(getattr(value, name), field, f"{path}.{name}")


def _expected(annotation: object) -> _Expected:
    arguments = get_args(annotation)
    endless = get_origin(annotation) is tuple and arguments[-1] is Ellipsis
    return _Expected(_kinds(annotation), _expected(arguments[0]) if endless else None)


def _kinds(annotation: object) -> tuple[type, ...]:
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        return tuple(kind for each in get_args(annotation) for kind in _kinds(each))
    if isinstance(origin, type):
        return (origin,)
    return (annotation,) if isinstance(annotation, type) else (str,)  # What is not a class is a Literal of texts.


@functools.cache
def _fields(kind: type) -> dict[str, _Expected]:
    """Return what is expected of each field of a class; of a kind of node those of `Node`."""
    owner = next(each for each in kind.__mro__ if "__attrs_attrs__" in each.__dict__)
    hints = get_type_hints(owner)
    return {field.name: _expected(hints[field.name]) for field in attrs.fields(owner)}


# The rules.


def _edition_findings(edition: Edition) -> Iterator[Finding]:
    if edition.schema_version != SCHEMA_VERSION:
        known = f"schema version {edition.schema_version}; this package knows {SCHEMA_VERSION}"
        yield _finding("edition", known, "report.edition.schema_version")
    if not _YEAR_AND_MONTH.fullmatch(edition.date):
        yield _finding("edition", f"not a year and month: {edition.date!r}", "report.edition.date")
    for name in ("data_version", "title", "issuer", "status", "language", "source", "license"):
        yield from _text_findings(getattr(edition, name), f"report.edition.{name}")
    for name in ("title_ja", "source_ja"):
        if (text := getattr(edition, name)) is not None:
            yield from _text_findings(text, f"report.edition.{name}")


def _node_findings(node: Node, path: str) -> Iterator[Finding]:
    if node.kind != _kind(node.ref):
        yield _finding("kind", f"{node.kind} where {_kind(node.ref) or 'nothing'} belongs", path)
    yield from _mark_findings(node, path)
    if node.kind in _HEADED:
        yield from _text_findings(node.heading or "", f"{path}.heading")
    elif node.heading is not None:
        yield _finding("heading", f"a {node.kind} has no heading", f"{path}.heading")
    yield from _text_findings(node.gist, f"{path}.gist")
    if len(node.gist.split()) > _LONGEST_GIST:
        yield _finding("gist", f"more than {_LONGEST_GIST} words", f"{path}.gist")
    if node.gist_ja is not None:
        yield from _text_findings(node.gist_ja, f"{path}.gist_ja")
        if len(node.gist_ja) > _LONGEST_GIST_JA:
            yield _finding("gist", f"more than {_LONGEST_GIST_JA} characters", f"{path}.gist_ja")
    if not (node.heading or node.claims):
        yield _finding("empty", "neither heading nor claim", path)
    yield from _number_findings([*node.claims, *node.children], path, node.ref)
    for at, claim in enumerate(node.claims):
        yield from _claim_findings(claim, f"{path}.claims[{at}]")
    for at, child in enumerate(node.children):
        yield from _node_findings(child, f"{path}.children[{at}]")


def _claim_findings(claim: Claim, path: str) -> Iterator[Finding]:
    if claim.ref.level != "claim":
        yield _finding("kind", f"{claim.ref} is not the address of a claim", f"{path}.ref")
    yield from _text_findings(claim.text, f"{path}.text")


def _kind(ref: Ref) -> Kind | None:
    """Return the kind of the place at an address; None for a claim, and for an address that no report has."""
    if ref.level == "section":
        return "section"
    if ref.level == "paragraph":
        return "paragraph"
    kinds = _KINDS.get(str(ref.section), ())
    return kinds[ref.depth - 2] if ref.depth - 2 < len(kinds) and ref.level != "claim" else None


def _mark_findings(node: Node, path: str) -> Iterator[Finding]:
    if node.mark is None or node.kind == "paragraph":
        if (node.mark is None) != (node.kind == "paragraph"):
            yield _finding("mark", "a mark for a numbered place, and none for a paragraph", f"{path}.mark")
        return
    style = _STYLES.get(node.kind) or ("roman" if node.ref.number else "arabic")
    if (node.mark.text, node.mark.value, node.mark.style) != (_printed(node.ref, style), node.ref.number, style):
        yield _finding("mark", f"does not agree with {node.ref}", f"{path}.mark")


def _printed(ref: Ref, style: MarkStyle) -> str | None:
    """Return the mark of a place as the report prints it."""
    if style == "bullet":
        return None
    if style == "circled":
        return ref.cite().rpartition("-")[2]
    name = ref.parts[-1]
    return f"({name})" if style == "letter" else f"{name}."


def _number_findings(places: Iterable[Claim | Node], path: str, above: Ref | None = None) -> Iterator[Finding]:
    """Require that claims, paragraphs and numbered places are each counted from 1 (sections from 0) without a gap."""
    steps = above.steps if above else ()
    following = {CLAIM: 1, PARAGRAPH: 1, PLACE: 1 if above else 0}
    met: set[Ref] = set()
    for place in places:
        ref = place.ref
        rank, number = ref.steps[-1]
        if ref.steps[:-1] != steps:
            yield _finding("orphan", f"{ref} does not belong under {above or 'the report'}", path)
            continue
        if ref in met:
            yield _finding("duplicate", f"{ref} occurs twice", path)
            continue
        met.add(ref)
        if number != following[rank]:
            yield _finding("gap", f"{ref} where number {following[rank]} belongs", path)
        following[rank] = number + 1


def _text_findings(text: str, path: str, *, ours: bool = True) -> Iterator[Finding]:
    """Yield what is wrong with a text; one that is not *ours* may be in any spelling and in any normal form."""
    if not text:
        yield _finding("empty", "empty", path)
    shown = text if ours else without_joiners(text)
    if text != " ".join(text.split()) or not shown.isprintable():
        yield _finding("text", "stray white space or characters that do not show", path)
    elif ours and normalized("NFC", text) != text:
        yield _finding("text", "not in the normal form NFC", path)


def _lines_findings(text: str, path: str) -> Iterator[Finding]:
    """Yield what is wrong with a code book, a text of several lines, in which spaces may indent."""
    lines = " ".join(text.split("\n"))
    yield from _text_findings(re.sub(" {2,}", " ", lines) if text == text.strip() else text, path, ours=False)


# The rules for the layers.


def _texts(sections: Iterable[Node]) -> dict[Ref, str]:
    """Return the text at each address: that of a claim, the heading of a node, or an empty one."""
    found: dict[Ref, str] = {}
    for node in walk(sections):
        found[node.ref] = node.heading or ""
        found |= {claim.ref: claim.text for claim in node.claims}
    return found


_STATED_OR_BORROWED = (Basis.STATED, Basis.EDITORIAL)
_KEY = re.compile(r"[a-z0-9_-]+")
_OTHERS = {"entity": "the entities", "outcome": "the outcomes"}
_PROPOSALS = ("action_item", "action", "measure", "sub_measure")


def _layer_findings(layers: Layers, texts: dict[Ref, str]) -> Iterator[Finding]:
    path = "report.layers"
    keys = {entity.key for entity in layers.entities}
    known = {outcome.key for outcome in layers.outcomes}
    yield from _text_fields(layers, path)
    yield from _twice([entity.key for entity in layers.entities], f"{path}.entities")
    yield from _twice([outcome.key for outcome in layers.outcomes], f"{path}.outcomes")
    yield from _twice([overlay.key for overlay in layers.overlays], f"{path}.overlays")
    yield from _same([(each.ref, each.start, each.end, each.key) for each in layers.mentions], f"{path}.mentions")
    yield from _same([(each.ref, each.start, each.end, each.edtf) for each in layers.dates], f"{path}.dates")
    yield from _same([(each.ref, each.start, each.end, each.unit) for each in layers.quantities], f"{path}.quantities")
    yield from _same([_ends_of(link) for link in layers.links], f"{path}.links")
    yield from _ancestor_findings(layers.entities, f"{path}.entities")
    for at, entity in enumerate(layers.entities):
        yield from _entity_findings(entity, keys, f"{path}.entities[{at}]")
    yield from _form_findings(layers.other_forms, keys, f"{path}.other_forms")
    for at, mention in enumerate(layers.mentions):
        yield from _unknown([mention.key], keys, f"{path}.mentions[{at}]")
        yield from _spanned_findings(mention, texts, f"{path}.mentions[{at}]")
    for at, date in enumerate(layers.dates):
        yield from _spanned_findings(date, texts, f"{path}.dates[{at}]")
        yield from _date_findings(date.edtf, f"{path}.dates[{at}].edtf")
    for at, quantity in enumerate(layers.quantities):
        yield from _spanned_findings(quantity, texts, f"{path}.quantities[{at}]")
        if not _is_amount(quantity.value):
            expected = f"neither a number nor two of them in order, of at most {LONGEST_NUMBER} characters"
            yield _finding("type", expected, f"{path}.quantities[{at}].value")
    for at, outcome in enumerate(layers.outcomes):
        yield from _outcome_findings(outcome, f"{path}.outcomes[{at}]")
    for at, link in enumerate(layers.links):
        yield from _link_findings(link, texts, f"{path}.links[{at}]")
        yield from _unknown([link.via_key] if link.via_key else [], keys, f"{path}.links[{at}]")
        yield from _unknown([link.outcome_key] if link.outcome_key else [], known, f"{path}.links[{at}]", "outcome")
    for at, overlay in enumerate(layers.overlays):
        yield from _overlay_findings(overlay, texts, f"{path}.overlays[{at}]")


def _text_fields(value: object, path: str) -> Iterator[Finding]:
    """Yield texts that are empty or hold characters that do not show, at any depth; an overlay may be of others."""
    ours = not isinstance(value, Overlay | Code | Assignment)
    for name, held in fields_of(value).items():
        if isinstance(held, str):
            here = f"{path}.{name}"
            yield from _lines_findings(held, here) if name == "book" else _text_findings(held, here, ours=ours)
        elif is_tuple(held):
            for at, each in enumerate(held):
                if isinstance(each, str):
                    yield from _text_findings(each, f"{path}.{name}[{at}]", ours=ours)
                elif attrs.has(type(each)):
                    yield from _text_fields(each, f"{path}.{name}[{at}]")


def _entity_findings(entity: Entity, keys: set[str], path: str) -> Iterator[Finding]:
    yield from _key_findings(entity.key, path)
    if entity.kind not in get_args(EntityKind):
        yield _finding("kind", f"unknown kind of entity: {entity.kind!r}", f"{path}.kind")
    yield from _unknown([key for key in (entity.parent_key, *entity.tie_keys) if key], keys, path)
    for at, fact in enumerate(entity.facts):
        yield from _date_findings(fact.read, f"{path}.facts[{at}].read")


def _form_findings(forms: Sequence[OtherForm], keys: set[str], path: str) -> Iterator[Finding]:
    """Yield forms that are listed twice or name nothing, and homonyms of which nobody learns what they are."""
    yield from _same([(form.key, form.confused_key, comparable(form.form)) for form in forms], path)
    for at, form in enumerate(forms):
        yield from _unknown([key for key in (form.key, form.confused_key) if key], keys, f"{path}[{at}]")
        if form.kind == "homonym" and not (form.meaning or form.confused_key):
            yield _finding("form", "a homonym without what it means or is taken for", f"{path}[{at}]")
        if form.kind == "homonym" and form.safe:
            yield _finding("form", "a homonym is never safe", f"{path}[{at}].safe")
        if form.kind == "form" and form.confused_key:
            yield _finding("form", "a form that is taken for another entity", f"{path}[{at}].confused_key")


def _outcome_findings(outcome: Outcome, path: str) -> Iterator[Finding]:
    yield from _key_findings(outcome.key, path)
    if outcome.kind not in get_args(OutcomeKind):
        yield _finding("kind", f"unknown kind of outcome: {outcome.kind!r}", f"{path}.kind")
    yield from _date_findings(outcome.date, f"{path}.date")
    yield from _date_findings(outcome.read, f"{path}.read")


def _date_findings(text: str, path: str) -> Iterator[Finding]:
    if not is_date(text):
        yield _finding("date", f"not a date in EDTF: {text!r}", path)


def _spanned_findings(value: Spanned, texts: dict[Ref, str], path: str) -> Iterator[Finding]:
    yield from _span_findings(value.ref, value.start, value.end, texts, path)
    if value.basis not in _STATED_OR_BORROWED:
        yield _finding("basis", f"{value.basis.value} where stated or editorial belongs", f"{path}.basis")


def _twice(keys: Sequence[object], path: str) -> Iterator[Finding]:
    yield from (_finding("duplicate", f"{key} occurs twice", path) for key, n in Counter(keys).items() if n > 1)


def _same(values: Iterable[Hashable], path: str) -> Iterator[Finding]:
    """Yield values that occur again, with the position of the first."""
    first: dict[Hashable, int] = {}
    for at, value in enumerate(values):
        if (before := first.setdefault(value, at)) != at:
            yield _finding("duplicate", f"the same as number {before}", f"{path}[{at}]")


def _ends_of(link: Link) -> Hashable:
    """Return what tells a link from others."""
    return link.source_ref, link.target_ref, link.kind, link.start, link.end, link.via_key, link.outcome_key


def _ancestor_findings(entities: Sequence[Entity], path: str) -> Iterator[Finding]:
    """Yield entities that belong to themselves, over any number of others; each is looked at once."""
    parents = {entity.key: entity.parent_key for entity in entities}
    done: set[str] = set()
    circular: set[str] = set()
    for entity in entities:
        chain: dict[str, None] = {}
        key: str | None = entity.key
        while key in parents and key not in done and key not in chain:
            chain[key] = None
            key = parents[key]
        if key in chain:
            circular.update(list(chain)[list(chain).index(key) :])
        done.update(chain)
    for at, entity in enumerate(entities):
        if entity.key in circular:
            yield _finding("circle", f"{entity.key} is its own ancestor", f"{path}[{at}].parent_key")


def _key_findings(key: str, path: str) -> Iterator[Finding]:
    if not _KEY.fullmatch(key):
        yield _finding("key", f"not a key: {key!r}", f"{path}.key")


def _unknown(keys: Iterable[str], known: set[str], path: str, what: str = "entity") -> Iterator[Finding]:
    yield from (_finding("dangling", f"unknown {what}: {key!r}", path) for key in keys if key not in known)


def _nowhere(refs: Iterable[Ref], texts: dict[Ref, str], path: str) -> Iterator[Finding]:
    yield from (_finding("dangling", f"unknown address: {ref}", path) for ref in refs if ref not in texts)


def _span_findings(ref: Ref, start: int, end: int, texts: dict[Ref, str], path: str) -> Iterator[Finding]:
    if ref not in texts:
        yield from _nowhere([ref], texts, path)
    elif not 0 <= start < end <= len(texts[ref]):
        yield _finding("span", f"{start} to {end} is not in the {len(texts[ref])} characters of {ref}", path)


def _is_amount(value: object) -> bool:
    """Return whether a value is a number, or two of them in order, of which none is too long."""
    ends = value if is_tuple(value) else (value, value)
    numbers = [each for each in ends if type(each) is int]
    if not len(numbers) == len(ends) == 2:  # noqa: PLR2004  # A range has two ends.
        return False
    return _LEAST_AMOUNT <= numbers[0] <= numbers[1] <= _LARGEST_AMOUNT


def _link_findings(link: Link, texts: dict[Ref, str], path: str) -> Iterator[Finding]:
    target = link.target_ref
    ends = (target.first, target.last) if target else ()
    yield from _nowhere(dict.fromkeys((link.source_ref, *ends)), texts, path)
    if link.kind not in get_args(LinkKind):
        yield _finding("kind", f"unknown kind of link: {link.kind!r}", f"{path}.kind")
    if link.strength not in (None, *get_args(Strength)):
        yield _finding("kind", f"unknown strength: {link.strength!r}", f"{path}.strength")
    yield from _end_findings(link, path)
    editorial = link.kind in EDITORIAL_KINDS
    if (link.basis, link.strength is not None) != (Basis.EDITORIAL if editorial else Basis.STATED, editorial):
        yield _finding("basis", f"{link.kind} is {'editorial' if editorial else 'stated'}", path)
    if editorial and link.reason is None:
        yield _finding("basis", "an editorial link without a reason", path)
    if (link.start is None) != (link.end is None):
        yield _finding("span", "only one end of a span", path)
    elif link.start is not None and link.end is not None and link.source_ref in texts:
        yield from _span_findings(link.source_ref, link.start, link.end, texts, path)


def _end_findings(link: Link, path: str) -> Iterator[Finding]:
    """Require two ends of the kinds that each kind of link leads from and to."""
    source, target = link.source_ref, link.target_ref
    if (target is None) != (link.outcome_key is not None) or (target is None) != (link.kind == "followed_by"):
        yield _finding("kind", f"{link.kind} leads to {'an outcome' if link.kind == 'followed_by' else 'places'}", path)
    if source == target:
        yield _finding("circle", f"from {source} to itself", path)
    to = _kind(target) if isinstance(target, Ref) else None
    if link.kind == "answers" and (_kind(source) not in _PROPOSALS or to != "challenge"):
        yield _finding("kind", f"not from a proposal to a challenge: {source} to {target}", path)
    if link.kind == "serves" and ((source.level, str(source.section)) != ("claim", "IV") or to not in _PROPOSALS):
        yield _finding("kind", f"not from a claim of section IV to a proposal: {source} to {target}", path)
    if link.kind == "carried_out_by" and (not _is_promise(source) or to not in _PROPOSALS):
        yield _finding("kind", f"not from a claim of a pillar to a proposal: {source} to {target}", path)
    if link.kind == "followed_by" and _kind(source) not in _PROPOSALS:
        yield _finding("kind", f"not from a proposal: {source}", path)


def _is_promise(ref: Ref) -> bool:
    """Return whether an address is that of a claim in the prose of a pillar."""
    return ref.level == "claim" and any(_kind(above) == "pillar" for above in ref.parents)


def _overlay_findings(overlay: Overlay, texts: dict[Ref, str] | None, path: str) -> Iterator[Finding]:
    """Yield what is wrong with an overlay; with its places only if *texts* says which exist."""
    yield from _key_findings(overlay.key, path)
    if overlay.key in _OTHERS:
        yield _finding("key", f"{overlay.key!r} is what a graph calls {_OTHERS[overlay.key]}", f"{path}.key")
    known = {code.code for code in overlay.codes}
    yield from _twice([code.code for code in overlay.codes], f"{path}.codes")
    yield from _twice([assignment.ref for assignment in overlay.assignments], f"{path}.assignments")
    for name in ("units", "inherited_by"):
        unknown = [kind for kind in getattr(overlay, name) if kind not in KINDS]
        yield from (_finding("kind", f"unknown kind of place: {kind!r}", f"{path}.{name}") for kind in unknown)
    for at, assignment in enumerate(overlay.assignments):
        here = f"{path}.assignments[{at}]"
        if texts is not None:
            yield from _nowhere([assignment.ref], texts, here)
        yield from _twice(assignment.codes, here)
        if assignment.ref.level == "claim":
            yield _finding("kind", f"{assignment.ref} is a claim; codes belong to nodes", here)
        if not assignment.codes:
            yield _finding("code", "no code", here)
        unbooked = [code for code in assignment.codes if code not in known]
        yield from (_finding("code", f"not a code of {overlay.key}: {code!r}", here) for code in unbooked)
