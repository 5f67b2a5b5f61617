"""Whether values make a sound report: every rule, every finding, each with its path."""

from __future__ import annotations

import re
from collections import Counter
from types import NoneType
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

import attrs

from asean_japan.crossref import LinkKind, Strength
from asean_japan.entities import EntityKind
from asean_japan.folding import normalized
from asean_japan.members import is_date
from asean_japan.model import KINDS, ActionArea, Basis, Claim, Edition, Mark, Node, Pillar, Place, walk
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Ref, RefRange
from asean_japan.services import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from asean_japan.crossref import Link
    from asean_japan.layers import Layers
    from asean_japan.model import Kind, MarkStyle
    from asean_japan.overlays import Overlay

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
    "dangling",
    "span",
    "basis",
    "date",
    "code",
    "key",
    "digest",
]

SCHEMA_VERSION = 2
LONGEST_NUMBER = 18  # Characters; what is written has to be read again, by programs in other languages, too.

# What a field is called in a file, and in a path, where that is not its own name; by the name of the class.
RENAMED: dict[str, dict[str, str]] = {
    "Entity": {"parent_key": "parent", "tie_keys": "ties"},
    "Mention": {"ref": "place", "key": "entity"},
    "DatedFact": {"ref": "place"},
    "Quantity": {"ref": "place"},
    "Link": {"source_ref": "source", "target_ref": "target"},
    "Assignment": {"ref": "place"},
}

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
class Finding(Answer):
    """
    One thing that is wrong with a report or with its data.

    >>> print(Finding("gap", "I.1.3 where number 2 belongs", "report.sections[1].children[0]"))
    I.1.3 where number 2 belongs @ report.sections[1].children[0]

    Attributes:
        kind: What sort of fault it is:
            ``type`` a value of another type than its field has;
            ``edition`` a schema version or a date that does not fit;
            ``kind`` a place of another kind than its address says, or a link that leads to such a place;
            ``mark`` a mark that does not fit its style or its address;
            ``heading`` one that is missing, or that stands where there is none;
            ``gist`` a label of too many words;
            ``empty`` a text, or a place, that says nothing;
            ``text`` stray white space or characters that do not show;
            ``gap`` a number that is left out, or out of turn;
            ``duplicate`` an address, a key or a code that stands twice;
            ``orphan`` a place or a claim that stands under another place than its address says;
            ``counterpart`` a pillar without its action area, or the other way round;
            ``dangling`` an address at which nothing stands, or a key that nothing has;
            ``span`` offsets that do not lie in the text of their place;
            ``basis`` a link or a value that does not say on what it rests;
            ``date`` a text that is no date in EDTF;
            ``code`` a code that its code book does not have, or none at all;
            ``key`` one of other characters than lower-case ASCII letters, digits, hyphens and underscores;
            ``digest`` a bundled file that is not the one described in the manifest.
        message: What is wrong.
        path: Where, from the whole down: ``report.sections[1].children[0].gist``, or a bundled file.
    """

    kind: FindingKind
    message: str
    path: str

    def __str__(self) -> str:
        return f"{self.message} @ {self.path}"


def findings(edition: Edition, sections: Sequence[Node], layers: Layers | None = None) -> tuple[Finding, ...]:
    """
    Everything that keeps *sections* from being a report; ``()`` if nothing does.

    Numbering without gaps, addresses, kinds and marks that agree with it, texts where they belong, one claim for each
    number, gists of at most ten words, a pillar for each action area and the other way round; and layers of which every
    address, key, span and code leads where it says.

    >>> from asean_japan import load
    >>> findings(load().edition, [])
    (Finding(kind='gap', message='sections are not 0, I, II, III, IV', path='report.sections'),)
    """
    if found := [*_wrong_types(edition, sections), *_wrong_types_of_layers(layers)]:
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
    if layers is not None:
        found += _layer_findings(layers, _texts(sections))
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


def overlay_findings(overlay: Overlay, sections: Sequence[Node] | None = None) -> tuple[Finding, ...]:
    """
    Everything that keeps an overlay from being laid over the report of *sections*; ``()`` if nothing does.

    Without them, whether its places exist is not asked.

    >>> from asean_japan import load
    >>> overlay_findings(load().overlays["sdg"])
    ()
    """
    if found := [*_wrong_fields(overlay, "overlay"), *_wrong_elements(overlay, "overlay")]:
        return tuple(found)
    texts = None if sections is None else _texts(sections)
    return (*_text_fields(overlay, "overlay"), *_overlay_findings(overlay, texts, "overlay"))


