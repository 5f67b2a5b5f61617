"""
Skeletons: what is compared of a text, and where in the text it stands.

A skeleton has the letters and digits of a text, decomposed and case-folded, and nothing else. It does not depend on
spaces, line ends, hyphens, quotation marks, ligatures or markup, which differ from copy to copy. The skeleton of a
whole is the skeletons of its parts, one after the other, so that it can be made, and searched, block by block.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NORMALIZATION = "skeleton-1"
Span = tuple[int, int]

NOTHING = "\x00"  # Stands where markup was, or the rest of what a character was written with.
BREAK = "\x01"  # Stands where markup ends a line.
LINE_ENDS = f"\n\r\f\v\x1c-\x1e\x85\u2028\u2029{BREAK}"  # For a class of characters in a pattern.
LINE_END = re.compile(f"[{LINE_ENDS}]+")
# A block is translated at once. Most sentences end with one, so that where they stand is found at once, too.
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
        """A table that knows ASCII, to be filled by one text, so that no text makes it grow for others."""
        return cls(_ASCII)


_ASCII = {point: Letters().__missing__(point) for point in range(128)}


_LOWERED = bytes(ord(_ASCII.get(point) or "\0") for point in range(256))
_DROPPED = bytes(point for point in range(256) if not _ASCII.get(point))


def skeleton(text: str, /) -> str:
    r"""
    Keep the letters and digits of *text*, decomposed and case-folded: the normalization ``skeleton-1``.

    >>> skeleton("④ “Co-creation”,\nagain")
    '4cocreationagain'
    """
    return text.translate(Letters.fresh())


def behind_labels(letters: str, at: int, labels: Iterable[str]) -> list[int]:
    """
    Say where something may begin in a skeleton, if none, some or all of its labels stand before it; none at first.

    >>> behind_labels("4aforesight", 0, ["4", "a"])
    [0, 1, 2]
    """
    starts = [at]
    for label in labels:
        starts += [start + len(label) for start in starts if label and letters.startswith(label, start)]
    return starts


class Skeleton:
    """
    The skeleton of pieces of a text, one after the other, and where in the text each of its letters stands.

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
        self._origins: list[Span] = []  # and where the block stands in the text.
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
        """Where in the text the letter at an offset of the skeleton stands."""
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
        """Where in the text a stretch of the skeleton, which is not empty, stands; one span for each piece it is in."""
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
        """How many letters of the skeleton stand before a place of the text, if the pieces are in its order."""
        block = bisect_right(self._origins, origin, key=itemgetter(0)) - 1
        if block < 0:
            return 0
        start, stop = self._origins[block]
        return self._starts[block] + len(self._plain[start : min(stop, origin)].translate(self._letters))

    def line_ends(self, start: int, end: int) -> list[int]:
        """Where in a stretch of the skeleton lines of the text begin and end."""
        ends: list[int] = []
        at = start
        for first, last in self.spans(start, end):
            for line in LINE_END.split(self._plain[first:last]):
                at += len(line.translate(self._letters))
                ends.append(at)
        return ends
