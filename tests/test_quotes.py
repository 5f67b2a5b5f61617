"""Tests of looking for quotations, without a copy and with one."""

from __future__ import annotations

import contextlib
import html
import re
import sys
import time
from collections.abc import Generator
from typing import Any, NamedTuple

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_copies import FRONT, INDEX, LIGATURES, REPORT, SENTENCES, Layout, blocks, paged, plain, replaced

import asean_japan
from asean_japan import ArgumentError, LimitError, MissingExtraError, Ref, Report
from asean_japan.copies import Quote, SourceIndex, quotes
from asean_japan.copies.fingerprints import load_index
from asean_japan.copies.quotes import in_copy, labels_of
from asean_japan.copies.skeletons import skeleton

REFS = list(SENTENCES)
TEXT = plain(blocks())
BOUND = REPORT.bind_text(TEXT, index=INDEX)
THIRD = Ref.parse("I.2.7.s3")
SOME = settings(max_examples=50)


def proved(text: str) -> Quote:
    """Look for a quotation without a copy."""
    return REPORT.find_quote(text, index=INDEX)


# Without a copy.


@SOME
@given(first=st.integers(0, len(REFS) - 1), count=st.integers(1, 4), numbers=st.booleans())
def test_runs_of_sentences_are_proved(*, first: int, count: int, numbers: bool) -> None:
    """Whole sentences that follow one another are proved, with the numbers between them or without."""
    refs = REFS[first : first + count]
    start, end = (TEXT.index(SENTENCES[ref]) for ref in (refs[0], refs[-1]))
    text = TEXT[start : end + len(SENTENCES[refs[-1]])]
    if not numbers:
        bare = plain(blocks(), labels=False)
        start, end = (bare.index(SENTENCES[ref]) for ref in (refs[0], refs[-1]))
        text = bare[start : end + len(SENTENCES[refs[-1]])]
    (match,) = proved(text).matches
    assert [ref for ref in match.refs if ref.level == "claim"] == refs
    assert (match.level, match.proved, match.similarity) == ("same letters", True, 100)
    assert (match.spans, match.page, match.words) == ((), None, None)


def test_headings_are_proved_at_every_place() -> None:
    """A heading that is printed twice is found at both places, with its number, too."""
    heading = REPORT.pillars["II.2"].heading or ""
    for text in (heading, f"2. {heading}"):
        assert [match.refs for match in proved(text).matches] == [(Ref.parse("II.2"),), (Ref.parse("III.2"),)]


def test_parts_and_changes_are_not_proved() -> None:
    """Without a copy, nothing is said of a part of a sentence, and a changed one is not found."""
    text, last = SENTENCES[THIRD], SENTENCES[REFS[-1]]
    for other in (
        text[:-12],
        text[12:],
        f"{text} Indeed.",
        f"{last} Indeed.",
        text.replace("long", "short"),
        "Not a word of the report.",
    ):
        quote = proved(other)
        assert not quote
        assert (quote.searched, quote.matches, quote.text) == ("digests", (), other)


def test_layout_of_a_quotation_makes_no_difference() -> None:
    """Case, quotation marks, hyphens and line ends make no difference."""
    text = SENTENCES[THIRD]
    assert proved(text.upper().replace(" ", "\n").replace("'", "’"))


# With a copy.


@SOME
@given(st.sampled_from(REFS), st.data())
def test_any_passage_is_found(ref: Ref, data: st.DataObject) -> None:
    """Any passage of a sentence is found exactly where it is."""
    text = SENTENCES[ref]
    start = data.draw(st.integers(0, len(text) - 20))
    part = text[start : data.draw(st.integers(start + 16, len(text)))]
    if len(skeleton(part)) < 10:
        return
    quote = BOUND.find_quote(part)
    assert quote.searched == "copy"
    number = re.compile(r"\+?[0-9]+(?:[.+][0-9]+)*")
    ends = {start + len(part) - len(part.lstrip(" .")), start + len(part.rstrip(" ."))}
    cut = any(found.start() < end < found.end() for found in number.finditer(text) for end in ends)
    cut = cut or bool(re.match("-[0-9]", part))  # Which is a hyphen in the report, and a minus in the quotation.
    level = "other numbers" if cut else "exact"
    assert any(match.refs == (ref,) and match.level == level for match in quote.matches)
    assert cut or quote
    for match in quote.matches:
        assert match.proved
        assert skeleton(match.words or "") == skeleton(part)
        assert cut or (match.level == "exact") == ((match.words or "") in part)
        assert " ".join(TEXT[first:last] for first, last in match.spans) == match.words


