"""The command line: one parser for all commands, and one way to print what they return."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from asean_japan import __version__
from asean_japan.commands import bind, check, entity, export, find_quote, search, show, trace, tree
from asean_japan.commands.parser import Parser
from asean_japan.errors import AseanJapanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asean_japan.commands.parser import Arguments

_COMMANDS = (show, tree, search, trace, entity, check, export, bind, find_quote)


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return the exit status: 0, 1 if a check, a copy or a quotation has faults, 2 for bad input.

    Bad input is answered with one line. If the arguments do not make a command, the process ends with 2 at once, as
    with `argparse`.

    >>> main(["tree", "III.1.5", "--depth", "0"])
    ⑤ Legal systems for the rule of law  (III.1.5)
    0

    Args:
        arguments: The command and its arguments; None for those of the process.
    """
    parser = _parser()
    given = parser.parse(arguments)
    try:
        text = given.run(given)
    except AseanJapanError as error:
        sys.stderr.write(f"{parser.prog}: {_message(error, given)}\n")
        return 2
    try:
        _write(text, exact=given.exact)
    except BrokenPipeError:  # The reader has seen enough; what is left must not fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        sys.stderr.write(f"{parser.prog}: {error}\n")
        return 1
    return int(given.status)


def _parser() -> Parser:
    about = "Read the 2023 report of the ASEAN-Japan expert panel, restated."
    parser = Parser(prog="python -m asean_japan", description=about)
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(status=0, exact=False, hints={})
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    for command in _COMMANDS:
        command.add(commands)
    return parser


def _message(error: AseanJapanError, given: Arguments) -> str:
    """Return the message of an error, with the hint that the command has for it instead of that for Python."""
    hint = given.hints.get(error.option)
    return f"{error.message}; {hint}" if hint else error.message


def _write(text: str, *, exact: bool) -> None:
    """Print a text; one that is a file by itself goes into a file or a pipe in UTF-8, whatever consoles have."""
    raw = getattr(sys.stdout, "buffer", None)  # There may be no console at all.
    if exact and raw is not None and not sys.stdout.isatty():
        sys.stdout.flush()
        raw.write(text.encode(errors="backslashreplace"))
        raw.flush()
        return
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    shown = text.encode(encoding, "backslashreplace").decode(encoding)  # For a console that lacks ④.
    print(shown, end="" if exact else "\n", flush=True)
