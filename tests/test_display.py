"""Tests of how places look in a notebook: HTML and Markdown."""

from __future__ import annotations

import html
import pickle
import re
from html.parser import HTMLParser
from typing import Protocol

import attrs
import pytest
from hypothesis import given, settings

from asean_japan import ActionItem, Claim, Node, Ref, Report, load
from asean_japan.model import Mark
from asean_japan.questions import Hit
from asean_japan.testing import reports

REPORT = load()
NASTY = "</p><script src='https://e.x'>alert(\"1\")</script>&amp;&"
TAGS = {"b", "code", "details", "mark", "p", "summary", "table", "td", "tr"}


class Shown(Protocol):
    """What a notebook asks for."""

    def _repr_html_(self) -> str: ...


class Parsed(HTMLParser):
    """HTML, taken apart; every tag has to be closed in its turn, and to be one of those that do nothing."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []  # Each with the tag that it stands in.
        self.opened: list[bool] = []  # For each box.
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go in."""
        given = dict(attrs)
        assert tag in TAGS
        assert given in [{}, {"style": "margin-left:1em"}, {"open": None, "style": "margin-left:1em"}]
        self.open.append(tag)
        if tag == "details":
            self.opened.append("open" in given)

    def handle_endtag(self, tag: str) -> None:
        """Go out of what was entered last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append((self.open[-1], data))

    def inside(self, tag: str) -> list[str]:
        """Return the texts of which *tag* is the nearest."""
        return [data.strip() for where, data in self.texts if where == tag and data.strip()]


def in_html(shown: Shown) -> Parsed:
    """Show something as a notebook does, and take it apart."""
    return Parsed(shown._repr_html_())  # pyright: ignore[reportPrivateUsage]


def in_markdown(shown: Node | Claim | Report) -> str:
    """Show something as a notebook that takes Markdown does."""
    return shown._repr_markdown_()  # pyright: ignore[reportPrivateUsage]


def nasty() -> ActionItem:
    """Return an action item with markup in each of its texts."""
    ref = Ref.parse("III.2.4")
    claims = (Claim(ref / "s1", NASTY),)
    below = ActionItem(ref / "1", Mark(NASTY, 1, "bullet"), None, NASTY, ())
    return ActionItem(ref, Mark(NASTY, 4, "circled"), NASTY, NASTY, claims, (below,))


# HTML.


def test_html_of_a_node() -> None:
    """A node is an open box with closed boxes below it."""
    parsed = in_html(REPORT.measures["III.2.4.3.a"])
    assert parsed.opened == [True, False, False]
    assert parsed.inside("summary") == [f"{node.label} {node.gist}" for node in REPORT.measures["III.2.4.3.a"].walk()]
    assert parsed.inside("p") == [claim.text for node in REPORT.measures["III.2.4.3.a"].walk() for claim in node.claims]


def test_html_of_the_report() -> None:
    """The sections are open boxes below the title; nothing in it leads elsewhere."""
    parsed = in_html(REPORT)
    assert parsed.inside("b") == [REPORT.title, *(node.heading for node in REPORT.walk() if node.heading)]
    assert parsed.inside("code") == [str(place.ref) for node in REPORT.walk() for place in (node, *node.claims)]
    assert (parsed.opened.count(True), len(parsed.opened)) == (5, 187)
    assert not any("://" in data for _, data in parsed.texts)


@settings(max_examples=30)
@given(reports())
def test_html_of_any_report(report: Report) -> None:
    """Whatever the texts are, they are seen as they are."""
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
    parsed = in_html(Claim(Ref.parse("I.2.7.s3"), NASTY))
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
    report = Report(attrs.evolve(REPORT.edition, title=NASTY, status=NASTY), tuple(sections))
    assert in_html(report.sections).inside("td")[1] == f"I. {NASTY}"
    assert (in_html(report).inside("b")[0], in_html(report).inside("p")[0]) == (NASTY, f"(2023-02, {NASTY}, restated)")


def test_html_of_a_hit() -> None:
    """A hit shows its address and its snippet, with what was found marked."""
    parsed = in_html(Hit(nasty(), 1.0, f"{NASTY} \x02<b>\x03 x"))
    assert (parsed.inside("code"), parsed.inside("mark")) == (["III.2.4"], ["<b>"])
    assert parsed.inside("p") == [NASTY, "x"]


# Markdown.


def unescaped(text: str) -> str:
    """Take the escapes of Markdown away; nothing that has a meaning may stand without one."""
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
    """A claim is its address and its text, in which nothing has a meaning."""
    assert in_markdown(Claim(Ref.parse("I.s1"), text)) == f"`I.s1` {written}"


def test_markdown_of_a_node() -> None:
    """A node is a nested list: labels with headings and claims."""
    lines = in_markdown(nasty()).split("\n")
    assert [line.partition("- **")[0] for line in lines] == ["", "  "]
    (first, said), (second, nothing) = [line.lstrip(" -*").split("** ") for line in lines]
    assert [unescaped(text) for text in (first, said, second, nothing)] == [NASTY, f"{NASTY} {NASTY}", NASTY, ""]


@settings(max_examples=30)
@given(reports())
def test_markdown_of_any_report(report: Report) -> None:
    """Below the title stands a list with a line for each node; all of it reads as it was written."""
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
    """What a question found shows as a table, and what a search found with its snippets."""
    report = load()
    items = report.find(kind="action_item")
    assert in_html(items).inside("code") == [str(ref) for ref in report.action_items]
    hits = report.search("rice reserve")
    assert in_html(hits).inside("code") == [str(hit.ref) for hit in hits]


def test_what_was_found_is_a_tuple() -> None:
    """It compares, hashes, pickles and is written as the tuple that it is."""
    report = load()
    item = report.action_items["III.2.4"]
    results: list[tuple[object, ...]] = [report.walk(), report.between("I.2.6-I.2.8"), item.walk(), item.leaves]
    for found in (*results, report.search("rice")):
        assert found == tuple(found)
        assert hash(found) == hash(tuple(found))
        assert repr(found) == repr(tuple(found))
        assert type(pickle.loads(pickle.dumps(found))) is type(found)  # noqa: S301 - our own.