def value_findings(value: object) -> tuple[Finding, ...]:
    """
    Everything that is wrong with the texts of a value of a layer, by itself; ``()`` if nothing is.

    >>> from asean_japan import Fact
    >>> [str(finding) for finding in value_findings(Fact("established", "", "a page"))]
    ['empty @ value.value']
    """
    return tuple(_text_fields(value, "value"))


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
    "schema_version": (int,),
    **dict.fromkeys(
        ("forms", "demonyms", "tie_keys", "facts", "codes", "units", "inherited_by", "assignments"), (tuple,)
    ),
    **dict.fromkeys(("acronym", "country", "parent_key", "note", "via", "strength"), (str, NoneType)),
    **dict.fromkeys(("label", "definition", "uri", "credits"), (str, NoneType)),
    **dict.fromkeys(("proposed", "named"), (bool,)),
    **dict.fromkeys(("start", "end"), (int,)),
    "source_ref": (Ref,),
    "target_ref": (Ref, RefRange),
    "basis": (Basis,),
}

# The same, where the class decides.
_TYPES_OF: dict[tuple[str, str], tuple[type, ...]] = {
    ("Mark", "text"): (str, NoneType),
    ("Mark", "value"): (int,),
    ("Quantity", "value"): (int, tuple),
    ("Link", "reason"): (str, NoneType),
    ("Link", "start"): (int, NoneType),
    ("Link", "end"): (int, NoneType),
    ("Overlay", "source"): (str, NoneType),
}


def _wrong_fields(value: object, path: str) -> Iterator[Finding]:
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        held: object = getattr(value, field.name)
        wanted = _TYPES_OF.get((type(value).__name__, field.name)) or _TYPES.get(field.name, (str,))
        if not isinstance(held, wanted) or (isinstance(held, bool) and bool not in wanted):
            belongs = " or ".join(kind.__name__ for kind in wanted)
            yield Finding("type", f"{_named(held)} where {belongs} belongs", _below(path, value, field.name))


def _below(path: str, value: object, field: str) -> str:
    """The path of a field, which has the name that it has in a file."""
    return f"{path}.{RENAMED.get(_named(value), {}).get(field, field)}"


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
    if text != " ".join(text.split()) or not text.isprintable() or normalized("NFC", text) != text:
        yield Finding("text", "stray white space or characters that do not show", path)


# The layers.

# The classes of what tuples hold, by the field that holds them; other tuples hold texts.
_ELEMENTS: dict[str, str] = {
    "entities": "Entity",
    "mentions": "Mention",
    "dates": "DatedFact",
    "quantities": "Quantity",
    "links": "Link",
    "overlays": "Overlay",
    "facts": "Fact",
    "assignments": "Assignment",
}


def _wrong_types_of_layers(layers: Layers | None) -> Iterator[Finding]:
    if layers is not None:
        if _named(layers) != "Layers":
            yield Finding("type", f"{_named(layers)} where Layers belong", "report.layers")
        else:
            yield from _wrong_elements(layers, "report.layers")


def _wrong_elements(value: object, path: str) -> Iterator[Finding]:
    """Values of another type in the tuples of *value*, at any depth."""
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        held: object = getattr(value, field.name)
        if not isinstance(held, tuple) or (_named(value), field.name) == ("Quantity", "value"):
            continue
        elements = cast("tuple[object, ...]", held)
        wanted = "Code" if (_named(value), field.name) == ("Overlay", "codes") else _ELEMENTS.get(field.name, "str")
        for at, element in enumerate(elements):
            here = f"{_below(path, value, field.name)}[{at}]"
            if _named(element) != wanted:
                yield Finding("type", f"{_named(element)} where a {wanted} belongs", here)
            elif wanted != "str":
                yield from _wrong_fields(element, here)
                yield from _wrong_elements(element, here)


