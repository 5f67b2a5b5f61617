"""Tests of three layers over the claims: dates, quantities, and where the report points elsewhere in itself."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import carry_over
import manifest
import pytest
import sentences
from harness import CURATION

from asean_japan import Claim, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json: TypeAlias = Any
Span: TypeAlias = "tuple[int, int]"

CLAIMS = carry_over.claims()
PLACES: list[Json] = json.loads(sentences.TABLE.read_text("utf-8"))["places"]
TEXTS: dict[str, str] = {**CLAIMS, **{place["ref"]: place["heading"]["text"] for place in PLACES if place["heading"]}}
READING_ORDER = {
    ref: at
    for at, ref in enumerate(
        ref for place in PLACES for ref in (place["ref"], *(sentence["ref"] for sentence in place["sentences"]))
    )
}

LAYERS = {"dates.json": "dates", "quantities.json": "quantities", "crossrefs.json": "links"}
ROWS: dict[str, list[Json]] = {
    name: json.loads((manifest.DATA / name).read_text("utf-8"))[key] for name, key in LAYERS.items()
}
DATES, QUANTITIES, LINKS = ROWS.values()
GROUPS: dict[tuple[str, int, int], list[Json]] = {}  # Links that the same words make; each leads to one of several.
for _row in LINKS:
    if _row["start"] is not None:
        GROUPS.setdefault((_row["source_ref"], _row["start"], _row["end"]), []).append(_row)
SPOKEN = [rows[0] for rows in GROUPS.values() if rows[0]["source_ref"] in CLAIMS]  # One for the words of a claim.

FIELDS = {
    "dates.json": ["ref", "start", "end", "basis", "edtf", "event"],
    "quantities.json": ["ref", "start", "end", "basis", "value", "unit", "counts"],
    "crossrefs.json": [
        *("source_ref", "target_ref", "kind", "basis", "strength", "reason", "start", "end", "via_key", "outcome_key"),
    ],
}
COUNTS = {  # Rows in each section.
    "dates.json": {"0": 14, "I": 8, "III": 2, "IV": 3},
    "quantities.json": {"0": 5, "I": 4, "II": 2, "IV": 3},
    "crossrefs.json": {"0": 5, "I": 35, "II": 11, "III": 4, "IV": 6},
}
POINTING = {"0": 3, "I": 26, "II": 8, "III": 4, "IV": 5}  # Words that point, some of them to several places.

# Words that speak of a time, that count, and that point elsewhere. docs/data says what each list leaves out and why.
TIME = re.compile(
    r"\b(?:(?:1[89]|20)\d\ds?|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?i:anniversary|years?|decades?|century|since|later|new era|digital age|current(?:ly)?|recent(?:ly)?|now"
    r"|henceforth|ago|in the past|long time|(?:before|after) COVID))\b"
)
CARDINALS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
WORTH = {word: value for value, word in enumerate(CARDINALS)} | {word: value for value, word in enumerate(ORDINALS, 1)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
NUMBER = re.compile(
    r"(?P<digits>\d+(?:[.,]\d+)*)(?:st|nd|rd|th|s)?(?!\w)"
    rf"|\b(?i:{'|'.join([*CARDINALS, *ORDINALS, *SCALES, 'both', 'half', 'twice', 'double'])})\b"
)
POINTER = re.compile(
    r"\b(?i:above|below|following|mentioned|earlier|former|latter|this|these|those(?! who)|such(?! as)|therefore|thus"
    r"|hence|in other words|since then|accordingly|similar|same|pillars 1 to 3|they|them"
    r"|it(?! (?:is|will become|should be)\b))\b"
)
BRACKET = re.compile(r"\[[^\]]*\]")

KINDS = {"refers_to", "continues", "follows_from", "restates", "counterpart"}
YEAR = r"(?:\d{4}|\d{3}X|\d{2}XX)"
EDTF = re.compile(rf"(?P<first>{YEAR}(?:-(?:0[1-9]|1[0-2]))?)(?:/(?P<last>{YEAR}(?:-(?:0[1-9]|1[0-2]))?|\.\.))?")


class Passed(NamedTuple):
    """Words that look like a date, a quantity or a pointer and are none."""

    place: str
    text: str
    stands_in: str
    reason: str


def exceptions(name: str) -> list[Passed]:
    """Read one list of exceptions."""
    with (CURATION / name).open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == list(Passed._fields)
    return [Passed(*row) for row in rows]


NOT_DATES, NOT_QUANTITIES, NOT_LINKS = (exceptions(f"not-{name}.csv") for name in ("dates", "quantities", "crossrefs"))


def place_of(row: Json) -> str:
    """Say where a row of any layer stands."""
    return str(row["source_ref"] if "source_ref" in row else row["ref"])


def said(row: Json) -> str:
    """Give the words of the claim, or of the heading, that make a row."""
    return TEXTS[place_of(row)][row["start"] : row["end"]]


def whole_words(text: str, within: str) -> Iterator[Span]:
    """Find *text* where it is not part of a longer word."""
    for found in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", within):
        yield found.span()


def inside(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether one of *others* holds *span*."""
    return any(start <= span[0] and span[1] <= end for start, end in others)


