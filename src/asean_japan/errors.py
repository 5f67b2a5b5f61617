"""
Every exception that the package raises on purpose.

Each derives from one base, and from the builtin that a caller would expect::

    AseanJapanError
    ├── ArgumentError (ValueError)              an argument has an invalid value
    ├── RefSyntaxError (ValueError)             a text is not an address
    ├── LimitError (ValueError)                 an input is over a limit
    ├── RefNotFoundError (KeyError)             no place exists at an address
    ├── AmbiguousRefError (LookupError)         an address can mean several places
    ├── NameNotFoundError (KeyError)            a name is unknown
    ├── AmbiguousNameError (LookupError)        a name can mean several things
    ├── DetachedNodeError (LookupError)         only a report knows the answer
    ├── DataError (ValueError)                  data are invalid
    ├── NotThisReportError (ValueError)         a copy is not one of the report
    ├── ReadError (ValueError)                  a copy cannot be read
    ├── MissingExtraError (ImportError)         an optional package is not installed
    └── SearchUnavailableError (RuntimeError)   this Python cannot search

Attributes hold values in full. A message escapes control and other invisible characters, and shortens a long value only
if it also says how long it is.
"""

from __future__ import annotations

LONGEST_SHOWN = 80
LONGEST_LISTED = 300
LONGEST_REPR = 200
MOST_LISTED = 20


def _shown(value: object) -> str:
    """Write *value* for a message: visible characters only, and its length if it is cut."""
    text = value if isinstance(value, str) else written(value)
    cut = text[:LONGEST_SHOWN]
    shown = repr(cut) if isinstance(value, str) else visible(cut)
    return shown if cut == text else f"{shown}... ({len(text)} characters)"


def search_hint(text: str) -> str:
    """
    Say what looks for the words of *text*.

    >>> search_hint("climate")
    "report.search('climate') looks for words"
    """
    return f"report.search({_shown(text)}) looks for words"


def written(value: object) -> str:
    """
    Return the `repr` of a value, or the name of its type if it has none: not everything can be written.

    >>> written(4), written(10**5000)
    ('4', '<int>')
    """
    try:
        return repr(value)
    except Exception:  # noqa: BLE001  # Whatever it raises; a number of more than 4,300 digits is enough.
        return f"<{type(value).__name__}>"


