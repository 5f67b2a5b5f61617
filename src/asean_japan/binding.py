"""
A reader's copy held against the index of the report's sentences.

The index has no words, so nothing is compared with the report itself: a sentence is *verified* if its letters and
digits, as the copy has them, have the digest that the index states. Copies differ in all that is not a letter or a
digit, and they have page heads, page numbers and footnote marks in the middle of sentences. So a copy is followed in
order, which proves a clean one at once; only where the order breaks are windows of letters compared with the hints of
the index; and only there is page furniture left out, or digits and lines taken out, until the digest agrees.

Nothing here knows a `Report`: it takes an index and a copy.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import combinations, islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import attrs

from asean_japan.copies import Copy
from asean_japan.errors import NotThisReportError, RefNotFoundError
from asean_japan.fingerprints import BULLET, EDGE, Fingerprint, Passage, SourceIndex, digest, hint
from asean_japan.refs import Ref
from asean_japan.skeletons import BREAK, LINE_ENDS, NOTHING, Letters, Skeleton, Span, skeleton

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

Status: TypeAlias = Literal["verified", "repaired", "located", "missing"]
LeftoverKind: TypeAlias = Literal["mark", "markup", "furniture", "extra"]

# A copy is one of this report if so many sentences of a hundred are found in it, and so many of them proved.
LEAST_FOUND = 80
LEAST_PROVED = 10

_SEEN, _NEXT = 2, 1  # What speaks for an end of a passage: the hint for it, or that its neighbour is there.
_MOST_DIGITS = 12  # Digits that are left out of a sentence at most,
_MOST_RUNS = 12  # of the first of its numbers.
_LONGEST_BREAK = 2000  # Letters of whole lines that may stand in a sentence: a footnote, or the head of a page.
_MOST_TRIED = 6  # Pairs of a beginning and an end.
_MOST_HITS = 64  # Places that are kept for one hint; a real copy has one.
_MOST_LEFTOVERS = 10_000  # A copy with more of them is somebody's joke; what is left is then given in one piece.


# Values


@attrs.frozen
class Bound:
    """
    One sentence, heading or line of the title page in a reader's copy.

    Attributes:
        part: "sentence", "heading", or the name of the line of the title page.
        ref: Address of the sentence, or of the place that has the heading; None on the title page.
        status: "verified": its letters and digits have the digest of the index. "repaired": they have, once the digits
            of footnotes or whole lines between are left out. "located": it should stand here, and reads otherwise.
            "missing": it was not found.
        spans: Where it stands in the reader's own string; more than one if something stands between; ``()`` if missing.
        page: On which page it begins, counted from 1; None if nothing tells.
    """

    part: str
    ref: Ref | None
    status: Status
    spans: tuple[Span, ...]
    page: int | None
    _copy: Copy = attrs.field(eq=False, repr=False)

    @property
    def start(self) -> int | None:
        """Where it begins in the reader's own string; None if it is missing."""
        return self.spans[0][0] if self.spans else None

    @property
    def end(self) -> int | None:
        """Where it ends in the reader's own string; None if it is missing."""
        return self.spans[-1][1] if self.spans else None

    @property
    def proved(self) -> bool:
        """Whether a digest proves its words: it is verified or repaired."""
        return self.status in {"verified", "repaired"}

    @property
    def words(self) -> str | None:
        """What the copy has there, without markup and with single spaces, proved or not; None if it is missing."""
        return self._copy.words(self.spans) if self.spans else None


@attrs.frozen
class Leftover:
    """
    What a copy has beside the passages of the report.

    Attributes:
        kind: "mark": the number of a place, or its bullet. "markup": without letters and digits. "furniture": page
            numbers, and lines that come back from page to page. "extra": anything else.
        start: Where it begins in the reader's own string.
        end: Where it ends.
        page: On which page it begins, counted from 1; None if nothing tells.
    """

    kind: LeftoverKind
    start: int
    end: int
    page: int | None
    _copy: Copy = attrs.field(eq=False, repr=False)

    @property
    def text(self) -> str:
        """The reader's own string there."""
        return self._copy.text[self.start : self.end]


