"""
Whether a quotation is genuine, and where it is.

Without a copy, the digests of the index prove whole sentences and runs of them. With a copy, any passage is looked for
in the words that the copy has of the report, across sentences and places.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import Literal, TypeAlias

import attrs

from asean_japan.arguments import require_a
from asean_japan.copies.binding import Binding
from asean_japan.copies.conditions import CutCondition, Limited, cut_conditions
from asean_japan.copies.coverage import BoundPart
from asean_japan.copies.elisions import LEAST_ANCHOR, MOST_PARTS, TakenApart, chains, negations, take_apart
from asean_japan.copies.fingerprints import RULES, IndexedPart, SourceIndex, digest
from asean_japan.copies.numbers import count_places, cut, digits_in, numbers_of, place_numbers
from asean_japan.copies.runs import whole_parts
from asean_japan.copies.skeletons import Passage, PassageFinder, SearchedPart, Span, skeleton, trimmed
from asean_japan.errors import ArgumentError, LimitError
from asean_japan.model.display import Shown, brief
from asean_japan.model.edition import Edition
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

QuoteLevel: TypeAlias = Literal["exact", "same letters", "elided", "other numbers", "near"]
QuoteAnswer: TypeAlias = Literal["genuine", "not genuine", "cannot tell"]
RECEIPT = "receipt of a quotation, version 1"
LEAST_LETTERS = 10  # A shorter quotation says too little to be found.
LONGEST_QUOTE = 100_000  # Characters; the report has less than half of that.
LONGEST_NEAR = 5_000  # Letters that are compared with everything.
LEAST_NEAR = 50

_PRINTED = frozenset(("section", "area", "item", "letter", "roman"))  # Bullets and paragraphs are only counted.
_GENUINE: frozenset[QuoteLevel] = frozenset(("exact", "same letters"))
_BRACKETS = re.compile(r"[^\w([]{0,9}[(\[]")
_LONGEST_LEFT_OUT = 80  # Characters, of one line.
_PROVED = "digests prove all that it touches"
_OTHER_NUMBERS = "the report has other numbers there"
_NO_COPY = "without a copy, only whole sentences and headings are found, and runs of them"


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
            letters and digits, but a number has another sign, point, gap or unit, or is cut. "elided": parts of it, one
            after the other, of which none has other numbers; see *left_out*. "near": the most similar passage, which
            proves nothing.
        refs: The sentences that it touches, and the places whose headings it touches, in the order of the report; or
            in that of the copy, if only the copy has them one after the other.
        similarity: For "near", twice the letters and digits that both have in the same order, of a hundred that both
            have together; 100 for the others.
        spans: Where it is in the reader's own string, without the numbers of places; ``()`` without a copy.
        page: On which page of the copy it begins; None if nothing tells.
        words: What the copy has there, with "..." for what is left out; None without a copy, and if the quotation is
            genuine and the copy has other numbers there.
        front: The lines of the title page that it touches, such as "title"; they have no address.
        proved: Whether digests prove all that it touches, and the report has all of it one after the other; else the
            copy may read otherwise than the report there.
        left_out: For "elided", what the report has between each two parts and the quotation has not; "" where that is
            nothing.
        cut_condition: The conditions that it stops short of in the sentences that it touches, such as "unless ...", "in
            line with ..." or "e.g. ..."; for "elided" also those between its parts. ``()`` if there is none; None if
            the words of a sentence that it cuts are not proved, so that nobody can tell.
    """

    level: QuoteLevel
    refs: tuple[Ref, ...]
    similarity: float = 100.0
    spans: tuple[Span, ...] = ()
    page: int | None = None
    words: str | None = None
    front: tuple[str, ...] = ()
    proved: bool
    left_out: tuple[str, ...] = ()
    cut_condition: tuple[CutCondition, ...] | None = ()

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
            verdict += ", not proved" if self.level == "elided" and not self.proved else ""
        page = f", page {self.page}" if self.page else ""
        left_out = "".join(f", without {brief(words)}" for words in self.left_out if words)
        cut_off = f", stops short of {brief(self.cut_condition[0].words)}" if self.cut_condition else ""
        return f"{verdict}, {self.cite()}{page}{left_out[:_LONGEST_LEFT_OUT]}{cut_off}"


