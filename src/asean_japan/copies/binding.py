"""
A reader's copy held against the index of the report's sentences.

The index has no words, so nothing is compared with the report itself: a sentence is *verified* if its letters and
digits, as the copy has them, have the digest that the index states. Nothing here knows a `Report`: it takes an index
and a copy, and tells where each part is, and what else there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import cast

import attrs

from asean_japan.arguments import finds
from asean_japan.copies.alignment import Located, Status, align
from asean_japan.copies.copy import Copy
from asean_japan.copies.coverage import BoundPart, Coverage, Gap, Leftover, leftovers, measure
from asean_japan.copies.fingerprints import IndexedPart, SourceIndex
from asean_japan.copies.furniture import Furniture, longest_rise
from asean_japan.copies.noisy import locate
from asean_japan.copies.numbers import has_numbers_at
from asean_japan.copies.punctuation import closed, opened
from asean_japan.copies.skeletons import Span
from asean_japan.errors import ArgumentError, NotThisReportError, RefNotFoundError
from asean_japan.model.display import brief
from asean_japan.model.edition import Edition
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

# A copy is one of this report if so many sentences of a hundred are found in it, and so many of them proved.
LEAST_FOUND = 80
LEAST_PROVED = 10


@attrs.frozen(kw_only=True, repr=False)
class Binding(PydanticResult):
    r"""
    What holding a copy against the index has shown.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> load().bind_text(text, index=index).binding
    <Binding to 'a text': 255 of 255 sentences proved>

    Attributes:
        copy: The copy.
        parts: The title page, every heading and every sentence, in the order of the report.
        leftovers: Everything else in the copy but white space, in the order of the copy.
        moved: The sentences that are out of order in the copy,
        moved_headings: and the places whose headings are.
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
        return finds(self.__getitem__, ref)

    def __getitem__(self, ref: Ref | str, /) -> BoundPart:
        """
        Return the sentence at an address, or the heading of the place at it.

        Raises:
            RefSyntaxError: If it is not an address.
            RefNotFoundError: If neither has it.
        """
        address = ref if isinstance(ref, Ref) else Ref.parse(ref)
        if address not in self._by_ref:
            near = tuple(str(known) for known in self._by_ref if known.is_relative_to(address))
            raise RefNotFoundError(str(ref), str(address), near, (), among="bound sentences and headings")
        return self._by_ref[address]

    def verbatim(self, ref: Ref, /) -> str | None:
        r"""
        Return the words of a sentence, if a digest proves them; else None.

        >>> from asean_japan.copies import SourceIndex
        >>> from asean_japan import load
        >>> from asean_japan import Ref
        >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)
        >>> binding = load().bind_text("\n".join(claim.text for claim in load().claims.values()), index=index).binding
        >>> binding.verbatim(Ref.parse("I.2.7.s3")) == load()["I.2.7.s3"].text
        True
        """
        bound = self._by_ref.get(ref)
        return bound.words if bound and bound.proved else None

    def __repr__(self) -> str:
        proved = self.coverage.verified + self.coverage.repaired
        return f"<Binding to {brief(self.copy.name)}: {proved} of {self.coverage.sentences} sentences proved>"

    def __str__(self) -> str:
        name = self.copy.name if self.copy.name.isprintable() else repr(self.copy.name)
        return f"{name} ({self.copy.format}, {len(self.copy.text)} characters)\n{self.coverage}"


def bind(index: SourceIndex, copy: Copy, *, strict: bool = True, edition: Edition | None = None) -> Binding:
    r"""
    Hold a copy against an index.

    >>> from asean_japan import load
    >>> from asean_japan.copies.copy import read_text
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> copy = read_text("\n".join(place.text for place in load().claims.values()))
    >>> bind(index, copy).coverage.verified
    255

    Args:
        index: What the text should be.
        copy: What the reader has.
        strict: Whether to refuse a copy in which less than 80 % of the sentences are found in order, or less than 10 %
            are proved or, in a noisy copy, recognized by the hints for their ends.
        edition: Which text the index is of, for messages.

    Raises:
        ArgumentError: If *strict* is not a `bool`.
        NotThisReportError: If a strict binding is refused.
    """
    if not isinstance(cast("object", strict), bool):
        raise ArgumentError("strict", strict, "True or False")
    letters = sum(part.fingerprint.length for part in index.parts)
    furniture = Furniture(copy.plain, index.furniture, letters)
    placed = locate(index.parts, copy.plain, furniture, align(index, copy.plain, furniture))
    binding = _recorded(index.parts, copy, placed.places, furniture)
    if strict:
        _require_this(binding, placed.recognized, edition)
    return binding


