"""Tests of folding."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import token_soup

from asean_japan.folding import Folded, fold, normalized

TEXTS = st.text() | token_soup()
FORMS: tuple[Literal["NFC", "NFKC"], ...] = ("NFC", "NFKC")
COMPOSED = st.lists(
    st.sampled_from("aeがカg\u0301\u0316\u0327\u3099\uff9e\u1100\u1161\u11a8\u09c7\u09be\ufb01Å' \ufdfa"), max_size=30
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("III.2.(4), a-z ~", "III.2.(4), a-z ~"),
        ("Ⅲ．２．④", "III.2.(4)"),
        ("！０９ＡＺａｚ～", "!09AZaz~"),
        ("①⑳㉑㉟㊱㊿", "(1)(20)(21)(35)(36)(50)"),
        ("❶❿⓫⓴", "(1)(10)(11)(20)"),
        ("➀➉➊➓⓵⓾", "(1)(10)(1)(10)(1)(10)"),
        ("⑴⒇", "(1)(20)"),
        ("⒈⒛", "1.20."),
        ("⒜⒤⒵", "(a)(i)(z)"),
        ("ⅠⅣⅫ", "IIVXII"),
        ("ⅰⅳⅻ", "iivxii"),
        ("‐‑‒–—―−﹘﹣－", "----------"),
        ("\u00a0\u1680\u2000\u2009\u200a\u202f\u205f\u3000\t\n\r", " " * 11),
        ("•・●‣▪◦·", "•••••••"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    """Each way to type a character becomes one."""
    assert fold(written).text == folded


@pytest.mark.parametrize("kept", "٤४ſ\u212aⒶⓐ²½⓪ℐІ\u200b\u202e\u00ad\x00\ud800ﬁ東é\U0001d7d2")
def test_what_is_kept(kept: str) -> None:
    """Digits of other scripts, look-alikes and invisible characters stay, so that a reader can refuse them."""
    assert fold(kept) == Folded(kept, (0, 1))


def test_origins() -> None:
    """Every folded character knows the original one, and the end is the end."""
    assert fold("a⑭–b") == Folded("a(14)-b", (0, 1, 1, 1, 1, 2, 3, 4))


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [(0, 1, (0, 1)), (1, 5, (1, 2)), (2, 3, (1, 2)), (4, 6, (1, 3)), (2, 2, (1, 1)), (7, 7, (4, 4)), (0, 7, (0, 4))],
)
def test_span(start: int, end: int, span: tuple[int, int]) -> None:
    """A span of the folded text takes in whole characters of the original; an empty one stays empty."""
    assert fold("a⑭–b").span(start, end) == span


@given(TEXTS)
def test_origins_belong_to_the_text(text: str) -> None:
    """Each character by itself folds into those that point to it."""
    folded = fold(text)
    assert len(folded.origins) == len(folded.text) + 1
    assert folded.origins[-1] == len(text)
    for index, character in enumerate(text):
        made = [folded.text[at] for at, origin in enumerate(folded.origins[:-1]) if origin == index]
        assert "".join(made) == fold(character).text


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is folded."""
    folded = fold(text).text
    assert fold(folded) == Folded(folded, tuple(range(len(folded) + 1)))


@given(st.text(st.characters(codec="ascii", exclude_characters="\t\n\r")))
def test_ascii_stays(text: str) -> None:
    """Plain text is left alone."""
    assert fold(text).text == text


@pytest.mark.parametrize("form", FORMS)
@given(st.text() | COMPOSED.map("".join))
def test_normal_form(form: Literal["NFC", "NFKC"], text: str) -> None:
    """It is that of Unicode."""
    assert normalized(form, text) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("marks", "ordered"), [(30, True), (31, False)])
def test_normal_form_of_many_marks(form: Literal["NFC", "NFKC"], marks: int, *, ordered: bool) -> None:
    """Of more marks than any writing has, only the first are brought into order."""
    text = "b" + "\u0301" * (marks - 1) + "\u0316"
    assert (normalized(form, text) == unicodedata.normalize(form, text)) is ordered
    assert ordered or normalized(form, text) == text
