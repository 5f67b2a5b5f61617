"""
The values of which a report is made.

One frozen class, `Node`, holds the fields of every place; its kinds are subclasses that add typed relations and no
fields. A `Claim` is one sentence of the report, restated. Both are `Place`: what an address leads to.

Where a place stands is no part of its value. Hidden slots lead to the `Index` of its report, and equality, `repr`
and hashing pass them by: two places are equal if they are of one class and have the same content.
"""

from __future__ import annotations

import enum
import operator
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Self, TypeAlias, TypeVar, cast

import attrs

from asean_japan import display
from asean_japan.errors import ArgumentError, DetachedNodeError, LimitError, require_callable
from asean_japan.refs import Ref
from asean_japan.services import Answer, Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from asean_japan.crossref import Link
    from asean_japan.layers import LayerIndex
    from asean_japan.members import DatedFact, Mention, Quantity
    from asean_japan.overlays import Coding
    from asean_japan.report import Report

MOST_LEVELS = 64  # Of nodes in one another; a report has six.

_T = TypeVar("_T")
_N = TypeVar("_N", bound="Node")
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


class Basis(enum.Enum):
    """
    Which of the four layers of truth a value belongs to; they are never mixed.

    >>> basis_of(Node, "heading"), basis_of(Claim, "text")
    (Basis.STATED, Basis.RESTATED)

    Attributes:
        STATED: The report says it: numbers, headings, names, dates, order.
        RESTATED: This package's own words for what the report says.
        RESEARCHED: Known from elsewhere, with its source.
        EDITORIAL: Our judgement, with a reason.
    """

    STATED = "stated"
    RESTATED = "restated"
    RESEARCHED = "researched"
    EDITORIAL = "editorial"

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


_STATED = {"basis": Basis.STATED}
_RESTATED = {"basis": Basis.RESTATED}
_RESEARCHED = {"basis": Basis.RESEARCHED}
_EDITORIAL = {"basis": Basis.EDITORIAL}


def basis_of(holder: type[Node | Claim | Mark | Edition], field: str, /) -> Basis:
    """
    Which layer the values of a field belong to.

    >>> basis_of(Edition, "source")
    Basis.RESEARCHED

    Raises:
        ArgumentError: If *holder* is none of these classes, or has no field of this name.
    """
    _require_holder(holder)
    fields = attrs.fields_dict(holder)
    if field not in list(fields):  # A list, since a field that cannot be hashed is no field either.
        raise ArgumentError("field", field, f"one of {', '.join(fields)}")
    return cast("Basis", fields[field].metadata["basis"])


def _require_holder(holder: object) -> None:
    if not any(holder is known for known in (*KINDS.values(), Node, Claim, Mark, Edition)):
        raise ArgumentError("holder", holder, "Node or a kind of it, Claim, Mark or Edition")


@attrs.frozen
class Mark(Served):
    """
    The number of a place, as it is printed and as a number.

    >>> Mark("④", 4, "circled")
    Mark(text='④', value=4, style='circled')

    Attributes:
        text: As printed: "III.", "2.", "④", "(a)", "i."; None for a bullet, which has none.
        value: The number; 0 for section 0, the position among its siblings for a bullet.
        style: How it is printed.

    Source: the report; it is stated.
    """

    text: str | None = attrs.field(metadata=_STATED)
    value: int = attrs.field(metadata=_STATED)
    style: MarkStyle = attrs.field(metadata=_STATED)


@attrs.frozen
class Edition(Served):
    """
    Which text the data speak of, and which data they are.

    >>> from asean_japan import load
    >>> load().edition.date, load().edition.status
    ('2023-02', 'Provisional Translation')

    Attributes:
        schema_version: Version of the layout of the data.
        data_version: Version of the data: major if an address goes or changes its meaning, minor for what is new,
            patch for a correction.
        title: As printed.
        date: In EDTF, no finer than the report says.
        issuer: As printed.
        status: As printed.
        language: BCP 47 tag of the text that the claims restate.
        source: Page of the Ministry of Foreign Affairs of Japan on the panel and its report.
        licence: SPDX expression for the data.
    """

    schema_version: int = attrs.field(metadata=_EDITORIAL)
    data_version: str = attrs.field(metadata=_EDITORIAL)
    title: str = attrs.field(metadata=_STATED)
    date: str = attrs.field(metadata=_STATED)
    issuer: str = attrs.field(metadata=_STATED)
    status: str = attrs.field(metadata=_STATED)
    language: str = attrs.field(metadata=_STATED)
    source: str = attrs.field(metadata=_RESEARCHED)
    licence: str = attrs.field(metadata=_EDITORIAL)


