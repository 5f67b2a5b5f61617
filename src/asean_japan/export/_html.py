"""The report as one accessible HTML document: headings, landmarks and anchors, no script, nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.display import escaped
from asean_japan.export import outline
from asean_japan.export.scope import ALL, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from asean_japan.export.outline import Note
    from asean_japan.model import Basis, Claim, Node, Place
    from asean_japan.refs import Ref
    from asean_japan.report import Report

_LEAST = 6  # HTML has no smaller heading than h6.
_LISTED = 2  # Levels in the table of contents.


def html(
    exported: Report | Place,
    /,
    *,
    depth: int | None = None,
    layers: Iterable[Basis] = ALL,
    verbatim: bool = False,
) -> str:
    """
    Write a report or a place as an HTML document.

    >>> import asean_japan as aj
    >>> page = aj.export.html(aj.load())
    >>> '<section id="III.2.4"' in page, '<p id="III.2.4.s1">' in page, "<script" in page
    (True, True, False)

    Every place is a ``section`` whose ``id`` is its address, with a heading of its level; every claim is a paragraph
    with its address as ``id``. A table of contents comes first. A link leads to a place in the document, or by
    ``https`` or ``mailto`` elsewhere. What is known beyond the sentences has its layer in ``data-basis``.

    Args:
        exported: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        layers: The layers of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
        verbatim: Whether to give the report's own words, too, each as ``blockquote``; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place stands in no report.
    """
    return "\n".join(_Page(Scope.of(exported, depth=depth, layers=layers, verbatim=verbatim)).lines()) + "\n"


class _Page:
    """Writes one document."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.anchors = {node.ref for node in scope.nodes}
        self.anchors |= {claim.ref for node in scope.nodes for claim in scope.claims(node)}

    def lines(self) -> Iterator[str]:
        """Give the whole, line by line."""
        edition, scope = self.scope.report.edition, self.scope
        name = edition.title if scope.place is None else f"{scope.place.cite()}: {edition.title}"
        yield "<!DOCTYPE html>"
        yield f'<html lang="{escaped(edition.language)}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escaped(name)}</title>"
        yield "</head>"
        yield "<body>"
        yield "<header>"
        yield f"<h1>{escaped(edition.title)}</h1>"
        yield from (f"<p>{escaped(line)}</p>" for line in outline.about(scope))
        yield f"<p>Source: {_linked(edition.source)}</p>"
        if above := outline.within(scope):
            yield f"<p>Within: {escaped(' / '.join(map(outline.title, above)))}</p>"
        yield "</header>"
        named = [*outline.names(scope)]
        yield '<nav aria-label="Contents">'
        yield from self.contents(scope.tops, 1)
        yield "</nav>"
        yield "<main>"
        for top in scope.tops:
            yield from self.place(top, 2)
        if named:
            yield '<section id="names" aria-labelledby="names-heading">'
            yield '<h2 id="names-heading">Names</h2>'
            yield "<dl>"
            for each in named:
                yield from self.name(each)
            yield "</dl>"
            yield "</section>"
        yield "</main>"
        yield "</body>"
        yield "</html>"

    def contents(self, nodes: tuple[Node, ...], level: int) -> Iterator[str]:
        """Give a list of links to *nodes* and, nested, to what is below them."""
        yield "<ul>"
        for node in nodes:
            yield f"<li>{self.address(node.ref, outline.title(node))}"
            below = self.scope.children(node)
            if below and level < _LISTED:
                yield from self.contents(below, level + 1)
            yield "</li>"
        yield "</ul>"

    def place(self, node: Node, level: int) -> Iterator[str]:
        """Give one place and what is below it."""
        ref, tag, more = str(node.ref), f"h{level}", ""
        if level > _LEAST:
            tag, more = "div", f' role="heading" aria-level="{level}"'
        yield f'<section id="{ref}" aria-labelledby="{ref}-heading" data-kind="{node.kind}">'
        yield f'<{tag} id="{ref}-heading"{more}>{escaped(outline.title(node))} {self.address(node.ref)}</{tag}>'
        if node.heading:
            yield f"<p><i>{escaped(node.gist)}</i></p>"
        for claim in self.scope.claims(node):
            yield from self.claim(claim)
        yield from self.notes(outline.notes(self.scope, node))
        for child in self.scope.children(node):
            yield from self.place(child, level + 1)
        yield "</section>"

    def claim(self, claim: Claim) -> Iterator[str]:
        """Give one claim."""
        yield f'<p id="{claim.ref}">{self.address(claim.ref)} {escaped(claim.text)}</p>'
        words = self.scope.words(claim)
        if words is not None:
            yield f"<blockquote><p>{escaped(words)}</p></blockquote>"

    def notes(self, notes: Iterable[Note]) -> Iterator[str]:
        """Give a list of *notes*, if there are any."""
        items = [*map(self.note, notes)]
        if items:
            yield from ("<ul>", *items, "</ul>")

    def note(self, note: Note) -> str:
        """Give one note."""
        text = escaped(note.text)
        parts = (
            f"{escaped(note.label)}:",
            "–".join(map(self.address, note.refs)),
            f'<span lang="{note.language}">{text}</span>' if note.language else text,
            f"({_linked(note.uri)})" if note.uri else "",
            f"<small>{note.basis.value}</small>",
        )
        return f'<li data-basis="{note.basis.value}">{" ".join(filter(None, parts))}</li>'

    def name(self, name: outline.Name) -> Iterator[str]:
        """Give one entity."""
        yield f'<dt id="entity-{escaped(name.key)}">{escaped(name.title)}</dt>'
        places = ", ".join(map(self.address, name.refs))
        yield f"<dd>{escaped(name.about)}{': ' if places else ''}{places}"
        yield from self.notes(name.notes)
        yield "</dd>"

    def address(self, ref: Ref, text: str = "") -> str:
        """Give an address, which leads to its place if that is in the document."""
        shown = escaped(text) if text else f"<code>{ref}</code>"
        return f'<a href="#{ref}">{shown}</a>' if ref in self.anchors else shown


def _linked(uri: str) -> str:
    """A link if it may be one; else the text."""
    return f'<a href="{escaped(uri)}">{escaped(uri)}</a>' if outline.is_safe(uri) else escaped(uri)
