"""Tests of Markdown, HTML and citations: what they hold, and that any text in them stays text."""

from __future__ import annotations

import base64
import hashlib
import html
import html.parser
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import cast, get_args
from xml.etree import ElementTree as ET
from xml.parsers import expat

import attrs
import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from payloads import PAYLOADS, firing, harmless, poisoned, raw
from reader_copies import INDEX, blocks, plain

import asean_japan as aj
from asean_japan import ArgumentError, Basis, Claim, Node, Place, Report
from asean_japan.errors import DetachedNodeError
from asean_japan.export import FORMATS, _akn, _citation, _html, _markdown, outline
from asean_japan.export.scope import Scope
from asean_japan.model import EntityKind
from asean_japan.testing import reports

DOCUMENTS: dict[str, Callable[..., str]] = {"markdown": aj.export.markdown, "html": aj.export.html}
BARE = (Basis.STATED, Basis.RESTATED)
STYLES = get_args(_citation.Style)


class Reader(html.parser.HTMLParser):
    """Reads a document: its tags with the names of their attributes, its links, ids and texts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.structure: list[str | tuple[str, object]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and what hangs on it."""
        self.structure.append((tag, tuple(name for name, _ in attrs)))
        for name, value in attrs:
            self.attributes.append((name, value or ""))
            if name == "href":
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        self.structure.append(tag)

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        self.structure.append(("comment", data))

    def handle_pi(self, data: str) -> None:
        """Note an instruction."""
        self.structure.append(("instruction", data))

    def handle_decl(self, decl: str) -> None:
        """Note a declaration."""
        self.structure.append(("declaration", decl))

    def unknown_decl(self, data: str) -> None:
        """Note a marked section."""
        self.structure.append(("declaration", data))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


