"""
How places look: as plain text, as HTML and as Markdown.

These functions see a place as a `Branch`, so that they stand below the classes that use them. All text is escaped for
the format it goes into; the HTML has no script and asks for nothing from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from asean_japan.errors import require_number

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


def title(branch: Branch) -> str:
    """The label and the gist of a place, in one line."""
    return f"{branch.label} {branch.gist}"


def lead_in(branch: Branch) -> str:
    """What introduces the places below *branch*: its label, heading and claims."""
    return f"{branch.label} {_words(branch)}"


def _words(branch: Branch) -> str:
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
        yield f"{'  ' * level}- **{markdown_text(branch.label)}** {markdown_text(_words(branch))}"
        yield from _markdown_lines(branch.children, level + 1)
