"""Tests of what needs a package that is not installed."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable

import attrs
import pytest

import asean_japan
from asean_japan import MissingExtraError, testing

REPORT = asean_japan.load()
SDG = REPORT.overlays["sdg"]
OTHERWISE = attrs.evolve(SDG.assignments[0], codes=("1",))

CHANGED = (
    "report.overlays['sdg'].agreement(attrs.evolve(report.overlays['sdg'], assignments=("
    "attrs.evolve(report.overlays['sdg'].assignments[0], codes=('1',)),)))"
)
WITHOUT = """
import sys
import attrs
sys.modules[{module!r}] = None
import asean_japan as aj
report = aj.load()
try:
    {call}
except aj.MissingExtraError as error:
    print(error.extra, error.module, isinstance(error, ImportError))
"""


@pytest.mark.parametrize(
    ("module", "extra", "call"),
    [
        ("networkx", "graph", "report.networkx()"),
        (
            "krippendorff",
            "agreement",
            CHANGED,
        ),
        ("hypothesis", "testing", "import asean_japan.testing"),
    ],
)
def test_missing_extra(module: str, extra: str, call: str) -> None:
    """Where a package is not installed, the error says which, and which extra brings it; all else works."""
    command = [sys.executable, "-c", WITHOUT.format(module=module, call=call)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [extra, module, "True"]


@pytest.mark.parametrize(
    ("module", "ask"),
    [
        ("networkx", REPORT.networkx),
        ("krippendorff", lambda: SDG.agreement(attrs.evolve(SDG, assignments=(OTHERWISE, *SDG.assignments[1:])))),
        ("hypothesis", lambda: runpy.run_path(testing.__file__)),
    ],
)
def test_missing_extra_in_this_process(module: str, ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, seen from inside."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError) as caught:
        ask()
    assert caught.value.module == module