def test_passage_across_sentences_and_places_is_found() -> None:
    """A passage may run over sentences, headings and numbers, with the numbers or without."""
    first, last = TEXT.index(SENTENCES[Ref.parse("I.2.7.s8")]), TEXT.index(SENTENCES[Ref.parse("I.2.8.s1")])
    text = TEXT[first + 5 : last + 40]
    assert "⑧" in text
    (match,) = BOUND.find_quote(text).matches
    assert match.cite() == "I-2-⑦, sentence 8 to I-2-⑧, sentence 1"
    (bare,) = BOUND.find_quote(text.replace("⑧", "")).matches
    assert bare.refs == match.refs
    assert match.level == bare.level == "exact"


@pytest.mark.long
def test_layout_of_the_copy_makes_no_difference() -> None:
    """A quotation is found across lines and pages of a copy, with the page."""
    layout = Layout(width=40, page=20, head="Expert Panel {}", foot="{}", breaking="gained")
    bound = REPORT.bind_text(paged(blocks(), layout), index=INDEX)
    assert bound.binding
    for ref, text in SENTENCES.items():
        (match,) = (match for match in bound.find_quote(text).matches if match.refs == (ref,))
        assert match.level == "exact"
        assert match.page == bound.binding[ref].page


def test_same_letters_are_told_from_the_same_characters() -> None:
    """A quotation that differs only in punctuation or case has the same letters."""
    text = next(text for text in SENTENCES.values() if "," in text)
    assert BOUND.find_quote(f"“{text}”").matches[0].level == "exact"
    assert BOUND.find_quote(text.replace(",", "")).matches[0].level == "same letters"
    assert BOUND.find_quote(text.upper()).matches[0].level == "same letters"


def test_unproved_words_are_told() -> None:
    """Words of a sentence in which the copy differs from the report are found, and not proved."""
    bound = REPORT.bind_text(
        TEXT.replace(SENTENCES[THIRD], SENTENCES[THIRD].replace("long run", "short run")), index=INDEX
    )
    (match,) = bound.find_quote("It will become difficult in the short run").matches
    assert (match.refs, match.proved) == ((THIRD,), False)


def test_what_is_extra_is_not_found() -> None:
    """What was added to a copy is not a quotation of the report."""
    bound = REPORT.bind_text(f"{TEXT}These words were added by somebody.\n", index=INDEX)
    assert not bound.find_quote("These words were added by somebody.")


def test_near_passage_is_found() -> None:
    """If asked, the most similar passage is found, with how similar it is."""
    text = SENTENCES[THIRD].replace("difficult", "hard")
    assert not BOUND.find_quote(text)
    (match,) = BOUND.find_quote(text, near=80).matches
    assert (match.level, match.refs) == ("near", (THIRD,))
    assert 80 <= match.similarity < 100
    assert not BOUND.find_quote("Nothing like this was ever printed anywhere.", near=90)
    assert not BOUND.find_quote("a long way " * 400, near=90)
    small = REPORT.bind_text(SENTENCES[THIRD] + "\n", index=INDEX, strict=False)
    assert not small.find_quote("a long way " * 40, near=50)


# What people see.


