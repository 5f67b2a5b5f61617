"""Tests that true quotations are proved and altered ones are not, as `benchmarks/quotations.py` counts of more."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest
import quotations
from quotations import (
    ALTERED,
    COPIES,
    TRUE,
    Tried,
    altered_quotation,
    bound_copies,
    table,
    tried,
    true_quotation,
    words_of,
)
from reader_copies import INDEX, REPORT, SENTENCES, blocks, plain

from asean_japan import Ref
from asean_japan.copies.skeletons import skeleton

WORDS = words_of(None)
BOUND = bound_copies(WORDS)


@pytest.mark.parametrize("seed", range(3))
def test_true_ones_are_proved_and_altered_ones_are_not(seed: int) -> None:
    """In copies of every kind, by every rule."""
    found = list(tried(WORDS, BOUND, 160, seed))
    assert {row.rule for row in found} == {*TRUE, *ALTERED}
    assert {row.copy for row in found} == set(COPIES)
    assert [row for row in found if row.rule in ALTERED and row.answer == "genuine"] == []
    assert sum(row.answer == "genuine" for row in found if row.rule in TRUE) >= 0.99 * 160


def test_true_and_altered_ones_of_the_report(source_text: str, tmp_path: Path) -> None:
    """The same of the words of the report itself, held against the bundled digests."""
    path = tmp_path / "copy.md"
    path.write_text(source_text, encoding="utf-8")
    words = words_of(path)
    found = list(tried(words, bound_copies(words), 160, 7))
    assert [row for row in found if (row.answer == "genuine") == (row.rule in ALTERED)] == []


@pytest.mark.parametrize("rule", ALTERED)
def test_altered_ones_are_altered(rule: str) -> None:
    """The report has no such letters, or no such numbers."""
    draw = random.Random(1)  # noqa: S311  # It is not a secret.
    letters = skeleton(plain(blocks()))
    altered = [skeleton(altered_quotation(WORDS, rule, draw)) in letters for _ in range(20)]
    assert not any(altered) or rule == "another sign of a number"


@pytest.mark.parametrize("rule", TRUE)
def test_true_ones_are_true(rule: str) -> None:
    """The report has their letters, with the numbers of places or without."""
    draw = random.Random(1)  # noqa: S311  # It is not a secret.
    wholes = [skeleton(plain(blocks(), labels=labels)) for labels in (True, False)]
    for _ in range(20):
        text = skeleton(true_quotation(WORDS, rule, draw))
        assert any(text in whole for whole in wholes)


@pytest.mark.parametrize("sign", ["<", "$", "+", "~", "-", "€ ", "≤"])
def test_amount_before_a_place_is_not_its_number(sign: str) -> None:
    """A sign makes it another number, with a copy and without."""
    sentence = SENTENCES[Ref.parse("I.3.s1")]
    for number in ("3.", "- 3.", "# 3.", "(3)", "③"):
        assert REPORT.find_quote(f"{number} {sentence}", index=INDEX).genuine
    assert not REPORT.find_quote(f"{sign}3. {sentence}", index=INDEX)
    before = SENTENCES[Ref.parse("I.2.8.s5")]
    for home in BOUND.values():
        assert home.find_quote(f"{before} - 3. {sentence}", index=INDEX).genuine
        assert home.find_quote(f"{before} {sign}3. {sentence}", index=INDEX).genuine is not True


def test_command_prints_and_writes_the_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The table, then each quotation of which the wrong thing was said."""
    page = tmp_path / "page.md"
    page.write_text("<!-- quotations -->\n<!-- /quotations -->\n", encoding="utf-8")
    monkeypatch.setattr(quotations, "PAGE", page)

    def no_tries(*_: object) -> list[Tried]:
        return [Tried("docx", "a negation", "words", "genuine")]

    monkeypatch.setattr(quotations, "tried", no_tries)
    monkeypatch.delenv("ASEAN_JAPAN_SOURCE", raising=False)
    quotations.main(["--count", "1", "--write"])
    printed = capsys.readouterr().out
    assert printed.endswith("genuine: a negation, docx: 'words'\n")
    assert printed.partition("\n\n")[0] in page.read_text("utf-8")


def test_page_shows_the_table() -> None:
    """With what was counted last: no altered one is proved, and 99 of 100 true ones are."""
    shown = quotations.PAGE.read_text("utf-8")
    header, *_ = table([], list(COPIES)).splitlines()
    assert header in shown
    true, altered = (re.search(rf"\*\*{kind}, all\*\*.*\*\*(\d+) of (\d+)\*\*", shown) for kind in ("true", "altered"))
    assert true
    assert altered
    assert (int(altered[1]), int(altered[2]), int(true[2])) == (0, 1000, 1000)
    assert int(true[1]) >= 990
    assert str(Path(quotations.__file__).parents[1] / "tests") in sys.path
