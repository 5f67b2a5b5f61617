"""Tests of hyphens at the ends of lines: which stay, which go, and that proved words have the right ones."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from reader_copies import INDEX, REPORT, blocks, plain
from test_copies import growth

from asean_japan.copies.copy import read_text
from asean_japan.copies.hyphens import Vocabulary
from asean_japan.copies.skeletons import trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asean_japan.copies import SourceIndex

LINE_ENDS = ["\n", "\r", "\r\n", "\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "  \n\n\t"]
# The report has no space behind this hyphen, as it has behind its others before "and".
GLUED = re.compile(r"long- (?=and)")


@pytest.mark.parametrize(
    ("known", "lines", "words"),
    [
        ("medium", "medium-\nand long-term", "medium- and long-term"),
        ("", "pre-\nor post-war", "pre- or post-war"),
        ("", "three-\nto four-year", "three- to four-year"),
        ("", "two-\nnor three-way", "two- nor three-way"),
        ("", "short-\n, medium- and long-term", "short-, medium- and long-term"),
        ("", "short\u2010 , and long", "short\u2010, and long"),
        ("a factor", "a fact-\nor", "a factor"),
        ("into", "in-\nto", "into"),
    ],
)
def test_hyphen_for_what_is_left_out_stays(known: str, lines: str, words: str) -> None:
    """A hyphen before "and", "or", "to" and a comma stays, unless one word is known that they are the end of."""
    assert Vocabulary([known]).mended(lines) == words


@pytest.mark.parametrize(
    ("known", "lines", "words"),
    [
        ("a low-income country", "low-\nincome", "low-income"),
        ("Low-Income Countries", "LOW-\nINCOME", "LOW-INCOME"),
        ("well\u2011known", "well-\nknown", "well-known"),
        ("state, owned", "state-\nowned", "state-owned"),
        ("", "heart-to-\nheart", "heart-toheart"),
        ("to", "heart-to-\nheart", "heart-to-heart"),
        ("heart", "heart-\nto-heart", "heart-to-heart"),
        ("day-to-day", "day-\nto-\nday", "day-to-day"),
        ("year-on-year", "year-on-\nyear", "year-on-year"),
        ("", "e-\nwaste", "e-waste"),
        ("", "non-\nASEAN, F-\n16", "non-ASEAN, F-16"),
        ("rules-based order", "a free and rules-\nbased order", "a free and rules-based order"),
        ("the co-operation council, cooperation", "the co-\noperation council", "the co-operation council"),
        ("the co-operation council, cooperation", "a co-\noperation scheme", "a cooperation scheme"),
        ("", "well\u2011\nknown", "well\u2011known"),
        ("cooperate", "co\u2011\noperate", "co\u2011operate"),
        ("", "long\u2011\nand short", "long\u2011 and short"),
    ],
)
def test_hyphen_of_a_compound_stays(known: str, lines: str, words: str) -> None:
    """It stays if the compound is known, if both of its words are, and beside a known word of a longer compound."""
    assert Vocabulary([known]).mended(lines) == words


@pytest.mark.parametrize(
    ("known", "lines", "words"),
    [
        ("", "coope-\nration", "cooperation"),
        ("Cooperation", "COOPE-\nRATION", "COOPERATION"),
        ("frame, work, framework", "frame-\nwork", "framework"),
        ("people", "people-to-peo-\nple", "people-to-people"),
        ("", "non-prolif-\neration", "non-proliferation"),
        ("Pacific", "Indo-Pac-\nific", "Indo-Pacific"),
        ("under, graduate", "under-\ngraduate", "undergraduate"),
        ("suit, able", "suit-\nable", "suitable"),
        ("coop-\neration, of the coop-\neration", "coop-\neration", "cooperation"),
    ],
)
def test_hyphen_that_broke_a_word_goes(known: str, lines: str, words: str) -> None:
    """It goes if the word is known without it, or if its halves are not known; what another line end broke is not."""
    assert Vocabulary([known]).mended(lines) == words


@pytest.mark.parametrize("known", ["", "cooperation", "coop, eration"])
@pytest.mark.parametrize(
    "hyphen", ["\xad\n", "\xad", "\xad ", "\xad\r\n  ", "\xad\xad\n", "\0\xad\0\0\u2028", "\xac\n"]
)
def test_soft_hyphen_joins(hyphen: str, known: str) -> None:
    """A soft hyphen says that the word goes on, whatever is known."""
    assert Vocabulary([known]).mended(f"of coop{hyphen}eration") == "of cooperation"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("\xad item", "item"),
        ("the end.\xad\nThe", "the end. The"),
        ("medium\xad\nand long", "medium- and long"),  # As programs write it that have no other hyphen.
        ("demo\xad\nand", "demoand"),
    ],
)
def test_soft_hyphen_joins_only_words(lines: str, words: str) -> None:
    """Beside a sign or a space it joins nothing, and before "and" no word that is one by itself."""
    assert Vocabulary(["medium"]).mended(lines) == words


@pytest.mark.parametrize(
    ("known", "line", "words"),
    [
        ("", "coop\u2010 eration", "cooperation"),
        ("", "ASEAN\u2010 Japan", "ASEAN-Japan"),
        ("low-income", "low\u2010 income", "low-income"),
        ("", "medium\u2010 and long-term", "medium- and long-term"),
        ("cooperation", "coop- eration", "cooperation"),
        ("low-income", "low- income", "low-income"),
        ("", "coop- eration", "coop- eration"),
        ("low, income", "low- income", "low- income"),
        ("", "medium- and long-term", "medium- and long-term"),
        ("", "plans - and more", "plans - and more"),
        ("", "plans \u2010 and more", "plans \u2010 and more"),
    ],
)
def test_hyphen_that_a_space_follows(known: str, line: str, words: str) -> None:
    """Converters join lines with a space: so U+2010 is as at a line end, and another hyphen if the word is known."""
    assert Vocabulary([known]).mended(line) == words


@pytest.mark.parametrize("end", [*LINE_ENDS, "\x01", "\0\x01\0\n"])
def test_every_line_end_is_one(end: str) -> None:
    """The line ends of all systems, those of pages, and markup that ends a line, are one to a hyphen."""
    vocabulary = Vocabulary(["rules-based"])
    assert vocabulary.mended(f"a coope-{end}ration, rules-{end}based") == "a cooperation, rules-based"


@pytest.mark.parametrize("between", ["\n", "<br>", "<br/>\n  ", "</div><div>", "</p>\n\n<p>", "<!-- x -->\n"])
def test_line_ends_of_html(between: str) -> None:
    """The line ends of the source count, and those that a reader sees."""
    copy = read_text(f"<html><p>a coope-{between}ration, a <b>rules</b>-{between}based, rules<i>-</i>based</html>\n")
    assert copy.words(((0, len(copy.text)),)) == "a cooperation, a rules-based, rules-based"


def test_claims_tell_words_that_the_copy_does_not() -> None:
    """The words of claims count as those of the copy, and make no difference to its value."""
    copy = read_text("low-\nincome\n")
    assert copy.words(((0, 11),)) == "lowincome"
    assert copy.knowing(["A low-income country."]).words(((0, 11),)) == "low-income"
    assert copy.knowing(["A low-income country."]) == copy


# Every place at which a line can end.


def hyphens(text: str) -> list[int]:
    """Return where a line can end behind a hyphen."""
    return [found.end() for found in re.finditer(r"(?<=\w)-(?=\w| and)", text)]


def syllables(text: str) -> list[int]:
    """Return where a line can end in a word: anywhere, but two letters at each end."""
    return [at for found in re.finditer(r"[^\W\d_]{4,}", text) for at in range(found.start() + 2, found.end() - 1)]


def broken(text: str, places: Sequence[int], hyphen: str, end: str) -> str:
    """Write a text with line ends at some places, and with a hyphen before each that has none."""
    pieces = [text[first:last] for first, last in pairwise([0, *places, len(text)])]
    ends = ["" if piece.endswith("-") else hyphen for piece in pieces[:-1]]
    return "".join(f"{piece}{before}{end}" for piece, before in zip(pieces, ends, strict=False)) + pieces[-1]


def wrong_words(
    text: str, places: Sequence[int], signs: tuple[str, str], copies: int, index: SourceIndex | None
) -> set[str]:
    """Return what sentences have wrong, over some copies that share out the places at which they are broken."""
    true = {
        ref: claim.verbatim or "" for ref, claim in REPORT.bind_text(text, format="text", index=index).claims.items()
    }
    wrong: set[str] = set()
    for first in range(copies):
        bound = REPORT.bind_text(broken(text, places[first::copies], *signs), format="text", index=index)
        for ref, claim in bound.claims.items():
            words = GLUED.sub("long-", claim.verbatim or "").split()
            wrong.update(set(words).difference(GLUED.sub("long-", true[ref]).split()), "?" if not words else "")
    return wrong


OTHER_BREAKS = [("-", "\r"), ("\u2010", "\u2028"), ("\u2010", " "), ("\xad", "\n"), ("\xad", " "), ("-\xad", "\f")]
BREAKS = [("-", "\n"), *(pytest.param(*signs, marks=pytest.mark.long) for signs in OTHER_BREAKS)]


@pytest.mark.parametrize(("hyphen", "end"), BREAKS)
def test_words_of_claims_at_every_line_end(hyphen: str, end: str) -> None:
    """Wherever lines are broken, at all places at once or at some, our claims have their words."""
    text = plain(blocks())
    assert wrong_words(text, hyphens(text), (hyphen, end), 1, INDEX) == set()
    assert wrong_words(text, syllables(text), (hyphen, end), 12, INDEX) == set()


@pytest.mark.parametrize(("hyphen", "end"), BREAKS)
def test_words_of_the_report_at_every_line_end(source_text: str, hyphen: str, end: str) -> None:
    """So has the report, although some of its words are in none of our claims."""
    text = re.sub("[*#]+|</?sup>", "", source_text)
    for copies in (1, 5):
        assert wrong_words(text, hyphens(text), (hyphen, end), copies, None) == set()
    assert wrong_words(text, syllables(text), (hyphen, end), 40, None) == set()


def test_quoted_words_at_every_line_end(source_text: str) -> None:
    """What is quoted has the same words as the sentence."""
    text = re.sub("[*#]+|</?sup>", "", source_text)
    true = REPORT.bind_text(text, format="text")
    bound = REPORT.bind_text(broken(text, hyphens(text), "-", "\n"), format="text")
    for ref, claim in true.claims.items():
        words = claim.verbatim or ""
        if "-" in words and "long-and" not in words:
            (match, *_) = bound.find_quote(words).matches
            assert (match.level, match.refs, match.words) == ("exact", (ref,), trimmed(words))


@pytest.mark.parametrize("piece", ["ab-\n", "ab-", "a\xad\n", "a- ", "-\n", "\xad\n"])
def test_time_grows_with_the_hyphens(piece: str) -> None:
    """However many hyphens are in a row, or at line ends, the time grows with the text."""
    assert growth(lambda text: Vocabulary([text]).mended(text), lambda size: piece * size, 1_000) < 24