def test_quote_is_written_for_people() -> None:
    """Printing says what is proved and where; if nothing is found, it says so."""
    text = SENTENCES[THIRD]
    assert str(proved(text)) == "proved, I-2-⑦, sentence 3"
    assert str(proved("Not a word of the report.")).startswith("cannot tell: without a copy")
    assert str(BOUND.find_quote("Not a word of the report.")).startswith("not genuine: every sentence")
    assert str(proved(REPORT.pillars["II.2"].heading or "")).splitlines() == ["proved, II-2", "proved, III-2"]
    assert str(BOUND.find_quote(around("670 million", "6.70 million"))).startswith("other numbers, I-2-")
    near = BOUND.find_quote(text.replace("difficult", "hard"), near=80)
    assert str(near) == f"near, {near.matches[0].similarity:.0f} of 100, I-2-⑦, sentence 3"
    changed = text.replace("long", "short")
    pages = REPORT.bind_text(paged(blocks({**SENTENCES, THIRD: changed}), Layout(page=30)), index=INDEX)
    quote = pages.find_quote(changed)
    assert str(quote) == f"not proved, I-2-⑦, sentence 3, page {quote.matches[0].page}"


@pytest.mark.parametrize(
    "text", [SENTENCES[THIRD], "Not a word of the report.\n" * 1000, "\ud800" * 99 + "ten letters"]
)
def test_quote_is_shown_in_one_line(text: str) -> None:
    """However long a quotation is, its repr is one line of at most 200 characters that says what was found."""
    for report in (REPORT, BOUND):
        quote = report.find_quote(text, index=INDEX)
        shown = repr(quote)
        assert len(shown) <= 200
        assert shown.isprintable()
        assert shown.endswith(f": {quote.matches[0] if quote.matches else quote.answer}>")
        assert bool(quote.genuine) == bool(quote)
        assert all(len(repr(match)) <= 200 for match in quote.matches)
    headings = repr(proved(REPORT.pillars["II.2"].heading or ""))
    assert headings.endswith(": proved, II-2 and 1 more>")


# Errors.


@pytest.mark.parametrize("text", ["", "  ", "ASEAN", "?!" * 40, "nine4567"])
def test_tiny_quotations_are_refused(text: str) -> None:
    """A quotation of too few letters is an error."""
    for report in (REPORT, BOUND):
        with pytest.raises(ArgumentError, match="at least 10 letters"):
            report.find_quote(text)


def test_other_quotations_are_refused() -> None:
    """So is one that is not a text, or too long."""
    for report in (REPORT, BOUND):
        with pytest.raises(ArgumentError):
            report.find_quote(None)  # type: ignore[arg-type]
        with pytest.raises(LimitError):
            report.find_quote("a" * 100_001)
    with pytest.raises(LimitError):
        BOUND.find_quote("a" * 5_001, near=90)


@pytest.mark.parametrize("near", [49, 101, "90", True, float("nan")])
def test_other_similarities_are_refused(near: float) -> None:
    """A similarity is a number from 50 to 100."""
    with pytest.raises(ArgumentError, match="from 50 to 100"):
        BOUND.find_quote(SENTENCES[THIRD], near=near)


