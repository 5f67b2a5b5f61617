"""Tests of binding: what copies in many layouts prove, and that edited copies are told."""

from __future__ import annotations

import copy
import pickle
import random
import string
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from shapes import (
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
    Binding,
    Claim,
    Coverage,
    Leftover,
    NotThisReportError,
    Ref,
    RefNotFoundError,
    RefSyntaxError,
    Report,
    SourceIndex,
)
from asean_japan.copies import Format
from asean_japan.fingerprints import digest, fingerprint
from asean_japan.loading import load_index
from asean_japan.skeletons import skeleton

REFS = list(SENTENCES)
SOME = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
TEXT = plain(blocks())
TRACES = {passage.ref: passage.trace for passage in INDEX.passages if passage.part == "sentence"}


def bound(source: str | bytes, *, strict: bool = True) -> Binding:
    """Bind a copy as if our claims were the report's words."""
    binding = REPORT.bind(source, index=INDEX, strict=strict).binding
    assert binding
    hold_laws(binding)
    return binding


def hold_laws(binding: Binding) -> None:
    """Check laws 6 and 7: what is verified has its digest, and spans and leftovers are all of the reader's string."""
    seen: list[tuple[int, int]] = []
    for bound_ in binding.passages:
        assert (bound_.status == "missing") == (bound_.spans == ())
        assert (bound_.start, bound_.end) == (
            (bound_.spans[0][0], bound_.spans[-1][1]) if bound_.spans else (None, None)
        )
        seen += bound_.spans
        if bound_.part == "sentence" and bound_.proved:
            words = "".join(binding.copy.plain[start:end] for start, end in bound_.spans)
            assert digest(skeleton(words)) == TRACES[bound_.ref].sha256
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
def test_every_layout_is_proved(layout: Layout) -> None:
    """However a copy is laid out, every sentence is verified, and nothing is left over that has no explanation."""
    binding = bound(paged(blocks(), layout))
    assert unproved(binding) == {}
    assert extras(binding) == []
    assert [passage.part for passage in binding.passages if not passage.proved] == []
    assert binding.coverage.whole
    assert binding.coverage.share == 1
    marks = [left.text for left in binding.leftovers if left.kind == "mark"]
    expected = [label for passage in INDEX.passages for label in passage.labels]
    assert [skeleton(mark) for mark in marks] == [skeleton(label) for label in expected if layout.labels]


@pytest.mark.parametrize("write", [plain, page_of_html, markdown])
def test_every_markup_is_proved(write: Callable[[list[Block]], str]) -> None:
    """What markup a copy has makes no difference."""
    binding = bound(write(blocks()))
    assert (unproved(binding), extras(binding)) == ({}, [])


def test_words_are_those_of_the_copy() -> None:
    """A bound claim has its sentence as the copy has it."""
    report = REPORT.bind(TEXT, index=INDEX)
    for claim in report.claims.values():
        assert isinstance(claim, Claim)
        assert claim.verbatim == claim.text
    assert REPORT["I.2.7.s3"].verbatim is None  # type: ignore[attr-defined]  # It is a claim.
    assert Claim(Ref.parse("I.2.7.s3"), "Words.").verbatim is None


def test_words_are_joined_from_lines_and_pages() -> None:
    """Furniture, line ends and hyphens at line ends are no part of the words."""
    layout = Layout(width=44, breaking="gained", page=20, head="Expert Panel {}", foot="{}")
    report = REPORT.bind(paged(blocks(), layout), index=INDEX)
    odd = [claim.ref for claim in report.claims.values() if claim.verbatim != claim.text]
    assert odd == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("a rules-\nbased order, rules-based", "a rules-based order, rules-based"),
        ("a rules-\nbased order, rulesbased", "a rulesbased order, rulesbased"),
        ("a coope-\nration", "a cooperation"),
        ("ASEAN-\nJapan and COVID-\n19", "ASEAN-Japan and COVID-19"),
        ("co\xadoperate", "cooperate"),
        ("\ta \r\n\r\n  b\f c", "a b c"),
    ],
)
def test_hyphens_at_line_ends(lines: str, words: str) -> None:
    """Whether a hyphen stays, the rest of the copy decides, or what follows it."""
    copy_ = asean_japan.Copy(lines, "text", "a text", lines)
    assert copy_.words(((0, lines.index(",") if "," in lines else len(lines)),)) == words.partition(",")[0]


