"""
Tests of law 8: time grows in proportion to the text, whatever the text is.

No time is asserted, only how it grows: the slope of the logarithm of the time over that of the size is 1 where growth
is linear and 2 where it is quadratic. Time is that of the processor, since others may use it too, and the best of
several runs.
"""

from __future__ import annotations

import contextlib
import gc
import json
import pickle
import random
import re
import unicodedata
from collections.abc import Callable
from functools import partial
from math import ceil, log
from statistics import linear_regression
from time import process_time
from typing import Any, NamedTuple, TypeAlias, cast

import pytest
from noise import noisy

import asean_japan
from asean_japan import AseanJapanError, LimitError, Ref, RefRange, Report
from asean_japan.copies import SourceIndex
from asean_japan.copies.elisions import take_apart
from asean_japan.copies.fingerprints import IndexedPart, fingerprint, load_index
from asean_japan.copies.furniture import Furniture
from asean_japan.copies.noisy import Placed, locate
from asean_japan.copies.quoted import LONGEST_TEXT as LONGEST_QUOTED
from asean_japan.copies.quotes import LONGEST_QUOTE
from asean_japan.folding import fold, normalized
from asean_japan.model import Kind
from asean_japan.refs import LONGEST_TEXT
from asean_japan.serialization.parsing import LARGEST_TEXT

pytestmark = pytest.mark.long

Make: TypeAlias = Callable[[int], Any]
Json: TypeAlias = Any
Call: TypeAlias = Callable[[Any], object]

STEEPEST = 1.4  # This still counts as linear: a logarithm, or memory beyond the cache, adds a little.
QUADRATIC = 1.6
SHORTEST = 0.0005  # Seconds; below that, what is fixed would hide what grows.
ENOUGH = 1 << 14  # Characters, for the least of three sizes.

REPORT = asean_japan.load()
EDITION: Json = asean_japan.to_dict(REPORT)["edition"]


def message(call: Call, value: object) -> str:
    """Ask what is refused, and say why."""
    with pytest.raises(AseanJapanError) as caught:
        call(value)
    return str(caught.value)


def timed(call: Call, value: object, times: int) -> float:
    """Return the processor time of one call, as the mean of several in a row."""
    start = process_time()
    for _ in range(times):
        with contextlib.suppress(AseanJapanError, ValueError):
            call(value)
    return (process_time() - start) / times


def best(call: Call, value: object, repeat: int) -> float:
    """Return the least time of *repeat* runs."""
    times = ceil(SHORTEST / max(timed(call, value, 1), 1e-9))
    return min(timed(call, value, times) for _ in range(repeat))


def slope(times: dict[int, float]) -> float:
    """Fit a line through the logarithms of sizes and times, by least squares."""
    return linear_regression([log(size) for size in times], [log(time) for time in times.values()]).slope


