"""Wrong letters, as in scans; and where each sentence of a text is once it has them."""

from __future__ import annotations

import random
import string
from typing import NamedTuple

from asean_japan.copies import Binding
from asean_japan.copies.skeletons import Span


class Noise(NamedTuple):
    """A text with wrong letters, and where each of its characters went."""

    text: str
    at: tuple[int, ...]

    def moved(self, spans: tuple[Span, ...]) -> Span:
        """Return where a stretch of the text is now."""
        return self.at[spans[0][0]], self.at[spans[-1][1]]


def noisy(text: str, rate: float, seed: int, *, others: float = 0.0, signs: bool = False) -> Noise:
    """
    Make letters of a text wrong.

    Args:
        text: The text.
        rate: How many letters are replaced by others, of one.
        seed: What is drawn.
        others: How many letters are dropped or doubled, half of them each, of one.
        signs: Whether digits and punctuation are made wrong, too.
    """
    draw = random.Random(seed)  # noqa: S311  # It is not a secret.
    pieces: list[str] = []
    at = [0]
    for char in text:
        piece = char
        if (char.isascii() and char.isalpha()) or (signs and not char.isspace()):
            chance = draw.random()
            if chance < rate:
                piece = draw.choice(string.ascii_lowercase.replace(char.casefold(), ""))
            elif chance < rate + others:
                piece = char * draw.choice((0, 2))
        pieces.append(piece)
        at.append(at[-1] + len(piece))
    return Noise("".join(pieces), tuple(at))


def rightly_placed(clean: Binding, binding: Binding, noise: Noise) -> int:
    """Count the sentences of a noisy copy that are where they are in the clean one, but for a fifth of their length."""
    count = 0
    for true, bound in zip(clean.sentences, binding.sentences, strict=True):
        if bound.start is not None and bound.end is not None:
            start, end = noise.moved(true.spans)
            both = min(end, bound.end) - max(start, bound.start)
            count += 5 * both >= 4 * (max(end, bound.end) - min(start, bound.start))
    return count
