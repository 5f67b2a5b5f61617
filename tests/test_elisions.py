"""Tests of quotations that were shortened or added to, of the three answers, and of near passages."""

from __future__ import annotations

import pytest
from reader_copies import INDEX, REPORT, SENTENCES, blocks, plain

from asean_japan import Ref
from asean_japan.copies import SourceIndex
from asean_japan.copies.elisions import MOST_PARTS, negations, take_apart

FIRST = Ref.parse("I.2.7.s3")
WORDS = SENTENCES[FIRST].rstrip(".").split()
TEXT = plain(blocks())
BOUND = REPORT.bind_text(TEXT, index=INDEX)
HEAD, TAIL = " ".join(WORDS[:6]), " ".join(WORDS[-6:])
OMITTED = " ".join(WORDS[6:-6])
LACKING = REPORT.bind_text(TEXT.replace(SENTENCES[FIRST], ""), index=INDEX)


def some(*words: int | None) -> str:
    """Return some words of a sentence."""
    start, end = words
    return " ".join(WORDS[start:end])


# The three answers.


def test_genuine_is_true() -> None:
    """What is proved is genuine."""
    quote = BOUND.find_quote(HEAD)
    assert (quote.answer, quote.genuine, bool(quote)) == ("genuine", True, True)


@pytest.mark.parametrize("text", [HEAD, TAIL, "Not a word of the report.", f"{HEAD} indeed", SENTENCES[FIRST][:-9]])
def test_without_a_copy_a_part_cannot_be_told(text: str) -> None:
    """Digests say nothing of a part of a sentence."""
    quote = REPORT.find_quote(text, index=INDEX)
    assert (quote.answer, quote.genuine, bool(quote)) == ("cannot tell", None, False)
    assert "without a copy" in quote.reason


@pytest.mark.parametrize("text", [HEAD, TAIL, "Not a word of the report.", f"{HEAD} indeed"])
def test_where_the_copy_lacks_something_it_cannot_be_told(text: str) -> None:
    """A quotation that is not found may be where a sentence is missing."""
    quote = LACKING.find_quote(text, index=INDEX)
    assert (quote.answer, quote.genuine) == ("cannot tell", None)
    assert "1 missing in the copy" in quote.reason
    assert str(FIRST) in quote.reason


def test_what_no_digest_proves_cannot_be_told() -> None:
    """Words of a sentence that reads otherwise in the copy may be the report's."""
    copy = REPORT.bind_text(TEXT.replace(HEAD, f"{HEAD} so"), index=INDEX)
    quote = copy.find_quote(TAIL)
    assert (quote.answer, [match.proved for match in quote.matches]) == ("cannot tell", [False])
    assert "1 reading otherwise" in quote.reason


@pytest.mark.parametrize("text", ["Not a word of the report.", f"{HEAD} indeed", f"{TAIL} {HEAD}", f"{HEAD} {TAIL}"])
def test_in_a_whole_copy_the_rest_is_not_genuine(text: str) -> None:
    """A copy that has every sentence says that no sentence has it."""
    quote = BOUND.find_quote(text)
    assert (quote.answer, quote.genuine) == ("not genuine", False)


# Ellipses.

ELLIPSES = [
    *("...", " ... ", "…", " … ", " . . . ", ". . . .", " [...] ", " […] ", " (...) ", " (…) ", " [. . .] ", "...."),
    *(
        " [ ... ] ",
        " <...> ",
        " [—] ",
        " * * * ",
        " [snip] ",
        " [omitted] ",
        " /.../ ",
        " ⋯ ",
        " ‥ ",
        " [] ",
        ", ... ",
        " … . ",
    ),
]


@pytest.mark.parametrize("sign", ELLIPSES)
def test_ellipsis_is_told(sign: str) -> None:
    """The parts around an ellipsis are found, and what it leaves out is shown."""
    quote = BOUND.find_quote(f"{HEAD}{sign}{TAIL}")
    (match,) = quote.matches
    assert (match.level, match.refs, match.proved) == ("elided", (FIRST,), True)
    assert [words.strip(",") for words in match.left_out] == [OMITTED.strip(",")]
    assert (match.words or "").startswith(f"{HEAD.rstrip(',')} ... ")
    assert bool(quote) != bool(negations(OMITTED))


def test_several_ellipses_show_all_that_is_left_out() -> None:
    """Each of them has its own words, and a mark that leaves nothing out has none."""
    quote = BOUND.find_quote(f"{some(0, 3)} ... {some(5, 7)} [sic] {some(7, 9)} … {some(-3, None)}")
    (match,) = quote.matches
    assert [bool(words) for words in match.left_out] == [True, False, True]
    assert quote.added == ("[sic]",)


