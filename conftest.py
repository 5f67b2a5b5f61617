"""Runs the Python examples of README.md and of the pages in docs/ as tests."""

import contextlib
import doctest
import importlib.util
import tempfile
from pathlib import Path
from typing import Any

from sybil import Sybil
from sybil.parsers.markdown import ClearNamespaceParser, PythonCodeBlockParser, SkipParser


def without(module: str) -> bool:
    """Tell a page's `<!-- skip: ... if(without("polars"), reason="...") -->` whether a program is missing here."""
    return importlib.util.find_spec(module) is None


def enter_folder(namespace: dict[str, Any]) -> None:
    """Let the examples of a page write their files into a folder of their own, and ask what is installed."""
    stack = contextlib.ExitStack()
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    stack.enter_context(contextlib.chdir(folder))
    namespace[f"_{__name__}"] = stack
    namespace[without.__name__] = without


def leave_folder(namespace: dict[str, Any]) -> None:
    """Remove that folder."""
    namespace.pop(f"_{__name__}").close()


class Pages(Sybil):
    """The pages that are the project's own."""

    def should_parse(self, path: Path) -> bool:
        """Tell README.md beside this file, and the pages below docs/, from any other."""
        inside = path.relative_to(self.path).parts if path.is_relative_to(self.path) else ()
        return inside == ("README.md",) or (inside[:1] == ("docs",) and path.suffix == ".md")


pytest_collect_file = Pages(
    parsers=[PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS), SkipParser(), ClearNamespaceParser()],
    path=str(Path(__file__).parent),
    setup=enter_folder,
    teardown=leave_folder,
).pytest()