def listed(rows: list[Passed], place: str) -> list[Span]:
    """Find in a claim what is listed for it."""
    return [span for row in rows if row.place == place for span in whole_words(row.text, CLAIMS[place])]


def taken(rows: list[Json], place: str) -> list[Span]:
    """Give the stretches of a claim that rows stand on."""
    return [(row["start"], row["end"]) for row in rows if place_of(row) == place and row["start"] is not None]


def sentences_of(source_text: str) -> dict[str, str]:
    """Give each sentence of the report in one line."""
    return {
        row["ref"]: " ".join(sentences.words_of(source_text, row["spans"]).split())
        for place in PLACES
        for row in place["sentences"]
    }


# All layers.


@pytest.mark.parametrize("name", LAYERS)
def test_layer_is_in_canonical_form(name: str) -> None:
    """A layer has one row a line, and nothing but its rows and the version of its layout."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS[name])
    assert (manifest.DATA / name).read_text("utf-8") == f'{{"schema_version": 1, "{LAYERS[name]}": [\n{rows}]}}\n'


@pytest.mark.parametrize("name", LAYERS)
def test_rows_have_the_same_fields(name: str) -> None:
    """Each row has all fields of its layer, and says whether the report or the package speaks."""
    assert [row for row in ROWS[name] if list(row) != FIELDS[name]] == []
    assert {row["basis"] for row in ROWS[name]} <= {"stated", "editorial"}


@pytest.mark.parametrize("name", LAYERS)
def test_rows_stand_in_reading_order(name: str) -> None:
    """Rows follow the report, inside a claim the words that make them, then where they lead; none occurs twice."""
    keys = [
        (READING_ORDER[place_of(row)], row["start"] or 0, -(row["end"] or 0), READING_ORDER[ends_of(row)[0]])
        for row in ROWS[name]
    ]
    assert keys == sorted(keys)
    assert len({json.dumps(row) for row in ROWS[name]}) == len(ROWS[name])


@pytest.mark.parametrize("name", LAYERS)
def test_counts(name: str) -> None:
    """Each section has the rows that were counted by hand."""
    assert Counter(place_of(row).partition(".")[0] for row in ROWS[name]) == COUNTS[name]


def test_counts_of_words_that_point() -> None:
    """Each section has the words that were counted by hand, whether they point to one place or to several."""
    assert Counter(source.partition(".")[0] for source, *_ in GROUPS) == POINTING


@pytest.mark.parametrize("name", LAYERS)
def test_rows_stand_on_whole_words(name: str, report: Report) -> None:
    """A stretch lies in a claim of the report, or in a heading that points, and cuts no word."""
    for row in ROWS[name]:
        place = report[place_of(row)]
        if row["start"] is None:
            assert row["end"] is None
            continue
        assert isinstance(place, Claim) or place_of(row) == "IV"
        text = place.text if isinstance(place, Claim) else place.node.heading or ""
        assert (row["start"], row["end"]) in whole_words(said(row), text)


@pytest.mark.parametrize("name", ["not-dates.csv", "not-quantities.csv", "not-crossrefs.csv"])
def test_exceptions_are_whole(name: str) -> None:
    """Each exception stands where it says, once, in reading order, and has a reason."""
    rows = exceptions(name)
    assert [row for row in rows if row.stands_in not in {"claim", "sentence", "both"} or not row.reason] == []
    assert [row for row in rows if row.stands_in != "sentence" and row.text not in CLAIMS[row.place]] == []
    assert len({row[:3] for row in rows}) == len(rows)
    order = [READING_ORDER[row.place] for row in rows]
    assert order == sorted(order)


@pytest.mark.parametrize("name", ["not-dates.csv", "not-quantities.csv", "not-crossrefs.csv"])
def test_exceptions_stand_in_the_sentences(name: str, source_text: str) -> None:
    """An exception that is said to stand in the report's sentence stands there."""
    found = sentences_of(source_text)
    odd = [row for row in exceptions(name) if row.stands_in != "claim" and row.text not in found[row.place]]
    assert odd == []


