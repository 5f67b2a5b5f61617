"""What a reader's copy has of the report, and what else it has: the parts, the leftovers, and both in figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

import attrs

from asean_japan.copies.alignment import Status
from asean_japan.copies.conditions import Condition
from asean_japan.copies.copy import Copy
from asean_japan.copies.fingerprints import BULLET, IndexedPart
from asean_japan.copies.furniture import Furniture
from asean_japan.copies.skeletons import BREAK, LINE_END, NOTHING, Letters, Span
from asean_japan.model.display import Shown
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

LeftoverKind: TypeAlias = Literal["mark", "markup", "furniture", "extra"]

_MOST_LEFTOVERS = 10_000  # Beyond this, it is not a plausible copy; the rest of a gap is merged into one leftover.
_TOKEN = re.compile(rf"[{NOTHING}{BREAK}]+|[^\s{NOTHING}{BREAK}]+")
_BULLETS = frozenset("•·▪●◦‣-–—*o§\uf0b7\uf0a7\uf0d8")  # The last ones, and o and §, come from fonts of signs.
_LOOKED_AT = 250_000  # Characters at each end of a gap that are told apart.
_LONGEST_LABEL = 12
_MOST_SIGNS = 9  # Tokens without letters in a row that belong to what is around them.
_LONGEST_MARKED = 200  # With the markup in it.
_LIST_MARKER = re.compile(r"([0-9]{1,3})[.)]")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LABELS_APART = 1000  # Tokens before a label among which the one before it is looked for.


@attrs.frozen(kw_only=True, repr=False)
class BoundPart(Shown, PydanticResult):
    r"""
    One sentence, heading or line of the title page in a reader's copy.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> bound = load().bind_text(text, index=index).binding["I.2.7.s3"]
    >>> bound.status, bound.words == load()["I.2.7.s3"].text == text[bound.start : bound.end]
    ('verified', True)

    Attributes:
        kind: "sentence", "heading", or the name of the line of the title page.
        ref: Address of the sentence, or of the place that has the heading; None on the title page.
        status: "verified": its letters and digits have the digest of the index, and its numbers are those that the
            index states. "repaired": the same, once the digits of footnotes or whole lines between are left out.
            "located": it should be here, and reads otherwise: its words are the copy's. "missing": it was not found.
        spans: Where it is in the reader's own string; several if something breaks it; ``()`` if it is missing.
        numbers: Its numbers as the index states them; None if it does not, or if its letters have another digest.
        conditions: Where the index has conditions in it; None likewise.
    """

    kind: str
    ref: Ref | None
    status: Status
    spans: tuple[Span, ...] = ()
    numbers: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    _copy: Copy = attrs.field(alias="copy", eq=False)
    _shown = ("kind", "ref", "status", "spans", "page")

    @property
    def start(self) -> int | None:
        """Where it begins in the reader's own string; None if it is missing."""
        return self.spans[0][0] if self.spans else None

    @property
    def end(self) -> int | None:
        """Where it ends in the reader's own string; None if it is missing."""
        return self.spans[-1][1] if self.spans else None

    @property
    def page(self) -> int | None:
        """On which page it begins, counted from 1; None if nothing tells, or if it is missing."""
        return self._copy.page(self.spans[0][0]) if self.spans else None

    @property
    def proved(self) -> bool:
        """Whether a digest proves its words: it is verified or repaired."""
        return self.status in {"verified", "repaired"}

    @property
    def words(self) -> str | None:
        """What the copy has there, without markup and with single spaces, proved or not; None if it is missing."""
        return self._copy.words(self.spans) if self.spans else None


