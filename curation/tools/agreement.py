"""
Measure how far the two codings in curation/coding agree: Krippendorff's alpha, book by book.

    python curation/tools/agreement.py --check    compare with the tables in docs/data/agreement.md
    python curation/tools/agreement.py --write    put the tables into docs/data/agreement.md

Needs the extra `agreement`. codebooks/shared.md in the data folder says what is compared in which book. Places that a
book uses as examples are left out, since their codes are given there; measures are no part of it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import harness
from harness import CURATION, DATA, PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

BOOKS = DATA / "codebooks"
CODING = CURATION / "coding"
PAGE = PAGES / "data" / "agreement.md"

OVERLAYS = ("act", "actor", "aoip", "community", "crs", "sdg", "theme")
LINKS = ("answers", "serves", "carried_out_by")
LEAST = 0.8  # What must be reached.

REF = re.compile(r"I{1,3}(?:\.\d+)+")
STRENGTHS = ("none", "partial", "direct")


class Comparison(NamedTuple):
    """One way to hold the two codings of a book against each other."""

    book: str
    what: str
    required: bool
    units: int
    differ: int
    values: int
    alpha: float


def rows(coder: str, book: str) -> list[dict[str, str]]:
    """Return what one coder handed in for one book."""
    return harness.rows(CODING / coder / f"{book}.csv")


@cache
def text_of(book: str) -> str:
    """Return one code book; that of the answers is that of the means as well."""
    return (BOOKS / f"{'answers' if book == 'serves' else book}.md").read_text("utf-8")


@cache
def units(book: str) -> tuple[str, ...]:
    """Return the places that are coded: 92, from the list at the end of the shared rules, and for themes challenges."""
    listed = text_of("shared").partition("## The units")[2]
    proposals = tuple(re.findall(r"III\.[.\d]*\d", listed))
    return (*challenges(), *proposals) if book == "theme" else proposals


@cache
def examples(book: str) -> frozenset[str]:
    """Return the places whose codes the book gives; it says itself how many they are."""
    listed = text_of(book).partition("## Places used as examples")[2].partition(f" of {len(units(book))}")[0]
    places, _, count = listed.rpartition("(")
    found = REF.findall(places)
    if len(found) != int(count) or not set(found) <= set(units(book)):
        raise SystemExit(f"{book}: {count} examples announced, {len(found)} listed")
    return frozenset(found)


def challenges() -> list[str]:
    """Return the targets of `answers`."""
    return re.findall(r"^\*\*(I\.\d\.\d) ", text_of("answers"), re.MULTILINE)


def means() -> list[str]:
    """Return the sources of `serves`."""
    return re.findall(r"^\| `(IV\.p\d#[a-z-]+)` \| [^|]* \| [^|]* \| ", text_of("answers"), re.MULTILINE)


def promises() -> list[str]:
    """Return the sources of `carried_out_by`: the sentences in the prose of the pillars."""
    places = json.loads((DATA / "source_index.json").read_text("utf-8"))["places"]
    pillars = (place for place in places if re.fullmatch(r"II\.\d\.p\d", place["ref"]))
    return [sentence["ref"] for place in pillars for sentence in place["sentences"]]


def codes(book: str) -> list[tuple[tuple[str, ...], ...]]:
    """Return, for each unit that is not an example, the codes of each coder, primary first."""
    coded = [{row["place"]: tuple(row["codes"].split(";")) for row in rows(coder, book)} for coder in "ab"]
    return [tuple(coding[place] for coding in coded) for place in units(book) if place not in examples(book)]


def strengths(book: str) -> list[tuple[str, ...]]:
    """Return, for each pair of a unit that is not an example and a possible end, the strength each coder gave."""
    coded = [{(row["source"], row["target"]): row["strength"] for row in rows(coder, book)} for coder in "ab"]
    places = [place for place in units(book) if place not in examples(book)]
    pairs = (
        [(place, challenge) for place in places for challenge in challenges()]
        if book == "answers"
        else [(key, place) for key in (means() if book == "serves" else promises()) for place in places]
    )
    return [tuple(coding.get(pair, "none") for coding in coded) for pair in pairs]


def outcomes() -> list[tuple[str, ...]]:
    """Return, for each pair of a proposal and an event that was looked at, the strength each reader gave."""
    return [(row["a"], row["b"]) for row in harness.rows(CURATION / "outcome-links.csv")]


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far sets are apart (Passonneau 2006): 0 the same, 1 nothing shared, a subset nearer than others."""
    shared, whole = len(one & other), len(one | other)
    if one == other:
        return 0.0
    weight = 2 / 3 if one < other or other < one else 1 / 3
    return 1 - shared / whole * weight


