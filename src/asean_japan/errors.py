"""
Every exception that the package raises on purpose.

Each stands below one base, and beside the builtin that a caller would expect::

    AseanJapanError
    ├── ArgumentError (ValueError)              a call that cannot be answered as asked
    ├── RefSyntaxError (ValueError)             a text that is no address
    ├── LimitError (ValueError)                 more input than is taken
    ├── RefNotFoundError (KeyError)             an address at which nothing stands
    ├── AmbiguousRefError (LookupError)         a text that means more than one place
    ├── NameNotFoundError (KeyError)            a name by which the report names nothing
    ├── AmbiguousNameError (LookupError)        a name that means more than one thing
    ├── DetachedNodeError (LookupError)         a node asked for its neighbours outside a report
    ├── DataError (ValueError)                  data that do not fit
    ├── NotThisReportError (ValueError)         a copy that is not one of the report
    ├── ReadError (ValueError)                  a copy that cannot be read
    ├── MissingExtraError (ImportError)         a feature whose packages are not installed
    └── SearchUnavailableError (RuntimeError)   search that cannot run here

Attributes hold values in full. A message shows them with control and other invisible characters escaped, and shortens
a long one only by saying how long it is.
"""

from __future__ import annotations

LONGEST_SHOWN = 80
LONGEST_LISTED = 300
MOST_LISTED = 20


def _shown(value: object) -> str:
    """Write *value* for a message: visible characters only, and its length where it is cut."""
    text = value if isinstance(value, str) else _written(value)
    cut = text[:LONGEST_SHOWN]
    shown = repr(cut) if isinstance(value, str) else visible(cut)
    return shown if cut == text else f"{shown}... ({len(text)} characters)"


def _written(value: object) -> str:
    """Write *value* as `repr` does, or say of what type it is: not everything can be written."""
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  # Whatever it raises; a number of more than 4,300 digits is enough.
        return f"<{type(value).__name__}>"


