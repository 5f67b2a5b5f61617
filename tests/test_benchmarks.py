"""Tests that the benchmarks run, leave nothing out, and compare like with like; no test asserts a time."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import measuring
import pytest
from measuring import Contender, DifferentAnswerError, Task, Work

ROOT = Path(__file__).parents[1]

# Every row, by task, with what has to be installed for it.
TREES = {
    "recursive generator": None,
    "asean_japan": None,
    "ElementTree": None,
    "lxml": "lxml",
    "anytree": "anytree",
    "networkx": "networkx",
}
CONTENDERS: dict[str, dict[str, str | None]] = {
    "import, fresh process": {
        "python -c pass": None,
        "import asean_japan": None,
        "from asean_japan import *": None,
        "import attrs": "attrs",
        "import cattrs": "cattrs",
        "import msgspec": "msgspec",
        "import pydantic": "pydantic",
        "import anytree": "anytree",
        "import lxml.etree": "lxml",
        "import networkx": "networkx",
        "import bm25s": "bm25s",
    },
    "import, load, one look-up, fresh process": {
        "json.loads": None,
        "asean_japan.load": None,
        "dataclasses, by hand": None,
        "attrs and cattrs": "cattrs",
        "msgspec Structs": "msgspec",
        "pydantic, strict": "pydantic",
    },
    "walk over all nodes": TREES,
    "walk over each subtree of 20 nodes or more": TREES,
    "look-up of III.2.4": {
        "dict": None,
        'report["III.2.4"]': None,
        'report["III-2-④"]': None,
        'report["Section III, 2, item 4"]': None,
        "report[Ref]": None,
        'report.action_items["III.2.4"]': None,
        "ElementTree": None,
        "lxml": "lxml",
        "anytree": "anytree",
        "networkx": "networkx",
    },
    "search, 4 queries, the best 10": {
        "plain scan": None,
        "asean_japan": None,
        "SQLite FTS5": None,
        "rank_bm25": "rank_bm25",
        "bm25s": "bm25s",
    },
    "dumps": {
        "json.dumps of the same dicts": None,
        "asean_japan.dumps": None,
        "dataclasses, by hand": None,
        "attrs and cattrs": "cattrs",
        "msgspec Structs": "msgspec",
        "pydantic, strict": "pydantic",
    },
    "dumps, with the layers": {"json.dumps of the same dicts": None, "asean_japan.dumps": None},
    "loads": {
        "json.loads": None,
        "asean_japan.loads": None,
        "dataclasses, by hand": None,
        "attrs and cattrs": "cattrs",
        "msgspec Structs": "msgspec",
        "pydantic, strict": "pydantic",
    },
    "loads, with the layers": {"json.loads": None, "asean_japan.loads": None},
}
PARTS = {
    "import, load, one look-up, fresh process": [
        "all of it",
        "Python itself",
        "import hashlib",
        "import json",
        "import typing",
        "import attrs",
        "import asean_japan, all that loading needs",
        "reading",
        "parsing",
        "hashing",
        "indexes",
        "building",
        "look-up",
        "ending the process, and the rest",
    ],
    "dumps": ["all of it", "to_dict", "writing"],
    "loads": ["all of it", "limits and parsing", "types, fields, building, indexes", "check of the whole"],
}
FIGURE = re.compile(r"-?([0-9]\.[0-9]{2}|[0-9]{2}\.[0-9]|[0-9]{3,}) × (time|speed)")


@pytest.fixture(scope="module")
def tables() -> tuple[list[list[str]], list[list[str]]]:
    """The cells of both tables of one short run."""
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--rounds", "1", "--quick", "--markdown"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    lines = done.stdout.splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|") and not line.startswith("| ---")]
    cells = [[cell.strip() for cell in row] for row in rows]
    heads = [at for at, row in enumerate(cells) if row[0] == "task"]
    assert heads[0] == 0
    return cells[1 : heads[1]], cells[heads[1] + 1 :]


@pytest.mark.long
def test_every_contender_is_measured_or_named_as_missing(tables: tuple[list[list[str]], list[list[str]]]) -> None:
    """No row is left out, and a row without a figure is that of a peer that is not installed."""
    expected = [(task, name) for task, names in CONTENDERS.items() for name in names]
    assert [(row[0], row[1]) for row in tables[0]] == expected
    for task, name, ratio, *_ in tables[0]:
        module = CONTENDERS[task][name]
        if module is None or find_spec(module):
            assert FIGURE.fullmatch(ratio)
        else:
            assert ratio == "not installed"


@pytest.mark.long
def test_goals_are_shown(tables: tuple[list[list[str]], list[list[str]]]) -> None:
    """What the package promises is shown with what was found."""
    goals = {(row[0], row[1]): row[3:5] for row in tables[0] if row[3]}
    walks = ("walk over all nodes", "walk over each subtree of 20 nodes or more")
    assert goals == {
        ("import, fresh process", "import asean_japan"): ["≤ 3", "≤ 1.3"],
        ("import, load, one look-up, fresh process", "asean_japan.load"): ["≤ 3.2", "≤ 2.5"],
        **{(walk, "asean_japan"): ["≥ 10", "≥ 13"] for walk in walks},
        **{(task, "asean_japan.dumps"): ["≤ 1.5", "≤ 1.1"] for task in ("dumps", "dumps, with the layers")},
    }


def test_every_part_is_measured(tables: tuple[list[list[str]], list[list[str]]]) -> None:
    """The second table takes three tasks apart, whole and without a gap."""
    assert [(row[0], row[1]) for row in tables[1]] == [(task, part) for task, parts in PARTS.items() for part in parts]
    for row in tables[1]:
        assert FIGURE.fullmatch(row[2])


def test_answers_are_compared_before_anything_is_timed() -> None:
    """A contender whose answer differs ends the run, and none is run for its time."""
    ran: list[str] = []

    def contender(name: str, answer: object) -> Contender:
        return Contender(name, lambda: Work(lambda: ran.append(name), lambda: answer))

    task = Task("count", (contender("one", 1), contender("same", 1), contender("other", 2)))
    with pytest.raises(DifferentAnswerError, match="count: other gives another answer than one"):
        measuring.measured(task, 1, 0)
    assert ran == []


def test_every_answer_is_asked_for() -> None:
    """The answers of all installed contenders are taken, before the first is timed."""
    done: list[str] = []

    def contender(name: str) -> Contender:
        return Contender(
            name, lambda: Work(lambda: done.append(f"{name} runs"), lambda: done.append(f"{name} answers"))
        )

    missing = Contender("missing", lambda: pytest.fail("prepared what is not installed"), module="no_such_module")
    rows = measuring.measured(Task("work", (contender("one"), contender("two"), missing)), 3, 0)
    assert done[:2] == ["one answers", "two answers"]
    assert done.count("one runs") == done.count("two runs") > 3  # Once to see how long it takes, and once a round.
    assert [row.ratio is None for row in rows] == [False, False, True]


def test_the_page_shows_the_figures() -> None:
    """The documentation has a table of every task."""
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    shown = {line.split("|")[1].strip() for line in page.splitlines() if line.startswith("|")}
    assert shown >= set(CONTENDERS)
    figures = page.partition("<!-- binding -->")[2].partition("<!-- /binding -->")[0]
    binding = [line.split("|")[1:3] for line in figures.splitlines() if line.startswith("|")]
    assert [(text.strip(), name.strip()) for text, name in binding[2:]] == [
        (text, name) for text in ("clean", "pages", "typos") for name in ("bind", "rapidfuzz", "diff")
    ]
    quotes = page.partition("<!-- proving -->")[2].partition("<!-- /proving -->")[0]
    longest = [float(found[1]) for found in re.finditer(r"\| ([0-9.]+) ms \| at most 1 ms \|", quotes)]
    assert [time <= 1 for time in longest] == [True, True]  # Without a copy, and with one.
