"""Tests of the flat tables: fixed columns, ids, references, and that nothing is lost."""

from __future__ import annotations

import pickle
import sys
from typing import Any, get_args, get_type_hints

import attrs
import columns
import pyarrow as pa
import pytest
from hypothesis import given, settings
from tables import Records, bookless, rebuilt

import asean_japan as aj
from asean_japan import ArgumentError, Basis, Claim, MissingExtraError, Overlay, Ref, Report
from asean_japan.export.columns import ROWS, Column
from asean_japan.export.tables import NAMES, AnyTable, Table, Tables
from asean_japan.model import Layers, Quantity
from asean_japan.testing import reports

TYPES = {"text": str, "integer": int, "boolean": bool}
COLUMNS = {
    "edition": "id schema_version data_version title date issuer status language source title_ja source_ja license "
    "bases",
    "places": "id kind position parent_id cite",
    "nodes": "id parent_id section_id kind position depth mark mark_value mark_style heading gist gist_ja text cite",
    "claims": "id node_id number position text verbatim cite",
    "entities": "id name name_ja acronym kind site country parent_key proposed named note",
    "forms": "id key position form demonym",
    "other_forms": "id key position form kind language safe confused_key meaning source basis",
    "ties": "id key position tied_key",
    "facts": "id key position field value source read note basis",
    "mentions": "id ref node_id key start end text basis",
    "outcomes": "id date kind text source publisher read basis",
    "links": "id source_ref target_ref target_last_ref kind basis strength reason start end text via_key outcome_key",
    "dates": "id ref node_id start end text edtf first_year last_year event basis",
    "quantities": "id ref node_id start end text value value_last unit counts basis",
    "overlays": "id title description source credits units inherited_by",
    "code_book": "id overlay_key position code label definition uri",
    "codings": "id ref overlay_key code_id code label position inherited_from reason basis",
}


def records(tables: Tables) -> Records:
    """Return the records of every table."""
    return {table.name: table.records() for table in tables}


def check(tables: Tables) -> None:
    """Hold every table against what its columns promise."""
    ids = {table.name: {row[0] for row in table} for table in tables}
    for table in tables:
        assert len(ids[table.name]) == len(table)
        for row in table:
            for column, cell in zip(table.columns, row, strict=True):
                assert type(cell) is TYPES[column.type] or (cell is None and not column.required)
                if column.references and cell is not None:
                    assert cell in ids[column.references]


def test_columns_are_fixed(report: Report) -> None:
    """A column that goes, or moves, breaks somebody's work."""
    assert {table.name: " ".join(column.name for column in table.columns) for table in report.tables} == COLUMNS
    assert tuple(COLUMNS) == NAMES


def test_every_column_is_described(report: Report) -> None:
    """Each table and each column says what it holds."""
    for table in report.tables:
        assert table.description
        assert all(column.description for column in table.columns)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_of_a_class(report: Report, name: str) -> None:
    """The class of the rows has the names, the types and the description that the table has, and the tables give it."""
    row, description = ROWS[name]
    assert row.__doc__ == f"{description[0].upper()}{description[1:]}."
    hints = get_type_hints(row)
    optional: dict[str, object] = {name: kind | None for name, kind in TYPES.items()}
    table = report.tables[name]
    assert hints == {
        column.name: TYPES[column.type] if column.required else optional[column.type] for column in table.columns
    }
    assert get_args(get_type_hints(getattr(Tables, name).fget)["return"]) == (row,)
    assert all(record.keys() == hints.keys() for record in table.records())


def test_names_say_what_they_refer_to(report: Report) -> None:
    """An address is called ref, a key is called key, alone or at the end of a name, and leads where such a thing is."""
    places, keyed = {"places", "nodes", "claims"}, {"entities", "outcomes", "overlays"}
    for table in report.tables:
        for column in table.columns:
            last = column.name.rpartition("_")[2]
            assert (last == "key") == (column.references in keyed), column
            assert last != "ref" or column.references in places, column


