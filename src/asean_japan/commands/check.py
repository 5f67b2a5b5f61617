"""The command ``check``: everything that is wrong with the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from asean_japan.bundle import file_faults
from asean_japan.errors import ArgumentError, DataError
from asean_japan.loading import load

if TYPE_CHECKING:
    from asean_japan.commands.parser import Arguments, Commands
    from asean_japan.report import Report


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("check", help="list everything that is wrong with the data")
    command.add_argument("file", nargs="?", metavar="FILE", help="a report as JSON; nothing for the bundled data")
    command.set_defaults(run=run)


def run(arguments: Arguments) -> str:
    """Return one finding a line; if there are any, the exit status is 1."""
    try:
        report = load() if arguments.file is None else _read(arguments.file)
        found = tuple(map(str, report.check()))
    except DataError as error:
        files = () if arguments.file else tuple(f"{message} @ {path}" for message, path in file_faults())
        found = files or error.misfits
    else:
        if not found:
            return f"nothing found: {len(report.walk())} places, {len(report.claims)} claims"
    arguments.status = 1
    return "\n".join(found)


def _read(path: str) -> Report:
    from asean_japan.serialization.parsing import LARGEST_TEXT
    from asean_japan.serialization.structuring import loads  # The bundled data need none of it.

    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_TEXT + 1)  # One more than is accepted, to show that it is too long.
    except (OSError, ValueError) as error:  # ValueError for a path that no system can have.
        raise ArgumentError("FILE", path, f"a file that can be read ({error})") from error
    return loads(content)