def _texts(sections: Iterable[Node]) -> dict[Ref, str]:
    """The text of each address: that of a claim, the heading of a node, or nothing."""
    found: dict[Ref, str] = {}
    for node in walk(sections):
        found[node.ref] = node.heading or ""
        found |= {claim.ref: claim.text for claim in node.claims}
    return found


_STATED_OR_BORROWED = (Basis.STATED, Basis.EDITORIAL)


_KEY = re.compile(r"[a-z0-9_-]+")
_PROPOSALS = ("action_item", "action", "measure", "sub_measure")


def _layer_findings(layers: Layers, texts: dict[Ref, str]) -> Iterator[Finding]:
    yield from _text_fields(layers, "report.layers")
    entities = {entity.key for entity in layers.entities}
    yield from _twice([entity.key for entity in layers.entities], "report.layers.entities")
    yield from _twice([overlay.key for overlay in layers.overlays], "report.layers.overlays")
    for at, entity in enumerate(layers.entities):
        yield from _key_findings(entity.key, f"report.layers.entities[{at}]")
        if entity.kind not in get_args(EntityKind):
            yield Finding("kind", f"no kind of entity: {entity.kind!r}", f"report.layers.entities[{at}].kind")
        keys = [*([entity.parent_key] if entity.parent_key else []), *entity.tie_keys]
        yield from _unknown(keys, entities, f"report.layers.entities[{at}]")
    for at, mention in enumerate(layers.mentions):
        path = f"report.layers.mentions[{at}]"
        yield from _unknown([mention.key], entities, path)
        yield from _span_findings(mention.ref, mention.start, mention.end, texts, path)
        yield from _basis_findings(mention.basis, path)
    for at, date in enumerate(layers.dates):
        path = f"report.layers.dates[{at}]"
        yield from _span_findings(date.ref, date.start, date.end, texts, path)
        yield from _basis_findings(date.basis, path)
        if not is_date(date.edtf):
            yield Finding("date", f"no date in EDTF: {date.edtf!r}", f"{path}.edtf")
    for at, quantity in enumerate(layers.quantities):
        path = f"report.layers.quantities[{at}]"
        yield from _span_findings(quantity.ref, quantity.start, quantity.end, texts, path)
        yield from _basis_findings(quantity.basis, path)
        if not _is_amount(quantity.value):
            wanted = f"neither a number nor two of them in order, of at most {LONGEST_NUMBER} characters"
            yield Finding("type", wanted, f"{path}.value")
    for at, link in enumerate(layers.links):
        yield from _link_findings(link, texts, entities, f"report.layers.links[{at}]")
    for at, overlay in enumerate(layers.overlays):
        yield from _overlay_findings(overlay, texts, f"report.layers.overlays[{at}]")


def _text_fields(value: object, path: str) -> Iterator[Finding]:
    """Texts that are empty or hold what does not show, at any depth."""
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        held: object = getattr(value, field.name)
        here = _below(path, value, field.name)
        if isinstance(held, str):
            yield from _text_findings(held, here)
        elif isinstance(held, tuple):
            for at, each in enumerate(cast("tuple[object, ...]", held)):
                if isinstance(each, str):
                    yield from _text_findings(each, f"{here}[{at}]")
                elif attrs.has(type(each)):
                    yield from _text_fields(each, f"{here}[{at}]")


def _twice(keys: Sequence[object], path: str) -> Iterator[Finding]:
    yield from (Finding("duplicate", f"{key} stands twice", path) for key, n in Counter(keys).items() if n > 1)


def _key_findings(key: str, path: str) -> Iterator[Finding]:
    if not _KEY.fullmatch(key):
        yield Finding("key", f"no key: {key!r}", f"{path}.key")


def _unknown(keys: Iterable[str], known: set[str], path: str) -> Iterator[Finding]:
    yield from (Finding("dangling", f"there is no entity {key!r}", path) for key in keys if key not in known)


def _nowhere(refs: Iterable[Ref], texts: dict[Ref, str], path: str) -> Iterator[Finding]:
    yield from (Finding("dangling", f"nothing stands at {ref}", path) for ref in refs if ref not in texts)


