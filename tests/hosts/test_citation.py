"""Tests of CITATION.cff by cffconvert, in an environment of its own: it needs old releases of what others need."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import asean_japan
from asean_japan import load

CITATION = Path(__file__).parents[2] / "CITATION.cff"
CFFCONVERT = "cffconvert==2.0.0"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def cffconvert(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Install cffconvert and return what calls it; skip the tests if nothing can be installed here."""
    folder = tmp_path_factory.mktemp("cffconvert")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"

    def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "pip", *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False, encoding="utf-8")

    done = pip("install", CFFCONVERT)
    if done.returncode and pip("download", "--no-deps", "attrs").returncode:
        pytest.skip("pip reaches no index, so that cffconvert cannot be installed")
    assert done.returncode == 0, done.stderr

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(folder / "venv" / "bin" / "cffconvert"), *arguments]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False, encoding="utf-8")

    return run


def test_file_is_valid(cffconvert: Run) -> None:
    """It keeps to the schema of the version that it names."""
    done = cffconvert("--validate", "-i", str(CITATION))
    assert done.returncode == 0, done.stderr
    assert "valid according to schema version 1.2.0" in done.stdout


@pytest.mark.parametrize(
    ("right", "wrong"), [("authors:", "writers:"), ("type: software", "type: song"), ("month: 2", "month: 13")]
)
def test_fault_is_seen(cffconvert: Run, tmp_path: Path, right: str, wrong: str) -> None:
    """The control: a file with a fault is refused."""
    broken = tmp_path / "CITATION.cff"
    text = CITATION.read_text("utf-8")
    assert right in text
    broken.write_text(text.replace(right, wrong, 1), "utf-8")
    assert cffconvert("--validate", "-i", str(broken)).returncode != 0


def test_other_forms_can_be_made(cffconvert: Run) -> None:
    """It converts, and says what the package is called and who made it."""
    schema = json.loads(cffconvert("-f", "schema.org", "-i", str(CITATION)).stdout)
    assert (schema["@type"], schema["name"]) == ("SoftwareSourceCode", "asean_japan")
    assert schema["version"] == asean_japan.__version__
    bibtex = cffconvert("-f", "bibtex", "-i", str(CITATION)).stdout
    assert "title = {asean_japan}" in bibtex
    assert "author = {the asean_japan developers}" in bibtex


def test_file_says_what_the_package_says() -> None:
    """The version is that of the package, and the report is cited as its edition has it."""
    lines = [line.strip().removeprefix("- ") for line in CITATION.read_text("utf-8").splitlines()]
    edition = load().edition
    year, month = map(int, edition.date.split("-"))
    for line in (
        f"version: {asean_japan.__version__}",
        f"title: {edition.title}",
        f"name: {edition.issuer}",
        f"year: {year}",
        f"month: {month}",
        f"notes: {edition.status}",
        f"url: {edition.source}",
    ):
        assert line in lines
