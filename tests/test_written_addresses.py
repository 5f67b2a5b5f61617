"""Tests of addresses as people write them: each kind of writing, all short texts, and every place in every way."""

from __future__ import annotations

import itertools
import pickle
import re
from typing import TYPE_CHECKING

import pytest
from strategies import GRAMMAR_TOKENS

from asean_japan import AmbiguousRefError, Ref, RefNotFoundError, RefSyntaxError, load
from asean_japan.reading import inside, is_only_words, read
from asean_japan.refs import ANY, CLAIM, LAST, PARAGRAPH, PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from asean_japan.refs import Reading, Steps

REPORT = load()
PLACES = [place.ref for place in (*REPORT.walk(), *REPORT.claims.values())]

STATUTE = {
    "III(2)(4)": "III.2.4",
    "(III)(2)(4)": "III.2.4",
    "III[2][4]": "III.2.4",
    "III (2) (4) (3)": "III.2.4.3",
    "§ III.2(4)(3)(a)": "III.2.4.3.a",
    "III(2)(4)(3)(a)(i)": "III.2.4.3.a.i",
    "I(2)(7), sentence (3)": "I.2.7.s3",
    "IV, para. (2)": "IV.p2",
    "III.(2)": "III.2",
    "III-(2)-(4)": "III.2.4",
    "(4) of (2) of III": "III.2.4",
    "III.2(4)–(6)": "III.2.4-III.2.6",
    "III-2-(4)-(6)": "III.2.4-III.2.6",
    "III.2.4(3)–(5)": "III.2.4.3-III.2.4.5",
    "II.(1)–(3)": "II.1-II.3",
}
LABELS = {
    "Part III, Section 2, item (4)": "III.2.4",
    "Part III, ch. 2": "III.2",
    "section two of part III": "III.2",
    "item 4 of § 2 of Chapter III": "III.2.4",
    "pt. III": "III",
    "pt III, item 4": None,
    "ch. IV, ¶ 2": "IV.p2",
    "§§ I.2.6–I.2.8": "I.2.6-I.2.8",
    "¶¶ 1–2 of IV": "IV.p1-IV.p2",
    "pts. I to III": "I-III",
    "III.2.4.3 lit. a": "III.2.4.3.a",
    "III.2.4.1, lits. a–c": "III.2.4.1.a-III.2.4.1.c",
    "III.2(4), third indent": "III.2.4.3",
    "III.2.4, second tiret": "III.2.4.2",
    "III.2 Ziff. 4, Spiegelstrich 3, Buchst. a": "III.2.4.3.a",
    "III.2 Nr. 4, 3. Spiegelstrich": "III.2.4.3",
    "Abschnitt 0, Abs. 2, Satz 1": "0.p2.s1",
    "0, 2. Absatz": "0.p2",
    "Säule 2": "II.2",
    "Teil III, Unterabschnitt 2": "III.2",
    "III.2, items nos. 4–6": "III.2.4-III.2.6",
    "III.2 № 4": "III.2.4",
    "III.2 Ziff. 4 bis 6": "III.2.4-III.2.6",
    "§§ I.2.6 and I.2.8": "I.2.6 I.2.8",
    "§§ I.2.6, I.2.8; IV": "I.2.6 I.2.8 IV",
    "§§ I.2.6–I.2.8 and IV": "I.2.6-I.2.8 IV",
    "III.2. Absatz 2": None,
}
NUMBERS = {
    "Pillar II": "II.2",
    "pillar iii": "II.3",
    "Pillar Two": "II.2",
    "Pillar II of Section II": "II.2",
    "Pillar II, para. 1": "II.2.p1",
    "Pillars I–III": "II.1-II.3",
    "pillars one to three": "II.1-II.3",
    "Action Area II, item 4": "III.2.4",
    "challenge area II": "I.2",
    "Area II of III": "III.2",
    "III-2-④, bullet three": "III.2.4.3",
    "item number four of III.2": "III.2.4",
    "III, two, four": "III.2.4",
    "section zero, paragraph two": "0.p2",
    "2d bullet of III.2.4": "III.2.4.2",
    "the 3d sentence of I.2.7": "I.2.7.s3",
    "III.2.4.3b": "III.2.4.3.b",
    "III.2, 2d item, 3d bullet": "III.2.2.3",
    "pillar II.1": "II.1",
    "area III(2)": "III.2",
}
JAPANESE = {
    "Ⅲ・２・④": "III.2.4",
    "Ⅲ･２･④": "III.2.4",
    "Ⅲ（２）（４）": "III.2.4",
    "Ⅲ〔２〕【４】": "III.2.4",
    "Ⅲ⑵⑷": "III.2.4",
    "第Ⅲ章第２節第４項第３号": "III.2.4.3",
    "第III章第2節第4号": "III.2.4",
    "Ⅲ章２節④項目": "III.2.4",
    "第Ⅲ章第二節の④": "III.2.4",
    "Ⅲの2の④": "III.2.4",
    "Ⅲ、２、④。": "III.2.4",
    "第０章第２段落第１文": "0.p2.s1",
    "「Ⅲ・２・④」": "III.2.4",
    "Ⅰ-2-⑥～⑧": "I.2.6-I.2.8",
    "III-2-④・3": "III.2.4.3",
    "Ⅲー２ー④": "III.2.4",
    "Ⅰ－２－⑥から⑧まで": "I.2.6-I.2.8",
    "Ⅲ章・２節・（４）": "III.2.4",
}
INNER_FIRST = {
    "item 4, III.2": "III.2.4",
    "third bullet, item ④, III.2": "III.2.4.3",
    "(a), third bullet, III-2-④": "III.2.4.3.a",
    "item four, area two, section III": "III.2.4",
    "paragraph 2, section 0": "0.p2",
    "last sentence, I.2.7": "I.2.7.s8",
    "items 4–6, III.2": "III.2.4-III.2.6",
    "third bullet, ④ of III.2": "III.2.4.3",
    "challenge 7, area 2": "I.2.7",
    "pillar II, section II": "II.2",
    "item 4, III.2 and 5": "III.2.4 III.2.5",
    "I and item 4, III.2": "I III.2.4",
}
SECTION_SAID_WITHIN = {
    "challenge ⑦ of area 2": "I.2.7",
    "challenge seven of area two": "I.2.7",
    "action item 4 of area 2": "III.2.4",
    "third bullet of action item ④ of area II": "III.2.4.3",
    "sentence 3 of challenge 7 in area 2": "I.2.7.s3",
    "area 2, action item 4": "III.2.4",
    "action items 4–6 of area 2": "III.2.4-III.2.6",
}
AROUND = {
    "“III.2.4”": "III.2.4",
    '"III-2-④, 3rd bullet"': "III.2.4.3",
    "„III.2.4“": "III.2.4",
    "«III.2.4»": "III.2.4",
    "‘III.2.4’.": "III.2.4",
    "“III.2.4.”": "III.2.4",
    "('III.2.4')": "III.2.4",
    "(III.2.4)": "III.2.4",
    "[III.2(4)]": "III.2.4",
    "`III.2.4`,": "III.2.4",
    "**III.2.4**": "III.2.4",
    "『0』": "0",
    "“ I.2.⑥–⑧ ”": "I.2.6-I.2.8",
    "(III.2.4 and III.2.5)": "III.2.4 III.2.5",
}
REFUSED = [
    *("III②④", "III.2.4③", "III 2)", "(iii)(2)(4)", "(i)", "(a)", "III.2((4))", "III.2(4", "III.2 4)3)"),
    *("Section 3", "part three", "item 4 of section 3", "action item 4 of section 3", "III.2, section 3", "第三章"),
    *("area two", "item 4 of area 2", "area II", "challenge 7 of pillar 2", "pillar II of III", "action area II.4"),
    *(
        "section III, section II",
        "III, II",
        "III.area II II",
        "pillar xl",
        "12d item of III.2",
        "02nd section",
        "03d section",
        "0th part",
        "2d",
        "1d item of III.2",
    ),
    *("III一2", "Ⅲ第二", "第〇節", "III.十十節", "Ⅲ章2項節", "④、III-2", "④, III-2", "2, III", "III.2, item 4, III.3"),
    *("§§ III.2", "¶¶ 1 of IV", "item 4 pillar 2 of III", "item 2節 of III", "”III.2“.", "“III.2", "“III.2” “III.3”"),
    *("((((((III.2))))))", "(III).2)", "§ 3. Satz", "area III, item 4"),
]


