"""Tests of the bundled data: the report, the table of sentences, their description, and what was read against what."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import carry_over
import manifest
import pytest
import readings
import sentences
from sentences import words_of

from asean_japan import Claim, Node, Report, dumps
from asean_japan.copies.skeletons import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = Any
Span: TypeAlias = "tuple[int, int]"

ROOT = Path(__file__).parents[1]
REFS = Path(__file__).parent / "data" / "refs.txt"

TABLE: Json = json.loads(sentences.TABLE.read_text("utf-8"))
PLACES: list[Json] = TABLE["places"]
SENTENCES: dict[str, Json] = {row["ref"]: row for place in PLACES for row in place["sentences"]}

COUNTS = {
    "section": 5,
    "paragraph": 11,
    "challenge_area": 3,
    "challenge": 14,
    "pillar": 3,
    "action_area": 3,
    "action_item": 20,
    "action": 72,
    "measure": 52,
    "sub_measure": 4,
}
SECTIONS = {"0": (5, 10), "I": (18, 65), "II": (9, 24), "III": (152, 149), "IV": (3, 7)}  # Nodes and claims.

TITLES = ("III.2.2.10.s1", "III.2.4.s1", "III.2.4.5.s1", "III.2.4.7.s1", "III.2.5.s1")  # These stay as printed.
FURNITURE = "(Provisional Translation)"  # Printed at the head of each page; the copy has it once.
MARKUP = re.compile(r"[#*]|</?sup>|^ *- (?=.)")


def snapshot(report: Report) -> list[str]:
    """Write every address, those of nodes with their kind and mark."""
    return [
        line
        for node in report.walk()
        for line in (
            f"{node.ref} {node.kind} {node.mark.text or f'bullet {node.mark.value}' if node.mark else '-'}",
            *(f"{claim.ref} claim" for claim in node.claims),
        )
    ]


# Addresses.


def test_addresses_are_for_ever(report: Report) -> None:
    """No address goes, comes or means another kind of place."""
    held = REFS.read_text("utf-8").splitlines()
    now = snapshot(report)
    gone, come = sorted(set(held) - set(now)), sorted(set(now) - set(held))
    assert (gone, come) == ([], []), (
        f"users keep these addresses: if one really has to go or to come, change {REFS.name} by hand, "
        "raise the data version, and say so in CHANGELOG.md"
    )
    assert now == held


def test_counts(report: Report) -> None:
    """The report has as many places of each kind, and claims, as it has."""
    assert Counter(node.kind for node in report.walk()) == COUNTS
    assert (len(report.walk()), len(report.claims)) == (187, 255)


@pytest.mark.parametrize("name", SECTIONS)
def test_counts_of_a_section(report: Report, name: str) -> None:
    """Each section has its share."""
    nodes = report.sections[name].walk()
    assert (len(nodes), sum(len(node.claims) for node in nodes)) == SECTIONS[name]


# The description.


def test_description_is_that_of_the_files() -> None:
    """The description is what the script makes of the files now."""
    assert manifest.MANIFEST.read_text("utf-8") == manifest.dump(), "run manifest.py --write"


def test_description_names_every_file() -> None:
    """Each file is described, with its size and digest, and nothing else is."""
    resources = {
        resource["path"]: resource for resource in json.loads(manifest.MANIFEST.read_text("utf-8"))["resources"]
    }
    files = {path.relative_to(manifest.DATA).as_posix(): path for path in manifest.DATA.rglob("*") if path.is_file()}
    assert resources.keys() == files.keys() - {manifest.MANIFEST.name}
    for name, resource in resources.items():
        content = files[name].read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_names_of_the_files_differ() -> None:
    """Each resource has a name of its own, in small letters, as a data package wants it."""
    names = [resource["name"] for resource in json.loads(manifest.MANIFEST.read_text("utf-8"))["resources"]]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9_-]+", name)] == []


def test_report_is_in_canonical_form(report: Report) -> None:
    """What is bundled is what `dumps` writes of it without its layers, byte for byte."""
    bare = Report(edition=report.edition, sections=tuple(report.sections.values()))
    assert carry_over.REPORT.read_bytes() == dumps(bare).encode()


def test_table_is_in_canonical_form() -> None:
    """The table is what its script writes of it."""
    assert sentences.TABLE.read_text("utf-8") == sentences.dump(TABLE)


# The table of sentences.


def test_table_and_report_agree(report: Report) -> None:
    """Both have the same places, with the same kinds, marks and headings, in the same order."""
    assert [(row["ref"], row["kind"], row["mark"], row["heading"] and row["heading"]["text"]) for row in PLACES] == [
        (
            str(node.ref),
            node.kind,
            node.mark and {"text": node.mark.text, "value": node.mark.value, "style": node.mark.style},
            node.heading,
        )
        for node in report.walk()
    ]


def test_every_sentence_has_its_claim(report: Report) -> None:
    """For each sentence of a place there is one claim, and for each claim a sentence."""
    assert [[row["ref"] for row in place["sentences"]] for place in PLACES] == [
        [str(claim.ref) for claim in node.claims] for node in report.walk()
    ]
    assert len(SENTENCES) == len(report.claims)


def test_sentences_do_not_overlap() -> None:
    """Sentences follow one another in the copy, each of one stretch or more."""
    spans = [span for row in SENTENCES.values() for span in row["spans"]]
    assert all(row["spans"] for row in SENTENCES.values())
    assert sorted(spans) == spans
    edges = [0, *(edge for span in spans for edge in span), TABLE["copy"]["characters"]]
    assert edges == sorted(edges)


def test_sentences_differ() -> None:
    """No digest is that of two sentences."""
    assert max(Counter(row["sha256"] for row in SENTENCES.values()).values()) == 1


def test_no_claim_is_the_sentence_itself(report: Report) -> None:
    """What is restated has other words than what was stated, but for items like titles, of six ordinary words."""
    stated = {row["sha256"] for row in SENTENCES.values()}
    digests = {
        str(claim.ref): hashlib.sha256(skeleton(claim.text).encode()).hexdigest() for claim in report.claims.values()
    }
    assert tuple(ref for ref, digest in digests.items() if digest in stated) == TITLES
    for ref in TITLES:
        claim = report[ref]
        assert isinstance(claim, Claim)
        ordinary = claim.text
        for mention in reversed(claim.mentions):
            ordinary = ordinary[: mention.start] + ordinary[mention.end :]
        words = [word for word in re.findall(r"[a-z-]+", ordinary, re.IGNORECASE) if word not in {"a", "the"}]
        assert len(words) <= 6, ref


# What the texts look like.


def texts(report: Report) -> Iterator[tuple[str, str]]:
    """Yield every text that is ours, with its address."""
    for node in report.walk():
        yield f"{node.ref} (gist)", node.gist
        for claim in node.claims:
            yield str(claim.ref), claim.text


def balanced(text: str) -> bool:
    """Tell whether all brackets are closed in order and straight quotation marks come in pairs."""
    waiting: list[str] = []
    pairs = {")": "(", "]": "["}
    for character in text:
        if character in pairs.values():
            waiting.append(character)
        elif character in pairs and (not waiting or waiting.pop() != pairs[character]):
            return False
    return not waiting and text.count('"') % 2 == 0


@pytest.mark.parametrize(
    "odd",
    [
        "[‘’‚‛“”„‟′″`´]",  # Quotation marks and apostrophes are straight.
        "[‐‑‒—―…]",  # A hyphen or an en dash, and full stops.
        r"[<>*_#|\\{}~^]",  # No markup.
        r"^\s|\s$|\s\s|[^\S ]",  # Single spaces only.
        r"\s[,.;:!?)\]]|[(\[]\s",  # Marks stand close to their words.
        r",,|;;|::|(?<!\.)\.\.(?!\.)",
        r"\b([A-Za-z]+) \1\b",
    ],
)
def test_no_text_has(report: Report, odd: str) -> None:
    """Claims and gists are typed in one way."""
    assert [ref for ref, text in texts(report) if re.search(odd, text)] == []


def test_texts_are_visible_and_in_normal_form(report: Report) -> None:
    """No character hides, and each is written in one way."""
    odd = [ref for ref, text in texts(report) if not (text.isprintable() and unicodedata.is_normalized("NFC", text))]
    assert odd == []


def test_brackets_and_quotation_marks_are_closed(report: Report) -> None:
    """What is opened is closed, in order."""
    assert [ref for ref, text in texts(report) if not balanced(text)] == []


@pytest.mark.parametrize("text", ["(", ")", "[(])", '"', '["]"]"'])
def test_open_brackets_are_seen(text: str) -> None:
    """The check of brackets sees what it is there for."""
    assert not balanced(text)


def test_claims_are_closed(report: Report) -> None:
    """Each claim begins like a sentence, or with what is borrowed, and ends with a full stop."""
    closed = re.compile(r"[A-Z0-9\"\[(].*\.[\")]?")
    assert [str(claim.ref) for claim in report.claims.values() if not closed.fullmatch(claim.text)] == []


def test_gists_are_short(report: Report) -> None:
    """A gist is a label of at most ten words, and closed by nothing."""
    assert [str(node.ref) for node in report.walk() if len(node.gist.split()) > 10 or node.gist[-1] in ".,;:!?"] == []


def test_gists_of_neighbours_differ(report: Report) -> None:
    """In a menu no two places under one parent look the same."""
    families = Counter((node.parent and node.parent.ref, node.gist) for node in report.walk())
    assert [family for family, count in families.items() if count > 1] == []


def test_headings_stand_where_the_report_has_them(report: Report) -> None:
    """Sections, pillars and action areas have a heading as printed, and no other place has one."""
    headed = {node.kind for node in report.walk() if node.heading}
    assert headed == {"section", "pillar", "action_area"}
    assert all((node.heading is not None) == (node.kind in headed) for node in report.walk())


# Against a copy of the report.


def test_table_is_that_of_the_source(source_text: str) -> None:
    """The script makes the same table from the copy."""
    assert sentences.dump(sentences.table(source_text)) == sentences.TABLE.read_text("utf-8")


def test_copy_is_the_one_that_was_read(source_text: str) -> None:
    """Length and digest of the copy are those of the table."""
    digest = hashlib.sha256(source_text.encode()).hexdigest()
    assert TABLE["copy"] == {"characters": len(source_text), "sha256": digest}


def test_sentences_are_where_the_table_says(source_text: str) -> None:
    """At each span stands a sentence of the stated length and digest."""
    odd: list[str] = []
    for ref, row in SENTENCES.items():
        bare = skeleton(words_of(source_text, row["spans"]))
        if (len(bare), hashlib.sha256(bare.encode()).hexdigest()) != (row["length"], row["sha256"]):
            odd.append(ref)
    assert odd == []


def test_sentences_cover_the_report(source_text: str, report: Report) -> None:
    """All that no sentence covers is markup, the title page, the heading or mark of each place, and page furniture."""
    spans = [span for row in SENTENCES.values() for span in row["spans"]]
    edges = [0, *(edge for span in spans for edge in span), len(source_text)]
    gaps = [source_text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    left = [MARKUP.sub("", line).strip() for gap in gaps for line in gap.splitlines() if line.strip()]
    left.remove(FURNITURE)
    title, places = " ".join(left[:3]), left[3:]
    assert title == f"{report.title} February, 2023 {report.issuer}"
    assert places == [
        f"{node.label} {node.heading}" if node.heading else node.mark.text or "-" for node in report.walk() if node.mark
    ]


def test_everything_is_carried_over(source_text: str) -> None:
    """What a claim lacks of its sentence is waived with a reason, and no waiver is idle."""
    found = set(carry_over.findings(source_text))
    waived = carry_over.waivers()
    assert (sorted(found - waived), sorted(waived - found)) == ([], [])


def test_waivers_are_whole() -> None:
    """Each waiver names a claim and gives a reason, once."""
    with carry_over.WAIVERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["ref", "thing", "reason"]
    assert [row["ref"] for row in rows if row["ref"] not in SENTENCES or not row["reason"].strip()] == []
    assert len({(row["ref"], row["thing"]) for row in rows}) == len(rows)


# The ledger of readings.


@pytest.fixture(scope="session")
def ledger() -> list[dict[str, str]]:
    """Return the rows of the ledger."""
    return readings.rows()


def test_every_claim_was_read(ledger: list[dict[str, str]]) -> None:
    """Each claim, and nothing else, has been read against its sentence."""
    assert all(list(row) == list(readings.COLUMNS) for row in ledger)
    assert {row["ref"] for row in ledger} == SENTENCES.keys()


def test_rounds_are_whole(ledger: list[dict[str, str]]) -> None:
    """Rounds are counted from 1, and none reads a claim twice."""
    rounds = {int(row["round"]) for row in ledger}
    assert rounds == set(range(1, len(rounds) + 1))
    assert max(Counter((row["round"], row["ref"]) for row in ledger).values()) == 1


def test_every_reading_has_a_verdict(ledger: list[dict[str, str]]) -> None:
    """No reading was left open, and a claim that was altered on purpose says so."""
    assert {row["verdict"] for row in ledger} <= set(readings.VERDICTS)
    assert {row["planted"] for row in ledger} == {"", "yes", "old"}
    assert {row["fluency"] for row in ledger if int(row["round"]) <= 8} == {""}
    assert {row["fluency"] for row in ledger if int(row["round"]) > 8} <= set("12345")


def test_enough_of_the_altered_claims_were_found(ledger: list[dict[str, str]]) -> None:
    """Readers who find fewer than 13 of 15 altered claims have not read closely enough, and so in each round."""
    planted = Counter(row["round"] for row in ledger if row["planted"] == "yes")
    found = Counter(row["round"] for row in ledger if row["planted"] == "yes" and row["verdict"] != "same")
    assert planted == {"1": 15, "9": 45, "10": 30, "11": 15, "12": 15}
    assert [number for number in planted if found[number] * 15 < planted[number] * 13] == []


def test_earlier_wordings_are_told_by_their_fluency(ledger: list[dict[str, str]]) -> None:
    """Readers who find that an earlier wording reads well have not judged how claims read."""
    marks = [row["fluency"] for row in ledger if row["planted"] == "old"]
    assert len(marks) == 35
    assert set(marks) <= {"2", "3"}


def test_last_reading_found_the_same(ledger: list[dict[str, str]], report: Report) -> None:
    """Each claim, word for word as it is bundled, was found to say what its sentence says."""
    read = [row for row in sorted(ledger, key=lambda row: int(row["round"])) if not row["planted"]]
    last = {row["ref"]: (row["digest"], row["verdict"]) for row in read}
    bundled = {str(ref): (readings.digest(claim.text), "same") for ref, claim in report.claims.items()}
    assert {ref: last[ref] for ref in bundled if last[ref] != bundled[ref]} == {}


def test_page_has_the_totals() -> None:
    """What the documentation says of the readings is counted from the ledger."""
    assert f"<!-- readings -->\n{readings.totals()}<!-- /readings -->" in readings.PAGE.read_text("utf-8")


def test_nodes_are_typed(report: Report) -> None:
    """Each node of the snapshot is of a class of its own kind."""
    assert {node.kind: type(node) for node in report.walk()}.keys() == COUNTS.keys()
    assert not any(type(node) is Node for node in report.walk())


def test_labels_in_japanese(report: Report) -> None:
    """Each place has one, with no full stop; siblings differ."""
    for node in report.walk():
        assert node.gist_ja
        assert "。" not in node.gist_ja
        assert len({child.gist_ja for child in node.children}) == len(node.children)
