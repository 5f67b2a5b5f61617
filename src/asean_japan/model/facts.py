"""What the report says at one span of one place: a naming, a date, a quantity."""

from __future__ import annotations

import re
from typing import TypeAlias

import attrs

from asean_japan import model
from asean_japan.arguments import require_number
from asean_japan.errors import DataError
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.home import Value
from asean_japan.model.places import Place, text_of
from asean_japan.refs import Ref

Amount: TypeAlias = int | tuple[int, int]


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Spanned(Value):
    """A value at one span of one place."""

    ref: Ref
    start: int
    end: int
    basis: Basis = Basis.STATED

    @property
    def place(self) -> Place:
        """The claim, or the node whose heading it is."""
        return self._known("place").home[self.ref]

    @property
    def text(self) -> str:
        """The words at the span."""
        return text_of(self.place)[self.start : self.end]

    def _line(self, said: str) -> str:
        """Return what it says behind its address; what the claim borrows is marked, since that is our judgment."""
        borrowed = "  [borrowed]" if self.basis is Basis.EDITORIAL else ""
        return display.line_at(self.ref, f"{said}{borrowed}")


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Mention(Spanned):
    """
    One naming of an entity, in a claim or in a printed heading.

    >>> from asean_japan import load
    >>> mention = load().entities["AOIP"].mentions[0]
    >>> mention.text, str(mention.ref), mention.basis.value
    ('ASEAN Outlook on the Indo-Pacific (AOIP)', 'I.1.1.s4', 'stated')

    Attributes:
        ref: The claim, or the node whose heading names it.
        start: Where it begins, as an offset into the text of the claim, or into the heading.
        end: Where it ends.
        basis: `Basis.STATED`, or `Basis.EDITORIAL` for a name that is only in what the claim borrows in [brackets].
        key: Key of the entity.
    """

    key: str

    @property
    def entity(self) -> model.Entity:
        """What is named."""
        return self._known("entity").entities[self.key]

    def __str__(self) -> str:
        return self._line(self.key if self.detached else self.text)


# Of the levels of EDTF what a report needs: years, decades, centuries, months, days, and intervals of these.
_EDTF = re.compile(r"[0-9]{2}([0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|[0-9]X|XX)")


def is_date(text: str) -> bool:
    """
    Return whether a text is a date in EDTF, as far as a report needs it; an interval does not end before it begins.

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
    """Return whether a text is one date that exists."""
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


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class DatedFact(Spanned):
    """
    A date, and what it dates.

    >>> from asean_japan import load
    >>> [(fact.edtf, fact.event) for fact in load()["0.p1.s1"].dates]
    [('1973', 'start of dialogue between ASEAN and Japan'), ('1967-08', 'founding of ASEAN')]

    Attributes:
        ref: The claim.
        start: Where the expression begins, as an offset into the text of the claim.
        end: Where it ends.
        basis: `Basis.STATED`, or `Basis.EDITORIAL` for a date that the claim borrows from elsewhere in the report.
        edtf: The date in the Extended Date/Time Format (ISO 8601-2): "1973", "2022-02", "203X", "20XX", "2010/2019",
            "2022-02/..".
        event: What it dates, in our words.
    """

    edtf: str
    event: str

    @property
    def years(self) -> tuple[int, int | None]:
        """
        The first and the last year that it covers; None for an interval without an end.

        Raises:
            DataError: If *edtf* is not a date; that of a report is one.
        """
        if not is_date(self.edtf):
            raise DataError("date", (f"not a date in EDTF: {self.edtf!r} @ edtf",))
        first, _, last = self.edtf.partition("/")
        last = last or first
        return int(first[:4].replace("X", "0")), None if last == ".." else int(last[:4].replace("X", "9"))

    def covers(self, year: int, /) -> bool:
        """
        Return whether it covers a year.

        >>> from asean_japan import load
        >>> [fact.edtf for fact in load().dates if fact.covers(2035)][-1]
        '203X'

        Raises:
            ArgumentError: If *year* is not a whole number from 0.
        """
        require_number("year", year, 0)
        first, last = self.years
        return first <= year and (last is None or year <= last)

    def __str__(self) -> str:
        return self._line(f"{self.edtf}: {self.event}")


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Quantity(Spanned):
    """
    A number, its unit, and what it counts.

    >>> from asean_japan import load
    >>> [(fact.value, fact.unit, fact.counts) for fact in load().quantities if fact.value == 670_000_000]
    [(670000000, 'people', 'population of ASEAN')]

    Attributes:
        ref: The claim.
        start: Where the expression begins, as an offset into the text of the claim.
        end: Where it ends.
        basis: `Basis.STATED`.
        value: The number; the first and the last of a range.
        unit: The noun that is counted, or "ordinal" for a position in a row.
        counts: What it counts, in our words.
    """

    value: Amount
    unit: str
    counts: str

    def __str__(self) -> str:
        ends = self.value if isinstance(self.value, tuple) else (self.value,)
        amount = " to ".join(f"{end:,}" for end in ends)
        unit = "(ordinal)" if self.unit == "ordinal" else self.unit
        return self._line(f"{amount} {unit}: {self.counts}")