class Home(Protocol):
    """What a place asks of the report in which it stands."""

    @property
    def origin(self) -> str | None:
        """The expression that gives the report again; None for one that was built by hand."""
        ...

    def __getitem__(self, address: Ref, /) -> Place:
        """The place at an address."""
        ...


class Words(Protocol):
    """What a place asks of a reader's copy."""

    def verbatim(self, ref: Ref, /) -> str | None:
        """The proved words of a sentence."""
        ...


class Index:
    """
    Where everything of one report stands; built whole, never changed.

    Attributes:
        home: The report.
        layers: What gives what is known beyond the sentences, and where it stands.
        binding: The reader's copy to which the report is bound; None if it is bound to none.
        nodes: Every node, in reading order, which is the pre-order of the tree.
        ends: For each node, the position behind the last node below it: its subtree is a slice of *nodes*.
        parents: For each node, its parent; None for a section.
        positions: The position of the node at each address.
        claims: The claim at each address, in reading order.
    """

    __slots__ = ("binding", "claims", "ends", "home", "layers", "nodes", "parents", "positions")

    def __init__(
        self,
        home: Home,
        sections: Iterable[Section],
        layers: Callable[[], LayerIndex],
        binding: Words | None = None,
    ) -> None:
        self.home: Home = home
        self.layers: Callable[[], LayerIndex] = layers
        self.binding: Words | None = binding
        self.claims: dict[Ref, Claim] = {}
        self.positions: dict[Ref, int] = {}
        nodes: list[Node] = []
        ends: list[int] = []
        parents: list[Node | None] = []
        attach = object.__setattr__  # Places are frozen for everyone else.

        def enter(node: Node, parent: Node | None) -> None:
            position = len(nodes)
            attach(node, "_index", self)
            attach(node, "_position", position)
            self.positions[node.ref] = position
            nodes.append(node)
            ends.append(position)
            parents.append(parent)
            for claim in node.claims:
                attach(claim, "_index", self)
                self.claims[claim.ref] = claim
            for child in node.children:
                enter(child, node)
            ends[position] = len(nodes)

        for section in sections:
            enter(section, None)
        self.nodes: tuple[Node, ...] = tuple(nodes)
        self.ends: tuple[int, ...] = tuple(ends)
        self.parents: tuple[Node | None, ...] = tuple(parents)

    def __getitem__(self, ref: Ref) -> Node:
        return self.nodes[self.positions[ref]]

    def namesake(self, node: Node, kind: type[_N]) -> _N:
        """The node of another kind that has the number and the heading of *node*."""
        return next(other for other in self.nodes if isinstance(other, kind) and other.mark == node.mark)


