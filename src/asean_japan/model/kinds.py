"""
The kinds of nodes: subclasses of `Node` that add typed relations and no fields.

A kind whose places always have a mark or a heading says so to type checkers: attrs has one set of fields for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from asean_japan.errors import ArgumentError
from asean_japan.model.basis import Basis
from asean_japan.model.edition import Edition
from asean_japan.model.places import Claim, Kind, Mark, Node


class Paragraph(Node):
    """
    Prose that no list holds.

    >>> from asean_japan import load
    >>> load()["II.p2"].label
    '¶'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "paragraph"


class Section(Node):
    """
    A top-level part: 0, I, II, III or IV.

    >>> from asean_japan import load
    >>> [pillar.mark.text for pillar in load().sections["II"].pillars]
    ['1.', '2.', '3.']
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "section"
    if TYPE_CHECKING:
        mark: Mark
        heading: str

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its own prose."""
        return self._below(Paragraph)

    @property
    def challenge_areas(self) -> tuple[ChallengeArea, ...]:
        """Those of section I; else ``()``."""
        return self._below(ChallengeArea)

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """Those of section II; else ``()``."""
        return self._below(Pillar)

    @property
    def action_areas(self) -> tuple[ActionArea, ...]:
        """Those of section III; else ``()``."""
        return self._below(ActionArea)


class ChallengeArea(Node):
    """
    One of the three groups of challenges in section I.

    >>> from asean_japan import load
    >>> len(load().challenge_areas["I.2"].challenges)
    8
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "challenge_area"
    if TYPE_CHECKING:
        mark: Mark

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """The challenges in it."""
        return self._below(Challenge)


class Challenge(Node):
    """
    What ASEAN and Japan face: a circled number in section I.

    >>> from asean_japan import load
    >>> load().challenges["I.2.7"].challenge_area.gist
    'Economic growth balanced with sustainability and equity'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "challenge"
    if TYPE_CHECKING:
        mark: Mark

    @property
    def challenge_area(self) -> ChallengeArea:
        """The group that contains it."""
        return self._above(ChallengeArea)


class Pillar(Node):
    """
    One of the three directions in section II.

    >>> from asean_japan import load
    >>> load().pillars["II.2"].action_area.ref
    Ref.parse('III.2')
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "pillar"
    if TYPE_CHECKING:
        mark: Mark
        heading: str

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its prose."""
        return self._below(Paragraph)

    @property
    def action_area(self) -> ActionArea:
        """The area of section III that has its number and heading, and holds what is proposed under it."""
        return self._known("action area").counterpart(self, ActionArea)


class ActionArea(Node):
    """
    One of the three groups of action items in section III; one for each pillar.

    >>> from asean_japan import load
    >>> load().action_areas["III.2"].pillar.ref
    Ref.parse('II.2')
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "action_area"
    if TYPE_CHECKING:
        mark: Mark
        heading: str

    @property
    def pillar(self) -> Pillar:
        """The pillar of section II that has its number and heading."""
        return self._known("pillar").counterpart(self, Pillar)

    @property
    def action_items(self) -> tuple[ActionItem, ...]:
        """What is proposed in it."""
        return self._below(ActionItem)


class ActionItem(Node):
    """
    What is proposed: a circled number in section III.

    >>> from asean_japan import load
    >>> load().action_items["III-2-④"].pillar.heading
    'Building a society which fulfills economic prosperity, sustainability, and equity'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "action_item"
    if TYPE_CHECKING:
        mark: Mark

    @property
    def action_area(self) -> ActionArea:
        """The group that contains it."""
        return self._above(ActionArea)

    @property
    def pillar(self) -> Pillar:
        """The pillar under which it is proposed."""
        return self.action_area.pillar

    @property
    def actions(self) -> tuple[Action, ...]:
        """The bullets below it."""
        return self._below(Action)


class Action(Node):
    """
    A bullet below an action item.

    >>> from asean_japan import load
    >>> load().actions["III.2.4.3"].action_item.mark.text
    '④'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "action"
    if TYPE_CHECKING:
        mark: Mark

    @property
    def action_item(self) -> ActionItem:
        """The action item that contains it."""
        return self._above(ActionItem)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The lettered places below it."""
        return self._below(Measure)


class Measure(Node):
    """
    A lettered place below a bullet.

    >>> from asean_japan import load
    >>> load().measures["III.2.4.3.a"].action.gist
    'Response capabilities for natural and human disasters'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "measure"
    if TYPE_CHECKING:
        mark: Mark

    @property
    def action_item(self) -> ActionItem:
        """The action item that contains it."""
        return self._above(ActionItem)

    @property
    def action(self) -> Action:
        """The bullet that contains it."""
        return self._above(Action)

    @property
    def sub_measures(self) -> tuple[SubMeasure, ...]:
        """The places with a small roman numeral below it."""
        return self._below(SubMeasure)


class SubMeasure(Node):
    """
    A place with a small roman numeral below a measure.

    >>> from asean_japan import load
    >>> load().sub_measures["III.2.4.3.a.ii"].measure.mark.text
    '(a)'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "sub_measure"
    if TYPE_CHECKING:
        mark: Mark

    @property
    def action_item(self) -> ActionItem:
        """The action item that contains it."""
        return self._above(ActionItem)

    @property
    def measure(self) -> Measure:
        """The measure that contains it."""
        return self._above(Measure)


KINDS: dict[Kind, type[Node]] = {
    cls.kind: cls
    for cls in (
        Section,
        Paragraph,
        ChallengeArea,
        Challenge,
        Pillar,
        ActionArea,
        ActionItem,
        Action,
        Measure,
        SubMeasure,
    )
}


def basis_of(holder: type[Node | Claim | Mark | Edition], field: str, /) -> Basis:
    """
    Return the basis of the values of a field.

    >>> from asean_japan.model import Edition
    >>> basis_of(Edition, "source")
    Basis.RESEARCHED

    Raises:
        ArgumentError: If *holder* is not one of these classes, or has no field of this name.
    """
    if not any(holder is known for known in (*KINDS.values(), Node, Claim, Mark, Edition)):
        raise ArgumentError("holder", holder, "Node or a kind of it, Claim, Mark or Edition")
    fields = attrs.fields_dict(holder)
    if field not in list(fields):  # A list, since what cannot be hashed is not a name either.
        raise ArgumentError("field", field, f"one of {', '.join(fields)}")
    basis: Basis = fields[field].metadata["basis"]
    return basis
