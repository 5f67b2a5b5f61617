"""The report as a data package: a CSV file for each table, and a descriptor after Frictionless Data."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from asean_japan.arguments import require_a
from asean_japan.export.columns import Column
from asean_japan.export.files import written
from asean_japan.export.outline import is_safe
from asean_japan.export.scope import ALL, EDITED
from asean_japan.export.tables import AnyTable, Cell, Tables
from asean_japan.model.basis import Basis
from asean_japan.model.edition import Edition
from asean_japan.model.home import Home

_TYPES = {"text": "string", "integer": "integer", "boolean": "boolean"}
_SIGNS = "=+@\uff1d\uff0b\uff20\uff0d-"  # What begins a formula; half and full width.
_SKIPPED = '"\ufeff\u200b-\u200f\u2060'  # What a spreadsheet skips before one, as it skips spaces.
_FORMULA = re.compile(f"[\\s{_SKIPPED}]*[{_SIGNS}]|[\t\r\n]")
# A formula after what a spreadsheet may take for the end of a cell.
_LATER = re.compile(f"([;|\t\r\n])(?=(?:[{_SKIPPED}]|[^\\S\t\r\n])*[{_SIGNS}])")


def datapackage(  # noqa: PLR0913  # The options of every export, and one of its own.
    report: Home,
    path: str | os.PathLike[str],
    /,
    *,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
    exact: bool = False,
    overwrite: bool = False,
) -> None:
    """
    Write a report as a folder of CSV files with a descriptor, ``datapackage.json`` (Data Package 2.0).

    >>> from pathlib import Path
    >>> import asean_japan as aj
    >>> aj.export.datapackage(aj.load(), "package")
    >>> len([*Path("package").glob("*.csv")])
    16
    >>> Path("package", "claims.csv").read_text("utf-8").splitlines()[0]
    'id,node_id,number,position,text,verbatim,cite'

    The files hold the tables of `Report.tables`: UTF-8, commas, CRLF, every text in quotation marks, an empty cell for
    what is missing. The descriptor has types, descriptions, keys, foreign keys and digests. The bytes are the same
    wherever it is written.

    A spreadsheet takes a text that begins like ``=1+1`` for a formula, quotation marks or not; one that is told to cut
    at semicolons, bars or tabs also takes what follows one of these for a formula. Either gets an apostrophe before
    it; the bundled report needs none.

    Args:
        report: A whole report.
        path: Where to write the folder.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
        verbatim: Whether to include the report's own words; needs a bound report.
        exact: Whether to write such texts as they are, for programs; then nothing is lost.
        overwrite: Whether to replace a folder that holds nothing but files of these names.

    Raises:
        ArgumentError: If one of these is something else, if it cannot be written, or if it exists.
    """
    require_a("exact", exact, bool)
    tables = Tables(report, bases, verbatim)
    files = {f"{table.name}.csv": _csv(table, exact=exact) for table in tables}
    import hashlib  # Other formats need none of these.
    import json

    descriptor = _descriptor(report.edition)
    descriptor["resources"] = [
        _resource(table) | {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        for table, content in zip(tables, files.values(), strict=True)
    ]
    files["datapackage.json"] = (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()
    with written(path, overwrite=overwrite) as beside:
        beside.mkdir()
        for name, content in files.items():
            (beside / name).write_bytes(content)


def _csv(table: AnyTable, *, exact: bool) -> bytes:
    lines = [",".join(column.name for column in table.columns)]
    lines += [",".join(_cell(cell, exact=exact) for cell in row) for row in table]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _cell(cell: Cell, *, exact: bool) -> str:
    if isinstance(cell, str):
        return _quoted(cell if exact else _calm(cell))
    return "" if cell is None else str(cell).lower()  # Numbers, true and false.


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _calm(text: str) -> str:
    calm = _LATER.sub(r"\1'", text)
    return f"'{calm}" if _FORMULA.match(text) else calm


def _descriptor(edition: Edition) -> dict[str, object]:
    source = {"title": f"{edition.title} ({edition.status})"}
    if is_safe(edition.source):
        source["path"] = edition.source
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "asean-japan-report",
        "title": edition.title,
        "description": EDITED,
        "version": edition.data_version,
        "licenses": [{"name": edition.license}],
        "sources": [source],
        "contributors": [{"title": "the asean_japan developers", "roles": ["creator"]}],
    }


def _resource(table: AnyTable) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    keys = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.references == table.name else column.references,
                "fields": ["id"],
            },
        }
        for column in table.columns
        if column.references
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.description,
    }
    if column.required:
        field["constraints"] = {"required": True, "unique": True} if column.name == "id" else {"required": True}
    return field
