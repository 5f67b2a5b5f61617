"""
Tests of what type checkers take answers for: mypy and pyright read them, in `make types`, and hold each to its type.

They are run as well, so that each attribute is there; `assert_type` returns its first argument and does nothing else.
"""

from __future__ import annotations

from typing import assert_type

import pytest

from asean_japan import (
    Action,
    ActionArea,
    ActionItem,
    ArgumentError,
    Assignment,
    Basis,
    Challenge,
    ChallengeArea,
    Claim,
    Code,
    Entity,
    Link,
    Measure,
    Node,
    Overlay,
    Paragraph,
    Pillar,
    Place,
    Ref,
    RefRange,
    Report,
    Section,
    SubMeasure,
    dumps,
    from_dict,
    load,
    loads,
    to_dict,
)
from asean_japan.model import Coding, DatedFact, Kind, Mark, Mention, Nodes, Quantity
from asean_japan.questions import Gaps, Hit, Hits, Passage, Places, Trace


def test_kinds_that_are_found(report: Report) -> None:
    """Who asks for nodes of a kind gets that kind."""
    assert_type(report.find(kind="section"), Nodes[Section])
    assert_type(report.find(kind="paragraph"), Nodes[Paragraph])
    assert_type(report.find(kind="challenge_area"), Nodes[ChallengeArea])
    assert_type(report.find(kind="challenge"), Nodes[Challenge])
    assert_type(report.find(kind="pillar"), Nodes[Pillar])
    assert_type(report.find(kind="action_area"), Nodes[ActionArea])
    assert_type(report.find(kind="action_item", text="rice"), Nodes[ActionItem])
    assert_type(report.find(kind="action", mentions="AOIP"), Nodes[Action])
    assert_type(report.find(kind="measure", code="sdg:13"), Nodes[Measure])
    assert_type(report.find(kind="sub_measure", year=2022, deep=True), Nodes[SubMeasure])
    assert_type(report.find(text="rice"), Nodes[Node])


@pytest.mark.parametrize("kind", ["action", None])
def test_kind_that_is_not_known_yet(report: Report, kind: Kind | None) -> None:
    """A variable may hold the kind."""
    assert_type(report.find(kind=kind), Nodes[Node])
    assert_type(report.walk(kind=kind), Nodes[Node])


def test_kinds_that_are_walked(report: Report) -> None:
    """So does who walks over a report or a place."""
    assert_type(report.walk(kind="challenge"), Nodes[Challenge])
    assert_type(report.walk(kind="pillar", prune=lambda node: not node.claims), Nodes[Pillar])
    assert_type(report.walk(), Nodes[Node])
    assert_type(report.sections["III"].walk(kind="sub_measure"), Nodes[SubMeasure])
    assert_type(report.sections["III"].walk(), Nodes[Node])
    assert_type(report.walk(kind="action_item")[0], ActionItem)
    assert_type(report.walk(kind="action_item")[1:], tuple[ActionItem, ...])
    assert_type([node.ref for node in report.walk(kind="action_item")], list[Ref])
    assert_type(report.between("I.2.⑥", "I.2.⑧"), Nodes[Node])


def test_what_checkers_refuse(report: Report) -> None:
    """A kind that does not exist is found before anything runs."""
    with pytest.raises(ArgumentError):
        report.find(kind="chapter")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        report.walk(kind="chapter")  # type: ignore[call-overload]


def test_collections(report: Report) -> None:
    """A collection knows what it holds, and what its default is."""
    assert_type(report.action_items, Places[ActionItem])
    assert_type(report.action_items["III-2-④"], ActionItem)
    assert_type(report.action_items.get("III-2-④"), ActionItem | None)
    assert_type(list(report.pillars.values()), list[Pillar])
    assert_type(list(report.claims.items()), list[tuple[Ref, Claim]])
    assert_type(report["III.2.4"], Place)
    assert_type(report.get("III.9"), Place | None)
    assert_type(report.get("III.9", "none"), Place | str)
    assert_type(report.resolve("III.2.4"), Ref)
    assert_type(report.resolve_all("I.2.⑥–⑧"), tuple[Ref | RefRange, ...])


