"""Tests of what always holds: addresses lead where they say, order, immutability, soundness, and errors of our own."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reader_copies import INDEX, blocks, plain
from strategies import spellings, token_soup

import asean_japan
from asean_japan import (
    AmbiguousRefError,
    AseanJapanError,
    Node,
    Overlay,
    Place,
    Ref,
    RefRange,
    Report,
    Section,
    copies,
    model,
)
from asean_japan import questions as asked
from asean_japan.copies import Condition, CutCondition
from asean_japan.model import Edition, Finding
from asean_japan.model.home import Value, ValueMapping
from asean_japan.questions import Places
from asean_japan.reading import read_ref
from asean_japan.testing import TRAPS, ref_ranges, refs, reports

REPORT = asean_japan.load()
PLACES: tuple[Place, ...] = (*REPORT.walk(), *REPORT.claims.values())
UNLABELLED = [place for place in PLACES if place.ref.level in {"letter", "roman"}]
IN_ANY_REPORT = settings(max_examples=30)  # Each example is a report with many places to look at.


def places_of(report: Report) -> tuple[Place, ...]:
    """Return all nodes and claims."""
    return (*report.walk(), *report.claims.values())


def forms(ref: Ref) -> tuple[str, str, str]:
    """Write an address in every form."""
    return str(ref), ref.cite(), format(ref, "eid")


# Law 1: an address leads where it says.


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_every_form_leads_back(report: Report) -> None:
    """Each form of the address of each place is read back, resolved, and leads to the place."""
    for place in places_of(report):
        assert report[place.ref] is place
        for form in forms(place.ref):
            assert Ref.parse(form) == report.resolve(form) == place.ref
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
        ("III-3-②(a)", "III.3.2.1.a"),  # Only one bullet of this item has an (a).
        ("last bullet of III.2.4", "III.2.4.8"),
        ("sentence 3 of I.2.⑦", "I.2.7.s3"),
        ("§ IV, last paragraph", "IV.p2"),
        ("III.2-4", "III.2.4"),  # No range, since there is no III.4.
    ],
)
def test_spelling(written: str, canonical: str) -> None:
    """What people write leads to the place they mean."""
    assert REPORT.resolve(written) == Ref.parse(canonical)
    assert REPORT[written] is REPORT[canonical]


@given(st.sampled_from(PLACES), st.data())
def test_any_spelling(place: Place, data: st.DataObject) -> None:
    """Every mixture of separators, digits, letters and labels leads to the place."""
    assert REPORT[data.draw(spellings(place.ref.steps))] is place


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("I.2.6-I.2.8", "I.2.6-I.2.8"),
        ("I.2.⑥–⑧", "I.2.6-I.2.8"),
        ("I-2-⑥ to I-2-⑧", "I.2.6-I.2.8"),
        ("items 6 to 8 of I.2", "I.2.6-I.2.8"),
        ("6th bullet to last bullet of III.2.4", "III.2.4.6-III.2.4.8"),
        ("I–III", "I-III"),
        ("III-2-④(a)–(c)", "III.2.4.1.a-III.2.4.1.c"),  # Only one bullet of this item has both.
    ],
)
def test_spelling_of_a_range(written: str, canonical: str) -> None:
    """What people write for a range leads to the range they mean."""
    assert REPORT.resolve_all(written) == (RefRange.parse(canonical),)


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("III-2-④(a)", [f"III.2.4.{bullet}.a" for bullet in range(1, 8)]),
        (
            "III-2-④(a)–(b)",
            [f"III.2.4.{bullet}.a-III.2.4.{bullet}.b" for bullet in range(1, 8)],
        ),  # Never across bullets.
        ("III.2.4-6", ["III.2.4.6", "III.2.4-III.2.6"]),
        ("I.1-3", ["I.1.3", "I.1-I.3"]),
    ],
)
def test_ambiguous_spelling(written: str, candidates: list[str]) -> None:
    """What can mean several places is refused, and the error names all of them."""
    for look_up in (REPORT.resolve, REPORT.resolve_all):
        with pytest.raises(AmbiguousRefError) as caught:
            look_up(written)
        assert (caught.value.text, caught.value.candidates) == (written, tuple(candidates))


@pytest.mark.parametrize("place", UNLABELLED, ids=lambda place: str(place.ref))
def test_bullet_left_out(place: Place) -> None:
    """Without its bullet a lettered place is found if it is the only one, and is refused with all of them if not."""
    section, area, item, _, *letters = place.ref.steps
    written = f"{Ref((section, area, item))}.{'.'.join(place.ref.parts[4:])}"
    same = [
        str(other.ref)
        for other in REPORT.walk()
        if other.ref.steps[:3] == (section, area, item) and list(other.ref.steps[4:]) == letters
    ]
    try:
        found: tuple[str, ...] = (str(REPORT.resolve(written)),)
    except AmbiguousRefError as error:
        found = error.candidates
    assert list(found) == same


# Law 2: order.


def test_refs_order_as_the_report_reads_but_for_one() -> None:
    """The paragraph that closes section II comes before the pillars by number and after them in reading order."""
    read = [place.ref for node in REPORT.walk() for place in (node, *node.claims)]
    closing = Ref.parse("II.p2")
    others = [ref for ref in read if not ref.is_relative_to(closing)]
    assert others == sorted(others)
    assert sorted(read).index(closing) < sorted(read).index(Ref.parse("II.1")) < read.index(closing)


def test_order_is_total() -> None:
    """In order, each place comes before all that follow, and none is equal to another."""
    ordered = sorted(place.ref for place in PLACES)
    assert len(set(ordered)) == len(ordered) == 187 + 255
    for at, ref in enumerate(ordered):
        assert all(ref < later and not later <= ref for later in ordered[at + 1 :])


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_walk_meets_each_node_once_parents_first(report: Report) -> None:
    """Walking a subtree gives what lies below its top, in the order of the whole, and nothing twice."""
    whole = report.walk()
    assert len({node.ref for node in whole}) == len(whole)
    assert [node.position for node in whole] == list(range(len(whole)))
    for node in whole:
        assert node.walk() == tuple(other for other in whole if other.ref.is_relative_to(node.ref))
        assert node.walk(prune=lambda _: False) == node.walk()
        assert all(child.position > node.position for child in node.children)
        assert node.leaves == tuple(other for other in node.walk() if not other.children)


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_neighbours(report: Report) -> None:
    """Next and previous are inverse and stay under one parent; the way up ends at the section."""
    for node in report.walk():
        assert [above.ref for above in node.ancestors] == list(node.ref.parents)
        assert [node, *node.ancestors][-1] is node.section is report[node.ref.section]
        assert node.parent is (node.ancestors[0] if node.ancestors else None)
        siblings = list(node.parent.children if node.parent else report.sections.values())
        at = siblings.index(node)
        assert node.next is (siblings[at + 1] if siblings[at + 1 :] else None)
        assert node.previous is (siblings[at - 1] if at else None)
    for claim in report.claims.values():
        assert claim in claim.parent.claims
        assert (claim.parent, claim.section) == (claim.ancestors[0], claim.ancestors[-1])


@IN_ANY_REPORT
@given(reports(), st.data())
@example(REPORT, None)
def test_between(report: Report, data: st.DataObject | None) -> None:
    """A stretch is what stands from the first node to the last one and what is below that."""
    nodes = report.walk()
    ends = data.draw(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes))) if data else (nodes[9], nodes[60])
    first, last = sorted(ends, key=nodes.index)
    expected = nodes[nodes.index(first) : nodes.index(last) + len(last.walk())]
    assert report.between(first.ref, last.ref) == report.between(str(first.ref), last.cite()) == expected


# Law 3: nothing can be changed.

ATOMS = (str, int, float, type(None), asean_japan.Basis)
ANSWERS = (
    *("walk", "find", "check", "statement", "tree", "cite", "keys", "values", "gaps", "coverage"),
    *("co_mentions", "by_mentions", "passages"),
)  # Methods that need no argument.


def public(value: object) -> Iterator[object]:
    """Yield what a value gives away: elements, attributes, properties, and answers to calls without arguments."""
    if isinstance(value, tuple | frozenset):
        yield from cast("tuple[object, ...]", value)
        return
    for name in dir(value):
        found: object = None if name.startswith("_") else getattr(value, name)
        if not callable(found):
            yield found
        elif name in ANSWERS:
            answer: Any = found()
            yield tuple(answer) if name in {"keys", "values"} else answer


def cannot_change(value: object) -> bool:
    """Tell whether a value is one of Python's that never change, or of a class that the tests below look at."""
    return isinstance(value, (*ATOMS, tuple, frozenset)) or type(value).__module__.startswith("asean_japan.")


