"""
Count how many true quotations are proved, and that no altered one is.

    python benchmarks/quotations.py [COPY]     print the table
    python benchmarks/quotations.py --write    put it into docs/guides/quotes.md

    --count N    how many of each, 1,000 if not said
    --seed N     what is drawn, 50 if not said

COPY is a copy of the report; without one, the one that ASEAN_JAPAN_SOURCE names, or our own claims, which then are the
report's words, with an index that is made of them. Copies of seven kinds are made of the words: Markdown, plain text,
HTML, docx, PDF by two programs, lines that are broken by hyphens, and noisy pages. Quotations are made of the words by
rule, never of a copy. A word that an altered one gets is one that the report has elsewhere.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import asean_japan
from asean_japan import Ref, Report
from asean_japan.copies.fingerprints import load_index
from asean_japan.copies.numbers import numbers_of
from asean_japan.copies.skeletons import skeleton

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))  # Of a program, the folder of which is all that Python knows.

import reader_copies  # noqa: E402
from reader_copies import Block, Layout  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from asean_japan.copies import SourceIndex

PAGE = ROOT / "docs" / "guides" / "quotes.md"
MARKED = re.compile(r"(?<=<!-- quotations -->\n).*?(?=<!-- /quotations -->)", re.DOTALL)
NUMBER = re.compile(r"\d+")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONTH = re.compile(r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b")
VERB = re.compile(r"\b(?:should|must|will|would|can|could|may|is|are|has|have)\b")
DENIED = re.compile(r"\b(?:not|no longer|never) ")
NAME = re.compile(r"\bASEAN\b|\bJapan\b|\bMyanmar\b|\bSoutheast Asia\b|\b[A-Z]{4,}\b")
LONG_WORD = re.compile(r"\b[a-z]{5,}\b")
STRENGTHS = ("must", "should", "may", "could", "might", "will")
ADDED = ("fully", "also", "often", "always", "partly", "largely", "new", "only", "major", "some")
TRIES = 200


class Words(NamedTuple):
    """The words of which quotations are made."""

    report: Report
    digests: SourceIndex
    sentences: dict[Ref, str]
    blocks: list[Block]
    letters: frozenset[str]  # Of the whole, with the numbers of places and without.


def words_of(copy: Path | None) -> Words:
    """Return the words of a copy, or our claims."""
    report = asean_japan.load()
    # Our square brackets are not the report's, and would be read as what a quoter added.
    rounded = str.maketrans("[]", "()")
    sentences = {ref: text.translate(rounded) for ref, text in reader_copies.SENTENCES.items()}
    index = reader_copies.INDEX
    if copy:
        claims = report.bind(copy).claims
        sentences, index = {ref: claim.verbatim or "" for ref, claim in claims.items()}, load_index()
    blocks = reader_copies.blocks(sentences)
    letters = (skeleton(reader_copies.plain(blocks, labels=labels)) for labels in (True, False))
    return Words(report, index, sentences, blocks, frozenset(letters))


# The copies.


def noisy_pages(blocks: list[Block]) -> str:
    """Write pages with a head and a foot, no form feeds, and line ends of another system with spaces before them."""
    layout = Layout(width=66, page=31, head=reader_copies.FURNITURE, foot="- {} -", feeds=False, gap=" \n\n")
    return reader_copies.paged(blocks, layout).replace("\n", "  \r\n")


def broken_lines(blocks: list[Block]) -> str:
    """Write short lines, which break words by hyphens, with ligatures and curly quotation marks."""
    pairs = (reader_copies.LIGATURES, reader_copies.CURLY)
    return reader_copies.paged(blocks, Layout(width=58, breaking="gained", pairs=pairs))


COPIES: dict[str, Callable[[list[Block]], str | bytes]] = {
    "Markdown": reader_copies.markdown,
    "plain text": reader_copies.plain,
    "HTML": reader_copies.page_of_html,
    "docx": reader_copies.docx_file,
    "PDF, fpdf2": reader_copies.pdf_by_fpdf,
    "PDF, ReportLab": reader_copies.pdf_by_reportlab,
    "broken lines": broken_lines,
    "noisy pages": noisy_pages,
}


def bound_copies(words: Words) -> dict[str, Report]:
    """Bind each copy; raise an error if one is refused."""
    found: dict[str, Report] = {}
    for name, make in COPIES.items():
        content = make(words.blocks)
        text = content.encode() if isinstance(content, str) else content
        found[name] = words.report.bind(text, index=words.digests)
    return found


# True quotations.


def whole(words: Words, draw: random.Random) -> str:
    """Quote a sentence."""
    return draw.choice(list(words.sentences.values()))


def part(words: Words, draw: random.Random) -> str:
    """Quote some words of a sentence, four or more."""
    tokens = draw.choice([text.split() for text in words.sentences.values() if len(text.split()) > 5])  # noqa: PLR2004
    start = draw.randrange(len(tokens) - 4)
    return " ".join(tokens[start : draw.randint(start + 4, len(tokens))])


def in_a_place(words: Words, draw: random.Random) -> str:
    """Quote the end of a sentence and the beginning of the next one, of one place."""
    block = draw.choice([block for block in words.blocks if len(block.sentences) > 1])
    at = draw.randrange(len(block.sentences) - 1)
    return _joined(block.sentences[at], "", block.sentences[at + 1], draw)


def across_marks(words: Words, draw: random.Random) -> str:
    """Quote the end of a place and the beginning of the next one, with the number between them or without."""
    pairs = zip(words.blocks, words.blocks[1:], strict=False)
    left, right = draw.choice([pair for pair in pairs if pair[0].sentences and pair[1].sentences and pair[1].label])
    label = draw.choice(("", right.label))
    return _joined(left.sentences[-1], f"{label} {right.heading}", right.sentences[0], draw)


def _joined(first: str, between: str, second: str, draw: random.Random) -> str:
    """Join some words at the end of a sentence and some at the beginning of another one."""
    left, right = first.split(), second.split()
    left, right = left[-draw.randint(3, max(3, len(left))) :], right[: draw.randint(3, max(3, len(right)))]
    return " ".join([*left, *between.split(), *right])


TRUE: dict[str, Callable[[Words, random.Random], str]] = {
    "a whole sentence": whole,
    "a part of one": part,
    "over two sentences of a place": in_a_place,
    "over two places": across_marks,
}
DRESSES: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: f"“{text}”",
    lambda text: f"«\xa0{text}\xa0»",
    lambda text: text.replace('"', "'").replace("“", "‘").replace("”", "’"),
    lambda text: reader_copies.replaced(f" {text}", reader_copies.CURLY).strip(),
    lambda text: re.sub(r"(?<=[a-z])-(?=[a-z])", "‑", text),
    lambda text: re.sub(r"(?<=[a-z])-(?=[a-z])", "–", text),
    lambda text: text[:1].swapcase() + text[1:],
    lambda text: text.rstrip(".") + ",",
    lambda text: text.replace(" ", "\n", 3),
    lambda text: text.replace(" ", "\xa0"),
)


def true_quotation(words: Words, rule: str, draw: random.Random) -> str:
    """Quote as a rule says, in one of the ways in which people write."""
    while True:
        text = TRUE[rule](words, draw)
        if len(skeleton(text)) >= 10:  # noqa: PLR2004  # Else it is refused.
            return draw.choice(DRESSES)(text)


# Altered ones.


def other_number(text: str, draw: random.Random) -> str:
    """Change a digit."""
    found = draw.choice(list(NUMBER.finditer(text)))
    at = draw.randrange(*found.span())
    return f"{text[:at]}{(int(text[at]) + draw.randint(1, 9)) % 10}{text[at + 1 :]}"


def other_sign(text: str, draw: random.Random) -> str:
    """Take the sign in a number away, or write one."""
    found = draw.choice(list(NUMBER.finditer(text)))
    if re.fullmatch(r"[+.]\d", text[found.end() : found.end() + 2]):
        return text[: found.end()] + text[found.end() + 1 :]
    return text[: found.start()] + draw.choice(("-", "+", "$", "<", "~")) + text[found.start() :]


def denied(text: str, draw: random.Random) -> str:
    """Take a negation away, or add one."""
    if found := DENIED.search(text):
        return text[: found.start()] + text[found.end() :]
    return _inserted(text, draw.choice(list(VERB.finditer(text))).end(), " not")


def swapped_word(text: str, draw: random.Random, words: Words) -> str:
    """Write another word of the report in place of one."""
    others = sorted({found[0] for sentence in words.sentences.values() for found in LONG_WORD.finditer(sentence)})
    return _replaced(text, draw.choice(list(LONG_WORD.finditer(text))), draw.choice(others))


def dropped_word(text: str, draw: random.Random) -> str:
    """Leave a word out that is neither the first nor the last."""
    tokens = text.split()
    del tokens[draw.randrange(1, len(tokens) - 1)]
    return " ".join(tokens)


def other_name(text: str, draw: random.Random) -> str:
    """Write another name in place of one."""
    found = draw.choice(list(NAME.finditer(text)))
    return _replaced(text, found, draw.choice(("China", "Indonesia", "the EU", "APEC", "Korea")))


def other_date(text: str, draw: random.Random) -> str:
    """Write another year or month."""
    found = draw.choice([*YEAR.finditer(text), *MONTH.finditer(text)])
    other = str(int(found[0]) + draw.choice((-10, -1, 1, 2, 10))) if found[0].isdigit() else "May"
    return _replaced(text, found, other)


def other_strength(text: str, draw: random.Random) -> str:
    """Write another verb of obligation."""
    found = draw.choice(list(re.finditer(rf"\b(?:{'|'.join(STRENGTHS)})\b", text)))
    return _replaced(text, found, draw.choice([verb for verb in STRENGTHS if verb != found[0]]))


def added_word(text: str, draw: random.Random) -> str:
    """Add a word between two."""
    return _inserted(text, draw.choice(list(re.finditer(r" ", text))).start(), f" {draw.choice(ADDED)}")


def other_order(text: str, draw: random.Random) -> str:
    """Write two words the other way round."""
    tokens = text.split()
    at = draw.randrange(len(tokens) - 1)
    tokens[at : at + 2] = tokens[at + 1], tokens[at]
    return " ".join(tokens)


def _inserted(text: str, at: int, more: str) -> str:
    return f"{text[:at]}{more}{text[at:]}"


def _replaced(text: str, found: re.Match[str], other: str) -> str:
    return f"{text[: found.start()]}{other}{text[found.end() :]}"


ALTERED: dict[str, Callable[..., str]] = {
    "another number": other_number,
    "another sign of a number": other_sign,
    "a negation": denied,
    "another word": swapped_word,
    "a word dropped": dropped_word,
    "another name": other_name,
    "another date": other_date,
    "must, should, may": other_strength,
    "a word added": added_word,
    "another order": other_order,
}


def altered_quotation(words: Words, rule: str, draw: random.Random) -> str:
    """Quote something, and alter it as a rule says, so that the report does not have it."""
    while True:
        text = TRUE[draw.choice(list(TRUE))](words, draw)
        others = (words,) if rule == "another word" else ()
        try:
            other = ALTERED[rule](text, draw, *others)
        except (IndexError, ValueError):  # Nothing to alter.
            continue
        letters = skeleton(other)
        if len(letters) < 10:  # noqa: PLR2004
            continue
        new = not any(letters in whole for whole in words.letters)
        if new or (rule == "another sign of a number" and numbers_of(other) != numbers_of(text)):
            return draw.choice(DRESSES)(other)


# The count.


class Tried(NamedTuple):
    """A quotation, and what was said of it."""

    copy: str
    rule: str
    text: str
    answer: str


def tried(words: Words, copies: Mapping[str, Report], count: int, seed: int) -> Iterator[Tried]:
    """Look for so many true and so many altered quotations, each in one of the copies."""
    draw = random.Random(seed)
    names = list(copies)
    for rules, make in ((TRUE, true_quotation), (ALTERED, altered_quotation)):
        for number in range(count):
            rule, name = list(rules)[number % len(rules)], names[number // len(rules) % len(names)]
            text = make(words, rule, draw)
            yield Tried(name, rule, text, copies[name].find_quote(text, index=words.digests).answer)


def table(found: list[Tried], names: list[str]) -> str:
    """Write how many were proved, by rule and copy."""
    lines = [f"| quotation | {' | '.join(names)} | proved |", "|".join(["", *[" --- "] * (len(names) + 2), ""])]
    for kind, rules in (("true", TRUE), ("altered", ALTERED)):
        for rule in (*rules, ""):
            rows = [row for row in found if row.rule in ([rule] if rule else rules)]
            proved = Counter(row.copy for row in rows if row.answer == "genuine")
            of = Counter(row.copy for row in rows)
            cells = [f"{proved[name]} of {of[name]}" for name in names]
            total = f"{proved.total()} of {of.total()}"
            name = f"{kind}: {rule}" if rule else f"**{kind}, all**"
            lines.append(f"| {' | '.join([name, *cells, total if rule else f'**{total}**'])} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Print the table, and each quotation of which the wrong thing was said, or write the table."""
    parser = argparse.ArgumentParser(description="Count how many true and altered quotations are proved.")
    source = os.environ.get("ASEAN_JAPAN_SOURCE")
    parser.add_argument("copy", nargs="?", type=Path, metavar="COPY", default=source and Path(source))
    parser.add_argument("--count", type=int, default=1000, help="how many of each kind")
    parser.add_argument("--seed", type=int, default=50, help="what is drawn")
    parser.add_argument("--write", action="store_true", help="put the table into docs/guides/quotes.md")
    options = parser.parse_args(arguments)
    words = words_of(options.copy)
    copies = bound_copies(words)
    found = list(tried(words, copies, options.count, options.seed))
    text = table(found, list(copies))
    print(text)
    for row in found:
        if (row.answer == "genuine") == (row.rule in ALTERED):
            print(f"{row.answer}: {row.rule}, {row.copy}: {row.text!r}")
    if options.write:
        PAGE.write_text(MARKED.sub(lambda _: text, PAGE.read_text("utf-8")), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
