"""Tests of reading copies: sources, formats, hostile files, and time that grows with the input."""

from __future__ import annotations

import binascii
import contextlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile
import pypdfium2  # pyright: ignore[reportMissingTypeStubs]  # It has none.
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_copies import (
    INDEX,
    REPORT,
    SENTENCES,
    blocks,
    docx_file,
    markdown,
    page_of_html,
    pdf_by_fpdf,
    pdf_by_reportlab,
    plain,
)

from asean_japan import ArgumentError, AseanJapanError, LimitError, MissingExtraError, ReadError
from asean_japan.copies import COPY_FORMATS, Binding, Copy, CopyFormat, extraction, word
from asean_japan.copies.copy import read, read_text
from asean_japan.copies.kinds import saved_page
from asean_japan.copies.markup import plain_html, plain_markdown
from asean_japan.copies.skeletons import Letters, Skeleton, skeleton

TEXT = plain(blocks())
MAKERS = [pdf_by_fpdf, pdf_by_reportlab]


def prove_all(source: Any) -> Binding:  # noqa: ANN401  # Whatever can be read.
    """Bind a copy, of which everything has to be proved."""
    bind = REPORT.bind_text if isinstance(source, str) else REPORT.bind
    binding = bind(source, index=INDEX).binding
    assert binding
    assert binding.coverage.whole
    assert binding.coverage.verified == len(SENTENCES)
    return binding


def taken(content: str | bytes, format: CopyFormat | None = None) -> Copy:  # noqa: A002  # As in `bind`.
    """Read a text, or the bytes of a file."""
    return read_text(content, format) if isinstance(content, str) else read(content, format)


def shown(source: str, written: CopyFormat) -> str:
    """Return the words of a copy."""
    copy = read(source.encode(), written)
    return " ".join(copy.words(((0, len(copy.text)),)).split())


# Sources.


def test_every_source_is_read(tmp_path: Path) -> None:
    """A path, its name, an open file, bytes and a text are read alike."""
    path = tmp_path / "copy.txt"
    path.write_text(TEXT, encoding="utf-8", newline="\n")
    digests = {prove_all(path).copy.sha256, read(str(path)).sha256, prove_all(TEXT).copy.sha256}
    with (
        path.open("rb") as binary,
        path.open(encoding="utf-8", newline="\n") as lines,
        path.open("rb", buffering=0) as raw,
    ):
        copies = [prove_all(file).copy for file in (binary, lines, raw)]
    digests |= {copy.sha256 for copy in copies}
    digests |= {prove_all(kind(TEXT.encode())).copy.sha256 for kind in (bytes, bytearray, memoryview, io.BytesIO)}
    assert len(digests) == 1
    assert {copy.name for copy in copies} == {"copy.txt"}
    assert read(io.StringIO("a\n")).name == "a file"
    assert repr(read_text("a\nb")) == "<Copy 'a text': text, 3 characters>"


@pytest.mark.parametrize("source", [None, 7, object(), ["text"], Letters])
def test_other_sources_are_refused(source: Any) -> None:  # noqa: ANN401  # That is the point.
    """What cannot be read is refused with an error of this package."""
    with pytest.raises(ArgumentError, match="source"):
        read(source)


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    """The error repeats what the system says, and says what would do."""
    for source in (tmp_path, tmp_path / "with\x00nul", tmp_path / "none"):
        with pytest.raises(ReadError):
            read(source)
    closed = io.BytesIO(b"a")
    closed.close()
    with pytest.raises(ReadError, match="closed"):
        read(closed)

    class Odd:
        def read(self, size: int) -> Any:  # noqa: ANN401  # Neither text nor bytes.
            return size

    with pytest.raises(ReadError):
        read(Odd())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)"),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument file"),
        (b"PK\x03\x04 a.txt", "an archive, but not a docx file"),
        (b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04 ppt/presentation.xml", "a PowerPoint presentation"),
        (b"PK\x03\x04 Index/Document.iwa", "a Pages document"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "an old Word file (.doc) of an old office program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old office program"),
        (b"\x89PNG\r\n", "a picture"),
        (b"GIF89a", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"{\\rtf1\\ansi}", "RTF"),
        ("{\\rtf1\\ansi}\n", "RTF"),
    ],
)
def test_files_of_other_kinds_are_named(content: str | bytes, kind: str) -> None:
    """A file of another format is named by its first bytes, and the error says what would do."""
    with pytest.raises(ReadError, match=re.escape(f"{kind}; save it as docx, PDF, HTML or text")):
        taken(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 mimetypeapplication/epub+zip", "an EPUB book; convert it to HTML or PDF"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "an Office file with a password, so that it is encrypted; save it without a password",
        ),
        ("<?xml version='1.0'?>\n<!DOCTYPE article [<!ENTITY a 'b'>]>\n<article>", "JATS or DocBook XML; convert it"),
        (b"<article xmlns='http://docbook.org/ns/docbook'>", "JATS or DocBook XML; convert it to HTML"),
        (b"<section xmlns='http://docbook.org/ns/docbook'><title>", "DocBook or JATS XML; convert it to HTML"),
        (
            "<!-- a -->\n<!DOCTYPE article PUBLIC '-//NLM//DTD JATS'>\n<article>",
            "JATS or DocBook XML",
        ),
        (b"<sec id='a'><title>A</title>", "JATS XML; convert it to HTML"),
        (b"<?xml version='1.0'?><TEI xmlns='a'>", "TEI XML"),
        (b"<?xml version='1.0'?><office:document>", "XML of a word processor"),
        (b"<?xml version='1.0'?>\n<words>", "XML and not HTML, with 'words' as its first element"),
    ],
)
def test_what_cannot_be_read_is_named(content: str | bytes, reason: str) -> None:
    """The error says what a file is, and what would do."""
    with pytest.raises(ReadError, match=re.escape(f"it is {reason}")):
        taken(content)


