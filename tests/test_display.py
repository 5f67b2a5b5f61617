"""Tests of how values look: as HTML and Markdown in a notebook, and as text for people."""

from __future__ import annotations

import html
import pickle
import re
from html.parser import HTMLParser
from typing import Any, Protocol

import attrs
import pytest
from hypothesis import given, settings

from asean_japan import ActionItem, Assignment, Basis, Claim, Code, Link, Node, Overlay, Ref, RefRange, Report, load
from asean_japan.model import (
    Agreement,
    Coding,
    DatedFact,
    Entity,
    EntityFact,
    Finding,
    Mark,
    Mention,
    Nodes,
    OtherForm,
    OverlayCoverage,
    Quantity,
)
from asean_japan.questions import Gaps, Hit
from asean_japan.testing import reports

REPORT = load()
NASTY = "</p><script src='https://e.x'>alert(\"1\")</script>&amp;&"
TAGS = {"b", "code", "details", "mark", "p", "summary", "table", "td", "tr"}


class Shown(Protocol):
    """What a notebook asks for."""

    def _repr_html_(self) -> str: ...


class Parsed(HTMLParser):
    """Parsed HTML; every tag must be closed in its turn, and be one of those that do nothing."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []  # Each with the tag around it.
        self.opened: list[bool] = []  # For each box.
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter a tag."""
        given = dict(attrs)
        assert tag in TAGS
        assert given in [{}, {"style": "margin-left:1em"}, {"open": None, "style": "margin-left:1em"}]
        self.open.append(tag)
        if tag == "details":
            self.opened.append("open" in given)

    def handle_endtag(self, tag: str) -> None:
        """Leave the tag that was entered last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append((self.open[-1], data))

    def inside(self, tag: str) -> list[str]:
        """Return the texts directly inside a tag."""
        return [data.strip() for where, data in self.texts if where == tag and data.strip()]


def in_html(shown: Shown) -> Parsed:
    """Show a value as a notebook does, and parse it."""
    return Parsed(shown._repr_html_())  # pyright: ignore[reportPrivateUsage]


def in_markdown(shown: Node | Claim | Report) -> str:
    """Show a value as a notebook does that prefers Markdown."""
    return shown._repr_markdown_()  # pyright: ignore[reportPrivateUsage]


def nasty() -> ActionItem:
    """Return an action item with markup in each of its texts."""
    ref = Ref.parse("III.2.4")
    claims = (Claim(ref=ref / "s1", text=NASTY),)
    below = ActionItem(ref=ref / "1", mark=Mark(text=NASTY, value=1, style="bullet"), gist=NASTY)
    mark = Mark(text=NASTY, value=4, style="circled")
    return ActionItem(ref=ref, mark=mark, heading=NASTY, gist=NASTY, claims=claims, children=(below,))


# HTML.


def test_html_of_a_node() -> None:
    """A node is an open box with closed boxes below it."""
    parsed = in_html(REPORT.measures["III.2.4.3.a"])
    assert parsed.opened == [True, False, False]
    assert parsed.inside("summary") == [f"{node.label} {node.gist}" for node in REPORT.measures["III.2.4.3.a"].walk()]
    assert parsed.inside("p") == [claim.text for node in REPORT.measures["III.2.4.3.a"].walk() for claim in node.claims]


def test_html_of_the_report() -> None:
    """The sections are open boxes below the title; nothing in it links elsewhere."""
    parsed = in_html(REPORT)
    assert parsed.inside("b") == [REPORT.title, *(node.heading for node in REPORT.walk() if node.heading)]
    assert parsed.inside("code") == [str(place.ref) for node in REPORT.walk() for place in (node, *node.claims)]
    assert (parsed.opened.count(True), len(parsed.opened)) == (5, 187)
    assert not any("://" in data for _, data in parsed.texts)


@settings(max_examples=30)
@given(reports())
def test_html_of_any_report(report: Report) -> None:
    """Every text is shown as it is."""
    parsed = in_html(report)
    assert parsed.inside("b") == [report.title, *(node.heading for node in report.walk() if node.heading)]
    assert parsed.inside("summary") == [f"{node.label} {node.gist}" for node in report.walk()]
    claims = [claim.text for node in report.walk() for claim in node.claims]
    assert parsed.inside("p") == [f"({report.date}, {report.edition.status}, restated)", *claims]
    assert in_html(report.claims).inside("td") == [claim.text for claim in report.claims.values()]


def test_html_escapes_everything() -> None:
    """No text of a node becomes markup, not even its mark."""
    parsed = in_html(nasty())
    assert parsed.inside("summary") == [f"{NASTY} {NASTY}"] * 2
    assert parsed.inside("b") == parsed.inside("p") == [NASTY]
    assert parsed.inside("code") == ["III.2.4", "III.2.4.s1", "III.2.4.1"]


def test_html_of_a_claim() -> None:
    """A claim is a paragraph with its address."""
    parsed = in_html(Claim(ref=Ref.parse("I.2.7.s3"), text=NASTY))
    assert (parsed.inside("p"), parsed.inside("code")) == ([NASTY], ["I.2.7.s3"])


def test_html_of_a_collection() -> None:
    """A collection is a table of addresses, and of labels with gists or of claims."""
    pillars, claims = in_html(REPORT.pillars), in_html(REPORT.claims)
    assert pillars.inside("code") == ["II.1", "II.2", "II.3"]
    assert pillars.inside("td") == [f"{pillar.label} {pillar.gist}" for pillar in REPORT.pillars.values()]
    assert claims.inside("td") == [claim.text for claim in REPORT.claims.values()]


def test_html_of_a_collection_escapes_everything() -> None:
    """No text becomes markup there either."""
    edited = attrs.evolve(REPORT.sections["I"], gist=NASTY)
    sections = [edited if section.ref == edited.ref else section for section in REPORT.sections.values()]
    report = Report(edition=attrs.evolve(REPORT.edition, title=NASTY, status=NASTY), sections=tuple(sections))
    assert in_html(report.sections).inside("td")[1] == f"I. {NASTY}"
    assert (in_html(report).inside("b")[0], in_html(report).inside("p")[0]) == (NASTY, f"(2023-02, {NASTY}, restated)")


def test_html_of_a_hit() -> None:
    """A hit shows its address and its snippet, with the words that were found marked."""
    parsed = in_html(Hit(place=nasty(), score=1.0, marked=f"{NASTY} \x02<b>\x03 x"))
    assert (parsed.inside("code"), parsed.inside("mark")) == (["III.2.4"], ["<b>"])
    assert parsed.inside("p") == [NASTY, "x"]


# Markdown.


def unescaped(text: str) -> str:
    """Remove the escapes of Markdown; every character with a meaning must have one."""
    bare = re.sub(r"\\[\\`*_\[\]|~#$]", "", text)
    assert not re.search(r"[\\`*_\[\]|~#$<>]", bare)
    return html.unescape(re.sub(r"\\([\\`*_\[\]|~#$])", r"\1", text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "plain"),
        ("a*b*", r"a\*b\*"),
        ("_a_", r"\_a\_"),
        ("`a`", r"\`a\`"),
        ("[a](b)", r"\[a\](b)"),
        ("a|b", r"a\|b"),
        ("~~a~~", r"\~\~a\~\~"),
        ("# a", r"\# a"),
        ("\\*", r"\\\*"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("&amp;", "&amp;amp;"),
        ("$a$", r"\$a\$"),
        ("- a", "- a"),  # Behind the address it begins no list.
    ],
)
def test_markdown_of_a_claim(text: str, written: str) -> None:
    """A claim is its address and its text, in which no character has a meaning."""
    assert in_markdown(Claim(ref=Ref.parse("I.s1"), text=text)) == f"`I.s1` {written}"


def test_markdown_of_a_node() -> None:
    """A node is a nested list: labels with headings and claims."""
    lines = in_markdown(nasty()).split("\n")
    assert [line.partition("- **")[0] for line in lines] == ["", "  "]
    (first, said), (second, nothing) = [line.lstrip(" -*").split("** ") for line in lines]
    assert [unescaped(text) for text in (first, said, second, nothing)] == [NASTY, f"{NASTY} {NASTY}", NASTY, ""]


@settings(max_examples=30)
@given(reports())
def test_markdown_of_any_report(report: Report) -> None:
    """The title is followed by a list with a line for each node, which reads as it was written."""
    title, empty, *lines = in_markdown(report).split("\n")
    assert title.startswith("**")
    assert unescaped(title.removeprefix("**").replace("** (", " (", 1)) == (
        f"{report.title} ({report.date}, {report.edition.status}, restated)"
    )
    assert empty == ""
    for line, node in zip(lines, report.walk(), strict=True):
        words = " ".join([*([node.heading] if node.heading else []), *(claim.text for claim in node.claims)])
        indent = "  " * (node.ref.depth - 1)
        assert line.startswith(f"{indent}- **{node.label}** ")
        assert unescaped(line.removeprefix(f"{indent}- **{node.label}** ")) == words


def test_html_of_what_was_found() -> None:
    """The result of a question is shown as a table, and that of a search with its snippets."""
    report = load()
    items = report.find(kind="action_item")
    assert in_html(items).inside("code") == [str(ref) for ref in report.action_items]
    hits = report.search("rice reserve")
    assert in_html(hits).inside("code") == [str(hit.ref) for hit in hits]


def test_what_was_found_is_a_tuple() -> None:
    """A result compares, hashes and pickles as the tuple that it is, and has a `repr` of one line."""
    report = load()
    item = report.action_items["III.2.4"]
    results: list[tuple[object, ...]] = [report.walk(), report.between("I.2.6-I.2.8"), item.walk(), item.leaves]
    for found in (*results, report.search("rice")):
        assert found == tuple(found)
        assert hash(found) == hash(tuple(found))
        assert len(repr(found)) <= 200
        assert type(found).__name__ in repr(found)
        assert type(pickle.loads(pickle.dumps(found))) is type(found)  # noqa: S301 - our own.
    pillars = report.find(kind="pillar")
    assert repr(pillars) == f"Nodes({tuple(pillars)!r})"


# Text for people.

CLAIM, NODE = Ref.parse("I.2.7.s3"), Ref.parse("III.2.4")
PROSE = f"II, paragraph 2  ¶ {REPORT['II.p2'].gist}"
OTHER: dict[str, Any] = {"language": "en", "source": "general knowledge"}
SPAN: dict[str, Any] = {"ref": CLAIM, "start": 0, "end": 4}
BODY = Entity(key="body", name="The Body", kind="body")
NO_GAPS = """\
No proposal answers:
  none found
