"""The command ``tree``: the report, or a part of it, a line for each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.loading import load

if TYPE_CHECKING:
    from asean_japan.commands.parser import Arguments, Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("tree", help="draw the report, or a place with what is below it")
    command.add_words("REF", "where to begin; nothing for the whole report", optional=True)
    command.add_argument("--depth", type=int, help="levels to draw below it")
    command.add_argument("--lang", choices=("en", "ja"), default="en", help="language of the labels")
    command.set_defaults(run=run)


def run(arguments: Arguments) -> str:
    """Draw the report, or a node; of a claim, which has nothing below it, its node."""
    report = load()
    if not arguments.words:
        return report.tree(depth=arguments.depth, lang=arguments.lang)
    return report[" ".join(arguments.words)].node.tree(depth=arguments.depth, lang=arguments.lang)
