"""Tests of what importing the package brings in, and a look-up; `tests/test_package.py` has those of loading."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import asean_japan

IMPORT_ONLY = f"""
import sys
sys.path.insert(0, {str(Path(asean_japan.__file__).parents[1])!r})
import asean_japan
print(*sys.modules, sep="\\n")
"""

LOOK_UP = """
import sys
import asean_japan
asean_japan.load()["III.2.4"].gist
print(*sys.modules, sep="\\n")
"""

NEEDED = {  # Of our modules, by a look-up.
    *("asean_japan", "asean_japan.arguments", "asean_japan.bundle", "asean_japan.errors", "asean_japan.lazy"),
    *("asean_japan.loading", "asean_japan.pydantic_hooks", "asean_japan.refs", "asean_japan.report"),
    *("asean_japan.model", "asean_japan.questions", "asean_japan.copies", "asean_japan.export"),  # Which are lazy.
    *(f"asean_japan.model.{name}" for name in ("basis", "display", "edition", "home", "index", "kinds", "places")),
    "asean_japan.questions.places",
}


def modules(code: str, *options: str) -> set[str]:
    """Return the modules that there are after *code* has run in a fresh process."""
    done = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, check=True, encoding="utf-8")
    return set(done.stdout.split())


def test_import_is_free() -> None:
    """Importing the package reads neither attrs nor typing, where no other package of an installation has done so."""
    found = modules(IMPORT_ONLY, "-S")
    assert {name for name in found if name.startswith("asean_japan")} == {"asean_japan", "asean_japan.lazy"}
    assert {"attr", "attrs", "json", "typing"} & found == set()


def test_look_up_brings_what_it_needs() -> None:
    """A look-up imports neither layers, copies nor exports, though annotations name their classes."""
    assert {name for name in modules(LOOK_UP) if name.startswith("asean_japan")} == NEEDED
