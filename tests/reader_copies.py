"""
Copies of a report as readers have them: our own claims stand for the report's words, in many layouts.

The words of a page here are the claims of the bundled report, so that binding can be tested on any machine.
"""

from __future__ import annotations

import html
import io
from typing import NamedTuple

from hypothesis import strategies as st

import asean_japan
from asean_japan import Ref
from asean_japan.copies import SourceIndex

REPORT = asean_japan.load()
FRONT = {"title": REPORT.title, "date": "February, 2023", "issuer": REPORT.issuer}
FURNITURE = "(Provisional Translation)"
INDEX = SourceIndex.of(REPORT.walk(), lambda claim: claim.text, front=FRONT, furniture=[FURNITURE])
SENTENCES = {ref: claim.text for ref, claim in REPORT.claims.items()}
LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
CURLY = {' "': " “", '("': "(“", '["': "[“", '"': "”", "'": "’"}
LATIN = {
    **{chr(0x245F + number): f"({number})" for number in range(1, 10)},
    "•": "-",
    "–": "-",
    "“": '"',
    "”": '"',
    "’": "'",
}


class Block(NamedTuple):
    """One paragraph of a page: the number of its place, its heading, its sentences."""

    label: str
    heading: str
    sentences: tuple[str, ...]

    def line(self, *, labels: bool = True) -> str:
        """Write it in one line."""
        return " ".join(filter(None, [self.label if labels else "", self.heading, *self.sentences]))


def blocks(words: dict[Ref, str] | None = None, *, drop: frozenset[Ref] = frozenset()) -> list[Block]:
    """Everything that stands on the pages, in reading order; with other words, or without some places."""
    words = words or SENTENCES
    found = [Block("", text, ()) for text in FRONT.values()]
    for node in REPORT.walk():
        if node.ref in drop:
            continue
        label = (node.mark.text or "•") if node.mark else ""
        sentences = tuple(words[claim.ref] for claim in node.claims if claim.ref in words)
        found.append(Block(label, node.heading or "", sentences))
    return found


def replaced(text: str, pairs: dict[str, str]) -> str:
    """Write *text* with some characters instead of others."""
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text


def plain(content: list[Block], *, labels: bool = True) -> str:
    """Write a paragraph a line."""
    return "\n".join(block.line(labels=labels) for block in content) + "\n"


class Layout(NamedTuple):
    """How pages are laid out."""

    width: int = 80
    breaking: str = "spaces"  # Or "gained": words are broken with a hyphen; or "lost": a hyphen at a line end goes.
    labels: bool = True
    pairs: tuple[dict[str, str], ...] = ()
    page: int = 0  # Lines; 0 is one page.
    head: str = ""
    foot: str = ""
    feeds: bool = True
    gap: str = "\n"


def wrapped(line: str, layout: Layout) -> list[str]:
    """Break a line into lines of a page."""
    lines: list[str] = []
    left = line
    while len(left) > layout.width:
        at = left.rfind(" ", 1, layout.width + 1)
        hyphen = left.rfind("-", 1, layout.width)
        if (
            layout.breaking == "gained"
            and left[layout.width - 2 : layout.width + 1].isalpha()
            and left[layout.width - 1].islower()
        ):
            lines.append(left[: layout.width - 1] + "-")
            left = left[layout.width - 1 :]
        elif layout.breaking == "lost" and hyphen > max(at, 0):
            lines.append(left[:hyphen])
            left = left[hyphen + 1 :]
        else:
            at = at if at > 0 else layout.width
            lines.append(left[:at])
            left = left[at:].lstrip()
    return [*lines, left]


def paged(content: list[Block], layout: Layout) -> str:
    """Write pages with a head and a foot."""
    text = plain(content, labels=layout.labels)
    for pairs in layout.pairs:
        text = replaced(text, pairs)
    lines = [part for line in text.splitlines() for part in [*wrapped(line, layout), *layout.gap.splitlines()]]
    if not layout.page:
        return "\n".join(lines)
    pages: list[str] = []
    for number, at in enumerate(range(0, len(lines), layout.page), 1):
        around = [layout.head.format(number), *lines[at : at + layout.page], layout.foot.format(number)]
        pages.append("\n".join(filter(None, around)))
    return ("\n\f" if layout.feeds else "\n").join(pages)