@attrs.frozen
class Coverage:
    """
    How much of the report a copy has, in figures.

    Attributes:
        sentences: How many the report has.
        verified: How many of them are verified,
        repaired: repaired,
        located: only located,
        missing: or missing.
        moved: How many of those that are there stand out of order.
        letters: Letters and digits of all sentences.
        proved_letters: Those of the sentences that are verified or repaired.
        marks: How many marks are left over,
        markup: pieces of markup,
        furniture: pieces of page furniture,
        extra: and pieces of anything else.
    """

    sentences: int
    verified: int
    repaired: int
    located: int
    missing: int
    moved: int
    letters: int
    proved_letters: int
    marks: int
    markup: int
    furniture: int
    extra: int

    @property
    def share(self) -> float:
        """Which part of the letters and digits of all sentences is proved, from 0 to 1."""
        return self.proved_letters / self.letters if self.letters else 0.0

    @property
    def whole(self) -> bool:
        """Whether every sentence is proved, each in its place, and nothing was added."""
        return self.verified + self.repaired == self.sentences and not self.moved and not self.extra

    def __str__(self) -> str:
        rows = [
            *(
                (name, getattr(self, name), f"of {self.sentences} sentences")
                for name in ("verified", "repaired", "located", "missing", "moved")
            ),
            ("letters", self.proved_letters, f"of {self.letters} proved ({self.share:.1%})"),
            *((name, getattr(self, name), "left over") for name in ("marks", "markup", "furniture", "extra")),
        ]
        return "\n".join(f"{name:<10}{count:>6} {of}" for name, count, of in rows)


@attrs.frozen(repr=False)
class Binding:
    """
    What holding a copy against the index has shown.

    Attributes:
        copy: The copy.
        passages: The title page, every heading and every sentence, in the order of the report.
        leftovers: Everything else in the copy but white space, in the order of the copy.
        moved: The sentences that stand out of order in the copy.
        coverage: The same in figures.
    """

    copy: Copy
    passages: tuple[Bound, ...]
    leftovers: tuple[Leftover, ...]
    moved: tuple[Ref, ...]
    coverage: Coverage
    _by_ref: dict[Ref, Bound] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        found = {bound.ref: bound for bound in self.passages if bound.ref}
        object.__setattr__(self, "_by_ref", found)

    @property
    def text(self) -> str:
        """The reader's own string, into which all offsets point."""
        return self.copy.text

    @property
    def sentences(self) -> tuple[Bound, ...]:
        """Every sentence, in the order of the report."""
        return tuple(bound for bound in self.passages if bound.part == "sentence")

    @property
    def extra(self) -> tuple[Leftover, ...]:
        """What was added to the report, as far as nothing explains it."""
        return tuple(left for left in self.leftovers if left.kind == "extra")

    def __getitem__(self, ref: Ref | str, /) -> Bound:
        """
        Give the sentence at an address, or the heading of the place at it.

        Raises:
            RefSyntaxError: If it is no address.
            RefNotFoundError: If it is that of neither.
        """
        address = ref if isinstance(ref, Ref) else Ref.parse(ref)
        if address not in self._by_ref:
            near = tuple(str(known) for known in self._by_ref if known.is_relative_to(address))
            raise RefNotFoundError(str(ref), str(address), near, (), among="bound sentences and headings")
        return self._by_ref[address]

    def verbatim(self, ref: Ref) -> str | None:
        """Give the words of a sentence, if a digest proves them; else None."""
        bound = self._by_ref.get(ref)
        return bound.words if bound and bound.proved else None

    def __repr__(self) -> str:
        proved = self.coverage.verified + self.coverage.repaired
        return f"<Binding to {self.copy.name!r}: {proved} of {self.coverage.sentences} sentences proved>"

    def __str__(self) -> str:
        return f"{self.copy.name} ({self.copy.format}, {len(self.copy.text)} characters)\n{self.coverage}"


# Binding


def bind(index: SourceIndex, copy: Copy, *, strict: bool = True) -> Binding:
    """
    Hold a copy against an index.

    >>> from asean_japan import load
    >>> from asean_japan.copies import read
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> copy = read("\\n".join(place.text for place in load().claims.values()))
    >>> bind(index, copy).coverage.verified
    255

    Args:
        index: What the text should be.
        copy: What the reader has.
        strict: Whether to refuse a copy in which less than 80 % of the sentences are found in order, or less than 10 %
            are proved.

    Raises:
        NotThisReportError: If a strict binding is refused.
    """
    binder = _Binder(index, copy)
    binder.work()
    binding = binder.binding()
    if strict:
        _require_this(binding)
    return binding