def _span_findings(ref: Ref, start: int, end: int, texts: dict[Ref, str], path: str) -> Iterator[Finding]:
    if ref not in texts:
        yield from _nowhere([ref], texts, path)
    elif not 0 <= start < end <= len(texts[ref]):
        yield Finding("span", f"{start} to {end} does not lie in the {len(texts[ref])} characters of {ref}", path)


def _basis_findings(basis: Basis, path: str) -> Iterator[Finding]:
    if basis not in _STATED_OR_BORROWED:
        yield Finding("basis", f"{basis.value} where stated or editorial belongs", f"{path}.basis")


def _is_amount(value: object) -> bool:
    numbers = cast("tuple[int, ...]", value if isinstance(value, tuple) else (value, value))
    readable = all(
        type(number) is int and -(10 ** (LONGEST_NUMBER - 1)) < number < 10**LONGEST_NUMBER for number in numbers
    )
    return readable and len(numbers) == 2 and sorted(numbers) == [*numbers]  # noqa: PLR2004 - a range has two ends.


def _link_findings(link: Link, texts: dict[Ref, str], entities: set[str], path: str) -> Iterator[Finding]:
    target = link.target_ref
    ends = [target.first, target.last] if isinstance(target, RefRange) else [target]
    yield from _nowhere([link.source_ref, *ends], texts, path)
    yield from _unknown([link.via] if link.via else [], entities, path)
    if link.kind not in get_args(LinkKind):
        yield Finding("kind", f"no kind of link: {link.kind!r}", f"{path}.kind")
    if link.strength not in (None, *get_args(Strength)):
        yield Finding("kind", f"no strength: {link.strength!r}", f"{path}.strength")
    yield from _end_findings(link, path)
    editorial = link.kind in {"answers", "serves"}
    if (link.basis, link.strength is not None) != (Basis.EDITORIAL if editorial else Basis.STATED, editorial):
        yield Finding("basis", f"{link.kind} is {'our judgement' if editorial else 'stated'}", path)
    if editorial and link.reason is None:
        yield Finding("basis", "a judgement without a reason", path)
    if (link.start is None) != (link.end is None):
        yield Finding("span", "only one end of a span", path)
    elif link.start is not None and link.end is not None and link.source_ref in texts:
        yield from _span_findings(link.source_ref, link.start, link.end, texts, path)


def _end_findings(link: Link, path: str) -> Iterator[Finding]:
    """A proposal answers a challenge, and a claim of section IV serves a proposal."""
    source, target = link.source_ref, link.target_ref
    to = _kind(target) if isinstance(target, Ref) else None
    if link.kind == "answers" and (_kind(source) not in _PROPOSALS or to != "challenge"):
        yield Finding("kind", f"no answer of a proposal to a challenge: {source} to {target}", path)
    if link.kind == "serves" and ((source.level, str(source.section)) != ("claim", "IV") or to not in _PROPOSALS):
        yield Finding("kind", f"no service of a claim of IV to a proposal: {source} to {target}", path)


def _overlay_findings(overlay: Overlay, texts: dict[Ref, str] | None, path: str) -> Iterator[Finding]:
    """Look at an overlay, and at its places if it is known what stands where."""
    yield from _key_findings(overlay.key, path)
    if overlay.key == "entity":
        yield Finding("key", "'entity' is what a graph calls the entities", f"{path}.key")
    known = {code.code for code in overlay.codes}
    yield from _twice([code.code for code in overlay.codes], f"{path}.codes")
    yield from _twice([assignment.ref for assignment in overlay.assignments], f"{path}.assignments")
    for name in ("units", "inherited_by"):
        unknown = [kind for kind in getattr(overlay, name) if kind not in KINDS]
        yield from (Finding("kind", f"no kind of place: {kind!r}", f"{path}.{name}") for kind in unknown)
    for at, assignment in enumerate(overlay.assignments):
        here = f"{path}.assignments[{at}]"
        if texts is not None:
            yield from _nowhere([assignment.ref], texts, here)
        yield from _twice(assignment.codes, here)
        if assignment.ref.level == "claim":
            yield Finding("kind", f"{assignment.ref} is a claim; codes belong to nodes", here)
        if not assignment.codes:
            yield Finding("code", "no code", here)
        unbooked = [code for code in assignment.codes if code not in known]
        yield from (Finding("code", f"no code of {overlay.key}: {code!r}", here) for code in unbooked)
