"""
Places: what an address leads to.

One frozen class, `Node`, holds the fields of every numbered place and paragraph; its kinds, in
`asean_japan.model.kinds`, are subclasses that add typed relations and no fields. A `Claim` is one sentence of the
report, restated. Both are `Place`. Two places are equal if they are of one class and have the same content, whatever
report they belong to.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import (
    TYPE_CHECKING,
    Annotated,
    ClassVar,
    Generic,
    Literal,
    SupportsIndex,
    TypeAlias,
    TypeVar,
    cast,
    get_args,
    overload,
)

import attrs

import asean_japan
from asean_japan import model
from asean_japan.arguments import require_callable, require_tuple
from asean_japan.errors import ArgumentError, LimitError
from asean_japan.model import display
from asean_japan.model.basis import RESTATED, STATED
from asean_japan.model.display import Language, Shown
from asean_japan.model.home import AtHome
from asean_japan.pydantic_hooks import PydanticResult, PydanticValue, TakenAsText
from asean_japan.refs import Ref

MOST_LEVELS = 64  # Of nodes in one another; a report has six.

_T = TypeVar("_T")
_N = TypeVar("_N", bound="Node")

_BODIES = frozenset({"organization", "body", "forum", "fund", "program"})
Kind: TypeAlias = Literal[
    "section",
    "paragraph",
    "challenge_area",
    "challenge",
    "pillar",
    "action_area",
    "action_item",
    "action",
    "measure",
    "sub_measure",
]
MarkStyle: TypeAlias = Literal["arabic", "roman", "circled", "letter", "bullet"]


@attrs.frozen(kw_only=True, repr=False)
class Mark(Shown, PydanticValue):
    """
    The number of a place, as printed and as a number.

    >>> from asean_japan.model import Mark
    >>> Mark(text="④", value=4, style="circled")
    Mark(text='④', value=4, style='circled')

    Attributes:
        text: As printed: "III.", "2.", "④", "(a)", "i."; None for a bullet, which has none.
        value: The number; 0 for section 0, the position among its siblings for a bullet.
        style: How it is printed.

    Source: the report; it is stated.
    """

    text: str | None = attrs.field(metadata=STATED)
    value: int = attrs.field(metadata=STATED)
    style: MarkStyle = attrs.field(metadata=STATED)


class Place(AtHome["model.Index"]):
    """
    What an address leads to: a `Node` or a `Claim`.

    >>> from asean_japan import load
    >>> [type(place).__name__ for place in (load()["I.2.7"], load()["I.2.7.s3"])]
    ['Challenge', 'Claim']
    """

    __slots__ = ("_levels", "_position")

    ref: Ref
    if TYPE_CHECKING:
        _position: int  # Of a node, in its index.
        _levels: int  # How many there are below a node; not set if there are none.
        gist: str
    else:

        @property
        def gist(self) -> str:
            """Our label of its node, of at most ten words."""
            return self.node.gist

    def _name(self) -> str:
        return str(self.ref)

    def _finder(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return operator.getitem, (self._index.home, self.ref)

    def _path(self) -> str | None:
        origin = None if self.detached else self._index.home.origin
        return origin and f"{origin}[{str(self.ref)!r}]"

    @property
    def report(self) -> asean_japan.Report:
        """The report to which it belongs."""
        return cast("asean_japan.Report", self._known("report").home)

    @property
    def parent(self) -> Node | None:
        """The node above it; None for a section."""
        raise NotImplementedError

    @property
    def node(self) -> Node:
        """The node itself, or the node whose sentence a claim is."""
        raise NotImplementedError

    @property
    def ancestors(self) -> tuple[Node, ...]:
        """The nodes above it, nearest first; ``()`` for a section."""
        index = self._known("ancestors")
        return tuple(index[ref] for ref in self.ref.parents)

    @property
    def section(self) -> model.Section:
        """The section that contains it; a section is its own."""
        return self._known("section").section_of(self)

    @property
    def pillar(self) -> model.Pillar | None:
        """The pillar that contains it, or under which it is proposed; None outside sections II and III."""
        return self._known("pillar").pillar_of(self)

    @property
    def action_area(self) -> model.ActionArea | None:
        """The action area that contains it, or that belongs to its pillar; None outside sections II and III."""
        return self._known("action area").action_area_of(self)

    @property
    def action_item(self) -> model.ActionItem | None:
        """The action item that contains it; None if there is none."""
        return self._known("action item").action_item_of(self)

    @property
    def challenge(self) -> model.Challenge | None:
        """The challenge that contains it; None if there is none."""
        return self._known("challenge").challenge_of(self)

    def _above(self, kind: type[_N]) -> _N:
        """Return the nearest node of a kind that contains the place; for kinds that always have one."""
        return next(node for node in self.ancestors if isinstance(node, kind))

    def _own_refs(self) -> tuple[Ref, ...]:
        """Return the addresses at which it speaks for itself."""
        return (self.ref,)

    def _own(self, values: Mapping[Ref, tuple[_T, ...]]) -> tuple[_T, ...]:
        """Return the values of a layer that are about it."""
        return tuple(value for ref in self._own_refs() for value in values.get(ref, ()))

    def _layers(self, asked: str) -> model.LayerIndex:
        return self._known(asked).home.layer_index()

    @property
    def mentions(self) -> tuple[model.Mention, ...]:
        """What it names, in reading order; for a node, in its heading and its own claims."""
        return self._own(self._layers("mentions").mentions)

    @property
    def bodies(self) -> tuple[model.Entity, ...]:
        """
        The bodies and programs among what it names, each once, in reading order.

        >>> from asean_japan import load
        >>> [body.acronym for body in load()["III.2.6.4"].bodies]
        ['AMEICC', 'FJCCIA', 'JETRO', 'AJBC']

        These are organizations, bodies, forums, funds and programs. The place names them; it need not say that they are
        to act.
        """
        entities = self._layers("bodies").entities
        named = {mention.key: entities[mention.key] for mention in self.mentions}
        return tuple(entity for entity in named.values() if entity.kind in _BODIES)

    @property
    def dates(self) -> tuple[model.DatedFact, ...]:
        """The dates in it, in reading order; for a node, in its own claims."""
        return self._own(self._layers("dates").dates)

    @property
    def quantities(self) -> tuple[model.Quantity, ...]:
        """The quantities in it, in reading order; for a node, in its own claims."""
        return self._own(self._layers("quantities").quantities)

    @property
    def links(self) -> tuple[model.Link, ...]:
        """The links that begin here; for a node, also those of its own claims."""
        return self._own(self._layers("links").links)

    @property
    def back_links(self) -> tuple[model.Link, ...]:
        """The links that lead here; for a node, also those to its own claims."""
        return self._own(self._layers("back_links").back_links)

    @property
    def outcomes(self) -> tuple[model.FollowUp, ...]:
        """
        What became of it, by time: each outcome, with the link that says how far it does what is proposed.

        >>> from asean_japan import load
        >>> [(each.date, each.strength) for each in load()["III.2.4.6.a"].outcomes]
        [('2025-01', 'direct')]
        """
        return self._layers("outcomes").follow_ups(self.links)

    @property
    def codings(self) -> tuple[model.Coding, ...]:
        """The codes that hold here, one coding for each overlay that has some; a claim has those of its node."""
        overlays = self._layers("codings").layers.overlays
        found = (overlay.coding(self.node) for overlay in overlays)
        return tuple(coding for coding in found if coding)

    def statement(self) -> str:
        """
        Return the place in full: the lead-ins above it, one a line, and what it says itself.

        >>> from asean_japan import load
        >>> load()["III.1.5"].statement().splitlines()[0]
        'III. Action items for a new ASEAN-Japan partnership'
        """
        raise NotImplementedError

    def cite(self) -> str:
        """
        Return the address as one writes it in a text.

        >>> from asean_japan import load
        >>> load()["III.2.4.3.a.i"].cite()
        'III-2-④, 3rd bullet, (a) i'
        """
        return self.ref.cite()


Address: TypeAlias = Annotated[str | Ref | Place, TakenAsText]


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Claim(Place):
    """
    One sentence of the report, restated; the smallest place.

    >>> from asean_japan import load
    >>> claim = load()["I.2.7.s8"]
    >>> claim.parent.gist
    'Middle class dreams and expectations for the future'

    Attributes:
        ref: Its address.
        text: The sentence in this package's words; what is borrowed from elsewhere in the report so that it can be
            understood alone is in [square brackets].

    Source: written one by one after a convention, and read against the report; the documentation has the ledger.
    """

    ref: Ref = attrs.field(metadata=STATED)
    text: str = attrs.field(metadata=RESTATED)

    def __hash__(self) -> int:  # With `==`, Python and attrs would take the inherited one away.
        return hash(self.ref)

    @property
    def parent(self) -> Node:
        """The node whose sentence this is."""
        return self.ancestors[0]

    @property
    def node(self) -> Node:
        """The node whose sentence this is."""
        return self.parent

    @property
    def verbatim(self) -> str | None:
        """The sentence itself, as a reader's copy has it and a digest proves it; None if the report is not bound."""
        copy = None if self.detached else self._index.copy
        return None if copy is None else copy.verbatim(self.ref)

    @property
    def next(self) -> Claim | None:
        """The next claim of the same node; None for the last one."""
        return next(iter(self.parent.claims[self.ref.number :]), None)

    @property
    def previous(self) -> Claim | None:
        """The claim before it in the same node; None for the first one."""
        return next(iter(self.parent.claims[: self.ref.number - 1][-1:]), None)

    def statement(self) -> str:
        """
        Return the claim in full: the lead-ins above it, one a line, and the claim.

        >>> from asean_japan import load
        >>> print(load()["I.1.s2"].statement())
        I. Challenges facing ASEAN countries and Japan today
        ASEAN-Japan cooperation is critical in this urgent task [of building a comprehensive regional order].
        """
        above = self.ancestors[1:]
        return "\n".join([*map(display.lead_in, reversed(above)), self.text])

    def __str__(self) -> str:
        return display.place_text(self.cite(), self.gist if not self.detached else "", self.text)

    def _repr_html_(self) -> str:
        return display.sentence_html(self)

    def _repr_markdown_(self) -> str:
        return display.sentence_markdown(self)


