"""The report as passages for a retrieval index: each understood alone, each with its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

import attrs

from asean_japan.errors import ArgumentError
from asean_japan.model.basis import Basis
from asean_japan.model.display import Shown
from asean_japan.model.places import Claim, Kind, Node, Place
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

Unit: TypeAlias = Literal["node", "claim"]


@attrs.frozen(kw_only=True, repr=False)
class Passage(Shown, PydanticResult):
    """
    One place, in full, with what an index keeps beside the text.

    >>> from asean_japan import load
    >>> passage = load().passages()[0]
    >>> passage.ref, passage.kind, passage.cite
    (Ref.parse('0'), 'section', '0')

    Attributes:
        ref: The place.
        text: The place in full, as `Place.statement` writes it: the lead-ins above it, one a line, and itself.
        section: The section that contains it.
        kind: Of what kind it is; "claim" for a claim.
        cite: How one would cite it.
        gist: Our label; a claim has that of its node.
    """

    ref: Ref
    text: str
    section: Ref
    kind: Kind | Literal["claim"]
    cite: str
    gist: str
    _shown = ("id", "text", "section", "kind", "cite", "gist")

    @property
    def id(self) -> str:
        """The address as text, which never changes."""
        return str(self.ref)

    @property
    def basis(self) -> Basis:
        """Always `Basis.RESTATED`; only the marks and headings in the text are stated."""
        return Basis.RESTATED

    def record(self) -> dict[str, str]:
        """
        Return it as plain texts: the ``id``, the ``text``, and what an index keeps beside it.

        >>> from asean_japan import load
        >>> record = load().passages("claim")[0].record()
        >>> record["id"], record["section"], record["kind"]
        ('0.p1.s1', '0', 'claim')

        A new dict each time.
        """
        beside = {"section": str(self.section), "kind": self.kind, "cite": self.cite, "gist": self.gist}
        return {"id": self.id, "text": self.text, **beside}


def passages(nodes: Iterable[Node], unit: Unit) -> tuple[Passage, ...]:
    """Return each of *nodes*, or each of their claims, as `Report.passages` does."""
    if unit not in get_args(Unit):
        raise ArgumentError("unit", unit, f"one of {', '.join(get_args(Unit))}")
    if unit == "node":
        return tuple(_passage(node, node) for node in nodes)
    return tuple(_passage(claim, node) for node in nodes for claim in node.claims)


def _passage(place: Place, node: Node) -> Passage:
    kind = "claim" if isinstance(place, Claim) else node.kind
    return Passage(
        ref=place.ref,
        text=place.statement(),
        section=place.ref.section,
        kind=kind,
        cite=place.cite(),
        gist=node.gist,
    )
