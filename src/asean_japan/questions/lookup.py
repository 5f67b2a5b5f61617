"""Which places of a report are meant by what somebody wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asean_japan.arguments import finds
from asean_japan.errors import AmbiguousRefError, ArgumentError, RefNotFoundError, RefSyntaxError, search_hint
from asean_japan.reading import inside, is_only_words, read
from asean_japan.refs import ANY, LAST, Rank, Reading, Ref, RefRange, Steps, expected_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.model.index import Index

_LISTED = re.compile(r"\s*(?:[;；]|[,，]?\s*\b(?:and|or)\b|[,，]?\s*&)\s*", re.IGNORECASE)
_TWO_SIGNS = re.compile(r"([§¶])\1")
_ENUMERATED = re.compile(r"\s*[,，]\s*")


def resolve(index: Index, address: str | Ref | RefRange, *, inner_first: bool = True) -> Ref | RefRange:
    """Return the one place or range that is meant, as `Report.resolve` and `Report.resolve_all` tell it."""
    readings = _readings(index, address, inner_first=inner_first)
    found = dict.fromkeys(target for reading in readings for target in _targets(index, reading))
    if not found:
        raise _missing(index, str(address), readings[0])
    if len(found) > 1:
        raise AmbiguousRefError(str(address), tuple(map(str, found)))
    return next(iter(found))


def resolve_all(index: Index, address: str) -> tuple[Ref | RefRange, ...]:
    """Return every place and range of a list, in the order in which it names them."""
    try:
        return (resolve(index, address),)
    except (RefSyntaxError, RefNotFoundError) as error:
        found: list[Ref | RefRange] = []
        one_sign = _TWO_SIGNS.sub(r"\1", address[slice(*inside(address))])
        try:
            for part in _LISTED.split(one_sign):
                found += _enumerated(index, part, found[-1] if found else None)
        except (RefSyntaxError, RefNotFoundError) as stop:
            whole = isinstance(error, RefNotFoundError) or isinstance(stop, RefSyntaxError)
            raise (error if whole else stop) from None
        if len(found) == 1 and isinstance(error, RefSyntaxError) and _TWO_SIGNS.search(address):
            raise  # They announce several.
        return tuple(found)


def _enumerated(index: Index, part: str, before: Ref | RefRange | None) -> list[Ref | RefRange]:
    """Resolve one part of a list; a comma parts two places only where what it parts is not one address."""
    try:
        return [_resolve_after(index, part, before, inner_first=before is None)]
    except (RefSyntaxError, RefNotFoundError):
        pieces = _ENUMERATED.split(part)
        if len(pieces) == 1:
            raise
    is_one = before is not None and _can_be_one(index, part)
    found: list[Ref | RefRange] = []
    try:
        for piece in pieces:
            found.append(_resolve_after(index, piece, found[-1] if found else before))
    except (RefSyntaxError, RefNotFoundError):
        if is_one:
            return [resolve(index, part)]
        raise
    if is_one:  # "III.1, item 2 and item 3, III.2" can list two places or three.
        raise AmbiguousRefError(part, (f"{resolve(index, part)}", ", ".join(map(str, found))))
    return found


def _can_be_one(index: Index, part: str) -> bool:
    """Tell whether a part with commas is one address from the innermost place to the outermost."""
    try:
        resolve(index, part)
    except (RefSyntaxError, RefNotFoundError):
        return False
    return True


def _resolve_after(
    index: Index, part: str, before: Ref | RefRange | None, *, inner_first: bool = True
) -> Ref | RefRange:
    """Resolve one part of a list: one that is not an address as the package writes it may go on beside the last."""
    ways = [part]
    if part and before is not None and before.parent is not None:
        ways.insert(_is_exact(part), f"{before.parent}.{part}")
    errors: list[RefSyntaxError | RefNotFoundError] = []
    for way in ways:
        try:
            return resolve(index, way, inner_first=inner_first)
        except (RefSyntaxError, RefNotFoundError) as error:
            errors.append(error)
    raise min(errors, key=lambda error: isinstance(error, RefSyntaxError))  # What can be read says more.


def _is_exact(part: str) -> bool:
    return any(finds(read_exactly, part) for read_exactly in (Ref.parse, RefRange.parse))


def one_place(address: object, found: Ref | RefRange) -> Ref:
    """Refuse a range where one place is asked for."""
    if isinstance(found, RefRange):
        raise ArgumentError("address", str(address), "one place", "resolve_all() and between() take a range")
    return found


def _readings(index: Index, address: str | Ref | RefRange, *, inner_first: bool) -> tuple[Reading, ...]:
    if isinstance(address, Ref):
        return (Reading(address.steps),)
    if isinstance(address, RefRange):
        return (Reading(address.first.steps, address.last.steps),)
    try:
        return (Reading(Ref.parse(address).steps),)
    except RefSyntaxError as error:
        if error.text != address:  # It is no text.
            raise
    try:
        return read(address, inner_first=inner_first)
    except RefSyntaxError:
        if is_only_words(address):
            raise RefSyntaxError(address, 0, expected_below(None, ""), search_hint(address)) from None
        readings = _read_around_headings(index, address)
        if readings is None:
            raise
        return readings


def _read_around_headings(index: Index, text: str) -> tuple[Reading, ...] | None:
    """Read what is left without printed headings, which must be those of the place; None if that is no address."""
    places: dict[str, list[Ref]] = {}
    for node in index.nodes:
        if node.heading:
            places.setdefault(node.heading, []).append(node.ref)
    rest = text.translate(_QUOTATION_MARKS)
    headed: list[tuple[int, list[Ref]]] = []
    for heading in sorted(places, key=len, reverse=True):
        pattern = _heading_pattern(heading)
        found, original = pattern.search(rest), pattern.search(text)
        if found and original:
            headed.append((original.start(), places[heading]))
            rest = _without(rest, found)
    if not headed:
        return None
    try:
        readings = read(rest)
    except RefSyntaxError:
        return None
    for position, refs in headed:
        if not all(_is_under(refs, reading) for reading in readings):
            raise RefSyntaxError(text, position, "the heading of the place that is addressed")
    return readings


_QUOTATION_MARKS = str.maketrans("", "", "\"'“”„‟‘’‚«»‹›「」『』")
_APART = " \t\r\n.,:;-‐‑–—"


def _heading_pattern(heading: str) -> re.Pattern[str]:
    """Return the pattern of a heading, in which spaces and hyphens may be of another kind."""
    kinds = {" ": r"\s+", "-": "[-‐‑–—]"}
    return re.compile(rf"\b{''.join(kinds.get(each, re.escape(each)) for each in heading)}\b", re.IGNORECASE)


def _without(text: str, heading: re.Match[str]) -> str:
    """Take a heading out of *text*, with the brackets around it and what sets it apart."""
    before = text[: heading.start()].rstrip(_APART)
    after = text[heading.end() :].lstrip(_APART)
    if before[-1:] + after[:1] in {"()", "[]", "（）"}:
        before, after = before[:-1].rstrip(_APART), after[1:].lstrip(_APART)
    return f"{before}, {after}" if before and after else before or after


def _is_under(refs: list[Ref], reading: Reading) -> bool:
    """Tell whether what was read is one of *refs* or below it."""
    ends = (reading.first, reading.last or reading.first)
    return any(end[: len(ref.steps)] == ref.steps for end in ends for ref in refs)


def _targets(index: Index, reading: Reading) -> Iterator[Ref | RefRange]:
    """Yield what of the report a reading can mean."""
    for first in _matching(index, reading.first):
        if reading.last is None:
            yield first
        for last in _matching(index, reading.last or ()):
            if first.parent == last.parent and first <= last:
                yield RefRange(first, last)


def _matching(index: Index, steps: Steps) -> list[Ref]:
    """Return the addresses of the report that *steps* can mean, where a number may be left open."""
    found: list[Steps] = [()]
    for rank, number in steps:
        longer: list[Steps] = []
        for path in found:
            numbers = [ref.number for ref in _below(index, path) if ref.steps[-1][0] == rank]
            wanted = {ANY: numbers, LAST: numbers[-1:]}.get(number, [number] if number in numbers else [])
            for each in wanted:
                step: tuple[Rank, int] = (rank, each)
                longer.append((*path, step))
        found = longer
    return [Ref(path) for path in found if path]


def _below(index: Index, path: Steps) -> list[Ref]:
    """Return the addresses one step below *path*: claims, then nodes; the sections if it is empty."""
    return [place.ref for place in index.below(Ref(path) if path else None)]


def _missing(index: Index, text: str, reading: Reading) -> RefNotFoundError | RefSyntaxError:
    """Say what there is instead of the end of *reading* that does not exist."""
    steps = reading.first
    if _matching(index, steps):
        steps = reading.last or ()
        if _matching(index, steps):  # Both ends exist, but one of them is "last", and so it shows only here.
            return RefSyntaxError(text, len(text), "a place that is not before the first, the range is reversed")
    known = max(at for at in range(len(steps)) if not at or len(_matching(index, steps[:at])) == 1)
    nearest = _matching(index, steps[:known])[:1]
    below = _below(index, nearest[0].steps if nearest else ())
    elsewhere = [_matching(index, (section.ref.steps[0], *steps[1:])) for section in index.sections]
    suggestions = [refs[0] for refs in elsewhere if len(refs) == 1 < len(steps)]
    rank, number = steps[known]
    beside = [ref for ref in below if ref.steps[-1][0] == rank]
    suggestions += sorted(beside, key=lambda ref: (abs(ref.number - number), ref))[:1]
    likely = tuple(map(str, dict.fromkeys(suggestions)))
    return RefNotFoundError(text, "".join(map(str, nearest)), tuple(map(str, below)), likely)
