"""Tests of addresses: writing, ordering, and reading strictly and as people write."""

from __future__ import annotations

import contextlib
import copy
import pickle
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import LOOK_ALIKES, token_soup

from asean_japan import ArgumentError, AseanJapanError, LimitError, Ref, RefRange, RefSyntaxError
from asean_japan.reading import read, read_ref
from asean_japan.refs import ANY, LAST, Reading
from asean_japan.testing import ref_ranges, refs

if TYPE_CHECKING:
    from collections.abc import Callable

    from asean_japan.refs import Steps

# Canonical form, citation, Akoma Ntoso id, level.
FORMS = [
    ("0", "0", "sec_0", "section"),
    ("III", "III", "sec_III", "section"),
    ("XXXIX.s1", "XXXIX, sentence 1", "sec_XXXIX__span_1", "claim"),
    ("0.p1", "0, paragraph 1", "sec_0__p_1", "paragraph"),
    ("0.p1.s2", "0, paragraph 1, sentence 2", "sec_0__p_1__span_2", "claim"),
    ("I.2", "I-2", "sec_I__subsec_2", "area"),
    ("I.2.s1", "I-2, sentence 1", "sec_I__subsec_2__span_1", "claim"),
    ("II.1.p1", "II-1, paragraph 1", "sec_II__subsec_1__p_1", "paragraph"),
    ("I.2.7", "I-2-⑦", "sec_I__subsec_2__para_7", "item"),
    ("I.2.7.s3", "I-2-⑦, sentence 3", "sec_I__subsec_2__para_7__span_3", "claim"),
    ("I.2.21", "I-2-㉑", "sec_I__subsec_2__para_21", "item"),
    ("I.2.36", "I-2-㊱", "sec_I__subsec_2__para_36", "item"),
    ("I.2.50", "I-2-㊿", "sec_I__subsec_2__para_50", "item"),
    ("I.2.51", "I-2-(51)", "sec_I__subsec_2__para_51", "item"),
    ("III.2.4.1", "III-2-④, 1st bullet", "sec_III__subsec_2__para_4__list_1__indent_1", "bullet"),
    ("III.2.4.2", "III-2-④, 2nd bullet", "sec_III__subsec_2__para_4__list_1__indent_2", "bullet"),
    ("III.2.4.3", "III-2-④, 3rd bullet", "sec_III__subsec_2__para_4__list_1__indent_3", "bullet"),
    ("III.2.4.4", "III-2-④, 4th bullet", "sec_III__subsec_2__para_4__list_1__indent_4", "bullet"),
    ("III.2.4.11", "III-2-④, 11th bullet", "sec_III__subsec_2__para_4__list_1__indent_11", "bullet"),
    ("III.2.4.12", "III-2-④, 12th bullet", "sec_III__subsec_2__para_4__list_1__indent_12", "bullet"),
    ("III.2.4.13", "III-2-④, 13th bullet", "sec_III__subsec_2__para_4__list_1__indent_13", "bullet"),
    ("III.2.4.21", "III-2-④, 21st bullet", "sec_III__subsec_2__para_4__list_1__indent_21", "bullet"),
    ("III.2.4.22", "III-2-④, 22nd bullet", "sec_III__subsec_2__para_4__list_1__indent_22", "bullet"),
    ("III.2.4.112", "III-2-④, 112th bullet", "sec_III__subsec_2__para_4__list_1__indent_112", "bullet"),
    (
        "III.2.4.3.a",
        "III-2-④, 3rd bullet, (a)",
        "sec_III__subsec_2__para_4__list_1__indent_3__list_1__point_a",
        "letter",
    ),
    (
        "III.2.4.3.a.i",
        "III-2-④, 3rd bullet, (a) i",
        "sec_III__subsec_2__para_4__list_1__indent_3__list_1__point_a__list_1__point_i",
        "roman",
    ),
    (
        "III.2.4.3.i.ix.s1",
        "III-2-④, 3rd bullet, (i) ix, sentence 1",
        "sec_III__subsec_2__para_4__list_1__indent_3__list_1__point_i__list_1__point_ix__span_1",
        "claim",
    ),
]

ORDERED = [
    *("0", "0.s1", "0.p1", "0.p1.s1", "0.p1.s2", "0.p2", "0.p10", "I", "I.s1", "I.1", "I.2", "I.2.s1", "I.2.s10"),
    *("I.2.p1", "I.2.1", "I.2.1.s1", "I.2.2", "I.2.9", "I.2.10", "II", "II.p1", "II.p2", "II.1", "II.1.p1", "III.2.4"),
    *("III.2.4.s1", "III.2.4.3", "III.2.4.3.s1", "III.2.4.3.a", "III.2.4.3.a.i", "III.2.4.3.a.ii", "III.2.4.3.a.ix"),
    *("III.2.4.3.a.x", "III.2.4.3.b", "III.2.4.10", "III.2.5", "IV", "V", "IX", "X"),
]

