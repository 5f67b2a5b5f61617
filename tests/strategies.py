"""What hypothesis draws: values built from parts, never through the code under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from asean_japan.refs import Ref, RefRange

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

PLACES = ((0, 39), (1, 9999), (1, 9999), (1, 9999), (1, 26), (1, 39))  # Least and greatest number at each depth.
OTHERS = (1, 9999)  # The same for paragraphs and claims.

GRAMMAR_TOKENS = (
    *("0", "I", "iii", "IX", "1", "4", "51", "07", "12345", "a", "i", "p1", "s1", "④", "❹", "Ⅲ", "(4)", "(a)", "b)"),
    *(".", ",", "-", "–", " ", "\u00a0", "of ", " to ", "the ", "§", "•", "item ", "items ", "sentence ", "bullet"),
    *("third ", "2nd ", "last ", "sec_I", "__para_4", "("),
)
FULL_WIDTH = ("\uff14", "\uff33", "\uff08", "\uff0d")
LOOK_ALIKES = (
    *("ſ1", "\u212a", "٤", "²", "Ⓐ", "І", "ﬁrst ", "İ"),
    *("\x00", "\u200b", "\u202e", "\ud800"),
)


def numbers(least: int, greatest: int) -> SearchStrategy[int]:
    """Draw numbers, often small ones."""
    return st.integers(least, min(greatest, 60)) | st.integers(least, greatest)


@st.composite
def ref_steps(draw: DrawFn) -> tuple[tuple[int, int], ...]:
    """Draw the steps of any address that the grammar allows."""
    bounds = PLACES[: draw(st.integers(1, len(PLACES)))]
    steps = [(2, draw(numbers(*bound))) for bound in bounds]
    if len(steps) <= 2 and draw(st.booleans()):
        steps.append((1, draw(numbers(*OTHERS))))
    if draw(st.booleans()):
        steps.append((0, draw(numbers(*OTHERS))))
    return tuple(steps)


def refs() -> SearchStrategy[Ref]:
    """Draw any address that the grammar allows."""
    return ref_steps().map(Ref)


@st.composite
def ref_ranges(draw: DrawFn) -> RefRange:
    """Draw any range that the grammar allows."""
    *above, (rank, number) = draw(ref_steps())
    greatest = PLACES[len(above)][1] if rank == 2 else OTHERS[1]
    last = draw(numbers(number, greatest)) if number <= 60 else draw(st.integers(number, greatest))
    return RefRange(Ref([*above, (rank, number)]), Ref([*above, (rank, last)]))


def token_soup() -> SearchStrategy[str]:
    """Draw texts made of what addresses are made of, and of what only looks like it."""
    tokens = st.sampled_from([*GRAMMAR_TOKENS, *FULL_WIDTH, *LOOK_ALIKES])
    return st.lists(tokens, max_size=24).map("".join)
