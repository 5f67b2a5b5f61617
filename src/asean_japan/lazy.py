"""Packages whose names are fetched when they are first used, so that importing a package costs nothing."""

from __future__ import annotations

TYPE_CHECKING = False  # As in `typing`, without importing it.
if TYPE_CHECKING:
    from collections.abc import Callable


def fetcher(package: str, modules: dict[str, str]) -> Callable[[str], object]:
    """
    Return the `__getattr__` of a package.

    >>> fetch = fetcher("asean_japan.model", {"basis": "Basis"})
    >>> fetch("Basis")
    <enum 'Basis'>

    Args:
        package: The name of the package.
        modules: For each module of the package the names to fetch from it, with spaces between them; a module without
            names is fetched itself.
    """
    homes = {name: module for module, names in modules.items() for name in (names or module).split()}

    def fetch(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        import importlib
        import sys

        module = importlib.import_module(f"{package}.{homes[name]}")
        value: object = module if not modules[homes[name]] else getattr(module, name)
        setattr(sys.modules[package], name, value)
        return value

    return fetch
