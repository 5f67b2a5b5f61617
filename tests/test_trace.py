"""Tests of what is traced along the links, and of what they leave open."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import Any, cast

import pytest
from builders import REPORT, answers, carried_out, followed, outcome, report_with, serves
from hypothesis import example, given, settings

from asean_japan import Challenge, Link, Node, Place, Ref, Report
from asean_japan.questions import Trace
from asean_japan.testing import reports

PLACES: tuple[Place, ...] = (*REPORT.walk(), *REPORT.claims.values())
BARE = report_with()
IN_ANY_REPORT = settings(max_examples=30)


def refs_of(places: tuple[Place, ...]) -> list[str]:
    """Write the addresses of places."""
    return [str(place.ref) for place in places]


# Traces.


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.ref))
def test_trace_from_everywhere(place: Place) -> None:
    """From every place there is a trace, in reading order, whose parts hang together and which is written in full."""
    trace = REPORT.trace(place.ref)
    assert trace == REPORT.trace(place)
    assert trace.place is place
    carrying, answering, serving, following = (
        [link for link in trace.links if link.kind == kind]
        for kind in ("carried_out_by", "answers", "serves", "followed_by")
    )
    assert [*carrying, *answering, *serving, *following] == list(trace.links)
    assert {claim.ref for claim in trace.promises} == {link.source_ref for link in carrying} | promises_of(place)
    assert refs_of(trace.proposals) == sorted_refs(link.target_ref for link in carrying)
    assert list(trace.outcomes) == [each for each in REPORT.outcomes if each in {link.outcome for link in following}]
    assert refs_of(trace.answers) == sorted_refs(link.source_ref for link in answering)
    own = {place.ref} if isinstance(place, Challenge) else set[Ref]()
    assert refs_of(trace.challenges) == sorted_refs({cast("Ref", link.target_ref) for link in answering} | own)
    assert refs_of(trace.means) == sorted_refs(link.source_ref for link in serving)
    known = {pillar_of(node) for node in (*trace.answers, place.node)} - {None}
    assert refs_of(trace.pillars) == sorted_refs(known)
    words = re.split(r"[:;,\s]+", str(trace))
    for part in (*trace.promises, *trace.proposals, *trace.challenges, *trace.answers, *trace.means):
        assert str(part.ref) in words
    assert str(place.section.ref) == "III" or {str(pillar.ref) for pillar in trace.pillars} <= {*words}
    for link in serving:
        assert str(link.target_ref) in words
    if str(place.section.ref) == "II":
        assert all(str(link.source_ref) in words for link in following)
    else:
        assert all(outcome.text in str(trace) for outcome in trace.outcomes)
    assert str(trace)


def promises_of(place: Place) -> set[Ref]:
    """Return the addresses of the claims in the prose of pillars that a place is or has."""
    nodes = place.walk() if isinstance(place, Node) else ()
    claims = [claim for node in nodes for claim in node.claims] if nodes else [place]
    return {claim.ref for claim in claims if claim.pillar and str(claim.section.ref) == "II"}


def sorted_refs(refs: Any) -> list[str]:  # noqa: ANN401  # Any iterable of them.
    """Write each address once, in reading order."""
    return [str(ref) for ref in sorted(set(refs))]


def pillar_of(node: Node) -> Ref | None:
    """Give the address of the pillar whose number a place below section II or III has."""
    section, *below = str(node.ref).split(".")
    return Ref.parse(f"II.{below[0]}") if section in {"II", "III"} and below and below[0].isdigit() else None


def test_every_editorial_link_is_traced() -> None:
    """From a challenge all that answers it is found with its means, by a search through all links."""

    def near(link: Link, refs: list[Ref]) -> bool:
        ends = [link.source_ref] if link.outcome_key else [cast("Ref", link.target_ref)]
        return any(end.is_relative_to(ref) or ref.is_relative_to(end) for end in ends for ref in refs)

    for challenge in REPORT.challenges.values():
        direct = [link for link in REPORT.links if link.kind == "answers" and link.target_ref == challenge.ref]
        refs = [link.source_ref for link in direct]
        beside = [link for link in REPORT.links if link.kind in {"serves", "followed_by"} and near(link, refs)]
        assert list(REPORT.trace(challenge).links) == direct + beside


def test_trace_leads_back() -> None:
    """What is found from a challenge finds the challenge: its pillars, its answers and their means."""
    for challenge in REPORT.challenges.values():
        trace = REPORT.trace(challenge)
        for found in (*trace.pillars, *trace.answers, *trace.means):
            assert challenge in REPORT.trace(found).challenges
            assert set(trace.answers) & set(REPORT.trace(found).answers)


def test_trace_from_proposals() -> None:
    """From a proposal only that is found which it answers and what serves it, or what stands above or below it."""
    for node in REPORT.sections["III"].walk():
        related = [*node.ancestors, *node.walk()]
        expected = {
            link.target_ref
            for link in REPORT.links
            if link.kind == "answers" and link.source_ref in {n.ref for n in related}
        }
        trace = REPORT.trace(node)
        assert {challenge.ref for challenge in trace.challenges} == expected
        serving = [link for link in trace.links if link.kind == "serves"]
        assert serving == [
            link
            for link in REPORT.links
            if link.kind == "serves" and link.target_ref in {each.ref for each in related} | {node.ref}
        ]
        written = [line for line in str(trace).splitlines() if line.lstrip().startswith("served ")]
        assert not serving or written
        if not trace.challenges:
            assert len(written) == len(serving)


def test_no_means_of_neighbours() -> None:
    """What serves another proposal under the same answer is none of a proposal's means."""
    report = report_with(
        links=(answers("III.2.3", "I.2.6"), serves("IV.p1.s1", "III.2.3.1"), serves("IV.p2.s1", "III.2.3.2"))
    )
    assert refs_of(report.trace("III.2.3.2").means) == refs_of(report.trace("III.2.3.2.c").means) == ["IV.p2.s1"]
    assert refs_of(report.trace("III.2.3").means) == refs_of(report.trace("I.2.6").means) == ["IV.p1.s1", "IV.p2.s1"]
    assert "IV.p1.s1" not in str(report.trace("III.2.3.2"))


