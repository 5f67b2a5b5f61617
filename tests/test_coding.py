"""Tests of the editorial layers: the codes laid over the proposals, and the links to challenges and means."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any, TypeAlias

import agreement
import carry_over
import coding
import pytest

from asean_japan import Node, Report

Json: TypeAlias = Any

OVERLAYS: dict[str, Json] = {
    book: json.loads((coding.DATA / "overlays" / f"{book}.json").read_text("utf-8")) for book in agreement.OVERLAYS
}
LINKS: list[Json] = json.loads(coding.ANSWERS.read_text("utf-8"))["links"]
ENTITIES: list[Json] = json.loads((coding.DATA / "entities.json").read_text("utf-8"))["entities"]

# How many of the 92 units have each code, and how many measures have codes of their own.
COUNTS: dict[str, tuple[int, dict[str, int]]] = {
    "act": (
        43,
        {
            "achieve": 9, "continue": 4, "cooperate": 21, "create": 12, "exchange": 15, "implement": 3, "reform": 1,
            "regulate": 1, "strengthen": 18, "study": 4, "support": 13, "train": 7, "use": 3,
        },
    ),
    "actor": (
        9,
        {
            "asean-and-japan": 5, "civil-society": 1, "japan": 2, "local-governments": 3, "other-states": 1,
            "private-sector": 6, "research-community": 3, "unstated": 73,
        },
    ),
    "aoip": (12, {"connectivity": 22, "economic_other": 38, "maritime": 6, "none": 20, "sdgs": 10}),
    "community": (14, {"aec": 39, "apsc": 21, "ascc": 34}),
    "crs": (
        33,
        {
            "11220": 1, "11320": 1, "11420": 4, "11430": 1, "12110": 1, "13010": 1, "15110": 2, "15112": 2, "15130": 4,
            "15150": 3, "15153": 1, "15190": 1, "15210": 2, "16010": 1, "16020": 1, "22010": 5, "22040": 1, "22081": 1,
            "23110": 1, "25010": 3, "25030": 7, "32120": 1, "32130": 2, "32182": 6, "33110": 4, "33210": 1, "41010": 4,
            "43010": 2, "43030": 1, "43060": 1, "43071": 1, "43082": 4, "74020": 1, "none:defence": 5,
            "none:diplomacy": 6, "none:japan": 7, "none:peers": 5, "none:umbrella": 6,
        },
    ),
    "sdg": (
        26,
        {
            "2": 1, "2.1": 1, "3": 2, "3.d": 1, "4": 11, "4.b": 1, "5": 1, "7": 1, "8": 13, "8.3": 4, "8.9": 1, "9": 15,
            "9.5": 4, "10": 4, "10.7": 1, "11": 3, "12": 1, "13": 3, "13.1": 2, "14": 1, "15": 1, "16": 21, "16.3": 2,
            "16.6": 3, "17": 19, "17.10": 1, "17.16": 2, "17.17": 2, "none": 2,
        },
    ),
}  # fmt: skip
CODES = {"act": 13, "actor": 10, "aoip": 5, "community": 3, "crs": 235 + 5, "sdg": 17 + 1 + 169}
ANSWERS = {
    "I.1.1": 8, "I.1.2": 2, "I.1.3": 1, "I.1.4": 8, "I.2.1": 5, "I.2.2": 4, "I.2.3": 7, "I.2.4": 10, "I.2.5": 5,
    "I.2.6": 3, "I.2.7": 3, "I.2.8": 25, "I.3.1": 12, "I.3.2": 10,
}  # fmt: skip
STRENGTHS = {
    ("answers", "direct"): 44,
    ("answers", "partial"): 59,
    ("serves", "direct"): 35,
    ("serves", "partial"): 31,
}
SERVED = {  # Links by the claim that names the means, and the entity or the words of the claim.
    ("IV.p1.s4", "jaif"): 7,
    ("IV.p1.s4", "youth-exchange-programs"): 7,
    ("IV.p1.s4", "wa-project"): 4,
    ("IV.p1.s4", "successors or new mechanisms"): 15,
    ("IV.p2.s1", "public funds such as ODA"): 14,
    ("IV.p2.s3", "private resources"): 16,
    ("IV.p2.s3", "public and private resources"): 3,
}
SETTLED = {"aoip": 3, "community": 1, "crs": 2, "sdg": 20, "answers": 18, "serves": 11}


def means_of(link: Json) -> str:
    """Return the entity that is the means, or the words of the claim that name it."""
    means: str = link["via_key"] or carry_over.claims()[link["source_ref"]][link["start"] : link["end"]]
    return means


def node_at(report: Report, ref: str) -> Node:
    """Return the node at an address, which is not a claim."""
    place = report[ref]
    assert isinstance(place, Node)
    return place


# The files.


@pytest.mark.parametrize("name", coding.files())
def test_file_is_what_the_tool_makes(name: str) -> None:
    """The bytes of each file come from the codings and from nothing else."""
    assert (coding.DATA / name).read_text("utf-8") == coding.files()[name], "run coding.py --write"


def test_tool_checks_and_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it writes is what it then finds in order, and a changed file is not."""
    assert coding.main(["--check"]) == 0
    monkeypatch.setattr(coding, "DATA", tmp_path)
    assert coding.main(["--write"]) == 0
    assert coding.main(["--check"]) == 0
    (tmp_path / "overlays" / "act.json").write_text("{}\n", "utf-8")
    assert coding.main(["--check"]) == 1


