"""Tests of CSV files in LibreOffice Calc: whatever a text holds, no cell of them is a formula."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

import payloads
import pytest

from asean_japan import Report, export, load

OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BEFORE = ("", " ", "  ", "\t", "\r", "\n", "\ufeff", "\u00a0", "\u200b", '"', "'")
PAYLOADS = (
    *(f"{before}{start}1+1" for before in BEFORE for start in STARTS),
    '=HYPERLINK("https://example.org/?"&A1,"press")',
    "=cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "-2+3+cmd|' /C calc'!A0",
    'a","=1+1',
    'a"\r\n=1+1',
    'a\r\n=1+1,"',
    '=1+1";=1+1',
    "{=1+1}",
    "=SUM(1;1)",
    "+A1",
    "-A1",
    *(f"{begun}{sign}{before}=1+1" for begun in ("a", 'a"') for sign in ";|\t" for before in ("", " ", '"', "\ufeff")),
)
CORPUS = tuple(dict.fromkeys((*PAYLOADS, *payloads.PAYLOADS)))

# What Calc is told to cut at: what a double click cuts at, or another sign, with which some countries write such files.
SIGNS = {"as it comes": None, "semicolons": ";", "tabs": "\t", "bars": "|"}

# Those that write a folder of CSV files, as far as this version has them.
WRITERS = [name for name in ("datapackage",) if name in export.__all__]


def formulas(texts: dict[str, str], folder: Path, sign: str | None = None) -> dict[str, int]:
    """Open CSV files in Calc, as by a double click or cut at a sign, and count the cells of each that are formulas."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    told = [] if sign is None else [f"--infilter=CSV:{ord(sign)},34,76,1"]  # Quotation marks, UTF-8, first line.
    command = [
        str(OFFICE),
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *told,
        "--convert-to",
        "fods",
        "--outdir",
        str(folder),
        *(str(folder / f"{name}.csv") for name in texts),
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
    """Build the bundled report anew, unchecked, with a payload for every text."""
    return payloads.poisoned(*CORPUS)


def test_there_are_enough_payloads() -> None:
    """They are all different, and fewer than a report has texts, so that each is tried."""
    assert 60 <= len(set(PAYLOADS)) == len(PAYLOADS)
    assert len(CORPUS) < 187


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_payloads_are_formulas_where_nothing_is_done(sign: str | None, tmp_path: Path) -> None:
    """The control: in CSV as Python writes it, Calc takes some of them for formulas, quotation marks or not."""
    raw = {"raw": written([[payload] for payload in PAYLOADS]), "plain": "a,b\r\n1,2\r\n"}
    found = formulas(raw, tmp_path, sign)
    assert found["raw"] >= 5
    assert found["plain"] == 0


@pytest.mark.parametrize(("sign", "payload"), [(";", "a;=1+1"), ("\t", "a\t=1+1"), ("|", "a|=1+1")])
def test_cut_text_is_a_formula_where_nothing_is_done(sign: str, payload: str, tmp_path: Path) -> None:
    """The control: one that only another sign makes a formula is one with it, and none with commas."""
    text = {"raw": f"{payload}\r\n"}
    assert formulas(text, tmp_path, sign) == {"raw": 1}
    assert formulas(text, tmp_path, ",") == {"raw": 0}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("make", [load, poisoned])
@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_no_cell_is_a_formula(name: str, make: Callable[[], Report], sign: str | None, tmp_path: Path) -> None:
    """Neither in the files of the bundled report nor in those of one that is full of payloads, however they are cut."""
    write = cast("Callable[[Report, Path], None]", getattr(export, name))
    write(make(), tmp_path / "files")
    texts = {path.stem: path.read_bytes().decode() for path in sorted((tmp_path / "files").rglob("*.csv"))}
    assert len(texts) > 5
    assert formulas(texts, tmp_path, sign) == dict.fromkeys(texts, 0)
