"""Where in a longer text something is quoted: between quotation marks of any kind, or in a block of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from asean_japan.copies.quotes import Quote
from asean_japan.copies.skeletons import Span
from asean_japan.model.display import Shown
from asean_japan.pydantic_hooks import PydanticResult

LONGEST_TEXT = 1_000_000  # Characters that are searched for quotations.
_CLOSERS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    '"': '"',
    "\u2018": "\u2019",
    "'": "'",
}
_SINGLE = "\u2018\u2019'"  # Which are apostrophes as well.
_BLOCK = re.compile(r"^[ \t]*>[ \t]?(?P<said>[^\n]*(?:\n[ \t]*>[^\n]*)*)", re.MULTILINE)
_MARK = re.compile(r"[\"'\u2018\u2019\u201c-\u201e\u00ab\u00bb\u300c-\u300f]|\n[ \t\r]*\n")


@attrs.frozen(kw_only=True, repr=False)
class QuotedPassage(Shown, PydanticResult):
    """
    Something that a longer text quotes.

    >>> from asean_japan import load
    >>> (passage,) = load().find_quotes("The end is “Initiatives to realize the above”.")
    >>> passage.start, passage.quote.genuine
    (12, True)

    Attributes:
        start: Where it begins in the text, behind its quotation mark.
        end: Where it ends.
        quote: Whether it is genuine, and where it is in the report.
    """

    start: int
    end: int
    quote: Quote


def quoted_spans(text: str) -> list[Span]:
    """
    Return where something is quoted, without the marks; of quotations within quotations, only the outer ones.

    >>> text = 'It says "a fair order" and ‘the panel’s aim’.'
    >>> [text[start:end] for start, end in quoted_spans(text)]
    ['a fair order', 'the panel’s aim']
    """
    found: list[Span] = []
    at = 0
    for block in [*_BLOCK.finditer(text), None]:
        found += _marked(text, at, block.start() if block else len(text))
        if block:
            found.append(block.span("said"))
            at = block.end()
    return found


def _marked(text: str, low: int, high: int) -> Iterator[Span]:
    """Yield what is between quotation marks in a stretch of a text; a paragraph ends what is not closed."""
    opened, start, depth = "", 0, 0
    for found in _MARK.finditer(text, low, high):
        mark = found[0]
        if mark[0] == "\n":
            opened = ""
        elif opened and _closes(text, found, opened):
            depth -= 1
            if not depth:
                yield start, found.start()
                opened = ""
        elif mark == opened and mark not in _SINGLE:
            depth += 1
        elif not opened and _opens(text, found):
            opened, start, depth = mark, found.end(), 1


def _opens(text: str, found: re.Match[str]) -> bool:
    before, behind = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    return found[0] in _CLOSERS and not before.isalnum() and bool(behind.strip())


def _closes(text: str, found: re.Match[str], opened: str) -> bool:
    behind = text[found.end() : found.end() + 1]
    return found[0] in _CLOSERS[opened] and not (found[0] in _SINGLE and behind.isalnum())