PARSED = [*(form for forms in FORMS for form in forms[:3]), "I.2.6-I.2.8", "I-2-⑥ to I-2-⑧"]


def steps(text: str) -> Steps:
    """Return the steps of a canonical address."""
    return Ref.parse(text).steps


# Addresses as values.


@pytest.mark.parametrize(("canonical", "cite", "eid", "level"), FORMS)
def test_forms(canonical: str, cite: str, eid: str, level: str) -> None:
    """An address is written in three forms."""
    ref = Ref.parse(canonical)
    assert str(ref) == f"{ref}" == format(ref, "canonical") == canonical
    assert ref.cite() == format(ref, "cite") == cite
    assert format(ref, "eid") == eid
    assert ref.level == level


def test_steps() -> None:
    """Steps are ranks and numbers."""
    assert steps("0.p1.s2") == (("place", 0), ("paragraph", 1), ("claim", 2))
    assert steps("III.2.4.3.c.iv") == tuple(("place", number) for number in (3, 2, 4, 3, 3, 4))


def test_repr() -> None:
    """A repr can be pasted back."""
    assert repr(Ref.parse("III.2.4")) == "Ref.parse('III.2.4')"
    assert repr(RefRange.parse("I-2-⑥ to I-2-⑧")) == "RefRange.parse('I.2.6-I.2.8')"


def test_unknown_format() -> None:
    """A form that does not exist is refused, and the message says which do."""
    with pytest.raises(ArgumentError) as caught:
        format(Ref.parse("I"), "urn")
    assert (caught.value.value, caught.value.expected) == ("urn", "canonical or cite or eid")


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ((1, 1),),
        ((0, 1),),
        ((3, 1),),
        (("place", -1),),
        (("place", 40),),
        (("place", 1), ("place", 0)),
        (("place", 1), ("place", 10_000)),
        (("place", 1), ("place", ANY)),
        (("place", 1), ("place", 1.5)),
        (("place", 1), ("place", 1.0)),
        (("place", 1), ("place", True)),
        ((2.0, 1),),
        (("place", 1), ("place", "1")),
        (("place", 1), ("place", 1), ("place", 1), ("paragraph", 1)),
        (("place", 1), ("place", 1), ("place", 1), ("place", 1), ("place", 27)),
        (("place", 1), ("place", 1), ("place", 1), ("place", 1), ("place", 1), ("place", 40)),
        (("place", 1), ("place", 1), ("place", 1), ("place", 1), ("place", 1), ("place", 1), ("place", 1)),
        (("place", 1), ("paragraph", 1), ("paragraph", 1)),
        (("place", 1), ("paragraph", 1), ("place", 1)),
        (("place", 1), ("claim", 1), ("claim", 1)),
        (("place", 1, 1),),
        ([], 1),
        "III",
        None,
    ],
)
def test_steps_that_the_grammar_does_not_allow(wrong: Steps) -> None:
    """No address exists that could not be written."""
    with pytest.raises(ArgumentError) as caught:
        Ref(wrong)
    assert (caught.value.argument, caught.value.value) == ("steps", wrong)


def test_steps_become_tuples_of_numbers() -> None:
    """Whatever an address is made from, what it holds cannot be changed."""
    made = Ref(cast("Steps", [["place", 1], ["place", 1]])).steps
    assert repr(made) == "(('place', 1), ('place', 1))"


def test_parts_number_and_depth() -> None:
    """An address can be taken apart."""
    ref = Ref.parse("III.2.4.3.a.i.s2")
    assert ref.parts == ("III", "2", "4", "3", "a", "i", "s2")
    assert (ref.number, ref.depth, Ref.parse("0").number) == (2, 7, 0)


def test_way_up() -> None:
    """An address knows those above it."""
    ref = Ref.parse("0.p1.s2")
    assert ref.parent == Ref.parse("0.p1")
    assert ref.parents == (Ref.parse("0.p1"), Ref.parse("0"))
    assert ref.section == Ref.parse("0")


def test_way_up_from_a_section() -> None:
    """Above a section is nothing."""
    section = Ref.parse("IV")
    assert (section.parent, section.parents, section.section) == (None, (), section)


@pytest.mark.parametrize(
    ("ref", "other", "expected"),
    [("I.2.7", "I.2", True), ("I.2", "I.2", True), ("I.2", "I.2.7", False), ("I.27", "I.2", False), ("I", "II", False)],
)
def test_is_relative_to(ref: str, other: str, *, expected: bool) -> None:
    """An address lies below itself and below all above it."""
    assert Ref.parse(ref).is_relative_to(Ref.parse(other)) is expected


@pytest.mark.parametrize(
    ("above", "segment", "below"),
    [
        ("I.2", "7", "I.2.7"),
        ("I.2", "s1", "I.2.s1"),
        ("II", "p2", "II.p2"),
        ("III.2.4.3", "a.i", "III.2.4.3.a.i"),
        ("III.2.4.3", "s1", "III.2.4.3.s1"),
    ],
)
def test_division(above: str, segment: str, below: str) -> None:
    """A segment or more can be added, as to a path."""
    assert Ref.parse(above) / segment == Ref.parse(below)


