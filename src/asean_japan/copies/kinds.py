"""Kinds of files: those that are refused by their names, with what would do, and pages that are saved as one file."""

from __future__ import annotations

import email
import re
from typing import NamedTuple

_OFFICE = "save it as docx, PDF, HTML or text"
_AS_HTML = "convert it to HTML, and bind that"
ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOOKED_AT = 4096
_STARTS = {
    b"{\\rtf": ("RTF", _OFFICE),
    b"\x89PNG": ("a picture", _OFFICE),
    b"\xff\xd8\xff": ("a picture", _OFFICE),
    b"GIF8": ("a picture", _OFFICE),
}
# What a package says of itself in its first member,
_FIRST = (
    (b"application/epub+zip", "an EPUB book", "convert it to HTML or PDF"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)", _OFFICE),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file", _OFFICE),
)
# or in the names of its members, which it has as they are.
_MEMBERS = (
    (b"xl/workbook", "an Excel workbook", _OFFICE),
    (b"ppt/presentation", "a PowerPoint presentation", _OFFICE),
    (b"index/document.iwa", "a Pages document", _OFFICE),
)
_STREAMS = (  # Names in the folder of a file of an old office program, in UTF-16.
    ("EncryptedPackage", "an Office file with a password, so that it is encrypted", "save it without a password"),
    ("WordDocument", "an old Word file (.doc) of an old office program", _OFFICE),
)
_ROOTS = {  # The first elements of XML that is not HTML.
    "article": "JATS or DocBook XML",
    "sec": "JATS XML",
    **dict.fromkeys(("book", "chapter", "sect1"), "DocBook XML"),
    **dict.fromkeys(("tei", "tei.2"), "TEI XML"),
    "fictionbook": "a FictionBook",
    "package": "a Word file as one XML file, or a part of an EPUB book",
    "worddocument": "a Word file as one XML file",
    "document-content": "a part of an OpenDocument file",
    "document": "XML of a word processor",
}
_OF_HTML = re.compile(
    r"html|head|body|main|article|section|div|p|span|a|h[1-6]|header|nav|ul|ol|dl|table|blockquote|pre|meta|title|b|i|"
    r"center|font|style|script|link|img|br|hr|em|strong|footer"
)
_BEFORE_ROOT = re.compile(
    r"\ufeff?\s*+(?:<!--.*?-->\s*+|<\?[^<>]*>\s*+|<!(?!--)[^<>\[]*(?:\[[^\]]*\]\s*)?>\s*+)*+", re.DOTALL
)
_ROOT = re.compile(r"<(?:[\w-]{1,40}:)?([A-Za-z][\w.-]{0,60})(?:\s([^<>]*))?")
_NAMED = re.compile(r"docbook|jats|\bnlm\b|dtd-version|article-type", re.IGNORECASE)
_MIME = re.compile(rb"(?:[!-9;-~]{1,76}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,60}")
_MIME_TYPE = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)\b", re.IGNORECASE | re.MULTILINE)
_NESTING = re.compile(rb"boundary\s?=|message/", re.IGNORECASE)
_MOST_NESTED = 20  # Parts within parts.
_CHARSETS = re.compile(r"utf-8|us-ascii|iso-8859-\d{1,2}|windows-125\d|shift_jis|euc-jp|gb2312|gbk|gb18030|big5|euc-kr")


class Kind(NamedTuple):
    """
    A kind of file that is not read.

    Attributes:
        name: What it is called.
        remedy: What would do.
    """

    name: str
    remedy: str


def refused_kind(content: str | bytes) -> Kind | None:
    r"""
    Return what a file is, if it is none that is read.

    >>> refused_kind(b"{\\rtf1}")
    Kind(name='RTF', remedy='save it as docx, PDF, HTML or text')
    """
    start = content[:8]
    begin = start.encode("latin-1", "replace") if isinstance(start, str) else start
    for mark, (name, remedy) in _STARTS.items():
        if begin.startswith(mark):
            return Kind(name, remedy)
    whole = content if isinstance(content, bytes) else b""
    if begin.startswith(ZIP):
        return _package(whole)
    if begin.startswith(_OLD_OFFICE):
        streams = (Kind(*rest) for name, *rest in _STREAMS if name.encode("utf-16-le") in whole)
        return next(streams, Kind("a file of an old office program", _OFFICE))
    text = content if isinstance(content, str) else content[:_LOOKED_AT].decode("utf-8", "replace")
    return _xml(text[:_LOOKED_AT])


def _package(content: bytes) -> Kind | None:
    start, names = content[:_LOOKED_AT], content.lower()
    first = (Kind(*rest) for mark, *rest in _FIRST if mark in start)
    if known := next(first, None):
        return known
    if b"word/" in names or b"word\\" in names:
        return None
    members = (Kind(*rest) for mark, *rest in _MEMBERS if mark in names)
    return next(members, Kind("an archive, but not a docx file", _OFFICE))


def _xml(text: str) -> Kind | None:
    """Return what XML is by its first element; HTML has an <article>, too."""
    before = _BEFORE_ROOT.match(text)
    start = before.end() if before else 0
    root = _ROOT.match(text, start)
    if not root:
        return None
    name, declared = root[1].lower(), text.lstrip("\ufeff \t\r\n").startswith("<?xml")
    named = _NAMED.search(f"{text[:start]}{root[2] or ''}")
    if named and name != "html":
        return Kind(_ROOTS.get(name, "DocBook or JATS XML"), _AS_HTML)
    if name in _ROOTS and (declared or name not in {"article", "book", "chapter", "package", "document"}):
        return Kind(_ROOTS[name], _AS_HTML)
    return (
        Kind(f"XML and not HTML, with {name!r} as its first element", _AS_HTML)
        if declared and not _OF_HTML.fullmatch(name)
        else None
    )


def saved_page(content: bytes) -> bytes | None:
    r"""
    Return the page of a file that browsers save as one file (MHTML); None if it is not such a file.

    >>> saved_page(b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Words")
    b'\xef\xbb\xbf<p>Words'
    """
    head = _MIME.match(content)
    if not head or not _MIME_TYPE.search(head[0]) or b"mime-version" not in head[0].lower():
        return None
    if len(_NESTING.findall(content)) > _MOST_NESTED:
        return None
    parts = email.message_from_bytes(content).walk()
    part = next((part for part in parts if part.get_content_type() == "text/html"), None)
    page = part.get_payload(decode=True) if part else None
    if not part or not isinstance(page, bytes):
        return None
    charset = part.get_content_charset("")
    try:
        return page.decode(charset).encode("utf-8-sig") if _CHARSETS.fullmatch(charset) else page
    except UnicodeDecodeError:  # What reads the page says so.
        return page