def test_nothing_is_near_without_a_copy() -> None:
    """Digests cannot tell how similar a text is."""
    with pytest.raises(ArgumentError, match="without a copy"):
        REPORT.find_quote(SENTENCES[THIRD], near=90)


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, an error says which."""
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    with pytest.raises(MissingExtraError) as caught:
        BOUND.find_quote("Not a word of the report.", near=90)
    assert caught.value.extra == "near"


# Time.


def test_time_grows_with_the_quotation() -> None:
    """Eight times as long a quotation takes at most about eight times as long (law 8)."""

    def seconds(size: int, near: float | None) -> float:
        spent: list[float] = []
        for _ in range(3):
            start = time.process_time()
            BOUND.find_quote("long run " * (size // 9), near=near)
            REPORT.find_quote("long run " * (size // 9), index=INDEX)
            spent.append(time.process_time() - start)
        return min(spent) + 0.005

    assert seconds(100_000, None) / seconds(12_500, None) < 24
    assert seconds(5_000, 90) / seconds(625, 90) < 24


# Against a copy of the report.


@pytest.mark.long
def test_source_is_quoted(source_text: str) -> None:
    """Each sentence of the report is proved without a copy, and found with one."""
    report = asean_japan.load()
    bound = report.bind_text(source_text)
    for ref, claim in bound.claims.items():
        assert claim.verbatim
        assert any(match.refs == (ref,) for match in report.find_quote(claim.verbatim).matches)
        assert any(
            match.refs == (ref,) and match.level == "exact" for match in bound.find_quote(claim.verbatim).matches
        )
    own = {ref for ref, claim in bound.claims.items() if skeleton(claim.text) == skeleton(claim.verbatim or "")}
    assert {ref for ref, claim in report.claims.items() if report.find_quote(claim.text)} == own  # As short as titles.


# What a copy may do and what it may not.


def test_changed_copy_makes_no_quotation_genuine() -> None:
    """What a copy has in a sentence that was changed is found and shown, and is not true."""
    changed = SENTENCES[THIRD].replace("grow", "shrink", 1)
    copy = REPORT.bind_text(TEXT.replace(SENTENCES[THIRD], changed), index=INDEX)
    quote = copy.find_quote(changed)
    assert [match.level for match in quote.matches] == ["exact"]
    assert not quote
    assert not copy.find_quote(changed, index=INDEX)


def test_changed_copy_takes_no_proof_away() -> None:
    """Whole sentences that a copy does not have are proved by their digests, as they are without a copy."""
    changed = SENTENCES[THIRD].replace("grow", "shrink", 1)
    copy = REPORT.bind_text(TEXT.replace(SENTENCES[THIRD], changed), index=INDEX)
    quote = copy.find_quote(SENTENCES[THIRD], index=INDEX)
    assert quote
    assert quote.searched == "digests"
    assert not copy.find_quote(SENTENCES[THIRD])  # By the bundled digests, which are not of our claims.


def test_copy_of_another_report_has_no_bundled_digests() -> None:
    """A report with other sentences has no bundled digests, and says what the copy says."""
    sections = list(REPORT.sections.values())
    first = attrs.evolve(sections[0], children=())
    other = Report(edition=REPORT.edition, sections=(first, *sections[1:]))
    index = SourceIndex.of(other.walk(), lambda claim: claim.text)
    copy = other.bind_text(TEXT, index=index)
    assert copy.find_quote(SENTENCES[THIRD])
    assert not copy.find_quote("no such sentence stands in it")


@pytest.mark.parametrize("index", [5, "x", [], REPORT], ids=lambda value: type(value).__name__)
def test_index_of_another_type_is_refused(index: Any) -> None:  # noqa: ANN401
    """Digests come as an index."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.find_quote("some text that is long enough", index=index)
    assert caught.value.argument == "index"


@pytest.mark.parametrize("binding", [None, 1, "", REPORT], ids=lambda value: type(value).__name__)
def test_binding_of_another_type_is_refused(binding: Any) -> None:  # noqa: ANN401
    """A report is bound to a binding."""
    with pytest.raises(ArgumentError) as caught:
        REPORT.bound_to(binding)
    assert caught.value.argument == "binding"


def test_binding_holds_its_sentences() -> None:
    """It says of an address whether it knows it, and is not a list."""
    binding = BOUND.binding
    assert binding
    assert THIRD in binding
    assert str(THIRD) in binding
    assert "IV" in binding
    assert not any(each in binding for each in ("I.9.s1", "x", 5, None))
    with pytest.raises(TypeError):
        iter(binding)  # type: ignore[call-overload]


# What is together in the report, and what is so only in a copy.


class Whole(NamedTuple):
    """A copy of everything, and what it is held against."""

    text: str
    report: Report
    digests: SourceIndex | None

    def bind(self, text: str) -> Report:
        """Bind a copy that was made of it."""
        return self.report.bind_text(text, index=self.digests)

    def span(self, address: str) -> tuple[int, int]:
        """Return where the words of a place or a sentence are in it."""
        binding = self.bind(self.text).binding
        assert binding
        of = Ref.parse(address)
        spans = [bound.spans for bound in binding.sentences if bound.ref and bound.ref.is_relative_to(of)]
        return spans[0][0][0], spans[-1][-1][1]

    def words(self, address: str) -> list[str]:
        """Return the words of a place or a sentence."""
        start, end = self.span(address)
        return self.text[start:end].split()

    def swapped(self, first: str, second: str) -> str:
        """Return a copy in which the words of two places are swapped."""
        (start, end), (begin, stop) = self.span(first), self.span(second)
        text = self.text
        return text[:start] + text[begin:stop] + text[end:begin] + text[start:end] + text[stop:]

    def without(self, address: str) -> str:
        """Return a copy that lacks the words of a place or a sentence."""
        start, end = self.span(address)
        return f"{self.text[:start].rstrip()} {self.text[end:].lstrip()}"


