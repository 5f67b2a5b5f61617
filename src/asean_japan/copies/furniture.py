"""
Which lines of a copy are page furniture: page numbers, and lines that come back from page to page.

A line that was added must not pass for furniture, so each line has to be where furniture is. Where form feeds end
pages, that is at the edge of a page; where nothing ends them, a page apart all through the copy, or next to a line
that is, and then pages have to look like pages: about as long as one another, and no more than a text can have. The
numbers in such lines have to rise as those of pages do.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from itertools import groupby, islice, pairwise
from operator import attrgetter, itemgetter
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from asean_japan.copies.skeletons import LINE_ENDS, NOTHING, Letters, Span, skeleton
from asean_japan.refs import read_roman

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_LINE = re.compile(f"[^{LINE_ENDS}]+")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])")
_ROMAN = re.compile(r"(\W{0,9})([ivx]{1,7}|[IVX]{1,7})(\W{0,9})")
_MOST_LINES = 50_000  # Among more lines none is taken for page furniture.
_LONGEST_LINE = 160
_MOST_NUMBERS = 3  # Of one line, that may be the number of its page.
_COMES_BACK = 3  # How often a line has to come back to be page furniture,
_PAGES_APART = 2  # at most so many pages further: heads of left and right pages differ.
_EDGE = 3  # Lines at the top and the foot of a page among which furniture is.
_PAGE = range(100, 9_001)  # Characters of a page; what is shorter or longer does not show what pages have.
_TALLEST_PAGE = 200  # Lines, of which blank ones may count twice.
_FEWEST_LETTERS = 250  # Of a page: a text has no more pages than its letters can fill,
_MOST_ON_A_PAGE = 6  # and each has no more lines of furniture than three at its top and three at its foot.
_LEAST_ROWS, _UNEVEN_ROWS = 15, 0.18  # Pages have so many lines at least, and differ so much in them on average;
_LEAST_SIZE, _UNEVEN_SIZES = 1_000, 0.35  # or, where each paragraph is one line, in characters,
_LONG_LINES = 0.05
_BROKEN, _FEWEST_BROKEN = 0.2, 2  # and then so many of them end within a sentence.
_SENTENCE = re.compile(r"(?:\S{1,160} ){4,}\S{1,160}[.!?][\"'”’)\]]{0,3}")
_SPARE = 2  # Page numbers that may be missing for no reason,
_THIN_PAGE = 300  # and for each of so many characters one more.


class Furniture:
    r"""
    The lines of a copy that are page furniture; they are looked for when first asked for.

    >>> furniture = Furniture("First.\n(Draft)\nSecond.", ["(draft)"])
    >>> furniture.between(0, 23), furniture.holds(9, 0, 23)
    ([(7, 14)], True)
    """

    def __init__(self, plain: str, known: Iterable[str], letters: int | None = None) -> None:
        self._plain = plain
        self._known = known
        self._letters = len(plain) if letters is None else letters  # Of the text that the copy should have.

    @cached_property
    def _spans(self) -> list[Span]:
        most = max(_COMES_BACK, self._letters // _FEWEST_LETTERS)
        return _Finder(self._plain, most).find(frozenset(map(skeleton, self._known)))

    def between(self, start: int, end: int) -> list[Span]:
        """Return the lines that are whole between two offsets."""
        low = bisect_left(self._spans, (start, start))
        high = bisect_left(self._spans, (end, end))
        found = self._spans[low:high]
        return found[:-1] if found and found[-1][1] > end else found

    def holds(self, at: int, start: int, end: int) -> bool:
        """Return whether an offset is in a line that is whole between two others."""
        number = bisect_right(self._spans, at, key=itemgetter(0)) - 1
        if number < 0:
            return False
        first, last = self._spans[number]
        return start <= first and at < last <= end


class _Line(NamedTuple):
    """One line that is not blank."""

    span: Span
    text: str  # Without markup; empty if it is too long for furniture.
    row: int  # Blank lines count.
    page: int


class _Member(NamedTuple):
    """A line in a group of lines that differ in one number at most."""

    at: int  # Its position among all lines.
    value: int  # The number in which it differs; 0 for none.


class _Finder:
    """Finds the lines that are page furniture among the lines of a copy."""

    def __init__(self, plain: str, most_pages: int) -> None:
        lines = list(_lines(plain))
        self._plain = plain
        self._most_pages = most_pages
        self._lines = lines if len(lines) <= _MOST_LINES else []
        self._size = len(plain)
        too_long = sum(not line.text for line in self._lines)
        self._has_lines = too_long <= _LONG_LINES * len(self._lines)  # Else each paragraph is one.
        self._edges = _edges(self._lines)  # Without a second page there are none.
        self._found: set[int] = set()
        self._back: set[int] = set()  # The lines that come back.

    def find(self, known: frozenset[str]) -> list[Span]:
        """Return where they are; *known* has the skeletons of lines that are furniture wherever they are."""
        stated = set(_known(self._lines, known))
        self._found.update(stated)
        groups = _groups(self._lines)
        self._back.update(member.at for group in groups for member in group)
        for group in groups:
            self._found.update(member.at for member in self._furniture(group))
        if not self._edges:
            for _ in range(2):  # A head of two lines.
                for group in groups:
                    self._found.update(member.at for member in self._next_to_furniture(group))
        too_many = len(self._found - stated) > self._most_pages * _MOST_ON_A_PAGE
        return [self._lines[at].span for at in sorted(stated if too_many else self._found)]

    def _furniture(self, group: list[_Member]) -> list[_Member]:
        """Return the lines of a group that are where furniture is."""
        runs: Iterable[list[_Member]]
        if self._edges:
            at_edges = [member for member in group if member.at in self._edges]
            runs = self._rising(at_edges) if group[0].value else self._on_pages(at_edges)
            shown = (run for run in runs if sum(self._edges[member.at] for member in run) >= _COMES_BACK)
            return [member for run in shown for member in run]
        runs = self._rising(group) if group[0].value else [self._regular(group)]
        return [member for run in runs if self._goes_through(run) for member in run]

    def _next_to_furniture(self, group: list[_Member]) -> list[_Member]:
        """Return the lines of a group that are next to furniture, if most of them are."""
        found = [member for member in group if {member.at - 1, member.at, member.at + 1} & self._found]
        runs = self._rising(found) if group[0].value else [found]
        fitting = (run for run in runs if _COMES_BACK <= len(run) <= self._most_pages and _are_most(run, group))
        return [member for run in fitting if not self._is_sentence(run[0]) for member in run]

    def _rising(self, group: list[_Member]) -> Iterator[list[_Member]]:
        """Yield the runs of numbers that rise as those of pages do: mostly by one or two, and no faster than pages."""
        rise = [group[at] for at in longest_rise([member.value for member in group])]
        for run in _runs(rise, self._is_next):
            near = [right.value - left.value <= _PAGES_APART for left, right in pairwise(run)]
            if 2 * sum(near) >= len(near):
                yield run

    def _is_next(self, left: _Member, right: _Member) -> bool:
        size, pages = self._start(right) - self._start(left), right.value - left.value
        return size < pages * _PAGE.stop and pages <= 1 + _SPARE + size // _THIN_PAGE

    def _on_pages(self, group: list[_Member]) -> Iterator[list[_Member]]:
        """Yield the runs of lines that are on one page after the other."""
        return _runs(group, lambda left, right: self._page(right) - self._page(left) <= _PAGES_APART)

    def _regular(self, group: list[_Member]) -> list[_Member]:
        """Return the lines that are about as far apart as most of them are, if nearly all are."""
        rows = [self._lines[member.at].row for member in group]
        apart = median_low([right - left for left, right in pairwise(rows)])
        runs: list[list[_Member]] = [[]]
        last = rows[0]
        for member, row in zip(group, rows, strict=True):
            if 2 * (row - last) > 5 * apart:
                runs.append([])
            if not runs[-1] or 2 * (row - last) >= apart or member.at >= len(self._lines) - _EDGE:
                runs[-1].append(member)  # The last page may be short.
                last = row
        longest = max(runs, key=len)
        return longest if apart <= _TALLEST_PAGE and _are_most(longest, group) else []

    def _goes_through(self, run: list[_Member]) -> bool:
        """Return whether some lines go through two thirds of the copy at least, one a page."""
        if not _COMES_BACK <= len(run) <= self._most_pages or self._is_sentence(run[0]):
            return False
        sizes = [self._start(right) - self._start(left) for left, right in pairwise(run)]
        goes_through = median_low(sizes) in _PAGE and 3 * sum(sizes) >= 2 * self._size
        return goes_through and self._looks_like_pages(run, sizes)

    def _looks_like_pages(self, run: list[_Member], sizes: list[int]) -> bool:
        """Return whether what some lines part is about as long, as pages are, whatever is on them."""
        pages = [max(1, right.value - left.value) for left, right in pairwise(run)]
        rows = [self._lines[right.at].row - self._lines[left.at].row for left, right in pairwise(run)]
        if self._has_lines and median_low(rows) >= _LEAST_ROWS and _unevenness(rows, pages) <= _UNEVEN_ROWS:
            return True
        if median_low(sizes) < _LEAST_SIZE or _unevenness(sizes, pages) > _UNEVEN_SIZES:
            return False
        return sum(map(self._breaks_sentence, run)) >= max(_FEWEST_BROKEN, _BROKEN * len(run))

    def _breaks_sentence(self, member: _Member) -> bool:
        """Return whether a line is followed by a small letter, but for other lines that come back."""
        following = range(member.at + 1, min(member.at + 1 + _EDGE, len(self._lines)))
        at = next((at for at in following if at not in self._back), None)
        if at is None:
            return False
        start, end = self._lines[at].span
        return self._plain[start : min(end, start + _LONGEST_LINE)].replace(NOTHING, "").lstrip()[:1].islower()

    def _is_sentence(self, member: _Member) -> bool:
        """Return whether a line reads as a sentence; heads and feet of pages do not."""
        return bool(_SENTENCE.fullmatch(self._lines[member.at].text))

    def _start(self, member: _Member) -> int:
        return self._lines[member.at].span[0]

    def _page(self, member: _Member) -> int:
        return self._lines[member.at].page


def _unevenness(sizes: list[int], pages: list[int]) -> float:
    """Return how much pages differ on average from the one in the middle, as a part of it."""
    each = [size / count for size, count in zip(sizes, pages, strict=True)]
    middle = median_low(each)
    return sum(abs(size - middle) for size in each) / len(each) / middle


def longest_rise(values: Sequence[int]) -> list[int]:
    """
    Return which of some numbers make the longest part that rises.

    >>> longest_rise([1, 9, 2, 2, 3])
    [0, 3, 4]
    """
    tops: list[int] = []  # The least number with which a rising part of each length ends,
    places: list[int] = []  # where that number is,
    before: list[int] = []  # and where the one before each number is.
    for place, value in enumerate(values):
        at = bisect_left(tops, value)
        before.append(places[at - 1] if at else -1)
        tops[at : at + 1] = [value]
        places[at : at + 1] = [place]
    rise: list[int] = []
    last = places[-1] if places else -1
    while last >= 0:
        rise.append(last)
        last = before[last]
    return rise[::-1]


def _lines(plain: str) -> Iterator[_Line]:
    """Yield the lines that are not blank, up to one more than are looked at."""
    row = page = before = 0
    for found in islice(_LINE.finditer(plain), _MOST_LINES + 1):
        start, end = found.span()
        row += start - before
        page += plain.count("\f", before, start)
        before = end
        short = end - start <= _LONGEST_LINE
        text = " ".join(found[0].replace(NOTHING, "").split()) if short else ""
        if text or not short:
            yield _Line((start, end), text, row, page)


def _known(lines: Iterable[_Line], known: frozenset[str]) -> Iterator[int]:
    """Yield the lines that are known to be furniture, also where one is broken into two."""
    letters = Letters.fresh()
    before = ""
    for at, line in enumerate(lines):
        bare = line.text.translate(letters)
        if bare in known:
            yield at
        elif before + bare in known:
            yield from (at - 1, at)
        before = bare


def _edges(lines: list[_Line]) -> dict[int, bool]:
    """Return the lines at the edges of pages, and whether the page of each shows what pages have."""
    edges: dict[int, bool] = {}
    at = 0
    if lines and lines[0].page == lines[-1].page:
        return edges
    for _, page in groupby(lines, attrgetter("page")):
        on_page = list(page)
        shows = on_page[-1].span[1] - on_page[0].span[0] in _PAGE
        last = at + len(on_page)
        edges |= dict.fromkeys([*range(at, last)[:_EDGE], *range(at, last)[-_EDGE:]], shows)
        at = last
    return edges


def _groups(lines: Iterable[_Line]) -> list[list[_Member]]:
    """Return groups of lines that are the same, or the same but for one number."""
    known = list(lines)
    groups: dict[tuple[str, ...], list[_Member]] = {}
    counts = Counter(line.text for line in known)
    for at, line in enumerate(known):
        text = line.text
        if not text:
            continue
        if counts[text] >= _COMES_BACK:  # Most lines of a report are there once.
            groups.setdefault((text,), []).append(_Member(at, 0))
        for found in islice(_NUMBER.finditer(text), _MOST_NUMBERS):
            key: tuple[str, ...] = (text[: found.start()], "1", text[found.end() :])
            groups.setdefault(key, []).append(_Member(at, int(found[0]) + 1))  # Some count from 0.
        roman = _ROMAN.fullmatch(text)
        if roman and (value := read_roman(roman[2].lower())):
            key = (roman[1], "i" if roman[2].islower() else "I", roman[3])
            groups.setdefault(key, []).append(_Member(at, value))
    return [group for group in groups.values() if len(group) >= _COMES_BACK]


def _are_most(some: list[_Member], group: list[_Member]) -> bool:
    """Return whether some lines are nearly all of a group, as those of furniture are, and others by chance are not."""
    return 5 * len(some) >= 4 * len(group)


def _runs(group: Iterable[_Member], is_next: Callable[[_Member, _Member], bool]) -> Iterator[list[_Member]]:
    """Part a group wherever a line does not continue from the line before it."""
    run: list[_Member] = []
    for member in group:
        if run and not is_next(run[-1], member):
            yield run
            run = []
        run.append(member)
    yield run
