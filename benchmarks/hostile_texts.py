"""
Measure what texts cost that were made to be costly: 10 MB of each kind, each in a process of its own.

    python benchmarks/hostile_texts.py

Prints seconds and the peak of memory. Our own claims stand for the report's words, and an index is made of them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import asean_japan
from asean_japan.copies import SourceIndex

if TYPE_CHECKING:
    from asean_japan.copies import CopyFormat

SIZE = 10_000_000
REPORT = asean_japan.load()
WORDS = [claim.text for claim in REPORT.claims.values()]
TEXT = "\n".join(WORDS)
SENTENCE = WORDS[50]
HALF = TEXT.index(SENTENCE) + len(SENTENCE) // 2

# What is repeated; what is before and after it; and how the whole is read.
KINDS: dict[str, tuple[str, str, str, CopyFormat]] = {
    "one letter": ("a", "", "", "text"),
    "prose": ("Some words of no report. ", "", "", "text"),
    "short lines": ("a\n", "", "", "text"),
    "page numbers": ("12\n", "", "", "text"),
    "characters that expand": ("ﬁ①é漢", "", "", "text"),
    "one sentence of the report": (f"{SENTENCE} ", "", "", "text"),
    "its two ends": (f"{SENTENCE[:25]} 1 {SENTENCE[-25:]}", "", "", "text"),
    "after the report": ("ab\n12\n", f"{TEXT}\n", "", "text"),
    "within a sentence": ("ab 12 - ", TEXT[:HALF], TEXT[HALF:], "text"),
    "lines within a sentence": ("\n7", TEXT[:HALF], f"\n{TEXT[HALF:]}", "text"),
    "tags": ("<p>x", "", "", "html"),
    "open tags": ("<a ", "", "", "html"),
    "open quotes": ('<a "', "", "", "html"),
    "open comments": ("<!--", "", "", "html"),
    "open scripts": ("<script>", "", "", "html"),
    "wrong ends": ("<style></stylee>", "", "", "html"),
    "character references": ("&#x41;", "", "", "html"),
    "declarations": ("<!", "", "", "html"),
    "open pictures": ("![", "", "", "markdown"),
    "links": ("[a](b)", "", "", "markdown"),
    "open links": ("[a](", "", "", "markdown"),
    "open comments in Markdown": ("<!--", "", "", "markdown"),
    "open references": ("[a\n", "", "", "markdown"),
    "underscores": ("_a", "", "", "markdown"),
    "escapes": ("\\*", "", "", "markdown"),
}


def run(name: str) -> None:
    """Bind one text and print what it took."""
    import resource  # Not on every platform.

    unit, before, behind, written = KINDS[name]
    index = SourceIndex.of(REPORT.walk(), lambda claim: claim.text)
    text = f"{before}{unit * (SIZE // len(unit))}{behind}"
    start = time.perf_counter()
    REPORT.bind_text(text, format=written, strict=False, index=index)
    spent = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<28}{written:<10}{spent:>6.1f} s{peak:>7.0f} MB", flush=True)


def main() -> None:
    """Run each kind."""
    for name in KINDS:
        subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(sys.argv[1])
    else:
        main()
