"""
A reader's copy held against the index of the report's sentences.

The index has no words, so nothing is compared with the report itself: a sentence is *verified* if its letters and
digits, as the copy has them, have the digest that the index states. Nothing here knows a `Report`: it takes an index
and a copy, and tells where each part stands, and what else there is.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, cast

import attrs

from asean_japan.copies.alignment import Alignment, Located, Status
from asean_japan.copies.copy import Copy
from asean_japan.copies.coverage import BoundPart, Coverage, Leftover, LeftoverKind
from asean_japan.copies.fingerprints import BULLET, SourceIndex
from asean_japan.copies.furniture import longest_rise
from asean_japan.copies.skeletons import BREAK, LINE_END, NOTHING, Span
from asean_japan.errors import ArgumentError, NotThisReportError, RefNotFoundError
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from asean_japan.model.edition import Edition

# A copy is one of this report if so many sentences of a hundred are found in it, and so many of them proved.
LEAST_FOUND = 80
LEAST_PROVED = 10

_MOST_LEFTOVERS = 10_000  # A copy with more of them is somebody's joke; what is left is then given in one piece.
_TOKEN = re.compile(rf"[{NOTHING}{BREAK}]+|[^\s{NOTHING}{BREAK}]+")
_OPENING = re.compile(rf"(?:[(\[\"'“‘„‚«‹¿¡]{NOTHING}*)+\Z")
_CLOSING = re.compile(rf"(?:{NOTHING}*[^\w\s•·▪●◦‣{NOTHING}{BREAK}])*")
_BULLETS = frozenset("•·▪●◦‣-–—*o§\uf0b7\uf0a7\uf0d8")  # The last ones, and o and §, come from fonts of signs.
_WIDEST = 16  # Characters of punctuation, and of markup in it, that belong to a part.
_LOOKED_AT = 250_000  # Characters at each end of what is left over.
_LONGEST_LABEL = 12
_MOST_SIGNS = 9  # Tokens without letters in a row that belong to what stands around them.
_LABELS_APART = 1000  # Tokens before a label among which it is looked for.


@attrs.frozen(repr=False)
class Binding(PydanticResult):
    r"""
    What holding a copy against the index has shown.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> load().bind(text, index=index).binding
    <Binding to 'a text': 255 of 255 sentences proved>

    Attributes:
        copy: The copy.
        parts: The title page, every heading and every sentence, in the order of the report.
        leftovers: Everything else in the copy but white space, in the order of the copy.
        moved: The sentences that stand out of order in the copy,
        moved_headings: and the places whose headings do.
        coverage: The same in figures.
    """

    copy: Copy
    parts: tuple[BoundPart, ...]
    leftovers: tuple[Leftover, ...]
    moved: tuple[Ref, ...]
    moved_headings: tuple[Ref, ...]
    coverage: Coverage
    _by_ref: dict[Ref, BoundPart] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        found = {bound.ref: bound for bound in self.parts if bound.ref}
        object.__setattr__(self, "_by_ref", found)

    @property
    def text(self) -> str:
        """The reader's own string, into which all offsets point."""
        return self.copy.text

    @property
    def sentences(self) -> tuple[BoundPart, ...]:
        """Every sentence, in the order of the report."""
        return tuple(bound for bound in self.parts if bound.kind == "sentence")

    @property
    def extra(self) -> tuple[Leftover, ...]:
        """What was added to the report, as far as nothing explains it."""
        return tuple(left for left in self.leftovers if left.kind == "extra")

    __iter__ = None  # Without this, Python would try 0, 1, 2.

    def __contains__(self, ref: object) -> bool:
        try:
            self[cast("Ref | str", ref)]
        except (LookupError, ValueError):  # All that a look-up raises.
            return False
        return True

    def __getitem__(self, ref: Ref | str, /) -> BoundPart:
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
        r"""
        Give the words of a sentence, if a digest proves them; else None.

        >>> from asean_japan.copies import SourceIndex
        >>> from asean_japan import load
        >>> from asean_japan import Ref
        >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)
        >>> binding = load().bind("\n".join(claim.text for claim in load().claims.values()), index=index).binding
        >>> binding.verbatim(Ref.parse("I.2.7.s3")) == load()["I.2.7.s3"].text
        True
        """
        bound = self._by_ref.get(ref)
        return bound.words if bound and bound.proved else None

    def __repr__(self) -> str:
        proved = self.coverage.verified + self.coverage.repaired
        return f"<Binding to {self.copy.name!r}: {proved} of {self.coverage.sentences} sentences proved>"

    def __str__(self) -> str:
        name = self.copy.name if self.copy.name.isprintable() else repr(self.copy.name)
        return f"{name} ({self.copy.format}, {len(self.copy.text)} characters)\n{self.coverage}"


# Binding


