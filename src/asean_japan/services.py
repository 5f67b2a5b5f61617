"""
What lets pydantic, and so FastAPI, take our values and give them.

The values know nothing of pydantic: it asks them, by two methods that it looks for, and only then is it imported, and
what knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from asean_japan.schemas import Handler, Schema


class Served:
    """
    A value that a pydantic model, and so a FastAPI route, can take and give.

    >>> from asean_japan import Ref, load
    >>> from pydantic import TypeAdapter
    >>> TypeAdapter(Ref).dump_python(load()["III.2.4"].ref)
    'III.2.4'

    A report, a place, an address and a value of a layer are taken as `dumps` writes them; a place or a value that was
    taken belongs to no report. What is only given is an `Answer`.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any, /) -> Schema:  # noqa: ANN401
        from asean_japan.schemas import of_value

        return of_value(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Schema, handler: Handler, /) -> Schema:
        from asean_japan.schemas import described_value

        return described_value(cls, handler)


class Answer(Served):
    """
    A value that a pydantic model, and so a FastAPI route, can give, and none can take.

    >>> from asean_japan import Hits, load
    >>> from pydantic import TypeAdapter
    >>> hits = load().search("rice reserve", limit=1)
    >>> TypeAdapter(Hits).dump_python(hits)[0]["place"]
    'III.2.4.5.b'

    A collection is given as a list or an object of its members, whole. Any other answer is an object of its fields, in
    which the address stands for a place.
    """

    __slots__ = ()
    _given: ClassVar[tuple[str, ...]] = ()  # The fields and properties that are given; () for all public fields.

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any, /) -> Schema:  # noqa: ANN401
        from asean_japan.schemas import of_answer

        return of_answer(cls, source, cls._given, handler.generate_schema)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Schema, handler: Handler, /) -> Schema:
        from asean_japan.schemas import described_answer

        return described_answer(cls, schema, handler)