def _recorded(parts: Sequence[IndexedPart], copy: Copy, places: Mapping[int, Located], furniture: Furniture) -> Binding:
    """Return what was found in a copy, and what is left of it."""
    known = sorted(places.items(), key=lambda item: item[1].start)
    order = [number for number, _ in known]
    spans = _with_punctuation(copy.plain, known)
    gaps = _gaps(order, spans, len(copy.plain), len(parts))
    bound_parts = tuple(
        _bound(part, copy, places[number].status, spans[number])
        if number in places
        else BoundPart(kind=part.kind, ref=part.ref, status="missing", copy=copy)
        for number, part in enumerate(parts)
    )
    left_over = tuple(leftovers(copy, parts, gaps, furniture))
    moved = _out_of_order([number for number in order if parts[number].kind == "sentence"])
    with_headings = _out_of_order([number for number in order if parts[number].ref])
    moved_headings = [number for number in with_headings if parts[number].kind == "heading"]
    return Binding(
        copy=copy,
        parts=bound_parts,
        leftovers=left_over,
        moved=tuple(ref for number in moved if (ref := parts[number].ref)),
        moved_headings=tuple(ref for number in moved_headings if (ref := parts[number].ref)),
        coverage=measure(parts, bound_parts, left_over, moved=len(moved), headings_moved=len(moved_headings)),
    )


def _bound(part: IndexedPart, copy: Copy, status: Status, spans: tuple[Span, ...]) -> BoundPart:
    """Return a part that was found, which is only located if the copy has other numbers than the index states."""
    lettered = status in {"verified", "repaired"}
    numbers, conditions = (part.numbers, part.conditions) if lettered else (None, None)
    if numbers and not has_numbers_at(copy, spans, numbers):
        status = "located"
    return BoundPart(
        kind=part.kind, ref=part.ref, status=status, spans=spans, numbers=numbers, conditions=conditions, copy=copy
    )


def _out_of_order(order: Sequence[int]) -> list[int]:
    """Return the parts that are out of order in a copy, given in its order; the others make its longest rise."""
    return sorted(set(order) - {order[at] for at in longest_rise(order)})


def _with_punctuation(plain: str, known: Sequence[tuple[int, Located]]) -> dict[int, tuple[Span, ...]]:
    """Return the spans of all parts, given in the order of the copy, with the punctuation that belongs to them."""
    widened: dict[int, tuple[Span, ...]] = {}
    low = 0
    for at, (number, place) in enumerate(known):
        high = known[at + 1][1].start if at + 1 < len(known) else len(plain)
        start = place.start
        if start > low and not plain[start - 1].isspace():
            start = opened(plain, low, start)
        (_, end), *behind = closed(plain, place.end, high)
        first, *others = place.spans
        spans = [(start, first[1]), *others]
        spans[-1] = (spans[-1][0], end)
        widened[number] = (*spans, *behind)
        low = widened[number][-1][1]
    return widened


def _gaps(order: Sequence[int], spans: Mapping[int, tuple[Span, ...]], size: int, count: int) -> Iterator[Gap]:
    """Yield what is between *count* parts, given in the order of the copy, with the labels that may be there."""
    before, at = -1, 0
    for number in order:
        yield Gap(at, spans[number][0][0], range(before + 1 if before < number else number, number + 1))
        before, at = number, spans[number][0][1]
        for start, end in spans[number][1:]:  # No label is expected within a part.
            yield Gap(at, start, range(0))
            at = end
    yield Gap(at, size, range(before + 1, count))


def _require_this(binding: Binding, recognized: int, edition: Edition | None) -> None:
    coverage = binding.coverage
    found = coverage.sentences - coverage.missing - coverage.moved
    proved = coverage.verified + coverage.repaired
    shown = proved + recognized
    if found * 100 >= coverage.sentences * LEAST_FOUND and shown * 100 >= coverage.sentences * LEAST_PROVED:
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
