"""Codes laid over the places of the report: code books, assignments, coverage and agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypeVar, cast

import attrs

from asean_japan.arguments import finds, require_a, require_text, require_tuple
from asean_japan.errors import ArgumentError, MissingExtraError
from asean_japan.folding import comparable
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.display import Shown
from asean_japan.model.home import Home, Value, ValueMapping
from asean_japan.model.places import Address, Kind, Node, Nodes, Place
from asean_japan.pydantic_hooks import PydanticResult, PydanticValue
from asean_japan.refs import Ref

_T = TypeVar("_T")

_MOST_NEAR = 8  # Codes that an error names.
_ALIKE = 3  # Characters that such codes begin with: those of a category of purpose codes.
NONE = "none"  # The code, or the beginning of the codes ("none:defence"), of a place to which no other applies.


def _shared(one: str, other: str) -> int:
    """Return with how many characters two texts begin alike."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


@attrs.frozen(kw_only=True, repr=False)
class Code(Shown, PydanticValue):
    """
    One entry of a code book.

    >>> from asean_japan import load
    >>> load().overlays["sdg"].code("13").label
    'Climate action'

    Attributes:
        code: As the list has it; "none" or "none:..." says that no other code applies.
        label: Its name; None where the list's own text is not redistributed.
        definition: What it means here, in our words; None if the list's name is all there is.
        uri: Its address on the web; None if it has none.
    """

    code: str
    label: str | None = None
    definition: str | None = None
    uri: str | None = None

    @property
    def is_none(self) -> bool:
        """Whether it says that no other code applies."""
        return self.code == NONE or self.code.startswith(f"{NONE}:")

    def __str__(self) -> str:
        return f"{self.code}: {self.label}" if self.label else self.code


@attrs.frozen(kw_only=True, repr=False)
class Assignment(Shown, PydanticValue):
    """
    The codes of one place, with the reason.

    >>> from asean_japan import load
    >>> load().overlays["sdg"].assignments[0].codes
    ('16',)

    Attributes:
        ref: The place.
        codes: The primary one first; never empty.
        reason: Why, in our words; None only in an overlay of your own.
    """

    ref: Ref
    codes: tuple[str, ...] = attrs.field(validator=require_tuple)
    reason: str | None = None

    def __str__(self) -> str:
        return display.line_at(self.ref, ", ".join(self.codes), self.reason)


@attrs.frozen(kw_only=True, repr=False)
class Coding(Shown, PydanticResult):
    """
    The codes that hold at a place: its own, or those of the place above it.

    >>> from asean_japan import load
    >>> [coding.codes for coding in load()["III.2.4.1.a"].codings if coding.overlay_key == "sdg"]
    [('7',)]

    Attributes:
        overlay_key: Key of the overlay.
        ref: The place.
        codes: The primary one first.
        reason: Why, in our words; None only in an overlay of your own.
        inherited_from: The place above that was coded, if the codes are inherited; else None.
    """

    overlay_key: str
    ref: Ref
    codes: tuple[str, ...]
    reason: str | None
    inherited_from: Ref | None

    @property
    def basis(self) -> Basis:
        """Always `Basis.EDITORIAL`."""
        return Basis.EDITORIAL

    def __str__(self) -> str:
        source = f" (from {self.inherited_from})" if self.inherited_from else ""
        return display.line_at(self.ref, f"{self.overlay_key} {', '.join(self.codes)}{source}", self.reason)


