"""Guards for arguments: each refuses a value of the wrong sort with an `ArgumentError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from asean_japan.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    import attrs

_T = TypeVar("_T")


def require_a(argument: str, value: object, *kinds: type) -> None:
    """
    Refuse what is of none of *kinds*.

    >>> require_a("text", "III.2", str, bytes)
    """
    if not isinstance(value, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        raise ArgumentError(argument, value, f"{'an' if names[0] in 'AEIOU' else 'a'} {names}")


def require_callable(argument: str, value: object) -> None:
    """
    Refuse what cannot be called.

    >>> require_callable("prune", len)
    """
    if not callable(value):
        raise ArgumentError(argument, value, "a function")


def require_text(argument: str, value: object) -> None:
    """
    Refuse what is no text, or a blank one.

    >>> require_text("query", "rice")
    """
    if not isinstance(value, str) or not value.strip():
        raise ArgumentError(argument, value, "a text that is not blank")


def require_one(argument: str, value: object, one: str) -> None:
    """
    Refuse several values where one text is asked for, and what `require_text` refuses.

    >>> require_one("code", "sdg:13", "one code")
    """
    if type(value) in {list, tuple, set, frozenset}:
        raise ArgumentError(argument, value, f"{one}; ask for each by itself")
    require_text(argument, value)


def require_number(argument: str, value: object, least: int) -> None:
    """
    Refuse what is no whole number, or one below *least*.

    >>> require_number("limit", 10, 1)
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ArgumentError(argument, value, f"a whole number from {least}")


def is_tuple(_: object, field: attrs.Attribute[_T], value: _T) -> None:
    """Let no list into a value."""
    if not isinstance(value, tuple):
        raise ArgumentError(field.alias or field.name, value, "a tuple")


def finds(look_up: Callable[[_T], object], key: object) -> bool:
    """
    Return whether a look-up finds *key*; each of ours raises a `LookupError` or a `ValueError` if it does not.

    >>> finds({"III.2": "a place"}.__getitem__, "III.9")
    False
    """
    try:
        look_up(cast("_T", key))
    except (LookupError, ValueError):
        return False
    return True
