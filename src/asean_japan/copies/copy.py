"""
A reader's copy as text: read from a file or a string, with markup blanked out in place.

What is blanked or decoded keeps its length, so an offset into what is compared is an offset into the reader's own
string.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, cast

import attrs

from asean_japan.copies.kinds import refused_kind, saved_page
from asean_japan.copies.markup import plain_html, plain_markdown
from asean_japan.copies.skeletons import BREAK, NOTHING
from asean_japan.errors import ArgumentError, LimitError, ReadError, visible
from asean_japan.model.display import brief
from asean_japan.pydantic_hooks import PydanticResult

CopyFormat: TypeAlias = Literal["text", "markdown", "html", "docx", "pdf"]
COPY_FORMATS: tuple[CopyFormat, ...] = ("text", "markdown", "html", "docx", "pdf")
MOST_TAKEN = 16 * 2**20  # Bytes of a file, or characters of a text.
_LONGEST_PATH = 1000  # A line that is no longer is a path; no copy of the report is as short.

_BLANKED = str.maketrans({NOTHING: None, "\xad": None, BREAK: "\n"})
_SPACES = re.compile(r"\s+")
_HYPHENATED = re.compile(r"(\w{1,40})[-‐]\n(\w{1,40})")
_JOINS_PARTS = frozenset({"and", "or", "to"})  # As in "short- and long-term".
_WORD = re.compile(r"\b\w{1,40}\b")
_PARTED = re.compile(r"\b(\w{1,40})[-‐](?=(\w{1,40}))")


class Readable(Protocol):
    """A file that is open for reading."""

    def read(self, size: int, /) -> str | bytes:
        """Read up to *size* characters or bytes."""
        ...


Source: TypeAlias = str | bytes | os.PathLike[str] | Readable


@attrs.frozen(kw_only=True, repr=False)
class Copy(PydanticResult):
    r"""
    A reader's copy.

    >>> plain = "Foster \0\0\0co-\0\0\0\0creation"
    >>> copy = Copy(text="Foster <b>co-</b>creation", format="html", name="a page", plain=plain)
    >>> copy.words(((0, 25),))
    'Foster co-creation'

    Attributes:
        text: The reader's own string; of a file, its text as it was decoded; of docx and PDF, as it was extracted.
        format: How it was read.
        name: What it was read from, for messages.
        plain: The same, of the same length, with markup blanked out.
        pages: Where each page begins; ``()`` if nothing tells.
        sha256: Digest of the file, or of the text in UTF-8.
    """

    text: str
    format: CopyFormat
    name: str
    plain: str
    pages: tuple[int, ...] = ()
    sha256: str = ""
    _shown = ("format", "name", "pages", "sha256")  # Nothing of the text.

    @cached_property
    def _known(self) -> frozenset[str]:
        """The words of the copy, and those with one hyphen."""
        words = _WORD.findall(self.plain)
        return frozenset(words).union(f"{left}-{right}" for left, right in _PARTED.findall(self.plain))

    def __repr__(self) -> str:
        return f"<Copy {brief(self.name)}: {visible(self.format[:8])}, {len(self.text)} characters>"

    def page(self, at: int) -> int | None:
        r"""
        Return the number of the page on which an offset is, counted from 1; None if nothing tells.

        >>> Copy(text="one\ftwo", format="text", name="a text", plain="one\ftwo", pages=(0, 4)).page(5)
        2
        """
        return bisect_right(self.pages, at) or None

    def words(self, spans: tuple[tuple[int, int], ...]) -> str:
        r"""
        Return the words at some spans: without markup, and with single spaces.

        >>> lines = "Foster coope-\nration."
        >>> Copy(text=lines, format="text", name="a text", plain=lines).words(((7, 22),))
        'cooperation.'

        A hyphen at the end of a line is left out if the copy has the word without it elsewhere. Otherwise it stays
        before "and", "or" and "to", before a capital or a digit, and in a word that the copy has with it elsewhere.
        What is between two spans is left out, but for a space if it has one.
        """
        edges = [edge for span in spans for edge in span]
        pieces = [self.plain[start:end] for start, end in pairwise(edges)]
        pieces[1::2] = [_space_of(between) for between in pieces[1::2]]
        joined = "".join(pieces).translate(_BLANKED)
        lines = _SPACES.sub(lambda found: "\n" if "\n" in found[0] or "\f" in found[0] else " ", joined).strip()
        return _HYPHENATED.sub(self._joined, lines).replace("\n", " ")

    def _joined(self, found: re.Match[str]) -> str:
        left, right = found.groups()
        whole, parted = f"{left}{right}", f"{left}-{right}"
        if whole in self._known:
            return whole
        if right in _JOINS_PARTS:
            return f"{left}- {right}"
        return parted if right[0].isupper() or right[0].isdigit() or parted in self._known else whole


def _space_of(between: str) -> str:
    """Return what replaces a stretch that is left out: the end of a line, a space, or nothing."""
    if any(char in between for char in f"\n\f{BREAK}"):
        return "\n"
    return " " if any(map(str.isspace, between)) else ""


def read(source: Source, format: CopyFormat | None = None) -> Copy:  # noqa: A002  # The word that users expect.
    r"""
    Read a copy.

    >>> read("# Report\n\n**Foster** co-creation.\n").format
    'markdown'

    Args:
        source: A path; a text; bytes of any format; or an open file. A `str` of one line and at most 1,000 characters
            is a path.
        format: How to read it; None tells it by the content.

    Raises:
        ArgumentError: If it is none of these, or if the format is unknown.
        LimitError: If it is longer than 16 MiB.
        ReadError: If it cannot be read, or not as this format.
        MissingExtraError: If docx or PDF needs a package that is not installed.
    """
    if format is not None and format not in list(COPY_FORMATS):  # A list, since *format* may be unhashable.
        raise ArgumentError("format", format, f"one of {', '.join(COPY_FORMATS)}")
    name, content = _content(source)
    if format is None:
        _refuse_others(content, name)
    if len(content) > MOST_TAKEN:
        raise LimitError(f"length of {name}", len(content), MOST_TAKEN)
    if not content:
        raise ReadError(name, "it is empty")
    if isinstance(content, bytes):
        proof = hashlib.sha256(content).hexdigest()
        packed = _packed(content) if format is None else format
        if packed == "docx" or packed == "pdf":  # noqa: PLR1714  # So that a type checker knows.
            from asean_japan.copies.extraction import extract  # Plain text needs none of it.

            return _paged("\f".join(extract(content, packed, name)), packed, name, proof)
        saved = saved_page(content) if format in {None, "html"} else None
        text = _decoded(saved or content, name)
        format = format or ("html" if saved else None)  # noqa: A001
    else:
        if format in {"docx", "pdf"}:
            raise ArgumentError("source", content, f"the bytes of a {format} file, or its path")
        text = content
        proof = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return _paged(text, format or _written(text), name, proof)


def _paged(text: str, format: CopyFormat, name: str, proof: str) -> Copy:  # noqa: A002
    plain = {"markdown": plain_markdown, "html": plain_html}.get(format, str)(text)
    pages = tuple(found.start() for found in re.finditer(r"(?<=\f)|\A", text)) if "\f" in text else ()
    if format == "pdf":
        pages = pages or (0,)
    return Copy(text=text, format=format, name=name, plain=plain, pages=pages, sha256=proof)


def _content(source: object) -> tuple[str, str | bytes]:
    """Return what to call *source*, and what it holds; one character too many shows that it is too long."""
    if isinstance(source, bytes | bytearray | memoryview):
        return "bytes", bytes(cast("bytes", source))
    if isinstance(source, str) and (not source or len(source) > _LONGEST_PATH or "\n" in source or "\r" in source):
        return "a text", source
    if isinstance(source, str | os.PathLike):
        try:
            path = Path(cast("str", source))  # A path of bytes is a TypeError.
            with path.open("rb") as file:
                return path.name, file.read(MOST_TAKEN + 1)
        except (OSError, ValueError, TypeError) as error:  # A path with a NUL is a ValueError.
            reason = getattr(error, "strerror", None) or str(error)
            hint = "; a text of one line is taken for a path" if isinstance(source, str) else ""
            raise ReadError(str(cast("object", source)), f"{reason}{hint}") from error
    if callable(getattr(source, "read", None)):
        name = getattr(source, "name", None)
        name = Path(name).name if isinstance(name, str) else "a file"
        try:
            return name, _all(cast("Readable", source))
        except (OSError, ValueError, TypeError) as error:  # A closed file is a ValueError, one for writing an OSError.
            raise ReadError(name, str(error)) from error
    raise ArgumentError("source", source, "a path, a text, bytes or an open file")


def _all(file: Readable) -> str | bytes:
    """Read to the end, or a little more than is taken; a raw file may return only what it has at hand."""
    parts = [file.read(MOST_TAKEN + 1)]
    size = len(parts[0])
    while size <= MOST_TAKEN and (more := file.read(MOST_TAKEN + 1)):
        parts.append(more)
        size += len(more)
    if isinstance(parts[0], str):
        return "".join(cast("list[str]", parts))
    return b"".join(cast("list[bytes]", parts))


# Which format.

_PAGE = re.compile(r"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)
_BEFORE_TAGS = re.compile(r"\ufeff?\s*+(?:<!--.*?-->\s*+|<\?[^<>]*>\s*+)*+", re.DOTALL)
_FIRST_TAG = re.compile(
    r"<(?:a|article|b|blockquote|br|center|dl|div|em|font|footer|h[1-6]|header|hr|i|img|link|main|meta|nav|ol|p|pre|"
    r"script|section|span|strong|style|table|title|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_BLOCK_CLOSED = re.compile(r"</(?:article|blockquote|div|h[1-6]|li|ol|p|section|t[dhr]|table|ul)\s*+>", re.IGNORECASE)
_SOME_BLOCKS = 3  # A text that begins with words and has so many is a page; with fewer, it may speak of tags.
_HEADING = re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE)
_MARKDOWN = re.compile(r"\*\*\S|\]\(")
_ESCAPED = re.compile(r"(?<=\w)\\[.)\]]|\\[(\[](?=\w)")
_SOME_ESCAPES = 4
_LOOKED_AT = 20_000  # What a text is written in shows early.
_ZIP = b"PK\x03\x04"


def _packed(content: bytes) -> CopyFormat | None:
    """Return the format that bytes show; None if they are text."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return "docx" if content.startswith(_ZIP) else None


