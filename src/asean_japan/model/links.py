"""Links from places to places, and to what became of them."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from asean_japan import model
from asean_japan.model.basis import Basis
from asean_japan.model.home import Value
from asean_japan.model.places import Place, text_of
from asean_japan.refs import Ref, RefRange

LinkKind: TypeAlias = Literal[
    "refers_to",
    "continues",
    "follows_from",
    "restates",
    "counterpart",
    "answers",
    "serves",
    "carried_out_by",
    "followed_by",
]
Strength: TypeAlias = Literal["direct", "partial"]

_VERBS: dict[LinkKind, str] = {
    "refers_to": "refers to",
    "continues": "continues",
    "follows_from": "follows from",
    "restates": "restates",
    "counterpart": "is the counterpart of",
    "answers": "answers",
    "serves": "serves",
    "carried_out_by": "is carried out by",
    "followed_by": "is followed by",
}
EDITORIAL_KINDS: tuple[LinkKind, ...] = ("answers", "serves", "carried_out_by", "followed_by")
HOW: dict[Strength, str] = {"direct": "directly", "partial": "in part"}


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Link(Value):
    """
    A link from one place to another, to a range of places, or to an outcome.

    >>> from asean_japan import load
    >>> link = load()["III.2.4.3"].links[0]
    >>> link.kind, str(link.target_ref), link.basis.value, link.strength
    ('answers', 'I.2.8', 'editorial', 'direct')

    Attributes:
        source_ref: Where it begins: a claim or a node.
        target_ref: Where it leads: an address, or a range of them; None for a link to an outcome.
        kind: What it says of the two:
            ``refers_to`` the source points to the target in words ("the above", "these rules");
            ``continues`` it goes on from it; ``follows_from`` it is its consequence; ``restates`` it says it again;
            ``counterpart`` a pillar and its action area;
            ``answers`` a proposal answers a challenge; ``serves`` a means serves a proposal;
            ``carried_out_by`` a promise of section II is carried out by a proposal;
            ``followed_by`` a proposal is followed by an outcome.
        basis: `Basis.STATED` for the report's own references, `Basis.EDITORIAL` for our judgment.
        strength: "direct" or "partial" for an editorial link; None for a stated one.
        reason: Why, in our words: always for an editorial link; for a stated one where its reading is open to doubt.
        start: Where the words that point, or that name a means without a key, begin, as an offset into the text of the
            source; None if there are none.
        end: Where they end.
        via_key: Key of the entity that is meant by a source that names several; else None.
        outcome_key: Key of the outcome to which it leads; None for a link to places.
    """

    source_ref: Ref
    target_ref: Ref | RefRange | None = None
    kind: LinkKind
    basis: Basis = Basis.EDITORIAL
    strength: Strength | None = None
    reason: str | None = None
    start: int | None = None
    end: int | None = None
    via_key: str | None = None
    outcome_key: str | None = None

    @property
    def source(self) -> Place:
        """Where it begins."""
        return self._known("source").home[self.source_ref]

    @property
    def targets(self) -> tuple[Place, ...]:
        """Where it leads: one place, or each of a range, without what is below them; none if it is an outcome."""
        home = self._known("targets").home
        if self.target_ref is None:
            return ()
        if isinstance(self.target_ref, Ref):
            return (home[self.target_ref],)
        first, last = home[self.target_ref.first].node, home[self.target_ref.last].node
        siblings = first.parent.children if first.parent else home.place_index().sections
        return tuple(node for node in siblings if first.position <= node.position <= last.position)

    @property
    def text(self) -> str | None:
        """The words that point, or that name a means without a key; None if there are none."""
        return None if self.start is None else text_of(self.source)[self.start : self.end]

    @property
    def via(self) -> model.Entity | None:
        """The entity that is meant by a source that names several; else None."""
        return None if self.via_key is None else self._known("via").entities[self.via_key]

    @property
    def outcome(self) -> model.Outcome | None:
        """The outcome to which it leads; None for a link to places."""
        return None if self.outcome_key is None else self._known("outcome").outcomes[self.outcome_key]

    def __str__(self) -> str:
        how = f" {HOW.get(self.strength, self.strength)}" if self.strength else ""
        named = None if self.detached else self.via
        via = f" by {named.name if named else self.via_key}" if self.via_key else ""
        reason = f": {self.reason}" if self.reason else ""
        target = self.target_ref or self.outcome_key
        return f"{self.source_ref} {_VERBS.get(self.kind, self.kind)} {target}{how}{via}{reason}"
