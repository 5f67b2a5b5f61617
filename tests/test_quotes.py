"""Tests of looking for quotations, without a copy and with one."""

from __future__ import annotations

import sys
import time
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import INDEX, REPORT, SENTENCES, Layout, blocks, paged, plain

import asean_japan
from asean_japan import ArgumentError, LimitError, MissingExtraError, Quote, Ref, Report, SourceIndex
from asean_japan.skeletons import skeleton

REFS = list(SENTENCES)
TEXT = plain(blocks())
BOUND = REPORT.bind(TEXT, index=INDEX)
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
    """A heading that is printed twice stands at both places, and with its number, too."""
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
    """Case, quotation marks, hyphens and line ends are no letters."""
    text = SENTENCES[THIRD]
    assert proved(text.upper().replace(" ", "\n").replace("'", "’"))


# With a copy.


@SOME
@given(st.sampled_from(REFS), st.data())
def test_any_passage_is_found(ref: Ref, data: st.DataObject) -> None:
    """Any stretch of a sentence is found exactly where it stands."""
    text = SENTENCES[ref]
    start = data.draw(st.integers(0, len(text) - 20))
    part = text[start : data.draw(st.integers(start + 16, len(text)))]
    if len(skeleton(part)) < 10:
        return
    quote = BOUND.find_quote(part)
    assert quote.searched == "copy"
    assert any(match.refs == (ref,) and match.level == "exact" for match in quote.matches)
    for match in quote.matches:
        assert match.proved
        assert skeleton(match.words or "") == skeleton(part)
        assert (match.level == "exact") == ((match.words or "") in part)
        assert " ".join(TEXT[first:last] for first, last in match.spans) == match.words


def test_passage_across_sentences_and_places_is_found() -> None:
    """A stretch may run over sentences, headings and numbers, with the numbers or without."""
    first, last = TEXT.index(SENTENCES[Ref.parse("I.2.7.s8")]), TEXT.index(SENTENCES[Ref.parse("I.2.8.s1")])
    text = TEXT[first + 5 : last + 40]
    assert "⑧" in text
    (match,) = BOUND.find_quote(text).matches
    assert match.cite() == "I-2-⑦, sentence 8 to I-2-⑧, sentence 1"
    (bare,) = BOUND.find_quote(text.replace("⑧", "")).matches
    assert bare.refs == match.refs
    assert match.level == bare.level == "exact"


def test_layout_of_the_copy_makes_no_difference() -> None:
    """A quotation is found across lines and pages of a copy, with the page."""
    layout = Layout(width=40, page=20, head="Expert Panel {}", foot="{}", breaking="gained")
    bound = REPORT.bind(paged(blocks(), layout), index=INDEX)
    assert bound.binding
    for ref, text in SENTENCES.items():
        (match,) = (match for match in bound.find_quote(text).matches if match.refs == (ref,))
        assert match.level == "exact"
        assert match.page == bound.binding[ref].page


def test_same_letters_are_told_from_the_same_characters() -> None:
    """What differs only in what is no letter has the same letters."""
    text = next(text for text in SENTENCES.values() if "," in text)
    assert BOUND.find_quote(f"“{text}”").matches[0].level == "exact"
    assert BOUND.find_quote(text.replace(",", "")).matches[0].level == "same letters"
    assert BOUND.find_quote(text.upper()).matches[0].level == "same letters"


def test_unproved_words_are_told() -> None:
    """Words that stand where the copy differs from the report are found, and not proved."""
    bound = REPORT.bind(TEXT.replace(SENTENCES[THIRD], SENTENCES[THIRD].replace("long", "short")), index=INDEX)
    (match,) = bound.find_quote("Over the short run it will").matches
    assert (match.refs, match.proved) == ((THIRD,), False)


def test_what_is_extra_is_not_found() -> None:
    """What was added to a copy is no quotation of the report."""
    bound = REPORT.bind(f"{TEXT}These words were added by somebody.\n", index=INDEX)
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
    small = REPORT.bind(SENTENCES[THIRD] + "\n", index=INDEX, strict=False)
    assert not small.find_quote("a long way " * 40, near=50)


# Errors.


@pytest.mark.parametrize("text", ["", "  ", "ASEAN", "?!" * 40, "nine4567"])
def test_tiny_quotations_are_refused(text: str) -> None:
    """What says too little is an error and no match."""
    for report in (REPORT, BOUND):
        with pytest.raises(ArgumentError, match="at least 10 letters"):
            report.find_quote(text)


def test_other_quotations_are_refused() -> None:
    """So is what is no text, or too long."""
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
    """Digests know no similarity."""
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
            start = time.perf_counter()
            BOUND.find_quote("long run " * (size // 9), near=near)
            REPORT.find_quote("long run " * (size // 9), index=INDEX)
            spent.append(time.perf_counter() - start)
        return min(spent) + 0.005

    assert seconds(100_000, None) / seconds(12_500, None) < 24
    assert seconds(5_000, 90) / seconds(625, 90) < 24


# Against a copy of the report.


def test_source_is_quoted(source_text: str) -> None:
    """Each sentence of the report is proved without a copy, and found with one."""
    report = asean_japan.load()
    bound = report.bind(source_text)
    for ref, claim in bound.claims.items():
        assert claim.verbatim
        assert any(match.refs == (ref,) for match in report.find_quote(claim.verbatim).matches)
        assert any(
            match.refs == (ref,) and match.level == "exact" for match in bound.find_quote(claim.verbatim).matches
        )
    for claim in report.claims.values():
        assert not report.find_quote(claim.text)


# What a copy may do and what it may not.


def test_changed_copy_makes_no_quotation_genuine() -> None:
    """What stands in a copy that was changed there is found and shown, and is not true."""
    changed = SENTENCES[THIRD].replace("grow", "shrink", 1)
    copy = REPORT.bind(TEXT.replace(SENTENCES[THIRD], changed), index=INDEX)
    quote = copy.find_quote(changed)
    assert [match.level for match in quote.matches] == ["exact"]
    assert not quote
    assert not copy.find_quote(changed, index=INDEX)


def test_changed_copy_takes_no_proof_away() -> None:
    """Whole sentences that a copy does not have are proved by their digests, as they are without a copy."""
    changed = SENTENCES[THIRD].replace("grow", "shrink", 1)
    copy = REPORT.bind(TEXT.replace(SENTENCES[THIRD], changed), index=INDEX)
    quote = copy.find_quote(SENTENCES[THIRD], index=INDEX)
    assert quote
    assert quote.searched == "digests"
    assert not copy.find_quote(SENTENCES[THIRD])  # By the bundled digests, which are not of our claims.


def test_copy_of_another_report_has_no_bundled_digests() -> None:
    """A report with other sentences knows no digests of its own, and says what the copy says."""
    sections = list(REPORT.sections.values())
    first = attrs.evolve(sections[0], children=())
    other = Report(REPORT.edition, (first, *sections[1:]))
    index = SourceIndex.of(other.walk(), lambda claim: claim.text)
    copy = other.bind(TEXT, index=index)
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
    """It says of an address whether it knows it, and is no list."""
    binding = BOUND.binding
    assert binding
    assert THIRD in binding
    assert str(THIRD) in binding
    assert "IV" in binding
    assert not any(each in binding for each in ("I.9.s1", "x", 5, None))
    with pytest.raises(TypeError):
        iter(binding)  # type: ignore[call-overload]
