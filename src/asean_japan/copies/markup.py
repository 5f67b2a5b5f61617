"""
Markup, blanked out in place, so that what is left keeps its offsets.

Every function here takes time in proportion to its input. The parser of the standard library does not, on Pythons that
are still supported, and nothing here needs a tree.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from asean_japan.copies.skeletons import BREAK, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each pattern stops at the character with which it begins, so none looks at a stretch more than once.

_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TAG_START = re.compile(r"<(?:!--|[!?]|/?[A-Za-z])")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,30})")
_TAG_NEXT = re.compile(r">|=\s*+(?:([\"'])|[^\s>]*+)")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "nav",
        "title",
        "template",
        "noscript",
        "svg",
        "math",
        "textarea",
        "select",
        "del",  # What somebody struck out is seen, and not meant.
        "s",
        "strike",
    ]
)
_MARKDOWN_MARKUP = re.compile(
    r"""
      \\[!-/:-@\[-`{-~]                        # An escape.
    | ^\ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[^\n]*$  # What a link refers to.
    | \[\^[^\[\]\n]{1,40}\]:?                # The mark of a footnote.
    | ^\ {0,3}\#{1,6}(?=\ )                   # A heading.
    | ^\ {0,3}(?:>\ ?)+                       # A quotation.
    | !\[[^\[\]\n]*+\](?:TARGET|\[[^\[\]\n]*+\])       # A picture.
    | \[(?=[^\[\]\n]*+\][(\[]) | \](?:TARGET|\[[^\[\]\n]*+\])  # A link, but for its words.
    | \{:?\ ?[#.][^{}\n]{0,200}\}             # Its attributes, or those of a heading.
    | (?i:<(del|s|strike)\b[^<>]*+>[^<]*+</\1\s*+>)  # What is struck out,
    | ~~(?=[^\s~])(?:[^~\n]|\n(?![\ \t]*+\n))*+~~  # in one paragraph.
    | </?[A-Za-z][^<>]*+>                     # HTML.
    | \*+ | `+ | ~~                           # What makes words bold, and the like.
    | (?<![^\W_])_+(?=[^\W_]) | (?<=[^\W_])_+(?![^\W_])  # An underscore, unless it is within a word.
    """.replace(
        "TARGET", r"\((?:[^()\n\"]{0,999}+\([^()\n]{0,300}+\)){0,3}+[^()\n\"]{0,999}+(?:\"[^\"\n]{0,300}+\")?\ {0,9}\)"
    ),
    re.MULTILINE | re.VERBOSE,
)
_FRONT_MATTER = re.compile(r"---\n(?:(?!---\n)[^\n]*\n){0,200}---\n")


def plain_html(text: str) -> str:
    r"""
    Blank out the tags of *text*, and what is not shown; decode its character references. Keeps the length.

    >>> plain_html("<p>R&amp;D <i>now</i>")
    '\x01\x00\x00R&\x00\x00\x00\x00D \x00\x00\x00now\x00\x00\x00\x00'
    """
    pieces: list[str] = []
    done = 0
    for start, end, breaks in _tags(text):
        pieces.append(_without_references(text[done:start]))
        pieces.append(f"{BREAK if breaks else NOTHING}{NOTHING * (end - start - 1)}")
        done = end
    pieces.append(_without_references(text[done:]))
    return "".join(pieces)


def _without_references(text: str) -> str:
    return _REFERENCE.sub(_decoded_reference, text) if "&" in text else text


def _decoded_reference(found: re.Match[str]) -> str:
    written = html.unescape(found[0])
    return written.ljust(len(found[0]), NOTHING)


def _tags(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each tag is, with what it hides, and whether it ends a line; what is never closed goes to the end."""
    at = 0
    size = len(text)
    while found := _TAG_START.search(text, at):
        start = found.start()
        breaks = False
        if found[0] == "<!--":
            at = _behind(text, "-->", start + 2)  # A comment may be closed by the two hyphens that open it.
        elif found[0] in {"<!", "<?"}:
            at = _behind(text, ">", start)
        else:
            at = _behind_tag(text, start)
            named = _TAG_NAME.match(text, start)
            name = named[1].lower() if named else ""
            breaks = name not in _INLINE
            if name in _UNSEEN and text[start + 1] != "/" and text[at - 2 : at] != "/>":
                closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
                at = _behind_tag(text, closing.start()) if closing else size
        yield start, at, breaks


def _behind(text: str, closing: str, at: int) -> int:
    end = text.find(closing, at)
    return len(text) if end < 0 else end + len(closing)


def _behind_tag(text: str, at: int) -> int:
    """Return where the tag that begins at an offset is closed; a > within a quoted value does not close it."""
    while found := _TAG_NEXT.search(text, at):
        at = found.end()
        if found[0] == ">":
            return at
        if found[1]:  # Only behind = does a quotation mark begin a value; elsewhere it is a character like others.
            at = text.find(found[1], at) + 1
            if not at:
                break
    return len(text)


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
    return _without_references(_MARKDOWN_MARKUP.sub(_blanked, marked))


def _blanked(found: re.Match[str]) -> str:
    if found[0].startswith("\\"):
        return NOTHING + found[0][1]
    return NOTHING * len(found[0])
