"""
Tests that threads can share everything.

What is made on first use is made while eight threads ask for it at the same moment, in a fresh process in which Python
changes threads as often as it can.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from answer_digests import answers

import asean_japan
from asean_japan import Report

pytestmark = pytest.mark.long

THREADS = 8
PROCESSES = 25 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 2
AS_OFTEN_AS_IT_CAN = 1e-6

AT_THE_SAME_MOMENT = f"""
import json, sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
before, asked = sys.argv[1:]
exec(before)
barrier = Barrier({THREADS})
code = compile(asked, "asked", "eval")

def ask(_):
    barrier.wait()
    return eval(code)

sys.setswitchinterval({AS_OFTEN_AS_IT_CAN})
with ThreadPoolExecutor({THREADS}) as pool:
    answers = list(pool.map(ask, range({THREADS})))
sys.setswitchinterval(0.005)
objects, texts = {{id(answer) for answer in answers}}, {{repr(answer) for answer in answers}}
print(json.dumps([len(answers), len(objects), len(texts)]))
"""

IMPORT = "import asean_japan as aj"
LOAD = f"{IMPORT}; report = aj.load()"
BY_HAND = "aj.Report(edition=report.edition, sections=tuple(report.sections.values()), layers=report.layers)"

# What came before, and what is asked; the answers are one object.
FIRST_USES = {
    "import": ("import importlib", "importlib.import_module('asean_japan')"),
    "name": (IMPORT, "aj.Report"),
    "load": (IMPORT, "aj.load()"),
    "import and load": ("import importlib", "importlib.import_module('asean_japan').load()"),
    "place": (IMPORT, "aj.load()['III.2.4']"),
    "spelling": (LOAD, "report['third bullet of III-2-④']"),
    "claim": (LOAD, "report.claims['I.2.⑦, sentence 3']"),
    "layers": (LOAD, "report.layers"),
    "entity": (LOAD, "report.entities['AOIP']"),
    "overlay": (LOAD, "report.overlays['sdg']"),
    "mention": (LOAD, "report['I.1.1'].mentions[0]"),
    "link": (LOAD, "report.links[0]"),
    "layers of a report built by hand": (f"{LOAD}; again = {BY_HAND}", "again.layers"),
    "neighbours": (LOAD, "report.pillars['II.2'].action_area"),
}

# The same, but each answer is an object of its own, and all are equal.
FIRST_ANSWERS = {
    "search": (LOAD, "[(str(hit.ref), hit.score, hit.marked) for hit in report.search('emergency reserves of rice')]"),
    "find": (LOAD, "report.find(text='Myanmar', deep=True)"),
    "find by code": (LOAD, "report.find(code='sdg:13', mentions='ASEAN', deep=True)"),
    "suggestions": (LOAD, "report.entities.get('ASEAN Chater', str)"),
    "trace": (LOAD, "str(report.trace('I.1.2'))"),
    "codings": (LOAD, "report['III.2.4.3.b'].codings"),
    "graph": (LOAD, "report.graph()"),
    "with_overlay": (LOAD, "hash(report.with_overlay(report.overlays['sdg']))"),
    "error": (LOAD, "report.get('III.9', str)"),
    "dumps": (LOAD, "aj.dumps(report)"),
    "loads": (
        f"{IMPORT}; text = open(aj.__path__[0] + '/data/report.json', encoding='utf-8').read()",
        "aj.loads(text)",
    ),
    "html": (LOAD, "report._repr_html_()"),
}


def at_the_same_moment(before: str, asked: str) -> list[int]:
    """Count the answers, how many objects they are, and how many there are that differ."""
    command = [sys.executable, "-X", "utf8", "-c", AT_THE_SAME_MOMENT, before, asked]
    counts: list[int] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return counts


@pytest.mark.parametrize("process", range(PROCESSES))
@pytest.mark.parametrize("name", FIRST_USES)
def test_threads_that_come_first_get_one_object(name: str, process: int) -> None:
    """Whatever is made on first use is made for all."""
    del process
    assert at_the_same_moment(*FIRST_USES[name]) == [THREADS, 1, 1]


@pytest.mark.parametrize("process", range(PROCESSES))
@pytest.mark.parametrize("name", FIRST_ANSWERS)
def test_threads_that_come_first_get_equal_answers(name: str, process: int) -> None:
    """Nobody gets half of what is being made."""
    del process
    count, _, different = at_the_same_moment(*FIRST_ANSWERS[name])
    assert (count, different) == (THREADS, 1)


def test_race_is_seen() -> None:
    """The same threads make several reports where nothing keeps them from it, as a cache of Python does not."""
    unguarded = f"import functools; {IMPORT}; from asean_japan import loading; load = functools.cache(loading._read)"
    assert any(at_the_same_moment(unguarded, "load()")[1] > 1 for _ in range(10))


# Threads that share one report.


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let Python change threads as often as it can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(AS_OFTEN_AS_IT_CAN)
    yield
    sys.setswitchinterval(usual)


def by_hand() -> Report:
    """Build a report by hand."""
    report = asean_japan.load()
    return Report(edition=report.edition, sections=tuple(report.sections.values()), layers=report.layers)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("make", [asean_japan.load, by_hand])
def test_threads_that_read_at_once_agree(make: Callable[[], Report]) -> None:
    """All that can be asked of a report is answered in eight threads as it is in one."""
    expected = answers(make())
    report = make()
    barrier = Barrier(THREADS)

    def ask(_: int) -> dict[str, str]:
        barrier.wait()
        return answers(report)

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(ask, range(THREADS))) == [expected] * THREADS