def test_tool_refuses_what_is_not_valid(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With a difference that nobody settled, nothing is written."""
    monkeypatch.setattr(coding, "settled", list)
    assert coding.main(["--write"]) == 1
    assert "aoip @ ('III.2.4.1.e', ''): differs and is not settled" in capsys.readouterr().out


@pytest.mark.parametrize("book", OVERLAYS)
def test_overlay_has_all_fields(book: str) -> None:
    """Each overlay says what it is, where its codes come from and whose they are."""
    overlay = OVERLAYS[book]
    assert list(overlay) == [
        "schema_version", "key", "title", "description", "source", "credits", "codes", "units", "inherited_by",
        "assignments",
    ]  # fmt: skip
    assert (overlay["schema_version"], overlay["key"]) == (1, book)
    assert all(overlay[field] for field in ("title", "description", "source", "credits"))
    assert (overlay["units"], overlay["inherited_by"]) == (["action_item", "action"], ["measure", "sub_measure"])
    assert {tuple(row) for row in overlay["codes"]} == {("code", "label", "definition", "uri")}
    assert {tuple(row) for row in overlay["assignments"]} == {("ref", "codes", "reason")}


def test_links_have_all_fields() -> None:
    """Each link has the same fields, and is marked as editorial."""
    fields = {("source_ref", "target_ref", "kind", "basis", "strength", "reason", "start", "end", "via_key")}
    assert {tuple(link) for link in LINKS} == fields
    assert {link["basis"] for link in LINKS} == {"editorial"}


# Codes.


@pytest.mark.parametrize("book", OVERLAYS)
def test_codes_are_listed(book: str) -> None:
    """The list of codes is whole, none occurs twice, and each that is used is in it."""
    codes = [row["code"] for row in OVERLAYS[book]["codes"]]
    assert len(codes) == len(set(codes)) == CODES[book]
    used = {code for row in OVERLAYS[book]["assignments"] for code in row["codes"]}
    assert used <= set(codes)


@pytest.mark.parametrize("book", OVERLAYS)
def test_codes_of_a_book_are_listed(book: str) -> None:
    """Each code that the book defines can be used."""
    assert coding.defined(book).keys() <= {row["code"] for row in OVERLAYS[book]["codes"]}


def test_code_without_a_definition_is_of_a_list_of_others() -> None:
    """Only purpose codes that the book does not expect, and targets, are left without our definition."""
    bare = {(book, row["code"]) for book in OVERLAYS for row in OVERLAYS[book]["codes"] if not row["definition"]}
    assert {book for book, _ in bare} == {"crs", "sdg"}
    assert all("." in code for book, code in bare if book == "sdg")
    assert bare.isdisjoint({("crs", code) for code in coding.defined("crs")})


def test_goals_and_targets_have_the_addresses_of_the_united_nations() -> None:
    """A code is the end of its address."""
    rows = [row for row in OVERLAYS["sdg"]["codes"] if row["code"] != "none"]
    assert [row["uri"] for row in rows] == [f"http://metadata.un.org/sdg/{row['code']}" for row in rows]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("15120", "crs @ III.1.1: '15120' is withdrawn"),
        ("15140", "crs @ III.1.1: '15140' is withdrawn"),
        ("23010", "crs @ III.1.1: '23010' is withdrawn"),
        ("15132", "crs @ III.1.1: '15132' is voluntary, reported under 15130"),
        ("99999", "crs @ III.1.1: '99999' is not in the list"),
        ("none:else", "crs @ III.1.1: 'none:else' is not in the list"),
        ("none", "crs @ III.1.1: 'none' is not in the list"),
    ],
)
def test_purpose_code_that_nobody_reports_is_refused(code: str, why: str) -> None:
    """Withdrawn, voluntary and unknown codes are refused, with what would do where there is such a code."""
    assert coding.problems("crs", {**coding.final("crs"), ("III.1.1", ""): code}) == [why]


def test_no_withdrawn_or_voluntary_code_is_listed() -> None:
    """What is refused is not part of the overlay."""
    assert len(coding.refused("crs")) == 61 + 30
    assert coding.refused("crs").keys().isdisjoint({row["code"] for row in OVERLAYS["crs"]["codes"]})


@pytest.mark.parametrize(
    ("book", "place", "value", "why"),
    [
        ("sdg", "III.1.1", "13.1", "target '13.1' belongs to no goal that is coded"),
        ("sdg", "III.1.1", "16;13.1", "target '13.1' belongs to no goal that is coded"),
        ("sdg", "III.1.1", "16.3;16", "'16.3;16' repeats a code or has a target before a goal"),
        ("sdg", "III.1.1", "16;16", "'16;16' repeats a code or has a target before a goal"),
        ("sdg", "III.1.1", "1;2;3;4", "'1;2;3;4' are too many"),
        ("sdg", "III.1.1", "16;none", "'16;none' are too many"),
        ("actor", "III.1.1", "japan;unstated", "'japan;unstated' are too many"),
        ("crs", "III.1.1", "15130;none:japan", "'15130;none:japan' are too many"),
        ("act", "III.1", "create", "not a place that is coded"),
        ("act", "III.9.9", "create", "not a place that is coded"),
        ("act", "III.2.2.4.a", "cooperate", "'cooperate' is what it inherits"),
    ],
)
def test_odd_coding_is_refused(book: str, place: str, value: str, why: str) -> None:
    """What the books do not allow is found."""
    found = coding.problems(book, {**coding.final(book), (place, ""): value})
    assert f"{book} @ {place}: {why}" in found


def test_missing_unit_is_found() -> None:
    """A unit that was left out is found."""
    coded = coding.final("act")
    del coded["III.1.1", ""]
    assert coding.problems("act", coded) == ["act @ III.1.1: not coded"]


def test_missing_reason_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one without a reason, and a reason of nothing."""
    reasons = dict(coding.reasons())
    del reasons["act", "III.1.1", ""]
    reasons["act", "III.9.9", ""] = "Made up."
    monkeypatch.setattr(coding, "reasons", lambda: reasons)
    assert coding.unreasoned() == ["act III.1.1 : no reason", "act III.9.9 : a reason for nothing"]


# Assignments.


@pytest.mark.parametrize("book", OVERLAYS)
def test_assignments_are_valid(book: str) -> None:
    """No code is out of place."""
    assert coding.problems(book, coding.final(book)) == []


@pytest.mark.parametrize("book", OVERLAYS)
def test_every_unit_is_coded_once(book: str, report: Report) -> None:
    """Each action item and action has codes, once; besides them only measures and sub-measures do; in reading order."""
    coded = [row["ref"] for row in OVERLAYS[book]["assignments"]]
    kinds = {str(node.ref): node.kind for node in report.walk()}
    units = [ref for ref, kind in kinds.items() if kind in OVERLAYS[book]["units"]]
    assert [place for place in coded if kinds[place] in OVERLAYS[book]["units"]] == units
    assert {kinds[place] for place in coded} <= {*OVERLAYS[book]["units"], *OVERLAYS[book]["inherited_by"]}
    assert coded == [ref for ref in kinds if ref in set(coded)]


@pytest.mark.parametrize("book", OVERLAYS)
def test_measures_differ_from_what_they_would_inherit(book: str, report: Report) -> None:
    """A measure is listed only if its codes, targets aside, are not those of the nearest place above."""
    goals = {row["ref"]: {code for code in row["codes"] if "." not in code} for row in OVERLAYS[book]["assignments"]}
    for place, codes in goals.items():
        node = node_at(report, place)
        if node.kind in OVERLAYS[book]["inherited_by"]:
            above = next(goals[str(upper.ref)] for upper in node.ancestors if str(upper.ref) in goals)
            assert codes != above, place


@pytest.mark.parametrize("book", OVERLAYS)
def test_counts_of_an_overlay(book: str, report: Report) -> None:
    """Each code has as many units, and each overlay as many measures, as were counted."""
    units = {str(node.ref) for node in report.walk() if node.kind in OVERLAYS[book]["units"]}
    rows = [row for row in OVERLAYS[book]["assignments"] if row["ref"] in units]
    measures = len(OVERLAYS[book]["assignments"]) - len(rows)
    assert (measures, Counter(code for row in rows for code in row["codes"])) == COUNTS[book]


@pytest.mark.parametrize("book", OVERLAYS)
def test_labels_of_codes_are_short(book: str) -> None:
    """Each code has a label of at most eight words, which no other code of its overlay has."""
    labels = [row["label"] for row in OVERLAYS[book]["codes"]]
    assert [label for label in labels if not 0 < len(re.findall(r"[\w/'-]+", label)) <= 8] == []
    assert len(set(labels)) == len(labels)


# Reasons.

_INNER = re.compile(r"\b(step|rule|ruling|form|table|coder|coded|code book|head noun|main verb)s?\b", re.IGNORECASE)
_QUOTED = re.compile('"([^"]+)"')


def texts_of(report: Report, ref: str) -> str:
    """Return all that a reason may quote: what a place says, and what is below and above it."""
    node = node_at(report, ref) if "s" not in ref.rpartition(".")[2] else report[ref].node
    nodes = (*node.walk(), *node.ancestors)
    return " | ".join(text for each in nodes for text in (each.heading or "", *(claim.text for claim in each.claims)))


def fault_of(reason: str, words: str) -> str:
    """Return what is wrong with a reason that rests on *words*; empty if nothing is."""
    quoted = _QUOTED.findall(reason)
    bare = _QUOTED.sub("", reason)
    faults = {
        "no one sentence": not re.fullmatch(r"[A-Z\"].*[^.]\.", reason) or bool(re.search(r"\.\s", bare)),
        "too long": len(reason.split()) > 30,
        "no words": not quoted or '"' in bare,
        "other words": any(not re.search(rf"(?<!\w){re.escape(each)}(?!\w)", words) for each in quoted),
        "inner rules": bool(_INNER.search(bare)),
    }
    return ", ".join(fault for fault, is_there in faults.items() if is_there)


@pytest.mark.parametrize("book", OVERLAYS)
def test_reasons_of_codes_speak_for_themselves(book: str, report: Report) -> None:
    """Each is one sentence that quotes the words it rests on, and says nothing of the rules of the code book."""
    for row in OVERLAYS[book]["assignments"]:
        assert fault_of(row["reason"], texts_of(report, row["ref"])) == "", (row["ref"], row["reason"])


def test_reasons_of_links_speak_for_themselves(report: Report) -> None:
    """So is that of a link; it quotes one of its ends."""
    for link in LINKS:
        words = f"{texts_of(report, link['source_ref'])} | {texts_of(report, link['target_ref'])}"
        assert fault_of(link["reason"], words) == "", link["reason"]


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ('It asks for "fair rules".', ""),
        ('It asks for "fair rules"', "no one sentence"),
        ('It asks for "fair rules". It is fair.', "no one sentence"),
        ("It asks for fairness.", "no words"),
        ('It asks for "fair rule".', "other words"),
        ('By rule H, it asks for "fair rules".', "inner rules"),
        (f'It asks for "fair rules"{" and more" * 15}.', "too long"),
    ],
)
def test_faulty_reason_is_found(reason: str, fault: str) -> None:
    """The two tests before this one can fail."""
    assert fault_of(reason, "Lay down fair rules for trade.") == fault


