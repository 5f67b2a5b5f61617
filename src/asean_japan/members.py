"""
What values of a layer have in common, and the plainest of them: mentions, dates and quantities.

The values are plain: they say where they stand by address, and whom they mean by key. One that belongs to a report also
leads to it, by a hidden slot that equality, `repr` and hashing pass by, as places do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol, Self, TypeAlias, TypeVar, cast

import attrs

from asean_japan.errors import DataError, DetachedNodeError, NameNotFoundError, require_number, require_text
from asean_japan.model import Basis, Claim, Node, Place
from asean_japan.refs import Ref
from asean_japan.services import Answer, Served

if TYPE_CHECKING:
    from collections.abc import Callable

    from asean_japan.entities import Entity
    from asean_japan.layers import LayerIndex, Layers  # noqa: TC004  # It imports this module.
    from asean_japan.model import Kind

_V = TypeVar("_V")
Amount: TypeAlias = int | tuple[int, int]


class Holder(Protocol):
    """What a value asks of the report to which it belongs."""

    @property
    def origin(self) -> str | None:
        """The expression that gives the report again; None for one that was built by hand."""
        ...

    @property
    def layers(self) -> Layers:
        """All values."""
        ...

    def walk(self, *, kind: Kind | None = None) -> tuple[Node, ...]:
        """Every node, or those of a kind."""
        ...

    def __getitem__(self, address: Ref, /) -> Place:
        """The place at an address."""
        ...


class Member(Served):
    """
    A value of a layer.

    >>> from asean_japan import load
    >>> load().dates[0].detached
    False
    """

    __slots__ = ("__weakref__", "_key", "_layers")

    if TYPE_CHECKING:  # What reads data resolves the annotations of fields, and of these.
        _layers: LayerIndex
        _key: tuple[str, int]  # In which collection of the layers it stands, and where.

    @property
    def detached(self) -> bool:
        """Whether this value belongs to no report, so that it knows of no place."""
        return not hasattr(self, "_layers")

    def _known(self, asked: str) -> LayerIndex:
        if self.detached:
            raise DetachedNodeError(type(self).__name__, asked)
        return self._layers

    def _report(self, asked: str) -> Holder:
        return self._known(asked).holder

    def _path(self, key: str) -> str:
        """How a value with a key is found again, if its report can be; else its fields."""
        if not self.detached and self._layers.holder.origin:
            return f"{self._layers.holder!r}.{self._key[0]}[{key!r}]"
        fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(self)))
        values = (f"{field.name}={getattr(self, field.name)!r}" for field in fields)
        return f"{type(self).__name__}({', '.join(values)})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        if self.detached:
            fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(self)))
            return type(self), tuple(getattr(self, field.name) for field in fields)
        return _member, (self._layers.holder, *self._key)


def _member(holder: Holder, collection: str, position: int) -> object:
    """Find a member again; what pickles call."""
    return getattr(holder.layers, collection)[position]


@attrs.frozen(getstate_setstate=False)
class Mention(Member):
    """
    One naming of something, in a claim or in a printed heading.

    >>> from asean_japan import load
    >>> mention = load().entities["AOIP"].mentions[0]
    >>> mention.text, str(mention.ref), mention.basis.value
    ('ASEAN Outlook on the Indo-Pacific (AOIP)', 'I.1.1.s4', 'stated')

    Attributes:
        ref: The claim, or the node whose heading names it.
        key: Key of the entity.
        start: Where the naming begins, as an offset into the text of the claim, or into the heading.
        end: Where it ends.
        basis: `Basis.STATED`, or `Basis.EDITORIAL` for a name that stands only in what the claim borrows in [brackets].
    """

    ref: Ref
    key: str
    start: int
    end: int
    basis: Basis

    @property
    def place(self) -> Claim | Node:
        """The claim, or the node whose heading it is."""
        return cast("Claim | Node", self._report("place")[self.ref])

    @property
    def entity(self) -> Entity:
        """What is named."""
        return self._known("entity").entities[self.key]

    @property
    def text(self) -> str:
        """The words that name it."""
        return text_of(self.place)[self.start : self.end]


def text_of(place: Claim | Node) -> str:
    """The text into which the offsets of a place count: that of a claim, or the heading of a node."""
    return place.text if isinstance(place, Claim) else place.heading or ""


# Of the levels of EDTF what a report needs: years, decades, centuries, months, days, and intervals of these.
_EDTF = re.compile(r"[0-9]{2}([0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|[0-9]X|XX)")


def is_date(text: str) -> bool:
    """
    Whether a text is a date in EDTF as far as a report needs it; an interval does not end before it begins.

    >>> is_date("2022-02/.."), is_date("203X"), is_date("2022/2019"), is_date("2022-02-31")
    (True, True, False, False)
    """
    first, slash, last = text.partition("/")
    if not _is_day_or_more(first):
        return False
    if not slash or last == "..":
        return True
    return _is_day_or_more(last) and first.replace("X", "0") <= f"{last.replace('X', '9')}-99"


def _is_day_or_more(text: str) -> bool:
    """Whether a text is one date, and one that there is."""
    if not _EDTF.fullmatch(text):
        return False
    if text.count("-") < 2:  # noqa: PLR2004  # A year, a month, or a span of years.
        return True
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@attrs.frozen(getstate_setstate=False)
class DatedFact(Member):
    """
    A date, and what it dates.

    >>> from asean_japan import load
    >>> [(fact.edtf, fact.event) for fact in load()["0.p1.s1"].dates]
    [('1967-08', 'founding of ASEAN'), ('1973', 'start of dialogue between ASEAN and Japan')]

    Attributes:
        ref: The claim.
        start: Where the expression begins, as an offset into the text of the claim.
        end: Where it ends.
        edtf: The date in the Extended Date/Time Format (ISO 8601-2): "1973", "2022-02", "203X", "20XX", "2010/2019",
            "2022-02/..".
        event: What it dates, in our words.
        basis: `Basis.STATED`, or `Basis.EDITORIAL` for a date that the claim borrows from elsewhere in the report.
    """

    ref: Ref
    start: int
    end: int
    edtf: str
    event: str
    basis: Basis

    @property
    def claim(self) -> Claim:
        """The claim."""
        return cast("Claim", self._report("claim")[self.ref])

    @property
    def text(self) -> str:
        """The words that give the date."""
        return self.claim.text[self.start : self.end]

    @property
    def years(self) -> tuple[int, int | None]:
        """
        The first and the last year that it covers; None for one that has no end.

        Raises:
            DataError: If it is no date; that of a report is one.
        """
        if not is_date(self.edtf):
            raise DataError("date", (f"no date in EDTF: {self.edtf!r} @ edtf",))
        first, _, last = self.edtf.partition("/")
        last = last or first
        return int(first[:4].replace("X", "0")), None if last == ".." else int(last[:4].replace("X", "9"))

    def covers(self, year: int, /) -> bool:
        """
        Whether a year lies in it.

        >>> from asean_japan import load
        >>> [fact.edtf for fact in load().dates if fact.covers(2035)][-1]
        '203X'

        Raises:
            ArgumentError: If *year* is no whole number from 0.
        """
        require_number("year", year, 0)
        first, last = self.years
        return first <= year and (last is None or year <= last)


@attrs.frozen(getstate_setstate=False)
class Quantity(Member):
    """
    A number, its unit, and what it counts.

    >>> from asean_japan import load
    >>> [(fact.value, fact.unit, fact.counts) for fact in load().quantities if fact.value == 670_000_000]
    [(670000000, 'people', 'population of ASEAN')]

    Attributes:
        ref: The claim.
        start: Where the expression begins, as an offset into the text of the claim.
        end: Where it ends.
        value: The number; the first and the last of a range.
        unit: The noun that is counted, or "ordinal" for a position in a row.
        counts: What it counts, in our words.
        basis: `Basis.STATED`.
    """

    ref: Ref
    start: int
    end: int
    value: Amount
    unit: str
    counts: str
    basis: Basis

    @property
    def claim(self) -> Claim:
        """The claim."""
        return cast("Claim", self._report("claim")[self.ref])

    @property
    def text(self) -> str:
        """The words that give the number."""
        return self.claim.text[self.start : self.end]


@attrs.frozen(eq=False, repr=False, getstate_setstate=False)
class Keyed(Mapping[str, _V], Answer):
    """
    Values of one layer by their keys: a frozen mapping in a fixed order.

    >>> from asean_japan import load
    >>> list(load().overlays)
    ['act', 'actor', 'aoip', 'community', 'crs', 'sdg']

    A key that there is not raises `NameNotFoundError` with suggestions.
    """

    _layers: LayerIndex
    _name: ClassVar[str]

    @property
    def _members(self) -> Mapping[str, _V]:
        return cast("Mapping[str, _V]", getattr(self._layers, self._name))

    def __getitem__(self, name: str, /) -> _V:
        require_text("name", name)
        if name in self._members:
            return self._members[name]
        raise NameNotFoundError(name, tuple(self._members))

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, name: object) -> bool:
        try:
            self[cast("str", name)]
        except (LookupError, ValueError):  # All that a look-up raises.
            return False
        return True

    def __hash__(self) -> int:
        return hash(frozenset(self._members))  # Like dicts, mappings of another order are equal.

    def __repr__(self) -> str:
        return f"{self._layers.holder!r}.{self._name}"

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return getattr, (self._layers.holder, self._name)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._members)
