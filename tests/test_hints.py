"""Tests of where letters have hints for the ends of parts."""

from __future__ import annotations

import random

import pytest

from asean_japan.copies.fingerprints import EDGE, hint
from asean_japan.copies.hints import Hints, hinted, hints_at

DRAW = random.Random(1)  # noqa: S311  # It is not a secret.
ASCII = "".join(DRAW.choices("abcdefgh", k=700))
OTHER = "".join(DRAW.choices("abcdéøあ", k=700))


@pytest.mark.parametrize("letters", [ASCII, OTHER, ASCII[:EDGE], ASCII[: EDGE - 1], OTHER[: EDGE - 1], ""])
def test_hints_are_those_of_each_window(letters: str) -> None:
    """Whatever letters there are, and however few."""
    windows = [(at, hint(letters[at : at + EDGE])) for at in range(len(letters) - EDGE + 1)]
    assert hints_at(letters, [at for at, _ in windows]) == [known for _, known in windows]
    wanted = {known for _, known in windows[::7]}
    assert hinted(letters, wanted) == [window for window in windows if window[1] in wanted]


@pytest.mark.parametrize("letters", [ASCII, OTHER])
def test_pieces_make_no_difference(letters: str) -> None:
    """Between any two offsets, and in what begins later, each window that is whole is found once."""
    windows = [(at, hint(letters[at : at + EDGE])) for at in range(len(letters) - EDGE + 1)]
    hints = Hints(letters, frozenset(known for _, known in windows[::3]))
    every = [window for window in windows if window[1] in hints.wanted]
    for start, end in ((0, 700), (3, 20), (120, 140), (127, 128 + EDGE), (500, 510), (690, 700), (600, 700)):
        expected = [(at, known) for at, known in every if start <= at and at + EDGE <= end]
        assert list(hints.between(start, end)) == expected
        moved = hints.moved(start)
        assert list(moved.between(0, end - start)) == [(at - start, known) for at, known in expected]
