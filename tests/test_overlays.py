"""Tests of codes: which hold where, how much is coded, how far two codings agree, and overlays of one's own."""

from __future__ import annotations

import copy
import json
import pickle
from collections import Counter
from typing import Any, cast

import attrs
import pytest
from documents import DOCUMENT, VALUES, Json
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

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
KEYS = ("act", "actor", "aoip", "community", "crs", "sdg")
SDG = REPORT.overlays["sdg"]
UNITS = [node.ref for node in REPORT.walk(kind="action_item")]
IN_ANY_REPORT = settings(max_examples=30)


def overlay(letters: str = "", /, **fields: Any) -> Overlay:  # noqa: ANN401  # Whatever a field holds.
    """Lay one code, a letter, over each of the first action items."""
    book = tuple(Code(letter, letter.upper(), None, None) for letter in sorted({*letters, "z"}))
    rows = tuple(Assignment(ref, (code,), "as it says") for ref, code in zip(UNITS, letters, strict=False))
    made = Overlay("mine", "Mine", "What I see.", None, None, book, ("action_item",), ("action",), rows)
    return attrs.evolve(made, **fields)


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
        found = {coding.overlay: (coding.codes, coding.inherited_from) for coding in node.codes}
        assert found == {key: codes for key, each in report.overlays.items() if (codes := held(each, node))}
        assert [coding.overlay for coding in node.codes] == [key for key in report.overlays if key in found]
        for claim in node.claims:
            assert claim.codes == node.codes
        for key, each in report.overlays.items():
            coding = next((coding for coding in node.codes if coding.overlay == key), None)
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
        assert {kind for kind, inherited in seen if inherited is None} == {
            *("section", "paragraph", "challenge_area", "challenge", "pillar", "action_area")
        }


def test_codes_may_come_from_the_top() -> None:
    """Where every kind inherits, codes come from the section, and where that has none there are none."""
    kinds = ("section", "action_area", "action_item", "challenge_area")
    rows = (Assignment(Ref.parse("III"), ("z",), "x"),)
    report = REPORT.with_overlay(overlay(inherited_by=kinds, assignments=rows))
    assert report.overlays["mine"]["III.1.1"].inherited_from == Ref.parse("III")
    assert "I.1" not in report.overlays["mine"]


@pytest.mark.parametrize("address", ["I.2.7", "II.1.p1.s1", "0"])
def test_place_without_codes(address: str) -> None:
    """Where nothing is coded a look-up is refused."""
    assert (REPORT[address].codes, address in SDG) == ((), False)
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


@IN_ANY_REPORT
@given(reports(), st.booleans())
@example(report=REPORT, inherited=True)
@example(report=REPORT, inherited=False)
def test_coded(report: Report, inherited: bool) -> None:  # noqa: FBT001  # Drawn, not given.
    """Exactly the places that have a code are found, with or without those that inherit it."""
    for each in report.overlays.values():
        for code in each.codes:
            expected = [
                node
                for node in report.walk()
                if (found := held(each, node)) and code.code in found[0] and (inherited or not found[1])
            ]
            assert list(each.coded(code.code, inherited=inherited)) == expected
            assert each.code(code.code) is code


@pytest.mark.parametrize("code", ["18", "", " 13", None, 13, ["13"]])
def test_code_that_the_book_does_not_have(code: Any) -> None:  # noqa: ANN401
    """The error names the overlay."""
    for ask in (SDG.code, SDG.coded):
        with pytest.raises(ArgumentError) as caught:
            ask(code)
        assert (caught.value.argument, caught.value.value) == ("code", code)
        assert caught.value.expected == "a code of the overlay sdg"


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
    codes = tuple(Code(code, None, None, None) for code in ("none", "none:defence", "nonesuch"))
    assert [code.is_none for code in codes] == [True, True, False]
    groups = (("none",), ("none:defence", "none"), ("none", "nonesuch"), ("nonesuch",))
    rows = tuple(Assignment(ref, group, "x") for ref, group in zip(UNITS, groups, strict=False))
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
        Assignment(Ref.parse("I"), ("z",), "x"),
    )
    found = overlay("ab").agreement(overlay("ab", assignments=(*more, Assignment(UNITS[5], (), "x"))))
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
        assert (refused.value.argument, refused.value.value) == ("name", wrong)
        assert wrong not in overlays