@attrs.frozen(kw_only=True, repr=False)
class OverlayCoverage(Shown, PydanticResult):
    """
    How much of a report is coded.

    >>> from asean_japan import load
    >>> coverage = load().overlays["sdg"].coverage()
    >>> coverage.coded, coverage.units, len(coverage.uncoded)
    (92, 92, 0)

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
    uncoded: Nodes[Node]
    counts: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        lines = (
            f"coded: {self.coded} of {display.counted(self.units, 'place')}, {self.none} of them as none",
            f"not coded: {', '.join(str(node.ref) for node in self.uncoded) or display.NONE_FOUND}",
            f"codes: {', '.join(f'{code} ({count})' for code, count in self.counts) or display.NONE_FOUND}",
        )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [("coded", f"{self.coded} of {self.units}"), *((code, str(count)) for code, count in self.counts)]
        return display.table_html(rows)


@attrs.frozen(kw_only=True, repr=False)
class Agreement(Shown, PydanticResult):
    """
    How far two codings agree.

    >>> from asean_japan import load
    >>> sdg = load().overlays["sdg"]
    >>> sdg.agreement(sdg).alpha
    1.0

    Attributes:
        alpha: Krippendorff's alpha of the primary codes, nominal; 1.0 is full agreement, 0.0 is what chance gives.
        units: How many places both have coded.
        same: At how many of them the primary codes are the same.
        differences: The others, in the order of the assignments: the address and both primary codes.
    """

    alpha: float
    units: int
    same: int
    differences: tuple[tuple[Ref, str, str], ...]

    def __str__(self) -> str:
        different = ", ".join(f"{ref} ({one}, {other})" for ref, one, other in self.differences)
        lines = (
            f"alpha: {self.alpha:.3f}",
            f"same: {self.same} of {display.counted(self.units, 'place')}",
            f"different: {different or display.NONE_FOUND}",
        )
        return "\n".join(lines)


def _to_codes(codes: Iterable[Code] | Mapping[str, str | None]) -> tuple[Code, ...]:
    """Return the entries of a code book, which can be given as labels by code."""
    if isinstance(codes, Mapping):
        labels = cast("Mapping[str, str | None]", codes)
        return tuple(Code(code=code, label=label) for code, label in labels.items())
    return _to_tuple("codes", codes)


_Codes: TypeAlias = str | Iterable[str]  # The keys of a mapping are invariant, so that each kind has its own.
_ByAddress: TypeAlias = Mapping[str, _Codes] | Mapping[Ref, _Codes] | Mapping[Place, _Codes] | Mapping[Node, _Codes]


def _to_assignments(assignments: Iterable[Assignment] | _ByAddress) -> tuple[Assignment, ...]:
    """Return the assignments, which can be given as one code or several by address."""
    if not isinstance(assignments, Mapping):
        return _to_tuple("assignments", assignments)
    by_address = cast("Mapping[Address, _Codes]", assignments)
    return tuple(
        Assignment(ref=_to_ref(address), codes=(codes,) if isinstance(codes, str) else _to_tuple("codes", codes))
        for address, codes in by_address.items()
    )


def _to_tuple(argument: str, values: Iterable[_T]) -> tuple[_T, ...]:
    if isinstance(values, str) or not isinstance(cast("object", values), Iterable):
        raise ArgumentError(argument, values, "several values, or a mapping")
    return tuple(values)


def _to_ref(address: Address) -> Ref:
    """Read an address as people write it, as far as it means one place in every report."""
    if not isinstance(address, str):
        return address.ref if isinstance(address, Place) else address
    from asean_japan.reading import read_ref  # Loading needs none of it.

    return read_ref(address)


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Overlay(Value):
    """
    Codes over a report: a code book, and which codes a place has.

    >>> from asean_japan import load
    >>> overlay = load().overlays["sdg"]
    >>> overlay["III.2.4.3"].codes
    ('13', '13.1')
    >>> overlay["III.2.4.3.b"].inherited_from
    Ref.parse('III.2.4.3')

    One of your own needs a key, a title, a code book and assignments; labels by code, and codes by address, will do:

    >>> from asean_japan import Overlay
    >>> mine = Overlay(key="mine", title="Mine", codes={"now": "urgent"}, assignments={"I-1-②": "now"})
    >>> mine.assignments
    (Assignment(ref=Ref.parse('I.1.2'), codes=('now',), reason=None),)

    Attributes:
        key: Stable, of lower-case ASCII letters, digits, hyphens and underscores: "sdg".
        title: What it is called.
        description: What it asks, in one sentence; None if nothing says.
        source: Where its codes come from, and of which year; None for codes of our own.
        credits: What the keeper of the list wants to be said; None if nothing.
        book: The code book, in Markdown: how each code is to be used; None if there is none.
        codes: The codes, with what each means.
        units: The kinds of places that are to be coded.
        inherited_by: The kinds of places that have the codes of the place above, unless they have their own.
        assignments: In reading order.
    """

    key: str
    title: str
    description: str | None = None
    source: str | None = None
    credits: str | None = None
    book: str | None = None
    codes: tuple[Code, ...] = attrs.field(converter=_to_codes)
    units: tuple[Kind, ...] = attrs.field(validator=require_tuple, default=())
    inherited_by: tuple[Kind, ...] = attrs.field(validator=require_tuple, default=())
    assignments: tuple[Assignment, ...] = attrs.field(converter=_to_assignments)

    @classmethod
    def from_records(
        cls,
        records: Iterable[Mapping[str, object]],
        /,
        *,
        key: str,
        title: str | None = None,
        description: str | None = None,
        codes: Iterable[Code] | Mapping[str, str | None] | None = None,
    ) -> Overlay:
        """
        Return the overlay that a table of codes makes, as a DataFrame's ``to_dict("records")`` has it.

        >>> rows = [{"ref": "I.1.2", "code": "now", "reason": "of high priority"}, {"ref": "I.1.3", "code": None}]
        >>> overlay = Overlay.from_records(rows, key="mine")
        >>> overlay.assignments
        (Assignment(ref=Ref.parse('I.1.2'), codes=('now',), reason='of high priority'),)

        Args:
            records: One row for each code of a place, with its address as ``ref`` (or ``id``) and the ``code``; a place
                with several codes has several rows, the primary code first. A ``reason`` is taken from the first row of
                a place that has one. A row with an empty code assigns nothing; None, NaN and NA are empty. Other
                columns are not read.
            key: Key of the overlay.
            title: What it is called; None for the key.
            description: What it asks.
            codes: The code book; None for the codes that are assigned, without labels.

        Raises:
            ArgumentError: If *records* are not rows, if a row has no address or no column ``code``, or if a cell is not
                text.
            RefSyntaxError: If an address cannot be read.
        """
        assigned: dict[Ref, list[str]] = {}
        reasons: dict[Ref, str] = {}
        for at, row in enumerate(_to_tuple("records", records)):
            require_a(f"records[{at}]", row, Mapping)
            column = "ref" if "ref" in row else "id"
            address = _cell(row, at, column)
            if address is None:
                raise ArgumentError(f"records[{at}][{column!r}]", row[column], "an address")
            ref = _to_ref(address)
            code, reason = _cell(row, at, "code"), _cell(row, at, "reason") if "reason" in row else None
            if code is not None and code not in assigned.setdefault(ref, []):
                assigned[ref].append(code)
            if reason is not None:
                reasons.setdefault(ref, reason)
        used = dict.fromkeys(code for each in assigned.values() for code in each)
        return cls(
            key=key,
            title=key if title is None else title,
            description=description,
            codes=dict.fromkeys(used) if codes is None else codes,
            assignments=[
                Assignment(ref=ref, codes=tuple(each), reason=reasons.get(ref))
                for ref, each in assigned.items()
                if each
            ],
        )

    @property
    def basis(self) -> Basis:
        """Always `Basis.EDITORIAL`."""
        return Basis.EDITORIAL

    def code(self, code: str, /) -> Code:
        """
        Return one of the codes, by itself or by its label; case makes no difference.

        >>> from asean_japan import load
        >>> aoip = load().overlays["aoip"]
        >>> aoip.code("maritime").label, aoip.code("Maritime cooperation").code
        ('Maritime cooperation', 'maritime')

        Raises:
            ArgumentError: If there is no such code, or if several have the label; the error names what is near.
        """
        require_text("code", code)
        for known in self.codes:
            if known.code == code:
                return known
        wanted = comparable(code)
        found = [known for known in self.codes if wanted in {comparable(known.code), comparable(known.label or "")}]
        if len(found) == 1:
            return found[0]
        near = ", ".join(known.code for known in found) or self._near(code)
        raise ArgumentError("code", code, f"a code of the overlay {self.key}{near and f', such as {near}'}")

    def _near(self, code: str) -> str:
        """Return codes that begin alike, or whose code or label looks like it; empty if none does."""
        shared = {known.code: _shared(known.code, code) for known in self.codes}
        if alike := [known for known in shared if shared[known] >= _ALIKE]:
            return ", ".join(sorted(alike, key=shared.__getitem__, reverse=True)[:_MOST_NEAR])
        from difflib import get_close_matches

        texts = {comparable(text): known.code for known in self.codes for text in (known.code, known.label) if text}
        close = get_close_matches(comparable(code), texts, n=_MOST_NEAR, cutoff=0.7)
        return ", ".join(dict.fromkeys(texts[text] for text in close))

    def __getitem__(self, address: Address, /) -> Coding:
        """
        Return the codes that hold at a place.

        Raises:
            ArgumentError: If none do.
            RefSyntaxError, RefNotFoundError, AmbiguousRefError, LimitError: As `Report.resolve` does.
        """
        place = self._known("codes").home[address]
        coding = self.coding(place.node)
        if coding is None:
            raise ArgumentError("address", str(place.ref), f"a place that the overlay {self.key} codes")
        return coding

    def coding(self, node: Node, /) -> Coding | None:
        """
        Return the codes that hold at a node, or None if none do.

        >>> from asean_japan import load
        >>> report = load()
        >>> report.overlays["sdg"].coding(report["I.2.7"].node) is None
        True

        Raises:
            ArgumentError: If it is not a node; a claim has the codes of its node.
            DetachedNodeError: If it is detached.
        """
        require_a("node", node, Node)
        own = self._own()
        for above in (node, *node.ancestors):
            if above.ref in own:
                found = own[above.ref]
                source = None if above is node else above.ref
                return Coding(
                    overlay_key=self.key, ref=node.ref, codes=found.codes, reason=found.reason, inherited_from=source
                )
            if above.kind not in self.inherited_by:
                return None
        return None

    def _own(self) -> Mapping[Ref, Assignment]:
        """Return what is assigned to each address."""
        if self.detached:
            return {assignment.ref: assignment for assignment in self.assignments}
        return self._index.assignments[self.key]

    def coded(self, code: str, /, *, inherited: bool = True) -> Nodes[Node]:
        """
        Return the places that have a code, in reading order.

        >>> from asean_japan import load
        >>> [str(node.ref) for node in load().overlays["sdg"].coded("13", inherited=False)][:2]
        ['III.2.1.1.c', 'III.2.4.1']

        Args:
            code: A code or its label, as `code` takes it.
            inherited: Whether places that have it from the place above count, too.

        Raises:
            ArgumentError: If the book has no such code.
        """
        code = self.code(code).code
        require_a("inherited", inherited, bool)
        return Nodes(
            node
            for node in self._known("places").home.walk()
            if (coding := self.coding(node)) and code in coding.codes and (inherited or not coding.inherited_from)
        )

    def coverage(self) -> OverlayCoverage:
        """
        Return how much of the report is coded.

        >>> from asean_japan import load
        >>> load().overlays["crs"].coverage().none
        29
        """
        own = self._own()
        none = {code.code for code in self.codes if code.is_none}
        nodes = [node for node in self._known("coverage").home.walk() if node.kind in self.units]
        counts = Counter(code for assignment in self.assignments for code in assignment.codes)
        coded = [own[node.ref] for node in nodes if node.ref in own]
        return OverlayCoverage(
            units=len(nodes),
            coded=len(coded),
            none=sum(none.issuperset(assignment.codes) for assignment in coded),
            uncoded=Nodes(node for node in nodes if node.ref not in own),
            counts=tuple(counts.most_common()),
        )

    def agreement(self, other: Overlay, /) -> Agreement:
        """
        Return how far another coding of the same report agrees with this one.

        Compared are the primary codes of the places that both have coded themselves. Needs the extra ``agreement``.

        >>> from asean_japan import load
        >>> overlays = load().overlays
        >>> found = overlays["community"].agreement(overlays["community"])
        >>> found.alpha, found.same == found.units
        (1.0, True)

        Raises:
            ArgumentError: If *other* is not an overlay, if it codes by another list, or no place that this one codes.
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
        return Agreement(alpha=alpha, units=len(both), same=len(both) - len(different), differences=different)

    def _applied(self) -> set[str]:
        return {code.code for code in self.codes if not code.is_none}

    def _primary(self) -> dict[Ref, str]:
        return {assignment.ref: assignment.codes[0] for assignment in self.assignments if assignment.codes}

    def __contains__(self, address: object) -> bool:
        return finds(self.__getitem__, address)

    __iter__ = None  # A look-up takes addresses, of which there is no one list; `assignments` has the codes.

    def __str__(self) -> str:
        codes, places = display.counted(len(self.codes), "code"), display.counted(len(self.assignments), "place")
        return display.place_text(f"{self.title}  ({self.key}, {codes}, {places})", self.description)

    def _path(self) -> str | None:
        return self._keyed_path(self.key)

    def _repr_html_(self) -> str:
        rows = ((assignment.ref, ", ".join(assignment.codes)) for assignment in self.assignments)
        return f"<p><b>{display.escaped(self.title)}</b></p>{display.table_html(rows)}"


