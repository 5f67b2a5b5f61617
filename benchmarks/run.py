"""
Measure what the package promises about speed: ratios within one run, never absolute times.

    python benchmarks/run.py

Each pair of contenders runs in turn, in shuffled order; a ratio is taken within a round, and the median is printed
beside what must hold and what is aimed at. Run it on a quiet machine with the package installed.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import importlib_resources

import asean_japan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 21
DATA = str(importlib_resources.files("asean_japan") / "data" / "report.json")

NOTHING = "pass"
IMPORT = "import asean_japan"
LOAD = "import asean_japan; asean_japan.load()['III.2.4']"
PARSE = f"import json; json.loads(open({DATA!r}, 'rb').read())"

report = asean_japan.load()
plain = asean_japan.to_dict(report)


def fresh(code: str) -> Callable[[], object]:
    """Run *code* in a process of its own."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def times(count: int, work: Callable[[], object]) -> Callable[[], object]:
    """Do *work* so often that a clock can see it."""

    def repeated() -> None:
        for _ in range(count):
            work()

    return repeated


def recursive(nodes: Iterator[asean_japan.Node]) -> Iterator[asean_japan.Node]:
    """Walk as one would without the package's index."""
    for node in nodes:
        yield node
        yield from recursive(iter(node.children))


def walk_by_hand() -> None:
    """Meet every node, by a recursive generator."""
    for _ in recursive(iter(report.sections.values())):
        pass


def walk() -> None:
    """Meet every node, as the package gives them."""
    for _ in report.walk():
        pass


# What is measured, against what, how often a second is slower than a first at most or at least, and the aim.
PAIRS: tuple[tuple[str, str, Callable[[], object], Callable[[], object], str, str], ...] = (
    ("import asean_japan", "python -c pass", fresh(IMPORT), fresh(NOTHING), "at most 3.0", "1.3"),
    ("import, load, one look-up", "json.loads of the same bytes", fresh(LOAD), fresh(PARSE), "at most 3.2", "2.5"),
    (
        "recursive generator",
        "report.walk()",
        times(300, walk_by_hand),
        times(300, walk),
        "at least 10",
        "13",
    ),
    (
        "dumps",
        "json.dumps of the same dicts",
        times(20, lambda: asean_japan.dumps(report)),
        times(20, lambda: json.dumps(plain, ensure_ascii=False, indent=1)),
        "at most 1.5",
        "1.1",
    ),
)


def ratio(work: Callable[[], object], against: Callable[[], object]) -> float:
    """The median over all rounds of how much longer *work* takes than *against*."""
    found: list[float] = []
    for _ in range(ROUNDS):
        spent: dict[Callable[[], object], float] = {}
        for contender in random.sample((work, against), 2):
            start = time.perf_counter()
            contender()
            spent[contender] = time.perf_counter() - start
        found.append(spent[work] / spent[against])
    return statistics.median(found)


if __name__ == "__main__":
    print(f"{'work':<28}{'measured against':<32}{'ratio':>7}  {'must':<14}aim")
    for name, peer, work, against, must, aim in PAIRS:
        print(f"{name:<28}{peer:<32}{ratio(work, against):>7.2f}  {must:<14}{aim}", flush=True)
