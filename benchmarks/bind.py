"""
Measure what binding a reader's copy costs: ratios within one run, never absolute times.

    python benchmarks/bind.py [COPY]      print the figures
    python benchmarks/bind.py --write     put them into docs/benchmarks.md

COPY is a copy of the report; without one, our own claims stand for its words, and an index is made of them. Everything
is measured against tokenizing the same text once: finding its words, case-folded, with their places. The peers,
rapidfuzz and fast-diff-match-patch, are given the words of every sentence, which binding does not have. *Found* counts
the sentences whose letters are where they are said to be.

Then each whole sentence is looked for as a quotation, without a copy and with one, against looking its digest up in a
dictionary.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import asean_japan
from asean_japan import Ref, Report
from asean_japan.copies import SourceIndex
from asean_japan.copies.fingerprints import digest, load_index
from asean_japan.copies.quotes import LEAST_LETTERS
from asean_japan.copies.skeletons import skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Work = Callable[[str], Iterable[tuple[Ref, str]]]

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MARKED = re.compile(r"(?<=<!-- binding -->\n).*?(?=<!-- /binding -->)", re.DOTALL)
MARKED_QUOTES = re.compile(r"(?<=<!-- proving -->\n).*?(?=<!-- /proving -->)", re.DOTALL)
ROUNDS = 21
WORD = re.compile(r"\w+")


def options() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description="Measure what binding a reader's copy costs.")
    parser.add_argument("copy", nargs="?", type=Path, metavar="COPY", help="a copy of the report; otherwise our claims")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    return parser.parse_args()


OPTIONS = options()


def setting() -> tuple[Report, SourceIndex, dict[Ref, str]]:
    """Return the report, its index, and the words of its sentences."""
    report = asean_japan.load()
    if OPTIONS.copy is None:
        words = {ref: claim.text for ref, claim in report.claims.items()}
        return report, SourceIndex.of(report.walk(), lambda claim: claim.text), words
    bound = report.bind(OPTIONS.copy)
    return report, load_index(), {ref: claim.verbatim or "" for ref, claim in bound.claims.items()}


REPORT, INDEX, WORDS = setting()


def clean() -> str:
    """Write a place a line, with its number."""
    lines = [part.stated or "" for part in INDEX.parts if not part.ref]  # The title page.
    for node in REPORT.walk():
        heading = [node.heading] if node.heading else []
        label = [node.label] if node.mark else []
        lines.append(" ".join([*label, *heading, *(WORDS[claim.ref] for claim in node.claims)]))
    return "\n".join(lines)


def pages(text: str) -> str:
    """Write lines of 80 characters, with words broken by a hyphen, and a head and a number on each page of 40 lines."""
    lines = [line[at : at + 80] for line in text.splitlines() for at in range(0, len(line), 80)]
    broken = [f"{line}-" if line[-1].isalpha() and len(line) == 80 else line for line in lines]  # noqa: PLR2004
    parts = ["\n".join(["Expert Panel", *broken[at : at + 40], str(at // 40)]) for at in range(0, len(broken), 40)]
    return "\n\f".join(parts)


def typos(text: str) -> str:
    """Get one letter of a hundred wrong."""
    draw = random.Random(50)
    letters = [draw.choice("etaoin") if char.isalpha() and draw.random() < 0.01 else char for char in text]  # noqa: PLR2004
    return "".join(letters)


def tokenize(text: str) -> Iterable[tuple[Ref, str]]:
    """Find the words, with their places; that says nothing of sentences."""
    tokens = [(found.start(), found.end(), found[0].casefold()) for found in WORD.finditer(text)]
    return zip(WORDS, (token[2] for token in tokens), strict=False)


def bind(text: str) -> Iterable[tuple[Ref, str]]:
    """Hold the text against the index."""
    bound = REPORT.bind_text(text, format="text", strict=False, index=INDEX)
    assert bound.binding  # noqa: S101  # For the type checker.
    return ((sentence.ref, sentence.words or "") for sentence in bound.binding.sentences if sentence.ref)


def rapidfuzz(text: str) -> Iterable[tuple[Ref, str]]:
    """Align each sentence with the text."""
    from rapidfuzz import fuzz

    found = [(ref, fuzz.partial_ratio_alignment(words, text)) for ref, words in WORDS.items()]
    return ((ref, text[at.dest_start : at.dest_end]) for ref, at in found if at)


def diff(text: str) -> Iterable[tuple[Ref, str]]:
    """Compare the whole with the whole, and carry each sentence over."""
    import fast_diff_match_patch

    compare: Callable[..., list[tuple[str, int]]] = cast("Any", fast_diff_match_patch).diff  # It has no types.
    whole = ""
    spans: dict[Ref, tuple[int, int]] = {}
    for ref, words in WORDS.items():
        spans[ref] = len(whole), len(whole) + len(words)
        whole += f"{words}\n"
    places: list[int] = []
    at = 0
    for sign, count in compare(whole, text, cleanup="No"):
        if sign == "=":
            places.extend(range(at, at + count))
        elif sign == "-":
            places.extend([at] * count)
        at += 0 if sign == "-" else count
    return ((ref, text[places[start] : places[end - 1] + 1]) for ref, (start, end) in spans.items())


def found(work: Work, text: str, truth: dict[Ref, str]) -> int:
    """Return how many sentences have the letters that they should have."""
    return sum(skeleton(words) == skeleton(truth[ref]) for ref, words in work(text))


def ratios(works: list[Work], text: str) -> dict[Work, float]:
    """Return the median over all rounds of how much longer each takes than tokenizing."""
    spent: dict[Work, list[float]] = {work: [] for work in works}
    for _ in range(ROUNDS):
        taken: dict[Work, float] = {}
        for work in random.sample([tokenize, *works], len(works) + 1):
            start = time.perf_counter()
            work(text)
            taken[work] = time.perf_counter() - start
        for work in works:
            spent[work].append(taken[work] / taken[tokenize])
    return {work: statistics.median(values) for work, values in spent.items()}


def proving() -> list[tuple[str, ...]]:
    """Return a row for each way to prove a whole sentence: ratio, median and longest time, and what that must be."""
    known = {part.fingerprint.sha256: part for part in INDEX.parts}
    texts = [words for words in WORDS.values() if len(skeleton(words)) >= LEAST_LETTERS]
    bound = REPORT.bind_text(clean(), index=INDEX)
    ways: dict[str, Callable[[str], object]] = {
        "digest in a dict": lambda text: known.get(digest(skeleton(text))),
        "find_quote": lambda text: REPORT.find_quote(text, index=INDEX),
        "find_quote, bound": lambda text: bound.find_quote(text, index=INDEX),
    }
    spent: dict[str, list[float]] = {way: [] for way in ways}  # The median of all rounds for each sentence.
    for text in texts:
        rounds: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way in random.sample(list(ways), len(ways)):
                start = time.perf_counter()
                found = ways[way](text)
                rounds[way].append(time.perf_counter() - start)
                assert found, text  # noqa: S101  # All of them prove it.
        for way, times in rounds.items():
            spent[way].append(statistics.median(times))
    rows: list[tuple[str, ...]] = [("contender", "ratio", "median", "longest", "must"), ("---",) * 5]
    for way, times in spent.items():
        ratio = statistics.median(time / least for time, least in zip(times, spent["digest in a dict"], strict=True))
        figures = (f"{statistics.median(times) * 1000:.3f} ms", f"{max(times) * 1000:.3f} ms")
        rows.append((way, f"{ratio:.0f} × time", *figures, "at most 1 ms" if "quote" in way else ""))
    return rows


def main() -> None:
    """Print a line for each text and contender, or write them."""
    text = clean()
    wrong = dict(zip(WORDS, typos("\n".join(WORDS.values())).split("\n"), strict=True))
    texts = {
        "clean": (text, WORDS),
        "pages": (pages(text), WORDS),
        "typos": ("\n".join(wrong.values()), wrong),
    }
    aims = {"clean": "at most 2.5, aim 1.5", "pages": "at most 3, aim 2", "typos": "at most 6, aim 4"}
    rows = [("text", "contender", "ratio", "found", "must"), ("---",) * 5]
    for name, (copy, truth) in texts.items():
        works: list[Work] = [bind, rapidfuzz, diff]
        for work, ratio in ratios(works, copy).items():
            must = aims.get(name, "") if work is bind else ""
            count = f"{found(work, copy, truth)} of {len(WORDS)}"
            rows.append((name, work.__name__, f"{ratio:.2f} × time", count, must))
    figures = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    quotes = "".join(f"| {' | '.join(row)} |\n" for row in proving())
    if OPTIONS.write:
        page = MARKED.sub(lambda _: figures, PAGE.read_text("utf-8"))
        PAGE.write_text(MARKED_QUOTES.sub(lambda _: quotes, page), "utf-8", newline="\n")
    print(f"{figures}\n{quotes}", end="")


if __name__ == "__main__":
    main()
