"""
The bundled files: found wherever the package was imported from, and proved by the digests in their manifest.

Nothing here knows what the files hold.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from asean_japan.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from importlib_resources.abc import Traversable

_MANIFEST = "datapackage.json"
_ALTERED = f"not the file that {_MANIFEST} describes"
_MISREAD = (OSError, ValueError, TypeError, LookupError)  # What a missing or broken manifest can raise.


def proved(*names: str) -> Iterator[Any]:
    """
    Yield what is in some bundled files, one after the other; each is read when it is asked for.

    A file of JSON is yielded as its value, one of Markdown as its text.

    >>> [index] = proved("source_index.json")
    >>> index["furniture"]
    ['(Provisional Translation)']

    Raises:
        DataError: If a file is missing, or is not the one that this package was released with.
    """
    stated: dict[str, str] = {}
    for name in names:
        try:
            content = bundled(name)
            stated = stated or _digests()
            wanted = stated[name]
        except _MISREAD as error:
            raise DataError("data", (f"{error}, so {name} is not proved @ data/{_MANIFEST}",)) from error
        if _digest(content) != wanted:
            raise DataError(name, (f"{_ALTERED} @ data/{name}",))
        yield content.decode() if name.endswith(".md") else json.loads(content)


def _digests() -> dict[str, str]:
    """Return the digest of each bundled file, as the manifest has it."""
    return {resource["path"]: resource["hash"] for resource in json.loads(bundled(_MANIFEST))["resources"]}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def file_faults() -> tuple[tuple[str, str], ...]:
    """
    Hold every bundled file against the manifest; ``()`` if none is missing, unexpected or altered.

    >>> file_faults()
    ()

    Returns:
        For each fault what is wrong, and the path of the file.
    """
    from importlib_resources import files

    present = {name: content for name, content in _files(files("asean_japan") / "data") if name != _MANIFEST}
    try:
        stated = _digests()
    except _MISREAD as error:
        return ((f"no manifest: {error}", f"data/{_MANIFEST}"),)
    faults = dict.fromkeys(stated.keys() - present.keys(), "missing")
    faults |= dict.fromkeys(present.keys() - stated.keys(), "not described in the manifest")
    faults |= {name: _ALTERED for name in stated.keys() & present.keys() if _digest(present[name]) != stated[name]}
    return tuple((fault, f"data/{name}") for name, fault in sorted(faults.items()))


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_bytes()


def bundled(name: str) -> bytes:
    """Read a bundled file, as it is, wherever the package was imported from."""
    get_data: Callable[[str], bytes] | None = getattr(__spec__.loader, "get_data", None)
    if get_data is not None:
        folder = os.path.dirname(__spec__.origin or "")  # noqa: PTH120  # A loader wants its own kind of path.
        return get_data(os.path.join(folder, "data", name))  # noqa: PTH118  # The same.
    # Not every importer gives data this way. This reads from all, but it would make loading a fifth slower.
    from importlib_resources import files

    return (files("asean_japan") / "data" / name).read_bytes()