class Place(Served):
    """
    What an address leads to: a `Node` or a `Claim`.

    >>> from asean_japan import load
    >>> [type(place).__name__ for place in (load()["I.2.7"], load()["I.2.7.s3"])]
    ['Challenge', 'Claim']
    """

    __slots__ = ("__weakref__", "_index", "_levels", "_position")

    ref: Ref
    _index: Index
    _position: int  # Of a node, in its index.
    _levels: int  # How many there are below a node; not set if there are none.

    def _home(self, asked: str) -> Index:
        try:
            return self._index
        except AttributeError:
            raise DetachedNodeError(str(self.ref), asked) from None

    @property
    def detached(self) -> bool:
        """Whether this place stands in no report, so that it knows nothing of its neighbours."""
        return not hasattr(self, "_index")

    @property
    def report(self) -> Report:
        """The report in which it stands."""
        return cast("Report", self._home("report").home)

    @property
    def section(self) -> Section:
        """The section in which it stands; a section stands in itself."""
        return cast("Section", self._home("section")[self.ref.section])

    @property
    def ancestors(self) -> tuple[Node, ...]:
        """The nodes above, nearest first; ``()`` for a section."""
        index = self._home("ancestors")
        return tuple(index[ref] for ref in self.ref.parents)

    @property
    def parent(self) -> Node | None:
        """The node above it; None for a section."""
        raise NotImplementedError

    def _own(self) -> tuple[Ref, ...]:
        """The addresses at which it speaks for itself."""
        return (self.ref,)

    def _at(self, asked: str) -> tuple[Any, ...]:
        """What a layer has at these addresses."""
        found: Mapping[Ref, tuple[Any, ...]] = getattr(self._home(asked).layers(), asked)
        return tuple(each for ref in self._own() for each in found.get(ref, ()))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """What it names, in reading order; a node names what its heading and its own claims name."""
        return self._at("mentions")

    @property
    def dates(self) -> tuple[DatedFact, ...]:
        """The dates in it, in reading order; those of a node stand in its own claims."""
        return self._at("dates")

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities in it, in reading order; those of a node stand in its own claims."""
        return self._at("quantities")

    @property
    def links(self) -> tuple[Link, ...]:
        """The links that begin here, those of a node's own claims included."""
        return self._at("links")

    @property
    def back_links(self) -> tuple[Link, ...]:
        """The links that lead here, those that lead to a node's own claims included."""
        return self._at("back_links")

    @property
    def codes(self) -> tuple[Coding, ...]:
        """The codes that hold here, one for each overlay that has some; a claim has those of its node."""
        layers = self._home("codes").layers()
        node = self if isinstance(self, Node) else cast("Node", self.parent)
        found = (overlay.coding(node) for overlay in layers.values.overlays)
        return tuple(coding for coding in found if coding)

    def statement(self) -> str:
        """
        Write the place in full: the lead-ins above it, one a line, and what it says itself.

        >>> from asean_japan import load
        >>> load()["III.1.5"].statement().splitlines()[0]
        'III. Action items for a new ASEAN-Japan partnership'
        """
        raise NotImplementedError

    def cite(self) -> str:
        """
        Write the address as one would in a text.

        >>> from asean_japan import load
        >>> load()["III.2.4.3.a.i"].cite()
        'III-2-④, 3rd bullet, (a) i'
        """
        return self.ref.cite()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        if self.detached:
            return type(self), _values(self)
        return operator.getitem, (self._index.home, self.ref)

    def __repr__(self) -> str:
        if not self.detached and (origin := self._index.home.origin):
            return f"{origin}[{str(self.ref)!r}]"
        fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(self)))
        pairs = zip(fields, _values(self), strict=True)
        return f"{type(self).__name__}({', '.join(f'{field.name}={value!r}' for field, value in pairs)})"


def _values(place: Place) -> tuple[object, ...]:
    """The fields of *place*, in their order."""
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(place)))
    return tuple(getattr(place, field.name) for field in fields)