def test_page_of_columns_is_up_to_date(report: Report) -> None:
    """The reference has every column of every table, as it is described."""
    page = columns.page()
    assert page.count("\n## ") == len(report.tables)
    assert page.count("\n| `") == sum(len(table.columns) for table in report.tables)
    assert columns.PAGE.read_text("utf-8") == page, "run columns.py --write"


@pytest.mark.parametrize("left_out", [(), (Basis.RESEARCHED,), (Basis.EDITORIAL,), (Basis.RESEARCHED, Basis.EDITORIAL)])
def test_bundled_report(report: Report, left_out: tuple[Basis, ...]) -> None:
    """Ids are unique and never missing, cells have the type of their column, and every reference is met."""
    check(report.tables.leaving_out(*left_out))


def test_bundled_report_has_few_numbered_ids(report: Report) -> None:
    """
    An id says all by itself, with few exceptions.

    Two means in one sentence serve the same proposal, each in its own way, and words point to two dates.
    """
    numbered = [str(row[0]) for table in report.tables for row in table if "#" in str(row[0])]
    assert [str(row[0]) for row in report.tables.dates if "#" in str(row[0])] == ["0.p2.s1:0-10#2"]
    numbered.remove("0.p2.s1:0-10#2")
    links = {row["id"]: row for row in report.tables.links.records()}
    for name in numbered:
        first, again = links[name.partition("#")[0]], links[name]
        assert first["kind"] == "serves"
        assert first["reason"] != again["reason"]


def test_nothing_is_lost(report: Report) -> None:
    """The tables are enough to build the report anew, without its code books."""
    again = rebuilt(records(report.tables))
    assert again == bookless(report)
    assert again.layers == bookless(report).layers


@settings(max_examples=25)
@given(reports())
def test_nothing_is_lost_of_any_report(any_report: Report) -> None:
    """The same for whatever the rules allow."""
    check(any_report.tables)
    again = rebuilt(records(any_report.tables))
    assert again == bookless(any_report)
    assert again.layers == bookless(any_report).layers


def test_rows_agree_with_the_model(report: Report) -> None:
    """What is derived is what the model says."""
    tables = report.tables
    nodes = {row["id"]: row for row in tables.nodes.records()}
    assert nodes["III.2.4"]["cite"] == "III-2-④"
    assert nodes["III.2.4"]["text"] == " ".join(claim.text for claim in report.action_items["III.2.4"].claims)
    for row in tables.codings.records():
        (coding,) = [each for each in report[row["ref"]].codings if each.overlay_key == row["overlay_key"]]
        assert row["code"] == coding.codes[row["position"]]
        assert row["inherited_from"] == (coding.inherited_from and str(coding.inherited_from))
    assert [row["text"] for row in tables.links.records()] == [link.text for link in report.links]
    assert [row["kind"] for row in tables.places.records()][:3] == ["section", "paragraph", "claim"]


def test_leaving_out_bases(report: Report) -> None:
    """What is left out is nowhere; what is stated and restated stays."""
    lean = report.tables.leaving_out(Basis.EDITORIAL, Basis.RESEARCHED)
    kept = {str(row[-1]) for name in ("facts", "mentions", "dates", "quantities", "codings") for row in lean[name]}
    assert kept == {"stated"}
    assert {row["basis"] for row in lean.links.records()} == {"stated"}
    assert [len(lean[name]) for name in ("facts", "overlays", "code_book", "codings")] == [0, 0, 0, 0]
    assert lean.edition.records()[0]["bases"] == "stated restated"
    assert lean.claims == report.tables.claims
    entities = {row["id"]: row for row in lean.entities.records()}
    for row in entities.values():
        assert (row["kind"], row["country"], row["parent_key"], row["note"]) == (None, None, None, None)
    assert entities.keys() == {key for key, entity in report.entities.items() if entity.mentions}
    assert len(entities) < len(report.entities)
    assert {row["reason"] for row in lean.links.records()} == {None}
    full = {row["id"]: row for row in report.tables.entities.records()}
    assert (full["acpheed"]["acronym"], entities["acpheed"]["acronym"]) == ("ACPHEED", None)
    assert entities["acpheed"]["name"] == report.entities["acpheed"].forms[0] != full["acpheed"]["name"]
    assert entities["aoip"]["acronym"] == "AOIP"


