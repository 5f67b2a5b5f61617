"""
The index of the report's sentences by digest, which proves words without holding them.

What is digested is the skeleton of a part. There is one digest for a whole sentence and never one for a part of it,
which a dictionary would undo; headings and the title page are stated anyway.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from asean_japan.bundle import proved
from asean_japan.copies.conditions import Condition
from asean_japan.copies.numbers import numbers_of
from asean_japan.copies.skeletons import skeleton
from asean_japan.errors import ArgumentError
from asean_japan.model.display import Shown
from asean_japan.model.places import Claim, Node
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import CLAIM, Ref

BULLET = "•"
RULES = "skeleton-1"  # The version of what is digested.
EDGE = 16  # Letters at each end of a part of which the index has a short hint.
HINT_BITS = 0xFFFFFF  # A hint narrows down where to look, and says less than a digest would.


def hint(letters: str, /) -> int:
    """Return the hint for some letters, a number of 24 bits."""
    return zlib.crc32(letters.encode()) & HINT_BITS


def digest(letters: str, /) -> str:
    """Return the SHA-256 of some letters, in hexadecimal."""
    return hashlib.sha256(letters.encode()).hexdigest()


@attrs.frozen(kw_only=True, repr=False)
class Fingerprint(Shown, PydanticResult):
    """
    What the index has of one part: enough to prove its words, and none of them.

    >>> fingerprint("Foster “co-creation”!").length
    16

    Attributes:
        length: Letters and digits in its skeleton.
        sha256: Digest of the skeleton, in hexadecimal.
        head: Hint for the first 16 letters, or all if there are fewer; 24 bits.
        tail: The same for the last ones.
    """

    length: int
    sha256: str
    head: int
    tail: int

    def proves(self, letters: str, /) -> bool:
        """
        Return whether *letters* are the skeleton of the part.

        >>> fingerprint("Foster “co-creation”!").proves(skeleton("foster CO CREATION"))
        True
        """
        return len(letters) == self.length and digest(letters) == self.sha256


def fingerprint(words: str, /) -> Fingerprint:
    """
    Make the fingerprint of a part.

    >>> fingerprint("Foster “co-creation”!") == fingerprint("foster CO CREATION")
    True

    Raises:
        ArgumentError: If it has neither letter nor digit.
    """
    letters = skeleton(words)
    if not letters:
        raise ArgumentError("words", words, "a text with a letter or a digit")
    return Fingerprint(
        length=len(letters), sha256=digest(letters), head=hint(letters[:EDGE]), tail=hint(letters[-EDGE:])
    )


@attrs.frozen(kw_only=True, repr=False)
class IndexedPart(Shown, PydanticResult):
    """
    What the index has of one heading, sentence, or line of the title page.

    >>> load_index().parts[3].kind, load_index().parts[3].labels, load_index().parts[3].stated
    ('heading', ('0.',), 'Objective')

    Attributes:
        kind: "sentence", "heading", or the name of the line of the title page.
        ref: Address of the sentence, or of the place that has the heading; None on the title page.
        labels: The numbers that are printed before it, • for a bullet.
        stated: Its words, unless it is one of the report's sentences: only headings and the title page are stated.
        numbers: Its numbers as printed, which its digest does not tell apart from others with the same digits; None
            if they are not known.
        conditions: Where conditions begin in it; None if that is not known.
        fingerprint: Its fingerprint.
    """

    kind: str
    ref: Ref | None = None
    labels: tuple[str, ...] = ()
    stated: str | None = None
    numbers: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    fingerprint: Fingerprint

    @property
    def name(self) -> str:
        """Its address as text; the kind of a line of the title page, which has none."""
        return str(self.ref) if self.ref else self.kind


@attrs.frozen(kw_only=True, repr=False)
class SourceIndex(Shown, PydanticResult):
    """
    The index of a text: which sentence follows which, by digest.

    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> len(index.parts), index.parts[1].labels
    (266, ())
    >>> index.parts[1].fingerprint.length == len(skeleton(load()["0.p1.s1"].text))
    True

    Attributes:
        parts: Every part, in reading order.
        furniture: Lines that are printed on every page.
    """

    parts: tuple[IndexedPart, ...]
    furniture: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Ref, ...]:
        """The addresses of all sentences, in reading order."""
        return tuple(part.ref for part in self.parts if part.ref and part.kind == "sentence")

    @classmethod
    def of(
        cls,
        nodes: Iterable[Node],
        words: Callable[[Claim], str],
        *,
        front: Mapping[str, str] | None = None,
        furniture: Iterable[str] = (),
        conditions: Callable[[Claim], Iterable[Condition] | None] | None = None,
    ) -> SourceIndex:
        """
        Make the index of a text of one's own, such as another edition or another language.

        >>> from asean_japan import load
        >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text, front={"title": load().title})
        >>> index.parts[0].kind, index.parts[0].fingerprint.length
        ('title', 72)

        Args:
            nodes: The places, in reading order.
            words: Returns the sentence that a claim restates.
            front: The lines of the title page, by name.
            furniture: Lines that are printed on every page.
            conditions: Returns where conditions begin in the sentence that a claim restates; None if that is not known.

        Raises:
            ArgumentError: If a heading or a sentence has neither letter nor digit.
        """
        places = (
            _IndexedPlace(
                node.ref,
                ((node.mark.text or BULLET) if node.mark else ""),
                (node.heading, fingerprint(node.heading)) if node.heading else None,
                [_indexed(words(claim), conditions(claim) if conditions else None) for claim in node.claims],
            )
            for node in nodes
        )
        lines = [(name, text, fingerprint(text)) for name, text in (front or {}).items()]
        return cls(parts=tuple(_parts_of(lines, places)), furniture=tuple(furniture))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> SourceIndex:
        """
        Read what ``source_index.json`` holds, which its digest has proved before.

        >>> SourceIndex.from_dict({"front": [], "furniture": ["(Provisional Translation)"], "places": []}).parts
        ()
        """

        def read(row: Mapping[str, Any]) -> Fingerprint:
            return Fingerprint(length=row["length"], sha256=row["sha256"], head=row["head"], tail=row["tail"])

        places = (
            _IndexedPlace(
                Ref.parse(row["ref"]),
                (row["mark"]["text"] or BULLET) if row["mark"] else "",
                (row["heading"]["text"], read(row["heading"])) if row["heading"] else None,
                [
                    _IndexedSentence(read(sentence), _known(sentence.get("numbers")), _conditions(sentence))
                    for sentence in row["sentences"]
                ],
            )
            for row in data["places"]
        )
        lines = [(row["part"], row["text"], read(row)) for row in data["front"]]
        return cls(parts=tuple(_parts_of(lines, places)), furniture=tuple(data["furniture"]))


class _IndexedSentence(NamedTuple):
    """What is known of a sentence of which a part is made."""

    fingerprint: Fingerprint
    numbers: tuple[str, ...] | None
    conditions: tuple[Condition, ...] | None


class _IndexedPlace(NamedTuple):
    """What is known of a place of which parts are made."""

    ref: Ref
    label: str
    heading: tuple[str, Fingerprint] | None
    sentences: list[_IndexedSentence]


def _indexed(words: str, conditions: Iterable[Condition] | None) -> _IndexedSentence:
    return _IndexedSentence(fingerprint(words), numbers_of(words), None if conditions is None else tuple(conditions))


def _conditions(row: Mapping[str, Any]) -> tuple[Condition, ...] | None:
    rows = row.get("conditions")
    return None if rows is None else tuple(Condition(start=start, kind=kind) for start, kind in rows)


def _known(numbers: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if numbers is None else tuple(numbers)


def _parts_of(lines: Iterable[tuple[str, str, Fingerprint]], places: Iterable[_IndexedPlace]) -> Iterator[IndexedPart]:
    """Yield the lines of a title page, and each heading and sentence, with the labels before it."""
    for name, text, mark in lines:
        yield IndexedPart(kind=name, stated=text, numbers=numbers_of(text), conditions=(), fingerprint=mark)
    labels: tuple[str, ...] = ()
    for place in places:
        labels = (*labels, place.label) if place.label else labels
        if place.heading:
            stated, mark = place.heading
            numbers = numbers_of(stated)
            yield IndexedPart(
                kind="heading",
                ref=place.ref,
                labels=labels,
                stated=stated,
                numbers=numbers,
                conditions=(),
                fingerprint=mark,
            )
            labels = ()
        for number, sentence in enumerate(place.sentences, 1):
            yield IndexedPart(
                kind="sentence",
                ref=Ref((*place.ref.steps, (CLAIM, number))),
                labels=labels,
                numbers=sentence.numbers,
                conditions=sentence.conditions,
                fingerprint=sentence.fingerprint,
            )
            labels = ()


_INDEX = "source_index.json"
_lock = threading.Lock()
_loaded: list[SourceIndex] = []  # Empty, then for ever the one index.


def load_index() -> SourceIndex:
    """
    Return the bundled index of the report's sentences; the same object each time, in every thread.

    >>> len(load_index().sentences)
    255

    Raises:
        DataError: If the bundled file is not the one that this package was released with.
    """
    if not _loaded:
        with _lock:
            if not _loaded:
                _loaded.append(SourceIndex.from_dict(*proved(_INDEX)))
    return _loaded[0]
