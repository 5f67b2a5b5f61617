"""The report as Markdown, for people and for whatever reads CommonMark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asean_japan.export import outline
from asean_japan.export.outline import Item, Note
from asean_japan.export.scope import ALL, Scope
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.home import Home
from asean_japan.model.places import Claim, Node, Place
from asean_japan.refs import Ref

_HEADED = 3  # Steps of the address of an action item; what is below it is a nested list.


def markdown(
    report_or_place: Home | Place,
    /,
    *,
    depth: int | None = None,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
) -> str:
    """
    Write a report or a place as Markdown (CommonMark).

    >>> import asean_japan as aj
    >>> print(
    ...     aj.export.markdown(aj.load()["III.1.5.1"], bases=[aj.Basis.STATED, aj.Basis.RESTATED])
    ... )  # doctest: +ELLIPSIS
    # Report of the Expert Panel for the 50th Year of ASEAN-Japan Friendship and Cooperation
    ...
    ## • Regular ASEAN-Japan judicial consultations (`III.1.5.1`)
    ...

    Sections, areas and items are headings; what is below them is a nested list. Each claim follows its address. What is
    known beyond the sentences comes after them, each note with its basis. Any text is escaped.

    Args:
        report_or_place: A report, a node with what is below it, or a claim alone.
        depth: Levels below the sections or below the node; 0 is none, None is no limit.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
        verbatim: Whether to include the report's own words, each in a block quotation; needs a bound report.

    Raises:
        ArgumentError: If one of these is something else.
        DetachedNodeError: If the place belongs to no report.
    """
    scope = Scope.of(report_or_place, depth=depth, bases=bases, verbatim=verbatim)
    return "\n\n".join(_blocks(scope)) + "\n"


def _blocks(scope: Scope) -> Iterator[str]:
    """Yield everything that is separated by blank lines."""
    yield f"# {_line(scope.report.edition.title)}"
    yield from map(_line, (*outline.about(scope), outline.legend(scope)))
    yield f"Source: {_linked(scope.report.edition.source)}"
    if original := outline.original(scope):
        yield f"Japanese original: {_line(original[0])} {_linked(original[1])}".strip()
    if above := outline.within(scope):
        yield "Within: " + " / ".join(_line(outline.title(node)) for node in above)
    for top in scope.tops:
        yield from _place(scope, top, 1, "")
    named = [_name(name) for name in outline.names(scope)]
    if named:
        yield "## Names"
        yield "\n".join(named)
    lists = [_code_list(each) for each in outline.code_lists(scope)]
    if lists:
        yield "## Lists of codes"
        yield "\n".join(lists)


def _place(scope: Scope, node: Node, level: int, indent: str) -> Iterator[str]:
    """Yield one place, as a heading or, below an item, as an item of a list; *indent* begins each of its lines."""
    if level == 1 or node.ref.depth <= _HEADED:
        level += 1
        yield f"{'#' * level} {_line(outline.title(node))} ({_address(node.ref)})"
    else:
        yield f"{indent}- **{_line(node.label)}** {_line(node.gist)} ({_address(node.ref)})"
        indent += "  "
    if node.heading:
        yield f"{indent}*{_line(node.gist)}*"
    for claim in scope.claims(node):
        yield from _claim(scope, claim, indent)
    known = [f"{indent}+ {_note(note)}" for note in outline.notes(scope, node)]
    if known:
        yield "\n".join(known)  # With another sign than places have, so that they are a list of their own.
    for child in scope.children(node):
        yield from _place(scope, child, level, indent)


def _claim(scope: Scope, claim: Claim, indent: str) -> Iterator[str]:
    yield f"{indent}{_address(claim.ref)} {_line(claim.text)}"
    words = scope.words(claim)
    if words is not None:
        yield f"{indent}> “{_line(words)}”"


def _note(note: Note) -> str:
    items = note.joint.join(map(_item, note.items))
    said = ": ".join(filter(None, (items, _line(note.text))))
    where = f"({_linked(note.source)}, read {_line(note.read)})" if note.source else ""
    parts = (f"*{_line(note.label)}*", said, where, _line(note.remark), f"({note.basis.value})")
    return " ".join(filter(None, parts))


def _item(item: Item) -> str:
    shown = _linked(item.uri, item.text) if item.uri else _line(item.text)
    return f"{shown} ({_address(item.ref)})" if item.ref else shown


def _name(name: outline.Name) -> str:
    described = f" ({_line(name.about)})" if name.about else ""
    places = f": {', '.join(map(_address, name.refs))}" if name.refs else ""
    lines = [f"- **{_line(name.title)}**{described}{places}"]
    return "\n".join(lines + [f"  + {_note(note)}" for note in name.notes])


def _code_list(codes: outline.CodeList) -> str:
    book = (f'Code book: `report.overlays["{codes.key}"].book`',) if codes.book else ()
    return " ".join((f"- **{_line(codes.title)}**", *map(_line, codes.lines), *book))


def _line(text: str) -> str:
    """Return *text* in one line, so that nothing in it begins a block."""
    return display.markdown_text(" ".join(text.split()))


def _address(ref: Ref) -> str:
    return f"`{ref}`"


def _linked(uri: str, text: str = "") -> str:
    """Return a link if a document may have it, and otherwise the text."""
    shown = _line(text or uri)
    return f"[{shown}](<{uri.translate(_IN_LINK)}>)" if outline.is_safe(uri) else shown


_IN_LINK = str.maketrans({char: f"%{ord(char):02X}" for char in "<>\\`|"} | {"&": "&amp;"})