def test_pages_are_counted() -> None:
    """A form feed ends a page."""
    binding = bound(paged(blocks(), Layout(page=30, foot="{}")))
    pages = [passage.page or 0 for passage in binding.passages]
    assert pages == sorted(pages)
    assert (pages[0], pages[-1]) == (1, binding.text.count("\f") + 1)
    assert {int(left.text): left.page for left in binding.leftovers if left.kind == "furniture"} == {
        page: page for page in range(1, pages[-1] + 1)
    }
    assert bound(TEXT).passages[0].page is None


def test_table_of_contents_is_extra() -> None:
    """Headings that stand in a table of contents, too, are found where their places begin."""
    contents = [f"{block.label} {block.heading}" for block in blocks() if block.heading and block.label]
    lines = TEXT.splitlines()
    binding = bound("\n".join([*lines[:3], *contents, *lines[3:]]))
    assert unproved(binding) == {}
    told = [left.text for left in binding.leftovers if left.kind in {"extra", "furniture"}]
    assert "\n".join(told) == "\n".join(contents)
    starts = [passage.start for passage in binding.passages]
    assert starts == sorted(start for start in starts if start is not None)


def test_copy_without_title_page() -> None:
    """The title page is no sentence of the report."""
    binding = bound("\n".join(TEXT.splitlines()[3:]))
    assert binding.coverage.whole
    assert [passage.part for passage in binding.passages if passage.status == "missing"] == list(FRONT)


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


def test_footnote_mark_behind_a_number() -> None:
    """The mark of a footnote may stand behind a number."""
    ref = next(ref for ref, text in SENTENCES.items() if " 2013" in text)
    binding = bound(edited({ref: SENTENCES[ref].replace(" 2013", " 20137", 1)}))
    assert unproved(binding) == {ref: "repaired"}
    assert extras(binding) == ["7"]


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
    """A word behind a sentence leaves it verified, and is told."""
    binding = bound(edited({ref: SENTENCES[ref] + " Allegedly."}))
    assert (unproved(binding), extras(binding)) == ({}, ["Allegedly."])


@SOME
@given(st.sampled_from(REFS), st.sampled_from(["added", "dropped", "changed"]), st.data())
def test_edited_sentence_is_told(ref: Ref, edit: str, data: st.DataObject) -> None:
    """A word that is added, dropped or changed within a sentence makes it located, and no other; its words show it."""
    words = SENTENCES[ref].split()
    assume(len(words) > 2)
    at = data.draw(st.integers(1, len(words) - 2))
    put = {"added": [words[at], "not"], "dropped": [], "changed": ["reluctantly"]}[edit]
    words[at : at + 1] = put
    binding = bound(edited({ref: " ".join(words)}))
    assert unproved(binding) == {ref: "located"}
    assert extras(binding) == []
    assert binding[ref].words == " ".join(words)
    report = REPORT.bind(edited({ref: " ".join(words)}), index=INDEX)
    assert report.claims[ref].verbatim is None


@SOME
@given(st.sampled_from([node.ref for node in REPORT.find(kind="action")]))
def test_removed_bullet_is_told(ref: Ref) -> None:
    """The sentences of a place that is gone are missing, and no others."""
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


@SOME
@given(st.integers(0, 2**32))
def test_wrong_letters_are_told(seed: int) -> None:
    """With one letter of a hundred wrong, what was left alone is verified, and nearly all of the rest is located."""
    draw = random.Random(seed)  # noqa: S311 - no secret.

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
    """A sentence that is not of the report is extra, wherever it stands."""
    content = blocks()
    content.insert(40, Block("", "", ("This was never in it. Not a word of it.",)))
    binding = bound(plain(content))
    assert (unproved(binding), extras(binding)) == ({}, ["This was never in it. Not a word of it."])


def test_other_number_is_told() -> None:
    """A number that is not that of its place is extra."""
    binding = bound(TEXT.replace("\n④ ", "\n⑤ ", 1))
    assert (unproved(binding), extras(binding)) == ({}, ["⑤"])


def test_other_heading_is_told() -> None:
    """A heading is no sentence, but is held against the index, too."""
    heading = REPORT.sections["IV"].heading or ""
    binding = bound(TEXT.replace(heading, heading.replace("above", "below")))
    assert binding["IV"].status == "located"
    assert binding["IV"].words == heading.replace("above", "below")
    gone = bound(TEXT.replace(heading, ""))
    assert gone["IV"].status == "missing"
    assert bound(TEXT)["IV"].words == heading