No proposal answers directly:
  none found
No proposal carries out:
  none found
Answers no challenge:
  none found"""
TEXTS: list[tuple[object, str]] = [
    (Claim(ref=CLAIM, text="Said."), "I-2-⑦, sentence 3\nSaid."),
    (REPORT["I.2.7.s3"], f"I-2-⑦, sentence 3\n{REPORT['I.2.7'].gist}\n{REPORT.claims['I.2.7.s3'].text}"),
    (REPORT["II.1"], f"II-1\n1. {REPORT['II.1'].gist}\n{REPORT.pillars['II.1'].heading}"),
    (ActionItem(ref=NODE, gist="A label"), "III-2-④\n¶ A label"),
    (Nodes((REPORT["II.1"].node, REPORT["II.p2"].node)), f"II-1  1. {REPORT['II.1'].gist}\n{PROSE}"),
    (Nodes[Node](), "none found"),
    (REPORT.find(text="xylophone"), "none found"),
    (Hit(place=nasty(), score=1.0, marked="a \x02b\x03"), f"III-2-④  {NASTY}\n    a **b**"),
    (REPORT.search("xylophone"), "none found"),
    (BODY, "The Body  (body)"),
    (
        attrs.evolve(BODY, acronym="TB", proposed=True, parent_key="asean"),
        "The Body  (body, TB, proposed by the report)",
    ),
    (
        REPORT.entities["AHA Centre"],
        f"{REPORT.entities['AHA Centre'].name}  (organization, AHA Centre, part of {REPORT.entities['ASEAN'].name})",
    ),
    (
        EntityFact(field="signed", value="2011", source="https://e.x", read="2026-11"),
        "signed: 2011  (https://e.x, read 2026-11)",
    ),
    (
        EntityFact(field="signed", value="2011", source="https://e.x", read="2026-11", note="A doubt."),
        "signed: 2011  (https://e.x, read 2026-11)  A doubt.",
    ),
    (OtherForm(key="aoip", form="The AOIP", **OTHER), "The AOIP: aoip, not by itself"),
    (OtherForm(key="aoip", form="The AOIP", safe=True, **OTHER), "The AOIP: aoip"),
    (
        OtherForm(key="aoip", form="Outlook", meaning="a program", **OTHER),
        "Outlook: aoip, not by itself, also a program",
    ),
    (OtherForm(form="Outlook", confused_key="aoip", **OTHER), "Outlook: not aoip"),
    (OtherForm(form="Outlook", confused_key="aoip", meaning="a program", **OTHER), "Outlook: not aoip, but a program"),
    (OtherForm(form="Outlook", meaning="a program", **OTHER), "Outlook: a program"),
    (Mention(**SPAN, key="body"), "I.2.7.s3  I-2-⑦, sentence 3  body"),
    (
        REPORT.entities["AOIP"].mentions[0],
        "I.1.1.s4  I-1-①, sentence 4  ASEAN Outlook on the Indo-Pacific (AOIP)",
    ),
    (
        DatedFact(**SPAN, edtf="203X", event="end", basis=Basis.EDITORIAL),
        "I.2.7.s3  I-2-⑦, sentence 3  203X: end  [borrowed]",
    ),
    (
        Quantity(**SPAN, value=670_000_000, unit="people", counts="all"),
        "I.2.7.s3  I-2-⑦, sentence 3  670,000,000 people: all",
    ),
    (Quantity(**SPAN, value=(3, 5), unit="years", counts="all"), "I.2.7.s3  I-2-⑦, sentence 3  3 to 5 years: all"),
    (Quantity(**SPAN, value=50, unit="ordinal", counts="all"), "I.2.7.s3  I-2-⑦, sentence 3  50 (ordinal): all"),
    (Link(source_ref=NODE, target_ref=CLAIM, kind="refers_to"), "III.2.4 refers to I.2.7.s3"),
    (
        Link(source_ref=NODE, target_ref=RefRange.parse("I.2.6-I.2.8"), kind="answers", strength="direct", reason="R."),
        "III.2.4 answers I.2.6-I.2.8 directly: R.",
    ),
    (
        Link(source_ref=CLAIM, target_ref=NODE, kind="serves", strength="partial", via_key="body"),
        "I.2.7.s3 serves III.2.4 in part by body",
    ),
    (Code(code="13"), "13"),
    (Code(code="13", label="Climate action"), "13: Climate action"),
    (Assignment(ref=NODE, codes=("13", "13.1")), "III.2.4  III-2-④  13, 13.1"),
    (
        Coding(overlay_key="sdg", ref=NODE, codes=("13", "13.1"), reason="disasters", inherited_from=None),
        "III.2.4  III-2-④  sdg 13, 13.1: disasters",
    ),
    (
        Coding(overlay_key="sdg", ref=NODE / "1", codes=("13",), reason=None, inherited_from=NODE),
        "III.2.4.1  III-2-④, 1st bullet  sdg 13 (from III.2.4)",
    ),
    (Overlay(key="mine", title="Mine", codes={"now": None}, assignments=()), "Mine  (mine, 1 code, 0 places)"),
    (
        Overlay(
            key="mine",
            title="Mine",
            description="What I do.",
            codes={},
            assignments=(Assignment(ref=NODE, codes=("now",)),),
        ),
        "Mine  (mine, 0 codes, 1 place)\nWhat I do.",
    ),
    (
        OverlayCoverage(units=0, coded=0, none=0, uncoded=Nodes(), counts=()),
        "coded: 0 of 0 places, 0 of them as none\nnot coded: none found\ncodes: none found",
    ),
    (
        OverlayCoverage(units=1, coded=0, none=0, uncoded=Nodes((REPORT["II.1"].node,)), counts=(("a", 2), ("b", 1))),
        "coded: 0 of 1 place, 0 of them as none\nnot coded: II.1\ncodes: a (2), b (1)",
    ),
    (
        Agreement(alpha=1.0, units=3, same=3, differences=()),
        "alpha: 1.000\nsame: 3 of 3 places\ndifferent: none found",
    ),
    (
        Agreement(alpha=0.25, units=3, same=2, differences=((NODE, "a", "b"),)),
        "alpha: 0.250\nsame: 2 of 3 places\ndifferent: III.2.4 (a, b)",
    ),
    (Finding(kind="gap", message="I.3 where number 2 belongs", path="report"), "I.3 where number 2 belongs @ report"),
    (
        Gaps(challenges=(), partial=(), promises=(), proposals=Nodes()),
        NO_GAPS,
    ),
    (REPORT.trace("0"), "No editorial link leads to or from 0"),
    (Report(edition=REPORT.edition, sections=tuple(REPORT.sections.values())).entities, "none found"),
]


@pytest.mark.parametrize(("value", "text"), TEXTS, ids=lambda value: type(value).__name__)
def test_text(value: object, text: str) -> None:
    """What `print` writes is for people: one line or a few, and never nothing."""
    assert str(value) == text


def test_link_names_its_means() -> None:
    """A link of a report names the entity that is meant; one that is detached only has its key."""
    link = next(link for link in REPORT.links if link.via)
    assert link.via
    assert f" by {link.via.name}: " in str(link)
    assert f" by {link.via_key}: " in str(attrs.evolve(link))


def test_collections_are_lines() -> None:
    """A collection prints a line for each of its values."""
    assert str(REPORT.pillars).splitlines() == [
        f"{pillar.cite()}  {pillar.label} {pillar.gist}" for pillar in REPORT.pillars.values()
    ]
    assert str(REPORT.claims).splitlines()[0] == f"0, paragraph 1, sentence 1  {REPORT.claims['0.p1.s1'].text}"
    assert str(REPORT.entities).splitlines() == [str(entity) for entity in REPORT.entities.values()]
    assert str(REPORT.overlays).splitlines()[0] == str(REPORT.overlays["act"]).splitlines()[0]
    assert str(REPORT.search("rice")).splitlines()[::2] == [
        f"{hit.place.cite()}  {hit.place.gist}" for hit in REPORT.search("rice")
    ]


@settings(max_examples=30)
@given(reports())
def test_every_value_has_a_text(report: Report) -> None:
    """Whatever a report holds, none of its values prints as nothing."""
    values = [*report.walk(), *report.claims.values(), *report.layers.values(), *report.layers.detached().values()]
    found = [report.trace("I"), report.gaps(), report.walk(), report.find(year=1), report.sections, report.measures]
    codings = [coding for node in report.walk() for coding in node.codings]
    coverage = [overlay.coverage() for overlay in report.overlays.values()]
    for value in (*values, *found, *codings, *coverage):
        assert str(value).strip()
        assert not str(value).startswith(f"<{type(value).__name__}")