@pytest.mark.parametrize(
    ("above", "segment", "position", "expected"),
    [
        ("I.2", "", 0, "an item number or a paragraph or a sentence"),
        ("I.2", "x", 0, "an item number or a paragraph or a sentence"),
        ("I.2", "7.x", 2, "a bullet number or a sentence or the end"),
        ("I.2", ".7", 0, "an item number or a paragraph or a sentence"),
        ("I.2", "pp", 1, "an item number or a paragraph or a sentence"),
        ("III.2.4.3.a.i", "x", 0, "a sentence"),
        ("I.2.s1", "s1", 0, "nothing below a sentence"),
        ("I.2", "s1.s1", 2, "the end"),
    ],
)
def test_division_by_what_is_no_segment(above: str, segment: str, position: int, expected: str) -> None:
    """The error is about the segment."""
    with pytest.raises(RefSyntaxError) as caught:
        _ = Ref.parse(above) / segment
    assert (caught.value.text, caught.value.position, caught.value.expected) == (segment, position, expected)


@given(st.permutations([Ref.parse(text) for text in ORDERED]))
def test_sorting(shuffled: list[Ref]) -> None:
    """A place comes before what is below it: claims, then paragraphs, then places, all by number."""
    assert [str(ref) for ref in sorted(shuffled)] == ORDERED


@given(refs(), refs())
def test_order_is_total(one: Ref, other: Ref) -> None:
    """Of two addresses exactly one of three relations holds."""
    assert (one < other) + (one == other) + (one > other) == 1
    assert (one <= other) is not (one > other)
    assert (one >= other) is not (one < other)


@given(refs())
def test_what_is_above_comes_first(ref: Ref) -> None:
    """The way down to a place is in order."""
    down = [*reversed(ref.parents), ref]
    assert down == sorted(down)
    assert all(ref.is_relative_to(above) for above in down)


def test_no_order_with_texts() -> None:
    """An address does not compare with its text."""
    ref, text = Ref.parse("I"), cast("Ref", "I")
    assert ref != text
    with pytest.raises(TypeError):
        assert ref < text


@given(refs() | ref_ranges())
def test_copies_are_equal(value: Ref | RefRange) -> None:
    """Copies and pickles are equal and hash alike."""
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - our own.
        assert again == value
        assert hash(again) == hash(value)


@pytest.mark.parametrize("value", [Ref.parse("I.2"), RefRange.parse("I.2-I.3")])
def test_values_are_frozen(value: Ref | RefRange) -> None:
    """Nothing about an address can be changed."""
    for name in ("steps", "first", "other"):
        with pytest.raises(AttributeError):
            setattr(value, name, ())


# Strict reading.


@given(refs())
def test_every_form_parses_back(ref: Ref) -> None:
    """Reading is the inverse of writing."""
    for form in (str(ref), ref.cite(), format(ref, "eid")):
        assert Ref.parse(form) == ref
    assert Ref(ref.steps) == ref


