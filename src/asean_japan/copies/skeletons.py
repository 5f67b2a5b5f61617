"""
Skeletons: what is compared of a text, where in the text each letter comes from, and passages found by their letters.

A skeleton has the letters and digits of a text, decomposed and case-folded, and nothing else. It does not depend on
spaces, line ends, hyphens, quotation marks, ligatures or markup, which differ from copy to copy. The skeleton of a
whole is the skeletons of its parts, one after the other, so it can be made, and searched, block by block.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate, chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from asean_japan.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Span = tuple[int, int]

_MOST_EQUAL = 16  # Times that the most similar passage is looked for.
_OVERRUN = 10  # How much less similar a passage may be with the letters behind its end.
_LONGEST_BIT = 16  # Letters of a word of another part.
_PROBE = 6  # Letters by which it is told where in a piece a quotation may begin.
_MOST_EDGES = 4  # Of parts near each end of a passage that may be its end.
NOTHING = "\x00"  # In place of markup, or of the rest of what a character was written with.
BREAK = "\x01"  # In place of markup that ends a line.
LINE_ENDS = f"\n\r\f\v\x1c-\x1e\x85\u2028\u2029{BREAK}"  # For a class of characters in a pattern.
LINE_END = re.compile(f"[{LINE_ENDS}]+")
_IN_WORD = re.compile(rf"[{NOTHING}\xad]*(?:[-‐‑'’.+\xad]{NOTHING}*(?:[{LINE_ENDS}]\s*)?)?")  # Between two letters.
# A block is translated at once. Most sentences end with a block, which makes it cheap to find where they are.
_BLOCK = re.compile(r".{47}[^.\n]{0,208}[.\n]*|.{1,46}", re.DOTALL)


class Letters(dict[int, str | None]):
    """What is left of each character in a skeleton, for `str.translate`; filled as characters are met."""

    def __missing__(self, point: int) -> str | None:
        folded = unicodedata.normalize("NFKD", chr(point)).casefold()
        kept = "".join(char for char in folded if unicodedata.category(char)[0] in "LN") or None
        self[point] = kept
        return kept

    @classmethod
    def fresh(cls) -> Letters:
        """Return a table that knows ASCII, to be filled by one text, so that no text makes it grow for others."""
        return cls(_ASCII)


_ASCII = {point: Letters().__missing__(point) for point in range(128)}


_LOWERED = bytes(ord(_ASCII.get(point) or "\0") for point in range(256))
_DROPPED = bytes(point for point in range(256) if not _ASCII.get(point))


def skeleton(text: str, /) -> str:
    r"""
    Return the letters and digits of *text*, decomposed and case-folded: the normalization ``skeleton-1``.

    >>> skeleton("④ “Co-creation”,\nagain")
    '4cocreationagain'
    """
    return text.translate(Letters.fresh())


@lru_cache(maxsize=256)
def label_skeleton(label: str, /) -> str:
    """
    Return the skeleton of a printed number, of which a report has few; empty for a bullet.

    >>> label_skeleton("(a)"), label_skeleton("•")
    ('a', '')
    """
    return skeleton(label)


def trimmed(text: str, /) -> str:
    """
    Return *text* from its first letter or digit to its last.

    >>> trimmed("(“Co-creation”!)")
    'Co-creation'
    """
    bones = Skeleton(text, [(0, len(text))])
    ((first, last),) = bones.spans(0, len(bones.text))
    return text[first:last]


class Skeleton:
    """
    The skeleton of pieces of a text, one after the other, and where in the text each of its letters comes from.

    >>> bones = Skeleton("(a) Foster “Co-creation”", [(0, 3), (11, 24)])
    >>> bones.text, bones.origin(1), bones.spans(0, 3)
    ('acocreation', 12, ((1, 3), (11, 14)))
    """

    __slots__ = ("_letters", "_origins", "_pieces", "_plain", "_starts", "text")

    def __init__(self, plain: str, pieces: Sequence[Span]) -> None:
        self._plain = plain
        self._letters = letters = Letters.fresh()
        self._pieces: list[tuple[int, Span]] = []  # With the offset in the skeleton at which each begins.
        self._starts: list[int] = []  # Where each block begins in the skeleton, and at last its end,
        self._origins: list[Span] = []  # and where the block is in the text.
        blocks: list[str] = []
        size = 0
        for start, end in pieces:
            self._pieces.append((size, (start, end)))
            for found in _BLOCK.finditer(plain, start, end):
                block = found[0]
                # Most blocks are ASCII, for which there is a way that is four times as fast.
                block = (
                    block.encode().translate(_LOWERED, _DROPPED).decode()
                    if block.isascii()
                    else block.translate(letters)
                )
                if block:
                    blocks.append(block)
                    self._starts.append(size)
                    self._origins.append(found.span())
                    size += len(block)
        self._starts.append(size)
        self.text: str = "".join(blocks)

    def origin(self, at: int) -> int:
        """Return where in the text the letter at an offset of the skeleton comes from."""
        block = bisect_right(self._starts, at) - 1
        first, behind = self._starts[block : block + 2]
        origin, stop = self._origins[block]
        letters, plain = self._letters, self._plain
        left = at - first
        if left < behind - at:  # From whichever end is nearer.
            while left >= 0:
                left -= len(letters[ord(plain[origin])] or "")
                origin += 1
            return origin - 1
        left = behind - at
        while left > 0:
            stop -= 1
            left -= len(letters[ord(plain[stop])] or "")
        return stop

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return where in the text some letters, at least one, come from; one span for each piece that has some."""
        first, last = self.origin(start), self.origin(end - 1) + 1
        if len(self._pieces) == 1:
            return ((first, last),)
        low = bisect_right(self._pieces, start, key=lambda piece: piece[0]) - 1
        high = bisect_right(self._pieces, end - 1, key=lambda piece: piece[0])
        touched = [piece for _, piece in self._pieces[low:high]]
        if len(touched) == 1:
            return ((first, last),)
        return ((first, touched[0][1]), *touched[1:-1], (touched[-1][0], last))

    def offset(self, origin: int) -> int:
        """Return how many letters of the skeleton come from before an offset of the text; for pieces in its order."""
        block = bisect_right(self._origins, origin, key=itemgetter(0)) - 1
        if block < 0:
            return 0
        start, stop = self._origins[block]
        return self._starts[block] + len(self._plain[start : min(stop, origin)].translate(self._letters))

    def line_ends(self, start: int, end: int) -> list[int]:
        """Return where among some letters lines of the text end."""
        ends: list[int] = []
        at = start
        for first, last in self.spans(start, end):
            for line in LINE_END.split(self._plain[first:last]):
                at += len(line.translate(self._letters))
                ends.append(at)
        return ends


