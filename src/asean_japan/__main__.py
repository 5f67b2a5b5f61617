"""The command line: ``python -m asean_japan show III.2.4``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

from asean_japan import __version__, copies, export
from asean_japan.errors import ArgumentError, AseanJapanError, DataError, visible
from asean_japan.export import FORMATS, Format
from asean_japan.loading import file_findings, load
from asean_japan.model import Basis, Node
from asean_japan.serialization import LARGEST_TEXT, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from asean_japan.copies.binding import Binding
    from asean_japan.copies.coverage import BoundPart, Leftover
    from asean_japan.model.facts import Mention
    from asean_japan.model import Place
    from asean_japan.report import Report

# How errors end that name an option of a function, and the flag of the command line for it.
_FLAGS = {
    "strict=False gives what was found": "--loose shows what was found",
    "overwrite=True": "--overwrite",
    "verbatim is True, expected False, since this report is bound to no copy that has the words": (
        "the copy has no words for what is to be written; leave --copy out"
    ),
}
_WRITTEN = {**FORMATS, "json": Format("dumps", options=())}  # What `check` reads back; no export, but asked for as one.
_EXPORTED = {"place": "REF", "depth": "--depth", "layers": "--without", "verbatim": "--copy"}  # Options of formats.
_MOST_SHOWN = 20  # Lines of each kind that tell what is wrong with a copy,
_LONGEST_SHOWN = 60  # and characters of what it has there.
_OPTIONAL = (Basis.RESEARCHED.value, Basis.EDITORIAL.value)  # Layers that an export can do without.


class _Parser(argparse.ArgumentParser):
    """A parser that answers bad input with one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {visible(message)}\n")


def _parser() -> argparse.ArgumentParser:
    about = "Read the 2023 report of the ASEAN-Japan expert panel, restated."
    parser = _Parser(prog="python -m asean_japan", description=about)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    show = commands.add_parser("show", help="show a place in full: show III-2-④, show I.2.7.s3")
    show.add_argument("words", nargs="+", metavar="REF", help="an address, in any form that people use")
    show.add_argument("--copy", metavar="FILE", help="a copy of the report, whose words are shown too")
    show.set_defaults(run=_show)
    tree = commands.add_parser("tree", help="draw the report, or what is below one place")
    tree.add_argument(
        "words", nargs="*", default=[], metavar="REF", help="where to begin; nothing for the whole report"
    )
    tree.add_argument("--depth", type=int, help="levels to draw below it")
    tree.set_defaults(run=_tree)
    search = commands.add_parser("search", help="rank the places for some words")
    search.add_argument("words", nargs="+", metavar="WORDS", help="any text")
    search.add_argument("--limit", type=int, default=10, help="how many hits at most (10)")
    search.set_defaults(run=_search)
    trace = commands.add_parser("trace", help="follow a place to what it answers, what answers it, and by which means")
    trace.add_argument("words", nargs="+", metavar="REF", help="an address, in any form that people use")
    trace.set_defaults(run=_trace)
    entity = commands.add_parser("entity", help="tell what is known of a name, and where it stands: entity AOIP")
    entity.add_argument("words", nargs="+", metavar="NAME", help="a key, an acronym, a name or any form of it")
    entity.set_defaults(run=_entity)
    check = commands.add_parser("check", help="list everything that is wrong with the data")
    check.add_argument("file", nargs="?", metavar="FILE", help="a report as JSON; nothing for the bundled data")
    check.set_defaults(run=_check)
    _add_export(commands.add_parser("export", help="write the report, or a place, in another format"))
    parser.set_defaults(status=0, exact=False)
    bind = commands.add_parser("bind", help="hold a copy of the report against the digests of its sentences")
    bind.add_argument("file", metavar="FILE", help="text, Markdown, HTML, docx or PDF")
    bind.add_argument("--format", choices=copies.FORMATS, help="how to read it; otherwise its content tells")
    bind.add_argument("--loose", action="store_true", help="show what was found even if it is no copy of the report")
    bind.set_defaults(run=_bind)
    return parser


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("format", metavar="FORMAT", choices=_WRITTEN, help=", ".join(_WRITTEN))
    export.add_argument(
        "words", nargs="*", default=[], metavar="REF", help="where to begin; nothing for the whole report"
    )
    export.add_argument("-o", "--output", metavar="FILE", help="where to write; nothing, or -, for standard output")
    export.add_argument("--overwrite", action="store_true", help="replace what stands there")
    export.add_argument("--depth", type=int, help="levels to write below the place")
    export.add_argument(
        "--without", action="append", choices=_OPTIONAL, default=[], help="a layer of truth to leave out"
    )
    export.add_argument("--copy", metavar="FILE", help="a copy of the report, whose words are written too")
    export.set_defaults(run=_export, refuse=export.error)