@attrs.frozen(repr=False, getstate_setstate=False)
class Claim(Place):
    """
    One sentence of the report, restated; the smallest place.

    >>> from asean_japan import load
    >>> claim = load()["I.2.7.s8"]
    >>> claim.parent.gist
    'Expectations for the future: middle class dreams'

    Attributes:
        ref: Where it stands.
        text: The sentence in this package's words; what is borrowed from elsewhere in the report so that it can be
            understood alone stands in [square brackets].

    Source: written one by one after a convention, and read against the report; the documentation has the ledger.
    """

    ref: Ref = attrs.field(metadata=_STATED)
    text: str = attrs.field(metadata=_RESTATED)

    def __hash__(self) -> int:  # With `==`, Python and attrs would take the inherited one away.
        return hash(self.ref)

    @property
    def parent(self) -> Node:
        """The node whose sentence this is."""
        return self.ancestors[0]

    @property
    def verbatim(self) -> str | None:
        """The sentence itself, as a reader's copy has it and a digest proves it; None if the report is not bound."""
        binding = None if self.detached else self._index.binding
        return None if binding is None else binding.verbatim(self.ref)

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
        Write the claim in full: the lead-ins above it, one a line, and the claim.

        >>> from asean_japan import load
        >>> print(load()["I.1.s2"].statement())
        I. Challenges facing ASEAN countries and Japan today
        It is critical for this urgent task [of building a comprehensive regional order] that ASEAN and Japan cooperate.
        """
        above = self.ancestors[1:]
        return "\n".join([*map(display.lead_in, reversed(above)), self.text])

    def _repr_html_(self) -> str:
        return display.sentence_html(self)

    def _repr_markdown_(self) -> str:
        return display.sentence_markdown(self)


def is_tuple(_: object, field: attrs.Attribute[_T], value: _T) -> None:
    """Let no list into a value."""
    if not isinstance(value, tuple):
        raise ArgumentError(field.alias or field.name, value, "a tuple")


@attrs.frozen(repr=False, getstate_setstate=False)
class Node(Place):
    """
    One place of the report that has a number, or one of its paragraphs.

    >>> from asean_japan import load
    >>> item = load()["III-2-④"]
    >>> item.kind, item.mark.text, item.gist
    ('action_item', '④', 'A sustainable and resilient society')

    Attributes:
        ref: Where it stands; the parent's address and one step more.
        mark: Its number as printed; None for a paragraph, which has none.
        heading: As printed; only sections, pillars and action areas have one, else None.
        gist: Our label of at most ten words, for trees, plots and menus.
        claims: Its own sentences, restated, in reading order; ``()`` if a heading is all it has.
        children: The places below it, in reading order; ``()`` for a leaf.

    Raises:
        ArgumentError: If what should be a tuple is none.
        LimitError: If there are more levels than any report has, which nothing that looks into them would take.
    """

    kind: ClassVar[Kind]

    ref: Ref = attrs.field(metadata=_STATED)
    mark: Mark | None = attrs.field(metadata=_STATED)
    heading: str | None = attrs.field(metadata=_STATED)
    gist: str = attrs.field(metadata=_RESTATED)
    claims: tuple[Claim, ...] = attrs.field(validator=is_tuple, metadata=_RESTATED)
    children: tuple[Node, ...] = attrs.field(validator=is_tuple, default=(), metadata=_STATED)

    def __hash__(self) -> int:  # With `==`, Python and attrs would take the inherited one away.
        return hash(self.ref)

    def __attrs_pre_init__(self) -> None:
        if type(self) is Node:
            raise ArgumentError("kind", None, f"one of its kinds: {', '.join(cls.__name__ for cls in KINDS.values())}")

    def __attrs_post_init__(self) -> None:
        if self.children:
            levels = 1 + max([getattr(child, "_levels", 0) for child in self.children])
            if levels >= MOST_LEVELS:
                raise LimitError("depth of the nodes", levels + 1, MOST_LEVELS)
            object.__setattr__(self, "_levels", levels)

    def _own(self) -> tuple[Ref, ...]:
        return (self.ref, *(claim.ref for claim in self.claims))

    @property
    def label(self) -> str:
        """The mark as printed, or • for a bullet and ¶ for a paragraph."""
        if self.mark is None:
            return "¶"
        return self.mark.text or "•"

    @property
    def position(self) -> int:
        """Its place in reading order, counted from 0 over all nodes of the report."""
        self._home("position")
        return self._position

    @property
    def parent(self) -> Node | None:
        """The node above it; None for a section."""
        return self._home("parent").parents[self._position]

    @property
    def next(self) -> Node | None:
        """The next place under the same parent, in reading order; None for the last one."""
        return self._sibling("next place", 1)

    @property
    def previous(self) -> Node | None:
        """The place before it under the same parent, in reading order; None for the first one."""
        return self._sibling("previous place", -1)

    def _sibling(self, asked: str, step: int) -> Node | None:
        index = self._home(asked)
        parent = self.parent
        siblings = [node for node, above in zip(index.nodes, index.parents, strict=True) if above is parent]
        at = siblings.index(self) + step
        return siblings[at] if 0 <= at < len(siblings) else None

    def walk(self, *, kind: Kind | None = None, prune: Callable[[Node], bool] | None = None) -> Nodes:
        """
        Give this node and everything below it, parents first, in reading order.

        >>> from asean_japan import load
        >>> [str(node.ref) for node in load()["III.2.4.3"].walk(kind="sub_measure")]
        ['III.2.4.3.a.i', 'III.2.4.3.a.ii']

        Args:
            kind: Give only nodes of this kind; those of other kinds are passed through.
            prune: Give nothing below a node for which this is true; the node itself is given.

        Raises:
            ArgumentError: If there is no such kind, or if *prune* cannot be called.
        """
        if prune is not None or self.detached:
            return walk([self], kind=kind, prune=prune)
        index = self._index
        return of_kind(index.nodes[self._position : index.ends[self._position]], kind)

    @property
    def leaves(self) -> Nodes:
        """What has nothing below it, in reading order; a leaf gives itself."""
        return Nodes(node for node in self.walk() if not node.children)

    def statement(self) -> str:
        """
        Write the place in full: the lead-ins above it, one a line, and its own heading and claims.

        >>> from asean_japan import load
        >>> print(load()["III.2.6.1"].statement())
        III. Action items for a new ASEAN-Japan partnership
        2. Building a society which fulfills economic prosperity, sustainability, and equity
        ⑥ The setting up of a new study group for designing what shape cooperation takes.
        • Strengthen what the ASEAN-Japan Centre, which is an international organization, undertakes.

        Raises:
            DetachedNodeError: If the node stands in no report.
        """
        return "\n".join(display.lead_in(node) for node in (*reversed(self.ancestors), self))

    def tree(self, *, depth: int | None = None) -> str:
        """
        Draw this node and what is below it: label, gist and address, one line each.

        >>> from asean_japan import load
        >>> print(load()["III.1.5"].tree())
        ⑤ Legal systems for the rule of law  (III.1.5)
          • Regular judicial consultations  (III.1.5.1)
          • Competition law policies  (III.1.5.2)

        Args:
            depth: Levels below this node; 0 is the node alone, None is no limit.

        Raises:
            ArgumentError: If *depth* is negative.
        """
        return display.tree([self], depth)

    def _below(self, kind: type[_N]) -> tuple[_N, ...]:
        return tuple(child for child in self.children if isinstance(child, kind))

    def _repr_html_(self) -> str:
        return display.html([self])

    def _repr_markdown_(self) -> str:
        return display.markdown([self])


class Nodes(tuple[Node, ...], Answer):
    """
    Nodes as a question found them: a tuple that a notebook shows as a table.

    >>> from asean_japan import load
    >>> load().find(kind="sub_measure") == load().walk(kind="sub_measure")
    True
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return display.table_html((node.ref, display.title(node)) for node in self)


