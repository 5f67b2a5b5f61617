"""
Tests that the package answers the same everywhere.

That is: under other flags, locales, time zones and hash seeds, from other places, and without leave to write. Each test
asks everything in a fresh process, see `answer_digests`, and compares with what is answered here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from answer_digests import digests

import asean_japan

pytestmark = pytest.mark.long

Json: TypeAlias = Any

ANSWERS = Path(__file__).with_name("answer_digests.py")
PACKAGE = Path(asean_japan.__file__).parent
EXPECTED = digests(asean_japan.load())
ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}


class Environment(NamedTuple):
    """How a process is started, and what is to be seen of that in it."""

    flags: tuple[str, ...] = ()
    variables: dict[str, str] = {}  # noqa: RUF012 # Never changed.
    shows: dict[str, object] = {}  # noqa: RUF012 # The same.


ENVIRONMENTS = {
    "plain": Environment(),
    "-O": Environment(("-O",), {}, {"optimized": 1, "documented": [True, True]}),
    "-OO": Environment(("-OO",), {}, {"optimized": 2, "documented": [False, False]}),
    "-X dev": Environment(("-X", "dev", "-W", "error"), {}, {"development": True, "warnings": ["default", "error"]}),
    "-I": Environment(("-I",), {}, {"isolated": True}),
    "-bb": Environment(("-bb",), {}, {"bytes": 2}),
    "encoding warnings": Environment(
        ("-X", "warn_default_encoding", "-W", "error::EncodingWarning"), {}, {"encoding_warnings": 1}
    ),
    "ASCII": Environment(("-X", "utf8=0"), ASCII, {"encoding": "ascii", "utf8": 0, "locale": "C"}),
    "UTF-8 mode": Environment(("-X", "utf8"), ASCII, {"utf8": 1}),
    "east of the date line": Environment((), {"TZ": "EAST-14"}, {"timezone": -14 * 3600}),
    "west of it": Environment((), {"TZ": "WEST+14"}, {"timezone": 14 * 3600}),
    **{f"hash seed {seed}": Environment((), {"PYTHONHASHSEED": str(seed)}) for seed in range(10)},
}


def clean(**variables: str) -> dict[str, str]:
    """Give the variables of this process without those that change what Python does, and with *variables*."""
    changing = ("PYTHON", "COV", "LC_", "LANG", "TZ")
    return {name: value for name, value in os.environ.items() if not name.startswith(changing)} | variables


def run(*arguments: str | Path, **variables: str) -> str:
    """Run Python and return what it prints; a warning is an error."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=clean(**variables), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def asked(*arguments: str | Path, **variables: str) -> Json:
    """Ask everything in a fresh process, and return what it says of itself if the answers are the same as here."""
    found: Json = json.loads(run(*arguments, ANSWERS, **variables))
    assert found["digests"] == EXPECTED
    return found["facts"]


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_answer_is_the_same(name: str) -> None:
    """What can be asked is answered alike, byte for byte, and without a warning."""
    flags, variables, shows = ENVIRONMENTS[name]
    if sys.platform == "win32" and (variables.keys() & {"TZ", "LC_ALL"}):
        pytest.skip("Windows has these settings elsewhere")
    facts = asked(*flags, **variables)
    assert {fact: facts[fact] for fact in shows} == shows


def test_hash_seeds_differ() -> None:
    """The seeds do what they are given for."""
    hashes = {run("-c", "print(hash('asean_japan'))", PYTHONHASHSEED=str(seed)) for seed in range(10)}
    assert len(hashes) == 10


def test_difference_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single other answer would be noticed, and so would a warning."""
    monkeypatch.setitem(EXPECTED, "tree", "another")
    with pytest.raises(AssertionError):
        asked()
    with pytest.raises(AssertionError):
        run("-X", "dev", "-c", "import socket; socket.socket()")


# From other places.


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    """Give a folder with spaces and letters that are not ASCII in its name."""
    folder = tmp_path / "site päckages ④ 日本"
    folder.mkdir()
    return folder


def test_package_works_in_an_odd_folder(odd_folder: Path) -> None:
    """Blanks and other letters in a path are no hindrance, not even where nothing but ASCII is known."""
    shutil.copytree(PACKAGE, odd_folder / "asean_japan", ignore=shutil.ignore_patterns("__pycache__"))
    for flags, variables in (((), {}), (("-X", "utf8=0"), ASCII)):
        facts = asked(*flags, PYTHONPATH=str(odd_folder), **variables)
        assert os.fsencode(facts["file"]).startswith(os.fsencode(odd_folder))


def test_package_works_from_a_zip_file(odd_folder: Path) -> None:
    """The data are found wherever the package was imported from."""
    archive = odd_folder / "packages.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in PACKAGE.rglob("*"):
            if "__pycache__" not in path.parts:
                file.write(path, path.relative_to(PACKAGE.parent))
    assert asked(PYTHONPATH=str(archive))["file"].startswith(str(archive))


def cannot_write(folder: Path) -> tuple[str, ...]:
    """Give the command that runs another as one who may not write into *folder*; it is empty where nobody may."""
    if not os.access(folder, os.W_OK):
        return ()
    setpriv = shutil.which("setpriv")  # Root may write everywhere, unless it gives that up.
    if setpriv is None:
        pytest.skip("this user may write into any folder")
    return (setpriv, "--bounding-set=-all", "--inh-caps=-all")


def test_package_works_in_a_folder_that_is_read_only(odd_folder: Path) -> None:
    """Nothing is written beside the code, not even what Python compiled, and nobody is told of it."""
    package = shutil.copytree(PACKAGE, odd_folder / "asean_japan", ignore=shutil.ignore_patterns("__pycache__"))
    folders = [odd_folder, *(path for path in odd_folder.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        command = [*cannot_write(package), sys.executable, "-c"]
        variables = clean(PYTHONPATH=str(odd_folder))
        probe = f"open({str(package / 'new')!r}, 'w')"
        refused = subprocess.run([*command, probe], capture_output=True, encoding="utf-8", check=False, env=variables)
        assert "PermissionError" in refused.stderr
        command[-1:] = [str(ANSWERS)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=variables)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["digests"] == EXPECTED
    assert found["facts"]["file"].startswith(str(odd_folder))
    assert not list(odd_folder.rglob("*.pyc"))