# Links.


def test_links_lead_from_what_to_what(report: Report) -> None:
    """A proposal answers a challenge; a claim of section IV serves a proposal."""
    proposals = {"action_item", "action", "measure", "sub_measure"}
    for link in LINKS:
        target = node_at(report, link["target_ref"])
        if link["kind"] == "answers":
            assert (node_at(report, link["source_ref"]).kind in proposals, target.kind) == (True, "challenge")
            assert link["via_key"] is None
        else:
            assert str(report.claims[link["source_ref"]].section.ref) == "IV"
            assert target.kind in proposals


def test_means_are_entities_that_the_claim_names(report: Report) -> None:
    """A means that is an entity is named by the claim; another one is named by the reason."""
    mentions = json.loads((coding.DATA / "mentions.json").read_text("utf-8"))["mentions"]
    named = {(mention["ref"], mention["key"]) for mention in mentions}
    for link in LINKS:
        if link["kind"] == "serves":
            assert link["source_ref"] in report.claims
            assert link["via_key"] is None or (link["source_ref"], link["via_key"]) in named
    assert {link["via_key"] for link in LINKS} - {None} <= {entity["key"] for entity in ENTITIES}


def test_no_link_occurs_twice() -> None:
    """One strength for each pair of a place and a challenge, or of a means and a place."""
    keys = [
        (link["source_ref"], link["target_ref"], means_of(link) if link["kind"] == "serves" else "") for link in LINKS
    ]
    assert len(set(keys)) == len(keys)


