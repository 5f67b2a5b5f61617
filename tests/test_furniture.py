"""Tests of page furniture where no form feeds end pages: what was added all through a copy is extra."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest
from reader_copies import INDEX, REPORT, Block, Layout, blocks, docx_file, paged, plain, wrapped

from asean_japan.copies.furniture import Furniture

if TYPE_CHECKING:
    from collections.abc import Callable

    from asean_japan.copies.coverage import Coverage

NOTES = (
    "Note {}: the panel did not agree on this.",
    "The panel did not agree on this.",
    "Japan disagrees {}",
    "[{}] see annex",
    "- {} -",
    "Page {} of 90",
    "Not adopted",
    "@",
)


def numeral(number: int) -> str:
    """Write a small roman numeral up to 89."""
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return ("l" if number >= 50 else "") + "x" * (number % 50 // 10) + ones[number % 10]


def annotated(note: str, every: int) -> list[Block]:
    """Return all paragraphs, with a note after each so many of them."""
    content: list[Block] = []
    for at, block in enumerate(blocks()):
        content.append(block)
        if at > 2 and at % every == 0:
            number = at // every
            content.append(Block("", "", (note.format(number).replace("@", numeral(number)),)))
    return content


def web(content: list[Block]) -> str:
    """Write a paragraph of HTML for each."""
    body = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in plain(content).splitlines())
    return f"<html><body>{body}</body></html>"


def spaced(content: list[Block]) -> str:
    """Write Markdown, which has blank lines between paragraphs."""
    return "\n\n".join(f"**{block.line()}**" if block.heading else block.line() for block in content)


def lined(content: list[Block]) -> str:
    """Write lines of a page."""
    return paged(content, Layout(width=90))


def coverage_of(source: str | bytes) -> Coverage:
    """Hold a copy against our claims."""
    if isinstance(source, str):
        bound = REPORT.bind_text(source, index=INDEX, strict=False)
    else:
        bound = REPORT.bind(source, index=INDEX, strict=False)
    binding = bound.binding
    assert binding
    return binding.coverage


@pytest.mark.parametrize("every", [1, 2, 3, 5, 8, 12])
@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("write", [plain, web, spaced, lined])
def test_notes_between_paragraphs_are_extra(write: Callable[[list[Block]], str], note: str, every: int) -> None:
    """Notes after paragraphs are extra, however many there are, and whatever they say."""
    added = len(annotated(note, every)) - len(blocks())
    coverage = coverage_of(write(annotated(note, every)))
    assert not coverage.whole
    assert coverage.extra >= added // 2  # Neighbors are one.
    assert coverage.verified == coverage.sentences


@pytest.mark.parametrize("note", NOTES)
def test_notes_in_a_docx_file_are_extra(note: str) -> None:
    """So they are in a file of Word."""
    pytest.importorskip("docx")
    assert not coverage_of(docx_file(annotated(note, 4))).whole


@pytest.mark.parametrize("every", [2, 5, 9, 12])
@pytest.mark.parametrize("note", NOTES[2:-1])
def test_pages_of_few_lines_are_no_pages(note: str, every: int) -> None:
    """Lines that come back after so few lines are extra, though they break sentences and are evenly apart."""
    assert not coverage_of(paged(blocks(), Layout(width=90, page=every, foot=note, feeds=False, gap=""))).whole


@pytest.mark.parametrize("head", [*NOTES[:2], "We believe that none of this is true!", 'He said "none of it is so."'])
@pytest.mark.parametrize("page", [20, 40])
def test_sentences_are_not_furniture(head: str, page: int) -> None:
    """A sentence on each page is extra, also beside the number of the page."""
    coverage = coverage_of(paged(blocks(), Layout(page=page, head=head, foot="{}", feeds=False)))
    assert not coverage.whole
    assert coverage.extra
    assert coverage.furniture


@pytest.mark.parametrize("head", ["", "Report of the Expert Panel", "ASEAN-Japan {}", "(Draft)", "Not for quotation"])
@pytest.mark.parametrize("foot", ["{}", "- {} -", "Page {} of 40", "[{}]", "p. {}"])
@pytest.mark.parametrize(("width", "page", "gap"), [(40, 20, "\n"), (80, 45, ""), (110, 60, " \n\n"), (130, 70, "\n")])
def test_heads_and_feet_are_furniture(head: str, foot: str, width: int, page: int, gap: str) -> None:
    """A true copy with usual heads and feet is whole."""
    layout = Layout(width=width, page=page, head=head, foot=foot, feeds=False, gap=gap)
    assert coverage_of(paged(blocks(), layout)).whole


def unwrapped(width: int, page: int) -> list[str]:
    """Return the paragraphs of pages, each in one line, and the numbers of the pages between them."""
    content: list[str] = []
    lines = [(turn, line) for turn, block in enumerate(blocks()) for line in wrapped(block.line(), Layout(width=width))]
    for number, start in enumerate(range(0, len(lines), page), 1):
        on_page: dict[int, list[str]] = {}
        for turn, line in lines[start : start + page]:
            on_page.setdefault(turn, []).append(line)
        content += [*map(" ".join, on_page.values()), f"{number}"]
    return content


@pytest.mark.parametrize(("width", "page"), [(60, 30), (72, 38), (80, 45), (88, 40), (100, 35)])
def test_paragraphs_with_page_numbers_between(width: int, page: int) -> None:
    """Where each paragraph is one line, page numbers are evenly apart and break sentences."""
    content = unwrapped(width, page)
    assert coverage_of("\n".join(content)).whole
    page_of_html = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in content)
    assert coverage_of(f"<html><body>{page_of_html}</body></html>").whole


def test_text_has_no_more_furniture_than_pages() -> None:
    """Lines that come back more often than a text has pages, or more of them than pages have, are not furniture."""
    page = "Words of a page\n" * 15
    text = "".join(f"{page.replace('page', f'page {number} it')}{number}\n" for number in range(1, 41))
    assert len(Furniture(text, (), 10_000).between(0, len(text))) >= 40
    assert Furniture(text, (), 9_750).between(0, len(text)) == []
    many = "\f".join("\n".join(f"{word * 20} {at}" for word in "abcdef") for at in range(1, 41))
    assert Furniture(many, (), 1_000).between(0, len(many)) == []