# Dates.


def bounds(edtf: str) -> tuple[str, str]:
    """Give the first and the last month that a date can mean; an open end lies behind all others."""
    found = EDTF.fullmatch(edtf)
    assert found, edtf
    first, last = found["first"], found["last"] or found["first"]
    end = "9999-12" if last == ".." else last.replace("X", "9")
    return f"{first.replace('X', '0')}-01"[:7], f"{end}-12"[:7]


@pytest.mark.parametrize(
    ("edtf", "months"),
    [
        ("1967-08", ("1967-08", "1967-08")),
        ("1973", ("1973-01", "1973-12")),
        ("203X", ("2030-01", "2039-12")),
        ("20XX", ("2000-01", "2099-12")),
        ("2010/2019", ("2010-01", "2019-12")),
        ("2022-02/..", ("2022-02", "9999-12")),
    ],
)
def test_bounds(edtf: str, months: tuple[str, str]) -> None:
    """The forms that are used are read as the standard has them."""
    assert bounds(edtf) == months


@pytest.mark.parametrize(
    "edtf", ["", "1973-13", "1973-00", "X973", "19X3", "1973/", "../1973", "1973-8", "1973?", "73"]
)
def test_other_forms_are_no_dates(edtf: str) -> None:
    """What EDTF does not have, or this layer does not use, is refused."""
    assert EDTF.fullmatch(edtf) is None


def test_dates_are_edtf() -> None:
    """Each date is EDTF and does not end before it begins."""
    assert [row for row in DATES if list(bounds(row["edtf"])) != sorted(bounds(row["edtf"]))] == []


def test_dates_sort_in_time() -> None:
    """By their bounds the dates stand in the order in which they happened."""
    dates = sorted({row["edtf"] for row in DATES}, key=bounds)
    assert dates == [
        "19XX",
        "1967-08",
        "1973",
        "1977",
        "20XX",
        "2003",
        "2008",
        "2010/2019",
        "2011",
        "2013",
        "2020",
        "202X",
        "2021-02",
        "2022",
        "2022-02",
        "2022-02/..",
        "2023",
        "2025",
        "203X",
        "207X",
    ]


def test_dates_are_those_of_the_words() -> None:
    """The words at a date name its month, year or decade, an anniversary of 1973 or a century, or point to it."""
    months = {"February": "02", "August": "08"}
    for row in DATES:
        words, first = said(row), row["edtf"].partition("/")[0]
        if found := re.search(r"(?:([A-Z]\w+) )?\b((?:19|20)\d\d)(s?)", words):
            month, year, decade = found.groups()
            stated = f"{year}-{months[month]}" if month in months else year
            assert first == (f"{year[:3]}X" if decade and "/" not in row["edtf"] else stated), row
        elif found := re.match(r"(\d+)th (?:anniversary|Year)", words):
            assert first == str(1973 + int(found[1])), row
        else:
            assert (words, first) in {
                ("Since then", "1973"),  # Points to two years; the bracket behind it has their decade.
                ("Since then", "1977"),
                ("the 21st century", "20XX"),
                ("the previous century", "19XX"),
            }