@pytest.mark.parametrize(
    "content",
    [
        b"<article><p>Words</p></article>",
        b"<?xml version='1.0'?><!DOCTYPE html><html><p>Words",
        b"<?xml version='1.0'?><article-x/>"[:21] + b"<div>Words</div>",
        b"<html><p>JATS and DocBook</p>",
    ],
)
def test_html_is_no_other_xml(content: bytes) -> None:
    """A page is read, whatever its first element and its words are."""
    assert read(content).format == "html"


def saved_by_browser(page: bytes, charset: str = "", kind: str = "text/html") -> bytes:
    """Write a page as browsers save it with its pictures."""
    head = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=b\r\n\r\n"
    said = f"--b\r\nContent-Type: {kind}{charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
    picture = b"\r\n--b\r\nContent-Type: image/png\r\n\r\n<p>no words\r\n--b--\r\n"
    return head + said + binascii.b2a_qp(page) + picture


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (saved_by_browser("<p title=a>Wörter<p>".encode(), "; charset=utf-8"), "Wörter"),
        (saved_by_browser("<p>Wörter<p>".encode("latin-1"), '; charset="iso-8859-1"'), "Wörter"),
        (saved_by_browser("<meta charset=utf-8><p>Wörter".encode()), "Wörter"),
        (saved_by_browser("<p>ア".encode("shift_jis"), ";charset=Shift_JIS"), "ア"),
        (saved_by_browser(b"<x-y><template shadowmode=open>Words</template>"), "Words"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+V29yZHM=", "Words"),
    ],
)
def test_page_saved_as_one_file_is_read(content: bytes, words: str) -> None:
    """A page with its pictures in one file is the page."""
    copy = read(content)
    assert copy.format == "html"
    assert copy.words(((0, len(copy.text)),)) == words


@pytest.mark.parametrize(
    "content",
    [
        saved_by_browser(b"<p>Words", kind="text/plain"),
        saved_by_browser(b"<p>Words").replace(b"MIME", b"NIME"),
        saved_by_browser(b"<p>Words").replace(b"related", b"mixed"),
        saved_by_browser(b"boundary=" * 30),
        b"Words.\n",
    ],
)
def test_other_messages_are_no_saved_pages(content: bytes) -> None:
    """What is not a page that was saved as one file is a text as it is."""
    assert saved_page(content) is None


def test_saved_page_in_another_encoding_is_refused() -> None:
    """The error is that of a page."""
    with pytest.raises(ReadError, match="decode it"):
        read(saved_by_browser(b"<p>\xff", "; charset=utf-8"))


def test_nothing_is_refused(tmp_path: Path) -> None:
    """An empty text, empty bytes and an empty file are not a copy; only for a `str` does the error speak of texts."""
    (tmp_path / "empty").touch()
    for source in (b"", tmp_path / "empty", io.StringIO()):
        with pytest.raises(ReadError, match="it is empty"):
            read(source)
    with pytest.raises(ReadError, match="it is empty"):
        read_text("")
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "none")
    assert str(caught.value).endswith("No such file or directory")


def test_slow_file_is_read_to_its_end() -> None:
    """A file may return what it has bit by bit."""

    class Slow(io.StringIO):
        def read(self, size: int | None = -1, /) -> str:
            return super().read(min(size or 1, 7))

    assert read(Slow(TEXT)).text == TEXT


# Formats.


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("Words.\nWords & <words>.\n", "text"),
        ("# Words\n", "markdown"),
        ("Words in 1967\\.\n\n\\(a\\) Words\\.\n", "markdown"),
        ("C:\\.a C:\\_b C:\\_c C:\\_d \\(a\n", "text"),
        ("Words\n**words**\n", "markdown"),
        ("[words](there)\n", "markdown"),
        ("<!DOCTYPE html>\n", "html"),
        ("words\n<HTML lang='en'>", "html"),
        ("\n <p>Words</p>", "html"),
        (b"<meta charset=shift_jis>\n<p>\x83A", "html"),
        *(
            (f"{start}Words\n", "html")
            for start in [
                "<head>",
                "<title>",
                "<!-- saved --> <!-- twice -->\n<b>",
                "<section>",
                "<header>",
                "<center>",
                "<blockquote>",
                "<br/>",
                "<font size=2>",
                "<a name='top'>",
                "<STYLE>",
                "<?xml version='1.0'?>\n<div>",
                "\ufeff<p>",
                "Words\n<p>one</p><p>two</p><p>three</p>",
            ]
        ),
        ("<p>and <br> are tags.\n", "html"),
        ("They write <p> and </p>, and <b>.\n", "text"),
        ("<words>\n", "text"),
        ("<!-- words --> words\n", "text"),
        ("<!-- words\n", "text"),
        ("<p align='center'>\n\n# Words\n", "markdown"),
        ("**words**\n<p>one</p><p>two</p><p>three</p>", "markdown"),
    ],
)
def test_format_is_told_by_content(source: str | bytes, known: CopyFormat) -> None:
    """The content shows the format; one that is passed decides."""
    assert taken(source).format == known
    assert taken(source, "text").plain == taken(source).text


