"""The report: its sections, and everything that can be asked of the whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict, TypeVar, Unpack, overload

import attrs

from asean_japan import copies, export, model, questions
from asean_japan.arguments import finds, require_a, require_tuple
from asean_japan.errors import ArgumentError, DataError, LimitError, RefNotFoundError, RefSyntaxError, visible
from asean_japan.model import display
from asean_japan.model.edition import Edition
from asean_japan.model.home import Home
from asean_japan.model.index import BoundCopy, Index
from asean_japan.model.kinds import (
    Action,
    ActionArea,
    ActionItem,
    Challenge,
    ChallengeArea,
    Measure,
    Paragraph,
    Pillar,
    Section,
    SubMeasure,
)
from asean_japan.model.places import Address, Claim, Kind, Node, Nodes, Place, Prune, detach, of_kind, walk
from asean_japan.questions.places import Places
from asean_japan.refs import Ref, RefRange

if TYPE_CHECKING:
    from asean_japan.copies.quotes import QuoteSearch  # A report that is not bound needs none of it.

_lock = threading.RLock()  # Reentrant: a bound report's layers are built from its unbound report's.

_N = TypeVar("_N", bound=Node)
_D = TypeVar("_D")


class Origin(NamedTuple):
    """Where a report came from: what returns it again, its layers, and what is wrong with its files."""

    expression: str
    load: Callable[[], Report]
    layers: Callable[[], model.Layers]
    file_faults: Callable[[], tuple[tuple[str, str], ...]]


class Question(TypedDict, total=False):
    """What `Report.find` can be asked beside the kind."""

    text: str | Iterable[str] | None
    mentions: model.EntityName | None
    code: str | None
    outcome: bool | None
    year: int | None
    deep: bool


class _Parts:
    """What a report knows beside its values: what was laid over it, and what is built once, when first asked for."""

    __slots__ = ("_made", "added")

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}
        self.added: tuple[str, ...] = ()  # The keys of the overlays that were laid over it.

    def once(self, name: str, make: Callable[[], _D]) -> _D:
        """Return what is kept under a name; the first thread that asks makes it."""
        if name not in self._made:
            with _lock:
                if name not in self._made:
                    self._made[name] = make()
        found: _D = self._made[name]
        return found


@attrs.frozen(eq=False, repr=False, getstate_setstate=False)
class Report(Home):
    """
    The report as objects.

    >>> from asean_japan import load
    >>> report = load()
    >>> report.date, [section.mark.text for section in report.sections.values()]
    ('2023-02', ['0.', 'I.', 'II.', 'III.', 'IV.'])
    >>> report["III.2.4"].gist
    'Sustainable and resilient society'

    Attributes:
        edition: Which text and which data this is.
        sections: 0, I, II, III and IV.
        layers: What is known beyond the sentences; nothing if it is left out.

    A report takes copies of the nodes and values that it is built from: none changes its home.

    Raises:
        DataError: If what is given does not make a sound report, with everything that is wrong.
    """

    edition: Edition = attrs.field(kw_only=True)
    _sections: tuple[Section, ...] = attrs.field(alias="sections", validator=require_tuple, kw_only=True)
    _given: model.Layers | None = attrs.field(alias="layers", default=None, kw_only=True)
    _origin: Origin | None = attrs.field(init=False)
    _index: Index = attrs.field(init=False)
    _parts: _Parts = attrs.field(init=False)
    _unbound: Report | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        from asean_japan.checking import findings  # Loading needs none of it.

        if found := findings(self.edition, self._sections, self._given):
            raise DataError("report", tuple(map(str, found)))
        layers = self._given and self._given.detached()
        self._complete(self.edition, tuple(map(detach, self._sections)), layers)

    def _complete(  # noqa: PLR0913  # One for each field.
        self,
        edition: Edition,
        sections: tuple[Section, ...],
        layers: model.Layers | None,
        *,
        origin: Origin | None = None,
        unbound: Report | None = None,
        copy: BoundCopy | None = None,
    ) -> None:
        """Fill the fields, which are frozen for everyone else."""
        fields: dict[str, object] = {
            "edition": edition,
            "_sections": sections,
            "_given": layers,
            "_origin": origin,
            "_index": Index(self, sections, copy),
            "_parts": _Parts(),
            "_unbound": unbound,
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    @classmethod
    def trusted(
        cls,
        edition: Edition,
        sections: tuple[Section, ...],
        layers: model.Layers | None = None,
        /,
        *,
        origin: Origin | None = None,
    ) -> Report:
        """
        Build a report without checks and without copies; for what was checked before.

        >>> from asean_japan import from_dict, load, to_dict
        >>> checked = from_dict(to_dict(load()))  # What everybody else should use.

        Args:
            edition: Which text and which data this is.
            sections: Detached nodes; they will belong to this report.
            layers: Detached values; None if *origin* has them, or if there are none.
            origin: Where the report came from; None if it is found nowhere else.

        Raises:
            ArgumentError: If a section, or a value of the layers, belongs to a report already.
        """
        if not all(section.detached for section in sections):
            raise ArgumentError("sections", sections, "detached sections")
        if layers and not all(value.detached for value in layers.values()):
            raise ArgumentError("layers", layers, "detached values")
        report = cls.__new__(cls)
        cls._complete(report, edition, sections, layers, origin=origin)
        return report

    @property
    def title(self) -> str:
        """As printed."""
        return self.edition.title

    @property
    def date(self) -> str:
        """The month, ``2023-02``, in EDTF; the report names no day."""
        return self.edition.date

    @property
    def issuer(self) -> str:
        """As printed."""
        return self.edition.issuer

    @property
    def origin(self) -> str | None:
        """The expression that returns this report again; None if it was built by hand."""
        return self._origin and self._origin.expression

    def place_index(self) -> Index:
        """
        Return where every place is.

        >>> from asean_japan import load
        >>> len(load().place_index().nodes)
        187
        """
        return self._index

    def layer_index(self) -> model.LayerIndex:
        """
        Return where every value of the layers is; built when first asked for.

        >>> from asean_japan import load
        >>> len(load().layer_index().mentions_of["aoip"])
        6
        """
        return self._parts.once("layers", lambda: model.LayerIndex(self, self._layers()))

    def _layers(self) -> model.Layers:
        if self._given is not None:
            return self._given
        if self._unbound:
            return self._unbound.layers.detached()
        return self._origin.layers() if self._origin else model.Layers()

    # Collections

    @property
    def sections(self) -> Places[Section]:
        """0, I, II, III and IV."""
        return self._places("sections", Section)

    @property
    def paragraphs(self) -> Places[Paragraph]:
        """Prose that no list holds."""
        return self._places("paragraphs", Paragraph)

    @property
    def challenge_areas(self) -> Places[ChallengeArea]:
        """The three groups of section I."""
        return self._places("challenge_areas", ChallengeArea)

    @property
    def challenges(self) -> Places[Challenge]:
        """What ASEAN and Japan face."""
        return self._places("challenges", Challenge)

    @property
    def pillars(self) -> Places[Pillar]:
        """The three directions of section II."""
        return self._places("pillars", Pillar)

    @property
    def action_areas(self) -> Places[ActionArea]:
        """The three groups of section III."""
        return self._places("action_areas", ActionArea)

    @property
    def action_items(self) -> Places[ActionItem]:
        """The circled numbers of section III, which hold what is proposed."""
        return self._places("action_items", ActionItem)

    @property
    def actions(self) -> Places[Action]:
        """The bullets below action items."""
        return self._places("actions", Action)

    @property
    def measures(self) -> Places[Measure]:
        """The lettered places below bullets."""
        return self._places("measures", Measure)

    @property
    def sub_measures(self) -> Places[SubMeasure]:
        """The places with small roman numerals below measures."""
        return self._places("sub_measures", SubMeasure)

    @property
    def claims(self) -> Places[Claim]:
        """Every sentence of the report, restated."""
        return Places(self, "claims", self._index.claims)

    def _places(self, name: str, kind: type[_N]) -> Places[_N]:
        return Places(self, name, {node.ref: node for node in self._index.of_kind(kind)})

    # Addresses

    def resolve(self, address: Address) -> Ref:
        """
        Return the address that is meant by what somebody wrote.

        >>> from asean_japan import load
        >>> report = load()
        >>> report.resolve("Section III, 2, ④, third bullet, (a) i")
        Ref.parse('III.2.4.3.a.i')
        >>> report.resolve("last bullet of III.2.4")
        Ref.parse('III.2.4.8')

        Args:
            address: An address in any form that people use, as long as it can be read whole and means one place here.
                A place means its own address.

        Raises:
            RefSyntaxError: If it is not an address; says where reading stopped.
            RefNotFoundError: If no such place exists; names what is nearest and what there is.
            AmbiguousRefError: If it can mean more than one place; names them.
            ArgumentError: If it is a range, which `resolve_all` takes.
            LimitError: If it is longer than any address.
        """
        exact = _exact(address)
        if isinstance(exact, Ref) and (exact in self._index.positions or exact in self._index.claims):
            return exact
        from asean_japan.questions.lookup import one_place, resolve  # What the package writes needs none of it.

        asked = address if isinstance(address, str) else exact  # An error repeats it as it was written.
        return one_place(address, resolve(self._index, asked))

    def resolve_all(self, address: Address | RefRange) -> tuple[Ref | RefRange, ...]:
        """
        Return every place and range that is meant by what somebody wrote: one, or each of a list, in its order.

        >>> from asean_japan import load
        >>> load().resolve_all("I.2.⑥–⑧")
        (RefRange.parse('I.2.6-I.2.8'),)
        >>> load().resolve_all("I.2.②, ⑤ and ⑦")
        (Ref.parse('I.2.2'), Ref.parse('I.2.5'), Ref.parse('I.2.7'))

        Args:
            address: An address, a range, or a list of these; a part that is not an address by itself goes on beside the
                part before it.

        Raises:
            RefSyntaxError, RefNotFoundError, AmbiguousRefError, LimitError: As `resolve` does.
        """
        from asean_japan.questions.lookup import resolve, resolve_all

        if isinstance(address, str):
            return resolve_all(self._index, address)
        return (resolve(self._index, address.ref if isinstance(address, Place) else address),)

    def __getitem__(self, address: Address, /) -> Place:
        """
        Return the place at an address, as `resolve` reads it.

        Raises what `resolve` raises.
        """
        ref = self.resolve(address)
        return self._index.claims[ref] if ref in self._index.claims else self._index[ref]

    @overload
    def get(self, address: Address, /) -> Place | None: ...
    @overload
    def get(self, address: Address, default: _D, /) -> Place | _D: ...
    def get(self, address: Address, default: object = None, /) -> object:
        """
        Return the place at an address, or *default* if it does not exist.

        >>> from asean_japan import load
        >>> load().get("III.9") is None
        True

        Raises:
            RefSyntaxError: If *address* cannot be read: a default only hides what does not exist.
            ArgumentError: If it is a range.
            AmbiguousRefError: If it can mean more than one place.
            LimitError: If it is longer than any address.
        """
        try:
            return self[address]
        except RefNotFoundError:
            return default

    def __contains__(self, address: object) -> bool:
        return finds(self.__getitem__, address)

    __iter__ = None  # Neither claims nor nodes alone are "the" places; without this, Python would try 0, 1, 2.

    def between(self, first: Address | RefRange, last: Address | None = None, /) -> Nodes[Node]:
        """
        Return the nodes from one to another, both included with what is below them, in reading order.

        >>> from asean_japan import load
        >>> [str(node.ref) for node in load().between("I.2.⑥", "I.2.⑧")]
        ['I.2.6', 'I.2.7', 'I.2.8']
        >>> len(load().between("III.2.4-III.2.6"))
        40

        Args:
            first: Where to begin, or a range.
            last: Where to end; None if *first* is a range.

        Raises:
            ArgumentError: If *last* comes before *first*, if it is missing, or if an end is a claim: claims are in a
                node's `claims`.
            RefSyntaxError, RefNotFoundError, AmbiguousRefError, LimitError: As `resolve` does.
        """
        ends = [each for address in (first, last) if address is not None for each in self.resolve_all(address)]
        ranges = [isinstance(each, RefRange) for each in ends]
        if ranges != ([True] if last is None else [False, False]):
            raise ArgumentError("first, last", (first, last), "two places or one range")
        start, stop = ends[0].first, ends[-1].last
        positions = self._index.positions
        if start not in positions or stop not in positions:
            raise ArgumentError("first, last", (str(start), str(stop)), "nodes; claims are in a node's claims")
        if positions[stop] < positions[start]:
            raise ArgumentError("last", str(stop), f"a place not before {start}")
        return Nodes(self._index.nodes[positions[start] : self._index.ends[positions[stop]]])

    # The whole

    @overload
    def walk(self, *, kind: Literal["section"], prune: Prune | None = None) -> Nodes[Section]: ...
    @overload
    def walk(self, *, kind: Literal["paragraph"], prune: Prune | None = None) -> Nodes[Paragraph]: ...
    @overload
    def walk(self, *, kind: Literal["challenge_area"], prune: Prune | None = None) -> Nodes[ChallengeArea]: ...
    @overload
    def walk(self, *, kind: Literal["challenge"], prune: Prune | None = None) -> Nodes[Challenge]: ...
    @overload
    def walk(self, *, kind: Literal["pillar"], prune: Prune | None = None) -> Nodes[Pillar]: ...
    @overload
    def walk(self, *, kind: Literal["action_area"], prune: Prune | None = None) -> Nodes[ActionArea]: ...
    @overload
    def walk(self, *, kind: Literal["action_item"], prune: Prune | None = None) -> Nodes[ActionItem]: ...
    @overload
    def walk(self, *, kind: Literal["action"], prune: Prune | None = None) -> Nodes[Action]: ...
    @overload
    def walk(self, *, kind: Literal["measure"], prune: Prune | None = None) -> Nodes[Measure]: ...
    @overload
    def walk(self, *, kind: Literal["sub_measure"], prune: Prune | None = None) -> Nodes[SubMeasure]: ...
    @overload
    def walk(self, *, kind: Kind | None = None, prune: Prune | None = None) -> Nodes[Node]: ...
    def walk(self, *, kind: Kind | None = None, prune: Prune | None = None) -> Nodes[Node]:
        """
        Return every node, parents first, in reading order.

        >>> from asean_japan import load
        >>> report = load()
        >>> len(report.walk()), len(report.walk(kind="measure"))
        (187, 52)
        >>> [node.kind for node in report.walk(prune=lambda node: node.kind == "section")]
        ['section', 'section', 'section', 'section', 'section']

        Args:
            kind: Return only nodes of this kind; nodes of other kinds are still entered.
            prune: Return nothing below a node for which this is true, but the node itself.

        Raises:
            ArgumentError: If *kind* is unknown, or *prune* is not callable.
        """
        return of_kind(self._index.nodes, kind) if prune is None else walk(self._sections, kind=kind, prune=prune)

    @overload
    def find(self, *, kind: Literal["section"], **asked: Unpack[Question]) -> Nodes[Section]: ...
    @overload
    def find(self, *, kind: Literal["paragraph"], **asked: Unpack[Question]) -> Nodes[Paragraph]: ...
    @overload
    def find(self, *, kind: Literal["challenge_area"], **asked: Unpack[Question]) -> Nodes[ChallengeArea]: ...
    @overload
    def find(self, *, kind: Literal["challenge"], **asked: Unpack[Question]) -> Nodes[Challenge]: ...
    @overload
    def find(self, *, kind: Literal["pillar"], **asked: Unpack[Question]) -> Nodes[Pillar]: ...
    @overload
    def find(self, *, kind: Literal["action_area"], **asked: Unpack[Question]) -> Nodes[ActionArea]: ...
    @overload
    def find(self, *, kind: Literal["action_item"], **asked: Unpack[Question]) -> Nodes[ActionItem]: ...
    @overload
    def find(self, *, kind: Literal["action"], **asked: Unpack[Question]) -> Nodes[Action]: ...
    @overload
    def find(self, *, kind: Literal["measure"], **asked: Unpack[Question]) -> Nodes[Measure]: ...
    @overload
    def find(self, *, kind: Literal["sub_measure"], **asked: Unpack[Question]) -> Nodes[SubMeasure]: ...
    @overload
    def find(self, *, kind: Kind | Iterable[Kind] | None = None, **asked: Unpack[Question]) -> Nodes[Node]: ...
    def find(  # noqa: PLR0913  # One for each thing that can be asked.
        self,
        *,
        kind: Kind | Iterable[Kind] | None = None,
        text: str | Iterable[str] | None = None,
        mentions: model.EntityName | None = None,
        code: str | None = None,
        outcome: bool | None = None,
        year: int | None = None,
        deep: bool = False,
    ) -> Nodes[Node]:
        """
        Return every node that fits, in reading order; exact and complete, where `search` ranks.

        >>> from asean_japan import load
        >>> report = load()
        >>> [node.cite() for node in report.find(kind="action", text="think tanks")]
        ['III-3-②, 1st bullet']
        >>> [str(node.ref) for node in report.find(mentions="Mekong region")]
        ['III.2.2.10', 'III.2.2.10.a']
        >>> [str(node.ref) for node in report.find(year=2022, kind="action")]
        ['III.2.6.3']
        >>> [str(node.ref) for node in report.find(code="sdg:Climate action", kind=("action_item", "action"))]
        ['III.2.4.1', 'III.2.4.3', 'III.2.4.4']

        All that is asked must be true of a node.

        Args:
            kind: Of this kind, or of one of several.
            text: Has this run of characters, or one of several, in its heading or in one of its claims (gists are not
                looked into); case, kinds of quotation marks, dashes and spaces make no difference.
            mentions: Names this in its heading or in one of its claims: an entity, or any name that `entities` takes.
            code: Has exactly this code, primary or not, its own or inherited: the key of an overlay, a colon, and a
                code or its label, "sdg:13". A node coded "13.1" does not match "13".
            outcome: Has an outcome of its own, or has none; None for either.
            year: Has a date that covers this year, from 0; a period without an end ends with the report.
            deep: Whether text, mention, code, outcome and date may also be below the node.

        Raises:
            ArgumentError: If *kind* or *code* is unknown, if *text* is blank, if several are given where one is asked
                for or none where some are, if *outcome* is not True, False or None, or if *year* is not a whole number.
            NameNotFoundError: If the name is unknown.
            AmbiguousNameError: If the name means more than one thing.
            LimitError: If the name is longer than any.
        """
        from asean_japan.questions.find import find

        return find(self, kind=kind, text=text, mentions=mentions, code=code, outcome=outcome, year=year, deep=deep)

    # What is known beyond the sentences

    @property
    def entities(self) -> model.Entities:
        """What the report names: bodies, treaties, plans, countries, persons, terms; by key, acronym or any form."""
        return model.Entities(self.layer_index())

    @property
    def overlays(self) -> model.Overlays:
        """The overlays: codes laid over places; by key."""
        return model.Overlays(self.layer_index())

    @property
    def authors(self) -> tuple[model.Entity, ...]:
        """
        The persons who are known to belong to its issuer; from elsewhere, since the report does not name them.

        >>> from asean_japan import load
        >>> [author.name for author in load().authors if author.fact("role") == "chair of the Expert Panel"]
        ['OBA Mie']
        """
        issuers = [entity for entity in self.layers.entities if entity.name == self.edition.issuer]
        return tuple(part for issuer in issuers for part in issuer.parts if part.kind == "person")

    @property
    def mentions(self) -> tuple[model.Mention, ...]:
        """Every naming, in reading order."""
        return self.layers.mentions

    @property
    def dates(self) -> tuple[model.DatedFact, ...]:
        """Every date, by time: by the first year that it covers, then by its text, then in reading order."""
        return tuple(sorted(self.layers.dates, key=lambda fact: (fact.years[0], fact.edtf)))

    @property
    def quantities(self) -> tuple[model.Quantity, ...]:
        """Every quantity, in reading order."""
        return self.layers.quantities

    @property
    def outcomes(self) -> tuple[model.Outcome, ...]:
        """What became of proposals, each event with its source, by time; what is not here may have happened, too."""
        return self.layers.outcomes

    @property
    def links(self) -> tuple[model.Link, ...]:
        """Every link: the report's own cross-references first, then our judgments, kind by kind in reading order."""
        return self.layers.links

    def trace(self, address: Address) -> questions.Trace:
        """
        Follow the editorial links from a place: challenge, pillar, proposals, means, and back.

        >>> from asean_japan import load
        >>> trace = load().trace("I.1.3")
        >>> [str(node.ref) for node in trace.answers]
        ['III.1.8']

        From a challenge, an area or section I it finds the answers; from a pillar or its prose what is answered under
        it; from a proposal what is answered there, above or below, and what serves it there; from section IV what the
        means serve, and what that answers. Section 0 has none of these.

        Raises:
            RefSyntaxError, RefNotFoundError, AmbiguousRefError, LimitError, ArgumentError: As a look-up does.
        """
        from asean_japan.questions.trace import trace

        return trace(self.layer_index(), self[address])

    def gaps(self) -> questions.Gaps:
        """
        Return the challenges that no proposal answers, and the proposals that answer no challenge.

        >>> from asean_japan import load
        >>> len(load().gaps().challenges)
        0
        """
        from asean_japan.questions.trace import gaps

        return gaps(self.layer_index())

    def graph(self) -> dict[str, object]:
        """
        Return the whole as node-link data: places, claims, entities and codes, and all that leads from one to another.

        >>> from asean_japan import load
        >>> graph = load().graph()
        >>> graph["nodes"][0]
        {'id': '0', 'kind': 'section', 'label': '0. New direction for the ASEAN-Japan partnership'}

        A new dict each time, of lists, dicts and texts. Each edge but ``contains`` has a ``basis``; that of a link has
        its ``strength`` and ``reason`` as well, and ``via_key``, the id of the entity that is meant, where it has them.
        """
        from asean_japan.questions.graph import graph

        return graph(self.layer_index())

    @property
    def tables(self) -> export.Tables:
        """
        The report as flat tables with fixed columns; any client of Arrow takes each as it is.

        >>> from asean_japan import load
        >>> load().tables.nodes
        <Table nodes: 187 rows, 14 columns>
        """
        return export.Tables(self)

    def networkx(self) -> questions.NetworkxGraph:
        """
        Return the graph as one of networkx; needs the extra ``graph``.

        >>> from asean_japan import load
        >>> load().networkx().nodes["III.2.4"]["kind"]
        'action_item'

        Raises:
            MissingExtraError: If networkx is not installed.
        """
        from asean_japan.questions.graph import networkx_graph

        return networkx_graph(self.graph())

    def with_overlay(self, overlay: model.Overlay, /) -> Report:
        """
        Return a report with *overlay* added, replacing one with the same key.

        >>> from asean_japan import Overlay, load
        >>> mine = Overlay(key="mine", title="Mine", codes={"now": "urgent"}, assignments={"I-1-②": "now"})
        >>> [str(node.ref) for node in load().with_overlay(mine).find(code="mine:now")]
        ['I.1.2']

        Raises:
            DataError: If it names a place that does not exist or a code that its book does not have; tells all misfits.
            ArgumentError: If it is not an overlay.
        """
        from asean_japan.checking import overlay_findings

        require_a("overlay", overlay, model.Overlay)
        if found := overlay_findings(overlay, self._sections):
            raise DataError(f"overlay {overlay.key}", tuple(map(str, found)))
        overlays = {**self.overlays, overlay.key: overlay}
        layers = attrs.evolve(self.layers, overlays=tuple(overlays.values()))
        report = Report(edition=self.edition, sections=self._sections, layers=layers)
        report._parts.added = tuple(dict.fromkeys((*self._parts.added, overlay.key)))
        return report.bound_to(self.binding) if self.binding else report

    def search(self, query: str, *, limit: int = 10) -> questions.Hits:
        """
        Rank the nodes by how well their headings, gists and claims answer a query, best first.

        >>> from asean_japan import load
        >>> [str(hit.ref) for hit in load().search("Which emergency reserves of rice?", limit=1)]
        ['III.2.4.5.b']

        Any text is a query: a word, a question, a whole passage. Words are compared by their stems, without accents and
        case; a node needs to have one of them, and rare words count more (BM25).

        Args:
            query: What to search for.
            limit: How many hits to return at most.

        Raises:
            ArgumentError: If *query* is empty or *limit* is below 1.
            SearchUnavailableError: If this Python has no SQLite, or one without FTS5.
        """
        return self._parts.once("engine", lambda: questions.Engine(self._index.nodes)).search(query, limit)

    def passages(self, unit: questions.Unit = "node", /) -> tuple[questions.Passage, ...]:
        """
        Return the report as passages for a retrieval index, in reading order.

        >>> from asean_japan import load
        >>> report = load()
        >>> len(report.passages()), len(report.passages("claim"))
        (187, 255)
        >>> report.passages("claim")[0].text == report.claims["0.p1.s1"].statement()
        True

        One passage for each place, never merged and never split: whatever an index finds is a place of the report.

        Args:
            unit: "node" for one passage a node, with all of its own claims; "claim" for one a claim.

        Raises:
            ArgumentError: If *unit* is neither.
        """
        from asean_japan.questions.passages import passages

        return passages(self._index.nodes, unit)

    def tree(self, *, depth: int | None = None, lang: model.Language = "en") -> str:
        """
        Draw the report: label, gist and address of each place, one line each.

        >>> from asean_japan import load
        >>> print(load().tree(depth=0))
        0. New direction for the ASEAN-Japan partnership  (0)
        I. Challenges facing ASEAN countries and Japan  (I)
        II. Three pillars of a new ASEAN-Japan partnership  (II)
        III. Action items for a new ASEAN-Japan partnership  (III)
        IV. Initiatives to implement the action items  (IV)

        Args:
            depth: Levels below the sections; None is no limit.
            lang: "ja" for the gists in Japanese.

        Raises:
            ArgumentError: If *depth* is negative, or if *lang* is neither "en" nor "ja".
        """
        return display.tree(self._sections, depth, lang)

    # A reader's copy

    def bind(
        self,
        source: copies.Source,
        *,
        format: copies.CopyFormat | None = None,  # noqa: A002 - the word that users expect.
        strict: bool = True,
        isolate: bool = True,
        index: copies.SourceIndex | None = None,
    ) -> Report:
        """
        Hold a reader's copy of the report, a file, against the digests of its sentences.

        Returns a new report, which is not equal to this one: its `binding` tells where in the copy each sentence is and
        what else is there, and its claims have their sentence as `Claim.verbatim`, if a digest proves it.

        >>> from asean_japan import load
        >>> load().bind(b"Some other text. " * 100)
        Traceback (most recent call last):
        ...
        asean_japan.errors.NotThisReportError: 'bytes' is not a copy of this report, or not a whole one: 0 of 255 ...

        Args:
            source: A path of a regular file, which is opened: never pass what a stranger wrote; bytes; or an open file.
            format: "text", "markdown", "html", "docx" or "pdf"; None tells it by the content.
            strict: Whether to refuse a copy in which less than 80 % of the sentences are found in order, or less than
                10 % are proved or, in a noisy copy, recognized by their ends; otherwise return what was found,
                however little.
            isolate: Whether docx and PDF are read in a process of their own, with limits of time and memory; otherwise
                in this one, without, for programs that have no Python to start.
            index: The digests, for a report that is not the bundled one; None is the bundled index.

        Raises:
            NotThisReportError: If a strict binding is refused; with figures.
            ReadError: If the copy cannot be read.
            LimitError: If it is longer than 16 MiB.
            ArgumentError: If an argument is none of these, or if *index* has other sentences than the report.
            MissingExtraError: If docx or PDF needs a package that is not installed.
        """
        from asean_japan.copies.copy import read

        return self._bind(read(source, format, isolate=isolate), index, strict=strict)

    def bind_text(
        self,
        text: str,
        *,
        format: copies.CopyFormat | None = None,  # noqa: A002 - the same.
        strict: bool = True,
        index: copies.SourceIndex | None = None,
    ) -> Report:
        r"""
        Hold a reader's copy of the report, a text, against the digests of its sentences, as `bind` does with a file.

        >>> from asean_japan import load
        >>> load().bind_text("Some other text.\n" * 100)
        Traceback (most recent call last):
        ...
        asean_japan.errors.NotThisReportError: 'a text' is not a copy of this report, or not a whole one: 0 of 255 ...

        Args:
            text: The text; it is never taken for a path.
            format: "text", "markdown" or "html"; None tells it by the content.
            strict: As for `bind`.
            index: As for `bind`.

        Raises:
            NotThisReportError: If a strict binding is refused; with figures.
            ReadError: If the text is empty, or another file that was read as text.
            LimitError: If it is longer than 16,777,216 characters.
            ArgumentError: If an argument is none of these, or if *index* has other sentences than the report.
        """
        from asean_japan.copies.copy import read_text

        return self._bind(read_text(text, format), index, strict=strict)

    def _bind(self, copy: copies.Copy, index: copies.SourceIndex | None, *, strict: bool) -> Report:
        from asean_japan.copies.binding import bind

        known = copy.knowing(claim.text for claim in self._index.claims.values())
        return self.unbound.bound_to(bind(self._source_index(index), known, strict=strict, edition=self.edition))

    def bound_to(self, binding: copies.Binding, /) -> Report:
        """
        Return this report bound to a copy that was held against it before; its places are copies of this report's.

        >>> from asean_japan import load
        >>> load().unbound is load()
        True
        """
        require_a("binding", binding, copies.Binding)
        report = Report.__new__(Report)
        sections = tuple([detach(section) for section in self._sections])
        Report._complete(report, self.edition, sections, None, unbound=self, copy=binding)
        return report

    @property
    def binding(self) -> copies.Binding | None:
        """What binding to a reader's copy has shown; None if the report is not bound."""
        copy = self._index.copy
        return copy if copy is None or isinstance(copy, copies.Binding) else None

    @property
    def unbound(self) -> Report:
        """The report without a copy; the report itself if it is not bound."""
        return self._unbound or self

    def find_quote(
        self, text: str, *, near: float | None = None, index: copies.SourceIndex | None = None
    ) -> copies.Quote:
        """
        Return whether a quotation is genuine, not genuine, or cannot be told, why, and where it is in the report.

        Without a copy, whole sentences and headings and runs of them are proved by digest. With one, any passage is
        looked for in what the copy has of the report; one with ellipses or additions of the quoter in its parts.

        >>> from asean_japan import load
        >>> quote = load().find_quote("Challenges facing ASEAN countries and Japan today")
        >>> bool(quote), quote.matches[0].cite(), quote.matches[0].level
        (True, 'I', 'same letters')

        Args:
            text: The quotation.
            near: With a copy: if it is not there word for word, how similar a passage has to be, from 50 to 100; None
                looks for none.
            index: Without a copy: the digests, for a report that is not the bundled one.

        Raises:
            ArgumentError: If *text* has less than 10 letters and digits; if *near* is out of range, or given without a
                copy; or if *index* has other sentences than the report.
            LimitError: If *text* is longer than 100,000 characters; or with *near*, 5,000 letters.
            MissingExtraError: If *near* is given and rapidfuzz is not installed.
        """
        from asean_japan.copies.quotes import by_digest

        if not self.binding:
            if near is not None:
                raise ArgumentError("near", near, "None, since without a copy there is nothing to compare with")
            digests = self._source_index(index)
            return by_digest(digests, text).proved_by(digests, self.edition)
        found = self._quotations(self.binding).find(text, near)
        if index is None and not self._has_bundled_sentences():
            return found
        digests = self._source_index(index)
        other = any(match.level in {"other numbers", "elided"} for match in found.matches)  # Of which no digest tells.
        if not found and not other:
            found = by_digest(digests, text) or found  # No copy takes a proof away.
        return found.proved_by(digests, self.edition)

    def find_quotes(self, text: str, *, index: copies.SourceIndex | None = None) -> tuple[copies.QuotedPassage, ...]:
        """
        Find every quoted passage of a longer text, with its offsets in it, and return what `find_quote` says of each.

        Quoted is what is between quotation marks of any kind, within a paragraph, or in a block whose lines begin with
        ">". Passages of less than 10 letters and digits are left out.

        >>> from asean_japan import load
        >>> text = "Its end is called “Initiatives to realize the above”."
        >>> [(text[found.start : found.end], found.quote.answer) for found in load().find_quotes(text)]
        [('Initiatives to realize the above', 'genuine')]

        Args:
            text: The text.
            index: The digests, for a report that is not the bundled one.

        Raises:
            ArgumentError: If *text* is not a text; or if *index* has other sentences than the report.
            LimitError: If *text* is longer than 1,000,000 characters, or a quoted passage than 100,000.
        """
        from asean_japan.copies.quoted import LONGEST_TEXT, QuotedPassage, quoted_spans
        from asean_japan.copies.quotes import LEAST_LETTERS
        from asean_japan.copies.skeletons import skeleton

        require_a("text", text, str)
        if len(text) > LONGEST_TEXT:
            raise LimitError("length of a text", len(text), LONGEST_TEXT)
        return tuple(
            QuotedPassage(start=start, end=end, quote=self.find_quote(text[start:end], index=index))
            for start, end in quoted_spans(text)
            if len(skeleton(text[start:end])) >= LEAST_LETTERS
        )

    def _quotations(self, binding: copies.Binding) -> QuoteSearch:
        """Return the search for quotations in the copy, which is made ready once."""
        from asean_japan.copies.quotes import QuoteSearch

        return self._parts.once("quotations", lambda: QuoteSearch(binding))

    def _has_bundled_sentences(self) -> bool:
        from asean_japan.copies.fingerprints import load_index

        return load_index().sentences == tuple(self._index.claims)

    def _source_index(self, index: copies.SourceIndex | None) -> copies.SourceIndex:
        from asean_japan.copies.fingerprints import load_index

        if index is None:
            index = load_index()
        require_a("index", index, copies.SourceIndex)
        if index.sentences != tuple(self._index.claims):
            raise ArgumentError("index", index, "one that has the sentences of this report")
        return index

    def check(self) -> tuple[model.Finding, ...]:
        """
        List everything that is wrong with the report, in reading order; ``()`` if nothing is.

        The bundled report is held against its manifest as well: no file of it may be missing, unexpected or altered.
        If the layers cannot be read for that reason, they are not checked.

        >>> from asean_japan import load
        >>> load().check()
        ()
        """
        from asean_japan.checking import findings

        faults = self._origin.file_faults() if self._origin else ()
        files = tuple(model.Finding(kind="digest", message=message, path=path) for message, path in faults)
        try:
            layers = self.layers
        except DataError:
            if not files:  # Then it is not the files.
                raise
            layers = model.Layers()
        return findings(self.edition, self._sections, layers) + files

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, Report):
            return self is other or NotImplemented
        mine = (self.edition, self._sections, self._index.copy)
        return mine == (other.edition, other._sections, other._index.copy) and self.layers == other.layers

    def __hash__(self) -> int:
        return hash((self.edition, self._sections))

    def __repr__(self) -> str:
        if not hasattr(self, "_origin"):  # Only a debugger gets at one that was refused.
            return f"<{type(self).__name__} that was refused>"
        if self.binding:
            return f"<{self.unbound.origin or 'Report'} with {display.brief(self.binding)}>"
        version = visible(str(self.edition.data_version))[:40]
        return self.origin or f"<Report {version}{self._added()}: {len(self._index.nodes)} places>"

    def _added(self) -> str:
        """Name what `with_overlay` added."""
        added = self._parts.added
        return f" + overlay {added[0][:40]}" if len(added) == 1 else f" + {len(added)} overlays" if added else ""

    def __copy__(self) -> Report:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Report:
        return self

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        if self.binding:
            return _bound, (self.unbound, self.binding)
        if self._origin:
            return self._origin.load, ()
        return _rebuilt, (self.edition, tuple(map(detach, self._sections)), self.layers.detached())

    def _ipython_key_completions_(self) -> list[str]:
        return [str(node.ref) for node in self._index.nodes]

    def _repr_html_(self) -> str:
        title = f"<b>{display.escaped(self.title)}</b> ({display.escaped(self._printed())})"
        return f"<p>{title}</p>{display.html(self._sections)}"

    def _repr_markdown_(self) -> str:
        title = f"**{display.markdown_text(self.title)}** ({display.markdown_text(self._printed())})"
        return f"{title}\n\n{display.markdown(self._sections)}"

    def _printed(self) -> str:
        """When, and in what state, the text was printed that is restated here."""
        return f"{self.date}, {self.edition.status}, restated"


def _bound(unbound: Report, binding: copies.Binding) -> Report:
    """Build the report that is bound to a copy; what pickles call."""
    return unbound.bound_to(binding)


def _rebuilt(edition: Edition, sections: tuple[Section, ...], layers: model.Layers) -> Report:
    """Build a report that was built by hand again; what pickles call."""
    return Report(edition=edition, sections=sections, layers=layers)


def _exact(address: Address) -> str | Ref:
    """Return the address itself, where it is one or is written as the package writes it: that means one thing."""
    if isinstance(address, Place):
        return address.ref
    if isinstance(address, Ref):
        return address
    try:
        return Ref.parse(address)
    except RefSyntaxError:
        return address
