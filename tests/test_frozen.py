"""Tests of the hook for PyInstaller; `tests/hosts/test_frozen.py` builds and runs a frozen program."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import asean_japan

PACKAGE = Path(asean_japan.__file__).parent
ROOT = Path(__file__).parents[1]
HOOK = vars(import_module("asean_japan.__pyinstaller.hook-asean_japan"))


def test_entry_point_names_the_folder_of_the_hook() -> None:
    """PyInstaller finds the hook by the entry point."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["entry-points"]["pyinstaller40"]["hook-dirs"].partition(":")
    (folder,) = getattr(import_module(module), function)()
    assert (Path(folder) / "hook-asean_japan.py").is_file()


def test_hook_has_all_data() -> None:
    """What is not code is in the folder of the data, or is for type checkers."""
    assert HOOK["datas"] == [(str(PACKAGE / "data"), "asean_japan/data")]
    others = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    outside = {path.name for path in others if PACKAGE / "data" not in path.parents}
    assert outside == {"__init__.pyi", "py.typed"}


@pytest.mark.parametrize(
    "name",
    [
        *("asean_japan", "asean_japan.report", "asean_japan.copies", "asean_japan.copies.extraction"),
        *("asean_japan.export._html", "asean_japan.serialization.pydantic_schemas", "asean_japan.commands.main"),
    ],
)
def test_hook_has_modules_that_are_fetched_late(name: str) -> None:
    """Modules that no import statement names are named by the hook."""
    assert name in HOOK["hiddenimports"]
    assert import_module(name).__name__ == name


def test_hook_leaves_out_what_no_program_needs() -> None:
    """Strategies for tests would bring hypothesis, and the hook is of no use in a program."""
    left_out = [name for name in HOOK["hiddenimports"] if "testing" in name or "pyinstaller" in name]
    assert left_out == []
