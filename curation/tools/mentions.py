"""
Make data/mentions.json from the names in data/entities.json and the claims and headings in data/report.json.

    python curation/tools/mentions.py --check    compare with data/mentions.json
    python curation/tools/mentions.py --write    write data/mentions.json

A naming is the longest form or demonym of an entity that stands at a word's edge, letter case included, and what it
covers names nothing else. So "ASEAN Charter" is no naming of ASEAN, and "ASEAN-Japan" is one of ASEAN and one of Japan.
Where the form alone cannot decide, curation/mention-rulings.csv does: place, words, entity (or none), and why.
The words of a ruling stand once in the place. If they are the description of an entity without a name, the names in
them count as well; else they cover what is in them, like any other form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

import harness
from harness import CURATION, DATA

Json: TypeAlias = Any
Mention: TypeAlias = dict[str, str | int]

REPORT, ENTITIES, MENTIONS = DATA / "report.json", DATA / "entities.json", DATA / "mentions.json"
RULINGS = CURATION / "mention-rulings.csv"
COLUMNS = ["place", "form", "entity", "reason"]
NONE = "none"  # What a ruling says of words that look like a name and are not.


@cache
def entities() -> dict[str, Json]:
    """Return the entities by key."""
    return {entity["key"]: entity for entity in json.loads(ENTITIES.read_text("utf-8"))["entities"]}


def rulings() -> list[dict[str, str]]:
    """Return the rulings, row by row."""
    return harness.rows(RULINGS)


def texts() -> dict[str, str]:
    """Return the text of every heading, by the address of its node, and of every claim, in reading order."""
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
    """Return which entity each form and each demonym names."""
    return {form: key for key, entity in entities().items() for form in entity["forms"] + entity["demonyms"]}


def pattern(words: list[str]) -> re.Pattern[str]:
    """Return a pattern of the longest of *words* that begins and ends at a word's edge."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def borrowed(text: str, start: int) -> bool:
    """Tell whether what begins at *start* is in [brackets], which are borrowed from elsewhere in the report."""
    return text.count("[", 0, start) > text.count("]", 0, start)


def in_place(place: str, text: str, names: dict[str, str], rules: list[dict[str, str]]) -> Iterator[Mention]:
    """Find every naming in *text*, the text of *place*, under its own *rules*."""
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
    """Find every naming of the report, in reading order; of two that begin together the longer one first."""
    names, rules = forms(), rulings()
    return [
        mention
        for place, text in texts().items()
        for mention in in_place(place, text, names, [row for row in rules if row["place"] == place])
    ]


def dump(found: list[Mention]) -> str:
    """Return the mentions as JSON, one a line."""
    text = json.dumps({"schema_version": 1, "mentions": found}, ensure_ascii=False)
    return text.replace('"mentions": [', '"mentions": [\n').replace("}, {", "},\n{") + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    return harness.settle({MENTIONS: dump(mentions())}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
