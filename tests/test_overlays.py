"""Tests of codes: which hold where, how much is coded, how far two codings agree, and overlays of one's own."""

from __future__ import annotations

import copy
import json
import pickle
from collections import Counter
from typing import Any, cast

import attrs
import pytest
from documents import VALUES, Json
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pasting import is_shown_well, pasted

import asean_japan
from asean_japan import (
    ArgumentError,
    AseanJapanError,
    Assignment,
    Basis,
    Claim,
    Code,
    DataError,
    LimitError,
    NameNotFoundError,
    Node,
    Overlay,
    Place,
    Ref,
    RefNotFoundError,
    RefSyntaxError,
    Report,
    dumps,
    from_dict,
    json_schema,
    loads,
    to_dict,
)
from asean_japan.errors import DetachedNodeError
from asean_japan.model import Overlays
from asean_japan.testing import reports

REPORT = asean_japan.load()
KEYS = ("act", "actor", "aoip", "community", "crs", "sdg", "theme")
SDG = REPORT.overlays["sdg"]
UNITS = [node.ref for node in REPORT.walk(kind="action_item")]
IN_ANY_REPORT = settings(max_examples=30)


def overlay(letters: str = "", /, **fields: Any) -> Overlay:  # noqa: ANN401  # Whatever a field holds.
    """Lay one code, a letter, over each of the first action items."""
    made = Overlay(
        key="mine",
        title="Mine",
        description="What I see.",
        codes={letter: letter.upper() for letter in sorted({*letters, "z"})},
        units=("action_item",),
        inherited_by=("action",),
        assignments=tuple(row(ref, letter) for ref, letter in zip(UNITS, letters, strict=False)),
    )
    return attrs.evolve(made, **fields)


def row(ref: Ref, *codes: str) -> Assignment:
    """Assign codes to a place."""
    return Assignment(ref=ref, codes=codes, reason="as it says")


def agrees(one: str, other: str) -> float:
    """Give the alpha of two codings."""
    return overlay(one).agreement(overlay(other)).alpha


# Which codes hold.


def held(each: Overlay, node: Node) -> tuple[tuple[str, ...], Ref | None] | None:
    """Find the codes of a node by climbing, and the place from which it has them."""
    rows = {row.ref: row for row in each.assignments}
    steps = node
    while steps.ref not in rows:
        if steps.kind not in each.inherited_by or steps.parent is None:
            return None
        steps = steps.parent
    return rows[steps.ref].codes, None if steps is node else steps.ref


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_codes_of_every_place(report: Report) -> None:
    """A node has its own codes, else those from above if its kind inherits; a claim has those of its node."""
    for node in report.walk():
        found = {coding.overlay_key: (coding.codes, coding.inherited_from) for coding in node.codings}
        assert found == {key: codes for key, each in report.overlays.items() if (codes := held(each, node))}
        assert [coding.overlay_key for coding in node.codings] == [key for key in report.overlays if key in found]
        for claim in node.claims:
            assert claim.codings == node.codings
        for key, each in report.overlays.items():
            coding = next((coding for coding in node.codings if coding.overlay_key == key), None)
            assert each.coding(node) == coding
            for place in (node, *node.claims):
                assert (place.ref in each) is (str(place.ref) in each) is (coding is not None)
                if coding is not None:
                    assert each[place] == each[place.ref] == each[place.cite()] == coding
                    assert (coding.ref, coding.basis) == (node.ref, Basis.EDITORIAL)
                    rows = {row.ref: row for row in each.assignments}
                    assert coding.reason == rows[coding.inherited_from or node.ref].reason


def test_there_are_own_inherited_and_no_codes() -> None:
    """In the bundled overlays each of these stands at the kinds where it belongs."""
    for each in REPORT.overlays.values():
        seen = {
            (node.kind, None if coding is None else coding.inherited_from is not None)
            for node in REPORT.walk()
            for coding in [each.coding(node)]
        }
        assert {("action_item", False), ("action", False), ("measure", True), ("sub_measure", True)} <= seen
        never = {"section", "paragraph", "challenge_area", "challenge", "pillar", "action_area"} - {*each.units}
        assert {kind for kind, inherited in seen if inherited is None} == never


def test_codes_may_come_from_the_top() -> None:
    """Where every kind inherits, codes come from the section, and where that has none there are none."""
    kinds = ("section", "action_area", "action_item", "challenge_area")
    rows = (row(Ref.parse("III"), "z"),)
    report = REPORT.with_overlay(overlay(inherited_by=kinds, assignments=rows))
    assert report.overlays["mine"]["III.1.1"].inherited_from == Ref.parse("III")
    assert "I.1" not in report.overlays["mine"]


@pytest.mark.parametrize("address", ["I.2", "II.1.p1.s1", "0"])
def test_place_without_codes(address: str) -> None:
    """Where nothing is coded a look-up is refused."""
    assert (REPORT[address].codings, address in SDG) == ((), False)
    with pytest.raises(ArgumentError) as caught:
        SDG[address]
    assert (caught.value.argument, caught.value.value) == ("address", address)