def walk(nodes: Iterable[Node], /, *, kind: Kind | None = None, prune: Callable[[Node], bool] | None = None) -> Nodes:
    """Give each of *nodes* and everything below it, as `Node.walk` does."""
    if prune is not None:
        require_callable("prune", prune)
    return of_kind(_preorder(nodes, prune), kind)


def _preorder(nodes: Iterable[Node], prune: Callable[[Node], bool] | None) -> Iterator[Node]:
    for node in nodes:
        yield node
        if prune is None or not prune(node):
            yield from _preorder(node.children, prune)


def of_kind(nodes: Iterable[Node], kind: Kind | None) -> Nodes:
    """Those of *nodes* that are of *kind*; all of them if it is None."""
    if kind is None:
        return Nodes(nodes)
    if kind not in list(KINDS):  # A list, since what cannot be hashed is no kind either.
        raise ArgumentError("kind", kind, f"one of {', '.join(KINDS)}")
    return Nodes(node for node in nodes if node.kind == kind)


def detach(node: _N) -> _N:
    """Copy *node* and everything below it, out of any report."""
    claims = tuple(attrs.evolve(claim) for claim in node.claims)
    return attrs.evolve(node, claims=claims, children=tuple(map(detach, node.children)))


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
    >>> [pillar.mark.text for pillar in load()["II"].pillars]
    ['1.', '2.', '3.']
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "section"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its own prose."""
        return self._below(Paragraph)

    @property
    def challenge_areas(self) -> tuple[ChallengeArea, ...]:
        """Of section I; else ``()``."""
        return self._below(ChallengeArea)

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """Of section II; else ``()``."""
        return self._below(Pillar)

    @property
    def action_areas(self) -> tuple[ActionArea, ...]:
        """Of section III; else ``()``."""
        return self._below(ActionArea)


class ChallengeArea(Node):
    """
    One of the three groups of challenges in section I.

    >>> from asean_japan import load
    >>> len(load()["I.2"].challenges)
    8
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "challenge_area"

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """The challenges in it."""
        return self._below(Challenge)


