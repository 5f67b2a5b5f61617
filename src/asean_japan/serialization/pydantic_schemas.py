"""
What pydantic is told when it asks one of our classes: how to take a value, how to return it, and its schema.

Values are read as `loads` reads them, strictly, and written as `dumps` writes them; their schema is that of
`json_schema`. Results are in no file; what they become is told by the types of their fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import GenericAlias, UnionType
from typing import TypeAlias, TypeVar, get_args, get_origin, get_type_hints

import attrs
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema
from pydantic_core.core_schema import CoreSchema

from asean_japan import model
from asean_japan.arguments import is_tuple
from asean_japan.errors import AseanJapanError, DataError
from asean_japan.model.places import Nodes, Place
from asean_japan.pydantic_hooks import PydanticResult, PydanticValue
from asean_japan.refs import Ref
from asean_japan.serialization.structuring import read_value
from asean_japan.serialization.writing import Json, definition, write_value

_V = TypeVar("_V", bound=PydanticValue)
Generate: TypeAlias = Callable[[object], CoreSchema]  # Tells how values of any type are taken and returned.
Describe: TypeAlias = Callable[[CoreSchema], JsonSchemaValue]  # Returns the JSON Schema of such values.


def of_value(cls: type[PydanticValue], /) -> CoreSchema:
    """
    Return how values of a class are taken and returned.

    >>> of_value(Ref)["type"]
    'function-plain'
    """

    def read(value: object) -> object:
        try:
            return read_value(value, cls)
        except AseanJapanError as error:
            raise _refused(str(error), error.misfits if isinstance(error, DataError) else [str(error)]) from error

    return _schema(cls, read, write_value)


def of_result(cls: type[PydanticResult], source: object, shown: tuple[str, ...], generate: Generate, /) -> CoreSchema:
    """
    Return how results of a class are returned.

    >>> from asean_japan.model import Finding
    >>> of_result(Finding, Finding, ("path",), lambda kind: {"type": kind.__name__})["serialization"]["return_schema"]
    {'type': 'typed-dict', 'fields': {'path': {'type': 'typed-dict-field', 'schema': {'type': 'str'}}}, ...}

    Args:
        cls: The class.
        source: The same, or with its parameter, such as ``Nodes[Pillar]``.
        shown: The names of the fields and properties that are returned; ``()`` for all public fields.
        generate: Returns how values of any type are returned.
    """
    if issubclass(cls, tuple):
        return _schema(cls, _refuse(cls), _listed, generate(GenericAlias(tuple, (_member(cls, source), ...))))
    if issubclass(cls, Mapping):
        return _schema(cls, _refuse(cls), _by_text, generate(GenericAlias(dict, (str, _member(cls, source)))))
    names = shown or _public(cls)
    fields = {name: core_schema.typed_dict_field(_shape(_type_shown(cls, name), generate)) for name in names}

    def write(value: object) -> object:
        return {name: _with_addresses(getattr(value, name)) for name in names}

    return _schema(cls, _refuse(cls), write, core_schema.typed_dict_schema(fields, extra_behavior="forbid"))


def _refuse(cls: type[PydanticResult]) -> Callable[[object], object]:
    def refuse(_: object) -> object:
        reason = f"{cls.__name__} is a result, which is returned and never taken"
        raise _refused(reason, [reason])

    return refuse


def _member(cls: type[PydanticResult], source: object) -> object:
    """Return the type of the members of a collection; *source* may name it, else the class does."""
    arguments = get_args(source) or get_args(cls.__dict__["__orig_bases__"][0])
    member = [each for each in arguments if each is not Ellipsis][-1]
    return member.__bound__ if isinstance(member, TypeVar) else member


def _schema(
    cls: type[_V], read: Callable[[object], object], write: Callable[[_V], object], shape: CoreSchema | None = None
) -> CoreSchema:
    """Return what takes a value of a class as it is and anything else by *read*, and returns it by *write*."""

    def take(value: object) -> object:
        return value if isinstance(value, cls) else read(value)

    def give(value: object) -> object:
        if not isinstance(value, cls):  # It may be meant for another member of a union.
            raise PydanticSerializationUnexpectedValue(f"expected {cls.__name__}, not {type(value).__name__}")
        return write(value)

    # As pydantic names a class; but of the collections, one class may have members of several.
    name = None if _is_collection(cls) else f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"
    serialization = core_schema.plain_serializer_function_ser_schema(give, return_schema=shape)
    return core_schema.no_info_plain_validator_function(take, ref=name, serialization=serialization)


def _is_collection(cls: type) -> bool:
    return issubclass(cls, tuple | Mapping)


def _refused(reason: str, misfits: Iterable[str]) -> PydanticCustomError:
    return PydanticCustomError("asean_japan", "{reason}", {"reason": reason, "misfits": [*misfits]})


def _listed(members: Iterable[object]) -> tuple[object, ...]:
    return tuple(members)


def _by_text(members: Mapping[object, object]) -> dict[str, object]:
    return {str(key): member for key, member in members.items()}


def _public(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(cls) if not field.name.startswith("_"))


def _type_shown(cls: type[PydanticResult], name: str) -> object:
    """Return the type of a field or a property."""
    member: object = getattr(cls, name)
    return get_type_hints(member.fget)["return"] if isinstance(member, property) else get_type_hints(cls)[name]


def _shape(kind: object, generate: Generate) -> CoreSchema:
    """Return how values of a type are returned, in which each place is written as its address."""
    if Nodes in {kind, get_origin(kind)}:
        return core_schema.tuple_variable_schema(generate(Ref))
    if _is_place(kind):
        return generate(Ref)
    parts = get_args(kind)
    if isinstance(kind, UnionType):
        return core_schema.union_schema([_shape(part, generate) for part in parts])
    if get_origin(kind) is tuple and parts[-1] is Ellipsis:
        return core_schema.tuple_variable_schema(_shape(parts[0], generate))
    return generate(kind)


def _is_place(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Place)


def _with_addresses(value: object) -> object:
    """Return a value with its address instead of each place."""
    if isinstance(value, Place):
        return value.ref
    return tuple(map(_with_addresses, value)) if is_tuple(value) else value


def described_value(cls: type[PydanticValue], describe: Describe, /) -> dict[str, Json]:
    """
    Return the JSON Schema of values of a class, the one of `json_schema`.

    >>> described_value(Ref, dict)
    {'type': 'string', 'title': 'Ref'}
    """
    return {key: _linked(each, describe) for key, each in definition(cls).items()}


def described_result(cls: type[PydanticResult], schema: JsonSchemaValue, describe: Describe, /) -> JsonSchemaValue:
    """
    Return the JSON Schema of results of a class: of what is returned, with the summary of the class.

    >>> from asean_japan.model import Finding
    >>> described_result(Finding, {"serialization": {"return_schema": {"type": "object"}}}, dict)
    {'type': 'object', 'title': 'Finding', 'description': 'One thing that is wrong with a report or with its data.'}

    Args:
        cls: The class.
        schema: What `of_result` has returned.
        describe: Returns the JSON Schema of what is returned.
    """
    summary = (cls.__doc__ or "").strip().partition("\n")[0]
    return {**describe(schema["serialization"]["return_schema"]), "title": cls.__name__, "description": summary}


def _linked(schema: Json, describe: Describe) -> Json:
    """Return a schema in which every reference into ours leads to where pydantic keeps the one of that class."""
    if isinstance(schema, list):
        return [_linked(each, describe) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" not in schema:
        return {key: _linked(each, describe) for key, each in schema.items()}
    name = str(schema["$ref"]).rpartition("/")[2]
    known: object = getattr(model, name, None)
    if not (isinstance(known, type) and issubclass(known, PydanticValue)):
        return _linked(definition(name), describe)  # Such as one of the marks, which are one class.

    # A list of them: pydantic describes what is inside another schema by itself, and once only.
    described: Json = describe(core_schema.list_schema(TypeAdapter(known).core_schema))["items"]
    return described
