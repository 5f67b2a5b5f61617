"""
Twins of the model: the same data in the classes that other libraries offer, as their users would write them.

Each module has `load`, from JSON in UTF-8, and `dump`, to JSON in the layout of the bundled file. A twin does less than
the package: an address stays a text, one class is for all kinds, no node knows its parent, and nothing proves that
the nodes make a sound report. Nothing is imported here, so that a fresh process pays for the twin that it loads only.
"""

from __future__ import annotations

TYPE_CHECKING = False  # As `typing` has it, without importing it.
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    class Place(Protocol):
        """A node of any twin."""

        @property
        def ref(self) -> str: ...
        @property
        def gist(self) -> str: ...
        @property
        def children(self) -> Sequence[Place]: ...

    class Document(Protocol):
        """The whole of any twin."""

        @property
        def sections(self) -> Sequence[Place]: ...


# The module of each twin, how it is called, what it needs besides Python, and what it makes sure of when it loads.
TWINS: tuple[tuple[str, str, str | None, str], ...] = (
    ("dataclass_twin", "dataclasses, by hand", None, "proves nothing"),
    ("cattrs_twin", "attrs and cattrs", "cattrs", "proves that the fields are there; takes a number for text"),
    ("msgspec_twin", "msgspec Structs", "msgspec", "proves types, and that no field is unknown"),
    ("pydantic_twin", "pydantic, strict", "pydantic", "proves types, and that no field is unknown"),
)


def indexed(document: Document) -> Mapping[str, Place]:
    """Every node by its address, which is what a look-up needs."""
    found: dict[str, Place] = {}
    todo = list(document.sections)
    while todo:
        node = todo.pop()
        found[node.ref] = node
        todo += node.children
    return found
