"""
A report, any place of it, or an overlay, as plain dicts and as JSON, and back.

Each name is fetched when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.lazy import fetcher

if TYPE_CHECKING:
    from asean_japan.serialization.structuring import from_dict, loads
    from asean_japan.serialization.writing import dumps, json_schema, to_dict

__all__ = [
    "dumps",
    "from_dict",
    "json_schema",
    "loads",
    "to_dict",
]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.
    __getattr__ = fetcher(
        __name__,
        {
            "structuring": "from_dict loads",
            "writing": "dumps json_schema to_dict",
        },
    )


def __dir__() -> list[str]:
    return __all__
