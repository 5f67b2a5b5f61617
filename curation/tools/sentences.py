"""
Make the table of sentences from a copy of the report, or hold the table against one.

    python curation/tools/sentences.py REPORT.md --check    compare with data/source_index.json
    python curation/tools/sentences.py REPORT.md --write    write data/source_index.json

The table says, for each place, what its mark and heading are and where each of its sentences stands,
with a digest and a hint for each end, and where conditions begin in it, from curation/conditions.csv; it never
says what the sentence says. The numbering decides what
belongs where, not the indentation; `docs/data.md` lists the places where the copy leaves room for doubt.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import get_args

import attrs
import harness

from asean_japan.copies.conditions import ConditionKind
from asean_japan.copies.fingerprints import fingerprint
from asean_japan.copies.numbers import numbers_of
from asean_japan.copies.skeletons import Skeleton

TABLE = harness.DATA / "source_index.json"
CONDITIONS = harness.CURATION / "conditions.csv"

CIRCLED = "①②③④⑤⑥⑦⑧⑨"
ROMAN = ("0", "I", "II", "III", "IV")
FURNITURE = ("(Provisional Translation)",)  # Printed at the head of each page.
FRONT = ("title", "date", "issuer")  # What stands above section 0, a line each.
RUNS_ON = {"0.p2": 2}  # The stray full stop in sentence 2 of this place does not end it.

HEADING = re.compile(r"(?:#+ )?\*\*(?P<mark>0|I|II|III|IV|[1-9])\. (?P<text>.+)\*\*")
AREA = re.compile(r"(?P<mark>[1-9])\. (?P<text>.+)")
ITEM = re.compile(rf"(?:- )?(?P<mark>[{CIRCLED}]) (?P<text>.+)")
LETTER = re.compile(r" *- \((?P<mark>[a-z])\) (?P<text>.+)")
ROMAN_ITEM = re.compile(r" *- (?P<mark>[ivx]+)\. (?P<text>.+)")
BULLET = re.compile(r" *- (?P<text>.+)")
MARKUP = re.compile(r"[#*]|</?[a-z]+>")
SENTENCE_END = re.compile(r"[.!?][\"”’)]*(?=\s+[\"“(]?[A-Z])")

Span = tuple[int, int]


@dataclass
class Place:
    """One place of the report while it is being read: where its text stands in the copy."""

    ref: str
    kind: str
    mark: dict[str, object] | None
    heading: str | None = None
    spans: list[Span] = field(default_factory=list[Span])


class Reader:
    """Reads the copy line by line and keeps the path of open places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: list[Place] = []
        self.path: list[Place] = []  # Section, area, item, bullet, letter: what is open.
        self.counts: dict[str, int] = {}

    def read(self) -> list[Place]:
        """Read all lines; what stands above section 0 (title, date, issuer) is not a place."""
        at = 0
        for line in self.text.splitlines(keepends=True):
            bare = line.rstrip("\n")
            if bare.strip() and bare not in FURNITURE:
                self._line(bare, at)
            at += len(line)
        return self.places

    def _line(self, line: str, at: int) -> None:
        section = self.path[0].ref if self.path else None
        if found := HEADING.fullmatch(line):
            self._heading(found["mark"], found["text"])
        elif section is None:
            return
        elif section == "I" and (found := AREA.fullmatch(line)):
            mark = _mark(f"{found['mark']}.", int(found["mark"]), "arabic")
            self._open(1, "challenge_area", mark, _span(found, at))
        elif found := ITEM.fullmatch(line):
            kind = "challenge" if section == "I" else "action_item"
            mark = _mark(found["mark"], CIRCLED.index(found["mark"]) + 1, "circled")
            self._open(2, kind, mark, _span(found, at))
        elif found := LETTER.fullmatch(line):
            value = ord(found["mark"]) - ord("a") + 1
            self._open(4, "measure", _mark(f"({found['mark']})", value, "letter"), _span(found, at))
        elif found := ROMAN_ITEM.fullmatch(line):
            value = ("i", "ii", "iii", "iv", "v").index(found["mark"]) + 1
            mark = _mark(f"{found['mark']}.", value, "roman")
            self._open(5, "sub_measure", mark, _span(found, at))
        elif found := BULLET.fullmatch(line):
            value = 1 + sum(p.ref.rpartition(".")[0] == self.path[2].ref for p in self.places)
            self._open(3, "action", _mark(None, value, "bullet"), _span(found, at))
        else:
            self._prose((at, at + len(line)))

    def _heading(self, mark: str, text: str) -> None:
        if mark in ROMAN:
            style = "arabic" if mark == "0" else "roman"
            place = Place(mark, "section", _mark(f"{mark}.", ROMAN.index(mark), style), text)
            self.path = [place]
        else:
            section = self.path[0].ref
            kind = "pillar" if section == "II" else "action_area"
            place = Place(f"{section}.{mark}", kind, _mark(f"{mark}.", int(mark), "arabic"), text)
            self.path = [self.path[0], place]
        self.places.append(place)

    def _open(self, depth: int, kind: str, mark: dict[str, object], span: Span) -> None:
        above = self.path[depth - 1]
        name = str(mark["value"])
        if mark["style"] == "letter":
            name = chr(ord("a") + int(name) - 1)
        elif mark["style"] == "roman":
            name = ("i", "ii", "iii", "iv", "v")[int(name) - 1]
        place = Place(f"{above.ref}.{name}", kind, mark, None, [span])
        self.path = [*self.path[:depth], place]
        self.places.append(place)

    def _prose(self, span: Span) -> None:
        """Go on with the place above, or open a paragraph of the section or the pillar."""
        last = self.places[-1]
        broken = bool(last.spans) and not self.text[: last.spans[-1][1]].endswith((".", '."'))
        if last.kind not in {"section", "pillar", "paragraph"} or broken:
            last.spans.append(span)
            return
        # A pillar holds one paragraph; the next one speaks of all three and closes the section.
        above = self.path[0] if last.kind == "paragraph" else self.path[-1]
        number = 1 + sum(p.ref.startswith(f"{above.ref}.p") for p in self.places)
        self.places.append(Place(f"{above.ref}.p{number}", "paragraph", None, None, [span]))


