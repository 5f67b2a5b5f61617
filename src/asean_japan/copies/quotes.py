"""
Whether a quotation is genuine, and where it is.

Without a copy, the digests of the index prove whole sentences and runs of them. With a copy, any passage is looked for
in the words that the copy has of the report, across sentences and places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import attrs

from asean_japan.arguments import require_a
from asean_japan.copies.alignment import whole_parts
from asean_japan.copies.binding import Binding
from asean_japan.copies.coverage import BoundPart
from asean_japan.copies.fingerprints import IndexedPart, SourceIndex
from asean_japan.copies.numbers import cut, digits_in, numbers_of
from asean_japan.copies.skeletons import Passage, PassageFinder, SearchedPart, Span, skeleton, trimmed
from asean_japan.errors import ArgumentError, LimitError
from asean_japan.model.display import Shown, brief
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

QuoteLevel: TypeAlias = Literal["exact", "same letters", "other numbers", "near"]
LEAST_LETTERS = 10  # A shorter quotation says too little to be found.
LONGEST_QUOTE = 100_000  # Characters; the report has less than half of that.
LONGEST_NEAR = 5_000  # Letters that are compared with everything.
LEAST_NEAR = 50

_PRINTED = frozenset(("section", "area", "item", "letter", "roman"))  # Bullets and paragraphs are only counted.
_GENUINE: frozenset[QuoteLevel] = frozenset(("exact", "same letters"))


@attrs.frozen(kw_only=True, repr=False)
class QuoteMatch(Shown, PydanticResult):
    """
    One place at which a quotation is found.

    >>> from asean_japan import load
    >>> match = load().find_quote("Initiatives to realize the above").matches[0]
    >>> match.cite(), match.level
    ('IV', 'same letters')
    >>> print(match)
    proved, IV

    Attributes:
        level: "exact": the same characters, but for white space, the numbers of places, and what is before the first
            and after the last letter. "same letters": the same letters, digits and numbers. "other numbers": the same
            letters and digits, but a number has another sign, point, gap or unit, or is cut. "near": the most similar
            passage.
        refs: The sentences that it touches, and the places whose headings it touches, in the order of the report; or
            in that of the copy, if only the copy has them one after the other.
        similarity: For "near", how alike the letters are, up to 100; 100 for the others.
        spans: Where it is in the reader's own string, without the numbers of places; ``()`` without a copy.
        page: On which page of the copy it begins; None if nothing tells.
        words: What the copy has there; None without a copy, and if the quotation is genuine and the copy has other
            numbers there.
        front: The lines of the title page that it touches, such as "title"; they have no address.
        proved: Whether digests prove all that it touches, and the report has all of it one after the other; else the
            copy may read otherwise than the report there.
    """

    level: QuoteLevel
    refs: tuple[Ref, ...]
    similarity: float = 100.0
    spans: tuple[Span, ...] = ()
    page: int | None = None
    words: str | None = None
    front: tuple[str, ...] = ()
    proved: bool

    def cite(self) -> str:
        """
        Write where it is as one would in a text.

        >>> from asean_japan import Ref
        >>> refs = (Ref.parse("I.2.7.s2"), Ref.parse("I.2.7.s3"))
        >>> QuoteMatch(level="same letters", refs=refs, proved=True).cite()
        'I-2-⑦, sentence 2 to I-2-⑦, sentence 3'
        """
        places = [*("title page" for _ in self.front[:1]), *(ref.cite() for ref in self.refs)]
        first, last = places[0], places[-1]
        return first if first == last else f"{first} to {last}"

    def __str__(self) -> str:
        if self.level in _GENUINE:
            verdict = "proved" if self.proved else "not proved"
        else:
            verdict = f"near, {self.similarity:.0f} of 100" if self.level == "near" else self.level
        page = f", page {self.page}" if self.page else ""
        return f"{verdict}, {self.cite()}{page}"


@attrs.frozen(kw_only=True, repr=False)
class Quote(PydanticResult):
    """
    The result of looking for a quotation; true if it is genuine: proved somewhere, with the same numbers.

    >>> from asean_japan import load
    >>> quote = load().find_quote("Initiatives to leave the above alone")
    >>> bool(quote), quote.searched
    (False, 'digests')
    >>> print(quote)
    not found

    Attributes:
        text: The quotation.
        searched: "digests": only whole sentences, headings, lines of the title page and runs of them can be found, and
            nothing is said of parts of a sentence. "copy": everything that the copy has of the report was searched.
        matches: Where it is, in the order of the report.
    """

    text: str
    searched: Literal["digests", "copy"]
    matches: tuple[QuoteMatch, ...] = ()
    _shown = ("text", "searched", "genuine", "matches")

    @property
    def genuine(self) -> bool:
        """Whether digests prove all that it touches somewhere; its truth."""
        return bool(self)

    def __bool__(self) -> bool:
        return any(match.proved and match.level in _GENUINE for match in self.matches)

    def __str__(self) -> str:
        return "\n".join(map(str, self.matches)) or "not found"

    def __repr__(self) -> str:
        first = str(self.matches[0]) if self.matches else "not found"
        more = f" and {len(self.matches) - 1} more" if len(self.matches) > 1 else ""
        return f"<Quote {brief(self.text)}: {first}{more}>"


def by_digest(index: SourceIndex, text: str) -> Quote:
    """
    Look for whole sentences, headings and lines of the title page, and runs of them, with their numbers or without.

    >>> from asean_japan import load
    >>> from asean_japan.copies import SourceIndex
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> print(by_digest(index, load()["I.2.7.s3"].text))
    proved, I-2-⑦, sentence 3

    Raises:
        ArgumentError: If *text* is not a text, or has less than 10 letters and digits.
        LimitError: If it is longer than 100,000 characters.
    """
    _require_quotation(text)
    matches: list[QuoteMatch] = []
    for run, same in whole_parts(index.parts, text):
        refs, front = _touched(run)
        level: QuoteLevel = "same letters" if same else "other numbers"
        matches.append(QuoteMatch(level=level, refs=refs, front=front, proved=same))
    return Quote(text=text, searched="digests", matches=tuple(matches))


def in_copy(binding: Binding, text: str, near: float | None = None) -> Quote:
    """
    Look for any passage in what a copy has of the report, with the numbers of its places or without.

    Args:
        binding: A copy that is bound.
        text: The quotation.
        near: If it is not there word for word, how similar a passage has to be, from 50 to 100; None looks for none.

    Raises:
        ArgumentError: If *text* is not a text, or has less than 10 letters and digits; or if *near* is out of range.
        LimitError: If it is longer than 100,000 characters; or to be compared, and longer than 5,000 letters.
        MissingExtraError: If *near* is given and rapidfuzz is not installed.
    """
    size = _require_quotation(text)
    if near is not None:
        _require_near(near, size)
    labels = labels_of(binding)
    finder = PassageFinder(
        binding.copy.plain,
        [SearchedPart(number, part.spans, labels[number]) for number, part in enumerate(binding.parts) if part.spans],
    )
    matches = [_match(binding, passage, _level(binding, passage, text)) for passage in finder.find(text)]
    if not matches and near is not None and (nearest := finder.nearest(text, near)):
        passage, similarity = nearest
        matches = [_match(binding, passage, "near", similarity)]
    return Quote(text=text, searched="copy", matches=tuple(matches))


def _require_quotation(text: str) -> int:
    """Refuse what is not a quotation; return how many letters and digits it has."""
    require_a("text", text, str)
    if len(text) > LONGEST_QUOTE:
        raise LimitError("length of a quotation", len(text), LONGEST_QUOTE)
    size = len(skeleton(text))
    if size < LEAST_LETTERS:
        raise ArgumentError("text", text, f"a quotation of at least {LEAST_LETTERS} letters and digits")
    return size


def _require_near(near: float, size: int) -> None:
    if type(near) not in {int, float} or not LEAST_NEAR <= near <= 100:  # noqa: PLR2004  # Of a hundred.
        raise ArgumentError("near", near, f"a number from {LEAST_NEAR} to 100, or None")
    if size > LONGEST_NEAR:
        raise LimitError("letters of a quotation that is to be compared", size, LONGEST_NEAR)


def _touched(parts: Iterable[IndexedPart | BoundPart]) -> tuple[tuple[Ref, ...], tuple[str, ...]]:
    """Return the addresses of parts, and the names of those that have none: the lines of the title page."""
    known = tuple(parts)
    return tuple(part.ref for part in known if part.ref), tuple(part.kind for part in known if not part.ref)


def _level(binding: Binding, passage: Passage, text: str) -> QuoteLevel:
    """Return how a passage that has the letters of a quotation reads beside it."""
    bare = _without_labels(text, passage.labels)
    if list(numbers_of(bare)) != _numbers_in(binding, passage, _true_numbers):
        return "other numbers"
    same = binding.copy.words(passage.spans) == " ".join(trimmed(bare).replace("\xad", "").split())
    return "exact" if same else "same letters"


def _match(binding: Binding, passage: Passage, level: QuoteLevel, similarity: float = 100.0) -> QuoteMatch:
    touched = [binding.parts[number] for number in passage.parts]
    in_a_row = all(left + 1 == right for left, right in pairwise(passage.parts))
    refs, front = _touched(touched)
    lettered = in_a_row and all(part.proved or part.numbers is not None for part in touched)
    same = _numbers_in(binding, passage, _true_numbers) == _numbers_in(binding, passage, _own_numbers)
    proved = lettered and (same or level in _GENUINE)
    return QuoteMatch(
        level=level,
        refs=refs,
        similarity=similarity,
        spans=passage.spans,
        page=binding.copy.page(passage.spans[0][0]),
        words=binding.copy.words(passage.spans) if same or not proved else None,
        front=front,
        proved=proved,
    )


# Numbers of places, which are no part of what is quoted.


def labels_of(binding: Binding) -> list[tuple[tuple[str, ...], ...]]:
    """Return the letters of the numbers that may be printed before each part: as in the report, and as in the copy."""
    counted: list[list[str]] = [[] for _ in binding.parts]
    printed: list[list[str]] = [[] for _ in binding.parts]
    begun: set[Ref] = set()
    for bound, own in zip(binding.parts, counted, strict=True):
        places = [*reversed(bound.ref.parents), bound.ref] if bound.ref else []
        own += [skeleton(place.parts[-1]) for place in places if place not in begun and place.level in _PRINTED]
        begun.update(places)
    starts = sorted((bound.spans[0][0], number) for number, bound in enumerate(binding.parts) if bound.spans)
    for left in binding.leftovers:
        if left.kind == "mark":
            following = bisect_left(starts, (left.end,))
            for _, number in starts[following : following + 1]:
                printed[number].append(skeleton(left.text))
    return [tuple(dict.fromkeys((tuple(own), tuple(other)))) for own, other in zip(counted, printed, strict=True)]


def _without_labels(text: str, labels: Sequence[Span]) -> str:
    """Return *text* without the numbers of places, and the signs that are written with them."""
    kept: list[str] = []
    at = 0
    for start, end in labels:
        kept.append(text[at:start].rstrip("(["))
        at = end + len(text[end:]) - len(text[end:].lstrip(".)]"))
    return " ".join([*kept, text[at:]])


# Numbers in the words, which a digest of digits does not tell apart.


def _true_numbers(part: BoundPart) -> Sequence[str]:
    """Return the numbers of a part as the index states them; those of the copy if it does not, or proves nothing."""
    return numbers_of(part.words or "") if part.numbers is None else part.numbers


def _own_numbers(part: BoundPart) -> Sequence[str]:
    """Return the numbers of a part as the copy has them."""
    return _true_numbers(part) if part.proved else numbers_of(part.words or "")


def _numbers_in(binding: Binding, passage: Passage, numbers: Callable[[BoundPart], Sequence[str]]) -> list[str]:
    """Return the numbers of the parts that a passage touches, as far as it has digits of them."""
    found: list[str] = []
    for turn, part in enumerate(passage.parts):
        letters, start, end = passage.letters(turn)
        first, last = digits_in(letters[:start]), digits_in(letters[:end])
        if first < last:
            found += cut(numbers(binding.parts[part]), first, last)
    return found
