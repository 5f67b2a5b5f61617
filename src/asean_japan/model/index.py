"""Where every place of one report is."""

from __future__ import annotations

from typing import Protocol, TypeVar

from asean_japan.model.home import Home
from asean_japan.model.kinds import ActionArea, ActionItem, Challenge, Pillar, Section
from asean_japan.model.places import Claim, Node, Place
from asean_japan.refs import Ref

_N = TypeVar("_N", bound=Node)


class BoundCopy(Protocol):
    """What a claim asks of a reader's copy."""

    def verbatim(self, ref: Ref, /) -> str | None:
        """Return the proved words of a sentence."""
        ...


class Index:
    """
    Where every place of one report is; built whole, never changed.

    Attributes:
        home: The report.
        copy: The reader's copy to which the report is bound; None if it is not bound.
        sections: The nodes at the top.
        nodes: Every node, in reading order, which is the pre-order of the tree.
        ends: For each node, the position behind the last node below it: its subtree is a slice of *nodes*.
        parents: For each node, its parent; None for a section.
        positions: The position of the node at each address.
        claims: The claim at each address, in reading order.
    """

    __slots__ = ("claims", "copy", "ends", "home", "nodes", "parents", "positions", "sections")

    def __init__(self, home: Home, sections: tuple[Section, ...], copy: BoundCopy | None = None) -> None:
        self.home: Home = home
        self.copy: BoundCopy | None = copy
        self.sections: tuple[Section, ...] = sections
        self.claims: dict[Ref, Claim] = {}
        self.positions: dict[Ref, int] = {}
        nodes: list[Node] = []
        ends: list[int] = []
        parents: list[Node | None] = []
        attach = object.__setattr__  # Places are frozen for everyone else.

        def enter(node: Node, parent: Node | None) -> None:
            position = len(nodes)
            attach(node, "_index", self)
            attach(node, "_position", position)
            self.positions[node.ref] = position
            nodes.append(node)
            ends.append(position)
            parents.append(parent)
            for claim in node.claims:
                attach(claim, "_index", self)
                self.claims[claim.ref] = claim
            for child in node.children:
                enter(child, node)
            ends[position] = len(nodes)

        for section in sections:
            enter(section, None)
        self.nodes: tuple[Node, ...] = tuple(nodes)
        self.ends: tuple[int, ...] = tuple(ends)
        self.parents: tuple[Node | None, ...] = tuple(parents)

    def __getitem__(self, ref: Ref) -> Node:
        return self.nodes[self.positions[ref]]

    def of_kind(self, kind: type[_N]) -> tuple[_N, ...]:
        """Return every node of a kind, in reading order."""
        return tuple(node for node in self.nodes if isinstance(node, kind))

    def counterpart(self, node: Node, kind: type[_N]) -> _N:
        """Return the node of another kind that has the number of *node*."""
        return next(other for other in self.of_kind(kind) if other.mark == node.mark)

    def section_of(self, place: Place) -> Section:
        """Return the section that is *place* or contains it."""
        return next(section for section in self.sections if section.ref == place.ref.section)

    def pillar_of(self, place: Place) -> Pillar | None:
        """Return the pillar that is *place* or contains it, or that of its action area."""
        area = _enclosing(place, ActionArea)
        return area.pillar if area else _enclosing(place, Pillar)

    def action_area_of(self, place: Place) -> ActionArea | None:
        """Return the action area that is *place* or contains it, or that of its pillar."""
        pillar = _enclosing(place, Pillar)
        return pillar.action_area if pillar else _enclosing(place, ActionArea)

    def action_item_of(self, place: Place) -> ActionItem | None:
        """Return the action item that is *place* or contains it."""
        return _enclosing(place, ActionItem)

    def challenge_of(self, place: Place) -> Challenge | None:
        """Return the challenge that is *place* or contains it."""
        return _enclosing(place, Challenge)

    def below(self, ref: Ref | None) -> tuple[Node | Claim, ...]:
        """Return what is directly below an address: claims, then nodes; the sections for None."""
        node = self[ref] if ref else None
        return (*node.claims, *node.children) if node else self.sections


def _enclosing(place: Place, kind: type[_N]) -> _N | None:
    """Return the nearest node of a kind that is *place* or contains it."""
    node = place.node
    return next((each for each in (node, *node.ancestors) if isinstance(each, kind)), None)