@attrs.frozen(kw_only=True, repr=False)
class Quote(PydanticResult):
    """
    The result of looking for a quotation; true if it is genuine: proved somewhere, with the same numbers.

    >>> from asean_japan import load
    >>> quote = load().find_quote("Initiatives to leave the above alone")
    >>> bool(quote), quote.answer, quote.genuine
    (False, 'cannot tell', None)
    >>> print(quote)
    cannot tell: without a copy, only whole sentences and headings are found, and runs of them

    Attributes:
        text: The quotation.
        searched: "digests": only whole sentences, headings, lines of the title page and runs of them can be found, and
            nothing is said of parts of a sentence. "copy": everything that the copy has of the report was searched.
        matches: Where it is, in the order of the report.
        answer: "genuine": digests prove all that it touches somewhere, and what is left out has no word that can turn
            its meaning. "not genuine": the report does not have it. "cannot tell": there is no copy, or it may be where
            the copy lacks something; or a negation was left out or added.
        reason: Why that is the answer.
        added: What the quoter added, such as "[sic]"; it was not looked for.
    """

    text: str
    searched: Literal["digests", "copy"]
    matches: tuple[QuoteMatch, ...] = ()
    answer: QuoteAnswer
    reason: str
    added: tuple[str, ...] = ()
    _edition: Edition | None = attrs.field(alias="edition", default=None, eq=False)
    _digests: tuple[tuple[str, str], ...] = attrs.field(alias="digests", default=(), eq=False)
    _shown = ("text", "searched", "genuine", "answer", "reason", "added", "matches")

    @property
    def genuine(self) -> bool | None:
        """Whether the report has it; None if that cannot be told, and then *reason* says why."""
        return None if self.answer == "cannot tell" else bool(self)

    @property
    def cut_condition(self) -> tuple[CutCondition, ...] | None:
        """The conditions that its first proved match stops short of; of the first one, if none is proved."""
        match = self._proved_match() or next(iter(self.matches), None)
        return match.cut_condition if match else ()

    def _proved_match(self) -> QuoteMatch | None:
        """Return the first match that is proved."""
        return next((match for match in self.matches if match.proved), None)

    def __bool__(self) -> bool:
        return self.answer == "genuine"

    def receipt(self) -> str:
        """
        Write what proves it as JSON, which `asean_japan.receipts.check_receipt` checks without text and copy.

        It has the edition, the version of the rules, the digest of the quotation, and address and digest of each
        sentence and heading that the first proved match touches; none of the report's words, but what was added.

        >>> from asean_japan import load
        >>> import json
        >>> receipt = json.loads(load().find_quote("Initiatives to realize the above").receipt())
        >>> receipt["rules"], receipt["places"][0]["place"]
        ('skeleton-1', 'IV')

        Raises:
            ArgumentError: If it is not genuine.
        """
        proved = self._proved_match()
        if not (self and proved and self._edition and self._digests):
            raise ArgumentError("quote", self.text, f"a genuine quotation of a report; {self.answer}: {self.reason}")
        names = ("title", "date", "language", "status", "data_version")
        receipt = {
            "kind": RECEIPT,
            "rules": RULES,
            "edition": {name: getattr(self._edition, name) for name in names},
            "quotation": digest(skeleton(self.text)),
            "level": proved.level,
            "places": [{"place": place, "sha256": proof} for place, proof in self._digests],
            "added": self.added,
        }
        return json.dumps(receipt, ensure_ascii=False, indent=2)

    def proved_by(self, index: SourceIndex, edition: Edition) -> Quote:
        """
        Return it with what its receipt needs: an edition, and the digests of what its first proved match touches.

        >>> from asean_japan import load
        >>> from asean_japan.copies import SourceIndex
        >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
        >>> quote = by_digest(index, load()["I.2.7.s3"].text)
        >>> '"I.2.7.s3"' in quote.proved_by(index, load().edition).receipt()
        True
        """
        match = self._proved_match()
        if not self or match is None:
            return self
        touched: set[Ref | str] = {*match.front, *match.refs}
        digests = tuple(
            (part.name, part.fingerprint.sha256) for part in index.parts if (part.ref or part.kind) in touched
        )
        return attrs.evolve(self, edition=edition, digests=digests)

    def __str__(self) -> str:
        return "\n".join(map(str, self.matches)) or f"{self.answer}: {self.reason}"

    def __repr__(self) -> str:
        first = str(self.matches[0]) if self.matches else self.answer
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
    matches = _runs(index, text)
    if matches:
        answer, reason = _by_numbers(matches)
        return Quote(text=text, searched="digests", matches=matches, answer=answer, reason=reason)
    taken = take_apart(text)
    if taken is None:
        return Quote(text=text, searched="digests", answer="cannot tell", reason=_NO_COPY)
    matches = _runs(index, " ".join(taken.parts)) if len(skeleton("".join(taken.parts))) >= LEAST_LETTERS else ()
    if not matches:
        return Quote(text=text, searched="digests", answer="cannot tell", reason=_NO_COPY, added=taken.added)
    answer, reason = _by_numbers(matches)
    if answer == "genuine":
        answer, reason = _with_additions(taken)
    return Quote(text=text, searched="digests", matches=matches, answer=answer, reason=reason, added=taken.added)


