"""
A report, any place of it, or an overlay, read from plain dicts or from JSON.

`loads` is for data from anywhere: all of it is validated, nothing is coerced, and everything that is wrong is told at
once, each with its path.

Only reading needs cattrs, which is imported when something is read for the first time.
"""

from __future__ import annotations

import copy
import functools
import json
import re
from collections import Counter
from collections.abc import Mapping
from types import GenericAlias
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, cast, get_args, get_origin, overload

import attrs

from asean_japan.arguments import require_a
from asean_japan.checking import LONGEST_NUMBER, findings, overlay_findings, place_findings, value_findings
from asean_japan.errors import ArgumentError, DataError, LimitError, RefSyntaxError
from asean_japan.model.basis import Basis
from asean_japan.model.edition import SCHEMA_VERSION, Edition
from asean_japan.model.facts import Amount
from asean_japan.model.kinds import KINDS, Section
from asean_japan.model.layers import Layers
from asean_japan.model.overlays import Overlay
from asean_japan.model.places import Claim, Kind, Mark, Node, Place
from asean_japan.refs import Ref, RefRange
from asean_japan.report import Report
from asean_japan.serialization.writing import LAYERED, VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import cattrs

    _Hook: TypeAlias = Callable[[object, object], object]
    _T = TypeVar("_T", bound=Report | Place | Overlay)

LARGEST_TEXT = 10_000_000
DEEPEST_TEXT = 64
MOST_OBJECTS = 100_000

# A string, closed or not, as a whole, so that nothing in it is looked at twice; or a bracket.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_SPACE = re.compile(r"[ \t\n\r]*")


@attrs.frozen
class _Document:
    """What a file holds."""

    edition: Edition
    sections: tuple[Section, ...]
    layers: Layers = attrs.field(factory=Layers)  # A report that has none has no key for them.


def read_value(data: object, kind: type[object], /) -> object:
    """
    Build any of our values from what `write_value` gives; the value belongs to no report.

    >>> read_value("III.2.4", Ref)
    Ref.parse('III.2.4')

    What depends on a report, such as whether something stands at an address, is seen only with the whole.

    Raises:
        DataError: If something is missing, unknown or of another type; tells all misfits, each with its path.
        LimitError: If the data are nested more deeply, or hold more, than any report.
        RefSyntaxError: If it is no address.
        ArgumentError: If an address is no text, or if no values of *kind* are read.
    """
    if issubclass(kind, Ref | RefRange):
        return kind.parse(cast("str", data))
    if kind not in VALUES:
        return _structured(cast("dict[str, object]", data), kind, _root(kind), "value")
    from cattrs import BaseValidationError

    try:
        _check_nesting(data)
        value: object = _converter().structure(data, kind)
    except (BaseValidationError, _MisfitError) as error:
        raise DataError("value", tuple(_misfits(error, "value"))) from error
    if found := value_findings(value):
        raise DataError("value", tuple(map(str, found)))
    return value


@overload
def loads(text: str | bytes, /) -> Report: ...
@overload
def loads(text: str | bytes, kind: type[_T], /) -> _T: ...
def loads(text: str | bytes, kind: type[object] = Report, /) -> Report | Place | Overlay:
    """
    Read a report, a place or an overlay from JSON; the inverse of `dumps`.

    >>> from asean_japan import load
    >>> from asean_japan import ActionItem
    >>> from asean_japan import loads
    >>> from asean_japan import dumps
    >>> item = load().action_items["III-2-④"]
    >>> loads(dumps(item), ActionItem) == item
    True
    >>> from asean_japan import Overlay
    >>> loads(dumps(load().overlays["sdg"]), Overlay) == load().overlays["sdg"]
    True
    >>> loads("[]")
    Traceback (most recent call last):
    ...
    asean_japan.errors.DataError: invalid data in 'text': expected an object, not list @ report

    Args:
        text: JSON, as text or in UTF-8.
        kind: What is expected: `Report`, `Place` for a place of any kind, `Node`, a kind of node, `Claim`, or
            `Overlay`. A place or an overlay that was read belongs to no report; `Report.with_overlay` lays an overlay,
            and checks that its places exist.

    Raises:
        DataError: If it is no JSON, repeats a key, or holds nothing sound of this kind and schema version; tells all
            misfits.
        LimitError: If it is longer or more deeply nested than any report.
        ArgumentError: If *kind* is none of these.
    """
    require_a("text", text, str, bytes)
    whole = _root(kind)
    if len(text) > LARGEST_TEXT:
        raise LimitError("length of the JSON text", len(text), LARGEST_TEXT)
    try:
        text = text if isinstance(text, str) else text.decode()
        _check_depth(text)
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_constant, parse_int=_int)
    except json.JSONDecodeError as error:
        raise DataError("text", (f"{_stopped(error)} @ {whole}",)) from error
    except UnicodeDecodeError as error:
        raise DataError("text", (f"not UTF-8, stopped at byte {error.start} @ {whole}",)) from error
    try:
        return _structured(data, kind, whole, "text")
    except DataError as error:
        if not (odd := tuple(_odd(data, whole))):  # Nothing odd makes a sound report, so that this is soon enough.
            raise
        raise DataError(error.source, tuple(dict.fromkeys((*odd, *error.misfits)))) from error


