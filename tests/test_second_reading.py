"""Tests of the second reading: each finding is of something that exists, and is mended or listed."""

from __future__ import annotations

import json

import agreement
import carry_over
import coding
import harness
import pytest

from asean_japan import Report

PAGE = agreement.PAGE.read_text("utf-8")
WEAK = PAGE.partition("## Where the rules give weak results\n")[2].partition("\n## ")[0]
LAYERS = ["names", "dates", "quantities", "cross-references", "answers", "serves", "codes"]
FINDINGS = harness.rows(harness.CURATION / "second-reading.csv")


def test_findings_are_whole() -> None:
    """Each is of a layer, says what was found and what was done, and occurs once."""
    assert {tuple(row) for row in FINDINGS} == {("layer", "key", "finding", "done")}
    assert all(cell.strip() for row in FINDINGS for cell in row.values())
    assert len({(row["layer"], row["key"], row["finding"]) for row in FINDINGS}) == len(FINDINGS)
    order = [LAYERS.index(row["layer"]) for row in FINDINGS]
    assert order == sorted(order)


def test_keys_exist(report: Report) -> None:
    """Each key is an entity, an address, a place and a challenge, or a means and a place."""
    for row in FINDINGS:
        keys = row["key"].split()
        if row["layer"] == "names":
            assert keys[0] in report.entities, row
        for key in keys if row["layer"] != "names" else []:
            assert key in coding.MEANS or key in report, row


def test_page_counts_the_findings() -> None:
    """The table has each layer, its findings, and how many were left."""
    lines = ["| layer | findings | mended or confirmed | listed below |", "| --- | --- | --- | --- |"]
    for layer in LAYERS:
        done = [row["done"] == "listed" for row in FINDINGS if row["layer"] == layer]
        lines.append(f"| {layer} | {len(done)} | {len(done) - sum(done)} | {sum(done)} |")
    table = "\n".join(lines)
    assert f"<!-- second reading -->\n{table}\n<!-- /second reading -->" in PAGE


@pytest.mark.parametrize("row", [row for row in FINDINGS if row["done"] == "listed"], ids=lambda row: row["key"])
def test_what_was_left_is_named(row: dict[str, str]) -> None:
    """What is listed is named on the page, and means by their name."""
    for key in row["key"].split():
        assert f"`{key}`" in WEAK or row["layer"] == "serves", key
    assert row["layer"] != "serves" or "New mechanisms" in WEAK


def test_what_a_ruling_dropped_is_gone() -> None:
    """A link that was dropped by a ruling is in the table of decisions and no longer among the links."""
    settled = {(row.book, row.place, row.target) for row in coding.settled()}
    links = {book: coding.pruned(book) for book in agreement.LINKS}
    dropped = [row for row in FINDINGS if "dropped" in row["done"]]
    assert dropped
    for row in dropped:
        source, target = row["key"].split()
        assert (row["layer"], source, target) in settled
        assert (source, target) not in links[row["layer"]]


def test_means_of_public_funds_is_not_an_entity() -> None:
    """Public funds are more than ODA."""
    links = json.loads(coding.ANSWERS.read_text("utf-8"))["links"]
    funds = [link for link in links if link["source_ref"] == "IV.p2.s1"]
    words = carry_over.claims()["IV.p2.s1"]
    assert {words[link["start"] : link["end"]] for link in funds} == {"public funds such as ODA"}
    assert {link["via_key"] for link in funds} == {None}
    assert "oda" not in {link["via_key"] for link in links}


def test_every_gist_was_read(report: Report) -> None:
    """A reader who had not written the gists read each beside its place, and says what was to be mended."""
    rows = harness.rows(harness.CURATION / "gist-readings.csv")
    assert [row["ref"] for row in rows] == [str(node.ref) for node in report.walk()]
    assert {(row["verdict"], bool(row["fault"])) for row in rows} == {("good", False), ("mend", True)}
    assert sum(row["verdict"] == "mend" for row in rows) == 72