@pytest.fixture(params=["claims", "source"])
def whole(request: pytest.FixtureRequest) -> Whole:
    """Return the copy that our claims make, and that of the report."""
    if request.param == "claims":
        return Whole(TEXT, REPORT, INDEX)
    return Whole(request.getfixturevalue("source_text"), asean_japan.load(), None)


@pytest.mark.parametrize(("first", "second"), [("III.1.3.2", "III.1.3.3"), ("0.p2", "0.p3")])
def test_another_order_is_shown_and_not_true(whole: Whole, first: str, second: str) -> None:
    """Words that only a copy has in a row are not a quotation; those of the report are one, in this copy too."""
    copy = whole.bind(whole.swapped(first, second))
    wrong = " ".join([*whole.words(second)[-6:], *whole.words(first)[:6]])
    right = " ".join([*whole.words(first)[-6:], *whole.words(second)[:6]])
    quote = copy.find_quote(wrong)
    assert not quote
    (match,) = quote.matches
    assert (match.level, match.proved) == ("exact", False)
    assert [ref.is_relative_to(Ref.parse(place)) for ref, place in zip(match.refs, (second, first), strict=True)]
    assert copy.find_quote(right)
    assert whole.bind(whole.text).find_quote(right)
    assert not whole.bind(whole.text).find_quote(wrong).matches


def test_gap_is_shown_and_not_true(whole: Whole) -> None:
    """Words before and after a sentence that a copy lacks are not a quotation."""
    before, behind = Ref.parse("I.2.5.s1"), Ref.parse("I.2.5.s3")
    text = " ".join([*whole.words(str(before))[-6:], *whole.words(str(behind))[:6]])
    quote = whole.bind(whole.without("I.2.5.s2")).find_quote(text)
    assert not quote
    (match,) = quote.matches
    assert (match.level, match.refs, match.proved) == ("exact", (before, behind), False)
    assert not whole.bind(whole.text).find_quote(text).matches


def test_headings_between_are_quoted(whole: Whole) -> None:
    """A passage over a heading is a quotation with the heading, and not if a copy or a writer leaves that out."""
    bound = whole.bind(whole.text)
    assert bound.binding
    for before, heading, behind in zip(*(bound.binding.parts[at:] for at in range(3)), strict=False):
        if heading.kind == "heading" and before.kind == behind.kind == "sentence":
            start, middle, end = ((each.words or "").split() for each in (before, heading, behind))
            (number,) = next(part.labels for part in INDEX.parts if part.ref == heading.ref)
            for titled in ([number, *middle], middle):
                quote = bound.find_quote(" ".join([*start[-4:], *titled, *end[:4]]))
                assert [match.refs for match in quote.matches] == [(before.ref, heading.ref, behind.ref)]
                assert quote
            assert not bound.find_quote(" ".join([*start[-4:], *end[:4]])).matches
    gone = whole.bind(whole.text.replace("Initiatives to realize the above", ""))
    start, end = whole.words("III")[-4:], whole.words("IV")[:4]
    quote = gone.find_quote(" ".join([*start, *end]))
    assert [match.proved for match in quote.matches] == [False]
    assert not quote


def test_matches_are_in_the_order_of_the_report() -> None:
    """Those over several sentences are among those in one."""
    changed = {"0.p1.s2": "{} Where rivers meet", "0.p2.s1": "the sea. {}", "0.p1.s1": "{} Where rivers meet the sea."}
    changed["0.p4.s1"] = changed["0.p1.s1"]
    words = SENTENCES | {Ref.parse(ref): form.format(SENTENCES[Ref.parse(ref)]) for ref, form in changed.items()}
    index = SourceIndex.of(REPORT.walk(), lambda claim: words[claim.ref], front=FRONT)
    quote = REPORT.bind_text(plain(blocks(words)), index=index).find_quote("where rivers meet the sea", index=index)
    assert [str(match.refs[0]) for match in quote.matches] == ["0.p1.s1", "0.p1.s2", "0.p4.s1"]
    assert [len(match.refs) for match in quote.matches] == [1, 2, 1]


