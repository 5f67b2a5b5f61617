"""What hypothesis draws: values built from parts, never through the code under test."""

from __future__ import annotations

import unicodedata
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from asean_japan.model import (
    Action,
    ActionArea,
    ActionItem,
    Challenge,
    ChallengeArea,
    Claim,
    Edition,
    Mark,
    Measure,
    Node,
    Paragraph,
    Pillar,
    Section,
    SubMeasure,
)
from asean_japan.refs import Ref, RefRange
from asean_japan.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from asean_japan.model import MarkStyle
    from asean_japan.refs import Steps

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


# Reports.


class Shape(NamedTuple):
    """A kind of numbered place: how it is marked, and what stands below it."""

    kind: type[Node]
    style: MarkStyle
    below: Shape | None = None


MEASURES = Shape(Measure, "letter", Shape(SubMeasure, "roman"))
ACTION_ITEMS = Shape(ActionItem, "circled", Shape(Action, "bullet", MEASURES))
TRAPS = ("<b>", "&amp;", '"', "'", "`", "*", "**", "_", "[x](y)", "|", "~~", "#", "\\", "</p>", "&", "1.", "e\u0301")


def texts() -> SearchStrategy[str]:
    """Draw a line of at most ten words, with what has a meaning in HTML and in Markdown."""
    words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=6)
    lines = st.lists(words | st.sampled_from(TRAPS), min_size=1, max_size=10).map(" ".join)
    return lines.map(lambda line: unicodedata.normalize("NFC", line))


def editions() -> SearchStrategy[Edition]:
    """Draw editions of the schema that this package reads."""
    dates = st.dates().map(lambda date: f"{date.year:04}-{date.month:02}")
    line = texts()
    return st.builds(Edition, st.just(1), line, line, dates, line, line, line, line, line)


def printed(style: MarkStyle, number: int) -> str | None:
    """Write a number up to 3 as the report prints it."""
    ways = {"arabic": f"{number}.", "circled": " ①②③"[number], "letter": f"({' abc'[number]})", "bullet": None}
    return ways.get(style, f"{'i' * number}.")


class _Drawn(NamedTuple):
    """What a report is drawn from: texts are drawn first and then taken in turn, which is faster."""

    draw: DrawFn
    lines: Iterator[str]

    def upto(self, greatest: int, least: int = 0) -> range:
        """Draw how many there are, and count them from 1."""
        return range(1, self.draw(st.integers(least, greatest)) + 1)

    def claims(self, steps: Steps, least: int) -> tuple[Claim, ...]:
        """Draw the claims of a place."""
        return tuple(Claim(Ref((*steps, (0, at))), next(self.lines)) for at in self.upto(2, least))

    def paragraphs(self, steps: Steps) -> list[Node]:
        """Draw the paragraphs of a section or an area."""
        paths = [(*steps, (1, at)) for at in self.upto(2)]
        return [Paragraph(Ref(path), None, None, next(self.lines), self.claims(path, 1)) for path in paths]

    def places(self, steps: Steps, shape: Shape | None, headings: Sequence[str] | None = None) -> list[Node]:
        """Draw the numbered places below a place, one for each heading if they have some."""
        if shape is None:
            return []
        places: list[Node] = []
        for at in self.upto(2) if headings is None else range(1, len(headings) + 1):
            path = (*steps, (2, at))
            heading = headings[at - 1] if headings else None
            mark = Mark(printed(shape.style, at), at, shape.style)
            paragraphs = self.paragraphs(path) if len(path) == 2 else []
            children = self.mixed(paragraphs, self.places(path, shape.below))
            claims = self.claims(path, 0 if heading else 1)
            places.append(shape.kind(Ref(path), mark, heading, next(self.lines), claims, children))
        return places

    def mixed(self, one: list[Node], other: list[Node]) -> tuple[Node, ...]:
        """Draw an order in which both lists keep their own."""
        sources = [0] * len(one) + [1] * len(other)
        left = (iter(one), iter(other))
        return tuple(next(left[source]) for source in (self.draw(st.permutations(sources)) if one else sources))


