"""What of a report is exported: from which place on, how deep, of which bases of truth, and with whose words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs

from asean_japan.arguments import require_a, require_number
from asean_japan.errors import ArgumentError
from asean_japan.model.basis import Basis
from asean_japan.model.home import Home
from asean_japan.model.places import Claim, Node, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from asean_japan.model.entities import Entity, EntityFact, EntityKind
    from asean_japan.model.facts import Mention
    from asean_japan.model.links import Link
    from asean_japan.model.overlays import Code, Coding

ALL = tuple(Basis)
_ALWAYS = (Basis.STATED, Basis.RESTATED)

EDITED = (
    "Created by editing the report: every sentence is restated in words of the package asean_japan, "
    "and where no heading is printed, a label of the package stands for one. "
    "Neither the Expert Panel nor the Ministry of Foreign Affairs of Japan made or endorses it."
)


def checked_bases(bases: Iterable[Basis]) -> tuple[Basis, ...]:
    """
    Return *bases* in their order, each once; those of which every export is made must be among them.

    >>> checked_bases(iter([Basis.RESTATED, Basis.STATED, Basis.STATED]))
    (Basis.STATED, Basis.RESTATED)

    Raises:
        ArgumentError: If there is something else among them, or if stated or restated is not.
    """
    expected = "some of Basis, Basis.STATED and Basis.RESTATED among them"
    try:
        given = cast("tuple[object, ...]", tuple(bases))
    except TypeError as error:
        raise ArgumentError("bases", bases, expected) from error
    kept = tuple(basis for basis in given if isinstance(basis, Basis))
    if len(kept) < len(given) or not set(kept).issuperset(_ALWAYS):
        raise ArgumentError("bases", bases, expected)
    return tuple(basis for basis in Basis if basis in kept)


def check_verbatim(verbatim: object, claims: Iterable[Claim]) -> None:
    """
    Refuse to promise the report's own words where no claim has them.

    >>> check_verbatim(False, ())
    """
    require_a("verbatim", verbatim, bool)
    if verbatim and not any(verbatim_of(claim) for claim in claims):
        raise ArgumentError("verbatim", verbatim, "False, since this report is bound to no copy that has the words")


def verbatim_of(claim: Claim) -> str | None:
    """The report's own words for a claim; None if they are not known."""
    return claim.verbatim


@attrs.frozen
class EntityView:
    """
    An entity as far as some bases know it.

    >>> from asean_japan import Basis, load
    >>> EntityView(load().entities["AOIP"], (Basis.STATED, Basis.RESTATED)).kind is None
    True

    Attributes:
        entity: The entity.
        bases: The bases of truth.
    """

    entity: Entity
    bases: tuple[Basis, ...]

    @property
    def is_known(self) -> bool:
        """Whether these bases know of it; the report says nothing of its authors, who are known from elsewhere."""
        return Basis.RESEARCHED in self.bases or any(mention.basis in self.bases for mention in self.entity.mentions)

    @property
    def basis_of_name(self) -> Basis:
        """What its name rests on: the print, a source, or our judgment."""
        if self.entity.name in self.entity.forms:
            return Basis.STATED
        if self.entity.name == self.entity.fact("official_name") or not self.entity.mentions:
            return Basis.RESEARCHED
        return Basis.EDITORIAL

    @property
    def name(self) -> str:
        """Its name; without the basis of its name, as it is printed, or as the first place calls it."""
        if self.basis_of_name in self.bases:
            return self.entity.name
        return self.entity.forms[0] if self.entity.forms else self.entity.mentions[0].text

    @property
    def acronym(self) -> str | None:
        """Its acronym; None if only a source has it, and sources are left out."""
        known = Basis.RESEARCHED in self.bases or self.entity.acronym != self.entity.fact("acronym")
        return self.entity.acronym if known else None

    @property
    def kind(self) -> EntityKind | None:
        """Its kind, which is our judgment; None if that is left out."""
        return self.entity.kind if Basis.EDITORIAL in self.bases else None

    @property
    def parent_key(self) -> str | None:
        """The key of the entity to which it belongs; None if sources are left out, or if there is none."""
        return self.entity.parent_key if Basis.RESEARCHED in self.bases else None


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
        bases: The bases of truth.
        verbatim: Whether the report's own words are wanted, too.
    """

    report: Home
    place: Place | None
    depth: int | None
    bases: tuple[Basis, ...]
    verbatim: bool

    @classmethod
    def of(
        cls,
        report_or_place: Home | Place,
        /,
        *,
        depth: int | None = None,
        bases: Iterable[Basis] = ALL,
        verbatim: bool = False,
    ) -> Scope:
        """
        Say what is exported.

        >>> from asean_japan import load
        >>> len(Scope.of(load()).nodes), len(Scope.of(load()["I.2.7.s3"]).nodes)
        (187, 1)

        Args:
            report_or_place: A report, a node with what is below it, or a claim alone.
            depth: Levels below the sections or below the node; 0 is none, None is no limit.
            bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
            verbatim: Whether to give the report's own words, too; needs a bound report.

        Raises:
            ArgumentError: If one of these is something else.
            DetachedNodeError: If the place stands in no report.
        """
        require_a("report_or_place", report_or_place, Home, Place)
        if depth is not None:
            require_number("depth", depth, 0)
        place = report_or_place if isinstance(report_or_place, Place) else None
        report = report_or_place if isinstance(report_or_place, Home) else report_or_place.report
        scope = cls(report, place, depth, checked_bases(bases), verbatim)
        check_verbatim(verbatim, (claim for node in scope.nodes for claim in scope.claims(node)))
        return scope

    @property
    def tops(self) -> tuple[Node, ...]:
        """The nodes at the top: the sections, the node, or the node of the claim."""
        if self.place is None:
            return self.report.place_index().sections
        return (self.place.node,)

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
        return verbatim_of(claim) if self.verbatim else None

    def mentions(self, node: Node) -> tuple[Mention, ...]:
        """What is named in it, of these bases."""
        shown = {node.ref, *(claim.ref for claim in self.claims(node))}
        return tuple(each for each in node.mentions if each.basis in self.bases and each.ref in shown)

    def links(self, node: Node) -> tuple[Link, ...]:
        """The links that begin in it, of these bases."""
        shown = {node.ref, *(claim.ref for claim in self.claims(node))}
        return tuple(each for each in node.links if each.basis in self.bases and each.source_ref in shown)

    def codings(self, node: Node) -> tuple[Coding, ...]:
        """The codes that it has itself, of these bases."""
        return tuple(each for each in node.codings if each.basis in self.bases and each.inherited_from is None)

    def facts(self, entity: Entity) -> tuple[EntityFact, ...]:
        """What is known of an entity from elsewhere, of these bases."""
        return tuple(each for each in entity.facts if each.basis in self.bases)