def markdown_structure(text: str) -> list[object]:
    """Read Markdown, with raw HTML, tables and links of every kind allowed; return everything but texts."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [
        (token.type, token.tag, token.content if "code" in token.type or "html" in token.type else "")
        for token in _flat(reader.parse(text))
        if token.type not in {"text", "inline"}
    ]


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())


def part(report: Report) -> Node:
    """Return a place that has all sorts of things, and is quickly written."""
    return cast("Node", report["III.2.4.3"])


# What they hold.


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_place_and_claim_is_there(report: Report, name: str) -> None:
    """All addresses, labels and claims stand in the document, in reading order."""
    text = DOCUMENTS[name](report)
    if name == "html":
        reader = Reader(text)
        text = "".join(reader.texts)
        refs = [*(node.ref for node in report.walk()), *report.claims]
        assert set(map(str, refs)) <= set(reader.ids)
    else:
        text = re.sub(r"\\(.)", r"\1", text)
    at = 0
    for node in report.walk():
        at = text.index(f"{node.label}", at)
        at = text.index(node.heading or node.gist, at)
        for claim in node.claims:
            at = text.index(claim.text, at)


def test_html_is_well_formed(report: Report) -> None:
    """Every element is closed in turn, ids differ, headings go down one level at a time, and local links arrive."""
    reader = Reader(aj.export.html(report))
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)
    waiting: list[str] = []
    for event in reader.structure:
        if isinstance(event, str):
            assert waiting.pop() == event
        elif event[0] not in {"declaration", "meta"}:
            waiting.append(event[0])
    assert waiting == []
    levels = [int(a or b) for a, b in re.findall(r'<h([1-6])\b|aria-level="(\d)"', aj.export.html(report))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert max(levels) == 7


def test_html_is_accessible(report: Report) -> None:
    """The document says its language and its title, has landmarks, and names its regions."""
    page = aj.export.html(report)
    assert '<html lang="en">' in page
    assert f"<title>{report.title}</title>" in page
    for landmark in ("header", '<nav aria-label="Contents"', "main"):
        assert landmark in page
    reader = Reader(page)
    labels = [value for name, value in reader.attributes if name == "aria-labelledby"]
    tops = [*map(str, report.sections), "names", "codes"]
    assert labels == [f"{top}-heading" for top in tops]  # A region each, so that they are few.
    assert set(labels) <= set(reader.ids)
    assert '<span lang="ja">' in page
    assert reader.links[0] == "#text"  # Past the table of contents.
    assert '<main id="text">' in page


def test_html_has_a_table_of_contents(report: Report) -> None:
    """It leads to everything down to challenges and action items, and to the lists at the end."""
    for report_or_place, nodes in ((report, report.walk()), (report["III.2.4"], part(report).ancestors[0].walk())):
        contents = re.findall(r"<nav.*?</nav>", aj.export.html(report_or_place), re.DOTALL)[0]
        least = min(node.ref.depth for node in nodes)
        expected = [f"#{node.ref}" for node in nodes if node.ref.depth < least + 3]
        assert Reader(contents).links == [*expected, "#names", "#codes"]
    bare = Reader(aj.export.html(report["III.1.8"], bases=BARE))
    assert "#codes" not in bare.links
    assert "codes" not in bare.ids


def test_html_has_one_style_that_its_policy_knows(report: Report) -> None:
    """The policy names the digest of the style, so that the style applies and no other does."""
    page = aj.export.html(report)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'\"" in page
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert "url(" not in style
    assert "@import" not in style
    for rule in ("color-scheme: light dark", "max-width: 45rem", "overflow-wrap: anywhere"):
        assert rule in style


def test_html_folds_the_notes_of_a_place(report: Report) -> None:
    """The notes of a place are folded, and their number stands on the fold; a place without any has no fold."""
    page = aj.export.html(report["III.2.4"])
    folds = re.findall(r"<details><summary>Notes \((\d+)\)</summary>\n<ul>\n(.*?)</ul>", page, re.DOTALL)
    assert [int(number) for number, _ in folds] == [items.count("<li ") for _, items in folds]
    scope = Scope.of(report["III.2.4"])
    known = [len([*outline.notes(scope, node)]) for node in scope.nodes]
    assert [int(number) for number, _ in folds] == [number for number in known if number]
    assert "<details>" not in aj.export.html(report["0.p1"])


def test_html_asks_for_nothing(report: Report) -> None:
    """No script, picture or frame; links lead to https or stay in the document."""
    reader = Reader(aj.export.html(report))
    tags = {event[0] for event in reader.structure if isinstance(event, tuple)}
    harmless_tags = (
        "declaration html head meta title style body header h1 h2 h3 h4 h5 h6 div p a nav ul li main section details"
        " summary code i small span dl dt dd pre"
    )
    assert tags == set(harmless_tags.split())
    assert {link.partition(":")[0] for link in reader.links if not link.startswith("#")} == {"https"}
    assert {name for name, _ in reader.attributes}.isdisjoint({"src", "style", "onload", "action"})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_bases_can_be_left_out(report: Report, name: str) -> None:
    """Nothing that is researched or editorial remains, and the document says which bases it has."""
    text = DOCUMENTS[name](report, bases=iter(BARE))
    assert "bases: stated, restated." in text
    reasons = {link.reason for link in report.links if link.basis is Basis.EDITORIAL}
    facts = {fact.source for entity in report.entities.values() for fact in entity.facts}
    plain = PLAIN[name](text)
    assert not [reason for reason in reasons if reason and reason in plain]
    assert not [source for source in facts if source in plain and source != report.edition.source]
    full = DOCUMENTS[name](report)
    assert "(editorial)" in full or 'data-basis="editorial"' in full
    assert "(researched)" in full or 'data-basis="researched"' in full
    stated = DOCUMENTS[name](report, bases=(*BARE, Basis.RESEARCHED))
    assert "(editorial)" not in stated
    assert 'data-basis="editorial"' not in stated


PLAIN: dict[str, Callable[[str], str]] = {
    "markdown": lambda text: re.sub(r"\\(.)", r"\1", text),
    "html": lambda text: "".join(Reader(text).texts),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_names_of_a_basis_that_is_left_out_are_left_out(report: Report, name: str) -> None:
    """Without our judgment no kind of entity and no name of ours is there; without research no name from elsewhere."""
    full, bare = (PLAIN[name](DOCUMENTS[name](report, bases=bases)) for bases in (Basis, BARE))
    unnamed = [entity for entity in report.entities.values() if not entity.named and entity.name not in entity.forms]
    elsewhere = [entity for entity in report.entities.values() if not entity.mentions]
    assert unnamed
    assert elsewhere
    for entity in unnamed:
        listed_so = rf"(?m)^(- \*\*)?{re.escape(entity.name)}(\*\*|$)"
        assert re.search(listed_so, full)
        assert not re.search(listed_so, bare)
    issuer = report.issuer
    for entity in elsewhere:
        if entity.name != issuer and not any(entity.name in claim.text for claim in report.claims.values()):
            assert entity.name in full
            assert entity.name not in bare
    for bases in (Basis, BARE, (*BARE, Basis.EDITORIAL), (*BARE, Basis.RESEARCHED)):
        listed = [*outline.names(Scope.of(report, bases=bases))]
        kinds = {entity.kind for entity in report.entities.values()}
        assert any(set(each.about.split(", ")) & kinds for each in listed) == (Basis.EDITORIAL in bases)
        assert len(listed) == len(report.entities) - (0 if Basis.RESEARCHED in bases else len(elsewhere))
    assert "()" not in bare


def test_akn_of_few_bases_says_of_no_name_what_it_is(report: Report) -> None:
    """What kind of thing a name means is our judgment: without it each is a concept."""
    classes = {"TLCPerson", "TLCLocation", "TLCEvent", "TLCOrganization"}
    tags = {"person", "location", "event", "organization"}
    full, bare = (elements(aj.export.akn(report, bases=bases)) for bases in (Basis, BARE))
    for tag in classes | tags:
        assert full.find(f".//{tag}") is not None
    assert [each.get("eId") for tag in classes for each in bare.iter(tag)] == ["panel", "editor"]
    assert not [each for tag in tags for each in bare.iter(tag)]
    assert len([*bare.iter("concept")]) > len([*full.iter("concept")])
    ours = {entity.key: entity.name for entity in report.entities.values() if not entity.named}
    shown = {str(each.get("eId")): each.get("showAs") for each in bare.iter("TLCConcept")}
    assert shown["entity_year-30"] == "30th anniversary year" != ours["year-30"]


def test_means_are_named_as_the_bases_know_them(report: Report) -> None:
    """By what a proposal is served, is said with the name that the report prints, if research is left out."""
    official = report.entities["wa-project"].name
    for write, read in ((DOCUMENTS[name], PLAIN[name]) for name in DOCUMENTS):
        assert f"by {official}" in read(write(report["IV"]))
        printed = read(write(report["IV"], bases=(*BARE, Basis.EDITORIAL)))
        assert "by WA project" in printed
        assert official not in printed


@pytest.mark.parametrize("bases", [tuple(Basis), BARE, (*BARE, Basis.RESEARCHED)])
def test_readings_are_notes_of_their_own(report: Report, bases: tuple[Basis, ...]) -> None:
    """Why a stated link is read as it is, is never said to be stated, and is said once for the words that point."""
    scope = Scope.of(report, bases=bases)
    found = [note for node in scope.nodes for note in outline.notes(scope, node)]
    stated = [note for note in found if note.basis is Basis.STATED]
    assert len(stated) == len([link for link in report.links if link.basis is Basis.STATED])
    assert {note.text for note in stated} == {""}
    reasons = {link.reason for link in report.links if link.basis is Basis.STATED and link.reason}
    readings = [note for note in found if note.label.startswith("Our reading")]
    assert {note.text for note in readings} == (reasons if Basis.EDITORIAL in bases else set())
    assert {note.basis for note in readings} <= {Basis.EDITORIAL}
    lines = [
        line
        for line in (*aj.export.html(report, bases=bases).split("\n"), *aj.export.markdown(report).split("\n"))
        if 'data-basis="stated"' in line or line.endswith("(stated)")
    ]
    assert lines
    assert not [line for line in lines for reason in reasons if reason and outline_text(reason) in outline_text(line)]
    (pair, once) = [note for note in found if note.label == "Sentence 1 continues (“Since then”)"]
    assert pair.items != once.items
    assert len([note for note in readings if note.label == "Our reading (“Since then”)"]) <= 1


def outline_text(text: str) -> str:
    """Return the letters of a text, whatever it was escaped for."""
    return re.sub(r"&[#a-z0-9]+;|[^a-zA-Z0-9]", "", text)


def coded(report: Report) -> Report:
    """Lay codes of all sorts over one place."""
    codes = (
        aj.Code(code="7", label="Seven", uri="https://example.org/7"),
        aj.Code(code="8", label="Eight", uri="http://example.org/8"),
        aj.Code(code="nine", label="Nine"),
        aj.Code(code="x10", uri="https://example.org/10"),
        aj.Code(code="none", label="No code"),
        aj.Code(code="none:y", label="No code of y"),
        aj.Code(code="unstated", label="Not said"),
    )
    for key, title, used in (
        ("mine", "Mine", ("7", "8", "none:y", "nine", "x10")),
        ("empty", "Empty", ("none", "unstated")),
    ):
        overlay = aj.Overlay(
            key=key,
            title=title,
            description=f"What {key} asks.",
            source=f"{title} had a source." if key == "empty" else None,
            codes=codes,
            units=("challenge",),
            assignments=[aj.Assignment(ref=report["I.1.2"].ref, codes=used, reason=f"why {key}")],
        )
        report = report.with_overlay(overlay)
    return report


def test_codes_are_shown_as_words(report: Report) -> None:
    """A note for an overlay: labels with their codes, linked where they may be; nothing of what only says none."""
    some = coded(report)
    markdown = aj.export.markdown(some["I.1.2"])
    assert (
        "+ *Mine* [Seven (7)](<https://example.org/7>), Eight (8, http://example.org/8), Nine, "
        "[x10](<https://example.org/10>): why mine (editorial)"
    ) in markdown
    page = aj.export.html(some["I.1.2"])
    assert (
        '<li data-basis="editorial"><a href="#codes-mine">Mine</a>: <a href="https://example.org/7">Seven (7)</a>, '
        'Eight (8, http://example.org/8), Nine, <a href="https://example.org/10">x10</a>: why mine '
        "<small>(editorial)</small></li>"
    ) in page
    for text in (markdown, page):
        assert not [word for word in ("No code", "Not said", "why empty", "Empty", "What empty asks") if word in text]
        assert "What mine asks." in text
        assert "Source: None" not in text
        assert "Credits: None" not in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_codes_that_say_none_are_left_out(report: Report, name: str) -> None:
    """No place of the report shows that no code applies to it; the tables keep these."""
    text = PLAIN[name](DOCUMENTS[name](report)).rpartition("Lists of codes")[0]
    silent = [
        code
        for overlay in report.overlays.values()
        for code in overlay.codes
        if code.is_none or code.code == "unstated"
    ]
    assert len(silent) == 8
    assert not [code for code in silent if str(code.label) in text]
    assert {row["code"] for row in report.tables.codings.records()} >= {"none", "none:umbrella", "unstated"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_lists_of_codes_are_given_credit(report: Report, name: str) -> None:
    """Each overlay that is shown is at the end with its source and its credits, and none without its basis."""
    end = PLAIN[name](DOCUMENTS[name](report)).partition("Lists of codes")[2]
    if name == "html":
        end = end.rpartition("Lists of codes")[2]
    end = end.replace("&amp;", "&")
    for overlay in report.overlays.values():
        for said in (overlay.title, overlay.description, overlay.source, overlay.credits):
            assert str(said) in end
    for left in (DOCUMENTS[name](report, bases=(*BARE, Basis.RESEARCHED)), DOCUMENTS[name](report["0"])):
        assert "Lists of codes" not in left
        assert "Credits:" not in left


def test_code_books_are_led_to(report: Report) -> None:
    """A page has the code book of each list of codes, a link from each note to it, and no link that leads nowhere."""
    page = aj.export.html(report)
    for key, overlay in report.overlays.items():
        assert overlay.book
        assert f'<dt id="codes-{key}">' in page
        assert overlay.book[:1000] in html.unescape(page)
        assert f'Code book: `report.overlays["{key}"].book`' in aj.export.markdown(report)
    assert set(re.findall('href="#codes-([a-z]+)"', page)) == set(report.overlays)
    mine = attrs.evolve(report.overlays["act"], key="mine", book=None)
    own = attrs.evolve(report, layers=attrs.evolve(report.layers, overlays=(mine,)))
    assert "Code book" not in aj.export.html(own)
    assert "Code book" not in aj.export.markdown(own)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_have_a_legend(report: Report, name: str) -> None:
    """The head says what brackets mean, and what the bases mean that the document has."""
    for bases in (tuple(Basis), BARE, (*BARE, Basis.RESEARCHED)):
        text = PLAIN[name](DOCUMENTS[name](report, bases=bases))
        head = text[: text.index("Source: ")]
        assert "Words in [square brackets]" in head
        (legend,) = [line for line in head.splitlines() if line.startswith("Each note ends with its basis")]
        assert [basis for basis in Basis if f"{basis.value}," in legend] == [*bases]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_notes_say_where_a_link_leads(report: Report, name: str) -> None:
    """A link has the citation and the gist of its target; a range those of both ends."""
    text = PLAIN[name](DOCUMENTS[name](report))
    for link in report.links:
        target = link.target_ref
        if link.outcome:
            assert f"{link.outcome.date}: {link.outcome.text.rstrip('.')}" in text
        ends = (target.first, target.last) if isinstance(target, aj.RefRange) else filter(None, (target,))
        for end in ends:
            place = report[end]
            assert f"{place.cite()}: {place.gist}" in text
    shown = {"markdown": "0: {} (`0`) to IV: {} (`IV`) (stated)", "html": "0: {} to IV: {} (stated)"}[name]
    assert shown.format(report.sections["0"].gist, report.sections["IV"].gist) in text


def test_facts_have_labels_for_readers(report: Report) -> None:
    """A Japanese name is called one, and an official site can be pressed."""
    markdown, page = aj.export.markdown(report), aj.export.html(report)
    assert "+ *Japanese name* " in markdown
    assert '<li data-basis="researched">Japanese name: <span lang="ja">' in page
    assert "+ *Official site* [https://asean.org](<https://asean.org>) (" in markdown
    assert 'Official site: <a href="https://asean.org">https://asean.org</a> (' in page
    unsafe = aj.export.html(poisoned("http://example.org"))
    assert "Official site: http://example.org (http://example.org, read 2026" in unsafe


@pytest.mark.parametrize("name", DOCUMENTS)
def test_depth(report: Report, name: str) -> None:
    """A document is as deep as is asked for."""
    for depth, kinds in ((0, {"section"}), (1, {"section", "paragraph", "challenge_area", "pillar", "action_area"})):
        scope = Scope.of(report, depth=depth)
        assert {node.kind for node in scope.nodes} == kinds
        text = DOCUMENTS[name](report, depth=depth)
        for node in report.walk():
            shown = f'<section id="{node.ref}"' if name == "html" else rf"(?m)^(#|\s*- ).*\(`{node.ref}`\)$"
            assert bool(re.search(shown, text)) == (node in scope.nodes)
    assert DOCUMENTS[name](report, depth=99) == DOCUMENTS[name](report)
    assert DOCUMENTS[name](part(report), depth=0).count("III.2.4.3.a.i.s1") == 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_claim_alone(report: Report, name: str) -> None:
    """A claim is written with the place that it belongs to, and without its neighbors."""
    text = DOCUMENTS[name](report["I.2.7.s3"])
    assert "I.2.7.s3" in text
    assert "I.2.7.s4" not in text
    assert "Within" in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_own_words(report: Report, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report's own words are there only if they are asked for, and known."""
    bare = DOCUMENTS[name](part(report))
    monkeypatch.setattr(Claim, "verbatim", property(lambda _: None), raising=False)
    with pytest.raises(ArgumentError, match="bound to no copy"):
        DOCUMENTS[name](part(report), verbatim=True)
    known = {"III.2.4.3.s1", "III.2.4.3.a.s1"}
    own = property(lambda claim: f"the <words> of {claim.ref}" if str(claim.ref) in known else None)
    monkeypatch.setattr(Claim, "verbatim", own, raising=False)
    assert DOCUMENTS[name](part(report)) == bare
    text = DOCUMENTS[name](part(report), verbatim=True)
    assert text.count("the &lt;words&gt; of") == 2


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"depth": -1}, "depth is -1"),
        ({"depth": "1"}, "depth is '1'"),
        ({"depth": True}, "depth is True"),
        ({"bases": "stated"}, "bases is"),
        ({"bases": [Basis.RESTATED, Basis.EDITORIAL]}, "bases is"),
        ({"bases": None}, "bases is None"),
        ({"verbatim": 1}, "verbatim is 1"),
    ],
)
def test_wrong_options(report: Report, name: str, options: dict[str, object], message: str) -> None:
    """An option that cannot be met is refused by one error of ours."""
    with pytest.raises(ArgumentError, match=re.escape(message)):
        DOCUMENTS[name](report, **options)


