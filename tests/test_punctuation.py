"""Tests of signs: the marks of footnotes go with theirs, and a sentence keeps its own."""

from __future__ import annotations

import re

import pytest
from reader_copies import INDEX, REPORT, SENTENCES, blocks, plain
from test_copies import growth

from asean_japan.copies import Binding
from asean_japan.copies.punctuation import closed, closes, cuts_number, marked, opened
from asean_japan.copies.skeletons import skeleton, trimmed

NOTHING = "\0"
IN_A_TAG = "\0" * 300
PLAIN_END = next(ref for ref, text in SENTENCES.items() if text[-3:-1].isalpha() and text.endswith("."))
NUMBER_END = next(ref for ref, text in SENTENCES.items() if text[-2].isdigit() and text.endswith("."))
WITHIN = next(
    ref for ref, text in SENTENCES.items() if re.search("[a-z], ", text[20:-20]) and not re.search("[0-9]", text)
)


def bound(text: str, format: str = "text") -> Binding:  # noqa: A002  # As the argument is named.
    """Bind a text."""
    binding = REPORT.bind_text(text, index=INDEX, format=format).binding  # type: ignore[arg-type]
    assert binding
    return binding


def edited(ref: object, text: str) -> str:
    """Write a copy in which one sentence is written otherwise."""
    return plain(blocks({known: text if known == ref else words for known, words in SENTENCES.items()}))


MARKS = [
    "[1]",
    "[12]",
    "(3)",
    "{4}",
    "[1][2]",
    "[1, 2]",
    "[1-3]",
    "[ 1 ]",
    "[[1]]",
    " [1]",
    " (1)",
    "（3）",
    "【1】",
    "⁽¹⁾",
    "[^1]",
    "^1^",
    "*1",
    "[*1]",
    "¹",
]


@pytest.mark.parametrize("mark", [*MARKS, "7", "12"])
@pytest.mark.parametrize("before", [", ", " "])
def test_mark_goes_with_its_brackets(mark: str, before: str) -> None:
    """Within a sentence, before or behind a sign, nothing of a mark is left in the words, and all of it is told."""
    text = SENTENCES[WITHIN]
    at = text.index(", ", 20) if before == ", " else text.index(" ", 20)
    for place in {at, at + (before == ", ")}:
        binding = bound(edited(WITHIN, text[:place] + mark + text[place:]))
        assert (binding[WITHIN].status, binding[WITHIN].words) == ("repaired", text)
        assert skeleton("".join(left.text for left in binding.extra)) == skeleton(mark)


@pytest.mark.parametrize("mark", [*MARKS, "7", "12"])
@pytest.mark.parametrize("behind", [False, True])
def test_mark_at_the_end_takes_no_sign(mark: str, *, behind: bool) -> None:
    """A sentence keeps its full stop, whether the mark is before it or behind, and takes no bracket of the mark."""
    text = SENTENCES[PLAIN_END]
    binding = bound(edited(PLAIN_END, text + mark if behind else text[:-1] + mark + text[-1]))
    assert binding[PLAIN_END].status == "verified"
    assert binding[PLAIN_END].words == text
    assert skeleton("".join(left.text for left in binding.extra)) == skeleton(mark)
    assert not binding.coverage.whole


@pytest.mark.parametrize("mark", ["[3]", " [3]", "(3)", "³", "⁽³⁾", " 3"])
def test_mark_behind_a_last_number(mark: str) -> None:
    """A mark that shows that it is one leaves the last number of a sentence what it is."""
    text = SENTENCES[NUMBER_END]
    binding = bound(edited(NUMBER_END, f"{text[:-1]}{mark}."))
    assert binding[NUMBER_END].status == "verified"
    assert (binding[NUMBER_END].words or "").startswith(text[:-1])
    assert mark == " 3" or binding[NUMBER_END].words == text


@pytest.mark.parametrize("more", ["3", "12", ".5", ",000", "٣", "３"])
def test_digits_behind_the_last_number(more: str) -> None:
    """Digits that are glued to the last number of a sentence make it located, as within a sentence."""
    text = SENTENCES[NUMBER_END]
    copy = REPORT.bind_text(edited(NUMBER_END, f"{text[:-1]}{more}."), index=INDEX, format="text")
    assert copy.binding
    assert copy.binding[NUMBER_END].status == "located"
    assert not copy.binding.coverage.whole
    assert not copy.find_quote(text[:-1])


@pytest.mark.parametrize("more", ["3", "12", "<b>3</b>", "<!-- x -->3", "<b>.5</b>", "<i></i><b>,000</b>"])
def test_digits_in_tags_behind_the_last_number(more: str) -> None:
    """So they do in tags of their own, which a reader may not see."""
    paragraphs = "".join(f"<p>{line}</p>\n" for line in plain(blocks()).splitlines())
    text = SENTENCES[NUMBER_END]
    assert bound(paragraphs.replace(text, f"{text[:-1]}{more}."), "html")[NUMBER_END].status == "located"


@pytest.mark.parametrize("more", [" 3", "\n3", "\n\n2 Of another place", ". 2 Next", ".<sup>3</sup>", ".[3]"])
def test_digits_that_are_apart_change_no_number(more: str) -> None:
    """Digits that space, brackets or a full stop and markup part from a number are not digits of it."""
    paragraphs = "".join(f"<p>{line}</p>\n" for line in plain(blocks()).splitlines())
    text = SENTENCES[NUMBER_END]
    assert bound(paragraphs.replace(text, f"{text[:-1]}{more}"), "html")[NUMBER_END].status == "verified"