def reachable(report: Report, *others: object) -> set[object]:
    """Return all that can be reached from a report without private names; each value has to hash to get in."""
    found: set[object] = set()
    waiting: list[Any] = [report, *report.search("a ASEAN"), RefRange.parse("I-II"), report.between("0", "IV"), *others]
    waiting += [report.trace(section) for section in report.sections.values()]
    waiting += [each.agreement(each) for each in report.overlays.values() if each.assignments]
    while waiting:
        value = waiting.pop()
        assert cannot_change(value)
        if not isinstance(value, ATOMS) and value not in found:
            found.add(value)
            waiting += public(value)
    return found


FINDING = Finding(
    kind="gap", message="I.3 where number 2 belongs", path="report.sections[1]"
)  # A sound report has none.
REACHABLE = reachable(REPORT) | {FINDING}
BOUND = REPORT.bind_text(plain(blocks()), index=INDEX)
CUT = CutCondition(ref=Ref.parse("I.2.7.s3"), kind="limit", letters=3, words="in some areas")
CONDITION = Condition(start=3, kind="limit")
BINDING = reachable(BOUND, BOUND.find_quotes("“Initiatives to realize the above”"), INDEX, CUT, CONDITION)
EXAMPLES = list(
    {type(value): value for value in BINDING | REACHABLE if not isinstance(value, tuple | frozenset)}.values()
)