@pytest.mark.parametrize("write", [*DOCUMENTS.values(), aj.export.akn, aj.export.citation])
def test_wrong_values(report: Report, write: Callable[..., str]) -> None:
    """What is neither a report nor a place of one is refused."""
    with pytest.raises(ArgumentError, match="a Report or a Place"):
        write("III.2.4")
    with pytest.raises(DetachedNodeError):
        write(aj.from_dict(aj.to_dict(report["III.2.4"]), Node))


@settings(max_examples=15)
@given(reports())
def test_any_report_can_be_written(any_report: Report) -> None:
    """Whatever the rules allow is written, and its structure does not depend on its texts."""
    reader = Reader(aj.export.html(any_report))
    assert {str(node.ref) for node in any_report.walk()} <= set(reader.ids)
    assert "html_block" not in {each[0] for each in markdown_structure(aj.export.markdown(any_report))}  # type: ignore[index]
    assert xml_structure(aj.export.akn(any_report))
    for style in STYLES:
        assert aj.export.citation(any_report, style)


# The same everywhere.

EVERYWHERE = """
import hashlib, asean_japan as aj
for name, format in aj.export.FORMATS.items():
    if format.gives == "text":
        write = getattr(aj.export, format.function)
        text = write(aj.load(), format.style) if format.style else write(aj.load())
        print(name, hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.parametrize("settings_", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "X-14"}])
def test_texts_are_the_same_everywhere(report: Report, settings_: dict[str, str]) -> None:
    """The hash seed, the locale and the time zone change nothing."""
    environment = {**os.environ, **settings_}
    done = subprocess.run(
        [sys.executable, "-c", EVERYWHERE], env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    found = dict(line.split() for line in done.stdout.splitlines())
    assert set(found) == {name for name, each in FORMATS.items() if each.gives == "text"}
    for name, each in FORMATS.items():
        if each.gives == "text":
            write = getattr(aj.export, each.function)
            text = write(report, each.style) if each.style else write(report)
            assert found[name] == hashlib.sha256(text.encode()).hexdigest()


# Any text stays text.

READERS: dict[str, tuple[Callable[[Node], str], Callable[[str], list[object]]]] = {
    "html": (aj.export.html, lambda text: [*Reader(text).structure]),
    "xml": (aj.export.akn, lambda text: [*xml_structure(text)]),
    "markdown": (aj.export.markdown, markdown_structure),
    "bibtex": (lambda node: aj.export.citation(node, "bibtex"), lambda text: list(bibtex_structure(text))),
    "ris": (lambda node: aj.export.citation(node, "ris"), lambda text: [line[:6] for line in text.splitlines()]),
}
SWITCHES = (
    (_html, "escaped"),
    (_akn, "xml_text"),
    (_markdown, "_line"),
    (_citation, "_tex"),
    (_citation, "_line"),
)


def xml_structure(text: str) -> list[object]:
    """Read XML: every element with the names of its attributes, and whatever else there is but texts."""
    found: list[object] = []
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        found.append((name, tuple(attributes)))

    def other(*data: object) -> None:
        found.append(("other", data))

    parser.StartElementHandler = begin
    parser.EndElementHandler = found.append
    parser.CommentHandler = parser.ProcessingInstructionHandler = other
    parser.StartCdataSectionHandler = parser.StartDoctypeDeclHandler = other
    parser.Parse(text, True)  # noqa: FBT003  # It takes no keyword.
    return found


def bibtex_structure(text: str) -> Iterator[object]:
    """Read BibTeX: it counts braces, whatever stands before them; then TeX takes commands and signs."""
    depth = 0
    for token in re.findall(r"[{}\n]|\\[a-zA-Z]+|\\[#$&%_]|[^{}\n\\#$&%^_~]+|.", text):
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0
        if depth <= 1 or "\n" in token or (token[0] in "\\#$&%^_~" and token not in KEPT):
            yield token
    assert depth == 0


KEPT = {  # Commands that stand for a character.
    "\\textbackslash",
    "\\textbraceleft",
    "\\textbraceright",
    "\\textasciicircum",
    "\\textasciitilde",
    "\\#",
    "\\$",
    "\\&",
    "\\%",
    "\\_",
}


def structure(name: str, node: Node) -> object:
    """Return what is read from a document, but for its texts."""
    write, read = READERS[name]
    try:
        return [each for each in read(write(node)) if each not in {"{", "}"}]
    except (AssertionError, expat.ExpatError):
        return "unreadable"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_any_text_stays_text(payload: str) -> None:
    """A text has no influence on the structure of a document, and is shown as it is."""
    node, plain = part(poisoned(payload)), part(poisoned(harmless(payload)))
    for name in READERS:
        assert structure(name, node) == structure(name, plain)
    shown = "".join(Reader(aj.export.html(node)).texts)
    assert payload.replace("\r\n", "\n") in shown.replace("\r\n", "\n")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_raw_text_would_not(payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without escaping it has, so that the test above can fail."""
    node, plain = part(poisoned(payload)), part(poisoned(harmless(payload)))
    for module, function in SWITCHES:
        monkeypatch.setattr(module, function, raw)
    for name in READERS:
        if payload in firing(name):
            assert structure(name, node) != structure(name, plain)


