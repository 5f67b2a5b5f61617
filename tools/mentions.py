"""
Make data/mentions.json from the names in data/entities.json and the claims and headings in data/report.json.

    python tools/mentions.py --check    compare with data/mentions.json; exit status 1 if they differ
    python tools/mentions.py --write    write data/mentions.json

A naming is the longest form or demonym of an entity that stands at a word's edge, letter case included, and what it
covers names nothing else. So "ASEAN Charter" is no naming of ASEAN, and "ASEAN-Japan" is one of ASEAN and one of Japan.
Where the form alone cannot decide, docs/data/mention-rulings.csv does: place, words, entity (or none), and why.
The words of a ruling stand once in the place. If they are the description of an entity without a name, the names in
them count as well; else they cover what is in them, like any other form.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from sentences import TABLE

Json: TypeAlias = Any
Mention: TypeAlias = dict[str, str | int]

DATA = TABLE.parent
REPORT, ENTITIES, MENTIONS = DATA / "report.json", DATA / "entities.json", DATA / "mentions.json"
RULINGS = Path(__file__).parents[1] / "docs" / "data" / "mention-rulings.csv"
COLUMNS = ["place", "form", "entity", "reason"]
NONE = "none"  # What a ruling says of words that look like a name and are not.


@cache
def entities() -> dict[str, Json]:
    """The entities by key."""
    return {entity["key"]: entity for entity in json.loads(ENTITIES.read_text("utf-8"))["entities"]}


def rulings() -> list[dict[str, str]]:
    """The rulings, row by row."""
    with RULINGS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts() -> dict[str, str]:
    """The text of every heading, by the address of its node, and of every claim, in reading order."""
    found: dict[str, str] = {}

    def enter(node: Json) -> None:
        if node["heading"]:
            found[node["ref"]] = node["heading"]
        found.update((claim["ref"], claim["text"]) for claim in node["claims"])
        for child in node["children"]:
            enter(child)

    for section in json.loads(REPORT.read_text("utf-8"))["sections"]:
        enter(section)
    return found


def forms() -> dict[str, str]:
    """Which entity each form and each demonym names."""
    return {form: key for key, entity in entities().items() for form in entity["forms"] + entity["demonyms"]}


def pattern(words: list[str]) -> re.Pattern[str]:
    """Match the longest of *words* that stands at a word's edge."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def borrowed(text: str, start: int) -> bool:
    """Whether what begins at *start* stands in [brackets], which are borrowed from elsewhere in the report."""
    return text.count("[", 0, start) > text.count("]", 0, start)


def in_place(place: str, text: str, names: dict[str, str], rules: list[dict[str, str]]) -> Iterator[Mention]:
    """Every naming in *text*, the text of *place*, under its own *rules*."""
    known = entities()
    ruled = {row["form"]: row["entity"] for row in rules}
    covering = {form: key for form, key in ruled.items() if key == NONE or known[key]["named"]}
    spans = [
        (found.start(), found.end(), key)
        for found in pattern([*names, *covering]).finditer(text)
        if (key := covering.get(found[0]) or names[found[0]]) != NONE
    ]
    for form in ruled.keys() - covering.keys():
        start = text.index(form)
        spans.append((start, start + len(form), ruled[form]))
    for start, end, key in sorted(spans, key=lambda span: (span[0], -span[1])):
        basis = "editorial" if borrowed(text, start) else "stated"
        yield {"place": place, "entity": key, "start": start, "end": end, "basis": basis}


def mentions() -> list[Mention]:
    """Every naming of the report, in reading order; of two that begin together the longer one first."""
    names, rules = forms(), rulings()
    return [
        mention
        for place, text in texts().items()
        for mention in in_place(place, text, names, [row for row in rules if row["place"] == place])
    ]


def dump(found: list[Mention]) -> str:
    """The mentions as JSON, one a line."""
    text = json.dumps({"schema_version": 1, "mentions": found}, ensure_ascii=False)
    return text.replace('"mentions": [', '"mentions": [\n').replace("}, {", "},\n{") + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Compare or write; the exit status says which of the two came out how."""
    parser = argparse.ArgumentParser(description="The namings of the report.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="compare the mentions with the file")
    what.add_argument("--write", action="store_true", help="write the file")
    options = parser.parse_args(arguments)
    made = dump(mentions())
    if options.write:
        MENTIONS.write_text(made, "utf-8", newline="\n")
        return 0
    same = MENTIONS.read_text("utf-8") == made
    sys.stdout.write(
        "the mentions are those of the names\n" if same else "the mentions differ from those of the names\n"
    )
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
