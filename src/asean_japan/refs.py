"""
Addresses in the report: what they are, and how this package writes them.

Everything here is syntax, like `pathlib.PurePath`: no report is needed, and an address need not exist in one.

An address is a path of steps. Numbered places contain each other in a fixed order, so that a number's position in the
path says what it counts: ``III.2.4.3.a.i`` is section, area, item, bullet, letter and roman. A section or an area can
also hold paragraphs (``p1``), and every place can hold claims (``s1``), each of which restates one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

import attrs

from asean_japan.arguments import require_a
from asean_japan.errors import ArgumentError, LimitError, RefSyntaxError
from asean_japan.pydantic_hooks import PydanticValue

Level: TypeAlias = Literal["section", "area", "item", "bullet", "letter", "roman", "paragraph", "claim"]
Rank: TypeAlias = Literal["claim", "paragraph", "place"]  # In their order: claims come first.
Steps: TypeAlias = tuple[tuple[Rank, int], ...]

CLAIM: Rank = "claim"
PARAGRAPH: Rank = "paragraph"
PLACE: Rank = "place"
ANY = -1  # The number of a level that a text leaves out.
LAST = -2  # The number of the last one, whichever it is.
LONGEST_TEXT = 200

BELOW: dict[Level | None, dict[Rank, Level]] = {
    None: {PLACE: "section"},
    "section": {PLACE: "area", PARAGRAPH: "paragraph", CLAIM: "claim"},
    "area": {PLACE: "item", PARAGRAPH: "paragraph", CLAIM: "claim"},
    "item": {PLACE: "bullet", CLAIM: "claim"},
    "bullet": {PLACE: "letter", CLAIM: "claim"},
    "letter": {PLACE: "roman", CLAIM: "claim"},
    "roman": {CLAIM: "claim"},
    "paragraph": {CLAIM: "claim"},
    "claim": {},
}

_COUNTED = range(1, 10_000)
NUMBERS: dict[Level, range] = {
    "section": range(40),
    "area": _COUNTED,
    "item": _COUNTED,
    "bullet": _COUNTED,
    "letter": range(1, 27),
    "roman": range(1, 40),
    "paragraph": _COUNTED,
    "claim": _COUNTED,
}

EXPECTED: dict[Level, str] = {
    "section": "a section (0, I, II, ...)",
    "area": "an area number",
    "item": "an item number",
    "bullet": "a bullet number",
    "letter": "a letter",
    "roman": "a small roman numeral",
    "paragraph": "a paragraph",
    "claim": "a sentence",
}


def _levels(steps: Steps) -> list[Level]:
    """Name the level of each step."""
    levels: list[Level] = []
    level = None
    for rank, _ in steps:
        level = BELOW[level][rank]
        levels.append(level)
    return levels


def expected_below(level: Level | None, then: str) -> str:
    """Say what can stand below *level*, and that it could be *then*, if that is not empty."""
    names = [EXPECTED[below] for below in BELOW[level].values()]
    return " or ".join([*names, then] if then else names) or "nothing below a sentence"


def range_misfit(first: Steps, last: Steps) -> str:
    """Say what a range from *first* should end with instead of *last*; nothing if it may."""
    if first[:-1] != last[:-1] or first[-1][0] != last[-1][0]:
        return "a place that has the same parent as the first and is of the same kind"
    if LAST != last[-1][1] < first[-1][1]:
        return "a place that is not before the first, the range is reversed"
    return ""


def checked(text: object) -> str:
    """Return *text* if it is one, and not longer than an address can be."""
    if not isinstance(text, str):
        raise RefSyntaxError(repr(text), 0, f"text, not {type(text).__name__}")
    if len(text) > LONGEST_TEXT:
        raise LimitError("length of an address", len(text), LONGEST_TEXT)
    return text


# How numbers are written, and strictly read back.


class _Numerals(NamedTuple):
    """A way to write numbers; reading gives `None` for what writing never gives."""

    write: Callable[[int], str]
    read: Callable[[str], int | None]


def _named(names: Sequence[str]) -> _Numerals:
    """Write each number as its name in *names*; an empty name means an unknown number."""
    numbers = {name: number for number, name in enumerate(names) if name}
    return _Numerals(names.__getitem__, numbers.get)


def _read_digits(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= len("9999")
    return int(text) if plain else None


def _write_ordinal(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{endings.get(number % 10, 'th')}"


def read_ordinal(text: str) -> int | None:
    """Read "1st" as 1; `None` for anything but an ordinal."""
    number = _read_digits(text[:-2])
    return number if number and _write_ordinal(number) == text else None


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def _write_circled(number: int) -> str:
    """Write 4 as ④, and what Unicode has no circle for as (51)."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


