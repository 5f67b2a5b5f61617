"""
Where conditions begin in the report's sentences, and which of them a quotation stops short of.

The offsets were made by hand and count letters of a skeleton, so that they give no word away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import attrs

from asean_japan.copies.skeletons import Passage, Span
from asean_japan.model.display import Shown, brief
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

ConditionKind: TypeAlias = Literal["exception", "condition", "regard", "basis", "limit", "focus", "example", "contrast"]


@attrs.frozen(kw_only=True, repr=False)
class Condition(Shown, PydanticResult):
    """
    Where in a sentence something begins that limits what is before it.

    >>> from asean_japan.copies.fingerprints import load_index
    >>> next(part.conditions for part in load_index().parts if str(part.ref) == "I.2.8.s3")
    (Condition(start=48, kind='regard'),)

    Attributes:
        start: How many letters and digits of the sentence are before it.
        kind: "exception" (unless, without, apart from), "condition" (if, when, after), "regard" (while respecting,
            considering, given), "basis" (in line with, based on), "limit" (only, to the extent, a clause that says
            which ones), "focus" (especially, in particular), "example" (e.g., such as) or "contrast" (but, although).
    """

    start: int
    kind: ConditionKind


@attrs.frozen(kw_only=True, repr=False)
class CutCondition(Shown, PydanticResult):
    """
    A condition that a quotation stops short of, or leaves out.

    >>> print(CutCondition(ref=Ref.parse("I.2.7.s3"), kind="basis", letters=12, words="in line with the plan"))
    basis, 12 letters further: 'in line with the plan'

    Attributes:
        ref: The sentence.
        kind: What begins there, as in `Condition`.
        letters: How many letters and digits are between it and the last quoted one; 0 if it is the next word.
        words: What the copy has from there to the end of the sentence, or to where the quotation goes on.
    """

    ref: Ref
    kind: ConditionKind
    letters: int
    words: str

    def __str__(self) -> str:
        count = "letter" if self.letters == 1 else "letters"
        return f"{self.kind}, {self.letters} {count} further: {brief(self.words)}"


Limited: TypeAlias = tuple["Ref | None", "tuple[Condition, ...] | None"]  # A part, and what is known of it.


def cut_conditions(
    row: Sequence[Passage], known: Callable[[int], Limited], words: Callable[[Span], str]
) -> tuple[CutCondition, ...] | None:
    """
    Return the conditions that some passages in order stop short of, in the sentences that they touch.

    None if it is not known where the conditions of a sentence begin that is not quoted to its end.

    Args:
        row: The passages.
        known: Returns the address of a part, and its conditions.
        words: Returns what the copy has between two letters of all parts.
    """
    found: list[CutCondition] = []
    for left, right in [*pairwise(row), (row[-1], None)]:
        for part, gap, at in _gaps(left, right):
            ref, conditions = known(part)
            if conditions is None:
                return None
            low, high = gap
            found += [
                CutCondition(
                    ref=ref,
                    kind=condition.kind,
                    letters=at + condition.start - left.extent[1],
                    words=words((at + condition.start, at + high)),
                )
                for condition in conditions
                if ref and low <= condition.start < high
            ]
    return tuple(found)


def _gaps(left: Passage, right: Passage | None) -> Iterator[tuple[int, Span, int]]:
    """
    Yield what is left out of the parts in which a passage ends and the next one begins.

    Each as the position of the part, the letters of it that are left out, and where it begins in those of all parts.
    """
    last = len(left.parts) - 1
    letters, _, end = left.letters(last)
    stop, at = len(letters), left.extent[1] - end
    if right and right.parts[0] == left.parts[last]:
        stop = right.letters(0)[1]
    if end < stop:
        yield left.parts[last], (end, stop), at
    if right and right.parts[0] != left.parts[last]:
        start = right.letters(0)[1]
        if start:
            yield right.parts[0], (0, start), right.extent[0] - start