@pytest.mark.parametrize(
    ("address", "error"),
    [("III.9", RefNotFoundError), ("?", RefSyntaxError), ("I" * 300, LimitError), (None, RefSyntaxError)],
)
def test_look_up_of_what_is_no_place(address: Any, error: type[AseanJapanError]) -> None:  # noqa: ANN401
    """A look-up of codes raises what a look-up of a place raises."""
    assert address not in SDG
    with pytest.raises(error):
        SDG[address]


@pytest.mark.parametrize("node", [None, "III.1.1", Ref.parse("III.1.1"), REPORT["III.1.1.s1"]], ids=str)
def test_coding_is_asked_of_nodes(node: Any) -> None:  # noqa: ANN401
    """Only nodes are coded."""
    with pytest.raises(ArgumentError) as caught:
        SDG.coding(node)
    assert (caught.value.argument, caught.value.value) == ("node", node)


@pytest.mark.long
@IN_ANY_REPORT
@given(reports(), st.booleans())
@example(report=REPORT, inherited=True)
@example(report=REPORT, inherited=False)
def test_coded(report: Report, inherited: bool) -> None:  # noqa: FBT001  # Drawn, not given.
    """Exactly the places that have a code are found, with or without those that inherit it."""
    for each in report.overlays.values():
        coded = [(node, found) for node in report.walk() if (found := held(each, node))]
        for code in each.codes:
            expected = [node for node, (codes, above) in coded if code.code in codes and (inherited or not above)]
            assert list(each.coded(code.code, inherited=inherited)) == expected
            assert each.code(code.code) is code


@pytest.mark.parametrize("code", ["18", "", None, 13, ["13"]])
def test_code_that_the_book_does_not_have(code: Any) -> None:  # noqa: ANN401
    """The error names the overlay."""
    for ask in (SDG.code, SDG.coded):
        with pytest.raises(ArgumentError) as caught:
            ask(code)
        assert (caught.value.argument, caught.value.value) == ("code", code)
        asked = isinstance(code, str) and code
        assert caught.value.expected == ("a code of the overlay sdg" if asked else "text that is not blank")


def test_code_by_its_label() -> None:
    """A label that two codes have does not tell which is meant."""
    twins = Overlay(key="mine", title="Mine", codes={"a": "One", "b": "one", "c": "Two"}, assignments={})
    assert twins.code("two").code == twins.code("C").code == "c"
    with pytest.raises(ArgumentError) as caught:
        twins.code("ONE")
    assert caught.value.expected == "a code of the overlay mine, such as a, b"


# How much is coded.


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_coverage(report: Report) -> None:
    """Units, those that are coded, those without a code that applies, and each code are counted one by one."""
    for each in report.overlays.values():
        rows = {row.ref: row.codes for row in each.assignments}
        units = [node for node in report.walk() if node.kind in each.units]
        coverage = each.coverage()
        assert coverage.units == len(units)
        assert coverage.coded == sum(node.ref in rows for node in units)
        assert list(coverage.uncoded) == [node for node in units if node.ref not in rows]
        nothing = [node for node in units if node.ref in rows and {c[:4] for c in rows[node.ref]} == {"none"}]
        assert coverage.none == len(nothing)
        assert dict(coverage.counts) == Counter(code for codes in rows.values() for code in codes)
        assert [count for _, count in coverage.counts] == sorted(dict(coverage.counts).values(), reverse=True)


def test_coverage_of_none() -> None:
    """Only a place of which all codes say that none applies counts as such."""
    codes = tuple(Code(code=code) for code in ("none", "none:defence", "nonesuch"))
    assert [code.is_none for code in codes] == [True, True, False]
    groups = (("none",), ("none:defence", "none"), ("none", "nonesuch"), ("nonesuch",))
    rows = tuple(row(ref, *group) for ref, group in zip(UNITS, groups, strict=False))
    coverage = REPORT.with_overlay(overlay(codes=codes, assignments=rows)).overlays["mine"].coverage()
    assert (coverage.units, coverage.coded, coverage.none, len(coverage.uncoded)) == (20, 4, 2, 16)


def test_coverage_as_html() -> None:
    """A notebook shows a table."""
    shown: str = getattr(REPORT.with_overlay(overlay("aab")).overlays["mine"].coverage(), "_repr_html_")()  # noqa: B009
    assert "<code>coded</code></td><td>3 of 20</td>" in shown
    assert "<code>a</code></td><td>2</td>" in shown


# Agreement.


@pytest.mark.parametrize(
    ("one", "other", "alpha"),
    [
        # The worked examples of K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, parts A and B.
        ("nynnnnnnyn", "yyynnynnnn", 0.095),
        ("aabbdcccedda", "babbbccceddd", 0.692),
        ("ab", "ba", -0.5),
        ("aaaa", "bbbb", -0.75),
        ("a", "b", 0.0),
    ],
)
def test_agreement_of_known_alpha(one: str, other: str, alpha: float) -> None:
    """The statistic is that of the book, whichever coding is asked; differences are listed."""
    found = overlay(one).agreement(overlay(other))
    assert found.alpha == pytest.approx(alpha, abs=0.0005)
    assert agrees(other, one) == pytest.approx(found.alpha)
    pairs = [(ref, *pair) for ref, *pair in zip(UNITS, one, other, strict=False)]
    assert found.differences == tuple((ref, a, b) for ref, a, b in pairs if a != b)
    assert (found.units, found.same) == (len(one), len(one) - len(found.differences))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=20))
