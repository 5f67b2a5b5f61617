"""What a reader's copy has of the report, and what else it has: the parts, the leftovers, and both in figures."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from asean_japan.copies.alignment import Status
from asean_japan.copies.copy import Copy
from asean_japan.copies.skeletons import Span
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

LeftoverKind: TypeAlias = Literal["mark", "markup", "furniture", "extra"]


@attrs.frozen
class BoundPart(PydanticResult):
    r"""
    One sentence, heading or line of the title page in a reader's copy.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> bound = load().bind(text, index=index).binding["I.2.7.s3"]
    >>> bound.status, bound.words == load()["I.2.7.s3"].text == text[bound.start : bound.end]
    ('verified', True)

    Attributes:
        kind: "sentence", "heading", or the name of the line of the title page.
        ref: Address of the sentence, or of the place that has the heading; None on the title page.
        status: "verified": its letters and digits have the digest of the index. "repaired": they have, once the digits
            of footnotes or whole lines between are left out. "located": it should stand here, and reads otherwise.
            "missing": it was not found.
        spans: Where it stands in the reader's own string; more than one if something stands between; ``()`` if missing.
        page: On which page it begins, counted from 1; None if nothing tells.
    """

    kind: str
    ref: Ref | None
    status: Status
    spans: tuple[Span, ...]
    page: int | None
    _copy: Copy = attrs.field(eq=False, repr=False)

    @property
    def start(self) -> int | None:
        """Where it begins in the reader's own string; None if it is missing."""
        return self.spans[0][0] if self.spans else None

    @property
    def end(self) -> int | None:
        """Where it ends in the reader's own string; None if it is missing."""
        return self.spans[-1][1] if self.spans else None

    @property
    def proved(self) -> bool:
        """Whether a digest proves its words: it is verified or repaired."""
        return self.status in {"verified", "repaired"}

    @property
    def words(self) -> str | None:
        """What the copy has there, without markup and with single spaces, proved or not; None if it is missing."""
        return self._copy.words(self.spans) if self.spans else None


@attrs.frozen
class Leftover(PydanticResult):
    r"""
    What a copy has beside the parts of the report.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> binding = load().bind(f"{text} And more.", index=index).binding
    >>> [(left.kind, left.text) for left in binding.leftovers]
    [('extra', 'And more.')]

    Attributes:
        kind: "mark": the number of a place, or its bullet. "markup": without letters and digits. "furniture": page
            numbers, and lines that come back from page to page; see `Coverage.whole`. "extra": anything else.
        start: Where it begins in the reader's own string.
        end: Where it ends.
        page: On which page it begins, counted from 1; None if nothing tells.
    """

    kind: LeftoverKind
    start: int
    end: int
    page: int | None
    _copy: Copy = attrs.field(eq=False, repr=False)

    @property
    def text(self) -> str:
        """The reader's own string there."""
        return self._copy.text[self.start : self.end]


@attrs.frozen
class Coverage(PydanticResult):
    r"""
    How much of the report a copy has, in figures.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> coverage = load().bind(text, index=index).binding.coverage
    >>> coverage.verified, coverage.share
    (255, 1.0)
    >>> coverage.headings_missing, coverage.whole
    (11, False)

    Attributes:
        sentences: How many the report has.
        verified: How many of them are verified,
        repaired: repaired,
        located: only located,
        missing: or missing.
        moved: How many of those that are there stand out of order.
        headings: How many headings the report has.
        headings_proved: How many of them are verified or repaired,
        headings_located: only located,
        headings_missing: or missing.
        headings_moved: How many of those that are there stand out of order.
        front: Lines of the title page.
        front_proved: How many of them are verified or repaired,
        front_located: or only located.
        letters: Letters and digits of all sentences.
        proved_letters: Those of the sentences that are verified or repaired.
        marks: How many marks are left over,
        markup: pieces of markup,
        furniture: pieces of page furniture,
        extra: and pieces of anything else.
    """

    sentences: int
    verified: int
    repaired: int
    located: int
    missing: int
    moved: int
    headings: int
    headings_proved: int
    headings_located: int
    headings_missing: int
    headings_moved: int
    front: int
    front_proved: int
    front_located: int
    letters: int
    proved_letters: int
    marks: int
    markup: int
    furniture: int
    extra: int
    _shown = (
        *("sentences", "verified", "repaired", "located", "missing", "moved"),
        *("headings", "headings_proved", "headings_located", "headings_missing", "headings_moved"),
        *("front", "front_proved", "front_located", "letters", "proved_letters", "share"),
        *("marks", "markup", "furniture", "extra", "whole"),
    )

    @property
    def share(self) -> float:
        """Which part of the letters and digits of all sentences is proved, from 0 to 1."""
        return self.proved_letters / self.letters if self.letters else 0.0

    @property
    def whole(self) -> bool:
        """
        Whether every sentence and heading is proved, each in its place, and nothing was added.

        A title page may be missing, as in many a copy, but must not read otherwise. Page furniture is trusted: what
        stands at the edges of pages, or a page apart all through the copy.
        """
        all_proved = self.verified + self.repaired == self.sentences and self.headings_proved == self.headings
        return all_proved and not (self.moved or self.headings_moved or self.front_located or self.extra)

    def __str__(self) -> str:
        headings = ", ".join(f"{getattr(self, f'headings_{name}')} {name}" for name in ("located", "missing", "moved"))
        rows = [
            *(
                (name, getattr(self, name), f"of {self.sentences} sentences")
                for name in ("verified", "repaired", "located", "missing", "moved")
            ),
            ("headings", self.headings_proved, f"of {self.headings} proved, {headings}"),
            ("front", self.front_proved, f"of {self.front} lines proved, {self.front_located} located"),
            ("letters", self.proved_letters, f"of {self.letters} proved ({self.share:.1%})"),
            *((name, getattr(self, name), "left over") for name in ("marks", "markup", "furniture", "extra")),
        ]
        return "\n".join(f"{name:<10}{count:>6} {of}" for name, count, of in rows)