@given(ref_ranges())
def test_every_range_parses_back(span: RefRange) -> None:
    """Reading is the inverse of writing."""
    for form in (str(span), span.cite()):
        assert RefRange.parse(form) == span


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 0, "a section (0, I, II, ...)"),
        (" I", 0, "a section (0, I, II, ...)"),
        ("I ", 1, "an area number or a paragraph or a sentence or the end"),
        ("i", 0, "a section (0, I, II, ...)"),
        ("IIII", 0, "a section (0, I, II, ...)"),
        ("XL", 0, "a section (0, I, II, ...)"),
        ("I.", 2, "an area number or a paragraph or a sentence or the end"),
        ("I.0", 2, "an area number or a paragraph or a sentence or the end"),
        ("I.02", 2, "an area number or a paragraph or a sentence or the end"),
        ("I.12345", 2, "an area number or a paragraph or a sentence or the end"),
        ("I.2.x", 4, "an item number or a paragraph or a sentence or the end"),
        ("I.2.p0", 5, "an item number or a paragraph or a sentence or the end"),
        ("I.2.٤", 4, "an item number or a paragraph or a sentence or the end"),
        ("I.2.7.p1", 6, "a bullet number or a sentence or the end"),
        ("I.2.7.a", 6, "a bullet number or a sentence or the end"),
        ("I.p1.p1", 4, "a sentence or the end"),
        ("I.s1.s1", 4, "the end"),
        ("III.2.4.3.aa", 10, "a letter or a sentence or the end"),
        ("III.2.4.3.A", 10, "a letter or a sentence or the end"),
        ("III.2.4.3.a.xl", 12, "a small roman numeral or a sentence or the end"),
        ("III.2.4.3.a.I", 12, "a small roman numeral or a sentence or the end"),
        ("I.2.④", 4, "an item number or a paragraph or a sentence or the end"),
        ("I-2-4", 4, "an item number or a paragraph or a sentence or the end"),
        ("I-2-(50)", 4, "an item number or a paragraph or a sentence or the end"),
        ("I-2-④, 3th bullet", 7, "a bullet number or a sentence or the end"),
        ("I-2-④, 3rd", 7, "a bullet number or a sentence or the end"),
        ("sec_I__subsec_x", 14, "an area number or a paragraph or a sentence or the end"),
        ("I.2.6-I.2.8", 5, "a bullet number or a sentence or the end"),
    ],
)
def test_parse_is_strict(text: str, position: int, expected: str) -> None:
    """Only what this package writes is read; the error says where it stopped and what could have followed."""
    with pytest.raises(RefSyntaxError) as caught:
        Ref.parse(text)
    assert (caught.value.text, caught.value.position, caught.value.expected) == (text, position, expected)


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 0, "a section (0, I, II, ...)"),
        ("-I", 0, "a section (0, I, II, ...)"),
        ("I-", 2, "a section (0, I, II, ...)"),
        ("I.2.6", 5, "a bullet number or a sentence or '-'"),
        ("I.2.-I.2.8", 4, "an item number or a paragraph or a sentence or '-'"),
        ("I.2.6–I.2.8", 5, "a bullet number or a sentence or '-'"),
        ("I.2.6 to I.2.8", 5, "a bullet number or a sentence or '-'"),
        ("I-2-⑥-I-2-⑧", 5, "a bullet number or a sentence or ' to '"),
        ("I.2.6-I.2.8x", 10, "an item number or a paragraph or a sentence or the end"),
        ("I.2.8-I.2.6", 6, "a place that is not before the first, the range is reversed"),
        ("I.2.6-I.3.8", 6, "a place that has the same parent as the first and is of the same kind"),
        ("I.2-I.2.8", 4, "a place that has the same parent as the first and is of the same kind"),
        ("I.p1-I.1", 5, "a place that has the same parent as the first and is of the same kind"),
    ],
)
def test_range_parse_is_strict(text: str, position: int, expected: str) -> None:
    """Only ranges that this package writes are read."""
    with pytest.raises(RefSyntaxError) as caught:
        RefRange.parse(text)
    assert (caught.value.text, caught.value.position, caught.value.expected) == (text, position, expected)


@pytest.mark.parametrize(("first", "last"), [("I.2.8", "I.2.6"), ("I.2", "I.2.6"), ("I.2.s1", "I.2.1")])
def test_range_of_ends_that_do_not_fit(first: str, last: str) -> None:
    """A range runs forward, under one parent, through places of one kind."""
    with pytest.raises(ArgumentError) as caught:
        RefRange(Ref.parse(first), Ref.parse(last))
    assert (caught.value.argument, caught.value.value) == ("last", Ref.parse(last))


def test_range_parent() -> None:
    """Both ends have one parent."""
    assert RefRange.parse("I.2.6-I.2.8").parent == Ref.parse("I.2")
    assert RefRange.parse("I-IV").parent is None


@given(refs())
def test_an_address_is_its_own_first_and_last(ref: Ref) -> None:
    """Whoever goes through addresses and ranges asks both for their ends."""
    assert ref.first is ref.last is ref


@given(ref_ranges())
def test_ends_of_a_range(span: RefRange) -> None:
    """A range of one place begins and ends there, and no range ends before it begins."""
    assert span.first <= span.last
    assert span.first.parent == span.last.parent == span.parent
    assert RefRange(span.first, span.last) == span
    assert RefRange(span.last, span.last).first == span.last


def test_range_order() -> None:
    """Ranges order by where they begin, then by where they end."""
    texts = ["I.2.6-I.2.6", "I.2.6-I.2.10", "I.2.7-I.2.8", "I.2.10-I.2.11"]
    assert [str(span) for span in sorted(RefRange.parse(text) for text in sorted(texts))] == texts


@pytest.mark.parametrize("reader", [Ref.parse, RefRange.parse, read, read_ref, Ref.parse("I").__truediv__])
def test_text_must_be_text(reader: Callable[[object], object]) -> None:
    """Anything but a text is no address."""
    with pytest.raises(RefSyntaxError) as caught:
        reader(4)
    assert (caught.value.text, caught.value.position, caught.value.expected) == ("4", 0, "text, not int")


@pytest.mark.parametrize("reader", [Ref.parse, RefRange.parse, read, read_ref, Ref.parse("I").__truediv__])
def test_text_must_not_be_long(reader: Callable[[str], object]) -> None:
    """No address is as long as that."""
    with pytest.raises(LimitError) as caught:
        reader("I" * 201)
    assert (caught.value.size, caught.value.limit) == (201, 200)