def test_sentence_that_reads_otherwise_throughout() -> None:
    """What stands between two neighbours and is as long as what should is located."""
    ref = Ref.parse("I.2.7.s3")
    text = "".join(reversed(SENTENCES[ref]))
    binding = bound(edited({ref: text}))
    assert unproved(binding) == {ref: "located"}


@pytest.mark.parametrize("parts", [0.1, 0.6, 3.0])
def test_sentence_in_place_of_another(parts: float) -> None:
    """What stands between two neighbours, but is far shorter or longer than what should, is no reading of it."""
    ref = Ref.parse("I.2.7.s3")
    backwards = "".join(reversed(SENTENCES[ref]))
    text = (backwards * 3)[: int(parts * len(backwards))].strip()
    binding = bound(edited({ref: text}))
    assert unproved(binding) == {ref: "missing"}
    assert extras(binding) == [text]


def test_moved_and_changed_at_once() -> None:
    """A sentence that reads otherwise is located between neighbours of which one was moved."""
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
        REPORT.bind(backwards, index=INDEX)
    assert (caught.value.found, caught.value.proved) == (255, 255)
    assert bound(backwards, strict=False).coverage.moved == 254


def test_many_edits_at_once() -> None:
    """Edits that stand close together are told apart."""
    refs = [Ref.parse(f"I.2.7.s{number}") for number in (1, 2, 3)]
    changes = {ref: SENTENCES[ref].replace(" the ", " a ", 1) for ref in refs if " the " in SENTENCES[ref]}
    assert len(changes) > 1
    assert unproved(bound(edited(changes))) == dict.fromkeys(changes, "located")


# Other texts.


def test_other_text_is_refused() -> None:
    """A text that is not the report is refused, with the figures."""
    with pytest.raises(NotThisReportError) as caught:
        REPORT.bind("Some other text, line by line.\n" * 500, index=INDEX)
    error = caught.value
    assert (error.source, error.found, error.proved, error.sentences) == ("a text", 0, 0, 255)
    assert (error.stopped_at, error.position) == ("0.p1.s1", 0)


