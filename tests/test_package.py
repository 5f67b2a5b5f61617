"""Tests of the package as it is installed: its public names, what importing it costs, and what lies beside the code."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import metadata

import importlib_resources
import pytest

import asean_japan
import asean_japan.errors

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


def test_public_names_are_sorted() -> None:
    """The list of public names reads as a table."""
    assert asean_japan.__all__ == sorted(set(asean_japan.__all__))


@pytest.mark.parametrize("name", asean_japan.__all__)
def test_public_name_exists(name: str) -> None:
    """What is promised can be had."""
    assert getattr(asean_japan, name) is not None


def test_dir_shows_all_public_names() -> None:
    """Completion in a notebook offers every public name before its first use."""
    assert set(asean_japan.__all__) <= set(dir(asean_japan))


def test_dir_shows_only_public_names() -> None:
    """It offers nothing else but modules and what Python adds by itself."""
    others = set(dir(asean_japan)) - set(asean_japan.__all__)
    assert {name for name in others if not name.startswith("_") and f"asean_japan.{name}" not in sys.modules} == set()


def test_every_error_is_public() -> None:
    """Whatever is raised can be caught by a public name."""
    errors = {
        name
        for name, value in vars(asean_japan.errors).items()
        if inspect.isclass(value) and issubclass(value, asean_japan.AseanJapanError)
    }
    assert errors <= set(asean_japan.__all__)


def test_unknown_name_is_refused() -> None:
    """A name that does not exist is an ordinary AttributeError that says which."""
    name = "no_such_name"
    with pytest.raises(AttributeError, match=name):
        getattr(asean_japan, name)


def test_import_brings_nothing_else() -> None:
    """Importing the package alone imports no other module of ours or of others, and opens no data."""
    found = run(IMPORT_ONLY)
    assert {name for name in found if name.partition(".")[0] not in sys.stdlib_module_names} == {"asean_japan"}
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


def test_licence_files_are_installed() -> None:
    """The licences and the notice about the source come with the package."""
    assert DISTRIBUTION.metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert DISTRIBUTION.metadata.get_all("License-File") == ["LICENSE", "LICENSE-DATA", "NOTICE"]
    for name in ("LICENSE", "LICENSE-DATA", "NOTICE"):
        assert DISTRIBUTION.read_text(f"licenses/{name}")