def test_there_are_payloads_enough() -> None:
    """The list is not to shrink unseen."""
    assert len(PAYLOADS) >= 40
    assert all(len(firing(kind)) >= 3 for kind in ("html", "xml", "markdown", "bibtex", "ris", "csv"))


SCHEMES = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript\u200b:alert(1)",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.org",
    "http://example.org",
    "//example.org",
    "/path",
    "path",
    "blob:x",
    "about:blank",
    "view-source:x",
    "https:",
    "https:///x",
    "https://",
    "https:// x",
    "https://a b",
    "https://a\u202eb",
    "https://ex\u0430mple.org",
    "HTTPS://example.org",
    "mailto:",
    "mailto:a@b c",
    "mailto:?x",
    "ws://x",
    "tel:1",
    "sms:1",
    "intent://x",
    "jar:x",
    "&#106;avascript:alert(1)",
    "%6aavascript:alert(1)",
    "ＪＡＶＡ:x",
    "feed:javascript:x",
    "https\n://x",
    "",
    "x:#y",
)


def test_other_schemes_are_no_links() -> None:
    """Only https, mailto and places in the document itself can be pressed; everything else is shown."""
    assert [uri for uri in SCHEMES if outline.is_safe(uri)] == []
    report = poisoned(*SCHEMES)
    links = Reader(aj.export.html(report)).links
    assert all(link.startswith("#") for link in links)
    assert "link_open" not in {each[0] for each in markdown_structure(aj.export.markdown(report))}  # type: ignore[index]
    assert json.loads(aj.export.citation(report, "csl-json"))[0].get("URL") is None


