"""
The report as flat tables: places, names, links, dates and codes, with fixed columns and ids that are never missing.

Any client of Arrow's C stream takes a table as it is: polars, pandas, DuckDB, narwhals, pyarrow. `Table.records` needs
nothing. Nothing is lost: the tables together hold all that the report holds.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, cast

import attrs

from asean_japan.arguments import require_a
from asean_japan.errors import ArgumentError, MissingExtraError
from asean_japan.export.scope import ALL, EntityView, check_verbatim, checked_bases, verbatim_of
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.home import Home
from asean_japan.model.places import Node
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from asean_japan.model.entities import Entity
    from asean_japan.model.links import Link

Cell: TypeAlias = str | int | bool | None
Row: TypeAlias = tuple[Cell, ...]
ColumnType: TypeAlias = Literal["text", "integer", "boolean"]


@attrs.frozen
class Column(PydanticResult):
    """
    One column of a table.

    >>> from asean_japan import load
    >>> load().tables.nodes.columns[0].name
    'id'

    Attributes:
        name: The same in every format.
        type: What its cells are; an integer fits into 64 bits.
        description: What they say.
        required: Whether every row has a value; else it may be None.
        references: The table whose ``id`` the cells are; None if they are none.
    """

    name: str
    type: ColumnType
    description: str
    required: bool
    references: str | None


def _column(name: str, description: str, *, to: str | None = None) -> Column:
    """Read ``name``, ``name?`` for what may be missing, and ``name:integer`` for what is no text."""
    name, _, kind = name.partition(":")
    return Column(name.removesuffix("?"), cast("ColumnType", kind or "text"), description, not name.endswith("?"), to)


@attrs.frozen(repr=False)
class Table(PydanticResult):
    """
    Rows of one kind.

    >>> from asean_japan import load
    >>> table = load().tables.claims
    >>> len(table), table.columns[0].name, table.rows[0][0]
    (255, 'id', '0.p1.s1')
    >>> table.records()[0]["node_id"]
    '0.p1'

    Attributes:
        name: The same in every format.
        description: What a row is.
        columns: In their fixed order; the first one, ``id``, is never missing and differs in every row.
        rows: In a fixed order, reading order where there is one; each has a cell for every column.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def records(self) -> tuple[dict[str, Cell], ...]:
        """
        Give the rows as dicts, a new tuple of new dicts each time, so that changing one changes nothing else.

        >>> from asean_japan import load
        >>> load().tables.quantities.records()[0]["unit"]
        'years'
        """
        names = [column.name for column in self.columns]
        return tuple(dict(zip(names, row, strict=True)) for row in self.rows)

    def arrow(self) -> pa.Table:
        """
        Give the table as one of pyarrow; needs the extra ``arrow``.

        >>> from asean_japan import load
        >>> load().tables.nodes.arrow().num_rows
        187

        Texts are of Arrow's type string, integers are int64. The metadata of the schema and of the fields have the
        descriptions.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError as error:
            raise MissingExtraError("arrow", "pyarrow") from error

        types = {"text": pa.string(), "integer": pa.int64(), "boolean": pa.bool_()}
        fields = [
            pa.field(
                column.name,
                types[column.type],
                nullable=not column.required,
                metadata={"description": column.description},
            )
            for column in self.columns
        ]
        about: dict[str | bytes, str | bytes] = {"name": self.name, "description": self.description}
        columns = list(zip(*self.rows, strict=True)) or [()] * len(fields)
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, fields, strict=True)]
        return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=about))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """
        Give the table to a client of Arrow's C stream; needs the extra ``arrow``.

        >>> from asean_japan import load
        >>> import pyarrow
        >>> pyarrow.table(load().tables.nodes).column("kind")[0].as_py()
        'section'
        """
        arrow = cast("_Streaming", self.arrow())
        return arrow.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        name = display.brief(self.name).strip("'")
        return f"<Table {name}: {len(self.rows)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{display.escaped(column.name)}</th>" for column in self.columns)
        cells = (
            "".join(f"<td>{'' if cell is None else display.escaped(str(cell))}</td>" for cell in row) for row in self
        )
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


class _Streaming(Protocol):
    """What pyarrow has, and its types do not say."""

    def __arrow_c_stream__(self, requested_schema: object, /) -> object: ...


_BASIS = _column("basis", "the basis of truth: stated, restated, researched or editorial")
_PLACE = _column("place_id", "the place where it stands: a claim, or a node whose heading it is", to="places")
_CLAIM = _column("claim_id", "the claim", to="claims")
_NODE = _column("node_id", "the node in which it stands", to="nodes")
_SPAN = (
    _column("start:integer", "where it begins, in characters from 0, in the text of the claim or in the heading"),
    _column("stop:integer", "where it ends: the first character behind it"),
    _column("text", "the words themselves"),
)

_ABOUT: dict[str, tuple[str, tuple[Column, ...]]] = {
    "edition": (
        "which text and which data this is; one row",
        (
            _column("id", "always edition"),
            _column("schema_version:integer", "version of the layout of the data"),
            _column("data_version", "version of the data"),
            _column("title", "as printed"),
            _column("date", "in EDTF, no finer than the report says"),
            _column("issuer", "as printed"),
            _column("status", "as printed"),
            _column("language", "BCP 47 tag of the text that the claims restate"),
            _column("source", "page of the Ministry of Foreign Affairs of Japan on the report"),
            _column("license", "SPDX expression for the data"),
            _column("bases", "the bases of truth that are here, with spaces between them"),
        ),
    ),
    "places": (
        "a node or a claim: whatever has an address",
        (
            _column("id", "its address"),
            _column("kind", "the kind of the node, or claim"),
            _column("position:integer", "reading order, from 0; the claims of a node come before the nodes below it"),
            _column("parent_id?", "the place above it; none for a section", to="places"),
            _column("cite", "its address as one writes it in a text"),
        ),
    ),
    "nodes": (
        "a place that has a number, or a paragraph",
        (
            _column("id", "its address", to="places"),
            _column("parent_id?", "the node above it; none for a section", to="nodes"),
            _column("section_id", "the section in which it stands", to="nodes"),
            _column("kind", "what it is"),
            _column("position:integer", "reading order among nodes, from 0"),
            _column("depth:integer", "steps of its address; 1 for a section"),
            _column("mark?", "its number as printed; none for bullets and paragraphs"),
            _column("mark_value?:integer", "the number; none for paragraphs"),
            _column("mark_style?", "how it is printed; none for paragraphs"),
            _column("heading?", "as printed; stated"),
            _column("gist", "a label of at most ten words; restated"),
            _column("text?", "its own claims with spaces between them; restated; none if it has none"),
            _column("cite", "its address as one writes it in a text"),
        ),
    ),
    "claims": (
        "one sentence of the report, restated",
        (
            _column("id", "its address", to="places"),
            _NODE,
            _column("number:integer", "which sentence of its node it is, from 1"),
            _column("position:integer", "reading order among claims, from 0"),
            _column("text", "the sentence in this package's words; restated"),
            _column("verbatim?", "the sentence as a reader's copy has it; none unless it was asked for and is known"),
            _column("cite", "its address as one writes it in a text"),
        ),
    ),
    "entities": (
        "something that the report names, or that it proposes without a name",
        (
            _column("id", "its key"),
            _column("name", "the preferred name; as printed if the layer that prefers it is left out"),
            _column("acronym?", "none if there is none"),
            _column("kind?", "what it is; editorial, and missing if that is left out"),
            _column("country?", "ISO 3166-1 alpha-2 code of a country; researched"),
            _column("parent_id?", "the body to which it belongs; researched", to="entities"),
            _column("proposed:boolean", "whether it exists only as a proposal of the report"),
            _column("named:boolean", "whether the report gives it a name"),
            _column("note?", "what is odd about it; editorial"),
        ),
    ),
    "forms": (
        "one form in which the report names an entity",
        (
            _column("id", "the entity and the position"),
            _column("entity_id", "the entity", to="entities"),
            _column("position:integer", "forms first, then demonyms; from 0"),
            _column("form", "as printed"),
            _column("demonym:boolean", "whether it is a word made of the name"),
        ),
    ),
    "ties": (
        "an entity to which the report itself ties another",
        (
            _column("id", "the entity and the position"),
            _column("entity_id", "the entity", to="entities"),
            _column("position:integer", "from 0"),
            _column("tied_id", "the other entity", to="entities"),
        ),
    ),
    "facts": (
        "something that is known of an entity from elsewhere",
        (
            _column("id", "the entity and the position"),
            _column("entity_id", "the entity", to="entities"),
            _column("position:integer", "from 0"),
            _column("field", "what is known"),
            _column("value", "the value; dates are in EDTF"),
            _column("source", "where it is said"),
            _BASIS,
        ),
    ),
    "mentions": (
        "one naming of an entity, in a claim or in a printed heading",
        (
            _column("id", "place, span and entity"),
            _PLACE,
            _NODE,
            _column("entity_id", "what is named", to="entities"),
            *_SPAN,
            _BASIS,
        ),
    ),
    "links": (
        "a link from one place to another, or to a range of places",
        (
            _column("id", "source, kind, target, and the words or the name that lead there"),
            _column("source_id", "where it begins", to="places"),
            _column("target_id", "where it leads; the first place of a range", to="places"),
            _column("target_last_id?", "the last place of a range; none for one place", to="places"),
            _column("kind", "what it says of the two"),
            _BASIS,
            _column("strength?", "direct or partial, for an editorial link"),
            _column("reason?", "why; ours, and editorial also for a stated link; always there for an editorial link"),
            _column("start?:integer", "where the words that point begin, in characters from 0 in the source's text"),
            _column("stop?:integer", "where they end"),
            _column("text?", "the words that point"),
            _column("via_id?", "the entity that is meant by a source that names several", to="entities"),
        ),
    ),
    "dates": (
        "a date, and what it dates",
        (
            _column("id", "claim and span"),
            _CLAIM,
            _NODE,
            *_SPAN,
            _column("edtf", "the date in the Extended Date/Time Format"),
            _column("first_year:integer", "the first year that it covers"),
            _column("last_year?:integer", "the last year that it covers; none for one that has no end"),
            _column("event", "what it dates"),
            _BASIS,
        ),
    ),
    "quantities": (
        "a number, its unit, and what it counts",
        (
            _column("id", "claim and span"),
            _CLAIM,
            _NODE,
            *_SPAN,
            _column("value:integer", "the number; the first of a range"),
            _column("value_last?:integer", "the last of a range"),
            _column("unit", "the noun that is counted, or ordinal"),
            _column("counts", "what it counts"),
            _BASIS,
        ),
    ),
    "overlays": (
        "codes laid over places; editorial",
        (
            _column("id", "its key"),
            _column("title", "what it is called"),
            _column("description", "what it asks"),
            _column("source?", "where its codes come from; none for codes of our own"),
            _column("credits?", "what the keeper of the list wants to be said"),
            _column("units?", "the kinds of places that are to be coded, with spaces between them"),
            _column("inherited_by?", "the kinds of places that have the codes of the place above, likewise"),
        ),
    ),
    "code_book": (
        "one entry of the code book of an overlay",
        (
            _column("id", "overlay and code, as in sdg:13"),
            _column("overlay_id", "the overlay", to="overlays"),
            _column("position:integer", "from 0"),
            _column("code", "as the list has it"),
            _column("label?", "its name"),
            _column("definition?", "what it stands for here"),
            _column("uri?", "its address on the web"),
        ),
    ),
    "codes": (
        "one code that holds at a place, its own or inherited; editorial",
        (
            _column("id", "place, overlay and code"),
            _NODE,
            _column("overlay_id", "the overlay", to="overlays"),
            _column("code_id", "the entry of the code book", to="code_book"),
            _column("code", "as the list has it"),
            _column("label?", "its name"),
            _column("position:integer", "0 for the primary code of the place"),
            _column("inherited_from_id?", "the place above that was coded; none for a code of its own", to="nodes"),
            _column("reason", "why"),
            _BASIS,
        ),
    ),
}

NAMES = tuple(_ABOUT)  # Each table stands behind those to which it refers.


@attrs.frozen(repr=False)
class Tables(PydanticResult):
    """
    All tables of a report, each built when it is asked for.

    >>> from asean_japan import load
    >>> tables = load().tables
    >>> [table.name for table in tables][:4]
    ['edition', 'places', 'nodes', 'claims']
    >>> len(tables.links) > len(tables.leaving_out(Basis.EDITORIAL).links)
    True

    Attributes:
        report: The report.
        bases: The bases of truth that are in them.
        verbatim: Whether the claims have the report's own words, where they are known.

    Iterating gives every table; each stands behind those to which it refers.
    """

    report: Home
    bases: tuple[Basis, ...] = attrs.field(default=ALL, converter=checked_bases)
    verbatim: bool = False
    _shown = NAMES

    def __attrs_post_init__(self) -> None:
        require_a("report", self.report, Home)
        check_verbatim(self.verbatim, self.report.index.claims.values())

    def leaving_out(self, *bases: Basis) -> Tables:
        """
        Give the tables without what is researched, or editorial, or both.

        >>> from asean_japan import load
        >>> len(load().tables.leaving_out(Basis.RESEARCHED).facts)
        0

        Raises:
            ArgumentError: If it is something else; every table is made of what is stated and restated.
        """
        for basis in cast("tuple[object, ...]", bases):
            if not isinstance(basis, Basis) or basis in {Basis.STATED, Basis.RESTATED}:
                raise ArgumentError("basis", basis, "Basis.RESEARCHED or Basis.EDITORIAL")
        return attrs.evolve(self, bases=[basis for basis in self.bases if basis not in bases])

    @property
    def _entities(self) -> dict[str, Entity]:
        """The entities that these bases know, by key."""
        known = (each for each in self.report.layers.entities if EntityView(each, self.bases).is_known)
        return {entity.key: entity for entity in known}

    def __len__(self) -> int:
        return len(NAMES)

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[Table]:
        return (self[name] for name in NAMES)

    def __getitem__(self, name: str) -> Table:
        if name not in NAMES:
            raise ArgumentError("name", name, f"one of {', '.join(NAMES)}")
        return cast("Table", getattr(self, name))

    def _ipython_key_completions_(self) -> list[str]:
        return [*NAMES]

    def __repr__(self) -> str:
        return f"{self.report!r}.tables"

    def _repr_html_(self) -> str:
        return display.table_html((name, description) for name, (description, _) in _ABOUT.items())

    @property
    def edition(self) -> Table:
        """Which text and which data this is; one row."""
        values = cast("Row", attrs.astuple(self.report.edition))
        present = " ".join(basis.value for basis in self.bases)
        return _table("edition", [("edition", *values, present)])

    @property
    def places(self) -> Table:
        """Every node and every claim."""
        rows: list[Row] = []
        for node in self.report.walk():
            for place in (node, *node.claims):
                kind = place.kind if isinstance(place, Node) else "claim"
                rows.append((str(place.ref), kind, len(rows), _text(place.ref.parent), place.cite()))
        return _table("places", rows)

    @property
    def nodes(self) -> Table:
        """Every node, in reading order."""
        return _table("nodes", map(_node_row, self.report.walk()))

    @property
    def claims(self) -> Table:
        """Every claim, in reading order."""
        return _table(
            "claims",
            (
                (
                    str(claim.ref),
                    str(claim.ref.parent),
                    claim.ref.number,
                    position,
                    claim.text,
                    verbatim_of(claim) if self.verbatim else None,
                    claim.cite(),
                )
                for position, claim in enumerate(self.report.index.claims.values())
            ),
        )

    @property
    def entities(self) -> Table:
        """Every entity; what is only known from elsewhere is missing if that is left out."""
        researched, editorial = Basis.RESEARCHED in self.bases, Basis.EDITORIAL in self.bases
        return _table(
            "entities",
            (
                (
                    entity.key,
                    EntityView(entity, self.bases).name,
                    EntityView(entity, self.bases).acronym,
                    EntityView(entity, self.bases).kind,
                    entity.country if researched else None,
                    EntityView(entity, self.bases).parent_key,
                    entity.proposed,
                    entity.named,
                    entity.note if editorial else None,
                )
                for entity in self._entities.values()
            ),
        )

    @property
    def forms(self) -> Table:
        """Every form of the entities; a form longer than another stands before it."""
        rows: list[Row] = []
        for entity in self._entities.values():
            forms = [*((form, False) for form in entity.forms), *((word, True) for word in entity.demonyms)]
            rows += [(f"{entity.key}:{at}", entity.key, at, *form) for at, form in enumerate(forms)]
        return _table("forms", rows)

    @property
    def ties(self) -> Table:
        """What the report itself ties together."""
        known = self._entities
        return _table(
            "ties",
            (
                (f"{entity.key}:{at}", entity.key, at, key)
                for entity in known.values()
                for at, key in enumerate(key for key in entity.tie_keys if key in known)
            ),
        )

    @property
    def facts(self) -> Table:
        """What is known of the entities from elsewhere, each with its source."""
        return _table(
            "facts",
            (
                (f"{entity.key}:{at}", entity.key, at, fact.field, fact.value, fact.source, fact.basis.value)
                for entity in self._entities.values()
                for at, fact in enumerate(entity.facts)
                if fact.basis in self.bases
            ),
        )

    @property
    def mentions(self) -> Table:
        """Every naming, in reading order."""
        return _table(
            "mentions",
            (
                (
                    f"{each.ref}:{each.start}-{each.end}:{each.key}",
                    str(each.ref),
                    _node_id(each.ref),
                    each.key,
                    *(each.start, each.end, each.text, each.basis.value),
                )
                for each in self.report.layers.mentions
                if each.basis in self.bases
            ),
        )

    @property
    def links(self) -> Table:
        """Every link: the report's own cross-references first, then our judgements."""
        known, judged = self._entities, Basis.EDITORIAL in self.bases
        return _table(
            "links",
            (
                _link_row(
                    link,
                    reason=link.reason if judged else None,  # That of a stated link is ours, too.
                    via=link.via_key if link.via_key in known else None,
                )
                for link in self.report.layers.links
                if link.basis in self.bases
            ),
        )

    @property
    def dates(self) -> Table:
        """Every date, in reading order."""
        return _table(
            "dates",
            (
                (
                    f"{fact.ref}:{fact.start}-{fact.end}",
                    str(fact.ref),
                    _node_id(fact.ref),
                    *(fact.start, fact.end, fact.text, fact.edtf, *fact.years, fact.event, fact.basis.value),
                )
                for fact in self.report.layers.dates
                if fact.basis in self.bases
            ),
        )

    @property
    def quantities(self) -> Table:
        """Every quantity, in reading order."""
        rows: list[Row] = []
        for fact in (each for each in self.report.layers.quantities if each.basis in self.bases):
            first, last = fact.value if isinstance(fact.value, tuple) else (fact.value, None)
            span = (fact.start, fact.end, fact.text)
            about = (first, last, fact.unit, fact.counts, fact.basis.value)
            rows.append((f"{fact.ref}:{fact.start}-{fact.end}", str(fact.ref), _node_id(fact.ref), *span, *about))
        return _table("quantities", rows)

    @property
    def overlays(self) -> Table:
        """Every overlay."""
        return _table(
            "overlays",
            (
                (
                    *(overlay.key, overlay.title, overlay.description, overlay.source, overlay.credits),
                    *(" ".join(overlay.units) or None, " ".join(overlay.inherited_by) or None),
                )
                for overlay in self.report.layers.overlays
                if overlay.basis in self.bases
            ),
        )

    @property
    def code_book(self) -> Table:
        """Every code that an overlay knows, used or not."""
        return _table(
            "code_book",
            (
                (f"{overlay.key}:{code.code}", overlay.key, at, code.code, code.label, code.definition, code.uri)
                for overlay in self.report.layers.overlays
                if overlay.basis in self.bases
                for at, code in enumerate(overlay.codes)
            ),
        )

    @property
    def codes(self) -> Table:
        """Every code that holds at a node, its own or inherited; in reading order, overlay by overlay."""
        labels = {row[0]: row[4] for row in self.code_book}
        return _table(
            "codes",
            (
                (
                    f"{coding.ref}:{coding.overlay_key}:{code}",
                    str(coding.ref),
                    coding.overlay_key,
                    f"{coding.overlay_key}:{code}",
                    code,
                    labels[f"{coding.overlay_key}:{code}"],
                    at,
                    _text(coding.inherited_from),
                    coding.reason,
                    coding.basis.value,
                )
                for node in (self.report.walk() if Basis.EDITORIAL in self.bases else ())
                for coding in node.codings
                for at, code in enumerate(coding.codes)
            ),
        )


