"""What of a report is exported: from which place on, how deep, on which bases of truth, and with whose words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from asean_japan.arguments import require_a, require_number
from asean_japan.errors import ArgumentError
from asean_japan.model.basis import Basis
from asean_japan.model.display import Shown
from asean_japan.model.entities import Entity, EntityFact, EntityKind
from asean_japan.model.facts import Mention
from asean_japan.model.forms import OtherForm
from asean_japan.model.home import Home
from asean_japan.model.links import Link
from asean_japan.model.outcomes import Outcome
from asean_japan.model.overlays import Code, Coding
from asean_japan.model.places import Claim, Node, Place

ALL = tuple(Basis)
_ALWAYS = (Basis.STATED, Basis.RESTATED)

EDITED = (
    "Created by editing the report: every sentence is restated in words of the package asean_japan, "
    "and where no heading is printed, a label of the package stands for one. "
    "Neither the Expert Panel nor the Ministry of Foreign Affairs of Japan made or endorses it."
)


def checked_bases(bases: Iterable[Basis]) -> tuple[Basis, ...]:
    """
    Return *bases* in their order, each once.

    >>> checked_bases(iter([Basis.RESTATED, Basis.STATED, Basis.STATED]))
    (Basis.STATED, Basis.RESTATED)

    Raises:
        ArgumentError: If anything else is among them, or if `Basis.STATED` or `Basis.RESTATED`, on which every export
            rests, is missing.
    """
    expected = "some of Basis, Basis.STATED and Basis.RESTATED among them"
    try:
        given = tuple(bases)
    except TypeError as error:
        raise ArgumentError("bases", bases, expected) from error
    if not all(map(_is_basis, given)) or not set(given).issuperset(_ALWAYS):
        raise ArgumentError("bases", bases, expected)
    return tuple(basis for basis in Basis if basis in given)


def _is_basis(value: object) -> bool:
    return isinstance(value, Basis)


def require_report(report: object) -> None:
    """
    Refuse what is not a report.

    >>> from asean_japan import load
    >>> require_report(load())
    """
    if not isinstance(report, Home):
        raise ArgumentError("report", report, "a Report")


def report_of(report_or_place: object) -> Home:
    """
    Return a report, or that of a place.

    >>> from asean_japan import load
    >>> report_of(load()["III.2"]) is load()
    True

    Raises:
        ArgumentError: If it is neither.
        DetachedNodeError: If the place belongs to no report.
    """
    if isinstance(report_or_place, Place):
        return report_or_place.report
    if not isinstance(report_or_place, Home):
        raise ArgumentError("report_or_place", report_or_place, "a Report or a Place")
    return report_or_place


def check_verbatim(verbatim: object, claims: Iterable[Claim]) -> None:
    """
    Refuse to promise the report's own words where no claim has them.

    >>> check_verbatim(False, ())
    """
    require_a("verbatim", verbatim, bool)
    if verbatim and not any(claim.verbatim for claim in claims):
        raise ArgumentError("verbatim", verbatim, "False, since this report is bound to no copy that has the words")


@attrs.frozen(kw_only=True, repr=False)
class EntityView(Shown):
    """
    An entity as far as some bases of truth know it.

    >>> from asean_japan import Basis, load
    >>> EntityView(entity=load().entities["AOIP"], bases=(Basis.STATED, Basis.RESTATED)).kind is None
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
        """The basis of its name: the print, a source, or our judgment."""
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
    def country(self) -> str | None:
        """The code of a country; None if sources are left out, or if it is not a country."""
        return self.entity.country if Basis.RESEARCHED in self.bases else None

    @property
    def name_ja(self) -> str | None:
        """Its name in Japanese; None if sources are left out, or if none has it."""
        return self.entity.name_ja if Basis.RESEARCHED in self.bases else None

    @property
    def site(self) -> str | None:
        """The address of its own website; None if sources are left out, or if none has it."""
        return self.entity.site if Basis.RESEARCHED in self.bases else None

    @property
    def parent_key(self) -> str | None:
        """The key of the entity to which it belongs; None if sources are left out, or if there is none."""
        return self.entity.parent_key if Basis.RESEARCHED in self.bases else None

    @property
    def note(self) -> str | None:
        """What is odd about it, in our judgment; None if that is left out, or if nothing is."""
        return self.entity.note if Basis.EDITORIAL in self.bases else None