# Passages, found by their letters.


class SearchedPart(NamedTuple):
    """
    A part of a text, in which passages are looked for.

    Attributes:
        number: Its position in the order of the whole.
        spans: Where it is in the text.
        labels: The letters of the numbers that may be printed before it, for each way to print them.
    """

    number: int
    spans: tuple[Span, ...]
    labels: tuple[tuple[str, ...], ...]


class Passage:
    """
    A passage of a text that has the letters of a quotation.

    Attributes:
        parts: The positions of the parts that it touches.
        spans: Where it is in the text, with all that is between its first and its last letter but labels.
        labels: Where the quotation has the letters of labels, which are not part of the passage.
    """

    __slots__ = ("_hit", "labels", "parts", "spans")

    @property
    def extent(self) -> Span:
        """Where it begins and ends in the letters of all parts."""
        first, last = self._hit.pieces[0], self._hit.pieces[-1]
        return first.at + self._hit.start, last.at + self._hit.end

    def __init__(self, hit: _Hit, spans: tuple[Span, ...], labels: tuple[Span, ...]) -> None:
        self._hit = hit
        self.parts: tuple[int, ...] = tuple(piece.part.number for piece in hit.pieces)
        self.spans: tuple[Span, ...] = spans
        self.labels: tuple[Span, ...] = labels

    def letters(self, turn: int) -> tuple[str, int, int]:
        """Return the letters of one of its parts, the first one for 0, and where in them the passage is."""
        pieces = self._hit.pieces
        letters = pieces[turn].letters
        start = self._hit.start if turn == 0 else 0
        end = self._hit.end if turn == len(pieces) - 1 else len(letters)
        return letters, start, end