def _table(name: str, rows: Iterable[Row]) -> Table:
    """Make the table of a name; an id that comes again gets a number."""
    description, columns = _ABOUT[name]
    met: Counter[Cell] = Counter()
    unique: list[Row] = []
    for row in rows:
        met[row[0]] += 1
        unique.append(row if met[row[0]] == 1 else (f"{row[0]}#{met[row[0]]}", *row[1:]))
    return Table(name, description, columns, tuple(unique))


def _node_row(node: Node) -> Row:
    mark = (node.mark.text, node.mark.value, node.mark.style) if node.mark else (None, None, None)
    return (
        str(node.ref),
        _text(node.ref.parent),
        str(node.ref.section),
        *(node.kind, node.position, node.ref.depth, *mark, node.heading, node.gist),
        " ".join(claim.text for claim in node.claims) or None,
        node.cite(),
    )


def _link_row(link: Link, *, reason: str | None, via: str | None) -> Row:
    target = link.target_ref
    first, last = (target, None) if isinstance(target, Ref) else (target.first, target.last)
    words_or_name = [str(each) for each in (link.start, via) if each is not None]
    return (
        ":".join([str(link.source_ref), link.kind, str(target), *words_or_name]),
        str(link.source_ref),
        str(first),
        _text(last),
        *(link.kind, link.basis.value, link.strength, reason, link.start, link.end, link.text, via),
    )


def _text(ref: Ref | None) -> str | None:
    return None if ref is None else str(ref)


def _node_id(ref: Ref) -> str:
    """The address of the node in which a place stands."""
    return str(ref.parent if ref.level == "claim" else ref)