@attrs.frozen(kw_only=True, repr=False)
class Leftover(Shown, PydanticResult):
    r"""
    What a copy has besides the parts of the report.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> binding = load().bind_text(f"{text} And more.", index=index).binding
    >>> [(left.kind, left.text) for left in binding.leftovers]
    [('extra', 'And more.')]

    Attributes:
        kind: "mark": the number of a place, or its bullet. "markup": without letters and digits. "furniture": page
            numbers, and lines that come back from page to page; see `Coverage.whole`. "extra": anything else.
        start: Where it begins in the reader's own string.
        end: Where it ends.
    """

    kind: LeftoverKind
    start: int
    end: int
    _copy: Copy = attrs.field(alias="copy", eq=False)
    _shown = ("kind", "start", "end", "page")

    @property
    def page(self) -> int | None:
        """On which page it begins, counted from 1; None if nothing tells."""
        return self._copy.page(self.start)

    @property
    def text(self) -> str:
        """The reader's own string there."""
        return self._copy.text[self.start : self.end]


@attrs.frozen(kw_only=True, repr=False)
class Coverage(Shown, PydanticResult):
    r"""
    How much of the report a copy has, in figures.

    >>> from asean_japan.copies import SourceIndex
    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> text = "\n".join(claim.text for claim in load().claims.values())
    >>> coverage = load().bind_text(text, index=index).binding.coverage
    >>> coverage.verified, coverage.share
    (255, 1.0)
    >>> coverage.headings_missing, coverage.whole
    (11, False)

    Attributes:
        sentences: How many the report has.
        verified: How many of them are verified,
        repaired: repaired,
        located: only located,
        missing: or missing.
        moved: How many of those that were found are out of order.
        headings: How many headings the report has.
        headings_proved: How many of them are verified or repaired,
        headings_located: only located,
        headings_missing: or missing.
        headings_moved: How many of those that were found are out of order.
        front: Lines of the title page.
        front_proved: How many of them are verified or repaired,
        front_located: or only located.
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
    headings: int
    headings_proved: int
    headings_located: int
    headings_missing: int
    headings_moved: int
    front: int
    front_proved: int
    front_located: int
    letters: int
    proved_letters: int
    marks: int
    markup: int
    furniture: int
    extra: int
    _shown = (
        *("sentences", "verified", "repaired", "located", "missing", "moved"),
        *("headings", "headings_proved", "headings_located", "headings_missing", "headings_moved"),
        *("front", "front_proved", "front_located", "letters", "proved_letters", "share"),
        *("marks", "markup", "furniture", "extra", "whole"),
    )

    @property
    def share(self) -> float:
        """How much of the letters and digits of all sentences is proved, from 0 to 1."""
        return self.proved_letters / self.letters if self.letters else 0.0

    @property
    def whole(self) -> bool:
        """
        Whether every sentence and heading is proved, each in its place, and nothing was added.

        A title page may be missing, as in many a copy, but must not read otherwise. Page furniture is trusted: what
        is at the edges of pages, or a page apart all through the copy.
        """
        all_proved = self.verified + self.repaired == self.sentences and self.headings_proved == self.headings
        return all_proved and not (self.moved or self.headings_moved or self.front_located or self.extra)

    def __str__(self) -> str:
        headings = ", ".join(f"{getattr(self, f'headings_{name}')} {name}" for name in ("located", "missing", "moved"))
        rows = [
            *(
                (name, getattr(self, name), f"of {self.sentences} sentences")
                for name in ("verified", "repaired", "located", "missing", "moved")
            ),
            ("headings", self.headings_proved, f"of {self.headings} proved, {headings}"),
            ("front", self.front_proved, f"of {self.front} lines proved, {self.front_located} located"),
            ("letters", self.proved_letters, f"of {self.letters} proved ({self.share:.1%})"),
            *((name, getattr(self, name), "left over") for name in ("marks", "markup", "furniture", "extra")),
        ]
        return "\n".join(f"{name:<10}{count:>6} {of}" for name, count, of in rows)


def measure(
    parts: Sequence[IndexedPart],
    bound_parts: Iterable[BoundPart],
    leftovers: Iterable[Leftover],
    *,
    moved: int,
    headings_moved: int,
) -> Coverage:
    """
    Return what was found and what is left over in figures.

    Args:
        parts: The parts of the index.
        bound_parts: The same parts in the copy.
        leftovers: What else the copy has.
        moved: How many sentences are out of order.
        headings_moved: How many headings are out of order.
    """
    status: dict[str, Counter[Status]] = {"sentence": Counter(), "heading": Counter(), "front": Counter()}
    letters = proved_letters = 0
    for part, bound in zip(parts, bound_parts, strict=True):
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


# What is left over.


class Gap(NamedTuple):
    """
    What is between two parts of a copy.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        due: The positions in the index of the parts whose labels may be there.
    """

    start: int
    end: int
    due: range


def leftovers(
    copy: Copy, parts: Sequence[IndexedPart], gaps: Iterable[Gap], furniture: Furniture
) -> Iterator[Leftover]:
    """
    Yield everything in some gaps but white space, and tell what it is.

    Args:
        copy: The copy.
        parts: The parts of the index.
        gaps: What is between the parts that the copy has.
        furniture: The page furniture of the copy.
    """
    ledger = _Ledger(copy.plain, furniture, lists=copy.format == "markdown")
    count = 0
    for start, end, due in gaps:
        if start < end and not copy.plain[start:end].isspace():
            labels = [label for number in due for label in parts[number].labels]
            for kind, first, last in ledger.entries((start, end), labels, _MOST_LEFTOVERS - count):
                count += 1
                yield Leftover(kind=kind, start=first, end=last, copy=copy)


class _Ledger:
    """The ledger of what is left over: it tells what is what in each gap."""

    def __init__(self, plain: str, furniture: Furniture, *, lists: bool) -> None:
        self._plain = plain
        self._lists = lists  # Whether a program may have written numbers before what stands in a list.
        self._furniture = furniture
        self._letters = Letters.fresh()

    def entries(self, gap: Span, labels: Sequence[str], most: int) -> list[tuple[LeftoverKind, int, int]]:
        """
        Return what is in one gap; neighbors of one kind are one entry, unless they are marks or lines.

        Args:
            gap: Where it begins and ends.
            labels: The numbers that the report has there.
            most: How many entries to return at most; the last one has the rest.
        """
        tokens = self._tokens(gap)
        tokens = self._joined(tokens, labels) if len(tokens) > 1 else tokens
        if len(tokens) == len(labels) == 1 and _is_printed(self._plain[slice(*tokens[0])], labels[0]):
            return [("mark", *tokens[0])]
        entries: list[tuple[LeftoverKind, int, int]] = []
        for kind, (start, end) in zip(self._kinds(tokens, labels, gap), tokens, strict=True):
            before = entries[-1] if entries else ("markup", start, start)
            same = before[0] == kind != "mark" and not (
                kind == "furniture" and LINE_END.search(self._plain, before[2], start)
            )
            if entries and (same or len(entries) >= most):
                entries[-1] = (kind if before[0] == kind else "extra", before[1], end)
            else:
                entries.append((kind, start, end))
        return entries

    def _tokens(self, gap: Span) -> list[Span]:
        """Return what white space and markup part; the middle of what is very long is one token."""
        start, end = gap
        stop, again = min(end, start + _LOOKED_AT), max(end - _LOOKED_AT, start)
        if stop >= again:
            return [found.span() for found in _TOKEN.finditer(self._plain, start, end)]
        first, last = (_TOKEN.finditer(self._plain, *part) for part in ((start, stop), (again, end)))
        return [*(found.span() for found in first), (stop, again), *(found.span() for found in last)]

    def _joined(self, tokens: list[Span], labels: Sequence[str]) -> list[Span]:
        """Return tokens, with those that are one label once the markup within it is left out as one."""
        known = {label.translate(self._letters) for label in labels} - {""}
        found: list[Span] = []
        start = 0
        for behind in range(1, len(tokens) + 1):
            if behind < len(tokens) and tokens[behind][0] == tokens[behind - 1][1]:
                continue
            pieces = [token for token in tokens[start:behind] if self._plain[token[0]] not in f"{NOTHING}{BREAK}"]
            start, run = behind, tokens[start:behind]
            whole = self._bare(pieces[0][0], pieces[-1][1]) if len(pieces) > 1 else ""
            if whole and whole.translate(self._letters) in known:
                run = [
                    *(token for token in run if token[1] <= pieces[0][0]),
                    (pieces[0][0], pieces[-1][1]),
                    *(token for token in run if token[0] >= pieces[-1][1]),
                ]
            found += run
        return found

    def _bare(self, start: int, end: int) -> str:
        """Return what is between two offsets without markup; nothing if that is too long for a label, or two lines."""
        if end - start > _LONGEST_MARKED:
            return ""
        text = self._plain[start:end].replace(NOTHING, "")
        return text if len(text) <= _LONGEST_LABEL and BREAK not in text else ""

    def _kinds(self, tokens: list[Span], labels: Sequence[str], gap: Span) -> Iterator[LeftoverKind]:
        """Yield what each token of a gap is."""
        marks = self._marks(tokens, labels, gap)
        lettered = {
            number for number, (start, end) in enumerate(tokens) if self._plain[start:end].translate(self._letters)
        }
        unexplained = lettered - marks  # Page furniture is not looked for without need.
        within = self._within_lines(tokens, unexplained)
        kind: LeftoverKind = "markup"
        for number, (start, _) in enumerate(tokens):
            if number in marks:
                kind = "mark"
            elif unexplained and self._furniture.holds(start, *gap):
                kind = "furniture"
            elif number in lettered or (kind == "extra" and number in within):
                kind = "extra"
            else:
                kind = "markup"
            yield kind

    def _marks(self, tokens: list[Span], labels: Sequence[str], gap: Span) -> set[int]:
        """Return the tokens that are the expected labels: the last ones of their look, next to what they mark."""
        marks: set[int] = set()
        at = len(tokens)
        for label in reversed(labels):
            for number in range(at - 1, max(-1, at - 1 - _LABELS_APART), -1):
                if self._is_label(tokens[number], label, gap):
                    marks.add(number)
                    at = number
                    break
        return marks

    def _is_label(self, token: Span, label: str, gap: Span) -> bool:
        """Return whether a token is a label as printed; or has its letters, as "(4)", and is not a page number."""
        text = self._bare(*token)
        if not text:
            return False
        if text == label or (self._lists and self._is_list_marker(token, text, label)):
            return True
        bare = text.translate(self._letters)
        alike = text in _BULLETS if label == BULLET else bare == label.translate(self._letters)
        return alike and not self._furniture.holds(token[0], *gap)

    def _is_list_marker(self, token: Span, text: str, label: str) -> bool:
        """Return whether a program wrote the number of a list for a label: the same one, or 1, as before every item."""
        found = _LIST_MARKER.fullmatch(text)
        before = LINE_END.split(self._plain[max(0, token[0] - _LONGEST_MARKED) : token[0]])[-1]
        if not found or before.translate(self._letters):
            return False
        return int(found[1]) in {1, *_values(label.translate(self._letters))}

    def _within_lines(self, tokens: list[Span], lettered: set[int]) -> set[int]:
        """Return the tokens without letters that are between two with letters, on the same line."""
        within: set[int] = set()
        for left in lettered:
            right = left + 1
            while right not in lettered and right < len(tokens) and right - left <= _MOST_SIGNS:
                right += 1
            if right in lettered and not LINE_END.search(self._plain, tokens[left][1], tokens[right][0]):
                within.update(range(left + 1, right))
        return within


def _values(bare: str) -> set[int]:
    """Return the numbers that the letters of a label may mean; none for a bullet."""
    if bare.isdecimal():
        return {int(bare)}
    letter = {ord(bare) - ord("a") + 1} if len(bare) == 1 else set[int]()
    return letter | ({_ROMAN.index(bare) + 1} if bare in _ROMAN else set[int]())


def _is_printed(text: str, label: str) -> bool:
    return text in _BULLETS if label == BULLET else text == label
