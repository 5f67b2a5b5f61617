"""Codes laid over the places of the report: code books, assignments, coverage and agreement."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol, cast

import attrs

from asean_japan import display
from asean_japan.errors import ArgumentError, MissingExtraError, require_a
from asean_japan.members import Keyed, Member
from asean_japan.model import Basis, Kind, Node, Nodes, Place, is_tuple
from asean_japan.refs import Ref
from asean_japan.services import Answer, Served

if TYPE_CHECKING:
    from collections.abc import Mapping


NONE = "none"  # The code, or the beginning of the codes ("none:defence"), of a place to which no other applies.


@attrs.frozen
class Code(Served):
    """
    One entry of a code book.

    >>> from asean_japan import load
    >>> load().overlays["sdg"].code("13").label
    'Climate action'

    Attributes:
        code: As the list has it; "none" or "none:..." says that no other applies.
        label: Its name; None where the list's own text is not redistributed.
        definition: What it stands for here, in our words; None if the list's name is all there is.
        uri: Its address on the web; None if it has none.
    """

    code: str
    label: str | None
    definition: str | None
    uri: str | None

    @property
    def is_none(self) -> bool:
        """Whether it says that no other code applies."""
        return self.code == NONE or self.code.startswith(f"{NONE}:")


@attrs.frozen
class Assignment(Served):
    """
    The codes of one place, with the reason.

    >>> from asean_japan import load
    >>> load().overlays["sdg"].assignments[0].codes
    ('16',)

    Attributes:
        ref: The place.
        codes: The primary one first; never empty.
        reason: Why, in our words.
    """

    ref: Ref
    codes: tuple[str, ...] = attrs.field(validator=is_tuple)
    reason: str


@attrs.frozen
class Coding(Answer):
    """
    The codes that hold at a place: its own, or those of the place above it.

    >>> from asean_japan import load
    >>> [coding.codes for coding in load()["III.2.4.1.a"].codes if coding.overlay == "sdg"]
    [('7',)]

    Attributes:
        overlay: Key of the overlay.
        ref: The place.
        codes: The primary one first.
        reason: Why, in our words.
        inherited_from: The place above that was coded, if the codes are inherited; else None.
    """

    overlay: str
    ref: Ref
    codes: tuple[str, ...]
    reason: str
    inherited_from: Ref | None

    @property
    def basis(self) -> Basis:
        """Always `Basis.EDITORIAL`."""
        return Basis.EDITORIAL


@attrs.frozen
class OverlayCoverage(Answer):
    """
    How much of a report is coded.

    >>> from asean_japan import load
    >>> coverage = load().overlays["sdg"].coverage()
    >>> coverage.coded, coverage.units, coverage.uncoded
    (92, 92, ())

    Attributes:
        units: How many places are to be coded.
        coded: How many of them are.
        none: How many of these have no code but "none".
        uncoded: Those that are not.
        counts: How many places of any kind have each code as their own, most first; "none" included.
    """

    units: int
    coded: int
    none: int
    uncoded: Nodes
    counts: tuple[tuple[str, int], ...]

    def _repr_html_(self) -> str:
        rows = [("coded", f"{self.coded} of {self.units}"), *((code, str(count)) for code, count in self.counts)]
        return display.table_html(rows)


@attrs.frozen
class Agreement(Answer):
    """
    How far two codings agree.

    >>> from asean_japan import load
    >>> sdg = load().overlays["sdg"]
    >>> sdg.agreement(sdg).alpha
    1.0

    Attributes:
        alpha: Krippendorff's alpha of the primary codes, nominal; 1.0 is full agreement, 0.0 what chance gives.
        units: How many places both have coded.
        same: At how many of them the primary codes are the same.
        differences: The others, in the order of the assignments: the address and both primary codes.
    """

    alpha: float
    units: int
    same: int
    differences: tuple[tuple[Ref, str, str], ...]


@attrs.frozen(repr=False, getstate_setstate=False)
class Overlay(Member):
    """
    Codes over a report: a code book, and which codes a place has.

    >>> from asean_japan import load
    >>> overlay = load().overlays["sdg"]
    >>> overlay["III.2.4.3"].codes
    ('13', '13.1')
    >>> overlay["III.2.4.3.b"].inherited_from
    Ref.parse('III.2.4.3')

    Attributes:
        key: Stable, of lower-case ASCII letters, digits, hyphens and underscores: "sdg".
        title: What it is called.
        description: What it asks, in one sentence.
        source: Where its codes come from, and of which year; None for codes of our own.
        credits: What the keeper of the list wants to be said; None if nothing.
        codes: The code book.
        units: The kinds of places that are to be coded.
        inherited_by: The kinds of places that have the codes of the place above, unless they have their own.
        assignments: In reading order.
    """

    key: str
    title: str
    description: str
    source: str | None
    credits: str | None
    codes: tuple[Code, ...] = attrs.field(validator=is_tuple)
    units: tuple[Kind, ...] = attrs.field(validator=is_tuple)
    inherited_by: tuple[Kind, ...] = attrs.field(validator=is_tuple)
    assignments: tuple[Assignment, ...] = attrs.field(validator=is_tuple)

    @property
    def basis(self) -> Basis:
        """Always `Basis.EDITORIAL`."""
        return Basis.EDITORIAL

    def code(self, code: str, /) -> Code:
        """
        Give an entry of the code book.

        >>> from asean_japan import load
        >>> load().overlays["aoip"].code("maritime").label
        'Maritime cooperation'

        Raises:
            ArgumentError: If the book has no such code.
        """
        for known in self.codes:
            if known.code == code:
                return known
        raise ArgumentError("code", code, f"a code of the overlay {self.key}")

    def __getitem__(self, address: str | Ref | Place, /) -> Coding:
        """
        Give the codes that hold at a place.

        Raises:
            ArgumentError: If none do.
            RefSyntaxError, RefNotFoundError, AmbiguousRefError, LimitError: As `Report.resolve` does.
        """
        place = cast("_Finder", self._report("codes"))[address]
        coding = self.coding(place if isinstance(place, Node) else place.ancestors[0])
        if coding is None:
            raise ArgumentError("address", str(place.ref), f"a place that the overlay {self.key} codes")
        return coding

    def coding(self, node: Node, /) -> Coding | None:
        """
        Give the codes that hold at a node, or None if none do.

        >>> from asean_japan import load
        >>> report = load()
        >>> report.overlays["sdg"].coding(report["I.2.7"]) is None
        True

        Raises:
            ArgumentError: If it is no node; a claim has the codes of its parent.
            DetachedNodeError: If it stands in no report.
        """
        require_a("node", node, Node)
        own = self._own()
        for above in (node, *node.ancestors):
            if above.ref in own:
                found = own[above.ref]
                source = None if above is node else above.ref
                return Coding(self.key, node.ref, found.codes, found.reason, source)
            if above.kind not in self.inherited_by:
                return None
        return None

    def _own(self) -> Mapping[Ref, Assignment]:
        """What is assigned to each address."""
        if self.detached:
            return {assignment.ref: assignment for assignment in self.assignments}
        return self._layers.codings[self.key]

    def coded(self, code: str, /, *, inherited: bool = True) -> Nodes:
        """
        Give the places that have a code, in reading order.

        >>> from asean_japan import load
        >>> [str(node.ref) for node in load().overlays["sdg"].coded("13", inherited=False)][:2]
        ['III.2.1.1.c', 'III.2.4.1']

        Args:
            code: A code of the book.
            inherited: Whether places that have it from the place above count, too.

        Raises:
            ArgumentError: If the book has no such code.
        """
        self.code(code)
        require_a("inherited", inherited, bool)
        return Nodes(
            node
            for node in self._report("places").walk()
            if (coding := self.coding(node)) and code in coding.codes and (inherited or not coding.inherited_from)
        )

    def coverage(self) -> OverlayCoverage:
        """
        Tell how much of the report is coded.

        >>> from asean_japan import load
        >>> load().overlays["crs"].coverage().none
        29
        """
        own = self._own()
        none = {code.code for code in self.codes if code.is_none}
        nodes = [node for node in self._report("coverage").walk() if node.kind in self.units]
        counts = Counter(code for assignment in self.assignments for code in assignment.codes)
        coded = [own[node.ref] for node in nodes if node.ref in own]
        return OverlayCoverage(
            len(nodes),
            len(coded),
            sum(none.issuperset(assignment.codes) for assignment in coded),
            Nodes(node for node in nodes if node.ref not in own),
            tuple(counts.most_common()),
        )

    def agreement(self, other: Overlay, /) -> Agreement:
        """
        Tell how far another coding of the same report agrees with this one.

        Compared are the primary codes of the places that both have coded themselves. Needs the extra ``agreement``.

        >>> from asean_japan import load
        >>> overlays = load().overlays
        >>> found = overlays["community"].agreement(overlays["community"])
        >>> found.alpha, found.same == found.units
        (1.0, True)

        Raises:
            ArgumentError: If *other* is no overlay, if it codes by another list, or no place that this one codes.
            MissingExtraError: If the package krippendorff is not installed.
        """
        require_a("other", other, Overlay)
        if self.codes != other.codes and not self._applied() & other._applied():
            raise ArgumentError("other", other.key, f"an overlay with codes of the same list as {self.key}")
        mine, theirs = self._primary(), other._primary()
        both = [ref for ref in mine if ref in theirs]
        if not both:
            raise ArgumentError("other", other.key, "an overlay that codes some of the same places")
        pairs = [(ref, mine[ref], theirs[ref]) for ref in both]
        different = tuple(pair for pair in pairs if pair[1] != pair[2])
        alpha = _alpha([code for _, code, _ in pairs], [code for _, _, code in pairs])
        return Agreement(alpha, len(both), len(both) - len(different), different)

    def _applied(self) -> set[str]:
        return {code.code for code in self.codes if not code.is_none}

    def _primary(self) -> dict[Ref, str]:
        return {assignment.ref: assignment.codes[0] for assignment in self.assignments if assignment.codes}

    def __contains__(self, address: object) -> bool:
        try:
            self[cast("Ref", address)]
        except (LookupError, ValueError):  # All that a look-up raises.
            return False
        return True

    __iter__ = None  # What a look-up takes are addresses, of which there is no one list; `assignments` has the codes.

    def __repr__(self) -> str:
        return self._path(self.key)

    def _repr_html_(self) -> str:
        rows = ((assignment.ref, ", ".join(assignment.codes)) for assignment in self.assignments)
        return f"<p><b>{display.escaped(self.title)}</b></p>{display.table_html(rows)}"


class _Finder(Protocol):
    def __getitem__(self, address: str | Ref | Place, /) -> Place: ...


def _alpha(one: list[str], other: list[str]) -> float:
    if one == other:
        return 1.0  # Also where all codes are one, of which the statistic says nothing.
    try:
        import krippendorff
    except ImportError as error:
        raise MissingExtraError("agreement", "krippendorff") from error

    numbers = {code: at for at, code in enumerate(dict.fromkeys(one + other))}
    table = [[float(numbers[code]) for code in codes] for codes in (one, other)]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


class Overlays(Keyed[Overlay]):
    """
    The overlays of a report, by key.

    >>> from asean_japan import load
    >>> load().overlays["aoip"].title
    'Areas of the ASEAN Outlook on the Indo-Pacific'
    """

    __slots__ = ()
    _name = "overlays"

    def _repr_html_(self) -> str:
        return display.table_html((key, overlay.title) for key, overlay in self.items())