@pytest.mark.parametrize("address", ["II.1", "II.1.p1", "II.1.p1.s1"])
def test_trace_from_a_pillar_and_its_prose(address: str) -> None:
    """The prose of a pillar is about what stands under it."""
    assert REPORT.trace(address).answers == tuple(
        answer for answer in REPORT.trace("III").answers if answer.ref.is_relative_to(Ref.parse("III.1"))
    )


def test_trace_as_text() -> None:
    """A trace is written from the challenge down, and tells whether an answer is a full one."""
    report = report_with(
        links=(
            answers("III.1.3", "I.1.2"),
            answers("III.2.1.1", "I.1.2", "partial"),
            serves("IV.p1.s1", "III.1.3.1"),
            serves("IV.p1.s2", "III.2.1"),
            serves("IV.p1.s2", "III.3.1"),
        )
    )
    gists = {
        ref: report[ref].gist for ref in ("I.1.2", "II.1", "II.2", "II.3", "III.1.3", "III.2.1.1", "III.3.1", "IV.p1")
    }
    assert str(report.trace("I.1.2")).splitlines() == [
        f"Challenge I.1.2: {gists['I.1.2']}",
        f"  Pillar II.1: {gists['II.1']}",
        f"    III.1.3 answers it directly: {gists['III.1.3']}",
        f"      served at III.1.3.1 by IV.p1.s1: {gists['IV.p1']}",
        f"  Pillar II.2: {gists['II.2']}",
        f"    III.2.1.1 answers it in part: {gists['III.2.1.1']}",
        f"      served at III.2.1 by IV.p1.s2: {gists['IV.p1']}",
    ]
    assert str(report.trace("IV.p1.s2")).splitlines() == [
        f"Challenge I.1.2: {gists['I.1.2']}",
        f"  Pillar II.2: {gists['II.2']}",
        f"    III.2.1.1 answers it in part: {gists['III.2.1.1']}",
        f"      served at III.2.1 by IV.p1.s2: {gists['IV.p1']}",
        "Without a challenge",
        f"    III.3.1: {gists['III.3.1']}",
        f"      served by IV.p1.s2: {gists['IV.p1']}",
    ]
    unanswering = [
        "III.3.1 answers no challenge",
        f"  Pillar II.3: {gists['II.3']}",
        f"    III.3.1: {gists['III.3.1']}",
        f"      served by IV.p1.s2: {gists['IV.p1']}",
    ]
    assert str(report.trace("III.3.1")).splitlines() == unanswering
    assert str(report.trace("I.1.1")) == f"Challenge I.1.1: {report['I.1.1'].gist}"
    bare = str(report_with().trace("II.3")).splitlines()
    assert bare[0] == f"Pillar II.3: {gists['II.3']}"
    assert set(bare[2::2]) == {"    no proposal carries it out"}
    alone = report_with(links=(serves("IV.p1.s2", "III.3.1"),))
    assert str(alone.trace("IV.p1.s2")).splitlines() == ["Without a challenge", *unanswering[2:]]
    for address in ("0", "0.p1", "II.p1", "II.p2.s1", "IV.p2.s3"):
        assert str(report.trace(address)) == f"No editorial link leads to or from {address}"


