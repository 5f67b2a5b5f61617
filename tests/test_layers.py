"""Tests of the layers: mentions, dates and quantities, and what all of their values have in common."""

from __future__ import annotations

import copy
import pickle
from typing import Any, cast

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pasting import is_shown_well, pasted

import asean_japan
from asean_japan import ArgumentError, Claim, DataError, Link, Node, Ref, Report
from asean_japan.errors import DetachedNodeError
from asean_japan.model import DatedFact, Index, Layers, Mention, Quantity
from asean_japan.model.facts import is_date
from asean_japan.model.home import AtHome, Value
from asean_japan.testing import reports

REPORT = asean_japan.load()
IN_ANY_REPORT = settings(max_examples=30)
VALUES = [*REPORT.layers.values()]
FIRST = {type(value).__name__: value for value in reversed(VALUES)}


def dated(edtf: str) -> DatedFact:
    """Date something."""
    return DatedFact(ref=Ref.parse("I.1.s1"), start=0, end=3, edtf=edtf, event="an event")


def with_layers(layers: Layers) -> Report:
    """Build the report with other layers."""
    return Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values()), layers=layers)


# Where they stand.


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_places_and_values_lead_to_one_another(report: Report) -> None:
    """Each place has the dates and quantities of its heading and its own claims, and each of these leads back."""
    assert sorted(report.dates, key=id) == sorted(report.layers.dates, key=id)
    for place in (*report.walk(), *report.claims.values()):
        own = [place] if isinstance(place, Claim) else [place, *place.node.claims]
        refs = {each.ref for each in own}
        assert list(place.dates) == [fact for each in own for fact in report.layers.dates if fact.ref == each.ref]
        assert {*place.quantities} == {fact for fact in report.quantities if fact.ref in refs}
    facts: tuple[DatedFact | Quantity, ...] = (*report.dates, *report.quantities)
    for fact in facts:
        where = fact.place
        assert where is report[fact.ref]
        whole = where.text if isinstance(where, Claim) else where.node.heading
        assert fact.text == (whole or "")[fact.start : fact.end] != ""
        assert not fact.detached
    for mention in report.mentions:
        where = mention.place
        assert where is report[mention.ref]
        whole = where.text if isinstance(where, Claim) else where.node.heading
        assert mention.text == (whole or "")[mention.start : mention.end] != ""


def test_headings_name_too() -> None:
    """Some names stand in headings, and belong to the node whose heading it is."""
    inside = [mention for mention in REPORT.mentions if mention.ref.level != "claim"]
    assert inside
    for mention in inside:
        assert isinstance(mention.place, Node)
        assert mention in mention.place.mentions
        assert all(mention not in claim.mentions for claim in mention.place.claims)


# Dates.


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1973", 1973, 1973),
        ("2022-02", 2022, 2022),
        ("2003-12-12", 2003, 2003),
        ("203X", 2030, 2039),
        ("20XX", 2000, 2099),
        ("00XX", 0, 99),
        ("0000", 0, 0),
        ("2010/2019", 2010, 2019),
        ("2010-05/2012-01-31", 2010, 2012),
        ("203X/205X", 2030, 2059),
        ("19XX/2022", 1900, 2022),
        ("2022-02/..", 2022, None),
        ("202X/..", 2020, None),
        ("2022/2022", 2022, 2022),
    ],
)
def test_years(edtf: str, first: int, last: int | None) -> None:
    """A date covers the years from its first to its last, and none beyond; without an end it covers all that follow."""
    fact = dated(edtf)
    assert is_date(edtf)
    assert fact.years == (first, last)
    assert [fact.covers(year) for year in (first, first + (last is None), first if last is None else last)] == [
        True
    ] * 3
    assert fact.covers(10**9) is (last is None)
    assert first == 0 or not fact.covers(first - 1)
    assert last is None or not fact.covers(last + 1)