def written(text: str) -> str:
    """Return what the report makes of a text."""
    return " ".join(map(str, REPORT.resolve_all(text)))


KINDS: list[Mapping[str, str | None]] = [STATUTE, LABELS, NUMBERS, JAPANESE, INNER_FIRST, SECTION_SAID_WITHIN, AROUND]


@pytest.mark.parametrize(("text", "expected"), [pair for kind in KINDS for pair in kind.items() if pair[1]])
def test_what_people_write(text: str, expected: str) -> None:
    """Each kind of writing is read, in each of its variants."""
    assert written(text) == expected


@pytest.mark.parametrize(
    "text", [*REFUSED, *(text for kind in KINDS for text, expected in kind.items() if not expected)]
)
def test_what_is_still_refused(text: str) -> None:
    """What could mean another place, or none, is not guessed."""
    with pytest.raises((RefSyntaxError, RefNotFoundError)):
        REPORT.resolve(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("III.1.③ and ④, III.2", "III.1.3 III.1.4 III.2"),
        ("III.1.2 and (4), III.2", "III.1.2 III.1.4 III.2"),
        ("III.2.④,⑤, and ⑥", "III.2.4 III.2.5 III.2.6"),
        ("II-1, paragraph 1 and II-2, paragraph 1", "II.1.p1 II.2.p1"),
        ("section II, section III", "II III"),
        ("I.2.7, III.2.4", "I.2.7 III.2.4"),
    ],
)
def test_a_list_stays_a_list(text: str, expected: str) -> None:
    """A comma that parts two places does not turn them round."""
    assert written(text) == expected