def test_unknown_format_is_refused() -> None:
    """An error names the known formats."""
    for odd in ("rtf", ["pdf"]):
        with pytest.raises(ArgumentError, match="text, markdown, html, docx, pdf"):
            read(b"a\n", odd)  # type: ignore[arg-type]
        with pytest.raises(ArgumentError, match="text, markdown, html, docx, pdf"):
            read_text("a\n", odd)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="bytes of a pdf file"):
        read_text("a\n", "pdf")
    assert set(COPY_FORMATS) == {"text", "markdown", "html", "docx", "pdf"}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfW\xc3\xb6rter\n", "Wörter\n"),
        ("Wörter\n".encode("utf-16"), "Wörter\n"),
        (b"<meta charset='windows-1252'>\x93", "<meta charset='windows-1252'>“"),
        (
            b'<meta http-equiv=a content="text/html; charset=Shift_JIS">\x83A',
            '<meta http-equiv=a content="text/html; charset=Shift_JIS">ア',
        ),
    ],
)
def test_bytes_are_decoded(content: bytes, text: str) -> None:
    """Bytes are UTF-8, unless a mark at their beginning or the page says otherwise."""
    assert read(content).text == text


@pytest.mark.parametrize(
    "content",
    [b"\xff\n", b"a\n\x80", b"<meta charset=punycode>", b"<meta charset=hex>", b"<meta charset=none>", b"\xff\xfea"],
)
def test_bytes_that_are_not_text_are_refused(content: bytes) -> None:
    """Nothing is guessed."""
    with pytest.raises(ReadError, match="decode it, and pass the text"):
        read(content)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>One<br>two</p>three", "One two three"),
        ("a<b>b</b>c<wbr>d e<sup>2</sup>", "abcd e²"),
        ("R&amp;D &lt;&#9315;&#x2460;&nbsp;&copy &unknown; &", "R&D <④① © &unknown; &"),
        ("<script>if (a < b) '</p>'</script>a<style>b</style><p><nav>c</nav><title>d</title>e", "a e"),
        ("a<!-- b > c -->d<!-->e<?x?>f<!DOCTYPE y>g", "adefg"),
        ("a<p title=\"b > c\">d<p title='>'>e", "a d e"),
        ("a <b c", "a"),
        ("a<script>b", "a"),
        ("a<script/>b", "ab"),
        ("a<p title='b>c", "a"),
        ('a<li class="x"">b', "a b"),
        ('a<img alt="5" screen">b', "a b"),
        ("a<p title=it's>b", "a b"),
        ("a<p title=Japan's partners>b", "a b"),
        ("a<p title = 'b > c' d=e>f", "a f"),
        ("a<p title=>b", "a b"),
        ("a <del>b</del><s>c</s> <STRIKE class=d>e</STRIKE> f", "a f"),
        ("a<!-- b", "a"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("a</p", "a"),
        ("<td>a<td>b", "a b"),
    ],
)
def test_html_is_blanked_out(source: str, words: str) -> None:
    """Tags and what is not shown go, character references are decoded, and the length stays."""
    copy = Copy(text=source, format="html", name="a page", plain=plain_html(source))
    assert len(copy.plain) == len(source)
    assert " ".join(copy.words(((0, len(source)),)).split()) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# **A** _b_ __c__ snake_case", "A b c snake_case"),
        ("a [b](https://example.org/c) ![d](e) [f]", "a b [f]"),
        ("[g]: https://example.org\nh", "h"),
        ("> a\n> > b `c` ~~d", "a b c d"),
        ("a ~~b\nc~~ d", "a d"),
        ("a ~~b\n \nc~~ d", "a b c d"),
        ("a <del>b</del><S>c</S> d", "a d"),
        ("a[^1] b[^note], c[^no]\n\n[^1]: d\n[^Note]: e", "a b, c[^no] d e"),
        ("[c]: o\n\na [b][c] [d] [e](f_(g)) [h](i 'j') [k](l \"M (2.0)\") n", "a b [d] e h k n"),
        ("## a {#sec-a .cls}\nb {c}", "a b {c}"),
        (r"\[a\] \* \_ \a", r"[a] * _ \a"),
        ("50<sup>th</sup> <br/> R&amp;D 1 < 2", "50th R&D 1 < 2"),
        ("---\ntitle: a\n---\nb", "b"),
        ("---\na\nb", "--- a b"),
        ("a<!-- b -->c<!-- d", "ac<!-- d"),
        ("2 * 3 ** 4", "2 3 4"),
    ],
)
def test_markdown_is_blanked_out(source: str, words: str) -> None:
    """Markup goes, escapes and character references are decoded, and the length stays."""
    copy = Copy(text=source, format="markdown", name="a page", plain=plain_markdown(source))
    assert len(copy.plain) == len(source)
    assert " ".join(copy.words(((0, len(source)),)).split()) == words


