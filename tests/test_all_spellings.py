"""Every place of the report, written in every way in which people write one, is read as that place."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from asean_japan import Ref, load
from asean_japan.refs import CLAIM, PARAGRAPH, Steps

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORT = load()
PLACES = [place.ref for place in (*REPORT.walk(), *REPORT.claims.values())]
AT_LEAST = 200_000

CARDINALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI = "〇一二三四五六七八九十"
ROMANS = ("", "I", "II", "III", "IV")
SECTIONS = ("§ {}", "§{}", "Section {}", "Sec. {}", "Part {}", "pt. {}", "ch. {}", "Abschnitt {}", "第{}章", "{}章")
OWN = {  # What a section calls its areas, items and bullets.
    1: ("Challenge Area", "challenge", "bullet"),
    2: ("Pillar", "item", "bullet"),
    3: ("Action Area", "action item", "action"),
}


def ordinals(number: int, *labels: str) -> list[str]:
    """Write a number as an ordinal before each label."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    short = [f"{number}d"] if number in {2, 3} else []
    ranks = [ORDINALS[number], f"{number}{ending}", *short, f"the {ORDINALS[number]}"]
    return [f"{rank} {label}" for rank in ranks for label in labels]


def labelled(marks: list[str], *labels: str) -> list[str]:
    """Write each mark behind each label."""
    return [f"{label} {mark}" for label in labels for mark in marks]


def sections(number: int) -> list[str]:
    """Write a section in all ways."""
    if not number:
        return ["0", "０", "(0)", "section zero", *(label.format("0") for label in SECTIONS)]
    roman = ROMANS[number]
    signs = (roman, roman.lower(), chr(0x215F + number))
    return [*signs, f"({roman})", *(label.format(sign) for label in SECTIONS for sign in signs)]


def areas(section: int, number: int) -> list[str]:
    """Write an area in all ways, and first those that say that it is one."""
    own = OWN[section][0]
    roman = ROMANS[number]
    named = labelled([str(number), CARDINALS[number], roman, roman.lower()], own, "area", "subsection", "Subsec.")
    counted = [f"第{number}節", f"{number}節", f"第{KANJI[number]}節"]
    return [*named, *labelled([str(number)], "Section", "§", "ch."), *ordinals(number, own, "area"), *counted]


def items(section: int, number: int) -> list[str]:
    """Write an item in all ways that say that it is one."""
    own = OWN[section][1]
    marks = [str(number), f"({number})", chr(0x245F + number), CARDINALS[number]]
    counted = [f"第{number}項", f"{number}号", f"第{KANJI[number]}項目"]
    return [*labelled(marks, "item", own, "Ziff."), *ordinals(number, "item", own), *counted, f"item no. {number}"]


def bullets(section: int, number: int) -> list[str]:
    """Write a bullet in all ways that say that it is one."""
    own = OWN[section][2]
    marks = [str(number), f"({number})", CARDINALS[number]]
    names = ("bullet", own, "indent", "tiret", "bullet point")
    german = [f"Spiegelstrich {number}", f"{number}. Spiegelstrich"]
    return [*labelled(marks, *names), *ordinals(number, *names[:3]), *german, f"• {number}"]


def letters(number: int, *labels: str) -> list[str]:
    """Write a measure in all ways that say that it is one."""
    letter = chr(ord("a") + number - 1)
    marks = [letter, letter.upper(), f"({letter})", f"{letter})", chr(0x249B + number)]
    return [*labelled(marks, *labels), *ordinals(number, "measure")]


def romans(number: int) -> list[str]:
    """Write a sub-measure in all ways that say that it is one."""
    roman = ROMANS[number].lower()
    marks = [roman, f"({roman})", f"{roman})", chr(0x216F + number)]
    return [*labelled(marks, "sub-measure", "point"), *ordinals(number, "sub-measure")]


def paragraphs(number: int) -> list[str]:
    """Write a paragraph in all ways."""
    marks = [str(number), f"({number})", CARDINALS[number]]
    others = [f"p{number}", f"¶{number}", f"¶ {number}", f"第{number}段落", f"{number}. Absatz"]
    return [*labelled(marks, "paragraph", "para.", "Abs."), *ordinals(number, "paragraph"), *others]


def sentences(number: int) -> list[str]:
    """Write a claim in all ways."""
    marks = [str(number), f"({number})", CARDINALS[number]]
    others = [f"s{number}", f"第{number}文", f"{number}. Satz"]
    return [*labelled(marks, "sentence", "sent.", "claim", "Satz"), *ordinals(number, "sentence"), *others]