# Numbers of places.


BARE = REPORT.bind_text(plain(blocks(), labels=False), index=INDEX)


@SOME
@given(st.data())
def test_numbers_of_places_may_stand_or_not(data: st.DataObject) -> None:
    """Each number of a place may be in a quotation or not, whether or not the copy has them."""
    content = blocks()
    first = data.draw(st.integers(0, len(content) - 1))
    chosen = content[first : first + data.draw(st.integers(1, 8))]
    text = "\n".join(block.line(labels=data.draw(st.booleans())) for block in chosen)
    cut = data.draw(st.integers(0, 30))
    text = text[cut:].partition(" ")[2] if cut else text
    if len(skeleton(text)) < 10:
        return
    for bound in (BOUND, BARE):
        quote = bound.find_quote(text)
        assert quote
        assert {match.level for match in quote.matches} <= {"exact", "same letters"}


@pytest.mark.parametrize("copy", [BOUND, BARE], ids=["numbers", "none"])
def test_numbers_of_places_are_those_of_the_report(copy: Report) -> None:
    """The number before a place is the right one or there is no match; it may be the end, too."""
    before, behind = SENTENCES[Ref.parse("I.2.7.s8")][-30:], SENTENCES[Ref.parse("I.2.8.s1")][:30]
    for number in ("⑧ ", "(8) ", "8. ", ""):
        (match,) = copy.find_quote(f"{before} {number}{behind}").matches
        assert (match.level, match.proved, match.words) == ("exact", True, f"{before} {behind}".strip())
        assert copy.find_quote(f"{number}{behind}").matches[0].level == "exact"
    for number in ("⑦ ", "⑧ 8 ", "h "):
        assert not copy.find_quote(f"{before} {number}{behind}").matches
    (match,) = copy.find_quote(f"{before} ⑧").matches
    assert (match.refs, match.words) == ((Ref.parse("I.2.7.s8"),), before.rstrip(".").strip())
    assert not copy.find_quote(f"{before} ⑨").matches


def test_numbers_of_places_alone_are_not_a_quotation() -> None:
    """Not even if they are long enough to be one."""
    parts = [attrs.evolve(part, labels=("ChapterOne",)) if part.ref == Ref.parse("I") else part for part in INDEX.parts]
    copy = REPORT.bind_text(
        TEXT.replace("I. Challenges", "ChapterOne Challenges", 1), index=SourceIndex(parts=tuple(parts))
    )
    assert copy.find_quote("ChapterOne Challenges").matches[0].level == "exact"
    assert not copy.find_quote("Chapter One").matches


def test_bullet_that_is_a_letter_is_not_one_of_the_words() -> None:
    """Some fonts have a letter for a bullet; whoever quotes from such a copy quotes the letter, too."""
    copy = REPORT.bind_text(TEXT.replace("•", "o"), index=INDEX)
    first, second = SENTENCES[Ref.parse("III.1.3.2.s1")][-30:], SENTENCES[Ref.parse("III.1.3.3.s1")][:30]
    assert copy.find_quote(f"{first}\no {second}")
    assert copy.find_quote(f"{first} {second}")
    assert not BOUND.find_quote(f"{first}\no {second}")


def test_numbers_of_places_are_known_without_an_index(whole: Whole) -> None:
    """The number that an address implies is the one that the index says is printed."""
    binding = whole.bind(whole.text).binding
    assert binding
    index = whole.digests or load_index()
    assert [ways[0] for ways in labels_of(binding)] == [
        tuple(bare for label in part.labels if (bare := skeleton(label))) for part in index.parts
    ]


# Numbers in the words.

NUMBERS = [
    ("670 million", "6.70 million"),
    ("670 million", "-670 million"),
    ("670 million", "−670 million"),
    ("670 million", "+670 million"),
    ("670 million", ".670 million"),
    ("670 million", "67-0 million"),
    ("670 million", "6,70 million"),
    ("670 million", "67⁰ million"),
    ("670 million", "67 0 million"),
    ("Vision 2.0", "Vision 20"),
    ("ASEAN+3,", "ASEAN-3,"),
    ("ASEAN+3,", "ASEAN 3,"),
    ('"2+2"', "22"),
    ('"2+2"', "2-2"),
]


