"""What all tests share: how many examples hypothesis draws, the bundled report, and a reader's copy of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import asean_japan

SOURCE_VARIABLE = "ASEAN_JAPAN_SOURCE"
NO_SOURCE = f"no copy of the report to check against: {SOURCE_VARIABLE} is not set"

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, max_examples=200, print_blob=True)
settings.register_profile("soak", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


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
    """Say below the results whether the data were held against the report."""
    path = os.environ.get(SOURCE_VARIABLE)
    what = f"against {path}" if path else f"skipped, {NO_SOURCE}"
    terminalreporter.write_line(f"source checks: {what}")
