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
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Ref, RefRange, Steps
from asean_japan.report import Origin, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from importlib_resources.abc import Traversable

    from asean_japan.checking import Finding
    from asean_japan.fingerprints import SourceIndex
    from asean_japan.layers import Layers

_FILE = "report.json"
_INDEX = "binding.json"
_MANIFEST = "datapackage.json"
_OTHER = f"not the file that {_MANIFEST} describes"
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
                _indexed.append(SourceIndex.from_dict(*proved(_INDEX)))
    return _indexed[0]


def _read() -> Report:
    edition, sections = _places(*proved(_FILE))
    return Report.trusted(edition, sections, origin=Origin(load, _layers, file_findings))


def build(data: dict[str, Any]) -> Report:
    """
    Build a report from what `to_dict` gives, fast and without checks; for what was checked before.

    >>> from asean_japan import load, to_dict
    >>> build(to_dict(load())) == load()
    True
    """
    return Report.trusted(*_places(data), _built(data["layers"]) if "layers" in data else None)


def _places(data: dict[str, Any]) -> tuple[Edition, tuple[Section, ...]]:
    sections = tuple([cast("Section", _node(section, ())) for section in data["sections"]])
    return Edition(**data["edition"]), sections


# The files of the layers, and what each of them holds.
_LAYERS = {
    "entities.json": "entities",
    "mentions.json": "mentions",
    "dates.json": "dates",
    "quantities.json": "quantities",
    "crossrefs.json": "links",
    "answers.json": "links",
}
_OVERLAYS = ("act", "actor", "aoip", "community", "crs", "sdg")


def _layers() -> Layers:
    """Read the bundled layers."""
    overlays = [f"overlays/{key}.json" for key in _OVERLAYS]
    read = list(proved(*_LAYERS, *overlays))
    data: dict[str, Any] = {name: [] for name in _LAYERS.values()}
    for name, content in zip(_LAYERS.values(), read, strict=False):
        data[name] += content[name]
    data["overlays"] = read[len(_LAYERS) :]
    return _built(data)


def _built(data: dict[str, Any]) -> Layers:
    """Build the layers of a report, fast and without checks."""
    from asean_japan.crossref import Link
    from asean_japan.entities import Entity, Fact
    from asean_japan.layers import Layers
    from asean_japan.members import DatedFact, Mention, Quantity
    from asean_japan.model import Basis
    from asean_japan.overlays import Assignment, Code, Overlay

    refs: dict[str, Ref] = {}

    def ref(text: str) -> Ref:  # Most addresses stand in many rows.
        if text not in refs:
            refs[text] = Ref.parse(text)
        return refs[text]

    def fact(row: dict[str, Any]) -> tuple[Ref, int, int]:
        return ref(row["place"]), row["start"], row["end"]

    def links(row: dict[str, Any]) -> Iterator[Link]:
        to: str | list[str] = row["target"]
        targets = [to] if isinstance(to, str) else to
        for target in targets:
            yield Link(
                ref(row["source"]),
                RefRange.parse(target) if "-" in target else ref(target),
                row["kind"],
                Basis(row["basis"]),
                row.get("strength"),
                row.get("reason", row.get("reading")),
                row.get("start"),
                row.get("end"),
                row.get("via"),
            )

    return Layers(
        tuple(
            Entity(
                row["key"],
                row["name"],
                row["acronym"],
                row["kind"],
                tuple(row["forms"]),
                tuple(row["demonyms"]),
                row["country"],
                row["parent"],
                row["proposed"],
                row["named"],
                row["note"],
                tuple(row["ties"]),
                tuple(Fact(**each) for each in row["facts"]),
            )
            for row in data["entities"]
        ),
        tuple(
            Mention(ref(row["place"]), row["entity"], row["start"], row["end"], Basis(row["basis"]))
            for row in data["mentions"]
        ),
        tuple(DatedFact(*fact(row), row["edtf"], row["event"], Basis(row["basis"])) for row in data["dates"]),
        tuple(
            Quantity(
                *fact(row),
                tuple(row["value"]) if isinstance(row["value"], list) else row["value"],
                row["unit"],
                row["counts"],
                Basis(row["basis"]),
            )
            for row in data["quantities"]
        ),
        tuple(link for row in data["links"] for link in links(row)),
        tuple(
            Overlay(
                row["key"],
                row["title"],
                row["description"],
                row["source"],
                row["credits"],
                tuple(Code(**each) for each in row["codes"]),
                tuple(row["units"]),
                tuple(row["inherited_by"]),
                tuple(
                    Assignment(ref(each["place"]), tuple(each["codes"]), each["reason"]) for each in row["assignments"]
                ),
            )
            for row in data["overlays"]
        ),
    )


def proved(*names: str) -> Iterator[Any]:
    """
    Give what is in some bundled files, one after the other; each is read when it is asked for.

    >>> [index] = proved("binding.json")
    >>> index["furniture"]
    ['(Provisional Translation)']

    Raises:
        DataError: If there is no such file, or if it is not the one that this package was released with.
    """
    stated: dict[str, str] = {}
    for name in names:
        try:
            content = bundled(name)
            stated = stated or _digests()
            wanted = stated[name]
        except (OSError, ValueError, TypeError, LookupError) as error:
            raise DataError("data", (f"{error}, so that {name} is not proved @ data/{_MANIFEST}",)) from error
        if _digest(content) != wanted:
            raise DataError(name, (f"{_OTHER} @ data/{name}",))
        yield json.loads(content)


def _digests() -> dict[str, str]:
    """The digest of each bundled file, as the manifest has it."""
    return {resource["path"]: resource["hash"] for resource in json.loads(bundled(_MANIFEST))["resources"]}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def file_findings() -> tuple[Finding, ...]:
    """
    Hold every bundled file against the manifest; ``()`` if none is missing, more, or other.

    >>> file_findings()
    ()
    """
    from importlib_resources import files

    from asean_japan.checking import Finding

    present = {name: content for name, content in _files(files("asean_japan") / "data") if name != _MANIFEST}
    try:
        stated = _digests()
    except (OSError, ValueError, TypeError, LookupError) as error:
        return (Finding("digest", f"no manifest: {error}", f"data/{_MANIFEST}"),)
    faults = dict.fromkeys(stated.keys() - present.keys(), "missing")
    faults |= dict.fromkeys(present.keys() - stated.keys(), "not described in the manifest")
    faults |= {name: _OTHER for name in stated.keys() & present.keys() if _digest(present[name]) != stated[name]}
    return tuple(Finding("digest", fault, f"data/{name}") for name, fault in sorted(faults.items()))


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