def test_editorial_dates_are_those_a_sentence_does_not_give() -> None:
    """A date is editorial if it stands in brackets, or if its year stands nowhere in its claim."""
    for row in DATES:
        claim = CLAIMS[row["ref"]]
        brackets = [found.span() for found in BRACKET.finditer(claim)]
        borrowed = inside((row["start"], row["end"]), brackets)
        given = "X" in row["edtf"] or row["edtf"][:4] in claim
        assert row["basis"] == ("editorial" if borrowed or not given else "stated"), row


def test_events_are_labels() -> None:
    """What a date dates is a label of at most twelve words, and closed by nothing."""
    assert [row for row in DATES if not row["event"] or len(row["event"].split()) > 12] == []
    assert [row for row in DATES if row["event"][-1] in ".,;:"] == []


def test_every_time_in_a_claim_is_accounted_for() -> None:
    """What speaks of a time in a claim is a date, or is listed with the reason why it is none."""
    left = [
        (place, found[0])
        for place, claim in CLAIMS.items()
        for found in TIME.finditer(claim)
        if not inside(found.span(), [*taken(DATES, place), *listed(NOT_DATES, place)])
    ]
    assert left == []


def test_every_time_in_a_sentence_is_accounted_for(source_text: str) -> None:
    """What speaks of a time in a sentence of the report is in the words of a date or of an exception of its claim."""
    left: list[tuple[str, str]] = []
    for place, sentence in sentences_of(source_text).items():
        words = [said(row) for row in DATES if row["ref"] == place]
        words += [row.text for row in NOT_DATES if row.place == place]
        have = {found.casefold() for text in words for found in TIME.findall(text)}
        left += [(place, found) for found in TIME.findall(sentence) if found.casefold() not in have]
    assert left == []


def test_no_exception_is_a_date() -> None:
    """Each exception speaks of a time, and is not part of a date."""
    assert [row for row in NOT_DATES if not TIME.search(row.text)] == []
    assert [
        row
        for row in NOT_DATES
        if row.stands_in != "sentence"
        for span in whole_words(row.text, CLAIMS[row.place])
        if inside(span, taken(DATES, row.place))
    ] == []


# Quantities.


def test_numbers_in_digits_stand_as_often_in_the_claim(source_text: str) -> None:
    """Apart from what is borrowed, a claim has the years and the other numbers in digits of its sentence, as often."""
    digits = re.compile(r"\d+")
    odd = [
        place
        for place, sentence in sentences_of(source_text).items()
        if Counter(digits.findall(sentence)) != Counter(digits.findall(BRACKET.sub("", CLAIMS[place])))
    ]
    assert odd == []


def values(words: str) -> list[int]:
    """Read the numbers in *words*, in digits or as words; a scale multiplies the number before it."""
    found: list[int] = []
    for number in NUMBER.finditer(words):
        word = number[0].casefold()
        if word in SCALES:
            found[-1] *= SCALES[word]
        else:
            found.append(int(number["digits"]) if number["digits"] else WORTH[word])
    return found


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("670 million people", [670_000_000]), ("Three", [3]), ("the 23rd", [23]), ("1 to 3", [1, 3])],
)
def test_values(words: str, numbers: list[int]) -> None:
    """Numbers are read in the ways in which they are written."""
    assert values(words) == numbers


def ends(row: Json) -> list[int]:
    """Give the one number of a quantity, or the two ends of its range."""
    value: int | list[int] = row["value"]
    return value if isinstance(value, list) else [value]


def test_quantities_are_those_of_the_words() -> None:
    """The words at a quantity have its value."""
    assert [row for row in QUANTITIES if values(said(row)) != ends(row)] == []


def test_a_value_is_a_number_or_two() -> None:
    """A value is one number, or the two ends of a range, the smaller first."""
    assert [row for row in QUANTITIES if not all(type(end) is int for end in ends(row))] == []
    ranges = [ends(row) for row in QUANTITIES if isinstance(row["value"], list)]
    assert [pair for pair in ranges if len(pair) != 2 or pair[0] >= pair[1]] == []


