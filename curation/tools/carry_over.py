"""
Say what of a sentence does not stand in its claim: numbers, names, acronyms, quoted terms, negations, qualifiers.

    python curation/tools/carry_over.py REPORT.md

A finding is mended in the claim or waived, with a reason, in curation/waivers.csv. Exit status 1 if one is left,
or if a waiver is no longer needed. The check sees words, not meaning: that is what the readings are for.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

import harness
from harness import CURATION, DATA
from sentences import TABLE, words_of

REPORT = DATA / "report.json"
WAIVERS = CURATION / "waivers.csv"

NUMBER = re.compile(r"\d[\d.,]*(?:st|nd|rd|th|s)?\b")
NAME = re.compile(r"\b[A-Za-z]*[A-Z][\w’'+&-]*(?<![-’'])")
QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")

# Words of the same force: one of a row in the sentence asks for one of that row in the claim.
FORCES = (
    ("must",),
    ("should",),
    ("can", "able to", "enables"),
    ("could",),
    ("would", "were"),
    ("need", "needs", "needed", "necessary"),
    ("required", "requirement"),
    ("expected", "expect"),
    ("vital",),
    ("critical",),
    ("indispensable",),
    ("inevitable",),
    ("important", "importance"),
    ("difficult", "hardly", "hard"),
    ("not", "no", "without", "no longer", "not yet", "yet", "nor", "hardly"),
    ("e.g",),
    ("such as", "like", "for instance"),
    ("including", "includes", "included", "include", "inclusion"),
    ("especially",),
    ("in particular",),
    ("etc",),
    ("however",),
    ("therefore", "thus"),
    ("moreover",),
    ("furthermore",),
    ("in addition", "additionally"),
    ("on the other hand",),
    ("in other words",),
    ("rather",),
    ("also", "likewise"),
    ("further", "still"),
    ("some",),
    ("relatively",),
    ("gradually", "gradual"),
    ("urgently", "urgent", "urgency"),
    ("thorough", "thoroughly"),
    ("early",),
    ("steadily",),
    ("promptly",),
    ("fundamentally",),
    ("actively", "active"),
    ("jointly", "joint", "together"),
    ("tentative",),
    ("possibility", "possible"),
    ("special measure",),
    ("various", "variety"),
    ("all", "everyone"),
    ("each", "every"),
    ("whole", "entire"),
    ("always", "at all times"),
    ("increasingly", "more and more"),
    ("simultaneously", "at one and the same time"),
)


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE) is not None


def lost(sentence: str, claim: str) -> Iterator[str]:
    """Name what *sentence* has and *claim* lacks, each thing as it is printed."""
    plain = claim.replace("’", "'")
    for found in QUOTED.finditer(sentence):
        if f'"{found[1].rstrip(",.")}"' not in plain:
            yield found[0]
    for pattern in (NUMBER, NAME):
        for found in pattern.finditer(sentence):
            word = found[0].rstrip(".,").replace("’", "'").removesuffix("'s")
            opens = found.start() == 0 and word[1:].islower()
            if not opens and word not in plain:
                yield word
    for force in FORCES:
        if any(_has(sentence, word) for word in force[:1]) and not any(_has(plain, w) for w in force):
            yield force[0]


def claims() -> dict[str, str]:
    """Return the text of every claim, by its address."""
    found: dict[str, str] = {}
    todo = list(json.loads(REPORT.read_text("utf-8"))["sections"])
    while todo:
        node = todo.pop()
        found.update((claim["ref"], claim["text"]) for claim in node["claims"])
        todo.extend(node["children"])
    return found


def findings(text: str) -> list[tuple[str, str]]:
    """Return every (ref, thing) that a claim lacks, in reading order."""
    ours = claims()
    return [
        (row["ref"], thing)
        for place in json.loads(TABLE.read_text("utf-8"))["places"]
        for row in place["sentences"]
        for thing in lost(words_of(text, row["spans"]), ours[row["ref"]])
    ]


def waivers() -> set[tuple[str, str]]:
    """Return the (ref, thing) pairs that are waived; each row of the file gives its reason."""
    return {(row["ref"], row["thing"]) for row in harness.rows(WAIVERS) if row["reason"].strip()}


def main(arguments: list[str] | None = None) -> int:
    """Print what is neither carried over nor waived, and the waivers that nothing asks for."""
    options = harness.parser(__doc__, report=True, writes=False).parse_args(arguments)
    found = findings(options.report.read_text("utf-8"))
    waived = waivers()
    for ref, thing in found:
        if (ref, thing) not in waived:
            sys.stdout.write(f"{ref}: {thing}\n")
    for ref, thing in sorted(waived - set(found)):
        sys.stdout.write(f"{ref}: waiver not needed: {thing}\n")
    return int(set(found) != waived)


if __name__ == "__main__":
    raise SystemExit(main())
