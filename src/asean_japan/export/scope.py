"""What of a report is exported: from which place on, how deep, of which layers of truth, and with whose words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs

from asean_japan.errors import ArgumentError, require_a, require_number
from asean_japan.model import Basis, Claim, Node, Place
from asean_japan.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from asean_japan.crossref import Link
    from asean_japan.entities import Entity, Fact
    from asean_japan.members import Mention
    from asean_japan.overlays import Code, Coding

ALL = tuple(Basis)
_ALWAYS = (Basis.STATED, Basis.RESTATED)

EDITED = (
    "Created by editing the report: every sentence is restated in words of the package asean_japan, "
    "and where no heading is printed, a label of the package stands for one. "
    "Neither the Expert Panel nor the Ministry of Foreign Affairs of Japan made or endorses it."
)


def checked_layers(layers: Iterable[Basis]) -> tuple[Basis, ...]:
    """
    Give *layers* in their order, each once; the layers of which every export is made have to be among them.

    >>> checked_layers(iter([Basis.RESTATED, Basis.STATED, Basis.STATED]))
    (Basis.STATED, Basis.RESTATED)

    Raises:
        ArgumentError: If there is something else among them, or if stated or restated is not.
    """
    expected = "some of Basis, Basis.STATED and Basis.RESTATED among them"
    try:
        given = cast("tuple[object, ...]", tuple(layers))
    except TypeError as error:
        raise ArgumentError("layers", layers, expected) from error
    kept = tuple(basis for basis in given if isinstance(basis, Basis))
    if len(kept) < len(given) or not set(kept).issuperset(_ALWAYS):
        raise ArgumentError("layers", layers, expected)
    return tuple(basis for basis in Basis if basis in kept)


def check_verbatim(verbatim: object, claims: Iterable[Claim]) -> None:
    """
    Refuse to promise the report's own words where no claim has them.

    >>> check_verbatim(False, ())
    """
    require_a("verbatim", verbatim, bool)
    if verbatim and not any(words(claim) for claim in claims):
        raise ArgumentError("verbatim", verbatim, "False, since this report is bound to no copy that has the words")


def words(claim: Claim) -> str | None:
    """The report's own words for a claim; None if they are not known."""
    return cast("str | None", getattr(claim, "verbatim", None))


def is_known(entity: Entity, layers: tuple[Basis, ...]) -> bool:
    """Whether these layers know of an entity; the report says nothing of its authors, who are known from elsewhere."""
    return Basis.RESEARCHED in layers or any(mention.basis in layers for mention in entity.mentions)


def basis_of_name(entity: Entity) -> Basis:
    """What the name of an entity rests on: the print, a source, or our judgement."""
    if entity.name in entity.forms:
        return Basis.STATED
    if entity.name == entity.fact("official_name") or not entity.mentions:
        return Basis.RESEARCHED
    return Basis.EDITORIAL


def name_of(entity: Entity, layers: tuple[Basis, ...]) -> str:
    """The name of an entity; if its layer is left out, as it is printed, or what the first place calls it."""
    if basis_of_name(entity) in layers:
        return entity.name
    return entity.forms[0] if entity.forms else entity.mentions[0].text


def acronym_of(entity: Entity, layers: tuple[Basis, ...]) -> str | None:
    """The acronym of an entity; None if it is known only from elsewhere, and that is left out."""
    known = Basis.RESEARCHED in layers or entity.acronym != entity.fact("acronym")
    return entity.acronym if known else None


def kind_of(entity: Entity, layers: tuple[Basis, ...]) -> str | None:
    """The kind of an entity, which is our judgement; None if that is left out."""
    return entity.kind if Basis.EDITORIAL in layers else None


def parent_of(entity: Entity, layers: tuple[Basis, ...]) -> str | None:
    """The key of what an entity is part of; None if what is known from elsewhere is left out, or if there is none."""
    return entity.parent_key if Basis.RESEARCHED in layers else None