def test_leaving_out_one_basis(report: Report) -> None:
    """Each column goes with its own basis: a kind with our judgment, a parent with what is known from elsewhere."""
    judged, known = (report.tables.leaving_out(basis) for basis in (Basis.RESEARCHED, Basis.EDITORIAL))
    for row in judged.entities.records():
        assert row["kind"] == report.entities[row["id"]].kind
        assert row["parent_key"] is None
    for row in known.entities.records():
        assert row["kind"] is None
        assert row["parent_key"] == report.entities[row["id"]].parent_key
    assert len(known.entities) == len(report.entities)
    kept = [link.reason for link in report.links if not link.outcome_key]  # Without an outcome, no link to it.
    assert [row["reason"] for row in judged.links.records()] == kept
    assert any(link.reason for link in report.links if link.basis is Basis.STATED)


@pytest.mark.parametrize("basis", ["editorial", [Basis.EDITORIAL], None, 1, Basis.STATED, Basis.RESTATED])
def test_only_a_basis_is_left_out(report: Report, basis: object) -> None:
    """What is not a basis, or one on which every table rests, is refused."""
    with pytest.raises(ArgumentError, match=r"basis is .*, expected Basis\.RESEARCHED or Basis\.EDITORIAL"):
        report.tables.leaving_out(Basis.RESEARCHED, basis)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["x", None, Report])
def test_tables_of_something_else(value: object) -> None:
    """Tables are those of a report."""
    with pytest.raises(ArgumentError, match="expected a Report"):
        Tables(value)  # type: ignore[arg-type]


def quantity(value: int | tuple[int, int], basis: Basis = Basis.STATED) -> Quantity:
    """Return a quantity in the first claim."""
    return Quantity(
        ref=Ref.parse("0.p1.s1"), start=0, end=1, basis=basis, value=value, unit="unit", counts="what is counted"
    )


def with_quantities(*quantities: Quantity) -> Report:
    """Build the bundled report anew, with nothing in its layers but these quantities."""
    report = aj.load()
    sections = tuple(report.sections.values())
    return Report(edition=report.edition, sections=sections, layers=Layers(quantities=quantities))


def test_a_quantity_of_our_own_is_left_out() -> None:
    """A number that is our reading goes with our judgments."""
    again = with_quantities(quantity(1, Basis.EDITORIAL))
    assert len(again.tables.quantities) == 1
    assert len(again.tables.leaving_out(Basis.EDITORIAL).quantities) == 0


def test_records_leak_nothing(report: Report) -> None:
    """Changing what was given changes nothing else."""
    table = report.tables.nodes
    table.records()[0]["gist"] = "changed"
    assert table.records()[0]["gist"] == report.walk()[0].gist


def test_tables_are_values(report: Report) -> None:
    """A table is equal to the same table, hashes, pickles, and says what it is; so do all of them."""
    assert report.tables == report.tables
    assert pickle.loads(pickle.dumps(report.tables.nodes)) == report.tables.nodes  # noqa: S301  # Our own.
    assert hash(report.tables.nodes) == hash(report.tables.nodes)
    assert repr(report.tables) == "asean_japan.load().tables"
    assert repr(report.tables.leaving_out(Basis.RESEARCHED)) == "<Tables: stated, restated, editorial>"
    assert max(len(repr(column)) for table in report.tables for column in table.columns) <= 200
    assert repr(report.tables.claims) == "<Table claims: 255 rows, 7 columns>"
    assert "<td>code_book</td>" not in report.tables._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "<code>code_book</code>" in report.tables._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "<th>gist</th>" in report.tables.nodes._repr_html_()  # pyright: ignore[reportPrivateUsage]