def test_every_class_is_reached() -> None:
    """The walk through what a report gives away met every class of value that is public."""
    packages = (asean_japan, model, asked, copies)
    values = [getattr(package, name) for package in packages for name in package.__all__]
    classes = {value for value in values if isinstance(value, type) and attrs.has(value)}
    assert classes - {type(value) for value in EXAMPLES} == {Node}  # All nodes are of one of its kinds.


def test_generated_reports_give_away_nothing_that_can_be_changed() -> None:
    """What holds for the bundled report holds for one that was built by hand."""
    again = Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values()), layers=REPORT.layers)
    assert {type(value) for value in reachable(again) | {FINDING}} == {type(value) for value in REACHABLE}


@settings(max_examples=10)
@given(reports())
def test_any_report_gives_away_nothing_that_can_be_changed(report: Report) -> None:
    """Nor does any report."""
    assert report in reachable(report)


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_values_are_frozen(value: object) -> None:
    """No attribute, public or not, can be set, deleted or added."""
    assert not hasattr(value, "__dict__")
    names = [name for name in dir(value) if not name.startswith("__")]
    for name in (*names, "_index", "new"):
        with pytest.raises(AttributeError):
            setattr(value, name, None)
        with pytest.raises(AttributeError):
            delattr(value, name)


def test_collections_are_frozen() -> None:
    """No element can be set or deleted."""
    pillars = cast("dict[Ref, object]", REPORT.pillars)
    with pytest.raises(TypeError):
        pillars[Ref.parse("II.1")] = None
    with pytest.raises(TypeError):
        del pillars[Ref.parse("II.1")]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_values_pickle(protocol: int) -> None:
    """Everything that a report gives away comes back from a pickle equal, with the same hash."""
    for value in REACHABLE:
        again = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 - our own.
        assert (type(again), again, hash(again)) == (type(value), value, hash(value))


@settings(max_examples=10)
@given(reports(), st.integers(2, pickle.HIGHEST_PROTOCOL))
def test_any_report_pickles(report: Report, protocol: int) -> None:
    """A report that was built by hand comes back whole, and its places with it."""
    for value in (report, *places_of(report)):
        again = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 - our own.
        assert (type(again), again, hash(again)) == (type(value), value, hash(value))
        assert not isinstance(again, Place) or places_of(report)[again.section.position] == again.section


def test_values_copy() -> None:
    """Copies are equal; what knows a report is its own copy."""
    for value in REACHABLE:
        assert copy.copy(value) == copy.deepcopy(value) == value
        kind: type = type(value)
        if issubclass(kind, (Place, Places, Report, ValueMapping, Value)):
            assert copy.copy(value) is copy.deepcopy(value) is value