def _stopped(error: json.JSONDecodeError) -> str:
    """Where reading stopped; the same on every Python, which differ in where they see a comma too many."""
    text, at = error.doc, error.pos
    if error.msg.startswith("Illegal trailing comma"):
        at = cast("re.Match[str]", _SPACE.match(text, at + 1)).end()
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    there = f"at {text[at : at + 12]!r}" if at < len(text) else "at the end"
    return f"not JSON, stopped {there}, line {line} column {column}"


def _check_depth(text: str) -> None:
    depth = 0
    for token in _TOKEN.findall(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
        if depth > DEEPEST_TEXT:
            raise LimitError("depth of the JSON text", depth, DEEPEST_TEXT)


class _Twice(dict[str, object]):
    """An object that has keys twice."""

    keys_twice: tuple[str, ...] = ()


def _keys_twice(data: object) -> tuple[str, ...]:
    return data.keys_twice if isinstance(data, _Twice) else ()


@attrs.frozen
class _Odd:
    """A value that JSON does not have, or not so long."""

    why: str


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found = _Twice(pairs)
        found.keys_twice = tuple(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
    return found


def _odd(data: object, path: str) -> Iterator[str]:
    """What JSON does not have, wherever it stands."""
    if isinstance(data, _Odd):
        yield f"{data.why} @ {path}"
    elif isinstance(data, list):
        for at, each in enumerate(cast("list[object]", data)):
            yield from _odd(each, f"{path}[{at}]")
    elif isinstance(data, dict):
        fields = cast("dict[str, object]", data)
        yield from (f"key given twice: {key!r} @ {path}" for key in _keys_twice(fields))
        for key, each in fields.items():
            yield from _odd(each, f"{path}.{key}")


def _constant(name: str) -> _Odd:
    return _Odd(f"not a JSON value: {name}")


def _int(digits: str) -> int | _Odd:
    if len(digits) > LONGEST_NUMBER:
        return _Odd(f"a number of {len(digits)} characters, over the limit of {LONGEST_NUMBER}")
    return int(digits)


@overload
def from_dict(data: Mapping[str, object], /) -> Report: ...
@overload
def from_dict(data: Mapping[str, object], kind: type[_T], /) -> _T: ...
def from_dict(data: Mapping[str, object], kind: type[object] = Report, /) -> Report | Place | Overlay:
    """
    Build a report, a place or an overlay from what `to_dict` gives, and validate all of it.

    >>> from asean_japan import load
    >>> from asean_japan import Node
    >>> from asean_japan import from_dict
    >>> from asean_japan import to_dict
    >>> from_dict(to_dict(load())) == load()
    True
    >>> from_dict(to_dict(load()["II.1"]), Node).detached
    True

    Args:
        data: Dicts, lists, texts and numbers.
        kind: What is expected, as for `loads`.

    Raises:
        LimitError: If the data are nested more deeply, or hold more, than any report.
        DataError: If a field is missing, unknown or of another type, or if the whole is nothing sound of this kind;
            tells all misfits, each with its path.
        ArgumentError: If *kind* is none of these.
    """
    return _structured(data, kind, _root(kind), "data")


def _structured(data: Mapping[str, object], kind: type[object], whole: str, source: str) -> Report | Place | Overlay:
    converter = _converter()
    from cattrs import BaseValidationError

    try:
        _check_nesting(data)
        if kind is Report:
            _check_version(data)
            return _sound(converter.structure(data, _Document))
        if kind is Overlay:
            return _sound_overlay(converter.structure(data, Overlay))
        place: Node | Claim = converter.structure(
            data, _place_class(data) if kind is Place else cast("type[Node]", kind)
        )
    except (BaseValidationError, _MisfitError) as error:
        raise DataError(source, tuple(_misfits(error, whole))) from error
    found = [*map(str, place_findings(place))]
    if not isinstance(place, kind):
        found.insert(0, f"{type(place).__name__} where {kind.__name__} belongs @ {whole}")
    if found:
        raise DataError("place", tuple(found))
    return place


def _sound(document: _Document) -> Report:
    """The report, if nothing is wrong with it; its nodes are new, so that nothing is copied."""
    if found := findings(document.edition, document.sections, document.layers):
        raise DataError("report", tuple(map(str, found)))
    return Report.trusted(document.edition, document.sections, document.layers)


def _sound_overlay(overlay: Overlay) -> Overlay:
    """The overlay, if nothing is wrong with it by itself."""
    if found := overlay_findings(overlay):
        raise DataError("overlay", tuple(map(str, found)))
    return overlay


def _edition(data: object) -> dict[str, object]:
    """What a file says of its edition, if it says anything."""
    edition = cast("dict[str, object]", data).get("edition") if isinstance(data, dict) else None
    return cast("dict[str, object]", edition) if isinstance(edition, dict) else {}


def _root(kind: object) -> str:
    """How paths into a value of this kind begin."""
    if kind is Report:
        return "report"
    if kind is Overlay:
        return "overlay"
    if any(kind is known for known in (Place, Node, Claim, *KINDS.values())):
        return "place"
    raise ArgumentError("kind", kind, "Report, Place, Node, a kind of node, Claim, or Overlay")


def _place_class(data: object) -> type[Node | Claim]:
    """Whether a place of any kind is meant to be a node or a claim: only nodes name their kind."""
    return Claim if isinstance(data, dict) and "kind" not in data else Node


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


def _check_version(data: object) -> None:
    """A file of another schema is refused as such, before its fields are."""
    version = _edition(data).get("schema_version")
    if type(version) is int and version != SCHEMA_VERSION:
        shown = version if abs(version) < 10**LONGEST_NUMBER else "too great to be one"
        newer = ": the file is newer, and a newer package reads it" if version > SCHEMA_VERSION else ""
        raise _MisfitError(f"schema version {shown}; this package reads {SCHEMA_VERSION}{newer}")


def _misfits(error: BaseException, path: str) -> Iterator[str]:
    """Everything that is wrong, each with its path, in which fields have the names that a file has for them."""
    from cattrs import ClassValidationError, IterableValidationError

    if isinstance(error, ClassValidationError):
        inside, here = error.group_exceptions()
        for each, note in inside:
            yield from _misfits(each, f"{path}.{note.name}")
    elif isinstance(error, IterableValidationError):
        elements, here = error.group_exceptions()
        for each, place in elements:
            yield from _misfits(each, f"{path}[{place.index}]")
    else:
        yield f"{_worded(error)} @ {path}"
        return
    for each in here:
        yield from _misfits(each, path)


def _worded(error: BaseException) -> str:
    """Our words for what cattrs and our hooks raise."""
    from cattrs import ForbiddenExtraKeysError

    if isinstance(error, KeyError):
        return f"required field missing: {error.args[0]}"
    if isinstance(error, ForbiddenExtraKeysError):
        return f"unknown fields: {', '.join(sorted(map(str, error.extra_fields)))}"
    return str(error)


def _unlike(wanted: str, value: object) -> _MisfitError:
    """What is wrong with a value of another type."""
    return _MisfitError(value.why if isinstance(value, _Odd) else f"expected {wanted}, not {type(value).__name__}")


def _exactly(kind: type, named: str) -> _Hook:
    """A hook that takes only what is of *kind* already."""

    def check(value: object, _: object) -> object:
        if type(value) is not kind:
            raise _unlike(named, value)
        return value

    return check


_text = _exactly(str, "text")
_list = _exactly(list, "a list")


def _object(value: object, _: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _unlike("an object", value)
    return cast("dict[str, object]", value)


def _ref(value: object, _: object) -> Ref:
    text = cast("str", _text(value, str))
    try:
        ref = Ref.parse(text)
    except (RefSyntaxError, LimitError) as error:
        raise _MisfitError(str(error)) from None
    if str(ref) != text:
        raise _MisfitError(f"not in canonical form: {text!r}, which is {ref}")
    return ref


def _ref_or_range(value: object, _: object) -> Ref | RefRange:
    text = cast("str", _text(value, str))
    if "-" not in text:
        return _ref(text, Ref)
    try:
        span = RefRange.parse(text)
    except (RefSyntaxError, LimitError) as error:
        raise _MisfitError(str(error)) from None
    if str(span) != text:
        raise _MisfitError(f"not in canonical form: {text!r}, which is {span}")
    return span


def _basis(value: object, _: object) -> Basis:
    return Basis(_among(value, [basis.value for basis in Basis]))


def _amount(value: object, _: object) -> Amount:
    if type(value) is int:
        return value
    numbers = tuple(cast("list[object]", _list(value, list)))
    if [type(number) for number in numbers] != [int, int]:
        raise _MisfitError("expected a number or a list of two")
    return cast("Amount", numbers)


def _one_of(value: object, kind: object) -> object:
    """For a `Literal`: one of its values."""
    return _among(value, cast("tuple[str, ...]", get_args(kind)))


def _among(value: object, names: Sequence[str]) -> str:
    text = cast("str", _text(value, str))
    if text not in names:
        raise _MisfitError(f"expected one of {', '.join(names)}, not {text!r}")
    return text


def _gatherer() -> Callable[[type, object, Iterable[tuple[str, Exception]], Callable[[], object]], object]:
    """What builds each object; it has what it needs of cattrs at hand."""
    from cattrs import AttributeValidationNote, BaseValidationError, ClassValidationError

    def gathered(
        kind: type, data: object, wrong: Iterable[tuple[str, Exception]], build: Callable[[], object]
    ) -> object:
        """Build an object, if nothing is wrong with it; else tell all that is, also what cattrs does not look at."""
        misfits: list[Exception] = [_MisfitError(f"key given twice: {key!r}") for key in _keys_twice(data)]
        for name, error in wrong:
            error.add_note(AttributeValidationNote("", name, object))
            misfits.append(error)
        try:
            built = build()
        except BaseValidationError as error:
            misfits += error.exceptions
        else:
            if not misfits:
                return built
        raise ClassValidationError("", misfits, kind)  # pyright: ignore[reportCallIssue]  # It has no types here.

    return gathered


@functools.cache  # Two threads may make one each, which are the same to everyone.
def _converter() -> cattrs.Converter:
    """The one converter: strict, and closed."""
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn

    converter = Converter(forbid_extra_keys=True)
    gathered = _gatherer()

    def from_object(kind: type[attrs.AttrsInstance], *optional: str) -> _Hook:
        """Read an object, which has every field but *optional* ones: a file says that there is none, or what it is."""
        structure = cast("_Hook", make_dict_structure_fn(kind, converter))
        defaults = [field.name for field in attrs.fields(kind) if field.default is not attrs.NOTHING]
        needed = [name for name in defaults if name not in optional]

        def build(value: object, _: object) -> object:
            data = _object(value, kind)
            missing = [(name, KeyError(name)) for name in needed if name not in data]
            return gathered(kind, data, missing, lambda: structure(data, kind))

        return build

    def node(value: object, _: object) -> object:
        data = _object(value, Node)
        kind: Kind = "section"  # If none is named, what else is wrong is told all the same.
        wrong: list[tuple[str, Exception]] = [("kind", KeyError("kind"))]
        if "kind" in data:
            try:
                kind, wrong = cast("Kind", _one_of(data["kind"], Kind)), []
            except _MisfitError as error:
                wrong = [("kind", error)]
        fields = copy.copy(data)
        fields.pop("kind", None)
        return gathered(Node, {}, wrong, lambda: nodes[kind](fields, Node))

    def tuple_of(kind: object) -> _Hook:
        items = cast("type[list[object]]", GenericAlias(list, get_args(kind)))
        return lambda value, _: tuple(converter.structure(_list(value, items), items))

    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _exactly(int, "a number"))
    converter.register_structure_hook(bool, _exactly(bool, "true or false"))
    converter.register_structure_hook(Ref, _ref)
    converter.register_structure_hook(Basis, _basis)
    converter.register_structure_hook_func(lambda kind: kind == Ref | RefRange, _ref_or_range)
    converter.register_structure_hook_func(lambda kind: kind == Amount, _amount)
    converter.register_structure_hook_func(_is_literal, _one_of)
    converter.register_structure_hook_factory(_is_tuple, tuple_of)
    converter.register_structure_hook_func(_is_node, node)
    for plain in (Mark, Claim, Edition, Layers, *LAYERED):
        converter.register_structure_hook(plain, from_object(plain))
    converter.register_structure_hook(_Document, from_object(_Document, "layers"))
    nodes: dict[object, _Hook] = {kind: from_object(cls) for kind, cls in KINDS.items()}
    return converter


def _is_literal(kind: object) -> bool:
    return get_origin(kind) is Literal


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _is_node(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Node)