@st.composite
def reports(draw: DrawFn) -> Report:
    """Draw small sound reports, built by hand."""
    drawn = _Drawn(draw, cycle(draw(st.lists(texts(), min_size=1, max_size=5))))
    headings = [next(drawn.lines) for _ in drawn.upto(2)]
    below: list[tuple[Shape | None, Sequence[str] | None]] = [
        (None, None),
        (Shape(ChallengeArea, "arabic", Shape(Challenge, "circled")), None),
        (Shape(Pillar, "arabic"), headings),
        (Shape(ActionArea, "arabic", ACTION_ITEMS), headings),
        (None, None),
    ]
    sections: list[Section] = []
    for number, (shape, headed) in enumerate(below):
        path = ((2, number),)
        mark = Mark(("0.", "I.", "II.", "III.", "IV.")[number], number, "roman" if number else "arabic")
        children = drawn.mixed(drawn.paragraphs(path), drawn.places(path, shape, headed))
        sections.append(Section(Ref(path), mark, next(drawn.lines), next(drawn.lines), drawn.claims(path, 0), children))
    return Report(draw(editions()), tuple(sections))


# Addresses as people write them.

COUNTING = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
SEPARATORS = (".", ". ", "．", ",", ", ", " ", "/", "\u00a0", "\u3000", "\u2009")
DASHES = ("-", "–", "—", "‑", "－", "−", " - ", "\u00a0–\u00a0")


def _ordinals(number: int, label: str) -> list[str]:
    """Write a number as an ordinal."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    words = [f"{number}{endings.get(number, 'th')}", *COUNTING[number - 1 : number]]
    return [f"{the}{word} {label}" for the in ("", "the ") for word in words]


def _ways(depth: int, rank: int, number: int) -> list[str]:  # noqa: PLR0911 - one for each level.
    """Write one step, which is *depth* steps below the top, in all ways."""
    plain = [str(number), *([chr(0xFF10 + number)] if number < 10 else [])]
    if rank == 0:
        return [f"s{number}", f"S{number}", f"Sentence {number}", f"claim {number}", *_ordinals(number, "sentence")]
    if rank == 1:
        return [f"p{number}", f"P{number}", f"paragraph {number}", f"para. {number}", *_ordinals(number, "paragraph")]
    if depth == 0:
        roman = ("0", "I", "II", "III", "IV")[number]
        other = chr(0x215F + number) if number else "\uff10"
        return [
            f"{label}{way}" for label in ("", "§", "§ ", "Section ", "sec. ") for way in (roman, roman.lower(), other)
        ]
    if depth == 1:
        return [*plain, f"area {number}", f"AREA\u00a0{number}"]
    if depth == 2:
        enclosed = [chr(first + number) for first in (0x245F, 0x2775, 0x277F, 0x2473)]
        marks = [*plain, *enclosed, f"({number})", f"（{plain[-1]}）"]
        return [*marks, *(f"item {mark}" for mark in marks), *_ordinals(number, "item")]
    if depth == 3:
        labelled = [f"{label} {way}" for label in ("bullet", "Bullet Point", "•", "point") for way in plain]
        return [*plain, *labelled, *_ordinals(number, "bullet")]
    letter = chr(ord("a") + number - 1) if depth == 4 else "i" * number
    marks = [letter, letter.upper(), f"({letter})", f"{letter})", chr((0x249B if depth == 4 else 0x216F) + number)]
    label = "measure" if depth == 4 else "sub-measure"
    return [*marks, *(f"{label} {mark}" for mark in marks), *_ordinals(number, label)]


@st.composite
def spellings(draw: DrawFn, steps: Steps) -> str:
    """Draw a way to write an address that has no number above 20."""
    written = [draw(st.sampled_from(_ways(depth, *step))) for depth, step in enumerate(steps)]
    manner = draw(st.sampled_from(["separated", "dashed", "of"]))
    if manner == "of":
        text = " of ".join(reversed(written))
    elif manner == "dashed":  # One kind of dash: two kinds could make a range.
        text = draw(st.sampled_from(DASHES)).join(written)
    else:
        text = written[0] + "".join(draw(st.sampled_from(SEPARATORS)) + way for way in written[1:])
    return draw(st.sampled_from(["", " ", "\t"])) + text + draw(st.sampled_from(["", " ", ".", "\n"]))