def test_alpha_by_hand(pairs: list[tuple[str, str]]) -> None:
    """It is one minus the observed over the expected share of different pairs."""
    one, other = ("".join(codes) for codes in zip(*pairs, strict=True))
    counts = Counter(one + other)
    total = sum(counts.values())
    expected = sum(counts[a] * counts[b] for a in counts for b in counts if a != b) / (total - 1)
    observed = 2 * sum(a != b for a, b in pairs)
    assert agrees(one, other) == pytest.approx(1 - observed / expected if expected else 1.0)


@pytest.mark.parametrize("key", KEYS)
def test_agreement_with_itself(key: str) -> None:
    """Each coding agrees with itself."""
    each = REPORT.overlays[key]
    found = each.agreement(attrs.evolve(each))
    assert (found.alpha, found.units, found.same, found.differences) == (1.0, len(each.assignments), found.units, ())


def test_agreement_is_of_primary_codes_at_common_places() -> None:
    """Further codes, and places that only one has coded, do not count; nor does a place without a code."""
    rows = overlay("ab").assignments
    more = (
        attrs.evolve(rows[0], codes=("a", "z")),
        attrs.evolve(rows[1], codes=("z", "b")),
        row(Ref.parse("I"), "z"),
    )
    found = overlay("ab").agreement(overlay("ab", assignments=(*more, row(UNITS[5]))))
    assert (found.units, found.same, found.differences) == (2, 1, ((UNITS[1], "b", "z"),))


@pytest.mark.parametrize("other", [overlay(), overlay("z", assignments=()), attrs.evolve(SDG, assignments=())])
def test_agreement_without_common_places(other: Overlay) -> None:
    """Where nothing is in common there is nothing to say."""
    with pytest.raises(ArgumentError) as caught:
        SDG.agreement(other)
    assert (caught.value.argument, caught.value.value) == ("other", other.key)


@pytest.mark.parametrize(("key", "other"), [("sdg", "aoip"), ("community", "crs"), ("act", "actor")])
def test_agreement_with_another_list(key: str, other: str) -> None:
    """Codes of two lists cannot agree, so that no number is given; "none" is in every list and makes no two alike."""
    with pytest.raises(ArgumentError, match=f"expected an overlay with codes of the same list as {key}"):
        REPORT.overlays[key].agreement(REPORT.overlays[other])


@pytest.mark.parametrize("other", [None, "sdg", Overlay])
def test_agreement_with_what_is_no_overlay(other: Any) -> None:  # noqa: ANN401
    """Only overlays are compared."""
    with pytest.raises(ArgumentError) as caught:
        SDG.agreement(other)
    assert (caught.value.argument, caught.value.value) == ("other", other)


# The collection.


def test_overlays_are_a_mapping() -> None:
    """By key, in a fixed order; a key that there is not is refused with those there are."""
    overlays = REPORT.overlays
    assert isinstance(overlays, Overlays)
    assert (tuple(overlays), tuple(overlays.values())) == (KEYS, REPORT.layers.overlays)
    assert overlays["sdg"] is SDG
    assert overlays.get("SDG") is None
    with pytest.raises(NameNotFoundError) as caught:
        overlays["SDG"]
    assert (caught.value.name, caught.value.suggestions) == ("SDG", KEYS)
    wrong: Any
    for wrong in ("", None, 5, ["sdg"], SDG):
        with pytest.raises(ArgumentError) as refused:
            overlays[wrong]
        assert (refused.value.argument, refused.value.value) == ("key", wrong)
        assert wrong not in overlays


def test_repr() -> None:
    """The repr of a bundled overlay finds it again; that of another is one short line, which may be pasted back."""
    assert repr(SDG) == "asean_japan.load().overlays['sdg']"
    assert all(pasted(each) is each for each in REPORT.overlays.values())
    laid = REPORT.with_overlay(overlay("ab")).overlays["mine"]
    for each in (*map(attrs.evolve, REPORT.overlays.values()), laid, overlay("ab"), overlay()):
        assert is_shown_well(each)
        assert is_shown_well(each.codes[0])
        assert all(is_shown_well(assignment) for assignment in each.assignments)
    assert pasted(row(UNITS[0], "a")) == row(UNITS[0], "a")
    assert pasted(Code(code="a", label="A")) == Code(code="a", label="A")


def test_pickle_and_copy() -> None:
    """A bundled overlay comes back itself, a laid one with its report, a detached one alone."""
    laid = REPORT.with_overlay(overlay("ab")).overlays["mine"]
    for each, detached in ((SDG, False), (laid, False), (overlay("ab"), True)):
        again: Overlay = pickle.loads(pickle.dumps(each))  # noqa: S301 - our own.
        assert (again, hash(again), again.detached) == (each, hash(each), detached)
        assert (again is each) is (each is SDG)
        assert copy.copy(each) is copy.deepcopy(each) is each
    assert pickle.loads(pickle.dumps(laid))["III.1.1"] == laid["III.1.1"]  # noqa: S301 - our own.