def visible(text: str) -> str:
    r"""
    Escape characters that are invisible or would steer a console, as `repr` does, without quotation marks.

    >>> print(visible("④ \x1b[2J"))
    ④ \x1b[2J
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def _listed(texts: tuple[str, ...], between: str = ", ") -> str:
    """Write the first of *texts*, and their number if there are more."""
    shown = [visible(text if len(text) <= LONGEST_LISTED else f"{text[:LONGEST_LISTED]}...") for text in texts]
    more = [] if len(texts) <= MOST_LISTED else [f"... ({len(texts)} in all)"]
    return between.join(shown[:MOST_LISTED] + more)


def _did_you_mean(suggestions: tuple[str, ...]) -> str:
    return f"; did you mean {_listed(suggestions)}?" if suggestions else ""


class AseanJapanError(Exception):
    """
    Base of all errors of this package.

    >>> issubclass(RefSyntaxError, AseanJapanError)
    True
    >>> error = ArgumentError("path", "a.md", "a new path", hint="overwrite=True replaces it", option="overwrite")
    >>> str(error) == f"{error.message}; {error.hint}", error.option
    (True, 'overwrite')

    Attributes:
        hint: What to do about it in Python, as the message says it at its end; empty if it has no advice.
        option: The parameter that the hint is about, for programs that call it something else; empty if it is about
            none.
    """

    hint: str = ""
    option: str = ""

    @property
    def message(self) -> str:
        """What is wrong, without the hint."""
        return super().__str__()

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def __repr__(self) -> str:
        name = type(self).__name__
        call = f"{name}({', '.join(map(written, self.args))})"
        if len(call) <= LONGEST_REPR and call.isprintable() and "<" not in call:
            return call
        text = visible(str(self))
        room = LONGEST_REPR - len(f"<{name}: ...>")
        return f"<{name}: {text if len(text) <= room else f'{text[:room]}...'}>"


class ArgumentError(AseanJapanError, ValueError):
    """
    An argument has an invalid value.

    >>> print(ArgumentError("depth", -1, "a number from 0"))
    depth is -1, expected a number from 0

    Attributes:
        argument: The name of the argument.
        value: Its value.
        expected: What it could have been.
        hint: What to do about it.
        option: The parameter that the hint is about.
    """

    def __init__(self, argument: str, value: object, expected: str, hint: str = "", option: str = "") -> None:
        # All arguments, here and below, to let errors pickle.
        super().__init__(argument, value, expected, *filter(None, (hint, option)))
        self.argument = argument
        self.value = value
        self.expected = expected
        self.hint = hint
        self.option = option

    @property
    def message(self) -> str:
        """What is wrong, without the hint."""
        return f"{self.argument} is {_shown(self.value)}, expected {self.expected}"


class RefSyntaxError(AseanJapanError, ValueError):
    """
    A text is not an address.

    >>> print(RefSyntaxError("III.2.x", 6, "an item number"))
    not an address: 'III.2.x' (read 'III.2.', stopped at 'x', expected an item number)

    Attributes:
        text: The whole text.
        position: Where reading stopped, as an offset into *text*; its length if more was expected at the end.
        expected: What could have followed.
        hint: What to do about it.
    """

    def __init__(self, text: str, position: int, expected: str, hint: str = "") -> None:
        super().__init__(text, position, expected, *filter(None, (hint,)))
        self.text = text
        self.position = position
        self.expected = expected
        self.hint = hint

    @property
    def message(self) -> str:
        """What is wrong."""
        read, rest = self.text[: self.position], self.text[self.position :]
        stopped = f"stopped at {_shown(rest)}" if rest else "stopped at the end"
        return f"not an address: {_shown(self.text)} (read {_shown(read)}, {stopped}, expected {self.expected})"


class LimitError(AseanJapanError, ValueError):
    """
    An input is over a limit.

    >>> print(LimitError("length of an address", 4000, 200))
    length of an address is 4000, over the limit of 200

    Attributes:
        what: What was measured.
        size: Its size.
        limit: The greatest size that is accepted.
    """

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(what, size, limit)
        self.what = what
        self.size = size
        self.limit = limit

    @property
    def message(self) -> str:
        """What is wrong."""
        return f"{self.what} is {self.size}, over the limit of {self.limit}"


class RefNotFoundError(AseanJapanError, KeyError):
    """
    No place exists at an address, or none of the kind that was asked for.

    >>> print(RefNotFoundError("III.2.9", "III.2", ("III.2.1", "III.2.2"), ("III.2.2",)))
    no such place: 'III.2.9' (III.2 has III.2.1, III.2.2); did you mean III.2.2?
    >>> print(RefNotFoundError("III.2", "III.2", ("II.1", "II.2", "II.3"), (), among="pillars"))
    'III.2' is not among the pillars: there are II.1, II.2, II.3

    Attributes:
        text: The address, as it was written.
        nearest: The deepest place of the address that exists; empty if none does.
        available: What is directly below *nearest*, or the sections if that is empty; for a collection what it has
            above and below the address, or all of it if it has nothing there.
        suggestions: What may have been meant, best first; may be empty.
        among: The collection that was asked; empty for the whole report.
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

    @property
    def message(self) -> str:
        """What is wrong, what exists instead, and what may have been meant."""
        meant = _did_you_mean(self.suggestions)
        if self.among:
            there = _listed(self.available) or "none"
            return f"{_shown(self.text)} is not among the {self.among}: there are {there}{meant}"
        above = visible(self.nearest) or "the report"
        below = _listed(self.available) or "nothing below it"
        return f"no such place: {_shown(self.text)} ({above} has {below}){meant}"


class AmbiguousRefError(AseanJapanError, LookupError):
    """
    An address can mean several places.

    >>> print(AmbiguousRefError("III.2.4-6", ("III.2.4.6", "III.2.4-III.2.6")))
    'III.2.4-6' is ambiguous: it can mean III.2.4.6, III.2.4-III.2.6

    Attributes:
        text: The address, as it was written.
        candidates: Everything that it can mean, as canonical addresses.
    """

    def __init__(self, text: str, candidates: tuple[str, ...]) -> None:
        super().__init__(text, candidates)
        self.text = text
        self.candidates = candidates

    @property
    def message(self) -> str:
        """What is wrong, and what may have been meant."""
        return f"{_shown(self.text)} is ambiguous: it can mean {_listed(self.candidates)}"


class NameNotFoundError(AseanJapanError, KeyError):
    """
    A name is unknown.

    >>> print(NameNotFoundError("sgd", ("sdg",)))
    unknown name: 'sgd'; did you mean sdg?
    >>> print(NameNotFoundError("TPP", ("CPTPP",), "the agreement of twelve states", "the report"))
    not named in the report: 'TPP' (the agreement of twelve states); did you mean CPTPP?

    Attributes:
        name: The name.
        suggestions: What may have been meant, best first; may be empty.
        meaning: What the name means, if that is known; else empty.
        whole: What does not name it; empty if the name is none that anything could have.
    """

    def __init__(self, name: str, suggestions: tuple[str, ...], meaning: str = "", whole: str = "") -> None:
        super().__init__(name, suggestions, meaning, whole)
        self.name = name
        self.suggestions = suggestions
        self.meaning = meaning
        self.whole = whole

    @property
    def message(self) -> str:
        """What is wrong, and what may have been meant."""
        wrong = f"not named in {visible(self.whole)}" if self.whole else "unknown name"
        meaning = f" ({_listed((self.meaning,))})" if self.meaning else ""
        return f"{wrong}: {_shown(self.name)}{meaning}{_did_you_mean(self.suggestions)}"


