"""Tests of what became of the proposals: the values, the links that lead to them, and how they are found."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import attrs
import outcomes as tool
import pytest
from builders import REPORT, followed, outcome, report_with

from asean_japan import ArgumentError, Basis, Ref, Report
from asean_japan.model import FollowUp
from asean_japan.model.facts import is_date

FOLLOWING = [link for link in REPORT.links if link.kind == "followed_by"]


# The bundled ones.


def test_every_outcome_came_after_the_report() -> None:
    """Each has a date after the report's, a source on the web and a day of reading that is not before the event."""
    for each in REPORT.outcomes:
        assert is_date(each.date)
        assert each.date[:4] >= "2023"
        assert each.date == "2023" or each.date > REPORT.date
        assert each.source.startswith(("https://", "http://"))
        assert each.read[:7] >= each.date[:7]
        assert each.basis is Basis.RESEARCHED


def test_each_outcome_is_one_sentence() -> None:
    """It can be understood alone: 8 to 30 words, with a capital and a full stop."""
    for each in REPORT.outcomes:
        assert 8 <= len(each.text.split()) <= 30
        assert each.text[0].isupper()
        assert each.text.endswith(".")
        assert ". " not in each.text.replace("U.S. ", "")


def test_outcomes_are_counted() -> None:
    """By basis, kind and strength, so that none is lost."""
    assert Counter(each.basis for each in REPORT.outcomes) == {Basis.RESEARCHED: 37}
    assert Counter(link.strength for link in FOLLOWING) == {"partial": 36, "direct": 17}
    assert len({link.source_ref for link in FOLLOWING}) == 43
    kinds = Counter(each.kind for each in REPORT.outcomes)
    assert kinds == {"adopted": 14, "held": 10, "launched": 9, "enacted": 2, "continued": 1, "established": 1}


def test_outcomes_are_in_order_of_time() -> None:
    """By date, then by key; and so are those of each place."""
    assert list(REPORT.outcomes) == sorted(REPORT.outcomes, key=lambda each: (each.date, each.key))
    for node in REPORT.walk():
        dates = [each.date for each in node.outcomes]
        assert dates == sorted(dates)


def test_links_go_both_ways() -> None:
    """A place has each outcome to which a link of it leads; the outcome has the link and the place."""
    for node in REPORT.walk():
        own = [link for link in node.links if link.outcome_key]
        assert {each.link for each in node.outcomes} == set(own)
        for each in node.outcomes:
            assert each.link in each.outcome.links
            assert node in each.outcome.places
            assert each.link.outcome is each.outcome
    assert sum(len(each.links) for each in REPORT.outcomes) == len(FOLLOWING)
    assert all(each.links for each in REPORT.outcomes)


def test_reasons_quote_the_proposal() -> None:
    """Each link says why, with words of the proposal."""
    for link in FOLLOWING:
        words = " ".join(claim.text for claim in link.source.node.claims)
        quoted = (link.reason or "").split('"')[1::2]
        assert quoted
        assert all(each in words for each in quoted), (link.source_ref, quoted)


def test_follow_up_has_both_in_one() -> None:
    """What happened, and how far it does what was proposed."""
    (each,) = REPORT["III.2.4.6.a"].outcomes
    assert (each.key, each.text, each.date, each.kind) == tuple(
        getattr(each.outcome, name) for name in ("key", "text", "date", "kind")
    )
    assert (each.source, each.publisher, each.read) == (each.outcome.source, each.outcome.publisher, each.outcome.read)
    assert (each.strength, each.reason) == (each.link.strength, each.link.reason)
    assert str(each) == f"{each.outcome}\n  {each.link}"


# Others.


def test_detached_outcome_knows_no_links() -> None:
    """A value that belongs to no report says so."""
    made = outcome("e")
    assert made.detached
    with pytest.raises(Exception, match="detached"):
        _ = made.links
    assert str(made) == "2024-05: It happened.  (A ministry, https://example.org, read 2026)"


def test_outcomes_of_any_report() -> None:
    """Also an outcome to which nothing leads is a sound one."""
    report = report_with(outcomes=(outcome("e"), outcome("f")), links=(followed("III.1.1", "f"),))
    assert [each.links for each in report.outcomes] == [(), report.links]
    (link,) = report["III.1.1"].links
    assert str(link) == "III.1.1 is followed by f directly: It does what is asked."
    assert link.targets == ()
    assert report["III.1.1"].outcomes == (FollowUp(outcome=report.outcomes[1], link=link),)


# What is found.


def test_find_by_outcome() -> None:
    """Nodes that have one, that have none, and either."""
    having = {link.source_ref for link in FOLLOWING}
    assert [node.ref for node in REPORT.find(outcome=True)] == sorted(having)
    assert {node.ref for node in REPORT.find(outcome=False)} == {node.ref for node in REPORT.walk()} - having
    assert REPORT.find(outcome=None) == REPORT.find()