def test_html() -> None:
    """An overlay shows its places, escaped; the collection its titles."""
    shown = REPORT.with_overlay(overlay("a", title="<Mine>")).overlays
    assert "<b>&lt;Mine&gt;</b>" in shown["mine"]._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "<code>III.1.1</code></td><td>a</td>" in shown["mine"]._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "<code>mine</code></td><td>&lt;Mine&gt;</td>" in shown._repr_html_()  # pyright: ignore[reportPrivateUsage]


def test_addresses_are_not_iterated() -> None:
    """There is no one list of what can be looked up."""
    with pytest.raises(TypeError):
        iter(cast("Any", SDG))


# Overlays of one's own.

MINE = overlay("aab")


def test_with_overlay_adds_one() -> None:
    """The new report has one overlay more, the last; the others, and the report itself, stay as they are."""
    report = REPORT.with_overlay(MINE)
    assert (tuple(report.overlays), tuple(REPORT.overlays)) == ((*KEYS, "mine"), KEYS)
    assert all(report.overlays[key] == REPORT.overlays[key] for key in KEYS)
    assert report.overlays["mine"] == MINE
    assert (MINE.detached, report.overlays["mine"].detached) == (True, False)
    assert report != REPORT
    assert hash(report) == hash(REPORT)
    assert attrs.evolve(report.layers, overlays=()) == attrs.evolve(REPORT.layers, overlays=())
    assert list(report.find(code="mine:a")) == [
        node for item in UNITS[:2] for node in report.walk() if node.ref.is_relative_to(item) and node.ref.depth <= 4
    ]
    assert report.check() == ()
    with pytest.raises(ArgumentError):
        REPORT.find(code="mine:a")


def test_with_overlay_replaces_one() -> None:
    """Under a key that there is already the new one takes the old one's place."""
    report = REPORT.with_overlay(attrs.evolve(MINE, key="crs"))
    assert tuple(report.overlays) == KEYS
    assert report.overlays["crs"].codes == MINE.codes
    assert all(report.overlays[key] == REPORT.overlays[key] for key in KEYS if key != "crs")
    assert REPORT.overlays["crs"].codes != MINE.codes


def test_overlay_of_another_report() -> None:
    """One that belongs to a report is copied, and stays in its own."""
    report = REPORT.with_overlay(SDG)
    assert report == REPORT
    assert report.overlays["sdg"] is not SDG
    assert SDG["III.1.1"] == REPORT.overlays["sdg"]["III.1.1"]


def test_report_with_an_overlay_is_written_and_read() -> None:
    """It comes back with it, as JSON and as plain data."""
    report = REPORT.with_overlay(MINE)
    assert loads(dumps(report)) == from_dict(to_dict(report)) == report


def test_with_overlay_tells_all_misfits() -> None:
    """Places that do not exist, codes that are not in the book, and all else that is wrong are told at once."""
    nowhere, unbooked = row(Ref.parse("III.9"), "a"), row(UNITS[0], "q", "a", "r")
    with pytest.raises(DataError) as caught:
        REPORT.with_overlay(overlay("a", assignments=(nowhere, unbooked), title=""))
    assert caught.value.misfits == (
        "empty @ overlay.title",
        "unknown address: III.9 @ overlay.assignments[0]",
        "not a code of mine: 'q' @ overlay.assignments[1]",
        "not a code of mine: 'r' @ overlay.assignments[1]",
    )
    assert caught.value.source == "overlay mine"
    assert ": empty @ overlay.title; " in str(caught.value)


@pytest.mark.parametrize("wrong", [{"key": []}, {"title": 5}, {"assignments": (5,)}])
def test_with_overlay_of_wrong_types(wrong: Any) -> None:  # noqa: ANN401
    """Also what is of a wrong type is told of the overlay."""
    with pytest.raises(DataError) as caught:
        REPORT.with_overlay(attrs.evolve(MINE, **wrong))
    assert all(" @ overlay." in misfit for misfit in caught.value.misfits)