PROMISE = REPORT.claims["II.1.p1.s2"].text


def test_trace_of_a_pillar_as_text() -> None:
    """A pillar has its promises, each with the addresses of what carries it out, and what is answered under it."""
    report = report_with(
        outcomes=(outcome("e"),),
        links=(
            carried_out("II.1.p1.s1", "III.1.3"),
            carried_out("II.1.p1.s1", "III.2.4", "partial"),
            carried_out("II.1.p1.s2", "III.1.2", "partial"),
            answers("III.1.3", "I.1.2"),
            answers("III.2.4", "I.1.2"),
            serves("IV.p1.s1", "III.1.3.1"),
            followed("III.1.3", "e"),
        ),
    )
    lines = str(report.trace("II.1")).splitlines()
    assert lines == [
        f"Pillar II.1: {report['II.1'].gist}",
        f"  II.1.p1.s1: {shorten(report.claims['II.1.p1.s1'].text, 100, placeholder=' …')}",
        "    carried out by III.1.3; in part by III.2.4",
        f"  II.1.p1.s2: {shorten(PROMISE, 100, placeholder=' …')}",
        "    carried out in part by III.1.2",
        *(
            line
            for at in (3, 4)
            for line in (
                f"  II.1.p1.s{at}: {shorten(report.claims[f'II.1.p1.s{at}'].text, 100, placeholder=' …')}",
                "    no proposal carries it out",
            )
        ),
        f"  Challenge I.1.2 is answered by III.1.3: {report['I.1.2'].gist}",
        "  IV.p1.s1 serves III.1.3.1",
        "  Outcomes follow III.1.3",
    ]
    assert str(report.trace("II.1.p1")) == str(report.trace("II.1"))
    assert str(report.trace("II")).startswith("\n".join(lines))


def test_trace_of_a_promise_as_text() -> None:
    """One promise is written in full, each proposal that carries it out in a line; a proposal has its promises."""
    report = report_with(
        outcomes=(outcome("e"), outcome("f")),
        links=(
            carried_out("II.1.p1.s2", "III.1.2"),
            carried_out("II.1.p1.s2", "III.2.4", "partial"),
            answers("III.1.3", "I.1.2"),
            followed("III.1.2", "e", "partial"),
            followed("III.1.3.1", "f"),
        ),
    )
    gists = {ref: report[ref].gist for ref in ("II.1", "III.1.2", "III.2.4", "I.1.2", "III.1.3")}
    assert str(report.trace("II.1.p1.s2")).splitlines()[:4] == [
        f"Pillar II.1: {gists['II.1']}",
        f"  II.1.p1.s2: {PROMISE}",
        f"    III.1.2 carries it out directly: {gists['III.1.2']}",
        f"    III.2.4 carries it out in part: {gists['III.2.4']}",
    ]
    assert str(report.trace("III.1.2")).splitlines() == [
        f"Promise II.1.p1.s2: {shorten(PROMISE, 100, placeholder=' …')}",
        f"  III.1.2 carries it out directly: {gists['III.1.2']}",
        "III.1.2 answers no challenge",
        f"  Pillar II.1: {gists['II.1']}",
        f"    III.1.2: {gists['III.1.2']}",
        "      followed in part, 2024-05: It happened.",
    ]
    assert str(report.trace("I.1.2")).splitlines() == [
        f"Challenge I.1.2: {gists['I.1.2']}",
        f"  Pillar II.1: {gists['II.1']}",
        f"    III.1.3 answers it directly: {gists['III.1.3']}",
        "      followed at III.1.3.1 directly, 2024-05: It happened.",
    ]
    unkept = report_with(links=(carried_out("II.1.p1.s2", "III.1.2"), answers("III.1.3", "I.1.2")))
    assert "    no proposal carries it out" in str(unkept.trace("II.1.p1.s1")).splitlines()


