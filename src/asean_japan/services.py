"""
What lets pydantic, and so FastAPI, take our values and give them.

The values know nothing of pydantic: it asks them, by two methods that it looks for, and only then is imported here.
Reading is that of `loads`, strict and closed; writing that of `dumps`; the schema is that of `json_schema`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    _Schema = dict[str, Any]


class Served:
    """
    A value that a pydantic model, and so a FastAPI route, can take and give.

    >>> from asean_japan import Ref, load
    >>> from pydantic import TypeAdapter
    >>> TypeAdapter(Ref).dump_python(load()["III.2.4"].ref)
    'III.2.4'

    A report, a place, an address and a value of a layer are taken as `dumps` writes them; a place or a value that was
    taken belongs to no report. Codings and passages are answers of this package, and only given.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object, /) -> _Schema:
        from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

        from asean_japan.errors import AseanJapanError, DataError
        from asean_japan.serialization import read_value, write_value

        def read(value: object) -> object:
            if isinstance(value, cls):
                return value
            try:
                return read_value(value, cls)
            except AseanJapanError as error:
                misfits = error.misfits if isinstance(error, DataError) else (str(error),)
                context = {"reason": str(error), "misfits": [*misfits]}
                raise PydanticCustomError("asean_japan", "{reason}", context) from error

        def write(value: object) -> object:
            if not isinstance(value, cls):  # It may be meant for another member of a union.
                raise PydanticSerializationUnexpectedValue(f"expected {cls.__name__}, not {type(value).__name__}")
            return write_value(value)

        name = f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"  # As pydantic names a class.
        serialization = core_schema.plain_serializer_function_ser_schema(write)
        schema = core_schema.no_info_plain_validator_function(read, ref=name, serialization=serialization)
        return cast("_Schema", schema)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: object, handler: Callable[[Any], _Schema], /) -> _Schema:
        from asean_japan.serialization import definition

        return cast("_Schema", _linked(definition(cls), handler))


def _linked(schema: object, handler: Callable[[Any], _Schema]) -> object:
    """A schema in which every reference into ours leads to where pydantic keeps the one of that class."""
    if isinstance(schema, list):
        return [_linked(each, handler) for each in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    items = cast("dict[str, object]", schema)
    if "$ref" not in items:
        return {key: _linked(each, handler) for key, each in items.items()}

    import asean_japan
    from asean_japan.serialization import definition

    name = str(items["$ref"]).rpartition("/")[2]
    known: object = getattr(asean_japan, name, None)
    if not (isinstance(known, type) and issubclass(known, Served)):
        return _linked(definition(name), handler)  # Such as one of the marks, which are one class.

    from pydantic import TypeAdapter
    from pydantic_core import core_schema

    # A list of them, since pydantic describes by itself, and once only, what stands inside another schema.
    return handler(core_schema.list_schema(TypeAdapter(known).core_schema))["items"]
