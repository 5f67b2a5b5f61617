"""Tests of quotations of a longer text, of receipts, and of the command that checks a quotation."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from reader_copies import INDEX, REPORT, SENTENCES, blocks, plain

import asean_japan as aj
from asean_japan import ArgumentError, LimitError, Ref
from asean_japan.commands.main import main
from asean_japan.copies.quoted import quoted_spans

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Ref.parse("I.2.7.s3")
WORDS = SENTENCES[FIRST]
BOUND = REPORT.bind_text(plain(blocks()), index=INDEX)
HEADING = "Initiatives to realize the above"


@pytest.mark.parametrize(
    "form",
    ["“{}”", '"{}"', "‘{}’", "'{}'", "«{}»", "„{}“", "「{}」", "『{}』", "> {}", "He said: “{}” (p. 4).", "a 'b' “{}”"],
)
def test_quoted_passage_is_found_with_its_offsets(form: str) -> None:
    """Between marks of every kind, and in a block of its own."""
    text = f"It's one thing.\n\n{form.format(WORDS)}\n\nAnd it's “another, not quoted."
    (passage,) = BOUND.find_quotes(text)
    assert text[passage.start : passage.end] == WORDS
    assert passage.quote == BOUND.find_quote(WORDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“a ‘nested’ one” and “b”", ["a ‘nested’ one", "b"]),
        ("“a “double” one” so", ["a “double” one"]),
        ("‘the panel’s aim’, it’s said", ["the panel’s aim"]),
        ("nations' aims and it's not quoted", []),
        ("“not closed\n\n“closed”", ["closed"]),
        ("> one\n> two\n\n“three”", ["one\n> two", "three"]),
        ('a 5" pipe and "this"', ["this"]),
        ("plain", []),
    ],
)
def test_quotations_are_told_from_the_rest(text: str, said: list[str]) -> None:
    """The outer ones are found, apostrophes and what is not closed are none."""
    assert [text[start:end] for start, end in quoted_spans(text)] == said


def test_texts_with_quotations_are_bounded() -> None:
    """A text is a text, and not too long."""
    with pytest.raises(LimitError):
        REPORT.find_quotes("a" * 1_000_001)
    with pytest.raises(ArgumentError):
        REPORT.find_quotes(None)  # type: ignore[arg-type]
    assert REPORT.find_quotes("“short”") == ()


# Receipts.

BARE: dict[str, Any] = {"kind": "receipt of a quotation, version 1", "rules": "", "quotation": "", "edition": {}}


@pytest.mark.parametrize("text", [HEADING, f"IV. {HEADING}", f"“{HEADING}” (emphasis added)", aj.load().title])
def test_receipt_of_a_proved_quotation_holds(text: str) -> None:
    """It can be checked as a text and as a dictionary, alone and with the quotation."""
    receipt = aj.load().find_quote(text).receipt()
    assert aj.check_receipt(receipt)
    assert aj.check_receipt(json.loads(receipt), text).reason == "the report has these digests at these places"
    assert not aj.check_receipt(receipt, f"{text} indeed")


def test_receipt_of_a_part_names_its_sentence(source_text: str) -> None:
    """A part of a sentence has the digest of the whole one, and an elided one all that it touches."""
    bound = aj.load().bind_text(source_text)
    words = (bound.claims["I.2.7.s3"].verbatim or "").split()
    for text in (" ".join(words[:8]), f"{' '.join(words[:5])} ... {' '.join(words[7:12])}"):
        receipt = json.loads(bound.find_quote(text).receipt())
        assert [place["place"] for place in receipt["places"]] == ["I.2.7.s3"]
        assert aj.check_receipt(receipt, text)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rules": "skeleton-9"}, "rules 'skeleton-9'"),
        ({"edition": {"date": "2024-02"}}, "another edition: date '2024-02'"),
        ({"edition": {"unknown": "x"}}, "another edition: unknown"),
        ({"places": [{"place": "IV", "sha256": "0" * 64}]}, "another digest at 'IV'"),
        ({"places": [{"place": "V", "sha256": "0" * 64}]}, "another digest at 'V'"),
    ],
)
def test_changed_receipt_does_not_hold(changes: dict[str, Any], reason: str) -> None:
    """What is not the report's is told."""
    receipt = json.loads(aj.load().find_quote(HEADING).receipt()) | changes
    checked = aj.check_receipt(receipt)
    assert not checked
    assert reason in checked.reason


@pytest.mark.parametrize(
    "receipt", ["", "{}", "[]", "5", 5, None, {"kind": "x"}, "[" * 100_000, BARE, {**BARE, "places": [5]}]
)
def test_other_things_are_no_receipt(receipt: Any) -> None:  # noqa: ANN401
    """They are refused."""
    with pytest.raises(ArgumentError) as caught:
        aj.check_receipt(receipt)
    assert caught.value.argument == "receipt"


@pytest.mark.parametrize("text", ["Not a word of the report.", WORDS[:30]])
def test_what_is_not_genuine_has_no_receipt(text: str) -> None:
    """The error says what was found."""
    with pytest.raises(ArgumentError, match="cannot tell"):
        REPORT.find_quote(text, index=INDEX).receipt()


# The command.


def test_command_tells_whether_a_quotation_is_genuine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its arguments, or from the standard input."""
    assert main(["find-quote", *HEADING.split()]) == 0
    assert capsys.readouterr().out.splitlines() == ["genuine: digests prove all that it touches", "proved, IV"]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"“{HEADING}” (p. 4)\n"))
    assert main(["find-quote", "-"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "added by the quoter: (p. 4)"
    assert main(["find-quote", "Not a word of the report."]) == 1
    assert capsys.readouterr().out.startswith("cannot tell: without a copy")
    assert main(["find-quote", "short"]) == 2
    assert main(["find-quote", HEADING, "--near", "90"]) == 2
    assert "without a copy" in capsys.readouterr().err
    assert main(["find-quote", "--receipt", HEADING]) == 0
    assert aj.check_receipt(capsys.readouterr().out)


def test_command_shows_what_is_left_out(capsys: pytest.CaptureFixture[str], source_text: str, tmp_path: Path) -> None:
    """With a copy, the words of it, too."""
    path = tmp_path / "copy.md"
    path.write_text(source_text, encoding="utf-8")
    words = (aj.load().bind_text(source_text).claims["I.2.7.s3"].verbatim or "").split()
    quoted = f"{' '.join(words[:5])} ... {' '.join(words[7:12])}"
    assert main(["find-quote", "--copy", str(path), quoted]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "elided, I-2-⑦, sentence 3"
    assert lines[3] == f"  left out: {' '.join(words[5:7])}"
