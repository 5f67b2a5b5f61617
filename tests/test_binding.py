"""Tests of binding: what copies in many layouts prove, and that edited copies are told."""

from __future__ import annotations

import contextlib
import copy
import io
import pickle
import random
import re
import string
from collections.abc import Callable, Generator
from functools import partial
from itertools import pairwise

import attrs
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from reader_copies import (
    CURLY,
    FRONT,
    FURNITURE,
    INDEX,
    LIGATURES,
    REPORT,
    SENTENCES,
    Block,
    Layout,
    blocks,
    docx_file,
    layouts,
    markdown,
    page_of_html,
    paged,
    pdf_by_fpdf,
    pdf_by_reportlab,
    plain,
    replaced,
)

import asean_japan
from asean_japan import (
    ArgumentError,
    AseanJapanError,
    Claim,
    NotThisReportError,
    Ref,
    RefNotFoundError,
    RefSyntaxError,
    Report,
)
from asean_japan.copies import Binding, Copy, CopyFormat, Coverage, Leftover, SourceIndex, fingerprints
from asean_japan.copies.fingerprints import digest, fingerprint, load_index
from asean_japan.copies.skeletons import skeleton

REFS = list(SENTENCES)
SOME = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
TEXT = plain(blocks())
FINGERPRINTS = {part.ref: part.fingerprint for part in INDEX.parts if part.kind == "sentence"}


def bound(source: str | bytes, *, strict: bool = True) -> Binding:
    """Bind a copy as if our claims were the report's words."""
    if isinstance(source, str):
        binding = REPORT.bind_text(source, index=INDEX, strict=strict).binding
    else:
        binding = REPORT.bind(source, index=INDEX, strict=strict).binding
    assert binding
    hold_laws(binding)
    return binding


def hold_laws(binding: Binding) -> None:
    """Check laws 6 and 7: what is verified has its digest, and spans and leftovers are all of the reader's string."""
    seen: list[tuple[int, int]] = []
    for bound_ in binding.parts:
        assert (bound_.status == "missing") == (bound_.spans == ())
        assert (bound_.start, bound_.end) == (
            (bound_.spans[0][0], bound_.spans[-1][1]) if bound_.spans else (None, None)
        )
        seen += bound_.spans
        if bound_.kind == "sentence" and bound_.proved:
            words = "".join(binding.copy.plain[start:end] for start, end in bound_.spans)
            assert digest(skeleton(words)) == FINGERPRINTS[bound_.ref].sha256
            assert skeleton(bound_.words or "") == skeleton(words)
    seen += [(left.start, left.end) for left in binding.leftovers]
    assert all(binding.text[left.start : left.end] == left.text for left in binding.leftovers)
    seen.sort()
    assert all(left[1] <= right[0] for left, right in pairwise(seen))
    edges = [0, *(edge for span in seen for edge in span), len(binding.text)]
    between = "".join(binding.copy.plain[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert between == "" or between.isspace()


def unproved(binding: Binding) -> dict[Ref, str]:
    """Return the status of each sentence that is not verified."""
    return {
        sentence.ref: sentence.status
        for sentence in binding.sentences
        if sentence.ref and sentence.status != "verified"
    }


def extras(binding: Binding) -> list[str]:
    """Return what was added."""
    return [left.text for left in binding.extra]


def edited(changes: dict[Ref, str]) -> str:
    """Write a copy in which some sentences are changed."""
    return plain(blocks({**SENTENCES, **changes}))


# Copies that have everything.


@SOME
@given(layouts())
@example(Layout(width=60, breaking="gained", page=30, head="Expert Panel {}", foot="- {} -"))
@example(Layout(breaking="lost", page=30, head=REPORT.title, foot="{}", feeds=False, pairs=(LIGATURES, CURLY), gap=""))
@example(Layout(width=30, page=25, head=FURNITURE, labels=False))
@example(Layout(width=30, page=47, breaking="lost", pairs=({"-": "‑"},), head=REPORT.title, feeds=False, gap=""))
@example(Layout(width=25, page=20, pairs=(CURLY, LIGATURES), head="Expert Panel {}", feeds=False, gap=" \n\n"))
def test_every_layout_is_proved(layout: Layout) -> None:
    """However a copy is laid out, every sentence is verified, and nothing unexplained is left over."""
    binding = bound(paged(blocks(), layout))
    assert unproved(binding) == {}
    assert extras(binding) == []
    assert [part.kind for part in binding.parts if not part.proved] == []
    assert binding.coverage.whole
    assert binding.coverage.share == 1
    marks = [left.text for left in binding.leftovers if left.kind == "mark"]
    expected = [label for part in INDEX.parts for label in part.labels]
    assert [skeleton(mark) for mark in marks] == [skeleton(label) for label in expected if layout.labels]


@pytest.mark.parametrize("write", [plain, page_of_html, markdown])
def test_every_markup_is_proved(write: Callable[[list[Block]], str]) -> None:
    """The markup of a copy makes no difference."""
    binding = bound(write(blocks()))
    assert (unproved(binding), extras(binding)) == ({}, [])


def test_words_are_those_of_the_copy() -> None:
    """A bound claim has its sentence as the copy has it."""
    report = REPORT.bind_text(TEXT, index=INDEX)
    for claim in report.claims.values():
        assert isinstance(claim, Claim)
        assert claim.verbatim == claim.text
    assert REPORT["I.2.7.s3"].verbatim is None  # type: ignore[attr-defined]  # It is a claim.
    assert Claim(ref=Ref.parse("I.2.7.s3"), text="Words.").verbatim is None


def test_words_are_joined_from_lines_and_pages() -> None:
    """Furniture, line ends and hyphens at line ends are not part of the words."""
    layout = Layout(width=44, breaking="gained", page=20, head="Expert Panel {}", foot="{}")
    report = REPORT.bind_text(paged(blocks(), layout), index=INDEX)
    odd = [claim.ref for claim in report.claims.values() if claim.verbatim != claim.text]
    assert odd == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("a rules-\nbased order, rules-based", "a rules-based order, rules-based"),
        ("a rules-\nbased order, rulesbased", "a rulesbased order, rulesbased"),
        ("a coope-\nration", "a cooperation"),
        ("short-\nand long-term stays", "short- and long-term stays"),
        ("a fact-\nor, factor", "a factor"),
        ("ASEAN-\nJapan and COVID-\n19", "ASEAN-Japan and COVID-19"),
        ("co\xadoperate", "cooperate"),
        ("\ta \r\n\r\n  b\f c", "a b c"),
    ],
)
def test_hyphens_at_line_ends(lines: str, words: str) -> None:
    """Whether a hyphen stays, the rest of the copy decides, or what follows it."""
    copy_ = Copy(text=lines, format="text", name="a text", plain=lines)
    assert copy_.words(((0, lines.index(",") if "," in lines else len(lines)),)) == words.partition(",")[0]


