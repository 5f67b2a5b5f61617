"""Tests that a sound report has no misfits, and that all misfits of a broken one are told, each with its path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast, get_args

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asean_japan import Basis, Claim, DataError, Link, Node, Ref, RefRange, Report, checking, from_dict, load, to_dict
from asean_japan.model import KINDS, Edition, Finding, FindingKind, Layers, Mark
from asean_japan.model.places import detach
from asean_japan.testing import reports

Edit: TypeAlias = tuple[str, object]  # A path as misfits have it, without "report.", and what to put there.
REPORT = load()
BARE = Report(
    edition=REPORT.edition, sections=tuple(REPORT.sections.values())
)  # The rules of the layers have tests of their own.
GONE = object()
BLANK = "stray white space or characters that do not show"
ELEVEN = " ".join(["word"] * 11)
TEXTS = [field.name for field in attrs.fields(Edition) if field.name not in {"schema_version", "date"}]

# The first of a kind, by path.
CHALLENGE_AREA = "sections[1].children[0]"
CHALLENGE = f"{CHALLENGE_AREA}.children[0]"
PILLAR = "sections[2].children[1]"
ACTION_AREA = "sections[3].children[0]"
ACTION_ITEM = f"{ACTION_AREA}.children[0]"
ACTION = "sections[3].children[1].children[3].children[2]"  # III.2.4.3
MEASURE = f"{ACTION}.children[0]"
SUB_MEASURE = f"{MEASURE}.children[0]"


def steps(path: str) -> list[str | int]:
    """Split a path into keys and indexes."""
    names = path.replace("[", ".[").split(".")
    return [int(name[1:-1]) if name.startswith("[") else name for name in names]


def edited(*edits: Edit) -> dict[str, Any]:
    """Return the data of the bundled report with some values changed, or taken out."""
    data: dict[str, Any] = {**to_dict(BARE)}
    for path, value in edits:
        holder: Any = data
        *above, last = steps(path)
        for step in above:
            holder = holder[step]
        if value is GONE:
            del holder[last]
        else:
            holder[last] = value
    return data


def misfits(*edits: Edit) -> list[str]:
    """Return what keeps an edited report from being one."""
    with pytest.raises(DataError) as caught:
        from_dict(edited(*edits))
    return list(caught.value.misfits)


def shown(edition: Edition, sections: Sequence[Node]) -> tuple[str, ...]:
    """Return the findings about values, as they are shown."""
    return tuple(map(str, checking.findings(edition, sections)))


def test_bundled_report_is_sound() -> None:
    """Nothing is wrong with the report."""
    assert REPORT.check() == ()


@settings(max_examples=30)
@given(reports())
def test_sound_reports_are_sound(report: Report) -> None:
    """Nothing is wrong with what keeps all rules, also where it is small or has odd texts."""
    assert report.check() == ()


RULES: list[tuple[list[Edit], list[str]]] = [
    # The edition.
    ([("edition.date", "2023")], ["not a year and month: '2023' @ report.edition.date"]),
    ([("edition.date", "2023/02")], ["not a year and month: '2023/02' @ report.edition.date"]),
    ([("edition.date", "2023-2x")], ["not a year and month: '2023-2x' @ report.edition.date"]),
    ([("edition.date", "x023-02")], ["not a year and month: 'x023-02' @ report.edition.date"]),
    ([("edition.date", "2023-02-01")], ["not a year and month: '2023-02-01' @ report.edition.date"]),
    ([("edition.title_ja", "")], ["empty @ report.edition.title_ja"]),
    ([("edition.source_ja", "a  b")], [f"{BLANK} @ report.edition.source_ja"]),
    ([("edition.title", "a  b")], [f"{BLANK} @ report.edition.title"]),
    # Sections.
    (
        [("sections[4]", GONE)],
        ["sections are not 0, I, II, III, IV @ report.sections"],
    ),
    (
        [("sections", [])],
        ["sections are not 0, I, II, III, IV @ report.sections"],
    ),
    (
        [("sections[4].ref", "V"), ("sections[4].children", [])],
        [
            "V where number 4 belongs @ report.sections",
            "sections are not 0, I, II, III, IV @ report.sections",
            "does not agree with V @ report.sections[4].mark",
        ],
    ),
    # Kinds.
    ([("sections[0].kind", "pillar")], ["pillar where section belongs @ report.sections[0]"]),
    (
        [(f"{CHALLENGE}.kind", "action_item")],
        [f"action_item where challenge belongs @ report.{CHALLENGE}"],
    ),
    (
        [("sections[4].children[0].kind", "section"), ("sections[4].children[0].heading", "A")],
        [
            "section where paragraph belongs @ report.sections[4].children[0]",
            "a mark for a numbered place, and none for a paragraph @ report.sections[4].children[0].mark",
        ],
    ),
    (
        [
            ("sections[4].children[0].ref", "IV.1"),
            ("sections[4].children[0].kind", "challenge_area"),
            ("sections[4].children[0].mark", {"text": "1.", "value": 1, "style": "arabic"}),
            ("sections[4].children[0].claims", []),
            ("sections[4].children[0].heading", None),
            ("sections[4].children[1]", GONE),
        ],
        [
            "challenge_area where nothing belongs @ report.sections[4].children[0]",
            "neither heading nor claim @ report.sections[4].children[0]",
        ],
    ),
    (
        [
            (f"{CHALLENGE}.ref", "I.1.s1"),
            (f"{CHALLENGE}.claims", []),
            (f"{CHALLENGE_AREA}.claims", []),
            *[(f"{CHALLENGE_AREA}.children[1]", GONE)] * 3,
        ],
        [
            f"neither heading nor claim @ report.{CHALLENGE_AREA}",
            f"challenge where nothing belongs @ report.{CHALLENGE}",
            f"does not agree with I.1.s1 @ report.{CHALLENGE}.mark",
            f"neither heading nor claim @ report.{CHALLENGE}",
        ],
    ),
    # Marks.
    (
        [(f"{CHALLENGE}.mark", None)],
        [f"a mark for a numbered place, and none for a paragraph @ report.{CHALLENGE}.mark"],
    ),
    (
        [("sections[0].children[0].mark", {"text": "1.", "value": 1, "style": "arabic"})],
        ["a mark for a numbered place, and none for a paragraph @ report.sections[0].children[0].mark"],
    ),
    ([("sections[0].mark.style", "roman")], ["does not agree with 0 @ report.sections[0].mark"]),
    ([("sections[1].mark.text", "I")], ["does not agree with I @ report.sections[1].mark"]),
    ([(f"{CHALLENGE_AREA}.mark.text", "1)")], [f"does not agree with I.1 @ report.{CHALLENGE_AREA}.mark"]),
    ([(f"{CHALLENGE}.mark.text", "②")], [f"does not agree with I.1.1 @ report.{CHALLENGE}.mark"]),
    ([(f"{CHALLENGE}.mark.value", 2)], [f"does not agree with I.1.1 @ report.{CHALLENGE}.mark"]),
    ([(f"{CHALLENGE}.mark.style", "letter")], [f"does not agree with I.1.1 @ report.{CHALLENGE}.mark"]),
    ([(f"{ACTION}.mark.text", "•")], [f"does not agree with III.2.4.3 @ report.{ACTION}.mark"]),
    (
        [(f"{MEASURE}.mark.text", "a")],
        [f"does not agree with III.2.4.3.a @ report.{MEASURE}.mark"],
    ),
    ([(f"{SUB_MEASURE}.mark.text", "I.")], [f"does not agree with III.2.4.3.a.i @ report.{SUB_MEASURE}.mark"]),
    # Headings and gists.
    (
        [("sections[1].heading", None)],
        ["empty @ report.sections[1].heading", "neither heading nor claim @ report.sections[1]"],
    ),
    (
        [("sections[1].heading", "")],
        ["empty @ report.sections[1].heading", "neither heading nor claim @ report.sections[1]"],
    ),
    ([("sections[1].heading", " A")], [f"{BLANK} @ report.sections[1].heading"]),
    ([(f"{CHALLENGE}.heading", "A")], [f"a challenge has no heading @ report.{CHALLENGE}.heading"]),
    ([(f"{CHALLENGE}.heading", "")], [f"a challenge has no heading @ report.{CHALLENGE}.heading"]),
    ([(f"{CHALLENGE}.gist", "")], [f"empty @ report.{CHALLENGE}.gist"]),
    ([(f"{CHALLENGE}.gist", ELEVEN)], [f"more than 10 words @ report.{CHALLENGE}.gist"]),
    (
        [(f"{CHALLENGE}.gist", ELEVEN.replace(" ", "\t"))],
        [f"{BLANK} @ report.{CHALLENGE}.gist", f"more than 10 words @ report.{CHALLENGE}.gist"],
    ),
    # Pillars and action areas.
    ([(f"{PILLAR}.heading", "A")], ["pillars and action areas differ in number or heading @ report.sections"]),
    ([("sections[3].children[2]", GONE)], ["pillars and action areas differ in number or heading @ report.sections"]),
    # Numbers.
    (
        [(f"{CHALLENGE_AREA}.children[1]", GONE)],
        [f"I.1.3 where number 2 belongs @ report.{CHALLENGE_AREA}"],
    ),
    (
        [(f"{CHALLENGE}.claims[0].ref", "I.1.1.s2")],
        [
            f"I.1.1.s2 where number 1 belongs @ report.{CHALLENGE}",
            f"I.1.1.s2 occurs twice @ report.{CHALLENGE}",
        ],
    ),
    ([("sections[0].children[0]", GONE)], ["0.p2 where number 1 belongs @ report.sections[0]"]),
    # Claims.
    ([(f"{ACTION}.claims[0].text", "")], [f"empty @ report.{ACTION}.claims[0].text"]),
    (
        [(f"{ACTION_ITEM}.claims", []), (f"{ACTION_ITEM}.children", [])],
        [f"neither heading nor claim @ report.{ACTION_ITEM}"],
    ),
]


@pytest.mark.parametrize(("edits", "expected"), RULES, ids=lambda value: str(value[0]))
def test_rule(edits: list[Edit], expected: list[str]) -> None:
    """What breaks a rule is refused, and the error says what is wrong and where, and nothing else."""
    assert misfits(*edits) == expected


@pytest.mark.parametrize("name", TEXTS)
def test_edition_says_everything(name: str) -> None:
    """No text of the edition is empty."""
    assert misfits((f"edition.{name}", "")) == [f"empty @ report.edition.{name}"]


@pytest.mark.parametrize(
    "stray",
    [
        *(" a", "a ", "a  b", "a\nb", "a\tb", "a\u00a0b", "\u3000", "\x00", "\x7f", "\u200b", "\u00ad", "\u202e"),
        *("\ud800", "\ue000", "a\u200cb"),
    ],
)
@pytest.mark.parametrize(
    "path", ["edition.issuer", "sections[1].heading", f"{SUB_MEASURE}.gist", f"{SUB_MEASURE}.claims[0].text"]
)
def test_stray_characters(path: str, stray: str) -> None:
    """No text has white space that shows nothing, or characters that cannot be seen."""
    assert misfits((path, stray)) == [f"{BLANK} @ report.{path}"]


@pytest.mark.parametrize("text", ["e\u0301", "\u212b"])
def test_text_that_is_not_composed(text: str) -> None:
    """The texts of a report are in NFC, and the message says so."""
    path = "sections[1].heading"
    assert misfits((path, text)) == [f"not in the normal form NFC @ report.{path}"]


def test_all_misfits_are_told_at_once() -> None:
    """One error tells everything that is wrong, from the edition down and in reading order."""
    broken: list[Edit] = [
        ("edition.date", "soon"),
        ("edition.license", ""),
        ("sections[0].kind", "pillar"),
        ("sections[0].children[1].claims", []),
        ("sections[1].mark.text", "1."),
        (f"{CHALLENGE}.heading", "A"),
        (f"{CHALLENGE}.gist", ELEVEN),
        (f"{CHALLENGE}.claims[1].text", ""),
        (f"{PILLAR}.heading", " A"),
        (f"{SUB_MEASURE}.ref", "III.2.4.3.a.ii"),
        ("sections[4]", GONE),
    ]
    assert misfits(*broken) == [
        "not a year and month: 'soon' @ report.edition.date",
        "empty @ report.edition.license",
        "sections are not 0, I, II, III, IV @ report.sections",
        "pillar where section belongs @ report.sections[0]",
        "neither heading nor claim @ report.sections[0].children[1]",
        "does not agree with I @ report.sections[1].mark",
        f"a challenge has no heading @ report.{CHALLENGE}.heading",
        f"more than 10 words @ report.{CHALLENGE}.gist",
        f"empty @ report.{CHALLENGE}.claims[1].text",
        f"{BLANK} @ report.{PILLAR}.heading",
        f"III.2.4.3.a.ii where number 1 belongs @ report.{MEASURE}",
        f"III.2.4.3.a.ii occurs twice @ report.{MEASURE}",
        f"does not agree with III.2.4.3.a.ii @ report.{SUB_MEASURE}.mark",
        f"III.2.4.3.a.i.s1 does not belong under III.2.4.3.a.ii @ report.{SUB_MEASURE}",
        "pillars and action areas differ in number or heading @ report.sections",
    ]


def paths(node: dict[str, Any], path: str) -> list[str]:
    """Return the paths of a node and of everything below it, in reading order."""
    below = [paths(child, f"{path}.children[{at}]") for at, child in enumerate(node["children"])]
    return [path, *(each for some in below for each in some)]


PATHS = [path for at, section in enumerate(edited()["sections"]) for path in paths(section, f"sections[{at}]")]


@settings(max_examples=20)
@given(st.sets(st.sampled_from(PATHS), min_size=1))
def test_any_places_that_are_broken(broken: set[str]) -> None:
    """Whichever places are broken, all of them are told, in reading order."""
    edits: list[Edit] = [(f"{path}.gist", "") for path in broken]
    assert misfits(*edits) == [f"empty @ report.{path}.gist" for path in PATHS if path in broken]


def test_report_built_by_hand_is_checked_too() -> None:
    """The same rules hold for values: the error names the report, and its misfits are those of the data."""
    sections = tuple(REPORT.sections.values())
    with pytest.raises(DataError) as caught:
        Report(edition=attrs.evolve(REPORT.edition, date=""), sections=sections[:-1])
    assert caught.value.source == "report"
    assert caught.value.misfits == (
        "not a year and month: '' @ report.edition.date",
        "sections are not 0, I, II, III, IV @ report.sections",
    )


@pytest.mark.parametrize("date", ["2023-00", "2023-13", "202-302", "20231-2", "٢٠٢٣-٠٢", "²²²²-²²"])
def test_impossible_date(date: str) -> None:
    """A date is four digits, a hyphen and a month that exists."""
    edition = attrs.evolve(load().edition, date=date)
    assert f"not a year and month: {date!r} @ report.edition.date" in shown(edition, tuple(load().sections.values()))


def test_other_schema_version() -> None:
    """What could not be read back is refused."""
    edition = attrs.evolve(load().edition, schema_version=3)
    assert shown(edition, tuple(load().sections.values())) == (
        "schema version 3; this package knows 1 @ report.edition.schema_version",
    )


def test_wrong_types_are_told_with_their_paths() -> None:
    """Values of another type come first and alone, since the rules are for the right types only."""
    sections = list(load().sections.values())
    wrong: Any = "wrong"
    nothing: Any = None
    sections[0] = attrs.evolve(
        sections[0], mark=Mark(text="0.", value=wrong, style="arabic"), claims=(wrong,), children=(wrong,)
    )
    sections[1] = wrong
    edition = attrs.evolve(load().edition, date=nothing)
    assert shown(edition, sections) == (
        "None where str belongs @ report.edition.date",
        "str where int belongs @ report.sections[0].mark.value",
        "str where Claim belongs @ report.sections[0].claims[0]",
        "str where Node belongs @ report.sections[0].children[0]",
        "str where Node belongs @ report.sections[1]",
    )
    assert shown(wrong, ()) == ("str where Edition belongs @ report.edition",)


# What kind of finding it is: for each, a fault planted in a sound report.

PLANTED: list[tuple[str, str, Callable[[Any], object]]] = [
    ("edition", "report.edition.date", lambda data: data["edition"].update(date="soon")),
    ("kind", f"report.{CHALLENGE}", lambda data: at(data, CHALLENGE).update(kind="pillar", heading="A")),
    ("mark", f"report.{MEASURE}.mark", lambda data: at(data, f"{MEASURE}.mark").update(style="circled")),
    ("heading", f"report.{CHALLENGE}.heading", lambda data: at(data, CHALLENGE).update(heading="A")),
    ("gist", f"report.{CHALLENGE}.gist", lambda data: at(data, CHALLENGE).update(gist=ELEVEN)),
    ("gist", f"report.{CHALLENGE}.gist_ja", lambda data: at(data, CHALLENGE).update(gist_ja="課" * 41)),
    ("text", f"report.{CHALLENGE}.gist_ja", lambda data: at(data, CHALLENGE).update(gist_ja=" 課題")),
    ("empty", f"report.{ACTION}.claims[0].text", lambda data: at(data, f"{ACTION}.claims[0]").update(text="")),
    ("text", f"report.{ACTION}.claims[0].text", lambda data: at(data, f"{ACTION}.claims[0]").update(text="a  b")),
    ("gap", f"report.{CHALLENGE_AREA}", lambda data: at(data, CHALLENGE_AREA)["children"].pop(1)),
    (
        "duplicate",
        f"report.{CHALLENGE_AREA}",
        lambda data: at(data, CHALLENGE_AREA)["children"].append(at(data, CHALLENGE)),
    ),
    (
        "orphan",
        f"report.{CHALLENGE_AREA}",
        lambda data: at(data, CHALLENGE_AREA)["children"].append(at(data, "sections[1].children[1].children[7]")),
    ),
    ("counterpart", "report.sections", lambda data: at(data, PILLAR).update(heading="Another")),
]


def evolved(value: Any, **fields: object) -> Any:  # noqa: ANN401
    """Change fields of a value to what a type checker would not let pass."""
    return attrs.evolve(value, **fields)


def at(data: Any, path: str) -> Any:  # noqa: ANN401
    """Follow *path*."""
    for step in steps(path):
        data = data[step]
    return data


def built(data: Any) -> Report:  # noqa: ANN401
    """Build a report from data without any check."""

    def node(fields: dict[str, Any]) -> Node:
        return KINDS[fields["kind"]](
            ref=Ref.parse(fields["ref"]),
            mark=fields["mark"] and Mark(**fields["mark"]),
            heading=fields["heading"],
            gist=fields["gist"],
            gist_ja=fields["gist_ja"],
            claims=tuple(Claim(ref=Ref.parse(claim["ref"]), text=claim["text"]) for claim in fields["claims"]),
            children=tuple(map(node, fields["children"])),
        )

    sections: Any = tuple(map(node, data["sections"]))
    return Report.trusted(Edition(**data["edition"]), sections)


def test_report_that_was_built_without_checks_is_sound() -> None:
    """What the faults are planted in has none."""
    report = built(to_dict(BARE))
    assert report == BARE
    assert report.check() == ()


@pytest.mark.parametrize(("kind", "path", "plant"), PLANTED, ids=[kind for kind, _, _ in PLANTED])
def test_planted_fault_is_found(kind: str, path: str, plant: Callable[[Any], object]) -> None:
    """A report that holds a fault tells its kind and where it is."""
    data = to_dict(BARE)
    plant(data)
    assert (kind, path) in {(finding.kind, finding.path) for finding in built(data).check()}


def test_value_of_another_type_is_found() -> None:
    """So does one that holds a value of another type."""
    wrong: Any = 7
    first, *others = (detach(section) for section in REPORT.sections.values())
    report = Report.trusted(REPORT.edition, (attrs.evolve(first, gist=wrong), *others))
    assert report.check() == (Finding(kind="type", message="int where str belongs", path="report.sections[0].gist"),)


def as_target(text: str) -> Ref | RefRange:
    """Read where a link leads."""
    return RefRange.parse(text) if "-" in text else Ref.parse(text)


# The layers: for each rule a fault planted in the layers of the bundled report.

LAYERS = REPORT.layers
NOWHERE = Ref.parse("III.9")
MENTION, DATE, QUANTITY = LAYERS.mentions[0], LAYERS.dates[0], LAYERS.quantities[0]
STATED, JUDGED = LAYERS.links[0], [link for link in LAYERS.links if link.kind == "serves"][-1]
PROMISED, FOLLOWED = (
    next(each for each in LAYERS.links if each.kind == kind) for kind in ("carried_out_by", "followed_by")
)
OUTCOME = LAYERS.outcomes[0]
ENTITY, FORM, OVERLAY = LAYERS.entities[0], LAYERS.other_forms[0], LAYERS.overlays[0]
ASSIGNMENT = OVERLAY.assignments[0]
LENGTH = len(REPORT.claims[MENTION.ref].text)
ANSWER = next(link for link in LAYERS.links if link.kind == "answers")
ANSWERED, SERVED = "not from a proposal to a challenge", "not from a claim of section IV to a proposal"
MISLED: list[tuple[str, Link, Any]] = [
    *(
        (
            f"{ANSWERED}: {source} to {target}",
            ANSWER,
            {"source_ref": Ref.parse(source), "target_ref": as_target(target)},
        )
        for source, target in (
            ("III.1.1.s1", "I.1.1"),
            ("III.1", "I.1.1"),
            ("I.1.2", "I.1.1"),
            ("III.1.1", "I.1"),
            ("III.1.1", "I.1.1.s1"),
            ("III.1.1", "I.1.1-I.1.2"),
        )
    ),
    *(
        (f"{SERVED}: {source} to {target}", JUDGED, {"source_ref": Ref.parse(source), "target_ref": as_target(target)})
        for source, target in (
            ("IV.p1", "III.1.1"),
            ("III.1.1.s1", "III.1.2"),
            ("IV.p1.s1", "I.1.1"),
            ("IV.p1.s1", "III.1.1.s1"),
            ("IV.p1.s1", "III.1.1-III.1.2"),
        )
    ),
    *(
        (
            f"not from a claim of a pillar to a proposal: {source} to {target}",
            PROMISED,
            {"source_ref": Ref.parse(source), "target_ref": as_target(target)},
        )
        for source, target in (
            ("II.1.p1", "III.1.1"),
            ("II.p1.s1", "III.1.1"),
            ("III.1.1.s1", "III.1.1"),
            ("II.1.p1.s1", "I.1.1"),
            ("II.1.p1.s1", "III.1"),
            ("II.1.p1.s1", "III.1.1-III.1.2"),
        )
    ),
    *(
        (f"not from a proposal: {source}", FOLLOWED, {"source_ref": Ref.parse(source)})
        for source in ("III.1", "I.1.1", "III.1.1.s1")
    ),
    ("answers leads to places", ANSWER, {"target_ref": None, "outcome_key": OUTCOME.key}),
    ("answers leads to places", ANSWER, {"target_ref": None}),
    ("answers leads to places", ANSWER, {"outcome_key": OUTCOME.key}),
    ("followed_by leads to an outcome", FOLLOWED, {"outcome_key": None}),
    ("followed_by leads to an outcome", FOLLOWED, {"outcome_key": None, "target_ref": as_target("I.1.1")}),
    ("followed_by leads to an outcome", FOLLOWED, {"target_ref": as_target("I.1.1")}),
]
MISFORMED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("dangling", "unknown entity: 'x'", "", {"key": "x"}),
    ("dangling", "unknown entity: 'x'", "", {"key": None, "safe": False, "confused_key": "x"}),
    ("form", "a homonym without what it means or is taken for", "", {"key": None, "safe": False, "meaning": None}),
    ("form", "a homonym is never safe", ".safe", {"key": None, "safe": True, "meaning": "a town"}),
    ("form", "a form that is taken for another entity", ".confused_key", {"confused_key": "asean"}),
    ("empty", "empty", ".form", {"form": ""}),
]
UNSOUND: list[tuple[str, str, str, object]] = [
    ("dangling", "mentions", "unknown address: III.9 @ report.layers.mentions[0]", attrs.evolve(MENTION, ref=NOWHERE)),
    ("dangling", "mentions", "unknown entity: 'x' @ report.layers.mentions[0]", attrs.evolve(MENTION, key="x")),
    (
        "span",
        "mentions",
        f"0 to 999 is not in the {LENGTH} characters of 0.p1.s1 @ report.layers.mentions[0]",
        attrs.evolve(MENTION, end=999),
    ),
    (
        "basis",
        "mentions",
        "researched where stated or editorial belongs @ report.layers.mentions[0].basis",
        attrs.evolve(MENTION, basis=Basis.RESEARCHED),
    ),
    ("dangling", "dates", "unknown address: III.9 @ report.layers.dates[0]", attrs.evolve(DATE, ref=NOWHERE)),
    ("date", "dates", "not a date in EDTF: 'soon' @ report.layers.dates[0].edtf", attrs.evolve(DATE, edtf="soon")),
    ("date", "dates", "not a date in EDTF: '1973/' @ report.layers.dates[0].edtf", attrs.evolve(DATE, edtf="1973/")),
    (
        "date",
        "dates",
        "not a date in EDTF: '1973-13' @ report.layers.dates[0].edtf",
        attrs.evolve(DATE, edtf="1973-13"),
    ),
    ("empty", "dates", "empty @ report.layers.dates[0].event", attrs.evolve(DATE, event="")),
    (
        "type",
        "quantities",
        "neither a number nor two of them in order, of at most 18 characters @ report.layers.quantities[0].value",
        attrs.evolve(QUANTITY, value=(3, 1)),
    ),
    *(
        (
            "type",
            "quantities",
            "neither a number nor two of them in order, of at most 18 characters @ report.layers.quantities[0].value",
            attrs.evolve(QUANTITY, value=cast("Any", value)),
        )
        for value in (10**18, -(10**17), (0, 10**30), (1, 2, 3))
    ),
    (
        "date",
        "entities",
        "not a date in EDTF: 'soon' @ report.layers.entities[0].facts[0].read",
        attrs.evolve(ENTITY, facts=(attrs.evolve(ENTITY.facts[0], read="soon"),)),
    ),
    *(
        (kind, "other_forms", f"{message} @ report.layers.other_forms[0]{field}", attrs.evolve(FORM, **changes))
        for kind, message, field, changes in MISFORMED
    ),
    (
        "kind",
        "entities",
        "unknown kind of entity: 'club' @ report.layers.entities[0].kind",
        attrs.evolve(ENTITY, kind=cast("Any", "club")),
    ),
    ("dangling", "links", "unknown address: III.9 @ report.layers.links[0]", attrs.evolve(STATED, source_ref=NOWHERE)),
    ("dangling", "links", "unknown address: III.9 @ report.layers.links[0]", attrs.evolve(STATED, target_ref=NOWHERE)),
    (
        "dangling",
        "links",
        "unknown address: III.9 @ report.layers.links[0]",
        attrs.evolve(STATED, target_ref=RefRange.parse("III.1-III.9")),
    ),
    ("dangling", "links", "unknown entity: 'x' @ report.layers.links[0]", attrs.evolve(STATED, via_key="x")),
    ("dangling", "links", "unknown outcome: 'x' @ report.layers.links[0]", attrs.evolve(FOLLOWED, outcome_key="x")),
    ("basis", "links", "followed_by is editorial @ report.layers.links[0]", attrs.evolve(FOLLOWED, strength=None)),
    (
        "basis",
        "links",
        "an editorial link without a reason @ report.layers.links[0]",
        attrs.evolve(PROMISED, reason=None),
    ),
    ("key", "outcomes", "not a key: 'A b' @ report.layers.outcomes[0].key", attrs.evolve(OUTCOME, key="A b")),
    ("kind", "outcomes", "unknown kind of outcome: 'x' @ report.layers.outcomes[0].kind", evolved(OUTCOME, kind="x")),
    (
        "date",
        "outcomes",
        "not a date in EDTF: 'soon' @ report.layers.outcomes[0].date",
        attrs.evolve(OUTCOME, date="soon"),
    ),
    (
        "date",
        "outcomes",
        "not a date in EDTF: 'now' @ report.layers.outcomes[0].read",
        attrs.evolve(OUTCOME, read="now"),
    ),
    ("empty", "outcomes", "empty @ report.layers.outcomes[0].text", attrs.evolve(OUTCOME, text="")),
    ("kind", "links", "unknown kind of link: 'x' @ report.layers.links[0].kind", evolved(STATED, kind="x")),
    ("kind", "links", "unknown strength: 'x' @ report.layers.links[0].strength", evolved(JUDGED, strength="x")),
    ("basis", "links", "serves is editorial @ report.layers.links[0]", attrs.evolve(JUDGED, basis=Basis.STATED)),
    ("basis", "links", "continues is stated @ report.layers.links[0]", attrs.evolve(STATED, strength="direct")),
    (
        "basis",
        "links",
        "an editorial link without a reason @ report.layers.links[0]",
        attrs.evolve(JUDGED, reason=None),
    ),
    (
        "circle",
        "links",
        "from I.1.s1 to itself @ report.layers.links[0]",
        attrs.evolve(STATED, source_ref=Ref.parse("I.1.s1"), target_ref=Ref.parse("I.1.s1"), start=None, end=None),
    ),
    ("span", "links", "only one end of a span @ report.layers.links[0]", attrs.evolve(STATED, start=None)),
    (
        "code",
        "overlays",
        "not a code of act: 'x' @ report.layers.overlays[0].assignments[0]",
        attrs.evolve(OVERLAY, assignments=(attrs.evolve(ASSIGNMENT, codes=("x",)),)),
    ),
    (
        "code",
        "overlays",
        "no code @ report.layers.overlays[0].assignments[0]",
        attrs.evolve(OVERLAY, assignments=(attrs.evolve(ASSIGNMENT, codes=()),)),
    ),
    (
        "duplicate",
        "overlays",
        "III.1.1 occurs twice @ report.layers.overlays[0].assignments",
        attrs.evolve(OVERLAY, assignments=(ASSIGNMENT, ASSIGNMENT)),
    ),
    (
        "duplicate",
        "overlays",
        "create occurs twice @ report.layers.overlays[0].codes",
        attrs.evolve(OVERLAY, codes=(*OVERLAY.codes, OVERLAY.codes[0])),
    ),
    (
        "dangling",
        "overlays",
        "unknown address: III.9 @ report.layers.overlays[0].assignments[0]",
        attrs.evolve(OVERLAY, assignments=(attrs.evolve(ASSIGNMENT, ref=NOWHERE),)),
    ),
    (
        "kind",
        "overlays",
        "I.1.s1 is a claim; codes belong to nodes @ report.layers.overlays[0].assignments[0]",
        attrs.evolve(OVERLAY, assignments=(attrs.evolve(ASSIGNMENT, ref=Ref.parse("I.1.s1")),)),
    ),
    (
        "kind",
        "overlays",
        "unknown kind of place: 'x' @ report.layers.overlays[0].units",
        evolved(OVERLAY, units=("x",)),
    ),
    ("type", "mentions", "Quantity where Mention belongs @ report.layers.mentions[0]", QUANTITY),
    ("type", "mentions", "str where int belongs @ report.layers.mentions[0].start", evolved(MENTION, start="0")),
    ("type", "mentions", "bool where int belongs @ report.layers.mentions[0].end", evolved(MENTION, end=True)),
    ("type", "entities", "int where str belongs @ report.layers.entities[0].forms[0]", evolved(ENTITY, forms=(7,))),
    ("key", "entities", "not a key: 'A b' @ report.layers.entities[0].key", attrs.evolve(ENTITY, key="A b")),
    ("key", "overlays", "not a key: 'a:b' @ report.layers.overlays[0].key", attrs.evolve(OVERLAY, key="a:b")),
    (
        "key",
        "overlays",
        "'entity' is what a graph calls the entities @ report.layers.overlays[0].key",
        attrs.evolve(OVERLAY, key="entity"),
    ),
    (
        "key",
        "overlays",
        "'outcome' is what a graph calls the outcomes @ report.layers.overlays[0].key",
        attrs.evolve(OVERLAY, key="outcome"),
    ),
    *(
        ("kind", "links", f"{message} @ report.layers.links[0]", attrs.evolve(link, **changes))
        for message, link, changes in MISLED
    ),
    ("text", "entities", f"{BLANK} @ report.layers.entities[0].forms[0]", attrs.evolve(ENTITY, forms=("a  b",))),
]


@pytest.mark.parametrize(("kind", "name", "message", "fault"), UNSOUND, ids=[row[2][:60] for row in UNSOUND])
def test_planted_fault_of_a_layer_is_found(kind: str, name: str, message: str, fault: object) -> None:
    """A value of a layer that breaks a rule is told with its kind and path, and no report is built with it."""
    members = getattr(LAYERS, name)
    layers = evolved(LAYERS, **{name: (fault, *members[1:])})
    sections = tuple(REPORT.sections.values())
    found = {(finding.kind, str(finding)) for finding in checking.findings(REPORT.edition, sections, layers)}
    assert (kind, message) in found
    with pytest.raises(DataError) as caught:
        Report(edition=REPORT.edition, sections=sections, layers=layers)
    assert message in caught.value.misfits


@pytest.mark.parametrize("name", ["other_forms", "mentions", "dates", "quantities", "links"])
def test_value_that_occurs_twice_is_found(name: str) -> None:
    """What is said twice is told with the position of the first."""
    members = getattr(LAYERS, name)
    layers = evolved(LAYERS, **{name: (*members, members[1])})
    found = checking.findings(REPORT.edition, tuple(REPORT.sections.values()), layers)
    assert [(finding.kind, str(finding)) for finding in found] == [
        ("duplicate", f"the same as number 1 @ report.layers.{name}[{len(members)}]")
    ]


def test_entity_that_is_its_own_ancestor_is_found() -> None:
    """Whether at once or over others; what only leads into a circle is in none."""
    parents = {"a": "a", "b": "c", "c": "d", "d": "b", "e": "b", "f": None, "g": "f"}
    entities = tuple(attrs.evolve(ENTITY, key=key, parent_key=parent, tie_keys=()) for key, parent in parents.items())
    found = checking.findings(REPORT.edition, tuple(REPORT.sections.values()), Layers(entities=entities))
    assert [(finding.kind, str(finding)) for finding in found] == [
        ("circle", f"{key} is its own ancestor @ report.layers.entities[{at}].parent_key")
        for at, key in enumerate(parents)
        if key in "abcd"
    ]


@pytest.mark.parametrize("name", ["entities", "outcomes", "overlays"])
def test_key_that_occurs_twice_is_found(name: str) -> None:
    """A look-up by key has one answer."""
    members = getattr(LAYERS, name)
    layers = evolved(LAYERS, **{name: (*members, members[0])})
    found = checking.findings(REPORT.edition, tuple(REPORT.sections.values()), layers)
    assert [str(finding) for finding in found] == [f"{members[0].key} occurs twice @ report.layers.{name}"]


def test_layers_of_another_type_are_found() -> None:
    """Only layers are layers."""
    wrong: Any = ()
    found = checking.findings(REPORT.edition, tuple(REPORT.sections.values()), wrong)
    assert [str(finding) for finding in found] == ["tuple where Layers or None belongs @ report.layers"]


def test_every_kind_of_finding_was_planted() -> None:
    """The lists above are whole; faults of files are planted in the tests of loading."""
    assert {kind for kind, *_ in (*PLANTED, *UNSOUND)} | {"type", "digest"} == set(get_args(FindingKind))


def test_finding_is_shown_with_its_path() -> None:
    """A list of findings reads as one."""
    assert str(Finding(kind="gap", message="what", path="where")) == "what @ where"


def test_values_alone_are_held_to_their_types() -> None:
    """A place and an overlay that hold a value of another type are told so, before any rule."""
    assert [str(found) for found in checking.place_findings(evolved(REPORT["III.2.4.8"], gist=7))] == [
        "int where str belongs @ place.gist"
    ]
    assert [str(found) for found in checking.overlay_findings(evolved(OVERLAY, title=7))] == [
        "int where str belongs @ overlay.title"
    ]