def test_part_of_the_report_is_refused() -> None:
    """A part of the report is refused, and says where it stopped; when asked, what there is is given."""
    half = TEXT[: len(TEXT) // 2]
    with pytest.raises(NotThisReportError) as caught:
        REPORT.bind(half, index=INDEX)
    error = caught.value
    assert 80 < error.proved <= error.found < 204
    binding = bound(half, strict=False)
    sentences = [sentence for sentence in binding.sentences if sentence.ref]
    first = next(sentence for sentence in sentences if not sentence.proved)
    assert error.stopped_at == str(first.ref)
    assert error.position == sentences[sentences.index(first) - 1].end
    assert binding.coverage.verified == error.proved


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
def test_any_text_is_bound_or_refused(text: str, written: Format) -> None:
    """No text makes binding fail in any other way."""
    binding = REPORT.bind(f"{text}\n", format=written, strict=False, index=INDEX).binding
    assert binding
    hold_laws(binding)
    with pytest.raises(AseanJapanError):
        REPORT.bind(f"{text}\n", format=written, index=INDEX)


def test_many_leftovers_are_given_in_one_piece() -> None:
    """Whoever makes a copy of nothing but leftovers gets a bounded number of them."""
    binding = bound("\n".join([TEXT, *(f"words\n{number % 100}" for number in range(60_000))]), strict=False)
    assert len(binding.leftovers) == 10_000


# The report that is bound.


def test_bound_report_is_another() -> None:
    """It is equal to what is bound to the same copy, and not to the plain one; its places are its own."""
    first, second = (REPORT.bind(TEXT, index=INDEX) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != REPORT
    assert first.unbound is REPORT
    assert REPORT.unbound is REPORT
    assert first["III.2"] == REPORT["III.2"]
    assert first["III.2"] is not REPORT["III.2"]
    assert first["III.2"].parent is first["III"]
    assert first.bind(TEXT + "Extra.\n", index=INDEX).unbound is REPORT
    assert first.check() == ()


def test_words_are_never_written() -> None:
    """What is written of a bound report is the plain one."""
    report = REPORT.bind(TEXT, index=INDEX)
    assert asean_japan.loads(asean_japan.dumps(report)) == report.unbound


def test_bound_report_is_copied_and_pickled() -> None:
    """A copy is the report itself, and a pickle carries the reader's copy with it."""
    report = REPORT.bind(TEXT, index=INDEX)
    assert copy.copy(report) is copy.deepcopy(report) is report
    again = pickle.loads(pickle.dumps(report))  # noqa: S301 - our own bytes.
    assert isinstance(again, Report)
    assert again == report
    assert again.unbound is REPORT
    assert again.claims["I.2.7.s3"].verbatim == SENTENCES[Ref.parse("I.2.7.s3")]
    claim = pickle.loads(pickle.dumps(report.claims["I.2.7.s3"]))  # noqa: S301 - our own bytes.
    assert claim.verbatim == SENTENCES[claim.ref]
    assert copy.deepcopy(report.binding) == report.binding


def test_bound_report_shows_what_it_is() -> None:
    """The display names the copy and says how much of it is proved."""
    report = REPORT.bind(TEXT, index=INDEX)
    assert repr(report) == "<asean_japan.load() with <Binding to 'a text': 255 of 255 sentences proved>>"
    assert str(report.binding).splitlines()[:2] == [
        f"a text (text, {len(TEXT)} characters)",
        "verified     255 of 255 sentences",
    ]
    by_hand = Report(REPORT.edition, tuple(REPORT.sections.values()))
    assert repr(by_hand.bind(TEXT, index=INDEX)).startswith("<Report with <Binding")


def test_binding_gives_passages_by_address() -> None:
    """A sentence and a heading are found at their addresses; anything else is an error."""
    binding = bound(TEXT)
    assert binding["I.2.7.s3"].ref == Ref.parse("I.2.7.s3")
    assert binding[Ref.parse("III.2")].part == "heading"
    with pytest.raises(RefNotFoundError) as caught:
        binding["I.2.7"]
    assert "I.2.7.s3" in caught.value.available
    with pytest.raises(RefSyntaxError):
        binding["no address"]
    assert binding.verbatim(Ref.parse("I.2.7")) is None


def test_index_has_to_be_that_of_the_report() -> None:
    """Another report needs another index."""
    other = SourceIndex(INDEX.passages[:-1])
    with pytest.raises(ArgumentError, match="index is"):
        REPORT.bind(TEXT, index=other)


def test_words_without_letters_have_no_fingerprint() -> None:
    """A digest of nothing would prove anything."""
    with pytest.raises(ArgumentError, match="a letter or a digit"):
        fingerprint("?!")


def test_share_of_nothing() -> None:
    """A report without sentences has none proved."""
    assert Coverage(*[0] * 12).share == 0


# Against a copy of the report.


def test_source_is_proved(source_text: str) -> None:
    """Every sentence and heading is verified, and what is left over are marks, markup and one line of furniture."""
    report = asean_japan.load().bind(source_text)
    assert report.binding
    assert all(passage.status == "verified" for passage in report.binding.passages)
    assert report.binding.coverage.whole
    left = {
        kind: [left for left in report.binding.leftovers if left.kind == kind]
        for kind in ("mark", "furniture", "markup")
    }
    assert sum(map(len, left.values())) == len(report.binding.leftovers)
    labels = [label for passage in load_index().passages for label in passage.labels]
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
    words = {ref: claim.verbatim or "" for ref, claim in asean_japan.load().bind(source_text).claims.items()}
    binding = asean_japan.load().bind(write(blocks(words))).binding
    assert binding
    assert binding.coverage.whole
    assert binding.coverage.verified == len(words)


def test_index_knows_what_the_report_states() -> None:
    """Headings and the title page of the bundled index have the digests of what is printed."""
    for passage in load_index().passages:
        if passage.stated is not None:
            assert passage.trace == fingerprint(passage.stated)
    assert load_index() is load_index()
    headings = {passage.ref: passage.stated for passage in load_index().passages if passage.part == "heading"}
    assert headings == {node.ref: node.heading for node in REPORT.walk() if node.heading}


def test_index_has_no_digest_of_a_word() -> None:
    """No sentence is so short that its digest could be guessed."""
    assert min(passage.trace.length for passage in load_index().passages if passage.stated is None) >= 35


def test_leftover_has_its_text() -> None:
    """A leftover is a piece of the reader's own string."""
    binding = bound(replaced(TEXT, {"④": "④ *"}))
    assert {left.text for left in binding.leftovers if left.kind == "markup"} == {"*"}
    assert all(isinstance(left, Leftover) for left in binding.leftovers)


def test_what_is_much_too_short_is_not_taken_for_a_sentence() -> None:
    """Between two sentences that are there stands something, and it is not what should stand there."""
    words = dict(SENTENCES)
    ref = max(words, key=lambda each: len(words[each]))
    words[ref] = "Something else."
    bound = REPORT.bind(plain(blocks(words)), index=INDEX)
    assert bound.binding
    assert bound.binding[ref].status == "missing"