def test_repr_pastes_back() -> None:
    """The repr of a bundled overlay finds it again, that of another builds it again."""
    names: dict[str, object] = {name: getattr(asean_japan, name) for name in asean_japan.__all__}
    names["asean_japan"] = asean_japan
    assert repr(SDG) == "asean_japan.load().overlays['sdg']"
    for each in REPORT.overlays.values():
        assert eval(repr(each), dict(names)) is each  # noqa: S307 - our own.
        assert eval(repr(attrs.evolve(each)), dict(names)) == each  # noqa: S307 - our own.
    laid = REPORT.with_overlay(overlay("ab")).overlays["mine"]
    assert eval(repr(laid), dict(names)) == overlay("ab")  # noqa: S307 - our own.


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
    nowhere, unbooked = Assignment(Ref.parse("III.9"), ("a",), "x"), Assignment(UNITS[0], ("q", "a", "r"), "x")
    with pytest.raises(DataError) as caught:
        REPORT.with_overlay(overlay("a", assignments=(nowhere, unbooked), title=""))
    assert caught.value.misfits == (
        "empty @ overlay.title",
        "nothing stands at III.9 @ overlay.assignments[0]",
        "no code of mine: 'q' @ overlay.assignments[1]",
        "no code of mine: 'r' @ overlay.assignments[1]",
    )
    assert caught.value.source == "overlay mine"
    assert str(caught.value).startswith("invalid data in 'overlay mine': empty @ overlay.title; ")


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


@pytest.mark.parametrize("field", ["codes", "units", "inherited_by", "assignments"])
def test_no_list_in_an_overlay(field: str) -> None:
    """What could be changed later is refused."""
    with pytest.raises(ArgumentError) as caught:
        overlay(**{field: []})
    assert (caught.value.argument, caught.value.expected) == (field, "a tuple")
    wrong: Any = ["a"]
    with pytest.raises(ArgumentError):
        Assignment(UNITS[0], wrong, "x")


def test_detached_overlay() -> None:
    """One that belongs to no report knows codes by address only."""
    assert MINE.detached
    assert MINE.coding(cast("Node", REPORT[UNITS[2]])) == REPORT.with_overlay(MINE).overlays["mine"][UNITS[2]]
    for ask in (MINE.coverage, lambda: MINE.coded("a"), lambda: MINE["III.1.1"]):
        with pytest.raises(DetachedNodeError):
            ask()
    assert "III.1.1" not in MINE


# Overlays by themselves, as JSON.


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


BOOK: Json = DOCUMENT["layers"]["overlays"][0]


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
        if type(value) is type(BOOK[field]) or (value is None and field in {"source", "credits"}):
            continue
        assert all(f" @ overlay.{field}" in misfit for misfit in misfits({**BOOK, field: value}))


def test_overlay_that_is_not_sound() -> None:
    """All that can be known without a report is told at once; which places exist only a report knows."""
    row = BOOK["assignments"][0]
    rows: Json = [{**row, "codes": ["2"]}, row, {**row, "place": "III.9"}, {**row, "place": "I.1.s1", "codes": []}]
    assert misfits({**BOOK, "key": "My Codes", "title": "a  b", "assignments": rows}) == (
        "stray white space or characters that do not show @ overlay.title",
        "no key: 'My Codes' @ overlay.key",
        "III.1.1 stands twice @ overlay.assignments",
        "no code of My Codes: '2' @ overlay.assignments[0]",
        "I.1.s1 is a claim; codes belong to nodes @ overlay.assignments[3]",
        "no code @ overlay.assignments[3]",
    )
    assert misfits({**BOOK, "more": 1}) == ("unknown fields: more @ overlay",)
    assert "required field missing: key @ overlay.key" in misfits(DOCUMENT)


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