def _parsed(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; words that stand behind an option, which argparse leaves over, join those before it."""
    options, rest = parser.parse_known_args(arguments)
    at = rest.index("--") if "--" in rest else len(rest)  # What stands behind it is no option, whatever it looks like.
    words = [*rest[:at], *rest[at + 1 :]]
    unknown = [word for word in rest[:at] if word.startswith("-") and word != "-"] if "words" in options else words
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    if words:
        options.words = [*options.words, *words]
    return options


def _show(arguments: argparse.Namespace) -> str:
    report = load()
    if arguments.copy:
        report = report.bind(Path(arguments.copy))
    place = report[" ".join(arguments.words)]
    parts = [f"{place.cite()}  ({place.ref})", place.statement()]
    if report.binding:
        parts.append("\n".join(_words(report.binding, place)))
    if isinstance(place, Node) and place.children:
        parts.append(place.tree(depth=1).partition("\n")[2])
    return "\n\n".join(parts)


def _words(binding: Binding, place: Place) -> Iterator[str]:
    """What a copy has for the heading and the sentences of a place, and what is to be thought of it."""
    yield f"In {visible(binding.copy.name)}:"
    refs = [claim.ref for claim in place.claims] if isinstance(place, Node) else [place.ref]
    if isinstance(place, Node) and place.heading:
        refs.insert(0, place.ref)
    for ref in refs:
        bound = binding[ref]
        yield f"[{bound.status}{_on_page(bound)}] {visible(bound.words or '')}".rstrip()


def _on_page(found: Bound | Leftover) -> str:
    return f", page {found.page}" if found.page else ""


def _bind(arguments: argparse.Namespace) -> str:
    """Print what a copy has, and what is wrong with it; if that is anything, the exit status is 1."""
    bound = load().bind(Path(arguments.file), format=arguments.format, strict=not arguments.loose)
    binding = cast("Binding", bound.binding)
    arguments.status = int(not binding.coverage.whole)
    return "\n".join([str(binding), *(_wrong(binding) if arguments.status else ())])


def _wrong(binding: Binding) -> Iterator[str]:
    """What keeps a copy from being whole."""
    unproved = [
        f"{found.ref or found.part}  {found.status}{_on_page(found)}  {_beginning(found.words or '')}".rstrip()
        for found in binding.passages
        if not found.proved
    ]
    moved = [f"{ref}  {_beginning(binding[ref].words or '')}" for ref in binding.moved_headings + binding.moved]
    extra = [f"{_beginning(left.text)}{_on_page(left)}" for left in binding.extra]
    for title, lines in (("not proved", unproved), ("out of order", moved), ("extra", extra)):
        if lines:
            yield f"\n{title}:"
            yield from lines[:_MOST_SHOWN]
        if len(lines) > _MOST_SHOWN:
            yield f"and {len(lines) - _MOST_SHOWN} more"


def _beginning(text: str) -> str:
    """Write the first words of a text that may hold anything."""
    line = " ".join(text[: 10 * _LONGEST_SHOWN].split())
    return visible(line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}...")


def _tree(arguments: argparse.Namespace) -> str:
    report = load()
    if not arguments.words:
        return report.tree(depth=arguments.depth)
    place = report[" ".join(arguments.words)]
    node = place if isinstance(place, Node) else place.ancestors[0]  # A claim has nothing below it.
    return node.tree(depth=arguments.depth)


def _search(arguments: argparse.Namespace) -> str:
    hits = load().search(" ".join(arguments.words), limit=arguments.limit)
    return "\n".join(f"{hit.place.cite()}  {hit.place.gist}\n    {hit.snippet}" for hit in hits) or "nothing found"


def _trace(arguments: argparse.Namespace) -> str:
    return str(load().trace(" ".join(arguments.words)))


def _entity(arguments: argparse.Namespace) -> str:
    entity = load().entities[" ".join(arguments.words)]
    above = f"part of {entity.parent.name}" if entity.parent else None
    proposed = "proposed by the report" if entity.proposed else None
    about = [text for text in (entity.kind, entity.acronym, proposed, above) if text]
    parts = [f"{entity.name}  ({', '.join(about)})", *([entity.note] if entity.note else [])]
    printed = [form for form in (*entity.forms, *entity.demonyms) if form != entity.name]
    also = "also printed as" if entity.name in entity.forms else "printed as"
    parts += [f"{also}: {'; '.join(printed)}"] if printed else []
    parts += [f"tied to: {'; '.join(tie.name for tie in entity.ties)}"] if entity.ties else []
    parts += [f"{fact.field}: {fact.value}  ({fact.source})" for fact in entity.facts]
    return "\n".join([*parts, "", *(map(_naming, entity.mentions) if entity.mentions else ["named nowhere"])])


def _naming(mention: Mention) -> str:
    borrowed = "  [borrowed]" if mention.basis is Basis.EDITORIAL else ""
    return f"{mention.ref}  {mention.place.cite()}  {mention.text}{borrowed}"


def _export(arguments: argparse.Namespace) -> str:
    chosen, to_file = _WRITTEN[arguments.format], arguments.output not in {None, "-"}
    options = _options(arguments, chosen)
    if chosen.gives == "path" and not to_file:
        arguments.refuse(f"{arguments.format} needs -o FILE")
    report = load() if arguments.copy is None else load().bind(Path(arguments.copy))
    exported: Report | Place = report[" ".join(arguments.words)] if arguments.words else report
    write: Callable[..., str] = dumps if chosen.function == "dumps" else getattr(export, chosen.function)
    if chosen.gives == "path":
        write(exported, arguments.output, overwrite=arguments.overwrite, **options)
        return f"written: {arguments.output}"
    style = () if chosen.style is None else (chosen.style,)
    text = write(exported, *style, **options).removesuffix("\n") + "\n"
    if not to_file:
        arguments.exact = True
        return text
    from asean_japan.export.files import write_text  # The console needs none of it.

    write_text(arguments.output, text, overwrite=arguments.overwrite)
    return f"written: {arguments.output}"


def _options(arguments: argparse.Namespace, chosen: Format) -> dict[str, object]:
    """Give the options for the function of a format, and refuse what the format does not take."""
    options: dict[str, object] = {}
    if arguments.depth is not None:
        options["depth"] = arguments.depth
    if arguments.without:
        options["layers"] = [basis for basis in Basis if basis.value not in arguments.without]
    if arguments.copy is not None:
        options["verbatim"] = True
    for name in [*(["place"] if arguments.words else []), *options]:
        if name not in chosen.options:
            whole = "place" not in chosen.options and name in {"place", "depth"}
            why = "holds the whole report" if whole else "takes no such option"
            arguments.refuse(f"{arguments.format} {why}; leave {_EXPORTED[name]} out")
    return options


def _check(arguments: argparse.Namespace) -> str:
    """Print one finding a line; where there are some, the exit status is 1."""
    try:
        report = load() if arguments.file is None else loads(_content(arguments.file))
        found = tuple(map(str, report.check()))
    except DataError as error:
        files = () if arguments.file else tuple(map(str, file_findings()))
        found = files or error.misfits
    else:
        if not found:
            return f"nothing found: {len(report.walk())} places, {len(report.claims)} claims"
    arguments.status = 1
    return "\n".join(found)


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_TEXT + 1)  # One more than is read, which shows.
    except (OSError, ValueError) as error:  # ValueError for a path that no system can have.
        raise ArgumentError("FILE", path, f"a file that can be read ({error})") from error


def _with_flags(message: str) -> str:
    for option, flag in _FLAGS.items():
        if message.endswith(option):
            return message.removesuffix(option) + flag
    return message


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


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and give the exit status: 0, 1 if a check or a copy has something wrong, 2 for bad input.

    Bad input is answered with one line. Arguments that make no command end the process with 2 at once, as `argparse`
    does.

    >>> main(["tree", "III.1.5", "--depth", "0"])
    ⑤ Legal systems for the rule of law  (III.1.5)
    0
    """
    parser = _parser()
    options = _parsed(parser, arguments)
    try:
        text = options.run(options)
    except AseanJapanError as error:
        sys.stderr.write(f"{parser.prog}: {_with_flags(str(error))}\n")
        return 2
    try:
        _write(text, exact=options.exact)
    except BrokenPipeError:  # The reader has seen enough; what is left must not fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        sys.stderr.write(f"{parser.prog}: {error}\n")
        return 1
    return int(options.status)


if __name__ == "__main__":
    raise SystemExit(main())