@attrs.frozen(kw_only=True, repr=False, getstate_setstate=False)
class Node(Place):
    """
    One place of the report that has a number, or one of its paragraphs.

    >>> from asean_japan import load
    >>> item = load()["III-2-④"]
    >>> item.kind, item.mark.text, item.gist
    ('action_item', '④', 'Sustainable and resilient society')

    Attributes:
        ref: Its address; that of its parent and one step more.
        mark: Its number as printed; None for a paragraph, which has none.
        heading: As printed; only sections, pillars and action areas have one, else None.
        gist: Our label of at most ten words, for trees, plots and menus.
        gist_ja: Our label in Japanese, of at most 40 characters; None if there is none.
        claims: Its own sentences, restated, in reading order; ``()`` if it has only a heading.
        children: The places below it, in reading order; ``()`` for a leaf.

    Raises:
        ArgumentError: If *claims* or *children* is not a tuple.
        LimitError: If there are more levels than a report can have.
    """

    kind: ClassVar[Kind]

    ref: Ref = attrs.field(metadata=STATED)
    mark: Mark | None = attrs.field(metadata=STATED, default=None)
    heading: str | None = attrs.field(metadata=STATED, default=None)
    gist: str = attrs.field(metadata=RESTATED)
    gist_ja: str | None = attrs.field(metadata=RESTATED, default=None)
    claims: tuple[Claim, ...] = attrs.field(validator=require_tuple, metadata=RESTATED, default=())
    children: tuple[model.Node, ...] = attrs.field(validator=require_tuple, default=(), metadata=STATED)

    def __hash__(self) -> int:  # With `==`, Python and attrs would take the inherited one away.
        return hash(self.ref)

    def __attrs_pre_init__(self) -> None:
        if type(self) is Node:
            kinds = ", ".join(cls.__name__ for cls in Node.__subclasses__())
            raise ArgumentError("kind", None, f"one of its kinds: {kinds}")

    def __attrs_post_init__(self) -> None:
        if self.children:
            levels = 1 + max([getattr(child, "_levels", 0) for child in self.children])
            if levels >= MOST_LEVELS:
                raise LimitError("depth of the nodes", levels + 1, MOST_LEVELS)
            object.__setattr__(self, "_levels", levels)

    def _own_refs(self) -> tuple[Ref, ...]:
        return (self.ref, *(claim.ref for claim in self.claims))

    @property
    def node(self) -> Node:
        """The node itself."""
        return self

    @property
    def label(self) -> str:
        """The mark as printed, or • for a bullet and ¶ for a paragraph."""
        if self.mark is None:
            return "¶"
        return self.mark.text or "•"

    @property
    def text(self) -> str | None:
        """Its own claims, with spaces between them; None if it has none."""
        return " ".join(claim.text for claim in self.claims) or None

    @property
    def position(self) -> int:
        """Its position in reading order, counted from 0 over all nodes of the report."""
        self._known("position")
        return self._position

    @property
    def parent(self) -> Node | None:
        """The node above it; None for a section."""
        return self._known("parent").parents[self._position]

    @property
    def next(self) -> Node | None:
        """The next place under the same parent, in reading order; None for the last one."""
        return self._sibling("next place", 1)

    @property
    def previous(self) -> Node | None:
        """The place before it under the same parent, in reading order; None for the first one."""
        return self._sibling("previous place", -1)

    def _sibling(self, asked: str, step: int) -> Node | None:
        index = self._known(asked)
        parent = self.parent
        siblings = parent.children if parent else index.sections
        at = siblings.index(self) + step
        return siblings[at] if 0 <= at < len(siblings) else None

    @overload
    def walk(self, *, kind: Literal["section"], prune: Prune | None = None) -> Nodes[model.Section]: ...
    @overload
    def walk(self, *, kind: Literal["paragraph"], prune: Prune | None = None) -> Nodes[model.Paragraph]: ...
    @overload
    def walk(self, *, kind: Literal["challenge_area"], prune: Prune | None = None) -> Nodes[model.ChallengeArea]: ...
    @overload
    def walk(self, *, kind: Literal["challenge"], prune: Prune | None = None) -> Nodes[model.Challenge]: ...
    @overload
    def walk(self, *, kind: Literal["pillar"], prune: Prune | None = None) -> Nodes[model.Pillar]: ...
    @overload
    def walk(self, *, kind: Literal["action_area"], prune: Prune | None = None) -> Nodes[model.ActionArea]: ...
    @overload
    def walk(self, *, kind: Literal["action_item"], prune: Prune | None = None) -> Nodes[model.ActionItem]: ...
    @overload
    def walk(self, *, kind: Literal["action"], prune: Prune | None = None) -> Nodes[model.Action]: ...
    @overload
    def walk(self, *, kind: Literal["measure"], prune: Prune | None = None) -> Nodes[model.Measure]: ...
    @overload
    def walk(self, *, kind: Literal["sub_measure"], prune: Prune | None = None) -> Nodes[model.SubMeasure]: ...
    @overload
    def walk(self, *, kind: Kind | None = None, prune: Prune | None = None) -> Nodes[Node]: ...
    def walk(self, *, kind: Kind | None = None, prune: Prune | None = None) -> Nodes[Node]:
        """
        Return this node and everything below it, parents first, in reading order.

        >>> from asean_japan import load
        >>> [str(node.ref) for node in load()["III.2.4.3"].walk(kind="sub_measure")]
        ['III.2.4.3.a.i', 'III.2.4.3.a.ii']

        Args:
            kind: Return only nodes of this kind; nodes of other kinds are still entered.
            prune: Return nothing below a node for which this is true, but the node itself.

        Raises:
            ArgumentError: If *kind* is unknown, or *prune* is not callable.
        """
        if prune is not None or self.detached:
            return walk([self], kind=kind, prune=prune)
        index = self._index
        return of_kind(index.nodes[self._position : index.ends[self._position]], kind)

    @property
    def leaves(self) -> Nodes[Node]:
        """The nodes that have nothing below them, in reading order; a leaf is its own."""
        return Nodes(node for node in self.walk() if not node.children)

    def statement(self) -> str:
        """
        Return the place in full: the lead-ins above it, one a line, and its own heading and claims.

        >>> from asean_japan import load
        >>> print(load()["III.2.6.1"].statement())
        III. Action items for a new ASEAN-Japan partnership
        2. Building a society which fulfills economic prosperity, sustainability, and equity
        ⑥ Establishing a new study group to design the shape of cooperation.
        • Strengthen the activities of the ASEAN-Japan Centre, an international organization.

        Raises:
            DetachedNodeError: If the node is detached.
        """
        return "\n".join(display.lead_in(node) for node in (*reversed(self.ancestors), self))

    def tree(self, *, depth: int | None = None, lang: Language = "en") -> str:
        """
        Draw this node and what is below it: label, gist and address, one line each.

        >>> from asean_japan import load
        >>> print(load()["III.1.5"].tree())
        ⑤ Legal systems for the rule of law  (III.1.5)
          • Regular ASEAN-Japan judicial consultations  (III.1.5.1)
          • ASEAN-Japan policies on competition law  (III.1.5.2)

        Args:
            depth: Levels below this node; 0 is the node alone, None is no limit.
            lang: "ja" for the gists in Japanese; a node without one is drawn with the English one.

        Raises:
            ArgumentError: If *depth* is negative, or if *lang* is neither "en" nor "ja".
        """
        return display.tree([self], depth, lang)

    def _below(self, kind: type[_N]) -> tuple[_N, ...]:
        return tuple(child for child in self.children if isinstance(child, kind))

    def __str__(self) -> str:
        return display.place_text(self.cite(), display.title(self), display.own_words(self))

    def _repr_html_(self) -> str:
        return display.html([self])

    def _repr_markdown_(self) -> str:
        return display.markdown([self])