def test_html_is_escaped() -> None:
    """A text in a table is text in a notebook."""
    column = Column(name="<c>", type="text", description="", required=False, references=None)
    table: AnyTable = Table(name="<t>", description="t", columns=(column,), rows=(("<b>",), (None,)))
    page = table._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert page == "<table><tr><th>&lt;c&gt;</th></tr><tr><td>&lt;b&gt;</td></tr><tr><td></td></tr></table>"


def test_by_name(report: Report) -> None:
    """A table can be had by its name, and another name is refused."""
    assert report.tables["nodes"] == report.tables.nodes
    assert "nodes" in report.tables
    assert "rows" not in report.tables
    assert len(report.tables) == len(NAMES) == len([*report.tables])
    assert report.tables._ipython_key_completions_() == [*NAMES]  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(ArgumentError, match="one of edition, places, nodes"):
        report.tables["rows"]


@pytest.mark.parametrize("bases", [None, 1, "stated", [Basis.STATED], [Basis.RESTATED], [Basis.STATED, "restated"]])
def test_bad_bases(report: Report, bases: object) -> None:
    """Every table is made of what is stated and restated."""
    with pytest.raises(ArgumentError, match="some of Basis"):
        Tables(report, bases)  # type: ignore[arg-type]


def test_verbatim(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report's own words are there if they are known and asked for, and nowhere else."""
    with pytest.raises(ArgumentError, match="bound to no copy"):
        Tables(report, verbatim=True)
    monkeypatch.setattr(Claim, "verbatim", property(lambda claim: f"words of {claim.ref}"), raising=False)
    tables = Tables(report, verbatim=True)
    assert tables.claims.records()[0]["verbatim"] == "words of 0.p1.s1"
    assert repr(tables) == "<Tables: stated, restated, researched, editorial, with verbatim claims>"
    assert {row["verbatim"] for row in report.tables.claims.records()} == {None}
    with pytest.raises(ArgumentError, match="verbatim"):
        Tables(report, verbatim="yes")  # type: ignore[arg-type]


def test_greatest_number_fits() -> None:
    """A column of integers holds the greatest numbers that a report takes."""
    least, greatest = -(10**17) + 1, 10**18 - 1
    made = with_quantities(quantity((least, greatest)))
    assert {least, greatest} <= set(made.tables.quantities.arrow().to_pylist()[0].values())


def test_same_row_twice() -> None:
    """Rows about the same words have ids that differ."""
    again = with_quantities(quantity(1), attrs.evolve(quantity(1), unit="others"))
    assert [row[0] for row in again.tables.quantities] == ["0.p1.s1:0-1", "0.p1.s1:0-1#2"]


def test_own_overlay_needs_no_reasons(report: Report) -> None:
    """An overlay of one's own may say nothing but which codes a place has."""
    mine = Overlay(key="mine", title="Mine", codes={"now": "urgent"}, assignments={"I-1-②": "now"})
    tables = report.with_overlay(mine).tables
    check(tables)
    (row,) = (row for row in tables.codings.records() if row["overlay_key"] == "mine")
    assert (row["ref"], row["label"], row["reason"]) == ("I.1.2", "urgent", None)
    assert tables.overlays.records()[-1]["description"] is None


def test_arrow(report: Report) -> None:
    """Arrow has the same cells under the same names, and knows what may be missing."""
    for table in report.tables:
        arrow: Any = pa.table(table)
        assert arrow.to_pylist() == list(table.records())
        assert [field.nullable for field in arrow.schema] == [not column.required for column in table.columns]
        assert arrow.schema.metadata[b"name"].decode() == table.name
        assert arrow.schema.field(0).metadata[b"description"].decode() == table.columns[0].description


def test_arrow_of_an_empty_table(report: Report) -> None:
    """A table without rows keeps its columns."""
    facts = report.tables.leaving_out(Basis.RESEARCHED).facts
    assert pa.table(facts).column_names == COLUMNS["facts"].split()


def test_arrow_without_pyarrow(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named, with what brings it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"asean-japan\[arrow\]"):
        report.tables.nodes.arrow()
