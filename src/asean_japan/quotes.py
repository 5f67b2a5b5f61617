"""
Whether a quotation is genuine, and where it stands.

Without a copy, the digests of the index prove whole sentences and runs of them. With a copy, any passage is looked for
in the words that the copy has of the report, across sentences and places.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import attrs

from asean_japan.errors import ArgumentError, LimitError, MissingExtraError, require_a
from asean_japan.refs import Ref
from asean_japan.services import Answer
from asean_japan.skeletons import Letters, Skeleton, Span, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from asean_japan.binding import Binding, Bound
    from asean_japan.copies import Copy
    from asean_japan.fingerprints import SourceIndex, Stretch

QuoteLevel: TypeAlias = Literal["exact", "same letters", "near"]
LEAST_LETTERS = 10  # A shorter quotation says too little to be found.
LONGEST_QUOTE = 100_000  # Characters; the report has less than half of that.
LONGEST_NEAR = 5_000  # Letters that are compared with everything.
LEAST_NEAR = 50


@attrs.frozen
class QuoteMatch(Answer):
    """
    One place at which a quotation stands.

    >>> from asean_japan import load
    >>> match = load().find_quote("Initiatives to realize the above").matches[0]
    >>> match.cite(), match.level
    ('IV', 'same letters')

    Attributes:
        level: "exact": the same characters, but for white space and what stands before the first and behind the last
            letter. "same letters": the same letters and digits. "near": the most similar passage.
        refs: The sentences that it touches, and the places whose headings it touches, in the order of the report.
        similarity: For "near", how alike the letters are, up to 100; 100 for the others.
        spans: Where it stands in the reader's own string; ``()`` without a copy.
        page: On which page of the copy it begins; None if nothing tells.
        words: What the copy has there; None without a copy.
        proved: Whether digests prove all that it touches; else the copy may read otherwise than the report there.
    """

    level: QuoteLevel
    refs: tuple[Ref, ...]
    similarity: float
    spans: tuple[Span, ...]
    page: int | None
    words: str | None
    proved: bool = attrs.field(kw_only=True)

    def cite(self) -> str:
        """
        Write where it stands as one would in a text.

        >>> from asean_japan import Ref
        >>> refs = (Ref.parse("I.2.7.s2"), Ref.parse("I.2.7.s3"))
        >>> QuoteMatch("same letters", refs, 100.0, (), None, None, proved=True).cite()
        'I-2-⑦, sentence 2 to I-2-⑦, sentence 3'
        """
        first, last = self.refs[0].cite(), self.refs[-1].cite()
        return first if first == last else f"{first} to {last}"


@attrs.frozen
class Quote(Answer):
    """
    What looking for a quotation has shown; true if it is genuine: if digests prove all that it touches somewhere.

    >>> from asean_japan import load
    >>> quote = load().find_quote("Initiatives to leave the above alone")
    >>> bool(quote), quote.searched
    (False, 'digests')

    Attributes:
        text: The quotation, as it was given.
        searched: "digests": only whole sentences, headings and runs of them can be found, and nothing is said of
            parts of a sentence. "copy": everything that the copy has of the report was searched.
        matches: Where it stands, in the order of the report.
    """

    text: str
    searched: Literal["digests", "copy"]
    matches: tuple[QuoteMatch, ...]
    _given = ("text", "searched", "genuine", "matches")

    @property
    def genuine(self) -> bool:
        """Whether digests prove all that it touches somewhere; its truth."""
        return bool(self)

    def __bool__(self) -> bool:
        return any(match.proved and match.level != "near" for match in self.matches)


def by_digest(index: SourceIndex, text: str) -> Quote:
    """
    Look for whole sentences and headings, and runs of them, with their numbers or without.

    >>> from asean_japan import load
    >>> from asean_japan.fingerprints import SourceIndex
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> by_digest(index, load()["I.2.7.s3"].text).matches[0].cite()
    'I-2-⑦, sentence 3'

    Raises:
        ArgumentError: If it is no text, or one with less than 10 letters and digits.
        LimitError: If it is longer than 100,000 characters.
    """
    letters = _letters(text)
    passages = [passage for passage in index.passages if passage.ref]
    runs = (_run(passages, first, letters) for first in range(len(passages)))
    found = (tuple(passage.ref for passage in run if passage.ref) for run in runs if run)
    matches = (QuoteMatch("same letters", refs, 100.0, (), None, None, proved=True) for refs in found)
    return Quote(text, "digests", tuple(matches))


def _run(passages: Sequence[Stretch], first: int, letters: str) -> Sequence[Stretch]:
    """The passages from *first* on that *letters* are, up to their end; none if they are not."""
    at = 0
    for last in range(first, len(passages)):
        passage = passages[last]
        starts = [at]
        for label in map(skeleton, passage.labels):
            starts += [start + len(label) for start in starts if label and letters.startswith(label, start)]
        fitting = [start for start in starts if passage.trace.fits(letters, start)]
        if not fitting:
            return ()
        at = fitting[0] + passage.trace.length
        if at == len(letters):
            return passages[first : last + 1]
    return ()


def in_copy(binding: Binding, text: str, near: float | None = None) -> Quote:
    """
    Look for any passage in what a copy has of the report.

    Args:
        binding: A copy that is bound.
        text: The quotation.
        near: If it does not stand there, how similar a passage has to be, from 50 to 100; None looks for none.

    Raises:
        ArgumentError: If it is no text, or one with less than 10 letters and digits; or if *near* is out of range.
        LimitError: If it is longer than 100,000 characters; or to be compared, and longer than 5,000 letters.
        MissingExtraError: If *near* is given and rapidfuzz is not installed.
    """
    letters = _letters(text)
    if near is not None:
        _require_near(near, len(letters))
    pages = (_Words(binding, marks=False), _Words(binding, marks=True))
    for words in pages:  # Whoever copies a stretch of a page copies the numbers in it, too.
        matches = tuple(words.match(*span, text) for span in words.all(letters))
        if matches:
            return Quote(text, "copy", matches)
    matches = () if near is None else tuple(pages[0].nearest(letters, near))
    return Quote(text, "copy", matches)


def _letters(text: str) -> str:
    require_a("text", text, str)
    if len(text) > LONGEST_QUOTE:
        raise LimitError("length of a quotation", len(text), LONGEST_QUOTE)
    letters = skeleton(text)
    if len(letters) < LEAST_LETTERS:
        raise ArgumentError("text", text, f"a quotation of at least {LEAST_LETTERS} letters and digits")
    return letters


def _require_near(near: float, size: int) -> None:
    if type(near) not in {int, float} or not LEAST_NEAR <= near <= 100:  # noqa: PLR2004
        raise ArgumentError("near", near, f"a number from {LEAST_NEAR} to 100, or None")
    if size > LONGEST_NEAR:
        raise LimitError("letters of a quotation that is to be compared", size, LONGEST_NEAR)


class _Piece(NamedTuple):
    spans: tuple[Span, ...]
    bound: Bound | None  # None for a mark.


class _Words:
    """What a copy has of the report, in one piece, with the numbers of its places or without."""

    def __init__(self, binding: Binding, *, marks: bool) -> None:
        self._copy: Copy = binding.copy
        pieces = [_Piece(bound.spans, bound) for bound in binding.passages if bound.ref and bound.spans]
        if marks:
            pieces += [_Piece(((left.start, left.end),), None) for left in binding.leftovers if left.kind == "mark"]
            pieces.sort(key=lambda piece: piece.spans)
        self._pieces = pieces
        plain = self._copy.plain
        letters = Letters.fresh()
        sizes = (sum(len(plain[first:last].translate(letters)) for first, last in piece.spans) for piece in pieces)
        self._starts = [0, *accumulate(sizes)]
        self._bones = Skeleton(plain, [span for piece in pieces for span in piece.spans])

    def all(self, letters: str) -> Iterator[Span]:
        """Every stretch that has these letters; none overlaps another."""
        at = self._bones.text.find(letters)
        while at >= 0:
            yield at, at + len(letters)
            at = self._bones.text.find(letters, at + len(letters))

    def match(self, start: int, end: int, text: str) -> QuoteMatch:
        """The match for a stretch that has the letters of *text*."""
        words = self._copy.words(self._bones.spans(start, end))
        return self._at(start, end, "exact" if words == _core(text) else "same letters", 100.0)

    def nearest(self, letters: str, least: float) -> Iterator[QuoteMatch]:
        """The stretch that is most similar to *letters*, if it is similar enough."""
        try:
            from rapidfuzz import fuzz
        except ImportError as error:
            raise MissingExtraError("near", "rapidfuzz") from error
        whole = self._bones.text
        if len(letters) > len(whole):
            return
        found = fuzz.partial_ratio_alignment(letters, whole, score_cutoff=least)
        if found and found.dest_start < found.dest_end:
            yield self._at(found.dest_start, found.dest_end, "near", found.score)

    def _at(self, start: int, end: int, level: QuoteLevel, similarity: float) -> QuoteMatch:
        spans = self._bones.spans(start, end)
        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)
        touched = [piece.bound for piece in self._pieces[first:last] if piece.bound]
        refs = tuple(bound.ref for bound in touched if bound.ref)
        proved = all(bound.proved for bound in touched)
        page = self._copy.page(spans[0][0])
        return QuoteMatch(level, refs, similarity, spans, page, self._copy.words(spans), proved=proved)


def _core(text: str) -> str:
    """*text* from its first letter to its last, with single spaces."""
    bones = Skeleton(text, [(0, len(text))])
    ((first, last),) = bones.spans(0, len(bones.text))
    return " ".join(text[first:last].replace("\xad", "").split())
