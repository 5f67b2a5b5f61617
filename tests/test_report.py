"""Tests of a report as a whole: collections, addresses, stretches, exact finding, trees, and reports built by hand."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable, Generator
from typing import Any, cast, get_type_hints

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pasting import is_shown_well, pasted

import asean_japan
from asean_japan import (
    AmbiguousRefError,
    ArgumentError,
    AseanJapanError,
    Challenge,
    Claim,
    DataError,
    Entity,
    LimitError,
    NameNotFoundError,
    Node,
    Overlay,
    Place,
    Ref,
    RefNotFoundError,
    RefRange,
    RefSyntaxError,
    Report,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from asean_japan.model import KINDS, DatedFact, Kind, Layers, Nodes
from asean_japan.model.places import detach
from asean_japan.questions import Places
from asean_japan.testing import reports

REPORT = asean_japan.load()
SECTIONS = tuple(REPORT.sections.values())
COLLECTIONS: dict[Kind, str] = {kind: f"{kind}s" for kind in KINDS}


def built(**fields: Any) -> Report:  # noqa: ANN401  # Whatever a field holds.
    """Build the bundled report by hand, perhaps with other fields; it has no layers unless they are given."""
    given: dict[str, Any] = {"edition": REPORT.edition, "sections": SECTIONS, **fields}
    return Report(**given)


def refs_of(places: tuple[Place, ...]) -> str:
    """Write the addresses of places, one after another."""
    return " ".join(str(place.ref) for place in places)


def collection(report: Report, name: str) -> Places[Place]:
    """Return a collection by its name."""
    found = getattr(report, name)
    assert isinstance(found, Places)
    return cast("Places[Place]", found)


# The report.


def test_what_the_report_is() -> None:
    """A report gives away what its edition says about it."""
    edition = REPORT.edition
    assert (REPORT.title, REPORT.date, REPORT.issuer) == (edition.title, "2023-02", edition.issuer)
    assert (edition.status, edition.language) == ("Provisional Translation", "en")


LOAD = "asean_japan.load()"


def test_repr() -> None:
    """The bundled report is what `load` gives, and pasting its repr gives it."""
    assert (REPORT.origin, repr(REPORT), repr(REPORT.pillars)) == (LOAD, LOAD, f"{LOAD}.pillars")
    assert pasted(REPORT) is REPORT


@settings(max_examples=30)
@given(reports())
def test_round_trips(report: Report) -> None:
    """A report comes back from plain data and from JSON equal, with the same hash, and is written the same again."""
    for again in (from_dict(to_dict(report)), loads(dumps(report))):
        assert (again, hash(again)) == (report, hash(report))
        assert dumps(again) == dumps(report)


def test_equality() -> None:
    """Reports are equal if their editions and sections are, wherever they come from."""
    again = from_dict(to_dict(REPORT))
    other = built(edition=attrs.evolve(REPORT.edition, title="Other"))
    assert (again, again.origin) == (REPORT, None)
    assert other != REPORT
    assert other.sections == REPORT.sections


def test_places_keep_their_report() -> None:
    """A report takes copies of the nodes that it is built from; none of them changes its home."""
    again = built()
    for place in (*REPORT.walk(), *REPORT.claims.values()):
        copied = again[place.ref]
        assert copied == place
        assert copied is not place
        assert place.section is REPORT[place.ref.section]
        assert copied.section is again[place.ref.section]


def test_unsound_report_is_refused() -> None:
    """Values that do not make a report are refused, with everything that is wrong."""
    with pytest.raises(DataError) as caught:
        built(sections=())
    assert caught.value.source == "report"
    assert caught.value.misfits == ("sections are not 0, I, II, III, IV @ report.sections",)


def test_sections_are_a_tuple() -> None:
    """What could be changed later is refused."""
    with pytest.raises(ArgumentError) as caught:
        built(sections=[*SECTIONS])
    assert (caught.value.argument, caught.value.value) == ("sections", [*SECTIONS])


def test_check() -> None:
    """A sound report has no misfits."""
    assert REPORT.check() == ()


def test_completion() -> None:
    """A notebook completes the addresses of nodes."""
    assert REPORT._ipython_key_completions_() == [str(node.ref) for node in REPORT.walk()]  # pyright: ignore[reportPrivateUsage]


def test_search() -> None:
    """Search gives places of this report, as many as asked for."""
    hits = REPORT.search("maritime security", limit=2)
    assert [hit.place is REPORT[hit.ref] for hit in hits] == [True, True]


# Addresses.


@pytest.mark.parametrize(
    ("text", "position"), [("", 0), ("III.2.x", 6), ("III.2.④ foo", 8), ("third section", 0), ("sec_III__subsec_x", 16)]
)
def test_text_that_is_no_address(text: str, position: int) -> None:
    """What cannot be read whole is refused by every look-up, and the error says where reading stopped."""
    for look_up in (REPORT.resolve, REPORT.__getitem__, REPORT.get, REPORT.between, REPORT.claims.__getitem__):
        with pytest.raises(RefSyntaxError) as caught:
            look_up(text)
        assert (caught.value.text, caught.value.position) == (text, position)
    assert text not in REPORT


def test_text_that_is_too_long() -> None:
    """No address is as long as that."""
    with pytest.raises(LimitError) as caught:
        REPORT.resolve("I" * 201)
    assert (caught.value.size, caught.value.limit) == (201, 200)
    assert "I" * 201 not in REPORT


@pytest.mark.parametrize(
    ("text", "nearest", "available", "suggestions"),
    [
        ("V", "", "0 I II III IV", "IV"),
        ("I.4", "I", "I.1 I.2 I.3", "I.3"),
        ("III.3.9", "III.3", "III.3.1 III.3.2 III.3.3 III.3.4 III.3.5", "III.3.5"),
        ("I.3.9.a.i", "I.3", "I.3.s1 I.3.1 I.3.2", "I.3.2"),
        ("III.2.4.3.a.iii", "III.2.4.3.a", "III.2.4.3.a.s1 III.2.4.3.a.i III.2.4.3.a.ii", "III.2.4.3.a.ii"),
        ("0.p9", "0", "0.p1 0.p2 0.p3 0.p4", "0.p4"),
        ("IV.1", "IV", "IV.p1 IV.p2", "I.1 II.1 III.1"),  # The same number in another section.
        ("II.2.1.1", "II.2", "II.2.p1", "III.2.1.1"),
        ("XX.2.4", "", "0 I II III IV", "I.2.4 III.2.4 IV"),
        ("I.3.s9", "I.3", "I.3.s1 I.3.1 I.3.2", "I.3.s1"),
        ("last paragraph of I", "I", "I.1 I.2 I.3", "0.p4 II.p2 IV.p2"),
        ("first paragraph of I.3", "I.3", "I.3.s1 I.3.1 I.3.2", "II.3.p1"),
        ("I.3.2-I.3.6", "I.3", "I.3.s1 I.3.1 I.3.2", "I.3.2"),  # The first exists, so that the last is wrong.
        ("I.9.2-I.9.4", "I", "I.1 I.2 I.3", "I.3"),
        ("III.1.1.s9", "III.1.1", "III.1.1.s1", "III.1.1.s1"),
    ],
)
def test_address_at_which_nothing_stands(text: str, nearest: str, available: str, suggestions: str) -> None:
    """The error names the nearest place that exists, what stands below it, and what may have been meant."""
    with pytest.raises(RefNotFoundError) as caught:
        REPORT.resolve(text)
    assert (caught.value.text, caught.value.nearest) == (text, nearest)
    assert " ".join(caught.value.available) == available
    assert " ".join(caught.value.suggestions) == suggestions


def test_values_as_addresses() -> None:
    """An address that was read already is looked up too, and only what exists is found."""
    assert REPORT[Ref.parse("III.2.4")] is REPORT["III.2.4"]
    assert REPORT.resolve_all(RefRange.parse("I.1-I.3")) == (RefRange.parse("I.1-I.3"),)
    assert REPORT.resolve_all(REPORT["I.1"]) == REPORT.resolve_all(Ref.parse("I.1")) == (Ref.parse("I.1"),)
    for missing in (Ref.parse("I.9"), RefRange.parse("I.1-I.9")):
        with pytest.raises(RefNotFoundError) as caught:
            REPORT.resolve_all(missing)
        assert (caught.value.text, caught.value.nearest) == (str(missing), "I")
    with pytest.raises(RefNotFoundError):
        REPORT.resolve(Ref.parse("I.9"))


@pytest.mark.parametrize("written", ["I.2.6 to 8", "I.2.6-I.2.8", RefRange.parse("I.2.6-I.2.8")])
def test_range_is_not_a_place(written: Any) -> None:  # noqa: ANN401
    """A look-up gives one place, and the error says what takes a range."""
    for look_up in (REPORT.resolve, REPORT.__getitem__, REPORT.get, REPORT.challenges.__getitem__, REPORT.trace):
        with pytest.raises(ArgumentError) as caught:
            look_up(written)
        assert (caught.value.argument, caught.value.value) == ("address", str(written))
        assert caught.value.expected.startswith("one place")
        assert str(caught.value).endswith("expected one place; resolve_all() and between() take a range")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("I.2.7", "I.2.7"),
        ("I.2.⑥–⑧", "I.2.6-I.2.8"),
        ("I.2.⑥ and ⑦", "I.2.6 I.2.7"),
        ("III.2.④, ⑤ and ③", "III.2.4 III.2.5 III.2.3"),  # In the order of the list.
        ("III.2.④,⑤, and ⑥", "III.2.4 III.2.5 III.2.6"),
        ("I.2.6, I.2.8 and IV", "I.2.6 I.2.8 IV"),
        ("I.2.6; I.2.8; IV", "I.2.6 I.2.8 IV"),
        ("I.2.6 or I.2.8 & IV", "I.2.6 I.2.8 IV"),
        ("I.2.6 AND i.2.8", "I.2.6 I.2.8"),
        ("I, II and IV", "I II IV"),
        ("I, 2, 6 and 8", "I.2.6 I.2.8"),  # Commas inside of an address part nothing.
        ("Section III, 2, ④, third bullet, (a) and (b)", "III.2.4.3.a III.2.4.3.b"),
        ("III.2.4.3.a.i and ii", "III.2.4.3.a.i III.2.4.3.a.ii"),  # Not section II.
        ("III.2.4.3.a.i and II", "III.2.4.3.a.i II"),  # Written as the package writes it.
        ("III-2-④, 3rd bullet and 4th bullet", "III.2.4.3 III.2.4.4"),
        ("I.2.⑥–⑧, ② and IV", "I.2.6-I.2.8 I.2.2 IV"),
        ("I.2.1 to 3 and 5 to 7", "I.2.1-I.2.3 I.2.5-I.2.7"),
        ("II-1, paragraph 1 and II-2, paragraph 1", "II.1.p1 II.2.p1"),
        ("I.2.7.s1, s3 and s5", "I.2.7.s1 I.2.7.s3 I.2.7.s5"),
        ("I.2.6 and I.2.6", "I.2.6 I.2.6"),
    ],
)
def test_resolve_all(written: str, expected: str) -> None:
    """One address, one range, or each of a list is read, in its order; what goes on does so beside the part before."""
    assert " ".join(map(str, REPORT.resolve_all(written))) == expected


@given(
    st.lists(st.sampled_from([*REPORT.walk(), *REPORT.claims.values()]), min_size=1, max_size=4),
    st.sampled_from([" and ", "; ", " or ", " & ", ", and ", "；"]),
    st.sampled_from(["canonical", "cite", "eid"]),
)
def test_resolve_all_reads_any_list(places: list[Place], joint: str, form: str) -> None:
    """Whatever places are listed as the package writes them, all are read, and nothing else."""
    written = joint.join(format(place.ref, form) for place in places)
    assume(len(written) <= 200)
    assert REPORT.resolve_all(written) == tuple(place.ref for place in places)


@pytest.mark.parametrize(
    ("written", "error", "text"),
    [
        ("I.2.6 and foo", RefSyntaxError, "I.2.6 and foo"),
        ("I.2.6 and", RefSyntaxError, "I.2.6 and"),
        ("and I.2.6", RefSyntaxError, "and I.2.6"),
        ("and", RefSyntaxError, "and"),
        ("", RefSyntaxError, ""),
        ("I.2.6,, I.2.7", RefSyntaxError, "I.2.6,, I.2.7"),
        ("I.2.6, foo and I.2.7", RefSyntaxError, "I.2.6, foo and I.2.7"),
        ("items 4 and 6 of III.2", RefSyntaxError, "items 4 and 6 of III.2"),
        ("first and second bullet of III.2.4", RefSyntaxError, "first and second bullet of III.2.4"),
        ("III-2-④, 3rd bullet and ⑤", RefSyntaxError, "III-2-④, 3rd bullet and ⑤"),  # An item beside a bullet.
        ("I.2.⑧–⑥ and IV", RefSyntaxError, "I.2.⑧–⑥ and IV"),
        ("I and 2", RefSyntaxError, "I and 2"),
        ("I.2.6 and ⑨", RefNotFoundError, "I.2.⑨"),
        ("I.2.6, I.9 and IV", RefNotFoundError, "I.9"),
        ("III.2.④, ⑤ and ⑦", RefNotFoundError, "III.2.⑦"),
        ("I.9", RefNotFoundError, "I.9"),
        ("I.2, 9", RefNotFoundError, "I.2, 9"),
        ("III-2-④(a) and (b)", AmbiguousRefError, "III-2-④(a)"),
        ("IV and III.2.4-6", AmbiguousRefError, "III.2.4-6"),
    ],
)
def test_resolve_all_refuses_what_it_cannot_read_whole(written: str, error: type[AseanJapanError], text: str) -> None:
    """A list is read whole or not at all, and the error is about the part that does not exist, or about the whole."""
    with pytest.raises(error) as caught:
        REPORT.resolve_all(written)
    assert caught.value.args[0] == text


def test_resolve_all_takes_addresses_only() -> None:
    """What is too long, or is not a text, is refused as by every look-up."""
    with pytest.raises(LimitError):
        REPORT.resolve_all(" and ".join(["I.2.6"] * 21))
    wrong: Any
    for wrong in (None, 5, ["I.2.6"], b"I"):
        with pytest.raises(RefSyntaxError):
            REPORT.resolve_all(wrong)


def test_get() -> None:
    """What does not exist gives a default, what exists does not."""
    default = object()
    assert REPORT.get("III.9") is None
    assert REPORT.get("III.9", default) is default
    assert REPORT.get("III-2-④", default) is REPORT["III.2.4"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("III-2-④", True),
        (Ref.parse("I.2.7.s3"), True),
        (Ref.parse("I.9"), False),
        ("I.9", False),
        ("III-2-④(a)", False),  # Ambiguous.
        ("I.1-I.2", False),  # Two places.
        (RefRange.parse("I.1-I.2"), False),
        (None, False),
        (3, False),
    ],
)
def test_contains(address: object, *, expected: bool) -> None:
    """A report contains what leads to one of its places."""
    assert (address in REPORT) is expected


# Stretches, finding, trees.


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (("I.2.⑥", "I.2.⑧"), "I.2.6 I.2.7 I.2.8"),
        (("I.2.6-I.2.8",), "I.2.6 I.2.7 I.2.8"),
        ((RefRange.parse("I.2.6-I.2.8"),), "I.2.6 I.2.7 I.2.8"),
        (("I.2.8", "I.3"), "I.2.8 I.3 I.3.1 I.3.2"),  # With what is below the last.
        (("II", "II.p1"), "II II.p1"),
        (("II.3", "II.p2"), "II.3 II.3.p1 II.p2"),  # In reading order, which is not that of numbers.
        (("III.2.4.3.a", "III.2.4.3.a"), "III.2.4.3.a III.2.4.3.a.i III.2.4.3.a.ii"),
        (("III.2.4.3.a.ii", "III.2.4.3.b"), "III.2.4.3.a.ii III.2.4.3.b"),
    ],
)
def test_between(ends: tuple[Any, ...], expected: str) -> None:
    """A stretch of the report is given in reading order, both ends included."""
    assert refs_of(REPORT.between(*ends)) == expected


@pytest.mark.parametrize(
    ("ends", "argument", "value"),
    [
        (("I.2.8", "I.2.6"), "last", "I.2.6"),
        (("II.p2", "II.1"), "last", "II.1"),  # Before it in reading order, though not by number.
        (("I.2.8",), "first, last", ("I.2.8", None)),
        (("I.2.6-I.2.8", "I.3"), "first, last", ("I.2.6-I.2.8", "I.3")),
        (("I.2.6", "I.2.7-I.2.8"), "first, last", ("I.2.6", "I.2.7-I.2.8")),
        (("I.2.6-I.2.7", "I.2.7-I.2.8"), "first, last", ("I.2.6-I.2.7", "I.2.7-I.2.8")),
        (("I.2.6 and I.2.8",), "first, last", ("I.2.6 and I.2.8", None)),
        (("I.2.6 and I.2.7", "I.2.8"), "first, last", ("I.2.6 and I.2.7", "I.2.8")),
        (("I.2.7.s1", "I.2.8"), "first, last", ("I.2.7.s1", "I.2.8")),
        (("I.2.7", "I.2.8.s1"), "first, last", ("I.2.7", "I.2.8.s1")),
        (("I.2.7.s1-I.2.7.s2",), "first, last", ("I.2.7.s1", "I.2.7.s2")),
    ],
)
def test_between_what_makes_no_stretch(ends: tuple[str, ...], argument: str, value: object) -> None:
    """Two nodes are needed, the first of them not after the last."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.between(*ends)
    assert (caught.value.argument, caught.value.value) == (argument, value)


