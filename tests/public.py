"""
Every public class, function, method and property of the package.

As a script, it evaluates the annotations of them all.
"""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Iterator
from types import ModuleType

import asean_japan

MODULES = (
    "asean_japan",
    *(f"asean_japan.{name}" for name in ("model", "questions", "copies", "serialization", "export", "errors", "refs")),
)


def public_names(module: ModuleType) -> list[str]:
    """Return the names in `__all__`; of a module without one, all that it defines itself."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    public = {name: value for name, value in vars(module).items() if not name.startswith("_")}
    return [name for name, value in public.items() if getattr(value, "__module__", None) == module.__name__]


def callables(*modules: str) -> dict[str, object]:
    """Return the public classes and functions of some modules, and the methods and properties of the classes."""
    found: dict[object, str] = {}
    for module in map(importlib.import_module, modules):
        for name in public_names(module):
            value: object = getattr(module, name)
            if inspect.isclass(value) or inspect.isfunction(value):
                for path, each in ((name, value), *_members(name, value)):
                    found.setdefault(each, f"{module.__name__}.{path}")  # Under the name that comes first.
    return {path: value for value, path in found.items()}


def _members(name: str, cls: object) -> Iterator[tuple[str, object]]:
    """Yield the public methods and properties of a class, inherited ones included."""
    for member in dir(cls) if inspect.isclass(cls) else ():
        value: object = inspect.getattr_static(cls, member, None)
        for inner in ("fget", "__func__"):  # Of a property, and of a class method.
            value = getattr(value, inner, value)
        if inspect.isfunction(value) and not member.startswith("_"):
            yield f"{name}.{member}", value


def evaluate(value: object) -> None:
    """Evaluate the annotations of a class or a function, in both of the usual ways."""
    typing.get_type_hints(value)
    if value is not asean_japan.AseanJapanError:  # Made as `Exception` is, of which Python knows no signature.
        inspect.signature(typing.cast("typing.Any", value), eval_str=True)


if __name__ == "__main__":
    for each in callables(*MODULES).values():
        evaluate(each)
