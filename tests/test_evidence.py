"""Tests of the evidence of facts: digests of the words that say them, found again in saved pages."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import evidence
import harness
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asean_japan import Basis, load
from asean_japan.copies.skeletons import skeleton

WORDS = "国際交流基金(JF)は2023年3月16日に"
FACT = {"key": "a", "field": "name_ja", "value": "国際交流基金", "source": "https://example.org", "read": "2026-11-30"}
LENGTH, SHA256 = evidence.digest(WORDS)
ROW = {**FACT, "where": "opening", "sha256": SHA256, "length": str(LENGTH)}
OTHER = {**FACT, "field": "official_site"}
COUNTS = {
    "name_ja": 119,
    "official_name": 25,
    "parties": 23,
    "official_site": 18,
    "announced": 13,
    "wikidata": 12,
    "in_force": 11,
    "adopted": 11,
    "acronym": 10,
    "signed": 10,
    "established": 9,
    "started": 10,
    "role": 10,
    "affiliation": 10,
    "geonames": 9,
    "iso3166_alpha3": 8,
    "iso3166_numeric": 8,
    "name_ja_short": 7,
    "first_held": 7,
    "formal_name": 6,
    "ror": 4,
    "isni": 4,
    "dac_channel": 4,
    "held": 4,
    "name_ja_in_report": 3,
    "name_ja_in_use": 3,
    "unts": 2,
    "name_ja_formal": 2,
    "desta": 2,
    "un_m49": 2,
    "japan_joined": 1,
    "uk_treaty_series": 1,
}
SECOND = harness.rows(harness.CURATION / "facts-second-reading.csv")


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([evidence.COLUMNS, *([row[name] for name in evidence.COLUMNS] for row in rows)])
    return path


# The table that is kept.


def test_every_row_belongs_to_a_fact(capsys: pytest.CaptureFixture[str]) -> None:
    """The table is sound, and two facts out of three have a row; the tool counts the others."""
    assert evidence.main(["--check"]) == evidence.main([]) == 0
    assert capsys.readouterr().out == "245 of 368 facts have a row; 123 are not proved\n" * 2


def test_facts_by_field_and_basis() -> None:
    """So many there are of each; all are researched, and those read since days of reading are kept have a row each."""
    table, known = harness.rows(evidence.EVIDENCE), evidence.facts()
    assert Counter(fact["field"] for fact in known) == COUNTS
    assert {fact.basis for each in load().entities.values() for fact in each.facts} == {Basis.RESEARCHED}
    assert Counter(len(fact["read"]) for fact in known) == {len("2026-11-30"): 245, len("2026-11"): 123}
    assert all(len(row["read"]) == len("2026-11-30") for row in table)
    assert Counter(row["field"] for row in table)["name_ja"] == 115


def test_words_are_not_kept() -> None:
    """A row has no column for them, and what says where they are is short and in English."""
    for row in harness.rows(evidence.EVIDENCE):
        assert tuple(row) == evidence.COLUMNS
        assert row["where"].isascii()
        assert len(row["where"]) < 120


# Digests.


def test_digest_is_of_the_skeleton() -> None:
    """Spaces, marks and full-width signs make no difference."""
    letters = "国際交流基金jfは2023年3月16日に"
    assert (len(letters), hashlib.sha256(letters.encode()).hexdigest()) == (LENGTH, SHA256)
    assert evidence.digest(" 国際 交流基金（ＪＦ）は\n2023年3月16日に。") == (LENGTH, SHA256)


def test_digest_for_a_new_row(capsys: pytest.CaptureFixture[str]) -> None:
    """The tool prints what a new row needs."""
    assert evidence.main(["--words", WORDS]) == 0
    assert capsys.readouterr().out == f"{LENGTH} {SHA256}\n"


# Pages.

PAGES = {
    "a.txt": f"Before. {WORDS}、after it.",
    "deep/b.HTML": "<p>Before <b>国際交流</b>基金&#65288;JF)は<!-- x --><script>no</script>2023年<br>3月16日に</p>",
    "c.htm": "<p>国際交流基金(JF)は2023年3月16日</p>",
    "d.txt": "<p>国際交流基金</p>(JF)は2023年3月16日に",
}


@pytest.mark.parametrize("name", PAGES)
def test_words_are_found_in_a_page(tmp_path: Path, name: str) -> None:
    """In text, and in HTML through its markup; not if a letter is missing or another one stands between."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(PAGES[name], "utf-8")
    expected = {(str(LENGTH), SHA256): name} if name in {"a.txt", "deep/b.HTML"} else {}
    assert evidence.proved([ROW], tmp_path) == expected