def bind(index: SourceIndex, copy: Copy, *, strict: bool = True, edition: Edition | None = None) -> Binding:
    r"""
    Hold a copy against an index.

    >>> from asean_japan import load
    >>> from asean_japan.copies.copy import read
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> copy = read("\n".join(place.text for place in load().claims.values()))
    >>> bind(index, copy).coverage.verified
    255

    Args:
        index: What the text should be.
        copy: What the reader has.
        strict: Whether to refuse a copy in which less than 80 % of the sentences are found in order, or less than 10 %
            are proved.
        edition: Which text the index is of, for messages.

    Raises:
        ArgumentError: If *strict* is no `bool`.
        NotThisReportError: If a strict binding is refused.
    """
    if not isinstance(cast("object", strict), bool):
        raise ArgumentError("strict", strict, "True or False")
    binding = _Account(copy, Alignment(index, copy.plain)).binding()
    if strict:
        _require_this(binding, edition)
    return binding


def _require_this(binding: Binding, edition: Edition | None) -> None:
    coverage = binding.coverage
    found = coverage.sentences - coverage.missing - coverage.moved
    proved = coverage.verified + coverage.repaired
    if found * 100 >= coverage.sentences * LEAST_FOUND and proved * 100 >= coverage.sentences * LEAST_PROVED:
        return
    sentences = binding.sentences
    moved = frozenset(binding.moved)
    wrong = (at for at, bound in enumerate(sentences) if not bound.proved or bound.ref in moved)  # One at least.
    runs = [[at for _, at in run] for _, run in groupby(enumerate(wrong), lambda pair: pair[1] - pair[0])]
    first, *others = max(runs, key=len)
    position = sentences[first - 1].end if first else 0
    raise NotThisReportError(
        binding.copy.name,
        coverage.sentences - coverage.missing,
        proved,
        coverage.sentences,
        str(sentences[first].ref),
        position or 0,
        1 + len(others),
        f"the text of {edition.date} in {edition.language!r} ({edition.status}), see {edition.source}"
        if edition
        else None,
    )


