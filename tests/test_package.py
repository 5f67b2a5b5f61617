"""Tests of the package as it is installed: its public names, what importing it costs, and what lies beside the code."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from importlib import metadata
from types import ModuleType

import importlib_resources
import pytest

import asean_japan
import asean_japan.errors

PACKAGES = [
    importlib.import_module(name)
    for name in (
        "asean_japan",
        *(f"asean_japan.{room}" for room in ("copies", "export", "model", "questions", "serialization")),
    )
]
NAMES = [(package, name) for package in PACKAGES for name in package.__all__]
OTHER_ERRORS = {"DetachedNodeError", "SearchUnavailableError"}  # Public in `asean_japan.errors` only.

DISTRIBUTION = metadata.distribution("asean-japan")

IMPORT_ONLY = """
import sys
before, opened = set(sys.modules), []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import asean_japan
print(*set(sys.modules) - before, *(path for path in opened if path.endswith(".json")), sep="\\n")
"""

IMPORT_AND_LOAD = """
import sys
import attr, attrs, importlib_resources
before = set(sys.modules)
import asean_japan
asean_japan.load()
print(*set(sys.modules) - before, sep="\\n")
"""


def run(code: str) -> set[str]:
    """Run *code* in a fresh process and return the lines that it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    return set(done.stdout.splitlines())


def called(value: object) -> str:
    """Return what a test calls one of its examples."""
    return value.__name__ if isinstance(value, ModuleType) else str(value)


def test_public_names_are_sorted() -> None:
    """The list of public names reads as a table."""
    assert asean_japan.__all__ == sorted(set(asean_japan.__all__))


@pytest.mark.parametrize(("package", "name"), NAMES, ids=called)
def test_public_name_exists(package: ModuleType, name: str) -> None:
    """What is promised can be had."""
    assert getattr(package, name) is not None


@pytest.mark.parametrize("package", PACKAGES, ids=called)
def test_dir_shows_all_public_names(package: ModuleType) -> None:
    """Completion in a notebook offers every public name, once, before its first use."""
    assert set(package.__all__) <= set(dir(package))
    assert len(set(package.__all__)) == len(package.__all__)


@pytest.mark.parametrize("package", PACKAGES, ids=called)
def test_dir_shows_only_public_names(package: ModuleType) -> None:
    """It offers nothing else but modules and what Python adds by itself."""
    others = set(dir(package)) - set(package.__all__)
    names = {name for name in others if not name.startswith("_")}
    assert {name for name in names if f"{package.__name__}.{name}" not in sys.modules} == set()


def test_every_error_is_public() -> None:
    """Whatever is raised can be caught by a public name; two, which are rarely met, by one of `asean_japan.errors`."""
    errors = {
        name
        for name, value in vars(asean_japan.errors).items()
        if inspect.isclass(value) and issubclass(value, asean_japan.AseanJapanError)
    }
    assert errors - set(asean_japan.__all__) == OTHER_ERRORS


@pytest.mark.parametrize("package", PACKAGES, ids=called)
def test_unknown_name_is_refused(package: ModuleType) -> None:
    """A name that does not exist is an ordinary AttributeError that says which, and where."""
    name = "no_such_name"
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute '{name}'"):
        getattr(package, name)


def test_import_brings_nothing_else() -> None:
    """Importing the package alone imports one other module of ours and none of others, and opens no data."""
    found = run(IMPORT_ONLY)
    ours = {name for name in found if name.partition(".")[0] not in sys.stdlib_module_names}
    assert ours == {"asean_japan", "asean_japan.lazy"}
    assert "json" not in found


def test_load_brings_no_other_third_party_module() -> None:
    """Loading needs attrs, importlib_resources and what these bring; cattrs waits for outside data."""
    roots = {name.partition(".")[0] for name in run(IMPORT_AND_LOAD)}
    assert roots - sys.stdlib_module_names - {"attr", "attrs", "importlib_resources"} == {"asean_japan"}


def test_package_is_typed() -> None:
    """Type checkers look for this file in the installed package."""
    assert (importlib_resources.files("asean_japan") / "py.typed").is_file()


def test_version_is_that_of_the_distribution() -> None:
    """The package and its metadata agree on the version."""
    assert asean_japan.__version__ == DISTRIBUTION.version


def test_license_files_are_installed() -> None:
    """The licenses and the notice about the source come with the package."""
    assert DISTRIBUTION.metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert DISTRIBUTION.metadata.get_all("License-File") == ["LICENSE", "LICENSE-DATA", "NOTICE"]
    for name in ("LICENSE", "LICENSE-DATA", "NOTICE"):
        assert DISTRIBUTION.read_text(f"licenses/{name}")