def layouts() -> st.SearchStrategy[Layout]:
    """Draw layouts."""
    return st.builds(
        Layout,
        width=st.integers(30, 130),
        breaking=st.sampled_from(["spaces", "gained", "lost"]),
        labels=st.booleans(),
        pairs=st.lists(st.sampled_from([LIGATURES, CURLY, {"-": "‑"}, {" ": "\u00a0"}]), max_size=3, unique_by=id).map(
            tuple
        ),
        page=st.just(0) | st.integers(20, 70),
        head=st.sampled_from(["", FURNITURE, "Expert Panel {}", "- {} -", REPORT.title]),
        foot=st.sampled_from(["", "{}", "Page {} of 40", "— {} —", f"{FURNITURE} {{}}"]),
        feeds=st.booleans(),
        gap=st.sampled_from(["\n", "", " \n\n"]),
    )


def page_of_html(content: list[Block]) -> str:
    """Write HTML whose lists count by themselves."""
    body: list[str] = []
    for block in content:
        if block.heading:
            body.append(f"<h2><b>{html.escape(block.heading)}</b></h2>")
        if block.sentences:
            inner = " ".join(f"<span class='s>'>{html.escape(text)}</span>" for text in block.sentences)
            body.append(f"<li>{inner.replace('ASEAN', '<em>ASEAN</em>')}</li>" if block.label else f"<p>{inner}</p>")
    head = "<head><title>A page</title><style>p > b { color: red }</style></head>"
    script = '<script>if (1 < 2) document.write("</p>")</script>'
    top = "<nav>Home <a href=x>Up</a></nav><!-- <p> -->"
    return f"<!DOCTYPE html><html>{head}<body>{top}{script}{''.join(body)}</body></html>"


def markdown(content: list[Block]) -> str:
    """Write Markdown with everything that may stand in it."""
    lines = ["---", "title: a page", "---", "", "<!-- a remark -->", "![a picture](picture.png)", ""]
    for block in content:
        if block.heading:
            lines.append(f"## **{block.label} {block.heading}**" if block.label else f"# {block.heading}")
        text = " ".join(block.sentences).replace("[", "\\[").replace("]", "\\]").replace("&", "&amp;")
        if text:
            mark = f"{'- ' if block.label else ''}{block.label if block.label != '•' else ''}".strip()
            linked = text.replace("Japan", "[Japan](https://example.org/japan)", 1)
            lines.append(f"{mark} {linked}".strip() if not block.heading else linked)
        lines.append("")
    return "\n".join([*lines, "[ref]: https://example.org", ""])


def docx_file(content: list[Block]) -> bytes:
    """Write a docx file whose lists count by themselves; one paragraph is a table."""
    import docx

    document = docx.Document()
    for at, block in enumerate(content):
        line = block.line(labels=block.label not in {"•", ""})
        if at == len(content) // 2:
            document.add_table(1, 2).cell(0, 1).text = line
        else:
            document.add_paragraph(line, style="List Bullet" if block.label == "•" else None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_by_fpdf(content: list[Block]) -> bytes:
    """Write PDF with one maker."""
    import fpdf

    class Pages(fpdf.FPDF):
        def header(self) -> None:
            self.set_font("Helvetica", size=8)
            self.cell(0, 8, FURNITURE, align="R")
            self.ln()

        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 8, f"- {self.page_no()} -", align="C")

    pages = Pages()
    pages.add_page()
    pages.set_font("Helvetica", size=11)
    for block in content:
        pages.multi_cell(0, 6, replaced(block.line(), LATIN))
        pages.ln()
    return bytes(pages.output())


def pdf_by_reportlab(content: list[Block]) -> bytes:
    """Write PDF with another maker, whose lines are justified."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(300, 810, "Report of the Expert Panel")
        canvas.drawCentredString(300, 20, str(document.page))

    file = io.BytesIO()
    style = ParagraphStyle("justified", fontName="Times-Roman", alignment=4, spaceAfter=6)
    story: list[Flowable] = [Paragraph(html.escape(replaced(block.line(), LATIN)), style) for block in content]
    SimpleDocTemplate(file).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return file.getvalue()
