"""
The bundled report: read once, shared by all.

What is bundled is checked when it is made, and proved by its digest when it is read; it is then built without further
checks. Data from outside go through `asean_japan.serialization`.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

from asean_japan.bundle import file_faults, proved
from asean_japan.model.edition import Edition
from asean_japan.model.kinds import KINDS, Section
from asean_japan.model.places import Claim, Mark, Node
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Ref, RefRange, Steps
from asean_japan.report import Origin, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from asean_japan.model.layers import Layers
    from asean_japan.model.overlays import Overlay

_FILE = "report.json"
_lock = threading.Lock()
_loaded: list[Report] = []  # Empty, then for ever the one report.


def load() -> Report:
    """
    Return the bundled report; the same object each time, in every thread.

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
    edition, sections = _places(*proved(_FILE))
    return Report.trusted(edition, sections, origin=Origin("asean_japan.load()", load, _layers, file_faults))


def build(data: dict[str, Any]) -> Report:
    """
    Build a report from what `to_dict` returns, fast and without checks; for what was checked before.

    >>> from asean_japan import load, to_dict
    >>> build(to_dict(load())) == load()
    True
    """
    return Report.trusted(*_places(data), _built(data["layers"]) if "layers" in data else None)


def _places(data: dict[str, Any]) -> tuple[Edition, tuple[Section, ...]]:
    sections = tuple([cast("Section", _node(section, ())) for section in data["sections"]])
    return Edition(**data["edition"]), sections


def _node(data: dict[str, Any], above: Steps) -> Node:
    """Build a node; its address is counted from its mark, which costs less than to read it."""
    mark = data["mark"]
    step = (PLACE, mark["value"]) if mark else (PARAGRAPH, int(data["ref"].rpartition(".p")[2]))
    steps = (*above, step)
    claims = [Claim(ref=Ref((*steps, (CLAIM, at))), text=claim["text"]) for at, claim in enumerate(data["claims"], 1)]
    return KINDS[data["kind"]](
        ref=Ref(steps),
        mark=Mark(**mark) if mark else None,
        heading=data["heading"],
        gist=data["gist"],
        gist_ja=data["gist_ja"],
        claims=tuple(claims),
        children=tuple([_node(child, steps) for child in data["children"]]),
    )


# The files of the layers, and what each of them holds.
_LAYERS = {
    "entities.json": ("entities",),
    "forms.json": ("other_forms",),
    "mentions.json": ("mentions",),
    "dates.json": ("dates",),
    "quantities.json": ("quantities",),
    "crossrefs.json": ("links",),
    "answers.json": ("links",),
    "outcomes.json": ("outcomes", "links"),
}
_OVERLAYS = ("act", "actor", "aoip", "community", "crs", "sdg", "theme")


def _layers() -> Layers:
    """Read the bundled layers."""
    data: dict[str, Any] = {name: [] for names in (*_LAYERS.values(), ("overlays",)) for name in names}
    for names, content in zip(_LAYERS.values(), proved(*_LAYERS), strict=True):
        for name in names:
            data[name] += content[name]
    shared, *books = proved("codebooks/shared.md", *(f"codebooks/{key}.md" for key in _OVERLAYS))
    for book, overlay in zip(books, proved(*(f"overlays/{key}.json" for key in _OVERLAYS)), strict=True):
        del overlay["schema_version"]
        data["overlays"].append({**overlay, "book": f"{book}\n{shared}".strip()})
    return _built(data)


def _built(data: dict[str, Any]) -> Layers:
    """Build the layers of a report, fast and without checks."""
    from asean_japan.model.entities import Entity
    from asean_japan.model.facts import DatedFact, Mention, Quantity
    from asean_japan.model.forms import OtherForm
    from asean_japan.model.layers import Layers
    from asean_japan.model.links import Link
    from asean_japan.model.outcomes import Outcome

    read = _Readers().read
    return Layers(
        entities=tuple(Entity(**read(row)) for row in data["entities"]),
        other_forms=tuple(OtherForm(**row) for row in data["other_forms"]),
        mentions=tuple(Mention(**read(row)) for row in data["mentions"]),
        dates=tuple(DatedFact(**read(row)) for row in data["dates"]),
        quantities=tuple(Quantity(**read(row)) for row in data["quantities"]),
        outcomes=tuple(Outcome(**row) for row in data["outcomes"]),
        links=tuple(Link(**read(row)) for row in data["links"]),
        overlays=tuple(_overlay(row, read) for row in data["overlays"]),
    )


def _overlay(row: dict[str, Any], read: Callable[[dict[str, Any]], dict[str, Any]]) -> Overlay:
    from asean_japan.model.overlays import Assignment, Code, Overlay

    fields = read(row)
    fields["codes"] = tuple(Code(**each) for each in row["codes"])
    fields["assignments"] = tuple(Assignment(**read(each)) for each in row["assignments"])
    return Overlay(**fields)


class _Readers:
    """Reads the fields that JSON has in another form, by their names; addresses, which recur, each once."""

    def __init__(self) -> None:
        from asean_japan.model.basis import Basis
        from asean_japan.model.entities import EntityFact

        self._known: dict[str, Ref | RefRange] = {}
        self._readers: dict[str, Callable[[Any], object]] = {
            **dict.fromkeys(("ref", "source_ref", "target_ref"), self._address),
            **dict.fromkeys(("forms", "demonyms", "tie_keys", "units", "inherited_by", "codes"), tuple),
            "basis": Basis,
            "value": lambda value: value if isinstance(value, int) else tuple[int, ...](value),
            "facts": lambda rows: tuple(EntityFact(**row) for row in rows),
        }

    def _address(self, text: str | None) -> Ref | RefRange | None:
        if text is None:
            return None
        if text not in self._known:
            self._known[text] = RefRange.parse(text) if "-" in text else Ref.parse(text)
        return self._known[text]

    def read(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a value as its class takes them."""
        readers = self._readers
        return {name: readers[name](held) if name in readers else held for name, held in row.items()}