def alpha(pairs: list[tuple[Any, ...]], domain: list[Any], measure: str) -> float:
    """Return Krippendorff's alpha: `nominal`, `ordinal` in the order of *domain*, or by distances of sets, `masi`."""
    import krippendorff
    import numpy as np

    def distance(*_: object, i1: npt.NDArray[np.int_], i2: npt.NDArray[np.int_], **__: object) -> npt.NDArray[Any]:
        return np.array([[masi(one, other) for other in domain] for one in domain])[i1, i2]

    level: Any = distance if measure == "masi" else measure
    counts = [[pair.count(value) for value in domain] for pair in pairs]
    return krippendorff.alpha(value_counts=counts, level_of_measurement=level)


def compare(  # noqa: PLR0913 - one row of the table
    book: str,
    what: str,
    pairs: list[tuple[Any, ...]],
    measure: str = "nominal",
    domain: list[Any] | None = None,
    *,
    required: bool = False,
) -> Comparison:
    """Return one row of the table."""
    seen: list[Any] = domain or list(dict.fromkeys(value for pair in pairs for value in pair))
    differ = sum(one != other for one, other in pairs)
    return Comparison(book, what, required, len(pairs), differ, len(seen), alpha(pairs, seen, measure))


def each(pairs: list[tuple[tuple[str, ...], ...]], value: Callable[[tuple[str, ...]], Any]) -> list[tuple[Any, ...]]:
    """Return both coders' codes of each unit, seen in one way."""
    return [tuple(value(codes) for codes in pair) for pair in pairs]


def comparisons() -> Iterator[Comparison]:
    """Make all comparisons that the shared rules ask for, in the order of the books."""
    for book in OVERLAYS:
        pairs = codes(book)
        if book == "actor":
            yield compare(book, "whole set, nominal", each(pairs, frozenset), required=True)
            for actor in sorted({code for pair in pairs for coded in pair for code in coded}):
                has = [tuple(actor in coded for coded in pair) for pair in pairs]
                yield compare(book, f"`{actor}`, yes or no", has)
            continue
        primary = each(pairs, lambda coded: coded[0])
        if book == "crs":
            heads = each(pairs, lambda coded: "none" if coded[0].startswith("none") else coded[0][:3])
            yield compare(book, "first three digits of the primary code, nominal", heads, required=True)
            yield compare(book, "primary code, nominal", primary)
        else:
            what = "primary goal" if book == "sdg" else "primary code"
            yield compare(book, f"{what}, nominal", primary, required=True)
        yield compare(book, "whole set, MASI distance", each(pairs, frozenset), "masi")
    for book in LINKS:
        pairs_of_strength = strengths(book)
        yield compare(
            book, "none < partial < direct, ordinal", pairs_of_strength, "ordinal", list(STRENGTHS), required=True
        )
        linked = [tuple(strength != "none" for strength in pair) for pair in pairs_of_strength]
        yield compare(book, "linked or not, nominal", linked)
    yield compare("followed_by", "none < partial < direct, ordinal", outcomes(), "ordinal", list(STRENGTHS))


def handed_in(book: str) -> tuple[int, int, int, int]:
    """Count the rows of a, of b, in both, and of these the same; all of the book, examples and measures included."""
    key = ("source", "target") if book in LINKS else ("place",)
    value = ("strength",) if book in LINKS else ("codes", "targets") if book == "sdg" else ("codes",)
    coded = [
        {tuple(row[name] for name in key): tuple(row[name] for name in value) for row in rows(coder, book)}
        for coder in "ab"
    ]
    both = coded[0].keys() & coded[1].keys()
    return len(coded[0]), len(coded[1]), len(both), sum(coded[0][place] == coded[1][place] for place in both)


def tables() -> str:
    """Return the tables as Markdown."""
    lines = [
        "| book | compared | must reach | units | values | differ | alpha |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{row.book}` | {row.what} | {LEAST if row.required else ''} | {row.units} | {row.values} | {row.differ} "
        f"| {row.alpha:.3f} |"
        for row in comparisons()
    ]
    lines += [
        "",
        "All rows that were handed in, examples and measures included:",
        "",
        "| book | rows of A | rows of B | in both | of these the same | differ in all |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for book in (*OVERLAYS, *LINKS):
        a, b, both, same = handed_in(book)
        lines.append(f"| `{book}` | {a} | {b} | {both} | {same} | {a + b - both - same} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    return harness.settle({PAGE: harness.placed(PAGE, "agreement", tables())}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