# Reading what people write.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Separators.
        ("III.2.4", "III.2.4"),
        ("III-2-④", "III.2.4"),
        ("III–2–④", "III.2.4"),
        ("III—2—④", "III.2.4"),
        ("III‑2‑4", "III.2.4"),
        ("III - 2 - 4", "III.2.4"),
        ("III-2-4", "III.2.4"),
        ("III/2/4", "III.2.4"),
        ("III, 2, ④", "III.2.4"),
        ("III 2 4", "III.2.4"),
        ("iii 2 4", "III.2.4"),
        ("III\u00a02\u00a04", "III.2.4"),
        ("\u3000III.2.4\n", "III.2.4"),
        ("Ⅲ．２．④", "III.2.4"),
        ("ⅲ．２．（４）", "III.2.4"),
        # Items.
        ("III.2.(4)", "III.2.4"),
        ("III.2.4)", "III.2.4"),
        ("III.2.4.", "III.2.4"),
        ("III. 2. 4.", "III.2.4"),
        ("III.2., 4.", "III.2.4"),
        ("III.2.❹", "III.2.4"),
        ("III.2.➃", "III.2.4"),
        ("III.2.⑷", "III.2.4"),
        ("III.2.⒋", "III.2.4"),
        ("I.2.(51)", "I.2.51"),
        # Labels.
        ("§ III.2.4", "III.2.4"),
        ("§III.2.4", "III.2.4"),
        ("Sec. III.2", "III.2"),
        ("section III.2.④", "III.2.4"),
        ("SECTION III, AREA 2, ITEM 4", "III.2.4"),
        ("section III, action area 2, action  item 4, bullet 3, measure (a), sub-measure i", "III.2.4.3.a.i"),
        ("section I, challenge area 2, challenge ⑦, claim 3", "I.2.7.s3"),
        ("section II, pillar 1, para 1", "II.1.p1"),
        ("III.2.4, action 3", "III.2.4.3"),
        ("III.2.4, point 3, point (a), point (i)", "III.2.4.3.a.i"),
        ("challenge I.2.⑦", "I.2.7"),
        ("action item III-2-④", "III.2.4"),
        ("pillar II.1", "II.1"),
        ("measure III.2.4.3.a", "III.2.4.3.a"),
        ("sentence I.2.7.s3", "I.2.7.s3"),
        ("paragraph 0.p1", "0.p1"),
        ("measure (a) of bullet III.2.4.3", "III.2.4.3.a"),
        ("pillar 2", "II.2"),
        ("the second pillar", "II.2"),
        ("Challenge area 2", "I.2"),
        ("action area 2", "III.2"),
        ("Part III, subsection 2, no. 4", "III.2.4"),
        ("item no. 4 of III.2", "III.2.4"),
        ("III.2 #4", "III.2.4"),
        ("point 4 of III.2", "III.2.4"),
        ("letter (a) of III.2.4.3", "III.2.4.3.a"),
        ("sent. 3 of I.2.7", "I.2.7.s3"),
        ("¶1 of 0", "0.p1"),
        ("III2④", "III.2.4"),
        ("Ⅲ２④", "III.2.4"),
        ("III; 2; ④", "III.2.4"),
        ("III-2-④: 3rd bullet", "III.2.4.3"),
        ("III.2.4,", "III.2.4"),
        ("i. under (a) under the third bullet of III-2-④", "III.2.4.3.a.i"),
        # Bullets.
        ("III.2.4, third bullet", "III.2.4.3"),
        ("III.2.4, 3rd bullet", "III.2.4.3"),
        ("III.2.4, THIRD BULLET POINT", "III.2.4.3"),
        ("III.2.4 the third bullet", "III.2.4.3"),
        ("III.2.4, bullet 3", "III.2.4.3"),
        ("III.2.4 • 3", "III.2.4.3"),
        ("III-2-④・3", "III.2.4.3"),
        ("III.2.4, twentieth bullet", "III.2.4.20"),
        ("III.2.4, 21st bullet", "III.2.4.21"),
        # Letters and romans.
        ("III.2.4.3 (a) i", "III.2.4.3.a.i"),
        ("III.2.4.3(a)(i)", "III.2.4.3.a.i"),
        ("III.2.4.3 a) i)", "III.2.4.3.a.i"),
        ("III.2.4.3.(A)", "III.2.4.3.a"),
        ("III.2.4.3.A.I", "III.2.4.3.a.i"),
        ("III.2.4.3.⒜", "III.2.4.3.a"),
        ("III.2.4.3.a.ⅳ", "III.2.4.3.a.iv"),
        ("III.2.4.3.i.i", "III.2.4.3.i.i"),
        ("III.2.4.3, second measure", "III.2.4.3.b"),
        ("Section III, 2, ④, third bullet, (a) i", "III.2.4.3.a.i"),
        # Paragraphs and sentences.
        ("II.1, second paragraph", "II.1.p2"),
        ("II.1, paragraph 2", "II.1.p2"),
        ("II.1, para. 2", "II.1.p2"),
        ("II.P1", "II.p1"),
        ("I.2.7, 3rd sentence", "I.2.7.s3"),
        ("I.2.7 sentence 3", "I.2.7.s3"),
        ("0, paragraph 1, first sentence", "0.p1.s1"),
        # Prose order.
        ("item ④ of section III.2", "III.2.4"),
        ("the 2nd item of section III.2", "III.2.2"),
        ("sentence 3 of I.2.⑦", "I.2.7.s3"),
        ("third bullet of item ④ of section III.2", "III.2.4.3"),
        ("measure (a) of the third bullet of III.2.4", "III.2.4.3.a"),
        ("measure (a), sentence 2 of the third bullet of III.2.4", "III.2.4.3.a.s2"),
        ("challenge ⑦ of I.2", "I.2.7"),
        ("pillar 2 of section II", "II.2"),
        ("action item 4 in III.2", "III.2.4"),
        ("④ under the section III.2", "III.2.4"),
        # Looks like a range, is none.
        ("III.2-④", "III.2.4"),
        ("I.2.7-3", "I.2.7.3"),
    ],
)
def test_read_a_place(text: str, expected: str) -> None:
    """What people write for a place is read in one way."""
    assert read(text) == (Reading(steps(expected)),)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("I.2.6-I.2.8", "I.2.6", "I.2.8"),
        ("I.2.⑥–⑧", "I.2.6", "I.2.8"),
        ("I.2.6 to 8", "I.2.6", "I.2.8"),
        ("I.2.6 through I.2.8", "I.2.6", "I.2.8"),
        ("III-2-④ to ⑥", "III.2.4", "III.2.6"),
        ("III-2-④-⑥", "III.2.4", "III.2.6"),
        ("III-2-④–⑥", "III.2.4", "III.2.6"),
        ("III.2.4-⑥", "III.2.4", "III.2.6"),
        ("III.2.4.3 (a)–(c)", "III.2.4.3.a", "III.2.4.3.c"),
        ("III.2.4.3.a-c", "III.2.4.3.a", "III.2.4.3.c"),
        ("sentences 2 to 4 of I.2.7", "I.2.7.s2", "I.2.7.s4"),
        ("I.2.7, sentences 2-4", "I.2.7.s2", "I.2.7.s4"),
        ("I.2.7.s2-s4", "I.2.7.s2", "I.2.7.s4"),
        ("items ④-⑥ of III.2", "III.2.4", "III.2.6"),
        ("items 4-6 of III.2", "III.2.4", "III.2.6"),
        ("item 4 to item 6 of the section III.2", "III.2.4", "III.2.6"),
        ("item 4 of III.2 to 6", "III.2.4", "III.2.6"),
        ("item 4 of III.2 to item 6 of III.2", "III.2.4", "III.2.6"),
        ("items III.2.4 to III.2.6", "III.2.4", "III.2.6"),
        ("bullet 3 (a) to (c) of item 4 of III.2", "III.2.4.3.a", "III.2.4.3.c"),
        ("second bullet to fourth bullet of III.2.4", "III.2.4.2", "III.2.4.4"),
        ("bullet points 1-3 of III.2.4", "III.2.4.1", "III.2.4.3"),
        ("paras. 1–2 of II.1", "II.1.p1", "II.1.p2"),
        ("sections I-III", "I", "III"),
        ("I–III", "I", "III"),
        ("I.2.6-6", "I.2.6", "I.2.6"),
    ],
)
def test_read_a_range(text: str, first: str, last: str) -> None:
    """What people write for a range is read as one."""
    assert Reading(steps(first), steps(last)) in read(text)


