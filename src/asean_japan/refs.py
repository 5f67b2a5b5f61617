"""
Addresses in the report: what they are, how they are written, and how what people write is read.

Everything here is syntax, like `pathlib.PurePath`: no report is needed, and an address need not exist in one.

An address is a path of steps. Numbered places stand in each other in a fixed order, so that a number's place in the path
says what it counts: ``III.2.4.3.a.i`` is section, area, item, bullet, letter and roman. A section or an area can also
hold a paragraph (``p1``), and every place can hold claims (``s1``), each the restatement of one sentence.
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import attrs

from asean_japan.errors import ArgumentError, LimitError, RefSyntaxError
from asean_japan.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Level: TypeAlias = Literal["section", "area", "item", "bullet", "letter", "roman", "paragraph", "claim"]
Steps: TypeAlias = tuple[tuple[int, int], ...]

CLAIM, PARAGRAPH, PLACE = range(3)  # The ranks of a step: claims come first, then paragraphs, then numbered places.
ANY = -1  # In a reading, the number of a level that was left out.
LAST = -2  # In a reading, the number of the last one.
LONGEST_TEXT = 200

_BELOW: dict[Level | None, dict[int, Level]] = {
    None: {PLACE: "section"},
    "section": {PLACE: "area", PARAGRAPH: "paragraph", CLAIM: "claim"},
    "area": {PLACE: "item", PARAGRAPH: "paragraph", CLAIM: "claim"},
    "item": {PLACE: "bullet", CLAIM: "claim"},
    "bullet": {PLACE: "letter", CLAIM: "claim"},
    "letter": {PLACE: "roman", CLAIM: "claim"},
    "roman": {CLAIM: "claim"},
    "paragraph": {CLAIM: "claim"},
    "claim": {},
}

_COUNTED = range(1, 10_000)
_NUMBERS: dict[Level, range] = {
    "section": range(40),
    "area": _COUNTED,
    "item": _COUNTED,
    "bullet": _COUNTED,
    "letter": range(1, 27),
    "roman": range(1, 40),
    "paragraph": _COUNTED,
    "claim": _COUNTED,
}

_EXPECTED: dict[Level, str] = {
    "section": "a section (0, I, II, ...)",
    "area": "an area number",
    "item": "an item number",
    "bullet": "a bullet number",
    "letter": "a letter",
    "roman": "a small roman numeral",
    "paragraph": "a paragraph",
    "claim": "a sentence",
}


def _to_steps(steps: Iterable[Iterable[int]]) -> Steps:
    """Return *steps* as tuples if the grammar allows them."""
    walked: list[tuple[int, int]] = []
    level = None
    try:
        for rank, number in steps:
            level = _BELOW[level][rank]
            if type(number) is not int or number not in _NUMBERS[level]:
                break
            walked.append((rank, number))
        else:
            if walked:
                return tuple(walked)
    except (KeyError, TypeError, ValueError):
        pass
    raise ArgumentError("steps", steps, "the steps of an address, such as ((2, 3), (2, 4)) for III.4")


def _levels(steps: Steps) -> tuple[Level, ...]:
    levels: list[Level] = []
    level = None
    for rank, _ in steps:
        level = _BELOW[level][rank]
        levels.append(level)
    return tuple(levels)
