"""
List the columns of every table: write docs/reference/tables.md.

    python tools/columns.py

To be run after every change of a column; a test holds the page to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from asean_japan import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.export import Column, Table

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "tables.md"
HEAD = """\
# Tables and columns

What [`report.tables`](../guides/export-tables.md) has, and with it every SQLite file, data package and Parquet folder.
This page is written by `python tools/columns.py`.

A text is UTF-8, an integer fits into 64 bits, and a boolean is 0 or 1 in SQLite.
What is not said to be missing is there in every row.
"""


def page() -> str:
    """Write the page."""
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


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