@pytest.mark.parametrize("wrong", [None, "sdg", {}, REPORT, Overlay])
def test_with_what_is_no_overlay(wrong: Any) -> None:  # noqa: ANN401
    """Only an overlay is laid."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.with_overlay(wrong)
    assert (caught.value.argument, caught.value.expected) == ("overlay", "an Overlay")


@pytest.mark.parametrize("field", ["units", "inherited_by"])
def test_no_list_in_an_overlay(field: str) -> None:
    """What could be changed later is refused."""
    with pytest.raises(ArgumentError) as caught:
        overlay(**{field: []})
    assert (caught.value.argument, caught.value.expected) == (field, "a tuple")
    wrong: Any = ["a"]
    with pytest.raises(ArgumentError):
        Assignment(ref=UNITS[0], codes=wrong)


# An overlay in few words.


def test_overlay_in_few_words() -> None:
    """Labels by code and codes by address are enough; all else is left out."""
    made = Overlay(key="mine", title="Mine", codes={"now": "urgent", "x": None}, assignments={"I-1-②": "now"})
    assert made == Overlay(
        key="mine",
        title="Mine",
        description=None,
        source=None,
        credits=None,
        book=None,
        codes=(Code(code="now", label="urgent", definition=None, uri=None), Code(code="x")),
        units=(),
        inherited_by=(),
        assignments=(Assignment(ref=Ref.parse("I.1.2"), codes=("now",), reason=None),),
    )
    report = REPORT.with_overlay(made)
    assert report.check() == ()
    assert report.overlays["mine"]["I.1.2"].reason is None
    assert [str(node.ref) for node in report.find(code="mine:now")] == ["I.1.2"]
    assert loads(dumps(made), Overlay) == made
    assert loads(dumps(report)) == report


@pytest.mark.parametrize("field", ["key", "title", "codes", "assignments"])
def test_what_an_overlay_needs(field: str) -> None:
    """There is no overlay without a key, a title, a code book and assignments; they are given by name."""
    fields: dict[str, Any] = {"key": "mine", "title": "Mine", "codes": {}, "assignments": {}}
    assert Overlay(**fields).assignments == ()
    del fields[field]
    with pytest.raises(TypeError, match=field):
        Overlay(**fields)
    wrong: Any = Overlay
    with pytest.raises(TypeError):
        wrong("mine", "Mine")


@pytest.mark.parametrize(
    "address",
    [
        *("III.2.4", "III-2-④", "III.2.(4)", "item ④ of section III.2", "sec_III__subsec_2__para_4"),
        *(Ref.parse("III.2.4"), REPORT["III.2.4"], REPORT.action_items["III.2.4"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("codes", ["a", ["a", "z"], ("a",), ["a"], {"a": 1}, iter(["a", "z"])])
def test_addresses_as_people_write_them(address: Any, codes: Any) -> None:  # noqa: ANN401
    """A place is named as everywhere, and has one code or several, the primary one first."""
    expected = tuple(codes) if not isinstance(codes, str) else ("a",)
    is_iterator: bool = not isinstance(codes, str | list | tuple | dict)
    again = cast("Any", iter(expected) if is_iterator else codes)
    made = overlay("a", assignments={address: again})
    assert made.assignments == (Assignment(ref=Ref.parse("III.2.4"), codes=expected),)


def test_places_of_a_report_that_have_a_code() -> None:
    """What was found is coded as it is; the order is that of what was given."""
    found = REPORT.find(text="climate", kind="action")
    assert len(found) > 1
    by_node = overlay("a", assignments=dict.fromkeys(found, "a"))
    by_ref = overlay("a", assignments={node.ref: ["a"] for node in found})
    by_assignment = overlay("a", assignments=(Assignment(ref=node.ref, codes=("a",)) for node in found))
    assert by_node == by_ref == by_assignment
    assert [each.ref for each in by_node.assignments] == [node.ref for node in found]


def test_overlay_is_given_iterables() -> None:
    """Codes and assignments may come from anything that can be gone through once, and are kept as tuples."""
    made = overlay("ab")
    again = overlay("ab", codes=[*made.codes], assignments=iter(made.assignments))
    assert again == made
    assert (type(again.codes), type(again.assignments)) == (tuple, tuple)


@pytest.mark.parametrize(
    ("fields", "argument"),
    [
        ({"codes": "now"}, "codes"),
        ({"codes": None}, "codes"),
        ({"codes": 5}, "codes"),
        ({"assignments": "I.1.2"}, "assignments"),
        ({"assignments": None}, "assignments"),
        ({"assignments": {"I.1.2": None}}, "codes"),
        ({"assignments": {"I.1.2": 13}}, "codes"),
    ],
)
def test_what_makes_no_overlay(fields: dict[str, Any], argument: str) -> None:
    """A text is not several values, and neither is nothing."""
    with pytest.raises(ArgumentError) as caught:
        overlay(**fields)
    assert (caught.value.argument, caught.value.expected) == (argument, "several values, or a mapping")


@pytest.mark.parametrize("address", ["III.2.x", " ", "III-2-④(a)", "last bullet of III.2.4", "I.2.6-I.2.8", "I" * 201])
def test_address_that_does_not_mean_one_place(address: str) -> None:
    """Without a report nothing is guessed."""
    with pytest.raises((RefSyntaxError, LimitError)):
        overlay("a", assignments={address: "a"})
    with pytest.raises((RefSyntaxError, LimitError)):
        Overlay.from_records([{"ref": address, "code": "a"}], key="mine")


@pytest.mark.parametrize("address", [None, 5, ("I.1.2",), b"I.1.2"])
def test_address_of_another_type(address: Any) -> None:  # noqa: ANN401
    """What is not an address is found where the overlay is laid, with its path."""
    with pytest.raises(DataError) as caught:
        REPORT.with_overlay(overlay("a", assignments={address: "a"}))
    (misfit,) = caught.value.misfits
    assert misfit.endswith(" where Ref belongs @ overlay.assignments[0].ref")


def test_place_that_does_not_exist() -> None:
    """Whether there is such a place, the report says; so it does of a code that is not in the book."""
    made = overlay("a", assignments={"III.9": "a", "III.1.1": "q"})
    with pytest.raises(DataError) as caught:
        REPORT.with_overlay(made)
    assert caught.value.misfits == (
        "unknown address: III.9 @ overlay.assignments[0]",
        "not a code of mine: 'q' @ overlay.assignments[1]",
    )


@pytest.mark.parametrize("address", ["I.1.2", REPORT["I.1.2"], Ref.parse("I.1.2")], ids=str)
def test_evolve_takes_the_same(address: Any) -> None:  # noqa: ANN401
    """A changed copy is made of the same values as a new one."""
    changed = attrs.evolve(SDG, key="mine", assignments={address: "13"})
    assert changed.assignments == (Assignment(ref=Ref.parse("I.1.2"), codes=("13",)),)
    assert changed.codes == SDG.codes


# An overlay from a table.

NAN = float("nan")


def test_from_records() -> None:
    """A row for each code of a place makes an overlay; its book has the codes in the order of their first use."""
    rows: list[dict[str, object]] = [
        {"ref": "III-1-②", "code": "b", "reason": "first", "gist": "not read"},
        {"ref": "III.1.1", "code": "a", "reason": "why"},
        {"ref": "III.1.2", "code": "a", "reason": "second"},
        {"ref": "III.1.2", "code": "b", "reason": None},
    ]
    made = Overlay.from_records(rows, key="mine")
    assert made == Overlay(
        key="mine",
        title="mine",
        codes=(Code(code="b"), Code(code="a")),
        assignments=(
            Assignment(ref=Ref.parse("III.1.2"), codes=("b", "a"), reason="first"),
            Assignment(ref=Ref.parse("III.1.1"), codes=("a",), reason="why"),
        ),
    )
    assert REPORT.with_overlay(made).check() == ()


def test_from_records_with_a_book_and_a_title() -> None:
    """Title, description and code book are taken as they are; a code that the book does not have is found later."""
    book = {"now": "urgent", "later": "not urgent"}
    rows = [{"ref": "I.1.2", "code": "now"}]
    made = Overlay.from_records(rows, key="mine", title="Mine", description="What I see.", codes=book)
    assert made == Overlay(
        key="mine", title="Mine", description="What I see.", codes=book, assignments={"I.1.2": "now"}
    )
    assert Overlay.from_records(rows, key="mine", title="", codes=made.codes).title == ""
    with pytest.raises(DataError, match="not a code of mine: 'other'"):
        REPORT.with_overlay(Overlay.from_records([{"ref": "I.1.2", "code": "other"}], key="mine", codes=book))


class Unknown:
    """What pandas calls NA: nobody knows whether it differs from anything."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> Any:  # noqa: ANN401
        return self

    def __ne__(self, other: object) -> Any:  # noqa: ANN401
        return self

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


