"""Tests of the formats that carry every table: SQLite, data packages and Parquet lose nothing, and are safe to open."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import importlib
import json
import re
import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from payloads import PAYLOADS, firing, poisoned, raw
from tables import Records, bookless, rebuilt

import asean_japan as aj
from asean_japan import ArgumentError, Basis, Claim, MissingExtraError, Overlay, Report
from asean_japan.commands.main import main
from asean_japan.errors import SearchUnavailableError
from asean_japan.export import _datapackage, _sqlite
from asean_japan.export.tables import NAMES, Tables
from asean_japan.testing import reports

WRITERS: dict[str, Callable[..., None]] = {
    "sqlite": aj.export.sqlite,
    "datapackage": aj.export.datapackage,
    "parquet": aj.export.parquet,
}


def from_sqlite(path: Path) -> Records:
    """Read every table of a database."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    found = {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in NAMES}  # noqa: S608
    connection.close()
    booleans = {column.name for table in aj.load().tables for column in table.columns if column.type == "boolean"}
    return {
        name: [{key: bool(value) if key in booleans else value for key, value in row.items()} for row in rows]
        for name, rows in found.items()
    }


def from_csv(path: Path) -> Records:
    """Read every table of a data package as its descriptor says."""
    descriptor: Any = json.loads((path / "datapackage.json").read_text("utf-8"))
    return {resource["name"]: [*_typed(path, resource)] for resource in descriptor["resources"]}


def _typed(path: Path, resource: Any) -> Iterator[Mapping[str, object]]:  # noqa: ANN401  # JSON.
    read: dict[str, Callable[[str], object]] = {
        "string": str,
        "integer": int,
        "boolean": {"true": True, "false": False}.get,
    }
    types = {field["name"]: read[field["type"]] for field in resource["schema"]["fields"]}
    with (path / resource["path"]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield {name: types[name](cell) if cell else None for name, cell in row.items()}


def from_parquet(path: Path) -> Records:
    """Read every table of a folder."""
    return {name: pq.read_table(path / f"{name}.parquet").to_pylist() for name in NAMES}


pq: Any = importlib.import_module("pyarrow.parquet")  # Its types are not whole.

READERS: dict[str, Callable[[Path], Records]] = {
    "sqlite": from_sqlite,
    "datapackage": from_csv,
    "parquet": from_parquet,
}


def again(name: str, report: Report, path: Path) -> Report:
    """Write a report, and build what can be read of it."""
    options = {"exact": True} if name == "datapackage" else {}
    WRITERS[name](report, path, overwrite=True, **options)
    return rebuilt(READERS[name](path))


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_lost(report: Report, tmp_path: Path, name: str) -> None:
    """What is read is the report, with all its layers, but without their code books."""
    found = again(name, report, tmp_path / "out")
    assert found == bookless(report)
    assert found.layers == bookless(report).layers


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_report=reports())
@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_lost_of_any_report(tmp_path: Path, name: str, any_report: Report) -> None:
    """The same for whatever the rules allow, texts that look like formulas included."""
    found = again(name, any_report, tmp_path / "out")
    assert found == bookless(any_report)
    assert found.layers == bookless(any_report).layers


@pytest.mark.parametrize("name", WRITERS)
def test_records_are_the_same(report: Report, tmp_path: Path, name: str) -> None:
    """Every table has the cells that it has in Python, by default and without what can be left out."""
    for number, bases in enumerate(([*Basis], [Basis.STATED, Basis.RESTATED])):
        path = tmp_path / str(number)
        WRITERS[name](report, path, bases=iter(bases))
        read = READERS[name](path)
        for table in Tables(report, bases):
            assert [*read[table.name]] == [*table.records()]


@pytest.mark.parametrize("name", WRITERS)
def test_own_overlay_needs_no_reasons(report: Report, tmp_path: Path, name: str) -> None:
    """An overlay of one's own that says nothing but which codes a place has is written and read."""
    mine = Overlay(key="mine", title="Mine", codes={"now": "urgent"}, assignments={"I-1-②": "now"})
    assert again(name, report.with_overlay(mine), tmp_path / "out").overlays["mine"] == mine


