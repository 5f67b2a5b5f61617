"""
Signs around the letters that are compared: those that belong to a sentence, and those of the marks of footnotes.

A digest covers no signs, so where a sentence ends, and what a mark takes with it, is told by the signs themselves.
"""

from __future__ import annotations

import re

from asean_japan.copies.skeletons import BREAK, NOTHING, Span

_WIDEST = 2_000  # Characters, most of them blanked markup, in which signs are looked for.
_MOST_SIGNS = 16  # Signs that close a sentence.
_MOST_NESTED = 3  # Brackets around the number of a footnote.
_MARK_SIGNS = "*†‡※^"  # What a footnote is marked with, or before its number.
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "⁽": "⁾", "【": "】", "〔": "〕"}
_SIGNS = re.escape(_MARK_SIGNS)
_OPENERS = re.escape("".join(_BRACKETS))
_CLOSERS = re.escape("".join(_BRACKETS.values()))
_OPENING = f"([\"'“‘„‚«‹¿¡{NOTHING}"
_CLOSING_SIGN = rf"{NOTHING}*+[^\w\s•·▪●◦‣„‚“{_OPENERS}{_SIGNS}{NOTHING}{BREAK}]"
_CLOSING = re.compile(rf"(?:{_CLOSING_SIGN}){{0,{_MOST_SIGNS}}}")
_ENDS = re.compile(r"[.!?…]")
_BESIDE = rf"[{NOTHING} \xa0{_SIGNS}]*+"
_DIGITS = r"[\d⁰¹²³⁴-⁹]{1,3}"
_IN_BRACKETS = (
    rf"(?:[{_OPENERS}]{_BESIDE}){{1,{_MOST_NESTED}}}(?:{_DIGITS}[-–,;]?{_BESIDE}){{1,6}}"
    rf"(?:[{_CLOSERS}]{_BESIDE}){{1,{_MOST_NESTED}}}"
)
_MARK = re.compile(rf"(?:{_BESIDE}{_IN_BRACKETS})+|[{NOTHING}{_SIGNS}]*+{_DIGITS}\^?|{NOTHING}*+[{_SIGNS}]{{1,3}}")
_SPACED = re.compile(rf"\s{{1,3}}(?=[.!?…;]{NOTHING}*+(?:\Z|{BREAK}|\s(?!\s*\.)))")  # As in "so ."
_BEHIND_MARK = re.compile(
    rf"{NOTHING}*+([.,;:!?…)\]}}”’\"'»）］](?:{_CLOSING_SIGN}){{0,{_MOST_SIGNS}}})(?!{NOTHING}*+\w)"
)
_CLOSES = re.compile(rf"{NOTHING}*+(?:[;:!?)\]}}”’»…]|[.,](?!\d))")
_GLUED = re.compile(rf"{NOTHING}*+[.,]?\d")


def opened(plain: str, low: int, start: int) -> int:
    """
    Return where the signs begin that are directly before an offset and open what follows.

    >>> opened("as (“so", 0, 5)
    3
    """
    before = plain[max(low, start - _WIDEST) : start]
    signs = before[len(before.rstrip(_OPENING)) :].lstrip(NOTHING)
    return start - len(signs)


def closed(plain: str, end: int, high: int) -> tuple[Span, ...]:
    """
    Return the signs behind an offset that close what is before; in two pieces if a space or a footnote mark is between.

    >>> text = "so) [3]. And"
    >>> [text[first:last] for first, last in closed(text, 2, len(text))]
    [')', '.']

    Args:
        plain: The text.
        end: Where the letters end.
        high: Where others begin.
    """
    high = min(high, end + _WIDEST)
    first = _CLOSING.match(plain, end, high)
    at = first.end() if first else end
    mark = None if _ENDS.search(plain, end, at) else _MARK.match(plain, at, high) or _SPACED.match(plain, at, high)
    behind = _BEHIND_MARK.match(plain, mark.end(), high) if mark else None
    return ((end, at), behind.span(1)) if behind else ((end, at),)


def marked(between: str, start: int, end: int) -> Span:
    """
    Return the mark of a footnote: digits, with the brackets and signs around them, and with what parts it from a sign.

    >>> text = " [1], "
    >>> text[slice(*marked(text, 2, 3))]
    ' [1]'

    Args:
        between: All that is between the letters before and behind it.
        start: Where the digits begin.
        end: Where they end.
    """
    beside = f"{NOTHING} \xa0{_MARK_SIGNS}"
    for _ in range(_MOST_NESTED):
        first = len(between[:start].rstrip(beside))
        last = len(between) - len(between[end:].lstrip(beside))
        if not first or _BRACKETS.get(between[first - 1]) != between[last : last + 1]:
            break
        start, end = first - 1, last + 1
    start = len(between[:start].rstrip(_MARK_SIGNS))
    end = len(between) - len(between[end:].lstrip("^"))
    return (len(between[:start].rstrip(" \xa0")) if closes(between[end:]) else start), end


def closes(text: str) -> bool:
    """
    Return whether a text begins with a sign that closes what is before.

    >>> closes(", and"), closes(".5")
    (True, False)
    """
    return bool(_CLOSES.match(text))


def cuts_number(plain: str, start: int, end: int) -> bool:
    """
    Return whether a stretch begins or ends within a number: with a digit, beside which there is another one.

    >>> cuts_number("in 19673.", 0, 7), cuts_number("in 1967³.", 0, 7), cuts_number("in 1967.", 0, 7)
    (True, False, False)
    """
    before = start > 0 and plain[start].isdecimal() and plain[start - 1].isdecimal()
    return before or (plain[end - 1].isdecimal() and bool(_GLUED.match(plain, end)))
