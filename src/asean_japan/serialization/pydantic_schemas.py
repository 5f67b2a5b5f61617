"""
What pydantic is told when it asks one of our classes: how to take a value, how to give it, and its schema.

Reading is that of `loads`, strict and closed; writing that of `dumps`; the schema is that of `json_schema`. Of an
answer, which no file has, all three come from the types of its fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import GenericAlias, UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

from asean_japan import model
from asean_japan.errors import AseanJapanError, DataError
from asean_japan.model.places import Nodes, Place
from asean_japan.pydantic_hooks import PydanticResult, PydanticValue
from asean_japan.refs import Ref
from asean_japan.serialization.structuring import read_value
from asean_japan.serialization.writing import definition, write_value

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema: TypeAlias = dict[str, Any]
Handler: TypeAlias = Callable[[Any], Schema]
_Function: TypeAlias = Callable[[Any], object]


def of_value(cls: type[PydanticValue], /) -> Schema:
    """
    Tell how values of a class are taken and given.

    >>> of_value(Ref)["type"]
    'function-plain'
    """

    def read(value: object) -> object:
        try:
            return read_value(value, cls)
        except AseanJapanError as error:
            raise _refused(str(error), error.misfits if isinstance(error, DataError) else [str(error)]) from error

    return _schema(cls, read, write_value)


def of_result(cls: type[PydanticResult], source: object, given: tuple[str, ...], handler: Handler, /) -> Schema:
    """
    Tell how answers of a class are given.

    >>> from asean_japan.model import Finding
    >>> of_result(Finding, Finding, ("path",), lambda kind: {"type": kind.__name__})["serialization"]["return_schema"]
    {'type': 'typed-dict', 'fields': {'path': {'type': 'typed-dict-field', 'schema': {'type': 'str'}}}, ...}

    Args:
        cls: The class.
        source: The same, or with its parameter, such as ``Places[Pillar]``.
        given: The names of the fields and properties that are given; ``()`` for all public fields.
        handler: What tells how values of any type are given.
    """

    def refuse(_: object) -> object:
        reason = f"{cls.__name__} is an answer, which is given and never taken"
        raise _refused(reason, [reason])

    if issubclass(cls, tuple | Mapping):
        base: object = cast("Any", cls).__orig_bases__[0]
        ours = (each for each in get_args(source) or get_args(base) if each is not Ellipsis)
        member = [each.__bound__ if isinstance(each, TypeVar) else each for each in ours][-1]
        if issubclass(cls, tuple):
            return _schema(cls, refuse, tuple, handler(GenericAlias(tuple, (member, ...))))
        return _schema(cls, refuse, _by_text, handler(GenericAlias(dict, (str, member))))
    names = given or _public(cls)
    types = {name: cast("Any", handler(_type_given(cls, name))) for name in names}
    fields = {name: core_schema.typed_dict_field(kind) for name, kind in types.items()}

    def write(value: object) -> object:
        return {name: _with_addresses(getattr(value, name)) for name in names}

    return _schema(cls, refuse, write, cast("Schema", core_schema.typed_dict_schema(fields, extra_behavior="forbid")))


def _schema(cls: type[PydanticValue], read: _Function, write: _Function, shape: Schema | None = None) -> Schema:
    """What takes a value of a class as it is and anything else by *read*, and gives it by *write*, in some shape."""

    def take(value: object) -> object:
        return value if isinstance(value, cls) else read(value)

    def give(value: object) -> object:
        if not isinstance(value, cls):  # It may be meant for another member of a union.
            raise PydanticSerializationUnexpectedValue(f"expected {cls.__name__}, not {type(value).__name__}")
        return write(value)

    # As pydantic names a class; but of the collections, one class may have members of several.
    name = None if issubclass(cls, tuple | Mapping) else f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"
    serialization = core_schema.plain_serializer_function_ser_schema(give, return_schema=cast("Any", shape))
    return cast("Schema", core_schema.no_info_plain_validator_function(take, ref=name, serialization=serialization))


def _refused(reason: str, misfits: Iterable[str]) -> PydanticCustomError:
    return PydanticCustomError("asean_japan", "{reason}", {"reason": reason, "misfits": [*misfits]})


def _by_text(members: Mapping[object, object]) -> dict[str, object]:
    return {str(key): member for key, member in members.items()}


def _public(cls: type[PydanticResult]) -> list[str]:
    names = attrs.fields_dict(cast("type[attrs.AttrsInstance]", cls))
    return [name for name in names if not name.startswith("_")]


def _type_given(cls: type[PydanticResult], name: str) -> object:
    """As what type a field or a property is given."""
    member: object = getattr(cls, name)
    if isinstance(member, property):
        return _type_with_addresses(get_type_hints(member.fget)["return"])
    return _type_with_addresses(get_type_hints(cls)[name])


def _type_with_addresses(kind: object) -> object:
    """A type in which an address stands for each place."""
    if Nodes in {kind, get_origin(kind)}:
        return GenericAlias(tuple, (Ref, ...))
    if isinstance(kind, type):
        return Ref if issubclass(kind, Place) else cast("object", kind)
    parts = tuple(map(_type_with_addresses, get_args(kind)))
    if get_origin(kind) is tuple:
        return GenericAlias(tuple, parts)
    return cast("Any", Union)[parts] if isinstance(kind, UnionType) else kind


def _with_addresses(value: object) -> object:
    """A value in which its address stands for each place."""
    if isinstance(value, Place):
        return value.ref
    return tuple(map(_with_addresses, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else value


def described_value(cls: type[PydanticValue], handler: Handler, /) -> Schema:
    """
    Give the JSON Schema of values of a class, the one of `json_schema`.

    >>> described_value(Ref, dict)
    {'type': 'string', 'title': 'Ref'}
    """
    return cast("Schema", _linked(definition(cls), handler))


def described_result(cls: type[PydanticResult], schema: Schema, handler: Handler, /) -> Schema:
    """
    Give the JSON Schema of answers of a class: of what is given, with the summary of the class.

    >>> from asean_japan.model import Finding
    >>> described_result(Finding, {"serialization": {"return_schema": {"type": "object"}}}, dict)
    {'type': 'object', 'title': 'Finding', 'description': 'One thing that is wrong with a report or with its data.'}

    Args:
        cls: The class.
        schema: What `of_result` has told.
        handler: What describes what is given.
    """
    summary = (cls.__doc__ or "").strip().partition("\n")[0]
    return {**handler(schema["serialization"]["return_schema"]), "title": cls.__name__, "description": summary}


def _linked(schema: object, handler: Handler) -> object:
    """A schema in which every reference into ours leads to where pydantic keeps the one of that class."""
    if isinstance(schema, list):
        return [_linked(each, handler) for each in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    items = cast("dict[str, object]", schema)
    if "$ref" not in items:
        return {key: _linked(each, handler) for key, each in items.items()}
    name = str(items["$ref"]).rpartition("/")[2]
    known: object = getattr(model, name, None)
    if not (isinstance(known, type) and issubclass(known, PydanticValue)):
        return _linked(definition(name), handler)  # Such as one of the marks, which are one class.

    # A list of them, since pydantic describes by itself, and once only, what stands inside another schema.
    return handler(core_schema.list_schema(TypeAdapter(known).core_schema))["items"]
