"""
The report in other formats.

>>> import asean_japan as aj
>>> report = aj.load()
>>> print(aj.export.citation(report, "apa"))  # doctest: +ELLIPSIS
Expert Panel for the 50th Year of ASEAN-Japan Friendship and Cooperation. (2023, February). ...

Functions that return a text take a report or a place, and the options of `asean_japan.export.scope.Scope`; the text is
the same, character for character, wherever it is made. Functions that write files take a report and a path. Each is
fetched when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from asean_japan.lazy import fetcher

if TYPE_CHECKING:
    from asean_japan.export._akn import akn
    from asean_japan.export._citation import citation
    from asean_japan.export._datapackage import datapackage
    from asean_japan.export._graphml import graphml
    from asean_japan.export._html import html
    from asean_japan.export._jsonld import jsonld
    from asean_japan.export._markdown import markdown
    from asean_japan.export._parquet import parquet
    from asean_japan.export._sqlite import sqlite
    from asean_japan.export.columns import Column
    from asean_japan.export.tables import Table, Tables


_FUNCTIONS = ("akn", "citation", "datapackage", "graphml", "html", "jsonld", "markdown", "parquet", "sqlite")


class Format(NamedTuple):
    """
    A format that has a name.

    Attributes:
        function: The name of the function in this package.
        gives: Whether the function returns a text, or writes a file or a folder at a path.
        style: The second argument of the function; None if it takes none.
        options: What it takes: a *place* instead of a report, *depth*, *bases*, *verbatim*.
    """

    function: str
    gives: Literal["text", "path"] = "text"
    style: str | None = None
    options: tuple[str, ...] = ("place", "depth", "bases", "verbatim")


FORMATS: dict[str, Format] = {
    "markdown": Format("markdown"),
    "html": Format("html"),
    "akn": Format("akn"),
    "jsonld": Format("jsonld"),
    "graphml": Format("graphml"),
    "bibtex": Format("citation", style="bibtex", options=("place",)),
    "csl-json": Format("citation", style="csl-json", options=("place",)),
    "ris": Format("citation", style="ris", options=("place",)),
    "apa": Format("citation", style="apa", options=("place",)),
    "chicago": Format("citation", style="chicago", options=("place",)),
    "sqlite": Format("sqlite", "path", options=("bases", "verbatim")),
    "datapackage": Format("datapackage", "path", options=("bases", "verbatim")),
    "parquet": Format("parquet", "path", options=("bases", "verbatim")),
}

__all__ = [
    "FORMATS",
    "Column",
    "Format",
    "Table",
    "Tables",
    "akn",
    "citation",
    "datapackage",
    "graphml",
    "html",
    "jsonld",
    "markdown",
    "parquet",
    "sqlite",
]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.
    __getattr__ = fetcher(
        __name__,
        {  # A module with the name of its function would take the function's place once it is imported.
            **{f"_{name}": name for name in _FUNCTIONS},
            "columns": "Column",
            "tables": "Table Tables",
        },
    )


def __dir__() -> list[str]:
    return __all__
