"""
Build values from plain data: the one converter of cattrs.

Nothing is coerced, no field may be missing or unknown, and all that is wrong is told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from types import GenericAlias
from typing import Literal, TypeAlias, TypeVar, get_args, get_origin

import attrs
from cattrs import (
    BaseConverter,
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn

from asean_japan.checking import type_name
from asean_japan.errors import DataError, LimitError, RefSyntaxError
from asean_japan.model.basis import Basis
from asean_japan.model.edition import Edition
from asean_japan.model.facts import Amount
from asean_japan.model.kinds import KINDS, Section
from asean_japan.model.layers import Layers
from asean_japan.model.places import Claim, Node, Place
from asean_japan.refs import Ref, RefRange
from asean_japan.serialization.parsing import Data, NotJson

_T = TypeVar("_T")
_A = TypeVar("_A", bound=attrs.AttrsInstance)
_R = TypeVar("_R", Ref, RefRange)
_Name = TypeVar("_Name", bound=str)
_Hook: TypeAlias = Callable[[Data, object], _T]  # Takes data and the type that is asked for, as cattrs calls it.


class _MisfitError(ValueError):
    """A value that does not fit; `_misfits` knows its path."""


class _FieldsError(Exception):
    """
    An object with wrong fields.

    Attributes:
        fields: The errors of those that the hooks look at, by name.
        others: The error of those that cattrs looks at; None if it finds nothing wrong.
    """

    def __init__(self, fields: Mapping[str, Exception], others: Exception | None) -> None:
        super().__init__(fields, others)
        self.fields = fields
        self.others = others


@attrs.frozen
class Document:
    """What a file holds."""

    edition: Edition
    sections: tuple[Section, ...]
    layers: Layers = attrs.field(factory=Layers)  # A report that has none has no key for them.


def structured(data: Data, kind: type[_T], source: str, path: str) -> _T:
    """
    Build a value from plain data.

    >>> structured({"ref": "I.1.s1", "text": "A claim."}, Claim, "data", "place")
    Claim(ref=Ref.parse('I.1.s1'), text='A claim.')

    Args:
        data: Dicts, lists, texts and numbers.
        kind: The class of the value.
        source: Where the data are from.
        path: How the path of a misfit begins.

    Raises:
        DataError: If something is missing, unknown or of another type; with all misfits, each with its path.
    """
    try:
        return _CONVERTER.structure(data, kind)
    except (BaseValidationError, _FieldsError, _MisfitError) as error:
        raise DataError(source, tuple(_misfits(error, path))) from error


def _misfits(error: Exception, path: str) -> Iterator[str]:
    """Yield all that is wrong, each with its path."""
    if isinstance(error, _FieldsError):
        for name, each in error.fields.items():
            yield from _misfits(each, f"{path}.{name}")
        if error.others:
            yield from _misfits(error.others, path)
    elif isinstance(error, ClassValidationError):
        inside, here = error.group_exceptions()
        for each, field in inside:
            yield from _misfits(each, f"{path}.{field.name}")
        for each in here:
            yield from _misfits(each, path)
    elif isinstance(error, IterableValidationError):
        for each, item in error.group_exceptions()[0]:
            yield from _misfits(each, f"{path}[{item.index}]")
    else:
        yield f"{_worded(error)} @ {path}"


def _worded(error: Exception) -> str:
    """Return our words for what cattrs and the hooks raise."""
    if isinstance(error, KeyError):
        return f"required field missing: {error.args[0]}"
    if isinstance(error, ForbiddenExtraKeysError):
        return f"unknown fields: {', '.join(sorted(map(str, error.extra_fields)))}"
    return str(error)


def _unlike(expected: str, value: Data) -> _MisfitError:
    """Return the misfit of a value of another type."""
    if isinstance(value, NotJson):
        return _MisfitError(value.why)
    kind = dict if isinstance(value, dict) else type(value)  # The class of repeated keys is ours alone.
    return _MisfitError(f"expected {expected}, not {type_name(kind)}")


# Hooks; each takes only data of its own type.


def _text(value: Data, _: object = None) -> str:
    if type(value) is not str:
        raise _unlike("text", value)
    return value


def _number(value: Data, _: object) -> int:
    if type(value) is not int:
        raise _unlike("a number", value)
    return value


def _truth(value: Data, _: object) -> bool:
    if type(value) is not bool:
        raise _unlike("true or false", value)
    return value


def _list(value: Data) -> list[Data]:
    if type(value) is not list:
        raise _unlike("a list", value)
    return value


def _object(value: Data) -> dict[str, Data]:
    if not isinstance(value, dict):
        raise _unlike("an object", value)
    return value


def _amount(value: Data, _: object) -> Amount:
    if type(value) is int:
        return value
    if not isinstance(value, list):
        raise _unlike("a number or a list of two", value)
    match value:
        case [first, last] if type(first) is int and type(last) is int:
            return first, last
        case _:
            raise _MisfitError("expected a number or a list of two")


def _one_of(value: Data, names: Iterable[_Name]) -> _Name:
    text = _text(value)
    for name in names:
        if name == text:
            return name
    raise _MisfitError(f"expected one of {', '.join(names)}, not {text!r}")


def _literal(value: Data, kind: object) -> object:
    return _one_of(value, get_args(kind))


def _basis(value: Data, _: object) -> Basis:
    return Basis(_one_of(value, [basis.value for basis in Basis]))


def _ref(value: Data, _: object) -> Ref:
    return _canonical(_text(value), Ref.parse)


def _ref_or_range(value: Data, _: object = None) -> Ref | RefRange:
    text = _text(value)
    return _canonical(text, RefRange.parse) if "-" in text else _canonical(text, Ref.parse)


def _ref_or_range_or_none(value: Data, _: object) -> Ref | RefRange | None:
    return None if value is None else _ref_or_range(value)


def _canonical(text: str, parse: Callable[[str], _R]) -> _R:
    try:
        ref = parse(text)
    except (RefSyntaxError, LimitError) as error:
        raise _MisfitError(str(error)) from None
    if str(ref) != text:
        raise _MisfitError(f"not in canonical form: {text!r}, which is {ref}")
    return ref


def _place(value: Data, _: object) -> Place:
    """Build a place of any kind; only a node names its kind."""
    kind = Claim if isinstance(value, dict) and "kind" not in value else Node
    return _CONVERTER.structure(value, kind)


def _node(value: Data, _: object) -> Node:
    """Build a node of the kind that it names."""
    fields = dict(_object(value))
    try:
        kind = _one_of(fields.pop("kind"), KINDS)
    except (KeyError, _MisfitError) as error:  # As if it were a section, to find what else is wrong.
        return _all_told({"kind": error}, lambda: _NODES["section"](fields, Section))
    return _NODES[kind](fields, KINDS[kind])


def _all_told(wrong: Mapping[str, Exception], build: Callable[[], _T]) -> _T:
    """Build an object; if some fields are wrong already, tell these and what else is wrong."""
    if not wrong:
        return build()
    try:
        build()
    except (BaseValidationError, _FieldsError) as error:
        raise _FieldsError(wrong, error) from None
    raise _FieldsError(wrong, None)


# Factories of hooks, and the converter.


def _tuple_hook(kind: object, converter: BaseConverter) -> _Hook[tuple[object, ...]]:
    structure = converter.get_structure_hook(GenericAlias(list, get_args(kind)[:1]))
    return lambda value, _: tuple(structure(_list(value), list))


def _class_hook(cls: type[_A], converter: BaseConverter, optional: Container[str] = ()) -> _Hook[_A]:
    """Return the hook of a class; data have all its fields but *optional* ones, even those with a default."""
    structure = make_dict_structure_fn(cls, converter)
    defaulted = [field.name for field in attrs.fields(cls) if field.default is not attrs.NOTHING]
    needed = [name for name in defaulted if name not in optional]

    def build(value: Data, _: object) -> _A:
        data = _object(value)
        missing = {name: KeyError(name) for name in needed if name not in data}
        return _all_told(missing, lambda: structure(data, cls))

    return build


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _is_literal(kind: object) -> bool:
    return get_origin(kind) is Literal


def _is_node(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Node)


def _new_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)  # Where several hooks take a type, the last one counts.
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_func(_is_literal, _literal)
    converter.register_structure_hook_func(lambda kind: kind == Ref | RefRange, _ref_or_range)
    converter.register_structure_hook_func(lambda kind: kind == Ref | RefRange | None, _ref_or_range_or_none)
    converter.register_structure_hook_func(lambda kind: kind == Amount, _amount)
    converter.register_structure_hook_func(_is_node, _node)
    converter.register_structure_hook_func(lambda kind: kind is Place, _place)
    converter.register_structure_hook(Ref, _ref)
    converter.register_structure_hook(Basis, _basis)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _number)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook(Document, _class_hook(Document, converter, optional=["layers"]))
    return converter


_CONVERTER = _new_converter()
_NODES = {kind: _class_hook(cls, _CONVERTER) for kind, cls in KINDS.items()}