def visible(text: str) -> str:
    r"""
    Escape what cannot be seen, or would steer a console, as `repr` does, without quoting.

    >>> print(visible("④ \x1b[2J"))
    ④ \x1b[2J
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def _listed(texts: tuple[str, ...], between: str = ", ") -> str:
    """Write the first of *texts*, and how many there are if that is not all."""
    shown = [visible(text if len(text) <= LONGEST_LISTED else f"{text[:LONGEST_LISTED]}...") for text in texts]
    more = [] if len(texts) <= MOST_LISTED else [f"... ({len(texts)} in all)"]
    return between.join(shown[:MOST_LISTED] + more)


class AseanJapanError(Exception):
    """
    Base of all errors of this package.

    >>> issubclass(RefSyntaxError, AseanJapanError)
    True
    """


class ArgumentError(AseanJapanError, ValueError):
    """
    A call that cannot be answered as asked.

    >>> print(ArgumentError("depth", -1, "a number from 0"))
    depth is -1, expected a number from 0

    Attributes:
        argument: Name of the argument.
        value: What was given for it.
        expected: What could have been given.
    """

    def __init__(self, argument: str, value: object, expected: str) -> None:
        super().__init__(argument, value, expected)  # All arguments, here and below, so that errors pickle.
        self.argument = argument
        self.value = value
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.argument} is {_shown(self.value)}, expected {self.expected}"


class RefSyntaxError(AseanJapanError, ValueError):
    """
    A text that is no address.

    >>> print(RefSyntaxError("III.2.x", 6, "an item number"))
    not an address: 'III.2.x' (read 'III.2.', stopped at 'x', expected an item number)

    Attributes:
        text: The whole text, as it was given.
        position: Where reading stopped, as an offset into *text*; its length if more was expected at the end.
        expected: What could have stood there.
    """

    def __init__(self, text: str, position: int, expected: str) -> None:
        super().__init__(text, position, expected)
        self.text = text
        self.position = position
        self.expected = expected

    def __str__(self) -> str:
        read, rest = self.text[: self.position], self.text[self.position :]
        stopped = f"stopped at {_shown(rest)}" if rest else "stopped at the end"
        return f"not an address: {_shown(self.text)} (read {_shown(read)}, {stopped}, expected {self.expected})"


class LimitError(AseanJapanError, ValueError):
    """
    More input than is taken.

    >>> print(LimitError("length of an address", 4000, 200))
    length of an address is 4000, over the limit of 200

    Attributes:
        what: What was measured.
        size: How much of it there is.
        limit: How much is taken.
    """

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(what, size, limit)
        self.what = what
        self.size = size
        self.limit = limit

    def __str__(self) -> str:
        return f"{self.what} is {self.size}, over the limit of {self.limit}"


class RefNotFoundError(AseanJapanError, KeyError):
    """
    An address at which nothing stands, or nothing of the kind that was asked for.

    >>> print(RefNotFoundError("III.2.9", "III.2", ("III.2.1", "III.2.2"), ("III.2.2",)))
    nothing stands at 'III.2.9': III.2 has III.2.1, III.2.2; did you mean III.2.2?
    >>> print(RefNotFoundError("III.2", "III.2", ("II.1", "II.2", "II.3"), (), among="pillars"))
    'III.2' is not among the pillars: there are II.1, II.2, II.3

    Attributes:
        text: The address, as it was given.
        nearest: The deepest place of the address that exists; empty if there is none.
        available: What stands directly below *nearest*, the sections if that is empty; or what the collection has above
            and below it, all of the collection if it has nothing there.
        suggestions: What may have been meant, best first; may be empty.
        among: The collection in which it was looked for; empty for the whole report.
    """

    def __init__(
        self, text: str, nearest: str, available: tuple[str, ...], suggestions: tuple[str, ...], among: str = ""
    ) -> None:
        super().__init__(text, nearest, available, suggestions, among)
        self.text = text
        self.nearest = nearest
        self.available = available
        self.suggestions = suggestions
        self.among = among

    def __str__(self) -> str:
        hint = f"; did you mean {_listed(self.suggestions)}?" if self.suggestions else ""
        if self.among:
            there = _listed(self.available) or "none"
            return f"{_shown(self.text)} is not among the {self.among}: there are {there}{hint}"
        above = visible(self.nearest) or "the report"
        below = _listed(self.available) or "nothing below it"
        return f"nothing stands at {_shown(self.text)}: {above} has {below}{hint}"


class AmbiguousRefError(AseanJapanError, LookupError):
    """
    A text that means more than one place.

    >>> print(AmbiguousRefError("III.2.4-6", ("III.2.4.6", "III.2.4-III.2.6")))
    'III.2.4-6' can mean III.2.4.6, III.2.4-III.2.6

    Attributes:
        text: The text, as it was given.
        candidates: Everything that it can mean, as canonical addresses.
    """

    def __init__(self, text: str, candidates: tuple[str, ...]) -> None:
        super().__init__(text, candidates)
        self.text = text
        self.candidates = candidates

    def __str__(self) -> str:
        return f"{_shown(self.text)} can mean {_listed(self.candidates)}"


class NameNotFoundError(AseanJapanError, KeyError):
    """
    A name by which the report names nothing.

    >>> print(NameNotFoundError("ADMM+", ("ASEAN Defence Ministers' Meeting-Plus",)))
    nothing is named 'ADMM+'; did you mean ASEAN Defence Ministers' Meeting-Plus?

    Attributes:
        name: The name, as it was given.
        suggestions: What may have been meant, best first; may be empty.
    """

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(name, suggestions)
        self.name = name
        self.suggestions = suggestions

    def __str__(self) -> str:
        hint = f"; did you mean {_listed(self.suggestions)}?" if self.suggestions else ""
        return f"nothing is named {_shown(self.name)}{hint}"


class AmbiguousNameError(AseanJapanError, LookupError):
    """
    A name that means more than one thing.

    >>> print(AmbiguousNameError("Partnership", ("asean-japan-partnership", "trusted-partnership")))
    'Partnership' can mean asean-japan-partnership, trusted-partnership

    Attributes:
        name: The name, as it was given.
        candidates: The keys of what it can mean.
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name, candidates)
        self.name = name
        self.candidates = candidates

    def __str__(self) -> str:
        return f"{_shown(self.name)} can mean {_listed(self.candidates)}"