def test_links_are_in_order() -> None:
    """Answers come before means, each in reading order of its source and then of its target."""
    keys = [
        (link["kind"], coding.position(link["source_ref"]), coding.position(link["target_ref"]), at)
        for at, link in enumerate(LINKS)
    ]
    assert keys == sorted(keys)


def test_no_link_repeats_one_from_above(report: Report) -> None:
    """Only the highest place has a link, unless one below it has it more strongly."""
    strength = {"partial": 1, "direct": 2}
    held = {
        (
            link["kind"],
            means_of(link) if serves else link["target_ref"],
            link["target_ref" if serves else "source_ref"],
        ): strength[link["strength"]]
        for link in LINKS
        for serves in [link["kind"] == "serves"]
    }
    for (kind, end, place), value in held.items():
        for upper in node_at(report, place).ancestors:
            assert held.get((kind, end, str(upper.ref)), 0) < value, (kind, end, place)


def test_counts_of_links() -> None:
    """Each challenge, means and strength has as many links as were counted."""
    assert Counter(link["target_ref"] for link in LINKS if link["kind"] == "answers") == ANSWERS
    assert Counter((link["kind"], link["strength"]) for link in LINKS) == STRENGTHS
    assert Counter((link["source_ref"], means_of(link)) for link in LINKS if link["kind"] == "serves") == SERVED


