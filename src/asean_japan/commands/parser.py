"""The parser of the command line, which knows no command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeAlias

from asean_japan.errors import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

Arguments: TypeAlias = argparse.Namespace


class Commands(Protocol):
    """To what a command is added; its class has no public name in argparse."""

    def add_parser(self, name: str, /, *, help: str) -> Parser:  # noqa: A002  # Its name in argparse.
        """Add a command and return its parser."""
        ...


class Parser(argparse.ArgumentParser):
    """A parser that answers bad input with one line, and finds the words of an argument on both sides of options."""

    def error(self, message: str) -> NoReturn:
        """End the process with one line."""
        self.exit(2, f"{self.prog}: {visible(message)}\n")

    def add_words(self, metavar: str, help: str, *, optional: bool = False) -> None:  # noqa: A002  # Its name in argparse.
        """Add an argument of several words, which need no quotes."""
        self.add_argument("words", nargs="*" if optional else "+", default=[], metavar=metavar, help=help)

    def parse(self, arguments: Sequence[str] | None) -> Arguments:
        """Read the arguments; words behind an option, which argparse leaves over, join those before it."""
        given, rest = self.parse_known_args(arguments)
        at = rest.index("--") if "--" in rest else len(rest)  # What follows is not an option, whatever it looks like.
        words = [*rest[:at], *rest[at + 1 :]]
        unknown = [word for word in rest[:at] if word.startswith("-") and word != "-"] if "words" in given else words
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        if words:
            given.words = [*given.words, *words]
        return given
