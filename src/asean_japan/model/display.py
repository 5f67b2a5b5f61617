"""
How values look: in one line for `repr`, and as plain text, HTML and Markdown for people.

A place is seen here as a `Branch`: the classes that use these functions are not imported. All text is escaped for its
format; the HTML has no script and loads nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, TypeGuard, cast, get_args

import attrs

from asean_japan.arguments import require_number
from asean_japan.errors import LONGEST_REPR, ArgumentError, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from asean_japan.refs import Ref

_MARKDOWN = str.maketrans({**{char: f"\\{char}" for char in "\\`*_[]|~#$"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})


class Sentence(Protocol):
    """A claim, as far as it is shown."""

    @property
    def ref(self) -> Ref:
        """Its address."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


class Branch(Protocol):
    """A node, as far as it is shown."""

    @property
    def ref(self) -> Ref:
        """Its address."""
        ...

    @property
    def label(self) -> str:
        """Its mark, or the sign of a bullet or a paragraph."""
        ...

    @property
    def heading(self) -> str | None:
        """Its heading; None if it has none."""
        ...

    @property
    def gist(self) -> str:
        """Its short label."""
        ...

    @property
    def gist_ja(self) -> str | None:
        """Its short label in Japanese; None if it has none."""
        ...

    @property
    def claims(self) -> Sequence[Sentence]:
        """Its own claims."""
        ...

    @property
    def children(self) -> Sequence[Branch]:
        """The nodes directly below it."""
        ...


# What `repr` and `str` write.

Language: TypeAlias = Literal["en", "ja"]

NONE_FOUND = "none found"
_ROOM = 48  # Characters for one value in a `repr` that has no room for all.


def fields_of(value: object) -> dict[str, object]:
    """Return the fields of a value that its class takes, by name."""
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(value)))
    return {field.alias or field.name: getattr(value, field.name) for field in fields if field.init}


def bounded_repr(value: object) -> str:
    """
    Write a value in one line of at most 200 characters: the call that makes it, or the beginning of what it holds.

    >>> from asean_japan.model import Code
    >>> bounded_repr(Code(code="13"))
    "Code(code='13', label=None, definition=None, uri=None)"
    >>> bounded_repr(Code(code="13", definition=f"to {'go ' * 99}"))
    "<Code: code='13', definition='to go go go go go go go go go go go go go go go '...>"
    """
    whole = _construction(value, LONGEST_REPR)
    if whole is not None:
        return whole
    name, fields = type(value).__name__, fields_of(value)
    parts: list[str] = []
    left = LONGEST_REPR - len(f"<{name}: and 99 more>")
    filled = {field: held for field, held in fields.items() if held is not None and held != ()}
    for field, held in filled.items():
        part = f"{field}={brief(held)}"
        left -= len(part) + len(", ")
        if left < 0:
            break
        parts.append(part)
    more = f" and {len(filled) - len(parts)} more" if len(parts) < len(filled) else ""
    return f"<{name}: {', '.join(parts)}{more}>"


def _construction(value: object, room: int) -> str | None:
    """Write the call that makes a value; None if it is longer than *room*."""
    name = type(value).__name__
    arguments = _call(fields_of(value).items(), room - len(f"{name}()"))
    return None if arguments is None else f"{name}({arguments})"


def _call(arguments: Iterable[tuple[str, object]], room: int) -> str | None:
    """Write the arguments of a call; None if they are longer than *room*, or if one is not an expression."""
    parts: list[str] = []
    for name, held in arguments:
        expression = _expression(held, room)
        if expression is None:
            return None
        parts.append(f"{name}={expression}" if name else expression)
        room -= len(parts[-1]) + len(", ")
        if room < -len(", "):
            return None
    return ", ".join(parts)


def _expression(held: object, room: int) -> str | None:
    """Write a value as Python reads it; None if that is longer than *room*, or if there is no such expression."""
    if _is_tuple(held):
        return _bracketed(held, room)
    if room <= 0 or (isinstance(held, str) and len(held) > room):  # Which need not be written to be too long.
        return None
    # Within the room that is left, or each value would look twice at all below it.
    text = held.within(room) or "<" if isinstance(held, Shown) else written(held)
    return None if len(text) > room or (text.startswith("<") and not isinstance(held, str)) else text


def _is_tuple(held: object) -> TypeGuard[tuple[object, ...]]:
    return type(held) is tuple


def _bracketed(items: tuple[object, ...], room: int) -> str | None:
    inside = _call((("", item) for item in items), room - len("(,)"))
    return inside if inside is None else f"({inside},)" if len(items) == 1 else f"({inside})"


def brief(held: object) -> str:
    """
    Write the beginning of a text, the number of items of a long tuple, or the name of the type of another long value.

    >>> brief("rice"), brief(("rice",) * 20)
    ("'rice'", '<20 items>')
    """
    expression = _expression(held, _ROOM)
    if expression is not None:
        return expression
    if isinstance(held, tuple):
        return f"<{counted(len(cast('tuple[object, ...]', held)), 'item')}>"
    if isinstance(held, str):
        return f"{repr(held[:_ROOM])[: _ROOM + 2]}..."
    text = written(held)
    return text if len(text) <= 2 * _ROOM else f"<{type(held).__name__}>"