def test_folder_of_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row is told with the first page that has its words, or with none; odd bytes are no hindrance."""
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "0.pdf").write_bytes(b"\xff\xfe")
    gone = {**ROW, "field": "site", "sha256": "0" * 64}
    monkeypatch.setattr(evidence, "EVIDENCE", written(tmp_path / "evidence.csv", [ROW, gone]))
    assert evidence.main([str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a, name_ja: in a.txt  (https://example.org)",
        "a, site: not in these pages  (https://example.org)",
        "1 of 2 rows are proved by these pages",
    ]


@given(st.text(min_size=1), st.text(), st.text())
def test_any_words_are_found_again(words: str, before: str, after: str) -> None:
    """Whatever stands around them; what has no letters proves nothing."""
    length, sha256 = evidence.digest(words)
    whole = skeleton(before + words + after)
    windows = [whole[start : start + length] for start in range(len(whole) - length + 1)]
    assert sha256 in {hashlib.sha256(window.encode()).hexdigest() for window in windows}


# Checks.


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ROW], []),
        ([ROW, {**ROW, **OTHER}], []),
        ([{**ROW, "value": "x"}], ["a, name_ja: no fact has this value, source and date"]),
        ([{**ROW, "read": "2026"}], ["a, name_ja: no fact has this value, source and date"]),
        ([ROW, ROW], ["a, name_ja: twice, or not in the order of the facts"]),
        ([{**ROW, **OTHER}, ROW], ["a, name_ja: twice, or not in the order of the facts"]),
        ([{**ROW, "sha256": "0"}], ["a, name_ja: neither a digest nor a length"]),
        ([{**ROW, "length": "0"}], ["a, name_ja: neither a digest nor a length"]),
        ([{**ROW, "length": "x"}], ["a, name_ja: neither a digest nor a length"]),
        ([{**ROW, "where": " "}], ["a, name_ja: not said where in the source"]),
    ],
)
def test_faults_are_told(rows: list[dict[str, str]], expected: list[str]) -> None:
    """A row that belongs to no fact, stands twice or out of order, or proves nothing, is named."""
    assert [*evidence.faults(rows, [FACT, OTHER])] == expected


def test_check_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With a fault, the status is 1, and the count comes last."""
    monkeypatch.setattr(evidence, "EVIDENCE", written(tmp_path / "evidence.csv", [ROW]))
    assert evidence.main(["--check"]) == 1
    assert capsys.readouterr().out == (
        "a, name_ja: no fact has this value, source and date\n1 of 368 facts have a row; 367 are not proved\n"
    )


# The second reading of the facts.


def test_second_reading_is_done() -> None:
    """What was found wrong is mended or left out; where something else was done, the row says what."""
    facts = {(fact["key"], fact["field"], fact["value"]) for fact in evidence.facts()}
    done = Counter((row["verdict"], row["done"]) for row in SECOND)
    assert done["fix", "done"] > 100
    assert {row["done"] for row in SECOND if row["done"].count(" ") == 0} == {"done", "kept"}
    for row in SECOND:
        mended = (row["key"], row["better_field"] or row["field"], row["better_value"] or row["value"])
        if row["done"] == "done":
            assert mended in facts, row
        if row["done"] == "left out" and "already" not in row["why"]:  # From another source.
            assert (row["key"], row["field"], row["value"]) not in facts, row
        assert (row["verdict"] == "keep") == (row["done"] == "kept") or row["key"] == "(report)"


def test_notes_of_the_second_reader_are_taken() -> None:
    """A better note is the note of the fact."""
    notes = {(each.key, fact.field): fact.note for each in load().entities.values() for fact in each.facts}
    for row in SECOND:
        if row["better_note"] and row["done"] == "done":
            note = notes[row["key"], row["better_field"] or row["field"]]
            assert note == (None if row["better_note"] == "(none)" else row["better_note"]), row
