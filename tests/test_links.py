"""Tests of links: both of their ends, the words that point, and what is stated and what is ours."""

from __future__ import annotations

from collections import Counter

import attrs
import pytest
from builders import REPORT, answers, report_with
from hypothesis import example, given, settings

from asean_japan import Basis, Claim, Link, Node, Place, Ref, RefRange, Report
from asean_japan.errors import DetachedNodeError
from asean_japan.testing import reports

IN_ANY_REPORT = settings(max_examples=30)
EDITORIAL = {"answers", "serves"}


def refs_of(places: tuple[Place, ...]) -> list[str]:
    """Write the addresses of places."""
    return [str(place.ref) for place in places]


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_links_lead_both_ways(report: Report) -> None:
    """A link is among those that begin at its source, and among those that lead to each of its targets; no other is."""
    for link in report.links:
        assert link in link.source.links
        assert link.targets
        assert all(link in target.back_links for target in link.targets)
    for place in (*report.walk(), *report.claims.values()):
        own = {place.ref, *(claim.ref for claim in place.claims)} if isinstance(place, Node) else {place.ref}
        assert Counter(place.links) == Counter(link for link in report.links if link.source_ref in own)
        expected = Counter(link for link in report.links for target in link.targets if target.ref in own)
        assert Counter(place.back_links) == expected


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_ends_are_places_of_the_report(report: Report) -> None:
    """A link to an address leads to one place, one to a range to all from the first to the last."""
    for link in report.links:
        assert link.source is report[link.source_ref]
        if isinstance(link.target_ref, Ref):
            assert link.targets == (report[link.target_ref],)
        else:
            first, last = link.target_ref.first, link.target_ref.last
            assert link.targets == tuple(
                node for node in report.between(link.target_ref) if node.ref.parent == first.parent
            )
            assert (link.targets[0].ref, link.targets[-1].ref) == (first, last)


def test_range_of_sections() -> None:
    """Sections have no parent, and still a range of them has all of them."""
    link = attrs.evolve(
        answers("III.1.1", "I.1.1"), target_ref=RefRange.parse("I-III"), kind="refers_to", basis=Basis.STATED
    )
    report = report_with(links=(attrs.evolve(link, strength=None, reason=None),))
    assert refs_of(report.links[0].targets) == ["I", "II", "III"]
    assert [len(report[section].back_links) for section in ("0", "I", "II", "III", "IV")] == [0, 1, 1, 1, 0]


def test_bundled_links_have_ranges() -> None:
    """Among the links there are some of each kind, and some to ranges."""
    assert {link.kind for link in REPORT.links} == EDITORIAL | {
        *("refers_to", "continues", "follows_from", "restates", "counterpart")
    }
    assert any(isinstance(link.target_ref, RefRange) for link in REPORT.links)


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_what_is_stated_and_what_is_ours(report: Report) -> None:
    """A judgment has a strength and a reason; it has words only to name a means. What is stated has no strength."""
    for link in report.links:
        assert (link.basis is Basis.EDITORIAL) is (link.kind in EDITORIAL)
        assert (link.strength is not None) is (link.kind in EDITORIAL)
        if link.kind in EDITORIAL:
            assert link.reason
            assert (link.text is not None) is (link.kind == "serves" and link.via_key is None)


def test_words_that_point() -> None:
    """The words of a link stand in the text of its source, at its offsets."""
    pointing = [link for link in REPORT.links if link.start is not None]
    assert len(pointing) > 20
    for link in pointing:
        source = link.source
        whole = source.text if isinstance(source, Claim) else source.node.heading or ""
        assert link.text == whole[link.start : link.end] != ""


def test_stated_links_come_first() -> None:
    """The report's own come first, each half in reading order."""
    order = {
        place.ref: at for at, place in enumerate(place for node in REPORT.walk() for place in (node, *node.claims))
    }
    bases = [link.basis for link in REPORT.links]
    assert bases == sorted(bases, key=[Basis.STATED, Basis.EDITORIAL].index)
    for basis in (Basis.STATED, Basis.EDITORIAL):
        for kind in {link.kind for link in REPORT.links if link.basis is basis}:
            sources = [order[link.source_ref] for link in REPORT.links if link.kind == kind]
            assert sources == sorted(sources)


def test_means() -> None:
    """Where a source names several, the link says which is meant."""
    meant = [link for link in REPORT.links if link.via_key]
    assert meant
    for link in REPORT.links:
        assert link.via is (REPORT.entities[link.via_key] if link.via_key else None)
    assert all(link.via in {mention.entity for mention in link.source.mentions} for link in meant)


def test_what_a_link_needs() -> None:
    """Both ends and a kind are enough: a judgment without words that point."""
    made = Link(source_ref=Ref.parse("III.1.1"), target_ref=Ref.parse("I.1.1"), kind="answers")
    assert (made.basis, made.strength, made.reason) == (Basis.EDITORIAL, None, None)
    assert (made.start, made.end, made.text, made.via_key, made.via) == (None, None, None, None, None)
    assert made.detached


@pytest.mark.parametrize(
    ("asked", "unknown"), [("source", "source"), ("targets", "targets"), ("text", "source"), ("via", "via")]
)
def test_detached_link(asked: str, unknown: str) -> None:
    """One that belongs to no report knows no places."""
    link = attrs.evolve(next(link for link in REPORT.links if link.start is not None), via_key="asean")
    with pytest.raises(DetachedNodeError) as caught:
        getattr(link, asked)
    assert (caught.value.ref, caught.value.asked) == ("Link", unknown)