class Challenge(Node):
    """
    What ASEAN and Japan face: a circled number in section I.

    >>> from asean_japan import load
    >>> load()["I.2.7"].area.gist
    'Economic growth in balance with sustainability and equity'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "challenge"

    @property
    def area(self) -> ChallengeArea:
        """The group in which it stands."""
        return cast("ChallengeArea", self.parent)


class Pillar(Node):
    """
    One of the three directions in section II.

    >>> from asean_japan import load
    >>> load()["II.2"].action_area.ref
    Ref.parse('III.2')
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "pillar"

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its prose."""
        return self._below(Paragraph)

    @property
    def action_area(self) -> ActionArea:
        """The area of section III with its number and heading, which holds what is proposed under it."""
        return self._home("action area").namesake(self, ActionArea)


class ActionArea(Node):
    """
    One of the three groups of action items in section III; one for each pillar.

    >>> from asean_japan import load
    >>> load()["III.2"].pillar.ref
    Ref.parse('II.2')
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "action_area"

    @property
    def pillar(self) -> Pillar:
        """The pillar of section II with its number and heading."""
        return self._home("pillar").namesake(self, Pillar)

    @property
    def action_items(self) -> tuple[ActionItem, ...]:
        """What is proposed in it."""
        return self._below(ActionItem)


class ActionItem(Node):
    """
    What is proposed: a circled number in section III.

    >>> from asean_japan import load
    >>> load()["III-2-④"].pillar.heading
    'Building a society which fulfills economic prosperity, sustainability, and equity'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "action_item"

    @property
    def area(self) -> ActionArea:
        """The group in which it stands."""
        return cast("ActionArea", self.parent)

    @property
    def pillar(self) -> Pillar:
        """The pillar under which it is proposed."""
        return self.area.pillar

    @property
    def actions(self) -> tuple[Action, ...]:
        """The bullets below it."""
        return self._below(Action)


class Action(Node):
    """
    A bullet below an action item.

    >>> from asean_japan import load
    >>> load()["III.2.4.3"].item.mark.text
    '④'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "action"

    @property
    def item(self) -> ActionItem:
        """The action item in which it stands."""
        return cast("ActionItem", self.parent)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The lettered places below it."""
        return self._below(Measure)


class Measure(Node):
    """
    A lettered place below a bullet.

    >>> from asean_japan import load
    >>> load()["III.2.4.3.a"].action.gist
    'Response to natural and human disasters'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "measure"

    @property
    def action(self) -> Action:
        """The bullet in which it stands."""
        return cast("Action", self.parent)

    @property
    def sub_measures(self) -> tuple[SubMeasure, ...]:
        """The places with a small roman numeral below it."""
        return self._below(SubMeasure)


class SubMeasure(Node):
    """
    A place with a small roman numeral below a measure.

    >>> from asean_japan import load
    >>> load()["III.2.4.3.a.ii"].measure.mark.text
    '(a)'
    """

    __slots__ = ()
    kind: ClassVar[Kind] = "sub_measure"

    @property
    def measure(self) -> Measure:
        """The measure in which it stands."""
        return cast("Measure", self.parent)


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