@pytest.mark.parametrize("address", ["II.1", "II.2", "II.3"])
def test_trace_of_a_pillar_is_short(address: str) -> None:
    """It fits on a screen."""
    assert len(str(REPORT.trace(address)).splitlines()) <= 40


def test_means_stand_under_what_they_serve() -> None:
    """Where nothing is answered, each link stands once, under its own target."""
    report = report_with(links=(serves("IV.p1.s1", "III.2.6"), serves("IV.p2.s1", "III.2.6.2")))
    lines = str(report.trace("III.2.6.2")).splitlines()
    assert [line.split(":")[0].strip() for line in lines] == [
        "III.2.6.2 answers no challenge",
        "Pillar II.2",
        "III.2.6",
        "served by IV.p1.s1",
        "III.2.6.2",
        "served by IV.p2.s1",
    ]


@IN_ANY_REPORT
@given(reports())
def test_trace_in_any_report(report: Report) -> None:
    """Also in other reports there is a trace from everywhere, and it leads back."""
    for place in (*report.walk(), *report.claims.values()):
        trace = report.trace(place)
        assert isinstance(trace, Trace)
        assert isinstance(str(trace), str)
        for challenge in trace.challenges:
            for answer in trace.answers:
                linked = any(link.target_ref == challenge.ref for link in answer.links)
                assert (answer in report.trace(challenge).answers) is linked


def test_trace_as_html_is_escaped() -> None:
    """A notebook shows the text as it is."""
    shown = REPORT.trace("I.1.2")._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert shown.startswith("<pre>Challenge I.1.2: ")
    assert "<" not in shown.removeprefix("<pre>").removesuffix("</pre>")


# Gaps.


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
@example(BARE)
def test_gaps(report: Report) -> None:
    """What is open is what no link says, counted one by one."""
    links = [link for link in report.links if link.kind == "answers"]
    strengths = {node.ref: {link.strength for link in links if link.target_ref == node.ref} for node in report.walk()}
    gaps = report.gaps()
    assert list(gaps.challenges) == [each for each in report.challenges.values() if not strengths[each.ref]]
    assert list(gaps.partial) == [each for each in report.challenges.values() if strengths[each.ref] == {"partial"}]
    kept = {link.source_ref for link in report.links if link.kind == "carried_out_by"}
    assert {claim.ref for claim in gaps.promises} == {
        ref for each in report.sections.values() for ref in promises_of(each)
    } - kept
    proposals = [node for node in report.walk() if node.kind in {"action_item", "action"}]
    assert list(gaps.proposals) == [
        node
        for node in proposals
        if not any(
            link.source_ref.is_relative_to(node.ref) or node.ref.is_relative_to(link.source_ref) for link in links
        )
    ]


def test_gaps_without_links() -> None:
    """Where nothing is linked everything is open."""
    gaps = BARE.gaps()
    assert gaps.challenges == tuple(BARE.challenges.values())
    assert len(gaps.promises) == 18
    assert (gaps.partial, len(gaps.proposals)) == ((), len(BARE.action_items) + len(BARE.actions))


def test_gaps_as_text() -> None:
    """What is open is listed under three titles; where nothing is open, that is said."""
    report = report_with(links=(answers("III.1.3", "I.1.2"), answers("III.2.4", "I.1.3", "partial")))
    lines = str(report.gaps()).splitlines()
    titles = [line for line in lines if not line.startswith("  ")]
    assert titles == [
        *("No proposal answers:", "No proposal answers directly:", "No proposal carries out:", "Answers no challenge:")
    ]
    gaps = report.gaps()
    assert lines == [
        titles[0],
        *(f"  {each.ref}: {each.gist}" for each in gaps.challenges),
        titles[1],
        f"  I.1.3: {report['I.1.3'].gist}",
        titles[2],
        *(f"  {each.ref}: {shorten(each.text, 100, placeholder=' …')}" for each in gaps.promises),
        titles[3],
        *(f"  {each.ref}: {each.gist}" for each in gaps.proposals),
    ]
    assert str(REPORT.gaps()).startswith("No proposal answers:\n  none found\nNo proposal answers directly:\n")