def _cell(row: Mapping[str, object], at: int, column: str) -> str | None:
    """Return the text in a column; None for an empty cell."""
    if column not in row:
        raise ArgumentError(f"records[{at}]", row, f"a row with columns ref and code; it has no {column!r}")
    value = row[column]
    if isinstance(value, str):
        return value or None
    if _is_missing(value):
        return None
    raise ArgumentError(f"records[{at}][{column!r}]", value, "text; codes are text, also 13")


def _is_missing(value: object) -> bool:
    """Return whether a cell has None, or what a DataFrame has instead: NaN, which differs from itself, NaT or NA."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124
    except (TypeError, ValueError) as error:  # NA does not tell whether it differs; an array does so for each item.
        return isinstance(error, TypeError)


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


class Overlays(ValueMapping[Overlay]):
    """
    The overlays of a report, by key.

    >>> from asean_japan import load
    >>> load().overlays["aoip"].title
    'Areas of the ASEAN Outlook on the Indo-Pacific'
    """

    __slots__ = ()

    @property
    def _parts(self) -> Mapping[str, Overlay]:
        return self._index.overlays

    def _where(self) -> tuple[Home, str]:
        return self._index.home, "overlays"

    def _repr_html_(self) -> str:
        return display.table_html((key, overlay.title) for key, overlay in self.items())