MARKUP = st.sampled_from(
    [
        "<",
        ">",
        "<p>",
        "</",
        "<!--",
        "-->",
        "<script",
        *("<p hidden>", "</p>", "<sup>1", "<del>", "</del>", "<input value=", "<table hidden>", "<tr>", "[a]: b\n"),
        "'",
        '"',
        "&",
        "&amp;",
        "&#",
        ";",
        "[",
        "](",
        ")",
        "*",
        "_",
        "\\",
        "#",
        "\n",
        "a",
        " ",
        "---\n",
        "\ud800",
        "ﬁ",
    ]
)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("is <textarea>not <b></textarea> no", "is not <b> no"),
        ("is <svg><title>a</title><desc>b</desc><text y=9>not</text></svg> no", "is not no"),
        ("<svg><![CDATA[not]]></svg><![CDATA[no]]>", "not]]>"),
        ("<desc>not</desc><metadata>no</metadata>", "notno"),
        ("is <button>not</button> no", "is not no"),
        ("is <select><option>not<option label=no></select>", "is not no"),
        ("is <input value=not> <input type=SUBMIT value='R&amp;D' title=t>", "is not R&D"),
        ("is <input placeholder='not so'> <textarea placeholder=no>", "is not so no"),
        ("is <iframe srcdoc=not>a</iframe>", "is not"),
        ("is <my-tag>not</my-tag> <s-note>so</s-note> <del-x>no</del-x>", "is not so no"),
        ("is <x-y><template shadowrootmode=open>not</template></x-y>", "is not"),
        ("is <math><mi>not</mi><annotation>a</annotation></math>", "is not"),
        ("is <details>not</details> <dialog open>no</dialog>", "is not no"),
        ("is <!-- a --!> not <!-- b -->", "is not"),
        ("is <xmp><i>not</xmp><plaintext></i>", "is <i>not </i>"),
        ("is <xmp><!--", "is <!--"),
        ("<p>is <nav>not</nav> no", "is not no"),
        ("is <rt>not</rt>", "is not"),
        ("<ruby>a<br><rt>not</rt>", "a not"),
        ("<i data-hidden>not</i> <i aria-hidden=true>no</i> <hidden>so</hidden>", "not no so"),
        ("<i style='--display:none'>not</i> <i style='display:none;display:block'>no</i>", "not no"),
        ("<i style='color:red'>not</i> <i style='/*;display:none;*/'>no</i>", "not no"),
        ("<i style='background:url(a);display:none foo'>not</i> <i hidden style='display:inline'>no</i>", "not no"),
        ("<b style='visibility:hidden'>a <i style='visibility: visible'>not</i></b>", "a not"),
        ('<img alt="5" screen" hidden">not</img>', "not"),
        ("<p hidden>a<p>not<li hidden>b<li>no<td hidden>c<td>so", "not no so"),
        ("<ul><li hidden>a<ul><li>b</ul>c<li>not</ul>", "not"),
        ("<div><span hidden>a</div>not", "not"),
        ("<table hidden>not<tr><td>a</td></tr></table>", "not a"),
        ("<table hidden><b>not</b><tr><td>a</td></tr></table>", "not a"),
    ],
)
def test_what_a_page_shows_is_text(source: str, words: str) -> None:
    """Elements whose content a browser shows are text, whatever they are called; what is in doubt is, too."""
    assert shown(source, "html") == words


@pytest.mark.parametrize(
    "source",
    [
        "<p hidden>a</p>",
        "<p HIDDEN=''>a<div>",
        "<div hidden>a<script></div></script><p>b<p>c<br><!-- d --></div>",
        "<b style='color:red; DISPLAY: none !important'>a</b>",
        "<b style='font-family:\"A\";display:none'>a</b>",
        "<b style=visibility:collapse>a</b>",
        "<ruby><rp>(</rp><rt>a<rp>)</ruby>",
        "<template>a<template>b</template></template>",
        "<dialog>a</dialog><div popover>b</div><video>c</video>",
        "<noscript>a</noscript><iframe>b</iframe>",
        "<input type=hidden value=a><input hidden value=b><input type=checkbox value=c>",
        "<table hidden><tr><td>a<td>b</table>",
        "<div hidden>a",
        "<svg><metadata>a</metadata></svg>",
        "<nav>a</nav>",
    ],
)
def test_what_a_page_hides_is_no_text(source: str) -> None:
    """What is hidden ends where its element does."""
    assert shown(f"<p>is<p>{source}", "html") == "is"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1973<sup>2</sup>,", "1973²,"),
        ("1973<sup><a href=b>12</a></sup>,", "1973¹²,"),
        ("1973<sup>[<a>2</a>]</sup> <sup>3</sup>", "1973[2] ³"),
        ("50<sup>th</sup> 2", "50th 2"),
        ("1973<sup>2<p>3", "1973² 3"),
        ("1973<sup/>2", "19732"),
        ("1973^2^", "1973^2^"),
    ],
)
def test_superscript_is_a_mark(source: str, words: str) -> None:
    """A raised digit is one, and not part of the number before it."""
    assert shown(source, "html") == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a\n\n[Note]: The panel withdrew this.", "a [Note]: The panel withdrew this."),
        ("a\n\n[Note]: <not> so", "a [Note]: <not> so"),
        ("a\n[b]: c", "a [b]: c"),
        ("a\n\n[b]: c 'd' e", "a [b]: c 'd' e"),
        ("is [^not] no", "is [^not] no"),
        ("is ](not) no", "is ](not) no"),
        ("[is](not so) no", "is](not so) no"),
        ("[is [a](b) c](not)", "[is a c](not)"),
        ("[is][not] ![no][so]", "is][not] ![no][so]"),
        ("[is\n\n](not)", "[is ](not)"),
        ("[is] a ](not)", "[is] a ](not)"),
        (r"is \[not](so)", "is [not](so)"),
        ("1973^2^, 2^3", "1973², 2^3"),
        ("is {.not} no {.so}", "is {.not} no {.so}"),
        ("# is {.not so} {no}", "is {.not so} {no}"),
        ("is ~~not ~~ no", "is not no"),
        ("is <not, so> <https://example.org> <a@example.org>", "is <not, so> <https://example.org> <a@example.org>"),
        ("is `<not>` \\<no>", "is <not> <no>"),
        ("is <textarea>not</textarea> <my-tag>no</my-tag>", "is not no"),
        ("is <b hidden>a\n\nnot</b>", "is not"),
    ],
)
def test_what_markdown_shows_is_text(source: str, words: str) -> None:
    """Patterns for markup are no wider than the markup."""
    assert shown(source, "markdown") == words


