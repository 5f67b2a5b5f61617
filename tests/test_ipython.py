"""Tests of what a notebook offers and shows, with the real IPython."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from IPython.core.formatters import DisplayFormatter

import asean_japan
from asean_japan import Report

if TYPE_CHECKING:
    from collections.abc import Callable


def completed(code: str, **namespace: object) -> set[str]:
    """Press the tab key after *code*."""
    completer = cast("Any", IPCompleter)(namespace=namespace, global_namespace={})
    completer.use_jedi = False
    with provisionalcompleter():
        return {completion.text for completion in completer.completions(code, len(code))}


def shown(value: object) -> dict[str, str]:
    """Show *value* at the end of a cell; return a text for each media type."""
    data: dict[str, str] = cast("Any", DisplayFormatter()).format(value)[0]
    return data


def test_addresses_are_completed(report: Report) -> None:
    """After an opening bracket, every address is offered that begins with what is written."""
    expected = {str(node.ref) for node in report.walk() if str(node.ref).startswith("III.2.4.3")}
    assert completed('report["III.2.4.3', report=report) == expected
    assert len(expected) == 5


@pytest.mark.parametrize("code", ['report["', "report['"])
def test_all_addresses_are_completed(report: Report, code: str) -> None:
    """If nothing is written yet, every node is offered."""
    assert {str(node.ref) for node in report.walk()} <= completed(code, report=report)


def test_addresses_of_one_kind_are_completed(report: Report) -> None:
    """A collection offers only its own addresses."""
    assert completed('pillars["', pillars=report.pillars) == {"II.1", "II.2", "II.3"}


def test_names_are_completed() -> None:
    """The package offers every public name before its first use."""
    found = {name.removeprefix(".") for name in completed("aj.", aj=asean_japan)}
    assert {name for name in asean_japan.__all__ if not name.startswith("_")} <= {
        name.rpartition(".")[2] for name in found
    }


SHOWN: dict[str, Callable[[Report], object]] = {
    "Report": lambda report: report,
    "Section": lambda report: report["III"],
    "ActionItem": lambda report: report["III-2-④"],
    "Paragraph": lambda report: report["II.p2"],
    "Claim": lambda report: report["I.2.7.s3"],
    "Places": lambda report: report.pillars,
    "Hit": lambda report: report.search("rice reserve")[0],
}


@pytest.mark.parametrize("name", SHOWN)
def test_values_are_shown_as_html(report: Report, name: str) -> None:
    """The value at the end of a cell is shown as HTML, and as plain text if a front end has no HTML."""
    value = SHOWN[name](report)
    assert type(value).__name__ == name
    data = shown(value)
    assert data["text/html"].startswith("<")
    assert data["text/plain"] == repr(value)


@pytest.mark.parametrize("name", ["Report", "Section", "ActionItem", "Paragraph", "Claim"])
def test_values_are_shown_as_markdown(report: Report, name: str) -> None:
    """Converters of notebooks that do not support HTML find Markdown."""
    assert shown(SHOWN[name](report))["text/markdown"]


def test_representations_raise_nothing_and_warn_of_nothing(report: Report) -> None:
    """Every place can be shown."""
    for place in (*report.walk(), *report.claims.values()):
        assert {"text/html", "text/markdown", "text/plain"} <= shown(place).keys()