@pytest.mark.parametrize(
    "uri", ["https://example.org/a?b=c&d=(e)#f", "mailto:a@example.org", "#III.2", "https://e/<\\`|>"]
)
def test_safe_schemes_are_links(uri: str) -> None:
    """What can be pressed leads where it says."""
    assert outline.is_safe(uri)
    report = poisoned(uri)
    assert uri in Reader(aj.export.html(report)).links
    reader = MarkdownIt("commonmark")
    (linked, *_) = [
        token.attrGet("href")
        for token in _flat(reader.parse(aj.export.markdown(part(report))))
        if token.type == "link_open"
    ]
    assert linked == uri.translate({ord(char): f"%{ord(char):02X}" for char in "<>\\`|"})


# Citations.


def test_citation_of_the_report(report: Report) -> None:
    """Every style says who, what, when, that it is provisional, and that the words are ours."""
    for style in STYLES:
        text = aj.export.citation(report, style)
        for part_ in (
            report.issuer,
            report.title,
            "2023",
            "Provisional Translation",
            "restated by",
            report.edition.source,
        ):
            assert part_ in text or part_ in text.replace("Restated", "restated")
    assert aj.export.citation(report) == aj.export.citation(report, "apa") == aj.export.citation(report, style="apa")


def test_citation_of_a_place(report: Report) -> None:
    """The place is cited as in a text, and has a key of its own."""
    for style in STYLES:
        number = r"\textcircled{4}" if style == "bibtex" else "④"
        assert f"III-2-{number}" in aj.export.citation(report["III.2.4"], style)
    keys = {
        json.loads(aj.export.citation(place, "csl-json"))[0]["id"]
        for place in (*report.walk(), *report.claims.values())
    }
    assert len(keys) == len(report.walk()) + len(report.claims)