@pytest.mark.parametrize(
    ("text", "place", "first", "last"),
    [
        ("III.2.4-6", "III.2.4.6", "III.2.4", "III.2.6"),
        ("III.2.④-6", "III.2.4.6", "III.2.4", "III.2.6"),
        ("III-2-4–6", "III.2.4.6", "III.2.4", "III.2.6"),
        ("III.2-4", "III.2.4", "III.2", "III.4"),
        ("item 4-6 of III-2", "III.2.4.6", "III.2.4", "III.2.6"),
        ("III.2.4.3 (a)-(i)", "III.2.4.3.a.i", "III.2.4.3.a", "III.2.4.3.i"),
    ],
)
def test_read_what_can_be_a_place_or_a_range(text: str, place: str, first: str, last: str) -> None:
    """Where a dash can separate and can make a range, both are read."""
    assert read(text) == (Reading(steps(place)), Reading(steps(first), steps(last)))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("III-2-④(a)", (("place", 3), ("place", 2), ("place", 4), ("place", ANY), ("place", 1)), None),
        ("III.2.4.a.i", (("place", 3), ("place", 2), ("place", 4), ("place", ANY), ("place", 1), ("place", 1)), None),
        ("III-2-④, measure (i)", (("place", 3), ("place", 2), ("place", 4), ("place", ANY), ("place", 9)), None),
        (
            "III-2-④(a)–(c)",
            (("place", 3), ("place", 2), ("place", 4), ("place", ANY), ("place", 1)),
            (("place", 3), ("place", 2), ("place", 4), ("place", ANY), ("place", 3)),
        ),
        ("last bullet of III.2.4", (("place", 3), ("place", 2), ("place", 4), ("place", LAST)), None),
        ("I.2.7, final sentence", (("place", 1), ("place", 2), ("place", 7), ("claim", LAST)), None),
        ("III.2, last item", (("place", 3), ("place", 2), ("place", LAST)), None),
        (
            "third bullet to last bullet of III.2.4",
            (("place", 3), ("place", 2), ("place", 4), ("place", 3)),
            (("place", 3), ("place", 2), ("place", 4), ("place", LAST)),
        ),
    ],
)
def test_read_what_a_report_must_look_up(text: str, first: Steps, last: Steps | None) -> None:
    """A bullet that is not named, and the last of something, are left to the report."""
    assert read(text) == (Reading(first, last),)


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 0, "a section (0, I, II, ...)"),
        ("  ", 0, "a section (0, I, II, ...)"),
        ("of III.2", 0, "a section (0, I, II, ...)"),
        ("(iii).2", 0, "a section (0, I, II, ...)"),
        ("(i)", 0, "a section (0, I, II, ...)"),
        ("2.4", 0, "a section (0, I, II, ...)"),
        ("item 4", 0, "a section (0, I, II, ...)"),
        ("section", 0, "a section (0, I, II, ...)"),
        ("third section", 0, "a section (0, I, II, ...)"),
        ("last section", 0, "a section (0, I, II, ...)"),
        ("section 3", 0, "a section (0, I, II, ...)"),
        ("XL.1", 0, "a section (0, I, II, ...)"),
        ("III.2.x", 6, "an item number or a paragraph or a sentence or the end"),
        ("III.2.④ foo", 8, "a bullet number or a sentence or the end"),
        ("III.2.④⑤", 7, "a bullet number or a sentence or the end"),
        ("III.2.4.3.ii", 10, "a letter or a sentence or the end"),
        ("III.2.4.3.a.xl", 12, "a small roman numeral or a sentence or the end"),
        ("III.2.04", 6, "an item number or a paragraph or a sentence or the end"),
        ("III.12345", 4, "an area number or a paragraph or a sentence or the end"),
        ("III.②", 4, "an area number or a paragraph or a sentence or the end"),
        ("III.2)", 4, "an area number or a paragraph or a sentence or the end"),
        ("III.2.4.③", 8, "a bullet number or a sentence or the end"),
        ("III, item 4", 5, "an area number or a paragraph or a sentence or the end"),
        ("III.2, measure 4", 7, "an item number or a paragraph or a sentence or the end"),
        ("III.2, sentence x", 7, "a sentence"),
        ("III.2.4, 3th bullet", 9, "a bullet number"),
        ("III.2.4.3, 27th measure", 11, "a letter"),
        ("III.2.4.3.a, last measure", 13, "a small roman numeral or a sentence or the end"),
        ("paragraph III.2.4", 16, "an item number or a paragraph or a sentence or the end"),
        ("sentence 2", 0, "a section (0, I, II, ...)"),
        ("measure i", 0, "an area number or a paragraph or a sentence or the end"),
        ("challenge III.2.4", 16, "another label, since this one is not used in that section"),
        ("pillar 2 of III", 0, "another label, since this one is not used in that section"),
        ("II.p1-II.2", 9, "a place that has the same parent as the first and is of the same kind"),
        ("I.1.s1 to I.1.2", 14, "a place that has the same parent as the first and is of the same kind"),
        # What no mark can begin with.
        ("III.2 of ", 9, "a number or a label"),
        ("III..2", 4, "a number or a label"),
        ("III_2", 3, "a number or a label"),
        ("III.2.(4", 6, "a number or a label"),
        ("item ٤ of III.2", 5, "a number or a label"),
        ("III.2.ſ1", 6, "a number or a label"),
        ("III.2.4²", 7, "a number or a label"),
        ("III.2.4\x00", 7, "a number or a label"),
        ("III.\u202e2", 4, "a number or a label"),
        ("④–ſ", 2, "a number or a label"),
        # Akoma Ntoso ids.
        ("sec_III__subsec_x", 16, "an area number or a paragraph or a sentence or the end"),
        ("sec_I__para_4", 5, "an area number or a paragraph or a sentence or the end"),
        # Ranges.
        ("I.2.⑧–⑥", 6, "a place that is not before the first, the range is reversed"),
        ("III-2-⑧–⑥", 8, "a place that is not before the first, the range is reversed"),
        ("I.2.8-I.2.6", 10, "a place that is not before the first, the range is reversed"),
        ("III.2.4 to 2", 11, "a place that is not before the first, the range is reversed"),
        ("I.2.6 to I.3.8", 13, "a place that has the same parent as the first and is of the same kind"),
        ("I.2 to I.2.8", 11, "a place that has the same parent as the first and is of the same kind"),
        ("I.2.6 to 7 to 8", 14, "the end, after one range"),
        ("items 4 of III.2", 0, "a range, after a label in the plural"),
    ],
)
def test_read_stops(text: str, position: int, expected: str) -> None:
    """What cannot be read whole is refused, and the error says where in the caller's own text it stopped."""
    with pytest.raises(RefSyntaxError) as caught:
        read(text)
    assert (caught.value.text, caught.value.position, caught.value.expected) == (text, position, expected)


