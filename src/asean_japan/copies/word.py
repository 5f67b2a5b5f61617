"""
The text of a Word file, from its document part alone.

Nothing else in the package is asked for but where that part is, so a file is read whatever else in it is damaged, is
strict, or has macros. No tree is made, and no entity expanded.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree as ET  # No tree is made, and documents that declare entities are refused.

from asean_japan.copies.elements import SUPERSCRIPTS

MOST_XML = 128 * 2**20  # Bytes of the document part.
_SPACES = frozenset(
    {
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "{http://purl.oclc.org/ooxml/wordprocessingml/main",  # Strict.
    }
)
_DOCUMENT = "word/document.xml"
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*?/officeDocument[\"'][^<>]*>")
_TARGET_NAME = re.compile(rb"\bTarget\s*=\s*[\"']/?([^\"'<>]{1,200})[\"']")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad", "p": "\n"}
# Attributes that are shown: of equations, old form fields and WordArt.
_VALUES = {
    **dict.fromkeys((":chr", ":begChr", ":endChr", ":sepChr"), ":val"),
    "listEntry": "val",
    ":textpath": "string",
}
_WORDS = frozenset({"t", ":t"})  # The second one is of equations and drawings.
_RUNS = frozenset({"r", ":r"})
# Text that was deleted or moved away, readings over words, and how something looked before.
_UNSEEN = frozenset({"del", "moveFrom", "rt", "rPrChange", "pPrChange"})
_ALTERNATIVES = frozenset({":Choice", ":Fallback"})
_MOST_COMPARED = 8  # Alternatives within one another; further ones are all read.
_OFF = frozenset({"0", "false", "off"})
_OF_FONTS = range(0xF000, 0xF100)
_CIRCLED = {0xF080 + number: chr(0x245F + number) for number in range(1, 11)}  # In the font Wingdings.


class RefusedError(Exception):
    """A sound file that cannot be read as it is."""


def text_of(content: bytes) -> str:
    """
    Return the text of a docx file.

    Raises:
        RefusedError: If it has no document part, or one that is too large or declares entities.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = _part(archive, _document_name(archive), MOST_XML)
    reader = _Reader()
    parser = ET.XMLParser(target=reader)  # noqa: S314  # See `doctype`.
    parser.feed(document)
    parser.close()
    return "".join(reader.found).lstrip("\n")


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise RefusedError(f"its part {name!r} has more than {most} bytes; pass its text instead")
    return content


def _document_name(archive: zipfile.ZipFile) -> str:
    """Return the name of the document part: what the relations of the package say, or else the usual one."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    relations = _part(archive, names["_rels/.rels"], 2**20) if "_rels/.rels" in names else b""
    related = _TARGET.search(relations)
    target = _TARGET_NAME.search(related[0]) if related else None
    for name in (target[1].decode("utf-8", "replace") if target else "", _DOCUMENT):
        if name.lower() in names:
            return names[name.lower()]
    raise RefusedError("it has no document part, and is not a Word file, or a damaged one; pass its text instead")


class _Alternatives(NamedTuple):
    """Where the alternatives of one place begin, and the words of those that were read."""

    starts: list[int]
    words: list[list[str]]


class _Reader:
    """Takes what the parser finds, and keeps what is shown."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._names: list[str] = []  # Of the elements that are open,
        self._unseen = 0  # and how many of them hide what is in them.
        self._runs: list[dict[str, str]] = []  # What the open runs say of themselves.
        self._alternatives: list[_Alternatives] = []

    def doctype(self, name: str, *_: object) -> None:
        """Refuse a document that may declare entities."""
        raise RefusedError(f"its document part has a declaration of {name!r}; save it with Word or LibreOffice")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        name = _local(tag)
        own = {_local(key): value for key, value in attributes.items()}
        self._names.append(name)
        self._unseen += name in _UNSEEN
        if name in _RUNS:
            self._runs.append({})
        elif self._names[-2:-1] == ["rPr"] and self._names[-3] in _RUNS and not self._unseen:
            self._runs[-1][name] = own.get("val", "")
            self._unseen += self._is_hidden()
        elif name == ":AlternateContent":
            self._alternatives.append(_Alternatives([], []))
        elif name in _ALTERNATIVES and self._alternatives:
            self._alternatives[-1].starts.append(len(self.found))
        elif name == "sym":
            self._add(_symbol(own.get("font", ""), own.get("char", "")))
        elif name in _VALUES:
            self._add(own.get(_VALUES[name], ""))
        self._add(_SIGNS.get(name, "") if self._names[-2:-1] != ["tabs"] else "")

    def data(self, text: str) -> None:
        """Take text, which is shown in some elements only."""
        if self._names[-1] in _WORDS:
            raised = self._runs and self._runs[-1].get("vertAlign") == "superscript"
            self._add(text.translate(SUPERSCRIPTS) if raised else text)

    def end(self, tag: str) -> None:
        """End an element."""
        name = _local(tag)
        self._names.pop()
        self._unseen -= name in _UNSEEN
        if name in _RUNS:
            self._unseen -= self._is_hidden()
            self._runs.pop()
        elif name == ":AlternateContent":
            self._alternatives.pop()
        elif name in _ALTERNATIVES and self._alternatives and len(self._alternatives) <= _MOST_COMPARED:
            self._end_alternative(self._alternatives[-1])

    def _end_alternative(self, known: _Alternatives) -> None:
        """Leave out an alternative that has the words of one before it; which one is shown depends on the program."""
        start = known.starts[-1]
        words = "".join(self.found[start:]).split()
        if words in known.words:
            del self.found[start:]
        known.words.append(words)

    def _is_hidden(self) -> bool:
        """Return whether the innermost run says that it is not shown."""
        return self._runs[-1].get("vanish", "off") not in _OFF

    def _add(self, text: str) -> None:
        if text and not self._unseen:
            self.found.append(text)


def _local(tag: str) -> str:
    """Return the name of an element or attribute; behind a colon, if it is not of Word's own names."""
    space, _, name = tag.rpartition("}")
    return name if not space or space in _SPACES else f":{name}"


def _symbol(font: str, written: str) -> str:
    """Return a character of a font of symbols: of pictures, one without a meaning; else the letter that it is."""
    code = int(written, 16) if re.fullmatch("[0-9A-Fa-f]{2,5}", written) else 0
    if code in _OF_FONTS and "dings" not in font.lower():
        code -= _OF_FONTS.start
    return _CIRCLED.get(code, chr(code)) if code else ""
