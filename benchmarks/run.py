"""
Measure the package against its peers: ratios within one run, never absolute times.

    python benchmarks/run.py                print the figures
    python benchmarks/run.py --markdown     print them as docs/benchmarks.md shows them
    python benchmarks/run.py --write        put them into docs/benchmarks.md

    --rounds N     rounds of each task, 31 if not said
    --quick        one run a round, however short: to try the script, not to measure

Run it on a quiet machine; `python -m pip install -e ".[benchmarks]"` brings the peers, and one that is not installed is
named as such. Every contender of a task has to give the same answer before any is timed. Fresh processes find the
compiled files of all modules written; those may be written whatever PYTHONDONTWRITEBYTECODE says.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

from measuring import Contender, Row, measured
from tasks import TASKS, Part, parts_of_dumps, parts_of_loading, parts_of_loads

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MARKED = re.compile(r"(?<=<!-- benchmarks -->\n).*?(?=<!-- /benchmarks -->)", re.DOTALL)
SHORTEST = 0.02  # Seconds: runs of less are repeated until they take so long.
PACKAGES = (
    "attrs",
    "cattrs",
    "pydantic",
    "msgspec",
    "anytree",
    "networkx",
    "lxml",
    "rank-bm25",
    "bm25s",
)
Cells = tuple[str, ...]

HEADER: Cells = ("task", "contender", "ratio", "must", "aim", "reached", "time", "note")
PARTS_HEADER: Cells = ("task", "part", "ratio", "time")


def written_time(seconds: float) -> str:
    """Seconds in a unit that fits."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if abs(seconds) * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.0f} ns"


def written_ratio(ratio: float, *, by_speed: bool) -> str:
    """A ratio with the digits that mean something."""
    digits = max(0, 3 - len(str(int(abs(ratio)))))
    return f"{ratio:.{digits}f} × {'speed' if by_speed else 'time'}"


def goal(limit: float | None, *, by_speed: bool) -> str:
    """What has to be reached, or nothing."""
    return "" if limit is None else f"{'≥' if by_speed else '≤'} {limit:g}"


def reached(row: Row) -> str:
    """What a ratio comes to."""
    contender, ratio = row.contender, row.ratio
    if ratio is None or contender.must is None or contender.aim is None:
        return ""
    sign = -1 if row.task.by_speed else 1
    if sign * ratio <= sign * contender.aim:
        return "aim"
    return "must" if sign * ratio <= sign * contender.must else "missed"


def cells(row: Row) -> Cells:
    """One row of the table."""
    contender: Contender = row.contender
    if row.ratio is None or row.seconds is None:
        return (row.task.name, contender.name, "not installed", "", "", "", "", contender.note)
    return (
        row.task.name,
        contender.name,
        written_ratio(row.ratio, by_speed=row.task.by_speed),
        goal(contender.must, by_speed=row.task.by_speed),
        goal(contender.aim, by_speed=row.task.by_speed),
        reached(row),
        written_time(row.seconds),
        contender.note,
    )


def part_cells(part: Part) -> Cells:
    """One row of the table of parts."""
    return (part.task.name, part.name, written_ratio(part.ratio, by_speed=False), written_time(part.seconds))


def as_text(table: Sequence[Cells]) -> str:
    """A table in columns."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in table)
    return "".join(f"{line}\n" for line in lines)


def as_markdown(table: Sequence[Cells]) -> str:
    """A table in Markdown."""
    header, *rows = table
    lines = (header, ("---",) * len(header), *rows)
    return "".join(f"| {' | '.join(row)} |\n" for row in lines)


def version(package: str) -> str:
    """The version of a package, if it is there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def circumstances(rounds: int, command: Iterable[str]) -> str:
    """Where, with what and how the figures were found."""
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        f"`{' '.join(command)}`: {rounds} rounds, on {platform.system()}, {platform.machine()}, {os.cpu_count()} "
        f"processors, {platform.python_implementation()} {platform.python_version()}, "
        f"asean_japan {version('asean-japan')}; {versions}.\n"
    )


def figures(rounds: int, shortest: float, *, markdown: bool) -> str:
    """Measure everything."""
    rows = [row for task in TASKS for row in measured(task, rounds, shortest)]
    parts = [*parts_of_loading(rounds), *parts_of_dumps(rounds, shortest), *parts_of_loads(rounds, shortest)]
    table = as_markdown if markdown else as_text
    return "\n".join(
        [
            circumstances(rounds, ["python", "benchmarks/run.py"]),
            table([HEADER, *map(cells, rows)]),
            "Where the time goes, in the same measure:\n",
            table([PARTS_HEADER, *map(part_cells, parts)]),
        ]
    )


def main() -> None:
    """Print or write."""
    parser = argparse.ArgumentParser(description="Measure the package against its peers.")
    parser.add_argument("--markdown", action="store_true", help="print the figures as docs/benchmarks.md shows them")
    parser.add_argument("--write", action="store_true", help="put them into docs/benchmarks.md")
    parser.add_argument("--rounds", type=int, default=31, help="rounds of each task")
    parser.add_argument("--quick", action="store_true", help="one run a round, however short; to try the script")
    options = parser.parse_args()
    found = figures(options.rounds, 0 if options.quick else SHORTEST, markdown=bool(options.markdown or options.write))
    if options.write:
        PAGE.write_text(MARKED.sub(lambda _: found, PAGE.read_text("utf-8")), "utf-8", newline="\n")
    print(found, end="")


if __name__ == "__main__":
    main()
