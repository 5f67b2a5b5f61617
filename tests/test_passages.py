"""Tests of passages: one a place, each with its own id, its text and what an index keeps beside it."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, cast

import pytest
from attrs import exceptions
from hypothesis import given, settings

from asean_japan import ArgumentError, Basis, Report
from asean_japan.testing import reports


@settings(max_examples=20)
@given(reports())
def test_one_passage_for_each_place(report: Report) -> None:
    """Nothing is merged, split or left out, and the order is that of reading."""
    nodes, claims = report.walk(), tuple(report.claims.values())
    for places, found in ((nodes, report.passages()), (claims, report.passages("claim"))):
        assert [passage.ref for passage in found] == [place.ref for place in places]
        assert [passage.text for passage in found] == [place.statement() for place in places]
        assert [passage.cite for passage in found] == [place.cite() for place in places]
        assert [passage.section for passage in found] == [place.section.ref for place in places]


def test_what_stands_beside_the_text(report: Report) -> None:
    """A node has its own kind and gist, a claim the gist of its node."""
    for node, passage in zip(report.walk(), report.passages(), strict=True):
        assert (passage.kind, passage.gist, passage.basis) == (node.kind, node.gist, Basis.RESTATED)
    for claim, passage in zip(report.claims.values(), report.passages("claim"), strict=True):
        assert (passage.kind, passage.gist) == ("claim", claim.parent.gist)


def test_passage_is_understood_alone(report: Report) -> None:
    """The lead-ins of all that stands above it come first."""
    (passage,) = (each for each in report.passages() if str(each.ref) == "III.2.4.3.a.i")
    assert [line.split()[0] for line in passage.text.splitlines()] == ["III.", "2.", "④", "•", "(a)", "i."]


def test_record_is_plain(report: Report) -> None:
    """It is JSON, has the address as its id, and leads back to the place; no two ids are the same."""
    found = [passage.record() for passage in (*report.passages(), *report.passages("claim"))]
    assert json.loads(json.dumps(found)) == found
    assert len({record["id"] for record in found}) == len(found) == 187 + 255
    for record in found:
        assert report[record["id"]].statement() == record["text"]
    found[0].clear()
    assert report.passages()[0].record()


def test_passage_is_a_value(report: Report) -> None:
    """It is frozen, hashes, and pickles and copies equal."""
    passage = report.passages()[5]
    assert pickle.loads(pickle.dumps(passage)) == passage == copy.deepcopy(passage)  # noqa: S301 - our own.
    assert passage in set(report.passages())
    with pytest.raises(exceptions.FrozenInstanceError):
        cast("Any", passage).text = "other"


@pytest.mark.parametrize("unit", ["sentence", "", None, 1, []])
def test_unknown_unit_is_refused(report: Report, unit: object) -> None:
    """The error says what would do."""
    with pytest.raises(ArgumentError, match="one of node, claim"):
        report.passages(cast("Any", unit))
