"""The report as Parquet files, one for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.errors import MissingExtraError
from asean_japan.export.files import written
from asean_japan.export.scope import ALL
from asean_japan.export.tables import Tables

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from asean_japan.model.basis import Basis
    from asean_japan.model.home import Home


def parquet(
    report: Home,
    path: str | os.PathLike[str],
    /,
    *,
    bases: Iterable[Basis] = ALL,
    verbatim: bool = False,
    overwrite: bool = False,
) -> None:
    """
    Write a report as a folder of Parquet files; needs the extra ``arrow``.

    >>> import asean_japan as aj
    >>> import pyarrow.parquet
    >>> aj.export.parquet(aj.load(), "tables")
    >>> pyarrow.parquet.read_table("tables/nodes.parquet").num_rows
    187

    The files hold the tables of `Report.tables`, with the descriptions of tables and columns as metadata. The rows are
    the same wherever they are written; the bytes depend on the release of pyarrow.

    Args:
        report: A whole report.
        path: Where the folder is to stand.
        bases: The bases of truth; `Basis.RESEARCHED` and `Basis.EDITORIAL` can be left out.
        verbatim: Whether to give the report's own words, too; needs a bound report.
        overwrite: Whether to replace a folder that holds nothing but files of these names.

    Raises:
        ArgumentError: If one of these is something else, if it cannot be written, or if something stands there.
        MissingExtraError: If pyarrow is not installed.
    """
    tables = Tables(report, bases, verbatim)
    try:
        from pyarrow import parquet as pq
    except ImportError as error:
        raise MissingExtraError("arrow", "pyarrow") from error

    with written(path, overwrite=overwrite) as beside:
        beside.mkdir()
        for table in tables:
            file = beside / f"{table.name}.parquet"
            pq.write_table(table.arrow(), file)  # pyright: ignore[reportUnknownMemberType]  # Options of no type.
