"""Tests that whoever reads the annotations of the package at run time can: agents, services, command lines."""

from __future__ import annotations

import subprocess
import sys

import public
import pytest

EXTRAS = ("docx", "hypothesis", "krippendorff", "networkx", "pyarrow", "pydantic", "pypdf", "rapidfuzz")
CALLABLES = public.callables(*public.MODULES, "asean_japan.testing")


def test_everything_public_is_found() -> None:
    """Methods, inherited properties, exceptions and strategies are among what the next test evaluates."""
    assert {
        "asean_japan.Report.find",
        "asean_japan.ActionItem.pillar",
        "asean_japan.errors.DetachedNodeError",
        "asean_japan.export.Table.arrow",
        "asean_japan.testing.reports",
    } <= CALLABLES.keys()
    assert len(CALLABLES) > 300


@pytest.mark.parametrize("path", CALLABLES)
def test_annotations_can_be_evaluated(path: str) -> None:
    """Whatever an annotation names is there at run time."""
    public.evaluate(CALLABLES[path])


def test_annotations_need_no_extra() -> None:
    """No annotation names a package that may not be installed."""
    code = (
        f"import sys, runpy; sys.modules.update(dict.fromkeys({EXTRAS})); runpy.run_path(sys.argv[1], None, '__main__')"
    )
    command = [sys.executable, "-c", code, public.__file__]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