class _Piece(NamedTuple):
    """The letters of a part."""

    part: SearchedPart
    at: int  # Where they begin in the letters of all parts.
    letters: str
    begins: frozenset[str]  # The first letters of it, and of its labels.


class _Hit(NamedTuple):
    """Where the letters of a quotation are, in letters."""

    pieces: Sequence[_Piece]
    start: int  # In the first piece.
    end: int  # In the last one.
    labels: Sequence[Span] = ()  # In the quotation.


class PassageFinder:
    """
    Finds passages in parts of a text by their letters.

    >>> text = "④ Foster “co-creation”. ⑤ Go on."
    >>> finder = PassageFinder(text, [SearchedPart(0, ((2, 23),), (("4",),)), SearchedPart(1, ((26, 32),), (("5",),))])
    >>> [passage] = finder.find("creation (5) go")
    >>> [text[start:end] for start, end in passage.spans], passage.labels
    (['creation”.', 'Go'], ((10, 11),))
    """

    def __init__(self, plain: str, parts: Iterable[SearchedPart]) -> None:
        known = list(parts)
        self._plain = plain
        self._skeleton = Skeleton(plain, [span for part in known for span in part.spans])
        self._pieces: list[_Piece] = []
        at = 0
        for part in known:
            size = sum(len(skeleton(plain[first:last])) for first, last in part.spans)
            letters = self._skeleton.text[at : at + size]
            begins = frozenset(label[:1] for way in part.labels for label in way) | {letters[:1]}
            self._pieces.append(_Piece(part, at, letters, begins))
            at += size
        self._row = _Row(self._pieces)
        self._row_in_text = _Row(sorted(self._pieces, key=lambda piece: piece.part.spans))

    def find(self, quotation: str) -> list[Passage]:
        """
        Return every passage that has the letters of a quotation, in the order of the whole.

        Only if none has are parts taken in the order in which the text has them.
        """
        quoted = Skeleton(quotation, [(0, len(quotation))])
        letters = quoted.text
        hits = [*self._row.within(letters), *self._row.across(letters)]
        hits.sort(key=lambda hit: (hit.pieces[0].part.number, hit.start))
        hits = hits or list(self._row_in_text.across(letters))
        return [self._passage(hit, *(quoted.spans(*label)[0] for label in hit.labels)) for hit in hits]

    def nearest(self, quotation: str, least: float) -> list[tuple[Passage, float]]:
        """
        Return the passages of whole words that are most similar to a quotation, all equals, and how similar, up to 100.

        The number is twice the letters that both have in the same order, of the letters of both, without the rest of
        a word that the quotation cuts.

        Args:
            quotation: What they should be similar to.
            least: How similar at least.

        Raises:
            MissingExtraError: If rapidfuzz is not installed.
        """
        try:
            from rapidfuzz import fuzz
        except ImportError as error:
            raise MissingExtraError("near", "rapidfuzz") from error
        letters, whole = skeleton(quotation), self._skeleton.text
        found: list[tuple[float, float, Passage]] = []  # How similar with whole words, and without their rest.
        todo, best = [(0, len(whole))], float(least)
        for _ in range(_MOST_EQUAL):
            low, high = todo.pop() if todo else (0, 0)
            if high - low < len(letters):
                continue
            near = fuzz.partial_ratio_alignment(letters, whole[low:high], score_cutoff=max(least, best - _OVERRUN))
            if not near or near.dest_start >= near.dest_end:
                continue
            start, end = self._ended(letters, low + near.dest_start, low + near.dest_end, fuzz.ratio)
            passage = self._passage(self._widened(start, end))
            similarity = fuzz.ratio(letters, whole[start:end])
            best = max(best, similarity)
            found.append((fuzz.ratio(letters, whole[slice(*passage.extent)]), similarity, passage))
            todo += [(low, start), (end, high)]
        most = max(((similarity, similar) for similar, similarity, _ in found), default=None)
        equal = [passage for similar, similarity, passage in found if (similarity, similar) == most]
        return [(passage, most[0]) for passage in sorted(equal, key=attrgetter("extent")) if most]

    def _ended(self, letters: str, start: int, end: int, ratio: Callable[[str, str], float]) -> Span:
        """Return a stretch that is similar to some letters, from and to edges of parts if it is no less similar so."""
        whole = self._skeleton.text
        reach = len(letters) // 4 + _OVERRUN
        edges = [*(piece.at for piece in self._pieces), len(whole)]
        starts = sorted(edges, key=lambda edge: abs(edge - start))[:_MOST_EDGES]
        ends = sorted(edges, key=lambda edge: abs(edge - end))[:_MOST_EDGES]
        quarter = 25 / len(letters)
        best, score = (start, end), ratio(letters, whole[start:end])
        for first in (start, *starts):
            for last in (end, *ends):
                if first < last and abs(first - start) <= reach and abs(last - end) <= reach:
                    similar = ratio(letters, whole[first:last])
                    gained = quarter * ((first in starts) - (best[0] in starts) + (last in ends) - (best[1] in ends))
                    if similar + gained > score:
                        best, score = (first, last), similar
        return self._without_bits(*best)

    def _without_bits(self, start: int, end: int) -> Span:
        """Return a stretch without a bit of a word of another part at either end."""
        first = bisect_right(self._pieces, start, key=attrgetter("at"))
        last = bisect_left(self._pieces, end, key=attrgetter("at")) - 1
        if first <= last:
            low, high = self._pieces[first].at, self._pieces[last].at
            end = high if all(map(self.in_word, range(high + 1, min(end, high + _LONGEST_BIT) + 1))) else end
            start = low if low < end and all(map(self.in_word, range(max(start, low - _LONGEST_BIT), low))) else start
        return start, end

    def _widened(self, start: int, end: int) -> _Hit:
        """Return the stretch between two letters, out to where words begin and end."""
        first = bisect_right(self._pieces, start, key=lambda piece: piece.at) - 1
        last = bisect_left(self._pieces, end, key=lambda piece: piece.at)
        pieces = self._pieces[first:last]
        while start > pieces[0].at and self.in_word(start):
            start -= 1
        while end < pieces[-1].at + len(pieces[-1].letters) and self.in_word(end):
            end += 1
        return _Hit(pieces, start - pieces[0].at, end - pieces[-1].at)

    def between(self, start: int, end: int) -> tuple[Span, ...]:
        """Return where some letters of all parts, at least one, come from."""
        return self._skeleton.spans(start, end)

    def in_word(self, at: int) -> bool:
        """Return whether a letter of all parts and the one before it are of one word."""
        piece = bisect_left(self._pieces, at, key=attrgetter("at"))
        if at >= len(self._skeleton.text) or (piece < len(self._pieces) and self._pieces[piece].at == at):
            return False
        spans = self._skeleton.spans(at - 1, at + 1)
        both = "\n".join(self._plain[first:last] for first, last in spans)
        return bool(_IN_WORD.fullmatch(both[1:-1]))

    def _passage(self, hit: _Hit, *labels: Span) -> Passage:
        first, last = hit.pieces[0], hit.pieces[-1]
        start, end = first.at + hit.start, last.at + hit.end
        if len(hit.pieces) == 1:
            return Passage(hit, self._skeleton.spans(start, end), labels)
        (begin, _), *_ = self._skeleton.spans(start, first.at + len(first.letters))
        *_, (_, stop) = self._skeleton.spans(last.at, end)
        head = ((max(begin, low), high) for low, high in first.part.spans if high > begin)
        tail = ((low, min(stop, high)) for low, high in last.part.spans if low < stop)
        between = chain.from_iterable(piece.part.spans for piece in hit.pieces[1:-1])
        return Passage(hit, (*head, *between, *tail), labels)