class _Account:
    """Writes down what an alignment has found in a copy, and what is left."""

    def __init__(self, copy: Copy, found: Alignment) -> None:
        self.copy = copy
        self.plain = copy.plain
        self.found = found
        self.parts = found.parts
        self.places = found.places

    def binding(self) -> Binding:
        """Write down what was found, and what is left."""
        copy = self.copy
        known = sorted(self.places.items(), key=lambda item: item[1].start)
        widened = self._widened(known)
        bounds = tuple(
            BoundPart(part.kind, part.ref, self.places[number].status, spans, copy.page(spans[0][0]), copy)
            if (spans := widened.get(number))
            else BoundPart(part.kind, part.ref, "missing", (), None, copy)
            for number, part in enumerate(self.parts)
        )
        leftovers = tuple(self._leftovers(known, widened))
        moved = self._moved([number for number, _ in known if self.parts[number].kind == "sentence"])
        moved_too = self._moved([number for number, _ in known if self.parts[number].ref])
        headings = [number for number in moved_too if self.parts[number].kind == "heading"]
        coverage = self._coverage(bounds, leftovers, len(moved), len(headings))
        return Binding(copy, bounds, leftovers, self._refs(moved), self._refs(headings), coverage)

    def _moved(self, order: list[int]) -> set[int]:
        """Which parts stand out of order."""
        return set(order) - {order[at] for at in longest_rise(order)}

    def _refs(self, numbers: Iterable[int]) -> tuple[Ref, ...]:
        return tuple(ref for number in sorted(numbers) if (ref := self.parts[number].ref))

    def _coverage(
        self, bounds: Iterable[BoundPart], leftovers: Iterable[Leftover], moved: int, headings_moved: int
    ) -> Coverage:
        status: dict[str, Counter[Status]] = {"sentence": Counter(), "heading": Counter(), "front": Counter()}
        letters = proved_letters = 0
        for bound, part in zip(bounds, self.parts, strict=True):
            status[part.kind if part.ref else "front"][bound.status] += 1
            if part.kind == "sentence":
                letters += part.fingerprint.length
                proved_letters += part.fingerprint.length if bound.proved else 0
        sentences, headings, front = status["sentence"], status["heading"], status["front"]
        kinds = Counter(left.kind for left in leftovers)
        return Coverage(
            sentences=sentences.total(),
            verified=sentences["verified"],
            repaired=sentences["repaired"],
            located=sentences["located"],
            missing=sentences["missing"],
            moved=moved,
            headings=headings.total(),
            headings_proved=headings["verified"] + headings["repaired"],
            headings_located=headings["located"],
            headings_missing=headings["missing"],
            headings_moved=headings_moved,
            front=front.total(),
            front_proved=front["verified"] + front["repaired"],
            front_located=front["located"],
            letters=letters,
            proved_letters=proved_letters,
            marks=kinds["mark"],
            markup=kinds["markup"],
            furniture=kinds["furniture"],
            extra=kinds["extra"],
        )

    def _widened(self, known: list[tuple[int, Located]]) -> dict[int, tuple[Span, ...]]:
        """The spans of all parts, with the punctuation that belongs to them."""
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

    def _leftovers(self, known: list[tuple[int, Located]], widened: dict[int, tuple[Span, ...]]) -> Iterator[Leftover]:
        """Everything between the spans of all parts."""
        plain, parts = self.plain, self.parts
        count = 0
        gaps: list[tuple[int, int, range]] = []  # With the parts whose labels may stand there.
        before, at = -1, 0
        for number, _ in known:
            spans = widened[number]
            gaps.append((at, spans[0][0], range(before + 1 if before < number else number, number + 1)))
            before, at = number, spans[0][1]
            for start, end in spans[1:]:  # Nothing is expected between the parts of a part.
                gaps.append((at, start, range(0)))
                at = end
        gaps.append((at, len(plain), range(before + 1, len(parts))))
        for start, end, between in gaps:
            if start < end and not plain[start:end].isspace():
                labels = [label for number in between for label in parts[number].labels]
                for left in self._sorted_out(start, end, labels, _MOST_LEFTOVERS - count):
                    count += 1
                    yield left

    def _sorted_out(self, start: int, end: int, labels: list[str], most: int) -> Iterator[Leftover]:
        """Tell what of one gap is what; neighbours of one kind are one piece, unless they are marks or lines."""
        tokens = self._tokens(start, end)
        if len(tokens) == len(labels) == 1 and _is_printed(self.plain[slice(*tokens[0])], labels[0]):
            yield Leftover("mark", *tokens[0], self.copy.page(tokens[0][0]), self.copy)
            return
        marks = self._marks(tokens, labels, (start, end))
        letters = self.found.letters
        lettered = {number for number, (first, last) in enumerate(tokens) if self.plain[first:last].translate(letters)}
        within = self._within_lines(tokens, lettered - marks)
        lines = self.found.lines if lettered - marks else None
        pieces: list[tuple[LeftoverKind, int, int]] = []
        for number, (first, last) in enumerate(tokens):
            before = pieces[-1] if pieces else ("markup", first, first)
            kind: LeftoverKind = "markup"
            if number in marks:
                kind = "mark"
            elif lines and lines.holds(first, start, end):
                kind = "furniture"
            elif number in lettered or (before[0] == "extra" and number in within):
                kind = "extra"
            same = before[0] == kind != "mark" and not (
                kind == "furniture" and LINE_END.search(self.plain, before[2], first)
            )
            if pieces and (same or len(pieces) >= most):
                pieces[-1] = (kind if before[0] == kind else "extra", before[1], last)
            else:
                pieces.append((kind, first, last))
        for kind, first, last in pieces:
            yield Leftover(kind, first, last, self.copy.page(first), self.copy)

    def _within_lines(self, tokens: list[Span], lettered: set[int]) -> set[int]:
        """Which tokens without letters stand between two that have some, on the same line."""
        within: set[int] = set()
        for left in lettered:
            right = left + 1
            while right not in lettered and right < len(tokens) and right - left <= _MOST_SIGNS:
                right += 1
            if right in lettered and not LINE_END.search(self.plain, tokens[left][1], tokens[right][0]):
                within.update(range(left + 1, right))
        return within

    def _tokens(self, start: int, end: int) -> list[Span]:
        """What stands between white space and markup; the middle of what is very long is one token."""
        stop, again = min(end, start + _LOOKED_AT), max(end - _LOOKED_AT, start)
        if stop >= again:
            return [found.span() for found in _TOKEN.finditer(self.plain, start, end)]
        first, last = (_TOKEN.finditer(self.plain, *part) for part in ((start, stop), (again, end)))
        return [*(found.span() for found in first), (stop, again), *(found.span() for found in last)]

    def _is_label(self, token: Span, label: str, gap: Span) -> bool:
        """Whether a token is a label as printed; or has its letters, as "(4)" for ④, and is no number of a page."""
        if token[1] - token[0] > _LONGEST_LABEL:
            return False
        text = self.plain[slice(*token)]
        if text == label:
            return True
        alike = (
            text in _BULLETS if label == BULLET else text.translate(self.found.letters) == self.found.bare_label(label)
        )
        return alike and not self.found.lines.holds(token[0], *gap)

    def _marks(self, tokens: list[Span], labels: list[str], gap: Span) -> set[int]:
        """Which tokens are the expected labels: the last ones of their look, since what they mark follows them."""
        marks: set[int] = set()
        at = len(tokens)
        for label in reversed(labels):
            for number in range(at - 1, max(-1, at - 1 - _LABELS_APART), -1):
                if self._is_label(tokens[number], label, gap):
                    marks.add(number)
                    at = number
                    break
        return marks


def _is_printed(text: str, label: str) -> bool:
    return text in _BULLETS if label == BULLET else text == label