def named(steps: Steps, depth: int) -> list[str]:
    """Write one step of an address in all ways that say what it is."""
    rank, number = steps[depth]
    if rank in {CLAIM, PARAGRAPH}:
        return sentences(number) if rank == CLAIM else paragraphs(number)
    section = steps[0][1]
    ways = (
        lambda: sections(number),
        lambda: areas(section, number),
        lambda: items(section, number),
        lambda: bullets(section, number),
        lambda: letters(number, "measure", "lit.", "letter", "point"),
        lambda: romans(number),
    )
    return ways[depth]()


def bare(steps: Steps, depth: int) -> list[str]:
    """Write one step of an address in all ways that leave open what it is."""
    rank, number = steps[depth]
    if rank in {CLAIM, PARAGRAPH} or not depth:
        return []
    if depth in {4, 5}:
        letter = chr(ord("a") + number - 1) if depth == 4 else ROMANS[number].lower()
        return [letter, letter.upper(), f"({letter})", f"[{letter}]", chr((0x249B if depth == 4 else 0x216F) + number)]
    circled = [chr(first + number) for first in (0x245F, 0x2775, 0x277F)] if depth == 2 else []
    return [str(number), f"({number})", f"（{str(number).translate(FULL_WIDTH)}）", CARDINALS[number], *circled]


def canonical(steps: Steps) -> list[str]:
    """Write each step as the package does."""
    return list(Ref(steps).parts)


def spellings(steps: Steps) -> Iterator[str]:
    """Write an address in every way: its last two steps in all ways, outward and inward, with every separator."""
    *above, last = canonical(steps)
    depth = len(above)
    ends = [*named(steps, depth), *bare(steps, depth)]
    if not above:
        yield from ends
        return
    head = above[:-1]
    seconds = [*named(steps, depth - 1), *bare(steps, depth - 1)]
    for (one, second), (other, end) in itertools.product(enumerate(seconds), enumerate(ends)):
        if (one + other) % 3 == 0:  # Each way of either, with a third of those of the other.
            yield ", ".join([*head, second, end])
    for separator, end in itertools.product([".", " ", ": ", "/", "・", "、", "の"], ends):
        yield separator.join([*above, end])
    for second, end in itertools.product(named(steps, depth - 1)[:12], named(steps, depth)[:12]):
        for joint in (", ", " of ") if depth > 1 else (" in ",):
            yield joint.join([end, second, *([".".join(head)] if head else [])])
    for joint, end in itertools.product([", ", " of ", " under "], named(steps, depth)):
        yield f"{end}{joint}{'.'.join(above)}"
    whole = ".".join([*above, last])
    for around in ("“{}”", '"{}"', "„{}“", "«{}»", "({})", "[{}]", "「{}」", "‘{}’.", "“{}.”"):
        yield around.format(whole)
        yield around.format(Ref(steps).cite())


def statute(steps: Steps) -> Iterator[str]:
    """Write an address in the style of a statute: from some level on, everything is in brackets."""
    parts = canonical(steps)
    ranks = [rank for rank, _ in steps]
    for bracket, start in itertools.product(["({})", "[{}]", " ({})", "（{}）"], range(1, len(parts))):
        if {CLAIM, PARAGRAPH}.isdisjoint(ranks):
            yield ".".join(parts[:start]) + "".join(bracket.format(part) for part in parts[start:])


def with_a_section_left_out(steps: Steps) -> Iterator[str]:
    """Write an address whose section only a label says."""
    numbers = [number for _, number in steps]
    if len(steps) < 3 or {CLAIM, PARAGRAPH} & {rank for rank, _ in steps[:3]} or numbers[0] not in {1, 3}:
        return
    own, item, _ = OWN[numbers[0]]
    rest = [f", {part}" for part in canonical(steps)[3:]]
    for area in (
        f"{own} {numbers[1]}",
        f"area {numbers[1]}",
        f"area {ROMANS[numbers[1]]}",
        f"{ORDINALS[numbers[1]]} area",
    ):
        for mark in (str(numbers[2]), f"({numbers[2]})", chr(0x245F + numbers[2]), CARDINALS[numbers[2]]):
            yield f"{area}, {item} {mark}{''.join(rest)}"
            if not rest:
                yield f"{item} {mark} of {area}"
                yield f"{item} {mark}, {area}"


def every(ref: Ref) -> set[str]:
    """Return every way to write an address."""
    return {*spellings(ref.steps), *statute(ref.steps), *with_a_section_left_out(ref.steps)}


SPELLINGS = {ref: every(ref) for ref in PLACES[::80]}


@pytest.mark.parametrize("ref", SPELLINGS, ids=str)
def test_every_spelling(ref: Ref) -> None:
    """Some places, in every way."""
    for text in SPELLINGS[ref]:
        assert REPORT.resolve(text) == ref, text


@pytest.mark.exhaustive
def test_every_spelling_of_every_place() -> None:
    """All places, in every way."""
    count = 0
    for ref in PLACES:
        for text in every(ref):
            assert REPORT.resolve(text) == ref, text
            count += 1
    assert count >= AT_LEAST