@pytest.mark.parametrize("name", WRITERS)
def test_own_words(report: Report, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report's own words are there only if they are asked for."""
    monkeypatch.setattr(Claim, "verbatim", property(lambda claim: f"words of {claim.ref}"), raising=False)
    WRITERS[name](report, tmp_path / "with", verbatim=True)
    WRITERS[name](report, tmp_path / "without")
    assert next(iter(READERS[name](tmp_path / "with")["claims"]))["verbatim"] == "words of 0.p1.s1"
    assert {row["verbatim"] for row in READERS[name](tmp_path / "without")["claims"]} == {None}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    "options",
    [{"bases": ["stated"]}, {"bases": [Basis.STATED]}, {"verbatim": True}, {"verbatim": 1}, {"overwrite": 1}],
)
def test_wrong_options(report: Report, tmp_path: Path, name: str, options: dict[str, object]) -> None:
    """An option that cannot be met is refused, and nothing is left."""
    with pytest.raises(ArgumentError):
        WRITERS[name](report, tmp_path / "out", **options)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", WRITERS)
def test_wrong_values(report: Report, tmp_path: Path, name: str) -> None:
    """Only a whole report is written, to a path where nothing exists."""
    with pytest.raises(ArgumentError, match="report is"):
        WRITERS[name](report["III"], tmp_path / "out")
    with pytest.raises(ArgumentError, match="path is"):
        WRITERS[name](report, tmp_path / "no" / "such" / "folder")
    WRITERS[name](report, tmp_path / "out")
    with pytest.raises(ArgumentError, match="nothing exists"):
        WRITERS[name](report, tmp_path / "out")
    WRITERS[name](report, tmp_path / "out", overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", WRITERS)
def test_command(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes the same, wants a path, and takes no place."""
    path = tmp_path / "out"
    assert main(["export", name, "-o", str(path), "--without", "editorial"]) == 0
    assert capsys.readouterr().out == f"written: {path}\n"
    assert [*READERS[name](path)["codings"]] == []
    for more in ([], ["III.2", "-o", "two"], ["--depth", "2", "-o", "two"]):
        with pytest.raises(SystemExit):
            main(["export", name, *more])
        assert name in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


# SQLite.


@pytest.fixture
def database(report: Report, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Open the bundled report as a database."""
    aj.export.sqlite(report, tmp_path / "report.db")
    connection = sqlite3.connect(tmp_path / "report.db")
    yield connection
    connection.close()


def test_database_is_sound(database: sqlite3.Connection, report: Report) -> None:
    """SQLite itself finds nothing wrong; foreign keys are there, and they hold."""
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA user_version").fetchone() == (report.edition.schema_version,)
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("INSERT INTO ties VALUES ('x', 'aoip', 9, 'nobody')")
    with pytest.raises(sqlite3.IntegrityError):
        database.commit()


def test_views(database: sqlite3.Connection, report: Report) -> None:
    """The views say what the model says."""
    answers = [link for link in report.links if link.kind == "answers"]
    found = database.execute("SELECT proposal_ref, challenge_ref, reason FROM answers").fetchall()
    assert sorted(found) == sorted((str(each.source_ref), str(each.target_ref), each.reason) for each in answers)
    assert database.execute("SELECT count(*) FROM sentences").fetchone() == (len(report.claims),)
    named = dict(database.execute("SELECT id, mentions FROM named").fetchall())
    assert named == {entity.key: count for entity, count in report.entities.by_mentions()}
    coded = database.execute("SELECT count(*) FROM coded WHERE overlay_key = 'sdg' AND code = '13'").fetchone()
    assert coded == (len(report.overlays["sdg"].coded("13", inherited=False)),)


def test_full_text_search(database: sqlite3.Connection, report: Report) -> None:
    """Words lead to nodes and claims, whatever their endings."""
    words = "SELECT nodes.id FROM nodes_fts JOIN nodes ON nodes.rowid = nodes_fts.rowid WHERE nodes_fts MATCH ?"
    found = {ref for (ref,) in database.execute(words, ("disasters",))}
    expected = {str(node.ref) for node in report.find(text="disaster")}
    assert expected <= found | {str(node.ref) for node in report.walk() if "disaster" in node.gist.lower()}
    assert found
    words = "SELECT claims.id FROM claims_fts JOIN claims ON claims.rowid = claims_fts.rowid WHERE claims_fts MATCH ?"
    assert {ref for (ref,) in database.execute(words, ("myanmar",))} == {
        str(claim.ref) for claim in report.claims.values() if "Myanmar" in claim.text
    }


def test_dictionary(database: sqlite3.Connection, report: Report) -> None:
    """Every column is described in the file itself."""
    described = set(database.execute("SELECT table_name, column_name FROM dictionary").fetchall())
    assert described == {(table.name, column.name) for table in report.tables for column in table.columns}


def test_every_column_is_checked(database: sqlite3.Connection) -> None:
    """What must not be missing cannot be."""
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO overlays (id, description) VALUES ('x', 'x')")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE entities SET proposed = 2")


def test_end_is_a_column(database: sqlite3.Connection, report: Report) -> None:
    """The keyword of SQL is a column like any other, in quotation marks or not."""
    ends = [(mention.end,) for mention in report.mentions]
    assert database.execute("SELECT end FROM mentions").fetchall() == ends
    assert database.execute('SELECT "end" FROM mentions').fetchall() == ends


def test_without_sqlite(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without SQLite says so."""
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with pytest.raises(SearchUnavailableError, match="without SQLite"):
        aj.export.sqlite(report, tmp_path / "out")


@pytest.mark.parametrize(
    ("message", "expected"), [("no such module: fts5", SearchUnavailableError), ("disk is full", ArgumentError)]
)
def test_sqlite_that_fails(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, message: str, expected: type[Exception]
) -> None:
    """What SQLite cannot do is told by an error of ours, and leaves no file."""

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr(_sqlite, "_fill", fail)
    with pytest.raises(expected):
        aj.export.sqlite(report, tmp_path / "out")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", WRITERS)
def test_any_text_stays_text(tmp_path: Path, name: str) -> None:
    """A text is stored as it is, and runs nowhere."""
    report = poisoned(*PAYLOADS)
    options = {"exact": True} if name == "datapackage" else {}
    WRITERS[name](report, tmp_path / "out", **options)
    read = READERS[name](tmp_path / "out")
    for table in report.tables:
        assert [*read[table.name]] == [*table.records()]


@pytest.mark.parametrize("payload", firing("sql"))
def test_raw_sql_would_run(database: sqlite3.Connection, payload: str) -> None:
    """Put into a statement by hand, it would: the test above can fail."""
    database.execute("CREATE TABLE one (text TEXT)")
    before = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    statement = f"INSERT INTO one VALUES ('{payload}')"  # noqa: S608  # That is the point.
    with contextlib.suppress(sqlite3.Error):  # What stands behind it may be no SQL at all.
        database.executescript(statement)
    assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() != before


# Data packages.


def test_package_is_the_same_everywhere(report: Report, tmp_path: Path) -> None:
    """The bytes do not hang on the time or the place; the descriptor has their digests."""
    aj.export.datapackage(report, tmp_path / "a")
    aj.export.datapackage(aj.loads(aj.dumps(report)), tmp_path / "b")
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names == sorted(["datapackage.json", *(f"{name}.csv" for name in NAMES)])
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    descriptor = json.loads((tmp_path / "a" / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        content = (tmp_path / "a" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert content.count(b"\r\n") == content.count(b"\n") > 0


def test_bundled_report_has_no_formulas(report: Report, tmp_path: Path) -> None:
    """Nothing of it needs an apostrophe, so that both forms are one."""
    aj.export.datapackage(report, tmp_path / "calm")
    aj.export.datapackage(report, tmp_path / "exact", exact=True)
    for path in (tmp_path / "calm").iterdir():
        assert path.read_bytes() == (tmp_path / "exact" / path.name).read_bytes()
    with pytest.raises(ArgumentError, match="exact is 1"):
        aj.export.datapackage(report, tmp_path / "x", exact=1)  # type: ignore[arg-type]


def cells(path: Path) -> list[str]:
    """Read every cell of every file."""
    found: list[str] = []
    for name in sorted(path.glob("*.csv")):
        with name.open(encoding="utf-8", newline="") as file:
            found += [cell for row in csv.reader(file) for cell in row]
    return found


def is_live(cell: str) -> bool:
    """Whether some spreadsheet may take a cell for a formula; judged apart from how the package does."""
    folded = unicodedata.normalize("NFKC", cell)
    skipped = [
        char for char in folded if not (char.isspace() or unicodedata.category(char) in {"Cf", "Cc"} or char == '"')
    ]
    return "".join(skipped)[:1] in {"=", "+", "-", "@"}


def bare(cell: str) -> str:
    """Take away every apostrophe that stands where one may have been put."""
    return re.sub(r"(^|[;|\t\r\n])'", r"\1", cell)


def shape(path: Path) -> list[list[int]]:
    """Count the cells of each row of each file."""
    found: list[list[int]] = []
    for name in sorted(path.glob("*.csv")):
        with name.open(encoding="utf-8", newline="") as file:
            found.append([len(row) for row in csv.reader(file)])
    return found


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """Whatever a text is, no spreadsheet computes it, and no cell is more than one."""
    aj.export.datapackage(poisoned(*PAYLOADS), tmp_path / "out")
    found = cells(tmp_path / "out")
    assert not [cell for cell in found if is_live(cell)]
    assert {*map(bare, PAYLOADS)} <= {*map(bare, found)}
    aj.export.datapackage(poisoned("x"), tmp_path / "plain")
    assert shape(tmp_path / "out") == shape(tmp_path / "plain")


@pytest.mark.parametrize("payload", firing("csv"))
def test_raw_cells_would_be(tmp_path: Path, payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without quotation marks and apostrophes they are, so that the test above can fail."""
    monkeypatch.setattr(_datapackage, "_quoted", raw)
    monkeypatch.setattr(_datapackage, "_calm", raw)
    aj.export.datapackage(poisoned(payload), tmp_path / "out")
    assert any(is_live(cell) for cell in cells(tmp_path / "out"))


LATER = [
    f"a{separator}{before}{sign}1+1{separator}b"
    for separator in (";", "|", "\t", "\n", "\r\n", "; ", ";;", "|\n", "\n\t")
    for before in ("", " ", '"', "\ufeff", "\u00a0")
    for sign in ("=", "+", "-", "@", "＝")
]


def cut(path: Path, separator: str) -> list[str]:
    """Read every cell of every file as a spreadsheet does that cuts at something else than commas."""
    found: list[str] = []
    for name in sorted(path.glob("*.csv")):
        with name.open(encoding="utf-8", newline="") as file:
            found += [cell for row in csv.reader(file, delimiter=separator) for cell in row]
    return found


@pytest.mark.parametrize("separator", [";", "|", "\t"])
def test_no_cell_is_a_formula_however_it_is_cut(
    tmp_path: Path, separator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does a text hold one behind what some spreadsheets take for the end of a cell."""
    report = poisoned(*LATER, *PAYLOADS)
    aj.export.datapackage(report, tmp_path / "out")
    assert not [cell for cell in cut(tmp_path / "out", separator) if is_live(cell)]
    monkeypatch.setattr(_datapackage, "_calm", raw)
    aj.export.datapackage(report, tmp_path / "raw")
    assert any(is_live(cell) for cell in cut(tmp_path / "raw", separator))


@pytest.mark.parametrize(
    ("text", "calm"),
    [
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a; -1", "a;' -1"),
        ("a;;\n=1", "a;;\n'=1"),
        ("=1|+1", "'=1|'+1"),
        ("a - b; c = d, -e", "a - b; c = d, -e"),
        ("a;b|c\td\ne", "a;b|c\td\ne"),
    ],
)
def test_texts_stay_readable(tmp_path: Path, text: str, calm: str) -> None:
    """An apostrophe stands where a cell could begin, and nowhere else; exact files have none."""
    aj.export.datapackage(poisoned(text), tmp_path / "out")
    aj.export.datapackage(poisoned(text), tmp_path / "exact", exact=True)
    assert {row["text"] for row in from_csv(tmp_path / "out")["claims"]} == {calm}
    assert {row["text"] for row in from_csv(tmp_path / "exact")["claims"]} == {text}


# Parquet.


def test_parquet_keeps_descriptions(report: Report, tmp_path: Path) -> None:
    """The schema in the file is that of the table."""
    aj.export.parquet(report, tmp_path / "out")
    for table in report.tables:
        assert pq.read_schema(tmp_path / "out" / f"{table.name}.parquet").equals(
            table.arrow().schema, check_metadata=True
        )


def test_parquet_without_pyarrow(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named, and nothing is left."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"asean-japan\[arrow\]"):
        aj.export.parquet(report, tmp_path / "out")
    assert [*tmp_path.iterdir()] == []
