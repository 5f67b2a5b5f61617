"""The command ``find-quote``: whether a quotation is genuine, and where it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import attrs

from asean_japan.commands.copy import HINTS, report_with
from asean_japan.copies.quotes import LONGEST_QUOTE
from asean_japan.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.commands.parser import Arguments, Commands
    from asean_japan.copies import Quote, QuoteMatch


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("find-quote", help="tell whether a quotation is genuine, and where it is")
    command.add_words("TEXT", "the quotation; - reads standard input")
    command.add_argument("--copy", metavar="FILE", help="a copy of the report; without one, only whole sentences count")
    command.add_argument("--near", type=float, metavar="NUMBER", help="also show passages so similar, from 50 to 100")
    command.add_argument("--receipt", action="store_true", help="print the receipt of a quotation that is genuine")
    command.set_defaults(run=run, hints=HINTS)


def run(arguments: Arguments) -> str:
    """Return the answer, why, and each place; the exit status is 0 only if the quotation is genuine."""
    text = sys.stdin.read(LONGEST_QUOTE + 1) if arguments.words == ["-"] else " ".join(arguments.words)
    quote = report_with(arguments.copy).find_quote(text, near=arguments.near)
    arguments.status = int(not quote)
    if quote and arguments.receipt:
        return quote.receipt()
    lines = [f"{quote.answer}: {quote.reason}", *(line for match in quote.matches for line in _shown(match))]
    return "\n".join(map(visible, [*lines, *_added(quote)]))


def _shown(match: QuoteMatch) -> Iterator[str]:
    """Yield where a quotation is, what a copy has there, what is left out, and which conditions."""
    short = attrs.evolve(match, cut_condition=())
    yield str(short) if not match.left_out else f"{match.level}, {match.cite()}"
    if match.words:
        yield f"  {match.words}"
    yield from (f"  left out: {words}" for words in match.left_out if words)
    yield from (f"  stops short of {condition}" for condition in match.cut_condition or ())


def _added(quote: Quote) -> Iterator[str]:
    if quote.added:
        yield f"added by the quoter: {', '.join(quote.added)}"
