"""
Where the sentences of a copy with many wrong letters are, such as a scan.

Wrong letters leave no digest, but they leave the order of the sentences, about their lengths, and where lines and
sentences end. So the stretches of a copy are held against the lengths of the index, and what the hints of the index
say about the ends of sentences decides whether it is this text at all. That places sentences and proves none of them.

Only copies of which less than half is proved come here, and only those about as long as the report, so that what is
spent on other texts stays small.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import groupby, pairwise, product
from math import log
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, NamedTuple

from asean_japan.copies.alignment import Located, Status
from asean_japan.copies.fingerprints import EDGE, hint
from asean_japan.copies.furniture import longest_rise
from asean_japan.copies.hints import hints_at
from asean_japan.copies.skeletons import LINE_ENDS, NOTHING, Letters, Skeleton, Span, label_skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from asean_japan.copies.fingerprints import Fingerprint, IndexedPart
    from asean_japan.copies.furniture import Furniture

_LEAST_RECOGNIZED = 10  # Of a hundred sentences that are placed, or it is another text.
_LEAST_ALIKE = 85  # Of a hundred that are as long as they should be, or it is a restatement.
_REACH = 12  # Sentences further from one that is recognized are not believed to be there.
_LONGEST = 3  # Times as many letters as the sentences have are looked at,
_LETTERS_APART = 16  # in stretches that are so long on average,
_WORDS_APART = 3  # or words, where single sentences are missing between others,
_MOST_MISSING = 12  # at most so many.
_LONGEST_KNOWN = 8  # Characters between two words.
_LONGEST_LABEL = 4  # Letters; no part is as short.
_USUAL = 75  # Letters by which a stretch between two ends differs, by chance, from what is due.

# How much speaks for a place, in natural logarithms of how much likelier it is.
_EXACT, _ONE_OFF, _UNLIKE = 12.0, 8.0, -0.3  # The hint of an end agrees, or would but for one letter, or does not.
_NO_STOP, _MARKED, _IN_LINE = -2.0, -3.5, -4.0  # A line ends there, but no sentence; or a bullet follows; or neither.
_AFTER_LABEL = -100.0  # No part is as short as its label.
_MISSING = -4.0  # A sentence is missing.
_OTHER_START = -2.0  # A part with a number before it begins elsewhere than behind one, or one without does.
_PASSED = -0.005  # A letter belongs to no sentence.
_NEVER = 1e9
_HOPELESS = 60.0  # What is so much less likely than the best is given up.

_BETWEEN = re.compile(r"\W+")  # Two words.
_STOP = re.compile(r"[.?!]")
_SPACE = re.compile(rf"[\s{NOTHING}{LINE_ENDS}]")
_LINE = re.compile(f"[{LINE_ENDS}]")
_BULLET = re.compile(r"\s[-–—*•·▪●◦‣(]")


class Placed(NamedTuple):
    """
    Where the parts of an index are in a copy.

    Attributes:
        places: The position of each part that was found in the index, and its place.
        recognized: How many sentences the hints for their ends show to be there, though no digest proves them.
    """

    places: dict[int, Located]
    recognized: int


def locate(parts: Sequence[IndexedPart], plain: str, furniture: Furniture, places: dict[int, Located]) -> Placed:
    """
    Return where the parts of an index are in a copy with many wrong letters, all that was proved before included.

    What was found before is returned as it is if most sentences are proved, or if the text is another one.

    Args:
        parts: The parts of the index.
        plain: The copy, with markup blanked out.
        furniture: The page furniture of the copy.
        places: What was found before.
    """
    proved = {number: found for number, found in places.items() if found.status != "located"}
    sentences = {number for number, part in enumerate(parts) if part.kind == "sentence"}
    fixed = {number: found for number, found in proved.items() if number in sentences}
    if 2 * len(fixed) >= len(sentences):
        return Placed(places, 0)
    hits = list(_hits(parts, plain, furniture, fixed))
    recognized = {hit.number for hit in hits if hit.recognized} & sentences
    alike = sum(hit.alike for hit in hits)
    if (
        not recognized
        or len(recognized) * 100 < len(hits) * _LEAST_RECOGNIZED
        or alike * 100 < len(hits) * _LEAST_ALIKE
    ):
        return Placed(places, 0)
    known = sorted(recognized | fixed.keys())
    taken = sorted(span for found in fixed.values() for span in found.spans)
    near = (hit for hit in hits if _is_near(hit.number, known))
    kept = fixed | {hit.number: hit.place for hit in near if _is_free(hit.place, taken)}
    taken = sorted(span for found in kept.values() for span in found.spans)
    others = {number: found for number, found in proved.items() if number not in kept and _is_free(found, taken)}
    return Placed(kept | others, len(recognized & kept.keys()))


def _hits(
    parts: Sequence[IndexedPart], plain: str, furniture: Furniture, fixed: Mapping[int, Located]
) -> Iterator[_Hit]:
    """Yield what is found between sentences that are proved; headings may be quoted elsewhere, and fix nothing."""
    one_off = _one_off()
    for gap in _gaps(len(parts), len(plain), fixed):
        pieces = _without(gap.span, furniture.between(*gap.span))
        search = _Search(parts, plain, pieces, one_off)
        yield from (search.hit(number, span) for number, span in search.find(gap.waiting).items())


def _is_near(number: int, known: Sequence[int]) -> bool:
    """Return whether one of some numbers, in order, is near another."""
    at = bisect_left(known, number - _REACH)
    return at < len(known) and known[at] <= number + _REACH


def _is_free(place: Located, taken: Sequence[Span]) -> bool:
    """Return whether a place overlaps none of some spans, which are in order."""
    at = bisect_left(taken, (place.end, 0))
    return not at or taken[at - 1][1] <= place.start


def _one_off() -> frozenset[int]:
    """Return in which bits hints differ if one letter does; which letters the others are does not matter to a CRC."""
    signs = ascii_lowercase + digits
    changes = {ord(left) ^ ord(right) for left, right in product(signs, signs)} - {0}
    same = hint("\x00" * EDGE)
    return frozenset(
        hint("\x00" * at + chr(change) + "\x00" * (EDGE - 1 - at)) ^ same for at in range(EDGE) for change in changes
    )


class _Hit(NamedTuple):
    """Where a part was found, and what that shows."""

    number: int
    place: Located
    recognized: bool  # The hint for an end agrees, or would but for one letter.
    alike: bool  # It is as long as it should be but for a few letters, as what was restated seldom is.


class _Gap(NamedTuple):
    """What is between two parts that are proved, and which parts should be there."""

    span: Span
    waiting: range


def _gaps(count: int, size: int, proved: Mapping[int, Located]) -> Iterator[_Gap]:
    """Yield the gaps between the parts that are proved and in order, of *count* in all."""
    order = sorted(proved, key=lambda number: proved[number].start)
    fixed = [order[at] for at in longest_rise(order)]
    for before, after in pairwise([-1, *fixed, count]):
        start = proved[before].end if before in proved else 0
        end = proved[after].start if after in proved else size
        if after - before > 1 and start < end:
            yield _Gap((start, end), range(before + 1, after))


def _without(span: Span, cuts: Iterable[Span]) -> list[Span]:
    """Return what is left of a span without others that are in it."""
    edges = [span[0], *(edge for cut in cuts for edge in cut), span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


class _Search:
    """The search for parts in some pieces of a copy; hits are in offsets of its letters."""

    def __init__(
        self, parts: Sequence[IndexedPart], plain: str, pieces: Sequence[Span], one_off: frozenset[int]
    ) -> None:
        self._parts = parts
        self._plain = plain
        self._pieces = pieces
        self._one_off = one_off
        self._skeleton = Skeleton(plain, pieces)

    def hit(self, number: int, span: Span) -> _Hit:
        """Return what was found of a part, and what it shows; its digest may agree after all."""
        start, end = span
        letters = self._skeleton.text
        mark = self._parts[number].fingerprint
        edges = _Edges(letters, {start: 0.0, end: 0.0}, self._one_off)
        status: Status = "verified" if mark.proves(letters[start:end]) else "located"
        return _Hit(
            number=number,
            place=Located(self._skeleton.spans(start, end), status),
            recognized=max(edges.head(0, mark), edges.tail(1, mark)) > 0,
            alike=abs(end - start - mark.length) <= mark.length // 25 + 2,
        )

    def find(self, waiting: range) -> dict[int, Span]:
        """Return where parts are: between ends of lines and sentences, and where some are missing between any words."""
        size = len(self._skeleton.text)
        if not self._is_plausible(waiting, size):
            return {}
        words = list(self._words().items())
        hinted = self._hinted(waiting, words)
        ends = [(at, against) for at, against in words if against != _IN_LINE or at in hinted]
        found = self._align(waiting, (0, size), ends, _LETTERS_APART)
        hits = dict(found)
        for is_missing, run in groupby(waiting, lambda number: number not in found):
            missing = list(run)
            if is_missing and found and len(missing) <= _MOST_MISSING:
                start = found[missing[0] - 1][1] if missing[0] - 1 in found else 0
                end = found[missing[-1] + 1][0] if missing[-1] + 1 in found else size
                hits |= self._align(missing, (start, end), words, _WORDS_APART)
        return hits

    def _is_plausible(self, waiting: Iterable[int], size: int) -> bool:
        """Return whether so many letters are not too many for some parts."""
        return 0 < size <= _LONGEST * sum(self._parts[number].fingerprint.length for number in waiting)

    def _align(
        self, waiting: Sequence[int], span: Span, ends: Sequence[tuple[int, float]], letters_apart: int
    ) -> dict[int, Span]:
        """Return the likeliest places of parts within a stretch of letters that is not too long for them."""
        start, end = span
        known = ends[bisect_left(ends, (start + 1,)) : bisect_left(ends, (end,))]
        if not self._is_plausible(waiting, end - start) or len(known) * letters_apart > end - start:
            return {}
        edges = _Edges(self._skeleton.text, {start: 0.0, **dict(known), end: 0.0}, self._one_off)
        due = [self._due(number) for number in waiting]
        return {waiting[turn]: hit for turn, hit in _likeliest(edges, due)}

    def _due(self, number: int) -> _Due:
        part = self._parts[number]
        return _Due(part.fingerprint, labelled=any(map(label_skeleton, part.labels)))

    def _hinted(self, waiting: Iterable[int], words: Iterable[tuple[int, float]]) -> set[int]:
        """Return the beginnings of words at which a hint says that a part begins or ends."""
        letters = self._skeleton.text
        marks = [self._parts[number].fingerprint for number in waiting]
        heads, tails = {mark.head for mark in marks}, {mark.tail for mark in marks}
        starts = [at for at, _ in words]
        begun = zip(starts, hints_at(letters, starts), strict=True)
        ended = zip(starts, _tails(letters, starts), strict=True)
        return {at for at, each in begun if each in heads} | {at for at, each in ended if each in tails}

    def _words(self) -> dict[int, float]:
        """Return where words begin, in order, and what speaks against the end of a sentence before each."""
        words: dict[int, float] = {}
        known: dict[str, float] = {}  # Most are a space.
        letters = Letters.fresh()
        at = closed = 0
        for start, end in self._pieces:
            before = start
            for found in _BETWEEN.finditer(self._plain, start, end):
                between = found[0]
                at += _count(self._plain[before : found.start()], letters)
                before = found.end() if between.isascii() else found.start()  # Other signs may have letters.
                against = known.get(between)
                if against is None:
                    against = _against(between)
                    known |= {between: against} if len(between) <= _LONGEST_KNOWN else {}
                words[at] = max(against, words.get(at, _IN_LINE))
                if at - closed <= _LONGEST_LABEL:
                    words[at] = _AFTER_LABEL
                if against >= _NO_STOP:
                    closed = at
            at += _count(self._plain[before:end], letters)
        return words


def _count(text: str, letters: Letters) -> int:
    """Return how many letters and digits a text has."""
    return len(text) if text.isalnum() and text.isascii() else len(text.translate(letters))


def _tails(letters: str, ends: Sequence[int]) -> list[int]:
    """Return the hints for the letters before each of some offsets, in order; fewer at the beginning."""
    short = bisect_left(ends, EDGE)
    return [hint(letters[:at]) for at in ends[:short]] + hints_at(letters, [at - EDGE for at in ends[short:]])


def _against(between: str) -> float:
    """Return what the signs between two words say against the end of a sentence there."""
    stop = _STOP.search(between)
    if stop and _SPACE.search(between, stop.end()):
        return 0.0
    if _LINE.search(between):
        return _NO_STOP
    return _MARKED if _BULLET.search(between) else _IN_LINE


class _Due(NamedTuple):
    """What is looked for: a part, and whether a number or letter is printed before it."""

    mark: Fingerprint
    labelled: bool


class _Edges:
    """
    Where sentences may begin or end in some letters, and what speaks for one between two of them.

    Attributes:
        at: The offsets in the letters, in order.
    """

    def __init__(self, letters: str, against: Mapping[int, float], one_off: frozenset[int]) -> None:
        self.at = list(against)
        self._against = list(against.values())
        self._heads = hints_at(letters, self.at)
        self._tails = _tails(letters, self.at)
        self._one_off = one_off

    def head(self, start: int, mark: Fingerprint) -> float:
        """Return what the hint for its beginning says for a part that begins at an edge."""
        return self._said(self._heads[start] ^ mark.head)

    def tail(self, end: int, mark: Fingerprint) -> float:
        """Return what the hint for its end says for a part that ends at an edge."""
        return self._said(self._tails[end] ^ mark.tail)

    def _said(self, difference: int) -> float:
        if difference == 0:
            return _EXACT
        return _ONE_OFF if difference in self._one_off else _UNLIKE

    def fitting(self, start: int, due: _Due) -> Iterator[tuple[int, float]]:
        """Yield each edge at which a part that begins at another may end, and how much speaks for that."""
        length = due.mark.length
        stop = self.at[start] + length
        spare = length // 8 + 4
        low = bisect_left(self.at, stop - spare, start + 1)
        high = bisect_right(self.at, stop + spare, low)
        if low < high:
            breadth = 1 + length / 50
            known = log(_USUAL / breadth) + self.head(start, due.mark)
            known += _OTHER_START if (self._against[start] == _AFTER_LABEL) != due.labelled else 0
            for end in range(low, high):
                missed = abs(self.at[end] - stop) / breadth
                yield end, known + self.tail(end, due.mark) + self._against[end] - missed


class _Row(NamedTuple):
    """How likely each edge is as the place up to which the letters belong to the parts so far, and by which way."""

    scores: dict[int, float]
    ways: dict[int, int]  # The edge at which the last part begins, or one of the two below.


_IS_MISSING, _IS_PASSED = -1, -2


def _likeliest(edges: _Edges, parts: Sequence[_Due]) -> Iterator[tuple[int, Span]]:
    """Yield the turns of the parts that are there in the likeliest order of things, the last one first, and where."""
    rows = [_passed(edges, _Row({0: 0.0}, {}))]
    for due in parts:
        rows.append(_passed(edges, _next_row(edges, rows[-1].scores, due)))
    size = edges.at[-1]
    scores = rows[-1].scores
    at = max(scores, key=lambda edge: scores[edge] + _PASSED * (size - edges.at[edge]))
    turn = len(parts)
    while turn:
        way = rows[turn].ways[at]
        if way == _IS_PASSED:
            at -= 1
            continue
        turn -= 1
        if way != _IS_MISSING:
            yield turn, (edges.at[way], edges.at[at])
            at = way


def _next_row(edges: _Edges, before: Mapping[int, float], due: _Due) -> _Row:
    """Return the row after one more part, which is missing or is between two edges."""
    scores = {edge: score + _MISSING for edge, score in before.items()}
    ways = dict.fromkeys(scores, _IS_MISSING)
    for start, score in before.items():
        for end, gained in edges.fitting(start, due):
            if score + gained > scores.get(end, -_NEVER):
                scores[end] = score + gained
                ways[end] = start
    return _Row(scores, ways)


def _passed(edges: _Edges, row: _Row) -> _Row:
    """Return a row to which letters that belong to no part are added, without what is hopeless."""
    scores, ways = row
    least = max(scores.values()) - _HOPELESS
    first, last = min(scores), max(scores)
    before = scores[first]
    for edge in range(first + 1, len(edges.at)):
        before += _PASSED * (edges.at[edge] - edges.at[edge - 1])
        if before > scores.get(edge, -_NEVER):
            scores[edge], ways[edge] = before, _IS_PASSED
        before = scores[edge]
        if edge > last and before < least:
            break
    return _Row({edge: score for edge, score in scores.items() if score >= least}, ways)
