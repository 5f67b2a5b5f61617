"""
Folding of the many ways in which one character is typed and printed, without losing where each one stood.

The table is this package's own. Unicode's compatibility folding (NFKC) does too much, since it also turns superscripts
and look-alikes into plain characters, and too little, since it leaves dashes and ❹ alone. What the table does not name
stays as it is, so that a strict reader still meets it and can refuse it.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple


class Folded(NamedTuple):
    """
    A folded text, and where each of its characters comes from.

    >>> folded = fold("III–④")
    >>> folded.text, folded.origins
    ('III-(4)', (0, 1, 2, 3, 4, 4, 4, 5))

    Attributes:
        text: The folded text.
        origins: For each character of *text* its index in the original; then, as a last entry, the original's length.
    """

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int, /) -> tuple[int, int]:
        """
        Translate a span of the folded text into the span of the original that it was made from.

        A character that was folded into several belongs to the span as soon as one of them does.

        >>> fold("III–④(a)").span(4, 7)
        (4, 5)
        """
        return self.origins[start], self.origins[end - 1] + 1 if end > start else self.origins[start]


def fold(text: str, /) -> Folded:
    """
    Write *text* with ASCII marks, hyphens and spaces, and one kind of bullet.

    Full-width forms become ASCII, ④ and ⑷ become ``(4)``, ⒋ ``4.``, ⒜ ``(a)``, Ⅲ ``III``; dashes become ``-``, wave
    dashes ``~``, spaces, tabs and line ends a space, bullets •. Everything else is kept. Takes time in proportion to
    the text.

    >>> fold("Ⅲ．２．❹").text
    'III.2.(4)'
    """
    origins: list[int] = []
    done = 0
    for match in _LENGTHENED.finditer(text):
        start = match.start()
        origins.extend(range(done, start))
        origins.extend([start] * len(_FOLDS[ord(match[0])]))
        done = start + 1
    origins.extend(range(done, len(text) + 1))
    return Folded(text.translate(_FOLDS), tuple(origins))


def comparable(text: str, /) -> str:
    r"""
    Write *text* as names and runs of words are compared: folded, without case, with one kind of quotation mark.

    Left out are the characters that pages and PDFs put between letters and nobody sees: soft hyphens, joiners and
    spaces without width.

    >>> comparable("ASEAN–Japan  “Co\N{SOFT HYPHEN}-creation”")
    'asean-japan "co-creation"'
    """
    return " ".join(fold(text).text.translate(_TYPED).casefold().split())


_TYPED = str.maketrans("‘’‛“”‟", "'''\"\"\"", "\u00ad\u200b\u200c\u200d\u2060\ufeff")


def normalized(form: Literal["NFC", "NFKC"], text: str, /) -> str:
    r"""
    Write *text* in a normal form of Unicode; a character has at most 30 marks, those that follow are left as they are.

    Python sorts the marks of one character in time that grows with the square of their number. The limit is that of
    Unicode's stream-safe texts, and so this takes time in proportion to the text.

    >>> normalized("NFC", "cafe\u0301") == "caf\u00e9"
    True
    """
    import unicodedata  # Addresses need none of it.

    return "".join([unicodedata.normalize(form, stretch) for stretch in _STRETCHES.findall(text)])


def _numbered(written: str, first: int, last: int, number: int = 1) -> dict[int, str]:
    """Fold the characters from *first* to *last*, which count up from *number*."""
    return {point: written.format(point - first + number) for point in range(first, last + 1)}


_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DASHES = "‐‑‒–—―−﹘﹣－"
_TILDES = "〜∼"
_SPACES = f"\t\n\r\u0085\u00a0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u2028\u2029\u202f\u205f\u3000"
_BULLETS = "•・●‣▪◦·"

_FOLDS: dict[int, str] = {
    **{point: chr(point - 0xFF01 + ord("!")) for point in range(0xFF01, 0xFF5F)},  # Full-width ASCII.
    **_numbered("({})", 0x2460, 0x2473),  # ① to ⑳
    **_numbered("({})", 0x3251, 0x325F, 21),  # ㉑ to ㉟
    **_numbered("({})", 0x32B1, 0x32BF, 36),  # ㊱ to ㊿
    **_numbered("({})", 0x24EB, 0x24F4, 11),  # ⓫ to ⓴
    **_numbered("({})", 0x24F5, 0x24FE),  # ⓵ to ⓾
    **_numbered("({})", 0x2776, 0x277F),  # ❶ to ❿
    **_numbered("({})", 0x2780, 0x2789),  # ➀ to ➉
    **_numbered("({})", 0x278A, 0x2793),  # ➊ to ➓
    **_numbered("({})", 0x2474, 0x2487),  # ⑴ to ⒇
    **_numbered("{}.", 0x2488, 0x249B),  # ⒈ to ⒛
    **_numbered("({:c})", 0x249C, 0x24B5, ord("a")),  # ⒜ to ⒵
    **{0x2160 + index: roman for index, roman in enumerate(_ROMANS)},
    **{0x2170 + index: roman.lower() for index, roman in enumerate(_ROMANS)},
    **{ord(dash): "-" for dash in _DASHES},
    **{ord(tilde): "~" for tilde in _TILDES},
    **{ord(space): " " for space in _SPACES},
    **{ord(bullet): "•" for bullet in _BULLETS},
}

_LENGTHENED = re.compile(f"[{''.join(chr(point) for point, written in _FOLDS.items() if len(written) > 1)}]")

# A word and what is none behind it. The two half-width voicing marks pass for letters, and turn into marks.
_STRETCHES = re.compile(r"\w*+[\W\uff9e\uff9f]{0,30}")


# What spelling needs within a word, and does not show: joiners, and where a line of Khmer or Thai may break.
_SOUTHEAST = "\u0e00-\u109f\u1780-\u17ff\u1a00-\u1aad"
_WITHIN_WORDS = re.compile(
    rf"(?<=[^\s\u200b-\u200d])[\u200c\u200d](?=[^\s\u200b-\u200d])|(?<=[{_SOUTHEAST}])\u200b(?=[{_SOUTHEAST}])"
)


def without_joiners(text: str, /) -> str:
    """
    Return a text without the characters within its words that do not show and that spelling needs.

    Persian and Hindi have joiners and non-joiners, and so have emoji; Khmer and Thai mark where a line may break. One
    that is at the edge of a word, or doubled, stays.

    >>> (
    ...     len("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ...     len(without_joiners("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")),
    ... )
    (8, 7)
    """
    return _WITHIN_WORDS.sub("", text)
