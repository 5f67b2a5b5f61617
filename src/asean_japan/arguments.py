"""Guards for arguments, each of which raises an `ArgumentError` for an invalid value, and two tests of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard, TypeVar, cast

from asean_japan.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    import attrs

_T = TypeVar("_T")


def require_a(argument: str, value: object, *kinds: type) -> None:
    """
    Refuse a value that is an instance of none of *kinds*.

    >>> require_a("text", "III.2", str, bytes)
    """
    if not isinstance(value, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        raise ArgumentError(argument, value, f"{'an' if names[0] in 'AEIOU' else 'a'} {names}")


def require_callable(argument: str, value: object) -> None:
    """
    Refuse a value that cannot be called.

    >>> require_callable("prune", len)
    """
    if not callable(value):
        raise ArgumentError(argument, value, "a callable")


def require_text(argument: str, value: object) -> None:
    """
    Refuse a value that is not text, or is blank.

    >>> require_text("query", "rice")
    """
    if not isinstance(value, str) or not value.strip():
        raise ArgumentError(argument, value, "text that is not blank")


def require_one(argument: str, value: object, one: str) -> None:
    """
    Refuse several values where one text is expected, and whatever `require_text` refuses.

    >>> require_one("code", "sdg:13", "one code")
    """
    if type(value) in {list, tuple, set, frozenset}:
        raise ArgumentError(argument, value, f"{one}; ask for each separately")
    require_text(argument, value)


def require_number(argument: str, value: object, least: int) -> None:
    """
    Refuse a value that is not an integer, or is below *least*.

    >>> require_number("limit", 10, 1)
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ArgumentError(argument, value, f"an integer of at least {least}")


def require_tuple(_: object, field: attrs.Attribute[_T], value: _T) -> None:
    """Refuse a field that is not a tuple: a list could change inside a frozen value."""
    if not isinstance(value, tuple):
        raise ArgumentError(field.alias or field.name, value, "a tuple")


def finds(look_up: Callable[[_T], object], key: object) -> bool:
    """
    Return whether a look-up finds *key*; each of ours raises a `LookupError` or a `ValueError` otherwise.

    >>> finds({"III.2": "a place"}.__getitem__, "III.9")
    False
    """
    try:
        look_up(cast("_T", key))
    except (LookupError, ValueError):
        return False
    return True


def is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    """
    Return whether a value is a tuple, of which a type checker then knows that it holds any values.

    >>> is_tuple(("13", "13.1")), is_tuple("13")
    (True, False)
    """
    return isinstance(value, tuple)
