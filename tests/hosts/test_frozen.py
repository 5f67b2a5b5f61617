"""Tests in a frozen program: PyInstaller needs no flags, and reading a PDF file never starts the program again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from reader_copies import blocks, pdf_by_fpdf

ROOT = Path(__file__).parents[2]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
PROGRAM = """
import sys

with open("started.txt", "a") as file:
    if file.tell() > 5:
        sys.exit("started again and again")
    file.write("x")

import asean_japan

report = asean_japan.load()
print(len(report.walk()), len(report.overlays) > 0, report.check(), "rice" in report.search("rice")[0].snippet.lower())
print(len(asean_japan.dumps(report)) > 100_000, len(asean_japan.export.html(report)) > 100_000)
for isolate in (True, False):
    try:
        print(report.bind("copy.pdf", isolate=isolate, strict=False).binding.copy.format)
    except asean_japan.ReadError as error:
        print(error)
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program somewhere, and return what it says."""
    done = subprocess.run(
        command, cwd=cwd, env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Freeze a program in an environment of its own, without any flag about this package."""
    folder = tmp_path_factory.mktemp("frozen")
    run(sys.executable, "-m", "venv", "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    try:
        run(python, "-m", "pip", "install", "--quiet", "pyinstaller>=6", f"{ROOT}[pdf]", cwd=folder)
    except AssertionError as error:
        pytest.skip(f"PyInstaller cannot be installed: {str(error)[-200:]}")
    (folder / "app.py").write_text(PROGRAM, encoding="utf-8")
    run(python, "-m", "PyInstaller", "--onefile", "--log-level", "ERROR", "app.py", cwd=folder)
    return folder / "dist" / "app"


def test_frozen_program_has_everything_and_is_started_once(program: Path, tmp_path: Path) -> None:
    """The data and the late modules are there; a PDF file is read in this process, or refused with a reason."""
    (tmp_path / "copy.pdf").write_bytes(pdf_by_fpdf(blocks()))
    first, second, apart, here = run(program, cwd=tmp_path).splitlines()
    assert first == "187 True () True"
    assert second == "True True"
    assert "there is no Python to read it apart, because this program is frozen" in apart
    assert here == "pdf"
    assert (tmp_path / "started.txt").read_text() == "x"