def test_bibtex_is_plain(report: Report) -> None:
    """What pdfLaTeX does not know is drawn, so that an entry of this report has no sign but those of ASCII."""
    for place in (*report.walk(), *report.claims.values()):
        text = aj.export.citation(place, "bibtex")
        assert text.isascii()
        assert text.count("publisher = ") == 1
    assert "publisher" not in aj.export.citation(report, "bibtex")


def test_citation_lines(report: Report) -> None:
    """The lines of text, whole."""
    author = "Expert Panel for the 50th Year of ASEAN-Japan Friendship and Cooperation"
    url = "https://www.mofa.go.jp/a_o/rp/page22e_001001.html"
    ours = "Restated by the package asean_japan, data version 1.0.0; the words are not the report's."
    assert aj.export.citation(report["I.2.7.s3"], "apa") == (
        f"{author}. (2023, February). Report of the {author} (Provisional Translation) [I-2-⑦, sentence 3]. {ours}"
        f" {url}"
    )
    assert aj.export.citation(report, "chicago") == (
        f"{author}. Report of the {author}. February 2023. Provisional Translation. {url}. {ours}"
    )


def test_titles_of_places(report: Report) -> None:
    """A heading stands as printed; where there is none, our label stands in brackets, and so it does with a claim."""
    heading = cast("Node", report["II.1"]).heading
    assert heading
    for address, title in (
        ("II.1", f"II-1, {heading}"),
        ("III.2.4", "III-2-④ [Sustainable and resilient society]"),
        ("III.2.4.s1", "III-2-④, sentence 1 [Sustainable and resilient society]"),
    ):
        assert json.loads(aj.export.citation(report[address], "csl-json"))[0]["title"] == title


