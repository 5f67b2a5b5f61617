"""What hypothesis draws for the tests of addresses: texts that are made of what addresses are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from asean_japan.refs import CLAIM, PARAGRAPH

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from asean_japan.refs import Steps

GRAMMAR_TOKENS = (
    *("0", "I", "iii", "IX", "1", "4", "51", "07", "12345", "a", "i", "p1", "s1", "④", "❹", "Ⅲ", "(4)", "(a)", "b)"),
    *(
        "(III)",
        "(ii)",
        "(2)",
        "⑷",
        "⒜",
        "[3]",
        "II",
        "2",
        "two",
        "four ",
        "Zero",
        "III.2",
        "III.2.4",
        "I.2.7",
        "III.2.4.3",
    ),
    *("IV", "II-1", "III(2)", "III(2)(4)"),
    *(
        ".",
        ",",
        ", ",
        ": ",
        "-",
        "–",
        " ",
        "\u00a0",
        "of ",
        " of ",
        ", in ",
        " to ",
        "~",
        "the ",
        "・",
        "、",
        "の",
        "/",
    ),
    *("§", "§§ ", "¶", "¶¶ ", "•", "Section ", "part ", "pt. ", "ch. ", "area ", "Pillar ", "pillars ", "subsec. "),
    *(
        "action area ",
        "challenge area ",
        "challenge ",
        "item ",
        "items ",
        "action item ",
        "action ",
        "bullet",
        "bullet ",
    ),
    *(
        "indent ",
        "point ",
        "lit. ",
        "measure ",
        "sub-measure ",
        "para. ",
        "paragraph ",
        "sentence ",
        "s. ",
        "no. ",
        "№ ",
    ),
    *("Abs. ", "Satz ", "Ziff. ", "Spiegelstrich", "third ", "2nd ", "2d ", "3d ", "3. ", "last ", "sec_I", "__para_4"),
    *("第", "二", "章", "節", "項", "号", "段落", "文", "(", ")", "“", "”", '"'),
    *("「", "」", "twelfth "),
)
FULL_WIDTH = ("\uff14", "\uff33", "\uff08", "\uff0d")
LOOK_ALIKES = (
    *("ſ1", "\u212a", "٤", "²", "Ⓐ", "І", "ﬁrst ", "İ"),
    *("\x00", "\u200b", "\u202e", "\ud800"),
)


def token_soup() -> SearchStrategy[str]:
    """Draw texts made of what addresses are made of, and of what only looks like it."""
    tokens = st.sampled_from([*GRAMMAR_TOKENS, *FULL_WIDTH, *LOOK_ALIKES])
    return st.lists(tokens, max_size=24).map("".join)


# Addresses as people write them.

COUNTING = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
SEPARATORS = (".", ". ", "．", ",", ", ", " ", "/", "\u00a0", "\u3000", "\u2009")
DASHES = ("-", "–", "—", "‑", "－", "−", " - ", "\u00a0–\u00a0")


def _ordinals(number: int, label: str) -> list[str]:
    """Write a number as an ordinal."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    words = [f"{number}{endings.get(number, 'th')}", *COUNTING[number - 1 : number]]
    return [f"{the}{word} {label}" for the in ("", "the ") for word in words]


def _ways(depth: int, step: tuple[object, int]) -> list[str]:  # noqa: PLR0911  # One for each level.
    """Write one step, which is *depth* steps below the top, in all ways."""
    rank, number = step
    plain = [str(number), *([chr(0xFF10 + number)] if number < 10 else [])]
    if rank == CLAIM:
        return [f"s{number}", f"S{number}", f"Sentence {number}", f"claim {number}", *_ordinals(number, "sentence")]
    if rank == PARAGRAPH:
        return [f"p{number}", f"P{number}", f"paragraph {number}", f"para. {number}", *_ordinals(number, "paragraph")]
    if depth == 0:
        roman = ("0", "I", "II", "III", "IV")[number]
        other = chr(0x215F + number) if number else "\uff10"
        return [
            f"{label}{way}" for label in ("", "§", "§ ", "Section ", "sec. ") for way in (roman, roman.lower(), other)
        ]
    if depth == 1:
        return [*plain, f"area {number}", f"AREA\u00a0{number}"]
    if depth == 2:
        enclosed = [chr(first + number) for first in (0x245F, 0x2775, 0x277F, 0x2473)]
        marks = [*plain, *enclosed, f"({number})", f"（{plain[-1]}）"]
        return [*marks, *(f"item {mark}" for mark in marks), *_ordinals(number, "item")]
    if depth == 3:
        labelled = [f"{label} {way}" for label in ("bullet", "Bullet Point", "•", "point") for way in plain]
        return [*plain, *labelled, *_ordinals(number, "bullet")]
    letter = chr(ord("a") + number - 1) if depth == 4 else "i" * number
    marks = [letter, letter.upper(), f"({letter})", f"{letter})", chr((0x249B if depth == 4 else 0x216F) + number)]
    label = "measure" if depth == 4 else "sub-measure"
    return [*marks, *(f"{label} {mark}" for mark in marks), *_ordinals(number, label)]


@st.composite
def spellings(draw: DrawFn, steps: Steps) -> str:
    """Draw a way to write an address that has no number above 20."""
    written = [draw(st.sampled_from(_ways(depth, step))) for depth, step in enumerate(steps)]
    manner = draw(st.sampled_from(["separated", "dashed", "of"]))
    if manner == "of":
        text = " of ".join(reversed(written))
    elif manner == "dashed":  # One kind of dash: two kinds could make a range.
        text = draw(st.sampled_from(DASHES)).join(written)
    else:
        text = written[0] + "".join(draw(st.sampled_from(SEPARATORS)) + way for way in written[1:])
    return draw(st.sampled_from(["", " ", "\t"])) + text + draw(st.sampled_from(["", " ", ".", "\n"]))