IN_A_FRESH_PROCESS = """
import pickle, sys
bundled, built = pickle.load(sys.stdin.buffer)
import asean_japan as aj
from asean_japan.model import Nodes
from asean_japan.questions import Places
from asean_japan.reading import read_ref
mine = aj.load()
again = aj.Report(edition=mine.edition, sections=tuple(mine.sections.values()))
for found, report in ((bundled, mine), (built, again)):
    assert found["report"] == report and hash(found["report"]) == hash(report)
    assert (found["report"] is report) is (report is mine)
    here = (*report.walk(), *report.claims.values())
    refs = [place.ref for place in here]
    assert found["places"] == here and found["refs"] == refs
    assert all((one is other) is (report is mine) for one, other in zip(found["places"], here))
    assert all(place.section == report[place.ref.section] for place in found["places"])
    assert all(found["report"][place.ref] is place for place in found["places"])
    for name, values in (("places", here), ("refs", refs), ("marks", [node.mark for node in report.walk()])):
        assert found["set of " + name] == set(values) and all(value in found["set of " + name] for value in values)
        assert all(value in set(values) for value in found["set of " + name])
    names = [name for name in dir(report) if isinstance(getattr(report, name), Places)]
    assert len(names) == len(found["collections"]) == 11
    for name in names:
        collection = found["collections"][name]
        assert collection == getattr(report, name) and collection in {getattr(report, name)}
        assert list(collection.items()) == list(getattr(report, name).items())
        assert all(collection[ref.cite()] is found["report"][ref] for ref in collection)
    assert found["range"] == aj.RefRange.parse("I.2.6-I.2.8")
    assert found["range"] in set(report.resolve_all("I.2.6 to 8"))
    assert found["hits"] == report.search("rice") and found["hits"][0].place is found["report"]["III.2.4.5.b"]
    assert found["nodes"] == report.find(kind="measure") and type(found["nodes"]) is Nodes
    assert found["edition"] == report.edition and found["edition"] in {report.edition}
    assert found["detached"] == report["III.2.4"] and found["detached"].detached and found["detached"] in set(here)
    assert type(found["error"]) is aj.RefNotFoundError
    assert found["error"].args == ("V", "", ("0", "I", "II", "III", "IV"), ("IV",), "")
    assert aj.dumps(found["report"]) == aj.dumps(report)
print("whole")
"""


def all_kinds(report: Report) -> dict[str, object]:
    """Give one of everything that a report gives away."""
    places = places_of(report)
    names = [name for name in dir(report) if isinstance(getattr(report, name), Places)]
    with pytest.raises(AseanJapanError) as caught:
        report["V"]
    return {
        "report": report,
        "places": places,
        "refs": [place.ref for place in places],
        "set of places": frozenset(places),
        "set of refs": {place.ref for place in places},
        "set of marks": {node.mark for node in report.walk()},
        "collections": {name: getattr(report, name) for name in names},
        "range": RefRange.parse("I.2.6-I.2.8"),
        "hits": report.search("rice"),
        "nodes": report.find(kind="measure"),
        "edition": report.edition,
        "detached": attrs.evolve(cast("Node", report["III.2.4"])),
        "error": caught.value,
    }


@pytest.mark.parametrize(("seed", "protocol"), [("0", 2), ("1", 3), ("2", 4), ("4294967295", pickle.HIGHEST_PROTOCOL)])
def test_pickles_in_a_fresh_process(seed: str, protocol: int) -> None:
    """Under another hash seed everything is whole, is found in sets, and belongs to its report again."""
    built = Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values()))
    done = subprocess.run(
        [sys.executable, "-c", IN_A_FRESH_PROCESS],
        input=pickle.dumps((all_kinds(REPORT), all_kinds(built)), protocol),
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr.decode()) == ([b"whole"], "")


# Law 9: an answer, or one of our errors.

SECTIONS = tuple(REPORT.sections.values())
SDG = REPORT.overlays["sdg"]
CLAIM = REPORT.claims["I.2.7.s3"]
ITEM = REPORT.action_items["III.2.4"]


def answers_or_refuses(call: Callable[[Any], object], value: object) -> bool:
    """Tell whether a call answers; any error but ours, and any of which the message does not show, is a failure."""
    message: str | None = None
    try:
        call(value)
    except AseanJapanError as error:
        message = str(error)
    assert message is None or message.isprintable()
    return message is None