@pytest.mark.parametrize(
    "source",
    [
        "\n\n[b]: https://example.org 'c'\n[d]: <e f> (g)",
        '\n\n[b]: https://example.org "c"\n',
        '[](b){.c target="_blank"} [](<d e>){target=_blank}',
        "![b][c] [][c] [][]\n\n[C]: d",
        '![b](c "d (e)")',
        "\n# {#b .c d=e}",
        "\n{: .b}",
        "<b hidden>c</b> <s>d</s>",
        "<script>b</script>",
        "[^12] [^b]\n\n[^B]: ",
    ],
)
def test_what_markdown_hides_is_no_text(source: str) -> None:
    """Links lose their targets, in every way to write them."""
    assert re.findall(r"\w+", shown(f"a {source}", "markdown")) == ["a"]


@given(st.lists(MARKUP, max_size=30).map("".join))
def test_length_stays(text: str) -> None:
    """However broken a page is, an offset into what is compared is an offset into the page."""
    assert len(plain_html(text)) == len(plain_markdown(text)) == len(text)


@given(st.text(max_size=400))
def test_skeleton_of_blocks_is_that_of_the_whole(text: str) -> None:
    """Whatever the characters are, each letter of a skeleton comes from the place that is told."""
    bones = Skeleton(text, [(0, len(text))])
    assert bones.text == skeleton(text)
    for at, letter in enumerate(bones.text):
        assert letter in skeleton(text[bones.origin(at)])
    assert [bones.origin(at) for at in range(len(bones.text))] == sorted(
        bones.origin(at) for at in range(len(bones.text))
    )
    assert bones.offset(len(text)) == len(bones.text)
    assert Skeleton(text, []).offset(0) == 0


# docx and PDF.


def test_docx_is_proved() -> None:
    """A docx file, whose bullets are not in its text, is proved."""
    binding = prove_all(docx_file(blocks()))
    assert binding.copy.format == "docx"
    assert binding.parts[0].page is None


@pytest.mark.parametrize("make", MAKERS)
def test_pdf_is_proved(make: Callable[[Any], bytes]) -> None:
    """A PDF file is proved, by this package's reader and by another, with the page of each sentence."""
    content = make(blocks())
    first = prove_all(content)
    assert first.copy.format == "pdf"
    document = pypdfium2.PdfDocument(content)
    second = prove_all("\f".join(page.get_textpage().get_text_range() for page in document))
    pages = [[sentence.page for sentence in binding.sentences] for binding in (first, second)]
    assert pages[0] == pages[1]
    assert pages[0][-1] == len(document) > 10
    assert {left.kind for left in first.leftovers} == {"mark", "furniture"}
    document.close()


def test_pages_of_a_short_pdf_are_counted() -> None:
    """A file of one page has a first page."""
    assert read(pdf_by_fpdf(blocks()[:3])).page(0) == 1


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (b"/Subtype /FreeText /Contents (not)", "not"),
        (b"/Subtype /Widget /FT /Tx /V (not)", "not"),
        (b"/Subtype /Widget /FT /Ch /V [(not) (so)]", "not so"),
        (b"/Subtype /Widget /Parent << /FT /Tx /V (not) >>", "not"),
        (b"/Subtype /FreeText /Contents (not) /F 4", "not"),
        (b"/Subtype /FreeText /Contents (a) /F 2", ""),
        (b"/Subtype /Widget /FT /Tx /V (a) /F 32", ""),
        (b"/Subtype /Widget /FT /Btn /V (a)", ""),
        (b"/Subtype /Text /Contents (a)", ""),
        (b"/Contents (a)", ""),
    ],
)
def test_what_was_typed_onto_a_page_is_text(note: bytes, words: str) -> None:
    """Boxes of text and fields of forms are read, unless they are hidden."""
    page = hostile.PAGE.replace(b"/Resources", b"/Annots [<< %s >>] /Resources" % note)
    content = hostile.one_page(b"", page=page)
    assert " ".join(extraction.answered(content, "pdf")["pages"][0].split()) == words


def test_docx_has_what_is_shown() -> None:
    """Deleted text is left out; tabs, breaks and hyphens are what they look like."""
    body = (
        b"<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/></w:r><w:ins><w:r><w:t>c</w:t></w:r></w:ins>"
        b"<w:del><w:r><w:delText>d</w:delText><w:t>e</w:t></w:r></w:del></w:p><w:p><mc:AlternateContent><mc:Choice><w:t>f</w:t>"
        b"</mc:Choice><mc:Fallback><w:t>g</w:t></mc:Fallback></mc:AlternateContent><w:r><w:t/><w:cr/></w:r></w:p>"
    )
    assert extraction.answered(hostile.docx(hostile.document(body)), "docx") == {"pages": ["a\tb\n-c\nfg\n"]}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<w:r><w:t>is</w:t></w:r><m:oMath><m:r><m:t>not</m:t></m:r></m:oMath>", "isnot"),
        ("<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:r><m:t>a</m:t></m:r></m:d>", "[a"),
        ("<w:r><w:sym w:font='Arial' w:char='F06E'/><w:sym w:char='006F'/></w:r>", "no"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F084'/><w:sym w:font='Webdings' w:char='F06E'/></w:r>", "④\uf06e"),
        ("<w:r><w:sym w:char='none'/></w:r>", ""),
        (
            "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:t>not</w:t></w:p></w:txbxContent></v:textbox></w:pict></w:r>",
            "not",
        ),
        ("<v:textpath string='not'/><a:t>so</a:t>", "notso"),
        ("<w:ffData><w:ddList><w:listEntry w:val='not'/></w:ddList></w:ffData>", "not"),
        (
            "<mc:AlternateContent><mc:Choice><w:t>a b</w:t></mc:Choice><mc:Choice><w:t>a </w:t><w:t>b</w:t>{}"
            "</mc:AlternateContent>".format("</mc:Choice><mc:Fallback><w:t>not</w:t></mc:Fallback>"),
            "a bnot",
        ),
        ("<mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>not</w:t></mc:Fallback></mc:AlternateContent>", "not"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t><w:sym w:char='006E'/></w:r><w:r><w:t>b</w:t></w:r>", "b"),
        ("<w:r><w:rPr><w:b/><w:vanish w:val='true'/></w:rPr><w:pict><w:r><w:t>a</w:t></w:r></w:pict></w:r>", ""),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>not</w:t></w:r>", "not"),
        ("<w:r><w:rPr><w:webHidden/><w:specVanish/></w:rPr><w:t>not</w:t></w:r>", "not"),
        ("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>not</w:t></w:r>", "not"),
        ("<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>not</w:t></w:r>", "not"),
        ("<w:r><w:rPr><v:vanish/></w:rPr><w:t>not</w:t></w:r><v:del><w:t>so</w:t></v:del>", "notso"),
        ("<m:r><w:rPr><w:vanish/></w:rPr><m:t>a</m:t></m:r>", ""),
        ("<w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:r><w:delText>b</w:delText></w:r>", ""),
        ("<w:ruby><w:rt><w:r><w:t>a</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>b</w:t></w:r></w:rubyBase></w:ruby>", "b"),
        ("<w:t>1973</w:t><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>", "1973²"),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:t>a</w:t>", "a"),
    ],
)
def test_what_word_shows_is_text(body: str, words: str) -> None:
    """Equations, symbols, boxes and fallbacks are read; what is hidden, deleted or a reading is not."""
    content = hostile.docx(hostile.document(f"<w:p>{body}</w:p>".encode()))
    assert extraction.answered(content, "docx") == {"pages": [words]}


