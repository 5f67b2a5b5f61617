"""
Two mixins that let pydantic, and so FastAPI, take our values and return them.

The values know nothing of pydantic: it calls two methods that it looks for. Only then are pydantic, and the module that
knows it, imported.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from types import ModuleType


class _Generator(Protocol):
    """What pydantic hands to a class that it asks for its schema."""

    def generate_schema(self, source: object, /) -> object:
        """Return the schema of any type."""
        ...


def _schemas() -> ModuleType:
    """Return the module that knows pydantic, by name: it imports the values, which import this module."""
    return importlib.import_module("asean_japan.serialization.pydantic_schemas")


class PydanticValue:
    """
    A value that a pydantic model, and so a FastAPI route, can take and return.

    >>> from asean_japan import Ref, load
    >>> from pydantic import TypeAdapter
    >>> TypeAdapter(Ref).dump_python(load()["III.2.4"].ref)
    'III.2.4'

    A report, a place, an address and a value of a layer are taken as `dumps` writes them. A place or value that was
    taken is detached. What can only be returned is a `PydanticResult`.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: _Generator, /) -> object:
        return _schemas().of_value(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object, /) -> object:
        return _schemas().described_value(cls, handler)


class PydanticResult(PydanticValue):
    """
    A value that a pydantic model, and so a FastAPI route, can return but not take.

    >>> from asean_japan import load
    >>> from asean_japan.questions import Hits
    >>> from pydantic import TypeAdapter
    >>> hits = load().search("rice reserve", limit=1)
    >>> TypeAdapter(Hits).dump_python(hits)[0]["place"]
    'III.2.4.5.b'

    A collection becomes a list or an object of all its members. Any other result becomes an object of its fields, in
    which a place is written as its address.
    """

    __slots__ = ()
    _shown: ClassVar[tuple[str, ...]] = ()  # The fields and properties that are returned; () for all public fields.

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: _Generator, /) -> object:
        return _schemas().of_result(cls, source, cls._shown, handler.generate_schema)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object, /) -> object:
        return _schemas().described_result(cls, schema, handler)