def test_languages_of_bibtex(report: Report) -> None:
    """A language has the name that biblatex knows; one that has none here is left out."""
    for language, expected in (("en", "langid = {english}"), ("ja", "langid = {japanese}"), ("fr", None)):
        edition = attrs.evolve(report.edition, language=language)
        text = aj.export.citation(Report(edition=edition, sections=tuple(report.sections.values())), "bibtex")
        assert expected in text if expected else "langid" not in text


def test_ris_has_one_line_a_field(report: Report) -> None:
    """A record begins with its type, and ends."""
    lines = aj.export.citation(report["II.1"], "ris").splitlines()
    assert (lines[0], lines[-1]) == ("TY  - CHAP", "ER  - ")
    assert aj.export.citation(report, "ris").startswith("TY  - RPRT\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert "DA  - 2023/02//" in lines


def test_unknown_style(report: Report) -> None:
    """A style that there is not is refused with those that there are."""
    with pytest.raises(ArgumentError, match="one of bibtex, csl-json, ris, apa, chicago"):
        aj.export.citation(report, "mla")  # type: ignore[arg-type]


# Akoma Ntoso; tests/hosts holds it against the schema.


def elements(text: str) -> ET.Element:
    """Read a document, and take the namespace from its names."""
    return ET.fromstring(  # noqa: S314  # Our own.
        text.replace(' xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"', "")
    )


def test_akn_has_every_place(report: Report) -> None:
    """Every place and every claim has its address as eId, its number, its heading and its words."""
    found = {element.get("eId"): element for element in elements(aj.export.akn(report)).iter() if element.get("eId")}
    for node in report.walk():
        element = found[format(node.ref, "eid")]
        assert element.get("title") == node.gist
        assert element.findtext("num") == (node.mark and node.mark.text)
        heading = element.find("heading")
        assert (None if heading is None else "".join(heading.itertext())) == node.heading
    for claim in report.claims.values():
        assert "".join(found[format(claim.ref, "eid")].itertext()) == claim.text
    ids = re.findall(r'eId="([^"]*)"', aj.export.akn(report))
    assert len(ids) == len(set(ids))


def test_akn_references_arrive(report: Report) -> None:
    """Whatever leads to a place or to a name in the document finds it; places elsewhere have whole addresses."""
    for report_or_place in (report, report["III.2"], report["0.p1"], report["I.2.7.s3"]):
        ids = {element.get("eId") for element in elements(aj.export.akn(report_or_place)).iter()}
        for element in elements(aj.export.akn(report_or_place)).iter():
            for name in ("href", "from", "upTo", "refersTo", "source", "includedIn"):
                target = element.get(name)
                assert target is None or target[1:] in ids or target.startswith("/akn/")
    pointing = [element for element in elements(aj.export.akn(report)).iter() if element.tag in {"ref", "rref"}]
    assert {element.tag for element in pointing} == {"ref", "rref"}
    assert "/!main~sec_I__subsec_2__para_6" in aj.export.akn(report["I.2.7.s1"])


def test_akn_identifies_every_part(report: Report) -> None:
    """The report and each of its parts differ in every address, and those of a part end with its eId."""
    seen: dict[str, object] = {}
    everything: list[Report | Place] = [report, *report.walk(), *report.claims.values()]
    for report_or_place in everything:
        document = elements(aj.export.akn(report_or_place, depth=0))
        values = [str(each.get("value")) for tag in ("FRBRthis", "FRBRuri") for each in document.iter(tag)]
        assert len(values) == len(set(values)) == 6
        assert seen.keys().isdisjoint(values)
        seen.update(dict.fromkeys(values, report_or_place))
        if isinstance(report_or_place, Report):
            assert document.find("doc/mainBody") is not None
            assert not [value for value in values if "~" in value]
        else:
            assert document.find("portion/portionBody") is not None
            ends = {value.partition("~")[2].removesuffix(".xml") for value in values}
            assert ends == {format(report_or_place.ref, "eid")}
            assert document.find(f".//*[@eId='{report_or_place.ref:eid}']") is not None
    whole = "/akn/jp/doc/report/2023-02/asean-japan/eng@2023-02"
    assert {f"{whole}/!main", whole, f"{whole}.xml", f"{whole}/!main~sec_II.xml"} <= seen.keys()


def test_akn_says_what_it_holds(report: Report) -> None:
    """The notes of a document say how it was edited, its data version, its license and its bases."""
    for report_or_place in (report, report["III.2.4"], report["I.2.7.s3"]):
        for bases in (tuple(Basis), BARE):
            document = elements(aj.export.akn(report_or_place, bases=bases))
            said = " ".join("".join(note.itertext()) for note in document.iter("note"))
            edition = report.edition
            for words in (
                f"Data version {edition.data_version}, license {edition.license}; bases: ",
                f"bases: {', '.join(basis.value for basis in bases)}.",
                "Created by editing the report",
                "Words in [square brackets]",
                edition.status,
            ):
                assert words in said
            assert ("Within: I" in said) == (report_or_place is not report)
    preface = elements(aj.export.akn(report)).find("doc/preface")
    assert preface is not None
    assert "Words in [square brackets]" in "".join(preface.itertext())


def test_akn_has_a_class_for_each_kind(report: Report) -> None:
    """An entity is of the class that its kind has, and a concept if its kind has none."""
    classes = {
        "body": "Organization",
        "country": "Location",
        "event": "Event",
        "forum": "Organization",
        "organization": "Organization",
        "person": "Person",
        "place": "Location",
    }
    assert set(classes) <= set(get_args(EntityKind))
    found = {str(each.get("eId")): each.tag for each in elements(aj.export.akn(report)).iter() if "TLC" in each.tag}
    for entity in report.entities.values():
        if entity.mentions:
            assert found[f"entity_{entity.key}"] == f"TLC{classes.get(entity.kind, 'Concept')}"


def test_akn_marks_names(report: Report) -> None:
    """A name is marked as what it is, unless a longer one or words that point stand there."""
    document = aj.export.akn(report)
    assert 'TLCPerson eId="entity_' in document
    assert 'refersTo="#entity_aoip">ASEAN Outlook on the Indo-Pacific (AOIP)</concept>' in document
    assert 'showAs="Association of Southeast Asian Nations"' in document
    bare = aj.export.akn(report, bases=BARE)
    assert 'showAs="ASEAN"' in bare
    assert bare.count("refersTo") < document.count("refersTo")


def test_akn_to_a_depth(report: Report) -> None:
    """What is below is left out, and nothing leads there."""
    shallow = elements(aj.export.akn(report, depth=0))
    assert len([*shallow.iter("section")]) == len(report.sections)
    assert {element.tag for element in shallow.iter()}.isdisjoint({"subsection", "list"})


def test_akn_of_own_words(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report's own words follow ours, as those of another."""
    own = property(lambda claim: "words <&> \x01" if str(claim.ref) == "0.p1.s1" else None)
    monkeypatch.setattr(Claim, "verbatim", own, raising=False)
    assert "embeddedText" not in aj.export.akn(report)
    document = elements(aj.export.akn(report, verbatim=True))
    assert [element.text for element in document.iter("embeddedText")] == ["words <&> \ufffd"]


def test_akn_in_another_language(report: Report) -> None:
    """A language that has no code here is said to be undetermined."""
    edition = attrs.evolve(report.edition, language="fr")
    document = aj.export.akn(Report(edition=edition, sections=tuple(report.sections.values())))
    assert '<FRBRlanguage language="und"/>' in document


def test_akn_of_prose_among_places(report: Report) -> None:
    """A paragraph between two numbered places stays where it is."""
    section = report.sections["II"]
    first, second, third, prose = (*section.pillars, section.paragraphs[-1])
    others = [node for node in section.children if node not in {first, second, third, prose}]
    moved = attrs.evolve(section, children=(*others, first, prose, second, third))
    sections = tuple(moved if each is section else each for each in report.sections.values())
    document = elements(aj.export.akn(Report(edition=report.edition, sections=sections)))
    (found,) = [element for element in document.iter("section") if element.get("eId") == "sec_II"]
    assert [element.tag for element in found][-4:] == ["subsection", "hcontainer", "subsection", "subsection"]


# The package of formats.


def test_every_format_has_a_function() -> None:
    """Each name of the table leads to a public function."""
    for each in FORMATS.values():
        assert each.function in aj.export.__all__
        assert callable(getattr(aj.export, each.function))
    assert dir(aj.export) == sorted(aj.export.__all__)
    assert all(getattr(aj.export, name) is not None for name in aj.export.__all__)


def test_unknown_format() -> None:
    """A name that does not exist is an ordinary AttributeError."""
    name = "docx"
    with pytest.raises(AttributeError, match="docx"):
        getattr(aj.export, name)


def test_reasons_are_ours_and_go_with_what_is_ours() -> None:
    """Why a stated link is read as it is are our words, and no export of what the report says has them."""
    (link, *_) = (link for link in aj.load().links if link.basis is aj.Basis.STATED and link.reason)
    reason = str(link.reason)
    for write in (aj.export.markdown, aj.export.html, aj.export.akn, aj.export.jsonld, aj.export.graphml):
        assert reason not in write(aj.load(), bases=BARE)
    assert reason in aj.export.markdown(aj.load())
    tables = aj.load().tables
    assert reason in {row["reason"] for row in tables.links.records()}
    assert {row["reason"] for row in tables.leaving_out(aj.Basis.EDITORIAL).links.records()} == {None}


def test_words_of_a_bound_report_are_written_when_asked() -> None:
    """A copy that was bound gives its words to every format that has a place for them, and to none unasked."""
    bound = aj.load().bind_text(plain(blocks()), index=INDEX)
    words = str(bound.claims["I.2.7.s3"].verbatim)
    assert words
    other = aj.load().claims["I.2.7.s3"].text
    assert words == other  # Our claims stand for the report's words here, so that they are there twice.
    for write in (aj.export.markdown, aj.export.html, aj.export.akn, aj.export.jsonld):
        plain_text, with_words = write(bound), write(bound, verbatim=True)
        assert len(with_words) > len(plain_text)
        assert write(bound.unbound) == plain_text
        with pytest.raises(aj.ArgumentError):
            write(bound.unbound, verbatim=True)
