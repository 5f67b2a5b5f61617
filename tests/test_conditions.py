"""Tests of conditions that a quotation stops short of, and of where they begin in the report's sentences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import attrs
import harness
import pytest
from reader_copies import FRONT, FURNITURE, REPORT, SENTENCES, blocks, plain

import asean_japan as aj
from asean_japan import Claim, Ref, Report
from asean_japan.commands.main import main
from asean_japan.copies import Condition, ConditionKind, SourceIndex
from asean_japan.copies.fingerprints import load_index
from asean_japan.copies.skeletons import Skeleton, skeleton

if TYPE_CHECKING:
    from asean_japan.copies import Quote

CUE = re.compile(r"\b(?:such as|while|except|by|as)\b")


def conditions(claim: Claim) -> list[Condition]:
    """Take some words of our claims for conditions."""
    return [
        Condition(start=len(skeleton(claim.text[: found.start()])), kind="limit") for found in CUE.finditer(claim.text)
    ]


INDEX = SourceIndex.of(
    REPORT.walk(), lambda claim: claim.text, front=FRONT, furniture=[FURNITURE], conditions=conditions
)
BOUND = REPORT.bind_text(plain(blocks()), index=INDEX)
LIMITED = [ref for ref, text in SENTENCES.items() if [found.start() > 30 for found in CUE.finditer(text)][:1] == [True]]
FREE = [ref for ref, text in SENTENCES.items() if not CUE.search(text) and len(text) > 60]


def starts(ref: Ref) -> list[int]:
    """Return where conditions begin in a claim, in characters."""
    return [found.start() for found in CUE.finditer(SENTENCES[ref])]


def told(quote: Quote) -> list[tuple[str, int]]:
    """Return where the conditions are that a quotation stops short of, and how far on."""
    assert quote.cut_condition is not None
    return [(str(cut.ref), cut.letters) for cut in quote.cut_condition]


def further(ref: Ref, end: int) -> list[tuple[str, int]]:
    """Return what should be told of the beginning of a claim."""
    text = SENTENCES[ref]
    return [(str(ref), len(skeleton(text[end:at]))) for at in starts(ref) if at >= end]


# What is told.


@pytest.mark.parametrize("ref", LIMITED, ids=str)
def test_condition_behind_a_passage_is_told(ref: Ref) -> None:
    """Each of them, with its sentence and how many letters are between; the answer stays."""
    text, first = SENTENCES[ref], starts(ref)[0]
    for end in (first, text.rindex(" ", 0, first)):
        quote = BOUND.find_quote(text[:end], index=INDEX)
        assert quote.genuine
        assert told(quote) == further(ref, end)


@pytest.mark.parametrize("ref", LIMITED, ids=str)
def test_condition_that_is_quoted_is_not_told(ref: Ref) -> None:
    """Nothing is cut of a whole sentence, of its end, or where the last condition begins in the passage."""
    text, last = SENTENCES[ref], starts(ref)[-1]
    assert told(BOUND.find_quote(text, index=INDEX)) == []
    assert told(REPORT.find_quote(text, index=INDEX)) == []
    assert told(BOUND.find_quote(text[15:], index=INDEX)) == []
    behind = CUE.match(text, last)
    assert behind
    assert told(BOUND.find_quote(text[: behind.end()], index=INDEX)) == []


@pytest.mark.parametrize("ref", FREE[::4], ids=str)
def test_other_sentences_have_nothing_to_tell(ref: Ref) -> None:
    """A passage of a sentence without conditions may end where it likes."""
    assert told(BOUND.find_quote(SENTENCES[ref][:50], index=INDEX)) == []


def test_only_the_sentence_in_which_it_ends_counts() -> None:
    """A passage over two sentences has all of the first one."""
    refs = list(SENTENCES)
    first = next(ref for ref in LIMITED if refs[refs.index(ref) - 1].parent == ref.parent and starts(ref)[0] > 30)
    before = refs[refs.index(first) - 1]
    quote = BOUND.find_quote(f"{SENTENCES[before][-30:]} {SENTENCES[first][:25]}", index=INDEX)
    assert quote.genuine
    assert told(quote) == further(first, 25)


def test_condition_between_the_parts_of_an_elided_quotation_is_told() -> None:
    """In one sentence, and at the end and the beginning of two."""
    ref = next(ref for ref in LIMITED if len(SENTENCES[ref]) - starts(ref)[-1] > 60 and len(starts(ref)) == 1)
    text, (at,) = SENTENCES[ref], starts(ref)
    quote = BOUND.find_quote(
        f"{text[: text.rindex(' ', 0, at - 1)]} ... {text[text.index(' ', at + 20) :]}", index=INDEX
    )
    assert quote.cut_condition
    (cut,) = quote.cut_condition
    assert (cut.ref, cut.kind) == (ref, "limit")
    assert text[at : at + 20].startswith(cut.words[:20])
    assert not text.endswith(cut.words)
    assert told(BOUND.find_quote(f"{text[: at + 12]} ... {text[-30:]}", index=INDEX)) == []

    refs = list(SENTENCES)
    ends = [ref for ref in LIMITED[:-1] if refs[refs.index(ref) + 1].parent == ref.parent]
    first = ends[0]
    second = refs[refs.index(first) + 1]
    start, tail = SENTENCES[first][: starts(first)[0]], " ".join(SENTENCES[second].split()[-4:])
    quote = BOUND.find_quote(f"{start} [...] {tail}", index=INDEX)
    expected = [str(first)] * len(starts(first))
    expected += [str(second)] * sum(at < len(SENTENCES[second]) - len(tail) for at in starts(second))
    assert [ref for ref, _ in told(quote)] == expected
    quote = BOUND.find_quote(f"{start} [...] {SENTENCES[second]}", index=INDEX)
    assert [ref for ref, _ in told(quote)] == [str(first)] * len(starts(first))


def test_condition_behind_a_final_ellipsis_is_told() -> None:
    """An ellipsis at the end says that something is left out, and not what."""
    ref = LIMITED[0]
    end = starts(ref)[0]
    for text in (f"{SENTENCES[ref][:end]} ...", f"“{SENTENCES[ref][:end]} […]” (p. 4)"):
        assert told(BOUND.find_quote(text, index=INDEX)) == further(ref, end)


# What cannot be told.


def test_unproved_words_cannot_be_told() -> None:
    """Where the copy reads otherwise, nobody knows where a condition begins in it."""
    ref = LIMITED[0]
    text = plain(blocks({**SENTENCES, ref: SENTENCES[ref].replace(" ", " altered ", 1)}))
    bound = REPORT.bind_text(text, index=INDEX)
    quote = bound.find_quote(SENTENCES[ref][20:50], index=INDEX)
    assert [match.proved for match in quote.matches] == [False]
    assert quote.cut_condition is None


def test_index_without_conditions_cannot_tell() -> None:
    """But of a whole sentence it can."""
    index = SourceIndex.of(REPORT.walk(), lambda claim: claim.text)
    bound = REPORT.bind_text(plain(blocks()), index=index)
    ref = LIMITED[0]
    assert bound.find_quote(SENTENCES[ref][:30], index=index).cut_condition is None
    assert bound.find_quote(SENTENCES[ref], index=index).cut_condition == ()
    assert bound.find_quote(FRONT["title"][:30], index=index).cut_condition == ()


def test_without_a_match_there_is_nothing_to_tell() -> None:
    """Nor for whole sentences without a copy."""
    assert REPORT.find_quote("Not a word of the report.").cut_condition == ()


def test_near_passage_is_told_too() -> None:
    """It is shown, and ends before a condition."""
    pytest.importorskip("rapidfuzz")
    ref = max(LIMITED, key=lambda ref: starts(ref)[0])
    end = SENTENCES[ref].rindex(",", 0, starts(ref)[0])
    words = SENTENCES[ref][:end].split()
    quote = BOUND.find_quote(" ".join([*words[:3], "altered", *words[4:]]), near=60, index=INDEX)
    assert quote.matches[0].level == "near"
    assert [each for each, _ in told(quote)] == [each for each, _ in further(ref, end)] != []


# How it is shown.


def test_display_names_the_condition() -> None:
    """The place, and what begins behind the passage."""
    ref = LIMITED[0]
    quote = BOUND.find_quote(SENTENCES[ref][: starts(ref)[0]], index=INDEX)
    assert f", stops short of {SENTENCES[ref][starts(ref)[0] :][:12]!r}"[:25] in str(quote)
    assert quote.cut_condition
    cut = attrs.evolve(quote.cut_condition[0], letters=1)
    assert str(cut).startswith("limit, 1 letter further: ")
    assert "stops short" not in str(BOUND.find_quote(SENTENCES[ref], index=INDEX))


def test_command_shows_conditions_of_any_copy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line for each, below the words and what is left out."""

    def report_with(_: str) -> Report:
        return BOUND

    monkeypatch.setattr("asean_japan.commands.find_quote.report_with", report_with)
    ref = next(ref for ref in LIMITED if len(starts(ref)) == 1)
    words = SENTENCES[ref][: starts(ref)[0]].split()
    assert main(["find-quote", "--copy", "copy", " ".join(words)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == f"  {' '.join(words).rstrip(',')}"
    assert [line.partition(":")[0] for line in lines[3:]] == ["  stops short of limit, 0 letters further"]
    assert main(["find-quote", "--copy", "copy", *words[:3], "...", *words[4:]]) == 0
    shown = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()[3:]]
    assert shown == ["  left out", "  stops short of limit, 0 letters further"]


def test_command_shows_conditions(capsys: pytest.CaptureFixture[str], source_text: str, tmp_path: Path) -> None:
    """A line for each; the exit status is that of a genuine quotation."""
    path = tmp_path / "copy.md"
    path.write_text(source_text, encoding="utf-8")
    words = aj.load().bind_text(source_text).claims["I.2.8.s3"].verbatim or ""
    at = Skeleton(words, [(0, len(words))]).origin(48)
    assert main(["find-quote", "--copy", str(path), words[:at]]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "proved, I-2-⑧, sentence 3"
    assert lines[3].startswith("  stops short of regard, 0 letters further: 'with ")
    assert main(["find-quote", "--copy", str(path), words]) == 0
    assert "stops short" not in capsys.readouterr().out


# The data.

ROWS = harness.rows(harness.CURATION / "conditions.csv")
SECOND = harness.rows(harness.CURATION / "conditions-second-reading.csv")
KNOWN = {(str(part.ref), each.start): each.kind for part in load_index().parts for each in part.conditions or ()}


def test_index_has_what_was_read() -> None:
    """Every part knows its conditions, and they are those of the table."""
    assert all(part.conditions is not None for part in load_index().parts)
    assert {(row["ref"], int(row["start"])): row["kind"] for row in ROWS} == KNOWN
    assert {row["kind"] for row in ROWS} == set(get_args(ConditionKind))


def test_conditions_are_within_their_sentence() -> None:
    """In order, and before its last letter."""
    for part in load_index().parts:
        places = [each.start for each in part.conditions or ()]
        assert places == sorted(set(places))
        assert all(start < part.fingerprint.length for start in places)


def test_differences_of_the_readings_are_settled() -> None:
    """Each row is a difference, says why, and what holds is in the table."""
    for row in SECOND:
        assert row["first"] != row["second"]
        assert row["settled"] in {row["first"], row["second"]}
        assert row["why"].strip()
        assert KNOWN.get((row["ref"], int(row["start"])), "") == row["settled"]


def test_words_that_always_limit_are_read(source_text: str) -> None:
    """Wherever the report has one of them behind its first words, a condition begins there or just before."""
    always = re.compile(
        r"\b(?:unless|except|provided that|while|without|e\.g\.|such as|in line with|in compliance with|based on|"
        r"solely|especially|considering|taking into account|given the|in the event of|as appropriate|to the extent)",
        re.IGNORECASE,
    )
    binding = aj.load().bind_text(source_text).binding
    assert binding
    for part in binding.sentences:
        words = part.words or ""
        for found in always.finditer(words):
            start = len(skeleton(words[: found.start()]))
            near = [each.start for each in part.conditions or () if start - 8 <= each.start <= start]
            assert near, (part.ref, found[0])


@pytest.mark.parametrize("rows", [[(3, "limit")], [(1, "limit"), (0, "limit")], [(0, "other")], [(99, "limit")]])
def test_tool_refuses_what_is_misplaced(rows: list[tuple[int, str]]) -> None:
    """A condition begins with a word, has a known kind and is in order."""
    import sentences

    assert sentences.misplaced("A fair order", rows)
    assert not sentences.misplaced("A fair order", [(1, "limit"), (5, "focus")][:1])
