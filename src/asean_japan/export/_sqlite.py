"""The report as one SQLite file: its tables with foreign keys, views, and full-text search."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from asean_japan.errors import ArgumentError, SearchUnavailableError
from asean_japan.export.columns import Column
from asean_japan.export.files import written
from asean_japan.export.scope import ALL
from asean_japan.export.tables import Tables
from asean_japan.model.basis import Basis
from asean_japan.model.home import Home

if TYPE_CHECKING:
    import sqlite3

_TYPES = {"text": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}
_TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
_SEARCHED = {"nodes": ("heading", "gist", "text"), "claims": ("text",)}
_VIEWS = """
CREATE VIEW answers AS
SELECT proposal.id AS proposal_ref, proposal.gist AS proposal, challenge.id AS challenge_ref,
       challenge.gist AS challenge, links.strength, links.reason
FROM links
JOIN nodes AS proposal ON proposal.id = links.source_ref
JOIN nodes AS challenge ON challenge.id = links.target_ref
WHERE links.kind = 'answers';
CREATE VIEW carried_out AS
SELECT promise.id AS promise_ref, promise.text AS promise, proposal.id AS proposal_ref, proposal.gist AS proposal,
       links.strength, links.reason
FROM links
JOIN claims AS promise ON promise.id = links.source_ref
JOIN nodes AS proposal ON proposal.id = links.target_ref
WHERE links.kind = 'carried_out_by';
CREATE VIEW followed AS
SELECT proposal.id AS proposal_ref, proposal.gist AS proposal, outcomes.date, outcomes.text AS outcome,
       links.strength, links.reason, outcomes.source
FROM links
JOIN nodes AS proposal ON proposal.id = links.source_ref
JOIN outcomes ON outcomes.id = links.outcome_key
ORDER BY proposal.position, outcomes.date;
CREATE VIEW sentences AS
SELECT claims.id, claims.cite, nodes.kind, nodes.gist, claims.text
FROM claims JOIN nodes ON nodes.id = claims.node_id;
CREATE VIEW named AS
SELECT entities.id, entities.name, entities.kind, count(mentions.id) AS mentions,
       count(DISTINCT mentions.ref) AS places
FROM entities LEFT JOIN mentions ON mentions.key = entities.id GROUP BY entities.id;
CREATE VIEW coded AS
SELECT codings.overlay_key, codings.code, codings.label, codings.ref, nodes.gist, codings.reason
FROM codings JOIN nodes ON nodes.id = codings.ref
WHERE codings.inherited_from IS NULL;
"""


def sqlite(
    report: Home,
    path: str | os.PathLike[str],
    /,
    *,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
    overwrite: bool = False,
) -> None:
    """
    Write a report as an SQLite file.

    >>> import sqlite3
    >>> import asean_japan as aj
    >>> aj.export.sqlite(aj.load(), "report.db")
    >>> connection = sqlite3.connect("report.db")
    >>> connection.execute("SELECT count(*) FROM claims").fetchone()
    (255,)
    >>> words = "SELECT id FROM nodes WHERE rowid IN (SELECT rowid FROM nodes_fts WHERE nodes_fts MATCH 'rice')"
    >>> ("III.2.4.5.b",) in connection.execute(words).fetchall()
    True
    >>> connection.close()

    It holds the tables of `Report.tables`, with foreign keys and indexes; the views ``answers``, ``sentences``,
    ``named`` and ``coded``; ``nodes_fts`` and ``claims_fts`` for full-text search (FTS5); and ``dictionary``, which
    describes every column. The tables together hold all that the report holds. The rows are the same wherever the file
    is written; its bytes depend on the release of SQLite. The column ``end`` is named by a keyword of SQL: SQLite takes
    it without quotation marks, most other programs want ``"end"``.

    Args:
        report: A whole report.
        path: Where to write the file.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
        verbatim: Whether to include the report's own words; needs a bound report.
        overwrite: Whether to replace a file that exists.

    Raises:
        ArgumentError: If one of these is something else, if the file cannot be written, or if it exists.
        SearchUnavailableError: If this Python has no SQLite with FTS5.
    """
    tables = Tables(report, bases, verbatim)
    try:
        import sqlite3
    except ImportError as error:
        raise SearchUnavailableError("this Python was built without SQLite") from error
    with written(path, overwrite=overwrite) as beside:
        try:
            with contextlib.closing(sqlite3.connect(beside)) as connection:
                _fill(connection, tables)
        except sqlite3.Error as error:
            if "fts5" in str(error):
                raise SearchUnavailableError("this Python's SQLite was built without FTS5") from error
            raise ArgumentError("path", str(path), f"a path that can be written ({error})") from error


def _fill(connection: sqlite3.Connection, tables: Tables) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA user_version = {tables.report.edition.schema_version:d}")
    connection.execute("CREATE TABLE dictionary (table_name TEXT, column_name TEXT, type TEXT, description TEXT)")
    for table in tables:
        connection.execute(f"CREATE TABLE {table.name} ({', '.join(map(_definition, table.columns))})")
        for column in table.columns:
            described = (table.name, column.name, column.type, column.description)
            connection.execute("INSERT INTO dictionary VALUES (?, ?, ?, ?)", described)
            if column.references:
                connection.execute(f'CREATE INDEX {table.name}_{column.name} ON {table.name} ("{column.name}")')
        cells = ", ".join("?" for _ in table.columns)
        connection.executemany(f"INSERT INTO {table.name} VALUES ({cells})", table.rows)  # noqa: S608  # Our names.
    for name, columns in _SEARCHED.items():
        listed = ", ".join(columns)
        content = f'content="{name}"'  # Spelled so that Datasette sees which table it searches.
        connection.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({listed}, {content}, {_TOKENS})")
        connection.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('rebuild')")  # noqa: S608  # The same.
    connection.commit()
    connection.executescript(_VIEWS)


def _definition(column: Column) -> str:
    """Return a column as SQL defines it; a row may refer to one that comes later."""
    name = f'"{column.name}"'  # In quotation marks, since ``end`` and ``key`` are keywords.
    parts = [name, _TYPES[column.type]]
    if column.required:
        parts.append("NOT NULL")
    if column.name == "id":
        parts.append("PRIMARY KEY")
    if column.type == "boolean":
        parts.append(f"CHECK ({name} IN (0, 1))")
    if column.references:
        parts.append(f"REFERENCES {column.references} (id) DEFERRABLE INITIALLY DEFERRED")
    return " ".join(parts)