def around(old: str, new: str) -> str:
    """Return some words of the copy, with other ones among them."""
    before, _, behind = TEXT.partition(old)
    behind = behind.partition("\n")[0]
    return " ".join(
        [*before.split(" ")[-4:-1], f"{before.split(' ')[-1]}{new}{behind.split(' ')[0]}", *behind.split(" ")[1:5]]
    )


@pytest.mark.parametrize(("old", "new"), NUMBERS)
def test_other_numbers_are_shown_and_not_true(old: str, new: str) -> None:
    """A quotation with the same digits and another number is not genuine."""
    assert BOUND.find_quote(around(old, old)).matches[0].level == "exact"
    quote = BOUND.find_quote(around(old, new))
    assert not quote
    (match,) = quote.matches
    assert (match.level, match.proved) == ("other numbers", True)
    assert old.strip(',"') in (match.words or "")


@pytest.mark.parametrize(
    "new", ["67\u200b0 million", "67\xad0 million", "６７０ million", "670\xa0million", "670, million"]
)
def test_same_numbers_may_be_written_otherwise(new: str) -> None:
    """Width, white space and invisible characters do not make another number."""
    assert BOUND.find_quote(around("670 million", new))


@pytest.mark.parametrize("new", ["COVID‑19", "COVID–19", "COVID 19", "COVID-\n19"])
def test_hyphen_in_a_word_is_not_a_sign(new: str) -> None:
    """A hyphen between a word and a number is not a minus."""
    assert BOUND.find_quote(around("COVID-19", new))


@pytest.mark.parametrize(
    "text",
    [
        "70 million people. ASEAN",
        f"{SENTENCES[Ref.parse('I.2.1.s1')][-30:]} {SENTENCES[Ref.parse('I.2.1.s2')].partition('0 million')[0]}",
        "3, as a platform of security",
    ],
)
def test_cut_numbers_are_other_numbers(text: str) -> None:
    """A quotation that begins or ends within a number has another one."""
    quote = BOUND.find_quote(text)
    assert [match.level for match in quote.matches] == ["other numbers"]
    assert not quote


def test_other_numbers_in_whole_sentences() -> None:
    """They are told in whole sentences, with a copy and without one."""
    ref = Ref.parse("III.1.3.s1")
    assert BOUND.binding
    for text in (SENTENCES[ref], SENTENCES[ref].replace("2.0", "20")):
        assert bool(in_copy(BOUND.binding, text)) == ("2.0" in text)
        assert bool(proved(text)) == ("2.0" in text)


# The title page.


@pytest.mark.parametrize("name", FRONT)
def test_title_page_is_quoted(name: str) -> None:
    """Each line of the title page is proved without a copy and found with one; it does not have an address."""
    for report, level in ((REPORT, "same letters"), (BOUND, "exact")):
        quote = report.find_quote(FRONT[name], index=INDEX)
        assert quote
        match = next(match for match in quote.matches if match.front == (name,))
        assert (match.level, match.refs, match.cite()) == (level, (), "title page")


def test_title_page_is_quoted_with_what_follows() -> None:
    """A quotation may run from the title page into the report, or be a part of it."""
    text = f"{' '.join(FRONT.values())}\n0. Objective"
    for report in (REPORT, BOUND):
        (match,) = report.find_quote(text, index=INDEX).matches
        assert (match.front, match.refs) == (tuple(FRONT), (Ref.parse("0"),))
        assert match.cite() == "title page to 0"
    (match,) = BOUND.find_quote(FRONT["title"][:30]).matches
    assert (match.front, match.level, match.cite()) == (("title",), "exact", "title page")


def test_title_of_the_report_is_quoted() -> None:
    """The title of the bundled report is a quotation of it, also with a copy that lacks the title page."""
    report = asean_japan.load()
    assert report.find_quote(report.title).matches[0].front == ("title",)
    assert not report.find_quote(report.title.replace("50", "60"))
    bare = REPORT.bind_text(TEXT.partition("0. Objective")[2], index=INDEX)
    quote = bare.find_quote(FRONT["title"], index=INDEX)
    assert (bool(quote), quote.searched) == (True, "digests")


