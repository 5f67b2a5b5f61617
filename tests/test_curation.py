"""Tests of how the data are made: the tools share one command line, and what is said of them can be run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import harness
import pytest
from harness import CURATION, PAGES, ROOT

TOOLS = sorted(path for path in (CURATION / "tools").glob("*.py") if path.stem != "harness")
SAID = {
    path: path.read_text("utf-8") for path in (CURATION / "README.md", ROOT / "CONTRIBUTING.md", PAGES / "hosts.md")
}
README = SAID[CURATION / "README.md"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"^([a-z]+):.* ## ", MAKEFILE, re.MULTILINE)


def run(tool: Path, *arguments: str, source: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one tool as its page says, with a copy of the report named in the environment or not."""
    variables = {name: value for name, value in os.environ.items() if name != harness.SOURCE}
    if source is not None:
        variables[harness.SOURCE] = source
    command = [sys.executable, tool.relative_to(ROOT).as_posix(), *arguments]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, check=False, encoding="utf-8")


# What is said.


def test_readme_fits_on_one_screen() -> None:
    """Whoever changes the data sees all steps at once."""
    assert README.count("\n") <= 45


def test_readme_names_every_tool_and_input() -> None:
    """What lies in the folder has its place in a step."""
    commands = {f"curation/tools/{tool.name}" for tool in TOOLS}
    assert set(re.findall(r"python (\S+/tools/\w+\.py)", README)) == commands
    inputs = {path.relative_to(CURATION) for path in CURATION.rglob("*") if path.suffix in {".csv", ".txt"}}
    named = {name for name in re.findall(r"`([^`]+)`", README) if (CURATION / name).exists()}
    assert {str(path) for path in inputs if not {str(each) for each in (path, *path.parents)} & named} == set()


@pytest.mark.parametrize("path", SAID, ids=lambda path: path.name)
def test_commands_that_are_named_are_there(path: Path) -> None:
    """Each script, test and target of Make that a page names exists."""
    text = SAID[path]
    scripts = re.findall(r"(?:python(?: -m pytest)?|bash) ((?:\w+/)+[\w.]+)", text)
    assert [name for name in scripts if not (ROOT / name).exists()] == []
    assert [name for name in re.findall(r"`(?:time )?make ([a-z]+)", text) if name not in TARGETS] == []


@pytest.mark.parametrize("tool", TOOLS, ids=lambda path: path.stem)
def test_tool_says_what_it_does(tool: Path) -> None:
    """Every tool answers --help with how it is run."""
    done = run(tool, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"    python curation/tools/{tool.name}" in done.stdout


def test_every_target_has_help() -> None:
    """Each target can be run, whatever lies in the folder, and is listed with what it does."""
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony.split() == TARGETS
    assert set(re.findall(r"^([\w.%/-]+):(?!=)", MAKEFILE, re.MULTILINE)) == {*TARGETS, ".PHONY"}


def test_make_data_runs_every_tool_that_compares() -> None:
    """Only the list of the nearest claims compares nothing."""
    listed = re.findall(r"^(?:MAKERS|READERS) = (.*)$", MAKEFILE, re.MULTILINE)
    assert sorted([*" ".join(listed).split(), "nearest"]) == [tool.stem for tool in TOOLS]


def test_pages_and_inputs_are_apart() -> None:
    """The documentation of the data holds pages only; what they are made from is here."""
    assert {path.suffix for path in (PAGES / "data").rglob("*") if path.is_file()} == {".md"}


# The harness.


def test_what_differs_is_named_or_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is missing, or has another line break, differs; what agrees is neither named nor touched."""
    same, other, new = (tmp_path / name for name in ("same", "other", "folder/new"))
    same.write_bytes(b"a\n")
    other.write_bytes(b"a\r\n")
    os.utime(same, (0, 0))
    made = dict.fromkeys((same, other, new), "a\n")
    why = "differs from what this tool makes, --write replaces it"
    assert harness.settle(made, write=False) == 1
    assert capsys.readouterr().out == f"{other}: {why}\n{new}: {why}\n"
    assert harness.settle(made, write=True) == 0
    assert capsys.readouterr().out == f"{other}: written\n{new}: written\n"
    assert [path.read_bytes() for path in made] == [b"a\n"] * 3
    assert same.stat().st_mtime == 0
    assert harness.settle(made, write=False) == 0
    assert capsys.readouterr().out == ""


def test_text_is_placed_between_its_marks(tmp_path: Path) -> None:
    """What stands around the marks stays, and the text is taken as it is."""
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x -->\nold\n<!-- /x -->\nb\n", "utf-8")
    assert harness.placed(page, "x", "\\1\n") == "a\n<!-- x -->\n\\1\n<!-- /x -->\nb\n"
    assert page.read_text("utf-8") == "a\n<!-- x -->\nold\n<!-- /x -->\nb\n"


@pytest.mark.parametrize("text", ["", "<!-- x -->\n", "<!-- /x -->\n", "<!-- /x -->\n<!-- x -->\n"])
def test_page_without_marks_is_refused(tmp_path: Path, text: str) -> None:
    """A page that lost one of its marks is not left without the text."""
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    with pytest.raises(SystemExit, match=r"page\.md: no marks of x"):
        harness.placed(page, "x", "new\n")


def test_check_is_what_a_tool_does_when_nothing_is_said() -> None:
    """And it does one thing at a time."""
    parser = harness.parser("A tool.")
    assert [parser.parse_args(said).write for said in ([], ["--check"], ["--write"])] == [False, False, True]
    with pytest.raises(SystemExit, match="2"):
        parser.parse_args(["--check", "--write"])


def test_report_is_named_or_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is named wins; where nothing is, the tool asks for it."""
    monkeypatch.setenv(harness.SOURCE, "one.md")
    parser = harness.parser("A tool.", report=True)
    assert [parser.parse_args(said).report for said in ([], ["two.md"])] == [Path("one.md"), Path("two.md")]
    monkeypatch.setenv(harness.SOURCE, "")
    with pytest.raises(SystemExit, match="2"):
        harness.parser("A tool.", report=True).parse_args([])


def test_tool_compares_with_a_copy(source_text: str, tmp_path: Path) -> None:
    """A tool that reads the report finds it in the environment, and sees another text."""
    copy = tmp_path / "report.md"
    copy.write_text(source_text, "utf-8")
    tool = CURATION / "tools" / "sentences.py"
    assert (done := run(tool, source=str(copy))).returncode == 0, done.stdout
    copy.write_text(source_text.replace("Japan", "Japon"), "utf-8")
    assert run(tool, "--check", source=str(copy)).returncode == 1
    assert run(tool, str(copy), "--check").returncode == 1