def _mark(text: str | None, value: int, style: str) -> dict[str, object]:
    return {"text": text, "value": value, "style": style}


def _span(found: re.Match[str], at: int) -> Span:
    return at + found.start("text"), at + found.end("text")


def sentences(text: str, place: Place) -> list[list[Span]]:
    """Return the sentences of *place*, each as the stretches of *text* that hold it."""
    joined = "\n".join(text[start:end] for start, end in place.spans)
    ends = [found.end() for found in SENTENCE_END.finditer(joined)]
    if place.ref in RUNS_ON:
        del ends[RUNS_ON[place.ref] - 1]
    ends.append(len(joined))
    found: list[list[Span]] = []
    start = 0
    for end in ends:
        start += len(joined[start:end]) - len(joined[start:end].lstrip())
        found.append(_stretches(place.spans, start, end))
        start = end
    return [spans for spans in found if spans]


def _stretches(spans: list[Span], start: int, end: int) -> list[Span]:
    """Return where characters *start* to *end* of the joined text of *spans* stand in the copy."""
    stretches: list[Span] = []
    offset = 0
    for first, last in spans:
        low, high = max(start, offset), min(end, offset + last - first)
        if low < high:
            stretches.append((first + low - offset, first + high - offset))
        offset += last - first + 1
    return stretches


def words_of(text: str, spans: list[Span] | list[list[int]]) -> str:
    """Return the stretches of *text* that make up one sentence, joined by a space."""
    return " ".join(text[start:end] for start, end in spans)


def traces(words: str) -> dict[str, object]:
    """Return what the table has of a passage instead of its words."""
    return attrs.asdict(fingerprint(words))


def conditions() -> dict[str, list[tuple[int, str]]]:
    """Return where conditions begin in each sentence that has some, and what they are."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in harness.rows(CONDITIONS):
        found.setdefault(row["ref"], []).append((int(row["start"]), row["kind"]))
    return found


def misplaced(words: str, known: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the conditions that do not begin with a word of the sentence, have no kind, or are out of order."""
    bones = Skeleton(words, [(0, len(words))])
    starts = [found.start() for found in re.finditer(r"\b\w", words)]
    begins = {start for start in range(len(bones.text)) if bones.origin(start) in starts}
    wrong = [each for each in known if each[0] not in begins or each[1] not in get_args(ConditionKind)]
    return wrong or (known if known != sorted(set(known)) else [])


def table(text: str) -> dict[str, object]:
    """Return the whole table for a copy of the report."""
    rows: list[dict[str, object]] = []
    known = conditions()
    for place in Reader(text).read():
        row: dict[str, object] = {"ref": place.ref, "kind": place.kind, "mark": place.mark}
        row["heading"] = place.heading and {"text": place.heading, **traces(place.heading)}
        row["sentences"] = [
            {
                "ref": f"{place.ref}.s{number}",
                "spans": [list(span) for span in spans],
                **traces(words_of(text, spans)),
                "numbers": list(numbers_of(words_of(text, spans))),
                "conditions": _conditions(known, f"{place.ref}.s{number}", words_of(text, spans)),
            }
            for number, spans in enumerate(sentences(text, place), 1)
        ]
        rows.append(row)
    if known:
        raise SystemExit(f"{CONDITIONS.name}: no such sentences: {', '.join(known)}")
    lines = [MARKUP.sub("", line).strip() for line in text.splitlines() if line.strip()]
    return {
        "schema_version": 1,
        "normalization": "skeleton-1",
        "copy": {
            "characters": len(text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        },
        "furniture": list(FURNITURE),
        "front": [{"part": part, "text": line, **traces(line)} for part, line in zip(FRONT, lines, strict=False)],
        "places": rows,
    }


def _conditions(known: dict[str, list[tuple[int, str]]], ref: str, words: str) -> list[tuple[int, str]]:
    """Take the conditions of one sentence out of all."""
    own = known.pop(ref, [])
    if wrong := misplaced(words, own):
        raise SystemExit(f"{CONDITIONS.name}: {ref}: {wrong}")
    return own


def dump(rows: dict[str, object]) -> str:
    """Return the table as JSON, one place a line, one sentence a line."""
    text = json.dumps(rows, ensure_ascii=False, separators=(", ", ": "))
    text = text.replace('"places": [', '"places": [\n').replace("}, {", "},\n{")
    text = text.replace('"front": [{', '"front": [\n{')
    return text.replace('"sentences": [{', '"sentences": [\n{') + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__, report=True).parse_args(arguments)
    return harness.settle({TABLE: dump(table(options.report.read_text("utf-8")))}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