def _require_this(binding: Binding) -> None:
    coverage = binding.coverage
    found = coverage.sentences - coverage.missing - coverage.moved
    proved = coverage.verified + coverage.repaired
    if found * 100 >= coverage.sentences * LEAST_FOUND and proved * 100 >= coverage.sentences * LEAST_PROVED:
        return
    position = 0
    for bound in binding.sentences:
        if not bound.proved:
            raise NotThisReportError(
                binding.copy.name,
                coverage.sentences - coverage.missing,
                proved,
                coverage.sentences,
                str(bound.ref),
                position,
            )
        position = bound.end or position


class _Place(NamedTuple):
    """Where a passage was found."""

    spans: tuple[Span, ...]
    status: Status

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


class _Pair(NamedTuple):
    """Where a passage may begin and end, in letters, and how much speaks for it."""

    start: int
    end: int
    evidence: int

    @property
    def size(self) -> int:
        return self.end - self.start


class _Gap(NamedTuple):
    """What stands between two passages that were found, and which passages should stand there."""

    start: int
    end: int
    waiting: list[int]
    after: int | None  # The passage behind it; None at the end.


class _Binder:
    """Finds the passages of one index in one copy; numbers stand for passages."""

    def __init__(self, index: SourceIndex, copy: Copy) -> None:
        self.passages = index.passages
        self.copy = copy
        self.plain = copy.plain
        self.places: dict[int, _Place] = {}
        self._known = frozenset(map(skeleton, index.furniture))
        self._lines: _Lines | None = None
        self._letters = Letters.fresh()
        self._bare = {"": ""}  # The skeletons of labels, of which there are few.

    def work(self) -> None:
        """Find all that can be found."""
        self._follow(Skeleton(self.plain, [(0, len(self.plain))]), range(len(self.passages)))
        if len(self.places) == len(self.passages):
            return
        for gap in self._gaps():
            if self.lines.between(gap.start, gap.end):
                self._follow(self._without_furniture(gap), gap.waiting)
        if not self.places:
            return  # Nothing is proved, so that nothing is located either.
        for gap in self._gaps():
            self._find_stated(gap)
        for gap in self._gaps():
            self._restore(self._without_furniture(gap), gap)
        for gap in self._gaps():
            self._fill(self._without_furniture(gap), gap)

    @property
    def lines(self) -> _Lines:
        """The lines that may be page furniture; looked for when the first gap is met."""
        if self._lines is None:
            self._lines = _Lines(self.plain, self._known)
        return self._lines

    def _without_furniture(self, gap: _Gap) -> Skeleton:
        pieces: list[Span] = []
        at = gap.start
        for start, end in self.lines.between(gap.start, gap.end):
            pieces.append((at, start))
            at = end
        return Skeleton(self.plain, [*pieces, (at, gap.end)])

    def _gaps(self) -> Iterator[_Gap]:
        """Every gap with passages that should stand there."""
        known = sorted(self.places.items(), key=lambda item: item[1].start)
        start, before = 0, -1
        gaps: list[_Gap] = []
        for number, place in known:
            waiting = [each for each in range(before + 1, number) if each not in self.places]
            if waiting:
                gaps.append(_Gap(start, place.start, waiting, number))
            start, before = place.end, number
        waiting = [each for each in range(before + 1, len(self.passages)) if each not in self.places]
        if waiting:
            gaps.append(_Gap(start, len(self.plain), waiting, None))
        for gap in gaps:
            left = [each for each in gap.waiting if each not in self.places]
            if left:
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
            windows = windows or _Windows(letters, [(self.passages[each].trace, each) for each in waiting])
            found = windows.next(at, self.places, queue[turn] if turn < len(queue) else 0)
            if found is None:
                return
            number, start = found
            at = start + self.passages[number].trace.length
            self.places[number] = _Place(bones.spans(start, at), "verified")
            turn = queue.index(number) + 1

    def _hinted(self, number: int) -> bool:
        passage = self.passages[number]
        return passage.stated is None and passage.trace.length >= EDGE

    def _in_order(self, bones: Skeleton, queue: Sequence[int], at: int, turn: int) -> tuple[int, int]:
        """Take one passage after the other, until one does not fit; say how far that went."""
        cursor = at
        held: list[tuple[int, int, int]] = []  # Headings: a table of contents has them too, but not what follows.
        for ahead in range(turn, len(queue)):
            number = queue[ahead]
            if number in self.places:
                continue
            passage = self.passages[number]
            for start in self._behind_labels(bones.text, cursor, passage.labels):
                if passage.trace.fits(bones.text, start):
                    break
            else:
                return at, turn
            cursor = start + passage.trace.length
            held.append((number, start, cursor))
            if passage.stated is None or ahead == len(queue) - 1:
                for known, first, last in held:
                    self.places[known] = _Place(bones.spans(first, last), "verified")
                held.clear()
                at, turn = cursor, ahead + 1
        return at, len(queue)

    def _behind_labels(self, letters: str, at: int, labels: Iterable[str]) -> list[int]:
        """Where a passage may begin, if all, some or none of its labels stand before it."""
        starts = [at]
        for label in labels:
            if bare := self._bare_label(label):
                starts = [*(start + len(bare) for start in starts if letters.startswith(bare, start)), *starts]
        return starts

    def _bare_label(self, label: str) -> str:
        bare = self._bare.get(label)
        if bare is None:
            bare = self._bare[label] = label.translate(self._letters)
        return bare

    # What the digest of the whole does not prove where it stands.

    def _find_stated(self, gap: _Gap) -> None:
        """Headings, whose words are known, as near before what follows as they stand."""
        for bones in (Skeleton(self.plain, [(gap.start, gap.end)]), self._without_furniture(gap)):
            end = len(bones.text)
            for number in reversed(gap.waiting):
                stated = self.passages[number].stated
                if stated is None or number in self.places:
                    continue
                bare = skeleton(stated)
                start = bones.text.rfind(bare, 0, end)
                if start >= 0:
                    self.places[number] = _Place(bones.spans(start, start + len(bare)), "verified")
                    end = start

    def _restore(self, bones: Skeleton, gap: _Gap) -> None:
        """Find what reads otherwise by its ends, and prove it if digits or lines too many are all that is wrong."""
        letters = bones.text
        hits = _hits(letters, [self.passages[number].trace for number in gap.waiting])
        at, sure = 0, True
        for turn, number in enumerate(gap.waiting):
            passage = self.passages[number]
            trace = passage.trace
            following = gap.waiting[turn + 1 : turn + 2]
            starts = [(hit, _SEEN) for hit in hits[trace.head] if hit >= at]
            ends = [(hit + EDGE, _SEEN) for hit in hits[trace.tail] if hit >= at]
            if sure:
                starts.append((self._behind_labels(letters, at, passage.labels)[0], _NEXT))
            if following:
                known = self.passages[following[0]]
                nearest = [hit for hit in hits[known.trace.head] if hit > at][:1]
                ends += [(self._before_labels(letters, hit, known), _NEXT) for hit in nearest]
            else:
                ends.append((self._before_labels(letters, len(letters), self._after(gap)), _NEXT))
            pairs = _pairs(starts, ends, trace.length, (at, len(letters)))
            tried = (_repaired(bones, pair, trace) for pair in pairs[:_MOST_TRIED])
            likely = [pair for pair in pairs if _likely(pair, trace.length)]
            if found := next(filter(None, tried), None):
                self.places[number] = _Place(found, "repaired")
                at = bones.offset(found[-1][1])
            elif likely:
                best = max(likely, key=lambda pair: (pair.evidence, -abs(pair.size - trace.length)))
                self.places[number] = _Place(bones.spans(best.start, best.end), "located")
                at = best.end
            sure = number in self.places

    def _after(self, gap: _Gap) -> Passage | None:
        return None if gap.after is None else self.passages[gap.after]

    def _before_labels(self, letters: str, end: int, passage: Passage | None) -> int:
        """Where the labels begin that stand before what begins at *end*."""
        for label in reversed(passage.labels if passage else ()):
            bare = self._bare_label(label)
            end -= len(bare) if letters.endswith(bare, 0, end) else 0
        return end

    def _fill(self, bones: Skeleton, gap: _Gap) -> None:
        """What stands alone between two neighbours and has about the right length, is what should stand there."""
        if len(gap.waiting) != 1:
            return
        (number,) = gap.waiting
        passage = self.passages[number]
        start = self._behind_labels(bones.text, 0, passage.labels)[0]
        end = self._before_labels(bones.text, len(bones.text), self._after(gap))
        if start < end and _likely(_Pair(start, end, _NEXT + _NEXT), passage.trace.length):
            self.places[number] = _Place(bones.spans(start, end), "located")

    # The result.

    def binding(self) -> Binding:
        """Write down what was found, and what is left."""
        copy = self.copy
        known = sorted(self.places.items(), key=lambda item: item[1].start)
        widened = self._widened(known)
        bounds = tuple(
            Bound(passage.part, passage.ref, self.places[number].status, spans, copy.page(spans[0][0]), copy)
            if (spans := widened.get(number))
            else Bound(passage.part, passage.ref, "missing", (), None, copy)
            for number, passage in enumerate(self.passages)
        )
        leftovers = tuple(self._leftovers(known, widened))
        order = [number for number, _ in known if self.passages[number].part == "sentence"]
        rising = _longest_rise(order)
        moved = tuple(ref for number in sorted(set(order) - rising) if (ref := self.passages[number].ref))
        return Binding(copy, bounds, leftovers, moved, self._coverage(bounds, leftovers, len(moved)))

    def _coverage(self, bounds: Iterable[Bound], leftovers: Iterable[Leftover], moved: int) -> Coverage:
        sentences = [
            (bound, passage.trace.length)
            for bound, passage in zip(bounds, self.passages, strict=True)
            if passage.part == "sentence"
        ]
        status = Counter(bound.status for bound, _ in sentences)
        kinds = Counter(left.kind for left in leftovers)
        return Coverage(
            sentences=len(sentences),
            verified=status["verified"],
            repaired=status["repaired"],
            located=status["located"],
            missing=status["missing"],
            moved=moved,
            letters=sum(length for _, length in sentences),
            proved_letters=sum(length for bound, length in sentences if bound.proved),
            marks=kinds["mark"],
            markup=kinds["markup"],
            furniture=kinds["furniture"],
            extra=kinds["extra"],
        )

    def _widened(self, known: list[tuple[int, _Place]]) -> dict[int, tuple[Span, ...]]:
        """The spans of all passages, with the punctuation that belongs to them."""
        widened: dict[int, tuple[Span, ...]] = {}
        low = 0
        plain = self.plain
        for at, (number, place) in enumerate(known):
            high = known[at + 1][1].spans[0][0] if at + 1 < len(known) else len(plain)
            start = place.start
            if start > low and not plain[start - 1].isspace():
                opening = _OPENING.search(plain[max(low, start - _WIDEST) : start])
                start -= len(opening[0]) if opening else 0
            closing = _CLOSING.match(plain, place.end, min(high, place.end + _WIDEST))
            low = closing.end() if closing else place.end
            if len(place.spans) == 1:
                widened[number] = ((start, low),)
            else:
                (_, first), *between, (last, _) = place.spans
                widened[number] = ((start, first), *between, (last, low))
        return widened

    def _leftovers(self, known: list[tuple[int, _Place]], widened: dict[int, tuple[Span, ...]]) -> Iterator[Leftover]:
        """Everything between the spans of all passages."""
        before, at, count = -1, 0, 0
        gaps: list[tuple[int, int, list[str]]] = []
        for number, _ in known:
            first, *others = widened[number]
            low = before + 1 if before < number else number
            gaps.append((at, first[0], [label for each in self.passages[low : number + 1] for label in each.labels]))
            gaps += [(left[1], right[0], []) for left, right in pairwise((first, *others))]
            before, at = number, widened[number][-1][1]
        gaps.append((at, len(self.plain), [label for each in self.passages[before + 1 :] for label in each.labels]))
        for start, end, labels in gaps:
            if start < end and not self.plain[start:end].isspace():
                for left in self._sorted_out(start, end, labels, _MOST_LEFTOVERS - count):
                    count += 1
                    yield left

    def _sorted_out(self, start: int, end: int, labels: list[str], most: int) -> Iterator[Leftover]:
        """Tell what of one gap is what; neighbours of one kind are one piece, unless they are marks or stand in lines."""
        tokens = [found.span() for found in _TOKEN.finditer(self.plain, start, end)]
        if len(tokens) == len(labels) == 1 and self._is_label(self.plain[slice(*tokens[0])], labels[0]):
            yield Leftover("mark", *tokens[0], self.copy.page(tokens[0][0]), self.copy)
            return
        marks = self._marks(tokens, labels)
        letters = self._letters
        lettered = {number for number, (first, last) in enumerate(tokens) if self.plain[first:last].translate(letters)}
        lines = self.lines if lettered - marks else None
        pieces: list[tuple[LeftoverKind, int, int]] = []
        for number, (first, last) in enumerate(tokens):
            before = pieces[-1] if pieces else ("markup", first, first)
            kind: LeftoverKind = "markup"
            if number in marks:
                kind = "mark"
            elif lines and lines.holds(first, start, end):
                kind = "furniture"
            elif number in lettered or (before[0] == "extra" and self.plain[before[2] : first].isspace()):
                kind = "extra"
            same = before[0] == kind != "mark" and not (
                kind == "furniture" and _LINE_END.search(self.plain, before[2], first)
            )
            if pieces and (same or len(pieces) >= most):
                pieces[-1] = (kind if before[0] == kind else "extra", before[1], last)
            else:
                pieces.append((kind, first, last))
        for kind, first, last in pieces:
            yield Leftover(kind, first, last, self.copy.page(first), self.copy)

    def _is_label(self, token: str, label: str) -> bool:
        if label == BULLET:
            return token in _BULLETS
        return token == label or token.translate(self._letters) == self._bare_label(label)

    def _marks(self, tokens: list[Span], labels: list[str]) -> set[int]:
        """Which tokens are the expected labels: the last ones of their look, since what they mark follows them."""
        marks: set[int] = set()
        at = len(tokens)
        for label in reversed(labels):
            for number in range(at - 1, max(-1, at - 1 - _LABELS_APART), -1):
                if self._is_label(self.plain[slice(*tokens[number])], label):
                    marks.add(number)
                    at = number
                    break
        return marks