@pytest.mark.parametrize("kind", KINDS)
def test_find_by_kind(kind: Kind) -> None:
    """Everything of a kind is found, as a walk and a collection have it."""
    assert REPORT.find(kind=kind) == REPORT.walk(kind=kind) == tuple(collection(REPORT, COLLECTIONS[kind]).values())
    assert {node.kind for node in REPORT.find(kind=kind)} == {kind}


def test_find_everything() -> None:
    """Without a condition all nodes are found."""
    assert REPORT.find() == REPORT.walk()


def said(node: Node) -> list[str]:
    """Return what a node says itself."""
    return [*([node.heading] if node.heading else []), *(claim.text for claim in node.claims)]


@settings(max_examples=30)
@given(reports(), st.data())
def test_find_text(report: Report, data: st.DataObject) -> None:
    """Exactly the nodes that say it are found, in any case; deep, also those above them."""
    words = data.draw(st.sampled_from([text for node in report.walk() for text in said(node)]))
    text = data.draw(st.sampled_from([words, words.upper(), words[: len(words) // 2 + 1]])).strip()
    having = [node for node in report.walk() if any(text.casefold() in own.casefold() for own in said(node))]
    assert list(report.find(text=text)) == having
    above = {above.ref for node in having for above in (node, *node.ancestors)}
    assert list(report.find(text=text, deep=True)) == [node for node in report.walk() if node.ref in above]


def test_find_text_and_kind() -> None:
    """Both conditions hold; a heading counts, a gist does not."""
    heading = REPORT.pillars["II.1"].heading
    assert refs_of(REPORT.find(text=heading)) == "II.1 III.1"
    assert refs_of(REPORT.find(text=heading, kind="pillar")) == "II.1"
    assert refs_of(REPORT.find(text=heading, kind="section")) == ""
    assert refs_of(REPORT.find(text=heading, kind="section", deep=True)) == "II III"
    assert REPORT.find(text=REPORT.sections["IV"].gist) == ()


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"])
def test_find_text_with_what_nobody_sees(invisible: str) -> None:
    """Text that was copied from a page may have characters without width between its letters."""
    assert REPORT.find(text=f"disas{invisible}ter") == REPORT.find(text="disaster") != ()
    assert REPORT.entities[f"A{invisible}OIP"].key == "aoip"


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_find_nothing(text: str) -> None:
    """A blank text stands everywhere, so that nobody means it."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.find(text=text)
    assert (caught.value.argument, caught.value.value) == ("text", text)


def test_walk() -> None:
    """A walk over the report can be of one kind, and can leave out what is below a node."""
    assert len(REPORT.walk()) == 187
    assert REPORT.walk(prune=lambda _: False) == REPORT.walk()
    assert REPORT.walk(prune=lambda _: True) == SECTIONS
    assert refs_of(REPORT.walk(kind="pillar", prune=lambda node: node.ref == Ref.parse("I"))) == "II.1 II.2 II.3"
    with pytest.raises(ArgumentError) as caught:
        REPORT.walk(kind=cast("Kind", "pillars"))
    assert (caught.value.argument, caught.value.value) == ("kind", "pillars")


@pytest.mark.parametrize(("depth", "lines"), [(0, 5), (1, 22), (None, 187), (9, 187)])
def test_tree(depth: int | None, lines: int) -> None:
    """A tree has a line for each place, down to a depth below the sections."""
    shown = REPORT.tree(depth=depth).split("\n")
    wanted = [node for node in REPORT.walk() if depth is None or node.ref.depth <= depth + 1]
    assert shown == [f"{'  ' * (node.ref.depth - 1)}{node.label} {node.gist}  ({node.ref})" for node in wanted]
    assert len(shown) == lines


def test_tree_in_japanese() -> None:
    """It has the labels in Japanese, and where there is none the English one."""
    shown = REPORT.tree(lang="ja").split("\n")
    assert len(shown) == len(REPORT.walk())
    assert all(str(node.gist_ja) in line for node, line in zip(REPORT.walk(), shown, strict=True))
    bare = KINDS["section"](ref=Ref.parse("0"), gist="A section")
    assert bare.tree(lang="ja") == bare.tree() == f"{bare.label} A section  (0)"
    for lang in ("fr", None, ["ja"]):
        with pytest.raises(ArgumentError) as caught:
            REPORT.tree(lang=cast("Any", lang))
        assert caught.value.argument == "lang"


def test_tree_of_negative_depth() -> None:
    """There is nothing above the sections."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.tree(depth=-1)
    assert (caught.value.argument, caught.value.value) == ("depth", -1)


# Collections.


@pytest.mark.parametrize(("kind", "name"), COLLECTIONS.items())
@settings(max_examples=10)
@given(report=reports())
def test_collection(kind: Kind, name: str, report: Report) -> None:
    """A collection is a mapping of all nodes of a kind, by address, in reading order."""
    places = collection(report, name)
    assert list(places) == [node.ref for node in report.walk(kind=kind)]
    assert list(places.items()) == [(node.ref, node) for node in report.walk(kind=kind)]
    assert len(places) == len(report.walk(kind=kind))
    for place in places.values():
        assert places[place.ref] is places[str(place.ref)] is places[place.cite()] is place
        assert place.ref in places
        assert places.get(place.cite()) is place
        assert cast("Ref", place.cite()) in places
        assert cast("Ref", place) in places


def test_claims() -> None:
    """All claims are in one collection, those of a node before those below it."""
    assert list(REPORT.claims.values()) == [claim for node in REPORT.walk() for claim in node.claims]
    assert len(REPORT.claims) == 255


@pytest.mark.parametrize(
    ("address", "place", "available"),
    [
        ("III.2", "III.2", "III.2.1 III.2.2 III.2.3 III.2.4 III.2.5 III.2.6"),
        ("III-3", "III.3", "III.3.1 III.3.2 III.3.3 III.3.4 III.3.5"),
        ("III.2.4.3.a", "III.2.4.3.a", "III.2.4"),
        ("III-2-④, sentence 1", "III.2.4.s1", "III.2.4"),
        ("I.2.7", "I.2.7", " ".join(map(str, REPORT.action_items))),
        (Ref.parse("II.p1"), "II.p1", " ".join(map(str, REPORT.action_items))),
    ],
)
def test_place_of_another_kind(address: str | Ref, place: str, available: str) -> None:
    """It is not in the collection; the error names what the collection has below and above it, else all."""
    with pytest.raises(RefNotFoundError) as caught:
        REPORT.action_items[address]
    assert (caught.value.text, caught.value.nearest, caught.value.among) == (str(address), place, "action_items")
    assert (" ".join(caught.value.available), caught.value.suggestions) == (available, ())
    assert address not in REPORT.action_items
    assert REPORT.action_items.get(address) is None


@pytest.mark.parametrize(
    "address", ["I.9", "III-2-④(a)", "x", "", "I.1-I.2", "I" * 999, None, 3, RefRange.parse("I-II")]
)
def test_not_in_a_collection(address: object) -> None:
    """What leads to no place is in no collection."""
    assert address not in REPORT.challenges


def test_collections_compare_as_mappings() -> None:
    """A collection equals what has the same places at the same addresses, and hashes alike."""
    again = from_dict(to_dict(REPORT))
    assert again.pillars == REPORT.pillars == dict(REPORT.pillars)
    assert len({again.pillars, REPORT.pillars, REPORT.pillars, REPORT.action_areas}) == 2
    assert collection(REPORT, "pillars") != collection(REPORT, "action_areas")


@settings(max_examples=10)
@given(reports())
def test_repr_and_pickle_of_a_collection(report: Report) -> None:
    """Both give the collection again."""
    for name in (*COLLECTIONS.values(), "claims"):
        places = collection(report, name)
        assert is_shown_well(places)
        assert pickle.loads(pickle.dumps(places)) == places  # noqa: S301 - our own.


def test_completion_in_a_collection() -> None:
    """A notebook completes the addresses that are in it."""
    assert REPORT.pillars._ipython_key_completions_() == ["II.1", "II.2", "II.3"]  # pyright: ignore[reportPrivateUsage]


def test_collections_are_typed() -> None:
    """A look-up in a collection gives its kind."""
    challenge: Challenge = REPORT.challenges["I.2.7"]
    claim: Claim = REPORT.claims["I.2.7.s3"]
    assert (challenge.challenge_area.ref, claim.parent) == (Ref.parse("I.2"), challenge)


def test_evolve_leaves_the_bundled_report_alone() -> None:
    """A changed copy of the bundled report is checked, is no longer the bundled one, and takes nothing away from it."""
    report = asean_japan.load()
    item = report["III.2.4"]
    changed = attrs.evolve(report, edition=attrs.evolve(report.edition, title="Other"))
    assert (changed.title, changed.origin) == ("Other", None)
    assert changed["III.2.4"] == item
    assert changed["III.2.4"] is not item
    assert repr(item.section) == "asean_japan.load()['III']"


def test_a_level_left_out_is_not_the_nearest() -> None:
    """Where the bullet was left out, the nearest place is the item, not its first bullet."""
    with pytest.raises(RefNotFoundError) as caught:
        asean_japan.load()["III-2-④(z)"]
    assert caught.value.nearest == "III.2.4"


def test_reversed_range_with_last() -> None:
    """A range that shows only in a report that it is reversed is called so."""
    with pytest.raises(RefSyntaxError) as caught:
        asean_japan.load().resolve("last bullet to 3rd bullet of III.2.4")
    assert "reversed" in caught.value.expected


def test_missing_from_an_empty_collection() -> None:
    """A collection that has nothing says so."""
    sections = tuple(attrs.evolve(section, children=()) for section in asean_japan.load().sections.values())
    with pytest.raises(RefNotFoundError) as caught:
        built(sections=sections).measures["III"]
    assert str(caught.value) == "'III' is not among the measures: there are none"


def test_statement_of_a_headed_place_with_claims() -> None:
    """A place in full has its own claims, also if it has a heading."""
    first, *others = asean_japan.load().sections.values()
    first = attrs.evolve(first, claims=(Claim(ref=first.ref / "s1", text="Own words."),))
    assert built(sections=(first, *others))["0"].statement() == "0. Objective Own words."


def test_trusted_takes_no_node_of_another_report() -> None:
    """What stands in a report already would leave it."""
    report = asean_japan.load()
    with pytest.raises(ArgumentError) as caught:
        Report.trusted(report.edition, tuple(report.sections.values()))
    assert caught.value.argument == "sections"
    assert repr(report["I"]) == "asean_japan.load()['I']"


def test_a_place_is_an_address() -> None:
    """What was found can be asked for again."""
    report = asean_japan.load()
    item = report.action_items["III.2.4"]
    assert report.resolve(item) == item.ref
    assert report[item] is item
    assert item in report
    assert report.between(report["I.2.6"], report["I.2.8"]) == report.between("I.2.6-I.2.8")
    assert report.pillars.get(item) is None
    assert report.pillars.get(item, item.pillar) is item.pillar


def test_a_report_is_not_iterable() -> None:
    """Which places are meant has to be said: `walk`, or one of the collections."""
    with pytest.raises(TypeError):
        list(cast("list[object]", asean_japan.load()))


@pytest.mark.parametrize(
    ("text", "same"),
    [("Japan’s", "Japan's"), ("people\u2011to\u2011people", "people-to-people"), ("civil\n  society", "Civil Society")],
)
def test_find_passes_over_how_a_text_is_set(text: str, same: str) -> None:
    """Quotation marks, dashes, spaces, line ends and case make no difference."""
    assert asean_japan.load().find(text=text) == asean_japan.load().find(text=same) != ()


def test_neighbours_of_a_claim() -> None:
    """Claims of one node stand in a row."""
    claims = asean_japan.load().challenges["I.2.7"].claims
    assert [claim.next for claim in claims] == [*claims[1:], None]
    assert [claim.previous for claim in claims] == [None, *claims[:-1]]


def test_annotations_can_be_resolved() -> None:
    """Frameworks that read annotations while running can read those of the report."""
    for name in ("resolve", "between", "get", "find", "search", "walk", "tree", "__getitem__"):
        assert "return" in get_type_hints(getattr(Report, name))


# Finding by what is known.

FINDERS = ("kind", "text", "mentions", "code", "year")


def until(report: Report, fact: DatedFact, year: int) -> bool:
    """Tell whether a date covers a year; one without an end goes on until the report."""
    return fact.covers(year) and (fact.years[1] is not None or year <= int(report.date[:4]))


def fits(report: Report, node: Node, asked: dict[str, Any]) -> bool:
    """Tell, slowly and without any index, whether a node itself has all that is asked, but for its kind."""
    own = {node.ref, *(claim.ref for claim in node.claims)}
    if "text" in asked and not any(asked["text"].casefold() in text.casefold() for text in said(node)):
        return False
    if "mentions" in asked and not any(m.ref in own and m.key == asked["mentions"].key for m in report.layers.mentions):
        return False
    if "year" in asked and not any(
        fact.ref in own and until(report, fact, asked["year"]) for fact in report.layers.dates
    ):
        return False
    if "code" in asked:
        key, _, code = asked["code"].partition(":")
        return any(coding.overlay_key == key and code in coding.codes for coding in node.codings)
    return True


def filtered(report: Report, asked: dict[str, Any], *, deep: bool) -> list[Node]:
    """Find by looking at every node, for one thing asked after the other."""
    found = [node for node in report.walk() if node.kind == asked.get("kind", node.kind)]
    for name, value in asked.items():
        found = [
            node
            for node in found
            if any(fits(report, each, {name: value}) for each in (node.walk() if deep else [node]))
        ]
    return found


@st.composite
def questions(draw: st.DrawFn, report: Report) -> dict[str, Any]:
    """Draw what can be asked of a report, in any combination; often of one node, so that something is found."""
    node = draw(st.sampled_from(report.walk()))
    codes = [f"{key}:{code.code}" for key, each in report.overlays.items() for code in each.codes]
    held = [f"{coding.overlay_key}:{code}" for coding in node.codings for code in coding.codes]
    words = [word for text in said(node) for word in text.split()]
    chances: dict[str, list[Any]] = {
        "kind": [node.kind, *KINDS],
        "text": words,
        "mentions": [*{mention.entity for mention in node.mentions}, *report.layers.entities],
        "code": [*held, *codes],
        "year": [*(fact.years[0] for fact in node.dates), 1967, 1973, 2022, 2035, 2099, 0],
    }
    names = draw(st.sets(st.sampled_from([name for name in FINDERS if chances[name]])))
    return {name: draw(st.sampled_from(chances[name][:3]) | st.sampled_from(chances[name])) for name in names}


def found_by(report: Report, asked: dict[str, Any], *, deep: bool) -> list[Node]:
    """Return what `Report.find` finds."""
    find: Callable[..., Nodes[Node]] = report.find
    return [*find(**asked, deep=deep)]


@settings(max_examples=60)
@given(st.just(REPORT) | reports(), st.booleans(), st.data())
def test_find_all_that_is_asked(report: Report, deep: bool, data: st.DataObject) -> None:  # noqa: FBT001  # Drawn.
    """Whatever is asked together, exactly the nodes that have it are found, in reading order."""
    asked = data.draw(questions(report))
    assert found_by(report, asked, deep=deep) == filtered(report, asked, deep=deep)


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("name", ["mentions", "code", "year"])
def test_find_each_value(name: str, *, deep: bool) -> None:
    """Each entity, each code in use and each year are found where they are."""
    values: dict[str, list[Any]] = {
        "mentions": [*REPORT.layers.entities[::4]],
        "code": [f"{key}:{code}" for key, each in REPORT.overlays.items() for code, _ in each.coverage().counts[:4]],
        "year": [*range(1965, 2045, 3)],
    }
    found = {str(value): found_by(REPORT, {name: value}, deep=deep) for value in values[name]}
    assert any(found.values())
    for value in values[name]:
        assert found[str(value)] == filtered(REPORT, {name: value}, deep=deep)


def test_find_mentions_by_any_name() -> None:
    """An entity is named by key, acronym or form, or is given itself, also that of another report."""
    again = from_dict(to_dict(REPORT))
    entity = REPORT.entities["aoip"]
    names = ("aoip", "AOIP", "ASEAN Outlook on the Indo–Pacific", entity, again.entities["aoip"])
    assert {REPORT.find(mentions=name) for name in names} == {REPORT.find(mentions="AOIP")}
    assert {place.ref for place in entity.places} >= {node.ref for node in REPORT.find(mentions=entity) if node.heading}


def test_find_code_exactly() -> None:
    """A code is compared whole: a target does not stand for its goal, nor a goal for its targets."""
    overlay = Overlay(
        key="mine",
        title="Mine",
        codes=dict.fromkeys(("1", "1.1", "none:x")),
        units=("action_item",),
        assignments={"III.1.1": "1", "III.1.2": "1.1", "III.1.3": ("none:x", "1")},
    )
    report = REPORT.with_overlay(overlay)
    assert refs_of(report.find(code="mine:1")) == "III.1.1 III.1.3"
    assert refs_of(report.find(code="mine:1.1")) == "III.1.2"
    assert refs_of(report.find(code="mine:none:x")) == "III.1.3"
    assert refs_of(report.find(code="mine:1", deep=True)) == "III III.1 III.1.1 III.1.3"


@pytest.mark.parametrize(
    ("argument", "value", "error"),
    [
        *(("text", value, ArgumentError) for value in ("", " ", 5, b"ASEAN", [], ["a", ""], [5], {"a": 1})),
        *(("mentions", value, ArgumentError) for value in ("", "\n", 5, b"ASEAN", ["ASEAN"], Entity)),
        ("mentions", "Atlantis", NameNotFoundError),
        ("mentions", REPORT.overlays["sdg"], ArgumentError),
        ("mentions", "x" * 201, LimitError),
        *(("code", value, ArgumentError) for value in ("", "sdg", "sdg:", ":13", "sdg:18", "x:1", 13, ())),
        *(("year", value, ArgumentError) for value in (-1, -(10**5000), 2022.0, "2022", True, [2022])),
        *(("kind", value, ArgumentError) for value in ("actions", "", 5, [], ["actions"], [5], {"action": 1})),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, str) else type(value).__name__,
)
def test_find_what_cannot_be_asked(argument: str, value: Any, error: type[AseanJapanError]) -> None:  # noqa: ANN401
    """What cannot be asked is refused, and the error says by its message what was given."""
    with pytest.raises(error) as caught:
        REPORT.find(**{argument: value})
    assert str(caught.value)
    if isinstance(caught.value, ArgumentError):
        assert caught.value.argument == argument


@pytest.mark.parametrize("several", [["ASEAN", "Japan"], ("sdg:13", "sdg:14"), {"sdg:13"}, frozenset[str]()])
@pytest.mark.parametrize(("argument", "one"), [("mentions", "one name or entity"), ("code", "one code")])
def test_find_one_at_a_time(argument: str, one: str, several: Any) -> None:  # noqa: ANN401
    """Of names and of codes one is taken, and the error says so."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.find(**{argument: several})
    assert caught.value.expected == f"{one}; ask for each separately"


def test_find_far_years() -> None:
    """A period without an end ends with the report; no date lies before our era, or in the year 0."""
    opened = [fact for fact in REPORT.dates if fact.years[1] is None]
    assert opened
    assert all(REPORT[fact.ref].node in REPORT.find(year=2023) for fact in opened)
    assert REPORT.find(year=10**5000) == REPORT.find(year=99_999) == ()
    assert REPORT.find(year=0) == ()


def test_find_any_of_several() -> None:
    """Of kinds and of texts several may be asked for; one of them is enough, and reading order stays."""
    actions, measures = REPORT.find(kind="action"), REPORT.find(kind="measure")
    both = REPORT.find(kind=("measure", "action"))
    assert {*both} == {*actions, *measures}
    assert [node.position for node in both] == sorted(node.position for node in both)
    assert REPORT.find(kind=["action"]) == REPORT.find(kind={"action"}) == actions
    rice, tourism = REPORT.find(text="rice"), REPORT.find(text="tourism")
    assert {*REPORT.find(text=("rice", "tourism"))} == {*rice, *tourism} != {*tourism}


@pytest.mark.parametrize("code", ["SDG:13", "sdg:Climate action", "Sdg:CLIMATE  ACTION"])
def test_find_code_as_people_write_it(code: str) -> None:
    """Case makes no difference, and a label is as good as its code."""
    assert REPORT.find(code=code) == REPORT.find(code="sdg:13") != ()


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("13", "an overlay and a code of it, such as sdg:13"),
        ("climate action", "an overlay and a code of it, such as sdg:13"),
        ("sgd:13", "an overlay and a code of it, such as sdg:13"),
        (
            "x:13",
            "an overlay and a code of it: act:..., actor:..., aoip:..., community:..., crs:..., sdg:..., theme:...",
        ),
        ("crs:15132", "a code of the overlay crs, such as 15130, 15110, 15111, 15112, 15113, 15114, 15125, 15142"),
        ("crs:15120", "a code of the overlay crs, such as 15125, 15110, 15111, 15112, 15113, 15114, 15130, 15142"),
        ("crs:151", "a code of the overlay crs, such as 15110, 15111, 15112, 15113, 15114, 15125, 15130, 15142"),
        ("sdg:13.9", "a code of the overlay sdg, such as 13.1, 13.2, 13.3, 13.a, 13.b"),
        ("sdg:climat action", "a code of the overlay sdg, such as 13"),
        ("sdg:99", "a code of the overlay sdg"),
    ],
)
def test_find_names_what_is_near(code: str, near: str) -> None:
    """A code that there is not leads to those that may be meant: a withdrawn or voluntary one to its category."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.find(code=code)
    assert caught.value.expected == near


# What a report may be built from.


def test_trusted_takes_no_values_of_others() -> None:
    """Neither nodes nor values that belong to a report are taken away from it."""
    nodes = tuple(detach(section) for section in SECTIONS)
    with pytest.raises(ArgumentError) as caught:
        Report.trusted(REPORT.edition, nodes, REPORT.layers)
    assert caught.value.argument == "layers"
    with pytest.raises(ArgumentError) as caught:
        Report.trusted(REPORT.edition, SECTIONS, REPORT.layers.detached())
    assert caught.value.argument == "sections"
    assert Report.trusted(REPORT.edition, nodes, REPORT.layers.detached()) == REPORT


def test_layers_are_part_of_the_value() -> None:
    """Reports with other layers differ, also if all else is the same; their hashes may be the same."""
    bare = built()
    assert bare != REPORT
    assert bare == built(layers=Layers()) == built(layers=None)
    assert built(layers=REPORT.layers) == REPORT
    assert hash(bare) == hash(REPORT)
    assert len({bare, REPORT, built(layers=REPORT.layers)}) == 2


def test_report_that_was_refused_can_be_shown() -> None:
    """A debugger may hold on to what was never built."""
    with pytest.raises(DataError) as caught:
        built(sections=())
    frame = caught.traceback[-1].frame
    assert repr(frame.f_locals["self"]) == "<Report that was refused>"


def test_repr_of_a_report_built_by_hand() -> None:
    """It says what it is in one line: its version, what was laid over it, and how many places it has."""
    mine = Overlay(key="mine", title="Mine", codes={"now": "urgent"}, assignments={"I-1-②": "now"})
    assert repr(built()) == repr(built(layers=REPORT.layers)) == "<Report 1.0.0: 187 places>"
    with_one = REPORT.with_overlay(mine)
    assert repr(with_one) == repr(built().with_overlay(mine)) == "<Report 1.0.0 + overlay mine: 187 places>"
    assert repr(with_one.with_overlay(attrs.evolve(mine, title="Again"))) == repr(with_one)
    with_two = with_one.with_overlay(attrs.evolve(mine, key="other"))
    assert repr(with_two) == "<Report 1.0.0 + 2 overlays: 187 places>"
    with_long = REPORT.with_overlay(attrs.evolve(mine, key="k" * 1000))
    assert repr(with_long) == f"<Report 1.0.0 + overlay {'k' * 40}: 187 places>"
    assert is_shown_well(with_long.overlays)


def test_layers_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for another thread takes what that one has made."""
    report = built(layers=REPORT.layers)
    by_another: list[Layers] = []

    @contextlib.contextmanager
    def waiting() -> Generator[None, None, None]:
        monkeypatch.undo()
        by_another.append(report.layers)
        yield

    monkeypatch.setattr("asean_japan.report._lock", waiting())
    assert report.layers is by_another[0]