@pytest.mark.parametrize("text", ["§§ III.2", "¶¶ 1 of IV", "(§§ III.2)"])
def test_two_signs_announce_several(text: str) -> None:
    """After two signs for a section or a paragraph comes a range or a list."""
    with pytest.raises(RefSyntaxError):
        REPORT.resolve_all(text)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("III.1, item 2 and item 3, III.2", ("III.2.3", "III.1.3, III.2")),
        ("item 4, III.2 and item 5, III.3", ("III.3.5", "III.2.5, III.3")),
    ],
)
def test_a_list_that_can_be_read_in_two_ways(text: str, candidates: tuple[str, ...]) -> None:
    """Where a comma may part two places or lead outward, the list is refused."""
    with pytest.raises(AmbiguousRefError) as caught:
        REPORT.resolve_all(text)
    assert caught.value.candidates == candidates


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("“III”", (1, 4)),
        (" ( “III.2” ). ", (4, 9)),
        ("(a) of (b)", (0, 10)),
        ("(a)", (0, 3)),
        ("“a” “b”", (0, 7)),
        ("“", (0, 1)),
        ("", (0, 0)),
        ("  ", (0, 2)),
        (")(", (0, 2)),
    ],
)
def test_inside(text: str, span: tuple[int, int]) -> None:
    """Marks count as being around a text only where one pair is around all of it."""
    assert inside(text) == span


@pytest.mark.parametrize(
    ("text", "position"), [("“III.2.x”", 7), ("( “III.2.4 foo” )", 11), ("III(2)(4) foo", 10), ("Ⅲ・２・x", 4)]
)
def test_errors_count_in_the_whole_text(text: str, position: int) -> None:
    """Where reading stopped is an offset into what was written, quotation marks and all."""
    with pytest.raises(RefSyntaxError) as caught:
        REPORT.resolve(text)
    assert (caught.value.text, caught.value.position) == (text, position)


# Headings, and words.