Prune: TypeAlias = Callable[[Node], bool]
_N_co = TypeVar("_N_co", bound=Node, covariant=True)


class Nodes(tuple[_N_co, ...], PydanticResult, Generic[_N_co]):
    """
    Nodes as a question found them: a tuple that a notebook shows as a table, and `print` as lines.

    >>> from asean_japan import load
    >>> load().find(kind="sub_measure") == load().walk(kind="sub_measure")
    True
    >>> print(load().find(text="no such words"))
    none found
    """

    __slots__ = ()

    if TYPE_CHECKING:  # As a tuple has it; tools that only complete names do not look there.

        def __iter__(self) -> Iterator[_N_co]: ...
        @overload
        def __getitem__(self, at: SupportsIndex, /) -> _N_co: ...
        @overload
        def __getitem__(self, at: slice, /) -> tuple[_N_co, ...]: ...
        def __getitem__(self, at: SupportsIndex | slice, /) -> _N_co | tuple[_N_co, ...]: ...

    def __str__(self) -> str:
        return "\n".join(f"{node.cite()}  {display.title(node)}" for node in self) or display.NONE_FOUND

    def __repr__(self) -> str:
        return display.bounded_items(self)

    def _repr_html_(self) -> str:
        return display.table_html((node.ref, display.title(node)) for node in self)


