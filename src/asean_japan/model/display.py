"""
How places look: as plain text, as HTML and as Markdown.

These functions see a place as a `Branch`, so that they stand below the classes that use them. All text is escaped for
the format it goes into; the HTML has no script and asks for nothing from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import attrs

from asean_japan.arguments import require_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from asean_japan.refs import Ref

_MARKDOWN = str.maketrans({**{char: f"\\{char}" for char in "\\`*_[]|~#$"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})


class Sentence(Protocol):
    """What is shown of a claim."""

    @property
    def ref(self) -> Ref:
        """Its address."""
        ...

    @property
    def text(self) -> str:
        """What it says."""
        ...


class Branch(Protocol):
    """What is shown of a node."""

    @property
    def ref(self) -> Ref:
        """Its address."""
        ...

    @property
    def label(self) -> str:
        """What stands before it."""
        ...

    @property
    def heading(self) -> str | None:
        """Its heading, if it has one."""
        ...

    @property
    def gist(self) -> str:
        """Its short label."""
        ...

    @property
    def claims(self) -> Sequence[Sentence]:
        """What it says."""
        ...

    @property
    def children(self) -> Sequence[Branch]:
        """What stands below it."""
        ...


# What `repr` and `str` write.

LONGEST_REPR = 200
NONE_FOUND = "none found"
_MOST_ITEMS = 20


def fields_of(value: object) -> dict[str, object]:
    """Return the fields of a value that its class takes, by name."""
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(value)))
    return {field.alias or field.name: getattr(value, field.name) for field in fields if field.init}


def bounded_repr(value: object) -> str:
    """Write a value in one line of at most 200 characters: as it can be pasted back, if that is short enough."""
    name = type(value).__name__
    parts: list[str] = []
    left = LONGEST_REPR - len(f"<{name}: and 99 more>")
    fields = fields_of(value)
    for field, held in fields.items():
        written = f"{field}={_bounded(held)}"
        left -= len(written) + 2
        if left < 0:
            break
        parts.append(written)
    if len(parts) == len(fields) and not any("<" in part for part in parts):
        return f"{name}({', '.join(parts)})"
    more = f" and {len(fields) - len(parts)} more" if len(parts) < len(fields) else ""
    return f"<{name}: {', '.join(parts)}{more}>"


def _bounded(held: object) -> str:
    if isinstance(held, tuple) and type(held) is tuple:
        items = cast("tuple[object, ...]", held)
        return repr(items) if len(items) <= _MOST_ITEMS else f"<{len(items)} items>"
    return repr(held)


def bounded_items(items: tuple[object, ...]) -> str:
    """Write a tuple in one line of at most 200 characters: its items, if they are short enough, else their number."""
    name = type(items).__name__
    if len(items) <= _MOST_ITEMS:
        written = f"{name}(({''.join(f'{item!r}, ' for item in items).removesuffix(' ' if len(items) == 1 else ', ')}))"
        if len(written) <= LONGEST_REPR:
            return written
    return f"<{name}: {len(items)} items, first {_short(items[0])}>"


def _short(item: object) -> str:
    written = repr(item)
    return written if len(written) <= LONGEST_REPR // 2 else f"<{type(item).__name__}>"


class Shown:
    """A value whose `repr` is one line of at most 200 characters."""

    __slots__ = ()

    def __repr__(self) -> str:
        return bounded_repr(self)


def place_text(*lines: str | None) -> str:
    """Write a place for people: its citation, its label, and what it says."""
    return "\n".join(line for line in lines if line)


def title(branch: Branch) -> str:
    """The label and the gist of a place, in one line."""
    return f"{branch.label} {branch.gist}"


def lead_in(branch: Branch) -> str:
    """What introduces the places below *branch*: its label, heading and claims."""
    return f"{branch.label} {own_words(branch)}"


def own_words(branch: Branch) -> str:
    """Its heading, if it has one, and its claims."""
    return " ".join([*filter(None, [branch.heading]), *(claim.text for claim in branch.claims)])


def tree(branches: Iterable[Branch], depth: int | None) -> str:
    """One line for each place: indentation, label, gist and address; *depth* levels below the given ones."""
    if depth is not None:
        require_number("depth", depth, 0)
    return "\n".join(_tree_lines(branches, depth, 0))


def _tree_lines(branches: Iterable[Branch], depth: int | None, level: int) -> Iterator[str]:
    for branch in branches:
        yield f"{'  ' * level}{title(branch)}  ({branch.ref})"
        if depth is None or level < depth:
            yield from _tree_lines(branch.children, depth, level + 1)


def html(branches: Iterable[Branch]) -> str:
    """Collapsible boxes, the given ones open and all below them closed."""
    return "".join(_box(branch, opened=True) for branch in branches)


def _box(branch: Branch, *, opened: bool) -> str:
    inner = "".join(sentence_html(claim) for claim in branch.claims)
    inner += "".join(_box(child, opened=False) for child in branch.children)
    heading = f"<p><b>{escaped(branch.heading)}</b></p>" if branch.heading else ""
    return (
        f'<details{" open" if opened else ""} style="margin-left:1em">'
        f"<summary>{escaped(title(branch))} <code>{branch.ref}</code></summary>{heading}{inner}</details>"
    )


def sentence_html(claim: Sentence) -> str:
    """One claim as a paragraph."""
    return f'<p style="margin-left:1em">{escaped(claim.text)} <code>{claim.ref}</code></p>'


def table_html(rows: Iterable[tuple[Ref | str, str]]) -> str:
    """A table of addresses or keys, and texts."""
    cells = "".join(f"<tr><td><code>{escaped(str(key))}</code></td><td>{escaped(text)}</td></tr>" for key, text in rows)
    return f"<table>{cells}</table>"


def escaped(text: str) -> str:
    """*text* for use in HTML."""
    from html import escape

    return escape(text)


def markdown_text(text: str) -> str:
    """*text* for use in Markdown."""
    return text.translate(_MARKDOWN)


def sentence_markdown(claim: Sentence) -> str:
    """One claim as a paragraph."""
    return f"`{claim.ref}` {markdown_text(claim.text)}"


def markdown(branches: Iterable[Branch]) -> str:
    """A nested list: label and heading or claims of each place."""
    return "\n".join(_markdown_lines(branches, 0))


def _markdown_lines(branches: Iterable[Branch], level: int) -> Iterator[str]:
    for branch in branches:
        yield f"{'  ' * level}- **{markdown_text(branch.label)}** {markdown_text(own_words(branch))}"
        yield from _markdown_lines(branch.children, level + 1)
