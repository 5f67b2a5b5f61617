"""
The report in other formats.

>>> import asean_japan as aj
>>> aj.export.graphml(aj.load())[:38]
'<?xml version="1.0" encoding="UTF-8"?>'

Functions that give a text take a report or a place, and the options of `asean_japan.export.scope.Scope`; the text is
the same, character for character, wherever it is made. Each is fetched when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asean_japan.export._graphml import graphml
    from asean_japan.export._jsonld import jsonld

_HOMES = {  # A module with the name of its function would take the function's place once it is imported.
    "graphml": "_graphml",
    "jsonld": "_jsonld",
}

__all__ = ["graphml", "jsonld"]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        value: object = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