def is_known(link: Link, bases: Iterable[Basis]) -> bool:
    """
    Return whether some bases of truth know of a link, and of the outcome to which it leads, if it does.

    >>> from asean_japan import load
    >>> link = load().outcomes[0].links[0]
    >>> is_known(link, ALL), is_known(link, [Basis.EDITORIAL])
    (True, False)
    """
    known = {*bases}
    return link.basis in known and (link.outcome_key is None or Basis.RESEARCHED in known)


def says_something(code: Code) -> bool:
    """Return whether a code says more than that none applies, or that the report does not say who is to act."""
    return not code.is_none and code.code != "unstated"


@attrs.frozen(kw_only=True, repr=False)
class Scope(Shown):
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
        verbatim: Whether to include the report's own words.
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
        Return what an export is asked for.

        >>> from asean_japan import load
        >>> len(Scope.of(load()).nodes), len(Scope.of(load()["I.2.7.s3"]).nodes)
        (187, 1)

        Args:
            report_or_place: A report, a node with what is below it, or a claim alone.
            depth: Levels below the sections or below the node; 0 is none, None is no limit.
            bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
            verbatim: Whether to include the report's own words; needs a bound report.

        Raises:
            ArgumentError: If one of these is something else.
            DetachedNodeError: If the place belongs to no report.
        """
        report = report_of(report_or_place)
        if depth is not None:
            require_number("depth", depth, 0)
        place = report_or_place if isinstance(report_or_place, Place) else None
        scope = cls(report=report, place=place, depth=depth, bases=checked_bases(bases), verbatim=verbatim)
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
        """Return those of the places below *node* that are exported."""
        if isinstance(self.place, Claim):
            return ()
        below = node.ref.depth - (self.place.ref.depth if self.place else 1)
        return node.children if self.depth is None or below < self.depth else ()

    def claims(self, node: Node) -> tuple[Claim, ...]:
        """Return those of its claims that are exported."""
        return (self.place,) if isinstance(self.place, Claim) else node.claims

    def words(self, claim: Claim) -> str | None:
        """Return the report's own words for a claim; None if they are not asked for, or not known."""
        return claim.verbatim if self.verbatim else None

    def mentions(self, node: Node) -> tuple[Mention, ...]:
        """Return what is named in a node, on these bases."""
        shown = {node.ref, *(claim.ref for claim in self.claims(node))}
        return tuple(each for each in node.mentions if each.basis in self.bases and each.ref in shown)

    def links(self, node: Node) -> tuple[Link, ...]:
        """Return the links that begin in a node, on these bases."""
        shown = {node.ref, *(claim.ref for claim in self.claims(node))}
        return tuple(each for each in node.links if is_known(each, self.bases) and each.source_ref in shown)

    def outcomes(self) -> tuple[Outcome, ...]:
        """Return what became of the report's proposals, or of those in a part of it, on these bases, by time."""
        followed = {link.outcome_key for node in self.nodes for link in self.links(node)}
        known = (each for each in self.report.layers.outcomes if each.basis in self.bases)
        return tuple(each for each in known if self.place is None or each.key in followed)

    def codings(self, node: Node) -> tuple[Coding, ...]:
        """Return the codes that a node has itself, on these bases."""
        return tuple(each for each in node.codings if each.basis in self.bases and each.inherited_from is None)

    def view(self, entity: Entity) -> EntityView:
        """Return an entity as far as these bases know it."""
        return EntityView(entity=entity, bases=self.bases)

    def facts(self, entity: Entity) -> tuple[EntityFact, ...]:
        """Return what is known of an entity from elsewhere, on these bases."""
        return tuple(each for each in entity.facts if each.basis in self.bases)

    def other_forms(self, entity: Entity) -> tuple[OtherForm, ...]:
        """Return the forms by which other texts name an entity, and its homonyms, on these bases."""
        return tuple(each for each in (*entity.other_forms, *entity.homonyms) if each.basis in self.bases)
