"""
Write a report, any place of it, or an overlay as plain dicts and as JSON.

`dumps` has one form: the same value gives the same bytes, and the bundled file is in that form.
"""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import NotRequired, TypeAlias, TypedDict, cast, overload

import attrs

from asean_japan.arguments import is_tuple, require_a
from asean_japan.bundle import proved
from asean_japan.checking import overlay_findings, place_findings
from asean_japan.errors import DataError
from asean_japan.model.basis import Basis
from asean_japan.model.edition import Edition
from asean_japan.model.entities import Entity, EntityFact
from asean_japan.model.facts import DatedFact, Mention, Quantity
from asean_japan.model.forms import OtherForm
from asean_japan.model.kinds import KINDS
from asean_japan.model.layers import Layers
from asean_japan.model.links import Link
from asean_japan.model.outcomes import Outcome
from asean_japan.model.overlays import Assignment, Code, Overlay
from asean_japan.model.places import Claim, Kind, Mark, MarkStyle, Node, Place
from asean_japan.refs import Ref, RefRange
from asean_japan.report import Report

_SCHEMA = "schema/report.schema.json"

# What can be written and read alone, as places and reports can.
VALUES: tuple[type[attrs.AttrsInstance], ...] = (
    *(Entity, EntityFact, OtherForm, Mention, DatedFact, Quantity, Outcome, Link),
    *(Overlay, Code, Assignment, Layers, Mark, Edition),
)
_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple(attrs.fields_dict(kind)) for kind in VALUES}
_ATOMS = {str, int, bool, type(None)}

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class MarkDict(TypedDict):
    """A `Mark`."""

    text: str | None
    value: int
    style: MarkStyle


class ClaimDict(TypedDict):
    """A `Claim`."""

    ref: str
    text: str


class NodeDict(TypedDict):
    """A `Node`, with everything below it."""

    ref: str
    kind: Kind
    mark: MarkDict | None
    heading: str | None
    gist: str
    gist_ja: str | None
    claims: list[ClaimDict]
    children: list[NodeDict]


class CodeDict(TypedDict):
    """A `Code`."""

    code: str
    label: str | None
    definition: str | None
    uri: str | None


class AssignmentDict(TypedDict):
    """An `Assignment`."""

    ref: str
    codes: list[str]
    reason: str | None


class OverlayDict(TypedDict):
    """An `Overlay`."""

    key: str
    title: str
    description: str | None
    source: str | None
    credits: str | None
    book: str | None
    codes: list[CodeDict]
    units: list[Kind]
    inherited_by: list[Kind]
    assignments: list[AssignmentDict]


class EditionDict(TypedDict):
    """An `Edition`."""

    schema_version: int
    data_version: str
    title: str
    date: str
    issuer: str
    status: str
    language: str
    source: str
    title_ja: str | None
    source_ja: str | None
    license: str


class LayersDict(TypedDict):
    """The `Layers`; each value is an object of its fields."""

    entities: list[dict[str, object]]
    other_forms: list[dict[str, object]]
    mentions: list[dict[str, object]]
    dates: list[dict[str, object]]
    quantities: list[dict[str, object]]
    outcomes: list[dict[str, object]]
    links: list[dict[str, object]]
    overlays: list[OverlayDict]


class ReportDict(TypedDict):
    """A `Report`; one without layers has no key for them."""

    edition: EditionDict
    sections: list[NodeDict]
    layers: NotRequired[LayersDict]


@overload
def to_dict(value: Report, /) -> ReportDict: ...
@overload
def to_dict(value: Node, /) -> NodeDict: ...
@overload
def to_dict(value: Claim, /) -> ClaimDict: ...
@overload
def to_dict(value: Overlay, /) -> OverlayDict: ...
@overload
def to_dict(value: Place, /) -> NodeDict | ClaimDict: ...
def to_dict(value: Report | Place | Overlay, /) -> ReportDict | NodeDict | ClaimDict | OverlayDict:
    """
    Return a report, a place or an overlay as plain dicts, lists, texts and numbers; the inverse of `from_dict`.

    >>> from asean_japan import load, to_dict
    >>> list(to_dict(load()))
    ['edition', 'sections', 'layers']
    >>> to_dict(load().actions["III.2.6.1"])["mark"]
    {'text': None, 'value': 1, 'style': 'bullet'}

    Args:
        value: A report, a place or an overlay; a node is written with everything below it.

    Raises:
        ArgumentError: If *value* has another type.
        DataError: If it is detached and not sound, so nobody could read it.
    """
    require_a("value", value, Report, Node, Claim, Overlay)
    if isinstance(value, Report):
        return _report_dict(value)
    if value.detached:  # What a report holds was checked.
        _refuse_unsound(value)
    if isinstance(value, Overlay):
        return cast("OverlayDict", _as_json(value, {}))
    return _claim_dict(value) if isinstance(value, Claim) else _node_dict(value.node)


def _report_dict(report: Report) -> ReportDict:
    written: dict[str, object] = {
        "edition": _as_json(report.edition, {}),
        "sections": [_node_dict(section) for section in report.place_index().sections],
    }
    if report.layers != Layers():
        written["layers"] = _as_json(report.layers, {})
    return cast("ReportDict", written)


