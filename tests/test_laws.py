"""Tests of what always holds: addresses lead where they say, order, immutability, soundness, and errors of our own."""

from __future__ import annotations

import copy
import functools
import itertools
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import TRAPS, ref_ranges, refs, reports, token_soup

import asean_japan
from asean_japan import (
    AmbiguousRefError,
    AseanJapanError,
    Claim,
    DataError,
    Edition,
    Hit,
    Mark,
    Node,
    Place,
    Places,
    Ref,
    RefRange,
    Report,
)

if TYPE_CHECKING:
    from asean_japan.refs import Steps

REPORT = asean_japan.load()
NODES = REPORT.walk()
PLACES: tuple[Place, ...] = (*NODES, *REPORT.claims.values())
few = settings(max_examples=30)  # Of examples that are reports, each of which has many places to look at.


def places_of(report: Report) -> tuple[Place, ...]:
    """Return all nodes and claims."""
    return (*report.walk(), *report.claims.values())


def sound(test: Callable[[Report], None]) -> Callable[[Report], None]:
    """Run a test for reports that are built by hand, and for the bundled one."""
    return few(given(reports())(example(REPORT)(test)))


# Law 1: addresses.


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.ref))
def test_every_written_form_leads_back(place: Place) -> None:
    """Each form of the address of each place is read strictly, resolved, and leads to the place."""
    for form in (str(place.ref), place.cite(), format(place.ref, "eid")):
        assert Ref.parse(form) == place.ref
        assert REPORT.resolve(form) == place.ref
        assert REPORT[form] is place


@sound
def test_every_form_leads_back_in_any_report(report: Report) -> None:
    """What holds for the bundled report holds for all."""
    for place in places_of(report):
        for form in (str(place.ref), place.cite(), format(place.ref, "eid"), place.ref):
            assert report.resolve(form) == place.ref
            assert report[form] is place


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("III-2-④", "III.2.4"),
        ("III.2.(4)", "III.2.4"),
        ("Ⅲ．２．④", "III.2.4"),
        ("item ④ of section III.2", "III.2.4"),
        ("Section III, 2, ④, third bullet, (a) i", "III.2.4.3.a.i"),
        ("III-2-④, 3rd bullet, (a) i", "III.2.4.3.a.i"),
        ("sec_III__subsec_2__para_4", "III.2.4"),
        ("III-3-②(a)", "III.3.2.1.a"),  # The only bullet of this item that has an (a).
        ("last bullet of III.2.4", "III.2.4.8"),
        ("sentence 3 of I.2.⑦", "I.2.7.s3"),
        ("last sentence of I.2.7", "I.2.7.s8"),
        ("§ IV, second paragraph", "IV.p2"),
        ("III.2-4", "III.2.4"),  # Not a range, since there is no III.4.
    ],
)
def test_spelling(written: str, canonical: str) -> None:
    """What people write leads to the place they mean."""
    assert REPORT.resolve(written) == Ref.parse(canonical)
    assert REPORT[written].ref == Ref.parse(canonical)
    assert written in REPORT


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("I.2.6-I.2.8", "I.2.6-I.2.8"),
        ("I.2.⑥–⑧", "I.2.6-I.2.8"),
        ("I-2-⑥ to I-2-⑧", "I.2.6-I.2.8"),
        ("items 6 to 8 of I.2", "I.2.6-I.2.8"),
        ("6th bullet to last bullet of III.2.4", "III.2.4.6-III.2.4.8"),
        ("I–III", "I-III"),
    ],
)
def test_spelling_of_a_range(written: str, canonical: str) -> None:
    """The same for a range."""
    assert REPORT.resolve(written) == RefRange.parse(canonical)


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("III-2-④(a)", [f"III.2.4.{bullet}.a" for bullet in range(1, 8)]),
        ("III.2.4-6", ["III.2.4.6", "III.2.4-III.2.6"]),
        ("I.1-3", ["I.1.3", "I.1-I.3"]),
    ],
)
def test_ambiguous_spelling(written: str, candidates: list[str]) -> None:
    """What can mean several places is refused, and the error names all of them."""
    with pytest.raises(AmbiguousRefError) as caught:
        REPORT[written]
    assert (caught.value.text, caught.value.candidates) == (written, tuple(candidates))


@given(st.sampled_from([place for place in PLACES if "letter" in levels(place.ref)]) if False else st.nothing())
def _unused(place: Place) -> None:  # pragma: no cover
    """Replaced below."""
