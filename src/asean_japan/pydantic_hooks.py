"""
Two mixins that let pydantic, and so FastAPI, take our values and return them.

The values know nothing of pydantic: it calls two methods that it looks for. Only then are pydantic, and the module that
knows it, imported.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


class _Generator(Protocol):
    """What pydantic hands to a class that it asks for its schema."""

    def generate_schema(self, source: object, /) -> object:
        """Return the schema of any type."""
        ...


def _schemas() -> ModuleType:
    """Return the module that knows pydantic, by name: it imports the values, which import this module."""
    return importlib.import_module("asean_japan.serialization.pydantic_schemas")


class TakenAsText:
    """
    What is noted on the type of a parameter that takes a text, or one of our values in its place.

    >>> from asean_japan.model import Address
    >>> from pydantic import TypeAdapter
    >>> TypeAdapter(Address).json_schema()
    {'type': 'string'}

    A service or a language model only ever has the text, so that this is all it is told.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, describe: Callable[[dict[str, str]], object], /) -> object:
        return describe({"type": "str"})


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
    if TYPE_CHECKING:  # Not at run time, where what reads annotations would take it for a field.
        _shown: ClassVar[tuple[str, ...]]
    _shown = ()  # The fields and properties that are returned; () for all public fields.

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: _Generator, /) -> object:
        return _schemas().of_result(cls, source, cls._shown, handler.generate_schema)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object, /) -> object:
        return _schemas().described_result(cls, schema, handler)
