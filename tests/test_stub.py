"""Tests of what tools know that do not run the package: checkers of types, and what completes names."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

import public
import pytest

import asean_japan

jedi: Any = importlib.import_module("jedi")  # It has no types.

STUB = ast.parse(Path(asean_japan.__file__).with_suffix(".pyi").read_text("utf-8"))
IMPORTED = {
    alias.name: f"{node.module}.{alias.name}"
    for node in STUB.body
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
    if alias.asname == alias.name  # What is imported under no name of its own is not public in a stub.
}


def test_stub_has_the_public_names() -> None:
    """The stub promises what the package does, in the same order, and imports or declares all of it."""
    (names,) = (node.value for node in STUB.body if isinstance(node, ast.Assign))
    declared = {ast.unparse(node.target) for node in STUB.body if isinstance(node, ast.AnnAssign)}
    assert ast.literal_eval(names) == asean_japan.__all__
    assert {*IMPORTED, *declared} == set(asean_japan.__all__)


@pytest.mark.parametrize("name", IMPORTED)
def test_stub_leads_to_what_the_package_fetches(name: str) -> None:
    """What a checker takes a name for is what the program gets."""
    module, _, attribute = IMPORTED[name].rpartition(".")
    assert getattr(importlib.import_module(module), attribute) is getattr(asean_japan, name)


OPENING = "import asean_japan as aj\nreport = aj.load()\n"
PLACE = {"ref", "gist", "node", "parent", "pillar", "mentions", "codings", "statement", "cite"}
COMPLETED: dict[str, set[str]] = {
    "aj.": set(public.public_names(asean_japan)) - {"__version__"},
    "report.": {name for name in dir(asean_japan.Report) if not name.startswith("_")},
    'report.action_items["III-2-④"].': {*PLACE, "mark", "heading", "claims", "actions", "action_area", "walk"},
    'report.action_items["III-2-④"].pillar.': {*PLACE, "mark", "heading", "paragraphs", "action_area"},
    'report["III.2.4"].': PLACE,
    'report.find(kind="action_item")[0].': {*PLACE, "mark", "claims", "walk"},
    'for node in report.walk(kind="challenge"): node.': {*PLACE, "mark", "claims", "walk"},
    'report.search("rice")[0].': {"place", "ref", "score", "snippet"},
    'report.trace("I.1.2").': {"challenges", "pillars", "answers", "means", "links"},
    'report.entities["AOIP"].': {"name", "acronym", "mentions", "co_mentions", "facts"},
    'report.overlays["sdg"].': {"codes", "assignments", "coverage", "agreement"},
    "report.tables.nodes.": {"columns", "rows", "records", "arrow"},
    'report.bind("copy.md").binding.': {"copy", "coverage", "text"},
    "aj.export.": {"markdown", "html", "jsonld", "citation", "sqlite"},
}


@pytest.mark.parametrize("code", COMPLETED)
def test_names_are_completed_before_anything_runs(code: str) -> None:
    """An editor, or IPython before a cell has run, offers what there is behind the dot."""
    offered = {completion.name for completion in jedi.Script(OPENING + code).complete()}
    assert COMPLETED[code] - offered == set()
