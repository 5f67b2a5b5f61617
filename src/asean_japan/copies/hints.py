"""Where some letters have hints for the ends of parts: windows of letters are compared with those of the index."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from asean_japan.copies.fingerprints import EDGE, HINT_BITS, IndexedPart, hint

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_LOOKED_AT = 128  # Letters that are compared with hints at once.


def hinted(letters: str, wanted: Container[int], /) -> list[tuple[int, int]]:
    """
    Return where in some letters there are as many as a hint covers for which it is wanted, each with the hint.

    >>> [at for at, _ in hinted("tofostercocreation", {hint("fostercocreation")})]
    [2]
    """
    count = len(letters) - EDGE + 1
    if not letters.isascii():
        found = ((at, hint(letters[at : at + EDGE])) for at in range(count))
        return [(at, each) for at, each in found if each in wanted]
    data, crc32 = letters.encode(), zlib.crc32  # A copy has tens of thousands of letters, most of them ASCII.
    hits = [at for at in range(count) if crc32(data[at : at + EDGE]) & HINT_BITS in wanted]
    return [(at, hint(letters[at : at + EDGE])) for at in hits]


def hints_at(letters: str, starts: Iterable[int], /) -> list[int]:
    """
    Return the hints for as many letters as one covers, from each of some offsets on; for fewer at the end.

    >>> hints_at("to foster", [3]) == [hint("foster")]
    True
    """
    if not letters.isascii():
        return [hint(letters[at : at + EDGE]) for at in starts]
    data, crc32 = letters.encode(), zlib.crc32
    return [crc32(data[at : at + EDGE]) & HINT_BITS for at in starts]


class Hints:
    """
    Where some letters have hints for the ends of parts; each piece of them is gone through once, when it is asked for.

    Attributes:
        wanted: The hints.
    """

    def __init__(self, letters: str, wanted: frozenset[int]) -> None:
        self.wanted = wanted
        self._letters = letters
        self._known: dict[int, list[tuple[int, int]]] = {}
        self._offset = 0

    def moved(self, offset: int) -> Hints:
        """Return them for the letters from an offset on."""
        moved = Hints(self._letters, self.wanted)
        moved._known, moved._offset = self._known, offset
        return moved

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield each offset between two others at which there is a hint that is wanted, and the hint."""
        first, last = start + self._offset, end + self._offset - EDGE
        for piece in range(first // _LOOKED_AT, last // _LOOKED_AT + 1):
            if piece not in self._known:
                low = piece * _LOOKED_AT
                found = hinted(self._letters[low : low + _LOOKED_AT + EDGE - 1], self.wanted)
                self._known[piece] = [(low + at, known) for at, known in found]
            yield from ((at - self._offset, known) for at, known in self._known[piece] if first <= at <= last)


def hints_of(parts: Iterable[IndexedPart]) -> Iterator[int]:
    """Yield the hints for the beginning and the end of each part."""
    for part in parts:
        yield from (part.fingerprint.head, part.fingerprint.tail)
