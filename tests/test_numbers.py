"""Tests of numbers in copies and quotations: a sign, a point, a gap or a unit makes another number."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import attrs
import pytest
from reader_copies import FRONT, INDEX, REPORT, SENTENCES, Layout, blocks, paged, plain

from asean_japan import Ref
from asean_japan.copies import Copy, SourceIndex
from asean_japan.copies.fingerprints import load_index
from asean_japan.copies.numbers import has_numbers_at, numbers_of

if TYPE_CHECKING:
    from asean_japan import Report
    from asean_japan.copies import Binding

TEXT = plain(blocks())
BOUND = REPORT.bind_text(TEXT, index=INDEX)

WRONG = [
    *(
        ("670 million", f"{number} million")
        for number in (
            *("6.70", "67.0", ".670", "6,70", ",670", "6·70", "6'70", "6:70", "6/70", "6_70", "6 70", "67\u202f0"),
            *("-670", "- 670", "−670", "–670", "+670", "±670", "~670", "≈ 670", "<670", "≥670", "> 670", "670%"),
            *("$670", "€ 670", "£670", "670¥", "670 ‰", "670°", "670+", "#670", "67⁰", "^670", "6\n70", "<$670"),
        )
    ),
    *(('"2+2"', f'"{number}"') for number in ("22", "2 2", "2-2", "2×2", "2/2", "2.2", "2:2", "-2+2", "2+2%")),
    *(("Vision 2.0", f"Vision {number}") for number in ("20", "2 0", "2. 0", "2,0", "-2.0", "2·0", ".20", "2..0")),
    *(("ASEAN+3", f"ASEAN{number}") for number in ("3", " 3", "-3", "−+3", "×3", "+$3", "+3%", "+.3")),
    *(("in 1973", f"in {number}") for number in ("1.973", "1,973", "19/73", "-1973", "~1973", "<1973", "1 973")),
    *(("COVID-19", f"COVID{number}") for number in ("+19", "-1.9", " $19", "-19%", "-1 9")),
]
RIGHT = [
    *(
        ("670 million", number)
        for number in (
            *("670\nmillion", "670\xa0million", "６７０ million", "67\u200b0 million", "670, million", "670-million"),
            *("(670) million", "“670” million", "670million", "*670* million", "$670$ million", "| 670 | million"),
        )
    ),
    *(('"2+2"', f'"{number}"') for number in ("2 + 2", "2+\n2", "2＋2", "$2+2$")),
    *(("ASEAN+3", f"ASEAN{number}") for number in (" + 3", " +3", "＋3", "\n+3")),
    *(("COVID-19", f"COVID{number}") for number in ("‑19", "–19", " 19", "19", "-\n19", " -19", " - 19", "−19")),
    *(("50th Year", f"{number} Year") for number in ("50 th", "50^th^", "50$^{th}$", "$50^{th}$", "50-th", "50ᵗʰ")),
    *(("the 2030s", f"the {number}") for number in ("2030's", "2030’s", "2030 s")),
]


def bound(text: str) -> Report:
    """Bind a copy of our claims."""
    return REPORT.bind_text(text, index=INDEX, strict=False)


def binding_of(text: str) -> Binding:
    """Hold a copy against our claims."""
    binding = bound(text).binding
    assert binding
    return binding


def around(old: str, new: str) -> tuple[str, str]:
    """Return a copy with *new* for the first *old*, and some words of it around that."""
    before, _, behind = TEXT.partition(old)
    first = " ".join(before.rpartition("\n")[2].split(" ")[-4:])
    return f"{before}{new}{behind}", first + new + " ".join(behind.partition("\n")[0].split(" ")[:4])


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_other_number_is_not_whole(right: str, wrong: str) -> None:
    """A copy with another number is not whole there, and makes no quotation genuine; the right number is genuine."""
    text, quoted = around(right, wrong)
    genuine = around(right, right)[1]
    copy = bound(text)
    assert copy.binding
    assert not copy.binding.coverage.whole
    (unproved,) = (part for part in copy.binding.parts if not part.proved)
    assert unproved.status == "located"
    assert unproved.ref is None or copy.binding.verbatim(unproved.ref) is None
    for report in (copy, BOUND):
        assert not report.find_quote(quoted, index=INDEX)
        assert {match.level for match in report.find_quote(quoted).matches} == {"other numbers"}
        assert report.find_quote(genuine, index=INDEX)


@pytest.mark.parametrize(("printed", "written"), RIGHT)
def test_same_number_is_whole(printed: str, written: str) -> None:
    """The same number may be written otherwise, in a copy and in a quotation."""
    text, quoted = around(printed, written)
    copy = bound(text)
    assert copy.binding
    assert copy.binding.coverage.whole
    assert copy.find_quote(quoted)
    assert BOUND.find_quote(quoted)
    assert copy.find_quote(around(printed, printed)[1])


def test_right_number_shows_no_wrong_words() -> None:
    """Where the copy has another number, a genuine quotation is placed, and the words of the copy are not shown."""
    text, quoted = around("670 million", "6.70 million")
    copy = bound(text)
    (right,) = copy.find_quote(around("670 million", "670 million")[1]).matches
    assert (right.level, right.proved, right.words) == ("same letters", True, None)
    assert "6.70" in "".join(text[start:end] for start, end in right.spans)
    (wrong,) = copy.find_quote(quoted).matches
    assert (wrong.proved, "6.70" in (wrong.words or "")) == (False, True)
    other = copy.find_quote(" ".join(SENTENCES[Ref.parse("I.2.1.s2")].split()[:8])).matches[0]
    assert (other.level, other.proved) == ("exact", True)  # No number of the sentence is in it.


@pytest.mark.parametrize(("right", "wrong"), WRONG[::4])
def test_whole_sentence_with_another_number_is_not_proved(right: str, wrong: str) -> None:
    """Nor is a whole sentence without a copy."""
    ref, text = next((ref, text) for ref, text in SENTENCES.items() if right in text)
    quote = REPORT.find_quote(text.replace(right, wrong), index=INDEX)
    assert [(match.level, match.refs, match.proved) for match in quote.matches] == [("other numbers", (ref,), False)]
    assert REPORT.find_quote(text, index=INDEX)


def test_numbers_in_a_run_are_those_of_each_sentence() -> None:
    """Numbers of places before a sentence are none of it."""
    refs = [Ref.parse(f"I.2.{at}.s1") for at in (2, 3)]
    start, end = (TEXT.index(SENTENCES[ref]) for ref in (Ref.parse("I.2.2.s1"), refs[1]))
    text = TEXT[start : end + len(SENTENCES[refs[1]])]
    assert REPORT.find_quote(text, index=INDEX)
    first = Ref.parse("0.p1.s1")
    run = TEXT[TEXT.index("0. Objective") : TEXT.index(SENTENCES[first]) + len(SENTENCES[first])]
    assert REPORT.find_quote(run, index=INDEX)
    assert not REPORT.find_quote(run.replace("1973", "19.73"), index=INDEX)


@pytest.mark.parametrize(("old", "new"), [("February, 2023", "February, 2.023"), (FRONT["title"], "")])
def test_title_page_has_its_numbers(old: str, new: str) -> None:
    """A line of the title page with another number reads otherwise."""
    new = new or old.replace("50th", "~50th")
    coverage = binding_of(TEXT.replace(old, new, 1)).coverage
    assert (coverage.whole, coverage.front_located) == (False, 1)


@pytest.mark.parametrize(
    ("tags", "whole"),
    [
        ("67<sup>0</sup>", False),
        ("6<sub>7</sub>0", False),
        ("6<b>7</b>0", True),
        ("<span>6</span><span>7</span><span>0</span>", True),
        ("670<sup>3</sup>", False),
        ("6<br>70", False),
        ("6&#55;0", True),
        ("&minus;670", False),
        ("&lt;670", False),
        ("6&nbsp;70", False),
    ],
)
def test_markup_in_a_number(tags: str, *, whole: bool) -> None:
    """Markup parts no number, unless it makes an exponent or a line end."""
    lines = [f"<p>{html.escape(line, quote=False)}</p>" for line in TEXT.splitlines()]
    page = f"<html><body>{''.join(lines)}</body></html>"
    assert binding_of(page).coverage.whole
    assert binding_of(page.replace("670 million", f"{tags} million")).coverage.whole == whole


@pytest.mark.parametrize("width", [42, 50, 61, 126])
def test_lines_may_end_within_a_number(width: int) -> None:
    """Where lines are cut at a width, numbers are cut like words, also over pages."""
    layout = Layout(width=width, pairs=({" ": "\xa0"},))
    for each in (layout, layout._replace(page=30, head="Expert Panel {}", foot="- {} -")):
        assert binding_of(paged(blocks(), each)).coverage.whole


def test_answer_to_a_letter_has_the_same_numbers() -> None:
    """A sign that begins each line, as in answers to letters, is none of a number."""
    lines = paged(blocks(), Layout(width=50)).splitlines()
    quoted = "\n".join(f"> {line}" for line in lines).replace("> 670", "670").replace(" 670", "\n> 670")
    assert "\n> 670" in quoted
    assert binding_of(quoted).coverage.whole


def test_numbers_that_are_not_known_are_those_of_the_copy() -> None:
    """An index that states no numbers proves letters and digits only, and the copy decides."""
    parts = tuple(attrs.evolve(part, numbers=None) for part in INDEX.parts)
    text, quoted = around("670 million", "6.70 million")
    copy = REPORT.bind_text(text, index=SourceIndex(parts=parts, furniture=INDEX.furniture))
    assert copy.binding
    assert copy.binding.coverage.whole
    assert copy.find_quote(quoted)
    assert copy.find_quote(around("670 million", "670 million")[1]).matches[0].level == "other numbers"


@pytest.mark.parametrize("row", [{}, {"numbers": ["2+2"]}])
def test_index_may_state_no_numbers(row: dict[str, list[str]]) -> None:
    """A row of an index has numbers or not."""
    sentence = {"length": 2, "sha256": "", "head": 0, "tail": 0, **row}
    place = {"ref": "0.p1", "mark": None, "heading": None, "sentences": [sentence]}
    (part,) = SourceIndex.from_dict({"front": [], "furniture": [], "places": [place]}).parts
    assert part.numbers == (("2+2",) if row else None)


def test_bundled_numbers_are_those_of_the_claims() -> None:
    """What the index states of a sentence is what our claim has, but for what we added in brackets."""
    stated = {part.ref: part.numbers for part in load_index().parts if part.kind == "sentence"}
    assert {ref: sorted(numbers or ()) for ref, numbers in stated.items()} == {
        ref: sorted(numbers_of(re.sub(r"\[[^]]*\]", "", text))) for ref, text in SENTENCES.items()
    }


def test_lines_of_another_length_are_not_joined() -> None:
    """A line that ends before the width parts a number."""
    lines = "In the Tokyo Declaration of 20\n03, for many years\nthe words and name\n"
    copy = Copy(text=lines, format="text", name="a text", plain=lines)
    assert not has_numbers_at(copy, [(0, len(lines))], ("2003",))
    assert has_numbers_at(copy, [(0, len(lines))], ("20", "03"))


@pytest.mark.parametrize("text", ["+ " * 50_000, "-" * 100_000, "$" * 100_000, "2+" * 50_000, "\n>" * 50_000, "0." * 9])
def test_odd_texts_have_some_numbers(text: str) -> None:
    """Whatever a text is, its numbers are found in a moment."""
    assert len(numbers_of(text)) <= 1
