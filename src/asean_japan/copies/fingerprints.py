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
from asean_japan.copies.skeletons import skeleton
from asean_japan.errors import ArgumentError
from asean_japan.model.places import Claim, Node
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import CLAIM, Ref

BULLET = "•"
EDGE = 16  # Letters at each end of a part of which the index has a short hint.
_HINT_BITS = 0xFFFFFF  # A hint narrows down where to look, and says less than a digest would.


def hint(letters: str, /) -> int:
    """Give the hint for some letters, a number of 24 bits."""
    return zlib.crc32(letters.encode()) & _HINT_BITS


def digest(letters: str, /) -> str:
    """Give the SHA-256 of some letters, in hexadecimal."""
    return hashlib.sha256(letters.encode()).hexdigest()


@attrs.frozen
class Fingerprint(PydanticResult):
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

    def fits(self, letters: str, at: int = 0) -> bool:
        """Whether the part stands in *letters*, a skeleton, at this offset."""
        found = letters[at : at + self.length]
        return len(found) == self.length and digest(found) == self.sha256


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
    return Fingerprint(len(letters), digest(letters), hint(letters[:EDGE]), hint(letters[-EDGE:]))


@attrs.frozen
class IndexedPart(PydanticResult):
    """
    What the index has of one heading, sentence, or line of the title page.

    Attributes:
        kind: "sentence", "heading", or the name of the line of the title page.
        ref: Address of the sentence, or of the place that has the heading; None on the title page.
        labels: The numbers that are printed before it, • for a bullet.
        stated: Its words, for what the report's sentences are not: headings and the title page; else None.
        fingerprint: Its fingerprint.
    """

    kind: str
    ref: Ref | None
    labels: tuple[str, ...]
    stated: str | None
    fingerprint: Fingerprint


@attrs.frozen
class SourceIndex(PydanticResult):
    """
    The index of a text: where which sentence stands, by digest.

    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> (
    ...     len(index.parts),
    ...     index.parts[1].labels,
    ...     index.parts[1].fingerprint.length == len(skeleton(load()["0.p1.s1"].text)),
    ... )
    (266, (), True)

    Attributes:
        parts: In reading order.
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
    ) -> SourceIndex:
        """
        Make the index of a text of one's own, such as another edition or another language.

        >>> from asean_japan import load
        >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text, front={"title": load().title})
        >>> index.parts[0].kind, index.parts[0].fingerprint.length
        ('title', 72)

        Args:
            nodes: The places, in reading order.
            words: Gives the words of the sentence for which a claim stands.
            front: The lines of the title page, by name.
            furniture: Lines that are printed on every page.

        Raises:
            ArgumentError: If a heading or a sentence has neither letter nor digit.
        """
        places = (
            _IndexedPlace(
                node.ref,
                ((node.mark.text or BULLET) if node.mark else ""),
                (node.heading, fingerprint(node.heading)) if node.heading else None,
                [fingerprint(words(claim)) for claim in node.claims],
            )
            for node in nodes
        )
        lines = [(name, text, fingerprint(text)) for name, text in (front or {}).items()]
        return cls(tuple(_passages(lines, places)), tuple(furniture))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> SourceIndex:
        """
        Read what ``source_index.json`` holds, which is proved by its digest before.

        >>> SourceIndex.from_dict({"front": [], "furniture": ["(Provisional Translation)"], "places": []}).parts
        ()
        """

        def read(row: Mapping[str, Any]) -> Fingerprint:
            return Fingerprint(row["length"], row["sha256"], row["head"], row["tail"])

        places = (
            _IndexedPlace(
                Ref.parse(row["ref"]),
                (row["mark"]["text"] or BULLET) if row["mark"] else "",
                (row["heading"]["text"], read(row["heading"])) if row["heading"] else None,
                list(map(read, row["sentences"])),
            )
            for row in data["places"]
        )
        lines = [(row["part"], row["text"], read(row)) for row in data["front"]]
        return cls(tuple(_passages(lines, places)), tuple(data["furniture"]))


class _IndexedPlace(NamedTuple):
    """What is known of a place of which parts are made."""

    ref: Ref
    label: str
    heading: tuple[str, Fingerprint] | None
    sentences: list[Fingerprint]


def _passages(lines: Iterable[tuple[str, str, Fingerprint]], places: Iterable[_IndexedPlace]) -> Iterator[IndexedPart]:
    for name, text, mark in lines:
        yield IndexedPart(name, None, (), text, mark)
    labels: tuple[str, ...] = ()
    for place in places:
        labels = (*labels, place.label) if place.label else labels
        if place.heading:
            yield IndexedPart("heading", place.ref, labels, *place.heading)
            labels = ()
        for number, mark in enumerate(place.sentences, 1):
            yield IndexedPart("sentence", Ref((*place.ref.steps, (CLAIM, number))), labels, None, mark)
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
