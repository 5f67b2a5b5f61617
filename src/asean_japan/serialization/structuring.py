"""
Read a report, any place of it, or an overlay from plain dicts or from JSON.

`loads` is for data from anywhere: all of it is validated, nothing is coerced, and everything that is wrong is told at
once, each misfit with its path.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar, overload

from asean_japan.arguments import require_a
from asean_japan.checking import (
    LONGEST_NUMBER,
    overlay_rule_findings,
    place_rule_findings,
    rule_findings,
    type_name,
    value_rule_findings,
)
from asean_japan.errors import ArgumentError, DataError
from asean_japan.model.edition import SCHEMA_VERSION
from asean_japan.model.kinds import KINDS
from asean_japan.model.overlays import Overlay
from asean_japan.model.places import Claim, Node, Place
from asean_japan.refs import Ref, RefRange
from asean_japan.report import Report
from asean_japan.serialization.parsing import limited, parsed
from asean_japan.serialization.writing import VALUES

if TYPE_CHECKING:
    from asean_japan.serialization.parsing import Data

_T = TypeVar("_T", bound=Report | Place | Overlay)

# How the paths of misfits begin, for all that `loads` reads.
_ROOTS: dict[object, str] = {
    Report: "report",
    Overlay: "overlay",
    **dict.fromkeys((Place, Node, Claim, *KINDS.values()), "place"),
}


@overload
def loads(text: str | bytes, /) -> Report: ...
@overload
def loads(text: str | bytes, kind: type[_T], /) -> _T: ...
def loads(text: str | bytes, kind: type[object] = Report, /) -> object:
    """
    Read a report, a place or an overlay from JSON; the inverse of `dumps`.

    >>> from asean_japan import ActionItem, Overlay, dumps, load, loads
    >>> item, overlay = load().action_items["III-2-④"], load().overlays["sdg"]
    >>> loads(dumps(item), ActionItem) == item, loads(dumps(overlay), Overlay) == overlay
    (True, True)
    >>> loads("[]")
    Traceback (most recent call last):
    ...
    asean_japan.errors.DataError: ...: expected an object, not list @ report

    Args:
        text: JSON, as text or in UTF-8.
        kind: What is expected: `Report`, `Place` for a place of any kind, `Node`, a kind of node, `Claim`, or
            `Overlay`. A place or an overlay that was read is detached; `Report.with_overlay` adds an overlay to a
            report, and checks that its places exist.

    Raises:
        DataError: If it is not JSON, repeats a key, or is not a sound value of this kind and schema version; tells all
            misfits.
        LimitError: If it is longer or more deeply nested than any report, or holds more.
        ArgumentError: If *kind* is none of these.
    """
    require_a("text", text, str, bytes)
    root = _root(kind)
    data, strays = parsed(text, root)
    try:
        value = _sound(data, kind, "text", root)
    except DataError as error:
        raise DataError(error.source, tuple(dict.fromkeys((*strays, *error.misfits)))) from error
    if strays:  # Such as a key given twice.
        raise DataError("text", strays)
    return value


@overload
def from_dict(data: Mapping[str, object], /) -> Report: ...
@overload
def from_dict(data: Mapping[str, object], kind: type[_T], /) -> _T: ...
def from_dict(data: Mapping[str, object], kind: type[object] = Report, /) -> object:
    """
    Build a report, a place or an overlay from dicts, and validate all of it; the inverse of `to_dict`.

    >>> from asean_japan import Node, from_dict, load, to_dict
    >>> from_dict(to_dict(load())) == load()
    True
    >>> from_dict(to_dict(load()["II.1"]), Node).detached
    True

    Args:
        data: Dicts, lists, texts and numbers, as `to_dict` returns them.
        kind: What is expected, as for `loads`.

    Raises:
        LimitError: If the data are nested more deeply than any report, or hold more.
        DataError: If a field is missing, unknown or of another type, or if the whole is not a sound value of this kind;
            tells all misfits, each with its path.
        ArgumentError: If *kind* is none of these.
    """
    root = _root(kind)
    return _sound(limited(data), kind, "data", root)


def read_value(data: object, kind: type[object], /) -> object:
    """
    Build any of our values from what `write_value` returns; the value is detached.

    >>> read_value("III.2.4", Ref)
    Ref.parse('III.2.4')

    What depends on a report, such as whether an address exists, is seen only with the whole.

    Raises:
        DataError: If something is missing, unknown or of another type; tells all misfits, each with its path.
        LimitError: If the data are nested more deeply than any report, or hold more.
        RefSyntaxError: If a text is not an address.
        ArgumentError: If no values of *kind* are read.
    """
    if issubclass(kind, Ref | RefRange):
        if not isinstance(data, str):
            raise DataError("value", (f"expected text, not {type_name(type(data))} @ value",))
        return kind.parse(data)
    root = "value" if kind in VALUES and kind not in _ROOTS else _root(kind)
    return _sound(limited(data), kind, "value", root)


def _root(kind: object) -> str:
    """Return how the paths of misfits begin; refuse what `loads` does not read."""
    if isinstance(kind, type) and kind in _ROOTS:
        return _ROOTS[kind]
    raise ArgumentError("kind", kind, "Report, Place, Node, a kind of node, Claim, or Overlay")


def _sound(data: Data, kind: type[object], source: str, root: str) -> object:
    """Build a value; refuse it if it breaks a rule. Its types are right, or it could not have been built."""
    from asean_japan.serialization.converter import structured  # Only reading needs cattrs.

    if kind is Report:
        return _sound_report(data, source)
    value = structured(data, kind, source, root)
    if isinstance(value, Place):
        found = [*_other_kind(value, kind), *map(str, place_rule_findings(value))]
    elif isinstance(value, Overlay):
        found = [*map(str, overlay_rule_findings(value))]
    else:
        found = [*map(str, value_rule_findings(value))]
    if found:
        raise DataError(root, tuple(found))
    return value


def _other_kind(place: Place, kind: type[object]) -> list[str]:
    if isinstance(place, kind):
        return []
    return [f"{type(place).__name__} where {kind.__name__} belongs @ place"]


def _sound_report(data: Data, source: str) -> Report:
    """Build a report if it breaks no rule; its nodes and values are new, so none has to be copied."""
    from asean_japan.serialization.converter import Document, structured

    _check_version(data, source)
    document = structured(data, Document, source, "report")
    if found := rule_findings(document.edition, document.sections, document.layers):
        raise DataError("report", tuple(map(str, found)))
    return Report.trusted(document.edition, document.sections, document.layers)


def _check_version(data: Data, source: str) -> None:
    """Refuse a file of another schema as such, before its fields."""
    edition = data.get("edition") if isinstance(data, dict) else None
    version = edition.get("schema_version") if isinstance(edition, dict) else None
    if type(version) is int and version != SCHEMA_VERSION:
        shown = version if abs(version) < 10**LONGEST_NUMBER else "too great to be one"
        newer = ": the file is newer, and a newer package reads it" if version > SCHEMA_VERSION else ""
        misfit = f"schema version {shown}; this package reads {SCHEMA_VERSION}{newer} @ report"
        raise DataError(source, (misfit,))
