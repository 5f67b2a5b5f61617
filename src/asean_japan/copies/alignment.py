"""
Where in a copy the parts of an index stand.

A copy is followed in order, which proves a clean one at once. Only where the order breaks are windows of letters
compared with the hints of the index; and only there is page furniture left out, or digits and lines taken out, until
the digest agrees. Each step goes through the letters once, so that the time grows with the copy.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from asean_japan.copies.fingerprints import EDGE, Fingerprint, IndexedPart, SourceIndex, digest, hint
from asean_japan.copies.furniture import Lines
from asean_japan.copies.skeletons import LINE_END, NOTHING, Letters, Skeleton, Span, behind_labels, skeleton

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

Status: TypeAlias = Literal["verified", "repaired", "located", "missing"]

_SEEN, _NEXT = 2, 1  # What speaks for an end of a part: the hint for it, or that its neighbour is there.
_MOST_DIGITS = 12  # Digits that are left out of a sentence at most,
_MOST_RUNS = 12  # of the first of its numbers.
_LONGEST_BREAK = 2000  # Letters of whole lines that may stand in a sentence: a footnote, or the head of a page.
_MOST_TRIED = 6  # Pairs of a beginning and an end.
_LONGEST_LABELS = 400  # Characters, with the markup between them.
_MOST_HITS = 64  # Places that are kept for one hint; a real copy has one.
_NUMBERS = re.compile(r"[0-9]+")
_IN_NUMBER = re.compile(rf"[.,{NOTHING}]*")
_MOST_IN_A_GAP = 2_000


class Located(NamedTuple):
    """Where a part was found in the copy."""

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


class _Pair(NamedTuple):
    """Where a part may begin and end, in letters, and how much speaks for it."""

    start: int
    end: int
    evidence: int

    @property
    def size(self) -> int:
        return self.end - self.start


class _Gap(NamedTuple):
    """What stands between two parts that were found, and which parts should stand there."""

    start: int
    end: int
    waiting: Sequence[int]
    after: int | None  # The part behind it; None at the end.


class Alignment:
    """The parts of one index that stand in one copy; numbers stand for parts."""

    def __init__(self, index: SourceIndex, plain: str) -> None:
        self.parts: tuple[IndexedPart, ...] = index.parts
        self.plain = plain
        self.places: dict[int, Located] = {}
        self._known = frozenset(map(skeleton, index.furniture))
        self._furniture: Lines | None = None
        self.letters: Letters = Letters.fresh()
        self._bare = {"": ""}  # The skeletons of labels, of which there are few.
        self._work()

    def _work(self) -> None:
        """Find all that can be found."""
        self._follow(Skeleton(self.plain, [(0, len(self.plain))]), range(len(self.parts)))
        self._let_go()
        for gap in self._gaps():
            if all(self.parts[number].stated for number in gap.waiting):  # A copy may lack its title page.
                self._find_stated(gap, Skeleton(self.plain, [(gap.start, gap.end)]))
        for gap in self._gaps():
            if self._lines_in(gap):
                self._follow(self._without_furniture(gap), gap.waiting)
        if not self.places:
            return  # Nothing is proved, so that nothing is located either.
        for gap in self._gaps():
            self._find_stated(gap, Skeleton(self.plain, [(gap.start, gap.end)]))
            self._find_stated(gap, self._without_furniture(gap))
        for gap in self._gaps():
            self._restore(Skeleton(self.plain, [(gap.start, gap.end)]), gap, locate=False)
        for gap in self._gaps():
            self._restore(self._without_furniture(gap), gap, locate=True)
        for gap in self._gaps():
            self._fill(self._without_furniture(gap), gap)
        self._find_moved()

    def _let_go(self) -> None:
        """Let go of sentences that begin or end in page furniture: it may end as they begin, or begin as they end."""
        if len(self.places) == len(self.parts):  # Furniture would have split some.
            return
        for number, place in list(self.places.items()):
            ends = (place.start, place.end - 1)
            if not self.parts[number].stated and any(self.lines.holds(at, 0, len(self.plain)) for at in ends):
                del self.places[number]

    def _find_moved(self) -> None:
        """Find the headings that stand out of order, where a line of what is left begins with them."""
        left: Skeleton | None = None
        for number, part in enumerate(self.parts):
            if part.stated and part.ref and number not in self.places:
                if left is None:
                    taken = sorted(span for place in self.places.values() for span in place.spans)
                    left = Skeleton(self.plain, _between((0, len(self.plain)), taken))
                found = self._stated_before(left, number, len(left.text), line_begins=True)
                spans = left.spans(*found) if found else ()
                if len(spans) == 1:
                    self.places[number] = Located(spans, "verified")
                    left = None

    @property
    def lines(self) -> Lines:
        """The lines that are page furniture; looked for when the first gap is met."""
        if self._furniture is None:
            self._furniture = Lines(self.plain, self._known)
        return self._furniture

    def _without_furniture(self, gap: _Gap) -> Skeleton:
        return Skeleton(self.plain, _between((gap.start, gap.end), self._lines_in(gap)))

    def _lines_in(self, gap: _Gap) -> list[Span]:
        """The lines of a gap that are page furniture; none if there are more than pages have."""
        lines = self.lines.between(gap.start, gap.end)
        return lines if len(lines) <= _MOST_IN_A_GAP else []

    def _gaps(self) -> Iterator[_Gap]:
        """Every gap with parts that should stand there and could: one is found with half of its letters at least."""
        if len(self.places) == len(self.parts):
            return
        known = sorted(self.places.items(), key=lambda item: item[1].start)
        start, before = 0, -1
        gaps: list[_Gap] = []
        for number, place in known:
            if number - before > 1:
                gaps.append(_Gap(start, place.start, range(before + 1, number), number))
            start, before = place.end, number
        gaps.append(_Gap(start, len(self.plain), range(before + 1, len(self.parts)), None))
        for gap in gaps:
            left = [each for each in gap.waiting if each not in self.places]
            if left and 2 * (gap.end - gap.start) >= min(self.parts[each].fingerprint.length for each in left):
                yield gap._replace(waiting=left)

    # In order, and by windows where the order breaks.

    def _follow(self, bones: Skeleton, queue: Sequence[int]) -> None:
        letters = bones.text
        windows: _Windows | None = None
        at = turn = 0
        while True:
            at, turn = self._in_order(bones, queue, at, turn)
            waiting = [each for each in queue if each not in self.places and self._hinted(each)]
            if not waiting:
                return
            if windows is None:
                fingerprints = [(self.parts[each].fingerprint, each) for each in waiting]
                windows = _Windows(letters, fingerprints)
            found = windows.next(at, self.places, queue[turn] if turn < len(queue) else 0)
            if found is None:
                return
            number, start = found
            at = start + self.parts[number].fingerprint.length
            self.places[number] = Located(bones.spans(start, at), "verified")
            turn = queue.index(number) + 1

    def _hinted(self, number: int) -> bool:
        part = self.parts[number]
        return part.stated is None and part.fingerprint.length >= EDGE

    def _in_order(self, bones: Skeleton, queue: Sequence[int], at: int, turn: int) -> tuple[int, int]:
        """Take one part after the other, until one does not fit; say how far that went."""
        cursor = at
        held: list[tuple[int, int, int]] = []  # Headings: a table of contents has them too, but not what follows.
        for ahead in range(turn, len(queue)):
            number = queue[ahead]
            if number in self.places:
                continue
            part = self.parts[number]
            for start in self._behind_labels(bones.text, cursor, part.labels):
                if part.fingerprint.fits(bones.text, start):
                    break
            else:
                return at, turn
            cursor = start + part.fingerprint.length
            held.append((number, start, cursor))
            if part.stated is None:
                for known, first, last in held:
                    self.places[known] = Located(bones.spans(first, last), "verified")
                held.clear()
                at, turn = cursor, ahead + 1
        return at, len(queue)

    def _behind_labels(self, letters: str, at: int, labels: Iterable[str]) -> list[int]:
        """Where a part may begin, if all, some or none of its labels stand before it."""
        return behind_labels(letters, at, map(self.bare_label, labels))[::-1]

    def bare_label(self, label: str) -> str:
        """Give the skeleton of a label; empty for a bullet."""
        bare = self._bare.get(label)
        if bare is None:
            bare = self._bare[label] = label.translate(self.letters)
        return bare

    # What the digest of the whole does not prove where it stands.

    def _find_stated(self, gap: _Gap, bones: Skeleton) -> None:
        """Find headings, whose words are known, near before what follows; at first, where lines begin."""
        for line_begins in (True, False):
            end = len(bones.text)
            for number in reversed(gap.waiting):
                if place := self.places.get(number):
                    end = bones.offset(place.start)
                elif found := self._stated_before(bones, number, end, line_begins=line_begins):
                    before = self.places.get(number - 1) if number - 1 in gap.waiting else None
                    first = bones.offset(before.end) if before else 0
                    if found[0] >= first:
                        self.places[number] = Located(bones.spans(*found), "verified")
                        end = found[0]

    def _stated_before(self, bones: Skeleton, number: int, end: int, *, line_begins: bool) -> Span | None:
        """Where the words of a heading stand for the last time before *end*."""
        part = self.parts[number]
        bare = skeleton(part.stated or "")
        for _ in range(_MOST_HITS if bare else 0):
            start = bones.text.rfind(bare, 0, end)
            if start < 0:
                break
            if not line_begins or self._begins_line(bones.origin(start), part.labels):
                return start, start + len(bare)
            end = start + len(bare) - 1
        return None

    def _begins_line(self, at: int, labels: Sequence[str]) -> bool:
        """Whether nothing but some of these labels stands before a place in its line."""
        start = max(0, at - _LONGEST_LABELS)
        *lines, before = LINE_END.split(self.plain[start:at])
        bare = before.translate(self.letters)
        return bool(lines or not start) and "".join(map(self.bare_label, labels)).endswith(bare)

    def _restore(self, bones: Skeleton, gap: _Gap, *, locate: bool) -> None:
        """Find parts by their ends; prove those with lines or digits too many, and locate the others."""
        letters = bones.text
        hits = _hits(letters, [self.parts[number].fingerprint for number in gap.waiting])
        at, sure = 0, True
        for turn, number in enumerate(gap.waiting):
            part = self.parts[number]
            fingerprint = part.fingerprint
            following = gap.waiting[turn + 1 : turn + 2]
            starts = [(hit, _SEEN) for hit in hits[fingerprint.head] if hit >= at]
            ends = [(hit + EDGE, _SEEN) for hit in hits[fingerprint.tail] if hit >= at]
            if sure:
                starts.append((self._behind_labels(letters, at, part.labels)[0], _NEXT))
            if following:
                known = self.parts[following[0]]
                nearest = [hit for hit in hits[known.fingerprint.head] if hit > at][:1]
                ends += [(self._before_labels(letters, hit, known), _NEXT) for hit in nearest]
            else:
                ends.append((self._before_labels(letters, len(letters), self._after(gap)), _NEXT))
            pairs = _pairs(starts, ends, fingerprint.length, (at, len(letters)))
            tried = (self._repaired(bones, pair, fingerprint) for pair in pairs[:_MOST_TRIED])
            likely = [pair for pair in pairs if locate and _likely(pair, fingerprint.length)]
            if found := next(filter(None, tried), None):
                self.places[number] = found
                at = bones.offset(found.end)
            elif likely:
                best = max(likely, key=lambda pair: (pair.evidence, -abs(pair.size - fingerprint.length)))
                self.places[number] = Located(bones.spans(best.start, best.end), "located")
                at = best.end
            sure = number in self.places

    def _repaired(self, bones: Skeleton, pair: _Pair, fingerprint: Fingerprint) -> Located | None:
        """Leave out whole lines or digits, so that the digest agrees."""
        for cuts in self._cuts(bones, pair, pair.size - fingerprint.length):
            kept = [piece for piece in _between((pair.start, pair.end), cuts) if piece[0] < piece[1]]
            if digest("".join(bones.text[first:last] for first, last in kept)) == fingerprint.sha256:
                parts = [bones.spans(*piece) for piece in kept]
                left_out = [(left[-1][1], right[0][0]) for left, right in pairwise(parts)]
                status: Status = "verified" if all(map(self._furnished, left_out)) else "repaired"
                return Located(self._joined(parts), status)
        return None

    def _cuts(self, bones: Skeleton, pair: _Pair, excess: int) -> Iterator[tuple[Span, ...]]:
        """What can be left out of a stretch that is too long: whole lines, or up to three runs of digits."""
        if 0 < excess <= _LONGEST_BREAK:
            ends = bones.line_ends(pair.start, pair.end)
            known = set(ends)
            yield from (((end, end + excess),) for end in ends if end + excess in known)
        if 0 < excess <= _MOST_DIGITS:
            runs = [found.span() for found in _NUMBERS.finditer(bones.text, pair.start, pair.end)][:_MOST_RUNS]
            # The mark of a footnote may stand behind a number, and then is the last one or two digits of it.
            parts = [(first, end) for start, end in runs for first in sorted({start, max(start, end - 2), end - 1})]
            cuts = [part for part in parts if not self._in_number(bones, part[0])]
            for count in (1, 2, 3):
                for chosen in combinations(cuts, count):
                    apart = all(left[1] <= right[0] for left, right in pairwise(chosen))
                    if apart and sum(end - start for start, end in chosen) == excess:
                        yield chosen

    def _in_number(self, bones: Skeleton, at: int) -> bool:
        """Whether a digit goes on with a number, so that it cannot be told from a digit of it; ³ can."""
        if not at or not bones.text[at - 1].isdecimal():
            return False
        before, digit = bones.origin(at - 1), bones.origin(at)
        return self.plain[digit].isdecimal() and bool(_IN_NUMBER.fullmatch(self.plain, before + 1, digit))

    def _joined(self, parts: list[tuple[Span, ...]]) -> tuple[Span, ...]:
        """Bring the ends of parts as near as they can be, so that what stands between is letters or whole lines."""
        spans = list(parts[0])
        for part in parts[1:]:
            (start, last), (first, end) = spans[-1], part[0]
            between = self.plain[last:first]
            lines = [found.start() for found in LINE_END.finditer(between)]
            letters = [at for at, char in enumerate(between) if char.translate(self.letters)]
            low, high = (lines[0], lines[-1]) if len(lines) > 1 else (letters[0], letters[-1] + 1)
            spans[-1:] = [(start, last + low), (last + high, end), *part[1:]]
        return tuple(spans)

    def _furnished(self, span: Span) -> bool:
        """Whether there is nothing but page furniture."""
        rest = Skeleton(self.plain, _between(span, self.lines.between(*span)))
        return not rest.text

    def _after(self, gap: _Gap) -> IndexedPart | None:
        return None if gap.after is None else self.parts[gap.after]

    def _before_labels(self, letters: str, end: int, part: IndexedPart | None) -> int:
        """Where the labels begin that stand before what begins at *end*."""
        for label in reversed(part.labels if part else ()):
            bare = self.bare_label(label)
            end -= len(bare) if letters.endswith(bare, 0, end) else 0
        return end

    def _fill(self, bones: Skeleton, gap: _Gap) -> None:
        """What stands alone between two neighbours and has about the right length, is what should stand there."""
        if len(gap.waiting) != 1:
            return
        (number,) = gap.waiting
        part = self.parts[number]
        start = self._behind_labels(bones.text, 0, part.labels)[0]
        end = self._before_labels(bones.text, len(bones.text), self._after(gap))
        if start < end and _likely(_Pair(start, end, _NEXT + _NEXT), part.fingerprint.length):
            self.places[number] = Located(bones.spans(start, end), "located")


class _Windows:
    """Goes through the letters once and finds parts by the hint for their beginning."""

    def __init__(self, letters: str, waiting: Iterable[tuple[Fingerprint, int]]) -> None:
        self._letters = letters
        self._heads: dict[int, list[tuple[int, Fingerprint]]] = {}
        for fingerprint, number in waiting:
            self._heads.setdefault(fingerprint.head, []).append((number, fingerprint))

    def next(self, at: int, places: Container[int], expected: int) -> tuple[int, int] | None:
        """The next part that is in none of *places*, and where it begins; of several, one from *expected* on."""
        letters, heads = self._letters, self._heads
        for start in range(at, len(letters) - EDGE + 1):
            known = heads.get(hint(letters[start : start + EDGE]))
            if known:
                fitting = [
                    number for number, fingerprint in known if number not in places and fingerprint.fits(letters, start)
                ]
                if fitting:
                    return min(fitting, key=lambda number: (number < expected, number)), start
        return None


def _between(span: Span, cuts: Iterable[Span]) -> list[Span]:
    """What is left of a span if others, which stand in it, are left out."""
    edges = [span[0], *(edge for cut in cuts for edge in cut), span[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _hits(letters: str, fingerprints: Iterable[Fingerprint]) -> dict[int, list[int]]:
    """Where the letters have the hints for the beginnings and ends of some parts."""
    hits: dict[int, list[int]] = {
        hint_: [] for fingerprint in fingerprints for hint_ in (fingerprint.head, fingerprint.tail)
    }
    for start in range(len(letters) - EDGE + 1):
        found = hits.get(hint(letters[start : start + EDGE]))
        if found is not None and len(found) < _MOST_HITS:
            found.append(start)
    return hits


def _pairs(starts: list[tuple[int, int]], ends: list[tuple[int, int]], length: int, free: Span) -> list[_Pair]:
    """Every beginning with every end behind it, and with one that is only as far as it should be; the best first."""
    pairs = [_Pair(start, end, first + last) for start, first in starts for end, last in ends]
    pairs += [_Pair(start, min(start + length, free[1]), weight) for start, weight in starts if weight == _SEEN]
    pairs += [_Pair(max(end - length, free[0]), end, weight) for end, weight in ends if weight == _SEEN]
    return sorted((pair for pair in pairs if pair.start < pair.end), key=lambda pair: abs(pair.size - length))


def _likely(pair: _Pair, length: int) -> bool:
    """Whether a part of this length can stand there: both of its ends do, or it would fill what is free."""
    if pair.evidence == _SEEN + _SEEN:
        return length // 2 <= pair.size <= 2 * length + _LONGEST_BREAK
    return abs(pair.size - length) <= length // 4 + 8