def headed() -> Iterator[tuple[str, str]]:
    """Write each place that has a heading with it, and one below such a place."""
    for node in REPORT.walk():
        if not node.heading:
            continue
        for ref in (node.ref, *(place.ref for place in (*node.claims, *node.children))):
            behind = str(ref).removeprefix(str(node.ref)).lstrip(".")
            rest = f", {behind}" if behind else ""
            for pattern in (
                "{number}. {heading}{rest}",
                "{number} {heading}{rest}",
                "{number} – {heading}{rest}",
                "{number} ({heading}){rest}",
                "“{number}. {heading}”{rest}",
                "{number}, “{heading}”{rest}",
                "({number}: {heading}{rest})",
                "§ {number}. {upper}{rest}",
            ):
                text = pattern.format(number=node.ref, heading=node.heading, upper=node.heading.upper(), rest=rest)
                yield text, str(ref)


@pytest.mark.parametrize(("text", "expected"), list(headed()))
def test_headings(text: str, expected: str) -> None:
    """The printed heading may stand in an address."""
    assert str(REPORT.resolve(text)) == expected


def test_headings_of_two_levels() -> None:
    """Each level may have its heading, also where both together are almost as long as an address can be."""
    for section in (REPORT.sections["II"], REPORT.sections["III"]):
        for area in section.children:
            if area.heading:
                text = f"{section.ref}. {section.heading}, {area.ref.number}. {area.heading}"
                assert REPORT.resolve(text) == area.ref


@pytest.mark.parametrize("number", ["I", "II", "IV.p1", "III.2.4", "0 to I", "I-0.p1"])
def test_heading_of_another_place(number: str) -> None:
    """A heading that is not that of the place is a contradiction."""
    with pytest.raises(RefSyntaxError) as caught:
        REPORT.resolve(f"{number}. {REPORT.action_areas['III.3'].heading}")
    assert caught.value.position in {len(number) + 2, caught.value.text.find(" to ") + 1, number.find("-") + 1, 2, 3}


@pytest.mark.parametrize("text", ["Objective", "Objective, para. 2", "0. Objectives", "0. Objective, para. x"])
def test_heading_without_its_number(text: str) -> None:
    """A heading alone is no address, and part of a word is no heading."""
    with pytest.raises(RefSyntaxError):
        REPORT.resolve(text)


@pytest.mark.parametrize("text", ["climate", "climate change", "Rice, and energy", "気候", "maritime security?"])
def test_words_are_for_search(text: str) -> None:
    """Where words are written for an address, the error says what looks for words."""
    for look_up in (REPORT.resolve, REPORT.resolve_all, REPORT.__getitem__, REPORT.get):
        with pytest.raises(RefSyntaxError) as caught:
            look_up(text)
        assert (caught.value.text, caught.value.position) == (text, 0)
        assert str(caught.value).endswith(f"; report.search({text!r}) looks for words")
        again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # Our own.
        assert str(again) == str(caught.value)
    assert is_only_words(text)


@pytest.mark.parametrize(
    "text", ["third section", "see III.2.4", "climate ④", "items", "", "  ", "?", "V and X", "area two"]
)
def test_other_misses_say_nothing_of_search(text: str) -> None:
    """What has a number or a label was meant as an address."""
    assert not is_only_words(text)
    with pytest.raises((RefSyntaxError, RefNotFoundError)) as caught:
        REPORT.resolve(text)
    assert "search" not in str(caught.value)


# All short texts.

LABELLED = {
    "item": 2,
    "challenge": 2,
    "bullet": 3,
    "indent": 3,
    "spiegelstrich": 3,
    "action": 3,
    "lit": 4,
    "measure": 4,
    "sub-measure": 5,
    "area": 1,
    "pillar": 1,
    "subsec": 1,
    "ziff": 2,
    "para": PARAGRAPH,
    "paragraph": PARAGRAPH,
    "abs": PARAGRAPH,
    "¶": PARAGRAPH,
    "段落": PARAGRAPH,
    "sentence": CLAIM,
    "satz": CLAIM,
    "文": CLAIM,
    "節": 1,
    "項": 2,
    "章": 0,
}
SILENT = {"of", "in", "to", "the", "section", "part", "pt", "ch", "point", "no", "nd", "号", "第", "の"}
NOTHING = -98
UNKNOWN = -99
SPELLED = {"two": 2, "four": 4, "zero": 0, "third": 3, "twelfth": 12, "last": LAST, "二": 2}
SAYING = {"action item": 3, "action": 3, "action area": 3, "measure": 3, "challenge": 1, "pillar": 2}
CIRCLED = {"④": "(4)", "❹": "(4)", "⑷": "(4)", "⒜": "(a)", "Ⅲ": "III"}
ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "ix": 9, "x": 10}
WORD = re.compile(r"sub-measure|[0-9]+|[a-z]+|段落|[章節項号文第の二]|¶")


