"""
Where the time of ``import asean_japan; asean_japan.load()["III.2.4"]`` goes, seen from inside a fresh process.

    python benchmarks/inside.py

Prints a JSON object with the seconds of each part. Imports come in the order in which the package needs them; the parts
of loading are timed where the package calls them, and building is what is left.
"""

from __future__ import annotations

from time import perf_counter

TYPE_CHECKING = False  # As `typing` has it, without importing it.
if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Do it, part by part."""
    spent: dict[str, float] = {}

    def timed(part: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            start = perf_counter()
            result = function(*arguments, **options)
            spent[part] = spent.get(part, 0.0) + perf_counter() - start
            return result

        return call

    for module in ("hashlib", "json", "typing", "attrs"):
        timed(f"import {module}", __import__)(module)
    timed("import asean_japan, all that loading needs", __import__)("asean_japan.loading")

    import hashlib
    import json

    import asean_japan
    from asean_japan import Report, bundle

    for part, owner, name in (
        ("reading", bundle, "bundled"),
        ("hashing", hashlib, "sha256"),
        ("parsing", json, "loads"),
        ("indexes", Report, "trusted"),
    ):
        setattr(owner, name, timed(part, getattr(owner, name)))
    before = sum(spent.values())
    start = perf_counter()
    report = asean_japan.load()
    building = perf_counter() - start - (sum(spent.values()) - before)
    spent["building"] = building
    timed("look-up", report.__getitem__)("III.2.4")
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