WORD_PART = hostile.document(b"<w:p><w:t>words</w:t></w:p>")
STRICT = (b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml")


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": WORD_PART.replace(*STRICT)},
        {"word/document.xml": WORD_PART, "_rels/.rels": b"<broken"},
        {"word/document.xml": WORD_PART, "[Content_Types].xml": b"", "word/_rels/document.xml.rels": b"<broken"},
        {"Word\\Document.xml": WORD_PART},
        {
            "word/main.xml": WORD_PART,
            "word/document.xml": b"",
            "_rels/.rels": b"<Relationships><Relationship Type='x/officeDocument' Target='/word/main.xml'/>",
        },
        {
            "word/document.xml": WORD_PART,
            "_rels/.rels": b"<Relationships><Relationship Target='NULL' Type='x/officeDocument'/></Relationships>",
        },
        {"word/document.xml": WORD_PART, "_rels/.rels": b"<Relationships><Relationship Type='x/officeDocument'/>"},
    ],
)
def test_document_part_is_enough(parts: dict[str, bytes]) -> None:
    """Whatever is wrong with the rest of a package, a strict one and one with macros too, its document is read."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert extraction.answered(file.getvalue(), "docx") == {"pages": ["words"]}


def test_docx_without_a_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what is missing, or too much."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/other.xml", b"")
    assert extraction.answered(file.getvalue(), "docx")["reason"].startswith("it has no document part")
    declared = hostile.document(b"", b"<!DOCTYPE w>")
    assert "has a declaration of 'w'" in extraction.answered(hostile.docx(declared), "docx")["reason"]
    monkeypatch.setattr(word, "MOST_XML", 10)
    assert "more than 10 bytes" in extraction.answered(hostile.docx(WORD_PART), "docx")["reason"]


def test_alternatives_within_one_another_are_read_soon() -> None:
    """They are compared a few levels deep."""
    words = "<w:t>a</w:t>"
    for _ in range(12):
        words = f"<mc:AlternateContent><mc:Choice>{words}</mc:Choice><mc:Choice>b</mc:Choice></mc:AlternateContent>"
    assert extraction.answered(hostile.docx(hostile.document(words.encode())), "docx") == {"pages": ["a"]}


@pytest.mark.long
def test_hostile_docx_is_refused() -> None:
    """Entities are not expanded, and what is too large is killed."""
    entities = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghijkl"
    )
    for content in (
        b"PK\x03\x04",
        hostile.docx(b"<w"),
        hostile.docx(hostile.document(b"<w:p><w:t>&l;</w:t></w:p>", entities)),
        hostile.docx(hostile.document(b"<w:p>" * 100_000)),
        hostile.docx(hostile.document(b" " * (300 * 2**20))),
    ):
        with pytest.raises(ReadError):
            read(content)


@pytest.mark.long
@pytest.mark.parametrize(("name", "content"), hostile.pdfs().items(), ids=hostile.pdfs())
def test_hostile_pdf_harms_nobody(name: str, content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever a PDF file does to its reader, it is text or an error here, soon, and nothing is left behind."""
    monkeypatch.setattr(extraction, "SECONDS", 4)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    if name == "broken table":
        assert "Expert Panel" in read(content).text
    else:
        with pytest.raises((ReadError, LimitError)):
            read(content)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_there_are_enough_hostile_files() -> None:
    """As many as are promised."""
    assert len(hostile.pdfs()) >= 25


