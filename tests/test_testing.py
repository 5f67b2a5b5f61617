"""Tests of the strategies: what they draw is sound, and all of it can be drawn."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from asean_japan import ArgumentError, Claim, Node, Place, Ref, RefRange, Report, testing
from asean_japan.model import KINDS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from asean_japan.model import Kind

QUICK = settings(max_examples=20, database=None)

WITHOUT_HYPOTHESIS = """
import sys
sys.modules["hypothesis"] = None  # As if it were not installed.
import asean_japan
try:
    import asean_japan.testing
except asean_japan.MissingExtraError as error:
    print(error.extra, isinstance(error, ImportError))
"""


@pytest.mark.parametrize("name", testing.__all__)
def test_strategy_is_documented(name: str) -> None:
    """Everything that is promised is there."""
    assert getattr(testing, name) is not None


@QUICK
@given(testing.reports())
def test_reports_are_sound(report: Report) -> None:
    """Nothing is wrong with a report that was drawn."""
    assert isinstance(report, Report)
    assert report.check() == ()


@settings(max_examples=10)
@given(st.integers(1, 2).flatmap(lambda least: testing.reports(least=least)))
def test_full_reports_have_every_kind(report: Report) -> None:
    """Where there are some of each, there are some of each."""
    assert {node.kind for node in report.walk()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_nodes_of_a_kind(kind: Kind) -> None:
    """A node of any kind can be drawn, and stands in a report."""

    @settings(max_examples=2, database=None)
    @given(testing.nodes(kind=kind))
    def drawn(node: Node) -> None:
        assert (node.kind, node.detached) == (kind, False)

    drawn()


@pytest.mark.long
def test_nodes_of_a_kind_that_there_is_not() -> None:
    """The name is checked when something is drawn."""
    unknown: SearchStrategy[Node] = testing.nodes(kind="chapter")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        find(unknown, lambda _: True, settings=QUICK)


@pytest.mark.long
@QUICK
@given(testing.places(), testing.claims(), testing.nodes())
def test_places_stand_in_a_report(place: Place, claim: Claim, node: Node) -> None:
    """All of them know their section."""
    for each in (place, claim, node):
        assert each.ref.is_relative_to(each.section.ref)


@QUICK
@given(testing.refs(), testing.ref_ranges())
def test_addresses_are_addresses(ref: Ref, span: RefRange) -> None:
    """They are read back."""
    assert Ref.parse(str(ref)) == ref
    assert RefRange.parse(str(span)) == span


def test_missing_extra_is_named() -> None:
    """Without hypothesis the import says what would bring it."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_HYPOTHESIS], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "testing True\n"