WITH_AN_ADDRESS: dict[str, Callable[[Any], object]] = {
    "Report.resolve": REPORT.resolve,
    "Report.resolve_all": REPORT.resolve_all,
    "Report.trace": REPORT.trace,
    "Report.get": REPORT.get,
    "Report[]": REPORT.__getitem__,
    "in Report": REPORT.__contains__,
    "Report.between(first)": REPORT.between,
    "Report.between(first, IV)": lambda value: REPORT.between(value, "IV"),
    "Report.between(0, last)": lambda value: REPORT.between("0", value),
    "Places[]": REPORT.pillars.__getitem__,
    "Places.get": REPORT.measures.get,
    "claims[]": REPORT.claims.__getitem__,
    "in Places": REPORT.challenges.__contains__,
    "Ref.parse": Ref.parse,
    "RefRange.parse": RefRange.parse,
    "Ref /": Ref.parse("III.2").__truediv__,
    "read_ref": read_ref,
}


def by_kind(ask: Callable[..., object]) -> Callable[[Any], object]:
    """Return what asks for nodes of a kind."""
    return lambda kind: ask(kind=kind)


WITH_A_TEXT: dict[str, Callable[[Any], object]] = {
    **WITH_AN_ADDRESS,
    "Report.find(kind)": by_kind(REPORT.find),
    "Report.find(text)": lambda value: REPORT.find(text=value, deep=True),
    "Report.search": REPORT.search,
    "Report.walk(kind)": by_kind(REPORT.walk),
    "Node.walk(kind)": by_kind(ITEM.walk),
    "format": lambda value: format(ITEM.ref, value),
    "basis_of": lambda value: asean_japan.basis_of(Edition, value),
    "loads": asean_japan.loads,
}


def made_of(node: Node) -> Report:
    """Build a report of one node."""
    return Report(edition=REPORT.edition, sections=(cast("Section", node),))


