"""Tests that the pages' examples run in the programs that they are about, so that none is left out everywhere."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import sysconfig
import threading
import time
import tomllib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import pytest
from check_types import misfits

from asean_japan import Basis, export, load

if TYPE_CHECKING:
    import io

Json: TypeAlias = Any
Call: TypeAlias = Callable[..., Json]

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MARK = re.compile(r"<!--+ *skip: *(?:next|start)(.*?)--+>")
CLIENT = re.compile(r' if\(without\("(\w+)"\), reason="\1 is of the extra clients"\) ')
CHROMIUM = Path("/usr/bin/chromium")

# It opens a copy of the report, which nobody gets with the package; tests/test_copies.py opens others.
LEFT_OUT = {"docs/guides/bind.md"}


def clients(page: Path) -> set[str | None]:
    """Return what has to be there for every block of a page to run; None for a block that never runs."""
    found = (CLIENT.fullmatch(condition) for condition in MARK.findall(page.read_text("utf-8")))
    return {match and match[1] for match in found}


NEED_CLIENTS = [page.relative_to(ROOT).as_posix() for page in PAGES if clients(page) - {None}]


@pytest.mark.parametrize("page", NEED_CLIENTS)
def test_every_block_runs(page: str) -> None:
    """Where its programs are installed, nothing of a page is left out, and all of it is as the page says."""
    missing = [name for name in clients(ROOT / page) - {None} if name and not find_spec(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed: the extra clients brings it")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", page]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.fullmatch(r"\d+ passed in .*", done.stdout.splitlines()[-1])


def test_left_out_blocks_are_known() -> None:
    """A block is left out only where a program is missing that the extra clients brings, or for the reason above."""
    assert {page.relative_to(ROOT).as_posix() for page in PAGES if None in clients(page)} == LEFT_OUT
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    brought = {re.split(r"[>=<\[]", line)[0] for line in extras["clients"]}
    assert {name for page in PAGES for name in clients(page) - {None}} <= brought


def test_commands_for_datasette(tmp_path: Path) -> None:
    """The commands of the page make the file and its descriptions, and Datasette serves them."""
    if not find_spec("datasette"):
        pytest.skip("datasette is not installed: the extra clients brings it")
    page = (ROOT / "docs/guides/datasette.md").read_text("utf-8")
    (tmp_path / "describe.py").write_text(re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0], "utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    install, *others, serve = commands
    assert install == "python -m pip install datasette"
    scripts = sysconfig.get_path("scripts")
    programs = {"python": sys.executable, "datasette": str(Path(scripts) / "datasette")}

    def run(command: str) -> str:
        name, *arguments = shlex.split(command)
        done = subprocess.run(
            [programs[name], *arguments], cwd=tmp_path, capture_output=True, check=False, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    for command in others:
        run(command)
    served = json.loads(run(f"{serve} --get /-/metadata.json"))
    assert served == json.loads((tmp_path / "metadata.json").read_text("utf-8"))
    rows = json.loads(run(f"{serve} --get '/report/nodes.json?_shape=array&_size=max'"))
    assert len(rows) == len(load().walk())


def test_wrong_type_in_a_page_is_seen(tmp_path: Path) -> None:
    """The script that checks the pages names the page and the line of a fault, and finds none in what is right."""
    pages = {"docs/right.md": "```python\n>>> number: int = 1\n```\n", "docs/wrong.md": "\n```python\nlen(1)\n```\n"}
    (fault,) = misfits(pages, tmp_path)
    assert fault.startswith("docs/wrong.md:3: error: ")


# What a browser tells of a page.


@contextmanager
def browser(folder: Path) -> Generator[Call, None, None]:
    """Start the browser and give what calls a method of its protocol, which it reads from 3 and answers at 4."""
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe")
    shell = ("/bin/sh", "-c", 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1')
    command = [*shell, str(CHROMIUM), *flags, f"--user-data-dir={folder / 'profile'}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asks, answers, waiting = process.stdin, cast("io.BufferedReader", process.stdout), b""

        def call(method: str, session: str | None = None, /, **params: Json) -> Json:
            nonlocal waiting
            asked = {"id": 1, "method": method, "params": params} | ({"sessionId": session} if session else {})
            asks.write(json.dumps(asked).encode() + b"\0")
            asks.flush()
            while True:
                while b"\0" not in waiting:
                    waiting += answers.read1() or pytest.fail("the browser is gone")
                message, _, waiting = waiting.partition(b"\0")
                answer = json.loads(message)
                if answer.get("id") == 1:  # All else tells of events.
                    return answer["result"]

        timer = threading.Timer(60, process.kill)
        timer.start()
        try:
            yield call
            call("Browser.close")
        finally:
            timer.cancel()
            process.kill()


def outline(call: Call, page: Path) -> list[str]:
    """Return the landmarks and headings of a page, each with its name, as a screen reader is told of them."""
    target = call("Target.createTarget", url="about:blank")["targetId"]
    session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    call("Page.navigate", session, url=page.as_uri())
    while call("Runtime.evaluate", session, expression="document.readyState")["result"]["value"] != "complete":
        time.sleep(0.05)
    nodes = {node["nodeId"]: node for node in call("Accessibility.getFullAXTree", session)["nodes"]}
    lines: list[str] = []

    def look(node: Json, depth: int) -> None:
        role = node["role"]["value"]
        told = not node["ignored"] and role in {"banner", "navigation", "main", "heading", "contentinfo"}
        if told:
            levels = [str(each["value"]["value"]) for each in node["properties"] if each["name"] == "level"]
            name = node["name"]["value"]
            lines.append("  " * depth + " ".join([role, *levels]) + (f": {name}" if name else ""))
        for child in node["childIds"]:
            if child in nodes:
                look(nodes[child], depth + told)

    look(next(iter(nodes.values())), 0)
    return lines


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there")
def test_outline_in_a_browser(tmp_path: Path) -> None:
    """What the page on HTML shows of a browser is what a browser tells."""
    text = (ROOT / "docs/guides/export-html.md").read_text("utf-8")
    (shown,) = re.findall(r"```text\n(banner.*?)```", text, re.DOTALL)
    page = tmp_path / "part.html"
    text = export.html(load()["III.2.4.3"], depth=1, bases=[Basis.STATED, Basis.RESTATED])
    page.write_text(text, "utf-8")
    with browser(tmp_path) as call:
        assert outline(call, page) == shown.splitlines()