def _refuse_others(content: str | bytes, name: str) -> None:
    """Refuse what is not a text and has none of the formats."""
    if kind := refused_kind(content):
        raise ReadError(name, f"it is {kind.name}; {kind.remedy}")


def _written(text: str) -> CopyFormat:
    """Return the format in which a text is written."""
    start = text[:_LOOKED_AT]
    if _PAGE.search(start):
        return "html"
    if _HEADING.search(start):  # Markdown may have tags, too, also at its beginning.
        return "markdown"
    before = _BEFORE_TAGS.match(start)
    if _FIRST_TAG.match(start, before.end() if before else 0):
        return "html"
    if _MARKDOWN.search(start) or len(_ESCAPED.findall(start)) >= _SOME_ESCAPES:
        return "markdown"
    return "html" if len(_BLOCK_CLOSED.findall(start)) >= _SOME_BLOCKS else "text"


_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_ENCODINGS = re.compile(  # Python knows others, some of which take time that grows with the square.
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp932|shift_jis|euc_jp|iso2022_jp|gb2312|gbk|gb18030|big5|euc_kr"
)


def _decoded(content: bytes, name: str) -> str:
    encoding = next((coding for bom, coding in _BOMS if content.startswith(bom)), None)
    stated = _CHARSET.search(content[:4096])
    if not encoding and stated:
        try:
            encoding = codecs.lookup(stated[1].decode("ascii")).name
        except LookupError:
            encoding = ""
        if not _ENCODINGS.fullmatch(encoding):
            raise ReadError(name, f"it says that it is in {stated[1].decode('ascii')}; decode it, and pass the text")
    encoding = encoding or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(name, f"it is not {encoding} at byte {error.start}; decode it, and pass the text") from error
