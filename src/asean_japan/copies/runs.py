"""Runs of whole parts of an index that a text is, by their digests and with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.copies.fingerprints import EDGE, IndexedPart, hint
from asean_japan.copies.numbers import count_places, cut, digits_in, numbers_of, place_numbers
from asean_japan.copies.skeletons import Span, behind_labels, label_skeleton, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def whole_parts(parts: Sequence[IndexedPart], text: str) -> Iterator[tuple[Sequence[IndexedPart], bool]]:
    """
    Yield each run of parts whose letters a text has, with their labels or without, and whether it has their numbers.

    >>> from asean_japan.copies.fingerprints import fingerprint
    >>> parts = [IndexedPart(kind="heading", labels=(f"{n}.",), fingerprint=fingerprint(f"Part {n}")) for n in (1, 2)]
    >>> [len(run) for run, _ in whole_parts(parts, "1. Part 1, 2. Part 2")]
    [2]
    """
    letters = skeleton(text)
    written: tuple[Sequence[str], Sequence[str]] | None = None  # The numbers of the text, once a part is there.
    proves = _Prover(letters)
    for first in proves.may_begin(parts):
        at = 0
        same = True
        for last in range(first, len(parts)):
            starts = behind_labels(letters, at, map(label_skeleton, parts[last].labels))
            start = next((start for start in starts if proves(parts[last], start)), None)
            if start is None:
                break
            before, at = at, start + parts[last].fingerprint.length
            written = written or (numbers_of(text), place_numbers(text))
            same = same and _has_numbers(parts[last], written[0], letters, (start, at))
            same = same and count_places(written[1], digits_in(letters[:before]), digits_in(letters[:start]))
            if at == len(letters):
                yield parts[first : last + 1], same
                break


def _has_numbers(part: IndexedPart, numbers: Sequence[str], letters: str, span: Span) -> bool:
    """Return whether the numbers of a text are those of a part that has a span of its letters."""
    if not part.numbers:
        return True
    first, last = (digits_in(letters[:at]) for at in span)
    return tuple(cut(numbers, first, last)) == part.numbers


class _Prover:
    """Says of parts whether they begin at an offset of some letters; only those that begin alike are digested."""

    def __init__(self, letters: str) -> None:
        self._letters = letters
        self._heads: dict[Span, int] = {}

    def may_begin(self, parts: Sequence[IndexedPart]) -> list[int]:
        """Return the positions of the parts that may begin with the first letter, or with a label there."""
        heads = {hint(self._letters[:size]) for size in range(1, EDGE + 1)}
        return [
            number
            for number, part in enumerate(parts)
            if part.fingerprint.head in heads
            or any(label and self._letters.startswith(label) for label in map(label_skeleton, part.labels))
        ]

    def __call__(self, part: IndexedPart, start: int) -> bool:
        length = part.fingerprint.length
        if length > len(self._letters) - start:
            return False
        end = start + min(length, EDGE)
        head = self._heads.get((start, end))
        if head is None:
            head = self._heads[start, end] = hint(self._letters[start:end])
        return head == part.fingerprint.head and part.fingerprint.proves(self._letters[start : start + length])