# Letters

_LINE = re.compile(f"[^{LINE_ENDS}]+")
_LINE_END = re.compile(f"[{LINE_ENDS}]")
_TOKEN = re.compile(rf"[{NOTHING}{BREAK}]+|[^\s{NOTHING}{BREAK}]+")
_OPENING = re.compile(rf"(?:[(\[\"'“‘„‚«‹¿¡]{NOTHING}*)+\Z")
_CLOSING = re.compile(rf"(?:{NOTHING}*[^\w\s•·▪●◦‣{NOTHING}{BREAK}])*")
_BULLETS = frozenset("•·▪●◦‣-–—*o§\uf0b7\uf0a7\uf0d8")  # The last ones, and o and §, come from fonts of signs.
_NUMBERS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"\W{0,9}(?:page\W{0,3})?(?:[0-9]{1,4}|[ivxl]{1,7})(?:\W{0,3}(?:of|/)\W{0,3}[0-9]{1,4})?\W{0,9}", re.IGNORECASE
)
_WIDEST = 16  # Characters of punctuation, and of markup in it, that belong to a passage.
_LABELS_APART = 1000  # Tokens before a label among which it is looked for.
_MOST_LINES = 50_000  # Among more lines none is taken for page furniture.
_LONGEST_LINE = 160
_COMES_BACK = 3  # How often a line has to come back to be page furniture.


