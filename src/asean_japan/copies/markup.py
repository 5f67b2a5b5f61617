"""
Markup, blanked out in place, so that what is left keeps its offsets.

Every function here takes time in proportion to its input. The parser of the standard library does not, on Pythons that
are still supported, and nothing here needs a tree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asean_japan.copies.elements import SUPERSCRIPTS, decoded, without_elements
from asean_japan.copies.skeletons import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each pattern stops at the character with which it begins, so none looks at a stretch more than once. None is wider
# than the markup is: what programs for Markdown show is text.

_TITLE = r"(?:\"[^\"\n]{0,999}+\"|'[^'\n]{0,999}+'|\([^()\n]{0,999}+\))"
_TARGET = r"(?:<[^<>\n]{0,999}+>|(?:[^\s()<>]{1,999}+|\([^\s()]{0,300}+\)){1,9}+)"
_LABEL = r"\[(?!\^)[^\[\]\n]{1,200}+\]"
_DEFINITION = re.compile(rf"^[ ]{{0,3}}+({_LABEL}):[ \t]*+{_TARGET}(?:[ \t]++{_TITLE})?+[ \t]*+(?:\n|\Z)", re.MULTILINE)
_BLANK_LINE = re.compile(rf"\A(?=[ ]{{0,3}}\[)|^[ \t{NOTHING}]*+\n(?=[ ]{{0,3}}\[)", re.MULTILINE)
_FOOTNOTE = re.compile(r"^[ ]{0,3}(\[\^[^\[\]\s]{1,40}+\]):", re.MULTILINE)
_MARKDOWN_MARKUP = re.compile(
    r"""
      \\[!-/:-@\[-`{-~]                        # An escape.
    | (?P<paragraph>\n[\ \t]*+\n)
    | (?P<footnote>\[\^[^\[\]\s]{1,40}+\]):?   # The mark of a footnote.
    | (?P<heading>^\ {0,3}\#{1,6})(?=\ )       # A heading.
    | ^\ {0,3}(?:>\ ?)+                       # A quotation.
    | !\[[^\[\]\n]*+\](?:DIRECT|(?P<picture>\[[^\[\]\n]*+\]))
    | (?P<linked>\[(?=[^\[\]\n]*+\][(\[]))     # A link, but for its words,
    | (?P<link>\](?:DIRECT|(?P<name>\[[^\[\]\n]*+\])))
    | (?P<open>\[) | (?P<close>\])
    | (?<=[\])`])\{(?:CLASS|VALUE)ATTRIBUTES                   # its attributes, or those of a heading.
    | (?P<behind>\{:?\ ?CLASSATTRIBUTES)(?=[\ \t]*+$)
    | ~~(?=[^\s~])(?:[^~\n]|\n(?![\ \t]*+\n))*+(?<!\s)~~  # What is struck out, in one paragraph.
    | \^(?P<raised>[0-9]{1,3})\^
    | \*+ | `+ | ~~                           # What makes words bold, and the like.
    | (?<![^\W_])_+(?=[^\W_]) | (?<=[^\W_])_+(?![^\W_])  # An underscore, unless it is within a word.
    """.replace("DIRECT", rf"\(\s{{0,9}}+(?:{_TARGET})?+(?:\s{{1,9}}+{_TITLE})?+\s{{0,9}}+\)")
    .replace("ATTRIBUTES", r"(?:\ {1,9}+(?:CLASS|VALUE)){0,20}+\ ?\}")
    .replace("CLASS", r"[#.][\w:.-]{1,80}+")
    .replace("VALUE", r"[\w:.-]{1,80}+=(?:[\w:.-]{1,80}+|\"[^\"\n]{0,200}+\")"),
    re.MULTILINE | re.VERBOSE,
)
_FRONT_MATTER = re.compile(r"---\n(?:(?!---\n)[^\n]*\n){0,200}---\n")


def plain_html(text: str) -> str:
    r"""
    Blank out the tags of *text*, and what is not shown; decode its character references. Keeps the length.

    >>> plain_html("<p>R&amp;D <i>now</i>")
    '\x01\x00\x00R&\x00\x00\x00\x00D \x00\x00\x00now\x00\x00\x00\x00'
    """
    return without_elements(text)


def plain_markdown(text: str) -> str:
    r"""
    Blank out the markup of *text*, and its HTML; decode character references and escapes. Keeps the length.

    >>> plain_markdown("# **R\\&D** [now](https://example.org)").replace("\0", "")
    ' R&D now'
    """
    front = _FRONT_MATTER.match(text)
    done = front.end() if front else 0
    pieces = [NOTHING * done]
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += [text[done:start], NOTHING * (end + 3 - start)]
        done = end + 3
    marked = "".join([*pieces, text[done:]])
    return decoded(_Markup(marked).plain(without_elements(marked, markdown=True)))


class _Markup:
    """What of the markup of one text has to be known further on in it."""

    def __init__(self, text: str) -> None:
        self._footnotes = {_folded(label) for label in _FOOTNOTE.findall(text)}
        self._definitions = list(_definitions(text))
        self._labels = {_folded(found[1]) for found in self._definitions}
        self._open = 0  # Brackets of the paragraph that may begin a link.
        self._heading_end = 0

    def plain(self, text: str) -> str:
        """Blank out the markup of a text."""
        pieces: list[str] = []
        done = 0
        for found in self._definitions:
            size = len(found[0].rstrip("\n"))
            pieces += [text[done : found.start()], NOTHING * size]
            done = found.start() + size
        return _MARKDOWN_MARKUP.sub(self._blanked, "".join([*pieces, text[done:]]))

    def _blanked(self, found: re.Match[str]) -> str:
        kind, whole = found.lastgroup, found[0]
        if whole.startswith("\\"):
            return NOTHING + whole[1]
        if kind == "raised":
            return f"{NOTHING}{found[kind].translate(SUPERSCRIPTS)}{NOTHING}"
        shown = bool(kind) and self._shows(kind or "", found)
        return whole if shown else NOTHING * len(whole)

    def _shows(self, kind: str, found: re.Match[str]) -> bool:
        """Return whether programs show what looks like markup, and keep in mind what it says of what follows."""
        if kind == "footnote":
            return not found[kind][2:-1].isdecimal() and _folded(found[kind]) not in self._footnotes
        if kind == "picture":
            return not self._is_defined(found[kind])
        if kind == "heading":
            self._heading_end = (found.string.find("\n", found.end()) + 1 or len(found.string) + 1) - 1
        elif kind == "behind":
            return found.start() >= self._heading_end and not found[kind].startswith("{:")
        elif kind == "link" and self._open and self._is_defined(found["name"]):
            self._open = 0  # No link is within another one.
            return False
        elif kind in {"linked", "open"}:
            self._open += 1
        else:
            self._open = 0 if kind == "paragraph" else max(0, self._open - 1)
        return kind not in {"heading", "linked"}

    def _is_defined(self, label: str | None) -> bool:
        return not label or label == "[]" or _folded(label) in self._labels


def _definitions(text: str) -> Iterator[re.Match[str]]:
    """Yield what links refer to; it is not within a paragraph."""
    for blank in _BLANK_LINE.finditer(text):
        at = blank.end()
        while found := _DEFINITION.match(text, at):
            yield found
            at = found.end()


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
