"""The command ``trace``: what a place answers, what answers it, and by which means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.loading import load

if TYPE_CHECKING:
    from asean_japan.commands.parser import Arguments, Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("trace", help="show what a place answers, what answers it, and by which means")
    command.add_words("REF", "an address, in any form that people use")
    command.set_defaults(run=run)


def run(arguments: Arguments) -> str:
    """Return the trace of a place."""
    return str(load().trace(" ".join(arguments.words)))