def growth(call: Call, make: Make, most: int = LARGEST_TEXT, rounds: int = 4) -> float:
    """
    Measure how the time of *call* grows with the size of what *make* makes, which is at most *most*.

    What looks too steep is measured again, longer, and larger if it may be: noise goes away, and real growth does not.
    """
    size = min(64, most // 4)
    while size * 4 <= min(most // 4, ENOUGH) and timed(call, make(size), 1) < SHORTEST:
        size *= 4
    found: list[float] = []
    gc.disable()  # It would come at some sizes and not at others.
    try:
        for attempt in range(rounds):
            times = {each: best(call, make(each), 3 + 4 * attempt) for each in (size, size * 2, size * 4)}
            found.append(slope(times))
            if found[-1] <= STEEPEST:
                break
            if size * 8 <= most and times[size] < SHORTEST * 10:
                size *= 2
    finally:
        gc.enable()
    return min(found)


# Texts.


def of(unit: str, before: str = "", behind: str = "") -> Make:
    """Make texts that repeat *unit*."""
    return lambda size: before + unit * (size // len(unit)) + behind


def halves(first: str, second: str) -> Make:
    """Make texts that repeat one thing and then another."""
    return lambda size: first * (size // 2 // len(first)) + second * (size // 2 // len(second))


def distinct(size: int) -> str:
    """Make a text of that many letters in which no word occurs twice."""
    return " ".join(f"w{number:x}" for number in range(size // 6))


TEXTS: dict[str, Make] = {
    "letters": of("a"),
    "digits": of("9"),
    "blanks": of(" ", "a", "a"),
    "line ends": of("\r\n", "a", "a"),
    "words": distinct,
    "one word": of("rice "),
    "circles": of("④"),
    "dashes": of("–-", "a"),
    "full width": of("Ａ１"),
    "brackets": of("(", "a"),
    "quotes": of("\"'’", "a"),
    "possessives": of("a's’s "),
    "underscores": of("_a"),
    "operators": of('a OR NEAR(* "'),
    "marks in order": of("\u0300", "a"),
    "marks out of order": of("\u0300\u0316", "a"),
    "marks in two heaps": halves("\u0300", "\u0316"),
    "marks after marks": of("\u0301\uff9e", "a"),
    "jamo": of("\u1100\u1161\u11a8"),
    "ligatures": of("\ufdfa"),
    "casefolds": of("ßİŉ"),
    "astral": of("𝐀𠀀"),
    "surrogates": of("\ud800", "a"),
    "invisible": of("\u200b\u202e\x00", "a"),
    "addresses": of("III.2.4, I.2.⑥–⑧ of "),
    "almost a needle": of("ab", behind="c"),
}


# The controls: what is quadratic is seen to be.


def slow_pattern(text: str) -> object:
    """Look for a letter that is not there, from every letter anew."""
    return re.search("a+b", text)


def slow_sort(text: str) -> str:
    """Let Python sort the marks of one letter."""
    return unicodedata.normalize("NFC", text)


def slow_search(text: str) -> list[str]:
    """Compare each word with all before it."""
    found: list[str] = []
    for word in text.split():
        if word not in found:
            found.append(word)
    return found


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (slow_pattern, "letters"),
        (slow_sort, "marks out of order"),
        (slow_sort, "marks in two heaps"),
        (slow_search, "words"),
    ],
)
def test_quadratic_growth_is_seen(call: Call, name: str) -> None:
    """The measure of the tests below finds what it should find."""
    assert growth(call, TEXTS[name], rounds=1) >= QUADRATIC


def test_quadratic_growth_is_seen_in_a_short_text() -> None:
    """It is also found between lengths that an address may have."""

    def pairs(text: str) -> int:
        return sum(one < other for one in text for other in text)

    assert growth(pairs, of("a"), LONGEST_TEXT, rounds=1) >= QUADRATIC


def test_linear_growth_is_seen() -> None:
    """Linear growth is not taken for steep."""
    assert growth(lambda text: [ord(letter) for letter in text], of("a")) <= STEEPEST


# Texts of any length.


def made(*texts: str) -> Report:
    """Build a small report whose first section says *texts*."""
    return asean_japan.from_dict(document(*texts))


def document(*texts: str) -> Json:
    """Write that report as plain values."""
    edition: Json = dict(EDITION)
    sections = [
        {
            "ref": name,
            "kind": "section",
            "mark": {"text": f"{name}.", "value": at, "style": "roman" if at else "arabic"},
            "heading": "x",
            "gist": "x",
            "gist_ja": None,
            "claims": [{"ref": f"{name}.s{number}", "text": text} for number, text in enumerate(texts, 1) if not at],
            "children": [],
        }
        for at, name in enumerate(("0", "I", "II", "III", "IV"))
    ]
    return {"edition": edition, "sections": sections}


def walked(kind: Any) -> object:  # noqa: ANN401  # Whatever is asked.
    """Return the nodes of a kind."""
    return SMALL.walk(kind=cast("Kind", kind))


SMALL = made("Rice.", "a\u00df")
SMALL.search("rice")  # What is made on first use does not count.

OF_A_TEXT: dict[str, Call] = {
    "fold": fold,
    "normalized": lambda text: normalized("NFKC", text),
    "Report.find": lambda text: SMALL.find(text=text, deep=True),
    "Report.search": SMALL.search,
    "Report.entities": lambda text: message(REPORT.entities.__getitem__, text),
    "Report.find, mentions": lambda text: message(lambda name: REPORT.find(mentions=name), text),
    "Report.find, code": lambda text: message(lambda code: REPORT.find(code=code), text),
    "Report.overlays": lambda text: message(REPORT.overlays.__getitem__, text),
    "Overlay.code": lambda text: message(REPORT.overlays["sdg"].coded, text),
    "refused": lambda text: message(walked, text),
}


@pytest.mark.parametrize("family", TEXTS)
@pytest.mark.parametrize("name", OF_A_TEXT)
def test_growth_with_a_text(name: str, family: str) -> None:
    """Whoever asks with a long text waits in proportion to it."""
    assert growth(OF_A_TEXT[name], TEXTS[family]) <= STEEPEST


# Quotations of any length, and texts with any number of them.

CLAIMS = [claim.text for claim in REPORT.claims.values()]
INDEX = SourceIndex.of(REPORT.walk(), lambda claim: claim.text)
BOUND = REPORT.bind_text("\n".join(CLAIMS), index=INDEX)
QUOTED: dict[str, Make] = {
    **{name: TEXTS[name] for name in ("letters", "digits", "blanks", "words", "one word", "brackets", "quotes")},
    **{name: TEXTS[name] for name in ("possessives", "marks in order", "ligatures", "invisible", "almost a needle")},
    "the report": lambda size: (" ".join(CLAIMS) * (size // 20_000 + 1))[:size],
    "one sentence": of(f"{CLAIMS[30]} "),
    "almost a sentence": of(f"{CLAIMS[30][:-1]}x "),
    "numbers": of("1. 2.5 $3 ", "a"),
    "ellipses": of(f"{CLAIMS[30][:30]} ... "),
    "dots": of(". ", "a", "a"),
    "stars and spaces": of("*  ", "a", "a"),
    "remarks": of("some [sic] words (emphasis added) "),
    "open remarks": of("(emphasis [sic (see ", "some words "),
    "capitals in brackets": of("[W]ords "),
    "citations": of(" (p. 4)", CLAIMS[30]),
    "open citations": of(" (p. 4", CLAIMS[30]),
    "footnote marks": of("words¹² "),
    "quoted sentences": of(f"“{CLAIMS[30]}” and "),
    "quoted words": of('"some short words" and '),
    "nested marks": of("“‘", "a", "b"),
    "opening marks": of(" “some words"),
    "blocks": of("> some short words\n\n"),
    "one block": of("> some short words\n"),
}
OF_A_QUOTATION: dict[str, tuple[Call, int]] = {
    "take_apart": (take_apart, LONGEST_QUOTE),
    "find_quote": (lambda text: REPORT.find_quote(text, index=INDEX), LONGEST_QUOTE),
    "find_quote, bound": (lambda text: BOUND.find_quote(text, index=INDEX), LONGEST_QUOTE),
    "find_quotes": (lambda text: REPORT.find_quotes(text, index=INDEX), LONGEST_QUOTED),
    "find_quotes, bound": (lambda text: BOUND.find_quotes(text, index=INDEX), LONGEST_QUOTED),
}


@pytest.mark.parametrize("family", QUOTED)
@pytest.mark.parametrize("name", OF_A_QUOTATION)
def test_growth_with_a_quotation(name: str, family: str) -> None:
    """Whoever checks a long quotation, or a text with many, waits in proportion to it."""
    call, most = OF_A_QUOTATION[name]
    make = QUOTED[family]  # What is looked at in the report whatever the text is would hide what grows.
    assert growth(call, lambda size: make(100 * size), most // 100) <= STEEPEST


# Reports of any length.


def about(text: str) -> Report:
    """Build a report that says *text*, as far as a report may: in one claim and, in parts, in many."""
    visible = "".join(letter if letter.isprintable() else "?" for letter in text)
    whole = unicodedata.normalize("NFC", " ".join(visible.split()) or "?")
    return made(whole, *(f"x{whole[at : at + 400].strip()}" for at in range(0, len(whole), 400)))


def found_in(report: Report) -> object:
    """Find the end of a long claim, which almost occurs in it many times before."""
    return report.find(text=report.claims["0.s1"].text[-100:])


def shown(report: Report) -> object:
    """Draw, write and mark up a report."""
    return (report.tree(), getattr(report, "_repr_html_")(), getattr(report, "_repr_markdown_")(), repr(report))  # noqa: B009


def searched(report: Report) -> object:
    """Search a report for the first time, and for a phrase of its own."""
    again = Report(edition=report.edition, sections=tuple(report.sections.values()))
    return again.search(f"x {report.claims['0.s1'].text[:200]}")


IN_A_REPORT = ("letters", "words", "one word", "possessives", "underscores", "marks in order", "ligatures", "addresses")
OF_A_REPORT: dict[str, Call] = {
    "Report": lambda report: Report(edition=report.edition, sections=tuple(report.sections.values())),
    "Report.find": found_in,
    "Report.search": searched,
    "shown": shown,
    "dumps": asean_japan.dumps,
    "loads": lambda report: asean_japan.loads(asean_japan.dumps(report)),
    "pickle": lambda report: pickle.loads(pickle.dumps(report)),  # noqa: S301  # Our own.
}


@pytest.mark.parametrize("family", IN_A_REPORT)
@pytest.mark.parametrize("name", OF_A_REPORT)
def test_growth_with_a_report(name: str, family: str) -> None:
    """Whoever asks a long report, reads it or writes it waits in proportion to it."""
    make = TEXTS[family]
    assert growth(OF_A_REPORT[name], lambda size: about(make(size))) <= STEEPEST


# Copies of any length, with many wrong letters.


class Scan(NamedTuple):
    """A copy, and what the index has of what it should be."""

    text: str
    parts: tuple[IndexedPart, ...]


def scan(size: int) -> Scan:
    """Make a copy of about a hundred times as many letters, of which one of ten is wrong."""
    draw = random.Random(1)  # noqa: S311  # It is not a secret.
    words = ["".join(draw.choices("aeinorst", k=draw.randint(2, 9))) for _ in range(16 * size)]
    sentences = [" ".join(words[at : at + 24]) + "." for at in range(0, len(words), 24)]
    parts = tuple(IndexedPart(kind="sentence", fingerprint=fingerprint(text)) for text in sentences)
    return Scan(noisy("\n".join(sentences), 0.1, 1).text, parts)


def placed(scanned: Scan) -> object:
    """Look for the sentences of a copy."""
    return locate(scanned.parts, scanned.text, Furniture(scanned.text, []), {})


def placed_in(text: str) -> object:
    """Look for the sentences of the report in a text."""
    return placed(Scan(text, load_index().parts))


def test_growth_with_a_noisy_copy() -> None:
    """Whoever has a long report, and a bad copy of it, waits in proportion to both."""
    found = cast("Placed", placed(scan(64)))
    assert len(found.places) == len(scan(64).parts)
    assert growth(placed, lambda size: scan(4 * size)) <= STEEPEST


@pytest.mark.parametrize("family", TEXTS)
def test_growth_with_what_is_no_copy(family: str) -> None:
    """Whoever has another text waits in proportion to it, however much looks like the ends of sentences."""
    assert growth(placed_in, TEXTS[family]) <= STEEPEST


# Layers of any length.


def book(key: str, count: int) -> Json:
    """Write an overlay of as many codes."""
    codes = [f"none:{at}" if at else "none" for at in range(count)]
    return {
        "key": key,
        "title": "x",
        "description": "x",
        "source": None,
        "credits": None,
        "book": "x\n" * count + "x",
        "codes": [{"code": code, "label": None, "definition": None, "uri": None} for code in codes],
        "units": ["section"],
        "inherited_by": [],
        "assignments": [{"ref": "I", "codes": codes, "reason": "x"}],
    }


def layered(count: int) -> Json:
    """Write a report of which each layer has as many values."""
    entity: Json = {
        **dict.fromkeys(("acronym", "country", "note")),
        "kind": "body",
        "demonyms": [],
        "proposed": True,
        "named": True,
        "facts": [],
    }
    link: Json = dict.fromkeys(("strength", "reason", "start", "end", "outcome_key"))
    outcome: Json = dict.fromkeys(("text", "source", "publisher"), "x") | {
        "date": "2024",
        "kind": "held",
        "read": "2026",
    }
    span: Json = {"ref": "0.s1", "start": 0, "end": 4, "basis": "stated"}
    found: Json = document(*["Rice."] * (count + 1))
    found["layers"] = {
        "entities": [
            {
                **entity,
                "key": f"e{at}",
                "name": f"E {at}",
                "forms": [f"F {at}"],
                "parent_key": f"e{at // 2}" if at else None,
                "tie_keys": ["e0"],
            }
            for at in range(count)
        ],
        "other_forms": [
            {
                **dict.fromkeys(("confused_key", "meaning")),
                "key": f"e{at}",
                "form": f"O {at}",
                "language": "en",
                "safe": True,
                "source": "x",
            }
            for at in range(count)
        ],
        "mentions": [{**span, "ref": f"0.s{at + 1}", "key": f"e{at}"} for at in range(count)],
        "dates": [{**span, "edtf": f"{at % 9999:04}", "event": "x"} for at in range(count)],
        "quantities": [{**span, "ref": f"0.s{at + 1}", "value": at, "unit": "x", "counts": "x"} for at in range(count)],
        "outcomes": [{**outcome, "key": f"o{at}"} for at in range(count)],
        "links": [
            {
                **link,
                "source_ref": f"0.s{at + 2}",
                "target_ref": "0.s1",
                "kind": "continues",
                "basis": "stated",
                "via_key": f"e{at}",
            }
            for at in range(count)
        ],
        "overlays": [book(f"o{at}", codes) for at, codes in enumerate([count, *[2] * (count // 10)])],
    }
    return found


OF_LAYERS: dict[str, Call] = {
    "loads": asean_japan.from_dict,
    "dumps": asean_japan.to_dict,
    "Report": lambda report: Report(
        edition=report.edition, sections=tuple(report.sections.values()), layers=report.layers
    ),
    "find": lambda report: report.find(mentions="F 0", code="o0:none", year=1973),
    "entities": lambda report: (report.entities["F 0"], report.entities.proposed, report.entities.by_mentions()),
    "suggestions": lambda report: message(report.entities.__getitem__, "an F or two"),
    "co-mentions": lambda report: report.entities["e0"].co_mentions(),
    "coverage": lambda report: report.overlays["o0"].coverage(),
    "codes": lambda report: report["I"].codings,
    "gaps and traces": lambda report: (report.gaps(), report.trace("I")),
    "graph": lambda report: report.graph(),
    "check": lambda report: report.check(),
}


@pytest.mark.parametrize("name", OF_LAYERS)
def test_growth_with_layers(name: str) -> None:
    """Whoever reads, writes or asks a report of which much is known waits in proportion to that."""
    make: Make = layered if name == "loads" else lambda count: asean_japan.from_dict(layered(count))
    assert growth(OF_LAYERS[name], lambda size: make(size * 32), 128) <= STEEPEST  # 1,024 to 4,096 values.


# JSON of any length.


def with_edition(**fields: Json) -> str:
    """Write a report with other *fields* in its edition."""
    return json.dumps(document() | {"edition": {**EDITION, **fields}})


def with_claims(claims: Json) -> Json:
    """Return a document with other *claims* in its first section."""
    found = document()
    found["sections"][0]["claims"] = claims
    return found


JSON: dict[str, Make] = {
    "brackets": of("["),
    "pairs of brackets": of("[],", "[", "0]"),
    "objects": of('{"a":{}},', "[", "0]"),
    "blanks": of(" \n", "", "[]"),
    "quotes": of('"'),
    "open text": of("a", '"'),
    "backslashes": of("\\"),
    "escapes": of('\\u0041\\n\\"', '"', '"'),
    "surrogates": of("\\ud800", '"', '"'),
    "digits": of("9"),
    "decimals": of("9", "0."),
    "small decimals": of("0", "0.", "1"),
    "exponents": of("9", "1e"),
    "numbers": of("1e9,", "[", "0]"),
    "constants": of("NaN,", "[", "0]"),
    "bad bytes": lambda size: b'"' + b"\xff\xc0" * (size // 2) + b'"',
    "text in another encoding": lambda size: ("[]" * (size // 4)).encode("utf-16"),
    "keys": lambda size: json.dumps({f"k{at}": 0 for at in range(size // 10)}),
    "one key": of('"k":0,', "{", '"k":0}'),
    "number for a version": lambda size: with_edition(schema_version=10 ** min(size, 4000)),
    "text for a version": lambda size: with_edition(schema_version="9" * size),
    "list for a title": lambda size: with_edition(title=[0] * (size // 3)),
    "unknown fields": lambda size: with_edition(**{f"k{at}": 0 for at in range(size // 10)}),
    "sections of another type": lambda size: json.dumps({"edition": EDITION, "sections": [0] * (size // 3)}),
    "claims of another type": lambda size: json.dumps(with_claims([0] * (size // 3))),
    "claims without fields": lambda size: json.dumps(with_claims([{}] * (size // 4))),
    "claims that are the same": lambda size: json.dumps(with_claims([{"ref": "0.s1", "text": ""}] * (size // 30))),
    "marks out of order": lambda size: json.dumps(document("a" + "\u0300\u0316" * (size // 2))),
    "marks in two heaps": lambda size: json.dumps(document("a" + "\u0300" * (size // 2) + "\u0316" * (size // 2))),
    "address": lambda size: json.dumps(with_claims([{"ref": "0" * size, "text": ""}])),
    "kind": lambda size: json.dumps({"edition": EDITION, "sections": [{"kind": "a" * size, "children": []}]}),
}


@pytest.mark.parametrize("family", JSON)
def test_growth_with_json(family: str) -> None:
    """Whatever is refused is refused in time that is in proportion to it."""
    assert growth(lambda text: message(asean_japan.loads, text), JSON[family]) <= STEEPEST


# Addresses, which have a greatest length.


BY_ADDRESS: dict[str, Call] = {
    "Ref.parse": Ref.parse,
    "RefRange.parse": RefRange.parse,
    "Ref /": Ref.parse("III").__truediv__,
    "Report.resolve": REPORT.resolve,
}
ADDRESSES: dict[str, Make] = {
    **{
        repr(unit): of(unit)
        for unit in (
            "a",
            "1",
            ".",
            "-",
            " ",
            "(",
            "④",
            "–",
            "Ⅲ",
            "I-",
            "1.",
            "a,",
            "s1",
            "\u0301",
            "~",
            "・",
            "“",
            "二",
            '"',
        )
    },
    **{repr(unit): of(unit, "I") for unit in (".1", "-1", "–1", " to I", ", (a)", " of I", "(1)", "__p_1", " ")},
    **{repr(unit): of(unit, "item 1") for unit in (", item 1", "・1", "の1", "第1項", " Objective")},
    **{
        repr(unit): of(unit, "", "I") for unit in ("item ", "1 of ", "2nd of ", "last item ", "the ", "1-", "no. ", "§")
    },
    "sec_": of("__para_1", "sec_I"),
    "digits": of("9", "I."),
}


@pytest.mark.parametrize("family", ADDRESSES)
@pytest.mark.parametrize("name", BY_ADDRESS)
def test_growth_with_an_address(name: str, family: str) -> None:
    """Up to the greatest length, an address takes time in proportion to its length."""
    assert growth(BY_ADDRESS[name], ADDRESSES[family], LONGEST_TEXT) <= STEEPEST


LONGEST_NAME = 200


def by_mention(name: str) -> object:
    """Find what names something."""
    return REPORT.find(mentions=name)


@pytest.mark.parametrize(
    "family", ["letters", "digits", "words", "dashes", "quotes", "marks in order", "jamo", "ligatures"]
)
def test_growth_of_suggestions(family: str) -> None:
    """Up to the greatest length of a name, what was meant is looked for in proportion to its length."""
    make = TEXTS[family]
    assert (
        growth(partial(message, REPORT.entities.__getitem__), lambda size: make(size)[:LONGEST_NAME], 200) <= STEEPEST
    )


@pytest.mark.parametrize(
    "call",
    [
        *(REPORT.entities.__getitem__, REPORT.entities.get, by_mention),
        *BY_ADDRESS.values(),
        *(REPORT.__getitem__, REPORT.get, REPORT.between, partial(REPORT.between, "I")),
        *(REPORT.pillars.__getitem__, REPORT.pillars.get),
    ],
)
def test_longer_address_is_refused(call: Call) -> None:
    """Beyond it nothing grows: the text is not read."""
    with pytest.raises(LimitError):
        call("I" * (LONGEST_TEXT + 1))