def numbers_in(text: str) -> tuple[list[set[int]], set[int | str]]:
    """Return what each number of a text can be, and what its labels count: a reader of its own, without any grammar."""
    for written_as, plain in CIRCLED.items():
        text = text.replace(written_as, plain)
    numbers: list[set[int]] = []
    labels: set[int | str] = set()
    words = WORD.findall(text.lower().replace("action item", "item").replace("action area", "area"))
    for word, behind in itertools.pairwise([*words, ""]):
        singular = word.removesuffix("s") if word not in LABELLED else word
        if word in {"p", "s"} and behind.isdigit():
            labels.add(PARAGRAPH if word == "p" else CLAIM)
        elif singular in LABELLED:
            labels.add(LABELLED[singular])
        elif word in SPELLED:
            numbers.append({SPELLED[word]})
        elif word.isdigit():
            numbers.append({int(word) if word == "0" or word[0] != "0" else UNKNOWN})
        elif word == "d":
            numbers.append({4, NOTHING})  # A measure, or as in "3d bullet".
        elif word not in SILENT:
            letter = ord(word) - ord("a") + 1 if len(word) == 1 else UNKNOWN
            numbers.append({letter, ROMANS.get(word, UNKNOWN)})
    return numbers, labels - ({2} if "challenge area" in text.lower() else set())


def numbers_of(reading: Reading) -> Iterator[list[int]]:
    """Return the numbers of a reading as a text can have them: those that both ends share may be written once."""
    first = [number for _, number in reading.first if number != ANY]
    if not reading.last:
        yield first
        return
    last = [number for _, number in reading.last if number != ANY]
    for shared in range(len(last)):
        yield first + last[shared:]


def depths(steps: Steps) -> set[int | str]:
    """Return which levels a path has."""
    return {depth if rank == PLACE else rank for depth, (rank, _) in enumerate(steps)}


def fits(numbers: list[set[int]], found: list[int]) -> bool:
    """Tell whether each number of a text is one of the place, and each of the place is one of the text."""
    found = [*found, *[NOTHING] * (len(numbers) - len(found))]
    return len(numbers) == len(found) and any(
        all(one in can for one, can in zip(order, numbers, strict=True)) for order in itertools.permutations(found)
    )


def read_or_stop(text: str) -> tuple[Reading, ...] | RefSyntaxError:
    """Read a text; any error but one of these is a failure."""
    try:
        return read(text)
    except RefSyntaxError as error:
        return error


def check(text: str) -> None:
    """Check what is read: no number may be lost or invented, and each label counts what it names."""
    readings = read_or_stop(text)
    if isinstance(readings, RefSyntaxError):
        assert readings.text == text
        assert 0 <= readings.position <= len(text), text
        assert readings.expected, text
        return
    if "sec_" in text:  # An id, which other tests read.
        return
    numbers, labels = numbers_in(text)
    for reading in readings:
        Ref([(rank, 1 if number in {ANY, LAST} else number) for rank, number in reading.first])
        ways = list(numbers_of(reading))
        if any(word in text.lower() for word in SAYING):  # The section may be left out.
            ways += [
                [*way[:at], *way[at + 1 :]] for way in ways for at in range(len(way)) if way[at] in SAYING.values()
            ]
        assert any(fits(numbers, way) for way in ways), text
        assert labels <= depths(reading.first), text


@pytest.mark.exhaustive
@pytest.mark.parametrize("first", GRAMMAR_TOKENS)
def test_all_short_texts(first: str) -> None:
    """Of 1.6 million texts of three tokens, none is read as a place with other numbers or of another kind."""
    assert len(GRAMMAR_TOKENS) ** 3 >= 1_500_000
    check(first)
    for second in GRAMMAR_TOKENS:
        check(first + second)
        for third in GRAMMAR_TOKENS:
            check(first + second + third)
