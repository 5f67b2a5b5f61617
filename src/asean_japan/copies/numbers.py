"""
Numbers in the words, with all that makes them other numbers: signs, points, gaps, units, currency and comparisons.

A skeleton has only their digits. So the index states the numbers of each part as they are printed, and a part is proved
only if a copy or a quotation has the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from asean_japan.copies.skeletons import BREAK, LINE_END, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from asean_japan.copies.copy import Copy
    from asean_japan.copies.skeletons import Span

_MARK = "\x02"  # Before each sign, once a text is written as numbers are compared.
_HYPHENS = "-\u2010\u2011\u2212"  # The sign for minus is one of them.
_DASHES = "\u2012\u2013\u2014\u2015"
_SIGNS = "%‰‱°#^"  # Signs that Unicode has among other punctuation.
_NO_SIGNS = "|`"  # The edge of a cell, and what is written around code.
_SIGN_KINDS = frozenset(("Sc", "Sm"))

_QUOTED_LINE = re.compile(r"(?<=\n)[>|][>|\s]{0,9}\s")  # As in an answer to a letter.
_FORMULA = re.compile(r"\$([^$\s]{1,40})\$(?!\d)")
_SIGN = rf"{_MARK}\D\s{{0,9}}"
# A hyphen behind a word or a name in capitals is no sign.
_MINUS = rf"(?<![\w-])(?<![A-Z]\s)(?:-{{1,3}}\s{{0,9}}|–)|-(?={_MARK})"
_NUMBER = re.compile(
    rf"(?:(?:{_SIGN}){{1,3}}|{_MINUS}){{0,2}}(?:(?<![\w.])[.,·٫])?"
    rf"\d+(?:(?:[-–.,:/·٫'’]|\s{{0,9}}{_SIGN})\d+)*(?:\s{{0,9}}{_MARK}[^\d^]){{0,3}}"
)

_LISTED = re.compile(r"(?<!\S)[-+#>|]+(?=\s)")
_OF_PLACE = re.compile(r"\d+(?:[-–.,:/]\d+)*")  # Some write "III.2.4".


class _Written(dict[int, "str | None"]):
    """How each character is written where numbers are compared, for `str.translate`; filled as characters are met."""

    def __missing__(self, point: int) -> str | None:
        self[point] = written = _write(chr(point))
        return written


def _write(char: str) -> str | None:
    if char in _HYPHENS:
        return "-"
    if char in _DASHES:
        return "–"
    kind = unicodedata.category(char)
    plain = unicodedata.normalize("NFKC", char)
    if kind == "Cf" or char in {NOTHING, _MARK}:  # Characters that do not show part no number.
        return None
    if kind == "No":  # And 10² is not 102.
        return f" {plain} "
    is_sign = (kind in _SIGN_KINDS and char not in _NO_SIGNS) or plain in _SIGNS
    return _MARK + plain if is_sign and len(plain) == 1 else plain


_ASCII = {point: _write(chr(point)) for point in range(128)}
_BEFORE = {ord(NOTHING): None, ord(BREAK): "\n"}


def numbers_of(text: str, /) -> tuple[str, ...]:
    """
    Return the numbers in *text*, in its order, each with its signs, points and units and without white space.

    >>> numbers_of("ASEAN + 3, “2+2”, Vision 2.0, COVID-19, the 50th, < $670, -5 %")
    ('+3', '2+2', '2.0', '19', '50', '<$670', '-5%')
    """
    text = text.translate(_BEFORE)
    text = _FORMULA.sub(r"\1", _QUOTED_LINE.sub(" ", text))
    found = _NUMBER.findall(text.translate(_Written(_ASCII)))
    return tuple("".join(number.replace(_MARK, "").replace("–", "-").split()) for number in found)


def digits_in(text: str, /) -> int:
    """
    Return how many digits a number or a skeleton has.

    >>> digits_in("2+2")
    2
    """
    return sum(map(str.isdecimal, text))


def cut(numbers: Iterable[str], first: int, last: int) -> list[str]:
    """
    Return the numbers that have any of some digits, from the one at *first* to that before *last*.

    >>> cut(["1973", "2+2", "50"], 5, 6)
    ['2+2']
    """
    found: list[str] = []
    at = 0
    for number in numbers:
        behind = at + digits_in(number)
        if at < last and behind > first:
            found.append(number)
        at = behind
    return found


def place_numbers(text: str, /) -> tuple[str, ...]:
    """
    Return the numbers in a text as `numbers_of` does, without the signs that programs write before what is in a list.

    >>> place_numbers("- 3. On trade"), place_numbers("<3. On trade")
    (('3',), ('<3',))
    """
    return numbers_of(_LISTED.sub(" ", text))


def count_places(numbers: Iterable[str], first: int, last: int) -> bool:
    """
    Return whether some digits, from the one at *first* to that before *last*, may be numbers of places: without signs.

    >>> count_places(["3"], 0, 1), count_places(["<3"], 0, 1)
    (True, False)
    """
    return all(map(_OF_PLACE.fullmatch, cut(numbers, first, last))) if first < last else True


# Where a copy has them.

_SIGNS_BEFORE = re.compile(r"[^\w\s]+\Z")
_MOST_SIGNS = 16
_IN_NUMBER = re.compile(rf"(?<=\d){NOTHING}+(?=\d)")
_CUT_LINE = re.compile(r"[\d.+]")
_PARTS_NUMBERS = re.compile(r"[*_~`^]|</?su[bp]\b", re.IGNORECASE)


def has_numbers_at(copy: Copy, spans: Sequence[Span], numbers: tuple[str, ...], /) -> bool:
    r"""
    Return whether a copy has certain numbers at some spans; a line that is as long as most may end within a number.

    >>> from asean_japan.copies import Copy
    >>> lines = "In the Tokyo Declaration of 20\n03, the thirtieth anniversary\n"
    >>> has_numbers_at(Copy(text=lines, format="text", name="a text", plain=lines), [(0, 60)], ("2003",))
    True
    """
    start = spans[0][0]
    signs = _SIGNS_BEFORE.search(copy.plain[max(0, start - _MOST_SIGNS) : start])
    text = _without_markup(copy, spans[0])
    for (_, end), span in pairwise(spans):
        between = copy.plain[end : span[0]]
        text += "\n" if LINE_END.search(between) else " " * any(map(str.isspace, between))
        text += _without_markup(copy, span)
    before = signs[0] if signs else ""
    if numbers_of(before + text) == numbers:
        return True
    begin = max(copy.plain.rfind(end, 0, start) for end in "\n\f") + 1
    return numbers_of(before + _uncut(text, start - begin, copy.width)) == numbers


def _without_markup(copy: Copy, span: Span) -> str:
    """Return what is at a span without markup, and with a gap in a number that markup parts."""

    def gap(found: re.Match[str]) -> str:
        markup = copy.text[span[0] + found.start() : span[0] + found.end()]
        return " " if _PARTS_NUMBERS.search(markup) else ""

    return _IN_NUMBER.sub(gap, copy.plain[slice(*span)])


def _uncut(text: str, before: int, width: int) -> str:
    """Join the lines of a text that are cut within a number; so many characters are before it in its first line."""
    first, *more = LINE_END.split(text)
    joined = [first]
    for left, right in pairwise([first, *filter(str.strip, more)]):
        full = before + len(left) == width
        joined.append("" if full and _CUT_LINE.search(left[-1:]) and _CUT_LINE.search(right[:1]) else "\n")
        joined.append(right)
        before = 0
    return "".join(joined)