def test_find_by_outcome_deep() -> None:
    """Those that have one below, and those that have none there either."""
    above = {ref for link in FOLLOWING for ref in (link.source_ref, *link.source_ref.parents)}
    assert {node.ref for node in REPORT.find(outcome=True, deep=True)} == above
    assert {node.ref for node in REPORT.find(outcome=False, deep=True)} == {node.ref for node in REPORT.walk()} - above


@pytest.mark.parametrize("asked", ["yes", 1, Ref.parse("I")])
def test_find_by_outcome_takes_truth_only(asked: Any) -> None:  # noqa: ANN401  # Whatever it refuses.
    """What is neither true nor false is not guessed."""
    with pytest.raises(ArgumentError, match="outcome"):
        REPORT.find(outcome=asked)


# Without a basis.


def test_left_out_with_a_basis() -> None:
    """Without what is researched there are neither outcomes nor links to them; without judgments no links."""
    tables = REPORT.tables
    assert len(tables.outcomes) == len(REPORT.outcomes)
    lean = tables.leaving_out(Basis.RESEARCHED)
    assert len(lean.outcomes) == 0
    assert {row["outcome_key"] for row in lean.links.records()} == {None}
    judged = tables.leaving_out(Basis.EDITORIAL)
    assert len(judged.outcomes) == len(REPORT.outcomes)
    assert {row["outcome_key"] for row in judged.links.records()} == {None}


@pytest.mark.parametrize("name", ["jsonld", "graphml", "markdown", "html"])
def test_exports_have_outcomes(name: str) -> None:
    """All that carry layers have them; none has them without what is researched."""
    import asean_japan as aj

    write = getattr(aj.export, name)
    words = "JICA began three years"
    assert words in write(REPORT)
    assert words in write(REPORT["III.2.4.6.a"])
    assert words not in write(REPORT["III.1"])
    assert words not in write(REPORT, bases=[basis for basis in Basis if basis is not Basis.RESEARCHED])


# How they are made.


def test_file_is_made_of_the_tables() -> None:
    """What is bundled is what the tool makes."""
    assert tool.problems() == []
    assert tool.OUTCOMES.read_text("utf-8") == tool.dump()
    assert len(json.loads(tool.dump())["outcomes"]) == len(REPORT.outcomes)
    assert tool.counts() in tool.PAGE.read_text("utf-8")


def test_what_two_readers_saw() -> None:
    """Where they differ, the weaker strength holds; what one of them saw as the theme only is left out."""
    order = ("none", "partial", "direct")
    for pair in tool.pairs():
        weaker = min(pair["a"], pair["b"], key=order.index)
        assert order.index(pair["settled"] or "none") <= order.index(weaker)


BAD: list[tuple[str, dict[str, str], str]] = [
    ("pairs", {"settled": "strong"}, "'strong' is not a strength"),
    ("pairs", {"settled": "", "why": ""}, "settled without a reason"),
    ("pairs", {"reason": ""}, "a link has a reason, and nothing else does"),
    ("pairs", {"sha256": "abc"}, "'abc' is not a digest"),
    ("events", {"key": "x"}, "x: no proposal is followed by it"),
    ("pairs", {"outcome": "x"}, "x: no such event"),
]


@pytest.mark.parametrize(("what", "change", "message"), BAD, ids=[row[2] for row in BAD])
def test_bad_rows_are_named(
    what: str, change: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row that does not fit is told."""
    rows = getattr(tool, what)()
    changed = [{**rows[0], **change}, *rows[1:]]
    monkeypatch.setattr(tool, what, lambda: changed)
    assert any(message in problem for problem in tool.problems())
    assert tool.main([]) == 1
    assert message in capsys.readouterr().out


def test_event_twice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event has one row."""
    rows = tool.events()
    monkeypatch.setattr(tool, "events", lambda: [rows[0], *rows])
    assert tool.problems()[0] == f"{rows[0]['key']}: twice"


def test_link_without_its_outcome_is_refused() -> None:
    """No link dangles."""
    links = (followed("III.1.1", "e"),)
    with pytest.raises(Exception, match="unknown outcome: 'e'"):
        Report(
            edition=REPORT.edition,
            sections=tuple(REPORT.sections.values()),
            layers=attrs.evolve(report_with().layers, links=links),
        )


def test_links_begin_at_proposals() -> None:
    """Nothing else is followed."""
    kinds = {REPORT[link.source_ref].node.kind for link in FOLLOWING}
    assert kinds <= {"action_item", "action", "measure", "sub_measure"}
