"""What became of the proposals: events after the report, each with its source."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from asean_japan.model.basis import Basis
from asean_japan.model.display import Shown
from asean_japan.model.home import Value
from asean_japan.model.links import Link, Strength
from asean_japan.model.places import Place
from asean_japan.pydantic_hooks import PydanticResult

OutcomeKind: TypeAlias = Literal["adopted", "continued", "enacted", "established", "held", "launched"]


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Outcome(Value):
    """
    Something that happened after the report, and that does what a proposal asks for.

    >>> from asean_japan import load
    >>> outcome = next(each for each in load().outcomes if each.key == "ikusei-shuro-act")
    >>> outcome.date, outcome.kind, [str(place.ref) for place in outcome.places]
    ('2024-06-21', 'enacted', ['III.2.3.2.c'])

    That it was found says nothing of what was not: a proposal without an outcome may well have been carried out.

    Attributes:
        key: Its key, such as ``ikusei-shuro-act``.
        text: What happened, in one sentence of ours.
        date: When, in EDTF.
        kind: What sort of event it is: something was adopted, continued, enacted, established, held or launched.
        source: The page that says so.
        publisher: Who publishes that page: a government, or a body itself.
        read: When it was read, in EDTF.
    """

    key: str
    text: str
    date: str
    kind: OutcomeKind
    source: str
    publisher: str
    read: str

    @property
    def basis(self) -> Basis:
        """Always `Basis.RESEARCHED`."""
        return Basis.RESEARCHED

    @property
    def links(self) -> tuple[Link, ...]:
        """The links from the proposals that it follows, in reading order."""
        return self._known("links").outcome_links.get(self.key, ())

    @property
    def places(self) -> tuple[Place, ...]:
        """The proposals that it follows, in reading order."""
        return tuple(link.source for link in self.links)

    def __str__(self) -> str:
        return f"{self.date}: {self.text}  ({self.publisher}, {self.source}, read {self.read})"


@attrs.frozen(kw_only=True, repr=False)
class FollowUp(Shown, PydanticResult):
    """
    An outcome as it follows one proposal: what happened, and how far it does what was proposed.

    >>> from asean_japan import load
    >>> [follow_up] = load()["III.2.3.2.c"].outcomes
    >>> follow_up.outcome.key, follow_up.strength
    ('ikusei-shuro-act', 'direct')

    Attributes:
        outcome: What happened.
        link: The link that leads to it, which is our judgment.
    """

    outcome: Outcome
    link: Link

    @property
    def key(self) -> str:
        """The key of the outcome."""
        return self.outcome.key

    @property
    def text(self) -> str:
        """What happened, in one sentence of ours."""
        return self.outcome.text

    @property
    def date(self) -> str:
        """When, in EDTF."""
        return self.outcome.date

    @property
    def kind(self) -> OutcomeKind:
        """What sort of event it is."""
        return self.outcome.kind

    @property
    def source(self) -> str:
        """The page that says so."""
        return self.outcome.source

    @property
    def publisher(self) -> str:
        """Who publishes that page."""
        return self.outcome.publisher

    @property
    def read(self) -> str:
        """When it was read, in EDTF."""
        return self.outcome.read

    @property
    def strength(self) -> Strength | None:
        """Whether it does what is proposed, "direct", or a part of it, "partial"."""
        return self.link.strength

    @property
    def reason(self) -> str | None:
        """Why, in our words."""
        return self.link.reason

    def __str__(self) -> str:
        return f"{self.outcome}\n  {self.link}"
