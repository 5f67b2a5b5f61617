"""
Whether a quotation is genuine, and where it stands.

Without a copy, the digests of the index prove whole sentences and runs of them. With a copy, any part is looked for
in the words that the copy has of the report, across sentences and places.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import attrs

from asean_japan.arguments import require_a
from asean_japan.copies.skeletons import LINE_ENDS, NOTHING, Skeleton, Span, behind_labels, skeleton
from asean_japan.errors import ArgumentError, LimitError, MissingExtraError
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from asean_japan.copies.binding import Binding
    from asean_japan.copies.copy import Copy
    from asean_japan.copies.coverage import BoundPart
    from asean_japan.copies.fingerprints import IndexedPart, SourceIndex

QuoteLevel: TypeAlias = Literal["exact", "same letters", "other numbers", "near"]
LEAST_LETTERS = 10  # A shorter quotation says too little to be found.
LONGEST_QUOTE = 100_000  # Characters; the report has less than half of that.
LONGEST_NEAR = 5_000  # Letters that are compared with everything.
LEAST_NEAR = 50

_PRINTED = frozenset(("section", "area", "item", "letter", "roman"))  # Bullets and paragraphs are only counted.
_WITHIN = re.compile(rf"[{NOTHING}\xad]*(?:[-‐‑'’.+\xad]{NOTHING}*(?:[{LINE_ENDS}]\s*)?)?")  # What parts no word.
_MINUS = "-\u2010\u2011\u2013\u2212"  # Hyphens, the shorter dash and the sign itself.
_NUMBER = re.compile(r"(?:\+\s*|(?<![\w-])-)?(?:(?<![\w.])\.)?\d+(?:\.\d+)*")


@attrs.frozen
class QuoteMatch(PydanticResult):
    """
    One place at which a quotation stands.

    >>> from asean_japan import load
    >>> match = load().find_quote("Initiatives to realize the above").matches[0]
    >>> match.cite(), match.level
    ('IV', 'same letters')

    Attributes:
        level: "exact": the same characters, but for white space, the numbers of places, and what stands before the
            first and behind the last letter. "same letters": the same letters and digits. "other numbers": the same
            ones too, but a number has another sign or decimal point, or is cut. "near": the most similar part.
        refs: The sentences that it touches, and the places whose headings it touches, in the order of the report; or
            in that of the copy, if only the copy has them one after the other.
        similarity: For "near", how alike the letters are, up to 100; 100 for the others.
        spans: Where it stands in the reader's own string, without the numbers of places; ``()`` without a copy.
        page: On which page of the copy it begins; None if nothing tells.
        words: What the copy has there; None without a copy.
        front: The lines of the title page that it touches, such as "title"; they have no address.
        proved: Whether digests prove all that it touches, and the report has all of it one after the other; else the
            copy may read otherwise than the report there.
    """

    level: QuoteLevel
    refs: tuple[Ref, ...]
    similarity: float
    spans: tuple[Span, ...]
    page: int | None
    words: str | None
    front: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    proved: bool = attrs.field(kw_only=True)

    def cite(self) -> str:
        """
        Write where it stands as one would in a text.

        >>> from asean_japan import Ref
        >>> refs = (Ref.parse("I.2.7.s2"), Ref.parse("I.2.7.s3"))
        >>> QuoteMatch("same letters", refs, 100.0, (), None, None, proved=True).cite()
        'I-2-⑦, sentence 2 to I-2-⑦, sentence 3'
        """
        places = [*("title page" for _ in self.front[:1]), *(ref.cite() for ref in self.refs)]
        first, last = places[0], places[-1]
        return first if first == last else f"{first} to {last}"


@attrs.frozen
class Quote(PydanticResult):
    """
    What looking for a quotation has shown; true if it is genuine: somewhere proved, with the same numbers.

    >>> from asean_japan import load
    >>> quote = load().find_quote("Initiatives to leave the above alone")
    >>> bool(quote), quote.searched
    (False, 'digests')

    Attributes:
        text: The quotation, as it was given.
        searched: "digests": only whole sentences, headings, lines of the title page and runs of them can be found, and
            nothing is said of parts of a sentence, nor of signs and decimal points. "copy": everything that the copy
            has of the report was searched.
        matches: Where it stands, in the order of the report.
    """

    text: str
    searched: Literal["digests", "copy"]
    matches: tuple[QuoteMatch, ...]
    _shown = ("text", "searched", "genuine", "matches")

    @property
    def genuine(self) -> bool:
        """Whether digests prove all that it touches somewhere; its truth."""
        return bool(self)

    def __bool__(self) -> bool:
        return any(match.proved and match.level in {"exact", "same letters"} for match in self.matches)


def by_digest(index: SourceIndex, text: str) -> Quote:
    """
    Look for whole sentences, headings and lines of the title page, and runs of them, with their numbers or without.

    >>> from asean_japan import load
    >>> from asean_japan.copies import SourceIndex
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> by_digest(index, load()["I.2.7.s3"].text).matches[0].cite()
    'I-2-⑦, sentence 3'

    Raises:
        ArgumentError: If it is no text, or one with less than 10 letters and digits.
        LimitError: If it is longer than 100,000 characters.
    """
    letters = _letters(text)
    parts = index.parts
    runs = (_run(parts, first, letters) for first in range(len(parts)))
    found = (_touched(run) for run in runs if run)
    matches = (
        QuoteMatch("same letters", refs, 100.0, (), None, None, front=front, proved=True) for refs, front in found
    )
    return Quote(text, "digests", tuple(matches))


def _touched(parts: Iterable[IndexedPart | BoundPart]) -> tuple[tuple[Ref, ...], tuple[str, ...]]:
    """The addresses of parts, and the names of those that have none: the lines of the title page."""
    known = tuple(parts)
    return tuple(each.ref for each in known if each.ref), tuple(each.kind for each in known if not each.ref)


def _run(parts: Sequence[IndexedPart], first: int, letters: str) -> Sequence[IndexedPart]:
    """The parts from *first* on that *letters* are, up to their end; none if they are not."""
    at = 0
    for last in range(first, len(parts)):
        part = parts[last]
        starts = behind_labels(letters, at, map(skeleton, part.labels))
        fitting = [start for start in starts if part.fingerprint.fits(letters, start)]
        if not fitting:
            return ()
        at = fitting[0] + part.fingerprint.length
        if at == len(letters):
            return parts[first : last + 1]
    return ()


def in_copy(binding: Binding, text: str, near: float | None = None) -> Quote:
    """
    Look for any part in what a copy has of the report, with the numbers of its places or without.

    Args:
        binding: A copy that is bound.
        text: The quotation.
        near: If it does not stand there, how similar a part has to be, from 50 to 100; None looks for none.

    Raises:
        ArgumentError: If it is no text, or one with less than 10 letters and digits; or if *near* is out of range.
        LimitError: If it is longer than 100,000 characters; or to be compared, and longer than 5,000 letters.
        MissingExtraError: If *near* is given and rapidfuzz is not installed.
    """
    letters = _letters(text)
    if near is not None:
        _require_near(near, len(letters))
    words = _Words(binding)
    matches = tuple(words.match(hit, text) for hit in words.all(letters))
    if not matches and near is not None:
        matches = tuple(words.nearest(letters, near))
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
    """A part that the copy has."""

    number: int  # In the order of the report.
    at: int  # Where its letters begin in those of all pieces.
    letters: str
    labels: tuple[tuple[str, ...], ...]  # The numbers that may stand before it, each way to print them.
    bound: BoundPart


class _Hit(NamedTuple):
    """Where a quotation was found."""

    pieces: Sequence[_Piece]
    start: int  # In the letters of the first piece.
    end: int  # In those of the last one.
    labels: Sequence[Span] = ()  # Which letters of the quotation are numbers of places.

    @property
    def in_row(self) -> bool:
        """Whether the report has the pieces one after the other."""
        return all(left.number + 1 == right.number for left, right in pairwise(self.pieces))


class _Words:
    """What a copy has of the report, part by part."""

    def __init__(self, binding: Binding) -> None:
        self._copy: Copy = binding.copy
        known = [(number, bound) for number, bound in enumerate(binding.parts) if bound.spans]
        self._bones = Skeleton(self._copy.plain, [span for _, bound in known for span in bound.spans])
        labels = labels_of(binding)
        self._pieces: list[_Piece] = []
        at = 0
        for number, bound in known:
            size = sum(len(skeleton(self._copy.plain[first:last])) for first, last in bound.spans)
            letters = self._bones.text[at : at + size]
            self._pieces.append(_Piece(number, at, letters, labels[number], bound))
            at += size

    def all(self, letters: str) -> list[_Hit]:
        """
        Every stretch that has these letters, in the order of the report.

        Only if there is none, what the copy has in another order is looked for.
        """
        hits = [hit for piece in self._pieces for hit in _within(piece, letters)]
        hits += _across(self._pieces, letters)
        if hits:
            return sorted(hits, key=lambda hit: (hit.pieces[0].number, hit.start))
        return list(_across(sorted(self._pieces, key=lambda piece: piece.bound.spans), letters))

    def match(self, hit: _Hit, text: str) -> QuoteMatch:
        """The match for a stretch that has the letters of *text*."""
        bare = _without(text, hit.labels)
        if [number for *_, number in _numbers(bare)] != self._numbers(hit):
            return self._shown(hit, "other numbers", 100.0)
        same = self._copy.words(self._spans(hit)) == _core(bare)
        return self._shown(hit, "exact" if same else "same letters", 100.0)

    def nearest(self, letters: str, least: float) -> Iterator[QuoteMatch]:
        """The stretch of whole words that is most similar to *letters*, if it is similar enough."""
        try:
            from rapidfuzz import fuzz
        except ImportError as error:
            raise MissingExtraError("near", "rapidfuzz") from error
        whole = self._bones.text
        if len(letters) > len(whole):
            return
        found = fuzz.partial_ratio_alignment(letters, whole, score_cutoff=least)
        if found and found.dest_start < found.dest_end:
            yield self._shown(self._widened(found.dest_start, found.dest_end), "near", found.score)

    def _widened(self, start: int, end: int) -> _Hit:
        """The stretch between two letters, out to where words begin and end."""
        first = bisect_right(self._pieces, start, key=lambda piece: piece.at) - 1
        last = bisect_left(self._pieces, end, key=lambda piece: piece.at)
        pieces = self._pieces[first:last]
        while start > pieces[0].at and self._in_word(start):
            start -= 1
        while end < pieces[-1].at + len(pieces[-1].letters) and self._in_word(end):
            end += 1
        return _Hit(pieces, start - pieces[0].at, end - pieces[-1].at)

    def _in_word(self, at: int) -> bool:
        """Whether a letter and the one before it are of one word."""
        spans = self._bones.spans(at - 1, at + 1)
        both = "\n".join(self._copy.plain[first:last] for first, last in spans)
        return bool(_WITHIN.fullmatch(both[1:-1]))

    def _numbers(self, hit: _Hit) -> list[str]:
        """The numbers that the copy has there; of those at the edges, the whole."""
        found: list[str] = []
        for turn, piece in enumerate(hit.pieces):
            low = hit.start if turn == 0 else 0
            high = hit.end if turn == len(hit.pieces) - 1 else len(piece.letters)
            found += [text for start, end, text in _numbers(piece.bound.words or "") if start < high and end > low]
        return found

    def _spans(self, hit: _Hit) -> tuple[Span, ...]:
        """Where it stands, with all that stands between its first and its last letter but numbers of places."""
        first, last = hit.pieces[0], hit.pieces[-1]
        start, end = first.at + hit.start, last.at + hit.end
        if len(hit.pieces) == 1:
            return self._bones.spans(start, end)
        *head, (begin, _) = self._bones.spans(start, first.at + len(first.letters))
        (_, stop), *tail = self._bones.spans(last.at, end)
        between = chain.from_iterable(piece.bound.spans for piece in hit.pieces[1:-1])
        return (*head, (begin, first.bound.spans[-1][1]), *between, (last.bound.spans[0][0], stop), *tail)

    def _shown(self, hit: _Hit, level: QuoteLevel, similarity: float) -> QuoteMatch:
        spans = self._spans(hit)
        refs, front = _touched(piece.bound for piece in hit.pieces)
        proved = hit.in_row and all(piece.bound.proved for piece in hit.pieces)
        page, words = self._copy.page(spans[0][0]), self._copy.words(spans)
        return QuoteMatch(level, refs, similarity, spans, page, words, front=front, proved=proved)


def labels_of(binding: Binding) -> list[tuple[tuple[str, ...], ...]]:
    """The letters of the numbers that may stand before each part: as the report has them, and as the copy has."""
    counted: list[list[str]] = [[] for _ in binding.parts]
    printed: list[list[str]] = [[] for _ in binding.parts]
    begun: set[Ref] = set()
    for bound, own in zip(binding.parts, counted, strict=True):
        places = [*reversed(bound.ref.parents), bound.ref] if bound.ref else []
        own += [skeleton(place.parts[-1]) for place in places if place not in begun and place.level in _PRINTED]
        begun.update(places)
    starts = sorted((bound.spans[0][0], number) for number, bound in enumerate(binding.parts) if bound.spans)
    for left in binding.leftovers:
        if left.kind == "mark":
            following = bisect_left(starts, (left.end,))
            for _, number in starts[following : following + 1]:
                printed[number].append(skeleton(left.text))
    return [tuple(dict.fromkeys((tuple(own), tuple(other)))) for own, other in zip(counted, printed, strict=True)]


def _within(piece: _Piece, letters: str) -> Iterator[_Hit]:
    """Every stretch of one part; none overlaps another."""
    at = piece.letters.find(letters)
    while at >= 0:
        yield _Hit([piece], at, at + len(letters))
        at = piece.letters.find(letters, at + len(letters))


def _across(pieces: Sequence[_Piece], letters: str) -> Iterator[_Hit]:
    """Every stretch over pieces in this order that begins with a number, or is in more than one of them."""
    for turn, piece in enumerate(pieces):
        own = piece.letters
        begins = (at for at, letter in enumerate(own) if letter == letters[0] and letters.startswith(own[at:]))
        sizes = (len(own) - at for at in begins if at > 0 and len(own) - at < len(letters))
        hits = (_onward(pieces, turn, letters, size) for size in (0, *sizes))
        yield from (hit for hit in hits if hit and len(hit.pieces) + len(hit.labels) > 1)


def _onward(pieces: Sequence[_Piece], first: int, letters: str, size: int) -> _Hit | None:
    """The stretch that begins with so many letters at the end of a piece, or before it if *size* is 0."""
    labels: list[Span] = []
    at = size
    for last in range(first + (size > 0), len(pieces)):
        own = pieces[last].letters
        starts = chain.from_iterable(behind_labels(letters, at, way) for way in pieces[last].labels)
        start = next((start for start in starts if own.startswith(letters[start : start + len(own)])), None)
        if start is None:
            return None
        if start > at:
            labels.append((at, start))
        at = start + len(own)
        if at >= len(letters):
            read = len(letters) - start  # Nothing if the number of a place is the end of the quotation.
            begin = len(pieces[first].letters) - size if size else 0
            end = read or len(pieces[last - 1].letters)
            return _Hit(pieces[first : last + (read > 0)], begin, end, labels)
    return None


class _Signs(dict[int, "str | None"]):
    """How each character of a number is written, for `str.translate`; filled as characters are met."""

    def __missing__(self, point: int) -> str | None:
        char = chr(point)
        kind = unicodedata.category(char)
        plain = unicodedata.normalize("NFKC", char)
        # What nobody sees parts no number, and 10² is not 102.
        written = "-" if char in _MINUS else {"Cf": None, "No": f" {plain} "}.get(kind, plain)
        self[point] = written
        return written


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Every number with its sign and its decimal points, and where its digits stand in the skeleton."""
    written = text.translate(_Signs())
    at = size = 0
    for number in _NUMBER.finditer(written):
        start = size + len(skeleton(written[at : number.start()]))
        at, size = number.end(), start + len(skeleton(number[0]))
        yield start, size, "".join(number[0].split())


def _without(text: str, labels: Sequence[Span]) -> str:
    """*text* without some of its letters, which are numbers of places, and the signs that are written with them."""
    bones = Skeleton(text, [(0, len(text))])
    kept: list[str] = []
    at = 0
    for label in labels:
        ((start, end),) = bones.spans(*label)
        kept.append(text[at:start].rstrip("(["))
        at = end + len(text[end:]) - len(text[end:].lstrip(".)]"))
    return " ".join([*kept, text[at:]])


def _core(text: str) -> str:
    """*text* from its first letter to its last, with single spaces."""
    bones = Skeleton(text, [(0, len(text))])
    ((first, last),) = bones.spans(0, len(bones.text))
    return " ".join(text[first:last].replace("\xad", "").split())
