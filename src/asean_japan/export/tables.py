"""
The report as flat tables: places, names, links, dates and codes, with fixed columns and ids that are never missing.

Any client of Arrow's C stream takes a table as it is: polars, pandas, DuckDB, narwhals, pyarrow. `Table.records` needs
nothing. Nothing is lost: the tables together hold all that the report holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar, cast

import attrs

from asean_japan.errors import ArgumentError, MissingExtraError, visible
from asean_japan.export import rows
from asean_japan.export.columns import (
    ROWS,
    ClaimRow,
    CodeRow,
    CodingRow,
    Column,
    DateRow,
    EditionRow,
    EntityRow,
    FactRow,
    FormRow,
    LinkRow,
    MentionRow,
    NodeRow,
    OtherFormRow,
    OutcomeRow,
    OverlayRow,
    PlaceRow,
    QuantityRow,
    TieRow,
    columns_of,
)
from asean_japan.export.scope import ALL, EntityView, check_verbatim, checked_bases, is_known, require_report
from asean_japan.model import display
from asean_japan.model.basis import Basis
from asean_japan.model.entities import Entity
from asean_japan.model.home import Home
from asean_japan.model.overlays import Overlay
from asean_japan.pydantic_hooks import PydanticResult

if TYPE_CHECKING:
    import pyarrow as pa

    ArrowTable: TypeAlias = pa.Table
else:
    ArrowTable = object  # pyarrow is an extra, and may not be installed where annotations are read.

Cell: TypeAlias = str | int | bool | None
Row: TypeAlias = tuple[Cell, ...]

_Record = TypeVar("_Record", bound=Mapping[str, object])
_Record_co = TypeVar("_Record_co", bound=Mapping[str, object], covariant=True)


@attrs.frozen(kw_only=True, repr=False)
class Table(PydanticResult, Generic[_Record_co]):
    """
    Rows of one kind; the class of its rows, such as `NodeRow`, says which keys `records` have.

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

    def records(self) -> tuple[_Record_co, ...]:
        """
        Return the rows as dicts: a new tuple of new dicts each time, so that changing one changes nothing else.

        >>> from asean_japan import load
        >>> load().tables.quantities.records()[0]["unit"]
        'years'
        """
        names = [column.name for column in self.columns]
        return tuple(cast("_Record_co", dict(zip(names, row, strict=True))) for row in self.rows)

    def arrow(self) -> ArrowTable:
        """
        Return the table as a table of pyarrow; needs the extra ``arrow``.

        >>> from asean_japan import load
        >>> load().tables.nodes.arrow().num_rows
        187

        Texts are of Arrow's type string, integers are int64. The metadata of the schema and of its fields hold the
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
        Return the table as a stream for a client of Arrow's C interface; needs the extra ``arrow``.

        >>> from asean_japan import load
        >>> import pyarrow
        >>> pyarrow.table(load().tables.nodes).column("kind")[0].as_py()
        'section'
        """
        return _stream(self.arrow(), requested_schema)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Table {visible(self.name[:40])[:80]}: {len(self.rows)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{display.escaped(column.name)}</th>" for column in self.columns)
        cells = (
            "".join(f"<td>{'' if cell is None else display.escaped(str(cell))}</td>" for cell in row) for row in self
        )
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


class _Streaming(Protocol):
    """What pyarrow has, and its types do not say."""

    def __arrow_c_stream__(self, requested_schema: object, /) -> object: ...


def _stream(arrow: _Streaming, requested_schema: object) -> object:
    return arrow.__arrow_c_stream__(requested_schema)


AnyTable: TypeAlias = Table[Mapping[str, object]]

NAMES = tuple(ROWS)  # Each table comes after those to which it refers.
_COLUMNS = {name: columns_of(row) for name, (row, _) in ROWS.items()}


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
        bases: The bases of truth that are included.
        verbatim: Whether the claims have the report's own words, where they are known.

    Iterating returns every table; each comes after those to which it refers.
    """

    report: Home
    bases: tuple[Basis, ...] = attrs.field(default=ALL, converter=checked_bases)
    verbatim: bool = False
    _shown = NAMES

    def __attrs_post_init__(self) -> None:
        require_report(self.report)
        check_verbatim(self.verbatim, self.report.place_index().claims.values())

    def leaving_out(self, *bases: Basis) -> Tables:
        """
        Return the tables without what is researched, or editorial, or both.

        >>> from asean_japan import load
        >>> len(load().tables.leaving_out(Basis.RESEARCHED).facts)
        0

        Raises:
            ArgumentError: If it is something else; every table is made of what is stated and restated.
        """
        for basis in bases:
            _require_optional(basis)
        return attrs.evolve(self, bases=[basis for basis in self.bases if basis not in bases])

    def _views(self) -> dict[str, EntityView]:
        """Return the entities that these bases know, by key."""
        views = [EntityView(entity=entity, bases=self.bases) for entity in self.report.layers.entities]
        return {view.entity.key: view for view in views if view.is_known}

    def _entities(self) -> list[Entity]:
        return [view.entity for view in self._views().values()]

    def __len__(self) -> int:
        return len(NAMES)

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[AnyTable]:
        return (self[name] for name in NAMES)

    def __getitem__(self, name: str) -> AnyTable:
        if name not in NAMES:
            raise ArgumentError("name", name, f"one of {', '.join(NAMES)}")
        table: AnyTable = getattr(self, name)
        return table

    def _ipython_key_completions_(self) -> list[str]:
        return [*NAMES]

    def __repr__(self) -> str:
        if self.report.origin and self.bases == ALL and not self.verbatim:
            return f"{self.report.origin}.tables"
        verbatim = ", with verbatim claims" if self.verbatim else ""
        return f"<Tables: {', '.join(basis.value for basis in self.bases)}{verbatim}>"

    def _repr_html_(self) -> str:
        return display.table_html((name, description) for name, (_, description) in ROWS.items())

    @property
    def edition(self) -> Table[EditionRow]:
        """Which text and which data this is; one row."""
        return _table("edition", [rows.edition_row(self.report.edition, self.bases)])

    @property
    def places(self) -> Table[PlaceRow]:
        """Every node and every claim, in reading order."""
        places = (place for node in self.report.walk() for place in (node, *node.claims))
        return _table("places", (rows.place_row(place, position) for position, place in enumerate(places)))

    @property
    def nodes(self) -> Table[NodeRow]:
        """Every node, in reading order."""
        return _table("nodes", map(rows.node_row, self.report.walk()))

    @property
    def claims(self) -> Table[ClaimRow]:
        """Every claim, in reading order."""
        claims = enumerate(self.report.place_index().claims.values())
        return _table("claims", (rows.claim_row(claim, at, verbatim=self.verbatim) for at, claim in claims))

    @property
    def entities(self) -> Table[EntityRow]:
        """Every entity; what is only known from elsewhere is missing if that is left out."""
        return _table("entities", map(rows.entity_row, self._views().values()))

    @property
    def forms(self) -> Table[FormRow]:
        """Every form of the entities; a form comes before those that are shorter."""
        return _table(
            "forms",
            (
                rows.form_row(entity, form, position)
                for entity in self._entities()
                for position, form in enumerate((*entity.forms, *entity.demonyms))
            ),
        )

    @property
    def other_forms(self) -> Table[OtherFormRow]:
        """Every form by which other texts name an entity, and every homonym; of entities that are known."""
        known = self._views()
        return _table(
            "other_forms",
            (
                rows.other_form_row(form, position)
                for position, form in enumerate(self.report.layers.other_forms)
                if form.basis in self.bases and {form.key, form.confused_key} - {None} <= known.keys()
            ),
        )

    @property
    def ties(self) -> Table[TieRow]:
        """What the report itself ties together."""
        known = self._views()
        return _table(
            "ties",
            (
                rows.tie_row(entity, key, position)
                for entity in self._entities()
                for position, key in enumerate(key for key in entity.tie_keys if key in known)
            ),
        )

    @property
    def facts(self) -> Table[FactRow]:
        """What is known of the entities from elsewhere, each fact with its source."""
        return _table(
            "facts",
            (
                rows.fact_row(entity, fact, position)
                for entity in self._entities()
                for position, fact in enumerate(entity.facts)
                if fact.basis in self.bases
            ),
        )

    @property
    def mentions(self) -> Table[MentionRow]:
        """Every naming, in reading order."""
        mentions = self.report.layers.mentions
        return _table("mentions", (rows.mention_row(each) for each in mentions if each.basis in self.bases))

    @property
    def outcomes(self) -> Table[OutcomeRow]:
        """Every outcome, by time."""
        outcomes = self.report.layers.outcomes
        return _table("outcomes", (rows.outcome_row(each) for each in outcomes if each.basis in self.bases))

    @property
    def links(self) -> Table[LinkRow]:
        """Every link: the report's own cross-references first, then our judgments."""
        known = self._views()
        return _table(
            "links",
            (
                rows.link_row(
                    link,
                    reason=link.reason if Basis.EDITORIAL in self.bases else None,  # Ours, even that of a stated link.
                    via_key=link.via_key if link.via_key in known else None,
                )
                for link in self.report.layers.links
                if is_known(link, self.bases)
            ),
        )

    @property
    def dates(self) -> Table[DateRow]:
        """Every date, in reading order."""
        dates = self.report.layers.dates
        return _table("dates", (rows.date_row(each) for each in dates if each.basis in self.bases))

    @property
    def quantities(self) -> Table[QuantityRow]:
        """Every quantity, in reading order."""
        quantities = self.report.layers.quantities
        return _table("quantities", (rows.quantity_row(each) for each in quantities if each.basis in self.bases))

    def _overlays(self) -> list[Overlay]:
        return [overlay for overlay in self.report.layers.overlays if overlay.basis in self.bases]

    @property
    def overlays(self) -> Table[OverlayRow]:
        """Every overlay."""
        return _table("overlays", map(rows.overlay_row, self._overlays()))

    @property
    def code_book(self) -> Table[CodeRow]:
        """Every code that an overlay knows, used or not."""
        return _table(
            "code_book",
            (
                rows.code_row(overlay, code, position)
                for overlay in self._overlays()
                for position, code in enumerate(overlay.codes)
            ),
        )

    @property
    def codings(self) -> Table[CodingRow]:
        """Every code that holds at a node, its own or inherited; in reading order, overlay by overlay."""
        entries = {(entry["overlay_key"], entry["code"]): entry for entry in self.code_book.records()}
        return _table(
            "codings",
            (
                rows.coding_row(coding, entries[coding.overlay_key, code], position)
                for node in self.report.walk()
                for coding in node.codings
                if coding.basis in self.bases
                for position, code in enumerate(coding.codes)
            ),
        )


def _require_optional(basis: object) -> None:
    """Refuse what is not a basis that can be left out."""
    if not isinstance(basis, Basis) or basis in {Basis.STATED, Basis.RESTATED}:
        raise ArgumentError("basis", basis, "Basis.RESEARCHED or Basis.EDITORIAL")


def _table(name: str, records: Iterable[_Record]) -> Table[_Record]:
    """Return the table of a name; an id that occurs again gets a number."""
    columns = _COLUMNS[name]
    in_order = itemgetter(*(column.name for column in columns))
    met: Counter[Cell] = Counter()
    found: list[Row] = []
    for record in records:
        row: Row = in_order(record)
        met[row[0]] += 1
        found.append(row if met[row[0]] == 1 else (f"{row[0]}#{met[row[0]]}", *row[1:]))
    return Table(name=name, description=ROWS[name][1], columns=columns, rows=tuple(found))
