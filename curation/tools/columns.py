"""
List the columns of every table: docs/reference/tables.md.

    python curation/tools/columns.py --check    compare with the page
    python curation/tools/columns.py --write    write the page

To be run after every change of a column; a test holds the page to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import harness

from asean_japan import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.export import Column, Table

PAGE = harness.PAGES / "reference" / "tables.md"
HEAD = """\
# Tables and columns

What [`report.tables`](../guides/export-tables.md) has, and with it every SQLite file, data package and Parquet folder.
This page is written by `python curation/tools/columns.py`.

A text is UTF-8, an integer fits into 64 bits, and a boolean is 0 or 1 in SQLite.
What is not said to be missing is there in every row.
"""


def page() -> str:
    """Return the page as the file has it."""
    return "\n".join([HEAD, *(line for table in load().tables for line in _section(table))])


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"Each row: {table.description}.\n"
    yield "| column | type | missing | meaning |\n| --- | --- | --- | --- |"
    yield from map(_row, table.columns)
    yield ""


def _row(column: Column) -> str:
    leads = f"; `id` in [{column.references}](#{column.references})" if column.references else ""
    missing = "" if column.required else "may be"
    return f"| `{column.name}` | {column.type} | {missing} | {column.description}{leads} |"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    return harness.settle({PAGE: page()}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