def test_ordinals_have_the_unit_ordinal() -> None:
    """A number that gives a position has the unit "ordinal", any other the noun that it stands with."""
    for row in QUANTITIES:
        words = said(row)
        ordinal = isinstance(row["value"], list) or re.search(
            rf"\d(?:st|nd|rd|th)\b|\b(?:{'|'.join(ORDINALS)})\b", words
        )
        assert row["unit"] == "ordinal" if ordinal else row["unit"] in words, row
        assert row["counts"], row


def test_every_number_in_a_claim_is_accounted_for() -> None:
    """Each number in a claim is a quantity, part of a date, or listed with the reason why it is neither."""
    left: list[tuple[str, str]] = []
    for place, claim in CLAIMS.items():
        known = [*taken(QUANTITIES, place), *taken(DATES, place)]
        known += [*listed(NOT_QUANTITIES, place), *listed(NOT_DATES, place)]
        left += [(place, found[0]) for found in NUMBER.finditer(claim) if not inside(found.span(), known)]
    assert left == []


def test_every_number_in_a_sentence_is_accounted_for(source_text: str) -> None:
    """Each number in a sentence of the report is in the words of a row or of an exception of its claim."""
    left: list[tuple[str, str]] = []
    for place, sentence in sentences_of(source_text).items():
        words = [said(row) for row in [*QUANTITIES, *DATES] if row["ref"] == place]
        words += [row.text for row in [*NOT_QUANTITIES, *NOT_DATES] if row.place == place]
        have = {found[0].casefold() for text in words for found in NUMBER.finditer(text)}
        left += [(place, found[0]) for found in NUMBER.finditer(sentence) if found[0].casefold() not in have]
    assert left == []


def test_no_exception_is_a_quantity() -> None:
    """Each exception has a number, and is not part of a quantity or a date."""
    assert [row for row in NOT_QUANTITIES if not NUMBER.search(row.text)] == []
    assert [
        row
        for row in NOT_QUANTITIES
        if row.stands_in != "sentence"
        for span in whole_words(row.text, CLAIMS[row.place])
        if inside(span, [*taken(QUANTITIES, row.place), *taken(DATES, row.place)])
    ] == []


# Cross-references.


def ends_of(row: Json) -> list[str]:
    """Give the first and the last address to which a row leads; the place itself for what is no link."""
    target: str = row.get("target_ref") or row["ref"]
    return target.split("-")


def test_links_do_not_dangle(report: Report) -> None:
    """Each end is an address or a range of the report, in its canonical form."""
    for row in LINKS:
        assert str(report[row["source_ref"]].ref) == row["source_ref"]
        assert [str(found) for found in report.resolve_all(row["target_ref"])] == [row["target_ref"]]


def test_links_lead_elsewhere(report: Report) -> None:
    """No link points to its own source; only the report as a whole holds the place that points to it."""
    for row in LINKS:
        source = report[row["source_ref"]].ref
        (target,) = report.resolve_all(row["target_ref"])
        holds = any(source.is_relative_to(end) for end in (target.first, target.last))
        assert not holds or row["target_ref"] == "0-IV", row


def test_words_that_lead_to_several_lead_to_claims(report: Report) -> None:
    """Words that point to several places point to claims, each once, in reading order; several nodes are a range."""
    several = [rows for rows in GROUPS.values() if len(rows) > 1]
    assert len(several) == 8
    for rows in several:
        found = [row["target_ref"] for row in rows]
        assert all(isinstance(report[target], Claim) for target in found)
        order = [READING_ORDER[target] for target in found]
        assert order == sorted(set(order))
        assert len({(row["kind"], row["basis"], row["reason"]) for row in rows}) == 1


def test_links_have_a_kind_and_words() -> None:
    """Each link is of a known kind, and is made by words of a claim or of a heading, or by numbers and headings."""
    assert {row["kind"] for row in LINKS} == KINDS
    assert [row for rows in GROUPS.values() for row in rows if not said(row).strip()] == []
    assert [(row["source_ref"], row["kind"]) for row in LINKS if row["start"] is None] == [
        ("II.1", "counterpart"),
        ("II.2", "counterpart"),
        ("II.3", "counterpart"),
    ]


