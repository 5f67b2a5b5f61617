"""
The bundled report: read once, shared by all.

What is bundled is checked when it is made, and proved by its digest when it is read; it is then built without further
checks. Data from outside go through `asean_japan.serialization`.
"""

from __future__ import annotations

import hashlib
import json
import threading
from typing import Any, cast

from asean_japan.errors import DataError
from asean_japan.model import KINDS, Claim, Edition, Mark, Node, Section
from asean_japan.refs import Ref
from asean_japan.report import Report

_FILE = "report.json"
_lock = threading.Lock()
_loaded: list[Report] = []  # Empty, then for ever the one report.


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


def _read() -> Report:
    from importlib_resources import files

    folder = files("asean_japan") / "data"
    content = (folder / _FILE).read_bytes()
    package = json.loads((folder / "datapackage.json").read_bytes())
    stated = {resource["path"]: resource["hash"] for resource in package["resources"]}
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != stated[_FILE]:
        raise DataError(_FILE, (f"not the file that datapackage.json describes @ {_FILE}",))
    data = json.loads(content)
    sections = tuple(cast("Section", _node(section)) for section in data["sections"])
    return Report(Edition(**data["edition"]), sections, load=load)


def _node(data: dict[str, Any]) -> Node:
    mark = data["mark"]
    return KINDS[data["kind"]](
        Ref.parse(data["ref"]),
        None if mark is None else Mark(mark["text"], mark["value"], mark["style"]),
        data["heading"],
        data["gist"],
        tuple([Claim(Ref.parse(claim["ref"]), claim["text"]) for claim in data["claims"]]),
        tuple([_node(child) for child in data["children"]]),
    )