@pytest.mark.parametrize(
    ("text", "cut"),
    [("32013 was", True), ("2013 was", False), ("3 2013 was", False), ("③2013 was", False), ("3.2013 was", False)],
)
def test_digits_before_the_first_number(text: str, *, cut: bool) -> None:
    """Digits before the first number of a sentence are digits of it, and its label is not."""
    assert cuts_number(text, text.index("2013"), len(text)) == cut


@pytest.mark.parametrize("mark", ["[3]", " (3)", "³", "*", "7"])
def test_quotation_over_a_mark(mark: str) -> None:
    """A passage over the end of a sentence with a mark is genuine, and has nothing of the mark."""
    (first, second), *_ = (
        (node.claims[0].ref, node.claims[1].ref)
        for node in REPORT.walk()
        if len(node.claims) > 1 and re.search(r"[a-z]\.$", node.claims[0].text)
    )
    text = SENTENCES[first]
    bound_report = REPORT.bind_text(edited(first, f"{text[:-1]}{mark}."), index=INDEX, format="text")
    for quotation in (f"{text} {SENTENCES[second]}", f"{text[10:]} {SENTENCES[second][:30]}", text):
        (match,) = bound_report.find_quote(quotation).matches
        assert (match.level, match.proved, match.words) == ("exact", True, trimmed(quotation))


@pytest.mark.parametrize(
    "written",
    [
        "<span class='punctuation mark'>.</span>",
        "<a href='https://example.org/a-long-address-of-a-page'></a>.",
        "<!-- a remark that is longer than some signs -->.",
        "<b></b><i></i><u></u><em></em>.",
        f"<span style='{'color: black; ' * 40}'>.</span>",
        " .",
        "\n.",
        "&#46;",
    ],
)
def test_sign_in_a_tag_of_its_own_is_kept(written: str) -> None:
    """However long the tag, the sign in it that closes a sentence belongs to it."""
    paragraphs = "".join(f"<p>{line}</p>\n" for line in plain(blocks()).splitlines())
    text = SENTENCES[PLAIN_END]
    binding = bound(paragraphs.replace(text, f"{text[:-1]}{written}"), "html")
    assert (binding[PLAIN_END].status, binding[PLAIN_END].words) == ("verified", text)
    assert binding.coverage.extra == 0


@pytest.mark.parametrize(
    ("text", "end", "pieces"),
    [
        ("so.”) And", 2, [".”)"]),
        ("so.[3] And", 2, ["."]),
        ("so. (3). And", 2, ["."]),
        ("so[3] And", 2, [""]),
        ("so(a) And", 2, [""]),
        ("so[3].5 And", 2, [""]),
        ("so“And”", 2, [""]),
        ("so) [3]. And", 2, [")", "."]),
        (f"so{IN_A_TAG}[{IN_A_TAG}3]{IN_A_TAG}.{IN_A_TAG} And", 2, ["", "."]),
        (f"so{IN_A_TAG}.{IN_A_TAG}”{IN_A_TAG} And", 2, [".”"]),
        ("so1). And", 2, ["", ")."]),
        ("so . . . 5", 2, [""]),
        ("so • And", 2, [""]),
        ("so*. And", 2, ["", "."]),
        ("so** And", 2, [""]),
        ("so[3]*", 2, [""]),
        ("so – And", 2, [""]),
        ("so[3]– And", 2, [""]),
    ],
)
def test_signs_that_close(text: str, end: int, pieces: list[str]) -> None:
    """Only what closes belongs to what is before, and no bracket that opens."""
    assert [text[first:last].replace(NOTHING, "") for first, last in closed(text, end, len(text))] == pieces


@pytest.mark.parametrize(
    ("text", "low", "start", "signs"),
    [
        ("as (“so", 0, 5, "(“"),
        ("as ) so", 0, 5, ""),
        (f"as ({IN_A_TAG}“{IN_A_TAG}so", 0, 5 + 2 * len(IN_A_TAG), "(“"),
        ("as ((so", 4, 5, "("),
        (f"as{IN_A_TAG}so", 0, 2 + len(IN_A_TAG), ""),
    ],
)
def test_signs_that_open(text: str, low: int, start: int, signs: str) -> None:
    """They belong to what is behind, whatever markup is among them."""
    assert text[opened(text, low, start) : start].replace(NOTHING, "") == signs


@pytest.mark.parametrize(
    ("between", "mark"),
    [
        ("(1", "1"),
        ("1)", "1"),
        (" (1] ", "1"),
        (") 1 (", "1"),
        ("(((([[1]]))))", "([[1]])"),
        (" 1,", " 1"),
        (" 1 ", "1"),
    ],
)
def test_brackets_that_are_not_of_the_mark(between: str, mark: str) -> None:
    """A bracket without its other half stays, since it may be one of the sentence."""
    at = between.index("1")
    assert between[slice(*marked(between, at, at + 1))] == mark


def test_point_before_a_digit_closes_nothing() -> None:
    """A space before a decimal point stays, so that no number is joined."""
    assert not closes(" .")
    assert not closes(".5")
    assert closes("\0\0.")


@pytest.mark.parametrize("piece", ["(", "[1", "[1]", " ", NOTHING, "*", ".", "[1,", "\0(\0"])
def test_time_grows_with_the_signs(piece: str) -> None:
    """However many signs there are, the time grows with them."""

    def all_ways(text: str) -> None:
        closed(f"a{text}", 1, len(text) + 1)
        opened(f"{text}a", 0, len(text))
        marked(f"{text}1{text}", len(text), len(text) + 1)

    assert growth(all_ways, lambda size: piece * size, 20_000) < 24
