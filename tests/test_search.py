"""Tests of ranked search."""

from __future__ import annotations

import itertools
import pickle
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, cast

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import token_soup

from asean_japan import ArgumentError, Claim, Hit, Mark, Ref, Report, SearchUnavailableError, Section

if TYPE_CHECKING:
    from collections.abc import Iterable

THREADS = 8
EVERYTHING = 1000  # More than there are nodes.

# Words that are names in the report, so that they stand in its claims however these are written.
NAMES = [
    ("Fukuda", {"0.p1", "0.p2", "0.p4"}),
    ("fukuda", {"0.p1", "0.p2", "0.p4"}),
    ("Manila", {"0.p1"}),
    ("APTERR", {"III.2.4.5.b"}),
    ("JENESYS", {"III.3.4.3", "IV.p1"}),
    ("RCEP WTO", {"I.2.2", "III.2.1.1", "III.2.1.1.a"}),
]

# What has a meaning in the language that FTS5 reads, or none at all.
STRANGE = (
    *("AND", "OR", "NOT", "NEAR", "NEAR(rice reserve, 5)", "rice AND", "NOT rice", "rice OR OR", "AND AND AND"),
    *("rice*", "*", "^rice", "gist:rice", "nosuch:rice", "{gist heading} : rice", "-rice", "- : rice", "rice + reserve"),
    *('"', '""', '"rice', 'rice"', '""rice""', "'rice", "';", "rice'; DROP TABLE node; --", "?", "?1", ":at", "@at", "%"),
    *("(", ")", "()", "((rice)", "rice)", "[rice]", "\\", "\\rice", "`rice`", "/* rice", "-- rice"),
    *("\x00", "rice\x00reserve", "\x00rice", "\ud800", "rice\udfff", "\udcff\ud800", "\ufeffrice", "rice\u200breserve"),
    *("🙂", "👩\u200d👩\u200d👧", "日本とASEAN", "東南アジア", "④", "Ⅲ", "²", "İ", "ſ", "ﬁ", "e\u0301", "\u0301", "_", "__", "a_b"),
    *("...", "—", "?!", "•", "¶", "\t.\n", "1", "2050", "1,000", "50%"),
)
NO_WORD = (
    *('"', '""', "*", "^", "-", "+", ":", "(", ")", "()", "{}", "\\", "'", "...", "—", "?!", "•", "¶", "*:^", "🙂"),
    *("\x00", "\ud800", "\u0301", "_"),
)
BLANK = ("", " ", "\t\r\n", "\u3000\u00a0")


def made(*texts: str) -> Report:
    """Build a report of five sections that say *texts*, and else nothing that a test searches for."""
    rows = [("0", "0.", "arabic"), *((number, f"{number}.", "roman") for number in ("I", "II", "III", "IV"))]
    sections = [
        Section(
            Ref.parse(number),
            Mark(mark, value, "roman" if style == "roman" else "arabic"),
            f"Heading {number}",
            f"Gist {number}",
            (Claim(Ref.parse(f"{number}.s1"), text),),
        )
        for value, ((number, mark, style), text) in enumerate(
            zip(rows, itertools.chain(texts, itertools.repeat("Else.")), strict=False)
        )
    ]
    return Report(EDITION, tuple(sections))


EDITION = Report.__call__ if False else None