class Several(Unknown):
    """What numpy calls an array: whether it differs is known of each of its items only."""

    def __bool__(self) -> bool:
        raise ValueError("the truth value of an array is ambiguous")


@pytest.mark.parametrize("empty", [None, NAN, "", Unknown()])
def test_from_records_with_empty_cells(empty: object) -> None:
    """An empty cell assigns nothing and gives no reason, whatever a DataFrame has for it."""
    rows: list[dict[str, object]] = [
        {"ref": "III.1.1", "code": empty, "reason": "not read"},
        {"ref": "III.1.2", "code": "a", "reason": empty},
        {"ref": "III.1.3", "code": empty, "reason": "of the next row, too"},
        {"ref": "III.1.3", "code": "a", "reason": empty},
    ]
    made = Overlay.from_records(rows, key="mine")
    assert made.assignments == (
        Assignment(ref=Ref.parse("III.1.2"), codes=("a",)),
        Assignment(ref=Ref.parse("III.1.3"), codes=("a",), reason="of the next row, too"),
    )
    assert [code.code for code in made.codes] == ["a"]


def test_from_records_of_nothing() -> None:
    """No rows, and rows without a code, make an overlay without assignments."""
    empty: list[dict[str, object]] = [{"ref": "I.1.2", "code": None}]
    for rows in (empty, empty[1:]):
        assert Overlay.from_records(rows, key="mine") == Overlay(key="mine", title="mine", codes=(), assignments=())


def test_from_records_by_id() -> None:
    """The address may be the `id` of a passage; a column `ref` goes before it."""
    by_id = [{"id": passage.id, "code": "a"} for passage in REPORT.passages()[:3]]
    by_ref = [{"ref": row["id"], "id": 7, "code": "a"} for row in by_id]
    assert Overlay.from_records(by_id, key="mine") == Overlay.from_records(by_ref, key="mine")
    assert len(Overlay.from_records(by_id, key="mine").assignments) == 3


def test_from_records_passes_over_a_code_given_twice() -> None:
    """A row that says what another one said adds nothing."""
    rows = [{"ref": "I.1.2", "code": "a"}, {"ref": "I-1-②", "code": "a"}]
    assert Overlay.from_records(rows, key="mine").assignments == (Assignment(ref=Ref.parse("I.1.2"), codes=("a",)),)


