"""
Hyphens at the ends of lines: which of them belong to a word, and which only broke it.

Nothing in a text says so but a soft hyphen. What decides is which of both words is known: from the rest of the copy,
and from our own claims, which are about the same things.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from asean_japan.copies.skeletons import BREAK, LINE_ENDS, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNBREAKABLE = "\u2011"  # It is never at the end of a line only because the line ends.
HYPHENS = f"-\u2010{UNBREAKABLE}\ufe63\uff0d"

_BLANKED = str.maketrans({NOTHING: None, BREAK: "\n"})
_SPACES = re.compile(r"\s+")
_LINE_END = re.compile(f"[{LINE_ENDS}]")
_SOFT = re.compile(r"(?<=\w)(?:\xad+[\n ]|\u00ac\n)\xad*(?=\w)")  # Some programs write ¬ for a soft hyphen.
_HYPHEN = re.compile(rf"(?<=\w)[{HYPHENS}][\n ](?=\w)")
_BEFORE_COMMA = re.compile(rf"(?<=\w)([{HYPHENS}])[\n ](?=,)")
_WORD = re.compile(rf"\w+(?:[{HYPHENS}]\w+)*")  # With all its hyphens.
_AT_HYPHEN = re.compile(rf"\w+[{HYPHENS}][\n ]\w+")
_GOES_ON = re.compile(rf"\w+[{HYPHENS}]")
_PLAIN = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_LINKS = frozenset({"and", "or", "to", "nor", "versus"})  # As in "short- and long-term".
# Words that more often begin or end a longer word than a compound.
_SHORT_WORDS = frozenset({"an", "as", "at", "be", "by", "for", "in", "is", "of", "on", "or", "so", "to", "up"})
_BEGIN_WORDS = _SHORT_WORDS | {"out", "over", "under", "with"}
_END_WORDS = frozenset({"able", "less", "ship", "ward"})
_NEAR = 80  # Characters on each side of a hyphen in which words are looked at.


def lines_of(text: str) -> str:
    r"""
    Return *text* without markup, with one space for white space, or one line end if it has one.

    >>> lines_of("co-\r\n  creation \t and\0\0 more")
    'co-\ncreation and more'
    """
    bare = text.translate(_BLANKED)
    return _SPACES.sub(lambda found: "\n" if _LINE_END.search(found[0]) else " ", bare)


class Vocabulary:
    r"""
    The words of some texts, which decide whether a hyphen at the end of a line belongs to a word.

    >>> Vocabulary(["A low-income country cooperates."]).mended("low-\nincome countries co-\noperate")
    'low-income countries cooperate'

    A soft hyphen never belongs to it. Another one stays before "and", "or", "to" and a comma, where it stands for what
    is left out. Else it is left out if the word is known without it; and stays if the word is known with it, before a
    capital or a digit, between two words that are known, and beside one in a word that has another hyphen.
    """

    __slots__ = ("_known",)

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = frozenset(chain.from_iterable(map(_words_of, texts)))

    def mended(self, text: str) -> str:
        r"""
        Return *text* in one line, with each word in one piece that a line end parts.

        A hyphen that a space follows on the same line is taken for one at a line end, as converters leave it: U+2010
        always, another one if the word is known.
        """
        lines = _SOFT.sub(self._soft, lines_of(text)).replace("\xad", "")
        lines = _BEFORE_COMMA.sub(r"\1", lines)
        return _HYPHEN.sub(self._hard, lines).replace("\n", " ").strip()

    def _soft(self, found: re.Match[str]) -> str:
        """Return what is between two halves with a soft hyphen between; some programs write so for any hyphen."""
        (*_, left), (right, *_) = _around(found)
        omits = right in _LINKS and left in self._known and f"{left}{right}" not in self._known
        return "- " if omits else ""

    def _hard(self, found: re.Match[str]) -> str:
        """Return what is between two halves with a hyphen between."""
        before, after = _around(found)
        left, right = before[-1], after[0]
        hyphen, space = found[0][0], found[0][1]
        own = hyphen if hyphen == UNBREAKABLE else "-"
        if hyphen != UNBREAKABLE and self._is_whole(before, after):
            return ""
        if right in _LINKS and not _GOES_ON.match(found.string, found.end()):
            return f"{own} "
        if self._knows(f"{left}-{right}") or self._knows(_inner(left, "-", right)):
            return own
        if space == " " and hyphen != "\u2010":
            return found[0]
        if hyphen == UNBREAKABLE or self._is_compound(found, left, right):
            return own
        return ""

    def _is_whole(self, before: list[str], after: list[str]) -> bool:
        """Return whether a word is known without a hyphen; if it is known with it, too, the words around decide."""
        left, right = before[-1], after[0]
        parted = f"{left}-{right}"
        pairs = [f"{word} {parted}" for word in before[-2:-1]] + [f"{parted} {word}" for word in after[1:2]]
        if pairs and self._knows(parted) and all(map(self._knows, pairs)):
            return False
        if self._knows(f"{left}{right}"):
            return True
        return not self._knows(parted) and self._knows(_inner(left, "", right))

    def _is_compound(self, found: re.Match[str], left: str, right: str) -> bool:
        """Return whether two halves that are not known as one word are two words with a hyphen between."""
        text = found.string
        first = text[found.end()]
        last, following = left.rpartition("-")[2], right.partition("-")[0]
        if first.isupper() or first.isdigit() or len(last) == 1:
            return True
        known = (self._knows(last), self._knows(following))
        if "-" in f"{left}{right}":
            return any(known)
        return all(known) and last not in _BEGIN_WORDS and following not in _END_WORDS

    def _knows(self, word: str) -> bool:
        return word in self._known


def _words_of(text: str) -> Iterator[str]:
    """Yield the words of a text; those with hyphens also in their parts, and with the words beside them."""
    lines = _AT_HYPHEN.sub("\n", lines_of(text).replace("\xad", ""))
    words = [_folded(word) for word in _WORD.findall(lines)]
    yield from words
    for word in words:
        if "-" in word:
            parts = word.split("-")
            yield from parts
            yield from map("-".join, pairwise(parts))
    yield from (f"{left} {right}" for left, right in pairwise(words) if "-" in left or "-" in right)


def _folded(word: str) -> str:
    return word.translate(_PLAIN).casefold()


def _around(found: re.Match[str]) -> tuple[list[str], list[str]]:
    """Return the words before and after a hyphen; the last one before and the first one after are its halves."""
    text, start, end = found.string, found.start(), found.end()
    before = _WORD.findall(text, max(0, start - _NEAR), start)
    return [_folded(word) for word in before], [_folded(word) for word in _WORD.findall(text, end, end + _NEAR)]


def _inner(left: str, hyphen: str, right: str) -> str:
    """Return the two words beside a hyphen, of halves that may have more."""
    return f"{left.rpartition('-')[2]}{hyphen}{right.partition('-')[0]}"