def test_every_code_and_link_has_its_reason_and_no_other() -> None:
    """The table of reasons has a row for each place that has codes and for each link that is left, in their order."""
    assert coding.unreasoned() == []
    overlays = [(book, *key) for book in agreement.OVERLAYS for key in coding.final(book)]
    assert list(coding.reasons()) == overlays + [
        (book, *key) for book in agreement.LINKS for key in coding.pruned(book)
    ]


# What was settled.


def test_every_difference_is_settled() -> None:
    """Each difference has a decision, each decision decides something, and quotes both coders rightly."""
    assert coding.unsettled() == []


def test_settled_has_the_differences_and_the_rulings() -> None:
    """Where both coders agreed a decision is there only because of a ruling."""
    assert Counter(row.book for row in coding.settled()) == SETTLED
    assert [(row.book, row.place) for row in coding.settled() if row.a == row.b and "Ruling" not in row.reason] == []
    assert all(row.reason for row in coding.settled())


def test_odd_decision_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision that is made twice, that decides nothing or that misquotes is found."""
    rows = coding.settled()
    idle = coding.Settled("act", "III.1.1", "", "achieve", "achieve", "achieve", "Made up.")
    false = coding.Settled("act", "III.1.2", "", "support", "support", "create", "Made up.")
    monkeypatch.setattr(coding, "settled", lambda: [*rows, rows[0], idle, false])
    assert coding.unsettled() == [
        "settled.csv decides something twice",
        "act @ ('III.1.1', ''): nothing to settle",
        "act @ ('III.1.2', ''): the coders had ('strengthen;support', 'strengthen;support')",
    ]


# Agreement.


def test_page_has_the_table() -> None:
    """What the documentation says of the agreement is computed from the two codings."""
    assert f"<!-- agreement -->\n{agreement.tables()}<!-- /agreement -->" in agreement.PAGE.read_text("utf-8")


def test_what_is_required_is_reached() -> None:
    """Each book has one alpha that must be 0.8, and it is."""
    required = {row.book: row.alpha for row in agreement.comparisons() if row.required}
    assert required.keys() == {*agreement.OVERLAYS, *agreement.LINKS}
    assert min(required.values()) >= agreement.LEAST


def test_units_are_those_of_the_report(report: Report) -> None:
    """The shared rules list all action items and actions."""
    assert list(agreement.units()) == [str(node.ref) for node in report.walk() if node.kind in coding.UNITS]


@pytest.mark.parametrize("coder", ["a", "b"])
@pytest.mark.parametrize("book", [*agreement.OVERLAYS, *agreement.LINKS])
def test_coding_is_whole(coder: str, book: str) -> None:
    """A coder has coded every unit, nothing twice, and gave each row a reason of at most 15 words."""
    rows = agreement.rows(coder, book)
    keys = [row.get("place") or (row["source"], row["target"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert [row for row in rows if not 0 < len(row["reason"].split()) <= 15] == []
    if book in agreement.OVERLAYS:
        assert set(agreement.units()) <= set(keys)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("a", "a", 0),
        ("ab", "ab", 0),
        ("a", "b", 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "a", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
    ],
)
def test_masi(one: str, other: str, distance: float) -> None:
    """Sets are compared as Passonneau (2006) has it."""
    assert math.isclose(agreement.masi(frozenset(one), frozenset(other)), distance)


def test_alpha_of_known_data() -> None:
    """Alpha is that of a worked example by hand: one difference in four pairs of two values."""
    pairs = [("x", "x"), ("y", "y"), ("x", "x"), ("x", "y")]
    # Observed: 2 of 8 pairs differ. By chance, with 5 x and 3 y: 2 * 5 * 3 of 8 * 7 differ.
    assert math.isclose(agreement.alpha(pairs, ["x", "y"], "nominal"), 1 - (2 / 8) / (30 / 56))
    sets = [tuple(frozenset(value) for value in pair) for pair in pairs]
    assert math.isclose(agreement.alpha(sets, [frozenset("x"), frozenset("y")], "masi"), 1 - (2 / 8) / (30 / 56))


def test_alpha_weighs_order() -> None:
    """In the order of strengths one step is less apart than two."""
    near, far = ([(value, value) for value in agreement.STRENGTHS] * 4 for _ in "ab")
    near.append(("none", "partial"))
    far.append(("none", "direct"))
    domain = list(agreement.STRENGTHS)
    assert 1 > agreement.alpha(near, domain, "ordinal") > agreement.alpha(far, domain, "ordinal")


def test_wrong_count_of_examples_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that announces more examples than it lists is refused."""
    books = {"made up": "## Places used as examples\nIII.1.1, III.1.2 (3 of 92)"}
    monkeypatch.setattr(agreement, "text_of", books.__getitem__)
    with pytest.raises(SystemExit, match="3 examples announced, 2 listed"):
        agreement.examples.__wrapped__("made up")


def test_agreement_tool_finds_an_old_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with another table is seen, and mended."""
    page = tmp_path / "agreement.md"
    page.write_text("<!-- agreement -->\nold\n<!-- /agreement -->\n", "utf-8")
    monkeypatch.setattr(agreement, "PAGE", page)
    assert agreement.main([]) == 1
    assert agreement.main(["--write"]) == 0
    assert agreement.main([]) == 0