class _Lines:
    """The lines of a copy that may be page furniture; whether they are, the digest of what they stand in shows."""

    def __init__(self, plain: str, known: frozenset[str]) -> None:
        counts: Counter[str] = Counter()
        lines: list[tuple[Span, str]] = []
        for found in islice(_LINE.finditer(plain), _MOST_LINES):
            line = found[0].replace(NOTHING, "").strip() if found.end() - found.start() <= _LONGEST_LINE else ""
            if line:
                key = " ".join(_NUMBERS.sub("#", line).split())
                counts[key] += 1
                known_key = "" if _PAGE_NUMBER.fullmatch(line) or skeleton(line) in known else key
                lines.append((found.span(), known_key))
        if len(lines) == _MOST_LINES:
            lines.clear()
        self._spans = [span for span, key in lines if not key or counts[key] >= _COMES_BACK]

    def between(self, start: int, end: int) -> list[Span]:
        """Those that stand whole between two offsets."""
        low = bisect_left(self._spans, (start, start))
        high = bisect_left(self._spans, (end, end))
        found = self._spans[low:high]
        return found[:-1] if found and found[-1][1] > end else found

    def holds(self, at: int, start: int, end: int) -> bool:
        """Whether one of them, which stands whole between two offsets, holds another."""
        number = bisect_right(self._spans, at, key=itemgetter(0)) - 1
        if number < 0:
            return False
        first, last = self._spans[number]
        return start <= first and at < last <= end


