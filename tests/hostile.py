"""PDF and docx files that are broken, or made to break whoever reads them."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

from reader_copies import blocks, pdf_by_fpdf


def pdf(objects: dict[int, bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """Write a PDF file from numbered objects."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets: dict[int, int] = {}
    for number, content in objects.items():
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    size = max(objects, default=0) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d 00000 n \n" % offsets.get(number, 0))
    out.write(b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, root, trailer, start))
    return out.getvalue()


def stream(content: bytes, *filters: bytes) -> bytes:
    """Write a stream object."""
    names = b" ".join(b"/" + name for name in filters)
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), names, content)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"


def one_page(content: bytes, *filters: bytes, page: bytes = PAGE) -> bytes:
    """Write a file of one page."""
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf({1: CATALOG, 2: pages, 3: page, 4: stream(content, *filters), 5: FONT})


def docx(document: bytes) -> bytes:
    """Write a docx file with a document part of one's own."""
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        b'Target="word/document.xml"/></Relationships>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def document(body: bytes, head: bytes = b"") -> bytes:
    """Write the document part of a docx file."""
    names = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    more = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    more += b' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    more += b' xmlns:v="urn:schemas-microsoft-com:vml"'
    more += b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    return b"%s<w:document %s %s><w:body>%s</w:body></w:document>" % (head, names, more, body)


def pdfs() -> dict[str, bytes]:
    """Return all hostile PDF files, by name."""
    good = pdf_by_fpdf(blocks()[:40])
    zeros = zlib.compress(bytes(200 * 2**20), 9)
    draw = random.Random(1)  # noqa: S311  # It is not a secret.
    many = b" ".join([b"3 0 R"] * 100_000)
    operators = b"BT /F 9 Tf " + b"(a) Tj " * 700_000 + b"ET"
    found = {
        "empty": b"%PDF-1.7\n",
        "random": b"%PDF-1.7\n" + draw.randbytes(50_000),
        "html": b"%PDF-1.7\n<html><p>Words</p></html>",
        "no pages": pdf({1: CATALOG, 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}),
        "no catalog": pdf({2: b"<< >>"}),
        "blank page": one_page(b""),
        "bomb": one_page(zeros, b"FlateDecode"),
        "double bomb": one_page(zlib.compress(zeros, 9), b"FlateDecode", b"FlateDecode"),
        "many filters": one_page(b"a", *[b"ASCIIHexDecode"] * 5_000),
        "page cycle": pdf({1: CATALOG, 2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
        "page often": pdf(
            {1: CATALOG, 2: b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % many, 3: PAGE, 4: stream(b""), 5: FONT}
        ),
        "operators": one_page(zlib.compress(operators), b"FlateDecode"),
        "count lies": pdf(
            {1: CATALOG, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", 3: PAGE, 4: stream(b""), 5: FONT}
        ),
        "outline loop": pdf(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
                2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                3: PAGE,
                4: stream(b""),
                5: FONT,
                6: b"<< /First 6 0 R /Last 6 0 R /Next 6 0 R >>",
            }
        ),
        "reference loop": pdf({1: b"1 0 R"}),
        "deep arrays": one_page(b"[" * 200_000),
        "deep dictionaries": pdf({1: CATALOG, 2: b"<< /Kids " * 20_000}),
        "broken table": good.replace(b"0000000", b"9999999"),
        "no table": good[: good.rindex(b"xref\n0")],
        "table loop": pdf(
            {1: CATALOG, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: PAGE, 4: stream(b""), 5: FONT},
            trailer=b"/Prev 9",
        ),
        "encrypted": pdf(
            {
                1: CATALOG,
                2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                3: PAGE,
                4: stream(b""),
                5: FONT,
                6: b"<< /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >>" % (b"o" * 32, b"u" * 32),
            },
            trailer=b"/Encrypt 6 0 R /ID [(a) (a)]",
        ),
    }
    for at in range(10, len(good), len(good) // 8):
        found[f"cut at {at}"] = good[:at]
    return found
