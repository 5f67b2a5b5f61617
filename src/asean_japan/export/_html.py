"""The report as one accessible HTML document: headings, landmarks and anchors, no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator

from asean_japan.export import outline
from asean_japan.export.outline import Item, Note
from asean_japan.export.scope import ALL, Scope
from asean_japan.model.basis import Basis
from asean_japan.model.display import escaped
from asean_japan.model.home import Home
from asean_japan.model.places import Claim, Node, Place
from asean_japan.refs import Ref

_TOP = 2  # Below the heading of the document.
_LEAST = 6  # HTML has no smaller heading than h6.
_LISTED = 3  # Levels in the table of contents: down to challenges and action items.
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 45rem; margin: auto; padding: 1rem; font: 1rem/1.5 sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; }
[role="heading"] { font-weight: bold; }
ul { padding-left: 1.25rem; }
dt { margin-top: 1rem; font-weight: bold; }
pre { white-space: pre-wrap; font-size: 0.875rem; }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()  # By it the policy knows the style.


def html(
    report_or_place: Home | Place,
    /,
    *,
    depth: int | None = None,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
) -> str:
    """
    Write a report or a place as an HTML document.

    >>> import asean_japan as aj
    >>> page = aj.export.html(aj.load())
    >>> '<section id="III.2.4"' in page, '<p id="III.2.4.s1">' in page, "<script" in page
    (True, True, False)

    Every place is a ``section`` whose ``id`` is its address, with a heading of its level; every claim is a paragraph
    whose ``id`` is its address. A table of contents comes first. A link leads to a place in the document, or elsewhere
    by ``https`` or ``mailto``. What is known of a place beyond its sentences is folded below them; each note has its
    basis in ``data-basis``. Codes that only say that no code applies are left out.

    Args:
        report_or_place: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
        verbatim: Whether to include the report's own words, each as ``blockquote``; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place belongs to no report.
    """
    return "\n".join(_Page(Scope.of(report_or_place, depth=depth, bases=bases, verbatim=verbatim)).lines()) + "\n"


class _Page:
    """Writes one document."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.anchors = {node.ref for node in scope.nodes}
        self.anchors |= {claim.ref for node in scope.nodes for claim in scope.claims(node)}

    def lines(self) -> Iterator[str]:
        """Yield the whole document, line by line."""
        edition, scope = self.scope.report.edition, self.scope
        name = edition.title if scope.place is None else f"{scope.place.cite()}: {edition.title}"
        yield "<!DOCTYPE html>"
        yield f'<html lang="{escaped(edition.language)}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        policy = f"default-src 'none'; style-src 'sha256-{_DIGEST}'"
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escaped(name)}</title>"
        yield f"<style>{_STYLE}</style>"
        yield "</head>"
        yield "<body>"
        yield '<p><a href="#text">Skip to the text</a></p>'
        yield "<header>"
        yield f"<h1>{escaped(edition.title)}</h1>"
        yield from (f"<p>{escaped(line)}</p>" for line in (*outline.about(scope), outline.legend(scope)))
        yield f"<p>Source: {_linked(edition.source)}</p>"
        if original := outline.original(scope):
            yield f'<p>Japanese original: <span lang="ja">{escaped(original[0])}</span> {_linked(original[1])}</p>'
        if above := outline.within(scope):
            yield f"<p>Within: {escaped(' / '.join(map(outline.title, above)))}</p>"
        yield "</header>"
        closing = (("names", "Names", [*self.names()]), ("codes", "Lists of codes", [*self.code_lists()]))
        shown = [each for each in closing if each[2]]
        yield '<nav aria-label="Contents">'
        yield "<ul>"
        for top in scope.tops:
            yield from self.contents(top, 1)
        yield from (f'<li><a href="#{anchor}">{heading}</a></li>' for anchor, heading, _ in shown)
        yield "</ul>"
        yield "</nav>"
        yield '<main id="text">'
        for top in scope.tops:
            yield from self.place(top, _TOP)
        for anchor, heading, lines in shown:
            yield f'<section id="{anchor}" aria-labelledby="{anchor}-heading">'
            yield f'<h2 id="{anchor}-heading">{heading}</h2>'
            yield "<dl>"
            yield from lines
            yield "</dl>"
            yield "</section>"
        yield "</main>"
        yield "</body>"
        yield "</html>"

    def contents(self, node: Node, level: int) -> Iterator[str]:
        """Yield a link to a place and, in a list within its item, links to what is below it."""
        yield f"<li>{self.address(node.ref, outline.title(node))}"
        below = self.scope.children(node)
        if below and level < _LISTED:
            yield "<ul>"
            for child in below:
                yield from self.contents(child, level + 1)
            yield "</ul>"
        yield "</li>"

    def place(self, node: Node, level: int) -> Iterator[str]:
        """Yield one place and what is below it."""
        ref, tag, more, named = str(node.ref), f"h{level}", "", ""
        if level == _TOP:  # A section that has a name is a landmark, and these should be few.
            more, named = f' id="{ref}-heading"', f' aria-labelledby="{ref}-heading"'
        if level > _LEAST:
            tag, more = "div", f' role="heading" aria-level="{level}"'
        yield f'<section id="{ref}"{named} data-kind="{node.kind}">'
        yield f"<{tag}{more}>{escaped(outline.title(node))} {self.address(node.ref)}</{tag}>"
        if node.heading:
            yield f"<p><i>{escaped(node.gist)}</i></p>"
        for claim in self.scope.claims(node):
            yield from self.claim(claim)
        if known := [*outline.notes(self.scope, node)]:
            yield f"<details><summary>Notes ({len(known)})</summary>"
            yield from self.notes(known)
            yield "</details>"
        for child in self.scope.children(node):
            yield from self.place(child, level + 1)
        yield "</section>"

    def claim(self, claim: Claim) -> Iterator[str]:
        """Yield one claim."""
        yield f'<p id="{claim.ref}">{self.address(claim.ref)} {escaped(claim.text)}</p>'
        words = self.scope.words(claim)
        if words is not None:
            yield f"<blockquote><p>{escaped(words)}</p></blockquote>"

    def notes(self, notes: Iterable[Note]) -> Iterator[str]:
        """Yield a list of *notes*."""
        yield "<ul>"
        yield from map(self.note, notes)
        yield "</ul>"

    def note(self, note: Note) -> str:
        """Return one note."""
        label, text = escaped(note.label), escaped(note.text)
        if note.overlay_key:
            label = f'<a href="#codes-{note.overlay_key}">{label}</a>'
        if note.language:
            text = f'<span lang="{note.language}">{text}</span>'
        parts = (
            ": ".join(filter(None, (label, note.joint.join(map(self.item, note.items)), text))),
            f"({_linked(note.source)}, read {escaped(note.read)})" if note.source else "",
            escaped(note.remark),
            f"<small>({note.basis.value})</small>",
        )
        return f'<li data-basis="{note.basis.value}">{" ".join(filter(None, parts))}</li>'

    def item(self, item: Item) -> str:
        """Return what a note is about; the address of a place that is not in the document is shown."""
        if item.ref is None:
            return _linked(item.uri, item.text) if item.uri else escaped(item.text)
        address = "" if item.ref in self.anchors else f" {self.address(item.ref)}"
        return f"{self.address(item.ref, item.text)}{address}"

    def names(self) -> Iterator[str]:
        """Yield the entities."""
        for name in outline.names(self.scope):
            yield f'<dt id="entity-{escaped(name.key)}">{escaped(name.title)}</dt>'
            places = ", ".join(map(self.address, name.refs))
            yield f"<dd>{': '.join(filter(None, (escaped(name.about), places)))}"
            if name.notes:
                yield from self.notes(name.notes)
            yield "</dd>"

    def code_lists(self) -> Iterator[str]:
        """Yield the overlays whose codes are shown."""
        for each in outline.code_lists(self.scope):
            yield f'<dt id="codes-{each.key}">{escaped(each.title)}</dt>'
            yield from (f"<dd>{escaped(line)}</dd>" for line in each.lines)
            if each.book:
                yield f"<dd><details><summary>Code book</summary><pre>{escaped(each.book)}</pre></details></dd>"

    def address(self, ref: Ref, text: str = "") -> str:
        """Return an address, as a link if its place is in the document."""
        shown = escaped(text) if text else f"<code>{ref}</code>"
        return f'<a href="#{ref}">{shown}</a>' if ref in self.anchors else shown


def _linked(uri: str, text: str = "") -> str:
    """Return a link if a document may have it, and otherwise the text."""
    shown = escaped(text or uri)
    return f'<a href="{escaped(uri)}">{shown}</a>' if outline.is_safe(uri) else shown
