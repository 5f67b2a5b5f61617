"""
Make the editorial layers, data/overlays/*.json and data/answers.json, from the two codings and what was settled.

    python curation/tools/coding.py --check    compare with the files
    python curation/tools/coding.py --write    write the files

A coding that is not valid is neither compared nor written: what is wrong with it is said, and the exit status is 1.
What both coders agree on is taken as it is; curation/coding/settled.csv has every place at which they differ, and
every place that a later ruling touched. Codes, labels and definitions come from the tables of the code books in
the data folder and from the lists in curation/codelists, reasons from curation/coding/reasons.csv: those of the coders
speak to who has the code book, and are kept with their codings.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import agreement
import carry_over
import harness
import sentences
from agreement import CODING, LINKS, OVERLAYS, rows, text_of, units
from harness import CURATION

Json: TypeAlias = "dict[str, Any]"
Key: TypeAlias = "tuple[str, str]"  # Place and "" in an overlay, source and target of a link.

DATA = harness.DATA
ANSWERS = DATA / "answers.json"
LISTS = CURATION / "codelists"

UNITS = ("action_item", "action")
INHERIT = ("measure", "sub_measure")
OURS = "Categories of this package; the code book {key} defines them."
OUR_CREDIT = "CC BY 4.0, the asean_japan developers"

HEADS: dict[str, Json] = {
    "act": {
        "title": "Kind of act",
        "description": "What kind of act each proposal calls for, by its main verb.",
        "source": OURS.format(key="act"),
        "credits": OUR_CREDIT,
    },
    "actor": {
        "title": "Stated actor",
        "description": "Who is to act, as far as the sentence of the proposal itself states it.",
        "source": OURS.format(key="actor"),
        "credits": OUR_CREDIT,
    },
    "aoip": {
        "title": "Areas of the ASEAN Outlook on the Indo-Pacific",
        "description": "In which of the four areas of cooperation that the Outlook names each proposal lies.",
        "source": "The four areas that the ASEAN Outlook on the Indo-Pacific of 2019 names; keys are ours.",
        "credits": f"{OUR_CREDIT}; the names of the areas are ASEAN's",
    },
    "community": {
        "title": "ASEAN communities",
        "description": "In which of the three communities of ASEAN the matter of each proposal lies.",
        "source": "The three communities that the ASEAN Charter names; keys are the usual acronyms in small letters.",
        "credits": f"{OUR_CREDIT}; the names of the communities are ASEAN's",
    },
    "crs": {
        "title": "DAC/CRS purpose codes",
        "description": "Under which purpose a donor would book aid for what each proposal says, or why under none.",
        "source": "OECD DAC and CRS code lists of 23 April 2024, active purpose codes, as collected at "
        "https://github.com/datasets/dac-and-crs-code-lists; the codes that begin with none: are ours.",
        "credits": "Code list: OECD, DAC and CRS code lists, collected under ODC-PDDL-1.0. "
        f"Definitions and assignments: {OUR_CREDIT}",
    },
    "sdg": {
        "title": "Sustainable Development Goals",
        "description": "Which of the Goals each proposal serves by what it says, with a target where that is sure.",
        "source": "Goals, targets and their addresses as the United Nations have them at http://metadata.un.org/sdg, "
        "read in 2026; the code none is ours.",
        "credits": "Code list: Amit Joshi, Luis Gonzalez Morales, Szymon Klarman, Aaron Helton. 2019. A Knowledge "
        "Organization System for the United Nations Sustainable Development Goals. New York, NY. "
        f"http://metadata.un.org/sdg. Definitions and assignments: {OUR_CREDIT}",
    },
}

# How many codes a place may have; `aoip` has more where the areas are named one by one, `sdg` counts goals only.
MOST = {"act": 2, "actor": 3, "aoip": 4, "community": 2, "crs": 2, "sdg": 3}
ALONE = re.compile(r"none(:.*)?|unstated")  # A code beside which no other stands.

# The claim of section IV that names a means, the entity that it is, and the words that name it where it is none.
MEANS: dict[str, tuple[str, str | None, str | None]] = {
    "IV.p1#jaif": ("IV.p1.s4", "jaif", None),
    "IV.p1#youth-exchange": ("IV.p1.s4", "youth-exchange-programs", None),
    "IV.p1#wa-project": ("IV.p1.s4", "wa-project", None),
    "IV.p1#new-mechanisms": ("IV.p1.s4", None, "successors or new mechanisms"),
    "IV.p2#public-funds": ("IV.p2.s1", None, "public funds such as ODA"),
    "IV.p2#private-resources": ("IV.p2.s3", None, "private resources"),
    "IV.p2#public-private-mix": ("IV.p2.s3", None, "public and private resources"),
}
STRENGTHS = agreement.STRENGTHS


class Settled(NamedTuple):
    """One decision: what each coder had, and what holds; an empty value is no row."""

    book: str
    place: str
    target: str
    a: str
    b: str
    settled: str
    reason: str


# Places.


@cache
def places() -> dict[str, str]:
    """Return each place of the report with its kind, in reading order; claims have the kind `claim`."""
    found: dict[str, str] = {}
    for place in json.loads(sentences.TABLE.read_text("utf-8"))["places"]:
        found[place["ref"]] = place["kind"]
        found |= {sentence["ref"]: "claim" for sentence in place["sentences"]}
    return found


@cache
def position(ref: str) -> int:
    """Return where a place stands in reading order."""
    return list(places()).index(ref)


def above(place: str) -> list[str]:
    """Return the places above, nearest first, up to the action item."""
    found: list[str] = []
    while (place := place.rpartition(".")[0]).count(".") >= 2:  # noqa: PLR2004 - III.a.n is an action item
        found.append(place)
    return found


# Codes.


def listed(name: str) -> list[dict[str, str]]:
    """Return one code list."""
    return harness.rows(LISTS / f"{name}.csv")


@cache
def defined(book: str) -> dict[str, list[str]]:
    """Return the codes in the tables of values of a code book, with the columns after the code."""
    cells: dict[str, list[str]] = {}
    for section in re.split(r"^## ", text_of(book), flags=re.MULTILINE):
        if section.startswith(("Values", "None, with a reason")):
            for row in re.findall(r"^\| `[^|]*\|.*$", section, re.MULTILINE):
                names, *rest = (cell.strip() for cell in row.strip("|").split("|"))
                cells[names.strip("` ")] = [re.sub(r"[`*]", "", cell) for cell in rest]
    return cells


@cache
def code_list(book: str) -> tuple[Json, ...]:
    """Return the codes of an overlay: code, label, definition in our words, address."""
    values = defined(book)
    if book == "crs":
        active = {row["code"]: row["name_en"] for row in listed("dac_crs_purpose_codes") if row["status"] == "active"}
        active |= {row["code"]: row["label"] for row in listed("short_crs_names")}
        ours = {code: f"None: {code.partition(':')[2]}" for code in values if code.startswith("none:")}
        return tuple(
            {"code": code, "label": label, "definition": values[code][0] if code in values else None, "uri": None}
            for code, label in (*active.items(), *ours.items())
        )
    if book == "sdg":
        goals = {row["code"]: row for row in listed("sdg_goals")}
        targets = {row["code"]: row["label"] for row in listed("sdg_target_labels")}
        return (
            *(
                {"code": code, "label": row["short_name_en"], "definition": values[code][0], "uri": row["uri"]}
                for code, row in goals.items()
            ),
            {"code": "none", "label": "None of the Goals", "definition": values["none"][0], "uri": None},
            *(
                {"code": row["code"], "label": targets[row["code"]], "definition": None, "uri": row["uri"]}
                for row in listed("sdg_targets")
            ),
        )
    return tuple(
        {"code": code, "label": label, "definition": definition, "uri": None}
        for code, (label, definition, *_) in values.items()
    )


def refused(book: str) -> dict[str, str]:
    """Return codes that look right and are not taken, with what would do instead."""
    if book != "crs":
        return {}
    return {
        row["code"]: "withdrawn" if row["status"] == "withdrawn" else f"voluntary, reported under {row['parent_code']}"
        for row in listed("dac_crs_purpose_codes")
        if row["status"] != "active"
    }


# What holds.


def settled() -> list[Settled]:
    """Return all decisions, in the order of the books."""
    with (CODING / "settled.csv").open(encoding="utf-8", newline="") as file:
        head, *found = csv.reader(file)
    if head != list(Settled._fields):
        raise SystemExit(f"settled.csv: columns {Settled._fields} expected, not {head}")
    return [Settled(*row) for row in found]


def raw(coder: str, book: str) -> dict[Key, str]:
    """Return what one coder handed in: codes with targets behind them, or the strength of a link."""
    if book in LINKS:
        return {(row["source"], row["target"]): row["strength"] for row in rows(coder, book)}
    return {(row["place"], ""): ";".join(filter(None, (row["codes"], row.get("targets")))) for row in rows(coder, book)}


def without_targets(value: str) -> str:
    """Return the codes of a value without SDG targets."""
    return ";".join(code for code in value.split(";") if not re.fullmatch(r"\d+\.\w+", code))


def final(book: str) -> dict[Key, str]:
    """Return what holds, by place or link."""
    found = raw("a", book)
    for row in settled():
        if row.book != book:
            continue
        key = (row.place, row.target)
        if row.settled:
            found[key] = row.settled
        else:
            found.pop(key, None)
    return dict(sorted(found.items(), key=lambda item: _order(*item[0])))


def _order(source: str, target: str) -> tuple[int, int, int]:
    """Return the reading order of the source, for a means that of the claim that names it, then of the target."""
    if source in MEANS:
        return position(MEANS[source][0]), position(target), list(MEANS).index(source)
    return position(source), position(target or source), 0


def pruned(book: str) -> dict[Key, str]:
    """Return the links that are left: one is dropped where a place above has one as strong to the same end."""
    links = final(book)

    def stronger(key: Key, place: str) -> bool:
        other = (place, key[1]) if book == "answers" else (key[0], place)
        return other in links and STRENGTHS.index(links[other]) >= STRENGTHS.index(links[key])

    return {
        key: link
        for key, link in links.items()
        if not any(stronger(key, place) for place in above(key[book == "serves"]))
    }


@cache
def reasons() -> dict[tuple[str, str, str], str]:
    """Return a sentence for each place that has codes, and for each link that is left."""
    return {(row["book"], row["source"], row["target"]): row["reason"] for row in harness.rows(CODING / "reasons.csv")}


def unreasoned() -> list[str]:
    """Name what has no reason, and reasons of nothing."""
    wanted = [(book, *key) for book in OVERLAYS for key in final(book)]
    wanted += [(book, *key) for book in LINKS for key in pruned(book)]
    found = [f"{' '.join(key)}: no reason" for key in wanted if key not in reasons()]
    return found + [f"{' '.join(key)}: a reason for nothing" for key in reasons() if key not in wanted]


# Checks.


def problems(book: str, coding: dict[Key, str]) -> list[str]:
    """Name all that is wrong with the codes of an overlay."""
    known = {row["code"] for row in code_list(book)}
    stale = refused(book)
    found: list[str] = []
    for (place, _), value in coding.items():
        codes = value.split(";")
        goals = without_targets(value).split(";")
        where = f"{book} @ {place}"
        found += [f"{where}: {code!r} is {stale[code]}" for code in codes if code in stale]
        found += [f"{where}: {code!r} is not in the list" for code in codes if code not in known and code not in stale]
        found += [
            f"{where}: target {code!r} belongs to no goal that is coded"
            for code in codes
            if code not in goals and code.partition(".")[0] not in goals
        ]
        if places().get(place) not in (*UNITS, *INHERIT):
            found.append(f"{where}: not a place that is coded")
        if len(set(codes)) != len(codes) or codes != [*goals, *codes[len(goals) :]]:
            found.append(f"{where}: {value!r} repeats a code or has a target before a goal")
        if len(goals) > MOST[book] or (len(codes) > 1 and any(ALONE.fullmatch(code) for code in codes)):
            found.append(f"{where}: {value!r} are too many")
        if places().get(place) in INHERIT and set(goals) == inherited(coding, place):
            found.append(f"{where}: {value!r} is what it inherits")
    found += [f"{book} @ {place}: not coded" for place in units() if (place, "") not in coding]
    return found


def inherited(coding: dict[Key, str], place: str) -> set[str]:
    """Return the codes that a measure has from the place above, without targets."""
    for upper in above(place):
        if (upper, "") in coding:
            return set(without_targets(coding[upper, ""]).split(";"))
    return set()


def unsettled() -> list[str]:
    """Name differences without a decision, and decisions that decide nothing or misquote a coder."""
    found: list[str] = []
    decided = {(row.book, (row.place, row.target)): row for row in settled()}
    if len(decided) != len(settled()):
        found.append("settled.csv decides something twice")
    for book in (*OVERLAYS, *LINKS):
        a, b = raw("a", book), raw("b", book)
        found += [
            f"{book} @ {key}: differs and is not settled"
            for key in {**a, **b}
            if a.get(key, "") != b.get(key, "") and (book, key) not in decided
        ]
        for (named, key), row in decided.items():
            if named == book:
                had = a.get(key, ""), b.get(key, "")
                if had != (row.a, row.b):
                    found.append(f"{book} @ {key}: the coders had {had}")
                if row.a == row.b == row.settled:
                    found.append(f"{book} @ {key}: nothing to settle")
    return found


# The files.


def overlay(book: str) -> str:
    """Return one overlay as its file has it, one code or assignment a line."""
    head = {"schema_version": 1, "key": book, **HEADS[book]}
    assignments = [
        {"ref": place, "codes": value.split(";"), "reason": reasons()[book, place, ""]}
        for (place, _), value in final(book).items()
    ]
    return (
        f"{_json(head)[:-1]},\n"
        f'"codes": [\n{_lines(code_list(book))}],\n'
        f'"units": {_json(UNITS)}, "inherited_by": {_json(INHERIT)},\n'
        f'"assignments": [\n{_lines(assignments)}]}}\n'
    )


def links() -> list[Json]:
    """Return all links that are left, answers first."""
    found: list[Json] = []
    texts = carry_over.claims()
    for book in LINKS:
        for (source, target), strength in pruned(book).items():
            claim, via, words = MEANS.get(source, (source, None, None))
            start = texts[claim].index(words) if words else None
            found.append(
                {
                    "source_ref": claim,
                    "target_ref": target,
                    "kind": book,
                    "basis": "editorial",
                    "strength": strength,
                    "reason": reasons()[book, source, target],
                    "start": start,
                    "end": None if start is None else start + len(words or ""),
                    "via_key": via,
                }
            )
    return found


def files() -> dict[str, str]:
    """Return each file, by its path in the data folder."""
    made = {f"overlays/{book}.json": overlay(book) for book in OVERLAYS}
    return made | {ANSWERS.name: f'{{"schema_version": 1, "links": [\n{_lines(links())}]}}\n'}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(values: list[Json] | tuple[Json, ...]) -> str:
    return ",\n".join(map(_json, values))


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    wrong = [*unsettled(), *unreasoned(), *(line for book in OVERLAYS for line in problems(book, final(book)))]
    if wrong:
        sys.stdout.write("\n".join(wrong) + "\n")
        return 1
    return harness.settle({DATA / name: text for name, text in files().items()}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())