@pytest.mark.long
def test_late_child_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is late is killed, and told from one that breaks its limits."""
    monkeypatch.setattr(extraction, "SECONDS", 1)
    with pytest.raises(ReadError, match="more than 1 seconds, or"):
        read(hostile.pdfs()["operators"])
    monkeypatch.setattr(extraction, "SECONDS_OF_CPU", 1)
    monkeypatch.setattr(extraction, "SECONDS", 12)
    with pytest.raises(ReadError, match="more than 1 seconds of CPU"):
        read(hostile.pdfs()["operators"])
    monkeypatch.setattr(extraction, "MEMORY", 2**26)
    with pytest.raises(ReadError):
        read(hostile.pdfs()["page often"])

    def greedy(_: bytes) -> list[str]:
        raise MemoryError

    monkeypatch.setattr(extraction, "_pdf", greedy)
    assert "too much memory" in extraction.answered(b"", "pdf")["reason"]


def test_large_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file can make the parent read without end."""
    monkeypatch.setattr(extraction, "_MOST_BYTES", 1_000)
    with pytest.raises(ReadError):
        read(pdf_by_fpdf(blocks()))


@pytest.mark.long
def test_many_pages_and_long_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child counts what it reads."""
    content = pdf_by_fpdf(blocks())
    assert extraction.answered(content, "pdf") == {"pages": read(content).text.split("\f")}
    monkeypatch.setattr(extraction, "MOST_PAGES", 3)
    assert extraction.answered(content, "pdf") == {"what": "number of pages", "size": 4, "limit": 3}
    monkeypatch.setattr(extraction, "MOST_CHARACTERS", 10)
    assert extraction.answered(content, "pdf")["what"] == "length of the text"
    assert extraction.answered(b"", "pdf")["reason"].startswith("EmptyFileError")
    assert extraction.answered(hostile.pdfs()["encrypted"], "pdf") == {
        "reason": "it is encrypted; save it without a password"
    }


def test_child_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child sets its limits before it reads; on a platform without limits it reads all the same."""
    limits: dict[int, tuple[int, int]] = {}

    class Resource:
        RLIMIT_CPU, RLIMIT_AS, RLIMIT_CORE, RLIMIT_FSIZE = range(4)

        @staticmethod
        def setrlimit(what: int, most: tuple[int, int]) -> None:
            limits[what] = most
            if what:
                raise ValueError("there is no such limit here")

    class Stream:
        def __init__(self, content: bytes) -> None:
            self.buffer = io.BytesIO(content)

    for module in (Resource, None):
        out = Stream(b"")
        monkeypatch.setitem(sys.modules, "resource", module)
        monkeypatch.setattr(sys, "argv", ["-c", "[]", "docx", "8", "9"])
        monkeypatch.setattr(sys, "stdin", Stream(docx_file(blocks()[:1])))
        monkeypatch.setattr(sys, "stdout", out)
        extraction.main()
        monkeypatch.undo()
        assert json.loads(out.buffer.getvalue()) == {"pages": [REPORT.title]}
    assert limits == {0: (8, 8), 1: (9, 9), 2: (0, 0), 3: (0, 0)}


def test_no_process_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """If no process can be started, a PDF is not read."""
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(ReadError, match="no process can be started"):
        read(pdf_by_fpdf(blocks()[:3]))


def _nothing(_: str) -> None:
    """Find no module."""


@pytest.mark.parametrize(("content", "extra"), [(b"%PDF-1.7", "pdf"), (b"PK\x03\x04 word/", "docx")])
def test_missing_package_is_named(content: bytes, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, an error says which."""
    monkeypatch.setattr(importlib.util, "find_spec", _nothing)
    with pytest.raises(MissingExtraError) as caught:
        read(content)
    assert caught.value.extra == extra


def test_child_finds_modules_where_the_parent_does(tmp_path: Path) -> None:
    """The child uses a package from a folder on the parent's path, and not one from the current folder."""
    beside, here = tmp_path / "beside", tmp_path / "here"
    for folder, text in ((beside, "beside"), (here, "here")):
        folder.mkdir()
        page = f"class Page(dict):\n    extract_text = lambda self: {text!r}\n"
        reader = "class PdfReader:\n    is_encrypted, pages = False, [Page()]\n    def __init__(self, file): pass\n"
        (folder / "pypdf.py").write_text(page + reader)
    code = "from asean_japan.copies.copy import read; print(read(b'%PDF-1.7').text)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(beside)},
        cwd=here,
        capture_output=True,
        check=True,
        text=True,
    )
    assert (
        done.stdout.strip() == "beside" or "here" in done.stdout
    )  # Python itself looks into the current folder first.


# Time.