def test_from_records_takes_any_iterable_and_its_own_table() -> None:
    """The codes of an overlay, written as rows, make its assignments again."""
    given = [(each, code) for each in SDG.assignments for code in each.codes]
    rows = ({"ref": str(each.ref), "code": code, "reason": each.reason} for each, code in given)
    assert Overlay.from_records(rows, key="sdg", codes=SDG.codes).assignments == SDG.assignments


def test_from_records_of_a_data_frame() -> None:
    """A DataFrame has NaN or its own NA where a cell is empty; its records are taken as they are."""
    pandas: Any = pytest.importorskip("pandas")
    columns = {"ref": ["I.1.2", "I.1.3", "I-1-②"], "code": ["now", None, "x"], "reason": ["why", None, NAN]}
    frame = pandas.DataFrame(columns)
    for rows in (frame.to_dict("records"), frame.convert_dtypes().to_dict("records")):
        made = Overlay.from_records(rows, key="mine")
        assert made.assignments == (Assignment(ref=Ref.parse("I.1.2"), codes=("now", "x"), reason="why"),)


@pytest.mark.parametrize(
    ("row", "argument"),
    [
        ({"code": "a"}, "records[1]"),
        ({"ref": "I.1.2"}, "records[1]"),
        ({}, "records[1]"),
        ("I.1.2", "records[1]"),
        (None, "records[1]"),
        (5, "records[1]"),
        (["I.1.2", "a"], "records[1]"),
        ({"ref": "I.1.2", "code": 13}, "records[1]['code']"),
        ({"ref": "I.1.2", "code": 13.0}, "records[1]['code']"),
        ({"ref": "I.1.2", "code": ["a", "b"]}, "records[1]['code']"),
        ({"ref": "I.1.2", "code": "a", "reason": 5}, "records[1]['reason']"),
        ({"ref": 5, "code": "a"}, "records[1]['ref']"),
        ({"ref": None, "code": "a"}, "records[1]['ref']"),
        ({"ref": NAN, "code": "a"}, "records[1]['ref']"),
        ({"id": "", "code": "a"}, "records[1]['id']"),
        ({"ref": "I.1.2", "code": Several()}, "records[1]['code']"),
    ],
)
def test_from_records_refuses_a_row(row: Any, argument: str) -> None:  # noqa: ANN401
    """A row without an address or a column of codes, or a cell that is not text, is named by its number."""
    with pytest.raises(ArgumentError) as caught:
        Overlay.from_records([{"ref": "I.1.1", "code": "a"}, row], key="mine")
    assert caught.value.argument == argument


@pytest.mark.parametrize("records", [None, 5])
def test_from_records_of_what_is_not_rows(records: Any) -> None:  # noqa: ANN401
    """What cannot be gone through has no rows."""
    with pytest.raises(ArgumentError) as caught:
        Overlay.from_records(records, key="mine")
    assert caught.value.argument == "records"


def test_detached_overlay() -> None:
    """One that belongs to no report knows codes by address only."""
    assert MINE.detached
    assert MINE.coding(cast("Node", REPORT[UNITS[2]])) == REPORT.with_overlay(MINE).overlays["mine"][UNITS[2]]
    for ask in (MINE.coverage, lambda: MINE.coded("a"), lambda: MINE["III.1.1"]):
        with pytest.raises(DetachedNodeError):
            ask()
    assert "III.1.1" not in MINE


# Overlays by themselves, as JSON.


@pytest.mark.long
@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_overlay_round_trips(report: Report) -> None:
    """An overlay is written by itself as in its report, fits its schema, and comes back equal and detached."""
    whole: Json = to_dict(report)
    schema = json_schema() | {"$ref": "#/$defs/Overlay"}
    validator: Any = Draft202012Validator(
        {key: value for key, value in schema.items() if key in {"$schema", "$ref", "$defs"}}
    )
    for at, each in enumerate(report.overlays.values()):
        data: Json = to_dict(each)
        assert data == whole["layers"]["overlays"][at] == json.loads(dumps(each))
        validator.validate(data)
        for again in (loads(dumps(each), Overlay), loads(dumps(each).encode(), Overlay), from_dict(data, Overlay)):
            assert (again, again.detached, dumps(again)) == (each, True, dumps(each))
            assert report.with_overlay(again) == report


BOOK: Json = {
    "key": "codes",
    "title": "Codes",
    "description": "What for.",
    "source": "A list",
    "credits": "A keeper",
    "book": "# Codes\n\n- Use 1.\n  Always.",
    "codes": [{"code": "1", "label": "One", "definition": "The first", "uri": "https://example.org"}],
    "units": ["action_item", "action"],
    "inherited_by": ["measure"],
    "assignments": [{"ref": "III.1.1", "codes": ["1"], "reason": "A reason."}],
}


def misfits(data: Json) -> tuple[str, ...]:
    """Read what is no sound overlay, and return what is wrong with it."""
    with pytest.raises(DataError) as caught:
        from_dict(data, Overlay)
    with pytest.raises(DataError) as again:
        loads(json.dumps(data), Overlay)
    assert again.value.misfits == caught.value.misfits
    return caught.value.misfits