@given(refs())
def test_every_form_is_read_in_one_way(ref: Ref) -> None:
    """What this package writes is never ambiguous, and its canonical form may be in capitals or not."""
    for form in (str(ref), str(ref).upper(), str(ref).lower(), ref.cite(), format(ref, "eid")):
        assert read(form) == (Reading(ref.steps),)


@given(ref_ranges())
def test_every_form_of_a_range_is_read(span: RefRange) -> None:
    """What this package writes for a range is read as that range."""
    for form in (str(span), span.cite()):
        assert Reading(span.first.steps, span.last.steps) in read(form)


# Reading where no report is at hand.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I-1-②", "I.1.2"),
        ("item ④ of section III.2", "III.2.4"),
        ("the second pillar", "II.2"),
        ("sec_III__subsec_2__para_4", "III.2.4"),
        ("III.9.9", "III.9.9"),  # Whether there is such a place, only a report knows.
    ],
)
def test_read_ref(text: str, expected: str) -> None:
    """What means one place in every report is read without one."""
    assert read_ref(text) == Ref.parse(expected)


@given(refs())
def test_read_ref_reads_every_form(ref: Ref) -> None:
    """What this package writes is read, too."""
    for form in (str(ref), ref.cite(), format(ref, "eid")):
        assert read_ref(form) == ref


