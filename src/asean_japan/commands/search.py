"""The command ``search``: the places that answer a query best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.loading import load

if TYPE_CHECKING:
    from asean_japan.commands.parser import Arguments, Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("search", help="rank the places for some words")
    command.add_words("WORDS", "any text")
    command.add_argument("--limit", type=int, default=10, help="how many hits at most (10)")
    command.set_defaults(run=run)


def run(arguments: Arguments) -> str:
    """Return the hits, best first."""
    return str(load().search(" ".join(arguments.words), limit=arguments.limit))
