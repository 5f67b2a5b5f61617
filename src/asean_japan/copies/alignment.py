"""
Where in a copy the parts of an index are.

A copy is followed in order, which proves a clean one at once. Only where the order breaks are windows of letters
compared with the hints of the index; and only there is page furniture left out, or digits and lines taken out, until
the digest agrees. Each step goes through the letters once, so the time grows with the copy.

Texts are compared by their letters, and offsets of letters are used here and in `skeletons` only: what goes in and what
comes out are offsets in the texts themselves.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from asean_japan.copies.fingerprints import EDGE, Fingerprint, IndexedPart, SourceIndex
from asean_japan.copies.hints import Hints, hints_of
from asean_japan.copies.punctuation import cuts_number, marked
from asean_japan.copies.skeletons import (
    LINE_END,
    NOTHING,
    Letters,
    Skeleton,
    Span,
    behind_labels,
    label_skeleton,
    skeleton,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from asean_japan.copies.furniture import Furniture

Status: TypeAlias = Literal["verified", "repaired", "located", "missing"]

_SEEN, _NEXT = 2, 1  # What speaks for an end of a part: the hint for it, or that its neighbor is there.
_MOST_DIGITS = 12  # Digits that are left out of a sentence at most,
_MOST_RUNS = 12  # of the first of its numbers.
_LONGEST_BREAK = 2000  # Letters of whole lines that may break a sentence: a footnote, or the head of a page.
_MOST_TRIED = 6  # Pairs of a beginning and an end.
_LONGEST_LABELS = 400  # Characters, with the markup between them.
_MOST_HITS = 64  # Places that are kept for one hint; a real copy has one.
_NUMBERS = re.compile(r"[0-9]+")
_IN_NUMBER = re.compile(rf"[.,{NOTHING}]*")
_MOST_IN_A_GAP = 2_000  # Among more lines between two parts none is taken for page furniture.


class Located(NamedTuple):
    """Where a part was found in a copy, and what that proves."""

    spans: tuple[Span, ...]
    status: Status

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.spans[-1][1]


def align(index: SourceIndex, plain: str, furniture: Furniture) -> dict[int, Located]:
    """
    Return where the parts of an index are in a copy: the position of each part in the index, and its place.

    A part that was not found is left out.

    >>> from asean_japan.copies.fingerprints import fingerprint
    >>> from asean_japan.copies.furniture import Furniture
    >>> index = SourceIndex(parts=(IndexedPart(kind="sentence", fingerprint=fingerprint("Foster “co-creation”!")),))
    >>> align(index, "To foster co-creation", Furniture("To foster co-creation", []))
    {0: Located(spans=((3, 21),), status='verified')}

    Args:
        index: The parts.
        plain: The copy, with markup blanked out.
        furniture: The page furniture of the copy.
    """
    search = _Search(index.parts, plain, furniture)
    search.follow_all()
    search.drop_what_furniture_may_be()
    for gap in search.gaps():
        if all(index.parts[number].stated for number in gap.waiting):  # A copy may lack its title page.
            search.take(search.letters_of(gap).stated(gap.waiting, search.places))
    for gap in search.gaps():
        if search.furniture_in(gap):
            search.take(search.letters_without_furniture(gap).in_order(gap.waiting))
    if not search.places:
        return search.places  # Nothing is proved, so nothing is located either.
    for gap in search.gaps():
        search.take(search.letters_of(gap).stated(gap.waiting, search.places))
        search.take(search.letters_without_furniture(gap).stated(gap.waiting, search.places))
    for gap in search.gaps():
        search.take(search.letters_of(gap).by_ends(gap.waiting, gap.after, locate=False))
    for gap in search.gaps():
        search.take(search.letters_without_furniture(gap).by_ends(gap.waiting, gap.after, locate=True))
    for gap in search.gaps():
        search.take(search.letters_without_furniture(gap).between_neighbors(gap.waiting, gap.after))
    search.find_moved_headings()
    search.doubt_glued_numbers()
    return search.places


# Where to look, in offsets of the text.


class _Gap(NamedTuple):
    """What is between two parts that were found, and which parts should be there."""

    start: int
    end: int
    waiting: Sequence[int]
    after: IndexedPart | None  # The part that follows it; None at the end.


class _Hit(NamedTuple):
    """A part that was found, in offsets of the text."""

    number: int
    runs: tuple[tuple[Span, ...], ...]  # Several if something that breaks it is left out.
    proved: bool


class _Search:
    """The search for the parts of an index in a copy; numbers are the positions of parts in the index."""

    def __init__(self, parts: Sequence[IndexedPart], plain: str, furniture: Furniture) -> None:
        self.places: dict[int, Located] = {}
        self._parts = parts
        self._plain = plain
        self._furniture = furniture
        self._letters = Letters.fresh()
        self._whole = _LetterSearch(parts, plain, [(0, len(plain))])

    def follow_all(self) -> None:
        """Look for all parts, in order, in the whole copy."""
        self.take(self._whole.in_order(range(len(self._parts))))

    def take(self, hits: Iterable[_Hit]) -> None:
        """Keep the places of what was found."""
        for number, runs, proved in hits:
            first, *others = runs
            located = Located(first, "verified" if proved else "located")
            self.places[number] = self._repaired(runs) if others else located

    def _repaired(self, runs: Sequence[tuple[Span, ...]]) -> Located:
        """Return where a part is that is proved once what breaks it is left out; page furniture breaks nothing."""
        left_out = ((left[-1][1], right[0][0]) for left, right in pairwise(runs))
        return Located(self._joined(runs), "verified" if all(map(self._is_furniture, left_out)) else "repaired")

    def _is_furniture(self, span: Span) -> bool:
        """Return whether a stretch of the copy has nothing but page furniture."""
        rest = _between(span, self._furniture.between(*span))
        return not any(self._plain[start:end].translate(self._letters) for start, end in rest)

    def _joined(self, runs: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
        """Bring the ends of runs as near as they can be, so that what is between them is letters or whole lines."""
        spans = list(runs[0])
        for run in runs[1:]:
            (start, last), (first, end) = spans[-1], run[0]
            between = self._plain[last:first]
            lines = [found.start() for found in LINE_END.finditer(between)]
            letters = [at for at, char in enumerate(between) if char.translate(self._letters)]
            low, high = (lines[0], lines[-1]) if len(lines) > 1 else marked(between, letters[0], letters[-1] + 1)
            spans[-1:] = [(start, last + low), (last + high, end), *run[1:]]
        return tuple(spans)

    def drop_what_furniture_may_be(self) -> None:
        """Drop sentences that begin or end in page furniture, which can share its first or last letters with them."""
        if len(self.places) == len(self._parts):  # Furniture would have broken some.
            return
        for number, place in list(self.places.items()):
            ends = (place.start, place.end - 1)
            if not self._parts[number].stated and any(self._furniture.holds(at, 0, len(self._plain)) for at in ends):
                del self.places[number]

    def gaps(self) -> Iterator[_Gap]:
        """Yield the gaps in which parts are missing and could be: finding one takes half of its letters at least."""
        if len(self.places) == len(self._parts):
            return
        known = sorted(self.places.items(), key=lambda item: item[1].start)
        start, before = 0, -1
        gaps: list[_Gap] = []
        for number, place in known:
            if number - before > 1:
                gaps.append(_Gap(start, place.start, range(before + 1, number), self._parts[number]))
            start, before = place.end, number
        gaps.append(_Gap(start, len(self._plain), range(before + 1, len(self._parts)), None))
        for gap in gaps:
            left = [number for number in gap.waiting if number not in self.places]
            if left and 2 * (gap.end - gap.start) >= min(self._parts[number].fingerprint.length for number in left):
                yield gap._replace(waiting=left)

    def letters_of(self, gap: _Gap) -> _LetterSearch:
        """Return the letters of a gap."""
        return _LetterSearch(self._parts, self._plain, [(gap.start, gap.end)], self._whole)

    def letters_without_furniture(self, gap: _Gap) -> _LetterSearch:
        """Return the letters of a gap, but for page furniture."""
        pieces = _between((gap.start, gap.end), self.furniture_in(gap))
        return _LetterSearch(self._parts, self._plain, pieces, self._whole)

    def furniture_in(self, gap: _Gap) -> list[Span]:
        """Return the lines of a gap that are page furniture; none if there are more than pages have."""
        lines = self._furniture.between(gap.start, gap.end)
        return lines if len(lines) <= _MOST_IN_A_GAP else []

    def find_moved_headings(self) -> None:
        """Find the headings that are out of order, where a line of what is left begins with them."""
        left: _LetterSearch | None = None
        for number, part in enumerate(self._parts):
            if part.stated and part.ref and number not in self.places:
                if left is None:
                    taken = sorted(span for place in self.places.values() for span in place.spans)
                    left = _LetterSearch(self._parts, self._plain, _between((0, len(self._plain)), taken))
                hits = [hit for hit in left.stated_on_a_line(number) if len(hit.runs[0]) == 1]
                if hits:
                    self.take(hits)
                    left = None

    def doubt_glued_numbers(self) -> None:
        """Call what ends within a number of the copy located: a mark behind it cannot be told from a digit of it."""
        for number, place in self.places.items():
            if cuts_number(self._plain, place.start, place.end):
                self.places[number] = place._replace(status="located")


def _between(span: Span, cuts: Iterable[Span]) -> list[Span]:
    """Return what is left of a span without others that are in it."""
    edges = [span[0], *(edge for cut in cuts for edge in cut), span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


# How to look there, in offsets of letters.


_Found: TypeAlias = tuple[int, int, int]  # The number of a part, and where it begins and ends.


class _Pair(NamedTuple):
    """Where a part may begin and end, in offsets of letters, and how much speaks for it."""

    start: int
    end: int
    evidence: int

    @property
    def size(self) -> int:
        return self.end - self.start


class _LetterSearch:
    """
    The letters of some pieces of a copy, in which parts are looked for.

    Each public method is one way to look for them, and yields what it finds in offsets of the text.
    """

    def __init__(
        self,
        parts: Sequence[IndexedPart],
        plain: str,
        pieces: Sequence[Span],
        whole: _LetterSearch | None = None,
    ) -> None:
        self._parts = parts
        self._plain = plain
        self._skeleton = Skeleton(plain, pieces)
        self._letters = self._skeleton.text
        if whole and len(pieces) == 1:
            self._hints = whole.hints_from(pieces[0][0])
        else:
            self._hints = Hints(self._letters, whole.wanted if whole else frozenset(hints_of(parts)))

    @property
    def wanted(self) -> frozenset[int]:
        """The hints for the ends of all parts."""
        return self._hints.wanted

    def hints_from(self, start: int) -> Hints:
        """Return the hints that are in the letters from an offset of the text on."""
        return self._hints.moved(self._skeleton.offset(start))

    def _hit(self, number: int, start: int, end: int, *, proved: bool = True) -> _Hit:
        return _Hit(number, (self._skeleton.spans(start, end),), proved)

    def _ends_of(self, spans: tuple[Span, ...]) -> Span:
        """Return where in the letters some spans of the text begin and end."""
        return self._skeleton.offset(spans[0][0]), self._skeleton.offset(spans[-1][1])

    # In order, and by hints where the order breaks.

    def in_order(self, waiting: Sequence[int]) -> Iterator[_Hit]:
        """Find one part after the other; where the order breaks, go on from the next one that a hint finds."""
        found: set[int] = set()
        heads: dict[int, list[int]] = {}
        at = turn = 0
        while True:
            run = self._unbroken(waiting[turn:], found, at)
            if not run:
                heads = heads or self._heads(number for number in waiting if number not in found)
                run = self._hinted(heads, found, at, waiting[turn] if turn < len(waiting) else 0)
            if not run:
                return
            for number, start, at in run:
                found.add(number)
                yield self._hit(number, start, at)
            turn = waiting.index(run[-1][0]) + 1

    def _unbroken(self, waiting: Iterable[int], found: Container[int], at: int) -> list[_Found]:
        """Return one part after the other, until one does not follow."""
        run: list[_Found] = []
        held: list[_Found] = []  # Headings: a table of contents has them too, but not what follows.
        for number in waiting:
            if number in found:
                continue
            part = self._parts[number]
            for start in self._starts(at, part):
                if _proves(part, self._letters, start):
                    break
            else:
                break
            at = start + part.fingerprint.length
            held.append((number, start, at))
            if part.stated is None:
                run += held
                held.clear()
        return run

    def _heads(self, waiting: Iterable[int]) -> dict[int, list[int]]:
        """Return the sentences that begin with each hint, but for those that are too short for one."""
        heads: dict[int, list[int]] = {}
        for number in waiting:
            part = self._parts[number]
            if part.stated is None and part.fingerprint.length >= EDGE:
                heads.setdefault(part.fingerprint.head, []).append(number)
        return heads

    def _hinted(self, heads: Mapping[int, list[int]], found: Container[int], at: int, expected: int) -> list[_Found]:
        """Return the next part that was not found yet; of several, one from *expected* on."""
        letters, parts = self._letters, self._parts
        if all(number in found for numbers in heads.values() for number in numbers):
            return []
        for start, known in self._hints.between(at, len(letters)):
            fitting = [
                number
                for number in heads.get(known, ())
                if number not in found and _proves(parts[number], letters, start)
            ]
            if fitting:
                number = min(fitting, key=lambda number: (number < expected, number))
                return [(number, start, start + parts[number].fingerprint.length)]
        return []

    def _starts(self, at: int, part: IndexedPart) -> list[int]:
        """Return where a part may begin, if all, some or none of its labels are before it."""
        return behind_labels(self._letters, at, map(label_skeleton, part.labels))[::-1]

    # By words that the index states.

    def stated(self, waiting: Sequence[int], places: Mapping[int, Located]) -> Iterator[_Hit]:
        """
        Find headings and the title page, which are stated, the last time before what follows; best where lines begin.

        Args:
            waiting: The parts, in order.
            places: What was found before.
        """
        known = {number: self._ends_of(places[number].spans) for number in waiting if number in places}
        for line_begins in (True, False):
            end = len(self._letters)
            for number in reversed(waiting):
                if number in known:
                    end = known[number][0]
                elif found := self._last_stated(number, end, line_begins=line_begins):
                    first = known[number - 1][1] if number - 1 in known else 0
                    if found[0] >= first:
                        hit = self._hit(number, *found)
                        known[number] = self._ends_of(hit.runs[0])
                        end = found[0]
                        yield hit

    def stated_on_a_line(self, number: int) -> Iterator[_Hit]:
        """Find one heading, the last time that a line begins with it."""
        if found := self._last_stated(number, len(self._letters), line_begins=True):
            yield self._hit(number, *found)

    def _last_stated(self, number: int, end: int, *, line_begins: bool) -> Span | None:
        """Return where the words of a part are for the last time before *end*; None if it is not stated."""
        part = self._parts[number]
        bare = skeleton(part.stated or "")
        for _ in range(_MOST_HITS if bare else 0):
            start = self._letters.rfind(bare, 0, end)
            if start < 0:
                break
            if not line_begins or self._begins_line(start, part.labels):
                return start, start + len(bare)
            end = start + len(bare) - 1
        return None

    def _begins_line(self, at: int, labels: Sequence[str]) -> bool:
        """Return whether nothing but some of these labels is before a letter in its line."""
        end = self._skeleton.origin(at)
        start = max(0, end - _LONGEST_LABELS)
        *lines, before = LINE_END.split(self._plain[start:end])
        return bool(lines or not start) and "".join(map(label_skeleton, labels)).endswith(skeleton(before))

    # By their ends and their neighbors.

    def by_ends(self, waiting: Sequence[int], after: IndexedPart | None, *, locate: bool) -> Iterator[_Hit]:
        """
        Find parts by their ends; prove those with lines or digits too many, and locate the others.

        Args:
            waiting: The parts, in order.
            after: The part that follows the last of them; None at the end.
            locate: Whether to yield what is not proved.
        """
        hits = self._ends_seen([self._parts[number].fingerprint for number in waiting])
        at, sure = 0, True
        for turn, number in enumerate(waiting):
            part = self._parts[number]
            starts = [(hit, _SEEN) for hit in hits[part.fingerprint.head] if hit >= at]
            ends = [(hit + EDGE, _SEEN) for hit in hits[part.fingerprint.tail] if hit >= at]
            if sure:
                starts.append((self._starts(at, part)[0], _NEXT))
            if turn + 1 == len(waiting):
                ends.append((self._before_labels(len(self._letters), after), _NEXT))
            else:
                following = self._parts[waiting[turn + 1]]
                nearest = [hit for hit in hits[following.fingerprint.head] if hit > at][:1]
                ends += [(self._before_labels(hit, following), _NEXT) for hit in nearest]
            pairs = _pairs(starts, ends, part.fingerprint.length, (at, len(self._letters)))
            hit, at = self._best(number, pairs, locate=locate) or (None, at)
            sure = hit is not None
            if hit:
                yield hit

    def _best(self, number: int, pairs: list[_Pair], *, locate: bool) -> tuple[_Hit, int] | None:
        """Return a part between the ends that prove it, or else that are likeliest if *locate* is true; and its end."""
        mark = self._parts[number].fingerprint
        tried = (self._repaired(pair, mark) for pair in pairs[:_MOST_TRIED])
        if kept := next(filter(None, tried), None):
            runs = tuple([self._skeleton.spans(start, end) for start, end in kept])
            return _Hit(number, runs, proved=True), self._ends_of(runs[-1])[1]
        likely = [pair for pair in pairs if locate and _is_likely(pair, mark.length)]
        if not likely:
            return None
        best = max(likely, key=lambda pair: (pair.evidence, -abs(pair.size - mark.length)))
        return self._hit(number, best.start, best.end, proved=False), best.end

    def between_neighbors(self, waiting: Sequence[int], after: IndexedPart | None) -> Iterator[_Hit]:
        """Find a part that alone is missing between its neighbors: all that is there, if its length is about right."""
        if len(waiting) != 1:
            return
        (number,) = waiting
        part = self._parts[number]
        start = self._starts(0, part)[0]
        end = self._before_labels(len(self._letters), after)
        if start < end and _is_likely(_Pair(start, end, _NEXT + _NEXT), part.fingerprint.length):
            yield self._hit(number, start, end, proved=False)

    def _ends_seen(self, marks: Iterable[Fingerprint]) -> dict[int, list[int]]:
        """Return where the letters have the hints for the beginnings and ends of some parts."""
        hits: dict[int, list[int]] = {known: [] for mark in marks for known in (mark.head, mark.tail)}
        for start, known in self._hints.between(0, len(self._letters)):
            if known in hits and len(hits[known]) < _MOST_HITS:
                hits[known].append(start)
        return hits

    def _before_labels(self, end: int, part: IndexedPart | None) -> int:
        """Return where the labels begin that are before what begins at *end*."""
        for label in reversed(part.labels if part else ()):
            bare = label_skeleton(label)
            end -= len(bare) if self._letters.endswith(bare, 0, end) else 0
        return end

    def _repaired(self, pair: _Pair, mark: Fingerprint) -> list[Span] | None:
        """Return what is kept once whole lines or digits are left out that break a part, so that its digest agrees."""
        for cuts in self._cuts(pair, pair.size - mark.length):
            kept = [piece for piece in _between((pair.start, pair.end), cuts) if piece[0] < piece[1]]
            if mark.proves("".join(self._letters[first:last] for first, last in kept)):
                return kept
        return None

    def _cuts(self, pair: _Pair, excess: int) -> Iterator[tuple[Span, ...]]:
        """Yield what can be left out of a stretch that is too long: whole lines, or up to three runs of digits."""
        if 0 < excess <= _LONGEST_BREAK:
            ends = self._skeleton.line_ends(pair.start, pair.end)
            known = set(ends)
            yield from (((end, end + excess),) for end in ends if end + excess in known)
        if 0 < excess <= _MOST_DIGITS:
            runs = [found.span() for found in _NUMBERS.finditer(self._letters, pair.start, pair.end)][:_MOST_RUNS]
            # The mark of a footnote may follow a number, and then is the last one or two digits of it.
            parts = [(first, end) for start, end in runs for first in sorted({start, max(start, end - 2), end - 1})]
            cuts = [part for part in parts if not self._continues_number(part[0])]
            for count in (1, 2, 3):
                for chosen in combinations(cuts, count):
                    apart = all(left[1] <= right[0] for left, right in pairwise(chosen))
                    if apart and sum(end - start for start, end in chosen) == excess:
                        yield chosen

    def _continues_number(self, at: int) -> bool:
        """Return whether a digit continues a number, so that it cannot be told from a digit of it; ³ can."""
        if not at or not self._letters[at - 1].isdecimal():
            return False
        before, digit = self._skeleton.origin(at - 1), self._skeleton.origin(at)
        return self._plain[digit].isdecimal() and bool(_IN_NUMBER.fullmatch(self._plain, before + 1, digit))


def _proves(part: IndexedPart, letters: str, start: int) -> bool:
    """Return whether a part begins at an offset of some letters, by its digest."""
    return part.fingerprint.proves(letters[start : start + part.fingerprint.length])


def _pairs(starts: list[tuple[int, int]], ends: list[tuple[int, int]], length: int, free: Span) -> list[_Pair]:
    """Return every beginning with every end after it, and with one as far away as it should be; the best first."""
    pairs = [_Pair(start, end, first + last) for start, first in starts for end, last in ends]
    pairs += [_Pair(start, min(start + length, free[1]), weight) for start, weight in starts if weight == _SEEN]
    pairs += [_Pair(max(end - length, free[0]), end, weight) for end, weight in ends if weight == _SEEN]
    return sorted((pair for pair in pairs if pair.start < pair.end), key=lambda pair: abs(pair.size - length))


def _is_likely(pair: _Pair, length: int) -> bool:
    """Return whether a part of this length can be there: both of its ends are, or it would fill what is free."""
    if pair.evidence == _SEEN + _SEEN:
        return length // 2 <= pair.size <= 2 * length + _LONGEST_BREAK
    return abs(pair.size - length) <= length // 4 + 8
