"""
The bundled report: read once, shared by all.

What is bundled is checked when it is made, and proved by its digest when it is read; it is then built without further
checks. Data from outside go through `asean_japan.serialization`.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from typing import TYPE_CHECKING, Any, cast

from asean_japan.errors import DataError
from asean_japan.model import KINDS, Claim, Edition, Mark, Node, Section
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Ref, Steps
from asean_japan.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from asean_japan.fingerprints import SourceIndex

_FILE = "report.json"
_INDEX = "binding.json"
_lock = threading.Lock()
_loaded: list[Report] = []  # Empty, then for ever the one report.
_indexed: list[SourceIndex] = []  # The same for the index of its sentences.


def load() -> Report:
    """
    Give the bundled report; the same object each time, in every thread.

    >>> from asean_japan import load
    >>> load() is load()
    True

    Raises:
        DataError: If the bundled file is not the one that this package was released with.
    """
    if not _loaded:
        with _lock:
            if not _loaded:
                _loaded.append(_read())
    return _loaded[0]


def load_index() -> SourceIndex:
    """
    Give the bundled index of the report's sentences by digest; the same object each time, in every thread.

    >>> len(load_index().sentences)
    255

    Raises:
        DataError: If the bundled file is not the one that this package was released with.
    """
    from asean_japan.fingerprints import SourceIndex  # Loading the report needs none of it.

    if not _indexed:
        with _lock:
            if not _indexed:
                _indexed.append(SourceIndex.from_dict(json.loads(_proved(_INDEX))))
    return _indexed[0]


def _proved(name: str) -> bytes:
    try:
        content = bundled(name)
        package = json.loads(bundled("datapackage.json"))
        stated = {resource["path"]: resource["hash"] for resource in package["resources"]}[name]
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise DataError("data", (f"{error}, so that {name} is not proved @ data/datapackage.json",)) from error
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != stated:
        raise DataError(name, (f"not the file that datapackage.json describes @ {name}",))
    return content


def _read() -> Report:
    data = json.loads(_proved(_FILE))
    sections = tuple([cast("Section", _node(section, ())) for section in data["sections"]])
    return Report.trusted(Edition(**data["edition"]), sections, load)


def bundled(name: str) -> bytes:
    """Read a bundled file, as it is, wherever the package was imported from."""
    get_data: Callable[[str], bytes] | None = getattr(__spec__.loader, "get_data", None)
    if get_data is not None:
        folder = os.path.dirname(__spec__.origin or "")  # noqa: PTH120  # A loader wants its own kind of path.
        return get_data(os.path.join(folder, "data", name))  # noqa: PTH118  # The same.
    # Not every importer gives data this way. This reads from all, but it would make loading a fifth slower.
    from importlib_resources import files

    return (files("asean_japan") / "data" / name).read_bytes()


def _node(data: dict[str, Any], above: Steps) -> Node:
    """Build a node; its address is counted from its mark, which costs less than to read it."""
    mark = data["mark"]
    step = (PLACE, mark["value"]) if mark else (PARAGRAPH, int(data["ref"].rpartition(".p")[2]))
    steps = (*above, step)
    claims = [Claim(Ref((*steps, (CLAIM, at))), claim["text"]) for at, claim in enumerate(data["claims"], 1)]
    return KINDS[data["kind"]](
        Ref(steps),
        Mark(mark["text"], mark["value"], mark["style"]) if mark else None,
        data["heading"],
        data["gist"],
        tuple(claims),
        tuple([_node(child, steps) for child in data["children"]]),
    )