def test_places(report: Report) -> None:
    """What every place of a kind has is never None for a checker."""
    item = report.action_items["III-2-④"]
    assert_type(item.mark, Mark)
    assert_type(item.pillar, Pillar)
    assert_type(item.pillar.heading, str)
    assert_type(item.action_area.heading, str)
    assert_type(item.actions, tuple[Action, ...])
    assert_type(item.heading, str | None)
    assert_type(item.text, str | None)
    assert_type(item.parent, Node | None)
    assert_type(item.report, Report)
    assert_type(report.paragraphs["II.p2"].mark, Mark | None)
    assert_type(report.sections["I"].heading, str)
    assert_type(report.challenges["I.2.7"].challenge_area, ChallengeArea)
    assert_type(report.measures["III.2.4.3.a"].action, Action)
    assert_type(report.sub_measures["III.2.4.3.a.i"].measure.mark, Mark)
    place = report["III.2.4"]
    assert_type(place.gist, str)
    assert_type(place.node, Node)
    assert_type(place.pillar, Pillar | None)
    assert_type(place.action_item, ActionItem | None)
    assert_type(place.ref.first, Ref)
    claim = report.claims["I.2.7.s3"]
    assert_type(claim.gist, str)
    assert_type(claim.parent, Node)
    assert_type(claim.next, Claim | None)
    assert_type(claim.verbatim, str | None)


def test_layers(report: Report) -> None:
    """Names, dates, quantities, links and codes."""
    place = report["III.2.4.3"]
    assert_type(place.mentions, tuple[Mention, ...])
    assert_type(place.bodies, tuple[Entity, ...])
    assert_type(place.dates, tuple[DatedFact, ...])
    assert_type(place.quantities, tuple[Quantity, ...])
    assert_type(place.links, tuple[Link, ...])
    assert_type(place.codings, tuple[Coding, ...])
    assert_type(report.entities["AOIP"], Entity)
    assert_type(report.entities.of_kind("fund"), tuple[Entity, ...])
    assert_type(report.entities["AOIP"].co_mentions(), tuple[tuple[Entity, int], ...])
    assert_type(report.overlays["sdg"]["III.2.4.3"], Coding)
    assert_type(report.overlays["sdg"].coded("13"), Nodes[Node])
    assert_type(report.links[0].target_ref, Ref | RefRange)
    assert_type(report.links[0].basis, Basis)
    assert_type(report.links[0].via, Entity | None)


def test_questions(report: Report) -> None:
    """Answers to questions."""
    assert_type(report.trace("I.1.2"), Trace)
    assert_type(report.trace("I.1.2").answers, Nodes[Node])
    assert_type(report.trace("I.1.2").challenges, tuple[Challenge, ...])
    assert_type(report.gaps(), Gaps)
    assert_type(report.search("rice"), Hits)
    assert_type(report.search("rice")[0], Hit)
    assert_type([hit.place for hit in report.search("rice")], list[Node])
    assert_type(report.passages("claim"), tuple[Passage, ...])


def test_values_made_by_hand(report: Report) -> None:
    """An overlay takes its codes and assignments in either form, and has them in one."""
    mine = Overlay(key="mine", title="Mine", codes={"now": "urgent"}, assignments={"I-1-②": "now"})
    assert_type(mine.codes, tuple[Code, ...])
    assert_type(mine.assignments, tuple[Assignment, ...])
    assert_type(Overlay.from_records([{"ref": "I.1.2", "code": "now"}], key="mine"), Overlay)
    assert_type(report.with_overlay(mine), Report)


def test_tables(report: Report) -> None:
    """The rows of a table have its columns as keys."""
    assert_type(report.tables.nodes.records()[0]["gist"], str)
    assert_type(report.tables.nodes.records()[0]["heading"], str | None)
    assert_type(report.tables.links.records()[0]["start"], int | None)


def test_dicts(report: Report) -> None:
    """A dict has the keys of what was written, and what is read is what was written."""
    assert_type(to_dict(report)["edition"]["title"], str)
    assert_type(to_dict(report)["sections"][1]["children"][0]["claims"][0]["text"], str)
    assert_type(to_dict(report.action_items["III.2.4"])["gist"], str)
    assert_type(to_dict(report.claims["I.2.7.s3"])["ref"], str)
    assert_type(to_dict(report.overlays["sdg"])["assignments"][0]["codes"], list[str])
    assert_type(dumps(report), str)
    assert_type(load(), Report)
    assert_type(from_dict(to_dict(load()["III.2.6"]), Node), Node)
    assert_type(loads(dumps(report)), Report)