class DetachedNodeError(AseanJapanError, LookupError):
    """
    A node that stands in no report, asked for what only a report knows.

    >>> print(DetachedNodeError("III.2.4", "parent"))
    'III.2.4' stands in no report, so that nothing is known of its parent

    Attributes:
        ref: The node's address.
        asked: What it was asked for.
    """

    def __init__(self, ref: str, asked: str) -> None:
        super().__init__(ref, asked)
        self.ref = ref
        self.asked = asked

    def __str__(self) -> str:
        return f"{_shown(self.ref)} stands in no report, so that nothing is known of its {self.asked}"


class DataError(AseanJapanError, ValueError):
    """
    Data that do not fit; tells all misfits at once.

    >>> print(DataError("report.json", ("required field missing @ report.sections[0].gist",)))
    'report.json' does not fit: required field missing @ report.sections[0].gist

    Attributes:
        source: Where the data came from.
        misfits: What is wrong, each as "what @ path".
    """

    def __init__(self, source: str, misfits: tuple[str, ...]) -> None:
        super().__init__(source, misfits)
        self.source = source
        self.misfits = misfits

    def __str__(self) -> str:
        return f"{_shown(self.source)} does not fit: {_listed(self.misfits, '; ')}"


class NotThisReportError(AseanJapanError, ValueError):
    """
    A copy that is not one of the report, or of too little of it.

    >>> print(NotThisReportError("page.html", 3, 1, 255, "0.p1.s2", 120, 252, "the text of 2023-02"))
    'page.html' is no copy of this report, or not a whole one: 3 of 255 sentences were found, 1 of them proved; 252 in \
a row were not proved, from 0.p1.s2 on, looked for from offset 120; expected is the text of 2023-02; strict=False \
gives what was found

    Attributes:
        source: What was read.
        found: How many sentences were found, with their words as they should be or otherwise.
        proved: How many of these were proved by digest.
        sentences: How many there are.
        stopped_at: The first sentence of the longest run of those that were not proved, or stand out of order.
        position: Where in the copy that was looked for, as an offset.
        run: How many sentences that run has.
        expected: Which text was expected, and where it is to be had; None if that is not known.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all the figures.
        self,
        source: str,
        found: int,
        proved: int,
        sentences: int,
        stopped_at: str,
        position: int,
        run: int,
        expected: str | None = None,
    ) -> None:
        super().__init__(source, found, proved, sentences, stopped_at, position, run, expected)
        self.source = source
        self.found = found
        self.proved = proved
        self.sentences = sentences
        self.stopped_at = stopped_at
        self.position = position
        self.run = run
        self.expected = expected

    def __str__(self) -> str:
        expected = f"expected is {visible(self.expected)}; " if self.expected else ""
        return (
            f"{_shown(self.source)} is no copy of this report, or not a whole one: {self.found} of {self.sentences} "
            f"sentences were found, {self.proved} of them proved; {self.run} in a row were not proved, from "
            f"{self.stopped_at} on, looked for from offset {self.position}; {expected}strict=False gives what was found"
        )


class ReadError(AseanJapanError, ValueError):
    """
    A copy that cannot be read.

    >>> print(ReadError("report.pdf", "it is encrypted"))
    cannot read 'report.pdf': it is encrypted

    Attributes:
        source: What was read.
        reason: What is wrong with it, and what would do.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot read {_shown(self.source)}: {visible(self.reason)}"


class SearchUnavailableError(AseanJapanError, RuntimeError):
    """
    Search that cannot run here.

    >>> print(SearchUnavailableError("this SQLite was built without FTS5"))
    search cannot run here: this SQLite was built without FTS5

    Attributes:
        reason: What is missing.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"search cannot run here: {visible(self.reason)}"


class MissingExtraError(AseanJapanError, ImportError):
    """
    A feature whose packages are not installed.

    >>> print(MissingExtraError("testing", "hypothesis"))
    this needs hypothesis, which is not installed: python -m pip install "asean-japan[testing]" brings it

    Attributes:
        extra: The extra of this package that brings what is missing.
        module: What could not be imported.
    """

    def __init__(self, extra: str, module: str) -> None:
        super().__init__(extra, module)
        self.extra = extra
        self.module = module

    def __str__(self) -> str:
        command = f'python -m pip install "asean-japan[{visible(self.extra)}]"'
        return f"this needs {visible(self.module)}, which is not installed: {command} brings it"