class AmbiguousNameError(AseanJapanError, LookupError):
    """
    A name can mean several things.

    >>> print(AmbiguousNameError("Partnership", ("asean-japan-partnership", "trusted-partnership")))
    'Partnership' is ambiguous: it can mean asean-japan-partnership, trusted-partnership

    Attributes:
        name: The name.
        candidates: The keys of everything that it can mean.
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name, candidates)
        self.name = name
        self.candidates = candidates

    @property
    def message(self) -> str:
        """What is wrong, and what may have been meant."""
        return f"{_shown(self.name)} is ambiguous: it can mean {_listed(self.candidates)}"


class DetachedNodeError(AseanJapanError, LookupError):
    """
    A place or a value is detached from its report, which alone knows what was asked for.

    >>> print(DetachedNodeError("III.2.4", "parent"))
    'III.2.4' is detached from its report; its parent is unknown

    Attributes:
        ref: The address of the place, or the class of the value.
        asked: What was asked for.
    """

    def __init__(self, ref: str, asked: str) -> None:
        super().__init__(ref, asked)
        self.ref = ref
        self.asked = asked

    @property
    def message(self) -> str:
        """What is wrong."""
        verb = "are" if self.asked.endswith("s") else "is"
        return f"{_shown(self.ref)} is detached from its report; its {self.asked} {verb} unknown"


class DataError(AseanJapanError, ValueError):
    """
    Data are invalid; tells everything that is wrong at once.

    >>> print(DataError("report.json", ("required field missing @ report.sections[0].gist",)))
    invalid data in 'report.json': required field missing @ report.sections[0].gist

    Attributes:
        source: Where the data came from.
        misfits: What is wrong, each as "what @ path".
    """

    def __init__(self, source: str, misfits: tuple[str, ...]) -> None:
        super().__init__(source, misfits)
        self.source = source
        self.misfits = misfits

    @property
    def message(self) -> str:
        """What is wrong."""
        return f"invalid data in {_shown(self.source)}: {_listed(self.misfits, '; ')}"


class NotThisReportError(AseanJapanError, ValueError):
    """
    A copy is not one of the report, or has too little of it.

    >>> print(NotThisReportError("page.html", 3, 1, 255, "0.p1.s2", 120, 252, "the text of 2023-02"))
    'page.html' is not a copy of this report, or not a whole one: 3 of 255 sentences were found, 1 of them proved; \
from 0.p1.s2 on, 252 in a row were not proved (searched from offset 120); expected the text of 2023-02; \
strict=False returns what was found

    Attributes:
        source: What was read.
        found: How many sentences were found, whether or not their words are those of the report.
        proved: How many of these were proved by digest.
        sentences: How many the report has.
        stopped_at: The first sentence of the longest run of sentences that were not proved, or were out of order.
        position: Where in the copy it was searched for, as an offset.
        run: How many sentences that run has.
        expected: Which text was expected, and where to get it; None if that is unknown.
    """

    hint = "strict=False returns what was found"
    option = "strict"

    def __init__(  # noqa: PLR0913, PLR0917  # All the figures.
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

    @property
    def message(self) -> str:
        """What is wrong, in figures, and which text was expected."""
        expected = f"; expected {visible(self.expected)}" if self.expected else ""
        return (
            f"{_shown(self.source)} is not a copy of this report, or not a whole one: {self.found} of {self.sentences} "
            f"sentences were found, {self.proved} of them proved; from {self.stopped_at} on, {self.run} in a row were "
            f"not proved (searched from offset {self.position}){expected}"
        )


class ReadError(AseanJapanError, ValueError):
    """
    A copy cannot be read.

    >>> print(ReadError("report.pdf", "it is encrypted"))
    cannot read 'report.pdf': it is encrypted

    Attributes:
        source: What was to be read.
        reason: What is wrong with it, and what would work.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    @property
    def message(self) -> str:
        """What is wrong."""
        return f"cannot read {_shown(self.source)}: {visible(self.reason)}"


class SearchUnavailableError(AseanJapanError, RuntimeError):
    """
    This Python cannot search.

    >>> print(SearchUnavailableError("this SQLite was built without FTS5"))
    search is unavailable: this SQLite was built without FTS5

    Attributes:
        reason: What is missing.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def message(self) -> str:
        """What is wrong."""
        return f"search is unavailable: {visible(self.reason)}"


class MissingExtraError(AseanJapanError, ImportError):
    """
    An optional package is not installed.

    >>> print(MissingExtraError("testing", "hypothesis"))
    hypothesis is not installed; install it with: python -m pip install "asean-japan[testing]"

    Attributes:
        extra: The extra of this package that installs it.
        module: The module that could not be imported.
    """

    def __init__(self, extra: str, module: str) -> None:
        super().__init__(extra, module)
        self.extra = extra
        self.module = module

    @property
    def message(self) -> str:
        """What is missing, and how to install it."""
        command = f'python -m pip install "asean-japan[{visible(self.extra)}]"'
        return f"{visible(self.module)} is not installed; install it with: {command}"