@pytest.mark.parametrize(
    "text",
    [
        f"{TAIL} ... {HEAD}",
        f"{some(0, 6)} ... {SENTENCES[Ref.parse('III.2.4.s1')][:30]}",
        f"{HEAD[:-2]} ... {TAIL}",
        f"{HEAD} ... invented words {TAIL}",
        f"{HEAD} ... {TAIL} indeed",
        f"{HEAD} ... {OMITTED[1:]}",
    ],
    ids=["order", "far", "in a word", "invented", "tail", "begins in a word"],
)
def test_other_parts_make_no_quotation(text: str) -> None:
    """Parts in another order, far apart, cut within a word or not there at all are not found."""
    quote = BOUND.find_quote(text)
    assert not quote
    assert quote.matches == ()


def test_nothing_is_proved_over_what_the_copy_lacks() -> None:
    """Where a sentence is missing between two parts, what is left out is not all of it."""
    before, behind = (SENTENCES[Ref.parse(f"I.2.7.s{at}")] for at in (2, 4))
    quote = LACKING.find_quote(f"{before[-30:].partition(' ')[2]} ... {behind[:40].rpartition(' ')[0]}")
    assert quote.answer == "cannot tell"
    assert [match.proved for match in quote.matches] == [False]


@pytest.mark.parametrize("word", ["not", "never", "no longer", "cannot", "hardly", "neither", "without", "fails to"])
def test_negation_that_is_cut_out_is_told(word: str) -> None:
    """The parts are found, and the answer says which word can turn their meaning."""
    words = SENTENCES | {FIRST: f"{some(0, 4)} {word} {some(4, None)}."}
    index = SourceIndex.of(REPORT.walk(), lambda claim: words[claim.ref])
    copy = REPORT.bind_text(plain(blocks(words)), index=index)
    quote = copy.find_quote(f"{some(0, 4)} ... {some(4, None)}", index=index)
    assert (quote.answer, bool(quote)) == ("cannot tell", False)
    assert word.split(maxsplit=1)[0][:2] in quote.reason
    assert [match.left_out for match in quote.matches] == [(word,)]


@pytest.mark.parametrize("count", [1, 40])
def test_parts_that_are_too_many_or_too_short_cannot_be_told(count: int) -> None:
    """Some words here and there would be found by chance."""
    quote = BOUND.find_quote(" ... ".join(word[:4] for word in WORDS[:20] * count))
    assert (quote.answer, quote.matches) == ("cannot tell", ())
    assert (str(MOST_PARTS) in quote.reason) == (count == 40)


# What a quoter adds.


@pytest.mark.parametrize(
    "added",
    [
        *("[sic]", "[sic!]", "(sic)", "¹²", "²", "[12]", "[^3]", "<sup>4</sup>", "^5^", "(emphasis added)"),
        *("(my emphasis)", "[emphasis mine]", "(footnote omitted)", "[that is, at some time]"),
    ],
)
def test_addition_is_left_out_and_told(added: str) -> None:
    """It is not looked for, and the words around it are proved."""
    quote = BOUND.find_quote(f"{HEAD}{added} {' '.join(WORDS[6:9])}")
    assert quote.added == (added,)
    assert [match.level for match in quote.matches] == ["same letters"]
    assert quote
    assert added in quote.reason


@pytest.mark.parametrize(
    "cited",
    [
        *("(III-2-④)", "(p. 4)", "(Expert Panel 2023, p. 4)", "(ibid.)", "[Expert Panel 2023]", "(§ 3)", "(2023: 4)"),
        *("(emphasis added)", "(see III.2.4)", "(Sato and Ito 2023)", "(pp. 4-5) (emphasis mine)"),
    ],
)
@pytest.mark.parametrize("form", ["{} {}", "“{}” {}.", "“{}.” {}", '"{}"{}'])
def test_citation_is_left_out_and_told(cited: str, form: str) -> None:
    """A citation at the end is not looked for."""
    quote = BOUND.find_quote(form.format(TAIL, cited))
    assert quote
    assert " ".join(quote.added).startswith(cited[:5])


@pytest.mark.parametrize(
    "text", [f'"{HEAD}", Expert Panel (2023), p. 4', f"{TAIL}.” — Expert Panel, 2023", f"{TAIL}.12"]
)
def test_source_is_left_out_and_told(text: str) -> None:
    """So is one without brackets."""
    quote = BOUND.find_quote(text)
    assert quote
    assert len(quote.added) == 1
    assert not BOUND.find_quote(text + " (p. 1)" * 5)  # So many are not read.


@pytest.mark.parametrize(
    "text", [f"{HEAD} (since the war)", f"{HEAD} (and more)", f"{HEAD} and 12 more", f"{HEAD}, or not"]
)
def test_other_words_are_no_citation(text: str) -> None:
    """What is added and does not look like a citation makes it no quotation."""
    assert BOUND.find_quote(text).answer == "not genuine"


