"""Tests of the exceptions."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, NamedTuple

import pytest

from asean_japan import (
    AmbiguousNameError,
    AmbiguousRefError,
    ArgumentError,
    AseanJapanError,
    DataError,
    LimitError,
    MissingExtraError,
    NameNotFoundError,
    NotThisReportError,
    ReadError,
    RefNotFoundError,
    RefSyntaxError,
    arguments,
    errors,
)
from asean_japan.errors import DetachedNodeError, SearchUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES: list[tuple[AseanJapanError, type[Exception], str]] = [
    (ArgumentError("depth", -1, "a number from 0"), ValueError, "depth is -1, expected a number from 0"),
    (
        ArgumentError("path", "a.md", "a new path", "overwrite=True replaces it", "overwrite"),
        ValueError,
        "path is 'a.md', expected a new path; overwrite=True replaces it",
    ),
    (
        RefSyntaxError("I.x", 2, "a number"),
        ValueError,
        "not an address: 'I.x' (read 'I.', stopped at 'x', expected a number)",
    ),
    (
        RefSyntaxError("I.", 2, "a number"),
        ValueError,
        "not an address: 'I.' (read 'I.', stopped at the end, expected a number)",
    ),
    (LimitError("length", 300, 200), ValueError, "length is 300, over the limit of 200"),
    (
        RefNotFoundError("I.9", "I", ("I.1", "I.2"), ("I.1",)),
        KeyError,
        "no such place: 'I.9' (I has I.1, I.2); did you mean I.1?",
    ),
    (RefNotFoundError("I.1.1.1", "I.1.1", (), ()), KeyError, "no such place: 'I.1.1.1' (I.1.1 has nothing below it)"),
    (RefNotFoundError("V", "", ("0", "I"), ()), KeyError, "no such place: 'V' (the report has 0, I)"),
    (
        RefNotFoundError("II.1", "II.1", ("I", "II"), (), among="sections"),
        KeyError,
        "'II.1' is not among the sections: there are I, II",
    ),
    (
        RefNotFoundError("II.1", "II.1", (), (), among="measures"),
        KeyError,
        "'II.1' is not among the measures: there are none",
    ),
    (
        AmbiguousRefError("I.1-2", ("I.1.2", "I.1-I.2")),
        LookupError,
        "'I.1-2' is ambiguous: it can mean I.1.2, I.1-I.2",
    ),
    (NameNotFoundError("Azean", ("ASEAN",)), KeyError, "unknown name: 'Azean'; did you mean ASEAN?"),
    (NameNotFoundError("x", ()), KeyError, "unknown name: 'x'"),
    (AmbiguousNameError("Fund", ("a", "b")), LookupError, "'Fund' is ambiguous: it can mean a, b"),
    (DetachedNodeError("I.1", "parent"), LookupError, "'I.1' is detached from its report; its parent is unknown"),
    (DetachedNodeError("Link", "targets"), LookupError, "'Link' is detached from its report; its targets are unknown"),
    (DataError("a.json", ("gone @ b", "odd @ c")), ValueError, "invalid data in 'a.json': gone @ b; odd @ c"),
    (
        NotThisReportError("a.txt", 3, 1, 255, "0.p1.s2", 120, 252, "the\ntext"),
        ValueError,
        (
            "'a.txt' is not a copy of this report, or not a whole one: 3 of 255 sentences were found, 1 of them "
            "proved; from 0.p1.s2 on, 252 in a row were not proved (searched from offset 120); expected the\\ntext; "
            "strict=False returns what was found"
        ),
    ),
    (ReadError("a.pdf", "it is \x1bencrypted"), ValueError, r"cannot read 'a.pdf': it is \x1bencrypted"),
    (
        MissingExtraError("testing", "hypothesis"),
        ImportError,
        'hypothesis is not installed; install it with: python -m pip install "asean-japan[testing]"',
    ),
    (SearchUnavailableError("no FTS5"), RuntimeError, "search is unavailable: no FTS5"),
]
ERRORS = [error for error, _, _ in EXAMPLES]


@pytest.mark.parametrize(("error", "builtin", "message"), EXAMPLES)
def test_message(error: AseanJapanError, builtin: type[Exception], message: str) -> None:
    """Each error is also the builtin that a caller would expect, and says what is wrong."""
    assert isinstance(error, builtin)
    assert str(error) == message


def test_every_error_has_an_example() -> None:
    """No error is left out above, and the docstring of the module has all of them."""
    assert {type(error) for error in ERRORS} == set(AseanJapanError.__subclasses__())
    assert all(type(error).__name__ in (errors.__doc__ or "") for error in ERRORS)


@pytest.mark.parametrize("error", ERRORS)
def test_pickle_and_copy(error: AseanJapanError) -> None:
    """Pickles and copies of an error keep everything."""
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 - our own.
        assert type(again) is type(error)
        assert vars(again) == vars(error)
        assert str(again) == str(error)


@pytest.mark.parametrize("error", ERRORS)
def test_hint_ends_the_message(error: AseanJapanError) -> None:
    """The message without the hint says what is wrong; the hint is for callers from Python."""
    assert str(error) == (f"{error.message}; {error.hint}" if error.hint else error.message)
    assert bool(error.option) <= bool(error.hint)
    assert error.hint.startswith(error.option)


@pytest.mark.parametrize("error", ERRORS)
def test_repr_is_the_call(error: AseanJapanError) -> None:
    """A short error is written as the call that makes it."""
    again: AseanJapanError = eval(repr(error), {**vars(errors)})  # noqa: S307  # Our own.
    assert (type(again), again.args, vars(again)) == (type(error), error.args, vars(error))


def test_base_says_what_it_is_given() -> None:
    """The base itself has a message and no hint."""
    error = AseanJapanError("no such thing")
    assert (str(error), error.message, error.hint, repr(error)) == (
        "no such thing",
        "no such thing",
        "",
        "AseanJapanError('no such thing')",
    )


def test_attributes_keep_the_whole_value() -> None:
    """Only the message is shortened, and says so."""
    text = "a" * 300
    error = RefSyntaxError(text, 0, "a section")
    assert error.text == text
    assert f"'{'a' * 80}'... (300 characters)" in str(error)
    assert text not in str(error)


def test_value_of_80_characters_is_shown_whole() -> None:
    """A value of 80 characters is not shortened."""
    assert str(DetachedNodeError("a" * 80, "parent")).startswith(f"'{'a' * 80}' is detached")


def test_long_value_that_is_no_text_is_cut() -> None:
    """The length of a value is that of its `repr`."""
    assert str(ArgumentError("steps", [1] * 100, "less")) == (
        f"steps is {repr([1] * 100)[:80]}... (300 characters), expected less"
    )


class Unshown:
    """A value that cannot be written."""

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(("value", "shown"), [(10**5000, "<int>"), (Unshown(), "<Unshown>")], ids=["number", "value"])
def test_value_that_cannot_be_written_is_named_by_its_type(value: object, shown: str) -> None:
    """Writing a message never fails."""
    assert str(ArgumentError("depth", value, "less")) == f"depth is {shown}, expected less"


@pytest.mark.parametrize(
    ("kinds", "expected"), [((str,), "a str"), ((ImportError, str), "an ImportError or str")], ids=["one", "several"]
)
def test_value_of_another_type(kinds: tuple[type, ...], expected: str) -> None:
    """The error names every type that is accepted."""
    with pytest.raises(ArgumentError) as caught:
        arguments.require_a("text", 5, *kinds)
    assert (caught.value.argument, caught.value.value, caught.value.expected) == ("text", 5, expected)


class Shown(NamedTuple):
    """A value that shows its text as it is."""

    text: str

    def __repr__(self) -> str:
        return self.text


MAKERS: list[Callable[[str], AseanJapanError]] = [
    lambda text: ArgumentError("format", text, "a format"),
    lambda text: ArgumentError("format", Shown(text), "a format"),
    lambda text: RefSyntaxError(text, 0, "a section"),
    lambda text: RefNotFoundError(text, text, (text,), (text,)),
    lambda text: AmbiguousRefError(text, (text,)),
    lambda text: NameNotFoundError(text, (text,)),
    lambda text: AmbiguousNameError(text, (text,)),
    lambda text: DetachedNodeError(text, "parent"),
    lambda text: DataError(text, (text,)),
    SearchUnavailableError,
]


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\n", "\u200b", "\u202e", "\u2066", "\ud800", "\U000e0041"])
@pytest.mark.parametrize("make", MAKERS)
def test_messages_are_visible(hidden: str, make: Callable[[str], AseanJapanError]) -> None:
    """No control, bidirectional or invisible character reaches a terminal."""
    assert str(make(f"I{hidden}1")).isprintable()
    assert repr(make(f"I{hidden}1")).isprintable()


@pytest.mark.parametrize("text", ["a" * 1000, "<b>", "\x1b" * 1000], ids=["long", "angle", "hidden"])
@pytest.mark.parametrize("make", MAKERS)
def test_repr_is_one_line(text: str, make: Callable[[str], AseanJapanError]) -> None:
    """Whatever an error holds, its repr is short, and says what kind of error it is."""
    error = make(text)
    assert len(repr(error)) <= 200
    assert repr(error).isprintable()
    assert type(error).__name__ in repr(error)


def test_repr_of_a_value_that_cannot_be_written() -> None:
    """The `repr` has the message instead."""
    assert repr(ArgumentError("depth", Unshown(), "less")) == "<ArgumentError: depth is <Unshown>, expected less>"