class _Windows:
    """Goes through the letters once and finds passages by the hint for their beginning."""

    def __init__(self, letters: str, waiting: Iterable[tuple[Fingerprint, int]]) -> None:
        self._letters = letters
        self._heads: dict[int, list[tuple[int, Fingerprint]]] = {}
        for trace, number in waiting:
            self._heads.setdefault(trace.head, []).append((number, trace))

    def next(self, at: int, places: Container[int], expected: int) -> tuple[int, int] | None:
        """The next passage that is in none of *places*, and where it begins; if there is a choice, from *expected* on."""
        letters, heads = self._letters, self._heads
        for start in range(at, len(letters) - EDGE + 1):
            known = heads.get(hint(letters[start : start + EDGE]))
            if known:
                fitting = [number for number, trace in known if number not in places and trace.fits(letters, start)]
                if fitting:
                    return min(fitting, key=lambda number: (number < expected, number)), start
        return None


def _hits(letters: str, traces: Iterable[Fingerprint]) -> dict[int, list[int]]:
    """Where the letters have the hints for the beginnings and ends of some passages."""
    hits: dict[int, list[int]] = {hint_: [] for trace in traces for hint_ in (trace.head, trace.tail)}
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
    """Whether a passage of this length can stand there: both of its ends do, or it would fill what is free."""
    if pair.evidence == _SEEN + _SEEN:
        return length // 2 <= pair.size <= 2 * length + _LONGEST_BREAK
    return abs(pair.size - length) <= length // 4 + 8