@pytest.mark.parametrize(
    "edtf",
    [
        *("", "soon", "-0500", "1973-13", "1973-00", "1973-02-32", "73", "19731", "2X", "2XXX", "1973-0X", "../1973"),
        *("1973/", "/1973", "..", "2022/2019", "205X/203X", "20XX/19XX", "1973/1974/1975", "1973 ", "１９７３"),
        *("2022-02-31", "2023-02-29", "2022-05/2022-02", "2022-05-02/2022-05-01", "2022/2022-13"),
    ],
)
def test_what_is_no_date(edtf: str) -> None:
    """What is no date, ends before it begins, or lies before our era, covers no year."""
    assert not is_date(edtf)
    with pytest.raises(DataError) as caught:
        dated(edtf).covers(1973)
    assert caught.value.misfits == (f"not a date in EDTF: {edtf!r} @ edtf",)
    with pytest.raises(DataError):
        with_layers(Layers(dates=(dated(edtf),)))


@pytest.mark.parametrize("year", [-1, 1973.0, "1973", None, True])
def test_what_is_no_year(year: Any) -> None:  # noqa: ANN401
    """A year is a whole number from 0."""
    with pytest.raises(ArgumentError) as caught:
        dated("1973").covers(year)
    assert (caught.value.argument, caught.value.value) == ("year", year)


def test_dates_are_in_time_order() -> None:
    """By the first year, then by their text; those alike in reading order."""
    order = {fact: at for at, fact in enumerate(REPORT.layers.dates)}
    keys = [(fact.years[0], fact.edtf, order[fact]) for fact in REPORT.dates]
    assert keys == sorted(keys)
    assert len(keys) == len(REPORT.layers.dates) == 27


# What all have in common.


def test_every_kind_of_value_is_there() -> None:
    """The bundled layers have some of each."""
    assert {*FIRST} == {"Entity", "OtherForm", "Mention", "DatedFact", "Quantity", "Outcome", "Link", "Overlay"}


@pytest.mark.parametrize("name", FIRST)
def test_copies_and_pickles(name: str) -> None:
    """A value is its own copy; a bundled one comes back itself from a pickle, a detached one equal and detached."""
    for value in [value for value in VALUES if type(value).__name__ == name]:
        assert copy.copy(value) is copy.deepcopy(value) is value
        assert pickle.loads(pickle.dumps(value)) is value  # noqa: S301 - our own.
    alone = cast("Value", attrs.evolve(cast("Any", FIRST[name])))
    again: Value = pickle.loads(pickle.dumps(alone))  # noqa: S301 - our own.
    assert (again, hash(again), again.detached) == (alone, hash(alone), True)
    assert alone == FIRST[name]


@settings(max_examples=10)
@given(reports())
def test_pickles_of_any_report(report: Report) -> None:
    """A value of a report that was built by hand comes back with its report."""
    for value in report.layers.values():
        again: Value = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own.
        assert (again, hash(again), again.detached) == (value, hash(value), False)


def test_a_report_takes_copies() -> None:
    """Values change no home: what belongs to one report is copied into the next."""
    again = with_layers(REPORT.layers)
    for mine, theirs in zip(VALUES, again.layers.values(), strict=True):
        assert mine == theirs
        assert mine is not theirs
    assert all(mention.place is REPORT[mention.ref] for mention in REPORT.mentions)
    assert all(mention.place is again[mention.ref] for mention in again.mentions)
    given_values = REPORT.layers.detached()
    with_layers(given_values).layers  # noqa: B018 - makes the index.
    assert all(value.detached for value in given_values.values())


DETACHED: list[tuple[Value, str, str]] = [
    *((attrs.evolve(cast("Mention", FIRST["Mention"])), asked, "place") for asked in ("place", "text")),
    (attrs.evolve(cast("Mention", FIRST["Mention"])), "entity", "entity"),
    *((attrs.evolve(cast("DatedFact", FIRST["DatedFact"])), asked, "place") for asked in ("place", "text")),
    *((attrs.evolve(cast("Quantity", FIRST["Quantity"])), asked, "place") for asked in ("place", "text")),
]


