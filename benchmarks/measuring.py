"""
How contenders are compared.

First each gives its answer, and all answers of a task have to be equal: who does less is not faster. Then they run in
rounds, every contender once a round, in shuffled order; a ratio is taken within a round, so that a slow spell of the
machine hits both of its sides, and the median over all rounds is what counts.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple


class Work(NamedTuple):
    """
    What a contender does.

    Attributes:
        run: What is timed.
        answer: What it comes to; equal for all contenders of a task.
    """

    run: Callable[[], object]
    answer: Callable[[], object]


class Contender(NamedTuple):
    """
    One way to do a task.

    Attributes:
        name: Unique in its task.
        prepare: Import and build what the work needs; no part of what is timed.
        module: What has to be installed besides what the package needs.
        must: The ratio that has to be reached.
        aim: The ratio that is hoped for.
        note: What a reader has to know to judge the figure.
    """

    name: str
    prepare: Callable[[], Work]
    module: str | None = None
    must: float | None = None
    aim: float | None = None
    note: str = ""

    @property
    def is_installed(self) -> bool:
        """Whether it can be measured here."""
        return self.module is None or find_spec(self.module) is not None


class Task(NamedTuple):
    """
    What is done in several ways.

    Attributes:
        name: Unique.
        contenders: The first is the yardstick, against which the others are measured.
        by_speed: Whether ratios say how many times the speed of the yardstick it is, not how many times its time.
    """

    name: str
    contenders: tuple[Contender, ...]
    by_speed: bool = False


class Row(NamedTuple):
    """One figure; `None` for a contender that is not installed."""

    task: Task
    contender: Contender
    seconds: float | None
    ratio: float | None


class DifferentAnswerError(Exception):
    """Two contenders of one task do not the same work."""


def prepared(task: Task) -> dict[str, Work]:
    """
    Make ready each contender that is installed, after its answer was found to be that of the yardstick.

    Raises:
        DifferentAnswerError: If it is not.
    """
    works = {contender.name: contender.prepare() for contender in task.contenders if contender.is_installed}
    answers = {name: work.answer() for name, work in works.items()}
    yardstick = task.contenders[0].name
    for name, answer in answers.items():
        if answer != answers[yardstick]:
            raise DifferentAnswerError(f"{task.name}: {name} gives another answer than {yardstick}")
    return works


def spent(run: Callable[[], object], count: int) -> float:
    """Seconds that one of *count* runs took."""
    start = time.perf_counter()
    for _ in range(count):
        run()
    return (time.perf_counter() - start) / count


def in_rounds(runs: Mapping[str, Callable[[], object]], rounds: int, shortest: float) -> list[dict[str, float]]:
    """
    Time *runs* against each other; one dictionary a round, with the seconds of one run of each.

    Args:
        runs: What to time, by name.
        rounds: How often.
        shortest: Seconds for which a run is repeated, so that a clock can see it; 0 is a single run.
    """
    gc.collect()
    gc.freeze()  # What the other contenders have built is nothing to look through during this one's turn.
    counts = {name: max(1, round(shortest / spent(run, 1))) for name, run in runs.items()}
    found: list[dict[str, float]] = []
    for _ in range(rounds):
        times = {name: spent(runs[name], counts[name]) for name in random.sample(list(runs), len(runs))}
        found.append({name: times[name] for name in runs})
    gc.unfreeze()
    return found


def median(numbers: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(numbers)


def measured(task: Task, rounds: int, shortest: float) -> list[Row]:
    """Compare all contenders of *task*."""
    works = prepared(task)
    found = in_rounds({name: work.run for name, work in works.items()}, rounds, shortest)
    yardstick = task.contenders[0].name
    rows: list[Row] = []
    for contender in task.contenders:
        name = contender.name
        if name not in works:
            rows.append(Row(task, contender, None, None))
            continue
        over, under = (yardstick, name) if task.by_speed else (name, yardstick)
        ratio = median([times[over] / times[under] for times in found])
        rows.append(Row(task, contender, median([times[name] for times in found]), ratio))
    return rows