def _read_circled(text: str) -> int | None:
    number = _CIRCLED.find(text) + 1 if len(text) == 1 else _read_digits(text[1:-1])
    return number if number and _write_circled(number) == text else None


_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = [tens + ones for tens in ("", "x", "xx", "xxx") for ones in _ONES]

_SECTION = _named(["0", *(roman.upper() for roman in _ROMANS[1:])])
_DIGITS = _Numerals(str, _read_digits)
_ORDINAL = _Numerals(_write_ordinal, read_ordinal)
_CIRCLE = _Numerals(_write_circled, _read_circled)
_LETTER = _named(["", *map(chr, range(ord("a"), ord("z") + 1))])  # Importing string takes a hundredth of loading.
_ROMAN = _named(_ROMANS)


def read_roman(text: str) -> int | None:
    """Read "iv" as 4; `None` for anything but a small roman numeral up to xxxix."""
    return _ROMAN.read(text)


# How addresses are written, and strictly read back.


class _Spelling(NamedTuple):
    """How one step is written: what comes before its number, the number, and what follows it."""

    before: str
    numerals: _Numerals
    behind: str = ""

    def write(self, number: int) -> str:
        """Write a step."""
        return f"{self.before}{self.numerals.write(number)}{self.behind}"

    def scan(self, text: str, start: int) -> tuple[int, int] | None:
        """Read a step at *start*; return its number and where it ends."""
        if not text.startswith(self.before, start):
            return None
        numeral = _NUMERAL.match(text, start + len(self.before))
        number = self.numerals.read(numeral[0]) if numeral else None
        if not numeral or number is None or not text.startswith(self.behind, numeral.end()):
            return None
        return number, numeral.end() + len(self.behind)


_NUMERAL = re.compile(r"\([0-9]+\)|[0-9A-Za-z]+|.", re.DOTALL)

CANONICAL: dict[Level, _Spelling] = {
    "section": _Spelling("", _SECTION),
    "area": _Spelling(".", _DIGITS),
    "item": _Spelling(".", _DIGITS),
    "bullet": _Spelling(".", _DIGITS),
    "letter": _Spelling(".", _LETTER),
    "roman": _Spelling(".", _ROMAN),
    "paragraph": _Spelling(".p", _DIGITS),
    "claim": _Spelling(".s", _DIGITS),
}
_CITE: dict[Level, _Spelling] = {
    "section": _Spelling("", _SECTION),
    "area": _Spelling("-", _DIGITS),
    "item": _Spelling("-", _CIRCLE),
    "bullet": _Spelling(", ", _ORDINAL, " bullet"),
    "letter": _Spelling(", (", _LETTER, ")"),
    "roman": _Spelling(" ", _ROMAN),
    "paragraph": _Spelling(", paragraph ", _DIGITS),
    "claim": _Spelling(", sentence ", _DIGITS),
}
EID: dict[Level, _Spelling] = {
    "section": _Spelling("sec_", _SECTION),
    "area": _Spelling("__subsec_", _DIGITS),
    "item": _Spelling("__para_", _DIGITS),
    "bullet": _Spelling("__list_1__indent_", _DIGITS),
    "letter": _Spelling("__list_1__point_", _LETTER),
    "roman": _Spelling("__list_1__point_", _ROMAN),
    "paragraph": _Spelling("__p_", _DIGITS),
    "claim": _Spelling("__span_", _DIGITS),
}
_FORMS = {"canonical": CANONICAL, "cite": _CITE, "eid": EID}
_RANGE_FORMS = {"-": CANONICAL, " to ": _CITE}


def _write(steps: Steps, form: dict[Level, _Spelling]) -> list[str]:
    """Write each step in *form*."""
    written: list[str] = []
    level = None
    for rank, number in steps:
        level = BELOW[level][rank]
        written.append(form[level].write(number))
    return written