def walk(nodes: Iterable[Node], /, *, kind: Kind | None = None, prune: Prune | None = None) -> Nodes[Node]:
    """Return each of *nodes* and everything below it, as `Node.walk` does."""
    if prune is not None:
        require_callable("prune", prune)
    return of_kind(_preorder(nodes, prune), kind)


def _preorder(nodes: Iterable[Node], prune: Prune | None) -> Iterator[Node]:
    for node in nodes:
        yield node
        if prune is None or not prune(node):
            yield from _preorder(node.children, prune)


def of_kind(nodes: Iterable[Node], kind: Kind | None) -> Nodes[Node]:
    """Return those of *nodes* that are of *kind*; all of them if it is None."""
    if kind is None:
        return Nodes(nodes)
    if kind not in get_args(Kind):
        raise ArgumentError("kind", kind, f"one of {', '.join(get_args(Kind))}")
    return Nodes(node for node in nodes if node.kind == kind)


def detach(node: _N) -> _N:
    """Copy *node* and everything below it, out of any report."""
    claims = tuple([Claim(ref=claim.ref, text=claim.text) for claim in node.claims])
    own = {name: getattr(node, name) for name in ("ref", "mark", "heading", "gist", "gist_ja")}
    return type(node)(**own, claims=claims, children=tuple([detach(child) for child in node.children]))


def text_of(place: Place) -> str:
    """Return the text into which the offsets of values count: that of a claim, or the heading of a node."""
    return place.text if isinstance(place, Claim) else place.node.heading or ""


def node_ref(ref: Ref) -> Ref:
    """Return the address of the node that speaks at an address: that of the claim's node, or its own."""
    return ref.parent if ref.level == "claim" and ref.parent else ref
