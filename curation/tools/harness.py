"""
Compare what a tool makes with what is kept, or replace what is kept: the command line that all tools share.

    python curation/tools/TOOL.py            compare; name each file that differs, exit status 1 if there is one
    python curation/tools/TOOL.py --check    the same
    python curation/tools/TOOL.py --write    write the files that differ

A tool that reads the report takes a copy of it, as Markdown, before these; without one, it reads the copy that
ASEAN_JAPAN_SOURCE names.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
CURATION = ROOT / "curation"
PAGES = ROOT / "docs"
DATA = ROOT / "src" / "asean_japan" / "data"

SOURCE = "ASEAN_JAPAN_SOURCE"


def parser(description: str | None, *, report: bool = False, writes: bool = True) -> argparse.ArgumentParser:
    """
    Return the parser of a tool's command line.

    Args:
        description: The docstring of the tool, which is its help.
        report: Whether it reads a copy of the report.
        writes: Whether it makes files, and so takes `--check` and `--write`.
    """
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    if report:
        source = os.environ.get(SOURCE) or None
        made.add_argument(
            "report",
            nargs="?" if source else None,
            default=source,
            type=Path,
            help=f"a copy of the report, as Markdown (default: the one that {SOURCE} names)",
        )
    if writes:
        which = made.add_mutually_exclusive_group()
        which.add_argument("--check", action="store_true", help="compare with what is kept (the default)")
        which.add_argument("--write", action="store_true", help="replace what is kept")
    return made


def settle(made: Mapping[Path, str], *, write: bool) -> int:
    """Write the files of *made* that differ from what is kept, or name them; return the exit status of the tool."""
    differ = {path: text for path, text in made.items() if not path.exists() or path.read_bytes() != text.encode()}
    for path, text in differ.items():
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        if write:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
            sys.stdout.write(f"{name}: written\n")
        else:
            sys.stdout.write(f"{name}: differs from what this tool makes, --write replaces it\n")
    return int(bool(differ) and not write)


def placed(page: Path, name: str, text: str) -> str:
    """Return the text of *page* with *text* between its marks `<!-- name -->` and `<!-- /name -->`."""
    head, begin, rest = page.read_text("utf-8").partition(f"<!-- {name} -->\n")
    _, end, tail = rest.partition(f"<!-- /{name} -->")
    if not end:
        raise SystemExit(f"{page}: no marks of {name}")
    return f"{head}{begin}{text}{end}{tail}"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, each cell under the name of its column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