def _repaired(bones: Skeleton, pair: _Pair, trace: Fingerprint) -> tuple[Span, ...] | None:
    """Leave out digits or whole lines, so that the digest agrees; give where the rest stands."""
    for cuts in _cuts(bones, pair, pair.size - trace.length):
        edges = [pair.start, *(edge for cut in cuts for edge in cut), pair.end]
        kept = [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last]
        if digest("".join(bones.text[first:last] for first, last in kept)) == trace.sha256:
            return tuple(span for first, last in kept for span in bones.spans(first, last))
    return None


def _cuts(bones: Skeleton, pair: _Pair, excess: int) -> Iterator[tuple[Span, ...]]:
    """What can be left out of a stretch that is too long: up to three runs of digits, or whole lines."""
    if 0 < excess <= _MOST_DIGITS:
        runs = [found.span() for found in _NUMBERS.finditer(bones.text, pair.start, pair.end)][:_MOST_RUNS]
        # The mark of a footnote may stand behind a number, and then is the last one or two digits of it.
        cuts = [(first, end) for start, end in runs for first in sorted({start, max(start, end - 2), end - 1})]
        for count in (1, 2, 3):
            for chosen in combinations(cuts, count):
                apart = all(left[1] <= right[0] for left, right in pairwise(chosen))
                if apart and sum(end - start for start, end in chosen) == excess:
                    yield chosen
    if 0 < excess <= _LONGEST_BREAK:
        ends = bones.line_ends(pair.start, pair.end)
        known = set(ends)
        yield from (((end, end + excess),) for end in ends if end + excess in known)


def _longest_rise(numbers: list[int]) -> set[int]:
    """The longest rising part of some different numbers."""
    tops: list[int] = []  # The least number with which a rising part of each length ends,
    before: dict[int, int | None] = {}  # and the number before each number in it.
    for number in numbers:
        at = bisect_left(tops, number)
        before[number] = tops[at - 1] if at else None
        tops[at : at + 1] = [number]
    rise: set[int] = set()
    number = tops[-1] if tops else None
    while number is not None:
        rise.add(number)
        number = before[number]
    return rise
