"""Tests of places as values: relations, words, trees, and what they are outside a report."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import Any, cast, get_origin

import attrs
import pytest
from hypothesis import example, given, settings
from pasting import is_shown_well, pasted

import asean_japan
from asean_japan import (
    Action,
    ActionArea,
    ActionItem,
    ArgumentError,
    Basis,
    Challenge,
    ChallengeArea,
    Claim,
    DataError,
    LimitError,
    Measure,
    Node,
    Paragraph,
    Pillar,
    Place,
    Ref,
    Report,
    Section,
    SubMeasure,
    basis_of,
)
from asean_japan.errors import DetachedNodeError
from asean_japan.model import KINDS, Edition, Kind, Mark, Nodes
from asean_japan.questions import Places
from asean_japan.testing import reports

REPORT = asean_japan.load()


def node_at(address: str) -> Node:
    """Return a node of the bundled report."""
    place = REPORT[address]
    assert isinstance(place, Node)
    return place


def built() -> Section:
    """Return a small section that stands in no report, and has markup in its words."""
    claims = (
        Claim(ref=Ref.parse("0.p1.s1"), text="Some *words*."),
        Claim(ref=Ref.parse("0.p1.s2"), text="Others <b>."),
    )
    return Section(
        ref=Ref.parse("0"),
        mark=Mark(text="0.", value=0, style="arabic"),
        heading="Head & line",
        gist="A section",
        children=(Paragraph(ref=Ref.parse("0.p1"), gist="A paragraph", claims=claims),),
    )


# Kinds and relations.


@pytest.mark.parametrize(
    ("kind", "cls", "count"),
    [
        ("section", Section, 5),
        ("paragraph", Paragraph, 11),
        ("challenge_area", ChallengeArea, 3),
        ("challenge", Challenge, 14),
        ("pillar", Pillar, 3),
        ("action_area", ActionArea, 3),
        ("action_item", ActionItem, 20),
        ("action", Action, 72),
        ("measure", Measure, 52),
        ("sub_measure", SubMeasure, 4),
    ],
)
def test_kinds(kind: Kind, cls: type[Node], count: int) -> None:
    """Each kind has a class and a name, and the report has so many of it."""
    assert (KINDS[kind], cls.kind) == (cls, kind)
    assert [node.kind for node in REPORT.walk() if isinstance(node, cls)] == [kind] * count


@pytest.mark.parametrize(
    ("address", "relation", "expected"),
    [
        ("0", "paragraphs", "0.p1 0.p2 0.p3 0.p4"),
        ("0", "challenge_areas", ""),
        ("I", "challenge_areas", "I.1 I.2 I.3"),
        ("I", "paragraphs", ""),
        ("I", "pillars", ""),
        ("I", "action_areas", ""),
        ("II", "pillars", "II.1 II.2 II.3"),
        ("II", "paragraphs", "II.p1 II.p2"),
        ("III", "action_areas", "III.1 III.2 III.3"),
        ("I.3", "challenges", "I.3.1 I.3.2"),
        ("II.2", "paragraphs", "II.2.p1"),
        ("III.3", "action_items", "III.3.1 III.3.2 III.3.3 III.3.4 III.3.5"),
        ("III.1.5", "actions", "III.1.5.1 III.1.5.2"),
        ("III.1.1", "actions", ""),
        ("III.2.4.3", "measures", "III.2.4.3.a III.2.4.3.b"),
        ("III.2.4.3.a", "sub_measures", "III.2.4.3.a.i III.2.4.3.a.ii"),
        ("III.2.4.3.b", "sub_measures", ""),
    ],
)
def test_relations_down(address: str, relation: str, expected: str) -> None:
    """Each kind names what stands below it."""
    below: tuple[Node, ...] = getattr(REPORT[address], relation)
    assert isinstance(below, tuple)
    assert " ".join(str(node.ref) for node in below) == expected


@pytest.mark.parametrize(
    ("address", "relation", "expected"),
    [
        ("I.2.7", "challenge_area", "I.2"),
        ("II.2", "action_area", "III.2"),
        ("III.2", "pillar", "II.2"),
        ("III.2.4", "action_area", "III.2"),
        ("III.2.4", "pillar", "II.2"),
        ("III.2.4.3", "action_item", "III.2.4"),
        ("III.2.4.3.a", "action", "III.2.4.3"),
        ("III.2.4.3.a.ii", "measure", "III.2.4.3.a"),
        ("III.2.4.3.a", "action_item", "III.2.4"),
        ("III.2.4.3.a.ii", "action_item", "III.2.4"),
        ("III.2.4.3.a.ii", "section", "III"),
        ("I.2.7.s3", "section", "I"),
        ("I.2.7.s3", "parent", "I.2.7"),
        ("I.2.7", "next", "I.2.8"),
        ("I.2.7", "previous", "I.2.6"),
        ("II.p1", "next", "II.1"),  # In reading order, so that paragraphs and pillars are neighbours.
        ("II.p2", "previous", "II.3"),
        ("I", "previous", "0"),
        ("I", "next", "II"),
    ],
)
def test_relations_to_one(address: str, relation: str, expected: str) -> None:
    """Each kind names what it stands in and what it goes with."""
    assert getattr(REPORT[address], relation) is REPORT[expected]


@pytest.mark.parametrize(
    ("address", "relation"), [("0", "previous"), ("IV", "next"), ("IV", "parent"), ("I.1", "previous")]
)
def test_nothing_there(address: str, relation: str) -> None:
    """At an end there is none."""
    assert getattr(REPORT[address], relation) is None


@settings(max_examples=20)
@given(reports())
def test_relations_in_any_report(report: Report) -> None:
    """Below and above are inverse, and each action area has its pillar and the other way round."""
    for area in report.action_areas.values():
        assert area.pillar.action_area is area
        assert (area.pillar.mark, area.pillar.heading) == (area.mark, area.heading)
        assert all(item.action_area is area and item.pillar is area.pillar for item in area.action_items)
    for section in report.sections.values():
        assert {*section.paragraphs, *section.challenge_areas, *section.pillars, *section.action_areas} == {
            *section.children
        }
    assert all(challenge.challenge_area.challenges.count(challenge) == 1 for challenge in report.challenges.values())
    assert all(action.action_item.actions.count(action) == 1 for action in report.actions.values())
    assert all(measure.action.measures.count(measure) == 1 for measure in report.measures.values())
    assert all(sub.measure.sub_measures.count(sub) == 1 for sub in report.sub_measures.values())


def enclosing(place: Place) -> dict[str, str | None]:
    """Say by its address alone what a place belongs to."""
    section, area, item, *_ = (*str(place.node.ref).split("."), "", "")
    area, item = (part if part.isdigit() else "" for part in (area, item))
    under = area if section in {"II", "III"} else ""
    return {
        "pillar": f"II.{under}" if under else None,
        "action_area": f"III.{under}" if under else None,
        "action_item": f"III.{area}.{item}" if section == "III" and item else None,
        "challenge": f"I.{area}.{item}" if section == "I" and item else None,
    }


@settings(max_examples=20)
@given(reports())
@example(REPORT)
def test_every_place_knows_what_it_belongs_to(report: Report) -> None:
    """Pillar, action area, action item and challenge can be asked of every place; where there is none it is None."""
    for place in (*report.walk(), *report.claims.values()):
        for relation, address in enclosing(place).items():
            assert getattr(place, relation) is (report[address] if address else None)


@pytest.mark.parametrize(
    ("relation", "count"),
    [
        ("pillar", 24 + 300),  # Section II without itself and its own two paragraphs; section III without itself.
        ("action_area", 24 + 300),
        ("action_item", 297),  # Of these, without the three areas, which say nothing themselves.
        ("challenge", 75),  # Section I without itself and the three areas with their four claims.
    ],
)
def test_how_many_places_belong_to_one(relation: str, count: int) -> None:
    """Of all nodes and claims, as many belong to a pillar, an area, an item or a challenge as the report has there."""
    places = (*REPORT.walk(), *REPORT.claims.values())
    assert len(places) == 187 + 255
    assert sum(getattr(place, relation) is not None for place in places) == count


@settings(max_examples=20)
@given(reports())
@example(REPORT)
def test_every_place_has_a_node_and_a_label(report: Report) -> None:
    """A node is its own node; a claim has the node whose sentence it is, and the label of that."""
    for node in report.walk():
        assert node.node is node
        for claim in node.claims:
            assert claim.node is claim.parent is node
            assert claim.gist == node.gist


@settings(max_examples=20)
@given(reports())
@example(REPORT)
def test_text_of_a_node(report: Report) -> None:
    """It has all of its own claims and no heading; a node that says nothing itself has none."""
    for node in report.walk():
        assert node.text == (" ".join(claim.text for claim in node.claims) if node.claims else None)


@pytest.mark.parametrize(("address", "label"), [("0", "0."), ("I.2.7", "⑦"), ("III.2.4.3", "•"), ("II.p1", "¶")])
def test_label(address: str, label: str) -> None:
    """What has no printed number is labelled by what it is."""
    assert node_at(address).label == label


# Walking.


@pytest.mark.parametrize(
    ("address", "kind", "expected"),
    [
        ("III.2.4.3", None, "III.2.4.3 III.2.4.3.a III.2.4.3.a.i III.2.4.3.a.ii III.2.4.3.b"),
        ("III.2.4.3", "sub_measure", "III.2.4.3.a.i III.2.4.3.a.ii"),
        ("II", "paragraph", "II.p1 II.1.p1 II.2.p1 II.3.p1 II.p2"),
        ("III.2.4.3", "action", "III.2.4.3"),
        ("III.2.4.3", "pillar", ""),
    ],
)
def test_walk(address: str, kind: Kind | None, expected: str) -> None:
    """A walk gives a node and what is below it, perhaps of one kind only, inside a report and outside."""
    assert " ".join(str(node.ref) for node in node_at(address).walk(kind=kind)) == expected
    assert " ".join(str(node.ref) for node in copied(node_at(address)).walk(kind=kind)) == expected


def test_walk_that_is_pruned() -> None:
    """Below a pruned node nothing is given; the node itself is, if it is of the kind."""
    pruned = node_at("III.2.4").walk(prune=lambda node: node.ref == Ref.parse("III.2.4.3"))
    gone = {"III.2.4.3.a", "III.2.4.3.a.i", "III.2.4.3.a.ii", "III.2.4.3.b"}
    assert list(pruned) == [node for node in node_at("III.2.4").walk() if str(node.ref) not in gone]
    assert [str(node.ref) for node in node_at("II").walk(kind="pillar", prune=lambda node: node.kind == "pillar")] == [
        "II.1",
        "II.2",
        "II.3",
    ]


def test_walk_of_a_kind_that_does_not_exist() -> None:
    """The error names all kinds."""
    with pytest.raises(ArgumentError) as caught:
        node_at("I").walk(kind=cast("Kind", "chapter"))
    assert (caught.value.argument, caught.value.value) == ("kind", "chapter")
    assert caught.value.expected == f"one of {', '.join(KINDS)}"


def test_leaves() -> None:
    """A leaf is what has nothing below it, and gives itself."""
    assert [str(node.ref) for node in node_at("III.2.4.3").leaves] == ["III.2.4.3.a.i", "III.2.4.3.a.ii", "III.2.4.3.b"]
    assert node_at("I.2.7").leaves == (node_at("I.2.7"),)


def test_nodes_are_of_a_kind() -> None:
    """What asks for one kind gives nodes of that kind, which type checkers know, too."""
    items: Nodes[ActionItem] = REPORT.find(kind="action_item")
    walked: Nodes[ActionItem] = REPORT.walk(kind="action_item")
    below: Nodes[Measure] = node_at("III.2.4").walk(kind="measure")
    nodes: Nodes[Node] = items  # Of each kind are nodes.
    assert items == walked == nodes == tuple(REPORT.action_items.values())
    assert [item.action_area.pillar.ref for item in items[:1]] == [Ref.parse("II.1")]
    assert {measure.action.action_item for measure in below} == {node_at("III.2.4")}
    assert (get_origin(Nodes[ActionItem]), type(items), type(below)) == (Nodes, Nodes, Nodes)
    assert Nodes(items) == items
    assert Nodes[ActionItem](items) == items
    assert pickle.loads(pickle.dumps(items)) == items  # noqa: S301 - our own.
    assert type(pickle.loads(pickle.dumps(items))) is Nodes  # noqa: S301 - our own.


def test_nodes_as_text() -> None:
    """They are written a line each, and as their number where a line is too short; none found is said."""
    found = node_at("III.2.4.3").walk(kind="sub_measure")
    assert str(found).splitlines() == [f"{node.cite()}  {node.label} {node.gist}" for node in found]
    assert str(node_at("I").walk(kind="measure")) == "none found"
    assert pasted(found) == found
    assert is_shown_well(REPORT.walk())
    assert repr(REPORT.walk()).startswith("<Nodes: 187 items, first asean_japan.load()['0']")


# Words.


def test_statement_of_a_node() -> None:
    """A statement has a line for each place from the section down: its heading, or else all of its claims."""
    lines = node_at("III.2.4.3.a.i").statement().splitlines()
    nodes = [*reversed(node_at("III.2.4.3.a.i").ancestors), node_at("III.2.4.3.a.i")]
    said = [node.heading or " ".join(claim.text for claim in node.claims) for node in nodes]
    assert lines == [
        f"{label} {words}" for label, words in zip(("III.", "2.", "④", "•", "(a)", "i."), said, strict=True)
    ]


def test_statement_of_a_claim() -> None:
    """The lead-ins of a claim are those above its node, and of its node only the claim itself is said."""
    claim = REPORT.claims["I.2.7.s3"]
    section, area, last = claim.statement().splitlines()
    assert section == "I. Challenges facing ASEAN countries and Japan today"
    assert area == f"2. {' '.join(claim.text for claim in node_at('I.2').claims)}"
    assert last == claim.text


@settings(max_examples=20)
@given(reports())
def test_statement_in_any_report(report: Report) -> None:
    """There is one line for each step of the address."""
    places: tuple[Node | Claim, ...] = (*report.walk(), *report.claims.values())
    for place in places:
        lines = place.statement().splitlines()
        assert len(lines) == place.ref.depth - isinstance(place, Claim)
        said = place.text if isinstance(place, Claim) else f"{place.label} {place.heading or place.claims[0].text}"
        assert lines[-1].startswith(said)


@pytest.mark.parametrize(
    ("depth", "shown"),
    [
        (0, ["III.2.4.3"]),
        (1, ["III.2.4.3", "  III.2.4.3.a", "  III.2.4.3.b"]),
        (2, ["III.2.4.3", "  III.2.4.3.a", "    III.2.4.3.a.i", "    III.2.4.3.a.ii", "  III.2.4.3.b"]),
        (99, ["III.2.4.3", "  III.2.4.3.a", "    III.2.4.3.a.i", "    III.2.4.3.a.ii", "  III.2.4.3.b"]),
        (None, ["III.2.4.3", "  III.2.4.3.a", "    III.2.4.3.a.i", "    III.2.4.3.a.ii", "  III.2.4.3.b"]),
    ],
)
def test_tree(depth: int | None, shown: list[str]) -> None:
    """A tree has a line for each place down to a depth: indentation, label, gist and address."""
    lines = node_at("III.2.4.3").tree(depth=depth).splitlines()
    assert [re.sub(r"\S.*\((.+)\)", r"\1", line) for line in lines] == shown
    assert lines[0] == f"• {node_at('III.2.4.3').gist}  (III.2.4.3)"


def test_tree_of_negative_depth() -> None:
    """There is nothing above a node in its own tree."""
    with pytest.raises(ArgumentError) as caught:
        node_at("I").tree(depth=-1)
    assert (caught.value.argument, caught.value.value) == ("depth", -1)


# Outside a report.


def copied(node: Node) -> Node:
    """Return an equal node that stands in no report."""
    claims = tuple(attrs.evolve(claim) for claim in node.claims)
    return attrs.evolve(node, claims=claims, children=tuple(copied(child) for child in node.children))


ASKED_OF_A_NODE: list[tuple[str, Callable[[Section], object]]] = [
    ("parent", lambda node: node.parent),
    ("next place", lambda node: node.next),
    ("previous place", lambda node: node.previous),
    ("section", lambda node: node.section),
    ("ancestors", lambda node: node.ancestors),
    ("position", lambda node: node.position),
    ("ancestors", lambda node: node.statement()),
    ("pillar", lambda node: ActionArea(**fields(node)).pillar),
    ("action area", lambda node: Pillar(**fields(node)).action_area),
    ("ancestors", lambda node: ActionItem(**fields(node)).pillar),
    ("ancestors", lambda node: ActionItem(**fields(node)).action_area),
    ("ancestors", lambda node: Challenge(**fields(node)).challenge_area),
    ("ancestors", lambda node: Action(**fields(node)).action_item),
    ("ancestors", lambda node: Measure(**fields(node)).action),
    ("ancestors", lambda node: SubMeasure(**fields(node)).measure),
]
ASKED_OF_A_CLAIM: list[tuple[str, Callable[[Claim], object]]] = [
    ("ancestors", lambda claim: claim.parent),
    ("ancestors", lambda claim: claim.node),
    ("ancestors", lambda claim: claim.gist),
    ("ancestors", lambda claim: claim.ancestors),
    ("ancestors", lambda claim: claim.statement()),
    ("section", lambda claim: claim.section),
]


@pytest.mark.parametrize(("asked", "ask"), ASKED_OF_A_NODE)
def test_detached_node(asked: str, ask: Callable[[Section], object]) -> None:
    """A node outside a report does not know its neighbours, and says so."""
    with pytest.raises(DetachedNodeError) as caught:
        ask(built())
    assert (caught.value.ref, caught.value.asked) == ("0", asked)


@pytest.mark.parametrize(("asked", "ask"), ASKED_OF_A_CLAIM)
def test_detached_claim(asked: str, ask: Callable[[Claim], object]) -> None:
    """Nor does a claim."""
    with pytest.raises(DetachedNodeError) as caught:
        ask(Claim(ref=Ref.parse("I.2.7.s3"), text="Words."))
    assert (caught.value.ref, caught.value.asked) == ("I.2.7.s3", asked)


@pytest.mark.parametrize("relation", ["pillar", "action_area", "action_item", "challenge", "report", "codings"])
def test_detached_place_belongs_to_nothing(relation: str) -> None:
    """What a place belongs to is not known outside a report, rather than None."""
    for place in (built(), Claim(ref=Ref.parse("0.s1"), text="Words.")):
        with pytest.raises(DetachedNodeError):
            getattr(place, relation)


def fields(node: Node) -> dict[str, Any]:
    """Return the values of which a node is made, by their names."""
    return {field.name: getattr(node, field.name) for field in attrs.fields(Node)}


def test_detached_node_knows_what_is_below_it() -> None:
    """What needs no report works without one."""
    section = built()
    (paragraph,) = section.children
    assert section.detached
    assert list(section.walk()) == [section, paragraph]
    assert list(section.walk(kind="paragraph")) == list(section.leaves) == list(section.paragraphs) == [paragraph]
    assert section.tree() == "0. A section  (0)\n  ¶ A paragraph  (0.p1)"
    assert (paragraph.cite(), hash(paragraph)) == ("0, paragraph 1", hash(Ref.parse("0.p1")))
    assert (section.node, section.text) == (section, None)
    assert (paragraph.gist, paragraph.text) == ("A paragraph", "Some *words*. Others <b>.")


def test_equal_means_same_class_and_content() -> None:
    """Whether a place stands in a report makes no difference; its class and each of its fields does."""
    node = node_at("III.2.4")
    assert not node.detached
    assert copied(node).detached
    assert copied(node) == node
    assert Challenge(**fields(node)) != node
    values: dict[str, Any] = {
        "ref": Ref.parse("I"),
        "mark": None,
        "heading": "",
        "gist": "",
        "claims": (),
        "children": (),
    }
    for name, value in values.items():
        assert attrs.evolve(node, **{name: value}) != node


@settings(max_examples=20)
@given(reports())
def test_repr_of_places_built_by_hand(report: Report) -> None:
    """A repr is one short line, which evaluates to an equal value if it can be pasted; so is one without a report."""
    for place in (report, *report.walk(), *report.claims.values(), *copied(report.sections["III"]).walk()):
        assert is_shown_well(place)


def test_repr_of_a_small_place_pastes_back() -> None:
    """What is short enough is written whole, with and without a report, in the order of its fields."""
    claim = Claim(ref=Ref.parse("0.p1.s1"), text="Some *words*.")
    assert repr(claim) == "Claim(ref=Ref.parse('0.p1.s1'), text='Some *words*.')"
    paragraph = Paragraph(ref=Ref.parse("0.p1"), gist="A paragraph")
    assert (pasted(claim), pasted(paragraph)) == (claim, paragraph)
    assert repr(paragraph) == (
        "Paragraph(ref=Ref.parse('0.p1'), mark=None, heading=None, gist='A paragraph', gist_ja=None, claims=(), "
        "children=())"
    )
    assert repr(built()).startswith("<Section: ref=Ref.parse('0'), mark=Mark(text='0.', value=0, style='arabic'), ")
    assert repr(built()).endswith(">")


@pytest.mark.parametrize("address", ["III.2.4", "I.2.7.s3", "II.p1"])
def test_repr_of_a_bundled_place(address: str) -> None:
    """A place of the bundled report shows in one line where it comes from, and pasting that gives it."""
    assert repr(REPORT[address]) == f"asean_japan.load()['{address}']"
    assert pasted(REPORT[address]) is REPORT[address]


def test_pickle_of_a_detached_node() -> None:
    """It comes back as it was, still detached."""
    again = pickle.loads(pickle.dumps(built()))  # noqa: S301 - our own.
    assert again == built()
    assert again.detached


@pytest.mark.parametrize("field", ["claims", "children"])
def test_no_list_in_a_node(field: str) -> None:
    """What could be changed later is refused."""
    wrong: dict[str, Any] = {field: []}
    with pytest.raises(ArgumentError) as caught:
        attrs.evolve(built(), **wrong)
    assert (caught.value.argument, caught.value.value, caught.value.expected) == (field, [], "a tuple")


# Bases of truth.


@pytest.mark.parametrize(
    ("holder", "field", "basis"),
    [
        *[(Mark, name, Basis.STATED) for name in ("text", "value", "style")],
        *[(Node, name, Basis.STATED) for name in ("ref", "mark", "heading", "children")],
        *[(ActionItem, name, Basis.RESTATED) for name in ("gist", "claims")],
        (Claim, "ref", Basis.STATED),
        (Claim, "text", Basis.RESTATED),
        *[(Edition, name, Basis.STATED) for name in ("title", "date", "issuer", "status", "language")],
        *[(Edition, name, Basis.EDITORIAL) for name in ("schema_version", "data_version", "license")],
        (Edition, "source", Basis.RESEARCHED),
    ],
)
def test_basis(holder: type[Node | Claim | Mark | Edition], field: str, basis: Basis) -> None:
    """Every field says on which basis its values rest."""
    assert basis_of(holder, field) is basis


@pytest.mark.parametrize("holder", [Mark, Edition, Claim, Node])
def test_every_field_has_a_basis(holder: type[Node | Claim | Mark | Edition]) -> None:
    """None is left out."""
    fields_of = attrs.fields(cast("type[attrs.AttrsInstance]", holder))
    assert all(isinstance(basis_of(holder, field.name), Basis) for field in fields_of)


def test_basis_of_a_field_that_does_not_exist() -> None:
    """The error names all fields."""
    with pytest.raises(ArgumentError) as caught:
        basis_of(Claim, "words")
    assert (caught.value.argument, caught.value.value, caught.value.expected) == ("field", "words", "one of ref, text")


def test_a_node_is_of_one_of_its_kinds() -> None:
    """The class that holds the fields makes no places itself."""
    with pytest.raises(ArgumentError) as caught:
        Node(ref=Ref.parse("I"), gist="")
    assert caught.value.argument == "kind"


@pytest.mark.parametrize("holder", [3, None, int, Ref, "Node"])
def test_basis_of_another_class(holder: object) -> None:
    """Only what has bases can be asked for them."""
    with pytest.raises(ArgumentError) as caught:
        basis_of(cast("type[Node]", holder), "text")
    assert caught.value.argument == "holder"


@pytest.mark.parametrize("value", [Section, Claim, Report, Places])
def test_no_method_changes_a_value(value: type) -> None:
    """What attrs would add for pickling could change a frozen value."""
    assert not hasattr(value, "__setstate__")


@pytest.mark.parametrize("prune", [3, "section", ()])
def test_prune_has_to_be_a_function(prune: object) -> None:
    """What cannot be called prunes nothing."""
    with pytest.raises(ArgumentError) as caught:
        asean_japan.load().walk(prune=cast("Callable[[Node], bool]", prune))
    assert caught.value.argument == "prune"


# Depth.


def chain(levels: int) -> Action:
    """Nest as many nodes."""
    node = Action(ref=Ref.parse("III.1.1.1"), gist="x")
    for _ in range(levels - 1):
        node = Action(ref=node.ref, gist="x", children=(node,))
    return node


@pytest.mark.parametrize("levels", [65, 3000])
def test_nodes_are_not_nested_without_end(levels: int) -> None:
    """Where no report is as deep, no node is built, so that nothing that looks into one goes too deep."""
    with pytest.raises(LimitError) as caught:
        chain(levels)
    assert (caught.value.size, caught.value.limit) == (65, 64)


def test_deepest_node_is_like_any_other() -> None:
    """Up to there everything works that needs no report, and what is no report is refused as such."""
    node = chain(64)
    assert len(node.walk()) == len(node.tree().splitlines()) == 64
    assert all(is_shown_well(each) for each in node.walk())
    assert node == chain(64)
    assert pickle.loads(pickle.dumps(node)) == node  # noqa: S301 - our own.
    with pytest.raises(DataError, match="does not belong under"):
        asean_japan.dumps(node)
    wrong: Any = (node,)
    with pytest.raises(DataError):
        Report(edition=asean_japan.load().edition, sections=wrong)
    with pytest.raises(LimitError):
        attrs.evolve(node, children=(node,))


def test_place_alone_has_no_place() -> None:
    """What nodes and claims share is none of them."""
    place = asean_japan.Place()
    with pytest.raises(NotImplementedError):
        _ = place.parent
    with pytest.raises(NotImplementedError):
        _ = place.node
    with pytest.raises(NotImplementedError):
        place.statement()
