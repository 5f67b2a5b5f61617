"""
Addresses in the report: what they are, how they are written, and how what people write is read.

Everything here is syntax, like `pathlib.PurePath`: no report is needed, and an address need not exist in one.

An address is a path of steps. Numbered places stand in each other in a fixed order, so that a number's place in the path
says what it counts: ``III.2.4.3.a.i`` is section, area, item, bullet, letter and roman. A section or an area can also
hold paragraphs (``p1``), and every place can hold claims (``s1``), each of which restates one sentence.
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import attrs

from asean_japan.errors import ArgumentError, LimitError, RefSyntaxError
from asean_japan.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Level: TypeAlias = Literal["section", "area", "item", "bullet", "letter", "roman", "paragraph", "claim"]
Steps: TypeAlias = tuple[tuple[int, int], ...]

CLAIM, PARAGRAPH, PLACE = 0, 1, 2  # Ranks: claims come first, then paragraphs, then numbered places.
ANY = -1  # The number of a level that a reader left out.
LAST = -2  # The number of the last one, whichever it is.
LONGEST_TEXT = 200

_BELOW: dict[Level | None, dict[int, Level]] = {
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
_NUMBERS: dict[Level, range] = {
    "section": range(40),
    "area": _COUNTED,
    "item": _COUNTED,
    "bullet": _COUNTED,
    "letter": range(1, 27),
    "roman": range(1, 40),
    "paragraph": _COUNTED,
    "claim": _COUNTED,
}

_EXPECTED: dict[Level, str] = {
    "section": "a section (0, I, II, ...)",
    "area": "an area number",
    "item": "an item number",
    "bullet": "a bullet number",
    "letter": "a letter",
    "roman": "a small roman numeral",
    "paragraph": "a paragraph",
    "claim": "a sentence",
}


def _levels(steps: Iterable[Iterable[int]]) -> Iterator[Level]:
    """Walk down *steps*; a `KeyError` is a step that cannot stand where it does."""
    level: Level | None = None
    for rank, _ in steps:
        level = _BELOW[level][rank]
        yield level


def _expected_below(level: Level | None) -> str:
    names = [_EXPECTED[below] for below in _BELOW[level].values()]
    return " or ".join(names if level is None else [*names, "the end"])


# How numbers are written.


class _Numerals(NamedTuple):
    """A way to write numbers, and the strict way to read them back."""

    write: Callable[[int], str]
    read: Callable[[str], int | None]


def _named(names: Sequence[str]) -> _Numerals:
    """Numbers that are written as their name in *names*; an empty name is no number."""
    numbers = {name: number for number, name in enumerate(names) if name}
    return _Numerals(names.__getitem__, numbers.get)


def _read_digits(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= len("9999")
    return int(text) if plain else None


def _write_ordinal(number: int) -> str:
    """Write 1 as "1st"."""
    teen = number // 10 % 10 == 1
    return f"{number}th" if teen else f"{number}{('th', 'st', 'nd', 'rd', *['th'] * 6)[number % 10]}"


def _read_ordinal(text: str) -> int | None:
    number = _read_digits(text[:-2])
    return number if number and _write_ordinal(number) == text else None


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def _write_circled(number: int) -> str:
    """Write 4 as "④", and what Unicode has no circle for as "(51)"."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


def _read_circled(text: str) -> int | None:
    number = _CIRCLED.find(text) + 1 if len(text) == 1 else _read_digits(text[1:-1])
    return number if number and _write_circled(number) == text else None


_ROMANS = [
    tens + ones for tens in ("", "x", "xx", "xxx") for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
]
_SECTION = _named(["0", *(roman.upper() for roman in _ROMANS[1:])])
_DIGITS = _Numerals(str, _read_digits)
_ORDINAL = _Numerals(_write_ordinal, _read_ordinal)
_ITEM = _Numerals(_write_circled, _read_circled)
_LETTER = _named(["", *ascii_lowercase])
_ROMAN = _named(_ROMANS)


# How addresses are written: for each level what stands before its number, the number, and what stands behind it.


_Form: TypeAlias = "dict[Level, tuple[str, _Numerals, str]]"

_CANONICAL: _Form = {
    "section": ("", _SECTION, ""),
    "area": (".", _DIGITS, ""),
    "item": (".", _DIGITS, ""),
    "bullet": (".", _DIGITS, ""),
    "letter": (".", _LETTER, ""),
    "roman": (".", _ROMAN, ""),
    "paragraph": (".p", _DIGITS, ""),
    "claim": (".s", _DIGITS, ""),
}
_CITE: _Form = {
    "section": ("", _SECTION, ""),
    "area": ("-", _DIGITS, ""),
    "item": ("-", _ITEM, ""),
    "bullet": (", ", _ORDINAL, " bullet"),
    "letter": (", (", _LETTER, ")"),
    "roman": (" ", _ROMAN, ""),
    "paragraph": (", paragraph ", _DIGITS, ""),
    "claim": (", sentence ", _DIGITS, ""),
}
_EID: _Form = {
    "section": ("sec_", _SECTION, ""),
    "area": ("__subsec_", _DIGITS, ""),
    "item": ("__para_", _DIGITS, ""),
    "bullet": ("__list_1__indent_", _DIGITS, ""),
    "letter": ("__list_1__point_", _LETTER, ""),
    "roman": ("__list_1__point_", _ROMAN, ""),
    "paragraph": ("__p_", _DIGITS, ""),
    "claim": ("__span_", _DIGITS, ""),
}
_FORMS = {"canonical": _CANONICAL, "cite": _CITE, "eid": _EID}

_NUMERAL = re.compile(r"\([0-9]+\)|[0-9A-Za-z]+|.?", re.DOTALL)


def _write(steps: Steps, form: _Form) -> Iterator[str]:
    """Yield each step as *form* writes it."""
    for level, (_, number) in zip(_levels(steps), steps, strict=True):
        before, numerals, behind = form[level]
        yield before + numerals.write(number) + behind


class _Scan(NamedTuple):
    """What a form could read: the steps, where it stopped, and what could have stood there."""

    steps: Steps
    end: int
    expected: str


def _scan(text: str, form: _Form, start: int = 0) -> _Scan:
    """Read *text* from *start* for as long as it is written in *form*."""
    level: Level | None = None
    steps: Steps = ()
    end = start
    while step := _scan_step(text, form, level, end):
        level, rank, number, end = step
        steps = (*steps, (rank, number))
    begun = (end + len(form[below][0]) for below in _BELOW[level].values() if text.startswith(form[below][0], end))
    return _Scan(steps, max(begun, default=end), _expected_below(level))


def _scan_step(text: str, form: _Form, level: Level | None, start: int) -> tuple[Level, int, int, int] | None:
    """Read one step below *level*: its level, its rank, its number and where it ends."""
    for rank, below in _BELOW[level].items():
        before, numerals, behind = form[below]
        ...
    return None