# Whole words.


IN_TAGS = re.sub(r"([a-z]{3})", r"<b>\1</b>", html.escape(TEXT, quote=False)).replace("\n", "<p>")
COPIES = {
    "plain": TEXT,
    "ligatures": replaced(TEXT, LIGATURES),
    "lines": paged(blocks(), Layout(width=45, breaking="gained", page=30, foot="{}")),
    "tags": f"<html><body>{IN_TAGS}</body></html>",
    "soft hyphens": TEXT.replace("tion", "\xadti\xad\non"),
}
BOUNDS = {name: REPORT.bind_text(text, index=INDEX) for name, text in COPIES.items()}


@SOME
@given(st.sampled_from(sorted(BOUNDS)), st.sampled_from(REFS), st.data())
def test_near_passages_have_whole_words(name: str, ref: Ref, data: st.DataObject) -> None:
    """Wherever a quotation begins and ends, the most similar passage begins and ends with whole words."""
    text = SENTENCES[ref]
    letters = [at for at, char in enumerate(text) if char.isalnum()]
    first = data.draw(st.integers(0, max(0, len(letters) - 40)))
    start, end = letters[first], letters[min(first + data.draw(st.integers(30, 90)), len(letters) - 1)] + 1
    middle = letters[first + 15]
    part = f"{text[start:middle]}ø{text[middle + 1 : end]}"
    match, *others = BOUNDS[name].find_quote(part, near=50).matches
    assert {(each.level, each.similarity) for each in others} <= {(match.level, match.similarity)}
    assert match.level == "near"
    assert match.similarity >= 100 - 100 / len(skeleton(part)) - 0.001
    if match.refs != (ref,):  # What was found is as similar.
        return
    words = text.replace("/", " ")
    low, high = words.rfind(" ", 0, start) + 1, f"{words} ".index(" ", end)
    assert skeleton(match.words or "") == skeleton(text[low:high])


def test_near_passage_is_not_widened_into_its_neighbor() -> None:
    """A word ends where its sentence does, whatever follows at once."""
    first, second = SENTENCES[Ref.parse("I.2.7.s2")], SENTENCES[THIRD]
    copy = REPORT.bind_text(TEXT.replace(f"{first} {second}", f"{first}{second}"), index=INDEX)
    (match,) = copy.find_quote(second[1:60].replace("n", "ø"), near=70).matches
    assert (match.refs, (match.words or "")[:4]) == ((THIRD,), "It w")


def test_digests_do_not_prove_other_numbers_of_a_copy() -> None:
    """What a copy has with other numbers is not looked for by digest, which does not tell them apart."""
    text = SENTENCES[Ref.parse("III.1.3.s1")].replace("2.0", "20")
    quote = BOUND.find_quote(text, index=INDEX)
    assert (bool(quote), quote.searched, quote.matches[0].level) == (False, "copy", "other numbers")


def test_other_numbers_with_something_added() -> None:
    """What was added makes no wrong number right."""
    (ref, sentence) = next((ref, text) for ref, text in SENTENCES.items() if "670 million" in text)
    quote = REPORT.find_quote(sentence.replace("670 million", "6.70 million [sic]"), index=INDEX)
    assert (bool(quote), quote.added) == (False, ("[sic]",))
    assert [(match.level, match.refs) for match in quote.matches] == [("other numbers", (ref,))]


def test_search_for_quotations_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for another thread looks with what that one has made."""
    bound = REPORT.bind_text(TEXT, index=INDEX)
    words = SENTENCES[Ref.parse("I.2.7.s3")]
    by_another: list[Quote] = []

    @contextlib.contextmanager
    def waiting() -> Generator[None, None, None]:
        monkeypatch.undo()
        by_another.append(bound.find_quote(words))
        monkeypatch.setattr(quotes, "QuoteSearch", None)  # Another one cannot be made.
        yield

    monkeypatch.setattr("asean_japan.report._lock", waiting())
    assert bound.find_quote(words) == by_another[0]
