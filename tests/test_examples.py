"""Tests that the examples in docstrings are there and tell the truth."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import asean_japan
from asean_japan import copies, export, model, questions

MODULES = (
    "asean_japan",
    *(module.name for module in pkgutil.walk_packages(asean_japan.__path__, prefix="asean_japan.")),
)


# Not for users: how a report finds and searches its parts, and what it is bound by.
INNER = {"Engine", "Fingerprint", "Format", "Home", "Index", "IndexedPart", "LayerIndex", "NetworkxGraph"}


def public_objects() -> Iterator[tuple[str, object]]:
    """Yield every public function and class, and the public methods that each class defines, by name."""
    packages = (asean_japan, copies, export, model, questions)
    public = {name: getattr(package, name) for package in packages for name in package.__all__ if name not in INNER}
    for name, value in public.items():
        if inspect.isfunction(value) or inspect.isclass(value):
            yield name, value
        if inspect.isclass(value):
            for attribute, member in vars(value).items():
                function: object = getattr(member, "__func__", member)  # Of a class or static method.
                if inspect.isfunction(function) and not attribute.startswith("_"):
                    yield f"{name}.{attribute}", function


PUBLIC_OBJECTS = dict(public_objects())


@pytest.mark.parametrize("name", MODULES)
def test_every_example_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An example prints what its docstring says; what it writes goes to a folder that is thrown away."""
    monkeypatch.chdir(tmp_path)
    results = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0


@pytest.mark.parametrize("name", PUBLIC_OBJECTS)
def test_every_public_object_has_an_example(name: str) -> None:
    """The docstring of what users call shows how it is called."""
    assert ">>> " in (PUBLIC_OBJECTS[name].__doc__ or "")
