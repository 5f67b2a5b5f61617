"""What several commands do with a reader's copy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from asean_japan.errors import AseanJapanError
from asean_japan.loading import load

if TYPE_CHECKING:
    from asean_japan.commands.parser import Parser
    from asean_japan.copies import BoundPart, CopyFormat, Leftover
    from asean_japan.report import Report

HINTS = {"strict": "bind --loose shows what was found"}


def add_copy(command: Parser, use: str) -> None:
    """Add the option of a copy, and say what the command does with its words."""
    command.add_argument(
        "--copy", metavar="FILE", help=f"a copy of the report, whose words are {use} too; - for standard input"
    )


def report_with(path: str | None) -> Report:
    """Return the bundled report, bound to the copy at a path if there is one."""
    return load() if path is None else bound_to(path)


def bound_to(path: str, *, format: CopyFormat | None = None, strict: bool = True) -> Report:  # noqa: A002  # As in `bind`.
    """Return the bundled report, bound to the copy at a path, or in the standard input if that is ``-``."""
    if path != "-":
        return load().bind(Path(path), format=format, strict=strict)
    source = getattr(sys.stdin, "buffer", sys.stdin)
    if source is None:
        raise AseanJapanError("there is no standard input")
    return load().bind(source, format=format, strict=strict)


def on_page(found: BoundPart | Leftover) -> str:
    """Return on which page something is, to follow what it is; empty if that is unknown."""
    return f", page {found.page}" if found.page else ""
