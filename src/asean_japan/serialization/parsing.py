"""
JSON text and plain data, before anything is built from them: read strictly, and only up to a limit.

Python's reader takes more than JSON has: ``NaN``, repeated keys, numbers of any length. All of these are found here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

import attrs

from asean_japan.checking import LONGEST_NUMBER
from asean_japan.errors import DataError, LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_TEXT = 10_000_000
DEEPEST_TEXT = 64
MOST_OBJECTS = 100_000

# A string, closed or not, as a whole, so no bracket in it counts; or a bracket.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_SPACE = " \t\n\r"


@attrs.frozen
class NotJson:
    """A value that JSON does not have, or a number that is too long."""

    why: str


Data: TypeAlias = "bool | int | float | str | NotJson | list[Data] | dict[str, Data] | None"


class RepeatedKeys(dict[str, Data]):
    """An object in which some keys are given twice; the last value of each counts."""

    def __init__(self, pairs: list[tuple[str, Data]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.keys_twice: list[str] = [key for key, count in counts.items() if count > 1]


_Stray = TypeVar("_Stray", NotJson, RepeatedKeys)


def parsed(text: str | bytes, path: str) -> tuple[Data, tuple[str, ...]]:
    """
    Read JSON text.

    >>> parsed('{"a": [1, NaN]}', "report")
    ({'a': [1, NotJson(why='not a JSON value: NaN')]}, ('not a JSON value: NaN @ report.a[1]',))

    Args:
        text: JSON, as text or in UTF-8.
        path: How the path of a misfit begins.

    Returns:
        What the text holds; and all that Python reads but JSON does not have, each with its path.

    Raises:
        DataError: If it is not JSON, or not UTF-8.
        LimitError: If it is longer or more deeply nested than any report, or holds more.
    """
    if len(text) > LARGEST_TEXT:
        raise LimitError("length of the JSON text", len(text), LARGEST_TEXT)
    try:
        text = text if isinstance(text, str) else text.decode()
        _check_brackets(text)
        data, has_strays = _read(text)
    except json.JSONDecodeError as error:
        raise DataError("text", (f"{_stopped(error)} @ {path}",)) from error
    except UnicodeDecodeError as error:
        raise DataError("text", (f"not UTF-8, stopped at byte {error.start} @ {path}",)) from error
    return data, tuple(_strays(data, path)) if has_strays else ()


def _check_brackets(text: str) -> None:
    """Refuse a text that is nested too deeply, or holds too much, before anything reads it."""
    depth = objects = 0
    for token in _TOKEN.findall(text):
        if token in {"]", "}"}:
            depth -= 1
        elif token in {"[", "{"}:
            depth += 1
            objects += 1
            if depth > DEEPEST_TEXT:
                raise LimitError("depth of the JSON text", depth, DEEPEST_TEXT)
            if objects > MOST_OBJECTS:
                raise LimitError("number of objects and lists", objects, MOST_OBJECTS)


def _read(text: str) -> tuple[Data, bool]:
    """Return what a text holds, and whether some of it is not JSON."""
    strays: list[NotJson | RepeatedKeys] = []

    def noted(stray: _Stray) -> _Stray:
        strays.append(stray)
        return stray

    def read_constant(name: str) -> NotJson:
        return noted(NotJson(f"not a JSON value: {name}"))

    def read_integer(digits: str) -> int | NotJson:
        if len(digits) > LONGEST_NUMBER:
            return noted(NotJson(f"a number of {len(digits)} characters, over the limit of {LONGEST_NUMBER}"))
        return int(digits)

    def read_object(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
        found = dict(pairs)
        return found if len(found) == len(pairs) else noted(RepeatedKeys(pairs))

    data: Data = json.loads(text, object_pairs_hook=read_object, parse_constant=read_constant, parse_int=read_integer)
    return data, bool(strays)


def _strays(data: Data, path: str) -> Iterator[str]:
    """Yield all that is not JSON, each with its path."""
    if isinstance(data, NotJson):
        yield f"{data.why} @ {path}"
    elif isinstance(data, list):
        for at, each in enumerate(data):
            yield from _strays(each, f"{path}[{at}]")
    elif isinstance(data, dict):
        if isinstance(data, RepeatedKeys):
            yield from (f"key given twice: {key!r} @ {path}" for key in data.keys_twice)
        for key, each in data.items():
            yield from _strays(each, f"{path}.{key}")


def _stopped(error: json.JSONDecodeError) -> str:
    """Return where reading stopped; the same on every Python, which differ in where they see a trailing comma."""
    text, at = error.doc, error.pos
    if error.msg.startswith("Illegal trailing comma"):
        at = len(text) - len(text[at + 1 :].lstrip(_SPACE))
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    there = f"at {text[at : at + 12]!r}" if at < len(text) else "at the end"
    return f"not JSON, stopped {there}, line {line} column {column}"


def limited(data: object) -> Data:
    """
    Return plain data; refuse what is nested without end, or is endless because it is shared, before anything walks it.

    >>> limited({"a": [1]})
    {'a': [1]}

    Raises:
        LimitError: If they are nested more deeply than any report, or hold more.
    """
    whole = cast("Data", data)  # Whatever else they hold is refused when values are built.
    todo = [(whole, 1)]
    objects = 0
    while todo:
        value, depth = todo.pop()
        if not isinstance(value, dict | list):
            continue
        objects += 1
        if depth > DEEPEST_TEXT:
            raise LimitError("depth of the data", depth, DEEPEST_TEXT)
        if objects > MOST_OBJECTS:
            raise LimitError("number of objects and lists", objects, MOST_OBJECTS)
        todo += [(each, depth + 1) for each in (value.values() if isinstance(value, dict) else value)]
    return whole