WITH_A_VALUE: dict[str, Callable[[Any], object]] = {
    **WITH_AN_ADDRESS,
    "Ref": Ref,
    "Node.claims": lambda value: Section(ref=ITEM.ref, gist="", claims=value),
    "Node.children": lambda value: Section(ref=ITEM.ref, gist="", children=value),
    "Report.find(deep)": lambda value: REPORT.find(text="a", deep=value),
    "Report.find(text)": lambda value: REPORT.find(text=value),
    "Report.search": REPORT.search,
    "Report.search(limit)": lambda value: REPORT.search("rice", limit=value),
    "Report.tree": lambda value: REPORT.tree(depth=value),
    "Node.tree": lambda value: ITEM.tree(depth=value),
    "from_dict": asean_japan.from_dict,
    "Report.find(kind)": by_kind(REPORT.find),
    "Report.walk(kind)": by_kind(REPORT.walk),
    "Node.walk(kind)": by_kind(ITEM.walk),
    "RefRange(first)": lambda value: RefRange(value, ITEM.ref),
    "RefRange(last)": lambda value: RefRange(ITEM.ref, value),
    "Ref.is_relative_to": ITEM.ref.is_relative_to,
    "basis_of(holder)": lambda value: asean_japan.basis_of(value, "text"),
    "basis_of(field)": lambda value: asean_japan.basis_of(asean_japan.Claim, value),
    "loads": asean_japan.loads,
    "dumps": asean_japan.dumps,
    "to_dict": asean_japan.to_dict,
    "Report(edition)": lambda value: Report(edition=value, sections=tuple(REPORT.sections.values())),
    "Report(sections)": lambda value: Report(edition=REPORT.edition, sections=value),
    "Report(sections of)": lambda value: Report(edition=REPORT.edition, sections=(value,)),
    "Report(layers)": lambda value: Report(edition=REPORT.edition, sections=SECTIONS, layers=value),
    "Overlay(codes)": lambda value: REPORT.with_overlay(attrs.evolve(SDG, codes=value)),
    "Overlay(assignments)": lambda value: REPORT.with_overlay(attrs.evolve(SDG, assignments=value)),
    "Overlay(assignments of)": lambda value: REPORT.with_overlay(attrs.evolve(SDG, assignments=(value,))),
    "Overlay(assignments to)": lambda value: REPORT.with_overlay(attrs.evolve(SDG, assignments={"I.1": value})),
    "Overlay(key)": lambda value: REPORT.with_overlay(attrs.evolve(SDG, key=value)),
    "Overlay.from_records": lambda value: Overlay.from_records(value, key="mine"),
    "Overlay.from_records(row)": lambda value: Overlay.from_records([value], key="mine"),
    "Overlay.from_records(ref)": lambda value: Overlay.from_records([{"ref": value, "code": "1"}], key="mine"),
    "Overlay.from_records(code)": lambda value: Overlay.from_records([{"ref": "I.1", "code": value}], key="mine"),
    "Node(ref)": lambda value: made_of(attrs.evolve(ITEM, ref=value)),
    "Node(mark)": lambda value: made_of(attrs.evolve(ITEM, mark=value)),
    "Node(gist)": lambda value: made_of(attrs.evolve(ITEM, gist=value)),
    "Node(heading)": lambda value: made_of(attrs.evolve(REPORT.sections["I"], heading=value)),
    "Node(claims)": lambda value: made_of(attrs.evolve(ITEM, claims=(value,))),
    "Node(children)": lambda value: made_of(attrs.evolve(ITEM, children=(value,))),
    "Claim(text)": lambda value: made_of(attrs.evolve(ITEM, claims=(attrs.evolve(CLAIM, text=value),))),
    "==": lambda value: value in (ITEM, CLAIM, REPORT, REPORT.pillars, ITEM.ref, ITEM.mark, REPORT.edition),
}
WRONG: list[object] = [
    *(None, True, 0, 3, -1, 10**30, 1.5, float("nan"), 1j, b"I", bytearray(b"I"), ..., object(), object, len, slice(1)),
    *([], ["I"], {}, {"I": "I"}, (), ("I",), frozenset({"I"}), range(3), iter("I"), lambda: "I", NotImplementedError()),
    *(ITEM, CLAIM, ITEM.mark, ITEM.ref, CLAIM.ref, RefRange.parse("I.1-I.2"), REPORT, REPORT.pillars, REPORT.edition),
]
TRICKY = [
    *("", " ", "\n", "\x00", "\ud800", "\u202e", "I" * 1000, "9" * 199, "(" * 150, "-" * 150, "of " * 60, "to " * 60),
    *(
        '"',
        "'",
        "a OR NEAR(",
        "*",
        "^",
        "_",
        "{",
        "%s",
        "{0}",
        "null",
        "NaN",
        "[" * 100_000,
        '{"a": 1, "a": 2}',
        *TRAPS,
    ),
    *("I.9", "V", "III-2-④(a)", "III-2-④(z)", "I.1-I.2", "I.1-I.9", "claim", "last sentence of I"),
    *("I.1 and I.9", "I.1 and", "and", ", , ,", "I.1, I.2; ⑨", "and " * 50, "I.1," * 40),
    *("last bullet to 3rd bullet of III.2.4", "last sentence to sentence 2 of I.2.7"),
]


@pytest.mark.parametrize("name", WITH_A_TEXT)
def test_tricky_text(name: str) -> None:
    """Texts that mean something to one machine or another raise nothing but our errors."""
    answered = [answers_or_refuses(WITH_A_TEXT[name], text) for text in TRICKY]
    assert all(answered) is (name in {"in Report", "in Places"})


@settings(max_examples=50)
@given(st.text() | token_soup())
@pytest.mark.parametrize("name", WITH_A_TEXT)
def test_any_text(name: str, text: str) -> None:
    """No text raises anything but our errors."""
    answers_or_refuses(WITH_A_TEXT[name], text)


@settings(max_examples=50)
@given(refs() | ref_ranges())
@pytest.mark.parametrize("name", WITH_AN_ADDRESS)
def test_any_address(name: str, address: Ref | RefRange) -> None:
    """No address, as a value or as a text, raises anything but our errors."""
    answers_or_refuses(WITH_AN_ADDRESS[name], address)
    answers_or_refuses(WITH_AN_ADDRESS[name], address.cite())


@pytest.mark.parametrize("name", WITH_A_VALUE)
def test_wrong_type(name: str) -> None:
    """No value of another type raises anything but our errors; what asks whether two things go together answers."""
    answered = [answers_or_refuses(WITH_A_VALUE[name], value) for value in WRONG]
    assert all(answered) is (name in {"in Report", "in Places", "=="})
