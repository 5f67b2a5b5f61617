"""
A reader's copy as text: read from a file or a text, with markup blanked out in place.

What is blanked or decoded keeps its length, so an offset into what is compared is an offset into the reader's own
string.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
import stat
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from pathlib import PurePath
from typing import Literal, Protocol, TypeAlias, cast

import attrs

from asean_japan.arguments import require_a
from asean_japan.copies.hyphens import Vocabulary
from asean_japan.copies.kinds import ZIP, refused_kind, saved_page
from asean_japan.copies.markup import plain_html, plain_markdown
from asean_japan.copies.punctuation import closes
from asean_japan.copies.skeletons import LINE_END
from asean_japan.errors import ArgumentError, AseanJapanError, LimitError, ReadError, visible
from asean_japan.model.display import brief
from asean_japan.pydantic_hooks import PydanticResult

CopyFormat: TypeAlias = Literal["text", "markdown", "html", "docx", "pdf"]
COPY_FORMATS: tuple[CopyFormat, ...] = ("text", "markdown", "html", "docx", "pdf")
MOST_TAKEN = 16 * 2**20  # Bytes of a file, or characters of a text.
_AS_BYTES = "pass its bytes, or open it with open(path, 'rb')"
_PASSED = (AseanJapanError, TimeoutError, InterruptedError)  # What a caller's signal raises is the caller's.
_SHORT_LINE = 10  # Characters.


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
    _claims: tuple[str, ...] = attrs.field(default=(), eq=False)
    _shown = ("format", "name", "pages", "sha256")  # Nothing of the text.

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """The words of the copy, and those of the claims about it."""
        return Vocabulary((self.plain, *self._claims))

    @cached_property
    def width(self) -> int:
        """How many characters most of its lines have, but for those of less than ten; 0 if there are no others."""
        sizes = Counter(size for line in LINE_END.split(self.plain) if (size := len(line)) >= _SHORT_LINE)
        return max(sizes, key=sizes.__getitem__, default=0)

    def __repr__(self) -> str:
        return f"<Copy {brief(self.name)}: {visible(self.format[:8])}, {len(self.text)} characters>"

    def page(self, at: int) -> int | None:
        r"""
        Return the number of the page on which an offset is, counted from 1; None if nothing tells.

        >>> Copy(text="one\ftwo", format="text", name="a text", plain="one\ftwo", pages=(0, 4)).page(5)
        2
        """
        return bisect_right(self.pages, at) or None

    def knowing(self, claims: Iterable[str]) -> Copy:
        r"""
        Return this copy with claims about it, whose words tell which hyphens at line ends belong to a word.

        >>> read_text("low-\nincome\n").knowing(["A low-income country."]).words(((0, 11),))
        'low-income'
        """
        return attrs.evolve(self, claims=tuple(claims))

    def words(self, spans: tuple[tuple[int, int], ...]) -> str:
        r"""
        Return the words at some spans: without markup, and with single spaces.

        >>> lines = "Foster coope-\nration."
        >>> Copy(text=lines, format="text", name="a text", plain=lines).words(((7, 22),))
        'cooperation.'

        Words are mended that a line end parts, see `Vocabulary`. What is between two spans is left out, but for a
        space if it has one, and if no sign follows that closes what is before.
        """
        edges = [edge for span in spans for edge in span]
        pieces = [self.plain[start:end] for start, end in pairwise(edges)]
        for at in range(1, len(pieces), 2):
            pieces[at] = _space_of(pieces[at], pieces[at + 1])
        return self._vocabulary.mended("".join(pieces))


def _space_of(between: str, behind: str) -> str:
    """Return what replaces a stretch that is left out: the end of a line, a space, or nothing."""
    if closes(behind):
        return ""
    if LINE_END.search(between):
        return "\n"
    return " " if any(map(str.isspace, between)) else ""


def read(source: Source, format: CopyFormat | None = None, *, isolate: bool = True) -> Copy:  # noqa: A002  # The word that users expect.
    r"""
    Read a copy from a file.

    >>> read(b"# Report\n\n**Foster** co-creation.\n").format
    'markdown'

    Args:
        source: A path, as with `open`, but of a regular file; bytes of any format; or an open file.
        format: How to read it; None tells it by the content.
        isolate: Whether docx and PDF are read in a process of their own.

    Raises:
        ArgumentError: If it is none of these, or if the format is unknown.
        LimitError: If it is longer than 16 MiB.
        ReadError: If it cannot be read, or not as this format.
        MissingExtraError: If docx or PDF needs a package that is not installed.
    """
    _require_format(format)
    require_a("isolate", isolate, bool)
    name, content = _content(source)
    if isinstance(content, str):
        if format == "docx" or format == "pdf":  # noqa: PLR1714  # So that a type checker knows, here and below.
            raise ReadError(name, f"it is open as text, and {format} needs its bytes; {_AS_BYTES}")
        return _from_text(content, format, name)
    _check(content, format, name)
    proof = hashlib.sha256(content).hexdigest()
    packed = _packed(content) if format is None else format
    if packed == "docx" or packed == "pdf":  # noqa: PLR1714
        from asean_japan.copies.extraction import extract  # Plain text needs none of it.

        return _paged("\f".join(extract(content, packed, name, isolate=isolate)), packed, name, proof)
    saved = saved_page(content) if format in {None, "html"} else None
    text = _decoded(saved or content, name)
    return _paged(text, format or ("html" if saved else _written(text)), name, proof)


def read_text(text: str, format: CopyFormat | None = None) -> Copy:  # noqa: A002
    r"""
    Read a copy from a text; it is never taken for a path.

    >>> read_text("# Report\n\n**Foster** co-creation.\n").format
    'markdown'

    Args:
        text: The text.
        format: How to read it; None tells it by the content.

    Raises:
        ArgumentError: If it is not a text, or if the format is unknown or not one of a text.
        LimitError: If it is longer than 16,777,216 characters.
        ReadError: If it cannot be read.
    """
    _require_format(format)
    require_a("text", text, str)
    if format == "docx" or format == "pdf":  # noqa: PLR1714
        raise ArgumentError("format", format, f"text, markdown or html; bind takes the bytes of a {format} file")
    return _from_text(text, format, "a text")


def _require_format(format: object) -> None:  # noqa: A002
    if format is not None and format not in list(COPY_FORMATS):  # A list, since *format* may be unhashable.
        raise ArgumentError("format", format, f"one of {', '.join(COPY_FORMATS)}")


def _from_text(text: str, format: CopyFormat | None, name: str) -> Copy:  # noqa: A002
    _check(text, format, name)
    proof = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return _paged(text, format or _written(text), name, proof)


def _check(content: str | bytes, format: CopyFormat | None, name: str) -> None:  # noqa: A002
    """Refuse what is too long, empty, or of none of the formats."""
    _require_short(len(content), name)
    if not content:
        raise ReadError(name, "it is empty")
    if format is None:
        _refuse_others(content, name)


def _paged(text: str, format: CopyFormat, name: str, proof: str) -> Copy:  # noqa: A002
    plain = {"markdown": plain_markdown, "html": plain_html}.get(format, str)(text)
    pages = tuple(found.start() for found in re.finditer(r"(?<=\f)|\A", text)) if "\f" in text else ()
    if format == "pdf":
        pages = pages or (0,)
    return Copy(text=text, format=format, name=name, plain=plain, pages=pages, sha256=proof)


def _content(source: object) -> tuple[str, str | bytes]:
    """Return what to call *source*, and what it holds."""
    if isinstance(source, bytes | bytearray | memoryview):
        return "bytes", bytes(cast("bytes", source))
    if isinstance(source, str | os.PathLike):
        return _from_path(cast("str", source))
    if callable(getattr(source, "read", None)):
        return _from_file(cast("Readable", source))
    raise ArgumentError("source", source, "a path, bytes or an open file")


def _from_path(path: str | os.PathLike[str]) -> tuple[str, bytes]:
    try:
        with io.FileIO(os.fspath(path), opener=_open_regular) as file:
            _require_regular(os.fstat(file.fileno()), file.name)  # It may be another one by now.
            name = PurePath(os.fsdecode(file.name)).name
            return name, cast("bytes", _all(file, name))
    except _PASSED:
        raise
    except (OSError, ValueError, TypeError) as error:  # A path with a NUL is a ValueError.
        reason = getattr(error, "strerror", None) or str(error)
        hint = "; bind takes a path, and bind_text a text" if isinstance(path, str) else ""
        raise ReadError(str(path), f"{reason}{hint}") from None  # The system's error would repeat all of a text.


def _open_regular(path: str, flags: int) -> int:
    """Open a regular file and touch nothing else: a pipe would wait, and a device may do anything."""
    _require_regular(os.stat(path), path)  # noqa: PTH116  # For `Path`, an empty path is a folder.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


def _require_regular(status: os.stat_result, path: str | bytes) -> None:
    """Refuse what is not a regular file, and a file that is too long."""
    shown = os.fsdecode(path)
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "a device")
        raise ReadError(shown, f"it is {kind}; a path has to be one of a regular file")
    _require_short(status.st_size, PurePath(shown).name)


def _require_short(size: int, name: str) -> None:
    if size > MOST_TAKEN:
        raise LimitError(f"length of {visible(name)}", size, MOST_TAKEN)


def _from_file(file: Readable) -> tuple[str, str | bytes]:
    name = getattr(file, "name", None)
    name = PurePath(name).name if isinstance(name, str) else "a file"
    try:
        _require_short(_left(file), name)
        return name, _all(file, name)
    except _PASSED:
        raise
    except UnicodeDecodeError as error:
        raise ReadError(name, f"it is open as text, but is not {error.encoding}; {_AS_BYTES}") from error
    except (OSError, ValueError, TypeError) as error:  # A closed file is a ValueError, one for writing an OSError.
        raise ReadError(name, str(error)) from error


def _left(file: Readable) -> int:
    """Return how many bytes an open file has left; 0 if only reading can tell."""
    inner = getattr(file, "raw", file)  # What buffers a file has it so.
    if isinstance(inner, io.BytesIO):
        return len(inner.getbuffer()) - inner.tell()
    if isinstance(inner, io.FileIO):
        status = os.fstat(inner.fileno())
        return status.st_size - inner.tell() if stat.S_ISREG(status.st_mode) else 0
    return 0


def _all(file: Readable, name: str) -> str | bytes:
    """Read to the end; a raw file may return only what it has at hand."""
    parts = [_part(file.read(MOST_TAKEN + 1), name)]
    size = len(parts[0])
    while size <= MOST_TAKEN and (more := _part(file.read(MOST_TAKEN + 1), name)):
        parts.append(more)
        size += len(more)
    if size > MOST_TAKEN:
        raise LimitError(f"length of {visible(name)}, as far as it was read,", size, MOST_TAKEN)
    if isinstance(parts[0], str):
        return "".join(cast("list[str]", parts))
    return b"".join(cast("list[bytes]", parts))


def _part(part: object, name: str) -> str | bytes:
    if isinstance(part, str | bytes):
        return part
    if isinstance(part, bytearray | memoryview):
        return bytes(cast("bytes", part))
    raise ReadError(name, f"its read() returns {type(part).__name__}, expected bytes or text")


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
_PACKED_AS_TEXT = re.compile(r"\ufeff?\s*(?:%PDF-|PK\x03\x04)")


def _packed(content: bytes) -> CopyFormat | None:
    """Return the format that bytes show; None if they are text."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return "docx" if content.startswith(ZIP) else None


def _refuse_others(content: str | bytes, name: str) -> None:
    """Refuse what is not a text and has none of the formats."""
    if isinstance(content, str) and _PACKED_AS_TEXT.match(content):
        raise ReadError(name, f"it is a docx or PDF file that was read as text; {_AS_BYTES}")
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
