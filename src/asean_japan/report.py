"""The report: its sections, and everything that can be asked of the whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar, cast, overload

import attrs

from asean_japan import display
from asean_japan.errors import (
    AmbiguousRefError,
    ArgumentError,
    DataError,
    RefNotFoundError,
    RefSyntaxError,
    require_a,
    require_number,
    require_one,
    require_text,
)
from asean_japan.model import (
    Action,
    ActionArea,
    ActionItem,
    Challenge,
    ChallengeArea,
    Claim,
    Edition,
    Index,
    Kind,
    Measure,
    Node,
    Nodes,
    Paragraph,
    Pillar,
    Place,
    Section,
    SubMeasure,
    Words,
    detach,
    is_tuple,
    of_kind,
    walk,
)
from asean_japan.refs import ANY, LAST, Reading, Ref, RefRange, Steps
from asean_japan.search import Engine, Hits
from asean_japan.services import Answer, Served

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from asean_japan.binding import Binding
    from asean_japan.checking import Finding
    from asean_japan.copies import Format, Source
    from asean_japan.crossref import Gaps, Link, Trace
    from asean_japan.entities import Entities, Entity
    from asean_japan.export.tables import Tables
    from asean_japan.fingerprints import SourceIndex
    from asean_japan.layers import LayerIndex, Layers  # noqa: TC004  # Loading needs none of it.
    from asean_japan.members import DatedFact, Mention, Quantity
    from asean_japan.overlays import Overlay, Overlays
    from asean_japan.passages import Passage, Unit
    from asean_japan.quotes import Quote

# For the first use of a report's layers; to make those of a bound report takes those of the plain one.
_lock = threading.RLock()

Address: TypeAlias = str | Ref | Place
_P = TypeVar("_P", bound=Place)
_N = TypeVar("_N", bound=Node)
_D = TypeVar("_D")


@attrs.frozen(eq=False, repr=False, getstate_setstate=False)
class Places(Mapping[Ref, _P], Answer, Generic[_P]):
    """
    All places of one kind: a frozen mapping in reading order, by any form of an address.

    >>> from asean_japan import load
    >>> items = load().action_items
    >>> len(items), items["III-2-④"] is items["III.2.4"]
    (20, True)
    >>> [pillar.gist for pillar in load().pillars.values()][0]
    'A fair, rules-based order for the region'

    Keys are `Ref`; a look-up takes whatever `Report.resolve` takes. An address of another kind raises
    `RefNotFoundError`, as does one that does not exist.
    """

    _report: Report
    _name: str
    _places: Mapping[Ref, _P]

    def __getitem__(self, address: Address, /) -> _P:
        place = self._report[address]
        if place.ref in self._places:
            return self._places[place.ref]
        near = [*place.ref.parents, *(ref for ref in self._places if ref.is_relative_to(place.ref))]
        near = [ref for ref in near if ref in self._places] or list(self._places)
        text = str(place.ref if address is place else address)
        raise RefNotFoundError(text, str(place.ref), tuple(map(str, near)), (), among=self._name)

    @overload
    def get(self, address: Address, /) -> _P | None: ...
    @overload
    def get(self, address: Address, default: _P | _D, /) -> _P | _D: ...
    def get(self, address: Address, default: object = None, /) -> object:
        """
        Give the place at an address, or *default* if the collection has none there.

        >>> from asean_japan import load
        >>> load().pillars.get("III.2") is None
        True

        Raises what `Report.get` raises.
        """
        return _place_or(self, address, default)

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, address: object) -> bool:
        return _leads_somewhere(self, address)

    def __hash__(self) -> int:
        return hash(frozenset(self._places))

    def __repr__(self) -> str:
        return f"{self._report!r}.{self._name}"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return getattr, (self._report, self._name)

    def __copy__(self) -> Places[_P]:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Places[_P]:
        return self

    def _ipython_key_completions_(self) -> list[str]:
        return [str(ref) for ref in self._places]

    def _repr_html_(self) -> str:
        return display.table_html((ref, _line(place)) for ref, place in self._places.items())


def _line(place: Place) -> str:
    return place.text if isinstance(place, Claim) else display.title(cast("Node", place))


class Named(Protocol):
    """What has a key, such as an `Entity`."""

    @property
    def key(self) -> str:
        """Its key."""
        ...


class Origin(NamedTuple):
    """Where a report came from: what gives it again, its layers, and what is wrong with the files it was read from."""

    load: Callable[[], Report]
    layers: Callable[[], Layers]
    findings: Callable[[], tuple[Finding, ...]]


@attrs.frozen(eq=False, repr=False, getstate_setstate=False)
class Report(Served):
    """
    The report as objects.

    >>> from asean_japan import load
    >>> report = load()
    >>> report.date, [section.mark.text for section in report.sections.values()]
    ('2023-02', ['0.', 'I.', 'II.', 'III.', 'IV.'])
    >>> report["III.2.4"].gist
    'A sustainable and resilient society'

    Attributes:
        edition: Which text and which data this is.
        sections: 0, I, II, III and IV.
        layers: What is known beyond the sentences; nothing if it is left out.

    A report takes copies of the nodes and values that it is built from: none changes its home.

    Raises:
        DataError: If what is given does not make a sound report, with everything that is wrong.
    """

    edition: Edition
    _sections: tuple[Section, ...] = attrs.field(alias="sections", validator=is_tuple)
    _values: Layers | None = attrs.field(alias="layers", default=None)
    _origin: Origin | None = attrs.field(init=False)
    _index: Index = attrs.field(init=False)
    _engine: Engine = attrs.field(init=False)
    _layers: list[LayerIndex] = attrs.field(init=False)  # Empty, then for ever the one index.
    _binding: Words | None = attrs.field(init=False)
    _plain: Report | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        from asean_japan.checking import findings  # Loading needs none of it.

        if found := findings(self.edition, self._sections, self._values):
            raise DataError("report", tuple(map(str, found)))
        values = self._values and self._values.detached()
        self._complete(self.edition, tuple(map(detach, self._sections)), values)

    def _complete(  # noqa: PLR0913  # One for each field.
        self,
        edition: Edition,
        sections: tuple[Section, ...],
        values: Layers | None,
        *,
        origin: Origin | None = None,
        plain: Report | None = None,
        binding: Words | None = None,
    ) -> None:
        """Fill the fields, which are frozen for everyone else."""
        index = Index(self, sections, self._layer_index, binding)
        empty: list[LayerIndex] = []
        fields: dict[str, object] = {
            "edition": edition,
            "_sections": sections,
            "_values": values,
            "_origin": origin,
            "_index": index,
            "_engine": Engine(index.nodes),
            "_layers": empty,
            "_binding": binding,
            "_plain": plain,
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    @classmethod
    def trusted(
        cls,
        edition: Edition,
        sections: tuple[Section, ...],
        layers: Layers | None = None,
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
            sections: Nodes that stand in no report; they will stand in this one.
            layers: Values that belong to no report; None if *origin* gives them, or if there are none.
            origin: Where the report came from; None if it is found nowhere else.

        Raises:
            ArgumentError: If a section, or a value of the layers, stands in a report already.
        """
        if not all(section.detached for section in sections):
            raise ArgumentError("sections", sections, "sections that stand in no report")
        if layers and not all(member.detached for member in layers.members()):
            raise ArgumentError("layers", layers, "values that belong to no report")
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
        """The expression that gives this report again; None for one that was built by hand."""
        return None if self._origin is None else f"{__package__}.{self._origin.load.__name__}()"

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
        return Places(self, name, {node.ref: node for node in self._index.nodes if isinstance(node, kind)})

    # Addresses

    def resolve(self, address: Address | RefRange, /) -> Ref | RefRange:
        """
        Say which place or range is meant by what somebody wrote.

        >>> from asean_japan import load
        >>> report = load()
        >>> report.resolve("Section III, 2, ④, third bullet, (a) i")
        Ref.parse('III.2.4.3.a.i')
        >>> report.resolve("I.2.⑥–⑧")
        RefRange.parse('I.2.6-I.2.8')
        >>> report.resolve("last bullet of III.2.4")
        Ref.parse('III.2.4.8')

        Args:
            address: An address in any form that people use, as long as it can be read whole and means one thing here.
                A place means its own address.

        Raises:
            RefSyntaxError: If it is no address; says where reading stopped.
            RefNotFoundError: If nothing stands there; names what is nearest and what there is.
            AmbiguousRefError: If it can mean more than one place; names them.
            LimitError: If it is longer than any address.
        """
        if isinstance(address, Place):
            address = address.ref
        exact = _exact(address)
        if isinstance(exact, Ref):
            if exact in self._index.positions or exact in self._index.claims:
                return exact
            readings: tuple[Reading, ...] = (Reading(exact.steps),)
        elif isinstance(exact, RefRange):
            readings = (Reading(exact.first.steps, exact.last.steps),)
        else:
            from asean_japan.reading import read  # What the package writes needs no tables for the rest.

            readings = read(exact)
        found = dict.fromkeys(target for reading in readings for target in self._targets(reading))
        if not found:
            raise self._missing(str(address), readings[0])
        if len(found) > 1:
            raise AmbiguousRefError(str(address), tuple(map(str, found)))
        return next(iter(found))

    def _targets(self, reading: Reading) -> Iterator[Ref | RefRange]:
        """What of this report a reading can mean."""
        for first in self._matching(reading.first):
            if reading.last is None:
                yield first
            for last in self._matching(reading.last or ()):
                if first.parent == last.parent and first <= last:
                    yield RefRange(first, last)

    def _matching(self, steps: Steps) -> list[Ref]:
        """The addresses of this report that *steps* can mean, where a number may be left open."""
        found: list[Steps] = [()]
        for rank, number in steps:
            longer: list[Steps] = []
            for path in found:
                numbers = [ref.number for ref in self._below(path) if ref.steps[-1][0] == rank]
                wanted = {ANY: numbers, LAST: numbers[-1:]}.get(number, [number] if number in numbers else [])
                longer += [(*path, (rank, each)) for each in wanted]
            found = longer
        return [Ref(path) for path in found if path]

    def _below(self, path: Steps) -> list[Ref]:
        """The addresses one step below *path*: claims, then nodes; the sections if it is empty."""
        if not path:
            return [section.ref for section in self._sections]
        node = self._index[Ref(path)]
        return [place.ref for place in (*node.claims, *node.children)]

    def _missing(self, text: str, reading: Reading) -> RefNotFoundError | RefSyntaxError:
        """Say what there is instead of the end of *reading* that does not exist."""
        steps = reading.first
        if self._matching(steps):
            steps = reading.last or ()
            if self._matching(steps):  # Both ends exist, but one of them is "last", and so it shows only here.
                return RefSyntaxError(text, len(text), "a place that is not before the first, the range is reversed")
        known = max(at for at in range(len(steps)) if not at or len(self._matching(steps[:at])) == 1)
        nearest = self._matching(steps[:known])[:1]
        below = self._below(nearest[0].steps if nearest else ())
        elsewhere = [self._matching((section.ref.steps[0], *steps[1:])) for section in self._sections]
        suggestions = [refs[0] for refs in elsewhere if len(refs) == 1 < len(steps)]
        rank, number = steps[known]
        beside = [ref for ref in below if ref.steps[-1][0] == rank]
        suggestions += sorted(beside, key=lambda ref: (abs(ref.number - number), ref))[:1]
        likely = tuple(map(str, dict.fromkeys(suggestions)))
        return RefNotFoundError(text, "".join(map(str, nearest)), tuple(map(str, below)), likely)

    def __getitem__(self, address: Address, /) -> Place:
        """
        Give the place at an address, as `resolve` reads it.

        Raises what `resolve` raises, and `ArgumentError` for a range, which `between` takes.
        """
        ref = self.resolve(address)
        if isinstance(ref, RefRange):
            raise ArgumentError("address", str(address), "one place; between() gives what a range holds")
        return self._index.claims[ref] if ref in self._index.claims else self._index[ref]

    @overload
    def get(self, address: Address, /) -> Place | None: ...
    @overload
    def get(self, address: Address, default: _D, /) -> Place | _D: ...
    def get(self, address: Address, default: object = None, /) -> object:
        """
        Give the place at an address, or *default* if nothing stands there.

        >>> from asean_japan import load
        >>> load().get("III.9") is None
        True

        Raises:
            RefSyntaxError: If *address* is no address: a default hides what does not exist, not what cannot be read.
            ArgumentError: If it is a range.
            AmbiguousRefError: If it can mean more than one place.
            LimitError: If it is longer than any address.
        """
        return _place_or(self, address, default)

    def __contains__(self, address: object) -> bool:
        return _leads_somewhere(self, address)

    __iter__ = None  # Neither claims nor nodes alone are "the" places; without this, Python would try 0, 1, 2.

    def between(self, first: Address | RefRange, last: Address | None = None, /) -> Nodes:
        """
        Give the nodes from one to another, both included with what is below them, in reading order.

        >>> from asean_japan import load
        >>> [str(node.ref) for node in load().between("I.2.⑥", "I.2.⑧")]
        ['I.2.6', 'I.2.7', 'I.2.8']
        >>> len(load().between("III.2.4-III.2.6"))
        40

        Args:
            first: Where to begin, or a range.
            last: Where to end; None if *first* is a range.

        Raises:
            ArgumentError: If *last* comes before *first*, if it is missing, or if an end is a claim: claims stand in
                a node's `claims`.
            RefSyntaxError, RefNotFoundError, AmbiguousRefError, LimitError: As `resolve` does.
        """
        start = self.resolve(first)
        stop = None if last is None else self.resolve(last)
        if isinstance(start, RefRange) and stop is None:
            stop, start = start.last, start.first
        if not (isinstance(start, Ref) and isinstance(stop, Ref)):
            raise ArgumentError("first, last", (first, last), "two places or one range")
        positions = self._index.positions
        if start not in positions or stop not in positions:
            raise ArgumentError("first, last", (str(start), str(stop)), "nodes; claims stand in a node's claims")
        if positions[stop] < positions[start]:
            raise ArgumentError("last", str(stop), f"a place not before {start}")
        return Nodes(self._index.nodes[positions[start] : self._index.ends[positions[stop]]])

    # The whole

    def walk(self, *, kind: Kind | None = None, prune: Callable[[Node], bool] | None = None) -> Nodes:
        """
        Give every node, parents first, in reading order.

        >>> from asean_japan import load
        >>> report = load()
        >>> len(report.walk()), len(report.walk(kind="measure"))
        (187, 52)
        >>> [node.kind for node in report.walk(prune=lambda node: node.kind == "section")]
        ['section', 'section', 'section', 'section', 'section']

        Args:
            kind: Give only nodes of this kind; those of other kinds are passed through.
            prune: Give nothing below a node for which this is true; the node itself is given.

        Raises:
            ArgumentError: If there is no such kind, or if *prune* cannot be called.
        """
        return of_kind(self._index.nodes, kind) if prune is None else walk(self._sections, kind=kind, prune=prune)

    def find(  # noqa: PLR0913  # One for each thing that can be asked.
        self,
        *,
        kind: Kind | None = None,
        text: str | None = None,
        mentions: str | Named | None = None,
        code: str | None = None,
        year: int | None = None,
        deep: bool = False,
    ) -> Nodes:
        """
        Give every node that fits, in reading order; exact and complete, where `search` ranks.

        >>> from asean_japan import load
        >>> report = load()
        >>> [node.cite() for node in report.find(kind="action", text="think tanks")]
        ['III-3-②, 1st bullet']
        >>> [str(node.ref) for node in report.find(mentions="Mekong region")]
        ['III.2.2.10', 'III.2.2.10.a']
        >>> [str(node.ref) for node in report.find(year=2022, kind="action")]
        ['III.2.6.3']
        >>> len(report.find(code="sdg:13", kind="measure")) > 0
        True

        All that is asked has to hold of a node, each by itself.

        Args:
            kind: Of this kind.
            text: Has this run of characters in its heading or in one of its claims (gists are not looked into); case,
                kinds of quotation marks, dashes and spaces make no difference.
            mentions: Names this in its heading or in one of its claims: an entity, or any name that `entities` takes.
            code: Has exactly this code, primary or not, its own or inherited: the key of an overlay, a colon and a code
                of its book, "sdg:13". What is coded "13.1" has not "13".
            year: Speaks of a date that covers this year, from 0.
            deep: Whether text, mention, code and date may also stand below the node.

        Raises:
            ArgumentError: If there is no such kind or code, if a text is blank or none, if several stand where one is
                asked for, or if *year* is no whole number.
            NameNotFoundError: If nothing is named so.
            AmbiguousNameError: If the name means more than one thing.
            LimitError: If the name is longer than any.
        """
        require_a("deep", deep, bool)
        asked: list[set[Ref]] = []
        if text is not None:
            require_text("text", text)
            from asean_japan.folding import plain  # Loading needs none of it.

            if not (wanted := plain(text)):
                raise ArgumentError("text", text, "a text that can be seen")
            asked.append({node.ref for node in self.walk() if any(wanted in plain(own) for own in _texts(node))})
        if mentions is not None:
            name: object = getattr(mentions, "key", mentions)
            require_one("mentions", name, "one name or entity")
            asked.append({_node_of(mention.ref) for mention in self.entities[cast("str", name)].mentions})
        if code is not None:
            asked.append({node.ref for node in self._coded(code)})
        if year is not None:
            require_number("year", year, 0)
            asked.append({_node_of(fact.ref) for fact in self.dates if fact.covers(year)})
        nodes = self.walk(kind=kind)
        for having in asked:
            fitting = having | {above for ref in having for above in ref.parents} if deep else having
            nodes = Nodes(node for node in nodes if node.ref in fitting)
        return nodes

    def _coded(self, code: str) -> Nodes:
        require_one("code", code, "one code")
        key, _, name = code.partition(":")
        overlay = self._layer_index().overlays.get(key)
        if overlay is None or not name:
            known = ", ".join(f"{each}:..." for each in self._layer_index().overlays)
            raise ArgumentError("code", code, f"an overlay and a code of it: {known}")
        return overlay.coded(name)

    # What is known beyond the sentences

    @property
    def layers(self) -> Layers:
        """All that is known beyond the sentences; read when first asked for."""
        return self._layer_index().values

    def _layer_index(self) -> LayerIndex:
        if not self._layers:
            with _lock:
                if not self._layers:
                    self._layers.append(self._indexed())
        return self._layers[0]

    def _indexed(self) -> LayerIndex:
        from asean_japan.layers import LayerIndex, Layers

        if self._values is not None:
            return LayerIndex(self, self._values)
        if self._plain:
            return LayerIndex(self, self._plain.layers.detached())
        return LayerIndex(self, self._origin.layers() if self._origin else Layers())

    @property
    def entities(self) -> Entities:
        """What the report names: bodies, treaties, plans, countries, persons, terms; by key, acronym or any form."""
        from asean_japan.entities import Entities

        return Entities(self._layer_index())

    @property
    def authors(self) -> tuple[Entity, ...]:
        """
        The persons who are known to belong to its issuer; from elsewhere, since the report does not name them.

        >>> from asean_japan import load
        >>> [author.name for author in load().authors if author.fact("role") == "chair of the Expert Panel"]
        ['OBA Mie']
        """
        issuers = [entity for entity in self.layers.entities if entity.name == self.edition.issuer]
        return tuple(part for issuer in issuers for part in issuer.parts if part.kind == "person")

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every naming, in reading order."""
        return self.layers.mentions

    @property
    def dates(self) -> tuple[DatedFact, ...]:
        """Every date, in time order: by the first year that it covers, then by its text; then in reading order."""
        return tuple(sorted(self.layers.dates, key=lambda fact: (fact.years[0], fact.edtf)))

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every quantity, in reading order."""
        return self.layers.quantities

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link: the report's own cross-references first, then our judgements; each in reading order."""
        return self.layers.links

    @property
    def overlays(self) -> Overlays:
        """The overlays: codes laid over places; by key."""
        from asean_japan.overlays import Overlays

        return Overlays(self._layer_index())

    def trace(self, address: Address, /) -> Trace:
        """
        Follow the editorial links from a place: challenge, pillar, proposals, means, and back.

        >>> from asean_japan import load
        >>> trace = load().trace("I.1.3")
        >>> [str(node.ref) for node in trace.answers]
        ['III.1.8']

        From a challenge, an area or section I it finds what answers; from a pillar or its prose what is answered under
        it; from a proposal what is answered there, above or below, and what serves it there; from section IV what the
        means serve, and what that answers. Section 0 has none of these.

        Raises:
            RefSyntaxError, RefNotFoundError, AmbiguousRefError, LimitError, ArgumentError: As a look-up does.
        """
        from asean_japan.crossref import trace

        return trace(self._layer_index(), cast("Claim | Node", self[address]))

    def gaps(self) -> Gaps:
        """
        Tell which challenges no proposal answers, and which proposals answer no challenge.

        >>> from asean_japan import load
        >>> len(load().gaps().challenges)
        0
        """
        from asean_japan.crossref import gaps

        return gaps(self._layer_index())

    def graph(self) -> dict[str, object]:
        """
        Give the whole as node-link data: places, claims, entities and codes, and all that leads from one to another.

        >>> from asean_japan import load
        >>> graph = load().graph()
        >>> graph["nodes"][0]
        {'id': '0', 'kind': 'section', 'label': '0. Purpose: a new direction for the ASEAN-Japan partnership'}

        A new dict each time, of lists, dicts and texts. Each edge but ``contains`` has a ``basis``; that of a link has
        its ``strength`` and ``reason`` as well, and ``via``, the id of the entity that is meant, where there are any.
        """
        from asean_japan.crossref import graph

        return graph(self._layer_index())

    @property
    def tables(self) -> Tables:
        """
        The report as flat tables, with fixed columns; what takes Arrow takes each as it is.

        >>> from asean_japan import load
        >>> load().tables.nodes
        <Table nodes: 187 rows, 13 columns>
        """
        from asean_japan.export.tables import Tables

        return Tables(self)

    def networkx(self) -> MultiDiGraph[str]:
        """
        Give the graph as one of networkx; needs the extra ``graph``.

        >>> from asean_japan import load
        >>> load().networkx().nodes["III.2.4"]["kind"]
        'action_item'

        Raises:
            MissingExtraError: If networkx is not installed.
        """
        from asean_japan.crossref import networkx_graph

        return networkx_graph(self.graph())

    def with_overlay(self, overlay: Overlay, /) -> Report:
        """
        Give a report that has one overlay more, or another one under a key that there is already.

        >>> from asean_japan import Assignment, Code, Overlay, load
        >>> report = load()
        >>> mine = Overlay(
        ...     "mine",
        ...     "Mine",
        ...     "What I find urgent.",
        ...     None,
        ...     None,
        ...     (Code("now", "urgent", None, None),),
        ...     ("challenge",),
        ...     (),
        ...     (Assignment(report["I.1.2"].ref, ("now",), "of high priority"),),
        ... )
        >>> [str(node.ref) for node in report.with_overlay(mine).find(code="mine:now")]
        ['I.1.2']

        Raises:
            DataError: If it names a place that does not exist or a code that its book does not have; tells all misfits.
            ArgumentError: If it is no overlay.
        """
        from asean_japan.checking import overlay_findings
        from asean_japan.overlays import Overlay

        require_a("overlay", overlay, Overlay)
        if found := overlay_findings(overlay, self._sections):
            raise DataError(f"overlay {overlay.key}", tuple(map(str, found)))
        values = self.layers
        others = {each.key: each for each in values.overlays}
        others[overlay.key] = overlay
        report = Report(self.edition, self._sections, attrs.evolve(values, overlays=tuple(others.values())))
        return report.bound_to(self.binding) if self.binding else report

    def search(self, query: str, *, limit: int = 10) -> Hits:
        """
        Rank the nodes by how well their headings, gists and claims answer a query, best first.

        >>> from asean_japan import load
        >>> [str(hit.ref) for hit in load().search("Which emergency reserves of rice?", limit=1)]
        ['III.2.4.5.b']

        Any text is a query: a word, a question, a whole passage. Words are compared by their stems, without accents and
        case; a node needs to have one of them, and rare words count more (BM25).

        Args:
            query: What to search for.
            limit: How many hits to give at most.

        Raises:
            ArgumentError: If *query* is empty or *limit* is below 1.
            SearchUnavailableError: If this Python has no SQLite, or one without FTS5.
        """
        return self._engine.search(query, limit)

    def passages(self, unit: Unit = "node", /) -> tuple[Passage, ...]:
        """
        Give the report as passages for a retrieval index, in reading order.

        >>> from asean_japan import load
        >>> report = load()
        >>> len(report.passages()), len(report.passages("claim"))
        (187, 255)
        >>> report.passages("claim")[0].text == report.claims["0.p1.s1"].statement()
        True

        One passage for each place, never merged and never split, so that what is found is a place of the report.

        Args:
            unit: "node" for one passage a node, with all of its own claims; "claim" for one a claim.

        Raises:
            ArgumentError: If *unit* is neither.
        """
        from asean_japan.passages import passages

        return passages(self._index.nodes, unit)

    def tree(self, *, depth: int | None = None) -> str:
        """
        Draw the report: label, gist and address of each place, one line each.

        >>> from asean_japan import load
        >>> print(load().tree(depth=0))
        0. Purpose: a new direction for the ASEAN-Japan partnership  (0)
        I. What ASEAN countries and Japan face today  (I)
        II. Three pillars on which a new partnership rests  (II)
        III. What is proposed: action items under the three pillars  (III)
        IV. How the proposals are to be realized  (IV)

        Args:
            depth: Levels below the sections; None is no limit.

        Raises:
            ArgumentError: If *depth* is negative.
        """
        return display.tree(self._sections, depth)

    # A reader's copy

    def bind(
        self,
        source: Source,
        *,
        format: Format | None = None,  # noqa: A002 - the word that users expect.
        strict: bool = True,
        index: SourceIndex | None = None,
    ) -> Report:
        r"""
        Hold a reader's copy of the report against the digests of its sentences.

        Gives a new report, which is not equal to this one: its `binding` tells where in the copy each sentence stands
        and what else is there, and its claims have their sentence as `Claim.verbatim`, if a digest proves it.

        >>> from asean_japan import load
        >>> load().bind("Some other text.\n" * 100)
        Traceback (most recent call last):
        ...
        asean_japan.errors.NotThisReportError: 'a text' is no copy of this report, or not a whole one: 0 of 255 ...

        Args:
            source: A path; a text; bytes; or an open file. A `str` of one line and at most 1,000 characters is a path.
            format: "text", "markdown", "html", "docx" or "pdf"; None tells it by the content.
            strict: Whether to refuse a copy in which less than 80 % of the sentences are found in order, or less than
                10 % are proved; otherwise what was found is given, however little.
            index: The digests, for a report that is not the bundled one; None is the bundled index.

        Raises:
            NotThisReportError: If a strict binding is refused; with figures.
            ReadError: If the copy cannot be read.
            LimitError: If it is longer than 16 MiB.
            ArgumentError: If *source*, *format* or *strict* is none of these, or if *index* has other sentences than
                the report.
            MissingExtraError: If docx or PDF needs a package that is not installed.
        """
        from asean_japan.binding import bind
        from asean_japan.copies import read

        binding = bind(self._source_index(index), read(source, format), strict=strict, edition=self.edition)
        return self.unbound.bound_to(binding)

    def bound_to(self, binding: Binding, /) -> Report:
        """
        Give this report bound to a copy that was held against it before; its places are copies of those of this one.

        >>> from asean_japan import load
        >>> load().unbound is load()
        True
        """
        if not all(hasattr(binding, name) for name in ("verbatim", "coverage")):
            raise ArgumentError("binding", binding, "a Binding")
        report = Report.__new__(Report)
        sections = tuple([detach(section) for section in self._sections])
        Report._complete(report, self.edition, sections, None, plain=self, binding=binding)
        return report

    @property
    def binding(self) -> Binding | None:
        """What binding to a reader's copy has shown; None if the report is bound to none."""
        return cast("Binding | None", self._binding)

    @property
    def unbound(self) -> Report:
        """The report without a copy; the report itself if it is bound to none."""
        return self._plain or self

    def find_quote(self, text: str, *, near: float | None = None, index: SourceIndex | None = None) -> Quote:
        """
        Say whether a quotation is genuine, and where it stands.

        Without a copy, whole sentences and headings and runs of them are proved by digest. With one, any passage is
        looked for in what the copy has of the report.

        >>> from asean_japan import load
        >>> quote = load().find_quote("Challenges facing ASEAN countries and Japan today")
        >>> bool(quote), quote.matches[0].cite(), quote.matches[0].level
        (True, 'I', 'same letters')

        Args:
            text: The quotation.
            near: With a copy: if it does not stand there, how similar a passage has to be, from 50 to 100; None looks
                for none.
            index: Without a copy: the digests, for a report that is not the bundled one.

        Raises:
            ArgumentError: If *text* has less than 10 letters and digits; if *near* is out of range, or given without a
                copy; or if *index* has other sentences than the report.
            LimitError: If *text* is longer than 100,000 characters; or with *near*, 5,000 letters.
            MissingExtraError: If *near* is given and rapidfuzz is not installed.
        """
        from asean_japan.quotes import by_digest, in_copy

        if self.binding:
            found = in_copy(self.binding, text, near)
            other = any(match.level == "other numbers" for match in found.matches)  # Which no digest would tell.
            if found or other or (index is None and not self._has_bundled_sentences()):
                return found
            return by_digest(self._source_index(index), text) or found  # No copy takes a proof away.
        if near is not None:
            raise ArgumentError("near", near, "None, since without a copy there is nothing to compare with")
        return by_digest(self._source_index(index), text)

    def _has_bundled_sentences(self) -> bool:
        from asean_japan.loading import load_index

        return load_index().sentences == tuple(self._index.claims)

    def _source_index(self, index: SourceIndex | None) -> SourceIndex:
        if index is not None and type(index).__name__ != "SourceIndex":
            raise ArgumentError("index", index, "a SourceIndex, or None")
        if index is None:
            from asean_japan.loading import load_index  # What builds reports stands above them.

            index = load_index()
        if index.sentences != tuple(self._index.claims):
            raise ArgumentError("index", index, "one that has the sentences of this report")
        return index

    def check(self) -> tuple[Finding, ...]:
        """
        List everything that is wrong with the report, in reading order; ``()`` if nothing is.

        The bundled report is held against its manifest as well: no file of it is missing, more, or other. If layers
        cannot be read for that reason, that is told, and the layers are not looked at.

        >>> from asean_japan import load
        >>> load().check()
        ()
        """
        from asean_japan.checking import findings
        from asean_japan.layers import Layers

        files = self._origin.findings() if self._origin else ()
        try:
            layers = self.layers
        except DataError:
            if not files:  # Then it is not the files.
                raise
            layers = Layers()
        return findings(self.edition, self._sections, layers) + files

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, Report):
            return self is other or NotImplemented
        mine = (self.edition, self._sections, self._binding)
        return mine == (other.edition, other._sections, other._binding) and self.layers == other.layers

    def __hash__(self) -> int:
        return hash((self.edition, self._sections))

    def __repr__(self) -> str:
        if not hasattr(self, "_origin"):  # Only a debugger gets at one that was refused.
            return f"<{type(self).__name__} that was refused>"
        if self.binding:
            return f"<{self.unbound.origin or 'Report'} with {self.binding!r}>"
        if self.origin:
            return self.origin
        layers = self.layers
        more = f", layers={layers!r}" if layers != type(layers)() else ""
        return f"Report(edition={self.edition!r}, sections={self._sections!r}{more})"

    def __copy__(self) -> Report:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Report:
        return self

    def __reduce__(self) -> tuple[Callable[..., Report], tuple[object, ...]]:
        if self.binding:
            return _bound, (self.unbound, self.binding)
        if self._origin:
            return self._origin.load, ()
        return Report, (self.edition, tuple(map(detach, self._sections)), self.layers.detached())

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


def _bound(plain: Report, binding: Binding) -> Report:
    """Build the report that is bound to a copy; what pickles call."""
    return plain.bound_to(binding)


def _exact(address: str | Ref | RefRange) -> str | Ref | RefRange:
    """The address itself, where it is one or is written as the package writes it: that means one thing."""
    if isinstance(address, Ref | RefRange):
        return address
    try:
        return Ref.parse(address)
    except RefSyntaxError:
        return address


def _node_of(ref: Ref) -> Ref:
    """The address of the node that speaks at an address: that of the claim's node, or its own."""
    return cast("Ref", ref.parent) if ref.level == "claim" else ref


def _texts(node: Node) -> Iterator[str]:
    """What `Report.find` looks into."""
    if node.heading:
        yield node.heading
    for claim in node.claims:
        yield claim.text


def _place_or(places: Report | Places[Any], address: Address, default: object) -> object:
    try:
        return places[address]
    except RefNotFoundError:
        return default


def _leads_somewhere(places: Report | Places[Any], address: object) -> bool:
    if not isinstance(address, str | Ref | Place):
        return False
    try:
        places[address]
    except (LookupError, ValueError):  # All that a look-up raises.
        return False
    return True