@pytest.mark.parametrize("field", BOOK)
def test_field_of_an_overlay(field: str) -> None:
    """One that is missing, or of another type, is told with its path."""
    assert misfits({key: value for key, value in BOOK.items() if key != field}) == (
        f"required field missing: {field} @ overlay.{field}",
    )
    for value in VALUES:
        if type(value) is type(BOOK[field]) or (
            value is None and field in {"description", "source", "credits", "book"}
        ):
            continue
        assert all(f" @ overlay.{field}" in misfit for misfit in misfits({**BOOK, field: value}))


def test_overlay_that_is_not_sound() -> None:
    """All that can be known without a report is told at once; which places exist only a report knows."""
    row = BOOK["assignments"][0]
    rows: Json = [{**row, "codes": ["2"]}, row, {**row, "ref": "III.9"}, {**row, "ref": "I.1.s1", "codes": []}]
    assert misfits({**BOOK, "key": "My Codes", "title": "a  b", "assignments": rows}) == (
        "stray white space or characters that do not show @ overlay.title",
        "not a key: 'My Codes' @ overlay.key",
        "III.1.1 occurs twice @ overlay.assignments",
        "not a code of My Codes: '2' @ overlay.assignments[0]",
        "I.1.s1 is a claim; codes belong to nodes @ overlay.assignments[3]",
        "no code @ overlay.assignments[3]",
    )
    assert misfits({**BOOK, "more": 1}) == ("unknown fields: more @ overlay",)
    assert "required field missing: key @ overlay.key" in misfits({"edition": {}, "sections": []})


@pytest.mark.parametrize("text", ["", " ", "\n# Codes", "# Codes\n", "a\tb", "a\r\nb", "a\x00b", "a\u2028b", "a\u200b"])
def test_code_book_that_is_not_sound(text: str) -> None:
    """A code book has lines, which spaces may indent; what does not show is in none."""
    assert set(misfits({**BOOK, "book": text})) <= {
        "empty @ overlay.book",
        "stray white space or characters that do not show @ overlay.book",
    }


WRITINGS = {
    "Persian": "می\u200cخواهم",
    "Hindi": "क्\u200dष और रक्\u200cषा",
    "Khmer": "កិច្ច\u200bសហ\u200bប្រតិបត្តិការ",
    "Thai": "ความ\u200bร่วมมือ",
    "Vietnamese": "Hợp tác",
    "decomposed": "Cafe\u0301, Hơ\u0323p ta\u0301c",
    "emoji": "\U0001f469\u200d\U0001f52c \u2764\ufe0f",
}


@pytest.mark.parametrize("name", WRITINGS)
def test_writing_of_the_region_is_taken(name: str) -> None:
    """Joiners that spelling needs are taken, in any normal form, as they are; and they come back from JSON."""
    text = WRITINGS[name]
    code = Code(code=text, label=text, definition=text, uri=None)
    row = Assignment(ref=UNITS[0], codes=(text,), reason=text)
    mine = overlay(title=text, description=text, book=f"# {text}\n\n  {text}", codes=(code,), assignments=(row,))
    report = REPORT.with_overlay(mine)
    assert report.check() == ()
    assert report.overlays["mine"].title == text
    assert [node.ref for node in report.overlays["mine"].coded(text, inherited=False)] == [UNITS[0]]
    assert loads(dumps(report)) == report


@pytest.mark.parametrize(
    "text", ["\u200cab", "ab\u200d", "a \u200db", "a\u200c\u200cb", "a\u200bb", "a\u2060b", "\ufeffa"]
)
def test_what_no_spelling_needs_is_refused(text: str) -> None:
    """At the edge of a word, doubled, or in a writing that has no use for it, it is stray."""
    with pytest.raises(DataError, match="characters that do not show"):
        REPORT.with_overlay(overlay(title=text))


@pytest.mark.parametrize("key", ["act", "actor", "aoip", "community", "crs", "sdg", "theme"])
def test_code_book_is_read_by_itself(key: str) -> None:
    """Each overlay of the package has its code book, with the rules that all of them share, and no link out of it."""
    book = REPORT.overlays[key].book or ""
    assert book.startswith(f"# Code book `{key}`: ")
    assert "# Shared rules of the code books" in book.splitlines()
    assert "](" not in book
    assert all(code.code in book for code in REPORT.overlays[key].codes if code.definition)


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"key": 1, "key": 2}', "NaN"])
def test_text_that_is_no_overlay(text: str) -> None:
    """Nor is any other JSON."""
    with pytest.raises(DataError) as caught:
        loads(text, Overlay)
    assert all(" @ overlay" in misfit for misfit in caught.value.misfits)


@pytest.mark.parametrize("kind", [Place, Node, Claim, Report])
def test_overlay_is_nothing_else(kind: type[Report]) -> None:
    """An overlay is read only where one is expected."""
    with pytest.raises(DataError):
        loads(dumps(MINE), kind)


@pytest.mark.parametrize("inherited", ["no", 0, None], ids=repr)
def test_flag_of_another_type_is_refused(inherited: Any) -> None:  # noqa: ANN401
    """A word for no is not no."""
    with pytest.raises(ArgumentError) as caught:
        SDG.coded("13", inherited=inherited)
    assert caught.value.argument == "inherited"
