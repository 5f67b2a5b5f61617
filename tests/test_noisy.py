"""Tests of copies with many wrong letters: sentences are located, and neither proved nor taken from another text."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable
from itertools import accumulate

import pytest
from noise import Noise, noisy, rightly_placed
from reader_copies import FURNITURE, INDEX, REPORT, SENTENCES, Layout, blocks, page_of_html, paged, plain

from asean_japan import NotThisReportError
from asean_japan.copies import Binding, SourceIndex
from asean_japan.copies.alignment import Located
from asean_japan.copies.fingerprints import load_index
from asean_japan.copies.furniture import Furniture
from asean_japan.copies.noisy import Placed, locate
from asean_japan.copies.skeletons import skeleton

TEXT = plain(blocks())
LEAST = {0.01: 250, 0.02: 250, 0.05: 250, 0.1: 240}
NOISE = [
    pytest.param(
        *(rate, others, seed),
        id=f"{rate:.0%}, {others:.1%} dropped or doubled, {seed}",
        marks=[pytest.mark.long] if seed > 1 else [],
    )
    for rate in LEAST
    for others in (0.0, rate / 2, rate)
    for seed in (1, 2, 3)
]


def bound(text: str, *, strict: bool = True, index: SourceIndex | None = INDEX) -> Binding:
    """Bind a text, against an index of our own claims if it is not None, which is the bundled one."""
    binding = REPORT.bind_text(text, strict=strict, index=index).binding
    assert binding
    return binding


def hold_laws(binding: Binding) -> None:
    """Check that nothing noisy is proved, and that the places of sentences are apart and in order."""
    index = {part.ref: part.fingerprint for part in INDEX.parts}
    for part in binding.sentences:
        if part.proved and part.status == "verified":
            assert index[part.ref].proves(skeleton(part.words or ""))
        assert part.ref
        assert binding.verbatim(part.ref) == (part.words if part.proved else None)
    spans = sorted(span for part in binding.parts for span in part.spans)
    edges = [edge for span in spans for edge in span]
    assert edges == list(accumulate(edges, max))
    assert not binding.coverage.whole


@pytest.mark.parametrize(("rate", "others", "seed"), NOISE)
def test_sentences_are_located(rate: float, others: float, seed: int) -> None:
    """At least 250 of 255 sentences are found where they are with 5 % of the letters wrong, 240 with 10 %."""
    noise = noisy(TEXT, rate, seed, others=others)
    binding = bound(noise.text)
    assert rightly_placed(bound(TEXT), binding, noise) >= LEAST[rate]
    assert not binding.moved
    hold_laws(binding)


@pytest.mark.parametrize(("rate", "others", "seed"), NOISE)
def test_sentences_of_the_source_are_located(source_text: str, rate: float, others: float, seed: int) -> None:
    """So it is with the report itself, against the bundled index."""
    noise = noisy(source_text, rate, seed, others=others)
    binding = bound(noise.text, index=None)
    assert rightly_placed(bound(source_text, index=None), binding, noise) >= LEAST[rate]
    same = {part.ref: part.fingerprint for part in load_index().parts}
    assert all(
        same[part.ref].proves(skeleton(part.words or ""))
        for part in binding.parts
        if part.status == "verified" and part.ref
    )
    assert not binding.coverage.whole


def solid(text: str) -> str:
    """Write everything in one line."""
    return " ".join(text.split())


FORMS: dict[str, Callable[[], str]] = {
    "lines": lambda: paged(blocks(), Layout(width=60)),
    "narrow lines": lambda: paged(blocks(), Layout(width=40, gap="")),
    "hyphens": lambda: paged(blocks(), Layout(breaking="gained")),
    "pages": lambda: paged(blocks(), Layout(page=40, head=FURNITURE, foot="{}")),
    "no numbers": lambda: plain(blocks(), labels=False),
    "one line": lambda: solid(TEXT),
    "preface": lambda: f"{lorem(9_000)}\n{TEXT}",
    "html": lambda: page_of_html(blocks()),
}


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("form", FORMS)
def test_sentences_are_located_in_other_forms(form: str, rate: float) -> None:
    """Nine of ten sentences are found in other layouts, too."""
    text = FORMS[form]()
    noise = html_noise(text, rate) if form == "html" else noisy(text, rate, 1)
    binding = bound(noise.text)
    assert rightly_placed(bound(text), binding, noise) >= 230
    hold_laws(binding)


def html_noise(text: str, rate: float) -> Noise:
    """Make letters wrong that are not markup."""
    pieces: list[str] = []
    at: list[int] = [0]
    for seed, piece in enumerate(re.split(r"(<[^>]*>|&[^;]*;)", text)):
        noise = noisy(piece, 0 if seed % 2 else rate, seed)
        at += [at[-1] + end for end in noise.at[1:]]
        pieces.append(noise.text)
    return Noise("".join(pieces), tuple(at))


@pytest.mark.parametrize("seed", range(3))
def test_wrong_signs_and_digits(seed: int) -> None:
    """Full stops that are gone part no sentences, which are looked for between words then."""
    noise = noisy(TEXT, 0.05, seed, signs=True)
    binding = bound(noise.text)
    assert rightly_placed(bound(TEXT), binding, noise) >= 245


def test_words_of_a_located_sentence_are_those_of_the_copy() -> None:
    """What is located has the letters of the copy, wrong ones as well, and is no sentence of the report."""
    noise = noisy(TEXT, 0.1, 1)
    report = REPORT.bind_text(noise.text, index=INDEX)
    binding = report.binding
    assert binding
    located = [sentence for sentence in binding.sentences if sentence.status == "located" and sentence.ref]
    assert len(located) > 240
    for sentence in located:
        assert sentence.words == " ".join(noise.text[sentence.start : sentence.end].split())
        assert not sentence.proved
        assert sentence.ref
        assert report.claims[sentence.ref].verbatim is None
    quote = report.find_quote(located[0].words or "")
    assert quote.matches
    assert not any(match.proved for match in quote.matches)
    assert not quote


def test_what_is_proved_stays_proved() -> None:
    """A sentence without wrong letters is verified where it is, between noisy ones."""
    refs = list(SENTENCES)
    words = {
        ref: text if number % 9 == 0 else noisy(text, 0.1, number).text
        for number, (ref, text) in enumerate(SENTENCES.items())
    }
    binding = bound(plain(blocks(words)))
    assert {ref for ref in refs[::9] if binding[ref].status == "verified"} == set(refs[::9])
    assert binding.coverage.verified < 50
    assert binding.coverage.located > 200
    hold_laws(binding)


def test_sentence_that_was_moved_covers_no_other() -> None:
    """A sentence that is proved out of order stays so, and none is located around it."""
    refs = list(SENTENCES)
    words = {ref: noisy(text, 0.1, number).text for number, (ref, text) in enumerate(SENTENCES.items())}
    words[refs[200]] = SENTENCES[refs[200]]
    words[refs[100]] = SENTENCES[refs[100]]
    words[refs[101]] = SENTENCES[refs[101]]
    words[refs[50]] = f"{words[refs[50]][:40]} {words.pop(refs[200])} {words[refs[50]][40:]}"
    binding = bound(plain(blocks(words)))
    assert binding[refs[200]].status == "verified"
    assert refs[200] in binding.moved
    hold_laws(binding)


# Guards: what is another text.


def lorem(size: int, seed: int = 0) -> str:
    """Make so many characters of words that mean nothing, in sentences."""
    draw = random.Random(seed)  # noqa: S311  # It is not a secret.
    words: list[str] = []
    while sum(map(len, words)) + len(words) < size:
        words.append("".join(draw.choices("aeioulmnrst", k=draw.randint(2, 10))))
        if draw.random() < 0.06:
            words[-1] += "."
    return " ".join(words)[:size]


def shuffled(items: list[str], seed: int = 0) -> list[str]:
    """Put items into another order."""
    return random.Random(seed).sample(items, len(items))  # noqa: S311  # It is not a secret.


def like(text: str) -> str:
    """Make a sentence of the same length with other letters, in the same places."""
    return re.sub("[a-z]", lambda found: string.ascii_lowercase[-ord(found[0]) % 26], text)


def restated(text: str) -> str:
    """Say the same with the same beginning and end, and other words, more or less, between."""
    words = text.split()
    middle = [*words[4:-4], "indeed"] * 2
    return " ".join([*words[:4], *middle[: len(middle) * (3 + len(text) % 4) // 10], *words[-4:]])


OTHERS: dict[str, Callable[[], str]] = {
    "words that mean nothing": lambda: lorem(40_000),
    "the same lengths": lambda: plain(blocks({ref: lorem(len(text) - 1) + "." for ref, text in SENTENCES.items()})),
    "the same lengths and spaces": lambda: plain(blocks({ref: like(text) for ref, text in SENTENCES.items()})),
    "letters in another order": lambda: re.sub("[a-z]+", lambda found: "".join(sorted(found[0])), TEXT),
    "paragraphs in another order": lambda: "\n".join(shuffled(noisy(TEXT, 0.05, 1).text.splitlines())),
    "sentences in another order": lambda: "\n".join(
        shuffled([noisy(text, 0.05, 1).text for text in SENTENCES.values()])
    ),
    "backwards": lambda: "\n".join(noisy(TEXT, 0.1, 1).text.splitlines()[::-1]),
    "restated": lambda: plain(blocks({ref: restated(text) for ref, text in SENTENCES.items()})),
    "a half": lambda: noisy(TEXT[: len(TEXT) // 2], 0.1, 1).text,
    "a half, and another text": lambda: noisy(TEXT[: len(TEXT) // 2], 0.1, 1).text + "\n" + lorem(len(TEXT) // 2),
    "too many wrong letters": lambda: noisy(TEXT, 0.4, 1).text,
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_text_is_refused(name: str) -> None:
    """A text that is another one, or in another order, or half of the report, is refused."""
    with pytest.raises(NotThisReportError):
        bound(OTHERS[name]())


@pytest.mark.parametrize(
    "name", ["words that mean nothing", "the same lengths", "the same lengths and spaces", "letters in another order"]
)
def test_nothing_is_located_in_another_text(name: str) -> None:
    """Where no hint agrees, lengths that do locate nothing."""
    binding = bound(plain(blocks(dict.fromkeys(SENTENCES, ""))) + OTHERS[name](), strict=False)
    assert binding.coverage.located == 0


def test_restatement_of_the_source_is_refused() -> None:
    """Our own claims, which begin and end as the sentences do here and there, are not a noisy copy of them."""
    with pytest.raises(NotThisReportError):
        bound("\n".join(SENTENCES.values()), index=None)


def test_other_text_in_a_noisy_copy() -> None:
    """Of a chapter that is another text, no sentence is believed to be there but next to those that are."""
    lines = TEXT.splitlines()
    first, last = len(lines) // 3, len(lines) * 2 // 3
    changed = [*lines[:first], *(like(line) for line in lines[first:last]), *lines[last:]]
    binding = bound(noisy("\n".join(changed), 0.05, 1).text, strict=False)
    gone = sum(sentence.status == "missing" for sentence in binding.sentences)
    assert gone > 30
    assert binding.coverage.located > 120


def test_clean_copy_costs_nothing_more() -> None:
    """If most sentences are proved, what was found is returned as it is, and the text is not read."""
    places = {number: Located(((number, number + 1),), "verified") for number in range(200)}
    assert locate(INDEX.parts, "", Furniture("", []), places) == Placed(places, 0)


@pytest.mark.parametrize("text", ["", "a", "a. " * 20_000, "a " * 20_000, "a\n" * 30_000, "word " * 300_000])
def test_text_that_is_no_copy_is_not_searched(text: str) -> None:
    """A text that is too long, or has too many ends of lines, sentences or words, is given up."""
    assert locate(INDEX.parts, text, Furniture(text, []), {}) == Placed({}, 0)