def behind_labels(letters: str, at: int, labels: Iterable[str]) -> list[int]:
    """
    Return where something may begin in a skeleton, if none, some or all of its labels are before it; none at first.

    >>> behind_labels("4aforesight", 0, ["4", "a"])
    [0, 1, 2]
    """
    starts = [at]
    for label in labels:
        starts += [start + len(label) for start in starts if label and letters.startswith(label, start)]
    return starts


class _Row:
    """
    Pieces in an order, and which of them a quotation can begin in.

    Most pieces are never looked at: they are found by their first letter, by their last ones, or by a probe of letters.
    """

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self._pieces = pieces
        self._whole = "".join(piece.letters for piece in pieces)
        self._ends = list(accumulate(len(piece.letters) for piece in pieces))
        self._begins: dict[str, list[int]] = {}  # The turns of the pieces that begin with a letter,
        self._tails: dict[str, list[int]] = {}  # and of those that are longer than some letters and end with them.
        for turn, piece in enumerate(pieces):
            for letter in piece.begins:
                self._begins.setdefault(letter, []).append(turn)
            for size in range(1, min(_PROBE, len(piece.letters))):
                self._tails.setdefault(piece.letters[-size:], []).append(turn)

    def within(self, letters: str) -> Iterator[_Hit]:
        """Yield every passage of one part; none overlaps another in the same part."""
        at = self._whole.find(letters)
        while at >= 0:
            turn = bisect_right(self._ends, at)
            piece = self._pieces[turn]
            start, end = at - self._ends[turn] + len(piece.letters), at + len(letters)
            if end <= self._ends[turn]:
                yield _Hit([piece], start, start + len(letters))
            at = self._whole.find(letters, end if end <= self._ends[turn] else at + 1)

    def across(self, letters: str) -> Iterator[_Hit]:
        """Yield every passage that begins with a label, or is in more than one part."""
        for turn, size in sorted(self._starts(letters)):
            hit = _onward(self._pieces, turn, letters, size)
            if hit and len(hit.pieces) + len(hit.labels) > 1:
                yield hit

    def _starts(self, letters: str) -> Iterator[tuple[int, int]]:
        """Yield in which piece a longer quotation can begin, and how many letters at its end, but not all, it has."""
        yield from ((turn, 0) for turn in self._begins.get(letters[0], ()))
        for size in range(1, min(_PROBE, len(letters))):
            yield from ((turn, size) for turn in self._tails.get(letters[:size], ()))
        at = self._whole.find(letters[:_PROBE])
        while at >= 0:
            turn = bisect_right(self._ends, at)
            size = self._ends[turn] - at
            is_end = _PROBE <= size < min(len(letters), len(self._pieces[turn].letters))
            if is_end and letters.startswith(self._whole[at : at + size]):
                yield turn, size
            at = self._whole.find(letters[:_PROBE], at + 1)


def _onward(pieces: Sequence[_Piece], first: int, letters: str, size: int) -> _Hit | None:
    """Return the passage that begins with so many letters at the end of a piece, or before it if *size* is 0."""
    labels: list[Span] = []
    at = size
    for last in range(first + (size > 0), len(pieces)):
        own = pieces[last].letters
        starts = chain.from_iterable(behind_labels(letters, at, way) for way in pieces[last].part.labels)
        start = next((start for start in starts if own.startswith(letters[start : start + len(own)])), None)
        if start is None:
            return None
        if start > at:
            labels.append((at, start))
        at = start + len(own)
        if at >= len(letters):
            read = len(letters) - start  # Nothing if a label is the end of the quotation.
            begin = len(pieces[first].letters) - size if size else 0
            end = read or len(pieces[last - 1].letters)
            return _Hit(pieces[first : last + (read > 0)], begin, end, labels)
    return None