def _refuse_unsound(value: Place | Overlay) -> None:
    """Refuse a value that by itself is not sound."""
    if isinstance(value, Overlay):
        name, found = "overlay", overlay_findings(value)
    else:
        name, found = "place", place_findings(value)
    if found:
        raise DataError(name, tuple(map(str, found)))


def _node_dict(node: Node) -> NodeDict:
    mark = node.mark
    return {
        "ref": str(node.ref),
        "kind": node.kind,
        "mark": {"text": mark.text, "value": mark.value, "style": mark.style} if mark else None,
        "heading": node.heading,
        "gist": node.gist,
        "gist_ja": node.gist_ja,
        "claims": [_claim_dict(claim) for claim in node.claims],
        "children": [_node_dict(child) for child in node.children],
    }


def _claim_dict(claim: Claim) -> ClaimDict:
    return {"ref": str(claim.ref), "text": claim.text}


def _as_json(value: object, written: dict[object, str]) -> object:
    """Return a value of the layers, and all that it holds, as JSON has it; *written* keeps addresses, which recur."""
    if is_tuple(value):
        return [each if type(each) in _ATOMS else _as_json(each, written) for each in value]
    if isinstance(value, Basis):
        return value.value
    names = _FIELDS.get(type(value))
    if names is None:  # An address, or a range of them.
        if value not in written:
            written[value] = str(value)
        return written[value]
    return {name: held if type(held := getattr(value, name)) in _ATOMS else _as_json(held, written) for name in names}


def write_value(value: object, /) -> object:
    """
    Return any value that can be read as JSON has it: an address as a text, another value as an object.

    >>> from asean_japan import load
    >>> write_value(load()["III.2.4"].ref)
    'III.2.4'
    """
    return to_dict(value) if isinstance(value, Report | Place) else _as_json(value, {})


def dumps(value: Report | Place | Overlay, /) -> str:
    """
    Write a report, a place or an overlay as JSON; the inverse of `loads`.

    >>> from asean_japan import dumps, load, loads
    >>> loads(dumps(load())) == load()
    True
    >>> print(dumps(load()["III.2.6.s1"]), end="")
    {
     "ref": "III.2.6.s1",
     "text": "Establishing a new study group to design the shape of cooperation."
    }

    The text has one form: keys in a fixed order, indented by one, not limited to ASCII, with a line end at the end.

    Raises:
        ArgumentError: If *value* has another type.
        DataError: If it is detached and not sound, so nobody could read it.
    """
    return _json(cast("Json", to_dict(value)), "\n") + "\n"


_CONSTANTS: dict[object, str] = {None: "null", True: "true", False: "false"}


def _json(value: Json, margin: str) -> str:
    """Return what `json.dumps` writes with ``indent=1``, which the standard library writes slowly."""
    if isinstance(value, str):
        return encode_basestring(value)
    below = f"{margin} "
    if isinstance(value, dict):
        fields = [f"{encode_basestring(key)}: {_json(held, below)}" for key, held in value.items()]
        return _block("{}", fields, margin)
    if isinstance(value, list):
        return _block("[]", [_json(each, below) for each in value], margin)
    return str(value) if type(value) is int else _CONSTANTS[value]


def _block(brackets: str, items: list[str], margin: str) -> str:
    return f"{brackets[0]}{margin} {f',{margin} '.join(items)}{margin}{brackets[1]}" if items else brackets


def json_schema() -> dict[str, object]:
    """
    Return the JSON Schema (draft 2020-12) of what `to_dict` returns for a report; a new dict each time.

    >>> from asean_japan import json_schema
    >>> schema = json_schema()
    >>> schema["$schema"], schema["$id"]
    ('https://json-schema.org/draft/2020-12/schema', 'urn:uuid:3ea137b4-ef2b-45e8-a1da-42dfd36c9adc')

    The schema is closed: no object may have other properties. A place has the definition of its class under ``$defs``.
    What a schema cannot say, such as numbering without gaps, `loads` checks as well.

    Raises:
        DataError: If the bundled file is not the one that this package was released with.
    """
    schema: dict[str, object] = next(proved(_SCHEMA))
    return schema


_ALTERNATIVES: dict[object, tuple[str, ...]] = {
    Node: tuple(kind.__name__ for kind in KINDS.values()),
    Place: (*(kind.__name__ for kind in KINDS.values()), "Claim"),
    Mark: ("SectionMark", "ArabicMark", "CircledMark", "BulletMark", "LetterMark", "RomanMark"),
}


def definition(kind: type[object] | str, /) -> dict[str, Json]:
    """
    Return the schema of one class, by itself or by its name; references lead to ``$defs`` of `json_schema`.

    >>> definition(Claim)["required"]
    ['ref', 'text']
    """
    if kind is Ref or kind is RefRange:
        return {"type": "string", "title": kind.__name__}
    if kind in _ALTERNATIVES:
        return {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in _ALTERNATIVES[kind]]}
    definitions: dict[str, dict[str, Json]] = next(proved(_SCHEMA))["$defs"]
    return definitions[kind if isinstance(kind, str) else kind.__name__]
