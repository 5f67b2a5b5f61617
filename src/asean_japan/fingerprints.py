"""
The index of the report's sentences by digest, which proves words without holding them.

What is digested is the skeleton of a passage. There is one digest for a whole sentence and never one for a part of it,
which a dictionary would undo; headings and the title page are stated anyway.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from asean_japan.errors import ArgumentError
from asean_japan.refs import CLAIM, Ref
from asean_japan.services import Answer
from asean_japan.skeletons import skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from asean_japan.model import Claim, Node

BULLET = "•"
EDGE = 16  # Letters at each end of a passage of which the index has a short hint.
_HINT_BITS = 0xFFFFFF  # A hint narrows down where to look, and says less than a digest would.


def hint(letters: str, /) -> int:
    """Give the hint for some letters, a number of 24 bits."""
    return zlib.crc32(letters.encode()) & _HINT_BITS


def digest(letters: str, /) -> str:
    """Give the SHA-256 of some letters, in hexadecimal."""
    return hashlib.sha256(letters.encode()).hexdigest()


@attrs.frozen
class Fingerprint(Answer):
    """
    What the index has of one passage: enough to prove its words, and none of them.

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
        """Whether the passage stands in *letters*, a skeleton, at this offset."""
        found = letters[at : at + self.length]
        return len(found) == self.length and digest(found) == self.sha256


def fingerprint(words: str, /) -> Fingerprint:
    """
    Make the fingerprint of a passage.

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
class Stretch(Answer):
    """
    What the index has of one heading, sentence, or line of the title page.

    Attributes:
        part: "sentence", "heading", or the name of the line of the title page.
        ref: Address of the sentence, or of the place that has the heading; None on the title page.
        labels: The numbers that are printed before it, • for a bullet.
        stated: Its words, for what the report's sentences are not: headings and the title page; else None.
        trace: Its fingerprint.
    """

    part: str
    ref: Ref | None
    labels: tuple[str, ...]
    stated: str | None
    trace: Fingerprint


@attrs.frozen
class SourceIndex(Answer):
    """
    The index of a text: where which sentence stands, by digest.

    >>> from asean_japan import load
    >>> index = SourceIndex.of(load().walk(), lambda claim: claim.text)  # As if our claims were the report's words.
    >>> (
    ...     len(index.passages),
    ...     index.passages[1].labels,
    ...     index.passages[1].trace.length == len(skeleton(load()["0.p1.s1"].text)),
    ... )
    (266, (), True)

    Attributes:
        passages: In reading order.
        furniture: Lines that are printed on every page.
    """

    passages: tuple[Stretch, ...]
    furniture: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Ref, ...]:
        """The addresses of all sentences, in reading order."""
        return tuple(passage.ref for passage in self.passages if passage.ref and passage.part == "sentence")

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
        >>> index.passages[0].part, index.passages[0].trace.length
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
            _Place(
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
        Read what ``binding.json`` holds, which is proved by its digest before.

        >>> SourceIndex.from_dict({"front": [], "furniture": ["(Provisional Translation)"], "places": []}).passages
        ()
        """

        def read(row: Mapping[str, Any]) -> Fingerprint:
            return Fingerprint(row["length"], row["sha256"], row["head"], row["tail"])

        places = (
            _Place(
                Ref.parse(row["ref"]),
                (row["mark"]["text"] or BULLET) if row["mark"] else "",
                (row["heading"]["text"], read(row["heading"])) if row["heading"] else None,
                list(map(read, row["sentences"])),
            )
            for row in data["places"]
        )
        lines = [(row["part"], row["text"], read(row)) for row in data["front"]]
        return cls(tuple(_passages(lines, places)), tuple(data["furniture"]))


class _Place(NamedTuple):
    """What is known of a place of which passages are made."""

    ref: Ref
    label: str
    heading: tuple[str, Fingerprint] | None
    sentences: list[Fingerprint]


def _passages(lines: Iterable[tuple[str, str, Fingerprint]], places: Iterable[_Place]) -> Iterator[Stretch]:
    for name, text, trace in lines:
        yield Stretch(name, None, (), text, trace)
    labels: tuple[str, ...] = ()
    for place in places:
        labels = (*labels, place.label) if place.label else labels
        if place.heading:
            yield Stretch("heading", place.ref, labels, *place.heading)
            labels = ()
        for number, trace in enumerate(place.sentences, 1):
            yield Stretch("sentence", Ref((*place.ref.steps, (CLAIM, number))), labels, None, trace)
            labels = ()