@pytest.mark.parametrize(
    ("value", "asked", "unknown"), DETACHED, ids=lambda value: getattr(value, "key", str(value))[:20]
)
def test_detached_value(value: Value, asked: str, unknown: str) -> None:
    """One that belongs to no report knows of no place, and the error names its class and what is not known."""
    assert value.detached
    with pytest.raises(DetachedNodeError) as caught:
        getattr(value, asked)
    assert (caught.value.ref, caught.value.asked) == (type(value).__name__, unknown)


def test_repr_of_plain_values_pastes_back() -> None:
    """Mentions, dates, quantities and links are written as they are built, unless a line is too short for them."""
    plain = [*REPORT.mentions, *REPORT.dates, *REPORT.quantities, *(link for link in REPORT.links if not link.reason)]
    short = [value for value in plain if not repr(value).startswith("<")]
    assert [pasted(value) for value in short] == short
    assert {*REPORT.mentions} <= {*short}
    assert {type(value) for value in short} == {Mention, DatedFact, Quantity, Link}
    assert all(is_shown_well(value) for value in VALUES)


@IN_ANY_REPORT
@given(reports())
def test_repr_in_any_report(report: Report) -> None:
    """Every value, and the layers as a whole, are written in one short line."""
    assert all(is_shown_well(value) for value in (*report.layers.values(), report.layers))


@pytest.mark.parametrize("name", [field.name for field in attrs.fields(Layers)])
def test_no_list_in_the_layers(name: str) -> None:
    """What could be changed later is refused."""
    wrong: Any = {name: []}
    with pytest.raises(ArgumentError) as caught:
        Layers(**wrong)
    assert (caught.value.argument, caught.value.expected) == (name, "a tuple")


class Part(AtHome[Index]):
    """A part of a report that says nothing of where it is."""

    __slots__ = ()


def test_part_that_cannot_be_found_again() -> None:
    """Each kind of part has to say how a pickle finds it in its report."""
    part = Part()
    object.__setattr__(part, "_index", REPORT.place_index())
    assert not part.detached
    with pytest.raises(NotImplementedError):
        pickle.dumps(part)


# Mappings by key.


@IN_ANY_REPORT
@given(reports())
@example(REPORT)
def test_mappings_compare_like_dicts(report: Report) -> None:
    """Two are equal if they have the same values by the same keys, in whichever order, and then hash the same."""
    layers = report.layers
    turned = attrs.evolve(layers, entities=layers.entities[::-1], overlays=layers.overlays[::-1])
    other = Report(edition=report.edition, sections=tuple(report.sections.values()), layers=turned)
    for mine, theirs in ((report.entities, other.entities), (report.overlays, other.overlays)):
        assert mine == theirs
        assert hash(mine) == hash(theirs)
        assert dict(mine) == {**theirs}
        assert len(mine) == len([*mine])
        assert copy.copy(mine) is copy.deepcopy(mine) is mine
        assert pickle.loads(pickle.dumps(mine)) == mine  # noqa: S301 - our own.


@given(st.text(max_size=20))
def test_any_key_is_answered_or_refused(key: str) -> None:
    """A look-up never fails in another way than ours."""
    for mapping in (REPORT.entities, REPORT.overlays):
        try:
            mapping[key]
        except asean_japan.AseanJapanError:
            assert key not in mapping
        else:
            assert key in mapping


# Bodies.


def test_bodies_are_named_bodies_and_programs() -> None:
    """A place has those of its mentions that are bodies or programs, each once; a claim has its own."""
    found = REPORT["III.2.6.4"].bodies
    assert [body.key for body in found] == ["ameicc", "fjccia", "jetro", "ajbc"]
    assert REPORT.claims["III.2.6.4.s1"].bodies == found
    for node in REPORT.walk():
        named = {mention.key for mention in node.mentions}
        assert {body.key for body in node.bodies} <= named
        assert {REPORT.entities[key].kind for key in named}.isdisjoint({"forum"}) or node.bodies