def says_something(code: Code) -> bool:
    """Whether a code says more than that none applies, or that the report names nobody who is to act."""
    return not code.is_none and code.code != "unstated"


@attrs.frozen
class Scope:
    """
    What of a report is exported.

    >>> from asean_japan import load
    >>> scope = Scope.of(load()["III.2.4"], depth=0)
    >>> [str(node.ref) for node in scope.nodes]
    ['III.2.4']

    Attributes:
        report: The report.
        place: Where to begin: a node, or the one claim that is exported; None for the whole report.
        depth: Levels below the sections or below the node; None is no limit.
        layers: The layers of truth.
        verbatim: Whether the report's own words are wanted, too.
    """

    report: Report
    place: Place | None
    depth: int | None
    layers: tuple[Basis, ...]
    verbatim: bool

    @classmethod
    def of(
        cls,
        exported: Report | Place,
        /,
        *,
        depth: int | None = None,
        layers: Iterable[Basis] = ALL,
        verbatim: bool = False,
    ) -> Scope:
        """
        Say what is exported.

        >>> from asean_japan import load
        >>> len(Scope.of(load()).nodes), len(Scope.of(load()["I.2.7.s3"]).nodes)
        (187, 1)

        Args:
            exported: A report, a node with what is below it, or a claim alone.
            depth: Levels below the sections or below the node; 0 is none, None is no limit.
            layers: The layers of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
            verbatim: Whether to give the report's own words, too; needs a bound report.

        Raises:
            ArgumentError: If one of these is something else.
            DetachedNodeError: If the place stands in no report.
        """
        require_a("exported", exported, Report, Place)
        if depth is not None:
            require_number("depth", depth, 0)
        place = exported if isinstance(exported, Place) else None
        report = exported if isinstance(exported, Report) else exported.report
        scope = cls(report, place, depth, checked_layers(layers), verbatim)
        check_verbatim(verbatim, (claim for node in scope.nodes for claim in scope.claims(node)))
        return scope

    @property
    def tops(self) -> tuple[Node, ...]:
        """The nodes at the top: the sections, the node, or the node of the claim."""
        if self.place is None:
            return tuple(self.report.sections.values())
        return (self.place if isinstance(self.place, Node) else self.place.ancestors[0],)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes that are exported, in reading order."""
        return tuple(self._below(self.tops))

    def _below(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            yield node
            yield from self._below(self.children(node))

    def children(self, node: Node) -> tuple[Node, ...]:
        """What of the places below *node* is exported."""
        if isinstance(self.place, Claim):
            return ()
        below = node.ref.depth - (self.place.ref.depth if self.place else 1)
        return node.children if self.depth is None or below < self.depth else ()

    def claims(self, node: Node) -> tuple[Claim, ...]:
        """What of its claims is exported."""
        return (self.place,) if isinstance(self.place, Claim) else node.claims

    def words(self, claim: Claim) -> str | None:
        """The report's own words for a claim, if they are wanted and known."""
        return words(claim) if self.verbatim else None

    def mentions(self, node: Node) -> tuple[Mention, ...]:
        """What is named in it, of these layers."""
        shown = {node.ref, *(claim.ref for claim in self.claims(node))}
        return tuple(each for each in node.mentions if each.basis in self.layers and each.ref in shown)

    def links(self, node: Node) -> tuple[Link, ...]:
        """The links that begin in it, of these layers."""
        shown = {node.ref, *(claim.ref for claim in self.claims(node))}
        return tuple(each for each in node.links if each.basis in self.layers and each.source_ref in shown)

    def codes(self, node: Node) -> tuple[Coding, ...]:
        """The codes that it has itself, of these layers."""
        return tuple(each for each in node.codes if each.basis in self.layers and each.inherited_from is None)

    def facts(self, entity: Entity) -> tuple[Fact, ...]:
        """What is known of an entity from elsewhere, of these layers."""
        return tuple(each for each in entity.facts if each.basis in self.layers)