def test_pages_are_counted() -> None:
    """A form feed ends a page."""
    binding = bound(paged(blocks(), Layout(page=30, foot="{}")))
    pages = [part.page or 0 for part in binding.parts]
    assert pages == sorted(pages)
    assert (pages[0], pages[-1]) == (1, binding.text.count("\f") + 1)
    assert {int(left.text): left.page for left in binding.leftovers if left.kind == "furniture"} == {
        page: page for page in range(1, pages[-1] + 1)
    }
    assert bound(TEXT).parts[0].page is None


def test_table_of_contents_is_extra() -> None:
    """Headings that are also in a table of contents are found where their places begin."""
    contents = [f"{block.label} {block.heading}" for block in blocks() if block.heading and block.label]
    lines = TEXT.splitlines()
    binding = bound("\n".join([*lines[:3], *contents, *lines[3:]]))
    assert unproved(binding) == {}
    told = [left.text for left in binding.leftovers if left.kind in {"extra", "furniture"}]
    assert "\n".join(told) == "\n".join(contents)
    starts = [part.start for part in binding.parts]
    assert starts == sorted(start for start in starts if start is not None)


def test_copy_without_title_page() -> None:
    """The title page is not a sentence of the report."""
    binding = bound("\n".join(TEXT.splitlines()[3:]))
    assert binding.coverage.whole
    assert [part.kind for part in binding.parts if part.status == "missing"] == list(FRONT)


# What is page furniture, and what was added.

THREE = [Ref.parse(ref) for ref in ("0.p3.s3", "I.2.5.s2", "III.2.1.2.a.s1")]


def split(*lines: str) -> str:
    """Write a copy in which lines break three sentences."""
    changes: dict[Ref, str] = {}
    for ref, line in zip(THREE, lines, strict=True):
        words = SENTENCES[ref].split()
        changes[ref] = f"{' '.join(words[:5])}\n{line}\n{' '.join(words[5:])}"
    return edited(changes)


@pytest.mark.parametrize(
    "lines",
    [
        ("not", "not", "not"),
        ("500", "600", "700"),
        ("2044", "2045", "2046"),
        ("I", "II", "III"),
        ("i", "ill", "iii"),
        ("Page 1 of 3", "Page 2 of 3", "Page 3 of 3"),
        ("Japan shall pay 1 billion.", "Japan shall pay 20 billion.", "Japan shall pay 300 billion."),
        ("Japan shall pay 1 billion.", "Japan shall pay 2 billion.", "Japan shall pay 3 billion."),
    ],
)
@pytest.mark.parametrize("write", [str, partial(replaced, pairs={"\nIV.": "\n\fIV."})])
def test_lines_that_come_back_are_not_furniture(write: Callable[[str], str], lines: tuple[str, ...]) -> None:
    """A line that is not where page furniture is counts as extra, and the sentence that it breaks is only repaired."""
    binding = bound(write(split(*lines)))
    assert unproved(binding) == dict.fromkeys(THREE, "repaired")
    assert extras(binding) == list(lines)
    assert not binding.coverage.whole


