"""The command ``show``: a place in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.commands.copy import HINTS, add_copy, on_page, report_with
from asean_japan.errors import visible
from asean_japan.model import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.commands.parser import Arguments, Commands
    from asean_japan.copies import Binding
    from asean_japan.model import Place


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("show", help="show a place in full: show III-2-④, show I.2.7.s3")
    command.add_words("REF", "an address, in any form that people use")
    add_copy(command, "shown")
    command.set_defaults(run=run, hints=HINTS)


def run(arguments: Arguments) -> str:
    """Return a place: its statement, its words in a copy, and what is directly below it."""
    report = report_with(arguments.copy)
    place = report[" ".join(arguments.words)]
    parts = [f"{place.cite()}  ({place.ref})", place.statement()]
    if report.binding:
        parts.append("\n".join(_words(report.binding, place)))
    if isinstance(place, Node) and place.children:
        parts.append(place.tree(depth=1).partition("\n")[2])
    return "\n\n".join(parts)


def _words(binding: Binding, place: Place) -> Iterator[str]:
    """Yield what a copy has for the heading and the sentences of a place, each with its status."""
    yield f"In {visible(binding.copy.name)}:"
    refs = [claim.ref for claim in place.claims] if isinstance(place, Node) else [place.ref]
    if isinstance(place, Node) and place.heading:
        refs.insert(0, place.ref)
    for ref in refs:
        bound = binding[ref]
        yield f"[{bound.status}{on_page(bound)}] {visible(bound.words or '')}".rstrip()
