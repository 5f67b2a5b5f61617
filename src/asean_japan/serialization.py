"""
A report as JSON and back.

`loads` is for data from anywhere: all of it is validated, nothing is coerced, and everything that is wrong is told at
once, each with its path. What `dumps` writes has one form: the same report gives the same bytes, and the bundled file
is in that form.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from types import GenericAlias
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, cast, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn

from asean_japan.checking import SCHEMA_VERSION
from asean_japan.errors import DataError, LimitError, RefSyntaxError, require_a
from asean_japan.model import KINDS, Claim, Edition, Kind, Mark, Node, Section
from asean_japan.refs import Ref
from asean_japan.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    _Hook: TypeAlias = Callable[[object, object], object]

LARGEST_TEXT = 10_000_000
DEEPEST_TEXT = 64
MOST_OBJECTS = 100_000

# A string, closed or not, as a whole, so that nothing in it is looked at twice; or a bracket.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


@attrs.frozen
class _Document:
    """What a file holds."""

    edition: Edition
    sections: tuple[Section, ...]


def to_dict(report: Report, /) -> dict[str, object]:
    """
    Give the report as plain dicts, lists, texts and numbers; the inverse of `from_dict`.

    >>> from asean_japan import load, to_dict
    >>> list(to_dict(load()))
    ['edition', 'sections']
    """
    require_a("report", report, Report)
    return {
        "edition": {field.name: getattr(report.edition, field.name) for field in attrs.fields(Edition)},
        "sections": [_node_to_dict(section) for section in report.sections.values()],
    }


def _node_to_dict(node: Node) -> dict[str, object]:
    ref, mark = str(node.ref), node.mark
    return {
        "ref": ref,
        "kind": node.kind,
        "mark": mark and {"text": mark.text, "value": mark.value, "style": mark.style},
        "heading": node.heading,
        "gist": node.gist,
        "claims": [{"ref": f"{ref}.s{claim.ref.number}", "text": claim.text} for claim in node.claims],
        "children": [_node_to_dict(child) for child in node.children],
    }


def dumps(report: Report, /) -> str:
    """
    Write the report as JSON; the inverse of `loads`.

    >>> from asean_japan import dumps, load, loads
    >>> loads(dumps(load())) == load()
    True
    """
    return json.dumps(to_dict(report), ensure_ascii=False, indent=1) + "\n"


def loads(text: str | bytes, /) -> Report:
    """
    Read a report from JSON; the inverse of `dumps`.

    >>> from asean_japan import loads
    >>> loads("[]")
    Traceback (most recent call last):
    ...
    asean_japan.errors.DataError: 'text' does not fit: expected an object, not list @ report

    Args:
        text: JSON, as text or in UTF-8.

    Raises:
        DataError: If it is no JSON, repeats a key, or holds no sound report of this schema version; tells all misfits.
        LimitError: If it is longer or more deeply nested than any report.
    """
    require_a("text", text, str, bytes)
    if len(text) > LARGEST_TEXT:
        raise LimitError("length of the JSON text", len(text), LARGEST_TEXT)
    try:
        text = text if isinstance(text, str) else text.decode()
        _check_depth(text)
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except ValueError as error:  # Ours, and all that decoding and json raise.
        if isinstance(error, LimitError):
            raise
        raise DataError("text", (f"{error} @ report",)) from error
    return from_dict(data)


def _check_depth(text: str) -> None:
    depth = 0
    for token in _TOKEN.findall(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
        if depth > DEEPEST_TEXT:
            raise LimitError("depth of the JSON text", depth, DEEPEST_TEXT)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = next(name for name in counts if counts[name] > 1)
        raise ValueError(f"key given twice: {twice!r}")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"not a JSON value: {constant}")


def from_dict(data: Mapping[str, object], /) -> Report:
    """
    Build a report from what `to_dict` gives, and validate all of it.

    >>> from asean_japan import from_dict, load, to_dict
    >>> from_dict(to_dict(load())) == load()
    True

    Raises:
        LimitError: If the data are nested more deeply, or hold more, than any report.
        DataError: If a field is missing, unknown or of another type, or if the whole is no sound report; tells all
            misfits, each with its path.
    """
    try:
        _check_nesting(data)
        _check_version(data)
        document = _converter.structure(data, _Document)
    except (cattrs.BaseValidationError, _MisfitError) as error:
        misfits = cattrs.transform_error(error, path="report", format_exception=_worded)
        raise DataError("text", tuple(misfits)) from error
    return Report(document.edition, document.sections)


def _check_nesting(data: object) -> None:
    """Refuse what is nested without end, or what grows without end because it is shared, before anything walks it."""
    todo: list[tuple[object, int]] = [(data, 1)]
    met = 0
    while todo:
        value, depth = todo.pop()
        if not isinstance(value, dict | list):
            continue
        met += 1
        if depth > DEEPEST_TEXT:
            raise LimitError("depth of the data", depth, DEEPEST_TEXT)
        if met > MOST_OBJECTS:
            raise LimitError("number of objects and lists", met, MOST_OBJECTS)
        below = cast("dict[object, object]", value).values() if isinstance(value, dict) else cast("list[object]", value)
        todo += [(each, depth + 1) for each in below]


class _MisfitError(ValueError):
    """A value that does not fit; cattrs adds the path."""


def _check_version(data: Mapping[str, object]) -> None:
    """A file of another schema is refused as such, before its fields are."""
    edition = data.get("edition") if isinstance(data, dict) else None
    version = cast("dict[str, object]", edition).get("schema_version") if isinstance(edition, dict) else None
    if type(version) is int and version != SCHEMA_VERSION:
        shown = version if abs(version) < 10**100 else "too great to be one"
        raise _MisfitError(f"schema version {shown}; this package reads {SCHEMA_VERSION}")


def _worded(error: BaseException, _: type | None) -> str:
    """Our words for what cattrs and our hooks raise."""
    if isinstance(error, KeyError):
        return f"required field missing: {error.args[0]}"
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"unknown fields: {', '.join(sorted(map(str, error.extra_fields)))}"
    return str(error)


def _exactly(kind: type, named: str) -> _Hook:
    """A hook that takes only what is of *kind* already."""

    def check(value: object, _: object) -> object:
        if type(value) is not kind:
            raise _MisfitError(f"expected {named}, not {type(value).__name__}")
        return value

    return check


_text = _exactly(str, "text")
_list = _exactly(list, "a list")
_object = _exactly(dict, "an object")


def _ref(value: object, _: object) -> Ref:
    text = cast("str", _text(value, str))
    try:
        ref = Ref.parse(text)
    except (RefSyntaxError, LimitError) as error:
        raise _MisfitError(str(error)) from None
    if str(ref) != text:
        raise _MisfitError(f"not in canonical form: {text!r}, which is {ref}")
    return ref


def _one_of(value: object, kind: object) -> object:
    """For a `Literal`: one of its values."""
    names = cast("tuple[object, ...]", get_args(kind))
    if value not in names:
        raise _MisfitError(f"expected one of {', '.join(map(str, names))}, not {value!r}")
    return value


def _made_converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)

    def from_object(kind: type) -> _Hook:
        structure = cast("_Hook", make_dict_structure_fn(kind, converter))
        return lambda value, _: structure(_object(value, kind), kind)

    def node(value: object, _: object) -> object:
        fields = dict(cast("dict[str, object]", _object(value, Node)))
        for name in ("kind", "children"):  # The class can do without children; a file says that there are none.
            if name not in fields:
                raise _MisfitError(f"required field missing: {name}")
        return nodes[_one_of(fields.pop("kind"), Kind)](fields, Node)

    def tuple_of(kind: object) -> _Hook:
        items = cast("type[list[object]]", GenericAlias(list, get_args(kind)))
        return lambda value, _: tuple(converter.structure(_list(value, items), items))

    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _exactly(int, "a number"))
    converter.register_structure_hook(Ref, _ref)
    converter.register_structure_hook_func(_is_literal, _one_of)
    converter.register_structure_hook_factory(_is_tuple, tuple_of)
    converter.register_structure_hook_func(_is_node, node)
    for plain in (Mark, Claim, Edition, _Document):
        converter.register_structure_hook(plain, from_object(plain))
    nodes: dict[object, _Hook] = {kind: from_object(cls) for kind, cls in KINDS.items()}
    return converter


def _is_literal(kind: object) -> bool:
    return get_origin(kind) is Literal


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _is_node(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Node)


_converter = _made_converter()
