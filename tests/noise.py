"""
Wrong letters, as in scans; and where each sentence of a text is once it has them.

    ASEAN_JAPAN_SOURCE=/path/to/report.md python tests/noise.py

Prints how many sentences of noisy copies are found where they are, what their status is, and what that takes.
"""

from __future__ import annotations

import os
import random
import string
import time
from pathlib import Path
from typing import NamedTuple

import asean_japan
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


def bound(text: str) -> Binding:
    """Bind a text to the bundled report; raise an error if it is refused."""
    binding = asean_japan.load().bind_text(text).binding
    assert binding
    return binding


def main() -> None:
    """Print a line for each kind of noise and seed."""
    text = Path(os.environ["ASEAN_JAPAN_SOURCE"]).read_text(encoding="utf-8")
    clean = bound(text)
    print("wrong  dropped or doubled  seed  rightly placed  verified  located  missing  seconds")  # noqa: T201  # A command.
    for rate in (0.01, 0.02, 0.05, 0.1):
        for others in (0.0, rate / 2, rate):
            for seed in (1, 2, 3):
                noise = noisy(text, rate, seed, others=others)
                start = time.process_time()
                binding = bound(noise.text)
                spent = time.process_time() - start
                placed, found = rightly_placed(clean, binding, noise), binding.coverage
                counts = f"{placed:>16}{found.verified:>10}{found.located:>9}{found.missing:>9}"
                print(f"{rate:>5.0%}{others:>20.1%}{seed:>6}{counts}{spent:>9.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
