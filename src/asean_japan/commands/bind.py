"""The command ``bind``: what a reader's copy has of the report, and what else it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from asean_japan.commands.copy import bound_to, on_page
from asean_japan.copies import COPY_FORMATS
from asean_japan.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.commands.parser import Arguments, Commands
    from asean_japan.copies import Binding

_MOST_SHOWN = 20  # Lines of each kind of fault,
_LONGEST_SHOWN = 60  # and characters of what the copy has there.


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("bind", help="compare a copy of the report with the digests of its sentences")
    command.add_argument("file", metavar="FILE", help="text, Markdown, HTML, docx or PDF; - for standard input")
    command.add_argument("--format", choices=COPY_FORMATS, help="how to read it; otherwise its content tells")
    command.add_argument(
        "--loose", action="store_true", help="show what was found even if it is not a copy of the report"
    )
    command.set_defaults(run=run, hints={"strict": "--loose shows what was found"})


def run(arguments: Arguments) -> str:
    """Return what a copy has, and what is wrong with it; if that is anything, the exit status is 1."""
    bound = bound_to(arguments.file, format=arguments.format, strict=not arguments.loose)
    binding = cast("Binding", bound.binding)
    arguments.status = int(not binding.coverage.whole)
    return "\n".join([str(binding), *(_faults(binding) if arguments.status else ())])


def _faults(binding: Binding) -> Iterator[str]:
    """Yield what keeps a copy from being whole."""
    unproved = [
        f"{found.ref or found.kind}  {found.status}{on_page(found)}  {_beginning(found.words or '')}".rstrip()
        for found in binding.parts
        if not found.proved
    ]
    moved = [f"{ref}  {_beginning(binding[ref].words or '')}" for ref in binding.moved_headings + binding.moved]
    extra = [f"{_beginning(left.text)}{on_page(left)}" for left in binding.extra]
    for title, lines in (("not proved", unproved), ("out of order", moved), ("extra", extra)):
        if lines:
            yield f"\n{title}:"
            yield from lines[:_MOST_SHOWN]
        if len(lines) > _MOST_SHOWN:
            yield f"and {len(lines) - _MOST_SHOWN} more"


def _beginning(text: str) -> str:
    """Return the first words of a text that may hold anything."""
    line = " ".join(text[: 10 * _LONGEST_SHOWN].split())
    return visible(line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}...")