def bounded_items(items: tuple[object, ...]) -> str:
    """
    Write a tuple in one line of at most 200 characters: the call that makes it, or the number of items and the first.

    >>> from asean_japan import load
    >>> bounded_items(load().find(kind="pillar")[:1])
    "tuple((asean_japan.load()['II.1'],))"
    """
    name = type(items).__name__
    inside = _bracketed(items, LONGEST_REPR - len(f"{name}()"))
    if inside is not None:
        return f"{name}({inside})"
    first = written(items[0])
    shown = f", first {first}" if len(first) <= LONGEST_REPR - len(f"<{name}: 999999 items, first >") else ""
    return f"<{name}: {counted(len(items), 'item')}{shown}>"


class Shown:
    """A value whose `repr` is one line of at most 200 characters."""

    __slots__ = ()

    def _path(self) -> str | None:
        """Return the expression that finds it in its report; None if there is none."""
        return None

    def within(self, room: int) -> str | None:
        """Return the expression that makes it, or finds it in its report; None if that is longer than *room*."""
        return self._path() or _construction(self, room)

    def __repr__(self) -> str:
        return self._path() or bounded_repr(self)


def counted(number: int, noun: str) -> str:
    """
    Write a number with what it counts.

    >>> counted(1, "place"), counted(2, "place")
    ('1 place', '2 places')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def line_at(ref: Ref, said: str, reason: str | None = None) -> str:
    """
    Write what is said of a place behind its address, with the reason if there is one.

    >>> from asean_japan import Ref
    >>> line_at(Ref.parse("III.2.4"), "13", "climate change")
    'III.2.4  III-2-④  13: climate change'
    """
    return f"{ref}  {ref.cite()}  {said}{f': {reason}' if reason else ''}"


def place_text(*lines: str | None) -> str:
    """Join the lines of a place, without those that are empty."""
    return "\n".join(line for line in lines if line)


def title(branch: Branch) -> str:
    """Return the label and the gist of a place, in one line."""
    return f"{branch.label} {branch.gist}"


def lead_in(branch: Branch) -> str:
    """Return what introduces the places below *branch*: its label, heading and claims."""
    return f"{branch.label} {own_words(branch)}"


def own_words(branch: Branch) -> str:
    """Return its heading, if it has one, and its claims."""
    return " ".join([*filter(None, [branch.heading]), *(claim.text for claim in branch.claims)])


def tree(branches: Iterable[Branch], depth: int | None, lang: Language) -> str:
    """Draw places, *depth* levels down: a line each, with its label, gist and address, indented by level."""
    if depth is not None:
        require_number("depth", depth, 0)
    if lang not in list(get_args(Language)):  # A list, since *lang* may be unhashable.
        raise ArgumentError("lang", lang, "en or ja")
    return "\n".join(_tree_lines(branches, depth, lang, 0))


def _tree_lines(branches: Iterable[Branch], depth: int | None, lang: Language, level: int) -> Iterator[str]:
    for branch in branches:
        gist = (branch.gist_ja if lang == "ja" else None) or branch.gist
        yield f"{'  ' * level}{branch.label} {gist}  ({branch.ref})"
        if depth is None or level < depth:
            yield from _tree_lines(branch.children, depth, lang, level + 1)


def html(branches: Iterable[Branch]) -> str:
    """Return collapsible boxes, open at the top and closed below."""
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
    """Return a claim as a paragraph of HTML."""
    return f'<p style="margin-left:1em">{escaped(claim.text)} <code>{claim.ref}</code></p>'


def table_html(rows: Iterable[tuple[Ref | str, str]]) -> str:
    """Return a table of HTML, of addresses or keys with texts."""
    cells = "".join(f"<tr><td><code>{escaped(str(key))}</code></td><td>{escaped(text)}</td></tr>" for key, text in rows)
    return f"<table>{cells}</table>"


def escaped(text: str) -> str:
    """Escape *text* for HTML."""
    from html import escape

    return escape(text)


def markdown_text(text: str) -> str:
    """Escape *text* for Markdown."""
    return text.translate(_MARKDOWN)


def sentence_markdown(claim: Sentence) -> str:
    """Return a claim as a paragraph of Markdown."""
    return f"`{claim.ref}` {markdown_text(claim.text)}"


def markdown(branches: Iterable[Branch]) -> str:
    """Return a nested list of Markdown: the label of each place with its heading and claims."""
    return "\n".join(_markdown_lines(branches, 0))


def _markdown_lines(branches: Iterable[Branch], level: int) -> Iterator[str]:
    for branch in branches:
        yield f"{'  ' * level}- **{markdown_text(branch.label)}** {markdown_text(own_words(branch))}"
        yield from _markdown_lines(branch.children, level + 1)