@pytest.mark.parametrize("added", ["[not]", "[never]", "[no]", "[cannot]", "[hardly]", "[un]"])
def test_negation_that_is_added_is_told(added: str) -> None:
    """It is not looked for, and the answer is that this cannot be told."""
    space = "" if added == "[un]" else " "
    quote = BOUND.find_quote(f"{HEAD} {added}{space}{' '.join(WORDS[6:9])}")
    assert (quote.answer, quote.added) == ("cannot tell", (added,))
    assert added in quote.reason


def test_additions_in_a_row_are_one_gap() -> None:
    """An ellipsis with a mark beside it leaves something out, in whatever order they are."""
    for signs in ("[sic] ...", "... [12]", "¹² [...] (emphasis added)"):
        (match,) = BOUND.find_quote(f"{HEAD} {signs} {TAIL}").matches
        assert match.level == "elided"
    assert BOUND.find_quote(f"{HEAD} ... [not] {TAIL}").answer == "cannot tell"


def test_ellipsis_over_too_much_for_a_bracket_is_none() -> None:
    """A bracket replaces some words, not half a sentence; other numbers stay other numbers."""
    assert BOUND.find_quote(f"{some(0, 4)} [so] {some(-4, None)}").answer == "not genuine"
    quote = BOUND.find_quote("consumer market [sic] of 6.70 million people")
    assert [match.level for match in quote.matches] == ["other numbers"]
    assert quote.answer == "not genuine"


def test_changed_words_are_told() -> None:
    """A capital may be changed; words in brackets may replace some, which are shown; an ending, too."""
    assert BOUND.find_quote(f"[{HEAD[0].swapcase()}]{HEAD[1:]}").answer == "genuine"
    quote = BOUND.find_quote(f"{some(0, 4)} [something] {some(5, None)}")
    assert [match.level for match in quote.matches] == ["elided"]
    assert quote.matches[0].left_out == (WORDS[4].strip(","),)
    (word,) = [word for word in WORDS if word == "difficult"]
    text = SENTENCES[FIRST].replace(word, "diffi[dent]", 1)
    assert BOUND.find_quote(text).matches[0].left_out == ("cult",)


def test_brackets_of_the_copy_are_not_additions() -> None:
    """What the text itself has in brackets there cannot be replaced by other brackets."""
    text = SENTENCES[Ref.parse("I.2.5.s2")]
    start, _, rest = text.partition("[")
    assert BOUND.find_quote(text[:120])
    quote = BOUND.find_quote(f"{start}[something else]{rest.partition(']')[2]}")
    assert (quote.answer, quote.matches) == ("cannot tell", ())
    assert "brackets" in quote.reason
    assert BOUND.find_quote(f"{start} (Expert Panel 2023)").answer == "cannot tell"


def test_additions_to_whole_sentences_are_told_without_a_copy() -> None:
    """A sentence with a citation is proved by its digest."""
    quote = REPORT.find_quote(f"“{SENTENCES[FIRST]}” (emphasis added)", index=INDEX)
    assert (bool(quote), quote.added) == (True, ("(emphasis added)",))
    for text in (f"{SENTENCES[FIRST]} [not]", f"{HEAD} (emphasis added)", "[only an insertion]"):
        assert REPORT.find_quote(text, index=INDEX).answer == "cannot tell"


@pytest.mark.parametrize("text", ["plain words", "a “nested ‘pair’ of marks”", "one, two; three: four"])
def test_plain_words_are_not_taken_apart(text: str) -> None:
    """Punctuation alone adds nothing."""
    assert take_apart(text) is None


# Near passages.


def test_near_gives_all_equals_and_proves_nothing() -> None:
    """A heading that is printed twice is near twice, ends where it ends, and is not proved."""
    heading = REPORT.pillars["II.2"].heading or ""
    quote = BOUND.find_quote(heading.replace(" and ", " or ", 1) + " so", near=60)
    assert [match.refs for match in quote.matches] == [(Ref.parse("II.2"),), (Ref.parse("III.2"),)]
    assert {match.proved for match in quote.matches} == {False}
    assert {match.words for match in quote.matches} == {heading}
    assert len({match.similarity for match in quote.matches}) == 1


def test_addition_does_not_prove_another_number() -> None:
    """Without a copy, a sentence with another number and a citation is not genuine."""
    sentence = SENTENCES[Ref.parse("I.2.1.s2")]
    assert REPORT.find_quote(f"{sentence} (p. 4)", index=INDEX).genuine
    quote = REPORT.find_quote(f"{sentence.replace('670', '6.70')} (p. 4)", index=INDEX)
    assert (quote.answer, quote.added) == ("not genuine", ("(p. 4)",))
