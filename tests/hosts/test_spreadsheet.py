"""Tests of CSV files in LibreOffice Calc: whatever a text holds, no cell of them is a formula."""

from __future__ import annotations

import csv
import io
import itertools
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, cast
from xml.etree import ElementTree as ET

import attrs
import pytest

from asean_japan import Node, Report, export, load
from asean_japan.model import detach

_N = TypeVar("_N", bound=Node)

OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BEFORE = ("", " ", "  ", "\t", "\r", "\n", "\ufeff", "\u00a0", "\u200b", '"', "'")
PAYLOADS = (
    *(f"{before}{start}1+1" for before in BEFORE for start in STARTS),
    *('=HYPERLINK("https://example.org/?"&A1,"press")', "=cmd|' /C calc'!A0", "@SUM(1,1)", "-2+3+cmd|' /C calc'!A0"),
    *(f"a{separator}{before}=1+1" for separator in ("; ", "|", "|\u200b", ";", "\n", "\t ") for before in ("", '"')),
    *(
        'a","=1+1',
        'a"\r\n=1+1',
        'a\r\n=1+1,"',
        "a\t=1+1",
        "a;=1+1;b",
        '=1+1";=1+1',
        "{=1+1}",
        "=SUM(1;1)",
        "+A1",
        "-A1",
    ),
)

SEPARATORS = (",", ";", "\t", "|")  # What a spreadsheet may be told to cut at, or takes for granted where it stands.

# Those that write a folder of CSV files, as far as this version has them.
WRITERS = [name for name in ("datapackage",) if name in export.__all__]


def formulas(texts: dict[str, str], folder: Path, separator: str = ",") -> dict[str, int]:
    """Open CSV files in Calc, as its dialogue does, and count the cells of each that are formulas."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    command = [
        *(str(OFFICE), "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--convert-to", "fods", f"--infilter=CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,-1,true"),
        *("--outdir", str(folder), *(str(folder / f"{name}.csv") for name in texts)),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return {name: _counted(folder / f"{name}.fods") for name in texts}


def _counted(path: Path) -> int:
    cells = [*ET.parse(path).iter(f"{TABLE}table-cell")]  # noqa: S314 - Calc has written it.
    assert cells, path
    return sum(f"{TABLE}formula" in cell.attrib for cell in cells)


def written(rows: list[list[str]]) -> str:
    """Write CSV as Python does, with every text in quotation marks."""
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue()


def poisoned() -> Report:
    """Build the bundled report anew, unchecked, with a payload for every gist, heading and claim."""
    report = load()
    texts = itertools.cycle(PAYLOADS)
    return Report.trusted(report.edition, tuple(_spoiled(detach(each), texts) for each in report.sections.values()))


def _spoiled(node: _N, texts: Iterator[str]) -> _N:
    return attrs.evolve(
        node,
        gist=next(texts),
        heading=node.heading and next(texts),
        claims=tuple(attrs.evolve(claim, text=next(texts)) for claim in node.claims),
        children=tuple(_spoiled(child, texts) for child in node.children),
    )


def test_there_are_enough_payloads() -> None:
    """They are all different, and fewer than a report has texts, so that each is tried."""
    assert 40 <= len(set(PAYLOADS)) == len(PAYLOADS) < 187


@pytest.mark.parametrize(("separator", "least"), [*zip(SEPARATORS, (5, 4, 5, 4), strict=True)])
def test_payloads_are_formulas_where_nothing_is_done(tmp_path: Path, separator: str, least: int) -> None:
    """The control: in CSV as Python writes it, Calc takes some of them for formulas, quotation marks or not."""
    raw = written([["x", payload] for payload in PAYLOADS])
    found = formulas({"raw": raw, "plain": "a,b\r\n1,2\r\n"}, tmp_path, separator)
    assert found["raw"] >= least
    assert found["plain"] == 0


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("make", [load, poisoned])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_no_cell_is_a_formula(name: str, make: Callable[[], Report], separator: str, tmp_path: Path) -> None:
    """Neither in the files of the bundled report nor in those of one that is full of payloads, however they are cut."""
    write = cast("Callable[[Report, Path], None]", getattr(export, name))
    write(make(), tmp_path / "files")
    texts = {path.stem: path.read_bytes().decode() for path in sorted((tmp_path / "files").rglob("*.csv"))}
    assert len(texts) > 5
    assert formulas(texts, tmp_path, separator) == dict.fromkeys(texts, 0)