def _runs(index: SourceIndex, text: str) -> tuple[QuoteMatch, ...]:
    """Return where a text is a run of whole parts, with their numbers or with other ones."""
    matches: list[QuoteMatch] = []
    for run, same in whole_parts(index.parts, text):
        refs, front = _touched(run)
        level: QuoteLevel = "same letters" if same else "other numbers"
        matches.append(QuoteMatch(level=level, refs=refs, front=front, proved=same))
    return tuple(matches)


def _by_numbers(matches: Iterable[QuoteMatch]) -> tuple[QuoteAnswer, str]:
    """Return the answer for what has the letters of whole parts."""
    return ("genuine", _PROVED) if any(match.proved for match in matches) else ("not genuine", _OTHER_NUMBERS)


def _with_additions(taken: TakenApart) -> tuple[QuoteAnswer, str]:
    """Return the answer for a quotation that is proved but for what was added to it."""
    if taken.turning:
        return "cannot tell", f"what was added can turn its meaning: {brief(', '.join(taken.turning))}"
    return "genuine", f"{_PROVED}, but for what was added: {brief(', '.join(taken.added))}" if taken.added else _PROVED


class QuoteSearch:
    """
    The search for quotations in a copy, which is made ready once.

    Args:
        binding: A copy that is bound.
    """

    __slots__ = ("_binding", "_finder", "_turns")

    def __init__(self, binding: Binding) -> None:
        labels = labels_of(binding)
        self._binding = binding
        self._finder = PassageFinder(
            binding.copy.plain,
            [
                SearchedPart(number, part.spans, labels[number])
                for number, part in enumerate(binding.parts)
                if part.spans
            ],
        )
        places = [part.ref.parent if part.ref and part.kind == "sentence" else part.ref for part in binding.parts]
        changes = (int(left != right) for left, right in pairwise(places))
        self._turns = list(accumulate(changes, initial=0))  # Of the place of each part, in the order of the report.

    def find(self, text: str, near: float | None = None) -> Quote:
        """
        Look for any passage in what a copy has of the report, with the numbers of its places or without.

        Args:
            text: The quotation.
            near: If it is not there word for word, how similar a passage has to be, from 50 to 100; None looks for
                none.

        Raises:
            ArgumentError: If *text* is not a text, or has less than 10 letters and digits; or if *near* is out of
                range.
            LimitError: If it is longer than 100,000 characters; or to be compared, and longer than 5,000 letters.
            MissingExtraError: If *near* is given and rapidfuzz is not installed.
        """
        size = _require_quotation(text)
        if near is not None:
            _require_near(near, size)
        binding = self._binding
        found = self._finder.find(text)
        matches = [self._match(passage, _level(binding, passage, text)) for passage in found]
        taken = None if matches else take_apart(text)
        why = None
        if taken:
            matches, why = self._in_parts(taken)
        if not matches and near is not None:
            nearest = self._finder.nearest(text, near)
            matches = [self._match(passage, "near", similarity) for passage, similarity in nearest]
        answer, reason = why or self._answer(matches, taken)
        added = taken.added if taken else ()
        return Quote(text=text, searched="copy", matches=tuple(matches), answer=answer, reason=reason, added=added)

    def _in_parts(self, taken: TakenApart) -> tuple[list[QuoteMatch], tuple[QuoteAnswer, str] | None]:
        """Return where the parts of a quotation are one after the other; and if they are not looked for, why."""
        if len(taken.parts) > MOST_PARTS:
            return [], ("cannot tell", f"it is in {len(taken.parts)} parts, and at most {MOST_PARTS} are looked for")
        if max((len(skeleton(part)) for part in taken.parts), default=0) < LEAST_ANCHOR:
            return [], ("cannot tell", f"none of its parts has {LEAST_ANCHOR} letters, so that chance may find them")
        rows = list(chains(self._finder, taken, self._places_of))
        kept = [row for row in rows if not self._has_own_brackets(row, taken)]
        why: QuoteAnswer = "cannot tell"
        return [self._row(row, taken) for row in kept], (
            (why, "the copy itself has brackets where the quotation has other ones") if rows and not kept else None
        )

    def _has_own_brackets(self, row: Sequence[Passage], taken: TakenApart) -> bool:
        """Return whether the copy itself has brackets where the quotation has some, so that they are not added."""
        replaced = [
            gap.kind == "added" and left.extent[1] < right.extent[0]
            for gap, (left, right) in zip(taken.gaps, pairwise(row), strict=True)
        ]
        ends = [left.spans[-1][1] for left, own in zip(row, [*replaced, taken.cited], strict=True) if own]
        return any(_BRACKETS.match(self._binding.copy.plain, end) for end in ends)

    def _places_of(self, passage: Passage) -> tuple[int, int]:
        """Return the turns of the places in which a passage begins and ends."""
        return self._turns[passage.parts[0]], self._turns[passage.parts[-1]]

    def _row(self, row: Sequence[Passage], taken: TakenApart) -> QuoteMatch:
        """Return the match that some passages in order make."""
        binding = self._binding
        first, last = row[0].parts[0], row[-1].parts[-1]
        touched = list(dict.fromkeys(number for passage in row for number in passage.parts))
        refs, front = _touched(binding.parts[number] for number in touched)
        edges = [(left.extent[1], right.extent[0]) for left, right in pairwise(row)]
        left_out = [binding.copy.words(self._finder.between(*edge)) if edge[0] < edge[1] else "" for edge in edges]
        words = [binding.copy.words(row[0].spans)]
        for passage, gone in zip(row[1:], left_out, strict=True):
            words += ["..."] * bool(gone) + [binding.copy.words(passage.spans)]
        levels = [_level(binding, passage, part) for passage, part in zip(row, taken.parts, strict=True)]
        level: QuoteLevel = "elided" if any(left_out) else "same letters"
        return QuoteMatch(
            level="other numbers" if "other numbers" in levels else level,
            refs=refs,
            spans=tuple(span for passage in row for span in passage.spans),
            page=binding.copy.page(row[0].spans[0][0]),
            words=" ".join(words),
            front=front,
            proved=all(part.proved for part in binding.parts[first : last + 1]),
            left_out=tuple(left_out) if any(left_out) else (),
            cut_condition=self._cut(row),
        )

    def _match(self, passage: Passage, level: QuoteLevel, similarity: float = 100.0) -> QuoteMatch:
        """Return the match that one passage makes."""
        binding = self._binding
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
            proved=level != "near" and proved,
            cut_condition=self._cut([passage]),
        )

    def _cut(self, row: Sequence[Passage]) -> tuple[CutCondition, ...] | None:
        """Return the conditions that some passages stop short of."""

        def known(number: int) -> Limited:
            return self._binding.parts[number].ref, self._binding.parts[number].conditions

        def words(span: Span) -> str:
            return self._binding.copy.words(self._finder.between(*span))

        return cut_conditions(row, known, words)

    def _answer(self, matches: Sequence[QuoteMatch], taken: TakenApart | None) -> tuple[QuoteAnswer, str]:
        """Return what can be told of a quotation that was looked for, and why."""
        proved = [match for match in matches if match.proved]
        if any(match.level in _GENUINE for match in proved):
            return _with_additions(taken) if taken else ("genuine", _PROVED)
        elided = [match for match in proved if match.level == "elided"]
        if elided and taken:
            return _of_elided(elided, taken)
        if any(match.level == "other numbers" for match in proved):
            return "not genuine", _OTHER_NUMBERS
        lacking = self._lacking()
        if not lacking:
            return "not genuine", "every sentence and heading of the report is in the copy, and none has it"
        if any(not match.proved and match.level != "near" for match in matches):
            return "cannot tell", f"the copy has it where no digest proves it: {lacking}"
        return "cannot tell", f"it may be where {lacking}"

    def _lacking(self) -> str:
        """Say what of the report is not proved in the copy; nothing if all is."""
        lacking = [part for part in self._binding.parts if part.ref and not part.proved]
        if not lacking:
            return ""
        missing = sum(part.status == "missing" for part in lacking)
        counted = {"missing in the copy": missing, "reading otherwise there": len(lacking) - missing}
        said = " and ".join(f"{count} {how}" for how, count in counted.items() if count)
        return f"sentences and headings of the report are not proved: {said}, the first {lacking[0].ref}"


def _of_elided(elided: Sequence[QuoteMatch], taken: TakenApart) -> tuple[QuoteAnswer, str]:
    """Return the answer for a quotation whose parts are proved, with something left out between them."""
    turned = [[word for words in match.left_out for word in negations(words)] for match in elided]
    if all(turned):
        return "cannot tell", f"what is left out can turn its meaning: {brief(', '.join(chain.from_iterable(turned)))}"
    if taken.turning:
        return _with_additions(taken)
    return "genuine", "digests prove its parts and what is left out between them, which is shown"


def in_copy(binding: Binding, text: str, near: float | None = None) -> Quote:
    """Look for one quotation in a copy, as a `QuoteSearch` does, which is faster for more than one."""
    return QuoteSearch(binding).find(text, near)


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
    labels = [(digits_in(skeleton(text[:start])), digits_in(skeleton(text[:end]))) for start, end in passage.labels]
    written = place_numbers(text) if labels else ()
    if not all(count_places(written, *label) for label in labels) or list(numbers_of(bare)) != _numbers_in(
        binding, passage, _true_numbers
    ):
        return "other numbers"
    same = binding.copy.words(passage.spans) == " ".join(trimmed(bare).replace("\xad", "").split())
    return "exact" if same else "same letters"


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
