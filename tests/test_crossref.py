"""Tests of links, of what is traced along them, of what they leave open, and of the whole as a graph."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

import attrs
import pytest
from hypothesis import example, given, settings

import asean_japan
from asean_japan import (
    Assignment,
    Basis,
    Challenge,
    Claim,
    Code,
    Link,
    MissingExtraError,
    Node,
    Overlay,
    Place,
    Ref,
    RefRange,
    Report,
    testing,
)
from asean_japan.errors import DetachedNodeError
from asean_japan.model import Layers
from asean_japan.questions import Trace
from asean_japan.testing import reports

REPORT = asean_japan.load()
SDG = REPORT.overlays["sdg"]
OTHERWISE = attrs.evolve(SDG.assignments[0], codes=("1",))
PLACES: tuple[Place, ...] = (*REPORT.walk(), *REPORT.claims.values())
BARE = Report(REPORT.edition, tuple(REPORT.sections.values()))
IN_ANY_REPORT = settings(max_examples=30)
EDITORIAL = {"answers", "serves"}


def refs_of(places: tuple[Place, ...]) -> list[str]:
    """Write the addresses of places."""
    return [str(place.ref) for place in places]


def with_links(*links: Link) -> Report:
    """Build the report with these links and nothing else."""
    return Report(REPORT.edition, tuple(REPORT.sections.values()), Layers(links=links))


def answers(source: str, target: str, strength: Any = "direct") -> Link:  # noqa: ANN401  # As a link has it.
    """Say that a proposal answers a challenge."""
    return Link(
        *(Ref.parse(source), Ref.parse(target), "answers", Basis.EDITORIAL, strength, "As both say.", None, None, None)
    )


def serves(source: str, target: str) -> Link:
    """Say that a means serves a proposal."""
    return Link(
        *(Ref.parse(source), Ref.parse(target), "serves", Basis.EDITORIAL, "direct", "Money: as it says.", None),
        *(None, None),
    )


# Links.


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
    report = with_links(attrs.evolve(link, strength=None, reason=None))
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
    """A judgement has a strength and a reason, and points with no words; what is stated has no strength."""
    for link in report.links:
        assert (link.basis is Basis.EDITORIAL) is (link.kind in EDITORIAL)
        assert (link.strength is not None) is (link.kind in EDITORIAL)
        if link.kind in EDITORIAL:
            assert link.reason
            assert link.text is None


def test_words_that_point() -> None:
    """The words of a link stand in the text of its source, at its offsets."""
    pointing = [link for link in REPORT.links if link.start is not None]
    assert len(pointing) > 20
    for link in pointing:
        source = link.source
        whole = source.text if isinstance(source, Claim) else source.heading or ""
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
    meant = [link for link in REPORT.links if link.via]
    assert meant
    for link in REPORT.links:
        assert link.means is (REPORT.entities[link.via] if link.via else None)
    assert all(link.means in {mention.entity for mention in link.source.mentions} for link in meant)


@pytest.mark.parametrize("asked", ["source", "targets", "text", "means"])
def test_detached_link(asked: str) -> None:
    """One that belongs to no report knows no places."""
    link = attrs.evolve(next(link for link in REPORT.links if link.start is not None), via="asean")
    with pytest.raises(DetachedNodeError) as caught:
        getattr(link, asked)
    assert caught.value.ref == "Link"


# Traces.


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.ref))
def test_trace_from_everywhere(place: Place) -> None:
    """From every place there is a trace, in reading order, whose parts hang together and which is written in full."""
    trace = REPORT.trace(place.ref)
    assert trace == REPORT.trace(place)
    assert trace.place is place
    answering = [link for link in trace.links if link.kind == "answers"]
    serving = [link for link in trace.links if link.kind == "serves"]
    assert [*answering, *serving] == list(trace.links)
    assert refs_of(trace.answers) == sorted_refs(link.source_ref for link in answering)
    own = {place.ref} if isinstance(place, Challenge) else set[Ref]()
    assert refs_of(trace.challenges) == sorted_refs({cast("Ref", link.target_ref) for link in answering} | own)
    assert refs_of(trace.means) == sorted_refs(link.source_ref for link in serving)
    here = place if isinstance(place, Node) else place.ancestors[0]
    known = {pillar_of(node) for node in (*trace.answers, here)} - {None}
    assert refs_of(trace.pillars) == sorted_refs(known)
    words = str(trace).replace(":", " ").split()
    for part in (*trace.challenges, *trace.pillars, *trace.answers, *trace.means):
        assert str(part.ref) in words
    for link in serving:
        assert str(link.target_ref) in words
    assert str(trace)


def sorted_refs(refs: Any) -> list[str]:  # noqa: ANN401  # Any iterable of them.
    """Write each address once, in reading order."""
    return [str(ref) for ref in sorted(set(refs))]


def pillar_of(node: Node) -> Ref | None:
    """Give the address of the pillar whose number a place below section II or III has."""
    section, *below = str(node.ref).split(".")
    return Ref.parse(f"II.{below[0]}") if section in {"II", "III"} and below and below[0].isdigit() else None


def test_every_editorial_link_is_traced() -> None:
    """From a challenge all that answers it is found with its means, by a search through all links."""
    for challenge in REPORT.challenges.values():
        direct = [link for link in REPORT.links if link.kind == "answers" and link.target_ref == challenge.ref]
        near = [link.source_ref for link in direct]
        serving = [
            link
            for link in REPORT.links
            if link.kind == "serves"
            and any(
                cast("Ref", link.target_ref).is_relative_to(ref) or ref.is_relative_to(cast("Ref", link.target_ref))
                for ref in near
            )
        ]
        assert list(REPORT.trace(challenge).links) == direct + serving


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
    report = with_links(answers("III.2.3", "I.2.6"), serves("IV.p1.s1", "III.2.3.1"), serves("IV.p2.s1", "III.2.3.2"))
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
    report = with_links(
        answers("III.1.3", "I.1.2"),
        answers("III.2.1.1", "I.1.2", "partial"),
        serves("IV.p1.s1", "III.1.3.1"),
        serves("IV.p1.s2", "III.2.1"),
        serves("IV.p1.s2", "III.3.1"),
    )
    gists = {
        ref: cast("Node", report[ref]).gist
        for ref in ("I.1.2", "II.1", "II.2", "II.3", "III.1.3", "III.2.1.1", "III.3.1")
    }
    assert str(report.trace("I.1.2")).splitlines() == [
        f"Challenge I.1.2: {gists['I.1.2']}",
        f"  Pillar II.1: {gists['II.1']}",
        f"    III.1.3 answers it directly: {gists['III.1.3']}",
        "      served at III.1.3.1 by IV.p1.s1: Money",
        f"  Pillar II.2: {gists['II.2']}",
        f"    III.2.1.1 answers it in part: {gists['III.2.1.1']}",
        "      served at III.2.1 by IV.p1.s2: Money",
    ]
    assert str(report.trace("IV.p1.s2")).splitlines() == [
        f"Challenge I.1.2: {gists['I.1.2']}",
        f"  Pillar II.2: {gists['II.2']}",
        f"    III.2.1.1 answers it in part: {gists['III.2.1.1']}",
        "      served at III.2.1 by IV.p1.s2: Money",
        "Without a challenge",
        f"    III.3.1: {gists['III.3.1']}",
        "      served by IV.p1.s2: Money",
    ]
    unanswering = [
        "III.3.1 answers no challenge",
        f"  Pillar II.3: {gists['II.3']}",
        f"    III.3.1: {gists['III.3.1']}",
        "      served by IV.p1.s2: Money",
    ]
    assert str(report.trace("III.3.1")).splitlines() == unanswering
    assert str(report.trace("I.1.1")) == f"Challenge I.1.1: {cast('Node', report['I.1.1']).gist}"
    assert str(report.trace("II.3")).splitlines() == [
        "No editorial link leads to or from II.3",
        f"  Pillar II.3: {gists['II.3']}",
    ]
    alone = with_links(serves("IV.p1.s2", "III.3.1"))
    assert str(alone.trace("IV.p1.s2")).splitlines() == ["Without a challenge", *unanswering[2:]]
    for address in ("0", "0.p1", "II.p1", "II.p2.s1", "IV.p2.s3"):
        assert str(report.trace(address)) == f"No editorial link leads to or from {address}"


def test_means_stand_under_what_they_serve() -> None:
    """Where nothing is answered, each link stands once, under its own target."""
    report = with_links(serves("IV.p1.s1", "III.2.6"), serves("IV.p2.s1", "III.2.6.2"))
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
    assert (gaps.partial, len(gaps.proposals)) == ((), len(BARE.action_items) + len(BARE.actions))


# The graph.


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
@example(BARE)
def test_graph(report: Report) -> None:
    """Each place, entity and used code is one node, and every edge leads from one of them to another."""
    graph: Any = report.graph()
    ids = [node["id"] for node in graph["nodes"]]
    assert len(set(ids)) == len(ids)
    assert {end for edge in graph["edges"] for end in (edge["source"], edge["target"])} <= set(ids)
    used = {(key, code) for key, each in report.overlays.items() for row in each.assignments for code in row.codes}
    assert set(ids) == {
        *(str(node.ref) for node in report.walk()),
        *map(str, report.claims),
        *(f"entity:{key}" for key in report.entities),
        *(f"{key}:{code}" for key, code in used),
    }
    kinds = Counter(edge["kind"] for edge in graph["edges"])
    expected = Counter[str](link.kind for link in report.links for _ in link.targets)
    expected["contains"] = len(report.walk()) - len(report.sections) + len(report.claims)
    expected["part_of"] = sum(each.parent_key is not None for each in report.layers.entities)
    expected["tied_to"] = sum(len(each.tie_keys) for each in report.layers.entities)
    expected["mentions"] = len(report.mentions)
    expected["coded"] = sum(len(row.codes) for each in report.overlays.values() for row in each.assignments)
    assert kinds == +expected
    assert json.loads(json.dumps(graph)) == graph
    assert graph == report.graph()
    assert graph is not report.graph()


def test_graph_says_what_is_ours() -> None:
    """Edges say on what they rest; what contains what needs no mark."""
    graph: Any = REPORT.graph()
    bases = {(edge["kind"], edge.get("basis")) for edge in graph["edges"]}
    assert {basis for kind, basis in bases if kind in {*EDITORIAL, "coded"}} == {"editorial"}
    assert {basis for kind, basis in bases if kind in {"refers_to", "counterpart", "continues"}} == {"stated"}
    assert {basis for kind, basis in bases if kind == "mentions"} == {"stated", "editorial"}
    assert {basis for kind, basis in bases if kind == "part_of"} == {"researched"}
    assert {basis for kind, basis in bases if kind == "tied_to"} == {"stated"}
    assert {kind for kind, basis in bases if basis is None} == {"contains"}
    assert {edge["kind"]: edge["strength"] for edge in graph["edges"] if "strength" in edge}.keys() == EDITORIAL
    assert all(node["label"] and node["kind"] for node in graph["nodes"])


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_graph_has_what_links_say(report: Report) -> None:
    """The edges of the links say all that the links do, in their order, and nothing else."""
    graph: Any = report.graph()
    kinds = {"contains", "part_of", "tied_to", "mentions", "coded"}
    expected = [
        {
            "source": str(link.source_ref),
            "target": str(target.ref),
            "kind": link.kind,
            "basis": link.basis.value,
            **({} if link.strength is None else {"strength": link.strength}),
            **({} if link.reason is None else {"reason": link.reason}),
            **({} if link.means is None else {"via": f"entity:{link.means.key}"}),
        }
        for link in report.links
        for target in link.targets
    ]
    assert [edge for edge in graph["edges"] if edge["kind"] not in kinds] == expected


def test_ties_of_the_graph() -> None:
    """A tie of an entity is an edge from it."""
    graph: Any = REPORT.graph()
    tied = [(edge["source"], edge["target"]) for edge in graph["edges"] if edge["kind"] == "tied_to"]
    assert tied == [(f"entity:{each.key}", f"entity:{tie}") for each in REPORT.layers.entities for tie in each.tie_keys]
    assert ("entity:unclos", "entity:united-nations") in tied


def test_graph_keeps_codes_apart() -> None:
    """Codes of several overlays that look alike are several nodes; one without a label shows itself."""
    code = Code("1", None, None, None)
    rows = (Assignment(Ref.parse("I.1.1"), ("1",), "x"),)
    one = Overlay("a", "A", "x", None, None, (code,), (), (), rows)
    report = BARE.with_overlay(one).with_overlay(attrs.evolve(one, key="b"))
    nodes: Any = report.graph()["nodes"]
    assert nodes[-2:] == [
        {"id": "a:1", "kind": "code:a", "label": "1"},
        {"id": "b:1", "kind": "code:b", "label": "1"},
    ]


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_networkx(report: Report) -> None:
    """The graph of networkx has the same nodes and edges, and gives the same data again."""
    nx: Any = pytest.importorskip("networkx")
    graph: Any = report.graph()
    built: Any = report.networkx()
    assert built.is_directed()
    assert built.is_multigraph()
    assert list(built.nodes) == [node["id"] for node in graph["nodes"]]
    again = nx.node_link_data(built, edges="edges")
    assert again["nodes"] == [
        {**{key: value for key, value in node.items() if key != "id"}, "id": node["id"]} for node in graph["nodes"]
    ]
    edges = [{key: value for key, value in edge.items() if key != "key"} for edge in again["edges"]]
    assert Counter(json.dumps(edge, sort_keys=True) for edge in edges) == Counter(
        json.dumps(edge, sort_keys=True) for edge in graph["edges"]
    )


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