class _Scan(NamedTuple):
    """How far a text is written in one form."""

    text: str
    form: dict[Level, _Spelling]
    steps: Steps
    level: Level | None  # Of the last step.
    end: int  # Of the last step.

    @property
    def is_whole(self) -> bool:
        """Whether something was read, and nothing is left."""
        return bool(self.steps) and self.end == len(self.text)

    @property
    def stop(self) -> int:
        """Where the text departs from the form; that may be inside a step."""
        befores = [self.form[below].before for below in BELOW[self.level].values()]
        return self.end + max((len(before) for before in befores if self.text.startswith(before, self.end)), default=0)

    def expected(self, then: str = "the end") -> str:
        """Say what could have stood there: a step more, or *then* if a step was read."""
        return expected_below(self.level, then if self.steps else "")


def scan_steps(text: str, form: dict[Level, _Spelling], start: int = 0, level: Level | None = None) -> _Scan:
    """Read steps below *level* for as long as they are written in *form*."""
    steps: list[tuple[Rank, int]] = []
    found: tuple[int, int] | None = (0, start)
    while found:
        found = None
        for rank, below in BELOW[level].items():
            found = form[below].scan(text, start)
            if found:
                number, start = found
                steps.append((rank, number))
                level = below
                break
    return _Scan(text, form, tuple(steps), level, start)


def _to_steps(steps: Iterable[tuple[Rank, int]]) -> Steps:
    """Return *steps* as tuples; refuse those that the grammar does not allow."""
    walked: list[tuple[Rank, int]] = []
    level: Level | None = None
    try:
        for rank, number in steps:
            level = BELOW[level][rank]
            if type(number) is not int or number not in NUMBERS[level]:  # 1.0 and True are not numbers.
                level = None
                break
            walked.append((rank, number))
    except (KeyError, TypeError, ValueError):
        level = None
    if level is None:
        raise ArgumentError("steps", steps, "the steps of an address, such as (('place', 3), ('place', 4)) for III.4")
    return tuple(walked)


@attrs.frozen(order=True, repr=False)
class Ref(PydanticValue):
    """
    An address in the report.

    Addresses compare by number, never by text: a place comes before what is below it, its claims come first, then its
    paragraphs, then its numbered places.

    >>> ref = Ref.parse("III.2.4")
    >>> ref / "3.a"
    Ref.parse('III.2.4.3.a')
    >>> sorted([Ref.parse("I.2.10"), Ref.parse("I.2.9"), Ref.parse("I.2.s1")])
    [Ref.parse('I.2.s1'), Ref.parse('I.2.9'), Ref.parse('I.2.10')]

    Attributes:
        steps: The path from the section down, each step a rank ("claim", "paragraph" or "place") and a number;
            letters and roman numerals count from 1, and section 0 is ``("place", 0)``.
    """

    steps: Steps = attrs.field(converter=_to_steps)

    @classmethod
    def parse(cls, text: str, /) -> Ref:
        """
        Read an address exactly as this package writes it, in any of its forms; the inverse of `str`, `cite`, `format`.

        What people write is for `Report.resolve`.

        >>> Ref.parse("III-2-④, 3rd bullet, (a) i") == Ref.parse("III.2.4.3.a.i")
        True

        Raises:
            RefSyntaxError: If *text* is anything else.
            LimitError: If it is longer than any address.
        """
        text = checked(text)
        scans: list[_Scan] = []
        for form in _FORMS.values():
            scan = scan_steps(text, form)
            if scan.is_whole:
                return cls(scan.steps)
            scans.append(scan)
        furthest = max(scans, key=lambda scan: scan.stop)
        raise RefSyntaxError(text, furthest.stop, furthest.expected())

    def __str__(self) -> str:
        return "".join(_write(self.steps, CANONICAL))

    def __repr__(self) -> str:
        return f"Ref.parse({str(self)!r})"

    def __format__(self, spec: str) -> str:
        form = _FORMS.get(spec or "canonical")
        if form is None:
            raise ArgumentError("format of an address", spec, " or ".join(_FORMS))
        return "".join(_write(self.steps, form))

    def __truediv__(self, segment: str) -> Ref:
        dotted = f".{checked(segment)}"
        scan = scan_steps(dotted, CANONICAL, level=self.level)
        if not scan.is_whole:
            raise RefSyntaxError(segment, max(scan.stop - 1, 0), scan.expected())
        return Ref(self.steps + scan.steps)

    def cite(self) -> str:
        """
        Write the address as one cites it in prose.

        >>> Ref.parse("III.2.4.3.a.i").cite()
        'III-2-④, 3rd bullet, (a) i'
        >>> Ref.parse("I.2.7.s3").cite()
        'I-2-⑦, sentence 3'
        """
        return format(self, "cite")

    @property
    def parts(self) -> tuple[str, ...]:
        """The steps in canonical form, such as ``('I', '2', 's1')``."""
        return tuple(part.removeprefix(".") for part in _write(self.steps, CANONICAL))

    @property
    def level(self) -> Level:
        """What the last step counts."""
        return _levels(self.steps)[-1]

    @property
    def number(self) -> int:
        """The number of the last step; 1 for ``a`` and for ``i``, 0 for section 0 only."""
        return self.steps[-1][1]

    @property
    def depth(self) -> int:
        """How many steps there are; 1 for a section."""
        return len(self.steps)

    @property
    def parent(self) -> Ref | None:
        """The address one step up; `None` for a section."""
        return Ref(self.steps[:-1]) if self.steps[1:] else None

    @property
    def parents(self) -> tuple[Ref, ...]:
        """All addresses above, the nearest first; ``()`` for a section."""
        return tuple(Ref(self.steps[:depth]) for depth in range(self.depth - 1, 0, -1))

    @property
    def section(self) -> Ref:
        """The section at the top; itself for a section."""
        return Ref(self.steps[:1])

    @property
    def first(self) -> Ref:
        """The address itself, as for a `RefRange` where it begins."""
        return self

    @property
    def last(self) -> Ref:
        """The address itself, as for a `RefRange` where it ends."""
        return self

    def is_relative_to(self, other: Ref, /) -> bool:
        """
        Tell whether this is *other* or somewhere below it.

        >>> Ref.parse("III.2.4.s1").is_relative_to(Ref.parse("III.2"))
        True
        """
        require_a("other", other, Ref)
        return self.steps[: other.depth] == other.steps