def test_stated_links_have_neither_strength_nor_means() -> None:
    """The report's own references are as strong as they are, and name one thing each."""
    assert {(row["strength"], row["via_key"]) for row in LINKS} == {(None, None)}


def test_pointing_words_are_ours_to_borrow_nothing() -> None:
    """No link is made by words that were borrowed from elsewhere."""
    brackets = {place: [found.span() for found in BRACKET.finditer(claim)] for place, claim in CLAIMS.items()}
    assert [row for row in SPOKEN if inside((row["start"], row["end"]), brackets[row["source_ref"]])] == []


def test_heading_points(report: Report) -> None:
    """One heading points, by words that stand in it as printed."""
    (row,) = (rows[0] for rows in GROUPS.values() if rows[0]["source_ref"] not in CLAIMS)
    assert (row["source_ref"], said(row)) == ("IV", "the above")
    assert said(row) in report.sections["IV"].heading
    assert [link.text for link in report["IV"].links] == ["the above"]


def test_counterparts_have_one_number_and_heading(report: Report) -> None:
    """Each pillar has the action area of its number and heading, and no other pair is one."""
    pairs = [(row["source_ref"], row["target_ref"]) for row in LINKS if row["kind"] == "counterpart"]
    assert pairs == [
        (str(pillar.ref), str(area.ref))
        for pillar in report.pillars.values()
        for area in report.action_areas.values()
        if (pillar.mark, pillar.heading) == (area.mark, area.heading)
    ]
    assert len(pairs) == 3


@pytest.mark.parametrize("kind", ["continues", "follows_from", "restates"])
def test_what_goes_on_looks_back(kind: str) -> None:
    """What continues, follows from or restates something stands after it."""
    for row in LINKS:
        if row["kind"] == kind:
            assert all(READING_ORDER[end] < READING_ORDER[row["source_ref"]] for end in ends_of(row)), row


def test_what_a_reason_names_is_there(report: Report) -> None:
    """The addresses in an explanation exist."""
    named = {found for row in LINKS for found in re.findall(r"\b(?:0|I|II|III|IV)(?:\.\w+)+", row["reason"] or "")}
    assert named
    assert all(str(report[name].ref) == name for name in named)


def test_what_is_borrowed_is_pointed_to() -> None:
    """Each bracket in a claim explains words that point, or is listed with the reason why nothing does."""
    passed = Counter((row.place, row.text) for row in NOT_LINKS if row.text.startswith("["))
    links = Counter(row["source_ref"] for row in SPOKEN)
    open_ = [
        (place, found[0])
        for place, claim in CLAIMS.items()
        for found in BRACKET.finditer(claim)
        if (place, found[0]) not in passed
    ]
    assert [place for place, count in Counter(place for place, _ in open_).items() if count > links[place]] == []


def test_every_pointer_in_a_sentence_is_accounted_for(source_text: str) -> None:
    """For each word of the report that points there is a link of its claim, or an exception with a reason."""
    links = Counter(row["source_ref"] for row in SPOKEN)
    passed = Counter(row.place for row in NOT_LINKS if row.stands_in == "sentence")
    pointers = {
        place: count
        for place, sentence in sentences_of(source_text).items()
        if (count := len(POINTER.findall(sentence)))
    }
    assert pointers == {place: links[place] + passed[place] for place in READING_ORDER if links[place] + passed[place]}


def test_exceptions_of_links_have_a_pointer_or_a_bracket() -> None:
    """Each exception has one word that points, or is what a claim borrows."""
    odd = [
        row
        for row in NOT_LINKS
        if not (BRACKET.fullmatch(row.text) if row.stands_in == "claim" else len(POINTER.findall(row.text)) == 1)
    ]
    assert odd == []


def test_ranges_are_read(report: Report) -> None:
    """A range of a link holds all places from one end to the other."""
    ranges = {row["target_ref"] for row in LINKS if "-" in row["target_ref"]}
    assert {target: len(report.between(target)) for target in ranges} == {
        "0-IV": 187,
        "II-III": 161,
        "II.1-II.3": 6,
        "III.1-III.3": 151,
    }
