"""The command ``export``: the report, or a place, in another format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan import export
from asean_japan.commands.copy import HINTS, add_copy, report_with
from asean_japan.errors import ArgumentError, AseanJapanError
from asean_japan.export import FORMATS, Format
from asean_japan.model import Basis

if TYPE_CHECKING:
    from collections.abc import Callable

    from asean_japan.commands.parser import Arguments, Commands
    from asean_japan.model import Place
    from asean_japan.report import Report

_FORMATS = {**FORMATS, "json": Format("dumps", options=())}  # What `check` reads; no export, but asked for as one.
_OPTIONAL = (Basis.RESEARCHED.value, Basis.EDITORIAL.value)  # The bases that an export can leave out.
_FLAGS = {"place": "REF", "depth": "--depth", "bases": "--without", "verbatim": "--copy"}  # For the options of formats.


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("export", help="write the report, or a place, in another format")
    command.add_argument("format", metavar="FORMAT", choices=_FORMATS, help=", ".join(_FORMATS))
    command.add_words("REF", "where to begin; nothing for the whole report", optional=True)
    command.add_argument("-o", "--output", metavar="FILE", help="where to write; nothing, or -, for standard output")
    command.add_argument("--overwrite", action="store_true", help="replace what exists there")
    command.add_argument("--depth", type=int, help="levels to write below the place")
    command.add_argument(
        "--without", action="append", choices=_OPTIONAL, default=[], help="a basis of truth to leave out"
    )
    add_copy(command, "written")
    command.set_defaults(run=run, refuse=command.error, hints={**HINTS, "overwrite": "--overwrite replaces it"})


def run(arguments: Arguments) -> str:
    """Write to a file and return its path, or return the text."""
    chosen, to_file = _FORMATS[arguments.format], arguments.output not in {None, "-"}
    options = _options(arguments, chosen)
    if chosen.gives == "path" and not to_file:
        arguments.refuse(f"{arguments.format} needs -o FILE")
    report = report_with(arguments.copy)
    place = report[" ".join(arguments.words)] if arguments.words else report
    try:
        if chosen.gives == "path":
            _function(chosen)(place, arguments.output, overwrite=arguments.overwrite, **options)
            return f"written: {arguments.output}"
        text = _text(chosen, place, options)
    except ArgumentError as error:
        if error.argument != "verbatim":
            raise
        raise AseanJapanError("the copy has no words for what is to be written; leave --copy out") from error
    if not to_file:
        arguments.exact = True
        return text
    from asean_japan.export.files import write_text  # The console needs none of it.

    write_text(arguments.output, text, overwrite=arguments.overwrite)
    return f"written: {arguments.output}"


def _text(chosen: Format, place: Report | Place, options: dict[str, object]) -> str:
    style = () if chosen.style is None else (chosen.style,)
    text: str = _function(chosen)(place, *style, **options)
    return text.removesuffix("\n") + "\n"


def _function(chosen: Format) -> Callable[..., str]:
    if chosen.function == "dumps":
        from asean_japan.serialization.writing import dumps  # The other formats need none of it.

        return dumps
    function: Callable[..., str] = getattr(export, chosen.function)
    return function


def _options(arguments: Arguments, chosen: Format) -> dict[str, object]:
    """Return the options for the function of a format, and refuse what the format does not take."""
    options: dict[str, object] = {}
    if arguments.depth is not None:
        options["depth"] = arguments.depth
    if arguments.without:
        options["bases"] = [basis for basis in Basis if basis.value not in arguments.without]
    if arguments.copy is not None:
        options["verbatim"] = True
    for name in [*(["place"] if arguments.words else []), *options]:
        if name not in chosen.options:
            whole = "place" not in chosen.options and name in {"place", "depth"}
            why = "holds the whole report" if whole else "takes no such option"
            arguments.refuse(f"{arguments.format} {why}; leave {_FLAGS[name]} out")
    return options