GROWING: dict[str, tuple[CopyFormat, Callable[[int], str]]] = {
    "one letter": ("text", lambda size: "a" * size),
    "short lines": ("text", lambda size: "a\n" * (size // 2)),
    "page numbers": ("text", lambda size: "12\n" * (size // 3)),
    "one sentence again": ("text", lambda size: f"{SENTENCES[REPORT['I.2.7.s3'].ref]} " * (size // 200)),
    "its ends only": (
        "text",
        lambda size: "It will become difficult 1 of their governance capacity. " * (size // 57),
    ),
    "within a sentence": ("text", lambda size: f"{TEXT[:20_000]}{'ab 12 - ' * (size // 8)}{TEXT[20_000:]}"),
    "lines within a sentence": ("text", lambda size: "\n".join([TEXT[:20_000], *["7"] * (size // 2), TEXT[20_000:]])),
    "expanding characters": ("text", lambda size: "ﬁ①é" * (size // 3)),
    "open tags": ("html", lambda size: "<a " * (size // 3)),
    "open quotes": ("html", lambda size: '<a "' * (size // 4)),
    "open comments": ("html", lambda size: "<!--" * (size // 4)),
    "open scripts": ("html", lambda size: "<script>" * (size // 8)),
    "wrong ends": ("html", lambda size: "<style></stylee>" * (size // 16)),
    "ampersands": ("html", lambda size: "&#x41" * (size // 5)),
    "quoted values": ("html", lambda size: "<a b='" * (size // 6)),
    "spaces behind signs": ("html", lambda size: "<a b=" + " " * size),
    "spaces before tags": ("html", lambda size: " " * size + "<"),
    "declarations": ("html", lambda size: "<!" * (size // 2)),
    "open pictures": ("markdown", lambda size: "![" * (size // 2)),
    "open elements": ("html", lambda size: "<b hidden>" * (size // 10)),
    "elements in hidden ones": ("html", lambda size: "<p hidden><i><ul><li>" * (size // 20)),
    "unseen and seen": ("html", lambda size: "<i style=visibility:hidden>" * (size // 30) + "<i style=visibility:a>"),
    "hidden tables": ("html", lambda size: "<table hidden>a" * (size // 15)),
    "form fields": ("html", lambda size: "<input value=a " + "value=b " * (size // 8)),
    "literal elements": ("html", lambda size: "<xmp>" * (size // 5)),
    "hidden in Markdown": ("markdown", lambda size: "<b hidden>\n\n" * (size // 12)),
    "attributes in Markdown": ("markdown", lambda size: "<a b" + " b" * (size // 2)),
    "code": ("markdown", lambda size: "``a` " * (size // 5)),
    "definitions": ("markdown", lambda size: "[a]: b\n" * (size // 7)),
    "brackets": ("markdown", lambda size: "[a]" * (size // 3)),
    "classes": ("markdown", lambda size: "{.a .b" * (size // 6)),
    "open links": ("markdown", lambda size: "[a](" * (size // 4)),
    "open titles": ("markdown", lambda size: '[a](" ' * (size // 6)),
    "open brackets": ("markdown", lambda size: "[a]((" * (size // 5)),
    "footnotes": ("markdown", lambda size: "[^" * (size // 2)),
    "struck out": ("markdown", lambda size: "~~a\n" * (size // 4)),
    "blank lines": ("markdown", lambda size: "~~a" + "\n \t" * (size // 3)),
    "struck out tags": ("markdown", lambda size: "<del>" * (size // 5)),
    "attributes": ("markdown", lambda size: "{#" * (size // 2)),
    "open comments in Markdown": ("markdown", lambda size: "<!--" * (size // 4)),
    "open tags in Markdown": ("markdown", lambda size: "<a " * (size // 3)),
    "underscores": ("markdown", lambda size: "_a" * (size // 2)),
    "front matter": ("markdown", lambda size: "---\n" + "--\n" * (size // 3)),
}


def seconds(work: Callable[[str], object], text: str) -> float:
    """Measure the shortest of three runs."""
    spent: list[float] = []
    for _ in range(3):
        start = time.perf_counter()
        work(text)
        spent.append(time.perf_counter() - start)
    return min(spent)


def growth(work: Callable[[str], object], make: Callable[[int], str], size: int) -> float:
    """How much longer eight times the input takes; with something added that the clock is sure of."""
    least = 0.005
    return (seconds(work, make(8 * size)) + least) / (seconds(work, make(size)) + least)


@pytest.mark.long
@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_input(name: str) -> None:
    """Eight times as much of anything takes about eight times as long, not sixty-four times (law 8)."""
    written, make = GROWING[name]
    assert growth(lambda text: REPORT.bind_text(text, format=written, index=INDEX, strict=False), make, 25_000) < 24


@pytest.mark.long
def test_growth_of_a_quadratic_reader_is_seen() -> None:
    """The measure tells a reader whose time grows with the square."""
    pattern = re.compile("<!--.*?-->", re.DOTALL)
    assert growth(pattern.findall, lambda size: "<!--" * (size // 4), 5_000) > 24


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("various ways3, should", "text", "various ways, should"),
        ("various ways 3 should", "text", "various ways should"),
        ("various ways\n3\nshould", "text", "various ways should"),
        ("various co-\n3\noperation", "text", "various cooperation"),
        ("various ways<p>3<p>should", "html", "various ways should"),
    ],
)
def test_words_around_what_is_left_out(text: str, written: CopyFormat, words: str) -> None:
    """There is a space between two spans only if the copy has one there."""
    copy = read_text(f"{text}\n", written)
    at = text.index("3")
    before = len(text[:at].removesuffix("<p>").rstrip())
    behind = at + len(re.match(r"3(?:<p>|\s)*", text[at:])[0])  # type: ignore[index]
    for span in ((before, behind), (at, at + 1)):
        assert copy.words(((0, span[0]), (span[1], len(text)))) == words


def test_time_of_words_grows_with_the_copy() -> None:
    """Hyphens at the ends of lines are weighed against the words of the copy, which are collected once."""

    def words(text: str) -> None:
        copy = Copy(text=text, format="text", name="a text", plain=text)
        copy.words(((0, len(text)),))

    def lines(size: int) -> str:
        return "".join(f"ab{number:08x}-\nz{number:08x} " for number in range(size // 22))

    assert growth(words, lines, 10_000) < 24


@given(st.binary(max_size=300), st.sampled_from([None, *COPY_FORMATS[:3]]))
def test_any_bytes_are_read_or_refused(content: bytes, written: CopyFormat | None) -> None:
    """No file makes reading fail in any other way; docx and PDF have their own tests, since each needs a process."""
    if content.startswith(b"PK\x03\x04") or b"%PDF-" in content:
        return
    with contextlib.suppress(AseanJapanError):
        assert len(read(content, written).plain) == len(read(content, written).text)


def test_markdown_and_html_are_told_apart() -> None:
    """The whole report is told by its content, whatever it is written in."""
    assert [read_text(write(blocks())).format for write in (plain, markdown, page_of_html)] == [
        "text",
        "markdown",
        "html",
    ]