@pytest.mark.parametrize("lines", [(3, 4, 150), (3, 150, 151)])
def test_numbers_that_rise_are_not_yet_pages(lines: tuple[int, ...]) -> None:
    """A page is not as long as half of a report."""
    pages = paged(blocks(), Layout()).splitlines()
    assert len(pages) > 400
    for number, at in enumerate(lines, 1):
        pages.insert(at * len(pages) // 160, f"Japan shall pay {number} billion.")
    binding = bound("\n".join(pages))
    assert len(extras(binding)) == 3
    assert set(unproved(binding).values()) <= {"repaired"}


@pytest.mark.parametrize("line", ["Japan shall lead every initiative named above.", "2045", "I", "ill", "- 7 -"])
def test_paragraphs_that_come_back_are_not_furniture(line: str) -> None:
    """Nor is a paragraph that was added three times."""
    content = blocks()
    for at in (40, 80, 81):
        content.insert(at, Block("", "", (line,)))
    binding = bound(plain(content))
    assert unproved(binding) == {}
    assert skeleton("".join(extras(binding))) == skeleton(line * 3)


@pytest.mark.parametrize("added", ["2045", "7", "not", "Expert Panel 70", "i"])
@pytest.mark.parametrize("feeds", [True, False])
def test_added_line_on_pages_is_told(added: str, *, feeds: bool) -> None:
    """Nor is one line that was added to a copy that has furniture, on the top of a page."""
    pages = paged(blocks(), Layout(page=30, head="Expert Panel {}", foot="- {} -", feeds=feeds))
    pages = pages.replace("Expert Panel 9\n", f"Expert Panel 9\n{added}\n")
    binding = bound(pages)
    assert extras(binding) == [added]
    assert [status for status in unproved(binding).values() if status != "repaired"] == []
    assert binding.coverage.headings_proved == 11


@pytest.mark.parametrize("feeds", [True, False])
def test_page_numbers_may_be_missing(*, feeds: bool) -> None:
    """Not every page has its number."""
    pages = paged(blocks(), Layout(page=30, foot="- {} -", feeds=feeds))
    for number in (1, 2, 9, 10, 15):
        pages = pages.replace(f"- {number} -\n", "")
    assert bound(pages).coverage.whole


def romans(number: int) -> str:
    """Write a small roman numeral."""
    return "x" * (number // 10) + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][number % 10]


@pytest.mark.parametrize("write", [str, str.upper])
@pytest.mark.parametrize("feeds", [True, False])
def test_pages_with_roman_numbers(write: Callable[[str], str], *, feeds: bool) -> None:
    """Page numbers may be roman."""
    pages = paged(blocks(), Layout(page=30, foot="@{}@", feeds=feeds))
    numbered = re.sub("@([0-9]+)@", lambda found: write(romans(int(found[1]))), pages)
    assert numbered.count("\nX\n" if write is str.upper else "\nx\n") == 1
    assert bound(numbered).coverage.whole


@pytest.mark.parametrize("feeds", [True, False])
def test_heads_of_left_and_right_pages(*, feeds: bool) -> None:
    """Heads may be of two lines, and be others on left and right pages."""
    pages = paged(blocks(), Layout(page=30, head="@{}@", foot="{}", feeds=feeds))
    heads = ["Expert Panel\nReport", "ASEAN-Japan\nFriendship"]
    assert bound(re.sub("@([0-9]+)@", lambda found: heads[int(found[1]) % 2], pages)).coverage.whole


def test_short_page_has_furniture() -> None:
    """A page that is short does not show what furniture is, but has it."""
    pages = paged(blocks(), Layout(page=30, head="Expert Panel", foot="{}")).split("\n\f")
    last = [*pages[-1].splitlines()[1:-1], "Expert Panel", str(len(pages) + 1)]
    short = [*pages[:-1], "Expert Panel\n" + last[0], "\n".join(last[1:-2]), "\n".join(last[-2:])]
    assert bound("\n\f".join(filter(None, short))).coverage.whole


def test_known_furniture_on_a_broken_line() -> None:
    """The line that is known to be on each page may be broken, and be anywhere."""
    broken = FURNITURE.replace(" ", "\n")
    binding = bound(split(broken, broken, FURNITURE))
    assert unproved(binding) == {}
    assert binding.coverage.whole


def test_page_head_is_no_word_of_a_sentence() -> None:
    """A sentence that lacks its first word is not proved by the head of a page, which has that word."""
    ref = next(ref for ref, text in SENTENCES.items() if text.startswith("ASEAN "))
    text = paged(blocks(), Layout(page=30, width=4_000, head="ASEAN"))
    assert bound(text).coverage.whole
    cut = text.replace(SENTENCES[ref], f"\n\fASEAN\n{SENTENCES[ref].removeprefix('ASEAN ')}")
    binding = bound(cut)
    assert binding[ref].status == "located"
    assert not binding.coverage.whole


def test_footnote_marks_are_left_out() -> None:
    """Digits behind a word do not hide a sentence, and are told as extra."""
    ref = Ref.parse("I.2.7.s3")
    words = SENTENCES[ref].split()
    words[5] += "12"
    words[9] += "13"
    binding = bound(edited({ref: " ".join(words)}))
    assert unproved(binding) == {ref: "repaired"}
    assert extras(binding) == ["12", "13"]
    assert binding[ref].words == SENTENCES[ref]


@pytest.mark.parametrize("mark", ["⁷", " 7", "[7]", "⁽⁷⁾"])
def test_footnote_mark_after_a_number(mark: str) -> None:
    """The mark of a footnote may follow a number, if it cannot be one of its digits."""
    ref = next(ref for ref, text in SENTENCES.items() if " 2013" in text)
    binding = bound(edited({ref: SENTENCES[ref].replace(" 2013", f" 2013{mark}", 1)}))
    assert unproved(binding) == {ref: "repaired"}
    assert [skeleton(text) for text in extras(binding)] == ["7"]


@pytest.mark.parametrize("more", ["7", "12", ".5", ",000"])
def test_longer_number_is_told(more: str) -> None:
    """Digits glued to a number are a change of it: the mark of a footnote cannot be told from them."""
    ref = next(ref for ref, text in SENTENCES.items() if " 2013" in text)
    changed = SENTENCES[ref].replace(" 2013", f" 2013{more}", 1)
    binding = bound(edited({ref: changed}))
    assert unproved(binding) == {ref: "located"}
    assert extras(binding) == []
    assert binding[ref].words == changed


def test_footnote_in_a_sentence_is_left_out() -> None:
    """Whole lines in the middle of a sentence do not hide it, and are told as extra."""
    ref = Ref.parse("I.2.7.s3")
    text = SENTENCES[ref]
    middle = text.index(" ", len(text) // 2)
    note = "7 See what the secretariat wrote elsewhere,\nin a report of its own."
    binding = bound(edited({ref: f"{text[:middle]}\n{note}\n{text[middle:]}"}))
    assert unproved(binding) == {ref: "repaired"}
    assert extras(binding) == [note]
    assert binding[ref].words == text
    assert len(binding[ref].spans) == 2


# Copies that were edited.


@SOME
@given(st.sampled_from(REFS))
def test_appended_word_is_told(ref: Ref) -> None:
    """A word after a sentence leaves it verified, and is told."""
    binding = bound(edited({ref: SENTENCES[ref] + " Allegedly."}))
    assert (unproved(binding), extras(binding)) == ({}, ["Allegedly."])


def test_extra_has_no_markup_around_it() -> None:
    """What was added begins and ends with its own words; signs between them belong to it, those of a list do not."""
    text = SENTENCES[Ref.parse("I.2.7.s3")]
    added = "Allegedly - or so they say."
    binding = bound(TEXT.replace(text, f"{text} * {added}\n-\n***"))
    assert (unproved(binding), extras(binding)) == ({}, [added])


@SOME
@given(st.sampled_from(REFS), st.sampled_from(["added", "dropped", "changed"]), st.data())
def test_edited_sentence_is_told(ref: Ref, edit: str, data: st.DataObject) -> None:
    """A word that is added, dropped or changed in a sentence makes that one located; its words show it."""
    words = SENTENCES[ref].split()
    assume(len(words) > 2)
    at = data.draw(st.integers(1, len(words) - 2))
    put = {"added": [words[at], "not"], "dropped": [], "changed": ["reluctantly"]}[edit]
    words[at : at + 1] = put
    binding = bound(edited({ref: " ".join(words)}))
    assert unproved(binding) == {ref: "located"}
    assert extras(binding) == []
    assert binding[ref].words == " ".join(words)
    report = REPORT.bind_text(edited({ref: " ".join(words)}), index=INDEX)
    assert report.claims[ref].verbatim is None


@SOME
@given(st.sampled_from([node.ref for node in REPORT.find(kind="action")]))
def test_removed_bullet_is_told(ref: Ref) -> None:
    """Only the sentences of a place that is gone are missing."""
    binding = bound(plain(blocks(drop=frozenset({ref}))))
    assert unproved(binding) == dict.fromkeys((claim.ref for claim in REPORT[ref].claims), "missing")  # type: ignore[attr-defined]
    assert extras(binding) == []


@SOME
@given(st.sampled_from([node for node in REPORT.walk() if node.next and not node.children and not node.next.children]))
def test_swapped_places_are_told(node: asean_japan.Node) -> None:
    """Sentences out of order are verified, and told as moved."""
    content = blocks()
    at = next(at for at, block in enumerate(content) if node.claims and node.claims[0].text in block.sentences)
    content[at : at + 2] = content[at : at + 2][::-1]
    binding = bound(plain(content))
    assert unproved(binding) == {}
    assert node.next
    either = [{claim.ref for claim in place.claims} for place in (node, node.next)]
    assert set(binding.moved) in either
    assert binding.coverage.moved == len(binding.moved)
    assert not binding.coverage.whole


@pytest.mark.long
@SOME
@given(st.integers(0, 2**32))
def test_wrong_letters_are_told(seed: int) -> None:
    """With one letter of a hundred wrong, what was left alone is verified, and nearly all of the rest is located."""
    draw = random.Random(seed)  # noqa: S311  # It is not a secret.

    def spoilt(text: str) -> str:
        return "".join(
            draw.choice(string.ascii_lowercase) if character.isalpha() and draw.random() < 0.01 else character
            for character in text
        )

    words = {ref: spoilt(text) for ref, text in SENTENCES.items()}
    binding = bound(plain(blocks(words)))
    same = {ref for ref in REFS if skeleton(words[ref]) == skeleton(SENTENCES[ref])}
    assert {bound_.ref for bound_ in binding.sentences if bound_.proved} == same
    located = [bound_ for bound_ in binding.sentences if bound_.status == "located" and bound_.ref]
    assert len(located) + len(same) >= 0.95 * len(REFS)
    exact = [bound_ for bound_ in located if bound_.ref and bound_.words == words[bound_.ref]]
    assert len(exact) >= 0.85 * len(located)


def test_inserted_sentence_is_told() -> None:
    """A sentence that is not of the report is extra, wherever it is."""
    content = blocks()
    content.insert(40, Block("", "", ("This was never in it. Not a word of it.",)))
    binding = bound(plain(content))
    assert (unproved(binding), extras(binding)) == ({}, ["This was never in it. Not a word of it."])


def test_other_number_is_told() -> None:
    """A number that is not that of its place is extra."""
    binding = bound(TEXT.replace("\n④ ", "\n⑤ ", 1))
    assert (unproved(binding), extras(binding)) == ({}, ["⑤"])


def test_other_heading_is_told() -> None:
    """A heading is not a sentence, but is held against the index, too."""
    heading = REPORT.sections["IV"].heading or ""
    binding = bound(TEXT.replace(heading, heading.replace("above", "below")))
    assert binding["IV"].status == "located"
    assert binding["IV"].words == heading.replace("above", "below")
    assert not binding.coverage.whole
    gone = bound(TEXT.replace(heading, ""))
    assert gone["IV"].status == "missing"
    assert not gone.coverage.whole
    assert bound(TEXT)["IV"].words == heading
    counts = "headings      10 of 11 proved, 1 located, 0 missing, 0 moved"
    assert counts in str(binding).splitlines()


def heading_of(ref: str) -> str:
    """Return the words of a heading."""
    return bound(TEXT)[ref].words or ""


def test_swapped_headings_are_told() -> None:
    """Two headings that were swapped are told, though all words are there."""
    second, third = heading_of("II.2"), heading_of("II.3")
    binding = bound(replaced(TEXT, {f"2. {second}": "@", f"3. {third}": f"2. {second}", "@": f"3. {third}"}))
    assert unproved(binding) == {}
    coverage = binding.coverage
    assert (coverage.headings_proved, coverage.headings_located) == (
        7,
        4,
    )  # Two areas have the headings of two pillars.
    assert not coverage.whole


@pytest.mark.long
def test_swapped_places_with_headings_are_told() -> None:
    """A heading that went with its sentences is moved, and neither missing nor extra."""
    content = blocks()
    starts = [at for at, block in enumerate(content) if block.heading in {heading_of("II.1"), heading_of("II.2")}][:2]
    first, second = starts
    end = next(at for at, block in enumerate(content) if block.heading == heading_of("II.3"))
    binding = bound(plain([*content[:first], *content[second:end], *content[first:second], *content[end:]]))
    assert unproved(binding) == {}
    assert extras(binding) == []
    coverage = binding.coverage
    assert (coverage.headings_proved, coverage.headings_moved) == (11, 1)
    assert coverage.moved
    assert not coverage.whole


def test_moved_heading_is_told() -> None:
    """A heading alone that was moved elsewhere is found there."""
    heading = heading_of("IV")
    binding = bound(TEXT.replace(f"IV. {heading}", "IV.") + f"{heading}\n")
    assert (binding["IV"].status, binding["IV"].start) == ("verified", len(TEXT) - len(heading) - 1)
    assert (binding.coverage.headings_moved, extras(binding)) == (1, [])
    assert not binding.coverage.whole


@pytest.mark.parametrize(("old", "new"), [("50th", "60th"), ("2023", "2024"), ("Expert Panel for", "Panel for")])
def test_other_title_page_is_told(old: str, new: str) -> None:
    """A line of the title page that reads otherwise is told; that one is missing is not, as in many a copy."""
    for at in range(3):
        lines = TEXT.splitlines()
        if old in lines[at]:
            lines[at] = lines[at].replace(old, new)
            binding = bound("\n".join(lines))
            assert [bound_.status for bound_ in binding.parts[:3]].count("located") == 1
            assert binding.coverage.front_located == 1
            assert not binding.coverage.whole


@pytest.mark.parametrize("gone", range(3))
def test_copy_without_a_line_of_the_title_page(gone: int) -> None:
    """The other lines are found where they are, though the title has the words of the issuer."""
    lines = TEXT.splitlines()
    del lines[gone]
    binding = bound("\n".join(lines))
    statuses = [bound_.status for bound_ in binding.parts[:3]]
    assert statuses == ["missing" if at == gone else "verified" for at in range(3)]
    assert extras(binding) == []
    assert binding.coverage.whole


def test_title_page_on_one_line() -> None:
    """Lines of the title page that do not begin a line are found, too."""
    binding = bound(TEXT.replace("\n", " -- ", 2))
    assert [bound_.status for bound_ in binding.parts[:3]] == ["verified"] * 3
    assert binding.coverage.whole


def test_sentence_that_reads_otherwise_throughout() -> None:
    """What is between two neighbors, and as long as what should be there, is located."""
    ref = Ref.parse("I.2.7.s3")
    text = "".join(reversed(SENTENCES[ref]))
    binding = bound(edited({ref: text}))
    assert unproved(binding) == {ref: "located"}


@pytest.mark.parametrize("parts", [0.1, 0.6, 3.0])
def test_sentence_in_place_of_another(parts: float) -> None:
    """What is between two neighbors, but far shorter or longer than what should be there, is not located."""
    ref = Ref.parse("I.2.7.s3")
    backwards = "".join(reversed(SENTENCES[ref]))
    text = (backwards * 3)[: int(parts * len(backwards))].strip()
    binding = bound(edited({ref: text}))
    assert unproved(binding) == {ref: "missing"}
    assert extras(binding) == [text]


def test_moved_and_changed_at_once() -> None:
    """A sentence that reads otherwise is located between neighbors of which one was moved."""
    refs = [Ref.parse(f"I.2.7.s{number}") for number in range(1, 6)]
    first, second, third, fourth, _ = (SENTENCES[ref] for ref in refs)
    changed = " ".join([*third.split()[:4], "not", *third.split()[5:]])
    text = TEXT.replace(f"{first} {second} {third} {fourth}", f"{first} {changed} {fourth} {second}")
    assert text != TEXT
    binding = bound(text)
    assert unproved(binding) == {refs[2]: "located"}
    assert binding.moved in ((refs[1],), (refs[3],))


def test_report_in_another_order_is_refused() -> None:
    """A copy that has every sentence, and hardly any in its place, is not this report."""
    backwards = plain([Block("", "", (text,)) for text in reversed(SENTENCES.values())])
    with pytest.raises(NotThisReportError) as caught:
        REPORT.bind_text(backwards, index=INDEX)
    assert (caught.value.found, caught.value.proved) == (255, 255)
    assert bound(backwards, strict=False).coverage.moved == 254


def test_many_edits_at_once() -> None:
    """Edits that are close together are told apart."""
    refs = [Ref.parse(f"I.2.7.s{number}") for number in (1, 2, 3)]
    changes = {ref: SENTENCES[ref].replace(" the ", " a ", 1) for ref in refs if " the " in SENTENCES[ref]}
    assert len(changes) > 1
    assert unproved(bound(edited(changes))) == dict.fromkeys(changes, "located")


# Other texts.


def test_other_text_is_refused() -> None:
    """A text that is not the report is refused, with the figures."""
    with pytest.raises(NotThisReportError) as caught:
        REPORT.bind_text("Some other text, line by line.\n" * 500, index=INDEX)
    error = caught.value
    assert (error.source, error.found, error.proved, error.sentences) == ("a text", 0, 0, 255)
    assert (error.stopped_at, error.position, error.run) == ("0.p1.s1", 0, 255)
    edition = REPORT.edition
    assert error.expected == f"the text of 2023-02 in 'en' (Provisional Translation), see {edition.source}"
    assert str(error.expected) in str(error)
    assert "strict=False" in str(error)


def test_part_of_the_report_is_refused() -> None:
    """A part of the report is refused, and says where it stopped; when asked, what is there is returned."""
    half = TEXT[: len(TEXT) // 2]
    with pytest.raises(NotThisReportError) as caught:
        REPORT.bind_text(half, index=INDEX)
    error = caught.value
    assert 80 < error.proved <= error.found < 204
    binding = bound(half, strict=False)
    sentences = [sentence for sentence in binding.sentences if sentence.ref]
    first = next(sentence for sentence in sentences if not sentence.proved)
    assert error.stopped_at == str(first.ref)
    assert error.run == 255 - sentences.index(first)
    assert error.position == sentences[sentences.index(first) - 1].end
    assert binding.coverage.verified == error.proved


def test_refusal_tells_the_longest_run() -> None:
    """It is told where a text stopped, not where its first typo is."""
    half = TEXT[: len(TEXT) // 2]
    with pytest.raises(NotThisReportError) as first:
        REPORT.bind_text(half, index=INDEX)
    with pytest.raises(NotThisReportError) as second:
        REPORT.bind_text(half.replace("in 1973", "in 1974", 1), index=INDEX)
    assert (second.value.stopped_at, second.value.run) == (first.value.stopped_at, first.value.run)
    assert second.value.proved == first.value.proved - 1


@pytest.mark.parametrize("strict", ["no", None, 0, 1])
def test_strict_is_yes_or_no(strict: object) -> None:
    """A word that means no must not be taken for yes."""
    with pytest.raises(ArgumentError, match=r"strict is .*, expected True or False"):
        REPORT.bind_text(TEXT, index=INDEX, strict=strict)  # type: ignore[arg-type]  # The point of it.


@SOME
@given(
    st.lists(
        st.sampled_from([*SENTENCES.values(), "12", "④", "\f", "•", "Extra words.", "\x00", "ﬁ", "\ud800"]), max_size=40
    )
)
def test_any_mixture_holds_the_laws(pieces: list[str]) -> None:
    """Whatever a copy is made of, what is found is where it is said to be, and everything else is left over."""
    text = "\n".join([*pieces, "", ""])
    binding = bound(text, strict=False)
    assert binding.coverage.verified >= len({piece for piece in pieces if piece in SENTENCES.values()}) - 1


@SOME
@given(st.text(max_size=200), st.sampled_from(["text", "markdown", "html"]))
def test_any_text_is_bound_or_refused(text: str, written: CopyFormat) -> None:
    """No text makes binding fail in any other way."""
    binding = REPORT.bind_text(f"{text}\n", format=written, strict=False, index=INDEX).binding
    assert binding
    hold_laws(binding)
    with pytest.raises(AseanJapanError):
        REPORT.bind_text(f"{text}\n", format=written, index=INDEX)


def test_many_leftovers_are_merged() -> None:
    """A copy of nothing but leftovers has a bounded number of them."""
    binding = bound("\n".join([TEXT, *(["words", FURNITURE] * 20_000)]))
    assert len(binding.leftovers) == 10_000


def test_many_lines_are_not_furniture() -> None:
    """If there are more lines than a report can have, none is taken for page furniture."""
    binding = bound("\n".join([TEXT, *(["words", FURNITURE] * 30_000)]))
    assert {left.kind for left in binding.leftovers} == {"mark", "extra"}
    assert len(binding.extra) == 1


# The report that is bound.


def test_bound_report_is_another() -> None:
    """It equals what is bound to the same copy, and not the unbound report; its places are its own."""
    first, second = (REPORT.bind_text(TEXT, index=INDEX) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != REPORT
    assert first.unbound is REPORT
    assert REPORT.unbound is REPORT
    assert first["III.2"] == REPORT["III.2"]
    assert first["III.2"] is not REPORT["III.2"]
    assert first["III.2"].parent is first["III"]
    assert first.bind_text(TEXT + "Extra.\n", index=INDEX).unbound is REPORT
    assert first.check() == ()


def test_words_are_never_written() -> None:
    """A bound report is written without its copy."""
    report = REPORT.bind_text(TEXT, index=INDEX)
    assert asean_japan.loads(asean_japan.dumps(report)) == report.unbound


def test_bound_report_is_copied_and_pickled() -> None:
    """A copy is the report itself, and a pickle carries the reader's copy with it."""
    report = REPORT.bind_text(TEXT, index=INDEX)
    assert copy.copy(report) is copy.deepcopy(report) is report
    again = pickle.loads(pickle.dumps(report))  # noqa: S301  # Our own bytes.
    assert isinstance(again, Report)
    assert again == report
    assert again.unbound is REPORT
    assert again.claims["I.2.7.s3"].verbatim == SENTENCES[Ref.parse("I.2.7.s3")]
    claim = pickle.loads(pickle.dumps(report.claims["I.2.7.s3"]))  # noqa: S301  # Our own bytes.
    assert claim.verbatim == SENTENCES[claim.ref]
    assert copy.deepcopy(report.binding) == report.binding


def test_bound_report_shows_what_it_is() -> None:
    """The repr names the copy and says how much of it is proved."""
    report = REPORT.bind_text(TEXT, index=INDEX)
    assert repr(report) == "<asean_japan.load() with <Binding to 'a text': 255 of 255 sentences proved>>"
    assert str(report.binding).splitlines()[:2] == [
        f"a text (text, {len(TEXT)} characters)",
        "verified     255 of 255 sentences",
    ]
    by_hand = Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values()))
    assert repr(by_hand.bind_text(TEXT, index=INDEX)).startswith("<Report with <Binding")


@pytest.mark.parametrize("name", ["a" * 1000, "\U000e0001" * 100, "a\nb"])
def test_values_are_shown_in_one_line(name: str) -> None:
    """However much a copy has, each value about it has a repr of one line and at most 200 characters."""
    file = io.StringIO(f"{TEXT}Words.\n" * 2)
    file.name = name  # As an open file has one.
    binding = REPORT.bind(file, index=INDEX).binding
    assert binding
    values = [binding, binding.copy, binding.coverage, *binding.parts, *binding.leftovers, INDEX, *INDEX.parts]
    for value in [*values, *(part.fingerprint for part in INDEX.parts)]:
        assert len(repr(value)) <= 200
        assert repr(value).isprintable()


def test_binding_returns_parts_by_address() -> None:
    """A sentence and a heading are found at their addresses; anything else is an error."""
    binding = bound(TEXT)
    assert binding["I.2.7.s3"].ref == Ref.parse("I.2.7.s3")
    assert binding[Ref.parse("III.2")].kind == "heading"
    with pytest.raises(RefNotFoundError) as caught:
        binding["I.2.7"]
    assert "I.2.7.s3" in caught.value.available
    with pytest.raises(RefSyntaxError):
        binding["no address"]
    assert binding.verbatim(Ref.parse("I.2.7")) is None
    assert "I.2.7.s3" in binding
    assert [key in binding for key in ("I.2.7", "no address", 7)] == [False] * 3


def test_index_has_to_be_that_of_the_report() -> None:
    """Another report needs another index."""
    other = SourceIndex(parts=INDEX.parts[:-1])
    with pytest.raises(ArgumentError, match="index is"):
        REPORT.bind_text(TEXT, index=other)


def test_words_without_letters_have_no_fingerprint() -> None:
    """A digest of nothing would prove anything."""
    with pytest.raises(ArgumentError, match="a letter or a digit"):
        fingerprint("?!")


def test_share_of_nothing() -> None:
    """A report without sentences has a share of 0."""
    assert Coverage(**{field.name: 0 for field in attrs.fields(Coverage)}).share == 0


# Against a copy of the report.


def test_source_is_proved(source_text: str) -> None:
    """Every sentence and heading is verified, and what is left over are marks, markup and one line of furniture."""
    report = asean_japan.load().bind_text(source_text)
    assert report.binding
    assert all(part.status == "verified" for part in report.binding.parts)
    assert report.binding.coverage.whole
    left = {
        kind: [left for left in report.binding.leftovers if left.kind == kind]
        for kind in ("mark", "furniture", "markup")
    }
    assert sum(map(len, left.values())) == len(report.binding.leftovers)
    labels = [label for part in load_index().parts for label in part.labels]
    assert [mark.text.replace("-", "•") for mark in left["mark"]] == labels
    assert [line.text for line in left["furniture"]] == [FURNITURE]
    assert set("".join(piece.text for piece in left["markup"])) <= set("#*-\n ")


@pytest.mark.parametrize(
    "write",
    [
        partial(paged, layout=Layout(width=60, breaking="gained", page=30, head="Panel {}", foot="{}")),
        partial(paged, layout=Layout(breaking="lost", page=40, head=FURNITURE, labels=False)),
        page_of_html,
        markdown,
        docx_file,
        pdf_by_fpdf,
        pdf_by_reportlab,
    ],
)
def test_source_is_proved_in_other_forms(source_text: str, write: Callable[[list[Block]], str | bytes]) -> None:
    """So it is when its words are laid out in another way, or in another format."""
    words = {ref: claim.verbatim or "" for ref, claim in asean_japan.load().bind_text(source_text).claims.items()}
    report, copy = asean_japan.load(), write(blocks(words))
    binding = (report.bind_text(copy) if isinstance(copy, str) else report.bind(copy)).binding
    assert binding
    assert binding.coverage.whole
    assert binding.coverage.verified == len(words)


def test_index_knows_what_the_report_states() -> None:
    """Headings and the title page of the bundled index have the digests of what is printed."""
    for part in load_index().parts:
        if part.stated is not None:
            assert part.fingerprint == fingerprint(part.stated)
    assert load_index() is load_index()
    headings = {part.ref: part.stated for part in load_index().parts if part.kind == "heading"}
    assert headings == {node.ref: node.heading for node in REPORT.walk() if node.heading}


def test_index_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that waits while another one reads the index gets that one's."""
    first = load_index()
    loaded: list[SourceIndex] = []

    @contextlib.contextmanager
    def waiting() -> Generator[None, None, None]:
        loaded.append(first)
        yield

    monkeypatch.setattr(fingerprints, "_loaded", loaded)
    monkeypatch.setattr(fingerprints, "_lock", waiting())
    assert load_index() is first
    assert loaded == [first]


def test_index_has_no_digest_of_a_word() -> None:
    """No sentence is so short that its digest could be guessed."""
    assert min(part.fingerprint.length for part in load_index().parts if part.stated is None) >= 35


def listed(text: str, pairs: dict[str, str]) -> Coverage:
    """Bind a copy of which some marks are written otherwise."""
    binding = REPORT.bind_text(replaced(text, pairs), index=INDEX, format="markdown").binding
    assert binding
    return binding.coverage


LETTERS = {f"\n({letter}) ": f"\n{number}. " for number, letter in enumerate("abcdefgh", 1)}
CIRCLED = {f"\n{chr(0x245F + number)} ": f"\n{number}) " for number in range(1, 10)}


@pytest.mark.parametrize(
    "pairs",
    [
        LETTERS,
        CIRCLED,
        {**LETTERS, **CIRCLED},
        dict.fromkeys(LETTERS, "\n1. "),
        {old: new.replace("\n", "\n   ") for old, new in LETTERS.items()},
        {"\n(a) ": "\n- 1. "},
        {"\ni. ": "\n1. ", "\nii. ": "\n2. "},
    ],
)
def test_numbers_of_lists_are_marks_in_markdown(pairs: dict[str, str]) -> None:
    """Programs write the letters of a list as numbers, since Markdown has no others."""
    assert listed(TEXT, pairs).whole
    assert not bound(replaced(TEXT, LETTERS)).coverage.whole


@pytest.mark.parametrize("pairs", [{"\n(b) ": "\n7. "}, {"\n(a) ": "\na 1. "}, {"\n④ ": "\n5. "}, {"\n• ": "\n6. "}])
def test_wrong_numbers_of_lists_are_extra(pairs: dict[str, str]) -> None:
    """A number that is not that of the place is not a mark."""
    assert listed(TEXT, pairs).extra


@pytest.mark.parametrize(
    ("mark", "extra"),
    [
        ("&#73;&#73;.", 0),
        ("<b>I</b><i>I.</i>", 0),
        ("<b>II</b>.", 0),
        ("I&#x49;&period;", 0),
        ("&#73;&#86;.", 1),
        ("I<br>I.", 1),
        (f"I<b title='{'a' * 300}'>I</b>.", 1),
    ],
)
def test_mark_is_known_through_markup(mark: str, extra: int) -> None:
    """References and tags within the number of a place are left out."""
    page = page_of_html(blocks()).replace("<h2><b>Three pillars", f"<h2>{mark} <b>Three pillars")
    binding = bound(page)
    assert page.count(mark) == 1
    assert bool(binding.coverage.extra) == bool(extra)


def test_leftover_has_its_text() -> None:
    """A leftover is a piece of the reader's own string."""
    binding = bound(replaced(TEXT, {"④": "④ *"}))
    assert {left.text for left in binding.leftovers if left.kind == "markup"} == {"*"}
    assert all(isinstance(left, Leftover) for left in binding.leftovers)


def test_what_is_much_too_short_is_not_taken_for_a_sentence() -> None:
    """What is between two sentences that are there is not always what should be there."""
    words = dict(SENTENCES)
    ref = max(words, key=lambda each: len(words[each]))
    words[ref] = "Something else."
    bound = REPORT.bind_text(plain(blocks(words)), index=INDEX)
    assert bound.binding
    assert bound.binding[ref].status == "missing"