@attrs.frozen(order=True, repr=False)
class RefRange(PydanticValue):
    """
    All places from one to another, both included, which have one parent and are of one kind.

    >>> span = RefRange.parse("I.2.6-I.2.8")
    >>> span.cite()
    'I-2-⑥ to I-2-⑧'
    >>> span.parent
    Ref.parse('I.2')

    Attributes:
        first: Where it begins.
        last: Where it ends; not before *first*.
    """

    first: Ref
    last: Ref

    def __attrs_post_init__(self) -> None:
        require_a("first", self.first, Ref)
        require_a("last", self.last, Ref)
        misfit = range_misfit(self.first.steps, self.last.steps)
        if misfit:
            raise ArgumentError("last", self.last, misfit)

    @classmethod
    def parse(cls, text: str, /) -> RefRange:
        """
        Read a range exactly as this package writes it; the inverse of `str` and `cite`.

        >>> RefRange.parse("I-2-⑥ to I-2-⑧")
        RefRange.parse('I.2.6-I.2.8')

        Raises:
            RefSyntaxError: If *text* is anything else, also if the range is reversed.
            LimitError: If it is longer than any range.
        """
        text = checked(text)
        stops: list[tuple[int, str]] = []
        for dash, form in _RANGE_FORMS.items():
            first = scan_steps(text, form)
            if not first.steps or not text.startswith(dash, first.end):
                stops.append((first.stop, first.expected(repr(dash))))
                continue
            start = first.end + len(dash)
            last = scan_steps(text, form, start)
            if not last.is_whole:
                stops.append((last.stop, last.expected()))
                continue
            misfit = range_misfit(first.steps, last.steps)
            if misfit:
                raise RefSyntaxError(text, start, misfit)
            return cls(Ref(first.steps), Ref(last.steps))
        raise RefSyntaxError(text, *max(stops, key=lambda stop: stop[0]))

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

    def __repr__(self) -> str:
        return f"RefRange.parse({str(self)!r})"

    def cite(self) -> str:
        """
        Write the range as one cites it in prose.

        >>> RefRange.parse("I.2.7.s1-I.2.7.s2").cite()
        'I-2-⑦, sentence 1 to I-2-⑦, sentence 2'
        """
        return f"{self.first.cite()} to {self.last.cite()}"

    @property
    def parent(self) -> Ref | None:
        """The parent of both ends; `None` for a range of sections."""
        return self.first.parent


class Reading(NamedTuple):
    """
    One way to read a text: a place, or the ends of a range.

    A number may also be `ANY`, for a level that the text leaves out, or `LAST`; which place that is, and whether there
    is one, depends on a report.

    Attributes:
        first: Steps of the place, or of the first place of the range.
        last: Steps of the last place of the range; `None` if it is not a range. Not before *first*, unless either
            number is `LAST`.
    """

    first: Steps
    last: Steps | None = None
