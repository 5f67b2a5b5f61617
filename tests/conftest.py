"""
What all tests share: how long they may take, the bundled report, and a reader's copy of it.

The profile `dev`, the default, draws few examples and leaves the tests out that are marked `long`; `ci` draws more, the
same ones each time, and runs everything; `soak` draws many. What is marked `exhaustive` reads hundreds of thousands of
texts; it runs wherever the long tests do, but not while coverage is measured, which would take it ten times as long.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import asean_japan

SOURCE_VARIABLE = "ASEAN_JAPAN_SOURCE"
NO_SOURCE = f"no copy of the report to check against: {SOURCE_VARIABLE} is not set"

settings.register_profile("dev", deadline=None, max_examples=25)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, max_examples=200, print_blob=True)
settings.register_profile("soak", deadline=None, max_examples=1_000)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "dev")
settings.load_profile(PROFILE)
_left_out: dict[str, list[pytest.Item]] = {"exhaustive": [], "long": []}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long, unless a profile asks for it, and what takes too long under coverage."""
    markers: list[str] = []
    if PROFILE == "dev" or config.getoption("--cov", None):
        markers.append("exhaustive")
    if PROFILE == "dev":
        markers.append("long")
    for item in items:
        marked = next((name for name in markers if item.get_closest_marker(name)), None)
        if marked:
            _left_out[marked].append(item)
    config.hook.pytest_deselected(items=[item for left in _left_out.values() for item in left])
    items[:] = [item for item in items if not any(map(item.get_closest_marker, markers))]


@pytest.fixture(scope="session")
def report() -> asean_japan.Report:
    """Return the bundled report."""
    return asean_japan.load()


@pytest.fixture(scope="session")
def source_text() -> str:
    """Return the text of the report itself, which is not part of the project; without it the test is skipped."""
    path = os.environ.get(SOURCE_VARIABLE)
    if not path:
        pytest.skip(NO_SOURCE)
    return Path(path).read_text(encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say below the results what was left out, and whether the data were held against the report."""
    for marker, left in _left_out.items():
        if left:
            how = "HYPOTHESIS_PROFILE=ci runs them" + ", without --cov" * (marker == "exhaustive")
            terminalreporter.write_line(f"{marker} tests: {len(left)} left out, {how}")
    path = os.environ.get(SOURCE_VARIABLE)
    what = f"against {path}" if path else f"skipped, {NO_SOURCE}"
    terminalreporter.write_line(f"source checks: {what}")