@pytest.mark.parametrize(
    "text",
    [
        "III-2-④(a)",  # Of which bullet?
        "last bullet of III.2.4",
        "I.2.6-I.2.8",
        "III.2.4-6",
    ],
)
def test_read_ref_refuses_what_only_a_report_knows(text: str) -> None:
    """What is a range, or may mean several places, is not guessed."""
    with pytest.raises(RefSyntaxError) as caught:
        read_ref(text)
    assert (caught.value.text, caught.value.position) == (text, 0)
    assert caught.value.expected == "an address that means one place in every report, such as III.2.4"


@given(token_soup() | st.text(max_size=200))
def test_read_ref_reads_or_refuses_any_text(text: str) -> None:
    """What it reads can be read in one way only."""
    text = text[:200]
    found: list[Ref] = []
    with contextlib.suppress(RefSyntaxError):
        found.append(read_ref(text))
    assert all(read(text) == (Reading(ref.steps),) for ref in found)


# Any text.


def read_or_refuse(text: str) -> tuple[Reading, ...] | RefSyntaxError:
    """Read a text; any error but one of these is a failure."""
    try:
        return read(text)
    except RefSyntaxError as error:
        return error


def check_reading(text: str) -> None:
    """A text gives grammatical steps, or an error at a position that it has."""
    result = read_or_refuse(text)
    if isinstance(result, RefSyntaxError):
        assert result.text == text
        assert 0 <= result.position <= len(text)
        assert result.expected
        return
    assert result
    for reading in result:
        for found in (reading.first, reading.last or reading.first):
            Ref([(rank, 1 if number in {ANY, LAST} else number) for rank, number in found])


@given(token_soup() | st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Every text is read or refused."""
    check_reading(text[:200])


@given(token_soup() | st.text() | st.sampled_from(PARSED))
@pytest.mark.parametrize("parse", [Ref.parse, RefRange.parse])
def test_strict_reading_is_exact(parse: Callable[[str], Ref | RefRange], text: str) -> None:
    """What is read strictly is written just so, and is read as the same by the lenient reader."""
    try:
        value = parse(text)
    except AseanJapanError:
        return
    if isinstance(value, Ref):
        assert text in {str(value), value.cite(), format(value, "eid")}
        assert Reading(value.steps) in read(text)
    else:
        assert text in {str(value), value.cite()}
        assert Reading(value.first.steps, value.last.steps) in read(text)


@given(refs(), st.sampled_from(LOOK_ALIKES), st.data())
def test_look_alikes_are_refused(ref: Ref, look_alike: str, data: st.DataObject) -> None:
    """No digit of another script, look-alike or invisible character is passed over."""
    text = str(ref)
    at = data.draw(st.integers(0, len(text)))
    for reader in (Ref.parse, RefRange.parse, read, read_ref):
        with pytest.raises(RefSyntaxError):
            reader(text[:at] + look_alike + text[at:])
